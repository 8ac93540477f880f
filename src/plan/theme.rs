//! 主題: what plans have in common. Each says by itself which of its entries and indicators belong to it; plans that name
//! one framework and one id mean the same.

use super::id::Id;
use super::source::Origin;

/// A theme of a framework that plans share (総合計画 施策, 総合戦略 KPI, an SDG), and what of this plan belongs to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    /// Its id in its framework.
    pub id: Id,
    /// What it is a theme of: by this its entries are grouped.
    pub framework: Box<str>,
    /// What it is called.
    pub name: Box<str>,
    /// The entries that belong to it, by place, those under what it names among them, in order of the outline.
    pub entries: Vec<usize>,
    /// The indicators that belong to it, by place.
    pub indicators: Vec<usize>,
    /// Where it was read.
    pub origin: Origin,
}
