//! Who replied, who did not, and what is incomplete.

use chrono::NaiveDate;

use super::form::form_as_of;
use crate::lang::Lang;
use crate::plan::Plan;
use crate::plan::inquiry::{Inquiry, Received, Sent};
use crate::query::AsOf;

/// How an inquiry stands with one owner.
#[derive(Debug, Clone)]
pub struct Standing<'p> {
    /// The owner, by place in the plan.
    pub owner: usize,
    /// What was sent last.
    pub sent: &'p Sent,
    /// By when it was asked to answer.
    pub deadline: Option<NaiveDate>,
    /// What came back last.
    pub reply: Option<&'p Received>,
    /// How many questions must be answered.
    pub required: usize,
    /// How many of them are not.
    pub open: usize,
    /// The items with an open question: id and name.
    pub open_items: Vec<(String, String)>,
    /// By how many days the deadline is past, where something is open.
    pub late: Option<i64>,
}

/// How the inquiry of a period stands on a day.
#[derive(Debug, Clone)]
pub struct InquiryStatus<'p> {
    /// The plan.
    pub plan: &'p Plan,
    /// The inquiry.
    pub inquiry: &'p Inquiry,
    /// The day.
    pub day: NaiveDate,
    /// By owner, in the plan's order.
    pub standings: Vec<Standing<'p>>,
}

impl Standing<'_> {
    /// Whether every required question has an answer in the records.
    pub fn is_complete(&self) -> bool {
        self.open == 0
    }
}

impl InquiryStatus<'_> {
    /// Whether something is still open after its deadline.
    pub fn is_late(&self) -> bool {
        self.standings.iter().any(|standing| standing.late.is_some())
    }
}

/// How an inquiry stands, by what is known as of then.
pub fn inquiry_status<'p>(plan: &'p Plan, inquiry: &'p Inquiry, as_of: AsOf) -> InquiryStatus<'p> {
    let day = as_of.date;
    let of = |owner: usize| {
        let sent = inquiry.sent_to(owner, as_of.known)?;
        let form = form_as_of(plan, owner, as_of.at_end_of(inquiry.period), Lang::Ja);
        let open_items = form
            .items
            .iter()
            .filter(|item| item.questions.iter().any(|question| question.required && question.recorded.is_none()));
        let open = form.open();
        let deadline = inquiry.deadline_of(owner, as_of.known);
        let late = deadline.map(|deadline| (day - deadline).num_days()).filter(|days| *days > 0 && open > 0);
        Some(Standing {
            owner,
            sent,
            deadline,
            reply: inquiry.reply_of(owner, as_of.known),
            required: form.questions().filter(|(_, question)| question.required).count(),
            open,
            open_items: open_items.map(|item| (item.id.to_string(), item.name.clone())).collect(),
            late,
        })
    };
    InquiryStatus { plan, inquiry, day, standings: (0..plan.owners.len()).filter_map(of).collect() }
}
