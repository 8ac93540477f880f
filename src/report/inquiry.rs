//! 照会: what was sent, what came back, how it stands.

mod review;
mod sent;
mod standing;

pub use review::ReviewReport;
pub use sent::SentReport;
pub use standing::StandingReport;
