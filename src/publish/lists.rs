//! The pages that list everything: entries, indicators, and the index of both by name.

use crate::document::{Block, Cell, Document, Line, Section, Table, Type, column};
use crate::plan::paper::PaperColumn as C;
use crate::plan::{Plan, Subject};
use crate::report::Report;
use crate::report::kpi::{KpiReport, Shown};
use crate::report::status::{StatusReport, View};
use crate::text::terms;
use crate::wording as words;

use super::shared::nothing;
use super::{PublishedPlan, Sheet, overview, verifying};

/// All entries with the counts, as `status` says them.
pub fn entries(sheet: &Sheet<'_>) -> Document {
    let (lang, report) = (sheet.lang, status(sheet.published));
    let title = lang.pick("進捗状況", "Progress").to_owned();
    let mut document = report.document(lang);
    let counts: Vec<Line> =
        document.lead.into_iter().skip(1).filter(|line| !line.text.starts_with(['※', '*'])).collect();
    document.lead = overview::lead(sheet);
    document.lead.extend(counts);
    // The indicators have a page of their own.
    let heading = terms::INDICATOR.title(lang);
    document.sections.retain(|section| {
        section.topic.as_deref() != Some("indicators")
            && section.heading.as_deref().is_none_or(|own| own.trim_end_matches('s') != heading)
    });
    Document { title, sections: anchored(document.sections), lead: document.lead, ..Document::default() }
}

/// The columns that have room beside the verdict; every other figure stands on the page of its indicator.
const COLUMNS: [C; 5] = [C::Baseline, C::Actual, C::Target, C::Gap, C::Verdict];

/// All indicators, as `kpi` says them.
pub fn indicators(sheet: &Sheet<'_>) -> Document {
    let lang = sheet.lang;
    let report = KpiReport { verified_by: Vec::new(), shown: Shown::Chosen(COLUMNS.to_vec()), ..kpi(sheet.published) };
    let mut document = report.document(lang);
    document.sections.extend(verifying::sections(sheet));
    let denominators: Vec<Line> = document.lead.pop().into_iter().collect();
    document.lead = overview::lead(sheet);
    document.lead.extend(denominators);
    let title = terms::INDICATOR.title(lang).to_owned();
    Document { title, sections: anchored(document.sections), lead: document.lead, ..Document::default() }
}

/// Everything that `status` answers about the whole plan.
pub fn status<'s>(published: &'s PublishedPlan<'_>) -> StatusReport<'s> {
    StatusReport::new(published.report.summary.status.clone(), View::default())
}

/// Everything that `kpi` answers about the whole plan.
pub fn kpi<'s>(published: &'s PublishedPlan<'_>) -> KpiReport<'s> {
    let summary = &published.report.summary;
    let verified_by = published.verified_by.iter().map(|one| one.again()).collect();
    KpiReport::new(published.plan(), summary.as_of(), summary.gaps.clone(), verified_by)
}

/// Each row that is about one entry or indicator alone gets its id as a name that links lead to; the first of each, of the
/// lists before the counts.
fn anchored(mut sections: Vec<Section>) -> Vec<Section> {
    let mut known = std::collections::HashSet::new();
    let mut tables: Vec<&mut Section> = sections.iter_mut().collect();
    tables.sort_by_key(|section| section.topic.as_deref() != Some("entries"));
    for block in tables.into_iter().flat_map(|section| &mut section.blocks) {
        let Block::Table(table) = block else { continue };
        let id = table.columns.iter().position(|column| column.key == "id");
        for row in &mut table.rows {
            let id = id.and_then(|at| Some(row.cells.get(at)?.text.as_str())).filter(|id| !id.is_empty());
            let subject = row.subject.as_deref().or(id).filter(|subject| !subject.contains(':'));
            let Some(subject) = subject.map(Box::<str>::from) else { continue };
            if known.insert(subject.clone()) {
                *row = std::mem::take(row).anchored(format!("row-{subject}"));
            }
        }
    }
    sections
}

/// A line of the index.
struct Indexed<'r> {
    plan: &'r Plan,
    subject: Subject,
}

/// Every entry and indicator by name, with who is in charge and what else it is called.
pub fn index(sheet: &Sheet<'_>) -> Document {
    let (lang, plan) = (sheet.lang, sheet.plan());
    let columns = [
        column("name", terms::NAME.titles(), Type::Name, |of: &Indexed<'_>, _| {
            Cell::text(match of.subject {
                Subject::Entry(at) => format!("{} {}", of.plan.entries[at].id, of.plan.entries[at].name),
                Subject::Indicator(at) => words::indicator_name(&of.plan.indicators[at]),
            })
        }),
        column("kind", ("種類", "What it is"), Type::Text, |of, at| {
            Cell::text(match of.subject {
                Subject::Entry(place) => of.plan.level_name(of.plan.entries[place].level),
                Subject::Indicator(_) => terms::INDICATOR.title(at.lang),
            })
        }),
        column("owner", terms::OWNER.titles(), Type::Text, |of, at| {
            let owners = match of.subject {
                Subject::Entry(place) => &of.plan.entries[place].owners,
                Subject::Indicator(place) => &of.plan.indicators[place].owners,
            };
            Cell::text(words::owners(owners, &of.plan.owners, at.lang))
        }),
        column("aliases", ("別名・取組", "Other names, initiatives"), Type::Text, |of, at| {
            let Subject::Entry(place) = of.subject else { return Cell::default() };
            let entry = &of.plan.entries[place];
            let names = entry.aliases.iter().chain(entry.initiatives.iter().map(|initiative| &initiative.name));
            Cell::text(names.map(|name| &**name).collect::<Vec<_>>().join(at.lang.pick("、", ", ")))
        }),
    ];
    let entries = (0..plan.entries.len()).map(Subject::Entry);
    let all: Vec<Subject> = entries.chain((0..plan.indicators.len()).map(Subject::Indicator)).collect();
    let id = |subject: &Subject| match subject {
        Subject::Entry(at) => Some(plan.entries[*at].id.to_string()),
        Subject::Indicator(at) => Some(plan.indicators[*at].id.to_string()),
    };
    let subjects: Vec<_> = all.iter().map(id).collect();
    let table = Table::build(&columns, all.into_iter().map(|subject| Indexed { plan, subject }), lang).about(subjects);
    let block = match table.rows.is_empty() {
        true => nothing(lang, "項目も検証指標もありません。", "There are no entries and no indicators."),
        false => Block::Table(table),
    };
    let section = Section { anchor: Some("index".into()), ..Section::plain(vec![block]) };
    Document { title: lang.pick("索引", "Index").to_owned(), sections: vec![section], ..Document::default() }
}
