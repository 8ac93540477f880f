//! What stands over the cells of a sheet: comments, and shapes with words.

use std::collections::BTreeMap;

use quick_xml::events::Event;

use super::chart::Chart;
use super::parts::{Runs, relations};
use super::xml::{Element, Events, attribute, local};
use super::{Package, place};
use crate::failure::Failure;

/// What stands over the cells of a sheet, by row and column.
#[derive(Debug, Default)]
pub struct Notes {
    /// What is noted at cells.
    pub comments: BTreeMap<(u32, u32), String>,
    /// The words of shapes, by the cell at their upper left corner.
    pub shapes: Vec<Shape>,
    /// What charts show.
    pub charts: Vec<Chart>,
    /// What lies over the cells, whether it has words or not, by the cell at its upper left corner.
    pub objects: Vec<((u32, u32), Object)>,
}

/// What can lie over cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Object {
    /// A picture.
    Picture,
    /// A chart or another frame.
    Chart,
    /// A shape, a line or a text box.
    Shape,
}

impl Notes {
    /// Reads what stands over the cells of the sheet in a part.
    ///
    /// # Errors
    /// When it is damaged.
    pub fn read(package: &mut Package<'_>, part: &str) -> Result<Self, Failure> {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let listed = format!("{folder}/_rels/{name}.rels");
        let mut notes = Self::default();
        if !package.has(&listed) {
            return Ok(notes);
        }
        let mut found: Vec<(String, String)> = relations(package, &listed, folder)?.into_values().collect();
        found.sort();
        for (kind, target) in found {
            if kind.ends_with("/comments") {
                notes.comments.extend(comments(&package.read(&target)?)?);
            } else if kind.ends_with("/drawing") {
                let drawing = Element::parse(&package.read(&target)?, "drawing.xml")?;
                notes.shapes.extend(shapes(&drawing));
                notes.objects.extend(objects(&drawing));
                notes.charts.extend(Chart::all(package, &target)?);
            }
        }
        Ok(notes)
    }
}

fn comments(text: &str) -> Result<BTreeMap<(u32, u32), String>, Failure> {
    let mut events = Events::new(text, "comments.xml");
    let (mut comments, mut at, mut runs) = (BTreeMap::new(), None, Runs::default());
    while let Some(event) = events.next()? {
        match &event {
            Event::Start(element) if local(element) == "comment" => {
                at = attribute(element, "ref").and_then(|cell| place(&cell));
            }
            Event::End(end) if end.local_name().into_inner() == "comment" => {
                let words = plain(&runs.finish().text);
                if let Some(at) = at.take().filter(|_| !words.is_empty()) {
                    comments.insert(at, words);
                }
            }
            _ => drop(runs.take(&event)),
        }
    }
    Ok(comments)
}

/// The words of a shape, and the row and column of the cell at its upper left corner.
pub type Shape = ((u32, u32), String);

/// The cell at the upper left corner of what is anchored.
fn corner(anchor: &Element) -> (u32, u32) {
    let corner = anchor.find("from");
    let count = |name: &str| corner?.find(name)?.text().trim().parse::<u32>().ok();
    (count("row").unwrap_or(0), count("col").unwrap_or(0))
}

fn objects(drawing: &Element) -> Vec<((u32, u32), Object)> {
    let object = |anchor: &Element| {
        let kind = match () {
            () if anchor.find("pic").is_some() => Object::Picture,
            () if anchor.find("graphicFrame").is_some() => Object::Chart,
            () if anchor.find("sp").or_else(|| anchor.find("cxnSp")).is_some() => Object::Shape,
            () => return None,
        };
        Some((corner(anchor), kind))
    };
    drawing.find("wsDr").into_iter().flat_map(Element::elements).filter_map(object).collect()
}

fn shapes(drawing: &Element) -> Vec<Shape> {
    let Some(drawing) = drawing.find("wsDr") else { return Vec::new() };
    let shape = |anchor: &Element| {
        let mut words = String::new();
        collect_words(anchor, &mut words);
        let words = words.trim().to_owned();
        (!words.is_empty()).then(|| (corner(anchor), words))
    };
    drawing.elements().filter_map(shape).collect()
}

/// Adds the words of an element and of all within it, each paragraph on its own line.
fn collect_words(element: &Element, words: &mut String) {
    if element.name == "t" {
        words.push_str(&element.text());
    }
    // What older programs show instead stands there a second time.
    let inner = element.elements().filter(|inner| inner.name != "Fallback");
    inner.for_each(|inner| collect_words(inner, words));
    if element.name == "p" && !words.ends_with('\n') {
        words.push('\n');
    }
}

/// The words of a note without what Excel writes before those of a conversation, for programs that know none.
fn plain(text: &str) -> String {
    let is_conversation = text.starts_with('[') && text.contains(']');
    let own = ["Comment:", "コメント:", "コメント："].into_iter().find_map(|mark| text.split_once(mark));
    own.filter(|_| is_conversation).map_or(text, |(_, own)| own).trim().to_owned()
}
