//! One page a command: its arguments (whose doc comments are the help) and one function: load, ask, lay out, write.

pub mod add;
pub mod answer;
pub mod blame;
pub mod calendar;
pub mod check;
pub mod cli;
pub mod close;
pub mod completions;
mod confirm;
mod context;
mod definition;
pub mod desk;
pub mod diff;
pub mod diff_driver;
pub mod due;
pub mod edit;
pub mod errata;
pub mod explain;
pub mod export;
mod form;
pub mod git_setup;
pub mod handover;
pub mod help;
pub mod history;
pub mod import;
pub mod init;
mod inputs;
pub mod inquiry;
pub mod kpi;
pub mod log;
pub mod man;
pub mod measure;
pub mod merge_driver;
pub mod mv;
pub mod opendata;
pub mod opinion;
mod output;
pub mod paper;
pub mod period_words;
pub mod plans;
pub mod publish;
mod record;
pub mod report;
pub mod roadmap;
pub mod rollover;
pub mod settings;
pub mod show;
mod sides;
pub mod status;
pub mod textconv;
pub mod undo;
pub mod update;
pub mod usage;
pub mod verify;

use std::path::PathBuf;

use anyhow::Result;

use crate::failure::Failure;
use crate::say;
use cli::{Cli, Subcommands};
pub use context::{Context, Opened, World};
use context::{find, find_entry, find_owner};

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Done; the answer is yes.
    Done,
    /// Done; the answer is no (findings, differences, overdue, mismatch).
    No,
    /// Written, but perhaps not on the disk yet: not to be done again.
    Unsure,
}

/// Looks at files that were given without a command.
///
/// # Errors
/// When it could not do it.
pub fn open(cli: Cli, world: World, files: &[PathBuf]) -> Result<Exit> {
    desk::given::open(&Context::new(world, cli.globals), files)
}

/// Runs a command.
///
/// # Errors
/// When it could not do it.
pub fn run(cli: Cli, world: World) -> Result<Exit> {
    let context = Context::new(world, cli.globals);
    let Some(command) = cli.command else { return desk::run(&context) };
    if context.globals.rev.is_some() && command.writes() {
        return Err(Failure::new(
            say!("過去の版には書き込めません", "a past revision cannot be written to"),
            say!("--rev を外して実行してください", "run it without --rev"),
        )
        .into());
    }
    match command {
        Subcommands::Status(args) => status::run(&context, &args),
        Subcommands::Kpi(args) => kpi::run(&context, &args),
        Subcommands::Show(args) => show::run(&context, &args),
        Subcommands::Log(args) => log::run(&context, &args),
        Subcommands::Due(args) => due::run(&context, &args),
        Subcommands::Roadmap(args) => roadmap::run(&context, &args),
        Subcommands::Rollover(args) => rollover::run(&context, &args),
        Subcommands::Calendar(args) => calendar::run(&context, &args),
        Subcommands::Handover(args) => handover::run(&context, &args),
        Subcommands::Diff(args) => diff::run(&context, &args),
        Subcommands::History(args) => history::run(&context, &args),
        Subcommands::Blame(args) => blame::run(&context, &args),
        Subcommands::Update(args) => update::run(&context, args),
        Subcommands::Measure(args) => measure::run(&context, args),
        Subcommands::Answer(args) => answer::run(&context, args),
        Subcommands::Add(args) => add::run(&context, args),
        Subcommands::Edit(args) => edit::run(&context, &args),
        Subcommands::Undo(args) => undo::run(&context, &args),
        Subcommands::Explain(args) => explain::run(&context, &args),
        Subcommands::Report(args) => report::run(&context, &args),
        Subcommands::Verify(args) => verify::run(&context, &args),
        Subcommands::Opinion(args) => opinion::run(&context, &args),
        Subcommands::Opendata(args) => opendata::run(&context, &args),
        Subcommands::Inquiry(args) => inquiry::run(&context, &args),
        Subcommands::Import(args) => import::run(&context, &args),
        Subcommands::Check(args) => check::run(&context, &args),
        Subcommands::Plans(args) => plans::run(&context, &args),
        Subcommands::Export(args) => export::run(&context, &args),
        Subcommands::Close(args) => close::run(&context, &args),
        Subcommands::Errata(args) => errata::run(&context, &args),
        Subcommands::Publish(args) => publish::run(&context, &args),
        Subcommands::Mv(args) => mv::run(&context, &args),
        Subcommands::Init(args) => init::run(&context, args),
        Subcommands::GitSetup(args) => git_setup::run(&context, &args),
        Subcommands::Completions(args) => completions::run(&context, &args),
        Subcommands::Help(args) => help::run(&context, &args),
        Subcommands::Settings(args) => settings::run(&context, &args),
        Subcommands::List(args) => status::run(&context, &args.listing_all()),
        Subcommands::Version => help::version(),
        Subcommands::Man(args) => man::run(&context, &args),
        Subcommands::MergeDriver(args) => merge_driver::run(&context, &args),
        Subcommands::Textconv(args) => textconv::run(&context, &args),
        Subcommands::DiffDriver(args) => diff_driver::run(&context, &args),
    }
}
