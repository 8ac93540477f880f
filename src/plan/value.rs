//! Values of indicators: exact numbers, ranges, steps, words, and the reasons why there is none.

use rust_decimal::Decimal;
use serde::Serialize;

use crate::lang::Lang;
use crate::text::fold::fold;
use crate::text::terms;

/// What stands where a value is expected. Absent is never zero.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// An exact number, in the indicator's unit.
    Number(Decimal),
    /// From one bound to another. Of values there are a million and of ranges few, so the bounds stand elsewhere.
    Range(Box<Bounds>),
    /// A step of a milestone: its place in the indicator's `steps`, from 0.
    Step(usize),
    /// A target that is not a number (増加).
    Words,
    /// No value, and why.
    Absent(Absence),
}

/// Both are included; in the indicator's unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// The lower bound.
    pub min: Decimal,
    /// The upper bound.
    pub max: Decimal,
}

/// Why there is no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Absence {
    /// 未調査: nobody asked.
    NotSurveyed,
    /// 未公表: known somewhere, not yet published.
    NotPublished,
    /// 対象外: the period has none.
    NotApplicable,
    /// －: the plan sets none (monitored only).
    NotSet,
    /// 取下げ: it was recorded and taken back.
    Withdrawn,
    /// 要確認: the documents leave it open which of these it is.
    Unsettled(Box<[Decimal]>),
}

impl Absence {
    /// The absence that a word names.
    pub fn parse(text: &str) -> Option<Self> {
        match fold(text.trim()).as_ref() {
            "未調査" => Some(Self::NotSurveyed),
            "未公表" => Some(Self::NotPublished),
            "対象外" => Some(Self::NotApplicable),
            "-" => Some(Self::NotSet),
            _ => None,
        }
    }

    /// What a reader sees instead of the value.
    pub fn name(&self, lang: Lang) -> &'static str {
        match self {
            Self::NotSurveyed => lang.pick("未調査", "not surveyed"),
            Self::NotPublished => lang.pick("未公表", "not published"),
            Self::NotApplicable => lang.pick("対象外", "not applicable"),
            Self::NotSet => lang.pick("－", "none set"),
            Self::Withdrawn => lang.pick("取下げ", "withdrawn"),
            Self::Unsettled(_) => terms::UNCONFIRMED.word(lang),
        }
    }

    /// The word that programs read.
    pub fn key(&self) -> &'static str {
        match self {
            Self::NotSurveyed => "not-surveyed",
            Self::NotPublished => "not-published",
            Self::NotApplicable => "not-applicable",
            Self::NotSet => "not-set",
            Self::Withdrawn => "withdrawn",
            Self::Unsettled(_) => "unconfirmed",
        }
    }
}

/// How sure a figure or statement is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Certainty {
    /// Printed in the source.
    #[default]
    Stated,
    /// Follows from the source's layout or by elimination.
    Inferred,
    /// 要確認: the source does not settle it.
    Unconfirmed,
}

impl Certainty {
    /// The certainty that a key names.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "stated" => Some(Self::Stated),
            "inferred" => Some(Self::Inferred),
            "unconfirmed" => Some(Self::Unconfirmed),
            _ => None,
        }
    }

    /// The mark beside a figure; empty for what is stated.
    pub fn mark(self, lang: Lang) -> &'static str {
        match self {
            Self::Stated => "",
            Self::Inferred => terms::INFERRED.word(lang),
            Self::Unconfirmed => terms::UNCONFIRMED.word(lang),
        }
    }
}

/// On which side of a written number the truth lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// 以上.
    AtLeast,
    /// 以下, 以内, 未満.
    AtMost,
}

/// A number as written in a text cell: "1,200", "12.5％", "80名以上".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The number.
    pub number: Decimal,
    /// What stands behind it, less the bound: "％", "名"; may be empty.
    pub unit: String,
    /// 以上 or 以下, if it says so.
    pub bound: Option<Bound>,
}

impl Written {
    /// Reads a number with an optional unit and bound; `None` when the text does not begin with a number.
    pub fn parse(text: &str) -> Option<Self> {
        let folded = fold(text.trim());
        let (number, rest) = leading_number(folded.trim())?;
        let rest = rest.trim();
        let (unit, bound) = ["以上", "以下", "以内", "未満"]
            .iter()
            .find_map(|word| rest.strip_suffix(word).map(|unit| (unit, *word)))
            .map_or((rest, None), |(unit, word)| {
                (unit, Some(if word == "以上" { Bound::AtLeast } else { Bound::AtMost }))
            });
        Some(Self { number, unit: unit.trim().to_owned(), bound })
    }
}

