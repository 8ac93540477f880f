//! The indicators for machines: one value a cell, and JSON.

use rayon::prelude::*;
use rust_decimal::Decimal;
use serde::Serialize;
use serde_json::Value as Json;

use crate::document::{At, Cell, ColumnOf, Row, Table, Type, cells, column, heads};
use crate::lang::Lang;
use crate::plan::Plan;
use crate::plan::id::Id;
use crate::plan::indicator::{Actual, Indicator, Reading, Series};
use crate::plan::judging::{Against, Measured, TargetOf};
use crate::plan::period::{FiscalYear, Period};
use crate::plan::value::Value;
use crate::query::gap::expected::{Basis, Clock};
use crate::query::gap::outlook::Outlook;
use crate::query::gap::{Beside, Gap, Rate, ValueChange, Verdict};
use crate::query::verifying::Verifying;
use crate::report::json::{self, AsOfJson, Day, Exact, PlanJson, ReadingJson, SayJson, Version, tree};
use crate::text::terms;
use crate::wording as words;

use super::against::{self, ComparedJson, Pair};
use super::counts::{self, VerdictTableJson};
use super::effects::{self, EffectsJson};
use super::sums::{self, DeclaredSumJson};
use super::verifying::{self, VerifiedByJson};
use super::{KpiReport, notes};

/// One row an indicator, one value a cell, units in their own column.
pub fn flat(report: &KpiReport<'_>, lang: Lang) -> Table {
    let mut columns: Vec<ColumnOf<GapRow<'_>>> = columns().into();
    columns.extend(judged_columns());
    columns.extend(beside_columns(report.plan));
    let others = report.verified_by.iter().filter_map(|one| match one {
        Verifying::Known { plan, gaps, .. } => Some((*plan, gaps, false)),
        Verifying::Unknown { .. } => None,
    });
    let all = std::iter::once((report.plan, &report.gaps, true)).chain(others);
    let mut subjects: Vec<GapRow<'_>> =
        all.flat_map(|(plan, gaps, own)| gaps.iter().map(move |gap| GapRow { gap, plan, own, pair: None })).collect();
    if let Some(before) = &report.before {
        let pairs = against::pairs(report, before);
        subjects.iter_mut().zip(pairs).for_each(|(row, pair)| row.pair = Some(pair));
        columns.extend(against_columns());
    }
    if !report.verified_by.is_empty() {
        columns.push(column("plan", ("計画", "Plan"), Type::Text, |of, _| Cell::text(&*of.plan.head.name)));
    }
    let rows = subjects.par_iter().map(|subject| Row::new(cells(&columns, subject, lang)));
    Table { columns: heads(&columns, lang), rows: rows.collect(), ..Table::default() }
}

/// An indicator against its target, and its plan.
struct GapRow<'r> {
    gap: &'r Gap<'r>,
    plan: &'r Plan,
    /// Whether it is an indicator of the plan that is reported, not of one that verifies it.
    own: bool,
    /// The same at the end of a period that is compared with.
    pair: Option<Pair<'r>>,
}

fn against_columns<'r>() -> [ColumnOf<GapRow<'r>>; 4] {
    fn then<'s>(of: &'s GapRow<'_>) -> Option<&'s Reading> {
        of.pair.as_ref()?.then.actual.map(|measure| &measure.reading)
    }
    [
        column("before_period", ("比べる実績の期間", "Period compared"), Type::Period, |of, _| {
            period(then(of))
        }),
        column("before", ("比べる実績値", "Actual compared"), Type::Decimal, |of, at| of.value(then(of), at)),
        column("change", ("増減", "Change"), Type::Decimal, |of: &GapRow<'_>, _| {
            exact(of.pair.as_ref().and_then(|pair| pair.change).map(|change| change.by))
        }),
        column("verdict_before", ("比べる判定", "Verdict compared"), Type::Grade, |of: &GapRow<'_>, at| {
            Cell::text(of.pair.as_ref().map_or("", |pair| words::verdict(pair.then.counted(), at.lang)))
        }),
    ]
}

