//! What `verify` finds and what it lets be: random single edits of every paper in each format. Whoever edits a fact is
//! found; whoever edits spaces, fonts and words around the facts is left alone.

mod opened;
mod papers;
mod saved_again;
mod words;

use std::collections::BTreeMap;

use kaikaku::document::{Block, Document, Fact, Line};
use kaikaku::formats::{DOCX, Format, HTML, MD, XLSX};
use kaikaku::lang::Lang;
use kaikaku::query::AsOf;
use kaikaku::query::status::{Question, status};
use kaikaku::query::summary::summary;
use kaikaku::render::csv::Encoding;
use kaikaku::report::Report;
use kaikaku::report::council::{CouncilReport, State};
use kaikaku::report::named::Named;
use kaikaku::report::status::{StatusReport, View};
use kaikaku::report::verify::vocabulary;
use kaikaku::verify::{Sheet, Verified, Vocabulary, verify};
use rayon::prelude::*;

use crate::shipped;
use opened::{Opened, is_apart};
use papers::{City, KINDS};
use words::{Dice, false_words, true_words};

/// A paper as it was written, and what it is held against.
struct Bench {
    format: &'static Format,
    bytes: Vec<u8>,
    record: Sheet,
    vocabulary: Vocabulary,
    names: Vec<String>,
}

const FORMATS: [&Format; 4] = [&DOCX, &XLSX, &HTML, &MD];

impl Bench {
    fn new(city: &City, kind: &str, lang: Lang, format: &'static Format) -> Self {
        let plan = &city.plan;
        let report = city.paper(kind, lang);
        let bytes = format.write(&*report, lang, Encoding::Utf8).unwrap();
        let record = contents(format.read(&bytes).unwrap());
        let vocabulary = vocabulary(plan, &report.document(lang), lang);
        let entries = plan.entries.iter().map(|entry| entry.name.to_string());
        let names = entries.chain(plan.indicators.iter().map(|indicator| indicator.name.to_string()));
        let names = names.chain(plan.sources.iter().map(|source| source.title.to_string()));
        Self { format, bytes, record, vocabulary, names: names.collect() }
    }

    fn verify(&self, bytes: &[u8]) -> Verified {
        verify(&contents(self.format.read(bytes).unwrap()), &self.record, &self.vocabulary)
    }
}

/// The line that names the record is no fact of it.
fn contents(sheet: Sheet) -> Sheet {
    sheet.without(Named::place)
}

