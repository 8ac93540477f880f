//! The plan as a whole: mission, vision, values, its place among other plans, its road, the documents it rests on.

use serde::Serialize;

use crate::document::{Block, Document, Line, Section};
use crate::lang::Lang;
use crate::plan::entry::Milestone;
use crate::plan::id::Id;
use crate::plan::period::{FiscalYear, Period};
use crate::plan::value::Certainty;
use crate::plan::{Head, Plan, Stage};
use crate::report::json::{FigureJson, figure};
use crate::text::terms;
use crate::tr;
use crate::wording as words;

use super::{Fields, ProvenanceJson, ShowReport, joined, known};

/// The plan as a whole, for people.
pub fn document(report: &ShowReport<'_>, lang: Lang) -> Document {
    let (plan, head) = (report.plan, &report.plan.head);
    let mut document = report.titled(head.name.to_string(), lang);
    document.lead.clear();
    let mut fields = identity(plan, lang);
    fields.extend(report.provenance(head.origin, &head.notes, lang));
    document.sections.push(Section::plain(vec![known(fields)]));
    document.sections.extend(concept(head, lang));
    let mut list = |heading: &str, lines: Vec<String>| {
        let lines: Vec<Line> = lines.into_iter().map(Line::from).collect();
        let section = (!lines.is_empty()).then(|| Section::new(heading, vec![Block::List(lines)]));
        document.sections.extend(section);
    };
    list(lang.pick("計画の経過", "Schedule"), head.schedule.iter().map(|m| milestone(plan, m, lang)).collect());
    list(lang.pick("改革の段階", "Stages"), head.stages.iter().map(|s| stage(plan, s, lang)).collect());
    list(
        lang.pick("参考となる数値", "Figures"),
        head.figures.iter().map(|f| with_notes(words::figure(f, lang), &f.notes, lang)).collect(),
    );
    list(lang.pick("資料", "Sources"), plan.sources.iter().map(|s| source(s, lang)).collect());
    document
}

fn identity(plan: &Plan, lang: Lang) -> Fields {
    let head = &plan.head;
    let parent = head.parent.as_ref().map(|(name, item)| format!("{name} {}", item.as_deref().unwrap_or_default()));
    let name = head.city.as_deref().unwrap_or_default();
    let city = match head.city_code {
        Some(code) => tr!(lang, "{name}（団体コード {code}）", "{name} (local government code {code})"),
        None => name.to_owned(),
    };
    let levels: Vec<String> = head
        .levels
        .iter()
        .enumerate()
        .map(|(level, name)| {
            let count = plan.entries.iter().filter(|e| e.level == level).count();
            format!("{name} {count}")
        })
        .collect();
    vec![
        (lang.pick("自治体", "City").into(), city.into()),
        (lang.pick("担当", "Office").into(), head.office.as_deref().unwrap_or_default().into()),
        (lang.pick("連絡先", "Contact").into(), head.contact.as_deref().unwrap_or_default().into()),
        (lang.pick("別名", "Also called").into(), joined(&head.aliases, lang)),
        (
            lang.pick("計画期間", "Plan period").into(),
            format!("{}{}{}", head.from.tag(lang), lang.pick("～", "–"), head.to.tag(lang)).into(),
        ),
        (lang.pick("報告の周期", "Reporting cycle").into(), head.cycle.name(lang).into()),
        (terms::OUTLINE.title(lang).into(), levels.join(lang.pick("、", ", ")).into()),
        (lang.pick("上位計画", "Parent plan").into(), parent.unwrap_or_default().trim().into()),
        (lang.pick("前の計画", "Previous plan").into(), head.predecessor.as_deref().unwrap_or_default().into()),
        (lang.pick("関連する計画", "Related plans").into(), joined(&head.related, lang)),
        (lang.pick("検証する計画", "Verified by").into(), joined(&head.verified_by, lang)),
    ]
}

fn concept(head: &Head, lang: Lang) -> Option<Section> {
    let fields = vec![
        (lang.pick("ミッション", "Mission").to_owned(), joined(&head.mission, lang)),
        (lang.pick("ビジョン", "Vision").to_owned(), joined(&head.vision, lang)),
        (lang.pick("バリュー", "Values").to_owned(), joined(&head.values, lang)),
    ];
    let any = fields.iter().any(|(_, line)| !line.text.is_empty());
    any.then(|| Section::new(lang.pick("理念", "Concept"), vec![known(fields)]))
}

fn with_notes(text: String, notes: &[Box<str>], lang: Lang) -> String {
    let parts: Vec<&str> = std::iter::once(text.as_str()).chain(notes.iter().map(|note| &**note)).collect();
    parts.join(lang.pick("　", "; "))
}

fn milestone(plan: &Plan, milestone: &Milestone, lang: Lang) -> String {
    let mark = words::mark(milestone.origin.certainty, lang);
    let source = sourced(plan, milestone.origin.source, lang);
    with_notes(format!("{} {}{mark}{source}", milestone.date.tag(lang), milestone.name), &milestone.notes, lang)
}

