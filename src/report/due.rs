//! 督促: who still owes what, by owner.

pub mod letter;
pub mod wording;

use crate::text::terms;
use crate::wording as words;
use serde::Serialize;
use serde_json::Value as Json;

use crate::lang::Lang;
use crate::plan::id::Id;
use crate::plan::period::{FiscalYear, Period, date_text};
use crate::plan::{Plan, Subject};
use crate::query::Scope;
use crate::query::due::{Due, Dues, KINDS, OVERDUE, Share, What};
use crate::tr;

use super::json::{AsOfJson, ByKey, Day, PlanJson, Version, called, tree};
use super::{Report, heading};
use crate::document::{Block, Cell, Document, Line, Section, Table, Tone, Type, Unit, column, fingerprint};
pub use wording::what;
use wording::{kind, owner_name, subject};

/// What is owed, ready to be laid out.
#[derive(Debug)]
pub struct DueReport<'p> {
    /// The answer.
    pub dues: Dues<'p>,
    /// Of which part of the plan.
    pub scope: Scope,
}

impl Report for DueReport<'_> {
    fn document(&self, lang: Lang) -> Document {
        let dues = &self.dues;
        let mut document = heading::document(dues.plan, lang.pick("督促の対象", "what is due"), Some(dues.as_of), lang);
        document.lead.extend(words::scope(dues.plan, self.scope, lang).map(Line::from));
        document.lead.extend(lead(dues, lang).into_iter().map(Line::from));
        document.sections.extend(dues.shares.iter().map(|share| section(dues, share, lang)));
        document
    }

    fn facts_of(&self) -> Option<(&'static str, Period)> {
        Some(("due", self.dues.as_of.period))
    }

    fn reported_plan(&self) -> Option<&Plan> {
        Some(self.dues.plan)
    }

    fn table(&self, lang: Lang) -> Table {
        let columns = [
            column("owner", terms::OWNER.titles(), Type::Text, |of: &Owed<'_>, _| {
                Cell::text(of.share.owner.map_or("", |place| of.dues.plan.owners[place].label()))
            }),
            column("kind", ("種別", "Kind"), Type::Text, |of, at| Cell::text(kind(of.due.what.key(), at.lang))),
            column("overdue", ("期限超過", "Overdue"), Type::Text, |of, at| {
                Cell::text(if of.is_overdue() {
                    at.lang.pick("はい", "yes")
                } else {
                    at.lang.pick("いいえ", "no")
                })
            }),
            column("id", ("id", "ID"), Type::Id, |of, _| Cell::text(named(of.dues.plan, of.due).0)),
            column("name", terms::NAME.titles(), Type::Name, |of, _| Cell::text(named(of.dues.plan, of.due).1)),
            column("what", ("内容", "What is owed"), Type::Text, |of, at| {
                Cell::text(what(of.dues, of.due, Period::tag, at.lang))
            }),
            column("deadline", terms::DEADLINE.titles(), Type::Date, |of, _| {
                of.due.term.map_or_else(Cell::default, |term| Cell::text(term.to_string()))
            }),
            column("days_late", ("経過日数", "Days late"), Type::Integer, |of: &Owed<'_>, _| {
                of.days_late(|days| days.to_string())
            })
            .in_unit(Unit::Day),
        ];
        let owed = self.dues.shares.iter().flat_map(|share| Owed::of_share(&self.dues, share));
        Table::build(&columns, owed, lang)
    }

    fn json(&self) -> Json {
        let dues = &self.dues;
        tree(&DuesJson {
            schema: Version,
            plan: dues.plan.into(),
            as_of: dues.as_of.into(),
            period: dues.period,
            overdue: dues.any_overdue(),
            counts: KINDS.iter().enumerate().map(|(rank, key)| (*key, dues.count(rank))).collect(),
            owners: dues.shares.iter().map(|share| share_json(dues, share)).collect(),
        })
    }
}

