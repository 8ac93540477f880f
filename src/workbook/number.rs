//! Numbers and days as a workbook keeps them.

use chrono::{Days, NaiveDate};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

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

/// The day that a number counts, by Excel's own count: 1 is 1 January 1900, and a 29 February 1900 that never was is
/// counted, too; the days before that are left open (`Some(None)`). `None` for what counts no day.
pub fn day_of(number: Decimal, from_1904: bool) -> Option<Option<NaiveDate>> {
    let serial = number.trunc().to_u64()?;
    let (year, month, day) = if from_1904 { (1904, 1, 1) } else { (1899, 12, 30) };
    let early = !from_1904 && serial < 61;
    let start = NaiveDate::from_ymd_opt(year, month, day)?;
    if early { Some(None) } else { Some(Some(start.checked_add_days(Days::new(serial))?)) }
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
}
