//! What `explain` prints is what was computed: each line is read and worked out again by an arithmetic of its own, which
//! knows nothing but the text.

use std::collections::HashMap;

use kaikaku::document::Block;
use kaikaku::lang::Lang;
use kaikaku::plan::{Plan, Subject};
use kaikaku::query::AsOf;
use kaikaku::query::explain::explain;
use kaikaku::report::Report;
use kaikaku::report::explain::ExplainReport;
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::gauge::plan;

/// A number as far as its text says it: one with an ellipsis lies between two.
#[derive(Debug, Clone, Copy)]
struct Between {
    low: Decimal,
    high: Decimal,
}

impl Between {
    fn of(all: impl IntoIterator<Item = Decimal>) -> Self {
        let all: Vec<Decimal> = all.into_iter().collect();
        Self { low: *all.iter().min().unwrap(), high: *all.iter().max().unwrap() }
    }

    fn ends(self) -> [Decimal; 2] {
        [self.low, self.high]
    }

    fn pairs(self, other: Self, with: impl Fn(Decimal, Decimal) -> Decimal) -> Self {
        Self::of(self.ends().into_iter().flat_map(|a| other.ends().map(|b| with(a, b))))
    }

    /// Whether it may be this, but for the last digits that a quotient has no room for.
    fn admits(self, value: Self) -> bool {
        let near = Decimal::new(1, 12);
        self.low - near <= value.high && value.low <= self.high + near
    }
}

/// Reads `1,200.5`, `▲4.8`, `3.333…`, `+ − × ÷`, parentheses, `min(…)`, `max(…)`, `|…|`. `None` where a name stands.
struct Reader<'t> {
    rest: &'t str,
}

impl Reader<'_> {
    fn value(text: &str) -> Option<Between> {
        let mut reader = Reader { rest: text };
        let value = reader.sum()?;
        assert_eq!(reader.rest.trim(), "", "{text}");
        Some(value)
    }

    fn takes(&mut self, sign: &str) -> bool {
        let rest = self.rest.trim_start().strip_prefix(sign);
        rest.inspect(|rest| self.rest = rest).is_some()
    }

    fn sum(&mut self) -> Option<Between> {
        let mut value = self.product()?;
        loop {
            match () {
                () if self.takes("+") => value = value.pairs(self.product()?, |a, b| a + b),
                () if self.takes("−") => value = value.pairs(self.product()?, |a, b| a - b),
                () => return Some(value),
            }
        }
    }

    fn product(&mut self) -> Option<Between> {
        let mut value = self.atom()?;
        loop {
            match () {
                () if self.takes("×") => value = value.pairs(self.atom()?, |a, b| a * b),
                () if self.takes("÷") => value = value.pairs(self.atom()?, |a, b| a / b),
                () => return Some(value),
            }
        }
    }

    fn list(&mut self) -> Option<Vec<Between>> {
        let mut values = vec![self.sum()?];
        while self.takes(",") {
            values.push(self.sum()?);
        }
        assert!(self.takes(")"));
        Some(values)
    }

    fn atom(&mut self) -> Option<Between> {
        match () {
            () if self.takes("min(") => {
                self.list()?.into_iter().reduce(|a, b| Between { low: a.low.min(b.low), high: a.high.min(b.high) })
            }
            () if self.takes("max(") => {
                self.list()?.into_iter().reduce(|a, b| Between { low: a.low.max(b.low), high: a.high.max(b.high) })
            }
            () if self.takes("(") => Some(self.list()?[0]),
            () if self.takes("|") => {
                let value = self.sum()?;
                assert!(self.takes("|"));
                let spans = value.low.is_sign_negative() && value.high.is_sign_positive();
                let ends = value.ends().map(|end| end.abs());
                Some(Between::of(ends.into_iter().chain(spans.then_some(Decimal::ZERO))))
            }
            () => self.number(),
        }
    }

    fn number(&mut self) -> Option<Between> {
        let negative = self.takes("▲");
        let rest = self.rest.trim_start();
        let end = rest.find(|c: char| !(c.is_ascii_digit() || ".,".contains(c))).unwrap_or(rest.len());
        let (digits, rest) = rest.split_at(end);
        let trimmed = digits.trim_end_matches(',');
        let rest = if trimmed.len() < digits.len() { &self.rest.trim_start()[trimmed.len()..] } else { rest };
        let value: Decimal = trimmed.replace(',', "").parse().ok()?;
        let more = rest.strip_prefix('…');
        self.rest = more.unwrap_or(rest);
        let high = if more.is_some() { value + Decimal::new(1, value.scale()) } else { value };
        Some(if negative { Between { low: -high, high: -value } } else { Between { low: value, high } })
    }
}

