//! How a figure came about, step by step: the formula, the numbers that go into it and where each was read, the result.
//! The results are those of the other queries; nothing is worked out a second time.

mod case;
pub mod formula;
mod indicator;
mod name;
mod printed;
mod published;
mod rates;
mod rollup;
mod rules;
mod sums;
mod verdicts;

use rust_decimal::Decimal;

pub use formula::{Calls, Expr, Formula, Relation, Symbol};
pub use name::{BandOf, Counted, Name};

use super::AsOf;
use super::effects::effects;
use super::gap::{Gap, Verdict, Why};
use super::status::{Flow, Question, Standing, Status};
use super::sums::{Declared, Summed, declared, totals_of};
use super::totals::Totals;
use crate::plan::entry::{Entry, Figure};
use crate::plan::indicator::{ByHand, Indicator, Kind, Reading, Unit};
use crate::plan::judging::{Against, Band, BandSet, Measured};
use crate::plan::period::Period;
use crate::plan::source::Origin;
use crate::plan::{Plan, Subject};

/// How the figures of one subject came about.
#[derive(Debug, Clone)]
pub struct Explanation<'p> {
    /// One for each indicator; of entries the roll-up; then what concerns several indicators together, and figures.
    pub parts: Vec<ExplainedPart<'p>>,
    /// The roll-up that an entry or the plan was explained by.
    pub status: Option<Status<'p>>,
}

/// The steps of one indicator, entry or plan.
#[derive(Debug, Clone)]
pub struct ExplainedPart<'p> {
    /// The indicator; `None` for entries.
    pub indicator: Option<&'p Indicator>,
    /// What was worked out of it.
    pub gap: Option<Gap<'p>>,
    /// The bands that judge it.
    pub set: Option<&'p BandSet>,
    /// The level whose entries are counted, by place, where that is not the one that the plan counts first.
    pub level: Option<usize>,
    /// The unit of its amounts.
    pub unit: Option<&'p Unit>,
    /// What is added up, where it is a sum.
    pub total: Option<TotalOf<'p>>,
    /// The printed table, where it is one.
    pub table: Option<Totals<'p>>,
    /// In the order they are worked out.
    pub steps: Vec<Step<'p>>,
}

/// What a sum is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TotalOf<'p> {
    /// The effects of one unit.
    Effects,
    /// What the plan declares, under its name.
    Declared(&'p str),
    /// What a paper printed of it for a period.
    Published(&'p str, Period),
}

/// One step.
#[derive(Debug, Clone)]
pub struct Step<'p> {
    /// What is worked out.
    pub name: Name<'p>,
    /// What it is called in the formulas of other steps, where its name does not say it.
    pub called: Option<Symbol>,
    /// How; `None` for what is looked up or counted.
    pub formula: Option<Formula>,
    /// What goes in.
    pub numbers: Vec<Number<'p>>,
    /// What comes out.
    pub outcome: Outcome<'p>,
    /// The row of a printed table that it is of; `None` for the whole.
    pub row: Option<&'p str>,
    /// The set of bands that it is of, where that judges beside the one which gives the verdict.
    pub beside: Option<&'p BandSet>,
}

/// Why two periods are not compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Apart {
    /// Ratings had another scale in that period.
    Scale(Period),
    /// Other bands judged in that period.
    Bands(Period),
    /// What is counted changed with that period.
    Break(Period),
}

