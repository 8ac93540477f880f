//! The numbers of a text, however they are written: １，２００, ▲ 3.5, マイナス2, 1,200, 1万2千, 二十一件, ⑤.

mod kanji;

use std::ops::Range;

use rust_decimal::Decimal;

/// A number of a text, or another mark that holds digits: an id, a date, a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// In one way of writing: `1200`, `-3.5`, `1-1-2`, `R7Q2`.
    pub text: String,
    /// The number; `None` for another mark.
    pub number: Option<Decimal>,
    /// What stands right behind it, up to a few letters.
    pub behind: String,
    /// What stands right before it, up to a few letters.
    pub before: String,
    /// Where it stands, counted in characters.
    pub place: Range<usize>,
}

/// How much of what stands around a number is kept.
const AROUND: usize = 4;
/// Words that make the number behind them negative.
pub const MINUS: [&str; 2] = ["マイナス", "minus"];

/// Every number of a text, in order.
pub fn tokens(text: &str) -> Vec<Token> {
    let chars: Vec<char> = text.chars().map(narrow).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let c = chars[at];
        let end = if c.is_ascii_alphanumeric() {
            end_of_run(&chars, at)
        } else if kanji::begins(&chars, at) {
            kanji::end(&chars, at)
        } else {
            let circled = kanji::circled(c).map(|n| token(&chars, at..at + 1, String::new(), Some(n.into())));
            found.extend(circled);
            at += 1;
            continue;
        };
        if let Some((end, number)) = kanji::scaled(&chars, at) {
            found.push(token(&chars, at..end, String::new(), Some(number)));
            at = end;
            continue;
        }
        let run: String = chars[at..end].iter().collect();
        if run.contains(|c: char| c.is_ascii_digit()) {
            let plain = run.replace(',', "");
            let is_number = plain.bytes().all(|b| b.is_ascii_digit() || b == b'.');
            let number = is_number.then(|| Decimal::from_str_exact(&plain).ok()).flatten();
            found.push(token(&chars, at..end, run, number));
        }
        at = end;
    }
    found
}

/// Letters and digits, and what joins them.
fn end_of_run(chars: &[char], start: usize) -> usize {
    let mut end = start;
    while end < chars.len() {
        let joins = matches!(chars[end], '.' | ',' | '-' | '/')
            && chars.get(end + 1).is_some_and(char::is_ascii_alphanumeric)
            && (chars[end] != ',' || thousands(chars, end));
        if !chars[end].is_ascii_alphanumeric() && !joins {
            break;
        }
        end += 1;
    }
    end
}

/// A comma parts thousands only before three digits; else it parts two numbers.
fn thousands(chars: &[char], comma: usize) -> bool {
    let digits = chars[comma + 1..].iter().take_while(|c| c.is_ascii_digit()).count();
    digits == 3 && chars[comma - 1].is_ascii_digit()
}

fn token(chars: &[char], place: Range<usize>, run: String, number: Option<Decimal>) -> Token {
    let before: String = chars[place.start.saturating_sub(AROUND)..place.start].iter().collect();
    let behind: String = chars[place.end..].iter().take(AROUND).collect();
    let number = number.map(|n| if is_negative(chars, &place) { -n } else { n }.normalize());
    let text = number.map_or(run, |n| n.to_string());
    Token { text, number, behind, before, place }
}

/// ▲, △ and マイナス are always minus, a hyphen only where a number can begin, brackets only around all there is.
fn is_negative(chars: &[char], place: &Range<usize>) -> bool {
    let spaces = chars[..place.start].iter().rev().take_while(|c| c.is_whitespace()).count();
    let before = &chars[..place.start - spaces];
    match before.last() {
        Some('▲' | '△') => true,
        Some('-') if spaces == 0 => before.iter().rev().nth(1).is_none_or(|c| !c.is_alphanumeric()),
        Some('(') if before[..before.len() - 1].iter().all(|c| c.is_whitespace()) => {
            chars[place.end..].first() == Some(&')') && !chars[place.end..].iter().any(|c| c.is_numeric() || *c == '(')
        }
        _ => MINUS.iter().any(|word| before.iter().rev().copied().take(word.chars().count()).eq(word.chars().rev())),
    }
}

