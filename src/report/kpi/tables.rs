//! The tables of the indicators: values, rates and verdicts.

mod cell;
mod outlook;

use rayon::prelude::*;

use crate::document::{Cell, ColumnOf, Line, Row, Spare, Table, Tone, Type, WHOLE_ROW, cells, column, heads};
use crate::lang::Lang;
use crate::plan::Plan;
use crate::plan::indicator::{Indicator, Kind};
use crate::plan::judging::Measured;
use crate::plan::paper::PaperColumn as C;
use crate::plan::paper::{Minus, PaperColumn, Topic};
use crate::query::gap::{Gap, Rate};
use crate::text::terms;
use crate::tr;
use crate::wording as words;

pub use self::outlook::outlook;

use self::cell::{actual, change, dated, distance, target, unsettled, verdict};
use super::notes::{self, sets};
use super::{denominators, verdicts_of};

/// Name, target, actual, gap, verdict: what `status` and `show` list of the indicators.
pub fn short_table(plan: &Plan, gaps: &[Gap<'_>], lang: Lang) -> Table {
    let shown = [PaperColumn::Actual, PaperColumn::Target, PaperColumn::Gap, PaperColumn::Verdict];
    let table = grouped(gaps, &indicator_columns(&shown, gaps), lang, |gap| Judged::new(plan, gap));
    let sets: Vec<&str> = sets(gaps).into_iter().map(|set| set.name.text(lang)).collect();
    let sets = sets.join(lang.pick("、", ", "));
    let method = tr!(lang, "判定の方法：{sets}", "Judged by: {sets}");
    let notes =
        [denominators(gaps, lang), method].into_iter().chain(targets_note(gaps, lang)).chain(short_note(gaps, lang));
    Table { notes: notes.map(Line::from).collect(), ..table }
}

/// The same of those indicators that are wanted; how many there are of each verdict is said of all.
pub fn brief_table(plan: &Plan, gaps: &[Gap<'_>], wanted: impl Fn(&Gap<'_>) -> bool, lang: Lang) -> Table {
    let shown: Vec<Gap<'_>> = gaps.iter().filter(|gap| wanted(gap)).cloned().collect();
    let notes = std::iter::once(verdicts_of(gaps, None, lang)).chain(short_note(&shown, lang));
    let notes = notes.map(Line::from).collect();
    if shown.is_empty() {
        return Table { notes, ..Table::default() };
    }
    let wanted = [C::Actual, C::Target, C::Gap, C::Verdict];
    let columns = with_one_target(indicator_columns(&wanted, &shown));
    Table { notes, ..grouped(&shown, &columns, lang, |gap| Judged::new(plan, gap)) }
}

/// The columns of a screen: where a value has a target of its own period, both targets stand in one column.
fn with_one_target<'r>(columns: Vec<ColumnOf<Judged<'r>>>) -> Vec<ColumnOf<Judged<'r>>> {
    if columns.iter().all(|column| column.key() != "period_target") {
        return columns;
    }
    let kept = columns.into_iter().filter(|column| column.key() != "period_target");
    kept.map(|column| if column.key() == "target" { targets() } else { column }).collect()
}

/// The target of the value's own period, where it has one, and the final one.
fn targets<'r>() -> ColumnOf<Judged<'r>> {
    column("target", terms::TARGET.titles(), Type::Decimal, |of: &Judged<'_>, at| {
        let last = target(of.gap.target, of.gap, at.lang);
        let Some(own) = of.gap.apart() else { return of.signed(last, at.lang) };
        let (own, last) = (words::target(own, of.gap.indicator, at.lang), &last.text);
        of.signed(Cell::text(tr!(at.lang, "{own}\n最終 {last}", "{own}\nfinal {last}")), at.lang)
    })
}

/// Which columns the table of the indicators has.
#[derive(Debug, Clone, Default)]
pub enum Shown {
    /// All; on a narrow page the values first, then the rates.
    #[default]
    Wide,
    /// Those that find room on a screen beside the verdict.
    Fitting,
    /// These.
    Chosen(Vec<PaperColumn>),
}

/// The columns that are missed least where a page is narrow, those first.
const SPARE: [&str; 8] = [
    "pace",
    "improvement",
    "actual_by_target",
    "ratio_to_final_target",
    "ratio_to_period_target",
    "ratio_to_target",
    "change",
    "baseline",
];

/// The columns that can be asked for, each as programs and people name it.
pub fn named_columns() -> Vec<(PaperColumn, [String; 3])> {
    let wanted = Topic::Indicators.columns().iter().filter(|column| !matches!(column, C::Name | C::Before));
    let titles = |column: PaperColumn| {
        let title = |lang| heads(&[indicator_column(column, false)], lang).remove(0).title;
        [column.key().to_owned(), title(Lang::Ja), title(Lang::En)]
    };
    wanted.map(|column| (*column, titles(*column))).collect()
}

