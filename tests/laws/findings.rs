//! One folder a code in `tests/findings/`: the smallest plan that has this finding, where it is expected (worked out by
//! hand in `expect.txt`), and what a person reads.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use kaikaku::audit;
use kaikaku::finding::{Code, Finding, Page, Place, Severity, excerpt};
use kaikaku::lang::Lang;
use kaikaku::source::Snapshot;
use kaikaku::source::snapshot::LARGEST_FILE;

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/findings")
}

/// What git or an editor would not keep is made here, in a copy.
fn prepared(code: Code, fixture: &Path, scratch: &Path) -> PathBuf {
    let make: fn(&Path) = match code {
        Code::Unreadable => |plan| link("nowhere.toml", &plan.join("outline/2.toml")),
        Code::OutsideFolder => |plan| link("../../elsewhere/2.toml", &plan.join("outline/2.toml")),
        Code::TooLarge => |plan| {
            let file = fs::File::create(plan.join("outline/2.toml")).unwrap();
            file.set_len(LARGEST_FILE + 1).unwrap();
        },
        _ => return fixture.join("plan"),
    };
    copy(fixture, scratch);
    make(&scratch.join("plan"));
    scratch.join("plan")
}

#[cfg(unix)]
fn link(to: &str, at: &Path) {
    std::os::unix::fs::symlink(to, at).unwrap();
}

#[cfg(windows)]
fn link(to: &str, at: &Path) {
    std::os::windows::fs::symlink_file(to, at).unwrap();
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            fs::create_dir_all(&target).unwrap();
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// `code file:line:column`, the file alone where it is meant as a whole, and behind `<-` the place that belongs to it.
fn shown(finding: &Finding, snapshot: &Snapshot) -> String {
    let place = |place: &Place| {
        let path = snapshot.shown_path(place.file);
        if place.is_whole_file() {
            return path;
        }
        let (line, column) = snapshot.line_column(place.file, place.span.start);
        format!("{path}:{line}:{column}")
    };
    let related = finding.related.as_ref().map_or(String::new(), |(other, _)| format!(" <- {}", place(other)));
    format!("{} {}{related}", finding.code, place(&finding.place))
}

fn check(code: Code) {
    let fixture = fixtures().join(code.slug());
    let scratch = tempfile::tempdir().unwrap();
    let folder = prepared(code, &fixture, scratch.path());
    let snapshot = Snapshot::of_folder(&folder, "plan".into(), &|_| true);
    let loaded = audit::check(&snapshot, "plan", crate::today());

    let found: Vec<String> = loaded.findings.iter().map(|f| shown(f, &snapshot)).collect();
    let expected = fs::read_to_string(fixture.join("expect.txt")).unwrap();
    assert_eq!(found, expected.lines().collect::<Vec<_>>(), "{code}");
    assert!(loaded.findings.iter().all(|f| f.code == code), "{code}: another finding beside it");
    // What is impossible is for `check` to tell: the plan is read all the same.
    let is_readable =
        matches!(code, Code::PeriodNotBegun | Code::ReachedTooSoon | Code::BeyondHundred | Code::PersonalContact);
    let is_unread = code.severity() == Severity::Error && !is_readable;
    assert_eq!(loaded.plan.is_none(), is_unread, "{code}: whether a plan comes out");

    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(&fixture);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for (lang, name) in [(Lang::Ja, "ja"), (Lang::En, "en")] {
            let read: Vec<String> =
                loaded.findings.iter().map(|f| excerpt(f, &snapshot, lang, Page::default())).collect();
            insta::assert_snapshot!(name, read.join("\n\n"));
        }
    });
}

#[test]
fn every_code_is_found_where_it_stands_and_reported_in_both_languages() {
    for code in Code::ALL {
        check(*code);
    }
}

#[test]
fn no_folder_is_without_its_code() {
    let folders = fs::read_dir(fixtures()).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap());
    let codes = Code::ALL.iter().map(|code| code.slug().to_owned());
    assert_eq!(folders.collect::<BTreeSet<_>>(), codes.collect::<BTreeSet<_>>());
}
