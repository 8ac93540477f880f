//! The parts that tell what the sheets are: the workbook, its relations, shared strings, styles.

use std::collections::HashMap;

use quick_xml::events::Event;

use super::package::too_large;
use super::xml::{Events, attribute, decoded, entity, local};
use super::{Format, Package, damaged};
use crate::failure::Failure;
use crate::say;

/// What the workbook part lists.
#[derive(Debug, Default)]
pub struct Listed {
    /// Names of sheets and the parts they are in.
    pub sheets: Vec<(String, String)>,
    /// Defined names.
    pub names: Vec<(String, String)>,
    /// Whether days are counted from 1904.
    pub from_1904: bool,
    strings: Option<String>,
    styles: Option<String>,
}

/// Reads what the workbook holds.
///
/// # Errors
/// When it is damaged, is of a kind that is not read, or has too many sheets.
pub fn workbook(package: &mut Package<'_>) -> Result<Listed, Failure> {
    let part = main_part(package)?;
    let folder = part.rsplit_once('/').map_or("", |(folder, _)| folder);
    let name = part.rsplit('/').next().unwrap_or(&part);
    let relations = relations(package, &format!("{folder}/_rels/{name}.rels"), folder)?;
    let of_kind = |kind: &str| relations.values().find(|(k, _)| k.ends_with(kind)).map(|(_, target)| target.clone());
    let mut listed = Listed { strings: of_kind("/sharedStrings"), styles: of_kind("/styles"), ..Listed::default() };
    let text = package.read(&part)?;
    let mut events = Events::new(&text, "xl/workbook.xml");
    let mut named: Option<(String, String)> = None;
    while let Some(event) = events.next()? {
        match &event {
            Event::Start(element) | Event::Empty(element) => match local(element) {
                "workbookPr" => {
                    listed.from_1904 = attribute(element, "date1904").is_some_and(|v| v == "1" || v == "true");
                }
                "sheet" => {
                    let (name, id) = (attribute(element, "name"), attribute(element, "id"));
                    let target = id.and_then(|id| relations.get(&*id));
                    let Some((kind, target)) = target else { continue };
                    if kind.ends_with("/worksheet") {
                        listed.sheets.push((name.unwrap_or_default().into_owned(), target.clone()));
                    }
                }
                "definedName" => {
                    named = attribute(element, "name").map(|name| (name.into_owned(), String::new()));
                }
                _ => {}
            },
            Event::Text(words) => {
                if let Some((_, refers)) = &mut named {
                    refers.push_str(&words.xml10_content());
                }
            }
            Event::GeneralRef(reference) => {
                if let (Some((_, refers)), Some(text)) = (&mut named, entity(reference)) {
                    refers.push_str(&text);
                }
            }
            Event::End(end) if end.local_name().into_inner() == "definedName" => listed.names.extend(named.take()),
            _ => {}
        }
        if listed.sheets.len() > package.limits.sheets {
            return Err(too_large(say!("シートの数", "number of sheets")));
        }
    }
    Ok(listed)
}

/// The workbook part, as the package names it.
fn main_part(package: &mut Package<'_>) -> Result<String, Failure> {
    if !package.has("_rels/.rels") {
        return Ok("xl/workbook.xml".to_owned());
    }
    let relations = relations(package, "_rels/.rels", "")?;
    let main = relations.into_values().find(|(kind, _)| kind.ends_with("/officeDocument"));
    main.map(|(_, target)| target).ok_or_else(|| damaged("_rels/.rels"))
}

/// Relations by id: their kind and the part that is meant.
fn relations(
    package: &mut Package<'_>,
    part: &str,
    folder: &str,
) -> Result<HashMap<String, (String, String)>, Failure> {
    let text = package.read(part)?;
    let mut events = Events::new(&text, "_rels");
    let mut found = HashMap::new();
    while let Some(event) = events.next()? {
        let (Event::Start(element) | Event::Empty(element)) = &event else { continue };
        let attributes = ["Id", "Type", "Target"].map(|name| attribute(element, name));
        if let [Some(id), Some(kind), Some(target)] = attributes {
            let target = match target.strip_prefix('/') {
                Some(whole) => whole.to_owned(),
                None if folder.is_empty() => target.into_owned(),
                None => format!("{folder}/{target}"),
            };
            found.insert(id.into_owned(), (kind.into_owned(), target));
        }
    }
    Ok(found)
}

