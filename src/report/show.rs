//! Everything known about the plan, one entry or one indicator: what it is, how it stands, its history, its sources.

mod entry;
mod indicator;
mod overview;

use serde_json::{Map, Value as Json, json};

use crate::lang::Lang;
use crate::plan::period::date_text;
use crate::plan::source::Origin;
use crate::plan::{Plan, Subject};
use crate::query::AsOf;
use crate::query::history::Event;
use crate::query::status::Status;
use crate::tr;

use super::{Report, heading, json as numbers, log, words};
use crate::document::{Block, Cell, Column, Document, Line, Row, Section, Table};

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
    /// How things stand, one for each scale and evaluator that has said anything of the entry.
    pub standings: Vec<Status<'p>>,
    /// Tells in which file and line something was read.
    pub lines: Lines<'p>,
}

/// Tells in which file and line something was read.
pub struct Lines<'p>(pub Box<dyn Fn(Origin) -> String + 'p>);

impl std::fmt::Debug for Lines<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Lines")
    }
}

/// Names and what they stand for.
type Fields = Vec<(String, Line)>;

impl Report for ShowReport<'_> {
    fn document(&self, lang: Lang) -> Document {
        let mut document = self.described(lang);
        document.lead.extend(heading::cautions(self.plan, lang));
        if let Some(subject) = self.subject {
            document.sections.push(self.history(subject, lang));
        }
        document
    }

    fn of(&self) -> Option<&Plan> {
        Some(self.plan)
    }

    fn table(&self, lang: Lang) -> Table {
        let titles = [("見出し", "Section"), ("項目", "Field"), ("内容", "Value")];
        let mut columns: Vec<Column> = titles.map(|(ja, en)| Column::left(lang.pick(ja, en))).into();
        let sections = self.described(lang).sections.into_iter();
        let rows = sections.flat_map(|section| {
            let heading = section.heading.unwrap_or_default();
            section.blocks.into_iter().flat_map(move |block| flat(&heading, block, lang))
        });
        let history = |event: &Event<'_>| {
            let section = [Cell::text(history_heading(lang)), Cell::default(), Cell::default()];
            Row::new(section.into_iter().chain(log::machine::cells(self.plan, event, lang)).collect())
        };
        let rows = rows.chain(self.events.iter().map(history)).collect();
        // What a record says stands in columns of its own, behind those of everything else.
        columns.extend(self.subject.map(|_| log::machine::columns(lang)).into_iter().flatten());
        Table { columns, rows, ..Table::default() }
    }

    fn json(&self) -> Json {
        let (key, mut map) = match self.subject {
            None => ("overview", overview::json(self)),
            Some(Subject::Entry(place)) => ("entry", entry::json(self, &self.plan.entries[place])),
            Some(Subject::Indicator(place)) => ("indicator", indicator::json(self, &self.plan.indicators[place])),
        };
        if self.subject.is_some() {
            let events: Vec<Json> = self.events.iter().map(|e| log::machine::json(self.plan, e)).collect();
            map.insert("records".into(), events.into());
        }
        json!({ "schema": 1, "plan": numbers::plan(self.plan), "as_of": numbers::as_of(self.as_of), key: map })
    }
}

impl ShowReport<'_> {
    /// Everything but the records.
    fn described(&self, lang: Lang) -> Document {
        match self.subject {
            None => overview::document(self, lang),
            Some(Subject::Entry(place)) => entry::document(self, place, lang),
            Some(Subject::Indicator(place)) => indicator::document(self, &self.plan.indicators[place], lang),
        }
    }

    /// A document with its title, and whose plan as of when.
    fn titled(&self, title: String, lang: Lang) -> Document {
        let (period, date) = (self.as_of.period.long(lang), date_text(self.as_of.date, lang));
        let as_of = tr!(lang, "{period}（{date} 現在）", "{period} (as of {date})");
        Document {
            title,
            lead: vec![format!("{}{}{as_of}", self.plan.head.name, lang.pick("　", ", "))],
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
            (lang.pick("資料", "Source").into(), words::source(self.plan, origin.source).unwrap_or_default().into()),
            (lang.pick("確かさ", "Certainty").into(), origin.certainty.mark(lang).into()),
            (lang.pick("記載場所", "Written in").into(), (self.lines.0)(origin).into()),
        ];
        fields.extend(notes.iter().map(|note| (lang.pick("注", "Note").to_owned(), Line::from(&**note))));
        fields
    }

    fn provenance_json(&self, origin: Origin) -> Json {
        json!({
            "written_in": (self.lines.0)(origin),
            "source": words::source(self.plan, origin.source),
            "certainty": origin.certainty,
        })
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

fn into_map(value: Json) -> Map<String, Json> {
    match value {
        Json::Object(map) => map,
        _ => Map::new(),
    }
}

/// The rows that a block becomes in a table of section, field and value.
fn flat(heading: &str, block: Block, lang: Lang) -> Vec<Row> {
    let (colon, slash) = lang.pick(("：", "／"), (": ", "; "));
    let row = |field: &str, value: String| Row::new(vec![Cell::text(heading), Cell::text(field), Cell::text(value)]);
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
