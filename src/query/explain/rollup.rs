//! The roll-up: the counted entries one by one, the counts, the denominator, the shares, the change.

use rust_decimal::Decimal;

use super::formula::{Expr, Symbol, constant, named};
use super::{Amount, Apart, Counted, Name, Number, Outcome, ShownAs, Step, published};
use crate::plan::scale::{Grade, ScaleVersion};
use crate::plan::{Denominator, Plan};
use crate::query::gap::{Rate, Why};
use crate::query::status::{Status, Tally, report_for, updates_by};

/// The steps of everything that was asked.
pub fn steps<'p>(status: &Status<'p>) -> Vec<Step<'p>> {
    if let Some(totals) = status.published() {
        return published::steps(status.plan, totals);
    }
    if status.is_unknown() {
        return Vec::new();
    }
    let mut steps = vec![entries(status)];
    let version = status.version;
    let counts: Vec<(&'p Grade, u64)> = version.grades.iter().zip(status.total.counts.iter().copied()).collect();
    let of_grade = |(at, (grade, n)): (usize, &(&'p Grade, u64))| {
        Step::bare(Name::Count(grade, at), Vec::new(), count(*n)).called(symbol(at))
    };
    steps.extend(counts.iter().enumerate().map(of_grade));
    let Tally { unreported, excluded, resting, ahead, entries, .. } = status.total;
    steps.push(Step::bare(Name::Unreported, Vec::new(), count(unreported)).called("U"));
    steps.push(Step::bare(Name::Excluded, Vec::new(), count(excluded)).called("X"));
    let mut numbers = vec![("N", entries), ("U", unreported), ("X", excluded)];
    let mut rest = named("N") - named("U") - named("X");
    let before = &status.before;
    for (name, symbol, n, was) in
        [(Name::Resting, "J", resting, before.resting), (Name::Ahead, "K", ahead, before.ahead)]
    {
        if n > 0 || status.previous.is_some() && was > 0 {
            steps.push(Step::bare(name, Vec::new(), count(n)).called(symbol));
        }
        if n > 0 {
            numbers.push((symbol, n));
            rest = rest - named(symbol);
        }
    }
    let numbers = numbers.into_iter().map(|(symbol, n)| Number::derived(symbol, n)).collect();
    let rated = status.total.rated();
    let base = Base { symbol: base_symbol(status.plan.head.denominator), n: status.base(&status.total) };
    steps.push(Step::new(Name::Rated(base.symbol == "R"), rest, numbers, count(rated)).called("R"));
    if base.symbol != "R" {
        let numbers = vec![Number::derived("R", rated), Number::derived("U", unreported)];
        steps.push(Step::new(Name::Base, named("R") + named("U"), numbers, count(base.n)).called("D"));
    }
    let read = |at: usize| Number::derived(symbol(at), counts[at].1);
    steps.extend(version.composites.iter().enumerate().map(|(at, composite)| {
        let sum = composite.grades.iter().map(|grade| named(symbol(*grade))).reduce(|all, one| all + one);
        let numbers = composite.grades.iter().map(|grade| read(*grade)).collect();
        let sum = sum.unwrap_or_else(|| constant(0));
        Step::new(Name::CompositeCount(composite), sum, numbers, count(status.total.sum(composite))).called(summed(at))
    }));
    steps.push(fresh(status));
    steps.extend(progress(status));
    steps.extend(shares(version, &status.total.counts, base, &read));
    steps.extend(changes(status));
    steps
}

/// What shares are of: its symbol, and how many.
#[derive(Clone, Copy)]
struct Base {
    symbol: &'static str,
    n: u64,
}

/// What the denominator of percentages is called.
pub fn base_symbol(denominator: Denominator) -> &'static str {
    match denominator {
        Denominator::Rated => "R",
        Denominator::Due => "D",
    }
}

/// A count.
pub fn count<'p>(n: u64) -> Outcome<'p> {
    Outcome::Number(n.into(), ShownAs::Count)
}

/// What the count of a grade is called.
pub fn symbol(grade: usize) -> Symbol {
    format!("n{}", grade + 1).into()
}

