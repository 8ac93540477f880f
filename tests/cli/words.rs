//! The words of what is handed out: those of 公文書, none of the workshop.

use crate::support::Desk;

/// What must not stand in a paper, with what stands there instead.
const NEVER: [(&str, &str); 19] = [
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
    ("R8Q2/2026", "令和8年度第2四半期についての記録"),
];

/// Every paper of the made-up city, as it is handed out in Japanese.
fn papers() -> Vec<(String, String)> {
    let desk = Desk::copied();
    let mut commands: Vec<String> = ["assembly", "committee", "headquarters"]
        .iter()
        .flat_map(|reader| ["R7Q4", "R8Q2"].map(|period| format!("report council --for {reader} --period {period}")))
        .collect();
    commands.extend(["R7Q4", "R8Q2"].map(|period| format!("report questions --period {period}")));
    commands.push("report council --for summary --period R8Q2".to_owned());
    commands
        .extend(["due", "due --letter", "roadmap", "rollover R9", "calendar R9", "status", "kpi"].map(str::to_owned));
    // What was said of the plan, and a figure that turned out to be another one.
    for command in [
        "opinion add R8.11.10 --name 改革推進委員会 --about 1-1-1 --opinion 市外でも開いてほしい。 --due R8.12.20",
        "opinion answer 2026-11-10/1 --state 対応中 --answer 準備している。 --promise 1回開く --until R9.1",
        "close R8Q2",
        "update 1-1-1 --period R8Q2 --rating 計画どおり --note 集計の誤り",
    ] {
        let ran = desk.run(&format!("{command} --plan example"));
        assert_eq!(ran.code, 0, "{command}: {ran:?}");
    }
    commands.extend(["previous", "ledger"].map(|register| format!("report opinions --for {register}")));
    commands.push("errata R8Q2".to_owned());
    let made = commands.into_iter().map(|command| {
        // A paper is what is written into a file.
        let ran = desk.run(&format!("{command} --plan example -o paper.md --force"));
        assert!(ran.code < 2, "{command}: {ran:?}");
        (command, String::from_utf8(desk.read("paper.md")).unwrap())
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

#[test]
fn a_letter_asks_as_a_colleague_does() {
    let desk = Desk::copied();
    let letter = desk.run("due --letter --plan example").out().to_owned();
    assert!(letter.contains("令和8年度第2四半期の報告をいただいておりません（最後の報告は"), "{letter}");
    assert!(letter.contains("」（令和7年3月）の到達の報告をいただいておりません"), "{letter}");
    assert!(!letter.contains("がない"), "{letter}");
}
