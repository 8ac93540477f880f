//! Amounts as papers write them: 39億2,254万7千円, 1億200万円, 80百万円, 三十九億円.

use rust_decimal::Decimal;

use super::indicator::Unit;
use super::value::{Bound, Written};
use crate::text::fold::fold;

/// The words for powers of ten, the longer before those that they begin with.
const POWERS: [(&str, i64); 6] =
    [("兆", 1_000_000_000_000), ("億", 100_000_000), ("百万", 1_000_000), ("万", 10_000), ("千", 1_000), ("百", 100)];

/// Takes the power of ten off the front of a text.
fn power(text: &str) -> Option<(i64, &str)> {
    POWERS.iter().find_map(|(word, power)| Some((*power, text.strip_prefix(word)?)))
}

/// What a unit counts, and how many of them one is: 百万円 a million 円, 人 one 人.
fn counted(unit: &str) -> (i64, &str) {
    power(unit).filter(|(_, of)| !of.is_empty()).unwrap_or((1, unit))
}

/// Reads a number in a unit: as [`Written`] does where it stands in that unit or in none, else brought to it where it
/// counts the same in other powers of ten: 1億200万円 in 百万円 is 102.
pub fn written_in(text: &str, unit: &Unit) -> Option<Written> {
    let plain = Written::parse(text);
    if plain.as_ref().is_some_and(|written| written.unit.is_empty() || unit.is(&written.unit)) {
        return plain;
    }
    converted(text, unit).or(plain)
}

/// A single amount that counts what a unit counts in other powers of ten, brought to it.
pub fn amount_in(text: &str, unit: &Unit) -> Option<Decimal> {
    converted(text, unit).filter(|written| written.bound.is_none()).map(|written| written.number)
}

fn converted(text: &str, unit: &Unit) -> Option<Written> {
    let folded = fold(text.trim());
    let (text, bound) = Bound::split(folded.trim());
    let wanted = fold(&unit.0);
    let (size, counts) = counted(&wanted);
    let number = ones_of(text.trim(), counts)?;
    let in_unit = number.checked_div(size.into())?;
    let is_exact = in_unit.checked_mul(size.into()) == Some(number);
    is_exact.then(|| Written { number: in_unit.normalize(), unit: unit.0.to_string(), bound })
}

/// Takes a number below ten thousand in kanji (三十九, 二千五百) off the front of a text. 百万 and 千円 behind one are powers and
/// units: only falling signs belong to it.
fn kanji(text: &str) -> Option<(Decimal, &str)> {
    let sign =
        |c: char| [('千', 1000), ('百', 100), ('十', 10)].iter().find(|(known, _)| *known == c).map(|(_, by)| *by);
    let digit = |c: char| "一二三四五六七八九".chars().zip(1i64..).find(|(known, _)| *known == c).map(|(_, n)| n);
    let (mut sum, mut last, mut smallest, mut rest) = (0, None, 10_000, text);
    while let Some(c) = rest.chars().next() {
        match (digit(c), sign(c)) {
            (Some(n), _) if last.is_none() && smallest > 1 => last = Some(n),
            // 百万円 and 千円 alone are no hundred or thousand of anything: a digit, or a larger sign, stands before it.
            (_, Some(by)) if by < smallest && (last.is_some() || !text.starts_with(c) || by == 10) => {
                (sum, smallest) = (sum + last.take().unwrap_or(1) * by, by);
            }
            _ => break,
        }
        rest = rest.get(c.len_utf8()..)?;
    }
    let number = sum + last.unwrap_or_default();
    (number > 0).then(|| (number.into(), rest))
}

