//! What an imported list brings, for programs.

use serde::Serialize;
use serde_json::Value as Json;

use super::columns::role_name;
use super::{ImportReport, ROWS};
use crate::inquiry::import::{Line, NewEntry, NewIndicator};
use crate::inquiry::spot::{Stray, column_letters};
use crate::plan::id::Id;
use crate::plan::inquiry::Role;
use crate::report::json::{ByKey, PlanJson, SayJson, SayOwned, Version, tree};

/// What an imported list brings, for programs.
pub fn json<'p>(report: &ImportReport<'p>) -> Json {
    let line = |line: &'p Line| CellJson {
        id: &line.id,
        question: line.field.as_ref().map(ToString::to_string),
        class: line.class.key(),
        recorded: line.recorded.as_deref(),
        reply: line.listed.as_deref(),
        at: line.spot.to_string(),
        readings: line.notes.iter().map(Into::into).collect(),
    };
    let entry = |entry: &'p NewEntry| NewEntryJson { id: &entry.id, name: &entry.name, owner: owners(&entry.owners) };
    let indicator = |one: &'p NewIndicator| NewIndicatorJson {
        id: &one.id,
        name: &one.name,
        unit: &one.unit,
        kind: one.way.kind,
        stated: one.way.is_stated,
        entry: one.entry.as_ref(),
    };
    let columns = report.brought.levelled.iter().flat_map(|(found, _)| {
        let column = |(role, at): &(Role, u32)| ColumnJson {
            column: column_letters(*at),
            title: found.headings.title(*at),
            holds: role_name(role, report.plan),
        };
        found.roles.iter().map(column).collect::<Vec<_>>()
    });
    let left_out = |stray: &'p Stray| LeftOutJson { at: stray.spot.to_string(), reason: SayJson::from(&stray.reason) };
    tree(&ImportJson {
        schema: Version,
        plan: report.plan.into(),
        columns: columns.collect(),
        entries: report.brought.entries.iter().map(entry).collect(),
        indicators: report.brought.indicators.iter().map(indicator).collect(),
        owners: report.brought.owners.iter().map(|owner| owner.name.as_str()).collect(),
        counts: ROWS.iter().map(|class| (class.key(), report.history.count(*class))).collect(),
        rows: report.history.lines.iter().map(line).collect(),
        left_out: report.history.left_out.iter().map(left_out).collect(),
    })
}

fn owners(all: &[String]) -> Option<String> {
    (!all.is_empty()).then(|| all.join("、"))
}

/// 一覧の取込み || What an imported list brings
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ImportJson<'p> {
    /// 形式の版 || The version of this form
    schema: Version,
    /// 計画 || The plan
    plan: PlanJson<'p>,
    /// 見出しから見つけた列 || The columns that were found by their headings
    columns: Vec<ColumnJson>,
    /// 加える項目 || The new entries
    entries: Vec<NewEntryJson<'p>>,
    /// 加える指標 || The new indicators
    indicators: Vec<NewIndicatorJson<'p>>,
    /// 加える所管課 || The new owners
    owners: Vec<&'p str>,
    /// 区分ごとの行の数 || How many rows are in which class
    counts: ByKey<usize>,
    /// 一覧の内容。セルごと || What the list says, cell by cell
    rows: Vec<CellJson<'p>>,
    /// 読まなかったもの || What of the list is not read
    left_out: Vec<LeftOutJson<'p>>,
}

/// 読まなかったもの || Something in the list that is not read
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct LeftOutJson<'p> {
    /// 場所 || Where it stands
    at: String,
    /// 理由 || Why
    reason: SayJson<'p>,
}

/// 加える項目 || A new entry
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct NewEntryJson<'p> {
    /// 番号 || Its id
    id: &'p Id,
    /// 名称 || Its name
    name: &'p str,
    /// 所管課（一覧のとおり） || Its owner, as the list writes it
    owner: Option<String>,
}

/// 加える指標 || A new indicator
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct NewIndicatorJson<'p> {
    /// id || Its id
    id: &'p Id,
    /// 名称 || Its name
    name: &'p str,
    /// 単位 || Its unit
    unit: &'p str,
    /// 向き || Which way is good
    kind: &'static str,
    /// 向きが一覧に書かれているか。false は基準値と目標値からの推定 || Whether the list says which way is good; else it follows from baseline and target
    stated: bool,
    /// 対象の項目。計画全体の指標なら null || The entry that it verifies; null for one of the whole plan
    entry: Option<&'p Id>,
}

/// 見出しから見つけた列 || A column that was found by its heading
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct ColumnJson {
    /// 列（A など） || The column, such as A
    column: String,
    /// 見出し || The words above it
    title: String,
    /// 何の列か || What it holds
    holds: SayOwned,
}

/// 一覧のセル || A cell of the list
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct CellJson<'p> {
    /// 番号（一覧のとおり） || The entry or indicator, as the list writes it
    id: &'p str,
    /// どのキーか。行全体なら null || Which key of it; null for the row as a whole
    question: Option<String>,
    /// 区分：changed 変更、conflict 衝突、unlikely 確認が必要、invalid 読めない、left_out 取り込まない、unchanged 変更なし || Its class: changed, conflict, unlikely, invalid, left_out, unchanged
    class: &'static str,
    /// 今の記録 || What is recorded already
    recorded: Option<&'p str>,
    /// 一覧の内容 || What the list says
    reply: Option<&'p str>,
    /// 場所 || Where it stands
    at: String,
    /// 読み方 || How it was read
    readings: Vec<SayJson<'p>>,
}
