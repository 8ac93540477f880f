//! The way from the files of a snapshot to a plan: each part is parsed and read on its own, then all are linked.

use std::collections::BTreeSet;

use crate::tree::Table;
use chrono::NaiveDate;
use rayon::prelude::*;

use super::link::{self, Linked};
use super::part::Part;
use super::{
    Loaded, cascade, head, histories, hygiene, indicators, outline, owners, papers, publication, sums, syntax,
    templates, themes,
};
use crate::fields::registers::Registers;
use crate::fields::{Fields, Findings};
use crate::finding::{Code, Finding, any_error};
use crate::keys;
use crate::ledger::{answer, closing, inquiry, opinion};
use crate::plan::closing::Closing;
use crate::plan::id::Id;
use crate::plan::paper::{Paper, presets};
use crate::plan::{Head, Plan};
use crate::snapshot::{Content, Snapshot, SourceFile};
use crate::{say, threads};

/// Reads the plan part by part, links them, and adds what `audit` finds in the whole.
pub fn read(snapshot: &Snapshot, folder: &str, audit: &dyn Fn(&Plan) -> Vec<Finding>) -> Loaded {
    threads::help_to_parse(snapshot.files.iter().map(|file| file.text().len()).sum());
    let mut findings = Vec::new();
    let parts: Vec<Part> = snapshot.files.iter().map(|file| Part::of(&file.path)).collect();
    let is_unread = |file: &usize| matches!(snapshot.files[*file].content, Content::Unreadable(_));
    // A folder may stand for its files here: whatever part they are of, none of them may be missing in silence.
    for file in (0..parts.len()).filter(is_unread) {
        parse(snapshot, file, &mut findings, &mut |_, _| {});
    }
    let of = |part: Part| (0..parts.len()).filter(|f| parts[*f] == part && !is_unread(f)).collect::<Vec<_>>();
    findings.extend(of(Part::Stray).into_iter().map(stray));

    let (head, mut registers) = read_head(snapshot, &of, &mut findings);
    let drafts = read_all(snapshot, &of(Part::Outline), &mut findings, |f, t| outline::read(f, t, &registers));
    let indicators =
        read_each(snapshot, &of(Part::Indicators), &mut findings, |f, t| indicators::read(f, t, &registers));
    let part = |file: usize| parts.get(file).copied();
    let Some(head) = head else {
        return finish(None, findings, Vec::new(), part);
    };
    let mut linked = link::link(&head, drafts, indicators, &mut findings);
    sums::report_unknown(&head, &registers, &linked, &mut findings);
    let themes = read_all(snapshot, &of(Part::Themes), &mut findings, themes::read);
    let themes = themes::link(&head, themes, &mut linked, &mut findings);
    registers.frameworks = themes.iter().map(|theme| theme.framework.clone()).collect();
    link::report_counts(&head, &registers, &linked.counts, &mut findings);
    owners::report_unused_owners(&registers, &linked, &mut findings);
    owners::report_namesakes(&registers, &mut findings);
    owners::report_names_that_are_ids(&registers, &linked, &mut findings);
    histories::read(snapshot, &of(Part::Records), &head, &registers, &mut linked, &mut findings);
    let mut closings = read_all(snapshot, &of(Part::Closed), &mut findings, |f, t| {
        closing::read(f, t, &snapshot.files[f.file].path).into_iter().collect()
    });
    closings.sort_by_key(|closing| closing.period);
    let papers = read_papers(snapshot, &of(Part::Papers), &registers, &mut findings);
    let mut answers = read_all(snapshot, &of(Part::Answers), &mut findings, |f, t| answer::read(f, t, &linked.index));
    answers.sort_by_key(|answer| (answer.period, answer.recorded));
    let changes = changes(&head, &linked);
    let mut meetings = read_all(snapshot, &of(Part::Opinions), &mut findings, |f, t| {
        let path = &snapshot.files[f.file].path;
        let known = opinion::Known { registers: &registers, index: &linked.index, changes: &changes };
        opinion::read(&Fields::new(f, t, 0..0, &keys::OPINIONS), path, known).into_iter().collect()
    });
    meetings.sort_by(|a, b| (a.date, &a.id).cmp(&(b.date, &b.id)));
    let mut inquiries = read_all(snapshot, &of(Part::Inquiries), &mut findings, |f, t| {
        let path = &snapshot.files[f.file].path;
        inquiry::read(&Fields::new(f, t, 0..0, &keys::INQUIRY), path, &registers).into_iter().collect()
    });
    inquiries.sort_by_key(|inquiry| inquiry.period);
    let templates = read_all(snapshot, &of(Part::Template), &mut findings, |f, t| {
        vec![templates::read(&Fields::new(f, t, 0..0, &keys::TEMPLATES), &registers)]
    });
    let (template, import) = templates.into_iter().next().unwrap_or_default();
    let publication = read_all(snapshot, &of(Part::Publication), &mut findings, |f, t| {
        vec![publication::read(&Fields::new(f, t, 0..0, &keys::PUBLICATION))]
    });
    let publication = publication.into_iter().next();
    let counts = std::mem::take(&mut linked.counts);
    let plan = (!any_error(&findings)).then(|| Plan {
        themes,
        papers,
        answers,
        meetings,
        inquiries,
        template,
        import,
        publication,
        ..assemble(folder, head, registers, linked, closings)
    });
    findings.extend(plan.iter().flat_map(audit));
    finish(plan, findings, counts, part)
}

