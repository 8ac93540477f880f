//! Findings as a table and as JSON; the terminal shows them with excerpts instead.

use serde_json::{Value as Json, json};

use crate::finding::{Finding, Severity};
use crate::lang::Lang;
use crate::plan::Plan;
use crate::source::{Loaded, Snapshot};
use crate::tr;

use super::Report;
use crate::document::{Block, Cell, Column, Document, Row, Section, Table};

/// What `check` found.
#[derive(Debug)]
pub struct CheckReport<'s> {
    /// What was read.
    pub snapshot: &'s Snapshot,
    /// What came out.
    pub loaded: &'s Loaded,
    /// The language of the messages in JSON.
    pub lang: Lang,
}

impl CheckReport<'_> {
    /// How many findings of each severity there are, and what was read.
    pub fn summary(&self, lang: Lang) -> String {
        let count = |severity| self.loaded.findings.iter().filter(|f| f.severity() == severity).count();
        let (errors, warnings, notes) = (count(Severity::Error), count(Severity::Warning), count(Severity::Note));
        let counts = |plan: &Plan| {
            let levels = plan.head.levels.iter().zip(&self.loaded.counts).map(|(name, n)| format!("{name} {n}"));
            let levels = levels.collect::<Vec<_>>().join(lang.pick("、", ", "));
            tr!(lang, "（{levels}）", " ({levels})")
        };
        let (files, levels) = (self.snapshot.files.len(), self.loaded.plan.as_ref().map(counts).unwrap_or_default());
        tr!(
            lang,
            "{files} ファイルを調べました{levels}：エラー {errors}、警告 {warnings}、注記 {notes}",
            "{files} files read{levels}: errors {errors}, warnings {warnings}, notes {notes}"
        )
    }
}

impl Report for CheckReport<'_> {
    fn document(&self, lang: Lang) -> Document {
        let section = Section::plain(vec![Block::Table(self.table(lang))]);
        let sections = if self.loaded.findings.is_empty() { Vec::new() } else { vec![section] };
        Document {
            title: lang.pick("計画の点検", "Check of the plan").into(),
            lead: vec![self.summary(lang)],
            sections,
            ..Document::default()
        }
    }

    fn table(&self, lang: Lang) -> Table {
        let titles = [
            ("重さ", "Severity"),
            ("コード", "Code"),
            ("ファイル", "File"),
            ("行", "Line"),
            ("列", "Column"),
            ("内容", "Message"),
            ("対処", "Help"),
        ];
        let columns = titles.map(|(ja, en)| Column::left(lang.pick(ja, en))).into();
        let row = |finding: &Finding| {
            let (file, line, column) = finding.position(self.snapshot);
            let number = |n: usize| Cell::number(n as u64, n.to_string());
            Row::new(vec![
                Cell::text(finding.severity().name(lang)),
                Cell::text(finding.code.slug()),
                Cell::text(file),
                number(line),
                number(column),
                Cell::text(finding.message.text(lang)),
                Cell::text(finding.help.text(lang)),
            ])
        };
        Table { columns, rows: self.loaded.findings.iter().map(row).collect(), ..Table::default() }
    }

    fn json(&self) -> Json {
        let finding = |finding: &Finding| {
            let (file, line, column) = finding.position(self.snapshot);
            json!({
                "code": finding.code.slug(),
                "severity": finding.severity(),
                "file": file,
                "line": line,
                "column": column,
                "message": finding.message.text(self.lang),
                "help": finding.help.text(self.lang),
            })
        };
        json!({
            "schema": 1,
            "findings": self.loaded.findings.iter().map(finding).collect::<Vec<_>>(),
            "counts": self.loaded.counts,
        })
    }
}
