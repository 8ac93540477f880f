//! Amounts gained (効果額, hours, points): as they were stated, year by year. What they come to together is
//! [`super::sums`].

use super::AsOf;
use super::sums::{Course, Side, Sum};
use crate::plan::Plan;
use crate::plan::indicator::Indicator;
use crate::plan::period::FiscalYear;

/// The amounts of one effect, year by year.
#[derive(Debug)]
pub struct Amounts<'p> {
    /// The effect.
    pub indicator: &'p Indicator,
    /// In order of time.
    pub years: Vec<YearAmount<'p>>,
}

/// The amounts of one year as they were stated, in the effect's unit; of a year stated by its parts their sum.
#[derive(Debug)]
pub struct YearAmount<'p> {
    /// The year.
    pub year: FiscalYear,
    sides: [Sum<'p>; 3],
}

impl<'p> YearAmount<'p> {
    /// What a side states of the year.
    pub fn sum(&self, side: Side) -> &Sum<'p> {
        &self.sides[side as usize]
    }
}

/// Those of these that are effects.
pub fn effects<'p>(of: &[&'p Indicator]) -> Vec<&'p Indicator> {
    of.iter().copied().filter(|indicator| indicator.effect.is_some()).collect()
}

/// The amounts of each effect that count as of then.
pub fn amounts<'p>(plan: &'p Plan, of: &[&'p Indicator], as_of: AsOf) -> Vec<Amounts<'p>> {
    effects(of).into_iter().map(|indicator| amounts_of(plan, indicator, as_of)).collect()
}

fn amounts_of<'p>(plan: &'p Plan, indicator: &'p Indicator, as_of: AsOf) -> Amounts<'p> {
    let courses = Course::sides(plan, indicator, as_of);
    let mut years: Vec<FiscalYear> = courses.iter().flat_map(Course::years).collect();
    years.sort_unstable();
    years.dedup();
    let of_year = |year| YearAmount { year, sides: courses.each_ref().map(|course| course.stated(year)) };
    Amounts { indicator, years: years.into_iter().map(of_year).collect() }
}
