//! A paper for machines: where every entry stands, and the summary as JSON.

use serde::Serialize;
use serde_json::Value as Json;

use crate::document::Table;
use crate::lang::Lang;
use crate::plan::id::Id;
use crate::plan::paper::Topic;
use crate::query::status::Status;
use crate::query::summary::{Course, Verdicts};
use crate::report::Report;
use crate::report::json::tree;
use crate::report::kpi::counts;
use crate::report::kpi::{GapJson, VerdictTableJson, json_gap};
use crate::report::status::machine::{self, StatusJson};
use crate::report::status::{StatusReport, View};

use super::{CouncilReport, beside};

/// Where every entry stands, as `status` shows it.
pub fn flat(report: &CouncilReport<'_>, lang: Lang) -> Table {
    status(report).table(lang)
}

fn status<'p>(report: &CouncilReport<'p>) -> StatusReport<'p> {
    StatusReport::new(report.summary.status.clone(), View::default())
}

/// 四半期報告 || The quarterly paper
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CouncilJson<'p> {
    #[serde(flatten)]
    status: StatusJson<'p>,
    /// 様式 || Which paper
    register: &'p str,
    /// 確定版か || Whether it is the final version
    r#final: bool,
    /// 改善した項目の番号 || Entries that got better
    better: Vec<&'p Id>,
    /// 悪化した項目の番号 || Entries that got worse
    worse: Vec<&'p Id>,
    /// 対応が要る項目の番号 || Entries that need attention
    attention: Vec<&'p Id>,
    /// 期限を過ぎたものの件数 || How much is overdue
    overdue: usize,
    /// 確定していない値の数 || How many values are not settled
    unsure: usize,
    /// 指標の判定ごとの数 || How many indicators have which verdict
    verdicts: VerdictsJson,
    /// 判定区分ごとの件数と割合 || How many have which band, by each set that judges
    verdict_counts: Vec<VerdictTableJson<'p>>,
    /// 指標 || The indicators
    indicators: Vec<GapJson<'p>>,
}

/// 判定ごとの指標の数 || How many indicators have which verdict
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct VerdictsJson {
    /// 判定する指標 || All that are judged or could not be
    all: u64,
    /// 達成 || Met
    met: u64,
    /// 順調 || On pace
    on_pace: u64,
    /// 遅れ || Behind
    behind: u64,
    /// 後退 || Worsened
    worsened: u64,
    /// 判定不能 || Undetermined
    undetermined: u64,
}

impl From<Verdicts> for VerdictsJson {
    fn from(Verdicts { all, met, on_pace, behind, worsened, undetermined }: Verdicts) -> Self {
        Self { all, met, on_pace, behind, worsened, undetermined }
    }
}

/// What `status` shows, and what only a paper shows.
pub fn json(report: &CouncilReport<'_>) -> Json {
    let (summary, plan) = (&report.summary, report.summary.plan());
    let ids = |course: Course| {
        let moved = summary.moved.iter().filter(|moved| moved.course == course);
        moved.map(|moved| &plan.entries[moved.flow.place].id).collect()
    };
    let sections = report.paper.sections.iter().filter(|section| section.topic == Topic::Beside);
    let question = summary.status.question;
    let beside = sections.flat_map(|section| beside::statuses(plan, question, section));
    let is_other = |of: &Status<'_>| (of.question.scale, of.question.evaluator) != (question.scale, question.evaluator);
    let status = StatusReport { beside: beside.filter(is_other).collect(), ..status(report) };
    tree(&CouncilJson {
        status: machine::json(&status),
        register: report.paper.id.as_str(),
        r#final: report.state.is_final,
        better: ids(Course::Better),
        worse: ids(Course::Worse),
        attention: summary.attention().map(|node| &node.entry.id).collect(),
        overdue: summary.dues.all().filter(|due| due.what.is_overdue()).count(),
        unsure: summary.unsure.len(),
        verdicts: summary.verdicts().into(),
        verdict_counts: counts::json(&summary.verdict_tables(None)),
        indicators: summary.gaps.iter().map(|gap| json_gap(plan, gap)).collect(),
    })
}
