//! What one cell says: a number, a number with something to it, a time, a mark that stands for none, words.

mod lists;

use self::lists::{BEFORE, MARKS, SAME, UNITS};
use crate::text::fold::fold;

/// What a cell says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Says {
    /// A number and nothing else.
    Number,
    /// A number with what does not belong into its cell.
    Spoiled(Spoil),
    /// A time by Western years.
    Western,
    /// A time by Japanese eras alone.
    Japanese,
    /// A time by years of two digits.
    TwoDigits,
    /// A mark in place of a number.
    Mark,
    /// The mark that stands for what stands above it.
    Same,
    /// Words.
    Words,
}

/// What stands in a cell beside its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spoil {
    /// 1,234.
    Separator,
    /// ▲5, 約100.
    Sign,
    /// 12人, 30％.
    Unit,
    /// 12※, 12(注1).
    Note,
    /// １２.
    FullWidth,
    /// 18～24.
    Range,
    /// 100（50）.
    Second,
    /// Digits that a workbook stores as words.
    Stored,
}

impl Says {
    /// What a text says.
    pub fn of(text: &str) -> Self {
        let trimmed = text.trim();
        if SAME.contains(&trimmed) {
            return Self::Same;
        }
        if is_number(trimmed) {
            return Self::Number;
        }
        let folded = fold(trimmed).trim().to_lowercase();
        if MARKS.contains(&folded.as_str()) || matches!(trimmed, "ー" | "―" | "―――" | "－" | "‐" | "△" | "▲" | "×")
        {
            return Self::Mark;
        }
        time(trimmed).or_else(|| spoiled(trimmed).map(Self::Spoiled)).unwrap_or(Self::Words)
    }

    /// Whether it is a number, whatever else stands there.
    pub fn is_numeric(self) -> bool {
        matches!(self, Self::Number | Self::Spoiled(_))
    }

    /// Whether it says when.
    pub fn is_time(self) -> bool {
        matches!(self, Self::Western | Self::Japanese | Self::TwoDigits)
    }
}

/// Whether a text is a number as programs read it: digits with at most one point, a minus before them, an exponent behind.
/// Digits behind a leading zero are a code.
pub fn is_number(text: &str) -> bool {
    let body = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (mantissa, exponent) = body.split_once(['e', 'E']).map_or((body, None), |(m, e)| (m, Some(e)));
    let (whole, fraction) = mantissa.split_once('.').map_or((mantissa, None), |(w, f)| (w, Some(f)));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let is_exponent = |e: &str| digits(e.strip_prefix(['-', '+']).unwrap_or(e));
    digits(whole)
        && fraction.is_none_or(digits)
        && exponent.is_none_or(is_exponent)
        && (whole.len() == 1 || !whole.starts_with('0'))
}

/// Takes a number with separators off the front of a folded text; what is left, and whether it had separators.
fn leading(text: &str) -> Option<(&str, bool)> {
    let end = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, ',' | '.'))).unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    let digits = digits.trim_end_matches([',', '.']);
    if !digits.starts_with(|c: char| c.is_ascii_digit()) || digits.matches('.').count() > 1 {
        return None;
    }
    let whole = digits.split('.').next().unwrap_or_default();
    let groups: Vec<&str> = whole.split(',').collect();
    let are_groups = groups.len() == 1 || groups[0].len() <= 3 && groups[1..].iter().all(|group| group.len() == 3);
    are_groups.then_some((rest, groups.len() > 1))
}

/// Whether spaces stand between the groups of a number: 1 200 000.
fn grouped_by_spaces(text: &str) -> bool {
    let mut groups = text.split(' ');
    let is_group = |group: &str| group.bytes().all(|b| b.is_ascii_digit());
    groups.next().is_some_and(|first| (1..=3).contains(&first.len()) && is_group(first))
        && groups.all(|group| group.len() == 3 && is_group(group))
}

