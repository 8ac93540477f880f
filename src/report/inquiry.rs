//! 照会: what was sent, what came back, how it stands.

mod review;
mod sent;
mod standing;

pub use review::{CLASSES, ReviewJson, ReviewReport};
pub use sent::{SentJson, SentReport};
pub use standing::{StandingJson, StandingReport};
