//! What every command has at hand: the world around the process, the plan that is meant, and how it is opened.

use std::path::PathBuf;

use anyhow::Result;
use chrono::NaiveDate;
use rayon::prelude::*;

use super::Exit;
use super::cli::{ColorArg, Globals};
use crate::console::{self, Terminal};
use crate::failure::Failure;
use crate::finding::{Finding, Page, Severity, excerpt};
use crate::git::Repository;
use crate::git::objects::Objects;
use crate::lang::{Lang, Say};
use crate::plan::owner::owners_called;
use crate::plan::period::{Parsed, Period};
use crate::plan::{Plan, Subject};
use crate::query::AsOf;
use crate::query::verifying::Verifying;
use crate::report::named::Named;
use crate::source::revision::Past;
use crate::source::workspace::{PlanFolder, Workspace};
use crate::source::{self, Loaded, Snapshot};
use crate::store::{Occasion, Written};
use crate::text::safe::visible;
use crate::text::suggest;
use crate::{say, tr};

/// What `main` knows of the world around the process.
#[derive(Debug, Clone)]
pub struct World {
    /// This very program.
    pub program: PathBuf,
    /// The same as it was called: by a path, or by its name alone.
    pub called: PathBuf,
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
    /// The file of the person's own defaults, where there is a place for one.
    pub settings: Option<PathBuf>,
    /// A git that waits to be asked, where revisions will probably be read.
    pub git: Option<Objects>,
}

/// One run of a command.
#[derive(Debug)]
pub struct Context {
    pub(super) world: World,
    pub(super) globals: Globals,
    /// The paper that is written once more, where that is what the run does.
    again: Option<Named>,
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
    /// The repository that has the plan, standing in the plan's folder.
    ///
    /// # Errors
    /// When there is none, or git does not read it.
    pub fn repository(&self) -> Result<Repository, Failure> {
        match &self.past {
            Some(past) => Ok(past.repository.standing_in(&self.folder.path)),
            None => Repository::around(&self.folder.path),
        }
    }

    /// The same; `None` where the plan is in none, and was not asked for at a revision.
    ///
    /// # Errors
    /// When there is one, and git does not read it.
    pub fn repository_near(&self) -> Result<Option<Repository>, Failure> {
        match &self.past {
            Some(_) => self.repository().map(Some),
            None => Repository::near(&self.folder.path),
        }
    }
}

impl Context {
    /// Says that git did not answer, and what is therefore not known or not done.
    pub(super) fn note_unanswered(&self, why: &Failure, lost: &Say) {
        let (lang, why) = (self.lang(), visible(why.message.text(self.lang())));
        let lost = lost.text(lang);
        console::say(&tr!(
            lang,
            "注意: git が答えないため、{lost}：{why}",
            "note: git does not answer, so {lost}: {why}"
        ));
    }

    /// A run in that world, with what was asked of every command.
    pub(super) fn new(world: World, globals: Globals) -> Self {
        Self { world, globals, again: None }
    }

    /// The same run about another plan; `None` for the one that is meant where none is named.
    pub(super) fn about(&self, plan: Option<String>) -> Self {
        let mut other = Self::new(self.world.clone(), self.globals.clone());
        other.globals.plan = plan;
        other
    }

    /// The same run about the files as they are now.
    pub(super) fn now(&self) -> Self {
        let mut other = Self::new(self.world.clone(), self.globals.clone());
        other.globals.rev = None;
        other
    }

    pub(super) fn lang(&self) -> Lang {
        self.world.lang
    }

    /// When and by which command something is written.
    pub(super) fn occasion(&self) -> Occasion {
        Occasion { day: self.world.today.to_string(), command: self.world.command.clone() }
    }

    /// How a finding is written to a stream that is a terminal of so many columns, or none.
    pub(super) fn page(&self, columns: Option<usize>) -> Page {
        Page { color: self.color(columns.is_some()), columns }
    }

    /// Whether a stream that is (or is not) a terminal gets colour.
    pub(super) fn color(&self, is_terminal: bool) -> bool {
        match self.globals.color {
            ColorArg::Always => true,
            ColorArg::Never => false,
            ColorArg::Auto => is_terminal && !self.world.no_color,
        }
    }

