//! `[[sent]]` and `[[reply]]` of an inquiry: what went to a department, and what came back.

use std::fmt::{Display, Write};

use chrono::NaiveDate;

use super::block::quoted;

/// What is kept of a form that was sent.
#[derive(Debug)]
pub struct Sent<'a> {
    /// To whom, by id.
    pub owner: &'a str,
    /// When.
    pub sent: NaiveDate,
    /// By when an answer was asked for.
    pub deadline: Option<NaiveDate>,
    /// The file.
    pub file: &'a str,
    /// The fingerprint of the form.
    pub fingerprint: &'a str,
}

/// What is kept of a reply that was collected.
#[derive(Debug)]
pub struct Reply<'a> {
    /// From whom, by id.
    pub owner: &'a str,
    /// When it was collected.
    pub received: NaiveDate,
    /// The file.
    pub file: &'a str,
    /// Who answered.
    pub person: Option<&'a str>,
}

impl Sent<'_> {
    /// Writes the block.
    pub fn block(&self) -> String {
        let mut text = "[[sent]]\n".to_owned();
        line(&mut text, "owner", quoted(self.owner));
        line(&mut text, "sent", self.sent);
        self.deadline.into_iter().for_each(|day| line(&mut text, "deadline", day));
        line(&mut text, "file", quoted(self.file));
        line(&mut text, "fingerprint", quoted(self.fingerprint));
        text
    }
}

impl Reply<'_> {
    /// Writes the block.
    pub fn block(&self) -> String {
        let mut text = "[[reply]]\n".to_owned();
        line(&mut text, "owner", quoted(self.owner));
        line(&mut text, "received", self.received);
        line(&mut text, "file", quoted(self.file));
        self.person.into_iter().for_each(|person| line(&mut text, "person", quoted(person)));
        text
    }
}

fn line(text: &mut String, key: &str, value: impl Display) {
    // Writing to a String cannot fail.
    let _ = writeln!(text, "{key:<8} = {value}");
}
