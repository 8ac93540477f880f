//! Numbers in kanji, alone (二十一件) or between digits (1万2千), and in circles (⑤).

use rust_decimal::Decimal;

/// What is counted behind a number in kanji. Elsewhere 一 and its kind are parts of words: 一部, 統一, 十分.
const COUNTED: [&str; 37] = [
    "件",
    "人",
    "名",
    "回",
    "割",
    "円",
    "年",
    "か月",
    "カ月",
    "ヶ月",
    "ヵ月",
    "箇月",
    "か年",
    "時間",
    "倍",
    "個",
    "項目",
    "か所",
    "カ所",
    "ヶ所",
    "ヵ所",
    "箇所",
    "施策",
    "事業",
    "ポイント",
    "パーセント",
    "％",
    "%",
    "台",
    "校",
    "社",
    "団体",
    "世帯",
    "指標",
    "課",
    "歳",
    "冊",
];
/// Words that begin as a number does that counts something.
const WORDS: [&str; 5] = ["一人ひとり", "一人一人", "一人前", "一年中", "一回り"];

/// A digit in kanji.
fn digit(c: char) -> Option<u32> {
    "〇一二三四五六七八九".chars().position(|known| known == c).and_then(|at| u32::try_from(at).ok())
}

/// What a sign multiplies what stands before it by, and whether it closes a group of four digits.
fn scale(c: char) -> Option<(u64, bool)> {
    match c {
        '十' => Some((10, false)),
        '百' => Some((100, false)),
        '千' => Some((1_000, false)),
        '万' => Some((10_000, true)),
        '億' => Some((100_000_000, true)),
        '兆' => Some((1_000_000_000_000, true)),
        _ => None,
    }
}

fn is_numeral(c: char) -> bool {
    digit(c).is_some() || scale(c).is_some()
}

/// Whether a number in kanji begins here: it counts something, and no word goes on with it.
pub fn begins(chars: &[char], at: usize) -> bool {
    let starts = |from: usize, word: &str| word.chars().eq(chars[from..].iter().copied().take(word.chars().count()));
    if !is_numeral(chars[at]) || WORDS.iter().any(|word| starts(at, word)) {
        return false;
    }
    let is_kanji =
        |c: &char| matches!(c, '一'..='鿿' | '々') && !matches!(c, '第' | '約' | '計' | '全' | '各' | '昭' | '和');
    let end = end(chars, at);
    // Behind a digit it is of the unit: 40百万円. Behind kanji a single sign is of a word: 統一.
    let of_word = |before: usize| chars[before].is_ascii_digit() || end == at + 1 && is_kanji(&chars[before]);
    let is_part = at.checked_sub(1).is_some_and(of_word);
    !is_part && !starts(end, "割合") && COUNTED.iter().any(|word| starts(end, word))
}

/// Where the number ends that begins here.
pub fn end(chars: &[char], at: usize) -> usize {
    at + chars[at..].iter().take_while(|c| is_numeral(**c)).count()
}

/// The number in a circle.
pub fn circled(c: char) -> Option<u32> {
    let within = |first: char, last: char, from: u32| {
        (first..=last).contains(&c).then(|| u32::from(c) - u32::from(first) + from)
    };
    within('①', '⑳', 1).or_else(|| within('㉑', '㉟', 21)).or_else(|| within('㊱', '㊿', 36))
}

/// A number in kanji, or in digits with signs of scale between them, and where it ends; `None` where it is neither. What
/// stands between digits and a unit (40百万円) is of the unit.
pub fn scaled(chars: &[char], start: usize) -> Option<(usize, Decimal)> {
    let in_kanji = is_numeral(chars[start]);
    let (mut total, mut group, mut last) = (Decimal::ZERO, Decimal::ZERO, None::<Decimal>);
    let (mut at, mut scales, mut end) = (start, 0_usize, start);
    while let Some(c) = chars.get(at) {
        if let Some((by, closes)) = scale(*c) {
            // A sign of scale alone stands for one of it: 百二.
            let by = Decimal::from(by);
            let alone = if closes && !group.is_zero() { Decimal::ZERO } else { Decimal::ONE };
            let before = last.take().unwrap_or(alone);
            if closes {
                total = total.checked_add(group.checked_add(before)?.checked_mul(by)?)?;
                group = Decimal::ZERO;
            } else {
                group = group.checked_add(before.checked_mul(by)?)?;
            }
            scales += 1;
            at += 1;
        } else if let Some(digit) = digit(*c).filter(|_| in_kanji) {
            last = Some(last.unwrap_or_default().checked_mul(Decimal::TEN)?.checked_add(digit.into())?);
            at += 1;
        } else if c.is_ascii_digit() && !in_kanji {
            let run = super::end_of_run(chars, at);
            let plain: String = chars[at..run].iter().filter(|c| **c != ',').collect();
            last = Some(Decimal::from_str_exact(&plain).ok()?);
            at = run;
        } else {
            break;
        }
        end = at;
    }
    if !in_kanji
        && (scales == 0
            || !chars[start + 1..end].windows(2).any(|pair| scale(pair[0]).is_some() && pair[1].is_ascii_digit()))
    {
        return None;
    }
    Some((end, total.checked_add(group)?.checked_add(last.unwrap_or_default())?))
}
