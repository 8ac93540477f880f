//! The counted entries by something else than the outline: by owner, by bureau, by what the plan itself names.

use crate::plan::Plan;
use crate::plan::entry::Entry;
use crate::plan::period::Period;
use crate::plan::theme::Theme;

use super::{Moments, Status, Tally};

/// By what entries are grouped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By<'p> {
    /// 所管課: the one that leads.
    Owner,
    /// 局・部: that of the owner that leads.
    Bureau,
    /// A key of `group`.
    Key(&'p str),
}

/// What the entries of a group have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Member<'p> {
    /// The owner, by place.
    Owner(usize),
    /// A word.
    Word(&'p str),
    /// A period.
    Period(Period),
    /// Nothing: they name none.
    None,
}

/// The entries that have something in common.
#[derive(Debug, Clone)]
pub struct Group<'p> {
    /// What they have in common.
    pub of: Member<'p>,
    /// How they stand.
    pub tally: Tally,
    /// The same as of the previous period.
    pub before: Tally,
}

impl<'p> By<'p> {
    /// What a file calls it: `owner`, `bureau`, else a key of `group`.
    pub fn named(text: &'p str) -> Self {
        match text {
            "owner" => Self::Owner,
            "bureau" => Self::Bureau,
            key => Self::Key(key),
        }
    }

    /// What an entry belongs to; at least one.
    pub fn members(self, plan: &'p Plan, entry: &'p Entry) -> Vec<Member<'p>> {
        let leads = entry.owners.first().copied();
        let found: Vec<Member<'p>> = match self {
            Self::Owner => leads.map(Member::Owner).into_iter().collect(),
            Self::Bureau => {
                let bureau = leads.and_then(|place| plan.owners[place].bureau.as_deref());
                bureau.map(Member::Word).into_iter().collect()
            }
            Self::Key(key) => {
                let named = entry.groups.iter().filter(|(name, _)| **name == *key);
                named.map(|(_, value)| member(value)).collect()
            }
        };
        if found.is_empty() { vec![Member::None] } else { found }
    }
}

/// A word, or the period that it is.
fn member(value: &str) -> Member<'_> {
    Period::parse(value).map_or(Member::Word(value), |parsed| Member::Period(parsed.period))
}

/// The entries that a status counts, by what they have in common: owners and themes in the order of the plan, periods by time,
/// else as they come in the outline; at the end those that name nothing. An entry that belongs to several counts in each.
pub fn groups<'p>(status: &Status<'p>, by: By<'p>) -> Vec<Group<'p>> {
    let (plan, question) = (status.plan, status.question);
    let Moments { now, then, .. } = Moments::new(plan, question);
    let asked = question.scope().entries(plan);
    let mut groups: Vec<Group<'p>> = Vec::new();
    for (place, entry) in plan.entries.iter().enumerate() {
        if entry.level != status.counted || !asked[place] {
            continue;
        }
        for of in by.members(plan, entry) {
            let known = groups.iter().position(|group| group.of == of);
            let at = known.unwrap_or_else(|| {
                let (tally, before) = (Tally::new(now.version.grades.len()), Tally::new(then.version.grades.len()));
                groups.push(Group { of, tally, before });
                groups.len() - 1
            });
            groups[at].tally.add(now.standing(entry), now.version, now.is_fresh(entry));
            groups[at].before.add(then.standing(entry), then.version, then.is_fresh(entry));
        }
    }
    groups.retain(|group| group.tally.entries + group.before.entries > 0);
    groups.sort_by_key(|group| rank(plan, by, group.of));
    groups
}

/// Where a group stands among the others; words stay in the order of the outline, behind what has one of its own.
fn rank(plan: &Plan, by: By<'_>, of: Member<'_>) -> (u8, Option<Period>, usize) {
    match of {
        Member::Period(period) => (0, Some(period), 0),
        Member::Owner(place) => (0, None, place),
        Member::Word(bureau) if by == By::Bureau => {
            let first = plan.owners.iter().position(|owner| owner.bureau.as_deref() == Some(bureau));
            (0, None, first.unwrap_or(0))
        }
        Member::Word(word) => {
            let is_of = |theme: &Theme| by == By::Key(&theme.framework) && *theme.name == *word;
            (1, None, plan.themes.iter().position(is_of).unwrap_or(0))
        }
        Member::None => (2, None, 0),
    }
}
