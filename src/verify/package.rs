//! The parts of a Word or Excel file.

use std::io::{Cursor, Read};

use roxmltree::Document;

/// More than this is no paper.
const LARGEST_PART: u64 = 64 * 1024 * 1024;

/// A file that is a package of parts.
#[derive(Debug)]
pub struct Package<'b> {
    archive: zip::ZipArchive<Cursor<&'b [u8]>>,
}

impl<'b> Package<'b> {
    /// Opens it.
    ///
    /// # Errors
    /// When it is no such file.
    pub fn open(bytes: &'b [u8]) -> Result<Self, String> {
        zip::ZipArchive::new(Cursor::new(bytes)).map(|archive| Self { archive }).map_err(|e| e.to_string())
    }

    /// The text of a part; `None` where there is none of this name.
    ///
    /// # Errors
    /// When it cannot be unpacked, is too large, or is no text.
    pub fn part(&mut self, name: &str) -> Result<Option<String>, String> {
        let Ok(part) = self.archive.by_name(name) else { return Ok(None) };
        let mut text = String::new();
        part.take(LARGEST_PART + 1).read_to_string(&mut text).map_err(|e| format!("{name}: {e}"))?;
        if text.len() as u64 > LARGEST_PART {
            return Err(format!("{name}: {} MB", LARGEST_PART >> 20));
        }
        Ok(Some(text))
    }

    /// What the file says of itself: the line that names the record.
    ///
    /// # Errors
    /// As of [`Self::part`], and when it is no XML.
    pub fn description(&mut self) -> Result<String, String> {
        let Some(core) = self.part("docProps/core.xml")? else { return Ok(String::new()) };
        let core = parse(&core)?;
        let described = core.descendants().find(|node| node.has_tag_name_local("description"));
        Ok(described.and_then(|node| node.text()).unwrap_or_default().to_owned())
    }
}

/// Reads a part as XML.
///
/// # Errors
/// When it is none.
pub fn parse(text: &str) -> Result<Document<'_>, String> {
    Document::parse(text).map_err(|e| e.to_string())
}

/// Names without their namespaces: there is one vocabulary in each part.
pub trait Local {
    /// Whether it is an element of this name.
    fn has_tag_name_local(&self, name: &str) -> bool;

    /// The value of an attribute.
    fn value(&self, name: &str) -> Option<&str>;
}

impl Local for roxmltree::Node<'_, '_> {
    fn has_tag_name_local(&self, name: &str) -> bool {
        self.is_element() && self.tag_name().name() == name
    }

    fn value(&self, name: &str) -> Option<&str> {
        self.attributes().find(|attribute| attribute.name() == name).map(|attribute| attribute.value())
    }
}
