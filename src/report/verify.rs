//! What came of holding a paper against the record: what differs, what is missing, what was added.

mod vocabulary;

use serde::Serialize;
use serde_json::Value as Json;

use crate::lang::Lang;
use crate::plan::period::Period;
use crate::text::safe::one_line;
use crate::text::terms;
use crate::tr;
use crate::verify::{Area, Found, Remark, RemarkKind, Verified};

pub use vocabulary::vocabulary;

use super::Report;
use super::json::{Version, tree};
use super::named::Named;
use crate::document::{Block, Cell, ColumnOf, Document, Line, Section, Table, Tone, Type, column};

/// What a paper says that the record does not, and the other way round.
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
        let Verified { checked, differs, missing, added, .. } = &self.verified;
        let [differ, gone, more] = [differs, missing, added].map(Vec::len);
        let lead = vec![
            tr!(
                lang,
                "照らした記録：計画 {plan}、{period}、{revision}",
                "Held against: plan {plan}, {period}, {revision}"
            )
            .into(),
            tr!(
                lang,
                "照らした事実 {checked}件：相違 {differ}件、欠落 {gone}件、追加 {more}件",
                "Facts checked: {checked}; differing {differ}, missing {gone}, added {more}"
            )
            .into(),
        ];
        let agrees = match checked {
            0 => {
                lang.pick("記録と照らすことのできる事実がありません。", "There is no fact to hold against the record.")
            }
            _ => lang.pick("すべて記録と合っています。", "All agree with the record."),
        };
        let agrees = self.verified.agrees().then(|| Block::Text(agrees.into()));
        let tables = self.tables(lang).into_iter().map(Block::Table);
        let blocks = agrees.into_iter().chain(tables).chain(self.remarks(lang)).collect();
        let title = tr!(lang, "{file}　記録との照合", "{file}: held against the record");
        let sections = vec![Section { blocks, ..Section::default() }];
        Document { title, lead, sections, ..Document::default() }
    }

    /// One row a place in which the paper is not what the record says.
    fn table(&self, lang: Lang) -> Table {
        let Verified { differs, missing, added, .. } = &self.verified;
        let parts = [(Part::Differs, differs), (Part::Missing, missing), (Part::Added, added)];
        let all = parts.into_iter().flat_map(|(part, all)| all.iter().map(move |found| (part, found)));
        let [area, under, place, paper, record] = columns();
        let part =
            column("part", ("区分", "Part"), Type::Text, |(part, _): &Row<'_>, at| Cell::text(part.word(at.lang)));
        Table::build(&[part, area, under, place, paper, record], all, lang)
    }

    fn json(&self) -> Json {
        tree(&VerifyJson {
            schema: Version,
            file: &self.file,
            plan: &self.named.plan,
            period: self.named.period,
            register: self.named.paper.key(),
            revision: self.revision.as_deref(),
            agrees: self.verified.agrees(),
            checked: self.verified.checked,
            differs: self.verified.differs.iter().map(Into::into).collect(),
            missing: self.verified.missing.iter().map(Into::into).collect(),
            added: self.verified.added.iter().map(Into::into).collect(),
            remarks: self.verified.remarks.iter().map(Into::into).collect(),
        })
    }
}

/// One of the three parts of the result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Differs,
    Missing,
    Added,
}

/// A place in a part of the result.
type Row<'r> = (Part, &'r Found);

impl Part {
    fn word(self, lang: Lang) -> &'static str {
        match self {
            Self::Differs => lang.pick("相違", "differs"),
            Self::Missing => lang.pick("欠落", "missing"),
            Self::Added => terms::ADDED.word(lang),
        }
    }

    fn caption(self, lang: Lang) -> &'static str {
        match self {
            Self::Differs => lang.pick("記録と違うもの", "What differs from the record"),
            Self::Missing => lang.pick("記録にあり、報告書にないもの", "What the record has and the paper does not"),
            Self::Added => lang
                .pick("報告書にあり、記録にないもの（書き足したもの）", "What the paper has and the record does not"),
        }
    }
}

impl VerifyReport {
    /// A table for each part that is not empty.
    fn tables(&self, lang: Lang) -> Vec<Table> {
        let Verified { differs, missing, added, .. } = &self.verified;
        let table = |part: Part, all: &[Found]| {
            let [_, under, place, paper, record] = columns();
            let columns = match part {
                Part::Differs => vec![under, place, paper, record],
                Part::Missing => vec![under, place, record],
                Part::Added => vec![under, place, paper],
            };
            let table = Table::build(&columns, all.iter().map(|found| (part, found)), lang);
            Table { caption: Some(part.caption(lang).into()), ..table }
        };
        let parts = [(Part::Differs, differs), (Part::Missing, missing), (Part::Added, added)];
        parts.into_iter().filter(|(_, all)| !all.is_empty()).map(|(part, all)| table(part, all)).collect()
    }

