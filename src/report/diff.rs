//! 新旧対照表: what changed between two revisions.

mod machine;
mod rows;
mod words;

use serde_json::Value as Json;

use super::Report;
use crate::diff::change::Change;
use crate::diff::field::Topic;
use crate::diff::files::FileChange;
use crate::document::{Block, Cell, Document, Line, Section, Table, Tone, Type, column};
use crate::lang::Lang;
use crate::plan::Plan;
use crate::plan::id::Id;
use crate::plan::period::date_text;
use crate::source::Snapshot;
use crate::text::safe::one_line;
use crate::text::terms;
use crate::tr;
pub use machine::{ChangeJson, DiffJson, change_json, field};
pub use rows::{DiffRow, row};

/// One of the two revisions, as the report names it.
#[derive(Debug, Clone, Copy)]
pub struct Side<'p> {
    /// What the user calls it: `HEAD`, a folder, or the files as they are.
    pub label: &'p str,
    /// The plan, where it could be read.
    pub plan: Option<&'p Plan>,
    /// Its files.
    pub snapshot: &'p Snapshot,
}

impl Side<'_> {
    /// What the user calls it, and which commit that is.
    fn title(&self, lang: Lang) -> String {
        let label = one_line(self.label);
        match self.plan.and_then(|plan| plan.revision.as_ref()) {
            Some(revision) => {
                let (id, date) = (revision.short(), date_text(revision.date, lang));
                tr!(lang, "{label}（{id}、{date}）", "{label} ({id}, {date})")
            }
            None => label,
        }
    }

    /// A place in the plan's folder as the user would write it.
    pub fn place(&self, place: &str) -> String {
        self.snapshot.shown_root.join(place).to_string_lossy().replace('\\', "/")
    }
}

/// How much of the changes is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Detail {
    /// Everything: the 新旧対照表.
    #[default]
    Full,
    /// One line for each change.
    Summary,
    /// How many changes of which kind.
    Counts,
    /// The table alone, without a head: `git diff` has one of its own.
    Rows,
}

/// What changed between two revisions.
#[derive(Debug)]
pub struct DiffReport<'p> {
    /// The old revision.
    pub old: Side<'p>,
    /// The new one.
    pub new: Side<'p>,
    /// Those changes of the plan that were asked for, the most important first.
    pub changes: Vec<Change<'p>>,
    /// Changes of the files alone.
    pub files: Vec<FileChange<'p>>,
    /// Entries that were probably renumbered.
    pub probable: Vec<(&'p Id, &'p Id)>,
    /// How much of the changes is shown.
    pub detail: Detail,
}

impl DiffReport<'_> {
    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.files.is_empty()
    }

    /// Finds the file and line of a change in both revisions; a change of a register stands somewhere in its file.
    fn places(&self, change: &Change<'_>) -> [Option<String>; 2] {
        let origins = change.origins();
        [(&self.old, origins[0]), (&self.new, origins[1])].map(|(side, origin)| {
            let origin = origin.filter(|origin| *origin != crate::plan::source::Origin::default())?;
            let (line, _) = side.snapshot.line_column(origin.file as usize, origin.offset as usize);
            Some(format!("{}:{line}", side.snapshot.shown_path(origin.file as usize)))
        })
    }

    fn lead(&self, lang: Lang) -> Vec<String> {
        let (old, new) = (self.old.title(lang), self.new.title(lang));
        let count = self.changes.len() + self.files.len();
        let changes = if count == 1 { "change" } else { "changes" };
        vec![
            tr!(lang, "旧：{old}", "Old: {old}"),
            tr!(lang, "新：{new}", "New: {new}"),
            tr!(lang, "変更 {count}件", "{count} {changes}"),
        ]
    }

    fn suggestions(&self, lang: Lang) -> Option<Block> {
        let line = |(old, new): &(&Id, &Id)| {
            Line::from(tr!(
                lang,
                "{old} は {new} に番号が変わっただけではありませんか。そうなら [{new}] に formerly = [\"{old}\"] と書いてください",
                "{old} looks like {new} renumbered; if it is, write formerly = [\"{old}\"] under [{new}]"
            ))
        };
        (!self.probable.is_empty()).then(|| Block::List(self.probable.iter().map(line).collect()))
    }
}

impl Report for DiffReport<'_> {
    fn document(&self, lang: Lang) -> Document {
        let name = self.new.plan.or(self.old.plan).map(|plan| plan.head.name.to_string());
        let title = name.into_iter().chain([lang.pick("新旧対照表", "what changed").to_owned()]);
        let mut document =
            Document { title: title.collect::<Vec<_>>().join(lang.pick("　", ": ")), ..Document::default() };
        let caution = self.reported_plan().and_then(|plan| super::heading::fictional(plan, lang));
        document.lead = caution.into_iter().chain(self.lead(lang)).map(Line::from).collect();
        let rows = rows::rows(self, lang);
        if self.detail == Detail::Rows {
            document = Document::default();
        }
        match self.detail {
            Detail::Counts => document.sections.push(counts(&rows, lang)),
            _ => {
                for topic in Topic::ALL {
                    let own: Vec<&DiffRow> = rows.iter().filter(|row| row.topic == *topic).collect();
                    document.sections.extend(section(*topic, &own, self.detail, lang));
                }
            }
        }
        if rows.is_empty() {
            let nothing = lang.pick("違いはありません。", "Nothing changed.");
            document.sections.push(Section { blocks: vec![Block::Text(nothing.into())], ..Section::default() });
        }
        if let Some(block) = self.suggestions(lang) {
            document
                .sections
                .push(Section::new(lang.pick("番号の変更と思われるもの", "Probably renumbered"), vec![block]));
        }
        document
    }

    fn table(&self, lang: Lang) -> Table {
        machine::table(self, lang)
    }

    fn reported_plan(&self) -> Option<&Plan> {
        self.new.plan.or(self.old.plan)
    }

    fn json(&self) -> Json {
        machine::json(self)
    }
}

