//! Findings that several readers share.

use std::borrow::Cow;
use std::ops::Range;

use crate::tree::{Node, Number, Said};
use rust_decimal::Decimal;

use crate::finding::{Code, Finding};
use crate::say;
pub use crate::text::suggest::{brief, closest, suggest};

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
        say!("「{text}」は番号（id）として使えません", "`{text}` cannot be an ID"),
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
pub fn exact_number(node: Node<'_>) -> Option<Decimal> {
    match node.says() {
        Said::Integer(Number { digits, radix: 10 }) => Decimal::from_str_exact(&bare(digits)).ok(),
        Said::Integer(Number { digits, radix }) => i64::from_str_radix(&bare(digits), radix).ok().map(Decimal::from),
        Said::Float(Number { digits, .. }) => {
            let digits = bare(digits);
            Decimal::from_str_exact(&digits).or_else(|_| Decimal::from_scientific(&digits)).ok()
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
    use crate::tree::Memory;

    #[test]
    fn numbers_stay_exact() {
        let read = |text: &str| {
            let (text, mut memory) = (format!("n = {text}"), Memory::default());
            exact_number(memory.parse(&text).unwrap().get("n").unwrap()).map(|d| d.to_string())
        };
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
