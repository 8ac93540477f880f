//! What the steps of an explanation work out.

use crate::lang::Say;
use crate::plan::entry::Figure;
use crate::plan::id::Id;
use crate::plan::judging::{Band, BandSet, BandSum, Pace, TargetOf};
use crate::plan::period::FiscalYear;
use crate::plan::printed::PublishedOf;
use crate::plan::scale::{Composite, Grade};
use crate::plan::sum::SumFigure;
use crate::query::gap::Verdict;
use crate::query::sums::{Side, Span};

/// What is worked out.
#[derive(Debug, Clone, Copy)]
pub enum Name<'p> {
    /// The lower of two bounds.
    LowerBound,
    /// The upper of two bounds.
    UpperBound,
    /// Actual less target.
    Gap,
    /// 余裕.
    Room,
    /// How far outside the bounds.
    Outside,
    /// How far outside the bounds the baseline was.
    OutsideBefore,
    /// 対目標比 to the target that judges; which one, where there are two.
    Ratio(Option<TargetOf>),
    /// 対目標比 to the one of two targets that does not judge.
    RatioTo(TargetOf),
    /// 実績÷目標, where less is better.
    ActualByTarget,
    /// 改善率.
    Improvement,
    /// What is expected by now, at a pace.
    Expected(Pace),
    /// What is expected by now, where that is a target itself.
    ExpectedOf(TargetOf),
    /// ペース比.
    PaceRatio,
    /// Actual less the one of an earlier year.
    Change,
    /// What that change is called.
    ChangeIs,
    /// Actual less the one of the part of the year before.
    ChangeBefore,
    /// What that change is called.
    ChangeBeforeIs,
    /// Whether a band holds.
    Band(&'p Band),
    /// Whether a verdict holds that no bands decide.
    Rule(Verdict),
    /// The band that a set gives to what has no rate.
    WithoutRate(&'p BandSet),
    /// The verdict.
    Verdict,
    /// The verdict of a person.
    ByHand,
    /// 残り.
    Left,
    /// What is left, by the year.
    Needed,
    /// The mean change a year.
    Yearly,
    /// Years until the target.
    Years,
    /// Months until the target.
    Months,
    /// Months between the first and the last of the values that the trend rests on.
    TrendMonths,
    /// Months from the last of them to the target.
    MonthsAhead,
    /// How many values the trend rests on.
    Points,
    /// Where the trend leads.
    Forecast,
    /// The amounts of a sum, as they were stated.
    Amounts,
    /// The sum of amounts of a year, or of all so far.
    Total(Span, FiscalYear, Side),
    /// The sum of the actual amounts less that of the planned ones.
    DifferenceOfSums(Span, FiscalYear),
    /// The sum of the actual amounts by that of the planned ones.
    RatioOfSums(Span, FiscalYear),
    /// The mean of the parts' ratios.
    MeanOfRatios(Span, FiscalYear),
    /// The rates or points of a declared sum.
    Scores,
    /// Their sum by weight.
    ScoreSum,
    /// The sum of their weights.
    ScoreWeights,
    /// Their mean by weight.
    ScoreMean,
    /// The most that one of them could be.
    ScoreBest,
    /// The most that they could be.
    ScoreFull,
    /// Their share of that.
    ScoreShare,
    /// The indicators that are judged.
    Indicators,
    /// How many stand so.
    Verdicts(Verdict),
    /// How many cannot be judged.
    Undetermined,
    /// How many can.
    Judged,
    /// How many a set judges: the denominator of the shares of its bands.
    JudgedBy(&'p BandSet),
    /// The entries that are counted.
    Entries,
    /// How many have a grade; its place in the scale.
    Count(&'p Grade, usize),
    /// How many nobody has rated.
    Unreported,
    /// How many have a grade that does not count.
    Excluded,
    /// How many are not rated in the period.
    Resting,
    /// How many begin later.
    Ahead,
    /// How many have a grade that counts; whether that is the denominator.
    Rated(bool),
    /// The denominator, where it is another.
    Base,
    /// How many have a record about the very period.
    Fresh,
    /// How far the entries are, in percent.
    Progress,
    /// How many have one of several grades.
    CompositeCount(&'p Composite),
    /// What the grades of a printed sum add up to.
    CompositeAdded(&'p Composite),
    /// The share of a grade.
    Share(&'p Grade),
    /// The share of several grades.
    CompositeShare(&'p Composite),
    /// The entries that moved since the previous period.
    Moved,
    /// A count as of then.
    Before(Counted<'p>),
    /// How a count changed since then.
    Since(Counted<'p>),
    /// How many indicators have a verdict, where no other step says so.
    VerdictsOf(BandOf<'p>),
    /// How many indicators had a verdict as of then.
    VerdictsBefore(BandOf<'p>),
    /// How that changed since then.
    VerdictsSince(BandOf<'p>),
    /// A change that there is none of, as two periods are not compared.
    NotCompared,
    /// The entries of a level, whenever they are in the plan.
    Level(&'p str),
    /// The total that a paper printed.
    Printed,
    /// What the records give of a count that a paper printed.
    Recorded(Counted<'p>),
    /// The counts that a paper printed, summed up.
    PrintedSum,
    /// The counts of a row that a paper printed, summed up.
    PrintedRow(&'p str),
    /// The totals of the rows that a paper printed, summed up.
    PrintedRows,
    /// A rate that a paper printed, worked out again.
    PublishedRate(PublishedOf),
    /// A figure of a declared sum that a paper printed, worked out again; whether it is of all years so far.
    PublishedSum(SumFigure, bool),
    /// A count or, where that is true, a share of a band that a paper printed, by the id and name of the band.
    PublishedBand((&'p Id, &'p Say), bool),
    /// How many had the verdict or band of a printed share.
    PartOf(PublishedOf),
    /// How many that share is of.
    WholeOf(PublishedOf),
    /// Months from the point before to the actual.
    MonthsPassed,
    /// Months between the points around it.
    MonthsBetween,
    /// A band of the plan: how many have it.
    BandCount(&'p Band),
    /// Their share.
    BandShare(&'p Band),
    /// How many have a word that all plans share.
    WordShare(Verdict),
    /// How many have one of several bands.
    BandSumCount(&'p BandSum),
    /// Their share.
    BandSumShare(&'p BandSum),
    /// What a document states, its share worked out again.
    Figure(&'p Figure),
}

/// What is counted now and was counted before.
#[derive(Debug, Clone, Copy)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Counted<'p> {
    Entries,
    Rated,
    Unreported,
    Excluded,
    Resting,
    Ahead,
    Fresh,
    Grade(&'p Grade),
    Composite(&'p Composite),
}

/// As what indicators are counted by verdict.
#[derive(Debug, Clone, Copy)]
pub enum BandOf<'p> {
    /// A band of the plan.
    Band(&'p Band),
    /// A word that all plans share.
    Word(Verdict),
    /// One of several bands.
    Sum(&'p BandSum),
    /// All that a set judges or could not, by the set.
    All(&'p BandSet),
}
