//! In which language words are spoken: those of a page that are not in its own are marked, so that they are read aloud
//! in theirs.

use crate::lang::Lang;

/// The parts of a text, in order: those in the other language than the page's with that language. Names of a Japanese plan
/// on an English page are Japanese; on a Japanese page a line is English that is made of English words alone. Codes and
/// numbers are of either.
pub fn spoken(text: &str, page: Lang) -> Vec<(Option<Lang>, &str)> {
    match page {
        Lang::En if text.contains(is_japanese) => japanese(text),
        Lang::Ja if is_english(text) => vec![(Some(Lang::En), text)],
        _ => vec![(None, text)],
    }
}

/// Words with a Japanese letter, with what stands between two of them.
fn japanese(text: &str) -> Vec<(Option<Lang>, &str)> {
    let mut parts: Vec<(Option<Lang>, &str)> = Vec::new();
    let (mut from, mut run): (usize, Option<(usize, usize)>) = (0, None);
    let mut place = 0;
    for word in text.split_inclusive(' ') {
        let (start, end) = (place, place + word.trim_end().len());
        place += word.len();
        if word.contains(is_japanese) {
            run = Some((run.map_or(start, |(start, _)| start), end));
        } else if let Some((start, end)) = run.take() {
            parts.extend([(None, &text[from..start]), (Some(Lang::Ja), &text[start..end])]);
            from = end;
        }
    }
    if let Some((start, end)) = run {
        parts.extend([(None, &text[from..start]), (Some(Lang::Ja), &text[start..end])]);
        from = end;
    }
    parts.push((None, &text[from..]));
    parts.retain(|(_, words)| !words.is_empty());
    parts
}

/// Whether a letter is one of Japanese alone.
fn is_japanese(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{30ff}' | '\u{ff00}'..='\u{ffef}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Whether a text is made of English words, at least two of them.
fn is_english(text: &str) -> bool {
    const SHORTEST: usize = 3;
    let is_word = |word: &&str| word.len() >= SHORTEST && word.bytes().all(|byte| byte.is_ascii_alphabetic());
    text.is_ascii() && text.split_ascii_whitespace().filter(is_word).count() > 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_other_language_are_found() {
        use Lang::{En, Ja};
        assert_eq!(
            spoken("1-1-1 第3次 戦略: on pace", En),
            [(None, "1-1-1 "), (Some(Ja), "第3次 戦略:"), (None, " on pace")]
        );
        assert_eq!(spoken("改革", En), [(Some(Ja), "改革")]);
        assert_eq!(spoken("12 entries", En), [(None, "12 entries")]);
        assert_eq!(spoken("Springfield Renewal Plan", Ja), [(Some(En), "Springfield Renewal Plan")]);
        assert_eq!(spoken("ICT 1-1-2", Ja), [(None, "ICT 1-1-2")]);
        assert_eq!(spoken("ICTの活用", Ja), [(None, "ICTの活用")]);
    }
}
