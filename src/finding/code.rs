//! The codes of findings: stable words that scripts and the documentation rely on.

use std::fmt;

use serde::Serialize;

use crate::lang::Lang;

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Good to know.
    Note,
    /// Probably wrong; figures stay right.
    Warning,
    /// Wrong: figures would be wrong, so there are none.
    Error,
}

impl Severity {
    /// What a person reads.
    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Error => lang.pick("エラー", "error"),
            Self::Warning => lang.pick("警告", "warning"),
            Self::Note => lang.pick("注記", "note"),
        }
    }
}

macro_rules! codes {
    ($($name:ident $slug:literal $severity:ident),* $(,)?) => {
        /// What kind of finding it is. `kaikaku check --explain CODE` tells each at length.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs, reason = "each is explained in finding/explain")]
        pub enum Code { $($name),* }

        impl Code {
            /// Every code, in the order they are documented.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The stable word.
            pub const fn slug(self) -> &'static str {
                match self { $(Self::$name => $slug),* }
            }

            /// How bad it is.
            pub const fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity),* }
            }
        }
    };
}

codes! {
    // The files themselves.
    NoPlan "no-plan" Error,
    Unreadable "unreadable" Error,
    NotAFile "not-a-file" Error,
    OutsideFolder "outside-folder" Error,
    TooLarge "too-large" Error,
    EmptyFile "empty-file" Warning,
    StrayFile "stray-file" Warning,
    NotUtf8 "not-utf8" Error,
    Bom "bom" Warning,
    Crlf "crlf" Warning,
    ControlChar "control-char" Warning,
    // How they are written.
    MergeConflict "merge-conflict" Error,
    Syntax "syntax" Error,
    Schema "schema" Error,
    UnknownKey "unknown-key" Error,
    MissingKey "missing-key" Error,
    WrongType "wrong-type" Error,
    BadId "bad-id" Error,
    BadDate "bad-date" Error,
    BadPeriod "bad-period" Error,
    BadTimeZone "bad-time-zone" Error,
    EraOverrun "era-overrun" Warning,
    OutOfRange "out-of-range" Error,
    // What they refer to.
    DuplicateId "duplicate-id" Error,
    Orphan "orphan" Error,
    TooDeep "too-deep" Error,
    WrongCount "wrong-count" Error,
    UnknownEntry "unknown-entry" Error,
    UnknownOwner "unknown-owner" Error,
    OwnerUnused "owner-unused" Warning,
    OwnersOfOneName "owners-of-one-name" Note,
    OwnersAlike "owners-alike" Warning,
    UnknownSource "unknown-source" Error,
    UnknownPlan "unknown-plan" Warning,
    UnknownRecord "unknown-record" Error,
    UnknownCorrected "unknown-corrected" Error,
    CorrectedTwice "corrected-twice" Error,
    CorrectsAnother "corrects-another" Warning,
    UnknownScale "unknown-scale" Error,
    UnknownGrade "unknown-grade" Error,
    UnknownEvaluator "unknown-evaluator" Error,
    UnknownBands "unknown-bands" Error,
    UnknownMilestone "unknown-milestone" Error,
    UnknownSection "unknown-section" Error,
    // What the figures say.
    NoKind "no-kind" Error,
    UnknownKind "unknown-kind" Error,
    UnknownStep "unknown-step" Error,
    NotANumber "not-a-number" Error,
    NumberNotAllowed "number-not-allowed" Error,
    UnitMismatch "unit-mismatch" Error,
    PublishedSum "published-sum" Warning,
    PublishedRate "published-rate" Warning,
    MixedSeries "mixed-series" Error,
    UnexplainedVerdict "unexplained-verdict" Warning,
    ContradictingText "contradicting-text" Note,
    OutsidePlan "outside-plan" Error,
    AfterDropped "after-dropped" Warning,
    DuplicateRecord "duplicate-record" Warning,
    ManifestAltered "manifest-altered" Warning,
    ChangedAfterClose "changed-after-close" Warning,
    Unconfirmed "unconfirmed" Note,
    // Whether it can be so.
    PeriodNotBegun "period-not-begun" Error,
    FutureDay "future-day" Warning,
    ReachedTooSoon "reached-too-soon" Error,
    BeyondHundred "beyond-hundred" Error,
    NotOneValue "not-one-value" Warning,
    UnlikelyValue "unlikely-value" Warning,
    FallsBack "falls-back" Warning,
    LongAgo "long-ago" Warning,
    DaysOutOfOrder "days-out-of-order" Warning,
}

impl Code {
    /// The code with this slug.
    pub fn parse(slug: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.slug() == slug)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.slug())
    }
}
