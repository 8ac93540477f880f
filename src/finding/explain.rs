//! What each code means, at length.

use super::Code;
use crate::lang::Lang;
/// x
#[derive(Debug)]
pub struct Explanation;
impl Explanation {
    /// x
    pub fn title(&self, _: Lang) -> &'static str {
        ""
    }
    /// x
    pub fn text(&self, _: Lang) -> &'static str {
        ""
    }
}
/// x
pub fn explain(_: Code) -> Explanation {
    Explanation
}
