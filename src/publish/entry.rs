//! The page of an entry: what it is, how it stands, what was done and what comes, its road, its indicators, what stands under
//! it, every report on it, how it was changed and corrected.

use crate::document::{Block, Cell, Document, Line, Link, Section, Table, Tone, Type, column};
use crate::plan::Subject;
use crate::plan::entry::{Entry, Update};
use crate::plan::period::date_text;
use crate::plan::record::Recorded;
use crate::query::Scope;
use crate::query::gap::Gap;
use crate::query::road::{LaneReports, Road};
use crate::query::status::{Standing, Status};
use crate::report::kpi::short_table;
use crate::report::log;
use crate::report::roadmap::{RoadmapReport, legend};
use crate::text::terms;
use crate::tr;
use crate::wording as words;

use super::linked::FIGURES;
use super::shared::{about, calculation, filled, known, row_links, told};
use super::{Sheet, changes, opinions, overview};

/// The page.
pub fn document(sheet: &Sheet<'_>, place: usize) -> Document {
    let entry = &sheet.plan().entries[place];
    let mut sections =
        vec![Section { heading: None, ..about(entry.id.as_str(), "entries", "", vec![fields(sheet, entry)]) }];
    sections.extend(standing(sheet, place));
    sections.extend(words_of(sheet, entry));
    sections.extend(road(sheet, place));
    sections.extend(indicators(sheet, place));
    sections.extend(children(sheet, place));
    sections.extend(reports(sheet, entry));
    sections.extend(opinions::of_subject(sheet, Subject::Entry(place)));
    sections.extend(changes::of_subject(sheet, Subject::Entry(place)));
    sections.extend(figures(sheet, place));
    Document {
        title: format!("{} {}", entry.id, entry.name),
        lead: overview::lead(sheet),
        sections,
        ..Document::default()
    }
}

fn fields(sheet: &Sheet<'_>, entry: &Entry) -> Block {
    let (plan, lang) = (sheet.plan(), sheet.lang);
    let former = entry.formerly.iter().map(|id| id.as_str()).collect::<Vec<_>>().join(lang.pick("、", ", "));
    let groups = entry.groups.iter().map(|(key, value)| {
        let by = words::grouping(plan, crate::query::status::By::Key(key), lang);
        (by.to_owned(), Line::from(&**value))
    });
    let period =
        |period: Option<crate::plan::period::Period>| period.map(|period| period.long(lang)).unwrap_or_default();
    let mut fields: Vec<(String, Line)> = vec![
        (terms::LEVEL.title(lang).into(), plan.level_name(entry.level).into()),
        (lang.pick("概要", "Summary").into(), entry.summary.as_deref().unwrap_or_default().into()),
        (terms::OWNER.title(lang).into(), words::owners(&entry.owners, &plan.owners, lang).into()),
        (terms::FORMER_ID.title(lang).into(), former.into()),
        (terms::ADDED.title(lang).into(), period(entry.added).into()),
        (terms::DROPPED.title(lang).into(), period(entry.dropped).into()),
    ];
    fields.extend(groups);
    fields.push((terms::NOTE.title(lang).into(), entry.notes.join("\n").into()));
    fields
        .push((terms::SOURCE.title(lang).into(), words::source(plan, entry.origin.source).unwrap_or_default().into()));
    known(fields)
}

/// How it stands on each scale, by each evaluator, and how it stood before.
fn standing(sheet: &Sheet<'_>, place: usize) -> Option<Section> {
    let (lang, plan) = (sheet.lang, sheet.plan());
    let id = plan.entries[place].id.as_str();
    let line = |(at, status): (usize, &Status<'_>)| {
        let node = sheet.published.node(status, place)?;
        let is_rated = plan.head.counts(node.entry.level) || matches!(node.standing, Standing::Graded(_));
        if !is_rated {
            return None;
        }
        let evaluator = &plan.evaluators[status.question.evaluator].name;
        let name = match &*status.version.name {
            "" => terms::RATING.title(lang),
            name => name,
        };
        let name = match plan.evaluators.len() {
            0 | 1 => name.to_owned(),
            _ => tr!(lang, "{name}（{evaluator}）", "{name} ({evaluator})"),
        };
        let needs = matches!(node.standing, Standing::Graded(grade) if status.version.grades[grade].attention);
        let word = words::standing(node.standing, status.version, lang);
        let word = if needs { tr!(lang, "{word}（要対応）", "{word} (attention)") } else { word.to_owned() };
        let period = node.rated_by.map(|update| tr!(lang, "（{}の報告）", " (report of {})", update.period.tag(lang)));
        let moved = status.flows.binary_search_by_key(&place, |flow| flow.place).ok();
        let before = moved.map(|at| &status.flows[at]).map(|flow| {
            let from = words::standing(flow.from, status.version_before, lang);
            tr!(lang, "。前回は{from}", "; before: {from}")
        });
        let progress = node.progress.filter(|_| at == 0);
        let progress =
            progress.map(|percent| tr!(lang, "。{}{percent}％", "; {} {percent}%", terms::PROGRESS.word(lang)));
        let text = [Some(word), period, before, progress].into_iter().flatten().collect::<String>();
        let line = Line::toned(text, if needs { Tone::Warn } else { Tone::Plain });
        Some((name, line.linked(Link::Anchor(FIGURES.into()))))
    };
    let fields: Vec<(String, Line)> = sheet.published.statuses.iter().enumerate().filter_map(line).collect();
    let counts = counts(sheet, place);
    let blocks: Vec<Block> = (!fields.is_empty()).then_some(Block::Fields(fields)).into_iter().chain(counts).collect();
    let heading = lang.pick("いまの状況", "How it stands");
    (!blocks.is_empty()).then(|| about(id, "entries", heading, blocks))
}

