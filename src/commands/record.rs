//! What `update` and `measure` share: one block is added to the end of one records file, if `check` accepts it.

mod place;
mod replaced;
mod review;

use std::path::{Path, PathBuf};

use anyhow::Result;
use chrono::NaiveDate;

pub use self::place::Place;
pub use self::review::{Answer, ask, review};
use super::confirm::{self, ConfirmArgs};
use super::{Context, Exit, Opened};
use crate::audit;
use crate::console;
use crate::failure::Failure;
use crate::finding::{Finding, Severity};
use crate::lang::{Lang, Say};
use crate::ledger::block::{Block, appended};
use crate::ledger::files::RECORDS;
use crate::plan::id::Id;
use crate::plan::period::{FiscalYear, Period};
use crate::plan::plausible::{self, Doubt};
use crate::plan::record::Recorded;
use crate::plan::{Plan, Subject};
use crate::render::delta::delta;
use crate::report;
use crate::source::{Loaded, Snapshot, is_closed, is_record};
use crate::store::{self, FileWrite, Writer, Written};
use crate::text::fold::fold;
use crate::text::paths::Slashed;
use crate::text::safe::visible;
use crate::{say, tr};

/// How often a file is read again that people change by hand meanwhile.
const TRIES: usize = 5;

/// The records file of an entry or indicator, relative to the plan folder.
fn path_of(plan: &Plan, subject: Subject) -> String {
    let id: &Id = match subject {
        Subject::Entry(place) => &plan.entries[place].id,
        Subject::Indicator(place) => &plan.indicators[place].id,
    };
    RECORDS.path(id)
}

/// Opens the definition of the plan and the records of the one id that is meant; what is in the other records does not
/// matter to a new one.
pub fn open(context: &Context, id: &str) -> Result<(Opened, Subject)> {
    let mut opened = context.open_with(&|path| !is_record(path) && !is_closed(path))?;
    let subject = super::find(&opened.plan, id)?;
    let path = path_of(&opened.plan, subject);
    opened.snapshot.add(&opened.folder.path, &path);
    let Loaded { plan, findings, .. } = audit::reread(opened.plan, &opened.snapshot, &path);
    opened.plan = plan.ok_or_else(|| context.refuse(&findings, &opened.snapshot))?;
    Ok((opened, subject))
}

/// Says which of the parts of a record were not given.
pub fn missing(parts: &[(bool, Say)]) -> Say {
    let lacking: Vec<&Say> = parts.iter().filter(|(lacks, _)| *lacks).map(|(_, part)| part).collect();
    let ja = lacking.iter().map(|part| &*part.ja).collect::<Vec<_>>().join("、");
    let en = lacking.iter().map(|part| &*part.en).collect::<Vec<_>>().join(", ");
    say!("{ja}が指定されていません", "not given: {en}")
}

/// The period that a text names, without a year as it is meant today.
pub fn period(text: &str, today: NaiveDate) -> Result<Period, Failure> {
    let parsed = Period::parse_near(text, today).map_err(|e| Failure::new(e.say(), e.hint()))?;
    parsed.settled().map_err(|overrun| {
        let wanted = overrun.period.short();
        Failure::new(overrun.say(), say!("{wanted} と書いてください", "write {wanted}"))
    })
}

/// The fiscal year that a text names.
pub fn fiscal_year(text: &str, today: NaiveDate) -> Result<FiscalYear, Failure> {
    match period(text, today)? {
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
        let message = say!("「{text}」は進捗率として読めません", "`{text}` is not a progress rate");
        Failure::new(message, say!("0 から 100 までの整数を書いてください", "write a whole number from 0 to 100"))
    })
}

/// The records of an entry or indicator.
fn records(plan: &Plan, subject: Subject) -> Vec<&dyn Recorded> {
    match subject {
        Subject::Entry(place) => plan.entries[place].updates.iter().map(|u| u as &dyn Recorded).collect(),
        Subject::Indicator(place) => plan.indicators[place].measures.iter().map(|m| m as &dyn Recorded).collect(),
    }
}

/// The doubts about the last block of a records file.
fn doubts(plan: &Plan, subject: Subject, today: NaiveDate) -> Vec<Doubt> {
    match subject {
        Subject::Entry(place) => {
            let entry = &plan.entries[place];
            let Some(new) = entry.updates.iter().max_by_key(|update| update.trace.block) else { return Vec::new() };
            let same = entry.updates.iter().filter(|update| update.evaluator == new.evaluator);
            about(new, plausible::of_entry(plan, entry, today), same, today)
        }
        Subject::Indicator(place) => {
            let indicator = &plan.indicators[place];
            let Some(new) = indicator.measures.iter().max_by_key(|m| m.trace.block) else { return Vec::new() };
            // A confirmed value counts before every provisional one.
            let others = indicator.measures.iter().filter(|other| new.provisional || !other.provisional);
            let found = about(new, plausible::of_indicator(&plan.head, indicator, today), others, today);
            found.into_iter().chain(replaced::doubt(indicator, new)).collect()
        }
    }
}

