//! The roll-up: the counted entries one by one, the counts, the denominator, the shares, the change.

use rust_decimal::Decimal;

use super::formula::{Expr, Symbol, constant, named};
use super::{Amount, Counted, Name, Number, Outcome, ShownAs, Step};
use crate::plan::scale::{Composite, Grade, ScaleVersion};
use crate::plan::{Denominator, Plan};
use crate::query::gap::{Rate, Why};
use crate::query::status::{Status, Tally, report_for, updates_by};
use crate::query::totals::{Totals, TotalsLine};

/// The steps of everything that was asked.
pub fn steps<'p>(status: &Status<'p>) -> Vec<Step<'p>> {
    if let Some(totals) = status.published() {
        return printed(totals, status.plan.head.denominator).into_iter().chain(tables(status)).collect();
    }
    if status.is_unknown() {
        return Vec::new();
    }
    let mut steps = vec![entries(status)];
    let version = status.version;
    let counts: Vec<(&Grade, u64)> = version.grades.iter().zip(status.total.counts.iter().copied()).collect();
    steps.extend(
        counts.iter().enumerate().map(|(at, (grade, n))| Step::bare(Name::Count(grade, at), Vec::new(), count(*n))),
    );
    let Tally { unreported, excluded, resting, ahead, entries, .. } = status.total;
    steps.push(Step::bare(Name::Unreported, Vec::new(), count(unreported)));
    steps.push(Step::bare(Name::Excluded, Vec::new(), count(excluded)));
    let mut numbers = vec![("N", entries), ("U", unreported), ("X", excluded)];
    let mut rest = named("N") - named("U") - named("X");
    for (name, symbol, n) in [(Name::Resting, "J", resting), (Name::Ahead, "K", ahead)] {
        if n > 0 {
            steps.push(Step::bare(name, Vec::new(), count(n)));
            numbers.push((symbol, n));
            rest = rest - named(symbol);
        }
    }
    let numbers = numbers.into_iter().map(|(symbol, n)| Number::derived(symbol, n)).collect();
    let rated = status.total.rated();
    let base = Base { symbol: base_symbol(status.plan), n: status.base(&status.total) };
    steps.push(Step::new(Name::Rated(base.symbol == "R"), rest, numbers, count(rated)));
    if base.symbol != "R" {
        let numbers = vec![Number::derived("R", rated), Number::derived("U", unreported)];
        steps.push(Step::new(Name::Base, named("R") + named("U"), numbers, count(base.n)));
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
    steps.extend(shares(version, &status.total.counts, base, &read, &|_| None));
    steps.extend(changes(status));
    steps.extend(tables(status));
    steps
}

/// What shares are of: its symbol, and how many.
#[derive(Clone, Copy)]
struct Base {
    symbol: &'static str,
    n: u64,
}

fn base_symbol(plan: &Plan) -> &'static str {
    match plan.head.denominator {
        Denominator::Rated => "R",
        Denominator::Due => "D",
    }
}

fn count<'p>(n: u64) -> Outcome<'p> {
    Outcome::Number(n.into(), ShownAs::Count)
}

/// What the count of a grade is called.
fn symbol(grade: usize) -> Symbol {
    format!("n{}", grade + 1).into()
}

/// What the count of a composite is called.
fn summed(composite: usize) -> Symbol {
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
    });
    Step::bare(Name::Entries, numbers.collect(), count(status.total.entries))
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
    Step::bare(Name::Fresh, numbers.collect(), count(status.total.fresh))
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
    printed: &impl Fn(usize) -> Option<(u64, Number<'p>)>,
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
    let sums = version.composites.iter().enumerate().filter(|(_, sum)| version.sum_counts(sum));
    let sums = sums.map(|(at, sum)| match printed(at) {
        Some((n, number)) => of(Name::CompositeShare(sum), named(number.symbol.clone()), n.into(), vec![number]),
        None => share(Name::CompositeShare(sum), &sum.grades),
    });
    grades.chain(sums).collect()
}

