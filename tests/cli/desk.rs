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
    person.sees("何をしますか").types(&down(5)).sees("どの期間ですか").sees("R8Q2").types("\r");
    person.sees("ブックを置くフォルダー").types("照会\r").sees("回答期限").types("１１月２７日\r");
    person.sees("--deadline １１月２７日").sees("照会_R8Q2_人事課.xlsx");
    person.sees("回答期限 R8.11.27：未回答");
    // What comes back is shown first; nothing is recorded without a yes.
    person.sees("何をしますか").types(&down(6)).sees("それを入れたフォルダー").types("ない\r").sees("がありません");
    person.types("\u{7f}\u{7f}照会\r").sees("→ kaikaku inquiry collect").sees("記録する答えはありません");
    person.sees("記録しますか").types("n\r");
    // A paper, under the name that is proposed.
    person.sees("何をしますか").types(&down(7)).sees("どの報告書ですか").types(&down(2)).sees("どの期間ですか");
    person.types("第１四半期\r").sees("どの形式ですか").types("\r").sees("議会に出す報告_R8Q1.docx").types("\r");
    person.sees("を書きました");
    // Another plan, and the end.
    person.sees("何をしますか").types(&down(18)).sees("どの計画ですか").types("\r").sees("市役所改革プラン2027");
    person.sees("何をしますか").types(&down(19));
    assert_eq!(person.ends(), 0);
    assert!(desk.path("議会に出す報告_R8Q1.docx").is_file());
}

#[test]
fn a_mistake_leads_back_to_the_menu() {
    let desk = Desk::copied();
    let before = desk.files();
    let Some(mut person) = Person::starts(&desk, "--plan example") else { return };
    // Esc in the middle of a question.
    person.sees("何をしますか").types(&down(3)).sees("どの項目ですか").types("\u{1b}").sees("（戻ります）");
    // A command that cannot do it says why.
    person.sees("何をしますか").types(&down(10)).sees("どの期間ですか").types("第３四半期\r");
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
