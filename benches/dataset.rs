//! The dataset of a nation: `cargo bench --features parquet --bench dataset` writes the plans of 1,741 cities, exports them, asks
//! the questions of the documentation by DuckDB, and prints the tables that stand there; with `KAIKAKU_BLESS=1` it writes them
//! there. Python with DuckDB is named by `KAIKAKU_PYTHON` (default: the one that `.ci/dataset` made, else `python3`). A number
//! of cities behind `--` makes fewer.
//!
//! `cargo test --bench dataset -- cities 50 FOLDER` only writes cities, small ones, for whoever tests with them.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark stops at the first trouble and prints")]

#[allow(dead_code, reason = "every benchmark uses a part of it")]
mod cities;
#[allow(dead_code, reason = "every benchmark uses a part of it")]
mod rounds;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use cities::{CitySize, NATION};
use rounds::peak;

/// Cities that are quickly made and read, for tests.
const SMALL: CitySize = CitySize { entries: 24, quarters: 9, indicators: 14 };

/// How many cities there are: the last is the nation.
const SIZES: [usize; 3] = [10, 174, 1741];

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if let [_, count, folder] =
        &args.iter().map(String::as_str).skip_while(|arg| *arg != "cities").take(3).collect::<Vec<_>>()[..]
    {
        let folder = Path::new(folder);
        (0..count.parse().unwrap()).for_each(|n| cities::write(folder, n, SMALL));
        return;
    }
    if !args.iter().any(|arg| arg == "--bench") {
        return;
    }
    let asked: Vec<usize> = args.iter().filter_map(|arg| arg.parse().ok()).collect();
    let sizes = if asked.is_empty() { SIZES.to_vec() } else { asked };
    let made: Vec<Made> = sizes.into_iter().map(measure).collect();
    let questions = made.last().map(ask).unwrap_or_default();
    let pages = ["en", "ja"]
        .map(|lang| (lang, [when(lang), table_of_sizes(&made, lang), table_of_questions(&questions, lang)].join("\n")));
    println!("{}", pages[0].1);
    if std::env::var_os("KAIKAKU_BLESS").is_some() {
        pages.iter().for_each(|(lang, tables)| renew(lang, tables));
    }
}

/// The day, and the machine.
fn when(lang: &str) -> String {
    let day = chrono::Utc::now().date_naive();
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let about = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = about.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let name = name.map_or(std::env::consts::ARCH, |(_, name)| name.trim());
    match lang {
        "ja" => format!("{}{name} {cores}コアで測りました。\n", day.format("%Y年%-m月%-d日、")),
        _ => format!("Measured on {day} on {cores} cores of an {name}.\n"),
    }
}

/// Writes the tables into the page of the documentation, between the two comments that are there for them.
fn renew(lang: &str, tables: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("docs/{lang}/guide/dataset.md"));
    let page = fs::read_to_string(&path).unwrap();
    let (before, rest) = page.split_once("<!-- measured -->\n").unwrap();
    let (_, after) = rest.split_once("<!-- /measured -->").unwrap();
    fs::write(path, format!("{before}<!-- measured -->\n\n{tables}\n<!-- /measured -->{after}")).unwrap();
}

/// A dataset that was made, and what it took.
struct Made {
    cities: usize,
    dataset: PathBuf,
    plans: PathBuf,
    updates: u64,
    source_bytes: u64,
    bytes: u64,
    export: Duration,
    again: Duration,
    peak: Option<u64>,
}

fn measure(cities: usize) -> Made {
    let top = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("nation-{cities}"));
    let (plans, dataset) = (top.join("plans"), top.join("dataset"));
    if !plans.exists() {
        let made = top.join("being-made");
        let _ = fs::remove_dir_all(&made);
        let cores = thread::available_parallelism().map_or(1, usize::from);
        thread::scope(|scope| {
            for core in 0..cores {
                let made = &made;
                scope.spawn(move || (core..cities).step_by(cores).for_each(|n| cities::write(made, n, NATION)));
            }
        });
        fs::rename(&made, &plans).unwrap();
    }
    let _ = fs::remove_dir_all(&dataset);
    let run = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kaikaku"));
        command.current_dir(&top).env("KAIKAKU_TODAY", "2026-05-20").env("KAIKAKU_LANG", "en");
        command.args(["export", "--from", "plans/*/", "-o", "dataset"]).stderr(Stdio::null());
        command
    };
    let start = Instant::now();
    let peak = peak(&mut run());
    let export = start.elapsed();
    let start = Instant::now();
    assert!(run().stdout(Stdio::null()).status().unwrap().success());
    let again = start.elapsed();
    let updates = (cities * NATION.entries * NATION.quarters) as u64;
    Made { cities, updates, source_bytes: size(&plans), bytes: size(&dataset), dataset, plans, export, again, peak }
}

