//! The parts that tell what the sheets are: the workbook, its relations, shared strings.

use std::collections::HashMap;

use quick_xml::events::{BytesStart, Event};

use super::colour::{BLACK, Colour, Paint, Sight, USUAL, size};
use super::package::too_large;
use super::xml::{Events, attribute, decoded, entity, local};
use super::{Limits, Package, Struck, damaged};
use crate::failure::Failure;
use crate::say;

/// What the workbook part lists.
#[derive(Debug, Default)]
pub struct Listed {
    /// The sheets.
    pub sheets: Vec<ListedSheet>,
    /// Defined names.
    pub names: Vec<(String, String)>,
    /// Whether days are counted from 1904.
    pub from_1904: bool,
    strings: Option<String>,
    /// The part of the styles.
    pub styles: Option<String>,
}

/// A sheet as the workbook lists it.
#[derive(Debug)]
pub struct ListedSheet {
    /// Its name.
    pub name: String,
    /// The part that it is in.
    pub part: String,
    /// Whether nobody sees it.
    pub is_hidden: bool,
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
                        let part = package.actual(target).unwrap_or(target).to_owned();
                        let is_hidden = attribute(element, "state").is_some_and(|state| state != "visible");
                        let name = name.unwrap_or_default().into_owned();
                        listed.sheets.push(ListedSheet { name, part, is_hidden });
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
pub fn relations(
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
            found.insert(id.into_owned(), (kind.into_owned(), resolved(folder, &target)));
        }
    }
    Ok(found)
}

/// The part that a relation means: `./sheet1.xml`, `../comments1.xml`, `/xl/styles.xml`.
fn resolved(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let whole = target.strip_prefix('/').map_or_else(|| format!("{folder}/{target}"), str::to_owned);
    let mut segments: Vec<&str> = Vec::new();
    for segment in whole.split('/') {
        match segment {
            "" | "." => {}
            ".." => drop(segments.pop()),
            segment => segments.push(segment),
        }
    }
    segments.join("/")
}

/// The strings that cells point to, without the readings above them.
///
/// # Errors
/// When the part is damaged or missing.
pub fn shared_strings(package: &mut Package<'_>, listed: &Listed) -> Result<Vec<Words>, Failure> {
    let Some(part) = &listed.strings else { return Ok(Vec::new()) };
    let text = package.read(part)?;
    let mut events = Events::new(&text, "sharedStrings.xml");
    let mut strings = Vec::new();
    let mut string = Runs::default();
    while let Some(event) = events.next()? {
        if string.take(&event) {
            strings.push(string.finish());
        }
        string.check(&package.limits)?;
        if strings.len() > package.limits.cells {
            return Err(too_large(say!("文字列の数", "number of texts")));
        }
    }
    Ok(strings)
}

/// The words of a cell, and what of them is struck through.
#[derive(Debug, Default, Clone)]
pub struct Words {
    /// All of them.
    pub text: String,
    /// Empty for words that are all as the cell is.
    runs: Vec<Run>,
}

/// Words that are alike; what a run does not say is as the cell is.
#[derive(Debug, Clone, Copy, Default)]
struct Run {
    /// Where it ends.
    end: usize,
    /// Whether it is struck through.
    struck: Option<bool>,
    /// The colour of its letters.
    letters: Option<Colour>,
    /// How large they are, in tenths of a point.
    size: Option<u32>,
}

/// How much of the words of a cell a person sees.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Seen {
    /// What nobody sees.
    pub unseen: String,
    /// What is seen.
    pub seen: String,
    /// Whether some of it stands on a ground of which a part has its colour.
    pub is_partly: bool,
}

impl Words {
    /// Words that are all alike.
    pub fn plain(text: String) -> Self {
        Self { text, runs: Vec::new() }
    }

