//! What a column of a table holds, and the values in it.

use std::borrow::Cow;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::SCALE;
use super::site::Site;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words, or a name of the plan's own.
    Text,
    /// One of a few words of the program: the table `codes` says what each means.
    Code,
    /// A whole number.
    Integer,
    /// An exact number: 38 digits, ten of them behind the point.
    Decimal,
    /// Yes or no.
    Boolean,
    /// A day.
    Date,
}

impl Kind {
    /// How SQL calls it.
    pub fn sql(self) -> &'static str {
        match self {
            Self::Text | Self::Code => "VARCHAR",
            Self::Integer => "INTEGER",
            Self::Decimal => "DECIMAL(38,10)",
            Self::Boolean => "BOOLEAN",
            Self::Date => "DATE",
        }
    }
}

/// A column of a table, as every format has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name, the same for ever.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Whether it holds something in every row.
    pub is_required: bool,
    /// What it means, in Japanese and in English.
    pub about: (&'static str, &'static str),
}

/// A value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Datum<'r> {
    /// Nothing is known, or there is nothing.
    Null,
    /// Words.
    Text(Cow<'r, str>),
    /// A whole number.
    Integer(i32),
    /// An exact number.
    Decimal(Decimal),
    /// Yes or no.
    Boolean(bool),
    /// A day.
    Date(NaiveDate),
}

/// A column, and how a row says what stands in it.
pub struct ColumnOf<'p, R> {
    /// The column.
    pub column: Column,
    /// What stands in it.
    pub get: for<'r> fn(&'r R, &'r Site<'p>) -> Datum<'r>,
}

/// A column that holds something in every row.
pub fn required<'p, R>(
    name: &'static str,
    kind: Kind,
    about: (&'static str, &'static str),
    get: for<'r> fn(&'r R, &'r Site<'p>) -> Datum<'r>,
) -> ColumnOf<'p, R> {
    ColumnOf { column: Column { name, kind, is_required: true, about }, get }
}

/// A column that may hold nothing.
pub fn optional<'p, R>(
    name: &'static str,
    kind: Kind,
    about: (&'static str, &'static str),
    get: for<'r> fn(&'r R, &'r Site<'p>) -> Datum<'r>,
) -> ColumnOf<'p, R> {
    ColumnOf { column: Column { name, kind, is_required: false, about }, get }
}

impl<'r> Datum<'r> {
    /// Words; nothing where there are none.
    pub fn text(text: &'r str) -> Self {
        if text.is_empty() { Self::Null } else { Self::Text(Cow::Borrowed(text)) }
    }

    /// Words that were put together; nothing where there are none.
    pub fn owned(text: String) -> Self {
        if text.is_empty() { Self::Null } else { Self::Text(Cow::Owned(text)) }
    }

    /// A count or a place. What is larger than any plan counts as the largest.
    pub fn count(number: impl TryInto<i32>) -> Self {
        Self::Integer(number.try_into().unwrap_or(i32::MAX))
    }

    /// A number that was worked out and may not end: to as many digits as a column has.
    pub fn computed(number: Decimal) -> Self {
        Self::Decimal(number.round_dp(SCALE).normalize())
    }
}

impl<'r, T: Into<Datum<'r>>> From<Option<T>> for Datum<'r> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl<'r> From<&'r str> for Datum<'r> {
    fn from(text: &'r str) -> Self {
        Self::text(text)
    }
}

impl From<String> for Datum<'_> {
    fn from(text: String) -> Self {
        Self::owned(text)
    }
}

impl From<bool> for Datum<'_> {
    fn from(is: bool) -> Self {
        Self::Boolean(is)
    }
}

impl From<i32> for Datum<'_> {
    fn from(number: i32) -> Self {
        Self::Integer(number)
    }
}

impl From<NaiveDate> for Datum<'_> {
    fn from(day: NaiveDate) -> Self {
        Self::Date(day)
    }
}

impl From<Decimal> for Datum<'_> {
    fn from(number: Decimal) -> Self {
        Self::Decimal(number)
    }
}

/// A number as a whole number of its smallest parts, of which [`SCALE`] digits stand behind the point; `None` where it has
/// more digits than that.
pub fn unscaled(number: Decimal) -> Option<i128> {
    let number = if number.scale() > SCALE { number.normalize() } else { number };
    let more = SCALE.checked_sub(number.scale())?;
    number.mantissa().checked_mul(10_i128.checked_pow(more)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dec(text: &str) -> Decimal {
        Decimal::from_str_exact(text).unwrap()
    }

    #[test]
    fn a_number_keeps_every_digit_or_is_refused() {
        assert_eq!(unscaled(dec("48.9")), Some(489_000_000_000));
        assert_eq!(unscaled(dec("-0.0000000001")), Some(-1));
        assert_eq!(unscaled(dec("1.50000000000000")), Some(15_000_000_000));
        assert_eq!(unscaled(dec("0.00000000001")), None);
        // 28 digits before the point and ten behind it.
        assert_eq!(
            unscaled(dec("9999999999999999999999999999")),
            Some(99_999_999_999_999_999_999_999_999_990_000_000_000)
        );
    }

    #[test]
    fn what_was_worked_out_is_cut_to_the_digits_of_a_column() {
        let third = dec("100") / dec("3");
        assert_eq!(Datum::computed(third), Datum::Decimal(dec("33.3333333333")));
    }
}
