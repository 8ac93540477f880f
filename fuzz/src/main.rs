//! Feeds what comes from outside with inputs that nobody would write: `fuzz TARGET [SECONDS] [SEED]`.
//!
//! An input is one of the corpus (`fuzz/corpus/TARGET/`, and files of the repository), changed in a few places; of packed
//! files a part is changed and packed again. No input may panic, overflow, take longer than [`LONGEST`] or break a law of its
//! target. One that does is written to `fuzz/found/` and ends the run. It prints how many it ran.

mod dictionary;
mod mutate;
mod targets;

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::exit;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use mutate::{Random, Seed};
use targets::TARGETS;

/// No input may take longer.
const LONGEST: Duration = Duration::from_secs(10);

/// What is run at the moment, and since when.
static RUNNING: Mutex<Option<(Instant, Arc<Vec<u8>>)>> = Mutex::new(None);
static DONE: AtomicBool = AtomicBool::new(false);
static RUN: AtomicU64 = AtomicU64::new(0);

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let number = |at: usize, default: u64| args.get(at).and_then(|text| text.parse().ok()).unwrap_or(default);
    let target = args.first().and_then(|name| TARGETS.iter().find(|target| target.name == name));
    let Some(target) = target else {
        let names: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
        eprintln!("fuzz TARGET [SECONDS] [SEED], where TARGET is one of: {}", names.join(", "));
        exit(2);
    };
    // What is done side by side is done here: handing it to another thread takes longer than an input does.
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build_global();
    assert!(pool.is_ok(), "one thread does all: {pool:?}");
    if let Some(file) = args.get(1).filter(|text| Path::new(text).is_file()) {
        // An input that was found: its panic is shown as it is.
        return (target.run)(&fs::read(file).unwrap_or_default());
    }
    let (seconds, seed) = (number(1, 20), number(2, Instant::now().elapsed().subsec_nanos().into()));
    let seed = if args.len() > 2 { seed } else { seed ^ u64::from(std::process::id()) << 20 ^ now() };
    let corpus = corpus(target.name, target.seeds);
    let name = target.name;
    thread::spawn(move || watch(name));
    let end = Instant::now() + Duration::from_secs(seconds);
    let mut random = Random::new(seed);
    for input in &corpus {
        try_one(target, input.bytes.clone(), seed);
    }
    while Instant::now() < end {
        try_one(target, mutate::input(&corpus, target, &mut random), seed);
    }
    DONE.store(true, Ordering::Relaxed);
    println!("{name}: {} executions in {seconds} s, nothing found (seed {seed})", RUN.load(Ordering::Relaxed));
}

fn now() -> u64 {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |since| since.as_nanos() as u64)
}

fn try_one(target: &targets::Target, input: Vec<u8>, seed: u64) {
    let input = Arc::new(input);
    *RUNNING.lock().unwrap() = Some((Instant::now(), Arc::clone(&input)));
    let outcome = catch_unwind(AssertUnwindSafe(|| (target.run)(&input)));
    *RUNNING.lock().unwrap() = None;
    RUN.fetch_add(1, Ordering::Relaxed);
    if outcome.is_err() {
        found(target.name, &input, &format!("panicked (seed {seed})"));
    }
}

/// Ends the program when an input takes too long.
fn watch(name: &str) {
    while !DONE.load(Ordering::Relaxed) {
        thread::sleep(Duration::from_millis(200));
        let running = RUNNING.lock().unwrap();
        if let Some((_, input)) = running.as_ref().filter(|(since, _)| since.elapsed() > LONGEST) {
            found(name, input, &format!("took longer than {LONGEST:?}"));
        }
    }
}

fn found(name: &str, input: &[u8], what: &str) -> ! {
    let folder = root().join("fuzz/found");
    let file = folder.join(format!(
        "{name}-{:x}",
        input.iter().fold(0u64, |sum, byte| sum.wrapping_mul(31).wrapping_add(u64::from(*byte)))
    ));
    let kept = fs::create_dir_all(&folder).and_then(|()| fs::write(&file, input));
    eprintln!(
        "{name}: an input {what} after {} executions; it is kept as {} ({kept:?})",
        RUN.load(Ordering::Relaxed),
        file.display()
    );
    exit(1);
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map_or_else(PathBuf::new, Path::to_owned)
}

/// The inputs that are kept, in the order of their names, and files of the repository.
fn corpus(name: &str, seeds: &[&str]) -> Vec<Seed> {
    let folder = root().join("fuzz/corpus").join(name);
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    files.sort();
    files.extend(seeds.iter().map(|seed| root().join(seed)));
    let read = |file: &PathBuf| fs::read(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let corpus: Vec<Seed> = files.iter().map(|file| Seed::new(read(file))).collect();
    assert!(!corpus.is_empty(), "there is no corpus of {name}");
    corpus
}
