//! The two languages, side by side where each text is written.

use serde::Serialize;

/// The language of what a person reads. The plan's own texts stay as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// 日本語.
    #[default]
    Ja,
    /// English.
    En,
}

impl Lang {
    /// The one of the two texts that this language reads.
    pub fn pick<T>(self, ja: T, en: T) -> T {
        match self {
            Self::Ja => ja,
            Self::En => en,
        }
    }
}

/// The English noun for so many: 1 entry, 2 entries.
pub fn noun<'a, N: PartialEq + From<u8>>(n: &N, one: &'a str, many: &'a str) -> &'a str {
    if *n == N::from(1) { one } else { many }
}

/// So many of something, in English.
pub fn plural<N: PartialEq + From<u8> + std::fmt::Display>(n: N, one: &str, many: &str) -> String {
    format!("{n} {}", noun(&n, one, many))
}

/// A message in both languages, made before it is known in which it will be read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Say {
    /// 日本語.
    pub ja: String,
    /// English.
    pub en: String,
}

impl Say {
    /// The message in `lang`.
    pub fn text(&self, lang: Lang) -> &str {
        lang.pick(&self.ja, &self.en)
    }
}

/// `say!("{n}件", "{n} items")`: one message in both languages, the arguments given once.
#[macro_export]
macro_rules! say {
    ($ja:literal, $en:literal $(, $($arg:tt)*)?) => {
        $crate::lang::Say { ja: format!($ja $(, $($arg)*)?), en: format!($en $(, $($arg)*)?) }
    };
}

/// `tr!(lang, "{n}件", "{n} items")`: the message in `lang` at once.
#[macro_export]
macro_rules! tr {
    ($lang:expr, $ja:literal, $en:literal $(, $($arg:tt)*)?) => {
        match $lang {
            $crate::lang::Lang::Ja => format!($ja $(, $($arg)*)?),
            $crate::lang::Lang::En => format!($en $(, $($arg)*)?),
        }
    };
}
