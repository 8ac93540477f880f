//! The facts of a text: its numbers with what they count and which way they point, its ids and periods, its names and verdicts.

use std::ops::Range;

use rust_decimal::Decimal;

use super::about::{Beside, beside};
use super::vocabulary::{Letters, Vocabulary};
use crate::text::tokens::{MINUS, Token, tokens};

/// A fact of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// As a person is shown it.
    pub shown: String,
    /// What it states.
    pub kind: Kind,
    /// That it is not exactly so: nearly, or at least.
    pub about: Option<&'static str>,
}

/// What a fact states.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// A name, a grade, a verdict.
    Word(String),
    /// An id, a date, a period.
    Mark(String),
    /// A number.
    Number(Number),
}

/// A number with the words that belong to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Number {
    /// In ones: 1.2億 is 120000000.
    value: Decimal,
    /// What it counts, where that is a known unit.
    unit: Option<&'static str>,
    /// The letter that follows where the unit is not known.
    next: Option<char>,
    /// Which way it points, or of what it is the bound.
    way: Option<&'static str>,
}

impl Fact {
    /// The same with the word by it that makes it less than exact, or denies it.
    fn with_word(self, letters: &Letters, place: Range<usize>) -> Self {
        let is_counted = !matches!(&self.kind, Kind::Number(Number { unit: None, next: Some(_), .. }));
        let Some(Beside { text, is_before, sign }) = beside(letters, &place, is_counted) else { return self };
        let shown = if is_before { format!("{text}{}", self.shown) } else { format!("{}{text}", self.shown) };
        Self { shown, about: Some(sign), ..self }
    }

    /// Whether both state the same.
    pub fn is_same(&self, other: &Self) -> bool {
        self.about == other.about && self.states_same(other)
    }

    fn states_same(&self, other: &Self) -> bool {
        match (&self.kind, &other.kind) {
            (Kind::Number(ours), Kind::Number(theirs)) => {
                let (a, b) = (ours.next, theirs.next);
                let follows = a.is_none() || b.is_none() || a == b;
                ours.value == theirs.value && ours.unit == theirs.unit && ours.way == theirs.way && follows
            }
            (ours, theirs) => ours == theirs,
        }
    }

    /// Whether both are of one kind, so that one may stand in the place of the other.
    pub fn is_alike(&self, other: &Self) -> bool {
        std::mem::discriminant(&self.kind) == std::mem::discriminant(&other.kind)
    }
}

/// The facts of a text, and how much of it is something else.
#[derive(Debug, Default)]
pub struct Facts {
    /// In reading order.
    pub all: Vec<Fact>,
    /// Letters beside them: kanji, katakana, Latin.
    pub words: usize,
    /// Letters beside them of any kind.
    pub letters: usize,
}

/// The facts of a text.
pub fn facts(text: &str, vocabulary: &Vocabulary) -> Facts {
    let letters = Letters::new(text);
    let mut numbers = tokens(&letters.text).into_iter().peekable();
    let (mut facts, mut at) = (Facts::default(), 0);
    while at < letters.chars.len() {
        let place = letters.places[at];
        while numbers.next_if(|token| token.place.start < place).is_some() {}
        if let Some(length) = vocabulary.longest(&letters, at) {
            let word: String = letters.chars[at..at + length].iter().collect();
            let fact = Fact { shown: word.clone(), kind: Kind::Word(word), about: None };
            facts.all.push(fact.with_word(&letters, at..at + length));
            at += length;
        } else if let Some((shown, length)) = fraction(&letters.chars, at) {
            let fact = Fact { kind: Kind::Mark(shown.clone()), shown, about: None };
            facts.all.push(fact.with_word(&letters, at..at + length));
            at += length;
        } else if let Some(token) = numbers.next_if(|token| token.place.start == place) {
            let end = letters.places.partition_point(|known| *known < token.place.end);
            // Where a name begins behind it, that is no unit: 「1 人と組織」 is no 1人.
            let behind = &letters.chars[end..];
            let (fact, length) = match (fact(&token, behind), vocabulary.longest(&letters, end)) {
                ((_, length), Some(name)) if name > length => fact(&token, &[]),
                (counted, _) => counted,
            };
            facts.all.push(fact.with_word(&letters, at..end + length));
            at = (end + length).max(at + 1);
        } else if let Some(length) = MINUS.iter().find_map(|word| begins(&letters.chars[at..], word)) {
            at += length;
        } else {
            let c = letters.chars[at];
            let is_letter = c.is_alphabetic() && !matches!(c, '第' | '約' | '計');
            facts.letters += usize::from(is_letter);
            facts.words += usize::from(is_letter && !matches!(c, 'ぁ'..='ゖ'));
            at += 1;
        }
    }
    facts
}

