//! What of a definition can be changed, by the names that people see and by the keys of the files.

use super::text::{self, Step};
use super::{Order, Target};
use crate::diff::field::Field;
use crate::failure::Failure;
use crate::keys::{self, Form, Key, Shape, Takes};
use crate::lang::{Lang, Say};
use crate::plan::period::Period;
use crate::say;
use crate::text::fold::fold;
use crate::text::suggest::closest;

/// Keys that have commands or rules of their own.
const LEFT_OUT: [&str; 6] = ["schema", "id", "formerly", "change", "expect", "levels"];

/// Keys whose values were approved: whoever changes one says why.
const APPROVED: [&str; 19] = [
    "target",
    "baseline",
    "forecast",
    "kind",
    "unit",
    "tolerance",
    "series",
    "effect",
    "judge",
    "entry",
    "owner",
    "added",
    "dropped",
    "parent",
    "steps",
    "start",
    "end",
    "date",
    "group",
];

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

/// By which of its own keys one of several tables is named.
const NAMED_BY: [&str; 7] = ["id", "name", "under", "period", "date", "until", "from"];

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

/// One value of the definition: where it stands, and what it takes.
#[derive(Debug, Clone)]
pub struct Spot {
    /// The table it stands in.
    pub path: Vec<Step>,
    /// Its key there.
    pub key: &'static str,
    /// What it is of: of values by period the period, of notes the place.
    pub of: Of,
    /// What it takes.
    pub shape: Shape,
    /// Where a new key comes.
    pub form: &'static Form,
    /// Whether it was approved.
    pub approved: bool,
    /// Whether it must not be left out.
    pub required: bool,
    /// The key that a reason names.
    pub amends: &'static str,
    /// What it is called.
    pub label: Say,
}

/// Which part of a key is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Of {
    /// All of it.
    Whole,
    /// The value of this period.
    Period(Period),
    /// The value under this name.
    Named(String),
    /// The n-th text, from 0.
    Nth(usize),
}

/// The form of what is changed.
pub fn form(target: Target) -> &'static Form {
    match target {
        Target::Plan => &keys::PLAN,
        Target::Entry(_) => &keys::ENTRY,
        Target::Indicator(_) => &keys::INDICATOR,
        Target::Owner(_) => &keys::OWNER,
        Target::Source(_) => &keys::SOURCE,
        Target::Theme(_) => &keys::THEME,
    }
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

