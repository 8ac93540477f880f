//! How a figure came about, step by step: the formula, the numbers that go into it and where each was read, the result.
//! The results are those of the other queries; nothing is worked out a second time.

pub mod formula;
mod indicator;
mod rollup;
mod rules;

use rust_decimal::Decimal;

pub use formula::{Expr, Formula, Relation, Symbol};

use super::AsOf;
use super::gap::{Verdict, Why};
use super::status::{Flow, Question, Standing, Status};
use crate::plan::indicator::{ByHand, Indicator, Kind, Reading};
use crate::plan::judging::{Against, Band, BandSet, Pace};
use crate::plan::period::Period;
use crate::plan::scale::{Composite, Grade};
use crate::plan::source::Origin;
use crate::plan::{Plan, Subject};

/// How the figures of one subject came about.
#[derive(Debug, Clone)]
pub struct Explanation<'p> {
    /// One for each indicator of a heading; otherwise one.
    pub parts: Vec<Part<'p>>,
    /// The roll-up that an entry or the plan was explained by.
    pub status: Option<Status<'p>>,
}

/// The steps of one indicator, entry or plan.
#[derive(Debug, Clone)]
pub struct Part<'p> {
    /// The indicator; `None` for entries.
    pub indicator: Option<&'p Indicator>,
    /// The bands that judge it.
    pub set: Option<&'p BandSet>,
    /// In the order they are worked out.
    pub steps: Vec<Step<'p>>,
}

/// One step.
#[derive(Debug, Clone)]
pub struct Step<'p> {
    /// What is worked out.
    pub name: Name<'p>,
    /// How; `None` for what is looked up or counted.
    pub formula: Option<Formula>,
    /// What goes in.
    pub numbers: Vec<Number<'p>>,
    /// What comes out.
    pub outcome: Outcome<'p>,
}

/// A number that goes into a step.
#[derive(Debug, Clone)]
pub struct Number<'p> {
    /// Its name in the formula.
    pub symbol: Symbol,
    /// How much.
    pub amount: Amount<'p>,
    /// Of when.
    pub period: Option<Period>,
    /// Where it was read; `None` for what an earlier step worked out.
    pub origin: Option<Origin>,
    /// The key that it stands at, where that is another line than the origin's.
    pub key: Option<&'static str>,
}

