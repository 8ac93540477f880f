//! Columns of a scale, one for each grade, of which a row ticks one (○).

use super::headings::Headings;
use super::vocabulary::{plain, split_period};
use crate::inquiry::cells::words;
use crate::inquiry::grid::{cell_key, holds_anything};
use crate::lang::Say;
use crate::plan::Plan;
use crate::plan::id::Id;
use crate::plan::inquiry::Field;
use crate::plan::period::Period;
use crate::plan::scale::Scale;
use crate::say;
use crate::text::fold::fold;
use crate::workbook::{Cell, Sheet};

/// The columns of a scale, of which one is ticked.
#[derive(Debug, Clone)]
pub struct Ticks {
    /// What the tick says.
    pub field: Field,
    /// Of when; `None` where the row says it.
    pub period: Option<Period>,
    /// The columns, and the grade above each.
    pub columns: Vec<(u32, String)>,
}

/// What a row ticks.
#[derive(Debug, Clone)]
pub struct Ticked {
    /// The column.
    pub column: u32,
    /// The grade above it, as a cell that says it in words.
    pub grade: Cell,
    /// Every liberty taken in reading it.
    pub notes: Vec<Say>,
}

/// Signs by which people tick one of several.
const TICKS: [&str; 16] =
    ["○", "〇", "◯", "●", "◎", "レ", "\u{2713}", "\u{2714}", "\u{2611}", "\u{2705}", "■", "★", "*", "o", "O", "1"];

/// What stands there where nothing is ticked.
const NO_TICKS: [&str; 4] = ["-", "―", "ー", "0"];

fn is_tick(text: &str) -> bool {
    TICKS.contains(&fold(text).trim())
}

impl Ticks {
    /// The column that a row ticks; `None` where it ticks none.
    ///
    /// # Errors
    /// The cell and the reason for which it is not certain.
    pub fn read(&self, sheet: &Sheet, row: u32) -> Result<Option<Ticked>, (u32, Say)> {
        let mut found: Option<Ticked> = None;
        for (column, grade) in &self.columns {
            let cell = sheet.cell(row, *column).filter(|cell| holds_anything(cell));
            let Some(tick) = words(cell).map_err(|reason| (*column, reason))? else { continue };
            if NO_TICKS.contains(&fold(&tick.text).trim()) {
                continue;
            }
            if !is_tick(&tick.text) {
                return Err((*column, no_tick(&tick.text)));
            }
            if let Some(earlier) = &found {
                return Err((*column, several(&earlier.grade.named(), grade)));
            }
            found = Some(Ticked { column: *column, grade: Cell::text(grade), notes: tick.notes });
        }
        Ok(found)
    }
}

/// Columns under the names of a scale's grades, and the scale: where at least two stand beside each other for one period
/// and most of what is in them is ticks. `open` are the columns that say nothing else, with their periods.
pub fn scales(
    plan: &Plan,
    sheet: &Sheet,
    headings: &Headings,
    open: &[(u32, Option<Period>)],
) -> Vec<(u32, Id, Option<Period>)> {
    let mut all: Vec<(Vec<u32>, &Scale, Option<Period>)> = Vec::new();
    let mut periods: Vec<Option<Period>> = Vec::new();
    for (_, period) in open {
        if !periods.contains(period) {
            periods.push(*period);
        }
    }
    for scale in &plan.scales {
        for period in &periods {
            let of_period = open.iter().filter(|(_, of)| of == period).map(|(column, _)| *column);
            let columns: Vec<u32> = of_period.filter(|column| grade(scale, headings, *column).is_some()).collect();
            if columns.len() > 1 && are_ticked(sheet, headings, &columns) {
                all.push((columns, scale, *period));
            }
        }
    }
    // Where two scales have a grade of this name, the one with more columns is meant.
    all.sort_by_key(|(columns, ..)| std::cmp::Reverse(columns.len()));
    let mut found: Vec<(u32, Id, Option<Period>)> = Vec::new();
    for (columns, scale, period) in all {
        if !columns.iter().any(|column| found.iter().any(|(taken, ..)| taken == column)) {
            found.extend(columns.into_iter().map(|column| (column, scale.id.clone(), period)));
        }
    }
    found
}

/// The grade of a scale that stands above a column.
pub fn grade<'p>(scale: &'p Scale, headings: &Headings, column: u32) -> Option<&'p str> {
    let word = headings.above.get(&column).and_then(|words| words.last())?;
    let (_, rest) = split_period(word);
    let mut grades = scale.versions.iter().flat_map(|version| &version.grades);
    // Ａ：計画どおり.
    let last = rest.rsplit([':', '.', '．', ' ']).next().unwrap_or(&rest);
    let is = |name: &str| cell_key(name) == cell_key(word) || [&*rest, last].map(plain).contains(&plain(name));
    grades.find(|grade| is(&grade.name)).map(|grade| &*grade.name)
}

/// Whether most of what stands under the headings of columns is ticks.
fn are_ticked(sheet: &Sheet, headings: &Headings, columns: &[u32]) -> bool {
    let below = |((row, column), cell): &(&(u32, u32), &Cell)| {
        let is_seen = || !NO_TICKS.contains(&fold(&cell.named()).trim());
        *row > headings.rows.1 && columns.contains(column) && holds_anything(cell) && is_seen()
    };
    let held: Vec<bool> = sheet.cells.iter().filter(below).map(|(_, cell)| is_tick(&cell.named())).collect();
    let ticks = held.iter().filter(|is_tick| **is_tick).count();
    ticks > 0 && ticks * 2 >= held.len()
}

fn no_tick(text: &str) -> Say {
    say!(
        "「{text}」は印として読めません。当てはまる区分の列に ○ を付けてください",
        "`{text}` is no tick; put ○ into the column of the grade that holds"
    )
}

fn several(first: &str, second: &str) -> Say {
    say!(
        "印が「{first}」と「{second}」にあり、どちらか決まりません。一つにしてください",
        "both `{first}` and `{second}` are ticked; leave one tick"
    )
}