/// Says which columns found no room.
fn left_out(lang: Lang) -> fn(&[&str]) -> String {
    lang.pick(
        |titles| format!("この幅に収まらない列：{}（--wide ですべて、--columns で選んで示す）", titles.join("、")),
        |titles| format!("Without room here: {} (--wide shows all, --columns those you choose)", titles.join(", ")),
    )
}

/// Everything about each indicator, or what was chosen of it.
pub fn full_table(plan: &Plan, gaps: &[Gap<'_>], shown: &Shown, lang: Lang) -> Table {
    if let Shown::Chosen(wanted) = shown {
        return grouped(gaps, &indicator_columns(wanted, gaps), lang, |gap| Judged::new(plan, gap));
    }
    let also = plan.head.actual_by_target.then_some(PaperColumn::ActualByTarget);
    let wanted: Vec<PaperColumn> = ALL[..5].iter().copied().chain(also).chain(ALL[5..].iter().copied()).collect();
    let mut columns = indicator_columns(&wanted, gaps);
    let begins = if two_targets(gaps) { vec![1, 3, 5, 7] } else { vec![1, 3, 5] };
    let beside = plan.head.also_judged_by.iter().map(|at| &plan.band_sets[*at]).enumerate();
    columns.extend(beside.map(|(nth, set)| {
        let cell =
            ColumnOf::titled(format!("also.{}", set.id), set.name.text(lang), Type::Grade, |of: &Judged<'_>, at| {
                let also = notes::also(of.plan, of.gap, at.nth);
                let text = also.map(|also| words::banded_as(also.band, also.verdict, at.lang));
                Cell::text(text.unwrap_or_else(|| words::none(at.lang).to_owned()))
            });
        cell.nth(nth)
    }));
    if matches!(shown, Shown::Wide) {
        return Table { begins, ..grouped(gaps, &columns, lang, |gap| Judged::new(plan, gap)) };
    }
    let table = grouped(gaps, &with_one_target(columns), lang, |gap| Judged::new(plan, gap));
    let place = |key: &str| table.columns.iter().position(|column| column.key == key);
    let beside = (0..table.columns.len()).rev().filter(|at| table.columns[*at].key.starts_with("also."));
    let spare = beside.chain(SPARE.iter().filter_map(|key| place(key))).collect();
    Table { spare: Some(Spare { columns: spare, note: left_out(lang) }), ..table }
}

/// An indicator against its target, and how a paper shows it.
#[derive(Debug, Clone, Copy)]
pub struct Judged<'r> {
    /// The plan.
    pub plan: &'r Plan,
    /// The indicator and its gap.
    pub gap: &'r Gap<'r>,
    /// The minus sign that the office writes, where it is not the usual one.
    pub minus: Option<Minus>,
    /// As it stood in the period before, by the same bands.
    pub before: Option<&'r Gap<'r>>,
}

impl<'r> Judged<'r> {
    /// An indicator as reports show it that are no papers.
    pub fn new(plan: &'r Plan, gap: &'r Gap<'r>) -> Self {
        Self { plan, gap, minus: None, before: None }
    }

    /// A cell with the minus sign that the office writes.
    fn signed(&self, mut cell: Cell, lang: Lang) -> Cell {
        if let Some(minus) = self.minus {
            cell.text = words::with_minus(&cell.text, minus, lang);
        }
        cell
    }

    fn percent(&self, by: Measured, lang: Lang) -> Cell {
        let text = words::rate_of(self.gap, by, self.plan.head.rounding, lang);
        self.signed(Cell::text(text).numbered(self.gap.rate(by).and_then(Rate::percent)), lang)
    }

    /// A rate to one of several targets. That which judges stays on its side of every threshold.
    fn rate(&self, rate: Option<Rate>, lang: Lang) -> Cell {
        if rate.is_some() && rate == self.gap.ratio_to_target {
            return self.percent(Measured::Ratio, lang);
        }
        let shown = words::plain_rate(rate, self.plan.head.rounding);
        let text = shown.map_or_else(|| words::none(lang).to_owned(), |shown| words::percent(shown, lang));
        self.signed(Cell::text(text).numbered(rate.and_then(Rate::percent)), lang)
    }
}

/// The columns of [`full_table`] behind the name.
const ALL: [PaperColumn; 9] = [
    PaperColumn::Baseline,
    PaperColumn::Actual,
    PaperColumn::Target,
    PaperColumn::Gap,
    PaperColumn::ToTarget,
    PaperColumn::Improvement,
    PaperColumn::Pace,
    PaperColumn::Change,
    PaperColumn::Verdict,
];

