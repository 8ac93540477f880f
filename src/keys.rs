//! What every table of a plan's files may hold: each key with its type, what holds without it, and what it means. The
//! reader of a table asks for no other keys, and the reference (`docs/{en,ja}/reference/files.md`) is made of them.

/// Keys, one a line: the key, what it takes, what holds without it, what it means.
macro_rules! keys {
    ($(($name:literal, $takes:expr, $without:expr, $ja:literal, $en:literal)),* $(,)?) => {
        &[$(Key { name: $name, takes: $takes, without: $without, meaning: ($ja, $en) }),*]
    };
}

/// Tables: the name, the keys that it shares with others, its own keys.
macro_rules! forms {
    ($($(#[$doc:meta])* $vis:vis $form:ident $name:literal $(+ $common:ident)? { $($key:tt),* $(,)? })*) => {
        $($(#[$doc])* $vis static $form: Form = Form {
            name: $name,
            keys: keys! { $($key),* },
            common: forms!(@ $($common)?),
            rest: None,
        };)*
    };
    (@) => { &[] };
    (@ $common:ident) => { $common };
}

mod definition;
mod records;

pub use definition::*;
pub use records::*;

use crate::lang::Lang;
use Takes::{Plain, Words};
use Without::{Else, Nothing};

/// A text in both languages.
pub type Both = (&'static str, &'static str);

/// A kind of table: what its keys are.
#[derive(Debug)]
pub struct Form {
    /// What the reference calls it: the path of its keys in the files.
    pub name: &'static str,
    /// The keys of its own, in the order of the reference.
    pub keys: &'static [Key],
    /// Keys that may stand in many tables, described once.
    pub common: &'static [Key],
    /// The tables at keys that are data (ids, periods), where it has such.
    pub rest: Option<&'static Form>,
}

/// A key of a table.
#[derive(Debug)]
pub struct Key {
    /// The key.
    pub name: &'static str,
    /// What it takes.
    pub takes: Takes,
    /// What holds where it is left out.
    pub without: Without,
    /// What it means.
    pub meaning: Both,
}

/// What a key takes.
#[derive(Debug)]
pub enum Takes {
    /// A value of this type.
    Plain(Both),
    /// One of these words.
    Words(&'static [&'static str]),
    /// A table.
    Table(&'static Form),
    /// An array of tables.
    Tables(&'static Form),
    /// A table whose keys are data, some of whose values may be tables.
    Map(Both, &'static Form),
}

/// What holds where a key is left out.
#[derive(Debug)]
pub enum Without {
    /// It must not be left out.
    Required,
    /// Nothing.
    Nothing,
    /// This.
    Else(Both),
}

impl Form {
    /// A table whose keys are data.
    const fn data(name: &'static str, rest: Option<&'static Self>) -> Self {
        Self { name, keys: &[], common: &[], rest }
    }

    /// The key of this name.
    pub fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().chain(self.common).find(|key| key.name == name)
    }

    /// The form of the table, or of the tables, at a key.
    pub fn at(&self, name: &str) -> &'static Self {
        let inner = self.key(name).map_or(self.rest, |key| key.takes.form());
        inner.unwrap_or(&FREE)
    }
}

impl Takes {
    /// The form of the table or tables that it takes.
    pub fn form(&self) -> Option<&'static Form> {
        match self {
            Self::Plain(_) | Self::Words(_) => None,
            Self::Table(form) | Self::Tables(form) | Self::Map(_, form) => Some(form),
        }
    }

    /// The words that it takes, where it takes but a few.
    pub fn words(&self) -> Option<&'static [&'static str]> {
        match self {
            Self::Words(words) => Some(words),
            _ => None,
        }
    }

    /// The type in words.
    pub fn text(&self, lang: Lang) -> String {
        match self {
            Self::Plain(text) | Self::Map(text, _) => lang.pick(text.0, text.1).to_owned(),
            Self::Words(words) => words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", "),
            Self::Table(_) => lang.pick("表", "table").to_owned(),
            Self::Tables(_) => lang.pick("表の並び", "tables").to_owned(),
        }
    }
}

/// What a value of a key is, for whoever writes one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A text.
    Text,
    /// A text or several.
    Texts,
    /// An id.
    Id,
    /// An id or several.
    Ids,
    /// Yes or no.
    Flag,
    /// A whole number.
    Whole,
    /// A number.
    Number,
    /// A period.
    Period,
    /// A period or several.
    Periods,
    /// A fiscal year.
    Year,
    /// A day.
    Day,
    /// One of these words.
    Words(&'static [&'static str]),
    /// Values by period.
    Values,
    /// Steps by fiscal year.
    Steps,
    /// A value alone, or a table that says more of it.
    Value,
    /// Texts by name.
    Named,
    /// Numbers by name.
    Numbers,
    /// Tables, or what has rules of its own.
    Tables,
}