fn section(topic: Topic, rows: &[&DiffRow], detail: Detail, lang: Lang) -> Option<Section> {
    if rows.is_empty() {
        return None;
    }
    let block = if detail == Detail::Summary {
        Block::List(rows.iter().map(|row| Line::from(summary(row, lang))).collect())
    } else {
        Block::Table(comparison(rows, lang))
    };
    let count = rows.len();
    let heading = tr!(lang, "{}（{count}件）", "{} ({count})", topic.name(lang));
    Some(Section::new(heading, vec![block]))
}

/// 旧 and 新 side by side, with the reason.
fn comparison(rows: &[&DiffRow], lang: Lang) -> Table {
    let columns = [
        column("what", terms::FIELD.titles(), Type::Text, |row: &&DiffRow, _| {
            let what = what(row).into_iter().chain([row.happened.as_str()]).filter(|text| !text.is_empty());
            let tone = if row.kind == "lowered" { Tone::Warn } else { Tone::Plain };
            Cell::text(what.collect::<Vec<_>>().join("\n")).toned(tone)
        })
        .weighing(28),
        column("old", terms::OLD.titles(), Type::Text, |row: &&DiffRow, at| match &row.marked {
            Some([old, _]) => Cell::marked(old.clone()),
            None => side(&row.old, at.lang),
        })
        .weighing(27),
        column("new", terms::NEW.titles(), Type::Text, |row: &&DiffRow, at| {
            let new = match &row.marked {
                Some([_, new]) => Cell::marked(new.clone()),
                None => side(&row.new, at.lang),
            };
            if row.effect.is_empty() { new } else { new.more(&format!("\n{}", row.effect)) }
        })
        .weighing(27),
        column("reason", terms::REASON.titles(), Type::Text, |row: &&DiffRow, _| Cell::text(&row.reason)).weighing(18),
    ];
    Table::build(&columns, rows.iter().copied(), lang)
}

/// A value, or that there is none.
fn side(text: &str, lang: Lang) -> Cell {
    Cell::text(if text.is_empty() { crate::wording::none(lang) } else { text })
}

/// What changed, and which part of it, unless the change says that already: a name that became another.
fn what(row: &DiffRow) -> [&str; 2] {
    let is_evident = row.is_own_name && row.kind == "renamed";
    [&row.name, if is_evident { "" } else { &row.field }]
}

/// One line for a change.
fn summary(row: &DiffRow, lang: Lang) -> String {
    // What was merged or split is listed whole, of anything else only the first line.
    let count = if matches!(row.kind, "merged" | "split") { usize::MAX } else { 1 };
    let first = |text: &str| text.lines().take(count).collect::<Vec<_>>().join(lang.pick("、", ", "));
    let what = what(row).into_iter().filter(|text| !text.is_empty());
    let what = what.collect::<Vec<_>>().join(lang.pick("・", ", "));
    let (old, new) = (first(&row.old), first(&row.new));
    let change = match (old.is_empty(), new.is_empty()) {
        (true, true) => String::new(),
        _ => {
            let none = crate::wording::none(lang);
            let or_none = |text: String| if text.is_empty() { none.to_owned() } else { text };
            format!("{}{}→{}", lang.pick("：", ": "), or_none(old), or_none(new))
        }
    };
    let happened = &row.happened;
    tr!(lang, "【{happened}】{what}{change}", "[{happened}] {what}{change}")
}

/// How many changes of which kind.
fn counts(rows: &[DiffRow], lang: Lang) -> Section {
    let mut counted: Vec<(Topic, &str, usize)> = Vec::new();
    for row in rows {
        match counted.iter_mut().find(|(topic, happened, _)| (*topic, *happened) == (row.topic, &*row.happened)) {
            Some((.., count)) => *count += 1,
            None => counted.push((row.topic, &row.happened, 1)),
        }
    }
    let columns = [
        column("topic", ("区分", "Topic"), Type::Text, |(topic, ..): &(Topic, &str, usize), at| {
            Cell::text(topic.name(at.lang))
        }),
        column("change", ("変更", "Change"), Type::Text, |(_, happened, _), _| Cell::text(*happened)),
        column("count", terms::COUNT.titles(), Type::Integer, |(.., n), _| Cell::number(*n as u64, n.to_string())),
    ];
    let table = Table::build(&columns, counted, lang);
    let blocks = if rows.is_empty() { Vec::new() } else { vec![Block::Table(table)] };
    Section { blocks, ..Section::default() }
}
