//! 目標との差: one meaning in one column. What is met has 余裕, what is not 不足 or 超過, and no amount has a sign.

use crate::support::Desk;

const HEAD: &str =
    "schema = 1\nid = \"x\"\nname = \"計画\"\nperiod = { from = \"R6\", to = \"R9\" }\nlevels = [\"項目\"]\n";

/// A kind, its target as the file has it, the actual of R7, the target as it is shown, and how far it is by hand.
const CASES: [(&str, &str, &str, &str, &str); 16] = [
    ("kind = \"up\"\nunit = \"％\"", "85", "81.9", "85％以上（R9）", "不足 3.1ポイント"), // 85 − 81.9
    ("kind = \"up\"\nunit = \"件\"", "60000", "60830", "60,000件以上（R9）", "余裕 830件"),
    ("kind = \"up\"\nunit = \"％\"", "100", "98", "100％（R9）", "不足 2ポイント"),
    ("kind = \"down\"\nunit = \"時間\"", "11", "14.2", "11時間以下（R9）", "超過 3.2時間"), // 14.2 − 11
    ("kind = \"down\"\nunit = \"時間\"", "11", "10.5", "11時間以下（R9）", "余裕 0.5時間"),
    ("kind = \"down\"\nunit = \"件\"", "0", "3", "0件（R9）", "超過 3件"),
    ("kind = \"down\"\nunit = \"件\"", "3", "3", "3件以下（R9）", "余裕 0件"),
    ("kind = \"down\"\nunit = \"％\"", "\"16％未満\"", "16", "16％未満（R9）", "差 0ポイント"),
    ("kind = \"at-least\"\nunit = \"億円\"", "40", "38.9", "40億円以上（R9）", "不足 1.1億円"),
    ("kind = \"at-least\"\nunit = \"億円\"", "40", "40.4", "40億円以上（R9）", "余裕 0.4億円"),
    ("kind = \"at-most\"\nunit = \"％\"", "60", "46.5", "60％以下（R9）", "余裕 13.5ポイント"),
    ("kind = \"at-most\"\nunit = \"％\"", "60", "61", "60％以下（R9）", "超過 1ポイント"),
    // Within 98.9 ± 0.3: from 98.6 to 99.2.
    (
        "kind = \"maintain\"\ntolerance = 0.3\nunit = \"％\"",
        "98.9",
        "98.7",
        "98.9％±0.3ポイント（R9）",
        "余裕 0.1ポイント",
    ),
    (
        "kind = \"maintain\"\ntolerance = 0.3\nunit = \"％\"",
        "98.9",
        "98.5",
        "98.9％±0.3ポイント（R9）",
        "不足 0.1ポイント",
    ),
    ("kind = \"range\"\nunit = \"時間\"", "{ min = 18, max = 24 }", "20.5", "18時間～24時間（R9）", "余裕 2.5時間"),
    ("kind = \"range\"\nunit = \"時間\"", "{ min = 18, max = 24 }", "25", "18時間～24時間（R9）", "超過 1時間"),
];

#[test]
fn what_is_missed_and_what_is_met_never_look_alike() {
    let indicator = |(at, (kind, target, ..)): (usize, &(&str, &str, &str, &str, &str))| {
        format!("[i{at}]\nname = \"指標{at}\"\n{kind}\ntarget = {{ R9 = {target} }}\n")
    };
    let record = |(_, _, actual, ..): &(&str, &str, &str, &str, &str)| {
        format!("[[measure]]\nperiod = \"R7\"\nrecorded = 2026-04-10\nvalue = {actual}\n")
    };
    let indicators: String = CASES.iter().enumerate().map(indicator).collect();
    let records: Vec<(String, String)> =
        CASES.iter().enumerate().map(|(at, case)| (format!("records/i{at}.toml"), record(case))).collect();
    let mut files =
        vec![("plan.toml", HEAD), ("outline/1.toml", "[1]\nname = \"窓口\"\n"), ("indicators.toml", &*indicators)];
    files.extend(records.iter().map(|(path, text)| (&**path, &**text)));
    let ran = Desk::plan(&files).run("kpi --as-of R7Q4 --format md --lang ja");
    assert_eq!(ran.code, 0, "{ran:?}");
    for (at, (.., target, distance)) in CASES.iter().enumerate() {
        let line = ran.out().lines().find(|line| line.contains(&format!("指標{at} "))).unwrap_or_default();
        assert!(line.contains(target) && line.contains(distance), "{target} {distance}: {line}");
    }
}
