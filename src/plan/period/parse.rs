//! Reading periods as people write them: R7Q2, 令和７年度第２四半期, 2025-09-30.
//!
//! One scanner serves every form, so that a rule holds in all of them. It borrows from the text and allocates only
//! for an error.

use super::{Cycle, FiscalYear, Half, Month, Overrun, Period, PeriodError, Quarter};
use crate::plan::era::{ERAS, Era};
use crate::text::fold::fold;
use chrono::{Datelike, NaiveDate};
use std::ops::RangeInclusive;
use std::str::FromStr;

/// A period as it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parsed {
    /// The period.
    pub period: Period,
    /// Set when it was written in an era that had ended by then.
    pub overrun: Option<Overrun>,
}

impl Parsed {
    /// The period, unless its era had not lived to see it; a fiscal year as a plan of before the change writes it is one.
    pub fn settled(self) -> Result<Period, Overrun> {
        match self.overrun {
            Some(overrun) if !overrun.is_usual() => Err(overrun),
            _ => Ok(self.period),
        }
    }
}

impl Period {
    /// Reads a period in any of the forms it is written in, full-width or half-width, with or without spaces:
    ///
    /// - several fiscal years as one: R4-R6, R4～R6, 平成26～28年度, 令和4年度から令和6年度まで, 2022-2024
    /// - a fiscal year: R7, 令和7年度, 令和元年度, H31, 2025, FY2025, 2025年度
    /// - a half of it: R7H1, R7上半期, 令和7年度下半期, 2025H2
    /// - a quarter of it: R7Q2, R7-Q2, 令和7年度第2四半期, 令和7年度第二四半期, FY2025Q2
    /// - a month: R7.9, R7/9, 令和7年9月, 2025-09
    /// - a day: R7.9.30, 令和7年9月30日, 2025-09-30, 2025/9/30, 20250930
    pub fn parse(text: &str) -> Result<Parsed, PeriodError> {
        let folded = fold(text);
        let whole = folded.trim();
        // R7Q2, as a hundred thousand records write it, has no sign between a first and a last year.
        let is_one = whole.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if let Some(several) = if is_one { None } else { several_years(whole) } {
            return Ok(several);
        }
        Scan { written: text.trim(), whole, rest: whole }.parsed()
    }
}

/// What stands between the first of several years and the last.
const UNTIL: [&str; 7] = ["～", "〜", "~", "–", "—", "から", "-"];

/// Several fiscal years as one, where the text names a first and a last one.
fn several_years(whole: &str) -> Option<Parsed> {
    let (sign, (first, last)) = UNTIL.iter().find_map(|sign| Some((*sign, whole.split_once(sign)?)))?;
    let (first, last) = (first.trim(), last.trim().trim_end_matches("まで").trim_end());
    let plain = |text: &str| Scan { written: text, whole: text, rest: text }.parsed().ok();
    // 平成26～28年度: the last year is of the era of the first. A hyphen parts a month from its year: R7-9.
    let begins = last.starts_with(|c: char| c.is_ascii_digit());
    let era = ERAS.iter().rev().flat_map(|era| [era.letter, era.kanji]).find(|era| first.starts_with(era));
    let is_short = begins && last.trim_end_matches("年度").len() < 3 && (sign != "-" || last.ends_with("年度"));
    let (first, last) = match era.filter(|_| is_short) {
        // 平成26～28年度 leaves 年度 out behind the first.
        Some(era) => (plain(first)?, plain(&format!("{era}{last}"))?),
        None => (plain(first)?, plain(last)?),
    };
    let (Period::Year(from), Period::Year(to)) = (first.period, last.period) else { return None };
    let period = Period::years(from, to)?;
    Some(Parsed { period, overrun: last.overrun.or(first.overrun).map(|overrun| Overrun { period, ..overrun }) })
}

/// Reads a day in any of the forms of [`Period::parse`].
pub fn parse_date(text: &str) -> Result<NaiveDate, PeriodError> {
    match Period::parse(text) {
        Ok(Parsed { period: Period::Day(day), .. }) => Ok(day),
        Ok(_) | Err(PeriodError::Unreadable { .. } | PeriodError::Ambiguous { .. }) => {
            Err(PeriodError::NotADay { text: text.trim().to_owned() })
        }
        Err(other) => Err(other),
    }
}

