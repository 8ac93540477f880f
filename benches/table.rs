//! One table of how long everything takes: `cargo bench --bench table`. Reading the bytes and parsing them by each parser are
//! the floors; ledger, hledger and taskwarrior, where they are installed, run on the same plan. All are run by turns.
//!
//! What counts is how long the cores work: other work on the machine changes it least.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark stops at the first trouble and prints")]

mod floor;
mod others;
#[allow(dead_code, reason = "every benchmark uses a part of it")]
mod plans;
#[allow(dead_code, reason = "every benchmark uses a part of it")]
mod rounds;

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use plans::Size;
use rounds::{peak, worked};

/// The argument by which this program becomes a floor of the plan that is named next.
const FLOOR: &str = "--floor";

fn main() {
    let args: Vec<String> = std::env::args().collect();
    if let [_, flag, kind, plan] = args.iter().map(String::as_str).collect::<Vec<_>>()[..]
        && flag == FLOOR
    {
        return floor::run(kind, Path::new(plan));
    }
    if !args.iter().any(|arg| arg == "--bench") {
        return;
    }
    println!("| plan | what | cores, ms | of parsing by toml | passed, ms | memory, MB |");
    println!("|---|---|--:|--:|--:|--:|");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut shipped = floors(&root.join("plan/2027"), "tree");
    shipped.extend([kaikaku(root, &["status"]), kaikaku(root, &["kpi"])]);
    measure("shipped", shipped, 41);
    for (entries, rounds) in [(1_000, 21), (10_000, 9)] {
        let size = Size::new(entries, 20);
        let plan = size.write();
        let folder = plan.parent().unwrap();
        let mut all = floors(&plan, "toml");
        let commands: &[&str] = if entries == 1_000 { &["status"] } else { &["status", "due", "log"] };
        all.extend(commands.iter().map(|command| kaikaku(folder, &[command])));
        all.extend(others::installed(size, folder));
        measure(&size.to_string(), all, rounds);
    }
    let judged = Size::of_indicators(100_000, 10);
    let plan = judged.write();
    let mut all = floors(&plan, "toml");
    all.push(kaikaku(plan.parent().unwrap(), &["kpi"]));
    measure(&judged.to_string(), all, 5);
}

/// Listing, reading and parsing alone; by the toml crate as trees or, of a made-up plan, into structs.
fn floors(plan: &Path, toml: &str) -> Vec<(String, Command)> {
    let itself = std::env::current_exe().unwrap();
    let of = |(kind, name): (&str, &str)| {
        let mut command = Command::new(&itself);
        command.args([FLOOR, kind]).arg(plan);
        (name.to_owned(), command)
    };
    let kinds = [
        ("list", "only listing the files"),
        ("read", "only reading"),
        ("fast", "only parsing, toml-spanner"),
        (toml, "only parsing, toml"),
    ];
    kinds.map(of).into()
}

fn kaikaku(workspace: &Path, args: &[&str]) -> (String, Command) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kaikaku"));
    command.arg("-C").arg(workspace).args(args).env("KAIKAKU_TODAY", "2029-06-01");
    (format!("kaikaku {}", args.join(" ")), command)
}

/// Runs the commands by turns, and prints a line for each: what the cores worked for a run on average, and the median of
/// the time that passed.
fn measure(plan: &str, mut all: Vec<(String, Command)>, rounds: usize) {
    let mut taken: Vec<(Duration, Vec<Duration>)> = vec![Default::default(); all.len()];
    for round in 0..=rounds {
        for ((name, command), (cores, passed)) in all.iter_mut().zip(&mut taken) {
            let (start, before) = (Instant::now(), worked());
            let ended = command.stdout(Stdio::null()).status().unwrap();
            assert!(matches!(ended.code(), Some(0 | 1)), "{name}: {ended}");
            // The first round warms up.
            if round > 0 {
                *cores += worked().saturating_sub(before);
                passed.push(start.elapsed());
            }
        }
    }
    let mean = |cores: Duration| cores.as_secs_f64() * 1e3 / rounds as f64;
    let by_toml =
        all.iter().zip(&taken).find(|((name, _), _)| name.ends_with(", toml")).map(|(_, (cores, _))| mean(*cores));
    for ((name, command), (cores, passed)) in all.iter_mut().zip(&mut taken) {
        passed.sort_unstable();
        let (cores, passed) = (mean(*cores), passed[rounds / 2].as_secs_f64() * 1e3);
        let times = by_toml.map_or_else(String::new, |floor| format!("{:.2}", cores / floor));
        let memory = peak(command).map_or_else(String::new, |kib| (kib * 1024 / 1_000_000).to_string());
        println!("| {plan} | {name} | {cores:.1} | {times} | {passed:.1} | {memory} |");
    }
}
