//! Numbers of a table: whole ones between bounds, and exact decimals.

use std::ops::Range;

use rust_decimal::Decimal;

use super::{Fields, Node};
use crate::finding::Code;
use crate::say;
use crate::source::advice::exact_number;

impl<'a> Fields<'a> {
    /// A whole number between two bounds.
    pub fn whole(&self, key: &'static str, bounds: Range<u64>) -> Option<u64> {
        let node = self.get(key)?;
        self.as_whole(node, bounds)
    }

    /// A whole number between two bounds (the upper one left out).
    pub fn as_whole(&self, node: Node<'a>, bounds: Range<u64>) -> Option<u64> {
        let Some(number) = exact_number(node.get_ref()) else {
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
        exact_number(node.get_ref()).or_else(|| self.wrong_type(node, say!("数値", "a number")))
    }
}
