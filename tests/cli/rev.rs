//! `--rev`: what was known then, out of real repositories.

use std::fs;

use serde_json::json;

use crate::support::{Desk, Ran};

const HEAD: &str = r#"schema = 1
id     = "city"
name   = "市の計画"
period = { from = "R6", to = "R9" }
levels = ["取組"]

[[scale]]
id     = "progress"
name   = "進捗状況"
grades = [{ id = "good", name = "順調" }, { id = "late", name = "遅れ", attention = true }]
"#;

const OUTLINE: &str = "[1]\nname = \"窓口\"\n\n[2]\nname = \"財政\"\n";

fn update(period: &str, recorded: &str, grade: &str) -> String {
    format!("[[update]]\nperiod   = \"{period}\"\nrecorded = {recorded}\nrating   = {{ progress = \"{grade}\" }}\n\n")
}

/// One plan with two commits: at the first, tagged `council`, 1 is good; at the second it is late, and 2 is good.
fn city() -> Desk {
    let desk = Desk::plan(&[("plan.toml", HEAD), ("outline/1.toml", OUTLINE)]);
    let first = update("R7Q1", "2025-07-01", "good");
    desk.write("plan/records/1.toml", &first);
    desk.commit("2025-07-02T23:30:00+0900", "first");
    desk.git("2025-07-02T23:30:00+0900", &["tag", "council"]);
    desk.write("plan/records/1.toml", first + &update("R7Q1", "2025-07-20", "late"));
    desk.write("plan/records/2.toml", update("R7Q1", "2025-07-20", "good"));
    desk.commit("2025-08-01T09:00:00+0900", "second");
    desk
}

/// How many are good, late and unreported.
fn counts(desk: &Desk, args: &str) -> [u64; 3] {
    let status = desk.json(&format!("status {args}"));
    let all = &status["total"];
    [&all["counts"]["good"], &all["counts"]["late"], &all["unreported"]].map(|count| count.as_u64().unwrap())
}

#[test]
fn a_revision_is_what_was_known_then() {
    let desk = city();
    assert_eq!(counts(&desk, "--as-of R7Q1"), [1, 1, 0]);
    assert_eq!(counts(&desk, "--as-of R7Q1 --rev council"), [1, 0, 1]);
    assert_eq!(counts(&desk, "--as-of R7Q1 --rev HEAD~1"), [1, 0, 1]);
    assert_eq!(counts(&desk, "--as-of R7Q1 --rev main"), [1, 1, 0]);
}

#[test]
fn a_day_means_the_last_commit_up_to_its_end_in_japan() {
    let desk = city();
    for (day, expected) in
        [("2025-07-02", [1, 0, 1]), ("R7.7.31", [1, 0, 1]), ("令和7年8月1日", [1, 1, 0]), ("2026-01-01", [1, 1, 0])]
    {
        assert_eq!(counts(&desk, &format!("--rev {day}")), expected, "{day}");
        assert_eq!(
            desk.json(&format!("status --rev {day}"))["as_of"]["date"],
            desk.json(&format!("status --as-of {day}"))["as_of"]["date"]
        );
    }
    let err = desk.run("status --rev 2025-07-01").failed();
    assert!(err.contains("2025-07-01 までのコミットがありません"), "{err}");
}

#[test]
fn without_as_of_the_day_is_that_of_the_revision() {
    let desk = city();
    let status = desk.json("status --rev council");
    assert_eq!(status["as_of"], json!({ "date": "2025-07-02", "period": "R7Q2" }));
    let revision = &status["plan"]["revision"];
    assert_eq!((&revision["name"], &revision["date"]), (&json!("council"), &json!("2025-07-02")));
    assert_eq!(revision["id"].as_str().unwrap(), desk.git("2025-01-01T00:00:00Z", &["rev-parse", "council"]).trim());
    assert_eq!(desk.json("status")["plan"]["revision"], json!(null));
}

