//! `kaikaku import`

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use super::cli::OutputArgs;
use super::confirm::ConfirmArgs;
use super::inquiry::block::block;
use super::inquiry::collect::bytes;
use super::inquiry::post::{self, Addition};
use super::record::period;
use super::{Context, Exit, Opened, inputs, output};
use crate::console;
use crate::failure::Failure;
use crate::inquiry::answer::Trust;
use crate::inquiry::import::{List, NewEntry, history, new_entries};
use crate::ledger::block::quoted;
use crate::ledger::files::RECORDS;
use crate::plan::Plan;
use crate::plan::owner::owners_called;
use crate::report::import::ImportReport;
use crate::text::same::is_same_name;
use crate::workbook::Book;
use crate::{say, source, tr};

/// A list that exists already.
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// 一覧（.xlsx か .csv）。列の対応は inquiry.toml の [import] に || The list (.xlsx or .csv); [import] in inquiry.toml maps its columns
    #[arg(value_name = "LIST")]
    list: PathBuf,
    /// 期間の列がないときの期間 || The period, where the list has no column of it
    #[arg(long, value_name = "PERIOD")]
    period: Option<String>,
    /// 書き込む（付けなければ、何をするか示すだけ） || Write it (without it, only shows what would be done)
    #[arg(long)]
    pub apply: bool,
    /// 表示と入っている値が違うセルを、表示のとおりに読む || Read cells that show something else than they hold as they show it
    #[arg(long)]
    as_shown: bool,
    #[command(flatten)]
    consent: ConfirmArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Runs it.
///
/// # Errors
/// When the plan has errors, the list cannot be read, or `check` would refuse what it says.
pub fn run(context: &Context, args: &ImportArgs) -> Result<Exit> {
    let list = inputs::one(context, &args.list, &["xlsx", "csv", "tsv", "txt"])?;
    let opened = context.open()?;
    let columns = opened.plan.import.as_ref().ok_or_else(no_columns)?;
    let name = list.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let read = bytes(&context.world.cwd.join(&list))?;
    let book = Book::from_file(&name, &read)?;
    let period = args.period.as_deref().map(|text| period(text, context.world.today)).transpose()?;
    let trust = Trust::new(args.as_shown);
    let (today, confirmed) = (context.world.today, args.consent.reason());
    let list = List { file: &name, book: &book, columns, period, trust, today, confirmed };
    let entries = new_entries(&opened.plan, list)?;
    let mut additions = outline(&opened.plan, &entries);
    let plan = grown(context, opened, &additions)?;
    let history = history(&plan, list, &entries)?;
    for record in &history.records {
        let blocks = vec![block(&plan, record, None, today)];
        let path = RECORDS.path(&record.id);
        match additions.iter_mut().find(|addition| addition.path == path) {
            Some(addition) => addition.blocks.extend(blocks),
            None => additions.push(Addition { path, blocks }),
        }
    }
    let troubled = history.lines.iter().any(|line| line.class.is_troubled());
    output::ready(context, &args.output)?;
    let wanted = args.apply && !additions.is_empty();
    let written = wanted.then(|| post::write(context, opened, &additions)).transpose()?;
    let report = ImportReport { plan: &plan, entries: &entries, history: &history };
    context.end(written, if troubled { Exit::No } else { Exit::Done }, || told(context, args, &report))
}

/// Says what was read, and written.
fn told(context: &Context, args: &ImportArgs, report: &ImportReport<'_>) -> Result<()> {
    output::write(context, report, &args.output)?;
    let (lang, new, records) = (context.lang(), report.entries.len(), report.history.records.len());
    console::say(&if args.apply {
        tr!(lang, "項目 {new} 件と記録 {records} 件を書き込みました。", "Wrote {new} entries and {records} records.")
    } else {
        tr!(
            lang,
            "（読んだだけで、何も書き込んでいません。--apply を付けると、項目 {new} 件と記録 {records} 件を書き込みます）",
            "(nothing was written; --apply writes {new} entries and {records} records)"
        )
    });
    Ok(())
}

/// The new entries, in the file of the entry at their top; the owners that the plan does not have yet.
fn outline(plan: &Plan, entries: &[NewEntry]) -> Vec<Addition> {
    let mut files: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut owners: Vec<&str> = Vec::new();
    for entry in entries {
        let top = entry.id.as_str().split('-').next().unwrap_or_default();
        let owner = entry.owner.as_deref().map(|text| {
            // The plan's own spelling, or that of the first row, however the others spell it.
            let known = plan.owner_called(text).map(|place| plan.owners[place].label());
            known.or_else(|| owners.iter().copied().find(|known| is_same_name(known, text))).unwrap_or(text)
        });
        let is_new = |owner: &&str| !owners.contains(owner) && owners_called(&plan.owners, owner).is_empty();
        owners.extend(owner.filter(is_new));
        let owner = owner.map(|owner| format!("owner = {}\n", quoted(owner))).unwrap_or_default();
        let text = format!("[{}]\nname  = {}\n{owner}", entry.id, quoted(&entry.name));
        files.entry(format!("outline/{top}.toml")).or_default().push(text);
    }
    let free = (1..).map(|n| format!("dept-{n}")).filter(|id| !plan.owners.iter().any(|owner| owner.id.as_str() == id));
    for (id, owner) in free.zip(owners) {
        files.entry("owners.toml".to_owned()).or_default().push(format!("[{id}]\nname = {}\n", quoted(owner)));
    }
    files.into_iter().map(|(path, blocks)| Addition { path, blocks }).collect()
}

/// The plan as it is with what is added.
fn grown(context: &Context, opened: &Opened, additions: &[Addition]) -> Result<Plan> {
    let (snapshot, _) = post::with(context, opened, additions)?;
    let loaded = source::load(&snapshot, &opened.folder.name);
    Ok(loaded.plan.ok_or_else(|| context.refuse_to_write(&loaded.findings, &snapshot))?)
}

fn no_columns() -> Failure {
    Failure::new(
        say!("一覧の列の対応が分かりません", "no column mapping for this list"),
        say!(
            "計画のフォルダーの inquiry.toml に [import] を書いてください",
            "write [import] in inquiry.toml in the plan's folder"
        ),
    )
}
