//! The indicators of a list with levels: what they are called, from where to where they go, and which way is good.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::inquiry::Expect;
use crate::inquiry::answer::{self, Trust, cached, without_struck};
use crate::lang::{Lang, Say};
use crate::plan::indicator::{Indicator, Unit};
use crate::plan::inquiry::Aspect;
use crate::plan::period::Period;
use crate::plan::value::{Absence, Bound, Written};
use crate::say;
use crate::workbook::{Cell, Struck};

/// A baseline or target of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The number.
    pub number: Decimal,
    /// 以上 or 以下, where the list says it.
    pub bound: Option<Bound>,
    /// As a file has it: a number, or words with a bound.
    pub written: String,
    /// Whether it is written as words.
    pub in_words: bool,
}

/// Which way is good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Way {
    /// The word of the files.
    pub kind: &'static str,
    /// Whether the list says so, else it follows from baseline and target alone.
    pub is_stated: bool,
}

/// The values of an indicator, by what they are and their periods.
pub type Values = BTreeMap<(Aspect, Period), Listed>;

/// What a person reads for a value: 目標値（R9）.
pub fn label(aspect: Aspect, period: Period) -> Say {
    let short = period.tag(Lang::Ja);
    let en = period.tag(Lang::En);
    match aspect {
        Aspect::Baseline => say!("基準値（{short}）", "Baseline ({en})"),
        Aspect::Target => say!("目標値（{short}）", "Target ({en})"),
        Aspect::Actual => say!("実績値（{short}）", "Actual ({en})"),
    }
}

/// The unit that the values of a row are written with, where all that have one have the same.
pub fn unit_of<'c>(cells: impl Iterator<Item = &'c Cell>) -> Option<String> {
    let mut units: Vec<String> = cells
        .filter_map(|cell| {
            let shown = cell.shown()?;
            Some(Written::parse(&shown)?.unit).filter(|unit| !unit.is_empty())
        })
        .collect();
    units.dedup();
    match units.as_slice() {
        [one] => Some(one.replace('%', "％")),
        _ => None,
    }
}

/// Reads a baseline or target; `None` for a blank.
///
/// # Errors
/// Why it cannot be read.
pub fn value(cell: Option<&Cell>, unit: &Unit, trust: Trust, notes: &mut Vec<Say>) -> Result<Option<Listed>, Say> {
    let Some(cell) = cell else { return Ok(None) };
    if let Some(words) = cell.words().filter(|words| cell.format.shown_words(words) == *words)
        && let Some(Written { number, unit: written, bound: Some(bound) }) = Written::parse(words)
        && (written.is_empty() || unit.is(&written))
    {
        if let Struck::Part { gone, .. } = &cell.struck {
            notes.push(without_struck(gone));
        }
        if let Some(formula) = &cell.formula {
            notes.push(cached(cell, formula)?);
        }
        let text = words.split_whitespace().collect::<String>();
        return Ok(Some(Listed { number, bound: Some(bound), written: text, in_words: true }));
    }
    let expect = Expect::Number { unit: unit.clone(), range: false, alike: Vec::new() };
    let is_blank = cell.words().is_some_and(|words| Absence::parse(words).is_some());
    if is_blank {
        return Ok(None);
    }
    let reading = answer::read(Some(cell), &expect, trust)?;
    notes.extend(reading.notes);
    let Some(answer) = reading.answer else { return Ok(None) };
    let number = crate::plan::value::parse_number(&answer.0);
    Ok(number.map(|number| Listed { number, bound: None, written: answer.0, in_words: false }))
}

/// The word of the files for a way that a cell names.
pub fn named_way(text: &str) -> Option<&'static str> {
    Some(match super::vocabulary::plain(text).as_str() {
        "増やす" | "増加" | "上げる" | "向上" | "増" | "↑" | "up" => "up",
        "減らす" | "減少" | "下げる" | "低下" | "減" | "削減" | "↓" | "down" => "down",
        "以上" | "下限" | "at-least" => "at-least",
        "以下" | "上限" | "at-most" => "at-most",
        _ => return None,
    })
}

/// Which way is good, as far as the list shows it: by 以上 and 以下, else by where the values go.
pub fn way(values: &Values) -> Option<Way> {
    let baseline = values.iter().find(|((aspect, _), _)| *aspect == Aspect::Baseline).map(|(_, value)| value.number);
    let mut targets: Vec<(Period, &Listed)> =
        values.iter().filter(|((aspect, _), _)| *aspect == Aspect::Target).map(|((_, p), value)| (*p, value)).collect();
    targets.sort_by_key(|(period, _)| period.last_day());
    let (_, last) = targets.last()?;
    let from = baseline.or_else(|| targets.first().filter(|_| targets.len() > 1).map(|(_, first)| first.number));
    let stated = |kind| Some(Way { kind, is_stated: true });
    match last.bound {
        Some(Bound::AtLeast | Bound::Above) if from.is_some_and(|from| from < last.number) => stated("up"),
        Some(Bound::AtLeast | Bound::Above) => stated("at-least"),
        Some(Bound::AtMost | Bound::Below) if from.is_some_and(|from| from > last.number) => stated("down"),
        Some(Bound::AtMost | Bound::Below) => stated("at-most"),
        None => match from?.cmp(&last.number) {
            std::cmp::Ordering::Less => Some(Way { kind: "up", is_stated: false }),
            std::cmp::Ordering::Greater => Some(Way { kind: "down", is_stated: false }),
            std::cmp::Ordering::Equal => None,
        },
    }
}

/// Whether an indicator of the plan has this value.
pub fn is_in_plan(indicator: &Indicator, aspect: Aspect, period: Period, listed: &Listed) -> Option<bool> {
    let reading = match aspect {
        Aspect::Baseline => indicator.baseline.as_ref().filter(|reading| reading.period == period),
        _ => indicator.targets.iter().find(|reading| reading.period == period),
    };
    reading.map(|reading| reading.number() == Some(listed.number))
}

/// The reason for which an indicator is not made: nothing says which way is good.
pub fn without_way() -> Say {
    say!(
        "増やす指標か減らす指標かが、一覧から分かりません。目標値に「以上」「以下」を付けるか、「向き」の列に「増やす」「減らす」「上限」「下限」を書いてください",
        "the list does not say which way is good; write 以上 or 以下 behind the target, or add a column 向き with 増やす, 減らす, 上限 or 下限"
    )
}

/// A way as people say it.
pub fn way_name(kind: &str, lang: Lang) -> &'static str {
    match kind {
        "up" => lang.pick("増やす", "more is better"),
        "down" => lang.pick("減らす", "less is better"),
        "at-least" => lang.pick("下限（以上）", "floor"),
        _ => lang.pick("上限（以下）", "ceiling"),
    }
}
