//! The papers that come with the program: one page, a detailed one for a committee, one to decide by for the headquarters, one of a
//! page or two for the assembly.

use super::{Paper, PaperColumn as C, PaperSection, Topic};
use crate::plan::id::Id;

type Sections = [(Topic, &'static [C], Option<usize>)];

const SUMMARY: &Sections = &[(Topic::Front, &[], None)];

const COMMITTEE: &Sections = &[
    (Topic::Front, &[], None),
    (Topic::Summary, &[], None),
    (Topic::Flows, &[], None),
    (
        Topic::Policies,
        &[C::Id, C::Name, C::Entries, C::Rated, C::Grades, C::Composites, C::Unreported, C::Change],
        None,
    ),
    (Topic::Attention, &[C::Id, C::Name, C::Owner, C::Rating, C::Before, C::Done, C::Issue, C::Next], None),
    (
        Topic::Indicators,
        &[C::Name, C::Baseline, C::Actual, C::Target, C::Gap, C::ToTarget, C::Improvement, C::Verdict, C::Method],
        None,
    ),
    (Topic::Sums, &[], None),
    (Topic::Charts, &[], None),
    (Topic::Changes, &[], None),
    (Topic::Roadmap, &[], None),
    (Topic::Overdue, &[], None),
    (Topic::Items, &[C::Id, C::Name, C::Owner, C::Rating, C::Progress, C::Period, C::Done, C::Issue, C::Next], None),
    (Topic::Notes, &[], None),
];

const HEADQUARTERS: &Sections = &[
    (Topic::Summary, &[], None),
    (Topic::Decisions, &[], None),
    (Topic::Flows, &[], None),
    (Topic::Indicators, &[C::Name, C::Owner, C::Actual, C::Target, C::ToTarget, C::Improvement, C::Verdict], None),
    (Topic::Changes, &[], None),
    (Topic::Roadmap, &[], None),
    (Topic::Overdue, &[], None),
    (Topic::Notes, &[], None),
];

const ASSEMBLY: &Sections = &[
    (Topic::Front, &[], None),
    (Topic::Summary, &[], None),
    (Topic::Policies, &[C::Id, C::Name, C::Entries, C::Rated, C::Grades, C::Unreported], Some(1)),
    (Topic::Attention, &[C::Id, C::Name, C::Rating, C::Issue, C::Next], None),
    (Topic::Indicators, &[C::Name, C::Actual, C::Target, C::Verdict], None),
    (Topic::Notes, &[], None),
];

/// The papers that come with the program.
pub fn presets() -> Vec<Paper> {
    let all = [("committee", COMMITTEE), ("headquarters", HEADQUARTERS), ("assembly", ASSEMBLY), ("summary", SUMMARY)];
    all.into_iter().filter_map(|(id, sections)| Some(paper(Id::parse(id).ok()?, sections))).collect()
}

fn paper(id: Id, sections: &Sections) -> Paper {
    let section = |(topic, columns, depth): &(Topic, &[C], Option<usize>)| PaperSection {
        topic: *topic,
        heading: None,
        columns: columns.to_vec(),
        depth: *depth,
        by: None,
        beside: Vec::new(),
    };
    Paper {
        id,
        title: None,
        addressee: None,
        issues: Vec::new(),
        scale: 0,
        evaluator: 0,
        digits: None,
        minus: None,
        sections: sections.iter().map(section).collect(),
    }
}
