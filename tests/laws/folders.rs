//! Folders as they come: links, odd names, names that would steer a terminal. Nothing is silently left out.

use std::fs;
use std::path::Path;

use kaikaku::audit;
use kaikaku::finding::{Page, excerpt};
use kaikaku::lang::Lang;
use kaikaku::source::Snapshot;
use tempfile::TempDir;

const HEAD: &str =
    "schema = 1\nid = \"a\"\nname = \"計画\"\nperiod = { from = \"R6\", to = \"R9\" }\nlevels = [\"取組\"]\n";

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in [("plan/plan.toml", HEAD), ("plan/outline/1.toml", "[1]\nname = \"一\"\n")].iter().chain(files)
    {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// `code path` of every finding, none of which steers a terminal.
fn found(folder: &Path) -> Vec<String> {
    let snapshot = Snapshot::of_folder(&folder.join("plan"), "plan".into(), &|_| true);
    let loaded = audit::check(&snapshot, "plan", crate::today());
    let listed = loaded.findings.iter().map(|finding| {
        for lang in [Lang::Ja, Lang::En] {
            let shown = excerpt(finding, &snapshot, lang, Page::default());
            assert!(!shown.contains(|c: char| c.is_control() && c != '\n'), "{shown:?}");
        }
        let (path, _, _) = finding.position(&snapshot);
        assert!(!path.contains(char::is_control), "{path:?}");
        format!("{} {path}", finding.code)
    });
    listed.collect()
}

#[test]
fn a_name_in_capitals_is_not_silently_left_out() {
    let folder = folder(&[("plan/records/1.TOML", "[[update]]\nperiod = \"R7\"\n")]);
    assert_eq!(found(folder.path()), ["stray-file plan/records/1.TOML"]);
}

#[test]
fn settings_beside_the_only_plan_are_not_stray() {
    let folder = folder(&[
        ("plan/kaikaku.toml", "schema = 1\n"),
        ("plan/inquiry.toml", "schema = 1\n"),
        ("plan/reports/committee.toml", "schema = 1\n"),
    ]);
    assert_eq!(found(folder.path()), Vec::<String>::new());
}

#[test]
fn an_owner_must_be_named_without_doubt() {
    let owners = "[east]\nname = \"総務課\"\nbureau = \"東区\"\n\n[west]\nname = \"総務課\"\nbureau = \"西区\"\n";
    let entry =
        |owner: &str| format!("[2]\nname = \"二\"\nowner = \"{owner}\"\n\n[3]\nname = \"三\"\nowner = \"west\"\n");
    let doubtful = folder(&[("plan/owners.toml", owners), ("plan/outline/2.toml", &entry("総務課"))]);
    assert_eq!(found(doubtful.path()), ["unknown-owner plan/outline/2.toml", "owners-of-one-name plan/owners.toml"]);
    let clear = folder(&[("plan/owners.toml", owners), ("plan/outline/2.toml", &entry("東区総務課"))]);
    assert_eq!(found(clear.path()), ["owners-of-one-name plan/owners.toml"]);
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;

    #[test]
    fn a_linked_folder_is_not_silently_empty() {
        let folder = folder(&[("plan/elsewhere/1.toml", "[[update]]\nperiod = \"R7\"\n")]);
        symlink("elsewhere", folder.path().join("plan/records")).unwrap();
        assert_eq!(found(folder.path()), ["stray-file plan/elsewhere/1.toml", "not-a-file plan/records"]);
        fs::remove_file(folder.path().join("plan/records")).unwrap();
        let away = tempfile::tempdir().unwrap();
        symlink(away.path(), folder.path().join("plan/records")).unwrap();
        assert_eq!(found(folder.path()), ["stray-file plan/elsewhere/1.toml", "outside-folder plan/records"]);
    }

    #[test]
    fn a_link_within_the_plan_is_read_and_a_loop_of_links_is_reported() {
        let folder = folder(&[]);
        symlink("1.toml", folder.path().join("plan/outline/2.toml")).unwrap();
        assert_eq!(found(folder.path()), ["duplicate-id plan/outline/2.toml"]);
        fs::remove_file(folder.path().join("plan/outline/2.toml")).unwrap();
        symlink("3.toml", folder.path().join("plan/outline/2.toml")).unwrap();
        symlink("2.toml", folder.path().join("plan/outline/3.toml")).unwrap();
        assert_eq!(found(folder.path()), ["unreadable plan/outline/2.toml", "unreadable plan/outline/3.toml"]);
    }

    #[test]
    fn a_name_that_is_no_unicode_is_reported() {
        let folder = folder(&[]);
        let name = OsStr::from_bytes(b"\x8a\xe6.toml");
        fs::write(folder.path().join("plan/outline").join(name), "[2]\nname = \"二\"\n").unwrap();
        assert_eq!(found(folder.path()), ["unreadable plan/outline/\u{fffd}\u{fffd}.toml"]);
    }

    #[test]
    fn a_name_that_steers_is_shown_harmless() {
        let folder = folder(&[("plan/\u{1b}[2J\n\u{9b}.toml", ""), ("plan/records/\u{202e}1.toml", "")]);
        let listed = found(folder.path());
        assert_eq!(listed.len(), 3, "{listed:?}");
        assert!(listed[0].starts_with("stray-file plan/␛[2J") && listed[1].contains("<U+202E>1.toml"), "{listed:?}");
    }
}