fn stage(plan: &Plan, stage: &Stage, lang: Lang) -> String {
    let years = format!("{}{}{}", stage.from.tag(lang), lang.pick("～", "–"), stage.to.tag(lang));
    format!("{}{}{years}{}", stage.name, lang.pick("：", ": "), sourced(plan, stage.origin.source, lang))
}

fn sourced(plan: &Plan, source: Option<u16>, lang: Lang) -> String {
    let id = source.and_then(|place| plan.sources.get(usize::from(place))).map(|s| &s.id);
    id.map(|id| crate::tr!(lang, "（資料 {id}）", " (source {id})")).unwrap_or_default()
}

fn source(source: &crate::plan::source::Source, lang: Lang) -> String {
    let parts = [source.publisher.as_deref(), source.date.as_deref()];
    let parts: Vec<&str> = parts.into_iter().flatten().collect();
    let about = if parts.is_empty() {
        String::new()
    } else {
        crate::tr!(lang, "（{}）", " ({})", parts.join(lang.pick("、", ", ")))
    };
    with_notes(format!("{} {}{about}", source.id, source.title), &source.notes, lang)
}

/// 計画全体 || The plan as a whole
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct OverviewJson<'p> {
    /// 担当 || Who is in charge of it
    office: Option<&'p str>,
    /// 別名 || Other names
    aliases: &'p [Box<str>],
    /// 計画期間の始まり || Its first fiscal year
    from: FiscalYear,
    /// 計画期間の終わり || Its last fiscal year
    to: FiscalYear,
    /// 報告の周期 || How often the office asks
    cycle: &'static str,
    /// 階層の名前。上から || The names of its levels, top first
    levels: &'p [Box<str>],
    /// 階層ごとの項目の数 || How many entries each level has
    counts: Vec<usize>,
    /// ミッション || Its mission
    mission: &'p [Box<str>],
    /// ビジョン || Its vision
    vision: &'p [Box<str>],
    /// バリュー || Its values
    values: &'p [Box<str>],
    /// 上位計画 || The plan above it
    parent: Option<ParentJson<'p>>,
    /// 前の計画のフォルダー || The folder of the plan before it
    predecessor: Option<&'p str>,
    /// 関連する計画のフォルダー || The folders of plans beside it
    related: &'p [Box<str>],
    /// 検証指標をこの計画の検証に用いる計画のフォルダー || The folders of plans whose indicators verify it
    verified_by: &'p [Box<str>],
    /// 計画の経過 || Its own road
    schedule: Vec<ScheduledJson<'p>>,
    /// 改革の段階 || The stages of the reform
    stages: Vec<StageJson<'p>>,
    /// 参考となる数値 || Facts with a number
    figures: Vec<FigureJson<'p>>,
    /// 資料 || The documents
    sources: Vec<DocumentJson<'p>>,
    /// 注 || Footnotes
    notes: &'p [Box<str>],
    /// 出どころ || Where it comes from
    provenance: ProvenanceJson,
}

/// 上位計画 || The plan above
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct ParentJson<'p> {
    /// 名称 || Its name
    name: &'p str,
    /// その中の位置 || The place in it
    item: Option<&'p str>,
}

/// 計画の経過の1件 || A date of the plan's own road
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct ScheduledJson<'p> {
    /// 時期 || When
    date: Period,
    /// 内容 || What
    name: &'p str,
    /// 確かさ || How sure it is
    certainty: Certainty,
}

/// 改革の段階 || A stage of the reform
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct StageJson<'p> {
    /// 名称 || Its name
    name: &'p str,
    /// 最初の年度 || Its first fiscal year
    from: FiscalYear,
    /// 最後の年度 || Its last fiscal year
    to: FiscalYear,
}

/// 資料 || A document
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct DocumentJson<'p> {
    /// 資料の id || Its id
    id: &'p Id,
    /// 表題 || Its title
    title: &'p str,
}

/// The plan as a whole, for programs.
pub fn json<'r>(report: &'r ShowReport<'_>) -> OverviewJson<'r> {
    let (plan, head) = (report.plan, &report.plan.head);
    let counts = (0..head.levels.len()).map(|level| plan.entries.iter().filter(|e| e.level == level).count());
    let scheduled = |m: &'r Milestone| ScheduledJson { date: m.date, name: &m.name, certainty: m.origin.certainty };
    OverviewJson {
        office: head.office.as_deref(),
        aliases: &head.aliases,
        from: head.from,
        to: head.to,
        cycle: head.cycle.id(),
        levels: &head.levels,
        counts: counts.collect(),
        mission: &head.mission,
        vision: &head.vision,
        values: &head.values,
        parent: head.parent.as_ref().map(|(name, item)| ParentJson { name, item: item.as_deref() }),
        predecessor: head.predecessor.as_deref(),
        related: &head.related,
        verified_by: &head.verified_by,
        schedule: head.schedule.iter().map(scheduled).collect(),
        stages: head.stages.iter().map(|s| StageJson { name: &s.name, from: s.from, to: s.to }).collect(),
        figures: head.figures.iter().map(|f| figure(plan, f)).collect(),
        sources: plan.sources.iter().map(|s| DocumentJson { id: &s.id, title: &s.title }).collect(),
        notes: &head.notes,
        provenance: report.provenance_json(head.origin),
    }
}