/// How many of the entries under it have which grade.
fn counts(sheet: &Sheet<'_>, place: usize) -> Option<Block> {
    let (lang, status) = (sheet.lang, &sheet.published.summary().status);
    let node = sheet.published.node(status, place).filter(|node| node.entry.level < status.counted)?;
    let level = status.plan.level_name(status.counted);
    let grades = status.version.grades.iter().zip(&node.tally.counts).map(|(grade, n)| (&*grade.name, *n));
    let open = [
        (terms::UNREPORTED, node.tally.unreported),
        (terms::RESTING, node.tally.resting),
        (terms::AHEAD, node.tally.ahead),
    ];
    let open = open.into_iter().map(|(term, n)| (term.title(lang), n));
    let parts = grades.chain(open).filter(|(_, n)| *n > 0).map(|(name, n)| {
        let name = words::before_number(name, lang);
        tr!(lang, "{name}{n}件", "{name} {n}")
    });
    let (all, parts) = (node.tally.entries, parts.collect::<Vec<_>>().join(lang.pick("、", ", ")));
    let text =
        tr!(lang, "下の{level}は{all}件であり、内訳は、{parts}である。", "Of {all} under it ({level}): {parts}.");
    (all > 0).then(|| Block::Text(Line::from(text).linked(Link::Anchor(FIGURES.into()))))
}

/// The last words about it: 実績, 課題, 今後の対応.
fn words_of(sheet: &Sheet<'_>, entry: &Entry) -> Option<Section> {
    let lang = sheet.lang;
    let update = sheet.published.summary().last_words(entry)?;
    let heading = tr!(lang, "{}の報告", "Report of {}", update.period.long(lang));
    let fields = known(texts(update, sheet));
    Some(Section { topic: Some("items".into()), ..about(entry.id.as_str(), "items", &heading, vec![fields]) })
}

fn texts(update: &Update, sheet: &Sheet<'_>) -> Vec<(String, Line)> {
    let lang = sheet.lang;
    let text = |text: &Option<Box<str>>| Line::from(text.as_deref().unwrap_or_default());
    let mut fields = vec![
        (terms::DONE.title(lang).to_owned(), text(&update.done)),
        (terms::ISSUE.title(lang).to_owned(), text(&update.issue)),
        (terms::NEXT.title(lang).to_owned(), text(&update.next)),
    ];
    fields
        .extend(update.figures.iter().map(|of| (terms::FIGURE.title(lang).to_owned(), words::figure(of, lang).into())));
    fields.push((terms::NOTE.title(lang).to_owned(), update.notes.join("\n").into()));
    let source = words::source(sheet.plan(), update.origin.source).unwrap_or_default();
    fields.push((
        terms::SOURCE.title(lang).to_owned(),
        format!("{source}{}", words::mark(update.certainty(), lang)).into(),
    ));
    fields
}

