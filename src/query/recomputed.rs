//! What papers printed of an indicator or a heading, worked out again.

use rust_decimal::Decimal;

use super::AsOf;
use super::gap::expected::is_part;
use super::gap::rate::less;
use super::gap::target::own;
use super::gap::{Gap, Rate, gap};
use super::sums::{Side, Span, Sum, Term, Total};
use super::verdicts::{Standing, standing, standing_beside, under};
use crate::plan::Plan;
use crate::plan::indicator::{Actual, Indicator, Kind, Reading, Series};
use crate::plan::judging::Meaning;
use crate::plan::period::Period;
use crate::plan::printed::{BandPart, PublishedOf};

/// What a printed figure of an indicator comes to, and what it rests on.
#[derive(Debug, Clone)]
pub enum Recomputed<'p> {
    /// A rate or a difference of the indicator as it stood at the end of the period.
    Of(Box<Gap<'p>>, Option<Decimal>),
    /// A sum.
    Sum(Sum<'p>, Option<Decimal>),
    /// The sum of the first by that of the second, in percent.
    RatioOfSums(Sum<'p>, Sum<'p>, Option<Decimal>),
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
        PublishedOf::SumInYear if !is_heading => sum_in_year(indicator, period),
        PublishedOf::RatioOfSumsInYear if !is_heading && indicator.series == Series::Yearly => {
            ratio_over(indicator, so_far(indicator, period).into_iter().filter(in_year(period)), period)
        }
        PublishedOf::Count(meaning) if is_heading => {
            let (count, all) = counted(plan, indicator, period, meaning);
            Recomputed::Count(count, all)
        }
        PublishedOf::Share(meaning) if is_heading => {
            let (count, all) = counted(plan, indicator, period, meaning);
            Recomputed::Share(count, all, Rate::new(count.into(), all.into()).and_then(Rate::percent))
        }
        PublishedOf::BandCount(part) if is_heading => {
            let (count, all) = counted_in_band(plan, indicator, period, part);
            Recomputed::Count(count, all)
        }
        PublishedOf::BandShare(part) if is_heading => {
            let (count, all) = counted_in_band(plan, indicator, period, part);
            Recomputed::Share(count, all, Rate::new(count.into(), all.into()).and_then(Rate::percent))
        }
        _ if is_heading || of.is_count() => Recomputed::Nothing,
        PublishedOf::Share(_) | PublishedOf::BandShare(_) => Recomputed::Nothing,
        _ => of_gap(plan, indicator, period, of),
    }
}

/// A rate or a difference of the indicator at the end of the period; none where its actual is of another period.
fn of_gap<'p>(plan: &'p Plan, indicator: &'p Indicator, period: Period, of: PublishedOf) -> Recomputed<'p> {
    let gap = gap(plan, indicator, AsOf::end_of(period));
    let is_of_period = gap.actual.is_some_and(|m| m.reading.period == period);
    let value = figure(&gap, of).filter(|_| is_of_period);
    Recomputed::Of(Box::new(gap), value)
}

fn figure(gap: &Gap<'_>, of: PublishedOf) -> Option<Decimal> {
    let number = |reading: Option<&Reading>| reading.and_then(Reading::number);
    let now = number(gap.actual.map(|measure| &measure.reading));
    let (then, baseline) = (number(gap.change.map(|change| change.since)), number(gap.baseline));
    let by = |other: Option<Decimal>| by(now?, other?);
    let change_rate = |other: Option<Decimal>| self::by(less(now?, other?)?, other?);
    let rate = match of {
        PublishedOf::Difference => return gap.gap,
        PublishedOf::SinceLastYear => return gap.change.map(|change| change.by),
        PublishedOf::SinceBaseline => return less(now?, baseline?),
        PublishedOf::Ratio => gap.ratio_to_target,
        PublishedOf::RatioToPeriod => gap.ratio_to_period,
        PublishedOf::RatioToFinal => gap.ratio_to_final,
        PublishedOf::ActualByTarget => gap.actual_by_target,
        PublishedOf::ActualByPeriod => by(number(gap.own)),
        PublishedOf::ActualByFinal => by(number(gap.target)),
        PublishedOf::Improvement => gap.improvement,
        PublishedOf::Pace => gap.pace,
        PublishedOf::ByLastYear => by(then),
        PublishedOf::ChangeRate => change_rate(then),
        PublishedOf::ByBaseline => by(baseline),
        PublishedOf::ChangeRateOfBaseline => change_rate(baseline),
        _ => None,
    };
    rate.and_then(Rate::percent)
}

