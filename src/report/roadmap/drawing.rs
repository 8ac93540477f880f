//! The cells of the roadmap: the steps and the months in words, and a bar of twelve months that shows the same.

use crate::document::{Cell, Fill, Strip, StripPart, StripSign};
use crate::lang::Lang;
use crate::plan::period::{FiscalYear, Month, Period};
use crate::query::road::{Road, Standing, months};
use crate::text::terms;
use crate::tr;

use super::RoadmapReport;

/// A month of a bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Slot {
    fill: Fill,
    sign: Option<StripSign>,
    /// Whether it is still to come, so that nothing can be said of it.
    is_ahead: bool,
}

/// What the signs mean, in a terminal too, and how months are counted.
pub fn notes(lang: Lang) -> Vec<String> {
    let mut notes = legend(lang);
    notes[0].push_str(lang.pick(
        "端末では1文字が1か月で、帯は =、◇は o、●は *、×は x。",
        " In a terminal one sign is a month: = the bar, o ◇, * ●, x ×.",
    ));
    notes.into()
}

/// What the signs mean where they are drawn, and how months are counted.
pub fn legend(lang: Lang) -> [String; 3] {
    lang.pick(
        [
            "計は計画、実は実績。帯は4月から3月までの12か月。計：帯は取組の期間、◇は節目の予定。実：帯は工程の段階を報告した期間、●は節目の到達、×は到達の記録のないまま過ぎた節目。",
            "ずれは月単位。予定の期間の内なら0、過ぎればその最後の月から、早ければその最初の月から数える。段階は、予定の年度と、その段階（またはその先）を初めて報告した期間の最後の月とを比べる。",
            "ずれの欄は、節目と段階のうち最も大きいもの。未到達は、この時点までの月数。",
        ],
        [
            "P: planned, A: actual. A bar has twelve months, April to March. P: the bar is when the initiative runs, ◇ a milestone that is due. A: the bar is the periods for which a step was reported, ● a milestone reached, × one that passed without a record.",
            "Slips are whole months: 0 within what was planned, after it counted from its last month, before it from its first. A step compares the year it was planned for with the last month of the period that first reported it, or a later one.",
            "The slip of a road is the largest of its milestones and steps; open ones run until now.",
        ],
    )
    .map(str::to_owned)
}

/// For each year the steps planned, and the months in which something is planned.
pub fn planned(report: &RoadmapReport<'_>, road: &Road<'_>, years: &[FiscalYear], lang: Lang) -> Vec<Cell> {
    let steps = report.plan.entries[road.place].steps_of(road.lane);
    let of = |year| steps.iter().filter(|planned| planned.year == year).map(|planned| planned.step).collect();
    let cell = |year: &FiscalYear| cell(report, !steps.is_empty(), of(*year), &planned_bar(report, road, *year), lang);
    years.iter().map(cell).collect()
}

/// For each year the steps reported, and the months in which something came; nothing for months to come.
pub fn actual(report: &RoadmapReport<'_>, road: &Road<'_>, years: &[FiscalYear], lang: Lang) -> Vec<Cell> {
    let has_words = !road.reported.is_empty();
    let cell =
        |year: &FiscalYear| cell(report, has_words, road.reported_in(*year), &actual_bar(report, road, *year), lang);
    years.iter().map(cell).collect()
}

fn planned_bar(report: &RoadmapReport<'_>, road: &Road<'_>, year: FiscalYear) -> Vec<Slot> {
    let entry = &report.plan.entries[road.place];
    let has_steps = entry.steps_of(road.lane).iter().any(|planned| planned.year == year);
    let initiative = entry.initiative(road.lane);
    let (start, end) = initiative.map_or((None, None), |i| (i.start, i.end));
    let dated = start.is_some() || end.is_some();
    let runs = |month: Month| {
        start.is_none_or(|start| start.first_day() <= month.last_day())
            && end.is_none_or(|end| month.first_day() <= end.last_day())
    };
    let slot = |month: Month| {
        let is_due = road.marks.iter().any(|mark| Month::from_date(mark.milestone.date.last_day()) == month);
        let is_busy = dated && runs(month) || !dated && has_steps;
        let fill = if is_busy { Fill::Planned } else { Fill::Nothing };
        Slot { fill, sign: is_due.then_some(StripSign::Due), is_ahead: false }
    };
    months(year).map(slot).collect()
}

