//! How many indicators stand how: each with its verdict, then the counts and shares by the bands that judge.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::formula::{constant, named};
use super::{Amount, Name, Number, Outcome, ShownAs, Step};
use crate::plan::Plan;
use crate::plan::indicator::Indicator;
use crate::query::AsOf;
use crate::query::gap::{Gap, Verdict, Why, gap};
use crate::query::verdicts::{Standing, VerdictTable, sum_counts, verdict_tables_since};

/// The verdicts of these, one by one and counted: that of a person where one was given.
pub fn steps<'p>(plan: &'p Plan, of: &[&'p Indicator], as_of: AsOf) -> Vec<Step<'p>> {
    let gaps: Vec<Gap<'p>> = of.iter().map(|indicator| gap(plan, indicator, as_of)).collect();
    let numbers = gaps.iter().map(|gap| Number {
        amount: Amount::Verdict(&gap.indicator.name, gap.counted()),
        period: gap.actual.map(|m| m.reading.period),
        origin: Some(gap.indicator.origin),
        ..Number::derived(gap.indicator.id.to_string(), 0)
    });
    let mut steps = vec![Step::bare(Name::Indicators, numbers.collect(), count(gaps.len()))];
    let tables = verdict_tables_since(plan, &gaps, None, None);
    let (mut shares, mut before) = (Vec::new(), 0);
    for (nth, table) in tables.iter().enumerate() {
        let (counted, shared) = of_set(table, nth, before);
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
    steps.push(Step::bare(Name::Undetermined, Vec::new(), count(undetermined)));
    let numbers = vec![Number::derived("I", gaps.len()), Number::derived("Q", undetermined)];
    let judged = named("I") - named("Q");
    steps.push(Step::new(Name::Judged, judged, numbers, count(gaps.len() - undetermined)));
    steps.extend(shares);
    steps
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
        counts
            .push(Step::bare(count_name, Vec::new(), Outcome::Number(n.into(), ShownAs::Count)).called(symbol.clone()));
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
