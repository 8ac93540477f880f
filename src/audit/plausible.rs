//! What was written by hand and cannot be so, or hardly: the rules of [`plausible`], with the lines that say it.

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::finding::{Code, Finding};
use crate::lang::Say;
use crate::ledger::tree::value_at;
use crate::plan::Plan;
use crate::plan::plausible::{self, Doubt, Rule};
use crate::plan::source::Origin;
use crate::source::Snapshot;

/// Everything doubtful about records, inquiries and closed periods, on the day that is today. What is unlikely in a record
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
    let mut found: Vec<Finding> = records.filter_map(|(origin, _, doubt)| of_record(origin, doubt, snapshot)).collect();
    let days = plan.inquiries.iter().flat_map(|inquiry| plausible::of_inquiry(inquiry, today));
    let days = days.chain(plan.closings.iter().flat_map(|closing| plausible::of_closing(closing, today)));
    found.extend(days.filter_map(|(origin, doubt)| finding(origin, doubt, snapshot)));
    found
}

fn of_record(origin: Origin, mut doubt: Doubt, snapshot: &Snapshot) -> Option<Finding> {
    if !doubt.rule.is_impossible() {
        let Say { ja, en } = doubt.help;
        doubt.help = Say {
            ja: format!("{ja}。正しければ、理由を注（note）に書いてください"),
            en: format!("{en}; if it is right, write the reason into `note`"),
        };
    }
    finding(origin, doubt, snapshot)
}

fn finding(origin: Origin, doubt: Doubt, snapshot: &Snapshot) -> Option<Finding> {
    let (file, offset) = (origin.file as usize, origin.offset as usize);
    let span = value_at(snapshot.text(file), offset, doubt.key).unwrap_or(offset..offset + 1);
    Some(Finding::new(code(doubt.rule)?, file, span, doubt.message, doubt.help))
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
        Rule::Overtaken => return None,
    })
}
