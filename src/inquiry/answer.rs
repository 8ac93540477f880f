//! Reading an answer as a person typed it: tolerant, and honest about every liberty taken. What can be read in two ways
//! is refused.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{Answer, Expect};
use crate::lang::Say;
use crate::plan::amount::written_in;
use crate::plan::id::Id;
use crate::plan::indicator::Unit;
use crate::plan::period::Period;
use crate::plan::value::{Absence, Written, parse_range};
use crate::say;
use crate::text::fold::fold;
use crate::text::safe::{is_blank, visible};
use crate::text::same::name_key;
use crate::text::suggest::suggest;
use crate::workbook::number::exact;
use crate::workbook::{Cell, Content, Kind, Struck};

mod day;
mod seen;

pub use day::date;
use seen::Seen;
pub use seen::{Trust, read_as_shown};

/// What a cell answers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reading {
    /// The answer; `None` for a blank.
    pub answer: Option<Answer>,
    /// Every liberty taken in reading it.
    pub notes: Vec<Say>,
}

/// Words that point to another cell, which may have moved.
const DITTO: [&str; 8] = ["同上", "同左", "〃", "々", "\"", "''", "同前", "上に同じ"];

/// Reads a cell.
///
/// # Errors
/// Why it cannot be read, in words that stand behind the cell's name.
pub fn read(cell: Option<&Cell>, expect: &Expect, trust: Trust) -> Result<Reading, Say> {
    let Some(cell) = cell else { return Ok(Reading::default()) };
    let mut notes = Vec::new();
    match &cell.struck {
        Struck::Nothing => {}
        Struck::Whole => {
            let gone = one_line(&cell.named());
            notes.push(say!(
                "「{gone}」は全体に取消線があるので、空欄と読みました",
                "read as blank: all of `{gone}` is struck through"
            ));
            return Ok(Reading { answer: None, notes });
        }
        Struck::Part { gone, .. } => notes.push(without_struck(gone)),
    }
    if let Some(formula) = &cell.formula {
        notes.push(cached(cell, formula)?);
    }
    let answer = match &cell.value {
        None => None,
        Some(Content::Error(error)) => return Err(say!("エラー値（{error}）です", "it is an error ({error})")),
        Some(Content::Bool(_)) => {
            return Err(say!("TRUE/FALSE は答えとして読めません", "TRUE or FALSE is not an answer"));
        }
        Some(Content::Text(_)) => {
            let words = cell.words().unwrap_or_default();
            let shown = cell.format.shown_words(words);
            if shown == words {
                typed(words, expect, &mut notes)?
            } else {
                trust.shown(&shown, words, expect, &mut notes)?
            }
        }
        Some(Content::Number(_)) if *expect == Expect::Reached => Some(reached_cell(cell)?),
        Some(Content::Number(raw)) => number(cell, raw, expect, trust, &mut notes)?,
    };
    Ok(Reading { answer, notes })
}

/// What is noted where a part of the words is struck through.
pub fn without_struck(gone: &str) -> Say {
    let gone = one_line(gone);
    say!("取消線のある「{gone}」を除いて読みました", "left out `{gone}`, which is struck through")
}

/// What is noted of a formula. It is not worked out: its result as it was saved is taken, where it needs no other file.
///
/// # Errors
/// Why its result is not taken.
pub fn cached(cell: &Cell, formula: &str) -> Result<Say, Say> {
    let outside = formula.contains("://") || formula.contains('|') || formula.to_lowercase().contains(".xls");
    let numbered = formula.split('[').skip(1).any(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    if outside || numbered || formula.to_uppercase().contains("WEBSERVICE") {
        return Err(say!("ほかのファイルを参照する数式です", "it is a formula that refers to another file"));
    }
    match &cell.value {
        None => Err(say!("数式ですが、計算結果が保存されていません", "it is a formula whose result was not saved")),
        Some(Content::Text(result) | Content::Number(result)) => Ok(say!(
            "数式の、保存されていた計算結果「{result}」を使いました",
            "used the saved result `{result}` of a formula"
        )),
        Some(_) => Ok(say!("数式の計算結果を使いました", "used the result of a formula")),
    }
}

/// Words as they are kept: line ends as LF, no spaces at the end of a line, no blank lines around; `None` for nothing.
pub fn words(text: &str) -> Option<Answer> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<&str> = text.split('\n').map(|line| line.trim_end_matches(is_space)).collect();
    let kept = lines.join("\n");
    let kept = kept.trim_matches(|c: char| c == '\n' || is_space(c));
    (!is_blank(kept)).then(|| Answer(kept.to_owned()))
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{3000}' | '\u{a0}')
}

