//! One entry: what it is about, how it stands, its initiatives and indicators.

use serde_json::{Map, Value as Json, json};

use crate::document::{Block, Document, Line, Section};
use crate::lang::Lang;
use crate::plan::Plan;
use crate::plan::entry::Entry;
use crate::plan::indicator::Kind;
use crate::plan::road::Lane;
use crate::query::gap::{Gap, gap};
use crate::query::road::{self, Mark, Road, road};
use crate::query::status::{Node, Standing, Status};
use crate::report::{json as numbers, kpi, words};
use crate::tr;

use super::{Fields, ShowReport, into_map, joined, known};

/// One entry, for people.
pub fn document(report: &ShowReport<'_>, place: usize, lang: Lang) -> Document {
    let (plan, entry) = (report.plan, &report.plan.entries[place]);
    let mut document = report.titled(format!("{} {}", entry.id, entry.name), lang);
    document.sections.push(Section::plain(vec![known(fields(report, place, lang))]));
    document.sections.extend(standing(report, place, lang));
    document.sections.extend(children_section(plan, entry, lang));
    document.sections.extend(initiatives(report, place, lang));
    let verifying = plan.indicators.iter().filter(|i| i.kind != Kind::Heading && i.verifies(place, &plan.entries));
    let gaps: Vec<Gap<'_>> = verifying.map(|i| gap(report.plan, i, report.as_of)).collect();
    if !gaps.is_empty() {
        let table = Block::Table(kpi::short_table(plan, &gaps, lang));
        document.sections.push(Section::new(lang.pick("検証指標", "Indicators"), vec![table]));
    }
    document
}

fn fields(report: &ShowReport<'_>, place: usize, lang: Lang) -> Fields {
    let (plan, entry) = (report.plan, &report.plan.entries[place]);
    let above: Vec<String> = std::iter::successors(entry.parent, |&p| plan.entries[p].parent)
        .map(|p| format!("{} {}", plan.entries[p].id, plan.entries[p].name))
        .collect();
    let above = above.into_iter().rev().collect::<Vec<_>>().join(lang.pick(" ＞ ", " > "));
    let mut fields = vec![
        (lang.pick("階層", "Level").into(), plan.level_name(entry.level).into()),
        (lang.pick("上位", "Under").into(), above.into()),
        (lang.pick("概要", "Summary").into(), entry.summary.as_deref().unwrap_or_default().into()),
        (lang.pick("所管課", "Owner").into(), words::owners(&entry.owners, &plan.owners, lang).into()),
        (lang.pick("別名", "Also called").into(), joined(&entry.aliases, lang)),
        (
            lang.pick("旧番号", "Formerly").into(),
            entry.formerly.iter().map(|id| id.as_str()).collect::<Vec<_>>().join(lang.pick("、", ", ")).into(),
        ),
        (lang.pick("追加", "Added").into(), entry.added.map(|p| p.long(lang)).unwrap_or_default().into()),
        (lang.pick("廃止", "Dropped").into(), entry.dropped.map(|p| p.long(lang)).unwrap_or_default().into()),
    ];
    fields.extend(road_fields(report, &road(entry, place, None, report.as_of), lang));
    fields.extend(report.provenance(entry.origin, &entry.notes, lang));
    fields
}

fn standing(report: &ShowReport<'_>, place: usize, lang: Lang) -> Option<Section> {
    let plan = report.plan;
    let line = |status: &Status<'_>| {
        let node: &Node<'_> = status.nodes.iter().find(|n| n.place == place)?;
        let evaluator = &plan.evaluators[status.question.evaluator].name;
        let mut name = status.version.name.to_string();
        if plan.evaluators.len() > 1 {
            name = tr!(lang, "{name}（{evaluator}）", "{name} ({evaluator})");
        }
        let standing = words::standing(node.standing, status.version, lang);
        let period = node.rated_by.map(|u| tr!(lang, "（{}）", " ({})", u.period.tag(lang))).unwrap_or_default();
        let progress = node
            .progress
            .filter(|_| status.question.scale == 0)
            .map(|p| tr!(lang, "　{p}％", ", {p}%"))
            .unwrap_or_default();
        Some((name, Line::from(format!("{standing}{period}{progress}"))))
    };
    let fields: Fields = report.standings.iter().filter_map(line).collect();
    (!fields.is_empty()).then(|| Section::new(lang.pick("進捗", "Standing"), vec![Block::Fields(fields)]))
}

fn initiatives(report: &ShowReport<'_>, place: usize, lang: Lang) -> Option<Section> {
    let entries = report.plan.entries.iter().enumerate();
    let of = entries.flat_map(|(at, e)| {
        let lanes = e.initiatives.iter().enumerate().filter(move |(_, i)| at == place || i.also.contains(&place));
        lanes.map(move |(lane, _)| (at, Some(lane)))
    });
    let blocks: Vec<Block> = of.filter_map(|lane| initiative(report, lane, lang)).map(known).collect();
    (!blocks.is_empty()).then(|| Section::new(lang.pick("取組内容", "Initiatives"), blocks))
}

