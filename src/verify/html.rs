//! Reads a paper in HTML, as lenient as a browser: headings, tables, the words of pictures, and every other block as prose.
//! What is struck through or hidden is not read; what a page brings along that hides or adds text is listed.

mod style;
mod tag;

use self::style::{Style, telling_rules};
use self::tag::{attribute, decoded};
use super::text::Draft;
use super::{RemarkKind, Sheet, Spans, Text, beyond};
use crate::failure::Failure;
use crate::say;
use crate::workbook::{DEEPEST, Limits};

/// Elements whose text nobody reads as such.
const UNREAD: [&str; 4] = ["style", "script", "template", "title"];
/// Elements that begin and end a paragraph. A picture does not: programs set several into one.
const BLOCKS: [&str; 24] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "div",
    "dl",
    "figcaption",
    "footer",
    "form",
    "header",
    "html",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "section",
    "summary",
    "ul",
    "details",
    "hr",
    "h1",
];
/// Elements that have no end.
const EMPTY: [&str; 14] =
    ["br", "hr", "img", "input", "link", "meta", "col", "wbr", "area", "base", "embed", "param", "source", "track"];
/// Elements whose end may be left out: how many of them are open does not say how deep a text stands.
const ENDLESS: [&str; 18] = [
    "html", "head", "body", "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup", "option",
    "optgroup", "rt", "rp",
];

/// The paper.
///
/// # Errors
/// When it is larger, or nested more deeply, than a paper can be.
pub fn read(text: &str) -> Result<Sheet, Failure> {
    let limits = Limits::default();
    if text.len() > limits.file {
        return Err(beyond(say!("ファイルの大きさ", "size of the file")));
    }
    let mut reader = Reader::default();
    let mut rest = text;
    while let Some(open) = rest.find('<') {
        reader.words(&rest[..open]);
        rest = &rest[open..];
        let end =
            if rest.starts_with("<!--") { rest.find("-->").map(|at| at + 3) } else { rest.find('>').map(|at| at + 1) };
        let Some(end) = end else { break };
        reader.tag(&rest[1..end - 1]);
        if reader.depth > DEEPEST || reader.apart.len() > DEEPEST || reader.tables.len() > DEEPEST {
            return Err(beyond(say!("入れ子の深さ", "depth of nesting")));
        }
        rest = &rest[end..];
        if let Some(name) = reader.unread.take() {
            let behind = from_end(rest, name);
            if name == "style" {
                reader.sheet.rules.extend(telling_rules(&rest[..rest.len() - behind.len()]));
            }
            rest = behind;
        }
    }
    // What is left is text behind the last tag, or a tag that is cut off.
    reader.words(if rest.starts_with('<') { "" } else { rest });
    reader.paragraph();
    reader.sheet.within(&limits)
}

/// What begins with the end of an element.
fn from_end<'t>(text: &'t str, name: &str) -> &'t str {
    let is_end = |at: &usize| {
        text.as_bytes().get(at + 2..at + 2 + name.len()).is_some_and(|word| word.eq_ignore_ascii_case(name.as_bytes()))
    };
    text.match_indices("</").map(|(at, _)| at).find(is_end).map_or("", |at| &text[at..])
}

#[derive(Default)]
struct Reader {
    sheet: Sheet,
    draft: Draft,
    /// The tables that are open, the innermost last.
    tables: Vec<Table>,
    in_heading: bool,
    unread: Option<&'static str>,
    /// The elements that are open and set their text apart, the innermost last.
    apart: Vec<Open>,
    /// How many elements are open that must be closed.
    depth: usize,
    spans: Spans,
}

/// A table that is open.
#[derive(Default)]
struct Table {
    rows: Vec<Vec<Text>>,
    /// Whether a cell is open, and how many columns it reaches over.
    cell: Option<usize>,
    /// What the cell around this table held before it.
    around: Draft,
}

/// An element that is open and sets its text apart.
struct Open {
    name: String,
    apart: Apart,
    style: Style,
}

