//! The glossary in `src/lib.rs` is complete and names what there is. (`cargo doc` follows its links.)

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

fn read(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

/// The cells of every row, in the order 日本語, type, key.
fn rows(text: &str) -> Vec<Vec<&str>> {
    let rows = text.lines().filter_map(|line| line.strip_prefix("//! | ")).filter(|row| !row.starts_with("日本語 |"));
    rows.map(|row| row.trim_end_matches('|').split(" | ").map(str::trim).collect()).collect()
}

/// What stands between backticks.
fn code(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('`').skip(1).step_by(2)
}

#[test]
fn every_type_of_the_model_is_told() {
    let text = read("src/lib.rs");
    let told: BTreeSet<&str> = rows(&text).iter().flat_map(|row| code(row[1]).collect::<Vec<_>>()).collect();
    // Marks of reading that no one speaks of.
    let inner = ["Subject", "Parsed", "Overrun", "PeriodError", "BadId"];
    let files = [
        "plan",
        "plan/closing",
        "plan/entry",
        "plan/era",
        "plan/id",
        "plan/indicator",
        "plan/inquiry",
        "plan/judging",
        "plan/owner",
        "plan/paper",
        "plan/period",
        "plan/period/year",
        "plan/road",
        "plan/scale",
        "plan/source",
        "plan/value",
    ];
    for file in files {
        let source = read(&format!("src/{file}.rs"));
        let types = source.lines().filter_map(|line| {
            let rest = line.strip_prefix("pub struct ").or_else(|| line.strip_prefix("pub enum "))?;
            rest.split(|c: char| !c.is_alphanumeric()).next()
        });
        let missing: Vec<&str> = types.filter(|name| !told.contains(name) && !inner.contains(name)).collect();
        assert!(missing.is_empty(), "the glossary does not tell of {missing:?} in {file}");
    }
}

#[test]
fn every_key_is_one_of_the_files_or_of_json() {
    let text = read("src/lib.rs");
    let (reference, json) = (read("plan/README.md"), read("docs/en/reference/json.md"));
    for row in rows(&text) {
        for key in code(row[2]) {
            let told = format!("`{key}`");
            let in_files = [told.clone(), format!("`[[{key}]]`"), format!("/{key}`"), format!("## {key}")];
            let named = in_files.iter().any(|form| reference.contains(form.as_str())) || json.contains(&told);
            assert!(named || key.starts_with('['), "{key}");
        }
    }
}
