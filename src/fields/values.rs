//! Values of indicators and figures: a number, a text that says more, or a table that says where it is from.

use std::ops::Range;

use crate::tree::Said;
use rust_decimal::Decimal;

use super::advice::{brief, exact_number, suggest};
use super::registers::Registers;
use super::{Fields, Node, Text};
use crate::finding::Code;
use crate::lang::Say;
use crate::plan::amount::written_in;
use crate::plan::indicator::{Kind, Reading, Unit, Wording};
use crate::plan::period::Period;
use crate::plan::source::Origin;
use crate::plan::value::{Absence, Bound, Bounds, Value, Written, parse_range};
use crate::say;
use crate::text::fold::fold;

/// What a value is read for.
#[derive(Debug, Clone, Copy)]
pub struct Scope<'a> {
    /// Of which kind the indicator is.
    pub kind: &'a Kind,
    /// In which unit.
    pub unit: &'a Unit,
    /// Whether words may stand here (a target, 増加).
    pub words: bool,
    /// Whether two numbers may stand here in place of one, as a paper has them (a baseline, 40～50％).
    pub spans: bool,
}

/// A value as read, with the words of the file where it was written as text.
pub type Found = (Value, Option<Box<str>>);

/// `{ R3 = 48.9, R5 = { value = 65, certainty = "inferred" } }`: readings in order of period.
pub fn readings(fields: &Fields<'_>, scope: Scope<'_>, registers: &Registers, of: &Origin) -> Vec<Reading> {
    let mut readings: Vec<(Reading, Range<usize>)> = Vec::new();
    for (key, node) in fields.entries() {
        let Some(period) = fields.period_of(key.text, key.span.clone()) else { continue };
        let Some(reading) = reading(fields, period, node, scope, registers, of) else { continue };
        if let Some((_, first)) = readings.iter().find(|(r, _)| r.period == period) {
            let findings = fields.findings();
            let message = say!("同じ期間の値が二つあります", "two values for the same period");
            let help = say!("一つにしてください", "keep one of them");
            findings.push(
                crate::finding::Finding::new(Code::DuplicateId, findings.file, key.span, message, help).related(
                    findings.file,
                    first.clone(),
                    say!("一つ目", "the first one"),
                ),
            );
            continue;
        }
        readings.push((reading, key.span));
    }
    readings.sort_by_key(|(reading, _)| reading.period);
    // Collected in place they would keep the room of the list before.
    let mut alone = Vec::with_capacity(readings.len());
    alone.extend(readings.into_iter().map(|(reading, _)| reading));
    alone
}

fn reading(
    fields: &Fields<'_>,
    period: Period,
    node: Node<'_>,
    scope: Scope<'_>,
    registers: &Registers,
    of: &Origin,
) -> Option<Reading> {
    let bounds = |node: Node<'_>| node.as_table().is_some_and(|t| t.get("min").or(t.get("max")).is_some());
    if node.is_table() && !bounds(node) {
        let table = fields.as_table(node)?;
        let origin = registers.origin_within(&table, of);
        let notes = table.boxed_all("note");
        let says_strict = table.flag("strict").unwrap_or(false);
        let (value, written) = match table.get("candidates") {
            Some(candidates) => (unsettled(&table, candidates)?, None),
            None => value(&table, table.need("value")?, scope)?,
        };
        let strict = says_strict || is_strict(written.as_deref());
        return Some(Reading::new(period, value, Wording { written, notes, strict }, origin));
    }
    let (value, written) = value(fields, node, scope)?;
    let strict = is_strict(written.as_deref());
    let origin = Origin { offset: u32::try_from(node.span().start).unwrap_or(0), ..*of };
    Some(Reading::new(period, value, Wording { written, notes: Box::default(), strict }, origin))
}

/// Whether the words of a target exclude the number itself: 未満, 超.
fn is_strict(written: Option<&str>) -> bool {
    written.and_then(Written::parse).and_then(|written| written.bound).is_some_and(Bound::is_strict)
}

fn unsettled(fields: &Fields<'_>, node: Node<'_>) -> Option<Value> {
    let Said::Array(array) = node.says() else {
        not_a_number(fields, node.span(), say!("数値の並び [ … ] を書いてください", "write an array of numbers"));
        return None;
    };
    let numbers = array.iter().map(|n| number(fields, n)).collect::<Option<Box<[Decimal]>>>()?;
    Some(Value::Absent(Absence::Unsettled(numbers)))
}

/// Reads one value, as the indicator's kind and unit allow.
pub fn value(fields: &Fields<'_>, node: Node<'_>, scope: Scope<'_>) -> Option<Found> {
    match (scope.kind, node.says()) {
        (Kind::Range, Said::Table(_)) => {
            let table = fields.as_table(node)?;
            let (min, max) = (table.need("min"), table.need("max"));
            let (min, max) = (number(&table, min?)?, number(&table, max?)?);
            ordered(fields, min, max, node.span()).map(|value| (value, None))
        }
        (Kind::Milestone { .. } | Kind::Heading, Said::Integer(_) | Said::Float(_)) => {
            let help = match scope.kind {
                Kind::Heading => say!("見出しの指標は値を持てません", "a heading has no values of its own"),
                _ => say!("段階の名前（steps の一つ）を書いてください", "write the name of one of its steps"),
            };
            let message = say!("ここには数値を書けません", "a number is not allowed here");
            fields.findings().add(Code::NumberNotAllowed, node.span(), message, help);
            None
        }
        (_, Said::Integer(_) | Said::Float(_)) => number(fields, node).map(|n| (Value::Number(n), None)),
        _ => {
            let text = fields.as_text(node)?;
            worded(fields, &text, scope).map(|value| (value, Some(text.text.into())))
        }
    }
}

