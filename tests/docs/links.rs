//! Every link leads somewhere, and every file named is there.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Component, Path, PathBuf};

use crate::pages::{PAGES, WALKED, prose, root};

/// `text` between `open` and `close`, each time it occurs.
pub fn between<'t>(text: &'t str, open: &str, close: &str) -> Vec<&'t str> {
    text.split(open).skip(1).filter_map(|rest| rest.split_once(close)).map(|(inner, _)| inner).collect()
}

#[test]
fn every_link_leads_somewhere() {
    for (page, text) in PAGES.iter() {
        let text: String = prose(text).collect::<Vec<_>>().join("\n");
        for link in between(&text, "](", ")").into_iter().filter(|link| !link.contains("://")) {
            let (file, heading) = link.split_once('#').unwrap_or((link, ""));
            let path = if file.is_empty() { PathBuf::from(page) } else { beside(page, file) };
            assert!(root().join(&path).exists(), "{page}: {link}");
            if !heading.is_empty() {
                let target = fs::read_to_string(root().join(&path)).unwrap();
                assert!(slugs(&target).contains(heading), "{page}: {link}");
            }
        }
    }
}

/// The path of a file that a page names from where it stands.
fn beside(page: &str, file: &str) -> PathBuf {
    let mut path = PathBuf::new();
    for part in Path::new(page).parent().unwrap().join(file).components() {
        if part == Component::ParentDir {
            assert!(path.pop(), "{page}: {file} lies outside of this repository");
        } else {
            path.push(part);
        }
    }
    path
}

/// The anchors of a page's headings, as repository hosts make them.
fn slugs(text: &str) -> BTreeSet<String> {
    let headings = prose(text).filter(|line| line.starts_with('#')).map(|line| line.trim_start_matches('#').trim());
    let slug = |heading: &str| {
        let kept = heading.chars().filter(|c| c.is_alphanumeric() || ['_', ' ', '-'].contains(c));
        kept.collect::<String>().to_lowercase().replace(' ', "-")
    };
    headings.map(slug).collect()
}

#[test]
fn every_file_named_is_there() {
    let folders = ["src/", "plan/", "tests/", "docs/", "benches/", ".ci/"];
    for (page, text) in PAGES.iter() {
        let text: String = prose(text).collect::<Vec<_>>().join("\n");
        for file in between(&text, "`", "`").into_iter().filter(|code| folders.iter().any(|f| code.starts_with(f))) {
            let pattern = file.contains(['<', '*', '…', ' ', '{']);
            let made = WALKED.get(page.as_str()).is_some_and(|walked| walked.paths.contains(file));
            assert!(pattern || made || root().join(file).exists(), "{page}: {file}");
        }
    }
}

#[test]
fn every_page_is_reached_from_the_readmes() {
    let mut reached: BTreeSet<String> = BTreeSet::new();
    let mut next: Vec<String> = ["README.md", "README.ja.md"].map(String::from).into();
    while let Some(page) = next.pop() {
        let Some(text) = PAGES.get(&page).filter(|_| reached.insert(page.clone())) else { continue };
        let text: String = prose(text).collect::<Vec<_>>().join("\n");
        let links = between(&text, "](", ")").into_iter().filter(|link| !link.contains("://"));
        let files = links.filter_map(|link| link.split('#').next()).filter(|file| !file.is_empty());
        next.extend(files.map(|file| beside(&page, file).to_str().unwrap().replace('\\', "/")));
    }
    let lost: Vec<&String> = PAGES.keys().filter(|page| !reached.contains(*page)).collect();
    assert!(lost.is_empty(), "no page leads to {lost:?}");
}

#[test]
fn no_page_names_a_path_of_this_machine() {
    for (page, text) in PAGES.iter() {
        assert!(!text.contains(root().to_str().unwrap()), "{page}");
    }
}
