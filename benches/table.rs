//! One table of how long everything takes: `cargo bench --bench table`. Reading the bytes and parsing them by each parser are
//! the floors; ledger, hledger and taskwarrior, where they are installed, run on the same plan, and `git diff` beside `diff`. All
//! are run by turns; what a run of a kind is held to others by stands beneath.
//!
//! What counts is how long the cores work: other work on the machine changes it least.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark stops at the first trouble and prints")]

mod floor;
mod others;
#[allow(dead_code, reason = "every benchmark uses a part of it")]
mod plans;
mod repository;
#[allow(dead_code, reason = "every benchmark uses a part of it")]
mod rounds;

use std::cell::Cell;
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
    let repository = repository::shipped();
    let on_shipped = measure("shipped", asking_git(&repository), 41);
    let mut on_large = Vec::new();
    for (entries, rounds) in [(1_000, 21), (10_000, 9)] {
        let size = Size::new(entries, 20);
        let plan = size.write();
        let folder = plan.parent().unwrap();
        let mut all = floors(&plan, "toml");
        let commands: &[&str] = if entries == 1_000 { &["status"] } else { &["status", "due", "log"] };
        all.extend(commands.iter().map(|command| kaikaku(folder, &[command])));
        all.extend(others::installed(size, folder).into_iter().map(|(name, command)| always(name, command)));
        measure(&size.to_string(), all, rounds);
        if entries == 10_000 {
            on_large = measure(&size.to_string(), vec![update(folder, "plan", "R6Q4")], 41);
        }
    }
    let judged = Size::of_indicators(100_000, 10);
    let plan = judged.write();
    let mut all = floors(&plan, "toml");
    all.push(kaikaku(plan.parent().unwrap(), &["kpi"]));
    measure(&judged.to_string(), all, 5);
    ratios(&on_shipped, &on_large);
}

/// What is run: what it is called, and the command of each run.
type Run = (String, Box<dyn FnMut() -> Command>);

/// What asks git, and git itself, on the shipped plans; and a record, which is held against one of a large plan.
fn asking_git(folder: &Path) -> Vec<Run> {
    let diff = repository::git(folder, &["--no-pager", "diff", "HEAD~1", "HEAD"]);
    let of_example = |args: &[&str]| kaikaku(folder, &[args, &["--plan", "example"]].concat());
    vec![
        always("git diff HEAD~1 HEAD".to_owned(), diff),
        of_example(&["diff", "HEAD~1", "HEAD"]),
        of_example(&["status", "--rev", "HEAD"]),
        of_example(&["status"]),
        update(folder, "2027", "R8Q2"),
    ]
}

/// Records something else each time: the same once more would raise a warning.
fn update(workspace: &Path, plan: &str, period: &str) -> Run {
    let (workspace, plan, period) = (workspace.to_owned(), plan.to_owned(), period.to_owned());
    let written = Cell::new(0);
    let command = move || {
        written.set(written.get() + 1);
        let done = written.get().to_string();
        let words = ["update", "1-1-1", "--plan", &plan, "--period", &period, "--rating", "on-track", "--done", &done];
        let mut command = command(&workspace, &[&words[..], &["--recorded", "2029-06-01"]].concat());
        command.stderr(Stdio::null());
        command
    };
    ("kaikaku update".to_owned(), Box::new(command))
}

/// What is aimed at of one run beside another: by the time that passed, which is what is waited for.
fn ratios(on_shipped: &[(String, f64)], on_large: &[(String, f64)]) {
    let of = |all: &[(String, f64)], wanted: &str| all.iter().find(|(name, _)| name.contains(wanted)).unwrap().1;
    let times = |what: &str, of: f64, over: f64, aim: f64| println!("{what}: {:.2} (aim: {aim})", of / over);
    println!();
    times("update, 10,000 entries over shipped", of(on_large, "update"), of(on_shipped, "update"), 3.0);
    times("diff over git diff, shipped", of(on_shipped, "kaikaku diff"), of(on_shipped, "git diff"), 3.0);
    times("status --rev over status, shipped", of(on_shipped, "--rev"), of(on_shipped, "kaikaku status --plan"), 3.0);
}

/// Listing, reading and parsing alone; by the toml crate as trees or, of a made-up plan, into structs.
fn floors(plan: &Path, toml: &str) -> Vec<Run> {
    let itself = std::env::current_exe().unwrap();
    let of = |(kind, name): (&str, &str)| {
        let mut command = Command::new(&itself);
        command.args([FLOOR, kind]).arg(plan);
        always(name.to_owned(), command)
    };
    let kinds = [
        ("list", "only listing the files"),
        ("read", "only reading"),
        ("fast", "only parsing, toml-spanner"),
        (toml, "only parsing, toml"),
    ];
    kinds.map(of).into()
}

fn kaikaku(workspace: &Path, args: &[&str]) -> Run {
    always(format!("kaikaku {}", args.join(" ")), command(workspace, args))
}

fn command(workspace: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kaikaku"));
    command
        .arg("-C")
        .arg(workspace)
        .args(args)
        .env("KAIKAKU_TODAY", "2029-06-01")
        .env("GIT_CONFIG_GLOBAL", "/dev/null");
    command
}

/// The same command each time.
fn always(name: String, command: Command) -> Run {
    (name, Box::new(move || again(&command)))
}

/// A command once more.
fn again(of: &Command) -> Command {
    let mut command = Command::new(of.get_program());
    command.args(of.get_args()).stdin(Stdio::null()).stderr(Stdio::null());
    command.envs(of.get_envs().filter_map(|(key, value)| Some((key, value?))));
    command
}

/// Runs the commands by turns, and prints a line for each: what the cores worked for a run on average, and the median of
/// the time that passed, which it returns in milliseconds.
fn measure(plan: &str, mut all: Vec<Run>, rounds: usize) -> Vec<(String, f64)> {
    let mut taken: Vec<(Duration, Vec<Duration>)> = vec![Default::default(); all.len()];
    for round in 0..=rounds {
        for ((name, command), (cores, passed)) in all.iter_mut().zip(&mut taken) {
            let mut command = command();
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
    let mut medians = Vec::new();
    for ((name, command), (cores, passed)) in all.into_iter().zip(&mut taken) {
        passed.sort_unstable();
        let (cores, passed) = (mean(*cores), passed[rounds / 2].as_secs_f64() * 1e3);
        let times = by_toml.map_or_else(String::new, |floor| format!("{:.2}", cores / floor));
        let memory = peak(&mut { command }()).map_or_else(String::new, |kib| (kib * 1024 / 1_000_000).to_string());
        println!("| {plan} | {name} | {cores:.1} | {times} | {passed:.1} | {memory} |");
        medians.push((name, passed));
    }
    medians
}
