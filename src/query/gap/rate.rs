//! Rates as exact fractions.

use rust_decimal::Decimal;

/// A ratio of two exact numbers; the denominator is not zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    numerator: Decimal,
    denominator: Decimal,
}

impl Rate {
    /// `None` where the ratio has no meaning: a zero denominator.
    pub fn new(numerator: Decimal, denominator: Decimal) -> Option<Self> {
        (!denominator.is_zero()).then_some(Self { numerator, denominator })
    }

    /// In percent, to 28 digits; `None` when that is too large.
    pub fn percent(self) -> Option<Decimal> {
        self.numerator.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(self.denominator)
    }

    /// The quotient, to 28 digits; `None` when that is too large.
    pub fn value(self) -> Option<Decimal> {
        self.numerator.checked_div(self.denominator)
    }

    /// Whether it is at least this many percent, without dividing; `None` when the numbers are too large.
    pub fn reaches(self, percent: Decimal) -> Option<bool> {
        let (left, right) = (times(self.numerator, Decimal::ONE_HUNDRED)?, times(self.denominator, percent)?);
        Some(if self.denominator.is_sign_negative() { left <= right } else { left >= right })
    }

    /// Whether it is more than this many percent, without dividing; `None` when the numbers are too large.
    pub fn exceeds(self, percent: Decimal) -> Option<bool> {
        let (left, right) = (times(self.numerator, Decimal::ONE_HUNDRED)?, times(self.denominator, percent)?);
        Some(if self.denominator.is_sign_negative() { left < right } else { left > right })
    }

    /// What stands above the line.
    pub fn numerator(self) -> Decimal {
        self.numerator
    }

    /// What stands below the line.
    pub fn denominator(self) -> Decimal {
        self.denominator
    }
}

/// The exact product; `None` where the digits of a decimal do not hold it.
pub fn times(a: Decimal, b: Decimal) -> Option<Decimal> {
    let (a, b) = (a.normalize(), b.normalize());
    let product = a.checked_mul(b)?;
    let is_exact = a.is_zero() || b.is_zero() || product.scale() == a.scale() + b.scale();
    is_exact.then_some(product)
}

/// The exact difference; `None` where the digits of a decimal do not hold it.
pub fn less(a: Decimal, b: Decimal) -> Option<Decimal> {
    let difference = a.checked_sub(b)?;
    let needed = a.normalize().scale().max(b.normalize().scale());
    let is_exact = if difference.is_zero() { a == b } else { difference.scale() >= needed };
    is_exact.then_some(difference)
}
