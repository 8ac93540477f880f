//! Answers that cannot be so, or hardly: not taken before somebody says why they are right.

use chrono::NaiveDate;

use super::{Review, Row, Taken};
use crate::failure::Failure;
use crate::inquiry::reply::Reply;
use crate::inquiry::spot::Class;
use crate::inquiry::{Answer, Field, Key, form, road};
use crate::lang::Say;
use crate::plan::indicator::Kind;
use crate::plan::plausible::{self, Doubt};
use crate::plan::{Plan, Subject};
use crate::say;

/// Takes out of a review what cannot be so on the day that is today, and what is unlikely unless there is a reason why it
/// is right, which goes into the records.
pub fn doubt(plan: &Plan, review: &mut Review, today: NaiveDate, reason: Option<&str>) {
    for row in review.rows.iter_mut().filter(|row| row.class == Class::Changed) {
        let (Some(key), Some(answer)) = (&row.key, &row.answer) else { continue };
        let mut doubts = doubts(plan, key, answer, today);
        doubts.extend(review.taken.iter().filter(|taken| is_from(row, taken)).filter_map(|taken| early(plan, taken)));
        let Some(verdict) = Verdict::new(&doubts, reason) else { continue };
        row.class = verdict.class;
        row.confirmed = reason.filter(|_| verdict.class == Class::Changed).map(str::to_owned);
        match verdict.class {
            Class::Changed => row.notes.push(verdict.why),
            _ => row.reason = Some(verdict.why),
        }
    }
}

/// What becomes of a doubtful answer.
#[derive(Debug)]
pub struct Verdict {
    /// Its class.
    pub class: Class,
    /// Why.
    pub why: Say,
}

impl Verdict {
    /// The verdict on an answer with these doubts; `None` where there are none.
    pub fn new(doubts: &[Doubt], reason: Option<&str>) -> Option<Self> {
        let doubt = doubts.iter().find(|doubt| doubt.rule.is_impossible()).or(doubts.first())?;
        let (ja, en) = (&doubt.message.ja, &doubt.message.en);
        Some(match reason {
            _ if doubt.rule.is_impossible() => Self { class: Class::Invalid, why: doubt.message.clone() },
            Some(reason) => Self {
                class: Class::Changed,
                why: say!("{ja}（確認済み：{reason}）", "{en} (confirmed: {reason})"),
            },
            None => Self { class: Class::Unlikely, why: doubt.message.clone() },
        })
    }
}

/// The doubts about an answer that is to be recorded.
pub fn doubts(plan: &Plan, key: &Key, answer: &Answer, today: NaiveDate) -> Vec<Doubt> {
    let about = match (plan.index.get(&key.id), &key.field) {
        (Some(Subject::Entry(place)), Field::Progress) => {
            let progress = answer.0.parse().ok();
            progress.and_then(|n| plausible::of_progress(&plan.entries[*place], form::EVALUATOR, key.period, n))
        }
        (Some(Subject::Entry(place)), Field::Step(called)) => {
            let entry = &plan.entries[*place];
            let step = (0..plan.steps.len()).find(|step| plan.step(*step) == answer.0);
            let lane = entry.lane(called);
            lane.zip(step).and_then(|now| plausible::of_step(plan, entry, form::EVALUATOR, key.period, now))
        }
        (Some(Subject::Entry(_)), Field::Reached(_)) => {
            road::day(answer).and_then(|day| plausible::future("reached", day.first_day(), today))
        }
        (Some(Subject::Indicator(place)), Field::Value) => {
            let indicator = &plan.indicators[*place];
            match &indicator.kind {
                Kind::Milestone { steps } => {
                    let step = steps.iter().position(|step| **step == *answer.0);
                    step.and_then(|step| plausible::of_stage(indicator, key.period, step))
                }
                _ => answer.0.parse().ok().and_then(|number| plausible::of_number(indicator, number)),
            }
        }
        _ => None,
    };
    plausible::not_begun(key.period, today).into_iter().chain(about).collect()
}

fn is_from(row: &Row, taken: &Taken) -> bool {
    row.owner == taken.owner && row.spots.iter().any(|spot| spot.file == taken.file)
}

/// A reply that says a day before its form was sent.
fn early(plan: &Plan, taken: &Taken) -> Option<Doubt> {
    let inquiry = plan.inquiries.iter().find(|inquiry| inquiry.period == taken.period);
    let first = inquiry.and_then(|inquiry| inquiry.first_sent(taken.owner)).unwrap_or(taken.sent);
    plausible::before_sent("recorded", taken.day?, first)
}

/// Leaves out the replies that say a day that has not come; they are refused as a whole.
pub fn refuse_future(replies: Vec<Reply>, refused: &mut Vec<(String, Failure)>, today: NaiveDate) -> Vec<Reply> {
    let mut in_time = |reply: &Reply| {
        let ahead = reply.day.as_ref().and_then(|(day, _)| plausible::future("recorded", *day, today));
        let Some(Doubt { message: Say { ja, en }, .. }) = ahead else { return true };
        let message = say!("回答日の {ja}", "the day of the reply: {en}");
        let hint = say!(
            "回答日を直してもらい、もう一度 collect に渡してください",
            "have the day corrected, and collect the file again"
        );
        refused.push((reply.file.clone(), Failure::new(message, hint)));
        false
    };
    replies.into_iter().filter(|reply| in_time(reply)).collect()
}
