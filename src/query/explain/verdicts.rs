//! How many indicators stand how: each with its verdict, then the counts and shares by the bands that judge.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::formula::{constant, named};
use super::{Amount, Apart, BandOf, Name, Number, Outcome, ShownAs, Step, Symbol};
use crate::plan::Plan;
use crate::plan::indicator::Indicator;
use crate::query::AsOf;
use crate::query::gap::{Gap, Verdict, Why, gap};
use crate::query::verdicts::{Before, Standing, VerdictTable, sum_counts, verdict_tables};

/// The verdicts of these, one by one and counted: that of a person where one was given.
pub fn steps<'p>(plan: &'p Plan, of: &[&'p Indicator], as_of: AsOf) -> Vec<Step<'p>> {
    let gaps: Vec<Gap<'p>> = of.iter().map(|indicator| gap(plan, indicator, as_of)).collect();
    let numbers = gaps.iter().map(|gap| Number {
        amount: Amount::Verdict(&gap.indicator.name, gap.counted()),
        period: gap.actual.map(|m| m.reading.period),
        origin: Some(gap.indicator.origin),
        ..Number::derived(gap.indicator.id.to_string(), 0)
    });
    let mut steps = vec![Step::bare(Name::Indicators, numbers.collect(), count(gaps.len())).called("I")];
    let tables = verdict_tables(plan, &gaps, as_of, None);
    let (mut shares, mut since, mut before) = (Vec::new(), Vec::new(), 0);
    for (nth, table) in tables.iter().enumerate() {
        let (counted, shared) = of_set(table, nth, before);
        since.extend(changes(table, nth, before));
        before += counted.len();
        steps.extend(counted);
        shares.extend(shared);
    }
    let mut open: BTreeMap<Why, usize> = BTreeMap::new();
    for gap in &gaps {
        if let Verdict::Undetermined(why) = gap.counted() {
            *open.entry(why).or_default() += 1;
        }
    }
    let each =
        open.iter().map(|(why, n)| Step::bare(Name::Verdicts(Verdict::Undetermined(*why)), Vec::new(), count(*n)));
    steps.extend(each);
    let undetermined: usize = open.values().sum();
    steps.push(Step::bare(Name::Undetermined, Vec::new(), count(undetermined)).called("Q"));
    let numbers = vec![Number::derived("I", gaps.len()), Number::derived("Q", undetermined)];
    let judged = named("I") - named("Q");
    steps.push(Step::new(Name::Judged, judged, numbers, count(gaps.len() - undetermined)));
    steps.extend(shares);
    steps.extend(since);
    steps
}

/// How the counts of a set changed since the period before, or why they are not compared.
fn changes<'p>(table: &VerdictTable<'p>, nth: usize, first: usize) -> Vec<Step<'p>> {
    if let Before::OtherBands(period) = table.before {
        return vec![Step::bare(Name::NotCompared, Vec::new(), Outcome::Apart(Apart::Bands(period)))];
    }
    let (Before::Period(previous), Some(group)) = (table.before, table.groups.first()) else { return Vec::new() };
    let Some(before) = &group.before else { return Vec::new() };
    let set = table.set;
    let counted = table.standings.iter().enumerate().filter(|(_, standing)| standing.is_counted(set));
    let counted = counted.filter_map(|(place, standing)| {
        let of = match (standing.band(set), standing) {
            (Some(band), _) => BandOf::Band(band),
            (None, Standing::Word(Some(meaning))) => BandOf::Word(Verdict::from(*meaning)),
            (None, _) => return None,
        };
        Some((of, group.now.by_standing[place], before.by_standing[place]))
    });
    let sums = set.sums.iter().map(|sum| (BandOf::Sum(sum), group.now.sum(sum), before.sum(sum)));
    let named_by = |(at, (of, now, was)): (usize, (BandOf<'p>, u64, u64))| {
        (of, Symbol::from(format!("v{}", first + at + 1)), now, was)
    };
    let all: Vec<_> = counted.chain(sums).enumerate().map(named_by).collect();
    let whole = (BandOf::All(set), Symbol::from(format!("I{}", nth + 1)), group.now.all, before.all);
    let step = |(of, symbol, now, was): (BandOf<'p>, Symbol, u64, u64)| {
        let then: Symbol = format!("{symbol}'").into();
        let before = Number { period: Some(previous), ..Number::derived(then.clone(), was) };
        let numbers = vec![Number::derived(symbol.clone(), now), before];
        let by = Outcome::Number(Decimal::from(now) - Decimal::from(was), ShownAs::CountChange);
        let is_all = matches!(of, BandOf::All(_));
        // How many the set judges or could not has no line of its own.
        let now = is_all.then(|| Step::bare(Name::VerdictsOf(of), Vec::new(), count_of(now)).called(symbol.clone()));
        let was = Step::bare(Name::VerdictsBefore(of), Vec::new(), count_of(was)).called(then.clone());
        now.into_iter().chain([was, Step::new(Name::VerdictsSince(of), named(symbol) - named(then), numbers, by)])
    };
    all.into_iter().chain([whole]).flat_map(step).collect()
}

