//! People and clocks: a file edited by hand between read and write, a folder moved away, a lock that is never let go.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::Child;
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::count;
use super::desk::{Desk, ended, ran};

/// A command that waits for the lock, held by the test.
fn waiting(desk: &Desk, args: &[&str]) -> Child {
    let mut child = desk.command(args).spawn().unwrap();
    // What it holds open tells when it has come to the lock; a machine that does not tell is given time.
    let open = PathBuf::from(format!("/proc/{}/fd", child.id()));
    let at_lock = || match fs::read_dir(&open) {
        Ok(files) => {
            files.flatten().any(|file| fs::read_link(file.path()).is_ok_and(|path| path.ends_with(".kaikaku.lock")))
        }
        Err(_) => false,
    };
    let begun = Instant::now();
    let patience = Duration::from_secs(if cfg!(target_os = "linux") { 15 } else { 1 });
    while !at_lock() && begun.elapsed() < patience {
        sleep(Duration::from_millis(5));
    }
    assert!(child.try_wait().unwrap().is_none(), "it waits");
    child
}

const UPDATE: [&str; 6] = ["update", "1", "--period", "R8Q2", "--done", "b"];

#[test]
fn what_is_edited_by_hand_between_read_and_write_stays() {
    for odd in ["# 手で\r\n", "\u{feff}# 手で\n", "# 手で"] {
        let desk = Desk::new();
        assert_eq!(desk.update("1", "a").status().unwrap().code(), Some(0));
        let lock = desk.lock();
        let child = waiting(&desk, &UPDATE);
        let before = fs::read_to_string(desk.records("1")).unwrap();
        let edited = if odd.starts_with('\u{feff}') { format!("{odd}{before}") } else { format!("{before}{odd}") };
        fs::write(desk.records("1"), &edited).unwrap();
        drop(lock);
        let ran = ended(child);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        let after = fs::read_to_string(desk.records("1")).unwrap();
        assert!(after.starts_with(&edited), "{after}");
        assert!(after[edited.len()..].contains("done     = \"b\""), "{after}");
    }
}

#[test]
fn an_edit_by_hand_is_not_undone() {
    let desk = Desk::new();
    assert_eq!(desk.update("1", "a").status().unwrap().code(), Some(0));
    let lock = desk.lock();
    let child = waiting(&desk, &["undo"]);
    fs::File::options().append(true).open(desk.records("1")).unwrap().write_all("# 手で\n".as_bytes()).unwrap();
    let edited = desk.files();
    drop(lock);
    let ran = ended(child);
    assert!(ran.code == Some(2) && ran.err.contains("has changed since the last write"), "{}", ran.err);
    assert_eq!(desk.files(), edited);
}

#[test]
fn a_plan_that_breaks_meanwhile_is_not_written() {
    let desk = Desk::new();
    let lock = desk.lock();
    let child = waiting(&desk, &UPDATE);
    fs::write(desk.plan().join("outline/1.toml"), "[1\n").unwrap();
    let before = desk.files();
    drop(lock);
    let ran = ended(child);
    assert!(ran.code == Some(2) && ran.err.contains("kaikaku check"), "{}", ran.err);
    assert_eq!(desk.files(), before);
}

/// Windows moves no folder in which a file is open.
#[cfg(unix)]
#[test]
fn a_folder_that_vanishes_is_reported_and_left() {
    let desk = Desk::new();
    assert_eq!(desk.update("1", "a").status().unwrap().code(), Some(0));
    let before: Vec<_> = desk.files().into_values().collect();
    let lock = desk.lock();
    let child = waiting(&desk, &UPDATE);
    let away = desk.root().with_file_name("away");
    fs::rename(desk.plan(), &away).unwrap();
    drop(lock);
    let ran = ended(child);
    assert!(ran.code == Some(2) && ran.err.contains("gone"), "{}", ran.err);
    assert!(!desk.plan().exists(), "nothing is made in its place");
    fs::rename(&away, desk.plan()).unwrap();
    assert_eq!(desk.files().into_values().collect::<Vec<_>>(), before);
}

#[test]
fn a_clock_that_runs_back_is_reported() {
    let desk = Desk::new();
    assert_eq!(desk.update("1", "a").status().unwrap().code(), Some(0));
    let before = desk.files();
    let ran = ran(desk.command(&UPDATE).env("KAIKAKU_TODAY", "2026-11-20").output().unwrap());
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("2026-11-20") && ran.err.contains("--recorded"), "{}", ran.err);
    assert_eq!(desk.files(), before);
    let given = [&UPDATE[..], &["--confirmed", "前の記録の日付の誤り"]].concat();
    let status = desk.command(&given).env("KAIKAKU_TODAY", "2026-11-20").status().unwrap();
    assert_eq!((status.code(), desk.done().len()), (Some(0), 2));
}

#[test]
fn what_dead_writers_leave_blocks_nobody() {
    let desk = Desk::new();
    fs::create_dir(desk.plan().join("records")).unwrap();
    for stale in [".kaikaku.lock", ".kaikaku-.kaikaku.last.new", "records/.kaikaku-0.new"] {
        fs::write(desk.plan().join(stale), "4242\n").unwrap();
    }
    assert_eq!(desk.update("1", "a").status().unwrap().code(), Some(0));
    assert_eq!(desk.run(&["check"]).code, Some(0));
    let left: Vec<_> = fs::read_dir(desk.plan().join("records")).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(left, ["1.toml"]);
}

#[test]
fn who_never_lets_go_is_named() {
    if count(0, 1) == 0 {
        return println!("lock: waiting out a hanging writer takes 20 s and is left to the full run");
    }
    let desk = Desk::new();
    let mut lock = desk.lock();
    lock.write_all(b"4242\n").unwrap();
    let before = desk.files();
    let ran = ended(desk.command(&UPDATE).spawn().unwrap());
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("4242") && ran.err.contains(".kaikaku.lock"), "{}", ran.err);
    assert_eq!(desk.files(), before);
    println!("lock: a hanging writer is named after 20 s");
}
