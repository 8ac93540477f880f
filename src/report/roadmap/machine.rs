//! The roadmap for spreadsheets and programs: one row a milestone or step, exact months.

use rust_decimal::Decimal;
use serde::Serialize;
use serde_json::Value as Json;

use crate::document::{Cell, Column, Row, Table};
use crate::lang::Lang;
use crate::plan::id::Id;
use crate::plan::period::{FiscalYear, Period};
use crate::plan::source::Origin;
use crate::plan::value::Certainty;
use crate::query::road::{Road, Standing};
use crate::report::json::{AsOfJson, PlanJson, Version, owners, tree};

use super::RoadmapReport;

/// One row a milestone or step.
pub fn flat(report: &RoadmapReport<'_>, lang: Lang) -> Table {
    let titles = [
        ("id", "ID"),
        ("名称", "Name"),
        ("取組", "Initiative"),
        ("所管課", "Owner"),
        ("種別", "Kind"),
        ("節目・段階", "Milestone, step"),
        ("予定", "Planned"),
        ("到達", "Reached"),
        ("状態", "State"),
        ("ずれ（月）", "Slip (months)"),
        ("確かさ", "Certainty"),
    ];
    let columns = titles.map(|(ja, en)| Column::left(lang.pick(ja, en))).into();
    let rows = report.roads.iter().flat_map(|road| {
        let (step, milestone) = (lang.pick("段階", "step"), lang.pick("節目", "milestone"));
        let steps = road.steps.iter().map(move |s| {
            let name = report.plan.steps[s.planned.step].text(lang);
            row(report, road, (step, name, s.planned.year.into(), s.standing, s.planned.origin), lang)
        });
        let marks = road.marks.iter().map(move |m| {
            row(report, road, (milestone, &m.milestone.name, m.milestone.date, m.standing, m.milestone.origin), lang)
        });
        steps.chain(marks)
    });
    Table { columns, rows: rows.collect(), ..Table::default() }
}

fn row(
    report: &RoadmapReport<'_>,
    road: &Road<'_>,
    (kind, name, planned, standing, origin): (&str, &str, Period, Standing, Origin),
    lang: Lang,
) -> Row {
    let entry = &report.plan.entries[road.place];
    let months = standing.slip().map(|slip| Decimal::from(slip.months));
    Row::new(vec![
        Cell::text(entry.id.as_str()),
        Cell::text(&*entry.name),
        Cell::text(entry.initiative(road.lane).map_or("", |i| &*i.name)),
        Cell::text(crate::wording::owners(&entry.owners, &report.plan.owners, lang)),
        Cell::text(kind),
        Cell::text(name),
        Cell::text(planned.short()),
        Cell::text(reached(standing).map(Period::short).unwrap_or_default()),
        Cell::text(state_name(standing, lang)),
        months.map_or_else(Cell::default, |months| Cell::number(months, months.to_string())),
        Cell::text(origin.certainty.mark(lang)),
    ])
}

fn reached(standing: Standing) -> Option<Period> {
    match standing {
        Standing::Reached(period, _) => Some(period),
        _ => None,
    }
}

fn state(standing: Standing) -> &'static str {
    match standing {
        Standing::Reached(..) => "reached",
        Standing::Missed(_) => "missed",
        Standing::Unreported => "unreported",
        Standing::Ahead => "ahead",
    }
}

fn state_name(standing: Standing, lang: Lang) -> &'static str {
    match standing {
        Standing::Reached(..) => lang.pick("到達", "reached"),
        Standing::Missed(_) => lang.pick("未到達", "missed"),
        Standing::Unreported => lang.pick("未報告", "unreported"),
        Standing::Ahead => lang.pick("予定", "planned"),
    }
}

/// 工程表 || Steps and milestones: planned against reached
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RoadmapJson<'p> {
    /// 形式の版 || The version of this form
    schema: Version,
    /// 計画 || The plan
    plan: PlanJson<'p>,
    /// いつ現在か || As of when
    as_of: AsOfJson,
    /// 工程の段階の名前。順に || The names of the steps, in order
    steps: Vec<&'p str>,
    /// 項目と取組内容ごとの工程 || The road of each entry and initiative
    roads: Vec<RoadJson<'p>>,
}

