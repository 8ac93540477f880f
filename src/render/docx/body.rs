//! The text of the file: headings, paragraphs, lists, sections upright and across.

use std::collections::HashSet;

use super::parts::{DECLARATION, R, W, address_id};
use super::styles::{heading, toned};
use crate::markup::Markup;
use kaikaku_document::{Block, Branch, Document, Edit, Line, Link, Section, Start, TextPart, Tone};
use kaikaku_text::lang::Lang;
use kaikaku_text::width::Ambiguous;

/// Lengths are in twentieths of a point. A4, 25 mm free above and 20 mm on the other sides.
const SHORT_SIDE: usize = 11_906;
const LONG_SIDE: usize = 16_838;
const TOP: usize = 1_418;
const MARGIN: usize = 1_134;
/// A half-width character of the title.
const TITLE_LETTER: usize = 175;
/// What a bookmark's name has at most behind its first two letters.
const LONGEST_NAME: usize = 38;
/// One step inward.
const STEP: usize = 420;

/// What a part needs whose content controls nobody sees.
pub const NAMESPACES: [(&str, &str); 4] = [
    ("xmlns:mc", "http://schemas.openxmlformats.org/markup-compatibility/2006"),
    ("xmlns:w15", "http://schemas.microsoft.com/office/word/2012/wordml"),
    ("mc:Ignorable", "w15"),
    ("xmlns:w", W),
];

/// Writes the text, and gathers the pictures in it.
pub struct Body<'d> {
    pub(super) out: Markup,
    pub(super) lang: Lang,
    pub(super) pictures: Vec<Vec<u8>>,
    /// Whether the page lies across.
    across: bool,
    /// What the next paragraph does about the page.
    breaks: bool,
    footnotes: &'d [&'d str],
    /// The anchor of the next paragraph.
    anchor: Option<String>,
    /// How many anchors there were: each bookmark has a number.
    bookmarks: usize,
    /// The addresses that links lead to, in the order they are named.
    pub(super) addresses: Vec<String>,
    /// The facts that have a content control already.
    facts: HashSet<String>,
    /// The footnotes that were referred to already: a second time their number alone stands there.
    referred: Vec<bool>,
}