fn columns<'r>() -> [ColumnOf<GapRow<'r>>; 25] {
    [
        column("id", ("id", "ID"), Type::Id, |of, _| Cell::text(of.gap.indicator.id.as_str())),
        column("name", terms::INDICATOR_SHORT.titles(), Type::Name, |of, _| {
            Cell::text(words::indicator_name(of.gap.indicator))
        }),
        column("kind", terms::KIND.titles(), Type::Text, |of, _| Cell::text(of.gap.indicator.kind.key())),
        column("unit", terms::UNIT.titles(), Type::Text, |of, _| Cell::text(&*of.gap.indicator.unit.0)),
        column("baseline_period", ("基準年度", "Baseline period"), Type::Period, |of, _| period(of.gap.baseline)),
        column("baseline", terms::BASELINE.titles(), Type::Decimal, |of, at| of.value(of.gap.baseline, at)),
        column("actual_period", ("実績年度", "Actual period"), Type::Period, |of, _| period(of.actual())),
        column("actual", terms::ACTUAL.titles(), Type::Decimal, |of, at| of.value(of.actual(), at)),
        column("target_period", ("目標年度", "Target period"), Type::Period, |of, _| period(of.gap.target)),
        column("target", terms::TARGET.titles(), Type::Decimal, |of, at| of.value(of.gap.target, at)),
        column("gap", terms::GAP.titles(), Type::Decimal, |of, _| exact(of.gap.gap)),
        column("room", terms::ROOM.titles(), Type::Decimal, |of, _| exact(of.gap.room)),
        column("ratio_to_target", ("対目標比（％）", "To target (%)"), Type::Percent, |of, _| {
            of.rate(Measured::Ratio)
        }),
        column("improvement", ("改善率（％）", "Improvement (%)"), Type::Percent, |of, _| {
            of.rate(Measured::Improvement)
        }),
        column("pace", ("ペース比（％）", "Pace (%)"), Type::Percent, |of, _| of.rate(Measured::Pace)),
        column("verdict", terms::VERDICT.titles(), Type::Grade, |of, at| {
            Cell::text(words::verdict(of.gap.verdict, at.lang))
        }),
        column("remarks", ("備考", "Remarks"), Type::Text, |of, at| Cell::text(remarks(of.gap, at.lang))),
        column("judged_against", ("判定に用いた目標", "Judged against"), Type::Text, |of, at| {
            Cell::text(of.gap.held_to().map_or("", |_| words::target_of(of.gap.held, at.lang)))
        }),
        column(
            "period_target_period",
            ("当年度目標の期間", "Period of the period's target"),
            Type::Period,
            |of, _| period(of.gap.own),
        ),
        column("period_target", terms::PERIOD_TARGET.titles(), Type::Decimal, |of, at| of.value(of.gap.own, at)),
        column(
            "ratio_to_period_target",
            ("対当年度目標比（％）", "To the period's target (%)"),
            Type::Percent,
            |of, _| of.plain_rate(of.gap.ratio_to_period),
        ),
        column(
            "ratio_to_final_target",
            ("対最終目標比（％）", "To the final target (%)"),
            Type::Percent,
            |of, _| of.plain_rate(of.gap.ratio_to_final),
        ),
        column("actual_by_target", ("実績÷目標（％）", "Actual ÷ target (%)"), Type::Percent, |of, _| {
            of.plain_rate(of.gap.actual_by_target)
        }),
        column("expected", terms::EXPECTED.titles(), Type::Decimal, |of, _| {
            exact(of.gap.expected.map(|exact| words::expected(exact, of.gap, of.plan.head.rounding)))
        }),
        column("expected_from", ("見込みのもと", "Expected by"), Type::Text, |of, at| {
            Cell::text(of.gap.basis.map_or("", |basis| expected_word(of.gap, basis, at.lang)))
        }),
    ]
}

