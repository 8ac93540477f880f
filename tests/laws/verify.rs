//! What `verify` finds and what it lets be: random single edits of every paper in each format. Whoever edits a fact is
//! found; whoever edits spaces, fonts and words around the facts is left alone.

mod opened;
mod papers;
mod saved_again;
mod words;

use std::collections::BTreeMap;

use kaikaku::formats::{DOCX, Format, HTML, MD, XLSX};
use kaikaku::lang::Lang;
use kaikaku::render::csv::Encoding;
use kaikaku::report::council::Named;
use kaikaku::report::verify::vocabulary;
use kaikaku::verify::{Sheet, Verified, Vocabulary, verify};
use rayon::prelude::*;

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
    sheet.retain_prose(|text| !Named::is_in(text))
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
