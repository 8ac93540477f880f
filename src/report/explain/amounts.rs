//! How much a step results in and rests on, as the other commands show it.

use rust_decimal::Decimal;

use crate::lang::Lang;
use crate::plan::Rounding;
use crate::plan::indicator::{Kind, Unit};
use crate::plan::printed::PublishedOf;
use crate::plan::sum::SumFigure;
use crate::query::explain::{Amount, ExplainedPart, Number, ShownAs};
use crate::query::status::Standing;
use crate::tr;
use crate::wording as words;

use super::ExplainReport;
use super::steps::is_year;

/// A number as the other commands show it.
pub fn number(
    report: &ExplainReport<'_>,
    part: &ExplainedPart<'_>,
    exact: Decimal,
    shown_as: ShownAs,
    lang: Lang,
) -> String {
    let no_unit = Unit::default();
    let unit = part.unit.unwrap_or(&no_unit);
    let value = rounded(report, part, exact, shown_as).unwrap_or(exact);
    match shown_as {
        ShownAs::Quantity | ShownAs::Expected | ShownAs::Mean => words::quantity(value, unit, lang),
        ShownAs::Plain | ShownAs::Rounded => words::number(value, lang),
        ShownAs::Sum(lacking) => words::in_part(words::quantity(value, unit, lang), lacking, lang),
        ShownAs::Difference | ShownAs::MeanDifference => words::difference(value, unit, lang),
        ShownAs::Percent | ShownAs::Rate(_) => words::percent(value, lang),
        ShownAs::Beside(printed) => {
            let by = Some(printed.saturating_sub(value)).filter(|by| !by.is_zero()).map(|by| match lang {
                Lang::Ja => words::change(by, lang) + "ポイント",
                Lang::En if by.abs() == Decimal::ONE => words::change(by, lang) + " point",
                Lang::En => words::change(by, lang) + " points",
            });
            let by = by.map(|by| tr!(lang, "、差 {by}", ", a difference of {by}")).unwrap_or_default();
            let (computed, printed) = (words::percent(value, lang), words::percent(printed, lang));
            tr!(lang, "{computed}（公表値 {printed}{by}）", "{computed} (as published: {printed}{by})")
        }
        ShownAs::BesideAmount(printed) | ShownAs::BesideCount(printed) => {
            let write = |value| match shown_as {
                ShownAs::BesideCount(_) => tr!(lang, "{}件", "{}", words::number(value, lang)),
                _ => words::quantity(value, unit, lang),
            };
            let by = Some(printed.saturating_sub(value)).filter(|by| !by.is_zero()).map(|by| words::change(by, lang));
            let by = by.map(|by| tr!(lang, "、差 {by}", ", a difference of {by}")).unwrap_or_default();
            let (computed, printed) = (write(value), write(printed));
            tr!(lang, "{computed}（公表値 {printed}{by}）", "{computed} (as published: {printed}{by})")
        }
        ShownAs::BesideTotal(total) => {
            let by = value.saturating_sub(total.into());
            let by = Some(by).filter(|by| !by.is_zero()).map(|by| words::more_or_less(by, lang));
            let by = by.map(|by| tr!(lang, "（公表された合計より{by}）", " ({by} than the published total)"));
            tr!(lang, "{n}件{by}", "{n}{by}", n = words::number(value, lang), by = by.unwrap_or_default())
        }
        ShownAs::Count => tr!(lang, "{}件", "{}", words::number(value, lang)),
        ShownAs::CountChange => words::change(value, lang),
        ShownAs::Years => tr!(lang, "{value}年", "{value}"),
        ShownAs::Months => tr!(lang, "{value}か月", "{value}"),
    }
}

