//! The words of what is handed out: those of 公文書, none of the workshop.

use crate::support::Desk;

/// What must not stand in a paper, with what stands there instead.
const NEVER: [(&str, &str); 18] = [
    ("指紋", "照合番号"),
    ("手動", "所管課の判断"),
    ("期限前で", "目標年度前で"),
    ("断層", "定義変更"),
    ("下記のとおり", "次のとおり"),
    ("で答えてください", "から選んでください"),
    ("いつについての記録", "対象期間"),
    ("問い", "設問"),
    ("判断を要する事項", "協議事項"),
    ("良くなった", "改善した"),
    ("悪くなった", "悪化した"),
    ("kaikakuの既定", ""),
    ("枝", "ブランチ"),
    ("複製", "クローン"),
    (".toml", "the name of the item"),
    ("plan/", "the name of the plan"),
    ("今期の報告あり", "今期の報告は"),
    ("中1達成", "指標中1指標で達成"),
];

/// Every paper of the made-up city, as it is handed out in Japanese.
fn papers() -> Vec<(String, String)> {
    let desk = Desk::copied();
    let mut commands: Vec<String> = ["assembly", "committee", "headquarters"]
        .iter()
        .flat_map(|reader| ["R7Q4", "R8Q2"].map(|period| format!("report council --for {reader} --period {period}")))
        .collect();
    commands.extend(["R7Q4", "R8Q2"].map(|period| format!("report questions --period {period}")));
    commands.push("due --letter".to_owned());
    let made = commands.into_iter().map(|command| {
        let format = if command.contains("letter") { "text" } else { "md" };
        let ran = desk.run(&format!("{command} --plan example --format {format}"));
        assert!(ran.code < 2 && !ran.out().is_empty(), "{command}: {ran:?}");
        (command, ran.out().to_owned())
    });
    made.collect()
}

#[test]
fn papers_are_in_the_words_of_an_office() {
    for (command, text) in papers() {
        for (never, instead) in NEVER {
            let found = text.lines().find(|line| line.contains(never));
            assert!(found.is_none(), "{command} has 「{never}」 where 「{instead}」 belongs: {found:?}");
        }
    }
}
