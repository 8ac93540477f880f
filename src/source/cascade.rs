//! One mistake, one finding: what merely follows from another finding is not told.
//!
//! A file that could not be read, or an id that could not, takes with it everything that other files rightly refer to.
//! Since each cause listed here is told itself, leaving out what follows never makes a wrong plan come out.

use super::Part;
use crate::finding::{Code, Finding};

/// A part of the plan, what can go wrong with it, and what then looks wrong elsewhere.
struct Cascade {
    part: Part,
    causes: &'static [Code],
    follow: &'static [Code],
}

/// The file as such was not read, or only up to an error.
const UNREAD: [Code; 8] = [
    Code::Unreadable,
    Code::NotAFile,
    Code::OutsideFolder,
    Code::TooLarge,
    Code::NotUtf8,
    Code::Syntax,
    Code::Schema,
    Code::BadId,
];

const CASCADES: [Cascade; 8] = [
    Cascade {
        part: Part::Head,
        causes: &[Code::MissingKey, Code::WrongType, Code::UnknownKey, Code::DuplicateId],
        follow: &[Code::UnknownScale, Code::UnknownGrade, Code::UnknownEvaluator],
    },
    Cascade {
        part: Part::Head,
        causes: &UNREAD,
        follow: &[
            Code::UnknownScale,
            Code::UnknownGrade,
            Code::UnknownEvaluator,
            Code::OutsidePlan,
            Code::TooDeep,
            Code::WrongCount,
        ],
    },
    Cascade { part: Part::Owners, causes: &UNREAD, follow: &[Code::UnknownOwner, Code::OwnerUnused] },
    Cascade { part: Part::Sources, causes: &UNREAD, follow: &[Code::UnknownSource] },
    Cascade {
        part: Part::Outline,
        causes: &UNREAD,
        follow: &[Code::Orphan, Code::WrongCount, Code::UnknownEntry, Code::UnknownRecord, Code::OwnerUnused],
    },
    Cascade {
        part: Part::Indicators,
        causes: &UNREAD,
        follow: &[Code::UnknownEntry, Code::UnknownRecord, Code::OwnerUnused],
    },
    Cascade {
        part: Part::Outline,
        causes: &[Code::Orphan, Code::TooDeep, Code::UnknownEntry, Code::DuplicateId],
        follow: &[Code::WrongCount],
    },
    // A misspelt owner is the use that its owner misses.
    Cascade { part: Part::Outline, causes: &[Code::UnknownOwner], follow: &[Code::OwnerUnused] },
];

/// Drops the findings that follow from others; `part` says where a file belongs.
pub fn drop_followers(findings: &mut Vec<Finding>, part: impl Fn(usize) -> Option<Part>) {
    let mut follow: Vec<Code> = Vec::new();
    for cascade in &CASCADES {
        let causes = |f: &&Finding| cascade.causes.contains(&f.code) && part(f.place.file) == Some(cascade.part);
        // A cause that itself follows from something else has no followers of its own.
        if findings.iter().filter(|f| !follow.contains(&f.code)).any(|f| causes(&f)) {
            follow.extend(cascade.follow);
        }
    }
    if !follow.is_empty() {
        findings.retain(|f| !follow.contains(&f.code));
    }
}
