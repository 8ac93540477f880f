//! What a record says, as one short mark: the same for the same content, however it is laid out.

use crate::tree::{Said, Table};
use sha2::{Digest, Sha256};

use crate::plan::record::RecordMark;

/// The mark of a block: of its keys and values, whatever their order, spacing, comments, quotes and line ends.
pub fn mark(block: Table<'_>) -> RecordMark {
    let mut content = Vec::new();
    table(&mut content, block);
    RecordMark::new(Sha256::digest(&content).into())
}

fn table(content: &mut Vec<u8>, table: Table<'_>) {
    let mut keys: Vec<_> = table.iter().map(|(key, node)| (key.text, node)).collect();
    keys.sort_by_key(|(key, _)| *key);
    content.push(b'{');
    for (key, node) in keys {
        part(content, key);
        value(content, node.says());
    }
    content.push(b'}');
}

fn value(content: &mut Vec<u8>, node: Said<'_>) {
    match node {
        // An editor or git may change the line ends within a text of several lines.
        Said::String(text) => {
            content.push(b'"');
            part(content, &text.replace("\r\n", "\n"));
        }
        Said::Integer(number) => part(content, &format!("{}:{}", number.radix, number.digits)),
        Said::Float(number) => part(content, number.digits),
        Said::Boolean(flag) => part(content, if flag { "true" } else { "false" }),
        Said::Datetime(when) => part(content, &when.to_string()),
        Said::Array(items) => {
            content.push(b'[');
            items.iter().for_each(|item| value(content, item.says()));
            content.push(b']');
        }
        Said::Table(inner) => table(content, inner),
    }
}

/// A text with its length before it, so that no two ways to divide the same characters are one.
fn part(content: &mut Vec<u8>, text: &str) {
    content.extend(text.len().to_be_bytes());
    content.extend(text.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::Memory;

    fn of(text: &str) -> RecordMark {
        mark(Memory::default().parse(text).unwrap())
    }

    #[test]
    fn a_mark_is_that_of_what_is_said_and_not_of_how_it_is_written() {
        let plain =
            of("period = \"R7Q2\"\nrecorded = 2025-10-03\nrating = { progress = \"good\" }\ndone = \"一\\n二\"");
        let other = of(
            "# 注\r\ndone = \"\"\"\r\n一\r\n二\"\"\"\r\nrecorded=2025-10-03\r\nperiod='R7Q2'\r\nrating.progress = 'good'\r\n",
        );
        assert_eq!(plain, other);
    }

    #[test]
    fn whatever_is_said_otherwise_has_another_mark() {
        let texts = [
            "period = \"R7Q2\"\nprogress = 60",
            "period = \"R7Q2\"\nprogress = \"60\"",
            "period = \"R7Q2\"\nprogress = 61",
            "period = \"R7Q2\"\nprogress = 60\nby = \"人事課\"",
            "period = \"R7Q2\"\nprogress = [60]",
            "period = \"R7Q2\"\nprogress = [6, 0]",
            "period = \"R7\"\nQ2progress = 60",
            "period = \"R7Q2\"\nevaluator = \"committee\"\nprogress = 60",
        ];
        for (at, a) in texts.iter().enumerate() {
            for b in &texts[at + 1..] {
                assert_ne!(of(a), of(b), "{a}\n{b}");
            }
        }
    }
}
