//! `kaikaku git-setup`, and what git then does with two branches that record on the same item.

use std::process::Command;
use std::{fs, io, iter};

use crate::support::{Desk, Ran};

const DAY: &str = "2026-11-21T09:00:00+0900";
const FILE: &str = "plan/example/records/1-1-1.toml";

/// The shipped plans in a repository that knows the tool.
fn office() -> Desk {
    let desk = Desk::copied();
    desk.commit(DAY, "first");
    desk.run("git-setup --yes");
    desk.commit(DAY, "git-setup");
    desk
}

fn update(desk: &Desk, period: &str, rating: &str, by: &str) {
    let args =
        ["update", "1-1-1", "--plan", "example", "--period", period, "--rating", rating, "--done", "実施", "--by", by];
    let Ran { code, err, .. } = desk.call(&args);
    assert_eq!(code, 0, "{err}");
}

/// Records on two branches; the current one is `main` in the end.
fn two_branches(desk: &Desk, ours: impl Fn(&Desk), theirs: impl Fn(&Desk)) {
    desk.git(DAY, &["switch", "-q", "-c", "madoguchi"]);
    theirs(desk);
    desk.commit(DAY, "theirs");
    desk.git(DAY, &["switch", "-q", "main"]);
    ours(desk);
    desk.commit(DAY, "ours");
}

/// Merges `madoguchi`; whether git found nothing to ask.
fn merges(desk: &Desk) -> bool {
    let mut git = Command::new("git");
    git.args(["-c", "user.name=x", "-c", "user.email=x@example.jp", "merge", "-q", "-m", "merge", "madoguchi"]);
    git.current_dir(desk.path("")).env_clear().env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_CONFIG_GLOBAL", "none");
    git.envs(std::env::var_os("PATH").map(|path| ("PATH", path)));
    git.output().unwrap().status.success()
}

fn text(desk: &Desk) -> String {
    String::from_utf8(desk.read(FILE)).unwrap()
}

#[test]
fn it_shows_what_it_does_and_does_it_once() {
    let desk = Desk::copied();
    desk.commit(DAY, "first");
    let before = (desk.files(), desk.git(DAY, &["config", "--local", "--list"]));
    let shown = desk.run("git-setup --dry-run");
    assert_eq!(shown.code, 0);
    for listed in
        ["    **/records/*.toml merge=kaikaku\n", "    *.toml diff=kaikaku\n", "    merge.kaikaku.driver = test -x '"]
    {
        assert!(shown.out().contains(listed), "{}", shown.out());
    }
    let ran = desk.run("git-setup");
    assert!(ran.code == 2 && ran.err.contains("--yes を付けて"), "{ran:?}");
    assert_eq!((desk.files(), desk.git(DAY, &["config", "--local", "--list"])), before);
    desk.write("plan/.gitattributes", "*.xlsx binary");
    assert_eq!(desk.run("git-setup --yes").code, 0);
    let attributes = "*.xlsx binary\n*.toml text eol=lf\n*.toml diff=kaikaku\n**/records/*.toml merge=kaikaku\n**/closed/*.toml merge=kaikaku\n**/opinions/*.toml merge=kaikaku\n";
    assert_eq!(String::from_utf8(desk.read("plan/.gitattributes")).unwrap(), attributes);
    let after = desk.files();
    let again = desk.run("git-setup --yes");
    assert!(again.code == 0 && again.err.contains("もう設定されています"), "{again:?}");
    assert_eq!(desk.files(), after);
    assert_eq!(desk.git(DAY, &["check-attr", "merge", "--", FILE]), format!("{FILE}: merge: kaikaku\n"));
}

#[test]
fn records_of_two_branches_are_all_there_and_none_twice() {
    let desk = office();
    let blocks = text(&desk).matches("[[update]]").count();
    two_branches(
        &desk,
        |desk| update(desk, "R8Q3", "on-track", "人事課"),
        |desk| {
            update(desk, "R8Q2", "ahead", "窓口サービス課");
            update(desk, "R8Q3", "on-track", "人事課");
        },
    );
    assert!(merges(&desk), "{}", text(&desk));
    assert_eq!(text(&desk).matches("[[update]]").count(), blocks + 2, "{}", text(&desk));
    assert_eq!(desk.run("check --plan example").code, 0);
    assert_eq!(desk.git(DAY, &["status", "--short"]), "");
}

