//! What was written by hand and cannot be so, or hardly: the rules of [`plausible`], with the lines that say it.

use std::collections::BTreeMap;
use std::ops::Range;

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::finding::{Code, Finding};
use crate::lang::Say;
use crate::ledger::tree::values_at;
use crate::plan::Plan;
use crate::plan::plausible::{self, Doubt, Rule};
use crate::plan::source::Origin;
use crate::source::Snapshot;

/// Everything doubtful about records, inquiries, meetings, answers and closed periods, on the day that is today. What is unlikely in a record
/// that has a note is explained there.
pub fn audit(plan: &Plan, snapshot: &Snapshot, today: NaiveDate) -> Vec<Finding> {
    let entries = plan.entries.par_iter().flat_map_iter(|entry| {
        let doubts = plausible::of_entry(plan, entry, today).into_iter();
        doubts.map(|(update, doubt)| (update.origin, update.notes.is_empty(), doubt))
    });
    let indicators = plan.indicators.par_iter().flat_map_iter(|indicator| {
        let doubts = plausible::of_indicator(&plan.head, indicator, today).into_iter();
        doubts.map(|(measure, doubt)| (measure.reading.origin, measure.reading.notes().is_empty(), doubt))
    });
    let records = entries.chain(indicators).filter(|(_, is_bare, doubt)| *is_bare || doubt.rule.is_impossible());
    let mut found: Vec<(Origin, Doubt)> = records.map(|(origin, _, doubt)| (origin, of_record(doubt))).collect();
    let days = plan.inquiries.iter().flat_map(|inquiry| plausible::of_inquiry(inquiry, today));
    let days = days.chain(plan.closings.iter().flat_map(|closing| plausible::of_closing(closing, today)));
    let days = days.chain(plan.answers.iter().flat_map(|answer| plausible::of_answer(answer, today)));
    let days = days.chain(plan.meetings.iter().flat_map(|meeting| plausible::of_meeting(meeting, today)));
    found.extend(days);
    let spans = spans(&found, snapshot);
    found.into_iter().zip(spans).filter_map(|((origin, doubt), span)| finding(origin, doubt, span)).collect()
}

fn of_record(mut doubt: Doubt) -> Doubt {
    if !doubt.rule.is_impossible() {
        let Say { ja, en } = doubt.help;
        doubt.help = Say {
            ja: format!("{ja}。正しければ、理由を注（note）に書いてください"),
            en: format!("{en}; if it is right, write the reason into `note`"),
        };
    }
    doubt
}

/// Where the values stand that are doubted. A file is parsed once, however many there are in it.
fn spans(doubts: &[(Origin, Doubt)], snapshot: &Snapshot) -> Vec<Range<usize>> {
    let mut of_file: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, (origin, _)) in doubts.iter().enumerate() {
        of_file.entry(origin.file as usize).or_default().push(at);
    }
    let mut spans: Vec<Range<usize>> = doubts.iter().map(|(origin, _)| start(origin)..start(origin) + 1).collect();
    let found = of_file.into_par_iter().map(|(file, places)| {
        let wanted = places.iter().map(|at| (start(&doubts[*at].0), doubts[*at].1.key));
        let values = values_at(snapshot.text(file), wanted);
        (places, values)
    });
    for (at, value) in found.collect::<Vec<_>>().into_iter().flat_map(|(places, values)| places.into_iter().zip(values))
    {
        spans[at] = value.unwrap_or(spans[at].clone());
    }
    spans
}

fn start(origin: &Origin) -> usize {
    origin.offset as usize
}

fn finding(origin: Origin, doubt: Doubt, span: Range<usize>) -> Option<Finding> {
    Some(Finding::new(code(doubt.rule)?, origin.file as usize, span, doubt.message, doubt.help))
}

/// The code of a rule; `None` where only whoever records something can know.
fn code(rule: Rule) -> Option<Code> {
    Some(match rule {
        Rule::FutureDay => Code::FutureDay,
        Rule::NotBegun => Code::PeriodNotBegun,
        Rule::ReachedTooSoon => Code::ReachedTooSoon,
        Rule::BeyondHundred => Code::BeyondHundred,
        Rule::NotOneValue => Code::NotOneValue,
        Rule::UnlikelyValue => Code::UnlikelyValue,
        Rule::FallsBack => Code::FallsBack,
        Rule::LongAgo => Code::LongAgo,
        Rule::DaysOutOfOrder => Code::DaysOutOfOrder,
        Rule::Overtaken | Rule::Replaced => return None,
    })
}
