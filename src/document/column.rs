//! Columns: what heads them, what their cells hold, and how a cell is made from the subject of its row.

use std::borrow::Cow;

use kaikaku_text::lang::Lang;

use super::{Cell, Row, Table};

/// A column of a table: its head, and what holds of each of its cells.
#[derive(Debug, Clone)]
pub struct Column {
    /// Names the column for programs: ASCII, the same in every language, once in a table.
    pub key: Cow<'static, str>,
    /// The words above the column.
    pub title: String,
    /// What its cells hold.
    pub kind: Type,
    /// The unit of its numbers, where it is one and the same.
    pub unit: Option<Unit>,
    /// Its share of a page's width beside the other columns; where none has one, the words decide.
    pub weight: Option<u16>,
    /// The id of the fact that its title states.
    pub fact: Option<Box<str>>,
}

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// A whole number: a count, a line of a file.
    Integer,
    /// A number with digits behind the point; it may be read with its unit.
    Decimal,
    /// A number in percent.
    Percent,
    /// A fiscal year, a quarter or another stretch of time, as Japanese years name it.
    Period,
    /// A day.
    Date,
    /// A grade of a scale, a verdict, or another of a few words in an order.
    Grade,
    /// What names something: a number of the outline, an id, a revision.
    Id,
    /// The name of a record (an entry, an indicator, a milestone), which is broken only where no page has room for it.
    Name,
    /// Words.
    Text,
}

/// The unit that all numbers of a column have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Days.
    Day,
    /// Months.
    Month,
    /// Years.
    Year,
}

/// How the cells of a column stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// Words.
    Left,
    /// Numbers.
    Right,
}

impl Type {
    /// Whether the cells hold exact numbers.
    pub fn is_number(self) -> bool {
        matches!(self, Self::Integer | Self::Decimal | Self::Percent)
    }

    /// How the cells stand: numbers on the right.
    pub fn align(self) -> Align {
        if self.is_number() { Align::Right } else { Align::Left }
    }
}

impl Column {
    /// A column under this title.
    pub fn new(key: impl Into<Cow<'static, str>>, title: impl Into<String>, kind: Type) -> Self {
        Self { key: key.into(), title: title.into(), kind, unit: None, weight: None, fact: None }
    }

    /// The same column with its share of a page's width.
    pub fn weighing(self, weight: u16) -> Self {
        Self { weight: Some(weight), ..self }
    }

    /// How its cells stand.
    pub fn align(&self) -> Align {
        self.kind.align()
    }
}

/// A column of a table about subjects of one type: its head, and the function that makes its cell of a subject, so that
/// a title and its cells cannot part.
#[derive(Debug)]
pub struct ColumnOf<S> {
    key: Cow<'static, str>,
    title: Title,
    kind: Type,
    unit: Option<Unit>,
    weight: Option<u16>,
    nth: usize,
    cell: fn(&S, At) -> Cell,
}

/// What stands above a column.
#[derive(Debug)]
enum Title {
    /// Words of this program, in Japanese and English.
    Fixed(&'static str, &'static str),
    /// Words that are the plan's, or that were put together in the language of the table.
    Given(String),
}

/// For which place of a table a cell is made.
#[derive(Debug, Clone, Copy)]
pub struct At {
    /// The language of the table.
    pub lang: Lang,
    /// Which one of several columns that share a function, from 0.
    pub nth: usize,
}

/// A column with a title of this program, and how it makes its cells.
pub fn column<S>(
    key: &'static str,
    (ja, en): (&'static str, &'static str),
    kind: Type,
    cell: fn(&S, At) -> Cell,
) -> ColumnOf<S> {
    let (key, title) = (Cow::Borrowed(key), Title::Fixed(ja, en));
    ColumnOf { key, title, kind, unit: None, weight: None, nth: 0, cell }
}

impl<S> ColumnOf<S> {
    /// A column under a title that the plan gives, or that is put together in the language of the table.
    pub fn titled(
        key: impl Into<Cow<'static, str>>,
        title: impl Into<String>,
        kind: Type,
        cell: fn(&S, At) -> Cell,
    ) -> Self {
        Self { key: key.into(), title: Title::Given(title.into()), kind, unit: None, weight: None, nth: 0, cell }
    }

