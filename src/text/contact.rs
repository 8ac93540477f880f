//! E-mail addresses and telephone numbers in a text, as people write them in Japan: with full-width letters, with any dash,
//! with the area code in brackets.

use crate::fold::fold;

/// An address or a number in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// As it stands in the text.
    pub words: String,
    /// Whether it is a telephone number.
    pub is_telephone: bool,
}

/// How many digits a telephone number has in Japan.
const DIGITS: std::ops::RangeInclusive<usize> = 10..=11;

/// Every address and number, in the order of the text.
pub fn contacts(text: &str) -> Vec<Contact> {
    if !text.contains(['@', '＠', '0', '０', '+', '＋']) {
        return Vec::new();
    }
    let letters: Vec<(usize, char)> = text.char_indices().collect();
    // One letter for one: so a place in the plain text is one in the text.
    let plain: Vec<char> = letters.iter().map(|(_, c)| plain(*c)).collect();
    let words = |from: usize, to: usize| {
        let end = letters.get(to).map_or(text.len(), |(at, _)| *at);
        text[letters[from].0..end].to_owned()
    };
    let (mut found, mut at) = (Vec::new(), 0);
    while at < plain.len() {
        let (end, is_telephone) = match plain[at] {
            '@' => (address(&plain, at), false),
            '0' | '+' if at == 0 || !is_of_number(plain[at - 1]) => (telephone(&plain, at), true),
            '(' if is_area_code(&plain[at + 1..]) => (telephone(&plain, at), true),
            _ => (None, false),
        };
        let Some((from, to)) = end else {
            at += 1;
            continue;
        };
        found.push(Contact { words: words(from, to), is_telephone });
        at = to;
    }
    found
}

/// A letter without its width, and every dash as a hyphen.
fn plain(c: char) -> char {
    let mut buffer = [0; 4];
    let folded = fold(c.encode_utf8(&mut buffer));
    let mut letters = folded.chars();
    match (letters.next(), letters.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}

fn is_of_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || "._%+-".contains(c)
}

fn is_of_number(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-.,/".contains(c)
}

/// Whether an area code and the end of its bracket come next: `096)`.
fn is_area_code(plain: &[char]) -> bool {
    let digits = plain.iter().take_while(|c| c.is_ascii_digit()).count();
    plain.first() == Some(&'0') && (2..=5).contains(&digits) && plain.get(digits) == Some(&')')
}

/// From where to where the address reaches that has its sign at `at`: a name before it, behind it a host with a point.
fn address(plain: &[char], at: usize) -> Option<(usize, usize)> {
    let from = (0..at).rev().take_while(|place| is_of_word(plain[*place])).last()?;
    let is_of_host = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
    let mut to = (at + 1..plain.len()).take_while(|place| is_of_host(plain[*place])).last()? + 1;
    while plain[to - 1] == '.' || plain[to - 1] == '-' {
        to -= 1;
    }
    let host: String = plain.get(at + 1..to)?.iter().collect();
    let (name, end) = host.rsplit_once('.')?;
    let is_host = !name.is_empty() && end.len() > 1 && end.bytes().all(|byte| byte.is_ascii_alphabetic());
    is_host.then_some((from, to))
}

/// From where to where a telephone number reaches: so many digits in groups that a hyphen, a space or a bracket parts.
fn telephone(plain: &[char], at: usize) -> Option<(usize, usize)> {
    let is_abroad = plain[at] == '+';
    if is_abroad && !plain[at + 1..].starts_with(&['8', '1']) {
        return None;
    }
    let (mut digits, mut to, mut place) = (0, at, at);
    let mut parted = true;
    while let Some(c) = plain.get(place) {
        match c {
            '0'..='9' => {
                (digits, to, parted) = (digits + 1, place + 1, false);
            }
            '-' | ' ' | '(' | ')' | '+' if !parted || place == at || plain[place - 1] == ')' => parted = *c != ')',
            _ => break,
        }
        place += 1;
    }
    // +81 stands for the zero.
    let digits = if is_abroad { digits - 1 } else { digits };
    let ends = plain.get(to).is_none_or(|c| !c.is_ascii_alphanumeric());
    (DIGITS.contains(&digits) && ends).then_some((at, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        contacts(text).into_iter().map(|contact| contact.words).collect()
    }

    #[test]
    fn addresses_and_numbers_are_found_however_they_are_written() {
        for (text, wanted) in [
            ("連絡先は hanako.yamada@city.example.jp です", "hanako.yamada@city.example.jp"),
            ("ｈａｎａｋｏ＠ｃｉｔｙ．ｅｘａｍｐｌｅ．ｊｐまで", "ｈａｎａｋｏ＠ｃｉｔｙ．ｅｘａｍｐｌｅ．ｊｐ"),
            ("担当 山田（090-1234-5678）", "090-1234-5678"),
            ("電話０９６－３２８－２１１１へ", "０９６－３２８－２１１１"),
            ("内線なし、(096)328-2111", "(096)328-2111"),
            ("09012345678に連絡", "09012345678"),
            ("+81-90-1234-5678", "+81-90-1234-5678"),
            ("096 328 2111", "096 328 2111"),
        ] {
            assert_eq!(found(text), [wanted], "{text}");
        }
        assert_eq!(found("a@b.jp と 03-1234-5678"), ["a@b.jp", "03-1234-5678"]);
    }

    #[test]
    fn numbers_of_other_things_are_none() {
        for text in [
            "0.5％減",
            "2025-10-03 に開始",
            "予算 1,200,000,000円",
            "R7.10.03",
            "@",
            "件数は 0 件",
            "10@15",
            "ID 000-1234",
            "0123456",
            "100-0001",
            "1-1-2",
            "2026-11-21 09:00",
            "012345678901234",
            "+1-202-555-0143",
        ] {
            assert_eq!(found(text), Vec::<String>::new(), "{text}");
        }
    }
}
