//! What changed in the plan itself, as the plan tells: entries that came and went, targets that were revised.

use chrono::NaiveDate;

use crate::plan::Plan;
use crate::plan::indicator::{Indicator, Kind, Reading, Revision};
use crate::plan::period::Period;
use crate::plan::value::Value;
use crate::query::AsOf;
use crate::query::gap::is_less_better;

/// A change of the plan.
#[derive(Debug, Clone, Copy)]
pub enum Altered<'p> {
    /// 追加, by the entry's place.
    Added(usize),
    /// 廃止, by the entry's place.
    Dropped(usize),
    /// 目標値の見直し.
    Target(Retarget<'p>),
}

/// A revised target.
#[derive(Debug, Clone, Copy)]
pub struct Retarget<'p> {
    /// The indicator.
    pub indicator: &'p Indicator,
    /// The final target before.
    pub from: Option<&'p Reading>,
    /// The final target from then on.
    pub to: Option<&'p Reading>,
    /// The last day on which the former target held.
    pub until: NaiveDate,
    /// Why.
    pub reason: Option<&'p str>,
    /// 下方修正: whether the new one is easier to meet; `None` where that cannot be decided.
    pub easier: Option<bool>,
}

/// What changed after the end of `previous` up to then.
pub fn altered(plan: &Plan, previous: Option<Period>, as_of: AsOf) -> Vec<Altered<'_>> {
    let Some(previous) = previous else { return Vec::new() };
    let is_new = |period: Option<Period>| {
        period.is_some_and(|p| previous.last_day() < p.first_day() && p.first_day() <= as_of.date)
    };
    let entries = plan.entries.iter().enumerate();
    let came_and_went = entries.flat_map(|(place, entry)| {
        let added = is_new(entry.added).then_some(Altered::Added(place));
        added.into_iter().chain(is_new(entry.dropped).then_some(Altered::Dropped(place)))
    });
    let revised = retargets(plan, as_of).into_iter().filter(|r| previous.last_day() <= r.until && r.until < as_of.date);
    came_and_went.chain(revised.map(Altered::Target)).collect()
}

/// Every revision of a target up to then, in the order of the plan.
pub fn retargets(plan: &Plan, as_of: AsOf) -> Vec<Retarget<'_>> {
    plan.indicators.iter().flat_map(|indicator| retargets_of(indicator, as_of)).collect()
}

fn retargets_of<'p>(indicator: &'p Indicator, as_of: AsOf) -> Vec<Retarget<'p>> {
    let after = indicator.revised.iter().skip(1).map(|r| &r.in_force).chain([&indicator.targets]);
    let pairs = indicator.revised.iter().zip(after).filter(|(revision, _)| revision.until < as_of.date);
    let retarget = |(revision, after): (&'p Revision, &'p Vec<Reading>)| {
        let (from, to) = (revision.in_force.last(), after.last());
        let easier = easier(indicator, from, to);
        Retarget { indicator, from, to, until: revision.until, reason: revision.reason.as_deref(), easier }
    };
    pairs.map(retarget).collect()
}

/// Whether `to` asks for less than `from`.
fn easier(indicator: &Indicator, from: Option<&Reading>, to: Option<&Reading>) -> Option<bool> {
    let (from, to) = (from?, to?);
    if let (Value::Step(from), Value::Step(to)) = (&from.value, &to.value) {
        return (from != to).then_some(to < from);
    }
    let (from, to) = (from.number()?, to.number()?);
    match indicator.kind {
        Kind::Up | Kind::AtLeast | Kind::Down | Kind::AtMost if from != to => {
            let down = is_less_better(&indicator.kind);
            Some(if down { to > from } else { to < from })
        }
        _ => None,
    }
}
