//! Reads a paper in Word as it is shown: text, tables within tables, text boxes, content controls, notes, heads and feet of
//! pages. What was deleted under revision or is hidden is not read; comments and tracked changes are listed.

mod look;

use std::collections::HashSet;
use std::rc::Rc;

use self::look::{Look, Looks};

use super::text::Draft;
use super::{Area, Part, Piece, RemarkKind, Sheet, Spans, Text, description};
use crate::failure::Failure;
use crate::say;
use crate::workbook::chart::Chart;
use crate::workbook::xml::Element;
use crate::workbook::{Limits, Package};

/// As many heads and feet as a document of many sections has.
const EDGES: usize = 60;

/// Reads the paper.
///
/// # Errors
/// When the bytes are no Word document, or more than one can be.
pub fn read(bytes: &[u8]) -> Result<Sheet, Failure> {
    // What the package says of a file is worded for workbooks.
    let no_document = |_| {
        Failure::plain(say!(
            "Word の文書（.docx）でないか、壊れているか、大きすぎるか、複雑すぎます",
            "it is no Word document (.docx), is damaged, or is too large or too complex"
        ))
    };
    parts(bytes).map_err(no_document)?.within(&Limits::default())
}

fn parts(bytes: &[u8]) -> Result<Sheet, Failure> {
    let mut package = Package::open(bytes, Limits::default())?;
    let about = description(&mut package)?;
    let looks = match package.has("word/styles.xml") {
        true => Looks::read(&Element::parse(&package.read("word/styles.xml")?, "word/styles.xml")?),
        false => Looks::default(),
    };
    let mut reader = Reader { sheet: Sheet { about, ..Sheet::default() }, looks: Rc::new(looks), ..Reader::default() };
    reader.blocks(&Element::parse(&package.read("word/document.xml")?, "word/document.xml")?);
    for name in ["word/footnotes.xml", "word/endnotes.xml"] {
        reader.notes(&mut package, name)?;
    }
    reader.drawn(&mut package)?;
    reader.edges(&mut package)?;
    if package.has("word/comments.xml") {
        let comments = Element::parse(&package.read("word/comments.xml")?, "word/comments.xml")?;
        for comment in comments.elements().flat_map(Element::elements).filter(|e| e.name == "comment") {
            let words = plain(comment);
            reader.sheet.remark(RemarkKind::Comment, &words);
        }
    }
    Ok(reader.sheet)
}

#[derive(Default)]
struct Reader {
    sheet: Sheet,
    /// What stands outside the text at a paragraph or a cell, read after it: boxes, tables within tables.
    later: Vec<Piece>,
    fields: Fields,
    spans: Spans,
    /// How words look where nothing more is said of them.
    look: Look,
    looks: Rc<Looks>,
}

/// The fields that are open: `PAGE` and its kind are not words of the paper.
#[derive(Default)]
struct Fields {
    /// For each open field, its instruction, and whether its result has begun.
    open: Vec<(String, bool)>,
}

impl Fields {
    fn mark(&mut self, kind: Option<&str>) {
        match kind {
            Some("begin") => self.open.push((String::new(), false)),
            Some("separate") => self.open.iter_mut().last().into_iter().for_each(|field| field.1 = true),
            Some("end") => drop(self.open.pop()),
            _ => {}
        }
    }

    fn instruct(&mut self, text: &str) {
        self.open.iter_mut().last().into_iter().for_each(|field| field.0.push_str(text));
    }

    fn hides(&self) -> bool {
        self.open.iter().any(|(instruction, in_result)| !in_result || is_of_printing(instruction))
    }
}

/// Whether a field counts pages or tells the time.
fn is_of_printing(instruction: &str) -> bool {
    const FIELDS: [&str; 8] = ["PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF", "DATE", "TIME", "PRINTDATE", "SAVEDATE"];
    instruction.split_whitespace().next().is_some_and(|name| FIELDS.contains(&&*name.to_uppercase()))
}

impl Reader {
    /// The paragraphs and tables of a body, a note, a box; those within content controls as well.
    fn blocks(&mut self, element: &Element) {
        for child in element.elements() {
            match &*child.name {
                "p" => self.paragraph(child),
                "tbl" => self.table(child),
                "Fallback" | "sdtPr" | "sectPr" | "del" | "moveFrom" => {}
                _ => self.blocks(child),
            }
        }
    }

    /// Reads what stands in an element, of which more may be said of how words look.
    fn within<T>(&mut self, element: &Element, read: impl FnOnce(&mut Self) -> T) -> T {
        let around = self.look;
        self.look = self.looks.of(element, around);
        let found = read(self);
        self.look = around;
        found
    }

    /// One that reads a text apart from this one.
    fn apart(&self) -> Self {
        Self { looks: Rc::clone(&self.looks), ..Self::default() }
    }

