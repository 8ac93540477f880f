//! The plans of a workspace.

use serde::Serialize;
use serde_json::Value as Json;

use crate::lang::Lang;
use crate::plan::Plan;
use crate::plan::id::Id;
use crate::plan::period::FiscalYear;
use crate::tr;

use super::Report;
use super::json::{Version, tree};
use crate::document::{Block, Cell, Column, Document, Row, Section, Table, Tone};

/// The plans of a workspace.
#[derive(Debug)]
pub struct PlansReport {
    /// In order of name.
    pub plans: Vec<Listed>,
}

/// One plan of the list.
#[derive(Debug)]
pub struct Listed {
    /// What `--plan` names.
    pub name: String,
    /// Whether it is meant without `--plan`.
    pub default: bool,
    /// The plan; `None` when it has errors.
    pub plan: Option<Plan>,
    /// How many errors it has.
    pub errors: usize,
}

impl Report for PlansReport {
    fn document(&self, lang: Lang) -> Document {
        let mut table = self.table(lang);
        for row in &mut table.rows {
            row.strong = false;
        }
        let section = Section::plain(vec![Block::Table(table)]);
        Document {
            title: lang.pick("計画の一覧", "Plans").into(),
            lead: Vec::new(),
            sections: vec![section],
            ..Document::default()
        }
    }

    fn table(&self, lang: Lang) -> Table {
        let columns = vec![
            Column::left("--plan"),
            Column::left(lang.pick("名称", "Name")),
            Column::left(lang.pick("計画期間", "Plan period")),
            Column::left(lang.pick("構成", "Outline")),
            Column::right(lang.pick("指標", "Indicators")),
            Column::left(lang.pick("備考", "Remarks")),
        ];
        Table { columns, rows: self.plans.iter().map(|p| row(p, lang)).collect(), ..Table::default() }
    }

    fn json(&self) -> Json {
        tree(&PlansJson { schema: Version, plans: self.plans.iter().map(Into::into).collect() })
    }
}

/// 計画の一覧 || The plans
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PlansJson<'p> {
    /// 形式の版 || The version of this form
    schema: Version,
    /// 計画。フォルダーの名前の順 || The plans, by the name of their folders
    plans: Vec<ListedJson<'p>>,
}

/// 一覧の計画。エラーがあれば多くは null || A plan of the list; most is null where it has errors
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct ListedJson<'p> {
    /// フォルダーの名前（`--plan` に書くもの） || The name of its folder, which `--plan` takes
    name: &'p str,
    /// 既定の計画か || Whether it is meant without `--plan`
    default: bool,
    /// 計画の id || The plan's own id
    id: Option<&'p Id>,
    /// 計画の名称 || Its title
    title: Option<&'p str>,
    /// 計画期間の始まり || Its first fiscal year
    from: Option<FiscalYear>,
    /// 計画期間の終わり || Its last fiscal year
    to: Option<FiscalYear>,
    /// 架空の市か || Whether the city is made up
    fictional: Option<bool>,
    /// 階層ごとの項目の数 || How many entries each level has
    counts: Option<Vec<usize>>,
    /// 指標の数 || How many indicators it has
    indicators: Option<usize>,
    /// エラーの数 || How many errors it has
    errors: usize,
}

impl<'p> From<&'p Listed> for ListedJson<'p> {
    fn from(listed: &'p Listed) -> Self {
        let head = listed.plan.as_ref().map(|plan| &plan.head);
        Self {
            name: &listed.name,
            default: listed.default,
            id: head.map(|h| &h.id),
            title: head.map(|h| &*h.name),
            from: head.map(|h| h.from),
            to: head.map(|h| h.to),
            fictional: head.map(|h| h.fictional),
            counts: listed.plan.as_ref().map(level_counts),
            indicators: listed.plan.as_ref().map(judged),
            errors: listed.errors,
        }
    }
}

fn level_counts(plan: &Plan) -> Vec<usize> {
    (0..plan.head.levels.len()).map(|level| plan.entries.iter().filter(|e| e.level == level).count()).collect()
}

fn judged(plan: &Plan) -> usize {
    plan.indicators.iter().filter(|i| i.kind != crate::plan::indicator::Kind::Heading).count()
}

fn row(listed: &Listed, lang: Lang) -> Row {
    let mut remarks = Vec::new();
    if listed.default {
        remarks.push(lang.pick("既定", "default").to_owned());
    }
    let Some(plan) = &listed.plan else {
        let errors = listed.errors;
        remarks.push(tr!(lang, "エラー {errors} 件（kaikaku check）", "errors: {errors} (kaikaku check)"));
        let blank = Cell::default;
        let remark = Cell::text(remarks.join(lang.pick("、", ", "))).toned(Tone::Bad);
        return Row::new(vec![Cell::text(&*listed.name), blank(), blank(), blank(), blank(), remark]);
    };
    if plan.head.fictional {
        remarks.push(lang.pick("架空の市", "made-up city").to_owned());
    }
    let levels = plan.head.levels.iter().zip(level_counts(plan)).filter(|(_, n)| *n > 0);
    let outline: Vec<String> = levels.map(|(name, n)| format!("{name} {n}")).collect();
    let published = plan.head.published.last().map(|p| p.total).filter(|_| outline.is_empty());
    let outline = match published {
        Some(total) => {
            tr!(lang, "{} {total}（公表値）", "{} {total} (as published)", plan.level_name(plan.head.counted))
        }
        None => outline.join(lang.pick("、", ", ")),
    };
    let indicators = judged(plan) as u64;
    Row::new(vec![
        Cell::text(&*listed.name),
        Cell::text(&*plan.head.name),
        Cell::text(format!("{}{}{}", plan.head.from.tag(lang), lang.pick("～", "–"), plan.head.to.tag(lang))),
        Cell::text(outline),
        Cell::number(indicators, indicators.to_string()),
        Cell::text(remarks.join(lang.pick("、", ", "))),
    ])
}
