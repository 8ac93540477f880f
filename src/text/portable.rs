//! 機種依存文字: signs that machines differ in, and texts without them.

use std::sync::LazyLock;

use encoding_rs::SHIFT_JIS;
use unicode_normalization::UnicodeNormalization;

use crate::cp932::cp932_sign;
use crate::safe::{is_unseen, visible};

/// What stands for a character that has no other way to be written (げた記号).
const GETA: char = '〓';

/// Whether a character is none of those that machines differ in: it is of ASCII, of JIS X 0201 or X 0208, or a letter of some
/// script, which may be of a name (髙, é).
pub fn is_portable(c: char) -> bool {
    if c.is_ascii() {
        return !c.is_control() || matches!(c, '\n' | '\r' | '\t');
    }
    // A sound mark by itself, as macOS writes them, and gaiji.
    if is_unseen(c) || matches!(c, '\u{3099}' | '\u{309a}' | '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..) {
        return false;
    }
    is_standard(cp932_sign(c)) || is_letter(c)
}

/// Whether a character is of JIS X 0201 or X 0208.
fn is_standard(c: char) -> bool {
    // One bit a character: to encode each of a text is half of the time that a site takes.
    static STANDARD: LazyLock<Vec<u64>> = LazyLock::new(|| {
        let mut bits = vec![0; 0x1_0000 / 64];
        for c in standard().map(u32::from).filter(|c| *c < 0x1_0000) {
            bits[c as usize / 64] |= 1 << (c % 64);
        }
        bits
    });
    let place = u32::from(c) as usize;
    STANDARD.get(place / 64).is_some_and(|bits| bits >> (place % 64) & 1 == 1)
}

/// The characters of JIS X 0201 and X 0208, as Shift_JIS has them. Row 13 is NEC's own; those of JIS X 0208 end with row 84,
/// and those behind are of NEC and IBM.
fn standard() -> impl Iterator<Item = char> {
    let rows = (0x81..=0x9f).chain(0xe0..=0xea).filter(|first| *first != 0x87);
    let pairs =
        rows.flat_map(|first| (0x40..=0xfc).filter(|second| *second != 0x7f).map(move |second| [first, second]));
    let of_pair = |pair: [u8; 2]| {
        let (text, had_errors) = SHIFT_JIS.decode_without_bom_handling(&pair);
        if had_errors { None } else { text.chars().next() }
    };
    let single = ('\u{ff61}'..='\u{ff9f}').chain(['\u{80}', '¥', '‾']);
    pairs.filter_map(of_pair).chain(single)
}

/// Whether a character is a letter that may be of a name (with the selector of its form), and no number or word in one sign.
fn is_letter(c: char) -> bool {
    let is_one_sign = matches!(c,
        '\u{aa}' | '\u{ba}' | '\u{2070}'..='\u{218f}' | '\u{2460}'..='\u{24ff}' | '\u{3200}'..='\u{33ff}' | '\u{ff00}'..='\u{ffef}'
        | '\u{1d400}'..='\u{1d7ff}' | '\u{1f100}'..='\u{1f2ff}');
    c.is_alphabetic() && !is_one_sign || matches!(c, '\u{e0100}'..='\u{e01ef}')
}

/// A text on one line: without spaces for looks and line breaks, and without the signs that machines differ in (①, ㈱, ㎡) and
/// half-width katakana, which are spelled out. Kanji stay as they are: they may be of a name.
pub fn portable(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { spelled_out(text) }
}

/// Whether nothing of a text is to be spelled out: kana, kanji, ASCII and the usual signs, each of which stands for itself and
/// joins no other, with single spaces in between. Nearly every text is one.
fn is_plain(text: &str) -> bool {
    let stands = |c: char| {
        c.is_ascii_graphic()
            || matches!(c, '、' | '。' | '「' | '」' | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fe}' | '\u{4e00}'..='\u{9fff}' | '\u{ff01}'..='\u{ff5e}')
                && is_portable(c)
    };
    let mut before = ' ';
    let all = text.chars().all(|c| {
        let is_good = stands(c) || c == ' ' && before != ' ';
        before = c;
        is_good
    });
    all && (text.is_empty() || before != ' ')
}

fn spelled_out(text: &str) -> String {
    let composed: String = visible(text).nfc().collect();
    let mut spelled = String::with_capacity(composed.len());
    let mut half = String::new();
    for c in composed.chars() {
        // Half-width katakana are joined with their marks before they are widened.
        if ('\u{ff61}'..='\u{ff9f}').contains(&c) {
            half.push(c);
            continue;
        }
        spelled.extend(half.nfkc());
        half.clear();
        spell(c, &mut spelled);
    }
    spelled.extend(half.nfkc());
    let words: Vec<&str> = spelled.split_whitespace().collect();
    words.join(" ").chars().map(|c| if is_portable(c) { c } else { GETA }).collect()
}

