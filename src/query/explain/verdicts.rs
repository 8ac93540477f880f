//! How many indicators stand how: each with its verdict, then the counts.

use std::collections::BTreeMap;

use super::formula::named;
use super::{Amount, Name, Number, Outcome, ShownAs, Step};
use crate::plan::Plan;
use crate::plan::indicator::Indicator;
use crate::query::AsOf;
use crate::query::gap::{Gap, Verdict, Why, gap};

/// The verdicts of these, one by one and counted.
pub fn steps<'p>(plan: &'p Plan, of: &[&'p Indicator], as_of: AsOf) -> Vec<Step<'p>> {
    let gaps: Vec<Gap<'p>> = of.iter().map(|indicator| gap(plan, indicator, as_of)).collect();
    let numbers = gaps.iter().map(|gap| Number {
        amount: Amount::Verdict(&gap.indicator.name, gap.verdict),
        period: gap.actual.map(|m| m.reading.period),
        origin: Some(gap.indicator.origin),
        ..Number::derived(gap.indicator.id.to_string(), 0)
    });
    let count = |n: usize| Outcome::Number(n.into(), ShownAs::Count);
    let mut steps = vec![Step::bare(Name::Indicators, numbers.collect(), count(gaps.len()))];
    let judged = [Verdict::Met, Verdict::OnPace, Verdict::Behind, Verdict::Worsened];
    steps.extend(judged.map(|verdict| {
        let n = gaps.iter().filter(|gap| gap.verdict == verdict).count();
        Step::bare(Name::Verdicts(verdict), Vec::new(), count(n))
    }));
    let mut open: BTreeMap<Why, usize> = BTreeMap::new();
    for gap in &gaps {
        if let Verdict::Undetermined(why) = gap.verdict {
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
    steps
}
