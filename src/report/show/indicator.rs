//! One indicator: what it measures, its values and targets.

use serde::Serialize;

use crate::document::{Block, Document, Line, Section};
use crate::lang::Lang;
use crate::plan::id::Id;
use crate::plan::indicator::{Indicator, Kind, Reading};
use crate::plan::period::date_text;
use crate::query::gap::{Gap, gap};
use crate::report::json::{ReadingJson, reading};
use crate::report::kpi::{self, GapJson};
use crate::report::log::machine::RecordJson;
use crate::text::terms;
use crate::tr;
use crate::wording as words;

use super::{Fields, ProvenanceJson, ShowReport, known};

/// One indicator, for people.
pub fn document(report: &ShowReport<'_>, indicator: &Indicator, lang: Lang) -> Document {
    let plan = report.plan;
    let mut document = report.titled(words::indicator_name(indicator), lang);
    let fields = fields(report, indicator, lang);
    document.sections.push(Section::plain(vec![known(fields)]));
    let under = plan.indicators.iter().filter(|i| i.parent.is_some_and(|p| plan.indicators[p].id == indicator.id));
    let judged = std::iter::once(indicator).chain(under).filter(|i| i.kind != Kind::Heading);
    let gaps: Vec<Gap<'_>> = judged.map(|i| gap(report.plan, i, report.as_of)).collect();
    let table = Block::Table(kpi::short_table(plan, &gaps, lang));
    document.sections.push(Section::new(terms::GAP_TO_TARGET.title(lang), vec![table]));
    document
}

fn fields(report: &ShowReport<'_>, indicator: &Indicator, lang: Lang) -> Fields {
    let plan = report.plan;
    let with_source = |words: String, reading: &Reading| {
        let source = words::source(plan, reading.origin.source).map(|s| tr!(lang, "　資料 {s}", "  source {s}"));
        Line::from(words + &source.unwrap_or_default())
    };
    let dated = |reading: &Reading| with_source(words::dated(reading, indicator, lang), reading);
    let aimed = |reading: &Reading| with_source(words::target(reading, indicator, lang), reading);
    let entries: Vec<String> =
        indicator.entries.iter().map(|e| format!("{} {}", plan.entries[*e].id, plan.entries[*e].name)).collect();
    let mut fields: Fields = vec![
        ("id".into(), indicator.id.as_str().into()),
        (terms::KIND.title(lang).into(), words::kind(&indicator.kind, lang).into()),
        (terms::UNIT.title(lang).into(), words::unit(&indicator.unit, lang).into()),
        (lang.pick("値の種類", "Series").into(), words::series(indicator.series, lang).into()),
        (lang.pick("対象の項目", "Verifies").into(), entries.join(lang.pick("、", ", ")).into()),
        (terms::OWNER.title(lang).into(), words::owners(&indicator.owners, &plan.owners, lang).into()),
        (terms::FORMER_ID.title(lang).into(), ids(&indicator.formerly).join(lang.pick("、", ", ")).into()),
    ];
    fields.extend(indicator.baseline.iter().map(|b| (terms::BASELINE.title(lang).to_owned(), dated(b))));
    fields.extend(indicator.targets.iter().map(|t| (terms::TARGET.title(lang).to_owned(), aimed(t))));
    for revision in &indicator.revised {
        let targets: Vec<String> = revision.targets.iter().map(|t| words::target(t, indicator, lang)).collect();
        let (until, targets) = (date_text(revision.until, lang), targets.join(lang.pick("、", ", ")));
        let reason = revision.reason.as_deref().unwrap_or_default();
        let line = tr!(lang, "{targets}（{until} まで）{reason}", "{targets} (until {until}) {reason}");
        fields.push((lang.pick("旧目標値", "Former target").into(), line.trim().into()));
    }
    fields.extend(report.provenance(indicator.origin, &indicator.notes, lang));
    fields
}

fn ids(ids: &[Id]) -> Vec<&str> {
    ids.iter().map(Id::as_str).collect()
}

/// 指標 || An indicator
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct IndicatorJson<'p> {
    #[serde(flatten)]
    gap: GapJson<'p>,
    /// 目標値。期間の順 || Its targets, by period
    targets: Vec<ReadingJson<'p>>,
    /// 旧番号 || Ids it had before
    formerly: &'p [Id],
    /// 注 || Footnotes
    notes: &'p [Box<str>],
    /// 出どころ || Where it comes from
    provenance: ProvenanceJson,
    /// 記録 || Its records
    records: Vec<RecordJson<'p>>,
}

/// One indicator, for programs.
pub fn json<'r>(
    report: &'r ShowReport<'_>,
    indicator: &'r Indicator,
    records: Vec<RecordJson<'r>>,
) -> IndicatorJson<'r> {
    let plan = report.plan;
    IndicatorJson {
        gap: kpi::json_gap(plan, &gap(plan, indicator, report.as_of)),
        targets: indicator.targets.iter().map(|t| reading(t, indicator, plan)).collect(),
        formerly: &indicator.formerly,
        notes: &indicator.notes,
        provenance: report.provenance_json(indicator.origin),
        records,
    }
}
