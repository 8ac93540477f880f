//! What a person types as a value, as a file has it.

use rust_decimal::Decimal;

use super::field::{word, word_name};
use crate::failure::Failure;
use crate::keys::Shape;
use crate::lang::{Lang, Say};
use crate::ledger::block::quoted;
use crate::plan::Plan;
use crate::plan::Subject;
use crate::plan::id::Id;
use crate::plan::owner::owners_called;
use crate::plan::period::Period;
use crate::plan::road::step_named;
use crate::plan::value::parse_number;
use crate::say;
use crate::text::fold::fold;
use crate::text::suggest::suggest;

/// A value that is understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Given {
    /// Nothing: the key goes.
    Nothing,
    /// One value, as TOML.
    One(String),
    /// A text or several.
    Texts(Vec<String>),
}

impl Given {
    /// As TOML; `None` where it is nothing.
    pub fn toml(&self) -> Option<String> {
        match self {
            Self::Nothing => None,
            Self::One(value) => Some(value.clone()),
            Self::Texts(texts) => match texts.as_slice() {
                [] => None,
                [one] => Some(quoted(one)),
                several => Some(format!("[{}]", several.iter().map(|t| quoted(t)).collect::<Vec<_>>().join(", "))),
            },
        }
    }
}

/// Keys whose texts are sentences, in which a comma parts nothing.
const SENTENCES: [&str; 4] = ["note", "mission", "vision", "values"];

/// The value that is typed for a key.
///
/// # Errors
/// When it cannot be read as what the key takes.
pub fn given(plan: &Plan, key: &str, shape: Shape, label: &Say, text: &str) -> Result<Given, Failure> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(Given::Nothing);
    }
    let one = |toml: String| Ok(Given::One(toml));
    match shape {
        Shape::Text | Shape::Id if key == "parent" => id(plan, text).map(|id| Given::One(quoted(&id))),
        Shape::Text => one(quoted(text)),
        Shape::Id => one(quoted(&fold(text))),
        Shape::Texts if SENTENCES.contains(&key) => Ok(Given::Texts(vec![text.to_owned()])),
        Shape::Texts if key == "owner" => {
            parts(text).map(|part| owner(plan, part)).collect::<Result<_, _>>().map(Given::Texts)
        }
        Shape::Texts | Shape::Named => Ok(Given::Texts(parts(text).map(str::to_owned).collect())),
        Shape::Ids => parts(text).map(|part| id(plan, part)).collect::<Result<_, _>>().map(Given::Texts),
        Shape::Flag => flag(text).map_or_else(|| Err(unreadable(label, text, "はい か いいえ", "yes or no")), one),
        Shape::Whole => match fold(text).replace(',', "").parse::<u32>() {
            Ok(number) => one(number.to_string()),
            Err(_) => Err(unreadable(label, text, "整数（3 など）", "a whole number, such as 3")),
        },
        Shape::Number | Shape::Numbers => match decimal(text) {
            Some(number) => one(number),
            None => Err(unreadable(label, text, "数値（1.5 など）", "a number, such as 1.5")),
        },
        Shape::Periods => {
            let periods = parts(text).map(|part| Ok(period(label, part)?.short()));
            periods.collect::<Result<_, _>>().map(Given::Texts)
        }
        Shape::Period => period(label, text).map(|period| Given::One(quoted(&period.short()))),
        Shape::Year => match period(label, text)? {
            Period::Year(year) => one(quoted(&year.short())),
            _ => Err(unreadable(label, text, "年度（R8 など）", "a fiscal year, such as R8")),
        },
        Shape::Day => match period(label, text)? {
            Period::Day(day) => one(day.to_string()),
            _ => Err(unreadable(label, text, "日付（2026-10-01 など）", "a day, such as 2026-10-01")),
        },
        Shape::Words(words) => match word(words, text) {
            Some(word) => one(quoted(word)),
            None => Err(no_word(label, text, words)),
        },
        Shape::Values | Shape::Value => one(amount(text)),
        Shape::Steps => steps(plan, text),
        Shape::Tables => Err(unreadable(label, text, "一つの値", "one value")),
    }
}

/// The parts of a list as people type it.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(['、', ',', '，', '\n']).map(str::trim).filter(|part| !part.is_empty())
}

fn flag(text: &str) -> Option<String> {
    match fold(text).to_lowercase().as_str() {
        "true" | "yes" | "y" | "はい" => Some("true".into()),
        "false" | "no" | "n" | "いいえ" => Some("false".into()),
        _ => None,
    }
}

