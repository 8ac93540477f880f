//! Single edits of some words: of a fact in them, and of what stands around the facts.

use std::ops::Range;

use kaikaku::formats::Format;

/// A row of numbers that look random and are the same each time.
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % (sides as u64)).unwrap()
    }

    pub fn pick<'t, T>(&mut self, list: &'t [T]) -> Option<&'t T> {
        if list.is_empty() { None } else { list.get(self.roll(list.len())) }
    }
}

const UNITS: [(&str, &str); 7] = [
    ("件", "人"),
    ("％", "ポイント"),
    ("ポイント", "％"),
    ("百万円", "億円"),
    ("時間", "日"),
    ("倍", "件"),
    ("％以上", "％以下"),
];
const WORDS: [(&str, &str); 12] = [
    ("計画どおり", "やや遅れ"),
    ("計画以上", "計画どおり"),
    ("やや遅れ", "計画どおり"),
    ("大幅な遅れ", "計画以上"),
    ("達成", "後退"),
    ("順調", "遅れ"),
    ("後退", "順調"),
    ("件の増", "件の減"),
    ("件の減", "件の増"),
    ("［速報］", ""),
    ("［要確認］", ""),
    ("良くなった", "悪くなった"),
];

/// What English papers say. Each stands by a number, or alone in its cell.
const ENGLISH: [(&str, &str); 6] = [
    ("met", "behind"),
    ("on pace", "worsened"),
    ("behind", "met"),
    ("worsened", "on pace"),
    ("more", "fewer"),
    ("fewer", "more"),
];

/// Another verdict or direction in English words.
fn false_english(words: &str, dice: &mut Dice) -> Option<String> {
    let stated = |(old, new): &(&str, &str)| {
        let (text, bare) = (words.trim(), old.len());
        if text == *old {
            return Some(words.replacen(old, new, 1));
        }
        let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let by_number = |at: &usize| {
            let (before, behind) = (&words[..*at], &words[at + bare..]);
            let follows = before.strip_suffix(' ').is_some_and(|before| is_digit(before.chars().next_back()));
            let leads = behind.strip_prefix(' ').is_some_and(|behind| is_digit(behind.chars().next()));
            if matches!(*old, "more" | "fewer") { follows } else { leads }
        };
        let at = words.match_indices(old).map(|(at, _)| at).find(by_number)?;
        Some(format!("{}{new}{}", &words[..at], &words[at + bare..]))
    };
    dice.pick(&ENGLISH.iter().filter_map(stated).collect::<Vec<_>>()).cloned()
}

/// One edit of a fact in some words; `None` where they have no such fact.
pub fn false_words(words: &str, names: &[String], dice: &mut Dice) -> Option<String> {
    let places = |wanted: &dyn Fn(char) -> bool| {
        words.char_indices().filter(|(_, c)| wanted(*c)).map(|(at, c)| at..at + c.len_utf8()).collect::<Vec<_>>()
    };
    let put = |range: Range<usize>, with: &str| format!("{}{with}{}", &words[..range.start], &words[range.end..]);
    let swap = |(old, new): &(&str, &str)| words.find(old).map(|at| put(at..at + old.len(), new));
    // A unit is one only behind a number.
    let counted = |(old, _): &&(&str, &str)| words.find(*old).is_some_and(|at| words[..at].ends_with(char::is_numeric));
    match dice.roll(6) {
        5 => false_english(words, dice),
        0 => {
            let place = dice.pick(&places(&|c| c.is_ascii_digit()))?.clone();
            let digit: usize = words[place.clone()].parse().unwrap();
            Some(put(place, &((digit + 1 + dice.roll(9)) % 10).to_string()))
        }
        1 => swap(dice.pick(&UNITS.iter().filter(counted).collect::<Vec<_>>())?),
        2 => {
            let place = dice.pick(&places(&|c| c == '▲' || c == '+'))?.clone();
            let is_number = words[place.end..].starts_with(|c: char| c.is_ascii_digit());
            let sign = if &words[place.clone()] == "+" { "▲" } else { "" };
            is_number.then(|| put(place, sign))
        }
        3 => swap(dice.pick(&WORDS.iter().filter(|(old, _)| words.contains(old)).collect::<Vec<_>>())?),
        _ => {
            let name = dice.pick(&names.iter().filter(|name| words.contains(*name)).collect::<Vec<_>>())?.to_string();
            let start = words.find(&name)?;
            let letters: Vec<(usize, char)> = name.char_indices().collect();
            let (at, c) = *dice.pick(&letters)?;
            let other = if c == '架' { "空" } else { "架" };
            Some(put(start + at..start + at + c.len_utf8(), other))
        }
    }
}