/// How an element sets its text apart.
enum Apart {
    /// It is a fact.
    Fact,
    /// It came or is gone: its text so far.
    Came(String),
    Gone(String),
    /// By its style alone, or not at all: it only has the name of one that does.
    No,
}

/// Elements by which a page brings along what is read nowhere in it, or is shown in another order.
const FOREIGN: [&str; 6] = ["script", "iframe", "object", "embed", "link", "bdo"];

/// So much of what came or went is told.
const REMARK: usize = 4_096;

impl Reader {
    fn words(&mut self, text: &str) {
        let text = decoded(text);
        let is_read = self.is_read(&Style::default());
        for Open { apart, .. } in &mut self.apart {
            if let Apart::Came(words) | Apart::Gone(words) = apart
                && words.len() < REMARK
            {
                words.push_str(&text);
            }
        }
        if is_read {
            self.draft.push_flowing(&text);
        }
    }

    /// Whether text in an element of this style is read.
    fn is_read(&self, style: &Style) -> bool {
        let is_gone = self.apart.iter().any(|open| matches!(open.apart, Apart::Gone(_)));
        !is_gone && Style::is_seen(self.apart.iter().map(|open| &open.style).chain([style]))
    }

    fn tag(&mut self, tag: &str) {
        let is_end = tag.starts_with('/');
        let name = name(tag);
        if !is_end && !tag.ends_with('/') {
            self.unread = UNREAD.into_iter().find(|unread| *unread == name);
        }
        if is_end {
            self.depth = self.depth.saturating_sub(usize::from(!ENDLESS.contains(&&*name)));
        } else if !name.is_empty() && !tag.ends_with('/') && !EMPTY.contains(&&*name) && !ENDLESS.contains(&&*name) {
            self.depth += 1;
        }
        if !is_end && is_foreign(&name, tag) {
            self.sheet.rules.push(written(tag));
        }
        self.set_apart(&name, tag, is_end);
        match &*name {
            "br" => self.draft.push("\n"),
            "input" if is_field(tag) && self.is_read(&Style::of(&name, tag)) => {
                self.draft.push_flowing(&attribute(tag, "value").unwrap_or_default());
            }
            "dt" if is_end => self.draft.push(": "),
            "dd" if is_end => self.paragraph(),
            // The words of a picture stand beside each other.
            "desc" | "text" if is_end => self.draft.push_flowing(" "),
            "h2" | "h3" | "h4" | "h5" | "h6" => {
                if is_end && self.in_heading {
                    let heading = self.draft.finish();
                    self.sheet.begin(heading);
                } else {
                    self.paragraph();
                }
                self.in_heading = !is_end;
            }
            "table" => self.table(is_end),
            "tr" if !is_end => self.tables.iter_mut().last().into_iter().for_each(|table| table.rows.push(Vec::new())),
            "td" | "th" if is_end => self.end_cell(),
            "td" | "th" => {
                self.draft = Draft::default();
                self.tables.iter_mut().last().into_iter().for_each(|table| table.cell = Some(span(tag)));
                if let Some(id) = attribute(tag, "data-fact") {
                    self.draft.begin_fact(&id);
                }
            }
            name if BLOCKS.contains(&name) => self.paragraph(),
            _ => {}
        }
    }

    /// Follows the elements that set their text apart.
    fn set_apart(&mut self, name: &str, tag: &str, is_end: bool) {
        if is_end {
            if self.apart.last().is_some_and(|open| open.name == name) {
                match self.apart.pop().map(|open| open.apart) {
                    Some(Apart::Fact) => self.draft.end_fact(),
                    Some(Apart::Came(words)) => self.sheet.remark(RemarkKind::Inserted, &words),
                    Some(Apart::Gone(words)) => self.sheet.remark(RemarkKind::Deleted, &words),
                    _ => {}
                }
            }
            return;
        }
        if tag.ends_with('/') || EMPTY.contains(&name) {
            return;
        }
        let fact = attribute(tag, "data-fact").filter(|_| !matches!(name, "td" | "th"));
        let style = Style::of(name, tag);
        let apart = match name {
            "del" | "s" | "strike" => Apart::Gone(String::new()),
            "ins" => Apart::Came(String::new()),
            _ if fact.is_some() && !style.is_gone => Apart::Fact,
            _ if style != Style::default() || self.apart.iter().any(|open| open.name == name) => Apart::No,
            _ => return,
        };
        if let Some(id) = fact.filter(|_| matches!(apart, Apart::Fact)) {
            self.draft.begin_fact(&id);
        }
        self.apart.push(Open { name: name.to_owned(), apart, style });
    }

