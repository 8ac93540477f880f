//! What each code means, at length: what it is, why it matters for the figures, what to do, an example.

mod figures;
mod files;
mod plausible;
mod references;
mod writing;

use super::Code;
use crate::lang::Lang;

/// What a code means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Explanation {
    title: (&'static str, &'static str),
    text: (&'static str, &'static str),
    wrong: &'static str,
    right: &'static str,
}

impl Explanation {
    /// One line.
    pub fn title(self, lang: Lang) -> &'static str {
        lang.pick(self.title.0, self.title.1)
    }

    /// A paragraph: what it means, why it matters, what to do.
    pub fn text(self, lang: Lang) -> &'static str {
        lang.pick(self.text.0, self.text.1)
    }

    /// How it is written wrong and right, as TOML; `None` where it is about a file rather than its content.
    pub fn example(self) -> Option<(&'static str, &'static str)> {
        (!self.right.is_empty()).then_some((self.wrong, self.right))
    }
}

/// What `code` means. No wildcard: a new code does not compile without its paragraph.
pub fn explain(code: Code) -> Explanation {
    match code {
        Code::NoPlan => files::NO_PLAN,
        Code::Unreadable => files::UNREADABLE,
        Code::NotAFile => files::NOT_A_FILE,
        Code::OutsideFolder => files::OUTSIDE_FOLDER,
        Code::TooLarge => files::TOO_LARGE,
        Code::EmptyFile => files::EMPTY_FILE,
        Code::StrayFile => files::STRAY_FILE,
        Code::NotUtf8 => files::NOT_UTF8,
        Code::Bom => files::BOM,
        Code::Crlf => files::CRLF,
        Code::ControlChar => files::CONTROL_CHAR,
        Code::MergeConflict => writing::MERGE_CONFLICT,
        Code::Syntax => writing::SYNTAX,
        Code::Schema => writing::SCHEMA,
        Code::UnknownKey => writing::UNKNOWN_KEY,
        Code::MissingKey => writing::MISSING_KEY,
        Code::WrongType => writing::WRONG_TYPE,
        Code::BadId => writing::BAD_ID,
        Code::BadDate => writing::BAD_DATE,
        Code::BadPeriod => writing::BAD_PERIOD,
        Code::BadTimeZone => writing::BAD_TIME_ZONE,
        Code::EraOverrun => writing::ERA_OVERRUN,
        Code::OutOfRange => writing::OUT_OF_RANGE,
        Code::DuplicateId => references::DUPLICATE_ID,
        Code::Orphan => references::ORPHAN,
        Code::TooDeep => references::TOO_DEEP,
        Code::WrongCount => references::WRONG_COUNT,
        Code::UnknownEntry => references::UNKNOWN_ENTRY,
        Code::UnknownOwner => references::UNKNOWN_OWNER,
        Code::OwnerUnused => references::OWNER_UNUSED,
        Code::OwnersOfOneName => references::OWNERS_OF_ONE_NAME,
        Code::OwnersAlike => references::OWNERS_ALIKE,
        Code::UnknownSource => references::UNKNOWN_SOURCE,
        Code::UnknownPlan => references::UNKNOWN_PLAN,
        Code::UnknownRecord => references::UNKNOWN_RECORD,
        Code::UnknownCorrected => references::UNKNOWN_CORRECTED,
        Code::CorrectedTwice => references::CORRECTED_TWICE,
        Code::CorrectsAnother => references::CORRECTS_ANOTHER,
        Code::UnknownScale => references::UNKNOWN_SCALE,
        Code::UnknownGrade => references::UNKNOWN_GRADE,
        Code::UnknownEvaluator => references::UNKNOWN_EVALUATOR,
        Code::UnknownBands => references::UNKNOWN_BANDS,
        Code::UnknownMilestone => references::UNKNOWN_MILESTONE,
        Code::UnknownSection => references::UNKNOWN_SECTION,
        Code::NoKind => figures::NO_KIND,
        Code::UnknownKind => figures::UNKNOWN_KIND,
        Code::UnknownStep => figures::UNKNOWN_STEP,
        Code::NotANumber => figures::NOT_A_NUMBER,
        Code::NumberNotAllowed => figures::NUMBER_NOT_ALLOWED,
        Code::UnitMismatch => figures::UNIT_MISMATCH,
        Code::PublishedSum => figures::PUBLISHED_SUM,
        Code::PublishedRate => figures::PUBLISHED_RATE,
        Code::MixedSeries => figures::MIXED_SERIES,
        Code::ContradictingText => figures::CONTRADICTING_TEXT,
        Code::UnexplainedVerdict => figures::UNEXPLAINED_VERDICT,
        Code::OutsidePlan => figures::OUTSIDE_PLAN,
        Code::AfterDropped => figures::AFTER_DROPPED,
        Code::DuplicateRecord => figures::DUPLICATE_RECORD,
        Code::ManifestAltered => figures::MANIFEST_ALTERED,
        Code::ChangedAfterClose => figures::CHANGED_AFTER_CLOSE,
        Code::Unconfirmed => figures::UNCONFIRMED,
        Code::PeriodNotBegun => plausible::PERIOD_NOT_BEGUN,
        Code::FutureDay => plausible::FUTURE_DAY,
        Code::ReachedTooSoon => plausible::REACHED_TOO_SOON,
        Code::BeyondHundred => plausible::BEYOND_HUNDRED,
        Code::NotOneValue => plausible::NOT_ONE_VALUE,
        Code::UnlikelyValue => plausible::UNLIKELY_VALUE,
        Code::FallsBack => plausible::FALLS_BACK,
        Code::LongAgo => plausible::LONG_AGO,
        Code::DaysOutOfOrder => plausible::DAYS_OUT_OF_ORDER,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_explained_in_both_languages() {
        for code in Code::ALL {
            let explanation = explain(*code);
            for lang in [Lang::Ja, Lang::En] {
                assert!(
                    !explanation.title(lang).is_empty() && explanation.text(lang).chars().count() > 60,
                    "{code} {lang:?}"
                );
                assert!(!explanation.text(lang).contains("  "), "{code}: a line break left its indent");
            }
            assert!(explanation.text(Lang::Ja).contains('。') && explanation.text(Lang::En).is_ascii(), "{code}");
        }
    }

    #[test]
    fn examples_are_toml_except_where_they_must_not_be() {
        for code in Code::ALL {
            let Some((wrong, right)) = explain(*code).example() else { continue };
            let parses = |text: &str| toml::de::DeTable::parse(text).is_ok();
            assert!(parses(right), "{code}: {right}");
            assert_eq!(parses(wrong), !matches!(code, Code::MergeConflict | Code::Syntax), "{code}: {wrong}");
        }
    }
}
