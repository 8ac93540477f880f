//! A block of a records file as it is written, key by key: what a correction takes over.

use super::mark::mark;
use super::tree;
use crate::plan::record::RecordMark;
use crate::tree::Memory;

/// A block: its mark, and its keys with their values as TOML, in the order of the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    mark: Option<RecordMark>,
    keys: Vec<(String, String)>,
}

impl Written {
    /// Reads the block under `[[header]]` that is the `place`th in the text, from 0.
    pub fn parse(text: &str, header: &str, place: u32) -> Option<Self> {
        let text = text.trim_start_matches('\u{feff}');
        let mut memory = Memory::default();
        let table = tree::block(memory.parse(text)?, header, usize::try_from(place).ok()?)?;
        let value = |span: std::ops::Range<usize>| Some(text.get(span)?.replace("\r\n", "\n"));
        let written = table.iter().map(|(key, node)| Some((key.text.to_owned(), value(node.span())?)));
        Some(Self { mark: Some(mark(table)), keys: written.collect::<Option<_>>()? })
    }

    /// The mark of the block; `None` where there is none.
    pub fn mark(&self) -> Option<RecordMark> {
        self.mark
    }

    /// Takes the value of a key.
    pub fn take(&mut self, key: &str) -> Option<String> {
        let place = self.keys.iter().position(|(known, _)| known == key)?;
        Some(self.keys.remove(place).1)
    }

    /// The texts of a key that has one or several.
    pub fn texts(&self, key: &str) -> Vec<String> {
        let Some((_, value)) = self.keys.iter().find(|(known, _)| known == key) else { return Vec::new() };
        let table: toml::Table = format!("{key} = {value}").parse().unwrap_or_default();
        match table.get(key) {
            Some(toml::Value::String(text)) => vec![text.clone()],
            Some(toml::Value::Array(texts)) => {
                texts.iter().filter_map(|text| Some(text.as_str()?.to_owned())).collect()
            }
            _ => Vec::new(),
        }
    }

    /// All that is left.
    pub fn into_keys(self) -> impl Iterator<Item = (String, String)> {
        self.keys.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_taken_as_they_are_written() {
        let text = "\u{feff}[[update]]\r\na = 1\r\n\r\n[[update]] # 二\r\nperiod = \"R7Q2\"\r\nb = [ # 注\r\n  1,\r\n]\r\nc=\"い\"\r\n";
        let mut block = Written::parse(text, "update", 1).unwrap();
        assert_eq!(block.take("period").as_deref(), Some("\"R7Q2\""));
        let left: Vec<_> = block.into_keys().collect();
        assert_eq!(left, [("b".into(), "[ # 注\n  1,\n]".into()), ("c".into(), "\"い\"".into())]);
        assert_eq!(Written::parse(text, "update", 2), None);
    }
}
