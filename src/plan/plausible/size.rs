//! How large a value is beside the others of its indicator.

use rust_decimal::Decimal;

use super::{Doubt, Rule};
use crate::lang::Say;
use crate::plan::indicator::{Indicator, Reading, Unit};
use crate::plan::record::Recorded;
use crate::plan::value::Value;
use crate::say;

/// So many times the largest number, or so small a part of the smallest one, is another order of magnitude.
const TENFOLD: Decimal = Decimal::TEN;

/// What the numbers of an indicator come to without their signs, the least first: baseline, targets, and the actuals that
/// count. Zero is of no size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sizes {
    all: Vec<Decimal>,
    /// How many of them are below zero.
    negative: usize,
}

impl Sizes {
    /// The sizes of an indicator.
    pub fn of_indicator(indicator: &Indicator) -> Self {
        let targets = indicator.targets.iter().chain(indicator.revised.iter().flat_map(|revision| &revision.targets));
        let actuals = indicator.known(Recorded::stands).map(|measure| &measure.reading);
        Self::new(indicator.baseline.iter().chain(targets).chain(actuals).flat_map(numbers))
    }

    fn new(numbers: impl Iterator<Item = Decimal>) -> Self {
        let numbers: Vec<Decimal> = numbers.filter(|number| !number.is_zero()).collect();
        let negative = numbers.iter().filter(|number| number.is_sign_negative()).count();
        let mut all: Vec<Decimal> = numbers.iter().map(Decimal::abs).collect();
        all.sort_unstable();
        Self { all, negative }
    }

    /// The doubt about a number that is one of these.
    pub fn unlike_others(&self, number: Decimal, unit: &Unit) -> Option<Doubt> {
        // One that lies between two others is like them.
        let others = match (self.all.as_slice(), number.abs()) {
            ([first, rest @ ..], size) if *first == size => rest,
            ([rest @ .., last], size) if *last == size => rest,
            (all, _) => all,
        };
        let is_alone = self.negative == usize::from(number.is_sign_negative());
        let sign = is_alone.then(|| of_other_sign(number, unit, others)).flatten();
        if others.is_empty() { None } else { unlike(number, unit, others).or(sign) }
    }

    /// The doubt about a number that is none of these.
    pub fn unlike(&self, number: Decimal, unit: &Unit) -> Option<Doubt> {
        let sign = (self.negative == 0).then(|| of_other_sign(number, unit, &self.all)).flatten();
        unlike(number, unit, &self.all).or(sign)
    }
}

fn numbers(reading: &Reading) -> impl Iterator<Item = Decimal> + use<> {
    let numbers = match &reading.value {
        Value::Number(number) => [Some(*number), None],
        Value::Range(bounds) => [Some(bounds.min), Some(bounds.max)],
        _ => [None, None],
    };
    numbers.into_iter().flatten()
}

/// Judges a number beside others, the least first.
fn unlike(number: Decimal, unit: &Unit, others: &[Decimal]) -> Option<Doubt> {
    let size = number.abs();
    let shown = number.normalize();
    let (name, bounds) = (&unit.0, others.first().zip(others.last()));
    if unit.is_percent() && is_hundredth(size, bounds) {
        let percent = (number * Decimal::ONE_HUNDRED).normalize();
        return Some(doubt(say!(
            "{shown} は、{percent}％を割合で書いたもののようです",
            "{shown} may be {percent}%, written as a fraction"
        )));
    }
    let (least, most) = bounds.filter(|_| !size.is_zero())?;
    if unit.is_percent() && number > Decimal::ONE_HUNDRED && *most <= Decimal::ONE_HUNDRED {
        return Some(doubt(say!("{shown}％は 100％を超えています", "{shown}% is more than 100%")));
    }
    let is_larger = most.checked_mul(TENFOLD).is_some_and(|edge| edge < size);
    let is_smaller = size.checked_mul(TENFOLD).is_some_and(|edge| edge < *least);
    (is_larger || is_smaller).then(|| {
        let (least, most) = (least.normalize(), most.normalize());
        doubt(say!(
            "{shown}{name}は、この指標のほかの値（{least}～{most}）と桁が違います",
            "{shown} is of another order than the other values of the indicator ({least} to {most})"
        ))
    })
}

/// Judges a number beside others above zero, the least first: one below zero is unlike them where it is farther from the
/// least of them than twice the way from there to the greatest. A balance that turns is not.
fn of_other_sign(number: Decimal, unit: &Unit, others: &[Decimal]) -> Option<Doubt> {
    let (least, most) = others.first().zip(others.last())?;
    let way = most.checked_sub(*least)?.checked_mul(Decimal::TWO)?;
    let is_far = number.is_sign_negative() && !number.is_zero() && least.checked_sub(number)? > way;
    is_far.then(|| {
        let (shown, name) = (number.normalize(), &unit.0);
        let (least, most) = (least.normalize(), most.normalize());
        doubt(say!(
            "{shown}{name}は負の値で、この指標のほかの値（{least}～{most}）は全て正の値です",
            "{shown} is below zero, and the other values of the indicator are not ({least} to {most})"
        ))
    })
}