impl Cycle {
    /// Reads the name of a cycle: quarter, quarterly, 四半期.
    pub fn parse(text: &str) -> Result<Self, PeriodError> {
        let folded = fold(text).trim().to_ascii_lowercase();
        match folded.as_str() {
            "month" | "monthly" | "月" | "月次" | "毎月" => Ok(Self::Month),
            "quarter" | "quarterly" | "四半期" | "四半期ごと" => Ok(Self::Quarter),
            "half" | "half-year" | "half-yearly" | "半期" | "半期ごと" => Ok(Self::Half),
            "year" | "yearly" | "fiscal year" | "年度" | "年次" | "毎年度" => Ok(Self::Year),
            _ => Err(PeriodError::NoSuchCycle { text: text.trim().to_owned() }),
        }
    }
}

/// A year as written, before it is known whether the fiscal or the calendar year is meant.
struct Year {
    era: Option<&'static Era>,
    western: i32,
    /// Whether FY or 年度 says that the fiscal year is meant.
    fiscal: bool,
    /// Whether a bare 年 follows.
    nen: bool,
}

impl Year {
    fn fiscal_year(&self) -> Result<FiscalYear, PeriodError> {
        FiscalYear::new(self.western).ok_or(PeriodError::OutOfCalendar { western: self.western })
    }

    fn month(&self, month: u32) -> Result<Month, PeriodError> {
        if !(1..=12).contains(&month) {
            return Err(PeriodError::NoSuchMonth { month });
        }
        Month::new(self.western, month).ok_or(PeriodError::OutOfCalendar { western: self.western })
    }

    fn day(&self, month: u32, day: u32) -> Result<NaiveDate, PeriodError> {
        let month = self.month(month)?;
        month.first_day().with_day(day).ok_or(PeriodError::NoSuchDay { month, day })
    }

    /// Holds `period` against the era it was written in. Halves and quarters are named by their fiscal year, so the
    /// whole of 平成31年度 stands although Heisei ended in its first month.
    fn within_era(&self, period: Period) -> Result<Parsed, PeriodError> {
        let Some(era) = self.era else { return Ok(Parsed { period, overrun: None }) };
        let named = match period {
            Period::Half(year, _) | Period::Quarter(year, _) => Period::Year(year),
            Period::Years(..) | Period::Year(_) | Period::Month(_) | Period::Day(_) => period,
        };
        if named.last_day() < era.start {
            return Err(PeriodError::BeforeEra { era, period });
        }
        let over = era.last_day().is_some_and(|last| last < named.first_day());
        Ok(Parsed { period, overrun: over.then_some(Overrun { era, period }) })
    }
}

/// How much of a fiscal year is meant.
enum YearPart {
    Whole,
    Half(Half),
    Quarter(Quarter),
}

/// What is left to read of a folded text. Spaces between two tokens are skipped; within a number they end it.
struct Scan<'a> {
    /// The text as written, for messages.
    written: &'a str,
    whole: &'a str,
    /// Never begins with a space.
    rest: &'a str,
}

