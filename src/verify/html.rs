//! Reads a paper in HTML, as lenient as a browser: headings, tables, and every other block as prose.

use super::{Piece, Sheet};

/// Elements whose text nobody reads as such.
const UNREAD: [&str; 6] = ["head", "style", "script", "svg", "template", "title"];
/// Elements that begin and end a paragraph.
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
    "figure",
    "footer",
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

/// The paper.
pub fn read(text: &str) -> Sheet {
    let mut reader = Reader::default();
    let mut rest = text;
    while let Some(open) = rest.find('<') {
        reader.words(&rest[..open]);
        rest = &rest[open..];
        let end =
            if rest.starts_with("<!--") { rest.find("-->").map(|at| at + 3) } else { rest.find('>').map(|at| at + 1) };
        let Some(end) = end else { break };
        reader.tag(&rest[1..end - 1]);
        rest = &rest[end..];
        if let Some(name) = reader.unread.take() {
            let close = rest.to_ascii_lowercase().find(&format!("</{name}"));
            rest = close.map_or("", |at| &rest[at..]);
        }
    }
    // What is left is text behind the last tag, or a tag that is cut off.
    reader.words(if rest.starts_with('<') { "" } else { rest });
    reader.paragraph();
    reader.sheet
}

#[derive(Default)]
struct Reader {
    sheet: Sheet,
    said: String,
    /// The tables that are open, the innermost last.
    tables: Vec<Vec<Vec<String>>>,
    /// Whether a cell is open, and how many columns it reaches over.
    cell: Option<usize>,
    in_heading: bool,
    unread: Option<&'static str>,
}

impl Reader {
    fn words(&mut self, text: &str) {
        let mut last_is_space = self.said.is_empty() || self.said.ends_with([' ', '\n']);
        for c in decoded(text).chars() {
            let is_space = c.is_ascii_whitespace();
            if !(is_space && last_is_space) {
                self.said.push(if is_space { ' ' } else { c });
            }
            last_is_space = is_space;
        }
    }

    fn tag(&mut self, tag: &str) {
        let is_end = tag.starts_with('/');
        let name: String = tag.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
        let name = name.to_ascii_lowercase();
        if !is_end && !tag.ends_with('/') {
            self.unread = UNREAD.into_iter().find(|unread| *unread == name);
        }
        match &*name {
            "br" => self.said.push('\n'),
            "dt" if is_end => self.said.push_str(": "),
            "dd" if is_end => self.paragraph(),
            "h2" | "h3" | "h4" | "h5" | "h6" => {
                if is_end && self.in_heading {
                    let heading = std::mem::take(&mut self.said);
                    self.sheet.begin(&heading);
                } else {
                    self.paragraph();
                }
                self.in_heading = !is_end;
            }
            "table" if !is_end => {
                self.paragraph();
                self.tables.push(Vec::new());
            }
            "table" => {
                if let Some(rows) = self.tables.pop().filter(|rows| !rows.is_empty()) {
                    self.sheet.last().pieces.push(Piece::Table(rows));
                }
            }
            "tr" if !is_end => self.tables.iter_mut().last().into_iter().for_each(|rows| rows.push(Vec::new())),
            "td" | "th" if is_end => self.end_cell(),
            "td" | "th" => {
                self.said.clear();
                self.cell = Some(span(tag));
            }
            name if BLOCKS.contains(&name) => self.paragraph(),
            _ => {}
        }
    }

    /// A paragraph has ended; within a cell it is one of its lines.
    fn paragraph(&mut self) {
        if self.cell.is_some() {
            if !self.said.is_empty() && !self.said.ends_with('\n') {
                self.said.push('\n');
            }
            return;
        }
        let said = std::mem::take(&mut self.said);
        self.sheet.say(&said);
    }

    fn end_cell(&mut self) {
        let (said, span) = (std::mem::take(&mut self.said), self.cell.take().unwrap_or(1));
        if let Some(row) = self.tables.last_mut().and_then(|rows| rows.last_mut()) {
            row.push(said.trim().to_owned());
            row.extend(std::iter::repeat_n(String::new(), span.saturating_sub(1).min(100)));
        }
    }
}

/// How many columns a cell reaches over.
fn span(tag: &str) -> usize {
    let rest = tag.split_once("colspan=").map_or("", |(_, rest)| rest).trim_start_matches(['"', '\'']);
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().unwrap_or(1)
}

fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.char_indices().take(12).find(|(_, c)| *c == ';').map(|(end, _)| end);
        match end.and_then(|end| Some((end, character(&rest[1..end])?))) {
            Some((end, c)) => {
                out.push(c);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn character(name: &str) -> Option<char> {
    match name {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some(' '),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_reader_sees_is_read() {
        let sheet = read(
            "<!DOCTYPE html><html><head><title>9</title><style>p{margin:3px}</style></head><body><h1>題</h1>\
             <p>前&amp;文&#32;1<br/>2</p><!-- 77 --><h2>1　集計</h2><table><caption>表</caption><thead><tr><th>名</th>\
             <th colspan=\"2\">数</th></tr></thead><tr><td>a</td><td><p>1,200</p></td><td>3</td></tr></table>\
             <svg><text>88</text></svg><dl><div><dt>実績</dt><dd>5件</dd></div></dl></body></html>",
        );
        let row = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
        assert_eq!(sheet.parts[0].pieces, [Piece::Prose("題".into()), Piece::Prose("前&文 1\n2".into())]);
        assert_eq!(sheet.parts[1].heading, "1　集計");
        let table = Piece::Table(vec![row(["名", "数", ""]), row(["a", "1,200", "3"])]);
        assert_eq!(sheet.parts[1].pieces, [Piece::Prose("表".into()), table, Piece::Prose("実績: 5件".into())]);
    }

    #[test]
    fn no_text_makes_it_stop_short() {
        for text in ["<", "<p", "<!-- x", "&", "&#xffffff;", "<td>x</td>", "</table>", "<svg>", "<h2>a", "a<b>c"] {
            let _ = read(text);
        }
        assert_eq!(read("<h2>a<p>b").prose(), "a\nb");
    }
}
