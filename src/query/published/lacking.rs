//! What is lacking of what is about to be published.

use std::collections::BTreeSet;

use crate::plan::Plan;
use crate::plan::closing::{About, FigureKey, Figures, Line};
use crate::plan::period::Period;

/// How many figures say that something is lacking, or not yet sure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Lacking {
    /// Entries that the first scale and evaluator have no grade for.
    pub unreported: usize,
    /// Entries that are counted by the report of an earlier period, on the same scale.
    pub carried: usize,
    /// Indicators without an actual.
    pub without_actual: usize,
    /// 要確認, verdicts that rest on such values aside.
    pub unconfirmed: usize,
    /// 速報値.
    pub provisional: usize,
}

/// What is lacking among figures.
pub fn lacking(plan: &Plan, period: Period, figures: &Figures) -> Lacking {
    let marked = |mark: &str| {
        let has = |(key, line): &(&FigureKey, &Line)| {
            !key.is_derived() && line.words.iter().skip(1).any(|word| **word == *mark)
        };
        figures.iter().filter(has).count()
    };
    let scale = plan.scales.first().map_or("", |scale| scale.id.as_str());
    let first = format!("rating.{scale}.{}", plan.evaluators[0].id);
    let unreported = |(key, line): &(&FigureKey, &Line)| {
        *key.what == *first && line.words.first().is_some_and(|w| **w == *"unreported")
    };
    let period_of = |line: &Line| Some(Period::parse(line.words.get(1)?).ok()?.period);
    let carried = |(key, line): &(&FigureKey, &Line)| {
        *key.what == *first && period_of(line).is_some_and(|about| !about.answers_for(period))
    };
    let indicators: BTreeSet<&About> =
        figures.keys().map(|key| &key.about).filter(|a| matches!(a, About::Indicator(_))).collect();
    let has_actual = |about: &About| figures.contains_key(&FigureKey { about: about.clone(), what: "actual".into() });
    Lacking {
        unreported: figures.iter().filter(unreported).count(),
        carried: figures.iter().filter(carried).count(),
        without_actual: indicators.into_iter().filter(|about| !has_actual(about)).count(),
        unconfirmed: marked("unconfirmed"),
        provisional: marked("provisional"),
    }
}