/// Its steps and milestones, drawn, with those of initiatives of other entries that belong to it as well.
fn road(sheet: &Sheet<'_>, place: usize) -> Vec<Section> {
    let (plan, as_of, lang) = (sheet.plan(), sheet.published.summary().as_of(), sheet.lang);
    let entry = &plan.entries[place];
    let own = LaneReports::new(entry, as_of).drawn(place);
    let others = sheet.published.also.get(&place).into_iter().flatten();
    let others = others.map(|(at, lane)| LaneReports::new(&plan.entries[*at], as_of).road(*at, Some(*lane)));
    let roads: Vec<_> = own.into_iter().chain(others).collect();
    if roads.is_empty() {
        return Vec::new();
    }
    let report = RoadmapReport { plan, as_of, scope: Scope::default(), roads };
    let mut sections = report.sections(lang);
    let remarks = road_notes(&report.roads, sheet);
    for (at, section) in sections.iter_mut().enumerate() {
        section.topic = Some("roadmap".into());
        section.depth = at.min(1);
        if at == 0 {
            section.heading = Some(lang.pick("取組と工程", "Initiatives and steps").into());
            let Some(Block::Table(table)) = section.blocks.first_mut() else { continue };
            // Read aloud, the column needs a name.
            let kind = table.columns.iter_mut().find(|column| column.key == "kind");
            kind.into_iter().for_each(|column| column.title = lang.pick("計・実", "P, A").into());
            table.notes.extend(legend(lang).map(Line::from));
            section.blocks.extend((!remarks.is_empty()).then(|| Block::List(remarks.clone())));
        }
    }
    sections
}

/// The numbers and footnotes of initiatives and milestones.
fn road_notes(roads: &[Road<'_>], sheet: &Sheet<'_>) -> Vec<Line> {
    let (plan, lang) = (sheet.plan(), sheet.lang);
    let colon = lang.pick("：", ": ");
    let of_road = |road: &Road<'_>| {
        let initiative = plan.entries[road.place].initiative(road.lane);
        let figures = initiative.into_iter().flat_map(|of| &of.figures).flat_map(|figure| {
            let notes = figure.notes.iter().map(|note| note.to_string());
            std::iter::once(words::figure(figure, lang)).chain(notes).collect::<Vec<_>>()
        });
        let notes = initiative.into_iter().flat_map(|of| &of.notes).map(|note| note.to_string());
        let name = initiative.map(|of| &*of.name);
        let own = figures.chain(notes).map(|words| match name {
            Some(name) => format!("{name}{colon}{words}"),
            None => words,
        });
        let marks = road
            .marks
            .iter()
            .flat_map(|mark| mark.milestone.notes.iter().map(|note| format!("{}{colon}{note}", mark.milestone.name)));
        own.chain(marks).collect::<Vec<String>>()
    };
    roads.iter().flat_map(of_road).map(Line::from).collect()
}

fn indicators(sheet: &Sheet<'_>, place: usize) -> Option<Section> {
    let (plan, lang) = (sheet.plan(), sheet.lang);
    let gaps = sheet.published.verifying[place].iter().filter_map(|at| sheet.published.gap(*at));
    let gaps: Vec<Gap<'_>> = gaps.cloned().collect();
    (!gaps.is_empty()).then(|| Section {
        topic: Some("indicators".into()),
        ..Section::new(terms::INDICATOR.title(lang), vec![Block::Table(short_table(plan, &gaps, lang))])
    })
}

/// What stands right under it.
fn children(sheet: &Sheet<'_>, place: usize) -> Option<Section> {
    let (plan, lang, status) = (sheet.plan(), sheet.lang, &sheet.published.summary().status);
    let entry = &plan.entries[place];
    let columns = [
        column("id", terms::ID.titles(), Type::Id, |(of, _): &Child<'_>, _| Cell::text(of.id.as_str())),
        column("name", terms::NAME.titles(), Type::Name, |(of, _), _| Cell::text(&*of.name)),
        column("rating", terms::RATING.titles(), Type::Grade, |(_, rating), _| Cell::text(&**rating)),
    ];
    let child = |at: &usize| {
        let node = sheet.published.node(status, *at);
        let rated =
            node.filter(|node| plan.head.counts(node.entry.level) || matches!(node.standing, Standing::Graded(_)));
        let word = rated.map(|node| words::standing(node.standing, status.version, lang)).unwrap_or_default();
        (&plan.entries[*at], word.to_owned())
    };
    let children: Vec<Child<'_>> = entry.children.iter().map(child).collect();
    let subjects: Vec<_> = children.iter().map(|(of, _)| Some(of.id.to_string())).collect();
    let heading = match plan.level_name(entry.level + 1) {
        "" => lang.pick("下位の項目", "Under it"),
        level => level,
    };
    let table = filled(Table::build(&columns, children, lang).about(subjects));
    (!table.rows.is_empty())
        .then(|| Section { topic: Some("entries".into()), ..Section::new(heading, vec![Block::Table(table)]) })
}

type Child<'r> = (&'r Entry, String);

/// What is known of it, the newest first.
fn known_of<'e>(sheet: &Sheet<'_>, entry: &'e Entry) -> impl Iterator<Item = &'e Update> {
    let as_of = sheet.published.summary().as_of();
    entry.updates.iter().rev().filter(move |update| as_of.knows(*update) && !update.trace.withdrawn)
}

