//! Loading a plan beside its floor: `cargo bench --bench load`.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark stops at the first trouble and prints")]

mod floor;
#[allow(dead_code, reason = "every benchmark uses a part of it")]
mod plans;
mod rounds;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use divan::Bencher;
use divan::counter::BytesCount;
use kaikaku::query::{AsOf, gap, status};
use kaikaku::source::{self, Loaded, Snapshot};
use plans::Size;
use rayon::prelude::*;
use rounds::{by_turns, keep};

const SIZES: [Size; 4] = [Size::new(1_000, 20), Size::new(10_000, 5), Size::new(10_000, 10), Size::new(10_000, 20)];

const INDICATORS: [Size; 2] = [Size::of_indicators(10_000, 10), Size::of_indicators(100_000, 10)];

fn main() {
    divan::main();
    if std::env::args().any(|arg| arg == "--bench") {
        SIZES.into_iter().for_each(compare);
        INDICATORS.into_iter().for_each(compare_gaps);
    }
}

/// The folder of a plan, written once a run.
fn plan(size: Size) -> PathBuf {
    static WRITTEN: Mutex<Vec<(Size, PathBuf)>> = Mutex::new(Vec::new());
    let mut written = WRITTEN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, folder)) = written.iter().find(|(known, _)| *known == size) {
        return folder.clone();
    }
    let folder = size.write();
    written.push((size, folder.clone()));
    folder
}

fn read(files: &[PathBuf]) -> Vec<String> {
    files.par_iter().map(|file| fs::read_to_string(file).unwrap()).collect()
}

fn load(folder: &Path) -> (Snapshot, Loaded) {
    let snapshot = Snapshot::of_folder(folder, folder.to_owned(), &|_| true);
    let loaded = source::load(&snapshot, "plan");
    assert!(loaded.findings.is_empty(), "{:?}", loaded.findings.first());
    (snapshot, loaded)
}

/// Loads the plan and rolls it up; the number of entries answered for.
fn load_and_ask(folder: &Path) -> (Snapshot, Loaded, usize) {
    let (snapshot, loaded) = load(folder);
    let plan = loaded.plan.as_ref().unwrap();
    let as_of = AsOf::parse("R7Q2", plan.head.cycle).unwrap();
    let question = status::Question::new(as_of, 0, 0);
    let nodes = status::status(plan, question).nodes.len();
    (snapshot, loaded, nodes)
}

/// Loads the plan and holds every indicator against its target; the number of verdicts.
fn load_and_judge(folder: &Path) -> (Snapshot, Loaded, usize) {
    let (snapshot, loaded) = load(folder);
    let plan = loaded.plan.as_ref().unwrap();
    let verdicts = gap::gaps(plan, AsOf::end_of(plan.head.to)).len();
    (snapshot, loaded, verdicts)
}

fn bytes(files: &[PathBuf]) -> BytesCount {
    BytesCount::new(files.iter().map(|file| file.metadata().unwrap().len()).sum::<u64>())
}

#[divan::bench(args = SIZES, sample_count = 7)]
fn a_read(bencher: Bencher, size: Size) {
    let files = floor::files(&plan(size));
    bencher.counter(bytes(&files)).bench(|| read(&files));
}

#[divan::bench(args = SIZES, sample_count = 7)]
fn b_read_and_parse_into_structs(bencher: Bencher, size: Size) {
    let files = floor::files(&plan(size));
    bencher.counter(bytes(&files)).bench(|| floor::parse(&files));
}

#[divan::bench(args = SIZES, sample_count = 7)]
fn c_read_and_parse_into_tables(bencher: Bencher, size: Size) {
    let files = floor::files(&plan(size));
    let keys = |text: &String| toml::de::DeTable::parse(text).unwrap().get_ref().len();
    bencher.counter(bytes(&files)).bench(|| read(&files).par_iter().map(keys).sum::<usize>());
}

#[divan::bench(args = SIZES, sample_count = 7)]
fn d_load(bencher: Bencher, size: Size) {
    let folder = plan(size);
    bencher.counter(bytes(&floor::files(&folder))).bench(|| load(&folder));
}

#[divan::bench(args = SIZES, sample_count = 7)]
fn e_load_and_status(bencher: Bencher, size: Size) {
    let folder = plan(size);
    bencher.counter(bytes(&floor::files(&folder))).bench(|| load_and_ask(&folder));
}

fn compare(size: Size) {
    let folder = plan(size);
    let files = floor::files(&folder);
    let [floor, load, asked] = by_turns(
        15,
        [&mut || keep(floor::parse(&files)), &mut || keep(load(&folder)), &mut || keep(load_and_ask(&folder))],
    );
    println!("{size}: floor {floor}");
    for (name, work) in [("load", load), ("load and status", asked)] {
        let (times, worked) = (work.over(floor), work.worked_over(floor));
        println!("{size}: {name} {work}, {times:.2} of the floor; the cores worked {worked:.2} of it");
    }
}

fn compare_gaps(size: Size) {
    let folder = plan(size);
    let files = floor::files(&folder);
    let [floor, load, judged] = by_turns(
        7,
        [&mut || keep(floor::parse(&files)), &mut || keep(load(&folder)), &mut || keep(load_and_judge(&folder))],
    );
    println!("{size}: floor {floor}");
    for (name, work) in [("load", load), ("load and gaps", judged)] {
        let (times, worked) = (work.over(floor), work.worked_over(floor));
        println!("{size}: {name} {work}, {times:.2} of the floor; the cores worked {worked:.2} of it");
    }
}
