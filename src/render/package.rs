//! The zip package that a Word file is: parts by name, the same bytes for the same parts.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// A part of the package: its name and what it says.
pub struct Part {
    /// The path in the package.
    pub name: String,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// The parts as one file. It tells no time: zip's earliest day stands for every part.
#[expect(clippy::expect_used, reason = "a Vec takes every write, and our names are short and stand once")]
pub fn package(parts: &[Part]) -> Vec<u8> {
    let options = SimpleFileOptions::default().last_modified_time(DateTime::default());
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for Part { name, bytes } in parts {
        // A picture is packed already.
        let stored = name.ends_with(".png");
        let method = if stored { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        zip.start_file(name.as_str(), options.compression_method(method)).expect("a name that stands once");
        zip.write_all(bytes).expect("a Vec takes every write");
    }
    zip.finish().expect("a Vec takes every write").into_inner()
}
