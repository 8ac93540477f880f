//! What `update` and `measure` share: one block is added to the end of one records file, if `check` accepts it.

use std::fmt::Write;

use anyhow::Result;
use chrono::NaiveDate;

use super::{Context, Opened};
use crate::console;
use crate::failure::Failure;
use crate::finding::{Finding, Severity};
use crate::lang::Say;
use crate::plan::fold::fold;
use crate::plan::id::Id;
use crate::plan::period::{FiscalYear, Parsed, Period};
use crate::plan::{Plan, Subject};
use crate::render::safe::visible;
use crate::source::{self, Snapshot, is_closed, is_record};
use crate::{say, store, tr};

/// A block of TOML in the making: keys padded to one width, as the files are written by hand.
#[derive(Debug)]
pub struct Block(String);

impl Block {
    /// A block under this header.
    pub fn new(header: &str) -> Self {
        Self(format!("[[{header}]]\n"))
    }

    /// Adds `key = value`, where `value` is TOML already.
    pub fn raw(&mut self, key: &str, value: &str) {
        // Writing to a String cannot fail.
        let _ = writeln!(self.0, "{key:<8} = {value}");
    }

    /// Adds a text, quoted as it needs.
    pub fn text(&mut self, key: &str, text: Option<&str>) {
        if let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) {
            self.raw(key, &quoted(text));
        }
    }

    /// Adds a day.
    pub fn date(&mut self, key: &str, date: NaiveDate) {
        self.raw(key, &date.to_string());
    }
}

/// A text as a TOML string on one line: a line break in it is no line end, which editors and git may change.
pub fn quoted(text: &str) -> String {
    let escaped = text.chars().map(|c| match c {
        '"' | '\\' => format!("\\{c}"),
        '\n' => "\\n".to_owned(),
        '\r' => "\\r".to_owned(),
        '\t' => "\\t".to_owned(),
        c if c.is_control() => format!("\\u{:04X}", u32::from(c)),
        c => c.to_string(),
    });
    format!("\"{}\"", escaped.collect::<String>())
}

/// Opens the definition of the plan and the records of the one id that is meant; what is in the other records does not
/// matter to a new one.
pub fn open(context: &Context, id: &str) -> Result<(Opened, Subject)> {
    let definition = context.open_with(|path| !is_record(path) && !is_closed(path))?;
    let subject = super::find(&definition.plan, id)?;
    let own = path_of(&definition.plan, subject);
    let opened = context.open_with(|path| !is_record(path) && !is_closed(path) || path == own)?;
    Ok((opened, subject))
}

/// The records file of an entry or indicator, relative to the plan folder.
fn path_of(plan: &Plan, subject: Subject) -> String {
    let id: &Id = match subject {
        Subject::Entry(place) => &plan.entries[place].id,
        Subject::Indicator(place) => &plan.indicators[place].id,
    };
    format!("records/{id}.toml")
}

/// Says which of the parts of a record were not given.
pub fn missing(parts: &[(bool, Say)]) -> Say {
    let lacking: Vec<&Say> = parts.iter().filter(|(lacks, _)| *lacks).map(|(_, part)| part).collect();
    let ja = lacking.iter().map(|part| &*part.ja).collect::<Vec<_>>().join("、");
    let en = lacking.iter().map(|part| &*part.en).collect::<Vec<_>>().join(", ");
    say!("{ja}が指定されていません", "not given: {en}")
}

/// The period that a text names.
pub fn period(text: &str) -> Result<Period, Failure> {
    let Parsed { period, overrun } = Period::parse(text).map_err(|e| Failure::new(e.say(), e.hint()))?;
    match overrun {
        None => Ok(period),
        Some(overrun) => {
            let wanted = period.short();
            Err(Failure::new(overrun.say(), say!("{wanted} と書いてください", "write {wanted}")))
        }
    }
}

/// The fiscal year that a text names.
pub fn fiscal_year(text: &str) -> Result<FiscalYear, Failure> {
    match period(text)? {
        Period::Year(year) => Ok(year),
        _ => Err(Failure::new(
            say!("「{text}」は年度ではありません", "`{text}` is not a fiscal year"),
            say!("R8 や 令和8年度 のように年度を書いてください", "write a fiscal year, such as R8 or FY2026"),
        )),
    }
}

