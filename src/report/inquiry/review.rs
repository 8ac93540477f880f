//! What came back, question by question.

use serde_json::{Value as Json, json};

use crate::document::{Block, Cell, Column, Document, Line, Row, Section, Table, Tone};
use crate::failure::Failure;
use crate::inquiry::review::{Class, Review, Row as Judged, Taken};
use crate::lang::{Lang, Say};
use crate::plan::Plan;
use crate::plan::period::date_text;
use crate::report::words::none;
use crate::report::{Report, heading, json as numbers};

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

impl Report for ReviewReport<'_> {
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
        let both = |say: &Say| json!({ "ja": say.ja, "en": say.en });
        let row = |row: &Judged| {
            json!({
                "owner": self.plan.owners[row.owner].id.as_str(),
                "id": row.key.as_ref().map(|key| key.id.as_str()),
                "period": row.key.as_ref().map(|key| key.period),
                "question": row.key.as_ref().map(|key| key.field.to_string()),
                "class": row.class.key(),
                "as_sent": row.sent,
                "recorded": row.recorded,
                "reply": row.replied,
                "at": row.spots.iter().map(ToString::to_string).collect::<Vec<_>>(),
                "reason": row.reason.as_ref().map(both),
                "readings": row.notes.iter().map(both).collect::<Vec<_>>(),
            })
        };
        let taken = |taken: &Taken| {
            json!({
                "owner": self.plan.owners[taken.owner].id.as_str(),
                "period": taken.period,
                "file": taken.file,
                "person": taken.person,
                "date": taken.day.map(|day| day.to_string()),
                "readings": taken.notes.iter().map(both).collect::<Vec<_>>(),
            })
        };
        let refused = |(file, failure): &(String, Failure)| json!({ "file": file, "reason": both(&failure.message) });
        let counts = CLASSES.map(|class| (class.key().to_owned(), json!(review.count(class))));
        json!({
            "schema": 1,
            "plan": numbers::plan(self.plan),
            "replies": review.taken.iter().map(taken).collect::<Vec<_>>(),
            "refused": review.refused.iter().map(refused).collect::<Vec<_>>(),
            "counts": counts.into_iter().collect::<serde_json::Map<_, _>>(),
            "rows": review.rows.iter().map(row).collect::<Vec<_>>(),
        })
    }
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
            lang.pick("回答", "Reply"),
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
