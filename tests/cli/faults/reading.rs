//! Files and folders that the system does not hand out: a command ends, or a finding says so; none is taken for absent.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Output};

use chrono::{Timelike, Utc};

use super::full;
use crate::support::{Desk, Ran};

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

/// What the disk does not hand out is no change: `diff` would show it as dropped.
#[test]
fn what_cannot_be_read_is_not_compared() {
    for path in ["records", "outline", "indicators.toml", "records/1-1-1.toml"] {
        let desk = Desk::copied();
        desk.commit("2026-11-01T09:00:00+0900", "計画");
        loop_at(&desk, &format!("plan/example/{path}"));
        let ran = desk.run("diff HEAD --plan example --lang en");
        let names_it = ran.err.contains(&format!("plan/example/{path}"));
        assert!(ran.code == 2 && ran.bytes.is_empty() && names_it, "{path}: {ran:?}");
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

/// Where it is another day now than in Japan.
fn far_away() -> &'static str {
    // From 19 o'clock on in Japan the next day has begun at +14:00; until 23 the day before goes on at -14:00.
    if (Utc::now().hour() + 9) % 24 >= 19 { "+14:00" } else { "-14:00" }
}

/// Runs a command on the clock, in the language of the plan; its `nth` call of the disk fails.
fn on_the_clock(desk: &Desk, args: &[&str], nth: usize) -> (Ran, bool) {
    let mark = desk.path("mark");
    let fault = format!("any:{nth}:fail:{}", mark.display());
    let mut command = desk.command(&[("KAIKAKU_FAULT", &fault), ("LANG", "C")], args);
    let Output { status, stdout, stderr } = command.env_remove("KAIKAKU_TODAY").output().unwrap();
    let ran = Ran { code: status.code().unwrap(), bytes: stdout, err: String::from_utf8(stderr).unwrap() };
    (ran, std::fs::remove_file(mark).is_ok())
}

/// What is read of the plan before the command begins: the time zone says which day is recorded, and in which language a
/// paper is.
#[test]
fn the_day_and_the_language_are_never_those_of_another_place() {
    let head = "schema = 1\nid = \"t\"\nname = \"計画\"\nlang = \"ja\"\nperiod = { from = \"R6\", to = \"R30\" }\nlevels = [\"取組\"]\n";
    let head = format!("{head}time_zone = \"{}\"\n", far_away());
    let desk = Desk::plan(&[("plan.toml", &head), ("outline/1.toml", "[1]\nname = \"窓口\"\n")]);
    let mut tried = 0;
    for args in [&["update", "1", "--period", "R6Q1", "--done", "一", "--dry-run"][..], &["status"]] {
        let right = || on_the_clock(&desk, args, usize::MAX).0;
        let first = right();
        assert_eq!(first.code, 0, "{first:?}");
        for nth in 1.. {
            let (ran, met) = on_the_clock(&desk, args, nth);
            if !met {
                break;
            }
            tried += 1;
            // Midnight may have passed since.
            let is_right = [first.bytes.clone(), right().bytes].contains(&ran.bytes) && ran.code == 0;
            assert!(is_right || ran.code == 2 && ran.bytes.is_empty(), "{args:?}: call {nth} fails: {ran:?}");
        }
    }
    assert!(tried > 20, "only {tried} calls were made to fail");
}

/// A folder that was copied in another encoding (計 in CP932) cannot be named; it is not taken for absent.
#[test]
fn a_plan_whose_folder_has_no_unicode_name_is_pointed_out() {
    let desk = Desk::copied();
    let odd = desk.path("plan").join(OsStr::from_bytes(b"\x8cv\x89\xe6"));
    std::fs::create_dir(&odd).unwrap();
    assert_eq!(desk.run("status --plan example").code, 0, "a folder without a plan is none");
    std::fs::copy(desk.path("plan/example/plan.toml"), odd.join("plan.toml")).unwrap();
    let err = desk.run("status --plan example --lang en").failed();
    assert!(err.contains("not Unicode"), "{err}");
}

/// The folder that the plans are looked for in may have any name.
#[test]
fn a_folder_with_no_unicode_name_is_looked_in() {
    let head =
        "schema = 1\nid = \"t\"\nname = \"計画\"\nperiod = { from = \"R6\", to = \"R30\" }\nlevels = [\"取組\"]\n";
    let desk = Desk::empty();
    let odd = desk.path("").join(OsStr::from_bytes(b"\x8cv\x89\xe6"));
    std::fs::create_dir_all(odd.join("plan/outline")).unwrap();
    std::fs::write(odd.join("plan/plan.toml"), format!("{head}time_zone = \"{}\"\n", far_away())).unwrap();
    std::fs::write(odd.join("plan/outline/1.toml"), "[1]\nname = \"窓口\"\n").unwrap();
    let update = ["update", "1", "--period", "R6Q1", "--done", "一", "--dry-run"];
    let run = |change: &dyn Fn(&mut Command)| {
        let mut command = desk.command(&[], &update);
        change(command.env_remove("KAIKAKU_TODAY"));
        let output = command.output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        let text = String::from_utf8(output.stdout).unwrap();
        text.lines().find(|line| line.contains("recorded")).unwrap().to_owned()
    };
    let there = || {
        run(&|command| {
            command.current_dir(&odd);
        })
    };
    for given in [&b"-C"[..], b"--dir"] {
        let here = run(&|command| {
            command.arg(OsStr::from_bytes(given)).arg(&odd);
        });
        assert!(here == there(), "{given:?}: {here}");
    }
    let joined = [b"--dir=", odd.as_os_str().as_bytes()].concat();
    let here = run(&|command| {
        command.arg(OsStr::from_bytes(&joined));
    });
    assert!(here == there(), "{here}");
    let here = run(&|command| {
        command.env("KAIKAKU_DIR", &odd);
    });
    assert!(here == there(), "{here}");
}

/// 計 and 画 in CP932 are other files: git shows what differs.
#[test]
fn files_that_are_no_unicode_are_not_shown_alike() {
    let desk = Desk::empty();
    desk.write("old.toml", b"name = \"\x8cv\"\n");
    desk.write("new.toml", b"name = \"\x89\xe6\"\n");
    let [old, new] = ["old.toml", "new.toml"].map(|file| desk.run(&format!("textconv {file}")).done());
    assert!(old.out().contains("\\x8c") && new.out().contains("\\x89\\xe6"), "{old:?} {new:?}");
    let shown = desk.run("diff-driver plan/1.toml old.toml 1 100644 new.toml 2 100644").done();
    assert!(shown.out().contains("-name = \"\\x8cv\"") && shown.out().contains("+name = \"\\x89\\xe6\""), "{shown:?}");
    assert_eq!(desk.run("textconv gone.toml").code, 2);
}

/// A note of another version, or that came from elsewhere: nobody knows what it asks for.
#[test]
fn a_note_of_a_write_that_is_not_ours_keeps_figures_from_being_printed() {
    for text in ["", "{", "{\"undo\":false,\"changes\":[],\"more\":1}", "null"] {
        let desk = Desk::copied();
        desk.write("plan/example/.kaikaku.journal", text);
        let ran = desk.run("status --plan example");
        assert_eq!((ran.code, ran.bytes.as_slice()), (2, &b""[..]), "{text}: {ran:?}");
    }
}