/// The city's own band, and the verdict of a person.
fn judged_columns<'r>() -> [ColumnOf<GapRow<'r>>; 4] {
    [
        column("judged_by", ("判定の方法", "Judged by"), Type::Text, |of, at| {
            Cell::text(of.gap.set.name.text(at.lang))
        }),
        column("band", ("当てはまった判定区分", "Band"), Type::Grade, |of: &GapRow<'_>, at| {
            Cell::text(of.gap.band.map_or("", |band| band.name.text(at.lang)))
        }),
        column("by_hand", ("所管課の判断", "Verdict by hand"), Type::Grade, |of: &GapRow<'_>, at| {
            Cell::text(of.gap.by_hand().map(|by| words::given_by_hand(by, of.plan, at.lang)).unwrap_or_default())
        }),
        column(
            "by_hand_reason",
            ("所管課の判断の理由", "Reason of the verdict by hand"),
            Type::Text,
            |of, _| Cell::text(of.gap.by_hand().and_then(|by| by.reason.as_deref()).unwrap_or_default()),
        ),
    ]
}

/// The band of each set that judges besides, of the plan's own indicators.
fn beside_columns<'r>(plan: &Plan) -> Vec<ColumnOf<GapRow<'r>>> {
    let sets = plan.head.also_judged_by.iter().map(|at| &plan.band_sets[*at]).enumerate();
    let columns = sets.map(|(nth, set)| {
        ColumnOf::titled(format!("also.{}", set.id), &*set.name.ja, Type::Grade, |of: &GapRow<'_>, at| {
            let also = notes::also(of.plan, of.gap, at.nth).filter(|_| of.own);
            Cell::text(also.map_or_else(String::new, |also| words::banded_as(also.band, also.verdict, at.lang)))
        })
        .nth(nth)
    });
    columns.collect()
}

impl GapRow<'_> {
    fn actual(&self) -> Option<&Reading> {
        self.gap.actual.map(|measure| &measure.reading)
    }

    /// The number of a reading, or what it says in place of one.
    fn value(&self, reading: Option<&Reading>, at: At) -> Cell {
        match reading.map(|reading| (&reading.value, reading)) {
            Some((Value::Number(number), _)) => exact(Some(*number)),
            Some((_, reading)) => Cell::text(words::reading(reading, self.gap.indicator, at.lang)),
            None => Cell::default(),
        }
    }

    fn rate(&self, by: Measured) -> Cell {
        exact(words::rate_number(self.gap, by, self.plan.head.rounding))
    }

    fn plain_rate(&self, rate: Option<Rate>) -> Cell {
        exact(words::plain_rate(rate, self.plan.head.rounding))
    }
}

fn exact(number: Option<Decimal>) -> Cell {
    number.map_or_else(Cell::default, |number| Cell::number(number, number.to_string()))
}

fn period(reading: Option<&Reading>) -> Cell {
    reading.map_or_else(Cell::default, |reading| Cell::text(reading.period.short()))
}

/// What the expectation rests on, for programs: a target, the baseline, a line or a share.
fn expected_key(gap: &Gap<'_>, basis: Basis<'_>) -> &'static str {
    match basis {
        Basis::Point(point) if gap.target == Some(point) => "final-target",
        Basis::Point(point) if gap.own == Some(point) => "period-target",
        Basis::Point(point) if gap.baseline == Some(point) => "baseline",
        Basis::Point(_) => "earlier-target",
        Basis::Line(..) => "line",
        Basis::Share(..) => "pro-rata",
    }
}

/// The same in words.
fn expected_word(gap: &Gap<'_>, basis: Basis<'_>, lang: Lang) -> &'static str {
    match expected_key(gap, basis) {
        "final-target" => terms::FINAL_TARGET.word(lang),
        "period-target" => terms::PERIOD_TARGET.word(lang),
        "baseline" => terms::BASELINE.word(lang),
        "earlier-target" => lang.pick("前の期間の目標", "an earlier target"),
        "line" => lang.pick("直線", "the line between two points"),
        _ => lang.pick("年次按分", "pro-rata"),
    }
}

/// Why there is no verdict, and how sure the value is.
fn remarks(gap: &Gap<'_>, lang: Lang) -> String {
    let why = match gap.verdict {
        Verdict::Undetermined(why) => Some(words::why(why, lang)),
        _ => None,
    };
    let provisional = gap.actual.filter(|measure| measure.provisional).map(|_| terms::PROVISIONAL.word(lang));
    let unconfirmed = gap.is_unsure().then(|| terms::UNCONFIRMED.word(lang));
    let short = lang.pick("「未満」「超」の数ちょうどで届いていない", "just at the number, which does not reach it");
    let short = gap.stops_short().then_some(short);
    [why, short, provisional, unconfirmed].into_iter().flatten().collect::<Vec<_>>().join(lang.pick("、", ", "))
}