/// Signs of scale between a number and its unit.
const SCALES: [(&str, i64); 9] = [
    ("百万", 1_000_000),
    ("千万", 10_000_000),
    ("十億", 1_000_000_000),
    ("千", 1_000),
    ("万", 10_000),
    ("億", 100_000_000),
    ("兆", 1_000_000_000_000),
    ("million", 1_000_000),
    ("thousand", 1_000),
];

/// Units, each with the one way of writing that stands for all of them; a longer one before its beginning.
const UNITS: [(&str, &str); 70] = [
    ("パーセントポイント", "point"),
    ("percentagepoints", "point"),
    ("%ポイント", "point"),
    ("ポイント", "point"),
    ("points", "point"),
    ("point", "point"),
    ("パーセント", "%"),
    ("percent", "%"),
    ("%", "%"),
    ("か月", "か月"),
    ("カ月", "か月"),
    ("ヶ月", "か月"),
    ("ヵ月", "か月"),
    ("箇月", "か月"),
    ("か所", "か所"),
    ("カ所", "か所"),
    ("ヶ所", "か所"),
    ("ヵ所", "か所"),
    ("箇所", "か所"),
    ("四半期", "四半期"),
    ("年度", "年度"),
    ("か年", "年"),
    ("年", "年"),
    ("月", "月"),
    ("日", "日"),
    ("時間", "時間"),
    ("分", "分"),
    ("秒", "秒"),
    ("円", "円"),
    ("yen", "円"),
    ("人", "人"),
    ("名", "人"),
    ("people", "人"),
    ("件", "件"),
    ("cases", "件"),
    ("回", "回"),
    ("倍", "倍"),
    ("個", "個"),
    ("項目", "項目"),
    ("指標", "指標"),
    ("事業", "事業"),
    ("施策", "施策"),
    ("団体", "団体"),
    ("世帯", "世帯"),
    ("施設", "施設"),
    ("台", "台"),
    ("校", "校"),
    ("社", "社"),
    ("戸", "戸"),
    ("棟", "棟"),
    ("冊", "冊"),
    ("歳", "歳"),
    ("点", "点"),
    ("位", "位"),
    ("課", "課"),
    ("時", "時"),
    ("days", "日"),
    ("day", "日"),
    ("months", "か月"),
    ("month", "か月"),
    ("years", "年"),
    ("year", "年"),
    ("hours", "時間"),
    ("hour", "時間"),
    ("times", "倍"),
    ("㎡", "㎡"),
    ("ha", "ha"),
    ("km", "km"),
    ("kg", "kg"),
    ("トン", "t"),
];

/// Words behind a number that say which way it points or what it bounds.
const WAYS: [(&str, &str); 26] = [
    // Neither of both.
    ("増減", ""),
    ("増", "+"),
    ("上昇", "+"),
    ("上回", "+"),
    ("多い", "+"),
    ("多く", "+"),
    ("more", "+"),
    ("higher", "+"),
    ("above", "+"),
    ("up", "+"),
    ("減", "-"),
    ("低下", "-"),
    ("下回", "-"),
    ("少な", "-"),
    ("fewer", "-"),
    ("lower", "-"),
    ("less", "-"),
    ("below", "-"),
    ("down", "-"),
    ("以上", "≥"),
    ("以下", "≤"),
    ("以内", "≤"),
    ("未満", "<"),
    ("超", ">"),
    ("orhigher", "≥"),
    ("orlower", "≤"),
];

/// So many letters behind a unit may stand before the word that says which way the number points.
const NEAR: usize = 6;