/// 報告の遅れと、過ぎた期日 || What is owed
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DuesJson<'p> {
    /// 形式の版 || The version of this form
    schema: Version,
    /// 計画 || The plan
    plan: PlanJson<'p>,
    /// いつ現在か || As of when
    as_of: AsOfJson,
    /// 報告の対象となる期間 || The reporting period that is asked for
    period: Option<Period>,
    /// 期限を過ぎたものがあるか || Whether anything is overdue
    overdue: bool,
    /// 種別ごとの件数 || How much is owed of each kind
    counts: ByKey<usize>,
    /// 所管課ごとの内容 || What is owed, by owner
    owners: Vec<ShareJson<'p>>,
}

/// 所管課の分 || What one owner owes
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct ShareJson<'p> {
    /// 所管課の名称。どの所管課でもなければ null || The owner, by name; null for what no owner answers for
    owner: Option<&'p str>,
    /// 内容 || What is owed
    due: Vec<DueJson<'p>>,
}

/// 督促の対象 || Something that is owed
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct DueJson<'p> {
    /// 種別：update 進捗の報告、milestone 節目、step 工程、value 実績値、opinion 意見への回答、promise 約束、waiting 確認待ち、upcoming 今後の節目、asked 期限前の意見や約束 || Its kind: update, milestone, step, value, opinion, promise, waiting, upcoming, asked
    kind: &'static str,
    /// 期限を過ぎたか || Whether it is overdue
    overdue: bool,
    /// 項目の番号又は指標の id || The entry or indicator
    id: Option<&'p Id>,
    /// 名称 || Its name
    name: &'p str,
    /// 内容（英語） || What is owed, in words
    what: String,
    /// 期限 || By when
    term: Option<Day>,
    /// 経過日数 || Days since then
    days_late: Option<i64>,
    #[serde(flatten)]
    more: MoreJson<'p>,
}

/// 種別ごとに添えるもの || What a kind adds; other kinds have no such keys
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(untagged)]
enum MoreJson<'p> {
    Update(OwedUpdateJson),
    Milestone(OwedMilestoneJson<'p>),
    Step(OwedStepJson<'p>),
    Value(OwedValueJson),
    Opinion(OwedOpinionJson<'p>),
    Waiting(NothingJson),
}

/// update に添えるもの || What an update adds
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct OwedUpdateJson {
    /// 報告の対象となる期間 || The period that is asked for
    period: Option<Period>,
    /// 最後に報告のあった期間 || The period of the last report
    last: Option<Period>,
    /// 続けて報告のない期間の数 || How many periods in a row lack one
    missed: u32,
}

/// milestone と upcoming に添えるもの || What a milestone adds, past or to come
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct OwedMilestoneJson<'p> {
    /// 取組内容。項目そのものなら null || The initiative; null for the entry itself
    initiative: Option<&'p str>,
    /// 節目の名前 || The name of the milestone
    milestone: &'p str,
    /// 予定の時期 || When it is planned
    date: Period,
}

/// step に添えるもの || What a step adds
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct OwedStepJson<'p> {
    /// 取組内容。項目そのものなら null || The initiative; null for the entry itself
    initiative: Option<&'p str>,
    /// 段階の名前 || The name of the step
    step: &'p str,
    /// 計画した年度 || The year for which it is planned
    year: FiscalYear,
}

/// value に添えるもの || What a value adds
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct OwedValueJson {
    /// 値のない年度 || The fiscal years that lack a value
    years: Vec<FiscalYear>,
    /// 値のない期間：年度と、目標を定めた四半期、半期、月 || The periods that lack one: fiscal years, and the quarters, halves and months that have a target
    periods: Vec<Period>,
}

/// opinion、promise、asked に添えるもの || What opinion, promise and asked add
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct OwedOpinionJson<'p> {
    /// 意見の名前（会議/番号） || The opinion: meeting/number
    opinion: String,
    /// 約束したこと。回答がまだなら null || What was promised; null where an answer is owed
    promise: Option<&'p str>,
}

/// waiting に添えるもの（なし） || What waiting adds: nothing
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct NothingJson {}

