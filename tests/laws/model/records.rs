//! Records of one entry or indicator, and which of them count (`figures.md`, "As of when").

use chrono::{Days, Months, NaiveDate};

use super::chance::Chance;

/// The first month of the plan, R6Q1.
const BEGIN: (i32, u32) = (2024, 4);

/// A stretch of months: the first, counted from the first month of the plan, and how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    pub from: u32,
    pub months: u32,
}

impl Stretch {
    pub const fn quarter(at: u32) -> Self {
        Self { from: at * 3, months: 3 }
    }

    pub const fn year(at: u32) -> Self {
        Self { from: at * 12, months: 12 }
    }

    pub fn first(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(BEGIN.0, BEGIN.1, 1).unwrap() + Months::new(self.from)
    }

    pub fn last(self) -> NaiveDate {
        Self { from: self.from + self.months, months: 1 }.first().pred_opt().unwrap()
    }

    pub fn name(self) -> String {
        let year = 6 + self.from / 12;
        match self.months {
            12 => format!("R{year}"),
            _ => format!("R{year}Q{}", 1 + self.from % 12 / 3),
        }
    }

    /// The stretch of the same length before it, within the plan.
    pub fn before(self) -> Option<Self> {
        Some(Self { from: self.from.checked_sub(self.months)?, ..self })
    }

    /// Whether one of both is within the other.
    pub fn touches(self, other: Self) -> bool {
        let within = |a: Self, b: Self| b.from <= a.from && a.from + a.months <= b.from + b.months;
        within(self, other) || within(other, self)
    }
}

/// As of when somebody asks.
#[derive(Debug, Clone, Copy)]
pub struct Asked {
    /// The period that is asked, or that around the day.
    pub period: Stretch,
    /// The day; that on which the period ends.
    pub day: NaiveDate,
    /// The last day whose records are heard of; of a period as a whole, all are.
    pub heard: Option<NaiveDate>,
}

impl Asked {
    /// A quarter or year of the plan, or a day in one of its quarters.
    pub fn any(chance: &mut Chance, is_of_years: bool) -> Self {
        let length = if is_of_years { 12 } else { 3 };
        let at = u32::try_from(chance.below(48 / length)).unwrap();
        let period = if is_of_years { Stretch::year(at) } else { Stretch::quarter(at) };
        let days = u64::try_from((period.last() - period.first()).num_days()).unwrap();
        let within = u64::try_from(chance.below(usize::try_from(days).unwrap() + 1)).unwrap();
        match chance.percent(60) {
            true => Self { period, day: period.last(), heard: None },
            false => Self::on(period, period.first() + Days::new(within)),
        }
    }

    /// A day, in a period.
    pub fn on(period: Stretch, day: NaiveDate) -> Self {
        Self { period, day, heard: Some(day) }
    }

    pub fn words(self) -> String {
        self.heard.map_or_else(|| self.period.name(), |day| day.to_string())
    }
}

/// What every record says first.
#[derive(Debug, Clone)]
pub struct Head {
    pub about: Stretch,
    pub day: NaiveDate,
    /// Who rates, by place.
    pub by: usize,
    /// The earlier record of the same period and evaluator in whose place it stands.
    pub corrects: Option<usize>,
    pub withdrawn: bool,
}

impl Head {
    /// A record about `about`, made on a day from its beginning on, that may correct one of those before it.
    pub fn any(chance: &mut Chance, about: Stretch, earliest: NaiveDate, by: usize, before: &[Self]) -> Self {
        let day = earliest + Days::new(u64::try_from(chance.below(200)).unwrap());
        let is_free = |at: &usize| {
            let other = &before[*at];
            let untouched = before.iter().all(|record| record.corrects != Some(*at));
            other.about == about && other.by == by && other.day <= day && !other.withdrawn && untouched
        };
        let free: Vec<usize> = (0..before.len()).filter(is_free).collect();
        let corrects = (!free.is_empty() && chance.percent(40)).then(|| chance.pick(&free));
        let withdrawn = corrects.is_some() && chance.percent(30);
        Self { about, day, by, corrects, withdrawn }
    }
}

/// What a record is called: by its place among those of its period and day where they are several.
fn called(heads: &[Head], at: usize) -> String {
    let is_alike = |other: &Head| (other.about, other.day) == (heads[at].about, heads[at].day);
    let nth = heads[..at].iter().filter(|other| is_alike(other)).count();
    let name = format!("{}/{}", heads[at].about.name(), heads[at].day);
    if nth == 0 { name } else { format!("{name}#{}", nth + 1) }
}

/// The records of a file; `says` writes what each says that takes nothing back.
pub fn written(heads: &[Head], header: &str, evaluators: &[&str], says: impl Fn(usize) -> String) -> String {
    let block = |(at, head): (usize, &Head)| {
        let corrects = head.corrects.map(|of| format!("corrects = \"{}\"\n", called(heads, of))).unwrap_or_default();
        let by = evaluators.get(head.by).filter(|_| !head.withdrawn && head.by > 0);
        let by = by.map(|id| format!("evaluator = \"{id}\"\n")).unwrap_or_default();
        let says = if head.withdrawn { "withdrawn = true\n".to_owned() } else { says(at) };
        format!("[[{header}]]\nperiod = \"{}\"\nrecorded = {}\n{by}{corrects}{says}\n", head.about.name(), head.day)
    };
    heads.iter().enumerate().map(block).collect()
}

/// The records that count, the one with the last word last.
pub fn counted(heads: &[Head], asked: Asked) -> Vec<usize> {
    // As of a day nothing is heard of that was recorded later; of a period as a whole everything is.
    let is_heard = |made: NaiveDate| asked.heard.is_none_or(|day| made <= day);
    // Periods that have ended by then count; one still running once it was reported.
    let is_known =
        |head: &Head| head.about.last() <= asked.day || head.about.first() <= asked.day && head.day <= asked.day;
    let counts = |at: &usize| {
        let head = &heads[*at];
        let is_corrected = heads.iter().any(|other| other.corrects == Some(*at) && is_heard(other.day));
        is_heard(head.day) && is_known(head) && !head.withdrawn && !is_corrected
    };
    // A correction stands in the place of what it corrects.
    let place = |at: &usize| {
        let first = std::iter::successors(Some(*at), |at| heads[*at].corrects).last().unwrap();
        (heads[*at].about.last(), heads[first].day, first)
    };
    let mut counted: Vec<usize> = (0..heads.len()).filter(counts).collect();
    counted.sort_by_key(place);
    counted
}
