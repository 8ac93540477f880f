//! 仕事の進め方: each task in numbered steps, with the commands that do them.

mod examples;
mod inquiry;
mod steps;

use crate::document::{Block, Cell, Section, Table, Type, column, weighed};
use crate::lang::Lang;
use crate::plan::owner::Owner;
use crate::query::calendar::Work;
use crate::tr;
use crate::wording as words;

use super::{HandoverReport, below};
use steps::steps;

/// A task that comes round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum TaskKey {
    Inquiry,
    Values,
    Paper,
    Publish,
    Close,
    Roadmap,
    Opinions,
    Definition,
    Year,
    Look,
}

impl TaskKey {
    /// Those of the office in charge of a plan, in the order of its year.
    const OFFICE: [Self; 10] = [
        Self::Inquiry,
        Self::Values,
        Self::Paper,
        Self::Publish,
        Self::Close,
        Self::Roadmap,
        Self::Opinions,
        Self::Definition,
        Self::Year,
        Self::Look,
    ];
    /// Those of a department.
    const OWNER: [Self; 2] = [Self::Inquiry, Self::Look];

    fn all(is_owner: bool) -> &'static [Self] {
        if is_owner { &Self::OWNER } else { &Self::OFFICE }
    }

    /// Its number in the paper; a department answers whatever it is asked by the same task.
    pub fn number(self, is_owner: bool) -> usize {
        Self::all(is_owner).iter().position(|key| *key == self).unwrap_or(0) + 1
    }

    /// What it is called in a table.
    fn brief(self, lang: Lang) -> &'static str {
        let (ja, en) = match self {
            Self::Inquiry => ("照会", "inquiry"),
            Self::Values => ("指標の値", "values"),
            Self::Paper => ("報告書", "papers"),
            Self::Publish => ("公表", "publication"),
            Self::Close => ("確定", "closing"),
            Self::Roadmap => ("節目", "milestones"),
            Self::Opinions => ("意見", "opinions"),
            Self::Definition => ("計画の変更", "the plan"),
            Self::Year => ("年度の切替え", "new year"),
            Self::Look => ("調べる", "looking up"),
        };
        lang.pick(ja, en)
    }

    fn title(self, is_owner: bool, lang: Lang) -> &'static str {
        let (ja, en) = match self {
            Self::Inquiry if is_owner => ("照会に回答する", "Answer an inquiry"),
            Self::Inquiry => ("所管課に照会し、回答を集める", "Ask the owners and collect their replies"),
            Self::Values => ("指標の実績値を記録する", "Record the values of indicators"),
            Self::Paper => ("報告書を作る", "Write the papers"),
            Self::Publish => ("ウェブサイトで公表する", "Publish on the web"),
            Self::Close => ("公表した数値を確定し、訂正する", "Close what was published, and correct it"),
            Self::Roadmap => ("節目と工程の到達を記録する", "Record milestones and steps"),
            Self::Opinions => ("意見と約束に対応する", "Answer opinions and keep promises"),
            Self::Definition => ("計画の内容を変える", "Change the plan"),
            Self::Year => ("年度を切り替える", "Open a fiscal year"),
            Self::Look if is_owner => ("自分の課の状況を調べる", "Look up how the department stands"),
            Self::Look => ("調べる、直す、保存する", "Look up, take back, keep"),
        };
        lang.pick(ja, en)
    }
}

/// How a duty is done, as a table has it: the task, by its number.
pub fn how(work: &Work<'_>, is_owner: bool, lang: Lang) -> String {
    let key = match work {
        Work::Ask(_) | Work::Collect(_) => TaskKey::Inquiry,
        Work::Values(..) => TaskKey::Values,
        Work::Close(_) => TaskKey::Paper,
        Work::Milestone(..) | Work::Step(..) | Work::Begins(..) | Work::Ends(..) => TaskKey::Roadmap,
        Work::Meeting(_) => TaskKey::Paper,
        Work::Answer(..) | Work::Promise(..) => TaskKey::Opinions,
        Work::Added(_) | Work::Dropped(_) => TaskKey::Definition,
        Work::OpenYear(_) | Work::Scale(_) | Work::PlanEnds => TaskKey::Year,
        Work::Scheduled(_) => return words::none(lang).to_owned(),
    };
    if is_owner && key == TaskKey::Roadmap {
        let number = TaskKey::Inquiry.number(is_owner);
        return tr!(lang, "課で行い、手順{number}で報告する", "done by the department, reported by task {number}");
    }
    let also: &[TaskKey] = match work {
        Work::Close(_) => &[TaskKey::Publish, TaskKey::Close],
        Work::Meeting(_) => &[TaskKey::Opinions],
        _ => &[],
    };
    numbered(key, also, is_owner, lang)
}

