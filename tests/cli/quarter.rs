//! A whole quarter by the menu: somebody who has never seen TOML or git starts a plan from the city's list, asks the
//! departments, collects what they answer, writes the paper and closes the period.

use crate::person::Person;
use crate::sheet::{Filling, text};
use crate::support::Desk;

/// Moves down a list and takes what stands there.
fn down(times: usize) -> String {
    "\u{1b}[B".repeat(times) + "\r"
}

/// What a city has: a title, level columns that are filled once, two owners in a cell, a total.
const LIST: &str = "みどり町改革プラン　取組一覧,,,,\n\
    基本方針,推進項目,No.,取組項目,所管課\n\
    人と組織,採用,1,採用の多様化,人事課\n\
    ,研修,2,研修の見直し,\"人事課\n総務課\"\n\
    サービス,窓口,3,書かない窓口,住民課\n\
    合計,,,3項目,\n";

/// What a department answers about one of its entries.
fn answers(desk: &Desk, owner: &str, entries: &[(&str, &str)]) {
    let file = format!("照会_R8Q2/照会_R8Q2_{owner}.xlsx");
    let answer = |filling: Filling, (id, grade): &(&str, &str)| {
        let filling = filling.answer(&format!("{id}/rating.progress@R8Q2"), text(grade));
        filling.answer(&format!("{id}/done@R8Q2"), text("説明会を開いた。"))
    };
    desk.write(&file, entries.iter().fold(Filling::new(desk.read(&file)), answer).done());
}

/// The same quarter by commands, each behind `kaikaku`.
const BY_COMMANDS: [&str; 10] = [
    "init plan --name みどり町改革プラン --city みどり町 --from R8 --to R11",
    "import 一覧.csv",
    "import 一覧.csv --yes",
    "inquiry send --period R8Q2 --out 照会_R8Q2 --deadline R8.12.4",
    "inquiry collect 照会_R8Q2",
    "inquiry collect 照会_R8Q2 --apply",
    "report council --for committee --period R8Q2 -o 委員会に出す報告_R8Q2.docx",
    "status",
    "close R8Q2 --dry-run",
    "close R8Q2",
];

/// What the departments of the little town answer.
fn answered(desk: &Desk) {
    answers(desk, "人事課", &[("1-1-1", "計画どおり"), ("1-2-1", "やや遅れ")]);
    answers(desk, "住民課", &[("2-1-1", "計画どおり")]);
}

#[test]
fn the_same_quarter_by_commands() {
    let desk = Desk::empty();
    desk.write("一覧.csv", LIST);
    for line in BY_COMMANDS {
        let ran = desk.run(line);
        // Without `--yes` a list is shown, and the columns as they were understood have to be agreed to.
        assert!(ran.code == 0 || line == "import 一覧.csv", "{line}: {ran:?}");
        if line.starts_with("inquiry send") {
            answered(&desk);
        }
    }
    let counts = desk.json("status --as-of R8Q2")["total"]["counts"].clone();
    assert_eq!(counts, serde_json::json!({ "g1": 2, "g2": 1, "g3": 0 }));
}

#[test]
fn from_the_citys_list_to_the_closed_quarter() {
    let desk = Desk::empty();
    desk.write("一覧.csv", LIST);
    let Some(mut person) = Person::starts(&desk, "") else { return };
    // Nothing is there yet. A slip is told, and the question comes again.
    person.sees("計画がまだありません").sees("何をしますか").types("\r").sees("→ kaikaku init");
    person.sees("フォルダーの名前").types("\r").sees("計画の名称").types("みどり町改革プラン\r");
    person.sees("自治体の名前").types("みどり町\r").sees("最初の年度").types("八年\r").sees("読め");
    person.types("\u{7f}\u{7f}令和８年度\r").sees("最後の年度").types("R11\r");
    person.sees("階層の名前").types("\r").sees("進捗区分").types("\r").sees("計画を作りました");
    // The list is shown as it was understood; nothing is written before a yes.
    person
        .sees("何をしますか")
        .types(&down(17))
        .sees("計画をどうしますか")
        .types(&down(6))
        .sees("一覧のファイル")
        .types("一覧.csv\r");
    person.sees("取り込みますか").types("y\r").sees("書き込みました");
    person.sees("何をしますか").types(&down(6)).sees("どの期間ですか").sees("R8Q2").types("\r");
    person.sees("ブックを置くフォルダー").types("\r").sees("回答期限").types("12月4日\r").sees("照会_R8Q2_住民課.xlsx");
    person.sees("何をしますか");
    answered(&desk);
    person.types(&down(7)).sees("それを入れたフォルダー").types("照会_R8Q2\r").sees("記録しますか").types("y\r");
    person.sees("記録にしました");
    person.sees("何をしますか").types(&down(8)).sees("どの報告書ですか").types("\r").sees("どの期間ですか").types("\r");
    person.sees("どの形式ですか").types("\r").sees("ファイルの名前").types("\r").sees("を書きました");
    // Without git it is the movement since the period before that is shown.
    person.sees("何をしますか").types(&down(11)).sees("git に置いていない").sees("→ kaikaku status");
    person.sees("何をしますか").types(&down(12)).sees("どの期間ですか").types("\r").sees("この内容で確定しますか");
    person.types("y\r").sees("を確定し");
    person.sees("何をしますか").types("\u{3}");
    let (typed, words) = (person.typed(), BY_COMMANDS.iter().map(|line| line.split(' ').count() + 1).sum::<usize>());
    assert!(typed * 2 < words, "{typed} answers typed, {words} words of commands");
    assert_eq!(person.ends(), 0);
    // Two on track and one late, of three, as answered.
    let counts = desk.json("status --as-of R8Q2")["total"]["counts"].clone();
    assert_eq!(counts, serde_json::json!({ "g1": 2, "g2": 1, "g3": 0 }));
    assert_eq!(desk.run("check").code, 0);
    assert!(desk.path("委員会に出す報告_R8Q2.docx").is_file());
}