/// For programs: stable keys, exact numbers, `null` for absent.
pub fn json(report: &KpiReport<'_>) -> Json {
    tree(&KpiJson {
        schema: Version,
        plan: report.plan.into(),
        as_of: report.as_of.into(),
        year: report.as_of.year(),
        indicators: report.gaps.iter().map(|gap| json_gap(report.plan, gap)).collect(),
        effects: effects::json(report),
        sums: sums::json(report),
        verdict_counts: counts::json(&report.verdicts),
        verified_by: verifying::json(&report.verified_by),
        against: report.before.as_ref().map(|before| against::compared(report, before)),
    })
}

/// 検証指標の実績と目標の差 || Indicators: target against actual
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct KpiJson<'p> {
    /// 形式の版 || The version of this form
    schema: Version,
    /// 計画 || The plan
    plan: PlanJson<'p>,
    /// いつ現在か || As of when
    as_of: AsOfJson,
    /// 年度 || The fiscal year
    year: FiscalYear,
    /// 指標 || The indicators
    indicators: Vec<GapJson<'p>>,
    /// 効果額 || The effects
    effects: EffectsJson<'p>,
    /// 計画が定める合計 || The sums that the plan declares
    sums: Vec<DeclaredSumJson<'p>>,
    /// 判定ごとの件数と割合 || How many have which verdict
    verdict_counts: Vec<VerdictTableJson<'p>>,
    /// その指標でこの計画を検証する、ほかの計画。件数には含めない || The plans whose indicators verify this one; none of them counts as its own
    verified_by: Vec<VerifiedByJson<'p>>,
    /// 比べる期間の指標。指定がなければ省く || What is compared with; left out where no period was asked for
    #[serde(skip_serializing_if = "Option::is_none")]
    against: Option<ComparedJson<'p>>,
}

/// 指標と、目標との差 || An indicator against its target
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct GapJson<'p> {
    /// 指標の id || Its id
    id: &'p Id,
    /// 名称 || Its name
    name: &'p str,
    /// 名称の前の印（①など） || The mark before its name
    label: Option<&'p str>,
    /// 見出しとなる指標の id || The heading or indicator above it
    parent: Option<&'p Id>,
    /// 単位 || The unit
    unit: &'p str,
    /// 向き（`indicators.toml` の kind） || Which way is good: the `kind` of the file
    kind: &'static str,
    /// 値の種類 || What one value covers
    series: Series,
    /// 検証する項目の番号 || The entries it verifies
    entries: Vec<&'p Id>,
    /// 基準値 || The baseline
    baseline: Option<ReadingJson<'p>>,
    /// 実績値：最も新しいもの || The actual: the last known value
    actual: Option<ActualJson<'p>>,
    /// 最後の記録が値のないことを示すとき、その記録 || The last record, where it says that there is no value
    missing: Option<ReadingJson<'p>>,
    /// 最終の目標値 || The final target
    target: Option<ReadingJson<'p>>,
    /// 当年度目標：実績の期間の目標値 || The target of the actual's own period
    period_target: Option<ReadingJson<'p>>,
    /// 判定・差・余裕・対目標比・改善率に用いた目標：period 当年度目標、final 最終目標 || Which target judges, and is that of gap, room, ratio_to_target and improvement: period or final
    judged_against: Option<TargetOf>,
    /// 見込まれる値のもと：final-target 最終目標、period-target 当年度目標、baseline 基準値、earlier-target 前の期間の目標、line 直線、pro-rata 年次按分 || What `expected` rests on: final-target, period-target, baseline, earlier-target, line, pro-rata
    expected_from: Option<&'static str>,
    /// 実績の時点で見込まれる値 || What is expected by the period of the actual
    expected: Option<Exact>,
    /// 目標との差（実績値－目標値） || Actual less target, in the unit
    gap: Option<Exact>,
    /// 余裕。範囲の外なら負 || How far it is within the bound, in the unit; negative when outside
    room: Option<Exact>,
    /// 対目標比（％） || The ratio to target, in percent
    ratio_to_target: Option<Exact>,
    /// 対当年度目標比（％） || The ratio to the target of the period, in percent
    ratio_to_period_target: Option<Exact>,
    /// 対最終目標比（％） || The ratio to the final target, in percent
    ratio_to_final_target: Option<Exact>,
    /// 実績÷目標（％）。減らす指標でも逆にしない || Actual ÷ target in percent, of lower-is-better ones, too
    actual_by_target: Option<Exact>,
    /// 改善率（％） || The improvement, in percent
    improvement: Option<Exact>,
    /// ペース比（％） || The ratio to what is expected by now, in percent
    pace: Option<Exact>,
    /// 前年との比較 || Against the value of an earlier year
    change: Option<ComparisonJson>,
    /// 年度の一部の値では、前の期間との比較 || Of a part of a year: against the part before
    change_before: Option<ComparisonJson>,
    /// 今後の見通し || What is left, and where the trend leads
    outlook: OutlookJson,
    /// 判定区分の組の id || The set of bands that judges, by id
    judged_by: &'p Id,
    /// 当てはまった判定区分の id || The band that holds, by id
    band: Option<&'p Id>,
    /// その名称 || Its name
    band_name: Option<SayJson<'p>>,
    /// 並べて判定する組による判定 || How it stands by the sets that judge besides
    also: Vec<BesideJson<'p>>,
    /// 所管課の判断 || The verdict that was given by hand
    by_hand: Option<ByHandJson<'p>>,
    /// 判定：met 達成、on-pace 順調、behind 遅れ、worsened 後退、undetermined 判定不能 || The verdict: met, on-pace, behind, worsened, undetermined
    verdict: &'static str,
    /// 判定できない理由（英語） || Why there is no verdict
    undetermined_because: Option<&'static str>,
    /// 「未満」「超」の目標値か見込みのちょうどその数で、率が100％でも届いていないか || Whether the actual is just the number of a target of less than or more than, or of what that expects, which the number does not reach: 100%, and yet not there
    stops_short: bool,
    /// 要確認の値によるか || Whether it rests on an unconfirmed value
    unconfirmed: bool,
}

