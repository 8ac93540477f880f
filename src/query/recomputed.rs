//! What papers printed of an indicator or a heading, worked out again.

use rust_decimal::Decimal;

use super::AsOf;
use super::gap::expected::is_part;
use super::gap::rate::less;
use super::gap::target::own;
use super::gap::{Gap, Rate, Verdict, gap};
use crate::plan::Plan;
use crate::plan::indicator::{Actual, Indicator, Kind, Reading, Series};
use crate::plan::judging::Meaning;
use crate::plan::period::Period;
use crate::plan::printed::PublishedOf;

/// What a printed figure of an indicator comes to, and what it rests on.
#[derive(Debug, Clone)]
pub enum Recomputed<'p> {
    /// A rate or a difference of the indicator as it stood at the end of the period.
    Of(Box<Gap<'p>>, Option<Decimal>),
    /// A sum of these.
    Sum(Vec<&'p Reading>, Option<Decimal>),
    /// The sum of the first by that of the second, in percent.
    RatioOfSums(Vec<&'p Reading>, Vec<&'p Reading>, Option<Decimal>),
    /// So many of so many.
    Count(u32, u32),
    /// The share of so many in so many, in percent.
    Share(u32, u32, Option<Decimal>),
    /// What the indicator has none of.
    Nothing,
}

impl Recomputed<'_> {
    /// How much.
    pub fn value(&self) -> Option<Decimal> {
        match self {
            Self::Of(_, value) | Self::Sum(_, value) | Self::RatioOfSums(.., value) | Self::Share(.., value) => *value,
            Self::Count(count, _) => Some((*count).into()),
            Self::Nothing => None,
        }
    }
}

/// Works out again what was printed of an indicator for a period.
pub fn recomputed<'p>(plan: &'p Plan, indicator: &'p Indicator, period: Period, of: PublishedOf) -> Recomputed<'p> {
    let is_heading = indicator.kind == Kind::Heading;
    match of {
        PublishedOf::Sum if is_heading => sum_under(plan, indicator, period),
        PublishedOf::Sum => sum_so_far(plan, indicator, period),
        PublishedOf::RatioOfSums if is_heading => ratio_under(plan, indicator, period),
        PublishedOf::RatioOfSums => ratio_so_far(plan, indicator, period),
        PublishedOf::Count(meaning) if is_heading => {
            let (count, all) = counted(plan, indicator, period, meaning);
            Recomputed::Count(count, all)
        }
        PublishedOf::Share(meaning) if is_heading => {
            let (count, all) = counted(plan, indicator, period, meaning);
            Recomputed::Share(count, all, Rate::new(count.into(), all.into()).and_then(Rate::percent))
        }
        PublishedOf::Count(_) | PublishedOf::Share(_) => Recomputed::Nothing,
        _ if is_heading => Recomputed::Nothing,
        _ => of_gap(plan, indicator, period, of),
    }
}

/// A rate or a difference of the indicator at the end of the period; none where its actual is of another period.
fn of_gap<'p>(plan: &'p Plan, indicator: &'p Indicator, period: Period, of: PublishedOf) -> Recomputed<'p> {
    let gap = gap(plan, indicator, AsOf::end_of(period));
    let is_of_period = gap.actual.is_some_and(|m| m.reading.period == period);
    let percent = |rate: Option<Rate>| rate.and_then(Rate::percent);
    let value = match of {
        PublishedOf::Ratio => percent(gap.ratio_to_target),
        PublishedOf::RatioToPeriod => percent(gap.ratio_to_period),
        PublishedOf::RatioToFinal => percent(gap.ratio_to_final),
        PublishedOf::ActualByTarget => percent(gap.actual_by_target),
        PublishedOf::Improvement => percent(gap.improvement),
        PublishedOf::Pace => percent(gap.pace),
        PublishedOf::Difference => gap.gap,
        PublishedOf::Sum | PublishedOf::RatioOfSums | PublishedOf::Count(_) | PublishedOf::Share(_) => None,
    };
    Recomputed::Of(Box::new(gap), value.filter(|_| is_of_period))
}

/// The indicators of a heading and of the headings under it, without what is a part of another indicator.
fn under<'p>(plan: &'p Plan, heading: &Indicator) -> Vec<&'p Indicator> {
    let Some(place) = plan.indicators.iter().position(|other| other.id == heading.id) else { return Vec::new() };
    let belongs = |indicator: &&Indicator| {
        let mut above = std::iter::successors(indicator.parent, |&at| plan.indicators[at].parent);
        let headings = above.by_ref().take(plan.indicators.len());
        let mut headings = headings.take_while(|&at| plan.indicators[at].kind == Kind::Heading);
        indicator.kind != Kind::Heading && headings.any(|at| at == place)
    };
    plan.indicators.iter().filter(belongs).collect()
}

/// The value that counts of an indicator at the end of a period.
fn known(indicator: &Indicator, until: Period) -> Vec<&Actual> {
    let as_of = AsOf::end_of(until);
    indicator.known(move |measure| as_of.counts(measure)).collect()
}

fn actual_of(indicator: &Indicator, period: Period) -> Option<&Reading> {
    let found = known(indicator, period).into_iter().rfind(|m| m.reading.period == period)?;
    found.reading.number().map(|_| &found.reading)
}

