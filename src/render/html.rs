//! A report as one HTML file: nothing from elsewhere, no script; for a screen, a telephone, a reader and A4 paper.

mod table;

use super::markup::Markup;
use super::svg::svg;
use kaikaku_document::{Block, Branch, Chart, Document, Fact, Line, Link, Section, Start, Tone, mark};
use kaikaku_text::lang::Lang;
use kaikaku_text::safe::{self, one_line};

const STYLE: &str = include_str!("html/style.css");
/// Headings of sections begin under that of the whole; HTML has six levels.
const LEVELS: [&str; 5] = ["h2", "h3", "h4", "h5", "h6"];

/// The report as a page of HTML.
pub fn html(doc: &Document, lang: Lang) -> String {
    let mut page = HtmlPage::new(Markup::beginning("<!DOCTYPE html>\n"), doc, lang);
    page.document(doc);
    page.out.finish() + "\n"
}

/// Writes down a page.
pub(super) struct HtmlPage<'d> {
    pub(super) out: Markup,
    lang: Lang,
    footnotes: Vec<&'d str>,
    /// How many tables there were, which names them.
    tables: usize,
    /// How many bars there were, which names them.
    strips: usize,
    /// The depth of the last heading: none may be left out between two of them.
    level: usize,
}

impl<'d> HtmlPage<'d> {
    /// A page with the footnotes of `doc`.
    pub(super) fn new(out: Markup, doc: &'d Document, lang: Lang) -> Self {
        Self { out, lang, footnotes: doc.footnotes(), tables: 0, strips: 0, level: 0 }
    }

    fn document(&mut self, doc: &Document) {
        let lang = self.lang.pick("ja", "en");
        self.out.raw(&format!("<html lang=\"{lang}\">\n"));
        self.head(doc);
        self.out.raw("<body>\n<main>\n<header>");
        for line in &doc.meta.issue {
            self.out.leaf("p", &[("class", "letterhead")], line);
        }
        for line in &doc.meta.addressee {
            self.out.leaf("p", &[("class", "addressee")], line);
        }
        for line in &doc.meta.letterhead {
            self.out.leaf("p", &[("class", "letterhead")], line);
        }
        self.contents(doc);
        if let Some(contact) = &doc.meta.contact {
            self.out.leaf("p", &[("class", "letterhead")], contact);
        }
        if let Some(provenance) = &doc.meta.provenance {
            self.out.leaf("footer", &[], provenance);
        }
        self.out.raw("</main>\n</body>\n</html>");
    }

    /// Title and lead, which end the header that stands open, then all that is told beneath.
    pub(super) fn contents(&mut self, doc: &Document) {
        if !doc.title.is_empty() {
            self.title(doc);
        }
        doc.lead.iter().for_each(|line| facts(&mut self.out, "p", "lead", line));
        self.out.raw("</header>\n");
        for section in &doc.sections {
            self.section(section);
        }
        self.notes(doc);
    }

    /// The title; one that is longer than the line breaks before its last bracket rather than within a word.
    fn title(&mut self, doc: &Document) {
        let title = one_line(&doc.title);
        let (before, bracket) = title.split_at(title.rfind('（').unwrap_or(title.len()));
        let words = |out: &mut Markup| {
            out.words(before);
            if !bracket.is_empty() {
                out.element("span", &[], |out| out.words(bracket));
            }
        };
        self.out.element("h1", &[], |out| match &*doc.title_facts {
            [fact] => out.element("span", &[("data-fact", &fact.id)], words),
            _ => words(out),
        });
    }

    fn head(&mut self, doc: &Document) {
        self.out.element("head", &[], |out| {
            out.raw("<meta charset=\"utf-8\"/>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n");
            for (name, content) in [("author", &doc.meta.author), ("description", &doc.meta.provenance)] {
                if let Some(content) = content {
                    out.empty("meta", &[("name", name), ("content", &one_line(content))]);
                }
            }
            let title = one_line(&doc.title);
            // A page without a name could not be distinguished from others.
            out.leaf("title", &[], if title.is_empty() { "kaikaku" } else { &title });
            out.element("style", &[], |out| out.raw(STYLE));
        });
        self.out.raw("\n");
    }

    fn section(&mut self, section: &Section) {
        let class = match section.start {
            Start::Here => "",
            Start::Page => "page",
            Start::Across => "across",
        };
        let id = section.anchor.iter().map(|anchor| format!(" id=\"{}\"", safe::markup(anchor))).collect::<String>();
        self.out.raw(&format!("<section class=\"{class}\"{id}>\n"));
        if let Some(words) = section.heading_line() {
            self.level = section.depth.min(self.level).min(LEVELS.len() - 1);
            self.out.element(LEVELS[self.level], &[], |out| line_parts(out, &words));
            self.level += 1;
        }
        for block in &section.blocks {
            self.block(block, section.heading.as_deref());
            self.out.raw("\n");
        }
        self.out.raw("</section>\n");
    }

    fn block(&mut self, block: &Block, heading: Option<&str>) {
        match block {
            Block::Text(line) => self.line("p", line),
            Block::List(lines) => self.list(lines),
            Block::Fields(fields) => self.fields(fields),
            Block::Table(table) => self.table(table, heading),
            Block::Tree(branches) => self.tree(branches),
            Block::Charts(charts) => charts.iter().for_each(|chart| self.chart(chart)),
        }
    }

