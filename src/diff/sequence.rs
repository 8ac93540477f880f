//! What two sequences have in common, in their order.

use std::collections::HashMap;
use std::hash::Hash;

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// The runs of two sequences that are equal, gone, new or replaced, by Myers' algorithm.
///
/// Equal items get one number, and the numbers are compared: the algorithm is compiled for one type only.
pub fn edits<T: Eq + Hash>(old: &[T], new: &[T]) -> Vec<DiffOp> {
    let mut numbers: HashMap<&T, usize> = HashMap::new();
    let mut number = |item| {
        let next = numbers.len();
        *numbers.entry(item).or_insert(next)
    };
    let olds: Vec<usize> = old.iter().map(&mut number).collect();
    let news: Vec<usize> = new.iter().map(&mut number).collect();
    capture_diff_slices(Algorithm::Myers, &olds, &news)
}
