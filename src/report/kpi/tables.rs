//! The tables of the indicators: values, rates, verdicts, and what lies ahead.

use rayon::prelude::*;
use rust_decimal::Decimal;

use crate::document::{Cell, Column, Row, Table, Tone, WHOLE_ROW};
use crate::lang::Lang;
use crate::plan::indicator::{ByHand, Indicator, Kind};
use crate::plan::judging::{Against, Measured};
use crate::plan::value::Certainty;
use crate::plan::{Plan, Rounding};
use crate::query::gap::{Gap, Rate, Verdict};
use crate::tr;
use crate::wording as words;

use super::denominators;
use super::notes::sets;

/// Name, target, actual, gap, verdict: what `status` and `show` tell of the indicators.
pub fn short_table(plan: &Plan, gaps: &[Gap<'_>], lang: Lang) -> Table {
    let columns = vec![
        Column::left(lang.pick("指標", "Indicator")),
        Column::right(lang.pick("実績値", "Actual")),
        Column::right(lang.pick("目標値", "Target")),
        Column::right(lang.pick("差・余裕", "Gap, room")),
        Column::left(lang.pick("判定", "Verdict")),
    ];
    let rows = grouped(plan, gaps, columns.len(), lang, |gap| {
        vec![actual(gap, lang), target(gap, lang), distance(gap, lang), verdict(gap, lang)]
    });
    let sets: Vec<&str> = sets(gaps).into_iter().map(|set| set.name.text(lang)).collect();
    let sets = sets.join(lang.pick("、", ", "));
    let method = tr!(lang, "判定の方法：{sets}", "Judged by: {sets}");
    Table { columns, rows, notes: vec![denominators(gaps, lang), method], ..Table::default() }
}

/// Everything about each indicator; on a narrow page the values first, then the rates.
pub fn full_table(plan: &Plan, gaps: &[Gap<'_>], lang: Lang) -> Table {
    let name = Column::left(lang.pick("指標", "Indicator"));
    let columns: Vec<Column> = std::iter::once(name).chain(ALL.iter().map(|told| told.column(lang))).collect();
    let cells = |gap: &Gap<'_>| ALL.iter().map(|told| told.cell(gap, plan, lang)).collect();
    let rows = grouped(plan, gaps, columns.len(), lang, cells);
    Table { columns, rows, begins: vec![1, 3, 5], ..Table::default() }
}

/// What a column tells of an indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Told {
    Baseline,
    Actual,
    Target,
    Distance,
    ToTarget,
    Improvement,
    Pace,
    Change,
    Verdict,
}

const ALL: [Told; 9] = [
    Told::Baseline,
    Told::Actual,
    Told::Target,
    Told::Distance,
    Told::ToTarget,
    Told::Improvement,
    Told::Pace,
    Told::Change,
    Told::Verdict,
];

impl Told {
    /// Its head.
    pub fn column(self, lang: Lang) -> Column {
        match self {
            Self::Baseline => Column::right(lang.pick("基準値", "Baseline")),
            Self::Actual => Column::right(lang.pick("実績値", "Actual")),
            Self::Target => Column::right(lang.pick("目標値", "Target")),
            Self::Distance => Column::right(lang.pick("差・余裕", "Gap, room")),
            Self::ToTarget => Column::right(lang.pick("対目標比", "To target")),
            Self::Improvement => Column::right(lang.pick("改善率", "Improvement")),
            Self::Pace => Column::right(lang.pick("ペース比", "Pace")),
            Self::Change => Column::left(lang.pick("前年から", "Since last year")),
            Self::Verdict => Column::left(lang.pick("判定", "Verdict")),
        }
    }

    /// Its cell.
    pub fn cell(self, gap: &Gap<'_>, plan: &Plan, lang: Lang) -> Cell {
        let percent = |by: Measured| {
            let text = words::rate_of(gap, by, plan.head.rounding, lang);
            Cell::text(text).numbered(gap.rate(by).and_then(Rate::percent))
        };
        match self {
            Self::Baseline => {
                let dated = gap.baseline.map(|b| words::dated(b, gap.indicator, lang));
                Cell::text(dated.unwrap_or_else(|| words::none(lang).to_owned()))
            }
            Self::Actual => actual(gap, lang),
            Self::Target => target(gap, lang),
            Self::Distance => distance(gap, lang),
            Self::ToTarget => percent(Measured::Ratio),
            Self::Improvement => percent(Measured::Improvement),
            Self::Pace => percent(Measured::Pace),
            Self::Change => change(gap, lang),
            Self::Verdict => verdict(gap, lang),
        }
    }
}

/// What is left, what that takes a year, and where the recent trend leads; of what is not met yet.
pub fn outlook(plan: &Plan, gaps: &[Gap<'_>], lang: Lang) -> Option<Table> {
    let ahead = |gap: &&Gap<'_>| gap.verdict != Verdict::Met && gap.outlook.left.is_some();
    let columns = vec![
        Column::left(lang.pick("指標", "Indicator")),
        Column::right(lang.pick("残り", "Left")),
        Column::right(lang.pick("目標まで", "Years left")),
        Column::right(lang.pick("1年当たり必要", "Needed a year")),
        Column::right(lang.pick("最近の1年当たり", "Recent change a year")),
        Column::right(lang.pick("目標年度の見込み", "Forecast")),
        Column::left(lang.pick("見込みの根拠", "Resting on")),
    ];
    let rows: Vec<Row> = gaps.par_iter().filter(ahead).map(|gap| outlook_row(plan, gap, lang)).collect();
    (!rows.is_empty()).then(|| Table { columns, rows, begins: vec![1, 4], ..Table::default() })
}

fn outlook_row(plan: &Plan, gap: &Gap<'_>, lang: Lang) -> Row {
    let unit = &gap.indicator.unit;
    let none = || Cell::text(words::none(lang));
    let rounded = |n: Decimal| words::mean(n, gap, plan.head.rounding);
    let signed = |n: Option<Decimal>, shown: fn(Decimal, &Gap<'_>, Rounding) -> Decimal| {
        let cell = |n| Cell::number(n, words::difference(shown(n, gap, plan.head.rounding), unit, lang));
        n.map_or_else(none, cell)
    };
    let outlook = gap.outlook;
    let forecast = outlook.forecast;
    let years = outlook.years.map_or_else(
        || Cell::text(lang.pick("期限を過ぎた", "overdue")),
        |years| Cell::number(years, tr!(lang, "{years}年", "{years}")),
    );
    Row::new(vec![
        Cell::text(words::indicator_name(gap.indicator)),
        signed(outlook.left, |exact, _, _| exact.normalize()),
        years,
        signed(outlook.needed, words::mean),
        signed(forecast.map(|f| f.yearly), words::mean),
        forecast.map_or_else(none, |f| Cell::number(f.value, words::quantity(rounded(f.value), unit, lang))),
        Cell::text(forecast.map_or_else(
            || lang.pick("値が2年分に満たない", "fewer than two values").to_owned(),
            |f| {
                let (from, points) = (f.from.tag(lang), f.points);
                tr!(lang, "{from} からの{points}点", "{points} values since {from}")
            },
        )),
    ])
}

/// One row an indicator, with a heading row where a heading begins.
pub fn grouped(
    plan: &Plan,
    gaps: &[Gap<'_>],
    columns: usize,
    lang: Lang,
    cells: impl Fn(&Gap<'_>) -> Vec<Cell> + Sync,
) -> Vec<Row> {
    let mut told = None;
    let begun = |gap: &Gap<'_>| {
        let heading = gap.indicator.parent.map(|p| &plan.indicators[p]).filter(|p| p.kind == Kind::Heading);
        let new = heading.filter(|h| told != Some(&h.id));
        told = new.map(|h| &h.id).or(told);
        new
    };
    let begun: Vec<Option<&Indicator>> = gaps.iter().map(begun).collect();
    let rows = gaps.par_iter().zip(begun).flat_map_iter(|(gap, begun)| {
        let heading = begun.map(|heading| {
            let mut cells = vec![Cell::text(words::indicator_name(heading)).merged(WHOLE_ROW, 0)];
            cells.resize(columns, Cell::default());
            Row::strong(cells)
        });
        let indent = if gap.indicator.parent.is_some() { lang.pick("　", "  ") } else { "" };
        let name = format!("{indent}{}", words::indicator_name(gap.indicator));
        let mut row = vec![Cell::text(format!("{name}{}", unsettled(gap.indicator, lang)))];
        row.extend(cells(gap));
        heading.into_iter().chain([Row::new(row)])
    });
    rows.collect()
}

/// The mark of an indicator that is unconfirmed as a whole.
fn unsettled(indicator: &Indicator, lang: Lang) -> String {
    match indicator.origin.certainty {
        Certainty::Unconfirmed => words::mark(Certainty::Unconfirmed, lang),
        _ => String::new(),
    }
}

fn actual(gap: &Gap<'_>, lang: Lang) -> Cell {
    let known = gap.actual.map(|m| words::measured(m, gap.indicator, lang));
    let missing = gap.missing.map(|m| words::dated(&m.reading, gap.indicator, lang));
    let parts: Vec<String> = [known, missing].into_iter().flatten().collect();
    if parts.is_empty() {
        return Cell::text(lang.pick("未計測", "not measured")).toned(Tone::Faint);
    }
    Cell::text(parts.join("\n"))
}

fn target(gap: &Gap<'_>, lang: Lang) -> Cell {
    Cell::text(gap.target.map_or_else(|| words::none(lang).to_owned(), |t| words::dated(t, gap.indicator, lang)))
}

/// The room where the kind has one, else the gap; in the unit.
fn distance(gap: &Gap<'_>, lang: Lang) -> Cell {
    let unit = &gap.indicator.unit;
    let text = match (gap.room, gap.gap) {
        (Some(room), _) => tr!(lang, "余裕 {}", "room {}", words::difference(room, unit, lang)),
        (None, Some(gap)) => words::difference(gap, unit, lang),
        (None, None) => return Cell::text(words::none(lang)),
    };
    Cell::text(text).numbered(gap.room.or(gap.gap))
}

fn verdict(gap: &Gap<'_>, lang: Lang) -> Cell {
    let by_hand = gap.actual.and_then(|m| m.by_hand()).map(|by| by_hand(by, lang)).unwrap_or_default();
    Cell::text(words::judged(gap, lang) + &by_hand).toned(words::tone(gap.verdict))
}

/// The verdict of a person beside the computed one, and why.
fn by_hand(by: &ByHand, lang: Lang) -> String {
    let word = by.meaning.map_or(lang.pick("判定不能", "undetermined"), |m| words::verdict(m.into(), lang));
    let reason = by.reason.as_deref().map(|reason| tr!(lang, "（{reason}）", ": {reason}")).unwrap_or_default();
    tr!(lang, "\n手動：{word}{reason}", "\nby hand: {word}{reason}")
}

/// Against the year before: by how much, and whether that is better.
fn change(gap: &Gap<'_>, lang: Lang) -> Cell {
    let Some(change) = gap.change else { return Cell::text(words::none(lang)) };
    let (word, tone) = match change.is {
        Against::Better => (lang.pick("改善", "better"), Tone::Plain),
        Against::Worse => (lang.pick("悪化", "worse"), Tone::Warn),
        Against::Same | Against::NotWorse => (lang.pick("横ばい", "flat"), Tone::Plain),
    };
    let sign = if change.by > Decimal::ZERO { "+" } else { "" };
    let by = words::difference(change.by, &gap.indicator.unit, lang);
    let since = change.since.period.tag(lang);
    Cell::text(tr!(lang, "{word} {sign}{by}（{since}比）", "{word} {sign}{by} (since {since})")).toned(tone)
}
