//! Everything known about the plan, one entry or one indicator: what it is, how it stands, its history, its sources.

mod entry;
mod indicator;
mod overview;

use crate::text::terms;
use crate::wording as words;
use serde::Serialize;
use serde_json::Value as Json;

use crate::lang::Lang;
use crate::plan::period::date_text;
use crate::plan::source::Origin;
use crate::plan::value::Certainty;
use crate::plan::{Plan, Subject};
use crate::query::AsOf;
use crate::query::history::Event;
use crate::query::opinion::about;
use crate::query::status::Status;
use crate::tr;

use self::entry::EntryJson;
use self::indicator::IndicatorJson;
use self::overview::OverviewJson;
use super::json::{AsOfJson, PlanJson, Version, tree};
use super::opinion::machine::OpinionJson;
use super::opinion::{OpinionsReport, Register};
use super::{Report, heading, log, opinion};
use crate::document::{Block, Cell, Document, Line, Row, Section, Table, Type, cells, column, heads};

/// The plan, one entry or one indicator.
#[derive(Debug)]
pub struct ShowReport<'p> {
    /// The plan.
    pub plan: &'p Plan,
    /// As of when.
    pub as_of: AsOf,
    /// The entry or indicator; `None` for the plan as a whole.
    pub subject: Option<Subject>,
    /// Its records, and of an entry those of everything under it; none for the plan as a whole.
    pub events: Vec<Event<'p>>,
    /// How things stand, one for each scale and evaluator that has a record of the entry.
    pub standings: Vec<Status<'p>>,
    /// Finds the file and line that something was read from.
    pub lines: LineFinder<'p>,
}

/// Finds the file and line that something was read from.
pub struct LineFinder<'p>(pub Box<dyn Fn(Origin) -> String + 'p>);

impl std::fmt::Debug for LineFinder<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("LineFinder")
    }
}

/// Names and what they stand for.
type Fields = Vec<(String, Line)>;

impl Report for ShowReport<'_> {
    fn document(&self, lang: Lang) -> Document {
        let mut document = self.described(lang);
        document.lead.extend(heading::cautions(self.plan, lang).map(Line::from));
        if let Some(subject) = self.subject {
            document.sections.push(self.history(subject, lang));
        }
        document
    }

    fn reported_plan(&self) -> Option<&Plan> {
        Some(self.plan)
    }

    fn table(&self, lang: Lang) -> Table {
        let columns = [
            column("section", terms::HEADING.titles(), Type::Text, |(section, ..): &Described, _| Cell::text(section)),
            column("field", terms::FIELD.titles(), Type::Text, |(_, field, _), _| Cell::text(field)),
            column("content", ("内容", "Value"), Type::Text, |(.., content), _| Cell::text(content)),
        ];
        let sections = self.described(lang).sections.into_iter();
        let described = sections.flat_map(|section| {
            let heading = section.heading.unwrap_or_default();
            section.blocks.into_iter().flat_map(move |block| flat(&heading, block, lang))
        });
        let mut table = Table::build(&columns, described, lang);
        // What a record says stands in columns of its own, behind those of everything else.
        let recorded = log::machine::columns();
        let history = (history_heading(lang).to_owned(), String::new(), String::new());
        table.rows.extend(self.events.iter().map(|event| {
            let record = cells(&recorded, &(self.plan, event), lang);
            Row::new(cells(&columns, &history, lang).into_iter().chain(record).collect())
        }));
        if self.subject.is_some() {
            table.columns.extend(heads(&recorded, lang));
        }
        table
    }

    fn json(&self) -> Json {
        let records = || self.events.iter().filter_map(|e| log::machine::json(self.plan, e)).collect();
        let (mut overview, mut entry, mut indicator) = (None, None, None);
        match self.subject {
            None => overview = Some(overview::json(self)),
            Some(Subject::Entry(place)) => entry = Some(entry::json(self, &self.plan.entries[place], records())),
            Some(Subject::Indicator(place)) => {
                indicator = Some(indicator::json(self, &self.plan.indicators[place], records()));
            }
        }
        let (plan, as_of) = (self.plan.into(), self.as_of.into());
        let said = self.opinions().threads;
        let opinions = said.iter().map(|t| opinion::machine::opinion(self.plan, self.as_of, t, false)).collect();
        tree(&ShowJson { schema: Version, plan, as_of, overview, entry, indicator, opinions })
    }
}

/// 計画全体、項目又は指標のすべて || Everything known about the plan, one entry or one indicator
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ShowJson<'p> {
    /// 形式の版 || The version of this form
    schema: Version,
    /// 計画 || The plan
    plan: PlanJson<'p>,
    /// いつ現在か || As of when
    as_of: AsOfJson,
    /// 計画全体 || The plan as a whole
    #[serde(skip_serializing_if = "Option::is_none")]
    overview: Option<OverviewJson<'p>>,
    /// 項目 || The entry
    #[serde(skip_serializing_if = "Option::is_none")]
    entry: Option<EntryJson<'p>>,
    /// 指標 || The indicator
    #[serde(skip_serializing_if = "Option::is_none")]
    indicator: Option<IndicatorJson<'p>>,
    /// 項目や指標についての意見。なければ省く || What was said of the entry or indicator; left out where there is nothing
    #[serde(skip_serializing_if = "Vec::is_empty")]
    opinions: Vec<OpinionJson<'p>>,
}

