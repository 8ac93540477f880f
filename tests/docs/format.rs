//! `plan/README.md` tells the file format as it is: its examples are a plan, and every key that is read is told.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use kaikaku::finding::{Code, Page, excerpt};
use kaikaku::lang::Lang;
use kaikaku::plan::Subject;
use kaikaku::plan::period::{Parsed, Period};
use kaikaku::source::workspace::Workspace;
use kaikaku::source::{self, Snapshot};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn reference() -> String {
    fs::read_to_string(root().join("plan/README.md")).unwrap()
}

/// The ```toml blocks, by the file that their first line names.
fn examples() -> BTreeMap<String, String> {
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    let (text, mut file) = (reference(), None);
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line == "```toml" {
            let first = lines.next().unwrap();
            file = Some(first.strip_prefix("# ").expect("the first line names the file").to_owned());
        } else if line == "```" {
            file = None;
        } else if let Some(file) = &file {
            let text = files.entry(file.clone()).or_default();
            text.push_str(line);
            text.push('\n');
        }
    }
    files
}

#[test]
fn the_examples_are_a_plan_without_errors() {
    let place = tempfile::tempdir().unwrap();
    for (file, text) in examples() {
        let path = place.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let workspace = Workspace::find(None, place.path()).unwrap();
    assert_eq!(workspace.names, ["before", "reform"]);
    for name in [None, Some("before")] {
        let folder = workspace.plan(name).unwrap();
        let snapshot = Snapshot::of_folder(&folder.path, folder.shown, &|_| true);
        let loaded = source::check(&snapshot, &folder.name);
        let told: Vec<_> = loaded.findings.iter().filter(|f| f.code != Code::Unconfirmed).collect();
        let told: Vec<String> = told.into_iter().map(|f| excerpt(f, &snapshot, Lang::En, Page::default())).collect();
        assert!(told.is_empty(), "{}", told.join("\n\n"));
        let plan = loaded.plan.unwrap();
        if plan.folder == "reform".into() {
            assert_eq!((plan.entries.len(), plan.indicators.len()), (4, 10));
            let Some(Subject::Entry(entry)) = plan.find("1-3") else { panic!("a former id") };
            assert_eq!(plan.entries[entry].updates.len(), 4);
            let Some(Subject::Indicator(place)) = plan.find("satisfaction") else { panic!("an indicator") };
            assert_eq!(plan.indicators[place].measures.len(), 2);
            assert_eq!((plan.papers.len(), plan.papers[0].sections.len(), plan.answers.len()), (3, 3, 1));
        }
    }
}

/// Every key that the sources ask for by name: `fields.text("name")`, `choice(fields, "lang", …)`.
fn keys_read() -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for entry in fs::read_dir(root().join("src/source")).unwrap() {
        let path = entry.unwrap().path();
        let reads = [
            "head",
            "indicators",
            "inquiries",
            "judging",
            "outline",
            "papers",
            "records",
            "registers",
            "road",
            "scales",
            "values",
            "fields",
            "closed",
        ];
        if path.is_dir() || !reads.contains(&path.file_stem().unwrap().to_str().unwrap()) {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let parts: Vec<&str> = text.split('"').collect();
        for pair in parts.windows(2) {
            let asked = [".need(", "fields, ", "table, ", "(t, "].iter().any(|end| pair[0].ends_with(end))
                || pair[0].rsplit_once('.').is_some_and(|(_, call)| METHODS.contains(&call));
            if asked && pair[1].bytes().all(|b| b.is_ascii_lowercase()) {
                keys.insert(pair[1].to_owned());
            }
        }
    }
    keys
}

const METHODS: [&str; 15] = [
    "get(",
    "need(",
    "need_text(",
    "need_period(",
    "text(",
    "texts(",
    "boxed(",
    "boxed_all(",
    "flag(",
    "table(",
    "tables(",
    "period(",
    "date(",
    "number(",
    "whole(",
];

#[test]
fn every_key_that_is_read_is_told_and_shown() {
    let keys = keys_read();
    assert!(keys.len() > 60, "{keys:?}");
    let text = reference();
    let tables: String = text.lines().filter(|line| line.starts_with('|')).collect();
    let examples: String = examples().into_values().collect();
    let told = |key: &str| tables.contains(&format!("`{key}`")) || tables.contains(&format!("`[[{key}]]`"));
    let untold: Vec<&String> = keys.iter().filter(|key| !told(key)).collect();
    assert!(untold.is_empty(), "no table tells of {untold:?}");
    let shown = |key: &str| {
        let words = examples.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).any(|word| word == key);
        words && (examples.contains(&format!("{key} ")) || examples.contains(&format!("{key}]")))
    };
    let unshown: Vec<&String> = keys.iter().filter(|key| !shown(key)).collect();
    assert!(unshown.is_empty(), "no example shows {unshown:?}");
}

#[test]
fn every_form_of_a_period_is_understood_as_it_is_told() {
    let mut rows = 0;
    for line in reference().lines().filter(|line| line.starts_with("| `R7")) {
        let mut cells = line.trim_matches('|').split('|').map(str::trim);
        let short = cells.next().unwrap().trim_matches('`').to_owned();
        let wanted = Period::parse(&short).unwrap().period;
        assert_eq!(wanted.short(), short);
        for form in cells.next_back().unwrap().split(", ").map(|form| form.trim_matches('`')) {
            let Parsed { period, .. } = Period::parse(form).unwrap_or_else(|e| panic!("{form}: {e:?}"));
            let other_year = ["令和元年度", "H31"].contains(&form);
            assert_eq!(period == wanted, !other_year, "{form}");
        }
        rows += 1;
    }
    assert_eq!(rows, 5);
    assert!(Period::parse("令和7年").is_err());
}