/// 項目又は取組内容の工程 || The road of an entry or initiative
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct RoadJson<'p> {
    /// 項目の番号 || The entry
    id: &'p Id,
    /// 項目の名称 || Its name
    name: &'p str,
    /// 取組内容。項目そのものなら null || The initiative; null for the entry itself
    initiative: Option<&'p str>,
    /// 所管課の名称 || The owners, by name
    owners: Vec<&'p str>,
    /// 始まり || When it begins
    start: Option<Period>,
    /// 終わり || When it ends
    end: Option<Period>,
    /// 年度ごとの計画と実績 || Year by year
    years: Vec<YearJson<'p>>,
    /// 工程の段階 || The steps
    steps: Vec<StepMarkJson<'p>>,
    /// 節目 || The milestones
    milestones: Vec<MarkJson<'p>>,
    /// ずれ（月） || By how many months it is late; less than none where it is early
    slip_months: Option<i32>,
    /// ずれの元となる工程や節目に、まだ到達していないか || Whether what is late was not reached yet
    open: Option<bool>,
}

/// 年度の計画と実績 || A year, planned and reached
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct YearJson<'p> {
    /// 年度 || The fiscal year
    year: FiscalYear,
    /// 計画した段階 || The steps that are planned
    planned: Vec<&'p str>,
    /// 報告された段階 || The steps that were reported
    actual: Vec<&'p str>,
}

/// 工程や節目の状況 || How a step or milestone stands
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct StandingJson {
    /// 状況：reached 到達、missed 未到達、unreported 未報告、ahead 予定 || How it stands: reached, missed, unreported, ahead
    state: &'static str,
    /// 到達した期間 || When it was reached
    reached: Option<Period>,
    /// ずれ（月） || By how many months it is late
    slip_months: Option<i32>,
}

/// 工程の段階の状況 || How a step stands
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct StepMarkJson<'p> {
    #[serde(flatten)]
    standing: StandingJson,
    /// 段階の名前 || The name of the step
    step: &'p str,
    /// 計画した年度 || The year for which it is planned
    planned: FiscalYear,
}

/// 節目の状況 || How a milestone stands
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct MarkJson<'p> {
    #[serde(flatten)]
    standing: StandingJson,
    /// 節目の名前 || The name of the milestone
    milestone: &'p str,
    /// 予定の時期 || When it is planned
    planned: Period,
    /// 確かさ || How sure it is
    certainty: Certainty,
}

/// For programs.
pub fn json(report: &RoadmapReport<'_>) -> Json {
    tree(&RoadmapJson {
        schema: Version,
        plan: report.plan.into(),
        as_of: report.as_of.into(),
        steps: (0..report.plan.steps.len()).map(|step| report.plan.step(step)).collect(),
        roads: report.roads.iter().map(|road| road_json(report, road)).collect(),
    })
}

fn road_json<'r>(report: &'r RoadmapReport<'_>, road: &'r Road<'_>) -> RoadJson<'r> {
    let (plan, entry) = (report.plan, &report.plan.entries[road.place]);
    let initiative = entry.initiative(road.lane);
    let named = |steps: Vec<usize>| steps.into_iter().map(|step| plan.step(step)).collect();
    let year = |year| {
        let planned = entry.steps_of(road.lane).iter().filter(|p| p.year == year).map(|p| p.step).collect();
        YearJson { year, planned: named(planned), actual: named(road.told_in(year)) }
    };
    let steps = road.steps.iter().map(|step| StepMarkJson {
        standing: step.standing.into(),
        step: plan.step(step.planned.step),
        planned: step.planned.year,
    });
    let milestones = road.marks.iter().map(|mark| MarkJson {
        standing: mark.standing.into(),
        milestone: &mark.milestone.name,
        planned: mark.milestone.date,
        certainty: mark.milestone.origin.certainty,
    });
    RoadJson {
        id: &entry.id,
        name: &entry.name,
        initiative: initiative.map(|i| &*i.name),
        owners: owners(plan, &entry.owners),
        start: initiative.and_then(|i| i.start),
        end: initiative.and_then(|i| i.end),
        years: report.years().into_iter().map(year).collect(),
        steps: steps.collect(),
        milestones: milestones.collect(),
        slip_months: road.slip().map(|slip| slip.months),
        open: road.slip().map(|slip| !slip.reached),
    }
}

impl From<Standing> for StandingJson {
    fn from(standing: Standing) -> Self {
        Self {
            state: state(standing),
            reached: reached(standing),
            slip_months: standing.slip().map(|slip| slip.months),
        }
    }
}
