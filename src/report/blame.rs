//! Who last set each number of an indicator.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::Value as Json;

use super::json::{Day, PlanJson, ReadingJson, Version, reading, tree};
use super::{Report, heading};
use crate::diff::field::Field;
use crate::document::{Block, Cell, Document, Line, Section, Table, Type, column};
use crate::git::blame::{LastSet, Why};
use crate::lang::Lang;
use crate::plan::Plan;
use crate::plan::id::Id;
use crate::plan::indicator::{Indicator, Reading};
use crate::plan::period::date_text;
use crate::plan::source::Origin;
use crate::text::terms;
use crate::tr;
use crate::wording as words;

/// A number of an indicator, and who last set it.
#[derive(Debug)]
pub struct BlamedNumber<'p> {
    /// Baseline, target or actual.
    pub field: Field,
    /// The value and its period.
    pub reading: &'p Reading,
    /// Whether it is provisional.
    pub provisional: bool,
    /// Where it stands.
    pub origin: Origin,
    /// The file and line of the origin.
    pub place: String,
    /// The line, from 1.
    pub line: usize,
    /// Who last set that line; `None` where git does not know the file.
    pub set: Option<LastSet>,
}

/// Who last set each number of an indicator.
#[derive(Debug)]
pub struct BlameReport<'p> {
    /// The plan.
    pub plan: &'p Plan,
    /// The indicator.
    pub indicator: &'p Indicator,
    /// Baseline, targets, actuals.
    pub numbers: Vec<BlamedNumber<'p>>,
}

fn number(field: Field, provisional: bool, reading: &Reading) -> BlamedNumber<'_> {
    BlamedNumber { field, reading, provisional, origin: reading.origin, place: String::new(), line: 1, set: None }
}

/// The numbers of an indicator: baseline, targets, actuals.
pub fn numbers(indicator: &Indicator) -> Vec<BlamedNumber<'_>> {
    let plain = indicator.baseline.iter().map(|r| (Field::Baseline, r));
    let plain = plain.chain(indicator.targets.iter().map(|r| (Field::Target, r)));
    let plain = plain.map(|(field, reading)| number(field, false, reading));
    plain.chain(indicator.measures.iter().map(|m| number(Field::Actual, m.provisional, &m.reading))).collect()
}

impl Report for BlameReport<'_> {
    fn document(&self, lang: Lang) -> Document {
        let mut document = heading::document(self.plan, lang.pick("数値の変更者", "who set the numbers"), None, lang);
        let heading = format!("{} {}", self.indicator.id, words::indicator_name(self.indicator));
        document.lead.extend(
            lost(self.numbers.iter().filter_map(|number| number.set.as_ref()), lang).into_iter().map(Line::from),
        );
        document.sections.push(Section::new(heading, vec![Block::Table(self.table(lang))]));
        document
    }

    fn table(&self, lang: Lang) -> Table {
        let columns = [
            column("number", ("数値", "Number"), Type::Text, |(_, number): &(&Indicator, &BlamedNumber<'_>), at| {
                Cell::text(number.field.name(at.lang))
            }),
            column("period", terms::PERIOD.titles(), Type::Period, |(_, number), at| {
                Cell::text(number.reading.period.tag(at.lang))
            }),
            column("value", terms::VALUE.titles(), Type::Text, |(indicator, number), at| {
                let value = words::reading(number.reading, indicator, at.lang);
                let provisional = if number.provisional { at.lang.pick("（速報）", " (provisional)") } else { "" };
                let mark = words::mark(number.reading.origin.certainty, at.lang);
                Cell::text(format!("{value}{provisional}{mark}"))
            }),
            column("date", ("日付", "Date"), Type::Date, |(_, number), at| {
                Cell::text(match &number.set {
                    Some(LastSet::Commit { date, .. }) => date_text(*date, at.lang),
                    Some(set) => set_by_none(set, at.lang).to_owned(),
                    None => words::none(at.lang).to_owned(),
                })
            }),
            column("author", ("変更者", "Author"), Type::Text, |(_, number), _| match &number.set {
                Some(LastSet::Commit { author, .. }) => Cell::text(author),
                _ => Cell::default(),
            }),
            column("revision", terms::REVISION.titles(), Type::Id, |(_, number), _| match &number.set {
                Some(LastSet::Commit { id, .. }) => Cell::text(id),
                _ => Cell::default(),
            }),
            column("place", ("場所", "Place"), Type::Text, |(_, number), _| Cell::text(&number.place)),
        ];
        Table::build(&columns, self.numbers.iter().map(|number| (self.indicator, number)), lang)
    }

    fn reported_plan(&self) -> Option<&Plan> {
        Some(self.plan)
    }

    fn json(&self) -> Json {
        tree(&BlameJson {
            schema: Version,
            plan: self.plan.into(),
            id: &self.indicator.id,
            name: &self.indicator.name,
            numbers: self.numbers.iter().map(|number| self.number(number)).collect(),
        })
    }
}

