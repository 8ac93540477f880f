//! The headings of a list, one row or several, found by their words wherever they stand.

use std::collections::BTreeMap;

use super::vocabulary::{is_heading_word, plain};
use crate::inquiry::grid::{Head, holds_anything};
use crate::plan::Plan;
use crate::plan::inquiry::ListColumns;
use crate::workbook::{Cell, Sheet};

/// How far down headings are looked for.
const DEEPEST: usize = 60;

/// The headings of a sheet.
#[derive(Debug, Clone)]
pub struct Headings {
    /// The first and the last row that they stand in.
    pub rows: (u32, u32),
    /// The words above each column, from the top.
    pub above: BTreeMap<u32, Vec<String>>,
}

/// The words of a cell as a heading.
fn words(cell: &Cell) -> Option<String> {
    let text = cell.words().map(str::to_owned).or_else(|| cell.shown())?;
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

impl Headings {
    /// Finds the rows with the most words that are headings; `names` are the levels of the plan and words that are known.
    pub fn find(sheet: &Sheet, names: &[Box<str>]) -> Option<Self> {
        let rows: Vec<u32> = sheet.rows().into_iter().take(DEEPEST).collect();
        let mut best: Option<(usize, u32)> = None;
        for row in rows {
            let (known, all) = Self::count(sheet, row, names);
            // Columns that nobody knows, such as one for each grade, stand beside those that are known.
            if known >= 2 && known * 3 >= all && best.is_none_or(|(most, _)| known > most) {
                best = Some((known, row));
            }
        }
        let row = best?.1;
        let (mut first, mut last) = (row, row);
        while first > 0 && Self::goes_on_above(sheet, first - 1, names) {
            first -= 1;
        }
        while Self::goes_on_below(sheet, last + 1, names) {
            last += 1;
        }
        let rows = (first, last);
        let columns = sheet.cells.keys().filter(|(row, _)| (first..=last).contains(row)).map(|(_, column)| *column);
        let merged = sheet.merged.iter().filter(|area| (first..=last).contains(&area.first.0));
        let wide = merged.flat_map(|area| area.first.1..=area.last.1.min(area.first.1 + 200));
        let mut above: BTreeMap<u32, Vec<String>> = BTreeMap::new();
        for column in columns.chain(wide) {
            above.entry(column).or_insert_with(|| Self::words_above(sheet, rows, column));
        }
        above.retain(|_, words| !words.is_empty());
        Some(Self { rows, above })
    }

    /// Whether a row under the headings begins another table: all that it holds is headings.
    pub fn begins_again(sheet: &Sheet, row: u32, names: &[Box<str>]) -> bool {
        let (known, all) = Self::count(sheet, row, names);
        known >= 2 && known == all
    }

    /// How many cells of a row are headings, of how many.
    fn count(sheet: &Sheet, row: u32, names: &[Box<str>]) -> (usize, usize) {
        let held: Vec<String> = sheet.row(row).filter_map(|(_, cell)| words(cell)).collect();
        (held.iter().filter(|text| is_heading_word(text, names)).count(), held.len())
    }

    /// Whether a row above the headings is one of them: what spans several columns, but not the whole list.
    fn goes_on_above(sheet: &Sheet, row: u32, names: &[Box<str>]) -> bool {
        let (known, all) = Self::count(sheet, row, names);
        let first = sheet.row(row).find(|(_, cell)| holds_anything(cell)).map(|(column, _)| column);
        let spans = first.and_then(|column| sheet.area(row, column)).is_some_and(|area| area.last.1 > area.first.1);
        let is_title = all == 1 && !(spans && first != Some(0));
        known > 0 && known * 2 >= all && !is_title
    }

    /// Whether a row under the headings is one of them: all of it is headings, some under a heading and some beside, or cells
    /// of the row above reach into it.
    fn goes_on_below(sheet: &Sheet, row: u32, names: &[Box<str>]) -> bool {
        let (known, all) = Self::count(sheet, row, names);
        let reaches = |area: &&crate::workbook::Area| area.first.0 < row && row <= area.last.0;
        let reaching = sheet.merged.iter().filter(reaches).count();
        let is_open = |column: u32| sheet.cell(row - 1, column).is_none_or(|cell| !holds_anything(cell));
        let held = || sheet.row(row).filter(|(_, cell)| holds_anything(cell)).map(|(column, _)| column);
        let is_finer = held().any(is_open) && !held().all(is_open);
        known > 0 && (known == all && is_finer || reaching > 0 && known * 2 >= all)
    }

    /// The words above a column: what was made one, or spreads over blank cells, is above each of its columns.
    fn words_above(sheet: &Sheet, rows: (u32, u32), column: u32) -> Vec<String> {
        let mut path: Vec<String> = Vec::new();
        for row in rows.0..=rows.1 {
            let own = match sheet.area(row, column) {
                Some(area) => sheet.cell(area.first.0, area.first.1).and_then(words),
                None => sheet.cell(row, column).and_then(words).or_else(|| Self::spread(sheet, rows, row, column)),
            };
            path.extend(own.filter(|text| path.last() != Some(text)));
        }
        path
    }

    /// In an upper row of a list without merged cells, a heading spreads to the right over blank cells with finer words.
    fn spread(sheet: &Sheet, rows: (u32, u32), row: u32, column: u32) -> Option<String> {
        let has_finer =
            |column: u32| (row + 1..=rows.1).any(|below| sheet.cell(below, column).is_some_and(holds_anything));
        if row == rows.1 || !has_finer(column) {
            return None;
        }
        let (left, text) = (0..column).rev().find_map(|left| Some((left, sheet.cell(row, left).and_then(words)?)))?;
        (sheet.area(row, left).is_none() && (left..column).all(has_finer)).then_some(text)
    }

    /// The title of a column: the words above it, and of several alike which one.
    pub fn title(&self, column: u32) -> String {
        let Some(words) = self.above.get(&column) else { return String::new() };
        let before = self.above.range(..column).filter(|(_, other)| same(other, words)).count();
        let title = words.join(" ");
        if before == 0 { title } else { format!("{title} ({})", before + 1) }
    }

    /// The column of this title.
    pub fn column(&self, title: &str) -> Option<u32> {
        self.above.keys().copied().find(|column| key(&self.title(*column)) == key(title))
    }

    /// What is found by its headings, as the rest of a list knows it.
    pub fn head(&self, id: u32) -> Head {
        Head { rows: self.rows, id }
    }
}

fn same(a: &[String], b: &[String]) -> bool {
    key(&a.join(" ")) == key(&b.join(" "))
}

fn key(title: &str) -> String {
    crate::text::fold::fold(title).split_whitespace().collect::<String>().to_lowercase()
}

/// The names of the levels and grades of a plan, which are headings of its lists.
pub fn known_words(plan: &Plan) -> Vec<Box<str>> {
    let grades = plan.scales.iter().flat_map(|scale| &scale.versions).flat_map(|version| &version.grades);
    plan.head.levels.iter().cloned().chain(grades.map(|grade| grade.name.clone())).collect()
}

/// The words of saved titles, which are headings whatever they say.
pub fn saved_words(columns: &ListColumns) -> Vec<Box<str>> {
    let parts = columns.columns.iter().flat_map(|(_, title)| {
        std::iter::once(&**title).chain(title.split(' ')).map(|part| plain(part).into_boxed_str())
    });
    parts.filter(|part| !part.is_empty()).collect()
}
