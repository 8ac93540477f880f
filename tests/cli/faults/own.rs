//! The program's own files are where no clone brings them; what lies under their names in a plan of others is not trusted.

use std::fs;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use super::full;
use crate::support::{Desk, Ran};

const DAY: &str = "2026-11-01T09:00:00+0900";
const UPDATE: &str = "update 1-1-1 --period R8Q3 --done 一 --plan example --lang en";

/// Every name under which the program keeps something.
const OWN: [&str; 6] = [
    ".kaikaku.lock",
    ".kaikaku.last",
    ".kaikaku.journal",
    ".kaikaku.staged",
    ".kaikaku-.kaikaku.last.new",
    "records/.kaikaku-0.new",
];

/// Runs a command that must not wait for anybody.
fn at_once(desk: &Desk, args: &str) -> Ran {
    let args: Vec<&str> = args.split_whitespace().collect();
    let mut command: Command = desk.command(&[], &args);
    let piped = std::process::Stdio::piped;
    let mut child: Child = command.stdout(piped()).stderr(piped()).spawn().unwrap();
    let begun = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if begun.elapsed() > Duration::from_secs(15) {
            child.kill().unwrap();
            panic!("{args:?} hangs");
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    let output = child.wait_with_output().unwrap();
    Ran { code: output.status.code().unwrap(), bytes: output.stdout, err: String::from_utf8(output.stderr).unwrap() }
}

/// Something that is no file of ours, put at a path.
fn put(what: &str, path: &Path, precious: &Path) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    match what {
        "a link to a file" => symlink(precious, path).unwrap(),
        "a link to a device" => symlink("/dev/zero", path).unwrap(),
        "a link to a terminal" => symlink("/dev/tty", path).unwrap(),
        "a link to nothing" => symlink("nowhere", path).unwrap(),
        "a link to itself" => symlink(path.file_name().unwrap(), path).unwrap(),
        "a pipe" => assert!(Command::new("mkfifo").arg(path).status().unwrap().success()),
        "a socket" => drop(UnixListener::bind(path).unwrap()),
        "a folder" => fs::create_dir(path).unwrap(),
        // More than any note: nothing of it is on the disk.
        "a huge file" => fs::File::create(path).unwrap().set_len(1 << 40).unwrap(),
        "another text" => {
            fs::write(path, "{\"undo\":false,\"changes\":[{\"path\":\"../x\",\"old\":null,\"new\":\"x\"}]}").unwrap()
        }
        what => panic!("{what}"),
    }
}

const STRANGE: [&str; 10] = [
    "a link to a file",
    "a link to a device",
    "a link to a terminal",
    "a link to nothing",
    "a link to itself",
    "a pipe",
    "a socket",
    "a folder",
    "a huge file",
    "another text",
];

/// Whatever lies under a name of ours, and whether the plan is in a repository or in a folder: nothing is written through it,
/// nobody waits for it, and a figure is the right one or not printed.
#[test]
fn what_lies_under_a_name_of_ours_is_not_trusted() {
    let right = Desk::copied().run("status --plan example").bytes;
    let mut turn = 0;
    for with_git in [false, true] {
        for name in OWN {
            for what in STRANGE {
                turn += 1;
                // Each of them, each at some of the names; all at all of them in a full run.
                if !full() && turn % 7 != 0 {
                    continue;
                }
                let desk = Desk::copied();
                if with_git {
                    desk.git(DAY, &["init", "-q", "-b", "main"]);
                }
                let precious = desk.path("plan/example/records/1-1-2.toml");
                let said = fs::read(&precious).unwrap();
                put(what, &desk.path(&format!("plan/example/{name}")), &precious);
                let place = format!("{what} at {name}, with git: {with_git}");
                let status = at_once(&desk, "status --plan example");
                assert!(status.bytes == right || status.code == 2 && status.bytes.is_empty(), "{place}: {status:?}");
                let update = at_once(&desk, UPDATE);
                assert!(matches!(update.code, 0 | 2), "{place}: {update:?}");
                let undo = at_once(&desk, "undo --plan example --lang en");
                assert!(matches!(undo.code, 0 | 2), "{place}: {undo:?}");
                assert_eq!(fs::read(&precious).unwrap(), said, "{place}: {update:?}");
                assert!(!desk.path("plan/x").exists(), "{place}");
                // In a repository nothing is looked at beside the plan but whether there is a note.
                if with_git && ![".kaikaku.journal", "records/.kaikaku-0.new"].contains(&name) {
                    assert_eq!((status.code, update.code), (0, 0), "{place}: {status:?} {update:?}");
                }
            }
        }
    }
}

