//! Where in a sheet the table is: its head, its body, and what stands around it.

use std::collections::BTreeSet;

use super::column::{Column, Holds, Said};
use super::grid::Grid;
use super::value::Says;

/// The table of a sheet, and what else stands there.
#[derive(Debug, Clone, Default)]
pub struct Shape {
    /// The row of the headings; `None` where there are none.
    pub head: Option<u32>,
    /// Further rows of headings below that one.
    pub more_heads: Vec<u32>,
    /// The rows of the body, blank ones left out.
    pub body: Vec<u32>,
    /// The columns, from left to right.
    pub columns: Vec<Column>,
    /// Rows above the head that are no part of the table.
    pub above: Vec<u32>,
    /// Rows below or within the body that are no part of the table.
    pub notes: Vec<u32>,
    /// Where another table begins below this one.
    pub others_below: Vec<u32>,
    /// The first columns of tables to the right of this one.
    pub others_beside: Vec<u32>,
    /// Blank rows within the body.
    pub blank_rows: Vec<u32>,
    /// Blank columns within the table.
    pub blank_columns: Vec<u32>,
    /// Rows of the body that are the head once more.
    pub repeated_heads: Vec<u32>,
}

/// What notes begin with.
const NOTE_MARKS: [&str; 19] = [
    "※",
    "＊",
    "*",
    "注",
    "（注",
    "(注",
    "[注",
    "資料",
    "出典",
    "出所",
    "（資料",
    "(資料",
    "備考：",
    "備考:",
    "（備考",
    "Note",
    "Source",
    "（単位",
    "(単位",
];

/// Whether a text is a note about a table.
fn is_note(text: &str) -> bool {
    let text = text.trim();
    NOTE_MARKS.iter().any(|mark| text.starts_with(mark)) || text.starts_with("単位") && text.contains(['：', ':'])
}

impl Shape {
    /// Looks for the table in a grid.
    pub fn of(grid: &Grid) -> Self {
        let mut shape = Self::default();
        let rows = grid.rows();
        let Some(first) = rows.first().copied() else { return shape };
        let columns: BTreeSet<u32> = grid.cells.keys().map(|(_, column)| *column).collect();
        let groups = shape.split_columns(grid, &rows, &columns);
        let Some(columns) = groups.first().cloned() else { return shape };
        let width = |row: u32| grid.row(row).filter(|(column, _)| columns.contains(column)).count();
        let most = rows.iter().map(|row| width(*row)).max().unwrap_or(0);
        // A head fills most of the columns; a title or note fills one or two.
        let usual = usual_width(&rows, width);
        let is_wide = |row: u32| most <= 1 || width(row) >= 2 && width(row) * 10 >= usual * 6;
        let begin = rows.iter().copied().find(|row| is_wide(*row)).unwrap_or(first);
        shape.above = rows.iter().copied().filter(|row| *row < begin).collect();
        let below: Vec<u32> = rows.iter().copied().filter(|row| *row >= begin).collect();
        shape.read_head(grid, &below, &columns);
        shape.read_body(grid, &below, &columns);
        shape.columns = columns.iter().map(|place| shape.column(grid, *place)).collect();
        shape.columns.retain(|column| !column.heading.is_empty() || !column.cells.is_empty());
        shape
    }

    /// Splits the columns where a blank one stands between two tables; a blank one within a table is noted.
    fn split_columns(&mut self, grid: &Grid, rows: &[u32], columns: &BTreeSet<u32>) -> Vec<BTreeSet<u32>> {
        let (Some(first), Some(last)) = (columns.first(), columns.last()) else { return Vec::new() };
        let mut groups: Vec<BTreeSet<u32>> = Vec::new();
        let mut current = BTreeSet::new();
        let mut blanks: Vec<u32> = Vec::new();
        for column in *first..=*last {
            if columns.contains(&column) {
                current.insert(column);
            } else if !grid
                .merged
                .iter()
                .any(|area| (area.first.1..=area.last.1).contains(&column) && area.first.1 < area.last.1)
            {
                blanks.push(column);
                if !current.is_empty() {
                    groups.push(std::mem::take(&mut current));
                }
            }
        }
        groups.push(current);
        let mut joined: Vec<BTreeSet<u32>> = Vec::new();
        for group in groups.into_iter().filter(|group| !group.is_empty()) {
            match joined.last_mut() {
                Some(left) if !are_two_tables(grid, rows, left, &group) => left.extend(group),
                Some(_) => {
                    self.others_beside.extend(group.first());
                    joined.push(group);
                }
                None => joined.push(group),
            }
        }
        let own = joined.first().and_then(|group| group.first().copied().zip(group.last().copied()));
        self.blank_columns = blanks
            .into_iter()
            .filter(|blank| own.is_some_and(|(first, last)| first < *blank && *blank < last))
            .collect();
        joined
    }

