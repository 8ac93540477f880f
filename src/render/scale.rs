//! Where a value stands between the least and the greatest one, in exact decimals.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// The stretch that a picture covers.
#[derive(Debug, Clone, Copy)]
pub struct Scale {
    min: Decimal,
    max: Decimal,
}

impl Scale {
    /// From the least to the greatest of the values; `None` where there is none.
    pub fn spanning(values: impl IntoIterator<Item = Decimal>) -> Option<Self> {
        let stretch = |scale: Option<Self>, value: Decimal| match scale {
            None => Some(Self { min: value, max: value }),
            Some(Self { min, max }) => Some(Self { min: min.min(value), max: max.max(value) }),
        };
        values.into_iter().fold(None, stretch)
    }

    /// The step of a value, from 0 to `last`; the middle where all values are equal.
    pub fn step(self, value: Decimal, last: usize) -> usize {
        let step = self.share(value) * Decimal::from(last);
        step.round().to_usize().unwrap_or(0).min(last)
    }

    /// How far a value lies from the least (0) to the greatest (1); a half where all are equal.
    fn share(self, value: Decimal) -> Decimal {
        // The widest stretch is beyond what a decimal holds; that of quarters is not, however they are rounded.
        let quarter = |value: Decimal| value * Decimal::new(25, 2);
        let exact = value.checked_sub(self.min).zip(self.max.checked_sub(self.min));
        let (part, whole) = exact.unwrap_or_else(|| {
            let min = quarter(self.min);
            (quarter(value) - min, quarter(self.max) - min)
        });
        let share = part.checked_div(whole).unwrap_or(Decimal::new(5, 1));
        share.clamp(Decimal::ZERO, Decimal::ONE)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn any_decimal() -> impl Strategy<Value = Decimal> {
        let some = (any::<u32>(), any::<u32>(), any::<u32>(), any::<bool>(), 0u32..29)
            .prop_map(|(lo, mid, hi, negative, scale)| Decimal::from_parts(lo, mid, hi, negative, scale));
        prop_oneof![some, (-100i64..100).prop_map(Decimal::from), Just(Decimal::MAX), Just(Decimal::MIN)]
    }

    proptest! {
        #[test]
        fn the_steps_follow_the_values(values in prop::collection::vec(any_decimal(), 1..8), last in 0usize..200) {
            let scale = Scale::spanning(values.iter().copied()).unwrap();
            let mut sorted = values;
            sorted.sort();
            let steps: Vec<usize> = sorted.iter().map(|value| scale.step(*value, last)).collect();
            prop_assert!(steps.is_sorted() && steps.iter().all(|step| *step <= last), "{:?}", steps);
            if sorted[0] < sorted[sorted.len() - 1] {
                prop_assert_eq!((steps[0], steps[steps.len() - 1]), (0, last));
            } else {
                prop_assert!(steps.iter().all(|step| step.abs_diff(last - step) <= 1));
            }
        }
    }
}
