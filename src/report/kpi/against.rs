//! The indicators beside what they were at the end of another period: verdict counts, then values one by one.

use rust_decimal::Decimal;
use serde::Serialize;

use crate::document::{Block, Cell, ColumnOf, Table, Type, column};
use crate::lang::Lang;
use crate::plan::id::Id;
use crate::plan::indicator::Indicator;
use crate::plan::judging::Against;
use crate::plan::period::Period;
use crate::query::gap::versus::{Before, since};
use crate::query::gap::{Gap, ValueChange, Verdict};
use crate::query::summary::Verdicts;
use crate::report::json::{self, Exact, ReadingJson};
use crate::text::terms;
use crate::wording as words;

use super::KpiReport;
use super::sums_against::{self, SumAgainstJson};

/// An indicator now and then.
pub struct Pair<'r> {
    /// Now.
    pub now: &'r Gap<'r>,
    /// At the end of the period that is compared with.
    pub then: &'r Gap<'r>,
    /// How the actual changed, where it may be compared.
    pub change: Option<ValueChange<'r>>,
}

/// How many have a verdict, now and then.
struct Counted {
    name: &'static str,
    now: u64,
    then: u64,
}

/// Every indicator now and then.
pub fn pairs<'r>(report: &'r KpiReport<'_>, before: &'r Before<'_>) -> impl Iterator<Item = Pair<'r>> {
    let pairs = report.gaps.iter().zip(&before.gaps);
    pairs.map(|(now, then)| Pair { now, then, change: since(now, then, report.as_of) })
}

/// How many stand so now and then, and every value now and then.
pub fn tables(report: &KpiReport<'_>, before: &Before<'_>, lang: Lang) -> Vec<Block> {
    let (then, now) = (before.period.tag(lang), report.as_of.period.tag(lang));
    let counts = [
        ColumnOf::titled("verdict", terms::VERDICT.title(lang), Type::Grade, |of: &Counted, _| Cell::text(of.name)),
        ColumnOf::titled("before", then.clone(), Type::Integer, |of, at| number(of.then, at.lang)),
        ColumnOf::titled("count", now.clone(), Type::Integer, |of, at| number(of.now, at.lang)),
        column("change", ("増減", "Change"), Type::Integer, |of, at| {
            let by = Decimal::from(of.now) - Decimal::from(of.then);
            Cell::number(by, words::change(by, at.lang))
        }),
    ];
    let values = [
        column("indicator", terms::INDICATOR_SHORT.titles(), Type::Name, |of: &Pair<'_>, _| {
            Cell::text(words::indicator_name(of.now.indicator))
        }),
        ColumnOf::titled("actual_before", then.clone(), Type::Decimal, |of, at| dated(of.then, at.lang)),
        ColumnOf::titled("actual", now.clone(), Type::Decimal, |of, at| dated(of.now, at.lang)),
        column("change", ("増減", "Change"), Type::Text, |of, at| Cell::text(changed(of, at.lang))),
        ColumnOf::titled("verdict_before", judged(&then, lang), Type::Grade, |of, at| {
            Cell::text(words::verdict(of.then.counted(), at.lang))
        }),
        ColumnOf::titled("verdict", judged(&now, lang), Type::Grade, |of, at| {
            Cell::text(words::verdict(of.now.counted(), at.lang))
        }),
    ];
    let counts = Table::build(&counts, counted(report, before, lang), lang);
    vec![Block::Table(counts), Block::Table(Table::build(&values, pairs(report, before), lang))]
}

fn judged(period: &str, lang: Lang) -> String {
    format!("{}\n{period}", terms::VERDICT.title(lang))
}

fn number(n: u64, lang: Lang) -> Cell {
    Cell::number(n, words::number(n.into(), lang))
}

