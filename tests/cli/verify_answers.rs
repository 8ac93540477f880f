//! `kaikaku verify` of what the other commands write: which paper it is, about which period, what was asked and in which
//! language it finds out by itself, on any day.

use std::collections::BTreeMap;

use crate::support::{Desk, Ran};
use crate::verify::{found_in, listed};

/// What the commands are asked, by the name of the file.
const ANSWERS: [(&str, &str); 24] = [
    ("status", "status"),
    ("status-end", "status --as-of R8Q2 --against R7Q4"),
    ("status-under", "status --under 1-1"),
    ("status-owner", "status --owner 人事課 --attention"),
    ("status-tree", "status --tree"),
    ("status-by", "status --by bureau"),
    ("status-level", "status --level 施策"),
    ("status-rating", "status --rating やや遅れ"),
    ("status-unreported", "status --rating 未報告"),
    ("kpi", "kpi --chart"),
    ("kpi-year", "kpi --year R7 --against R6"),
    ("kpi-year-day", "kpi --year R7 --as-of R8.5.1"),
    ("kpi-under", "kpi --under 1-1"),
    ("kpi-indicator", "kpi --under counter-satisfaction"),
    ("kpi-columns", "kpi --columns 実績値,判定"),
    ("kpi-counts", "kpi --counts"),
    ("kpi-sums", "kpi --sums"),
    ("due", "due"),
    ("due-owner", "due --owner 人事課"),
    ("letter", "due --letter --by 12月4日"),
    ("roadmap", "roadmap --as-of 2026-10-09"),
    ("roadmap-under", "roadmap 1-1"),
    ("errata", "errata R8Q1"),
    ("council", "report council --period R8Q2 --as-of R8.10.9"),
];
const FORMATS: [&str; 4] = ["docx", "xlsx", "html", "md"];

/// The made-up city with a period that was closed before one of its figures changed.
fn desk() -> Desk {
    let desk = Desk::copied();
    assert_eq!(desk.run("close R8Q1 --plan example").code, 0);
    let records = desk.text("plan/example/records/1-1-2.toml");
    assert!(records.contains("\"on-track\""));
    desk.write("plan/example/records/1-1-2.toml", records.replace("\"on-track\"", "\"delayed\""));
    desk
}

fn write(desk: &Desk, name: &str, asked: &str, lang: &str) {
    let line = format!("{asked} --plan example --lang {lang}");
    let files = FORMATS.map(|format| format!("{name}.{lang}.{format}"));
    let files = files.iter().flat_map(|file| ["-o", file]);
    let ran = desk.call(&line.split_whitespace().chain(files).collect::<Vec<_>>());
    // Something is overdue, or differs from what was published.
    assert!(ran.code < 2, "{asked}: {ran:?}");
}

/// A month later and in the other language, as whoever is handed the file would.
fn verified(desk: &Desk, files: &[&str]) -> Ran {
    let env = [("KAIKAKU_TODAY", "2026-12-24"), ("KAIKAKU_AS_OF", "R7Q4"), ("KAIKAKU_LANG", "en")];
    desk.with_env(&env, &[&["verify"], files].concat())
}

#[test]
fn every_answer_agrees_with_the_record_in_every_format_and_language() {
    let desk = desk();
    for (name, asked) in ANSWERS {
        for lang in ["ja", "en"] {
            write(&desk, name, asked, lang);
            let files = FORMATS.map(|format| format!("{name}.{lang}.{format}"));
            let ran = verified(&desk, &files.each_ref().map(String::as_str));
            let agree = ran.out().matches("All agree").count();
            assert!(ran.code == 0 && agree == FORMATS.len(), "{asked} {lang}: {} {}", ran.out(), ran.err);
        }
    }
}

#[test]
fn a_figure_that_is_no_longer_what_the_record_says_is_found_in_every_answer() {
    let desk = desk();
    for (name, asked, old, new, expected) in [
        ("status", "status", "2,653件（R7）", "2,654件（R7）", "2654件/2653件"),
        ("kpi", "kpi", "81.9％（R7）", "82.9％（R7）", "82.9%/81.9%"),
        ("due", "due", "人事課", "財政課", "財政課/人事課"),
        ("letter", "due --letter --by 12月4日", "令和8年12月4日", "令和8年12月14日", "14日/4日"),
    ] {
        write(&desk, name, asked, "ja");
        let text = desk.text(&format!("{name}.ja.md"));
        assert!(text.contains(old), "{name}: {text}");
        desk.write("edited.md", text.replacen(old, new, 1));
        assert_eq!(listed(&found_in(&desk, "edited.md")), expected, "{name}");
    }
}

