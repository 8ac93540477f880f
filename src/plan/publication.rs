//! 公表: what of a plan goes out to everybody, as its `publish.toml` says. The outline, the figures and the verdicts always
//! do; texts only where they are named.

use super::source::Origin;

/// What goes out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Publication {
    /// Which texts.
    pub texts: Vec<PublicKind>,
    /// Whom readers may ask.
    pub contact: Option<Box<str>>,
    /// Under which licence data may be used.
    pub licence: Option<Box<str>>,
    /// The address that the site has, ending in a slash; feeds name it.
    pub address: Option<Box<str>>,
    /// Addresses of e-mail and telephone numbers that may stand in public texts.
    pub allow: Vec<Box<str>>,
    /// Where it was read.
    pub origin: Origin,
}

/// A kind of text that may go out or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PublicKind {
    /// 概要 of entries.
    Summary,
    /// 実績 of records.
    Done,
    /// 課題 of records.
    Issue,
    /// 今後の対応 of records.
    Next,
    /// 注, wherever they stand; one that is marked as internal never does.
    Note,
    /// Why something was changed or judged.
    Reason,
    /// Who recorded.
    By,
    /// 意見と対応: what was said of the plan, and what was answered.
    Opinion,
}

impl PublicKind {
    /// Every kind, as the file calls it.
    pub const ALL: [(&str, Self); 8] = [
        ("summary", Self::Summary),
        ("done", Self::Done),
        ("issue", Self::Issue),
        ("next", Self::Next),
        ("note", Self::Note),
        ("reason", Self::Reason),
        ("by", Self::By),
        ("opinion", Self::Opinion),
    ];
}

impl Publication {
    /// Whether texts of a kind go out.
    pub fn shows(&self, kind: PublicKind) -> bool {
        self.texts.contains(&kind)
    }
}

/// What a note begins with that never goes out.
const INTERNAL: [&str; 6] = ["内部：", "内部:", "（内部）", "【内部】", "internal:", "[internal]"];

/// Whether a note is for the office alone.
pub fn is_internal(note: &str) -> bool {
    let note = note.trim_start();
    INTERNAL.iter().any(|mark| note.get(..mark.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(mark)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_says_itself_that_it_is_internal() {
        for note in ["内部：財政課と調整中", " 【内部】未定", "Internal: to be settled", "[internal] no"]
        {
            assert!(is_internal(note), "{note}");
        }
        for note in ["内部統制の見直し", "庁内部署", "in", ""] {
            assert!(!is_internal(note), "{note}");
        }
    }
}