impl<'p> BlameReport<'p> {
    fn number<'r>(&self, number: &'r BlamedNumber<'p>) -> NumberJson<'r> {
        let (revision, date, author) = match &number.set {
            Some(LastSet::Commit { id, date, author }) => (Some(&**id), Some((*date).into()), Some(&**author)),
            _ => (None, None, None),
        };
        NumberJson {
            reading: reading(number.reading, self.indicator, self.plan),
            number: number.field.key(),
            provisional: number.provisional,
            place: &number.place,
            revision,
            date,
            author,
            uncommitted: number.set == Some(LastSet::Uncommitted),
            unknown: number.set.as_ref().and_then(LastSet::unknown),
        }
    }
}

/// What stands in the place of a day where no commit set a line.
pub fn set_by_none(set: &LastSet, lang: Lang) -> &'static str {
    match set {
        LastSet::Uncommitted => lang.pick("未コミット", "not committed"),
        LastSet::Unknown(Why::NotKept) => lang.pick("git にない", "not in git"),
        LastSet::Unknown(_) | LastSet::Commit { .. } => lang.pick("不明", "unknown"),
    }
}

/// Why it cannot be known who set some lines, each reason once.
pub fn lost<'s>(sets: impl Iterator<Item = &'s LastSet>, lang: Lang) -> BTreeSet<String> {
    let reason = |set: &LastSet| match set {
        LastSet::Unknown(Why::CutOff) => Some(tr!(
            lang,
            "手元のリポジトリに古い履歴がないため、だれが書いたか分からない値があります。git fetch --unshallow で取り寄せてください。",
            "This clone lacks the older history, so who set some values is unknown: get it with `git fetch --unshallow`."
        )),
        LastSet::Unknown(Why::NoAnswer(why)) => {
            let why = why.text(lang);
            Some(tr!(
                lang,
                "だれが書いたか分からない値があります（{why}）。",
                "Who set some values is unknown ({why})."
            ))
        }
        _ => None,
    };
    sets.filter_map(reason).collect()
}

/// 指標の数値を最後に変えた人 || Who last set each number of an indicator
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct BlameJson<'p> {
    /// 形式の版 || The version of this form
    schema: Version,
    /// 計画 || The plan
    plan: PlanJson<'p>,
    /// 指標の id || The indicator
    id: &'p Id,
    /// 指標の名称 || Its name
    name: &'p str,
    /// 数値 || Its numbers
    numbers: Vec<NumberJson<'p>>,
}

/// 数値と、最後に変えた人 || A number and who last set it
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct NumberJson<'p> {
    #[serde(flatten)]
    reading: ReadingJson<'p>,
    /// どの数値か：baseline 基準値、target 目標値、measure 実績値 || Which number: baseline, target, measure
    number: &'static str,
    /// 速報値か || Whether it is provisional
    provisional: bool,
    /// ファイルと行 || File and line
    place: &'p str,
    /// コミットの id || The commit
    revision: Option<&'p str>,
    /// コミットの日付 || Its day
    date: Option<Day>,
    /// コミットの作者 || Who made it
    author: Option<&'p str>,
    /// まだコミットしていないか || Whether it is not committed yet
    uncommitted: bool,
    /// 変更者が分からない理由：not-kept git にない、cut-off 手元に古い履歴がない、no-answer git が答えない || Why nobody knows who set it: not-kept, cut-off, no-answer
    unknown: Option<&'static str>,
}