/// The strings that cells point to, without the readings above them.
///
/// # Errors
/// When the part is damaged.
pub fn shared_strings(package: &mut Package<'_>, listed: &Listed) -> Result<Vec<String>, Failure> {
    let Some(part) = listed.strings.as_ref().filter(|part| package.has(part)) else { return Ok(Vec::new()) };
    let text = package.read(part)?;
    let mut events = Events::new(&text, "sharedStrings.xml");
    let mut strings = Vec::new();
    let mut string = Runs::default();
    while let Some(event) = events.next()? {
        if string.take(&event) {
            strings.push(string.finish());
        }
        if strings.len() > package.limits.cells {
            return Err(too_large(say!("文字列の数", "number of texts")));
        }
    }
    Ok(strings)
}

/// The text of `<si>` or `<is>` in the making: its runs, without phonetic ones (ふりがな).
#[derive(Debug, Default)]
pub struct Runs {
    text: String,
    in_text: bool,
    phonetic: usize,
}

impl Runs {
    /// Takes an event; whether the text is complete with it.
    pub fn take(&mut self, event: &Event<'_>) -> bool {
        match event {
            Event::Start(element) => match local(element) {
                "t" => self.in_text = self.phonetic == 0,
                "rPh" => self.phonetic += 1,
                _ => {}
            },
            Event::Empty(element) => return matches!(local(element), "si" | "is"),
            Event::End(element) => match element.local_name().into_inner() {
                "t" => self.in_text = false,
                "rPh" => self.phonetic = self.phonetic.saturating_sub(1),
                "si" | "is" => return true,
                _ => {}
            },
            Event::Text(words) if self.in_text => self.text.push_str(&words.xml10_content()),
            Event::CData(words) if self.in_text => self.text.push_str(&words.xml10_content()),
            Event::GeneralRef(reference) if self.in_text => {
                self.text.push_str(&entity(reference).unwrap_or_default());
            }
            _ => {}
        }
        false
    }

    /// The complete text; the next one begins empty.
    pub fn finish(&mut self) -> String {
        let text = std::mem::take(self).text;
        decoded(&text).into_owned()
    }
}

/// The format of each style that a cell can have.
///
/// # Errors
/// When the part is damaged.
pub fn styles(package: &mut Package<'_>, listed: &Listed) -> Result<Vec<Format>, Failure> {
    let Some(part) = listed.styles.as_ref().filter(|part| package.has(part)) else { return Ok(Vec::new()) };
    let text = package.read(part)?;
    let mut events = Events::new(&text, "styles.xml");
    let (mut own, mut styles): (HashMap<u32, Format>, Vec<Format>) = Default::default();
    let mut in_cells = false;
    while let Some(event) = events.next()? {
        match &event {
            Event::Start(element) | Event::Empty(element) => match local(element) {
                "numFmt" => {
                    let id = attribute(element, "numFmtId").and_then(|id| id.parse().ok());
                    if let (Some(id), Some(code)) = (id, attribute(element, "formatCode")) {
                        own.insert(id, Format::of_code(&code));
                    }
                }
                "cellXfs" => in_cells = matches!(event, Event::Start(_)),
                "xf" if in_cells => {
                    let id = attribute(element, "numFmtId").and_then(|id| id.parse().ok()).unwrap_or(0);
                    styles.push(own.get(&id).copied().unwrap_or_else(|| Format::built_in(id)));
                }
                _ => {}
            },
            Event::End(end) if end.local_name().into_inner() == "cellXfs" => in_cells = false,
            _ => {}
        }
    }
    Ok(styles)
}
