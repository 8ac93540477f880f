//! Numbers and standings in words: thousands separators, ▲ for minus, ポイント for differences of percentages.

use rust_decimal::Decimal;

use crate::lang::Lang;
use crate::plan::entry::{Entry, Figure, Update};
use crate::plan::indicator::{Indicator, Kind, Measure, Reading, Series, Unit};
use crate::plan::judging::Measured;
use crate::plan::owner::Owner;
use crate::plan::period::Period;
use crate::plan::road::Lane;
use crate::plan::scale::ScaleVersion;
use crate::plan::value::{Absence, Certainty, Value};
use crate::plan::{Plan, Rounding};
use crate::query::gap::expected::number as as_number;
use crate::query::gap::{Gap, Rate, Verdict, Why};
use crate::query::status::Standing;
use crate::query::{Scope, road};
use crate::tr;

use super::document::Tone;

/// What stands where a number has no meaning.
pub fn none(lang: Lang) -> &'static str {
    lang.pick("－", "–")
}

/// An exact number with thousands separators; minus is ▲ in Japanese.
pub fn number(value: Decimal, lang: Lang) -> String {
    let mut text = value.abs().to_string();
    let whole = text.find('.').unwrap_or(text.len());
    for comma in (1..whole).rev().filter(|place| (whole - place).is_multiple_of(3)) {
        text.insert(comma, ',');
    }
    if value.is_sign_negative() && !value.is_zero() {
        text.insert_str(0, lang.pick("▲", "-"));
    }
    text
}

/// A change: always with a sign, except for zero.
pub fn change(value: Decimal, lang: Lang) -> String {
    let sign = if value > Decimal::ZERO { "+" } else { "" };
    format!("{sign}{}", number(value, lang))
}

/// A number in its unit.
pub fn quantity(value: Decimal, unit: &Unit, lang: Lang) -> String {
    number(value, lang) + self::unit(unit, lang)
}

/// A unit; that of percentages in the reader's own way.
pub fn unit(unit: &Unit, lang: Lang) -> &str {
    if unit.is_percent() { lang.pick("％", "%") } else { &unit.0 }
}

/// A difference in its unit; that of percentages is points.
pub fn difference(value: Decimal, unit: &Unit, lang: Lang) -> String {
    if unit.is_percent() {
        return number(value, lang) + lang.pick("ポイント", " points");
    }
    quantity(value, unit, lang)
}

/// A number of percent.
pub fn percent(value: impl Into<Decimal>, lang: Lang) -> String {
    number(value.into(), lang) + lang.pick("％", "%")
}

/// A share in percent, rounded as the plan says; [`none`] where there is no denominator.
pub fn share(part: u64, whole: u64, rounding: Rounding, lang: Lang) -> String {
    let rate = Rate::of(part.into(), whole.into()).and_then(Rate::percent);
    rate.map_or_else(|| none(lang).to_owned(), |value| percent(rounding.apply(value), lang))
}

/// How many digits behind the point are shown.
pub fn digits(digits: u32, lang: Lang) -> String {
    match digits {
        0 => lang.pick("整数", "whole numbers").to_owned(),
        1 => tr!(lang, "小数第1位", "1 decimal place"),
        _ => tr!(lang, "小数第{digits}位", "{digits} decimal places"),
    }
}

/// A rate in percent, rounded as the plan says.
pub fn rate(rate: Option<Rate>, rounding: Rounding, lang: Lang) -> String {
    rate.and_then(Rate::percent).map_or_else(|| none(lang).to_owned(), |value| percent(rounding.apply(value), lang))
}

/// One of an indicator's rates in percent, rounded as the plan says, but with as many more digits as keep it on its own
/// side of 0, of 100, and of every threshold of the set that judges by it: 89.96 in the band below 90 is not shown as
/// 90.0.
pub fn rate_of(gap: &Gap<'_>, by: Measured, rounding: Rounding, lang: Lang) -> String {
    rate_number(gap, by, rounding).map_or_else(|| none(lang).to_owned(), |value| percent(value, lang))
}

