//! `figure = [ … ]`: numbers beside an entry, a plan or an update.

use super::Fields;
use super::registers::Registers;
use super::values::{Scope, number, value};
use crate::plan::entry::Figure;
use crate::plan::indicator::{Kind, Unit};
use crate::plan::source::Origin;

/// Reads `figure = [ … ]`.
pub fn figures<C: FromIterator<Figure>>(fields: &Fields<'_>, registers: &Registers, around: &Origin) -> C {
    fields.tables("figure").iter().filter_map(|t| figure(t, registers, around)).collect()
}

fn figure(fields: &Fields<'_>, registers: &Registers, around: &Origin) -> Option<Figure> {
    let origin = registers.origin_within(fields, around);
    let unit = fields.boxed("unit").unwrap_or_default();
    let period = fields.period("period");
    let share = fields.table("share").and_then(|t| Some((number(&t, t.need("part")?)?, number(&t, t.need("of")?)?)));
    let notes = fields.boxed_all("note");
    let name = fields.need_text("name").map(|t| t.text.into());
    // A reference figure has no direction: 以上 and 以下 are both welcome, and so is a range.
    let scope = Scope { kind: &Kind::Range, unit: &Unit(unit.clone()), words: true, spans: false };
    let (value, written) = value(fields, fields.need("value")?, scope)?;
    Some(Figure { name: name?, value, written, unit, period, share, notes, origin })
}
