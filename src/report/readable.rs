//! What came of holding files against the rules of machine readability.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::Value as Json;

use crate::document::{Block, Cell, ColumnOf, Document, Line, Section, Table, Tone, Type, column};
use crate::lang::Lang;
use crate::readable::{Breach, Checked, Rule, runs};
use crate::text::terms;
use crate::tr;
use crate::workbook::address;

use super::Report;
use super::json::{Version, tree};

/// Files that were held against the rules.
#[derive(Debug)]
pub struct ReadableReport {
    /// In the order in which they were given.
    pub files: Vec<Checked>,
    /// The language of the messages in JSON.
    pub lang: Lang,
}

impl ReadableReport {
    /// Whether any rule is broken.
    pub fn is_broken(&self) -> bool {
        self.files.iter().any(|file| !file.breaches.is_empty())
    }
}

/// The name of a column: B.
fn letters(place: u32) -> String {
    address(0, place).trim_end_matches(|c: char| c.is_ascii_digit()).to_owned()
}

/// How many runs of rows are named.
const NAMED: usize = 12;

/// Rows in words: 2、5～9行.
fn rows(breach: &Breach, lang: Lang) -> String {
    let runs = runs(&breach.rows);
    let run = |(first, last): &(u32, u32)| match first == last {
        true => first.to_string(),
        false => format!("{first}{}{last}", lang.pick("～", "–")),
    };
    let named: Vec<String> = runs.iter().take(NAMED).map(run).collect();
    let named = named.join(lang.pick("、", ", "));
    let count = breach.rows.len();
    match (count, runs.len() > NAMED) {
        (0, _) => String::new(),
        (1, _) => tr!(lang, "{named}行", "row {named}"),
        (_, false) => tr!(lang, "{named}行", "rows {named}"),
        (_, true) => tr!(lang, "{named}行ほか（全{count}行）", "rows {named} … ({count} in all)"),
    }
}

/// Where a breach is, in words: シート「人口」、B列「人数」、2、5～9行.
fn place(breach: &Breach, lang: Lang) -> String {
    let sheet = breach.sheet.as_ref().map(|sheet| tr!(lang, "シート「{sheet}」", "sheet {sheet}"));
    let column = breach.column.as_ref().map(|(place, heading)| {
        let letters = letters(*place);
        match heading.split_whitespace().collect::<Vec<_>>().join(" ") {
            heading if heading.is_empty() => tr!(lang, "{letters}列", "column {letters}"),
            heading => tr!(lang, "{letters}列「{heading}」", "column {letters} ({heading})"),
        }
    });
    let parts = [sheet, column, Some(rows(breach, lang))];
    let parts: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    if parts.is_empty() {
        lang.pick("ファイル全体", "the whole file").to_owned()
    } else {
        parts.join(lang.pick("、", ", "))
    }
}

/// A breach, and the file it is in.
type Found<'r> = (&'r Checked, &'r Breach);