/// A number brought to the digits that the other commands show; `None` for what is shown as it is.
pub fn rounded(
    report: &ExplainReport<'_>,
    part: &ExplainedPart<'_>,
    exact: Decimal,
    shown_as: ShownAs,
) -> Option<Decimal> {
    let rounding = report.plan.head.rounding;
    match (shown_as, &part.gap) {
        (ShownAs::Percent, _) => Some(rounding.apply(exact)),
        (ShownAs::Rounded, _) if exact.normalize().scale() > rounding.digits => Some(rounding.apply(exact)),
        (ShownAs::Beside(printed) | ShownAs::BesideAmount(printed), _) => {
            Some(Rounding { digits: printed.scale(), ..rounding }.apply(exact))
        }
        (ShownAs::Rate(by), Some(gap)) => words::rate_number(gap, by, rounding),
        (ShownAs::Expected, Some(gap)) => Some(words::expected(exact, gap, rounding)),
        (ShownAs::Mean | ShownAs::MeanDifference, Some(gap)) => Some(words::mean(exact, gap, rounding)),
        _ => None,
    }
}

/// What a printed figure is, by its key.
fn printed_of(key: &str) -> Option<PublishedOf> {
    PublishedOf::ALL.iter().find(|(known, _)| *known == key).map(|(_, of)| *of)
}

/// How much, in the unit.
pub fn amount(report: &ExplainReport<'_>, part: &ExplainedPart<'_>, number: &Number<'_>, lang: Lang) -> String {
    match (&number.amount, part.indicator) {
        (Amount::Exact(value), _) if is_year(&number.symbol) => value.to_string(),
        (Amount::Exact(value), _) => match part.unit {
            _ if number.key == Some("progress") => words::percent(*value, lang),
            _ if number.key.and_then(printed_of).is_some_and(PublishedOf::is_percent) => words::percent(*value, lang),
            // Part and whole of a figure stand at the key of a printed share, too.
            _ if number.key.and_then(SumFigure::of_key).is_some_and(SumFigure::is_percent)
                && number.symbol.starts_with('k') =>
            {
                words::percent(*value, lang)
            }
            // Of a row of a printed table no share stands at a key of its own.
            _ if number.key == Some("shares") || number.grade.is_some() && number.symbol.starts_with('p') => {
                words::percent(*value, lang)
            }
            _ if number.key == Some("counts") || number.key.and_then(printed_of).is_some_and(PublishedOf::is_count) => {
                words::number(*value, lang)
            }
            Some(unit) => words::quantity(*value, unit, lang),
            None => words::number(*value, lang),
        },
        (Amount::Verdict(_, verdict), _) => words::verdict(*verdict, lang).into(),
        (Amount::ByHand(by), _) => words::given_by_hand(by, report.plan, lang),
        (Amount::Figure(figure), _) => {
            let unit = Unit(figure.unit.clone());
            words::value(&figure.value, figure.written.as_deref(), &Kind::Range, &unit, lang)
        }
        (Amount::Step(place, name), _) => tr!(lang, "{place}（{name}）", "{place} ({name})"),
        (Amount::Reading(reading), Some(indicator)) => words::reading(reading, indicator, lang),
        (Amount::Reading(_), None) => String::new(),
        (Amount::Standing(_, standing), _) => self::standing(report, *standing, lang),
        (Amount::Moved(..), _) => moved(report, number, lang).unwrap_or_default(),
    }
}

fn standing(report: &ExplainReport<'_>, standing: Standing, lang: Lang) -> String {
    let status = report.explanation.status.as_ref();
    status.map_or_else(String::new, |status| words::standing(standing, status.version, lang).to_owned())
}

/// How an entry moved.
pub fn moved(report: &ExplainReport<'_>, number: &Number<'_>, lang: Lang) -> Option<String> {
    let (Amount::Moved(_, flow), Some(status)) = (&number.amount, &report.explanation.status) else { return None };
    let from = words::standing(flow.from, status.version_before, lang);
    Some(format!("{} {from}→{}", number.symbol, words::standing(flow.to, status.version, lang)))
}
