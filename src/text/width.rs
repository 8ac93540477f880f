//! How many terminal columns a text takes, and where Japanese and Latin text may be broken.

use unicode_width::UnicodeWidthStr;

/// How the terminal draws characters of ambiguous width (①, ▲, ※, →, ─, Greek, Cyrillic).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ambiguous {
    /// One column each, as Windows Terminal and tmux do.
    #[default]
    Narrow,
    /// Two columns each, as the old console of a Japanese Windows does.
    Wide,
}

/// What may not begin a line.
const NO_START: &str = "、。，．・：；？！゛゜ヽヾゝゞ々ー－～〜…‥’”）〕］｝〉》」』】％℃°′″\
    ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ,.:;?!)]}%｡､･ｰﾞﾟ｣ｧｨｩｪｫｬｭｮｯ";
/// What may not end a line. ▲ and △ are the minus signs of reports.
const NO_END: &str = "‘“（〔［｛〈《「『【([{￥＄¥$№＃▲△｢\u{200d}";

impl Ambiguous {
    /// The columns a one-line text takes.
    pub fn width(self, text: &str) -> usize {
        if let Some(width) = text.chars().map(plain_width).sum() {
            return width;
        }
        match self {
            Self::Narrow => text.width(),
            Self::Wide => text.width_cjk() + text.chars().filter(|c| is_wide_letter(*c)).count(),
        }
    }

    /// The columns the widest line of a text takes.
    pub fn widest(self, text: &str) -> usize {
        text.split('\n').map(|line| self.width(line.trim_end())).max().unwrap_or(0)
    }

    /// The lines of a text, none wider than `room`; at least one, none ending in a space.
    ///
    /// Japanese breaks anywhere its punctuation allows, Latin at spaces. A word wider than `room` is broken inside.
    pub fn wrap(self, text: &str, room: Option<usize>) -> Vec<&str> {
        let mut lines = Vec::with_capacity(1);
        text.split('\n').for_each(|line| self.wrap_line(line.trim_end(), room, &mut lines));
        while lines.len() > 1 && lines.last().is_some_and(|line| line.is_empty()) {
            lines.pop();
        }
        lines
    }

    fn wrap_line<'t>(self, line: &'t str, room: Option<usize>, lines: &mut Vec<&'t str>) {
        let is_seen = line.starts_with(|c| plain_width(c).is_some()) || self.width(line) > 0;
        if !is_seen {
            // Combining marks without a letter to sit on would settle on whatever stands before the line.
            return lines.push("");
        }
        let Some(room) = room.filter(|room| self.width(line) > *room) else { return lines.push(line) };
        let units = units(line);
        let (mut start, mut rest) = (0, line);
        while start < units.len() {
            let end = self.line_end(&units[start..], room) + start;
            let (this, after) = rest.split_at(units[start..end].iter().map(|unit| unit.len()).sum());
            lines.push(this.trim_end());
            (start, rest) = (end, after);
            while let Some(unit) = units.get(start).filter(|unit| is_space(unit)) {
                (start, rest) = (start + 1, &rest[unit.len()..]);
            }
        }
    }

    /// How many of the units make the first line: at least one, or the text would never end.
    fn line_end(self, units: &[&str], room: usize) -> usize {
        let mut used = 0;
        let mut last_break = None;
        for (at, unit) in units.iter().enumerate() {
            if at > 0 && may_break(units[at - 1], unit) && !parts_number(units, at) {
                last_break = Some(at);
            }
            used += self.width(unit);
            // A space may hang over the edge: it is trimmed there.
            if used > room && !is_space(unit) {
                return last_break.unwrap_or(at.max(1));
            }
        }
        units.len()
    }
}

/// The lines of a text with the columns they take, as long as every terminal draws them alike and nothing in them is to
/// be made visible or cut off; `None` in the place of the first other line. Most of what a list holds is such a text, so
/// it is gone through once.
pub fn plain_lines(text: &str) -> impl Iterator<Item = Option<(&str, usize)>> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest.take()?;
        let line = plain_line(text);
        if let Some((line, _)) = line {
            rest = text.get(line.len() + 1..);
        }
        Some(line)
    })
}