/// Edits a paper so often, half of the times in its facts; what was found that should not be, or was not.
fn edit(city: &City, (kind, lang, format): (&str, Lang, &'static Format), times: usize, seed: u64) -> Edited {
    let bench = Bench::new(city, kind, lang, format);
    let whole = bench.verify(&bench.bytes);
    assert!(whole.agrees(), "{kind} {lang:?} {}: {whole:?}", format.name);
    let opened = Opened::new(format, &bench.bytes);
    let mut dice = Dice(seed);
    let places: Vec<_> = opened.words(format).into_iter().filter(|at| !is_apart(opened.text(at))).collect();
    let mut edited = Edited { paper: format!("{kind} {lang:?} {} seed {seed}", format.name), ..Edited::default() };
    while edited.falsified < times {
        let place = dice.pick(&places).unwrap();
        let Some(words) = false_words(opened.text(place), &bench.names, &mut dice) else { continue };
        if words == opened.text(place) {
            continue;
        }
        edited.falsified += 1;
        if bench.verify(&opened.with(place, &words)).agrees() {
            edited.missed.push(format!("{} → {words}", opened.text(place)));
        }
    }
    let texts: Vec<_> = places.iter().filter(|place| !opened.is_value(place)).collect();
    let mut tries = 0;
    while edited.reworded < times {
        // A paper may have few words that can be exchanged.
        tries += 1;
        assert!(tries < 1_000 * (times + 1), "{}: nothing to reword", edited.paper);
        let place = dice.pick(&texts).unwrap();
        let Some(words) = true_words(format, opened.text(place), &bench.names, &mut dice) else { continue };
        edited.reworded += 1;
        let verified = bench.verify(&opened.with(place, &words));
        if !verified.agrees() {
            edited.alarms.push(format!("{} → {words}: {verified:?}", opened.text(place)));
        }
    }
    edited
}

/// What came of the edits of a paper.
#[derive(Default)]
struct Edited {
    paper: String,
    falsified: usize,
    reworded: usize,
    /// False facts that were not found.
    missed: Vec<String>,
    /// Other words that were taken for other facts.
    alarms: Vec<String>,
}

/// Edits papers in every format, as often as is asked for: a few times, or with `KAIKAKU_EDITS=full` a thousand times each;
/// `KAIKAKU_SEED` rolls other dice, `KAIKAKU_PAPERS` takes only some.
#[allow(clippy::print_stdout, reason = "a full run tells its counts")]
fn edit_all(kinds: &[&str], lang: Lang, few: usize) {
    let setting = |name: &str| std::env::var(name).ok();
    let times = match setting("KAIKAKU_EDITS") {
        Some(full) if full == "full" => 1_000,
        Some(times) => times.parse().expect("KAIKAKU_EDITS is `full` or a number"),
        None => few,
    };
    let seed = setting("KAIKAKU_SEED").map_or(7, |seed| seed.parse().expect("KAIKAKU_SEED is a number"));
    let wanted = setting("KAIKAKU_PAPERS");
    let is_wanted = |kind: &&&str| wanted.as_ref().is_none_or(|wanted| wanted.split(',').any(|one| one == **kind));
    let kinds: Vec<&str> = kinds.iter().filter(is_wanted).copied().collect();
    let city = City::new();
    let jobs: Vec<_> = kinds.iter().flat_map(|kind| FORMATS.map(|format| (*kind, lang, format))).collect();
    let all: Vec<Edited> = jobs
        .into_par_iter()
        .map(|job| edit(&city, job, times, seed))
        .inspect(|edited| {
            let Edited { paper, falsified, reworded, missed, alarms } = edited;
            let (missed, alarms) = (missed.len(), alarms.len());
            println!(
                "{paper}: {falsified} false facts, {missed} missed; {reworded} other words, {alarms} false alarms"
            );
        })
        .collect();
    let wrong = all.iter().flat_map(|edited| {
        let missed = edited.missed.iter().map(|edit| format!("{}, not found: {edit}", edited.paper));
        missed.chain(edited.alarms.iter().map(|edit| format!("{}, false alarm: {edit}", edited.paper)))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// `KAIKAKU_EDITS=full cargo test --release --test laws false_fact -- --nocapture`
#[test]
fn a_false_fact_is_found_and_other_words_are_let_be() {
    edit_all(&KINDS, Lang::Ja, 6);
}

#[test]
fn a_false_fact_in_an_english_paper_is_found() {
    edit_all(&KINDS, Lang::En, 3);
}

/// An id names one fact, whatever stands around it: a number behind it would move with what comes or goes before.
#[test]
fn no_two_facts_of_a_paper_have_one_name() {
    let city = City::new();
    for (kind, lang) in KINDS.iter().flat_map(|kind| [Lang::Ja, Lang::En].map(|lang| (kind, lang))) {
        let paper = city.paper(kind, lang).paper(lang);
        let mut seen = BTreeMap::new();
        for (id, words) in paper.facts().into_iter().flatten() {
            assert!(id.is_ascii() && id.len() <= 64, "{id}");
            assert_eq!(seen.insert(id.to_owned(), words.to_owned()), None, "{kind}: {id} twice");
        }
        let numbered = |id: &&String| {
            let (bare, number) = id.rsplit_once('-').unwrap_or((id, ""));
            number.len() < 3 && number.parse::<usize>().is_ok() && seen.contains_key(bare)
        };
        assert_eq!(seen.keys().find(numbered), None, "{kind} {lang:?}");
    }
}

/// The words of a text that are no part of its facts.
fn beside(text: &str, facts: &[Fact]) -> String {
    let mut words: Vec<(usize, char)> = text.char_indices().collect();
    words.retain(|(at, _)| facts.iter().all(|fact| !fact.place.contains(at)));
    words.into_iter().map(|(_, c)| c).collect()
}

/// The texts of a block that state a figure which is no fact.
fn unnamed(block: &Block) -> Vec<String> {
    // The number of a list is none of its figures.
    let bare = |words: &str| match words.trim_start_matches(|c: char| c.is_ascii_digit()) {
        rest if rest.starts_with(['　', '.']) => rest.to_owned(),
        _ => words.to_owned(),
    };
    let states = |words: &str| words.lines().any(|line| bare(line).contains(char::is_numeric));
    let of_line = |line: &Line| Some(line.text.clone()).filter(|_| states(&beside(&line.text, &line.facts)));
    match block {
        Block::Text(line) => of_line(line).into_iter().collect(),
        Block::List(lines) => lines.iter().filter_map(of_line).collect(),
        Block::Fields(fields) => fields.iter().filter_map(|(_, line)| of_line(line)).collect(),
        Block::Tree(branches) => branches.iter().filter_map(|branch| of_line(&branch.line)).collect(),
        Block::Table(table) => {
            let lines = table.caption.iter().chain(&table.notes).filter_map(of_line);
            let cells = table.rows.iter().flat_map(|row| &row.cells);
            let cells =
                cells.filter(|cell| cell.fact().is_none() && states(&cell.text)).map(|cell| cell.text.to_string());
            let heads = table.columns.iter().filter(|column| column.fact.is_none() && states(&column.title));
            lines.chain(cells).chain(heads.map(|column| column.title.to_string())).collect()
        }
        Block::Charts(charts) => {
            let verdicts = charts.iter().filter_map(|chart| of_line(&chart.bullet.verdict));
            let marks = charts.iter().flat_map(|chart| &chart.bullet.marks).filter(|mark| mark.fact.is_none());
            let years = charts.iter().flat_map(|chart| &chart.series).filter(|point| point.fact.is_none());
            verdicts.chain(marks.map(|mark| mark.text.clone())).chain(years.map(|point| point.text.clone())).collect()
        }
    }
}

/// In every paper about every shipped plan, those of which only totals are known as well.
#[test]
fn every_figure_of_a_paper_is_a_fact_that_can_be_named() {
    let city = City::new();
    let mut papers: Vec<(String, Document)> = Vec::new();
    for (kind, lang) in KINDS.iter().flat_map(|kind| [Lang::Ja, Lang::En].map(|lang| (kind, lang))) {
        papers.push(((*kind).to_owned(), city.paper(kind, lang).paper(lang)));
    }
    for name in ["2027", "stage3", "growth-policy"] {
        let plan = shipped::plan(name);
        let as_of = AsOf::end_of(plan.head.cycle.period_containing(plan.head.to.last_day()));
        let status = StatusReport::new(status(&plan, Question::new(as_of, 0, 0)), View::default());
        papers.push((format!("{name} status"), status.paper(Lang::Ja)));
        for paper in &plan.papers {
            let summary = summary(&plan, as_of, paper.scale, paper.evaluator);
            let report = CouncilReport { summary, paper, state: State::default() };
            papers.push((format!("{name} {}", paper.id), report.paper(Lang::Ja)));
        }
    }
    let mut wrong = Vec::new();
    for (name, paper) in &papers {
        let headings = paper.sections.iter().filter_map(|section| section.heading_line());
        let lines = std::iter::once(paper.title_line()).chain(paper.lead.iter().cloned()).chain(headings);
        let lines = lines.flat_map(|line| unnamed(&Block::Text(line)));
        let blocks = paper.sections.iter().flat_map(|section| &section.blocks).flat_map(unnamed);
        wrong.extend(lines.chain(blocks).map(|words| format!("{name}: {words}")));
    }
    wrong.sort();
    wrong.dedup();
    assert!(wrong.is_empty(), "{} without a name:\n{}", wrong.len(), wrong.join("\n"));
}
