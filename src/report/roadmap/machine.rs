//! The roadmap for spreadsheets and programs: one row a milestone or step, exact months.

use serde::Serialize;
use serde_json::Value as Json;

use crate::document::{Cell, ColumnOf, Table, Type, Unit, column};
use crate::lang::Lang;
use crate::plan::entry::Entry;
use crate::plan::id::Id;
use crate::plan::period::{FiscalYear, Period};
use crate::plan::source::Origin;
use crate::plan::value::Certainty;
use crate::query::road::{Road, Standing};
use crate::report::json::{AsOfJson, PlanJson, Version, owners, tree};
use crate::text::terms;

use super::RoadmapReport;
use crate::wording as words;

/// One row a milestone or step.
pub fn flat(report: &RoadmapReport<'_>, lang: Lang) -> Table {
    let points = report.roads.iter().flat_map(|road| {
        let steps = road.steps.iter().map(move |s| Point {
            report,
            road,
            kind: terms::STEP.word(lang),
            name: report.plan.steps[s.planned.step].text(lang),
            planned: s.planned.year.into(),
            standing: s.standing,
            origin: s.planned.origin,
        });
        let marks = road.marks.iter().map(move |m| Point {
            report,
            road,
            kind: terms::MILESTONE.word(lang),
            name: &m.milestone.name,
            planned: m.milestone.date,
            standing: m.standing,
            origin: m.milestone.origin,
        });
        steps.chain(marks)
    });
    Table::build(&columns(), points, lang)
}

/// A milestone or a step of a road.
struct Point<'r> {
    report: &'r RoadmapReport<'r>,
    road: &'r Road<'r>,
    kind: &'r str,
    name: &'r str,
    planned: Period,
    standing: Standing,
    origin: Origin,
}

impl<'r> Point<'r> {
    fn entry(&self) -> &'r Entry {
        &self.report.plan.entries[self.road.place]
    }
}

fn columns<'r>() -> [ColumnOf<Point<'r>>; 11] {
    [
        column("id", ("id", "ID"), Type::Id, |of: &Point<'_>, _| Cell::text(of.entry().id.as_str())),
        column("name", terms::NAME.titles(), Type::Name, |of: &Point<'_>, _| Cell::text(&*of.entry().name)),
        column("initiative", ("取組", "Initiative"), Type::Text, |of: &Point<'_>, _| {
            Cell::text(of.entry().initiative(of.road.lane).map_or("", |i| &*i.name))
        }),
        column("owner", terms::OWNER.titles(), Type::Text, |of: &Point<'_>, at| {
            Cell::text(words::owners(&of.entry().owners, &of.report.plan.owners, at.lang))
        }),
        column("kind", ("種別", "Kind"), Type::Text, |of, _| Cell::text(of.kind)),
        column("point", ("節目・段階", "Milestone, step"), Type::Text, |of, _| Cell::text(of.name)),
        column("planned", terms::PLANNED.titles(), Type::Period, |of, _| Cell::text(of.planned.short())),
        column("reached", terms::REACHED.titles(), Type::Period, |of, _| {
            Cell::text(reached(of.standing).map(Period::short).unwrap_or_default())
        }),
        column("state", ("状態", "State"), Type::Text, |of, at| Cell::text(state_name(of.standing, at.lang))),
        column("slip", ("ずれ（月）", "Slip (months)"), Type::Integer, |of: &Point<'_>, _| {
            let months = of.standing.slip().map(|slip| slip.months);
            months.map_or_else(Cell::default, |months| Cell::number(months, months.to_string()))
        })
        .in_unit(Unit::Month),
        column("certainty", terms::CERTAINTY.titles(), Type::Text, |of, at| {
            Cell::text(of.origin.certainty.mark(at.lang))
        }),
    ]
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
        Standing::Reached(..) => terms::REACHED.word(lang),
        Standing::Missed(_) => terms::MISSED.word(lang),
        Standing::Unreported => terms::UNREPORTED.word(lang),
        Standing::Ahead => terms::PLANNED.word(lang),
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
        YearJson { year, planned: named(planned), actual: named(road.reported_in(year)) }
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