/// The steps by year, and every milestone with when it was reached.
fn road_fields(report: &ShowReport<'_>, road: &Road<'_>, lang: Lang) -> Fields {
    let plan = report.plan;
    let planned = plan.entries[road.place].steps_of(road.lane).iter();
    let planned: Vec<String> =
        planned.map(|p| format!("{} {}", p.year.tag(lang), plan.steps[p.step].text(lang))).collect();
    let told: Vec<String> = road
        .told
        .iter()
        .map(|(period, step)| format!("{} {}", period.tag(lang), plan.steps[*step].text(lang)))
        .collect();
    let comma = lang.pick("、", ", ");
    let mut fields: Fields = vec![
        (lang.pick("工程（計画）", "Steps planned").into(), planned.join(comma).into()),
        (lang.pick("工程（実績）", "Steps reported").into(), told.join(comma).into()),
    ];
    for mark in &road.marks {
        let (date, name) = (mark.milestone.date.tag(lang), &mark.milestone.name);
        let sure = words::mark(mark.milestone.origin.certainty, lang);
        let reached = words::reached(mark.standing, lang);
        fields.push((
            lang.pick("節目", "Milestone").into(),
            tr!(lang, "{date} {name}{sure}（{reached}）", "{date} {name}{sure} ({reached})").into(),
        ));
    }
    fields
}

fn initiative(report: &ShowReport<'_>, (place, lane): (usize, Lane), lang: Lang) -> Option<Fields> {
    let plan = report.plan;
    let entry = &plan.entries[place];
    let (initiative, road) = (entry.initiative(lane)?, road(entry, place, lane, report.as_of));
    let mut fields: Fields = vec![(lang.pick("名称", "Name").into(), (&*initiative.name).into())];
    let span = words::span(initiative.start, initiative.end, lang);
    fields.push((lang.pick("期間", "When").into(), span.into()));
    fields.push((lang.pick("別名", "Also called").into(), joined(&initiative.aliases, lang)));
    let also: Vec<&str> = initiative.also.iter().map(|e| plan.entries[*e].id.as_str()).collect();
    fields.push((lang.pick("ほかの項目", "Also under").into(), also.join(lang.pick("、", ", ")).into()));
    fields.extend(road_fields(report, &road, lang));
    for figure in &initiative.figures {
        fields.push((lang.pick("数値", "Figure").into(), words::figure(figure, lang).into()));
    }
    fields.extend(report.provenance(initiative.origin, &initiative.notes, lang));
    Some(fields)
}

fn children_section(plan: &Plan, entry: &Entry, lang: Lang) -> Option<Section> {
    let lines = entry.children.iter().map(|c| Line::from(format!("{} {}", plan.entries[*c].id, plan.entries[*c].name)));
    let heading = plan.level_name(entry.level + 1);
    let heading = if heading.is_empty() { lang.pick("下位", "Under it") } else { heading };
    (!entry.children.is_empty()).then(|| Section::new(heading, vec![Block::List(lines.collect())]))
}

/// One entry, for programs.
pub fn json(report: &ShowReport<'_>, entry: &Entry) -> Map<String, Json> {
    let plan = report.plan;
    let ids = |places: &[usize]| places.iter().map(|p| plan.entries[*p].id.as_str()).collect::<Vec<_>>();
    let standing = |status: &Status<'_>| {
        let node = status.nodes.iter().find(|n| n.entry.id == entry.id)?;
        let grade = match node.standing {
            Standing::Graded(g) => Some(status.version.grades[g].id.as_str()),
            _ => None,
        };
        Some(json!({
            "scale": plan.scales[status.question.scale].id,
            "evaluator": plan.evaluators[status.question.evaluator].id,
            "rating": grade,
            "period": node.rated_by.map(|u| u.period.short()),
            "progress": node.progress,
        }))
    };
    let value = json!({
        "id": entry.id,
        "name": entry.name,
        "level": entry.level + 1,
        "level_name": plan.level_name(entry.level),
        "parent": entry.parent.map(|p| plan.entries[p].id.as_str()),
        "children": ids(&entry.children),
        "aliases": entry.aliases,
        "summary": entry.summary,
        "owners": entry.owners.iter().map(|o| &*plan.owners[*o].name).collect::<Vec<_>>(),
        "added": entry.added.map(|p| p.short()),
        "dropped": entry.dropped.map(|p| p.short()),
        "formerly": entry.formerly,
        "initiatives": (0..entry.initiatives.len()).map(|lane| initiative_json(report, entry, lane)).collect::<Vec<_>>(),
        "steps": numbers::steps(plan, &entry.steps),
        "milestones": milestones(report, entry, None),
        "notes": entry.notes,
        "standings": report.standings.iter().filter_map(standing).collect::<Vec<_>>(),
        "provenance": report.provenance_json(entry.origin),
    });
    into_map(value)
}

fn milestones(report: &ShowReport<'_>, entry: &Entry, lane: Lane) -> Vec<Json> {
    let road = road(entry, 0, lane, report.as_of);
    let json = |mark: &Mark<'_>| {
        let reached = match mark.standing {
            road::Standing::Reached(period, _) => Some(period.short()),
            _ => None,
        };
        json!({ "date": mark.milestone.date.short(), "name": mark.milestone.name, "reached": reached })
    };
    road.marks.iter().map(json).collect()
}

fn initiative_json(report: &ShowReport<'_>, entry: &Entry, lane: usize) -> Json {
    let (plan, initiative) = (report.plan, &entry.initiatives[lane]);
    json!({
        "name": initiative.name,
        "start": initiative.start.map(|p| p.short()),
        "end": initiative.end.map(|p| p.short()),
        "also": initiative.also.iter().map(|e| plan.entries[*e].id.as_str()).collect::<Vec<_>>(),
        "steps": numbers::steps(plan, &initiative.steps),
        "milestones": milestones(report, entry, Some(lane)),
        "figures": initiative.figures.iter().map(|f| numbers::figure(plan, f)).collect::<Vec<_>>(),
        "notes": initiative.notes,
        "certainty": initiative.origin.certainty,
    })
}