/// The keys of a form that can be changed, in their order.
pub fn changeable(form: &'static Form) -> impl Iterator<Item = &'static Key> {
    form.keys.iter().chain(form.common).filter(|key| !LEFT_OUT.contains(&key.name) && is_changeable(key))
}

/// Whether it takes a value that can be typed, or tables with such values.
fn is_changeable(key: &Key) -> bool {
    key.shape() != Shape::Tables || matches!(key.takes, Takes::Table(_) | Takes::Tables(_))
}

/// Every word that names a key.
fn names(form: &Form, key: &str) -> Vec<String> {
    let Say { ja, en } = name(form, key);
    let more =
        ALSO_CALLED.iter().filter(|(of, _)| *of == key).flat_map(|(_, names)| names.iter().map(|n| (*n).to_owned()));
    [key.to_owned(), ja, en].into_iter().chain(more).collect()
}

/// The key that a text begins with, and what comes behind it.
fn split<'t>(form: &'static Form, text: &'t str) -> Option<(&'static Key, &'t str)> {
    let begins = |name: &str| -> Option<usize> {
        let mut wanted = name.chars().map(plain_char);
        let mut at = 0;
        let mut letters = text.char_indices();
        for c in wanted.by_ref() {
            let (place, letter) = letters.next()?;
            if plain_char(letter) != c {
                return None;
            }
            at = place + letter.len_utf8();
        }
        let next = text[at..].chars().next();
        let goes_on = name.is_ascii() && next.is_some_and(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
        (!goes_on).then_some(at)
    };
    let found = changeable(form).flat_map(|key| names(form, key.name).into_iter().map(move |name| (key, name)));
    let (key, at) = found.filter_map(|(key, name)| Some((key, begins(&name)?))).max_by_key(|(_, at)| *at)?;
    Some((
        key,
        text[at..].trim_start_matches([' ', '\u{3000}', '.', '．', ':', '：', '/', '／', '「']).trim_end_matches('」'),
    ))
}

fn plain_char(c: char) -> char {
    let mut text = [0; 4];
    let text = c.encode_utf8(&mut text);
    fold(text).chars().next().unwrap_or(c).to_ascii_lowercase()
}

/// The value that a text names, in the file that has it.
///
/// # Errors
/// When there is no such field, or it needs to be told of when or of which.
pub fn spot(file: &str, target: Target, path: Vec<Step>, text: &str) -> Result<Spot, Failure> {
    let spot = inside(file, form(target), path, text.trim(), None)?;
    Ok(Spot { approved: spot.approved && target != Target::Plan, ..spot })
}

/// The value that a text names in a table, or in a table within it.
fn inside(
    file: &str,
    form: &'static Form,
    mut path: Vec<Step>,
    text: &str,
    around: Option<&Say>,
) -> Result<Spot, Failure> {
    let Some((key, rest)) = split(form, text) else { return Err(unknown(form, text)) };
    let own = name(form, key.name);
    let label = |what: Say| match around {
        Some(Say { ja, en }) => Say { ja: format!("{ja}の{}", what.ja), en: format!("{} of {en}", what.en) },
        None => what,
    };
    match key.takes {
        Takes::Table(inner) => {
            path.push(Step::Key(key.name.into()));
            inside(file, inner, path, rest, Some(&label(own)))
        }
        Takes::Tables(inner) => {
            let (place, item, rest) = one_of(file, &path, key.name, &own, rest)?;
            path.push(Step::Nth(key.name.into(), place));
            let rest = if rest.is_empty() && key.name == "milestone" { "date" } else { rest };
            let Say { ja, en } = own;
            let (ja, en) = if key.name == "initiative" { ("取組".into(), en) } else { (ja, en) };
            let item = label(say!("{ja}「{item}」", "{en} `{item}`"));
            let spot = inside(file, inner, path, rest, Some(&item))?;
            // A milestone is changed as a whole: its name and its day belong together.
            let amends = if key.name == "milestone" { key.name } else { spot.amends };
            Ok(Spot { amends, ..spot })
        }
        _ => within(form, key, path, rest, label(own)),
    }
}

/// One of several tables by what it is called, or by its number where several are called so: its place, its name, and what
/// comes behind.
fn one_of<'t>(
    file: &str,
    path: &[Step],
    key: &str,
    what: &Say,
    rest: &'t str,
) -> Result<(usize, String, &'t str), Failure> {
    let all = text::called(file, path, key, &NAMED_BY);
    let names: Vec<(usize, &str)> =
        all.iter().enumerate().flat_map(|(at, names)| names.iter().map(move |name| (at, name.as_str()))).collect();
    let found = names.iter().filter_map(|(at, name)| Some((*at, *name, behind(name, rest)?)));
    let Some(longest) = found.clone().map(|(.., behind)| rest.len() - behind.len()).max() else {
        return Err(no_part(what, rest, all.iter().filter_map(|names| names.first()).map(String::as_str)));
    };
    let mut alike: Vec<_> = found.filter(|(.., behind)| rest.len() - behind.len() == longest).collect();
    alike.dedup_by_key(|(at, ..)| *at);
    let [(place, name, behind)] = alike[..] else {
        let behind = alike.first().map_or("", |(.., behind)| behind);
        let (number, after) = behind.split_once([' ', '\u{3000}']).unwrap_or((behind, ""));
        let nth = fold(number).parse::<usize>().ok().and_then(|n| n.checked_sub(1));
        let Some((place, name, _)) = nth.and_then(|nth| alike.get(nth)) else { return Err(several(what, &alike)) };
        return Ok((*place, format!("{name} {number}"), after.trim()));
    };
    Ok((place, name.to_owned(), behind))
}

/// What comes behind a name, where a text begins with it.
fn behind<'t>(name: &str, text: &'t str) -> Option<&'t str> {
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

/// The value of a key, perhaps of a period, under a name or of one of several notes.
fn within(form: &'static Form, key: &'static Key, path: Vec<Step>, rest: &str, label: Say) -> Result<Spot, Failure> {
    let shape = key.shape();
    let of_part = |part: &str| {
        let Say { ja, en } = &label;
        say!("{ja}（{part}）", "{en} ({part})")
    };
    let (of, label) = match shape {
        Shape::Values | Shape::Steps if rest.is_empty() && key.name == "baseline" => (Of::Whole, label),
        Shape::Values | Shape::Steps => {
            let period = Period::parse(rest).map_err(|_| without_period(&label, rest, shape))?.period;
            (Of::Period(period), of_part(&period.short()))
        }
        Shape::Named | Shape::Numbers if rest.is_empty() => return Err(without_name(&label)),
        Shape::Named | Shape::Numbers => (Of::Named(rest.to_owned()), of_part(rest)),
        Shape::Texts if key.name == "note" && !rest.is_empty() => {
            let nth = fold(rest).trim().parse::<usize>().ok().and_then(|n| n.checked_sub(1));
            let nth = nth.ok_or_else(|| too_much(&label, rest))?;
            let (n, Say { ja, en }) = (nth + 1, label);
            (Of::Nth(nth), say!("{ja}{n}", "{en} {n}"))
        }
        _ if rest.is_empty() => (Of::Whole, label),
        _ => return Err(too_much(&label, rest)),
    };
    let (approved, required) = (APPROVED.contains(&key.name), key.is_required());
    Ok(Spot { path, key: key.name, of, shape, form, approved, required, amends: key.name, label })
}

