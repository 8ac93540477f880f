//! What came of an export: how many plans were written, and which were not, and why.

use crate::document::{Block, Cell, Document, Section, Table, Tone, Type, column};
use crate::failure::Failure;
use crate::lang::Lang;
use crate::tr;

/// What came of an export.
#[derive(Debug)]
pub struct ExportReport {
    /// The folder of the dataset, as the user knows it.
    pub folder: String,
    /// Every plan, in the order it was named.
    pub plans: Vec<Exported>,
    /// How many partitions are there of plans that were not asked for.
    pub strangers: usize,
    /// The plans, as CITY/ID, that a run which was stopped had left half done, and that are in the dataset no more.
    pub cleared: Vec<String>,
}

/// A plan that was to be exported.
#[derive(Debug)]
pub struct Exported {
    /// The plan, as the user knows it.
    pub plan: String,
    /// What came of it.
    pub outcome: Outcome,
    /// What an earlier run wrote of it and still stands, where nothing came of it now.
    pub stands: Option<Standing>,
}

/// What an earlier run wrote of a plan.
#[derive(Debug, Clone)]
pub struct Standing {
    /// As of which day.
    pub as_of: String,
    /// The commit that was read, shortened; `None` for files as they were.
    pub commit: Option<String>,
}

impl Standing {
    fn text(&self, lang: Lang) -> String {
        let Self { as_of, commit } = self;
        match commit {
            None => tr!(lang, "{as_of} 現在の分", "as of {as_of}"),
            Some(commit) => tr!(lang, "{as_of} 現在の分（{commit}）", "as of {as_of} ({commit})"),
        }
    }
}

/// What came of a plan.
#[derive(Debug, Clone)]
pub enum Outcome {
    /// It was written.
    Written(Volume),
    /// It was there already.
    Unchanged(Volume),
    /// Nothing came of it.
    Failed(Failure),
}

/// How much a plan is in the dataset.
#[derive(Debug, Clone, Copy, Default)]
pub struct Volume {
    /// The rows of all tables.
    pub rows: usize,
    /// The bytes of all files.
    pub bytes: usize,
}

impl ExportReport {
    /// Whether any plan was written.
    pub fn any_written(&self) -> bool {
        self.plans.iter().any(|plan| matches!(plan.outcome, Outcome::Written(_)))
    }

    /// Whether any plan is not in the dataset as it is now.
    pub fn any_failed(&self) -> bool {
        self.plans.iter().any(|plan| matches!(plan.outcome, Outcome::Failed(_)))
    }

    /// For people.
    pub fn document(&self, lang: Lang) -> Document {
        let mut blocks = vec![Block::Text(self.counts(lang).into())];
        if self.strangers > 0 {
            let strangers = self.strangers;
            let note = tr!(
                lang,
                "指定しなかった計画の分も {strangers} 件あります。そのままにしました。",
                "There are also {strangers} of plans that were not asked for; they were left as they are."
            );
            blocks.push(Block::Text(note.into()));
        }
        if !self.cleared.is_empty() {
            let (ja, en) = (self.cleared.join("、"), self.cleared.join(", "));
            let note = tr!(
                lang,
                "前の書き出しが途中で止まっていたため、{ja} の分を除きました。もう一度書き出してください。",
                "A run that was stopped had left {en} half done; it was taken away. Export it again."
            );
            blocks.push(Block::Text(note.into()));
        }
        let failed = self.failures(lang);
        if !failed.rows.is_empty() {
            blocks.push(Block::Table(failed));
        }
        let folder = &self.folder;
        Document {
            title: tr!(lang, "データセット {folder}", "Dataset {folder}"),
            sections: vec![Section::plain(blocks)],
            ..Document::default()
        }
    }

    fn counts(&self, lang: Lang) -> String {
        let (mut written, mut unchanged, mut failed, mut all) = (0, 0, 0, Volume::default());
        for plan in &self.plans {
            let (count, volume) = match plan.outcome {
                Outcome::Written(volume) => (&mut written, volume),
                Outcome::Unchanged(volume) => (&mut unchanged, volume),
                Outcome::Failed(_) => (&mut failed, Volume::default()),
            };
            *count += 1;
            all = Volume { rows: all.rows + volume.rows, bytes: all.bytes + volume.bytes };
        }
        let (rows, size) = (all.rows, size(all.bytes));
        tr!(
            lang,
            "書き出した計画 {written} 件、前と同じもの {unchanged} 件、書き出せなかったもの {failed} 件（{rows} 行、{size}）",
            "plans written {written}, unchanged {unchanged}, not written {failed} ({rows} rows, {size})"
        )
    }

    fn failures(&self, lang: Lang) -> Table {
        let failed = self.plans.iter().filter_map(|plan| match &plan.outcome {
            Outcome::Failed(failure) => Some((plan, failure)),
            _ => None,
        });
        let mut columns = vec![
            column("plan", ("計画", "Plan"), Type::Id, |(of, _): &(&Exported, &Failure), _| {
                Cell::text(of.plan.as_str())
            }),
            column(
                "why",
                ("書き出せなかった理由", "Why it was not written"),
                Type::Text,
                |(_, failure), at| Cell::text(failure.message.text(at.lang)).toned(Tone::Bad),
            ),
            column("help", ("対処", "What to do"), Type::Text, |(_, failure), at| {
                Cell::text(failure.hint.as_ref().map_or("", |hint| hint.text(at.lang)))
            }),
        ];
        if self.plans.iter().any(|plan| plan.stands.is_some()) {
            let heading = ("データセットに残っているもの", "Still in the dataset");
            columns.push(column("stands", heading, Type::Text, |(of, _), at| {
                Cell::text(of.stands.as_ref().map(|stands| stands.text(at.lang)).unwrap_or_default())
            }));
        }
        Table::build(&columns, failed, lang)
    }
}

/// Bytes as a person reads them.
fn size(bytes: usize) -> String {
    match bytes {
        0..10_000 => format!("{bytes} B"),
        10_000..10_000_000 => format!("{} kB", bytes / 1000),
        _ => format!("{} MB", bytes / 1_000_000),
    }
}