/// The kinds that are about opinions.
const OF_OPINIONS: [&str; 3] = ["opinion", "promise", "asked"];

/// What period is asked for, and how much of each kind is owed: counts first.
fn lead(dues: &Dues<'_>, lang: Lang) -> Vec<String> {
    let counts = |ranks: std::ops::Range<usize>| {
        // A plan without opinions owes no answers.
        let is_shown = |rank: &usize| !OF_OPINIONS.contains(&KINDS[*rank]) || dues.count(*rank) > 0;
        let counts = ranks.filter(is_shown).map(|rank| format!("{} {}", kind(KINDS[rank], lang), dues.count(rank)));
        counts.collect::<Vec<_>>().join(lang.pick("、", ", "))
    };
    let overdue: usize = (0..OVERDUE).map(|rank| dues.count(rank)).sum();
    let mut lead = vec![match dues.period {
        Some(period) => tr!(lang, "報告の対象：{}", "Reports asked for: {}", period.long(lang)),
        None => {
            lang.pick("報告の対象となる期間はまだ終わっていない。", "No reporting period has ended yet.").to_owned()
        }
    }];
    lead.extend(dues.plan.has_totals_alone().then(|| words::entries_unknown(lang).to_owned()));
    if !dues.any_rating && dues.count(0) > 0 {
        lead.push(
            lang.pick("この計画には、進捗区分の記録がまだ一つもない。", "Nothing in this plan has ever been rated.")
                .to_owned(),
        );
    }
    lead.push(tr!(lang, "期限を過ぎたもの {overdue}件（{}）", "Overdue: {overdue} ({})", counts(0..OVERDUE)));
    lead.push(tr!(lang, "期限に関わらないもの：{}", "Not overdue: {}", counts(OVERDUE..KINDS.len())));
    lead
}

fn section(dues: &Dues<'_>, share: &Share<'_>, lang: Lang) -> Section {
    let overdue = share.dues.iter().filter(|due| due.what.is_overdue()).count();
    let name = owner_name(dues.plan, share.owner, lang);
    let heading = tr!(lang, "{name}（期限を過ぎたもの {overdue}件）", "{name} (overdue: {overdue})");
    let columns = [
        column("kind", ("種別", "Kind"), Type::Text, |of: &Owed<'_>, at| {
            let tone = if of.is_overdue() { Tone::Warn } else { Tone::Faint };
            Cell::text(kind(of.due.what.key(), at.lang)).toned(tone)
        }),
        column("subject", ("項目・指標", "Entry, indicator"), Type::Text, |of, at| {
            Cell::text(subject(of.dues.plan, of.due, at.lang))
        }),
        column("what", ("内容", "What is owed"), Type::Text, |of, at| {
            Cell::text(what(of.dues, of.due, Period::tag, at.lang))
        }),
        column("deadline", terms::DEADLINE.titles(), Type::Date, |of, at| {
            of.due.term.map_or_else(Cell::default, |term| Cell::text(date_text(term, at.lang)))
        }),
        column("days_late", ("経過", "Late"), Type::Integer, |of: &Owed<'_>, at| {
            of.days_late(|days| tr!(at.lang, "{days}日", "{days} d"))
        })
        .in_unit(Unit::Day),
    ];
    let subjects: Vec<_> = share.dues.iter().map(|due| Some(about(dues.plan, share, due))).collect();
    let table = Table::build(&columns, Owed::of_share(dues, share), lang).about(subjects);
    Section::new(heading, vec![Block::Table(table)])
}

