//! Every report there is, made of the fictional city.

use std::collections::HashMap;
use std::path::Path;

use chrono::NaiveDate;
use kaikaku::audit;
use kaikaku::diff::files::{Sides, file_changes};
use kaikaku::diff::history::{Step, changes, late};
use kaikaku::diff::{self, diff};
use kaikaku::failure::Failure;
use kaikaku::git::blame::LastSet;
use kaikaku::inquiry::Form;
use kaikaku::inquiry::answer::Trust;
use kaikaku::inquiry::form::{forms, without_owner};
use kaikaku::inquiry::import::{self, List};
use kaikaku::inquiry::reply::of_book;
use kaikaku::inquiry::review::{Review, review};
use kaikaku::inquiry::standing::inquiry_status;
use kaikaku::inquiry::write::{Letter, file_names};
use kaikaku::lang::Lang;
use kaikaku::plan::id::Id;
use kaikaku::plan::inquiry::{Field, ImportColumns, Inquiry, Received, Sent, Template};
use kaikaku::plan::period::Period;
use kaikaku::plan::source::Origin;
use kaikaku::plan::{Plan, Subject};
use kaikaku::query::due::due;
use kaikaku::query::explain::explain;
use kaikaku::query::gap::gaps;
use kaikaku::query::gap::methods::{compare, mismatches};
use kaikaku::query::history::history;
use kaikaku::query::questions::questions;
use kaikaku::query::road::roads;
use kaikaku::query::rollover::rollover;
use kaikaku::query::status::{Question, status};
use kaikaku::query::summary::summary;
use kaikaku::query::{AsOf, Scope};
use kaikaku::report::Report;
use kaikaku::report::blame::{BlameReport, numbers};
use kaikaku::report::check::CheckReport;
use kaikaku::report::council::{CouncilReport, State};
use kaikaku::report::diff::{Detail, DiffReport, Side};
use kaikaku::report::due::DueReport;
use kaikaku::report::due::letter::LetterReport;
use kaikaku::report::errata::ErrataReport;
use kaikaku::report::explain::ExplainReport;
use kaikaku::report::history::HistoryReport;
use kaikaku::report::import::ImportReport;
use kaikaku::report::inquiry::{ReviewReport, SentReport, StandingReport};
use kaikaku::report::kpi::KpiReport;
use kaikaku::report::kpi::methods::{MethodsReport, MismatchReport};
use kaikaku::report::log::LogReport;
use kaikaku::report::named::{Named, PaperName};
use kaikaku::report::plans::{Listed, PlansReport};
use kaikaku::report::questions::QuestionsReport;
use kaikaku::report::roadmap::RoadmapReport;
use kaikaku::report::rollover::RolloverReport;
use kaikaku::report::show::{LineFinder, ShowReport};
use kaikaku::report::status::{StatusReport, View};
use kaikaku::report::verify::VerifyReport;
use kaikaku::source::lenient::Lenient;
use kaikaku::source::{Loaded, Snapshot};
use kaikaku::verify::{Found, Verified};
use kaikaku::workbook::csv;
use kaikaku::workbook::{Book, Content};

use crate::sheet::Filling;

/// The fictional city, and files of it in which something is wrong.
pub struct Desk {
    snapshot: Snapshot,
    loaded: Loaded,
    faulty: Snapshot,
    found: Loaded,
    /// The files before an amendment, and after it.
    revisions: [Lenient; 2],
}

impl Desk {
    pub fn example() -> Self {
        let snapshot = example();
        let faulty = Path::new(env!("CARGO_MANIFEST_DIR")).join("plan/growth-policy");
        let faulty = Snapshot::of_folder(&faulty, "plan/growth-policy".into(), &|_| true);
        let check = |snapshot: &Snapshot, name: &str| audit::check(snapshot, name, crate::today());
        let (loaded, found) = (check(&snapshot, "example"), check(&faulty, "growth-policy"));
        let revisions = [example(), amended(example())];
        let revisions = revisions.map(|files| Lenient::load(files, "example", &Snapshot::default(), &[]));
        Self { snapshot, loaded, faulty, found, revisions }
    }

