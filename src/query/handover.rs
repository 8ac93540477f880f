//! 引継書: what whoever takes over must know, as plain values: what is to be done, how everything stands, what is at risk,
//! who is who, what was closed and corrected.

pub mod risk;

use chrono::{Months, NaiveDate};

use super::calendar::{Calendar, calendar, twelve_months};
use super::due::{Dues, due};
use super::gap::{Gap, gaps};
use super::history::{Event, history};
use super::opinion::{Thread, threads};
use super::status::{Question, Status, status};
use super::{AsOf, Scope, answering};
use crate::plan::amendment::Amendment;
use crate::plan::closing::Closing;
use crate::plan::entry::Milestone;
use crate::plan::inquiry::{Inquiry, Received};
use crate::plan::paper::Answer;
use crate::plan::period::Period;
use crate::plan::{Plan, Subject};
use risk::{Risk, risks};

/// What is handed over.
#[derive(Debug, Clone)]
pub struct Handover<'p> {
    /// The plan.
    pub plan: &'p Plan,
    /// As of when.
    pub as_of: AsOf,
    /// The first day of the time that it tells of.
    pub since: NaiveDate,
    /// Whose part of the plan; `None` for the whole, which the office in charge hands over.
    pub owner: Option<usize>,
    /// The twelve months from now on.
    pub calendar: Calendar<'p>,
    /// What is owed now.
    pub dues: Dues<'p>,
    /// Inquiries that were sent within the last year and not answered by everybody: the period, who has not, by when they were
    /// to.
    pub unanswered: Vec<(Period, Vec<usize>, Option<NaiveDate>)>,
    /// Opinions of which something is still to come.
    pub opinions: Vec<Thread<'p>>,
    /// Periods that have ended within that time and are not closed.
    pub unclosed: Vec<Period>,
    /// How every entry stands, on the first scale and by the first evaluator.
    pub status: Status<'p>,
    /// How every indicator stands.
    pub gaps: Vec<Gap<'p>>,
    /// What is at risk, in the order of the plan.
    pub risks: Vec<Risk<'p>>,
    /// Who answers for what.
    pub people: Vec<Person<'p>>,
    /// What of the plan's own schedule fell into that time.
    pub scheduled: Vec<&'p Milestone>,
    /// Why the plan was changed within that time, as it tells it: of which entry or indicator, or of the whole.
    pub amendments: Vec<(Option<&'p str>, &'p Amendment)>,
    /// What was closed, or corrected after it was closed, within that time.
    pub closings: Vec<&'p Closing>,
    /// Records that were corrected or withdrawn within that time, the latest first.
    pub corrected: Vec<Event<'p>>,
    /// What was answered within that time, the latest first.
    pub answers: Vec<&'p Answer>,
}

/// An owner and its part.
#[derive(Debug, Clone)]
pub struct Person<'p> {
    /// The owner, by place.
    pub owner: usize,
    /// The counted entries that it leads.
    pub entries: Vec<usize>,
    /// How many indicators it answers for.
    pub indicators: usize,
    /// Its last reply that names a person, and about which period.
    pub reply: Option<(Period, &'p Received)>,
}

/// What is handed over on a day.
pub fn handover(plan: &Plan, as_of: AsOf, since: NaiveDate, owner: Option<usize>) -> Handover<'_> {
    let scope = Scope { owner, under: None };
    let status = status(plan, Question { owner, ..Question::new(as_of, 0, 0) });
    let mut gaps = gaps(plan, as_of);
    gaps.retain(|gap| scope.has(plan, gap.indicator));
    let dues = due(plan, as_of, scope);
    let risks = risks(&status, &gaps, &dues);
    let is_recent = |day: NaiveDate| since <= day && day <= as_of.date;
    let heard = |closing: &&Closing| as_of.has_heard(Some(closing.closed));
    let corrected_lately = |c: &&Closing| c.corrections.iter().any(|correction| is_recent(correction.date));
    let closings = plan.closings.iter().filter(heard);
    let mut answers: Vec<&Answer> =
        plan.answers.iter().filter(|answer| !answer.draft && concerns(plan, answer, scope)).collect();
    answers.retain(|answer| is_recent(answer.recorded.unwrap_or(answer.period.last_day())));
    answers.sort_by_key(|answer| std::cmp::Reverse(answer.recorded.unwrap_or(answer.period.last_day())));
    let scheduled = plan.head.schedule.iter().filter(|milestone| is_recent(milestone.date.last_day()));
    Handover {
        calendar: calendar(plan, as_of, twelve_months(as_of.date), owner),
        unclosed: if owner.is_none() { unclosed(plan, as_of, since) } else { Vec::new() },
        unanswered: unanswered(plan, as_of, owner),
        opinions: threads(plan, as_of).into_iter().filter(|one| one.is_open_for(owner)).collect(),
        people: people(plan, as_of, owner),
        scheduled: scheduled.collect(),
        amendments: amendments(plan, scope).filter(|(_, amendment)| is_recent(amendment.date)).collect(),
        closings: closings.filter(|closing| is_recent(closing.closed) || corrected_lately(closing)).collect(),
        corrected: corrected(plan, as_of, scope, since),
        answers,
        plan,
        as_of,
        since,
        owner,
        dues,
        status,
        gaps,
        risks,
    }
}