impl Scan<'_> {
    fn parsed(&mut self) -> Result<Parsed, PeriodError> {
        if let Some((year, month, day)) = self.compact() {
            return year.within_era(Period::Day(year.day(month, day)?));
        }
        let year = self.year()?;
        let period = match self.part()? {
            Some(part) => self.fiscal(&year, part)?,
            None => self.month_or_day(&year)?,
        };
        year.within_era(period)
    }

    /// 20250930: eight digits and nothing else.
    fn compact(&self) -> Option<(Year, u32, u32)> {
        if self.whole.len() != 8 || !self.whole.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let western = self.whole[..4].parse().ok()?;
        let year = Year { era: None, western, fiscal: false, nen: false };
        Some((year, self.whole[4..6].parse().ok()?, self.whole[6..].parse().ok()?))
    }

    fn year(&mut self) -> Result<Year, PeriodError> {
        let fy = self.eat("FY");
        let era = if fy { None } else { ERAS.iter().rev().find(|era| self.eat(era.letter) || self.eat(era.kanji)) };
        let western = match era {
            Some(era) if self.eat("元") => era.western(1),
            Some(era) => match self.number(1..=4)? {
                0 => return Err(PeriodError::YearZero { era }),
                year => era.western(year),
            },
            // Fewer than four digits are more likely an era year whose era was left out.
            None => self.number(4..=5)?,
        };
        let nendo = self.eat("年度");
        let nen = !nendo && self.eat("年");
        Ok(Year { era, western, fiscal: fy || nendo, nen })
    }

    /// The part of a fiscal year that comes next; `None` if something else does.
    fn part(&mut self) -> Result<Option<YearPart>, PeriodError> {
        if self.rest.is_empty() {
            return Ok(Some(YearPart::Whole));
        }
        let start = self.rest;
        self.eat("-");
        if self.eat("上半期") || self.eat("上期") {
            return Ok(Some(YearPart::Half(Half::First)));
        }
        if self.eat("下半期") || self.eat("下期") {
            return Ok(Some(YearPart::Half(Half::Second)));
        }
        if self.eat("H") {
            let half = self.number(1..=2)?;
            return Half::new(half).map(|half| Some(YearPart::Half(half))).ok_or(PeriodError::NoSuchHalf { half });
        }
        if let Some(quarter) = self.quarter()? {
            let found = Quarter::new(quarter).ok_or(PeriodError::NoSuchQuarter { quarter })?;
            return Ok(Some(YearPart::Quarter(found)));
        }
        self.rest = start;
        Ok(None)
    }

    /// The number in Q2, 第2四半期 or 第二四半期.
    fn quarter(&mut self) -> Result<Option<u32>, PeriodError> {
        if self.eat("Q") {
            return self.number(1..=2).map(Some);
        }
        self.eat("第");
        // One digit only: 二四 in 第二四半期 is not 24.
        let kanji = (1..).zip(["一", "二", "三", "四", "五", "六", "七", "八", "九"]);
        let number = match kanji.into_iter().find(|(_, digit)| self.eat(digit)) {
            Some((number, _)) => Some(number),
            None => self.digits(1..=2),
        };
        Ok(number.filter(|_| self.eat("四半期")))
    }

    fn fiscal(&self, year: &Year, part: YearPart) -> Result<Period, PeriodError> {
        self.end()?;
        if year.nen && !year.fiscal {
            let (written, rest) = self.whole.split_once('年').unwrap_or((self.whole, ""));
            let (fiscal, month) = (format!("{written}年度{rest}"), format!("{written}年9月"));
            return Err(PeriodError::Ambiguous { text: self.written.to_owned(), fiscal, month });
        }
        let year = year.fiscal_year()?;
        Ok(match part {
            YearPart::Whole => Period::Year(year),
            YearPart::Half(half) => Period::Half(year, half),
            YearPart::Quarter(quarter) => Period::Quarter(year, quarter),
        })
    }

    fn month_or_day(&mut self, year: &Year) -> Result<Period, PeriodError> {
        if year.fiscal {
            return Err(self.unreadable());
        }
        let (month, day) = if year.nen { self.kanji_marks()? } else { self.separators()? };
        self.end()?;
        match day {
            Some(day) => year.day(month, day).map(Period::Day),
            None => year.month(month).map(Period::Month),
        }
    }

    /// 9月30日 or 9月.
    fn kanji_marks(&mut self) -> Result<(u32, Option<u32>), PeriodError> {
        let month = self.number(1..=2)?;
        self.require("月")?;
        if self.rest.is_empty() {
            return Ok((month, None));
        }
        let day = self.number(1..=2)?;
        self.require("日")?;
        Ok((month, Some(day)))
    }

    /// .9.30 or .9, or the same with slashes or hyphens throughout.
    fn separators(&mut self) -> Result<(u32, Option<u32>), PeriodError> {
        let mark = [".", "/", "-"].into_iter().find(|mark| self.eat(mark)).ok_or_else(|| self.unreadable())?;
        let month = self.number(1..=2)?;
        let day = if self.eat(mark) { Some(self.number(1..=2)?) } else { None };
        Ok((month, day))
    }

    /// Takes `word` if it comes next, in capitals or not.
    fn eat(&mut self, word: &str) -> bool {
        match self.rest.split_at_checked(word.len()) {
            Some((head, tail)) if head.eq_ignore_ascii_case(word) => {
                self.rest = tail.trim_start();
                true
            }
            _ => false,
        }
    }

    fn require(&mut self, word: &str) -> Result<(), PeriodError> {
        if self.eat(word) { Ok(()) } else { Err(self.unreadable()) }
    }

    /// Takes a number of so many digits if it comes next.
    fn digits<N: FromStr>(&mut self, count: RangeInclusive<usize>) -> Option<N> {
        let (number, tail) = self.rest.split_at(self.rest.bytes().take_while(u8::is_ascii_digit).count());
        let number = number.parse().ok().filter(|_| count.contains(&number.len()))?;
        self.rest = tail.trim_start();
        Some(number)
    }

    fn number<N: FromStr>(&mut self, count: RangeInclusive<usize>) -> Result<N, PeriodError> {
        self.digits(count).ok_or_else(|| self.unreadable())
    }

    fn end(&self) -> Result<(), PeriodError> {
        if self.rest.is_empty() { Ok(()) } else { Err(self.unreadable()) }
    }

    fn unreadable(&self) -> PeriodError {
        PeriodError::Unreadable { text: self.written.to_owned() }
    }
}
