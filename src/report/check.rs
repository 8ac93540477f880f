//! Findings as a table and as JSON; the terminal shows them with excerpts instead.

use serde::Serialize;
use serde_json::Value as Json;

use crate::finding::{Finding, Severity};
use crate::lang::Lang;
use crate::plan::Plan;
use crate::source::{Loaded, Snapshot};
use crate::tr;

use super::Report;
use super::json::{Version, tree};
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

impl<'s> Report for CheckReport<'s> {
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
        let finding = |finding: &'s Finding| {
            let (file, line, column) = finding.position(self.snapshot);
            FindingJson {
                code: finding.code.slug(),
                severity: finding.severity(),
                file,
                line,
                column,
                message: finding.message.text(self.lang),
                help: finding.help.text(self.lang),
            }
        };
        let (findings, counts) = (&self.loaded.findings, &self.loaded.counts);
        tree(&CheckJson { schema: Version, findings: findings.iter().map(finding).collect(), counts })
    }
}

/// 点検の結果 || What `check` found
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CheckJson<'p> {
    /// 形式の版 || The version of this form
    schema: Version,
    /// 指摘 || The findings
    findings: Vec<FindingJson<'p>>,
    /// 階層ごとの項目の数 || How many entries each level has
    counts: &'p [usize],
}

/// 指摘 || A finding
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct FindingJson<'p> {
    /// コード || Its code
    code: &'static str,
    /// 重さ || How bad it is
    severity: Severity,
    /// ファイル || The file
    file: String,
    /// 行（1から） || The line, from 1
    line: usize,
    /// 列（1から、文字で数える） || The column, from 1, in characters
    column: usize,
    /// 内容 || What is wrong
    message: &'p str,
    /// 対処 || What to do
    help: &'p str,
}
