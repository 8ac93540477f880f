//! Whether what a record says can be so: days and periods that have not begun, values out of all proportion, progress
//! that falls. Whoever takes something down asks here, and `check` for what was written by hand; which day is today is
//! handed in.
//!
//! What is impossible is refused. What is unlikely is confirmed with a reason, which becomes the note of the record.

mod days;
mod size;

use chrono::NaiveDate;
use rust_decimal::Decimal;

pub use self::days::{
    before_closing, before_corrected, before_sent, deadline, future, meeting, not_begun, of_answer, of_closing,
    of_inquiry, of_meeting, overtaken, passed,
};

use self::days::{long_before, reached, timed};
use self::size::Sizes;
use super::entry::{Entry, Update};
use super::indicator::{Actual, Indicator, Kind};
use super::period::Period;
use super::record::Recorded;
use super::road::Lane;
use super::value::{Value, Written};
use super::{Head, Plan};
use crate::lang::Say;
use crate::say;

/// What a rule holds against something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// A day that has not begun.
    FutureDay,
    /// A period that had not begun when it was reported.
    NotBegun,
    /// A milestone reached after the day of the record that says so.
    ReachedTooSoon,
    /// A share of those asked that is more than all of them.
    BeyondHundred,
    /// A value that is no single number: 98.8％以上.
    NotOneValue,
    /// A value unlike all others of its indicator.
    UnlikelyValue,
    /// Progress, a step or a stage behind what was reported before.
    FallsBack,
    /// A time long before the plan.
    LongAgo,
    /// Days in another order than things happen.
    DaysOutOfOrder,
    /// A record that does not count, since another one of its period has a later day.
    Overtaken,
    /// A value in the place of another one that was recorded.
    Replaced,
}

/// Something that cannot be so, or hardly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// By which rule.
    pub rule: Rule,
    /// The key that says it.
    pub key: &'static str,
    /// What is doubtful.
    pub message: Say,
    /// What to do.
    pub help: Say,
}

impl Rule {
    /// Whether it cannot be so at all; else it is unlikely.
    pub fn is_impossible(self) -> bool {
        use Rule::{BeyondHundred, FutureDay, NotBegun, NotOneValue, ReachedTooSoon};
        matches!(self, FutureDay | NotBegun | ReachedTooSoon | BeyondHundred | NotOneValue)
    }
}

/// The doubts about the updates of an entry that stand.
pub fn of_entry<'p>(plan: &Plan, entry: &'p Entry, today: NaiveDate) -> Vec<(&'p Update, Doubt)> {
    let mut found = Vec::new();
    for (place, update) in entry.updates.iter().enumerate().filter(|(_, update)| update.stands()) {
        let before = &entry.updates[..place];
        let doubts = timed(update, today).into_iter().chain(reached(&plan.head, entry, update, today));
        let doubts = doubts.chain(progress_falls(before, update.evaluator, update.period, update.progress));
        found.extend(doubts.chain(steps_fall(plan, before, update)).map(|doubt| (update, doubt)));
    }
    found.extend(before_corrected_of(&entry.updates, today));
    found
}

/// The doubts about the actuals of an indicator that stand.
pub fn of_indicator<'p>(head: &Head, indicator: &'p Indicator, today: NaiveDate) -> Vec<(&'p Actual, Doubt)> {
    let mut found = Vec::new();
    for measure in indicator.measures.iter().filter(|measure| measure.stands()) {
        let doubts = timed(measure, today).into_iter().chain(one_value(measure));
        let doubts = doubts.chain(beyond_hundred(indicator, measure));
        found.extend(doubts.chain(long_before(head, indicator, measure.reading.period)).map(|doubt| (measure, doubt)));
    }
    found.extend(before_corrected_of(&indicator.measures, today));
    let (sizes, mut stage) = (Sizes::of_indicator(indicator), None);
    // Of a period only the last value counts: what it replaced is none of the others.
    for measure in indicator.known(Recorded::stands) {
        let judged = !measure.breaks && beyond_hundred(indicator, measure).is_none();
        let number = measure.reading.number().filter(|_| judged);
        let doubt = number.and_then(|number| sizes.unlike_others(number, &indicator.unit));
        found.extend(doubt.map(|doubt| (measure, doubt)));
        if let Value::Step(now) = measure.reading.value {
            found.extend(stage.and_then(|before| stage_falls(indicator, before, now)).map(|doubt| (measure, doubt)));
            stage = Some(now);
        }
    }
    found
}

/// The doubts about the days of corrections and withdrawals that hold to this day.
fn before_corrected_of<R: Recorded>(records: &[R], today: NaiveDate) -> impl Iterator<Item = (&R, Doubt)> {
    let holding = records.iter().filter(|record| record.trace().corrected().is_none());
    holding.filter_map(move |record| Some((record, before_corrected(record, today)?)))
}

/// The doubt about a number that is to become a value of an indicator.
pub fn of_number(indicator: &Indicator, number: Decimal) -> Option<Doubt> {
    Sizes::of_indicator(indicator).unlike(number, &indicator.unit)
}

