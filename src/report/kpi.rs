//! 検証指標: baseline, actual and target with their years, the gap, both rates, the verdict.

mod machine;

pub use machine::json_gap;

use crate::lang::Lang;
use crate::plan::Plan;
use crate::plan::indicator::{Indicator, Kind, Reading};
use crate::plan::value::Certainty;
use crate::query::AsOf;
use crate::query::gap::{Gap, Rate, Verdict};
use crate::tr;

use super::document::{Block, Cell, Column, Document, Line, Row, Section, Table, Tone};
use super::words;
use super::{Report, heading};

/// The indicators of a plan against their targets.
#[derive(Debug)]
pub struct KpiReport<'p> {
    /// The plan.
    pub plan: &'p Plan,
    /// As of when.
    pub as_of: AsOf,
    /// In the order of the plan.
    pub gaps: Vec<Gap<'p>>,
}

impl Report for KpiReport<'_> {
    fn document(&self, lang: Lang) -> Document {
        let mut document = heading::document(self.plan, lang.pick("検証指標", "indicators"), Some(self.as_of), lang);
        document.lead.push(denominators(&self.gaps, lang));
        if self.gaps.is_empty() {
            let none = lang.pick("該当する検証指標はありません。", "There is no such indicator.");
            document.sections.push(Section { heading: None, blocks: vec![Block::Text(none.into())] });
            return document;
        }
        let table = Block::Table(full_table(self.plan, &self.gaps, lang));
        document.sections.push(Section { heading: None, blocks: vec![table] });
        document.sections.push(Section::new(lang.pick("注", "Notes"), vec![Block::List(notes(self, lang))]));
        document
    }

    fn of(&self) -> Option<&Plan> {
        Some(self.plan)
    }

    fn table(&self, lang: Lang) -> Table {
        machine::flat(self, lang)
    }

    fn json(&self) -> serde_json::Value {
        machine::json(self)
    }
}

/// How many there are, how many can be judged, and why the others cannot.
fn denominators(gaps: &[Gap<'_>], lang: Lang) -> String {
    let count = |wanted: Verdict| gaps.iter().filter(|g| g.verdict == wanted).count();
    let open = gaps.iter().filter(|g| matches!(g.verdict, Verdict::Undetermined(_))).count();
    let judged = [Verdict::Met, Verdict::OnPace, Verdict::Behind, Verdict::Worsened];
    let parts = judged.map(|v| format!("{} {}", words::verdict(v, lang), count(v))).join(lang.pick("、", ", "));
    let (all, decided) = (gaps.len(), gaps.len() - open);
    tr!(
        lang,
        "全体 {all}：判定できる {decided}（{parts}）、判定できない {open}",
        "{all} in all: {decided} judged ({parts}), {open} undetermined"
    )
}

fn tone(verdict: Verdict) -> Tone {
    match verdict {
        Verdict::Met => Tone::Good,
        Verdict::OnPace => Tone::Plain,
        Verdict::Behind => Tone::Warn,
        Verdict::Worsened => Tone::Bad,
        Verdict::Undetermined(_) => Tone::Faint,
    }
}

/// Name, target, actual, gap, verdict: what `status` shows of the indicators.
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
    Table { columns, rows, ..Table::default() }
}