    fn paragraph(&mut self, paragraph: &Element) {
        let mut draft = Draft::default();
        self.within(paragraph, |reader| reader.runs(paragraph, &mut draft));
        let text = draft.finish();
        if is_heading(paragraph) && !text.words.is_empty() {
            self.sheet.begin(text);
        } else {
            self.sheet.add(text);
        }
        self.settle();
    }

    /// Adds what stands outside the text.
    fn settle(&mut self) {
        for piece in std::mem::take(&mut self.later) {
            match piece {
                Piece::Prose(text) => self.sheet.add(text),
                Piece::Table(rows) => self.sheet.add_table(rows),
            }
        }
    }

    fn table(&mut self, table: &Element) {
        let rows = self.rows(table);
        self.sheet.add_table(rows);
        self.settle();
    }

    fn rows(&mut self, table: &Element) -> Vec<Vec<Text>> {
        self.within(table, |reader| reader.rows_within(table))
    }

    fn rows_within(&mut self, table: &Element) -> Vec<Vec<Text>> {
        let mut rows = Vec::new();
        for row in unwrapped(table, "tr") {
            let change = |kind: &str| row.elements().filter(|e| e.name == "trPr").any(|e| e.find(kind).is_some());
            if change("del") {
                self.sheet.remark(RemarkKind::Deleted, &plain(row));
                continue;
            }
            if change("ins") {
                self.sheet.remark(RemarkKind::Inserted, &plain(row));
            }
            let cells = |reader: &mut Self| {
                unwrapped(row, "tc").into_iter().flat_map(|cell| reader.cell(cell)).collect::<Vec<Text>>()
            };
            rows.push(self.within(row, cells));
        }
        rows
    }

    /// A cell; one that reaches over several columns has empty ones behind it.
    fn cell(&mut self, cell: &Element) -> Vec<Text> {
        let mut draft = Draft::default();
        self.within(cell, |reader| reader.lines(cell, &mut draft));
        let properties = cell.elements().find(|element| element.name == "tcPr");
        let span = properties.and_then(|properties| properties.find("gridSpan"));
        let span = span.and_then(|span| span.attribute("val")?.parse::<usize>().ok()).unwrap_or(1);
        let merged = properties.and_then(|properties| properties.find("vMerge"));
        let goes_on = merged.is_some_and(|merged| merged.attribute("val").is_none_or(|val| val == "continue"));
        let text = Text { goes_on, ..draft.finish() };
        std::iter::once(text).chain(self.spans.behind(span)).collect()
    }

    /// The paragraphs of a cell, one a line.
    fn lines(&mut self, element: &Element, draft: &mut Draft) {
        for child in element.elements() {
            match &*child.name {
                "p" => {
                    draft.break_line();
                    self.within(child, |reader| reader.runs(child, draft));
                }
                "tbl" => {
                    let rows = self.rows(child);
                    self.later.push(Piece::Table(rows));
                }
                "sdt" => self.control(child, draft, Self::lines),
                "tcPr" | "Fallback" | "del" | "moveFrom" => {}
                _ => self.lines(child, draft),
            }
        }
    }

    /// A content control: its tag may name a fact.
    fn control(&mut self, control: &Element, draft: &mut Draft, inner: fn(&mut Self, &Element, &mut Draft)) {
        let properties = control.elements().find(|element| element.name == "sdtPr");
        let tag = properties.and_then(|properties| properties.find("tag")).and_then(|tag| tag.attribute("val"));
        let content = control.elements().find(|element| element.name == "sdtContent");
        if let Some(tag) = tag {
            draft.begin_fact(tag);
        }
        content.into_iter().for_each(|content| inner(self, content, draft));
        if tag.is_some() {
            draft.end_fact();
        }
    }

    fn runs(&mut self, element: &Element, draft: &mut Draft) {
        for child in element.elements() {
            match &*child.name {
                "del" | "moveFrom" => self.sheet.remark(RemarkKind::Deleted, &plain(child)),
                "ins" | "moveTo" => {
                    self.sheet.remark(RemarkKind::Inserted, &plain(child));
                    self.runs(child, draft);
                }
                "r" if !self.looks.of(child, self.look).is_seen() => self.unseen(child),
                "r" if self.looks.of(child, self.look).is_struck() => {
                    self.sheet.remark(RemarkKind::Deleted, &plain(child));
                }
                "t" if !self.fields.hides() => draft.push(&child.text()),
                "noBreakHyphen" => draft.push("-"),
                "br" | "cr" => draft.push("\n"),
                "tab" | "ptab" if element.name == "r" => draft.push(" "),
                "fldChar" => self.fields.mark(child.attribute("fldCharType")),
                "instrText" => self.fields.instruct(&child.text()),
                "fldSimple" if child.attribute("instr").is_some_and(is_of_printing) => {}
                "sdt" => self.control(child, draft, Self::runs),
                "txbxContent" => self.boxed(child),
                // The reading above a word, what older programs show instead, and properties.
                "rt" | "Fallback" | "pPr" | "rPr" => {}
                _ => self.runs(child, draft),
            }
        }
    }

