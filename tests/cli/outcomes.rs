//! Not written, written, written but perhaps not on the disk yet: each is told as what it is, and an answer that nobody can
//! read any more denies no record.

use std::fs::File;
use std::process::{Command, Output, Stdio};

use crate::support::Desk;

const UPDATE: [&str; 7] = ["update", "1-1-1", "--period", "R8Q3", "--done", "一度だけ", "--plan=example"];

fn records(desk: &Desk) -> usize {
    let files = desk.files();
    files.iter().map(|(_, bytes)| String::from_utf8_lossy(bytes).matches("\"一度だけ\"").count()).sum()
}

/// Runs a command whose stdout takes nothing.
fn into(desk: &Desk, stdout: impl Into<Stdio>, args: &[&str], lang: &str) -> (Option<i32>, String) {
    let args: Vec<&str> = args.iter().copied().chain(["--lang", lang]).collect();
    let mut command: Command = desk.command(&[], &args);
    let Output { status, stderr, .. } = command.stdout(stdout).stderr(Stdio::piped()).output().unwrap();
    (status.code(), String::from_utf8(stderr).unwrap())
}

fn full() -> File {
    File::options().write(true).open("/dev/full").unwrap()
}

#[test]
fn a_record_that_cannot_be_shown_is_recorded() {
    for (lang, said) in [
        (
            "ja",
            "書き込みは済んでいます（もう一度実行しないでください）。結果を示せませんでした：出力できません（ディスクの空きがありません）",
        ),
        (
            "en",
            "note: it is recorded (do not run it again); the answer could not be given: cannot print (the disk is full)",
        ),
    ] {
        let desk = Desk::copied();
        let (code, err) = into(&desk, full(), &UPDATE, lang);
        // A script that tries until it succeeds must not try again.
        assert_eq!((code, records(&desk)), (Some(0), 1), "{err}");
        assert!(err.contains(said), "{err}");
    }
}

#[test]
fn every_writer_writes_before_it_answers() {
    for (before, args) in [
        (None, &["measure", "visitors", "30", "--period", "R7"][..]),
        (None, &["mv", "1-1", "1-9"]),
        (None, &["close", "R8Q1"]),
        (Some("update 1-1 --period R8Q2 --done x"), &["undo"]),
        (None, &["init", "next", "--name", "次", "--from", "R10", "--to", "R13"]),
        (None, &["inquiry", "collect", "back.toml", "--apply"]),
    ] {
        let desk = Desk::plan(&[
            (
                "town/plan.toml",
                "schema = 1\nid = \"town\"\nname = \"計画\"\nperiod = { from = \"R6\", to = \"R9\" }\nlevels = [\"柱\", \"取組\"]\n",
            ),
            ("town/outline/1.toml", "[1]\nname = \"暮らし\"\n[1-1]\nname = \"窓口\"\nowner = \"juumin\"\n"),
            ("town/owners.toml", "[juumin]\nname = \"住民課\"\n"),
            (
                "town/indicators.toml",
                "[visitors]\nname = \"利用者\"\nunit = \"人\"\nkind = \"up\"\nbaseline = { R5 = 10 }\ntarget = { R9 = 90 }\n",
            ),
            ("kaikaku.toml", "default = \"town\"\n"),
        ]);
        desk.write("back.toml", "plan = \"town\"\nperiod = \"R8Q2\"\nowner = \"住民課\"\n[1-1]\nprogress = 70\n");
        before.iter().for_each(|args| assert_eq!(desk.run(args).code, 0, "{args}"));
        let was = desk.files();
        let (code, err) = into(&desk, full(), args, "en");
        assert!(code == Some(0) && err.contains("it is recorded (do not run it again)"), "{args:?}: {code:?} {err}");
        assert!(desk.files() != was, "{args:?}");
    }
}

/// A dataset that is written is said to be, whatever becomes of the answer; one that was there already is only read.
#[test]
fn a_dataset_that_cannot_be_told_of_is_written() {
    let desk = Desk::copied();
    let head = desk.text("plan/example/plan.toml");
    desk.write("plan/example/plan.toml", head.replacen("lang ", "city-code = \"010006\"\nlang ", 1));
    let export = ["export", "-o", "data", "--format", "csv", "--plan", "example"];
    let (code, err) = into(&desk, full(), &export, "en");
    assert!(code == Some(0) && err.contains("note: it is written; the answer could not be given"), "{code:?} {err}");
    assert!(desk.path("data/_manifest").is_dir());
    let (code, err) = into(&desk, full(), &export, "en");
    assert!(code == Some(2) && err.contains("cannot print (the disk is full)"), "{code:?} {err}");
}

