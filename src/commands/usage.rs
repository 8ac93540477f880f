//! What is wrong with a command line, in our own words: clap knows English only.

use clap::error::{ContextKind, ContextValue, Error, ErrorKind};

use crate::failure::Failure;
use crate::lang::Say;
use crate::say;
use crate::text::suggest::closest;

/// The complaint about a command line.
pub fn explain(error: &Error) -> Failure {
    let (arg, value) = (context(error, ContextKind::InvalidArg), context(error, ContextKind::InvalidValue));
    let word = context(error, ContextKind::InvalidSubcommand);
    let message = match error.kind() {
        ErrorKind::UnknownArgument => say!("「{arg}」という指定はありません", "there is no argument `{arg}`"),
        ErrorKind::InvalidSubcommand => say!("「{word}」というコマンドはありません", "there is no command `{word}`"),
        ErrorKind::InvalidValue if value.is_empty() => say!("{arg} に値がありません", "{arg} needs a value"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            say!("{arg} に「{value}」は指定できません", "`{value}` is not a value of {arg}")
        }
        ErrorKind::MissingRequiredArgument => say!("{arg} が足りません", "{arg} is missing"),
        ErrorKind::ArgumentConflict => {
            say!(
                "{arg} はほかの指定と一緒に使えないか、二度あります",
                "{arg} is given twice, or together with an argument that excludes it"
            )
        }
        ErrorKind::TooManyValues => {
            say!("{arg} の値「{value}」が余分です", "`{value}` is one value too many for {arg}")
        }
        ErrorKind::NoEquals | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            say!("{arg} の値の数が違います", "{arg} has a wrong number of values")
        }
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            say!("コマンドがありません", "the command is missing")
        }
        ErrorKind::InvalidUtf8 => say!("文字コードが正しくない引数があります", "an argument is not valid text"),
        _ => {
            let text = error.to_string();
            say!("引数が正しくありません：{text}", "invalid arguments: {text}")
        }
    };
    Failure { message, hint: Some(hint(error)) }
}

fn hint(error: &Error) -> Say {
    for kind in [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue] {
        let meant = suggested(error, kind);
        if let Some(meant) = meant {
            return say!("「{meant}」ではありませんか", "did you mean `{meant}`?");
        }
    }
    for kind in [ContextKind::ValidValue, ContextKind::ValidSubcommand] {
        let valid = context(error, kind);
        if !valid.is_empty() {
            return say!("使えるのは次のとおりです：{valid}", "these are allowed: {valid}");
        }
    }
    if error.kind() == ErrorKind::UnknownArgument && context(error, ContextKind::InvalidArg).starts_with('-') {
        return say!(
            "使えるオプションは kaikaku コマンド --help で確かめてください。- で始まる値は --done=\"- …\" のように = でつなぎます",
            "run `kaikaku COMMAND --help` to see the options; join a value that begins with - by =, as in --done=\"- …\""
        );
    }
    say!(
        "使い方は kaikaku --help か kaikaku コマンド --help で確かめてください",
        "run `kaikaku --help` or `kaikaku COMMAND --help`"
    )
}

/// The one word that was probably meant: clap names all that are somewhat alike, in no order of its own.
fn suggested(error: &Error, kind: ContextKind) -> Option<String> {
    let alike = match error.get(kind)? {
        ContextValue::Strings(words) => words.clone(),
        other => vec![other.to_string()],
    };
    let typed = [ContextKind::InvalidSubcommand, ContextKind::InvalidValue, ContextKind::InvalidArg];
    let typed = typed.into_iter().map(|kind| context(error, kind)).find(|word| !word.is_empty()).unwrap_or_default();
    let closest = closest(&typed, alike.iter().map(String::as_str)).map(str::to_owned);
    closest.or_else(|| alike.into_iter().next())
}

fn context(error: &Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        Some(other) => other.to_string(),
        None => String::new(),
    }
}
