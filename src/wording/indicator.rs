//! Values of indicators in words, each with its unit, its period and how sure it is.

use rust_decimal::Decimal;

use super::{difference, none, number, quantity};
use crate::lang::Lang;
use crate::plan::entry::Figure;
use crate::plan::indicator::{Actual, Indicator, Kind, Reading, Series, Unit};
use crate::plan::value::{Absence, Bound, Certainty, Value, Written};
use crate::query::gap::is_less_better;
use crate::text::terms;
use crate::tr;

/// A value in its indicator's unit.
pub fn value(value: &Value, written: Option<&str>, kind: &Kind, unit: &Unit, lang: Lang) -> String {
    match value {
        Value::Number(number) => {
            written.map_or_else(|| quantity(*number, unit, lang), |w| worded(w, *number, unit, lang))
        }
        Value::Range(within) => {
            let [min, max] = [within.min, within.max].map(|bound| quantity(bound, unit, lang));
            format!("{min}{}{max}", lang.pick("～", "–"))
        }
        Value::Step(place) => match kind {
            Kind::Milestone { steps } => steps.get(*place).map_or_else(String::new, |s| s.to_string()),
            _ => String::new(),
        },
        Value::Words => written.unwrap_or(none(lang)).to_owned(),
        Value::Absent(Absence::Unsettled(candidates)) => {
            let list: Vec<String> = candidates.iter().map(|c| number(*c, lang)).collect();
            tr!(lang, "要確認（{} のどれか）", "unconfirmed (one of {})", list.join(lang.pick("・", ", ")))
        }
        Value::Absent(absence) => match written.map(str::trim).filter(|_| *absence != Absence::NotSet) {
            // 集計中 is the word of the city; what it says is 未公表.
            Some(written) if lang == Lang::Ja => written.to_owned(),
            _ => absence.name(lang).to_owned(),
        },
    }
}

/// The words of the file, where they say more than number and unit ("15％以上").
fn worded(written: &str, number: Decimal, unit: &Unit, lang: Lang) -> String {
    let plain = quantity(number, unit, lang);
    let bound = Written::parse(written).and_then(|written| written.bound);
    // 以内 is the word of the city; what it says is 以下.
    let within = written.trim().ends_with("以内");
    match bound {
        None => plain,
        Some(Bound::AtLeast) => tr!(lang, "{plain}以上", "{plain} or more"),
        Some(Bound::AtMost) if within => tr!(lang, "{plain}以内", "{plain} or less"),
        Some(Bound::AtMost) => tr!(lang, "{plain}以下", "{plain} or less"),
        Some(Bound::Below) => tr!(lang, "{plain}未満", "less than {plain}"),
        Some(Bound::Above) => tr!(lang, "{plain}超", "more than {plain}"),
    }
}

/// A target that the number itself does not reach: 16％未満.
fn strictly(number: Decimal, indicator: &Indicator, lang: Lang) -> String {
    let plain = quantity(number, &indicator.unit, lang);
    match is_less_better(&indicator.kind) {
        true => tr!(lang, "{plain}未満", "less than {plain}"),
        false => tr!(lang, "{plain}超", "more than {plain}"),
    }
}

/// A reading in its indicator's unit.
pub fn reading(reading: &Reading, indicator: &Indicator, lang: Lang) -> String {
    match (&reading.value, reading.written()) {
        (Value::Number(number), None) if reading.is_strict() => strictly(*number, indicator, lang),
        (found, written) => value(found, written, &indicator.kind, &indicator.unit, lang),
    }
}

/// A reading with its period and how sure it is: "48.9％（R3）".
pub fn dated(of: &Reading, indicator: &Indicator, lang: Lang) -> String {
    let value = reading(of, indicator, lang);
    let period = of.period.tag(lang);
    let mark = mark(of.origin.certainty, lang);
    tr!(lang, "{value}（{period}）{mark}", "{value} ({period}){mark}")
}

