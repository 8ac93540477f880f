//! A picture as data: which numbers it shows and the words for each. How it is drawn is for each renderer to say.

use rust_decimal::Decimal;

use super::Line;

/// One indicator as a picture: where it stands, and how it came there.
#[derive(Debug, Clone, Default)]
pub struct Chart {
    /// What a file with the picture is named after.
    pub id: String,
    /// What is shown.
    pub name: String,
    /// Where it stands.
    pub bullet: Bullet,
    /// How it came there: one point a year, without a year left out.
    pub series: Vec<Point>,
}

/// Values on one line, beside each other.
#[derive(Debug, Clone, Default)]
pub struct Bullet {
    /// At most one a role.
    pub marks: Vec<Mark>,
    /// What the values amount to.
    pub verdict: Line,
}

/// A value on the line.
#[derive(Debug, Clone)]
pub struct Mark {
    /// What it is.
    pub role: Role,
    /// What it is, in a word ("基準値").
    pub label: String,
    /// The exact number; `None` where there is none, and then it has no place on the line.
    pub value: Option<Decimal>,
    /// The number alone, as a person reads it ("48.9").
    pub number: String,
    /// The value as a person reads it, or why there is none ("48.9％（R3）", "未計測").
    pub text: String,
    /// The id of the fact that it states.
    pub fact: Option<Box<str>>,
}

/// What a value on the line is. The order is that of reading, and of equal values on the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// 基準値.
    Baseline,
    /// 見込まれる値.
    Expected,
    /// 実績値.
    Actual,
    /// 目標値.
    Target,
    /// The lower end of what is wanted.
    Min,
    /// The upper end of what is wanted.
    Max,
}

/// One year of a series.
#[derive(Debug, Clone, Default)]
pub struct Point {
    /// The year, as a person reads it.
    pub period: String,
    /// The year as ids of facts have it (`R5`).
    pub key: Box<str>,
    /// The exact number; `None` is a gap, never zero.
    pub value: Option<Decimal>,
    /// The value as a person reads it, or why there is none.
    pub text: String,
    /// What is counted changed with this year: no line leads to it from the year before.
    pub breaks: bool,
    /// The id of the fact that it states.
    pub fact: Option<Box<str>>,
}

impl Bullet {
    /// The mark of a role.
    pub fn mark(&self, role: Role) -> Option<&Mark> {
        self.marks.iter().find(|mark| mark.role == role)
    }

    /// The values that are aimed at: the target, or the two ends of what is wanted.
    pub fn aims(&self) -> impl Iterator<Item = Decimal> {
        self.marks
            .iter()
            .filter(|mark| matches!(mark.role, Role::Target | Role::Min | Role::Max))
            .filter_map(|m| m.value)
    }

    /// The marks that have a place on the line, from the least to the greatest value.
    pub fn placed(&self) -> Vec<(Decimal, &Mark)> {
        let mut placed: Vec<_> = self.marks.iter().filter_map(|mark| Some((mark.value?, mark))).collect();
        placed.sort_by_key(|(value, mark)| (*value, mark.role));
        placed
    }
}
