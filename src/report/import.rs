//! What an imported list brings.

use serde::Serialize;
use serde_json::Value as Json;

use crate::document::{Block, Cell, Document, Line as Words, Section, Table, Type, column};
use crate::inquiry::import::{History, Line, NewEntry};
use crate::inquiry::spot::{Class, Stray};
use crate::lang::Lang;
use crate::plan::Plan;
use crate::plan::id::Id;
use crate::report::json::{ByKey, PlanJson, SayJson, Version, tree};
use crate::report::{Report, heading};
use crate::text::terms;
use crate::tr;
use crate::wording::none;

/// What an imported list brings.
#[derive(Debug)]
pub struct ImportReport<'p> {
    /// The plan with the new entries.
    pub plan: &'p Plan,
    /// The new entries.
    pub entries: &'p [NewEntry],
    /// What the list says, row by row and cell by cell.
    pub history: &'p History,
}

/// The classes of rows, in the order they are shown.
const ROWS: [Class; 6] =
    [Class::Changed, Class::Unchanged, Class::Conflict, Class::Unlikely, Class::Invalid, Class::LeftOut];

/// The classes of rows in a word: a row is taken as a whole.
fn class_of_row(class: Class, lang: Lang) -> &'static str {
    match class {
        Class::Changed => lang.pick("取り込む", "taken"),
        other => other.name(lang),
    }
}

impl<'p> Report for ImportReport<'p> {
    fn document(&self, lang: Lang) -> Document {
        let mut document = heading::document(self.plan, lang.pick("一覧の取込み", "import of a list"), None, lang);
        let counts = ROWS.map(|class| format!("{} {}", class_of_row(class, lang), self.history.count(class)));
        let (rows, counts) = (self.history.rows.len(), counts.join(lang.pick("、", ", ")));
        document.lead.insert(0, tr!(lang, "読んだ行 {rows}（{counts}）", "rows read: {rows} ({counts})").into());
        if !self.entries.is_empty() {
            let entries = self.entries.iter().map(|entry| Words::from(format!("{} {}", entry.id, entry.name)));
            let heading = tr!(lang, "加える項目（{}）", "new entries ({})", self.entries.len());
            document.sections.push(Section::new(heading, vec![Block::List(entries.collect())]));
        }
        if !self.history.lines.is_empty() {
            let heading = lang.pick("一覧にある内容", "What the list says");
            document.sections.push(Section::new(heading, vec![Block::Table(self.table(lang))]));
        }
        if !self.history.left_out.is_empty() {
            let line = |stray: &Stray| format!("{}{}{}", stray.spot, lang.pick("：", ": "), stray.reason.text(lang));
            let lines = self.history.left_out.iter().map(|stray| Words::from(line(stray)));
            let heading = lang.pick("読まなかったもの", "Not read");
            document.sections.push(Section::new(heading, vec![Block::List(lines.collect())]));
        }
        document
    }

    fn table(&self, lang: Lang) -> Table {
        let columns = [
            column("id", terms::ID.titles(), Type::Id, |line: &&Line, _| Cell::text(&line.id)),
            column("question", ("キー", "Key"), Type::Id, |line, at| {
                Cell::text(line.field.as_ref().map_or_else(|| none(at.lang).to_owned(), ToString::to_string))
            }),
            column("recorded", ("今の記録", "Recorded"), Type::Text, |line, at| value(&line.recorded, at.lang)),
            column("reply", ("一覧", "List"), Type::Text, |line, at| value(&line.listed, at.lang)),
            column("class", ("区分", "Class"), Type::Grade, |line, at| {
                Cell::text(line.class.name(at.lang)).toned(line.class.tone())
            }),
            column("reading", ("場所と読み方", "Where, and how it was read"), Type::Text, |line, at| {
                let notes = line.notes.iter().map(|note| note.text(at.lang).to_owned());
                Cell::text(std::iter::once(line.spot.to_string()).chain(notes).collect::<Vec<_>>().join("\n"))
            }),
        ];
        Table::build(&columns, &self.history.lines, lang)
    }

    fn reported_plan(&self) -> Option<&Plan> {
        Some(self.plan)
    }

    fn json(&self) -> Json {
        let line = |line: &'p Line| CellJson {
            id: &line.id,
            question: line.field.as_ref().map(ToString::to_string),
            class: line.class.key(),
            recorded: line.recorded.as_deref(),
            reply: line.listed.as_deref(),
            at: line.spot.to_string(),
            readings: line.notes.iter().map(Into::into).collect(),
        };
        let entry =
            |entry: &'p NewEntry| NewEntryJson { id: &entry.id, name: &entry.name, owner: entry.owner.as_deref() };
        let left_out =
            |stray: &'p Stray| LeftOutJson { at: stray.spot.to_string(), reason: SayJson::from(&stray.reason) };
        tree(&ImportJson {
            schema: Version,
            plan: self.plan.into(),
            entries: self.entries.iter().map(entry).collect(),
            counts: ROWS.iter().map(|class| (class.key(), self.history.count(*class))).collect(),
            rows: self.history.lines.iter().map(line).collect(),
            left_out: self.history.left_out.iter().map(left_out).collect(),
        })
    }
}

fn value(text: &Option<String>, lang: Lang) -> Cell {
    Cell::text(text.as_deref().unwrap_or(none(lang)))
}

/// 一覧の取込み || What an imported list brings
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ImportJson<'p> {
    /// 形式の版 || The version of this form
    schema: Version,
    /// 計画 || The plan
    plan: PlanJson<'p>,
    /// 加える項目 || The new entries
    entries: Vec<NewEntryJson<'p>>,
    /// 区分ごとの行の数 || How many rows are in which class
    counts: ByKey<usize>,
    /// 一覧の内容。セルごと || What the list says, cell by cell
    rows: Vec<CellJson<'p>>,
    /// 読まなかったもの || What of the list is not read
    left_out: Vec<LeftOutJson<'p>>,
}

/// 読まなかったもの || Something in the list that is not read
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct LeftOutJson<'p> {
    /// 場所 || Where it stands
    at: String,
    /// 理由 || Why
    reason: SayJson<'p>,
}

/// 加える項目 || A new entry
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct NewEntryJson<'p> {
    /// 番号 || Its id
    id: &'p Id,
    /// 名称 || Its name
    name: &'p str,
    /// 所管課（一覧のとおり） || Its owner, as the list writes it
    owner: Option<&'p str>,
}

/// 一覧のセル || A cell of the list
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct CellJson<'p> {
    /// 番号（一覧のとおり） || The entry or indicator, as the list writes it
    id: &'p str,
    /// どのキーか。行全体なら null || Which key of it; null for the row as a whole
    question: Option<String>,
    /// 区分：changed 変更、conflict 衝突、unlikely 確認が必要、invalid 読めない、left_out 取り込まない、unchanged 変更なし || Its class: changed, conflict, unlikely, invalid, left_out, unchanged
    class: &'static str,
    /// 今の記録 || What is recorded already
    recorded: Option<&'p str>,
    /// 一覧の内容 || What the list says
    reply: Option<&'p str>,
    /// 場所 || Where it stands
    at: String,
    /// 読み方 || How it was read
    readings: Vec<SayJson<'p>>,
}
