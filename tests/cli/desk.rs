//! `kaikaku` alone: the menu that leads through the day, and files given without a command.

use crate::person::Person;
use crate::support::Desk;

/// Moves down a list and takes what stands there.
fn down(times: usize) -> String {
    "\u{1b}[B".repeat(times) + "\r"
}

#[test]
fn a_day_by_the_menu() {
    let desk = Desk::copied();
    let Some(mut person) = Person::starts(&desk, "--plan example") else { return };
    // Today is 2026-11-21. The milestone planned for R8.11 ends on 30 November, more than a week ahead.
    person.sees("本日の予定").sees("期限の来る節目及び照会はありません").sees("期限を過ぎたもの");
    person.sees("何をしますか").types(&down(2)).sees("→ kaikaku due --plan example").sees("公共施設の再編");
    // The forms of the last period that has ended.
    person.sees("何をしますか").types(&down(6)).sees("どの期間ですか").sees("R8Q2").types("\r");
    person.sees("ブックを置くフォルダー").types("照会\r").sees("回答期限").types("１１月２７日\r");
    person.sees("--deadline １１月２７日").sees("照会_R8Q2_人事課.xlsx");
    person.sees("回答期限 R8.11.27：未回答");
    // What comes back is shown first; nothing is recorded without a yes.
    person.sees("何をしますか").types(&down(7)).sees("それを入れたフォルダー").types("ない\r").sees("がありません");
    person.types("\u{7f}\u{7f}照会\r").sees("→ kaikaku inquiry collect").sees("記録する答えはありません");
    person.sees("記録しますか").types("n\r");
    // A paper, under the name that is proposed.
    person.sees("何をしますか").types(&down(8)).sees("どの報告書ですか").types(&down(2)).sees("どの期間ですか");
    person.types("第１四半期\r").sees("どの形式ですか").types("\r").sees("議会に出す報告_R8Q1.docx").types("\r");
    person.sees("を書きました");
    // Another plan, and the end.
    person.sees("何をしますか").types(&down(20)).sees("どの計画ですか").types("\r").sees("市役所改革プラン2027");
    person.sees("何をしますか").types(&down(21));
    assert_eq!(person.ends(), 0);
    assert!(desk.path("議会に出す報告_R8Q1.docx").is_file());
}

#[test]
fn opinions_answers_and_what_goes_out_by_the_menu() {
    let desk = Desk::copied();
    let Some(mut person) = Person::starts(&desk, "--plan example") else { return };
    person.sees("何をしますか").types(&down(3)).sees("→ kaikaku calendar --plan example").sees("年間予定");
    // An opinion of a meeting that is new, about the first entry; its owner is to answer.
    person.sees("何をしますか").types(&down(9)).sees("意見をどうしますか").types("\r").sees("→ kaikaku opinion add");
    person.sees("会議の日").types("十一月\r").sees("日付ではありません").types("\u{7f}\u{7f}\u{7f}R8.11.10\r");
    person.sees("会議や意見募集の名称").types("\r").sees("空にはできません").types("改革推進委員会\r");
    person.sees("意見の出た場").types("\r").sees("意見の内容").types("市外でも開いてほしい。\r");
    person.sees("意見の種類").types("要望\r").sees("だれの意見ですか").types("委員\r");
    person.sees("どの項目や指標についてですか").types("１－１－１ \r").sees("対応する所管課").types("\r");
    person.sees("回答の期限").types("１２月１０日\r").sees("記録者").types("\r");
    person.sees("未回答").sees("どうしますか").types("\r").sees("記録しました（2026-11-10/1）");
    // What is answered to it: a promise says until when.
    person.sees("何をしますか").types(&down(9)).sees("意見をどうしますか").types(&down(1));
    person.sees("どの意見への対応ですか").sees("2026-11-10/1 要望 市外でも").types("\r");
    person.sees("対応状況").types("\r").sees("対応の内容").types("準備しています。\r");
    person.sees("約束すること").types("1回開く\r").sees("いつまでに").types("いつか\r").sees("読め");
    person.types("\u{7f}\u{7f}\u{7f}R9.1\r").sees("記録者").types("人事課長\r");
    person.sees("1回開く").sees("どうしますか").types("\r").sees("記録しました（2026-11-10/1）");
    // The draft of an answer to the council.
    person.sees("何をしますか").types(&down(10)).sees("どちらですか").types("\r").sees("→ kaikaku answer --draft");
    person.sees("どの項目や指標についてですか").types("1-1-1\r").sees("問われたこと").types("\r");
    person.sees("答弁案").types("広報を広げます。\r").sees("書き込みました");
    // The register of opinions is offered now, and so is the paper for whoever takes over.
    person.sees("何をしますか").types(&down(8)).sees("どの報告書ですか").types(&down(6)).sees("どの形式ですか");
    person.types("\r").sees("意見と対応の台帳.docx").types("\r").sees("を書きました");
    person.sees("何をしますか").types(&down(16)).sees("どの形式ですか").types(&down(2)).sees("引継書.html");
    person.types("\r").sees("を書きました");
    // Pages for everybody: what goes out for the first time is shown before anything is written.
    person.sees("何をしますか").types(&down(13)).sees("ページを置くフォルダー").types("pages\r").sees("--preview");
    person.sees("ページを書きますか").types("n\r").sees("何をしますか").types("\u{3}");
    assert_eq!(person.ends(), 0);
    let opinions = desk.json("opinion list --plan example");
    let one = &opinions["opinions"][0];
    assert_eq!((&one["state"], &one["due"]), (&"doing".into(), &"2026-12-10".into()), "{opinions}");
    assert!(desk.path("意見と対応の台帳.docx").is_file() && !desk.path("pages").exists());
    assert_eq!(desk.run("check --plan example").code, 0);
}