/// Files that were asked for: they are in their places when the disk no longer says that they last.
#[test]
fn files_that_may_not_last_are_said_to_be_written() {
    if !cfg!(debug_assertions) {
        return;
    }
    for args in [
        &["report", "council", "--period", "R8Q2", "-o", "out/a.docx"][..],
        &["calendar", "-o", "out/a.md"],
        &["handover", "-o", "out/a.md"],
        &["rollover", "-o", "out/a.md"],
        &["opendata", "-o", "out", "--period", "R8Q2", "--licence", "cc-by-4.0"],
    ] {
        let desk = Desk::copied();
        let args: Vec<&str> = args.iter().copied().chain(["--plan", "example", "--lang", "en"]).collect();
        let sure = desk.with_env(&[], &args);
        assert_eq!(sure.code, 0, "{sure:?}");
        let files = std::fs::read_dir(desk.path("out")).unwrap().count();
        std::fs::remove_dir_all(desk.path("out")).unwrap();
        // Each file is synced, then the folder.
        let ends: Vec<_> = (1..=files + 3)
            .map(|nth| {
                let (code, err) = broken(&desk, &format!("sync:{nth}:fail"), &args);
                let there = std::fs::read_dir(desk.path("out")).map_or(0, |all| all.count());
                let _ = std::fs::remove_dir_all(desk.path("out"));
                (code, there, err)
            })
            .collect();
        let unsure: Vec<_> = ends.iter().filter(|(code, ..)| *code == Some(3)).collect();
        assert!(!unsure.is_empty(), "{args:?}: {ends:?}");
        for (code, there, err) in &ends {
            match code {
                Some(3) => assert!(*there == files && err.contains("perhaps not on the disk yet"), "{args:?}: {err}"),
                Some(2) => assert!(*there == 0 && err.contains("nothing was written"), "{args:?}: {err}"),
                other => assert_eq!((*other, *there), (Some(0), files), "{args:?}: {err}"),
            }
        }
    }
}

/// Who only reads has nothing to lose: that it could not be printed is an error.
#[test]
fn what_is_only_read_and_cannot_be_printed_is_an_error() {
    let desk = Desk::copied();
    for args in [&["status", "--plan", "example"][..], &["mv", "1-1-1", "1-1-9", "--dry-run", "--plan", "example"]] {
        let (code, err) = into(&desk, full(), args, "en");
        assert!(code == Some(2) && err.contains("error: cannot print (the disk is full)"), "{code:?} {err}");
    }
}

#[test]
fn a_closed_pipe_denies_no_record() {
    let desk = Desk::copied();
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let (code, err) = into(&desk, writer, &UPDATE, "en");
    assert_eq!((code, records(&desk)), (Some(0), 1), "{err}");
    assert!(err.contains("Recorded in"), "{err}");
}

/// Runs an update one of whose calls fails; what the disk is asked is known to [`kaikaku::store::disk`].
fn broken(desk: &Desk, fault: &str, args: &[&str]) -> (Option<i32>, String) {
    let fault = format!("{fault}:{}", desk.path("../mark").display());
    let mut command = desk.command(&[("KAIKAKU_FAULT", &fault)], args);
    let Output { status, stderr, .. } = command.stdout(Stdio::null()).stderr(Stdio::piped()).output().unwrap();
    (status.code(), String::from_utf8(stderr).unwrap())
}

/// The file is synced, the note of it, the folder of that, and last the folder of the file: there it is written already.
#[test]
fn what_may_not_be_on_the_disk_yet_is_told_as_that() {
    if !cfg!(debug_assertions) {
        return;
    }
    for (lang, said) in [
        (
            "--lang=ja",
            "書き込みましたが、ディスクに残ったかどうかを確かめられません（割り当てられた容量を使い切りました）",
        ),
        ("--lang=en", "it is written, but perhaps not on the disk yet (the disk quota is used up)"),
    ] {
        let outcomes: Vec<(Option<i32>, usize, bool)> = (1..=4)
            .map(|nth| {
                let desk = Desk::copied();
                let args: Vec<&str> = UPDATE.into_iter().chain([lang]).collect();
                let (code, err) = broken(&desk, &format!("sync:{nth}:fail"), &args);
                (code, records(&desk), err.contains(said))
            })
            .collect();
        let denied = (Some(2), 0, false);
        assert_eq!(outcomes, [denied, denied, denied, (Some(3), 1, true)], "{lang}");
    }
}

/// A note that could not be made to last is taken back: readers do not show the move, and nobody carries it out later.
#[test]
fn a_move_that_was_denied_is_not_carried_out() {
    if !cfg!(debug_assertions) {
        return;
    }
    let desk = Desk::copied();
    let before = desk.files();
    let mut denied = 0;
    for nth in 1..40 {
        let (code, err) = broken(&desk, &format!("sync:{nth}:fail"), &["mv", "1-1-1", "1-1-9", "--plan=example"]);
        if code != Some(2) {
            break;
        }
        denied += 1;
        assert!(err.contains("何も書き込んでいません"), "{err}");
        let shown = desk.run("show 1-1-9 --plan example");
        assert_eq!(shown.code, 2, "{nth}: {shown:?}");
        assert_eq!(desk.files(), before, "{nth}");
    }
    assert!(denied > 3, "{denied}");
}
