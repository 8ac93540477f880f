//! Words by a fact that make it less than exact, or deny it: 約, ほぼ, 程度, at least, ではない.

use std::ops::Range;

use super::vocabulary::Letters;

/// A word by a fact.
pub struct Beside {
    /// As it is written.
    pub text: &'static str,
    /// Whether it stands before the fact.
    pub is_before: bool,
    /// What it makes of the fact: words that say the same have the same sign.
    pub sign: &'static str,
}

/// What words by a number come to that say it is not exact.
const ABOUT: &str = "\u{2248}";

/// Words before a fact, a longer one before its end.
const BEFORE: [(&str, &str); 46] = [
    ("約", ABOUT),
    ("おおよそ", ABOUT),
    ("およそ", ABOUT),
    ("凡そ", ABOUT),
    ("おおむね", ABOUT),
    ("概ね", ABOUT),
    ("ほぼ", ABOUT),
    ("ほとんど", ABOUT),
    ("推計", ABOUT),
    ("推定", ABOUT),
    ("≒", ABOUT),
    (ABOUT, ABOUT),
    ("~", ABOUT),
    ("やや", "<"),
    ("若干", "<"),
    ("少なくとも", "≥"),
    ("最低でも", "≥"),
    ("最低", "≥"),
    ("最大で", "≤"),
    ("最大", "≤"),
    ("多くとも", "≤"),
    ("多くても", "≤"),
    ("せいぜい", "≤"),
    ("未", "not"),
    ("非", "not"),
    ("not", "not"),
    ("approximately", ABOUT),
    ("approx.", ABOUT),
    ("approx", ABOUT),
    ("about", ABOUT),
    ("around", ABOUT),
    ("roughly", ABOUT),
    ("nearly", ABOUT),
    ("almost", ABOUT),
    ("mostly", ABOUT),
    ("largely", ABOUT),
    ("slightly", "<"),
    ("nolessthan", "≥"),
    ("atleast", "≥"),
    ("morethan", ">"),
    ("over", ">"),
    ("nomorethan", "≤"),
    ("atmost", "≤"),
    ("upto", "≤"),
    ("lessthan", "<"),
    ("under", "<"),
];

/// Words behind a fact.
const BEHIND: [(&str, &str); 31] = [
    ("程度", ABOUT),
    ("前後", ABOUT),
    ("内外", ABOUT),
    ("ほど", ABOUT),
    ("くらい", ABOUT),
    ("ぐらい", ABOUT),
    ("余り", ABOUT),
    ("あまり", ABOUT),
    ("余", ABOUT),
    ("近く", ABOUT),
    ("強", ABOUT),
    ("弱", ABOUT),
    ("台", ABOUT),
    ("頃", ABOUT),
    ("ごろ", ABOUT),
    ("見込み", ABOUT),
    ("見込", ABOUT),
    ("以降", "≥"),
    ("以前", "≤"),
    ("以上", "≥"),
    ("以下", "≤"),
    ("以内", "≤"),
    ("未満", "<"),
    ("していない", "not"),
    ("しなかった", "not"),
    ("ではない", "not"),
    ("でない", "not"),
    ("とは言えない", "not"),
    ("とはいえない", "not"),
    ("せず", "not"),
    ("orso", ABOUT),
];

/// Kanji that make a word of the one behind them: 契約, 予約.
const COMPOUNDS: &str = "契予節公規要制条協盟特売解成確集誓倹婚旧新仮";

/// The word by the fact at a place of a text, in bytes, that stands outside of the place.
pub fn around(text: &str, place: &Range<usize>) -> Option<Beside> {
    /// No word that is looked for is farther away.
    const FAR: usize = 24;
    let (before, behind) = (text.get(..place.start)?, text.get(place.end..)?);
    let from = before.char_indices().rev().take(FAR).last().map_or(0, |(at, _)| at);
    let before = before.get(from..)?;
    let behind: String = behind.chars().take(FAR).collect();
    let start = Letters::new(before).chars.len();
    let end = start + Letters::new(text.get(place.clone())?).chars.len();
    let letters = Letters::new(&format!("{before}{}{behind}", text.get(place.clone())?));
    beside(&letters, &(start.min(letters.chars.len())..end.min(letters.chars.len())), true)
}

/// The word by the fact at a place of some letters, if there is one; `is_counted` says whether its unit is known.
pub fn beside(letters: &Letters, place: &Range<usize>, is_counted: bool) -> Option<Beside> {
    before(letters, place.start).or_else(|| behind(letters, place.end, is_counted))
}

fn before(letters: &Letters, end: usize) -> Option<Beside> {
    let signs = letters.chars[..end].iter().rev().take_while(|c| matches!(c, '¥' | '▲' | '△' | '-' | '+')).count();
    let end = end - signs;
    let stands = |(word, _): &&(&'static str, &'static str)| {
        let length = word.chars().count();
        let Some(start) = end.checked_sub(length) else { return false };
        let is_there = word.chars().eq(letters.chars[start..end].iter().map(char::to_ascii_lowercase));
        let earlier = start.checked_sub(1).map(|at| letters.chars[at]);
        let is_compound = word.chars().count() == 1 && earlier.is_some_and(|c| COMPOUNDS.contains(c));
        is_there && !is_compound && letters.parts(start)
    };
    BEFORE.iter().find(stands).map(|(text, sign)| Beside { text, is_before: true, sign })
}

fn behind(letters: &Letters, from: usize, is_counted: bool) -> Option<Beside> {
    /// So many letters of a unit that is not known may stand between.
    const UNIT: usize = 6;
    let ends =
        |c: &char| c.is_numeric() || matches!(c, '、' | '。' | ',' | '.' | ';' | '(' | ')' | '「' | '」' | '/' | '|');
    let room = if is_counted { 0 } else { UNIT };
    let reach = letters.chars[from.min(letters.chars.len())..].iter().take_while(|c| !ends(c)).count();
    (from..=from + room.min(reach)).find_map(|at| {
        let stands = |(word, _): &&(&'static str, &'static str)| {
            let length = word.chars().count();
            let Some(found) = letters.chars.get(at..at + length) else { return false };
            let is_there = word.chars().eq(found.iter().map(char::to_ascii_lowercase));
            // One kanji may begin another word: 強化, 台風.
            let follows = letters.chars.get(at + length).is_some_and(|c| matches!(c, '一'..='鿿' | 'ァ'..='ヺ'));
            is_there && (length > 1 || !follows && at == from) && letters.parts(at + length)
        };
        BEHIND.iter().find(stands).map(|(text, sign)| Beside { text, is_before: false, sign })
    })
}
