//! One change of the plan.

use super::fact::{Fact, Key, Subject};
use super::field::Topic;
use crate::plan::id::Id;
use crate::plan::source::Origin;
use crate::query::gap::Verdict;

/// One change of the plan.
#[derive(Debug, Clone)]
pub struct Change<'p> {
    /// What changed; by its id in the new revision, in the old one where it is gone.
    pub subject: Subject<'p>,
    /// Its name in the same revision; empty for the plan as a whole.
    pub name: &'p str,
    /// What happened.
    pub kind: ChangeKind<'p>,
    /// How much it matters.
    pub topic: Topic,
    /// Which part or key of the subject; `None` for the subject itself.
    pub key: Option<Key<'p>>,
    /// The facts of the old revision.
    pub old: Vec<Fact<'p>>,
    /// The facts of the new revision.
    pub new: Vec<Fact<'p>>,
    /// Of a record: what was recorded last about the same.
    pub before: Vec<Fact<'p>>,
    /// Why, where the plan says so.
    pub reason: Option<&'p str>,
    /// What it does to the verdict.
    pub consequence: Option<Consequence>,
    /// Facts that only belong to this change (the reason, a former id), of the old revision and of the new.
    pub beside: [Vec<Fact<'p>>; 2],
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChangeKind<'p> {
    /// 下方修正: a target that is easier to meet now.
    Lowered,
    /// 上方修正: a target that is harder to meet now.
    Raised,
    /// 追加.
    Added,
    /// 廃止.
    Dropped,
    /// 番号の変更, from this id.
    Renumbered(&'p Id),
    /// 統合, of these.
    Merged(Vec<&'p Id>),
    /// 分割, of the first into the others.
    Split(&'p Id, Vec<&'p Id>),
    /// 名称の変更.
    Renamed,
    /// 移動: it stands under another entry.
    Moved,
    /// 変更: any other key.
    Changed,
    /// 記録: a new record.
    Recorded,
    /// 評価の変動: a new record with another grade.
    RatingMoved,
    /// 訂正: another value for the same period.
    Corrected,
    /// 取下げ: an earlier record is taken back, and none put in its place.
    TakenBack,
    /// 確定: the value of a provisional one.
    Confirmed,
    /// 書換え: an existing record says something else.
    Rewritten,
    /// 削除: a record is gone.
    Withdrawn,
}

/// What a change of target does to the verdict on the same actual.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Consequence {
    /// The verdict by the old target.
    pub before: Verdict,
    /// The verdict by the new one.
    pub after: Verdict,
}

impl ChangeKind<'_> {
    /// The stable word.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Lowered => "lowered",
            Self::Raised => "raised",
            Self::Added => "added",
            Self::Dropped => "dropped",
            Self::Renumbered(_) => "renumbered",
            Self::Merged(_) => "merged",
            Self::Split(..) => "split",
            Self::Renamed => "renamed",
            Self::Moved => "moved",
            Self::Changed => "changed",
            Self::Recorded => "recorded",
            Self::RatingMoved => "rating-moved",
            Self::Corrected => "corrected",
            Self::TakenBack => "taken-back",
            Self::Confirmed => "confirmed",
            Self::Rewritten => "rewritten",
            Self::Withdrawn => "withdrawn",
        }
    }
}

impl<'p> Change<'p> {
    /// A change of which nothing more is known yet.
    pub fn new(subject: Subject<'p>, name: &'p str, kind: ChangeKind<'p>, topic: Topic) -> Self {
        Self {
            subject,
            name,
            kind,
            topic,
            key: None,
            old: Vec::new(),
            new: Vec::new(),
            before: Vec::new(),
            reason: None,
            consequence: None,
            beside: Default::default(),
        }
    }

    /// Where it stood in the old revision and stands in the new one.
    pub fn origins(&self) -> [Option<Origin>; 2] {
        [&self.old, &self.new].map(|facts| facts.first().map(|fact| fact.origin))
    }

    /// Whether it is of what happened rather than of what was approved.
    pub fn is_record(&self) -> bool {
        self.topic == Topic::Ratings
            && self.key.as_ref().is_some_and(|key| key.part.first().is_some_and(|p| p.is_record()))
    }
}
