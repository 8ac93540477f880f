//! `update` and `measure` at a terminal: what was not given is asked, step by step.

use crate::person::Person;
use crate::support::Desk;

#[test]
fn an_update_step_by_step() {
    let desk = Desk::copied();
    let Some(mut person) = Person::starts(&desk, "update --plan example") else { return };
    person.sees("どの項目ですか").types("公共施設の再編\r");
    // What is typed stands in the place of the period of today.
    person.sees("対象期間").sees("R8Q3").types("第２四半期\r");
    // The list begins at the last answer (R8Q2: 停滞); the letters typed narrow it.
    person.sees("進捗状況（前回 R8Q2").types("やや遅れ\r");
    person.sees("着手状況（前回 R8Q2").types("記録しない\r");
    person.sees("進捗率").types("１２３").types("\r").sees("100").types("\u{7f}\r");
    // Two lines that are pasted are one answer, and take nothing.
    person.sees("実績").types("\u{1b}[200~素案を「公表」した。\r\n説明会を開いた。\u{1b}[201~").types("\r");
    person.sees("課題").types("\r");
    person.sees("今後の対応").types("議会に示す。\r");
    person.sees("工程の段階（地区別再編計画の策定。前回 R8Q2：準備）").types("準備\r");
    person.sees("節目「地区別計画の決定」（R7.3 の予定）").types("令和八年\r").sees("読め");
    person.types(&"\u{7f}".repeat(4)).types("Ｒ８．９．２８\r");
    person.sees("工程の段階（集会所の地元への譲渡。前回 R7Q2：検討）").types("記録しない\r");
    person.sees("記録者").types("\r");
    person.sees("記録の確認：3-1-1").sees("大幅な遅れ").sees("やや遅れ").sees("この内容で記録する").types("\r");
    // The progress was 20 % in R8Q1: why it falls is asked, and nothing is no reason.
    person
        .sees("確認")
        .sees("12％に下がっています")
        .sees("その理由")
        .types("\r")
        .sees("空です")
        .types("対象を広げた\r");
    person.sees("に記録しました。");
    assert_eq!(person.ends(), 0);
    let text = String::from_utf8(desk.read("plan/example/records/3-1-1.toml")).unwrap();
    let block = "\n[[update]]\nperiod   = \"R8Q2\"\nrecorded = 2026-11-21\nrating   = { progress = \"delayed\" }\nprogress = 12\n\
                 step     = { \"地区別再編計画の策定\" = \"準備\" }\nreached  = { \"地区別計画の決定\" = \"R8.9.28\" }\n\
                 done     = \"素案を「公表」した。 説明会を開いた。\"\nnext     = \"議会に示す。\"\nnote     = \"対象を広げた\"\nby       = \"資産経営課\"\n";
    assert!(text.ends_with(block), "{}", &text[text.len() - 400..]);
}

#[test]
fn a_value_step_by_step() {
    let desk = Desk::copied();
    let Some(mut person) = Person::starts(&desk, "measure --plan example --lang en") else { return };
    person.sees("Which indicator?").types("counter\r");
    person.sees("Which period is it of?").types("\r"); // the year before this one: FY2025 = R7
    person.sees("Value").types("８２．４\r");
    person.sees("Recorded by").types("\r");
    person.sees("To be recorded").sees("82.4").sees("Record it so").types("\r");
    // 81.9 is recorded of that year.
    person.sees("the recorded 81.9% (FY2025) would be replaced by 82.4% (FY2025)").types("recount\r");
    person.sees("Recorded in plan/example/records/counter-satisfaction.toml.");
    assert_eq!(person.ends(), 0);
    let text = String::from_utf8(desk.read("plan/example/records/counter-satisfaction.toml")).unwrap();
    assert!(
        text.ends_with("period   = \"R7\"\nrecorded = 2026-11-21\nvalue    = 82.4\nnote     = \"recount\"\nby       = \"窓口サービス課\"\n"),
        "{text}"
    );
}

