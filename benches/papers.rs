//! Word, Excel, HTML and Markdown of the same reports, written and verified: `cargo bench --bench papers`. The aim: the
//! committee paper of the shipped plan is verified within 300 ms in each format.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark stops at the first trouble and prints")]

#[allow(dead_code, reason = "every benchmark uses a part of it")]
mod plans;
#[allow(dead_code, reason = "every benchmark uses a part of it")]
mod rounds;

use std::path::{Path, PathBuf};

use kaikaku::document::{Document, Table};
use kaikaku::formats::{DOCX, Format, HTML, MD, XLSX};
use kaikaku::lang::Lang;
use kaikaku::plan::Plan;
use kaikaku::query::AsOf;
use kaikaku::query::gap::gaps;
use kaikaku::query::status::{Question, status};
use kaikaku::query::summary::summary;
use kaikaku::render::csv::Encoding;
use kaikaku::render::{docx, html, md, xlsx};
use kaikaku::report::Report;
use kaikaku::report::chart::{Illustrated, charts};
use kaikaku::report::council::{CouncilReport, State};
use kaikaku::report::kpi::KpiReport;
use kaikaku::report::status::{StatusReport, View};
use kaikaku::report::verify::vocabulary;
use kaikaku::source::{self, Snapshot};
use kaikaku::verify::verify;
use plans::Size;
use rounds::{by_turns, keep};

const LANG: Lang = Lang::Ja;

fn main() {
    if std::env::args().any(|arg| arg == "--bench") {
        let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("plan/example");
        compare("shipped plan", 31, shipped);
        let large = Size { entries: 1_000, updates: 20, indicators: 300, years: 10 };
        compare("1,000 entries, 300 indicators", 5, large.write());
    }
}

/// The paper for the committee.
fn committee_report(plan: &Plan) -> CouncilReport<'_> {
    let period = AsOf::parse("R8Q2", plan.head.cycle).unwrap().period;
    let summary = summary(plan, AsOf::end_of(period), 0, 0);
    CouncilReport { summary, paper: &plan.papers[0], state: State::default() }
}

fn committee(plan: &Plan) -> (Document, Table) {
    let report = committee_report(plan);
    (report.document(LANG), report.data(LANG))
}

/// The paper in all four formats; how many bytes.
fn in_all_formats(plan: &Plan) -> usize {
    let (doc, data) = committee(plan);
    let excel = xlsx::xlsx(&doc, &data, LANG).unwrap().len();
    docx::docx(&doc, LANG).len() + excel + html::html(&doc, LANG).len() + md::md(&doc, LANG).len()
}

/// What `verify` does with the committee paper once the plan is read; how many facts it holds.
fn verified(plan: &Plan, format: &Format, bytes: &[u8]) -> usize {
    let report = committee_report(plan);
    let record = format.write(&report, LANG, Encoding::Utf8).unwrap();
    let words = vocabulary(plan, &report.document(LANG), LANG);
    let verified = verify(&format.read(bytes).unwrap(), &format.read(&record).unwrap(), &words);
    assert!(verified.agrees());
    verified.checked
}

/// Everything that the plan's status, indicators and charts say, and the table for machines.
fn reports(plan: &Plan) -> Vec<(Document, Table)> {
    let as_of = AsOf::parse("R8Q2", plan.head.cycle).unwrap();
    let status = status(plan, Question::new(as_of, 0, 0));
    let status = StatusReport::new(status, View::default());
    let gaps = gaps(plan, as_of);
    let charts = charts(plan, &gaps, as_of, LANG);
    let kpi = Illustrated { report: KpiReport::new(plan, as_of, gaps, Vec::new()), charts };
    vec![(status.document(LANG), status.data(LANG)), (kpi.document(LANG), kpi.data(LANG))]
}

fn compare(name: &str, rounds: usize, folder: PathBuf) {
    let id = folder.file_name().unwrap().to_str().unwrap();
    let plan = source::load(&Snapshot::of_folder(&folder, folder.clone(), &|_| true), id).plan.unwrap();
    let [laid_out, written] = by_turns(rounds, [&mut || keep(committee(&plan)), &mut || keep(in_all_formats(&plan))]);
    println!("{name}: committee paper laid out {laid_out}");
    println!("{name}: committee paper in four formats {written}");
    for format in [&DOCX, &XLSX, &HTML, &MD] {
        let bytes = format.write(&committee_report(&plan), LANG, Encoding::Utf8).unwrap();
        let [time] = by_turns(rounds, [&mut || keep(verified(&plan, format, &bytes))]);
        println!("{name}: committee paper verified in {} {time}", format.name);
    }
    let all = reports(&plan);
    let word = || all.iter().map(|(doc, _)| docx::docx(doc, LANG).len()).sum::<usize>();
    let excel = || all.iter().map(|(doc, data)| xlsx::xlsx(doc, data, LANG).unwrap().len()).sum::<usize>();
    let page = || all.iter().map(|(doc, _)| html::html(doc, LANG).len()).sum::<usize>();
    let text = || all.iter().map(|(doc, _)| md::md(doc, LANG).len()).sum::<usize>();
    let timed = by_turns(
        rounds,
        [&mut || keep(reports(&plan)), &mut || keep(word()), &mut || keep(excel()), &mut || keep(page()), &mut || {
            keep(text())
        }],
    );
    for (format, time) in ["laid out", "Word", "Excel", "HTML", "Markdown"].into_iter().zip(timed) {
        println!("{name}: {format} {time}");
    }
}
