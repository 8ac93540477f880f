//! Who set a number is what the commits say, whatever a setting, a file of names or a variable says otherwise.

use serde_json::{Value as Json, json};

use crate::support::Desk;

const HEAD: &str =
    "schema = 1\nid = \"city\"\nname = \"市の計画\"\nperiod = { from = \"R6\", to = \"R9\" }\nlevels = [\"取組\"]\n";
const INDICATOR: &str =
    "[rate]\nname = \"満足度\"\nunit = \"％\"\nkind = \"up\"\nbaseline = { R5 = 50 }\ntarget = { R9 = 60 }\n";
const RECORD: &str = "plan/records/rate.toml";
const DAY: &str = "2026-04-01T09:00:00+0900";

fn actual(value: &str) -> String {
    format!("[[measure]]\nperiod = \"R7\"\nrecorded = 2026-04-01\nvalue = {value}\n")
}

fn commit(desk: &Desk, author: &str) {
    desk.git(DAY, &["add", "--all"]);
    desk.git(DAY, &["commit", "-q", "-m", "x", "--author", &format!("{author} <{author}@example.jp>")]);
}

/// 佐藤 set everything, then 鈴木 changed the actual.
fn city() -> Desk {
    let desk = Desk::plan(&[("plan.toml", HEAD), ("outline/1.toml", "[1]\nname = \"窓口\"\n")]);
    desk.write("plan/indicators.toml", INDICATOR);
    desk.write(RECORD, actual("45.9"));
    desk.git(DAY, &["init", "-q", "-b", "main"]);
    commit(&desk, "佐藤");
    desk.write(RECORD, actual("44.9"));
    commit(&desk, "鈴木");
    desk
}

/// Who set the baseline and the actual: by `blame` and by `explain`, with the code of each.
fn authors(desk: &Desk, env: &[(&str, &str)]) -> [(i32, Vec<Json>); 2] {
    let ask = |command: &str| {
        let ran = desk.with_env(env, &[command, "rate", "--format", "json"]);
        (ran.code, serde_json::from_str::<Json>(ran.out()).unwrap_or_else(|_| panic!("{ran:?}")))
    };
    let (code, blamed) = ask("blame");
    let all = |json: &Json| json.as_array().cloned().unwrap_or_default();
    let of = |kind: &str| all(&blamed["numbers"]).into_iter().find(|n| n["number"] == kind).unwrap()["author"].clone();
    let (explained_code, explained) = ask("explain");
    let numbers: Vec<Json> = all(&explained["steps"]).iter().flat_map(|step| all(&step["numbers"])).collect();
    let by = |symbol: &str| numbers.iter().find(|n| n["symbol"] == symbol).unwrap()["author"].clone();
    [(code, vec![of("baseline"), of("measure")]), (explained_code, vec![by("b"), by("a")])]
}

fn holds(desk: &Desk, env: &[(&str, &str)]) {
    let both = (0, vec![json!("佐藤"), json!("鈴木")]);
    assert_eq!(authors(desk, env), [both.clone(), both], "{env:?}");
}

fn head(desk: &Desk) -> String {
    desk.git(DAY, &["rev-parse", "HEAD"]).trim().to_owned()
}

#[test]
fn revisions_to_be_ignored_are_not() {
    let desk = city();
    desk.write(".ignored", head(&desk));
    desk.git(DAY, &["config", "blame.ignoreRevsFile", ".ignored"]);
    holds(&desk, &[]);
    desk.git(DAY, &["config", "blame.markIgnoredLines", "true"]);
    holds(&desk, &[]);
}

#[test]
fn a_missing_list_of_ignored_revisions_loses_nobody() {
    let desk = city();
    desk.git(DAY, &["config", "blame.ignoreRevsFile", "nowhere"]);
    holds(&desk, &[]);
}

#[test]
fn a_mailmap_of_the_work_tree_renames_nobody() {
    let desk = city();
    desk.write(".mailmap", "別人 <x@example.jp> <鈴木@example.jp>\n");
    holds(&desk, &[]);
}

#[test]
fn a_mailmap_of_a_setting_renames_nobody() {
    let desk = city();
    desk.write("names", "別人 <x@example.jp> <鈴木@example.jp>\n");
    desk.git(DAY, &["config", "mailmap.file", "names"]);
    holds(&desk, &[]);
}

#[test]
fn a_commit_that_stands_in_for_another_is_not_asked() {
    let desk = city();
    let other = desk.git(DAY, &["commit-tree", "HEAD^{tree}", "-p", "HEAD~1", "-m", "other"]);
    desk.git(DAY, &["replace", "HEAD", other.trim()]);
    holds(&desk, &[]);
}

