//! How many indicators stand how, by the bands that judge them: of the plan, of each heading and of each entry at the top, or of
//! each theme that plans share, beside the period before. A verdict of a person counts where one was given.

use std::collections::{BTreeSet, HashSet};

use rayon::prelude::*;

use super::AsOf;
use super::gap::{Beside, Gap, gap};
use super::status::period_before;
use crate::plan::entry::Entry;
use crate::plan::indicator::{ByHand, Indicator, Kind};
use crate::plan::judging::{Band, BandSet, BandSum, Meaning};
use crate::plan::period::Period;
use crate::plan::theme::Theme;
use crate::plan::{Plan, Subject};

/// As what an indicator counts in a set of bands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standing {
    /// A band, by place.
    Band(usize),
    /// A word that all plans share, where no band says it; `None` for 判定不能.
    Word(Option<Meaning>),
}

/// The indicators that one set of bands judges, counted.
#[derive(Debug, Clone)]
pub struct VerdictTable<'p> {
    /// The set.
    pub set: &'p BandSet,
    /// What they are compared with.
    pub before: Before,
    /// What they count as, in the order of the set; what no indicator is, too, where it is a band.
    pub standings: Vec<Standing>,
    /// The plan, then the headings and entries.
    pub groups: Vec<VerdictGroup<'p>>,
}

/// What counts are compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Before {
    /// Nothing: the plan had not begun.
    Nothing,
    /// Those of this period.
    Period(Period),
    /// Nothing: at this period other bands judged.
    OtherBands(Period),
}

/// The indicators of one heading, one entry or the plan.
#[derive(Debug, Clone)]
pub struct VerdictGroup<'p> {
    /// Of what.
    pub of: GroupOf<'p>,
    /// Counts of now.
    pub now: VerdictCounts,
    /// Counts of the period before, where they can be compared.
    pub before: Option<VerdictCounts>,
}

/// What a group of indicators belongs to.
#[derive(Debug, Clone, Copy)]
pub enum GroupOf<'p> {
    /// The plan.
    Plan,
    /// A heading over indicators.
    Heading(&'p Indicator),
    /// An entry at the top, with those under it.
    Entry(&'p Entry),
    /// A theme that plans share.
    Theme(&'p Theme),
    /// None of the themes of the framework that is asked about.
    NoTheme,
}

/// How many indicators count as what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerdictCounts {
    /// All of them.
    pub all: u64,
    /// The denominator of shares: those whose band counts.
    pub judged: u64,
    /// By what they count as, in the order of the table.
    pub by_standing: Vec<u64>,
}

impl VerdictCounts {
    /// How many have one of several bands.
    pub fn sum(&self, sum: &BandSum) -> u64 {
        // Bands come first among the standings, in the order of the set.
        sum.bands.iter().map(|band| self.by_standing[*band]).sum()
    }
}

impl Standing {
    /// Whether it has a line of its own: of bands of one name the first.
    pub fn is_counted(self, set: &BandSet) -> bool {
        match self {
            Self::Band(place) => set.counted_at(place) == place,
            Self::Word(_) => true,
        }
    }

    /// The band in its set.
    pub fn band(self, set: &BandSet) -> Option<&Band> {
        match self {
            Self::Band(place) => set.bands.get(place),
            Self::Word(_) => None,
        }
    }

    /// Whether it stands in the denominator of shares.
    pub fn counts(self, set: &BandSet) -> bool {
        match self {
            Self::Band(place) => set.bands[place].counts,
            Self::Word(meaning) => meaning.is_some(),
        }
    }
}

/// Whether a sum of bands has a share: each of them stands in the denominator.
pub fn sum_counts(set: &BandSet, sum: &BandSum) -> bool {
    sum.bands.iter().all(|band| set.bands[*band].counts)
}

/// As what an indicator counts in the set that judges it: by the verdict of a person where one was given, else by the band
/// that holds.
pub fn standing(plan: &Plan, gap: &Gap<'_>) -> Standing {
    let judged = Beside { set: gap.set, band: gap.band, verdict: gap.verdict };
    standing_in(
        plan,
        judged,
        gap.by_hand().filter(|by| set_named(plan, by).is_none_or(|set| !is_beside(plan, gap, set))),
    )
}

/// As what it counts in a set that judges besides: a verdict of a person is one of that set where it names a band of it.
pub fn standing_beside(plan: &Plan, gap: &Gap<'_>, beside: Beside<'_>) -> Standing {
    let is_of = |by: &&ByHand| set_named(plan, by).is_some_and(|set| set.id == beside.set.id);
    standing_in(plan, beside, gap.by_hand().filter(is_of))
}

fn standing_in(plan: &Plan, judged: Beside<'_>, by_hand: Option<&ByHand>) -> Standing {
    let Beside { set, band, verdict } = judged;
    let Some(by_hand) = by_hand else {
        let band = band.filter(|_| !set.is_standard()).and_then(|band| set.place(&band.id));
        return band.map_or(Standing::Word(verdict.meaning()), Standing::Band);
    };
    let named = by_hand.band.and_then(|at| set.place(&plan.band_sets[at.set].bands[at.band].id));
    named.or_else(|| only(set, by_hand.meaning)).map_or(Standing::Word(by_hand.meaning), Standing::Band)
}

fn set_named<'p>(plan: &'p Plan, by_hand: &ByHand) -> Option<&'p BandSet> {
    by_hand.band.map(|at| &plan.band_sets[at.set])
}

