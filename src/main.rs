//! `kaikaku`: reads arguments, environment and clock, and turns the outcome into an exit code. Nothing else does.

use std::env;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use chrono::{NaiveDate, Utc};
use clap::error::ErrorKind;
use clap::{ArgMatches, CommandFactory, FromArgMatches};
use kaikaku::commands::cli::{self, Cli};
use kaikaku::commands::completions::{self, Asked};
use kaikaku::commands::desk::given;
use kaikaku::commands::{self, Exit, World, period_words, usage};
use kaikaku::console::{self, Terminal};
use kaikaku::failure::{Failure, Unsure};
use kaikaku::git::objects::Objects;
use kaikaku::git::wait_at_most;
use kaikaku::lang::Lang;
use kaikaku::plan::period::{Parsed, Period};
use kaikaku::plan::zone::TimeZone;
use kaikaku::source::workspace::{self, Workspace};
use kaikaku::store::disk;
use kaikaku::{say, threads};

/// A large plan is a million small texts, read on every core at once: the system's own allocator spends a quarter of the
/// time of `status` on handing out memory for them.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    if cfg!(debug_assertions) {
        env::var("KAIKAKU_FAULT").iter().for_each(|fault| disk::break_at(fault));
    }
    let seconds = env::var("KAIKAKU_GIT_SECONDS").ok().and_then(|seconds| seconds.trim().parse().ok());
    seconds.into_iter().for_each(wait_at_most);
    let args: Vec<OsString> = env::args_os().collect();
    let git = git(&args);
    let (lang, unread) = match language(&args, git.as_ref()) {
        Ok(lang) => (lang, None),
        Err(failure) => (Lang::En, Some(failure)),
    };
    let clicked = Clicked::of(&args);
    let outcome = run(args, lang, git, unread);
    let is_left = clicked == Clicked::Alone && outcome.is_ok();
    let code = code(outcome, lang);
    if clicked != Clicked::No && !is_left {
        console::hold_open(lang);
    }
    code
}

/// How the program was started from a window of folders, which opens a console that goes with the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Clicked {
    /// By a command line, as far as is known.
    No,
    /// By a double click: the menu ends when the person wants it to.
    Alone,
    /// By files that were dropped on it.
    WithFiles,
}

impl Clicked {
    /// cmd.exe names its prompt in the environment; a window of folders gives whole paths. Started from PowerShell without
    /// arguments the program cannot be told apart.
    fn of(args: &[OsString]) -> Self {
        let typed = !cfg!(windows) || env::var_os("PROMPT").is_some();
        match args.get(1..).unwrap_or_default() {
            _ if typed => Self::No,
            [] => Self::Alone,
            files if files.iter().all(|file| Path::new(file).is_absolute()) => Self::WithFiles,
            _ => Self::No,
        }
    }
}

fn code(outcome: anyhow::Result<Exit>, lang: Lang) -> ExitCode {
    match outcome {
        Ok(Exit::Done) => ExitCode::SUCCESS,
        Ok(Exit::No) => ExitCode::from(1),
        Ok(Exit::Unsure) => ExitCode::from(3),
        Err(error) => {
            console::complain(&error, lang);
            ExitCode::from(if error.is::<Unsure>() { 3 } else { 2 })
        }
    }
}

/// Runs the command line; a plan whose first words are `unread` ends it, but not a page of help or what is about no plan here.
fn run(args: Vec<OsString>, lang: Lang, git: Option<Objects>, unread: Option<Failure>) -> anyhow::Result<Exit> {
    if let Some(shell) = env::var_os(completions::VARIABLE).filter(|shell| !shell.is_empty()) {
        return complete(&shell, args, lang);
    }
    let command = command(&args);
    let fixed = fixed_day();
    let zone = if matches!(fixed, Ok(None)) { time_zone(&args) } else { Ok(TimeZone::default()) };
    let (zone, unread) = match zone {
        Ok(zone) => (zone, unread),
        Err(failure) => (TimeZone::default(), unread.or(Some(failure))),
    };
    let today = fixed.as_ref().ok().copied().flatten().unwrap_or_else(|| zone.day(Utc::now()));
    let cwd = env::current_dir()?;
    let (args, matches) = understood(args, today);
    let (files, matches) = files_alone(&args, matches, &cwd);
    let matches = match matches {
        Ok(matches) => matches,
        Err(error) if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) => {
            // Only a page of help needs all of its texts in one language.
            let page = match error.kind() {
                ErrorKind::DisplayHelp => cli::help_page(&args, Terminal::look().columns, lang),
                _ => error.render().to_string(),
            };
            console::write_by_screens(&page, lang)?;
            return Ok(Exit::Done);
        }
        Err(error) => return Err(usage::explain(&error).into()),
    };
    fixed?;
    let cli = Cli::from_arg_matches(&matches).map_err(|e| usage::explain(&e.with_cmd(&Cli::command())))?;
    if let Some(failure) = unread.filter(|_| cli.is_about_a_plan_here()) {
        return Err(failure.into());
    }
    let world = World {
        program: env::current_exe()?,
        called: args.first().map(PathBuf::from).unwrap_or_default(),
        command,
        cwd,
        today,
        terminal: Terminal::look(),
        no_color: env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty()) || !console::shows_colors(),
        lang,
        settings: settings(),
        git,
    };
    threads::start_with(share_the_work);
    if files.is_empty() { commands::run(cli, world) } else { commands::open(cli, world, &files) }
}