/// The fact of a token, and how many of the letters behind it belong to it.
fn fact(token: &Token, behind: &[char]) -> (Fact, usize) {
    let Some(number) = token.number else {
        return (Fact { shown: token.text.clone(), kind: Kind::Mark(token.text.to_uppercase()), about: None }, 0);
    };
    let (scale, scale_length) = first(&SCALES, behind).map_or((1, 0), |(by, length)| (*by, length));
    let tenths = behind.first() == Some(&'割') && !matches!(behind.get(1), Some('合' | '当' | 'り'));
    let (smaller, smaller_length) = if tenths { below_tenths(&behind[1..]) } else { (Decimal::ZERO, 0) };
    let (unit, unit_length) = match first(&UNITS, &behind[scale_length..]) {
        _ if tenths => (Some("%"), 1 + smaller_length),
        found => (found.map(|(unit, _)| *unit), found.map_or(0, |(_, length)| length)),
    };
    let factor = if tenths { Decimal::TEN } else { Decimal::from(scale) };
    let value = number.checked_mul(factor).unwrap_or(number);
    let value = if number.is_sign_negative() { value - smaller } else { value + smaller }.normalize();
    let end = scale_length + unit_length;
    let rest = &behind[end.min(behind.len())..];
    let next = rest.first().copied().filter(|c| unit.is_none() && matches!(c, '一'..='鿿' | 'ァ'..='ヺ'));
    let way = way(rest);
    let reach = end + way.as_ref().filter(|(_, _, at)| *at == 0).map_or(0, |(_, length, _)| *length);
    let shown = token.text.clone() + &behind[..end.min(behind.len())].iter().collect::<String>();
    let shown = shown + way.as_ref().map_or("", |(word, ..)| *word);
    let way = way.and_then(|(word, ..)| WAYS.iter().find(|(known, _)| *known == word)).map(|(_, way)| *way);
    let way = way.filter(|way| !way.is_empty());
    (Fact { shown, kind: Kind::Number(Number { value, unit, next, way }), about: None }, reach)
}

/// What stands behind 割, in percent: 5分3厘 is 5.3; and its length.
fn below_tenths(letters: &[char]) -> (Decimal, usize) {
    let (mut value, mut length) = (Decimal::ZERO, 0);
    for (place, unit) in (0..).zip(['分', '厘', '毛']) {
        let digit = letters.get(length).and_then(|c| digit(*c)).filter(|_| letters.get(length + 1) == Some(&unit));
        // A part that is left out: 8割3厘.
        let Some(digit) = digit else { continue };
        value += Decimal::new(digit.into(), place);
        length += 2;
    }
    (value, length)
}

/// A digit, also in kanji.
fn digit(c: char) -> Option<u32> {
    let in_kanji = || "〇一二三四五六七八九".chars().position(|known| known == c);
    c.to_digit(10).or_else(|| in_kanji().and_then(|at| u32::try_from(at).ok()))
}

/// A fraction (3分の1, 三分の一) in one way of writing, and its length.
fn fraction(letters: &[char], at: usize) -> Option<(String, usize)> {
    let is_numeral = |c: &char| digit(*c).is_some() || matches!(c, '十' | '百' | '千');
    if at.checked_sub(1).is_some_and(|before| is_numeral(&letters[before])) {
        return None;
    }
    let run = |from: usize| letters[from..].iter().take_while(|c| is_numeral(c)).count();
    let below = run(at);
    let above_at = at + below + 2;
    if below == 0 || letters.get(at + below..above_at) != Some(&['分', 'の']) {
        return None;
    }
    let above = run(above_at);
    let plain = |from: usize, length: usize| {
        letters[from..from + length]
            .iter()
            .map(|c| digit(*c).map_or(c.to_string(), |n| n.to_string()))
            .collect::<String>()
    };
    (above > 0).then(|| (format!("{}分の{}", plain(at, below), plain(above_at, above)), below + 2 + above))
}

/// The first of the words that the letters begin with, and its length.
fn first<'l, T>(list: &'l [(&str, T)], letters: &[char]) -> Option<(&'l T, usize)> {
    list.iter().find_map(|(word, value)| Some((value, begins(letters, word)?)))
}

/// How many letters a word has that stands at the beginning of these.
fn begins(letters: &[char], word: &str) -> Option<usize> {
    let length = word.chars().count();
    let stands = word.chars().eq(letters.iter().copied().take(length).map(|c| c.to_ascii_lowercase()));
    // A Latin word ends where it ends.
    let ends = !word.ends_with(|c: char| c.is_ascii_alphabetic())
        || letters.get(length).is_none_or(|c| !c.is_ascii_alphabetic())
        || word.len() > 3;
    (stands && ends).then_some(length)
}

/// The word near a number that says which way it points, its length, and how far behind it stands.
fn way(letters: &[char]) -> Option<(&'static str, usize, usize)> {
    let ends =
        |c: &char| c.is_numeric() || matches!(c, '、' | '。' | ',' | '.' | ';' | '(' | ')' | '「' | '」' | '→' | '/');
    let near = letters.iter().take_while(|c| !ends(c)).count().min(NEAR);
    (0..near).find_map(|at| {
        let word = WAYS.iter().find(|(word, _)| begins(&letters[at..near.max(at)], word).is_some())?;
        Some((word.0, word.0.chars().count(), at))
    })
}

#[cfg(test)]
mod tests;
