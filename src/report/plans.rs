//! The plans of a workspace.

use serde::Serialize;
use serde_json::Value as Json;

use crate::lang::Lang;
use crate::plan::id::Id;
use crate::plan::period::FiscalYear;
use crate::plan::{Head, Plan};
use crate::text::terms;
use crate::tr;

use super::Report;
use super::json::{Version, tree};
use crate::document::{Block, Cell, Document, Section, Table, Tone, Type, column};

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
        let section = Section::plain(vec![Block::Table(self.table(lang))]);
        Document {
            title: lang.pick("計画の一覧", "Plans").into(),
            lead: Vec::new(),
            sections: vec![section],
            ..Document::default()
        }
    }

    fn table(&self, lang: Lang) -> Table {
        let columns = [
            column("plan", ("--plan", "--plan"), Type::Id, |listed: &&Listed, _| Cell::text(listed.name.as_str())),
            column("name", terms::NAME.titles(), Type::Name, |listed, _| head(listed, |head| head.name.to_string())),
            column("period", ("計画期間", "Plan period"), Type::Text, |listed, at| {
                let (lang, to) = (at.lang, at.lang.pick("～", "–"));
                head(listed, |head| format!("{}{to}{}", head.from.tag(lang), head.to.tag(lang)))
            }),
            column("outline", terms::OUTLINE.titles(), Type::Text, |listed, at| {
                listed.plan.as_ref().map_or_else(Cell::default, |plan| Cell::text(outline(plan, at.lang)))
            }),
            column("indicators", ("指標", "Indicators"), Type::Integer, |listed, _| {
                let count = listed.plan.as_ref().map(|plan| judged(plan) as u64);
                count.map_or_else(Cell::default, |count| Cell::number(count, count.to_string()))
            }),
            column("remarks", ("備考", "Remarks"), Type::Text, |listed, at| remarks(listed, at.lang)),
        ];
        Table::build(&columns, &self.plans, lang)
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

/// What the head of a plan says; nothing of a plan with errors.
fn head(listed: &Listed, words: impl Fn(&Head) -> String) -> Cell {
    listed.plan.as_ref().map_or_else(Cell::default, |plan| Cell::text(words(&plan.head)))
}

/// How many entries each level has, or as many as were published where none is known.
fn outline(plan: &Plan, lang: Lang) -> String {
    let levels = plan.head.levels.iter().zip(level_counts(plan)).filter(|(_, n)| *n > 0);
    let outline: Vec<String> = levels.map(|(name, n)| format!("{name} {n}")).collect();
    match plan.head.published.last().filter(|_| outline.is_empty()) {
        Some(published) => {
            let (name, total) = (plan.level_name(published.place.level), published.whole.total);
            tr!(lang, "{name} {total}（公表値）", "{name} {total} (as published)")
        }
        None => outline.join(lang.pick("、", ", ")),
    }
}

/// Whether the plan is the default one, has errors, or is of a made-up city.
fn remarks(listed: &Listed, lang: Lang) -> Cell {
    let errors = listed.errors;
    let default = listed.default.then(|| lang.pick("既定", "default").to_owned());
    let (more, tone) = match &listed.plan {
        None => (Some(tr!(lang, "エラー {errors} 件（kaikaku check）", "errors: {errors} (kaikaku check)")), Tone::Bad),
        Some(plan) => (plan.head.fictional.then(|| lang.pick("架空の市", "made-up city").to_owned()), Tone::Plain),
    };
    let remarks: Vec<String> = default.into_iter().chain(more).collect();
    Cell::text(remarks.join(lang.pick("、", ", "))).toned(tone)
}
