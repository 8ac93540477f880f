//! Typed reading of one TOML table: what is missing, unknown or of another type becomes a finding where it stands.

pub mod advice;
mod collected;
pub mod figures;
mod numbers;
pub mod registers;
mod times;
pub mod values;

use std::cell::{Cell, RefCell};
use std::ops::Range;

use crate::tree::{Said, Table};

use self::advice::{bad_id, brief, closest, control_char, unknown_key};
pub use self::collected::{Findings, MANY};
use crate::finding::Code;
use crate::keys::Form;
use crate::lang::Say;
use crate::plan::id::Id;
use crate::plan::source::Origin;
use crate::say;
pub use crate::tree::Node;

/// Asked of a table whose keys are data: every key is known.
const ANY: &str = "*";

/// One table. When it is dropped, the keys that nobody asked for and those that are missing have become findings.
#[derive(Debug)]
pub struct Fields<'a> {
    findings: &'a Findings,
    table: Table<'a>,
    /// What may stand in it.
    form: &'static Form,
    /// Where the table stands.
    pub span: Range<usize>,
    /// The table once more: tables are short and asked for many keys, which a plain list answers fastest.
    list: Vec<(&'a str, Node<'a>)>,
    /// Which places of the list were asked for, as far as the bits go.
    seen: Cell<u64>,
    asked: RefCell<Vec<&'static str>>,
    missing: RefCell<Vec<&'static str>>,
}

/// A text with its place.
#[derive(Debug, Clone)]
pub struct Text<'a> {
    /// The text.
    pub text: &'a str,
    /// Where it stands.
    pub span: Range<usize>,
}

impl<'a> Fields<'a> {
    /// Reads `table`, which is of this form and stands at `span`.
    pub fn new(findings: &'a Findings, table: Table<'a>, span: Range<usize>, form: &'static Form) -> Self {
        Self {
            findings,
            table,
            form,
            span,
            list: table.iter().map(|(key, node)| (key.text, node)).collect(),
            seen: Cell::default(),
            asked: RefCell::new(Vec::with_capacity(8)),
            missing: RefCell::default(),
        }
    }

    /// Where the table stands, with nothing said about document and certainty.
    pub fn origin(&self) -> Origin {
        let small = |n: usize| u32::try_from(n).unwrap_or(0);
        Origin { file: small(self.findings.file), offset: small(self.span.start), ..Origin::default() }
    }