/// What stands beside the number in a text that is one; `None` where it is none.
fn spoiled(text: &str) -> Option<Spoil> {
    let folded = fold(text).to_lowercase();
    let folded = folded.trim();
    let mut rest = folded;
    let mut sign = false;
    while let Some(behind) = BEFORE.iter().find_map(|word| rest.strip_prefix(word)) {
        (rest, sign) = (behind.trim_start(), true);
    }
    let rest = rest.strip_prefix('-').unwrap_or(rest);
    if rest.contains(' ') && grouped_by_spaces(rest) {
        return Some(Spoil::Separator);
    }
    let (behind, has_separator) = leading(rest)?;
    let behind = behind.trim_start();
    let unit = |text: &str| UNITS.iter().filter(|unit| text.starts_with(**unit)).map(|unit| unit.len()).max();
    let after_unit = unit(behind).map_or(behind, |length| behind[length..].trim_start());
    // 18時間~24時間, 10~20.
    if let Some(second) = after_unit.strip_prefix(['~', '〜', '～', '-']) {
        let (tail, _) = leading(second.trim_start())?;
        let tail = unit(tail.trim()).map_or(tail.trim(), |length| &tail.trim()[length..]);
        return (tail.is_empty() && !folded.contains("--") && folded.contains(['~', '〜'])).then_some(Spoil::Range);
    }
    if let Some(inner) = after_unit.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) {
        return if leading(inner.trim())
            .is_some_and(|(tail, _)| unit(tail.trim()) == Some(tail.trim().len()) || tail.trim().is_empty())
        {
            Some(Spoil::Second)
        } else {
            (inner.starts_with('注') || inner.starts_with('※')).then_some(Spoil::Note)
        };
    }
    let is_note = |text: &str| {
        let bare = text.trim_end_matches(|c: char| c.is_ascii_digit() || c == ')');
        !text.is_empty()
            && (bare.is_empty() && text.ends_with(')')
                || !bare.is_empty() && bare.chars().all(|c| matches!(c, '*' | '※' | '#' | '†' | '注' | '(')))
    };
    let is_bound = |text: &str| {
        matches!(text, "以上" | "以下" | "未満" | "超" | "以内" | "程度" | "前後" | "増" | "減" | "弱" | "強")
    };
    match after_unit {
        "" if behind != after_unit => Some(Spoil::Unit),
        "" if sign => Some(Spoil::Sign),
        "" if has_separator => Some(Spoil::Separator),
        "" if text.trim() != folded => {
            (!folded.starts_with('0') || folded.starts_with("0.")).then_some(Spoil::FullWidth)
        }
        tail if is_bound(tail) => Some(Spoil::Sign),
        tail if is_note(tail) => Some(Spoil::Note),
        _ => None,
    }
}

/// The eras, from the oldest.
pub const ERAS: [&str; 5] = ["明治", "大正", "昭和", "平成", "令和"];

/// What a time is written by; `None` for what is no time.
fn time(text: &str) -> Option<Says> {
    let folded = fold(text);
    let plain: String = folded.chars().filter(|c| !c.is_whitespace()).collect();
    let is_western = holds_western(&plain);
    if is_western && is_time_alone(&plain) {
        return Some(Says::Western);
    }
    let kanji = ERAS.iter().find_map(|era| plain.strip_prefix(era));
    if let Some(rest) = kanji.filter(|rest| rest.starts_with('元') || rest.starts_with(|c: char| c.is_ascii_digit())) {
        let is_short = rest.chars().count() < 24;
        return (is_short && is_western).then_some(Says::Western).or(is_short.then_some(Says::Japanese));
    }
    if let Some(rest) =
        plain.strip_prefix(['M', 'T', 'S', 'H', 'R']).filter(|_| plain.is_ascii() || plain.contains(['年', '月', '度']))
    {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let behind = &rest[digits..];
        let is_year = (1..=2).contains(&digits) || rest.starts_with('元');
        let goes_on = behind.is_empty() || behind.starts_with(['.', '/', '年', 'Q', '.']) || rest.starts_with('元');
        return (is_year && goes_on).then_some(if is_western { Says::Western } else { Says::Japanese });
    }
    two_digits(&plain).then_some(Says::TwoDigits)
}

/// Whether a text holds a year of four digits, 1868 to 2199.
pub fn holds_western(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    (0..bytes.len()).any(|at| {
        let alone = (at == 0 || !is_digit(at - 1)) && (0..4).all(|n| is_digit(at + n)) && !is_digit(at + 4);
        alone
            && text
                .get(at..at + 4)
                .and_then(|year| year.parse::<u16>().ok())
                .is_some_and(|year| (1868..2200).contains(&year))
    })
}