/// What the count of a composite is called.
pub fn summed(composite: usize) -> Symbol {
    format!("s{}", composite + 1).into()
}

fn entries<'p>(status: &Status<'p>) -> Step<'p> {
    let counted = status.nodes.iter().filter(|node| node.entry.level == status.counted);
    let numbers = counted.map(|node| Number {
        symbol: node.entry.id.as_str().to_owned().into(),
        amount: Amount::Standing(&node.entry.name, node.standing),
        period: node.rated_by.map(|update| update.period),
        origin: Some(node.rated_by.map_or(node.entry.origin, |update| update.origin)),
        key: None,
        of: None,
        grade: None,
    });
    Step::bare(Name::Entries, numbers.collect(), count(status.total.entries)).called("N")
}

/// The counted entries with a record that answers for the period.
fn fresh<'p>(status: &Status<'p>) -> Step<'p> {
    let question = status.question;
    let counted = status.nodes.iter().filter(|node| node.entry.level == status.counted);
    let numbers = counted.filter(|node| node.tally.fresh > 0).filter_map(|node| {
        let last = report_for(status.plan, node.entry, question.as_of, question.evaluator, question.as_of.period)?;
        let amount = Amount::Standing(&node.entry.name, node.standing);
        let origin = Some(last.origin);
        Some(Number { amount, origin, period: Some(last.period), ..Number::derived(node.entry.id.to_string(), 0) })
    });
    Step::bare(Name::Fresh, numbers.collect(), count(status.total.fresh)).called("W")
}

/// How far each entry is, where a record says so.
fn progress<'p>(status: &Status<'p>) -> Option<Step<'p>> {
    let question = status.question;
    let numbers = status.nodes.iter().filter_map(|node| {
        let update = updates_by(status.plan, node.entry, question.as_of, question.evaluator)
            .find(|update| update.progress.is_some())?;
        let percent = Number::read(node.entry.id.to_string(), update.progress?, update.period, update.origin);
        Some(Number { of: Some(&node.entry.name), ..percent.at("progress") })
    });
    let numbers: Vec<Number<'p>> = numbers.collect();
    (!numbers.is_empty()).then(|| Step::bare(Name::Progress, numbers, Outcome::Listed))
}

/// Of each grade that counts and of each composite, in percent of what the plan takes percentages of.
fn shares<'p>(
    version: &'p ScaleVersion,
    counts: &[u64],
    base: Base,
    read: &impl Fn(usize) -> Number<'p>,
) -> Vec<Step<'p>> {
    let of = |name, part: Expr, n: Decimal, numbers: Vec<Number<'p>>| {
        let percent = Rate::new(n, base.n.into()).and_then(Rate::percent);
        let outcome = percent.map_or(Outcome::Nothing(Why::NoRate), |p| Outcome::Number(p, ShownAs::Percent));
        let numbers = numbers.into_iter().chain([Number::derived(base.symbol, base.n)]).collect();
        Step::new(name, (part / named(base.symbol)).percent(), numbers, outcome)
    };
    let share = |name, grades: &[usize]| {
        let part: u64 = grades.iter().map(|grade| counts[*grade]).sum();
        let numbers = grades.iter().map(|grade| read(*grade)).collect();
        of(name, added(grades.iter().copied()), part.into(), numbers)
    };
    let grades = version.grades.iter().enumerate().filter(|(_, grade)| grade.counts);
    let grades = grades.map(|(at, grade)| share(Name::Share(grade), &[at]));
    let sums = version.composites.iter().filter(|sum| version.sum_counts(sum));
    grades.chain(sums.map(|sum| share(Name::CompositeShare(sum), &sum.grades))).collect()
}

