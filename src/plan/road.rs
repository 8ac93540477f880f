//! 工程: what is planned for each year, and what was reached.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashMap;

use super::Plan;
use super::entry::{Entry, Initiative, Milestone};
use super::period::{FiscalYear, Period};
use super::source::Origin;
use crate::lang::Say;
use crate::say;
use crate::text::same::{Spelling, name_key, spellings};

/// The steps of a plan that names none: 検討, 準備, 実施, 完了.
pub fn usual_steps() -> Vec<Say> {
    vec![say!("検討", "study"), say!("準備", "prepare"), say!("実施", "run"), say!("完了", "done")]
}

/// The place of the step that a text names.
pub fn step_named(steps: &[Say], text: &str) -> Option<usize> {
    let named = |spelling: Spelling<'_>| steps.iter().position(|step| spelling.is(&step.ja) || spelling.is(&step.en));
    spellings(text).find_map(named)
}

/// What is to be done in one year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlannedStep {
    /// The year.
    pub year: FiscalYear,
    /// The step, by its place in [`Plan::steps`].
    pub step: usize,
    /// Where it was read.
    pub origin: Origin,
}

/// What one record says was reached.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reached {
    /// The step at which each lane stood in the record's period.
    pub steps: Vec<(Lane, usize)>,
    /// Milestones, by lane and place, and when.
    pub milestones: Vec<(Lane, usize, Period)>,
}

/// What has steps and milestones of its own under an entry: the entry itself, or one of its initiatives, by place.
pub type Lane = Option<usize>;

impl Entry {
    /// The lane that an id, name or alias names.
    pub fn lane(&self, text: &str) -> Option<Lane> {
        if std::iter::once(&self.id).chain(&self.formerly).any(|id| id.as_str() == text) {
            return Some(None);
        }
        let named = |spelling: Spelling<'_>| {
            let is = |name: &str, aliases: &[Box<str>]| spelling.is(name) || aliases.iter().any(|a| spelling.is(a));
            let initiative = || self.initiatives.iter().position(|i| is(&i.name, &i.aliases)).map(Some);
            if is(&self.name, &self.aliases) { Some(None) } else { initiative() }
        };
        spellings(text).find_map(named)
    }

    /// The entry itself, then each initiative.
    pub fn lanes(&self) -> impl Iterator<Item = Lane> + use<> {
        std::iter::once(None).chain((0..self.initiatives.len()).map(Some))
    }

    /// The initiative of a lane; `None` for the entry itself.
    pub fn initiative(&self, lane: Lane) -> Option<&Initiative> {
        lane.map(|place| &self.initiatives[place])
    }

    /// The dated steps of a lane.
    pub fn milestones_of(&self, lane: Lane) -> &[Milestone] {
        self.initiative(lane).map_or(&self.milestones, |initiative| &initiative.milestones)
    }

    /// The yearly steps of a lane.
    pub fn steps_of(&self, lane: Lane) -> &[PlannedStep] {
        self.initiative(lane).map_or(&self.steps, |initiative| &initiative.steps)
    }

    /// The milestones that a text names: by name, or by `LANE/NAME` where several lanes have one of that name.
    pub fn milestones_named(&self, text: &str) -> Vec<(Lane, usize)> {
        NamedMilestones::new(self).named(text)
    }
}

/// Where each name stands.
type ByName<'e> = HashMap<Cow<'e, str>, Vec<(Lane, usize)>>;

/// The milestones of an entry by their names: to be kept where many are looked for.
#[derive(Debug)]
pub(crate) struct NamedMilestones<'e> {
    entry: &'e Entry,
    /// By the name as it is written, and by its key.
    known: [OnceCell<ByName<'e>>; 2],
}

impl<'e> NamedMilestones<'e> {
    /// Those of an entry.
    pub fn new(entry: &'e Entry) -> Self {
        Self { entry, known: Default::default() }
    }

    /// The milestones that a text names: by name, or by `LANE/NAME` where several lanes have one of that name.
    pub fn named(&self, text: &str) -> Vec<(Lane, usize)> {
        let in_lane = |(lane, name)| {
            let lane = self.entry.lane(lane)?;
            let within = |mut found: Vec<(Lane, usize)>| {
                found.retain(|(of, _)| *of == lane);
                found
            };
            self.spelled(name).map(within).find(|found| !found.is_empty())
        };
        let found = self.spelled(text).find(|found| !found.is_empty());
        found.or_else(|| text.rsplit_once('/').and_then(in_lane)).unwrap_or_default()
    }

    /// Those of the very name, then those of the same name in another spelling.
    fn spelled<'s>(&'s self, text: &'s str) -> impl Iterator<Item = Vec<(Lane, usize)>> + use<'s, 'e> {
        [false, true].into_iter().map(move |by_key| {
            let name = if by_key { name_key(text) } else { Cow::Borrowed(text) };
            self.known(by_key).get(&name).cloned().unwrap_or_default()
        })
    }

    fn known(&self, by_key: bool) -> &HashMap<Cow<'e, str>, Vec<(Lane, usize)>> {
        self.known[usize::from(by_key)].get_or_init(|| {
            let mut known: HashMap<Cow<'e, str>, Vec<(Lane, usize)>> = HashMap::new();
            for lane in self.entry.lanes() {
                for (place, milestone) in self.entry.milestones_of(lane).iter().enumerate() {
                    let name = if by_key { name_key(&milestone.name) } else { Cow::Borrowed(&*milestone.name) };
                    known.entry(name).or_default().push((lane, place));
                }
            }
            known
        })
    }
}

impl Plan {
    /// The name of a step in the plan's own language, as programs read it.
    pub fn step(&self, place: usize) -> &str {
        self.steps[place].text(self.head.lang)
    }
}
