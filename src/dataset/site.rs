//! The plan that tables are made of, and what every row says of where it comes from.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::column::{ColumnOf, Datum, Kind, optional, required};
use crate::plan::Plan;
use crate::plan::entry::{Entry, Update};
use crate::plan::period::{Cycle, Period};
use crate::plan::record::Recorded;
use crate::plan::source::Origin;
use crate::query::AsOf;
use crate::query::status::period_before;
use crate::snapshot::Snapshot;

/// What tells the plans of a dataset apart: whose it is, and its own id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// 全国地方公共団体コード, six digits.
    pub city: String,
    /// The id of the plan.
    pub plan: String,
}

/// The plan that tables are made of.
#[derive(Debug)]
pub struct Site<'p> {
    /// The plan.
    pub plan: &'p Plan,
    /// Its files.
    pub snapshot: &'p Snapshot,
    /// What tells it from other plans.
    pub key: Key,
    /// As of when what is worked out holds.
    pub as_of: AsOf,
}

/// One moment of which it is worked out how everything stood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The moment.
    pub as_of: AsOf,
    /// Whether it is the one that the dataset is as of.
    pub is_latest: bool,
}

impl Moment {
    /// By this moments stand in a table: two that end on one day (a year and its last quarter) by what they are called.
    pub fn sort_key(&self) -> (NaiveDate, String, bool) {
        let period = self.as_of.period;
        (period.last_day(), period.short(), self.is_latest)
    }
}

impl<'p> Site<'p> {
    /// The moments of which it is worked out how entries stood: each period of the reporting cycle that has ended, the one
    /// that 前回比 compares with, and the moment of the dataset.
    pub fn moments(&self) -> Vec<Moment> {
        self.moments_by(self.plan.head.cycle)
    }

    /// The moments of which indicators are judged: each fiscal year that has ended, the period that is compared with, and
    /// the moment of the dataset.
    pub fn years(&self) -> Vec<Moment> {
        self.moments_by(Cycle::Year)
    }

    fn moments_by(&self, cycle: Cycle) -> Vec<Moment> {
        let (head, now) = (&self.plan.head, self.as_of);
        let first = Some(cycle.period_containing(head.from.first_day()));
        let within = |period: &Period| period.last_day() <= head.to.last_day() && period.last_day() < now.until();
        let mut periods: Vec<Period> = std::iter::successors(first, |p| p.next()).take_while(within).collect();
        periods.extend(period_before(self.plan, now.period).filter(|before| !periods.contains(before)));
        periods.sort();
        let earlier = periods.into_iter().filter(|period| *period != now.period);
        let earlier = earlier.map(|period| Moment { as_of: now.at_end_of(period), is_latest: false });
        earlier.chain([Moment { as_of: now, is_latest: true }]).collect()
    }

    /// The entries in the order of their ids as texts, in which the tables are sorted.
    pub fn entries_by_id(&self) -> Vec<usize> {
        let mut places: Vec<usize> = (0..self.plan.entries.len()).collect();
        places.sort_by_key(|place| self.plan.entries[*place].id.as_str());
        places
    }

    /// The updates of each of these entries, in order of the last days of their periods and of their names.
    pub fn updates_by_id(&self) -> Vec<(&'p Entry, &'p Update)> {
        let sorted = |place| {
            let entry = self.entry(place);
            let mut updates: Vec<&'p Update> = entry.updates.iter().collect();
            updates.sort_by_cached_key(|update| (update.period.last_day(), update.name().to_string()));
            updates.into_iter().map(move |update| (entry, update))
        };
        self.entries_by_id().into_iter().flat_map(sorted).collect()
    }

    /// The indicators in the order of their ids as texts.
    pub fn indicators_by_id(&self) -> Vec<usize> {
        let mut places: Vec<usize> = (0..self.plan.indicators.len()).collect();
        places.sort_by_key(|place| self.plan.indicators[*place].id.as_str());
        places
    }