/// How much.
#[derive(Debug, Clone)]
pub enum Amount<'p> {
    /// An exact number.
    Exact(Decimal),
    /// The place of a step of a milestone, from 1, and its name.
    Step(usize, &'p str),
    /// What is no number.
    Reading(&'p Reading),
    /// How an entry stands.
    Standing(&'p str, Standing),
    /// How it stood, and stands.
    Moved(&'p str, Flow),
}

/// What is worked out.
#[derive(Debug, Clone, Copy)]
pub enum Name<'p> {
    /// The lower of two bounds.
    LowerBound,
    /// The upper of two bounds.
    UpperBound,
    /// Actual less target.
    Gap,
    /// 余裕.
    Room,
    /// How far outside the bounds.
    Outside,
    /// How far outside the bounds the baseline was.
    OutsideBefore,
    /// 対目標比.
    Ratio,
    /// 改善率.
    Improvement,
    /// What is expected by now; `None` from the last target on, whatever the pace.
    Expected(Option<Pace>),
    /// ペース比.
    PaceRatio,
    /// Actual less the one of an earlier year.
    Change,
    /// What that change is called.
    ChangeIs,
    /// Whether a band holds.
    Band(&'p Band),
    /// Whether a verdict holds that no bands decide.
    Rule(Verdict),
    /// The verdict.
    Verdict,
    /// The verdict of a person.
    ByHand,
    /// 残り.
    Left,
    /// What is left, by the year.
    Needed,
    /// The mean change a year.
    Yearly,
    /// Where the trend leads.
    Forecast,
    /// The entries that are counted.
    Entries,
    /// How many have a grade; its place in the scale.
    Count(&'p Grade, usize),
    /// How many nobody has rated.
    Unreported,
    /// How many have a grade that does not count.
    Excluded,
    /// The denominator.
    Rated,
    /// The share of a grade.
    Share(&'p Grade),
    /// The share of several grades.
    CompositeShare(&'p Composite),
    /// The entries that moved since the previous period.
    Moved,
    /// How a count changed since then; `None` for those unreported.
    Since(Option<&'p Grade>),
    /// The total that a paper printed.
    Printed,
}

/// In what a result is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// In the unit.
    Quantity,
    /// As a difference in the unit.
    Difference,
    /// As a percentage, rounded as the plan says.
    Percent,
    /// As a count.
    Count,
    /// As a change of a count.
    CountChange,
}

/// What comes out of a step.
#[derive(Debug, Clone, Copy)]
pub enum Outcome<'p> {
    /// A number.
    Number(Decimal, Told),
    /// Whether the rule holds.
    Holds(bool),
    /// A rule that comes after the one that held.
    NotAsked,
    /// A comparison with an earlier year.
    Compared(Against),
    /// The verdict, and the band that it comes from.
    Verdict(Verdict, Option<&'p Band>),
    /// The verdict of a person.
    ByHand(&'p ByHand),
    /// Nothing, and why.
    Nothing(Why),
}

impl<'p> Number<'p> {
    /// A number that an earlier step worked out.
    fn derived(symbol: impl Into<Symbol>, value: impl Into<Decimal>) -> Self {
        Self { symbol: symbol.into(), amount: Amount::Exact(value.into()), period: None, origin: None, key: None }
    }

    /// A number that was read.
    fn read(symbol: impl Into<Symbol>, value: impl Into<Decimal>, period: Period, origin: Origin) -> Self {
        Self { period: Some(period), origin: Some(origin), ..Self::derived(symbol, value) }
    }

    /// The same, which stands at a key of its own.
    fn at(self, key: &'static str) -> Self {
        Self { key: Some(key), ..self }
    }
}

impl<'p> Step<'p> {
    fn new(name: Name<'p>, formula: Expr, numbers: Vec<Number<'p>>, outcome: Outcome<'p>) -> Self {
        Self { name, formula: Some(Formula::Value(formula)), numbers, outcome }
    }

    fn rule(name: Name<'p>, relations: Vec<Relation>, numbers: Vec<Number<'p>>, outcome: Outcome<'p>) -> Self {
        Self { name, formula: Some(Formula::All(relations)), numbers, outcome }
    }

    fn bare(name: Name<'p>, numbers: Vec<Number<'p>>, outcome: Outcome<'p>) -> Self {
        Self { name, formula: None, numbers, outcome }
    }
}

/// How the figures of an indicator, of an entry or (without subject) of the plan came about.
pub fn explain(plan: &Plan, subject: Option<Subject>, as_of: AsOf, scale: usize, evaluator: usize) -> Explanation<'_> {
    let under = match subject {
        Some(Subject::Indicator(place)) => {
            let parts = judged(plan, place).map(|i| indicator::part(plan, i, as_of));
            return Explanation { parts: parts.collect(), status: None };
        }
        Some(Subject::Entry(place)) => Some(place),
        None => None,
    };
    let status = super::status::status(plan, Question { as_of, scale, evaluator, under, owner: None });
    Explanation {
        parts: vec![Part { indicator: None, set: None, steps: rollup::steps(&status) }],
        status: Some(status),
    }
}

/// The indicator itself, or those under a heading.
fn judged(plan: &Plan, place: usize) -> impl Iterator<Item = &Indicator> {
    let is_under = move |at: usize| {
        let mut above = std::iter::successors(Some(at), |&i| plan.indicators[i].parent).take(plan.indicators.len());
        at == place || plan.indicators[place].kind == Kind::Heading && above.any(|i| i == place)
    };
    let all = plan.indicators.iter().enumerate();
    all.filter(move |(at, i)| i.kind != Kind::Heading && is_under(*at)).map(|(_, indicator)| indicator)
}
