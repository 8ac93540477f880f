//! What of a definition can be changed, by the names that people see and by the keys of the files.

use super::called::{behind, names, split};
use super::text::{self, Step};
use super::{Order, Target};
use crate::failure::Failure;
use crate::keys::{self, Form, Key, Shape, Takes};
use crate::lang::{Lang, Say};
use crate::plan::period::Period;
use crate::say;
use crate::text::fold::fold;
use crate::text::suggest::closest;

pub use super::called::{name, word, word_name};

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

/// By which of its own keys one of several tables is named.
const NAMED_BY: [&str; 7] = ["id", "name", "under", "period", "date", "until", "from"];

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

/// The keys of a form that can be changed, in their order.
pub fn changeable(form: &'static Form) -> impl Iterator<Item = &'static Key> {
    form.keys.iter().chain(form.common).filter(|key| !LEFT_OUT.contains(&key.name) && is_changeable(key))
}

/// Whether it takes a value that can be typed, or tables with such values.
fn is_changeable(key: &Key) -> bool {
    key.shape() != Shape::Tables || matches!(key.takes, Takes::Table(_) | Takes::Tables(_))
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
