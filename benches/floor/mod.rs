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
