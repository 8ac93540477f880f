//! What holds for the columns of every table of every report: of the fictional city, in both languages.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use kaikaku::audit;
use kaikaku::document::{Block, Cell, Column, Table, Type};
use kaikaku::lang::Lang;
use kaikaku::plan::period::Period;
use kaikaku::plan::{Plan, Subject};
use kaikaku::query::due::due;
use kaikaku::query::explain::explain;
use kaikaku::query::gap::gaps;
use kaikaku::query::gap::methods::{compare, mismatches};
use kaikaku::query::history::history;
use kaikaku::query::questions::questions;
use kaikaku::query::road::roads;
use kaikaku::query::status::{Question, status};
use kaikaku::query::summary::summary;
use kaikaku::query::{AsOf, Scope};
use kaikaku::report::Report;
use kaikaku::report::check::CheckReport;
use kaikaku::report::council::{CouncilReport, State};
use kaikaku::report::due::DueReport;
use kaikaku::report::due::letter::LetterReport;
use kaikaku::report::errata::ErrataReport;
use kaikaku::report::explain::ExplainReport;
use kaikaku::report::kpi::KpiReport;
use kaikaku::report::kpi::methods::{MethodsReport, MismatchReport};
use kaikaku::report::log::LogReport;
use kaikaku::report::plans::{Listed, PlansReport};
use kaikaku::report::questions::QuestionsReport;
use kaikaku::report::roadmap::RoadmapReport;
use kaikaku::report::show::{LineFinder, ShowReport};
use kaikaku::report::status::{StatusReport, View};
use kaikaku::source::{Loaded, Snapshot};

/// The fictional city, and files of it in which something is wrong.
struct Desk {
    snapshot: Snapshot,
    loaded: Loaded,
    faulty: Snapshot,
    found: Loaded,
}

impl Desk {
    fn example() -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("plan/example");
        let snapshot = Snapshot::of_folder(&folder, "plan/example".into(), &|_| true);
        let faulty = Path::new(env!("CARGO_MANIFEST_DIR")).join("plan/growth-policy");
        let faulty = Snapshot::of_folder(&faulty, "plan/growth-policy".into(), &|_| true);
        let (loaded, found) = (audit::check(&snapshot, "example"), audit::check(&faulty, "growth-policy"));
        Self { snapshot, loaded, faulty, found }
    }

    fn plan(&self) -> &Plan {
        self.loaded.plan.as_ref().unwrap()
    }

    /// Every report that is made of the plan alone, under its name.
    fn reports(&self) -> Vec<(String, Box<dyn Report + '_>)> {
        let plan = self.plan();
        let period = Period::parse("R7Q2").unwrap().period;
        let as_of = AsOf::end_of(period);
        let scope = Scope::default();
        let standing = || status(plan, Question { as_of, scale: 0, evaluator: 0, under: None, owner: None });
        let dues = || due(plan, as_of, scope);
        let version = standing().version;
        let listed = Listed { name: "example".into(), default: true, plan: Some(plan.clone()), errors: 0 };
        let broken = Listed { name: "broken".into(), default: false, plan: None, errors: 2 };
        let attention = View { attention: true, ..View::default() };
        let mut all = vec![
            report("status", Box::new(StatusReport { status: standing(), view: View::default() })),
            report("status --attention", Box::new(StatusReport { status: standing(), view: attention })),
            report("kpi", Box::new(KpiReport { plan, as_of, gaps: gaps(plan, as_of) })),
            report("methods", Box::new(MethodsReport { plan, as_of, compared: compare(plan, as_of) })),
            report(
                "mismatch",
                Box::new(MismatchReport { plan, as_of, version, mismatches: mismatches(plan, &standing()) }),
            ),
            report("log", Box::new(LogReport { plan, as_of, events: history(plan, None, as_of) })),
            report("due", Box::new(DueReport { dues: dues(), scope })),
            report("letter", Box::new(LetterReport { dues: dues(), by: None })),
            report("roadmap", Box::new(RoadmapReport { plan, as_of, scope, roads: roads(plan, as_of, scope) })),
            report("plans", Box::new(PlansReport { plans: vec![listed, broken] })),
        ];
        for subject in [None, plan.find("1-1-1"), Some(Subject::Indicator(0))] {
            let explanation = explain(plan, subject, as_of, 0, 0);
            let explained = ExplainReport { plan, as_of, subject, explanation, places: HashMap::new(), in_git: true };
            all.push((format!("explain {subject:?}"), Box::new(explained)));
            let events = history(plan, subject, as_of);
            let lines = LineFinder(Box::new(|_| "file:1".to_owned()));
            let shown = ShowReport { plan, as_of, subject, events, standings: vec![standing()], lines };
            all.push((format!("show {subject:?}"), Box::new(shown)));
        }
        for paper in &plan.papers {
            let summary = summary(plan, period, paper.scale, paper.evaluator);
            let council = CouncilReport { summary, paper, state: State::default() };
            all.push((format!("council {}", paper.id), Box::new(council)));
        }
        let summary = summary(plan, period, 0, 0);
        let queries = questions(&summary);
        all.push(report("questions", Box::new(QuestionsReport { summary, state: State::default(), queries })));
        for closing in &plan.closings {
            let differences = kaikaku::query::published::differences(plan, closing);
            let errata = ErrataReport { plan, snapshot: &self.snapshot, closing, differences };
            all.push((format!("errata {}", closing.period.short()), Box::new(errata)));
        }
        all
    }

    fn check(&self, lang: Lang) -> CheckReport<'_> {
        CheckReport { snapshot: &self.faulty, loaded: &self.found, lang }
    }
}