/// How what is owed is settled, by its kind.
pub fn how_owed(kind: &str, is_owner: bool, lang: Lang) -> String {
    let key = match kind {
        "update" => TaskKey::Inquiry,
        "value" | "waiting" => TaskKey::Values,
        "opinion" | "promise" | "asked" => TaskKey::Opinions,
        _ => TaskKey::Roadmap,
    };
    numbered(key, &[], is_owner, lang)
}

fn numbered(key: TaskKey, also: &[TaskKey], is_owner: bool, lang: Lang) -> String {
    let key = if is_owner { TaskKey::Inquiry } else { key };
    let name = |key: TaskKey| {
        let (number, title) = (key.number(is_owner), key.brief(lang));
        tr!(lang, "手順{number}（{title}）", "task {number} ({title})")
    };
    std::iter::once(key).chain(also.iter().copied()).map(name).collect::<Vec<_>>().join("\n")
}

/// What is done, and by which command, where one does it.
pub type TaskStep = (String, Option<String>);

/// Every task with its steps.
pub fn tasks(report: &HandoverReport<'_>, lang: Lang) -> Vec<(String, Vec<TaskStep>)> {
    let is_owner = report.is_of_owner();
    let of = |key: &TaskKey| {
        let (number, title) = (key.number(is_owner), key.title(is_owner, lang));
        let heading = tr!(lang, "手順{number}　{title}", "Task {number}: {title}");
        let steps = steps(report, *key, lang).into_iter();
        let steps = steps.map(|((ja, en), command)| {
            let command = command.map(|(ja, en)| report.command(lang.pick(&ja, &en)));
            (lang.pick(ja, en).into_owned(), command)
        });
        (heading, steps.collect())
    };
    TaskKey::all(is_owner).iter().map(of).collect()
}

/// Every task in a section of its own.
pub fn blocks(report: &HandoverReport<'_>, lang: Lang) -> Vec<Section> {
    let lead = match report.is_of_owner() {
        true => lang.pick(
            "回答は Excel だけでできる。コマンドは、計画のフォルダーがある端末の画面（ターミナル）で打つ。",
            "To answer, Excel is enough. Commands are typed in a terminal where the plan's folder is.",
        ),
        false => lang.pick(
            "コマンドは、計画のフォルダーがある端末の画面（ターミナル）で打つ。kaikaku とだけ打つと（又はダブルクリックすると）、近い期限と、できることの一覧が出る。コマンドの中の日付、番号、課名及びファイル名は例である。",
            "Commands are typed in a terminal where the plan's folder is. `kaikaku` alone (or a double click) shows what is due and leads through the work. Days, numbers, owners and names of files in the commands are examples.",
        ),
    };
    let task = |(heading, steps): (String, Vec<TaskStep>)| below(heading, vec![Block::Table(table(&steps, lang))]);
    let all = tasks(report, lang).into_iter().map(task);
    std::iter::once(Section::plain(vec![Block::Text(lead.into())])).chain(all).collect()
}

fn table(steps: &[TaskStep], lang: Lang) -> Table {
    let columns = weighed(
        [
            column("step", ("すること", "What to do"), Type::Text, |(nth, step): &(usize, &TaskStep), at| {
                let number = nth + 1;
                Cell::text(tr!(at.lang, "{number}．{}", "{number}. {}", step.0))
            }),
            column("command", ("コマンド", "Command"), Type::Text, |(_, (_, command)), at| {
                Cell::text(command.as_deref().unwrap_or_else(|| words::none(at.lang)))
            }),
        ],
        [44, 56],
    );
    Table::build(&columns, steps.iter().enumerate(), lang)
}

/// An owner as a command names it: by its name, where that needs no quotes.
pub fn typed(owner: &Owner) -> &str {
    let is_word = |name: &str| !name.is_empty() && name.chars().all(char::is_alphanumeric);
    if is_word(owner.label()) { owner.label() } else { owner.id.as_str() }
}
