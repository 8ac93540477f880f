//! A table that a paper printed: its numbers as printed, and beside them what they give: sums, shares, the change on the table
//! printed before, what the records say.

use rust_decimal::Decimal;

use super::formula::{Expr, Symbol, constant, named};
use super::rollup::{base_symbol, count, summed, symbol};
use super::{Apart, Counted, Name, Number, Outcome, ShownAs, Step};
use crate::plan::totals::{PrintedCounts, PrintedPart};
use crate::plan::{Denominator, Plan};
use crate::query::gap::{Rate, Why};
use crate::query::totals::{Totals, TotalsLine, counted_part};

/// The whole, the lines beneath it one by one, and these together.
pub fn steps<'p>(plan: &'p Plan, totals: &Totals<'p>) -> Vec<Step<'p>> {
    let of = |suffix: String, line| Line { plan, totals, line, suffix }.steps();
    let mut steps = of(String::new(), &totals.whole);
    for (at, line) in totals.rows.iter().enumerate() {
        steps.extend(of(format!("r{}", at + 1), line));
    }
    steps.extend(together(plan, totals));
    let apart = totals.rescaled.map(|period| Outcome::Apart(Apart::Scale(period)));
    steps.extend(apart.map(|apart| Step::bare(Name::NotCompared, Vec::new(), apart)));
    steps
}

/// The totals of the lines together, beside that of the whole.
fn together<'p>(plan: &'p Plan, totals: &Totals<'p>) -> Option<Step<'p>> {
    let (sum, whole) = (totals.published.rows_total()?, Line::whole(plan, totals));
    let rows = totals.rows.iter().enumerate();
    let rows: Vec<Number<'p>> = rows
        .map(|(at, line)| Line { plan, totals, line, suffix: format!("r{}", at + 1) }.number(PrintedPart::Total))
        .collect();
    let formula = rows.iter().map(|row| named(row.symbol.clone())).reduce(|all, one| all + one);
    let numbers = rows.into_iter().chain([whole.number(PrintedPart::Total)]).collect();
    let outcome = Outcome::Number(sum.into(), ShownAs::BesideTotal(whole.line.printed.total));
    Some(Step::new(Name::PrintedRows, formula.unwrap_or_else(|| constant(0)), numbers, outcome))
}

/// A line of a printed table; its numbers end in what tells it from the others.
struct Line<'t, 'p> {
    plan: &'p Plan,
    totals: &'t Totals<'p>,
    line: &'t TotalsLine<'p>,
    suffix: String,
}

impl<'t, 'p> Line<'t, 'p> {
    fn whole(plan: &'p Plan, totals: &'t Totals<'p>) -> Self {
        Self { plan, totals, line: &totals.whole, suffix: String::new() }
    }

