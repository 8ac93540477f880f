//! How an indicator is judged: what is measured of it, then what the rules are asked about, then the verdict.

use rust_decimal::Decimal;

use super::Gap;
use super::expected::Course;
use super::judge::{Facts, Known, Verdict, Why, judge};
use super::outlook::{against, bounds, is_less_better, outside};
use super::rate::{Rate, less, times};
use crate::plan::indicator::{Actual, Kind, Reading};
use crate::plan::judging::{Against, BandSet, Measured};
use crate::plan::period::FiscalYear;
use crate::plan::value::{Absence, Toward, Value};

impl<'p> Gap<'p> {
    /// Judges it against the target that judges.
    ///
    /// # Errors
    /// Why there is no verdict.
    pub(super) fn judge(
        &mut self,
        actual: &Actual,
        target: &Reading,
        targets: &'p [Reading],
        first: FiscalYear,
    ) -> Result<Verdict, Why> {
        match (&self.indicator.kind, &actual.reading.value, &target.value) {
            (Kind::Milestone { .. }, Value::Step(reached), Value::Step(wanted)) => {
                let began = self.baseline.map(|baseline| &baseline.value);
                match began {
                    _ if reached >= wanted => Ok(Verdict::Met),
                    Some(Value::Step(began)) if reached < began => Ok(Verdict::Worsened),
                    _ => judge_step(*reached, actual, target, targets),
                }
            }
            (Kind::Range, Value::Number(a), Value::Range(within)) => self.judge_band(*a, within.min, within.max),
            (kind @ Kind::Maintain { .. }, Value::Number(a), Value::Number(t)) => {
                let (min, max) = bounds(kind, Some(target)).ok_or(Why::TooLarge)?;
                let verdict = self.judge_band(*a, min, max);
                self.gap = less(*a, *t);
                verdict
            }
            (_, Value::Number(a), Value::Number(t)) => {
                let (series, pace) = (self.indicator.series, self.rules.pace);
                let course = Course { series, pace, baseline: self.baseline, targets, first };
                self.basis = course.by(actual.reading.period);
                self.due = self.basis.and_then(|basis| basis.value());
                self.expected = self.due.and_then(Rate::value);
                self.measure(*a, *t);
                self.judge_number()
            }
            (_, Value::Number(_), Value::Words) => self.judge_toward(actual, target),
            _ => Err(Why::NotANumber),
        }
    }

    /// The gap and the rates that mean something for the kind.
    fn measure(&mut self, a: Decimal, t: Decimal) {
        self.gap = less(a, t);
        // a/e and e/a, with e brought to a whole number of its parts.
        let parts = self.due.and_then(|e| Some((times(a, e.denominator())?, e.numerator())));
        match self.indicator.kind {
            Kind::AtLeast => self.room = self.gap,
            Kind::AtMost => self.room = less(t, a),
            Kind::Up => self.pace = parts.and_then(|(a, e)| of_positive(a, e)),
            Kind::Down => {
                self.pace = parts.filter(|(_, e)| *e >= Decimal::ZERO).and_then(|(a, e)| of_positive(e, a));
            }
            Kind::Heading | Kind::Maintain { .. } | Kind::Range | Kind::Milestone { .. } => {}
        }
        if matches!(self.indicator.kind, Kind::Up | Kind::Down) {
            let to = |target: Option<&Reading>| target.and_then(Reading::number).and_then(|t| self.ratio(a, t));
            (self.ratio_to_period, self.ratio_to_final) = (to(self.own), to(self.target));
            self.ratio_to_target = self.ratio(a, t);
            self.actual_by_target = of_positive(a, t);
            self.improvement = self.improved(a, t);
        }
    }

    /// a/t, for lower-is-better t/a.
    fn ratio(&self, a: Decimal, t: Decimal) -> Option<Rate> {
        match is_less_better(&self.indicator.kind) {
            false => of_positive(a, t),
            true => of_positive(t, a).filter(|_| t >= Decimal::ZERO),
        }
    }

    /// (a−b)/(t−b), where the target is better than the baseline; against a target that was met at the outset the
    /// formula says nothing.
    fn improved(&self, a: Decimal, t: Decimal) -> Option<Rate> {
        let b = self.baseline?.number()?;
        let ahead = if is_less_better(&self.indicator.kind) { t < b } else { t > b };
        let (done, wanted) = (less(a, b)?, less(t, b)?);
        Rate::new(done, wanted).filter(|_| ahead)
    }

    /// What the rules of the bands are asked about.
    ///
    /// # Errors
    /// When target or actual is no number, or the numbers are too large.
    pub fn facts(&self) -> Result<Facts, Why> {
        let actual = self.actual.ok_or(Why::NoActual)?;
        let held_to = self.held_to().ok_or(Why::NoTarget)?;
        let target = held_to.number().ok_or(Why::NotANumber)?;
        let a = actual.reading.number().ok_or(Why::NotANumber)?;
        let down = is_less_better(&self.indicator.kind);
        let compared = |a: Decimal, t: Decimal, strict: bool| match against(a, t, Decimal::ZERO, down) {
            Against::Same if strict => Against::Worse,
            found => found,
        };
        let is_strict = self.basis.is_some_and(|basis| basis.is_strict());
        let reaches = |e: Rate| {
            let a = times(a, e.denominator()).ok_or(Why::TooLarge)?;
            Ok(compared(a, e.numerator(), is_strict) != Against::Worse)
        };
        let to_baseline = |b: Decimal| against(a, b, actual.margin().unwrap_or_default(), down);
        Ok(Facts {
            target: compared(a, target, held_to.is_strict()),
            expected: self.due.map(reaches).transpose()?,
            baseline: match self.baseline.map(|b| &b.value) {
                Some(Value::Absent(Absence::Unsettled(_))) => Known::Unsettled,
                Some(Value::Number(b)) => Known::Known(Some(to_baseline(*b))),
                _ => Known::Known(None),
            },
            last_year: self.change.map(|change| change.is),
            rate: self.rate(self.rules.by),
            falls_short: self.falls_short(self.rules.by),
        })
    }