/// 前回比: each count less that of the previous period, and which entries moved.
fn changes<'p>(status: &Status<'p>) -> Vec<Step<'p>> {
    let Some(previous) = status.previous else {
        let apart = status.rescaled.map(|period| Outcome::Apart(Apart::Scale(period)));
        return apart.map(|apart| Step::bare(Name::NotCompared, Vec::new(), apart)).into_iter().collect();
    };
    let moved = status.flows.iter().map(|flow| {
        let entry = &status.plan.entries[flow.place];
        Number {
            symbol: entry.id.as_str().to_owned().into(),
            amount: Amount::Moved(&entry.name, *flow),
            period: Some(status.question.as_of.period),
            origin: Some(
                status
                    .nodes
                    .iter()
                    .find(|node| node.place == flow.place)
                    .and_then(|node| node.rated_by)
                    .map_or(entry.origin, |update| update.origin),
            ),
            key: None,
            of: None,
            grade: None,
        }
    });
    let moved: Vec<Number<'p>> = moved.collect();
    let moves = u64::try_from(moved.len()).unwrap_or(u64::MAX);
    let mut steps = vec![Step::bare(Name::Moved, moved, count(moves))];
    let since = |of: Counted<'p>, symbol: Symbol, now: u64, was: u64| {
        let before: Symbol = format!("{symbol}'").into();
        let by = Decimal::from(now) - Decimal::from(was);
        let numbers = vec![
            Number { period: Some(status.question.as_of.period), ..Number::derived(symbol.clone(), now) },
            Number { period: Some(previous), ..Number::derived(before.clone(), was) },
        ];
        let formula: Expr = named(symbol) - named(before.clone());
        let change = Step::new(Name::Since(of), formula, numbers, Outcome::Number(by, ShownAs::CountChange));
        [Step::bare(Name::Before(of), Vec::new(), count(was)).called(before), change]
    };
    let (total, before) = (&status.total, &status.before);
    let was = |grade: &str| status.version_before.grades.iter().position(|g| g.id.as_str() == grade);
    let grades = status.version.grades.iter().zip(&total.counts).enumerate();
    steps.extend(grades.flat_map(|(at, (grade, now))| {
        let was = was(grade.id.as_str()).map_or(0, |place| before.counts[place]);
        since(Counted::Grade(grade), symbol(at), *now, was)
    }));
    steps.extend(status.version.composites.iter().enumerate().flat_map(|(at, composite)| {
        let then = status.version_before.composites.iter().find(|c| c.id == composite.id);
        let was = then.map_or(0, |then| before.sum(then));
        since(Counted::Composite(composite), summed(at), total.sum(composite), was)
    }));
    let may_rest =
        [(Counted::Resting, "J", total.resting, before.resting), (Counted::Ahead, "K", total.ahead, before.ahead)];
    let may_rest = may_rest.into_iter().filter(|(.., now, was)| now + was > 0);
    let all = [
        (Counted::Entries, "N", total.entries, before.entries),
        (Counted::Unreported, "U", total.unreported, before.unreported),
        (Counted::Excluded, "X", total.excluded, before.excluded),
        (Counted::Rated, "R", total.rated(), before.rated()),
        (Counted::Fresh, "W", total.fresh, before.fresh),
    ];
    let all = all.into_iter().chain(may_rest);
    steps.extend(all.flat_map(|(what, symbol, now, was)| since(what, symbol.into(), now, was)));
    steps
}

/// The entries of each level, whenever they are in the plan.
pub fn levels(plan: &Plan) -> Vec<Step<'_>> {
    let levels = plan.head.levels.iter().enumerate().map(|(level, name)| {
        let of = plan.entries.iter().filter(|entry| entry.level == level);
        let one = of.map(|entry| {
            let one = Number::derived(entry.id.to_string(), 1);
            Number { of: Some(&entry.name), origin: Some(entry.origin), ..one }
        });
        let numbers: Vec<Number<'_>> = one.collect();
        let n = u64::try_from(numbers.len()).unwrap_or(u64::MAX);
        Step::bare(Name::Level(name), numbers, count(n))
    });
    levels.collect()
}

/// The counts of these grades together.
fn added(grades: impl Iterator<Item = usize>) -> Expr {
    grades.map(|at| named(symbol(at))).reduce(|all, one| all + one).unwrap_or_else(|| constant(0))
}