fn typed(text: &str, expect: &Expect, notes: &mut Vec<Say>) -> Result<Option<Answer>, Say> {
    let Some(Answer(kept)) = words(text) else { return Ok(None) };
    if DITTO.contains(&kept.as_str()) {
        return Err(say!(
            "「{kept}」が何を指すか決まりません。答えそのものを書いてください",
            "it is unclear what `{kept}` refers to; write the answer itself"
        ));
    }
    let answer = match expect {
        Expect::Text => {
            if fold(&kept) == "-" {
                notes.push(say!("「{kept}」を空欄と読みました", "read `{kept}` as blank"));
                return Ok(None);
            }
            if kept != text {
                notes.push(say!("前後や行末の空白・改行を除きました", "removed spaces and line breaks around it"));
            }
            return Ok(Some(Answer(kept)));
        }
        Expect::Grade(grades) => grade(&kept, grades)?,
        Expect::Percent => whole_percent(&kept)?,
        Expect::Number { unit, range, alike } => number_in(&kept, unit, *range, alike)?,
        Expect::Step(steps) => step(&kept, steps)?,
        Expect::Stage(steps) => stage(&kept, steps)?,
        Expect::Reached => reached(&kept)?,
    };
    let shown = expect.shown(&answer);
    if shown != text && answer.0 != text {
        let text = one_line(text);
        notes.push(say!("「{text}」を「{shown}」と読みました", "read `{text}` as `{shown}`"));
    }
    Ok(Some(answer))
}

fn one_line(text: &str) -> String {
    crate::text::safe::visible(text).replace('\n', "⏎")
}

/// Wide and narrow letters and spaces apart, the same word in any spelling.
fn same(a: &str, b: &str) -> bool {
    let plain = |text: &str| name_key(&fold(text)).split_whitespace().collect::<String>().to_lowercase();
    plain(a) == plain(b)
}

fn grade(text: &str, grades: &[(Id, Box<str>)]) -> Result<Answer, Say> {
    let meant: Vec<&Id> =
        grades.iter().filter(|(id, name)| is_shown(name, text) || same(id.as_str(), text)).map(|(id, _)| id).collect();
    match meant.as_slice() {
        [only] => Ok(Answer(only.to_string())),
        _ => Err(unknown(text, grades.iter().map(|(_, name)| &**name))),
    }
}

/// Whether a text is a name as the file has it, or as the form shows it.
fn is_shown(name: &str, text: &str) -> bool {
    same(name, text) || same(&visible(name), text)
}

fn step(text: &str, steps: &[Box<str>]) -> Result<Answer, Say> {
    if let Some(absence) = absence(text)? {
        return Ok(absence);
    }
    let meant: Vec<&Box<str>> = steps.iter().filter(|step| is_shown(step, text)).collect();
    match meant.as_slice() {
        [only] => Ok(Answer(only.to_string())),
        _ => Err(unknown(text, steps.iter().map(|step| &**step))),
    }
}

/// A step of the roadmap: there is no reason why there is none.
fn stage(text: &str, steps: &[Box<str>]) -> Result<Answer, Say> {
    match steps.iter().filter(|step| same(step, text)).collect::<Vec<_>>().as_slice() {
        [only] => Ok(Answer(only.to_string())),
        _ => Err(unknown(text, steps.iter().map(|step| &**step))),
    }
}

/// The day on which something was reached; other words say why it was not.
fn reached(text: &str) -> Result<Answer, Say> {
    if let Ok(parsed) = Period::parse(text) {
        return Ok(Answer(parsed.period.short()));
    }
    let far = NaiveDate::from_ymd_opt(2000, 4, 1).unwrap_or_default();
    match Period::parse_near(text, far) {
        Ok(_) => Err(say!(
            "「{text}」は何年か決まりません。R8.11.8 のように年も書いてください",
            "`{text}` has no year; write it as R8.11.8 or 2026-11-08"
        )),
        Err(_) => Ok(Answer(text.to_owned())),
    }
}

