//! Which verdicts change when the method does, and which ratings do not fit their indicators.

use serde::Serialize;
use serde_json::Value as Json;

use crate::document::{Block, Cell, Column, Document, Line, Row, Section, Table, Tone};
use crate::lang::Lang;
use crate::plan::Plan;
use crate::plan::id::Id;
use crate::plan::scale::ScaleVersion;
use crate::query::AsOf;
use crate::query::gap::methods::{Compared, Mismatch};
use crate::query::gap::{Gap, Verdict};
use crate::report::json::{AsOfJson, ByKey, PlanJson, Version, tree};
use crate::report::{Report, heading};
use crate::tr;
use crate::wording as words;

/// Every indicator judged by every set of bands.
#[derive(Debug)]
pub struct MethodsReport<'p> {
    /// The plan.
    pub plan: &'p Plan,
    /// As of when.
    pub as_of: AsOf,
    /// In the order of the plan.
    pub compared: Vec<Compared<'p>>,
}

impl<'p> Report for MethodsReport<'p> {
    fn of(&self) -> Option<&Plan> {
        Some(self.plan)
    }

    fn document(&self, lang: Lang) -> Document {
        let what = lang.pick("判定方法の比較", "verdicts by method");
        let mut document = heading::document(self.plan, what, Some(self.as_of), lang);
        let (all, differing) = (self.compared.len(), self.compared.iter().filter(|c| c.differs).count());
        document.lead.push(tr!(
            lang,
            "全体 {all} のうち、方法によって判定が変わるもの {differing}",
            "{differing} of {all} change with the method"
        ));
        document.sections.push(Section::plain(vec![Block::Table(self.table(lang))]));
        let sources = self.plan.band_sets.iter().map(|set| {
            let (id, name, source) = (&set.id, set.name.text(lang), set.source.text(lang));
            Line::from(tr!(lang, "{id}：{name}。出典：{source}", "{id}: {name}. Source: {source}"))
        });
        let notes = Section::new(lang.pick("判定の方法", "Methods"), vec![Block::List(sources.collect())]);
        document.sections.push(notes);
        document
    }

    fn table(&self, lang: Lang) -> Table {
        let mut columns = vec![Column::left(lang.pick("指標", "Indicator"))];
        columns.extend(self.plan.band_sets.iter().map(|set| Column::left(set.id.as_str())));
        columns.push(Column::left(lang.pick("変わるか", "Changes")));
        let row = |compared: &Compared<'_>| {
            let chosen = &self.plan.judging(compared.indicator).id;
            let mut cells = vec![Cell::text(words::indicator_name(compared.indicator))];
            let sets = self.plan.band_sets.iter().zip(&compared.gaps);
            cells.extend(sets.map(|(set, gap)| cell(gap, set.id == *chosen, lang)));
            let differs =
                if compared.differs { lang.pick("変わる", "yes") } else { lang.pick("変わらない", "no") };
            let tone = if compared.differs { Tone::Warn } else { Tone::Plain };
            cells.push(Cell::text(differs).toned(tone));
            Row::new(cells)
        };
        let notes = vec![lang.pick("＊は計画が定めた方法。", "* marks the method that the plan declares.").to_owned()];
        Table { columns, rows: self.compared.iter().map(row).collect(), notes, ..Table::default() }
    }

    fn json(&self) -> Json {
        let compared = |c: &Compared<'p>| {
            let verdicts = self.plan.band_sets.iter().zip(&c.gaps);
            ComparedJson {
                id: &c.indicator.id,
                name: &c.indicator.name,
                judged_by: &self.plan.judging(c.indicator).id,
                verdicts: verdicts.map(|(set, gap)| (&set.id, gap.verdict.key())).collect(),
                differs: c.differs,
            }
        };
        tree(&MethodsJson {
            schema: Version,
            plan: self.plan.into(),
            as_of: self.as_of.into(),
            indicators: self.compared.iter().map(compared).collect(),
        })
    }
}

/// 判定方法の比較 || The verdicts by method
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct MethodsJson<'p> {
    /// 形式の版 || The version of this form
    schema: Version,
    /// 計画 || The plan
    plan: PlanJson<'p>,
    /// いつ現在か || As of when
    as_of: AsOfJson,
    /// 指標ごとの判定 || Indicator by indicator
    indicators: Vec<ComparedJson<'p>>,
}

