//! Dates for the calendars of others: what falls on a day.

use chrono::NaiveDate;

/// A calendar that another program takes in.
#[derive(Debug, Clone, Default)]
pub struct Dates {
    /// What it is called.
    pub name: String,
    /// What it is about, and what must not be overlooked.
    pub description: String,
    /// As of when: each event says that it was made on this day.
    pub stamp: NaiveDate,
    /// The events, in order of time.
    pub events: Vec<Event>,
}

/// Something that takes a whole day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Names it for ever, in all the calendars there are: whoever takes it in again replaces it.
    pub uid: String,
    /// The day.
    pub day: NaiveDate,
    /// In one line.
    pub summary: String,
    /// More; may hold line breaks.
    pub description: String,
    /// Of what kind it is, in words.
    pub category: String,
}
