//! 前回からの動き: what became better, what worse, what else moved; entries and indicators by name.

use crate::document::{Block, Line, Tone, fact};
use crate::plan::period::Period;
use crate::query::status::Status;
use crate::query::summary::{Course, Moved, Turn};
use crate::query::verdicts::Before;
use crate::tr;
use crate::wording as words;

use super::PaperPage;

/// One list for each course; of several levels that are counted each has its own.
pub fn blocks(page: &PaperPage<'_>) -> Vec<Block> {
    let Some(previous) = page.summary.previous else { return Vec::new() };
    let lists = of_level(page, &page.summary.status);
    let unknown: Vec<Block> =
        unknown(page).into_iter().chain(not_judged_alike(page)).map(|text| Block::Text(text.into())).collect();
    let levels: Vec<Block> = page.summary.levels.iter().flat_map(|status| of_level(page, status)).collect();
    if lists.is_empty() && unknown.is_empty() && levels.is_empty() {
        return vec![Block::Text(none(page, previous).into())];
    }
    unknown.into_iter().chain(lists).chain(levels).collect()
}

/// What moved on one level that is counted; the indicators stand with the first.
fn of_level(page: &PaperPage<'_>, status: &Status<'_>) -> Vec<Block> {
    let lang = page.lang;
    let courses = [
        (Course::Better, "better", lang.pick("改善した項目", "Better"), Tone::Good),
        (Course::Worse, "worse", lang.pick("悪化した項目", "Worse"), Tone::Bad),
        (Course::Other, "other", lang.pick("そのほかの動き", "Otherwise"), Tone::Plain),
    ];
    let is_first = status.counted == page.summary.status.counted;
    let level = match page.summary.levels.is_empty() {
        true => String::new(),
        false => page.plan().level_name(status.counted).to_owned() + lang.pick("、", ", "),
    };
    let is_of_level = |moved: &&Moved| page.plan().entries[moved.flow.place].level == status.counted;
    let lists = courses.into_iter().flat_map(|(course, key, name, tone)| {
        let moved = page.summary.moved.iter().filter(is_of_level).filter(|moved| moved.course == course);
        let turns = page.summary.turns.iter().filter(|turn| is_first && turn.course == course);
        let lines = moved.map(|m| entry(page, m)).chain(turns.map(|t| indicator(page, t)));
        let lines: Vec<Line> = lines.map(|text| Line::toned(text, tone)).collect();
        let n = lines.len();
        let heading = tr!(lang, "{name}（{level}{n}件）", "{name} ({level}{n})");
        let heading = Line::toned(fact(&page.subject(status, key), "count", &heading), Tone::Strong);
        if n == 0 { Vec::new() } else { vec![Block::Text(heading), Block::List(lines)] }
    });
    lists.collect()
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
            "No change of a rating or verdict since {previous} is recorded (without a report for this period: {stale})."
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

/// Why nothing can be said about the indicators.
fn not_judged_alike(page: &PaperPage<'_>) -> Option<String> {
    let lang = page.lang;
    let others = page.summary.verdict_tables(None).into_iter().find_map(|table| match table.before {
        Before::OtherBands(previous) => Some(previous),
        Before::Nothing | Before::Period(_) => None,
    })?;
    Some(words::other_bands(others, lang) + lang.pick("。", "."))
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