/// A number that goes into a step.
#[derive(Debug, Clone)]
pub struct Number<'p> {
    /// Its name in the formula.
    pub symbol: Symbol,
    /// How much.
    pub amount: Amount<'p>,
    /// The period of the number.
    pub period: Option<Period>,
    /// Where it was read; `None` for what an earlier step worked out.
    pub origin: Option<Origin>,
    /// The key that it stands at, where that is another line than the origin's.
    pub key: Option<&'static str>,
    /// Whose it is, where the numbers of several stand together.
    pub of: Option<&'p str>,
    /// Of which grade it is the count or the share.
    pub grade: Option<&'p str>,
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
    /// How an indicator stands.
    Verdict(&'p str, Verdict),
    /// What a person said of how it stands.
    ByHand(&'p ByHand),
    /// What a document states.
    Figure(&'p Figure),
}

/// How the number that a step results in is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShownAs {
    /// In the unit.
    Quantity,
    /// In the unit; so many parts of the sum are missing.
    Sum(usize),
    /// As a number without a unit.
    Plain,
    /// As one that may have digits without end, rounded as the plan says.
    Rounded,
    /// As a difference in the unit.
    Difference,
    /// In the unit, to the digits of what it rests on: what is expected may have digits without end.
    Expected,
    /// In the unit, to a digit more than the actual: a mean has digits without end.
    Mean,
    /// As a difference in the unit, like a mean.
    MeanDifference,
    /// As a percentage that stays on its side of every threshold.
    Rate(Measured),
    /// As a percentage, beside the printed one and to its digits.
    Beside(Decimal),
    /// In the unit, beside the printed amount and to its digits.
    BesideAmount(Decimal),
    /// As a count, beside the printed one.
    BesideCount(Decimal),
    /// As a count, beside the total that a paper printed.
    BesideTotal(u64),
    /// As a number of years.
    Years,
    /// As a number of months.
    Months,
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
    Number(Decimal, ShownAs),
    /// Whether the rule holds.
    Holds(bool),
    /// A rule that comes after the one that held.
    NotAsked,
    /// A comparison with an earlier year.
    Compared(Against),
    /// The verdict, and the band that it comes from.
    Verdict(Verdict, Option<&'p Band>),
    /// A verdict of the standard rules, and the band that is given for it.
    Given(Verdict, Option<&'p Band>),
    /// The verdict of a person.
    ByHand(&'p ByHand),
    /// The numbers themselves.
    Listed,
    /// Nothing, and why.
    Nothing(Why),
    /// What a paper printed and nothing gives: a value that it rests on is not there.
    Uncomputed,
    /// No change, since two periods are not compared.
    Apart(Apart),
}

impl<'p> Number<'p> {
    /// A number that an earlier step worked out.
    fn derived(symbol: impl Into<Symbol>, value: impl Into<Decimal>) -> Self {
        Self {
            symbol: symbol.into(),
            amount: Amount::Exact(value.into()),
            period: None,
            origin: None,
            key: None,
            of: None,
            grade: None,
        }
    }

    /// How much, where that is a number.
    pub fn exact(&self) -> Option<Decimal> {
        if let Amount::Exact(value) = self.amount { Some(value) } else { None }
    }

    /// A number that was read.
    fn read(symbol: impl Into<Symbol>, value: impl Into<Decimal>, period: Period, origin: Origin) -> Self {
        Self { period: Some(period), origin: Some(origin), ..Self::derived(symbol, value) }
    }

    /// Names the key that the number stands at.
    fn at(self, key: &'static str) -> Self {
        Self { key: Some(key), ..self }
    }
}

impl<'p> ExplainedPart<'p> {
    /// Makes a part of steps that concern no single indicator.
    fn without_indicator(steps: Vec<Step<'p>>) -> Self {
        Self { indicator: None, gap: None, set: None, level: None, unit: None, total: None, table: None, steps }
    }
}

impl<'p> Step<'p> {
    fn new(name: Name<'p>, formula: Expr, numbers: Vec<Number<'p>>, outcome: Outcome<'p>) -> Self {
        Self { formula: Some(Formula::Value(formula)), ..Self::bare(name, numbers, outcome) }
    }

    fn rule(name: Name<'p>, relations: Vec<Relation>, numbers: Vec<Number<'p>>, outcome: Outcome<'p>) -> Self {
        Self { formula: Some(Formula::All(relations)), ..Self::bare(name, numbers, outcome) }
    }

    fn bare(name: Name<'p>, numbers: Vec<Number<'p>>, outcome: Outcome<'p>) -> Self {
        Self { name, called: None, formula: None, numbers, outcome, row: None, beside: None }
    }

    /// The same, which other steps call so.
    fn called(self, symbol: impl Into<Symbol>) -> Self {
        Self { called: Some(symbol.into()), ..self }
    }

    /// The same with another name for one of its numbers.
    fn renamed(mut self, from: &str, to: &Symbol) -> Self {
        self.called = self.called.map(|called| if called == from { to.clone() } else { called });
        for number in self.numbers.iter_mut().filter(|number| number.symbol == from) {
            number.symbol = to.clone();
        }
        self.formula = self.formula.map(|formula| match formula {
            Formula::Value(value) => Formula::Value(value.renamed(from, to)),
            Formula::All(all) => Formula::All(all.into_iter().map(|relation| relation.renamed(from, to)).collect()),
        });
        self
    }

    /// What it results in, as a number that other steps call by its name.
    fn result(&self) -> Option<Number<'p>> {
        let Outcome::Number(value, _) = self.outcome else { return None };
        Some(Number::derived(self.called.clone()?, value))
    }
}

/// How the figures of an indicator, of an entry or (without subject) of the plan came about.
pub fn explain(plan: &Plan, subject: Option<Subject>, as_of: AsOf, scale: usize, evaluator: usize) -> Explanation<'_> {
    let of = judged(plan, subject);
    let (mut parts, status): (Vec<ExplainedPart<'_>>, _) = match subject {
        Some(Subject::Indicator(_)) => (of.iter().map(|i| indicator::part(plan, i, as_of)).collect(), None),
        _ => {
            let under = subject.and_then(|s| if let Subject::Entry(place) = s { Some(place) } else { None });
            let status = super::status::status(plan, Question { under, ..Question::new(as_of, scale, evaluator) });
            let mut steps = rollup::steps(&status);
            if under.is_none() {
                steps.extend(rollup::levels(plan));
            }
            // Where the entries are not known the first printed table stands for them.
            let table = status.published().cloned();
            let others = status.totals.iter().skip(usize::from(table.is_some())).map(|totals| ExplainedPart {
                table: Some(totals.clone()),
                ..ExplainedPart::without_indicator(published::steps(plan, totals))
            });
            let mut parts = vec![ExplainedPart { table, ..ExplainedPart::without_indicator(steps) }];
            parts.extend(others);
            let levels = super::status::other_levels(&status).into_iter().filter(|of| of.total.entries > 0);
            parts.extend(levels.map(|of| ExplainedPart {
                level: Some(of.counted),
                ..ExplainedPart::without_indicator(rollup::steps(&of))
            }));
            (parts, Some(status))
        }
    };
    let is_one = matches!(subject, Some(Subject::Indicator(place)) if plan.indicators[place].kind != Kind::Heading);
    if !is_one && !of.is_empty() {
        parts.push(ExplainedPart::without_indicator(verdicts::steps(plan, &of, as_of)));
    }
    if let Some(Subject::Indicator(place)) = subject.filter(|_| !is_one) {
        let heading = &plan.indicators[place];
        let steps = printed::rates(plan, heading, &[]);
        let units: Vec<&Unit> = of.iter().map(|indicator| &indicator.unit).collect();
        let unit = units.first().copied().filter(|first| units.iter().all(|unit| unit == first));
        if !steps.is_empty() {
            parts.push(ExplainedPart { unit, ..ExplainedPart::without_indicator(steps) });
        }
    }
    parts.extend(totals_of(plan, &effects(&of), as_of).iter().map(|total| ExplainedPart {
        unit: total.unit,
        total: Some(TotalOf::Effects),
        ..ExplainedPart::without_indicator(sums::steps(total))
    }));
    if subject.is_none() {
        for of in declared(plan, as_of) {
            parts.extend(summed(&of));
            parts.extend(printed::of_sum(plan, of.sum));
        }
    }
    let figures = printed::figures(figures(plan, subject));
    if !figures.is_empty() {
        parts.push(ExplainedPart::without_indicator(figures));
    }
    Explanation { parts, status }
}

/// A sum that the plan declares; of amounts one part a unit.
fn summed<'p>(of: &Declared<'p>) -> Vec<ExplainedPart<'p>> {
    let part = |unit, steps| {
        let total = Some(TotalOf::Declared(&of.sum.name));
        ExplainedPart { unit, total, ..ExplainedPart::without_indicator(steps) }
    };
    match &of.is {
        Summed::Amounts(totals) => totals.iter().map(|total| part(total.unit, sums::steps(total))).collect(),
        Summed::Scores(scores) => vec![part(None, sums::scores(scores))],
    }
}

