//! The rows of a list with levels: which entry each is about, and the numbers of those that the plan does not have.

use super::columns::Levelled;
use super::headings::Headings;
use super::marks::Mark;
use super::numbering::{marks_in_names, number};
use super::vocabulary::plain;
use crate::inquiry::answer::{Trust, words as kept_words};
use crate::inquiry::cells::{Words, words};
use crate::inquiry::grid::{cell_key, holds_anything, is_same_in_cells, seen_at, without_number};
use crate::lang::Say;
use crate::plan::entry::Entry;
use crate::plan::id::Id;
use crate::plan::inquiry::Role;
use crate::plan::{Plan, Subject};
use crate::say;
use crate::workbook::{Cell, Struck};

/// An entry of the list.
#[derive(Debug, Clone)]
pub struct Node {
    /// The one above it, by place.
    pub above: Option<usize>,
    /// Its level, from 0.
    pub level: usize,
    /// Its name.
    pub name: String,
    /// Its number, as the list writes it.
    pub mark: Option<Mark>,
    /// The row that it is first named in, and the column of its name.
    pub at: (u32, u32),
    /// Its number in the plan.
    pub id: Option<Id>,
    /// Whether the plan does not have it.
    pub is_new: bool,
}

/// What a row is about.
#[derive(Debug, Clone)]
pub enum About {
    /// Nothing to be taken: the column and the reason.
    LeftOut(u32, Say),
    /// What is not certain: the column and the reason.
    Invalid(u32, Say),
    /// Nothing in the columns that are read.
    Elsewhere,
    /// An entry, by place; every liberty taken in reading its names.
    Node(usize, Vec<Say>),
    /// An indicator of which the list names no entry.
    Indicator,
}

/// The entries of a list, and what each row is about.
#[derive(Debug, Clone, Default)]
pub struct Outline {
    /// The entries, in the order of the list.
    pub nodes: Vec<Node>,
    /// The rows under the headings that hold anything.
    pub rows: Vec<(u32, About)>,
    /// Whether numbers run on through the list, so that an entry is numbered by its place under the one above it.
    pub runs_on: bool,
}

/// Words that make a row one of sums.
const SUMS: [&str; 6] = ["合計", "計", "小計", "総計", "総合計", "total"];

/// Reads the entries of a list.
pub fn outline(plan: &Plan, list: &Levelled<'_>, trust: Trust) -> Outline {
    let levels = list.levels();
    let mut reader =
        Reader { plan, list, levels: &levels, trust, out: Outline::default(), current: vec![None; levels.len()] };
    let rows: Vec<u32> = list.headings.head(list.named()).rows_below(list.sheet).collect();
    let end = another_table(plan, list, &rows);
    for row in rows {
        if end.is_some_and(|end| end <= row) {
            let column = list.sheet.row(row).next().map_or(0, |(column, _)| column);
            reader.out.rows.push((row, About::LeftOut(column, beneath())));
            continue;
        }
        let about = reader.about(row).unwrap_or_else(|(column, reason)| About::Invalid(column, reason));
        reader.out.rows.push((row, about));
    }
    let mut out = reader.out;
    if !levels.is_empty() {
        marks_in_names(&mut out.nodes, levels.len());
        number(plan, &mut out);
    }
    out
}

/// The entry of the plan with this number.
pub fn entry_numbered<'p>(plan: &'p Plan, text: &str) -> Option<&'p Entry> {
    match plan.find(text)? {
        Subject::Entry(place) => Some(&plan.entries[place]),
        Subject::Indicator(_) => None,
    }
}

/// The row with which another table begins: its headings, or its title above them.
fn another_table(plan: &Plan, list: &Levelled<'_>, rows: &[u32]) -> Option<u32> {
    let is_own = |row: u32| {
        let mut cells = list.sheet.row(row).filter(|(_, cell)| holds_anything(cell));
        cells.all(|(column, cell)| {
            list.headings.above.get(&column).is_some_and(|own| own.iter().any(|w| is_same_in_cells(w, &cell.named())))
        })
    };
    let begins = |row: &u32| Headings::begins_again(list.sheet, *row, &plan.head.levels) && !is_own(*row);
    let at = rows.iter().position(begins)?;
    let held = |row: u32| list.sheet.row(row).filter(|(_, cell)| holds_anything(cell)).count();
    let is_title = |at: usize| held(rows[at]) == 1 && rows[at] + 1 == rows[at + 1];
    let stands_apart = |at: usize| at == 0 || rows[at - 1] + 1 < rows[at];
    let title = at.checked_sub(1).filter(|at| is_title(*at) && stands_apart(*at));
    Some(rows[title.unwrap_or(at)])
}

