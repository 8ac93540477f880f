//! Every kind of paper about the fictional city.

use std::path::Path;

use chrono::NaiveDate;
use kaikaku::lang::Lang;
use kaikaku::plan::Plan;
use kaikaku::plan::closing::{Closing, fingerprint, words_of};
use kaikaku::plan::period::Period;
use kaikaku::plan::source::Origin;
use kaikaku::query::due::due;
use kaikaku::query::gap::gaps;
use kaikaku::query::published::{differences, figures};
use kaikaku::query::questions::questions;
use kaikaku::query::road::roads;
use kaikaku::query::status::{Question, status};
use kaikaku::query::summary::summary;
use kaikaku::query::{AsOf, Scope};
use kaikaku::report::Report;
use kaikaku::report::chart::{Illustrated, charts};
use kaikaku::report::council::{CouncilReport, State};
use kaikaku::report::due::DueReport;
use kaikaku::report::due::letter::LetterReport;
use kaikaku::report::errata::ErrataReport;
use kaikaku::report::kpi::KpiReport;
use kaikaku::report::questions::QuestionsReport;
use kaikaku::report::roadmap::RoadmapReport;
use kaikaku::report::status::{StatusReport, View};
use kaikaku::source::{self, Snapshot};

/// The kinds of papers.
pub const KINDS: [&str; 10] =
    ["committee", "assembly", "headquarters", "questions", "letter", "due", "errata", "roadmap", "kpi", "status"];

/// The fictional city, and a period of it that was closed before some of its figures changed.
pub struct City {
    pub plan: Plan,
    snapshot: Snapshot,
    closing: Closing,
}

impl City {
    pub fn new() -> Self {
        let snapshot = || {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("plan/example");
            Snapshot::of_folder(&folder, "plan/example".into(), &|_| true)
        };
        let plan = |snapshot: &Snapshot| source::load(snapshot, "example").plan.unwrap();
        let mut before = snapshot();
        for at in 0..before.files.len() {
            let (path, text) = (before.files[at].path.clone(), before.files[at].text().to_owned());
            if path.starts_with("records/1-") {
                before.put(&path, text.replace("\"on-track\"", "\"delayed\"").replace("progress = 5", "progress = 4"));
            }
        }
        let closing = closed(&plan(&before), Period::parse("R8Q1").unwrap().period);
        let snapshot = snapshot();
        Self { plan: plan(&snapshot), snapshot, closing }
    }

    /// The paper of this kind.
    pub fn paper(&self, kind: &str, lang: Lang) -> Box<dyn Report + '_> {
        let plan = &self.plan;
        let period = Period::parse("R8Q2").unwrap().period;
        let (as_of, scope) = (AsOf::end_of(period), Scope::default());
        match kind {
            "questions" => {
                let summary = summary(plan, as_of, 0, 0);
                let queries = questions(&summary);
                Box::new(QuestionsReport { summary, state: State::default(), queries })
            }
            "letter" => {
                Box::new(LetterReport { dues: due(plan, as_of, scope), by: NaiveDate::from_ymd_opt(2026, 10, 23) })
            }
            "due" => Box::new(DueReport { dues: due(plan, as_of, scope), scope }),
            "errata" => {
                let differences = differences(plan, &self.closing);
                assert!(differences.len() > 5, "{differences:?}");
                Box::new(ErrataReport {
                    plan,
                    snapshot: &self.snapshot,
                    closing: &self.closing,
                    differences,
                    then: None,
                })
            }
            "roadmap" => Box::new(RoadmapReport { plan, as_of, scope, roads: roads(plan, as_of, scope) }),
            "kpi" => {
                let gaps = gaps(plan, as_of);
                let charts = charts(plan, &gaps, as_of, lang);
                Box::new(Illustrated { report: KpiReport::new(plan, as_of, gaps, Vec::new()), charts })
            }
            "status" => {
                let status = status(plan, Question::new(as_of, 0, 0));
                Box::new(StatusReport::new(status, View::default()))
            }
            register => {
                let paper = plan.papers.iter().find(|paper| paper.id.as_str() == register).unwrap();
                let summary = summary(plan, as_of, paper.scale, paper.evaluator);
                Box::new(CouncilReport { summary, paper, state: State::default() })
            }
        }
    }
}

fn closed(plan: &Plan, period: Period) -> Closing {
    let figures = figures(plan, period);
    Closing {
        period,
        as_of: period.last_day(),
        closed: NaiveDate::from_ymd_opt(2026, 7, 31).unwrap(),
        by: Some("企画課".into()),
        note: None,
        revision: None,
        program: None,
        fingerprint: fingerprint(period, period.last_day(), &words_of(&figures)).into(),
        figures,
        corrections: Vec::new(),
        origin: Origin::default(),
    }
}