fn spell(c: char, into: &mut String) {
    let plain = || std::iter::once(c).nfkc();
    match c {
        // Negative circled numbers.
        '\u{2776}'..='\u{2793}' => into.push_str(&format!("({})", (u32::from(c) - 0x2776) % 10 + 1)),
        '\u{2460}'..='\u{2473}' | '\u{24b6}'..='\u{24e9}' | '\u{3280}'..='\u{32b0}' | '\u{32d0}'..='\u{32fe}' => {
            into.push('(');
            into.extend(plain());
            into.push(')');
        }
        '✓' | '✔' | '☑' => into.push('○'),
        c if is_portable(c) => into.push(c),
        _ => into.extend(plain()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_standard_is_what_shift_jis_encodes() {
        for c in '\u{80}'..='\u{10ffff}' {
            let mut units = [0; 4];
            let (bytes, _, had_errors) = SHIFT_JIS.encode(c.encode_utf8(&mut units));
            let encoded = match *bytes {
                _ if had_errors => false,
                [first, _] => first != 0x87 && first <= 0xea,
                _ => true,
            };
            // The encoder takes the minus sign for the full-width one, which `cp932_sign` has done before.
            assert!(is_standard(c) == encoded || c == '−', "{c:?} {:x}", u32::from(c));
        }
    }

    #[test]
    fn signs_that_machines_differ_in_are_spelled_out() {
        for (text, wanted) in [
            ("①窓口の改革", "(1)窓口の改革"),
            ("㈱市民バス", "(株)市民バス"),
            ("延床面積㎡", "延床面積m2"),
            ("第Ⅲ期", "第III期"),
            ("ﾃﾞｼﾞﾀﾙ推進", "デジタル推進"),
            ("一行目\r\n  二行目\n", "一行目 二行目"),
            ("\u{3000}合\u{3000}計 ", "合 計"),
            ("気温℃と％", "気温℃と％"),
            ("髙橋と﨑田", "髙橋と﨑田"),
            ("か\u{3099}き", "がき"),
            ("㋿7年", "令和7年"),
            ("㋐❶⑴Ⓐ㊤", "(ア)(1)(1)(A)(上)"),
            ("📈増", "〓増"),
            ("", ""),
        ] {
            assert_eq!(portable(text), wanted, "{text}");
        }
    }

    #[test]
    fn signs_of_one_maker_are_told_from_those_of_the_standard() {
        for c in "aZ09 ,.-あアー漢字、。「」（）％＆～―…※○●◎△▲□■☆℃￥§→×÷±∞Ωπабｱﾞé髙﨑〜−‖".chars()
        {
            assert!(is_portable(c), "{c}");
        }
        for c in "①⑳ⅠⅩⅰ㍉㌔㎡㎏№℡㈱㈲㊤㍻㍾∮∟⊿❶⑴㋐✓☑📈Ⓐ²\u{e000}\u{3099}\u{200b}\u{202e}".chars()
        {
            assert!(!is_portable(c), "{c}");
        }
    }

    proptest! {
        #[test]
        fn every_text_can_be_written(text in any::<String>()) {
            let written = portable(&text);
            prop_assert!(written.chars().all(is_portable) && !written.contains(['\n', '\r', '\t']), "{written}");
            prop_assert_eq!(portable(&written), written);
        }
    }

    proptest! {
        /// A text that is left as it is would come out the same by the longer way.
        #[test]
        fn a_plain_text_is_spelled_out_as_itself(text in "[ -~、。「」ぁ-ゖァ-ヾ一-龠！-～]{0,12}|\\PC{0,6}") {
            if is_plain(&text) {
                prop_assert_eq!(spelled_out(&text), text);
            }
        }
    }

    #[test]
    fn every_character_that_stands_for_itself_is_spelled_out_as_itself() {
        let plain = ('\0'..=char::MAX).map(String::from).filter(|text| is_plain(text));
        let changed: Vec<String> = plain.filter(|text| spelled_out(text) != *text).collect();
        assert_eq!(changed, Vec::<String>::new());
        // Two of them never join: a mark that joins the letter before it is none of them.
        assert!(
            !is_plain("か\u{3099}") && !is_plain("ｶﾞ") && !is_plain("①") && !is_plain(" 改革") && !is_plain("改  革")
        );
    }
}