    /// Which rows are headings: the first one, and those below that complete it.
    fn read_head(&mut self, grid: &Grid, rows: &[u32], columns: &BTreeSet<u32>) {
        let Some(first) = rows.first().copied() else { return };
        let says = |row: u32, column: u32| grid.at(row, column).map(|datum| Said::of(datum).says);
        let numbers =
            |row: u32| columns.iter().filter(|column| says(row, **column).is_some_and(Says::is_numeric)).count();
        let body = rows.get(1..).unwrap_or_default();
        // The first row holds data where its cells are numbers of columns of numbers, and no years.
        let is_year = |column: &u32| {
            let text = grid.text(first, *column);
            super::value::holds_western(text) || Says::of(text).is_time()
        };
        let plain_numbers =
            columns.iter().filter(|column| says(first, **column) == Some(Says::Number) && !is_year(column)).count();
        if plain_numbers > 0
            && plain_numbers * 2 >= numbers(first)
            && !body.is_empty()
            && numbers(first) * 3 >= columns.len()
        {
            return;
        }
        self.head = Some(first);
        for (at, row) in body.iter().copied().enumerate().take(3) {
            let follows = row == first + 1 + u32::try_from(at).unwrap_or(0);
            let reached = grid
                .merged
                .iter()
                .any(|area| area.first.0 <= first.max(row - 1) && area.last.0 >= row && area.first.0 < area.last.0);
            let over = grid
                .merged
                .iter()
                .any(|area| area.first.0 == row - 1 && area.first.1 < area.last.1 && self.is_head(row - 1));
            let gaps = columns
                .iter()
                .filter(|column| grid.at(row - 1, **column).is_none() && grid.at(row, **column).is_some())
                .count();
            let words = columns
                .iter()
                .filter(|column| matches!(says(row, **column), Some(Says::Words | Says::Japanese | Says::Western)))
                .count();
            let filled = columns.iter().filter(|column| grid.at(row, **column).is_some()).count();
            let rest = &body[(at + 1).min(body.len())..];
            let later = rest.iter().filter(|row| numbers(**row) > 0).count();
            let is_head = follows
                && numbers(row) == 0
                && filled > 0
                && words == filled
                && (over || reached || gaps > 0)
                && later * 2 > rest.len();
            if !is_head {
                break;
            }
            self.more_heads.push(row);
        }
    }

    fn is_head(&self, row: u32) -> bool {
        self.head == Some(row) || self.more_heads.contains(&row)
    }

    /// Which rows are the body, and which are notes, blank or of another table.
    fn read_body(&mut self, grid: &Grid, rows: &[u32], columns: &BTreeSet<u32>) {
        let texts = |row: u32| -> Vec<&str> { columns.iter().map(|column| grid.text(row, *column).trim()).collect() };
        let heads = self.head.map(texts);
        let first = rows.first().copied().unwrap_or(0);
        let begin = self.more_heads.last().copied().or(self.head).map_or(first, |row| row + 1);
        let rows = &rows[rows.partition_point(|row| *row < begin)..];
        let filled = |row: u32| columns.iter().filter(|column| grid.at(row, **column).is_some()).count();
        let last_wide = rows.iter().rfind(|row| filled(**row) > 1).copied();
        let (mut ended, mut before) = (false, begin.checked_sub(1));
        for (at, row) in rows.iter().copied().enumerate().filter(|(_, row)| filled(*row) > 0) {
            let gap = before.map_or(row > begin, |before| row > before + 1);
            let words = texts(row);
            if self.is_beside(&words, gap && last_wide.is_none_or(|last| row > last)) {
                self.notes.push(row);
                continue;
            }
            let is_head = heads.as_ref() == Some(&words);
            let is_other = gap && (is_head || self.begins_another(grid, row, columns, rows.get(at + 1).copied()));
            match (is_other, is_head, ended) {
                (true, ..) => self.others_below.push(row),
                (_, _, true) => {}
                (_, true, _) => self.repeated_heads.push(row),
                _ => {
                    self.blank_rows.extend(before.map_or(begin, |before| before + 1)..row);
                    self.body.push(row);
                }
            }
            ended |= is_other;
            before = Some(row);
        }
    }

