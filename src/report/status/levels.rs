//! The other levels, scales and evaluators for programs.

use serde::Serialize;

use crate::plan::id::Id;
use crate::query::status::{Status, other_levels};

use super::machine::{FlowJson, NodeJson, TallyJson, TotalJson, json_flow, json_node, json_tally, total};

/// 数える階層の件数 || The counts of a level
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LevelJson<'p> {
    /// 上から何番目の階層か || The level, from 1
    level: usize,
    /// 階層の名前 || The name of the level
    level_name: &'p str,
    /// 全体の件数 || The counts over everything
    total: TotalJson<'p>,
    /// 前回から進捗区分が変わった項目 || Entries that moved since the period before
    flows: Vec<FlowJson<'p>>,
}

/// 並べて示す尺度と評価者 || Another scale or evaluator, side by side with the first
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct BesideJson<'p> {
    /// 評価尺度の id || The scale, by its id
    scale: &'p Id,
    /// 評価者の id || Who rates, by id
    evaluator: &'p Id,
    /// 全体の件数 || The counts over everything
    total: TotalJson<'p>,
    /// 項目ごとの状況 || Entry by entry
    nodes: Vec<NodeJson<'p>>,
    /// ほかの数える階層の件数。なければ省く || The counts of the other levels that are counted; left out where there are none
    #[serde(skip_serializing_if = "Vec::is_empty")]
    levels: Vec<OtherLevelJson>,
}

/// ほかの数える階層の件数 || The counts of another level that is counted
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct OtherLevelJson {
    /// 上から何番目の階層か || The level, from 1
    level: usize,
    /// 全体の件数 || The counts over everything
    total: TallyJson,
}

/// The counts of a level.
pub fn level<'r>(status: &'r Status<'_>) -> LevelJson<'r> {
    LevelJson {
        level: status.counted + 1,
        level_name: status.plan.level_name(status.counted),
        total: total(status),
        flows: status.flows.iter().map(|flow| json_flow(status, flow)).collect(),
    }
}

/// The counts on another scale or by another evaluator.
pub fn beside<'r>(status: &'r Status<'_>) -> BesideJson<'r> {
    let others = if status.question.level.is_none() { other_levels(status) } else { Vec::new() };
    BesideJson {
        scale: &status.plan.scales[status.question.scale].id,
        evaluator: &status.plan.evaluators[status.question.evaluator].id,
        total: total(status),
        nodes: status.nodes.iter().map(|node| json_node(status, node)).collect(),
        levels: others.into_iter().map(other_level).collect(),
    }
}

fn other_level(status: Status<'_>) -> OtherLevelJson {
    OtherLevelJson { level: status.counted + 1, total: json_tally(status.version, &status.total) }
}
