//! One entry: what it is about, how it stands, its initiatives and indicators.

use serde::Serialize;

use crate::document::{Block, Document, Line, Section};
use crate::lang::Lang;
use crate::plan::Plan;
use crate::plan::entry::Entry;
use crate::plan::id::Id;
use crate::plan::indicator::Kind;
use crate::plan::period::Period;
use crate::plan::road::Lane;
use crate::plan::value::Certainty;
use crate::query::gap::{Gap, gap};
use crate::query::road::{self, LaneReports, Mark, Road};
use crate::query::status::{Node, Standing, Status};
use crate::report::json::{FigureJson, PlannedStepJson, figure, owners, steps};
use crate::report::kpi;
use crate::report::log::machine::RecordJson;
use crate::text::terms;
use crate::tr;
use crate::wording as words;

use super::{Fields, ProvenanceJson, ShowReport, joined, known};

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
        (terms::LEVEL.title(lang).into(), plan.level_name(entry.level).into()),
        (lang.pick("上位", "Under").into(), above.into()),
        (lang.pick("概要", "Summary").into(), entry.summary.as_deref().unwrap_or_default().into()),
        (terms::OWNER.title(lang).into(), words::owners(&entry.owners, &plan.owners, lang).into()),
        (lang.pick("別名", "Also called").into(), joined(&entry.aliases, lang)),
        (
            terms::FORMER_ID.title(lang).into(),
            entry.formerly.iter().map(|id| id.as_str()).collect::<Vec<_>>().join(lang.pick("、", ", ")).into(),
        ),
        (terms::ADDED.title(lang).into(), entry.added.map(|p| p.long(lang)).unwrap_or_default().into()),
        (terms::DROPPED.title(lang).into(), entry.dropped.map(|p| p.long(lang)).unwrap_or_default().into()),
    ];
    fields.extend(road_fields(report, &LaneReports::new(entry, report.as_of).road(place, None), lang));
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
    let of = entries.filter_map(|(at, e)| {
        let lanes = e.initiatives.iter().enumerate().filter(|(_, i)| at == place || i.also.contains(&place));
        let lanes: Vec<Lane> = lanes.map(|(lane, _)| Some(lane)).collect();
        (!lanes.is_empty()).then(|| (at, LaneReports::new(e, report.as_of), lanes))
    });
    let fields = of.flat_map(|(at, reports, lanes)| {
        lanes.into_iter().filter_map(|lane| initiative(report, &reports.road(at, lane), lang)).collect::<Vec<_>>()
    });
    let blocks: Vec<Block> = fields.map(known).collect();
    (!blocks.is_empty()).then(|| Section::new(lang.pick("取組内容", "Initiatives"), blocks))
}

/// The steps by year, and every milestone with when it was reached.
fn road_fields(report: &ShowReport<'_>, road: &Road<'_>, lang: Lang) -> Fields {
    let plan = report.plan;
    let planned = plan.entries[road.place].steps_of(road.lane).iter();
    let planned: Vec<String> =
        planned.map(|p| format!("{} {}", p.year.tag(lang), plan.steps[p.step].text(lang))).collect();
    let reported: Vec<String> = road
        .reported
        .iter()
        .map(|(period, step)| format!("{} {}", period.tag(lang), plan.steps[*step].text(lang)))
        .collect();
    let comma = lang.pick("、", ", ");
    let mut fields: Fields = vec![
        (lang.pick("工程（計画）", "Steps planned").into(), planned.join(comma).into()),
        (lang.pick("工程（実績）", "Steps reported").into(), reported.join(comma).into()),
    ];
    for mark in &road.marks {
        let (date, name) = (mark.milestone.date.tag(lang), &mark.milestone.name);
        let sure = words::mark(mark.milestone.origin.certainty, lang);
        let reached = words::reached(mark.standing, lang);
        fields.push((
            terms::MILESTONE.title(lang).into(),
            tr!(lang, "{date} {name}{sure}（{reached}）", "{date} {name}{sure} ({reached})").into(),
        ));
    }
    fields
}

fn initiative(report: &ShowReport<'_>, road: &Road<'_>, lang: Lang) -> Option<Fields> {
    let plan = report.plan;
    let (place, lane) = (road.place, road.lane);
    let entry = &plan.entries[place];
    let initiative = entry.initiative(lane)?;
    let mut fields: Fields = vec![(terms::NAME.title(lang).into(), (&*initiative.name).into())];
    let span = words::span(initiative.start, initiative.end, lang);
    fields.push((terms::PERIOD.title(lang).into(), span.into()));
    fields.push((lang.pick("別名", "Also called").into(), joined(&initiative.aliases, lang)));
    let also: Vec<&str> = initiative.also.iter().map(|e| plan.entries[*e].id.as_str()).collect();
    fields.push((lang.pick("ほかの項目", "Also under").into(), also.join(lang.pick("、", ", ")).into()));
    fields.extend(road_fields(report, road, lang));
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

/// 項目 || An entry
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct EntryJson<'p> {
    /// 番号 || Its id
    id: &'p Id,
    /// 名称 || Its name
    name: &'p str,
    /// 上から何番目の階層か || Its level, from 1
    level: usize,
    /// 階層の名前 || The name of its level
    level_name: &'p str,
    /// 上位の項目の番号 || The entry above it
    parent: Option<&'p Id>,
    /// 下位の項目の番号 || The entries under it
    children: Vec<&'p Id>,
    /// 別名 || Other names
    aliases: &'p [Box<str>],
    /// 概要 || What it is about
    summary: Option<&'p str>,
    /// 所管課の名称 || Its owners, by name
    owners: Vec<&'p str>,
    /// 追加した時期 || Since when it is in the plan, where it was added
    added: Option<Period>,
    /// 廃止した時期 || Since when it is no longer in the plan
    dropped: Option<Period>,
    /// 旧番号 || Ids it had before
    formerly: &'p [Id],
    /// 取組内容 || Its initiatives
    initiatives: Vec<InitiativeJson<'p>>,
    /// 年度ごとの工程 || What is planned for each year
    steps: Vec<PlannedStepJson<'p>>,
    /// 節目 || Its milestones
    milestones: Vec<MilestoneJson<'p>>,
    /// 注 || Footnotes
    notes: &'p [Box<str>],
    /// 評価尺度と評価者ごとの状況 || How it stands, by scale and evaluator
    standings: Vec<StandingJson<'p>>,
    /// 出どころ || Where it comes from
    provenance: ProvenanceJson,
    /// 記録 || Its records, and those of what is under it
    records: Vec<RecordJson<'p>>,
}