    /// Whether a row is a note: one cell alone that says so, or one behind the last row of the table.
    fn is_beside(&self, words: &[&str], is_behind: bool) -> bool {
        let mut filled = words.iter().filter(|word| !word.is_empty());
        match (filled.next(), filled.next()) {
            (Some(only), None) => words.len() > 1 && (is_note(only) || is_behind && only.chars().count() > 4),
            _ => false,
        }
    }

    /// Whether a row behind a gap begins another table: it is words where this table has numbers, and a row follows it.
    fn begins_another(&self, grid: &Grid, row: u32, columns: &BTreeSet<u32>, next: Option<u32>) -> bool {
        // So many rows tell what the columns hold.
        const LOOKED_AT: usize = 100;
        let Some(next) = next else { return false };
        let is_numeric =
            |row: u32, column: u32| grid.at(row, column).is_some_and(|datum| Said::of(datum).says.is_numeric());
        let known: Vec<u32> = self.body.iter().take(LOOKED_AT).copied().collect();
        let is_of_numbers =
            |column: &&u32| known.iter().filter(|row| is_numeric(**row, **column)).count() * 2 > known.len();
        let of_numbers: Vec<u32> = columns.iter().filter(is_of_numbers).copied().collect();
        let are_words = !of_numbers.is_empty() && of_numbers.iter().all(|column| !is_numeric(row, *column));
        let is_title = grid.row(row).count() == 1 && columns.len() > 1 && grid.row(next).count() > 1;
        are_words || is_title
    }

    /// A column of the table.
    fn column(&self, grid: &Grid, place: u32) -> Column {
        let heads = self.head.into_iter().chain(self.more_heads.iter().copied());
        let heading: Vec<String> =
            heads.map(|row| grid.text(row, place).trim().to_owned()).filter(|text| !text.is_empty()).collect();
        let cells = self.body.iter().filter_map(|row| grid.at(*row, place).map(|datum| (*row, Said::of(datum))));
        let cells: Vec<(u32, Said)> = cells.filter(|(_, said)| !said.text.trim().is_empty()).collect();
        let is_blank = |row: &&u32| grid.text(**row, place).trim().is_empty() && !grid.is_covered((**row, place));
        let blank = self.body.iter().filter(is_blank).copied().collect();
        Column { place, heading: heading.join(" "), cells, blank, holds: Holds::Nothing }.classified()
    }
}

/// How many cells most of the wide rows have.
fn usual_width(rows: &[u32], width: impl Fn(u32) -> usize) -> usize {
    let mut widths: Vec<usize> = rows.iter().map(|row| width(*row)).filter(|width| *width > 1).collect();
    widths.sort_unstable();
    widths.get(widths.len() / 2).copied().unwrap_or(1)
}

/// Whether what stands on both sides of a blank column is two tables: they have headings in common, do not begin or end
/// in the same row, or the right one has row headings of its own.
fn are_two_tables(grid: &Grid, rows: &[u32], left: &BTreeSet<u32>, right: &BTreeSet<u32>) -> bool {
    let of = |columns: &BTreeSet<u32>| -> Vec<u32> {
        rows.iter().copied().filter(|row| columns.iter().any(|column| grid.at(*row, *column).is_some())).collect()
    };
    let wide = |columns: &BTreeSet<u32>| {
        of(columns)
            .into_iter()
            .find(|row| columns.iter().filter(|column| grid.at(*row, **column).is_some()).count() * 2 > columns.len())
    };
    let (Some(a), Some(b)) = (wide(left), wide(right)) else { return false };
    let texts = |row: u32, columns: &BTreeSet<u32>| -> BTreeSet<String> {
        columns.iter().map(|column| grid.text(row, *column).trim().to_owned()).filter(|text| !text.is_empty()).collect()
    };
    let shared = texts(a, left).intersection(&texts(b, right)).count();
    let ends = (of(left).last().copied(), of(right).last().copied());
    if right.len() < 2 || left.len() < 2 {
        return shared > 0;
    }
    let first = right.first().copied().unwrap_or(0);
    let keys: Vec<&str> =
        of(right).into_iter().filter(|row| *row > b).map(|row| grid.text(row, first).trim()).collect();
    let are_words = keys.iter().all(|key| !key.is_empty() && !Says::of(key).is_numeric());
    let distinct: BTreeSet<&&str> = keys.iter().collect();
    shared > 0 || a != b || ends.0 != ends.1 || are_words && keys.len() > 1 && distinct.len() == keys.len()
}
