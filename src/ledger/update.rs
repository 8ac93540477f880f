//! `[[update]]`: how an entry stands in a period.

use toml::{Table, Value};

use super::block::{Block, quoted};
use super::files::RECORDS;
use super::kind::{Kind, Merging};
use super::record::{self, Head, Meeting, meeting, table};
use crate::keys;

/// The kind.
pub static KIND: Kind = Kind {
    header: "update",
    form: &keys::UPDATE,
    files: RECORDS,
    identity: record::IDENTITY,
    references: record::REFERENCES,
    merging: Merging::Blocks { contradict },
    sample,
};

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
        let mut block = head.block(KIND.header);
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

/// Whether two updates grade one period differently, or tell another progress of it.
fn contradict(a: &Table, b: &Table) -> bool {
    let both = |key: &str| Some((a.get(key)?, b.get(key)?));
    match meeting(a, b) {
        Meeting::SameCorrected => true,
        Meeting::Apart => false,
        Meeting::SamePeriod => {
            let rated_otherwise = match both("rating") {
                Some((Value::Table(a), Value::Table(b))) => {
                    a.iter().any(|(scale, grade)| b.get(scale).is_some_and(|other| other != grade))
                }
                Some((a, b)) => a != b,
                None => false,
            };
            rated_otherwise || both("progress").is_some_and(|(a, b)| a != b)
        }
    }
}

fn sample() -> String {
    let update = Update {
        evaluator: Some("dept"),
        ratings: vec![("progress".to_owned(), "good".to_owned())],
        progress: Some("60".to_owned()),
        step: Some(Step::Each(vec![("1-1".to_owned(), "実施".to_owned())])),
        reached: vec![("公開".to_owned(), "R7.8".to_owned())],
        done: Some("窓口を\"一つ\"にした"),
        issue: Some("一行目\n二行目"),
        next: Some("# 広げる"),
        note: Some("速報"),
        by: Some("人事課"),
    };
    update.block(Head::sample()).finish()
}
