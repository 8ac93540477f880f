//! What must hold whatever the files contain: nothing panics, and no order of files or tables makes a difference.

use std::fs;
use std::path::Path;

use kaikaku::audit;
use kaikaku::finding::{Page, excerpt};
use kaikaku::lang::Lang;
use kaikaku::plan::Plan;
use kaikaku::plan::indicator::Indicator;
use kaikaku::source::snapshot::{Content, SourceFile};
use kaikaku::source::{self, Loaded, Snapshot};
use proptest::prelude::*;
use proptest::sample::Index;

type Files = Vec<(String, Vec<u8>)>;

fn snapshot(mut files: Files) -> Snapshot {
    files.sort();
    let content = |bytes| String::from_utf8(bytes).map_or_else(|e| Content::Bytes(e.into_bytes()), Content::Text);
    let files = files.into_iter().map(|(path, bytes)| SourceFile::new(path, content(bytes))).collect();
    Snapshot { shown_root: "plan".into(), files, beside: Some(Vec::new()) }
}

/// Loads, and renders every finding in both languages.
fn survive(snapshot: &Snapshot) -> Loaded {
    let loaded = audit::check(snapshot, "plan", crate::today());
    for finding in &loaded.findings {
        for lang in [Lang::Ja, Lang::En] {
            let rendered = excerpt(finding, snapshot, lang, Page::default());
            let steers = |c: char| c.is_control() && c != '\n' || matches!(c, '\u{202a}'..='\u{202e}');
            assert!(!rendered.contains(steers), "{rendered:?}");
        }
    }
    loaded
}

fn example() -> Files {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("plan/example");
    let found = Snapshot::of_folder(&root, "plan".into(), &|_| true);
    found.files.into_iter().map(|f| (f.path.clone(), f.text().as_bytes().to_vec())).collect()
}

fn small() -> Files {
    let file = |path: &str, text: &str| (path.to_owned(), text.as_bytes().to_vec());
    vec![
        file("plan.toml", &include_str!("../findings/published-sum/plan/plan.toml").replace("138", "137")),
        file("owners.toml", "[personnel]\nname = \"人事課\"\n"),
        file("sources.toml", "[001]\ntitle = \"計画\"\n"),
        file("outline/1.toml", "[1]\nname = \"一\"\nowner = \"人事課\"\nsource = \"001\"\n\n[1-1]\nname = \"二\"\n"),
        file("indicators.toml", include_str!("../findings/unconfirmed/plan/indicators.toml")),
        file("records/1-1.toml", "[[update]]\nperiod = \"R7\"\nrating = { progress = \"on-track\" }\nprogress = 5\n"),
        file("records/waiting-time.toml", "[[measure]]\nperiod = \"R6\"\nvalue = \"12分\"\n"),
    ]
}

/// Pieces of which plan files are made, so that what is made of them gets past the parser.
fn nearly_toml() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "[1-1]\n",
        "[1]\n",
        "[[update]]\n",
        "[[measure]]\n",
        "[[scale]]\n",
        "[[1.initiative]]\n",
        "[[published]]\n",
        "name",
        "id",
        "period",
        "kind",
        "unit",
        "baseline",
        "target",
        "value",
        "parent",
        "expect",
        "levels",
        "counts",
        "schema",
        "owner",
        "certainty",
        "rating",
        "grades",
        "steps",
        "revised",
        "candidates",
        "min",
        "max",
        "total",
        " = ",
        " = ",
        " = ",
        "{ ",
        " }",
        "[",
        "]",
        "\"",
        "\"\"\"",
        ", ",
        "\n",
        "\n",
        "\r\n",
        "R7Q2",
        "H31.5.1",
        "2025-10-03",
        "\"R6\"",
        "\"改革\"",
        "\"up\"",
        "\"range\"",
        "\"milestone\"",
        "\"maintain\"",
        "\"10〜20\"",
        "\"unconfirmed\"",
        "12",
        "-0",
        "1e400",
        "1e-400",
        "inf",
        "0xff",
        "99999999999999999999999999999",
        "0.1",
        "true",
        "\u{feff}",
        "\\u001b",
        "\u{202e}",
        "　",
        "“",
        "😀\u{200d}",
        "#",
    ]);
    prop::collection::vec(words, 0..60).prop_map(|words| words.concat())
}

fn any_content() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        prop::collection::vec(any::<u8>(), 0..200),
        any::<String>().prop_map(String::into_bytes),
        nearly_toml().prop_map(String::into_bytes),
    ]
}

/// Everything of a plan that is not about places in files or in the list of indicators.
fn listed(plan: &Plan) -> String {
    let mut parts: Vec<String> = plan.entries.iter().map(|e| format!("{e:?}")).collect();
    for indicator in &plan.indicators {
        let parent = indicator.parent.map(|p| &plan.indicators[p].id);
        parts.push(format!("{:?} under {parent:?}", Indicator { parent: None, ..indicator.clone() }));
    }
    parts.sort_unstable();
    let text = parts.join("\n");
    // Origins and traces say where, which is all that may differ.
    let without = |text: &str, begin: &str, end: &str| {
        let parts = text.split(begin).map(|part| part.split_once(end).map_or(part, |(_, rest)| rest));
        parts.collect::<Vec<_>>().join(begin)
    };
    without(&without(&text, "Origin {", "source:"), "Trace {", "nth:")
}

fn findings(loaded: &Loaded) -> Vec<String> {
    let mut all: Vec<String> = loaded.findings.iter().map(|f| format!("{} {:?}", f.code, f.message)).collect();
    all.sort_unstable();
    all
}

