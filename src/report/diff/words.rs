//! Facts in words.

use crate::diff::change::Change;
use crate::diff::datum::{Amount, Datum};
use crate::diff::fact::{Fact, Key, SubjectPart};
use crate::diff::field::Field;
use crate::lang::Lang;
use crate::plan::id::Id;
use crate::plan::indicator::Unit;
use crate::plan::period::date_text;
use crate::plan::value::Value;
use crate::tr;
use crate::wording as words;

/// Words the value of a fact.
pub fn datum(datum: &Datum<'_>, lang: Lang) -> String {
    match datum {
        Datum::Flag(flag) => if *flag { lang.pick("はい", "yes") } else { lang.pick("いいえ", "no") }.to_owned(),
        Datum::Count(count) => words::number((*count).into(), lang),
        Datum::Counts(counts) => list(counts.iter().map(ToString::to_string), lang),
        Datum::Number(number) => words::number(*number, lang),
        Datum::Text(text) => (*text).to_owned(),
        Datum::Texts(texts) => list(texts.iter().map(ToString::to_string), lang),
        Datum::Period(period) => period.tag(lang),
        Datum::Periods(periods) => list(periods.iter().map(|period| period.tag(lang)), lang),
        Datum::Day(day) => date_text(*day, lang),
        Datum::Word(word) => word.name(lang).to_owned(),
        Datum::Refs(refs) => list(refs.iter().map(|r| named(r.id.as_str(), r.name)), lang),
        Datum::Amount(amount) => self::amount(amount, lang),
    }
}

/// A value in its unit.
pub fn amount(amount: &Amount<'_>, lang: Lang) -> String {
    let unit = Unit(amount.unit.into());
    words::value(amount.value, amount.written, amount.kind, &unit, lang)
}

/// An id that says nothing by itself stands before its name; other ids stay in the files.
fn named(id: &str, name: &str) -> String {
    let is_number = id.split('-').next().unwrap_or(id).bytes().any(|b| b.is_ascii_digit());
    match (is_number, name) {
        (_, "") => id.to_owned(),
        (true, name) if id != name => format!("{id} {name}"),
        (_, name) => name.to_owned(),
    }
}

fn list(texts: impl Iterator<Item = String>, lang: Lang) -> String {
    texts.collect::<Vec<_>>().join(lang.pick("、", ", "))
}

/// Which part or key of its subject a change is about.
pub fn key(key: &Key<'_>, lang: Lang) -> String {
    key_called(key, |_, id| id.as_str(), lang)
}

/// Words a key, with the parts that are known by an id called by their names.
pub fn key_called<'p>(key: &Key<'p>, called: impl Fn(Field, &'p Id) -> &'p str, lang: Lang) -> String {
    let mut parts: Vec<String> =
        key.part.iter().map(|part| self::part(*part, &called, lang)).filter(|p| !p.is_empty()).collect();
    if key.part.last().is_none_or(|part| part.field() != key.field) {
        parts.push(key.field.name(lang).to_owned());
    }
    parts.join(lang.pick("・", ", "))
}

fn part<'p>(part: SubjectPart<'p>, called: impl Fn(Field, &'p Id) -> &'p str, lang: Lang) -> String {
    let field = part.field().name(lang);
    match part {
        SubjectPart::Named(_, name, _) => tr!(lang, "{field}「{name}」", "{field} `{name}`"),
        SubjectPart::Known(of, id) => {
            // One of them in English, too.
            let (name, one) = (called(of, id), field.strip_suffix('s').unwrap_or(field));
            tr!(lang, "{field}「{name}」", "{one} `{name}`")
        }
        SubjectPart::At(_, period) => {
            let period = period.tag(lang);
            tr!(lang, "{field}（{period}）", "{field} ({period})")
        }
        SubjectPart::Until(day) => {
            let day = date_text(day, lang);
            tr!(lang, "{day}までの目標値", "targets until {day}")
        }
        SubjectPart::Version(None) => String::new(),
        SubjectPart::Version(Some(year)) => tr!(lang, "{}からの版", "version from {}", year.short()),
        SubjectPart::Record(_, period, recorded, ..) => {
            let (period, day) = (period.tag(lang), recorded.map(|day| date_text(day, lang)));
            match day {
                Some(day) => tr!(lang, "{field}（{period}、{day}記録）", "{field} ({period}, recorded {day})"),
                None => tr!(lang, "{field}（{period}）", "{field} ({period})"),
            }
        }
        SubjectPart::Amendment(day, _) => {
            let day = date_text(day, lang);
            tr!(lang, "{field}（{day}）", "{field} ({day})")
        }
    }
}