fn rule<'r>() -> ColumnOf<Found<'r>> {
    column("rule", ("ルール", "Rule"), Type::Id, |(_, breach): &Found<'_>, _| Cell::text(breach.rule.id()))
}

fn what<'r>() -> ColumnOf<Found<'r>> {
    column("what", ("内容", "What"), Type::Text, |(_, breach): &Found<'_>, at| Cell::text(breach.what.text(at.lang)))
}

fn help<'r>() -> ColumnOf<Found<'r>> {
    column("help", ("対処", "Help"), Type::Text, |(_, breach): &Found<'_>, at| Cell::text(breach.help.text(at.lang)))
}

fn section(file: &Checked, lang: Lang) -> Section {
    let broken: BTreeSet<Rule> = file.breaches.iter().map(|breach| breach.rule).collect();
    let (count, places) = (broken.len(), file.breaches.len());
    if broken.is_empty() {
        let line = lang.pick("30のルールに反するところはありません。", "None of the 30 rules is broken.");
        return Section::new(file.file.clone(), vec![Block::Text(Line::toned(line, Tone::Good))]);
    }
    let line = tr!(
        lang,
        "30のルールのうち {count} に反しています（{places} か所）。",
        "Of the 30 rules {count} are broken (places: {places})."
    );
    let columns = [
        rule(),
        column("place", ("場所", "Where"), Type::Text, |(_, breach): &Found<'_>, at| {
            Cell::text(place(breach, at.lang))
        }),
        what(),
        help(),
    ];
    let table = Table::build(&columns, file.breaches.iter().map(|breach| (file, breach)), lang);
    let asked = broken.into_iter().map(|rule| Line::from(format!("{} {}", rule.id(), rule.title(lang))));
    let heading = lang.pick("反しているルールは次のとおりです。", "The rules that are broken:");
    Section::new(
        file.file.clone(),
        vec![
            Block::Text(Line::toned(line, Tone::Warn)),
            Block::Table(table),
            Block::Text(heading.into()),
            Block::List(asked.collect()),
        ],
    )
}

impl Report for ReadableReport {
    fn document(&self, lang: Lang) -> Document {
        Document {
            title: lang.pick("機械可読性の点検", "Check of machine readability").into(),
            lead: vec![
                lang.pick(
                    "「行政データにおける機械可読性に関するルール」（令和8年3月31日）による。",
                    "By the rules of machine readability of administrative data (31 March 2026).",
                )
                .into(),
            ],
            sections: self.files.iter().map(|file| section(file, lang)).collect(),
            ..Document::default()
        }
    }

    fn table(&self, lang: Lang) -> Table {
        let columns = [
            column("file", ("ファイル", "File"), Type::Text, |(file, _): &Found<'_>, _| Cell::text(&*file.file)),
            rule(),
            column("title", ("求められること", "What it asks"), Type::Text, |(_, breach), at| {
                Cell::text(breach.rule.title(at.lang))
            }),
            column("sheet", ("シート", "Sheet"), Type::Text, |(_, breach), _| {
                Cell::text(breach.sheet.as_deref().unwrap_or_default())
            }),
            column("column", ("列", "Column"), Type::Id, |(_, breach), _| {
                Cell::text(breach.column.as_ref().map(|(place, _)| letters(*place)).unwrap_or_default())
            }),
            column("heading", terms::HEADING.titles(), Type::Text, |(_, breach), _| {
                Cell::text(breach.column.as_ref().map_or("", |(_, heading)| heading))
            }),
            column("rows", ("行", "Rows"), Type::Text, |(_, breach), _| {
                let run = |(first, last): (u32, u32)| {
                    if first == last { first.to_string() } else { format!("{first}-{last}") }
                };
                Cell::text(runs(&breach.rows).into_iter().map(run).collect::<Vec<_>>().join(" "))
            }),
            what(),
            help(),
        ];
        let all = self.files.iter().flat_map(|file| file.breaches.iter().map(move |breach| (file, breach)));
        Table::build(&columns, all, lang)
    }

    fn json(&self) -> Json {
        let breach = |breach: &Breach| BreachJson {
            rule: breach.rule.id(),
            title: breach.rule.title(self.lang),
            sheet: breach.sheet.clone(),
            column: breach.column.as_ref().map(|(place, _)| letters(*place)),
            heading: breach.column.as_ref().map(|(_, heading)| heading.clone()),
            rows: breach.rows.iter().copied().collect(),
            what: breach.what.text(self.lang).to_owned(),
            help: breach.help.text(self.lang).to_owned(),
        };
        let file = |file: &Checked| CheckedJson {
            file: file.file.clone(),
            rows: file.rows,
            breaches: file.breaches.iter().map(breach).collect(),
        };
        tree(&ReadableJson { schema: Version, files: self.files.iter().map(file).collect() })
    }
}

/// 機械可読性の点検の結果 || What came of the check of machine readability
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ReadableJson {
    /// 形式の版 || The version of this form
    schema: Version,
    /// 点検したファイル || The files
    files: Vec<CheckedJson>,
}

/// 点検したファイル || A file
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct CheckedJson {
    /// ファイル || The file
    file: String,
    /// 表のデータの行の数 || How many rows of data its tables have
    rows: usize,
    /// 反しているところ。なければ空 || What is broken; empty where nothing is
    breaches: Vec<BreachJson>,
}

/// ルールに反しているところ || A breach of a rule
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct BreachJson {
    /// ルールの番号（L1-02 など） || The number of the rule, such as L1-02
    rule: &'static str,
    /// ルールの求めること || What the rule asks
    title: String,
    /// シート。CSV とファイル全体では null || The sheet; null of CSV and of the file as a whole
    sheet: Option<String>,
    /// 列（A、B …）。列を特定しなければ null || The column (A, B …); null where none is meant
    column: Option<String>,
    /// その列の見出し || The heading of that column
    heading: Option<String>,
    /// 行（1から）。行を特定しなければ空 || The rows, from 1; none where none are meant
    rows: Vec<u32>,
    /// 内容 || What is wrong
    what: String,
    /// 対処 || What to do
    help: String,
}
