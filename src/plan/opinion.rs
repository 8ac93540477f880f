//! 意見と対応: what a committee, the assembly, auditors or citizens said of the plan, and what was answered and promised.

use std::fmt;

use chrono::NaiveDate;

use super::id::Id;
use super::period::Period;
use super::record::RecordMark;
use super::source::Origin;
use super::{Plan, Subject};
use crate::lang::Say;

/// Where opinions were given: a meeting, an audit, a public consultation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    /// The name of its file, by which it is asked for.
    pub id: Id,
    /// What it is called (市役所改革推進委員会 第3回).
    pub name: Box<str>,
    /// Of what kind it is.
    pub body: Body,
    /// The day, of what lasted several days the last one.
    pub date: NaiveDate,
    /// The first day of what lasted several.
    pub from: Option<NaiveDate>,
    /// What was said, in the order of the file; also what was corrected or taken back since.
    pub opinions: Vec<Opinion>,
    /// What was answered, in the order of the file; also what was corrected or taken back since.
    pub responses: Vec<Response>,
    /// Where it was read.
    pub origin: Origin,
}

/// Who gives opinions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Body {
    /// 委員会など.
    Committee,
    /// 議会.
    Assembly,
    /// 監査.
    Audit,
    /// パブリックコメント.
    Public,
    /// その他.
    Other,
}

/// One opinion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opinion {
    /// Its number among those of its meeting.
    pub number: Id,
    /// Who said it: an office, a role (委員).
    pub who: Option<Box<str>>,
    /// The person's name, which papers leave out.
    pub person: Option<Box<str>>,
    /// About which entries and indicators, in the order given; the plan as a whole where there are none.
    pub about: Box<[Subject]>,
    /// What it is.
    pub kind: OpinionKind,
    /// What was said.
    pub text: Box<str>,
    /// What papers print of it instead.
    pub summary: Option<Box<str>>,
    /// How many people said so; at least 1.
    pub count: u32,
    /// The opinion of the same meeting with which it is grouped, and with which it is answered.
    pub like: Option<Id>,
    /// Whom it goes to, by place, where it says so; else the owners of what it is about.
    pub owners: Box<[usize]>,
    /// By when an answer is asked for.
    pub due: Option<NaiveDate>,
    /// Footnotes.
    pub notes: Box<[Box<str>]>,
    /// Who recorded it.
    pub by: Option<Box<str>>,
    /// When it was recorded, and what became of it.
    pub trace: OpinionTrace,
    /// Where it was read.
    pub origin: Origin,
}

/// What an opinion is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OpinionKind {
    /// 意見.
    Opinion,
    /// 質問.
    Question,
    /// 要望.
    Request,
    /// 指摘.
    Point,
}

/// What was answered to an opinion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// The number of the opinion.
    pub to: Id,
    /// Which department answers, by place, where the opinion goes to several; else it is the answer of all.
    pub owner: Option<usize>,
    /// What comes of the opinion.
    pub state: ResponseState,
    /// What was answered.
    pub text: Box<str>,
    /// Why nothing is done; always there where nothing is.
    pub reason: Option<Box<str>>,
    /// What was promised.
    pub promise: Option<Box<str>>,
    /// Until when; always there where something was promised.
    pub until: Option<Period>,
    /// The commit that reflects it.
    pub revision: Option<Box<str>>,
    /// The day of the `[[change]]` that reflects it.
    pub change: Option<NaiveDate>,
    /// Footnotes.
    pub notes: Box<[Box<str>]>,
    /// Who answered.
    pub by: Option<Box<str>>,
    /// When it was answered, and what became of the answer.
    pub trace: OpinionTrace,
    /// Where it was read.
    pub origin: Origin,
}

/// What comes of an opinion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ResponseState {
    /// 検討中.
    Considering,
    /// 対応中.
    Doing,
    /// 対応しない.
    Declined,
    /// 対応済.
    Done,
}

