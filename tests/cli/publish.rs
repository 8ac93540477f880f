//! `publish`: the pages as a visitor and a reviewer meet them.

mod figures;
mod folder;
mod pages;
mod withheld;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use roxmltree::Document as Xml;

use crate::support::Desk;

/// The files of a site by their path from the top.
pub fn site(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn collect(top: &Path, folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let path = entry.path();
            if path.is_dir() {
                collect(top, &path, files);
            } else {
                let name = path.strip_prefix(top).unwrap().to_str().unwrap().replace('\\', "/");
                files.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    let mut files = BTreeMap::new();
    collect(folder, folder, &mut files);
    files
}

/// Publishes and reads what was written.
pub fn published(desk: &Desk, args: &str) -> BTreeMap<String, Vec<u8>> {
    let ran = desk.run(&format!("publish -o site {args}"));
    assert_eq!(ran.code, 0, "{ran:?}");
    site(&desk.path("site"))
}

/// A page as text.
pub fn page<'s>(site: &'s BTreeMap<String, Vec<u8>>, path: &str) -> &'s str {
    let bytes = site.get(path).unwrap_or_else(|| panic!("no {path} in {:?}", site.keys().collect::<Vec<_>>()));
    std::str::from_utf8(bytes).unwrap()
}

/// The body of a page: apart from the head all of it is XML as well.
pub fn body(page: &str) -> Xml<'_> {
    let body = match (page.find("<body"), page.find("</body>")) {
        (Some(from), Some(to)) => &page[from..to + "</body>".len()],
        _ => page,
    };
    Xml::parse(body).unwrap_or_else(|error| panic!("{error}\n{body}"))
}

/// The words of an element, its line breaks as such.
pub fn words(node: roxmltree::Node<'_, '_>) -> String {
    let mut text = String::new();
    for part in node.descendants() {
        if part.has_tag_name("br") {
            text.push('\n');
        }
        // What a picture says stands beside it as well.
        if part.is_text() && !part.ancestors().any(|above| above.tag_name().name() == "svg") {
            text.push_str(part.text().unwrap_or_default());
        }
    }
    text
}

/// The rows of the first table of a page whose titles these are among: each by the title of its column.
pub fn rows(body: &Xml<'_>, titles: &[&str]) -> Vec<BTreeMap<String, String>> {
    let tables = body.descendants().filter(|node| node.has_tag_name("table"));
    for table in tables {
        let head = table.descendants().find(|node| node.has_tag_name("thead")).unwrap();
        let names: Vec<String> = head.descendants().filter(|node| node.has_tag_name("th")).map(words).collect();
        if !titles.iter().all(|title| names.iter().any(|name| name == title)) {
            continue;
        }
        let body = table.descendants().find(|node| node.has_tag_name("tbody")).unwrap();
        let row = |row: roxmltree::Node<'_, '_>| {
            let mut at = 0;
            let mut cells = BTreeMap::new();
            for cell in row.children().filter(|node| node.is_element()) {
                let across: usize = cell.attribute("colspan").map_or(1, |n| n.parse().unwrap());
                cells.insert(names[at].clone(), words(cell));
                at += across;
            }
            cells
        };
        return body.children().filter(|node| node.has_tag_name("tr")).map(row).collect();
    }
    panic!("no table with {titles:?}");
}

/// The fields (`dl`) of a page.
pub fn fields(body: &Xml<'_>) -> Vec<(String, String)> {
    let names = body.descendants().filter(|node| node.has_tag_name("dt"));
    let value = |name: roxmltree::Node<'_, '_>| {
        let value = name.parent().unwrap().children().find(|node| node.has_tag_name("dd")).unwrap();
        (words(name), words(value))
    };
    names.map(value).collect()
}
