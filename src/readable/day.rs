//! Times that no calendar has, and years of two calendars that do not agree.

use chrono::NaiveDate;

use super::value::ERAS;
use crate::text::fold::fold;

/// The letters of the eras, and the year before the first of each, in the order of [`ERAS`].
const BEFORE: [(char, i32); 5] = [('M', 1867), ('T', 1911), ('S', 1925), ('H', 1988), ('R', 2018)];

/// A time as a text has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Written {
    /// The Western year.
    year: i32,
    /// The year of the era, where it is told by one.
    of_era: Option<u32>,
    month: Option<u32>,
    day: Option<u32>,
    quarter: Option<u32>,
}

/// Whether a text is a time that does not exist (2026-02-30, 令和8年13月, 第5四半期), or whose two years differ (令和8年(2025年)).
pub fn is_impossible(text: &str) -> bool {
    let folded = fold(text);
    let (first, second) = folded.split_once('(').unwrap_or((&folded, ""));
    let (first, second) = (written(first), written(second.trim_end_matches(')')));
    let differ = first.zip(second).is_some_and(|(one, other)| one.year != other.year);
    differ || [first, second].into_iter().flatten().any(|time| !exists(time))
}

/// Whether eight digits begin with a Western year and may be a day: 20260401.
pub fn is_of_digits(text: &str) -> bool {
    written(text).is_some_and(|time| time.day.is_some())
}

/// The Western year of a text that is a year and nothing else: 2026, 2026年度, 令和8年度.
pub fn year_alone(text: &str) -> Option<i32> {
    let time = written(&fold(text))?;
    (time.month.is_none() && time.quarter.is_none()).then_some(time.year)
}

fn exists(time: Written) -> bool {
    time.of_era != Some(0)
        && time.quarter.is_none_or(|quarter| (1..=4).contains(&quarter))
        && NaiveDate::from_ymd_opt(time.year, time.month.unwrap_or(1), time.day.unwrap_or(1)).is_some()
}

/// Reads the time that a folded text begins with; `None` where it begins with none.
fn written(text: &str) -> Option<Written> {
    let (year, of_era, rest) = year(text.trim())?;
    let mut time = Written { year, of_era, month: None, day: None, quarter: None };
    if let Some(behind) = rest.strip_prefix("年度").or_else(|| rest.strip_prefix('Q')) {
        return Some(Written { quarter: quarter(rest, behind), ..time });
    }
    let Some(behind) = rest.strip_prefix(['年', '-', '/', '.']) else {
        // 20260230
        let is_day = of_era.is_none() && rest.len() == 4 && rest.bytes().all(|b| b.is_ascii_digit());
        let parts =
            is_day.then(|| rest.split_at(2)).and_then(|(month, day)| Some((month.parse().ok()?, day.parse().ok()?)));
        (time.month, time.day) = parts.unzip();
        return (rest.is_empty() || time.day.is_some()).then_some(time);
    };
    let Some((month, rest)) = number(behind, 2) else { return Some(time) };
    // 2026-27 is a span of years.
    let is_span = rest.is_empty() && of_era.is_none() && i64::from(month) == i64::from((year + 1) % 100) && month > 12;
    time.month = Some(month).filter(|_| !is_span);
    let day = rest.strip_prefix(['月', '-', '/', '.']).and_then(|behind| number(behind, 2));
    // 2026年4-6月 is a span of months.
    time.day = day.filter(|(_, rest)| !rest.starts_with('月')).map(|(day, _)| day);
    Some(time)
}

/// The quarter behind 年度 or Q.
fn quarter(from: &str, behind: &str) -> Option<u32> {
    let worded = behind.trim().trim_start_matches('第');
    let (quarter, rest) = number(worded, 1)?;
    (from.starts_with('Q') || rest.starts_with("四半期")).then_some(quarter)
}

/// The Western year that a text begins with, the year of its era, and the rest.
fn year(text: &str) -> Option<(i32, Option<u32>, &str)> {
    let eras = ERAS.iter().zip(BEFORE);
    let of_era = eras.filter_map(|(kanji, (letter, before))| {
        let rest = text.strip_prefix(kanji).or_else(|| text.strip_prefix(letter))?;
        let (year, rest) = rest.strip_prefix('元').map(|rest| (1, rest)).or_else(|| number(rest, 2))?;
        Some((before + i32::try_from(year).ok()?, Some(year), rest))
    });
    let western = || {
        let year = text.get(..4).filter(|year| year.bytes().all(|b| b.is_ascii_digit()))?.parse().ok()?;
        (1868..2200).contains(&year).then_some((year, None, &text[4..]))
    };
    of_era.into_iter().next().or_else(western)
}

/// Takes a number of at most so many digits off the front.
fn number(text: &str, most: usize) -> Option<(u32, &str)> {
    let text = text.trim_start();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at(digits.min(text.len()));
    (1..=most).contains(&digits).then(|| number.parse().ok()).flatten().map(|number| (number, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_calendar_has_is_found_and_nothing_else() {
        for text in [
            "2026-02-30",
            "2026/2/30",
            "2026.2.30",
            "2026年2月31日",
            "２０２６年２月３０日",
            "2025-02-29",
            "2100-02-29",
            "2026-13-01",
            "2026-13",
            "2026年0月",
            "2026/00/10",
            "20260230",
            "令和8年13月",
            "令和8年2月30日",
            "R8.4.31",
            "令和0年4月1日",
            "令和元年6月31日",
            "2026年度第5四半期",
            "R8Q5",
            "令和8年(2025年)",
            "令和5年度（2024年度）",
            "令和8年2月28日（2026年2月30日）",
        ] {
            assert!(is_impossible(text), "{text}");
        }
        for text in [
            "2026-02-28",
            "2024-02-29",
            "令和6年2月29日",
            "令和8年12月",
            "令和元年5月1日",
            "平成30年4月1日",
            "R8Q4",
            "2026年度第4四半期",
            "2026-27",
            "2023/24",
            "2026",
            "2026年度",
            "2026年4-6月",
            "2026年4～6月",
            "2026-04-01T09:00:00",
            "2026-04-01 09:00",
            "20260228",
            "令和5年度(2023年度)",
            "令和8年(注)",
            "令和8年度(2月末)",
            "R棟",
            "431001",
            "096-328-2111",
            "",
        ] {
            assert!(!is_impossible(text), "{text}");
        }
        assert_eq!(
            ["2026", "令和8年度", "R8", "2026年4月", "R8Q1"].map(year_alone),
            [Some(2026), Some(2026), Some(2026), None, None]
        );
    }
}
