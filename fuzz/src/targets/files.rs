//! Files of others: replies, lists, papers, minutes, data.

use std::collections::BTreeSet;
use std::path::Path;

use kaikaku::commands::opinion::import::word as tables;
use kaikaku::formats::Format;
use kaikaku::inquiry::answer::Trust;
use kaikaku::inquiry::import::{self, List};
use kaikaku::inquiry::spot::Class;
use kaikaku::inquiry::{minutes as opinions, reply};
use kaikaku::plan::inquiry::ImportColumns;
use kaikaku::readable::{self, Beside};
use kaikaku::workbook::Book;

use super::plan::{example, today};

pub fn workbook(bytes: &[u8]) {
    paper("a.xlsx", bytes);
    book("a.xlsx", bytes);
}

/// A book of others as a reply and as a list.
fn book(name: &str, bytes: &[u8]) {
    let Ok(book) = Book::from_file(name, bytes) else { return };
    let _ = reply::of_book(name, &book);
    let Some(plan) = example() else { panic!("the example is a plan") };
    let _ = reply::read(name, bytes, plan, Trust::Shown);
    let Some(mapped) = &plan.import else { panic!("the example maps a list") };
    let found = import::found(plan, &book, None, None).ok().map(ImportColumns::Levelled);
    for columns in std::iter::once(mapped).chain(&found) {
        let list = List {
            file: name,
            book: &book,
            columns,
            period: None,
            trust: Trust::Neither,
            today: today(),
            confirmed: None,
        };
        if let Ok(new) = import::brought(plan, list)
            && let Ok(history) = import::history(plan, list, &new)
        {
            // Every row has one class.
            let rows: BTreeSet<u32> = history.rows.keys().copied().collect();
            assert_eq!(rows.len(), history.rows.len());
        }
    }
}

fn paper(name: &str, bytes: &[u8]) {
    if let Some(format) = Format::of_path(Path::new(name)) {
        let _ = format.read(bytes);
    }
}

pub fn word(bytes: &[u8]) {
    paper("a.docx", bytes);
}

pub fn html(bytes: &[u8]) {
    paper("a.html", bytes);
}

pub fn markdown(bytes: &[u8]) {
    paper("a.md", bytes);
}

pub fn csv(bytes: &[u8]) {
    book("a.csv", bytes);
    book("a.toml", bytes);
}

/// Minutes as a table of Word or Excel, or as CSV.
pub fn minutes(bytes: &[u8]) {
    let is_packed = bytes.starts_with(b"PK");
    let books = [
        is_packed.then(|| Book::open(bytes).ok()).flatten(),
        is_packed.then(|| tables::book("a.docx", bytes).ok().map(|(book, _)| book)).flatten(),
        (!is_packed).then(|| Book::from_file("a.csv", bytes).ok()).flatten(),
    ];
    for book in books.into_iter().flatten() {
        let Ok(read) = opinions::read("a", &book, Trust::Neither) else { continue };
        let places: Vec<_> = read.rows.iter().map(|row| row.spot.named()).collect();
        let known: BTreeSet<&String> = places.iter().collect();
        assert_eq!(known.len(), places.len(), "every row is read once");
        assert!(read.strays.iter().all(|stray| stray.class == Class::LeftOut && !stray.reason.ja.is_empty()));
    }
}

/// Data of others, held against the rules.
pub fn opendata(bytes: &[u8]) {
    let name = if bytes.starts_with(b"PK") { "a.xlsx" } else { "a.csv" };
    if let Ok(checked) = readable::check(name, bytes, Beside::new()) {
        let again = readable::check(name, bytes, Beside::new()).map(|again| again.breaches);
        assert_eq!(again.ok(), Some(checked.breaches), "the same twice");
    }
}
