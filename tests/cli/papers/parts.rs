//! Opens a Word or Excel file and compares two of them part by part.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;

/// The parts of a file by name.
pub type Parts = BTreeMap<String, Vec<u8>>;

/// Takes a file apart.
pub fn unpack(bytes: &[u8]) -> Parts {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).expect("a zip file");
    let names: Vec<String> = zip.file_names().map(|name| name.unwrap().into_owned()).collect();
    let part = |name: String| {
        let mut bytes = Vec::new();
        zip.by_name(&name).unwrap().read_to_end(&mut bytes).unwrap();
        (name, bytes)
    };
    names.into_iter().map(part).collect()
}

/// A part as text.
pub fn text<'p>(parts: &'p Parts, name: &str) -> &'p str {
    std::str::from_utf8(parts.get(name).unwrap_or_else(|| panic!("no part {name}"))).unwrap()
}

/// What differs, one line each: parts that are missing or too many, and in each other one the first element that differs.
pub fn differences(golden: &Parts, new: &Parts) -> Vec<String> {
    let missing = golden.keys().filter(|name| !new.contains_key(*name)).map(|name| format!("{name}: is missing"));
    let extra = new.keys().filter(|name| !golden.contains_key(*name)).map(|name| format!("{name}: is new"));
    let changed = golden.iter().filter_map(|(name, old)| {
        let new = new.get(name).filter(|new| *new != old)?;
        Some(format!("{name}: {}", change(old, new)))
    });
    missing.chain(extra).chain(changed).collect()
}

fn change(old: &[u8], new: &[u8]) -> String {
    let (Ok(old), Ok(new)) = (std::str::from_utf8(old), std::str::from_utf8(new)) else {
        return format!("{} bytes became {} others", old.len(), new.len());
    };
    let (old, new): (Vec<&str>, Vec<&str>) = (old.split_inclusive('>').collect(), new.split_inclusive('>').collect());
    let at = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    let shown = |pieces: &[&str]| pieces.get(at).map_or("the end".to_owned(), |piece| format!("`{piece}`"));
    format!("piece {at}: {} became {}", shown(&old), shown(&new))
}

fn parts(all: &[(&str, &[u8])]) -> Parts {
    all.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())).collect()
}

#[test]
fn the_comparator_sees_every_difference() {
    let golden = parts(&[("a.xml", b"<a><b>1</b></a>"), ("b.png", b"\x89\xff")]);
    assert!(differences(&golden, &golden).is_empty());
    let changed = |new: &[(&str, &[u8])]| differences(&golden, &parts(new)).join("; ");
    assert_eq!(
        changed(&[("a.xml", b"<a><b>2</b></a>"), ("b.png", b"\x89\xff")]),
        "a.xml: piece 2: `1</b>` became `2</b>`"
    );
    assert_eq!(changed(&[("a.xml", b"<a><b>1</b>"), ("b.png", b"\x89\xff")]), "a.xml: piece 3: `</a>` became the end");
    assert_eq!(
        changed(&[("a.xml", b"<a><b>1</b></a> "), ("b.png", b"\x89\xff")]),
        "a.xml: piece 4: the end became ` `"
    );
    assert_eq!(changed(&[("a.xml", b"<a><b>1</b></a>")]), "b.png: is missing");
    assert_eq!(changed(&[("a.xml", b"<a><b>1</b></a>"), ("b.png", b"\x89")]), "b.png: 2 bytes became 1 others");
    let more = [("a.xml", &b"<a><b>1</b></a>"[..]), ("b.png", b"\x89\xff"), ("c.xml", b"")];
    assert_eq!(changed(&more), "c.xml: is new");
}