fn verdicts(gaps: &[Gap<'_>]) -> Verdicts {
    Verdicts::count(gaps.iter().map(Gap::counted))
}

fn counted(report: &KpiReport<'_>, before: &Before<'_>, lang: Lang) -> Vec<Counted> {
    let (now, then) = (verdicts(&report.gaps), verdicts(&before.gaps));
    let row = |name, now, then| Counted { name, now, then };
    vec![
        row(words::verdict(Verdict::Met, lang), now.met, then.met),
        row(words::verdict(Verdict::OnPace, lang), now.on_pace, then.on_pace),
        row(words::verdict(Verdict::Behind, lang), now.behind, then.behind),
        row(words::verdict(Verdict::Worsened, lang), now.worsened, then.worsened),
        row(terms::UNDETERMINED.word(lang), now.undetermined, then.undetermined),
        row(lang.pick("計", "Total"), now.all, then.all),
    ]
}

fn dated(gap: &Gap<'_>, lang: Lang) -> Cell {
    let none = || Cell::text(words::none(lang));
    gap.actual.map_or_else(none, |actual| Cell::text(words::measured(actual, gap.indicator, lang)))
}

fn changed(of: &Pair<'_>, lang: Lang) -> String {
    let Some(change) = &of.change else { return words::none(lang).to_owned() };
    let by = words::difference(change.by, &of.now.indicator.unit, lang);
    let plus = if change.by > Decimal::ZERO { "+" } else { "" };
    format!("{plus}{by}{}", lang.pick("（", " (").to_owned() + word(change, lang) + lang.pick("）", ")"))
}

fn word(change: &ValueChange<'_>, lang: Lang) -> &'static str {
    match change.is {
        Against::Better => terms::BETTER.word(lang),
        Against::Worse => terms::WORSE.word(lang),
        Against::Same | Against::NotWorse => terms::FLAT.word(lang),
    }
}

/// 比べる期間の末日現在の指標 || The indicators at the end of the period that is compared with
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ComparedJson<'p> {
    /// 比べる期間 || The period
    period: Period,
    /// 判定ごとの数 || How many indicators have which verdict, then and now
    verdicts: Vec<VerdictAgainstJson>,
    /// 指標 || The indicators
    indicators: Vec<IndicatorAgainstJson<'p>>,
    /// 計画が定める合計 || The sums that the plan declares
    sums: Vec<SumAgainstJson<'p>>,
}

/// 判定ごとの数の増減 || How a count of verdicts changed
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct VerdictAgainstJson {
    /// 判定：met 達成、on-pace 順調、behind 遅れ、worsened 後退、undetermined 判定不能、all 計 || The verdict: met, on-pace, behind, worsened, undetermined, all
    verdict: &'static str,
    /// その時の数 || How many then
    before: u64,
    /// いまの数 || How many now
    count: u64,
}

/// 指標の増減 || How an indicator changed
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct IndicatorAgainstJson<'p> {
    /// id || Its id
    id: &'p Id,
    /// その時の実績値 || The actual known then
    before: Option<ReadingJson<'p>>,
    /// 実績値の増減。比べられなければ null || By how much the actual changed; null where the two cannot be compared
    change: Option<Exact>,
    /// その時の判定。所管課の判断があれば、それ || The verdict then, by hand where one was given
    verdict_before: &'static str,
    /// いまの判定。所管課の判断があれば、それ || The verdict now, by hand where one was given
    verdict: &'static str,
}

/// What is compared, for programs.
pub fn compared<'r>(report: &'r KpiReport<'_>, before: &'r Before<'_>) -> ComparedJson<'r> {
    const KEYS: [&str; 6] = ["met", "on-pace", "behind", "worsened", "undetermined", "all"];
    let counts = counted(report, before, Lang::Ja).into_iter().zip(KEYS);
    let read =
        |gap: &'r Gap<'_>, of: &'r Indicator| gap.actual.map(|actual| json::reading(&actual.reading, of, report.plan));
    ComparedJson {
        period: before.period,
        verdicts: counts.map(|(of, verdict)| VerdictAgainstJson { verdict, before: of.then, count: of.now }).collect(),
        indicators: pairs(report, before)
            .map(|pair| IndicatorAgainstJson {
                id: &pair.now.indicator.id,
                before: read(pair.then, pair.now.indicator),
                change: pair.change.map(|change| change.by.into()),
                verdict_before: pair.then.counted().key(),
                verdict: pair.now.counted().key(),
            })
            .collect(),
        sums: sums_against::compared(report, before),
    }
}
