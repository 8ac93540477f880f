//! What the fields of a definition and their words are called: as people see them, and as the files have them.

use super::field::changeable;
use crate::diff::field::Field;
use crate::keys::{Form, Key};
use crate::lang::{Lang, Say};
use crate::say;
use crate::text::fold::fold;

/// Keys that are called otherwise than the field of that key elsewhere: by form and key.
const CALLED: [(&str, &str, (&str, &str)); 13] = [
    ("plan.toml", "period", ("計画期間", "plan period")),
    ("plan.toml", "rounding", ("端数処理", "rounding")),
    ("plan.toml", "roadmap", ("工程表", "roadmap")),
    ("sum", "by", ("合計の種類", "kind of sum")),
    ("bands", "by", ("判定に使う率", "rate that judges")),
    ("judge", "also", ("並べて判定する組", "bands that judge besides")),
    ("bands.composites", "of", ("全体", "whole")),
    ("published", "counts", ("件数", "counts")),
    ("published", "shares", ("割合", "shares")),
    ("published.rows", "counts", ("件数", "counts")),
    ("published.rows", "shares", ("割合", "shares")),
    ("indicator.published", "counts", ("件数", "counts")),
    ("indicator.published", "shares", ("割合", "shares")),
];

/// What people call a key beside its name and the key itself.
const ALSO_CALLED: [(&str, &[&str]); 14] = [
    ("owner", &["担当課", "担当", "課", "owners"]),
    ("target", &["目標", "targets"]),
    ("baseline", &["基準"]),
    ("note", &["備考", "注記", "notes"]),
    ("name", &["名前", "件名", "題名"]),
    ("aliases", &["通称", "alias", "旧称"]),
    ("milestone", &["マイルストーン", "milestones"]),
    ("initiative", &["取組", "initiatives"]),
    ("summary", &["説明"]),
    ("start", &["開始時期", "始期"]),
    ("end", &["終了時期", "終期"]),
    ("date", &["予定", "時期", "期日"]),
    ("entry", &["項目"]),
    ("source", &["資料"]),
];

/// Words of the files, as people say them.
const WORDS: [(&str, &[&str]); 21] = [
    ("up", &["増やす", "増加", "上げる"]),
    ("down", &["減らす", "減少", "下げる"]),
    ("at-least", &["下限", "以上", "下限（以上）"]),
    ("at-most", &["上限", "以下", "上限（以下）"]),
    ("maintain", &["維持"]),
    ("range", &["範囲", "範囲内"]),
    ("milestone", &["段階"]),
    ("heading", &["見出し"]),
    ("snapshot", &["時点の値", "時点"]),
    ("yearly", &["単年度の値", "単年度"]),
    ("cumulative", &["累計"]),
    ("unconfirmed", &["要確認"]),
    ("stated", &["記載"]),
    ("inferred", &["推定"]),
    ("one-year", &["単年度効果"]),
    ("continuing", &["継続効果"]),
    ("month", &["月"]),
    ("quarter", &["四半期"]),
    ("half", &["半期"]),
    ("year", &["年度"]),
    ("ja", &["日本語"]),
];

/// The word of a file that a text names.
pub fn word(known: &'static [&'static str], text: &str) -> Option<&'static str> {
    let plain = plain(text);
    let called =
        |word: &str| WORDS.iter().any(|(of, names)| *of == word && names.iter().any(|n| self::plain(n) == plain));
    known.iter().copied().find(|word| *word == plain).or_else(|| known.iter().copied().find(|word| called(word)))
}

/// A word of a file as people say it.
pub fn word_name(word: &str, lang: Lang) -> String {
    let name = WORDS.iter().find(|(of, _)| *of == word).and_then(|(_, names)| names.first());
    lang.pick(name.copied().unwrap_or(word), word).to_owned()
}

fn plain(text: &str) -> String {
    fold(text).trim().to_lowercase()
}

/// What a key is called.
pub fn name(form: &Form, key: &str) -> Say {
    if let Some((.., (ja, en))) = CALLED.iter().find(|(of, known, _)| (*of, *known) == (form.name, key)) {
        return say!("{ja}", "{en}");
    }
    let is_road = key == "steps" && form.name != "indicator";
    let named =
        Field::ALL.iter().find(|field| field.key() == key && (key != "steps" || (**field == Field::Road) == is_road));
    let of = |lang| match named {
        _ if key == "steps" && !is_road => Field::Steps.name(lang),
        Some(field) => field.name(lang),
        None => "",
    };
    let pick = |lang, other: &str| Some(of(lang)).filter(|name| !name.is_empty()).unwrap_or(other).to_owned();
    Say { ja: pick(Lang::Ja, key), en: pick(Lang::En, key) }
}

/// Every word that names a key.
pub fn names(form: &Form, key: &str) -> Vec<String> {
    let Say { ja, en } = name(form, key);
    let more =
        ALSO_CALLED.iter().filter(|(of, _)| *of == key).flat_map(|(_, names)| names.iter().map(|n| (*n).to_owned()));
    [key.to_owned(), ja, en].into_iter().chain(more).collect()
}

/// The key that a text begins with, and what comes behind it.
pub fn split<'t>(form: &'static Form, text: &'t str) -> Option<(&'static Key, &'t str)> {
    let found = changeable(form).flat_map(|key| names(form, key.name).into_iter().map(move |name| (key, name)));
    let (key, rest) =
        found.filter_map(|(key, name)| Some((key, behind(&name, text)?))).min_by_key(|(_, rest)| rest.len())?;
    Some((key, rest.trim_end_matches('」')))
}

/// What comes behind a name, where a text begins with it, however it is spelled.
pub fn behind<'t>(name: &str, text: &'t str) -> Option<&'t str> {
    let mut letters = text.char_indices();
    let mut at = 0;
    for c in name.chars() {
        let (place, letter) = letters.next()?;
        if plain_char(letter) != plain_char(c) {
            return None;
        }
        at = place + letter.len_utf8();
    }
    let goes_on =
        name.is_ascii() && text[at..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    let rest = text[at..].trim_start_matches([' ', '\u{3000}', '.', '．', ':', '：', '/', '／', '」', '「']);
    (!goes_on).then_some(rest)
}

fn plain_char(c: char) -> char {
    let mut text = [0; 4];
    let text = c.encode_utf8(&mut text);
    fold(text).chars().next().unwrap_or(c).to_ascii_lowercase()
}
