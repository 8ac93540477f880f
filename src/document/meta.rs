//! What a paper says of itself beside its contents, and where its parts begin.

use chrono::NaiveDate;

/// Who hands a paper out, to whom, as of when. The terminal and CSV leave it out.
#[derive(Debug, Clone, Default)]
pub struct Meta {
    /// Who hands it out; the author that the file names.
    pub author: Option<String>,
    /// As of when. The file says that it was made on this day, never when it really was: the same report is the same
    /// bytes on any day.
    pub date: Option<NaiveDate>,
    /// What stands on the right at the top: the number of the document, its day.
    pub issue: Vec<String>,
    /// To whom it is addressed.
    pub addressee: Vec<String>,
    /// What stands on the right above the title: date, sender, 速報 or 確定.
    pub letterhead: Vec<String>,
    /// What stands below the text: whom to ask, and how to reach them.
    pub contact: Option<String>,
    /// From which revision and by which version it was made.
    pub provenance: Option<String>,
    /// The period that the ids of its facts name, once they have theirs.
    pub fact_period: Option<Box<str>>,
}

/// On which page of a paper a section begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Start {
    /// Where the one before it ends.
    #[default]
    Here,
    /// On a page of its own, upright.
    Page,
    /// On a page of its own, across. What follows is upright again.
    Across,
}
