//! A number in the digits of a section.

use rust_decimal::{Decimal, RoundingStrategy};

use super::section::{Section, Token};

/// What a person sees of a number; `signed` puts a minus before it.
pub fn shown(section: &Section, number: Decimal, signed: bool) -> Option<String> {
    let tokens = &section.tokens;
    let sign = if signed { "-" } else { "" };
    if tokens.contains(&Token::General) {
        let plain = number.abs().normalize().to_string();
        let part = |token: &Token| if *token == Token::General { plain.clone() } else { literal(token) };
        return Some(sign.to_owned() + &tokens.iter().map(part).collect::<String>());
    }
    let is_digit = |token: &Token| matches!(token, Token::Digit(_));
    let Some(last) = tokens.iter().rposition(is_digit) else {
        let words = |token: &Token| {
            if *token == Token::Words { number.abs().normalize().to_string() } else { literal(token) }
        };
        let shown: String = tokens.iter().map(words).collect();
        // Of a section without a digit only its words are seen.
        return Some(if shown.is_empty() || !tokens.contains(&Token::Words) {
            shown
        } else {
            sign.to_owned() + &shown
        });
    };
    let point = tokens.iter().position(|token| *token == Token::Point).unwrap_or(tokens.len());
    let last_whole = tokens[..point].iter().rposition(is_digit);
    let is_thousandth = |at: usize| match last_whole {
        Some(whole) => tokens[at] == Token::Comma && ((at > whole && at < point) || at > last),
        None => tokens[at] == Token::Comma && at > last,
    };
    let mut scaled = number.abs();
    for (at, token) in tokens.iter().enumerate() {
        if *token == Token::Percent {
            scaled = scaled.checked_mul(Decimal::ONE_HUNDRED)?;
        } else if is_thousandth(at) {
            scaled = scaled.checked_div(Decimal::ONE_THOUSAND)?;
        }
    }
    let decimals = tokens.get(point..).unwrap_or_default().iter().filter(|token| is_digit(token)).count();
    let places = u32::try_from(decimals).ok()?;
    let rounded = scaled.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero);
    let sign = if rounded.is_zero() { "" } else { sign };
    let text = format!("{rounded:.decimals$}");
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let grouped = tokens[..point].iter().enumerate().any(|(at, token)| *token == Token::Comma && !is_thousandth(at));
    let whole = whole_part(&tokens[..point], whole, grouped);
    Some(format!("{sign}{whole}{}", fraction_part(tokens.get(point..).unwrap_or_default(), fraction)))
}

fn literal(token: &Token) -> String {
    match token {
        Token::Literal(text) => text.clone(),
        Token::Percent => "%".into(),
        Token::Point => ".".into(),
        _ => String::new(),
    }
}

/// The digits before the point, from the right: the leftmost place takes all that are left.
fn whole_part(tokens: &[Token], whole: &str, grouped: bool) -> String {
    let mut digits = whole.trim_start_matches('0').chars().rev().peekable();
    let mut places = tokens.iter().filter(|token| matches!(token, Token::Digit(_))).count();
    let (mut parts, mut count): (Vec<String>, usize) = (Vec::new(), 0);
    let mut put = |digit: char, parts: &mut Vec<String>| {
        if grouped && count > 0 && count.is_multiple_of(3) {
            parts.push(",".into());
        }
        count += 1;
        parts.push(digit.into());
    };
    for token in tokens.iter().rev() {
        let Token::Digit(place) = token else {
            parts.push(literal(token));
            continue;
        };
        places -= 1;
        match (digits.next(), place) {
            (Some(digit), _) => put(digit, &mut parts),
            (None, '0') => put('0', &mut parts),
            (None, '?') => parts.push(" ".into()),
            (None, _) => {}
        }
        if places == 0 {
            digits.by_ref().for_each(|digit| put(digit, &mut parts));
        }
    }
    // Digits for which the code has no place before its point.
    let left: String = digits.rev().collect();
    parts.reverse();
    left + &parts.concat()
}

/// The point and the digits after it.
fn fraction_part(tokens: &[Token], fraction: &str) -> String {
    let significant = fraction.trim_end_matches('0').len();
    let mut digits = fraction.char_indices();
    let part = |token: &Token| match token {
        Token::Digit(place) => match (digits.next(), place) {
            (Some((at, digit)), place) if at < significant || *place == '0' => digit.to_string(),
            (_, '?') => " ".into(),
            _ => String::new(),
        },
        token => literal(token),
    };
    tokens.iter().map(part).collect()
}
