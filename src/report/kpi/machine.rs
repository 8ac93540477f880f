//! The indicators for machines: one value a cell, and JSON.

use rayon::prelude::*;
use rust_decimal::Decimal;
use serde_json::{Value as Json, json};

use crate::document::{Cell, Column, Row, Table};
use crate::lang::Lang;
use crate::plan::Plan;
use crate::plan::indicator::{Indicator, Reading};
use crate::plan::judging::Measured;
use crate::plan::value::Value;
use crate::query::gap::{Gap, Verdict};
use crate::report::{json as numbers, words};

use super::{KpiReport, effects};

/// One row an indicator, one value a cell, units in their own column.
pub fn flat(report: &KpiReport<'_>, lang: Lang) -> Table {
    let titles = [
        ("id", "ID"),
        ("指標", "Indicator"),
        ("向き", "Kind"),
        ("単位", "Unit"),
        ("基準年度", "Baseline period"),
        ("基準値", "Baseline"),
        ("実績年度", "Actual period"),
        ("実績値", "Actual"),
        ("目標年度", "Target period"),
        ("目標値", "Target"),
        ("差", "Gap"),
        ("余裕", "Room"),
        ("対目標比（％）", "To target (%)"),
        ("改善率（％）", "Improvement (%)"),
        ("ペース比（％）", "Pace (%)"),
        ("判定", "Verdict"),
        ("備考", "Remarks"),
    ];
    let numeric = [5, 7, 9, 10, 11, 12, 13, 14];
    let columns = titles.iter().enumerate().map(|(i, (ja, en))| {
        let title = lang.pick(*ja, *en);
        if numeric.contains(&i) { Column::right(title) } else { Column::left(title) }
    });
    let rounding = report.plan.head.rounding;
    let exact = |n: Option<Decimal>| n.map_or_else(Cell::default, |n| Cell::number(n, n.to_string()));
    let percent = |gap: &Gap<'_>, by: Measured| exact(words::rate_number(gap, by, rounding));
    let row = |gap: &Gap<'_>| {
        let indicator = gap.indicator;
        let value = |r: Option<&Reading>| match r.map(|r| (&r.value, r)) {
            Some((Value::Number(n), _)) => Cell::number(*n, n.to_string()),
            Some((_, r)) => Cell::text(words::reading(r, indicator, lang)),
            None => Cell::default(),
        };
        let period = |r: Option<&Reading>| Cell::text(r.map(|r| r.period.short()).unwrap_or_default());
        let measured = gap.actual.map(|m| &m.reading);
        let why = match gap.verdict {
            Verdict::Undetermined(why) => Some(words::why(why, lang)),
            _ => None,
        };
        let provisional = gap.actual.filter(|m| m.provisional).map(|_| lang.pick("速報", "provisional"));
        let unconfirmed = gap.is_unsure().then(|| lang.pick("要確認", "unconfirmed"));
        let remarks = [why, provisional, unconfirmed].into_iter().flatten().collect::<Vec<_>>();
        Row::new(vec![
            Cell::text(indicator.id.as_str()),
            Cell::text(words::indicator_name(indicator)),
            Cell::text(indicator.kind.key()),
            Cell::text(&*indicator.unit.0),
            period(gap.baseline),
            value(gap.baseline),
            period(measured),
            value(measured),
            period(gap.target),
            value(gap.target),
            exact(gap.gap),
            exact(gap.room),
            percent(gap, Measured::Ratio),
            percent(gap, Measured::Improvement),
            percent(gap, Measured::Pace),
            Cell::text(words::verdict(gap.verdict, lang)),
            Cell::text(remarks.join(lang.pick("、", ", "))),
        ])
    };
    Table { columns: columns.collect(), rows: report.gaps.par_iter().map(row).collect(), ..Table::default() }
}

/// For programs: stable keys, exact numbers, `null` for absent.
pub fn json(report: &KpiReport<'_>) -> Json {
    json!({
        "schema": 1,
        "plan": numbers::plan(report.plan),
        "as_of": numbers::as_of(report.as_of),
        "year": report.as_of.year().short(),
        "indicators": report.gaps.iter().map(|gap| json_gap(report.plan, gap)).collect::<Vec<_>>(),
        "effects": effects::json(report),
    })
}

/// One indicator as programs read it.
pub fn json_gap(plan: &Plan, gap: &Gap<'_>) -> Json {
    let indicator: &Indicator = gap.indicator;
    let reading = |r: Option<&Reading>| r.map_or(Json::Null, |r| numbers::reading(r, indicator, plan));
    let mut actual = reading(gap.actual.map(|m| &m.reading));
    if let (Some(map), Some(measure)) = (actual.as_object_mut(), gap.actual) {
        map.insert("provisional".into(), measure.provisional.into());
        map.insert("recorded".into(), measure.recorded.map(|d| d.to_string()).into());
    }
    let why = match gap.verdict {
        Verdict::Undetermined(why) => Json::from(words::why(why, Lang::En)),
        _ => Json::Null,
    };
    json!({
        "id": indicator.id,
        "name": indicator.name,
        "label": indicator.label,
        "parent": indicator.parent.map(|p| plan.indicators[p].id.as_str()),
        "unit": indicator.unit.0,
        "kind": indicator.kind.key(),
        "series": indicator.series,
        "entries": indicator.entries.iter().map(|e| plan.entries[*e].id.as_str()).collect::<Vec<_>>(),
        "baseline": reading(gap.baseline),
        "actual": actual,
        "missing": reading(gap.missing.map(|m| &m.reading)),
        "target": reading(gap.target),
        "expected": numbers::maybe(gap.expected),
        "gap": numbers::maybe(gap.gap),
        "room": numbers::maybe(gap.room),
        "ratio_to_target": numbers::rate(gap.ratio_to_target),
        "improvement": numbers::rate(gap.improvement),
        "pace": numbers::rate(gap.pace),
        "change": gap.change.map(|c| json!({ "since": c.since.period.short(), "by": numbers::decimal(c.by), "is": c.is })),
        "outlook": json!({
            "left": numbers::maybe(gap.outlook.left),
            "years": gap.outlook.years,
            "needed": numbers::rounded(gap.outlook.needed),
            "forecast": gap.outlook.forecast.map(|f| json!({
                "value": numbers::rounded(Some(f.value)), "yearly": numbers::rounded(Some(f.yearly)),
                "points": f.points, "from": f.from.short(),
            })),
        }),
        "judged_by": gap.set.id,
        "band": gap.band.map(|band| &band.id),
        "by_hand": gap.actual.and_then(|m| m.by_hand()).map(|by| json!({ "verdict": by.meaning, "reason": by.reason })),
        "verdict": gap.verdict.key(),
        "undetermined_because": why,
        "unconfirmed": gap.is_unsure(),
    })
}
