//! `diff`: a made-up plan in which everything changes once, out of a real repository.

use std::fs;
use std::path::Path;

use serde_json::{Value as Json, json};

use crate::support::{Desk, repository};

/// A desk with the plan `tests/diff/<name>` in its `plan/`, and nothing else there.
fn put(desk: &Desk, name: &str) {
    if desk.path("plan").exists() {
        fs::remove_dir_all(desk.path("plan")).unwrap();
    }
    copy(desk, &repository().join("tests/diff").join(name), "plan");
}

fn copy(desk: &Desk, from: &Path, to: &str) {
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = format!("{to}/{}", entry.file_name().to_str().unwrap());
        if entry.file_type().unwrap().is_dir() {
            copy(desk, &entry.path(), &target);
        } else {
            desk.write(&target, fs::read(entry.path()).unwrap());
        }
    }
}

/// Everything changed once, in two commits.
fn changed() -> Desk {
    let desk = Desk::empty();
    put(&desk, "before");
    desk.commit("2025-04-01T09:00:00+0900", "before");
    desk.git("2025-04-01T09:00:00+0900", &["tag", "council"]);
    put(&desk, "after");
    desk.commit("2025-10-15T09:00:00+0900", "after");
    desk
}

/// The one change of an id and a field.
fn change<'j>(json: &'j Json, id: &str, field: &Json) -> &'j Json {
    let all: Vec<&Json> =
        json["changes"].as_array().unwrap().iter().filter(|c| c["id"] == id && c["field"] == *field).collect();
    assert_eq!(all.len(), 1, "{id} {field}: {all:#?}");
    all[0]
}

#[test]
fn every_kind_of_change_is_reported_once() {
    let desk = changed();
    insta::assert_snapshot!("every_change_ja", desk.run("diff council HEAD --lang ja").done().out());
    insta::assert_snapshot!("every_change_en", desk.run("diff council..HEAD --lang en --summary").done().out());
    insta::assert_snapshot!("every_change_md", desk.run("diff council HEAD --format md --only targets").done().out());
}

#[test]
fn a_program_reads_each_change_with_its_reason_and_effect() {
    let desk = changed();
    let json = desk.json("diff council HEAD");
    assert_eq!(json["old"]["label"], "council");
    let lowered = change(&json, "satisfaction", &json!("target.R9"));
    assert_eq!(lowered["kind"], "lowered");
    // 85 − 80, and 80.4 reaches 80 while it was only on its way to 85.
    assert_eq!((lowered["old"].to_string(), lowered["new"].to_string()), ("85".into(), "80".into()));
    assert_eq!(lowered["difference"].to_string(), "-5");
    assert_eq!(lowered["verdict"], json!({ "old": "on-pace", "new": "met" }));
    assert_eq!(lowered["reason"], "中間見直しで実勢に合わせた。");
    assert_eq!(lowered["places"]["old"], "council:plan/indicators.toml:6");
    assert_eq!(lowered["places"]["new"], "HEAD:plan/indicators.toml:6");
    assert_eq!(change(&json, "1-1", &json!("owner"))["reason"], "機構改革で担当が移った。");
    assert_eq!(change(&json, "1-3", &json!(null))["reason"], "国の制度の廃止による。");
    assert_eq!(change(&json, "2-3", &json!(null))["old"], "2-1");
    assert_eq!(change(&json, "1-9", &json!(null))["old"], json!(["1-5", "1-6"]));
    assert_eq!(json["probably_renumbered"], json!([{ "old": "1-8", "new": "1-12" }]));
    // 1-1 is no prefix of 1-10: its record is its own.
    assert_eq!(change(&json, "1-10", &json!("update.R7Q1.2025-07-03"))["kind"], "rewritten");
}

#[test]
fn a_page_strikes_out_what_went_and_underlines_what_came() {
    let desk = changed();
    let text = desk.run("diff council HEAD --lang ja --format md").done().out().to_owned();
    let page = desk.run("diff council HEAD --lang ja --format html").done().out().to_owned();
    assert!(text.contains("[-") || text.contains("\\[-"), "{text}");
    assert!(page.contains("<del>") && page.contains("<ins>") && !page.contains("[-"), "{page}");
}

