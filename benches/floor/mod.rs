//! The floor of loading: the same bytes, parsed by the same crate into plain structs on all cores, and nothing more.

use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::Deserialize;

#[derive(Debug, Deserialize)]
struct Records {
    #[serde(default)]
    update: Vec<Update>,
    #[serde(default)]
    measure: Vec<Actual>,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code, reason = "filled, never read")]
struct Update {
    period: String,
    recorded: toml::value::Datetime,
    rating: Rating,
    progress: u8,
    done: Option<String>,
    issue: Option<String>,
    next: Option<String>,
    by: String,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code, reason = "filled, never read")]
struct Rating {
    progress: String,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code, reason = "filled, never read")]
struct Actual {
    period: String,
    recorded: toml::value::Datetime,
    value: f64,
}

/// The files of a plan, listed before anything is timed.
pub fn files(plan: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(plan).unwrap() {
        let entry = entry.unwrap();
        let path = entry.path();
        if entry.file_type().unwrap().is_dir() { files.extend(self::files(&path)) } else { files.push(path) }
    }
    files.sort_unstable();
    files
}

/// Reads every file, parses it into structs, and lets go of them: how many blocks there are.
///
/// Keeping the structs would cost more, so this is the lowest floor.
pub fn parse(files: &[PathBuf]) -> usize {
    let blocks = |file: &PathBuf| {
        let text = fs::read_to_string(file).unwrap();
        if file.parent().is_some_and(|folder| folder.ends_with("records")) {
            let records: Records = toml::from_str(&text).unwrap();
            records.update.len() + records.measure.len()
        } else {
            toml::from_str::<toml::Table>(&text).unwrap().len()
        }
    };
    files.par_iter().map(blocks).sum()
}

/// What a process does that is a floor: it only lists the files of a plan, reads them too, or parses them by one of both parsers.
#[allow(dead_code, reason = "every benchmark uses a part of it")]
pub fn run(kind: &str, plan: &Path) {
    let files = files(plan);
    let read = |file: &PathBuf| fs::read_to_string(file).unwrap();
    let fast = |text: &str| kaikaku::tree::Memory::default().parse_plain(text).unwrap().iter().count();
    let count: usize = match kind {
        "list" => files.len(),
        "read" => files.par_iter().map(|file| read(file).len()).sum(),
        "fast" => files.par_iter().map(|file| fast(&read(file))).sum(),
        "tree" => files.par_iter().map(|file| toml::de::DeTable::parse(&read(file)).unwrap().get_ref().len()).sum(),
        _ => parse(&files),
    };
    assert!(count > 0);
}
