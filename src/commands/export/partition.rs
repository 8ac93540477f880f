//! One plan, read and written as a partition.

use super::super::Context;
use super::folder::{DatasetFolder, MadeTable};
use super::inputs::Input;
use crate::dataset::stamp::{PartitionStamp, fingerprint};
use crate::dataset::{Key, Site, VERSION, all};
use crate::failure::Failure;
use crate::finding::{Finding, Severity};
use crate::plan::Plan;
use crate::plan::period::Period;
use crate::plan::source::Revision;
use crate::query::AsOf;
use crate::report::export::{Outcome, Volume};
use crate::say;

use crate::source::{self, Loaded, Snapshot};

/// Why nothing came of it.
#[derive(Debug)]
pub enum Trouble {
    /// The plan cannot be exported; others can.
    Plan(Failure),
    /// The dataset cannot be written; no other plan could.
    Disk(Failure),
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Self {
        Self::Plan(failure)
    }
}

/// Reads a plan and writes it, unless it is there already.
pub fn make(context: &Context, input: &Input, folder: &DatasetFolder) -> Result<Outcome, Trouble> {
    if let Some(refused) = &input.refused {
        return Err(Trouble::Plan(refused.clone()));
    }
    let (workspace, place) = input.open(context)?;
    let snapshot = workspace.snapshot(&place, &|path| !source::is_closed(path))?;
    let revision = workspace.past.as_ref().and_then(|past| past.revision.clone());
    let moment = moment(context, revision.as_ref())?;
    let fingerprint = fingerprint(&snapshot, &place.name, revision.as_ref(), &moment, folder.format);
    let known = input.key.as_ref().map(|key| folder.stamp(key).map_err(Trouble::Disk)).transpose()?.flatten();
    if let Some(stamp) = known.filter(|stamp| stamp.fingerprint == fingerprint) {
        return Ok(Outcome::Unchanged(volume(stamp.tables.iter().map(|table| (table.rows, table.bytes)))));
    }
    let Loaded { plan, findings, .. } = source::load(&snapshot, &place.name);
    let plan = plan.ok_or_else(|| broken(&findings, &snapshot))?;
    let plan = Plan { revision, ..plan };
    let key = key(&plan)?;
    let as_of = context.as_of(&plan)?;
    let stamp = stamp(&plan, fingerprint, as_of);
    let site = Site { plan: &plan, snapshot: &snapshot, key, as_of };
    let mut tables = Vec::new();
    all(&site, &mut |table| {
        tables.push(MadeTable { table: table.head.name, rows: table.len(), bytes: folder.format.write(&table)? });
        Ok(())
    })?;
    let volume = volume(tables.iter().map(|table| (table.rows, table.bytes.len())));
    folder.refuse_links(&site.key)?;
    folder.replace(&site.key, stamp, tables).map_err(Trouble::Disk)?;
    Ok(Outcome::Written(volume))
}

/// As of when, in words that mean the same on any day: what is asked for, else the day of the revision, else today.
fn moment(context: &Context, revision: Option<&Revision>) -> Result<String, Failure> {
    let today = context.world.today;
    match &context.globals.as_of {
        Some(text) => match Period::parse_near(text, today) {
            Ok(parsed) => Ok(parsed.period.short()),
            Err(error) => Err(Failure::new(error.say(), error.hint())),
        },
        None => Ok(revision.map_or(today, |revision| revision.date).to_string()),
    }
}

fn volume(tables: impl Iterator<Item = (usize, usize)>) -> Volume {
    tables.fold(Volume::default(), |all, (rows, bytes)| Volume { rows: all.rows + rows, bytes: all.bytes + bytes })
}

fn stamp(plan: &Plan, fingerprint: String, as_of: AsOf) -> PartitionStamp {
    PartitionStamp {
        dataset: VERSION,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        fingerprint,
        commit: plan.revision.as_ref().map(|revision| revision.id.clone()),
        as_of: as_of.date.to_string(),
        tables: Vec::new(),
    }
}

/// What tells a plan from those of other cities.
fn key(plan: &Plan) -> Result<Key, Failure> {
    let code = plan.head.city_code.as_ref().ok_or_else(|| {
        Failure::new(
            say!("plan.toml に自治体のコードがありません", "plan.toml has no code of the city"),
            say!(
                "plan.toml に city-code = \"431001\" のように6桁で書いてください",
                "write its six digits into plan.toml: city-code = \"431001\""
            ),
        )
    })?;
    Ok(Key { city: code.as_str().to_owned(), plan: plan.head.id.as_str().to_owned() })
}

/// A plan with errors has no figures: the first of them, and how many there are.
fn broken(findings: &[Finding], snapshot: &Snapshot) -> Failure {
    let mut errors = findings.iter().filter(|finding| finding.severity() == Severity::Error);
    let first = errors.next().map(|finding| {
        let (path, line, _) = finding.position(snapshot);
        (path, line, finding.message.ja.clone(), finding.message.en.clone())
    });
    let (path, line, ja, en) = first.unwrap_or_default();
    let more = errors.count();
    match more {
        0 => Failure::new(
            say!("計画にエラーがあります（{path}:{line} {ja}）", "the plan has an error ({path}:{line} {en})"),
            say!("kaikaku check で確かめてください", "run `kaikaku check` in it"),
        ),
        _ => Failure::new(
            say!(
                "計画にエラーがあります（{path}:{line} {ja}、ほか {more} 件）",
                "the plan has errors ({path}:{line} {en}, and {more} more)"
            ),
            say!("kaikaku check で確かめてください", "run `kaikaku check` in it"),
        ),
    }
}