/// Reads a range as people write it: "10〜20", "10～20％", "10-20".
pub fn parse_range(text: &str) -> Option<(Decimal, Decimal, String)> {
    let folded = fold(text.trim());
    let (min, rest) = leading_number(folded.trim())?;
    let rest = rest.trim_start();
    let unit_of_min: String = rest.chars().take_while(|c| !"〜～~-".contains(*c)).collect();
    let rest = rest.get(unit_of_min.len()..)?;
    let rest = rest.strip_prefix(['〜', '～', '~', '-'])?.trim_start();
    let (max, unit) = leading_number(rest)?;
    let (unit, unit_of_min) = (unit.trim(), unit_of_min.trim());
    (min <= max && (unit_of_min.is_empty() || unit_of_min == unit)).then(|| (min, max, unit.to_owned()))
}

/// Reads an exact decimal as people type it: "1,200", "１，２００", "▲1.2", "-3".
///
/// `None` for anything else, for commas out of place ("1,2"), and for more than 28 digits.
pub fn parse_number(text: &str) -> Option<Decimal> {
    let folded = fold(text.trim());
    leading_number(folded.trim()).filter(|(_, rest)| rest.is_empty()).map(|(number, _)| number)
}

fn leading_number(text: &str) -> Option<(Decimal, &str)> {
    let (negative, body) = match text.strip_prefix(['-', '▲', '△', '−']) {
        Some(body) => (true, body),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let end = body.find(|c: char| !(c.is_ascii_digit() || c == ',' || c == '.')).unwrap_or(body.len());
    let (digits, rest) = body.split_at(end);
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(w, f)| (w, Some(f)));
    let plain = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let mut groups = whole.split(',');
    let first = groups.next().filter(|g| plain(g))?;
    let grouped: Vec<&str> = groups.collect();
    let commas_in_place = grouped.is_empty() || first.len() <= 3 && grouped.iter().all(|g| g.len() == 3 && plain(g));
    if !commas_in_place || !fraction.is_none_or(plain) {
        return None;
    }
    let mut number = Decimal::from_str_exact(&digits.replace(',', "")).ok()?;
    number.set_sign_negative(negative && !number.is_zero());
    Some((number, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn dec(text: &str) -> Decimal {
        Decimal::from_str_exact(text).unwrap()
    }

    #[test]
    fn numbers_as_people_type_them() {
        for (text, value) in [
            ("1200", "1200"),
            ("1,200", "1200"),
            ("１，２００", "1200"),
            ("▲1.2", "-1.2"),
            ("-3", "-3"),
            ("－３", "-3"),
            (" 48.9 ", "48.9"),
            ("1,234,567.80", "1234567.80"),
            ("0", "0"),
            ("+5", "5"),
        ] {
            assert_eq!(parse_number(text), Some(dec(value)), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in
            ["", "1,2", "12,34", "1,2345", "1.2.3", ".5", "5.", "12人", "▲", "1e5", "増加", ",100", &"9".repeat(40)]
        {
            assert_eq!(parse_number(text), None, "{text}");
        }
    }

    #[test]
    fn a_written_number_carries_unit_and_bound() {
        let read = |text| Written::parse(text).map(|w| (w.number, w.unit, w.bound));
        assert_eq!(read("15％以上"), Some((dec("15"), "%".into(), Some(Bound::AtLeast))));
        assert_eq!(read("80名以上"), Some((dec("80"), "名".into(), Some(Bound::AtLeast))));
        assert_eq!(read("5.2 ％ 以下"), Some((dec("5.2"), "%".into(), Some(Bound::AtMost))));
        assert_eq!(read("１，２００人"), Some((dec("1200"), "人".into(), None)));
        assert_eq!(read("増加"), None);
    }

    #[test]
    fn ranges_as_people_type_them() {
        for text in ["10〜20％", "10～20%", "10%〜20%", "１０－２０％"] {
            assert_eq!(parse_range(text), Some((dec("10"), dec("20"), "%".into())), "{text}");
        }
        assert_eq!(parse_range("20〜10"), None);
        assert_eq!(parse_range("10"), None);
    }

    proptest! {
        #[test]
        fn a_printed_decimal_is_read_back(mantissa in any::<i64>(), scale in 0u32..10) {
            let number = Decimal::new(mantissa, scale);
            prop_assert_eq!(parse_number(&number.to_string()), Some(number));
        }

        #[test]
        fn no_text_makes_a_panic(text in any::<String>()) {
            let _ = (Written::parse(&text), parse_range(&text), parse_number(&text), Absence::parse(&text));
        }
    }
}
