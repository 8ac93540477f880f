//! What holds for the columns of every table of every report: of the fictional city, in both languages.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use kaikaku::document::{Block, Cell, Column, Table, Type};
use kaikaku::lang::Lang;
use kaikaku::render::csv::{Encoding, csv};
use kaikaku::report::Report;

use crate::desk::Desk;

/// The table for machines, and every table that people read.
fn tables(report: &dyn Report, lang: Lang) -> Vec<Table> {
    let sections = report.document(lang).sections;
    let blocks = sections.into_iter().flat_map(|section| section.blocks);
    let tables = blocks.filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None });
    let tables = tables.flat_map(|table| table.narrow.clone().into_iter().chain([table]));
    [report.data(lang)].into_iter().chain(tables).collect()
}

/// Whether there is no single number in what is read: nothing, a word, a range, candidates; a period in brackets aside.
fn is_no_number(cell: &Cell) -> bool {
    let text = cell.text.split(['（', '(', '\n']).next().unwrap_or_default();
    let numbers = text.split(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','))).filter(|part| !part.is_empty());
    numbers.count() != 1
}

#[test]
fn every_column_has_a_key_of_its_own_and_two_titles() {
    let desk = Desk::example();
    let check = |lang| ("check".to_owned(), Box::new(desk.check(lang)) as Box<dyn Report + '_>);
    let mut seen = 0;
    for (name, report) in desk.reports().into_iter().chain([check(Lang::Ja)]) {
        let [ja, en] = [Lang::Ja, Lang::En].map(|lang| tables(&*report, lang));
        assert_eq!(ja.len(), en.len(), "{name}");
        for (ja, en) in ja.iter().zip(&en) {
            let keys = |table: &Table| table.columns.iter().map(|column| column.key.to_string()).collect::<Vec<_>>();
            let of = keys(ja);
            assert_eq!(of, keys(en), "{name}");
            assert_eq!(of.iter().collect::<BTreeSet<_>>().len(), of.len(), "{name}: {of:?}");
            assert!(
                of.iter().all(|key| !key.is_empty() && key.bytes().all(|b| b.is_ascii_graphic())),
                "{name}: {of:?}"
            );
            for (ja, en) in ja.columns.iter().zip(&en.columns) {
                assert_eq!((ja.title.is_empty(), ja.kind, ja.unit), (en.title.is_empty(), en.kind, en.unit), "{name}");
                // The two rows of a road are reported apart by a letter each, under no title.
                assert!(!ja.title.is_empty() || name == "roadmap" && ja.key == "kind", "{name}: {}", ja.key);
            }
            seen += 1;
        }
    }
    assert!(seen > 80, "{seen}");
}

#[test]
fn a_column_of_numbers_has_exact_ones() {
    let desk = Desk::example();
    let check = ("check".to_owned(), Box::new(desk.check(Lang::Ja)) as Box<dyn Report + '_>);
    for (name, report) in desk.reports().into_iter().chain([check]) {
        for (lang, table) in
            [Lang::Ja, Lang::En].into_iter().flat_map(|l| tables(&*report, l).into_iter().map(move |t| (l, t)))
        {
            for row in &table.rows {
                for (column, cell) in table.columns.iter().zip(&row.cells).filter(|(column, _)| column.kind.is_number())
                {
                    let Column { key, kind, .. } = column;
                    let exact = cell.exact();
                    // What a document states stands in an explanation as it is printed there.
                    let is_printed = name.starts_with("explain") && matches!(&**key, "result" | "value");
                    assert!(
                        exact.is_some() || is_printed || is_no_number(cell),
                        "{name} {lang:?} {key}: {}",
                        cell.text
                    );
                    let is_whole = exact.is_none_or(|number| number.fract().is_zero());
                    assert!(*kind != Type::Integer || is_whole, "{name} {key}: {exact:?}");
                }
            }
        }
    }
}

#[test]
fn a_column_of_words_hides_no_number() {
    let desk = Desk::example();
    for (name, report) in desk.reports() {
        for table in tables(&*report, Lang::Ja) {
            for (column, cell) in table.rows.iter().flat_map(|row| table.columns.iter().zip(&row.cells)) {
                assert!(column.kind.is_number() || cell.exact().is_none(), "{name} {}: {}", column.key, cell.text);
            }
        }
    }
}

#[test]
fn every_table_can_be_written_in_cp932() {
    let desk = Desk::example();
    let mut seen = 0;
    for lang in [Lang::Ja, Lang::En] {
        let check = ("check".to_owned(), Box::new(desk.check(lang)) as Box<dyn Report + '_>);
        for (name, report) in desk.reports().into_iter().chain([check]) {
            for table in tables(&*report, lang) {
                let written = csv(&table, Encoding::Cp932);
                assert!(written.is_ok(), "{name}, {lang:?}: {}", written.unwrap_err().say().en);
                seen += 1;
            }
        }
    }
    assert!(seen > 160, "{seen}");
}

#[test]
fn every_word_of_the_program_is_in_cp932() {
    // What is drawn on a screen, in Word or in Excel alone, and tables of characters; a line with a range of
    // characters prints none of them.
    let elsewhere = [
        "text/width.rs",
        "text/same.rs",
        "text/portable.rs",
        "readable/value",
        "text/tokens",
        "render/text.rs",
        "render/text/",
        "render/docx/",
    ];
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    assert!(files.len() > 300, "{}", files.len());
    for file in files {
        let path = file.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
        if elsewhere.iter().any(|other| path.starts_with(other)) {
            continue;
        }
        let text = fs::read_to_string(&file).unwrap();
        let code = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
        let is_printed = |line: &&str| !line.trim_start().starts_with("//") && !line.contains("'..='");
        for line in code.lines().filter(is_printed) {
            let column = Column::new("word", "word", Type::Text);
            let rows = vec![kaikaku::document::Row::new(vec![Cell::text(line)])];
            let written = csv(&Table { columns: vec![column], rows, ..Table::default() }, Encoding::Cp932);
            assert!(written.is_ok(), "src/{path}: {line}");
        }
    }
}

fn sources(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        match path.is_dir() {
            true => sources(&path, files),
            false => files.extend(path.extension().is_some_and(|end| end == "rs").then_some(path)),
        }
    }
}
