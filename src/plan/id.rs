//! Ids of entries, indicators, grades, owners and sources.

use std::cmp::Ordering;
use std::fmt;

use serde::Serialize;

use crate::text::fold::fold;
use crate::text::safe::is_unseen;

/// An id: segments of ASCII letters and digits joined by `-` (`1-1-2`, `R2-1`, `service-satisfaction`).
///
/// Ids sort as people count: `1-2` before `1-10`.
#[derive(Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct Id(Box<str>);

/// The longest id that is read; a records file is named after it.
const LONGEST: usize = 80;

impl Id {
    /// Reads an id as people type it: full-width letters, digits and dashes are understood.
    ///
    /// # Errors
    /// The text as folded, when a segment is empty, holds another character, or the whole is too long.
    pub fn parse(text: &str) -> Result<Self, BadId> {
        let folded = fold(text.trim());
        let text = folded.trim();
        let segment = |s: &[u8]| !s.is_empty() && s.iter().all(u8::is_ascii_alphanumeric);
        if text.len() <= LONGEST && text.as_bytes().split(|byte| *byte == b'-').all(segment) {
            Ok(Self(text.into()))
        } else {
            Err(BadId)
        }
    }

    /// Reads the id of a grade, a band or a sum of them, which may also be a sign or a word of any script (◎, 順調): no file
    /// is named after it, and nothing is joined to it.
    ///
    /// # Errors
    /// When it is empty, too long, or holds a space, an unseen character or a sign that files and facts are written with.
    pub fn of_grade(text: &str) -> Result<Self, BadId> {
        let written = text.trim();
        let is_good =
            |c: char| !c.is_whitespace() && !is_unseen(c) && (!c.is_ascii() || c.is_ascii_alphanumeric() || c == '-');
        Self::parse(text).or_else(|bad| {
            match !written.is_empty() && written.len() <= LONGEST && written.chars().all(is_good) {
                true => Ok(Self(written.into())),
                false => Err(bad),
            }
        })
    }

    /// The canonical text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The id without its last segment; `None` for a single segment.
    pub fn stem(&self) -> Option<Self> {
        self.0.rsplit_once('-').map(|(stem, _)| Self(stem.into()))
    }
}

/// The text is no id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadId;

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl Ord for Id {
    fn cmp(&self, other: &Self) -> Ordering {
        let (left, right) = (self.0.as_bytes(), other.0.as_bytes());
        let Some(same) = left.iter().zip(right).position(|(l, r)| l != r) else {
            // One is all that the other begins with.
            return left.len().cmp(&right.len());
        };
        // What both begin with decides nothing, but for the digits of a number that goes on.
        let from = left[..same].iter().rposition(|byte| !byte.is_ascii_digit()).map_or(0, |end| end + 1);
        let (l, r) = (&left[from..], &right[from..]);
        if l.starts_with(b"0") || r.starts_with(b"0") {
            return run_order(l, r).then_with(|| l.cmp(r));
        }
        let digits = |text: &[u8]| text.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let longer = match (digits(l), digits(r)) {
            (0, _) | (_, 0) => Ordering::Equal,
            (l, r) => l.cmp(&r),
        };
        // As text a dash comes before digits, and these before letters.
        longer.then(left[same].cmp(&right[same]))
    }
}

impl PartialOrd for Id {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// What a run of characters is, in order: who ends first, be it the id or a segment, comes first, and a number before a
/// word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum RunKind {
    End,
    Dash,
    Digits,
    Letters,
}

impl RunKind {
    fn from_first(first: Option<&u8>) -> Self {
        match first {
            None => Self::End,
            Some(b'-') => Self::Dash,
            Some(byte) if byte.is_ascii_digit() => Self::Digits,
            Some(_) => Self::Letters,
        }
    }
}

/// Compares run by run, whatever zeros the numbers begin with.
fn run_order(mut left: &[u8], mut right: &[u8]) -> Ordering {
    loop {
        let ((l, l_rest), (r, r_rest)) = (run(left), run(right));
        let kind = RunKind::from_first(l.first());
        let order = kind.cmp(&RunKind::from_first(r.first())).then_with(|| match kind {
            RunKind::Digits => number_order(l, r),
            _ => l.cmp(r),
        });
        if order != Ordering::Equal || kind == RunKind::End {
            return order;
        }
        (left, right) = (l_rest, r_rest);
    }
}

/// The leading run of one kind, and the rest. Runs of digits compare as numbers, everything else as text: `R2` before
/// `R10`.
fn run(text: &[u8]) -> (&[u8], &[u8]) {
    let kind = RunKind::from_first(text.first());
    let end = text.iter().position(|byte| RunKind::from_first(Some(byte)) != kind).unwrap_or(text.len());
    text.split_at(end)
}

/// Compares digits of any number by value.
fn number_order(left: &[u8], right: &[u8]) -> Ordering {
    let zeros = |digits: &[u8]| digits.iter().position(|digit| *digit != b'0').unwrap_or(digits.len());
    let (l, r) = (&left[zeros(left)..], &right[zeros(right)..]);
    l.len().cmp(&r.len()).then_with(|| l.cmp(r))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn id(text: &str) -> Id {
        Id::parse(text).unwrap()
    }

    #[test]
    fn full_width_input_is_understood() {
        assert_eq!(id("１－１－２").as_str(), "1-1-2");
        assert_eq!(id(" Ｒ２ー１ ").as_str(), "R2-1");
    }

    #[test]
    fn what_is_no_id_is_refused() {
        for text in ["", "-", "1-", "1--2", "1.1", "../1", "1/1", "一", "a b", &"1".repeat(81)] {
            assert!(Id::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn ids_sort_as_people_count() {
        let sorted = ["1", "1-1", "1-1-1", "1-2", "1-10", "2", "10", "R2-1", "R10-1", "a"];
        let mut ids: Vec<Id> = sorted.iter().rev().map(|t| id(t)).collect();
        ids.sort();
        assert_eq!(ids.iter().map(Id::as_str).collect::<Vec<_>>(), sorted);
    }

    proptest! {
        #[test]
        fn the_order_is_total_and_agrees_with_equality(
            a in "[a-c0-2]{1,3}(-[a-c0-2]{1,3}){0,2}", b in "[a-c0-2]{1,3}(-[a-c0-2]{1,3}){0,2}",
            c in "[a-c0-2]{1,3}(-[a-c0-2]{1,3}){0,2}",
        ) {
            let (a, b, c) = (id(&a), id(&b), id(&c));
            prop_assert_eq!(a.cmp(&b) == Ordering::Equal, a == b);
            prop_assert_eq!(a.cmp(&b), b.cmp(&a).reverse());
            if a <= b && b <= c { prop_assert!(a <= c); }
        }

        #[test]
        fn what_both_begin_with_changes_nothing(
            start in "([a0-2]{1,3}-){0,2}", a in "[ab0-2]{1,4}(-[ab0-2]{1,2})?", b in "[ab0-2]{1,4}(-[ab0-2]{1,2})?",
        ) {
            let (a, b) = (id(&format!("{start}{a}")), id(&format!("{start}{b}")));
            let (left, right) = (a.as_str(), b.as_str());
            prop_assert_eq!(a.cmp(&b), run_order(left.as_bytes(), right.as_bytes()).then_with(|| left.cmp(right)));
        }

        #[test]
        fn no_text_makes_a_panic(text in any::<String>()) {
            let _ = Id::parse(&text);
        }
    }
}