/// Whether a relation holds, where the text says it.
fn holds(relation: &str) -> Option<bool> {
    let sign = ["≥", "≤", ">", "<"].into_iter().find(|sign| relation.contains(sign)).unwrap();
    let (left, right) = relation.split_once(sign).unwrap();
    let (left, right) = (Reader::value(left)?, Reader::value(right)?);
    let (sure, never) = match sign {
        "≥" => (left.low >= right.high, left.high < right.low),
        ">" => (left.low > right.high, left.high <= right.low),
        "≤" => (left.high <= right.low, left.low > right.high),
        _ => (left.high < right.low, left.low >= right.high),
    };
    (sure || never).then_some(sure)
}

/// The number that a text begins with, and its last digit.
fn shown(text: &str) -> Option<(Between, Decimal)> {
    let mut reader = Reader { rest: text };
    let value = reader.number()?;
    Some((value, Decimal::new(1, value.low.scale())))
}

/// Reads one line and works it out again; whether there was anything to work out.
fn check(name: &str, line: &str) -> bool {
    let parts: Vec<&str> = line.split(" ＝ ").collect();
    // There is no such rate, and the line says why.
    if parts.last().is_some_and(|last| last.starts_with('－')) {
        return false;
    }
    if let [_, numbers, .., last] = parts[..] {
        let own = Reader::value(numbers).unwrap_or_else(|| panic!("{name}: a name without a number in {line}"));
        let (exact, result) = last.split_once(" → ").map_or((None, last), |(exact, result)| (Some(exact), result));
        let (result, digit) = shown(result).unwrap_or_else(|| panic!("{name}: no result in {line}"));
        match exact.map(|exact| Reader::value(exact).unwrap()) {
            Some(exact) => {
                assert!(exact.admits(own), "{name}: {own:?} is not {exact:?} in {line}");
                let half = if line.contains("切捨て") { digit } else { digit / Decimal::TWO };
                let near = Between { low: exact.low - half, high: exact.high + half };
                assert!(near.admits(result), "{name}: {exact:?} is not {result:?}, rounded, in {line}");
            }
            None => assert!(own.admits(result), "{name}: {own:?} is not {result:?} in {line}"),
        }
        return true;
    }
    let Some((rule, outcome)) = line.rsplit_once(" → ") else { return false };
    let Some((_, numbers)) = rule.split_once('：') else { return false };
    let all: Vec<Option<bool>> = numbers.split(" かつ ").map(holds).collect();
    let found = match () {
        () if all.contains(&Some(false)) => Some(false),
        () if all.iter().all(|holds| *holds == Some(true)) => Some(true),
        () => None,
    };
    let said = match outcome {
        "当てはまらない" => Some(false),
        "当てはまる" | "改善" | "横ばい" | "悪化" => Some(true),
        _ => None,
    };
    if let (Some(found), Some(said)) = (found, said) {
        assert_eq!(found, said, "{name}: {line}");
    }
    found.is_some() && said.is_some()
}

/// The lines of an explanation of the one indicator, each under its name.
fn lines(plan: &Plan, as_of: AsOf) -> Vec<(String, String)> {
    let subject = Some(Subject::Indicator(0));
    let explanation = explain(plan, subject, as_of, 0, 0);
    let report = ExplainReport {
        plan,
        as_of,
        subject,
        fact: None,
        explanation,
        places: HashMap::new(),
        without_git: None,
        lang: Lang::Ja,
    };
    let blocks = report.document(Lang::Ja).sections.into_iter().flat_map(|section| section.blocks);
    let fields = blocks.filter_map(|block| if let Block::Fields(fields) = block { Some(fields) } else { None });
    fields.flatten().map(|(name, line)| (name, line.text)).collect()
}

const BANDS: &str = r#"
[[bands]]
id    = "own"
name  = "前年との比較による区分"
by    = "ratio"
bands = [
  { id = "over", name = "超過", verdict = "met", target = "exceeded", last-year = "better" },
  { id = "same", name = "前年並み", verdict = "on-pace", last-year = "same" },
  { id = "high", name = "九割以上", verdict = "on-pace", at-least = 90, last-year = "not-worse" },
  { id = "late", name = "未達", verdict = "behind", target = "missed", expected = false },
  { id = "fell", name = "前年割れ", verdict = "worsened", last-year = "worse", baseline = "not-worse" },
  { id = "rest", name = "その他", verdict = "behind" },
]
"#;

fn number() -> impl Strategy<Value = Decimal> {
    prop_oneof![
        (-50i64..200, 0u32..2).prop_map(|(mantissa, scale)| Decimal::new(mantissa, scale)),
        (0i64..20).prop_map(|n| Decimal::from(n * 10)),
    ]
}

