//! When two names are the same name and two texts the same text, however a keyboard, a form or a spreadsheet wrote them;
//! and how two names that look alike are shown so that the difference can be seen.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use crate::cp932::cp932_sign;
use crate::safe::visible;

/// The one way of writing that all spellings of a name share: that of [`text_key`], with spaces only between Latin letters.
///
/// For comparing only: what a file says is kept as it was written. Full-width letters, ①, ㈱ and kanji variants are
/// kept apart, since they are names of their own. Half-width and full-width digits are, too: 「第１課」 and 「第1課」 may both be.
pub fn name_key(name: &str) -> Cow<'_, str> {
    if is_plain(name) {
        return Cow::Borrowed(name);
    }
    let text = text_key(name);
    let mut key = String::with_capacity(text.len());
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        // Japanese has no spaces between words: who sets one, spells the same name.
        if key.ends_with(is_spaced) && word.starts_with(is_spaced) {
            key.push(' ');
        }
        key.push_str(word);
    }
    // What stood apart may be one letter now, beside which other spaces count.
    Cow::Owned(if key == name { key } else { name_key(&key).into_owned() })
}

/// The one way of writing of a text: composed (NFC), half-width katakana as full-width, every space as an ordinary one and
/// none at the ends or doubled, one wave dash, one minus, one hyphen.
pub fn text_key(text: &str) -> Cow<'_, str> {
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    let widened: String = text.nfc().collect::<String>().chars().flat_map(widen).collect();
    let composed: String = join_sound_marks(&widened).nfc().map(plain).collect();
    Cow::Owned(composed.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "))
}

/// Whether a character is of a script that sets its words apart by spaces.
fn is_spaced(c: char) -> bool {
    c < '\u{2E80}'
}

/// Whether two spellings are the same name.
pub fn is_same_name(a: &str, b: &str) -> bool {
    a == b || name_key(a) == name_key(b)
}

/// How names are compared with one that is looked for: to the letter, or by what all spellings of a name share.
#[derive(Debug, Clone)]
pub struct Spelling<'t> {
    text: Cow<'t, str>,
    is_key: bool,
}

impl Spelling<'_> {
    /// Whether `name` is the one that is looked for.
    pub fn is(&self, name: &str) -> bool {
        if self.is_key { name_key(name) == self.text } else { name == self.text }
    }
}

/// The two ways to look for a name, the strict one first: where two names differ in spelling alone, each is found by its
/// own. The second is made only when it is asked for.
pub fn spellings(text: &str) -> impl Iterator<Item = Spelling<'_>> {
    let exact = std::iter::once(Spelling { text: Cow::Borrowed(text), is_key: false });
    exact.chain(std::iter::once_with(move || Spelling { text: name_key(text), is_key: true }))
}

/// Whether two texts are the same but for signs that a file in CP932 exchanges: 〜 comes back as ～, − as －. Spaces, line
/// breaks and widths are words of a text, and count.
pub fn is_same_text(a: &str, b: &str) -> bool {
    // A backslash is a yen sign there.
    let sign = |c: char| if c == '\\' { '￥' } else { cp932_sign(c) };
    a == b || a.chars().map(sign).eq(b.chars().map(sign))
}

/// Whether a name is its own key: nothing in it has another spelling.
fn is_plain(name: &str) -> bool {
    let ascii = |byte: u8| byte != b' ' && byte.is_ascii_graphic();
    name.bytes().all(ascii)
}

/// Half-width katakana and its marks as full-width ones; a sound mark becomes a combining one, which composes.
fn widen(c: char) -> impl Iterator<Item = char> {
    let wide = match c {
        'ﾞ' => '\u{3099}',
        'ﾟ' => '\u{309A}',
        '｡'..='ﾝ' => std::iter::once(c).nfkc().next().unwrap_or(c),
        c => c,
    };
    std::iter::once(wide)
}

/// A sound mark that stands for itself (゛ ゜) joins the kana before it.
fn join_sound_marks(text: &str) -> String {
    let mark = |c: char| match c {
        '\u{309B}' => '\u{3099}',
        '\u{309C}' => '\u{309A}',
        c => c,
    };
    text.chars().map(mark).collect()
}

/// One sign of those that keyboards, encodings and word processors take for each other.
fn plain(c: char) -> char {
    match c {
        '\u{3000}' | '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\t' | '\n' | '\r' => ' ',
        // The wave dash, which CP932 turns into the full-width tilde.
        '～' | '〰' => '〜',
        // Minus and hyphens; CP932 turns − into －. The long-vowel mark ー is a letter and stays.
        '−' | '－' | '\u{2010}'..='\u{2015}' | '﹣' => '-',
        c => c,
    }
}

/// A difference between two names that the eye cannot see, in words for a terminal: each name with the characters that
/// differ spelled out (`か<U+3099>`); `None` where the names look different anyway, or are equal.
pub fn unseen_difference(a: &str, b: &str) -> Option<(String, String)> {
    let unseen = a != b && is_same_name(a, b) && half_width(a) == half_width(b);
    unseen.then(|| (spelled_out(a, b), spelled_out(b, a)))
}

/// The half-width katakana of a name, which look different from others.
fn half_width(name: &str) -> String {
    name.chars().filter(|c| ('｡'..='ﾟ').contains(c)).collect()
}