const WORDING: [(&str, &str); 22] = [
    ("である。", "です。"),
    ("であり、", "で、"),
    ("及び", "と"),
    ("このうち", "そのうち"),
    ("の内訳は、", "の内訳を見ますと、"),
    ("に比べ、", "と比べて"),
    ("した。", "しました。"),
    ("対応を要する", "対応が要る"),
    ("いずれも", "全て"),
    ("合わせて", "計"),
    ("ものである。", "ものです。"),
    ("ため、", "ので、"),
    ("行う。", "行います。"),
    ("進める。", "進めます。"),
    ("there are ", "we have "),
    ("Of these ", "Of them "),
    ("have a report", "have reported"),
    ("the others are counted", "the others count"),
    ("that can be judged", "that could be judged"),
    ("marked so", "marked as such"),
    ("none rated", "nothing rated"),
    ("need attention", "need some attention"),
];

/// One edit that leaves the facts as they are.
pub fn true_words(format: &Format, words: &str, names: &[String], dice: &mut Dice) -> Option<String> {
    let letters: Vec<(usize, char)> = words.char_indices().collect();
    let is_plain = |c: char| matches!(c, 'ぁ'..='ヺ' | '一'..='鿿') && !"〇一二三四五六七八九十百千万億".contains(c);
    // Not within a mark or an escape, nor where a line of Markdown begins.
    let between: Vec<usize> =
        letters.windows(2).filter(|pair| is_plain(pair[0].1) && is_plain(pair[1].1)).map(|pair| pair[1].0).collect();
    // Between Latin letters no space may come, but another font; where there is a space, another one.
    let is_marked = words.contains(['&', '<', '`', '\\']);
    let within = |wanted: &dyn Fn(char, char) -> bool| {
        let pairs = letters.windows(2).filter(|pair| !is_marked && wanted(pair[0].1, pair[1].1));
        pairs.map(|pair| pair[1].0).collect::<Vec<_>>()
    };
    let latin = within(&|a, b| a.is_ascii_alphabetic() && b.is_ascii_alphabetic());
    let spaced = within(&|a, b| a == ' ' && b.is_ascii_alphabetic());
    match dice.roll(4) {
        0 => {
            let at = *dice.pick(if between.is_empty() { &spaced } else { &between })?;
            Some(format!("{}{}{}", &words[..at], dice.pick(&[" ", "　", "  "])?, &words[at..]))
        }
        1 => {
            let is_digit = |(_, c): &&(usize, char)| c.is_ascii_digit();
            let digits: Vec<_> = letters.iter().filter(is_digit).collect();
            let (at, c) = **dice.pick(&digits)?;
            // A number that is written in two widths is still that number.
            let wide = char::from_u32(u32::from(c) + 0xFEE0)?;
            Some(format!("{}{wide}{}", &words[..at], &words[at + 1..]))
        }
        2 => {
            let at = *dice.pick(if between.is_empty() { &latin } else { &between })?;
            let (before, behind) = words.split_at(at);
            Some(match format.name {
                "docx" => format!("{before}</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">{behind}"),
                "xlsx" => format!("{before}</t></r><r><rPr><b/></rPr><t xml:space=\"preserve\">{behind}"),
                "html" => format!("{before}<b style=\"color: red\">{behind}</b>"),
                _ => format!("{before}**{behind}"),
            })
        }
        _ => {
            let in_name = |old: &str| names.iter().any(|name| name.contains(old) && words.contains(name.as_str()));
            let known: Vec<_> = WORDING.iter().filter(|(old, _)| words.contains(old) && !in_name(old)).collect();
            let (old, new) = **dice.pick(&known)?;
            Some(words.replacen(old, new, 1))
        }
    }
}