/// 実績値 || An actual
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct ActualJson<'p> {
    #[serde(flatten)]
    reading: ReadingJson<'p>,
    /// 速報値か || Whether it is provisional
    provisional: bool,
    /// 記録した日 || When it was recorded
    recorded: Option<Day>,
}

/// 前の値との比較 || A comparison with an earlier value
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct ComparisonJson {
    /// 比べた値の期間 || The period of the earlier value
    since: Period,
    /// 差 || Actual less earlier, in the unit
    by: Exact,
    /// 改善 better、横ばい same、悪化 worse || Better, same or worse, in the indicator's direction
    is: Against,
}

/// 今後の見通し || What is left, and where the trend leads
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct OutlookJson {
    /// 残り || Target less actual, in the unit
    left: Option<Exact>,
    /// 目標の年度まで何年か || Years from the actual to the target
    years: Option<u32>,
    /// 年度の途中の値か目標では、目標まで何か月か || Where the actual or the target is of a part of a year: months from the one to the other
    months: Option<u32>,
    /// 必要な年当たりの増減 || What is left, by the year
    needed: Option<Exact>,
    /// 傾向による見込み || Where the trend leads
    forecast: Option<ForecastJson>,
}

/// 傾向による見込み || Where the trend leads
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct ForecastJson {
    /// 目標の年度に見込まれる値 || The value at the target's year
    value: Option<Exact>,
    /// 年当たりの増減の平均 || The mean change a year
    yearly: Option<Exact>,
    /// もとにした値の数 || How many values it rests on
    points: usize,
    /// もとにした最初の値の年度 || The year of the first of them
    from: Period,
}

/// 並べて判定する組による判定 || A verdict by a set that judges besides
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct BesideJson<'p> {
    /// 判定区分の組の id || The set of bands, by id
    judged_by: &'p Id,
    /// 当てはまった判定区分の id || The band that holds, by id
    band: Option<&'p Id>,
    /// その名称 || Its name
    band_name: Option<SayJson<'p>>,
    /// 判定：met、on-pace、behind、worsened、undetermined || The verdict: met, on-pace, behind, worsened, undetermined
    verdict: &'static str,
}