#[test]
fn grafts_cut_no_history() {
    let desk = city();
    desk.write(".git/info/grafts", head(&desk));
    holds(&desk, &[]);
}

#[test]
fn variables_name_no_other_history() {
    let (desk, other) = (city(), Desk::plan(&[("plan.toml", HEAD)]));
    other.commit(DAY, "another repository");
    desk.write("cut", head(&desk));
    let (cut, folder) = (desk.path("cut"), other.path(".git"));
    let (cut, folder) = (cut.to_str().unwrap(), folder.to_str().unwrap());
    for env in [
        [("GIT_DIR", folder)],
        [("GIT_COMMON_DIR", folder)],
        [("GIT_WORK_TREE", "/")],
        [("GIT_GRAFT_FILE", cut)],
        [("GIT_SHALLOW_FILE", cut)],
        [("GIT_ATTR_SOURCE", "nowhere")],
        [("GIT_ICASE_PATHSPECS", "1")],
    ] {
        holds(&desk, &env);
    }
}

#[test]
fn colours_pagers_and_aliases_change_nothing() {
    let desk = city();
    for (key, value) in [
        ("color.ui", "always"),
        ("core.pager", "false"),
        ("pager.blame", "true"),
        ("alias.blame", "!false"),
        ("blame.coloring", "highlightRecent"),
        ("blame.showRoot", "true"),
        ("blame.blankBoundary", "true"),
        ("core.quotePath", "true"),
        ("core.abbrev", "4"),
        ("log.showSignature", "true"),
        ("i18n.logOutputEncoding", "Shift_JIS"),
        ("diff.external", "false"),
    ] {
        desk.git(DAY, &["config", key, value]);
    }
    holds(&desk, &[("GIT_PAGER", "false"), ("GIT_EXTERNAL_DIFF", "false")]);
    let history = desk.json("history rate");
    let last = history["history"].as_array().unwrap().last().unwrap();
    assert_eq!((&last["author"], &last["new"]), (&json!("鈴木"), &json!({ "value": 44.9 })));
}

#[test]
fn a_commit_in_another_encoding_is_read() {
    let desk = city();
    let before = head(&desk);
    desk.write(RECORD, actual("46"));
    desk.git(DAY, &["add", "--all"]);
    let tree = desk.git(DAY, &["write-tree"]);
    let signed = |role: &str| [role.as_bytes(), &encoding_rs::EUC_JP.encode("鈴木").0, b" <s@x> 1 +0900\n"].concat();
    let parents = format!("tree {tree}parent {before}\n");
    let (author, committer) = (signed("author "), signed("committer "));
    desk.write("commit", [parents.as_bytes(), &author, &committer, b"encoding EUC-JP\n\nx\n"].concat());
    let id = desk.git(DAY, &["hash-object", "-t", "commit", "-w", "commit"]);
    desk.git(DAY, &["reset", "-q", "--hard", id.trim()]);
    holds(&desk, &[]);
}

#[test]
fn a_former_folder_is_found_whatever_is_said_of_renames() {
    let desk = city();
    desk.git(DAY, &["mv", "plan", "改革"]);
    for n in 0..8 {
        desk.write(&format!("改革/notes{n}.txt"), format!("{n}\n"));
    }
    desk.write("改革/plan.toml", format!("{HEAD}city = \"市\"\n"));
    commit(&desk, "高橋");
    for (key, value) in [("diff.renameLimit", "1"), ("diff.renames", "false"), ("diff.orderFile", "nowhere")] {
        desk.git(DAY, &["config", key, value]);
        let history = desk.json("history rate");
        let first: Vec<&Json> = history["history"].as_array().unwrap().iter().map(|step| &step["author"]).collect();
        assert_eq!((first.first(), first.last()), (Some(&&json!("佐藤")), Some(&&json!("鈴木"))), "{key}");
        desk.git(DAY, &["config", "--unset", key]);
    }
}

#[test]
fn a_shallow_clone_says_that_nobody_knows() {
    let (from, desk) = (city(), Desk::empty());
    let url = format!("file://{}", from.path("").display());
    desk.git(DAY, &["clone", "-q", "--depth=1", &url, "."]);
    for root in ["false", "true"] {
        desk.git(DAY, &["config", "blame.showRoot", root]);
        let unknown = (1, vec![Json::Null, Json::Null]);
        assert_eq!(authors(&desk, &[]), [unknown.clone(), unknown]);
    }
    let ran = desk.run("blame rate --format json");
    let blamed: Json = serde_json::from_str(ran.out()).unwrap();
    assert_eq!(blamed["numbers"][0]["unknown"], "cut-off");
    for (command, lang, words) in
        [("blame", "ja", ["不明", "git fetch --unshallow"]), ("explain", "en", ["unknown", "git fetch --unshallow"])]
    {
        let ran = desk.call(&[command, "rate", "--lang", lang]);
        assert!(ran.code == 1 && words.iter().all(|word| ran.out().contains(word)), "{ran:?}");
    }
    desk.git(DAY, &["fetch", "-q", "--unshallow"]);
    holds(&desk, &[]);
}

