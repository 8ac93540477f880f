//! What holds for the papers of every plan, whatever its shape.

use std::collections::BTreeSet;

use kaikaku::formats::MD;
use kaikaku::lang::Lang;
use kaikaku::plan::Plan;
use kaikaku::plan::period::Period;
use kaikaku::query::AsOf;
use kaikaku::query::summary::{Course, Summary, Verdicts, summary};
use kaikaku::render::md::md;
use kaikaku::report::Report;
use kaikaku::report::council::{CouncilReport, State};
use kaikaku::source;
use kaikaku::text::tokens::tokens;
use kaikaku::verify::{Vocabulary, verify};
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::generate::{QUARTERS, quarter, snapshot, spec};

fn ask(plan: &Plan, at: usize) -> Summary<'_> {
    summary(plan, AsOf::end_of(Period::parse(&quarter(at)).unwrap().period), 0, 0)
}

fn paper(plan: &Plan, at: usize, register: usize, lang: Lang) -> String {
    let report = CouncilReport { summary: ask(plan, at), paper: &plan.papers[register], state: State::default() };
    md(&report.document(lang), lang)
}

/// Every number that a sentence about the whole may state.
fn counted(summary: &Summary<'_>) -> BTreeSet<Decimal> {
    let (status, mut known) = (&summary.status, BTreeSet::new());
    let tallies = [&status.total, &status.before];
    for tally in tallies {
        known.extend([tally.entries, tally.unreported, tally.excluded, tally.fresh, tally.rated()].map(Decimal::from));
        known.extend(tally.counts.iter().map(|n| Decimal::from(*n)));
    }
    let [now, was] = tallies.map(|tally| tally.counts.iter().copied().chain([tally.unreported]).collect::<Vec<_>>());
    known.extend(now.iter().flat_map(|n| was.iter().map(|m| Decimal::from(n.abs_diff(*m)))));
    let share = |n: u64| {
        let rate = Decimal::from(n) * Decimal::ONE_HUNDRED / Decimal::from(status.total.rated().max(1));
        summary.plan().head.rounding.apply(rate).normalize()
    };
    known.extend(status.total.counts.iter().map(|n| share(*n)));
    let composites = status.version.composites.iter().map(|composite| status.total.sum(composite));
    known.extend(composites.flat_map(|n| [n.into(), share(n)]));
    for course in [Course::Better, Course::Worse] {
        known.insert(summary.moved.iter().filter(|moved| moved.course == course).count().into());
    }
    let attention = summary.attention().count();
    known.extend([attention, attention.saturating_sub(5)].map(Decimal::from));
    let Verdicts { all, undetermined, .. } = summary.verdicts();
    known.extend([all, undetermined, all - undetermined].map(Decimal::from));
    known
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_paper_agrees_with_itself(spec in spec(), at in 0..QUARTERS, register in 0usize..3, english in any::<bool>()) {
        let plan = source::load(&snapshot(&spec.files()), "plan").plan.unwrap();
        let lang = if english { Lang::En } else { Lang::Ja };
        let read = MD.read(paper(&plan, at, register, lang).as_bytes()).unwrap();
        prop_assert!(verify(&read, &read, &Vocabulary::default()).agrees());
    }

    #[test]
    fn one_more_or_less_is_found(spec in spec(), at in 0..QUARTERS) {
        let plan = source::load(&snapshot(&spec.files()), "plan").plan.unwrap();
        let text = paper(&plan, at, 0, Lang::Ja);
        let entries = ask(&plan, at).status.total.entries;
        let (wrong, right) = (format!("は{}件であり、このうち", entries + 1), format!("は{entries}件であり、このうち"));
        // On the page that is read first, and where the counts begin.
        prop_assert_eq!(text.matches(&right).count(), 2);
        let read = |text: &str| MD.read(text.as_bytes()).unwrap();
        let found = verify(&read(&text.replace(&right, &wrong)), &read(&text), &Vocabulary::default()).differs;
        prop_assert_eq!(found.len(), 2);
        for found in found {
            prop_assert_eq!(found.paper.clone(), Some(format!("{}件", entries + 1)));
            prop_assert_eq!(found.record.clone(), Some(format!("{entries}件")));
        }
    }

    #[test]
    fn the_tops_add_up_to_the_whole(spec in spec(), at in 0..QUARTERS) {
        let plan = source::load(&snapshot(&spec.files()), "plan").plan.unwrap();
        let summary = ask(&plan, at);
        let tops = || summary.status.nodes.iter().filter(|node| node.entry.parent.is_none());
        prop_assert_eq!(tops().map(|node| node.tally.entries).sum::<u64>(), summary.status.total.entries);
        prop_assert_eq!(tops().map(|node| node.tally.rated()).sum::<u64>(), summary.status.total.rated());
        prop_assert!(summary.counted().count() as u64 == summary.status.total.entries);
        let moved = |course| summary.moved.iter().filter(|moved| moved.course == course).count();
        let all = moved(Course::Better) + moved(Course::Worse) + moved(Course::Other);
        prop_assert_eq!(all, if summary.previous.is_some() { summary.status.flows.len() } else { 0 });
    }

    /// Between each of the first two headings and what follows in bold or as a table stand only sentences about the whole.
    #[test]
    fn sentences_state_nothing_but_what_was_counted(spec in spec(), at in 0..QUARTERS) {
        let plan = source::load(&snapshot(&spec.files()), "plan").plan.unwrap();
        let (summary, text) = (ask(&plan, at), paper(&plan, at, 0, Lang::Ja));
        let known = counted(&summary);
        let is_prose = |line: &&str| !line.starts_with("**") && !line.starts_with('|');
        let sentences = text.split("## ").skip(1).take(2).flat_map(|part| part.lines().skip(1).take_while(is_prose));
        for sentence in sentences {
            let names = |period: Option<Period>| period.map(|p| p.long(Lang::Ja)).unwrap_or_default();
            let plain = sentence.replace(&names(Some(summary.period())), "").replace(&names(summary.previous), "");
            // Levels and entries are named after numbers here.
            let plain = plan.head.levels.iter().fold(plain, |text, level| text.replace(&**level, ""));
            let plain = plan.entries.iter().rev().fold(plain, |text, e| text.replace(&format!("{} {}", e.id, e.name), ""));
            for number in tokens(&plain).into_iter().filter_map(|token| token.number) {
                prop_assert!(known.contains(&number), "{} in {}: {:?}", number, sentence, known);
            }
        }
    }
}