#[test]
fn a_contradiction_stays_for_a_person_with_both_sides_whole() {
    let desk = office();
    two_branches(
        &desk,
        |desk| update(desk, "R8Q3", "on-track", "人事課"),
        |desk| update(desk, "R8Q3", "delayed", "窓口サービス課"),
    );
    assert!(!merges(&desk));
    let merged = text(&desk);
    for side in [
        "<<<<<<< HEAD",
        "progress = \"on-track\"",
        "\"人事課\"\n=======",
        "progress = \"delayed\"",
        "\"窓口サービス課\"\n>>>>>>> madoguchi",
    ] {
        assert!(merged.contains(side), "{side}: {merged}");
    }
    let found = desk.run("check --plan example");
    assert!(found.code == 1 && found.out().contains("merge-conflict"), "{}", found.out());
    let refused = desk.run("status --plan example").failed();
    assert!(refused.contains("マージの競合が残っています"), "{refused}");
    let settled = merged.lines().filter(|line| !["<<<<", "====", ">>>>"].iter().any(|mark| line.starts_with(mark)));
    desk.write(FILE, settled.map(|line| format!("{line}\n")).collect::<String>());
    assert_eq!(desk.run("check --plan example").code, 0);
}

/// Two corrections cannot both be the next one; whoever keeps one and records the other anew has lost nothing.
#[test]
fn corrections_of_a_closed_period_stay_whole_for_a_person() {
    let desk = office();
    let manifest = "plan/example/closed/R8Q2.toml";
    let closed = || String::from_utf8(desk.read(manifest)).unwrap();
    let done = |desk: &Desk, args: &str| assert_eq!(desk.run(&format!("{args} --plan example")).code, 0, "{args}");
    done(&desk, "close R8Q2");
    desk.commit(DAY, "closed");
    let published = closed();
    let correct = |id: &'static str, reason: &'static str| {
        move |desk: &Desk| {
            done(desk, &format!("update {id} --period R8Q2 --rating delayed"));
            done(desk, &format!("errata R8Q2 --record --reason {reason}"));
        }
    };
    two_branches(&desk, correct("2-3-2", "甲の理由"), correct("3-3-2", "乙の理由"));
    assert!(!merges(&desk));
    let merged = closed();
    assert!(merged.starts_with(&published), "{merged}");
    let tail = &merged[published.len()..];
    assert!(tail.starts_with("\n<<<<<<< HEAD\n[[errata]]\n") && tail.contains("]\n=======\n[[errata]]\n"), "{tail}");
    let diff = desk.git(DAY, &["diff"]);
    assert!(diff.contains("++<<<<<<< HEAD") && diff.contains(".reason = \"甲の理由\""), "{diff}");
    assert!(!diff.contains("-errata") && !diff.contains("[total]"), "only what differs: {diff}");
    let (ours, rest) = tail.split_once("=======").unwrap();
    desk.write(manifest, format!("{published}{}", ours.replace("<<<<<<< HEAD\n", "")));
    assert!(rest.contains("乙の理由"));
    desk.commit(DAY, "merged");
    assert!(desk.run("check --plan example").out().contains("changed-after-close"));
    done(&desk, "errata R8Q2 --record --reason 乙の理由");
    assert!(!desk.run("check --plan example").out().contains("changed-after-close"));
}

#[test]
fn what_is_no_block_is_merged_by_its_lines() {
    let desk = office();
    let note = |desk: &Desk, line: &str| desk.write(FILE, format!("{line}\n{}", text(desk)));
    two_branches(&desk, |desk| note(desk, "# ここは人事課が書く"), |desk| note(desk, "# 四半期ごとに書く"));
    assert!(!merges(&desk));
    let merged = text(&desk);
    assert!(
        merged.starts_with("<<<<<<< ")
            && merged.contains("# ここは人事課が書く")
            && merged.contains("# 四半期ごとに書く"),
        "{merged}"
    );
}

#[test]
fn a_program_that_has_gone_loses_nothing() {
    let desk = Desk::copied();
    desk.commit(DAY, "first");
    let gone = desk.path("o'f fice/kaikaku");
    fs::create_dir(desk.path("o'f fice")).unwrap();
    fs::copy(env!("CARGO_BIN_EXE_kaikaku"), &gone).unwrap();
    let mut command = Command::new(&gone);
    command.args(["git-setup", "--yes"]).current_dir(desk.path(""));
    // Another test that starts a process at this moment holds the copy open for writing until that one runs.
    let is_busy = |ran: &io::Result<_>| matches!(ran, Err(e) if e.kind() == io::ErrorKind::ExecutableFileBusy);
    let setup = iter::repeat_with(|| command.output()).find(|ran| !is_busy(ran)).unwrap().unwrap();
    assert!(setup.status.success(), "{setup:?}");
    desk.write(".gitignore", "o'f fice\n");
    desk.commit(DAY, "git-setup");
    let both = |desk: &Desk| {
        two_branches(
            desk,
            |desk| update(desk, "R8Q3", "on-track", "人事課"),
            |desk| update(desk, "R8Q2", "ahead", "窓口サービス課"),
        )
    };
    both(&desk);
    fs::rename(&gone, desk.path("elsewhere")).unwrap();
    assert!(!merges(&desk), "git alone sees two additions at one place");
    let merged = text(&desk);
    assert!(
        merged.contains("\"on-track\"") && merged.contains("窓口サービス課") && merged.contains("<<<<<<<"),
        "{merged}"
    );
    desk.git(DAY, &["merge", "--abort"]);
    fs::rename(desk.path("elsewhere"), &gone).unwrap();
    assert!(merges(&desk), "{}", text(&desk));
}

