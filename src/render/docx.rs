//! A report as a Word file: real styles that a clerk can change, tables with repeated heads, pictures with their words.
//!
//! The parts are written here rather than by a library: alternative texts, footnotes, languages and fixed dates are a
//! few elements each, and no crate writes all of them.

mod body;
mod chart;
mod parts;
mod styles;
mod table;

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

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
    parts.push(part("word/footnotes.xml", parts::footnotes(doc, &footnotes)));
    for (at, bytes) in pictures.into_iter().enumerate() {
        parts.push(PackagePart { name: format!("word/{}", parts::picture(at)), bytes });
    }
    package(&parts)
}

fn part(name: &str, text: String) -> PackagePart {
    PackagePart { name: name.to_owned(), bytes: text.into_bytes() }
}

/// A part of the zip package that a Word file is.
struct PackagePart {
    /// The path in the package.
    name: String,
    /// The bytes.
    bytes: Vec<u8>,
}

/// The parts as one file, the same bytes for the same parts on every system: zip's earliest day stands for every part.
#[expect(clippy::expect_used, reason = "a Vec takes every write, and our names are short and stand once")]
fn package(parts: &[PackagePart]) -> Vec<u8> {
    let options = SimpleFileOptions::default().system(System::Unix).last_modified_time(DateTime::default());
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for PackagePart { name, bytes } in parts {
        // A picture is packed already.
        let stored = name.ends_with(".png");
        let method = if stored { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        zip.start_file(name.as_str(), options.compression_method(method)).expect("a name that stands once");
        zip.write_all(bytes).expect("a Vec takes every write");
    }
    zip.finish().expect("a Vec takes every write").into_inner()
}