    /// A run that nobody sees may still begin or end a field.
    fn unseen(&mut self, run: &Element) {
        for mark in run.elements() {
            match &*mark.name {
                "fldChar" => self.fields.mark(mark.attribute("fldCharType")),
                "instrText" => self.fields.instruct(&mark.text()),
                _ => {}
            }
        }
    }

    /// The text of a box, as pieces of their own.
    fn boxed(&mut self, content: &Element) {
        let mut inner = Self { spans: std::mem::take(&mut self.spans), ..self.apart() };
        inner.blocks(content);
        self.spans = inner.spans;
        self.later.extend(inner.sheet.parts.into_iter().flat_map(|part| part.pieces));
        self.sheet.remarks.extend(inner.sheet.remarks);
    }

    /// Footnotes or endnotes, but for the lines that part them from the text.
    fn notes(&mut self, package: &mut Package<'_>, name: &'static str) -> Result<(), Failure> {
        if !package.has(name) {
            return Ok(());
        }
        let notes = Element::parse(&package.read(name)?, name)?;
        let mut inner = self.apart();
        let is_note =
            |note: &&Element| matches!(&*note.name, "footnote" | "endnote") && note.attribute("type").is_none();
        notes.elements().flat_map(Element::elements).filter(is_note).for_each(|note| inner.blocks(note));
        self.take(inner, Area::Notes);
        Ok(())
    }

    /// What charts and diagrams show.
    fn drawn(&mut self, package: &mut Package<'_>) -> Result<(), Failure> {
        for part in
            (1..=EDGES).flat_map(|n| ["charts/chart", "diagrams/data"].map(|name| format!("word/{name}{n}.xml")))
        {
            if !package.has(&part) {
                continue;
            }
            let Chart { words, kept } = Chart::of(&Element::parse(&package.read(&part)?, "word/charts")?);
            let kept = kept.into_iter().flat_map(|kept| kept.points).map(|(_, words)| words);
            words.into_iter().chain(kept).for_each(|words| self.sheet.add(Text::from(&*words)));
        }
        Ok(())
    }

    /// Heads and feet of pages; a text that stands on several kinds of pages is read once.
    fn edges(&mut self, package: &mut Package<'_>) -> Result<(), Failure> {
        let mut inner = self.apart();
        let names = ["header", "footer"].into_iter().flat_map(|kind| {
            std::iter::once(format!("word/{kind}.xml")).chain((1..=EDGES).map(move |n| format!("word/{kind}{n}.xml")))
        });
        for name in names {
            if package.has(&name) {
                inner.blocks(&Element::parse(&package.read(&name)?, "word/header.xml")?);
            }
        }
        self.take(inner, Area::Edges);
        Ok(())
    }

    /// Adds what was read outside the body, each text once.
    fn take(&mut self, inner: Self, area: Area) {
        let mut known: HashSet<String> = HashSet::new();
        let mut pieces: Vec<Piece> = inner.sheet.parts.into_iter().flat_map(|part| part.pieces).collect();
        pieces.retain(|piece| match piece {
            Piece::Prose(text) => known.insert(text.words.clone()),
            Piece::Table(_) => true,
        });
        self.sheet.remarks.extend(inner.sheet.remarks);
        if !pieces.is_empty() {
            self.sheet.parts.push(Part { area, pieces, ..Part::default() });
        }
    }
}

/// The elements of this name right within another, those in content controls and tracked insertions as well.
fn unwrapped<'e>(element: &'e Element, name: &str) -> Vec<&'e Element> {
    let mut found = Vec::new();
    for child in element.elements() {
        match &*child.name {
            found_name if found_name == name => found.push(child),
            "sdt" | "sdtContent" | "customXml" | "ins" | "moveTo" => found.extend(unwrapped(child, name)),
            _ => {}
        }
    }
    found
}

fn is_heading(paragraph: &Element) -> bool {
    let properties = paragraph.elements().find(|element| element.name == "pPr");
    let style = properties.and_then(|properties| properties.find("pStyle")?.attribute("val"));
    style.is_some_and(|style| style.to_lowercase().starts_with("heading"))
}

/// All words of an element, deleted ones too.
fn plain(element: &Element) -> String {
    let mut words = String::new();
    for child in element.elements() {
        match &*child.name {
            "t" | "delText" => words.push_str(&child.text()),
            "p" | "tc" => {
                words.push(' ');
                words.push_str(&plain(child));
            }
            "rt" | "Fallback" => {}
            _ => words.push_str(&plain(child)),
        }
    }
    words
}
