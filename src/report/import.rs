//! What an imported list brings.

use serde_json::{Value as Json, json};

use crate::document::{Block, Cell, Column, Document, Line as Words, Row, Section, Table};
use crate::inquiry::import::{Line, NewEntry};
use crate::lang::Lang;
use crate::plan::Plan;
use crate::report::inquiry::CLASSES;
use crate::report::words::none;
use crate::report::{Report, heading, json as numbers};
use crate::tr;

/// What an imported list brings.
#[derive(Debug)]
pub struct ImportReport<'p> {
    /// The plan with the new entries.
    pub plan: &'p Plan,
    /// The new entries.
    pub entries: &'p [NewEntry],
    /// What the list says, cell by cell.
    pub lines: &'p [Line],
}

impl Report for ImportReport<'_> {
    fn document(&self, lang: Lang) -> Document {
        let mut document = heading::document(self.plan, lang.pick("一覧の取込み", "import of a list"), None, lang);
        let count = |class| self.lines.iter().filter(|line| line.class == class).count();
        let counts = CLASSES.map(|class| format!("{} {}", class.name(lang), count(class)));
        document.lead.insert(0, counts.join(lang.pick("、", ", ")));
        if !self.entries.is_empty() {
            let entries = self.entries.iter().map(|entry| Words::from(format!("{} {}", entry.id, entry.name)));
            let heading = tr!(lang, "加える項目（{}）", "new entries ({})", self.entries.len());
            document.sections.push(Section::new(heading, vec![Block::List(entries.collect())]));
        }
        if !self.lines.is_empty() {
            let heading = lang.pick("一覧にある内容", "What the list says");
            document.sections.push(Section::new(heading, vec![Block::Table(self.table(lang))]));
        }
        document
    }

    fn table(&self, lang: Lang) -> Table {
        let names = [
            lang.pick("番号", "Id"),
            lang.pick("キー", "Key"),
            lang.pick("今の記録", "Recorded"),
            lang.pick("一覧", "List"),
            lang.pick("区分", "Class"),
            lang.pick("場所と読み方", "Where, and how it was read"),
        ];
        let row = |line: &Line| {
            let text = |text: &Option<String>| Cell::text(text.as_deref().unwrap_or(none(lang)));
            let notes = line.notes.iter().map(|note| note.text(lang).to_owned());
            let said: Vec<String> = std::iter::once(line.spot.to_string()).chain(notes).collect();
            Row::new(vec![
                Cell::text(&line.id),
                Cell::text(line.field.as_ref().map_or_else(|| none(lang).to_owned(), ToString::to_string)),
                text(&line.recorded),
                text(&line.said),
                Cell::text(line.class.name(lang)).toned(line.class.tone()),
                Cell::text(said.join("\n")),
            ])
        };
        let rows = self.lines.iter().map(row).collect();
        Table { columns: names.map(Column::left).into(), rows, ..Table::default() }
    }

    fn of(&self) -> Option<&Plan> {
        Some(self.plan)
    }

    fn json(&self) -> Json {
        let entry = |entry: &NewEntry| json!({ "id": entry.id.as_str(), "name": entry.name, "owner": entry.owner });
        let line = |line: &Line| {
            json!({
                "id": line.id,
                "question": line.field.as_ref().map(ToString::to_string),
                "class": line.class.key(),
                "recorded": line.recorded,
                "reply": line.said,
                "at": line.spot.to_string(),
                "readings": line.notes.iter().map(|note| json!({ "ja": note.ja, "en": note.en })).collect::<Vec<_>>(),
            })
        };
        json!({
            "schema": 1,
            "plan": numbers::plan(self.plan),
            "entries": self.entries.iter().map(entry).collect::<Vec<_>>(),
            "rows": self.lines.iter().map(line).collect::<Vec<_>>(),
        })
    }
}