impl Key {
    /// What its value is.
    pub fn shape(&self) -> Shape {
        match &self.takes {
            Takes::Words(words) => Shape::Words(words),
            Takes::Map(text, _) if *text == PERIOD_VALUES => Shape::Values,
            Takes::Map(text, _) if *text == YEAR_STEPS => Shape::Steps,
            Takes::Map(text, _) if *text == GROUPS => Shape::Named,
            Takes::Map(_, form) if std::ptr::eq(*form, &raw const FREE) => Shape::Numbers,
            Takes::Map(..) => Shape::Value,
            // What origins and notes share is described once, in `COMMON`.
            Takes::Plain(_) if self.name == "certainty" => {
                COMMON.key("certainty").map_or(Shape::Text, |key| key.takes.words().map_or(Shape::Text, Shape::Words))
            }
            Takes::Plain(text) => SHAPES.iter().find(|(known, _)| *known == text.1).map_or(Shape::Tables, |(_, s)| *s),
            Takes::Table(_) | Takes::Tables(_) => Shape::Tables,
        }
    }

    /// Whether it must not be left out.
    pub fn is_required(&self) -> bool {
        matches!(self.without, Without::Required)
    }
}

/// The types of plain values, by their names.
const SHAPES: [(&str, Shape); 14] = [
    ("string", Shape::Text),
    ("string(s)", Shape::Texts),
    ("strings", Shape::Texts),
    ("id", Shape::Id),
    ("ids", Shape::Ids),
    ("id(s)", Shape::Ids),
    ("boolean", Shape::Flag),
    ("integer", Shape::Whole),
    ("integer 0–6", Shape::Whole),
    ("number", Shape::Number),
    ("period", Shape::Period),
    ("period(s)", Shape::Periods),
    ("fiscal year", Shape::Year),
    ("date", Shape::Day),
];

impl Without {
    /// What holds, in words.
    pub fn text(&self, lang: Lang) -> &'static str {
        match self {
            Self::Required => lang.pick("必須", "required"),
            Self::Nothing => lang.pick("なし", "none"),
            Self::Else(text) => lang.pick(text.0, text.1),
        }
    }
}

const TEXT: Takes = Plain(("文字列", "string"));
const TEXTS: Takes = Plain(("文字列か並び", "string(s)"));
const STRINGS: Takes = Plain(("並び", "strings"));
const ID: Takes = Plain(("id", "id"));
const IDS: Takes = Plain(("idの並び", "ids"));
const ID_OR_IDS: Takes = Plain(("idか並び", "id(s)"));
const FLAG: Takes = Plain(("真偽", "boolean"));
const WHOLE: Takes = Plain(("整数", "integer"));
const NUMBER: Takes = Plain(("数値", "number"));
const PERIOD: Takes = Plain(("期間", "period"));
const PERIODS: Takes = Plain(("期間か並び", "period(s)"));
const YEAR: Takes = Plain(("年度", "fiscal year"));
const DAY: Takes = Plain(("日", "date"));
const PERIOD_VALUES: Both = ("期間 = 値", "period = value");
const YEAR_STEPS: Both = ("年度 = 段階", "year = step(s)");
const GROUPS: Both = ("見方 = 値", "grouping = value(s)");
const NO: Without = Else(("`false`", "`false`"));
const SERIES: [&str; 4] = ["snapshot", "yearly", "cumulative", "unconfirmed"];

const ORIGIN: &[Key] = keys! {
    ("source", ID, Nothing, "出典", "the document"),
    ("certainty", TEXT, Nothing, "確かさ", "certainty"),
};
const ORIGIN_NOTE: &[Key] = keys! {
    ("source", ID, Nothing, "出典", "the document"),
    ("certainty", TEXT, Nothing, "確かさ", "certainty"),
    ("note", TEXTS, Nothing, "注", "notes"),
};
const NOTE: &[Key] = keys! {
    ("note", TEXTS, Nothing, "注", "notes"),
};
const SCHEMA: &[Key] = keys! {
    ("schema", WHOLE, Else(("1", "1")), "ファイルの形式の版", "version of the file format"),
};

/// A table that says itself what may stand in it.
pub static FREE: Form = Form::data("free", None);

forms! {
    /// What may stand in many tables.
    pub COMMON "common" {
        ("source", ID, Else(("外側の値", "that around it")), "出典。`sources.toml` の id", "the document, by its id in `sources.toml`"),
        ("certainty", Words(&["stated", "inferred", "unconfirmed"]), Else(("`stated`。外側にあればその値", "`stated`, or that around it")), "確かさ。記載・推定・要確認。要確認は、点検で注記となり、出力に必ず示す", "how sure it is; an unconfirmed one is a note of `check` and marked in every output"),
        ("note", TEXTS, Nothing, "注", "notes"),
    }
}
