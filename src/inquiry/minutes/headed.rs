//! Which row of a sheet names the columns of minutes, and what each of them holds.

use std::collections::{BTreeMap, BTreeSet};

use super::MinutesColumn as C;
use super::headings::{MinutesColumn, column_below, column_of, kind_of};
use super::words;
use crate::failure::Failure;
use crate::inquiry::grid::{cell_key, twice};
use crate::lang::Say;
use crate::plan::opinion::OpinionKind;
use crate::say;
use crate::text::safe::one_line;
use crate::workbook::{Cell, Sheet};

/// How far down headings are looked for.
const DEEPEST: usize = 60;

/// So many columns a heading may reach over.
const WIDEST: u32 = 20;

/// The headings of a sheet.
pub struct Headed {
    /// The first row of them.
    pub first: u32,
    /// The last one, above the opinions.
    pub row: u32,
    /// What all opinions are, where their heading says so.
    pub kind: Option<OpinionKind>,
    pub columns: BTreeMap<u32, MinutesColumn>,
    /// Headings that are not known, or of a kind that there is another one of.
    pub unknown: Vec<(u32, Say)>,
}

impl Headed {
    /// The first row in which a column of opinions and another one are named, with the second row of headings, if any.
    pub fn find(sheet: &Sheet) -> Option<Self> {
        let headed = sheet.rows().into_iter().take(DEEPEST).find_map(|row| {
            let titles = sheet.row(row).filter_map(|(column, cell)| Some((column, shown(cell)?)));
            let headed = Self::named(row, titles.map(|(column, title)| (column, column_of(&title), title)));
            (headed.has_opinions() && headed.columns.len() > 1).then_some(headed)
        })?;
        Some(headed.with_second(sheet).settled(sheet))
    }

    pub fn has(&self, wanted: C) -> bool {
        self.columns.values().any(|column| *column == wanted)
    }

    fn has_opinions(&self) -> bool {
        self.has(C::Opinion) || self.has(C::Summary)
    }

    /// Headings of these columns, what each holds, and how it is called.
    fn named(row: u32, titles: impl Iterator<Item = (u32, Option<C>, String)>) -> Self {
        let mut headed = Self { first: row, row, kind: None, columns: BTreeMap::new(), unknown: Vec::new() };
        for (column, known, title) in titles {
            let shown = one_line(title.trim());
            match known {
                // Of several 措置状況 one may be states, and another what was done.
                Some(known) if known != C::Outcome && headed.has(known) => {
                    headed.unknown.push((column, another(&shown)))
                }
                Some(known) => {
                    if known == C::Opinion {
                        headed.kind = kind_of(&title);
                    }
                    headed.columns.insert(column, known);
                }
                None => headed.unknown.push((
                    column,
                    say!(
                        "列「{shown}」は、何の列か分からないので読みません",
                        "the column `{shown}` is not read: it is not known what it holds"
                    ),
                )),
            }
        }
        headed
    }

    /// Refuses one heading over two columns: which of them is meant nobody knows.
    /// Whether a row names columns again, as on each page of a long table.
    ///
    /// # Errors
    /// When it names others: another table begins there.
    pub fn begins_again(&self, sheet: &Sheet, row: u32) -> Result<bool, Failure> {
        let titles: Vec<(u32, Option<C>)> =
            sheet.row(row).filter_map(|(column, cell)| Some((column, column_of(&shown(cell)?)))).collect();
        let known: Vec<C> = titles.iter().filter_map(|(_, known)| *known).collect();
        let has_opinions = known.contains(&C::Opinion) || known.contains(&C::Summary);
        if known.len() < 2 || !has_opinions || known.len() * 2 <= titles.len() {
            return Ok(false);
        }
        let title = |row: u32, column: u32| sheet.cell(row, column).and_then(shown).map(|words| cell_key(&words));
        if titles
            .iter()
            .all(|(column, _)| [self.first, self.row].iter().any(|at| title(*at, *column) == title(row, *column)))
        {
            return Ok(true);
        }
        let (name, at) = (one_line(&sheet.name), row + 1);
        Err(Failure::new(
            say!(
                "シート「{name}」の {at} 行目から、列の違う別の表が始まります",
                "in row {at} of the sheet `{name}` another table begins, with other columns"
            ),
            say!("表ごとにシートかファイルを分けてください", "put each table on a sheet or in a file of its own"),
        ))
    }