    /// The line of a file, from 1, on which something was read.
    pub fn line(&self, origin: Origin) -> usize {
        self.snapshot.line_at(file(origin), usize::try_from(origin.offset).unwrap_or(0))
    }

    /// The id of an owner and the name of it in papers.
    pub fn owner(&self, places: &[usize]) -> Option<(&'p str, &'p str)> {
        let owner = &self.plan.owners[*places.first()?];
        Some((owner.id.as_str(), owner.label()))
    }

    /// The id of the document that something was read from.
    pub fn source(&self, origin: Origin) -> Option<&'p str> {
        self.plan.sources.get(usize::from(origin.source?)).map(|source| source.id.as_str())
    }

    /// The entry at a place.
    pub fn entry(&self, place: usize) -> &'p Entry {
        &self.plan.entries[place]
    }
}

fn file(origin: Origin) -> usize {
    usize::try_from(origin.file).unwrap_or(usize::MAX)
}

/// A row that was read somewhere.
pub trait Sourced {
    /// Where it was read, or what it was worked out of.
    fn origin(&self) -> Origin;
}

/// What every row begins with.
pub fn before<'p, R: Sourced>() -> Vec<ColumnOf<'p, R>> {
    vec![
        required(
            "city_code",
            Kind::Text,
            ("全国地方公共団体コード（6桁）", "Local government code, six digits"),
            |_, site| Datum::text(&site.key.city),
        ),
        required("plan_id", Kind::Text, ("計画の id", "The plan's own id"), |_, site| Datum::text(&site.key.plan)),
    ]
}

/// What every row ends with.
pub fn behind<'p, R: Sourced>() -> Vec<ColumnOf<'p, R>> {
    vec![
        required(
            "file",
            Kind::Text,
            ("読み取ったファイル（計画のフォルダーから）", "The file, from the plan's folder"),
            |row, site| {
                let path = site.snapshot.files.get(file(row.origin())).map_or("plan.toml", |file| &file.path);
                Datum::text(path)
            },
        ),
        required("line", Kind::Integer, ("その行", "The line of it"), |row, site| {
            Datum::count(site.line(row.origin()))
        }),
        optional(
            "revision",
            Kind::Text,
            (
                "読んだ版（指定したとおり）。今のファイルなら空",
                "The revision as it was asked for; null for the files as they are",
            ),
            |_, site| site.plan.revision.as_ref().map(|revision| revision.name.as_str()).into(),
        ),
        optional(
            "commit",
            Kind::Text,
            ("その版のコミット。今のファイルなら空", "The commit; null for the files as they are"),
            |_, site| site.plan.revision.as_ref().map(|revision| revision.id.as_str()).into(),
        ),
        required("as_of", Kind::Date, ("いつ現在か", "As of which day what is worked out holds"), |_, site| {
            site.as_of.date.into()
        }),
    ]
}

/// The columns of a period: its name, its last day and its fiscal year.
pub fn period_columns<'p, R: About>() -> Vec<ColumnOf<'p, R>> {
    vec![
        required(
            "period",
            Kind::Text,
            ("期間（R7Q2 など。表 periods）", "The period (R7Q2; table periods)"),
            |row, _| row.period().short().into(),
        ),
        required("period_to", Kind::Date, ("期間の末日", "Its last day"), |row, _| row.period().last_day().into()),
        required(
            "fiscal_year",
            Kind::Integer,
            ("年度（西暦）", "Its fiscal year, by the western year of its April"),
            |row, _| row.period().fiscal_year().western().into(),
        ),
    ]
}

/// A row that is about a period.
pub trait About {
    /// The period.
    fn period(&self) -> Period;
}

/// A number that was worked out.
pub fn computed<'r>(number: Option<Decimal>) -> Datum<'r> {
    number.map_or(Datum::Null, Datum::computed)
}