fn narrow(c: char) -> char {
    match c {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '，' | '．' | '／' | '－' | '（' | '）' => {
            char::from_u32(c as u32 - 0xFEE0).unwrap_or(c)
        }
        '−' | '‐' | '–' => '-',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        tokens(text).into_iter().map(|token| token.text).collect()
    }

    #[test]
    fn a_number_is_the_same_however_it_is_written() {
        assert_eq!(texts("１，２００件、1,200件、1200.0件"), ["1200", "1200", "1200"]);
        assert_eq!(texts("▲3.5ポイント △3.5 -3.5 （－3.5）"), ["-3.5", "-3.5", "-3.5", "-3.5"]);
        assert_eq!(texts("▲ 3.5ポイント、△　3.5、マイナス3.5、マイナス 3.5、minus 3.5"), ["-3.5"; 5]);
        assert_eq!(texts("18時間～24時間、4,10"), ["18", "24", "4", "10"]);
        assert_eq!(texts("7〜9月"), ["7", "9"]);
        assert_eq!(texts("⑤件、⑳、㉑"), ["5", "20", "21"]);
    }

    #[test]
    fn brackets_make_a_number_negative_where_they_hold_all_there_is() {
        for text in ["(0.9)", "（0.9）", " (０．９) ％", "（0.9）ポイント"] {
            assert_eq!(texts(text), ["-0.9"], "{text}");
        }
        assert_eq!(texts("14件（70.0％）"), ["14", "70"]);
        assert_eq!(texts("1\n（14.3％）"), ["1", "14.3"]);
        assert_eq!(texts("（0.9ポイント）"), ["0.9"]);
        assert_eq!(texts("（2）人材の確保（3）"), ["2", "3"]);
    }

    #[test]
    fn numbers_in_kanji_are_read_where_something_is_counted() {
        assert_eq!(texts("二十一件、十件、百二件、三千五百円、二〇二六年度"), ["21", "10", "102", "3500", "2026"]);
        assert_eq!(texts("1万2千人、1億2,000万円、3万5,920件、2百30人"), ["12000", "120000000", "35920", "230"]);
        let all = tokens("40百万円、4.5億円、3万件、八割");
        let kept = |token: &Token| (token.text.clone(), token.behind.chars().take(2).collect::<String>());
        let kept: Vec<_> = all.iter().map(kept).collect();
        let expected = [("40", "百万"), ("4.5", "億円"), ("3", "万件"), ("8", "割")];
        assert_eq!(kept, expected.map(|(number, behind)| (number.to_owned(), behind.to_owned())));
        let large = "七".repeat(28);
        assert_eq!(
            texts(&format!("{large}十{large}件、{large}件")),
            ["7".repeat(28)],
            "the first is beyond all numbers"
        );
        assert_eq!(
            texts("一部の統一、一層の充実、十分に、四半期、三役、一人ひとり、割合、一般、千葉市、万一"),
            [""; 0]
        );
    }

    #[test]
    fn an_id_a_date_and_a_period_are_no_numbers() {
        let all = tokens("1-1-2 R7.9.30 R7Q2 2025-09-30 FY2025Q2 K01");
        assert!(all.iter().all(|token| token.number.is_none()), "{all:?}");
        assert_eq!(all.len(), 6);
        assert_eq!(texts("センター10か所"), ["10"]);
    }

    #[test]
    fn a_token_knows_where_it_stands() {
        let text: Vec<char> = "約▲1,200件と⑤".chars().collect();
        let found = tokens("約▲1,200件と⑤").into_iter().map(|token| text[token.place].iter().collect::<String>());
        assert_eq!(found.collect::<Vec<_>>(), ["1,200", "⑤"]);
    }
}
