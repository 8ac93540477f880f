//! What a form asks about the roadmap of an entry, so that nothing stays overdue for want of a question: the step that each
//! initiative has reached, and of every milestone whose time has come when it was reached, or why it was not.

use std::collections::HashSet;

use super::{Answer, Expect, Field};
use crate::lang::{Lang, Say};
use crate::plan::Plan;
use crate::plan::entry::{Entry, Update};
use crate::plan::period::Period;
use crate::plan::road::{Lane, NamedMilestones};
use crate::query::AsOf;
use crate::query::road::LaneReports;
use crate::text::same::name_key;
use crate::{say, tr};

/// One question: field, label, hint, what an answer can be, and whether the form is incomplete without it.
pub type Asked = (Field, Say, String, Expect, bool);

/// The questions about the roadmap of an entry in a period.
pub fn questions(plan: &Plan, place: usize, as_of: AsOf, lang: Lang) -> Vec<Asked> {
    let (entry, period) = (&plan.entries[place], as_of.period);
    let mut asked = Vec::new();
    let moments = [period.prev().map(|before| as_of.at_end_of(before)), Some(as_of)];
    let reports = moments.map(|moment| moment.map(|moment| LaneReports::new(entry, moment)));
    let (names, reached) = (NamedMilestones::new(entry), reached_before(entry, as_of));
    for lane in entry.lanes() {
        asked.extend(step(plan, place, lane, &reports, lang));
        for (at, milestone) in entry.milestones_of(lane).iter().enumerate() {
            if milestone.date.last_day() > period.last_day() || reached.contains(&(lane, at)) {
                continue;
            }
            let (name, planned) = (&milestone.name, milestone.date);
            let (ja, en) = (planned.tag(Lang::Ja), planned.tag(Lang::En));
            let label = say!("節目「{name}」（{ja} の予定）", "Milestone `{name}` (planned for {en})");
            let hint = tr!(
                lang,
                "到達した日。まだなら、遅れている理由と見込みの時期",
                "the day it was reached; if it was not, why and by when it will be"
            );
            asked.push((Field::Reached(called(entry, &names, lane, at)), label, hint, Expect::Reached, true));
        }
    }
    asked
}

/// The step that a lane has reached; one must be named where the year of a planned one has ended without it.
fn step(
    plan: &Plan,
    place: usize,
    lane: Lane,
    [before, now]: &[Option<LaneReports<'_>>; 2],
    lang: Lang,
) -> Option<Asked> {
    let entry = &plan.entries[place];
    let (before, road) = (before.as_ref()?.road(place, lane), now.as_ref()?.road(place, lane));
    if road.steps.is_empty() {
        return None;
    }
    let name = entry.initiative(lane).map_or(&entry.name, |initiative| &initiative.name);
    let steps = (0..plan.steps.len()).map(|step| plan.step(step).into()).collect();
    let required = before.steps.iter().chain(&road.steps).any(|step| step.standing.is_overdue());
    let hint = lang.pick("一覧から選ぶ", "choose from the list").to_owned();
    let label = say!("工程の段階（{name}）", "Step reached ({name})");
    Some((Field::Step(lane_called(entry, lane)), label, hint, Expect::Stage(steps), required))
}

/// The milestones of which an earlier period's record says that they were reached.
fn reached_before(entry: &Entry, as_of: AsOf) -> HashSet<(Lane, usize)> {
    let earlier = |update: &&Update| as_of.holds(*update) && update.period.last_day() < as_of.until();
    let reached = entry.updates.iter().filter(earlier).filter_map(|update| update.reached.as_ref());
    reached.flat_map(|reached| &reached.milestones).map(|(lane, place, _)| (*lane, *place)).collect()
}

/// How a record calls a lane: the entry by its id, an initiative by its name.
fn lane_called(entry: &Entry, lane: Lane) -> Box<str> {
    entry.initiative(lane).map_or_else(|| entry.id.as_str().into(), |initiative| initiative.name.clone())
}

/// How a record calls a milestone: by its name, with its lane where several have one of that name.
fn called(entry: &Entry, names: &NamedMilestones<'_>, lane: Lane, at: usize) -> Box<str> {
    let name = &entry.milestones_of(lane)[at].name;
    match names.named(name).len() {
        0 | 1 => name.clone(),
        _ => format!("{}/{name}", lane_called(entry, lane)).into(),
    }
}

/// The answer that an update gives to a question about the roadmap.
pub fn recorded(plan: &Plan, entry: &Entry, update: &Update, field: &Field) -> Option<Answer> {
    match field {
        Field::Step(called) => {
            let lane = entry.lane(called)?;
            let (_, step) = update.reached.as_ref()?.steps.iter().find(|(of, _)| *of == lane)?;
            Some(Answer(plan.step(*step).to_owned()))
        }
        Field::Reached(called) => {
            let mut reached = update.reached.iter().flat_map(|reached| &reached.milestones);
            let key = name_key(called);
            let is_called = |lane: Lane, place: usize| {
                // Most are of another name, which is known without looking for all that are called so.
                key.ends_with(&*name_key(&entry.milestones_of(lane)[place].name))
                    && entry.milestones_named(called).contains(&(lane, place))
            };
            let day = reached.find(|(lane, place, _)| is_called(*lane, *place)).map(|(.., day)| day.short());
            let why = || {
                let label = why_label(plan, called);
                update.notes.iter().find_map(|note| note.strip_prefix(label.as_str()).map(str::to_owned))
            };
            day.or_else(why).map(Answer)
        }
        _ => None,
    }
}

/// The footnote of a record that says why a milestone was not reached.
pub fn why(plan: &Plan, called: &str, reason: &str) -> String {
    why_label(plan, called) + reason
}

fn why_label(plan: &Plan, called: &str) -> String {
    plan.head.lang.pick(format!("節目「{called}」："), format!("Milestone `{called}`: "))
}

/// Whether an answer about a milestone is the day on which it was reached.
pub fn day(answer: &Answer) -> Option<Period> {
    Period::parse(&answer.0).ok().map(|parsed| parsed.period)
}