    fn table(&mut self, is_end: bool) {
        if !is_end {
            let within = self.tables.last().is_some_and(|table| table.cell.is_some());
            if !within {
                self.paragraph();
            }
            self.tables.push(Table { around: std::mem::take(&mut self.draft), ..Table::default() });
        } else if let Some(table) = self.tables.pop() {
            self.sheet.add_table(table.rows);
            self.draft = table.around;
        }
    }

    /// A paragraph has ended; within a cell it is one of its lines.
    fn paragraph(&mut self) {
        if self.tables.last().is_some_and(|table| table.cell.is_some()) {
            self.draft.break_line();
            return;
        }
        let text = self.draft.finish();
        self.sheet.add(text);
    }

    fn end_cell(&mut self) {
        let text = self.draft.finish();
        let Some(table) = self.tables.last_mut() else { return };
        let span = table.cell.take().unwrap_or(1);
        if let Some(row) = table.rows.last_mut() {
            row.push(text);
            row.extend(self.spans.behind(span));
        }
    }
}

/// The name of the element of a tag.
fn name(tag: &str) -> String {
    let letters = tag.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric);
    letters.collect::<String>().to_ascii_lowercase()
}

/// A tag as it is listed.
fn written(tag: &str) -> String {
    format!("<{}>", tag.trim_end_matches('/').trim())
}

/// Whether an element brings along what is read nowhere, or shows text in another order.
fn is_foreign(name: &str, tag: &str) -> bool {
    let is_styles = || attribute(tag, "rel").is_some_and(|rel| rel.to_ascii_lowercase().contains("stylesheet"));
    FOREIGN.contains(&name) && (name != "link" || is_styles())
}

/// The tags among a text of another format that hide text, or bring any along.
pub fn telling_tags(text: &str) -> impl Iterator<Item = String> {
    let tags = text.split('<').skip(1).filter(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()));
    let tags = tags.filter_map(|rest| rest.split_once('>').map(|(tag, _)| tag));
    let tells = |tag: &&str| {
        let name = name(tag);
        let is_struck = matches!(&*name, "del" | "s" | "strike" | "style");
        is_struck || is_foreign(&name, tag) || !Style::is_seen([Style::of(&name, tag)].iter())
    };
    tags.filter(tells).map(written)
}

/// Whether an input shows what is filled in.
fn is_field(tag: &str) -> bool {
    attribute(tag, "type").is_none_or(|kind| !kind.eq_ignore_ascii_case("hidden"))
}