/// The number of [`rate_of`], for spreadsheets.
pub fn rate_number(gap: &Gap<'_>, by: Measured, rounding: Rounding) -> Option<Decimal> {
    gap.rate(by).and_then(|rate| shown(rate, &thresholds(gap, by), rounding))
}

/// What is expected by now: as finely as the values it comes from, or as the plan rounds.
pub fn expected(exact: Decimal, gap: &Gap<'_>, rounding: Rounding) -> Decimal {
    let given = [gap.baseline, gap.target].into_iter().flatten().filter_map(as_number).map(|value| value.scale()).max();
    let digits = rounding.digits.max(given.unwrap_or(0));
    if exact.scale() <= digits { exact } else { Rounding { digits, ..rounding }.apply(exact).normalize() }
}

/// A mean, which has digits without end: one more than the values themselves have is enough to compare with them.
pub fn mean(exact: Decimal, gap: &Gap<'_>, rounding: Rounding) -> Decimal {
    let digits = gap.actual.and_then(|m| as_number(&m.reading)).map_or(0, |a| a.scale()) + 1;
    exact.round_dp_with_strategy(digits.max(rounding.digits), rounding.strategy).normalize()
}

/// Where the bands of the judging rate begin, its tolerance taken into account.
fn thresholds(gap: &Gap<'_>, by: Measured) -> Vec<Decimal> {
    let judging = gap.set.bands.iter().filter(|_| gap.set.by == by).filter_map(|band| band.rule.at_least);
    let begins = judging.filter_map(|percent| percent.checked_sub(gap.set.tolerance));
    begins.chain([Decimal::ZERO, Decimal::ONE_HUNDRED]).collect()
}

/// A rate in percent, rounded without crossing a threshold.
pub fn shown(rate: Rate, thresholds: &[Decimal], rounding: Rounding) -> Option<Decimal> {
    let exact = rate.percent()?;
    // Rounding moves a rate by one unit of its last digit at most: what lies ten away need not be looked at closely.
    let ten = Decimal::new(1, rounding.digits.min(exact.scale()).saturating_sub(1));
    let near = |at: &&Decimal| exact.checked_sub(**at).is_none_or(|apart| apart.abs() <= ten);
    let near: Vec<Decimal> = thresholds.iter().filter(near).copied().collect();
    let keeps = |value: &Decimal| near.iter().all(|at| rate.reaches(*at).is_none_or(|is| is == (value >= at)));
    let longer = (rounding.digits + 1..=exact.scale()).map(|digits| Rounding { digits, ..rounding });
    let mut ways = std::iter::once(rounding).chain(longer).map(|rounding| rounding.apply(exact));
    Some(ways.find(keeps).unwrap_or(exact))
}

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
        Value::Absent(absence) => absence.name(lang).to_owned(),
    }
}

/// The words of the file, where they say more than number and unit ("15％以上").
fn worded(written: &str, number: Decimal, unit: &Unit, lang: Lang) -> String {
    let bound = ["以上", "以下", "以内", "未満"].iter().find(|word| written.trim().ends_with(**word));
    let plain = quantity(number, unit, lang);
    match (bound, lang) {
        (None, _) => plain,
        (Some(word), Lang::Ja) => format!("{plain}{word}"),
        (Some(&"以上"), Lang::En) => format!("{plain} or more"),
        (Some(&"未満"), Lang::En) => format!("less than {plain}"),
        (Some(_), Lang::En) => format!("{plain} or less"),
    }
}

/// A reading in its indicator's unit.
pub fn reading(reading: &Reading, indicator: &Indicator, lang: Lang) -> String {
    value(&reading.value, reading.written(), &indicator.kind, &indicator.unit, lang)
}

/// A reading with its period and how sure it is: "48.9％（R3）".
pub fn dated(of: &Reading, indicator: &Indicator, lang: Lang) -> String {
    let value = reading(of, indicator, lang);
    let period = of.period.tag(lang);
    let mark = mark(of.origin.certainty, lang);
    tr!(lang, "{value}（{period}）{mark}", "{value} ({period}){mark}")
}

