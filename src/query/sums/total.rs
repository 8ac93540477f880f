//! Several indicators of one unit together, year by year.

use std::collections::{BTreeSet, HashSet};

use rust_decimal::Decimal;

use super::course::Course;
use super::{Side, Span, Sum};
use crate::plan::Plan;
use crate::plan::indicator::{Indicator, Reading, Unit};
use crate::plan::period::FiscalYear;
use crate::query::AsOf;
use crate::query::gap::Rate;
use crate::query::gap::rate::less;

/// Indicators of one unit, and their sums by year.
#[derive(Debug)]
pub struct Total<'p> {
    /// The unit of all of them; `None` where there are none.
    pub unit: Option<&'p Unit>,
    /// What is added up.
    pub parts: Vec<&'p Indicator>,
    /// うち数: those that are a part of one of them, and never added again.
    pub within: Vec<&'p Indicator>,
    /// Each year alone, then each with those before it.
    pub rows: Vec<Row<'p>>,
}

/// The sums of a year, or of all years so far.
#[derive(Debug)]
pub struct Row<'p> {
    /// The year, or the last of them.
    pub year: FiscalYear,
    /// Whether it is the year alone.
    pub span: Span,
    sides: [Sum<'p>; 3],
    /// What each part gained by what it was to gain.
    pub pairs: Vec<Pair<'p>>,
}

/// What a part gained in a year, and what it was to gain.
#[derive(Debug)]
pub struct Pair<'p> {
    /// 実績.
    pub actual: Sum<'p>,
    /// 計画.
    pub planned: Sum<'p>,
}

impl Pair<'_> {
    /// 実績÷計画; `None` where it has no meaning.
    pub fn rate(&self) -> Option<Rate> {
        Rate::new(self.actual.whole()?, self.planned.whole()?)
    }
}

impl<'p> Row<'p> {
    /// The sum of a side.
    pub fn sum(&self, side: Side) -> &Sum<'p> {
        &self.sides[side as usize]
    }

    /// Actual and planned, where no part of either is missing.
    fn both(&self) -> Option<(Decimal, Decimal)> {
        Some((self.sum(Side::Actual).whole()?, self.sum(Side::Planned).whole()?))
    }

    /// Actual less planned, where no part of either is missing.
    pub fn difference(&self) -> Option<Decimal> {
        self.both().and_then(|(actual, planned)| less(actual, planned))
    }

    /// Actual by planned, where no part of either is missing.
    pub fn ratio_of_sums(&self) -> Option<Rate> {
        self.both().and_then(|(actual, planned)| Rate::new(actual, planned))
    }

    /// The plain mean of the parts' actual by planned, in percent, where no part of either sum is missing and each part has
    /// such a rate.
    pub fn mean_of_ratios(&self) -> Option<Decimal> {
        self.both()?;
        let ratios: Option<Vec<Decimal>> = self.pairs.iter().map(|pair| pair.rate()?.percent()).collect();
        let ratios = ratios.filter(|ratios| !ratios.is_empty())?;
        let sum = ratios.iter().try_fold(Decimal::ZERO, |sum, ratio| sum.checked_add(*ratio))?;
        sum.checked_div(Decimal::from(ratios.len()))
    }
}

/// The totals of these indicators, one a unit, in the order the units come.
pub fn totals_of<'p>(plan: &'p Plan, of: &[&'p Indicator], as_of: AsOf) -> Vec<Total<'p>> {
    let mut units: Vec<&Unit> = Vec::new();
    for indicator in of {
        if !units.iter().any(|unit| unit.is(&indicator.unit.0)) {
            units.push(&indicator.unit);
        }
    }
    let of_unit = |unit: &Unit| of.iter().copied().filter(|i| unit.is(&i.unit.0)).collect::<Vec<_>>();
    units.into_iter().map(|unit| Total::new(plan, &of_unit(unit), as_of)).collect()
}

impl<'p> Total<'p> {
    /// The sums of indicators of one unit.
    pub fn new(plan: &'p Plan, of: &[&'p Indicator], as_of: AsOf) -> Self {
        let among: HashSet<*const Indicator> = of.iter().map(|indicator| std::ptr::from_ref(*indicator)).collect();
        let is_within = |indicator: &&Indicator| {
            let above = std::iter::successors(indicator.parent, |&place| plan.indicators[place].parent);
            let mut above = above.take(plan.indicators.len());
            above.any(|place| among.contains(&std::ptr::from_ref(&plan.indicators[place])))
        };
        let (within, parts): (Vec<_>, Vec<_>) = of.iter().copied().partition(is_within);
        let rows = rows(&Courses::new(plan, &parts, as_of));
        Self { unit: of.first().map(|first| &first.unit), parts, within, rows }
    }

    /// The sums of a year, or so far.
    pub fn row(&self, year: FiscalYear, span: Span) -> Option<&Row<'p>> {
        self.rows.iter().find(|row| row.year == year && row.span == span)
    }

    /// Every reading that goes into one of its sums, each once, on the side where it comes first.
    pub fn readings(&self) -> Vec<(&'p Indicator, Side, &'p Reading)> {
        let mut seen = HashSet::new();
        let terms = self.rows.iter().flat_map(|row| Side::ALL.map(|side| (side, &row.sum(side).terms)));
        let each = terms.flat_map(|(side, terms)| terms.iter().map(move |term| (term.of, side, term.reading)));
        each.filter(|(.., reading)| seen.insert(std::ptr::from_ref(*reading))).collect()
    }
}

