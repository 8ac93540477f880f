//! One indicator on one side, year by year: what was stated, what it comes to within a year and so far.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Side, Sum};
use crate::plan::Plan;
use crate::plan::indicator::{Effect, Indicator, Reading, Series};
use crate::plan::period::{Cycle, FiscalYear, Period};
use crate::plan::value::{Absence, Value};
use crate::query::AsOf;

/// How amounts of an indicator add up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counting {
    /// 単年度: an amount counts in its year.
    OneYear,
    /// 継続: an amount counts in the year it began in and in every later one of the plan.
    Continuing,
    /// 累計: a value is all that there was so far; that of a year is the difference to the year before.
    Cumulative,
    /// A state on a day: values of one year add up, those of several years do not.
    Level,
    /// 要確認: nobody knows which of these it is.
    Unsettled,
}

impl Counting {
    /// How the amounts of an indicator add up.
    pub fn of(indicator: &Indicator) -> Self {
        match (indicator.series, indicator.effect) {
            (Series::Cumulative, _) => Self::Cumulative,
            (Series::Unconfirmed, _) => Self::Unsettled,
            (_, Some(Effect::Continuing)) => Self::Continuing,
            (Series::Yearly, _) | (_, Some(Effect::OneYear)) => Self::OneYear,
            (Series::Snapshot | Series::Unstated, None) => Self::Level,
        }
    }
}

impl Counting {
    /// The key that programs read.
    pub fn key(self) -> &'static str {
        match self {
            Self::OneYear => "one-year",
            Self::Continuing => "continuing",
            Self::Cumulative => "cumulative",
            Self::Level => "on-a-day",
            Self::Unsettled => "unconfirmed",
        }
    }
}

/// What was stated of one year.
#[derive(Debug, Default, Clone)]
struct Stated<'p> {
    /// The amounts: that of the year, or those of its parts.
    readings: Vec<&'p Reading>,
    /// Whether they are the whole year.
    is_whole: bool,
    /// Whether there is to be none: －, 対象外.
    is_none: bool,
}

/// One indicator on one side.
#[derive(Debug)]
pub struct Course<'p> {
    of: &'p Indicator,
    counting: Counting,
    side: Side,
    /// The first year of the plan.
    first: FiscalYear,
    stated: BTreeMap<FiscalYear, Stated<'p>>,
    /// The years of which an amount is to be there.
    expected: Vec<FiscalYear>,
    /// Of a cumulative series, the value that the first one goes on from, and its year.
    base: Option<&'p Reading>,
}

impl<'p> Course<'p> {
    /// The course of an indicator on each side: what the plan states; what came and counts as of then; what is forecast
    /// of years that nothing, or a part only, came of.
    pub fn sides(plan: &Plan, of: &'p Indicator, as_of: AsOf) -> [Self; 3] {
        let first = plan.head.from;
        let actual = Self::new(of, Side::Actual, as_of, first, None);
        let forecast = Self::new(of, Side::Forecast, as_of, first, Some(&actual));
        [Self::new(of, Side::Planned, as_of, first, None), actual, forecast]
    }

