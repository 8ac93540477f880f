//! What stands in English stands in Japanese, in the same places.

use crate::console::steps;
use crate::pages::{PAGES, pairs, prose};

#[test]
fn both_languages_have_the_same() {
    let pairs = pairs();
    let english = PAGES.keys().filter(|page| page.starts_with("docs/en/")).count();
    let japanese = PAGES.keys().filter(|page| page.starts_with("docs/ja/")).count();
    assert_eq!(english, japanese, "a page stands in one language alone");
    for (page, other) in pairs {
        let texts = [PAGES.get(&page).unwrap_or_else(|| panic!("{page} is missing")), &PAGES[other]];
        let texts = texts.map(|text| without_layers(text));
        let [english, japanese] = texts.each_ref().map(|text| commands(text));
        assert_eq!(english, japanese, "{page}: commands");
        let [english, japanese] = texts.each_ref().map(|text| headings(text));
        assert_eq!(english, japanese, "{page}: headings");
        let [english, japanese] = texts.each_ref().map(|text| prose(text).filter(|line| line.starts_with('|')).count());
        assert_eq!(english, japanese, "{page}: rows of tables");
        let [english, japanese] = texts.each_ref().map(|text| links(text));
        assert_eq!(english, japanese, "{page}: links");
    }
}

/// A page without the table of layers, which stands in the English one alone.
fn without_layers(text: &str) -> String {
    let (before, rest) = text.split_once("<!-- layers -->").unwrap_or((text, ""));
    format!("{before}{}", rest.split_once("<!-- /layers -->").map_or("", |(_, after)| after))
}

/// The commands of a page, as if it were read in no language of its own.
fn commands(text: &str) -> Vec<(String, bool)> {
    let neutral = |command: String| if command.starts_with("export KAIKAKU_LANG=") { "…".into() } else { command };
    steps(text).into_iter().map(|step| (neutral(step.command), step.hidden)).collect()
}

/// The level of every heading.
fn headings(text: &str) -> Vec<usize> {
    let level = |line: &str| line.chars().take_while(|c| *c == '#').count();
    prose(text).map(level).filter(|level| *level > 0).collect()
}

/// The pages that a page leads to, in order of their names, as if they had no language.
fn links(text: &str) -> Vec<String> {
    let text: String = prose(text).collect();
    let files = crate::links::between(&text, "](", ")").into_iter().map(|link| link.split('#').next().unwrap());
    let neutral = |file: &str| file.replace(".ja.", ".").replace("/ja/", "/en/").replace("導入", "install");
    let mut all: Vec<String> = files.map(neutral).filter(|file| !file.is_empty()).collect();
    all.sort();
    all.dedup();
    all
}

#[test]
fn a_readme_fits_on_three_screens_and_begins_with_the_two_commands() {
    for page in ["README.md", "README.ja.md"] {
        let lines: Vec<&str> = PAGES[page].lines().collect();
        assert!(lines.len() <= 150, "{page} has {} lines", lines.len());
        assert_eq!(lines[2..6], ["```sh", "cargo run --release -- status", "cargo test", "```"], "{page}");
    }
}
