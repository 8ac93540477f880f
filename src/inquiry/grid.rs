//! A sheet under headings, as an office's own list or form is: where its columns stand, and what is left out of it.

use std::collections::BTreeMap;

use super::spot::{Class, Spot, Stray};
use crate::failure::Failure;
use crate::lang::Say;
use crate::say;
use crate::text::fold::fold;
use crate::text::safe::{is_blank, one_line};
use crate::text::same::name_key;
use crate::workbook::{Area, Book, Cell, Content, Sheet, address};

/// The headings of a sheet.
#[derive(Debug, Clone, Copy)]
pub struct Head {
    /// The first and the last row that they stand in.
    pub rows: (u32, u32),
    /// The column of numbers.
    pub id: u32,
}

/// Whether a cell is this heading, whatever spaces and line breaks stand in it.
pub fn is_heading(cell: &Cell, title: &str) -> bool {
    let plain = |text: &str| fold(text).split_whitespace().collect::<String>();
    cell.words().is_some_and(|words| plain(words) == plain(title))
}

impl Head {
    /// Finds the row of headings: the first with the heading of numbers that has all the others, too.
    ///
    /// # Errors
    /// When it has a heading twice.
    pub fn find(sheet: &Sheet, id: &str, others: &[&str]) -> Result<Option<Self>, Failure> {
        let places: Vec<(u32, u32)> =
            sheet.cells.iter().filter(|(_, cell)| is_heading(cell, id)).map(|(at, _)| *at).collect();
        let heads: Vec<Self> = places.iter().map(|at| Self::at(sheet, *at)).collect();
        let has_all = |head: &&Self| others.iter().all(|title| !head.places(sheet, title).is_empty());
        let Some(head) = heads.iter().find(has_all).or(heads.first()) else { return Ok(None) };
        head.column(sheet, id)?;
        Ok(Some(*head))
    }

    /// The headings around that of numbers; where it is as high as two rows, the finer words stand in the second.
    pub fn at(sheet: &Sheet, (row, id): (u32, u32)) -> Self {
        let last = sheet.area(row, id).map_or(row, |area| area.last.0);
        Self { rows: (row, last), id }
    }

    /// The column under a heading; the lowest row that has it counts, and the row above them all is the last.
    ///
    /// # Errors
    /// When it stands twice in that row.
    pub fn column(&self, sheet: &Sheet, title: &str) -> Result<Option<u32>, Failure> {
        match *self.places(sheet, title) {
            [] => Ok(None),
            [(_, column)] => Ok(Some(column)),
            [first, second, ..] => Err(twice(sheet, title, first, second)),
        }
    }

    fn places(&self, sheet: &Sheet, title: &str) -> Vec<(u32, u32)> {
        let rows = (self.rows.0.saturating_sub(1)..=self.rows.1).rev();
        let in_row = |row: u32| {
            let found = sheet.row(row).filter(|(_, cell)| is_heading(cell, title));
            found.map(|(column, _)| (row, column)).collect::<Vec<_>>()
        };
        rows.map(in_row).find(|found| !found.is_empty()).unwrap_or_default()
    }

    /// The rows under the headings that are not empty.
    pub fn rows_below<'s>(&self, sheet: &'s Sheet) -> impl Iterator<Item = u32> + use<'s> {
        let last = self.rows.1;
        let holds = move |row: &u32| *row > last && sheet.row(*row).any(|(_, cell)| holds_anything(cell));
        sheet.rows().into_iter().filter(holds)
    }

    /// The words above a column.
    fn words_above<'s>(&self, sheet: &'s Sheet, column: u32) -> Option<&'s str> {
        let cells = (self.rows.0..=self.rows.1).rev().filter_map(|row| sheet.cell(row, column));
        cells.filter_map(Cell::words).find(|words| !words.trim().is_empty())
    }
}

/// The words of a cell for comparing: a program breaks a line, leaves a space and chooses a width where it likes.
pub fn cell_key(words: &str) -> String {
    name_key(&words.split_whitespace().collect::<String>()).into_owned()
}

/// Whether two cells hold the same name.
pub fn is_same_in_cells(a: &str, b: &str) -> bool {
    cell_key(a) == cell_key(b)
}

/// The reason given for a row of these cells, of which none is a number.
pub fn without_number<'c>(cells: impl Iterator<Item = &'c Cell>) -> Say {
    let words = cells.map(|cell| one_line(&cell.named())).collect::<Vec<_>>().join(" ");
    say!("番号のない行です（{words}）", "the row has no number ({words})")
}

/// The reason given for an answer in a column that is not asked of the number of its row.
pub fn not_asked(cell: &Cell) -> Say {
    let words = one_line(&cell.named());
    say!("「{words}」は、この番号には問わない項目です", "`{words}`: this is not asked of such an id")
}

/// Whether a cell holds anything but spaces and characters that nobody sees, struck through or not.
pub fn holds_anything(cell: &Cell) -> bool {
    !matches!(&cell.value, Some(Content::Text(text)) if is_blank(text))
}