/// A measure with its period and whether it is provisional.
pub fn measured(measure: &Measure, indicator: &Indicator, lang: Lang) -> String {
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

/// How an entry stands.
pub fn standing(standing: Standing, version: &ScaleVersion, lang: Lang) -> &str {
    match standing {
        Standing::Outside => lang.pick("計画外", "not in the plan"),
        Standing::Unreported => lang.pick("未報告", "unreported"),
        Standing::Graded(grade) => &version.grades[grade].name,
    }
}

/// The verdict in a word.
pub fn verdict(verdict: Verdict, lang: Lang) -> &'static str {
    match verdict {
        Verdict::Met => lang.pick("達成", "met"),
        Verdict::OnPace => lang.pick("順調", "on pace"),
        Verdict::Behind => lang.pick("遅れ", "behind"),
        Verdict::Worsened => lang.pick("後退", "worsened"),
        Verdict::Undetermined(_) => lang.pick("判定不能", "undetermined"),
    }
}

/// The verdict with all that belongs to it: why there is none, the band where its set has another word for it, that it
/// rests on what is unconfirmed.
pub fn judged(gap: &Gap<'_>, lang: Lang) -> String {
    let told = match gap.verdict {
        Verdict::Undetermined(reason) => {
            format!("{}{}{}", verdict(gap.verdict, lang), lang.pick("：", ": "), why(reason, lang))
        }
        _ => banded(gap, lang),
    };
    let mark = if gap.is_unsure() { mark(Certainty::Unconfirmed, lang) } else { String::new() };
    told + &mark
}

/// The verdict in a word, behind the band where its set has another word for it.
pub fn banded(gap: &Gap<'_>, lang: Lang) -> String {
    let word = verdict(gap.verdict, lang);
    match gap.band.map(|band| band.name.text(lang)).filter(|name| *name != word) {
        Some(name) => tr!(lang, "{name}（{word}）", "{name} ({word})"),
        None => word.to_owned(),
    }
}

/// How a verdict is set off.
pub fn tone(verdict: Verdict) -> Tone {
    match verdict {
        Verdict::Met => Tone::Good,
        Verdict::OnPace => Tone::Plain,
        Verdict::Behind => Tone::Warn,
        Verdict::Worsened => Tone::Bad,
        Verdict::Undetermined(_) => Tone::Faint,
    }
}

/// Why there is no verdict.
pub fn why(why: Why, lang: Lang) -> &'static str {
    match why {
        Why::NoActual => lang.pick("実績値がまだない", "no actual yet"),
        Why::NoTarget => lang.pick("目標値を定めていない", "no target is set"),
        Why::NotANumber => lang.pick("目標が数値でない", "the target is not a number"),
        Why::NothingExpected => {
            lang.pick("期限前で、見込みを置く基準がない", "not yet due, and nothing tells what to expect by now")
        }
        Why::NoRate => lang.pick("判定に使う率が成り立たない", "the rate that judges has no meaning here"),
        Why::NoBand => lang.pick("当てはまる判定区分がない", "no band answers"),
        Why::Unconfirmed => lang.pick("資料の値が要確認", "the documents do not settle the value"),
        Why::NotYetDue => lang.pick("期限前で、この時点までの目標がない", "not yet due, and no step is due by now"),
        Why::TooLarge => lang.pick("桁が大きすぎて計算できない", "too large to reckon with"),
    }
}

