//! Findings that several readers share, and the "did you mean" of unknown words.

use std::borrow::Cow;
use std::ops::Range;

use rust_decimal::Decimal;
use toml::de::DeValue;

use crate::finding::{Code, Finding};
use crate::lang::Say;
use crate::plan::fold::fold;
use crate::say;

/// The word of `known` that `word` was probably meant to be: about one slip in three letters, however wide or large
/// they are written.
///
/// Numbers are not guessed: 1-1-4 is as likely a number of its own as a slip for 1-1-1.
pub fn closest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let plain = |text: &str| fold(text.trim()).to_lowercase();
    let letters = |text: &str| text.replace(|c: char| c.is_ascii_digit(), "");
    let word = plain(word);
    let length = word.chars().count();
    if length > LONGEST_WORD {
        return None;
    }
    let slips = |known: &str| {
        let known = plain(known);
        let longer = known.chars().count().max(length);
        let allowed = (longer / 3).max(usize::from(longer > 1));
        let far =
            known.chars().count().abs_diff(length) > allowed || known != word && letters(&known) == letters(&word);
        (!far).then(|| strsim::osa_distance(&word, &known)).filter(|slips| *slips <= allowed)
    };
    let scored = known.into_iter().filter_map(|k| slips(k).map(|slips| (slips, k)));
    scored.min().map(|(_, k)| k)
}

/// Longer words than this are no slips for anything.
const LONGEST_WORD: usize = 40;

/// Enough of a text to know it by: a paragraph that strayed into a key is not worth a screenful.
pub fn brief(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(LONGEST_WORD) {
        Some((end, _)) => Cow::Owned(format!("{}…", &text[..end])),
        None => Cow::Borrowed(text),
    }
}

/// "did you mean …?", else the list of what there is, else `nothing`.
pub fn suggest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>, nothing: Say) -> Say {
    let known: Vec<&str> = known.into_iter().collect();
    if let Some(meant) = closest(word, known.iter().copied()) {
        return say!("「{meant}」ではありませんか", "did you mean `{meant}`?");
    }
    if known.is_empty() {
        return nothing;
    }
    const SHOWN: usize = 12;
    let more = if known.len() > SHOWN { "…" } else { "" };
    let mut nearest = known;
    if !more.is_empty() {
        // Of many, the neighbours: of all entries those that begin as the word does.
        let alike = |k: &str| k.chars().zip(word.chars()).take_while(|(a, b)| a == b).count();
        nearest.sort_by_key(|k| std::cmp::Reverse(alike(k)));
    }
    let list: Vec<Cow<'_, str>> = nearest.into_iter().take(SHOWN).map(brief).collect();
    let (ja, en) = (list.join("、"), list.join(", "));
    say!("使えるのは次のとおりです：{ja}{more}", "what can stand here: {en}{more}")
}

/// A key that no reader asked for.
pub fn unknown_key(file: usize, key: &str, span: Range<usize>, asked: &[&str]) -> Finding {
    let nothing = say!("このキーを消してください", "delete this key");
    let shown = brief(key);
    let message = say!("ここに「{shown}」というキーは書けません", "there is no key `{shown}` here");
    Finding::new(Code::UnknownKey, file, span, message, suggest(key, asked.iter().copied(), nothing))
}

/// A text that is no id.
pub fn bad_id(file: usize, text: &str, span: Range<usize>) -> Finding {
    let text = brief(text);
    Finding::new(
        Code::BadId,
        file,
        span,
        say!("「{text}」は番号（id）として使えません", "`{text}` cannot be an id"),
        say!(
            "半角の英数字を - でつないでください（例：1-1-2、R2-1、service-satisfaction）",
            "join ASCII letters and digits by `-`, such as 1-1-2, R2-1, service-satisfaction"
        ),
    )
}

/// A text with an invisible control character.
pub fn control_char(file: usize, span: Range<usize>) -> Finding {
    Finding::new(
        Code::ControlChar,
        file,
        span,
        say!("目に見えない制御文字が入っています", "there is an invisible control character"),
        say!(
            "その文字（\\u001b のような書き方も含む）を消してください。出力では記号に置き換えて示します",
            "delete it (it may be written as \\u001b); outputs show a symbol in its place"
        ),
    )
}

/// The exact number that a TOML integer or float is: no binary float on the way. `None` for inf, nan, other types
/// and for what needs more than 28 digits.
pub fn exact_number(value: &DeValue<'_>) -> Option<Decimal> {
    match value {
        DeValue::Integer(integer) if integer.radix() == 10 => Decimal::from_str_exact(&bare(integer.as_str())).ok(),
        DeValue::Integer(integer) => {
            i64::from_str_radix(&bare(integer.as_str()), integer.radix()).ok().map(Decimal::from)
        }
        DeValue::Float(float) => {
            let text = bare(float.as_str());
            Decimal::from_str_exact(&text).or_else(|_| Decimal::from_scientific(&text)).ok()
        }
        _ => None,
    }
}

/// TOML allows `1_000` and `+1`.
fn bare(number: &str) -> Cow<'_, str> {
    let number = number.trim_start_matches('+');
    if number.contains('_') { number.replace('_', "").into() } else { number.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_the_word_that_was_meant() {
        let known = ["name", "owner", "baseline", "target"];
        assert_eq!(closest("onwer", known), Some("owner"));
        assert_eq!(closest("Target", known), Some("target"));
        assert_eq!(closest("zzz", known), None);
        assert_eq!(closest("status", ["start", "stage"]), None);
        assert_eq!(closest("on_track", ["off-track", "on-track"]), Some("on-track"));
        assert_eq!(closest("Ｎａｍｅ", known), Some("name"));
        assert_eq!(closest("人事果", ["財政課", "人事課"]), Some("人事課"));
        assert_eq!(closest("1-1-4", ["1-1-1", "1-1-2"]), None);
        assert_eq!(closest("1-1-l", ["1-2", "1-1-1"]), Some("1-1-1"));
    }

    #[test]
    fn of_many_words_the_neighbours_are_told() {
        let known: Vec<String> = (1..=9).flat_map(|i| (1..=9).map(move |j| format!("{i}-{j}"))).collect();
        let told = suggest("7-77", known.iter().map(String::as_str), Say::default());
        assert_eq!(told.en, "what can stand here: 7-7, 7-1, 7-2, 7-3, 7-4, 7-5, 7-6, 7-8, 7-9, 1-1, 1-2, 1-3…");
    }

    #[test]
    fn numbers_stay_exact() {
        let read = |text: &str| exact_number(toml::de::DeValue::parse(text).unwrap().get_ref()).map(|d| d.to_string());
        for (text, exact) in [
            ("0.1", "0.1"),
            ("48.90", "48.90"),
            ("1_000", "1000"),
            ("0x10", "16"),
            ("1e3", "1000"),
            ("-2.5", "-2.5"),
            ("+7", "7"),
            ("1.5e-3", "0.0015"),
            ("3.141592653589793238462643383", "3.141592653589793238462643383"),
        ] {
            assert_eq!(read(text).as_deref(), Some(exact), "{text}");
        }
        for text in ["inf", "nan", "-inf", "1e400", "123456789012345678901234567890123", "\"1\""] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
