//! What is owed to whoever gave an opinion: an answer, or what was promised.

use super::super::opinion::{Promise, Thread, threads};
use super::super::{AsOf, Scope};
use super::{Due, What};
use crate::plan::Plan;
use crate::plan::opinion::{Meeting, Opinion};

/// An answer or a promise that one department owes.
#[derive(Debug, Clone, Copy)]
pub struct OwedOpinion<'p> {
    /// Where the opinion was given.
    pub meeting: &'p Meeting,
    /// The opinion.
    pub opinion: &'p Opinion,
    /// Who owes it, by place.
    pub owner: Option<usize>,
    /// What was promised; `None` where an answer is owed.
    pub promise: Option<Promise<'p>>,
    /// Whether its term has passed.
    pub is_late: bool,
}

/// Everything that is owed of opinions about a part of the plan.
pub fn owed(plan: &Plan, as_of: AsOf, scope: Scope) -> Vec<Due<'_>> {
    let asked = threads(plan, as_of).into_iter().filter(|thread| thread.is_within(plan, scope));
    asked.flat_map(|thread| of_thread(&thread, as_of, scope)).collect()
}

fn of_thread<'p>(thread: &Thread<'p>, as_of: AsOf, scope: Scope) -> Vec<Due<'p>> {
    let (meeting, opinion) = (thread.meeting, thread.opinion);
    let asked = thread.parts.iter().filter(|part| scope.owner.is_none() || part.owner == scope.owner);
    let due = asked.filter_map(|part| {
        let owed = part.owed(opinion)?;
        let is_late = owed.term.is_some_and(|term| term < as_of.date);
        let what = OwedOpinion { meeting, opinion, owner: part.owner, promise: owed.promise, is_late };
        let origin = owed.promise.map_or(opinion.origin, |promise| promise.response.origin);
        Some(Due { subject: opinion.about.first().copied(), what: What::Opinion(what), term: owed.term, origin })
    });
    due.collect()
}
