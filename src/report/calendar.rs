//! 年間予定: twelve months of duties as a table, as data, and for the calendars of others.

use serde::Serialize;
use serde_json::Value as Json;
use sha2::{Digest, Sha256};

use super::json::{AsOfJson, Day, PlanJson, Version, owners, tree};
use super::{Report, heading};
use crate::document::calendar::{Dates, Event};
use crate::document::{
    Block, Cell, ColumnOf, Document, Line, Row, Section, Table, Type, WHOLE_ROW, cells, column, heads,
};
use crate::lang::Lang;
use crate::plan::Plan;
use crate::plan::id::Id;
use crate::plan::opinion::{Meeting, Opinion};
use crate::plan::period::{Month, Period};
use crate::plan::road::Lane;
use crate::query::Scope;
use crate::query::calendar::{Basis, Calendar, Duty, Work};
use crate::text::terms;
use crate::tr;
use crate::wording as words;
use crate::wording::calendar as wording;

/// A year of duties, ready to be laid out.
#[derive(Debug)]
pub struct CalendarReport<'p> {
    /// The answer.
    pub calendar: Calendar<'p>,
}

/// A duty of a calendar: a row of its table.
type Of<'r> = (&'r Calendar<'r>, &'r Duty<'r>);

impl Report for CalendarReport<'_> {
    fn document(&self, lang: Lang) -> Document {
        let calendar = &self.calendar;
        let mut document = heading::document(calendar.plan, title(lang), Some(calendar.as_of), lang);
        let scope = Scope { owner: calendar.owner, under: None };
        document.lead.extend(words::scope(calendar.plan, scope, lang).map(Line::from));
        let [from, to] = [calendar.from, calendar.to].map(|day| Period::Day(day).long(lang));
        let duties = calendar.duties.len();
        document.lead.push(tr!(lang, "{from}から{to}まで　{duties}件", "{from} to {to}: {duties}").into());
        document.lead.push(how_expected(lang).into());
        let block = match calendar.duties.is_empty() {
            true => Block::Text(lang.pick("この間の予定はない。", "Nothing is due in this time.").into()),
            false => Block::Table(by_month(calendar, calendar.duties.iter(), lang)),
        };
        document.sections.push(Section::plain(vec![block]));
        document
    }

    fn table(&self, lang: Lang) -> Table {
        let columns = [
            column("date", ("期日", "Date"), Type::Date, |(_, duty): &Of<'_>, _| {
                Cell::text(duty.when.last_day().to_string())
            }),
            column("period", terms::PERIOD.titles(), Type::Period, |(_, duty), at| Cell::text(duty.when.tag(at.lang))),
            column("kind", ("種別", "Kind"), Type::Text, |(_, duty), at| {
                Cell::text(wording::kind(duty.work.key(), at.lang))
            }),
            who(),
            column("id", terms::ID.titles(), Type::Id, |(calendar, duty), _| {
                let entry = duty.work.entry().map(|place| calendar.plan.entries[place].id.as_str());
                Cell::text(entry.unwrap_or_default())
            }),
            column("name", terms::NAME.titles(), Type::Name, |(calendar, duty), _| {
                Cell::text(duty.work.entry().map_or("", |place| &calendar.plan.entries[place].name))
            }),
            what(),
            basis(),
        ];
        Table::build(&columns, self.calendar.duties.iter().map(|duty| (&self.calendar, duty)), lang)
    }

    fn reported_plan(&self) -> Option<&Plan> {
        Some(self.calendar.plan)
    }

    fn facts_of(&self) -> Option<(&'static str, Period)> {
        Some(("calendar", self.calendar.as_of.period))
    }

    fn dates(&self, lang: Lang) -> Option<Dates> {
        let calendar = &self.calendar;
        let notices: Vec<String> = heading::cautions(calendar.plan, lang).collect();
        let whose = words::scope(calendar.plan, Scope { owner: calendar.owner, under: None }, lang);
        Some(Dates {
            name: format!("{}{}{}", calendar.plan.head.name, lang.pick("　", ": "), title(lang)),
            description: whose.into_iter().chain(notices).collect::<Vec<_>>().join("\n"),
            stamp: calendar.as_of.date,
            events: calendar.duties.iter().map(|duty| event(calendar, duty, lang)).collect(),
        })
    }

    fn json(&self) -> Json {
        let calendar = &self.calendar;
        tree(&CalendarJson {
            schema: Version,
            plan: calendar.plan.into(),
            as_of: calendar.as_of.into(),
            from: calendar.from.into(),
            to: calendar.to.into(),
            owner: calendar.owner.map(|place| calendar.plan.owners[place].label()),
            duties: calendar.duties.iter().map(|duty| duty_json(calendar, duty)).collect(),
        })
    }
}

