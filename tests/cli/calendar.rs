//! `kaikaku calendar`: twelve months of duties, worked out by hand on a made-up plan, and the file for calendars, read by
//! the grammar of RFC 5545.

use serde_json::Value as Json;

use crate::ics;
use crate::support::Desk;

pub const PLAN: &str = r#"schema = 1
id      = "reform"
name    = "みどり町改革プラン"
office  = "企画課"
contact = "内線 200"
period  = { from = "R7", to = "R9" }
cycle   = "quarter"
levels  = ["柱", "取組"]

[[scale]]
id     = "progress"
name   = "進捗状況"
grades = [{ id = "good", name = "順調" }, { id = "late", name = "遅れ", attention = true }]
"#;

pub const OUTLINE: &str = r#"schema = 1

[1]
name = "暮らし"

[1-1]
name  = "窓口, 相談; 案内"
owner = "住民課"
steps = { R7 = "検討", R8 = "実施", R9 = "実施" }

[[1-1.milestone]]
name = "開設"
date = "R8.10"

[1-2]
name  = "手続"
owner = "総務課"
added = "R8"
"#;

pub const INDICATORS: &str = r#"schema = 1

[wait]
name     = "待ち時間"
unit     = "分"
kind     = "down"
entry    = "1-1"
baseline = { R6 = 20 }
target   = { R9 = 10 }

[rate]
name     = "申請率"
unit     = "％"
kind     = "up"
entry    = "1-1"
baseline = { R6 = 10 }
target   = { R9 = 30 }
"#;

pub const OWNERS: &str = "schema = 1\n\n[a]\nname = \"住民課\"\ncontact = \"内線 310\"\n\n[b]\nname = \"総務課\"\n";

const RECORDS: &str = "schema = 1\n\n[[update]]\nperiod   = \"R7Q4\"\nrecorded = 2026-04-10\nrating   = { progress = \"good\" }\nstep     = \"検討\"\n";

const VALUES: &str = "schema = 1\n\n[[measure]]\nperiod   = \"R7\"\nrecorded = 2026-04-05\nvalue    = 18\n";

/// What was asked about R7Q4: sent on 2 April R8, to be answered by 16 April; nobody has.
const INQUIRY: &str = "schema = 1\n\n[[sent]]\nowner       = \"a\"\nsent        = 2026-04-02\ndeadline    = 2026-04-16\nfile        = \"a.xlsx\"\nfingerprint = \"00\"\n";

/// A committee of 20 October R7 and one of which the day is set; 総務課 promised something until the end of R8.
const MEETING: &str = "schema = 1\nname   = \"改革推進委員会 第1回\"\nbody   = \"committee\"\ndate   = 2025-10-20\n\n[[opinion]]\nnumber   = \"1\"\nrecorded = 2025-10-21\nkind     = \"request\"\nabout    = \"1-2\"\nowner    = \"総務課\"\nopinion  = \"手数料を見直してほしい。\"\n\n[[response]]\nto       = \"1\"\nrecorded = 2025-11-10\nstate    = \"doing\"\nanswer   = \"検討会を設けた。\"\npromise  = \"見直しの案を示す\"\nuntil    = \"R8\"\n\n[[opinion]]\nnumber   = \"2\"\nrecorded = 2025-10-21\nkind     = \"question\"\nabout    = \"1-1\"\nopinion  = \"朝の混雑はどうか。\"\ndue      = 2026-06-01\n";

pub fn desk() -> Desk {
    Desk::plan(&[
        ("plan.toml", PLAN),
        ("outline/1.toml", OUTLINE),
        ("indicators.toml", INDICATORS),
        ("owners.toml", OWNERS),
        ("records/1-1.toml", RECORDS),
        ("records/wait.toml", VALUES),
        ("inquiries/R7Q4.toml", INQUIRY),
        ("opinions/2025-10-20.toml", MEETING),
    ])
}

/// Each duty in a line: the last day, the kind, the owners, the entry, why then.
fn lines(json: &Json) -> Vec<String> {
    let line = |duty: &Json| {
        let text = |key: &str| duty[key].as_str().unwrap_or("-").to_owned();
        let owners: Vec<&str> = duty["owners"].as_array().unwrap().iter().filter_map(Json::as_str).collect();
        let basis = duty["last_year"].as_str().map_or_else(|| text("basis"), str::to_owned);
        format!("{} {} {} {} {basis}", text("date"), text("kind"), owners.join("+"), text("id"))
    };
    json["duties"].as_array().unwrap().iter().map(line).collect()
}

/// The plan once R7Q4 was closed, on 20 April R8.
fn closed() -> Desk {
    let desk = desk();
    close(&desk);
    desk
}

/// Closes R7Q4, on 20 April R8.
pub fn close(desk: &Desk) {
    desk.with_env(&[("KAIKAKU_TODAY", "2026-04-20")], &["close", "R7Q4", "--by", "佐藤"]).code_is(0);
}

