//! What stands in the cells of an indicator: its values, how far it is, its verdict, its change.

use rust_decimal::Decimal;

use crate::document::{Cell, Tone};
use crate::lang::Lang;
use crate::plan::Plan;
use crate::plan::indicator::{ByHand, Indicator, Reading};
use crate::plan::judging::Against;
use crate::plan::value::Certainty;
use crate::query::gap::{Gap, ValueChange};
use crate::tr;
use crate::wording as words;

/// The mark of an indicator that is unconfirmed as a whole.
pub fn unsettled(indicator: &Indicator, lang: Lang) -> String {
    match indicator.origin.certainty {
        Certainty::Unconfirmed => words::mark(Certainty::Unconfirmed, lang),
        _ => String::new(),
    }
}

/// The value, and why there is none since.
pub fn actual(gap: &Gap<'_>, lang: Lang) -> Cell {
    let known = gap.actual.map(|m| words::measured(m, gap.indicator, lang));
    let missing = gap.missing.map(|m| words::dated(&m.reading, gap.indicator, lang));
    let parts: Vec<String> = [known, missing].into_iter().flatten().collect();
    if parts.is_empty() {
        return Cell::text(lang.pick("未計測", "not measured")).toned(Tone::Faint);
    }
    let number = gap.actual.and_then(|measure| measure.reading.number());
    Cell::text(parts.join("\n")).numbered(number.filter(|_| gap.missing.is_none()))
}

/// A value with its period.
pub fn dated(reading: Option<&Reading>, gap: &Gap<'_>, lang: Lang) -> Cell {
    let Some(reading) = reading else { return Cell::text(words::none(lang)) };
    Cell::text(words::dated(reading, gap.indicator, lang)).numbered(reading.number())
}

/// A target with its period.
pub fn target(reading: Option<&Reading>, gap: &Gap<'_>, lang: Lang) -> Cell {
    let Some(reading) = reading else { return Cell::text(words::none(lang)) };
    Cell::text(words::target(reading, gap.indicator, lang)).numbered(reading.number())
}

/// How far from the target. Behind the words stands the surplus, which is negative where the target is missed.
pub fn distance(gap: &Gap<'_>, lang: Lang) -> Cell {
    let words = words::distance(gap, lang);
    words.map_or_else(|| Cell::text(words::none(lang)), |words| Cell::text(words).numbered(gap.surplus()))
}

/// The verdict, and that of a person beside it.
pub fn verdict(gap: &Gap<'_>, plan: &Plan, lang: Lang) -> Cell {
    let by_hand = gap.by_hand().map(|by| by_hand(by, plan, lang)).unwrap_or_default();
    Cell::text(words::judged(gap, lang) + &by_hand).toned(words::tone(gap.verdict))
}

/// The verdict of a person beside the computed one, and why.
fn by_hand(by: &ByHand, plan: &Plan, lang: Lang) -> String {
    let word = words::given_by_hand(by, plan, lang);
    let reason = by.reason.as_deref().map(|reason| tr!(lang, "（{reason}）", ": {reason}")).unwrap_or_default();
    tr!(lang, "\n所管課の判断：{word}{reason}", "\nby hand: {word}{reason}")
}

/// Against the year before and, of a part of a year, the part before: by how much, and whether that is better.
pub fn change(gap: &Gap<'_>, lang: Lang) -> Cell {
    let changes: Vec<&ValueChange<'_>> = gap.change.iter().chain(&gap.since_before).collect();
    let Some(first) = changes.first() else { return Cell::text(words::none(lang)) };
    let tone = if first.is == Against::Worse { Tone::Warn } else { Tone::Plain };
    let lines: Vec<String> = changes.iter().map(|change| changed(change, gap, lang)).collect();
    Cell::text(lines.join("\n")).toned(tone)
}

fn changed(change: &ValueChange<'_>, gap: &Gap<'_>, lang: Lang) -> String {
    let word = words::against(change.is, lang);
    let sign = if change.by > Decimal::ZERO { "+" } else { "" };
    let by = words::difference(change.by, &gap.indicator.unit, lang);
    let since = change.since.period.tag(lang);
    tr!(lang, "{word} {sign}{by}（{since}比）", "{word} {sign}{by} (since {since})")
}