/// Every reading command, in every format, says the same for a tag whatever is done afterwards.
#[test]
fn a_tag_gives_the_same_bytes_for_ever() {
    let desk = Desk::copied();
    assert_eq!(desk.run("close R8Q1 --plan example").code, 0);
    desk.commit("2026-07-02T09:00:00+0900", "first");
    desk.git("2026-07-02T09:00:00+0900", &["tag", "v2026Q1"]);
    let commands = [
        "status",
        "status --as-of R7Q1",
        "kpi",
        "show 1-1-1",
        "show",
        "log",
        "check",
        "plans",
        "explain 1-1",
        "kpi --mismatch",
        "due",
        "roadmap",
        "errata R8Q1",
    ];
    let say = |desk: &Desk| -> Vec<Vec<u8>> {
        let formats = ["text", "json", "csv", "md"];
        let asked = commands.iter().flat_map(|c| formats.iter().map(move |f| format!("{c} --format {f}")));
        let ask = |c: String| desk.run(&format!("{c} --plan example --rev v2026Q1"));
        asked
            .map(ask)
            .map(|Ran { code, bytes, err }| {
                assert!(code < 2, "{err}");
                bytes
            })
            .collect()
    };
    let before = say(&desk);
    desk.run("update 1-1-1 --plan example --period R8Q2 --rating late --done 遅れた --by 人事課 --recorded 2026-11-20");
    for args in [
        "update 1-1-1 --corrects R8Q1/2026-07-07 --rating stalled --note 誤り",
        "update 1-1-2 --corrects R7Q1/2025-07-08 --withdraw",
        "measure overtime-hours 99 --corrects R7/2026-06-09",
        "errata R8Q1 --record --reason 訂正",
        "mv 1-1-1 1-2-9",
        "mv overtime-hours overtime",
    ] {
        let ran = desk.run(&format!("{args} --plan example"));
        assert_eq!(ran.code, 0, "{args}: {}", ran.err);
    }
    desk.commit("2026-11-21T08:00:00+0900", "corrections and renumberings");
    assert_eq!(say(&desk), before);
    desk.write("plan/example/outline/1.toml", "[1]\nname = \"別のもの\"\n");
    desk.commit("2026-11-21T09:00:00+0900", "second");
    desk.write("plan/kaikaku.toml", "default = \"stage3\"\n");
    fs::remove_dir_all(desk.path("plan/example")).unwrap();
    assert_eq!(say(&desk), before);
    assert!(String::from_utf8(before[0].clone()).unwrap().contains("版：v2026Q1（"));
}

#[test]
fn a_renamed_folder_is_known_by_the_id_of_its_plan() {
    let desk = Desk::plan(&[("old/plan.toml", HEAD), ("old/outline/1.toml", OUTLINE)]);
    desk.commit("2025-07-02T09:00:00+0900", "first");
    desk.git("2025-08-02T09:00:00+0900", &["mv", "plan/old", "plan/new"]);
    desk.commit("2025-08-02T09:00:00+0900", "second");
    let status = desk.json("status --plan new --rev HEAD~1");
    assert_eq!((&status["plan"]["id"], &status["plan"]["folder"]), (&json!("city"), &json!("old")));
    let err = desk.run("status --plan none --rev HEAD~1").failed();
    assert!(err.contains("「none」という計画はありません"), "{err}");
}

#[test]
fn wherever_the_repository_is_kept() {
    let desk = city();
    let day = "2025-09-01T09:00:00+0900";
    let expected = desk.run("status --rev council --as-of R7Q1 --format json").done().bytes;
    let same = |args: &str| assert_eq!(desk.run(args).done().bytes, expected, "{args}");
    desk.git(day, &["pack-refs", "--all"]);
    desk.git(day, &["gc", "-q"]);
    same("status --rev council --as-of R7Q1 --format json");
    desk.git(day, &["worktree", "add", "-q", "beside", "council"]);
    same("-C beside status --rev council --as-of R7Q1 --format json");
    desk.git(day, &["clone", "-q", "--bare", ".", "bare.git"]);
    same("-C bare.git status --rev council --as-of R7Q1 --format json");
    let below = Desk::empty();
    below.git(
        day,
        &["clone", "-q", "-b", "council", "-c", "advice.detachedHead=false", desk.path("").to_str().unwrap(), "."],
    );
    fs::create_dir(below.path("office")).unwrap();
    below.git(day, &["mv", "plan", "office/plan"]);
    below.commit(day, "moved");
    assert_eq!(counts(&below, "-C office --rev HEAD --as-of R7Q1"), [1, 0, 1]);
    assert_eq!(counts(&below, "-C office/plan/records --rev HEAD --as-of R7Q1"), [1, 0, 1]);
    assert_eq!(counts(&below, "-C .git --rev HEAD --as-of R7Q1"), [1, 0, 1], "the only plans of the repository");
}

#[test]
fn a_repository_of_sha_256() {
    let desk = Desk::plan(&[("plan.toml", HEAD), ("outline/1.toml", OUTLINE)]);
    desk.git("2025-07-02T09:00:00+0900", &["init", "-q", "-b", "main", "--object-format=sha256"]);
    desk.commit("2025-07-02T09:00:00+0900", "first");
    assert_eq!(counts(&desk, "--rev main"), [0, 0, 2]);
}

#[test]
fn a_shallow_clone_says_that_it_is_one() {
    let (from, desk) = (city(), Desk::empty());
    let url = format!("file://{}", from.path("").display());
    desk.git("2025-09-01T09:00:00+0900", &["clone", "-q", "--depth=1", &url, "."]);
    assert_eq!(counts(&desk, "--rev HEAD --as-of R7Q1"), [1, 1, 0]);
    let err = desk.run("status --rev 2025-07-05").failed();
    assert!(err.contains("git fetch --unshallow"), "{err}");
}