fn is_beside(plan: &Plan, gap: &Gap<'_>, set: &BandSet) -> bool {
    set.id != gap.set.id && plan.head.also_judged_by.iter().any(|at| plan.band_sets[*at].id == set.id)
}

/// The band that alone has a meaning.
fn only(set: &BandSet, meaning: Option<Meaning>) -> Option<usize> {
    let counted = set.bands.iter().enumerate().filter(|(place, _)| set.counted_at(*place) == *place);
    let mut found = counted.filter(|(_, band)| band.meaning == meaning);
    let first = found.next().filter(|_| !set.is_standard());
    first.filter(|_| found.next().is_none()).map(|(place, _)| place)
}

/// One table for each set of bands that judges some of these, then for each one that judges besides; by the themes of a framework
/// where one is named.
pub fn verdict_tables<'p>(
    plan: &'p Plan,
    gaps: &[Gap<'p>],
    as_of: AsOf,
    framework: Option<&str>,
) -> Vec<VerdictTable<'p>> {
    let previous = period_before(plan, as_of.period);
    let before = |previous| gaps.par_iter().map(|now| gap(plan, now.indicator, as_of.at_end_of(previous))).collect();
    let before: Option<Vec<Gap<'p>>> = previous.map(before);
    verdict_tables_since(plan, gaps, previous.zip(before.as_deref()), framework)
}

/// The same beside the same indicators as they stood at the end of an earlier period.
pub fn verdict_tables_since<'p>(
    plan: &'p Plan,
    gaps: &[Gap<'p>],
    before: Option<(Period, &[Gap<'p>])>,
    framework: Option<&str>,
) -> Vec<VerdictTable<'p>> {
    let grouping =
        framework.map_or_else(|| Grouping::of(plan, gaps), |framework| Grouping::by_theme(plan, gaps, framework));
    let own = |gap: &Gap<'p>| Some((gap.set, standing(plan, gap)));
    let mut tables: Vec<VerdictTable<'p>> =
        sets(gaps).into_iter().map(|set| grouping.table(set, gaps, before, &own)).collect();
    let mut beside: Vec<&'p BandSet> = Vec::new();
    for set in gaps.iter().flat_map(|gap| gap.also.iter().map(|also| also.set)) {
        if !beside.iter().any(|other| other.id == set.id) {
            beside.push(set);
        }
    }
    tables.extend(beside.into_iter().map(|set| {
        let of = |gap: &Gap<'p>| {
            let also = gap.also.iter().find(|also| also.set.id == set.id)?;
            Some((also.set, standing_beside(plan, gap, *also)))
        };
        grouping.table(set, gaps, before, &of)
    }));
    tables
}