/// How many columns a cell reaches over.
fn span(tag: &str) -> usize {
    attribute(tag, "colspan").and_then(|columns| columns.trim().parse().ok()).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::super::Piece;
    use super::*;

    #[test]
    fn what_a_reader_sees_is_read() {
        let sheet = read(
            "<!DOCTYPE html><html><head><title>9</title><style>p{margin:3px}</style></head><body><h1>題</h1>\
             <p>前&amp;文&#32;1<br/>2</p><!-- 77 --><h2>1　集計</h2><table><caption>表</caption><thead><tr><th>名</th>\
             <th colspan=\"2\">数</th></tr></thead><tr><td>a</td><td><p>1,200</p></td><td>3</td></tr></table>\
             <svg><text>88</text></svg><dl><div><dt>実績</dt><dd>5件</dd></div></dl></body></html>",
        )
        .unwrap();
        let row = |cells: [&str; 3]| cells.map(Text::from).to_vec();
        assert_eq!(sheet.parts[0].pieces, [Piece::Prose("題".into()), Piece::Prose("前&文 1\n2".into())]);
        assert_eq!(sheet.parts[1].heading.words, "1　集計");
        let table = Piece::Table(vec![row(["名", "数", ""]), row(["a", "1,200", "3"])]);
        let prose = |text: &str| Piece::Prose(text.into());
        assert_eq!(sheet.parts[1].pieces, [prose("表"), table, prose("88"), prose("実績: 5件")]);
    }

    #[test]
    fn tables_stand_in_tables_and_what_is_struck_or_hidden_is_not_read() {
        let sheet = read(
            "<table><tr><td>前<table><tr><td>1</td><td>2</td></tr></table>後</td><td>3</td></tr></table>\
             <p>4<del>5</del><ins>6<b>7</b></ins><span style='display: none'>8</span><span hidden>9</span>。</p>\
             <p>計<span data-fact=\"a.b\">14<b>件</b></span>である</p>",
        )
        .unwrap();
        let row = |cells: [&str; 2]| cells.map(Text::from).to_vec();
        let pieces = &sheet.parts[0].pieces;
        assert_eq!(pieces[..2], [Piece::Table(vec![row(["1", "2"])]), Piece::Table(vec![row(["前後", "3"])])]);
        assert_eq!(pieces[2], Piece::Prose("467。".into()));
        let Piece::Prose(text) = &pieces[3] else { panic!("{pieces:?}") };
        assert_eq!((&*text.facts[0].id, &text.words[text.facts[0].place.clone()]), ("a.b", "14件"));
        let remarks: Vec<_> = sheet.remarks.iter().map(|remark| (remark.kind, &*remark.words)).collect();
        assert_eq!(remarks, [(RemarkKind::Deleted, "5"), (RemarkKind::Inserted, "67")]);
    }

    #[test]
    fn no_text_makes_it_stop_short() {
        for text in ["<", "<p", "<!-- x", "&", "&#xffffff;", "<td>x</td>", "</table>", "<svg>", "<h2>a", "a<b>c"] {
            let _ = read(text);
        }
        assert_eq!(read("<h2>a<p>b").unwrap().prose(), "a\nb");
    }

    #[test]
    fn what_is_nested_beyond_measure_is_refused() {
        for (open, close) in [
            ("<div>", "</div>"),
            ("<b>", "</b>"),
            ("<ul><li>", "</li></ul>"),
            ("<span hidden>", "</span>"),
            ("<p hidden>", ""),
            ("<ins>", "</ins>"),
            ("<table><tr><td>", "</td></tr></table>"),
            ("<blockquote>", ""),
        ] {
            let nested = |depth: usize| read(&format!("{}12件{}", open.repeat(depth), close.repeat(depth)));
            assert!(nested(20).is_ok(), "{open}");
            assert!(nested(100_000).unwrap_err().message.ja.contains("入れ子の深さ"), "{open}");
        }
        // What follows one another is not nested, whether its end is written or not.
        for one in ["<li>1", "<tr><td>1", "<br>", "<p>1", "<script>x</script>", "<DIV>1</DIV>", "<img src=x>"] {
            assert!(read(&one.repeat(5_000)).is_ok(), "{one}");
        }
        assert!(read(&"<p>12件</p>".repeat(100_000)).unwrap_err().message.ja.contains("段落と行の数"));
        assert!(read(&"12件、".repeat(100_000)).unwrap_err().message.ja.contains("一つの段落の長さ"));
    }

    /// Each would take minutes, or gigabytes, where something grew with the square of it.
    #[test]
    fn what_is_listed_often_takes_no_longer_than_it_is_long() {
        let row =
            format!("<table>{}</table>", format!("<tr>{}</tr>", "<td colspan=100>1</td>".repeat(900)).repeat(200));
        for text in [
            "<script></script>".repeat(200_000),
            format!("<p {}>1</p>", "a=b ".repeat(1_000_000)),
            format!("<p title=\"{}\">1</p>", "x".repeat(8_000_000)),
            "&".repeat(4_000_000),
            row,
        ] {
            let _ = read(&text);
        }
    }
}
