//! What the plan does not date: inquiries, papers and values, expected when they came a year before.

use std::collections::BTreeMap;

use chrono::{Months, NaiveDate};

use super::{Basis, Duty, Work};
use crate::plan::Plan;
use crate::plan::closing::Closing;
use crate::plan::indicator::Indicator;
use crate::plan::inquiry::Inquiry;
use crate::plan::period::{Month, Period};
use crate::query::due::lacking;
use crate::query::{AsOf, Scope, answering};

/// A year after a day.
pub(super) fn a_year_later(day: NaiveDate) -> NaiveDate {
    day.checked_add_months(Months::new(12)).unwrap_or(day)
}

/// The same period a year before.
fn a_year_before(period: Period) -> Option<Period> {
    let day = period.first_day().checked_sub_months(Months::new(12))?;
    period.cycle().map(|cycle| cycle.period_containing(day))
}

/// The day after a period.
fn day_after(period: Period) -> NaiveDate {
    period.last_day().succ_opt().unwrap_or(period.last_day())
}

/// Inquiries, answers and papers about the periods of the plan that end by then.
pub(super) fn of_periods(plan: &Plan, as_of: AsOf, [from, to]: [NaiveDate; 2], owner: Option<usize>) -> Vec<Duty<'_>> {
    let first = plan.head.cycle.period_containing(plan.head.from.first_day());
    let all = std::iter::successors(Some(first), |period| period.next());
    let ended = all.take_while(|period| period.last_day() < to && period.last_day() <= plan.head.to.last_day());
    // What was about periods long past is no matter of this year, even where it was never done.
    let recent = ended.filter(|period| from <= a_year_later(period.last_day()));
    let of = |period: Period| {
        let is_asked = asks(plan, period, owner);
        let [ask, collect] = if is_asked { asked(plan, as_of, period, owner) } else { [None, None] };
        let close = closing(plan, as_of, period).filter(|_| owner.is_none());
        ask.into_iter().chain(collect).chain(close)
    };
    recent.flat_map(of).collect()
}

/// Whether a report on anything is owed about a period.
fn asks(plan: &Plan, period: Period, owner: Option<usize>) -> bool {
    let asked = Scope { owner, under: None }.entries(plan);
    plan.entries.iter().zip(asked).any(|(entry, asked)| asked && plan.is_owed(entry, period))
}

fn inquiry(plan: &Plan, period: Period) -> Option<&Inquiry> {
    plan.inquiries.iter().find(|inquiry| inquiry.period == period && !inquiry.sent.is_empty())
}

/// When owners are asked about a period, and by when they answer.
fn asked(plan: &Plan, as_of: AsOf, period: Period, owner: Option<usize>) -> [Option<Duty<'_>>; 2] {
    let owners = owner.map(|owner| vec![owner]).unwrap_or_default();
    let due = |when, work, basis| Duty { when, work, owners: owners.clone(), basis };
    let duty = |day, work, basis| due(Period::Day(day), work, basis);
    let is_of = |who: usize| owner.is_none_or(|owner| owner == who);
    if let Some(inquiry) = inquiry(plan, period) {
        let waiting = inquiry.sent.iter().filter(|sent| is_of(sent.owner));
        let waiting = waiting.filter(|sent| inquiry.reply_of(sent.owner, as_of.known).is_none());
        let deadline = waiting.filter_map(|sent| sent.deadline).max();
        return [None, deadline.map(|day| duty(day, Work::Collect(period), Basis::Inquiry))];
    }
    let before = a_year_before(period).and_then(|before| inquiry(plan, before));
    let sent = before.and_then(|inquiry| inquiry.sent.iter().map(|sent| sent.sent).min());
    let deadline = before.and_then(|inquiry| inquiry.sent.iter().filter_map(|sent| sent.deadline).max());
    let ask = match sent {
        // Nobody asks about a period before it has ended.
        Some(day) if period.last_day() < a_year_later(day) => {
            duty(a_year_later(day), Work::Ask(period), Basis::LastYear(day))
        }
        // By the cycle alone nobody knows the day: the first of a month may be New Year.
        _ => due(Period::Month(Month::from_date(day_after(period))), Work::Ask(period), Basis::Cycle),
    };
    let collect = deadline.filter(|day| period.last_day() < a_year_later(*day));
    [Some(ask), collect.map(|day| duty(a_year_later(day), Work::Collect(period), Basis::LastYear(day)))]
}

/// When a period is closed, unless it is.
pub(super) fn closing(plan: &Plan, as_of: AsOf, period: Period) -> Option<Duty<'_>> {
    let known = |closing: &&Closing| as_of.has_heard(Some(closing.closed));
    let closed = |period: Period| plan.closings.iter().filter(known).find(move |c| c.period.covers(period));
    if closed(period).is_some() {
        return None;
    }
    let before = a_year_before(period).and_then(closed).map(|closing| closing.closed);
    let before = before.filter(|day| period.last_day() < a_year_later(*day));
    let (when, basis) = match before {
        Some(day) => (Period::Day(a_year_later(day)), Basis::LastYear(day)),
        None => (Period::Month(Month::from_date(day_after(period))), Basis::Cycle),
    };
    Some(Duty { when, work: Work::Close(period), owners: Vec::new(), basis })
}

/// The values of years and of their parts that end by then, of indicators with the same owners in one month together.
pub(super) fn of_values(plan: &Plan, as_of: AsOf, to: NaiveDate, owner: Option<usize>) -> Vec<Duty<'_>> {
    type Key = (Month, Period, Vec<usize>);
    let mut together: BTreeMap<Key, (Vec<usize>, Option<NaiveDate>)> = BTreeMap::new();
    let scope = Scope { owner, under: None };
    for (place, indicator) in plan.indicators.iter().enumerate().filter(|(_, one)| scope.has(plan, one)) {
        for period in lacking(plan, indicator, as_of, to) {
            let before = a_year_before(period).and_then(|before| recorded(indicator, as_of, before));
            let before = before.filter(|day| period.last_day() < a_year_later(*day));
            let month = Month::from_date(before.map_or(day_after(period), a_year_later));
            let key = (month, period, answering(plan, indicator).to_vec());
            let (places, last) = together.entry(key).or_default();
            places.push(place);
            *last = (*last).max(before);
        }
    }
    let duty = |((month, period, owners), (places, last)): (Key, (Vec<usize>, Option<NaiveDate>))| Duty {
        when: Period::Month(month),
        work: Work::Values(period, places),
        owners,
        basis: last.map_or(Basis::Cycle, Basis::LastYear),
    };
    together.into_iter().map(duty).collect()
}

/// When the value of a period was first recorded; of a year, that of any part of it.
fn recorded(indicator: &Indicator, as_of: AsOf, of: Period) -> Option<NaiveDate> {
    let is_of = |period: Period| match of {
        Period::Year(year) => period.fiscal_year() == year,
        part => period == part,
    };
    let measures = indicator.measures.iter().filter(|m| is_of(m.reading.period) && as_of.knows(*m));
    measures.filter_map(|measure| measure.recorded).min()
}