    /// The plans: as they are now, or as `--rev` has them.
    pub(super) fn workspace(&self) -> Result<Workspace, Failure> {
        let (dir, cwd) = (self.globals.dir.as_deref(), &self.world.cwd);
        match &self.globals.rev {
            None => Workspace::find(dir, cwd),
            Some(rev) => Workspace::find_at(rev, dir, cwd, self.world.git.as_ref()),
        }
    }

    /// This run about the record that a paper names, and in its language; the user may name another plan or revision.
    ///
    /// # Errors
    /// When the plans cannot be read.
    pub(super) fn again(&self, named: &Named) -> Result<Self, Failure> {
        let mut globals = self.globals.clone();
        // What was not committed is no revision's: the files as they are have to do.
        globals.rev = globals.rev.or_else(|| named.revision.clone().filter(|_| !named.is_changed));
        globals.as_of = named.as_of.map(|as_of| as_of.short());
        let world = World { lang: named.lang, ..self.world.clone() };
        let mut context = Self { world, globals, again: Some(named.clone()) };
        if context.globals.plan.is_none() && context.workspace()?.names.contains(&named.plan) {
            context.globals.plan = Some(named.plan.clone());
        }
        Ok(context)
    }

    /// Whether a paper is written once more as it was: what one's own settings say now is no matter then.
    pub(super) fn is_again(&self) -> bool {
        self.again.is_some()
    }

    /// The folder of the plan that is meant. One that was called otherwise at the revision is known by its id.
    pub(super) fn folder(&self, workspace: &Workspace) -> Result<PlanFolder, Failure> {
        let name = self.globals.plan.as_deref();
        workspace.plan(name).or_else(|error| {
            let Some(name) = name.filter(|_| workspace.past.is_some()) else { return Err(error) };
            let Some(now) = Workspace::find_any(self.globals.dir.as_deref(), &self.world.cwd)? else {
                return Err(error);
            };
            workspace.same_plan(&now, name)?.map_or(Err(error), |then| workspace.plan(Some(&then)))
        })
    }

