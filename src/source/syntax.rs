//! TOML as such: all syntax errors of a file at once, in the user's language, and the version of the format.

use std::ops::Range;

use crate::tree::{Memory, Table};

use crate::fields::Findings;
use crate::fields::advice::exact_number;
use crate::finding::{Code, Finding};
use crate::lang::Say;
use crate::ledger::SCHEMA;
use crate::say;

/// Parses `text` and hands its table to `read`.
///
/// A file with syntax errors is still read as far as it could be parsed, so that what refers to it is not called
/// unknown; but what is found wrong with the remains is not reported, since the errors may well have caused it.
pub fn parse(text: &str, findings: &Findings, read: &mut dyn FnMut(Table<'_>)) {
    let mut memory = Memory::default();
    let (table, errors) = memory.parse_recoverable(text);
    if !same_schema(table, findings) {
        return;
    }
    if errors.is_empty() {
        return read(table);
    }
    let before = findings.count();
    read(table);
    findings.truncate(before);
    if let Some((begins, ends)) = conflict(text) {
        return findings.push(unsettled(findings.file, begins, ends));
    }
    for (nth, (span, english)) in worth_telling(text, &errors).into_iter().enumerate() {
        let english =
            if english.starts_with(UNQUOTED) && text[span.clone()].is_empty() { "missing value" } else { english };
        let help = if is_full_width(&text[span.start..]) { full_width() } else { help(english) };
        let mut finding = Finding::new(Code::Syntax, findings.file, span.clone(), message(english), help);
        // To look for the first one takes time, so that is done for as many as a person will look at.
        if nth < 20
            && english.starts_with(DUPLICATE)
            && let Some(first) = first_of(text, &span)
        {
            finding = finding.related(findings.file, first, say!("一つ目", "the first one"));
        }
        findings.push(finding);
    }
}

/// The lines where git's marks of a conflict begin and end.
fn conflict(text: &str) -> Option<(Range<usize>, Range<usize>)> {
    let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1));
    let mut lines = starts.map(|start| start..text[start..].find(['\r', '\n']).map_or(text.len(), |at| start + at));
    let begins = lines.find(|line| text[line.clone()].starts_with("<<<<<<< "))?;
    let ends = lines.find(|line| text[line.clone()].starts_with(">>>>>>> "))?;
    Some((begins, ends))
}

fn unsettled(file: usize, begins: Range<usize>, ends: Range<usize>) -> Finding {
    let message = say!("マージの競合が残っています", "a merge conflict is not settled");
    let help = say!(
        "======= の上か下の正しい方を残し、もう一方と印の行を消してください",
        "keep what is right, above or below =======, and delete the rest and the lines of the marks"
    );
    Finding::new(Code::MergeConflict, file, begins, message, help).related(file, ends, say!("ここまで", "up to here"))
}

/// Where the key or header that stands again at `span` stands first.
fn first_of(text: &str, span: &Range<usize>) -> Option<Range<usize>> {
    let key = &text[span.clone()];
    let line_start = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
    let before = &text[line_start..span.start];
    let mut lines = text[..line_start].split_inclusive('\n').scan(0, |at, line| {
        *at += line.len();
        Some((*at - line.len(), line))
    });
    let same = |(at, line): (usize, &str)| {
        let rest = line.strip_prefix(before)?.strip_prefix(key)?;
        rest.starts_with([' ', '=', ']', '.', '\t']).then(|| at + before.len()..at + before.len() + key.len())
    };
    // A header stands once in the file, a key once in its table: of keys the last one before is meant.
    if before.starts_with('[') { lines.find_map(same) } else { lines.filter_map(same).last() }
}

/// The errors less those that merely follow from another: one a block of lines, and where an array was left open only
/// the place where that first went wrong. What the parser says of the rest is nonsense.
fn worth_telling<'e>(text: &str, errors: &'e [toml::de::Error]) -> Vec<(Range<usize>, &'e str)> {
    let boundary = |at: usize| text.floor_char_boundary(at.min(text.len()));
    let place =
        |error: &toml::de::Error| error.span().map_or(0..0, |s| boundary(s.start)..boundary(s.end.max(s.start)));
    let mut all: Vec<_> = errors.iter().map(|error| (place(error), error.message())).collect();
    all.sort_by_key(|(span, _)| span.start);
    let open = |message: &str| message.starts_with("unclosed array, ") || message.starts_with("unclosed inline table");
    if let Some((_, unclosed)) = all.iter().find(|(_, message)| open(message)).cloned() {
        return all.into_iter().take(1).map(|(span, _)| (span, unclosed)).collect();
    }
    let separates = |from: usize, to: usize| {
        let between = &text[boundary(from.saturating_sub(1))..boundary(to + 1)];
        ["\n[", "\n\n", "\n\r\n"].iter().any(|end| between.contains(end))
    };
    // Blocks may stand many times; that they may not after all is the doing of an error before.
    let is_block = |start: usize| text[..start].ends_with("[[");
    let (mut at, mut new_block, mut any) = (0, true, false);
    all.retain(|(span, message)| {
        new_block |= separates(at, span.start);
        at = span.start;
        let follows = any && message.starts_with(DUPLICATE) && is_block(span.start);
        any = true;
        std::mem::take(&mut new_block) && !follows
    });
    all
}

