//! The terms of `docs/STYLE.md` are those of the code: types, keys, and the words that users see.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use kaikaku::text::terms;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap()
}

/// A row of the table of terms.
struct Row {
    ja: String,
    en: String,
    types: Vec<String>,
    keys: Vec<String>,
}

impl Row {
    /// The Japanese word without the meaning in brackets.
    fn word(&self) -> &str {
        self.ja.split('（').next().unwrap()
    }
}

/// Returns what stands between backticks.
fn code(cell: &str) -> Vec<String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

fn rows() -> Vec<Row> {
    let text = read("docs/STYLE.md");
    let lines = text.split("\n## Terms\n").nth(1).unwrap().lines();
    let lines = lines.filter_map(|line| line.strip_prefix("| ")).filter(|row| !row.starts_with("日本語 |"));
    let row = |line: &str| {
        let cells: Vec<&str> = line.trim_end_matches('|').split('|').map(str::trim).collect();
        Row { ja: cells[0].into(), en: cells[1].into(), types: code(cells[2]), keys: code(cells[3]) }
    };
    lines.map(row).collect()
}

/// Returns the files below a folder whose name ends so.
fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.to_string_lossy().ends_with(ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// Returns the text of a module: its own file and those below it.
fn module(path: &[&str]) -> String {
    let path = format!("src/{}", path.join("/"));
    let below = if root().join(&path).is_dir() { files(&path, ".rs") } else { Vec::new() };
    let below = below.iter().map(|file| fs::read_to_string(file).unwrap());
    std::iter::once(read(&format!("{path}.rs"))).chain(below).collect()
}

fn has_word(text: &str, word: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').any(|found| found == word)
}

#[test]
fn every_type_is_defined() {
    for row in rows() {
        for name in &row.types {
            let parts: Vec<&str> = name.split("::").collect();
            let at = parts.iter().position(|part| part.starts_with(char::is_uppercase)).unwrap();
            let text = module(&parts[..at]);
            let defined = ["struct", "enum", "type"].iter().any(|kind| {
                text.split(&format!("{kind} {}", parts[at]))
                    .skip(1)
                    .any(|rest| !rest.starts_with(char::is_alphanumeric))
            });
            assert!(defined, "{}: there is no type {name}", row.ja);
            assert!(parts[at + 1..].iter().all(|part| has_word(&text, part)), "{}: there is no {name}", row.ja);
        }
    }
}

#[test]
fn every_type_of_the_model_has_a_term() {
    let rows = rows();
    let named: BTreeSet<&str> = rows.iter().flat_map(|row| &row.types).flat_map(|name| name.split("::")).collect();
    // What parsing uses, and nobody speaks of.
    let inner = ["Subject", "Parsed", "Overrun", "PeriodError", "BadId", "OwnerNames"];
    for file in files("src/plan", ".rs").into_iter().chain([root().join("src/plan.rs")]) {
        let source = fs::read_to_string(&file).unwrap();
        let types = source.lines().filter_map(|line| {
            let rest = line.strip_prefix("pub struct ").or_else(|| line.strip_prefix("pub enum "))?;
            rest.split(|c: char| !c.is_alphanumeric()).next()
        });
        let missing: Vec<&str> = types.filter(|name| !named.contains(name) && !inner.contains(name)).collect();
        assert!(missing.is_empty(), "no term for {missing:?} of {}", file.display());
    }
}

#[test]
fn every_key_is_one_of_the_files_or_of_json() {
    let sources = files("src", ".rs").into_iter().chain(files("docs/reference/schema", ".json"));
    let text: String = sources.map(|file| fs::read_to_string(file).unwrap()).collect();
    for row in rows() {
        for key in &row.keys {
            assert!(key.ends_with(".toml") || text.contains(&format!("\"{key}\"")), "{}: no key {key}", row.ja);
        }
    }
}

#[test]
fn every_term_of_the_code_is_in_the_table_in_its_order() {
    let rows = rows();
    let mut left = rows.iter();
    for term in terms::ALL {
        let found = left.any(|row| row.word() == term.ja && row.en == term.en);
        assert!(found, "{} ({}) is not in the table, or not in its order", term.ja, term.en);
    }
}

/// Returns the literals of Rust source, with where each begins and ends.
fn literals(text: &str) -> Vec<(usize, usize, &str)> {
    let bytes = text.as_bytes();
    let (mut found, mut at) = (Vec::new(), 0);
    while at < bytes.len() {
        match bytes[at] {
            b'/' if bytes.get(at + 1) == Some(&b'/') => at += text[at..].find('\n').unwrap_or(text.len() - at),
            b'\'' if bytes.get(at + 1) == Some(&b'\\') => at += 3 + text[at + 3..].find('\'').unwrap(),
            b'\'' if bytes.get(at + 2) == Some(&b'\'') => at += 3,
            b'r' if text[at..].starts_with("r#\"") => at += 3 + text[at + 3..].find("\"#").unwrap() + 2,
            b'"' => {
                let begin = at + 1;
                at = begin;
                while bytes[at] != b'"' {
                    at += 1 + usize::from(bytes[at] == b'\\');
                }
                found.push((begin, at, &text[begin..at]));
                at += 1;
            }
            _ => at += 1,
        }
    }
    found
}

/// Returns the pairs of a Japanese text and the English one behind it.
fn pairs(text: &str) -> Vec<(&str, &str)> {
    let literals = literals(text);
    let between = |a: usize, b: usize| text[a + 1..b - 1].split_whitespace().collect::<String>() == ",";
    let japanese = |text: &str| text.chars().any(|c| ('\u{3000}'..'\u{a000}').contains(&c));
    let all = literals.windows(2).filter(|two| between(two[0].1, two[1].0)).map(|two| (two[0].2, two[1].2));
    all.filter(|(ja, en)| japanese(ja) && !japanese(en)).collect()
}

#[test]
fn every_label_is_worded_as_its_term() {
    let rows = rows();
    let mut words: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for row in &rows {
        words.entry(row.word()).or_default().push(&row.en);
    }
    let mut drifted = Vec::new();
    for file in files("src", ".rs") {
        let text = fs::read_to_string(&file).unwrap();
        for (ja, en) in pairs(&text) {
            let Some(terms) = words.get(ja) else { continue };
            // A mark is no wording.
            if !en.contains(char::is_alphabetic) {
                continue;
            }
            let plain = en.trim().to_lowercase();
            let plain = ["the ", "a ", "an "].iter().find_map(|article| plain.strip_prefix(article)).unwrap_or(&plain);
            let same = |term: &&str| plain == term.to_lowercase() || plain == format!("{}s", term.to_lowercase());
            if !terms.iter().any(same) {
                drifted.push(format!("{}: {ja} is called `{en}`, not {terms:?}", file.display()));
            }
        }
    }
    assert!(drifted.is_empty(), "{}", drifted.join("\n"));
}

#[test]
fn reports_take_every_term_from_one_place() {
    // Papers that were handed out have these words in their last line; `verify` reads them back whatever a term becomes.
    let kept = ("src/report/named.rs", ["進捗状況", "所管課", "階層", "進捗区分", "評価者", "年度", "期間", "版"]);
    let files = files("src/report", ".rs").into_iter().chain(files("src/wording", ".rs"));
    let mut copies = Vec::new();
    for file in files.chain(["src/report.rs", "src/wording.rs"].map(|name| root().join(name))) {
        for (ja, en) in pairs(&fs::read_to_string(&file).unwrap()) {
            let is_kept = file.ends_with(kept.0) && kept.1.contains(&ja);
            let term = terms::ALL.iter().find(|term| term.ja == ja && [term.title, term.en].contains(&en));
            if let Some(term) = term.filter(|_| !is_kept) {
                copies.push(format!("{}: {ja} is written out; take `terms` ({})", file.display(), term.title));
            }
        }
    }
    assert!(copies.is_empty(), "{}", copies.join("\n"));
}

#[test]
fn a_drifted_label_is_found() {
    let text = "f(lang.pick(\"期限\", \"Term\"), // \"注\", \"Note\"\n    '\"', &[\"番号\", \"名称\"], say!(\n \"所管課\",\n \"owner\"))";
    assert_eq!(pairs(text), [("期限", "Term"), ("所管課", "owner")]);
}
