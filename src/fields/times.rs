//! Periods and days of a table, in every form they are written.

use std::ops::Range;

use crate::tree::Said;
use chrono::NaiveDate;

use super::{Fields, Node};
use crate::finding::Code;
use crate::lang::Say;
use crate::plan::period::{FiscalYear, Overrun, Parsed, Period};
use crate::say;

impl<'a> Fields<'a> {
    /// A period.
    pub fn period(&self, key: &'static str) -> Option<Period> {
        self.get(key).and_then(|node| self.as_period(node))
    }

    /// A period that must be there.
    pub fn need_period(&self, key: &'static str) -> Option<Period> {
        self.need(key).and_then(|node| self.as_period(node))
    }

    /// A period or several, in order of time, each once.
    pub fn periods(&self, key: &'static str) -> Box<[Period]> {
        let texts = self.texts(key);
        let mut periods: Vec<Period> = texts.iter().filter_map(|t| self.period_of(t.text, t.span.clone())).collect();
        periods.sort();
        periods.dedup();
        periods.into()
    }

    /// A fiscal year.
    pub fn fiscal_year(&self, key: &'static str) -> Option<FiscalYear> {
        let node = self.get(key)?;
        self.whole_year(self.as_period(node)?, node.span())
    }

    /// The fiscal year that a period at `span` is.
    pub fn whole_year(&self, period: Period, span: Range<usize>) -> Option<FiscalYear> {
        match period {
            Period::Year(year) => Some(year),
            other => {
                let written = other.short();
                self.findings.add(
                    Code::BadPeriod,
                    span,
                    say!("「{written}」は年度ではありません", "`{written}` is not a fiscal year"),
                    say!("R7 や 令和7年度 のように年度を書いてください", "write a fiscal year, such as R7 or FY2025"),
                );
                None
            }
        }
    }

    /// The period that a value spells: a text, or a TOML date for a day.
    pub fn as_period(&self, node: Node<'a>) -> Option<Period> {
        if let Said::Datetime(_) = node.says() {
            return self.as_date(node).map(Period::Day);
        }
        let text = self.as_text(node)?;
        self.period_of(text.text, text.span)
    }

    /// The period that a text at `span` spells.
    pub fn period_of(&self, text: &str, span: Range<usize>) -> Option<Period> {
        match Period::parse(text) {
            Ok(parsed) => {
                self.note_overrun(parsed.overrun, span);
                Some(parsed.period)
            }
            Err(error) => {
                self.findings.add(Code::BadPeriod, span, error.say(), error.hint());
                None
            }
        }
    }

    /// A day: a TOML date, or a text such as "R7.1.12".
    pub fn date(&self, key: &'static str) -> Option<NaiveDate> {
        self.get(key).and_then(|node| self.as_date(node))
    }

    /// The day that a value spells.
    pub fn as_date(&self, node: Node<'a>) -> Option<NaiveDate> {
        match node.says() {
            Said::Datetime(when) => {
                let day = when.date.filter(|_| when.time.is_none() && when.offset.is_none());
                let day = day.and_then(|d| NaiveDate::from_ymd_opt(d.year.into(), d.month.into(), d.day.into()));
                if day.is_none() {
                    self.bad_date(node.span(), say!("{when} は日付ではありません", "{when} is not a date"));
                }
                day
            }
            _ => {
                let text = self.as_text(node)?;
                match Period::parse(text.text) {
                    Ok(Parsed { period: Period::Day(day), overrun }) => {
                        self.note_overrun(overrun, text.span);
                        Some(day)
                    }
                    Ok(_) => {
                        let word = text.text;
                        self.bad_date(text.span, say!("「{word}」は日付ではありません", "`{word}` is not a date"));
                        None
                    }
                    Err(error) => {
                        self.bad_date(text.span, error.say());
                        None
                    }
                }
            }
        }
    }

    fn bad_date(&self, span: Range<usize>, message: Say) {
        let help = say!("2025-10-03 か \"R7.10.3\" のように書いてください", "write 2025-10-03 or \"R7.10.3\"");
        self.findings.add(Code::BadDate, span, message, help);
    }

    fn note_overrun(&self, overrun: Option<Overrun>, span: Range<usize>) {
        if let Some(overrun) = overrun.filter(|overrun| !overrun.is_usual()) {
            let period = overrun.period;
            let help = say!("{period} と書き直してください", "write {period}");
            self.findings.add(Code::EraOverrun, span, overrun.say(), help);
        }
    }
}
