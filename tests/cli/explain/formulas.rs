//! Works the steps of `kaikaku explain` out again from the numbers that they print.

use std::collections::HashMap;

use rust_decimal::{Decimal, RoundingStrategy};
use serde_json::Value as Json;

use crate::support::exact;

/// A reader of formulas: `+ − × ÷`, parentheses, `min(…)`, `max(…)`, `|…|`, names and numbers.
struct Reader<'t> {
    rest: &'t str,
    numbers: &'t HashMap<String, Decimal>,
}

impl Reader<'_> {
    fn value(formula: &str, numbers: &HashMap<String, Decimal>) -> Decimal {
        let mut reader = Reader { rest: formula, numbers };
        let value = reader.sum();
        assert_eq!(reader.rest.trim(), "", "{formula}");
        value
    }

    fn takes(&mut self, sign: &str) -> bool {
        let rest = self.rest.trim_start().strip_prefix(sign);
        rest.inspect(|rest| self.rest = rest).is_some()
    }

    fn sum(&mut self) -> Decimal {
        let mut value = self.product();
        loop {
            match () {
                () if self.takes("+") => value += self.product(),
                () if self.takes("−") => value -= self.product(),
                () => return value,
            }
        }
    }

    fn product(&mut self) -> Decimal {
        let mut value = self.atom();
        loop {
            match () {
                () if self.takes("×") => value *= self.atom(),
                () if self.takes("÷") => value /= self.atom(),
                () => return value,
            }
        }
    }

    fn list(&mut self) -> Vec<Decimal> {
        let mut values = vec![self.sum()];
        while self.takes(",") {
            values.push(self.sum());
        }
        assert!(self.takes(")"));
        values
    }

    fn atom(&mut self) -> Decimal {
        match () {
            () if self.takes("min(") => self.list().into_iter().min().unwrap(),
            () if self.takes("max(") => self.list().into_iter().max().unwrap(),
            () if self.takes("(") => self.list()[0],
            () if self.takes("|") => {
                let value = self.sum();
                assert!(self.takes("|"));
                value.abs()
            }
            () => {
                let rest = self.rest.trim_start();
                let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || "'.".contains(c))).unwrap_or(rest.len());
                let (word, rest) = rest.split_at(end);
                self.rest = rest;
                let known = self.numbers.get(word).copied();
                known.unwrap_or_else(|| word.parse().unwrap_or_else(|_| panic!("`{word}` is no number given")))
            }
        }
    }
}

pub(super) fn numbers(step: &Json) -> HashMap<String, Decimal> {
    let all = step["numbers"].as_array().unwrap().iter();
    let read = |n: &Json| Some((n["symbol"].as_str()?.to_owned(), exact(&n["value"]).parse().ok()?));
    all.filter_map(read).collect()
}

fn holds(relation: &str, numbers: &HashMap<String, Decimal>) -> bool {
    let sign = ["≥", "≤", ">", "<"].into_iter().find(|sign| relation.contains(sign)).unwrap();
    let (left, right) = relation.split_once(sign).unwrap();
    let (left, right) = (Reader::value(left, numbers), Reader::value(right, numbers));
    match sign {
        "≥" => left >= right,
        "≤" => left <= right,
        ">" => left > right,
        _ => left < right,
    }
}

/// Works a step out again; whether there was anything to work out.
fn check(step: &Json) -> bool {
    let (Some(formula), result) = (step["formula"].as_str(), &step["result"]) else { return false };
    let numbers = numbers(step);
    match result {
        Json::Number(_) => {
            let (reported, own): (Decimal, _) = (exact(result).parse().unwrap(), Reader::value(formula, &numbers));
            assert!((reported - own).abs() < Decimal::new(1, 18), "{own}: {step:#}");
            if let Some(shown) = step["shown"].as_str().unwrap().strip_suffix('％').filter(|_| formula.ends_with("100"))
            {
                let own = own.round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero);
                assert_eq!(shown.replace('▲', "-").replace(',', "").parse::<Decimal>().unwrap(), own, "{step:#}");
            }
        }
        Json::Bool(reported) if step["shown"].as_str().unwrap().contains("がない") => assert!(!reported, "{step:#}"),
        Json::Bool(reported) => {
            assert_eq!(formula.split(" and ").all(|relation| holds(relation, &numbers)), *reported, "{step:#}");
        }
        // What the series did since the year before.
        Json::String(_) => assert!(holds(formula, &numbers), "{step:#}"),
        _ => return false,
    }
    true
}

pub(super) fn worked_out_again(explained: &Json) -> usize {
    explained["steps"].as_array().unwrap().iter().filter(|step| check(step)).count()
}
