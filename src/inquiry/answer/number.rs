//! Numbers and days as a workbook keeps them.

use chrono::{Days, NaiveDate};
use rust_decimal::Decimal;

use crate::lang::Say;
use crate::plan::period::Period;
use crate::say;
use crate::text::fold::fold;
use crate::workbook::{Cell, Content, Format};

/// The digits that Excel shows and keeps apart.
const DIGITS: u32 = 15;

/// The number that a workbook writes as `raw` (`0.12`, `1.2E-3`), and whether it had to be rounded to the 15 digits that
/// Excel knows: `0.28999999999999998` is what a program makes of 0.29.
pub fn exact(raw: &str) -> Option<(Decimal, bool)> {
    let raw = raw.trim();
    let number = Decimal::from_str_exact(raw).ok().or_else(|| Decimal::from_scientific(raw).ok());
    if let Some(number) = number {
        let digits = number.mantissa().unsigned_abs().checked_ilog10().map_or(1, |log| log + 1);
        if digits <= DIGITS || !raw.contains(['.', 'E', 'e']) {
            return Some((number, false));
        }
        let rounded = number.round_sf(DIGITS)?;
        return Some((rounded, rounded != number));
    }
    // More digits than a decimal holds: those of a binary fraction.
    let (mantissa, exponent) = raw.split_once(['E', 'e']).unwrap_or((raw, "0"));
    let short: String = mantissa.chars().take(26).collect();
    let number = Decimal::from_scientific(&format!("{short}E{exponent}")).ok()?;
    mantissa.contains('.').then_some(())?;
    Some((number.round_sf(DIGITS)?, true))
}

/// The day that a cell names, with the liberties taken: a date cell, 令和7年9月末, 2025/9/30.
///
/// # Errors
/// Why it is no day.
pub fn date(cell: &Cell, from_1904: bool) -> Result<(NaiveDate, Option<Say>), Say> {
    match &cell.value {
        Some(Content::Number(raw)) if cell.format == Format::Date => {
            let serial = raw.split('.').next().and_then(|whole| whole.parse::<u64>().ok());
            let day = serial.and_then(|serial| of_serial(serial, from_1904));
            day.map(|day| (day, None)).ok_or_else(|| say!("「{raw}」は日付として読めません", "`{raw}` is not a date"))
        }
        Some(Content::Text(text)) => {
            let folded = fold(text);
            let plain = folded.trim();
            let (plain, end) = plain.strip_suffix('末').map_or((plain, false), |month| (month.trim(), true));
            let shown = text.trim();
            let day = match Period::parse(plain).map(|parsed| parsed.period) {
                Ok(Period::Day(day)) if !end => day,
                Ok(month @ Period::Month(_)) if end => month.last_day(),
                _ => return Err(say!("「{shown}」は日付として読めません", "`{shown}` is not a date")),
            };
            let note = say!("「{shown}」を {day} と読みました", "read `{shown}` as {day}");
            Ok((day, Some(note).filter(|_| day.to_string() != shown)))
        }
        _ => Err(say!("日付として読めません", "it is not a date")),
    }
}

/// Excel's count of days: 1 is 1 January 1900, and a 29 February 1900 that never was is counted, too.
fn of_serial(serial: u64, from_1904: bool) -> Option<NaiveDate> {
    let (year, month, day) = if from_1904 { (1904, 1, 1) } else { (1899, 12, 30) };
    let early = !from_1904 && serial < 61;
    NaiveDate::from_ymd_opt(year, month, day).filter(|_| !early)?.checked_add_days(Days::new(serial))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_as_excel_shows_them() {
        for (raw, value, rounded) in [
            ("0.12", "0.12", false),
            ("0.28999999999999998", "0.29", true),
            ("12.300000000000001", "12.3", true),
            ("1.2E-3", "0.0012", false),
            ("1E+3", "1000", false),
            ("1200", "1200", false),
            ("-20.9", "-20.9", false),
            ("12345678901234567890", "12345678901234567890", false),
            ("0.1000000000000000055511151231257827", "0.1", true),
        ] {
            let (number, was_rounded) = exact(raw).unwrap();
            assert_eq!((number.normalize().to_string().as_str(), was_rounded), (value, rounded), "{raw}");
        }
        for raw in ["", "NaN", "INF", "1E999", "1,200", "あ"] {
            assert_eq!(exact(raw), None, "{raw}");
        }
    }

    #[test]
    fn days_as_people_and_programs_write_them() {
        let day = |text: &str| date(&Cell::text(text), false).map(|(day, _)| day.to_string());
        for text in ["令和7年9月末", "令和７年９月３０日", "2025/9/30", "R7.9.30", "2025-09-30", " R7.9末 "]
        {
            assert_eq!(day(text).as_deref(), Ok("2025-09-30"), "{text}");
        }
        for text in ["9月末", "令和7年9月", "令和7年末", "R7末", "30日", "近日"] {
            assert!(day(text).is_err(), "{text}");
        }
        let serial = |raw: &str, from_1904| {
            let cell = Cell { value: Some(Content::Number(raw.into())), formula: None, format: Format::Date };
            date(&cell, from_1904).ok().map(|(day, _)| day.to_string())
        };
        // 45930 is 2025-09-30 by Excel's own count (45658 is 2025-01-01, and it is the 273rd day of the year).
        assert_eq!(serial("45930", false).as_deref(), Some("2025-09-30"));
        assert_eq!(serial("44468", true).as_deref(), Some("2025-09-30"));
        assert_eq!(serial("1", false), None);
    }
}
