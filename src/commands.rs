//! One page a command: its arguments (whose doc comments are the help) and one function: load, ask, lay out, write.

pub mod blame;
pub mod check;
pub mod close;
pub mod diff;
pub mod diff_driver;
pub mod due;
pub mod errata;
pub mod explain;
mod form;
pub mod git_setup;
pub mod history;
pub mod import;
pub mod init;
pub mod inquiry;
pub mod kpi;
pub mod log;
mod manifest;
pub mod measure;
pub mod merge_driver;
pub mod mv;
mod output;
pub mod plans;
mod record;
pub mod report;
pub mod roadmap;
pub mod show;
mod sides;
pub mod status;
pub mod textconv;
pub mod undo;
pub mod update;
pub mod verify;

use std::path::PathBuf;

use anyhow::Result;
use chrono::NaiveDate;
use rayon::prelude::*;

use crate::cli::{Cli, ColorArg, Globals, Subcommands};
use crate::console::{self, Terminal};
use crate::failure::Failure;
use crate::finding::{Finding, Page, Severity, excerpt};
use crate::git::Repository;
use crate::git::objects::Objects;
use crate::lang::Lang;
use crate::plan::{Plan, Subject};
use crate::query::AsOf;
use crate::source::revision::Past;
use crate::source::workspace::{PlanFolder, Workspace};
use crate::source::{self, Loaded, Snapshot};
use crate::store::Said;
use crate::text::suggest;
use crate::{say, tr};

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Done; the answer is yes.
    Done,
    /// Done; the answer is no (findings, differences, overdue, mismatch).
    No,
}

/// What `main` knows of the world around the process.
#[derive(Debug, Clone)]
pub struct World {
    /// This very program.
    pub program: PathBuf,
    /// The command line, without the path to the program.
    pub command: String,
    /// Where the command was started.
    pub cwd: PathBuf,
    /// Today.
    pub today: NaiveDate,
    /// The terminal.
    pub terminal: Terminal,
    /// Whether `NO_COLOR` is set.
    pub no_color: bool,
    /// The reader's language.
    pub lang: Lang,
    /// A git that waits to be asked, where revisions will probably be read.
    pub git: Option<Objects>,
}

/// One run of a command.
#[derive(Debug)]
pub struct Context {
    world: World,
    globals: Globals,
}

/// A plan, and the files it was read from.
#[derive(Debug)]
pub struct Opened {
    /// Where it is.
    pub folder: PlanFolder,
    /// Its files.
    pub snapshot: Snapshot,
    /// The plan.
    pub plan: Plan,
    /// The revision that it was read from; `None` for the files as they are now.
    pub past: Option<Past>,
}

impl Opened {
    /// The repository that has the plan, standing in the plan's folder; `None` where git keeps none.
    pub fn repository(&self) -> Option<Repository> {
        match &self.past {
            Some(past) => Some(past.repository.standing_in(&self.folder.path)),
            None => Repository::around(&self.folder.path).ok(),
        }
    }
}

/// Runs a command.
///
/// # Errors
/// When it could not do it.
pub fn run(cli: Cli, world: World) -> Result<Exit> {
    let context = Context { world, globals: cli.globals };
    if context.globals.rev.is_some() && cli.command.writes() {
        return Err(Failure::new(
            say!("過去の版には書き込めません", "a revision of the past cannot be written to"),
            say!("--rev を外して実行してください", "run it without --rev"),
        )
        .into());
    }
    match cli.command {
        Subcommands::Status(args) => status::run(&context, &args),
        Subcommands::Kpi(args) => kpi::run(&context, &args),
        Subcommands::Show(args) => show::run(&context, &args),
        Subcommands::Log(args) => log::run(&context, &args),
        Subcommands::Due(args) => due::run(&context, &args),
        Subcommands::Roadmap(args) => roadmap::run(&context, &args),
        Subcommands::Diff(args) => diff::run(&context, &args),
        Subcommands::History(args) => history::run(&context, &args),
        Subcommands::Blame(args) => blame::run(&context, &args),
        Subcommands::Update(args) => update::run(&context, args),
        Subcommands::Measure(args) => measure::run(&context, args),
        Subcommands::Undo(args) => undo::run(&context, &args),
        Subcommands::Explain(args) => explain::run(&context, &args),
        Subcommands::Report(args) => report::run(&context, &args),
        Subcommands::Verify(args) => verify::run(&context, &args),
        Subcommands::Inquiry(args) => inquiry::run(&context, &args),
        Subcommands::Import(args) => import::run(&context, &args),
        Subcommands::Check(args) => check::run(&context, &args),
        Subcommands::Plans(args) => plans::run(&context, &args),
        Subcommands::Close(args) => close::run(&context, &args),
        Subcommands::Errata(args) => errata::run(&context, &args),
        Subcommands::Mv(args) => mv::run(&context, &args),
        Subcommands::Init(args) => init::run(&context, args),
        Subcommands::GitSetup(args) => git_setup::run(&context, &args),
        Subcommands::MergeDriver(args) => merge_driver::run(&context, &args),
        Subcommands::Textconv(args) => textconv::run(&context, &args),
        Subcommands::DiffDriver(args) => diff_driver::run(&context, &args),
    }
}

