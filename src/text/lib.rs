//! The ground floor: what every room needs of Japanese and English text, and that knows nothing of plans.

pub mod contact;
pub mod cp932;
pub mod fold;
pub mod lang;
pub mod number;
pub mod package;
pub mod paths;
pub mod portable;
pub mod safe;
pub mod same;
pub mod spoken;
pub mod suggest;
pub mod terms;
pub mod tokens;
pub mod width;
