//! A paper for machines: where every entry stands, and the summary as JSON.

use serde_json::{Value as Json, json};

use crate::document::Table;
use crate::lang::Lang;
use crate::query::summary::Course;
use crate::report::Report;
use crate::report::kpi::json_gap;
use crate::report::status::{StatusReport, View};

use super::CouncilReport;

/// Where every entry stands, as `status` tells it.
pub fn flat(report: &CouncilReport<'_>, lang: Lang) -> Table {
    status(report).table(lang)
}

fn status<'p>(report: &CouncilReport<'p>) -> StatusReport<'p> {
    StatusReport { status: report.summary.status.clone(), view: View::default() }
}

/// What `status` tells, and beside it what only a paper does.
pub fn json(report: &CouncilReport<'_>) -> Json {
    let (summary, plan) = (&report.summary, report.summary.plan());
    let mut all = status(report).json();
    let ids = |course: Course| -> Vec<&str> {
        let moved = summary.moved.iter().filter(|moved| moved.course == course);
        moved.map(|moved| plan.entries[moved.flow.place].id.as_str()).collect()
    };
    let verdicts = summary.verdicts();
    if let Some(map) = all.as_object_mut() {
        map.insert("register".into(), report.paper.id.as_str().into());
        map.insert("final".into(), report.state.is_final.into());
        map.insert("better".into(), ids(Course::Better).into());
        map.insert("worse".into(), ids(Course::Worse).into());
        map.insert("attention".into(), summary.attention().map(|node| node.entry.id.as_str()).collect());
        let overdue = summary.dues.all().filter(|due| due.what.is_overdue()).count();
        map.insert("overdue".into(), overdue.into());
        map.insert("unsure".into(), summary.unsure.len().into());
        map.insert(
            "verdicts".into(),
            json!({
                "all": verdicts.all, "met": verdicts.met, "on_pace": verdicts.on_pace, "behind": verdicts.behind,
                "worsened": verdicts.worsened, "undetermined": verdicts.undetermined,
            }),
        );
        map.insert("indicators".into(), summary.gaps.iter().map(|gap| json_gap(plan, gap)).collect());
    }
    all
}