#[test]
fn keys_of_a_shell_edit_a_line_and_type_nothing() {
    let desk = Desk::copied();
    let Some(mut person) = Person::starts(&desk, "measure --plan example --lang en") else { return };
    person.sees("Which indicator?").types("counter\r");
    person.sees("Which period is it of?").types("\r");
    // Ctrl-U empties the line, Ctrl-A and Home go to its begin, Ctrl-E and End to its end, Ctrl-X does nothing.
    person.sees("Value").types("999\u{15}2\u{1}8\u{5}.\u{1b}[H\u{1b}[F4\u{18}\r");
    person.sees("Recorded by").types("情報課\u{17}窓口サービス課\r");
    person.sees("To be recorded").sees("82.4").sees("Record it so").types("\r");
    // The value of the year before is there, and confirmed.
    person.sees("If it is right, why").types("recounted\r");
    person.sees("Recorded in");
    assert_eq!(person.ends(), 0);
    let text = String::from_utf8(desk.read("plan/example/records/counter-satisfaction.toml")).unwrap();
    let last = text.rsplit("[[").next().unwrap();
    for line in ["value    = 82.4", "by       = \"窓口サービス課\""] {
        assert!(last.lines().any(|written| written == line), "{text}");
    }
}

#[test]
fn whoever_gives_up_has_written_nothing() {
    let desk = Desk::copied();
    let before = desk.files();
    for key in ["\u{1b}", "\u{3}"] {
        let Some(mut person) = Person::starts(&desk, "update 3-1-1 --plan example --period R8Q2") else { return };
        person.sees("進捗状況（前回").types("\r").sees("着手状況（前回").types(key);
        person.sees("中止しました。何も書き込んでいません");
        assert_eq!(person.ends(), 2);
        assert_eq!(desk.files(), before);
    }
}

#[test]
fn a_new_plan_step_by_step() {
    let desk = Desk::empty();
    let Some(mut person) = Person::starts(&desk, "init") else { return };
    person.sees("フォルダーの名前").types("\r");
    person.sees("計画の名称").types("\r").sees("空にはできません").types("改革大綱\r");
    person.sees("自治体の名前").types("\r");
    person.sees("最初の年度").types("令和８年度\r");
    person.sees("最後の年度").types("Ｒ１１\r");
    person.sees("階層の名前").types("\r");
    person.sees("進捗区分").types("\r");
    person.sees("計画を作りました。");
    assert_eq!(person.ends(), 0);
    assert_eq!(desk.json("show")["overview"]["to"], "R11");
}

#[test]
fn a_long_line_is_cut_to_the_terminal_so_that_the_caret_stands_under_its_word() {
    let desk = Desk::copied();
    let Some(mut person) = Person::starts(&desk, "check --plan example --color never") else { return };
    person.sees("112 | ...").sees("certainty = \"unconfirmed\"").sees("...\r\n    |").sees("^^^^^^^^^");
    let screen = person.screen();
    assert_eq!(person.ends(), 0);
    let columns = |line: &str| line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
    let line = screen.lines().find(|line| line.starts_with("112 |")).unwrap();
    assert!(columns(line) <= 100, "{line}");
}

#[test]
fn how_far_the_files_are_is_reported_on_one_line_which_a_complaint_does_not_join() {
    let desk = Desk::copied();
    let papers = "report council --plan example --period R8Q2 -o a.docx -o a.md";
    let Some(mut person) = Person::starts(&desk, papers) else { return };
    person.sees("\r1/2 件を作りました\r2/2 件を作りました\r\n").sees("a.docx を書きました").sees("a.md を書きました");
    assert_eq!(person.ends(), 0);
    assert_eq!(desk.run("update 1-1-1 --plan example --period R8Q3 --done 😀").code, 0);
    let Some(mut person) = Person::starts(&desk, "log --plan example --encoding cp932 -o b.md -o b.csv") else {
        return;
    };
    person.sees("\r1/2 件を作りました\r\nエラー: ");
    assert_eq!(person.ends(), 2);
    assert!(!desk.path("b.md").exists(), "all or none");
}

#[test]
fn a_long_help_comes_screen_by_screen_and_ends_when_it_is_enough() {
    let desk = Desk::shipped();
    // The terminal has 30 lines, the page a few more.
    let Some(mut person) = Person::starts(&desk, "update --help --lang ja") else { return };
    person.sees("使い方").sees("Enter で続き").types("\r").sees("KAIKAKU_AMBIGUOUS");
    assert_eq!(person.ends(), 0);
    let Some(mut person) = Person::starts(&desk, "update --help --lang ja") else { return };
    person.sees("Enter で続き").types("ｑ\r");
    let shown = person.screen();
    assert_eq!(person.ends(), 0);
    assert!(!shown.contains("KAIKAKU_AMBIGUOUS"), "{shown}");
}
