//! Inquiries written and collected: `cargo bench --bench inquiry`. The aims: a workbook of 200 items written in under
//! 100 ms and collected in under 100 ms; 60 departments collected in under 3 s.
#![allow(clippy::unwrap_used, reason = "a benchmark stops at the first trouble")]

use std::fmt::Write;

use chrono::NaiveDate;
use divan::Bencher;
use kaikaku::inquiry::answer::Trust;
use kaikaku::inquiry::form::forms;
use kaikaku::inquiry::reply::of_book;
use kaikaku::inquiry::review::review;
use kaikaku::inquiry::write::Letter;
use kaikaku::lang::Lang;
use kaikaku::plan::Plan;
use kaikaku::plan::period::Period;
use kaikaku::source::snapshot::{Content, SourceFile};
use kaikaku::source::{self, Snapshot};
use kaikaku::workbook::Book;
use rayon::prelude::*;

fn main() {
    divan::main();
}

/// A plan of so many departments with so many entries each, all with a report about the quarter before.
fn plan(owners: usize, items: usize) -> Plan {
    let head = "schema = 1\nid = \"bench\"\nname = \"計画\"\nperiod = { from = \"R6\", to = \"R9\" }\nlevels = [\"項目\"]\n[[scale]]\nid = \"p\"\n\
                name = \"進捗状況\"\ngrades = [{ id = \"a\", name = \"順調\" }, { id = \"b\", name = \"遅れ\" }]\n";
    let (mut registers, mut outline) = (String::from("schema = 1\n"), String::from("schema = 1\n"));
    let mut files = vec![("plan.toml".to_owned(), head.to_owned())];
    for owner in 0..owners {
        let _ = writeln!(registers, "[o{owner}]\nname = \"第{owner}課\"");
        for item in 0..items {
            let id = owner * items + item + 1;
            let _ = writeln!(outline, "[{id}]\nname = \"取組項目の名称その{id}\"\nowner = \"o{owner}\"");
            let text = "説明会を3回開き、延べ212名が参加した。前年の同じ期間より16名多い。";
            let record = format!(
                "schema = 1\n[[update]]\nperiod = \"R7Q2\"\nrecorded = 2025-10-09\nrating = {{ p = \"a\" }}\nprogress = 40\ndone = \"{text}\"\nnext = \"{text}\"\n"
            );
            files.push((format!("records/{id}.toml"), record));
        }
    }
    files.extend([("owners.toml".to_owned(), registers), ("outline/1.toml".to_owned(), outline)]);
    files.sort();
    let files = files.into_iter().map(|(path, text)| SourceFile::new(path, Content::Text(text))).collect();
    source::load(&Snapshot { files, ..Snapshot::default() }, "plan").plan.unwrap()
}

fn period() -> Period {
    Period::parse("R7Q3").unwrap().period
}

fn books(plan: &Plan) -> Vec<Vec<u8>> {
    let day = NaiveDate::from_ymd_opt(2025, 12, 22).unwrap();
    let forms = forms(plan, period(), Lang::Ja);
    let letter = |form| Letter { plan, form, deadline: None, contact: None, day, revision: None, lang: Lang::Ja };
    forms.iter().map(|form| letter(form).workbook().unwrap()).collect()
}

fn collect(plan: &Plan, books: &[Vec<u8>]) -> usize {
    let replies = books.par_iter().flat_map(|bytes| of_book("back.xlsx", &Book::open(bytes).unwrap()).unwrap());
    review(plan, replies.collect(), Vec::new(), Trust::Neither, Lang::Ja).rows.len()
}

#[divan::bench]
fn write_200_items(bencher: Bencher<'_, '_>) {
    let plan = plan(1, 200);
    bencher.bench(|| books(&plan));
}

#[divan::bench]
fn collect_200_items(bencher: Bencher<'_, '_>) {
    let plan = plan(1, 200);
    let books = books(&plan);
    bencher.bench(|| collect(&plan, &books));
}

#[divan::bench(sample_count = 5)]
fn collect_60_departments_of_200(bencher: Bencher<'_, '_>) {
    let plan = plan(60, 200);
    let books = books(&plan);
    bencher.bench(|| collect(&plan, &books));
}
