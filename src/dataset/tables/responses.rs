//! What was answered to opinions, one row a response, as it was recorded.

use super::Spec;
use super::opinions::{OfMeeting, meeting_columns, meetings, record_columns};
use crate::dataset::column::{Datum, Kind, optional, required};
use crate::dataset::site::{Site, Sourced};
use crate::plan::opinion::{Meeting, OpinionTrace, Response};
use crate::plan::period::Period;
use crate::plan::source::Origin;

pub struct Row<'p> {
    meeting: &'p Meeting,
    response: &'p Response,
}

impl Row<'_> {
    /// What was answered; `None` where an answer is withdrawn.
    fn answer(&self) -> Option<&Response> {
        Some(self.response).filter(|response| !response.trace.withdrawn)
    }
}

impl Sourced for Row<'_> {
    fn origin(&self) -> Origin {
        self.response.origin
    }
}

impl OfMeeting for Row<'_> {
    fn meeting(&self) -> &Meeting {
        self.meeting
    }

    fn trace(&self) -> &OpinionTrace {
        &self.response.trace
    }
}

pub fn spec<'p>() -> Spec<'p, Row<'p>> {
    let mut columns = meeting_columns();
    columns.extend([
        required("number", Kind::Text, ("意見の番号", "The number of the opinion"), |row: &Row<'_>, _| {
            Datum::text(row.response.to.as_str())
        }),
        optional(
            "owner_id",
            Kind::Text,
            (
                "回答した所管課の id。空ならすべての課の回答",
                "The owner that answers, by id; null for the answer of all",
            ),
            |row, site| row.response.owner.map(|place| site.plan.owners[place].id.as_str()).into(),
        ),
        optional(
            "state",
            Kind::Code,
            ("対応の状況。取下げの記録では空", "What comes of the opinion; null for a withdrawal"),
            |row, _| row.answer().map(|response| response.state.key()).into(),
        ),
        optional(
            "text",
            Kind::Text,
            ("回答の全文。取下げの記録では空", "What was answered; null for a withdrawal"),
            |row, _| row.answer().map(|response| &*response.text).into(),
        ),
        optional("reason", Kind::Text, ("対応しない理由", "Why nothing is done"), |row, _| {
            row.response.reason.as_deref().into()
        }),
        optional("promise", Kind::Text, ("約束したこと", "What was promised"), |row, _| {
            row.response.promise.as_deref().into()
        }),
        optional(
            "until",
            Kind::Text,
            ("いつまでに（期間）", "Until when it was promised, a period"),
            |row, _| row.response.until.map(Period::short).into(),
        ),
        optional(
            "change_date",
            Kind::Date,
            ("反映した計画の変更の日", "The day of the change of the plan that reflects it"),
            |row, _| row.response.change.into(),
        ),
    ]);
    columns.extend(record_columns());
    Spec {
        name: "responses",
        about: ("意見への回答", "What was answered to an opinion"),
        key: &["meeting_id", "number", "recorded", "line"],
        rows,
        columns,
    }
}

fn rows<'p>(site: &'p Site<'p>) -> Vec<Row<'p>> {
    let of = meetings(site).into_iter();
    of.flat_map(|meeting| meeting.responses.iter().map(move |response| Row { meeting, response })).collect()
}
