//! The tables that papers printed: beside those printed before, and beside what the records give where they are known.

use std::cmp::Reverse;

use rust_decimal::Decimal;

use super::gap::Rate;
use super::status::{Question, Status, Tally, tally_of};
use crate::plan::period::Period;
use crate::plan::scale::ScaleVersion;
use crate::plan::totals::{Place, PrintedCounts, PrintedPart, PrintedRow, Published};
use crate::plan::{Head, Plan, Rounding};

/// A printed table.
#[derive(Debug, Clone)]
pub struct Totals<'p> {
    /// What was printed.
    pub published: &'p Published,
    /// The grades of its period.
    pub version: &'p ScaleVersion,
    /// What was printed of the same before; nothing is compared across a change of scale.
    pub before: Option<&'p Published>,
    /// The period of what was printed before, where its scale was another one.
    pub rescaled: Option<Period>,
    /// The line of the whole.
    pub whole: TotalsLine<'p>,
    /// The lines beneath it.
    pub rows: Vec<TotalsLine<'p>>,
}

/// A line of a printed table.
#[derive(Debug, Clone)]
pub struct TotalsLine<'p> {
    /// The row; `None` for the whole.
    pub row: Option<&'p PrintedRow>,
    /// What was printed.
    pub printed: &'p PrintedCounts,
    /// What was printed of it before.
    pub before: Option<&'p PrintedCounts>,
    /// What the records give as of the end of its period; `None` where they have no such entries.
    pub counted: Option<Tally>,
}

/// A printed count that is another than that of the records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Apart {
    /// Of what.
    pub of: PrintedPart,
    /// As printed.
    pub printed: u64,
    /// As counted.
    pub counted: u64,
}

/// The printed tables that answer a question: of a plan whose entries are known those of that very moment, else the last
/// ones. They are about the whole plan, so of a part of it nothing is printed.
pub fn totals<'p>(plan: &'p Plan, question: &Question) -> Vec<Totals<'p>> {
    if question.under.is_some() || question.owner.is_some() {
        return Vec::new();
    }
    let (scale, evaluator, date) = (question.scale, question.evaluator, question.as_of.date);
    let asked = |place: &Place| (place.scale, place.evaluator) == (scale, evaluator);
    let known = || plan.head.published.iter().filter(|p| asked(&p.place) && p.period.last_day() <= date);
    let last = if plan.entries.is_empty() { known().map(|p| p.period.last_day()).max() } else { Some(date) };
    let mut of_then: Vec<&Published> = Vec::new();
    for published in known().filter(|p| Some(p.period.last_day()) == last) {
        // Of two that were printed of the same, the later one in the file holds.
        of_then.retain(|other| (other.period, &other.place) != (published.period, &published.place));
        of_then.push(published);
    }
    of_then.sort_by_key(|p| (p.place.level != plan.head.counted, Reverse(p.place.group.is_none())));
    of_then.into_iter().map(|published| beside(plan, published)).collect()
}

/// A printed table with what stands beside it.
pub fn beside<'p>(plan: &'p Plan, published: &'p Published) -> Totals<'p> {
    let version = |of: &Published| plan.scales[of.place.scale].version_near(of.period).1;
    let earlier = |p: &&Published| p.place == published.place && p.period.last_day() < published.period.first_day();
    let before = plan.head.published.iter().rfind(earlier);
    let own = version(published);
    let rescaled = before.filter(|before| !own.is_as(version(before))).map(|before| before.period);
    let before = before.filter(|_| rescaled.is_none());
    let counted = |under| tally_of(plan, published, under).filter(|tally| tally.entries > 0);
    let whole = TotalsLine {
        row: None,
        printed: &published.whole,
        before: before.map(|before| &before.whole),
        counted: counted(None),
    };
    let rows = published.rows.iter().map(|row| TotalsLine {
        row: Some(row),
        printed: &row.counted,
        before: before.and_then(|before| before.row_like(row)).map(|row| &row.counted),
        counted: row.entry(plan).and_then(|place| counted(Some(place))),
    });
    Totals { published, version: own, before, rescaled, whole, rows: rows.collect() }
}

impl<'p> Totals<'p> {
    /// The rows, then the whole.
    pub fn lines(&self) -> impl Iterator<Item = &TotalsLine<'p>> {
        self.rows.iter().chain([&self.whole])
    }
}

/// What the records give of a part.
pub fn counted_part(tally: &Tally, version: &ScaleVersion, part: PrintedPart) -> Option<u64> {
    Some(match part {
        PrintedPart::Grade(at) => *tally.counts.get(at)?,
        PrintedPart::Unreported => tally.unreported,
        PrintedPart::Sum(at) => tally.sum(version.composites.get(at)?),
        PrintedPart::Total => tally.entries,
    })
}

impl TotalsLine<'_> {
    /// Where the records give another count. Grades are compared once the records rate something; what the paper leaves
    /// out cannot be compared.
    pub fn apart(&self, version: &ScaleVersion) -> Vec<Apart> {
        let Some(counted) = &self.counted else { return Vec::new() };
        let is_rated = counted.unreported < counted.entries;
        let parts = self.printed.parts().filter(|_| is_rated).filter_map(|of| {
            let printed = self.printed.part(of)?;
            Some(Apart { of, printed, counted: counted_part(counted, version, of)? })
        });
        let total = Apart { of: PrintedPart::Total, printed: self.printed.total, counted: counted.entries };
        // Papers print how many there are, or how many were rated.
        let is_of_rated =
            |total: &Apart| self.printed.unreported.is_none() && total.printed + counted.unreported == counted.entries;
        let total = Some(total).filter(|total| !is_of_rated(total));
        parts.chain(total).filter(|apart| apart.printed != apart.counted).collect()
    }

    /// Printed percentages that the printed counts do not give, rounded to the digits of the paper as the plan rounds: of
    /// what, as printed, as computed.
    pub fn shares_apart(&self, version: &ScaleVersion, head: &Head) -> Vec<(PrintedPart, Decimal, Decimal)> {
        let Some(base) = self.printed.base(version, head.denominator) else { return Vec::new() };
        let counts = |part: &PrintedPart| match *part {
            PrintedPart::Grade(at) => version.grades[at].counts,
            PrintedPart::Sum(at) => version.sum_counts(&version.composites[at]),
            PrintedPart::Unreported | PrintedPart::Total => false,
        };
        let count = |part: PrintedPart| match part {
            PrintedPart::Sum(at) => self.printed.sum_of(version, at),
            part => self.printed.part(part),
        };
        let compared = self.printed.parts().filter(counts).filter_map(|part| {
            let (printed, exact) = (self.printed.share(part)?, Rate::new(count(part)?.into(), base.into())?.percent()?);
            let computed = Rounding { digits: printed.scale(), ..head.rounding }.apply(exact);
            Some((part, printed, computed))
        });
        compared.filter(|(_, printed, computed)| printed != computed).collect()
    }
}

impl<'p> Status<'p> {
    /// What a paper printed, where the entries are not known.
    pub fn published(&self) -> Option<&Totals<'p>> {
        self.totals.first().filter(|_| self.plan.entries.is_empty())
    }

    /// Whether nothing is known of how many entries there are: papers printed totals alone, and none by then.
    pub fn is_unknown(&self) -> bool {
        self.plan.entries.is_empty() && self.totals.is_empty() && !self.plan.head.published.is_empty()
    }
}
