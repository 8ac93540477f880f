//! 意見と対応: each opinion with what was answered to it, department by department, as of a day.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::{AsOf, Scope};
use crate::plan::opinion::{Meeting, Opinion, OpinionName, OpinionTrace, Response, ResponseState};
use crate::plan::{Plan, Subject};

/// An opinion that stands for itself, those that are grouped with it, and what was answered to them.
#[derive(Debug, Clone)]
pub struct Thread<'p> {
    /// Where it was given.
    pub meeting: &'p Meeting,
    /// What was said.
    pub opinion: &'p Opinion,
    /// The opinions that are grouped with it, in order of number.
    pub alike: Vec<&'p Opinion>,
    /// What each department answered: at least one part.
    pub parts: Vec<ThreadPart<'p>>,
}

/// What one department answered to an opinion.
#[derive(Debug, Clone)]
pub struct ThreadPart<'p> {
    /// Who, by place; `None` where the opinion goes to nobody.
    pub owner: Option<usize>,
    /// The answers that hold, in order of time.
    pub responses: Vec<&'p Response>,
}

/// Something promised that is still to come.
#[derive(Debug, Clone, Copy)]
pub struct Promise<'p> {
    /// The response that promised it last.
    pub response: &'p Response,
    /// What.
    pub text: &'p str,
    /// The last day on which it is kept.
    pub until: NaiveDate,
}

impl AsOf {
    /// Whether an opinion or a response holds: it was recorded in time, it takes nothing back, and nothing known corrects it.
    pub fn holds_still(self, trace: &OpinionTrace) -> bool {
        let is_corrected = trace.corrected.is_some_and(|by| self.has_heard(Some(by.day)));
        self.has_heard(Some(trace.stamp.day)) && !trace.withdrawn && !is_corrected
    }
}

/// Every opinion that is known, also of a meeting after the period that is asked about.
pub fn known(plan: &Plan, as_of: AsOf) -> Vec<Thread<'_>> {
    let until = as_of.known.unwrap_or(NaiveDate::MAX);
    let held = plan.meetings.iter().filter(|meeting| meeting.from.unwrap_or(meeting.date) <= until);
    held.flat_map(|meeting| threads_of(plan, meeting, as_of)).collect()
}

/// Every opinion given by the day, in order of meeting and number.
pub fn threads(plan: &Plan, as_of: AsOf) -> Vec<Thread<'_>> {
    let held = plan.meetings.iter().filter(|meeting| meeting.from.unwrap_or(meeting.date) <= as_of.date);
    held.flat_map(|meeting| threads_of(plan, meeting, as_of)).collect()
}

/// Those about an entry or anything under it, or about an indicator.
pub fn about(plan: &Plan, subject: Subject, as_of: AsOf) -> Vec<Thread<'_>> {
    let scope = Scope { under: subject.entry(), owner: None };
    let is_asked = |thread: &Thread<'_>| match subject {
        Subject::Entry(_) => thread.is_within(plan, scope),
        Subject::Indicator(_) => thread.is_about(subject),
    };
    threads(plan, as_of).into_iter().filter(is_asked).collect()
}

/// The opinions of one meeting, in order of number.
pub fn threads_of<'p>(plan: &'p Plan, meeting: &'p Meeting, as_of: AsOf) -> Vec<Thread<'p>> {
    let mut standing: Vec<&Opinion> = meeting.opinions.iter().filter(|o| as_of.holds_still(&o.trace)).collect();
    standing.sort_by(|a, b| a.number.cmp(&b.number));
    let numbers: HashSet<_> = standing.iter().map(|opinion| &opinion.number).collect();
    // What it is grouped with may have been said otherwise at that day: then it stands for itself.
    let head_of = |opinion: &Opinion| opinion.like.as_ref().filter(|like| numbers.contains(like)).cloned();
    let heads = standing.iter().filter(|opinion| head_of(opinion).is_none());
    let thread = |opinion: &&'p Opinion| {
        let alike = standing.iter().filter(|other| head_of(other).as_ref() == Some(&opinion.number)).copied().collect();
        thread(plan, meeting, opinion, alike, as_of)
    };
    heads.map(thread).collect()
}

fn thread<'p>(
    plan: &Plan,
    meeting: &'p Meeting,
    opinion: &'p Opinion,
    alike: Vec<&'p Opinion>,
    as_of: AsOf,
) -> Thread<'p> {
    let answers = |response: &&Response| {
        as_of.holds_still(&response.trace)
            && (response.to == opinion.number || alike.iter().any(|other| other.number == response.to))
    };
    let mut responses: Vec<&Response> = meeting.responses.iter().filter(answers).collect();
    responses.sort_by_key(|response| response.trace.place);
    let mut owners: Vec<Option<usize>> = opinion.answered_by(plan).into_iter().map(Some).collect();
    for owner in responses.iter().filter_map(|response| response.owner) {
        if !owners.contains(&Some(owner)) {
            owners.push(Some(owner));
        }
    }
    if owners.is_empty() {
        owners.push(None);
    }
    let part = |owner: Option<usize>| {
        let own = responses.iter().filter(|response| response.owner.is_none() || response.owner == owner);
        ThreadPart { owner, responses: own.copied().collect() }
    };
    let parts = owners.into_iter().map(part).collect();
    Thread { meeting, opinion, alike, parts }
}