    fn title(&self) -> Option<&'p str> {
        self.line.row.map(|row| row.title(self.plan))
    }

    /// What the number of a part is called.
    fn called(&self, part: PrintedPart) -> Symbol {
        let base = match part {
            PrintedPart::Grade(at) => symbol(at),
            PrintedPart::Unreported => "U".into(),
            PrintedPart::Sum(at) => summed(at),
            PrintedPart::Total => "N".into(),
        };
        format!("{base}{}", self.suffix).into()
    }

    fn name_of(&self, part: PrintedPart) -> Option<&'p str> {
        part.name(self.totals.version)
    }

    /// A number that the paper prints; of the whole it stands at a key, of a row with the others of it.
    fn read(
        &self,
        symbol: Symbol,
        n: impl Into<Decimal>,
        (part, of): (PrintedPart, &'p PrintedCounts),
        key: &'static str,
    ) -> Number<'p> {
        let is_own = std::ptr::eq(of, self.line.printed);
        let published = self.totals.before.filter(|_| !is_own).unwrap_or(self.totals.published);
        let number = Number::read(symbol, n, published.period, of.origin);
        let number = Number { of: self.title(), grade: self.name_of(part), ..number };
        if self.line.row.is_none() { number.at(key) } else { number }
    }

    /// What the paper prints of a part, or what its grades give.
    fn number(&self, part: PrintedPart) -> Number<'p> {
        let (symbol, printed) = (self.called(part), self.line.printed);
        match printed.part(part) {
            Some(n) => self.read(symbol, n, (part, printed), key(part)),
            None => Number::derived(symbol, self.value(printed, part).unwrap_or_default()),
        }
    }

    /// How many a paper prints of a part, or has by what it prints.
    fn value(&self, of: &PrintedCounts, part: PrintedPart) -> Option<u64> {
        match part {
            PrintedPart::Unreported => of.unreported(),
            PrintedPart::Sum(at) => of.sum_of(self.totals.version, at),
            part => of.part(part),
        }
    }

    fn step(&self, step: Step<'p>) -> Step<'p> {
        Step { row: self.title(), ..step }
    }

    fn steps(&self) -> Vec<Step<'p>> {
        let mut steps = self.counts();
        steps.extend(self.shares());
        steps.extend(self.recorded());
        steps.extend(self.changes());
        steps.into_iter().map(|step| self.step(step)).collect()
    }

    /// The counts as printed, and what they give together.
    fn counts(&self) -> Vec<Step<'p>> {
        let (version, printed) = (self.totals.version, self.line.printed);
        let total = self.number(PrintedPart::Total);
        let mut steps = vec![Step::bare(Name::Printed, vec![total.clone()], count(printed.total)).called(total.symbol)];
        let grades: Vec<PrintedPart> = printed
            .parts()
            .filter(|part| matches!(part, PrintedPart::Grade(_)) && printed.part(*part).is_some())
            .collect();
        let of_part = |part: PrintedPart, name: Name<'p>| {
            let n = self.value(printed, part)?;
            let read = printed.part(part).map(|_| self.number(part)).into_iter().collect();
            Some(Step::bare(name, read, count(n)).called(self.called(part)))
        };
        for part in &grades {
            if let PrintedPart::Grade(at) = part {
                steps.extend(of_part(*part, Name::Count(&version.grades[*at], *at)));
            }
        }
        let needs_unreported = self.plan.head.denominator == Denominator::Due || self.prints_unreported();
        steps.extend(of_part(PrintedPart::Unreported, Name::Unreported).filter(|_| needs_unreported));
        for (at, composite) in version.composites.iter().enumerate() {
            let part = PrintedPart::Sum(at);
            let sum = printed.added(composite).map(|sum| {
                let numbers = composite.grades.iter().map(|grade| self.number(PrintedPart::Grade(*grade))).collect();
                (self.added(composite.grades.iter().copied()), numbers, sum)
            });
            match (printed.part(part), sum) {
                (None, Some((formula, numbers, sum))) => {
                    let step = Step::new(Name::CompositeCount(composite), formula, numbers, count(sum));
                    steps.push(step.called(self.called(part)));
                }
                (Some(n), sum) => {
                    let own = self.number(part);
                    steps.extend(of_part(part, Name::CompositeCount(composite)));
                    steps.extend(sum.map(|(formula, numbers, sum): (Expr, Vec<Number<'p>>, u64)| {
                        let numbers = numbers.into_iter().chain([own]).collect();
                        let beside = Outcome::Number(sum.into(), ShownAs::BesideCount(n.into()));
                        Step::new(Name::CompositeAdded(composite), formula, numbers, beside)
                    }));
                }
                (None, None) => {}
            }
        }
        steps.extend(self.sum(&grades));
        steps
    }

    /// The printed counts together, beside the printed total.
    fn sum(&self, grades: &[PrintedPart]) -> Option<Step<'p>> {
        let printed = self.line.printed;
        let unreported = printed.unreported.map(|_| PrintedPart::Unreported);
        let numbers: Vec<Number<'p>> = grades.iter().copied().chain(unreported).map(|part| self.number(part)).collect();
        let formula = numbers.iter().map(|number| named(number.symbol.clone())).reduce(|all, one| all + one)?;
        let outcome = Outcome::Number(printed.sum()?.into(), ShownAs::BesideTotal(printed.total));
        let numbers = numbers.into_iter().chain([self.number(PrintedPart::Total)]).collect();
        let name = self.title().map_or(Name::PrintedSum, Name::PrintedRow);
        Some(Step::new(name, formula, numbers, outcome))
    }

    /// The counts of these grades together.
    fn added(&self, grades: impl Iterator<Item = usize>) -> Expr {
        let names = grades.map(|at| named(self.called(PrintedPart::Grade(at))));
        names.reduce(|all, one| all + one).unwrap_or_else(|| constant(0))
    }

    /// The denominator of percentages, then each of them, beside what the paper prints.
    fn shares(&self) -> Vec<Step<'p>> {
        let (version, printed, denominator) = (self.totals.version, self.line.printed, self.plan.head.denominator);
        let Some(rated) = printed.rated(version) else { return Vec::new() };
        let counted: Vec<usize> = (0..version.grades.len()).filter(|at| version.grades[*at].counts).collect();
        let numbers = counted.iter().map(|at| self.number(PrintedPart::Grade(*at))).collect();
        let is_base = denominator == Denominator::Rated;
        let [of_rated, of_base] =
            ["R", base_symbol(denominator)].map(|base| Symbol::from(format!("{base}{}", self.suffix)));
        let rated_step = Step::new(Name::Rated(is_base), self.added(counted.into_iter()), numbers, count(rated));
        let mut steps = vec![rated_step.called(of_rated.clone())];
        let Some(base) = printed.base(version, denominator) else { return steps };
        if !is_base {
            let unreported = self.number(PrintedPart::Unreported);
            let formula = named(of_rated.clone()) + named(unreported.symbol.clone());
            let numbers = vec![Number::derived(of_rated, rated), unreported];
            steps.push(Step::new(Name::Base, formula, numbers, count(base)).called(of_base.clone()));
        }
        let base = Number::derived(of_base, base);
        let grades = version.grades.iter().enumerate().filter(|(_, grade)| grade.counts);
        let grades = grades.map(|(at, grade)| (PrintedPart::Grade(at), Name::Share(grade)));
        let sums = version.composites.iter().enumerate().filter(|(_, sum)| version.sum_counts(sum));
        let sums = sums.map(|(at, sum)| (PrintedPart::Sum(at), Name::CompositeShare(sum)));
        steps.extend(grades.chain(sums).filter_map(|(part, name)| self.share(part, name, &base)));
        steps
    }

    fn share(&self, part: PrintedPart, name: Name<'p>, base: &Number<'p>) -> Option<Step<'p>> {
        let n = self.value(self.line.printed, part)?;
        let percent = Rate::new(n.into(), base.exact()?).and_then(Rate::percent);
        let printed = self.line.printed.share(part);
        let outcome = percent.map_or(Outcome::Nothing(Why::NoRate), |percent| {
            Outcome::Number(percent, printed.map_or(ShownAs::Percent, ShownAs::Beside))
        });
        let as_printed = printed.map(|share| {
            let symbol = format!("p{}", self.called(part)).into();
            self.read(symbol, share, (part, self.line.printed), "shares")
        });
        let number = self.number(part);
        let formula = (named(number.symbol.clone()) / named(base.symbol.clone())).percent();
        let numbers = [number, base.clone()].into_iter().chain(as_printed).collect();
        Some(Step::new(name, formula, numbers, outcome))
    }

    /// What the records give of each printed count.
    fn recorded(&self) -> Vec<Step<'p>> {
        let Some(tally) = &self.line.counted else { return Vec::new() };
        let parts = self.line.printed.parts().chain([PrintedPart::Total]);
        let step = |part: PrintedPart| {
            let (printed, counted) = (self.line.printed.part(part)?, counted_part(tally, self.totals.version, part)?);
            let beside = Outcome::Number(counted.into(), ShownAs::BesideCount(printed.into()));
            Some(Step::bare(Name::Recorded(self.counted(part)), vec![self.number(part)], beside))
        };
        parts.filter_map(step).collect()
    }

    fn counted(&self, part: PrintedPart) -> Counted<'p> {
        match part {
            PrintedPart::Grade(at) => Counted::Grade(&self.totals.version.grades[at]),
            PrintedPart::Unreported => Counted::Unreported,
            PrintedPart::Sum(at) => Counted::Composite(&self.totals.version.composites[at]),
            PrintedPart::Total => Counted::Entries,
        }
    }

    /// Each count less that of the table printed before.
    fn changes(&self) -> Vec<Step<'p>> {
        let (Some(before), printed) = (self.line.before, self.line.printed) else { return Vec::new() };
        let parts = printed.parts().filter(|part| *part != PrintedPart::Unreported || self.prints_unreported());
        let step = |part: PrintedPart| {
            let (now, was) = self.value(printed, part).zip(self.value(before, part))?;
            let (own, of) = (self.number(part), self.counted(part));
            let symbol: Symbol = format!("{}'", own.symbol).into();
            let then = match before.part(part) {
                Some(n) => self.read(symbol.clone(), n, (part, before), key(part)),
                None => Number::derived(symbol.clone(), was),
            };
            let derived = then.origin.is_none();
            let given = derived.then(|| Step::bare(Name::Before(of), Vec::new(), count(was)).called(symbol.clone()));
            let by = Outcome::Number(Decimal::from(now) - Decimal::from(was), ShownAs::CountChange);
            let formula = named(own.symbol.clone()) - named(symbol);
            Some(
                given.into_iter().chain([Step::new(Name::Since(of), formula, vec![own, then], by)]).collect::<Vec<_>>(),
            )
        };
        parts.chain([PrintedPart::Total]).filter_map(step).flatten().collect()
    }

    /// Whether what is unreported is printed in the table, or in the one before.
    fn prints_unreported(&self) -> bool {
        [Some(self.line.printed), self.line.before].into_iter().flatten().any(|printed| printed.unreported.is_some())
    }
}

/// The key that a printed count stands at.
fn key(part: PrintedPart) -> &'static str {
    if part == PrintedPart::Total { "total" } else { "counts" }
}
