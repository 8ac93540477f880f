//! What came back, question by question.

use serde::Serialize;
use serde_json::Value as Json;

use crate::document::{At, Block, Cell, ColumnOf, Document, Line, Section, Table, Tone, Type, column};
use crate::failure::Failure;
use crate::inquiry::review::{News, Review, Row as Judged, Taken};
use crate::inquiry::spot::Class;
use crate::lang::{Lang, Say};
use crate::plan::Plan;
use crate::plan::id::Id;
use crate::plan::period::{Period, date_text};
use crate::report::inquiry::count;
use crate::report::json::{ByKey, Day, PlanJson, SayJson, Version, tree};
use crate::report::{Report, heading};
use crate::text::terms;
use crate::tr;
use crate::wording::none;

/// What came back.
#[derive(Debug)]
pub struct ReviewReport<'p> {
    /// The plan.
    pub plan: &'p Plan,
    /// The replies, judged.
    pub review: &'p Review,
    /// Whether unchanged answers are shown to people, too.
    pub all: bool,
}

/// In the order they are shown.
pub const CLASSES: [Class; 7] = [
    Class::Changed,
    Class::Conflict,
    Class::Unlikely,
    Class::Invalid,
    Class::Missing,
    Class::LeftOut,
    Class::Unchanged,
];

impl Class {
    /// The key in JSON.
    pub fn key(self) -> &'static str {
        match self {
            Self::Unchanged => "unchanged",
            Self::Changed => "changed",
            Self::Conflict => "conflict",
            Self::Invalid => "invalid",
            Self::Missing => "missing",
            Self::LeftOut => "left_out",
            Self::Unlikely => "unlikely",
        }
    }

    /// In a word.
    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Unchanged => lang.pick("変更なし", "unchanged"),
            Self::Changed => lang.pick("変更", "changed"),
            Self::Conflict => lang.pick("衝突", "conflict"),
            Self::Invalid => lang.pick("読めない", "invalid"),
            Self::Missing => lang.pick("未記入", "missing"),
            Self::LeftOut => lang.pick("取り込まない", "left out"),
            Self::Unlikely => lang.pick("確認が必要", "unlikely"),
        }
    }

    /// How it is set off.
    pub fn tone(self) -> Tone {
        match self {
            Self::Unchanged => Tone::Faint,
            Self::Changed => Tone::Good,
            Self::Conflict | Self::Invalid | Self::Unlikely => Tone::Bad,
            Self::Missing | Self::LeftOut => Tone::Warn,
        }
    }
}

impl<'p> Report for ReviewReport<'p> {
    fn document(&self, lang: Lang) -> Document {
        let mut document = heading::document(self.plan, lang.pick("照会への回答", "replies"), None, lang);
        if !self.review.taken.is_empty() {
            let heading = lang.pick("受け取った回答", "Replies").to_owned();
            document.sections.push(Section::new(heading, vec![Block::Table(self.counts(lang))]));
        }
        let refused = self.review.refused.iter().map(|(file, failure)| refused(file, failure, lang));
        let refused: Vec<Line> = refused.collect();
        if !refused.is_empty() {
            let heading = lang.pick("受け付けなかったファイル", "Refused files").to_owned();
            document.sections.push(Section::new(heading, vec![Block::List(refused)]));
        }
        for owned in self.review.rows.chunk_by(|row, next| row.owner == next.owner) {
            document.sections.extend(self.of_owner(owned, lang));
        }
        document
    }

    fn table(&self, lang: Lang) -> Table {
        self.rows(self.review.rows.iter(), lang)
    }

    fn reported_plan(&self) -> Option<&Plan> {
        Some(self.plan)
    }