    fn new(of: &'p Indicator, side: Side, as_of: AsOf, first: FiscalYear, came: Option<&Self>) -> Self {
        let readings: Vec<&'p Reading> = match side {
            Side::Planned => of.targets_on(as_of.date).iter().collect(),
            Side::Actual => of.known(|measure| as_of.counts(measure)).map(|measure| &measure.reading).collect(),
            Side::Forecast => of.forecasts.iter().collect(),
        };
        let counting = Counting::of(of);
        let mut by_year: BTreeMap<FiscalYear, Vec<&'p Reading>> = BTreeMap::new();
        for reading in readings {
            by_year.entry(reading.period.fiscal_year()).or_default().push(reading);
        }
        let stated = by_year.into_iter().map(|(year, all)| (year, stated(counting, &all)));
        let mut stated: BTreeMap<FiscalYear, Stated<'p>> = stated.collect();
        stated.retain(|year, _| came.is_none_or(|came| !came.is_over(*year)));
        let base = of.baseline.as_ref().filter(|base| base.number().is_some() && counting == Counting::Cumulative);
        Self { of, counting, side, first, stated, expected: Vec::new(), base }
    }

    /// What the years come to as far as is known: what came of those and of the parts that are over, of the others what is
    /// forecast.
    pub fn outlook(came: &Self, forecast: &Self) -> Self {
        let mut stated = came.stated.clone();
        let ahead = forecast.stated.iter().filter(|(_, stated)| !stated.readings.is_empty() || stated.is_none);
        stated.extend(ahead.map(|(year, ahead)| (*year, joined(came.counting, came.stated.get(year), ahead))));
        let expected = came.expected.iter().chain(&forecast.expected).copied().collect();
        Self { side: Side::Forecast, stated, expected, ..*came }
    }

    /// Whether the whole of a year is stated, or that there is none of it.
    pub fn is_over(&self, year: FiscalYear) -> bool {
        self.stated.get(&year).is_some_and(|stated| stated.is_none || stated.is_whole && !stated.readings.is_empty())
    }

    /// Names the years of the plan that are to have an amount: of what came those that have ended, and those of which
    /// another indicator has one already; of what is forecast those that are not over yet. Of a continuing effect it is,
    /// either way, what begins in a year: none is missing where the plan lets nothing begin.
    pub fn expect(&mut self, years: &[FiscalYear], on: NaiveDate, begun: &[FiscalYear], came: Option<&Self>) {
        let has_come = |year: &FiscalYear| came.is_some_and(|came| came.is_over(*year));
        let is_begun = |year: &FiscalYear| begun.contains(year) && self.amounts(*year).is_empty();
        let wanted = |year: &FiscalYear| match self.side {
            Side::Planned => true,
            Side::Actual => (year.last_day() <= on || is_begun(year)) && self.may_begin(*year, on).unwrap_or(true),
            // What is not planned at all is forecast in full.
            Side::Forecast => {
                let may_begin = || self.may_begin(*year, on).unwrap_or(!self.has_amounts());
                year.last_day() > on && !has_come(year) && may_begin()
            }
        };
        self.expected = years.iter().copied().filter(|year| wanted(year) && self.expects(*year, on)).collect();
    }

    /// Whether any year has an amount.
    fn has_amounts(&self) -> bool {
        self.stated.values().any(|stated| !stated.readings.is_empty())
    }

    /// Whether a year of the plan is to have an amount, as far as the indicator alone says.
    fn expects(&self, year: FiscalYear, on: NaiveDate) -> bool {
        let is_none = |year: &FiscalYear| self.stated.get(year).is_some_and(|stated| stated.is_none);
        let has_none = !self.stated.is_empty() && self.stated.values().all(|stated| stated.is_none);
        let is_wanted = match self.side {
            // What begins in which year is listed in full.
            Side::Planned => self.counting != Counting::Continuing || !self.has_amounts(),
            Side::Forecast => true,
            Side::Actual => self.begins(on).is_none_or(|first| first <= year),
        };
        is_wanted && !is_none(&year) && !has_none
    }

    /// Whether something may begin in a year: of a continuing effect, what the plan lets begin then. `None` where the plan
    /// says nothing of such an effect.
    fn may_begin(&self, year: FiscalYear, on: NaiveDate) -> Option<bool> {
        if self.counting != Counting::Continuing {
            return Some(true);
        }
        let planned = self.of.targets_on(on);
        let lets_begin = |target: &Reading| target.period.fiscal_year() == year && !states_none(target);
        (!planned.is_empty()).then(|| planned.iter().any(lets_begin))
    }

    /// The first year that the plan has an amount of.
    fn begins(&self, on: NaiveDate) -> Option<FiscalYear> {
        let planned = self.of.targets_on(on).iter().filter(|target| target.number().is_some());
        let is_by_year = self.counting != Counting::Cumulative && self.counting != Counting::Level;
        planned.map(|target| target.period.fiscal_year()).min().filter(|_| is_by_year)
    }

    /// The years that have an amount.
    pub fn years(&self) -> impl Iterator<Item = FiscalYear> {
        self.stated.iter().filter(|(_, stated)| !stated.readings.is_empty()).map(|(year, _)| *year)
    }

    /// The amounts of a year: one, or those of its parts.
    pub fn amounts(&self, year: FiscalYear) -> &[&'p Reading] {
        self.stated.get(&year).map_or(&[], |stated| &stated.readings)
    }

    /// The amounts of a year together, as they were stated.
    pub fn stated(&self, year: FiscalYear) -> Sum<'p> {
        Sum::once(self.of, self.amounts(year).iter().copied())
    }

    /// Where the amount of a year that is to be there is missing, or a part of it.
    fn lacks(&self, year: FiscalYear) -> bool {
        self.counting == Counting::Unsettled || self.expected.contains(&year) && !self.is_over(year)
    }

    /// What began, or was gained, in a year.
    pub fn amount(&self, year: FiscalYear) -> Sum<'p> {
        if self.counting == Counting::Cumulative {
            return self.difference(year);
        }
        let mut sum = self.stated(year);
        if self.counting == Counting::Unsettled {
            sum.terms.clear();
        }
        if self.lacks(year) {
            sum.add(&Sum::lacking(self.of, year), 1);
        }
        sum
    }

    /// The value of a year less that of the year before.
    fn difference(&self, year: FiscalYear) -> Sum<'p> {
        let mut sum = self.stated(year);
        if sum.terms.is_empty() {
            return if self.lacks(year) { Sum::lacking(self.of, year) } else { sum };
        }
        let before = year.prev();
        let earlier = before.map(|before| self.amounts(before)).filter(|amounts| !amounts.is_empty());
        let is_first = self.years().next() == Some(year);
        let from_base = self.base.filter(|base| is_first && Some(base.period.fiscal_year()) == before);
        let starts = is_first && (year <= self.first || before.is_some_and(|before| !self.may_lack(before)));
        match earlier.or(from_base.as_ref().map(std::slice::from_ref)) {
            Some(earlier) => sum.add(&Sum::once(self.of, earlier.iter().copied()), -1),
            None if starts => sum.add(&Sum::once(self.of, self.base), -1),
            // What happened in this year alone nobody knows.
            None => sum = Sum::lacking(self.of, before.unwrap_or(year)),
        }
        sum
    }

    /// Whether there may have been something in a year that nobody stated.
    fn may_lack(&self, year: FiscalYear) -> bool {
        !self.stated.get(&year).is_some_and(|stated| stated.is_none)
    }

    /// What counts in a year alone.
    pub fn within(&self, year: FiscalYear, years: &[FiscalYear]) -> Sum<'p> {
        match self.counting {
            Counting::Continuing => self.over(years, year, |course, year| course.amount(year)),
            _ => self.amount(year),
        }
    }

    /// What counts in a year and in those before it.
    pub fn so_far(&self, year: FiscalYear, years: &[FiscalYear]) -> Sum<'p> {
        match self.counting {
            Counting::Level => Sum::default(),
            Counting::Cumulative => {
                let last = self.years().filter(|of| *of <= year).last();
                let mut sum = last.map_or_else(Sum::default, |last| self.stated(last));
                if !sum.terms.is_empty() {
                    sum.add(&Sum::once(self.of, self.base), -1);
                }
                if self.lacks(year) {
                    sum.add(&Sum::lacking(self.of, year), 1);
                }
                sum
            }
            _ => self.over(years, year, |course, year| course.within(year, years)),
        }
    }

    fn over(&self, years: &[FiscalYear], until: FiscalYear, of: impl Fn(&Self, FiscalYear) -> Sum<'p>) -> Sum<'p> {
        let mut sum = Sum::default();
        for year in years.iter().filter(|year| **year <= until) {
            sum.add(&of(self, *year), 1);
        }
        sum
    }
}

