//! What of a definition can be changed, by the names that people see and by the keys of the files.

use super::text::Step;
use super::{Order, Target};
use crate::diff::field::Field;
use crate::failure::Failure;
use crate::keys::{self, Form, Key, Shape};
use crate::lang::{Lang, Say};
use crate::plan::Plan;
use crate::plan::entry::{Entry, Milestone};
use crate::plan::period::Period;
use crate::say;
use crate::text::fold::fold;
use crate::text::suggest::closest;

/// Keys that have commands or rules of their own.
const LEFT_OUT: [&str; 6] = ["schema", "id", "formerly", "change", "expect", "levels"];

/// Keys whose values were approved: whoever changes one says why.
const APPROVED: [&str; 18] = [
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// All of it.
    Whole,
    /// The value of this period.
    Period(Period),
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
    }
}

/// What a key is called.
pub fn name(form: &Form, key: &str) -> Say {
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
    let parts = |key: &Key| form.name == "entry" && matches!(key.name, "initiative" | "milestone");
    let is_part = move |key: &&'static Key| parts(key) || (form.name == "initiative" && key.name == "milestone");
    let is_plain = |key: &&'static Key| key.shape() != Shape::Tables && !LEFT_OUT.contains(&key.name);
    form.keys.iter().chain(form.common).filter(move |key| is_plain(key) || is_part(key))
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

/// The value that a text names.
///
/// # Errors
/// When there is no such field, or it needs to be told of when.
pub fn spot(plan: &Plan, target: Target, path: Vec<Step>, text: &str) -> Result<Spot, Failure> {
    let form = form(target);
    let Some((key, rest)) = split(form, text.trim()) else { return Err(unknown(form, text)) };
    let label = name(form, key.name);
    match (target, key.name) {
        (Target::Entry(place), "milestone") => milestone(&plan.entries[place].milestones, path, rest, Say::default()),
        (Target::Entry(place), "initiative") => initiative(&plan.entries[place], path, rest),
        _ => within(form, key, path, rest, label),
    }
}

/// The value of a key, perhaps of a period or of one of several notes.
fn within(form: &'static Form, key: &'static Key, path: Vec<Step>, rest: &str, label: Say) -> Result<Spot, Failure> {
    let shape = key.shape();
    let (of, label) = match shape {
        Shape::Values | Shape::Steps if rest.is_empty() && key.name == "baseline" => (Of::Whole, label),
        Shape::Values | Shape::Steps => {
            let period = Period::parse(rest).map_err(|_| without_period(&label, rest, shape))?.period;
            let short = period.short();
            let Say { ja, en } = label;
            (Of::Period(period), say!("{ja}（{short}）", "{en} ({short})"))
        }
        Shape::Texts if key.name == "note" && !rest.is_empty() => {
            let nth = fold(rest).trim().parse::<usize>().ok().and_then(|n| n.checked_sub(1));
            let nth = nth.ok_or_else(|| too_much(&label, rest))?;
            let (n, Say { ja, en }) = (nth + 1, label);
            (Of::Nth(nth), say!("{ja}{n}", "{en} {n}"))
        }
        _ if rest.is_empty() => (Of::Whole, label),
        _ => return Err(too_much(&label, rest)),
    };
    let approved = APPROVED.contains(&key.name) && form.name != "plan.toml";
    let required = key.is_required();
    Ok(Spot { path, key: key.name, of, shape, form, approved, required, amends: key.name, label })
}

/// A part that is called so: which one, and what comes behind its name.
fn called<'n, 't>(names: impl Iterator<Item = &'n str>, rest: &'t str) -> Option<(usize, &'t str)> {
    let fits = |name: &str| -> Option<usize> {
        let mut letters = rest.char_indices();
        let mut at = 0;
        for c in name.chars() {
            let (place, letter) = letters.next()?;
            if plain_char(letter) != plain_char(c) {
                return None;
            }
            at = place + letter.len_utf8();
        }
        Some(at)
    };
    let found = names.enumerate().filter_map(|(place, name)| Some((place, fits(name)?)));
    let (place, at) = found.max_by_key(|(_, at)| *at)?;
    Some((place, rest[at..].trim_start_matches([' ', '\u{3000}', '.', '．', ':', '：', '/', '／', '」', '「'])))
}

fn milestone(all: &[Milestone], mut path: Vec<Step>, rest: &str, around: Say) -> Result<Spot, Failure> {
    let Some((place, rest)) = called(all.iter().map(|milestone| &*milestone.name), rest) else {
        return Err(no_part(&name(&keys::ENTRY, "milestone"), rest, all.iter().map(|m| &*m.name)));
    };
    path.push(Step::Nth("milestone".into(), place));
    let form = &keys::MILESTONE;
    let rest = if rest.is_empty() { "date" } else { rest };
    let (key, rest) = split(form, rest).ok_or_else(|| unknown(form, rest))?;
    let (milestone, of) = (&all[place].name, name(form, key.name));
    let label = Say {
        ja: format!("{}節目「{milestone}」の{}", around.ja, of.ja),
        en: format!("{}{} of milestone `{milestone}`", around.en, of.en),
    };
    Ok(Spot { amends: "milestone", ..within(form, key, path, rest, label)? })
}

fn initiative(entry: &Entry, mut path: Vec<Step>, rest: &str) -> Result<Spot, Failure> {
    let names = || entry.initiatives.iter().map(|initiative| &*initiative.name);
    let Some((place, rest)) = called(names(), rest) else {
        return Err(no_part(&name(&keys::ENTRY, "initiative"), rest, names()));
    };
    path.push(Step::Nth("initiative".into(), place));
    let (form, initiative) = (&keys::INITIATIVE, &entry.initiatives[place]);
    let called = &initiative.name;
    let around = say!("取組「{called}」の", "initiative `{called}`: ");
    let (key, rest) = split(form, rest).ok_or_else(|| unknown(form, rest))?;
    if key.name == "milestone" {
        return milestone(&initiative.milestones, path, rest, around);
    }
    let own = name(form, key.name);
    let label = Say { ja: format!("{}{}", around.ja, own.ja), en: format!("{}{}", around.en, own.en) };
    within(form, key, path, rest, label)
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
    let message = say!("「{text}」という欄はありません", "there is no field `{text}`");
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

fn too_much(label: &Say, rest: &str) -> Failure {
    let Say { ja, en } = label;
    Failure::new(
        say!("{ja}の後の「{rest}」が余分です", "`{rest}` behind {en} is too much"),
        say!("値に空白があるときは \" で囲んでください", "put a value with spaces in quotes"),
    )
}
