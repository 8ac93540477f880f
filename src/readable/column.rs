//! What a column holds, as its heading and its cells say.

use std::collections::BTreeMap;

use super::grid::{Datum, Stored};
use super::value::{Says, Spoil};
use crate::text::fold::fold;

/// A column of a table.
#[derive(Debug, Clone)]
pub struct Column {
    /// Its place, from 0.
    pub place: u32,
    /// Its heading; empty where it has none.
    pub heading: String,
    /// Its cells that are not empty, by row.
    pub cells: Vec<(u32, Said)>,
    /// The rows of the table in which it has no cell, and no merged one reaches.
    pub blank: Vec<u32>,
    /// What its cells are.
    pub holds: Holds,
}

/// A cell, and what it says.
#[derive(Debug, Clone)]
pub struct Said {
    /// Its words.
    pub text: String,
    /// What they say.
    pub says: Says,
    /// How it is set off.
    pub look: u16,
}

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Numbers that are measured or counted.
    Numbers,
    /// Codes, ids, telephone numbers: digits that nobody adds up.
    Codes,
    /// Years, days.
    Times,
    /// Words.
    Words,
    /// Nothing.
    Nothing,
}

impl Said {
    /// What a cell says: of a workbook by what it stores.
    pub fn of(datum: &Datum) -> Self {
        let by_words = Says::of(&datum.text);
        let says = match datum.stored {
            Some(Stored::Number) => Says::Number,
            Some(Stored::Day) => Says::Western,
            Some(Stored::Words) if by_words == Says::Number => Says::Spoiled(Spoil::Stored),
            Some(Stored::Error) => Says::Mark,
            _ => by_words,
        };
        Self { text: datum.text.clone(), says, look: datum.look }
    }
}

/// Words of headings under which digits are codes or ids.
const CODES: [&str; 34] = [
    "コード",
    "番号",
    "番地",
    "ＩＤ",
    "電話",
    "ＦＡＸ",
    "ファックス",
    "郵便",
    "法人番号",
    "整理",
    "no.",
    "№",
    "連番",
    "通番",
    "号",
    "緯度",
    "経度",
    "丁目",
    "順位",
    "順番",
    "code",
    "id",
    "number",
    "tel",
    "phone",
    "fax",
    "zip",
    "postal",
    "_no",
    "no",
    "order",
    "seq",
    "version",
    "lat",
];

/// Words of headings under which cells say when.
const TIMES: [&str; 22] = [
    "年度",
    "年",
    "年月",
    "年月日",
    "月",
    "日",
    "日付",
    "期間",
    "時点",
    "時期",
    "期",
    "year",
    "date",
    "month",
    "day",
    "period",
    "time",
    "start",
    "end",
    "from",
    "to",
    "fiscal",
];

impl Column {
    /// Whether the heading has one of these words; in Latin letters as a word of its own.
    pub fn is_called(&self, words: &[&str]) -> bool {
        let heading = super::plain(&self.heading);
        let parts: Vec<&str> =
            heading.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty()).collect();
        words.iter().any(|word| {
            let word = super::plain(word);
            if word.is_ascii() { parts.contains(&word.trim_matches(['_', '.'])) } else { heading.contains(&word) }
        })
    }

    /// Whether the heading ends with one of these words, before what stands in brackets.
    pub fn ends_with(&self, words: &[&str]) -> bool {
        let heading = super::plain(&self.heading);
        let bare = heading.split('(').next().unwrap_or_default().trim().to_owned();
        words.iter().any(|word| bare.ends_with(word))
    }

    /// What the cells are.
    pub fn classified(mut self) -> Self {
        let real: Vec<Says> = self.cells.iter().map(|(_, said)| said.says).filter(|says| *says != Says::Mark).collect();
        let count = |wanted: fn(Says) -> bool| real.iter().filter(|says| wanted(**says)).count();
        let (all, numbers, times) = (real.len(), count(Says::is_numeric), count(Says::is_time));
        let is_year = |(_, said): &(u32, Said)| {
            let folded = fold(&said.text);
            folded.trim().len() == 4 && super::value::holds_western(&folded)
        };
        let all_years = !self.cells.is_empty() && self.cells.iter().all(is_year);
        let is_day = |(_, said): &(u32, Said)| {
            said.text.len() == 8 && said.says == Says::Number && super::day::is_of_digits(&said.text)
        };
        let all_days = !self.cells.is_empty() && self.cells.iter().all(is_day);
        self.holds = match () {
            () if self.cells.is_empty() => Holds::Nothing,
            () if times * 10 >= all * 6 && times > 0 => Holds::Times,
            () if all_days && self.is_called(&["日", "date", "day"]) => Holds::Times,
            () if all_years && (self.is_called(&TIMES) || self.heading.is_empty()) => Holds::Times,
            () if self.is_called(&["年度", "年", "year"])
                && numbers == all
                && all > 0
                && !self.is_called(&["数", "額", "率"])
                && self.is_small() =>
            {
                Holds::Times
            }
            () if self.is_called(&CODES)
                && !self.ends_with(&["数", "件数", "額", "率", "回数"])
                && numbers + 1 > 0
                && count(|says| says == Says::Words) < all =>
            {
                Holds::Codes
            }
            () if numbers * 10 >= all * 5 && numbers > 0 => Holds::Numbers,
            () => Holds::Words,
        };
        self
    }

    /// Whether its numbers could be years of an era, months or days.
    fn is_small(&self) -> bool {
        self.cells.iter().all(|(_, said)| said.text.parse::<u16>().is_ok_and(|number| number <= 64))
    }

    /// Whether a breach of a number has a name: it is a column of numbers.
    pub fn is_of_numbers(&self) -> bool {
        self.holds == Holds::Numbers
    }

    /// What its cells say, by row.
    pub fn by_row(&self) -> BTreeMap<u32, &str> {
        self.cells.iter().map(|(row, said)| (*row, said.text.trim())).collect()
    }

    /// The distinct texts of its cells.
    pub fn values(&self) -> std::collections::BTreeSet<&str> {
        self.cells.iter().map(|(_, said)| said.text.trim()).collect()
    }
}
