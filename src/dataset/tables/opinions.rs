//! What was said of the plan, one row an opinion, as it was recorded. The names of persons, which papers leave out, are not in it.

use super::Spec;
use crate::dataset::column::{Datum, Kind, optional, required};
use crate::dataset::site::{Site, Sourced};
use crate::dataset::words;
use crate::plan::opinion::{Meeting, Opinion, OpinionTrace};
use crate::plan::source::Origin;
use crate::plan::{Plan, Subject};

pub struct Row<'p> {
    meeting: &'p Meeting,
    opinion: &'p Opinion,
}

impl Sourced for Row<'_> {
    fn origin(&self) -> Origin {
        self.opinion.origin
    }
}

pub fn spec<'p>() -> Spec<'p, Row<'p>> {
    let mut columns = meeting_columns();
    columns.extend([
        required("number", Kind::Text, ("意見の番号", "Its number"), |row: &Row<'_>, _| {
            Datum::text(row.opinion.number.as_str())
        }),
        required("kind", Kind::Code, ("意見の種類", "Kind of opinion"), |row, _| row.opinion.kind.key().into()),
        optional(
            "said_by",
            Kind::Text,
            ("だれの意見か（役職など）", "Who said it: an office or a role"),
            |row, _| row.opinion.who.as_deref().into(),
        ),
        required(
            "text",
            Kind::Text,
            ("意見の全文。取下げの記録では、取り下げた意見", "What was said; of a withdrawal what it takes back"),
            |row, _| Datum::text(&row.opinion.text),
        ),
        optional("summary", Kind::Text, ("要旨", "What papers print of it instead"), |row, _| {
            row.opinion.summary.as_deref().into()
        }),
        required("count", Kind::Integer, ("同じ意見の人数", "How many people said so"), |row, _| {
            Datum::count(row.opinion.count)
        }),
        optional(
            "like_number",
            Kind::Text,
            ("まとめた意見の番号", "The opinion with which it is grouped"),
            |row, _| row.opinion.like.as_ref().map(|id| id.as_str()).into(),
        ),
        optional(
            "about",
            Kind::Text,
            (
                "対象の項目と指標の番号（空白区切り）。空なら計画全体",
                "The entries and indicators it is about, with blanks between; null for the plan as a whole",
            ),
            |row, site| about(site.plan, &row.opinion.about).into(),
        ),
        optional(
            "owner_ids",
            Kind::Text,
            ("回答する所管課の id（空白区切り）", "The owners that answer, by id, with blanks between"),
            |row, site| owners(site.plan, &row.opinion.answered_by(site.plan)).into(),
        ),
        optional("due", Kind::Date, ("回答の期限", "By when an answer is asked for"), |row, _| {
            row.opinion.due.into()
        }),
    ]);
    columns.extend(record_columns());
    columns.extend([
        required("certainty", Kind::Code, ("確かさ", "Certainty"), |row: &Row<'_>, _| {
            words::certainty(row.opinion.origin.certainty).into()
        }),
        optional("source_id", Kind::Text, ("資料の id", "The document, by id"), |row, site| {
            site.source(row.opinion.origin).into()
        }),
    ]);
    Spec {
        name: "opinions",
        about: (
            "意見（委員会、議会、監査、市民など）",
            "An opinion of a committee, the assembly, auditors or citizens",
        ),
        key: &["meeting_id", "number", "recorded", "line"],
        rows,
        columns,
    }
}

/// The columns of where it was said.
pub fn meeting_columns<'p, R: OfMeeting>() -> Vec<super::ColumnOf<'p, R>> {
    vec![
        required(
            "meeting_id",
            Kind::Text,
            ("会議などの id（ファイルの名前）", "The meeting, by the name of its file"),
            |row: &R, _| Datum::text(row.meeting().id.as_str()),
        ),
        required("meeting", Kind::Text, ("会議などの名称", "What it is called"), |row, _| {
            Datum::text(&row.meeting().name)
        }),
        required("body", Kind::Code, ("だれの意見か", "Of what kind it is"), |row, _| {
            row.meeting().body.key().into()
        }),
        required(
            "held",
            Kind::Date,
            ("開かれた日（続いたものは最後の日）", "The day; of what lasted the last one"),
            |row, _| row.meeting().date.into(),
        ),
    ]
}

/// The columns of how it was recorded, and how it stands to the other records of its meeting.
pub fn record_columns<'p, R: OfMeeting>() -> Vec<super::ColumnOf<'p, R>> {
    vec![
        required(
            "holds",
            Kind::Boolean,
            ("有効か（訂正、取下げは false）", "Whether it holds: neither corrected nor a withdrawal"),
            |row: &R, _| row.trace().stands().into(),
        ),
        optional("record", Kind::Text, ("記録の名前", "Record name"), |row, _| {
            Datum::owned(row.trace().stamp.to_string())
        }),
        optional(
            "corrects",
            Kind::Text,
            ("訂正し、又は取り下げた記録の名前", "The record that it corrects or withdraws"),
            |row, _| row.trace().corrects.map(|stamp| stamp.to_string()).map_or(Datum::Null, Datum::owned),
        ),
        required(
            "is_withdrawal",
            Kind::Boolean,
            ("取下げの記録か", "Whether it only withdraws what it corrects"),
            |row, _| row.trace().withdrawn.into(),
        ),
        required("recorded", Kind::Date, ("記録した日", "When it was recorded"), |row, _| {
            row.trace().stamp.day.into()
        }),
    ]
}

/// What was said or answered at a meeting.
pub trait OfMeeting {
    /// The meeting.
    fn meeting(&self) -> &Meeting;

    /// How it was recorded.
    fn trace(&self) -> &OpinionTrace;
}

impl OfMeeting for Row<'_> {
    fn meeting(&self) -> &Meeting {
        self.meeting
    }

    fn trace(&self) -> &OpinionTrace {
        &self.opinion.trace
    }
}

fn rows<'p>(site: &'p Site<'p>) -> Vec<Row<'p>> {
    let of = meetings(site).into_iter();
    of.flat_map(|meeting| meeting.opinions.iter().map(move |opinion| Row { meeting, opinion })).collect()
}

/// The meetings, in the order of their ids as texts.
pub fn meetings<'p>(site: &'p Site<'p>) -> Vec<&'p Meeting> {
    let mut meetings: Vec<&Meeting> = site.plan.meetings.iter().collect();
    meetings.sort_by_key(|meeting| meeting.id.as_str());
    meetings
}

fn about(plan: &Plan, subjects: &[Subject]) -> String {
    let id = |subject: &Subject| match subject {
        Subject::Entry(place) => plan.entries[*place].id.as_str(),
        Subject::Indicator(place) => plan.indicators[*place].id.as_str(),
    };
    subjects.iter().map(id).collect::<Vec<_>>().join(" ")
}

fn owners(plan: &Plan, places: &[usize]) -> String {
    places.iter().map(|place| plan.owners[*place].id.as_str()).collect::<Vec<_>>().join(" ")
}