#[test]
fn parts_of_the_difference_can_be_asked_for() {
    let desk = changed();
    let kinds = |args: &str| {
        let json = desk.json(&format!("diff council HEAD {args}"));
        let all = json["changes"].as_array().unwrap();
        all.iter()
            .map(|c| format!("{} {}", c["id"].as_str().unwrap_or("-"), c["kind"].as_str().unwrap()))
            .collect::<Vec<_>>()
    };
    assert_eq!(kinds("--only owners"), ["reform renamed", "1-1 changed"]);
    assert_eq!(
        kinds("--records"),
        ["1-1 rating-moved", "1-10 rewritten", "satisfaction confirmed", "wait corrected", "wait recorded"]
    );
    assert!(kinds("--definition").iter().all(|kind| !kind.starts_with("1-10")));
    assert_eq!(kinds("--under 1-10"), ["1-10 rewritten"]);
    assert_eq!(kinds("--under 2-1"), ["2-3 renumbered"]);
    assert_eq!(kinds("--only files"), ["- unknown-key", "- comment"]);
}

#[test]
fn the_exit_code_tells_whether_anything_changed() {
    let desk = changed();
    assert_eq!(desk.run("diff council HEAD").code, 0);
    assert_eq!(desk.run("diff council HEAD --exit-code").code, 1);
    let same = desk.run("diff HEAD --exit-code").done();
    assert!(same.out().contains("違いはありません"), "{}", same.out());
    let err = desk.run("diff no-such-tag --exit-code").failed();
    assert!(err.contains("no-such-tag"), "{err}");
}

#[test]
fn revisions_are_named_as_git_names_them() {
    let desk = changed();
    desk.git("2025-10-16T09:00:00+0900", &["branch", "other", "council"]);
    let count = |args: &str| desk.json(&format!("diff {args}"))["changes"].as_array().unwrap().len();
    let all = count("council HEAD");
    assert!(all > 30);
    for args in ["council", "council..", "council..HEAD", "other...HEAD", "--since 2025-04-30", "HEAD~1 2025-12-31"] {
        assert_eq!(count(args), all, "{args}");
    }
    // The other branch has nothing of its own since they parted.
    assert_eq!(count("HEAD...other"), 0);
    desk.write(
        "plan/owners.toml",
        String::from_utf8(desk.read("plan/owners.toml")).unwrap().replace("財政課", "会計課"),
    );
    assert_eq!((count(""), count("--staged")), (1, 0));
    desk.git("2025-10-16T09:00:00+0900", &["add", "--all"]);
    assert_eq!((count(""), count("--staged"), count("--staged HEAD")), (1, 1, 1));
    let err = desk.run("diff a b --staged").failed();
    assert!(err.contains("比べる版が多すぎます"), "{err}");
}

#[test]
fn two_folders_are_compared_without_git() {
    let desk = Desk::empty();
    copy(&desk, &repository().join("tests/diff/before"), "old");
    copy(&desk, &repository().join("tests/diff/after"), "new");
    let json = desk.json("diff old new --only owners -C new");
    assert_eq!(json["changes"].as_array().unwrap().len(), 2);
    assert_eq!(json["changes"][1]["places"], json!({ "old": "old/outline/1.toml:6", "new": "new/outline/1.toml:6" }));
}

#[test]
fn a_revision_that_cannot_be_read_is_compared_by_its_lines() {
    let desk = changed();
    desk.write(
        "plan/owners.toml",
        "[counter]\nname = \"町民課\"\n\n[finance]\nname = \"財政課\n\n[reform]\nname = \"改革推進課\"\n",
    );
    desk.write("plan/records/1-10.toml", "[[update]]\nperiod = \"R7Q1\"\nrecorded = 2025-07-03\nprogress = 200\n");
    insta::assert_snapshot!("unreadable", desk.run("diff --lang ja").done().out());
    let json = desk.json("diff");
    let kinds: Vec<&str> = json["changes"].as_array().unwrap().iter().map(|c| c["kind"].as_str().unwrap()).collect();
    assert!(kinds.contains(&"unread"), "{kinds:?}");
}

/// How many changes there are from `council` on, asked from a folder of the desk.
fn from_council(desk: &Desk, args: &str) -> usize {
    desk.json(&format!("diff council main {args}"))["changes"].as_array().unwrap().len()
}

/// `history` is reported of a plan without errors only.
fn forget_the_unknown_key(desk: &Desk, plan: &str) {
    let path = format!("{plan}/outline/1.toml");
    let text = String::from_utf8(desk.read(&path)).unwrap();
    desk.write(&path, text.replace("colour = \"blue\"\n", ""));
}

