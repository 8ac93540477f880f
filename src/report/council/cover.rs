//! What stands at the head of a paper, and at its foot where it is from.

use chrono::NaiveDate;

use crate::diff::change::Change;
use crate::document::{Document, Line, Meta, fact};
use crate::lang::Lang;
use crate::plan::Plan;
use crate::plan::closing::{Closing, SHORT};
use crate::plan::period::Period;
use crate::query::summary::Summary;
use crate::report::heading;
use crate::report::named::{self, Named, PaperName, short};
use crate::tr;

use super::CouncilReport;

/// Title, addressee, sender, period, day, 速報 or 確定.
pub fn document(report: &CouncilReport<'_>, lang: Lang) -> Document {
    let addressee = report.paper.addressee.iter().map(|to| to.to_string()).collect();
    let meta = meta(&report.summary, report.paper.id.as_str(), &report.state, lang);
    let lead = head(&report.summary, &report.state, lang);
    let issue = issue(report, lang);
    Document { title: title(report, lang), lead, meta: Meta { addressee, issue, ..meta }, ..Document::default() }
}

/// Under which number and on which day the paper goes out.
fn issue(report: &CouncilReport<'_>, lang: Lang) -> Vec<String> {
    let period = report.summary.period();
    let issue = report.paper.issues.iter().rfind(|issue| issue.period == period);
    let number = issue.and_then(|issue| issue.number.as_deref()).map(str::to_owned);
    let date = issue.and_then(|issue| issue.date).map(|day| Period::Day(day).long(lang));
    number.into_iter().chain(date).collect()
}

/// From whom a paper is, and from which record; `verify` reads the last line.
pub fn meta(summary: &Summary<'_>, register: &str, state: &State<'_>, lang: Lang) -> Meta {
    let plan = summary.plan();
    let as_of = summary.as_of();
    let named = Named {
        paper: PaperName::Register(register.to_owned()),
        plan: plan.folder.to_string(),
        period: summary.period(),
        as_of: as_of.known.map(Period::Day),
        revision: state.revision.as_deref().map(short),
        is_changed: state.is_changed,
        shown: None,
        since: state.since.as_ref().map(|since| short(&since.revision)),
        against: summary.status.question.against,
        is_final: state.is_final,
        asked: Vec::new(),
        lang,
    };
    Meta { provenance: Some(named.line()), ..heading::meta(plan, Some(as_of)) }
}

/// Of which period and day, 速報 or 確定.
pub fn head(summary: &Summary<'_>, state: &State<'_>, lang: Lang) -> Vec<Line> {
    let plan = summary.plan();
    let (period, day) = (summary.period().long(lang), Period::Day(summary.as_of().date).long(lang));
    let status = named::status(state.is_final, lang);
    let when = tr!(lang, "{period}（{day}現在）　【{status}】", "{period} (as of {day}), {status}");
    let closed = state.closing.map(|closing| fact("all", "closed", &closed(closing, lang)));
    let fictional = plan.head.fictional.then(|| fictional(plan, lang));
    let lines = [Some(fact("all", "period", &when)), closed, fictional];
    lines.into_iter().flatten().map(Line::from).collect()
}

/// When the figures were settled, and their fingerprint as it holds now.
fn closed(closing: &Closing, lang: Lang) -> String {
    let day = |day: NaiveDate| Period::Day(day).long(lang);
    let closed = day(closing.closed);
    let (fingerprint, corrected) = match closing.corrections.last() {
        Some(last) => (&last.fingerprint, tr!(lang, "、{}訂正", ", corrected {}", day(last.date))),
        None => (&closing.fingerprint, String::new()),
    };
    let short = fingerprint.get(..SHORT).unwrap_or(fingerprint);
    tr!(lang, "{closed}確定{corrected}（照合番号 {short}）", "Closed {closed}{corrected} (fingerprint {short})")
}

/// That a made-up city is made up, in the style of a paper.
pub fn fictional(plan: &Plan, lang: Lang) -> String {
    let city = plan.head.city.as_deref().unwrap_or(&plan.head.name);
    tr!(
        lang,
        "※ {city}は架空の市であり、数値及び記述は、全て架空のものである。",
        "* {city} is a made-up city; its figures and texts are not real."
    )
}

fn title(report: &CouncilReport<'_>, lang: Lang) -> String {
    let (plan, period) = (report.summary.plan(), report.summary.period().long(lang));
    let name = &plan.head.name;
    let city = plan.head.city.as_deref().unwrap_or_default();
    match &report.paper.title {
        Some(title) => title.replace("{plan}", name).replace("{city}", city).replace("{period}", &period),
        None => tr!(lang, "{name}の進捗状況について（{period}）", "{name}: progress in {period}"),
    }
}

/// From which state of the record a paper is written.
#[derive(Debug, Default)]
pub struct State<'p> {
    /// 確定 rather than 速報.
    pub is_final: bool,
    /// The manifest of the period, while it holds.
    pub closing: Option<&'p Closing>,
    /// The commit; `None` for files that no commit has.
    pub revision: Option<String>,
    /// Whether the files differ from the commit.
    pub is_changed: bool,
    /// What changed in the plan since an earlier commit.
    pub since: Option<Since<'p>>,
    /// Whether the earlier commit cannot be read.
    pub is_lost: bool,
}

/// What changed in the definition of the plan.
#[derive(Debug)]
pub struct Since<'p> {
    /// The earlier commit, whole.
    pub revision: String,
    /// The day of the earlier commit.
    pub date: NaiveDate,
    /// The plan then and now.
    pub plans: [&'p Plan; 2],
    /// The most important first.
    pub changes: Vec<Change<'p>>,
}
