//! A fiscal year that is opened, as a paper: what is open, what begins, what has no target, whom to ask.

use serde::Serialize;
use serde_json::Value as Json;

use super::due::what as owed;
use super::json::{AsOfJson, PlanJson, Version, tree};
use super::{Report, heading};
use crate::document::{Block, Cell, ColumnOf, Document, Section, Table, Type, column};
use crate::inquiry::form::{forms, without_owner};
use crate::lang::Lang;
use crate::plan::period::{FiscalYear, Period};
use crate::plan::road::Lane;
use crate::plan::{Plan, Subject};
use crate::query::due::Due;
use crate::query::rollover::{Rollover, Task, Todo};
use crate::text::terms;
use crate::tr;
use crate::wording as words;

/// A fiscal year that is opened.
#[derive(Debug)]
pub struct RolloverReport<'p> {
    /// The answer.
    pub rollover: Rollover<'p>,
}

/// The groups, in the order in which they are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Group {
    Open,
    Scale,
    Begins,
    Target,
    NoTarget,
    Ask,
}

impl Group {
    const ALL: [Self; 6] = [Self::Open, Self::Scale, Self::Begins, Self::Target, Self::NoTarget, Self::Ask];

    fn key(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Scale => "scale",
            Self::Begins => "begins",
            Self::Target => "target",
            Self::NoTarget => "no-target",
            Self::Ask => "ask",
        }
    }

    fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Open => lang.pick("前年度までの残り", "Still open of the years before"),
            Self::Scale => lang.pick("用いる尺度", "Scale in force"),
            Self::Begins => lang.pick("始まるもの", "What begins"),
            Self::Target => lang.pick("当年度目標のある指標", "Indicators with a target of the year"),
            Self::NoTarget => lang.pick("当年度目標のない指標", "Indicators without a target of the year"),
            Self::Ask => lang.pick("照会する所管課", "Owners to be asked"),
        }
    }
}

/// One line of the paper.
struct Row {
    group: Group,
    id: String,
    /// The number by which people know it: an indicator has none.
    number: String,
    name: String,
    owner: String,
    what: String,
    command: Option<String>,
}

impl Report for RolloverReport<'_> {
    fn document(&self, lang: Lang) -> Document {
        let Rollover { plan, as_of, year, is_in_plan, .. } = &self.rollover;
        let title = tr!(lang, "{}の開始", "opening {}", year.long(lang));
        let mut document = heading::document(plan, &title, Some(*as_of), lang);
        if !is_in_plan {
            let (from, to) = (plan.head.from.long(lang), plan.head.to.long(lang));
            let outside = tr!(
                lang,
                "計画期間（{from}から{to}まで）の外の年度である。始まるものはない。",
                "The year lies outside the plan ({from} to {to}): nothing begins."
            );
            document.lead.push(outside.into());
        }
        let rows = self.rows(lang);
        let of = |group: Group| rows.iter().filter(move |row| row.group == group);
        let counts = Group::ALL.map(|group| format!("{} {}", group.name(lang), of(group).count()));
        document.lead.push(counts.join(lang.pick("、", ", ")).into());
        for group in Group::ALL.into_iter().filter(|group| of(*group).next().is_some()) {
            let heading = tr!(lang, "{}（{}件）", "{} ({})", group.name(lang), of(group).count());
            let [_, _, name, owner, what] = columns();
            let number = column("number", terms::ID.titles(), Type::Id, |row: &&Row, _| Cell::text(&row.number));
            let table = Table::build(&[number, name, owner, what], of(group), lang);
            document.sections.push(Section::new(heading, vec![Block::Table(without_blank_columns(table))]));
        }
        document
    }

    fn table(&self, lang: Lang) -> Table {
        let rows = self.rows(lang);
        Table::build(&columns(), rows.iter(), lang)
    }

    fn reported_plan(&self) -> Option<&Plan> {
        Some(self.rollover.plan)
    }

    fn json(&self) -> Json {
        let row = |row: Row| TaskJson {
            group: row.group.key(),
            id: Some(row.id).filter(|id| !id.is_empty()),
            name: row.name,
            owner: Some(row.owner).filter(|owner| !owner.is_empty()),
            what: row.what,
            command: row.command,
        };
        tree(&RolloverJson {
            schema: Version,
            plan: self.rollover.plan.into(),
            as_of: self.rollover.as_of.into(),
            year: self.rollover.year,
            period: self.rollover.first_period(),
            in_plan: self.rollover.is_in_plan,
            tasks: self.rows(Lang::En).into_iter().map(row).collect(),
        })
    }
}

fn columns<'r>() -> [ColumnOf<&'r Row>; 5] {
    [
        column("group", ("区分", "Group"), Type::Text, |row: &&Row, at| Cell::text(row.group.name(at.lang))),
        column("id", terms::ID.titles(), Type::Id, |row, _| Cell::text(&row.id)),
        column("name", terms::NAME.titles(), Type::Name, |row, _| Cell::text(&row.name)),
        column("owner", terms::OWNER.titles(), Type::Text, |row, _| Cell::text(&row.owner)),
        column("what", ("内容", "What"), Type::Text, |row, _| Cell::text(&row.what)),
    ]
}

