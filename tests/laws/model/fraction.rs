//! Exact fractions, and how a percentage is rounded.

use std::cmp::Ordering;
use std::ops::{Add, Div, Mul, Sub};

/// A fraction; what is below the line is more than 0.
#[derive(Debug, Clone, Copy)]
pub struct Fraction {
    above: i128,
    below: i128,
}

impl Fraction {
    pub fn new(above: i128, below: i128) -> Self {
        assert!(below != 0);
        Self { above: above * below.signum(), below: below.abs() }
    }

    pub fn whole(number: i128) -> Self {
        Self::new(number, 1)
    }

    pub fn is_positive(self) -> bool {
        self.above > 0
    }

    pub fn as_f64(self) -> f64 {
        self.above as f64 / self.below as f64
    }

    pub fn abs(self) -> Self {
        Self { above: self.above.abs(), ..self }
    }

    /// In percent with so many digits behind the point: half up (away from 0), or cut off.
    pub fn percent(self, digits: u32, is_cut_off: bool) -> String {
        let scale = 10_i128.pow(digits);
        let exact = self.above.abs() * 100 * scale;
        let (down, rest) = (exact / self.below, exact % self.below);
        let rounded = down + i128::from(!is_cut_off && rest * 2 >= self.below);
        let sign = if self.above < 0 && rounded != 0 { "-" } else { "" };
        let (whole, behind) = (rounded / scale, rounded % scale);
        match digits {
            0 => format!("{sign}{whole}"),
            digits => format!("{sign}{whole}.{behind:0width$}", width = digits as usize),
        }
    }
}

impl PartialEq for Fraction {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Fraction {}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Fraction {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.above * other.below).cmp(&(other.above * self.below))
    }
}

impl Add for Fraction {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self::new(self.above * other.below + other.above * self.below, self.below * other.below)
    }
}

impl Sub for Fraction {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self + Self::new(-other.above, other.below)
    }
}

impl Mul for Fraction {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        Self::new(self.above * other.above, self.below * other.below)
    }
}

impl Div for Fraction {
    type Output = Self;
    fn div(self, other: Self) -> Self {
        Self::new(self.above * other.below, self.below * other.above)
    }
}

#[test]
fn percentages_are_rounded_as_by_hand() {
    // 2/3 = 66.666…, 1/8 = 12.5, 1/16 = 6.25.
    for (fraction, half_up, cut_off) in [
        (Fraction::new(2, 3), ["67", "66.7", "66.67"], ["66", "66.6", "66.66"]),
        (Fraction::new(1, 8), ["13", "12.5", "12.50"], ["12", "12.5", "12.50"]),
        (Fraction::new(1, 16), ["6", "6.3", "6.25"], ["6", "6.2", "6.25"]),
    ] {
        assert_eq!([0, 1, 2].map(|digits| fraction.percent(digits, false)), half_up);
        assert_eq!([0, 1, 2].map(|digits| fraction.percent(digits, true)), cut_off);
    }
}
