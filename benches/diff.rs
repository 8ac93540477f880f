//! Comparing two revisions: `cargo bench --bench diff`.
//!
//! A large plan is held against loading one of its revisions, the shipped one against `git diff` of the same.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark stops at the first trouble and prints")]

#[allow(dead_code, reason = "every benchmark uses a part of it")]
mod plans;
mod repository;
#[allow(dead_code, reason = "every benchmark uses a part of it")]
mod rounds;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

use plans::Size;
use repository::{commit, git};
use rounds::{by_turns, keep};

/// How many records change between the two revisions.
const CHANGES: usize = 100;

fn main() {
    if std::env::args().any(|arg| arg == "--bench") {
        large(Size::new(10_000, 20));
        shipped();
    }
}

fn large(size: Size) {
    let plan = size.write();
    let workspace = plan.parent().unwrap();
    let records = || fs::read_dir(plan.join("records")).unwrap().map(|entry| entry.unwrap().path());
    commit(workspace);
    let mut paths: Vec<PathBuf> = records().collect();
    paths.sort();
    for path in paths.iter().step_by(paths.len() / CHANGES).take(CHANGES) {
        let text = fs::read_to_string(path).unwrap();
        fs::write(path, text.replacen("窓口", "受付", 1)).unwrap();
    }
    commit(workspace);
    let [one, both] = by_turns(
        9,
        [&mut || keep(run(kaikaku(workspace, &["status", "--rev", "HEAD"]))), &mut || {
            keep(run(kaikaku(workspace, &["diff", "HEAD~1", "HEAD"])))
        }],
    );
    println!("{size}: status of one revision {one}");
    println!("{size}: diff of two, {CHANGES} changes, {both}, {:.2} of one", both.over(one));
}

fn shipped() {
    let folder = repository::shipped();
    let [git, diff] = by_turns(
        41,
        [&mut || keep(run(git(&folder, &["--no-pager", "diff", "HEAD~1", "HEAD"]))), &mut || {
            keep(run(kaikaku(&folder, &["diff", "HEAD~1", "HEAD", "--plan", "example"])))
        }],
    );
    println!("shipped plan: git diff {git}");
    println!("shipped plan: diff {diff}, {:.2} of it", diff.over(git));
}

fn kaikaku(workspace: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kaikaku"));
    command.arg("-C").arg(workspace).args(args).env("GIT_CONFIG_GLOBAL", "/dev/null");
    command
}

fn run(mut command: Command) -> ExitStatus {
    let ended = command.stdout(Stdio::null()).status().unwrap();
    assert!(ended.success(), "{command:?}: {ended}");
    ended
}