    /// Reads the plan that is meant. One with errors is refused: its figures would be wrong.
    ///
    /// It is never let go of: the process ends with the command, and giving a large plan back piece by piece would only
    /// cost time.
    pub(super) fn open(&self) -> Result<&'static Opened> {
        let opened = self.open_with(&|path| !source::is_closed(path))?;
        Ok(Box::leak(Box::new(opened)))
    }

    /// Reads the plan for figures alone: the texts of the files go, and make room for the answer. Where they were read
    /// side by side, there they go: memory that another thread handed out comes back late.
    pub(super) fn open_figures(&self) -> Result<&'static Opened> {
        let mut opened = self.open_with(&|path| !source::is_closed(path))?;
        opened.snapshot.files.into_par_iter().for_each(drop);
        opened.snapshot = Snapshot::default();
        Ok(Box::leak(Box::new(opened)))
    }

    /// Reads the plan with the files of closed periods.
    pub(super) fn open_whole(&self) -> Result<&'static Opened> {
        Ok(Box::leak(Box::new(self.open_with(&|_| true)?)))
    }

    /// Reads those files of the plan that `wanted` says yes to.
    pub(super) fn open_with(&self, wanted: &dyn Fn(&str) -> bool) -> Result<Opened> {
        let workspace = self.workspace()?;
        let folder = self.folder(&workspace)?;
        self.open_in(workspace, folder, wanted)
    }

    /// The plans whose indicators verify `plan`, as of `then` or of what is asked of every command. One that cannot be read
    /// is told, and its place in the answer says so.
    pub(super) fn verifying(&self, plan: &'static Plan, then: Option<AsOf>) -> Result<Vec<Verifying<'static>>> {
        let open = |folder: &'static str| -> Result<Verifying<'static>> {
            let workspace = self.workspace()?;
            let opened = workspace
                .plan(Some(folder))
                .map_err(anyhow::Error::from)
                .and_then(|found| self.open_in(workspace, found, &|path| !source::is_closed(path)));
            let opened: &'static Opened = match opened {
                Ok(opened) => Box::leak(Box::new(opened)),
                Err(error) => {
                    console::complain(&error, self.lang());
                    return Ok(Verifying::Unknown { folder });
                }
            };
            Ok(Verifying::known(&opened.plan, then.map_or_else(|| self.as_of(&opened.plan), Ok)?))
        };
        // One that names itself is warned of by `check`.
        plan.head.verified_by.iter().filter(|folder| **folder != plan.folder).map(|folder| open(folder)).collect()
    }

    fn open_in(&self, workspace: Workspace, folder: PlanFolder, wanted: &dyn Fn(&str) -> bool) -> Result<Opened> {
        let snapshot = workspace.snapshot(&folder, wanted)?;
        let Loaded { plan, findings, .. } = source::load(&snapshot, &folder.name);
        let plan = plan.ok_or_else(|| self.refuse(&findings, &snapshot))?;
        let revision = workspace.past.as_ref().and_then(|past| past.revision.clone());
        let revision = match &self.again {
            Some(named) => named.revision_shown(revision),
            None => revision,
        };
        Ok(Opened { folder, snapshot, plan: Plan { revision, ..plan }, past: workspace.past })
    }

    /// Refuses a plan that has errors.
    pub(super) fn refuse(&self, findings: &[Finding], snapshot: &Snapshot) -> Failure {
        let count = self.tell_errors(findings, snapshot);
        Failure::new(
            say!(
                "計画に {count} 件のエラーがあるため、続けられません",
                "the plan has errors ({count}), so nothing was done"
            ),
            say!(
                "kaikaku check ですべて確かめ、直してから実行してください",
                "run `kaikaku check` to list them, fix them, then try again"
            ),
        )
    }

    /// Refuses what was to be written: `check` would find it wrong, but cannot, since it never gets into the files.
    pub(super) fn refuse_to_write(&self, findings: &[Finding], snapshot: &Snapshot) -> Failure {
        let count = self.tell_errors(findings, snapshot);
        Failure::new(
            say!(
                "書き込む内容に {count} 件のエラーがあります。何も書き込んでいません",
                "what was to be written has errors ({count}); nothing was written"
            ),
            say!("上の指摘に従って指定を直して、もう一度実行してください", "fix the arguments above, then try again"),
        )
    }

    /// Tells the errors on stderr, and how many there are.
    pub(super) fn tell_errors(&self, findings: &[Finding], snapshot: &Snapshot) -> usize {
        const SHOWN: usize = 10;
        let errors: Vec<&Finding> = findings.iter().filter(|f| f.severity() == Severity::Error).collect();
        for finding in errors.iter().take(SHOWN) {
            let page = self.page(self.world.terminal.talks);
            console::say_drawn(&format!("{}\n", excerpt(finding, snapshot, self.lang(), page)));
        }
        errors.len()
    }

    /// Ends a trial: nothing was written to the file that is shown so.
    pub(super) fn tried(&self, shown: &str) -> Exit {
        console::say(&tr!(
            self.lang(),
            "（試しただけで、{shown} には書き込んでいません）",
            "(dry run: nothing was written to {shown})"
        ));
        Exit::Done
    }

    /// Says that files are written, and that the answer could not be given.
    pub(super) fn untold(&self, error: &anyhow::Error) {
        let why = console::reason(error, self.lang());
        console::say(&tr!(
            self.lang(),
            "注意: 書き込みは済んでいます。結果を示せませんでした：{why}",
            "note: it is written; the answer could not be given: {why}"
        ));
    }

    /// Ends a command that has written something, or (`None`) nothing. What cannot be told any more is no reason to deny what
    /// is written: whoever is told that it failed does it again, and it is there twice.
    pub(super) fn end(&self, written: Option<Written>, exit: Exit, tell: impl FnOnce() -> Result<()>) -> Result<Exit> {
        let printed = tell();
        let Some(written) = written else { return printed.map(|()| exit) };
        let lang = self.lang();
        if let Err(error) = printed {
            let why = console::reason(&error, lang);
            console::say(&tr!(
                lang,
                "注意: 書き込みは済んでいます（もう一度実行しないでください）。結果を示せませんでした：{why}",
                "note: it is recorded (do not run it again); the answer could not be given: {why}"
            ));
        }
        Ok(match written {
            Written::Lasting => exit,
            Written::Unsure(why) => {
                console::complain(&why.into(), lang);
                Exit::Unsure
            }
        })
    }

    /// As of when, within the plan's reporting cycle: what is asked for, else the day of the revision, else today.
    pub(super) fn as_of(&self, plan: &Plan) -> Result<AsOf, Failure> {
        let cycle = plan.head.cycle;
        match &self.globals.as_of {
            Some(text) => match Period::parse_near(text, self.world.today) {
                Ok(Parsed { period, .. }) => Ok(AsOf::of(period, cycle)),
                Err(error) => Err(Failure::new(error.say(), error.hint())),
            },
            None => Ok(AsOf::on(plan.revision.as_ref().map_or(self.world.today, |revision| revision.date), cycle)),
        }
    }

    /// The end of a period, with what was known as of then where that is asked for, else with all that is known.
    pub(super) fn end_of(&self, plan: &Plan, period: Period) -> Result<AsOf, Failure> {
        let asked = self.globals.as_of.as_ref().map(|_| self.as_of(plan)).transpose()?;
        Ok(asked.map_or_else(|| AsOf::end_of(period), |asked| asked.at_end_of(period)))
    }
}