fn full_table(plan: &Plan, gaps: &[Gap<'_>], lang: Lang) -> Table {
    let columns = vec![
        Column::left(lang.pick("指標", "Indicator")),
        Column::right(lang.pick("基準値", "Baseline")),
        Column::right(lang.pick("実績値", "Actual")),
        Column::right(lang.pick("目標値", "Target")),
        Column::right(lang.pick("差・余裕", "Gap, room")),
        Column::right(lang.pick("対目標比", "To target")),
        Column::right(lang.pick("改善率", "Improvement")),
        Column::left(lang.pick("判定", "Verdict")),
    ];
    let percent = |rate: Option<Rate>| {
        let text = words::rate(rate, plan.head.rounding, lang);
        Cell { number: rate.and_then(Rate::percent), ..Cell::text(text) }
    };
    let rows = grouped(plan, gaps, columns.len(), lang, |gap| {
        let baseline =
            gap.baseline.map_or_else(|| words::none(lang).to_owned(), |b| words::dated(b, gap.indicator, lang));
        vec![
            Cell::text(baseline),
            actual(gap, lang),
            target(gap, lang),
            distance(gap, lang),
            percent(gap.ratio_to_target),
            percent(gap.improvement),
            verdict(gap, lang),
        ]
    });
    Table { columns, rows, ..Table::default() }
}

/// One row an indicator, with a heading row where a heading begins.
fn grouped(
    plan: &Plan,
    gaps: &[Gap<'_>],
    columns: usize,
    lang: Lang,
    cells: impl Fn(&Gap<'_>) -> Vec<Cell>,
) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut told = None;
    for gap in gaps {
        let parent = gap.indicator.parent.map(|p| &plan.indicators[p]);
        let heading = parent.filter(|p| p.kind == Kind::Heading);
        if let Some(heading) = heading.filter(|h| told != Some(&h.id)) {
            let mut cells = vec![Cell::text(words::indicator_name(heading))];
            cells.resize(columns, Cell::default());
            rows.push(Row::strong(cells));
            told = Some(&heading.id);
        }
        let indent = if gap.indicator.parent.is_some() { lang.pick("　", "  ") } else { "" };
        let name = format!("{indent}{}", words::indicator_name(gap.indicator));
        let mut row = vec![Cell::text(format!("{name}{}", unsettled(gap.indicator, lang)))];
        row.extend(cells(gap));
        rows.push(Row::new(row));
    }
    rows
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
    Cell { number: gap.room.or(gap.gap), ..Cell::text(text) }
}

fn verdict(gap: &Gap<'_>, lang: Lang) -> Cell {
    let word = words::verdict(gap.verdict, lang);
    let text = match gap.verdict {
        Verdict::Undetermined(why) => tr!(lang, "{word}：{}", "{word}: {}", words::why(why, lang)),
        _ if unsure(gap) => tr!(lang, "{word}［要確認］", "{word} [unconfirmed]"),
        _ => word.to_owned(),
    };
    Cell::text(text).toned(tone(gap.verdict))
}

/// Whether a value that the verdict rests on is unconfirmed.
fn unsure(gap: &Gap<'_>) -> bool {
    let readings: [Option<&Reading>; 3] = [gap.baseline, gap.actual.map(|m| &m.reading), gap.target];
    readings.iter().flatten().any(|r| r.origin.certainty == Certainty::Unconfirmed)
}

fn notes(report: &KpiReport<'_>, lang: Lang) -> Vec<Line> {
    let digits = report.plan.head.rounding.digits;
    let mut lines = vec![
        tr!(
            lang,
            "対目標比は 実績値÷目標値（減らす指標では 目標値÷実績値）、改善率は（実績値－基準値）÷（目標値－基準値）。",
            "To target: actual ÷ target (for lower-is-better target ÷ actual). Improvement: (actual − baseline) ÷ (target − baseline)."
        ),
        tr!(
            lang,
            "上限・下限・維持・範囲の指標は、率ではなく余裕（目標までのゆとり。▲は超過）で示す。",
            "At most, at least, maintain and range show the room left within the bound instead of a rate."
        ),
        tr!(
            lang,
            "判定：目標に届けば達成、基準値より悪ければ後退、実績の年度に見込まれる値（年度ごとの目標、なければ基準値と目標値を結ぶ直線）以上なら順調、届かなければ遅れ。",
            "Verdict: met at the target; worsened when worse than the baseline; on pace at or beyond what is expected by the actual's year (the plan's yearly target, else the straight line from baseline to target); else behind."
        ),
        tr!(
            lang,
            "率は小数第{digits}位までに丸めて示し、判定は丸める前の値による。",
            "Rates are rounded (digits shown: {digits}); verdicts rest on the unrounded values."
        ),
    ];
    lines.extend(report.gaps.iter().flat_map(|g| footnotes(g, lang)));
    lines.into_iter().map(Line::from).collect()
}

fn footnotes(gap: &Gap<'_>, lang: Lang) -> Vec<String> {
    let indicator = gap.indicator;
    let readings = [gap.baseline, gap.actual.map(|m| &m.reading), gap.target];
    let of_readings = readings.into_iter().flatten().flat_map(|r| r.notes.iter());
    let colon = lang.pick("：", ": ");
    indicator
        .notes
        .iter()
        .chain(of_readings)
        .map(|note| format!("{}{colon}{note}", words::indicator_name(indicator)))
        .collect()
}
