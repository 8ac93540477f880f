//! Whether a number has room in its column: a program shows #### in its place, or fewer of its digits, where it has not.

use quick_xml::events::Event;
use rust_decimal::Decimal;

use super::number::exact;
use super::sheet::{COLUMNS, columns};
use super::xml::{attribute, local};
use super::{Cell, Content, Sheet};

/// How wide the columns of a sheet are, in digits of the usual letters; nothing of a sheet that has no such.
#[derive(Debug, Clone, Default)]
pub struct Widths {
    /// Of columns that nothing is said of.
    usual: Option<Decimal>,
    /// The first and the last of each run, from 0.
    own: Vec<(u32, u32, Decimal)>,
}

/// Columns that cells were made one over; a wider one holds every number.
const MANY: u32 = 100;

impl Widths {
    /// Takes an event of a sheet.
    pub fn take(&mut self, event: &Event<'_>) {
        let (Event::Start(element) | Event::Empty(element)) = event else { return };
        let number = |name| attribute(element, name).and_then(|text| width(&text));
        match local(element) {
            "worksheet" => self.usual = Some(around(Decimal::from(8))),
            "sheetFormatPr" => {
                let base = || number("baseColWidth").map(around);
                self.usual = number("defaultColWidth").or_else(base).or(self.usual);
            }
            "col" if self.own.len() < COLUMNS => {
                let run = columns(element).zip(number("width"));
                self.own.extend(run.map(|((first, last), width)| (first, last, width)));
            }
            _ => {}
        }
    }

    /// Whether a column has no room for a single digit.
    pub(super) fn is_closed(&self, column: u32) -> bool {
        // A digit, and the five of seven parts of one that stay blank beside it.
        self.of(column).is_some_and(|width| width < Decimal::new(171, 2))
    }

    fn of(&self, column: u32) -> Option<Decimal> {
        let own = self.own.iter().find(|(first, last, _)| (*first..=*last).contains(&column));
        own.map(|(.., width)| *width).or(self.usual)
    }
}

/// A width; no column is wider than some hundred digits.
fn width(text: &str) -> Option<Decimal> {
    Decimal::from_str_exact(text.trim()).ok().map(|width| width.clamp(Decimal::ZERO, Decimal::ONE_THOUSAND))
}

/// A column for so many digits, with the room beside them.
fn around(digits: Decimal) -> Decimal {
    digits + Decimal::new(12, 1)
}

impl Sheet {
    /// Whether a number at a place is wider than its column. What is close is taken to have room: letters differ.
    pub fn is_too_narrow(&self, (row, column): (u32, u32)) -> bool {
        let Some(cell) = self.cell(row, column).filter(|cell| cell.size > 0) else { return false };
        let least = shown(cell).and_then(|shown| least_width(&shown).checked_mul(Decimal::new(cell.size.into(), 2)));
        // Most have room in their own column: of a sheet with many areas none is looked for.
        if self.widths.of(column).zip(least).is_none_or(|(room, least)| room >= least) {
            return false;
        }
        let (first, last) = self.area(row, column).map_or((column, column), |area| (area.first.1, area.last.1));
        if last.saturating_sub(first) >= MANY {
            return false;
        }
        let room: Option<Decimal> = (first..=last).map(|column| self.widths.of(column)).sum();
        room.zip(least).is_some_and(|(room, least)| room < least)
    }
}

/// What a program must have room for: of a result in the general format it leaves out decimals.
fn shown(cell: &Cell) -> Option<String> {
    let Some(Content::Number(raw)) = &cell.value else { return None };
    if cell.formula.is_some() && cell.format.is_general() {
        return Some(exact(raw)?.0.trunc().to_string());
    }
    cell.shown()
}

/// How wide a text is at least, in digits.
fn least_width(text: &str) -> Decimal {
    let of = |c: char| match c {
        '0'..='9' => 100,
        '.' | ',' | ':' | ' ' | '\'' => 30,
        '-' | '/' | '(' | ')' => 45,
        c if c.is_ascii() => 60,
        // Half as wide as kanji.
        '\u{ff61}'..='\u{ff9f}' | '\u{a0}'..='\u{ff}' => 50,
        _ => 160,
    };
    Decimal::new(text.chars().map(of).sum(), 2)
}

#[cfg(test)]
mod tests {
    use super::super::xml::Events;
    use super::super::{Area, Format};
    use super::*;

    #[test]
    fn a_number_wider_than_its_column_is_found() {
        let text = "<worksheet><sheetFormatPr defaultColWidth='9.14'/><cols><col min='2' max='3' width='4'/></cols></worksheet>";
        let mut sheet = Sheet::default();
        let mut events = Events::new(text, "worksheet");
        while let Some(event) = events.next().unwrap() {
            sheet.widths.take(&event);
        }
        let number =
            |raw: &str, code: &str| Cell::new(Content::Number(raw.into())).with_format(Format::new(code, false));
        for (at, cell, wanted) in [
            ((0, 0), number("1234567", "#,##0"), false),
            ((0, 1), number("1234", "0"), false),
            ((0, 2), number("1234567", "#,##0"), true),
            ((1, 0), number("46023", "yyyy/m/d"), false),
            ((1, 1), number("46023", "yyyy/m/d"), true),
            ((1, 2), Cell::text("長い文でも、文字は隣の列まで見える"), false),
            ((2, 1), number("46023", "[$-411]ggge\"年\"m\"月\"d\"日\""), true),
            ((2, 2), Cell { size: 0, ..number("1234567", "#,##0") }, false),
            ((3, 1), Cell { size: 200, ..number("1234", "0") }, true),
            ((4, 1), Cell { formula: Some("1/3".into()), ..number("0.333333333333333", "") }, false),
            ((4, 2), number("98.76543", ""), true),
            ((5, 1), number("1234567", "#,##0"), false),
        ] {
            if at == (5, 1) {
                sheet.merged.push(Area { first: at, last: (5, 2) });
            }
            sheet.cells.insert(at, cell);
            assert_eq!(sheet.is_too_narrow(at), wanted, "{at:?}");
        }
        let closed = "<worksheet><cols><col min='1' max='1' width='1.57'/><col min='2' max='2' width='1.7109375'/></cols></worksheet>";
        for (text, wanted) in [
            (closed, [true, false, false]),
            ("<worksheet><sheetFormatPr defaultColWidth='0'/></worksheet>", [true; 3]),
            ("<worksheet/>", [false; 3]),
        ] {
            let (mut widths, mut events) = (Widths::default(), Events::new(text, "worksheet"));
            while let Some(event) = events.next().unwrap() {
                widths.take(&event);
            }
            assert_eq!([0, 1, 2].map(|column| widths.is_closed(column)), wanted, "{text}");
        }
        sheet.widths = Widths::default();
        assert!(!sheet.is_too_narrow((0, 2)), "of a sheet without columns nothing is known");
    }
}
