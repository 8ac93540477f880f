//! A report in GitHub-flavoured Markdown.

use kaikaku_document::{Align, Block, Branch, Cell, Chart, Document, Line, Link, Row, Section, Table, Tone, brief};
use kaikaku_text::lang::Lang;
use kaikaku_text::safe::{markup, one_line, visible};

/// Markdown has six levels of headings; the title takes the first.
const DEEPEST: usize = 4;

/// The report as Markdown. No text in it can become markup: what was written is what is read.
pub fn md(doc: &Document, lang: Lang) -> String {
    let doc = &*doc.spelled_out();
    let mut parts = vec![
        lines(doc.meta.issue.iter().map(|line| &**line)),
        lines(doc.meta.addressee.iter().map(|line| &**line)),
        lines(doc.meta.letterhead.iter().map(|line| &**line)),
    ];
    if !doc.title.is_empty() {
        parts.push(format!("# {}", heading(&doc.title)));
    }
    parts.push(lines(doc.lead.iter().map(|line| &*line.text)));
    for section in &doc.sections {
        parts.extend(self::section(section, lang));
    }
    parts.extend(doc.meta.contact.as_deref().map(paragraph));
    parts.extend(doc.meta.provenance.as_deref().map(paragraph));
    parts.extend(facts(doc));
    parts.retain(|part| !part.is_empty());
    let mut out = parts.join("\n\n");
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

/// A comment with the facts of each paragraph and row, where there are any.
fn facts(doc: &Document) -> Option<String> {
    // A comment ends at the first of these.
    let fact = |(id, words): &(&str, &str)| format!("{id}\t{}", brief(words).replace("--", "- -"));
    let group = |facts: &Vec<(&str, &str)>| facts.iter().map(fact).collect::<Vec<_>>().join("\n");
    let groups: Vec<String> = doc.facts().iter().map(group).collect();
    (!groups.is_empty()).then(|| format!("<!-- kaikaku facts\n{}\n-->", groups.join("\n\n")))
}

/// Lines beneath each other within one paragraph.
fn lines<'d>(lines: impl IntoIterator<Item = &'d str>) -> String {
    lines.into_iter().map(paragraph).collect::<Vec<_>>().join("<br>\n")
}

fn section(section: &Section, lang: Lang) -> Vec<String> {
    let signs = "#".repeat(2 + section.depth.min(DEEPEST));
    let heading = section.heading.iter().map(|text| format!("{signs} {}", heading(text)));
    let anchor = section.anchor.as_deref().map(anchor);
    anchor.into_iter().chain(heading).chain(section.blocks.iter().map(|block| self::block(block, lang))).collect()
}

fn block(block: &Block, lang: Lang) -> String {
    let colon = lang.pick("：", ": ");
    let lines: Vec<String> = match block {
        Block::Text(line) => vec![words(line)],
        Block::List(items) => items.iter().map(|item| format!("- {}", words(item))).collect(),
        Block::Fields(fields) => fields.iter().map(|pair| field(pair, colon)).collect(),
        Block::Table(table) => return self::table(table),
        Block::Tree(branches) => tree(branches),
        Block::Charts(charts) => charts.iter().flat_map(|drawn| chart(drawn, colon)).collect(),
    };
    lines.join("\n")
}

fn field((name, line): &(String, Line), colon: &str) -> String {
    format!(
        "- {}{colon}{}",
        toned(&inline(&one_line(name)), true),
        linked(toned(&inline(&line.text), line.tone == Tone::Strong), line.link.as_deref())
    )
}

/// Markdown knows no gap in depth: more than one step inward would turn into a block of code.
fn tree(branches: &[Branch]) -> Vec<String> {
    let mut room = 0;
    let node = |branch: &Branch| {
        let depth = branch.depth.min(room);
        room = depth + 1;
        format!("{}- {}", "  ".repeat(depth), words(&branch.line))
    };
    branches.iter().map(node).collect()
}

/// The numbers of a picture as a nested list: what is drawn elsewhere is read here.
fn chart(chart: &Chart, colon: &str) -> Vec<String> {
    let mut lines = vec![format!("- {}", toned(&paragraph(&one_line(&chart.name)), true))];
    let mut item = |depth: usize, text: &str| lines.push(format!("{}- {}", "  ".repeat(depth), paragraph(text)));
    item(1, &one_line(&chart.bullet.verdict.text));
    for mark in &chart.bullet.marks {
        item(1, &one_line(&format!("{}{colon}{}", mark.label, mark.text)));
    }
    for point in &chart.series {
        item(1, &one_line(&format!("{}{colon}{}", point.period, point.text)));
    }
    lines
}

fn table(table: &Table) -> String {
    let mut parts = Vec::new();
    parts.extend(table.caption.iter().map(|caption| toned(&paragraph(&caption.text), true)));
    if !table.columns.is_empty() {
        let marks = table.columns.iter().map(|column| if column.align() == Align::Right { "---:" } else { "---" });
        let titles = table.columns.iter().map(|column| inline(&column.title));
        let mut lines = vec![row(titles), row(marks.map(str::to_owned))];
        lines.extend(table.rows.iter().map(|line| row(cells(line, table.columns.len()))));
        parts.push(lines.join("\n"));
    }
    parts.push(lines(table.notes.iter().map(|note| &*note.text)));
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n")
}