/// One number by another; none where that is not above zero.
fn by(one: Decimal, other: Decimal) -> Option<Rate> {
    Rate::new(one, other).filter(|_| other.is_sign_positive())
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

/// The actuals under a heading; a sum with parts missing, or of several units, is none. Effects add up as effects do.
fn sum_under<'p>(plan: &'p Plan, heading: &'p Indicator, period: Period) -> Recomputed<'p> {
    let all: Vec<&Indicator> = under(plan, heading).collect();
    if let Some(effects) = sums_of(plan, &all, period, Span::Year) {
        return effects.sum();
    }
    let actuals = all.iter().filter_map(|indicator| Some((*indicator, actual_of(indicator, period)?)));
    let sum = sum(actuals);
    let value = sum.value().filter(|_| is_alike(&all) && sum.terms.len() == all.len());
    Recomputed::Sum(sum, value)
}

fn ratio_under<'p>(plan: &'p Plan, heading: &'p Indicator, period: Period) -> Recomputed<'p> {
    let all: Vec<&Indicator> = under(plan, heading).collect();
    if let Some(effects) = sums_of(plan, &all, period, Span::Year) {
        return effects.ratio();
    }
    let pairs = all.iter().filter_map(|i| Some((*i, actual_of(i, period)?, target_of(i, period, period)?)));
    ratio(pairs.collect(), |pairs| is_alike(&all) && !all.is_empty() && pairs.len() == all.len())
}

/// Whether all have one unit.
fn is_alike(all: &[&Indicator]) -> bool {
    all.windows(2).all(|pair| pair[0].unit == pair[1].unit)
}

fn sum<'p>(of: impl Iterator<Item = (&'p Indicator, &'p Reading)>) -> Sum<'p> {
    let terms = of.map(|(of, reading)| Term { of, reading, times: 1 });
    Sum { terms: terms.collect(), lacking: Vec::new() }
}

/// An actual beside the target of its own period.
type Pair<'p> = (&'p Indicator, &'p Reading, &'p Reading);

fn ratio<'p>(pairs: Vec<Pair<'p>>, is_whole: impl Fn(&[Pair<'p>]) -> bool) -> Recomputed<'p> {
    let actuals = sum(pairs.iter().map(|(of, actual, _)| (*of, *actual)));
    let targets = sum(pairs.iter().map(|(of, _, target)| (*of, *target)));
    let rate = actuals.value().zip(targets.value()).and_then(|(actual, target)| Rate::new(actual, target));
    let value = rate.and_then(Rate::percent).filter(|_| is_whole(&pairs));
    Recomputed::RatioOfSums(actuals, targets, value)
}

/// The sums of effects over whole years: planned and as they came.
struct Sums<'p>([Sum<'p>; 2]);

/// The sums of these in a year, where each of them is an effect and all have one unit.
fn sums_of<'p>(plan: &'p Plan, of: &[&'p Indicator], period: Period, span: Span) -> Option<Sums<'p>> {
    let Period::Year(year) = period else { return None };
    let are_effects = !of.is_empty() && of.iter().all(|indicator| indicator.effect.is_some());
    let total = (are_effects && is_alike(of)).then(|| Total::new(plan, of, AsOf::end_of(period)))?;
    let side = |side| total.row(year, span).map_or_else(Sum::default, |row| row.sum(side).clone());
    Some(Sums([side(Side::Planned), side(Side::Actual)]))
}

impl<'p> Sums<'p> {
    fn sum(self) -> Recomputed<'p> {
        let Self([_, actual]) = self;
        let value = actual.whole();
        Recomputed::Sum(actual, value)
    }

    fn ratio(self) -> Recomputed<'p> {
        let Self([planned, actual]) = self;
        let rate = actual.whole().zip(planned.whole()).and_then(|(actual, planned)| Rate::new(actual, planned));
        Recomputed::RatioOfSums(actual, planned, rate.and_then(Rate::percent))
    }
}

fn target_of(indicator: &Indicator, period: Period, asked: Period) -> Option<&Reading> {
    let targets = indicator.targets_on(asked.last_day());
    own(indicator.series, targets, period).filter(|target| target.number().is_some())
}

/// The actuals of an indicator up to a period, each of as long a period: what adds up.
fn so_far(indicator: &Indicator, period: Period) -> Vec<&Reading> {
    let is_alike = |of: Period| {
        is_part(of) == is_part(period) && of.cycle() == period.cycle() && of.several_years() == period.several_years()
    };
    let known = known(indicator, period).into_iter().map(|m| &m.reading);
    known.filter(|r| r.number().is_some() && is_alike(r.period) && r.period <= period).collect()
}