/// What was committed is read from the commit, whatever the files say since; what was not, from the files.
#[test]
fn an_answer_is_held_against_the_record_that_it_was_written_from() {
    let desk = desk();
    desk.commit("2026-11-21T09:00:00+0900", "first");
    for (name, asked) in [("now", "status"), ("then", "status --rev HEAD"), ("errata", "errata R8Q1")] {
        write(&desk, name, asked, "ja");
    }
    assert!(desk.text("then.ja.md").contains("版：HEAD（"), "{}", desk.text("then.ja.md"));
    let records = desk.text("plan/example/records/1-1-2.toml");
    desk.write("plan/example/records/1-1-2.toml", records.replace("\"delayed\"", "\"on-track\""));
    write(&desk, "changed", "status", "ja");
    for file in ["now", "then", "errata", "changed"] {
        for format in FORMATS {
            let ran = verified(&desk, &[&format!("{file}.ja.{format}")]);
            assert_eq!(ran.code, 0, "{file} {format}: {ran:?}");
        }
    }
    desk.commit("2026-11-22T09:00:00+0900", "second");
    assert_eq!(verified(&desk, &["now.ja.md"]).code, 0);
    desk.write("plan/example/records/1-1-2.toml", records.replace("\"delayed\"", "\"ahead\""));
    assert_eq!(verified(&desk, &["changed.ja.md"]).code, 1, "it names files that nobody can read any more");
}

/// A line that was edited is refused, and nothing that it says is done.
#[test]
fn a_line_that_asks_what_nobody_can_answer_is_refused() {
    let desk = desk();
    write(&desk, "kpi", "kpi --under 1-1", "ja");
    let text = desk.text("kpi.ja.md");
    assert!(text.contains("報告書 検証指標") && text.contains("範囲 1-1"), "{text}");
    for (old, new, expected) in [
        ("範囲 1-1", "範囲 9-9", "9-9"),
        ("範囲 1-1", "範囲 --svg=drawn", "--svg=drawn"),
        ("範囲 1-1", "範囲", "最後の行"),
        ("範囲 1-1", "まとめる見方 owner", "最後の行"),
        ("報告書 検証指標", "報告書 予言", "どの記録から"),
    ] {
        desk.write("edited.md", text.replace(old, new));
        let ran = desk.with_env(&[("KAIKAKU_LANG", "ja")], &["verify", "edited.md"]);
        assert!(ran.code == 2 && ran.err.contains(expected), "{new}: {ran:?}");
        assert!(!desk.path("drawn").exists());
    }
}

/// The facts of every answer, one of each kind about each kind of subject.
#[test]
fn whoever_asks_for_a_fact_of_an_answer_is_told_how_it_was_worked_out() {
    let desk = desk();
    let mut kinds: BTreeMap<String, String> = BTreeMap::new();
    for (name, asked) in ANSWERS {
        write(&desk, name, asked, "ja");
        let text = desk.text(&format!("{name}.ja.md"));
        let (_, facts) = text.split_once("<!-- kaikaku facts").unwrap_or_else(|| panic!("{asked}: no facts in {text}"));
        for id in facts.lines().filter_map(|line| Some(line.split_once('\t')?.0)) {
            let mut parts = id.split('.');
            let (topic, subject) = (parts.next().unwrap(), parts.next().unwrap());
            let letters: String = subject.chars().take_while(char::is_ascii_alphabetic).collect();
            kinds.insert(format!("{topic} {letters}"), id.to_owned());
        }
    }
    assert!(kinds.len() > 20, "{kinds:?}");
    for id in kinds.values() {
        let ran = desk.call(&["explain", id, "--plan", "example"]);
        assert_eq!(ran.code, 0, "{id}: {ran:?}");
    }
}