    /// The name of the column for programs.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The same column as this one of several that share a function.
    pub fn nth(self, nth: usize) -> Self {
        Self { nth, ..self }
    }

    /// The same column with the unit of its numbers.
    pub fn in_unit(self, unit: Unit) -> Self {
        Self { unit: Some(unit), ..self }
    }

    /// The same column with its share of a page's width.
    pub fn weighing(self, weight: u16) -> Self {
        Self { weight: Some(weight), ..self }
    }

    /// What heads the column.
    fn head(&self, lang: Lang) -> Column {
        let title = match &self.title {
            Title::Fixed(ja, en) => lang.pick(*ja, *en).to_owned(),
            Title::Given(title) => title.clone(),
        };
        Column { key: self.key.clone(), title, kind: self.kind, unit: self.unit, weight: self.weight, fact: None }
    }
}

/// The columns, each with its share of a page's width.
pub fn weighed<S, const N: usize>(columns: [ColumnOf<S>; N], weights: [u16; N]) -> [ColumnOf<S>; N] {
    let mut weights = weights.into_iter();
    columns.map(|column| column.weighing(weights.next().unwrap_or(1)))
}

/// The heads of the columns, left to right.
pub fn heads<S>(columns: &[ColumnOf<S>], lang: Lang) -> Vec<Column> {
    columns.iter().map(|column| column.head(lang)).collect()
}

/// What every row of a sheet says beside its subject has this room, so that no row is copied for it.
const ROOM: usize = 2;

/// The cells of a subject, one a column.
pub fn cells<S>(columns: &[ColumnOf<S>], subject: &S, lang: Lang) -> Vec<Cell> {
    let mut cells = Vec::with_capacity(columns.len() + ROOM);
    cells.extend(columns.iter().map(|column| (column.cell)(subject, At { lang, nth: column.nth })));
    cells
}

impl Table {
    /// A table with one row a subject.
    pub fn build<S>(columns: &[ColumnOf<S>], subjects: impl IntoIterator<Item = S>, lang: Lang) -> Self {
        let rows = subjects.into_iter().map(|subject| Row::new(cells(columns, &subject, lang))).collect();
        Self { columns: heads(columns, lang), rows, ..Self::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_stands_under_its_own_title_in_either_order() {
        type Counted = (&'static str, u32);
        let name = || column("name", ("名称", "Name"), Type::Text, |(name, _): &Counted, _| Cell::text(*name));
        let count = || {
            column("count", ("件数", "Count"), Type::Integer, |(_, n): &Counted, _| Cell::number(*n, n.to_string()))
        };
        for (columns, keys) in [([name(), count()], ["name", "count"]), ([count(), name()], ["count", "name"])] {
            let table = Table::build(&columns, [("人材", 3)], Lang::En);
            let cells = table.columns.iter().zip(&table.rows[0].cells);
            assert_eq!(table.columns.iter().map(|column| &*column.key).collect::<Vec<_>>(), keys);
            for (column, cell) in cells {
                let expected = if column.key == "name" { ("Name", "人材") } else { ("Count", "3") };
                assert_eq!((&*column.title, &*cell.text), expected);
            }
        }
    }

    #[test]
    fn columns_that_share_a_function_know_which_they_are() {
        let year = |nth: usize| {
            ColumnOf::titled(format!("year-{nth}"), format!("R{nth}"), Type::Decimal, |all: &[u32; 2], at| {
                Cell::number(all[at.nth], all[at.nth].to_string())
            })
            .nth(nth)
        };
        let table = Table::build(&[year(1), year(0)], [[5, 7]], Lang::Ja);
        assert_eq!(table.rows[0].cells.iter().map(|cell| &*cell.text).collect::<Vec<_>>(), ["7", "5"]);
        assert_eq!(table.columns.iter().map(Column::align).collect::<Vec<_>>(), [Align::Right; 2]);
    }
}