#[test]
fn every_shape_of_repository_is_read() {
    const DAY: &str = "2025-10-16T09:00:00+0900";
    let desk = changed();
    let all = from_council(&desk, "");
    desk.git(DAY, &["worktree", "add", "-q", "other", "council"]);
    desk.git(DAY, &["clone", "-q", "--bare", ".", "bare.git"]);
    desk.git(DAY, &["gc", "-q", "--prune=now"]);
    assert_eq!(from_council(&desk, ""), all, "packed");
    assert_eq!(from_council(&desk, "-C other"), all, "a work tree beside");
    assert_eq!(desk.json("diff HEAD main -C other")["changes"].as_array().unwrap().len(), all);
    assert_eq!(from_council(&desk, "-C bare.git"), all, "bare");

    let shallow = Desk::empty();
    let from = format!("file://{}", desk.path(".git").display());
    shallow.git(DAY, &["clone", "-q", "--depth", "1", &from, "."]);
    let err = shallow.run("diff 2025-04-30").failed();
    assert!(err.contains("git fetch --unshallow"), "{err}");
    assert!(shallow.run("diff").done().out().contains("違いはありません"));
    forget_the_unknown_key(&shallow, "plan");
    let history = shallow.json("history satisfaction target");
    assert_eq!((&history["shallow"], &history["history"][0]["first"]), (&json!(true), &json!(true)));
}

#[test]
fn a_plan_below_the_top_of_a_sha_256_repository_is_found_where_it_was() {
    const DAY: &str = "2025-10-16T09:00:00+0900";
    let desk = Desk::empty();
    desk.git(DAY, &["init", "-q", "-b", "main", "--object-format=sha256"]);
    copy(&desk, &repository().join("tests/diff/before"), "office/reform/plan");
    desk.commit(DAY, "before");
    desk.git(DAY, &["mv", "office/reform/plan", "office/plan"]);
    desk.commit(DAY, "moved");
    fs::remove_dir_all(desk.path("office/plan")).unwrap();
    copy(&desk, &repository().join("tests/diff/after"), "office/plan");
    forget_the_unknown_key(&desk, "office/plan");
    desk.commit(DAY, "after");
    let desk = desk.at("office");
    let json = desk.json("diff HEAD~2 HEAD --only owners");
    assert_eq!(json["changes"].as_array().unwrap().len(), 2);
    assert_eq!(json["old"]["revision"].as_str().unwrap().len(), 64);
    let history = desk.json("history 1-1 owner");
    let owners: Vec<&Json> = history["history"].as_array().unwrap().iter().map(|step| &step["new"]).collect();
    assert_eq!(owners, [&json!(["counter"]), &json!(["finance"])]);
}

#[test]
fn what_git_refuses_is_reported_with_what_to_do() {
    let desk = changed();
    let ran = desk.with_env(&[("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")], &["diff", "council"]);
    let err = ran.failed();
    assert!(err.contains("safe.directory"), "{err}");
    let err = Desk::city("springfield").run("diff HEAD").failed();
    assert!(err.contains("git"), "{err}");
}

#[test]
fn a_revision_that_git_cannot_hand_out_is_reported() {
    const DAY: &str = "2025-10-16T09:00:00+0900";
    let desk = changed();
    for (args, shown) in [("diff concil HEAD", "council"), ("diff council mian", "main"), ("diff HAED", "HEAD")] {
        let err = desk.run(args).failed();
        assert!(err.contains(shown), "{args}: {err}");
    }
    let object = |name: &str| {
        let id = desk.git(DAY, &["rev-parse", name]);
        desk.path(&format!(".git/objects/{}/{}", &id[..2], id[2..].trim()))
    };
    for lost in ["council:plan/outline/1.toml", "council:plan", "council^{tree}"] {
        let (path, kept) = (object(lost), desk.path("kept"));
        fs::rename(&path, &kept).unwrap();
        let err = desk.run("diff council HEAD").failed();
        assert!(err.contains("git fsck"), "{lost}: {err}");
        fs::rename(&kept, &path).unwrap();
    }
    desk.run("diff council HEAD").done();
}