/// 前回比: each count less that of the previous period, and which entries moved.
fn changes<'p>(status: &Status<'p>) -> Vec<Step<'p>> {
    let Some(previous) = status.previous else { return Vec::new() };
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
        Step::new(name, formula, numbers, Outcome::Number(by, ShownAs::CountChange))
    };
    let (total, before) = (&status.total, &status.before);
    let was = |grade: &str| status.version_before.grades.iter().position(|g| g.id.as_str() == grade);
    let grades = status.version.grades.iter().zip(&total.counts).enumerate();
    steps.extend(grades.map(|(at, (grade, now))| {
        let was = was(grade.id.as_str()).map_or(0, |place| before.counts[place]);
        since(Name::Since(Counted::Grade(grade)), symbol(at), *now, was)
    }));
    steps.extend(status.version.composites.iter().enumerate().map(|(at, composite)| {
        let then = status.version_before.composites.iter().find(|c| c.id == composite.id);
        let was = then.map_or(0, |then| before.sum(then));
        since(Name::Since(Counted::Composite(composite)), summed(at), total.sum(composite), was)
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
    steps.extend(
        all.into_iter()
            .chain(may_rest)
            .map(|(what, symbol, now, was)| since(Name::Since(what), symbol.into(), now, was)),
    );
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

/// What a paper printed, where the entries are not known.
fn printed<'p>(totals: &Totals<'p>, denominator: Denominator) -> Vec<Step<'p>> {
    let (version, period, published) = (totals.version, totals.published.period, &totals.published.whole);
    let read = |symbol: Symbol, n: u64| Number::read(symbol, n, period, published.origin);
    let known: Vec<(usize, u64)> =
        published.counts.iter().enumerate().filter_map(|(at, count)| Some((at, (*count)?))).collect();
    let of_grade = |(at, n): (usize, u64)| read(symbol(at), n).at("counts");
    let total = || read("N".into(), published.total).at("total");
    let mut steps = vec![Step::bare(Name::Printed, vec![total()], count(published.total))];
    let sum_of = |(at, composite): (usize, &'p Composite)| {
        if let Some(sum) = published.sums[at] {
            let printed = read(summed(at), sum).at("counts");
            return Some(Step::bare(Name::CompositeCount(composite), vec![printed], count(sum)).called(summed(at)));
        }
        let sum = published.added(composite)?;
        let numbers = composite.grades.iter().filter_map(|at| Some(of_grade((*at, published.counts[*at]?)))).collect();
        let step =
            Step::new(Name::CompositeCount(composite), added(composite.grades.iter().copied()), numbers, count(sum));
        Some(step.called(summed(at)))
    };
    let grade = |(at, n)| Step::bare(Name::Count(&version.grades[at], at), vec![of_grade((at, n))], count(n));
    steps.extend(known.iter().map(|one| grade(*one)));
    let unreported = published.unreported.map(|n| read("U".into(), n).at("counts"));
    steps.extend(
        published.unreported.map(|n| Step::bare(Name::Unreported, unreported.clone().into_iter().collect(), count(n))),
    );
    steps.extend(version.composites.iter().enumerate().filter_map(sum_of));
    if let Some(sum) = published.sum() {
        let numbers = known.iter().map(|one| of_grade(*one)).chain(unreported).chain([total()]).collect();
        let sum = Outcome::Number(sum.into(), ShownAs::BesideTotal(published.total));
        let grades = added(known.iter().map(|(at, _)| *at));
        let formula = if published.unreported.is_some() { grades + named("U") } else { grades };
        steps.push(Step::new(Name::PrintedSum, formula, numbers, sum));
    }
    if let Some(rated) = published.rated(version) {
        let counted = known.iter().filter(|(at, _)| version.grades[*at].counts);
        let numbers = counted.clone().map(|one| of_grade(*one)).collect();
        let is_base = denominator == Denominator::Rated;
        steps.push(Step::new(Name::Rated(is_base), added(counted.map(|(at, _)| *at)), numbers, count(rated)));
        let counts: Vec<u64> = published.counts.iter().map(|count| count.unwrap_or_default()).collect();
        let base = published.base(version, denominator).map(|n| Base { symbol: if is_base { "R" } else { "D" }, n });
        if let Some((base, unreported)) = base.zip(published.unreported()).filter(|_| !is_base) {
            let numbers = vec![Number::derived("R", rated), Number::derived("U", unreported)];
            steps.push(Step::new(Name::Base, named("R") + named("U"), numbers, count(base.n)));
        }
        let grade = |at: usize| of_grade((at, counts[at]));
        let sum = |at: usize| published.sums[at].map(|n| (n, read(summed(at), n).at("counts")));
        steps.extend(base.into_iter().flat_map(|base| shares(version, &counts, base, &grade, &sum)));
    }
    steps
}

/// The rows of the printed tables one by one, each beside its printed total, and together beside that of the whole.
fn tables<'p>(status: &Status<'p>) -> Vec<Step<'p>> {
    let of = |(nth, totals): (usize, &Totals<'p>)| {
        // Every number has a symbol of its own, in whatever table it stands.
        let table = if nth == 0 { String::new() } else { format!("t{}", nth + 1) };
        let mut steps: Vec<Step<'p>> = Vec::new();
        for (at, line) in totals.rows.iter().enumerate() {
            steps.extend(row(status.plan, totals, line, &format!("r{}{table}", at + 1)));
        }
        steps.extend(rows_together(status.plan, totals, &table));
        steps
    };
    status.totals.iter().enumerate().flat_map(of).collect()
}