/// Whether a reading is of the fiscal year of a period.
fn in_year(period: Period) -> impl Fn(&&Reading) -> bool {
    move |reading| reading.period.fiscal_year() == period.fiscal_year()
}

/// The actuals of a flow from the beginning of the fiscal year up to a period.
fn sum_in_year(indicator: &Indicator, period: Period) -> Recomputed<'_> {
    if indicator.series != Series::Yearly {
        return Recomputed::Nothing;
    }
    sum_up_to(indicator, so_far(indicator, period).into_iter().filter(in_year(period)).collect(), period)
}

/// These together, where the last is of the period.
fn sum_up_to<'p>(indicator: &'p Indicator, all: Vec<&'p Reading>, period: Period) -> Recomputed<'p> {
    let is_whole = all.last().is_some_and(|last| last.period == period);
    let sum = sum(all.into_iter().map(|reading| (indicator, reading)));
    let value = sum.value().filter(|_| is_whole);
    Recomputed::Sum(sum, value)
}

/// What was reached so far: the sum of a flow, the last value of what is a sum already; of an effect as effects add up.
fn sum_so_far<'p>(plan: &'p Plan, indicator: &'p Indicator, period: Period) -> Recomputed<'p> {
    if let Some(effect) = sums_of(plan, &[indicator], period, Span::SoFar) {
        return effect.sum();
    }
    let all = match indicator.series {
        Series::Cumulative => actual_of(indicator, period).into_iter().collect(),
        Series::Yearly => so_far(indicator, period),
        Series::Unstated if indicator.effect.is_some() => so_far(indicator, period),
        _ => return Recomputed::Nothing,
    };
    sum_up_to(indicator, all, period)
}

fn ratio_so_far<'p>(plan: &'p Plan, indicator: &'p Indicator, period: Period) -> Recomputed<'p> {
    if let Some(effect) = sums_of(plan, &[indicator], period, Span::SoFar) {
        return effect.ratio();
    }
    if !matches!(indicator.series, Series::Yearly) && indicator.effect.is_none() {
        return Recomputed::Nothing;
    }
    ratio_over(indicator, so_far(indicator, period).into_iter(), period)
}

/// These by the targets of their own periods, where the last is of the period.
fn ratio_over<'p>(
    indicator: &'p Indicator,
    actuals: impl Iterator<Item = &'p Reading>,
    period: Period,
) -> Recomputed<'p> {
    let pairs = actuals.filter_map(|actual| Some((indicator, actual, target_of(indicator, actual.period, period)?)));
    ratio(pairs.collect(), |pairs| pairs.last().is_some_and(|(_, last, _)| last.period == period))
}

/// How many under a heading have a verdict, and of how many: of those judged or, of 判定不能, of all. What a person gave
/// counts where it was given.
fn counted(plan: &Plan, heading: &Indicator, period: Period, wanted: Option<Meaning>) -> (u32, u32) {
    let verdict = |indicator| gap(plan, indicator, AsOf::end_of(period)).counted().meaning();
    let verdicts: Vec<Option<Meaning>> = under(plan, heading).map(verdict).collect();
    let all = number(&verdicts, |verdict| wanted.is_none() || verdict.is_some());
    (number(&verdicts, |verdict| *verdict == wanted), all)
}

/// How many under a heading have a band or one of a sum, and of how many: of those whose band counts or, of one that
/// does not, of all that its set judges.
fn counted_in_band(plan: &Plan, heading: &Indicator, period: Period, wanted: BandPart) -> (u32, u32) {
    let (set, bands) = (&plan.band_sets[wanted.set()], wanted.bands(&plan.band_sets));
    let standing_of = |indicator| {
        let gap = gap(plan, indicator, AsOf::end_of(period));
        let beside = gap.also.iter().find(|beside| beside.set.id == set.id);
        let own = (gap.set.id == set.id).then(|| standing(plan, &gap));
        own.or_else(|| beside.map(|beside| standing_beside(plan, &gap, *beside)))
    };
    let standings: Vec<Standing> = under(plan, heading).filter_map(standing_of).collect();
    let counts = bands.iter().all(|band| set.bands[*band].counts);
    let all = number(&standings, |standing| !counts || standing.counts(set));
    (number(&standings, |standing| matches!(standing, Standing::Band(band) if bands.contains(band))), all)
}

fn number<T>(all: &[T], is: impl Fn(&T) -> bool) -> u32 {
    u32::try_from(all.iter().filter(|one| is(one)).count()).unwrap_or(u32::MAX)
}
