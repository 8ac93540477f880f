//! Reads a paper in Markdown: headings, tables, and every other line as prose.

use super::{Piece, Sheet};

/// The paper.
pub fn read(text: &str) -> Sheet {
    let mut sheet = Sheet::default();
    let mut table: Vec<Vec<String>> = Vec::new();
    for line in text.lines().chain([""]) {
        let line = line.trim();
        if line.starts_with('|') {
            let cells = cells(line);
            let is_rule = cells.iter().all(|cell| !cell.is_empty() && cell.chars().all(|c| matches!(c, '-' | ':')));
            if !is_rule {
                table.push(cells);
            }
            continue;
        }
        if !table.is_empty() {
            sheet.last().pieces.push(Piece::Table(std::mem::take(&mut table)));
        }
        match line.strip_prefix("## ").or_else(|| line.strip_prefix("### ")) {
            Some(heading) => sheet.begin(&plain(heading)),
            None => sheet.say(&plain(line.trim_start_matches("# ").trim_start_matches("- "))),
        }
    }
    sheet
}

/// The cells of a line of a table.
fn cells(line: &str) -> Vec<String> {
    let (mut cells, mut cell, mut escaped) = (Vec::new(), String::new(), false);
    for c in line.trim_start_matches('|').chars() {
        match c {
            '|' if !escaped => cells.push(plain(&std::mem::take(&mut cell))),
            c => cell.push(c),
        }
        escaped = c == '\\' && !escaped;
    }
    if !cell.trim().is_empty() {
        cells.push(plain(&cell));
    }
    cells
}

/// The text that is read, without its marks.
fn plain(text: &str) -> String {
    let text = text.replace("<br>", "\n");
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_markdown_escapes_is_read_as_it_was() {
        let sheet = read(
            "# 題\n\n前文\\*注<br>\n\n## 1　集計\n\n| 名称 | 件数 |\n| --- | ---: |\n| **a\\|b** | 1,200<br>速報 |\n\n- 1\\. 人材 &lt;\n",
        );
        assert_eq!(sheet.parts.len(), 2);
        assert_eq!(sheet.parts[0].pieces, [Piece::Prose("題".into()), Piece::Prose("前文*注".into())]);
        let row = |cells: [&str; 2]| cells.map(str::to_owned).to_vec();
        let table = Piece::Table(vec![row(["名称", "件数"]), row(["a|b", "1,200\n速報"])]);
        assert_eq!(sheet.parts[1].heading, "1　集計");
        assert_eq!(sheet.parts[1].pieces, [table, Piece::Prose("1. 人材 <".into())]);
    }
}
