//! Files and folders that the system does not hand out: a command ends, or a finding says so; none is taken for absent.

use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Output};

use super::full;
use crate::support::Desk;

const AS_OF: [&str; 5] = ["--plan", "example", "--lang", "en", "--as-of=R8Q2"];

/// Runs a command whose `nth` call of a kind fails; `None` where it makes fewer. Anything else that goes on is as usual.
fn injected(desk: &Desk, call: &str, error: &str, nth: usize, args: &[&str]) -> Option<Output> {
    let trace = desk.path("trace");
    let inject = format!("inject={call}:error={error}:when={nth}");
    let mut strace = Command::new("strace");
    strace.args(["-f", "-b", "execve", "-y", "-o"]).arg(&trace).args(["-e", &format!("trace={call}"), "-e", &inject]);
    strace.arg(env!("CARGO_BIN_EXE_kaikaku")).args(args).current_dir(desk.path("")).env_clear();
    let output = strace.env("PATH", "/usr/bin:/bin").env("KAIKAKU_TODAY", "2026-11-21").output().ok()?;
    std::fs::read_to_string(trace).unwrap_or_default().contains("INJECTED").then_some(output)
}

/// Whether calls can be made to fail here.
pub fn can_inject() -> bool {
    let tried =
        Command::new("strace").args(["-o", "/dev/null", "-e", "inject=close:error=EIO:when=999", "true"]).output();
    let works = tried.is_ok_and(|output| output.status.success());
    if !works {
        println!("strace cannot trace here: skipped");
    }
    works
}

/// Whatever call fails, a figure is either the right one or not printed at all.
#[test]
fn an_error_while_reading_is_never_an_empty_folder() {
    if !can_inject() {
        return;
    }
    let commands: &[&[&str]] = if full() {
        &[&["status"], &["kpi"], &["due"], &["report", "council", "--format", "md"], &["log"], &["history", "1-1-1"]]
    } else {
        &[&["status"], &["report", "council", "--format", "md"]]
    };
    let calls = [("getdents64", "ESTALE"), ("openat", "EIO"), ("statx", "EIO")];
    let desk = Desk::copied();
    desk.write("plan/example/reports/committee.toml", "schema = 1\ntitle = \"委員会の資料\"\n");
    desk.write("plan/kaikaku.toml", "schema = 1\ndefault = \"2027\"\n");
    let mut tried = 0;
    for command in commands {
        let args: Vec<&str> = command.iter().copied().chain(AS_OF).collect();
        let right = desk.call(&args);
        for (call, error) in calls {
            for nth in 1.. {
                let Some(output) = injected(&desk, call, error, nth, &args) else { break };
                tried += 1;
                let is_right = output.stdout == right.bytes && output.status.code() == Some(right.code);
                let place = format!("{args:?}: {call} {nth} fails with {error}: {output:?}");
                assert!(is_right || output.stdout.is_empty(), "a figure that is not the right one: {place}");
                assert!(is_right || output.status.code() != Some(0), "silent: {place}");
            }
        }
    }
    assert!(tried > 100, "only {tried} calls were made to fail");
    println!("reading: {tried} calls made to fail, every figure right or not printed");
}

/// A link that leads back to itself is there and cannot be read, whoever asks.
fn loop_at(desk: &Desk, path: &str) {
    let path = desk.path(path);
    match std::fs::symlink_metadata(&path) {
        Ok(meta) if meta.is_dir() => std::fs::remove_dir_all(&path).unwrap(),
        Ok(_) => std::fs::remove_file(&path).unwrap(),
        Err(_) => {}
    }
    symlink(Path::new(path.file_name().unwrap()), &path).unwrap();
}

#[test]
fn what_cannot_be_read_ends_the_command_by_its_name() {
    for path in ["kaikaku.toml", "stage3/plan.toml", "example/plan.toml"] {
        let desk = Desk::copied();
        loop_at(&desk, &format!("plan/{path}"));
        let err = desk.run("status --plan example --lang en").failed();
        assert!(err.contains(path), "{path}: {err}");
    }
    for path in ["records", "outline", "reports", "closed", "inquiries", "owners.toml", "records/1-1-1.toml"] {
        let desk = Desk::copied();
        loop_at(&desk, &format!("plan/example/{path}"));
        let ran = desk.run("check --plan example --lang en");
        assert_eq!(ran.code, 1, "{path}: {ran:?}");
        assert!(
            ran.out().contains("error[unreadable]") && ran.out().contains(&format!("plan/example/{path}")),
            "{ran:?}"
        );
    }
}

/// A file where a folder belongs hides nothing in silence.
#[test]
fn a_file_in_the_place_of_a_folder_is_an_error() {
    for folder in ["records", "reports", "closed", "inquiries"] {
        let desk = Desk::copied();
        let path = desk.path(&format!("plan/example/{folder}"));
        if path.is_dir() {
            std::fs::remove_dir_all(&path).unwrap();
        }
        desk.write(&format!("plan/example/{folder}"), "");
        let ran = desk.run("check --plan example --lang en");
        assert!(ran.code == 1 && ran.out().contains("it cannot be read (it is not a folder)"), "{folder}: {ran:?}");
        assert_eq!(desk.run("status --plan example").code, if folder == "closed" { 0 } else { 2 }, "{folder}");
    }
}

#[test]
fn a_note_of_an_unfinished_write_that_cannot_be_read_keeps_figures_from_being_printed() {
    let desk = Desk::copied();
    loop_at(&desk, "plan/example/.kaikaku.journal");
    let ran = desk.run("status --plan example");
    assert_eq!((ran.code, ran.bytes.as_slice()), (2, &b""[..]), "{ran:?}");
}