impl Context {
    fn lang(&self) -> Lang {
        self.world.lang
    }

    /// When and by which command something is written.
    fn said(&self) -> Said {
        Said { day: self.world.today.to_string(), command: self.world.command.clone() }
    }

    /// How a finding is written to a stream that is a terminal of so many columns, or none.
    fn page(&self, columns: Option<usize>) -> Page {
        Page { color: self.color(columns.is_some()), columns }
    }

    /// Whether a stream that is (or is not) a terminal gets colour.
    fn color(&self, is_terminal: bool) -> bool {
        match self.globals.color {
            ColorArg::Always => true,
            ColorArg::Never => false,
            ColorArg::Auto => is_terminal && !self.world.no_color,
        }
    }

    /// The plans: as they are now, or as `--rev` has them.
    fn workspace(&self) -> Result<Workspace, Failure> {
        let (dir, cwd) = (self.globals.dir.as_deref(), &self.world.cwd);
        match &self.globals.rev {
            None => Workspace::find(dir, cwd),
            Some(rev) => Workspace::find_at(rev, dir, cwd, self.world.git.as_ref()),
        }
    }

    /// The same, about a plan and a revision, where the user names no others.
    fn about(&self, plan: &str, revision: Option<&str>) -> Self {
        let mut globals = self.globals.clone();
        globals.rev = globals.rev.or_else(|| revision.map(str::to_owned));
        let mut context = Self { world: self.world.clone(), globals };
        let knows = |workspace: Workspace| workspace.names.iter().any(|name| name == plan);
        if context.globals.plan.is_none() && context.workspace().is_ok_and(knows) {
            context.globals.plan = Some(plan.to_owned());
        }
        context
    }

    /// The folder of the plan that is meant. One that was called otherwise at the revision is known by its id.
    fn folder(&self, workspace: &Workspace) -> Result<PlanFolder, Failure> {
        let name = self.globals.plan.as_deref();
        workspace.plan(name).or_else(|error| {
            let now = || Workspace::find(self.globals.dir.as_deref(), &self.world.cwd).ok();
            let then = name.filter(|_| workspace.past.is_some()).and_then(|name| workspace.same_plan(&now()?, name));
            then.map_or(Err(error), |then| workspace.plan(Some(&then)))
        })
    }

