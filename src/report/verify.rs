//! What came of holding a paper against the record.

use serde::Serialize;
use serde_json::Value as Json;

use crate::lang::Lang;
use crate::plan::period::Period;
use crate::text::terms;
use crate::tr;
use crate::verify::{Found, Verified};

use super::Report;
use super::council::Named;
use super::json::{Version, tree};
use crate::document::{Block, Cell, ColumnOf, Document, Section, Table, Tone, Type, column};

/// The numbers of a paper that the record does not bear out.
#[derive(Debug)]
pub struct VerifyReport {
    /// The paper, as the user calls it.
    pub file: String,
    /// Which record it names.
    pub named: Named,
    /// The revision that it was held against; `None` for the files as they are.
    pub revision: Option<String>,
    /// What was found.
    pub verified: Verified,
}

impl Report for VerifyReport {
    fn document(&self, lang: Lang) -> Document {
        let file = &self.file;
        let (plan, period) = (&self.named.plan, self.named.period.long(lang));
        let revision = self.revision.as_deref().map_or_else(
            || lang.pick("今のファイル", "the files as they are").to_owned(),
            |id| tr!(lang, "版 {id}", "revision {id}"),
        );
        let (checked, wrong) = (self.verified.checked, self.verified.found.len());
        let lead = vec![
            tr!(
                lang,
                "照らした記録：計画 {plan}、{period}、{revision}",
                "Held against: plan {plan}, {period}, {revision}"
            ),
            tr!(
                lang,
                "数 {checked}個のうち、記録と合わないもの {wrong}個",
                "{wrong} of {checked} numbers do not agree with the record"
            ),
        ];
        let block = match wrong {
            0 => Block::Text(lang.pick("すべて記録と合っています。", "All agree with the record.").into()),
            _ => Block::Table(self.table(lang)),
        };
        let added = (!self.verified.added.is_empty()).then(|| Block::Table(self.added(lang)));
        let title = tr!(lang, "{file}　記録との照合", "{file}: held against the record");
        let blocks = std::iter::once(block).chain(added).collect();
        let sections = vec![Section { blocks, ..Section::default() }];
        Document { title, lead, sections, ..Document::default() }
    }

    fn table(&self, lang: Lang) -> Table {
        let [under, place] = places();
        let columns = [
            under,
            place,
            column("paper", ("報告書の数", "Paper"), Type::Text, |found: &&Found, _| {
                Cell::text(&found.paper).toned(Tone::Bad)
            }),
            column("record", ("記録の数", "Record"), Type::Text, |found, at| {
                Cell::text(found.record.as_deref().unwrap_or(at.lang.pick("記録にこの数はない", "not in the record")))
            }),
        ];
        Table::build(&columns, &self.verified.found, lang)
    }

    fn json(&self) -> Json {
        tree(&VerifyJson {
            schema: Version,
            file: &self.file,
            plan: &self.named.plan,
            period: self.named.period,
            register: &self.named.report,
            revision: self.revision.as_deref(),
            checked: self.verified.checked,
            mismatches: self.verified.found.iter().map(Into::into).collect(),
            added: self.verified.added.iter().map(Into::into).collect(),
        })
    }
}

/// 報告書と記録との照合 || A paper held against the record
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct VerifyJson<'p> {
    /// 形式の版 || The version of this form
    schema: Version,
    /// 報告書のファイル || The paper
    file: &'p str,
    /// 計画のフォルダーの名前 || The plan, by the name of its folder
    plan: &'p str,
    /// 対象の期間 || The period of the paper
    period: Period,
    /// 様式 || Which paper it is
    register: &'p str,
    /// 照らした版。今のファイルなら null || The revision it was held against; null for the files as they are
    revision: Option<&'p str>,
    /// 照らした数の個数 || How many numbers were checked
    checked: usize,
    /// 記録と合わない数 || Numbers that do not agree with the record
    mismatches: Vec<FoundJson<'p>>,
    /// 書き足された数 || Numbers that were added and that the record has elsewhere
    added: Vec<FoundJson<'p>>,
}

/// 報告書の数 || A number of the paper
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct FoundJson<'p> {
    /// 見出し || The heading it stands under
    heading: &'p str,
    /// 場所 || Where it stands
    place: &'p str,
    /// 報告書の数 || As the paper has it
    paper: &'p str,
    /// 記録の数 || As the record has it
    record: Option<&'p str>,
}

impl<'p> From<&'p Found> for FoundJson<'p> {
    fn from(found: &'p Found) -> Self {
        let Found { heading, place, paper, record, .. } = found;
        Self { heading, place, paper, record: record.as_deref() }
    }
}

impl VerifyReport {
    /// Numbers that someone wrote into the paper and that the record has elsewhere.
    fn added(&self, lang: Lang) -> Table {
        let [under, place] = places();
        let added =
            column("added", ("書き足した数", "Added"), Type::Text, |found: &&Found, _| Cell::text(&found.paper));
        let caption = lang.pick(
            "書き足された数（記録に同じ数がありますが、同じことを述べているかどうかは、人が確かめてください）",
            "Numbers that were added (the record has the same number; check that it means the same)",
        );
        let table = Table::build(&[under, place, added], &self.verified.added, lang);
        Table { caption: Some(caption.into()), ..table }
    }
}

/// Where a number stands in the paper.
fn places<'r>() -> [ColumnOf<&'r Found>; 2] {
    [
        column("heading", terms::HEADING.titles(), Type::Text, |found, _| Cell::text(&found.heading)),
        column("place", ("場所", "Where"), Type::Text, |found, _| Cell::text(&found.place)),
    ]
}
