//! 前回からの動き: what became better, what worse, what else moved; entries and indicators by name.

use crate::document::{Block, Line, Tone, fact};
use crate::plan::period::Period;
use crate::query::status::Status;
use crate::query::summary::{Course, Moved, Turn};
use crate::tr;
use crate::wording as words;

use super::PaperPage;

/// One list for each course.
pub fn blocks(page: &PaperPage<'_>) -> Vec<Block> {
    let lang = page.lang;
    let Some(previous) = page.summary.previous else { return Vec::new() };
    let courses = [
        (Course::Better, "better", lang.pick("改善した項目", "Better"), Tone::Good),
        (Course::Worse, "worse", lang.pick("悪化した項目", "Worse"), Tone::Bad),
        (Course::Other, "other", lang.pick("そのほかの動き", "Otherwise"), Tone::Plain),
    ];
    let lists = courses.into_iter().flat_map(|(course, key, name, tone)| {
        let entries = page.summary.moved.iter().filter(|moved| moved.course == course).map(|m| entry(page, m));
        let turns = page.summary.turns.iter().filter(|turn| turn.course == course).map(|t| indicator(page, t));
        let lines: Vec<Line> = entries.chain(turns).map(|text| Line::toned(text, tone)).collect();
        let n = lines.len();
        let heading = fact(key, "count", &tr!(lang, "{name}（{n}件）", "{name} ({n})"));
        let heading = Line::toned(heading, Tone::Strong);
        if n == 0 { Vec::new() } else { vec![Block::Text(heading), Block::List(lines)] }
    });
    let lists: Vec<Block> = lists.collect();
    let unknown = unknown(page).map(|text| Block::Text(text.into()));
    let any_above = page.summary.levels.iter().any(|status| !status.flows.is_empty());
    if lists.is_empty() && unknown.is_none() && !any_above {
        return vec![Block::Text(none(page, previous).into())];
    }
    let levels = page.summary.levels.iter().flat_map(|status| of_level(page, status));
    unknown.into_iter().chain(lists).chain(levels).collect()
}

/// What moved on another level that is counted.
fn of_level(page: &PaperPage<'_>, status: &Status<'_>) -> Vec<Block> {
    let moved: Vec<Moved> = status.flows.iter().map(|flow| Moved::new(*flow, status)).collect();
    let (level, n) = (page.plan().level_name(status.counted), moved.len());
    let heading = tr!(page.lang, "{level}（{n}件）", "{level} ({n})");
    let heading = Line::toned(fact(&format!("level-{}", status.counted + 1), "moves", &heading), Tone::Strong);
    let lines: Vec<Line> = moved.iter().map(|moved| entry(page, moved).into()).collect();
    if n == 0 { Vec::new() } else { vec![Block::Text(heading), Block::List(lines)] }
}

/// That nothing moved; of entries that nobody reported on for the period that rests on their latest report.
fn none(page: &PaperPage<'_>, previous: Period) -> String {
    let (lang, tally) = (page.lang, &page.summary.status.total);
    let (last, previous) = (page.last(previous), previous.long(lang));
    match tally.entries - tally.fresh {
        0 => tr!(
            lang,
            "{last}から区分又は判定が変わったものはない。",
            "No rating and no verdict changed since {previous}."
        ),
        stale => tr!(
            lang,
            "{last}から区分又は判定が変わったものは、記録にない（今期の報告のない項目が{stale}件ある。）。",
            "No change of a rating or verdict since {previous} is recorded ({stale} entries have no report for this period)."
        ),
    }
}

/// Why nothing can be said about the entries.
fn unknown(page: &PaperPage<'_>) -> Option<String> {
    let (lang, status) = (page.lang, &page.summary.status);
    if page.plan().has_totals_alone() {
        let known_totals_only = lang.pick(
            "項目ごとの内訳が資料にないため、項目の動きは分からない。",
            "Which entries moved is not known: only totals were published.",
        );
        return Some(known_totals_only.to_owned());
    }
    status.rescaled.map(|rescaled| words::rescaled(rescaled, lang) + lang.pick("。", "."))
}

fn entry(page: &PaperPage<'_>, moved: &Moved) -> String {
    let (lang, status) = (page.lang, &page.summary.status);
    let entry = &page.plan().entries[moved.flow.place];
    let from = words::standing(moved.flow.from, status.version_before, lang);
    let to = words::standing(moved.flow.to, status.version, lang);
    let (id, name) = (&entry.id, &entry.name);
    fact(entry.id.as_str(), "flow", &tr!(lang, "{id} {name}：{from} → {to}", "{id} {name}: {from} → {to}"))
}

fn indicator(page: &PaperPage<'_>, turn: &Turn) -> String {
    let lang = page.lang;
    let name = words::indicator_name(page.summary.gaps[turn.place].indicator);
    let (from, to) = (words::verdict(turn.from, lang), words::verdict(turn.to, lang));
    let id = page.summary.gaps[turn.place].indicator.id.as_str();
    fact(id, "flow", &tr!(lang, "指標「{name}」：{from} → {to}", "indicator {name}: {from} → {to}"))
}