/// 出どころ || Where something comes from
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct ProvenanceJson {
    /// 記載場所（ファイルと行） || File and line
    written_in: String,
    /// 資料 || The document
    source: Option<String>,
    /// 確かさ || How sure it is
    certainty: Certainty,
}

impl ShowReport<'_> {
    /// Everything but the records.
    fn described(&self, lang: Lang) -> Document {
        let mut document = match self.subject {
            None => overview::document(self, lang),
            Some(Subject::Entry(place)) => entry::document(self, place, lang),
            Some(Subject::Indicator(place)) => indicator::document(self, &self.plan.indicators[place], lang),
        };
        let opinions = self.opinions();
        if !opinions.threads.is_empty() {
            let heading = lang.pick("意見と対応", "Opinions and responses");
            document.sections.push(Section::new(heading, vec![Block::Table(opinions.list(lang))]));
        }
        document
    }

    /// What was said of the entry (and of what is under it) or indicator; of the plan as a whole nothing.
    fn opinions(&self) -> OpinionsReport<'_> {
        let (plan, as_of) = (self.plan, self.as_of);
        let threads = self.subject.map_or_else(Vec::new, |subject| about(plan, subject, as_of));
        OpinionsReport { plan, as_of, threads, register: Register::List, with_names: false }
    }

    /// A document with its title, and whose plan as of when.
    fn titled(&self, title: String, lang: Lang) -> Document {
        let (period, date) = (self.as_of.period.long(lang), date_text(self.as_of.date, lang));
        let as_of = tr!(lang, "{period}（{date} 現在）", "{period} (as of {date})");
        Document {
            title,
            lead: vec![format!("{}{}{as_of}", self.plan.head.name, lang.pick("　", ", ")).into()],
            meta: heading::meta(self.plan, Some(self.as_of)),
            ..Document::default()
        }
    }

    fn history(&self, subject: Subject, lang: Lang) -> Section {
        let several = self.events.iter().any(|e| e.subject != subject);
        let block = if self.events.is_empty() {
            Block::Text(lang.pick("記録はありません。", "There are no records.").into())
        } else {
            Block::Table(log::events_table(self.plan, &self.events, several, lang))
        };
        Section::new(history_heading(lang), vec![block])
    }

    /// Document, certainty, file and footnotes.
    fn provenance(&self, origin: Origin, notes: &[Box<str>], lang: Lang) -> Fields {
        let mut fields: Fields = vec![
            (terms::SOURCE.title(lang).into(), words::source(self.plan, origin.source).unwrap_or_default().into()),
            (terms::CERTAINTY.title(lang).into(), origin.certainty.mark(lang).into()),
            (lang.pick("記載場所", "Written in").into(), (self.lines.0)(origin).into()),
        ];
        fields.extend(notes.iter().map(|note| (terms::NOTE.title(lang).to_owned(), Line::from(&**note))));
        fields
    }

    fn provenance_json(&self, origin: Origin) -> ProvenanceJson {
        ProvenanceJson {
            written_in: (self.lines.0)(origin),
            source: words::source(self.plan, origin.source),
            certainty: origin.certainty,
        }
    }
}

fn history_heading(lang: Lang) -> &'static str {
    lang.pick("経過", "History")
}

/// Leaves out what is not known.
fn known(mut fields: Fields) -> Block {
    fields.retain(|(_, line)| !line.text.is_empty());
    Block::Fields(fields)
}

fn joined(texts: &[Box<str>], lang: Lang) -> Line {
    texts.join(lang.pick("、", ", ")).into()
}

/// A section, a field of it, and what the field says.
type Described = (String, String, String);

/// The rows that a block becomes in a table of section, field and value.
fn flat(heading: &str, block: Block, lang: Lang) -> Vec<Described> {
    let (colon, slash) = lang.pick(("：", "／"), (": ", "; "));
    let row = |field: &str, value: String| (heading.to_owned(), field.to_owned(), value);
    match block {
        Block::Text(line) => vec![row("", line.text)],
        Block::List(lines) => lines.into_iter().map(|line| row("", line.text)).collect(),
        Block::Fields(fields) => fields.into_iter().map(|(name, line)| row(&name, line.text)).collect(),
        Block::Tree(branches) => branches.into_iter().map(|b| row("", b.line.text)).collect(),
        Block::Table(table) => {
            let titles: Vec<String> = table.columns.into_iter().map(|c| c.title).collect();
            let lines = table.rows.into_iter().map(|r| {
                let first = r.cells.first().map(|cell| cell.text.to_string()).unwrap_or_default();
                let rest = titles.iter().zip(r.cells).skip(1).filter(|(_, cell)| !cell.text.is_empty());
                let parts: Vec<String> = rest.map(|(title, cell)| format!("{title}{colon}{}", cell.text)).collect();
                (first, parts.join(slash))
            });
            lines.map(|(first, rest)| row(&first, rest)).collect()
        }
        // A picture only repeats numbers that stand elsewhere.
        Block::Charts(_) => Vec::new(),
    }
}