/// The day of a date cell.
fn reached_cell(cell: &Cell) -> Result<Answer, Say> {
    date(cell).map(|(day, _)| Answer(Period::Day(day).short()))
}

fn unknown<'k>(text: &str, known: impl Iterator<Item = &'k str>) -> Say {
    let text = one_line(text);
    let Say { ja, en } = suggest(&text, known, say!("選べるものがありません", "there is nothing to choose"));
    Say { ja: format!("「{text}」は選べません。{ja}"), en: format!("`{text}` cannot be chosen; {en}") }
}

/// A reason why there is no value. A dash may mean any of them.
fn absence(text: &str) -> Result<Option<Answer>, Say> {
    match Absence::parse(text) {
        Some(Absence::NotSet) => Err(say!(
            "「{text}」では理由が分かりません。未調査・未公表・対象外 のどれかを書いてください",
            "`{text}` does not say why; write 未調査, 未公表 or 対象外"
        )),
        other => Ok(other.map(|_| Answer(fold(text.trim()).into_owned()))),
    }
}

fn whole_percent(text: &str) -> Result<Answer, Say> {
    let written = Written::parse(text).filter(|w| w.bound.is_none() && (w.unit.is_empty() || w.unit == "%"));
    written.and_then(|written| percent_of(written.number)).ok_or_else(|| no_percent(text))
}

fn percent_of(number: Decimal) -> Option<Answer> {
    let whole = number.is_integer() && number >= Decimal::ZERO && number <= Decimal::ONE_HUNDRED;
    whole.then(|| Answer(number.normalize().to_string()))
}

fn no_percent(text: &str) -> Say {
    let text = one_line(text);
    say!(
        "「{text}」は進捗率として読めません。0 から 100 までの整数を書いてください",
        "`{text}` is no progress; write a whole number from 0 to 100"
    )
}

fn number_in(text: &str, unit: &Unit, range: bool, alike: &[Decimal]) -> Result<Answer, Say> {
    if let Some(absence) = absence(text)? {
        return Ok(absence);
    }
    let shown = one_line(text);
    let bounds = parse_range(text).filter(|(_, _, of)| range && (of.is_empty() || unit.is(of)));
    if let Some((min, max, _)) = bounds {
        return Ok(Answer(format!("{}〜{}", min.normalize(), max.normalize())));
    }
    let Some(written) = written_in(text, unit) else {
        return Err(say!(
            "「{shown}」は数値として読めません。数値だけを書いてください",
            "`{shown}` cannot be read as a number; write the number alone"
        ));
    };
    if written.bound.is_some() || parse_range(text).is_some() {
        return Err(say!(
            "「{shown}」は実績の値が一つに決まりません。数値だけを書いてください",
            "`{shown}` is not a single value; write the number alone"
        ));
    }
    if !written.unit.is_empty() && !unit.is(&written.unit) {
        let (wanted, found) = (&unit.0, &written.unit);
        return Err(say!(
            "単位「{found}」は、この指標の単位「{wanted}」と違います",
            "the unit `{found}` is not this indicator's `{wanted}`"
        ));
    }
    if written.unit.is_empty() {
        no_fraction(written.number, unit, alike)?;
    }
    Ok(Answer(written.number.normalize().to_string()))
}

/// Refuses what may be a hundredth: 0.12 of an indicator in %, none of whose other numbers is as small.
fn no_fraction(number: Decimal, unit: &Unit, alike: &[Decimal]) -> Result<(), Say> {
    let small = |n: &Decimal| !n.is_zero() && n.abs() < Decimal::ONE;
    if !unit.is_percent() || !small(&number) || alike.iter().any(small) {
        return Ok(());
    }
    let (shown, percent) = (number.normalize(), (number * Decimal::ONE_HUNDRED).normalize());
    Err(say!("{shown} は、{shown}％か {percent}％か決まりません", "{shown} may be {shown}% or {percent}%"))
}