struct Reader<'l> {
    plan: &'l Plan,
    list: &'l Levelled<'l>,
    levels: &'l [u32],
    trust: Trust,
    out: Outline,
    current: Vec<Option<usize>>,
}

/// The column and the reason for which a row is not certain.
type Refused = (u32, Say);

impl Reader<'_> {
    fn about(&mut self, row: u32) -> Result<About, Refused> {
        let (sheet, all) = (self.list.sheet, self.list.all());
        let held: Vec<(u32, &Cell)> =
            sheet.row(row).filter(|(column, cell)| all.contains(column) && holds_anything(cell)).collect();
        let Some((first, cell)) = held.first() else { return Ok(About::Elsewhere) };
        if held.iter().all(|(_, cell)| cell.struck == Struck::Whole) {
            return Ok(About::LeftOut(*first, say!("行の全体に取消線があります", "the whole row is struck through")));
        }
        if self.repeats_headings(&held) {
            return Ok(About::LeftOut(*first, say!("見出しの繰返しです", "the headings are repeated")));
        }
        let shown = cell.named();
        if held.len() == 1 && shown.trim_start().starts_with(['※', '注', '＊', '*', '（', '(']) {
            return Ok(About::LeftOut(*first, say!("一覧の下の注です（{shown}）", "a note under the list ({shown})")));
        }
        if held.len() == 1 && shown.trim_start().starts_with(['【', '■', '●', '◆', '□', '◇', '〈', '《']) {
            let reason = say!(
                "見出しの行のようです（{shown}）。上の階層の列を作って、そこに書いてください",
                "it seems to be a heading ({shown}); write it into a column for the level above"
            );
            return Err((*first, reason));
        }
        let names = self.list.of(&Role::Indicator).filter(|_| self.levels.is_empty());
        if (self.levels.contains(first) || names == Some(*first)) && SUMS.contains(&plain(&shown).as_str()) {
            return Ok(About::LeftOut(*first, say!("合計の行です（{shown}）", "a row of sums ({shown})")));
        }
        match self.levels.is_empty() {
            true => self.alone(row),
            false => self.node(row, &held),
        }
    }

    /// What a row of a list without levels is about: an indicator, of the entry whose number the row has.
    fn alone(&mut self, row: u32) -> Result<About, Refused> {
        let Some(column) = self.list.of(&Role::Number(0)) else { return Ok(About::Indicator) };
        let cell = seen_at(self.list.sheet, row, column);
        let Some(words) = crate::inquiry::cells::id(cell, self.trust).map_err(|reason| (column, reason))? else {
            return Ok(About::Indicator);
        };
        let Some(entry) = entry_numbered(self.plan, &words.text) else { return Err((column, no_entry(&words.text))) };
        let known = self.out.nodes.iter().position(|node| node.id.as_ref() == Some(&entry.id));
        let place = known.unwrap_or_else(|| {
            let (name, id) = (entry.name.to_string(), Some(entry.id.clone()));
            self.out.nodes.push(Node { above: None, level: 0, name, mark: None, at: (row, column), id, is_new: false });
            self.out.nodes.len() - 1
        });
        Ok(About::Node(place, words.notes))
    }

    fn repeats_headings(&self, held: &[(u32, &Cell)]) -> bool {
        let above = |column: &u32| self.list.headings.above.get(column);
        let is = |(column, cell): &(u32, &Cell)| {
            above(column).is_some_and(|words| words.iter().any(|word| is_same_in_cells(word, &cell.named())))
        };
        held.len() > 1 && held.iter().all(is)
    }

    /// The entry of a row; those that it names first are added.
    fn node(&mut self, row: u32, held: &[(u32, &Cell)]) -> Result<About, Refused> {
        let named = self.names(row)?;
        let mark = self.marks(row)?;
        let notes = named.iter().flatten().flat_map(|words| words.notes.clone()).collect();
        let Some(deepest) = named.iter().rposition(Option::is_some) else {
            let other = held.iter().map(|(_, cell)| *cell);
            return match self.current.iter().rev().flatten().next() {
                Some(node) if held.iter().any(|(column, _)| self.goes_on(*column)) => Ok(About::Node(*node, notes)),
                _ => Ok(About::LeftOut(held[0].0, without_number(other))),
            };
        };
        let mut above: Option<usize> = None;
        let mut is_same = true;
        for level in 0..=deepest {
            let Some(words) = &named[level] else {
                above = self.current[level].filter(|_| is_same);
                if above.is_none() && self.levels.len() > 1 {
                    return Err((self.levels[level], without_level_above()));
                }
                continue;
            };
            let node = self.place(row, level, above, words, mark[level].clone());
            is_same &= self.current[level] == Some(node);
            if !is_same {
                self.current[level] = Some(node);
                self.current[level + 1..].fill(None);
            }
            above = Some(node);
        }
        // The names of the levels above again, and nothing of its own: the row goes on about the entry before it.
        let goes_on = is_same && held.iter().any(|(column, _)| self.goes_on(*column));
        let node = if goes_on { self.current.iter().rev().flatten().next().copied() } else { above };
        Ok(node.map_or(About::Elsewhere, |node| About::Node(node, notes)))
    }

    /// Whether a column says something of the entry of an earlier row.
    fn goes_on(&self, column: u32) -> bool {
        !self.list.roles.iter().any(|(role, of)| *of == column && matches!(role, Role::Level(_) | Role::Number(_)))
    }

    fn names(&self, row: u32) -> Result<Vec<Option<Words>>, Refused> {
        let name = |column: &u32| {
            let cell = seen_at(self.list.sheet, row, *column);
            if cell.is_some_and(|cell| holds_anything(cell) && cell.struck == Struck::Whole) {
                return Err((*column, struck_name()));
            }
            let found = words(cell).map_err(|reason| (*column, reason))?;
            let found = found.filter(|words| !matches!(plain(&words.text).as_str(), "-" | "―" | ""));
            match found.as_ref().is_some_and(|words| ["〃", "同上", "々", "\""].contains(&words.text.trim())) {
                true => Err((*column, ditto())),
                false => Ok(found),
            }
        };
        self.levels.iter().map(name).collect()
    }

    fn marks(&self, row: u32) -> Result<Vec<Option<Mark>>, Refused> {
        let mark = |level: usize| {
            let Some(column) = self.list.of(&Role::Number(level)) else { return Ok(None) };
            let cell = seen_at(self.list.sheet, row, column);
            let is_sign = |text: &str| Mark::parse(text).filter(|mark| matches!(mark, Mark::Part(_)));
            if let Some(mark) = cell.and_then(Cell::words).and_then(is_sign) {
                return Ok(Some(mark));
            }
            let found = crate::inquiry::cells::id(cell, self.trust).map_err(|reason| (column, reason))?;
            match found.map(|words| (Mark::parse(&words.text), words.text)) {
                None => Ok(None),
                Some((Some(mark), _)) => Ok(Some(mark)),
                Some((None, text)) => Err((column, no_mark(&text))),
            }
        };
        (0..self.levels.len()).map(mark).collect()
    }

    /// The entry of a name under another one: one that is known, or a new one.
    fn place(&mut self, row: u32, level: usize, above: Option<usize>, words: &Words, mark: Option<Mark>) -> usize {
        let key = cell_key(&words.text);
        let is = |node: &Node| {
            let same_mark = node.mark == mark || node.mark.is_none() || mark.is_none();
            node.above == above && node.level == level && same_mark && cell_key(&node.name) == key
        };
        if let Some(known) = self.out.nodes.iter().position(is) {
            return known;
        }
        let (name, at) = (words.text.clone(), (row, self.levels[level]));
        self.out.nodes.push(Node { above, level, name, mark, at, id: None, is_new: false });
        self.out.nodes.len() - 1
    }
}