/// The files of the plan itself: none is waited for, none is written through, and what leads out of the plan or is no file gives
/// no figure.
#[test]
fn what_lies_under_a_name_of_the_plan_is_read_safely() {
    let names = [
        "plan.toml",
        "../kaikaku.toml",
        "outline/1.toml",
        "records/1-1-1.toml",
        "records/new.toml",
        "owners.toml",
        "sources.toml",
        "closed/R8Q1.toml",
        "inquiries/R8Q3.toml",
        "reports/own.toml",
        "inquiry.toml",
        "../.gitattributes",
    ];
    let right = Desk::copied().run("status --plan example").bytes;
    for (turn, (name, what)) in names.iter().flat_map(|name| STRANGE.map(|what| (*name, what))).enumerate() {
        if !full() && turn % 7 != 0 {
            continue;
        }
        let desk = Desk::copied();
        desk.git(DAY, &["init", "-q", "-b", "main"]);
        desk.write("precious.toml", "schema = 1\n");
        let path = desk.path(&format!("plan/example/{name}"));
        if path.exists() {
            fs::remove_file(&path).unwrap();
        }
        put(what, &path, &desk.path("precious.toml"));
        let place = format!("{what} at {name}");
        let status = at_once(&desk, "status --plan example");
        let is_refused = status.code == 2 && status.bytes.is_empty();
        let is_elsewhere = ["closed/", "../"].iter().any(|other| name.starts_with(other));
        assert!(is_refused || is_elsewhere && status.bytes == right, "{place}: {status:?}");
        for args in ["check --plan example", UPDATE, "git-setup --yes", "undo --plan example"] {
            let ran = at_once(&desk, args);
            assert!((0..3).contains(&ran.code), "{place}: {args}: {ran:?}");
        }
        assert_eq!(desk.read("precious.toml"), b"schema = 1\n", "{place}");
    }
}

/// In a repository nothing of ours lies among the files.
#[test]
fn with_git_our_files_are_in_its_folder() {
    let desk = Desk::copied();
    desk.commit(DAY, "計画");
    assert_eq!(desk.run(UPDATE).code, 0);
    let own: Vec<PathBuf> = walk(&desk.path("plan")).into_iter().filter(|path| is_own(path)).collect();
    assert!(own.is_empty(), "{own:?}");
    let folder = desk.git(DAY, &["rev-parse", "--git-path", "kaikaku"]);
    let names: Vec<PathBuf> = walk(&desk.path(folder.trim()));
    let named = |name: &str| names.iter().any(|path| path.ends_with(name));
    assert!(named(".kaikaku.lock") && named(".kaikaku.last") && names.len() == 2, "{names:?}");
    assert_eq!(desk.git(DAY, &["status", "--porcelain"]).lines().count(), 1, "only the record");
    assert_eq!(desk.run("undo --plan example").code, 0);
}

/// A clone may bring a note of an unfinished write: what it asks for is neither done nor seen as done, and it is named.
#[test]
fn a_note_that_came_with_a_repository_is_not_carried_out() {
    let desk = Desk::copied();
    let text = |name: &str| String::from_utf8(desk.read(&format!("plan/example/{name}"))).unwrap();
    let records = ["records/1-1-1.toml", "records/1-1-2.toml"];
    let said = records.map(text);
    let changes: Vec<serde_json::Value> = records
        .map(|name| serde_json::json!({ "path": name, "old": text(name), "new": format!("{}# 続き\n", text(name)) }))
        .into();
    let note = serde_json::json!({ "undo": false, "changes": changes }).to_string();
    desk.write("plan/example/.kaikaku.journal", note);
    desk.git(DAY, &["init", "-q", "-b", "main"]);
    desk.git(DAY, &["add", "--all", "--force"]);
    desk.git(DAY, &["commit", "-q", "-m", "計画"]);
    for args in ["status --plan example --lang en", "update 1-2-1 --period R8Q3 --done 一 --plan example --lang en"] {
        let ran = desk.run(args);
        assert!(ran.code == 2 && ran.bytes.is_empty() && ran.err.contains(".kaikaku.journal"), "{args}: {ran:?}");
    }
    assert_eq!(records.map(text), said);
    std::fs::remove_file(desk.path("plan/example/.kaikaku.journal")).unwrap();
    assert_eq!(desk.run("status --plan example").code, 0);
}

/// Two work trees of one repository, and two plans of one work tree, do not wait for each other; one plan by two ways does.
#[test]
fn a_lock_is_one_plans() {
    let desk = Desk::copied();
    desk.commit(DAY, "計画");
    desk.git(DAY, &["worktree", "add", "-q", "../other"]);
    assert_eq!(desk.run(UPDATE).code, 0);
    let lock = walk(&desk.path(".git/kaikaku")).into_iter().find(|path| path.ends_with(".kaikaku.lock")).unwrap();
    let held = fs::File::options().write(true).open(lock).unwrap();
    held.lock().unwrap();
    symlink(desk.path("plan"), desk.path("link")).unwrap();
    for (args, waits) in [
        (UPDATE.to_owned(), true),
        (format!("-C link {UPDATE}"), true),
        (format!("-C ../other {UPDATE}"), false),
        ("update 1-1 --period R8Q3 --done 一 --plan stage3".to_owned(), false),
    ] {
        let args: Vec<&str> = args.split_whitespace().collect();
        let mut command = desk.command(&[], &args);
        let mut child =
            command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(1_500));
        assert_eq!(child.try_wait().unwrap().is_none(), waits, "{args:?}");
        let _ = child.kill();
        child.wait().unwrap();
    }
}

fn is_own(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(".kaikaku"))
}

fn walk(folder: &Path) -> Vec<PathBuf> {
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    paths.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
}