fn sum(of: &[&Reading]) -> Option<Decimal> {
    of.iter().try_fold(Decimal::ZERO, |sum, reading| less(sum, -reading.number()?))
}

/// The actuals under a heading; a sum with parts missing, or of several units, is none.
fn sum_under<'p>(plan: &'p Plan, heading: &'p Indicator, period: Period) -> Recomputed<'p> {
    let all = under(plan, heading);
    let alike = all.windows(2).all(|pair| pair[0].unit == pair[1].unit);
    let actuals: Vec<&Reading> = all.iter().filter_map(|indicator| actual_of(indicator, period)).collect();
    let value = sum(&actuals).filter(|_| alike && !all.is_empty() && actuals.len() == all.len());
    Recomputed::Sum(actuals, value)
}

fn ratio_under<'p>(plan: &'p Plan, heading: &'p Indicator, period: Period) -> Recomputed<'p> {
    let all = under(plan, heading);
    let alike = all.windows(2).all(|pair| pair[0].unit == pair[1].unit);
    let pairs = all.iter().filter_map(|i| Some((actual_of(i, period)?, target_of(i, period, period)?)));
    let (actuals, targets): (Vec<_>, Vec<_>) = pairs.unzip();
    let is_whole = alike && !all.is_empty() && actuals.len() == all.len();
    let value = ratio(&actuals, &targets).filter(|_| is_whole);
    Recomputed::RatioOfSums(actuals, targets, value)
}

fn target_of(indicator: &Indicator, period: Period, asked: Period) -> Option<&Reading> {
    let targets = indicator.targets_on(asked.last_day());
    own(indicator.series, targets, period).filter(|target| target.number().is_some())
}

fn ratio(actuals: &[&Reading], targets: &[&Reading]) -> Option<Decimal> {
    Rate::new(sum(actuals)?, sum(targets)?).and_then(Rate::percent)
}

/// The actuals of an indicator up to a period, each of as long a period: what adds up.
fn so_far(indicator: &Indicator, period: Period) -> Vec<&Reading> {
    let is_alike = |of: Period| is_part(of) == is_part(period) && of.cycle() == period.cycle();
    let known = known(indicator, period).into_iter().map(|m| &m.reading);
    known.filter(|r| r.number().is_some() && is_alike(r.period) && r.period <= period).collect()
}

/// What was reached so far: the sum of a flow, or the last value of what is a sum already.
fn sum_so_far<'p>(_plan: &'p Plan, indicator: &'p Indicator, period: Period) -> Recomputed<'p> {
    let all = match indicator.series {
        Series::Yearly => so_far(indicator, period),
        Series::Cumulative => actual_of(indicator, period).into_iter().collect(),
        Series::Unstated if indicator.effect.is_some() => so_far(indicator, period),
        _ => return Recomputed::Nothing,
    };
    let is_whole = all.last().is_some_and(|last| last.period == period);
    let value = sum(&all).filter(|_| is_whole);
    Recomputed::Sum(all, value)
}

fn ratio_so_far<'p>(_plan: &'p Plan, indicator: &'p Indicator, period: Period) -> Recomputed<'p> {
    if !matches!(indicator.series, Series::Yearly) && indicator.effect.is_none() {
        return Recomputed::Nothing;
    }
    let pairs = so_far(indicator, period)
        .into_iter()
        .filter_map(|actual| Some((actual, target_of(indicator, actual.period, period)?)));
    let (actuals, targets): (Vec<_>, Vec<_>) = pairs.unzip();
    let is_whole = actuals.last().is_some_and(|last: &&Reading| last.period == period);
    let value = ratio(&actuals, &targets).filter(|_| is_whole);
    Recomputed::RatioOfSums(actuals, targets, value)
}

/// How many under a heading have a verdict, and of how many: of those judged or, of 判定不能, of all. What a person gave
/// counts where it was given.
fn counted(plan: &Plan, heading: &Indicator, period: Period, wanted: Option<Meaning>) -> (u32, u32) {
    let verdicts: Vec<Option<Meaning>> = under(plan, heading).into_iter().map(|i| verdict(plan, i, period)).collect();
    let count = |matching: &dyn Fn(&Option<Meaning>) -> bool| {
        u32::try_from(verdicts.iter().filter(|verdict| matching(verdict)).count()).unwrap_or(u32::MAX)
    };
    let all = count(&|verdict| wanted.is_none() || verdict.is_some());
    (count(&|verdict| *verdict == wanted), all)
}

fn verdict(plan: &Plan, indicator: &Indicator, period: Period) -> Option<Meaning> {
    let gap = gap(plan, indicator, AsOf::end_of(period));
    match gap.actual.and_then(Actual::by_hand) {
        Some(by_hand) => by_hand.meaning,
        None => match gap.verdict {
            Verdict::Met => Some(Meaning::Met),
            Verdict::OnPace => Some(Meaning::OnPace),
            Verdict::Behind => Some(Meaning::Behind),
            Verdict::Worsened => Some(Meaning::Worsened),
            Verdict::Undetermined(_) => None,
        },
    }
}
