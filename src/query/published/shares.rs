//! Figures that papers print and no manifest keeps, since they follow from counts: sums of grades, and percentages.

use std::collections::BTreeMap;

use super::Difference;
use crate::plan::closing::{About, Closing, FigureKey, Words};
use crate::plan::scale::{Composite, Grade, ScaleVersion};
use crate::plan::{Denominator, Plan};

/// A printed figure that follows from counts which changed.
#[derive(Debug, Clone)]
pub struct Printed<'p> {
    /// Of the whole, or of what stands under an entry.
    pub about: About,
    /// The scale, as it holds in the period.
    pub version: &'p ScaleVersion,
    /// The evaluator, by place.
    pub evaluator: usize,
    /// The level that is counted, where it is not the first, by place.
    pub level: Option<usize>,
    /// Of which grade, or sum of grades.
    pub part: PrintedOf<'p>,
    /// Whether it is the percentage; else the count.
    pub is_share: bool,
    /// What was published: how many, of how many.
    pub published: (u64, u64),
    /// What holds now.
    pub now: (u64, u64),
}

/// What is counted.
#[derive(Debug, Clone, Copy)]
pub enum PrintedOf<'p> {
    /// A grade.
    Grade(&'p Grade),
    /// A sum of grades.
    Composite(&'p Composite),
}

/// How many have each grade, by its id, and how many are unreported.
type Counts = BTreeMap<String, u64>;

/// The sums and percentages that changed with the counts of a closed period; whoever prints them leaves out what is printed
/// alike.
pub fn printed<'p>(plan: &'p Plan, closing: &Closing, differences: &[Difference<'_>]) -> Vec<Printed<'p>> {
    let mut all = Vec::new();
    for scale in &plan.scales {
        let (_, version) = scale.version_near(closing.period);
        for (evaluator, who) in plan.evaluators.iter().enumerate() {
            for level in std::iter::once(None).chain((0..plan.head.levels.len()).map(Some)) {
                let behind = level.map(|level| format!(".level-{}", level + 1)).unwrap_or_default();
                let name = format!("{}.{}{behind}.", scale.id, who.id);
                if let Some(counts) = totals(closing, differences, &name) {
                    all.extend(changed(plan, &About::Total, (version, evaluator, level), &counts));
                }
            }
            let name = format!("counts.{}.{}", scale.id, who.id);
            for difference in differences.iter().filter(|d| *d.key.what == *name && !d.is_as_published()) {
                let words = |line: Option<&Words>| line.map(of_words).unwrap_or_default();
                let counts =
                    [words(difference.published.map(|l| &l.words)), words(difference.now.as_ref().map(|l| &l.words))];
                all.extend(changed(plan, &difference.about, (version, evaluator, None), &counts));
            }
        }
    }
    all
}

/// The counts of the whole as they were published and as they are now; `None` where none of them changed.
fn totals(closing: &Closing, differences: &[Difference<'_>], name: &str) -> Option<[Counts; 2]> {
    let what = |key: &FigureKey| {
        let rest = (key.about == About::Total).then(|| key.what.strip_prefix(name))??;
        let grade = rest.strip_prefix("counts.").or_else(|| (rest == "unreported").then_some(rest))?;
        (!grade.contains('.')).then(|| grade.to_owned())
    };
    let count = |words: &Words| words.first().and_then(|word| word.parse::<u64>().ok()).unwrap_or(0);
    let published: Counts =
        closing.figures.iter().filter_map(|(key, line)| Some((what(key)?, count(&line.words)))).collect();
    let mut now = published.clone();
    let mut is_changed = false;
    for difference in differences.iter().filter(|difference| !difference.is_as_published()) {
        let Some(grade) = what(&difference.key) else { continue };
        is_changed = true;
        now.insert(grade, difference.now.as_ref().map_or(0, |line| count(&line.words)));
    }
    is_changed.then_some([published, now])
}

/// `good 2`, `unreported 1`.
fn of_words(words: &Words) -> Counts {
    words
        .iter()
        .filter_map(|word| word.rsplit_once(' ').and_then(|(id, n)| Some((id.to_owned(), n.parse().ok()?))))
        .collect()
}

fn changed<'p>(
    plan: &Plan,
    about: &About,
    (version, evaluator, level): (&'p ScaleVersion, usize, Option<usize>),
    counts: &[Counts; 2],
) -> Vec<Printed<'p>> {
    let base = |counts: &Counts| {
        let of = |grade: &&Grade| grade.counts;
        let rated: u64 = version.grades.iter().filter(of).map(|grade| number(counts, grade.id.as_str())).sum();
        match plan.head.denominator {
            Denominator::Rated => rated,
            Denominator::Due => rated + number(counts, "unreported"),
        }
    };
    let bases = [base(&counts[0]), base(&counts[1])];
    let row = |part: PrintedOf<'p>, is_share: bool, of: [u64; 2]| Printed {
        about: about.clone(),
        version,
        evaluator,
        level,
        part,
        is_share,
        published: (of[0], bases[0]),
        now: (of[1], bases[1]),
    };
    let grades = version.grades.iter().filter(|grade| grade.counts).map(|grade| {
        let of = [0, 1].map(|side| number(&counts[side], grade.id.as_str()));
        row(PrintedOf::Grade(grade), true, of)
    });
    let composites = version.composites.iter().flat_map(|sum| {
        let of = [0, 1].map(|side: usize| {
            sum.grades.iter().map(|grade| number(&counts[side], version.grades[*grade].id.as_str())).sum()
        });
        [row(PrintedOf::Composite(sum), false, of), row(PrintedOf::Composite(sum), true, of)]
    });
    grades.chain(composites).collect()
}

fn number(counts: &Counts, id: &str) -> u64 {
    counts.get(id).copied().unwrap_or(0)
}