#[test]
fn an_indicator_that_was_renumbered_is_the_same_one() {
    let head =
        "schema = 1\nid = \"city\"\nname = \"計画\"\nperiod = { from = \"R6\", to = \"R9\" }\nlevels = [\"取組\"]\n";
    let of = |id: &str, more: &str, target: &str| {
        format!("[{id}]\nname = \"待ち時間\"\nunit = \"分\"\nkind = \"down\"\n{more}target = {{ R9 = {target} }}\n")
    };
    let outline = ("outline/1.toml", "[1]\nname = \"窓口\"\n");
    let desk = Desk::plan(&[("plan.toml", head), outline, ("indicators.toml", &of("wait", "", "15"))]);
    desk.commit("2025-04-01T09:00:00+0900", "first");
    desk.write("plan/indicators.toml", of("waiting", "formerly = [\"wait\"]\n", "20"));
    let json = desk.json("diff");
    let shown: Vec<_> = json["changes"].as_array().unwrap().iter().map(|c| (&c["id"], &c["kind"], &c["old"])).collect();
    let expected =
        [(&json!("waiting"), &json!("lowered"), &json!(15)), (&json!("waiting"), &json!("renumbered"), &json!("wait"))];
    assert_eq!(shown, expected);
}

/// Papers, answers, inquiries and closed periods are no facts of the plan: what changed in them is reported by their lines, and
/// never called the same.
#[test]
fn what_is_not_compared_by_meaning_is_compared_by_its_lines() {
    let desk = Desk::copied();
    desk.commit("2026-11-20T09:00:00+0900", "first");
    desk.run("close R8Q2 --plan example");
    desk.run("inquiry send --plan example --period R8Q3 -o out --owner 財政課").done();
    desk.write("plan/example/reports/own.toml", "[[section]]\nshow = \"summary\"\n");
    let changes = desk.json("diff --plan example")["changes"].clone();
    let shown: std::collections::BTreeSet<(String, String)> = changes
        .as_array()
        .unwrap()
        .iter()
        .map(|change| (change["name"].as_str().unwrap().to_owned(), change["kind"].as_str().unwrap().to_owned()))
        .collect();
    let lines = ["closed/R8Q2.toml", "inquiries/R8Q3.toml", "reports/own.toml"];
    assert_eq!(shown, lines.map(|file| (file.to_owned(), "lines".to_owned())).into());
}

const HEAD: &str = "schema = 1\nid = \"city\"\nname = \"計画\"\nperiod = { from = \"R6\", to = \"R9\" }\n\
                    levels = [\"取組\"]\n\n[[scale]]\nid = \"p\"\nname = \"進捗状況\"\n\
                    grades = [{ id = \"good\", name = \"順調\" }, { id = \"late\", name = \"遅れ\" }]\n";

/// A plan of one entry and one indicator, committed; `files` are all but its head.
fn committed(files: &[(&str, &str)]) -> Desk {
    let indicators = "[wait]\nname = \"待ち時間\"\nunit = \"分\"\nkind = \"down\"\ntarget = { R9 = 15 }\n";
    let given = |path: &str| files.iter().any(|(given, _)| *given == path);
    let usual = [("plan.toml", HEAD), ("indicators.toml", indicators), ("outline/1.toml", "[1]\nname = \"窓口\"\n")];
    let usual = usual.into_iter().filter(|(path, _)| !given(path));
    let desk = Desk::plan(&usual.chain(files.iter().copied()).collect::<Vec<_>>());
    desk.commit("2025-10-01T09:00:00+0900", "first");
    desk
}

/// The changes from the last commit on, one a line.
fn summary(desk: &Desk) -> Vec<String> {
    let out = desk.run("diff --summary --lang ja").done().out().to_owned();
    out.lines().filter_map(|line| line.strip_prefix("- ")).map(str::to_owned).collect()
}

fn update(period: &str, recorded: &str, more: &str) -> String {
    format!("[[update]]\nperiod = \"{period}\"\nrecorded = {recorded}\n{more}\n")
}

fn measure(recorded: &str, more: &str) -> String {
    format!("[[measure]]\nperiod = \"R6\"\nrecorded = {recorded}\n{more}\n")
}

