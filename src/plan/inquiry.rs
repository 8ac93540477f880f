//! 照会: what was sent to whom and by when, and what came back.

use chrono::NaiveDate;

use super::period::Period;

/// The inquiries of one period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inquiry {
    /// What was asked about.
    pub period: Period,
    /// What was sent, in the order it was written.
    pub sent: Vec<Sent>,
    /// What came back, in the order it was collected.
    pub replies: Vec<Received>,
}

/// A form that was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// To whom, by place in the plan.
    pub owner: usize,
    /// When.
    pub sent: NaiveDate,
    /// By when an answer was asked for.
    pub deadline: Option<NaiveDate>,
    /// The file.
    pub file: Box<str>,
    /// Its fingerprint.
    pub fingerprint: Box<str>,
}

/// A reply that was collected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// From whom, by place in the plan.
    pub owner: usize,
    /// When it was collected.
    pub received: NaiveDate,
    /// The file.
    pub file: Box<str>,
    /// Who answered.
    pub person: Option<Box<str>>,
}

impl Inquiry {
    /// The last form that was sent to an owner.
    pub fn sent_to(&self, owner: usize) -> Option<&Sent> {
        self.sent.iter().rfind(|sent| sent.owner == owner)
    }

    /// The last reply of an owner.
    pub fn reply_of(&self, owner: usize) -> Option<&Received> {
        self.replies.iter().rfind(|reply| reply.owner == owner)
    }
}