/// A plain number as TOML has it, with the digits that were typed.
fn decimal(text: &str) -> Option<String> {
    let plain = fold(text).trim().replace(',', "").replace(['▲', '△'], "-");
    let plain = plain.strip_prefix('+').unwrap_or(&plain);
    let digits = plain.strip_prefix('-').unwrap_or(plain);
    let is_plain =
        digits.bytes().all(|b| b.is_ascii_digit() || b == b'.') && digits.starts_with(|c: char| c.is_ascii_digit());
    let is_toml =
        is_plain && !digits.ends_with('.') && (!digits.starts_with('0') || digits == "0" || digits.starts_with("0."));
    (is_toml && plain.parse::<Decimal>().is_ok()).then(|| plain.to_owned())
}

/// A value of an indicator: a bare number where it is one, else in its words (15％以上, 18〜24).
fn amount(text: &str) -> String {
    let grouped = fold(text).contains(',') && parse_number(text).is_none();
    match decimal(text) {
        Some(number) if !grouped => number,
        _ => quoted(text),
    }
}

fn period(label: &Say, text: &str) -> Result<Period, Failure> {
    let parsed = Period::parse(text).map_err(|error| Failure::new(error.say(), error.hint()))?;
    parsed.settled().map_err(|_| unreadable(label, text, "その元号にある年", "a year that the era has"))
}

fn steps(plan: &Plan, text: &str) -> Result<Given, Failure> {
    let named = parts(text).map(|part| match step_named(&plan.steps, part) {
        Some(_) => Ok(part.to_owned()),
        None => {
            let message = say!("「{part}」という工程の段階はありません", "there is no step `{part}`");
            Err(Failure::new(message, suggest(part, plan.steps.iter().map(|step| &*step.ja), Say::default())))
        }
    });
    named.collect::<Result<_, _>>().map(Given::Texts)
}

/// An owner as a file names it: as typed, where that is its id or name, else by its id.
fn owner(plan: &Plan, text: &str) -> Result<String, Failure> {
    match owners_called(&plan.owners, text)[..] {
        [place] => {
            let owner = &plan.owners[place];
            let is_exact = owner.id.as_str() == text || *owner.name == *text;
            Ok(if is_exact { text.to_owned() } else { owner.id.to_string() })
        }
        [] if plan.owners.is_empty() => Err(Failure::new(
            say!("この計画に所管課の登録はありません", "this plan names no owners"),
            say!(
                "先に kaikaku add owner --name \"{text}\" で登録してください",
                "add it first: `kaikaku add owner --name \"{text}\"`"
            ),
        )),
        [] => {
            let known = plan.owners.iter().flat_map(|owner| [owner.label(), owner.id.as_str()]);
            let Say { ja, en } = suggest(text, known, Say::default());
            Err(Failure::new(
                say!("「{text}」という所管課はありません", "there is no owner `{text}`"),
                say!("{ja}（登録は kaikaku add owner）", "{en} (add one with `kaikaku add owner`)"),
            ))
        }
        ref several => {
            let ids = several.iter().map(|place| plan.owners[*place].id.to_string()).collect::<Vec<_>>().join(", ");
            Err(Failure::new(
                say!("「{text}」という所管課は一つではありません", "more than one owner is called `{text}`"),
                say!("{ids} のどれかで指定してください", "give one of {ids}"),
            ))
        }
    }
}

fn id(plan: &Plan, text: &str) -> Result<String, Failure> {
    match plan.find(text) {
        Some(Subject::Entry(place)) => Ok(plan.entries[place].id.to_string()),
        Some(Subject::Indicator(place)) => Ok(plan.indicators[place].id.to_string()),
        None => match Id::parse(text) {
            Ok(id) => Ok(id.to_string()),
            Err(_) => Err(Failure::plain(say!(
                "「{text}」という項目も指標もありません",
                "there is no entry and no indicator `{text}`"
            ))),
        },
    }
}

fn no_word(label: &Say, text: &str, words: &[&str]) -> Failure {
    let list = |lang| {
        let one = |word: &&str| match (lang, word_name(word, lang)) {
            (Lang::Ja, name) if name != **word => format!("{name}（{word}）"),
            (_, name) => name,
        };
        words.iter().map(one).collect::<Vec<_>>().join(lang.pick("、", ", "))
    };
    let (ja, en) = (list(Lang::Ja), list(Lang::En));
    let Say { ja: name_ja, en: name_en } = label;
    Failure::new(
        say!("{name_ja}に「{text}」は指定できません", "`{text}` is not a value of {name_en}"),
        say!("次のどれかにしてください：{ja}", "give one of these: {en}"),
    )
}

fn unreadable(label: &Say, text: &str, ja: &str, en: &str) -> Failure {
    let Say { ja: name_ja, en: name_en } = label;
    Failure::new(
        say!("「{text}」は{name_ja}として読めません", "`{text}` cannot be read as {name_en}"),
        say!("{ja}を書いてください", "write {en}"),
    )
}
