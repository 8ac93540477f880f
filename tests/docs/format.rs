//! `docs/en/reference/files.md` tells the file format as it is: its examples are a plan, and have every key.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use chrono::NaiveDate;
use kaikaku::audit;
use kaikaku::finding::{Code, Page, excerpt};
use kaikaku::keys::{self, Form, Without};
use kaikaku::lang::Lang;
use kaikaku::plan::Subject;
use kaikaku::plan::period::{Parsed, Period};
use kaikaku::source::Snapshot;
use kaikaku::source::workspace::Workspace;
use toml::{Table, Value};

use crate::reference::files::forms;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn reference() -> String {
    fs::read_to_string(root().join("docs/en/reference/files.md")).unwrap()
}

/// The ```toml blocks, by the file that their first line names.
fn examples() -> BTreeMap<String, String> {
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    let (text, mut file) = (reference(), None);
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line == "```toml" {
            let first = lines.next().unwrap();
            file = Some(first.strip_prefix("# ").expect("the first line names the file").to_owned());
        } else if line == "```" {
            file = None;
        } else if let Some(file) = &file {
            let text = files.entry(file.clone()).or_default();
            text.push_str(line);
            text.push('\n');
        }
    }
    files
}

#[test]
fn the_examples_are_a_plan_without_errors() {
    let place = tempfile::tempdir().unwrap();
    for (file, text) in examples() {
        let path = place.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let workspace = Workspace::find(None, place.path()).unwrap();
    assert_eq!(workspace.names, ["before", "reform"]);
    for name in [None, Some("before")] {
        let folder = workspace.plan(name).unwrap();
        let snapshot = Snapshot::of_folder(&folder.path, folder.shown, &|_| true);
        let loaded = audit::check(&snapshot, &folder.name, NaiveDate::from_ymd_opt(2026, 11, 21).unwrap());
        let listed: Vec<_> = loaded.findings.iter().filter(|f| f.code != Code::Unconfirmed).collect();
        let listed: Vec<String> =
            listed.into_iter().map(|f| excerpt(f, &snapshot, Lang::En, Page::default())).collect();
        assert!(listed.is_empty(), "{}", listed.join("\n\n"));
        let plan = loaded.plan.unwrap();
        if plan.folder == "reform".into() {
            assert_eq!((plan.entries.len(), plan.indicators.len()), (4, 11));
            let Some(Subject::Entry(entry)) = plan.find("1-3") else { panic!("a former id") };
            assert_eq!(plan.entries[entry].updates.len(), 4);
            let Some(Subject::Indicator(place)) = plan.find("satisfaction") else { panic!("an indicator") };
            assert_eq!(plan.indicators[place].measures.len(), 2);
            assert_eq!((plan.papers.len(), plan.papers[0].sections.len(), plan.answers.len()), (4, 5, 2));
        }
    }
}

/// The form of a file, by its path.
fn form_of(file: &str) -> &'static Form {
    let path = file.strip_prefix("plan/").unwrap();
    // Behind the name of the plan.
    let Some((_, path)) = path.split_once('/') else { return &keys::WORKSPACE };
    match path.split_once('/') {
        None => match path {
            "plan.toml" => &keys::PLAN,
            "indicators.toml" => &keys::INDICATORS,
            "owners.toml" => &keys::OWNERS,
            "sources.toml" => &keys::SOURCES,
            "inquiry.toml" => &keys::TEMPLATES,
            "publish.toml" => &keys::PUBLICATION,
            "themes.toml" => &keys::THEMES,
            other => panic!("{other}"),
        },
        Some(("outline", _)) => &keys::OUTLINE,
        Some(("records", _)) => &keys::RECORDS,
        Some(("closed", _)) => &keys::CLOSED,
        Some(("reports", "answers.toml")) => &keys::ANSWERS,
        Some(("reports", _)) => &keys::PAPER,
        Some(("inquiries", _)) => &keys::INQUIRY,
        Some(("opinions", _)) => &keys::OPINIONS,
        Some(other) => panic!("{other:?}"),
    }
}

