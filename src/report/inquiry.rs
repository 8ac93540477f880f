//! 照会: what was sent, what came back, how it stands.

mod review;
mod sent;
mod standing;

pub use review::{CLASSES, ReviewReport};
pub use sent::SentReport;
pub use standing::StandingReport;
