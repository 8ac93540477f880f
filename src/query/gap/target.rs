//! Which target a value is held against: that of its own period, or the final one.

use crate::plan::indicator::{Indicator, Kind, Reading, Series};
use crate::plan::judging::TargetOf;
use crate::plan::period::Period;
use crate::plan::value::{Absence, Value};

/// The target of the period of a value: that of the very period; else of the shortest period around it; else, of what
/// is the state on a day, the last one within it. `None` where the plan has none.
pub fn own(series: Series, targets: &[Reading], of: Period) -> Option<&Reading> {
    let set = || targets.iter().filter(|target| is_set(target));
    let length = |period: Period| period.last_day() - period.first_day();
    // What happened in three years is no target of what happened in one of them.
    let is_apart = |period: Period| series == Series::Yearly && period.several_years().is_some();
    let around = || set().filter(|t| t.period.covers(of) && !is_apart(t.period)).min_by_key(|t| length(t.period));
    // What happened in a year is not what happened in the last quarter of it.
    let is_day = |period: Period| matches!(period, Period::Day(_));
    let within = || set().rfind(|t| of.covers(t.period) && (series != Series::Yearly || is_day(t.period)));
    set().find(|t| t.period == of).or_else(around).or_else(within)
}

/// Which of the two judges: what the indicator or the plan says; else of a flow the one of its own period, and of
/// everything else the final one, unless the own one is the harder to reach: no value is met that misses the target of
/// its own period.
pub fn judging(indicator: &Indicator, said: Option<TargetOf>, own: &Reading, last: &Reading) -> TargetOf {
    if let (None, Value::Step(own), Value::Step(last)) = (said, &own.value, &last.value)
        && own > last
    {
        return TargetOf::Period;
    }
    let harder = || match (&indicator.kind, own.number(), last.number()) {
        (Kind::Up | Kind::AtLeast, Some(own), Some(last)) => own > last,
        (Kind::Down | Kind::AtMost, Some(own), Some(last)) => own < last,
        // Bounds are kept, not approached: those of a later year do not hold yet.
        (Kind::Maintain { .. } | Kind::Range, ..) => true,
        _ => false,
    };
    match said {
        Some(said) => said,
        None if indicator.series == Series::Yearly || harder() => TargetOf::Period,
        None => TargetOf::Final,
    }
}

/// Whether the plan sets a target here; an open one (要確認) is one, too.
fn is_set(target: &Reading) -> bool {
    !matches!(target.value, Value::Absent(Absence::NotSet | Absence::NotApplicable))
}