    /// Comments and tracked changes of the paper.
    fn remarks(&self, lang: Lang) -> Vec<Block> {
        if self.verified.remarks.is_empty() {
            return Vec::new();
        }
        let heading = lang.pick(
            "報告書にあるコメントと変更履歴（コメントと削除した部分は照らしていません）",
            "Comments and tracked changes in the paper (comments and what was deleted are not checked)",
        );
        let line = |remark: &Remark| {
            let (kind, words) = (kind(remark.kind, lang), one_line(&remark.words));
            Line::from(tr!(lang, "{kind}：{words}", "{kind}: {words}"))
        };
        vec![
            Block::Text(Line::toned(heading, Tone::Strong)),
            Block::List(self.verified.remarks.iter().map(line).collect()),
        ]
    }
}

fn kind(kind: RemarkKind, lang: Lang) -> &'static str {
    match kind {
        RemarkKind::Comment => lang.pick("コメント", "comment"),
        RemarkKind::Inserted => lang.pick("挿入", "inserted"),
        RemarkKind::Deleted => lang.pick("削除", "deleted"),
    }
}

/// Where in the paper, what it says, what the record says.
fn columns<'r>() -> [ColumnOf<Row<'r>>; 5] {
    [
        column("area", ("部分", "Area"), Type::Text, |(_, found): &Row<'_>, at| {
            Cell::text(area(found.area, at.lang))
        }),
        column("heading", terms::HEADING.titles(), Type::Text, |(_, found), at| {
            let is_elsewhere = found.heading.is_empty() && found.area != Area::Body;
            Cell::text(if is_elsewhere { area(found.area, at.lang) } else { &*found.heading })
        }),
        column("place", ("場所", "Where"), Type::Text, |(_, found), _| Cell::text(&found.place)),
        column("paper", ("報告書", "Paper"), Type::Text, |(_, found), _| {
            Cell::text(found.paper.as_deref().unwrap_or_default()).toned(Tone::Bad)
        }),
        column("record", terms::RECORD.titles(), Type::Text, |(_, found), _| {
            Cell::text(found.record.as_deref().unwrap_or_default())
        }),
    ]
}

fn area(area: Area, lang: Lang) -> &'static str {
    match area {
        Area::Body => lang.pick("本文", "text"),
        Area::Notes => lang.pick("脚注", "notes"),
        Area::Edges => lang.pick("ヘッダー・フッター", "head or foot of pages"),
        Area::Style => lang.pick("表示の指定", "how it is shown"),
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
    /// 報告書の事実と記録の事実が同じか || Whether the facts of the paper and those of the record are the same
    agrees: bool,
    /// 照らした事実の個数 || How many facts of the paper were checked
    checked: usize,
    /// 記録と違うもの || What differs from the record
    differs: Vec<FoundJson<'p>>,
    /// 記録にあり、報告書にないもの || What the record has and the paper does not
    missing: Vec<FoundJson<'p>>,
    /// 報告書にあり、記録にないもの || What the paper has and the record does not
    added: Vec<FoundJson<'p>>,
    /// コメントと変更履歴 || Comments and tracked changes
    remarks: Vec<RemarkJson<'p>>,
}

/// 報告書と記録が合わない場所 || A place in which the paper is not what the record says
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct FoundJson<'p> {
    /// 見出し || The heading it stands under
    heading: &'p str,
    /// 場所 || Where it stands
    place: &'p str,
    /// 報告書にあるもの || As the paper has it
    paper: Option<&'p str>,
    /// 記録にあるもの || As the record has it
    record: Option<&'p str>,
    /// 事実の id || The id of the fact
    fact: Option<&'p str>,
}

/// コメント又は変更履歴 || A comment or a tracked change
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct RemarkJson<'p> {
    /// 種別（comment、inserted、deleted） || What it is (comment, inserted, deleted)
    kind: &'static str,
    /// 文字 || Its words
    words: &'p str,
}

impl<'p> From<&'p Found> for FoundJson<'p> {
    fn from(found: &'p Found) -> Self {
        let Found { heading, place, paper, record, fact, .. } = found;
        Self { heading, place, paper: paper.as_deref(), record: record.as_deref(), fact: fact.as_deref() }
    }
}

impl<'p> From<&'p Remark> for RemarkJson<'p> {
    fn from(remark: &'p Remark) -> Self {
        Self { kind: kind(remark.kind, Lang::En), words: &remark.words }
    }
}