impl<'d> Body<'d> {
    pub fn new(footnotes: &'d [&'d str], lang: Lang) -> Self {
        let referred = vec![false; footnotes.len()];
        let out = Markup::default();
        Self {
            out,
            lang,
            pictures: Vec::new(),
            across: false,
            breaks: false,
            footnotes,
            anchor: None,
            bookmarks: 0,
            addresses: Vec::new(),
            facts: HashSet::new(),
            referred,
        }
    }

    /// The part with the text, and the pictures and addresses in the order they are named.
    pub fn finish(self) -> (String, Vec<Vec<u8>>, Vec<String>) {
        let drawing = [
            ("xmlns:r", R),
            ("xmlns:wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
            ("xmlns:a", "http://schemas.openxmlformats.org/drawingml/2006/main"),
            ("xmlns:pic", "http://schemas.openxmlformats.org/drawingml/2006/picture"),
        ];
        let spaces = [&NAMESPACES[..], &drawing].concat();
        let across = self.across;
        let body = self.out.finish();
        let mut out = Markup::beginning(DECLARATION);
        out.element("w:document", &spaces, |out| {
            out.element("w:body", &[], |out| {
                out.raw(&body);
                page_setup(out, across);
            });
        });
        (out.finish(), self.pictures, self.addresses)
    }

    /// How wide the text is on this page.
    pub fn room(&self) -> usize {
        (if self.across { LONG_SIDE } else { SHORT_SIDE }) - 2 * MARGIN
    }

    pub fn document(&mut self, doc: &Document) {
        for line in &doc.meta.issue {
            self.paragraph("Letterhead", line);
        }
        for addressee in &doc.meta.addressee {
            self.paragraph("Addressee", addressee);
        }
        for line in &doc.meta.letterhead {
            self.paragraph("Letterhead", line);
        }
        if !doc.title.is_empty() {
            self.line("Title", &title(doc.title_line(), self.room()), "");
        }
        for line in &doc.lead {
            self.line("Lead", line, "");
        }
        if doc.sections.first().is_some_and(|section| section.heading.is_none()) {
            self.gap();
        }
        for section in &doc.sections {
            self.section(section);
        }
        if let Some(contact) = &doc.meta.contact {
            self.gap();
            self.paragraph("Letterhead", contact);
        }
    }

    fn section(&mut self, section: &Section) {
        let across = section.start == Start::Across;
        if across != self.across {
            let was = self.across;
            self.out.element("w:p", &[], |out| {
                out.element("w:pPr", &[], |out| {
                    out.raw("<w:spacing w:line=\"20\" w:lineRule=\"exact\"/>");
                    page_setup(out, was);
                });
            });
            self.across = across;
        } else {
            self.breaks = section.start == Start::Page;
        }
        self.name_next(section.anchor.as_deref());
        if let Some(words) = section.heading_line() {
            self.line(&heading(section.depth), &words, "");
        } else if self.breaks {
            self.breaks = false;
            self.out.raw("<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>");
        }
        for (at, block) in section.blocks.iter().enumerate() {
            // A few points above fields lead to them, what stands for a heading to what follows: they stay on one page.
            let heads = matches!(block, Block::Text(line) if line.tone == Tone::Strong);
            let leads = heads || matches!(section.blocks.get(at + 1), Some(Block::Fields(_)));
            self.block(block, if leads { "<w:keepNext/>" } else { "" });
        }
    }

    fn block(&mut self, block: &Block, stays: &str) {
        match block {
            Block::Text(line) => {
                // A line that ends with a break would be spread over the page.
                let left = if line.text.contains('\n') { "<w:jc w:val=\"left\"/>" } else { "" };
                let style = if self.begins_inward(line) { "BodyText" } else { "Normal" };
                self.line(style, line, &format!("{stays}{left}"));
            }
            Block::List(lines) => lines.iter().for_each(|line| self.line("ListBullet", line, stays)),
            Block::Fields(fields) => self.fields(fields),
            Block::Table(table) => self.table(table),
            Block::Tree(branches) => branches.iter().for_each(|branch| self.branch(branch)),
            Block::Charts(charts) => charts.iter().for_each(|chart| self.chart(chart)),
        }
    }

    /// A Japanese paragraph begins one letter inward; what stands for a heading does not.
    fn begins_inward(&self, line: &Line) -> bool {
        self.lang == Lang::Ja && line.tone != Tone::Strong
    }

    fn branch(&mut self, branch: &Branch) {
        let left = branch.depth * STEP + STEP;
        self.line("Outline", &branch.line, &format!("<w:ind w:left=\"{left}\" w:hanging=\"{STEP}\"/>"));
    }

    /// A paragraph of one tone.
    pub fn paragraph(&mut self, style: &str, text: &str) {
        self.line(style, &Line::from(text), "");
    }

    /// A paragraph, with more in its properties.
    pub fn line(&mut self, style: &str, line: &Line, more: &str) {
        let link = line.link.as_deref().map(|link| self.hyperlink(link));
        let parts = self.controlled(line);
        self.runs(style, line.note.as_deref(), more, |out| match &link {
            Some(attribute) if !line.text.is_empty() => {
                out.raw(&format!("<w:hyperlink {attribute}>"));
                controls(out, &parts, line.tone);
                out.raw("</w:hyperlink>");
            }
            _ => controls(out, &parts, line.tone),
        });
    }

    /// The parts of a line, each fact with the number of its content control. A table that is repeated in narrower ones has
    /// its first column several times, which is the same fact once.
    fn controlled<'l>(&mut self, line: &'l Line) -> Vec<(Option<(usize, &'l str)>, &'l str)> {
        let mut control = |id: &'l str| {
            let number = self.facts.len() + 1;
            self.facts.insert(id.to_owned()).then_some((number, id))
        };
        line.parts().into_iter().map(|(fact, text)| (fact.and_then(|of| control(&of.id)), text)).collect()
    }

    /// Gives the next paragraph a name that links lead to.
    pub fn name_next(&mut self, anchor: Option<&str>) {
        self.anchor = anchor.map(bookmark);
    }

    /// The attribute by which a link leads to a bookmark or to an address.
    fn hyperlink(&mut self, link: &Link) -> String {
        match link {
            Link::Anchor(anchor) => format!("w:anchor=\"{}\"", bookmark(anchor)),
            Link::Address(address) => {
                self.addresses.push(address.to_string());
                format!("r:id=\"{}\"", address_id(self.addresses.len() - 1))
            }
        }
    }

    /// A paragraph of parts, some of which came or went.
    pub fn edited(&mut self, style: &str, parts: &[TextPart], tone: Tone, more: &str) {
        self.runs(style, None, more, |out| parts.iter().for_each(|(edit, text)| marked(out, text, tone, *edit)));
    }

    fn runs(&mut self, style: &str, note: Option<&str>, more: &str, runs: impl FnOnce(&mut Markup)) {
        let breaks = if std::mem::take(&mut self.breaks) { "<w:pageBreakBefore/>" } else { "" };
        let reference = self.reference(note);
        let name = self.anchor.take().map(|name| {
            self.bookmarks += 1;
            (self.bookmarks, name)
        });
        self.out.element("w:p", &[], |out| {
            out.element("w:pPr", &[], |out| {
                out.empty("w:pStyle", &[("w:val", style)]);
                out.raw(breaks);
                out.raw(more);
            });
            if let Some((id, name)) = &name {
                let id = id.to_string();
                out.empty("w:bookmarkStart", &[("w:id", &id), ("w:name", name)]);
                out.empty("w:bookmarkEnd", &[("w:id", &id)]);
            }
            runs(out);
            out.raw(&reference);
        });
    }

    /// What leads to a footnote. A second reference tells the number of the first.
    fn reference(&mut self, note: Option<&str>) -> String {
        let place = note.and_then(|note| self.footnotes.iter().position(|known| *known == note));
        let Some(at) = place else { return String::new() };
        let mut out = Markup::default();
        out.element("w:r", &[], |out| {
            out.raw("<w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr>");
            if self.referred[at] {
                out.leaf("w:t", &[], &(at + 1).to_string());
            } else {
                out.empty("w:footnoteReference", &[("w:id", &(at + 1).to_string())]);
            }
        });
        self.referred[at] = true;
        out.finish()
    }
}