fn worded(fields: &Fields<'_>, text: &Text<'_>, scope: Scope<'_>) -> Option<Value> {
    if let Some(absence) = Absence::parse(text.text) {
        return Some(Value::Absent(absence));
    }
    if let Kind::Milestone { steps } = scope.kind {
        let step = steps.iter().position(|s| **s == *text.text);
        // That there are no steps at all is reported once, where they are missing.
        if step.is_none() && !steps.is_empty() {
            let word = brief(text.text);
            let many = fields.findings().are_many();
            let known = steps.iter().map(|s| &**s).take(if many { 0 } else { steps.len() });
            let help = suggest(text.text, known, Say::default());
            fields.findings().add(
                Code::UnknownStep,
                text.span.clone(),
                say!("「{word}」という段階はありません", "there is no step `{word}`"),
                help,
            );
        }
        return step.map(Value::Step);
    }
    if matches!(scope.kind, Kind::Range)
        && let Some((min, max, unit)) = parse_range(text.text)
    {
        check_unit(fields, text, &unit, scope.unit);
        return ordered(fields, min, max, text.span.clone());
    }
    if let Some((.., unit)) = parse_range(text.text).filter(|_| scope.spans) {
        check_unit(fields, text, &unit, scope.unit);
        return Some(Value::Words);
    }
    match written_in(text.text, scope.unit) {
        Some(written) => {
            check_unit(fields, text, &written.unit, scope.unit);
            check_bound(fields, text, written.bound, scope.kind);
            Some(Value::Number(written.number))
        }
        None if scope.words => Some(Value::Words),
        None => {
            let word = brief(text.text);
            let help = say!(
                "数値を書くか、値がないなら 未調査・未公表・対象外 のどれかを absent に書いてください",
                "write a number, or `absent` with 未調査, 未公表 or 対象外 if there is none"
            );
            let message = say!("「{word}」は数値として読めません", "`{word}` cannot be read as a number");
            fields.findings().add(Code::NotANumber, text.span.clone(), message, help);
            None
        }
    }
}

fn ordered(fields: &Fields<'_>, min: Decimal, max: Decimal, span: Range<usize>) -> Option<Value> {
    if min <= max {
        return Some(Value::Range(Box::new(Bounds { min, max })));
    }
    let message =
        say!("下限 {min} が上限 {max} より大きくなっています", "the lower bound {min} is above the upper bound {max}");
    fields.findings().add(Code::OutOfRange, span, message, say!("入れ替えてください", "swap them"));
    None
}

fn check_unit(fields: &Fields<'_>, text: &Text<'_>, written: &str, unit: &Unit) {
    if !written.is_empty() && !unit.0.is_empty() && !unit.is(written) {
        let folded = fold(written);
        let (wanted, written) = (brief(&unit.0), brief(&folded));
        fields.findings().add(
            Code::UnitMismatch,
            text.span.clone(),
            say!(
                "単位「{written}」は、この指標の単位「{wanted}」と違います",
                "the unit `{written}` is not this indicator's `{wanted}`"
            ),
            say!("「{wanted}」で表した値を書いてください", "write the value in {wanted}"),
        );
    }
}

fn check_bound(fields: &Fields<'_>, text: &Text<'_>, bound: Option<Bound>, kind: &Kind) {
    let contradicts = match bound {
        Some(Bound::AtLeast | Bound::Above) => matches!(kind, Kind::Down | Kind::AtMost),
        Some(Bound::AtMost | Bound::Below) => matches!(kind, Kind::Up | Kind::AtLeast),
        None => false,
    };
    if contradicts {
        let (word, key) = (brief(text.text), kind.key());
        fields.findings().add(
            Code::UnknownKind,
            text.span.clone(),
            say!(
                "「{word}」は、この指標の向き（kind = \"{key}\"）と逆です",
                "`{word}` contradicts this indicator's kind, `{key}`"
            ),
            say!("目標値か kind のどちらかを直してください", "fix the target or the kind"),
        );
    }
}

/// An exact number, or a finding.
pub fn number(fields: &Fields<'_>, node: Node<'_>) -> Option<Decimal> {
    exact_number(node).or_else(|| {
        not_a_number(
            fields,
            node.span(),
            say!("28桁までの数値を書いてください", "write a number of at most 28 digits"),
        );
        None
    })
}

fn not_a_number(fields: &Fields<'_>, span: Range<usize>, help: Say) {
    let message = say!("数値として読めません", "this cannot be read as a number");
    fields.findings().add(Code::NotANumber, span, message, help);
}
