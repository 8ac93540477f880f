//! Which files a plan is made of, by their paths.

use super::workspace::SETTINGS;
use crate::ledger::files::{ANSWERS, CLOSED, INQUIRIES, OPINIONS, RECORDS};

/// Which part of a plan a path belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Part {
    Head,
    Owners,
    Sources,
    Outline,
    Indicators,
    Records,
    Closed,
    Papers,
    Answers,
    Inquiries,
    Opinions,
    Template,
    Publication,
    Themes,
    /// Belongs to a part of the product that reads it itself.
    Elsewhere,
    Stray,
}

impl Part {
    pub(super) fn of(path: &str) -> Self {
        match path.split_once('/') {
            None => match path {
                // The folder itself, where it could not be looked into.
                "outline" => Self::Outline,
                "indicators" => Self::Indicators,
                "records" => Self::Records,
                "closed" => Self::Closed,
                "reports" => Self::Papers,
                "inquiries" => Self::Inquiries,
                "opinions" => Self::Opinions,
                "plan.toml" => Self::Head,
                "owners.toml" => Self::Owners,
                "sources.toml" => Self::Sources,
                "indicators.toml" => Self::Indicators,
                "inquiry.toml" => Self::Template,
                "publish.toml" => Self::Publication,
                "themes.toml" => Self::Themes,
                SETTINGS => Self::Elsewhere,
                _ => Self::Stray,
            },
            Some(_) if ANSWERS.holds(path) => Self::Answers,
            Some((folder, name)) if !name.contains('/') && name.ends_with(".toml") => match folder {
                "outline" => Self::Outline,
                "indicators" => Self::Indicators,
                "reports" => Self::Papers,
                _ if RECORDS.holds(path) => Self::Records,
                _ if CLOSED.holds(path) => Self::Closed,
                _ if INQUIRIES.holds(path) => Self::Inquiries,
                _ if OPINIONS.holds(path) => Self::Opinions,
                _ => Self::Stray,
            },
            Some(_) => Self::Stray,
        }
    }
}

/// Whether a path (relative to the plan folder) holds records rather than definitions.
pub fn is_record(path: &str) -> bool {
    Part::of(path) == Part::Records
}

/// Whether a path (relative to the plan folder) holds what was published of a closed period.
pub fn is_closed(path: &str) -> bool {
    Part::of(path) == Part::Closed
}

/// Whether a path (relative to the plan folder) defines entries or indicators.
pub fn is_definition(path: &str) -> bool {
    matches!(Part::of(path), Part::Outline | Part::Indicators)
}

/// Whether a path (relative to the plan folder) says what belongs to the themes that plans share.
pub fn is_themes(path: &str) -> bool {
    Part::of(path) == Part::Themes
}

/// Whether a path (relative to the plan folder) is a part of the plan whose revisions are compared by meaning. Papers,
/// answers, inquiries, opinions and closed periods are no facts of the plan, and so are compared by their lines.
pub fn is_read_for_plans(path: &str) -> bool {
    !matches!(
        Part::of(path),
        Part::Elsewhere
            | Part::Stray
            | Part::Closed
            | Part::Papers
            | Part::Answers
            | Part::Inquiries
            | Part::Opinions
            | Part::Template
            | Part::Publication
    )
}