/// Facts that belong together, one a line; of a reading its value comes without a label.
pub fn facts(all: &[Fact<'_>], around: usize, lang: Lang) -> String {
    let is_figure = |fact: &Fact<'_>| matches!(fact.key.part.last(), Some(SubjectPart::Named(Field::Figure, ..)));
    // The value of a figure is shown with its unit.
    let is_shown =
        |fact: &&Fact<'_>| fact.key.field != Field::Update && !(fact.key.field == Field::Unit && is_figure(fact));
    let mut shown: Vec<&Fact<'_>> = all.iter().filter(is_shown).collect();
    // Of a record the grade or the value comes first.
    shown.sort_by_key(|fact| match fact.key.field {
        Field::Rating | Field::Value if !is_figure(fact) => 0,
        Field::Progress => 1,
        _ => 2,
    });
    let lines = shown.into_iter().map(|fact| line(fact, around, lang));
    lines.collect::<Vec<_>>().join("\n")
}

fn line(fact: &Fact<'_>, around: usize, lang: Lang) -> String {
    let value = datum(&fact.datum, lang);
    let inner = Key { part: fact.key.part.get(around..).unwrap_or_default().to_vec(), field: fact.key.field };
    let is_value = matches!(fact.datum, Datum::Amount(_));
    let is_grade = fact.key.field == Field::Rating;
    match fact.datum {
        _ if inner.part.is_empty() && (is_value || inner.field == Field::Name) => return value,
        // What is so is shown by its name alone.
        Datum::Flag(true) => return key(&inner, lang),
        _ => {}
    }
    let value = if fact.key.field == Field::Progress { value + lang.pick("％", "%") } else { value };
    let label = match (is_grade, inner.part.last()) {
        (true, _) => fact.key.field.name(lang).to_owned(),
        // The name of a part is its title already.
        (_, Some(SubjectPart::Named(..) | SubjectPart::Known(..))) if fact.key.field == Field::Name => {
            return key(&Key { field: inner.part[inner.part.len() - 1].field(), part: inner.part }, lang);
        }
        _ => key(&inner, lang),
    };
    format!("{label}{}{value}", lang.pick("：", ": "))
}

/// New less old, in the unit; `None` where the two are no numbers of one unit.
pub fn difference(change: &Change<'_>, lang: Lang) -> Option<String> {
    let (was, is) = (numbers(&change.old)?, numbers(&change.new)?);
    let difference = is.0.checked_sub(was.0).filter(|d| was.1 == is.1 && !d.is_zero())?;
    let sign = if difference.is_sign_positive() { "+" } else { "" };
    Some(format!("{sign}{}", words::difference(difference, &Unit(is.1.into()), lang)))
}

/// Returns the number that facts hold, and its unit.
pub fn numbers<'p>(facts: &[Fact<'p>]) -> Option<(rust_decimal::Decimal, &'p str)> {
    facts.iter().find_map(|fact| match &fact.datum {
        Datum::Amount(Amount { value: Value::Number(number), unit, .. }) => Some((*number, *unit)),
        Datum::Number(number) => Some((*number, "")),
        _ => None,
    })
}