/// The top-level tables of a file, each with what belongs to it, and what stands before the first.
fn tables(text: &str) -> (String, Vec<String>) {
    let (mut head, mut tables): (String, Vec<String>) = (String::new(), Vec::new());
    for line in text.split_inclusive('\n') {
        let starts = line.starts_with('[') && !line.contains(".initiative");
        match tables.last_mut() {
            _ if starts => tables.push(line.to_owned()),
            Some(table) => table.push_str(line),
            None => head.push_str(line),
        }
    }
    (head, tables)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn no_content_of_a_file_makes_a_panic(which in any::<Index>(), content in any_content(), keep in any::<bool>()) {
        let mut files = small();
        let file = &mut files[which.index(7)].1;
        if !keep {
            file.clear();
        }
        file.extend(content);
        survive(&snapshot(files));
    }

    #[test]
    fn no_slip_in_the_example_makes_a_panic(
        file in any::<Index>(), at in any::<Index>(), slip in 0..3, typed in any::<char>(), plain in "[-\\[\\]{}\"=,.0-9a-zA-Z\n]",
    ) {
        let mut files = example();
        let place = file.index(files.len());
        let mut text: Vec<char> = String::from_utf8(files[place].1.clone()).unwrap().chars().collect();
        let at = at.index(text.len());
        let typed = if slip == 0 { typed } else { plain.chars().next().unwrap_or(typed) };
        match slip {
            0 => text.insert(at, typed),
            1 => text[at] = typed,
            _ => drop(text.remove(at)),
        }
        files[place].1 = text.into_iter().collect::<String>().into_bytes();
        let loaded = survive(&snapshot(files));
        prop_assert!(loaded.findings.len() < 12, "one slip, {} findings: {:?}", loaded.findings.len(), findings(&loaded));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn no_order_of_files_or_tables_matters(seeds in prop::collection::vec(any::<u32>(), 64), broken in any::<bool>()) {
        let mut files = example();
        if broken {
            let outline = files.iter_mut().find(|(path, _)| path == "outline/2.toml").unwrap();
            outline.1.extend(b"\n[2-9-9]\nname = \"x\"\nowner = \"nobody\"\nnmae = \"y\"\n");
        }
        let before = survive(&snapshot(files.clone()));
        for (i, (path, bytes)) in files.iter_mut().enumerate() {
            let seed = seeds[i % seeds.len()] as usize;
            // Other names are another order of files.
            if let Some(name) = path.strip_prefix("outline/") {
                *path = format!("outline/{}{name}", seed % 1000);
            }
            let (head, mut tables) = tables(std::str::from_utf8(bytes).unwrap());
            let turn = seed % tables.len().max(1);
            tables.rotate_left(turn);
            // 建制順: only the owners stand in the order of their file.
            if path != "plan.toml" && path != "owners.toml" {
                *bytes = (head + &tables.join("\n")).into_bytes();
            }
        }
        let after = survive(&snapshot(files));
        prop_assert_eq!(findings(&before), findings(&after));
        prop_assert_eq!(before.plan.is_none(), broken);
        // Not `prop_assert_eq`: a plan in words fills hundreds of screens.
        prop_assert!(before.plan.as_ref().map(listed) == after.plan.as_ref().map(listed), "another plan came out");
        prop_assert_eq!(before.counts, after.counts);
    }
}

fn outline(text: String) -> Snapshot {
    let mut files = small();
    files[3].1 = text.into_bytes();
    files.retain(|(path, _)| !path.starts_with("records/1"));
    snapshot(files)
}

#[test]
fn deep_nesting_is_a_finding_and_no_more() {
    for (open, close) in [("[", "]"), ("{ a = ", "}"), ("a.", "")] {
        let deep = format!("[1]\nname = {}1{}\n", open.repeat(10_000), close.repeat(10_000));
        let header = format!("[{}a]\nname = \"x\"\n", "a.".repeat(10_000));
        for text in [deep, header] {
            let snapshot = outline(text);
            let outline = snapshot.position("outline/1.toml").unwrap();
            let found = survive(&snapshot).findings.iter().filter(|f| f.place.file == outline).count();
            assert!((1..4).contains(&found), "{open}: {found}");
        }
    }
}

#[test]
fn a_huge_line_and_many_findings_are_reported() {
    let huge = survive(&outline(format!("[1]\nname = \"{}\"\nnmae = 1\n", "改革".repeat(1_000_000))));
    assert!(huge.plan.is_none());
    let keys: String = (0..20_000).map(|i| format!("鍵{i} = 1\n").replace('鍵', "k")).collect();
    let many = source::load(&outline(format!("[1]\nname = \"x\"\n{keys}")), "plan");
    assert!(many.findings.len() >= 20_000);
    let shown = outline(format!("[1]\nname = \"x\"\n{keys}"));
    let rendered: usize = many.findings.iter().map(|f| excerpt(f, &shown, Lang::Ja, Page::default()).len()).sum();
    assert!(rendered > 20_000);
}

#[test]
fn a_file_of_comments_is_no_finding_and_an_empty_folder_is_one() {
    let commented = survive(&outline("# ここに書く\n".into()));
    let codes: Vec<&str> = commented.findings.iter().map(|f| f.code.slug()).collect();
    assert_eq!(codes, ["unconfirmed", "owner-unused"], "neither is about the file");
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("records")).unwrap();
    let empty = survive(&Snapshot::of_folder(folder.path(), "plan".into(), &|_| true));
    assert_eq!(findings(&empty).len(), 1);
}