fn actual_bar(report: &RoadmapReport<'_>, road: &Road<'_>, year: FiscalYear) -> Vec<Slot> {
    let until = report.as_of.date;
    let slot = |month: Month| {
        let in_month = |period: Period| Month::from_date(period.last_day()) == month;
        let reached = road.marks.iter().any(|m| matches!(m.standing, Standing::Reached(date, _) if in_month(date)));
        let missed = road.marks.iter().any(|m| m.standing.is_overdue() && in_month(m.milestone.date));
        let is_ahead = month.first_day() > until;
        let is_reported = !is_ahead && road.reported.iter().any(|(period, _)| period.contains(month.last_day()));
        let sign = match (reached, missed) {
            (true, _) => Some(StripSign::Reached),
            (_, true) => Some(StripSign::Missed),
            _ => None,
        };
        Slot { fill: if is_reported { Fill::Actual } else { Fill::Nothing }, sign, is_ahead }
    };
    months(year).map(slot).collect()
}

/// The steps and the months in words, with their bar.
fn cell(report: &RoadmapReport<'_>, has_words: bool, steps: Vec<usize>, slots: &[Slot], lang: Lang) -> Cell {
    let steps: Vec<&str> = steps.iter().map(|step| report.plan.steps[*step].text(lang)).collect();
    let steps = steps.join("→");
    let part = |slot: &Slot| StripPart { length: 1, fill: slot.fill, sign: slot.sign };
    let drawn = slots.iter().any(|slot| slot.fill != Fill::Nothing || slot.sign.is_some());
    let signs = signs(slots);
    let signs = if has_words { format!("{steps}\n{signs}") } else { signs };
    let months = in_words(slots, lang);
    let text = [&*steps, &*months].into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join("\n");
    let parts = if drawn { slots.iter().map(part).collect() } else { Vec::new() };
    Cell::text(text).drawn(Strip { parts, signs })
}

/// One sign a month, for a terminal.
fn signs(slots: &[Slot]) -> String {
    let sign = |slot: &Slot| match (slot.sign, slot.fill) {
        (Some(StripSign::Due), _) => 'o',
        (Some(StripSign::Reached), _) => '*',
        (Some(StripSign::Missed), _) => 'x',
        (None, _) if slot.is_ahead => ' ',
        (None, Fill::Nothing) => '.',
        (None, _) => '=',
    };
    slots.iter().map(sign).collect::<String>().trim_end().to_owned()
}

/// From which month to which the bar reaches, and the months of the signs.
fn in_words(slots: &[Slot], lang: Lang) -> String {
    let filled = |at: &usize| slots[*at].fill != Fill::Nothing;
    let ends = (0..slots.len()).find(filled).zip((0..slots.len()).rfind(filled));
    let bar = ends.map(|(first, last)| match (first, last) {
        (0, 11) => lang.pick("通年", "all year").to_owned(),
        (first, last) if first == last => month(first, lang),
        (first, last) => format!("{}{}{}", month(first, lang), lang.pick("～", "–"), month(last, lang)),
    });
    let signs =
        [(StripSign::Due, terms::MILESTONE), (StripSign::Reached, terms::REACHED), (StripSign::Missed, terms::MISSED)];
    let signs = signs.into_iter().filter_map(|(sign, term)| {
        let months = (0..slots.len()).filter(|at| slots[*at].sign == Some(sign)).map(|at| month(at, lang));
        let months = months.collect::<Vec<_>>().join(lang.pick("・", ", "));
        (!months.is_empty()).then(|| tr!(lang, "{}{months}", "{} {months}", term.word(lang)))
    });
    bar.into_iter().chain(signs).collect::<Vec<_>>().join(lang.pick("、", ", "))
}

/// A month of a fiscal year by its place in it.
fn month(place: usize, lang: Lang) -> String {
    const NAMES: [&str; 12] = ["Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar"];
    match lang {
        Lang::Ja => format!("{}月", (place + 3) % 12 + 1),
        Lang::En => NAMES[place % 12].to_owned(),
    }
}
