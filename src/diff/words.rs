//! Which characters of a text changed. Japanese has no spaces, so characters are compared, and what is too short to be a
//! word between two changes counts as changed.

use similar::DiffTag;

use super::sequence::edits;

/// A run of characters of two texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Run {
    /// In both.
    Same(String),
    /// In the old text only.
    Gone(String),
    /// In the new text only.
    Come(String),
}

/// The least number of characters in common that stand between two changes.
const LEAST_SAME: usize = 2;
/// From what share of characters in common on, in percent, it is worth marking what is not.
const WORTH_MARKING: usize = 30;

/// The runs of two texts; `None` where they have so little in common that marks would only confuse.
pub fn runs(old: &str, new: &str) -> Option<Vec<Run>> {
    let (olds, news): (Vec<char>, Vec<char>) = (old.chars().collect(), new.chars().collect());
    let ops = edits(&olds, &news);
    let mut pieces: Vec<(bool, String, String)> = Vec::new();
    for op in &ops {
        let (gone, come) = (&olds[op.old_range()], &news[op.new_range()]);
        let same = op.tag() == DiffTag::Equal && !(gone.len() < LEAST_SAME && !pieces.is_empty() && ops.len() > 1);
        let (gone, come) = (gone.iter().collect::<String>(), come.iter().collect::<String>());
        match pieces.last_mut() {
            Some((false, old, new)) if !same => {
                old.push_str(&gone);
                new.push_str(&come);
            }
            _ => pieces.push((same, gone, come)),
        }
    }
    let common: usize = pieces.iter().filter(|(same, ..)| *same).map(|(_, text, _)| text.chars().count()).sum();
    let longer = olds.len().max(news.len());
    if longer == 0 || common * 100 < longer * WORTH_MARKING {
        return None;
    }
    let runs = pieces.into_iter().flat_map(|(same, gone, come)| match same {
        true => vec![Run::Same(gone)],
        false => vec![Run::Gone(gone), Run::Come(come)],
    });
    Some(runs.filter(|run| !matches!(run, Run::Gone(text) | Run::Come(text) if text.is_empty())).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn marked(old: &str, new: &str) -> Option<String> {
        let mark = |run: &Run| match run {
            Run::Same(text) => text.clone(),
            Run::Gone(text) => format!("[-{text}-]"),
            Run::Come(text) => format!("{{+{text}+}}"),
        };
        Some(runs(old, new)?.iter().map(mark).collect())
    }

    #[test]
    fn words_of_japanese_are_marked_without_spaces() {
        let marked = |old, new| marked(old, new).unwrap();
        assert_eq!(marked("窓口の見直し", "窓口手続の見直し"), "窓口{+手続+}の見直し");
        assert_eq!(marked("申請を紙で受け付ける。", "申請を電子で受け付ける。"), "申請を[-紙-]{+電子+}で受け付ける。");
        assert_eq!(marked("令和7年度に実施", "令和8年度に実施"), "令和[-7-]{+8+}年度に実施");
    }

    #[test]
    fn texts_with_little_in_common_are_not_torn_to_pieces() {
        assert_eq!(marked("人材確保", "予算の質向上"), None);
        assert_eq!(marked("", ""), None);
    }

    proptest! {
        #[test]
        fn the_runs_are_both_texts(old in "[あいうえ]{0,12}", new in "[あいうえ]{0,12}") {
            if let Some(runs) = runs(&old, &new) {
                let side = |is_new: bool| -> String {
                    runs.iter().map(|run| match run {
                        Run::Same(text) => text.as_str(),
                        Run::Gone(text) => if is_new { "" } else { text },
                        Run::Come(text) => if is_new { text } else { "" },
                    }).collect()
                };
                prop_assert_eq!((side(false), side(true)), (old, new));
            }
        }
    }
}