/// Drops what only follows from other findings, and puts the others in order.
pub fn finish(
    plan: Option<Plan>,
    mut findings: Vec<Finding>,
    counts: Vec<usize>,
    part: impl Fn(usize) -> Option<Part>,
) -> Loaded {
    cascade::drop_followers(&mut findings, part);
    findings.sort_by_key(|f| (f.place.file, f.place.span.start, f.code));
    cascade::fold_repeats(&mut findings);
    Loaded { plan, findings, counts }
}

fn assemble(folder: &str, head: Head, registers: Registers, linked: Linked, closings: Vec<Closing>) -> Plan {
    Plan {
        folder: folder.into(),
        revision: None,
        head,
        scales: registers.scales,
        evaluators: registers.evaluators,
        steps: registers.steps,
        owners: registers.owners,
        sources: registers.sources,
        band_sets: registers.band_sets,
        papers: Vec::new(),
        answers: Vec::new(),
        meetings: Vec::new(),
        themes: Vec::new(),
        entries: linked.entries,
        indicators: linked.indicators,
        closings,
        index: linked.index,
        inquiries: Vec::new(),
        template: None,
        import: None,
        publication: None,
    }
}

/// The days on which something in the plan was changed, as it says itself.
fn changes(head: &Head, linked: &Linked) -> BTreeSet<NaiveDate> {
    let of_entries = linked.entries.iter().flat_map(|entry| &entry.amendments);
    let of_indicators = linked.indicators.iter().flat_map(|indicator| &indicator.amendments);
    head.amendments.iter().chain(of_entries).chain(of_indicators).map(|amendment| amendment.date).collect()
}

fn no_plan(snapshot: &Snapshot) -> Finding {
    Finding::new(
        Code::NoPlan,
        snapshot.files.len(),
        0..0,
        say!("plan.toml がありません", "there is no plan.toml"),
        say!(
            "計画のフォルダーを確かめるか、kaikaku init で新しく始めてください",
            "check the folder of the plan, or start a new one with `kaikaku init`"
        ),
    )
}

fn is_blank(file: &SourceFile) -> bool {
    matches!(&file.content, Content::Text(text) if text.trim().is_empty())
}

fn empty_plan(file: usize) -> Finding {
    Finding::new(
        Code::NoPlan,
        file,
        0..0,
        say!("plan.toml が空です", "plan.toml is empty"),
        say!(
            "控えから戻すか、kaikaku init で新しく始めてください",
            "restore it from a copy, or start a new plan with `kaikaku init`"
        ),
    )
}

