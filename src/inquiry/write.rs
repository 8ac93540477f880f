//! A form as a workbook that a department fills in: a cover, the questions, and out of sight what each of them is.

pub mod cover;
mod guarded;
pub mod sheet;
mod style;

use std::borrow::Cow;
use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use super::{Form, fingerprint};
use crate::failure::Failure;
use crate::lang::Lang;
use crate::plan::Plan;
use crate::plan::owner::Owner;
use crate::plan::period::{Parsed, Period};
use crate::say;
use crate::text::package::as_of_unix;
use crate::text::safe::{file_stem, one_line, visible};
use crate::text::same::name_key;

/// The sheet that nobody sees: what stood in each answer cell as it was sent, and the lists to choose from.
pub const HIDDEN: &str = "kaikaku";

/// What the first cell of the questions begins with.
const MARK: &str = "kaikaku-inquiry";

/// The longest text that a cell of Excel holds.
const LONGEST: usize = 32_767;

/// What a form says of itself, out of sight.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The plan's own id.
    pub plan: String,
    /// What was asked about.
    pub period: Period,
    /// The owner's id.
    pub owner: String,
    /// When it was sent.
    pub sent: NaiveDate,
    /// The commit that the plan was read from, shortened; `-` where git has none.
    pub revision: String,
    /// The fingerprint of all questions and of what stood beside them.
    pub fingerprint: String,
}

/// A form on its way.
#[derive(Debug, Clone, Copy)]
pub struct Letter<'p> {
    /// The plan.
    pub plan: &'p Plan,
    /// What is asked.
    pub form: &'p Form,
    /// By when.
    pub deadline: Option<NaiveDate>,
    /// Whom to ask.
    pub contact: Option<&'p str>,
    /// Today.
    pub day: NaiveDate,
    /// The commit that the plan was read from.
    pub revision: Option<&'p str>,
    /// The language of the form.
    pub lang: Lang,
}

impl Identity {
    /// Reads the words of the hidden cell.
    pub fn parse(text: &str) -> Option<Self> {
        let mut words = text.split_whitespace();
        let mut word = || words.next();
        if word()? != MARK || word()? != "1" {
            return None;
        }
        let (plan, period, owner) = (word()?.to_owned(), word()?, word()?.to_owned());
        let Parsed { period, .. } = Period::parse(period).ok()?;
        let sent = NaiveDate::parse_from_str(word()?, "%Y-%m-%d").ok()?;
        Some(Self { plan, period, owner, sent, revision: word()?.to_owned(), fingerprint: word()?.to_owned() })
    }

    /// The words of the hidden cell.
    pub fn text(&self) -> String {
        let Self { plan, period, owner, sent, revision, fingerprint } = self;
        format!("{MARK} 1 {plan} {period} {owner} {sent} {revision} {fingerprint}")
    }

    /// The fingerprint of what was sent: `keys` with what stood in their cells.
    pub fn sealed<'t>(
        plan: &str,
        period: Period,
        owner: &str,
        keys: impl Iterator<Item = (&'t str, &'t str)>,
    ) -> String {
        let period = period.short();
        let keys: Vec<&str> = keys.flat_map(|(key, sent)| [key, sent]).collect();
        fingerprint([plan, &period, owner].into_iter().chain(keys))
    }
}

impl Letter<'_> {
    /// What the form says of itself.
    pub fn identity(&self) -> Identity {
        let sent = sent(self.form);
        let (plan, owner) = (self.plan.head.id.to_string(), self.plan.owners[self.form.owner].id.to_string());
        let keys = sent.iter().map(|(key, sent)| (key.as_str(), &**sent));
        Identity {
            fingerprint: Identity::sealed(&plan, self.form.period, &owner, keys),
            period: self.form.period,
            sent: self.day,
            revision: self.revision.unwrap_or("-").to_owned(),
            plan,
            owner,
        }
    }

    /// The workbook; the same bytes for the same form on the same day.
    ///
    /// # Errors
    /// When an answer is longer than a cell.
    pub fn workbook(&self) -> Result<Vec<u8>, Failure> {
        let too_long = self
            .form
            .questions()
            .find(|(_, q)| q.recorded.as_ref().is_some_and(|answer| answer.0.encode_utf16().count() > LONGEST));
        if let Some((item, question)) = too_long {
            let (id, label) = (&item.id, question.label.text(self.lang));
            return Err(Failure::new(
                say!(
                    "{id} の「{label}」が長すぎて、Excel のセルに入りません",
                    "`{label}` of {id} is too long for a cell of Excel"
                ),
                say!("記録を短くしてから、もう一度実行してください", "shorten the record and run it again"),
            ));
        }
        self.built().map_err(|error| {
            Failure::plain(say!("ブックを作れません（{error}）", "cannot make the workbook ({error})"))
        })
    }

    fn built(&self) -> Result<Vec<u8>, XlsxError> {
        let mut book = Workbook::new();
        let year = u16::try_from(self.day.year()).unwrap_or(1900);
        let (month, day) = (u8::try_from(self.day.month()).unwrap_or(1), u8::try_from(self.day.day()).unwrap_or(1));
        let made = ExcelDateTime::from_ymd(year, month, day)?;
        let title = one_line(&format!("{} {}", self.plan.head.name, self.form.period.short()));
        book.set_properties(&DocProperties::new().set_creation_datetime(&made).set_title(title));
        let styles = style::Styles::new();
        cover::write(&mut book.add_worksheet().into(), self, &styles)?;
        let lists = sheet::lists(self.form);
        sheet::write(&mut book.add_worksheet().into(), self, &styles, &lists)?;
        sheet::write_hidden(&mut book.add_worksheet().into(), self, &lists)?;
        book.save_to_buffer().map(as_of_unix)
    }
}

/// What the form of each owner of the plan is called as a file, in the language of the plan's readers: 照会_R7Q3_人事課.xlsx.
/// No two have the same: where a file system or a person would take two of them for one (in another case, or spelled
/// otherwise), the owner's id is added to each.
pub fn file_names(plan: &Plan, period: Period) -> Vec<String> {
    let stems: Vec<String> = plan.owners.iter().map(|owner| file_stem(owner.label())).collect();
    let key = |stem: &String| name_key(stem).to_lowercase();
    let mut counts: HashMap<String, usize> = HashMap::new();
    stems.iter().for_each(|stem| *counts.entry(key(stem)).or_default() += 1);
    let word = plan.head.lang.pick("照会", "inquiry");
    let name = |(owner, stem): (&Owner, &String)| {
        let id = if counts[&key(stem)] > 1 { format!("_{}", owner.id) } else { String::new() };
        format!("{word}_{period}_{stem}{id}.xlsx")
    };
    plan.owners.iter().zip(&stems).map(name).collect()
}

/// Every key with what stands in its answer cell, in order, as both are written: a key may name a milestone.
pub fn sent(form: &Form) -> Vec<(String, Cow<'_, str>)> {
    let answer = |question: &'_ super::Question| visible(&question.key.to_string()).into_owned();
    let recorded = |q: &'_ super::Question| {
        q.recorded.as_ref().map_or(Cow::Borrowed(""), |answer| visible(&answer.0).into_owned().into())
    };
    form.questions().map(|(_, q)| (answer(q), recorded(q))).collect()
}
