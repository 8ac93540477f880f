//! The reference leaves nothing out.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use kaikaku::commands::cli;
use kaikaku::lang::Lang;

use crate::pages::{PAGES, root};

const LANGUAGES: [&str; 2] = ["docs/en/", "docs/ja/"];

#[test]
fn every_command_option_and_setting_is_documented() {
    let mut command = cli::command(Lang::En);
    command.build();
    let subcommands: Vec<_> = command.get_subcommands().collect();
    let deeper = subcommands.iter().flat_map(|c| c.get_subcommands());
    let names = subcommands.iter().map(|c| format!("kaikaku {}", c.get_name()));
    let all = subcommands.iter().copied().chain(deeper).flat_map(|c| c.get_arguments()).chain(command.get_arguments());
    let (mut options, mut settings) = (BTreeSet::new(), BTreeSet::new());
    for arg in all {
        options.extend(arg.get_long().map(|long| format!("--{long}")));
        settings.extend(arg.get_env().map(|env| env.to_string_lossy().into_owned()));
    }
    assert!(settings.len() >= 6);
    settings.extend(settings_in(&root().join("src")));
    let wanted: Vec<String> = names.chain(options).chain(settings).collect();
    for folder in LANGUAGES {
        let pages = PAGES.iter().filter(|(page, _)| page.starts_with(folder));
        let text: String = pages.map(|(_, text)| text.as_str()).collect();
        let named = |word: &str| ["`", ", ", "# "].iter().any(|before| text.contains(&format!("{before}{word}")));
        let missing: Vec<&String> = wanted.iter().filter(|word| !named(word)).collect();
        assert!(missing.is_empty(), "{folder} lacks {missing:?}");
    }
}

/// Every environment variable that the sources read by name.
fn settings_in(folder: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            found.extend(settings_in(&path));
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let named = text.split('"').filter(|word| word.starts_with("KAIKAKU_") || *word == "NO_COLOR");
        // What renews a schema is a setting of the tests, not of the program.
        found.extend(named.filter(|word| !word.contains(' ') && *word != "KAIKAKU_BLESS").map(str::to_owned));
    }
    found
}

#[test]
fn every_key_of_json_is_documented() {
    let mut keys = BTreeSet::new();
    for arguments in [
        "status --plan example --as-of R8Q2",
        "status --plan stage3",
        "kpi --plan example --as-of R8Q2",
        "kpi --plan growth-policy",
        "check --plan 2027",
        "show --plan 2027",
        "show 2-1-1 --plan example",
        "show future-burden-ratio --plan example",
        "log --plan example",
        "due --plan example",
        "due --plan example --letter",
        "due --plan growth-policy",
        "roadmap --plan example",
        "diff tests/diff/before tests/diff/after",
        "report council --plan example --period R8Q2",
        "report questions --plan example --period R8Q2",
        "plans",
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_kaikaku"))
            .args(arguments.split(' ').chain(["--format", "json"]))
            .current_dir(root())
            .env("KAIKAKU_TODAY", "2026-11-21")
            .output()
            .unwrap();
        collect(&serde_json::from_slice(&output.stdout).unwrap(), &mut keys);
    }
    for folder in LANGUAGES {
        let text = &PAGES[&format!("{folder}reference/json.md")];
        let missing: Vec<&String> = keys.iter().filter(|key| !text.contains(&format!("`{key}`"))).collect();
        assert!(missing.is_empty(), "{folder} lacks {missing:?}");
    }
}

/// The keys of a document; those that are data (ids of grades and scales) aside.
fn collect(value: &serde_json::Value, keys: &mut BTreeSet<String>) {
    match value {
        serde_json::Value::Object(map) => {
            for (key, inner) in map {
                keys.insert(key.clone());
                if !["counts", "composites", "shares", "rating", "old", "new", "before"].contains(&key.as_str()) {
                    collect(inner, keys);
                }
            }
        }
        serde_json::Value::Array(all) => all.iter().for_each(|inner| collect(inner, keys)),
        _ => {}
    }
}
