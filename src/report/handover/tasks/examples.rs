//! What the commands of the tasks name for example: whatever is done next, and never what would be overwritten.

use chrono::Months;

use crate::plan::Subject;
use crate::plan::indicator::{Indicator, Kind};
use crate::plan::period::{Month, Period};
use crate::query::calendar::Work;
use crate::query::due::What;
use crate::report::handover::HandoverReport;

/// The first entry that is counted.
pub fn first_entry<'r>(report: &'r HandoverReport<'_>) -> &'r str {
    let plan = report.plan();
    let entry = plan.entries.iter().find(|entry| plan.head.counts(entry.level));
    entry.map_or("1-1-1", |entry| entry.id.as_str())
}

/// The entry of which a milestone or step is overdue, else comes next.
pub fn entry_due<'r>(report: &'r HandoverReport<'_>) -> &'r str {
    let handover = &report.handover;
    let overdue = handover.dues.all().find_map(|due| match (&due.what, due.subject) {
        (What::Milestone(..) | What::Step(..), Some(Subject::Entry(place))) => Some(place),
        _ => None,
    });
    let next = || {
        handover.calendar.duties.iter().find_map(|duty| match duty.work {
            Work::Milestone(place, ..) | Work::Step(place, ..) => Some(place),
            _ => None,
        })
    };
    overdue.or_else(next).map_or_else(|| first_entry(report), |place| report.plan().entries[place].id.as_str())
}

/// An indicator and a year of which nothing is recorded: what is owed first, else the running year of one that has nothing
/// about it.
pub fn unrecorded<'r>(report: &'r HandoverReport<'_>) -> (&'r str, String) {
    let (plan, handover) = (report.plan(), &report.handover);
    let owed = handover.dues.all().find_map(|due| match (&due.what, due.subject) {
        (What::Value(years), Some(Subject::Indicator(place))) => {
            Some((plan.indicators[place].id.as_str(), years.first()?.short()))
        }
        _ => None,
    });
    let year = handover.as_of.year();
    let measured = || plan.indicators.iter().filter(|one| one.kind != Kind::Heading);
    let lacks = |one: &&Indicator| one.measures.iter().all(|measure| measure.reading.period.fiscal_year() != year);
    let free = || measured().find(lacks).or_else(|| measured().next()).map_or("ID", |one| one.id.as_str());
    owed.unwrap_or_else(|| (free(), year.short()))
}

/// The month three months ahead, as a command has it.
pub fn in_three_months(report: &HandoverReport<'_>) -> String {
    let today = report.handover.as_of.date;
    Period::Month(Month::from_date(today.checked_add_months(Months::new(3)).unwrap_or(today))).short()
}
