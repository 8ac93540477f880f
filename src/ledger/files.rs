//! Which files of a plan hold which blocks, by their paths in the plan's folder.

use std::fmt::Display;

/// The files that hold a kind of block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Files {
    folder: &'static str,
    name: Name,
}

/// What a file is called after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Name {
    /// The id of an entry or indicator: the file follows where that is renumbered.
    Id,
    /// A period.
    Period,
    /// Where and when something was said.
    Meeting,
    /// It is the only one, and called so.
    Only(&'static str),
}

const ENDING: &str = ".toml";

/// What happened: a file for each entry and each indicator, called by its id.
pub const RECORDS: Files = Files { folder: "records", name: Name::Id };
/// What was published: a file for each closed period.
pub const CLOSED: Files = Files { folder: "closed", name: Name::Period };
/// What was asked and answered: a file for each period.
pub const INQUIRIES: Files = Files { folder: "inquiries", name: Name::Period };
/// What was said of the plan, and what was answered: a file for each meeting.
pub const OPINIONS: Files = Files { folder: "opinions", name: Name::Meeting };
/// What was answered in the council.
pub const ANSWERS: Files = Files { folder: "reports", name: Name::Only("answers") };

impl Files {
    /// The name of the file at this path without folder and ending, where it is one of these.
    pub fn stem<'p>(&self, path: &'p str) -> Option<&'p str> {
        let stem = path.strip_prefix(self.folder)?.strip_prefix('/')?.strip_suffix(ENDING)?;
        match self.name {
            Name::Only(own) => stem == own,
            Name::Id | Name::Period | Name::Meeting => !stem.contains('/'),
        }
        .then_some(stem)
    }

    /// Whether the file at this path is one of these.
    pub fn holds(&self, path: &str) -> bool {
        self.stem(path).is_some()
    }

    /// The path of the file of this name.
    pub fn path(&self, stem: impl Display) -> String {
        format!("{}/{stem}{ENDING}", self.folder)
    }

    /// Whether a file is called by the id of what its blocks are about.
    pub fn are_named_by_id(&self) -> bool {
        self.name == Name::Id
    }

    /// The pattern by which git finds them, in whichever folder the plan lies.
    pub fn pattern(&self) -> String {
        let name = match self.name {
            Name::Only(own) => own,
            Name::Id | Name::Period | Name::Meeting => "*",
        };
        format!("**/{}/{name}{ENDING}", self.folder)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_known_by_its_path() {
        assert_eq!(RECORDS.stem("records/1-1.toml"), Some("1-1"));
        assert_eq!(RECORDS.path("1-1"), "records/1-1.toml");
        for path in ["records/1-1.md", "records/a/b.toml", "records.toml", "a/records/1-1.toml", "recordsx/1.toml"] {
            assert!(!RECORDS.holds(path), "{path}");
        }
        assert!(ANSWERS.holds("reports/answers.toml") && !ANSWERS.holds("reports/council.toml"));
        assert_eq!(
            (RECORDS.pattern(), ANSWERS.pattern()),
            ("**/records/*.toml".into(), "**/reports/answers.toml".into())
        );
    }
}
