//! The tables, each in a file of its own: its columns, and the rows that a plan has in it.

mod changes;
mod dues;
mod entries;
mod grades;
mod groups;
mod indicators;
mod measures;
mod opinions;
mod owners;
mod periods;
mod plans;
mod published;
mod ratings;
mod responses;
mod sources;
mod standings;
mod targets;
mod themes;
mod updates;
mod verdicts;
mod verifies;

use std::fmt;

use rust_decimal::Decimal;

use super::SCALE;
use super::column::{Column, ColumnOf, Datum, unscaled};
use super::site::{Site, Sourced, before, behind};
use crate::failure::Failure;
use crate::say;

/// What a table is, whatever plan it is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Its name, the same for ever.
    pub name: &'static str,
    /// What a row of it is, in Japanese and in English.
    pub about: (&'static str, &'static str),
    /// The columns that tell its rows apart within a plan, by which it is sorted.
    pub key: &'static [&'static str],
    /// Its columns.
    pub columns: Vec<Column>,
}

/// A table, and how a plan fills it.
pub struct Spec<'p, R> {
    /// Its name.
    pub name: &'static str,
    /// What a row of it is, in Japanese and in English.
    pub about: (&'static str, &'static str),
    /// The columns that tell its rows apart within a plan.
    pub key: &'static [&'static str],
    /// Its columns, without those that every table has.
    pub columns: Vec<ColumnOf<'p, R>>,
    /// Its rows.
    pub rows: fn(&'p Site<'p>) -> Vec<R>,
}

/// A table with the rows that a plan has in it.
pub struct Table<'p> {
    /// What it is.
    pub head: Head,
    rows: Box<dyn Rows + 'p>,
}

impl fmt::Debug for Table<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} × {}", self.head.name, self.rows.len())
    }
}

impl Table<'_> {
    /// How many rows it has.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether the plan has nothing of it.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What stands in a row and a column, each by place.
    pub fn datum(&self, row: usize, column: usize) -> Datum<'_> {
        self.rows.datum(row, column)
    }
}

/// The rows of any table.
trait Rows {
    fn len(&self) -> usize;
    fn datum(&self, row: usize, column: usize) -> Datum<'_>;
}

struct Filled<'p, R> {
    columns: Vec<ColumnOf<'p, R>>,
    rows: Vec<R>,
    site: &'p Site<'p>,
}

impl<R> Rows for Filled<'_, R> {
    fn len(&self) -> usize {
        self.rows.len()
    }

    fn datum(&self, row: usize, column: usize) -> Datum<'_> {
        (self.columns[column].get)(&self.rows[row], self.site)
    }
}

impl<'p, R: Sourced> Spec<'p, R> {
    fn all_columns(&mut self) -> Vec<ColumnOf<'p, R>> {
        before().into_iter().chain(std::mem::take(&mut self.columns)).chain(behind()).collect()
    }

    fn head(&self, columns: &[ColumnOf<'p, R>]) -> Head {
        let columns = columns.iter().map(|of| of.column).collect();
        Head { name: self.name, about: self.about, key: self.key, columns }
    }

    fn fill(mut self, site: &'p Site<'p>) -> Table<'p>
    where
        R: 'p,
    {
        let columns = self.all_columns();
        let head = self.head(&columns);
        Table { head, rows: Box::new(Filled { columns, rows: (self.rows)(site), site }) }
    }
}

/// Lists the tables: each is the file of its name.
macro_rules! tables {
    ($($table:ident),* $(,)?) => {
        /// Every table, in the order of the reference.
        pub fn catalogue() -> Vec<Head> {
            vec![$({
                let mut spec = $table::spec();
                let columns = spec.all_columns();
                spec.head(&columns)
            }),*]
        }

        /// Hands out the tables of a plan, one after the other: only one is in memory at a time.
        ///
        /// # Errors
        /// The first one of `take`.
        pub fn all<'p>(
            site: &'p Site<'p>,
            take: &mut dyn FnMut(Table<'p>) -> Result<(), Failure>,
        ) -> Result<(), Failure> {
            $(take($table::spec().fill(site))?;)*
            Ok(())
        }
    };
}

tables!(
    plans, periods, entries, owners, groups, themes, grades, updates, ratings, standings, indicators, verifies,
    targets, measures, verdicts, dues, changes, opinions, responses, published, sources,
);

/// Numbers rows, from 1, that stand one after the other and that nothing else tells apart.
fn number_alike<R, K: PartialEq>(rows: &mut [R], of: impl Fn(&R) -> K, number: impl Fn(&mut R) -> &mut usize) {
    for alike in rows.chunk_by_mut(|one, other| of(one) == of(other)) {
        alike.iter_mut().zip(1..).for_each(|(row, at)| *number(row) = at);
    }
}

/// A number as it is, unless it has more digits than a column holds: cut short it would be another number.
///
/// # Errors
/// When it has more; with the file and the line where it stands.
pub fn refuse_long(table: &Table<'_>, column: &Column, row: usize, number: Decimal) -> Result<Decimal, Failure> {
    if unscaled(number).is_some() {
        return Ok(number);
    }
    let cell = |name: &str| {
        let place = table.head.columns.iter().position(|column| column.name == name);
        match place.map(|place| table.datum(row, place)) {
            Some(Datum::Text(text)) => text.into_owned(),
            Some(Datum::Integer(number)) => number.to_string(),
            _ => String::new(),
        }
    };
    let (file, line, name) = (cell("file"), cell("line"), column.name);
    Err(Failure::new(
        say!(
            "{file}:{line} の数値 {number} は、小数点以下が {SCALE} 桁を超えています（表 {}、列 {name}）",
            "{file}:{line}: the number {number} has more than {SCALE} digits behind the point (table {}, column {name})",
            table.head.name
        ),
        say!("{SCALE} 桁までにしてください", "write it with at most {SCALE}"),
    ))
}
