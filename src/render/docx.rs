//! A report as a Word file: real styles that a clerk can change, tables with repeated heads, pictures with their words.
//!
//! The parts are written here rather than by a library: alternative texts, footnotes, languages and fixed dates are a
//! few elements each, and no crate writes all of them.

mod body;
mod chart;
mod parts;
mod styles;
mod table;

use super::package::{Part, package};
use body::Body;
use kaikaku_document::Document;
use kaikaku_text::lang::Lang;

/// The report as a Word file: A4, 明朝 with headings in ゴシック, "1 / 5" at the foot of each page.
pub fn docx(doc: &Document, lang: Lang) -> Vec<u8> {
    let footnotes = doc.footnotes();
    let mut body = Body::new(&footnotes, lang);
    body.document(doc);
    let (document, pictures, addresses) = body.finish();
    let mut parts = parts::fixed(doc, lang, pictures.len(), &addresses);
    parts.push(part("word/document.xml", document));
    parts.push(part("word/footnotes.xml", parts::footnotes(&footnotes)));
    for (at, bytes) in pictures.into_iter().enumerate() {
        parts.push(Part { name: format!("word/{}", parts::picture(at)), bytes });
    }
    package(&parts)
}

fn part(name: &str, text: String) -> Part {
    Part { name: name.to_owned(), bytes: text.into_bytes() }
}