#[test]
fn a_record_that_corrects_another_stands_beside_the_one_it_corrects() {
    let first = [
        update("R7Q1", "2025-07-03", "progress = 30\nrating = { p = \"good\" }"),
        update("R7Q2", "2025-10-03", "progress = 50"),
        update("R7Q2", "2025-10-03", "progress = 55"),
    ]
    .concat();
    let values = [measure("2025-07-03", "value = 25"), measure("2025-08-01", "value = 30")].concat();
    let desk = committed(&[("records/1.toml", &first), ("records/wait.toml", &values)]);
    let more = [
        update("R7Q1", "2025-10-20", "corrects = \"R7Q1/2025-07-03\"\nprogress = 35\nrating = { p = \"late\" }"),
        update("R7Q2", "2025-10-21", "corrects = \"R7Q2/2025-10-03#2\"\nwithdrawn = true"),
        update("R7Q2", "2025-10-22", "corrects = \"R7Q2/2025-10-03\"\nwithdrawn = true"),
        update("R7Q3", "2026-01-08", "progress = 60"),
    ]
    .concat();
    desk.write("plan/records/1.toml", first + &more);
    desk.write("plan/records/wait.toml", values + &measure("2025-09-01", "corrects = \"R6/2025-07-03\"\nvalue = 26"));
    let shown = summary(&desk);
    let expected = [
        "【訂正】1 窓口・進捗の記録（R7Q1、R7.10.20記録）：進捗区分：順調→進捗区分：遅れ",
        // The second of its day, then the first; what was taken back is not what was recorded last.
        "【記録の取下げ】1 窓口・進捗の記録（R7Q2、R7.10.21記録）：進捗率：55％→取下げ",
        "【記録の取下げ】1 窓口・進捗の記録（R7Q2、R7.10.22記録）：進捗率：50％→取下げ",
        "【記録】1 窓口・進捗の記録（R7Q3、R8.1.8記録）：進捗率：35％→進捗率：60％",
        "【訂正】待ち時間・実績値（R6、R7.9.1記録）：25分→26分",
    ];
    assert_eq!(shown, expected);
}

#[test]
fn the_steps_planned_for_a_year_are_reported_by_their_year() {
    let outline = |own: &str, of: &str| {
        format!("[1]\nname = \"窓口\"\nsteps = {own}\n\n[[1.initiative]]\nname = \"窓口の電子化\"\nsteps = {of}\n")
    };
    let before = outline("{ R6 = \"検討\", R7 = \"準備\" }", "{ R6 = [\"検討\", \"準備\"], R7 = \"実施\" }");
    let desk = committed(&[("outline/1.toml", &before)]);
    let after = outline("{ R6 = \"検討\", R7 = \"実施\", R8 = \"完了\" }", "{ R6 = \"検討\", R7 = \"実施\" }");
    desk.write("plan/outline/1.toml", after);
    let expected = [
        "【変更】1 窓口・取組内容「窓口の電子化」・工程（R6）：検討、準備→検討",
        "【変更】1 窓口・工程（R7）：準備→実施",
        "【追加】1 窓口・工程（R8）：－→完了",
    ];
    assert_eq!(summary(&desk), expected);
    let topics = desk.json("diff --only deadlines");
    assert_eq!(topics["changes"].as_array().unwrap().len(), expected.len());
}

#[test]
fn steps_and_milestones_that_were_reached_are_reported_with_their_record() {
    let outline = "[1]\nname = \"窓口\"\n\n[[1.milestone]]\ndate = \"R7.9\"\nname = \"試行\"\n\n\
                   [[1.milestone]]\ndate = \"R8.4\"\nname = \"本格運用\"\n";
    let first = update("R7Q2", "2025-10-03", "reached = { \"試行\" = \"R7.9.1\" }");
    let desk = committed(&[("outline/1.toml", outline), ("records/1.toml", &first)]);
    let rewritten = first.replace("R7.9.1", "R7.9.15");
    let more = update("R8Q1", "2026-07-03", "step = \"実施\"\nreached = { \"本格運用\" = \"R8.4.1\" }");
    desk.write("plan/records/1.toml", rewritten + &more);
    let expected = [
        "【記録の書換え】1 窓口・進捗の記録（R7Q2、R7.10.3記録）：達した節目「試行」・日付：R7.9.1→達した節目「試行」・日付：R7.9.15",
        "【記録】1 窓口・進捗の記録（R8Q1、R8.7.3記録）：－→工程：実施",
    ];
    assert_eq!(summary(&desk), expected);
    let whole = desk.run("diff --lang ja").done().out().to_owned();
    assert!(whole.contains("本格運用"), "{whole}");
}