/// The cell that a person sees at a place: its own, or that of the rows above with which it was made one.
pub fn seen_at(sheet: &Sheet, row: u32, column: u32) -> Option<&Cell> {
    let area = sheet.area(row, column).filter(|area| area.first.1 == column);
    area.map_or_else(|| sheet.cell(row, column), |area| sheet.cell(area.first.0, area.first.1))
}

/// The area over several rows to which a place belongs, where it holds anything.
pub fn area_over_rows(sheet: &Sheet, row: u32, column: u32) -> Option<&Area> {
    let area = sheet.area(row, column).filter(|area| area.first.0 < area.last.0 && area.first.1 == column)?;
    sheet.cell(area.first.0, area.first.1).map(|_| area)
}

/// The reason given for an answer that belongs to several rows.
pub fn merged_over(area: &Area) -> Say {
    let (first, last) = (address(area.first.0, area.first.1), address(area.last.0, area.last.1));
    say!(
        "{first} から {last} までが結合されているので、どの行の答えか決まりません。結合を解いて、行ごとに入力してください",
        "{first} to {last} are merged, so it is unclear whose answer it is; unmerge them and type it row by row"
    )
}

/// The failure of a heading that stands at two places.
pub fn twice(sheet: &Sheet, title: &str, first: (u32, u32), second: (u32, u32)) -> Failure {
    let (name, a, b) = (one_line(&sheet.name), address(first.0, first.1), address(second.0, second.1));
    Failure::new(
        say!(
            "見出し「{title}」が、シート「{name}」の {a} と {b} にあり、どちらの列か決まりません",
            "the heading `{title}` stands in both {a} and {b} of the sheet `{name}`"
        ),
        say!(
            "読む列だけがその見出しになるよう、もう一方の見出しを変えてください",
            "rename the heading of the column that is not to be read"
        ),
    )
}

/// What of a book is left out, and why: other sheets, what stands above the headings, columns that are not asked for.
#[derive(Debug, Clone, Copy)]
pub struct Rest<'b> {
    /// What the file is called.
    pub file: &'b str,
    /// Everything that it holds.
    pub book: &'b Book,
    /// The sheet that is read.
    pub sheet: &'b Sheet,
    /// Its headings.
    pub head: Head,
}

impl Rest<'_> {
    fn stray(&self, sheet: &Sheet, at: (u32, u32), reason: Say) -> Stray {
        Stray { spot: Spot::new(self.file, sheet, at), class: Class::LeftOut, reason }
    }

    /// Lists the columns that a person does not see and that say what each row is about.
    pub fn hidden_columns(&self, columns: impl Iterator<Item = u32>) -> Vec<Stray> {
        let hidden = columns.filter_map(|column| Some((column, hidden_column(self.sheet, column)?)));
        hidden.map(|(column, why)| self.stray(self.sheet, (self.head.rows.1, column), read_hidden(&why))).collect()
    }

    /// Lists the cells that are left out because no heading names them; `columns` are read.
    pub fn cells(&self, columns: &[u32]) -> Vec<Stray> {
        let below = self.below(columns).filter(|(at, _)| self.head.words_above(self.sheet, at.1).is_none());
        below.map(|(at, cell)| self.stray(self.sheet, at, without_heading(cell))).collect()
    }

    /// Lists the regions that are left out: columns that are not mapped, what stands above the headings, other sheets.
    /// `columns` are read, and `places` (the cell of a period).
    pub fn regions(&self, columns: &[u32], places: &[(u32, u32)]) -> Vec<Stray> {
        let mut by_column: BTreeMap<u32, usize> = BTreeMap::new();
        for ((_, column), _) in self.below(columns) {
            *by_column.entry(column).or_default() += 1;
        }
        let titled = by_column.into_iter().filter_map(|(column, count)| {
            let title = one_line(self.head.words_above(self.sheet, column)?);
            let reason = say!(
                "列「{title}」は対応を示した列でないので、読みません（{count} セル）",
                "the column `{title}` is not mapped, so it is not read (cells: {count})"
            );
            Some(self.stray(self.sheet, (self.head.rows.1, column), reason))
        });
        let held = self.sheet.cells.iter().filter(|(at, cell)| at.0 < self.head.rows.0 && holds_anything(cell));
        let above: Vec<(u32, u32)> = held.map(|(at, _)| *at).filter(|at| !places.contains(at)).collect();
        let count = above.len();
        let above = above.first().map(|first| {
            let reason = say!(
                "見出しより上は読みません（{count} セル）",
                "what stands above the headings is not read (cells: {count})"
            );
            self.stray(self.sheet, *first, reason)
        });
        above.into_iter().chain(titled).chain(self.other_sheets()).collect()
    }

    /// The cells under the headings in columns that are not read.
    fn below(&self, columns: &[u32]) -> impl Iterator<Item = ((u32, u32), &Cell)> {
        let is_left = move |((row, column), cell): &(&(u32, u32), &Cell)| {
            *row > self.head.rows.1 && !columns.contains(column) && holds_anything(cell)
        };
        self.sheet.cells.iter().filter(is_left).map(|(at, cell)| (*at, cell))
    }

    /// Other sheets that hold anything.
    fn other_sheets(&self) -> Vec<Stray> {
        let others = self.book.sheets.iter().filter(|sheet| sheet.part != self.sheet.part);
        others.filter_map(|sheet| unread_sheet(self.file, sheet)).collect()
    }

    /// Shapes with words, and notes at cells for which `is_listed` says that they are not listed elsewhere.
    pub fn notes(&self, is_listed: impl Fn(u32, u32) -> bool) -> Vec<Stray> {
        let sheets = self.book.sheets.iter().flat_map(|sheet| sheet.comments.iter().map(move |note| (sheet, note)));
        let left =
            sheets.filter(|(sheet, ((row, column), _))| sheet.part != self.sheet.part || !is_listed(*row, *column));
        let comments = left.map(|(sheet, (at, words))| self.stray(sheet, *at, comment(words)));
        comments.chain(self.book.sheets.iter().flat_map(|sheet| shapes(self.file, sheet))).collect()
    }
}