/// When an opinion or a response was recorded, and how it stands to the others of its meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OpinionTrace {
    /// By what it is called.
    pub stamp: Stamp,
    /// In whose place it stands.
    pub corrects: Option<Stamp>,
    /// What stands in its place.
    pub corrected: Option<Stamp>,
    /// Whether it only takes back what it corrects.
    pub withdrawn: bool,
    /// Its place in the order of time: the day, and of those of one day the place in the file. A correction stands where what
    /// it corrects stood.
    pub place: (NaiveDate, u32),
}

/// What an opinion or a response is called by whoever corrects it: `2026-03-02#3fa9c1`, the day on which it was recorded and
/// the mark of what it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Stamp {
    /// When it was recorded.
    pub day: NaiveDate,
    /// What tells it from others of that day; a person may leave it out.
    pub mark: Option<RecordMark>,
}

impl Stamp {
    /// Reads a name as people type it.
    pub fn parse(text: &str) -> Option<Self> {
        let folded = crate::text::fold::fold(text.trim());
        let (day, mark) = match folded.split_once('#') {
            Some((day, mark)) => (day, Some(RecordMark::parse(mark.trim())?)),
            None => (folded.as_ref(), None),
        };
        match Period::parse(day.trim()).ok()?.settled().ok()? {
            Period::Day(day) => Some(Self { day, mark }),
            _ => None,
        }
    }

    /// Whether this name may be meant by another, which may have no mark.
    pub fn is_meant_by(self, wanted: Self) -> bool {
        self.day == wanted.day && (wanted.mark.is_none() || wanted.mark == self.mark)
    }
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.day)?;
        self.mark.map_or(Ok(()), |mark| write!(f, "#{mark}"))
    }
}

impl OpinionTrace {
    /// Whether it holds to this day: nothing corrected it, and it takes nothing back.
    pub fn stands(&self) -> bool {
        self.corrected.is_none() && !self.withdrawn
    }
}

impl Meeting {
    /// The opinions that hold, in order of number.
    pub fn standing(&self) -> Vec<&Opinion> {
        let mut standing: Vec<&Opinion> = self.opinions.iter().filter(|opinion| opinion.trace.stands()).collect();
        standing.sort_by(|a, b| a.number.cmp(&b.number));
        standing
    }

    /// The opinion of a number, as it holds.
    pub fn opinion(&self, number: &Id) -> Option<&Opinion> {
        self.opinions.iter().find(|opinion| opinion.number == *number && opinion.trace.stands())
    }

    /// What is called the opinion of a number in this plan: `2026-02-10/3`.
    pub fn name_of(&self, number: &Id) -> OpinionName {
        OpinionName { meeting: self.id.clone(), number: number.clone() }
    }
}

impl Opinion {
    /// Whom it goes to: whom it names, else the owners of what it is about, each once.
    pub fn answered_by(&self, plan: &Plan) -> Vec<usize> {
        if !self.owners.is_empty() {
            return self.owners.to_vec();
        }
        let mut owners = Vec::new();
        for subject in &self.about {
            let of = match subject {
                Subject::Entry(place) => &plan.entries[*place].owners,
                Subject::Indicator(place) => {
                    match (&plan.indicators[*place].owners, &plan.indicators[*place].entries) {
                        (own, entries) if own.is_empty() && !entries.is_empty() => &plan.entries[entries[0]].owners,
                        (own, _) => own,
                    }
                }
            };
            of.iter().for_each(|owner| {
                if !owners.contains(owner) {
                    owners.push(*owner);
                }
            });
        }
        owners
    }

    /// What papers print of it.
    pub fn in_short(&self) -> &str {
        self.summary.as_deref().unwrap_or(&self.text)
    }
}

/// What an opinion is called: the name of its meeting's file, and its number there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OpinionName {
    /// The meeting.
    pub meeting: Id,
    /// The number.
    pub number: Id,
}

impl OpinionName {
    /// Reads `2026-02-10/3`, in any width.
    pub fn parse(text: &str) -> Option<Self> {
        let folded = crate::text::fold::fold(text.trim());
        let (meeting, number) = folded.split_once('/')?;
        Some(Self { meeting: Id::parse(meeting).ok()?, number: Id::parse(number).ok()? })
    }
}