/// Whether the value of some indicator has a target of its own period beside the final one.
pub fn two_targets(gaps: &[Gap<'_>]) -> bool {
    gaps.iter().any(|gap| gap.apart().is_some())
}

/// What stands beneath a table with both targets.
pub fn targets_note(gaps: &[Gap<'_>], lang: Lang) -> Option<String> {
    two_targets(gaps).then(|| {
        tr!(
            lang,
            "当年度目標は実績の期間の目標値、最終目標は計画の最後の目標値。目標との差、改善率、判定は、判定に示した目標に対するもの。",
            "The target of the period is that of the actual's own period, the final target the last one of the plan. Gap, improvement and verdict are against the target that the verdict names."
        )
    })
}

/// What stands beneath a table in which a value is just the number of a target that the number itself does not reach.
pub fn short_note(gaps: &[Gap<'_>], lang: Lang) -> Option<String> {
    let names = gaps.iter().filter(|gap| gap.stops_short()).map(|gap| words::indicator_name(gap.indicator));
    let names: Vec<_> = names.collect();
    let (ja, en) = (names.join("、"), names.join(", "));
    (!names.is_empty()).then(|| {
        tr!(
            lang,
            "「未満」「超」の目標値と、それに向けて見込まれる値は、その数ちょうどでは達したことにならない。差・余裕が0、率が100％でも届いていない指標：{ja}。",
            "A target of \"less than\" or \"more than\", and what is expected on the way to it, is not reached by the number itself. No gap, or 100%, and yet not reached: {en}."
        )
    })
}

/// What stands beneath a table of changes in which a break keeps a value from being compared with an earlier year.
pub fn broken_note(gaps: &[Gap<'_>], lang: Lang) -> Option<String> {
    let broken = gaps.iter().filter_map(|gap| {
        let (name, of) = (words::indicator_name(gap.indicator), gap.broken?.reading.period.tag(lang));
        Some(tr!(lang, "{name}（{of}）", "{name} ({of})"))
    });
    let broken: Vec<String> = broken.collect();
    let list = broken.join(lang.pick("、", ", "));
    (!broken.is_empty()).then(|| {
        tr!(
            lang,
            "定義、単位、調べ方などが変わった断層があるため、前年と比べていない指標：{list}。",
            "Not compared with an earlier year, as what is counted changed (a break in the series): {list}."
        )
    })
}

/// The name of the indicator, and these columns. Where some value has a target of its own period, that stands before
/// the final one, and each has its rate.
pub fn indicator_columns<'r>(wanted: &[PaperColumn], gaps: &[Gap<'_>]) -> Vec<ColumnOf<Judged<'r>>> {
    let two = two_targets(gaps);
    let has = |column| wanted.contains(&column);
    let columns = wanted.iter().flat_map(|column| match column {
        PaperColumn::Target if two && !has(PaperColumn::PeriodTarget) => {
            vec![PaperColumn::PeriodTarget, PaperColumn::Target]
        }
        PaperColumn::ToTarget if two && !has(PaperColumn::ToPeriodTarget) && !has(PaperColumn::ToFinalTarget) => {
            vec![PaperColumn::ToPeriodTarget, PaperColumn::ToFinalTarget]
        }
        column => vec![*column],
    });
    std::iter::once(indicator()).chain(columns.map(|wanted| indicator_column(wanted, two))).collect()
}

fn indicator<'r>() -> ColumnOf<Judged<'r>> {
    column("indicator", terms::INDICATOR_SHORT.titles(), Type::Name, |Judged { gap, .. }, at| {
        let indent = if gap.indicator.parent.is_some() { at.lang.pick("　", "  ") } else { "" };
        let name = words::indicator_name(gap.indicator);
        Cell::text(format!("{indent}{name}{}", unsettled(gap.indicator, at.lang)))
    })
}

fn indicator_column<'r>(wanted: PaperColumn, two: bool) -> ColumnOf<Judged<'r>> {
    match wanted {
        PaperColumn::PeriodTarget | PaperColumn::Target => target_column(wanted, two),
        PaperColumn::ToPeriodTarget
        | PaperColumn::ToTarget
        | PaperColumn::ToFinalTarget
        | PaperColumn::ActualByTarget
        | PaperColumn::Improvement
        | PaperColumn::Pace => rate_column(wanted),
        PaperColumn::Baseline => column("baseline", terms::BASELINE.titles(), Type::Decimal, |of, at| {
            of.signed(dated(of.gap.baseline, of.gap, at.lang), at.lang)
        }),
        PaperColumn::Actual => column("actual", terms::ACTUAL.titles(), Type::Decimal, |of, at| {
            of.signed(actual(of.gap, at.lang), at.lang)
        }),
        PaperColumn::Gap => {
            column("gap", terms::GAP_TO_TARGET.titles(), Type::Decimal, |of, at| distance(of.gap, at.lang))
        }
        PaperColumn::Change => column("change", ("前年から", "Since last year"), Type::Text, |of, at| {
            of.signed(change(of.gap, at.lang), at.lang)
        }),
        PaperColumn::Owner => column("owner", terms::OWNER.titles(), Type::Text, |of, at| {
            Cell::text(words::owners(&of.gap.indicator.owners, &of.plan.owners, at.lang))
        }),
        PaperColumn::Before => column("before", ("前回の判定", "Verdict before"), Type::Grade, |of, at| {
            let none = || Cell::text(words::none(at.lang)).toned(Tone::Faint);
            of.before.map_or_else(none, |before| Cell::text(words::banded(before, at.lang)))
        }),
        PaperColumn::Method => column("method", ("判定の方法", "Judged by"), Type::Text, |of, at| {
            Cell::text(of.gap.set.name.text(at.lang))
        }),
        _ => column("verdict", terms::VERDICT.titles(), Type::Grade, |of, at| {
            of.signed(verdict(of.gap, of.plan, at.lang), at.lang)
        }),
    }
}

fn target_column<'r>(wanted: PaperColumn, two: bool) -> ColumnOf<Judged<'r>> {
    let title = if two { terms::FINAL_TARGET.titles() } else { terms::TARGET.titles() };
    match wanted {
        PaperColumn::PeriodTarget => {
            column("period_target", terms::PERIOD_TARGET.titles(), Type::Decimal, |of: &Judged<'_>, at| {
                of.signed(target(of.gap.own, of.gap, at.lang), at.lang)
            })
        }
        _ => column("target", title, Type::Decimal, |of: &Judged<'_>, at| {
            of.signed(target(of.gap.target, of.gap, at.lang), at.lang)
        }),
    }
}