/// A target with its period: on which side of the number it is met, or until when a step is to be reached.
pub fn target(of: &Reading, indicator: &Indicator, lang: Lang) -> String {
    let (period, mark) = (of.period.tag(lang), mark(of.origin.certainty, lang));
    match of.value {
        Value::Step(_) => {
            let step = reading(of, indicator, lang);
            tr!(lang, "{step}（{period}までに）{mark}", "{step} (by {period}){mark}")
        }
        _ => {
            let value = aimed(of, indicator, lang);
            tr!(lang, "{value}（{period}）{mark}", "{value} ({period}){mark}")
        }
    }
}

/// A target with the side on which it is met, where the file does not say it; nobody needs to be told of less than nothing
/// or of more than everything.
fn aimed(of: &Reading, indicator: &Indicator, lang: Lang) -> String {
    let plain = reading(of, indicator, lang);
    let says = of.written().and_then(Written::parse).is_some_and(|written| written.bound.is_some());
    let Some(number) = of.number().filter(|_| !says && !of.is_strict()) else { return plain };
    let is_end = match is_less_better(&indicator.kind) {
        true => number.is_zero(),
        false => indicator.unit.is_percent() && number == Decimal::ONE_HUNDRED,
    };
    match &indicator.kind {
        Kind::Maintain { tolerance } => {
            let tolerance = difference(*tolerance, &indicator.unit, lang);
            tr!(lang, "{plain}±{tolerance}", "{plain} ± {tolerance}")
        }
        _ if is_end => plain,
        Kind::Up | Kind::AtLeast => tr!(lang, "{plain}以上", "{plain} or more"),
        Kind::Down | Kind::AtMost => tr!(lang, "{plain}以下", "{plain} or less"),
        Kind::Heading | Kind::Range | Kind::Milestone { .. } => plain,
    }
}

/// A measure with its period and whether it is provisional.
pub fn measured(measure: &Actual, indicator: &Indicator, lang: Lang) -> String {
    let provisional = if measure.provisional { lang.pick("速報", " provisional") } else { "" };
    format!("{}{provisional}", dated(&measure.reading, indicator, lang))
}

/// How sure something is, as a mark behind it.
pub fn mark(certainty: Certainty, lang: Lang) -> String {
    match certainty {
        Certainty::Stated => String::new(),
        other => tr!(lang, "［{}］", " [{}]", other.mark(lang)),
    }
}

/// A figure with its unit and period.
pub fn figure(figure: &Figure, lang: Lang) -> String {
    let unit = Unit(figure.unit.clone());
    let value = value(&figure.value, figure.written.as_deref(), &Kind::Range, &unit, lang);
    let period = figure.period.map(|p| tr!(lang, "（{}）", " ({})", p.tag(lang))).unwrap_or_default();
    let mark = mark(figure.origin.certainty, lang);
    format!("{}{}{value}{period}{mark}", figure.name, lang.pick("：", ": "))
}

/// Which way is good, in a word.
pub fn kind(kind: &Kind, lang: Lang) -> String {
    match kind {
        Kind::Heading => terms::HEADING.word(lang).into(),
        Kind::Up => lang.pick("増やす", "up").into(),
        Kind::Down => lang.pick("減らす", "down").into(),
        Kind::AtLeast => lang.pick("下限（以上）", "at least").into(),
        Kind::AtMost => lang.pick("上限（以下）", "at most").into(),
        Kind::Maintain { tolerance } => tr!(lang, "維持（±{tolerance}）", "maintain (±{tolerance})"),
        Kind::Range => lang.pick("範囲内", "within a range").into(),
        Kind::Milestone { steps } => tr!(lang, "段階（{}）", "milestone ({})", steps.join(lang.pick("→", " → "))),
    }
}

/// What one value covers, in a word.
pub fn series(series: Series, lang: Lang) -> &'static str {
    match series {
        Series::Unstated => "",
        Series::Snapshot => terms::SNAPSHOT.word(lang),
        Series::Yearly => terms::YEARLY.word(lang),
        Series::Cumulative => terms::CUMULATIVE.word(lang),
        Series::Unconfirmed => lang.pick("単年度か累計か要確認", "yearly or cumulative: unconfirmed"),
    }
}

/// An indicator's name with its mark.
pub fn indicator_name(indicator: &Indicator) -> String {
    match &indicator.label {
        Some(label) => format!("{label} {}", indicator.name),
        None => indicator.name.to_string(),
    }
}