/// Whether an answer is about a part of the plan.
fn concerns(plan: &Plan, answer: &Answer, scope: Scope) -> bool {
    match answer.about {
        Subject::Entry(place) => scope.entries(plan)[place],
        Subject::Indicator(place) => scope.has(plan, &plan.indicators[place]),
    }
}

/// The periods of the plan that ended within the time, and the last one that ended, where they are not closed.
fn unclosed(plan: &Plan, as_of: AsOf, since: NaiveDate) -> Vec<Period> {
    let first = plan.head.cycle.period_containing(plan.head.from.first_day());
    let all = std::iter::successors(Some(first), |period| period.next());
    let ended =
        all.take_while(|period| period.last_day() <= as_of.date && period.last_day() <= plan.head.to.last_day());
    let is_closed = |period: &Period| {
        let mut closings = plan.closings.iter().filter(|closing| as_of.has_heard(Some(closing.closed)));
        closings.any(|closing| closing.period.covers(*period))
    };
    let ended: Vec<Period> = ended.collect();
    let last = ended.last().copied();
    // Whoever comes after the last one has ended closes it all the same.
    let is_told = |period: &Period| since <= period.last_day() || Some(*period) == last;
    ended.into_iter().filter(|period| is_told(period) && !is_closed(period)).collect()
}

/// The inquiries that somebody has not answered.
fn unanswered(plan: &Plan, as_of: AsOf, owner: Option<usize>) -> Vec<(Period, Vec<usize>, Option<NaiveDate>)> {
    let since = as_of.date.checked_sub_months(Months::new(12)).unwrap_or(as_of.date);
    let of = |inquiry: &Inquiry| {
        let sent = inquiry.sent.iter().filter(|sent| since <= sent.sent && as_of.has_heard(Some(sent.sent)));
        let mut owners: Vec<usize> = sent.map(|sent| sent.owner).collect();
        owners.sort_unstable();
        owners.dedup();
        owners.retain(|place| owner.is_none_or(|owner| owner == *place));
        owners.retain(|place| inquiry.reply_of(*place, as_of.known).is_none());
        let deadline = owners.iter().filter_map(|place| inquiry.deadline_of(*place, as_of.known)).max();
        (!owners.is_empty()).then_some((inquiry.period, owners, deadline))
    };
    plan.inquiries.iter().filter_map(of).collect()
}

/// The owners with what they answer for, in their own order.
fn people(plan: &Plan, as_of: AsOf, owner: Option<usize>) -> Vec<Person<'_>> {
    let counted = || plan.entries.iter().enumerate().filter(|(_, e)| plan.head.counts(e.level) && as_of.has(e));
    let of = |place: usize| Person {
        owner: place,
        entries: counted().filter(|(_, e)| e.owners.first() == Some(&place)).map(|(at, _)| at).collect(),
        indicators: plan.indicators.iter().filter(|one| answering(plan, one).first() == Some(&place)).count(),
        reply: last_reply(plan, as_of, place),
    };
    (0..plan.owners.len()).filter(|place| owner.is_none_or(|owner| owner == *place)).map(of).collect()
}

fn last_reply(plan: &Plan, as_of: AsOf, owner: usize) -> Option<(Period, &Received)> {
    let all =
        plan.inquiries.iter().flat_map(|inquiry| inquiry.replies.iter().map(move |reply| (inquiry.period, reply)));
    let named = all.filter(|(_, reply)| reply.owner == owner && reply.person.is_some());
    named.filter(|(_, reply)| as_of.has_heard(Some(reply.received))).max_by_key(|(_, reply)| reply.received)
}

/// Every reason of a change that the plan tells, in order of date.
fn amendments(plan: &Plan, scope: Scope) -> impl Iterator<Item = (Option<&str>, &Amendment)> {
    let whole = plan.head.amendments.iter().filter(move |_| scope.owner.is_none()).map(|one| (None, one));
    let asked = scope.entries(plan);
    let entries = plan.entries.iter().zip(asked).filter(|(_, asked)| *asked);
    let entries = entries.flat_map(|(entry, _)| entry.amendments.iter().map(|one| (Some(entry.id.as_str()), one)));
    let indicators = plan.indicators.iter().filter(move |one| scope.has(plan, one));
    let indicators = indicators.flat_map(|of| of.amendments.iter().map(|one| (Some(of.id.as_str()), one)));
    let mut all: Vec<_> = whole.chain(entries).chain(indicators).collect();
    all.sort_by_key(|(_, amendment)| amendment.date);
    all.into_iter()
}

/// Records that another one corrects, by the day of that one.
fn corrected(plan: &Plan, as_of: AsOf, scope: Scope, since: NaiveDate) -> Vec<Event<'_>> {
    let asked = scope.entries(plan);
    let mut all = history(plan, None, as_of);
    all.retain(|event| {
        let is_asked = match event.subject {
            Subject::Entry(place) => asked[place],
            Subject::Indicator(place) => scope.has(plan, &plan.indicators[place]),
        };
        is_asked && event.corrected.and_then(|by| by.recorded).is_some_and(|day| since <= day)
    });
    all.sort_by_key(|event| std::cmp::Reverse(event.corrected.and_then(|by| by.recorded)));
    all
}