#[test]
fn where_git_does_not_answer_it_says_so() {
    let desk = city();
    desk.git(DAY, &["config", "blame.date", "nonsense"]);
    let unknown = (1, vec![Json::Null, Json::Null]);
    assert_eq!(authors(&desk, &[]), [unknown.clone(), unknown]);
    for (command, lang, words) in [
        ("blame", "en", ["unknown", "git does not answer: unknown date format nonsense"]),
        ("explain", "ja", ["不明", "だれが書いたか分からない値があります（git が答えません：unknown date format"]),
    ] {
        let ran = desk.call(&[command, "rate", "--lang", lang]);
        assert!(ran.code == 1 && words.iter().all(|word| ran.out().contains(word)), "{ran:?}");
    }
}

#[test]
fn a_file_that_git_does_not_keep_has_no_author() {
    let desk = city();
    desk.git(DAY, &["rm", "-q", "--cached", RECORD]);
    desk.git(DAY, &["commit", "-q", "-m", "x"]);
    let ran = desk.run("blame rate --lang en").done();
    assert!(ran.out().contains("not in git"), "{}", ran.out());
    let blamed = desk.json("blame rate");
    let actual = &blamed["numbers"][2];
    assert_eq!((&actual["unknown"], &actual["author"]), (&json!("not-kept"), &Json::Null));
    // Added, but in no commit yet: the number is as new as the file.
    desk.git(DAY, &["add", RECORD]);
    assert_eq!(desk.json("blame rate")["numbers"][2]["uncommitted"], json!(true));
}

#[test]
fn a_changed_file_that_git_passes_over_is_no_clean_plan() {
    let desk = city();
    desk.write(RECORD, actual("43"));
    for mark in ["--assume-unchanged", "--skip-worktree"] {
        desk.git(DAY, &["update-index", mark, RECORD]);
        let paper = desk.run("report council --as-of R7 --format md --lang en");
        assert!(paper.out().contains("uncommitted changes"), "{mark}: {}", paper.out());
    }
}

#[test]
fn why_there_is_no_history_is_shown() {
    let desk = city();
    let ran = desk.with_env(&[("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")], &["explain", "rate"]);
    assert!(ran.code == 0 && ran.out().contains("このリポジトリは別の利用者のもの"), "{ran:?}");
    let ran = desk.with_env(&[("PATH", "/nonexistent")], &["explain", "rate"]).done();
    assert!(ran.out().contains("git を起動できません"), "{}", ran.out());
}

/// Settings that lead to a pipe which nobody fills: those of the user's files are not read at all, and of others git is not
/// waited for without end.
#[cfg(unix)]
#[test]
fn no_setting_makes_it_wait_for_ever() {
    let desk = city();
    let pipe = desk.path("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let pipe = pipe.to_str().unwrap();
    desk.write(".git/info/exclude", "pipe\n");
    for key in ["mailmap.file", "core.attributesFile", "core.excludesFile"] {
        desk.git(DAY, &["config", key, pipe]);
    }
    let env = [("KAIKAKU_GIT_SECONDS", "20")];
    holds(&desk, &env);
    for command in ["diff HEAD~1", "log", "handover", "check", "explain rate", "status --rev HEAD"] {
        let ran = desk.with_env(&env, &command.split_whitespace().collect::<Vec<_>>());
        assert!(ran.code < 2, "{command}: {ran:?}");
    }
    // What git reads before anything else cannot be left out.
    let settings = desk.text(".git/config");
    desk.write(".git/config", format!("{settings}[include]\n\tpath = {pipe}\n"));
    for (command, lang) in [("blame rate", "ja"), ("diff HEAD~1", "en"), ("status --rev HEAD", "en")] {
        let begun = std::time::Instant::now();
        let ran = desk
            .with_env(&[("KAIKAKU_GIT_SECONDS", "1"), ("KAIKAKU_LANG", lang)], &command.split(' ').collect::<Vec<_>>());
        assert!(begun.elapsed().as_secs() < 30, "{command}");
        let said = ["git が 1 秒たっても答えない", "git had not answered after 1 seconds"][usize::from(lang == "en")];
        assert!(ran.code == 2 && ran.err.contains(said) && ran.err.contains("include.path"), "{command}: {ran:?}");
    }
}