/// What such a paper is called.
fn title(lang: Lang) -> &'static str {
    lang.pick("年間予定", "duties of the year")
}

/// What a reader must know of the dates that no plan sets.
pub fn how_expected(lang: Lang) -> &'static str {
    lang.pick(
        "計画が期日を定めない仕事（照会、確定、実績値）は、前年に行った日から見込んでいる。前年の記録がなければ、報告の周期から見込んでいる。",
        "What the plan does not date (inquiries, closings, values) is expected a year after it was done last; where it never was, by the reporting cycle.",
    )
}

/// Duties under a heading for each month.
pub fn by_month<'r>(calendar: &'r Calendar<'r>, duties: impl Iterator<Item = &'r Duty<'r>>, lang: Lang) -> Table {
    let columns =
        [when().weighing(15), who().weighing(16), subject().weighing(20), what().weighing(34), basis().weighing(15)];
    let mut rows = Vec::new();
    let mut last: Option<Month> = None;
    for duty in duties {
        if last.replace(duty.month()) != Some(duty.month()) {
            let month = Cell::text(Period::Month(duty.month()).long(lang)).merged(WHOLE_ROW, 0);
            rows.push(Row::strong(std::iter::once(month).chain((1..columns.len()).map(|_| Cell::default())).collect()));
        }
        let subject = Some(about(calendar, duty).into());
        rows.push(Row { subject, ..Row::new(cells(&columns, &(calendar, duty), lang)) });
    }
    Table { columns: heads(&columns, lang), rows, ..Table::default() }
}

/// When: the day, or the period within which.
pub fn when<'r>() -> ColumnOf<Of<'r>> {
    column("when", ("時期", "When"), Type::Date, |(_, duty), at| Cell::text(wording::when(duty.when, at.lang)))
}

/// By whom.
pub fn who<'r>() -> ColumnOf<Of<'r>> {
    column("who", ("担当", "By"), Type::Text, |(calendar, duty), at| {
        Cell::text(wording::who(calendar.plan, duty, at.lang))
    })
}

/// Of which entry.
pub fn subject<'r>() -> ColumnOf<Of<'r>> {
    column("entry", terms::ENTRY.titles(), Type::Text, |(calendar, duty), _| {
        Cell::text(wording::subject(calendar.plan, duty))
    })
}

/// What is to be done.
pub fn what<'r>() -> ColumnOf<Of<'r>> {
    column("what", ("すること", "What to do"), Type::Text, |(calendar, duty), at| {
        Cell::text(wording::work(calendar.plan, &duty.work, calendar.owner.is_some(), at.lang))
    })
}

fn basis<'r>() -> ColumnOf<Of<'r>> {
    column("basis", ("根拠", "Basis"), Type::Text, |(_, duty), at| Cell::text(wording::basis(duty.basis, at.lang)))
}

/// What the facts of a duty are about: its row.
pub fn about(calendar: &Calendar<'_>, duty: &Duty<'_>) -> String {
    let id = duty.work.entry().map_or("all", |place| calendar.plan.entries[place].id.as_str());
    format!("{id}:{}-{}", duty.work.key(), which(calendar.plan, duty))
}

/// What a duty is for ever, whenever it is: two calendars of one plan hold it once.
fn uid(calendar: &Calendar<'_>, duty: &Duty<'_>) -> String {
    let id = duty.work.entry().map(|place| calendar.plan.entries[place].id.as_str());
    let which = which(calendar.plan, duty);
    let parts = [calendar.plan.head.id.as_str(), duty.work.key(), id.unwrap_or_default(), &which];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    format!("{}@kaikaku", parts.join("."))
}

/// What tells a duty from others of its kind and entry.
fn which(plan: &Plan, duty: &Duty<'_>) -> String {
    let lane = |place: usize, lane: Lane| plan.entries[place].initiative(lane).map_or("", |one| &*one.name);
    let of_opinion = |meeting: &Meeting, opinion: &Opinion| {
        let owner = duty.owners.first().map_or("", |place| plan.owners[*place].id.as_str());
        format!("{}-{}-{owner}", meeting.id, opinion.number)
    };
    match &duty.work {
        Work::Ask(period) | Work::Collect(period) | Work::Close(period) => period.short(),
        Work::Values(period, places) => {
            let first = places.first().map_or("", |place| plan.indicators[*place].id.as_str());
            format!("{}-{first}", period.short())
        }
        Work::OpenYear(year) => year.short(),
        Work::Meeting(meeting) => meeting.id.to_string(),
        Work::Answer(meeting, opinion) | Work::Promise(meeting, opinion, _) => of_opinion(meeting, opinion),
        Work::Scale(version) => mark(&[&version.name]),
        Work::Scheduled(milestone) => mark(&[&milestone.name]),
        Work::Milestone(place, of, milestone) => mark(&[lane(*place, *of), &milestone.name]),
        Work::Step(place, of, planned) => mark(&[lane(*place, *of), plan.step(planned.step)]),
        Work::Begins(_, initiative) | Work::Ends(_, initiative) => mark(&[&initiative.name]),
        Work::Added(_) | Work::Dropped(_) | Work::PlanEnds => String::new(),
    }
}

