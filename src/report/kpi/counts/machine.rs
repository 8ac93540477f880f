//! The counts of verdicts for machines: one count a row, and JSON.

use rust_decimal::Decimal;
use serde::Serialize;

use crate::document::{Cell, ColumnOf, Table, Type, column};
use crate::lang::Lang;
use crate::plan::id::Id;
use crate::plan::period::Period;
use crate::plan::{Plan, Rounding};
use crate::query::verdicts::{Before, GroupOf, VerdictGroup, VerdictTable};
use crate::report::json::{self, Exact, SayJson, SayOwned};
use crate::text::terms;

use super::{VerdictCount, counts_of, grouped_by, named, not_compared};

/// One count of one group, as one row.
struct FlatCount<'r> {
    table: &'r VerdictTable<'r>,
    group: &'r VerdictGroup<'r>,
    count: VerdictCount,
    rounding: Rounding,
}

/// Every count of every group, one a row.
pub fn flat(plan: &Plan, tables: &[VerdictTable<'_>], lang: Lang) -> Table {
    let rows = tables.iter().flat_map(|table| {
        table.groups.iter().flat_map(move |group| {
            let counts = counts_of(table, group, lang);
            counts.into_iter().map(move |count| FlatCount { table, group, count, rounding: plan.head.rounding })
        })
    });
    let by = tables.iter().find_map(|table| table.groups.get(1)).map_or(GroupOf::Plan, |group| group.of);
    let columns = [
        column("bands", ("判定区分の組", "Set of bands"), Type::Text, |of: &FlatCount<'_>, at| {
            Cell::text(of.table.set.name.text(at.lang))
        }),
        column("of_kind", ("種類", "Of kind"), Type::Text, |of: &FlatCount<'_>, at| {
            let term = match of.group.of {
                GroupOf::Plan => terms::WHOLE_PLAN,
                GroupOf::Heading(_) => terms::HEADING,
                GroupOf::Entry(_) => terms::ENTRY,
                GroupOf::Theme(_) | GroupOf::NoTheme => terms::THEME,
            };
            Cell::text(term.word(at.lang))
        }),
        column("of_id", terms::ID.titles(), Type::Id, |of: &FlatCount<'_>, at| {
            Cell::text(named(of.group.of, at.lang).1.map_or("", Id::as_str))
        }),
        ColumnOf::titled("of", grouped_by(by, lang), Type::Text, |of: &FlatCount<'_>, at| {
            Cell::text(named(of.group.of, at.lang).2)
        }),
        column("verdict_id", ("区分の id", "ID of the band"), Type::Id, |of: &FlatCount<'_>, _| {
            Cell::text(&*of.count.id)
        }),
        column("verdict", terms::VERDICT.titles(), Type::Grade, |of: &FlatCount<'_>, _| Cell::text(&*of.count.name)),
        column("count", terms::COUNT.titles(), Type::Integer, |of: &FlatCount<'_>, _| {
            Cell::number(of.count.count, of.count.count.to_string())
        }),
        column("share_of", ("割合の分母", "Denominator"), Type::Integer, |of: &FlatCount<'_>, _| {
            optional(of.count.of.map(Into::into))
        }),
        column("share", ("割合（％）", "Share (%)"), Type::Percent, |of: &FlatCount<'_>, _| {
            optional(of.count.share(of.rounding))
        }),
        column("before", ("前回", "Before"), Type::Integer, |of: &FlatCount<'_>, _| {
            optional(of.count.before.map(Into::into))
        }),
        column("change", ("増減", "Change"), Type::Integer, |of: &FlatCount<'_>, _| optional(of.count.change())),
        column("remarks", ("備考", "Remarks"), Type::Text, |of: &FlatCount<'_>, at| {
            Cell::text(not_compared(of.table, at.lang).unwrap_or_default())
        }),
    ];
    Table::build(&columns, rows, lang)
}

fn optional(n: Option<Decimal>) -> Cell {
    n.map_or_else(Cell::default, |n| Cell::number(n, n.to_string()))
}

/// 一つの判定区分の組による、指標の件数と割合 || How many indicators have which band of one set
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct VerdictTableJson<'p> {
    /// 判定区分の組の id || The set of bands, by id
    bands: &'p Id,
    /// その名称 || Its name
    name: SayJson<'p>,
    /// 比べた前回の期間。比べていなければ null || The period that it is compared with; null where it is not
    previous: Option<Period>,
    /// 前回と判定区分が異なるために比べていないか || Whether it is not compared because other bands judged then
    other_bands_before: bool,
    /// 計画全体と、見出し・項目（尋ねたときは主題）ごとの件数 || The counts of the plan, and by heading and entry, or by theme where that is asked
    groups: Vec<VerdictGroupJson<'p>>,
}

/// 計画全体、見出し、項目又は主題の件数 || The counts of the plan, a heading, an entry or a theme
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct VerdictGroupJson<'p> {
    /// 種類：plan、heading、entry、theme || What it is: plan, heading, entry, theme
    kind: &'static str,
    /// 番号又は id。計画全体と、どの主題にも属さないものは null || Its id; null for the plan, and for what belongs to no theme
    id: Option<&'p Id>,
    /// 名称 || Its name
    name: String,
    /// 指標の数 || How many indicators
    all: u64,
    /// 割合の分母 || The denominator of shares
    judged: u64,
    /// 件数 || The counts
    counts: Vec<VerdictCountJson>,
}

/// 判定区分などの件数と割合 || The count and share of a band
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct VerdictCountJson {
    /// 種類：band 区分、verdict 共通の言葉での判定、composite 区分の合計 || What it is: band, verdict in the words that all plans share, composite
    kind: &'static str,
    /// id || Its id
    id: String,
    /// 名称 || Its name
    name: SayOwned,
    /// 件数 || How many
    count: u64,
    /// 割合（％）。分母に入れないものは null || The share in percent; null for what does not count
    share: Option<Exact>,
    /// 前回の件数 || How many there were in the period before
    before: Option<u64>,
}

/// The tables for programs.
pub fn json<'p>(tables: &[VerdictTable<'p>]) -> Vec<VerdictTableJson<'p>> {
    let share = |count: &VerdictCount| {
        let rate = count.of.and_then(|of| crate::query::gap::Rate::new(count.count.into(), of.into()));
        json::rate(rate)
    };
    let table = |table: &VerdictTable<'p>| VerdictTableJson {
        bands: &table.set.id,
        name: (&table.set.name).into(),
        previous: if let Before::Period(previous) = table.before { Some(previous) } else { None },
        other_bands_before: matches!(table.before, Before::OtherBands(_)),
        groups: table
            .groups
            .iter()
            .map(|group| {
                let (kind, id, name) = named(group.of, Lang::Ja);
                let [ja, en] = [Lang::Ja, Lang::En].map(|lang| counts_of(table, group, lang));
                let both = ja.into_iter().zip(en).filter(|(count, _)| count.kind != "total");
                let counts = both.map(|(count, en)| VerdictCountJson {
                    share: share(&count),
                    kind: count.kind,
                    id: count.id,
                    name: SayOwned { ja: count.name, en: en.name },
                    count: count.count,
                    before: count.before,
                });
                let name = id.map_or_else(String::new, |_| name);
                VerdictGroupJson {
                    kind,
                    id,
                    name,
                    all: group.now.all,
                    judged: group.now.judged,
                    counts: counts.collect(),
                }
            })
            .collect(),
    };
    tables.iter().map(table).collect()
}