/// Which way is good, in a word.
pub fn kind(kind: &Kind, lang: Lang) -> String {
    match kind {
        Kind::Heading => lang.pick("見出し", "heading").into(),
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
        Series::Snapshot => lang.pick("時点の値", "on a day"),
        Series::Yearly => lang.pick("単年度の値", "within a year"),
        Series::Cumulative => lang.pick("累計", "cumulative"),
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

/// Owners by name.
pub fn owners(places: &[usize], owners: &[Owner], lang: Lang) -> String {
    places.iter().map(|place| &*owners[*place].name).collect::<Vec<_>>().join(lang.pick("、", ", "))
}

/// When a milestone or step was reached, or how it stands.
pub fn reached(standing: road::Standing, lang: Lang) -> String {
    match standing {
        road::Standing::Reached(period, _) => tr!(lang, "{}到達", "reached {}", period.tag(lang)),
        road::Standing::Missed(_) => lang.pick("到達の記録なし", "no record").to_owned(),
        road::Standing::Unreported => lang.pick("未報告", "unreported").to_owned(),
        road::Standing::Ahead => lang.pick("予定", "ahead").to_owned(),
    }
}

/// Which part of the plan is told; nothing for the whole of it.
pub fn scope(plan: &Plan, scope: Scope, lang: Lang) -> Option<String> {
    let under = scope.under.map(|place| format!("{} {}", plan.entries[place].id, plan.entries[place].name));
    let owner = scope.owner.map(|place| {
        let name = &plan.owners[place].name;
        tr!(lang, "所管課が{name}の項目", "owned by {name}")
    });
    let of: Vec<String> = [under, owner].into_iter().flatten().collect();
    (!of.is_empty()).then(|| tr!(lang, "対象：{}", "Of: {}", of.join(lang.pick("、", ", "))))
}

/// The document that something was read from.
pub fn source(plan: &Plan, source: Option<u16>) -> Option<String> {
    let source = plan.sources.get(usize::from(source?))?;
    Some(format!("{} {}", source.id, source.title))
}

/// From when to when, either end open.
pub fn span(start: Option<Period>, end: Option<Period>, lang: Lang) -> String {
    let text = |p: Option<Period>| p.map(|p| p.tag(lang)).unwrap_or_default();
    match (start, end) {
        (None, None) => String::new(),
        _ => format!("{}{}{}", text(start), lang.pick("～", "–"), text(end)),
    }
}

/// The steps and milestones that a record says were reached, one a line.
pub fn said_reached(plan: &Plan, entry: &Entry, update: &Update, lang: Lang) -> Vec<String> {
    let Some(reached) = &update.reached else { return Vec::new() };
    let of = |lane: Lane| entry.initiative(lane).map(|i| tr!(lang, "{}：", "{}: ", i.name)).unwrap_or_default();
    let steps = reached.steps.iter().map(|(lane, step)| {
        let step = plan.steps[*step].text(lang);
        tr!(lang, "工程：{}{step}", "Step: {}{step}", of(*lane))
    });
    let milestones = reached.milestones.iter().map(|(lane, place, date)| {
        let (name, date) = (&entry.milestones_of(*lane)[*place].name, date.tag(lang));
        tr!(lang, "到達：{}{name} {date}", "Reached: {}{name} {date}", of(*lane))
    });
    steps.chain(milestones).collect()
}

/// The texts of an update in one paragraph: 実績, 課題, 今後の対応.
pub fn said(update: &Update, lang: Lang) -> String {
    let part = |label: &str, text: &Option<Box<str>>| {
        text.as_ref().map(|text| format!("{label}{}{text}", lang.pick("：", ": ")))
    };
    let parts = [
        part(lang.pick("実績", "Done"), &update.done),
        part(lang.pick("課題", "Issue"), &update.issue),
        part(lang.pick("今後", "Next"), &update.next),
    ];
    parts.into_iter().flatten().chain(update.figures.iter().map(|f| figure(f, lang))).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_carry_separators_and_the_sign_of_the_language() {
        let dec = |text| Decimal::from_str_exact(text).unwrap();
        assert_eq!(number(dec("1234567.80"), Lang::Ja), "1,234,567.80");
        assert_eq!(number(dec("-20.9"), Lang::Ja), "▲20.9");
        assert_eq!(number(dec("-999"), Lang::En), "-999");
        assert_eq!(number(dec("-0.0"), Lang::Ja), "0.0");
        assert_eq!(change(dec("3"), Lang::Ja), "+3");
        assert_eq!(difference(dec("-20.9"), &Unit("％".into()), Lang::Ja), "▲20.9ポイント");
        assert_eq!(difference(dec("199"), &Unit("億円".into()), Lang::Ja), "199億円");
    }

    #[test]
    fn a_share_without_denominator_is_no_number() {
        assert_eq!(share(0, 0, Rounding::default(), Lang::Ja), "－");
        assert_eq!(share(108, 137, Rounding::default(), Lang::Ja), "78.8％");
    }
}