/// The doubt about a step that is to become the value of an indicator in a period.
pub fn of_stage(indicator: &Indicator, period: Period, now: usize) -> Option<Doubt> {
    let earlier = indicator.known(Recorded::stands).filter(|m| m.reading.period.last_day() < period.last_day());
    let stages = earlier.filter_map(|measure| match measure.reading.value {
        Value::Step(step) => Some(step),
        _ => None,
    });
    stage_falls(indicator, stages.last()?, now)
}

/// The doubt about a progress that an evaluator is to report of an entry in a period.
pub fn of_progress(entry: &Entry, evaluator: usize, period: Period, progress: u8) -> Option<Doubt> {
    progress_falls(&entry.updates, evaluator, period, Some(progress))
}

/// The doubt about a step that an evaluator is to report of a lane of an entry in a period.
pub fn of_step(plan: &Plan, entry: &Entry, evaluator: usize, period: Period, step: (Lane, usize)) -> Option<Doubt> {
    step_falls(plan, &entry.updates, evaluator, period, step)
}

/// A value written as text that is more than a number.
fn one_value(measure: &Actual) -> Option<Doubt> {
    measure.reading.number()?;
    let text = measure.reading.written()?;
    Written::parse(text)?.bound.is_some().then(|| Doubt {
        rule: Rule::NotOneValue,
        key: "value",
        message: say!("「{text}」は実績の値が一つに決まりません", "`{text}` is not a single value"),
        help: say!(
            "数値だけを書き、数え方などは注（note）に書いてください",
            "write the number alone, and put how it is counted into the note"
        ),
    })
}

/// A share of those who were asked in a survey.
fn beyond_hundred(indicator: &Indicator, measure: &Actual) -> Option<Doubt> {
    let number = measure.reading.number().filter(|_| measure.sample().is_some() && indicator.unit.is_percent())?;
    (number > Decimal::ONE_HUNDRED).then(|| Doubt {
        rule: Rule::BeyondHundred,
        key: "value",
        message: say!(
            "調査の割合が 100％を超えています（{number}％）",
            "a survey cannot give more than 100% ({number}%)"
        ),
        help: say!("値と回答数（sample）を確かめてください", "check the value, and `sample`"),
    })
}

/// A progress below that of the last period before.
fn progress_falls(before: &[Update], evaluator: usize, period: Period, now: Option<u8>) -> Option<Doubt> {
    let now = now?;
    let mut earlier = last_before(before, evaluator, period);
    let (then, was) = earlier.find_map(|update| Some((update.period, update.progress?)))?;
    (now < was).then(|| Doubt {
        rule: Rule::FallsBack,
        key: "progress",
        message: say!(
            "進捗率が {then} の {was}％から {now}％に下がっています",
            "the progress falls from {was}% in {then} to {now}%"
        ),
        help: say!("値と期間を確かめてください", "check the value and the period"),
    })
}

/// So far back an earlier period is looked for: a file of a hundred thousand records must not take a day.
const FAR_BACK: usize = 500;

/// The updates of an evaluator about earlier periods, the last one first.
fn last_before(before: &[Update], evaluator: usize, period: Period) -> impl Iterator<Item = &Update> {
    let earlier = move |update: &&Update| update.stands() && update.period.last_day() < period.last_day();
    before.iter().rev().take(FAR_BACK).filter(earlier).filter(move |update| update.evaluator == evaluator)
}

/// Steps of the roadmap behind those that were reached in the last period before.
fn steps_fall(plan: &Plan, before: &[Update], update: &Update) -> Vec<Doubt> {
    let fall = |now| step_falls(plan, before, update.evaluator, update.period, now);
    steps(update).into_iter().filter_map(fall).collect()
}

/// A step of a lane behind the one that was reached in the last period before.
fn step_falls(
    plan: &Plan,
    before: &[Update],
    evaluator: usize,
    period: Period,
    (lane, now): (Lane, usize),
) -> Option<Doubt> {
    let mut earlier = last_before(before, evaluator, period).flat_map(steps);
    let (_, was) = earlier.find(|(other, _)| *other == lane)?;
    (now < was).then(|| fallen("step", &plan.steps[was], &plan.steps[now]))
}

fn steps(update: &Update) -> Vec<(Lane, usize)> {
    update.reached.as_ref().map(|reached| reached.steps.clone()).unwrap_or_default()
}

/// A stage of an indicator behind the one before.
fn stage_falls(indicator: &Indicator, was: usize, now: usize) -> Option<Doubt> {
    let Kind::Milestone { steps } = &indicator.kind else { return None };
    let name = |step: usize| Say { ja: steps[step].to_string(), en: steps[step].to_string() };
    (now < was).then(|| fallen("value", &name(was), &name(now)))
}

fn fallen(key: &'static str, was: &Say, now: &Say) -> Doubt {
    Doubt {
        rule: Rule::FallsBack,
        key,
        message: Say {
            ja: format!("段階が「{}」から「{}」に戻っています", was.ja, now.ja),
            en: format!("it falls back from `{}` to `{}`", was.en, now.en),
        },
        help: say!("段階と期間を確かめてください", "check the step and the period"),
    }
}