/// The sets that judge, in the order they are first used.
pub fn sets<'p>(gaps: &[Gap<'p>]) -> Vec<&'p BandSet> {
    let mut sets: Vec<&BandSet> = Vec::new();
    for gap in gaps {
        if !sets.iter().any(|set| set.id == gap.set.id) {
            sets.push(gap.set);
        }
    }
    sets
}

/// The plan, then what indicators belong to: headings and entries at the top, or themes.
struct Grouping<'p> {
    groups: Vec<GroupOf<'p>>,
    /// Of each indicator, by its place among the gaps, the places of its groups.
    of: Vec<Vec<usize>>,
}

impl<'p> Grouping<'p> {
    fn of(plan: &'p Plan, gaps: &[Gap<'p>]) -> Self {
        let headings: Vec<BTreeSet<usize>> =
            gaps.iter().map(|gap| headings_above(plan, gap.indicator).collect()).collect();
        let tops: Vec<BTreeSet<usize>> = gaps.iter().map(|gap| entries_above(plan, gap.indicator).collect()).collect();
        let places = |all: &[BTreeSet<usize>]| -> Vec<usize> {
            all.iter().flatten().copied().collect::<BTreeSet<usize>>().into_iter().collect()
        };
        let (known_headings, known_tops) = (places(&headings), places(&tops));
        let mut groups = vec![GroupOf::Plan];
        groups.extend(known_headings.iter().map(|at| GroupOf::Heading(&plan.indicators[*at])));
        groups.extend(known_tops.iter().map(|at| GroupOf::Entry(&plan.entries[*at])));
        let place = |known: &[usize], at: &usize, first: usize| known.binary_search(at).ok().map(|nth| nth + first);
        let of = headings.iter().zip(&tops).map(|(headings, tops)| {
            let headings = headings.iter().filter_map(|at| place(&known_headings, at, 1));
            let tops = tops.iter().filter_map(|at| place(&known_tops, at, 1 + known_headings.len()));
            std::iter::once(0).chain(headings).chain(tops).collect()
        });
        Self { of: of.collect(), groups }
    }

    /// The plan, then the themes of a framework, and what belongs to none of them.
    fn by_theme(plan: &'p Plan, gaps: &[Gap<'p>], framework: &str) -> Self {
        let themes: Vec<&Theme> = plan.themes.iter().filter(|theme| *theme.framework == *framework).collect();
        let of = |gap: &Gap<'p>| {
            let place = match plan.index.get(&gap.indicator.id) {
                Some(Subject::Indicator(place)) => *place,
                _ => usize::MAX,
            };
            let has = |theme: &&Theme| theme.indicators.binary_search(&place).is_ok();
            let mut of: Vec<usize> = (1..).zip(&themes).filter(|(_, theme)| has(theme)).map(|(nth, _)| nth).collect();
            if of.is_empty() {
                of.push(themes.len() + 1);
            }
            of.insert(0, 0);
            of
        };
        let groups = themes.iter().map(|theme| GroupOf::Theme(theme));
        Self {
            of: gaps.iter().map(of).collect(),
            groups: std::iter::once(GroupOf::Plan).chain(groups).chain([GroupOf::NoTheme]).collect(),
        }
    }

    /// What `of` says of each indicator, where that is about `set`.
    fn table(
        &self,
        set: &'p BandSet,
        gaps: &[Gap<'p>],
        before: Option<(Period, &[Gap<'p>])>,
        of: &dyn Fn(&Gap<'p>) -> Option<(&'p BandSet, Standing)>,
    ) -> VerdictTable<'p> {
        let asked: Vec<Option<Standing>> =
            gaps.iter().map(|gap| of(gap).filter(|(other, _)| other.id == set.id).map(|(_, at)| at)).collect();
        let then: Option<Vec<Option<(&BandSet, Standing)>>> =
            before.map(|(_, before)| before.iter().zip(&asked).map(|(gap, now)| now.and_then(|_| of(gap))).collect());
        let is_other = then.iter().flatten().flatten().any(|(other, _)| !other.is_version(set));
        let against = match before {
            None => Before::Nothing,
            Some((previous, _)) if is_other => Before::OtherBands(previous),
            Some((previous, _)) => Before::Period(previous),
        };
        let then = then.filter(|_| !is_other);
        let then: Option<Vec<Option<Standing>>> =
            then.map(|then| then.into_iter().map(|one| one.map(|(_, at)| at)).collect());
        let standings = standings(set, asked.iter().chain(then.iter().flatten()).flatten().copied());
        let (now, then) = (self.counts(set, &standings, &asked), then.map(|then| self.counts(set, &standings, &then)));
        let mut then = then.map(Vec::into_iter);
        let groups = self.groups.iter().zip(now).map(|(of, now)| VerdictGroup {
            of: *of,
            now,
            before: then.as_mut().and_then(Iterator::next),
        });
        let groups = groups.enumerate().filter(|(nth, group)| *nth == 0 || group.now.all > 0).map(|(_, group)| group);
        VerdictTable { set, before: against, standings, groups: groups.collect() }
    }

    /// The counts of each group.
    fn counts(&self, set: &BandSet, standings: &[Standing], all: &[Option<Standing>]) -> Vec<VerdictCounts> {
        let none = VerdictCounts { all: 0, judged: 0, by_standing: vec![0; standings.len()] };
        let mut counts = vec![none; self.groups.len()];
        for (standing, groups) in all.iter().zip(&self.of) {
            let Some(standing) = standing else { continue };
            let Some(place) = standings.iter().position(|other| other == standing) else { continue };
            for group in groups {
                counts[*group].all += 1;
                counts[*group].judged += u64::from(standing.counts(set));
                counts[*group].by_standing[place] += 1;
            }
        }
        counts
    }
}

/// The headings that an indicator stands under; what is a part of another indicator stands under none.
fn headings_above<'p>(plan: &'p Plan, indicator: &Indicator) -> impl Iterator<Item = usize> + use<'p> {
    let above = std::iter::successors(indicator.parent, |&at| plan.indicators[at].parent).take(plan.indicators.len());
    above.take_while(|at| plan.indicators[*at].kind == Kind::Heading)
}