/// The name of a bookmark: letters, digits and underlines, at most forty.
fn bookmark(anchor: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '_' };
    let name: String = anchor.chars().map(plain).collect();
    format!("a_{}", &name[name.len().saturating_sub(LONGEST_NAME)..])
}

/// A title; one that is longer than the line breaks before its last bracket rather than within a word.
fn title(mut line: Line, room: usize) -> Line {
    let place = line.text.rfind('（').filter(|at| *at > 0);
    if let Some(at) = place.filter(|_| Ambiguous::Wide.widest(&line.text) * TITLE_LETTER > room) {
        line.text.insert(at, '\n');
        for place in line.facts.iter_mut().map(|fact| &mut fact.place) {
            *place = place.start + usize::from(place.start >= at)..place.end + usize::from(place.end > at);
        }
    }
    line
}

/// The parts of a line in a tone; each fact in a content control that nobody sees and whose tag is its id.
pub fn controls(out: &mut Markup, parts: &[(Option<(usize, &str)>, &str)], tone: Tone) {
    for (at, (control, text)) in parts.iter().enumerate() {
        let text = if at + 1 == parts.len() { text.trim_end() } else { text };
        match control {
            Some((number, id)) => out.element("w:sdt", &[], |out| {
                out.element("w:sdtPr", &[], |out| {
                    out.empty("w:tag", &[("w:val", id)]);
                    out.empty("w:id", &[("w:val", &number.to_string())]);
                    out.raw("<w15:appearance w15:val=\"hidden\"/>");
                });
                out.element("w:sdtContent", &[], |out| marked(out, text, tone, None));
            }),
            None => marked(out, text, tone, None),
        }
    }
}

/// A text in a tone, its line breaks kept; struck where it went and underlined where it came.
fn marked(out: &mut Markup, text: &str, tone: Tone, edit: Option<Edit>) {
    if text.is_empty() {
        return;
    }
    out.element("w:r", &[], |out| {
        let mark = edit.map_or("", |edit| match edit {
            Edit::Gone => "<w:strike/>",
            Edit::Come => "<w:u w:val=\"single\"/>",
        });
        let style = toned(tone);
        if style.is_some() || edit.is_some() {
            out.element("w:rPr", &[], |out| {
                style.into_iter().for_each(|style| out.empty("w:rStyle", &[("w:val", style)]));
                out.raw(mark);
            });
        }
        let text = kaikaku_text::safe::visible(text);
        for (at, line) in text.split('\n').enumerate() {
            if at > 0 {
                out.empty("w:br", &[]);
            }
            out.leaf("w:t", &[("xml:space", "preserve")], line);
        }
    });
}

fn page_setup(out: &mut Markup, across: bool) {
    let (width, height) = if across { (LONG_SIDE, SHORT_SIDE) } else { (SHORT_SIDE, LONG_SIDE) };
    let [width, height, top, margin] = [width, height, TOP, MARGIN].map(|length| length.to_string());
    out.element("w:sectPr", &[], |out| {
        out.empty("w:footerReference", &[("w:type", "default"), ("r:id", "footer")]);
        out.empty("w:type", &[("w:val", "nextPage")]);
        let turned = ("w:orient", "landscape");
        let size = [("w:w", width.as_str()), ("w:h", height.as_str()), turned];
        out.empty("w:pgSz", if across { &size } else { &size[..2] });
        let sides = [("w:top", &*top), ("w:right", &*margin), ("w:bottom", &*margin), ("w:left", &*margin)];
        let edges = [("w:header", "567"), ("w:footer", "567"), ("w:gutter", "0")];
        out.empty("w:pgMar", &sides.into_iter().chain(edges).collect::<Vec<_>>());
        out.empty("w:docGrid", &[("w:linePitch", "360")]);
    });
}
