//! What a person sees of a number, held against what is stored.

use rust_decimal::Decimal;

use super::{Answer, one_line, typed};
use crate::inquiry::Expect;
use crate::lang::Say;
use crate::plan::value::Written;
use crate::say;
use crate::text::fold::fold;
use crate::workbook::Kind;

/// What is taken where a cell shows something else than it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Trust {
    /// Nothing: a person is asked.
    #[default]
    Neither,
    /// What is seen (`--as-shown`).
    Shown,
}

impl Trust {
    /// What is taken with or without `--as-shown`.
    pub fn new(as_shown: bool) -> Self {
        if as_shown { Self::Shown } else { Self::Neither }
    }

    /// Reads what is seen in place of what is stored, where that is to be trusted.
    ///
    /// # Errors
    /// That they differ, or why what is seen cannot be read.
    pub fn shown(
        self,
        shown: &str,
        stored: &str,
        expect: &Expect,
        notes: &mut Vec<Say>,
    ) -> Result<Option<Answer>, Say> {
        let (shown, stored) = (one_line(shown), one_line(stored));
        if self == Self::Neither {
            return Err(if shown.trim().is_empty() {
                say!(
                    "何も表示されていませんが、「{stored}」が入っています。空欄のつもりなら --as-shown を付けてください",
                    "it shows nothing but holds `{stored}`; if it is meant to be blank, add --as-shown"
                )
            } else {
                say!(
                    "表示は「{shown}」ですが、入っている値は {stored} です。表示のとおりなら --as-shown を付け、そうでなければ表示形式を「標準」にして入力し直してください",
                    "it shows `{shown}` but holds {stored}; if what it shows is meant, add --as-shown, else set its format to General and type it again"
                )
            });
        }
        notes.push(read_as_shown(&shown, &stored));
        typed(&shown, expect, notes)
    }
}

/// What is noted where what is seen was read in place of what is stored.
pub fn read_as_shown(shown: &str, stored: &str) -> Say {
    say!(
        "表示のとおり「{shown}」と読みました（入っている値は {stored}）",
        "read as shown, `{shown}` (it holds {stored})"
    )
}

/// A number as it is seen.
#[derive(Debug, PartialEq, Eq)]
pub struct Seen {
    number: Decimal,
    /// What stands behind it; 円 where ¥ stands before it.
    pub unit: String,
}

impl Seen {
    /// Reads what is seen; `None` where that is not a number with, at most, its unit.
    pub fn parse(shown: &str) -> Option<Self> {
        let folded = fold(shown.trim());
        let text = folded.trim();
        // In parentheses an accountant writes what is below zero.
        let (text, negative) = match text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
            Some(inside) => (inside.trim(), true),
            None => (text, false),
        };
        let (minus, text) = match text.strip_prefix(['-', '▲', '△']) {
            Some(rest) => (true, rest.trim_start()),
            None => (false, text),
        };
        let yen = text.strip_prefix(['¥', '￥', '\\']);
        let text = yen.map_or(text, str::trim_start);
        let (minus, text) = match text.strip_prefix('-').filter(|_| yen.is_some() && !minus) {
            Some(rest) => (true, rest),
            None => (minus, text),
        };
        // Excel leaves out the zero before a point where the format has no place for it.
        let text = if text.starts_with('.') { format!("0{text}") } else { text.to_owned() };
        let text = text.trim_end_matches('.');
        let Written { number, unit, bound } = Written::parse(text)?;
        if bound.is_some() || number.is_sign_negative() || (minus && negative) {
            return None;
        }
        let number = if minus || negative { -number } else { number };
        let unit = if yen.is_some() && unit.is_empty() { "円".to_owned() } else { unit };
        Some(Self { number, unit })
    }

    /// Whether it is the number that is stored: nothing but separators and a unit differ.
    pub fn is(&self, stored: Decimal, kind: Kind) -> bool {
        match kind {
            Kind::Plain => self.number == stored,
            Kind::Percent => {
                self.unit == "%"
                    && stored.checked_mul(Decimal::ONE_HUNDRED).is_some_and(|percent| percent == self.number)
            }
            Kind::Date => false,
        }
    }

    /// The number and its unit without anything else.
    pub fn plain(&self) -> String {
        format!("{}{}", self.number.normalize(), self.unit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_separators_and_a_unit_may_differ() {
        for (shown, stored, kind) in [
            ("1,200", "1200", Kind::Plain),
            ("1,200人", "1200", Kind::Plain),
            ("▲ 1,200", "-1200", Kind::Plain),
            ("(5)", "-5", Kind::Plain),
            ("¥-1,200", "-1200", Kind::Plain),
            ("-¥1,200", "-1200", Kind::Plain),
            (".5", "0.5", Kind::Plain),
            ("12.50", "12.5", Kind::Plain),
            ("007", "7", Kind::Plain),
            ("12.5%", "0.125", Kind::Percent),
        ] {
            let stored = Decimal::from_str_exact(stored).unwrap();
            assert!(Seen::parse(shown).unwrap().is(stored, kind), "{shown}");
        }
        for (shown, stored, kind) in [
            ("12,346", "12345678", Kind::Plain),
            ("12百万円", "12345678", Kind::Plain),
            ("5", "-5", Kind::Plain),
            ("▲1,234", "1234", Kind::Plain),
            ("98.8", "98.76", Kind::Plain),
            ("13%", "0.125", Kind::Percent),
            ("2026/1/1", "46023", Kind::Date),
        ] {
            let stored = Decimal::from_str_exact(stored).unwrap();
            assert!(!Seen::parse(shown).unwrap().is(stored, kind), "{shown}");
        }
        for shown in ["", "未公表", "約12", "12以上", "(-5)"] {
            assert_eq!(Seen::parse(shown), None, "{shown}");
        }
    }
}
