//! One mistake, one finding: what merely follows from another finding is not reported.
//!
//! A file that could not be read, or an id that could not, takes with it everything that other files rightly refer to.
//! Since each cause listed here is reported itself, leaving out what follows never makes a wrong plan come out.

use std::collections::HashMap;

use super::part::Part;
use crate::finding::{Code, Finding};

/// A part of the plan, what can go wrong with it, and what then looks wrong elsewhere.
struct Cascade {
    part: Part,
    causes: &'static [Code],
    follow: &'static [Code],
}

/// The file as such was not read, or only up to an error.
const UNREAD: [Code; 9] = [
    Code::Unreadable,
    Code::NotAFile,
    Code::OutsideFolder,
    Code::TooLarge,
    Code::NotUtf8,
    Code::MergeConflict,
    Code::Syntax,
    Code::Schema,
    Code::BadId,
];

const CASCADES: [Cascade; 9] = [
    Cascade {
        part: Part::Head,
        causes: &[Code::MissingKey, Code::WrongType, Code::UnknownKey, Code::DuplicateId],
        follow: &[Code::UnknownScale, Code::UnknownGrade, Code::UnknownEvaluator, Code::UnknownStep],
    },
    Cascade {
        part: Part::Head,
        causes: &UNREAD,
        follow: &[
            Code::UnknownScale,
            Code::UnknownGrade,
            Code::UnknownEvaluator,
            Code::UnknownStep,
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
        follow: &[
            Code::Orphan,
            Code::WrongCount,
            Code::UnknownEntry,
            Code::UnknownRecord,
            Code::UnknownMilestone,
            Code::OwnerUnused,
        ],
    },
    Cascade {
        part: Part::Indicators,
        causes: &UNREAD,
        follow: &[Code::UnknownEntry, Code::UnknownRecord, Code::OwnerUnused],
    },
    // Of two entries of one id, one has lost its own.
    Cascade {
        part: Part::Outline,
        causes: &[Code::DuplicateId],
        follow: &[Code::Orphan, Code::UnknownEntry, Code::UnknownRecord, Code::UnknownMilestone, Code::OwnerUnused],
    },
    Cascade {
        part: Part::Outline,
        causes: &[Code::Orphan, Code::TooDeep, Code::UnknownEntry, Code::DuplicateId],
        follow: &[Code::WrongCount],
    },
    // A misspelt owner is the use that its owner misses.
    Cascade { part: Part::Outline, causes: &[Code::UnknownOwner], follow: &[Code::OwnerUnused] },
];

/// Names that are used in many places.
const REFERENCES: [Code; 5] =
    [Code::UnknownOwner, Code::UnknownSource, Code::UnknownScale, Code::UnknownGrade, Code::UnknownEvaluator];

/// How many places are shown where one name is unknown.
const SHOWN: usize = 3;

/// Of findings that say the same of a name in many places only the first are kept, the last of them telling how many
/// more there are: it may well be the one place that defines the name that is wrong. They are in order of place.
pub fn fold_repeats(findings: &mut Vec<Finding>) {
    let mut seen: HashMap<(Code, String), usize> = HashMap::new();
    let key = |f: &Finding| REFERENCES.contains(&f.code).then(|| (f.code, f.message.en.clone()));
    for key in findings.iter().filter_map(key) {
        *seen.entry(key).or_default() += 1;
    }
    seen.retain(|_, times| *times > SHOWN);
    if seen.is_empty() {
        return;
    }
    let mut kept: HashMap<(Code, String), usize> = HashMap::new();
    findings.retain_mut(|finding| {
        let Some((key, times)) = key(finding).and_then(|key| seen.get(&key).map(|times| (key, *times))) else {
            return true;
        };
        let nth = kept.entry(key).or_default();
        *nth += 1;
        if *nth == SHOWN {
            let more = times - SHOWN;
            finding.help.ja.push_str(&format!("（同じものが、ほかに {more} か所あります）"));
            finding.help.en.push_str(&format!(" (the same in {more} more places)"));
        }
        *nth <= SHOWN
    });
}

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
