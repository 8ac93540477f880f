//! What stands at the head of a paper, and at its foot where it is from.

use chrono::NaiveDate;

use crate::diff::change::Change;
use crate::document::{Document, Line, Meta, fact};
use crate::lang::Lang;
use crate::plan::Plan;
use crate::plan::closing::{Closing, SHORT};
use crate::plan::period::{Parsed, Period};
use crate::plan::source::SHORT_ID;
use crate::query::summary::Summary;
use crate::report::heading;
use crate::text::safe::one_line;
use crate::text::terms;
use crate::tr;

use super::CouncilReport;

/// The version that writes.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Title, addressee, sender, period, day, 速報 or 確定.
pub fn document(report: &CouncilReport<'_>, lang: Lang) -> Document {
    let addressee = report.paper.addressee.iter().map(|to| to.to_string()).collect();
    let meta = meta(&report.summary, report.paper.id.as_str(), &report.state, lang);
    let lead = head(&report.summary, &report.state, lang);
    Document { title: title(report, lang), lead, meta: Meta { addressee, ..meta }, ..Document::default() }
}

/// From whom a paper is, and from which record; `verify` reads the last line.
pub fn meta(summary: &Summary<'_>, register: &str, state: &State<'_>, lang: Lang) -> Meta {
    let plan = summary.plan();
    let named = Named {
        report: register.to_owned(),
        plan: plan.folder.to_string(),
        period: summary.period(),
        revision: state.revision.as_deref().map(short),
        is_changed: state.is_changed,
        since: state.since.as_ref().map(|since| short(&since.revision)),
        against: summary.status.question.against,
        is_final: state.is_final,
        lang,
    };
    Meta { provenance: Some(provenance(&named)), ..heading::meta(plan, Some(summary.as_of())) }
}

/// As much of a commit's id as names it.
fn short(id: &str) -> String {
    id.get(..SHORT_ID).unwrap_or(id).to_owned()
}

/// Of which period and day, 速報 or 確定.
pub fn head(summary: &Summary<'_>, state: &State<'_>, lang: Lang) -> Vec<Line> {
    let plan = summary.plan();
    let (period, day) = (summary.period().long(lang), Period::Day(summary.as_of().date).long(lang));
    let status = status(state.is_final, lang);
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

fn status(is_final: bool, lang: Lang) -> &'static str {
    if is_final { lang.pick("確定", "final") } else { terms::PROVISIONAL.word(lang) }
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

/// Which record a paper says that it was written from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Which paper: what `--for` names, or `questions`.
    pub report: String,
    /// The plan's folder.
    pub plan: String,
    /// About which period.
    pub period: Period,
    /// The commit; `None` for files as they were.
    pub revision: Option<String>,
    /// Whether the files differed from the commit.
    pub is_changed: bool,
    /// The commit that the changes of the plan are compared with.
    pub since: Option<String>,
    /// The period that it is compared with, where that is not the one before.
    pub against: Option<Period>,
    /// 確定 rather than 速報.
    pub is_final: bool,
    /// In which language.
    pub lang: Lang,
}

/// Labels of the line: report, plan, period, revision, status.
const LABELS: [(&str, &str); 5] =
    [("様式", "register"), ("計画", "plan"), ("期間", "period"), ("版", "revision"), ("状態", "status")];
/// What stands for the revision of files that no revision has.
const WORKING: (&str, &str) = ("作業中", "working");

/// Says that the files were not those of the revision.
const CHANGED: (&str, &str) = ("未コミットの変更あり", "with uncommitted changes");
/// The label of the revision that changes are compared with.
const SINCE: (&str, &str) = ("比較した版", "compared with");

/// The label of the period that is compared with.
const AGAINST: (&str, &str) = ("比較の期間", "against");

/// The line of a paper that names the record.
pub fn provenance(named: &Named) -> String {
    let lang = named.lang;
    let revision = named.revision.as_deref().unwrap_or(lang.pick(WORKING.0, WORKING.1));
    let (plan, period) = (one_line(&named.plan), named.period.short());
    let values = [&named.report, &*plan, &period, revision, status(named.is_final, lang)];
    let pairs = LABELS.iter().zip(values).map(|((ja, en), value)| format!("{} {value}", lang.pick(ja, en)));
    let since = named.since.as_ref().map(|since| format!("{} {since}", lang.pick(SINCE.0, SINCE.1)));
    let changed = named.is_changed.then(|| lang.pick(CHANGED.0, CHANGED.1).to_owned());
    let against = named.against.map(|period| format!("{} {period}", lang.pick(AGAINST.0, AGAINST.1)));
    let list = pairs.chain(changed).chain(since).chain(against).collect::<Vec<_>>().join(lang.pick("、", ", "));
    tr!(lang, "kaikaku {VERSION} により作成（{list}）", "Written by kaikaku {VERSION} ({list})")
}

impl Named {
    /// Finds the line in the text of a paper, whatever stands around it.
    pub fn find(text: &str) -> Option<Self> {
        let languages = [(Lang::Ja, "により作成（", "）", "、"), (Lang::En, "Written by kaikaku ", ")", ", ")];
        languages.into_iter().find_map(|(lang, open, close, comma)| {
            let (_, rest) = text.rsplit_once(open)?;
            let (inner, _) = rest.split_once(close)?;
            let inner = lang.pick(inner, inner.split_once('(').map_or("", |(_, inner)| inner));
            Self::read(&inner.split(comma).map(str::trim).collect::<Vec<_>>(), lang)
        })
    }

    /// Whether a text is that line, perhaps cut short as the foot of a sheet is: it is no content of the paper.
    pub fn is_in(text: &str) -> bool {
        let begins = |open: &str| text.trim_start().starts_with(open);
        Self::find(text).is_some()
            || begins("kaikaku ") && text.contains("により作成（")
            || begins("Written by kaikaku ")
    }

    fn read(parts: &[&str], lang: Lang) -> Option<Self> {
        let value = |label: (&str, &str)| {
            parts.iter().find_map(|part| part.strip_prefix(lang.pick(label.0, label.1))).map(str::trim)
        };
        let [report, plan, period, revision, state] = LABELS.map(value);
        let Parsed { period, .. } = Period::parse(period?).ok()?;
        let revision = revision?;
        Some(Self {
            report: report?.to_owned(),
            plan: plan?.to_owned(),
            period,
            revision: (revision != lang.pick(WORKING.0, WORKING.1)).then(|| revision.to_owned()),
            is_changed: parts.contains(&lang.pick(CHANGED.0, CHANGED.1)),
            since: value(SINCE).map(str::to_owned),
            against: value(AGAINST).and_then(|text| Period::parse(text).ok()).map(|parsed| parsed.period),
            is_final: state? == status(true, lang),
            lang,
        })
    }
}