/// A row: its counts together, beside its printed total.
fn row<'p>(plan: &'p Plan, totals: &Totals<'p>, line: &TotalsLine<'p>, total: &str) -> Option<Step<'p>> {
    let (title, sum) = (line.row?.title(plan), line.printed.sum()?);
    let grades = line.printed.counts.iter().enumerate();
    let grades = grades.filter_map(|(at, n)| Some((format!("{}{total}", symbol(at)).into(), (*n)?)));
    let known = grades.chain(line.printed.unreported.map(|n| (format!("U{total}").into(), n)));
    let known: Vec<(Symbol, u64)> = known.collect();
    let read = |(symbol, n): (Symbol, u64)| {
        let number = Number::read(symbol, n, totals.published.period, line.printed.origin);
        Number { of: Some(title), ..number }
    };
    let formula = known.iter().map(|(symbol, _)| named(symbol.clone())).reduce(|all, one| all + one);
    let numbers = known.into_iter().chain([(total.to_owned().into(), line.printed.total)]).map(read).collect();
    let outcome = Outcome::Number(sum.into(), ShownAs::BesideTotal(line.printed.total));
    Some(Step::new(Name::PrintedRow(title), formula.unwrap_or_else(|| constant(0)), numbers, outcome))
}

/// The totals of the rows together, beside that of the whole.
fn rows_together<'p>(plan: &'p Plan, totals: &Totals<'p>, table: &str) -> Option<Step<'p>> {
    let (sum, whole) = (totals.published.rows_total()?, &totals.published.whole);
    let read = |symbol: Symbol, n: u64, origin| Number::read(symbol, n, totals.published.period, origin);
    let name = |at: usize| -> Symbol { format!("r{}{table}", at + 1).into() };
    let rows = totals.rows.iter().enumerate().filter_map(|(at, line)| {
        let of = Some(line.row?.title(plan));
        Some(Number { of, ..read(name(at), line.printed.total, line.printed.origin) })
    });
    let whole_of = read(format!("k{table}").into(), whole.total, whole.origin).at("total");
    let numbers = rows.chain([whole_of]).collect();
    let formula = (0..totals.rows.len()).map(|at| named(name(at))).reduce(|all, one| all + one);
    let outcome = Outcome::Number(sum.into(), ShownAs::BesideTotal(whole.total));
    Some(Step::new(Name::PrintedRows, formula.unwrap_or_else(|| constant(0)), numbers, outcome))
}

/// The counts of these grades together.
fn added(grades: impl Iterator<Item = usize>) -> Expr {
    grades.map(|at| named(symbol(at))).reduce(|all, one| all + one).unwrap_or_else(|| constant(0))
}