/// The first line.
fn plain_line(text: &str) -> Option<(&str, usize)> {
    let (bytes, mut at, mut width) = (text.as_bytes(), 0, 0);
    while let Some(byte) = bytes.get(at).filter(|byte| **byte != b'\n') {
        let (length, columns) = match byte {
            b' '..=b'~' => (1, 1),
            // Kanji, but for a few that are looked at more closely.
            0xe5..=0xe9 => (3, 2),
            _ => {
                let c = text[at..].chars().next()?;
                (c.len_utf8(), plain_width(c)?)
            }
        };
        (at, width) = (at + length, width + columns);
    }
    (at == 0 || bytes[at - 1] != b' ').then(|| (&text[..at], width))
}

/// The columns of printable ASCII, kana, kanji and full-width signs, which every terminal draws alike: they are most of
/// what a list holds, and need not be looked up.
fn plain_width(c: char) -> Option<usize> {
    match c {
        ' '..='~' => Some(1),
        '\u{3001}'..='\u{3029}' | 'ぁ'..='ゖ' | 'ァ'..='ヾ' | '一'..='\u{9fff}' | '！'..='～' => Some(2),
        _ => None,
    }
}

/// The letters of ambiguous width. `width_cjk` has them narrow, as new terminals do; the old console draws them wide.
#[rustfmt::skip]
fn is_wide_letter(c: char) -> bool {
    matches!(c,
        '¨' | 'ª' | '´' | '¸' | 'º' | 'Æ' | 'Ð' | 'Ø' | 'Þ'..='á' | 'æ' | 'è'..='ê' | 'ì' | 'í' | 'ð' | 'ò' | 'ó'
        | 'ø'..='ú' | 'ü' | 'þ' | 'ā' | 'đ' | 'ē' | 'ě' | 'Ħ' | 'ħ' | 'ī' | 'ı'..='ĳ' | 'ĸ' | 'Ŀ'..='ł' | 'ń'
        | 'ň'..='ŋ' | 'ō' | 'Œ' | 'œ' | 'Ŧ' | 'ŧ' | 'ū' | 'ǎ' | 'ǐ' | 'ǒ' | 'ǔ' | 'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' | 'ɑ' | 'ɡ'
        | '˄' | 'ˇ' | 'ˉ'..='ˋ' | 'ˍ' | 'ː' | '˘'..='˛' | '˝' | '˟' | 'Α'..='Ρ' | 'Σ'..='Ω' | 'α'..='ρ' | 'σ'..='ω'
        | 'Ё' | 'А'..='я' | 'ё' | 'ⁿ' | 'ℓ' | 'Ω' | 'Å')
}

/// Characters with what combines with them: the smallest pieces a line is made of.
fn units(line: &str) -> Vec<&str> {
    let mut units = Vec::new();
    let mut start = 0;
    for (at, c) in line.char_indices() {
        if at > start && !is_mark(c) {
            units.push(&line[start..at]);
            start = at;
        }
    }
    units.push(&line[start..]);
    units
}

fn is_mark(c: char) -> bool {
    unicode_width::UnicodeWidthChar::width(c) == Some(0)
}

fn is_space(unit: &str) -> bool {
    unit.chars().all(|c| c.is_whitespace() && c != '\u{a0}')
}

fn may_break(before: &str, after: &str) -> bool {
    if is_space(before) {
        return true;
    }
    !is_space(after)
        && !after.starts_with(|c| NO_START.contains(c))
        && !before.ends_with(|c| NO_END.contains(c))
        && (is_japanese(before) || is_japanese(after))
}

/// How many katakana a unit has at most: ポイント, キログラム.
const LONGEST_UNIT: usize = 8;

/// Whether a break before a unit parts a number from what it counts (14件, 3.6ポイント), or from 第.
fn parts_number(units: &[&str], at: usize) -> bool {
    let is_katakana = |unit: &str| unit.starts_with(|c| matches!(c, 'ァ'..='ヺ' | 'ー'));
    let run = match is_katakana(units[at]) {
        true => units[..at].iter().rev().take(LONGEST_UNIT).take_while(|unit| is_katakana(unit)).count(),
        false => 0,
    };
    let begin = at - run;
    let is_digit = |c: char| c.is_ascii_digit();
    if units[at].starts_with(is_digit) && units[..at].last() == Some(&"第") {
        return true;
    }
    begin > 0 && is_japanese(units[at]) && units[begin - 1].ends_with(is_digit)
}