/// Whether a reading says that there is none: －, 対象外.
fn states_none(reading: &Reading) -> bool {
    matches!(reading.value, Value::Absent(Absence::NotSet | Absence::NotApplicable))
}

/// What the readings of one year state: the one of the year; else those of its parts, which of what is a sum or a state
/// already is the last one.
fn stated<'p>(counting: Counting, all: &[&'p Reading]) -> Stated<'p> {
    if !all.is_empty() && all.iter().all(|reading| states_none(reading)) {
        return Stated { is_none: true, ..Stated::default() };
    }
    let numbers: Vec<&'p Reading> = all.iter().copied().filter(|r| r.number().is_some()).collect();
    let one = |reading: &'p Reading| Stated { readings: vec![reading], is_whole: true, is_none: false };
    let of_year = all.iter().find(|r| matches!(r.period, Period::Year(_)));
    if let Some(of_year) = of_year.filter(|r| r.number().is_some()) {
        return one(of_year);
    }
    if matches!(counting, Counting::Cumulative | Counting::Level) {
        let reaches =
            |r: &Reading| counting == Counting::Level || r.period.last_day() == r.period.fiscal_year().last_day();
        return numbers.last().map_or_else(Stated::default, |last| Stated { is_whole: reaches(last), ..one(last) });
    }
    for (cycle, parts) in PARTS {
        let readings: Vec<&'p Reading> = numbers.iter().copied().filter(|r| r.period.cycle() == Some(cycle)).collect();
        if !readings.is_empty() {
            let is_whole = readings.len() == parts;
            return Stated { readings, is_whole, is_none: false };
        }
    }
    numbers.last().map_or_else(Stated::default, |last| one(last))
}

/// The parts of a year, and how many of them it has.
const PARTS: [(Cycle, usize); 3] = [(Cycle::Half, 2), (Cycle::Quarter, 4), (Cycle::Month, 12)];

/// A year of which parts came, and parts of the same kind are forecast: what came of those that are over, and what is forecast
/// of the others. A forecast of the whole year contains what came.
fn joined<'p>(counting: Counting, came: Option<&Stated<'p>>, ahead: &Stated<'p>) -> Stated<'p> {
    let cycle_of = |stated: &Stated<'_>| stated.readings.first().and_then(|reading| reading.period.cycle());
    let adds_up = !matches!(counting, Counting::Cumulative | Counting::Level);
    let parts = PARTS.into_iter().find(|(cycle, _)| cycle_of(ahead) == Some(*cycle));
    let came = came.filter(|came| adds_up && cycle_of(came) == cycle_of(ahead));
    let (Some(came), Some((_, parts))) = (came, parts) else { return ahead.clone() };
    let mut readings = came.readings.clone();
    let is_over = |of: &Reading| came.readings.iter().any(|reading| reading.period == of.period);
    readings.extend(ahead.readings.iter().filter(|reading| !is_over(reading)));
    let is_whole = readings.len() == parts;
    Stated { readings, is_whole, is_none: false }
}