/// 進捗 || How an entry stands
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct StandingJson<'p> {
    /// 評価尺度の id || The scale, by its id
    scale: &'p Id,
    /// 評価者の id || Who rates, by id
    evaluator: &'p Id,
    /// 進捗区分の id || The grade, by id
    rating: Option<&'p Id>,
    /// 進捗区分を報告した期間 || The period of the record that rates it
    period: Option<Period>,
    /// 進捗率（％） || How far it is, in percent
    progress: Option<u8>,
}

/// 節目 || A milestone
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct MilestoneJson<'p> {
    /// 予定の時期 || When it is planned
    date: Period,
    /// 名前 || Its name
    name: &'p str,
    /// 到達した時期 || When it was reached
    reached: Option<Period>,
}

/// 取組内容 || An initiative
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct InitiativeJson<'p> {
    /// 名称 || Its name
    name: &'p str,
    /// 始まり || When it begins
    start: Option<Period>,
    /// 終わり || When it ends
    end: Option<Period>,
    /// ほかに属する項目の番号 || Other entries it belongs to
    also: Vec<&'p Id>,
    /// 年度ごとの工程 || What is planned for each year
    steps: Vec<PlannedStepJson<'p>>,
    /// 節目 || Its milestones
    milestones: Vec<MilestoneJson<'p>>,
    /// 数値 || Its numbers
    figures: Vec<FigureJson<'p>>,
    /// 注 || Footnotes
    notes: &'p [Box<str>],
    /// 確かさ || How sure it is
    certainty: Certainty,
}

/// One entry, for programs.
pub fn json<'r>(report: &'r ShowReport<'_>, entry: &'r Entry, records: Vec<RecordJson<'r>>) -> EntryJson<'r> {
    let plan = report.plan;
    let reports = LaneReports::new(entry, report.as_of);
    EntryJson {
        id: &entry.id,
        name: &entry.name,
        level: entry.level + 1,
        level_name: plan.level_name(entry.level),
        parent: entry.parent.map(|p| &plan.entries[p].id),
        children: ids(plan, &entry.children),
        aliases: &entry.aliases,
        summary: entry.summary.as_deref(),
        owners: owners(plan, &entry.owners),
        added: entry.added,
        dropped: entry.dropped,
        formerly: &entry.formerly,
        initiatives: (0..entry.initiatives.len()).map(|lane| initiative_json(report, &reports, entry, lane)).collect(),
        steps: steps(plan, &entry.steps),
        milestones: milestones(&reports, None),
        notes: &entry.notes,
        standings: report.standings.iter().filter_map(|status| standing_json(plan, status, entry)).collect(),
        provenance: report.provenance_json(entry.origin),
        records,
    }
}

fn ids<'p>(plan: &'p Plan, places: &[usize]) -> Vec<&'p Id> {
    places.iter().map(|place| &plan.entries[*place].id).collect()
}

fn standing_json<'p>(plan: &'p Plan, status: &'p Status<'_>, entry: &Entry) -> Option<StandingJson<'p>> {
    let node = status.nodes.iter().find(|n| n.entry.id == entry.id)?;
    let rating = match node.standing {
        Standing::Graded(g) => Some(&status.version.grades[g].id),
        _ => None,
    };
    Some(StandingJson {
        scale: &plan.scales[status.question.scale].id,
        evaluator: &plan.evaluators[status.question.evaluator].id,
        rating,
        period: node.rated_by.map(|u| u.period),
        progress: node.progress,
    })
}

fn milestones<'r>(reports: &LaneReports<'r>, lane: Lane) -> Vec<MilestoneJson<'r>> {
    let json = |mark: &Mark<'r>| {
        let reached = match mark.standing {
            road::Standing::Reached(period, _) => Some(period),
            _ => None,
        };
        MilestoneJson { date: mark.milestone.date, name: &mark.milestone.name, reached }
    };
    reports.road(0, lane).marks.iter().map(json).collect()
}

fn initiative_json<'r>(
    report: &'r ShowReport<'_>,
    reports: &LaneReports<'r>,
    entry: &'r Entry,
    lane: usize,
) -> InitiativeJson<'r> {
    let (plan, initiative) = (report.plan, &entry.initiatives[lane]);
    InitiativeJson {
        name: &initiative.name,
        start: initiative.start,
        end: initiative.end,
        also: ids(plan, &initiative.also),
        steps: steps(plan, &initiative.steps),
        milestones: milestones(reports, Some(lane)),
        figures: initiative.figures.iter().map(|f| figure(plan, f)).collect(),
        notes: &initiative.notes,
        certainty: initiative.origin.certainty,
    }
}