/// Whether nothing but a time stands in a text that holds a Western year: 2023年度, 2023-04-01, 2023年4～6月, 令和5年度(2023年度).
fn is_time_alone(text: &str) -> bool {
    let mut rest = text.to_owned();
    for word in ERAS.iter().copied().chain([
        "年度末",
        "年度",
        "年",
        "月末",
        "月",
        "日",
        "上半期",
        "下半期",
        "四半期",
        "第",
        "時",
        "分",
        "fy",
        "FY",
        "期",
        "現在",
        "元",
    ]) {
        rest = rest.replace(word, " ");
    }
    // 096-328-2111 begins with no year.
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 && (digits != 4 || !holds_western(&text[..4])) {
        return false;
    }
    let is_plain_number = text.bytes().all(|b| b.is_ascii_digit());
    !is_plain_number && rest.chars().all(|c| c.is_ascii_digit() || " -/.:()~〜～QHTRZ+".contains(c))
}

/// Whether a text is a day with a year of two digits: 23/4/1.
fn two_digits(text: &str) -> bool {
    let parts: Vec<&str> = text.trim_start_matches('\'').split(['/', '.']).collect();
    let number = |text: &str| text.parse::<u8>().ok().filter(|_| text.len() <= 2);
    parts.len() == 3
        && parts[0].len() == 2
        && number(parts[0]).is_some()
        && number(parts[1]).is_some_and(|month| (1..=12).contains(&month))
        && number(parts[2]).is_some_and(|day| (1..=31).contains(&day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_cell_says() {
        for text in ["0", "12", "-3", "3.14", "1234567", "1.2E+05", "+5"] {
            assert_eq!(Says::of(text), Says::Number, "{text}");
        }
        for (text, spoil) in [
            ("1,234", Spoil::Separator),
            ("1,234,567.8", Spoil::Separator),
            ("1 234 567", Spoil::Separator),
            ("▲5", Spoil::Sign),
            ("約100", Spoil::Sign),
            ("80以上", Spoil::Sign),
            ("12人", Spoil::Unit),
            ("30％", Spoil::Unit),
            ("1,200千円", Spoil::Unit),
            ("5.3ポイント", Spoil::Unit),
            ("１２", Spoil::FullWidth),
            ("12※", Spoil::Note),
            ("12*", Spoil::Note),
            ("12(注1)", Spoil::Note),
            ("12 1)", Spoil::Note),
            ("80名以上", Spoil::Sign),
            ("18時間～24時間", Spoil::Range),
            ("10〜20", Spoil::Range),
            ("100（50）", Spoil::Second),
        ] {
            assert_eq!(Says::of(text), Says::Spoiled(spoil), "{text}");
        }
        for text in ["-", "－", "―", "…", "x", "X", "***", "n/a", "不明", "該当なし", "秘匿"] {
            assert_eq!(Says::of(text), Says::Mark, "{text}");
        }
        for text in ["〃", "同上", "\""] {
            assert_eq!(Says::of(text), Says::Same, "{text}");
        }
        for text in [
            "2023年度",
            "2023-04-01",
            "2023/4/1",
            "2023年4月1日",
            "令和5年度(2023年度)",
            "2023年",
            "2023年4～6月",
            "2023-04-01T09:00:00",
        ] {
            assert_eq!(Says::of(text), Says::Western, "{text}");
        }
        for text in ["令和5年度", "令和元年", "R5", "H30.4.1", "R7Q2", "平成31年4月1日", "Ｒ５年度", "昭和60年"]
        {
            assert_eq!(Says::of(text), Says::Japanese, "{text}");
        }
        assert_eq!(Says::of("23/4/1"), Says::TwoDigits);
        for text in [
            "熊本市",
            "1-1-2",
            "001234",
            "1丁目2番3号",
            "096-328-2111",
            "862-8601",
            "第1回",
            "3階",
            "R棟",
            "H型",
            "S字カーブ",
            "1組",
            "M&A",
            "計画どおり",
            "192.168.0.1",
            "3歳児",
            "24時間営業",
            "2号館",
            "T字路",
            "http://a.example/2023",
            "2023年の計画による",
            "10:30",
        ] {
            assert_eq!(Says::of(text), Says::Words, "{text}");
        }
    }
}
