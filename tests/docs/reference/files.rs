//! `files.md`: the tables of keys between `<!-- keys FORM -->` and `<!-- /keys -->` are those that the loader declares.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use kaikaku::keys::{self, Form, Key, Takes};
use kaikaku::lang::Lang;

use super::page::{compare, table};
use crate::pages::root;

/// The form of each file.
pub static ROOTS: [&Form; 16] = [
    &keys::WORKSPACE,
    &keys::COMMON,
    &keys::PLAN,
    &keys::OUTLINE,
    &keys::INDICATORS,
    &keys::OWNERS,
    &keys::SOURCES,
    &keys::THEMES,
    &keys::RECORDS,
    &keys::CLOSED,
    &keys::PAPER,
    &keys::ANSWERS,
    &keys::OPINIONS,
    &keys::PUBLICATION,
    &keys::INQUIRY,
    &keys::TEMPLATES,
];

const BEGIN: &str = "<!-- keys ";
const END: &str = "<!-- /keys -->";

#[test]
fn the_tables_of_keys_are_those_of_the_loader() {
    compare("files", |lang| {
        let folder = lang.pick("ja", "en");
        filled(&fs::read_to_string(root().join(format!("docs/{folder}/reference/files.md"))).unwrap(), lang)
    });
}

/// A page with the tables between its marks made anew.
fn filled(page: &str, lang: Lang) -> String {
    let forms = forms();
    let marked: BTreeSet<&str> = page.split(BEGIN).skip(1).map(|rest| rest.split(" -->").next().unwrap()).collect();
    let mut parts = page.split(BEGIN);
    let mut text = parts.next().unwrap().to_owned();
    for part in parts {
        let (name, rest) = part.split_once(" -->").unwrap();
        let (_, after) = rest.split_once(END).unwrap_or_else(|| panic!("the table of {name} does not end"));
        let form = forms.get(name).unwrap_or_else(|| panic!("no file has the keys of {name}"));
        text += &format!("{BEGIN}{name} -->\n\n{}\n\n{END}{after}", shown(form, &marked, lang).trim_end());
    }
    for form in ROOTS.map(|form| form.rest.unwrap_or(form)) {
        assert!(marked.contains(form.name), "the page has no table of {}", form.name);
    }
    text
}

/// Every form that a file can have, by its name.
pub fn forms() -> BTreeMap<&'static str, &'static Form> {
    let (mut found, mut open) = (BTreeMap::new(), ROOTS.to_vec());
    while let Some(form) = open.pop() {
        let known = found.insert(form.name, form);
        assert!(known.is_none_or(|known| std::ptr::eq(known, form)), "two forms are called {}", form.name);
        if known.is_none() {
            open.extend(form.keys.iter().filter_map(|key| key.takes.form()).chain(form.rest));
        }
    }
    found
}

/// A table of the keys of a form. Tables that have no table of keys of their own are reported where they stand.
fn shown(form: &Form, marked: &BTreeSet<&str>, lang: Lang) -> String {
    let mut rows = Vec::new();
    form.keys.iter().for_each(|key| row(key, "", marked, lang, &mut rows));
    if !form.common.is_empty() {
        let names: Vec<String> = form.common.iter().map(|key| format!("`{}`", key.name)).collect();
        let above = lang.pick("上のとおり", "as above").to_owned();
        rows.push([names.join(", "), String::new(), String::new(), above]);
    }
    let name = form.name;
    let of = lang.pick(format!("`{name}` のキー"), format!("Key of `{name}`"));
    let of = if name == "common" { lang.pick("キー", "Key").to_owned() } else { of };
    let titles = lang.pick(["型", "既定", "意味"], ["Type", "Default", "Meaning"]);
    table([&of, titles[0], titles[1], titles[2]], rows)
}

fn row(key: &Key, around: &str, marked: &BTreeSet<&str>, lang: Lang, rows: &mut Vec<[String; 4]>) {
    let path = format!("{around}{}", key.name);
    let meaning = lang.pick(key.meaning.0, key.meaning.1).to_owned();
    rows.push([format!("`{path}`"), key.takes.text(lang), key.without.text(lang).to_owned(), meaning]);
    if let Takes::Table(inner) | Takes::Tables(inner) | Takes::Map(_, inner) = key.takes
        && !marked.contains(inner.name)
    {
        inner.keys.iter().for_each(|key| row(key, &format!("{path}."), marked, lang, rows));
    }
}