    fn plan(&self) -> &Plan {
        self.loaded.plan.as_ref().unwrap()
    }

    /// Every report but that of `check`, under its name.
    pub fn reports(&self) -> Vec<(String, Box<dyn Report + '_>)> {
        let plan = self.plan();
        let period = Period::parse("R7Q2").unwrap().period;
        let as_of = AsOf::end_of(period);
        let scope = Scope::default();
        let standing = || status(plan, Question::new(as_of, 0, 0));
        let dues = || due(plan, as_of, scope);
        let version = standing().version;
        let listed = Listed { name: "example".into(), default: true, plan: Some(plan.clone()), errors: 0 };
        let broken = Listed { name: "broken".into(), default: false, plan: None, errors: 2 };
        let attention = View { attention: true, ..View::default() };
        let mut all = vec![
            report("status", Box::new(StatusReport::new(standing(), View::default()))),
            report("status --attention", Box::new(StatusReport::new(standing(), attention))),
            report("kpi", Box::new(KpiReport::new(plan, as_of, gaps(plan, as_of), Vec::new()))),
            report("methods", Box::new(MethodsReport { plan, as_of, compared: compare(plan, as_of) })),
            report(
                "mismatch",
                Box::new(MismatchReport { plan, as_of, version, mismatches: mismatches(plan, &standing()) }),
            ),
            report("log", Box::new(LogReport { plan, as_of, events: history(plan, None, as_of) })),
            report("due", Box::new(DueReport { dues: dues(), scope })),
            report("letter", Box::new(LetterReport { dues: dues(), by: None })),
            report("rollover", Box::new(RolloverReport { rollover: rollover(plan, as_of, as_of.year()) })),
            report("roadmap", Box::new(RoadmapReport { plan, as_of, scope, roads: roads(plan, as_of, scope) })),
            report("plans", Box::new(PlansReport { plans: vec![listed, broken] })),
        ];
        for subject in [None, plan.find("1-1-1"), Some(Subject::Indicator(0))] {
            let explanation = explain(plan, subject, as_of, 0, 0);
            let explained = ExplainReport {
                plan,
                as_of,
                subject,
                fact: None,
                explanation,
                places: HashMap::new(),
                without_git: None,
                lang: Lang::Ja,
            };
            all.push((format!("explain {subject:?}"), Box::new(explained)));
            let events = history(plan, subject, as_of);
            let lines = LineFinder(Box::new(|_| "file:1".to_owned()));
            let shown = ShowReport { plan, as_of, subject, events, standings: vec![standing()], lines };
            all.push((format!("show {subject:?}"), Box::new(shown)));
        }
        for paper in &plan.papers {
            let summary = summary(plan, AsOf::end_of(period), paper.scale, paper.evaluator);
            let council = CouncilReport { summary, paper, state: State::default() };
            all.push((format!("council {}", paper.id), Box::new(council)));
        }
        let summary = summary(plan, AsOf::end_of(period), 0, 0);
        let queries = questions(&summary);
        all.push(report("questions", Box::new(QuestionsReport { summary, state: State::default(), queries })));
        for closing in &plan.closings {
            let differences = kaikaku::query::published::differences(plan, closing);
            let errata = ErrataReport { plan, snapshot: &self.snapshot, closing, differences, then: None };
            all.push((format!("errata {}", closing.period.short()), Box::new(errata)));
        }
        all.extend(self.comparisons(as_of));
        all.extend(self.inquiries(period));
        all.push(report("verify", Box::new(verified(period))));
        all
    }