fn rate_column<'r>(wanted: PaperColumn) -> ColumnOf<Judged<'r>> {
    match wanted {
        PaperColumn::ToPeriodTarget => {
            column("ratio_to_period_target", terms::TO_PERIOD_TARGET.titles(), Type::Percent, |of: &Judged<'_>, at| {
                of.rate(of.gap.ratio_to_period, at.lang)
            })
        }
        PaperColumn::ToFinalTarget => {
            column("ratio_to_final_target", terms::TO_FINAL_TARGET.titles(), Type::Percent, |of, at| {
                of.rate(of.gap.ratio_to_final, at.lang)
            })
        }
        PaperColumn::ActualByTarget => {
            column("actual_by_target", terms::ACTUAL_BY_TARGET.titles(), Type::Percent, |of, at| {
                of.rate(of.gap.actual_by_target, at.lang)
            })
        }
        PaperColumn::Improvement => column("improvement", terms::IMPROVEMENT.titles(), Type::Percent, |of, at| {
            of.percent(Measured::Improvement, at.lang)
        }),
        PaperColumn::Pace => {
            column("pace", terms::PACE.titles(), Type::Percent, |of, at| of.percent(Measured::Pace, at.lang))
        }
        _ => column("ratio_to_target", terms::TO_TARGET.titles(), Type::Percent, |of, at| {
            of.percent(Measured::Ratio, at.lang)
        }),
    }
}

/// A table with one row an indicator, and a heading row where a heading begins.
pub fn grouped<'r>(
    gaps: &'r [Gap<'r>],
    columns: &[ColumnOf<Judged<'r>>],
    lang: Lang,
    judged: impl Fn(&'r Gap<'r>) -> Judged<'r> + Sync,
) -> Table {
    let mut last = None;
    let begun = |judged: &Judged<'r>| {
        let heading = judged.gap.indicator.parent.map(|p| &judged.plan.indicators[p]);
        let heading = heading.filter(|heading| heading.kind == Kind::Heading);
        let new = heading.filter(|heading| last != Some(&heading.id));
        last = new.map(|heading| &heading.id).or(last);
        new
    };
    let all: Vec<Judged<'r>> = gaps.iter().map(judged).collect();
    let begun: Vec<Option<&Indicator>> = all.iter().map(begun).collect();
    let rows = all.par_iter().zip(begun).flat_map_iter(|(judged, begun)| {
        let heading = begun.map(|heading| {
            let mut row = vec![Cell::text(words::indicator_name(heading)).merged(WHOLE_ROW, 0)];
            row.resize(columns.len(), Cell::default());
            Row { subject: Some(heading.id.as_str().into()), ..Row::strong(row) }
        });
        let subject = Some(judged.gap.indicator.id.as_str().into());
        heading.into_iter().chain([Row { subject, ..Row::new(cells(columns, judged, lang)) }])
    });
    Table { columns: heads(columns, lang), rows: rows.collect(), ..Table::default() }
}
