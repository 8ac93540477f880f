//! Findings as a table and as JSON; the terminal shows them with excerpts instead.

use serde::Serialize;
use serde_json::Value as Json;

use crate::finding::{Finding, Severity};
use crate::lang::{Lang, plural};
use crate::plan::Plan;
use crate::source::{Loaded, Snapshot};
use crate::tr;

use super::Report;
use super::json::{Version, tree};
use crate::document::{Block, Cell, Document, Section, Table, Type, column};

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
        let read = plural(files, "file read", "files read");
        tr!(
            lang,
            "{files} ファイルを調べました{levels}：エラー {errors}、警告 {warnings}、注記 {notes}",
            "{read}{levels}: errors {errors}, warnings {warnings}, notes {notes}"
        )
    }
}

/// A finding, and the files that it was found in.
type Found<'s> = (&'s Snapshot, &'s Finding);

fn count(n: usize) -> Cell {
    Cell::number(n as u64, n.to_string())
}

impl<'s> Report for CheckReport<'s> {
    fn document(&self, lang: Lang) -> Document {
        let section = Section::plain(vec![Block::Table(self.table(lang))]);
        let sections = if self.loaded.findings.is_empty() { Vec::new() } else { vec![section] };
        Document {
            title: lang.pick("計画の点検", "Check of the plan").into(),
            lead: vec![self.summary(lang).into()],
            sections,
            ..Document::default()
        }
    }

    fn table(&self, lang: Lang) -> Table {
        let columns = [
            column("severity", ("重さ", "Severity"), Type::Grade, |(_, of): &Found<'_>, at| {
                Cell::text(of.severity().name(at.lang))
            }),
            column("code", ("コード", "Code"), Type::Id, |(_, of), _| Cell::text(of.code.slug())),
            column("file", ("ファイル", "File"), Type::Text, |(files, of), _| Cell::text(of.position(files).0)),
            column("line", ("行", "Line"), Type::Integer, |(files, of), _| count(of.position(files).1)),
            column("column", ("列", "Column"), Type::Integer, |(files, of), _| count(of.position(files).2)),
            column("message", ("内容", "Message"), Type::Text, |(_, of), at| Cell::text(of.message.text(at.lang))),
            column("help", ("対処", "Help"), Type::Text, |(_, of), at| Cell::text(of.help.text(at.lang))),
        ];
        Table::build(&columns, self.loaded.findings.iter().map(|finding| (self.snapshot, finding)), lang)
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