/// A sheet that is not read, as something left out; `None` where it holds nothing.
pub fn unread_sheet(file: &str, sheet: &Sheet) -> Option<Stray> {
    let first = sheet.cells.iter().find(|(_, cell)| holds_anything(cell)).map(|(at, _)| *at)?;
    let count = sheet.cells.values().filter(|cell| holds_anything(cell)).count();
    let reason = say!("このシートは読みません（{count} セル）", "this sheet is not read (cells: {count})");
    Some(Stray { spot: Spot::new(file, sheet, first), class: Class::LeftOut, reason })
}

/// What is said of a column that is read all the same.
fn read_hidden(Say { ja, en }: &Say) -> Say {
    Say {
        ja: format!("{ja}。行が何のものかは、この列から読みました"),
        en: format!("{en}; what the rows are about is read from it"),
    }
}

/// The reason given for words in a column without a heading.
fn without_heading(cell: &Cell) -> Say {
    let words = one_line(&cell.named());
    say!("見出しのない列の「{words}」は読みません", "`{words}` is not read: its column has no heading")
}

/// The shapes with words of a sheet, as something left out.
pub fn shapes(file: &str, sheet: &Sheet) -> Vec<Stray> {
    let shape = |(at, words): &((u32, u32), String)| {
        let words = one_line(words);
        let reason = say!("図形に「{words}」とあります", "a shape says `{words}`");
        Stray { spot: Spot::new(file, sheet, *at), class: Class::LeftOut, reason }
    };
    sheet.shapes.iter().map(shape).collect()
}

/// The readings of a row that a person does not see.
pub fn unseen_row(sheet: &Sheet, row: u32) -> impl Iterator<Item = Say> + use<> {
    let of_sheet = sheet.is_hidden.then(|| say!("非表示のシートです", "the sheet is hidden"));
    let of_row = sheet.hidden_rows.contains(&row).then(|| say!("非表示の行です", "the row is hidden"));
    of_sheet.into_iter().chain(of_row)
}

/// The readings of a cell that a person does not see, or sees in another way than is known.
pub fn unseen(sheet: &Sheet, (row, column): (u32, u32)) -> impl Iterator<Item = Say> + use<> {
    let hidden = hidden_column(sheet, column);
    let conditional = sheet.is_conditional((row, column)).then(|| {
        say!(
            "条件付き書式により、隠れたり、取消線や別の表示になったりすることがあります。見えるとおりか確かめてください",
            "a conditional format may hide it, strike it through or show it otherwise; check that it is what is seen"
        )
    });
    let narrow = sheet.is_too_narrow((row, column)).then(|| {
        say!(
            "列の幅が足りないので、値のとおりに表示されません（#### などになります）",
            "its column is too narrow to show it as it is (it shows #### or less)"
        )
    });
    let seen = sheet.half_seen.get(&(row, column));
    let words = seen.filter(|seen| !seen.unseen.is_empty()).map(|seen| {
        let words = one_line(&seen.unseen);
        say!(
            "「{words}」は、文字の色が地の色と同じか、文字が小さすぎるので見えません",
            "nobody sees `{words}`: its letters are of the colour that they stand on, or too small"
        )
    });
    let partly = seen.filter(|seen| seen.is_partly).map(|_| {
        say!(
            "地の色の一部が文字の色と同じなので、見えないところがあるかもしれません",
            "a part of it may not be seen: a part of its ground is of the colour of the letters"
        )
    });
    hidden.into_iter().chain(conditional).chain(narrow).chain(words).chain(partly)
}

/// The reading of a column that a person does not see.
pub fn hidden_column(sheet: &Sheet, column: u32) -> Option<Say> {
    let hides = || say!("非表示の列か、幅がほとんどない列です", "the column is hidden, or hardly wider than its line");
    sheet.hides_column(column).then(hides)
}

/// The words of a comment at a cell, for a reading.
pub fn comment(words: &str) -> Say {
    let words = one_line(words);
    say!("コメント「{words}」があります", "a comment says: `{words}`")
}
