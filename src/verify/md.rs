//! Reads a paper in Markdown: headings, tables, and every other line as prose.

use super::html::telling_tags;
use super::tagged::{Group, attach};
use super::{RemarkKind, Sheet, Text, beyond};
use crate::failure::Failure;
use crate::say;
use crate::workbook::{DEEPEST, Limits};

/// The paper.
///
/// # Errors
/// When it is larger, or nested more deeply, than a paper can be.
pub fn read(text: &str) -> Result<Sheet, Failure> {
    let limits = Limits::default();
    if text.len() > limits.file {
        return Err(beyond(say!("ファイルの大きさ", "size of the file")));
    }
    let mut sheet = Sheet::default();
    let mut table: Vec<Vec<Text>> = Vec::new();
    for line in without_comments(text).lines().chain([""]) {
        if depth(line) > DEEPEST {
            return Err(beyond(say!("入れ子の深さ", "depth of nesting")));
        }
        sheet.rules.extend(telling_tags(line));
        let line = line.trim();
        if line.starts_with('|') {
            let cells = cells(line, &mut sheet);
            let is_rule = |cell: &Text| !cell.words.is_empty() && cell.words.chars().all(|c| matches!(c, '-' | ':'));
            if !cells.iter().all(is_rule) {
                table.push(cells);
            }
            continue;
        }
        sheet.add_table(std::mem::take(&mut table));
        let signs = line.bytes().take_while(|b| *b == b'#').count();
        if signs > 1 && line[signs..].starts_with(' ') {
            let heading = plain(&line[signs..], &mut sheet);
            sheet.begin(Text::from(heading.trim()));
        } else {
            let bare = ["# ", "- ", "+ ", "* "].iter().find_map(|mark| line.strip_prefix(mark)).unwrap_or(line);
            let words = plain(bare, &mut sheet);
            sheet.add(Text::from(&*words));
        }
    }
    let mut sheet = sheet.within(&limits)?;
    attach(&mut sheet, groups(text));
    Ok(sheet)
}

/// How many lists and quotes a line stands in: the marks at its beginning, and how far it is set in.
fn depth(line: &str) -> usize {
    let beginning = line.bytes().take_while(|b| matches!(b, b' ' | b'\t' | b'>' | b'-' | b'+' | b'*'));
    let (mut marks, mut spaces) = (0, 0);
    for byte in beginning {
        match byte {
            b' ' => spaces += 1,
            b'\t' => spaces += 4,
            _ => marks += 1,
        }
    }
    // A rule across the page is one line of hyphens.
    let is_rule = line.bytes().all(|b| matches!(b, b'-' | b'*' | b' ' | b'\r')) && !line.contains("- -");
    if is_rule { 0 } else { marks.max(spaces / 4) }
}

/// The facts that the comment at the end lists, those of one paragraph or row together.
fn groups(text: &str) -> Vec<Group> {
    let comment = text.rsplit_once("<!-- kaikaku facts\n").and_then(|(_, rest)| rest.split_once("\n-->"));
    let group = |lines: &str| {
        let facts = lines.lines().filter_map(|line| line.split_once('\t'));
        facts.map(|(id, words)| (id.to_owned(), words.to_owned())).collect::<Group>()
    };
    let groups = comment.map_or("", |(comment, _)| comment).split("\n\n").map(group);
    groups.filter(|group| !group.is_empty()).collect()
}

/// The text without what stands in `<!-- -->`, which nobody reads.
fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("<!--") {
        out.push_str(before);
        rest = after.split_once("-->").map_or("", |(_, behind)| behind);
    }
    out + rest
}

/// The cells of a line of a table.
fn cells(line: &str, sheet: &mut Sheet) -> Vec<Text> {
    let (mut cells, mut cell, mut escaped) = (Vec::new(), String::new(), false);
    for c in line.trim_start_matches('|').chars() {
        match c {
            '|' if !escaped => cells.push(std::mem::take(&mut cell)),
            c => cell.push(c),
        }
        escaped = c == '\\' && !escaped;
    }
    if !cell.trim().is_empty() {
        cells.push(cell);
    }
    cells.iter().map(|cell| Text::from(&*plain(cell, sheet))).collect()
}

/// The text that is read, without its marks; what is struck through is not.
fn plain(text: &str, sheet: &mut Sheet) -> String {
    let text = unstruck(&text.replace("<br>", "\n").replace("<br/>", "\n"), sheet);
    let (mut out, mut chars) = (String::with_capacity(text.len()), text.chars().peekable());
    while let Some(c) = chars.next() {
        match c {
            '\\' if chars.peek().is_some_and(char::is_ascii_punctuation) => out.extend(chars.next()),
            '*' => {}
            c => out.push(c),
        }
    }
    out.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").trim().to_owned()
}

/// The text without what stands between `~~`.
fn unstruck(text: &str, sheet: &mut Sheet) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, struck, after)) = rest
        .split_once("~~")
        .and_then(|(before, rest)| rest.split_once("~~").map(|(in_it, after)| (before, in_it, after)))
    {
        out.push_str(before);
        sheet.remark(RemarkKind::Deleted, struck);
        rest = after;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::super::Piece;
    use super::*;

    #[test]
    fn what_markdown_escapes_is_read_as_it_was() {
        let sheet = read(
            "# 題\n\n前文\\*注<br>\n\n## 1　集計\n\n| 名称 | 件数 |\n| --- | ---: |\n| **a\\|b** | 1,200<br>速報 |\n\n- 1\\. 人材 &lt;\n",
        )
        .unwrap();
        assert_eq!(sheet.parts.len(), 2);
        assert_eq!(sheet.parts[0].pieces, [Piece::Prose("題".into()), Piece::Prose("前文*注".into())]);
        let row = |cells: [&str; 2]| cells.map(Text::from).to_vec();
        let table = Piece::Table(vec![row(["名称", "件数"]), row(["a|b", "1,200\n速報"])]);
        assert_eq!(sheet.parts[1].heading.words, "1　集計");
        assert_eq!(sheet.parts[1].pieces, [table, Piece::Prose("1. 人材 <".into())]);
    }

    #[test]
    fn comments_are_not_read_and_what_is_struck_is_listed() {
        let sheet = read("12件<!-- 13\n14 -->である。~~15件~~\n\n▲3\n\n-3\n").unwrap();
        assert_eq!(sheet.prose(), "12件である。\n▲3\n-3");
        assert_eq!(sheet.remarks.len(), 1);
        assert_eq!((sheet.remarks[0].kind, &*sheet.remarks[0].words), (RemarkKind::Deleted, "15件"));
    }

    #[test]
    fn what_is_nested_beyond_measure_is_refused() {
        for mark in ["> ", ">", "- ", "* ", "+ ", "> - ", "    "] {
            let nested = |depth: usize| read(&format!("# 題\n\n{}12件\n", mark.repeat(depth)));
            assert!(nested(20).is_ok(), "{mark}");
            assert!(nested(100_000).unwrap_err().message.ja.contains("入れ子の深さ"), "{mark}");
        }
        assert!(read(&format!("{}\n", "-".repeat(500))).is_ok(), "a rule across the page");
        assert!(read(&"12件\n\n".repeat(100_000)).unwrap_err().message.ja.contains("段落と行の数"));
        assert!(read(&"12件、".repeat(100_000)).unwrap_err().message.ja.contains("一つの段落の長さ"));
        assert!(read(&"| 1 ".repeat(100_000)).unwrap_err().message.ja.contains("列の数"));
    }
}