    /// Reads the plan that is meant. One with errors is refused: its figures would be wrong.
    ///
    /// It is never let go of: the process ends with the command, and giving a large plan back piece by piece would only
    /// cost time.
    fn open(&self) -> Result<&'static Opened> {
        let opened = self.open_with(&|path| !source::is_closed(path))?;
        Ok(Box::leak(Box::new(opened)))
    }

    /// The same for what tells figures and no lines: the texts of the files go, and make room for the answer. Where they
    /// were read side by side, there they go: memory that another thread handed out comes back late.
    fn open_figures(&self) -> Result<&'static Opened> {
        let mut opened = self.open_with(&|path| !source::is_closed(path))?;
        opened.snapshot.files.into_par_iter().for_each(drop);
        opened.snapshot = Snapshot::default();
        Ok(Box::leak(Box::new(opened)))
    }

    /// The same, with the files of closed periods.
    fn open_whole(&self) -> Result<&'static Opened> {
        Ok(Box::leak(Box::new(self.open_with(&|_| true)?)))
    }

    /// Reads those files of the plan that `wanted` says yes to.
    fn open_with(&self, wanted: &dyn Fn(&str) -> bool) -> Result<Opened> {
        let workspace = self.workspace()?;
        let folder = self.folder(&workspace)?;
        let snapshot = workspace.snapshot(&folder, wanted)?;
        let Loaded { plan, findings, .. } = source::load(&snapshot, &folder.name);
        let plan = plan.ok_or_else(|| self.refuse(&findings, &snapshot))?;
        let revision = workspace.past.as_ref().and_then(|past| past.revision.clone());
        Ok(Opened { folder, snapshot, plan: Plan { revision, ..plan }, past: workspace.past })
    }

    /// Refuses a plan that has errors.
    fn refuse(&self, findings: &[Finding], snapshot: &Snapshot) -> Failure {
        let count = self.tell_errors(findings, snapshot);
        Failure::new(
            say!(
                "計画に {count} 件のエラーがあるため、続けられません",
                "the plan has errors ({count}), so nothing was done"
            ),
            say!(
                "kaikaku check ですべて確かめ、直してから実行してください",
                "see them all by kaikaku check, mend them, and run it again"
            ),
        )
    }

    /// Refuses what was to be written: `check` would find it wrong, but cannot, since it never gets into the files.
    fn refuse_to_write(&self, findings: &[Finding], snapshot: &Snapshot) -> Failure {
        let count = self.tell_errors(findings, snapshot);
        Failure::new(
            say!(
                "書き込む内容に {count} 件のエラーがあります。何も書き込んでいません",
                "what was to be written has errors ({count}); nothing was written"
            ),
            say!(
                "上の指摘に従って指定を直して、もう一度実行してください",
                "mend what you gave, as told above, and run it again"
            ),
        )
    }

    /// Tells the errors on stderr, and how many there are.
    fn tell_errors(&self, findings: &[Finding], snapshot: &Snapshot) -> usize {
        const SHOWN: usize = 10;
        let errors: Vec<&Finding> = findings.iter().filter(|f| f.severity() == Severity::Error).collect();
        for finding in errors.iter().take(SHOWN) {
            let page = self.page(self.world.terminal.talks);
            console::say(&format!("{}\n", excerpt(finding, snapshot, self.lang(), page)));
        }
        errors.len()
    }

    /// Ends a trial: nothing was written to the file that is shown so.
    fn tried(&self, shown: &str) -> Exit {
        console::say(&tr!(
            self.lang(),
            "（試しただけで、{shown} には書き込んでいません）",
            "(a trial: nothing was written to {shown})"
        ));
        Exit::Done
    }

    /// As of when, within the plan's reporting cycle: what is asked for, else the day of the revision, else today.
    fn as_of(&self, plan: &Plan) -> Result<AsOf, Failure> {
        let cycle = plan.head.cycle;
        match &self.globals.as_of {
            Some(text) => AsOf::parse(text, cycle).map_err(|e| Failure::new(e.say(), e.hint())),
            None => Ok(AsOf::on(plan.revision.as_ref().map_or(self.world.today, |revision| revision.date), cycle)),
        }
    }
}

/// What an id, former id, name or alias means.
fn find(plan: &Plan, text: &str) -> Result<Subject, Failure> {
    plan.find(text).ok_or_else(|| {
        let ids = || plan.entries.iter().map(|e| e.id.as_str()).chain(plan.indicators.iter().map(|i| i.id.as_str()));
        let names = plan.entries.iter().map(|e| &*e.name).chain(plan.indicators.iter().map(|i| &*i.name));
        let aliases = plan.entries.iter().flat_map(|e| e.aliases.iter().map(|alias| &**alias));
        let message = say!("「{text}」という項目も指標もありません", "there is no entry and no indicator `{text}`");
        // Of names only the one that is meant is told: all of them would fill the screen.
        let hint = match suggest::closest(text, ids().chain(names).chain(aliases)) {
            Some(meant) => say!("「{meant}」ではありませんか", "did you mean `{meant}`?"),
            None => suggest::suggest(text, ids(), say!("この計画には項目も指標もありません", "this plan has none")),
        };
        Failure::new(message, hint)
    })
}

/// The place of an entry.
fn find_entry(plan: &Plan, text: &str) -> Result<usize, Failure> {
    match find(plan, text)? {
        Subject::Entry(place) => Ok(place),
        Subject::Indicator(_) => Err(Failure::new(
            say!("「{text}」は項目ではなく検証指標です", "`{text}` is an indicator, not an entry"),
            say!(
                "指標の値は kaikaku measure で記録し、kaikaku kpi で見ます",
                "record its values by kaikaku measure, see it by kaikaku kpi"
            ),
        )),
    }
}

/// The place of an owner.
fn find_owner(plan: &Plan, text: &str) -> Result<usize, Failure> {
    plan.owners.iter().position(|o| o.is_called(text.trim())).ok_or_else(|| {
        let known = plan.owners.iter().map(|o| &*o.name);
        let message = say!("「{text}」という所管課はありません", "there is no owner `{text}`");
        Failure::new(
            message,
            suggest::suggest(text, known, say!("この計画に所管課の登録はありません", "this plan names no owners")),
        )
    })
}