    fn json(&self) -> Json {
        let review = self.review;
        let row = |row: &'p Judged| AnswerJson {
            last: row.last.as_deref(),
            owner: &self.plan.owners[row.owner].id,
            id: row.key.as_ref().map(|key| &key.id),
            period: row.key.as_ref().map(|key| key.period),
            question: row.key.as_ref().map(|key| key.field.to_string()),
            class: row.class.key(),
            as_sent: row.sent.as_deref(),
            recorded: row.recorded.as_deref(),
            reply: row.replied.as_deref(),
            at: row.spots.iter().map(ToString::to_string).collect(),
            reason: row.reason.as_ref().map(Into::into),
            readings: row.notes.iter().map(Into::into).collect(),
        };
        let taken = |taken: &'p Taken| ReplyJson {
            owner: &self.plan.owners[taken.owner].id,
            period: taken.period,
            file: &taken.file,
            person: taken.person.as_deref(),
            date: taken.day.map(Into::into),
            readings: taken.notes.iter().map(Into::into).collect(),
        };
        let refused = review.refused.iter();
        tree(&ReviewJson {
            schema: Version,
            plan: self.plan.into(),
            replies: review.taken.iter().map(taken).collect(),
            refused: refused.map(|(file, failure)| RefusedJson { file, reason: (&failure.message).into() }).collect(),
            counts: CLASSES.iter().map(|class| (class.key(), review.count(*class))).collect(),
            rows: review.rows.iter().map(row).collect(),
        })
    }
}

/// 照会への回答 || What came back
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ReviewJson<'p> {
    /// 形式の版 || The version of this form
    schema: Version,
    /// 計画 || The plan
    plan: PlanJson<'p>,
    /// 受け取った回答 || The replies that were taken
    replies: Vec<ReplyJson<'p>>,
    /// 受け付けなかったファイル || The files that were refused
    refused: Vec<RefusedJson<'p>>,
    /// 区分ごとの設問の数 || How many questions are in which class
    counts: ByKey<usize>,
    /// 設問ごとの結果 || Question by question
    rows: Vec<AnswerJson<'p>>,
}

/// 受け取った回答 || A reply that was taken
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct ReplyJson<'p> {
    /// 所管課の id || The owner, by id
    owner: &'p Id,
    /// 対象の期間 || What was asked about
    period: Period,
    /// ファイル || The file
    file: &'p str,
    /// 回答者 || Who answered
    person: Option<&'p str>,
    /// 回答日 || The day it says
    date: Option<Day>,
    /// 読み方 || How it was read
    readings: Vec<SayJson<'p>>,
}

/// 受け付けなかったファイル || A file that was refused
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct RefusedJson<'p> {
    /// ファイル || The file
    file: &'p str,
    /// 理由 || Why
    reason: SayJson<'p>,
}

/// 設問と回答 || A question and its answer
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct AnswerJson<'p> {
    /// 所管課の id || The owner, by id
    owner: &'p Id,
    /// 項目の番号又は指標の id || The entry or indicator
    id: Option<&'p Id>,
    /// 対象の期間 || What was asked about
    period: Option<Period>,
    /// 問うキー：rating.尺度、progress、done、issue、next、step.取組内容、reached.節目、value、note || The key asked for: rating.SCALE, progress, done, issue, next, step.INITIATIVE, reached.MILESTONE, value, note
    question: Option<String>,
    /// 区分：changed 変更、conflict 衝突、unlikely 確認が必要、invalid 読めない、missing 未記入、left_out 取り込まない、unchanged 変更なし || Its class: changed, conflict, unlikely, invalid, missing, left_out, unchanged
    class: &'static str,
    /// 前回の回答 || What was answered about the last period
    last: Option<&'p str>,
    /// 照会したときの値 || What stood there as it was sent
    as_sent: Option<&'p str>,
    /// 今の記録 || What is recorded now
    recorded: Option<&'p str>,
    /// 回答 || The answer
    reply: Option<&'p str>,
    /// 場所 || Where the answer stands
    at: Vec<String>,
    /// その区分となった理由 || Why it is in this class
    reason: Option<SayJson<'p>>,
    /// 読み方 || How it was read
    readings: Vec<SayJson<'p>>,
}

