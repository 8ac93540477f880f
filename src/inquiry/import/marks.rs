//! Numbers of entries as lists write them: 1, （１）, ①, Ⅱ, 第3, 1-1-2, in a column of their own or in front of a name.

use crate::plan::id::Id;
use crate::text::fold::fold;

/// A number as a list writes it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// The last part of an id.
    Part(u32),
    /// A whole id.
    Whole(Id),
}

const CIRCLED: &str = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳";
const ROMAN: &str = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ";

impl Mark {
    /// Reads a cell of numbers.
    pub fn parse(text: &str) -> Option<Self> {
        let folded = fold(text);
        let plain =
            folded.trim().trim_start_matches(['(', '[', '第']).trim_end_matches([')', ']', '.', '、', '号']).trim();
        let mut signs = plain.chars();
        if let (Some(sign), None) = (signs.next(), signs.next()) {
            let place = |of: &str| of.chars().position(|known| known == sign).and_then(|at| u32::try_from(at + 1).ok());
            if let Some(number) = place(CIRCLED).or_else(|| place(ROMAN)) {
                return Some(Self::Part(number));
            }
        }
        if let Ok(number) = plain.parse::<u32>() {
            return (!plain.starts_with('+')).then_some(Self::Part(number));
        }
        Id::parse(plain)
            .ok()
            .filter(|id| plain.bytes().any(|b| b.is_ascii_digit()) && id.stem().is_some())
            .map(Self::Whole)
    }

    /// A name parted into the number in front of it and the rest.
    pub fn in_front(text: &str) -> Option<(Self, String)> {
        let text = text.trim();
        let first = text.chars().next()?;
        if CIRCLED.contains(first) || ROMAN.contains(first) {
            let rest = text[first.len_utf8()..].trim_start_matches(['.', '．', '、', ' ', '\u{3000}']).trim();
            return Some((Self::parse(&first.to_string())?, rest.to_owned())).filter(|(_, rest)| !rest.is_empty());
        }
        let is_digit = |c: char| fold(c.encode_utf8(&mut [0; 4])).bytes().all(|b| b.is_ascii_digit() || b == b'-');
        let opened = text.trim_start_matches(['(', '（', '第']);
        let digits: String = opened.chars().take_while(|c| is_digit(*c) && *c != 'ー').collect();
        let rest = &opened[digits.len()..];
        let parted = rest.trim_start_matches([')', '）', '.', '．', '、', ' ', '\u{3000}', '\t']);
        let is_parted = parted.len() < rest.len() && !parted.is_empty();
        (is_parted && !digits.is_empty()).then(|| Some((Self::parse(&digits)?, parted.trim().to_owned())))?
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_lists_write_them() {
        let whole = |id: &str| Mark::Whole(Id::parse(id).unwrap());
        for (text, wanted) in [
            ("1", Some(Mark::Part(1))),
            ("（１）", Some(Mark::Part(1))),
            ("②", Some(Mark::Part(2))),
            ("Ⅲ", Some(Mark::Part(3))),
            ("第4", Some(Mark::Part(4))),
            ("12.", Some(Mark::Part(12))),
            ("1-1-2", Some(whole("1-1-2"))),
            ("１－２", Some(whole("1-2"))),
            ("窓口", None),
            ("", None),
            ("-", None),
        ] {
            assert_eq!(Mark::parse(text), wanted, "{text}");
        }
        for (text, wanted) in [
            ("1 組織の見直し", Some((Mark::Part(1), "組織の見直し"))),
            ("（２）人材の確保", Some((Mark::Part(2), "人材の確保"))),
            ("③研修", Some((Mark::Part(3), "研修"))),
            ("１－２　窓口", Some((whole("1-2"), "窓口"))),
            ("24時間窓口", None),
            ("3歳児健診の見直し", None),
            ("窓口", None),
        ] {
            let found = Mark::in_front(text);
            assert_eq!(found, wanted.map(|(mark, name)| (mark, name.to_owned())), "{text}");
        }
    }
}
