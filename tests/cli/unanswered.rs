//! git that cannot be started, or ends before it has answered: what it would have said is not left out in silence.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use crate::support::{Desk, Ran};

const DAY: &str = "2026-11-01T09:00:00+0900";

fn committed() -> Desk {
    let desk = Desk::copied();
    desk.commit(DAY, "計画");
    desk
}

/// Runs a command with no git on the path.
fn without(desk: &Desk, args: &str) -> Ran {
    let args: Vec<&str> = args.split(' ').chain(["--plan", "example", "--lang", "en"]).collect();
    desk.with_env(&[("PATH", "/nonexistent")], &args)
}

/// Runs a command with a git that is killed as soon as it is asked for `what`.
fn killed_at(desk: &Desk, what: &str, args: &str) -> Ran {
    ending_at(desk, what, "kill -9 $$", args)
}

/// Runs a command with a git that ends so as soon as it is asked for `what`.
fn ending_at(desk: &Desk, what: &str, end: &str, args: &str) -> Ran {
    let paths = std::env::var_os("PATH").unwrap();
    let git: PathBuf = std::env::split_paths(&paths).map(|path| path.join("git")).find(|git| git.is_file()).unwrap();
    let script = format!(
        "#!/bin/sh\nfor word in \"$@\"; do [ \"$word\" = {what} ] && {end}; done\nexec {} \"$@\"\n",
        git.display()
    );
    desk.write("bin/git", script);
    fs::set_permissions(desk.path("bin/git"), fs::Permissions::from_mode(0o755)).unwrap();
    let path = std::env::join_paths([desk.path("bin")].into_iter().chain(std::env::split_paths(&paths))).unwrap();
    let args: Vec<&str> = args.split(' ').chain(["--plan", "example", "--lang", "en"]).collect();
    desk.with_env(&[("PATH", path.to_str().unwrap())], &args)
}

#[test]
fn papers_and_forms_say_that_they_name_no_version() {
    let paper = "note: git does not answer, so the paper does not name the version that it was written from";
    let forms = "note: git does not answer, so the forms do not keep the version that they were made from";
    for (args, note) in [
        ("report council --period R8Q1 --format md", paper),
        ("report questions --period R8Q1 --format md", paper),
        ("inquiry send --period R8Q3 -o out", forms),
    ] {
        let desk = committed();
        let ran = without(&desk, args);
        assert!(ran.code == 0 && ran.err.contains(note), "{args}: {ran:?}");
        // With git there is nothing to be said, nor where the plan is in no repository.
        let args = args.replace("-o out", "-o again");
        let asked: Vec<&str> = args.split(' ').chain(["--plan", "example", "--lang", "en"]).collect();
        assert!(!committed().call(&asked).err.contains("does not answer"), "{args}");
        assert!(!without(&Desk::copied(), &args).err.contains("does not answer"), "{args}");
    }
}

#[test]
fn a_git_that_is_killed_has_not_said_no() {
    let ran = killed_at(&committed(), "cat-file", "report council --period R8Q1 --format md");
    assert!(ran.code == 0 && ran.err.contains("git was ended before it answered"), "{ran:?}");
    let ran = killed_at(&committed(), "--is-shallow-repository", "history 1-1-1");
    assert!(ran.code == 2 && ran.err.contains("git was ended before it answered"), "{ran:?}");
}

/// Whether the last write is committed must be known before it is taken back.
#[test]
fn nothing_is_undone_where_git_does_not_say_whether_it_is_committed() {
    let desk = Desk::copied();
    desk.git(DAY, &["init", "-q", "-b", "main"]);
    assert_eq!(desk.run("update 1-1-1 --period R8Q3 --done 一 --plan example").code, 0);
    desk.commit(DAY, "記録");
    let before = desk.read("plan/example/records/1-1-1.toml");
    let ran = killed_at(&desk, "status", "undo");
    assert!(ran.code == 2 && ran.err.contains("git"), "{ran:?}");
    assert_eq!(desk.read("plan/example/records/1-1-1.toml"), before);
}

/// A tag may be called as a day: whether there is one must be known before the day is taken for one.
#[test]
fn a_day_is_not_taken_for_one_where_git_does_not_say_whether_a_tag_is_called_so() {
    let desk = committed();
    desk.git(DAY, &["tag", "2026-11-20"]);
    assert_eq!(desk.run("update 1-1-1 --period R8Q3 --done 一 --plan example").code, 0);
    desk.commit("2026-11-20T12:00:00+0900", "記録");
    let log = |ran: &Ran| ran.out().contains("2026-11-21");
    let ran = desk.run("log --rev 2026-11-20 --plan example --lang en").done();
    assert!(!log(&ran), "the tag is meant: {ran:?}");
    for end in ["kill -9 $$", "exit 128"] {
        let ran = ending_at(&desk, "for-each-ref", end, "log --rev 2026-11-20");
        assert!(ran.code == 2 && ran.bytes.is_empty(), "{end}: {ran:?}");
    }
}

/// A git that fails has not said no either.
#[test]
fn a_git_that_fails_has_not_said_no() {
    let ran = ending_at(&committed(), "--is-shallow-repository", "exit 128", "history 1-1-1");
    assert_eq!((ran.code, ran.bytes.as_slice()), (2, &b""[..]), "{ran:?}");
    let ran = ending_at(&committed(), "cat-file", "exit 128", "report council --period R8Q1 --format md");
    assert!(ran.code == 0 && ran.err.contains("git does not answer"), "{ran:?}");
}
