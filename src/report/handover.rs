//! 引継書: what whoever takes over must know, to be read from the front by somebody who has seen nothing.

mod changes;
mod duties;
mod files;
mod glossary;
pub mod machine;
mod opinions;
mod people;
mod standing;
pub mod tasks;

use serde_json::Value as Json;

use super::council::Since;
use super::{Report, heading};
use crate::document::{Block, Document, Line, Section, Table};
use crate::git::log::Commit;
use crate::lang::Lang;
use crate::plan::Plan;
use crate::plan::period::Period;
use crate::query::Scope;
use crate::query::handover::Handover;
use crate::tr;
use crate::wording as words;

use super::calendar::CalendarReport;

/// What is handed over, ready to be laid out.
#[derive(Debug)]
pub struct HandoverReport<'p> {
    /// The answer.
    pub handover: Handover<'p>,
    /// What changed in the plan since then; `None` where no revision tells.
    pub since: Option<Since<'p>>,
    /// The commits that changed the plan since then, the latest first.
    pub commits: Vec<Commit>,
    /// Where the files are.
    pub place: Place,
    /// Who hands over, and to whom, by name.
    pub names: [Option<String>; 2],
}

/// Where the files of a plan are.
#[derive(Debug, Clone, Default)]
pub struct Place {
    /// The plan's folder.
    pub folder: String,
    /// The top of the repository, where the plan is in one.
    pub repository: Option<String>,
    /// The files that are read, by their paths in the folder.
    pub files: Vec<String>,
    /// The plan's name, where a command has to name it.
    pub plan: Option<String>,
}

impl Report for HandoverReport<'_> {
    fn document(&self, lang: Lang) -> Document {
        let handover = &self.handover;
        let title = lang.pick("引継書", "handover");
        let mut document = heading::document(handover.plan, title, Some(handover.as_of), lang);
        let scope = Scope { owner: handover.owner, under: None };
        document.lead.extend(words::scope(handover.plan, scope, lang).map(Line::from));
        for (at, (topic, (ja, en), blocks)) in PARTS.into_iter().enumerate() {
            let heading = format!("{}{}{}", at + 1, lang.pick("　", ". "), lang.pick(ja, en));
            let mut sections = blocks(self, &document.sections, lang);
            if let Some(first) = sections.first_mut() {
                first.heading = Some(heading);
                first.depth = 0;
            }
            document.sections.extend(sections.into_iter().map(|of| Section { topic: Some(topic.into()), ..of }));
        }
        document
    }

    fn table(&self, lang: Lang) -> Table {
        CalendarReport { calendar: self.handover.calendar.clone() }.table(lang)
    }

    fn reported_plan(&self) -> Option<&Plan> {
        Some(self.handover.plan)
    }

    fn facts_of(&self) -> Option<(&'static str, Period)> {
        Some(("handover", self.handover.as_of.period))
    }

    fn json(&self) -> Json {
        machine::json(self)
    }
}

/// The parts of the paper, in order.
const PARTS: [Part; 11] = [
    ("first", ("最初に読むこと", "Read this first"), |report, _, lang| duties::first(report, lang)),
    ("overdue", ("期限を過ぎているもの", "Overdue"), |report, _, lang| duties::overdue(report, lang)),
    ("opinions", ("未対応の意見と約束", "Open opinions and promises"), |report, _, lang| {
        opinions::blocks(report, lang)
    }),
    ("year", ("年間の予定", "The year"), |report, _, lang| duties::year(report, lang)),
    ("risks", ("注意を要する項目と指標", "At risk"), |report, _, lang| standing::risks(report, lang)),
    ("standing", ("いまの状況", "How everything stands"), |report, _, lang| standing::all(report, lang)),
    ("people", ("担当と連絡先", "Who is who"), |report, _, lang| people::blocks(report, lang)),
    ("tasks", ("仕事の進め方", "How each task is done"), |report, _, lang| tasks::blocks(report, lang)),
    ("files", ("ファイルのある場所", "Where the files are"), |report, _, lang| files::blocks(report, lang)),
    ("changes", ("担当中に変わったことと、その理由", "What changed, and why"), |report, _, lang| {
        changes::blocks(report, lang)
    }),
    ("glossary", ("用語", "Glossary"), glossary::sections),
];

/// The number of a part.
fn part(topic: &str) -> usize {
    PARTS.iter().position(|(of, ..)| *of == topic).map_or(0, |at| at + 1)
}

/// A part of the paper: its topic, its heading, and what lays it out, which knows the parts before it; the first section takes
/// the heading.
type Part = (&'static str, (&'static str, &'static str), fn(&HandoverReport<'_>, &[Section], Lang) -> Vec<Section>);

impl HandoverReport<'_> {
    fn plan(&self) -> &Plan {
        self.handover.plan
    }

    /// Whether it is that of a department rather than of the office in charge of the plan.
    fn is_of_owner(&self) -> bool {
        self.handover.owner.is_some()
    }

    /// A command, with the plan where it has to be named.
    fn command(&self, command: &str) -> String {
        self.place.plan.as_ref().map_or_else(|| command.to_owned(), |plan| format!("{command} --plan {plan}"))
    }
}

/// A part that is one section.
fn one(blocks: Vec<Block>) -> Vec<Section> {
    vec![Section::plain(blocks)]
}

/// A section under a heading of its own, below that of the part.
fn below(heading: impl Into<String>, blocks: Vec<Block>) -> Section {
    Section { depth: 1, ..Section::new(heading, blocks) }
}

/// That there is nothing of a kind.
fn nothing(ja: &str, en: &str, lang: Lang) -> Block {
    Block::Text(lang.pick(ja, en).into())
}

/// A heading with how many there are.
fn counted(ja: &str, en: &str, count: usize, lang: Lang) -> String {
    tr!(lang, "{ja}（{count}件）", "{en} ({count})")
}
