//! Files of offices against the rules of machine readability: what is broken in each was worked out by hand
//! (`tests/readable/expect.txt`), and nothing else is found.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use kaikaku::opendata::{TableFormat, Wanted, files};
use kaikaku::query::AsOf;
use kaikaku::readable::{Beside, Breach, HoldsFor, Level, Rule, check, runs, same_layout};
use kaikaku::render::csv::Encoding;
use kaikaku::workbook::address;

use crate::shipped::plan as shipped;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/readable")
}

/// A breach as `expect.txt` writes it: the rule, the column, the rows.
fn shown(breach: &Breach) -> String {
    let column = breach.column.as_ref().map(|(place, _)| address(0, *place).trim_end_matches('1').to_owned());
    let run = |(first, last): (u32, u32)| if first == last { first.to_string() } else { format!("{first}-{last}") };
    let rows = runs(&breach.rows).into_iter().map(run);
    [breach.rule.id().to_owned()].into_iter().chain(column).chain(rows).collect::<Vec<_>>().join(" ")
}

fn expected() -> BTreeMap<String, Vec<String>> {
    let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let text = fs::read_to_string(folder().join("expect.txt")).unwrap();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let (file, breach) = line.split_once(": ").map_or((line, None), |(file, breach)| (file, Some(breach)));
        all.entry(file.to_owned()).or_default().extend(breach.map(str::to_owned));
    }
    all
}

fn explained(file: &str) -> Beside {
    let mut beside = Beside::new();
    beside.take(file, "README.md", Some(&fs::read_to_string(folder().join("README.md")).unwrap()));
    beside
}

