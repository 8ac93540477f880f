//! The site of a plan as a whole process: `cargo bench --bench publish`; only one of them: `cargo bench --bench publish -- shipped`
//! (or `10000x20`). The aims: the shipped plan within 200 ms; a plan of 10,000 entries × 20 updates within 5 s and 500 MB, and
//! once more, when nothing changed, within the same.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark stops at the first trouble and prints")]

#[allow(dead_code, reason = "every benchmark uses a part of it")]
mod plans;
#[allow(dead_code, reason = "every benchmark uses a part of it")]
mod rounds;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use plans::Size;
use rounds::{by_turns, keep, peak};

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if !args.iter().any(|arg| arg == "--bench") {
        return;
    }
    let named: Vec<&String> = args.iter().filter(|arg| !arg.starts_with("--")).collect();
    let wanted = |size: &str| named.is_empty() || named.iter().any(|name| *name == size);
    if wanted("shipped") {
        measure("shipped", Path::new(env!("CARGO_MANIFEST_DIR")), 31, &["--plan", "example", "--period", "R8Q2"]);
    }
    let large = Size::new(10_000, 20);
    if wanted(&large.to_string()) {
        let plan = large.write();
        fs::write(plan.join("publish.toml"), "public = [\"summary\", \"done\", \"issue\", \"next\", \"note\"]\n")
            .unwrap();
        measure(&large.to_string(), plan.parent().unwrap(), 5, &["--period", "R10Q4"]);
    }
}

/// From nothing, and once more over what is there.
fn measure(name: &str, workspace: &Path, rounds: usize, args: &[&str]) {
    let site = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("site-{name}"));
    let command = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kaikaku"));
        command.args(["publish", "-o"]).arg(&site).args(args).current_dir(workspace);
        command.env("KAIKAKU_TODAY", "2028-04-21").stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    let run = || {
        let status = command().status().unwrap();
        assert!(status.success());
        status
    };
    let gone = || {
        if site.exists() {
            fs::remove_dir_all(&site).unwrap();
        }
    };
    let [anew] = by_turns(
        rounds,
        [&mut || {
            gone();
            keep(run())
        }],
    );
    let [again] = by_turns(rounds, [&mut || keep(run())]);
    println!("{name}: from nothing {anew}, over what is there {again}");
    gone();
    if let Some(kib) = peak(&mut command()) {
        println!("{name}: held at most {} MB", kib * 1024 / 1_000_000);
    }
}