/// How many of what is counted a text says, its parts from the largest power of ten down.
fn ones_of(text: &str, counted: &str) -> Option<Decimal> {
    let (is_negative, mut rest) = match text.strip_prefix(['-', '▲', '△', '−']) {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (mut sum, mut last, mut in_powers) = (Decimal::ZERO, i64::MAX, false);
    loop {
        let number = match kanji(rest) {
            Some((number, after)) => {
                (rest, in_powers) = (after, true);
                number
            }
            None => {
                let end = rest.find(|c: char| !(c.is_ascii_digit() || c == ',' || c == '.'))?;
                let number = super::value::parse_number(rest.get(..end)?)?;
                rest = rest.get(end..)?.trim_start();
                number
            }
        };
        // What is counted may itself begin with such a word.
        let (size, after) = if rest == counted { (1, rest) } else { power(rest).unwrap_or((1, rest)) };
        if size >= last {
            return None;
        }
        sum = sum.checked_add(number.checked_mul(size.into())?)?;
        (last, rest, in_powers) = (size, after.trim_start(), in_powers || size > 1);
        // 12円 in 百万円 is a slip rather than an amount as papers write it.
        if rest == counted && !in_powers {
            return None;
        }
        if rest == counted {
            return Some(if is_negative { -sum } else { sum });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, unit: &str) -> Option<(String, String, Option<Bound>)> {
        written_in(text, &Unit(unit.into())).map(|w| (w.number.normalize().to_string(), w.unit, w.bound))
    }

    fn is(number: &str, unit: &str, bound: Option<Bound>) -> Option<(String, String, Option<Bound>)> {
        Some((number.into(), unit.into(), bound))
    }

    #[test]
    fn amounts_come_out_in_the_unit_of_the_plan() {
        // 39億 = 3,900,000千円, 2,254万 = 22,540千円, 7千 = 7千円.
        assert_eq!(read("39億2,254万7千円", "千円"), is("3922547", "千円", None));
        assert_eq!(read("３９億２，２５４万７千円", "千円"), is("3922547", "千円", None));
        assert_eq!(read("1億200万円", "百万円"), is("102", "百万円", None));
        assert_eq!(read("1億200万円", "億円"), is("1.02", "億円", None));
        assert_eq!(read("▲1億200万円", "万円"), is("-10200", "万円", None));
        assert_eq!(read("80百万円", "億円"), is("0.8", "億円", None));
        assert_eq!(read("1.5億円以上", "百万円"), is("150", "百万円", Some(Bound::AtLeast)));
        assert_eq!(read("2兆3億円未満", "億円"), is("20003", "億円", Some(Bound::Below)));
        assert_eq!(read("12万3千人", "人"), is("123000", "人", None));
        assert_eq!(read("3百万円", "円"), is("3000000", "円", None));
    }

    #[test]
    fn numbers_in_kanji_are_amounts() {
        assert_eq!(read("三十九億円", "億円"), is("39", "億円", None));
        // 39億 = 3,900百万円; 1億200万 = 102百万円; 2,500万 = 25百万円.
        assert_eq!(read("三十九億円", "百万円"), is("3900", "百万円", None));
        assert_eq!(read("一億二百万円", "百万円"), is("102", "百万円", None));
        assert_eq!(read("▲二千五百万円", "百万円"), is("-25", "百万円", None));
        assert_eq!(read("三十九億二千二百五十四万七千円", "千円"), is("3922547", "千円", None));
        assert_eq!(read("八十百万円", "億円"), is("0.8", "億円", None));
        assert_eq!(read("1,200百万円", "億円"), is("12", "億円", None));
        assert_eq!(read("十二人", "人"), is("12", "人", None));
        assert_eq!(read("五千円以上", "千円"), is("5", "千円", Some(Bound::AtLeast)));
        assert_eq!(read("三百人", "千人"), is("0.3", "千人", None));
        for (text, unit) in [("三十九億円", "人"), ("二二億円", "円"), ("一部", "部"), ("百万円", "円")]
        {
            let found = read(text, unit);
            assert!(text == "一部" || found.is_none(), "{text} in {unit}: {found:?}");
        }
    }

    #[test]
    fn what_stands_in_the_unit_already_is_left_alone() {
        assert_eq!(read("39億円", "億円"), is("39", "億円", None));
        assert_eq!(read("1,200", "百万円"), is("1200", "", None));
        assert_eq!(read("62.4万㎡", "万㎡"), is("62.4", "万㎡", None));
    }

    #[test]
    fn what_counts_something_else_is_not_converted() {
        for (text, unit) in [
            ("10秒", "分"),
            ("1億200万円", "人"),
            ("3千人", "世帯"),
            ("12円", "百万円"),
            ("7千39億円", "円"),
            ("5万5万円", "円"),
        ] {
            let found = read(text, unit);
            assert!(found.is_none_or(|(_, of, _)| of != unit), "{text} in {unit}");
        }
    }
}