/// The entries at the top above those that an indicator verifies.
fn entries_above<'p>(plan: &'p Plan, indicator: &'p Indicator) -> impl Iterator<Item = usize> + use<'p> {
    let top =
        |at: &usize| std::iter::successors(Some(*at), |&at| plan.entries[at].parent).take(plan.entries.len()).last();
    indicator.entries.iter().filter_map(top)
}

/// The indicators under a heading and the headings under it.
pub fn under<'p>(plan: &'p Plan, heading: &Indicator) -> impl Iterator<Item = &'p Indicator> + use<'p> {
    let place = plan.indicators.iter().position(|other| other.id == heading.id);
    let belongs = move |indicator: &&Indicator| headings_above(plan, indicator).any(|at| Some(at) == place);
    plan.indicators.iter().filter(|indicator| indicator.kind != Kind::Heading).filter(belongs)
}

/// The bands of the set, and the words beside them that something counts as; of the standard set all words.
fn standings(set: &BandSet, found: impl Iterator<Item = Standing>) -> Vec<Standing> {
    let found: HashSet<Standing> = found.collect();
    let words = Meaning::words().map(|(_, meaning)| Standing::Word(meaning));
    if set.is_standard() {
        return words.to_vec();
    }
    let bands = (0..set.bands.len()).map(Standing::Band);
    bands.chain(words.into_iter().filter(|word| found.contains(word))).collect()
}
