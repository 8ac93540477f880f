//! How time grows with the input: every kind of thing that there may be many of, at n and at 10 n.
//!
//! `cargo bench --bench growth`; only some kinds: `cargo bench --bench growth -- corrects owners`. A command that takes more
//! than about 10 times as long for 10 times as much has a path that looks at everything for each thing.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark stops at the first trouble and prints")]

#[path = "growth/kinds.rs"]
mod kinds;
#[path = "growth/make.rs"]
mod make;
#[path = "growth/opinions.rs"]
mod opinions;

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use kinds::{KINDS, Kind};

/// A command that takes longer is stopped.
const LONGEST: Duration = Duration::from_secs(60);

/// Below this the start of the process is most of the time, and what is more than 10 times as long means nothing.
const NOTICEABLE: Duration = Duration::from_millis(400);

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if !args.iter().any(|arg| arg == "--bench") {
        return;
    }
    let named: Vec<&String> = args.iter().filter(|arg| !arg.starts_with("--")).collect();
    for kind in KINDS.iter().filter(|kind| named.is_empty() || named.iter().any(|name| *name == kind.name)) {
        grow(kind);
    }
}

/// Runs the commands of a kind on both sizes, and prints how long each took.
fn grow(kind: &Kind) {
    let folders = [kind.n, kind.n * 10].map(|n| written(kind, n));
    for command in kind.commands {
        let [once, tenfold] = folders.each_ref().map(|folder| time(folder, command));
        let times = tenfold.as_secs_f64() / once.as_secs_f64();
        let note = match () {
            () if tenfold >= LONGEST => "  STOPPED",
            () if tenfold > NOTICEABLE && times > 15.0 => "  MORE THAN LINEAR",
            () => "",
        };
        println!(
            "{:<20} {:>6} {once:>9.1?} {:>7} {tenfold:>9.1?} ×{times:>5.1}  {command}{note}",
            kind.name,
            kind.n,
            kind.n * 10
        );
    }
}

/// Writes a plan with n of a kind and returns the folder around it.
fn written(kind: &Kind, n: usize) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("growth-{}-{n}", kind.name));
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    for (path, text) in (kind.files)(n) {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    if kind.commits {
        for args in
            [&["init", "-q"][..], &["add", "-A"], &["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "a"]]
        {
            assert!(Command::new("git").arg("-C").arg(&folder).args(args).status().unwrap().success());
        }
    }
    folder
}

/// How long one run takes, its output going to a file.
fn time(folder: &Path, command: &str) -> Duration {
    let out = folder.with_extension("out");
    let sink = || Stdio::from(File::create(&out).unwrap());
    let start = Instant::now();
    let mut run = Command::new(env!("CARGO_BIN_EXE_kaikaku"));
    run.args(command.split(' ')).current_dir(folder).env("KAIKAKU_TODAY", "2026-11-21");
    let mut run = run.stdin(Stdio::null()).stdout(sink()).stderr(sink()).spawn().unwrap();
    while run.try_wait().unwrap().is_none() {
        if start.elapsed() > LONGEST {
            run.kill().unwrap();
            run.wait().unwrap();
            return LONGEST;
        }
        sleep(Duration::from_millis(2));
    }
    start.elapsed()
}
