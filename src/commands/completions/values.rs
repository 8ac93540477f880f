//! What may stand in the place of each argument: ids, names, grades, periods and plans, as the plan itself has them.

use std::ffi::OsStr;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use clap::{Arg, Command};
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};

use crate::lang::Say;
use crate::plan::opinion::{Body, OpinionKind, ResponseState};
use crate::plan::period::Period;
use crate::source::Snapshot;
use crate::source::names::{Name, Names, holds_names};
use crate::source::workspace::Workspace;

/// Which plan a command line is about, as far as it is typed.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Where it is typed.
    pub cwd: PathBuf,
    /// What it says by `--dir`, or the environment does.
    pub dir: Option<PathBuf>,
    /// What it says by `--plan`, or the environment does.
    pub plan: Option<String>,
}

/// What each kind of argument may be.
type Kind = fn(&Known) -> Vec<Candidate>;

/// What is known of the plan, read when it is first asked for.
struct Known {
    asked: Asked,
    names: OnceLock<Names>,
}

/// A word that may stand there, and what it means.
struct Candidate {
    word: String,
    means: Option<String>,
    /// Whether it is offered only to who begins to type it.
    only_begun: bool,
}

/// The command line, each argument of which knows what it may be.
pub fn completed(command: Command, asked: Asked) -> Command {
    let known = Arc::new(Known { asked, names: OnceLock::new() });
    with_values(command, &known, None)
}

/// `top` is the command under which it stands.
fn with_values(command: Command, known: &Arc<Known>, top: Option<&str>) -> Command {
    let command = command.mut_args(|arg| match kind(&arg, top) {
        None => arg,
        Some(kind) => {
            let known = Arc::clone(known);
            arg.add(ArgValueCompleter::new(move |begun: &OsStr| offered(kind(&known), begun)))
        }
    });
    let names: Vec<String> = command.get_subcommands().map(|c| c.get_name().to_owned()).collect();
    names.into_iter().fold(command, |command, name| {
        let top = top.unwrap_or(&name).to_owned();
        command.mut_subcommand(name, |c| with_values(c, known, Some(&top)))
    })
}

/// What an argument may be, by what its help calls it.
fn kind(arg: &Arg, top: Option<&str>) -> Option<Kind> {
    let value = arg.get_value_names()?.first()?.as_str();
    Some(match value {
        _ if arg.get_id() == "plan" => plans,
        _ if arg.get_id() == "as_of" => |known| periods(known.names()),
        "ID" | "FIGURE" | "OLD" => |known| both(&known.names().entries, &known.names().indicators),
        "INDICATOR" => |known| named(&known.names().indicators),
        "OWNER" => |known| named(&known.names().owners),
        "WHO" => |known| called(&known.names().owners),
        "SOURCE" => |known| named(&known.names().sources),
        "GRADE" => |known| named(&known.names().grades),
        "SCALE" => |known| named(&known.names().scales),
        "EVALUATOR" => |known| named(&known.names().evaluators),
        "OPINION" => |known| called_by_id(&known.names().opinions),
        "MEETING" => |known| named(&known.names().meetings),
        "STATE" => |_| words(&ResponseState::ALL, ResponseState::say),
        "BODY" => |_| words(&Body::ALL, Body::say),
        "KIND" if top == Some("opinion") => |_| words(&OpinionKind::ALL, OpinionKind::say),
        "LEVEL" => |known| called(&known.names().levels),
        "PERIOD" => |known| periods(known.names()),
        _ => return None,
    })
}

/// Those of the words that begin as is typed.
fn offered(all: Vec<Candidate>, begun: &OsStr) -> Vec<CompletionCandidate> {
    let begun = begun.to_string_lossy();
    let mut met = std::collections::HashSet::new();
    let fits = |one: &Candidate| one.word.starts_with(&*begun) && !(begun.is_empty() && one.only_begun);
    let fitting = all.into_iter().filter(fits).filter(|one| met.insert(one.word.clone()));
    fitting.map(|one| CompletionCandidate::new(one.word).help(one.means.map(Into::into))).collect()
}

/// Ids with their names, and names for who types one.
fn named(names: &[Name]) -> Vec<Candidate> {
    let by_id = names
        .iter()
        .filter_map(|name| Some(Candidate { word: name.id.clone()?, means: name.name.clone(), only_begun: false }));
    let by_name = called(names).into_iter().map(|one| Candidate { only_begun: true, ..one });
    by_id.chain(by_name).filter(|one| is_one_word(&one.word)).collect()
}

/// Ids alone: what they mean is no name.
fn called_by_id(names: &[Name]) -> Vec<Candidate> {
    named(names).into_iter().filter(|one| !one.only_begun).collect()
}

/// The words of a list, each by its key with what people call it, and so for who types that.
fn words<T: Copy>(all: &[(&str, T)], say: fn(T) -> Say) -> Vec<Candidate> {
    let name = |(key, one): &(&str, T)| Name { id: Some((*key).to_owned()), name: Some(say(*one).ja) };
    named(&all.iter().map(name).collect::<Vec<_>>())
}

fn both(one: &[Name], other: &[Name]) -> Vec<Candidate> {
    named(one).into_iter().chain(named(other)).collect()
}

/// Names, with their ids.
fn called(names: &[Name]) -> Vec<Candidate> {
    let by_name = |name: &Name| Some(Candidate { word: name.name.clone()?, means: name.id.clone(), only_begun: false });
    names.iter().filter_map(by_name).filter(|one| is_one_word(&one.word)).collect()
}

/// Whether every shell takes it for one word as it stands.
fn is_one_word(word: &str) -> bool {
    !word.chars().any(|c| c.is_whitespace() || c.is_control() || (c.is_ascii_punctuation() && !"-_.,:/%+@".contains(c)))
}

fn periods(names: &Names) -> Vec<Candidate> {
    let candidate = |period: &Period| Candidate { word: period.to_string(), means: None, only_begun: false };
    names.periods.iter().map(candidate).collect()
}

fn plans(known: &Known) -> Vec<Candidate> {
    let names = known.workspace().map(|workspace| workspace.names).unwrap_or_default();
    names.into_iter().map(|word| Candidate { word, means: None, only_begun: false }).collect()
}

impl Known {
    fn workspace(&self) -> Option<Workspace> {
        Workspace::find(self.asked.dir.as_deref(), &self.asked.cwd).ok()
    }

    /// The names of the plan; none where there is no plan, which is no moment to say so.
    fn names(&self) -> &Names {
        self.names.get_or_init(|| {
            let read = || {
                let folder = self.workspace()?.plan(self.asked.plan.as_deref()).ok()?;
                Some(Names::of(&Snapshot::of_folder(&folder.path, folder.shown, &|path| holds_names(path))))
            };
            read().unwrap_or_default()
        })
    }
}