/// A key of a form, and where an example has it: the file, and the way to it through tables and lists.
type Seen = BTreeMap<(&'static str, String), (String, Vec<String>)>;

/// Notes which keys of which forms a table has.
fn note(form: &'static Form, table: &Table, (file, way): (&str, &[String]), seen: &mut Seen) {
    let step = |way: &[String], step: &str| [way, &[step.to_owned()]].concat();
    for (key, value) in table {
        let way = step(way, key);
        seen.entry((form.name, key.clone())).or_insert_with(|| (file.to_owned(), way.clone()));
        match value {
            Value::Table(inner) => note(form.at(key), inner, (file, &way), seen),
            Value::Array(all) => {
                for (at, inner) in all.iter().enumerate().filter_map(|(at, one)| Some((at, one.as_table()?))) {
                    note(form.at(key), inner, (file, &step(&way, &at.to_string())), seen);
                }
            }
            _ => {}
        }
    }
}

fn parsed(file: &str, text: &str) -> Table {
    text.parse().unwrap_or_else(|e| panic!("{file}: {e}"))
}

/// Which keys of which forms the examples have.
fn seen() -> Seen {
    let mut seen = Seen::new();
    examples().iter().for_each(|(file, text)| note(form_of(file), &parsed(file, text), (file, &[]), &mut seen));
    seen
}

/// What is declared and not read would be a finding in the examples, which have every key; what is read and not declared
/// fails where it is read.
#[test]
fn the_examples_have_every_key_that_is_declared() {
    let seen = seen();
    let declared = forms().into_values().flat_map(|form| form.keys.iter().map(|key| (form.name, key.name.to_owned())));
    let shown_elsewhere = |(form, key): &(&str, String)| *form == "common" || key == "schema";
    let unseen: Vec<_> = declared.filter(|key| !seen.contains_key(key) && !shown_elsewhere(key)).collect();
    assert!(unseen.is_empty(), "no example has {unseen:?}");
}

/// The files of an example's plan without one key.
fn without(file: &str, way: &[String]) -> Snapshot {
    let plan = file.split('/').nth(1).unwrap();
    let mut snapshot = Snapshot::default();
    for (path, text) in examples() {
        let Some(inner) = path.strip_prefix(&format!("plan/{plan}/")) else { continue };
        let mut root = Value::Table(parsed(&path, &text));
        if path == file {
            let (last, before) = way.split_last().unwrap();
            let around = before.iter().fold(&mut root, |place, step| match place {
                Value::Array(all) => &mut all[step.parse::<usize>().unwrap()],
                table => &mut table[step.as_str()],
            });
            around.as_table_mut().unwrap().remove(last);
        }
        snapshot.put(inner, root.as_table().unwrap().to_string());
    }
    snapshot
}

/// A key that is reported to be required is missed where it is left out, and no other is.
#[test]
fn what_is_required_and_nothing_else_is_missed() {
    let (seen, mut wrong) = (seen(), Vec::new());
    for form in forms().into_values() {
        for key in form.keys {
            let Some((file, way)) = seen.get(&(form.name, key.name.to_owned())) else { continue };
            let needed = match key.without {
                Without::Required => true,
                Without::Nothing => false,
                // Whether these are depends on what else the table says.
                Without::Else((text, _)) if text.contains("必須") => continue,
                Without::Else(_) => false,
            };
            if std::ptr::eq(form, &keys::WORKSPACE) {
                continue;
            }
            let findings = kaikaku::source::load(&without(file, way), "reform").findings;
            let is_missed = findings.iter().any(|f| match f.code {
                Code::MissingKey => f.message.ja.contains(&format!("「{}」", key.name)),
                code => [Code::NoKind, Code::Schema].contains(&code),
            });
            if is_missed != needed {
                wrong.push(format!("{} of {}, missed: {is_missed}", key.name, form.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn both_languages_have_the_same_examples() {
    let blocks = |page: &str| -> Vec<String> {
        let text = fs::read_to_string(root().join(page)).unwrap();
        text.split("```toml\n").skip(1).map(|rest| rest.split("```").next().unwrap().to_owned()).collect()
    };
    assert_eq!(blocks("docs/en/reference/files.md"), blocks("docs/ja/reference/files.md"));
}

#[test]
fn every_form_of_a_period_is_understood_as_it_is_shown() {
    let mut rows = 0;
    for line in reference().lines().filter(|line| line.starts_with("| `R7")) {
        let mut cells = line.trim_matches('|').split('|').map(str::trim);
        let short = cells.next().unwrap().trim_matches('`').to_owned();
        let wanted = Period::parse(&short).unwrap().period;
        assert_eq!(wanted.short(), short);
        for form in cells.next_back().unwrap().split(", ").map(|form| form.trim_matches('`')) {
            let Parsed { period, .. } = Period::parse(form).unwrap_or_else(|e| panic!("{form}: {e:?}"));
            let other_year = ["令和元年度", "H31"].contains(&form);
            assert_eq!(period == wanted, !other_year, "{form}");
        }
        rows += 1;
    }
    assert_eq!(rows, 5);
    assert!(Period::parse("令和7年").is_err());
}