fn period() -> impl Strategy<Value = String> {
    let part = prop::sample::select(vec!["", "", "", "Q1", "Q2", "Q3", "Q4", "H1", "H2", ".7", ".11"]);
    (6u8..=10, part).prop_map(|(year, part)| format!("R{year}{part}"))
}

/// A target: its period, how much, and whether the number itself reaches it.
fn target() -> impl Strategy<Value = (String, Decimal, bool)> {
    (period(), number(), prop::bool::weighted(0.2))
}

/// A value: its period, how much, its sampling error, whether the series breaks.
fn value() -> impl Strategy<Value = (String, Decimal, Option<u8>, bool)> {
    (period(), number(), prop::option::weighted(0.2, 0u8..5), prop::bool::weighted(0.1))
}

fn once<T>(all: Vec<T>, of: impl Fn(&T) -> String) -> Vec<T> {
    let mut seen = std::collections::BTreeSet::new();
    all.into_iter().filter(|one| seen.insert(of(one))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn every_line_is_true(
        kind in prop::sample::select(vec!["up", "down", "up", "down", "at-least", "at-most", "maintain"]),
        series in prop::sample::select(vec!["", "series = \"yearly\"\n", "series = \"snapshot\"\n"]),
        judge in prop::sample::select(vec!["standard", "own", "tenths-7", "s-a-b-c", "pro-rata-3", "expected-95-85"]),
        pace in prop::sample::select(vec!["line", "step", "targets", "pro-rata"]),
        against in prop::sample::select(vec!["", "against = \"period\"\n", "against = \"final\"\n"]),
        mode in prop::sample::select(vec!["half-up", "truncate"]),
        baseline in prop::option::of(number()),
        targets in prop::collection::vec(target(), 1..5),
        values in prop::collection::vec(value(), 1..7),
        as_of in period(),
    ) {
        let targets = once(targets, |target| target.0.clone());
        let values = once(values, |value| value.0.clone());
        let targets: Vec<String> = targets.iter().map(|(period, value, strict)| match strict {
            true => format!("\"{period}\" = {{ value = {value}, strict = true }}"),
            false => format!("\"{period}\" = {value}"),
        }).collect();
        let baseline = baseline.map(|b| format!("baseline = {{ R5 = {b} }}\n")).unwrap_or_default();
        let tolerance = if kind == "maintain" { "tolerance = 5\n" } else { "" };
        let indicator = format!(
            "unit = \"件\"\nkind = \"{kind}\"\n{series}{baseline}{tolerance}{against}target = {{ {} }}\n",
            targets.join(", ")
        );
        let records: String = values.iter().map(|(period, value, margin, breaks)| {
            let margin = margin.map(|m| format!("margin = {m}\n")).unwrap_or_default();
            format!("[[measure]]\nperiod = \"{period}\"\nvalue = {value}\nbreak = {breaks}\n{margin}")
        }).collect();
        let head = format!("rounding = {{ digits = 1, mode = \"{mode}\" }}\n[judge]\nbands = \"{judge}\"\npace = \"{pace}\"\n{BANDS}");
        let plan = plan(&head, &indicator, &records);
        let as_of = AsOf::parse(&as_of, plan.head.cycle).unwrap();
        for (name, line) in lines(&plan, as_of) {
            check(&name, &line);
        }
    }
}

#[test]
fn the_reader_finds_what_is_false() {
    let fails = |line: &str| std::panic::catch_unwind(|| check("x", line)).is_err();
    for (line, is_false) in [
        ("a − t ＝ 44.1 − 65 ＝ ▲20.9ポイント", false),
        ("a − t ＝ 44.1 − 65 ＝ ▲20.8ポイント", true),
        ("a ÷ t × 100 ＝ 44.1 ÷ 65 × 100 ＝ 67.846… → 67.8％（小数第1位まで、四捨五入）", false),
        ("a ÷ t × 100 ＝ 44.1 ÷ 65 × 100 ＝ 67.846… → 67.9％（小数第1位まで、四捨五入）", true),
        ("a ÷ t × 100 ＝ 44.1 ÷ 65 × 100 ＝ 67.847… → 67.8％（小数第1位まで、四捨五入）", true),
        ("|a − c| ≤ 0：|0| ≤ 0 → 当てはまらない", true),
        ("|a − c| ≤ 0：|3 − 3| ≤ 0 → 当てはまる", false),
        ("a ≥ t：16 ≥ 16 → 当てはまらない", true),
        ("a < t：16 < 16 → 当てはまらない", false),
        ("a − t ＝ a − 65 ＝ ▲20.8ポイント", true),
    ] {
        assert_eq!(fails(line), is_false, "{line}");
    }
}
