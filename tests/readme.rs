//! The READMEs say what is true: their commands are run and their outputs compared. `KAIKAKU_BLESS=1 cargo test --test
//! readme` writes the outputs anew.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a helper of tests may fail as a test does")]

mod console;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use console::{Desk, Step, matches, renewed, steps};
use kaikaku::cli;
use kaikaku::lang::Lang;

const READMES: [(&str, &str); 2] = [("README.md", "C"), ("README.ja.md", "ja_JP.UTF-8")];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap()
}

/// Runs every command of a README; the wrong outputs, or what the README would say with the right ones.
fn walk(name: &str, locale: &str) -> (String, Vec<String>, Desk) {
    let text = read(name);
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let mut desk = Desk::new(locale);
    let (mut wrong, mut changes) = (Vec::new(), Vec::new());
    for Step { command, shown, lines } in steps(&text) {
        let mut said: Vec<String> = desk.run(&command).lines().map(str::to_owned).collect();
        while said.last().is_some_and(String::is_empty) {
            said.pop();
        }
        if !matches(&shown, &said) {
            let (at, said_text) = (lines.start, said.join("\n"));
            wrong.push(format!("{name}:{at}: $ {command}\n{said_text}"));
            changes.push((lines, renewed(&shown, &said)));
        }
    }
    for (place, new) in changes.into_iter().rev() {
        lines.splice(place, new);
    }
    (lines.join("\n") + "\n", wrong, desk)
}

#[test]
fn every_command_says_what_the_readme_shows() {
    let mut all_wrong = Vec::new();
    for (name, locale) in READMES {
        let (renewed, wrong, _) = walk(name, locale);
        if std::env::var_os("KAIKAKU_BLESS").is_some() {
            fs::write(root().join(name), renewed).unwrap();
        } else {
            all_wrong.extend(wrong);
        }
    }
    assert!(all_wrong.is_empty(), "KAIKAKU_BLESS=1 renews these:\n\n{}", all_wrong.join("\n\n"));
}

/// The lines of a document outside its code blocks.
fn prose(text: &str) -> impl Iterator<Item = &str> {
    let mut inside = false;
    text.lines().filter(move |line| {
        let fence = line.starts_with("```");
        inside ^= fence;
        !inside && !fence
    })
}

#[test]
fn both_languages_tell_the_same() {
    let [english, japanese] = READMES.map(|(name, _)| read(name));
    let commands = |text: &str| -> Vec<String> {
        let language =
            |command: String| if command.starts_with("export KAIKAKU_LANG=") { "…".into() } else { command };
        steps(text).into_iter().map(|step| language(step.command)).collect()
    };
    assert_eq!(commands(&english), commands(&japanese));
    let shape = |text: &str| -> Vec<usize> {
        let level = |line: &str| line.chars().take_while(|c| *c == '#').count();
        prose(text).map(level).filter(|level| *level > 0).collect()
    };
    assert_eq!(shape(&english), shape(&japanese), "headings");
    let rows = |text: &str| prose(text).filter(|line| line.starts_with('|')).count();
    assert_eq!(rows(&english), rows(&japanese), "rows of tables");
    for text in [english, japanese] {
        let first: Vec<&str> = text.lines().take(6).collect();
        assert_eq!(&first[2..], ["```sh", "cargo run --release -- status", "cargo test", "```"]);
    }
}

/// `text` between `open` and `close`, each time it occurs.
fn between<'t>(text: &'t str, open: &str, close: &str) -> Vec<&'t str> {
    text.split(open).skip(1).filter_map(|rest| rest.split_once(close)).map(|(inner, _)| inner).collect()
}

#[test]
fn every_link_leads_somewhere_and_every_file_named_is_there() {
    for (name, locale) in READMES {
        let (_, _, desk) = walk(name, locale);
        let text: String = prose(&read(name)).collect::<Vec<_>>().join("\n");
        for link in between(&text, "](", ")").into_iter().filter(|link| !link.contains("://")) {
            let (path, heading) = link.split_once('#').unwrap_or((link, ""));
            let target = if path.is_empty() { name } else { path };
            assert!(root().join(target).exists(), "{name}: {link}");
            assert!(heading.is_empty() || slugs(&read(target)).contains(heading), "{name}: {link}");
        }
        let folders = ["src/", "plan/", "tests/", ".ci/"];
        for file in between(&text, "`", "`").into_iter().filter(|code| folders.iter().any(|f| code.starts_with(f))) {
            let pattern = file.contains(['<', '*', '…', ' ']);
            assert!(pattern || root().join(file).exists() || desk.has(file), "{name}: {file}");
        }
    }
}

/// The anchors of a document's headings, as repository hosts make them.
fn slugs(text: &str) -> BTreeSet<String> {
    let headings = prose(text).filter(|line| line.starts_with('#')).map(|line| line.trim_start_matches('#').trim());
    let slug = |heading: &str| {
        let kept = heading.chars().filter(|c| c.is_alphanumeric() || *c == ' ' || *c == '-');
        kept.collect::<String>().to_lowercase().replace(' ', "-")
    };
    headings.map(slug).collect()
}

#[test]
fn every_command_option_and_setting_is_told() {
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
    for (name, _) in READMES {
        let text = read(name);
        let missing: Vec<&String> = wanted.iter().filter(|word| !text.contains(&format!("`{word}"))).collect();
        assert!(missing.is_empty(), "{name} does not tell of {missing:?}");
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
        found.extend(named.filter(|word| !word.contains(' ')).map(str::to_owned));
    }
    found
}

#[test]
fn every_key_of_json_is_told() {
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
    for (name, _) in READMES {
        let text = read(name);
        let missing: Vec<&String> = keys.iter().filter(|key| !text.contains(&format!("`{key}`"))).collect();
        assert!(missing.is_empty(), "{name} does not tell of {missing:?}");
    }
}

/// The keys of a document; those that are data (ids of grades and scales) aside.
fn collect(value: &serde_json::Value, keys: &mut BTreeSet<String>) {
    match value {
        serde_json::Value::Object(map) => {
            for (key, inner) in map {
                keys.insert(key.clone());
                if !["counts", "composites", "rating", "old", "new", "before"].contains(&key.as_str()) {
                    collect(inner, keys);
                }
            }
        }
        serde_json::Value::Array(all) => all.iter().for_each(|inner| collect(inner, keys)),
        _ => {}
    }
}

#[test]
fn a_block_that_leaves_lines_out_is_renewed_around_them() {
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    let said = lines("title\na 2\nb 2\nc 2\nend");
    assert!(matches(&lines("title\n...\nend"), &said));
    assert!(matches(&lines("...\nb 2\n..."), &said));
    assert!(!matches(&lines("title\nend"), &said));
    assert!(!matches(&lines("title\n...\nc 2"), &said));
    assert_eq!(renewed(&lines("head\n...\nb 1\n...\nlast"), &said), lines("title\n...\nb 2\n...\nend"));
    assert_eq!(renewed(&lines("title"), &said), said);
}

#[test]
fn paths_of_this_machine_are_not_told() {
    let pages: [PathBuf; 4] = ["README.md", "README.ja.md", "plan/README.md", "CHANGELOG.md"].map(|p| root().join(p));
    for page in pages {
        let text = fs::read_to_string(&page).unwrap();
        assert!(!text.contains(root().to_str().unwrap()), "{}", page.display());
    }
}