    /// 未満・超: whether the actual is the number of a target (or of what it expects by now) that the number itself does not
    /// reach, so that a rate of 100 % is not reached either.
    pub fn falls_short(&self, by: Measured) -> bool {
        if by != Measured::Pace {
            return self.held_to().is_some_and(|target| self.is_just_at(target));
        }
        let actual = self.actual.and_then(|actual| actual.reading.number());
        let due = self.due.filter(|_| self.basis.is_some_and(|basis| basis.is_strict()));
        let parts = due.zip(actual).and_then(|(e, a)| Some((times(a, e.denominator())?, e.numerator())));
        parts.is_some_and(|(a, e)| a == e)
    }

    /// The same of any target or expectation that is shown: there 100 %, or nothing left, is not enough.
    pub fn stops_short(&self) -> bool {
        self.own.into_iter().chain(self.target).any(|target| self.is_just_at(target))
            || self.verdict != Verdict::Met && self.falls_short(Measured::Pace)
    }

    fn is_just_at(&self, target: &Reading) -> bool {
        let actual = self.actual.and_then(|actual| actual.reading.number());
        target.is_strict() && actual.is_some() && target.number() == actual
    }

    fn judge_number(&mut self) -> Result<Verdict, Why> {
        let facts = self.facts()?;
        let (set, met) = (self.rules, facts.target != Against::Worse);
        self.band = match judge(set, facts) {
            Ok(place) => Some(&set.bands[place]),
            Err(why) if !met => return Err(why),
            Err(_) => None,
        };
        // However a set calls it, and where it finds no rate to go by: who has reached the target has met it.
        Ok(match self.band.map(|band| band.meaning) {
            Some(None) => Verdict::Undetermined(Why::BandSays),
            Some(Some(meaning)) if !met => meaning.into(),
            _ => Verdict::Met,
        })
    }

    /// Gives the band of a set that stands for the verdict of the standard rules. Who has reached the target has met it,
    /// whatever the set calls it.
    pub(super) fn give_band(&mut self, set: &'p BandSet) {
        let found = self.verdict;
        (self.set, self.ruled) = (set, Some(found));
        self.band = found.meaning().and_then(|meaning| set.without_rate(meaning));
        self.verdict = match (found, self.band.map(|band| band.meaning)) {
            (Verdict::Undetermined(_), _) => found,
            (_, Some(None)) => Verdict::Undetermined(Why::BandSays),
            (Verdict::Met, _) => Verdict::Met,
            (_, Some(Some(meaning))) => meaning.into(),
            (_, None) => Verdict::Undetermined(Why::NoBand),
        };
    }

    /// A target in words (増加): the way from the baseline is what counts.
    fn judge_toward(&mut self, actual: &Actual, target: &Reading) -> Result<Verdict, Why> {
        let toward = target.written().and_then(Toward::parse).ok_or(Why::NotANumber)?;
        let baseline = self.baseline.ok_or(Why::NoBaseline)?;
        let (a, b) = (actual.reading.number().ok_or(Why::NotANumber)?, baseline.number().ok_or(Why::NoBaseline)?);
        let found = against(a, b, actual.margin().unwrap_or_default(), toward == Toward::Less);
        Ok(match found {
            Against::Better => Verdict::Met,
            Against::Worse => Verdict::Worsened,
            Against::Same | Against::NotWorse => Verdict::Behind,
        })
    }

    /// Within two bounds, or how far outside; worsened when further outside than the baseline was.
    fn judge_band(&mut self, a: Decimal, min: Decimal, max: Decimal) -> Result<Verdict, Why> {
        let gap = outside(a, min, max).ok_or(Why::TooLarge)?;
        self.gap = Some(gap);
        self.room = less(a, min).zip(less(max, a)).map(|(low, high)| low.min(high));
        let was = self.baseline.and_then(Reading::number).and_then(|b| outside(b, min, max));
        Ok(match was {
            _ if gap.is_zero() => Verdict::Met,
            Some(was) if gap.abs() > was.abs() => Verdict::Worsened,
            _ => Verdict::Behind,
        })
    }
}

/// A rate with a positive denominator: with a negative one, worse would look better.
fn of_positive(numerator: Decimal, denominator: Decimal) -> Option<Rate> {
    Rate::new(numerator, denominator).filter(|_| denominator.is_sign_positive())
}

/// A step short of the target, against the last one that was due.
fn judge_step(reached: usize, actual: &Actual, target: &Reading, targets: &[Reading]) -> Result<Verdict, Why> {
    let (of, due) = (actual.reading.period.last_day(), target.period.last_day());
    let by_now = targets.iter().rfind(|t| t.period.last_day() <= of).map(|t| &t.value);
    match by_now {
        Some(Value::Step(step)) if reached >= *step => Ok(Verdict::OnPace),
        None if of < due => Err(Why::NotYetDue),
        _ => Ok(Verdict::Behind),
    }
}
