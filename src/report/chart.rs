//! Indicators as pictures: the values against each other, and the years one after the other.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::lang::Lang;
use crate::plan::indicator::{Actual, Indicator, Kind, Reading, Series};
use crate::plan::period::{FiscalYear, Period};
use crate::plan::value::Value;
use crate::plan::{Plan, Rounding};
use crate::query::AsOf;
use crate::query::gap::Gap;
use crate::text::terms;
use crate::tr;

use super::Report;
use crate::document::{Block, Bullet, Chart, Document, Line, Mark, Point, Role, Section, Table};
use crate::wording as words;

/// A report with pictures at its end. What programs read has none.
#[derive(Debug)]
pub struct Illustrated<R> {
    /// The report.
    pub report: R,
    /// The pictures.
    pub charts: Vec<Chart>,
}

impl<R: Report> Report for Illustrated<R> {
    fn document(&self, lang: Lang) -> Document {
        let mut document = self.report.document(lang);
        if !self.charts.is_empty() {
            let charts = Block::Charts(self.charts.clone());
            let section = Section::new(lang.pick("図", "Charts"), vec![charts]);
            document.sections.push(Section { topic: Some("charts".into()), ..section });
        }
        document
    }

    fn table(&self, lang: Lang) -> Table {
        self.report.table(lang)
    }

    fn json(&self) -> serde_json::Value {
        self.report.json()
    }

    fn facts_of(&self) -> Option<(&'static str, Period)> {
        self.report.facts_of()
    }

    fn reported_plan(&self) -> Option<&Plan> {
        self.report.reported_plan()
    }
}

/// One picture an indicator.
pub fn charts(plan: &Plan, gaps: &[Gap<'_>], as_of: AsOf, lang: Lang) -> Vec<Chart> {
    gaps.iter().map(|gap| chart(plan, gap, as_of, lang)).collect()
}

fn chart(plan: &Plan, gap: &Gap<'_>, as_of: AsOf, lang: Lang) -> Chart {
    let verdict = Line::toned(words::judged(gap, lang), words::tone(gap.verdict));
    Chart {
        id: gap.indicator.id.to_string(),
        name: words::indicator_name(gap.indicator),
        bullet: Bullet { marks: marks(gap, plan.head.rounding, lang), verdict },
        series: series(gap.indicator, as_of, lang),
    }
}

fn marks(gap: &Gap<'_>, rounding: Rounding, lang: Lang) -> Vec<Mark> {
    let indicator = gap.indicator;
    let mark = |role, value: Option<Decimal>, text: String| {
        let number = value.map(|value| words::number(value, lang)).unwrap_or_default();
        Mark { role, label: label(role, lang).to_owned(), value, number, text, fact: None }
    };
    let read = |role, reading: &Reading| mark(role, reading.number(), words::dated(reading, indicator, lang));
    let mut marks: Vec<Mark> = gap.baseline.map(|baseline| read(Role::Baseline, baseline)).into_iter().collect();
    marks.extend(gap.expected.map(|exact| {
        let shown = words::expected(exact, gap, rounding);
        let number = words::number(shown, lang);
        Mark { number, ..mark(Role::Expected, Some(exact), words::quantity(shown, &indicator.unit, lang)) }
    }));
    let actual = gap.actual.and_then(|measure| measure.reading.number());
    marks.push(mark(Role::Actual, actual, self::actual(gap, lang)));
    let Some(target) = gap.target else {
        marks.push(mark(Role::Target, None, words::none(lang).to_owned()));
        return marks;
    };
    let bound = |role, value: Decimal| {
        let (value_text, period) = (words::quantity(value, &indicator.unit, lang), target.period.tag(lang));
        let sure = words::mark(target.origin.certainty, lang);
        mark(role, Some(value), tr!(lang, "{value_text}（{period}）{sure}", "{value_text} ({period}){sure}"))
    };
    let bounds = match (&indicator.kind, &target.value) {
        (Kind::Maintain { tolerance }, Value::Number(t)) => t.checked_sub(*tolerance).zip(t.checked_add(*tolerance)),
        (_, Value::Range(within)) => Some((within.min, within.max)),
        _ => None,
    };
    // A range has no one number: its two ends say it all.
    if !matches!(target.value, Value::Range(_)) {
        marks.push(mark(Role::Target, target.number(), words::target(target, indicator, lang)));
    }
    marks.extend(bounds.into_iter().flat_map(|(min, max)| [bound(Role::Min, min), bound(Role::Max, max)]));
    marks
}

fn label(role: Role, lang: Lang) -> &'static str {
    match role {
        Role::Baseline => terms::BASELINE.word(lang),
        Role::Expected => terms::EXPECTED.word(lang),
        Role::Actual => terms::ACTUAL.word(lang),
        Role::Target => terms::TARGET.word(lang),
        Role::Min => lang.pick("下限", "lower bound"),
        Role::Max => lang.pick("上限", "upper bound"),
    }
}