#[test]
fn a_year_follows_from_the_plan_the_cycle_and_the_year_before() {
    let json = closed().json("calendar --as-of R8.5.1");
    assert_eq!((json["from"].as_str(), json["to"].as_str()), (Some("2026-05-01"), Some("2027-04-30")));
    // Nobody was asked about R7Q1 to Q3, and nothing of them was closed: what follows them is expected by the cycle.
    assert_eq!(
        lines(&json),
        [
            "2026-06-01 answer 住民課 - record",
            "2026-07-31 ask  - cycle",
            "2026-07-31 close  - cycle",
            "2026-10-31 milestone 住民課 1-1 plan",
            "2026-10-31 meeting  - 2025-10-20",
            "2026-10-31 ask  - cycle",
            "2026-10-31 close  - cycle",
            "2027-01-31 ask  - cycle",
            "2027-01-31 close  - cycle",
            "2027-03-31 step 住民課 1-1 plan",
            "2027-03-31 promise 総務課 - record",
            "2027-04-01 open-year  - plan",
            "2027-04-02 ask  - 2026-04-02",
            "2027-04-16 collect  - 2026-04-16",
            "2027-04-20 close  - 2026-04-20",
            "2027-04-30 values 住民課 - 2026-04-05",
        ]
    );
    let values = json["duties"].as_array().unwrap().last().unwrap();
    assert_eq!(values["what"], "record the values of FY2026: 待ち時間, 申請率");
}

#[test]
fn an_owner_has_its_own_part_of_it() {
    let json = closed().json("calendar --as-of R8.5.1 --owner 総務課");
    // 1-2 came with R8, so that its reports are asked for from R8Q1 on; R7Q4 was asked of 住民課 alone.
    assert_eq!(
        lines(&json),
        [
            "2026-07-31 ask 総務課 - cycle",
            "2026-10-31 ask 総務課 - cycle",
            "2027-01-31 ask 総務課 - cycle",
            "2027-03-31 promise 総務課 - record",
            "2027-04-02 ask 総務課 - 2026-04-02",
            "2027-04-16 collect 総務課 - 2026-04-16",
        ]
    );
}

#[test]
fn a_fiscal_year_can_be_named_and_outside_of_the_plan_there_is_little() {
    let desk = desk();
    let days = |args: &str| {
        let json = desk.json(&format!("calendar {args}"));
        (json["from"].as_str().unwrap().to_owned(), json["to"].as_str().unwrap().to_owned(), lines(&json).len())
    };
    assert_eq!(days("R9 --as-of R8.5.1").0, "2027-04-01");
    assert_eq!(days("--year 令和9年度 --as-of R8.5.1").1, "2028-03-31");
    assert_eq!(days("R12 --as-of R8.5.1"), ("2030-04-01".into(), "2031-03-31".into(), 0));
    assert!(desk.run("calendar R12").out().contains("この間の予定はない。"));
    assert_eq!(desk.run("calendar 2").code, 2);
    assert_eq!(desk.run("calendar --owner 無い課").code, 2);
}

#[test]
fn the_file_for_calendars_keeps_to_its_grammar_and_says_what_the_table_says() {
    let desk = closed();
    for lang in ["ja", "en"] {
        let file = format!("{lang}.ics");
        desk.run(&format!("calendar --as-of R8.5.1 --lang {lang} -o {file}")).code_is(0);
        let (calendar, events) = ics::read(&desk.text(&file));
        assert_eq!(calendar["VERSION"], "2.0");
        let json = desk.json("calendar --as-of R8.5.1");
        let days: Vec<String> = lines(&json).iter().map(|line| line[..10].replace('-', "")).collect();
        let found: Vec<&str> = events.iter().map(|event| &*event["DTSTART;VALUE=DATE"]).collect();
        assert_eq!(found, days);
        // Commas and semicolons of a name are escaped, and meant again.
        let opening = events.iter().find(|event| event["SUMMARY"].contains("開設")).unwrap();
        assert!(opening["SUMMARY"].contains("1-1 窓口, 相談; 案内"), "{opening:?}");
        assert!(opening["DESCRIPTION"].contains("住民課") && opening["DESCRIPTION"].contains('\n'), "{opening:?}");
    }
    // The same plan is the same file, and an event keeps its name when its day moves.
    let again = "calendar --as-of R8.5.1 --lang ja -o again.ics";
    desk.run(again).code_is(0);
    assert_eq!(desk.text("again.ics"), desk.text("ja.ics"));
    let uid = |desk: &Desk, file: &str| {
        let (_, events) = ics::read(&desk.text(file));
        events.iter().find(|event| event["SUMMARY"].contains("開設")).map(|event| event["UID"].clone())
    };
    let before = uid(&desk, "ja.ics");
    desk.write("plan/outline/1.toml", OUTLINE.replace("R8.10", "R8.12"));
    desk.run("calendar --as-of R8.5.1 --lang en -o moved.ics").code_is(0);
    assert_eq!(uid(&desk, "moved.ics"), before);
}

#[test]
fn only_dates_are_written_for_calendars() {
    let desk = desk();
    for command in ["status", "kpi", "roadmap", "due"] {
        let ran = desk.run(&format!("{command} -o a.ics"));
        assert_eq!(ran.code, 2, "{command}");
        assert!(ran.err.contains("kaikaku calendar"), "{}", ran.err);
    }
    assert!(!desk.path("a.ics").exists());
}

#[test]
fn it_writes_nothing_and_comes_in_every_format() {
    let desk = Desk::copied();
    let before = desk.files();
    for format in ["text", "md", "csv", "json", "html"] {
        desk.run(&format!("calendar --plan example --format {format}")).code_is(0);
    }
    assert_eq!(desk.files(), before);
    for file in ["year.docx", "year.xlsx", "year.html", "year.ics"] {
        desk.run(&format!("calendar --plan example -o {file}")).code_is(0);
    }
    let (_, events) = ics::read(&desk.text("year.ics"));
    assert!(events.iter().all(|event| event["DESCRIPTION"].contains("架空の市です")), "{events:?}");
}
