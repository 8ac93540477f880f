use std::fs;

use super::journal::{JOURNAL, Journal, LAST, Stamp};
use super::*;

fn change(path: PathBuf, old: Option<&str>, new: Option<&str>) -> FileWrite {
    FileWrite { path, old: old.map(str::to_owned), new: new.map(str::to_owned) }
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name()).collect();
    names.sort();
    names.into_iter().map(|name| name.into_string().unwrap()).collect()
}

#[test]
fn a_file_that_changed_is_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("records/1.toml");
    assert!(replace(dir.path(), &path, None, "a = 1\n", &Occasion::default()).is_ok());
    assert!(replace(dir.path(), &path, None, "a = 2\n", &Occasion::default()).is_err());
    assert!(replace(dir.path(), &path, Some("a = 9\n"), "a = 2\n", &Occasion::default()).is_err());
    assert_eq!(fs::read_to_string(&path).unwrap(), "a = 1\n");
    assert!(replace(dir.path(), &path, Some("a = 1\n"), "a = 2\n", &Occasion::default()).is_ok());
    assert_eq!(fs::read_to_string(&path).unwrap(), "a = 2\n");
}

#[test]
fn nothing_is_left_beside() {
    let dir = tempfile::tempdir().unwrap();
    let (one, two) = (dir.path().join("plan.toml"), dir.path().join("records/1.toml"));
    let changes = [change(one, None, Some("a = 1\n")), change(two, None, Some("b = 1\n"))];
    assert_eq!(apply(dir.path(), &changes, &Occasion::default()), Ok(Written::Lasting));
    assert_eq!(names(dir.path()), [LAST, LOCK, "plan.toml", "records"]);
    assert_eq!(names(&dir.path().join("records")), ["1.toml"]);
}

#[test]
fn of_several_files_none_is_written_where_one_changed() {
    let dir = tempfile::tempdir().unwrap();
    let (one, two) = (dir.path().join("1.toml"), dir.path().join("2.toml"));
    fs::write(&two, "by hand\n").unwrap();
    assert!(
        apply(dir.path(), &[change(one.clone(), None, Some("a")), change(two, Some("b"), None)], &Occasion::default())
            .is_err()
    );
    assert!(!one.exists());
}

/// A plan folder in which a write of three files stopped after the first.
fn interrupted() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let path = |name: &str| dir.path().join(name);
    let changes = [
        change(path("1.toml"), None, Some("one\n")),
        change(path("2.toml"), Some("old\n"), Some("two\n")),
        change(path("3.toml"), Some("three\n"), None),
    ];
    fs::write(path("1.toml"), "one\n").unwrap();
    fs::write(path("2.toml"), "old\n").unwrap();
    fs::write(path("3.toml"), "three\n").unwrap();
    fs::write(path(".kaikaku-1.new"), "tw").unwrap();
    fs::write(path(JOURNAL), Journal::new(dir.path(), &changes).unwrap().text()).unwrap();
    dir
}

#[test]
fn the_next_writer_finishes_an_interrupted_write() {
    let dir = interrupted();
    drop(Writer::open(dir.path()).unwrap());
    assert_eq!(names(dir.path()), [LAST, LOCK, "1.toml", "2.toml"]);
    assert_eq!(fs::read_to_string(dir.path().join("2.toml")).unwrap(), "two\n");
}

#[test]
fn a_reader_sees_an_interrupted_write_as_done() {
    let dir = interrupted();
    let snapshot = crate::source::Snapshot::of_folder(dir.path(), PathBuf::new(), &|_| true);
    let seen: Vec<(&str, &str)> = snapshot.files.iter().map(|file| (&*file.path, file.text())).collect();
    assert_eq!(seen, [("1.toml", "one\n"), ("2.toml", "two\n")]);
    assert!(dir.path().join("3.toml").exists(), "a reader writes nothing");
}

#[test]
fn an_interrupted_write_does_not_undo_what_a_person_wrote_since() {
    let dir = interrupted();
    fs::write(dir.path().join("2.toml"), "by hand\n").unwrap();
    assert!(Writer::open(dir.path()).is_err());
    assert_eq!(fs::read_to_string(dir.path().join("2.toml")).unwrap(), "by hand\n");
    assert!(dir.path().join("3.toml").exists());
}

#[test]
fn a_note_in_a_foreign_plan_writes_nowhere_else() {
    let dir = tempfile::tempdir().unwrap();
    let plan = dir.path().join("plan");
    fs::create_dir(&plan).unwrap();
    for path in ["../out.toml", "/tmp/out.toml", "", ".", ".kaikaku.lock"] {
        let entry = journal::Entry { path: path.into(), old: None, new: Some("x".into()) };
        fs::write(plan.join(JOURNAL), Journal { changes: vec![entry], ..Journal::default() }.text()).unwrap();
        assert!(Writer::open(&plan).is_err(), "{path}");
        assert!(Stamp::read(&Home::of(&plan).unwrap()).interrupted().is_empty(), "{path}");
    }
    assert_eq!(names(dir.path()), ["plan"]);
}

#[test]
fn a_lock_file_that_was_taken_away_locks_nobody_out() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("1.toml");
    assert!(replace(dir.path(), &path, None, "a\n", &Occasion::default()).is_ok());
    fs::remove_file(dir.path().join(LOCK)).unwrap();
    assert!(replace(dir.path(), &path, Some("a\n"), "b\n", &Occasion::default()).is_ok());
}
