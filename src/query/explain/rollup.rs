//! The roll-up: the counted entries one by one, the counts, the denominator, the shares, the change.

use rust_decimal::Decimal;

use super::formula::{Expr, Symbol, constant, named};
use super::{Amount, Name, Number, Outcome, Step, Told};
use crate::plan::Published;
use crate::plan::scale::{Grade, ScaleVersion};
use crate::query::gap::{Rate, Why};
use crate::query::status::{Status, Tally};

/// The steps of everything that was asked.
pub fn steps<'p>(status: &Status<'p>) -> Vec<Step<'p>> {
    if let Some(published) = status.published {
        return printed(status, published);
    }
    let mut steps = vec![entries(status)];
    let version = status.version;
    let counts: Vec<(&Grade, u64)> = version.grades.iter().zip(status.total.counts.iter().copied()).collect();
    steps.extend(
        counts.iter().enumerate().map(|(at, (grade, n))| Step::bare(Name::Count(grade, at), Vec::new(), count(*n))),
    );
    let Tally { unreported, excluded, entries, .. } = status.total;
    steps.push(Step::bare(Name::Unreported, Vec::new(), count(unreported)));
    steps.push(Step::bare(Name::Excluded, Vec::new(), count(excluded)));
    let numbers = [("N", entries), ("U", unreported), ("X", excluded)];
    let numbers = numbers.map(|(symbol, n)| Number::derived(symbol, n)).into();
    let rated = status.total.rated();
    steps.push(Step::new(Name::Rated, named("N") - named("U") - named("X"), numbers, count(rated)));
    let read = |at: usize| Number::derived(symbol(at), counts[at].1);
    steps.extend(shares(version, &status.total.counts, rated, &read));
    steps.extend(changes(status));
    steps
}

fn count<'p>(n: u64) -> Outcome<'p> {
    Outcome::Number(n.into(), Told::Count)
}

/// What the count of a grade is called.
fn symbol(grade: usize) -> Symbol {
    format!("n{}", grade + 1).into()
}

fn entries<'p>(status: &Status<'p>) -> Step<'p> {
    let counted = status.nodes.iter().filter(|node| node.entry.level == status.plan.head.counted);
    let numbers = counted.map(|node| Number {
        symbol: node.entry.id.as_str().to_owned().into(),
        amount: Amount::Standing(&node.entry.name, node.standing),
        period: node.rated_by.map(|update| update.period),
        origin: Some(node.rated_by.map_or(node.entry.origin, |update| update.origin)),
        key: None,
    });
    Step::bare(Name::Entries, numbers.collect(), count(status.total.entries))
}

/// Of each grade that counts and of each composite, in percent of those rated.
fn shares<'p>(
    version: &'p ScaleVersion,
    counts: &[u64],
    rated: u64,
    read: &impl Fn(usize) -> Number<'p>,
) -> Vec<Step<'p>> {
    let share = |name, grades: &[usize]| {
        let part: u64 = grades.iter().map(|grade| counts[*grade]).sum();
        let percent = Rate::of(part.into(), rated.into()).and_then(Rate::percent);
        let outcome = percent.map_or(Outcome::Nothing(Why::NoRate), |p| Outcome::Number(p, Told::Percent));
        let sum = grades.iter().map(|grade| named(symbol(*grade))).reduce(|all, one| all + one);
        let formula = (sum.unwrap_or_else(|| constant(0)) / named("R")).percent();
        let numbers = grades.iter().map(|grade| read(*grade)).chain([Number::derived("R", rated)]).collect();
        Step::new(name, formula, numbers, outcome)
    };
    let grades = version.grades.iter().enumerate().filter(|(_, grade)| grade.counts);
    let grades = grades.map(|(at, grade)| share(Name::Share(grade), &[at]));
    grades.chain(version.composites.iter().map(|c| share(Name::CompositeShare(c), &c.grades))).collect()
}

/// 前回比: each count less that of the previous period, and which entries moved.
fn changes<'p>(status: &Status<'p>) -> Vec<Step<'p>> {
    let Some(previous) = status.previous else { return Vec::new() };
    let moved = status.flows.iter().map(|flow| {
        let entry = &status.plan.entries[flow.place];
        Number {
            symbol: entry.id.as_str().to_owned().into(),
            amount: Amount::Moved(&entry.name, *flow),
            period: Some(previous),
            origin: None,
            key: None,
        }
    });
    let moved: Vec<Number<'p>> = moved.collect();
    let moves = u64::try_from(moved.len()).unwrap_or(u64::MAX);
    let mut steps = vec![Step::bare(Name::Moved, moved, count(moves))];
    let since = |name, symbol: Symbol, now: u64, was: u64| {
        let before: Symbol = format!("{symbol}'").into();
        let by = Decimal::from(now) - Decimal::from(was);
        let numbers = vec![
            Number { period: Some(status.question.as_of.period), ..Number::derived(symbol.clone(), now) },
            Number { period: Some(previous), ..Number::derived(before.clone(), was) },
        ];
        let formula: Expr = named(symbol) - named(before);
        Step::new(name, formula, numbers, Outcome::Number(by, Told::CountChange))
    };
    let was = |grade: &Grade| {
        let place = status.version_before.grades.iter().position(|g| g.id == grade.id);
        place.map_or(0, |place| status.before.counts[place])
    };
    let grades = status.version.grades.iter().zip(&status.total.counts).enumerate();
    steps.extend(grades.map(|(at, (grade, now))| since(Name::Since(Some(grade)), symbol(at), *now, was(grade))));
    steps.push(since(Name::Since(None), "U".into(), status.total.unreported, status.before.unreported));
    steps
}

/// What a paper printed, where the entries are not known.
fn printed<'p>(status: &Status<'p>, published: &'p Published) -> Vec<Step<'p>> {
    let (_, version) = status.plan.scales[published.scale].version_near(published.period);
    let read = |symbol: Symbol, n: u64| Number::read(symbol, n, published.period, published.origin);
    let of_grade = |at: usize| read(symbol(at), published.counts[at]).at("counts");
    let counted = version.grades.iter().enumerate().filter(|(_, grade)| grade.counts).map(|(at, _)| at);
    let counted: Vec<usize> = counted.collect();
    let rated: u64 = counted.iter().map(|at| published.counts[*at]).sum();
    let total = read("N".into(), published.total).at("total");
    let mut steps = vec![Step::bare(Name::Printed, vec![total], count(published.total))];
    let grades = version.grades.iter().enumerate();
    steps.extend(grades.map(|(at, g)| Step::bare(Name::Count(g, at), vec![of_grade(at)], count(published.counts[at]))));
    let sum = counted.iter().map(|at| named(symbol(*at))).reduce(|all, one| all + one);
    let numbers = counted.iter().map(|at| of_grade(*at)).collect();
    steps.push(Step::new(Name::Rated, sum.unwrap_or_else(|| constant(0)), numbers, count(rated)));
    steps.extend(shares(version, &published.counts, rated, &of_grade));
    steps
}