/// Those of the doubts about all records that are about the new one, and whether it counts beside the others.
fn about<'r, R: Recorded + 'r>(
    new: &R,
    all: Vec<(&R, Doubt)>,
    others: impl Iterator<Item = &'r R>,
    today: NaiveDate,
) -> Vec<Doubt> {
    if new.trace().withdrawn {
        let future = new.recorded().and_then(|day| plausible::future("recorded", day, today));
        return future.into_iter().chain(plausible::before_corrected(new, today)).collect();
    }
    let own = all.into_iter().filter_map(|(record, doubt)| std::ptr::eq(record, new).then_some(doubt));
    own.chain(plausible::overtaken(new, others, today)).collect()
}

/// Makes the block of a record; the second argument is why something unlikely in it is right.
type Make<'m> = &'m dyn Fn(&Place<'_>, Option<&str>) -> Result<Block>;

/// A block that is to be added, and what `check` says of the file with it.
struct Draft {
    path: String,
    shown: String,
    block: String,
    /// Where it begins in the new text.
    begins: usize,
    /// The entry or indicator that it is about.
    subject: Subject,
    change: FileWrite,
    snapshot: Snapshot,
    loaded: Loaded,
    /// Closed periods that may have published what it changes.
    closed: Vec<Period>,
    /// What is doubtful about it, and has not been confirmed.
    doubts: Vec<Doubt>,
    /// What became of it, once it was written.
    written: Option<Written>,
}

impl Draft {
    /// The block; where it is unlikely and there is a reason, the block that says so.
    fn new(context: &Context, id: &str, make: Make<'_>, reason: Option<&str>) -> Result<Self> {
        let draft = Self::without(context, id, make, None)?;
        match reason {
            Some(_) if !draft.doubts.is_empty() => {
                let mut confirmed = Self::without(context, id, make, reason)?;
                confirmed.doubts.retain(|doubt| doubt.rule.is_impossible());
                Ok(confirmed)
            }
            _ => Ok(draft),
        }
    }

    fn without(context: &Context, id: &str, make: Make<'_>, reason: Option<&str>) -> Result<Self> {
        let (opened, subject) = open(context, id)?;
        let block = make(&Place::new(&opened, subject), reason)?.finish();
        let Opened { folder, mut snapshot, plan, .. } = opened;
        let path = path_of(&plan, subject);
        let old = snapshot.position(&path).map(|place| snapshot.text(place).to_owned());
        let (new, begins) = appended(old.as_deref().unwrap_or(""), &block);
        snapshot.put(&path, new.clone());
        let loaded = audit::reread(plan, &snapshot, &path);
        let shown = folder.shown.join(&path).slashed();
        let change = FileWrite { path: folder.path.join(&path), old, new: Some(new) };
        // Before anything is written: a folder that cannot be read is no reason to deny a record that is there.
        let closed = closed_since(&folder.path, &loaded, subject)?;
        let today = context.world.today;
        let doubts = loaded.plan.as_ref().map(|plan| doubts(plan, subject, today)).unwrap_or_default();
        Ok(Self { path, shown, block, begins, subject, change, snapshot, loaded, closed, doubts, written: None })
    }

    fn is_refused(&self) -> bool {
        self.loaded.plan.is_none() || !self.doubts.is_empty()
    }

    /// Warnings about the block itself.
    fn warnings(&self) -> impl Iterator<Item = &Finding> {
        let file = self.snapshot.position(&self.path);
        let here = move |f: &&Finding| Some(f.place.file) == file && f.place.span.start >= self.begins;
        self.loaded.findings.iter().filter(here).filter(|f| f.severity() == Severity::Warning)
    }
}

/// The closed periods that may have published what the new record of a subject changes: those that end with its period, or
/// with that of the record it corrects, or later.
///
/// # Errors
/// When the folder of closed periods cannot be read.
fn closed_since(plan: &Path, loaded: &Loaded, subject: Subject) -> Result<Vec<Period>, Failure> {
    let all = loaded.plan.iter().flat_map(|plan| records(plan, subject));
    let Some(new) = all.max_by_key(|record| record.trace().block) else { return Ok(Vec::new()) };
    let about = new.trace().corrects().map(|of| of.period.last_day());
    let first = about.into_iter().chain([new.period().last_day()]).min();
    let mut periods = closed_periods(plan)?;
    periods.retain(|closed| first.is_some_and(|first| first <= closed.last_day()));
    Ok(periods)
}

/// The periods that are closed, by the names of the files alone; the first one first.
///
/// # Errors
/// When the folder cannot be read.
fn closed_periods(plan: &Path) -> Result<Vec<Period>, Failure> {
    let files = store::names(&plan.join("closed"))?.into_iter();
    let toml = files.filter(|path| path.extension().is_some_and(|extension| extension == "toml"));
    let period = |path: PathBuf| Some(Period::parse(path.file_stem()?.to_str()?).ok()?.period);
    let mut periods: Vec<Period> = toml.filter_map(period).collect();
    periods.sort_unstable_by_key(|period| (period.last_day(), period.first_day()));
    Ok(periods)
}

/// Reads the plan, makes a block, checks the file with it and writes it, all while nobody else writes; then shows it.
///
/// # Errors
/// When `check` would refuse it, or the file cannot be written. Nothing is written then.
pub fn add(context: &Context, id: &str, dry_run: bool, consent: &ConfirmArgs, make: Make<'_>) -> Result<Exit> {
    let draft = |reason: Option<&str>| {
        if dry_run { Draft::new(context, id, make, reason) } else { written(context, id, make, reason) }
    };
    let mut draft_now = draft(consent.reason())?;
    confirm::refuse_impossible(&draft_now.doubts)?;
    if !draft_now.doubts.is_empty() {
        if !context.world.terminal.asks {
            return Err(confirm::refuse_unlikely(&draft_now.doubts).into());
        }
        draft_now = draft(Some(&confirm::ask(context, &draft_now.doubts)?))?;
        confirm::refuse_impossible(&draft_now.doubts)?;
    }
    let draft = draft_now;
    // As with what is only read: the process ends here, and giving a large plan back piece by piece would cost time.
    let draft: &'static Draft = Box::leak(Box::new(draft));
    if draft.loaded.plan.is_none() {
        return Err(context.refuse_to_write(&draft.loaded.findings, &draft.snapshot).into());
    }
    context.end(draft.written.clone(), Exit::Done, || print_record(context, draft, dry_run))
}

/// Says what was recorded, or would be.
fn print_record(context: &Context, draft: &Draft, dry_run: bool) -> Result<()> {
    let lang = context.lang();
    for finding in draft.warnings() {
        let page = context.page(context.world.terminal.talks);
        console::say_drawn(&format!("{}\n", crate::finding::excerpt(finding, &draft.snapshot, lang, page)));
    }
    let shown = &draft.shown;
    if dry_run {
        let FileWrite { old, new, .. } = &draft.change;
        console::write(delta(shown, old.as_deref(), new.as_deref()).as_bytes())?;
        let text = new.as_deref().unwrap_or_default();
        let ends = if text.contains("\r\n") { "CRLF" } else { "LF" };
        let bom = if text.starts_with('\u{feff}') {
            lang.pick("BOM あり", "BOM")
        } else {
            lang.pick("BOM なし", "no BOM")
        };
        console::say(&tr!(
            lang,
            "（試しただけで、{shown} には書き込んでいません。改行は {ends}、{bom}）",
            "(dry run: nothing was written to {shown}; line endings {ends}, {bom})"
        ));
    } else {
        console::write(visible(&draft.block).as_bytes())?;
        console::say(&tr!(lang, "{shown} に記録しました。", "Recorded in {shown}."));
    }
    if let Some(plan) = &draft.loaded.plan {
        report::record::replaced(plan, draft.subject, lang).iter().for_each(|line| console::say(line));
    }
    tell_closed(&draft.closed, lang);
    Ok(())
}

/// What was published stays as it was, so whoever changes it has to say so.
fn tell_closed(closed: &[Period], lang: Lang) {
    let Some(last) = closed.last() else { return };
    let names: Vec<String> = closed.iter().map(|period| period.short()).collect();
    let names = names.join(lang.pick("、", ", "));
    console::say(&tr!(
        lang,
        "注意: {names} は確定済みです。公表した数字が変わるときは、訂正の記録が必要です（kaikaku errata {last} で確かめ、--record で記録）",
        "note: {names} is closed; if a published figure changes, record the correction (run `kaikaku errata {last}`, then add --record)"
    ));
}

/// Writes what is made of the plan as it is once nobody else writes. A block only comes behind what is there, so a file
/// that somebody changes by hand meanwhile is read again.
fn written(context: &Context, id: &str, make: Make<'_>, reason: Option<&str>) -> Result<Draft> {
    let writer = Writer::open(&context.folder(&context.workspace()?)?.path)?;
    for _ in 1..TRIES {
        let draft = Draft::new(context, id, make, reason)?;
        if draft.is_refused() {
            return Ok(draft);
        }
        let written = writer.attempt(std::slice::from_ref(&draft.change), &context.occasion())?;
        if written.is_some() {
            return Ok(Draft { written, ..draft });
        }
    }
    let draft = Draft::new(context, id, make, reason)?;
    if draft.is_refused() {
        return Ok(draft);
    }
    let written = writer.apply(std::slice::from_ref(&draft.change), &context.occasion())?;
    Ok(Draft { written: Some(written), ..draft })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_as_people_type_it() {
        assert_eq!(percent("６０％"), Ok(60));
        assert_eq!(percent(" 100 "), Ok(100));
        for text in ["101", "-1", "60.5", "", "六十"] {
            assert!(percent(text).is_err(), "{text}");
        }
    }
}
