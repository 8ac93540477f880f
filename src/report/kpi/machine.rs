//! The indicators for programs, as JSON.

use serde::Serialize;
use serde_json::Value as Json;

use crate::lang::Lang;
use crate::plan::Plan;
use crate::plan::id::Id;
use crate::plan::indicator::{Actual, Indicator, Reading, Series};
use crate::plan::judging::{Against, TargetOf};
use crate::plan::period::{FiscalYear, Period};
use crate::query::gap::expected::Clock;
use crate::query::gap::outlook::Outlook;
use crate::query::gap::{Beside, Gap, ValueChange, Verdict};
use crate::report::json::{self, AsOfJson, Day, Exact, PlanJson, ReadingJson, SayJson, Version, tree};
use crate::wording as words;

use super::KpiReport;
use super::against::{self, ComparedJson};
use super::counts::{self, VerdictTableJson};
use super::effects::{self, EffectsJson};
use super::flat::expected_key;
use super::sums::{self, DeclaredSumJson};
use super::verifying::{self, VerifiedByJson};

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
    /// 所管課 || The owners
    owners: Vec<&'p str>,
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
    /// 断層（定義、単位、調べ方などの変更）のため前年と比べないとき、その期間 || Where a break in the series is why there is no `change`: its period
    broken: Option<Period>,
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
        owners: json::owners(plan, &indicator.owners),
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
        broken: gap.broken.map(|measure| measure.reading.period),
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