/// Reads a number where what is stored and what is seen are the same; else what is seen, where that is to be trusted.
fn number(cell: &Cell, raw: &str, expect: &Expect, trust: Trust, notes: &mut Vec<Say>) -> Result<Option<Answer>, Say> {
    let (number, rounded) = exact(raw)
        .ok_or_else(|| say!("「{raw}」は数値として扱えません", "`{raw}` is not a number that can be kept exactly"))?;
    if rounded {
        let kept = number.normalize();
        notes.push(say!(
            "保存されていた {raw} を、Excel が示す15桁の {kept} と読みました",
            "read {raw} as {kept}, the 15 digits that Excel shows"
        ));
    }
    let shown = cell.shown().ok_or_else(|| {
        let stored = number.normalize();
        say!(
            "{stored} の表示形式では、何が見えているか決まりません。表示形式を「標準」にして、入力し直してください",
            "what the number format shows of {stored} is not known; set it to General and type the answer again"
        )
    })?;
    let kind = cell.kind();
    let Some(seen) = Seen::parse(&shown).filter(|seen| seen.is(number, kind)) else {
        if *expect == Expect::Percent && trust == Trust::Neither && kind == Kind::Plain && percent_of(number).is_none()
        {
            let Say { ja, en } = no_percent(&number.normalize().to_string());
            return Err(Say {
                ja: format!("{ja}（表示は「{shown}」）"), en: format!("{en} (it shows `{shown}`)")
            });
        }
        return trust.shown(&shown, &number.normalize().to_string(), expect, notes);
    };
    if kind == Kind::Percent && *expect != Expect::Text {
        return numeric(number, kind, expect, notes).map(Some);
    }
    match expect {
        Expect::Text => {
            let shown = shown.trim();
            notes.push(say!("数値 {shown} を文字として読みました", "read the number {shown} as text"));
            Ok(Some(Answer(shown.to_owned())))
        }
        Expect::Number { .. } | Expect::Percent if !seen.unit.is_empty() => {
            typed(&seen.plain(), expect, &mut Vec::new())
        }
        Expect::Grade(_) | Expect::Step(_) | Expect::Stage(_) => typed(shown.trim(), expect, notes),
        _ => numeric(number, kind, expect, notes).map(Some),
    }
}

fn numeric(number: Decimal, kind: Kind, expect: &Expect, notes: &mut Vec<Say>) -> Result<Answer, Say> {
    let shown = number.normalize();
    let hundredfold = number.checked_mul(Decimal::ONE_HUNDRED).map(|n| n.normalize());
    match (expect, kind, hundredfold) {
        (Expect::Percent, Kind::Percent, Some(percent)) => {
            notes.push(percent_cell(shown, percent));
            percent_of(percent).ok_or_else(|| no_percent(&percent.to_string()))
        }
        (Expect::Percent, _, _) => percent_of(number).ok_or_else(|| no_percent(&shown.to_string())),
        (Expect::Number { unit, .. }, Kind::Percent, Some(percent)) if unit.is_percent() => {
            notes.push(percent_cell(shown, percent));
            Ok(Answer(percent.to_string()))
        }
        (Expect::Number { unit, .. }, Kind::Percent, _) => {
            let unit = &unit.0;
            Err(say!(
                "パーセントの書式のセルですが、この指標の単位は「{unit}」です",
                "the cell is formatted as a percentage, but the unit is `{unit}`"
            ))
        }
        (Expect::Number { unit, alike, .. }, _, _) => {
            no_fraction(number, unit, alike)?;
            Ok(Answer(shown.to_string()))
        }
        _ => Err(say!("{shown} は、何を表すか決まりません", "it is unclear what {shown} stands for")),
    }
}

fn percent_cell(raw: Decimal, percent: Decimal) -> Say {
    say!(
        "パーセントの書式の {raw} を {percent} と読みました",
        "read {raw}, which is formatted as a percentage, as {percent}"
    )
}

impl Expect {
    /// An answer as a person reads it.
    pub fn shown(&self, answer: &Answer) -> String {
        match self {
            Self::Grade(grades) => {
                let known = grades.iter().find(|(id, _)| id.as_str() == answer.0);
                known.map_or_else(|| answer.0.clone(), |(_, name)| name.to_string())
            }
            _ => answer.0.clone(),
        }
    }
}
