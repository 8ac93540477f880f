//! 照会: what was sent to whom and by when, what came back, and where the office's own form has what.

use std::fmt;

use chrono::NaiveDate;

use super::id::Id;
use super::period::Period;
use super::source::Origin;

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
    /// Where it was read.
    pub origin: Origin,
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
    /// Where it was read.
    pub origin: Origin,
}

impl Inquiry {
    /// The last form that was sent to an owner, up to a day.
    pub fn sent_to(&self, owner: usize, by: Option<NaiveDate>) -> Option<&Sent> {
        self.sent_by(owner, by).next_back()
    }

    /// What was sent to an owner, up to a day.
    fn sent_by(&self, owner: usize, by: Option<NaiveDate>) -> impl DoubleEndedIterator<Item = &Sent> {
        self.sent.iter().filter(move |sent| sent.owner == owner && by.is_none_or(|day| sent.sent <= day))
    }

    /// The day on which an owner was asked first.
    pub fn first_sent(&self, owner: usize) -> Option<NaiveDate> {
        self.sent.iter().filter(|sent| sent.owner == owner).map(|sent| sent.sent).min()
    }

    /// By when an owner was last asked to answer. A form that was sent again without a day leaves it.
    pub fn deadline_of(&self, owner: usize, by: Option<NaiveDate>) -> Option<NaiveDate> {
        self.sent_by(owner, by).filter_map(|sent| sent.deadline).next_back()
    }

    /// The last reply of an owner, up to a day.
    pub fn reply_of(&self, owner: usize, by: Option<NaiveDate>) -> Option<&Received> {
        let in_time = |reply: &Received| by.is_none_or(|day| reply.received <= day);
        self.replies.iter().rfind(|reply| reply.owner == owner && in_time(reply))
    }
}

/// What of an entry or indicator is asked; the key of a record.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Field {
    /// 進捗区分 on the scale with this id.
    Rating(Id),
    /// 進捗率.
    Progress,
    /// 実績.
    Done,
    /// 課題.
    Issue,
    /// 今後の対応.
    Next,
    /// 工程: the step that the lane of this name has reached.
    Step(Box<str>),
    /// 節目: when the milestone of this name was reached.
    Reached(Box<str>),
    /// 実績値.
    Value,
    /// 注.
    Note,
    /// 意見への対応: of the opinion of this number, where the id is that of its meeting.
    Opinion(Id, OpinionField),
}

/// What of an opinion is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "they are called as the keys of a response")]
pub enum OpinionField {
    State,
    Answer,
    Reason,
    Promise,
    Until,
}

impl OpinionField {
    /// Every field under its key.
    const ALL: [(&str, Self); 5] = [
        ("state", Self::State),
        ("answer", Self::Answer),
        ("reason", Self::Reason),
        ("promise", Self::Promise),
        ("until", Self::Until),
    ];
}

/// Where the office's own form has what: by the words above a column, by a defined name, or by a cell (B2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// The sheet; the first one where none is named.
    pub sheet: Option<Box<str>>,
    /// The column of numbers.
    pub id: Box<str>,
    /// The column of names.
    pub name: Option<Box<str>>,
    /// The cell of the period.
    pub period: Option<Box<str>>,
    /// The cell of the owner.
    pub owner: Option<Box<str>>,
    /// The columns of answers.
    pub answers: Vec<(Field, Box<str>)>,
    /// The columns of last answers.
    pub last: Vec<(Field, Box<str>)>,
}

/// What the columns of the list that is imported hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportColumns {
    /// A column of numbers as the plan has them, and columns of answers.
    Numbered(Template),
    /// Columns of levels, of which numbers are made.
    Levelled(ListColumns),
}

impl ImportColumns {
    /// The same columns of another sheet.
    #[must_use]
    pub fn of_sheet(mut self, name: &str) -> Self {
        let sheet = match &mut self {
            Self::Numbered(template) => &mut template.sheet,
            Self::Levelled(columns) => &mut columns.sheet,
        };
        *sheet = Some(name.into());
        self
    }
}

/// The columns of a list with levels, or of one of indicators alone, by the words above them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListColumns {
    /// The sheet; the first one where none is named.
    pub sheet: Option<Box<str>>,
    /// What is in a column, and the words above it from the top; of columns with the same words, which one (番号 (2)).
    pub columns: Vec<(Role, Box<str>)>,
}

/// What a column of a list holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    /// Numbers of a level, by its place from the top.
    Number(usize),
    /// Names of a level, by its place from the top.
    Level(usize),
    /// 所管課, one or several.
    Owner,
    /// 局・部.
    Bureau,
    /// 概要.
    Summary,
    /// 備考.
    Note,
    /// Names of indicators.
    Indicator,
    /// 単位.
    Unit,
    /// 向き.
    Kind,
    /// Whether the values of the row are targets or actuals.
    Aspect,
    /// The period of what is reported in the row.
    Period,
    /// Values of an indicator; without an aspect the row says what they are, without a period of when.
    Value(Option<Aspect>, Option<Period>),
    /// What is reported of the entry; without a period the row or the command names it.
    Answer(Field, Option<Period>),
    /// One of the columns of a scale, each for the grade above it: a tick in it is the rating.
    Tick(Id, Option<Period>),
}

impl Role {
    /// The roles that one column has, by their keys in files.
    pub const ONE_COLUMN: [(&str, Self); 9] = [
        ("owner", Self::Owner),
        ("bureau", Self::Bureau),
        ("summary", Self::Summary),
        ("note", Self::Note),
        ("period", Self::Period),
        ("indicator", Self::Indicator),
        ("unit", Self::Unit),
        ("kind", Self::Kind),
        ("aspect", Self::Aspect),
    ];
}

/// What a value of an indicator is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aspect {
    /// 基準値.
    Baseline,
    /// 目標値.
    Target,
    /// 実績値.
    Actual,
}

impl Field {
    /// Whether an opinion is asked about.
    pub fn is_of_opinion(&self) -> bool {
        matches!(self, Self::Opinion(..))
    }

    /// Reads what of an opinion is asked: `opinion.3.state`.
    pub fn of_opinion(text: &str) -> Option<Self> {
        let (number, key) = text.strip_prefix("opinion.")?.rsplit_once('.')?;
        let (_, field) = OpinionField::ALL.into_iter().find(|(known, _)| *known == key)?;
        Some(Self::Opinion(Id::parse(number).ok()?, field))
    }

    /// Reads a field as `Display` writes it.
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "progress" => Self::Progress,
            "done" => Self::Done,
            "issue" => Self::Issue,
            "next" => Self::Next,
            "value" => Self::Value,
            "note" => Self::Note,
            other if other.starts_with("step.") => Self::Step(other.strip_prefix("step.")?.into()),
            other if other.starts_with("reached.") => Self::Reached(other.strip_prefix("reached.")?.into()),
            other => Self::Rating(Id::parse(other.strip_prefix("rating.")?).ok()?),
        })
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rating(scale) => write!(f, "rating.{scale}"),
            Self::Progress => f.write_str("progress"),
            Self::Done => f.write_str("done"),
            Self::Issue => f.write_str("issue"),
            Self::Next => f.write_str("next"),
            Self::Step(called) => write!(f, "step.{called}"),
            Self::Reached(called) => write!(f, "reached.{called}"),
            Self::Value => f.write_str("value"),
            Self::Note => f.write_str("note"),
            Self::Opinion(number, field) => {
                let key = OpinionField::ALL.iter().find(|(_, known)| known == field).map_or("", |(key, _)| key);
                write!(f, "opinion.{number}.{key}")
            }
        }
    }
}