/// A table without the columns of which every cell is blank.
fn without_blank_columns(mut table: Table) -> Table {
    let held: Vec<bool> =
        (0..table.columns.len()).map(|at| table.rows.iter().any(|row| !row.cells[at].text.is_empty())).collect();
    let mut of_columns = held.iter();
    table.columns.retain(|_| of_columns.next().is_some_and(|held| *held));
    for row in &mut table.rows {
        let mut of_cells = held.iter();
        row.cells.retain(|_| of_cells.next().is_some_and(|held| *held));
    }
    table
}

impl RolloverReport<'_> {
    fn rows(&self, lang: Lang) -> Vec<Row> {
        let rollover = &self.rollover;
        let open = rollover.open().map(|due| self.owed(due, lang));
        let unclosed = rollover.unclosed.iter().map(|period| self.unclosed(*period, lang));
        let tasks = rollover.tasks.iter().map(|task| self.task(task, lang));
        open.chain(unclosed).chain(tasks).chain(self.asked(lang)).collect()
    }

    fn row(&self, group: Group, subject: Option<Subject>, what: String, lang: Lang) -> Row {
        let plan = self.rollover.plan;
        let mut number = String::new();
        let (id, name, owners): (&str, String, &[usize]) = match subject {
            Some(Subject::Entry(place)) => {
                let entry = &plan.entries[place];
                number = entry.id.to_string();
                (entry.id.as_str(), entry.name.to_string(), &entry.owners)
            }
            Some(Subject::Indicator(place)) => {
                let indicator = &plan.indicators[place];
                let owners = crate::query::answering(plan, indicator);
                (indicator.id.as_str(), words::indicator_name(indicator), owners)
            }
            None => ("", terms::WHOLE_PLAN.title(lang).to_owned(), &[]),
        };
        let id = id.to_owned();
        Row { group, id, number, name, owner: words::owners(owners, &plan.owners, lang), what, command: None }
    }

    fn owed(&self, due: &Due<'_>, lang: Lang) -> Row {
        let what = owed(&self.rollover.dues, due, Period::tag, lang);
        self.row(Group::Open, due.subject, what, lang)
    }

    fn unclosed(&self, period: Period, lang: Lang) -> Row {
        let what = tr!(lang, "{}が確定されていない", "{} is not closed", period.tag(lang));
        let command = Some(format!("kaikaku close {} --dry-run", period.short()));
        Row { command, ..self.row(Group::Open, None, what, lang) }
    }

    fn task(&self, task: &Task<'_>, lang: Lang) -> Row {
        let (group, what) = match task.what {
            Todo::Scale(_, version, begins) => {
                let grades: Vec<&str> = version.grades.iter().map(|grade| &*grade.name).collect();
                let (name, grades) = (&version.name, grades.join(lang.pick("、", ", ")));
                let begins = if begins { lang.pick("この年度から", "from this year on: ") } else { "" };
                (Group::Scale, tr!(lang, "{begins}{name}（{grades}）", "{begins}{name} ({grades})"))
            }
            Todo::Added(when) => {
                (Group::Begins, tr!(lang, "項目の追加（{}）", "the entry is added ({})", when.tag(lang)))
            }
            Todo::Dropped(when) => {
                (Group::Begins, tr!(lang, "項目の廃止（{}）", "the entry is dropped ({})", when.tag(lang)))
            }
            Todo::Initiative(initiative) => {
                let name = &initiative.name;
                let span = words::span(initiative.start, initiative.end, lang);
                (Group::Begins, tr!(lang, "取組「{name}」（{span}）", "initiative `{name}` ({span})"))
            }
            Todo::Step(lane, planned) => {
                let (of, step) = (self.lane(task, lane, lang), self.rollover.plan.step(planned.step));
                (Group::Begins, tr!(lang, "{of}工程「{step}」", "{of}step `{step}`"))
            }
            Todo::Milestone(lane, milestone) => {
                let of = lane.map(|lane| self.lane(task, lane, lang)).unwrap_or_default();
                let (name, date) = (&milestone.name, milestone.date.tag(lang));
                let mark = words::mark(milestone.origin.certainty, lang);
                (
                    Group::Begins,
                    tr!(lang, "{of}節目「{name}」（{date}）{mark}", "{of}milestone `{name}` ({date}){mark}"),
                )
            }
            Todo::Target(indicator, reading) => (Group::Target, words::target(reading, indicator, lang)),
            Todo::NoTarget(indicator, last) => {
                let last = last.map(|last| words::target(last, indicator, lang));
                let what = match last {
                    Some(last) => tr!(lang, "最終目標 {last}", "final target {last}"),
                    None => lang.pick("目標値が一つもない", "no target at all").to_owned(),
                };
                let row = self.row(Group::NoTarget, task.subject, what, lang);
                let year = self.rollover.year.short();
                let value = lang.pick("値", "VALUE");
                let command = Some(format!("kaikaku edit {} target {year} {value}", row.id));
                return Row { command, ..row };
            }
        };
        self.row(group, task.subject, what, lang)
    }

    /// The initiative of a lane, in front of what is said of it.
    fn lane(&self, task: &Task<'_>, lane: Lane, lang: Lang) -> String {
        let Some(Subject::Entry(place)) = task.subject else { return String::new() };
        let initiative = self.rollover.plan.entries[place].initiative(lane);
        initiative.map_or_else(String::new, |one| format!("{}{}", one.name, lang.pick("：", ": ")))
    }

    /// What each owner is to be asked about the first period of the year.
    fn asked(&self, lang: Lang) -> Vec<Row> {
        let Rollover { plan, is_in_plan, .. } = self.rollover;
        if !is_in_plan {
            return Vec::new();
        }
        let period = self.rollover.first_period();
        let row = |owner: String, what: String| Row {
            group: Group::Ask,
            id: String::new(),
            number: String::new(),
            name: period.tag(lang),
            owner,
            what,
            command: None,
        };
        let mut rows: Vec<Row> = Vec::new();
        for form in forms(plan, period, lang) {
            let is_entry = |id: &crate::plan::id::Id| matches!(plan.find(id.as_str()), Some(Subject::Entry(_)));
            let entries = form.items.iter().filter(|item| is_entry(&item.id)).count();
            let indicators = form.items.len() - entries;
            let what = tr!(lang, "項目 {entries}、指標 {indicators}", "entries: {entries}, indicators: {indicators}");
            rows.push(row(plan.owners[form.owner].label().to_owned(), what));
        }
        let open = without_owner(plan, period).len();
        if open > 0 {
            let what = tr!(
                lang,
                "項目と指標 {open}（所管課を定めてから）",
                "entries and indicators: {open} (set an owner first)"
            );
            rows.push(row(lang.pick("所管課の定めなし", "No owner is set").to_owned(), what));
        }
        rows
    }

    /// The commands that it leads to, each with what it is for.
    pub fn next(&self, lang: Lang) -> Vec<String> {
        let rows = self.rows(lang);
        let has = |group: &Group| rows.iter().any(|row| row.group == *group);
        Group::ALL.into_iter().filter(has).flat_map(|group| self.commands(group, lang)).collect()
    }

    fn commands(&self, group: Group, lang: Lang) -> Vec<String> {
        let line = |(ja, en): (&str, &str), command: String| {
            format!("{}{}{command}", lang.pick(ja, en), lang.pick("：", ": "))
        };
        let period = self.rollover.first_period().short();
        match group {
            Group::Open => {
                let close = self.rollover.unclosed.iter();
                let close = close.map(|period| format!("kaikaku close {} --dry-run", period.short()));
                let mut lines = Vec::new();
                if self.rollover.open().next().is_some() {
                    lines.push(line(("督促の文面", "letters to the owners"), "kaikaku due --letter".into()));
                    lines.push(line(("報告の記録", "record a report"), "kaikaku update".into()));
                    lines.push(line(("実績値の記録・確認", "record or confirm a value"), "kaikaku measure".into()));
                }
                lines.extend(close.map(|command| line(("確定の試し", "try to close"), command)));
                lines
            }
            Group::Begins => vec![line(("工程表", "roadmap"), "kaikaku roadmap".into())],
            Group::NoTarget => {
                let year = self.rollover.year.short();
                let (called, value) = lang.pick(("指標の名称", "値"), ("INDICATOR", "VALUE"));
                let command = format!("kaikaku edit {called} target {year} {value}");
                vec![line(("決裁を経た目標値の追加", "add a target once it is approved"), command)]
            }
            Group::Ask => {
                let folder = lang.pick("照会", "inquiry");
                let send = format!("kaikaku inquiry send --period {period} --out {folder}_{period}");
                vec![line(("照会のブック", "workbooks of the inquiry"), send)]
            }
            Group::Scale | Group::Target => Vec::new(),
        }
    }
}