    /// Where findings about this table go.
    pub fn findings(&self) -> &'a Findings {
        self.findings
    }

    /// The value of `key`, of whatever type.
    pub fn get(&self, key: &'static str) -> Option<Node<'a>> {
        debug_assert!(self.form.key(key).is_some(), "{key} is read, but is no key of {}", self.form.name);
        // Once every key was found, none is left that could be unknown, and nobody will want to know what was asked for.
        if !self.all_seen() {
            self.asked.borrow_mut().push(key);
        }
        let place = self.list.iter().position(|(known, _)| *known == key)?;
        self.seen.set(self.seen.get() | u32::try_from(place).map_or(0, |place| 1_u64.checked_shl(place).unwrap_or(0)));
        Some(self.list[place].1)
    }

    /// The value of `key`, which must be there.
    pub fn need(&self, key: &'static str) -> Option<Node<'a>> {
        let found = self.get(key);
        if found.is_none() {
            self.missing.borrow_mut().push(key);
        }
        found
    }

    /// Whether some key of the table was probably meant to be `key`, which is missing.
    pub fn misspells(&self, key: &'static str) -> bool {
        self.list.iter().any(|(other, _)| closest(other, [key]).is_some())
    }

    /// Where the key itself stands; the table where there is none.
    pub fn key_span(&self, key: &str) -> Range<usize> {
        self.table.entry(key).map_or_else(|| self.span.clone(), |(key, _)| key.span)
    }

    /// A text.
    pub fn text(&self, key: &'static str) -> Option<Text<'a>> {
        self.get(key).and_then(|node| self.as_text(node))
    }

    /// A text that must be there and not be blank.
    pub fn need_text(&self, key: &'static str) -> Option<Text<'a>> {
        let text = self.need(key).and_then(|node| self.as_text(node))?;
        if text.text.trim().is_empty() {
            let span = text.span;
            self.findings.add(
                Code::MissingKey,
                span,
                say!("「{key}」が空です", "`{key}` is blank"),
                say!("{key} に値を書いてください", "give {key} a value"),
            );
            return None;
        }
        Some(text)
    }

    /// An owned text.
    pub fn boxed(&self, key: &'static str) -> Option<Box<str>> {
        self.text(key).map(|t| t.text.into())
    }

    /// A text or an array of texts, with their places.
    pub fn texts(&self, key: &'static str) -> Vec<Text<'a>> {
        self.get(key).map(|node| self.as_texts(node)).unwrap_or_default()
    }

    /// The text or the texts that a value is.
    pub fn as_texts(&self, node: Node<'a>) -> Vec<Text<'a>> {
        match node.says() {
            Said::Array(array) => array.iter().filter_map(|node| self.as_text(node)).collect(),
            _ => self.as_text(node).into_iter().collect(),
        }
    }

    /// A text or an array of texts, owned.
    pub fn boxed_all<C: FromIterator<Box<str>>>(&self, key: &'static str) -> C {
        self.texts(key).into_iter().map(|t| t.text.into()).collect()
    }

    /// One of a few words.
    pub fn choice<T: Copy>(&self, key: &'static str, words: &[(&str, T)]) -> Option<T> {
        debug_assert!(self.takes(key, words), "{key} is declared to take other words");
        let text = self.text(key)?;
        let found = words.iter().find(|(word, _)| *word == text.text).map(|(_, value)| *value);
        if found.is_none() {
            let word = brief(text.text);
            let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            let list = known.join(" | ");
            self.findings.add(
                Code::WrongType,
                text.span,
                say!("「{word}」は {key} の値ではありません", "`{word}` is not a value of {key}"),
                say!("{list} のどれかを書いてください", "write one of {list}"),
            );
        }
        found
    }

    /// Whether `key` is declared to take these words.
    fn takes<T>(&self, key: &str, words: &[(&str, T)]) -> bool {
        let declared = self.form.key(key).and_then(|key| key.takes.words());
        declared.is_some_and(|declared| declared.iter().eq(words.iter().map(|(word, _)| word)))
    }

    /// A yes or no.
    pub fn flag(&self, key: &'static str) -> Option<bool> {
        let node = self.get(key)?;
        match node.says() {
            Said::Boolean(flag) => Some(flag),
            _ => self.wrong_type(node, say!("true か false ", "true or false")),
        }
    }

    /// An id.
    pub fn id(&self, key: &'static str) -> Option<(Id, Range<usize>)> {
        let text = self.need_text(key)?;
        self.as_id(&text).map(|id| (id, text.span))
    }

    /// The id of a grade or a band, which may be a sign or a word of any script.
    pub fn grade_id(&self, key: &'static str) -> Option<(Id, Range<usize>)> {
        let text = self.need_text(key)?;
        let bad = |_| self.findings.push(bad_id(self.findings.file, text.text, text.span.clone()));
        Id::of_grade(text.text).map_err(bad).ok().map(|id| (id, text.span))
    }

    /// The id that a text spells.
    pub fn as_id(&self, text: &Text<'a>) -> Option<Id> {
        Id::parse(text.text)
            .map_err(|_| self.findings.push(bad_id(self.findings.file, text.text, text.span.clone())))
            .ok()
    }

    /// A table.
    pub fn table(&self, key: &'static str) -> Option<Fields<'a>> {
        let node = self.get(key)?;
        self.table_of(node, self.form.at(key))
    }

    /// The table as it was parsed.
    pub fn raw(&self) -> Table<'a> {
        self.table
    }

    /// The tables of an array (`[[key]]`, or an array of inline tables).
    pub fn tables(&self, key: &'static str) -> Vec<Fields<'a>> {
        let Some(node) = self.get(key) else { return Vec::new() };
        let Said::Array(array) = node.says() else {
            self.wrong_type::<()>(node, say!("[[{key}]] の並び", "an array of tables, [[{key}]]"));
            return Vec::new();
        };
        let form = self.form.at(key);
        let mut tables = Vec::with_capacity(array.len());
        tables.extend(array.iter().filter_map(|node| self.table_of(node, form)));
        tables
    }

    /// The table that a value is.
    pub fn as_table(&self, node: Node<'a>) -> Option<Fields<'a>> {
        let key = self.list.iter().find(|(_, known)| known.is(node)).map_or("", |(key, _)| *key);
        self.table_of(node, self.form.at(key))
    }

    fn table_of(&self, node: Node<'a>, form: &'static Form) -> Option<Fields<'a>> {
        match node.says() {
            Said::Table(table) => Some(Fields::new(self.findings, table, node.span(), form)),
            _ => self.wrong_type(node, say!("表 {{ … }} ", "a table {{ … }}")),
        }
    }

    /// Every key with its value, in the order written; for tables whose keys are data.
    pub fn entries(&self) -> Vec<(Text<'a>, Node<'a>)> {
        self.asked.borrow_mut().push(ANY);
        self.table.iter().map(|(key, node)| (Text { text: key.text, span: key.span }, node)).collect()
    }

    /// Reads no key of it, and says nothing of any.
    pub fn leave(&self) {
        self.asked.borrow_mut().push(ANY);
    }

    /// The text that a value is.
    pub fn as_text(&self, node: Node<'a>) -> Option<Text<'a>> {
        match node.says() {
            Said::String(text) => {
                // Raw control characters are no TOML; only an escape (which makes the text an owned one) brings them in.
                if node.is_escaped() && text.chars().any(|c| c.is_control() && !"\n\r\t".contains(c)) {
                    self.findings.push(control_char(self.findings.file, node.span()));
                }
                Some(Text { text, span: node.span() })
            }
            Said::Integer(_) | Said::Float(_) => {
                self.findings.add(
                    Code::NumberNotAllowed,
                    node.span(),
                    say!("ここには数値を書けません", "a number is not allowed here"),
                    say!("文字列にするなら \" で囲んでください", "quote it if it is meant as text"),
                );
                None
            }
            _ => self.wrong_type(node, say!("文字列", "a text")),
        }
    }

    fn wrong_type<T>(&self, node: Node<'a>, wanted: Say) -> Option<T> {
        let (ja, en) = type_name(node);
        self.findings.add(
            Code::WrongType,
            node.span(),
            say!("ここには{ja}を書けません", "{en} is not allowed here"),
            Say { ja: format!("{}を書いてください", wanted.ja), en: format!("write {}", wanted.en) },
        );
        None
    }

    /// Whether every key of the table was asked for.
    pub fn all_seen(&self) -> bool {
        usize::try_from(self.seen.get().count_ones()).is_ok_and(|seen| seen == self.list.len())
    }

    fn report_unknown(&self) {
        let asked = self.asked.borrow();
        if self.all_seen() || asked.contains(&ANY) {
            return;
        }
        for (key, _) in self.table.iter().filter(|(key, _)| !asked.contains(&key.text)) {
            // One slip is one finding: a misspelt key is not missing as well.
            let slip = |missing: &'static str| closest(key.text, [missing]).is_some();
            self.missing.borrow_mut().retain(|missing| !slip(missing));
            self.findings.push(unknown_key(self.findings.file, key.text, key.span, &asked));
        }
    }

    fn report_missing(&self) {
        let missing = self.missing.borrow();
        if missing.is_empty() {
            return;
        }
        let list = |around: fn(&&str) -> String, between| missing.iter().map(around).collect::<Vec<_>>().join(between);
        let (ja, en) = (list(|key| format!("「{key}」"), ""), list(|key| format!("`{key}`"), ", "));
        let lines = list(|key| format!("{key} = …"), "、");
        self.findings.add(
            Code::MissingKey,
            self.span.clone(),
            say!("必要なキー{ja}がありません", "a key is missing: {en}"),
            say!("{lines} を書き足してください", "add {en} here"),
        );
    }
}

impl Drop for Fields<'_> {
    fn drop(&mut self) {
        self.report_unknown();
        self.report_missing();
    }
}

fn type_name(node: Node<'_>) -> (&'static str, &'static str) {
    match node.says() {
        Said::String(_) => ("文字列", "a text"),
        Said::Integer(_) => ("整数", "a whole number"),
        Said::Float(_) => ("小数", "a number"),
        Said::Boolean(_) => (" true や false ", "true or false"),
        Said::Datetime(_) => ("日付", "a date"),
        Said::Array(_) => ("並び [ ] ", "an array [ ]"),
        Said::Table(_) => ("表 { } ", "a table { }"),
    }
}
