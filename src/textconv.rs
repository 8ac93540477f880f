//! A file of a plan as lines that make sense one by one: each value with the whole path to it, and a block known by what
//! it is about instead of its place. So git shows what changed, not where.

use crate::ledger;
use crate::ledger::tree::{Shape, shape};
use crate::tree::{Memory, Node, Table};

/// The lines; `None` where the text is no TOML. Of a file with a conflict each side is read as a whole, and what they do
/// not share stands between the marks.
pub fn lines(text: &str) -> Option<String> {
    if text.lines().any(|line| line.starts_with("<<<<<<< ")) { of_conflict(text) } else { of_toml(text) }
}

fn of_conflict(text: &str) -> Option<String> {
    let (mut sides, mut marks) = ([String::new(), String::new()], ["<<<<<<<", ">>>>>>>"]);
    let mut within = [true, true];
    for line in text.lines() {
        match line.get(..7) {
            Some("<<<<<<<") => (within, marks[0]) = ([true, false], line),
            Some("|||||||") => within = [false, false],
            Some("=======") if within != [true, true] => within = [false, true],
            Some(">>>>>>>") => (within, marks[1]) = ([true, true], line),
            _ => {
                sides.iter_mut().zip(within).filter(|(_, in_it)| *in_it).for_each(|(side, _)| side.extend([line, "\n"]))
            }
        }
    }
    let [ours, theirs] = [of_toml(&sides[0])?, of_toml(&sides[1])?];
    let [ours, theirs] = [ours.lines().collect::<Vec<_>>(), theirs.lines().collect()];
    let same = ours.iter().zip(&theirs).take_while(|(a, b)| a == b).count();
    let rest = ours[same..].iter().rev().zip(theirs[same..].iter().rev()).take_while(|(a, b)| a == b).count();
    let (own, other) = (&ours[same..ours.len() - rest], &theirs[same..theirs.len() - rest]);
    let shown =
        [&ours[..same], &marks[..1], own, &["======="], other, &marks[1..], &ours[ours.len() - rest..]].concat();
    Some(shown.iter().flat_map(|line| [*line, "\n"]).collect())
}

fn of_toml(text: &str) -> Option<String> {
    let (mut memory, mut lines) = (Memory::default(), String::new());
    flatten(text, memory.parse(text)?, "", &mut lines);
    Some(lines)
}

fn flatten(text: &str, table: Table<'_>, path: &str, lines: &mut String) {
    let mut keys: Vec<_> = table.iter().collect();
    keys.sort_by_key(|(key, _)| key.text);
    for (key, node) in keys {
        let path = if path.is_empty() { key.text.to_owned() } else { format!("{path}.{}", key.text) };
        match shape(node) {
            Shape::Table(table) => flatten(text, table, &path, lines),
            Shape::Blocks(blocks) => {
                for (place, node) in blocks.iter().enumerate() {
                    let Some(block) = node.as_table() else { continue };
                    let name = name(text, key.text, block, place);
                    flatten(text, block, &format!("{path}[{name}]"), lines);
                }
            }
            Shape::Value => lines.push_str(&format!("{path} = {}\n", written(text, node))),
        }
    }
}

/// A value as it is written, on one line.
fn written(text: &str, node: Node<'_>) -> String {
    let value = text.get(node.span()).unwrap_or_default();
    value.lines().map(str::trim).collect::<Vec<_>>().join(" ")
}

/// What a block is called among its siblings: by what tells its kind apart, or its own name; its place where it has neither.
fn name(text: &str, header: &str, block: Table<'_>, place: usize) -> String {
    const NAMES: [&[&str]; 3] = [&["id"], &["date", "name"], &["name"]];
    let value = |key: &&str| Some(written(text, block.get(key)?).trim_matches('"').to_owned());
    let names = ledger::kind(header).map(|kind| kind.identity).into_iter().chain(NAMES);
    let mut known = names.map(|keys| keys.iter().filter_map(value).collect::<Vec<_>>().join(" "));
    known.find(|name| !name.is_empty()).unwrap_or_else(|| (place + 1).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_stands_on_a_line_with_its_whole_path() {
        let text = "[1-1]\nname = \"窓口\" # 注\n\n[[1-1.initiative]]\nname = \"予約\"\nmilestone = [{ date = \"R7.4\", name = \
                    \"開始\", note = \"x\" }]\n";
        let expected = "1-1.initiative[予約].milestone[R7.4 開始].date = \"R7.4\"\n\
                        1-1.initiative[予約].milestone[R7.4 開始].name = \"開始\"\n\
                        1-1.initiative[予約].milestone[R7.4 開始].note = \"x\"\n\
                        1-1.initiative[予約].name = \"予約\"\n\
                        1-1.name = \"窓口\"\n";
        assert_eq!(lines(text).unwrap(), expected);
        let text = "[[measure]]\nperiod = \"R7\"\nrecorded = 2025-10-03\nvalue = 45.90\nnote = [\n  \"a\",\n]\n";
        let expected = "measure[R7 2025-10-03].note = [ \"a\", ]\nmeasure[R7 2025-10-03].period = \"R7\"\n\
                        measure[R7 2025-10-03].recorded = 2025-10-03\nmeasure[R7 2025-10-03].value = 45.90\n";
        assert_eq!(lines(text).unwrap(), expected);
        assert_eq!(lines("a = \n"), None);
    }

    #[test]
    fn of_a_conflict_both_sides_are_shown_between_its_marks() {
        let text = "schema = 1\n\n[[update]]\nperiod = \"R7Q1\"\n\n<<<<<<< main\n[[update]]\nperiod = \"R7Q2\"\nprogress = 2\n\
                    ||||||| base\n=======\n[[update]]\nperiod = \"R7Q2\"\nprogress = 3\n>>>>>>> ブランチ\n";
        let expected = "schema = 1\nupdate[R7Q1].period = \"R7Q1\"\nupdate[R7Q2].period = \"R7Q2\"\n<<<<<<< main\n\
                        update[R7Q2].progress = 2\n=======\nupdate[R7Q2].progress = 3\n>>>>>>> ブランチ\n";
        assert_eq!(lines(text).unwrap(), expected);
        let within =
            "[[update]]\nperiod = \"R7Q2\"\n<<<<<<< main\nprogress = 1\n=======\nprogress = 2\n>>>>>>> ブランチ\n";
        assert!(lines(within).unwrap().contains("<<<<<<< main\nupdate[R7Q2].progress = 1\n=======\n"));
    }
}
