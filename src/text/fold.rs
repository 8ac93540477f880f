//! Full-width input, read as the half-width it stands for.

use std::borrow::Cow;

/// `text` with full-width letters, digits and marks, every kind of hyphen and every kind of space as plain ASCII.
///
/// For ids, numbers and dates only: the long-vowel mark ー counts as a hyphen, so a name would lose its own.
pub fn fold(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || text.chars().all(|c| plain(c) == c) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(plain).collect())
}

fn plain(c: char) -> char {
    match c {
        // CP932 turns the wave dash into the full-width tilde.
        '〜' => '~',
        '！'..='～' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        'ー' | 'ｰ' | '−' | '\u{2010}'..='\u{2015}' => '-',
        '\u{3000}' | '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' => ' ',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn full_width_becomes_ascii() {
        assert_eq!(fold("Ｒ７．９／３０"), "R7.9/30");
        assert_eq!(fold("１ー１－１−１‐１–１—１"), "1-1-1-1-1-1-1");
        assert_eq!(fold("　令和\u{A0}７年度　"), " 令和 7年度 ");
    }

    #[test]
    fn nothing_to_fold_is_borrowed() {
        assert!(matches!(fold("R7Q2"), Cow::Borrowed(_)));
        assert!(matches!(fold("令和7年度"), Cow::Borrowed(_)));
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in any::<String>()) {
            let once = fold(&text).into_owned();
            prop_assert_eq!(fold(&once), once.as_str());
        }
    }
}