fn refused(file: &str, failure: &Failure, lang: Lang) -> Line {
    let hint = failure.hint.as_ref().map(|hint| hint.text(lang)).unwrap_or_default();
    let text = format!("{file}{}{}\n{hint}", lang.pick("：", ": "), failure.message.text(lang));
    Line::toned(text, Tone::Bad)
}

/// Whether a question is answered in a file; one whose row is gone counts for every file of its owner.
fn is_in(row: &Judged, file: &str) -> bool {
    row.spots.is_empty() || row.spots.iter().any(|spot| spot.file == file)
}

impl ReviewReport<'_> {
    /// How many answers of each reply are in which class.
    fn counts(&self, lang: Lang) -> Table {
        let mut columns = vec![
            column("owner", terms::OWNER.titles(), Type::Text, |(report, taken): &Counted<'_>, _| {
                Cell::text(report.plan.owners[taken.owner].label())
            }),
            column("period", terms::PERIOD_COVERED.titles(), Type::Period, |(_, taken), _| {
                Cell::text(taken.period.short())
            }),
            column("replied_by", ("回答者・回答日", "Who, when"), Type::Text, |(_, taken), at| {
                let day = taken.day.map(|day| date_text(day, at.lang));
                let who: Vec<String> = [taken.person.clone(), day].into_iter().flatten().collect();
                Cell::text(who.join(at.lang.pick("　", ", ")))
            }),
        ];
        columns.extend(CLASSES.iter().enumerate().map(|(nth, class)| {
            let cell = |(report, taken): &Counted<'_>, at: At| report.count_of(taken, CLASSES[at.nth]);
            ColumnOf::titled(class.key(), class.name(lang), Type::Integer, cell).nth(nth)
        }));
        columns.push(column("file", ("ファイル", "File"), Type::Text, |(_, taken), _| Cell::text(&taken.file)));
        let note = |taken: &Taken, note: &Say| format!("{}{}{}", taken.file, lang.pick("：", ": "), note.text(lang));
        let taken = &self.review.taken;
        let notes =
            taken.iter().flat_map(|taken| taken.notes.iter().map(move |text| note(taken, text).into())).collect();
        Table { notes, ..Table::build(&columns, taken.iter().map(|taken| (self, taken)), lang) }
    }

    /// How many answers of a reply are in a class.
    fn count_of(&self, taken: &Taken, class: Class) -> Cell {
        let of = |row: &&Judged| row.owner == taken.owner && row.class == class && is_in(row, &taken.file);
        let n = self.review.rows.iter().filter(of).count();
        count(n).toned(if n > 0 { class.tone() } else { Tone::Faint })
    }

    /// What one owner answered: what a person must look at, and how much is as last time.
    fn of_owner(&self, rows: &[Judged], lang: Lang) -> Option<Section> {
        let owner = self.plan.owners[rows.first()?.owner].label();
        let shown: Vec<&Judged> = rows.iter().filter(|row| self.all || row.is_of_note()).collect();
        let same =
            rows.iter().filter(|row| row.news() == Some(News::Same) && !shown.iter().any(|s| std::ptr::eq(*s, *row)));
        let same = same.count();
        if shown.is_empty() && same == 0 {
            return None;
        }
        let columns = [
            column("item", ("項目・指標", "Item"), Type::Text, |row: &&Judged, at| {
                Cell::text(
                    row.key
                        .as_ref()
                        .map_or_else(|| none(at.lang).to_owned(), |key| format!("{}　{}", key.id, row.name)),
                )
            }),
            column("question", terms::QUESTION.titles(), Type::Text, |row, at| Cell::text(row.label.text(at.lang))),
            column("last", ("前回", "Last"), Type::Text, |row, at| value(&row.last, at.lang)),
            column("reply", ("今回", "Now"), Type::Text, |row, at| value(&row.replied, at.lang)),
            column("class", ("区分", "Class"), Type::Grade, |row, at| {
                Cell::text(in_a_word(row, at.lang)).toned(row.class.tone())
            }),
            column("reading", ("場所と読み方", "Where, and how it was read"), Type::Text, |row, at| {
                let before = contested(row, at.lang);
                Cell::text(before.into_iter().chain([reading(row, at.lang)]).collect::<Vec<_>>().join("\n"))
            }),
        ];
        let mut blocks = Vec::new();
        if !shown.is_empty() {
            blocks.push(Block::Table(Table::build(&columns, shown, lang)));
        }
        if same > 0 {
            let text = tr!(
                lang,
                "ほかに、前回と同じ答え {same}件を記録します。",
                "Recorded as well, the same as last time: {same}."
            );
            blocks.push(Block::Text(text.into()));
        }
        Some(Section::new(owner, blocks))
    }

    fn rows<'r>(&'r self, rows: impl Iterator<Item = &'r Judged>, lang: Lang) -> Table {
        let columns = [
            column("owner", terms::OWNER.titles(), Type::Text, |(report, row): &Answered<'_>, _| {
                Cell::text(report.plan.owners[row.owner].label())
            }),
            column("id", terms::ID.titles(), Type::Id, |(_, row), at| {
                Cell::text(row.key.as_ref().map_or(none(at.lang), |key| key.id.as_str()))
            }),
            column("question", terms::QUESTION.titles(), Type::Text, |(_, row), at| {
                Cell::text(row.label.text(at.lang))
            }),
            column("as_sent", ("照会時", "As sent"), Type::Text, |(_, row), at| value(&row.sent, at.lang)),
            column("recorded", ("今の記録", "Recorded"), Type::Text, |(_, row), at| value(&row.recorded, at.lang)),
            column("reply", terms::ANSWER.titles(), Type::Text, |(_, row), at| value(&row.replied, at.lang)),
            column("class", ("区分", "Class"), Type::Grade, |(_, row), at| {
                Cell::text(row.class.name(at.lang)).toned(row.class.tone())
            }),
            column("reading", ("場所と読み方", "Where, and how it was read"), Type::Text, |(_, row), at| {
                Cell::text(reading(row, at.lang))
            }),
        ];
        Table::build(&columns, rows.map(|row| (self, row)), lang)
    }
}