/// The percentage that a text names, as people type it: 60, 60%, ６０％.
pub fn percent(text: &str) -> Result<u8, Failure> {
    let folded = fold(text);
    let number = folded.trim().trim_end_matches('%').trim();
    number.parse::<u8>().ok().filter(|n| *n <= 100).ok_or_else(|| {
        let message = say!("「{text}」は進捗率として読めません", "`{text}` is no progress");
        Failure::new(message, say!("0 から 100 までの整数を書いてください", "write a whole number from 0 to 100"))
    })
}

/// Shows the block, checks the file with it, and writes it.
///
/// # Errors
/// When `check` would refuse it, or the file cannot be written. Nothing is written then.
pub fn add(context: &Context, opened: Opened, subject: Subject, block: Block, dry_run: bool) -> Result<()> {
    let Opened { folder, mut snapshot, plan, .. } = opened;
    let lang = context.lang();
    let path = path_of(&plan, subject);
    let old = snapshot.position(&path).map(|place| snapshot.text(place).to_owned());
    let new = appended(old.as_deref().unwrap_or(""), &block.0);
    let begins = new.len() - block.0.len();
    snapshot.put(&path, new.clone());
    let loaded = source::load(&snapshot, &folder.name);
    if loaded.plan.is_none() {
        return Err(context.refuse_to_write(&loaded.findings, &snapshot).into());
    }
    for finding in loaded.findings.iter().filter(|f| is_about(f, &snapshot, &path, begins)) {
        let page = context.page(context.world.terminal.talks);
        console::say(&format!("{}\n", crate::finding::excerpt(finding, &snapshot, lang, page)));
    }
    let shown = folder.shown.join(&path).display().to_string().replace('\\', "/");
    console::write(visible(&block.0).as_bytes())?;
    if dry_run {
        console::say(&tr!(
            lang,
            "（試しただけで、{shown} には書き込んでいません）",
            "(a trial: nothing was written to {shown})"
        ));
        return Ok(());
    }
    store::replace(&folder.path, &folder.path.join(&path), old.as_deref(), &new)?;
    console::say(&tr!(lang, "{shown} に記録しました。", "Recorded in {shown}."));
    Ok(())
}

fn is_about(finding: &Finding, snapshot: &Snapshot, path: &str, begins: usize) -> bool {
    let here = snapshot.position(path) == Some(finding.place.file) && finding.place.span.start >= begins;
    here && finding.severity() == Severity::Warning
}

/// `old` with `block` behind it, one blank line between; every byte of `old` stays, and so does its way to end lines.
pub fn appended(old: &str, block: &str) -> String {
    let newline = if old.contains("\r\n") { "\r\n" } else { "\n" };
    let gap = match old {
        "" => "",
        old if old.ends_with('\n') => newline,
        _ => &[newline, newline].concat(),
    };
    format!("{old}{gap}{}", block.replace('\n', newline))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_there_stays_to_the_byte() {
        for (old, new) in [
            ("", "[[update]]\n"),
            ("a = 1\n", "a = 1\n\n[[update]]\n"),
            ("a = 1", "a = 1\n\n[[update]]\n"),
            ("a = 1\r\n", "a = 1\r\n\r\n[[update]]\r\n"),
            ("\u{feff}# 注\n", "\u{feff}# 注\n\n[[update]]\n"),
        ] {
            assert_eq!(appended(old, "[[update]]\n"), new);
        }
    }

    #[test]
    fn progress_as_people_type_it() {
        assert_eq!(percent("６０％"), Ok(60));
        assert_eq!(percent(" 100 "), Ok(100));
        for text in ["101", "-1", "60.5", "", "六十"] {
            assert!(percent(text).is_err(), "{text}");
        }
    }

    #[test]
    fn any_text_is_quoted_so_that_it_reads_back() {
        for text in ["a \"b\" \\ c", "二行\nあり", "'''", "\"\"\"", "\u{1b}[31m", "= # ]"] {
            let mut block = Block::new("update");
            block.text("done", Some(text));
            let table: toml::Table = toml::from_str(&block.0).unwrap();
            assert_eq!(table["update"][0]["done"].as_str(), Some(text));
        }
    }
}