    /// What changed since the plan was approved, and who changed it.
    fn comparisons(&self, as_of: AsOf) -> Vec<(String, Box<dyn Report + '_>)> {
        let [old, new] = &self.revisions;
        let plans = [old, new].map(|side| side.plan.as_ref().unwrap());
        let mut all = Vec::new();
        for detail in [Detail::Full, Detail::Counts] {
            let compared = diff(plans[0], plans[1], &diff::Question { as_of, same_records: &[] });
            let files = file_changes(Sides { old, new, same_records: &[] }, Some(&compared));
            assert!(!compared.changes.is_empty() && !files.is_empty());
            let (old, new) = (side("v1", old), side("v2", new));
            let compared =
                DiffReport { old, new, changes: compared.changes, files, probable: compared.probable, detail };
            all.push((format!("diff {detail:?}"), Box::new(compared) as Box<dyn Report + '_>));
        }
        for subject in [plans[1].find("1-1-1").unwrap(), Subject::Indicator(0)] {
            let id = match subject {
                Subject::Entry(place) => plans[1].entries[place].id.clone(),
                Subject::Indicator(place) => plans[1].indicators[place].id.clone(),
            };
            let steps = vec![step([None, Some(plans[0])], &id), step([Some(plans[0]), Some(plans[1])], &id)];
            assert!(steps.iter().all(|step| !step.changes.is_empty()));
            let history = HistoryReport { plan: plans[1], subject, steps, is_shallow: false };
            all.push((format!("history {subject:?}"), Box::new(history)));
        }
        let indicator = &plans[1].indicators[0];
        let mut numbers = numbers(indicator);
        let commit = LastSet::Commit { id: "0123456".into(), date: day(), author: "総務課".into() };
        let set = [Some(commit), Some(LastSet::Uncommitted), None];
        numbers.iter_mut().zip(set).for_each(|(number, set)| number.set = set);
        all.push(report("blame", Box::new(BlameReport { plan: plans[1], indicator, numbers })));
        all
    }

    /// An inquiry from the letters to the replies, and a list that is imported.
    fn inquiries(&self, period: Period) -> Vec<(String, Box<dyn Report + '_>)> {
        let plan = self.plan();
        let letter = |form: &'static Form| letter(plan, form);
        let letters = keep(keep(forms(plan, period, Lang::Ja)).iter().map(letter).collect::<Vec<_>>());
        let left_out = without_owner(plan, period);
        let names = keep(file_names(plan, period));
        let sent = SentReport { plan, period, letters, names, folder: Path::new("out"), left_out };
        let status = inquiry_status(plan, keep(inquiry(period)), AsOf::on(day(), plan.head.cycle));
        let standing = StandingReport { status, letter: true };
        let review = ReviewReport { plan, review: keep(replies(plan, &letters[0])), all: true };
        let (book, columns) = keep(list());
        let list = List {
            file: "list.csv",
            book,
            columns,
            period: Some(period),
            trust: Trust::Neither,
            today: day(),
            confirmed: None,
        };
        let brought = keep(import::brought(plan, list).unwrap());
        let history = keep(import::history(plan, list, brought).unwrap());
        assert!(!brought.is_empty() && !history.lines.is_empty());
        vec![
            report("inquiry send", Box::new(sent)),
            report("inquiry status", Box::new(standing)),
            report("inquiry collect", Box::new(review)),
            report("import", Box::new(ImportReport { plan, book: list.book, brought, history, proposed: false })),
        ]
    }

    pub fn check(&self, lang: Lang) -> CheckReport<'_> {
        CheckReport { snapshot: &self.faulty, loaded: &self.found, lang }
    }
}

fn report<'r>(name: &str, report: Box<dyn Report + 'r>) -> (String, Box<dyn Report + 'r>) {
    (name.to_owned(), report)
}

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 21).unwrap()
}

/// The files of the fictional city.
fn example() -> Snapshot {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("plan/example");
    Snapshot::of_folder(&folder, "plan/example".into(), &|_| true)
}

/// Keeps what a report borrows for as long as the tests run.
fn keep<'k, T: 'k>(value: T) -> &'k T {
    Box::leak(Box::new(value))
}

/// The files after a target was lowered, texts were changed, a record was added and a comment written.
fn amended(mut files: Snapshot) -> Snapshot {
    let mut edit = |path: &str, old: &str, new: &str| {
        let file = files.files.iter().find(|file| file.path == path).unwrap();
        assert!(file.text().contains(old), "{path}: {old}");
        let text = file.text().replacen(old, new, 1);
        files.put(path, text);
    };
    edit("indicators.toml", "target   = { R9 = 4.0 }", "target   = { R9 = 3.8 } # 見直し");
    edit("indicators.toml", "長ければよいものではないため", "長いほどよいものではないため");
    edit("outline/1.toml", "採用広報の強化と応募者層の拡大", "採用広報の見直しと応募者層の拡大");
    edit("records/1-1-1.toml", "学生104名が参加した。", "学生114名が参加した。");
    files
}