/// Every report on it, the newest first.
fn reports(sheet: &Sheet<'_>, entry: &Entry) -> Option<Section> {
    let (lang, as_of) = (sheet.lang, sheet.published.summary().as_of());
    let columns = [
        column("period", terms::PERIOD_COVERED.titles(), Type::Period, |of: &Reported<'_, '_>, at| {
            Cell::text(of.update.period.tag(at.lang))
        }),
        column("rating", terms::RATING.titles(), Type::Text, |of, at| {
            let grades = log::grades(of.sheet.plan(), of.update).map(|(_, grade)| grade.to_owned());
            let progress = of.update.progress.map(|percent| words::percent(percent, at.lang));
            let several = of.sheet.plan().evaluators.len() > 1;
            let evaluator =
                several.then(|| tr!(at.lang, "（{}）", "({})", of.sheet.plan().evaluators[of.update.evaluator].name));
            Cell::text(grades.chain(progress).chain(evaluator).collect::<Vec<_>>().join("\n"))
        }),
        column("texts", ("実績・課題・今後の対応", "Done, issue, next"), Type::Text, |of, at| {
            let reached = words::reached_lines(of.sheet.plan(), of.entry, of.update, at.lang);
            let texts = words::update_texts(of.update, at.lang);
            let notes = of.update.notes.iter().map(|note| note.to_string());
            let texts = Some(texts).into_iter().chain(reached).chain(notes).filter(|text| !text.is_empty());
            Cell::text(texts.collect::<Vec<_>>().join("\n"))
        }),
        column("recorded", terms::RECORDED.titles(), Type::Date, |of, at| {
            let day = of.update.recorded.map(|day| date_text(day, at.lang));
            let corrected = of.update.trace.corrected().filter(|_| of.is_corrected);
            let corrected = corrected.map(|by| match by.recorded {
                Some(day) => tr!(at.lang, "{}に訂正", "corrected {}", date_text(day, at.lang)),
                None => at.lang.pick("訂正済", "corrected").to_owned(),
            });
            Cell::text(day.into_iter().chain(corrected).collect::<Vec<_>>().join("\n"))
        }),
        column("by", terms::RECORDED_BY.titles(), Type::Text, |of, _| {
            Cell::text(of.update.by.as_deref().unwrap_or_default())
        }),
        column("source", terms::SOURCE.titles(), Type::Text, |of, at| {
            let source = words::source(of.sheet.plan(), of.update.origin.source).unwrap_or_default();
            Cell::text(source + &words::mark(of.update.certainty(), at.lang))
        }),
    ];
    let reported: Vec<_> = known_of(sheet, entry)
        .map(|update| Reported { sheet, entry, update, is_corrected: as_of.is_corrected(update) })
        .collect();
    let subjects: Vec<_> = reported.iter().map(|of| Some(format!("{}:{}", entry.id, of.update.name()))).collect();
    let table = filled(Table::build(&columns, reported, lang).about(subjects));
    let heading = lang.pick("これまでの報告", "Every report");
    (!table.rows.is_empty()).then(|| {
        let section = Section { topic: Some("reports".into()), ..Section::new(heading, vec![Block::Table(table)]) };
        section.anchored("reports")
    })
}

/// A report, and the page that lists it.
struct Reported<'r, 's> {
    sheet: &'r Sheet<'s>,
    entry: &'r Entry,
    update: &'r Update,
    is_corrected: bool,
}

/// Where its figures stand as data, and how they are worked out: its grade by its reports, counts by what is under it.
fn figures(sheet: &Sheet<'_>, place: usize) -> Vec<Section> {
    let (lang, plan) = (sheet.lang, sheet.plan());
    let entry = &plan.entries[place];
    // What is no longer in the plan has no row.
    let has_row = sheet.published.node(&sheet.published.summary().status, place).is_some();
    let row = (lang.pick("この項目の行（進捗状況の表）", "Its row in the table of all entries"), "entries.html");
    let reported = known_of(sheet, entry).next().is_some().then(|| {
        let words = lang.pick("進捗区分と進捗率のもとの報告", "The reports that say rating and progress");
        Line::from(words).linked(Link::Anchor("reports".into()))
    });
    let lines = row_links(sheet, has_row.then_some((row, entry.id.as_str()))).into_iter().chain(reported).collect();
    let counts = (entry.level < plan.head.counted).then(|| calculation(sheet, Some(Subject::Entry(place)), 1));
    std::iter::once(told(sheet, entry.id.as_str(), lines)).chain(counts.into_iter().flatten()).collect()
}