fn stray(file: usize) -> Finding {
    Finding::new(
        Code::StrayFile,
        file,
        0..0,
        say!("どこからも読まれないファイルです", "this file is not read by anything"),
        say!(
            "名前と場所を確かめてください（outline/、indicators/、records/ など）",
            "check its name and folder (outline/, indicators/, records/ …)"
        ),
    )
}

/// Parses one file and hands its table to `read`.
fn parse(snapshot: &Snapshot, file: usize, findings: &mut Vec<Finding>, read: &mut dyn FnMut(&Findings, Table<'_>)) {
    let own = Findings::new(file);
    if let Some(text) = hygiene::text(&snapshot.files[file], &own) {
        syntax::parse(text, &own, &mut |table| read(&own, table));
    }
    findings.append(&mut own.into_vec());
}

/// Parses files in parallel and puts together what they hold, in their order.
fn read_all<T: Send>(
    snapshot: &Snapshot,
    files: &[usize],
    findings: &mut Vec<Finding>,
    read: impl Fn(&Findings, Table<'_>) -> Vec<T> + Sync,
) -> Vec<T> {
    let parts = read_each(snapshot, files, findings, read);
    let mut all = Vec::with_capacity(parts.iter().map(Vec::len).sum());
    parts.into_iter().for_each(|part| all.extend(part));
    all
}

/// Parses files in parallel: what each of them holds. Of what there is a lot putting it together would take as much
/// memory again.
pub fn read_each<T: Default + Send>(
    snapshot: &Snapshot,
    files: &[usize],
    findings: &mut Vec<Finding>,
    read: impl Fn(&Findings, Table<'_>) -> T + Sync,
) -> Vec<T> {
    let parsed: Vec<(T, Vec<Finding>)> = files
        .par_iter()
        .map(|file| {
            let (mut found, mut own) = (T::default(), Vec::new());
            parse(snapshot, *file, &mut own, &mut |f, t| found = read(f, t));
            (found, own)
        })
        .collect();
    let told = |(found, mut own): (T, Vec<Finding>)| {
        findings.append(&mut own);
        found
    };
    parsed.into_iter().map(told).collect()
}

/// What the plan says of itself as a whole, and everything that is called by a name.
fn read_head(
    snapshot: &Snapshot,
    of: &dyn Fn(Part) -> Vec<usize>,
    findings: &mut Vec<Finding>,
) -> (Option<Head>, Registers) {
    let mut registers = Registers::default();
    for file in of(Part::Owners) {
        parse(snapshot, file, findings, &mut |f, t| registers.read_owners(f, t));
    }
    for file in of(Part::Sources) {
        parse(snapshot, file, findings, &mut |f, t| registers.read_sources(f, t));
    }
    let mut head = None;
    match of(Part::Head).first() {
        Some(file) if is_blank(&snapshot.files[*file]) => findings.push(empty_plan(*file)),
        Some(file) => parse(snapshot, *file, findings, &mut |f, t| {
            head = head::read(&Fields::new(f, t, 0..0, &keys::PLAN), &mut registers, snapshot.beside.as_deref());
        }),
        None => findings.push(no_plan(snapshot)),
    }
    (head, registers)
}

/// The papers that come with the program, each as its file in `reports/` wants it; then those that are the office's own.
fn read_papers(snapshot: &Snapshot, files: &[usize], registers: &Registers, findings: &mut Vec<Finding>) -> Vec<Paper> {
    let mut papers = presets();
    for file in files {
        let Ok(id) = Id::parse(stem(&snapshot.files[*file].path)) else {
            findings.push(stray(*file));
            continue;
        };
        let mut read = None;
        parse(snapshot, *file, findings, &mut |f, t| read = Some(papers::read(f, t, id.clone(), &papers, registers)));
        let Some(read) = read else { continue };
        match papers.iter_mut().find(|paper| paper.id == read.id) {
            Some(paper) => *paper = read,
            None => papers.push(read),
        }
    }
    papers
}

/// The name of the file at a path, less its ending.
pub fn stem(path: &str) -> &str {
    path.rsplit('/').next().and_then(|name| name.strip_suffix(".toml")).unwrap_or("")
}
