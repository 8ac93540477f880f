//! Periods as people at a desk name them, without the year: 第3四半期, ３Ｑ, 12月, 今年度.

use chrono::{Datelike, Days, NaiveDate};

use super::{Cycle, FiscalYear, Half, Month, Parsed, Period, PeriodError, Quarter, parse_date};
use crate::text::fold::fold;

/// How far a day without a year is looked for: 29 February comes round at least every eight years.
const YEARS_APART: i32 = 8;

impl Period {
    /// Reads a period as [`Period::parse`] does, and also one without its year, as it is meant on the day `today`: of all
    /// quarters, halves, months and days of that name the last one that has begun.
    ///
    /// - a quarter: 第3四半期, ３Ｑ, Q3; this one (今期, 今四半期) or the one before (前四半期)
    /// - a half: 上半期, 下期
    /// - a month: 12月, 今月, 先月; a day: 12月3日, 今日, 昨日
    /// - a fiscal year: 今年度, 前年度
    ///
    /// # Errors
    /// As [`Period::parse`].
    pub fn parse_near(text: &str, today: NaiveDate) -> Result<Parsed, PeriodError> {
        Self::parse(text).or_else(|error| {
            let period = named(text, today).or_else(|| numbered(text, today)).ok_or(error)?;
            Ok(Parsed { period, overrun: None })
        })
    }
}

/// Reads a day that is still to come, such as a deadline: 12月4日 without its year is the next one.
///
/// # Errors
/// As [`parse_date`].
pub fn parse_day_ahead(text: &str, today: NaiveDate) -> Result<NaiveDate, PeriodError> {
    parse_date(text).or_else(|error| {
        let folded = fold(text);
        let (month, day) = month_and_day(folded.trim()).ok_or_else(|| error.clone())?;
        let years = (0..=YEARS_APART).map(|ahead| today.year() + ahead);
        let mut days = years.filter_map(|year| NaiveDate::from_ymd_opt(year, month, day));
        days.find(|day| today <= *day && FiscalYear::from_date(*day).contains(*day)).ok_or(error)
    })
}

/// The month and the day in 12月4日.
fn month_and_day(text: &str) -> Option<(u32, u32)> {
    let (month, day) = text.split_once('月')?;
    Some((month.trim().parse().ok()?, day.trim().strip_suffix('日')?.trim().parse().ok()?))
}

/// A period that is named by how far it lies from today.
fn named(text: &str, today: NaiveDate) -> Option<Period> {
    let within = |cycle: Cycle| cycle.period_containing(today);
    match text.trim().to_ascii_lowercase().as_str() {
        "今年度" | "本年度" | "this year" => Some(within(Cycle::Year)),
        "前年度" | "昨年度" | "last year" => within(Cycle::Year).prev(),
        "今四半期" | "今期" | "this quarter" => Some(within(Cycle::Quarter)),
        "前四半期" | "前期" | "last quarter" => within(Cycle::Quarter).prev(),
        "今月" | "this month" => Some(within(Cycle::Month)),
        "先月" | "前月" | "last month" => within(Cycle::Month).prev(),
        "今日" | "本日" | "today" => Some(Period::Day(today)),
        "昨日" | "yesterday" => Some(Period::Day(today.checked_sub_days(Days::new(1))?)),
        _ => None,
    }
}

/// The last period of a name that has begun by today.
fn numbered(text: &str, today: NaiveDate) -> Option<Period> {
    let folded: String = fold(text).chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_uppercase();
    let this_year = FiscalYear::from_date(today);
    let years = || std::iter::successors(Some(this_year), |year| year.prev()).take(2);
    let begun = |period: &Period| period.first_day() <= today;
    if let Some(half) = half(&folded) {
        return years().map(|year| Period::Half(year, half)).find(begun);
    }
    if let Some(quarter) = quarter(&folded) {
        return years().map(|year| Period::Quarter(year, quarter)).find(begun);
    }
    let mut calendar_years = (0..=YEARS_APART).map(|back| today.year() - back);
    if let Some((month, day)) = month_and_day(&folded) {
        let days = calendar_years.filter_map(|year| NaiveDate::from_ymd_opt(year, month, day));
        return days.filter(|day| FiscalYear::from_date(*day).contains(*day)).map(Period::Day).find(begun);
    }
    let month: u32 = folded.strip_suffix('月')?.parse().ok()?;
    calendar_years.find_map(|year| Month::new(year, month).map(Period::Month).filter(begun))
}

fn half(text: &str) -> Option<Half> {
    match text {
        "上半期" | "上期" | "H1" => Some(Half::First),
        "下半期" | "下期" | "H2" => Some(Half::Second),
        _ => None,
    }
}

/// The quarter in 第3四半期, 第三四半期, 3Q and Q3.
fn quarter(text: &str) -> Option<Quarter> {
    let ordinal = text.strip_suffix("四半期").map(|number| number.strip_prefix('第').unwrap_or(number));
    let number = ordinal.or_else(|| text.strip_suffix('Q')).or_else(|| text.strip_prefix('Q'))?;
    let kanji = ["一", "二", "三", "四"].iter().position(|digit| *digit == number);
    Quarter::new(kanji.map_or_else(|| number.parse().ok(), |place| u32::try_from(place + 1).ok())?)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// On a day of the third quarter of fiscal year R8 (2026).
    fn near(text: &str) -> Option<String> {
        let today = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
        Period::parse_near(text, today).ok().map(|parsed| parsed.period.short())
    }

    #[test]
    fn a_period_without_its_year_is_the_last_that_has_begun() {
        for (text, meant) in [
            ("第3四半期", "R8Q3"),
            ("第三四半期", "R8Q3"),
            ("３Ｑ", "R8Q3"),
            ("q3", "R8Q3"),
            ("Ｑ４", "R7Q4"), // the fourth quarter of R8 begins in January 2027
            ("第 4 四半期", "R7Q4"),
            ("上半期", "R8H1"),
            ("下期", "R8H2"),
            ("12月", "R7.12"),
            ("１１月", "R8.11"),
            ("4月", "R8.4"),
            ("3月", "R8.3"),
            ("12月3日", "R7.12.3"),
            ("11月21日", "R8.11.21"),
            ("11月22日", "R7.11.22"),
            ("2月29日", "R6.2.29"),
            ("今年度", "R8"),
            ("前年度", "R7"),
            ("今期", "R8Q3"),
            ("前四半期", "R8Q2"),
            ("先月", "R8.10"),
            ("昨日", "R8.11.20"),
            ("R7Q2", "R7Q2"),
        ] {
            assert_eq!(near(text).as_deref(), Some(meant), "{text}");
        }
    }

    #[test]
    fn a_day_ahead_without_its_year_is_the_next_one() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
        let ahead = |text: &str| parse_day_ahead(text, today).ok().map(|day| day.to_string());
        for (text, meant) in [
            ("12月4日", "2026-12-04"),
            ("１２月４日", "2026-12-04"),
            ("11月21日", "2026-11-21"),
            ("11月20日", "2027-11-20"),
            ("2月29日", "2028-02-29"),
            ("R8.12.4", "2026-12-04"),
        ] {
            assert_eq!(ahead(text).as_deref(), Some(meant), "{text}");
        }
        for text in ["", "12月", "13月1日", "2月30日", "12月4", "R8.12"] {
            assert_eq!(ahead(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_no_period_stays_none() {
        for text in ["", "5Q", "第5四半期", "13月", "2月30日", "月", "0月", "Q", "第四半期", "3", "12", "四半期"]
        {
            assert_eq!(near(text), None, "{text}");
        }
    }
}