/// Each part on each side, and the years of the table.
struct Courses<'p> {
    parts: Vec<[Course<'p>; 3]>,
    years: Vec<FiscalYear>,
    /// The years that something came of, or that have ended.
    came: Vec<FiscalYear>,
    /// The first year that something is forecast of.
    forecast: Option<FiscalYear>,
}

impl<'p> Courses<'p> {
    fn new(plan: &'p Plan, parts: &[&'p Indicator], as_of: AsOf) -> Self {
        let head = &plan.head;
        let of_plan: Vec<FiscalYear> =
            std::iter::successors(Some(head.from), |year| year.next()).take_while(|year| *year <= head.to).collect();
        let mut parts: Vec<[Course<'p>; 3]> = parts.iter().map(|part| Course::sides(plan, part, as_of)).collect();
        let years_of = |side: Side| -> BTreeSet<FiscalYear> {
            parts.iter().flat_map(|sides| sides[side as usize].years().collect::<Vec<_>>()).collect()
        };
        let [planned, begun, forecast] = Side::ALL.map(years_of);
        let begun: Vec<FiscalYear> = begun.into_iter().collect();
        for [planned, actual, forecast] in &mut parts {
            planned.expect(&of_plan, as_of.date, &begun, None);
            actual.expect(&of_plan, as_of.date, &begun, None);
            forecast.expect(&of_plan, as_of.date, &begun, Some(actual));
            *forecast = Course::outlook(actual, forecast);
        }
        let mut years: BTreeSet<FiscalYear> = of_plan.into_iter().chain(begun.iter().copied()).collect();
        years.extend(planned.iter().chain(&forecast));
        let came = years.iter().copied().filter(|year| year.last_day() <= as_of.date || begun.contains(year)).collect();
        Self { parts, years: years.into_iter().collect(), came, forecast: forecast.first().copied() }
    }

    /// Whether a year is one that a side speaks of.
    fn has(&self, side: Side, year: FiscalYear) -> bool {
        match side {
            Side::Planned => true,
            Side::Actual => self.came.contains(&year),
            Side::Forecast => self.forecast.is_some_and(|first| first <= year) && !self.is_over(year),
        }
    }

    /// Whether each part has the whole amount of that year already.
    fn is_over(&self, year: FiscalYear) -> bool {
        self.parts.iter().all(|[_, actual, _]| actual.is_over(year))
    }

    fn row(&self, year: FiscalYear, span: Span) -> Row<'p> {
        let sides = Side::ALL.map(|side| {
            let mut sum = Sum::default();
            for course in self.parts.iter().map(|sides| &sides[side as usize]).filter(|_| self.has(side, year)) {
                sum.append(match span {
                    Span::Year => course.within(year, &self.years),
                    Span::SoFar => course.so_far(year, &self.years),
                });
            }
            sum
        });
        let pairs = if self.has(Side::Actual, year) { self.pairs(year, span) } else { Vec::new() };
        Row { year, span, sides, pairs }
    }

    /// What each part gained and was to gain in a year, or in each year so far.
    fn pairs(&self, until: FiscalYear, span: Span) -> Vec<Pair<'p>> {
        let wanted = |year: &&FiscalYear| match span {
            Span::Year => **year == until,
            Span::SoFar => **year <= until,
        };
        let pair = |year: FiscalYear, [planned, actual, _]: &[Course<'p>; 3]| Pair {
            actual: actual.amount(year),
            planned: planned.amount(year),
        };
        let each = self.years.iter().filter(wanted).flat_map(|year| self.parts.iter().map(|of| pair(*year, of)));
        each.filter(|pair| !pair.actual.is_nothing() || !pair.planned.is_nothing()).collect()
    }
}

fn rows<'p>(of: &Courses<'p>) -> Vec<Row<'p>> {
    let rows =
        [Span::Year, Span::SoFar].into_iter().flat_map(|span| of.years.iter().map(move |year| of.row(*year, span)));
    rows.filter(|row| Side::ALL.iter().any(|side| !row.sum(*side).is_nothing())).collect()
}
