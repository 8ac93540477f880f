//! One moment of one question: how an entry stands then.

use std::cmp::Reverse;

use crate::plan::Plan;
use crate::plan::entry::{Entry, Update};
use crate::plan::period::Period;
use crate::plan::scale::{Rating, ScaleVersion};
use crate::query::AsOf;

use super::{Question, Standing, report_for, updates_by};

/// One moment of one question.
pub struct Moment<'p> {
    /// The moment.
    pub as_of: AsOf,
    /// The grades of then.
    pub version: &'p ScaleVersion,
    version_place: usize,
    question: Question,
    plan: &'p Plan,
}

impl<'p> Moment<'p> {
    /// The moment `as_of` of a question.
    pub fn new(plan: &'p Plan, question: Question, as_of: AsOf) -> Self {
        let (version_place, version) = plan.scales[question.scale].version_near(as_of.period);
        Self { as_of, version, version_place, question, plan }
    }

    /// Returns the updates by an evaluator that count at this moment, the latest first.
    fn updates<'e>(&self, entry: &'e Entry, evaluator: usize) -> impl Iterator<Item = &'e Update> + use<'e, 'p>
    where
        'p: 'e,
    {
        updates_by(self.plan, entry, self.as_of, evaluator)
    }

    /// The update that rates an entry, with its rating. Of an evaluator that takes the ratings of others: of those that
    /// hold the ones of the latest period, and of these that of whom it names first.
    pub fn rated_by(&self, entry: &'p Entry) -> Option<(&'p Update, Rating)> {
        let evaluator = self.question.evaluator;
        let others = &self.plan.evaluators[evaluator].first_of;
        if others.is_empty() {
            return self.rated_by_one(entry, evaluator);
        }
        let theirs = others.iter().filter_map(|other| self.rated_by_one(entry, *other)).enumerate();
        let hold = theirs.filter(|(_, (_, rating))| self.grade(*rating).is_some());
        hold.max_by_key(|(rank, (update, _))| (update.period.last_day(), Reverse(*rank))).map(|(_, rated)| rated)
    }

    /// The last update by which one evaluator rates an entry; where the plan names the periods in which it is rated, only
    /// one about the period of this moment.
    fn rated_by_one(&self, entry: &'p Entry, evaluator: usize) -> Option<(&'p Update, Rating)> {
        let turn = self.turn(entry);
        let mut of_turn =
            self.updates(entry, evaluator).filter(|update| turn.is_none_or(|turn| update.period.answers_for(turn)));
        of_turn.find_map(|update| Some((update, update.rating_on(self.question.scale)?)))
    }

    /// The period that a rating must be about; `None` where the last one holds.
    fn turn(&self, entry: &Entry) -> Option<Period> {
        let turns = self.plan.turns(entry);
        let here = turns.iter().find(|turn| turn.answers_for(self.as_of.period));
        (!turns.is_empty()).then(|| here.copied().unwrap_or(self.as_of.period))
    }

    /// How an entry stands. What was reported counts, whatever the plan says of when.
    pub fn standing(&self, entry: &'p Entry) -> Standing {
        if !self.as_of.has(entry) {
            return Standing::Outside;
        }
        let grade = self.rated_by(entry).and_then(|(_, rating)| self.grade(rating));
        match grade {
            Some(grade) => Standing::Graded(grade),
            None if !entry.has_begun(self.as_of.period) => Standing::Ahead,
            None if !self.plan.is_rated(entry, self.as_of.period) => Standing::Resting,
            None => Standing::Unreported,
        }
    }

    /// A grade given under an earlier version of the scale holds while the version of today still has it.
    fn grade(&self, rating: Rating) -> Option<usize> {
        if usize::from(rating.version) == self.version_place {
            return Some(rating.grade.into());
        }
        let given = &self.plan.scales[self.question.scale].versions[usize::from(rating.version)];
        let id = &given.grades[usize::from(rating.grade)].id;
        self.version.grades.iter().position(|grade| grade.id == *id)
    }

    /// The last word about how far an entry is, in percent.
    pub fn progress(&self, entry: &'p Entry) -> Option<u8> {
        self.updates(entry, self.question.evaluator).find_map(|update| update.progress)
    }

    /// Whether a record answers for the period of this moment.
    pub fn is_fresh(&self, entry: &Entry) -> bool {
        report_for(self.plan, entry, self.as_of, self.question.evaluator, self.as_of.period).is_some()
    }
}