/// Eight digits that stand for these words, each of them to the letter.
fn mark(words: &[&str]) -> String {
    let digest = Sha256::digest(words.join("\u{1f}"));
    digest.iter().take(4).map(|byte| format!("{byte:02x}")).collect()
}

fn event(calendar: &Calendar<'_>, duty: &Duty<'_>, lang: Lang) -> Event {
    let plan = calendar.plan;
    let (who, subject) = (wording::who(plan, duty, lang), wording::subject(plan, duty));
    let what = wording::work(plan, &duty.work, calendar.owner.is_some(), lang);
    let colon = lang.pick("：", ": ");
    let lines = [
        Some(format!("{}{colon}{who}", lang.pick("担当", "By"))),
        Some(format!("{}{colon}{}", lang.pick("時期", "When"), wording::when(duty.when, lang))),
        Some(format!("{}{colon}{}", lang.pick("根拠", "Basis"), wording::basis(duty.basis, lang))),
        words::fictional(plan, lang),
    ];
    Event {
        uid: uid(calendar, duty),
        day: duty.when.last_day(),
        summary: if subject.is_empty() { what } else { format!("{subject}{colon}{what}") },
        description: lines.into_iter().flatten().collect::<Vec<_>>().join("\n"),
        category: wording::kind(duty.work.key(), lang).to_owned(),
    }
}

/// 年間予定 || The duties of a year
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CalendarJson<'p> {
    /// 形式の版 || The version of this form
    schema: Version,
    /// 計画 || The plan
    plan: PlanJson<'p>,
    /// いつ現在か || As of when
    as_of: AsOfJson,
    /// 最初の日 || The first day
    from: Day,
    /// 最後の日 || The last day
    to: Day,
    /// この所管課のものだけか。すべてなら null || The owner whose duties these are; null for those of everybody
    owner: Option<&'p str>,
    /// すること。時期の順 || What is to be done, in order of time
    duties: Vec<DutyJson<'p>>,
}

/// すること || Something that is to be done
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DutyJson<'p> {
    /// 最も遅い日 || The last day on which it is in time
    date: Day,
    /// 時期 || The period within which it is done
    period: Period,
    /// 種別：ask 照会、collect 回答の期限、close 報告と確定、values 実績値、meeting 会議、answer 意見への回答、promise 約束、open-year 年度の切替え、scale 尺度、scheduled 計画の経過、milestone 節目、step 工程、begins 取組の始まり、ends 取組の終わり、added 項目の追加、dropped 項目の廃止、plan-ends 計画期間の終わり || Its kind: ask, collect, close, values, meeting, answer, promise, open-year, scale, scheduled, milestone, step, begins, ends, added, dropped, plan-ends
    kind: &'static str,
    /// 所管課。計画の担当がするものは空 || The owners; none for what the office in charge does
    owners: Vec<&'p str>,
    /// 項目の番号 || The entry
    id: Option<&'p Id>,
    /// 項目の名称 || Its name
    name: Option<&'p str>,
    /// すること（英語） || What is to be done, in words
    what: String,
    /// 根拠：plan 計画の定め、cycle 報告の周期、last-year 前年に行った日、inquiry 送った照会、record 会議の記録 || Why then: plan, cycle, last-year, inquiry, record
    basis: &'static str,
    /// 前年に行った日 || The day on which it was done a year before
    last_year: Option<Day>,
}

/// A duty for programs.
pub fn duty_json<'r>(calendar: &'r Calendar<'_>, duty: &'r Duty<'_>) -> DutyJson<'r> {
    let plan = calendar.plan;
    let entry = duty.work.entry().map(|place| &plan.entries[place]);
    let (basis, last_year) = match duty.basis {
        Basis::Plan => ("plan", None),
        Basis::Cycle => ("cycle", None),
        Basis::LastYear(day) => ("last-year", Some(day.into())),
        Basis::Inquiry => ("inquiry", None),
        Basis::Record => ("record", None),
    };
    DutyJson {
        date: duty.when.last_day().into(),
        period: duty.when,
        kind: duty.work.key(),
        owners: owners(plan, &duty.owners),
        id: entry.map(|entry| &entry.id),
        name: entry.map(|entry| &*entry.name),
        what: wording::work(plan, &duty.work, calendar.owner.is_some(), Lang::En),
        basis,
        last_year,
    }
}
