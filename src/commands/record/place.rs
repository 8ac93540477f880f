//! Where a new record goes, and what stands there.

use chrono::NaiveDate;

use super::super::Opened;
use super::{path_of, period, records};
use crate::failure::Failure;
use crate::ledger::files::RECORDS;
use crate::ledger::written::Written;
use crate::ledger::{measure, update};
use crate::plan::period::Period;
use crate::plan::record::{RecordName, Recorded};
use crate::plan::{Plan, Subject};
use crate::text::suggest::suggest;
use crate::{say, store};

/// Where a new record goes: the plan as it is now, and whom it is about.
#[derive(Debug)]
pub struct Place<'o> {
    opened: &'o Opened,
    /// The entry or indicator.
    pub subject: Subject,
}

impl<'o> Place<'o> {
    /// Where records about this go.
    pub fn new(opened: &'o Opened, subject: Subject) -> Self {
        Self { opened, subject }
    }

    /// The plan.
    pub fn plan(&self) -> &'o Plan {
        &self.opened.plan
    }

    fn records(&self) -> Vec<&'o dyn Recorded> {
        records(self.plan(), self.subject)
    }

    /// The day to record: the one that is given, else today.
    pub fn day(given: Option<&str>, today: NaiveDate) -> Result<NaiveDate, Failure> {
        let Some(text) = given else { return Ok(today) };
        match period(text, today)? {
            Period::Day(day) => Ok(day),
            _ => Err(Failure::new(
                say!("「{text}」は日付ではありません", "`{text}` is not a date"),
                say!("2025-10-03 や R7.10.3 のように書いてください", "write it as 2025-10-03 or R7.10.3"),
            )),
        }
    }

    /// The records file under a former id, which stays there when ids are changed by hand.
    ///
    /// # Errors
    /// When the disk does not say whether it is there.
    fn former_file(&self) -> Result<Option<String>, Failure> {
        let plan = self.plan();
        let formerly = match self.subject {
            Subject::Entry(place) => &plan.entries[place].formerly,
            Subject::Indicator(place) => &plan.indicators[place].formerly,
        };
        for path in formerly.iter().map(|id| RECORDS.path(id)).rev() {
            if store::is_there(&self.opened.folder.path.join(&path))? {
                return Ok(Some(path));
            }
        }
        Ok(None)
    }

    /// The record that is called so, and what it says, to be taken over by the one that corrects it. Its name has the mark
    /// by which it is found whatever else is added to the file.
    pub fn corrected(&self, text: &str) -> Result<(RecordName, Written), Failure> {
        let record = self.named(text)?;
        if let Some(by) = record.trace().corrected() {
            return Err(Failure::new(
                say!("「{text}」は「{by}」で訂正済みです", "`{text}` has been corrected by `{by}`"),
                say!("--corrects {by} としてください", "give --corrects {by}"),
            ));
        }
        let mut written = self.written(record).unwrap_or_default();
        // What corrects a withdrawal says something again.
        written.take("withdrawn");
        Ok((RecordName { mark: written.mark(), ..record.name() }, written))
    }

    /// The one record that a text names; of several of one period and day, the only one that has not been corrected.
    fn named(&self, text: &str) -> Result<&'o dyn Recorded, Failure> {
        let records = self.records();
        let Some(wanted) = RecordName::parse(text) else { return Err(self.unknown(text, &records)) };
        let alike: Vec<_> = records.iter().filter(|r| r.name().shared() == wanted.shared()).copied().collect();
        let is_exact = text.contains(['#', '＃']);
        match alike[..] {
            [] => Err(self.unknown(text, &records)),
            [one] if !is_exact => Ok(one),
            _ if is_exact => {
                let is_meant = |record: &&&dyn Recorded| match wanted.mark {
                    Some(mark) => self.written(**record).and_then(|written| written.mark()) == Some(mark),
                    None => record.trace().nth.max(1) == wanted.nth,
                };
                let found = alike.iter().find(is_meant).copied();
                found.ok_or_else(|| self.unknown(text, &records))
            }
            _ => {
                let mut standing = alike.iter().filter(|record| record.trace().corrected().is_none());
                match (standing.next(), standing.next()) {
                    (Some(one), None) => Ok(*one),
                    _ => Err(several(text, &alike)),
                }
            }
        }
    }

    /// A record as its file has it, and the mark that it has even where nothing in the file asks for one.
    fn written(&self, record: &dyn Recorded) -> Option<Written> {
        let kind = match self.subject {
            Subject::Entry(_) => &update::KIND,
            Subject::Indicator(_) => &measure::KIND,
        };
        let file = self.opened.snapshot.position(&path_of(self.plan(), self.subject))?;
        Written::parse(self.opened.snapshot.text(file), kind.header, record.trace().block)
    }

    /// Refuses a name that no record has.
    fn unknown(&self, text: &str, records: &[&dyn Recorded]) -> Failure {
        let former = match self.former_file() {
            Ok(former) => former,
            Err(failure) => return failure,
        };
        if let Some(former) = former {
            return renamed(text, &former, &path_of(self.plan(), self.subject));
        }
        let names: Vec<String> = records.iter().map(|record| record.name().to_string()).collect();
        let none = say!("訂正できる記録がありません", "there is nothing to correct");
        Failure::new(
            say!("「{text}」という記録はありません", "there is no record `{text}`"),
            suggest(text, names.iter().map(String::as_str), none),
        )
    }
}

/// Refuses a name that several records have.
fn several(text: &str, alike: &[&dyn Recorded]) -> Failure {
    let names: Vec<String> =
        alike.iter().filter(|r| r.trace().corrected().is_none()).map(|r| r.name().to_string()).collect();
    let (ja, en) = (names.join("、"), names.join(", "));
    Failure::new(
        say!("「{text}」という記録は一つではありません", "`{text}` is more than one record"),
        say!(
            "次のどれかを指定してください：{ja}（内容は kaikaku log に出ます）",
            "give one of {en}; `kaikaku log` shows what each says"
        ),
    )
}

/// A record can only be corrected in its own file.
fn renamed(text: &str, former: &str, path: &str) -> Failure {
    Failure::new(
        say!(
            "「{text}」という記録は {path} にありません。旧番号のファイル {former} が残っています",
            "there is no record `{text}` in {path}; the file of a former id is still there: {former}"
        ),
        say!(
            "{former} の記録を {path} に移して（git mv など）から、訂正してください",
            "move the records of {former} to {path} (for example with git mv), then correct them"
        ),
    )
}
