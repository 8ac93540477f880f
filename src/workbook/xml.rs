//! The XML of a part: read event by event, no deeper than a workbook is.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::damaged;
use crate::failure::Failure;

/// How deep elements may stand in one another; a workbook's own are at ten.
const DEEPEST: usize = 64;

/// The events of a part.
pub struct Events<'t> {
    reader: Reader<&'t [u8]>,
    depth: usize,
    what: &'static str,
}

impl<'t> Events<'t> {
    /// Of the text of a part; `what` names it in a complaint.
    pub fn new(text: &'t str, what: &'static str) -> Self {
        Self { reader: Reader::from_str(text.trim_start_matches('\u{feff}')), depth: 0, what }
    }

    /// The next event; `None` at the end.
    ///
    /// # Errors
    /// When it is no XML, too deep, or declares entities of its own.
    pub fn next(&mut self) -> Result<Option<Event<'t>>, Failure> {
        let event = self.reader.read_event().map_err(|_| damaged(self.what))?;
        match &event {
            Event::Start(_) => self.depth += 1,
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            Event::DocType(_) => return Err(damaged(self.what)),
            Event::Eof if self.depth == 0 => return Ok(None),
            Event::Eof => return Err(damaged(self.what)),
            _ => {}
        }
        if self.depth > DEEPEST { Err(damaged(self.what)) } else { Ok(Some(event)) }
    }

    /// Where the next event begins, in bytes of the text.
    pub fn position(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }
}

/// An element's name without its prefix.
pub fn local<'e>(element: &'e BytesStart<'_>) -> &'e str {
    let name = element.name().into_inner();
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// The value of an attribute, by its name without prefix.
pub fn attribute<'e>(element: &'e BytesStart<'_>, name: &str) -> Option<Cow<'e, str>> {
    let found = element.attributes().flatten().find(|attribute| {
        let key = attribute.key.into_inner();
        key.rsplit_once(':').map_or(key, |(_, local)| local) == name
    })?;
    unescaped(&found.value).map(|text| Cow::Owned(text.into_owned()))
}

fn unescaped(text: &str) -> Option<Cow<'_, str>> {
    quick_xml::escape::unescape(text).ok()
}

/// What `&amp;` and its kind stand for.
pub fn entity(reference: &BytesRef<'_>) -> Option<String> {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        return Some(c.to_string());
    }
    let name = reference.xml10_content();
    quick_xml::escape::resolve_predefined_entity(&name).map(str::to_owned)
}

/// `_x000D_` as the character that it stands for, which XML cannot hold.
pub fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains("_x") {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        plain.push_str(&rest[..at]);
        let code = rest.get(at + 2..at + 6).filter(|_| rest.as_bytes().get(at + 6) == Some(&b'_'));
        let code = code.filter(|code| code.bytes().all(|b| b.is_ascii_hexdigit()));
        let found = code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
        match found {
            Some(c) => {
                plain.push(c);
                rest = &rest[at + 7..];
            }
            None => {
                plain.push_str("_x");
                rest = &rest[at + 2..];
            }
        }
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_that_xml_cannot_hold_are_decoded() {
        assert_eq!(decoded("a_x000D_b_x005F_x000D_"), "a\rb_x000D_");
        for text in ["_x", "_x12", "_xZZZZ_", "_x000D", "あ_xい", "_x00あ_"] {
            assert_eq!(decoded(text), text);
        }
    }

    #[test]
    fn what_is_too_deep_or_has_entities_of_its_own_is_refused() {
        let all = |text: &str| {
            let mut events = Events::new(text, "x");
            while events.next()?.is_some() {}
            Ok::<(), Failure>(())
        };
        assert!(all(&format!("{}{}", "<a>".repeat(64), "</a>".repeat(64))).is_ok());
        assert!(all(&format!("{}{}", "<a>".repeat(65), "</a>".repeat(65))).is_err());
        assert!(all("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>").is_err());
        assert!(all("<a><b></a>").is_err());
        assert!(all("<a>").is_err());
    }
}
