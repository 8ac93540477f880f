//! What the pages show is what the commands say.

use std::collections::BTreeSet;
use std::fs;

use kaikaku::commands::cli;
use kaikaku::lang::Lang;

use crate::console::{matches, renewed};
use crate::links::between;
use crate::pages::{PAGES, WALKED, prose, root};

#[test]
fn every_command_says_what_its_page_shows() {
    assert!(WALKED.len() > 20, "{:?}", WALKED.keys());
    if std::env::var_os("KAIKAKU_BLESS").is_some() {
        for (page, walked) in WALKED.iter().filter(|(_, walked)| !walked.wrong.is_empty()) {
            fs::write(root().join(page), &walked.renewed).unwrap();
        }
        return;
    }
    let wrong: Vec<&str> = WALKED.values().flat_map(|walked| &walked.wrong).map(String::as_str).collect();
    assert!(wrong.is_empty(), "KAIKAKU_BLESS=1 renews these:\n\n{}", wrong.join("\n\n"));
}

#[test]
fn no_command_stands_where_it_is_not_run() {
    for (page, text) in PAGES.iter() {
        let mut language = None;
        for line in text.lines() {
            let fence = line.strip_prefix("```").or_else(|| line.strip_prefix("<!-- ").filter(|rest| *rest == "desk"));
            match fence.or((language == Some("desk") && line == "-->").then_some("")) {
                Some(_) if language.is_some() => language = None,
                Some(opened) => language = Some(opened),
                None => {
                    let typed = line.starts_with("$ ") || (language == Some("sh") && line.starts_with("kaikaku "));
                    assert!([Some("console"), Some("desk")].contains(&language) || !typed, "{page}: {line}");
                }
            }
        }
    }
}

#[test]
fn every_command_named_in_prose_is_there_with_its_options() {
    let mut command = cli::command(Lang::En);
    command.build();
    let longs = |command: &clap::Command| -> BTreeSet<String> {
        command.get_arguments().filter_map(|arg| Some(format!("--{}", arg.get_long()?))).collect()
    };
    for (page, text) in PAGES.iter() {
        for line in prose(text) {
            for code in between(line, "`kaikaku ", "`") {
                let mut words = code.split_whitespace().peekable();
                let mut place = &command;
                while let Some(inner) = words.peek().and_then(|word| place.find_subcommand(word)) {
                    place = inner;
                    words.next();
                }
                let rest: Vec<&str> = words.collect();
                let known = longs(place);
                // `kaikaku COMMAND --help`, `kaikaku コマンド`: any of them; `kaikaku reply.xlsx`: a file alone.
                let is_file = |word: &str| [".xlsx", ".docx", ".csv"].iter().any(|ending| word.ends_with(ending));
                let any = |word: &&str| is_file(word) || !word.bytes().any(|b| b.is_ascii_lowercase());
                let named = place.get_name() != command.get_name() || rest.first().is_none_or(any);
                assert!(named, "{page}: there is no `kaikaku {code}`");
                let options = rest.iter().filter(|word| word.starts_with("--"));
                let unknown: Vec<_> = options.filter(|word| !known.contains(word.split('=').next().unwrap())).collect();
                assert!(unknown.is_empty(), "{page}: `kaikaku {code}` has no {unknown:?}");
            }
        }
    }
}

#[test]
fn a_block_that_leaves_lines_out_is_renewed_around_them() {
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    let output = lines("title\na 2\nb 2\nc 2\nend");
    assert!(matches(&lines("title\n...\nend"), &output));
    assert!(matches(&lines("...\nb 2\n..."), &output));
    assert!(!matches(&lines("title\nend"), &output));
    assert!(!matches(&lines("title\n...\nc 2"), &output));
    assert_eq!(renewed(&lines("head\n...\nb 1\n...\nlast"), &output), lines("title\n...\nb 2\n...\nend"));
    assert_eq!(renewed(&lines("title"), &output), output);
}
