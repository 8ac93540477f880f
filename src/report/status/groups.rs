//! The counts by group for machines: one row a group, and JSON.

use std::borrow::Cow;

use serde::Serialize;

use crate::document::{Cell, Column, Row, Table, Type};
use crate::lang::Lang;
use crate::plan::period::Period;
use crate::query::status::{By, Group, Member, Status, Tally, groups};
use crate::text::terms;
use crate::wording as words;

use super::machine::{TallyJson, json_tally};
use super::{StatusReport, counts};

/// One row a group and level, the whole of a level last; one value a cell.
pub fn flat(report: &StatusReport<'_>, lang: Lang) -> Table {
    let Some(by) = report.by else { return Table::default() };
    let mut columns = vec![
        Column::new("group", words::grouping(report.plan(), by, lang), Type::Text),
        Column::new("level", terms::LEVEL.title(lang), Type::Text),
        Column::new("entries", terms::COUNT.title(lang), Type::Integer),
        Column::new("rated", terms::RATED.title(lang), Type::Integer),
        Column::new("unreported", terms::UNREPORTED.title(lang), Type::Integer),
        Column::new("not_rated", terms::RESTING.title(lang), Type::Integer),
        Column::new("not_begun", terms::AHEAD.title(lang), Type::Integer),
    ];
    let version = report.status.version;
    let grades = version.grades.iter().map(|g| Column::new(format!("grade.{}", g.id), &*g.name, Type::Integer));
    columns.extend(grades);
    let sums = version.composites.iter().map(|sum| Column::new(format!("sum.{}", sum.id), &*sum.name, Type::Integer));
    columns.extend(sums);
    columns.extend([
        Column::new("previous", lang.pick("比べる期間", "Compared with"), Type::Period),
        Column::new("change", lang.pick("前回比", "Change"), Type::Text),
        Column::new("remarks", lang.pick("備考", "Remarks"), Type::Text),
    ]);
    let rows = report.by_level().flat_map(|status| {
        let groups = groups(status, by).into_iter();
        let whole = terms::WHOLE_PLAN.title(lang);
        let whole = Row { strong: true, ..row(status, whole, [&status.total, &status.before], lang) };
        let name = move |group: &Group<'_>| words::member(status.plan, group.of, lang).into_owned();
        groups.map(move |group| row(status, &name(&group), [&group.tally, &group.before], lang)).chain([whole])
    });
    Table { rows: rows.collect(), columns, ..Table::default() }
}

fn row(status: &Status<'_>, name: &str, [tally, before]: [&Tally; 2], lang: Lang) -> Row {
    let count = |n: u64| Cell::number(n, n.to_string());
    let plain = [tally.entries, tally.rated(), tally.unreported, tally.resting, tally.ahead].into_iter();
    let sums = status.version.composites.iter().map(|sum| tally.sum(sum));
    let counts = plain.chain(tally.counts.iter().copied()).chain(sums).map(count);
    let names = [Cell::text(name), Cell::text(status.plan.level_name(status.counted))];
    let since = [
        Cell::text(status.previous.map(Period::short).unwrap_or_default()),
        Cell::text(counts::change(status, tally, before, lang)),
        Cell::text(status.rescaled.map(|period| words::rescaled(period, lang)).unwrap_or_default()),
    ];
    Row::new(names.into_iter().chain(counts).chain(since).collect())
}

/// 同じ値を持つ項目の件数 || The counts of the entries that have something in common
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct GroupJson<'p> {
    /// 見方：owner、bureau、又は項目の group のキー || By what they are grouped: owner, bureau, or a key of `group`
    by: &'p str,
    /// 値。ない項目は null || What they have in common; null for those that name nothing
    group: Option<Cow<'p, str>>,
    /// 上から何番目の階層か || The level that is counted, from 1
    level: usize,
    #[serde(flatten)]
    tally: TallyJson,
    /// 前回の件数。比べる期間がなければ null || The counts of the period before; null where there is none to compare with
    before: Option<TallyJson>,
}

/// The groups of each level that is counted.
pub fn json<'r>(report: &'r StatusReport<'_>) -> Vec<GroupJson<'r>> {
    let Some(by) = report.by else { return Vec::new() };
    report
        .by_level()
        .flat_map(|status| groups(status, by).into_iter().map(move |group| one(status, by, &group)))
        .collect()
}

fn one<'r>(status: &'r Status<'_>, by: By<'r>, group: &Group<'r>) -> GroupJson<'r> {
    let before = status.previous.or(status.rescaled).map(|_| json_tally(status.version_before, &group.before));
    GroupJson {
        by: match by {
            By::Owner => "owner",
            By::Bureau => "bureau",
            By::Key(key) => key,
        },
        group: match group.of {
            Member::None => None,
            Member::Period(period) => Some(period.short().into()),
            of => Some(words::member(status.plan, of, Lang::Ja)),
        },
        level: status.counted + 1,
        tally: json_tally(status.version, &group.tally),
        before,
    }
}
