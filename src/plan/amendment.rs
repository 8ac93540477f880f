//! 変更の理由: why something in the plan was changed, as the plan itself tells it.

use chrono::NaiveDate;

use super::id::Id;
use super::source::Origin;

/// The reason of a change of the plan.
#[derive(Debug, Clone)]
pub struct Amendment {
    /// When it was decided.
    pub date: NaiveDate,
    /// Why.
    pub reason: Box<str>,
    /// The keys that were changed; empty for whatever was.
    pub keys: Vec<Box<str>>,
    /// Of the plan as a whole: the entries and indicators that were changed, also such as are gone.
    pub of: Vec<Id>,
    /// Where it was read.
    pub origin: Origin,
}
