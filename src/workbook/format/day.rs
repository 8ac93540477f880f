//! A day or a time in the letters of a section.

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::section::{Section, Token};
use crate::plan::era::Era;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const WEEKDAYS_JA: [&str; 7] = ["月", "火", "水", "木", "金", "土", "日"];

const SECONDS_A_DAY: i64 = 86_400;

/// What a person sees of a day and the time of it; `serial` counts days, a time its fraction.
pub fn shown(section: &Section, day: Option<NaiveDate>, serial: Decimal) -> Option<String> {
    let seconds = (serial * Decimal::from(SECONDS_A_DAY)).round().to_i64()?;
    let tokens = &section.tokens;
    let half = tokens.contains(&Token::HalfDay);
    let of_day = seconds.rem_euclid(SECONDS_A_DAY);
    let mut shown = String::new();
    for (at, token) in tokens.iter().enumerate() {
        let part = match token {
            Token::Literal(text) => text.clone(),
            Token::Point => ".".into(),
            Token::Comma => ",".into(),
            Token::HalfDay => if of_day < SECONDS_A_DAY / 2 { "AM" } else { "PM" }.into(),
            Token::Elapsed('h', width) => padded(seconds / 3600, *width),
            Token::Elapsed('m', width) => padded(seconds / 60, *width),
            Token::Elapsed(_, width) => padded(seconds, *width),
            Token::Day('h', width) => {
                let hour = of_day / 3600;
                padded(if half { (hour + 11) % 12 + 1 } else { hour }, (*width).min(2))
            }
            Token::Day('m', width @ 1..=2) if is_minutes(tokens, at) => padded(of_day / 60 % 60, *width),
            Token::Day('s', width) => padded(of_day % 60, (*width).min(2)),
            Token::Day(letter, width) => calendar(day?, *letter, *width, section.gannen)?,
            Token::Digit('0') => "0".into(),
            _ => return None,
        };
        shown.push_str(&part);
    }
    Some(shown)
}

/// Whether an m is minutes: after hours, or before seconds.
fn is_minutes(tokens: &[Token], at: usize) -> bool {
    let clock = |token: &&Token| matches!(token, Token::Day(..) | Token::Elapsed(..));
    let before = tokens[..at].iter().rev().find(clock);
    let after = tokens[at + 1..].iter().find(clock);
    matches!(before, Some(Token::Day('h', _) | Token::Elapsed('h', _)))
        || matches!(after, Some(Token::Day('s', _) | Token::Elapsed('s', _)))
}

fn padded(number: i64, width: usize) -> String {
    format!("{number:0width$}")
}

fn calendar(day: NaiveDate, letter: char, width: usize, gannen: bool) -> Option<String> {
    let weekday = usize::try_from(day.weekday().num_days_from_monday()).ok()?;
    let month = usize::try_from(day.month0()).ok()?;
    let era = Era::on(day);
    let of_era = era.map(|era| era.year_of(day.year()));
    Some(match (letter, width) {
        ('y', 1..=2) => padded(i64::from(day.year() % 100), 2),
        ('y', _) => padded(i64::from(day.year()), 4),
        ('m', 1..=2) => padded(i64::from(day.month()), width),
        ('m', 3) => MONTHS.get(month)?.chars().take(3).collect(),
        ('m', 5) => MONTHS.get(month)?.chars().take(1).collect(),
        ('m', _) => (*MONTHS.get(month)?).into(),
        ('d', 1..=2) => padded(i64::from(day.day()), width),
        ('d', 3) => WEEKDAYS.get(weekday)?.chars().take(3).collect(),
        ('d', _) => (*WEEKDAYS.get(weekday)?).into(),
        ('a', 3) => (*WEEKDAYS_JA.get(weekday)?).into(),
        ('a', 4) => format!("{}曜日", WEEKDAYS_JA.get(weekday)?),
        ('g', 1) => era?.letter.into(),
        ('g', 2) => era?.kanji.chars().take(1).collect(),
        ('g', _) => era?.kanji.into(),
        ('e', _) if of_era == Some(1) && gannen => "元".into(),
        ('e', _) => padded(i64::from(of_era?), width.min(2)),
        ('r', 1) => padded(i64::from(of_era?), 2),
        ('r', 2) => format!("{}{}", era?.kanji, padded(i64::from(of_era?), 2)),
        _ => return None,
    })
}