/// What documents state of the plan, or of an entry and those under it.
fn figures(plan: &Plan, subject: Option<Subject>) -> Vec<&Figure> {
    match subject {
        None => plan.head.figures.iter().collect(),
        Some(Subject::Entry(place)) => {
            let entries = plan.subtree(place).map(|place| &plan.entries[place]);
            entries.flat_map(Entry::figures).collect()
        }
        Some(Subject::Indicator(_)) => Vec::new(),
    }
}

/// The indicators of the plan, those that verify an entry, one, or those under a heading.
fn judged(plan: &Plan, subject: Option<Subject>) -> Vec<&Indicator> {
    let is_under = |place: usize, at: usize| {
        let mut above = std::iter::successors(Some(at), |&i| plan.indicators[i].parent).take(plan.indicators.len());
        at == place || plan.indicators[place].kind == Kind::Heading && above.any(|i| i == place)
    };
    let wanted = |at: usize, indicator: &Indicator| match subject {
        None => true,
        Some(Subject::Entry(entry)) => indicator.verifies(entry, &plan.entries),
        Some(Subject::Indicator(place)) => is_under(place, at),
    };
    let all = plan.indicators.iter().enumerate();
    all.filter(|(at, i)| i.kind != Kind::Heading && wanted(*at, i)).map(|(_, indicator)| indicator).collect()
}