/// Where a person's own defaults are kept: the folder that the system has for settings.
fn settings() -> Option<PathBuf> {
    let folder = |name: &str| env::var_os(name).filter(|path| !path.is_empty()).map(PathBuf::from);
    let home = || folder("HOME");
    let of_the_system = || match () {
        () if cfg!(windows) => folder("APPDATA"),
        () if cfg!(target_os = "macos") => home().map(|home| home.join("Library/Application Support")),
        () => folder("XDG_CONFIG_HOME").or_else(|| home().map(|home| home.join(".config"))),
    };
    folder("KAIKAKU_SETTINGS").or_else(|| of_the_system().map(|folder| folder.join("kaikaku/settings.toml")))
}

/// Answers a shell that completes a command line.
fn complete(shell: &OsStr, args: Vec<OsString>, lang: Lang) -> anyhow::Result<Exit> {
    let dir = given_path(&args, &["-C", "--dir"], "KAIKAKU_DIR");
    let asked = Asked { cwd: env::current_dir()?, dir, plan: given(&args, &["--plan"], "KAIKAKU_PLAN") };
    let words = args.into_iter().skip_while(|word| word != "--").skip(1).collect();
    completions::answer(shell, words, asked, lang)
}

/// The files of a command line that names no command, and what clap makes of the rest of it.
fn files_alone(
    args: &[OsString],
    matches: Result<ArgMatches, clap::Error>,
    cwd: &Path,
) -> (Vec<PathBuf>, Result<ArgMatches, clap::Error>) {
    let no_command = |error: &clap::Error| error.kind() == ErrorKind::InvalidSubcommand;
    let alone = matches.as_ref().err().filter(|error| no_command(error)).and_then(|_| given::files(args, cwd));
    let understood = alone.and_then(|(rest, files)| Some((files, Cli::command().try_get_matches_from(rest).ok()?)));
    match understood {
        Some((files, rest)) if rest.subcommand().is_none() => (files, Ok(rest)),
        _ => (Vec::new(), matches),
    }
}

/// How often the words for a period are taken another way: a command line names few.
const READINGS: usize = 4;

/// The command line with what clap makes of it, its periods named as each command names them.
fn understood(mut args: Vec<OsString>, today: NaiveDate) -> (Vec<OsString>, Result<ArgMatches, clap::Error>) {
    let mut matches = Cli::command().try_get_matches_from(&args);
    for _ in 0..READINGS {
        let meant = match &matches {
            Ok(matches) => period_words::recorded(&args, matches),
            Err(error) => period_words::meant(&args, error, &Cli::command(), today),
        };
        let Some(meant) = meant else { break };
        match (Cli::command().try_get_matches_from(&meant), &matches) {
            // What was wrong first is what the person is told.
            (Err(error), Err(_)) if error.kind() != ErrorKind::UnknownArgument => break,
            (again, _) => (args, matches) = (meant, again),
        }
    }
    (args, matches)
}

/// The command line as it was typed, with quotes where a word needs them.
fn command(args: &[OsString]) -> String {
    let typed = |word: &OsString| match word.to_string_lossy() {
        word if word.is_empty() || word.contains([' ', '　', '"']) => format!("{word:?}"),
        word => word.into_owned(),
    };
    std::iter::once("kaikaku".to_owned()).chain(args.iter().skip(1).map(typed)).collect::<Vec<_>>().join(" ")
}

/// Makes this thread one of those that parse: it would only wait for them, and memory comes cheaper to it.
fn share_the_work(threads: usize) {
    // Where there can be no further threads, rayon parses on this one alone; those that there are stay.
    let _ = rayon::ThreadPoolBuilder::new().num_threads(threads).use_current_thread().build_global();
}

