//! What came back, question by question.

use serde::Serialize;
use serde_json::Value as Json;

use crate::document::{Block, Cell, Column, Document, Line, Row, Section, Table, Tone};
use crate::failure::Failure;
use crate::inquiry::review::{Class, Review, Row as Judged, Taken};
use crate::lang::Lang;
use crate::plan::Plan;
use crate::plan::id::Id;
use crate::plan::period::{Period, date_text};
use crate::report::json::{ByKey, Day, PlanJson, SayJson, Version, tree};
use crate::report::{Report, heading};
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
pub const CLASSES: [Class; 5] = [Class::Changed, Class::Conflict, Class::Invalid, Class::Missing, Class::Unchanged];

impl Class {
    /// The key in JSON.
    pub fn key(self) -> &'static str {
        match self {
            Self::Unchanged => "unchanged",
            Self::Changed => "changed",
            Self::Conflict => "conflict",
            Self::Invalid => "invalid",
            Self::Missing => "missing",
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
        }
    }

    /// How it is set off.
    pub fn tone(self) -> Tone {
        match self {
            Self::Unchanged => Tone::Faint,
            Self::Changed => Tone::Good,
            Self::Conflict | Self::Invalid => Tone::Bad,
            Self::Missing => Tone::Warn,
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
        let rows =
            self.review.rows.iter().filter(|row| self.all || row.class != Class::Unchanged || !row.notes.is_empty());
        let rows: Vec<Row> = rows.map(|row| self.row(row, lang)).collect();
        if !rows.is_empty() {
            let table = Table { rows, ..self.columns(lang) };
            document
                .sections
                .push(Section::new(lang.pick("問いごとの結果", "Question by question"), vec![Block::Table(table)]));
        }
        document
    }

    fn table(&self, lang: Lang) -> Table {
        Table { rows: self.review.rows.iter().map(|row| self.row(row, lang)).collect(), ..self.columns(lang) }
    }

    fn of(&self) -> Option<&Plan> {
        Some(self.plan)
    }

    fn json(&self) -> Json {
        let review = self.review;
        let row = |row: &'p Judged| AnswerJson {
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
    /// 区分ごとの問いの数 || How many questions are in which class
    counts: ByKey<usize>,
    /// 問いごとの結果 || Question by question
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

/// 問いと回答 || A question and its answer
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct AnswerJson<'p> {
    /// 所管課の id || The owner, by id
    owner: &'p Id,
    /// 項目の番号又は指標の id || The entry or indicator
    id: Option<&'p Id>,
    /// 対象の期間 || What was asked about
    period: Option<Period>,
    /// 問うキー：rating.尺度、progress、done、issue、next、value、note || The key asked for: rating.SCALE, progress, done, issue, next, value, note
    question: Option<String>,
    /// 区分：changed 変更、conflict 衝突、invalid 読めない、missing 未記入、unchanged 変更なし || Its class: changed, conflict, invalid, missing, unchanged
    class: &'static str,
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
        let mut columns = [("所管課", "Owner"), ("対象期間", "Period"), ("回答者・回答日", "Who, when")]
            .map(|(ja, en)| Column::left(lang.pick(ja, en)))
            .to_vec();
        columns.extend(CLASSES.map(|class| Column::right(class.name(lang))));
        columns.push(Column::left(lang.pick("ファイル", "File")));
        let mut notes = Vec::new();
        let row = |taken: &Taken| {
            let day = taken.day.map(|day| date_text(day, lang));
            let who = [taken.person.clone(), day].into_iter().flatten().collect::<Vec<_>>().join(lang.pick("　", ", "));
            let owner = &*self.plan.owners[taken.owner].name;
            let mut cells = vec![Cell::text(owner), Cell::text(taken.period.short()), Cell::text(who)];
            cells.extend(CLASSES.map(|class| {
                let of = |row: &&Judged| row.owner == taken.owner && row.class == class && is_in(row, &taken.file);
                let count = self.review.rows.iter().filter(of).count() as u64;
                Cell::number(count, count.to_string()).toned(if count > 0 { class.tone() } else { Tone::Faint })
            }));
            notes.extend(
                taken.notes.iter().map(|note| format!("{}{}{}", taken.file, lang.pick("：", ": "), note.text(lang))),
            );
            cells.push(Cell::text(&taken.file));
            Row::new(cells)
        };
        let rows = self.review.taken.iter().map(row).collect();
        Table { columns, rows, notes, ..Table::default() }
    }

    fn columns(&self, lang: Lang) -> Table {
        let names = [
            lang.pick("所管課", "Owner"),
            lang.pick("番号", "Id"),
            lang.pick("問い", "Question"),
            lang.pick("照会時", "As sent"),
            lang.pick("今の記録", "Recorded"),
            lang.pick("回答", "Answer"),
            lang.pick("区分", "Class"),
            lang.pick("場所と読み方", "Where, and how it was read"),
        ];
        Table { columns: names.map(Column::left).into(), ..Table::default() }
    }

    fn row(&self, row: &Judged, lang: Lang) -> Row {
        let text = |text: &Option<String>| Cell::text(text.as_deref().unwrap_or(none(lang)));
        let reason = row.reason.iter().map(|reason| reason.text(lang).to_owned());
        // A reason may begin with the place itself.
        let is_told = |spot: &String| row.reason.iter().any(|reason| reason.ja.contains(spot.as_str()));
        let spots = row.spots.iter().map(ToString::to_string).filter(|spot| !is_told(spot));
        let said: Vec<String> = spots.chain(reason).chain(row.notes.iter().map(|n| n.text(lang).to_owned())).collect();
        Row::new(vec![
            Cell::text(&*self.plan.owners[row.owner].name),
            Cell::text(row.key.as_ref().map_or(none(lang), |key| key.id.as_str())),
            Cell::text(row.label.text(lang)),
            text(&row.sent),
            text(&row.recorded),
            text(&row.replied),
            Cell::text(row.class.name(lang)).toned(row.class.tone()),
            Cell::text(said.join("\n")),
        ])
    }
}