    fn list(&mut self, lines: &[Line]) {
        if !lines.is_empty() {
            self.out.raw("<ul>");
            lines.iter().for_each(|line| self.line("li", line));
            self.out.raw("</ul>");
        }
    }

    fn fields(&mut self, fields: &[(String, Line)]) {
        if fields.is_empty() {
            return;
        }
        self.out.raw("<dl>");
        for (name, line) in fields {
            self.out.raw("<div>");
            self.out.element("dt", &[], |out| out.words(&one_line(name)));
            self.line("dd", line);
            self.out.raw("</div>");
        }
        self.out.raw("</dl>");
    }

    /// Lists within lists. A step of more than one inward is one step here.
    fn tree(&mut self, branches: &[Branch]) {
        let mut depth = 0;
        for (at, branch) in branches.iter().enumerate() {
            if at == 0 {
                self.out.raw("<ul class=\"tree\"><li>");
            } else if branch.depth > depth {
                depth += 1;
                self.out.raw("<ul><li>");
            } else {
                let up = depth - branch.depth;
                depth = branch.depth;
                self.out.raw(&"</li></ul>".repeat(up));
                self.out.raw("</li><li>");
            }
            self.linked(&branch.line);
        }
        if !branches.is_empty() {
            self.out.raw(&"</li></ul>".repeat(depth + 1));
        }
    }

    fn chart(&mut self, chart: &Chart) {
        // An XML declaration has no place within HTML, and there is none.
        let drawn = svg(chart, self.lang);
        self.out.element("figure", &[], |out| out.raw(&drawn));
    }

    /// An element of this name around a line.
    fn line(&mut self, name: &str, line: &Line) {
        self.out.raw(&format!("<{name}>"));
        self.linked(line);
        self.out.raw(&format!("</{name}>"));
    }

    /// The words of a line, and where they lead.
    fn linked(&mut self, line: &Line) {
        self.words(&line.parts(), line.tone, line.note.as_deref(), line.link.as_deref());
    }

    /// A text in a tone, where it leads, and what leads to its footnote.
    fn words(&mut self, parts: &[(Option<&Fact>, &str)], tone: Tone, note: Option<&str>, link: Option<&Link>) {
        let leads = link.is_some();
        let text = |out: &mut Markup| parts.iter().for_each(|(fact, text)| part(out, *fact, text, !leads));
        if let Some(link) = link.filter(|_| !parts.is_empty()) {
            self.out.raw(&format!("<a href=\"{}\">", safe::markup(&link.href())));
        }
        match class(tone) {
            _ if parts.is_empty() => {}
            "" => text(&mut self.out),
            "strong" => self.out.element("strong", &[], text),
            class => self.out.element("span", &[("class", class)], text),
        }
        if link.is_some() && !parts.is_empty() {
            self.out.raw("</a>");
        }
        let place = note.and_then(|note| self.footnotes.iter().position(|known| *known == note));
        if let Some(at) = place {
            let link = format!("#note-{}", at + 1);
            self.out.element("sup", &[], |out| out.leaf("a", &[("href", &link)], &mark(at + 1)));
        }
    }

    /// The footnotes, where their marks lead.
    fn notes(&mut self, doc: &Document) {
        let notes = std::mem::take(&mut self.footnotes);
        if notes.is_empty() {
            return;
        }
        let name = self.lang.pick("注", "Notes");
        self.out.element("section", &[("class", "footnotes"), ("aria-label", name)], |out| {
            for (at, note) in notes.iter().enumerate() {
                let id = format!("note-{}", at + 1);
                let note = doc.footnote(note).behind(&format!("{} ", mark(at + 1)));
                out.element("p", &[("id", &id)], |out| line_parts(out, &note));
            }
        });
        self.out.raw("\n");
    }
}

/// An element of a class around a line without a tone.
fn facts(out: &mut Markup, name: &str, class: &str, line: &Line) {
    out.element(name, &[("class", class)], |out| line_parts(out, line));
}

fn line_parts(out: &mut Markup, line: &Line) {
    line.parts().into_iter().for_each(|(fact, text)| part(out, fact, text, true));
}

/// A part of a text; a fact has its id beside it, and leads on unless it stands within what does.
fn part(out: &mut Markup, fact: Option<&Fact>, text: &str, may_lead: bool) {
    let Some(fact) = fact else { return out.lines(text, "br") };
    match fact.link.as_deref().filter(|_| may_lead) {
        Some(link) => {
            out.element("a", &[("data-fact", &fact.id), ("href", &link.href())], |out| out.lines(text, "br"));
        }
        None => out.element("span", &[("data-fact", &fact.id)], |out| out.lines(text, "br")),
    }
}

fn class(tone: Tone) -> &'static str {
    match tone {
        Tone::Plain => "",
        Tone::Faint => "faint",
        Tone::Good => "good",
        Tone::Warn => "warn",
        Tone::Bad => "bad",
        Tone::Strong => "strong",
    }
}