/// Whether a percentage may have been written as a fraction: 0.988 for 98.8.
fn is_hundredth(size: Decimal, bounds: Option<(&Decimal, &Decimal)>) -> bool {
    if size.is_zero() || size >= Decimal::ONE {
        return false;
    }
    let Some((least, most)) = bounds else { return true };
    let percent = size * Decimal::ONE_HUNDRED;
    // Far from the others as it stands, and near them a hundred times as large.
    Decimal::ONE <= *least
        && size * Decimal::TWO < *least
        && *least <= percent * TENFOLD
        && most.checked_mul(Decimal::TWO).is_none_or(|edge| percent <= edge)
}

fn doubt(message: Say) -> Doubt {
    let help = say!("符号、桁及び単位を確かめてください", "check the sign, the digits and the unit");
    Doubt { rule: Rule::UnlikelyValue, key: "value", message, help }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dec(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn sizes(numbers: &[&str]) -> Sizes {
        Sizes::new(numbers.iter().map(|text| dec(text)))
    }

    /// The doubt about a number that comes to others, in English; blank where nothing is.
    fn doubt_in_english(unit: &str, others: &[&str], number: &str) -> String {
        let doubt = sizes(others).unlike(dec(number), &Unit(unit.into()));
        doubt.map(|doubt| doubt.message.en).unwrap_or_default()
    }

    #[test]
    fn a_value_of_another_order_is_doubted_and_its_edges_are_not() {
        // A tenth of 9,000 is 900; ten times 12,000 is 120,000.
        let known = ["12000", "9000", "0"];
        for (number, doubted) in
            [("900", false), ("899.9", true), ("120000", false), ("120000.1", true), ("-120001", true), ("0", false)]
        {
            assert_eq!(doubt_in_english("人", &known, number).contains("of another order"), doubted, "{number}");
        }
        assert_eq!(doubt_in_english("人", &[], "5"), "", "beside nothing there is nothing unlike");
        assert_eq!(doubt_in_english("千円", &["0", "0"], "5000"), "", "beside zero there is no size");
    }

    #[test]
    fn a_sign_that_no_other_value_has_is_doubted() {
        for (others, number, doubted) in [
            // From 80 down to −81.9 it is 161.9; from 80 to 85, twice, 10.
            (&["80", "85"][..], "-81.9", true),
            (&["80"], "-81.9", true),
            // From 5 down to −3 it is 8; from 5 to 12, twice, 14: a balance that turns.
            (&["12", "8", "5"], "-3", false),
            (&["12", "8", "5"], "-10", true),
            (&["-80", "85"], "-81.9", false),
            (&["80", "85"], "81.9", false),
            (&["80", "85"], "-0", false),
            (&[], "-5", false),
        ] {
            let doubt = doubt_in_english("点", others, number);
            assert_eq!(doubt.contains("below zero"), doubted, "{number} beside {others:?}: {doubt}");
        }
        let all = sizes(&["80", "85", "-81.9"]);
        assert!(all.unlike_others(dec("-81.9"), &Unit("点".into())).is_some(), "itself is none of the others");
        assert_eq!(all.unlike_others(dec("80"), &Unit("点".into())), None);
    }

    #[test]
    fn a_percentage_written_as_a_fraction_is_doubt_in_english() {
        for (others, number, doubted) in [
            (&["97.1", "98"][..], "0.988", true),
            (&["5", "10"], "0.07", true),
            (&["1.2", "2.0"], "0.9", false),
            (&["1", "30"], "0.5", false),
            (&["0.4", "0.6"], "0.5", false),
            (&[], "0.12", true),
            (&["97.1", "98"], "1", false),
        ] {
            assert_eq!(
                doubt_in_english("％", others, number).contains("as a fraction"),
                doubted,
                "{number} beside {others:?}"
            );
        }
        assert!(
            !doubt_in_english("人", &["97"], "0.988").contains("as a fraction"),
            "of persons there are no fractions"
        );
    }

    #[test]
    fn the_only_one_above_all_is_doubt_in_english() {
        assert!(doubt_in_english("%", &["60", "80"], "100.1").contains("more than 100%"));
        assert_eq!(doubt_in_english("％", &["60", "100"], "100"), "");
        assert_eq!(doubt_in_english("％", &["104.6", "107.8"], "112"), "", "a ratio that has been above it before");
    }

    #[test]
    fn a_value_is_held_against_the_others_and_not_against_itself() {
        let all = sizes(&["0.988", "97.1", "98"]);
        let unit = Unit("％".into());
        assert!(all.unlike_others(dec("0.988"), &unit).is_some());
        assert_eq!(all.unlike_others(dec("97.1"), &unit), None);
        assert_eq!(all.unlike_others(dec("98"), &unit), None);
        assert_eq!(sizes(&["0.5"]).unlike_others(dec("0.5"), &unit), None, "a single value is like itself");
    }

    #[test]
    fn no_number_is_too_large_to_be_judged() {
        let largest = Decimal::MAX.to_string();
        assert_eq!(
            doubt_in_english("円", &[&largest], "5"),
            format!("5 is of another order than the other values of the indicator ({largest} to {largest})")
        );
        assert!(doubt_in_english("％", &["5"], &largest).contains("more than 100%"));
        assert!(doubt_in_english("％", &["5", &largest], "0.9").contains("as a fraction"));
    }
}