/// What a row of the paper is about: of which entry or indicator, what is owed, and by whom.
pub fn about(plan: &Plan, share: &Share<'_>, due: &Due<'_>) -> String {
    let id = Some(named(plan, due).0).filter(|id| !id.is_empty()).unwrap_or("all");
    let which = match &due.what {
        What::Milestone(_, milestone) | What::Upcoming(_, milestone) => &*milestone.name,
        What::Step(_, planned) => plan.step(planned.step),
        What::Opinion(owed) => &owed.meeting.name_of(&owed.opinion.number).to_string(),
        What::Update { .. } | What::Value(_) | What::Waiting(_) => "",
    };
    let lane = match (&due.what, due.subject) {
        (What::Milestone(lane, _) | What::Upcoming(lane, _) | What::Step(lane, _), Some(Subject::Entry(place))) => {
            plan.entries[place].initiative(*lane).map(|initiative| &*initiative.name)
        }
        _ => None,
    };
    let owner = owner_name(plan, share.owner, Lang::Ja);
    format!("{id}:{}-{}", due.what.key(), fingerprint(&[&owner, lane.unwrap_or_default(), which].join("|")))
}

/// Something that is owed, and by whom.
struct Owed<'r> {
    dues: &'r Dues<'r>,
    share: &'r Share<'r>,
    due: &'r Due<'r>,
}

impl<'r> Owed<'r> {
    fn of_share(dues: &'r Dues<'r>, share: &'r Share<'r>) -> impl Iterator<Item = Self> {
        share.dues.iter().map(move |due| Self { dues, share, due })
    }

    fn is_overdue(&self) -> bool {
        self.due.what.is_overdue()
    }

    /// Days since the deadline; nothing before it.
    fn days_late(&self, shown: impl Fn(i64) -> String) -> Cell {
        let days = self.due.days_late(self.dues.as_of);
        if self.is_overdue() { Cell::number(days, shown(days)) } else { Cell::default() }
    }
}

/// The id and the name of what owes something; of the plan itself only its name.
pub fn named<'p>(plan: &'p Plan, due: &Due<'_>) -> (&'p str, &'p str) {
    match due.subject {
        Some(Subject::Entry(place)) => (plan.entries[place].id.as_str(), &plan.entries[place].name),
        Some(Subject::Indicator(place)) => (plan.indicators[place].id.as_str(), &plan.indicators[place].name),
        None => ("", &plan.head.name),
    }
}

fn share_json<'r>(dues: &'r Dues<'_>, share: &'r Share<'_>) -> ShareJson<'r> {
    ShareJson {
        owner: share.owner.map(|place| dues.plan.owners[place].label()),
        due: share.dues.iter().map(|due| due_json(dues, due)).collect(),
    }
}

fn due_json<'r>(dues: &'r Dues<'_>, due: &'r Due<'_>) -> DueJson<'r> {
    let plan = dues.plan;
    let lane = |lane: Option<usize>| match due.subject {
        Some(Subject::Entry(place)) => plan.entries[place].initiative(lane).map(|i| &*i.name),
        _ => None,
    };
    let more = match &due.what {
        What::Update { last, missed } => {
            MoreJson::Update(OwedUpdateJson { period: dues.period, last: *last, missed: *missed })
        }
        What::Milestone(of, milestone) | What::Upcoming(of, milestone) => MoreJson::Milestone(OwedMilestoneJson {
            initiative: lane(*of),
            milestone: &milestone.name,
            date: milestone.date,
        }),
        What::Step(of, planned) => {
            MoreJson::Step(OwedStepJson { initiative: lane(*of), step: plan.step(planned.step), year: planned.year })
        }
        What::Value(periods) => {
            let years = periods.iter().filter_map(|of| if let Period::Year(year) = of { Some(*year) } else { None });
            MoreJson::Value(OwedValueJson { years: years.collect(), periods: periods.clone() })
        }
        What::Opinion(owed) => MoreJson::Opinion(OwedOpinionJson {
            opinion: owed.meeting.name_of(&owed.opinion.number).to_string(),
            promise: owed.promise.map(|promise| promise.text),
        }),
        What::Waiting(_) => MoreJson::Waiting(NothingJson {}),
    };
    DueJson {
        kind: due.what.key(),
        overdue: due.what.is_overdue(),
        id: due.subject.map(|subject| called(plan, subject).0),
        name: named(plan, due).1,
        what: what(dues, due, Period::tag, Lang::En),
        term: due.term.map(Into::into),
        days_late: due.what.is_overdue().then(|| due.days_late(dues.as_of)),
        more,
    }
}