/// What an id, former id, name or alias means.
pub(super) fn find(plan: &Plan, text: &str) -> Result<Subject, Failure> {
    plan.find(text).ok_or_else(|| {
        let entries = plan.entries.iter().map(|e| (e.id.as_str(), &*e.name));
        let indicators = plan.indicators.iter().map(|i| (i.id.as_str(), &*i.name));
        let aliases = plan.entries.iter().flat_map(|e| e.aliases.iter().map(|alias| (e.id.as_str(), &**alias)));
        let message = say!("「{text}」という項目も指標もありません", "there is no entry and no indicator `{text}`");
        let nothing = say!("この計画には項目も指標もありません", "this plan has none");
        let hint = suggest::suggest_named(text, entries.chain(indicators).chain(aliases), nothing);
        Failure::new(message, hint)
    })
}

/// The place of an entry.
pub(super) fn find_entry(plan: &Plan, text: &str) -> Result<usize, Failure> {
    match find(plan, text)? {
        Subject::Entry(place) => Ok(place),
        Subject::Indicator(_) => Err(Failure::new(
            say!("「{text}」は項目ではなく検証指標です", "`{text}` is an indicator, not an entry"),
            say!(
                "指標の値は kaikaku measure で記録し、kaikaku kpi で見ます",
                "record its values with `kaikaku measure`, see it with `kaikaku kpi`"
            ),
        )),
    }
}

/// The place of an owner.
pub(super) fn find_owner(plan: &Plan, text: &str) -> Result<usize, Failure> {
    let found = owners_called(&plan.owners, text);
    match found[..] {
        [place] => Ok(place),
        [] => {
            let known = plan.owners.iter().map(|owner| (owner.label(), owner.label()));
            let message = say!("「{text}」という所管課はありません", "there is no owner `{text}`");
            let nothing = say!(
                "この計画に所管課の登録はありません。kaikaku add owner 名称 で加えます",
                "this plan names no owners; add one with `kaikaku add owner NAME`"
            );
            Err(Failure::new(message, suggest::suggest_named(text, known, nothing)))
        }
        _ => {
            let names = |comma: &str, (open, close): (&str, &str)| {
                let one = |place: &usize| format!("{open}{}{close}", plan.owners[*place].id);
                found.iter().map(one).collect::<Vec<_>>().join(comma)
            };
            let labels = |comma: &str| found.iter().map(|at| plan.owners[*at].label()).collect::<Vec<_>>().join(comma);
            let (ja, en) = (labels("、"), labels(", "));
            let (ids_ja, ids_en) = (names("、", ("「", "」")), names(", ", ("`", "`")));
            Err(Failure::new(
                say!(
                    "「{text}」という所管課は一つではありません（{ja}）",
                    "more than one owner is called `{text}` ({en})"
                ),
                say!("{ids_ja} のどれかで指定してください", "give one of {ids_en}"),
            ))
        }
    }
}
