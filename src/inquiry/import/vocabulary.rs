//! The words above columns of lists that cities have, and what each says of its column.

mod words;

use self::words::WORDS;
use crate::plan::period::{Parsed, Period};
use crate::text::fold::fold;

/// What a heading says of its column, its period apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// A name of an entry.
    Level,
    /// A number.
    Number,
    /// 所管課.
    Owner,
    /// 局・部.
    Bureau,
    /// 概要.
    Summary,
    /// 備考.
    Note,
    /// A name of an indicator.
    Indicator,
    /// 単位.
    Unit,
    /// 向き.
    Kind,
    /// Whether values are targets or actuals.
    Aspect,
    /// 時期.
    Period,
    /// 基準値.
    Baseline,
    /// 目標値.
    Target,
    /// 実績値, or in words what was done.
    Actual,
    /// 値, of which the row or another heading says what it is.
    Value,
    /// 進捗区分.
    Rating,
    /// 進捗率.
    Progress,
    /// 実績 in words.
    Done,
    /// 課題.
    Issue,
    /// 今後の対応.
    Next,
    /// A heading over several others that says nothing itself.
    Group,
}

/// A heading without widths, spaces and what stands in brackets.
pub fn plain(text: &str) -> String {
    let mut depth = 0;
    let open = |c: char| matches!(c, '(' | '[' | '【' | '〔' | '「');
    let close = |c: char| matches!(c, ')' | ']' | '】' | '〕' | '」');
    let kept = fold(text).to_lowercase().chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let outside: String = kept
        .chars()
        .filter(|c| {
            depth += i32::from(open(*c));
            let keeps = depth == 0;
            depth -= i32::from(close(*c));
            keeps
        })
        .collect();
    // 【実績】 is a heading, too.
    match outside.is_empty() {
        true => kept.chars().filter(|c| !open(*c) && !close(*c)).collect(),
        false => outside.trim_matches(['/', '・', '、', ':', '*', '※']).to_owned(),
    }
}

/// What a heading means once its period is taken out of it; `names` are the levels of the plan.
pub fn meaning(text: &str, names: &[Box<str>]) -> Option<Meaning> {
    let word = plain(text);
    if names.iter().any(|name| plain(name) == word) {
        return Some(Meaning::Level);
    }
    let is = |known: &&str| plain(known) == word;
    WORDS.iter().find(|(_, words)| words.iter().any(&is)).map(|(meaning, _)| *meaning)
}

/// A heading parted into the period that it names and the rest of its words.
pub fn split_period(text: &str) -> (Option<Period>, String) {
    let folded = fold(text).into_owned();
    let chars: Vec<char> = folded.chars().take(60).collect();
    for start in 0..chars.len() {
        let begins = matches!(chars[start], '令' | '平' | '昭' | 'R' | 'H' | 'r' | 'h' | 'F' | '2');
        if !begins || start > 0 && chars[start - 1].is_ascii_alphanumeric() {
            continue;
        }
        for end in (start + 2..=chars.len()).rev() {
            let piece: String = chars[start..end].iter().collect();
            let Ok(Parsed { period, overrun: None }) = Period::parse(&piece) else { continue };
            let goes_on = chars.get(end).is_some_and(|next| next.is_ascii_digit() || *next == '.');
            if matches!(period, Period::Day(_)) || goes_on {
                continue;
            }
            let rest: String = chars[..start].iter().chain(&chars[end..]).collect();
            let rest = ["年度末", "年度", "末時点", "時点", "末", "度", "年"]
                .iter()
                .find_map(|word| rest.trim().strip_prefix(word))
                .unwrap_or(&rest)
                .trim_start_matches('の')
                .to_owned();
            return (Some(period), rest);
        }
    }
    (None, folded)
}

/// Whether a cell is a heading: a word that is known, a period, or both.
pub fn is_heading_word(text: &str, names: &[Box<str>]) -> bool {
    let (period, rest) = split_period(text);
    let rest = plain(&rest);
    meaning(&rest, names).is_some() || period.is_some() && rest.is_empty()
}

/// Whether the values of a row are targets or actuals, as a cell of the row says.
pub fn aspect(text: &str) -> Option<crate::plan::inquiry::Aspect> {
    use crate::plan::inquiry::Aspect;
    match meaning(text, &[])? {
        Meaning::Target => Some(Aspect::Target),
        Meaning::Actual => Some(Aspect::Actual),
        Meaning::Baseline => Some(Aspect::Baseline),
        _ => None,
    }
}