    pub fn refuse_twice(&self, sheet: &Sheet) -> Result<(), Failure> {
        let words = |column: &u32| sheet.cell(self.row, *column).and_then(Cell::shown);
        for column in self.unknown.iter().map(|(column, _)| column) {
            let Some(title) = words(column) else { continue };
            let is_same = |other: &&u32| words(other).is_some_and(|other| cell_key(&other) == cell_key(&title));
            if let Some(first) = self.columns.keys().find(is_same) {
                let (first, second) = ((self.row, *first), (self.row, *column));
                return Err(twice(sheet, &one_line(title.trim()), first, second));
            }
        }
        Ok(())
    }

    /// The same with the row below, where that divides headings that reach over several columns: 監査の結果 over 区分, 内容.
    fn with_second(self, sheet: &Sheet) -> Self {
        let below = self.row + 1;
        let title = |row: u32, column: u32| sheet.cell(row, column).and_then(shown);
        let over = |column: u32| {
            (column.saturating_sub(WIDEST)..=column).rev().find_map(|at| Some((at, title(self.row, at)?)))
        };
        let second: Vec<(u32, String)> =
            sheet.row(below).filter_map(|(column, cell)| Some((column, shown(cell)?))).collect();
        let divides = |(column, words): &(u32, String)| {
            over(*column).is_some_and(|(at, above)| at < *column && column_below(&above, words).is_some())
        };
        let is_known = |(column, words): &&(u32, String)| {
            over(*column).map_or_else(|| column_of(words), |(_, above)| column_below(&above, words)).is_some()
        };
        if !second.iter().any(divides) || second.iter().filter(is_known).count() * 2 < second.len() {
            return self;
        }
        let columns: BTreeSet<u32> = sheet.row(self.row).chain(sheet.row(below)).map(|(column, _)| column).collect();
        let titles = columns.into_iter().filter_map(|column| {
            let (above, own) = (over(column).map(|(_, words)| words), title(below, column));
            match (above, own) {
                (Some(above), Some(own)) => Some((column, column_below(&above, &own), format!("{above}{own}"))),
                (None, Some(own)) => Some((column, column_of(&own), own)),
                (_, None) => title(self.row, column).map(|words| (column, column_of(&words), words)),
            }
        });
        let both = Self::named(below, titles);
        if both.has_opinions() { Self { first: self.row, kind: both.kind.or(self.kind), ..both } } else { self }
    }

    /// The same, where what a column holds is seen by its cells: 措置状況 and 区分 may be states.
    fn settled(mut self, sheet: &Sheet) -> Self {
        let rows: Vec<u32> = sheet.rows().into_iter().filter(|row| *row > self.row).collect();
        let are_states = |column: u32| {
            let mut words = rows.iter().filter_map(|row| sheet.cell(*row, column).and_then(shown)).peekable();
            words.peek().is_some() && words.all(|words| words::is_dash(&words) || words::outcome(&words).is_some())
        };
        let open: Vec<(u32, C)> = self.columns.iter().map(|(column, kind)| (*column, *kind)).collect();
        for (column, kind) in open {
            let wanted = match kind {
                C::Outcome if are_states(column) || self.has(C::Answer) && !self.has(C::State) => C::State,
                C::Outcome => C::Answer,
                C::Kind if are_states(column) && !self.has(C::State) => C::State,
                _ => continue,
            };
            self.columns.remove(&column);
            if self.has(wanted) {
                let title = sheet.cell(self.row, column).and_then(shown).unwrap_or_default();
                self.unknown.push((column, another(&one_line(&title))));
            } else {
                self.columns.insert(column, wanted);
            }
        }
        self
    }
}

/// That a column is not read, since another one says the same.
fn another(title: &str) -> Say {
    say!(
        "列「{title}」は、同じ内容の列がもうあるので読みません",
        "the column `{title}` is not read: there is another one of its kind"
    )
}

/// The words that a cell shows.
pub fn shown(cell: &Cell) -> Option<String> {
    cell.shown().filter(|words| !words.trim().is_empty()).map(|words| words.to_string())
}