/// `name` with what stands in it and not at that place of `other` as its code points; a base letter stays readable.
fn spelled_out(name: &str, other: &str) -> String {
    let (mine, theirs): (Vec<char>, Vec<char>) = (name.chars().collect(), other.chars().collect());
    let start = mine.iter().zip(&theirs).take_while(|(a, b)| a == b).count();
    let rest = mine.len().min(theirs.len()) - start;
    let end = mine.iter().rev().zip(theirs.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    let code = |c: &char| format!("<U+{:04X}>", u32::from(*c));
    let shown = |part: &[char]| visible(&part.iter().collect::<String>()).into_owned();
    let middle: String = mine[start..mine.len() - end].iter().map(code).collect();
    shown(&mine[..start]) + &middle + &shown(&mine[mine.len() - end..])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn spellings_of_one_name_are_the_same() {
        for (a, b) in [
            ("デジタル推進課", "テ\u{3099}シ\u{3099}タル推進課"),
            ("デジタル推進課", "ﾃﾞｼﾞﾀﾙ推進課"),
            ("パスポート", "ﾊﾟｽﾎﾟｰﾄ"),
            ("ガス", "カ゛ス"),
            ("総務課　人事係", "総務課 人事係"),
            ("総務課\u{A0}人事係", " 総務課  人事係 "),
            ("総務課\r\n人事係", "総務課 人事係"),
            ("デジタル 推進課", "デジタル推進課"),
            ("人\u{3000}事課", "人事課"),
            ("DX 推進課", "DX推進課"),
            ("Digital  Office", "Digital Office"),
            ("7〜9月", "7～9月"),
            ("A−1", "A-1"),
            ("A－1", "A–1"),
            ("「案」", "｢案｣"),
            ("é", "e\u{301}"),
            ("葛\u{e0100}", "葛\u{e0100}"),
        ] {
            assert!(is_same_name(a, b), "{a} {b}");
        }
    }

    #[test]
    fn a_text_keeps_one_space_where_it_has_any() {
        assert_eq!(text_key("１\u{3000} decimal  place"), "１ decimal place");
        assert_eq!(text_key(" 順調 8件 "), "順調 8件");
        assert_eq!(name_key("順調 8件"), "順調8件");
    }

    #[test]
    fn a_mark_that_a_space_kept_apart_is_ordered_among_the_others() {
        for name in ["C\u{3000}゛\u{301}", "g゛\r\u{301}\tA"] {
            let key = name_key(name).into_owned();
            assert_eq!(name_key(&key), key);
        }
    }

    #[test]
    fn names_of_their_own_stay_apart() {
        for (a, b) in [
            ("第1課", "第2課"),
            ("ハート", "ハ-ト"),
            ("㈱市", "(株)市"),
            ("①", "1"),
            ("髙橋", "高橋"),
            ("葛城", "葛\u{e0100}城"),
            ("ＤＸ課", "DX課"),
            ("Digital Office", "DigitalOffice"),
            ("2 1課", "21課"),
            ("は", "ば"),
        ] {
            assert!(!is_same_name(a, b), "{a} {b}");
        }
    }

    #[test]
    fn a_text_that_went_through_cp932_is_the_same() {
        for (a, b) in [
            ("7〜9月に−3件", "7～9月に－3件"),
            ("‖—¢£¬‾", "∥―￠￡￢￣"),
            ("¥1,000", "\\1,000"),
            ("¥1,000", "￥1,000"),
            ("10\u{a0}件", "10 件"),
            ("R6–R9", "R6-R9"),
        ] {
            assert!(is_same_text(a, b) && is_same_text(b, a), "{a} {b}");
        }
        for (a, b) in [
            ("7〜9月", "7ー9月"),
            ("3件", "３件"),
            ("実施\n検討", "実施 検討"),
            ("実施 検討", "実施　検討"),
            ("デジタル", "ﾃﾞｼﾞﾀﾙ"),
            ("−3", "3"),
        ] {
            assert!(!is_same_text(a, b), "{a} {b}");
        }
    }

    #[test]
    fn what_the_eye_cannot_see_is_spelled_out() {
        let shown = unseen_difference("か\u{3099}く課", "がく課");
        assert_eq!(shown, Some(("<U+304B><U+3099>く課".into(), "<U+304C>く課".into())));
        let shown = unseen_difference("総務\u{3000}課", "総務 課");
        assert_eq!(shown, Some(("総務<U+3000>課".into(), "総務<U+0020>課".into())));
        assert_eq!(unseen_difference("総務課 ", "総務課"), Some(("総務課<U+0020>".into(), "総務課".into())));
        assert_eq!(unseen_difference("7〜9", "7～9"), Some(("7<U+301C>9".into(), "7<U+FF5E>9".into())));
        assert_eq!(unseen_difference("総務課", "人事課"), None);
        assert_eq!(unseen_difference("総務課", "総務課"), None);
        assert_eq!(unseen_difference("ﾃﾞｼﾞﾀﾙ課", "デジタル課"), None, "half-width letters are seen");
    }

    proptest! {
        #[test]
        fn a_key_is_its_own_key(name in "[ -~　 〜～−－ｦ-ﾟか\u{3099}゛゜が\u{301}é\r\n\t]{0,12}") {
            let key = name_key(&name).into_owned();
            prop_assert_eq!(name_key(&key).into_owned(), key);
        }

        #[test]
        fn any_name_is_the_same_however_it_is_composed(name in any::<String>()) {
            prop_assert!(is_same_name(&name, &name.nfd().collect::<String>()));
            prop_assert!(is_same_name(&name, &name.nfc().collect::<String>()));
        }

        #[test]
        fn a_difference_is_shown_by_different_words(a in any::<String>(), b in any::<String>()) {
            if let Some((a, b)) = unseen_difference(&a, &b) {
                prop_assert_ne!(a, b);
            }
        }
    }
}