fn beneath() -> Say {
    say!(
        "別の表なので、読みません。別のシートかファイルに分けてください",
        "another table, which is not read: give it a sheet or file of its own"
    )
}

fn struck_name() -> Say {
    say!(
        "名称に取消線があります。行を消すか、取消線を外してください",
        "the name is struck through; delete the row, or take the line away"
    )
}

fn ditto() -> Say {
    say!(
        "「〃」「同上」が何を指すか決まりません。名称そのものを書いてください",
        "it is unclear what a ditto refers to; write the name itself"
    )
}

fn no_entry(text: &str) -> Say {
    say!("「{text}」という番号の項目は、計画にありません", "the plan has no entry numbered `{text}`")
}

fn no_mark(text: &str) -> Say {
    say!("「{text}」は番号として読めません", "`{text}` cannot be read as a number")
}

fn without_level_above() -> Say {
    say!(
        "上の階層の名称が空欄で、前の行からも決まりません",
        "the name of the level above is blank, and the rows before do not say it either"
    )
}

/// Words of a cell with their line ends, for summaries and notes.
pub fn lines_of(cell: Option<&Cell>) -> Option<String> {
    let cell = cell.filter(|cell| cell.struck != Struck::Whole)?;
    let text = cell.words().map(str::to_owned).or_else(|| cell.shown())?;
    kept_words(&text).map(|answer| answer.0).filter(|text| !matches!(plain(text).as_str(), "-" | "―"))
}
