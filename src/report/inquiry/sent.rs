//! The workbooks that were made.

use std::path::Path;

use serde::Serialize;
use serde_json::Value as Json;

use crate::document::{Block, Cell, Document, Line, Section, Table, Type, column};
use crate::inquiry::write::Letter;
use crate::lang::Lang;
use crate::plan::Plan;
use crate::plan::id::Id;
use crate::plan::period::{Period, date_text};
use crate::report::inquiry::count;
use crate::report::json::{Day, PlanJson, Version, tree};
use crate::report::{Report, heading};
use crate::text::paths::Slashed;
use crate::text::terms;
use crate::tr;

/// The workbooks that were made.
#[derive(Debug)]
pub struct SentReport<'p> {
    /// The plan.
    pub plan: &'p Plan,
    /// What is asked about.
    pub period: Period,
    /// The forms, one a workbook.
    pub letters: &'p [Letter<'p>],
    /// What the workbook of each owner of the plan is called.
    pub names: &'p [String],
    /// Where the workbooks are.
    pub folder: &'p Path,
    /// Whom nobody can be asked about: id and name.
    pub left_out: Vec<(String, String)>,
}

impl<'p> Report for SentReport<'p> {
    fn document(&self, lang: Lang) -> Document {
        let when = self.period.long(lang);
        let mut document = heading::document(self.plan, &tr!(lang, "照会（{when}）", "inquiry ({when})"), None, lang);
        document.sections.push(Section::plain(vec![Block::Table(self.table(lang))]));
        if !self.left_out.is_empty() {
            let lines = self.left_out.iter().map(|(id, name)| Line::from(format!("{id} {name}"))).collect();
            let heading = tr!(
                lang,
                "所管課がなく、照会しなかったもの（{}）",
                "not asked, having no owner ({})",
                self.left_out.len()
            );
            document.sections.push(Section::new(heading, vec![Block::List(lines)]));
        }
        document
    }

    fn table(&self, lang: Lang) -> Table {
        let columns = [
            column("owner", terms::OWNER.titles(), Type::Text, |(report, letter): &(&Self, &Letter<'_>), _| {
                Cell::text(report.plan.owners[letter.form.owner].label())
            }),
            column("items", ("項目・指標", "Items"), Type::Integer, |(_, letter), _| {
                count(letter.form.items.len())
            }),
            column("questions", ("設問", "Questions"), Type::Integer, |(_, letter), _| {
                count(letter.form.questions().count())
            }),
            column("deadline", terms::DEADLINE.titles(), Type::Date, |(_, letter), at| {
                letter.deadline.map_or_else(Cell::default, |day| Cell::text(date_text(day, at.lang)))
            }),
            column("file", ("ファイル", "File"), Type::Text, |(report, letter), _| Cell::text(report.file(letter))),
        ];
        Table::build(&columns, self.letters.iter().map(|letter| (self, letter)), lang)
    }

    fn reported_plan(&self) -> Option<&Plan> {
        Some(self.plan)
    }

    fn json(&self) -> Json {
        let sent = |letter: &'p Letter<'p>| LetterJson {
            owner: &self.plan.owners[letter.form.owner].id,
            items: letter.form.items.len(),
            questions: letter.form.questions().count(),
            deadline: letter.deadline.map(Into::into),
            file: self.file(letter),
            fingerprint: letter.identity().fingerprint,
        };
        tree(&SentJson {
            schema: Version,
            plan: self.plan.into(),
            period: self.period,
            sent: self.letters.iter().map(sent).collect(),
            without_owner: self.left_out.iter().map(|(id, name)| LeftOutJson { id, name }).collect(),
        })
    }
}

impl SentReport<'_> {
    /// Where the workbook of a letter is.
    fn file(&self, letter: &Letter<'_>) -> String {
        self.folder.join(&self.names[letter.form.owner]).slashed()
    }
}

/// 照会 || The workbooks that were made
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SentJson<'p> {
    /// 形式の版 || The version of this form
    schema: Version,
    /// 計画 || The plan
    plan: PlanJson<'p>,
    /// 対象の期間 || What is asked about
    period: Period,
    /// 作ったブック || The workbooks
    sent: Vec<LetterJson<'p>>,
    /// 所管課がなく、照会しなかったもの || What was not asked about, having no owner
    without_owner: Vec<LeftOutJson<'p>>,
}

/// 所管課のブック || The workbook of an owner
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct LetterJson<'p> {
    /// 所管課の id || The owner, by id
    owner: &'p Id,
    /// 項目と指標の数 || How many entries and indicators it asks about
    items: usize,
    /// 設問の数 || How many questions it asks
    questions: usize,
    /// 回答期限 || By when to answer
    deadline: Option<Day>,
    /// ファイル || The file
    file: String,
    /// 照合番号 || The fingerprint of what was sent
    fingerprint: String,
}

/// 照会しなかったもの || What was not asked about
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct LeftOutJson<'p> {
    /// 項目の番号又は指標の id || The entry or indicator
    id: &'p str,
    /// 名称 || Its name
    name: &'p str,
}
