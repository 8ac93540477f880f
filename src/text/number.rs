//! Numbers in words: thousands separators, ▲ for minus, a sign for a change.

use rust_decimal::Decimal;

use crate::lang::Lang;
use crate::tr;

/// What stands where a number has no meaning.
pub fn none(lang: Lang) -> &'static str {
    lang.pick("－", "–")
}

/// An exact number with thousands separators; minus is ▲ in Japanese.
pub fn number(value: Decimal, lang: Lang) -> String {
    let mut text = value.abs().to_string();
    let whole = text.find('.').unwrap_or(text.len());
    for comma in (1..whole).rev().filter(|place| (whole - place).is_multiple_of(3)) {
        text.insert(comma, ',');
    }
    if value.is_sign_negative() && !value.is_zero() {
        text.insert_str(0, lang.pick("▲", "-"));
    }
    text
}

/// A change: always with a sign, except for zero.
pub fn change(value: Decimal, lang: Lang) -> String {
    let sign = if value > Decimal::ZERO { "+" } else { "" };
    format!("{sign}{}", number(value, lang))
}

/// A number of percent.
pub fn percent(value: impl Into<Decimal>, lang: Lang) -> String {
    number(value.into(), lang) + lang.pick("％", "%")
}

/// How many digits behind the point are shown.
pub fn digits(digits: u32, lang: Lang) -> String {
    match digits {
        0 => lang.pick("整数", "whole numbers").to_owned(),
        1 => tr!(lang, "小数第1位", "1 decimal place"),
        _ => tr!(lang, "小数第{digits}位", "{digits} decimal places"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_carry_separators_and_the_sign_of_the_language() {
        let dec = |text| Decimal::from_str_exact(text).unwrap();
        assert_eq!(number(dec("1234567.80"), Lang::Ja), "1,234,567.80");
        assert_eq!(number(dec("-20.9"), Lang::Ja), "▲20.9");
        assert_eq!(number(dec("-999"), Lang::En), "-999");
        assert_eq!(number(dec("-0.0"), Lang::Ja), "0.0");
        assert_eq!(change(dec("3"), Lang::Ja), "+3");
    }
}