/// 指標の、方法ごとの判定 || The verdicts of one indicator
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct ComparedJson<'p> {
    /// 指標の id || Its id
    id: &'p Id,
    /// 名称 || Its name
    name: &'p str,
    /// 計画が定めた判定区分の組の id || The set of bands that the plan declares, by id
    judged_by: &'p Id,
    /// 判定区分の組の id ごとの判定 || The verdict by each set of bands, by the set's id
    verdicts: ByKey<&'static str>,
    /// 方法によって判定が変わるか || Whether the verdict depends on the method
    differs: bool,
}

fn cell(gap: &Gap<'_>, chosen: bool, lang: Lang) -> Cell {
    let word = words::banded(gap, lang);
    let star = if chosen { lang.pick("＊", "* ") } else { "" };
    Cell::text(format!("{star}{word}"))
}

/// Entries whose rating and indicator say opposite things.
#[derive(Debug)]
pub struct MismatchReport<'p> {
    /// The plan.
    pub plan: &'p Plan,
    /// As of when.
    pub as_of: AsOf,
    /// The grades of then.
    pub version: &'p ScaleVersion,
    /// In outline order.
    pub mismatches: Vec<Mismatch<'p>>,
}

impl<'p> Report for MismatchReport<'p> {
    fn of(&self) -> Option<&Plan> {
        Some(self.plan)
    }

    fn document(&self, lang: Lang) -> Document {
        let what = lang.pick("進捗区分と指標の食い違い", "ratings against indicators");
        let mut document = heading::document(self.plan, what, Some(self.as_of), lang);
        let count = self.mismatches.len();
        document.lead.push(tr!(
            lang,
            "進捗区分はよいが指標が悪化したもの、要対応だが指標はよいもの：{count} 件",
            "Rated well while the indicator got worse, or in need of attention while it does well: {count}"
        ));
        let block = match count {
            0 => Block::Text(lang.pick("食い違いはありません。", "There is none.").into()),
            _ => Block::Table(self.table(lang)),
        };
        document.sections.push(Section::plain(vec![block]));
        document
    }

    fn table(&self, lang: Lang) -> Table {
        let titles = [
            ("番号", "ID"),
            ("名称", "Name"),
            ("進捗区分", "Rating"),
            ("指標", "Indicator"),
            ("判定", "Verdict"),
            ("前年から", "Since last year"),
        ];
        let columns = titles.map(|(ja, en)| Column::left(lang.pick(ja, en))).into();
        let row = |m: &Mismatch<'_>| {
            let change = m.gap.change.map(|change| {
                let sign = if change.by.is_sign_positive() { "+" } else { "" };
                format!("{sign}{}", words::difference(change.by, &m.gap.indicator.unit, lang))
            });
            Row::new(vec![
                Cell::text(m.node.entry.id.as_str()),
                Cell::text(&*m.node.entry.name),
                Cell::text(words::standing(m.node.standing, self.version, lang)),
                Cell::text(words::indicator_name(m.gap.indicator)),
                Cell::text(words::verdict(m.gap.verdict, lang)),
                Cell::text(change.unwrap_or_default()),
            ])
        };
        Table { columns, rows: self.mismatches.iter().map(row).collect(), ..Table::default() }
    }

    fn json(&self) -> Json {
        let mismatch = |m: &Mismatch<'p>| MismatchJson {
            entry: &m.node.entry.id,
            rating: words::standing(m.node.standing, self.version, Lang::En),
            indicator: &m.gap.indicator.id,
            verdict: m.gap.verdict.key(),
            undetermined: matches!(m.gap.verdict, Verdict::Undetermined(_)),
        };
        tree(&MismatchesJson {
            schema: Version,
            plan: self.plan.into(),
            as_of: self.as_of.into(),
            mismatches: self.mismatches.iter().map(mismatch).collect(),
        })
    }
}

/// 進捗区分と指標の食い違い || Ratings against indicators
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct MismatchesJson<'p> {
    /// 形式の版 || The version of this form
    schema: Version,
    /// 計画 || The plan
    plan: PlanJson<'p>,
    /// いつ現在か || As of when
    as_of: AsOfJson,
    /// 食い違い || What contradicts
    mismatches: Vec<MismatchJson<'p>>,
}

/// 項目と指標の食い違い || An entry whose rating and indicator contradict each other
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct MismatchJson<'p> {
    /// 項目の番号 || The entry
    entry: &'p Id,
    /// 進捗区分の名称 || The name of its grade
    rating: &'p str,
    /// 指標の id || The indicator
    indicator: &'p Id,
    /// 判定 || The verdict
    verdict: &'static str,
    /// 判定不能か || Whether there is no verdict
    undetermined: bool,
}
