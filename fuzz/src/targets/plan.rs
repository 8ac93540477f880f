//! Plans: files of TOML, and what is answered of them.

use chrono::NaiveDate;
use kaikaku::inquiry::form;
use kaikaku::lang::Lang;
use kaikaku::plan::Plan;
use kaikaku::query::{AsOf, Scope, due, gap, status};
use kaikaku::report::Report;
use kaikaku::report::check::CheckReport;
use kaikaku::report::due::DueReport;
use kaikaku::report::kpi::KpiReport;
use kaikaku::report::status::{StatusReport, View};
use kaikaku::source::Snapshot;
use kaikaku::{audit, finding, formats, textconv};

pub fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 21).unwrap_or_default()
}

/// The files of a plan in one text, each under a line with its path.
pub fn snapshot(text: &str) -> Snapshot {
    let mut snapshot = Snapshot::default();
    for file in text.split("\n=== ") {
        let (path, text) = file.split_once('\n').unwrap_or((file, ""));
        snapshot.put(path.trim_start_matches("=== ").trim(), text.to_owned());
    }
    snapshot
}

pub fn plan(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let snapshot = snapshot(&text);
    let loaded = audit::check(&snapshot, "plan", today());
    let report = CheckReport { snapshot: &snapshot, loaded: &loaded, lang: Lang::Ja };
    // One format and one time an input, by its length: what differs between them differs between inputs, too.
    let turn = bytes.len();
    sound(&report, turn);
    for found in loaded.findings.iter().take(20) {
        let page = finding::Page { color: false, columns: Some(80) };
        seen(&finding::excerpt(found, &snapshot, Lang::Ja, page));
    }
    for file in &snapshot.files {
        textconv::lines(file.text());
    }
    // An error of what cannot be so leaves the plan readable; otherwise there is none without errors, and one with.
    let Some(plan) = &loaded.plan else {
        return assert!(finding::any_error(&loaded.findings), "no plan, and no error");
    };
    if let Ok(as_of) = AsOf::parse(["R7Q2", "2026-11-21"][turn % 2], plan.head.cycle) {
        answers(plan, as_of, turn / 2);
    }
}

fn answers(plan: &Plan, as_of: AsOf, turn: usize) {
    let question = status::Question::new(as_of, 0, 0);
    let status = status::status(plan, question);
    let total = &status.total;
    let apart = total.unreported + total.excluded + total.resting + total.ahead;
    assert_eq!(total.entries, total.rated() + apart);
    assert!(status.total.fresh <= status.total.entries);
    sound(&StatusReport::new(status, View::default()), turn);
    sound(&KpiReport::new(plan, as_of, gap::gaps(plan, as_of), Vec::new()), turn + 1);
    sound(&DueReport { dues: due::due(plan, as_of, Scope::default()), scope: Scope::default() }, turn + 2);
    for form in form::forms(plan, as_of.period, Lang::Ja) {
        assert!(form.open() <= form.questions().count());
    }
}

/// Every text of a report is seen, and what programs read is JSON.
fn sound(report: &dyn Report, turn: usize) {
    let format = [&formats::JSON, &formats::TEXT, &formats::HTML][turn % 3];
    let Ok(bytes) = format.write(report, Lang::Ja, kaikaku::render::csv::Encoding::Utf8) else { return };
    let text = String::from_utf8(bytes).expect("UTF-8");
    seen(&text);
    if format.name == "json" {
        serde_json::from_str::<serde::de::IgnoredAny>(&text).expect("JSON");
    }
}

fn seen(text: &str) {
    let unseen = text.chars().find(|c| *c != '\n' && kaikaku::text::safe::is_unseen(*c));
    assert_eq!(unseen, None, "{text}");
}

const MAPPED: &str = "\n=== inquiry.toml\nschema = 1\n[import]\nid = \"番号\"\nname = \"名称\"\nowner = \"担当\"\nperiod = \"時期\"\n\
                      [import.answers]\nrating.p = \"進捗\"\nprogress = \"率\"\ndone = \"実績\"\n";

/// A plan that replies and lists can be read against.
pub fn example() -> Option<&'static Plan> {
    static PLAN: std::sync::OnceLock<Option<Plan>> = std::sync::OnceLock::new();
    let text = include_str!("../../corpus/plan/small").to_owned() + MAPPED;
    PLAN.get_or_init(|| kaikaku::source::load(&snapshot(&text), "plan").plan).as_ref()
}
