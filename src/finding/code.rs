//! The codes of findings: stable words that scripts and the documentation rely on.

use std::fmt;

use serde::Serialize;

use super::explain::{self, Explanation};
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
    ($($name:ident $slug:literal $severity:ident $room:ident::$explanation:ident),* $(,)?) => {
        /// What kind of finding it is. `kaikaku check --explain CODE` tells each at length.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs, reason = "each is explained by its explanation")]
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

            /// What it means, at length.
            pub const fn explanation(self) -> Explanation {
                match self { $(Self::$name => explain::$room::$explanation),* }
            }
        }
    };
}

codes! {
    // The files themselves.
    NoPlan "no-plan" Error files::NO_PLAN,
    Unreadable "unreadable" Error files::UNREADABLE,
    NotAFile "not-a-file" Error files::NOT_A_FILE,
    OutsideFolder "outside-folder" Error files::OUTSIDE_FOLDER,
    TooLarge "too-large" Error files::TOO_LARGE,
    EmptyFile "empty-file" Warning files::EMPTY_FILE,
    StrayFile "stray-file" Warning files::STRAY_FILE,
    NotUtf8 "not-utf8" Error files::NOT_UTF8,
    Bom "bom" Warning files::BOM,
    Crlf "crlf" Warning files::CRLF,
    ControlChar "control-char" Warning files::CONTROL_CHAR,
    // How they are written.
    MergeConflict "merge-conflict" Error writing::MERGE_CONFLICT,
    Syntax "syntax" Error writing::SYNTAX,
    Schema "schema" Error writing::SCHEMA,
    UnknownKey "unknown-key" Error writing::UNKNOWN_KEY,
    MissingKey "missing-key" Error writing::MISSING_KEY,
    WrongType "wrong-type" Error writing::WRONG_TYPE,
    BadId "bad-id" Error writing::BAD_ID,
    BadDate "bad-date" Error writing::BAD_DATE,
    BadPeriod "bad-period" Error writing::BAD_PERIOD,
    BadTimeZone "bad-time-zone" Error writing::BAD_TIME_ZONE,
    BadCityCode "bad-city-code" Error writing::BAD_CITY_CODE,
    EraOverrun "era-overrun" Warning writing::ERA_OVERRUN,
    OutOfRange "out-of-range" Error writing::OUT_OF_RANGE,
    // What they refer to.
    DuplicateId "duplicate-id" Error references::DUPLICATE_ID,
    Orphan "orphan" Error references::ORPHAN,
    TooDeep "too-deep" Error references::TOO_DEEP,
    WrongCount "wrong-count" Error references::WRONG_COUNT,
    UnknownEntry "unknown-entry" Error references::UNKNOWN_ENTRY,
    UnmappedTheme "unmapped-theme" Warning references::UNMAPPED_THEME,
    ThemeTwice "theme-twice" Warning references::THEME_TWICE,
    ThemeInGroup "theme-in-group" Error references::THEME_IN_GROUP,
    UnknownOwner "unknown-owner" Error references::UNKNOWN_OWNER,
    OwnerUnused "owner-unused" Warning references::OWNER_UNUSED,
    OwnersOfOneName "owners-of-one-name" Note references::OWNERS_OF_ONE_NAME,
    OwnersAlike "owners-alike" Warning references::OWNERS_ALIKE,
    UnknownSource "unknown-source" Error references::UNKNOWN_SOURCE,
    UnknownPlan "unknown-plan" Warning references::UNKNOWN_PLAN,
    UnknownRecord "unknown-record" Error references::UNKNOWN_RECORD,
    UnknownCorrected "unknown-corrected" Error references::UNKNOWN_CORRECTED,
    CorrectedTwice "corrected-twice" Error references::CORRECTED_TWICE,
    CorrectsAnother "corrects-another" Warning references::CORRECTS_ANOTHER,
    UnknownScale "unknown-scale" Error references::UNKNOWN_SCALE,
    UnknownGrade "unknown-grade" Error references::UNKNOWN_GRADE,
    UnknownEvaluator "unknown-evaluator" Error references::UNKNOWN_EVALUATOR,
    UnknownBands "unknown-bands" Error references::UNKNOWN_BANDS,
    UnknownMilestone "unknown-milestone" Error references::UNKNOWN_MILESTONE,
    UnknownSection "unknown-section" Error references::UNKNOWN_SECTION,
    // What was said of the plan, and what was answered.
    UnknownOpinion "unknown-opinion" Error opinions::UNKNOWN_OPINION,
    UnexplainedState "unexplained-state" Error opinions::UNEXPLAINED_STATE,
    AnswersDisagree "answers-disagree" Error opinions::ANSWERS_DISAGREE,
    AnsweredTooSoon "answered-too-soon" Error opinions::ANSWERED_TOO_SOON,
    UnknownRevision "unknown-revision" Warning opinions::UNKNOWN_REVISION,
    // What the figures say.
    NoKind "no-kind" Error figures::NO_KIND,
    UnknownKind "unknown-kind" Error figures::UNKNOWN_KIND,
    UnknownStep "unknown-step" Error figures::UNKNOWN_STEP,
    NotANumber "not-a-number" Error figures::NOT_A_NUMBER,
    NumberNotAllowed "number-not-allowed" Error figures::NUMBER_NOT_ALLOWED,
    UnitMismatch "unit-mismatch" Error figures::UNIT_MISMATCH,
    PublishedSum "published-sum" Warning figures::PUBLISHED_SUM,
    PublishedCount "published-count" Warning figures::PUBLISHED_COUNT,
    PublishedRate "published-rate" Warning figures::PUBLISHED_RATE,
    RevisedPartly "revised-partly" Warning figures::REVISED_PARTLY,
    MixedSeries "mixed-series" Error figures::MIXED_SERIES,
    UnexplainedVerdict "unexplained-verdict" Warning figures::UNEXPLAINED_VERDICT,
    ContradictingText "contradicting-text" Note figures::CONTRADICTING_TEXT,
    OutsidePlan "outside-plan" Error figures::OUTSIDE_PLAN,
    AfterDropped "after-dropped" Warning figures::AFTER_DROPPED,
    DuplicateRecord "duplicate-record" Warning figures::DUPLICATE_RECORD,
    ManifestAltered "manifest-altered" Warning figures::MANIFEST_ALTERED,
    ChangedAfterClose "changed-after-close" Warning figures::CHANGED_AFTER_CLOSE,
    Unconfirmed "unconfirmed" Note figures::UNCONFIRMED,
    // What may not go out.
    PersonalContact "personal-contact" Error publication::PERSONAL_CONTACT,
    // Whether it can be so.
    PeriodNotBegun "period-not-begun" Error plausible::PERIOD_NOT_BEGUN,
    FutureDay "future-day" Warning plausible::FUTURE_DAY,
    ReachedTooSoon "reached-too-soon" Error plausible::REACHED_TOO_SOON,
    BeyondHundred "beyond-hundred" Error plausible::BEYOND_HUNDRED,
    NotOneValue "not-one-value" Warning plausible::NOT_ONE_VALUE,
    UnlikelyValue "unlikely-value" Warning plausible::UNLIKELY_VALUE,
    FallsBack "falls-back" Warning plausible::FALLS_BACK,
    LongAgo "long-ago" Warning plausible::LONG_AGO,
    DaysOutOfOrder "days-out-of-order" Warning plausible::DAYS_OUT_OF_ORDER,
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