/// A reply whose answers are counted.
type Counted<'r> = (&'r ReviewReport<'r>, &'r Taken);

/// An answer, and the report that it stands in.
type Answered<'r> = (&'r ReviewReport<'r>, &'r Judged);

fn value(text: &Option<String>, lang: Lang) -> Cell {
    Cell::text(text.as_deref().unwrap_or(none(lang)))
}

/// The class of an answer; a changed one by what it is beside those before it.
fn in_a_word(row: &Judged, lang: Lang) -> &'static str {
    match row.news() {
        None => row.class.name(lang),
        Some(News::First) => lang.pick("新規", "new"),
        Some(News::Moved) => lang.pick("変更", "changed"),
        Some(News::Same) => lang.pick("前回と同じ", "as last time"),
        Some(News::Corrected) => lang.pick("訂正", "corrected"),
    }
}

/// What an answer is held against, where that is another one than last time's.
fn contested(row: &Judged, lang: Lang) -> Option<String> {
    let held = matches!(row.class, Class::Conflict) || row.news() == Some(News::Corrected);
    let recorded = row.recorded.as_deref().filter(|_| held)?;
    Some(match row.sent.as_deref().filter(|sent| *sent != recorded) {
        Some(sent) => tr!(lang, "今の記録「{recorded}」、照会時「{sent}」", "recorded: {recorded}; as sent: {sent}"),
        None => tr!(lang, "今の記録「{recorded}」", "recorded: {recorded}"),
    })
}

/// Where an answer stands, why it is in its class, and how it was read.
fn reading(row: &Judged, lang: Lang) -> String {
    // A reason may begin with the place itself.
    let is_named = |spot: &String| row.reason.iter().any(|reason| reason.ja.contains(spot.as_str()));
    let spots = row.spots.iter().map(ToString::to_string).filter(|spot| !is_named(spot));
    let reasons = row.reason.iter().chain(&row.notes).map(|reason| reason.text(lang).to_owned());
    spots.chain(reasons).collect::<Vec<_>>().join("\n")
}
