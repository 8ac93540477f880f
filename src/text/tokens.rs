//! The numbers of a text, however they are written: １，２００, ▲3.5, 1,200.

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
}

/// How much of what stands around a number is kept.
const AROUND: usize = 4;

/// Every number of a text, in order.
pub fn tokens(text: &str) -> Vec<Token> {
    let chars: Vec<char> = text.chars().map(narrow).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        if !chars[at].is_ascii_alphanumeric() {
            at += 1;
            continue;
        }
        let end = end_of_run(&chars, at);
        let run: String = chars[at..end].iter().collect();
        if run.contains(|c: char| c.is_ascii_digit()) {
            found.push(token(&chars, at, end, &run));
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

fn token(chars: &[char], start: usize, end: usize, run: &str) -> Token {
    let plain = run.replace(',', "");
    let before: String = chars[start.saturating_sub(AROUND)..start].iter().collect();
    let behind: String = chars[end..].iter().take(AROUND).collect();
    let is_number = plain.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let number = is_number.then(|| Decimal::from_str_exact(&plain).ok()).flatten();
    let number = number.map(|n| if is_negative(chars, start) { -n } else { n }.normalize());
    let text = number.map_or_else(|| run.to_owned(), |n| n.to_string());
    Token { text, number, behind, before }
}

/// ▲ and △ are always minus; a hyphen only where a number can begin.
fn is_negative(chars: &[char], start: usize) -> bool {
    let before = |by: usize| start.checked_sub(by).map(|at| chars[at]);
    match before(1) {
        Some('▲' | '△') => true,
        Some('-') => before(2).is_none_or(|c| !c.is_alphanumeric()),
        _ => false,
    }
}

fn narrow(c: char) -> char {
    match c {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '，' | '．' | '／' | '－' => {
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
        assert_eq!(texts("18時間～24時間、4,10"), ["18", "24", "4", "10"]);
        assert_eq!(texts("7〜9月"), ["7", "9"]);
    }

    #[test]
    fn an_id_a_date_and_a_period_are_no_numbers() {
        let all = tokens("1-1-2 R7.9.30 R7Q2 2025-09-30 FY2025Q2 K01");
        assert!(all.iter().all(|token| token.number.is_none()), "{all:?}");
        assert_eq!(all.len(), 6);
        assert_eq!(texts("センター10か所"), ["10"]);
    }
}