/// Whatever Japanese type treats as a full square, half-width katakana, and signs such as ① and →.
fn is_japanese(unit: &str) -> bool {
    unit.starts_with(|c: char| {
        matches!(c, '\u{2190}'..='\u{27bf}' | '\u{ff61}'..='\u{ff9f}') || Ambiguous::Narrow.width(unit) == 2
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn wrap(text: &str, room: usize) -> Vec<&str> {
        Ambiguous::Narrow.wrap(text, Some(room))
    }

    #[test]
    fn ambiguous_characters_count_as_the_terminal_draws_them() {
        for c in ["①", "▲", "※", "→", "…", "─", "“", "α", "Я"] {
            assert_eq!((Ambiguous::Narrow.width(c), Ambiguous::Wide.width(c)), (1, 2), "{c}");
        }
        assert_eq!(Ambiguous::Narrow.width("改革％～ｱ"), 9);
    }

    #[test]
    fn a_width_that_is_not_looked_up_is_the_one_of_the_table() {
        let plain: Vec<char> = (' '..='\u{ffff}').filter(|c| plain_width(*c).is_some()).collect();
        assert!(plain.len() > 20_000);
        for pair in plain.windows(2) {
            let (text, width) = (pair.iter().collect::<String>(), pair.iter().filter_map(|c| plain_width(*c)).sum());
            let wide = text.width_cjk() + text.chars().filter(|c| is_wide_letter(*c)).count();
            assert_eq!((text.width(), wide), (width, width), "{text}");
        }
    }

    #[test]
    fn plain_lines_are_those_of_the_table() {
        fn lines(text: &str) -> Option<Vec<(&str, usize)>> {
            plain_lines(text).collect()
        }
        assert_eq!(lines("改革 1％\n\nａ"), Some(vec![("改革 1％", 8), ("", 0), ("ａ", 2)]));
        assert_eq!(lines(""), Some(vec![("", 0)]));
        for text in ["改革\n▲1", "a \nb", "改　", "\t", "a\r\nb", "é", "㈱", "\u{7f}"] {
            assert_eq!(lines(text), None, "{text:?}");
        }
        for c in ' '..='\u{ffff}' {
            let (text, known) = (c.to_string(), plain_width(c).filter(|_| c != ' '));
            assert_eq!(lines(&text), known.map(|width| vec![(&*text, width)]), "{c}");
        }
    }

    #[test]
    fn punctuation_stays_with_its_word() {
        assert_eq!(wrap("市民の声、聞く", 8), ["市民の", "声、聞く"]);
        assert_eq!(wrap("計画「改革」", 6), ["計画", "「改", "革」"]);
        assert_eq!(wrap("差は▲20.9ポイント", 7), ["差は", "▲20.9ポ", "イント"]);
    }

    #[test]
    fn a_number_stays_with_what_it_counts() {
        assert_eq!(wrap("改善 +8.5ポイント（R5比）", 12), ["改善", "+8.5ポイント", "（R5比）"]);
        assert_eq!(wrap("取組項目は21件である", 13), ["取組項目は", "21件である"]);
        assert_eq!(wrap("令和7年度第2四半期の報告", 13), ["令和7年度", "第2四半期の報", "告"]);
    }

    #[test]
    fn latin_breaks_at_spaces_or_where_it_must() {
        assert_eq!(wrap("reform plan of the city", 11), ["reform plan", "of the city"]);
        assert_eq!(wrap("abcdefghij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(wrap("全128件の1,234,567円", 12), ["全128件の", "1,234,567円"]);
    }

    #[test]
    fn line_breaks_stay() {
        assert_eq!(Ambiguous::Narrow.wrap("一\n\n二 \n", None), ["一", "", "二"]);
        assert_eq!(wrap("", 4), [""]);
    }

    proptest! {
        #[test]
        fn every_line_fits_and_nothing_is_lost(text in "[ -~あ-ん、。（）「」①▲～…αｱﾞ一-十👨❤\u{fe0f}\u{200d}]{0,80}", room in 4usize..40, wide: bool) {
            let ambiguous = if wide { Ambiguous::Wide } else { Ambiguous::Narrow };
            let lines = ambiguous.wrap(&text, Some(room));
            for line in &lines {
                prop_assert!(ambiguous.width(line) <= room, "{line:?}");
            }
            let bare = |s: &str| s.replace(char::is_whitespace, "");
            prop_assert!(ambiguous.width(&text) == 0 || bare(&lines.concat()) == bare(&text));
        }
    }
}
