//! Numbers of a table: whole ones between bounds, and exact decimals.

use std::ops::Range;

use rust_decimal::Decimal;

use super::advice::exact_number;
use super::{Fields, Node};
use crate::finding::Code;
use crate::say;

impl<'a> Fields<'a> {
    /// A whole number between two bounds.
    pub fn whole(&self, key: &'static str, bounds: Range<u64>) -> Option<u64> {
        let node = self.get(key)?;
        self.as_whole(node, bounds)
    }

    /// A whole number between two bounds (the upper one left out).
    pub fn as_whole(&self, node: Node<'a>, bounds: Range<u64>) -> Option<u64> {
        let Some(number) = exact_number(node) else {
            return self.wrong_type(node, say!("整数", "a whole number"));
        };
        let whole = number.is_integer().then(|| u64::try_from(number).ok()).flatten();
        whole.filter(|n| bounds.contains(n)).or_else(|| {
            let (low, high) = (bounds.start, bounds.end.saturating_sub(1));
            self.findings.add(
                Code::OutOfRange,
                node.span(),
                say!("{number} は範囲の外です", "{number} is out of range"),
                say!("{low} から {high} までの整数を書いてください", "write a whole number from {low} to {high}"),
            );
            None
        })
    }

    /// An exact number.
    pub fn number(&self, key: &'static str) -> Option<Decimal> {
        let node = self.get(key)?;
        exact_number(node).or_else(|| self.wrong_type(node, say!("数値", "a number")))
    }

    /// A width (a tolerance, a sampling error), which cannot be negative.
    pub fn not_negative(&self, key: &str, width: Decimal) -> Option<Decimal> {
        if width < Decimal::ZERO {
            let message = match key {
                "margin" => say!("標本誤差が負の数です", "the margin is negative"),
                _ => say!("許容幅が負の数です", "the tolerance is negative"),
            };
            let help = say!("0 以上の数を書いてください", "write a number of at least 0");
            self.findings.add(Code::OutOfRange, self.key_span(key), message, help);
            return None;
        }
        Some(width)
    }
}
