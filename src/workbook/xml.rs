//! The XML of a part: read event by event, no deeper than a workbook is.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::damaged;
use super::package::{ATTRIBUTES, DEEPEST, TAG, too_large};
use crate::failure::Failure;
use crate::say;

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
    /// When it is no XML, too deep, has too many attributes, or declares entities of its own.
    pub fn next(&mut self) -> Result<Option<Event<'t>>, Failure> {
        let event = self.reader.read_event().map_err(|_| damaged(self.what))?;
        match &event {
            Event::Start(element) => {
                self.depth += 1;
                check_tag(element)?;
            }
            Event::Empty(element) => check_tag(element)?,
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            Event::DocType(_) => return Err(damaged(self.what)),
            Event::Eof if self.depth == 0 => return Ok(None),
            Event::Eof => return Err(damaged(self.what)),
            _ => {}
        }
        if self.depth > DEEPEST { Err(too_deep()) } else { Ok(Some(event)) }
    }

    /// Where the next event begins, in bytes of the text.
    pub fn position(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }
}

/// Refuses a tag that is longer than any, or has more attributes: whether two are the same is asked of each pair.
fn check_tag(element: &BytesStart<'_>) -> Result<(), Failure> {
    if element.len() > TAG || element.attributes().with_checks(false).nth(ATTRIBUTES).is_some() {
        return Err(too_large(say!("属性の数か長さ", "number or length of attributes")));
    }
    Ok(())
}

/// Elements stand deeper in one another than in any file that an office sends.
pub fn too_deep() -> Failure {
    too_large(say!("入れ子の深さ", "depth of nesting"))
}

/// How many elements a part may have that is read whole: a paper of a large city has a tenth of it.
const MOST: usize = 1_000_000;

/// An element of a part that is read whole. Names stand without their prefixes: a part has one vocabulary.
#[derive(Debug, Default)]
pub struct Element {
    /// The name.
    pub name: String,
    attributes: Vec<(String, String)>,
    children: Vec<Node>,
}

#[derive(Debug)]
enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    /// Reads a part; what comes back is the document itself, without name, around the outermost element. `what` names the
    /// part in a complaint.
    ///
    /// # Errors
    /// When it is no XML, too deep, too large, or declares entities of its own.
    pub fn parse(text: &str, what: &'static str) -> Result<Self, Failure> {
        let mut events = Events::new(text, what);
        let (mut whole, mut open, mut count) = (Self::default(), Vec::<Self>::new(), 0);
        while let Some(event) = events.next()? {
            let node = match &event {
                Event::Start(element) => {
                    open.push(Self::new(element));
                    count += 1;
                    None
                }
                Event::Empty(element) => {
                    count += 1;
                    Some(Node::Element(Self::new(element)))
                }
                Event::End(_) => open.pop().map(Node::Element),
                Event::Text(words) => Some(Node::Text(words.xml10_content().into_owned())),
                Event::CData(words) => Some(Node::Text(words.xml10_content().into_owned())),
                Event::GeneralRef(reference) => entity(reference).map(Node::Text),
                _ => None,
            };
            if count > MOST {
                return Err(too_large(say!("要素の数", "number of elements")));
            }
            open.last_mut().unwrap_or(&mut whole).children.extend(node);
        }
        Ok(whole)
    }

    fn new(element: &BytesStart<'_>) -> Self {
        let attributes = element.attributes().flatten().filter_map(|attribute| {
            Some((unprefixed(attribute.key.into_inner()).to_owned(), unescaped(&attribute.value)?.into_owned()))
        });
        Self { name: local(element).to_owned(), attributes: attributes.collect(), children: Vec::new() }
    }

    /// The elements right within it, in order.
    pub fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The first element of this name anywhere within it.
    pub fn find(&self, name: &str) -> Option<&Self> {
        self.elements().find_map(|element| if element.name == name { Some(element) } else { element.find(name) })
    }

    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| &**value)
    }

    /// The text right within it.
    pub fn text(&self) -> String {
        let texts = self.children.iter().filter_map(|node| match node {
            Node::Text(text) => Some(text.as_str()),
            Node::Element(_) => None,
        });
        texts.collect()
    }
}

/// An element's name without its prefix.
pub fn local<'e>(element: &'e BytesStart<'_>) -> &'e str {
    unprefixed(element.name().into_inner())
}

fn unprefixed(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// The value of an attribute, by its name without prefix.
pub fn attribute<'e>(element: &'e BytesStart<'_>, name: &str) -> Option<Cow<'e, str>> {
    let found = element.attributes().flatten().find(|attribute| unprefixed(attribute.key.into_inner()) == name)?;
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
    fn a_part_that_is_read_whole_keeps_text_in_order_and_has_an_end() {
        let read = |text: &str| Element::parse(text, "x");
        let whole = read("<w:a><w:b k:n='1&amp;2'/>x&lt;<c>y</c>z</w:a>").unwrap();
        let a = whole.find("a").unwrap();
        assert_eq!((a.text().as_str(), a.elements().count()), ("x<z", 2));
        assert_eq!(whole.find("b").unwrap().attribute("n"), Some("1&2"));
        assert!(whole.find("w:b").is_none());
        assert!(read(&format!("<a>{}</a>", "<b/>".repeat(MOST - 1))).is_ok());
        assert!(read(&format!("<a>{}</a>", "<b/>".repeat(MOST))).is_err());
    }

    #[test]
    fn what_is_too_deep_or_has_entities_of_its_own_is_refused() {
        let all = |text: &str| {
            let mut events = Events::new(text, "x");
            while events.next()?.is_some() {}
            Ok::<(), Failure>(())
        };
        let nested = |depth: usize| format!("{}{}", "<a>".repeat(depth), "</a>".repeat(depth));
        assert!(all(&nested(DEEPEST)).is_ok());
        for depth in [DEEPEST + 1, 100_000] {
            let message = all(&nested(depth)).unwrap_err().message;
            assert!(message.ja.contains("入れ子の深さ"), "{message:?}");
        }
        let attributes = |count: usize| (0..count).map(|n| format!(" a{n}=''")).collect::<String>();
        assert!(all(&format!("<a{}/>", attributes(ATTRIBUTES))).is_ok());
        for tag in [attributes(ATTRIBUTES + 1), attributes(200_000), format!(" a='{}'", "x".repeat(TAG))] {
            for element in [format!("<a{tag}/>"), format!("<a{tag}></a>")] {
                let message = all(&element).unwrap_err().message;
                assert!(message.ja.contains("属性"), "{message:?}");
            }
        }
        assert!(all("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>").is_err());
        assert!(all("<a><b></a>").is_err());
        assert!(all("<a>").is_err());
    }
}