fn report<'r>(name: &str, report: Box<dyn Report + 'r>) -> (String, Box<dyn Report + 'r>) {
    (name.to_owned(), report)
}

/// The table for machines, and every table that people read.
fn tables(report: &dyn Report, lang: Lang) -> Vec<Table> {
    let sections = report.document(lang).sections;
    let blocks = sections.into_iter().flat_map(|section| section.blocks);
    let tables = blocks.filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None });
    let tables = tables.flat_map(|table| table.narrow.clone().into_iter().chain([table]));
    [report.data(lang)].into_iter().chain(tables).collect()
}

/// Whether there is no single number in what is read: nothing, a word, a range, candidates; a period in brackets aside.
fn is_no_number(cell: &Cell) -> bool {
    let text = cell.text.split(['（', '(', '\n']).next().unwrap_or_default();
    let numbers = text.split(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','))).filter(|part| !part.is_empty());
    numbers.count() != 1
}

#[test]
fn every_column_has_a_key_of_its_own_and_two_titles() {
    let desk = Desk::example();
    let check = |lang| ("check".to_owned(), Box::new(desk.check(lang)) as Box<dyn Report + '_>);
    let mut seen = 0;
    for (name, report) in desk.reports().into_iter().chain([check(Lang::Ja)]) {
        let [ja, en] = [Lang::Ja, Lang::En].map(|lang| tables(&*report, lang));
        assert_eq!(ja.len(), en.len(), "{name}");
        for (ja, en) in ja.iter().zip(&en) {
            let keys = |table: &Table| table.columns.iter().map(|column| column.key.to_string()).collect::<Vec<_>>();
            let of = keys(ja);
            assert_eq!(of, keys(en), "{name}");
            assert_eq!(of.iter().collect::<BTreeSet<_>>().len(), of.len(), "{name}: {of:?}");
            assert!(
                of.iter().all(|key| !key.is_empty() && key.bytes().all(|b| b.is_ascii_graphic())),
                "{name}: {of:?}"
            );
            for (ja, en) in ja.columns.iter().zip(&en.columns) {
                assert_eq!((ja.title.is_empty(), ja.kind, ja.unit), (en.title.is_empty(), en.kind, en.unit), "{name}");
                // The two rows of a road are reported apart by a letter each, under no title.
                assert!(!ja.title.is_empty() || name == "roadmap" && ja.key == "kind", "{name}: {}", ja.key);
            }
            seen += 1;
        }
    }
    assert!(seen > 60, "{seen}");
}

#[test]
fn a_column_of_numbers_has_exact_ones() {
    let desk = Desk::example();
    let check = ("check".to_owned(), Box::new(desk.check(Lang::Ja)) as Box<dyn Report + '_>);
    for (name, report) in desk.reports().into_iter().chain([check]) {
        for (lang, table) in
            [Lang::Ja, Lang::En].into_iter().flat_map(|l| tables(&*report, l).into_iter().map(move |t| (l, t)))
        {
            for row in &table.rows {
                for (column, cell) in table.columns.iter().zip(&row.cells).filter(|(column, _)| column.kind.is_number())
                {
                    let Column { key, kind, .. } = column;
                    let exact = cell.exact();
                    // What a document states stands in an explanation as it is printed there.
                    let is_printed = name.starts_with("explain") && matches!(&**key, "result" | "value");
                    assert!(
                        exact.is_some() || is_printed || is_no_number(cell),
                        "{name} {lang:?} {key}: {}",
                        cell.text
                    );
                    let is_whole = exact.is_none_or(|number| number.fract().is_zero());
                    assert!(*kind != Type::Integer || is_whole, "{name} {key}: {exact:?}");
                }
            }
        }
    }
}

#[test]
fn a_column_of_words_hides_no_number() {
    let desk = Desk::example();
    for (name, report) in desk.reports() {
        for table in tables(&*report, Lang::Ja) {
            for (column, cell) in table.rows.iter().flat_map(|row| table.columns.iter().zip(&row.cells)) {
                assert!(column.kind.is_number() || cell.exact().is_none(), "{name} {}: {}", column.key, cell.text);
            }
        }
    }
}
