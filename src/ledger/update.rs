//! `[[update]]`: how an entry stands in a period.

use super::block::{Block, quoted};
use super::record::{Head, table};

/// The header of its blocks.
pub const HEADER: &str = "update";

/// What an update says. Whatever is `None` or without members holds on from the record that it corrects.
#[derive(Debug, Default)]
pub struct Update<'a> {
    /// Who rates, by id.
    pub evaluator: Option<&'a str>,
    /// Grades by scale, by id.
    pub ratings: Vec<(String, String)>,
    /// 進捗率, as a number.
    pub progress: Option<String>,
    /// Steps of the roadmap that were reached.
    pub step: Option<Step>,
    /// Milestones that were reached, and when.
    pub reached: Vec<(String, String)>,
    /// 実績.
    pub done: Option<&'a str>,
    /// 課題.
    pub issue: Option<&'a str>,
    /// 今後の対応.
    pub next: Option<&'a str>,
    /// 注.
    pub note: Option<&'a str>,
    /// 記録者.
    pub by: Option<&'a str>,
}

/// The steps of the roadmap that an update reports.
#[derive(Debug)]
pub enum Step {
    /// Of the entry itself.
    Own(String),
    /// By the name of each initiative, and of the entry by its id.
    Each(Vec<(String, String)>),
}

impl Update<'_> {
    /// Writes the block.
    pub fn block(&self, head: Head) -> Block {
        let mut block = head.block(HEADER);
        block.text("evaluator", self.evaluator);
        block.raw("rating", table(&self.ratings).as_deref());
        block.raw("progress", self.progress.as_deref());
        let step = self.step.as_ref().and_then(|step| match step {
            Step::Own(step) => Some(quoted(step.trim())),
            Step::Each(steps) => table(&by_name(steps)),
        });
        block.raw("step", step.as_deref());
        block.raw("reached", table(&by_name(&self.reached)).as_deref());
        block.text("done", self.done);
        block.text("issue", self.issue);
        block.text("next", self.next);
        block.text("note", self.note);
        block.text("by", self.by);
        block
    }
}

/// Names as keys.
fn by_name(pairs: &[(String, String)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| (quoted(name.trim()), value.trim().to_owned())).collect()
}