/// The last known value, and beside it why a later year has none.
fn actual(gap: &Gap<'_>, lang: Lang) -> String {
    let known = gap.actual.map(|measure| words::measured(measure, gap.indicator, lang));
    let missing = gap.missing.map(|measure| words::dated(&measure.reading, gap.indicator, lang));
    let parts: Vec<String> = [known, missing].into_iter().flatten().collect();
    if parts.is_empty() {
        lang.pick("未計測", "not measured").to_owned()
    } else {
        parts.join(lang.pick("、", ", "))
    }
}

/// One point a year from the first known one to the last; a year without a record is a gap as well.
fn series(indicator: &Indicator, as_of: AsOf, lang: Lang) -> Vec<Point> {
    let years = years(indicator, as_of, lang);
    let mut points: Vec<Point> = Vec::with_capacity(years.len());
    let mut next = None;
    for (year, point) in years {
        let missing =
            std::iter::successors(next, |year: &FiscalYear| year.next()).take_while(|missing| *missing < year);
        points.extend(missing.map(|missing| Point {
            period: Period::Year(missing).tag(lang),
            key: Period::Year(missing).short().into(),
            text: lang.pick("記録なし", "no record").to_owned(),
            ..Point::default()
        }));
        points.push(point);
        next = year.next();
    }
    points
}

/// What is known of each year: its last number, else why it has none.
fn years(indicator: &Indicator, as_of: AsOf, lang: Lang) -> BTreeMap<FiscalYear, Point> {
    let point = |reading: &Reading, text: String, breaks| Point {
        period: Period::Year(reading.period.fiscal_year()).tag(lang),
        key: Period::Year(reading.period.fiscal_year()).short().into(),
        value: reading.number(),
        text,
        breaks,
        fact: None,
    };
    let mut years = BTreeMap::new();
    // Values of a flow and of its sum are not points of one line.
    let comparable = indicator.series != Series::Unconfirmed;
    if let Some(baseline) = indicator.baseline.as_ref().filter(|_| comparable) {
        let text = words::reading(baseline, indicator, lang) + &words::mark(baseline.origin.certainty, lang);
        years.insert(baseline.period.fiscal_year(), point(baseline, text, false));
    }
    for measure in indicator.known(|measure| as_of.counts(measure)) {
        let year = measure.reading.period.fiscal_year();
        let before = years.remove(&year);
        let new = point(&measure.reading, text(measure, indicator, lang), measure.breaks);
        let breaks = new.breaks || before.as_ref().is_some_and(|before| before.breaks);
        let kept = before.filter(|before| before.value.is_some() && new.value.is_none()).unwrap_or(new);
        years.insert(year, Point { breaks, ..kept });
    }
    years
}

fn text(measure: &Actual, indicator: &Indicator, lang: Lang) -> String {
    let value = words::reading(&measure.reading, indicator, lang);
    let provisional = if measure.provisional { lang.pick("速報", " provisional") } else { "" };
    let broken = if measure.breaks { lang.pick("［定義変更］", " [break in series]") } else { "" };
    format!("{value}{provisional}{}{broken}", words::mark(measure.reading.origin.certainty, lang))
}