/// 年度の開始 || A fiscal year that is opened
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RolloverJson<'p> {
    /// 形式の版 || The version of this form
    schema: Version,
    /// 計画 || The plan
    plan: PlanJson<'p>,
    /// いつ現在か || As of when
    as_of: AsOfJson,
    /// 開く年度 || The year that is opened
    year: FiscalYear,
    /// その年度の最初の報告の期間 || Its first reporting period
    period: Period,
    /// 計画期間の年度か || Whether it is a year of the plan
    in_plan: bool,
    /// 残りと、始まるもの || What is open and what begins
    tasks: Vec<TaskJson>,
}

/// 年度の開始に当たって見るもの || Something to be looked at
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct TaskJson {
    /// 区分：open 前年度までの残り、scale 尺度、begins 始まるもの、target 当年度目標、no-target 当年度目標がない、ask 照会 || Its group: open, scale, begins, target, no-target, ask
    group: &'static str,
    /// 項目の番号又は指標の id。計画全体と照会では null || The entry or indicator; null for the plan itself and for what is asked
    id: Option<String>,
    /// 名称 || Its name
    name: String,
    /// 所管課 || Its owners
    owner: Option<String>,
    /// 内容（英語） || What, in words
    what: String,
    /// 続けて用いるコマンド || The command that it leads to
    command: Option<String>,
}
