//! What an imported list brings.

mod columns;
mod json;

use serde_json::Value as Json;

pub use self::json::ImportJson;

use crate::document::{Block, Cell, Document, Line as Words, Section, Table, Type, column};
use crate::inquiry::import::{Brought, History, Line, NewIndicator, way_name};
use crate::inquiry::spot::{Class, Stray};
use crate::lang::{Lang, plural};
use crate::plan::Plan;
use crate::plan::inquiry::Aspect;
use crate::report::{Report, heading};
use crate::text::terms;
use crate::tr;
use crate::wording::none;
use crate::workbook::Book;

/// What an imported list brings.
#[derive(Debug)]
pub struct ImportReport<'p> {
    /// The plan with what is new.
    pub plan: &'p Plan,
    /// The workbook of the list.
    pub book: &'p Book,
    /// What the list adds to its definition.
    pub brought: &'p Brought<'p>,
    /// What the list says, row by row and cell by cell.
    pub history: &'p History,
    /// Whether the columns were found, and nobody has agreed to them yet.
    pub proposed: bool,
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

impl Report for ImportReport<'_> {
    fn document(&self, lang: Lang) -> Document {
        let mut document = heading::document(self.plan, lang.pick("一覧の取込み", "import of a list"), None, lang);
        let counts = ROWS.map(|class| format!("{} {}", class_of_row(class, lang), self.history.count(class)));
        let (rows, counts) = (self.history.rows.len(), counts.join(lang.pick("、", ", ")));
        document.lead.insert(0, tr!(lang, "読んだ行 {rows}（{counts}）", "rows read: {rows} ({counts})").into());
        if let (true, Some((found, _))) = (self.proposed, &self.brought.levelled) {
            let heading = lang.pick("列の読み方", "How the columns are read");
            document.sections.push(Section::new(heading, vec![Block::List(columns::columns(self, found, lang))]));
        }
        let entries = self.brought.entries.iter();
        let entries = entries.map(|entry| Words::from(format!("{} {}", entry.id, entry.name))).collect::<Vec<_>>();
        let indicators =
            self.brought.indicators.iter().map(|one| Words::from(indicator(one, lang))).collect::<Vec<_>>();
        let owners = self.brought.owners.iter().map(|owner| Words::from(owner.name.clone())).collect::<Vec<_>>();
        for (ja, en, lines) in [
            ("加える項目", "new entries", entries),
            ("加える指標", "new indicators", indicators),
            ("加える所管課", "new owners", owners),
        ] {
            if !lines.is_empty() {
                let heading = tr!(lang, "{ja}（{}）", "{en} ({})", lines.len());
                document.sections.push(Section::new(heading, vec![Block::List(lines)]));
            }
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
            column("question", ("欄", "Field"), Type::Text, |line, at| {
                let label = line.label.as_ref().map(|label| label.text(at.lang).to_owned());
                Cell::text(label.unwrap_or_else(|| none(at.lang).to_owned()))
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
        json::json(self)
    }
}

impl ImportReport<'_> {
    /// How many entries, indicators, owners and records are written.
    pub fn counts(&self, lang: Lang) -> String {
        let Brought { entries, indicators, owners, .. } = self.brought;
        let (entries, records) = (entries.len(), self.history.records.len());
        let mut parts = vec![match lang {
            Lang::Ja => format!("項目 {entries} 件"),
            Lang::En => plural(entries, "entry", "entries"),
        }];
        let others = [(indicators.len(), terms::INDICATOR_SHORT, "indicators"), (owners.len(), terms::OWNER, "owners")];
        parts.extend(others.into_iter().filter(|(count, ..)| *count > 0).map(|(count, term, many)| match lang {
            Lang::Ja => format!("{} {count} 件", term.word(lang)),
            Lang::En => plural(count, term.word(lang), many),
        }));
        let all = parts.join(lang.pick("、", ", "));
        match lang {
            Lang::Ja => format!("{all}と記録 {records} 件"),
            Lang::En => format!("{all} and {}", plural(records, "record", "records")),
        }
    }

    /// Why there is nothing to be written.
    pub fn nothing(&self, lang: Lang) -> String {
        let History { rows, .. } = self.history;
        let counted = |class: Class| (class_of_row(class, lang), self.history.count(class));
        let why: Vec<String> = ROWS
            .into_iter()
            .map(counted)
            .filter(|(_, count)| *count > 0)
            .map(|(name, count)| tr!(lang, "{name} {count} 行", "{name}: {count}"))
            .collect();
        let why = why.join(lang.pick("、", ", "));
        match rows.is_empty() {
            true => lang
                .pick(
                    "見出しの下に行がないので、書き込むものはありません。",
                    "There are no rows under the headings, so there is nothing to be written.",
                )
                .to_owned(),
            false => tr!(
                lang,
                "新しいものがないので、何も書き込みません（{why}）。",
                "Nothing is new, so nothing is written ({why})."
            ),
        }
    }
}

/// An indicator in one line: where it goes, and who says so.
fn indicator(one: &NewIndicator, lang: Lang) -> String {
    let of = |wanted: Aspect| {
        let mut all: Vec<_> = one.values.iter().filter(|((aspect, _), _)| *aspect == wanted).collect();
        all.sort_by_key(|((_, period), _)| period.last_day());
        let shown = all.iter().map(|((_, period), listed)| format!("{} {}", period.tag(lang), listed.written));
        shown.collect::<Vec<_>>().join(lang.pick("、", ", "))
    };
    let (baseline, target) = (of(Aspect::Baseline), of(Aspect::Target));
    let target = match target.is_empty() {
        true => lang.pick("目標値なし", "no target").to_owned(),
        false => tr!(lang, "{target}", "to {target}"),
    };
    let entry = one.entry.as_ref().map_or_else(|| terms::WHOLE_PLAN.word(lang).to_owned(), ToString::to_string);
    let (name, unit, way) = (&one.name, &one.unit, way_name(one.way.kind, lang));
    let inferred = if one.way.is_stated {
        ""
    } else {
        lang.pick("。向きは基準値と目標値からの推定", "; inferred")
    };
    let from = if baseline.is_empty() { String::new() } else { tr!(lang, "{baseline} から ", "from {baseline} ") };
    tr!(
        lang,
        "{name}（{unit}、{entry}）：{from}{target}。{way}{inferred}",
        "{name} ({unit}, {entry}): {from}{target}; {way}{inferred}"
    )
}

fn value(text: &Option<String>, lang: Lang) -> Cell {
    Cell::text(text.as_deref().unwrap_or(none(lang)))
}
