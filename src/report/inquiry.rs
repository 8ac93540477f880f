//! 照会: what was sent, what came back, how it stands.

mod review;
mod sent;
mod standing;

use crate::document::Cell;

pub use review::{CLASSES, ReviewJson, ReviewReport};
pub use sent::{SentJson, SentReport};
pub use standing::{StandingJson, StandingReport};

/// A count.
fn count(n: usize) -> Cell {
    Cell::number(n as u64, n.to_string())
}