impl Spot {
    /// Where a key that is new comes.
    pub fn order(&self) -> Vec<&'static str> {
        order(self.form)
    }
}

/// The keys of a form in the order in which a file has them.
pub fn order(form: &'static Form) -> Vec<&'static str> {
    form.keys.iter().chain(form.common).map(|key| key.name).collect()
}

/// The order as the texts take it.
pub fn listed<'o>(order: &'o [&'o str]) -> Order<'o> {
    Order::Listed(order)
}

fn list(form: &'static Form, lang: Lang) -> String {
    let one = |key: &'static Key| {
        let (name, key) = (name(form, key.name), key.name);
        match lang {
            Lang::Ja => format!("{}（{key}）", name.ja),
            Lang::En => key.to_owned(),
        }
    };
    changeable(form).map(one).collect::<Vec<_>>().join(lang.pick("、", ", "))
}

fn unknown(form: &'static Form, text: &str) -> Failure {
    let all: Vec<String> = changeable(form).flat_map(|key| names(form, key.name)).collect();
    let message = match text {
        "" => say!("どの欄かの指定が要ります", "it needs to be told which field"),
        _ => say!("「{text}」という欄はありません", "there is no field `{text}`"),
    };
    let (ja, en) = (list(form, Lang::Ja), list(form, Lang::En));
    Failure::new(
        message,
        match closest(text, all.iter().map(String::as_str)) {
            Some(meant) => say!(
                "「{meant}」ではありませんか。変えられるのは次のとおりです：{ja}",
                "did you mean `{meant}`? These can be changed: {en}"
            ),
            None => say!("変えられるのは次のとおりです：{ja}", "these can be changed: {en}"),
        },
    )
}

fn no_part<'n>(what: &Say, text: &str, all: impl Iterator<Item = &'n str>) -> Failure {
    let all: Vec<&str> = all.collect();
    let (ja, en) = (all.join("、"), all.join(", "));
    let message = Say {
        ja: format!("「{text}」という{}はありません", what.ja),
        en: format!("no {} is called `{text}`", what.en),
    };
    let hint = match all.is_empty() {
        true => say!("kaikaku add で書き足してください", "add one with `kaikaku add`"),
        false => {
            say!("次のどれかに続けて、変える欄を書いてください：{ja}", "write one of these, then what to change: {en}")
        }
    };
    Failure::new(message, hint)
}

fn without_period(label: &Say, rest: &str, shape: Shape) -> Failure {
    let Say { ja, en } = label;
    let message = match rest {
        "" => say!("{ja}は、いつのものかの指定が要ります", "{en} needs to be told of when"),
        _ => say!("「{rest}」は{ja}の年度として読めません", "`{rest}` is no fiscal year of {en}"),
    };
    let hint = match shape {
        Shape::Steps => say!(
            "「{ja} R9 実施」のように、年度に続けて段階を書いてください",
            "write the year, then the step: `{en} R9 実施`"
        ),
        _ => say!(
            "「{ja} R9 80」のように、年度に続けて値を書いてください",
            "write the year, then the value: `{en} R9 80`"
        ),
    };
    Failure::new(message, hint)
}

fn without_name(label: &Say) -> Failure {
    let Say { ja, en } = label;
    Failure::new(
        say!("{ja}は、どれについてのものかの指定が要ります", "{en} needs to be told of which"),
        say!("「{ja} due R6」のように、続けて書いてください", "write it behind, such as `{en} due R6`"),
    )
}

fn several(what: &Say, alike: &[(usize, &str, &str)]) -> Failure {
    let (Say { ja, en }, count) = (what, alike.len());
    let name = alike.first().map_or("", |(_, name, _)| name);
    Failure::new(
        say!("「{name}」という{ja}は {count} 件あります", "there are {count} called `{name}` among {en}"),
        say!("「{name} 1」のように、何番目かを続けて書いてください", "number it, such as `{name} 1`"),
    )
}

fn too_much(label: &Say, rest: &str) -> Failure {
    let Say { ja, en } = label;
    Failure::new(
        say!("{ja}の後の「{rest}」が余分です", "`{rest}` behind {en} is too much"),
        say!("値に空白があるときは \" で囲んでください", "put a value with spaces in quotes"),
    )
}
