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
    /// The absence that a word names, also one that papers use for it.
    pub fn parse(text: &str) -> Option<Self> {
        match fold(text.trim()).as_ref() {
            "未調査" | "未実施" => Some(Self::NotSurveyed),
            "未公表" | "集計中" | "調査中" | "算定中" | "未確定" => Some(Self::NotPublished),
            "対象外" | "該当なし" | "非該当" => Some(Self::NotApplicable),
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
    /// 超: the number itself does not count.
    Above,
    /// 以下, 以内.
    AtMost,
    /// 未満: the number itself does not count.
    Below,
}

impl Bound {
    /// The words behind a number. Longer ones come before those that they end with.
    const BEHIND: [(&str, Self); 21] = [
        ("以上", Self::AtLeast),
        ("or more", Self::AtLeast),
        ("以下", Self::AtMost),
        ("以内", Self::AtMost),
        ("or less", Self::AtMost),
        ("未満", Self::Below),
        ("を下回る", Self::Below),
        ("下回る", Self::Below),
        ("より少ない", Self::Below),
        ("より小さい", Self::Below),
        ("より低い", Self::Below),
        ("を超過", Self::Above),
        ("超過", Self::Above),
        ("を超える", Self::Above),
        ("超える", Self::Above),
        ("超", Self::Above),
        ("を上回る", Self::Above),
        ("上回る", Self::Above),
        ("より多い", Self::Above),
        ("より大きい", Self::Above),
        ("より高い", Self::Above),
    ];

    /// The words and signs in front of a number.
    const BEFORE: [(&str, Self); 14] = [
        ("at least ", Self::AtLeast),
        (">=", Self::AtLeast),
        ("≥", Self::AtLeast),
        ("≧", Self::AtLeast),
        ("at most ", Self::AtMost),
        ("<=", Self::AtMost),
        ("≤", Self::AtMost),
        ("≦", Self::AtMost),
        ("less than ", Self::Below),
        ("below ", Self::Below),
        ("<", Self::Below),
        ("more than ", Self::Above),
        ("above ", Self::Above),
        (">", Self::Above),
    ];

    /// Takes the bound off a text that says one.
    pub fn split(text: &str) -> (&str, Option<Self>) {
        let before = Self::BEFORE.iter().find_map(|(word, bound)| Some((text.strip_prefix(word)?, Some(*bound))));
        let behind = || Self::BEHIND.iter().find_map(|(word, bound)| Some((text.strip_suffix(word)?, Some(*bound))));
        before.or_else(behind).unwrap_or((text, None))
    }

    /// Whether the number itself does not count.
    pub fn is_strict(self) -> bool {
        matches!(self, Self::Above | Self::Below)
    }
}

/// Which way a target in words wants a value to go from the baseline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Toward {
    /// 増加.
    More,
    /// 減少.
    Less,
}

impl Toward {
    /// The direction that a word names; `None` for every other text. 改善 and 維持 name none: what they mean follows from
    /// the indicator.
    pub fn parse(text: &str) -> Option<Self> {
        let word = fold(text.trim());
        let word = ["基準値より", "現状より", "現状値より", "前より"]
            .iter()
            .find_map(|p| word.strip_prefix(p))
            .unwrap_or(&word);
        match word.trim_end_matches("させる").trim_end_matches("する") {
            "増加" | "増" | "増やす" | "上昇" | "向上" | "拡大" | "increase" => Some(Self::More),
            "減少" | "減" | "減らす" | "低下" | "縮小" | "削減" | "decrease" => Some(Self::Less),
            _ => None,
        }
    }
}

/// A number as written in a text cell: "1,200", "12.5％", "80名以上".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The number.
    pub number: Decimal,
    /// What stands behind it, less the bound: "％", "名"; may be empty.
    pub unit: String,
    /// 以上, 超, 以下 or 未満, if it says so.
    pub bound: Option<Bound>,
}

impl Written {
    /// Reads a number with an optional unit and bound; `None` when the text does not begin with a number.
    pub fn parse(text: &str) -> Option<Self> {
        let folded = fold(text.trim());
        let (text, bound) = Bound::split(folded.trim());
        let (number, unit) = leading_number(text.trim())?;
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
        for text in ["16％未満", "１６％ 未満", "16%を下回る", "16％より低い", "<16%", "＜16％", "less than 16%"]
        {
            assert_eq!(read(text), Some((dec("16"), "%".into(), Some(Bound::Below))), "{text}");
        }
        for text in ["80名超", "80名を超える", "80名を上回る", "80名より多い", ">80名", "more than 80名"]
        {
            assert_eq!(read(text), Some((dec("80"), "名".into(), Some(Bound::Above))), "{text}");
        }
        for text in ["≧80名", ">=80名", "at least 80名"] {
            assert_eq!(read(text), Some((dec("80"), "名".into(), Some(Bound::AtLeast))), "{text}");
        }
        assert_eq!(read("１，２００人"), Some((dec("1200"), "人".into(), None)));
        assert_eq!(read("増加"), None);
    }

    #[test]
    fn a_direction_in_words() {
        for (text, toward) in [
            ("増加", Some(Toward::More)),
            ("増加させる", Some(Toward::More)),
            ("基準値より増加", Some(Toward::More)),
            ("減少", Some(Toward::Less)),
            ("Increase", None),
            ("increase", Some(Toward::More)),
            ("維持", None),
            ("増減なし", None),
            ("改善", None),
        ] {
            assert_eq!(Toward::parse(text), toward, "{text}");
        }
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