/// A revision as the comparison names it.
fn side<'p>(label: &'p str, of: &'p Lenient) -> Side<'p> {
    Side { label, plan: of.plan.as_ref(), snapshot: &of.snapshot }
}

/// What a revision changed of an entry or indicator.
fn step<'p>(plans: [Option<&'p Plan>; 2], id: &Id) -> Step<'p> {
    let changes = changes(plans[0], plans[1], std::slice::from_ref(id));
    let late = changes.iter().map(|change| late(change, plans[0], Some(day()))).collect();
    let (revision, author) = (Some("0123456789ab".to_owned()), "総務課".to_owned());
    Step { revision, date: Some(day()), author, changes, late, plans, is_first: plans[0].is_none(), is_boundary: false }
}

fn letter<'p>(plan: &'p Plan, form: &'p Form) -> Letter<'p> {
    Letter { plan, form, deadline: Some(day()), contact: None, day: day(), revision: None, lang: Lang::Ja }
}

/// What was sent to two owners; one of them replied.
fn inquiry(period: Period) -> Inquiry {
    let sent = |owner: usize| Sent {
        owner,
        sent: day(),
        deadline: day().pred_opt(),
        file: "out/form.xlsx".into(),
        fingerprint: "0123".into(),
        origin: Origin::default(),
    };
    let received = Received {
        owner: 1,
        received: day(),
        file: "in/form.xlsx".into(),
        person: Some("山田".into()),
        origin: Origin::default(),
    };
    Inquiry { period, sent: vec![sent(0), sent(1)], replies: vec![received] }
}

/// The replies to a letter: one with answers, and a file that is none.
fn replies(plan: &Plan, letter: &Letter<'_>) -> Review {
    let keys: Vec<String> = letter.form.questions().map(|(_, question)| question.key.to_string()).collect();
    let filling = Filling::new(letter.workbook().unwrap());
    let filling = keys.iter().take(3).fold(filling, |form, key| form.answer(key, Content::Number("77".into())));
    let replies = of_book("reply.xlsx", &Book::open(&filling.done()).unwrap()).unwrap();
    let refused = vec![("memo.xlsx".to_owned(), Failure::plain(kaikaku::say!("照会の様式ではない", "no form")))];
    review(plan, replies, refused, Trust::Neither, Lang::Ja)
}

/// A list with an entry that the plan knows and one that is new, and where it has what.
fn list() -> (Book, ImportColumns) {
    let book =
        csv::book("番号,名称,進捗率,実績\n1-1-1,採用広報,80,説明会を開いた。\n1-1-9,新しい取組,10,\n".as_bytes())
            .unwrap();
    let answers = vec![(Field::Progress, "進捗率".into()), (Field::Done, "実績".into())];
    let (id, name) = ("番号".into(), Some("名称".into()));
    let columns = Template { sheet: None, id, name, period: None, owner: None, answers, last: Vec::new() };
    (book, ImportColumns::Numbered(columns))
}

/// A paper in which a number is another than in the record, one is gone, and one was added.
fn verified(period: Period) -> VerifyReport {
    let found = |paper: Option<&str>, record: Option<&str>| Found {
        heading: "全体の状況".into(),
        place: "計画どおり / 件数".into(),
        paper: paper.map(str::to_owned),
        record: record.map(str::to_owned),
        ..Found::default()
    };
    let differs = vec![found(Some("30"), Some("31"))];
    let (missing, added) = (vec![found(None, Some("32"))], vec![found(Some("33"), None)]);
    let verified = Verified { checked: 40, differs, missing, added, remarks: Vec::new() };
    let named = Named {
        paper: PaperName::Register("committee".into()),
        plan: "example".into(),
        period,
        as_of: None,
        revision: None,
        is_changed: false,
        shown: None,
        since: None,
        against: None,
        is_final: false,
        asked: Vec::new(),
        lang: Lang::Ja,
    };
    VerifyReport { file: "paper.docx".into(), named, revision: None, verified }
}