impl<'p> Thread<'p> {
    /// What the opinion is called: `2026-02-10/3`.
    pub fn name(&self) -> OpinionName {
        self.meeting.name_of(&self.opinion.number)
    }

    /// How many people said so, those of the opinions that are grouped with it included.
    pub fn count(&self) -> u64 {
        [self.opinion].into_iter().chain(self.alike.iter().copied()).map(|opinion| u64::from(opinion.count)).sum()
    }

    /// What comes of it: where departments differ, the state of the one that is least far; `None` while one has not
    /// answered.
    pub fn state(&self) -> Option<ResponseState> {
        self.parts.iter().map(ThreadPart::state).min().flatten()
    }

    /// Whether something is still to come: an answer, or what was begun.
    pub fn is_open(&self) -> bool {
        self.parts.iter().any(ThreadPart::is_open)
    }

    /// Whether something is still to come of an owner; of anybody where none is asked about.
    pub fn is_open_for(&self, owner: Option<usize>) -> bool {
        let is_asked = |part: &ThreadPart<'_>| owner.is_none_or(|owner| part.owner == Some(owner));
        self.parts.iter().any(|part| is_asked(part) && part.is_open())
    }

    /// The answers of all departments, in order of time, each once.
    pub fn responses(&self) -> Vec<&'p Response> {
        let mut all: Vec<&Response> = self.parts.iter().flat_map(|part| part.responses.iter().copied()).collect();
        all.sort_by_key(|response| response.trace.place);
        all.dedup_by_key(|response| response.trace.place);
        all
    }

    /// The answers that hold now: the last one of each department, each once.
    pub fn latest(&self) -> Vec<&'p Response> {
        let mut latest: Vec<&Response> = self.parts.iter().filter_map(ThreadPart::last).collect();
        latest.sort_by_key(|response| response.trace.place);
        latest.dedup_by_key(|response| response.trace.place);
        latest
    }

    /// The first day by which something is owed: an answer, or what was promised.
    pub fn term(&self) -> Option<NaiveDate> {
        self.parts.iter().filter_map(|part| part.owed(self.opinion)?.term).min()
    }

    /// Whether an answer or a promise is overdue.
    pub fn is_overdue(&self, as_of: AsOf) -> bool {
        self.term().is_some_and(|term| term < as_of.date)
    }

    /// Whether it is about an entry or indicator.
    pub fn is_about(&self, subject: Subject) -> bool {
        self.opinion.about.contains(&subject)
    }

    /// Whether it lies within a part of the plan: it is about something there, and the owner asked for has to answer.
    pub fn is_within(&self, plan: &Plan, scope: Scope) -> bool {
        let under = scope.under.map(|root| plan.subtree(root));
        let is_under = |subject: &Subject| match (subject, &under) {
            (_, None) => true,
            (Subject::Entry(place), Some(under)) => under.contains(place),
            (Subject::Indicator(place), Some(under)) => {
                plan.indicators[*place].entries.iter().any(|entry| under.contains(entry))
            }
        };
        let is_asked = |owner: usize| self.parts.iter().any(|part| part.owner == Some(owner));
        (under.is_none() || self.opinion.about.iter().any(is_under)) && scope.owner.is_none_or(is_asked)
    }
}

/// What a department owes of an opinion.
#[derive(Debug, Clone, Copy)]
pub struct Owed<'p> {
    /// By when; `None` where nobody set a day.
    pub term: Option<NaiveDate>,
    /// What was promised; `None` where an answer is owed.
    pub promise: Option<Promise<'p>>,
}

impl<'p> ThreadPart<'p> {
    /// What is owed of an opinion: an answer, else what was promised.
    pub fn owed(&self, opinion: &Opinion) -> Option<Owed<'p>> {
        match self.promise() {
            Some(promise) => Some(Owed { term: Some(promise.until), promise: Some(promise) }),
            None => self.responses.is_empty().then_some(Owed { term: opinion.due, promise: None }),
        }
    }

    /// The answer that holds.
    pub fn last(&self) -> Option<&'p Response> {
        self.responses.last().copied()
    }

    /// What comes of the opinion; `None` before an answer.
    pub fn state(&self) -> Option<ResponseState> {
        self.last().map(|response| response.state)
    }

    /// Whether something is still to come.
    pub fn is_open(&self) -> bool {
        !self.state().is_some_and(ResponseState::is_settled)
    }

    /// What was promised last and is still to come: until the opinion is settled, or something else is promised.
    pub fn promise(&self) -> Option<Promise<'p>> {
        if !self.is_open() {
            return None;
        }
        let promised = |response: &&'p Response| {
            let (text, until) = (response.promise.as_deref()?, response.until?);
            Some(Promise { response, text, until: until.last_day() })
        };
        self.responses.iter().rev().find_map(promised)
    }
}