/// The bytes of all files of a folder.
fn size(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    entries
        .map(
            |entry| {
                if entry.file_type().unwrap().is_dir() { size(&entry.path()) } else { entry.metadata().unwrap().len() }
            },
        )
        .sum()
}

fn table_of_sizes(made: &[Made], lang: &str) -> String {
    let head = match lang {
        "ja" => {
            "| 市区町村 | 進捗の記録 | TOML（MB） | 書き出し（秒） | メモリー（MB） | データセット（MB） | もう一度（秒） |"
        }
        _ => "| cities | updates | TOML, MB | export, s | memory, MB | dataset, MB | again, s |",
    };
    let row = |of: &Made| {
        let memory = of.peak.map_or_else(String::new, |kib| (kib * 1024 / 1_000_000).to_string());
        let (export, again) = (of.export.as_secs_f64(), of.again.as_secs_f64());
        let [source, bytes] = [of.source_bytes, of.bytes].map(|bytes| bytes as f64 / 1e6);
        format!("| {} | {} | {source:.1} | {export:.1} | {memory} | {bytes:.1} | {again:.1} |\n", of.cities, of.updates)
    };
    format!("{head}\n|--:|--:|--:|--:|--:|--:|--:|\n{}", made.iter().map(row).collect::<String>())
}

fn table_of_questions(questions: &[Asked], lang: &str) -> String {
    let head = match lang {
        "ja" => "| 問い | DuckDB（秒） | `kaikaku` だけで（秒） |",
        _ => "| question | DuckDB, s | by `kaikaku` alone, s |",
    };
    let row = |of: &Asked| {
        let title = if lang == "ja" { &of.ja } else { &of.en };
        format!("| {title} | {:.2} | {:.0} (`{}`) |\n", of.seconds, of.alone.as_secs_f64(), of.command)
    };
    format!("{head}\n|---|--:|--:|\n{}", questions.iter().map(row).collect::<String>())
}

/// A question that was asked.
struct Asked {
    en: String,
    ja: String,
    command: String,
    /// How long DuckDB took.
    seconds: f64,
    /// How long the command that is nearest to it takes for all cities.
    alone: Duration,
}

/// Asks each question of the documentation. Beside it stands how long the program itself takes for what is nearest to it, city
/// after city.
fn ask(of: &Made) -> Vec<Asked> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let python = std::env::var("KAIKAKU_PYTHON").unwrap_or_else(|_| {
        let own = root.join("target/dataset/python/bin/python");
        if own.exists() { own.to_string_lossy().into_owned() } else { "python3".to_owned() }
    });
    let told = Command::new(python).arg(root.join(".ci/dataset.d/ask.py")).arg(&of.dataset).output().unwrap();
    let why = String::from_utf8_lossy(&told.stderr);
    assert!(told.status.success(), "KAIKAKU_PYTHON must name a Python with duckdb: {why}");
    let alone = ["status", "kpi", "due", "log"].map(|command| (command, toml_alone(of, command)));
    let told: Vec<serde_json::Value> = serde_json::from_slice(&told.stdout).unwrap();
    let asked = told.into_iter().map(|one| {
        let text = |key: &str| one[key].as_str().unwrap().to_owned();
        let alone = alone.iter().find(|(command, _)| text("command") == *command).unwrap().1;
        let seconds = one["seconds"].as_f64().unwrap();
        Asked { en: text("en"), ja: text("ja"), command: text("command"), seconds, alone }
    });
    asked.collect()
}

/// How long a command takes for all cities, one process a city, as without a dataset: a sample of them, times as many.
fn toml_alone(of: &Made, command: &str) -> Duration {
    let sample = of.cities.min(40);
    let start = Instant::now();
    for n in 0..sample {
        let mut run = Command::new(env!("CARGO_BIN_EXE_kaikaku"));
        run.arg("-C").arg(of.plans.join(cities::code(n))).args([command, "--format", "json"]);
        let ended = run.env("KAIKAKU_TODAY", "2026-05-20").stdout(Stdio::null()).status().unwrap();
        assert!(matches!(ended.code(), Some(0 | 1)), "{command}: {ended}");
    }
    start.elapsed().mul_f64(of.cities as f64 / sample as f64)
}
