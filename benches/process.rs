//! The whole process, from its start to its end: `cargo bench --bench process`;
//! only one of them: `cargo bench --bench process -- 100000i10` (or `shipped`, `10000x20`, `update`, `completion`).
//!
//! The shipped plan is held against an empty Rust program, a large plan against only parsing the same bytes.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark stops at the first trouble and prints")]

mod floor;
#[allow(dead_code, reason = "every benchmark uses a part of it")]
mod plans;
mod rounds;

use std::cell::Cell;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

use plans::Size;
use rounds::{by_turns, keep, peak};

/// The argument by which this program becomes the floor: it parses the files of the plan that is named next, and ends.
const FLOOR: &str = "--floor";

fn main() {
    let args: Vec<String> = std::env::args().collect();
    if let [_, FLOOR, plan] = args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        floor::parse(&floor::files(Path::new(plan)));
        return;
    }
    if !args.iter().any(|arg| arg == "--bench") {
        return;
    }
    let named: Vec<&String> = args.iter().skip(1).filter(|arg| !arg.starts_with("--")).collect();
    let wanted = |size: &str| named.is_empty() || named.iter().any(|name| *name == size);
    if wanted("shipped") {
        shipped();
    }
    let (small, large, judged) = (Size::new(1_000, 20), Size::new(10_000, 20), Size::of_indicators(100_000, 10));
    for (size, name) in [(small, "status"), (large, "status"), (large, "due"), (large, "log"), (judged, "kpi")] {
        if wanted(&size.to_string()) {
            self::large(size, name);
        }
    }
    if wanted("update") {
        writing();
    }
    if wanted("completion") {
        completing();
    }
}

fn shipped() {
    let empty = empty_program();
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR"));
    let [empty, status] = by_turns(
        101,
        [&mut || keep(run(&mut Command::new(&empty))), &mut || keep(run(&mut kaikaku(shipped, "status")))],
    );
    println!("shipped plan: empty program {empty}");
    println!("shipped plan: status {status}, {:.1?} more", status.median.saturating_sub(empty.median));
}

fn large(size: Size, name: &str) {
    let plan = size.write();
    let (files, workspace) = (floor::files(&plan), plan.parent().unwrap());
    let itself = std::env::current_exe().unwrap();
    let [parsed, floor, whole] = by_turns(
        15,
        [
            &mut || keep(floor::parse(&files)),
            &mut || keep(run(Command::new(&itself).arg(FLOOR).arg(&plan))),
            &mut || keep(run(&mut kaikaku(workspace, name))),
        ],
    );
    println!("{size}: floor {parsed}; as a process of its own {floor}");
    println!("{size}: {name} {whole}, {:.2} of the floor, {:.2} of the process", whole.over(parsed), whole.over(floor));
    let (parsed, floor) = (whole.worked_over(parsed), whole.worked_over(floor));
    println!("{size}: {name}: the cores worked {parsed:.2} of the floor, {floor:.2} of the process");
    if let Some(kib) = peak(&mut kaikaku(workspace, name)) {
        println!("{size}: {name} held at most {} MB", kib * 1024 / 1_000_000);
    }
}

/// What an update costs on the shipped plan and on a large one, beside a synced write of one small file and beside only
/// parsing what defines the large one.
fn writing() {
    let (large, folder) = (Size::new(10_000, 20), tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap());
    let (plan, shipped) = (large.write(), folder.path().join("shipped"));
    plans::copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("plan"), &shipped.join("plan"));
    // Each writes another text: the same one again would raise a warning.
    let written = Cell::new(0);
    let update = |workspace: &Path, plan: &str, period: &str| {
        written.set(written.get() + 1);
        let mut command = kaikaku(workspace, "update");
        command.args(["1-1-1", "--plan", plan, "--period", period, "--rating", "on-track"]);
        command.args(["--done", &written.get().to_string(), "--recorded", "2029-06-01"]);
        run(command.stderr(Stdio::null()))
    };
    let synced = || {
        let file = fs::File::create(folder.path().join("file")).unwrap();
        file.sync_all().map(|()| file).unwrap()
    };
    let is_record = |file: &PathBuf| file.parent().is_some_and(|folder| folder.ends_with("records"));
    let definition: Vec<PathBuf> = floor::files(&plan).into_iter().filter(|file| !is_record(file)).collect();
    let [sync, parsed, on_shipped, on_large] = by_turns(
        25,
        [
            &mut || keep(synced()),
            &mut || keep(floor::parse(&definition)),
            &mut || keep(update(&shipped, "2027", "R8Q2")),
            &mut || keep(update(plan.parent().unwrap(), "plan", "R6Q4")),
        ],
    );
    println!("writing: one synced file {sync}");
    println!("shipped plan: update {on_shipped}");
    println!("{large}: update {on_large}, {:.2} of the one on the shipped plan", on_large.over(on_shipped));
    println!("{large}: to parse the definition {parsed}; the cores worked {:.2} of it", on_large.worked_over(parsed));
}

/// How long a shell waits for the answer to a Tab: for the words that begin as is typed, for all ids of a large plan, and for an
/// option, of which the plan is not asked.
fn completing() {
    let large = Size::new(10_000, 20);
    let plan = large.write();
    let answer = |words: &[&str]| {
        let mut command = kaikaku(plan.parent().unwrap(), "--");
        command.arg("kaikaku").args(words);
        command.env("KAIKAKU_COMPLETE", "bash").env("_CLAP_IFS", "\n");
        command.env("_CLAP_COMPLETE_INDEX", words.len().to_string());
        command
    };
    let lines = |words: &[&str]| answer(words).output().unwrap().stdout.iter().filter(|byte| **byte == b'\n').count();
    let asked: [&[&str]; 3] = [&["show", "5-5-1"], &["show", ""], &["status", "--at"]];
    let counts = asked.map(lines);
    let times = by_turns(
        25,
        [&mut || keep(run(&mut answer(asked[0]))), &mut || keep(run(&mut answer(asked[1]))), &mut || {
            keep(run(&mut answer(asked[2])))
        }],
    );
    for ((words, count), time) in asked.iter().zip(counts).zip(times) {
        println!("{large}: completion of `{}`, {} words: {time}; the aim is 30 ms", words.join(" "), count + 1);
    }
}

fn kaikaku(workspace: &Path, name: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kaikaku"));
    command.arg("-C").arg(workspace).arg(name);
    // Every record of the plan lies behind it, whenever it is measured.
    command.env("KAIKAKU_TODAY", "2029-06-01");
    command
}

fn run(command: &mut Command) -> ExitStatus {
    let ended = command.stdout(Stdio::null()).status().unwrap();
    // `due` ends with 1 where something is overdue.
    assert!(matches!(ended.code(), Some(0 | 1)), "{command:?}: {ended}");
    ended
}

/// A Rust program that does nothing, built as a release is.
fn empty_program() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let (source, program) = (folder.join("empty.rs"), folder.join("empty"));
    fs::write(&source, "fn main() {}\n").unwrap();
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let mut build = Command::new(rustc);
    run(build.args(["-C", "opt-level=3", "-C", "strip=symbols", "-o"]).arg(&program).arg(&source));
    program
}