fn count_of<'p>(n: u64) -> Outcome<'p> {
    Outcome::Number(n.into(), ShownAs::Count)
}

fn count<'p>(n: usize) -> Outcome<'p> {
    Outcome::Number(n.into(), ShownAs::Count)
}

/// The counts of a set, and the shares that they have of what is judged: of the standard set in the words that all plans
/// share, 判定不能 apart, which is counted by its reasons.
fn of_set<'p>(table: &VerdictTable<'p>, nth: usize, before: usize) -> (Vec<Step<'p>>, Vec<Step<'p>>) {
    let (set, Some(group)) = (table.set, table.groups.first()) else { return Default::default() };
    let whole = format!("J{}", nth + 1);
    let (mut counts, mut shares, mut judged) = (Vec::new(), Vec::new(), Vec::new());
    let mut put = |count_name: Name<'p>, share_name: Name<'p>, n: u64, has_share: bool| {
        let symbol = format!("v{}", before + counts.len() + 1);
        if has_share && !matches!(count_name, Name::BandSumCount(_)) {
            judged.push(Number::derived(symbol.clone(), n));
        }
        counts.push(Step::bare(count_name, Vec::new(), count_of(n)).called(symbol.clone()));
        if has_share && group.now.judged > 0 {
            let percent = Decimal::from(n) * Decimal::ONE_HUNDRED / Decimal::from(group.now.judged);
            let numbers = vec![Number::derived(symbol.clone(), n), Number::derived(whole.clone(), group.now.judged)];
            let formula = (named(symbol) / named(whole.clone())).percent();
            shares.push(Step::new(share_name, formula, numbers, Outcome::Number(percent, ShownAs::Percent)));
        }
    };
    let all = table.standings.iter().zip(&group.now.by_standing);
    for (standing, n) in all.filter(|(standing, _)| standing.is_counted(set)) {
        let has_share = standing.counts(set);
        match (standing.band(set), standing) {
            (Some(band), _) => put(Name::BandCount(band), Name::BandShare(band), *n, has_share),
            (None, Standing::Word(Some(meaning))) => {
                let verdict = Verdict::from(*meaning);
                put(Name::Verdicts(verdict), Name::WordShare(verdict), *n, has_share);
            }
            (None, _) => {}
        }
    }
    for sum in &set.sums {
        put(Name::BandSumCount(sum), Name::BandSumShare(sum), group.now.sum(sum), sum_counts(set, sum));
    }
    let sum = judged.iter().map(|number| named(number.symbol.clone())).reduce(|sum, next| sum + next);
    let sum = sum.unwrap_or_else(|| constant(0));
    let outcome = Outcome::Number(group.now.judged.into(), ShownAs::Count);
    shares.insert(0, Step::new(Name::JudgedBy(set), sum, judged, outcome).called(whole));
    (counts, shares)
}
