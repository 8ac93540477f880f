//! The made-up paper against the one that was looked at and found good. `KAIKAKU_BLESS=1 cargo test --test cli papers`
//! writes it anew: then open it in Word and Excel, and look.

use std::fs;

use super::parts::{differences, unpack};
use super::sample::{papers, sample};
use crate::support::repository;

fn golden(name: &str, new: &[u8]) -> Vec<u8> {
    let path = repository().join("tests/papers/golden").join(name);
    if std::env::var_os("KAIKAKU_BLESS").is_some() {
        fs::write(&path, new).unwrap();
    }
    fs::read(&path).unwrap()
}

#[test]
fn the_files_are_the_golden_ones_part_by_part() {
    let paper = sample();
    for (name, new) in [("sample.docx", paper.docx()), ("sample.xlsx", paper.xlsx())] {
        let differences = differences(&unpack(&golden(name, &new)), &unpack(&new));
        assert!(differences.is_empty(), "{name}:\n{}", differences.join("\n"));
    }
}

#[test]
fn the_texts_are_the_golden_ones() {
    let paper = sample();
    for (name, new) in [("sample.html", paper.html()), ("sample.md", paper.md())] {
        let golden = String::from_utf8(golden(name, new.as_bytes())).unwrap();
        let differing = golden.lines().zip(new.lines()).find(|(old, new)| old != new);
        assert!(golden == new, "{name}: {differing:?}");
    }
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    for paper in papers() {
        assert!(paper.docx() == paper.docx() && paper.xlsx() == paper.xlsx(), "{}", paper.name);
        assert!(paper.html() == paper.html() && paper.md() == paper.md(), "{}", paper.name);
    }
}
