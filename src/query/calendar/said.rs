//! Meetings, the opinions that were given there, and what was promised.

use super::habits::a_year_later;
use super::{Basis, Duty, Work};
use crate::plan::Plan;
use crate::plan::opinion::{Body, Meeting};
use crate::plan::period::{Month, Period};
use crate::query::opinion::threads;
use crate::query::{AsOf, Scope};

/// Meetings to come: those that have their day, and those that are expected a year after the last one.
pub(super) fn of_meetings(plan: &Plan, as_of: AsOf) -> Vec<Duty<'_>> {
    let duty = |meeting, when, basis| Duty { when, work: Work::Meeting(meeting), owners: Vec::new(), basis };
    let ahead = plan.meetings.iter().filter(|meeting| as_of.date < meeting.date);
    let ahead = ahead.map(|meeting| duty(meeting, Period::Day(meeting.date), Basis::Record));
    let comes_round = |meeting: &&Meeting| matches!(meeting.body, Body::Committee | Body::Assembly | Body::Audit);
    let held = plan.meetings.iter().filter(|meeting| meeting.date <= as_of.date).filter(comes_round);
    let expected = held.filter_map(|meeting| {
        let month = Month::from_date(a_year_later(meeting.date));
        // Once another one of its kind has its day near it, that is the one that was expected.
        let is_near = |other: &Meeting| {
            let apart = (other.date - a_year_later(meeting.date)).num_days().abs();
            other.body == meeting.body && apart <= 45
        };
        let is_known = plan.meetings.iter().any(is_near);
        (!is_known).then(|| duty(meeting, Period::Month(month), Basis::LastYear(meeting.date)))
    });
    ahead.chain(expected).collect()
}

/// Opinions that wait for an answer by a day, and promises that are still to be kept.
pub(super) fn of_opinions(plan: &Plan, as_of: AsOf, owner: Option<usize>) -> Vec<Duty<'_>> {
    let scope = Scope { owner, under: None };
    let mut duties = Vec::new();
    for thread in threads(plan, as_of).into_iter().filter(|thread| thread.is_within(plan, scope)) {
        let asked = thread.parts.iter().filter(|part| owner.is_none() || part.owner == owner);
        for part in asked {
            let owners: Vec<usize> = part.owner.into_iter().collect();
            let mut add = |when, work| duties.push(Duty { when, work, owners: owners.clone(), basis: Basis::Record });
            match (part.last(), part.promise()) {
                (None, _) => thread.opinion.due.into_iter().for_each(|due| {
                    add(Period::Day(due), Work::Answer(thread.meeting, thread.opinion));
                }),
                (Some(_), Some(promise)) => {
                    add(
                        promise.response.until.unwrap_or(Period::Day(promise.until)),
                        Work::Promise(thread.meeting, thread.opinion, promise.text),
                    );
                }
                (Some(_), None) => {}
            }
        }
    }
    duties
}
