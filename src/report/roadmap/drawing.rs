//! The cells of the roadmap: the steps in words, and a bar with one sign a month.

use crate::lang::Lang;
use crate::plan::period::{FiscalYear, Month, Period};
use crate::query::road::{Road, Standing, months};

use super::RoadmapReport;

const NOTHING: char = '.';
const BUSY: char = '=';
const MILESTONE: char = 'o';
const REACHED: char = '*';
const MISSED: char = 'x';

/// What the signs mean, and how months are counted.
pub fn notes(lang: Lang) -> Vec<String> {
    lang.pick(
        [
            "計は計画、実は実績。棒は1文字が1か月（4月から3月）。計：= は取組の期間、o は節目の予定。実：= は工程の段階を報告した期間、* は節目の到達、x は到達の記録のないまま過ぎた節目。",
            "ずれは月単位。予定の期間の内なら0、過ぎればその最後の月から、早ければその最初の月から数える。段階は、予定の年度と、その段階（またはその先）を初めて報告した期間の最後の月とを比べる。",
            "ずれの欄は、節目と段階のうち最も大きいもの。未到達は、この時点までの月数。",
        ],
        [
            "P: planned, A: actual. One sign a month, April to March. P: = the initiative runs, o a milestone is due. A: = a step was reported for the period, * a milestone was reached, x one passed without a record.",
            "Slips are whole months: 0 within what was planned, after it counted from its last month, before it from its first. A step compares the year it was planned for with the last month of the period that first reported it, or a later one.",
            "The slip of a road is the largest of its milestones and steps; open ones run until now.",
        ],
    )
    .map(str::to_owned)
    .into()
}

/// For each year the steps planned, over a bar of the months in which something is planned.
pub fn planned(report: &RoadmapReport<'_>, road: &Road<'_>, years: &[FiscalYear], lang: Lang) -> Vec<String> {
    let steps = report.plan.entries[road.place].steps_of(road.lane);
    let of = |year| steps.iter().filter(|planned| planned.year == year).map(|planned| planned.step).collect();
    let cell = |year: &FiscalYear| over(report, !steps.is_empty(), of(*year), planned_bar(report, road, *year), lang);
    years.iter().map(cell).collect()
}

/// For each year the steps reported, over a bar of the months in which something came; nothing for months to come.
pub fn actual(report: &RoadmapReport<'_>, road: &Road<'_>, years: &[FiscalYear], lang: Lang) -> Vec<String> {
    let cell = |year: &FiscalYear| {
        over(report, !road.reported.is_empty(), road.reported_in(*year), actual_bar(report, road, *year), lang)
    };
    years.iter().map(cell).collect()
}

fn planned_bar(report: &RoadmapReport<'_>, road: &Road<'_>, year: FiscalYear) -> String {
    let entry = &report.plan.entries[road.place];
    let has_steps = entry.steps_of(road.lane).iter().any(|planned| planned.year == year);
    let initiative = entry.initiative(road.lane);
    let (start, end) = initiative.map_or((None, None), |i| (i.start, i.end));
    let dated = start.is_some() || end.is_some();
    let runs = |month: Month| {
        start.is_none_or(|start| start.first_day() <= month.last_day())
            && end.is_none_or(|end| month.first_day() <= end.last_day())
    };
    bar(year, |month| {
        let is_due = road.marks.iter().any(|mark| Month::from_date(mark.milestone.date.last_day()) == month);
        match () {
            () if is_due => MILESTONE,
            () if dated && runs(month) || !dated && has_steps => BUSY,
            () => NOTHING,
        }
    })
}

fn actual_bar(report: &RoadmapReport<'_>, road: &Road<'_>, year: FiscalYear) -> String {
    let until = report.as_of.date;
    let bar = bar(year, |month| {
        let in_month = |period: Period| Month::from_date(period.last_day()) == month;
        let reached = road.marks.iter().any(|m| matches!(m.standing, Standing::Reached(date, _) if in_month(date)));
        let missed = road.marks.iter().any(|m| m.standing.is_overdue() && in_month(m.milestone.date));
        let is_reported = road.reported.iter().any(|(period, _)| period.contains(month.last_day()));
        match () {
            () if reached => REACHED,
            () if missed => MISSED,
            () if month.first_day() > until => ' ',
            () if is_reported => BUSY,
            () => NOTHING,
        }
    });
    bar.trim_end().to_owned()
}

fn bar(year: FiscalYear, sign: impl Fn(Month) -> char) -> String {
    months(year).map(sign).collect()
}

/// Words over a bar; where other years of the row have words, an empty line keeps the bars level.
fn over(report: &RoadmapReport<'_>, has_words: bool, steps: Vec<usize>, bar: String, lang: Lang) -> String {
    let words: Vec<&str> = steps.iter().map(|step| report.plan.steps[*step].text(lang)).collect();
    if has_words { format!("{}\n{bar}", words.join("→")) } else { bar }
}
