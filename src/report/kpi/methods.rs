//! Which verdicts change when the method does, and which ratings do not fit their indicators.

use serde::Serialize;
use serde_json::Value as Json;

use crate::document::{Block, Cell, ColumnOf, Document, Line, Section, Table, Tone, Type, column};
use crate::lang::Lang;
use crate::plan::Plan;
use crate::plan::id::Id;
use crate::plan::judging::BandSet;
use crate::plan::scale::ScaleVersion;
use crate::query::AsOf;
use crate::query::gap::methods::{Compared, Mismatch};
use crate::query::gap::{Gap, Verdict};
use crate::report::json::{AsOfJson, ByKey, PlanJson, Version, tree};
use crate::report::{Report, heading};
use crate::text::terms;
use crate::tr;
use crate::wording as words;

/// An indicator judged by every set of bands of its plan.
type Method<'r> = &'r Compared<'r>;

/// A rating that does not fit its indicator, and the scale of the rating.
type Mismatched<'r> = (&'r ScaleVersion, &'r Mismatch<'r>);

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

impl<'p> MethodsReport<'p> {
    /// The sets that are in force.
    fn sets(&self) -> impl Iterator<Item = &'p BandSet> {
        self.plan.band_sets.iter().filter(|set| set.is_in_force(self.as_of.period))
    }
}

impl<'p> Report for MethodsReport<'p> {
    fn reported_plan(&self) -> Option<&Plan> {
        Some(self.plan)
    }

    fn document(&self, lang: Lang) -> Document {
        let what = lang.pick("判定方法の比較", "verdicts by method");
        let mut document = heading::document(self.plan, what, Some(self.as_of), lang);
        let (all, differing) = (self.compared.len(), self.compared.iter().filter(|c| c.differs).count());
        document.lead.push(
            tr!(
                lang,
                "全体 {all} のうち、方法によって判定が変わるもの {differing}",
                "{differing} of {all} change with the method"
            )
            .into(),
        );
        document.sections.push(Section::plain(vec![Block::Table(self.table(lang))]));
        let sources = self.sets().map(|set| {
            let (id, name, source) = (&set.id, set.name.text(lang), set.source.text(lang));
            let source = match source {
                "" => String::new(),
                source => tr!(lang, "。出典：{source}", ". Source: {source}"),
            };
            Line::from(tr!(lang, "{id}：{name}{source}", "{id}: {name}{source}"))
        });
        let notes = Section::new(lang.pick("判定の方法", "Methods"), vec![Block::List(sources.collect())]);
        document.sections.push(notes);
        document
    }

    fn table(&self, lang: Lang) -> Table {
        let mut columns =
            vec![column("indicator", terms::INDICATOR_SHORT.titles(), Type::Name, |compared: &Method<'_>, _| {
                Cell::text(words::indicator_name(compared.indicator))
            })];
        columns.extend(self.sets().enumerate().map(|(nth, set)| {
            let (key, id) = (format!("by.{}", set.id), set.id.as_str());
            ColumnOf::titled(key, id, Type::Grade, |compared: &Method<'_>, at| {
                let is_chosen = compared.sets[at.nth].id == compared.judged_by.id;
                cell(&compared.gaps[at.nth], is_chosen, at.lang)
            })
            .nth(nth)
        }));
        columns.push(column("differs", ("変わるか", "Changes"), Type::Text, |compared, at| {
            match compared.differs {
                true => Cell::text(at.lang.pick("変わる", "yes")).toned(Tone::Warn),
                false => Cell::text(at.lang.pick("変わらない", "no")),
            }
        }));
        let notes = vec![lang.pick("＊は計画が定めた方法。", "* marks the method that the plan declares.").into()];
        Table { notes, ..Table::build(&columns, self.compared.iter(), lang) }
    }

    fn json(&self) -> Json {
        let compared = |c: &Compared<'p>| {
            let verdicts = c.sets.iter().zip(&c.gaps);
            ComparedJson {
                id: &c.indicator.id,
                name: &c.indicator.name,
                judged_by: &c.judged_by.id,
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

/// Entries whose rating and indicator contradict each other.
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
    fn reported_plan(&self) -> Option<&Plan> {
        Some(self.plan)
    }

    fn document(&self, lang: Lang) -> Document {
        let what = lang.pick("進捗区分と指標の食い違い", "ratings against indicators");
        let mut document = heading::document(self.plan, what, Some(self.as_of), lang);
        let count = self.mismatches.len();
        document.lead.push(
            tr!(
                lang,
                "進捗区分はよいが指標が悪化したもの、要対応だが指標はよいもの：{count} 件",
                "Rated well while the indicator got worse, or in need of attention while it does well: {count}"
            )
            .into(),
        );
        let block = match count {
            0 => Block::Text(
                lang.pick(
                    "比べられるものに食い違いはありません（未報告の項目と、判定できない指標は比べていません）。",
                    "There is none (unreported entries and undetermined indicators are not compared).",
                )
                .into(),
            ),
            _ => Block::Table(self.table(lang)),
        };
        document.sections.push(Section::plain(vec![block]));
        document
    }

    fn table(&self, lang: Lang) -> Table {
        let columns = [
            column("id", terms::ID.titles(), Type::Id, |(_, m): &Mismatched<'_>, _| {
                Cell::text(m.node.entry.id.as_str())
            }),
            column("name", terms::NAME.titles(), Type::Name, |(_, m), _| Cell::text(&*m.node.entry.name)),
            column("rating", terms::RATING.titles(), Type::Grade, |(version, m), at| {
                Cell::text(words::standing(m.node.standing, version, at.lang))
            }),
            column("indicator", terms::INDICATOR_SHORT.titles(), Type::Name, |(_, m), _| {
                Cell::text(words::indicator_name(m.gap.indicator))
            }),
            column("verdict", terms::VERDICT.titles(), Type::Grade, |(_, m), at| {
                Cell::text(words::verdict(m.gap.verdict, at.lang))
            }),
            column("change", ("前年から", "Since last year"), Type::Text, |(_, m), at| {
                m.gap.change.map_or_else(Cell::default, |change| {
                    let sign = if change.by.is_sign_positive() { "+" } else { "" };
                    Cell::text(format!("{sign}{}", words::difference(change.by, &m.gap.indicator.unit, at.lang)))
                })
            }),
        ];
        Table::build(&columns, self.mismatches.iter().map(|mismatch| (self.version, mismatch)), lang)
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