#[test]
fn a_mistake_leads_back_to_the_menu() {
    let desk = Desk::copied();
    let before = desk.files();
    let Some(mut person) = Person::starts(&desk, "--plan example") else { return };
    // Esc in the middle of a question.
    person.sees("何をしますか").types(&down(4)).sees("どの項目ですか").types("\u{1b}").sees("（戻ります）");
    // A command that cannot do it says why.
    person.sees("何をしますか").types(&down(12)).sees("どの期間ですか").types("第３四半期\r");
    person.sees("R8Q3 はまだ終わっていません");
    person.sees("何をしますか").types("\u{1b}");
    assert_eq!(person.ends(), 0);
    assert_eq!(desk.files(), before);
}

#[test]
fn without_a_terminal_it_says_how_to_begin() {
    let err = Desk::shipped().call(&[]).failed();
    assert!(err.starts_with("エラー: コマンドがありません\n対処: 端末で kaikaku とだけ打つと"), "{err}");
    for command in ["kaikaku status", "kaikaku update", "kaikaku report council", "kaikaku --help"] {
        assert!(err.contains(command), "{err}");
    }
    let err = Desk::shipped().call(&["--lang", "en"]).failed();
    assert!(err.starts_with("error: the command is missing\nhelp: in a terminal `kaikaku` alone"), "{err}");
}

#[test]
fn files_alone_are_known_by_what_is_in_them() {
    let desk = Desk::copied();
    let sent = desk.run("inquiry send --plan example --period R8Q2 --out forms");
    assert_eq!(sent.code, 0, "{sent:?}");
    let paper = desk.run("report council --plan example --period R8Q2 -o paper.docx -o paper.html");
    assert_eq!(paper.code, 0, "{paper:?}");
    let before = desk.files();
    let form = "forms/照会_R8Q2_人事課.xlsx";
    let ran = desk.call(&[form, "--plan", "example"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(
        ran.err.contains(&format!("{form}：所管課の回答として読みます\n→ kaikaku inquiry collect {form}")),
        "{ran:?}"
    );
    let ran = desk.call(&["paper.docx", "paper.html", "--plan", "example"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.err.contains("paper.html：報告書として読みます"), "{ran:?}");
    assert!(
        ran.err.contains("→ kaikaku verify paper.docx") && ran.err.contains("→ kaikaku verify paper.html"),
        "{ran:?}"
    );
    desk.write("list.csv", "番号,名称\n9-1,新しい取組\n");
    let ran = desk.call(&["list.csv", "--plan", "example"]);
    assert!(ran.err.contains("list.csv：一覧として読みます\n→ kaikaku import list.csv"), "{ran:?}");
    desk.write("note.pdf", "%PDF");
    let err = desk.call(&["note.pdf", "--plan", "example"]).failed();
    assert!(err.contains("note.pdf は、回答でも報告書でも一覧でもありません"), "{err}");
    let err = desk.call(&["nothing.xlsx"]).failed();
    assert!(err.contains("「nothing.xlsx」というコマンドはありません"), "{err}");
    for file in ["list.csv", "note.pdf"] {
        std::fs::remove_file(desk.path(file)).unwrap();
    }
    assert_eq!(desk.files(), before);
}
