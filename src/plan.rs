//! The checked model.

pub mod era;
pub mod fold;
pub mod period;