fn cells(row: &Row, columns: usize) -> impl Iterator<Item = String> {
    let cell = |cell: &Cell| {
        let words = toned(&inline(&cell.text), row.strong || cell.tone == Tone::Strong);
        cell.anchor().map(anchor).unwrap_or_default() + &linked(words, cell.link())
    };
    (0..columns).map(move |at| row.cells.get(at).map(cell).unwrap_or_default())
}

fn row(cells: impl Iterator<Item = String>) -> String {
    let cells = cells.map(|cell| if cell.is_empty() { " |".to_owned() } else { format!(" {cell} |") });
    format!("|{}", cells.collect::<String>())
}

fn words(line: &Line) -> String {
    linked(toned(&paragraph(&line.text), line.tone == Tone::Strong), line.link.as_deref())
}

/// What links lead to.
fn anchor(name: &str) -> String {
    format!("<a id=\"{}\"></a>", markup(name))
}

/// Words that lead elsewhere. An address stands in angle brackets, where only these and line breaks end it.
fn linked(words: String, link: Option<&Link>) -> String {
    match link.filter(|_| !words.is_empty()) {
        Some(link) => format!("[{words}](<{}>)", one_line(&link.href()).replace(['<', '>', '|', '\\'], "")),
        None => words,
    }
}

fn toned(escaped: &str, strong: bool) -> String {
    if strong && !escaped.is_empty() { format!("**{escaped}**") } else { escaped.to_owned() }
}

fn heading(text: &str) -> String {
    inline(&one_line(text))
}

/// A text that begins a line, where even a number or a dash is markup.
fn paragraph(text: &str) -> String {
    let text = inline(text);
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let at = match text.as_bytes().get(digits) {
        Some(b'.' | b')') if digits > 0 => digits,
        Some(b'#' | b'+' | b'-' | b'=') if digits == 0 => 0,
        _ => return text,
    };
    format!("{}\\{}", &text[..at], &text[at..])
}

/// A text anywhere else. It stays on one line, so nothing but its beginning can begin a block.
fn inline(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in visible(text.trim()).chars() {
        match c {
            '\n' => out.push_str("<br>"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use kaikaku_document::{Column, Type};

    #[test]
    fn hostile_text_is_harmless() {
        assert_eq!(
            inline("<script>a|b\\ *x* _y_ `z` [l](javascript:1) ~~s~~ $m$ &amp; \u{202e}"),
            "&lt;script&gt;a\\|b\\\\ \\*x\\* \\_y\\_ \\`z\\` \\[l\\](javascript:1) \\~\\~s\\~\\~ \\$m\\$ &amp;amp; &lt;U+202E&gt;"
        );
        assert_eq!(paragraph("# 改革"), "\\# 改革");
        assert_eq!(paragraph("- a\n- b"), "\\- a<br>- b");
        assert_eq!(paragraph("1. 人材"), "1\\. 人材");
        assert_eq!(paragraph("1-1-1 人材"), "1-1-1 人材");
    }

    #[test]
    fn a_document_in_markdown() {
        let table = Table {
            caption: Some("検証指標".into()),
            columns: vec![Column::new("indicator", "指標", Type::Text), Column::new("actual", "実績", Type::Decimal)],
            rows: vec![
                Row::new(vec![Cell::text("満足\n度"), Cell::text("44.1％").toned(Tone::Strong)]),
                Row::strong(vec![Cell::text("計"), Cell::text("")]),
            ],
            notes: vec!["※ 注1".into(), "※ 注2".into()],
            ..Table::default()
        };
        let node = |depth, text: &str| Branch { depth, line: text.into() };
        let doc = Document {
            title: "改革\nプラン".into(),
            lead: vec!["R7".into(), "Q2".into()],
            sections: vec![
                Section::new("指標", vec![Block::Table(table), Block::List(vec!["一".into(), "二".into()])]),
                Section::plain(vec![Block::Tree(vec![node(0, "1"), node(2, "1-1"), node(1, "1-2")])]),
                Section::plain(vec![Block::Fields(vec![("計画".into(), "改革".into())])]),
            ],
            ..Document::default()
        };
        let expected = "# 改革 プラン\n\nR7<br>\nQ2\n\n## 指標\n\n**検証指標**\n\n| 指標 | 実績 |\n| --- | ---: |\n\
            | 満足<br>度 | **44.1％** |\n| **計** | |\n\n※ 注1<br>\n※ 注2\n\n- 一\n- 二\n\n\
            - 1\n  - 1-1\n  - 1-2\n\n- **計画**：改革\n";
        assert_eq!(md(&doc, Lang::Ja), expected);
        assert!(md(&doc, Lang::En).ends_with("- **計画**: 改革\n"));
        assert_eq!(md(&Document::default(), Lang::Ja), "");
    }
}
