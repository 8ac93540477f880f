//! What a table of minutes brings, row by row.

use serde::Serialize;
use serde_json::Value as Json;

use crate::document::{Block, Cell, Document, Line, Section, Table, Type, column};
use crate::inquiry::spot::{Class, Spot, Stray};
use crate::lang::{Lang, Say};
use crate::plan::Plan;
use crate::report::json::{PlanJson, SayJson, Version, tree};
use crate::report::{Report, heading};
use crate::text::terms;
use crate::tr;

/// What becomes of a row of minutes.
#[derive(Debug, Clone)]
pub struct ImportedRow {
    /// The number of the opinion, as far as it has one.
    pub number: String,
    /// What was said.
    pub text: String,
    /// What becomes of it.
    pub class: Class,
    /// The blocks that it becomes.
    pub blocks: Vec<String>,
    /// Where it stands.
    pub spot: Spot,
    /// Why it cannot be taken.
    pub reasons: Vec<Say>,
    /// Liberties taken in reading it.
    pub notes: Vec<Say>,
}

/// What a table of minutes brings.
#[derive(Debug)]
pub struct OpinionsImportReport<'p> {
    /// The plan.
    pub plan: &'p Plan,
    /// The rows, in their order.
    pub rows: &'p [ImportedRow],
    /// What was not read.
    pub strays: &'p [Stray],
}

/// The classes of rows, in the order they are counted.
const ROWS: [Class; 3] = [Class::Changed, Class::Unchanged, Class::Invalid];

fn class(class: Class, lang: Lang) -> &'static str {
    match class {
        Class::Changed => lang.pick("取り込む", "taken"),
        other => other.name(lang),
    }
}

impl Report for OpinionsImportReport<'_> {
    fn document(&self, lang: Lang) -> Document {
        let mut document = heading::document(self.plan, lang.pick("意見の取込み", "import of opinions"), None, lang);
        let count = |wanted: Class| self.rows.iter().filter(|row| row.class == wanted).count();
        let counts = ROWS.map(|wanted| format!("{} {}", class(wanted, lang), count(wanted)));
        let (rows, counts) = (self.rows.len(), counts.join(lang.pick("、", ", ")));
        document.lead.insert(0, tr!(lang, "読んだ行 {rows}（{counts}）", "rows read: {rows} ({counts})").into());
        document.sections.push(Section::plain(vec![Block::Table(self.table(lang))]));
        if !self.strays.is_empty() {
            let line = |stray: &Stray| format!("{}{}{}", stray.spot, lang.pick("：", ": "), stray.reason.text(lang));
            let lines = self.strays.iter().map(|stray| Line::from(line(stray))).collect();
            document.sections.push(Section::new(lang.pick("読まなかったもの", "Not read"), vec![Block::List(lines)]));
        }
        document
    }

    fn table(&self, lang: Lang) -> Table {
        let columns = [
            column("number", terms::ID.titles(), Type::Id, |row: &&ImportedRow, _| Cell::text(&row.number)),
            column("opinion", ("内容", "What was said"), Type::Text, |row, _| Cell::text(&row.text)),
            column("class", ("区分", "Class"), Type::Grade, |row, at| {
                Cell::text(class(row.class, at.lang)).toned(row.class.tone())
            }),
            column("reading", ("場所と読み方", "Where, and how it was read"), Type::Text, |row, at| {
                let notes = row.reasons.iter().chain(&row.notes).map(|note| note.text(at.lang).to_owned());
                Cell::text(std::iter::once(row.spot.to_string()).chain(notes).collect::<Vec<_>>().join("\n"))
            }),
        ];
        Table::build(&columns, self.rows, lang)
    }

    fn json(&self) -> Json {
        fn row(row: &ImportedRow) -> RowJson<'_> {
            RowJson {
                number: row.number.clone(),
                opinion: row.text.clone(),
                class: row.class.key(),
                spot: row.spot.to_string(),
                reasons: row.reasons.iter().map(Into::into).collect(),
                notes: row.notes.iter().map(Into::into).collect(),
            }
        }
        fn left(stray: &Stray) -> LeftJson<'_> {
            LeftJson { spot: stray.spot.to_string(), reason: (&stray.reason).into() }
        }
        tree(&OpinionsImportJson {
            schema: Version,
            plan: self.plan.into(),
            rows: self.rows.iter().map(row).collect(),
            left_out: self.strays.iter().map(left).collect(),
        })
    }
}

/// 取り込んだ意見の表 || What a table of minutes brings
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct OpinionsImportJson<'p> {
    /// 形式の版 || The version of this form
    schema: Version,
    /// 計画 || The plan
    plan: PlanJson<'p>,
    /// 行 || The rows
    rows: Vec<RowJson<'p>>,
    /// 読まなかったもの || What was not read
    left_out: Vec<LeftJson<'p>>,
}

/// 行 || A row
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct RowJson<'p> {
    /// 意見の番号 || The number of the opinion
    number: String,
    /// 意見の内容 || What was said
    opinion: String,
    /// 区分：changed 取り込む、unchanged 変更なし、invalid 読めない || Class: changed, unchanged, invalid
    class: &'static str,
    /// ファイル、シート、セル || File, sheet and cell
    spot: String,
    /// 取り込めない理由 || Why it cannot be taken
    reasons: Vec<SayJson<'p>>,
    /// 読み方 || How it was read
    notes: Vec<SayJson<'p>>,
}

/// 読まなかったもの || What was not read
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct LeftJson<'p> {
    /// ファイル、シート、セル || File, sheet and cell
    spot: String,
    /// 理由 || Why
    reason: SayJson<'p>,
}
