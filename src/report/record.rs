//! A record that is about to be written, in the plan's own words, beside the last one.

use crate::document::{Block, Cell, ColumnOf, Document, Line, Section, Table, Tone, Type, column};
use crate::lang::Lang;
use crate::plan::entry::{Entry, Update};
use crate::plan::indicator::{Actual, Indicator};
use crate::plan::period::Period;
use crate::plan::record::Recorded;
use crate::plan::{Plan, Subject};
use crate::query::AsOf;
use crate::query::gap::methods::{Mismatch, mismatches};
use crate::query::status::{Question, status};
use crate::text::terms;
use crate::tr;
use crate::wording;

/// One part of a record.
struct Part {
    title: String,
    before: String,
    now: String,
}

/// The new record of a subject, which is the last block of its file, as a table: each part, the last word about it and the
/// new one; under it what does not fit the indicators. `None` where there is no record.
pub fn review(plan: &Plan, subject: Subject, lang: Lang) -> Option<Document> {
    match subject {
        Subject::Entry(place) => {
            let entry = &plan.entries[place];
            let new = entry.updates.iter().max_by_key(|update| update.trace.block)?;
            let name = format!("{}　{}", entry.id, entry.name);
            let before = before(new, entry.updates.iter().filter(|other| other.evaluator == new.evaluator));
            let parts = of_update(plan, entry, before, new, lang);
            let mut document = document(&name, new.period, before.map(Recorded::period), parts, lang);
            let doubts = contradictions(plan, place, new, lang).map(Line::from).collect::<Vec<_>>();
            if !doubts.is_empty() {
                let heading =
                    lang.pick("確認：検証指標と合っていますか", "To be confirmed: does it fit the indicators?");
                document.sections.push(Section::new(heading, vec![Block::List(doubts)]));
            }
            Some(document)
        }
        Subject::Indicator(place) => {
            let indicator = &plan.indicators[place];
            let new = indicator.measures.iter().max_by_key(|measure| measure.trace.block)?;
            let before = before(new, indicator.measures.iter());
            let parts = of_actual(indicator, before, new, lang);
            let name = wording::indicator_name(indicator);
            Some(document(&name, new.period(), before.map(Recorded::period), parts, lang))
        }
    }
}

/// What the new record of a subject puts in the place of what was recorded about the same period, a line for each part: from
/// what to what.
pub fn replaced(plan: &Plan, subject: Subject, lang: Lang) -> Vec<String> {
    let (parts, is_withdrawal) = match subject {
        Subject::Entry(place) => {
            let entry = &plan.entries[place];
            let Some(new) = entry.updates.iter().max_by_key(|update| update.trace.block) else { return Vec::new() };
            let others = entry.updates.iter().filter(|other| other.evaluator == new.evaluator);
            let Some(old) = last_of(new, others) else { return Vec::new() };
            (of_update(plan, entry, Some(old), new, lang), new.trace.withdrawn)
        }
        Subject::Indicator(place) => {
            let indicator = &plan.indicators[place];
            let Some(new) = indicator.measures.iter().max_by_key(|measure| measure.trace.block) else {
                return Vec::new();
            };
            let Some(old) = stood(indicator, new) else { return Vec::new() };
            (of_actual(indicator, Some(old), new, lang), new.trace.withdrawn)
        }
    };
    // A report says nothing of what it leaves out, which stays as it was.
    let is_said = |part: &&Part| is_withdrawal || !part.now.is_empty();
    let changed = parts.iter().filter(|part| !part.before.is_empty() && part.before != part.now).filter(is_said);
    let now = |part: &Part| {
        if is_withdrawal { lang.pick("（取下げ）", "(withdrawn)").to_owned() } else { part.now.clone() }
    };
    changed.map(|part| wording::from_to(&part.title, &part.before, &now(part), lang)).collect()
}

/// The value whose place a new one takes: the one that it corrects, else the one that held for its period. One that is
/// provisional takes no place of a confirmed one.
pub fn stood<'p>(indicator: &'p Indicator, new: &Actual) -> Option<&'p Actual> {
    let of_period = indicator.measures.iter().filter(|other| is_same_period(new, *other)).collect::<Vec<_>>();
    let old = corrected(new, indicator.measures.iter()).or_else(|| Actual::last_word(of_period.iter().copied()));
    old.filter(|old| new.trace.corrects().is_some() || !new.provisional || !old.confirms())
}

/// The last report in whose place a new one comes: the one that it corrects, else the last one about its period.
fn last_of<'r, R: Recorded>(new: &R, others: impl Iterator<Item = &'r R> + Clone) -> Option<&'r R> {
    let of_period = others.clone().filter(|other| is_same_period(new, *other));
    corrected(new, others).or_else(|| of_period.max_by_key(|other| other.place()))
}

/// Whether another record stands, and is about the period of a new one.
fn is_same_period<R: Recorded>(new: &R, other: &R) -> bool {
    other.trace().block != new.trace().block && other.stands() && other.period() == new.period()
}

/// The record that a new one corrects.
fn corrected<'r, R: Recorded>(new: &R, others: impl Iterator<Item = &'r R>) -> Option<&'r R> {
    let of = new.trace().corrects()?;
    let is_by_it = |other: &R| other.trace().corrected().is_some_and(|by| by.shared() == new.name().shared());
    let found = others.filter(|other| other.name().shared() == of.shared() && is_by_it(other));
    // Of several corrections of one day each corrects the one before it.
    found.max_by_key(|other| other.trace().block)
}

