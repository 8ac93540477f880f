//! What each code means, at length: what it is, why it matters for the figures, what to do, an example.

pub(super) mod figures;
pub(super) mod files;
pub(super) mod opinions;
pub(super) mod plausible;
pub(super) mod publication;
pub(super) mod references;
pub(super) mod writing;

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Code;

    #[test]
    fn every_code_is_explained_in_both_languages() {
        for code in Code::ALL {
            let explanation = code.explanation();
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
            let Some((wrong, right)) = code.explanation().example() else { continue };
            let parses = |text: &str| toml::de::DeTable::parse(text).is_ok();
            assert!(parses(right), "{code}: {right}");
            assert_eq!(parses(wrong), !matches!(code, Code::MergeConflict | Code::Syntax), "{code}: {wrong}");
        }
    }
}