fn json_beside(also: Beside<'_>) -> BesideJson<'_> {
    BesideJson {
        judged_by: &also.set.id,
        band: also.band.map(|band| &band.id),
        band_name: also.band.map(|band| (&band.name).into()),
        verdict: also.verdict.key(),
    }
}

/// 所管課の判断 || A verdict that was given by hand
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct ByHandJson<'p> {
    /// 判定：met、on-pace、behind、worsened、undetermined || The verdict: met, on-pace, behind, worsened, undetermined
    verdict: &'static str,
    /// 名指しされた判定区分の id || The band that was named, by id
    band: Option<&'p Id>,
    /// 理由 || Why
    reason: Option<&'p str>,
}

/// One indicator as programs read it.
pub fn json_gap<'p>(plan: &'p Plan, gap: &Gap<'p>) -> GapJson<'p> {
    let indicator: &'p Indicator = gap.indicator;
    let reading = |r: Option<&'p Reading>| r.map(|r| json::reading(r, indicator, plan));
    let actual = |measure: &'p Actual| ActualJson {
        reading: json::reading(&measure.reading, indicator, plan),
        provisional: measure.provisional,
        recorded: measure.recorded.map(Into::into),
    };
    GapJson {
        id: &indicator.id,
        name: &indicator.name,
        label: indicator.label.as_deref(),
        parent: indicator.parent.map(|p| &plan.indicators[p].id),
        unit: &indicator.unit.0,
        kind: indicator.kind.key(),
        series: indicator.series,
        entries: indicator.entries.iter().map(|e| &plan.entries[*e].id).collect(),
        baseline: reading(gap.baseline),
        actual: gap.actual.map(actual),
        missing: reading(gap.missing.map(|m| &m.reading)),
        target: reading(gap.target),
        period_target: reading(gap.own),
        judged_against: gap.held_to().map(|_| gap.held),
        expected_from: gap.basis.map(|basis| expected_key(gap, basis)),
        expected: gap.expected.map(Into::into),
        gap: gap.gap.map(Into::into),
        room: gap.room.map(Into::into),
        ratio_to_target: json::rate(gap.ratio_to_target),
        ratio_to_period_target: json::rate(gap.ratio_to_period),
        ratio_to_final_target: json::rate(gap.ratio_to_final),
        actual_by_target: json::rate(gap.actual_by_target),
        improvement: json::rate(gap.improvement),
        pace: json::rate(gap.pace),
        change: gap.change.map(compared),
        change_before: gap.since_before.map(compared),
        outlook: outlook(gap.outlook),
        judged_by: &gap.set.id,
        band: gap.band.map(|band| &band.id),
        band_name: gap.band.map(|band| (&band.name).into()),
        also: gap.also.iter().map(|also| json_beside(*also)).collect(),
        by_hand: gap.by_hand().map(|by| ByHandJson {
            verdict: by.meaning.map_or("undetermined", |meaning| Verdict::from(meaning).key()),
            band: by.band.map(|at| &plan.band_sets[at.set].bands[at.band].id),
            reason: by.reason.as_deref(),
        }),
        verdict: gap.verdict.key(),
        undetermined_because: match gap.verdict {
            Verdict::Undetermined(why) => Some(words::why(why, Lang::En)),
            _ => None,
        },
        stops_short: gap.stops_short(),
        unconfirmed: gap.is_unsure(),
    }
}

fn compared(change: ValueChange<'_>) -> ComparisonJson {
    ComparisonJson { since: change.since.period, by: change.by.into(), is: change.is }
}

fn outlook(outlook: Outlook<'_>) -> OutlookJson {
    let time = |clock| outlook.time.filter(|span| span.clock == clock).map(|span| span.count);
    OutlookJson {
        left: outlook.left.map(Into::into),
        years: time(Clock::Years),
        months: time(Clock::Months),
        needed: json::rounded(outlook.needed),
        forecast: outlook.forecast.map(|f| ForecastJson {
            value: json::rounded(Some(f.value)),
            yearly: json::rounded(Some(f.yearly)),
            points: f.points,
            from: f.first.period,
        }),
    }
}