#[test]
fn a_repository_of_somebody_else_is_not_read() {
    let desk = city();
    let ran = desk.with_env(&[("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")], &["status", "--rev", "council"]);
    let err = ran.failed();
    assert!(err.contains("別の利用者のもの") && err.contains("git config --global --add safe.directory"), "{err}");
}

#[test]
fn what_no_revision_can_mean_is_explained() {
    let desk = city();
    for (rev, shown) in [
        ("counsil", "council"),
        ("R7Q2", "--as-of R7Q2"),
        ("--version", "版（タグ・ブランチ・コミット・日付）はありません"),
        ("main:plan", "はありません"),
        ("council\nmain", "はありません"),
        ("", "はありません"),
    ] {
        let err = desk.call(&["status", &format!("--rev={rev}")]).failed();
        assert!(err.contains(shown), "{rev:?}: {err}");
    }
    let err = Desk::copied().run("status --rev main").failed();
    assert!(err.contains("git のリポジトリではありません"), "{err}");
    let err = desk.with_env(&[("PATH", "")], &["status", "--rev", "main"]).failed();
    assert!(err.contains("git を起動できません"), "{err}");
}

#[test]
fn the_past_is_not_written_to() {
    let desk = city();
    let before = desk.files();
    for command in ["update 1 --rating good", "measure x 1 --period R7", "init town"] {
        let err = desk.run(&format!("{command} --rev council")).failed();
        assert!(err.contains("過去の版には書き込めません"), "{err}");
    }
    assert_eq!(desk.files(), before);
}

#[test]
fn findings_name_the_revision() {
    let desk = Desk::plan(&[("plan.toml", HEAD), ("outline/1.toml", "[1]\nnaem = \"窓口\"\n")]);
    desk.commit("2025-07-02T09:00:00+0900", "first");
    desk.write("plan/outline/1.toml", OUTLINE);
    desk.run("check").done();
    let ran = desk.run("check --rev main");
    assert!(ran.code == 1 && ran.out().contains("main:plan/outline/1.toml:2:1"), "{}", ran.out());
}

#[cfg(unix)]
#[test]
fn links_lead_within_the_plan_only() {
    let desk = Desk::plan(&[
        ("plan.toml", HEAD),
        ("outline/1.toml", OUTLINE),
        ("records/1.toml", &update("R7Q1", "2025-07-01", "good")),
    ]);
    desk.write("secret.toml", "a = 1\n");
    std::os::unix::fs::symlink("1.toml", desk.path("plan/records/2.toml")).unwrap();
    std::os::unix::fs::symlink("../secret.toml", desk.path("plan/indicators.toml")).unwrap();
    desk.commit("2025-07-02T09:00:00+0900", "first");
    let (now, then) = (desk.run("check --format json"), desk.run("check --rev main --format json"));
    assert_eq!(then.out().replace("main:", ""), now.out());
    assert!(now.out().contains("outside-folder"), "{}", now.out());
    fs::remove_file(desk.path("plan/indicators.toml")).unwrap();
    desk.commit("2025-07-03T09:00:00+0900", "second");
    assert_eq!(counts(&desk, "--rev main --as-of R7Q1"), [2, 0, 0]);
}

/// Two plans of one id (a plan, and its copy): which of them was meant under another name is not guessed.
#[test]
fn of_a_plan_and_its_copy_none_is_taken_for_the_other() {
    let head = |id: &str| {
        format!(
            "schema = 1\nid = \"{id}\"\nname = \"計画\"\nperiod = {{ from = \"R6\", to = \"R9\" }}\nlevels = [\"取組\"]\n"
        )
    };
    let desk = Desk::empty();
    let make = |folder: &str, id: &str, name: &str| {
        desk.write(&format!("plan/{folder}/plan.toml"), head(id));
        desk.write(&format!("plan/{folder}/outline/1.toml"), format!("[1]\nname = \"{name}\"\n"));
    };
    make("a", "x", "甲");
    make("b", "y", "乙");
    desk.commit("2026-04-01T09:00:00+0900", "a, b");
    make("c", "x", "丙");
    let shown = desk.run("show 1 --plan c --rev HEAD").done();
    assert!(shown.out().contains("甲"), "{shown:?}");
    make("b", "x", "乙");
    desk.commit("2026-04-02T09:00:00+0900", "b is a copy");
    std::fs::rename(desk.path("plan/c"), desk.path("plan/d")).unwrap();
    let ran = desk.run("show 1 --plan d --rev HEAD");
    assert_eq!((ran.code, ran.bytes.len()), (2, 0), "{ran:?}");
}