/// Whether a text begins with a mark of the Japanese keyboard where TOML wants the plain one.
fn is_full_width(text: &str) -> bool {
    text.starts_with(|c: char| matches!(c, '！'..='～' | '\u{3000}' | '“' | '”' | '‘' | '’' | '「' | '」'))
}

fn full_width() -> Say {
    say!(
        "全角の文字や空白は、文字列の外では半角にしてください（\" [ ] = , や数字、空白）",
        "outside strings, write half-width characters (\" [ ] = , digits, spaces)"
    )
}

/// What the parser says of a name that stands twice.
const DUPLICATE: &str = "duplicate key";

/// What the parser says of a bare word where a value belongs.
const UNQUOTED: &str = "string values must be quoted";

fn same_schema(table: Table<'_>, findings: &Findings) -> bool {
    let Some((key, node)) = table.entry("schema") else { return true };
    if node.is_table() || exact_number(node) == Some(SCHEMA.into()) {
        return true;
    }
    findings.add(
        Code::Schema,
        key.span.start..node.span().end,
        say!("この版の形式（schema）は読めません", "this version of the file format cannot be read"),
        say!(
            "schema = {SCHEMA} のファイルが要ります。新しい kaikaku で書いたものなら kaikaku を更新してください",
            "schema = {SCHEMA} is required; if a newer kaikaku wrote the file, update kaikaku"
        ),
    );
    false
}

fn message(english: &str) -> Say {
    let (description, expected) = english.split_once(", expected ").map_or((english, None), |(d, e)| (d, Some(e)));
    if description == "invalid basic string" && expected != Some("`\"`") {
        return Say {
            ja: "TOML の書き方の誤り：文字列に使えない文字があります".into(),
            en: format!("invalid TOML: {english}"),
        };
    }
    let japanese = TRANSLATIONS.iter().find(|(en, _)| *en == description).map(|(_, ja)| *ja);
    // What is expected is named where it is a sign to type, not a word of the grammar.
    let expected = expected.filter(|e| e.starts_with('`') && !e.contains(", ") && *e != "`nan`");
    let ja = match (japanese, expected) {
        (Some(ja), None) => format!("TOML の書き方の誤り：{ja}"),
        (Some(ja), Some(expected)) => format!("TOML の書き方の誤り：{ja}（ここには {expected} が要ります）"),
        (None, _) => format!("TOML の書き方の誤り：{english}"),
    };
    Say { ja, en: format!("invalid TOML: {english}") }
}

fn help(english: &str) -> Say {
    if english.starts_with(DUPLICATE) {
        return say!(
            "同じ名前を二度書けません。一つを消すか、名前を変えてください",
            "a name is allowed only once: delete or rename one of them"
        );
    }
    if english.starts_with(UNQUOTED) {
        return say!("文字列を \" で囲んでください", "put the text in double quotes (\")");
    }
    if english.starts_with("missing escaped value") {
        return say!(
            "\\ は \\\\ と書くか、文字列を \" の代わりに ' で囲んでください",
            "write \\ as \\\\, or put the text in ' instead of \""
        );
    }
    if english.starts_with("invalid date") {
        return say!(
            "2025-10-03 のように書くか、\" で囲んでください",
            "write it as in 2025-10-03, or put it in \" quotes"
        );
    }
    say!(
        "印の付いた所の前後で、引用符・括弧・= の抜けがないか確かめてください",
        "look for a missing quote, bracket or = near the mark"
    )
}

/// What the parser says and what a clerk reads.
const TRANSLATIONS: [(&str, &str); 51] = [
    (DUPLICATE, "同じキーが二度あります"),
    ("invalid date", "日付として読めません"),
    ("invalid time", "時刻として読めません"),
    ("invalid datetime", "日付として読めません"),
    ("invalid integer", "整数として読めません"),
    ("invalid float", "数値として読めません"),
    ("invalid boolean", "true か false として読めません"),
    ("invalid integer number", "整数として読めません"),
    ("invalid floating-point number", "数値として読めません"),
    ("invalid literal string", "値の書き方が正しくありません"),
    ("invalid exponent", "数値として読めません"),
    ("invalid fraction", "数値として読めません"),
    ("invalid multi-line literal string", "複数行の文字列が閉じていません"),
    ("unexpected `=` in array", "並び [ ] の中に = があります"),
    ("missing key for inline table element", "{ } の中にキーがありません"),
    ("invalid inline table element", "{ } の中が「キー = 値」の形になっていません"),
    ("carriage return must be followed by newline", "改行の文字（CR）が単独で入っています"),
    ("`_` may only go between digits", "_ は数字の間にだけ書けます"),
    ("unexpected sign", "符号の場所が正しくありません"),
    ("redundant numeric sign", "符号が余分です"),
    ("too few unicode value digits", "\\u の後の桁が足りません"),
    ("recursion limit", "入れ子が深すぎます"),
    (UNQUOTED, "文字列が引用符で囲まれていません"),
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
