//! TOML as such: all syntax errors of a file at once, in the user's language, and the version of the format.

use toml::de::{DeTable, DeValue};

use super::SCHEMA;
use super::advice::exact_number;
use super::fields::Findings;
use crate::finding::Code;
use crate::lang::Say;
use crate::say;

/// Parses `text` and hands its table to `read`.
///
/// A file with syntax errors is still read as far as it could be parsed, so that what refers to it is not called
/// unknown; but what is found wrong with the remains is not told, since the errors may well have caused it.
pub fn parse(text: &str, findings: &Findings, read: impl FnOnce(&DeTable<'_>)) {
    let (table, errors) = DeTable::parse_recoverable(text);
    if !same_schema(table.get_ref(), findings) {
        return;
    }
    if errors.is_empty() {
        return read(table.get_ref());
    }
    let before = findings.count();
    read(table.get_ref());
    findings.truncate(before);
    for error in errors {
        let span = error.span().unwrap_or(0..1);
        findings.add(Code::Syntax, span, message(error.message()), help(error.message()));
    }
}

fn same_schema(table: &DeTable<'_>, findings: &Findings) -> bool {
    let Some((key, node)) = table.get_key_value("schema") else { return true };
    if matches!(node.get_ref(), DeValue::Table(_)) || exact_number(node.get_ref()) == Some(SCHEMA.into()) {
        return true;
    }
    findings.add(
        Code::Schema,
        key.span().start..node.span().end,
        say!("この版の形式（schema）は読めません", "this version of the file format is not read"),
        say!(
            "schema = {SCHEMA} のファイルが要ります。新しい kaikaku で書いたものなら kaikaku を更新してください",
            "schema = {SCHEMA} is needed; if a newer kaikaku wrote the file, update kaikaku"
        ),
    );
    false
}

fn message(english: &str) -> Say {
    let (description, expected) = english.split_once(", expected ").map_or((english, None), |(d, e)| (d, Some(e)));
    let japanese = TRANSLATIONS.iter().find(|(en, _)| *en == description).map(|(_, ja)| *ja);
    let ja = match (japanese, expected) {
        (Some(ja), None) => format!("TOML の書き方の誤り：{ja}"),
        (Some(ja), Some(expected)) => format!("TOML の書き方の誤り：{ja}（ここには {expected} が要ります）"),
        (None, _) => format!("TOML の書き方の誤り：{english}"),
    };
    Say { ja, en: format!("invalid TOML: {english}") }
}

fn help(english: &str) -> Say {
    if english.starts_with("duplicate key") {
        return say!(
            "同じ名前を二度書けません。一つを消すか、名前を変えてください",
            "a name stands once only: delete or rename one of them"
        );
    }
    if english.starts_with("string values must be quoted") {
        return say!("文字列を \" で囲んでください", "put the text in \" quotes");
    }
    say!(
        "印の付いた所の前後で、引用符・括弧・= の抜けがないか確かめてください",
        "look for a missing quote, bracket or = around the mark"
    )
}

/// What the parser says and what a clerk reads.
const TRANSLATIONS: [(&str, &str); 30] = [
    ("duplicate key", "同じキーが二度あります"),
    ("string values must be quoted", "文字列が引用符で囲まれていません"),
    ("missing value", "値がありません"),
    ("missing value for key", "キーの値がありません"),
    ("key with no value", "キーに値がありません"),
    ("missing opening quote", "始まりの引用符がありません"),
    ("invalid basic string", "文字列の引用符が閉じていません"),
    ("invalid multi-line basic string", "複数行の文字列が閉じていません"),
    ("missing comma between array elements", "並び [ ] の要素の間にカンマがありません"),
    ("missing comma between key-value pairs", "{ } の中の項目の間にカンマがありません"),
    ("missing assignment between key-value pairs", "キーと値の間に = がありません"),
    ("unclosed array", "[ が閉じていません"),
    ("unclosed inline table", "{ が閉じていません"),
    ("unclosed table", "見出し [ ] が閉じていません"),
    ("unclosed array table", "見出し [[ ]] が閉じていません"),
    ("invalid unquoted key", "引用符のないキーに使えない文字があります"),
    ("unquoted keys cannot be empty", "キーが空です"),
    ("unexpected key or value", "余分なキーか値があります"),
    ("unexpected content", "余分な文字があります"),
    ("unexpected content between comment and newline", "コメントの後に余分な文字があります"),
    ("extra comma in array", "並び [ ] のカンマが余分です"),
    ("extra comma in inline table", "{ } の中のカンマが余分です"),
    ("extra `=`", "= が余分です"),
    ("extra assignment between key-value pairs", "= が余分です"),
    ("missing escaped value", "\\ の後の文字が正しくありません"),
    ("invalid comment character", "コメントに使えない文字があります"),
    ("unexpected leading zero", "数の先頭の 0 は書けません"),
    ("invalid value", "値として読めません"),
    ("invalid key-value pair", "「キー = 値」の形になっていません"),
    ("cannot recurse further; max recursion depth met", "入れ子が深すぎます"),
];
