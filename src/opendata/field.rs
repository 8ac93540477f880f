//! Tables of open data: fields that say what they hold, and rows of typed values.

use rust_decimal::Decimal;

use crate::document::{self, Cell, Column, Row, Table};
use crate::lang::Lang;
use crate::plan::indicator::Unit;
use crate::text::portable::portable;

/// A text in both languages.
pub type Both = (&'static str, &'static str);

/// What the values of a field are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// What names something.
    Id,
    /// A code of the list of this name.
    Code(&'static str),
    /// A whole number.
    Integer,
    /// An exact number.
    Number,
    /// A day: 2025-09-30.
    Date,
}

/// A field of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name, in ASCII: the heading of its column.
    pub name: &'static str,
    /// What it is called.
    pub title: Both,
    /// What it holds, how it is worked out, when it is absent.
    pub meaning: Both,
    /// What its values are.
    pub kind: Kind,
    /// Whether every row has a value.
    pub required: bool,
}

/// One value.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum OpenValue {
    /// There is none; where it could be taken for zero, the column beside says why.
    #[default]
    Absent,
    /// Words, an id, a code or a day.
    Text(String),
    /// A number.
    Number(Decimal),
}

/// One table: one file.
#[derive(Debug, Clone)]
pub struct OpenTable {
    /// Its name, in ASCII: that of its file.
    pub name: String,
    /// What it is called.
    pub title: (String, String),
    /// What is in it, what a row is.
    pub meaning: (String, String),
    /// The fields whose values together are those of no other row.
    pub key: &'static [&'static str],
    /// The fields, from left to right.
    pub fields: Vec<Field>,
    /// The rows; each has a value for each field.
    pub rows: Vec<Vec<OpenValue>>,
}

/// A field of a table about subjects of one type, and the function that makes its value of one.
#[derive(Debug)]
pub struct FieldOf<S> {
    field: Field,
    value: fn(&S) -> OpenValue,
}

/// What a table is, before it has rows.
#[derive(Debug, Clone)]
pub struct Head {
    /// Its name.
    pub name: String,
    /// What it is called.
    pub title: (String, String),
    /// What is in it.
    pub meaning: (String, String),
    /// The fields whose values together are those of no other row.
    pub key: &'static [&'static str],
}

impl Head {
    /// Of a table that every plan has.
    pub fn fixed(name: &str, title: Both, meaning: Both, key: &'static [&'static str]) -> Self {
        let owned = |(ja, en): Both| (ja.to_owned(), en.to_owned());
        Self { name: name.to_owned(), title: owned(title), meaning: owned(meaning), key }
    }
}

/// A field every row has a value for.
pub fn field<S>(name: &'static str, kind: Kind, title: Both, meaning: Both, value: fn(&S) -> OpenValue) -> FieldOf<S> {
    FieldOf { field: Field { name, title, meaning, kind, required: true }, value }
}

/// A field that not every row has a value for.
pub fn optional<S>(
    name: &'static str,
    kind: Kind,
    title: Both,
    meaning: Both,
    value: fn(&S) -> OpenValue,
) -> FieldOf<S> {
    FieldOf { field: Field { name, title, meaning, kind, required: false }, value }
}

impl OpenTable {
    /// The table about these subjects.
    pub fn build<S>(head: Head, fields: &[FieldOf<S>], subjects: impl IntoIterator<Item = S>) -> Self {
        let row = |subject: S| fields.iter().map(|field| (field.value)(&subject)).collect();
        let rows = subjects.into_iter().map(row).collect();
        let Head { name, title, meaning, key } = head;
        Self { name, title, meaning, key, fields: fields.iter().map(|field| field.field.clone()).collect(), rows }
    }

    /// The place of a field.
    pub fn place(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.name == name)
    }

    /// The value of a field in a row.
    pub fn value<'t>(&self, row: &'t [OpenValue], name: &str) -> &'t OpenValue {
        const ABSENT: &OpenValue = &OpenValue::Absent;
        self.place(name).and_then(|at| row.get(at)).unwrap_or(ABSENT)
    }

    /// What it is called.
    pub fn title(&self, lang: Lang) -> &str {
        lang.pick(&self.title.0, &self.title.1)
    }

    /// What is in it.
    pub fn meaning(&self, lang: Lang) -> &str {
        lang.pick(&self.meaning.0, &self.meaning.1)
    }

    /// The table as a writer takes it, under the names of its fields.
    pub fn sheet(&self) -> Table {
        let column = |field: &Field| Column::new(field.name, field.name, field.kind.column());
        let cells = |row: &Vec<OpenValue>| Row::new(row.iter().map(OpenValue::cell).collect());
        Table {
            columns: self.fields.iter().map(column).collect(),
            rows: self.rows.iter().map(cells).collect(),
            ..Table::default()
        }
    }
}

impl Field {
    /// What it is called.
    pub fn title(&self, lang: Lang) -> &'static str {
        lang.pick(self.title.0, self.title.1)
    }

    /// What it holds.
    pub fn meaning(&self, lang: Lang) -> &'static str {
        lang.pick(self.meaning.0, self.meaning.1)
    }
}

impl Kind {
    /// The type in a Table Schema.
    pub fn key(self) -> &'static str {
        match self {
            Self::Text | Self::Id | Self::Code(_) => "string",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Date => "date",
        }
    }

    fn column(self) -> document::Type {
        match self {
            Self::Text => document::Type::Text,
            Self::Id | Self::Code(_) => document::Type::Id,
            Self::Integer => document::Type::Integer,
            Self::Number => document::Type::Decimal,
            Self::Date => document::Type::Date,
        }
    }
}

impl OpenValue {
    /// Words of the plan: on one line, in characters that every machine has.
    pub fn words(text: &str) -> Self {
        let text = portable(text);
        if text.is_empty() { Self::Absent } else { Self::Text(text) }
    }

    /// A unit: of its two percent signs one.
    pub fn unit(unit: &Unit) -> Self {
        if unit.is_percent() { Self::code("%") } else { Self::words(&unit.0) }
    }

    /// Words of this program, an id, a code.
    pub fn code(text: &str) -> Self {
        Self::Text(text.into())
    }

    /// A number.
    pub fn number(number: impl Into<Decimal>) -> Self {
        Self::Number(number.into().normalize())
    }

    /// As it stands in a file.
    pub fn written(&self) -> String {
        match self {
            Self::Absent => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
        }
    }

    fn cell(&self) -> Cell {
        match self {
            Self::Absent => Cell::default(),
            Self::Text(text) => Cell::text(text.clone()),
            Self::Number(number) => Cell::number(*number, self.written()),
        }
    }
}

impl<T: Into<Self>> From<Option<T>> for OpenValue {
    fn from(value: Option<T>) -> Self {
        value.map(Into::into).unwrap_or_default()
    }
}

impl From<Decimal> for OpenValue {
    fn from(number: Decimal) -> Self {
        Self::number(number)
    }
}

impl From<&str> for OpenValue {
    fn from(text: &str) -> Self {
        Self::words(text)
    }
}

impl From<chrono::NaiveDate> for OpenValue {
    fn from(day: chrono::NaiveDate) -> Self {
        use chrono::Datelike;
        Self::Text(format!("{:04}-{:02}-{:02}", day.year(), day.month(), day.day()))
    }
}