/// The record that is corrected, else the last one that stands and is about no later period.
fn before<'r, R: Recorded>(new: &R, others: impl Iterator<Item = &'r R>) -> Option<&'r R> {
    let others: Vec<&R> = others.filter(|other| other.trace().block != new.trace().block).collect();
    let corrected = new.trace().corrects();
    let is_corrected = |other: &&&R| corrected.is_some_and(|of| of.shared() == other.name().shared());
    let earlier = |other: &&&R| other.stands() && other.period().last_day() <= new.period().last_day();
    others.iter().find(is_corrected).or_else(|| others.iter().rev().find(earlier)).copied()
}

fn document(name: &str, period: Period, before: Option<Period>, parts: Vec<Part>, lang: Lang) -> Document {
    let then = before.map_or_else(|| wording::none(lang).to_owned(), |period| period.tag(lang));
    let columns = [
        column("part", ("内容", "Part"), Type::Text, |part: &Part, _| Cell::text(&part.title)),
        ColumnOf::titled("before", tr!(lang, "前回（{then}）", "Last ({then})"), Type::Text, |part: &Part, at| {
            Cell::text(if part.before.is_empty() { wording::none(at.lang) } else { &part.before })
        }),
        column("now", ("今回", "New"), Type::Text, |part, at| {
            let text = if part.now.is_empty() { wording::none(at.lang) } else { &part.now };
            let cell = Cell::text(text);
            if part.now == part.before { cell } else { cell.toned(Tone::Strong) }
        }),
    ];
    let shown = parts.into_iter().filter(|part| !(part.before.is_empty() && part.now.is_empty()));
    let table = Table::build(&columns, shown, lang);
    Document {
        title: tr!(lang, "記録の確認：{name}　{}", "To be recorded: {name}, {}", period.long(lang)),
        sections: vec![Section::plain(vec![Block::Table(table)])],
        ..Document::default()
    }
}

fn of_update(plan: &Plan, entry: &Entry, before: Option<&Update>, new: &Update, lang: Lang) -> Vec<Part> {
    let part = |title: &str, text: &dyn Fn(&Update) -> String| Part {
        title: title.to_owned(),
        before: before.map(text).unwrap_or_default(),
        now: text(new),
    };
    let mut parts = Vec::new();
    for (place, scale) in plan.scales.iter().enumerate() {
        let (_, version) = scale.version_near(new.period);
        parts.push(part(&version.name, &|update| {
            let grade =
                update.rating_on(place).map(|r| &scale.versions[usize::from(r.version)].grades[usize::from(r.grade)]);
            grade.map(|grade| grade.name.to_string()).unwrap_or_default()
        }));
    }
    parts.push(part(terms::PROGRESS.title(lang), &|update| {
        update.progress.map(|percent| wording::progress(percent, lang)).unwrap_or_default()
    }));
    for (term, of) in [
        (terms::DONE, (|update: &Update| update.done.clone()) as fn(&Update) -> Option<Box<str>>),
        (terms::ISSUE, |update| update.issue.clone()),
        (terms::NEXT, |update| update.next.clone()),
    ] {
        parts.push(part(term.title(lang), &|update| of(update).map(String::from).unwrap_or_default()));
    }
    parts.push(part(lang.pick("工程・節目", "Roadmap"), &|update| {
        wording::reached_lines(plan, entry, update, lang).join("\n")
    }));
    parts.push(part(terms::NOTE.title(lang), &|update| update.notes.join("\n")));
    parts.push(part(terms::RECORDED_BY.title(lang), &|update| update.by.as_deref().unwrap_or_default().to_owned()));
    parts
}

fn of_actual(indicator: &Indicator, before: Option<&Actual>, new: &Actual, lang: Lang) -> Vec<Part> {
    let part = |title: &str, text: &dyn Fn(&Actual) -> String| Part {
        title: title.to_owned(),
        before: before.map(text).unwrap_or_default(),
        now: text(new),
    };
    vec![
        part(terms::VALUE.title(lang), &|measure| wording::measured(measure, indicator, lang)),
        part(terms::NOTE.title(lang), &|measure| measure.reading.notes().join("\n")),
        part(terms::RECORDED_BY.title(lang), &|measure| measure.by.as_deref().unwrap_or_default().to_owned()),
    ]
}

/// What the indicators of the entry say against its new rating, on each scale.
fn contradictions(plan: &Plan, place: usize, new: &Update, lang: Lang) -> impl Iterator<Item = String> {
    let as_of = AsOf::end_of(new.period);
    let scales = new.ratings.iter().map(|rating| usize::from(rating.scale));
    let of_scale = move |scale: usize| {
        let (under, evaluator) = (Some(place), new.evaluator);
        let status = status(plan, Question { under, ..Question::new(as_of, scale, evaluator) });
        let found = mismatches(plan, &status).into_iter().filter(|m| m.node.place == place);
        let line = |Mismatch { node, gap }: Mismatch<'_>| {
            let (grade, indicator) = (wording::standing(node.standing, status.version, lang), gap.indicator);
            let (name, verdict) = (wording::indicator_name(indicator), wording::judged(&gap, lang));
            tr!(
                lang,
                "「{grade}」と記録しますが、検証指標「{name}」の判定は「{verdict}」です",
                "it is rated `{grade}`, while the indicator `{name}` is `{verdict}`"
            )
        };
        found.map(line).collect::<Vec<_>>()
    };
    scales.flat_map(of_scale)
}
