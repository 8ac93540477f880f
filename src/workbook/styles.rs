//! How cells look: number formats, what is struck through, colours and sizes of letters, and what conditions change.

use std::collections::HashMap;

use quick_xml::events::{BytesStart, Event};

use super::colour::{Paint, Paints};
use super::conditions::Shows;
use super::looks::Looks;
use super::package::too_large;
use super::parts::{Listed, is_on};
use super::xml::{Events, attribute, local};
use super::{Format, Look, Package};
use crate::failure::Failure;
use crate::say;

/// How a cell can look.
#[derive(Debug, Clone, Default)]
pub struct Style {
    /// Its number format.
    pub format: Format,
    /// Whether it is struck through.
    pub struck: bool,
    /// Which of the looks of the workbook it has.
    pub look: u16,
    /// Its letters and its ground.
    pub paint: Paint,
    /// As [`super::Cell::size`].
    pub size: u32,
}

/// How the cells of a workbook look.
#[derive(Debug, Default)]
pub struct Styles {
    /// The style of each number that cells name.
    pub of_cells: Vec<Style>,
    /// The looks that cells name, the first that of an untouched cell.
    pub looks: Vec<Look>,
    /// How the conditions show cells that name each number.
    pub of_conditions: Vec<Shows>,
}

/// Reads them.
///
/// # Errors
/// When the part is damaged or missing.
pub fn styles(package: &mut Package<'_>, listed: &Listed) -> Result<Styles, Failure> {
    let Some(part) = &listed.styles else { return Ok(Styles::default()) };
    let text = package.read(part)?;
    let mut events = Events::new(&text, "styles.xml");
    let mut reader = Reader { from_1904: listed.from_1904, ..Reader::default() };
    while let Some(event) = events.next()? {
        reader.take(&event);
        if reader.of_cells.len() > package.limits.styles {
            return Err(too_large(say!("書式の数", "number of formats")));
        }
    }
    Ok(Styles { of_cells: reader.of_cells, looks: reader.looks.finish(), of_conditions: reader.conditions })
}

/// The styles in the making.
#[derive(Default)]
pub struct Reader {
    from_1904: bool,
    own: HashMap<u32, Format>,
    /// Whether each font strikes through.
    fonts: Vec<bool>,
    /// The colours.
    pub paints: Paints,
    /// What sets cells off.
    pub looks: Looks,
    of_cells: Vec<Style>,
    conditions: Vec<Shows>,
    within: Within,
}

/// In which list of the styles an event stands.
#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum Within {
    #[default]
    Nothing,
    Fonts,
    Fills,
    Cells,
    Conditions,
}

impl Reader {
    /// What a part of styles says.
    #[cfg(test)]
    pub fn of(text: &str) -> Self {
        let (mut events, mut reader) = (Events::new(text, "styles.xml"), Self::default());
        while let Some(event) = events.next().unwrap() {
            reader.take(&event);
        }
        reader
    }

    fn take(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(element) => {
                match local(element) {
                    "fonts" => self.within = Within::Fonts,
                    "fills" => self.within = Within::Fills,
                    "cellXfs" => self.within = Within::Cells,
                    "dxfs" => self.within = Within::Conditions,
                    _ => {}
                }
                self.element(element);
            }
            Event::Empty(element) => self.element(element),
            Event::End(end) if matches!(end.local_name().into_inner(), "fonts" | "fills" | "cellXfs" | "dxfs") => {
                self.within = Within::Nothing;
            }
            _ => {}
        }
    }

    fn element(&mut self, element: &BytesStart<'_>) {
        let number = |name| attribute(element, name).and_then(|id| id.parse::<u32>().ok());
        match (local(element), self.within) {
            ("dxf", Within::Conditions) => self.conditions.push(Shows::default()),
            (_, Within::Conditions) => self.conditions.iter_mut().last().into_iter().for_each(|one| one.take(element)),
            ("numFmt", _) => {
                if let (Some(id), Some(code)) = (number("numFmtId"), attribute(element, "formatCode")) {
                    self.own.insert(id, Format::new(&code, self.from_1904));
                }
            }
            (name, Within::Fonts) => self.font(name, element),
            (name, Within::Fills) => {
                self.looks.fill(name, element);
                self.paints.fill(name, element);
            }
            ("xf", Within::Cells) => {
                let [id, font, fill] = ["numFmtId", "fontId", "fillId"].map(|name| number(name).unwrap_or(0));
                let style = self.style(id, font, fill);
                self.of_cells.push(style);
            }
            ("alignment", Within::Cells) if fits_itself(element) => {
                self.of_cells.iter_mut().last().into_iter().for_each(|style| style.size = 0);
            }
            _ => {}
        }
    }

    fn font(&mut self, name: &str, element: &BytesStart<'_>) {
        match (name, self.fonts.last_mut()) {
            ("font", _) => self.fonts.push(false),
            ("strike", Some(font)) => *font = is_on(element),
            _ => {}
        }
        self.looks.font(name, element);
        self.paints.font(name, element);
    }

    fn style(&mut self, id: u32, font: u32, fill: u32) -> Style {
        Style {
            format: self.own.get(&id).cloned().unwrap_or_else(|| Format::built_in(id, self.from_1904)),
            struck: usize::try_from(font).ok().and_then(|at| self.fonts.get(at)).copied().unwrap_or(false),
            look: self.looks.look(font, fill),
            paint: self.paints.paint(font, fill),
            size: self.paints.size(font),
        }
    }
}

/// Whether letters are made to fit their cell, or stand otherwise than side by side.
fn fits_itself(element: &BytesStart<'_>) -> bool {
    let has = |name, usual: &[&str]| attribute(element, name).is_some_and(|value| !usual.contains(&&*value));
    has("shrinkToFit", &["0", "false"])
        || has("textRotation", &["0"])
        || attribute(element, "horizontal").is_some_and(|way| way == "fill")
}
