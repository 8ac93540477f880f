//! Texts come from files that anyone may have written: nothing in them may steer a terminal or hide from the reader.

use std::borrow::Cow;

/// The text with every control, direction and invisible character made visible.
///
/// C0 controls become their pictures (`␛`), the others are spelled out (`<U+202E>`), a tab becomes a space. A line
/// feed stays, and CR LF becomes one: what a line break means is for each format to say.
pub fn visible(text: &str) -> Cow<'_, str> {
    // Every unseen character begins with one of these bytes; few texts hold any, and many bytes are looked at at once.
    let begins = |b: u8| {
        b < 0x20 && b != b'\n' || matches!(b, 0x7f | 0xc2 | 0xcd | 0xd8 | 0xe1 | 0xe2 | 0xe3 | 0xef | 0xf0..=0xf4)
    };
    // With three of them begin ▲, かな, ％ and （, too, which are in every table; the next byte tells them apart.
    let holds = |rest: &[u8]| match *rest {
        [0xe2, next, ..] => matches!(next, 0x80 | 0x81),
        [0xe3, next, ..] => next == 0x85,
        [0xef, next, ..] => matches!(next, 0xb7 | 0xbb | 0xbe | 0xbf),
        [first, ..] => begins(first),
        [] => false,
    };
    let bytes = text.as_bytes();
    let may_hold =
        bytes.iter().fold(false, |any, byte| any | begins(*byte)) && (0..bytes.len()).any(|at| holds(&bytes[at..]));
    if !may_hold || !text.chars().any(|c| c != '\n' && is_unseen(c)) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\n' => shown.push('\n'),
            '\t' => shown.push(' '),
            '\r' if rest.peek() == Some(&'\n') => {}
            '\u{7f}' => shown.push('\u{2421}'),
            '\0'..'\u{20}' => shown.extend(char::from_u32(0x2400 + u32::from(c))),
            c if is_unseen(c) => shown.push_str(&format!("<U+{:04X}>", u32::from(c))),
            c => shown.push(c),
        }
    }
    Cow::Owned(shown)
}

/// A text of bytes of which none is lost: what is no UTF-8 is spelled out (`\x82`), so that two files that differ are
/// never shown alike.
pub fn lossless(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|error| {
        let spelled = |bytes: &[u8]| bytes.iter().map(|byte| format!("\\x{byte:02x}")).collect::<String>();
        let chunks = error.as_bytes().utf8_chunks();
        chunks.map(|chunk| chunk.valid().to_owned() + &spelled(chunk.invalid())).collect()
    })
}

/// The visible text on one line, for names and headings that have no room for a second.
pub fn one_line(text: &str) -> String {
    visible(text.trim()).replace('\n', " ")
}

/// The first so many characters of a text, and what stands for the rest; a text that is no longer is whole.
pub fn shortened(text: &str, most: usize) -> Cow<'_, str> {
    match text.char_indices().nth(most) {
        Some((end, _)) => Cow::Owned(format!("{}…", &text[..end])),
        None => Cow::Borrowed(text),
    }
}

/// Whether a spreadsheet would read the text as a formula. A Japanese Excel does so with full-width signs and after
/// spaces, too. A dash alone says "none".
pub fn is_formula(text: &str) -> bool {
    let trimmed = text.trim();
    trimmed.starts_with(['=', '+', '-', '@', '＝', '＋', '－', 'ー', '＠']) && trimmed.chars().count() > 1
}

/// The visible text as it stands in HTML and XML: no markup. What XML knows no way to write is visible in another way.
pub fn markup(text: &str) -> Cow<'_, str> {
    let text = visible(text);
    // Few texts hold any of the signs: what stands between two of them is copied as it is.
    if !text.bytes().fold(false, |any, byte| any | matches!(byte, b'<' | b'>' | b'&' | b'"')) {
        return text;
    }
    let (mut out, mut from) = (String::with_capacity(text.len() + 16), 0);
    for (at, byte) in text.bytes().enumerate() {
        let sign = match byte {
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'&' => "&amp;",
            b'"' => "&quot;",
            _ => continue,
        };
        out.push_str(&text[from..at]);
        out.push_str(sign);
        from = at + 1;
    }
    out.push_str(&text[from..]);
    Cow::Owned(out)
}

/// Whether nothing of a text is seen: it is empty, or holds spaces and characters that nobody sees.
pub fn is_blank(text: &str) -> bool {
    // What joins letters, says how they are drawn, or is a sign without a dot is nothing by itself.
    let is_nothing = |c: char| matches!(c, '\u{200d}' | '\u{2800}' | '\u{fe00}'..='\u{fe0f}');
    text.chars().all(|c| c.is_whitespace() || is_unseen(c) || is_nothing(c))
}

/// Whether nothing is seen of a character, or it changes where others are seen, or no text may hold it. The joiner (U+200D)
/// and variation selectors are not: names are written with them.
pub fn is_unseen(c: char) -> bool {
    let is_no_character = u32::from(c) & 0xfffe == 0xfffe || matches!(c, '\u{fdd0}'..='\u{fdef}');
    c.is_control()
        || is_no_character
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180e}'
            | '\u{200b}' | '\u{200c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e00ff}' | '\u{e01f0}'..='\u{e0fff}')
}

/// A text as the name of a file, or a part of one, on every system: on one line, without what Windows refuses, and so short
/// that something else of the name fits beside it.
pub fn file_stem(text: &str) -> String {
    const LONGEST: usize = 60;
    let plain = |c: char| if r#"/\:*?"<>|"#.contains(c) { '_' } else { c };
    one_line(text).replace("<U+", "(U+").chars().map(plain).take(LONGEST).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_or_hides_is_shown() {
        assert_eq!(visible("\u{1b}[31m赤\u{7f}"), "␛[31m赤␡");
        assert_eq!(visible("a\tb\r\nc\rd\0"), "a b\nc␍d␀");
        assert_eq!(
            visible("\u{202e}\u{2066}\u{200b}\u{feff}\u{85}\u{2028}"),
            "<U+202E><U+2066><U+200B><U+FEFF><U+0085><U+2028>"
        );
    }

    #[test]
    fn no_unseen_character_is_passed_over() {
        for c in ('\0'..=char::MAX).filter(|c| *c != '\n' && is_unseen(*c)) {
            assert!(matches!(visible(&c.to_string()), Cow::Owned(_)), "U+{:04X}", u32::from(c));
        }
    }

    #[test]
    fn signs_of_markup_are_spelled_out_and_nothing_else() {
        assert_eq!(markup("<改&革>\"1\"\u{7}"), "&lt;改&amp;革&gt;&quot;1&quot;␇");
        assert!(matches!(markup("改革 '1'"), Cow::Borrowed("改革 '1'")));
    }

    #[test]
    fn names_stay_as_written() {
        for text in ["改革\n①～▲㈱", "葛\u{e0100}城", "👨\u{200d}👩\u{200d}👧"] {
            assert!(matches!(visible(text), Cow::Borrowed(same) if same == text));
        }
        assert_eq!(one_line(" 一行\n二行\n"), "一行 二行");
    }

    #[test]
    fn a_text_of_which_nothing_is_seen_is_blank() {
        for text in ["", " ", "　\n", "\u{200b}", "\u{feff} \u{2060}", "\u{ad}", "\u{200d}", "\u{2800}", "\u{3164}"] {
            assert!(is_blank(text), "{text:?}");
        }
        assert!(!is_blank("0") && !is_blank("\u{200b}1") && !is_blank("－"));
    }
}