impl fmt::Display for OpinionName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.meeting, self.number)
    }
}

impl Body {
    /// Every kind under its key.
    pub const ALL: [(&str, Self); 5] = [
        ("committee", Self::Committee),
        ("assembly", Self::Assembly),
        ("audit", Self::Audit),
        ("public", Self::Public),
        ("other", Self::Other),
    ];

    /// What a person reads.
    pub fn say(self) -> Say {
        let (ja, en) = match self {
            Self::Committee => ("委員会", "committee"),
            Self::Assembly => ("議会", "assembly"),
            Self::Audit => ("監査", "audit"),
            Self::Public => ("パブリックコメント", "public consultation"),
            Self::Other => ("その他", "other"),
        };
        Say { ja: ja.into(), en: en.into() }
    }

    /// The key in files.
    pub fn key(self) -> &'static str {
        key_of(&Self::ALL, self)
    }

    /// What is said there, unless it says otherwise: auditors raise points.
    pub fn usual_kind(self) -> Option<OpinionKind> {
        (self == Self::Audit).then_some(OpinionKind::Point)
    }
}

impl OpinionKind {
    /// Every kind under its key.
    pub const ALL: [(&str, Self); 4] =
        [("opinion", Self::Opinion), ("question", Self::Question), ("request", Self::Request), ("point", Self::Point)];

    /// What a person reads.
    pub fn say(self) -> Say {
        let (ja, en) = match self {
            Self::Opinion => ("意見", "opinion"),
            Self::Question => ("質問", "question"),
            Self::Request => ("要望", "request"),
            Self::Point => ("指摘", "point raised"),
        };
        Say { ja: ja.into(), en: en.into() }
    }

    /// The key in files.
    pub fn key(self) -> &'static str {
        key_of(&Self::ALL, self)
    }
}

impl ResponseState {
    /// Every state under its key.
    pub const ALL: [(&str, Self); 4] = [
        ("done", Self::Done),
        ("doing", Self::Doing),
        ("considering", Self::Considering),
        ("declined", Self::Declined),
    ];

    /// What a person reads.
    pub fn say(self) -> Say {
        let (ja, en) = match self {
            Self::Done => ("対応済", "done"),
            Self::Doing => ("対応中", "in progress"),
            Self::Considering => ("検討中", "being considered"),
            Self::Declined => ("対応しない", "not to be done"),
        };
        Say { ja: ja.into(), en: en.into() }
    }

    /// The key in files.
    pub fn key(self) -> &'static str {
        key_of(&Self::ALL, self)
    }

    /// Whether nothing more is to come of it.
    pub fn is_settled(self) -> bool {
        matches!(self, Self::Done | Self::Declined)
    }
}

fn key_of<T: Copy + PartialEq>(all: &[(&'static str, T)], one: T) -> &'static str {
    all.iter().find(|(_, known)| *known == one).map_or("", |(key, _)| key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_back_as_people_type_them() {
        for (typed, name) in [
            ("2026-02-10/3", "2026-02-10/3"),
            ("２０２６－０２－１０／３", "2026-02-10/3"),
            ("committee-3/1-2", "committee-3/1-2"),
        ] {
            assert_eq!(OpinionName::parse(typed).unwrap().to_string(), name);
        }
        assert!(["", "3", "2026-02-10/", "a/b/c", "委員会/3"].iter().all(|text| OpinionName::parse(text).is_none()));
        for (typed, name) in [
            ("2026-03-02#3fa9c1", "2026-03-02#3fa9c1"),
            ("Ｒ８．３．２＃３ＦＡ９Ｃ１", "2026-03-02#3fa9c1"),
            ("R8.3.2", "2026-03-02"),
        ] {
            assert_eq!(Stamp::parse(typed).unwrap().to_string(), name);
        }
        assert!(["", "R8", "2026-03-02#2", "#3fa9c1"].iter().all(|text| Stamp::parse(text).is_none()));
    }
}