#[test]
fn git_shows_each_value_with_its_path() {
    let desk = office();
    update(&desk, "R8Q3", "on-track", "人事課");
    let diff = desk.git(DAY, &["diff", "--no-ext-diff", "--textconv", "-U0"]);
    for line in ["+update[R8Q3 2026-11-21].done = \"実施\"", "+update[R8Q3 2026-11-21].rating.progress = \"on-track\""]
    {
        assert!(diff.contains(line), "{diff}");
    }
    desk.write(FILE, "no = toml = here\n");
    let diff = desk.git(DAY, &["diff", "--no-ext-diff", "--textconv", "-U0"]);
    assert!(diff.contains("+no = toml = here"), "{diff}");
}

#[test]
fn git_diff_shows_what_changed_in_the_plan() {
    let desk = Desk::plan(&[
        (
            "plan.toml",
            "schema = 1\nid = \"city\"\nname = \"市の計画\"\nperiod = { from = \"R6\", to = \"R9\" }\nlevels = [\"取組\"]\n",
        ),
        ("outline/1.toml", "[1]\nname = \"窓口の見直し\"\n"),
        ("indicators.toml", "[wait]\nname = \"待ち時間\"\nunit = \"分\"\nkind = \"down\"\ntarget = { R9 = 15 }\n"),
    ]);
    desk.commit(DAY, "first");
    desk.run("git-setup --yes --lang ja");
    desk.commit(DAY, "attributes");
    desk.write("plan/outline/1.toml", "[1]\nname = \"窓口手続の見直し\"\n");
    desk.write(
        "plan/indicators.toml",
        "[wait]\nname = \"待ち時間\"\nunit = \"分\"\nkind = \"down\"\ntarget = { R9 = 20 }\n",
    );
    let listed = desk.git(DAY, &["diff"]);
    for part in [
        "plan/indicators.toml\n",
        "下方修正",
        "15分",
        "20分\n",
        "+5分",
        "plan/outline/1.toml\n",
        "窓口{+手続+}の見直し",
    ] {
        assert!(listed.contains(part), "{part} in {listed}");
    }
    // A file that another program broke, and one that was added, stop nothing.
    desk.write("plan/indicators.toml", "[wait\n");
    desk.write("plan/outline/2.toml", "[2]\nname = \"財政\"\n");
    desk.git(DAY, &["add", "--all"]);
    let listed = desk.git(DAY, &["diff", "--cached"]);
    for part in ["読み取れないファイル", "財政", "追加"] {
        assert!(listed.contains(part), "{part} in {listed}");
    }
}

/// The committee rates and corrects itself on one branch while the department reports on the other: the correction still
/// means the committee's record, whichever comes first in the merged file.
#[test]
fn a_correction_means_the_same_record_after_a_merge() {
    let committee = |desk: &Desk| {
        for args in [
            "update 1-1-2 --plan example --period R8Q3 --evaluator committee --rating 計画どおり --by 委員会",
            "update 1-1-2 --plan example --corrects R8Q3/2026-11-21 --evaluator committee --rating やや遅れ --by 委員会",
        ] {
            assert_eq!(desk.run(args).code, 0, "{args}");
        }
    };
    let department = |desk: &Desk| {
        let ran = desk.run("update 1-1-2 --plan example --period R8Q3 --rating 計画以上 --progress 90 --by 人事課");
        assert_eq!(ran.code, 0, "{}", ran.err);
    };
    for swapped in [false, true] {
        let desk = office();
        if swapped {
            two_branches(&desk, committee, department);
        } else {
            two_branches(&desk, department, committee);
        }
        assert!(merges(&desk), "two evaluators have nothing to settle");
        assert_eq!(desk.run("check --plan example --strict").code, 0);
        let rating = |by: &str| {
            let json = desk.json(&format!("status --plan example --as-of R8Q3 --under 1-1-2 --evaluator {by}"));
            let node = crate::support::by_id(&json["nodes"], "1-1-2").clone();
            (node["rating"].as_str().map(str::to_owned), node["progress"].as_u64())
        };
        assert_eq!(rating("dept"), (Some("ahead".into()), Some(90)), "swapped: {swapped}");
        assert_eq!(rating("committee").0, Some("delayed".into()), "swapped: {swapped}");
    }
}