#[test]
fn each_file_breaks_what_a_hand_found_and_nothing_else() {
    let mut wrong = Vec::new();
    for (file, mut wanted) in expected() {
        let bytes = fs::read(folder().join(&file)).unwrap();
        let checked = check(&file, &bytes, explained(&file)).unwrap();
        let mut found: Vec<String> = checked.breaches.iter().map(shown).collect();
        wanted.sort();
        found.sort();
        if wanted != found {
            wrong.push(format!("{file}\n  by hand: {wanted:?}\n  found:   {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_of_the_folder_is_expected() {
    let names = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let made = names.filter(|name| !["README.md", "expect.txt", "make.py"].contains(&name.as_str()));
    let mut made: Vec<String> = made.collect();
    made.sort();
    assert_eq!(made, expected().into_keys().collect::<Vec<_>>());
}

#[test]
fn a_file_with_nothing_beside_it_lacks_its_explanation() {
    let bytes = fs::read(folder().join("clean.csv")).unwrap();
    let checked = check("clean.csv", &bytes, Beside::new()).unwrap();
    // The unit of `population` was said by the README alone.
    let found: Vec<String> = checked.breaches.iter().map(shown).collect();
    assert_eq!(found, ["L3-04 D 1", "L3-08"]);
}

/// What a data package says of a table is held against it: its columns, its key, what must have a value, that it has no rows.
#[test]
fn a_table_is_as_its_package_says() {
    let package = |rows: &str| {
        format!(
            r#"{{ "spatial": "熊本県熊本市", "resources": [{{ "path": "a.csv", "encoding": "utf-8", {rows} "schema": {{
                "primaryKey": ["code", "period"], "missingValues": [""],
                "fields": [{{ "name": "code" }}, {{ "name": "period" }}, {{ "name": "people", "unit": "人", "constraints": {{ "required": true }} }}] }} }},
                {{ "name": "codes", "path": "codes.csv" }}] }}"#
        )
    };
    let found = |text: &str, rows: &str| -> Vec<String> {
        let mut beside = Beside::new();
        beside.take("a.csv", "datapackage.json", Some(&package(rows)));
        check("a.csv", text.as_bytes(), beside).unwrap().breaches.iter().map(shown).collect()
    };
    assert_eq!(found("code,period,people\na,2025-04-01,1\na,2026-04-01,2\n", ""), Vec::<String>::new());
    assert_eq!(found("code,period,people\na,2025-04-01,1\na,2025-04-01,2\n", ""), ["L3-09 2-3"]);
    assert_eq!(found("code,period,people\na,2025-04-01,1\nb,2025-04-01,\n", ""), ["L1-09 C 3"]);
    assert_eq!(found("code,people\na,1\nb,2\n", ""), ["L3-08 1"]);
    assert_eq!(found("code,period,people\n", ""), ["L3-01 2"]);
    assert_eq!(found("code,period,people\n", r#""rowCount": 0,"#), Vec::<String>::new());
}

#[test]
fn files_of_two_years_have_one_layout_or_tell_of_the_change() {
    let read = |name: &str, text: &str| check(name, text.as_bytes(), Beside::new()).unwrap();
    let files = [
        read("jinko_2022.csv", "area_code,population\n431001,1\n"),
        read("jinko_2023.csv", "area_code,population\n431001,2\n"),
        read("jinko_R6.csv", "area_code,population,households\n431001,2,1\n"),
        read("other_2022.csv", "area_code,staff\n431001,2\n"),
    ];
    let found = same_layout(&files, |_| false);
    assert_eq!(found.keys().collect::<Vec<_>>(), [&2]);
    assert_eq!(found[&2].rule, Rule::SameLayout);
    assert!(same_layout(&files, |_| true).is_empty());
}

/// From the list of the rules: 15 of the first level, 6 of the second, 9 of the third; 5 for workbooks alone, 2 for CSV.
#[test]
fn there_are_30_rules() {
    let count = |wanted: &dyn Fn(Rule) -> bool| Rule::ALL.into_iter().filter(|rule| wanted(*rule)).count();
    let levels = [Level::One, Level::Two, Level::Three].map(|level| count(&|rule| rule.level() == level));
    assert_eq!(levels, [15, 6, 9]);
    let held = [HoldsFor::All, HoldsFor::Xlsx, HoldsFor::Csv].map(|holds| count(&|rule| rule.holds_for() == holds));
    assert_eq!(held, [23, 5, 2]);
}

/// Tables and fields are the same from year to year: whoever changes them raises the version of the layout, writes what
/// changed into `layout_changes`, and keeps the new list in a file of that version.
#[test]
fn the_layout_is_that_of_its_version() {
    let plan = shipped("example");
    let tables = kaikaku::opendata::tables(&plan, AsOf::parse("R8Q2", plan.head.cycle).unwrap());
    let line = |table: &kaikaku::opendata::OpenTable| {
        let fields: Vec<String> =
            table.fields.iter().map(|field| format!("{}:{}", field.name, field.kind.key())).collect();
        format!("{}\n  {}\n", table.name, fields.join("\n  "))
    };
    let now: String = tables.iter().map(line).collect();
    let version = kaikaku::opendata::LAYOUT;
    let kept = folder().parent().unwrap().join(format!("laws/layouts/{version}.txt"));
    if std::env::var_os("KAIKAKU_BLESS").is_some() && !kept.exists() {
        fs::create_dir_all(kept.parent().unwrap()).unwrap();
        fs::write(&kept, &now).unwrap();
    }
    assert_eq!(fs::read_to_string(&kept).unwrap(), now, "{}", kept.display());
    assert_eq!(kaikaku::opendata::layout_changes().last().map(|(version, _)| *version), Some(version));
}

/// What the program itself gives out breaks no rule, in whatever format and encoding.
#[test]
fn our_own_data_break_nothing() {
    for (name, encoding) in
        [("example", Encoding::Utf8Bom), ("2027", Encoding::Cp932), ("growth-policy", Encoding::Utf8)]
    {
        let plan = shipped(name);
        let wanted = Wanted {
            formats: vec![TableFormat::Csv, TableFormat::Xlsx],
            encoding,
            lang: kaikaku::lang::Lang::Ja,
            licence: Some(kaikaku::opendata::Licence::CcBy),
            contact: None,
            address: None,
            page: None,
        };
        let written = files(&plan, AsOf::parse("R8Q2", plan.head.cycle).unwrap(), &wanted).unwrap();
        let texts = written.iter().filter(|(file, _)| Beside::is_read(file) && !file.ends_with(".csv"));
        let texts: Vec<(&str, String)> =
            texts.map(|(file, bytes)| (file.as_str(), String::from_utf8(bytes.clone()).unwrap())).collect();
        for (file, bytes) in written.iter().filter(|(file, _)| file.ends_with(".csv") || file.ends_with(".xlsx")) {
            let mut beside = Beside::new();
            texts.iter().for_each(|(other, text)| beside.take(file, other, Some(text)));
            let broken: Vec<String> = check(file, bytes, beside).unwrap().breaches.iter().map(shown).collect();
            assert!(broken.is_empty(), "{name} {file}: {broken:?}");
        }
    }
}