    /// What of them is struck through in a cell that is, or is not.
    pub fn struck(&self, cell: bool) -> Struck {
        let (mut gone, mut left) = (String::new(), String::new());
        for (part, run) in self.parts() {
            if run.struck.unwrap_or(cell) { &mut gone } else { &mut left }.push_str(part);
        }
        match (gone.trim().is_empty(), left.trim().is_empty()) {
            (true, _) => Struck::Nothing,
            (false, true) => Struck::Whole,
            (false, false) => Struck::Part { gone, left },
        }
    }

    /// How much of them is seen in a cell that is painted so.
    pub fn seen(&self, paint: &Paint) -> Seen {
        let mut all = Seen::default();
        for (part, run) in self.parts() {
            let (letters, size) = (run.letters.unwrap_or(paint.letters), run.size.unwrap_or(paint.size));
            let sight = Paint { letters, size, ..*paint }.sight();
            let is_blank = part.trim().is_empty();
            all.is_partly |= sight == Sight::Partly && !is_blank;
            if sight == Sight::Unseen && !is_blank { &mut all.unseen } else { &mut all.seen }.push_str(part);
        }
        all
    }

    /// The runs, each with its words.
    fn parts(&self) -> impl Iterator<Item = (&str, Run)> {
        let rest = Run { end: self.text.len(), ..Run::default() };
        let mut from = 0;
        self.runs.iter().copied().chain([rest]).map(move |run| {
            let part = self.text.get(from..run.end).unwrap_or_default();
            from = run.end;
            (part, run)
        })
    }
}

/// The text of `<si>`, `<is>` or a note in the making: its runs, without phonetic ones (ふりがな).
#[derive(Debug, Default)]
pub struct Runs {
    words: Words,
    text: String,
    /// How the run is that is read.
    run: Run,
    in_text: bool,
    phonetic: usize,
}

impl Runs {
    /// Takes an event; whether the text is complete with it.
    pub fn take(&mut self, event: &Event<'_>) -> bool {
        match event {
            Event::Start(element) | Event::Empty(element) if local(element) == "strike" => {
                self.run.struck = Some(is_on(element));
            }
            Event::Start(element) | Event::Empty(element) if local(element) == "color" => {
                self.run.letters = Some(Colour::of(element).unwrap_or(BLACK));
            }
            Event::Start(element) | Event::Empty(element) if local(element) == "sz" => self.run.size = size(element),
            Event::Start(element) => match local(element) {
                "t" => self.in_text = self.phonetic == 0,
                "rPh" => self.phonetic += 1,
                // A run that has a font of its own is black, of the usual size and not struck through where that font
                // does not say so.
                "rPr" => {
                    self.run = Run { struck: Some(false), letters: Some(BLACK), size: Some(USUAL), ..self.run };
                }
                _ => {}
            },
            Event::Empty(element) => return matches!(local(element), "si" | "is"),
            Event::End(element) => match element.local_name().into_inner() {
                "t" => self.in_text = false,
                "rPh" => self.phonetic = self.phonetic.saturating_sub(1),
                "r" => self.end_run(),
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

    fn end_run(&mut self) {
        let text = std::mem::take(&mut self.text);
        self.words.text.push_str(&decoded(&text));
        let run = std::mem::take(&mut self.run);
        self.words.runs.push(Run { end: self.words.text.len(), ..run });
    }

    /// Refuses more runs than a text has.
    ///
    /// # Errors
    /// When there are more.
    pub fn check(&self, limits: &Limits) -> Result<(), Failure> {
        if self.words.runs.len() > limits.runs {
            return Err(too_large(say!("文字列の区切りの数", "number of runs of a text")));
        }
        Ok(())
    }

    /// The complete text; the next one begins empty.
    pub fn finish(&mut self) -> Words {
        if !self.text.is_empty() {
            self.end_run();
        }
        let mut words = std::mem::take(self).words;
        if words.runs.iter().all(|run| run.struck.is_none() && run.letters.is_none() && run.size.is_none()) {
            words.runs.clear();
        }
        words
    }
}

/// Whether a switch such as `<strike/>` is on.
pub fn is_on(element: &BytesStart<'_>) -> bool {
    attribute(element, "val").is_none_or(|val| val != "0" && val != "false")
}