/// The day that tests fix in place of today.
fn fixed_day() -> Result<Option<NaiveDate>, Failure> {
    let Some(text) = env::var_os("KAIKAKU_TODAY") else { return Ok(None) };
    let text = text.to_string_lossy();
    match Period::parse(&text) {
        Ok(Parsed { period: Period::Day(day), .. }) => Ok(Some(day)),
        _ => Err(Failure::new(
            say!("KAIKAKU_TODAY の「{text}」は日付ではありません", "KAIKAKU_TODAY: `{text}` is not a date"),
            say!("2026-11-21 のように書いてください", "write it as 2026-11-21"),
        )),
    }
}

/// The time zone of the plan that is meant, as its file says it now.
///
/// # Errors
/// When it is there and cannot be read: another day than the city's would be recorded.
fn time_zone(args: &[OsString]) -> Result<TimeZone, Failure> {
    let Some(workspace) = workspace(args)? else { return Ok(TimeZone::default()) };
    workspace.time_zone(given(args, &["--plan"], "KAIKAKU_PLAN").as_deref())
}

/// The plans as they are now, if there are any.
fn workspace(args: &[OsString]) -> Result<Option<Workspace>, Failure> {
    let dir = given_path(args, &["-C", "--dir"], "KAIKAKU_DIR");
    // Without a folder to stand in no command runs.
    env::current_dir().map_or(Ok(None), |cwd| Workspace::find_any(dir.as_deref(), &cwd))
}

/// git takes longest to get ready: where revisions will probably be read, it does so while the arguments are understood.
fn git(args: &[OsString]) -> Option<Objects> {
    let reads = args.iter().any(|arg| arg == "diff") || given(args, &["--rev"], "KAIKAKU_REV").is_some();
    let dir = given_path(args, &["-C", "--dir"], "KAIKAKU_DIR");
    let folder = || workspace::start(dir.as_deref(), &env::current_dir().ok()?).ok();
    if reads { folder().map(|folder| Objects::begin(&folder)) } else { None }
}

/// The reader's language: what is asked for, else Japanese where the locale or the plan is Japanese, else English.
///
/// It is needed before the arguments are understood, since they may be wrong and the complaint is to be read.
///
/// # Errors
/// When the plan is there and cannot be read.
fn language(args: &[OsString], git: Option<&Objects>) -> Result<Lang, Failure> {
    let given = |names: &[&str], variable: &str| given(args, names, variable);
    match given(&["--lang"], "KAIKAKU_LANG").as_deref() {
        Some("ja") => return Ok(Lang::Ja),
        Some("en") => return Ok(Lang::En),
        _ => {}
    }
    if sys_locale::get_locale().is_some_and(|locale| locale.to_lowercase().starts_with("ja")) {
        return Ok(Lang::Ja);
    }
    let [plan, rev] = [given(&["--plan"], "KAIKAKU_PLAN"), given(&["--rev"], "KAIKAKU_REV")];
    let workspace = match rev {
        None => workspace(args)?,
        // That there is no such revision is told by the command, in some language.
        Some(rev) => {
            let dir = given_path(args, &["-C", "--dir"], "KAIKAKU_DIR");
            env::current_dir().ok().and_then(|cwd| Workspace::find_at(&rev, dir.as_deref(), &cwd, git).ok())
        }
    };
    workspace.map_or(Ok(Lang::En), |workspace| workspace.language(plan.as_deref()))
}

/// What an option says, or else a variable.
fn given(args: &[OsString], names: &[&str], variable: &str) -> Option<String> {
    given_path(args, names, variable).map(|value| value.to_string_lossy().into_owned())
}

/// The same where it names a folder, whose name need be no Unicode.
fn given_path(args: &[OsString], names: &[&str], variable: &str) -> Option<PathBuf> {
    value(args, names).or_else(|| env::var_os(variable)).map(PathBuf::from)
}

/// The value of an option, read before clap does.
fn value(args: &[OsString], names: &[&str]) -> Option<OsString> {
    args.iter().enumerate().find_map(|(at, arg)| {
        let behind = names.iter().find_map(|name| arg.as_encoded_bytes().strip_prefix(name.as_bytes()))?;
        match behind {
            [] => args.get(at + 1).cloned(),
            [b'=', value @ ..] => Some(as_given(value)),
            _ => None,
        }
    })
}

/// A part of an argument as the system had it.
#[cfg(unix)]
fn as_given(bytes: &[u8]) -> OsString {
    std::os::unix::ffi::OsStringExt::from_vec(bytes.to_vec())
}

#[cfg(not(unix))]
fn as_given(bytes: &[u8]) -> OsString {
    String::from_utf8_lossy(bytes).into_owned().into()
}
