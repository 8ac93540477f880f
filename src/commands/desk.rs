//! `kaikaku` alone: what is due this week, and a menu that leads through the day's work. It runs the same commands as
//! everybody else and shows each with its arguments, so that people learn them.

mod action;
pub mod given;
mod opinions;
mod papers;

use anyhow::Result;
use clap::Parser;

use self::action::Action;
use super::cli::{Cli, Globals};
use super::form::{self, Form};
use super::{Context, Exit, World, output, usage};
use crate::console;
use crate::failure::Failure;
use crate::render::text::{TextStyle, text};
use crate::text::safe::visible;
use crate::{report, say, source, tr};

/// The desk of one person: where the commands are run, and about which plan.
struct Desk<'c> {
    context: &'c Context,
    form: Form,
    /// The plan that was chosen; `None` for the one that is meant without a word.
    plan: Option<String>,
}

/// Runs it.
///
/// # Errors
/// When there is no terminal to ask at, or no plan.
pub fn run(context: &Context) -> Result<Exit> {
    if !context.world.terminal.asks {
        return Err(without_terminal().into());
    }
    let mut desk = Desk { context, form: Form::new(context.lang()), plan: context.globals.plan.clone() };
    if desk.has_plan() {
        desk.show_agenda()?;
    } else {
        console::say(
            context
                .lang()
                .pick("計画がまだありません。ここで始められます。", "There is no plan here yet; one can be started."),
        );
    }
    loop {
        let actions = desk.actions()?;
        let labels: Vec<&str> = actions.iter().map(|action| action.label(context.lang())).collect();
        let question = say!("何をしますか", "What would you like to do?");
        let action = match desk.form.decide(question, &labels) {
            Ok(place) => actions[place],
            Err(error) if form::is_given_up(&error) => Action::Leave,
            Err(error) => return Err(error),
        };
        if action == Action::Leave {
            return Ok(Exit::Done);
        }
        match desk.act(action) {
            Err(error) if form::is_given_up(&error) => console::say(context.lang().pick("（戻ります）", "(back)")),
            Err(error) => console::complain(&error, context.lang()),
            Ok(()) if action.changes() => desk.show_agenda()?,
            Ok(()) => console::say(""),
        }
    }
}

impl Desk<'_> {
    fn globals(&self) -> Globals {
        let mut globals = self.context.globals.clone();
        globals.plan = self.plan.clone();
        globals
    }

    /// This run about the plan that was chosen.
    fn about(&self) -> Context {
        Context::new(self.context.world.clone(), self.globals())
    }

    /// Shows what is due within a week.
    fn show_agenda(&self) -> Result<()> {
        let context = self.about();
        let opened = context.open_with(&|path| !source::is_closed(path)).map_err(with_a_way_out)?;
        let document = report::desk::agenda(&opened.plan, context.as_of(&opened.plan)?, context.lang());
        let style = TextStyle { width: context.world.terminal.talks, ..output::style(&context) };
        console::say_drawn(&text(&document, &style));
        Ok(())
    }

    /// Whether there is a plan to work with, or at least one that has to be looked at.
    fn has_plan(&self) -> bool {
        let context = self.about();
        context.workspace().and_then(|workspace| context.folder(&workspace).map(drop)).is_ok()
    }

    /// What can be done; another plan only where there are several.
    fn actions(&self) -> Result<Vec<Action>> {
        if !self.has_plan() {
            return Ok(Action::WITHOUT_A_PLAN.into());
        }
        let several = self.context.workspace()?.names.len() > 1;
        Ok(Action::ALL.into_iter().filter(|action| several || *action != Action::Switch).collect())
    }

    /// Runs a command about the plan that was chosen, as if it had been typed, and shows how it would be.
    fn run(&self, words: &[&str]) -> Result<Exit> {
        let plan = self.plan.iter().flat_map(|plan| ["--plan", plan]);
        self.run_as(&words.iter().copied().chain(plan).collect::<Vec<_>>())
    }

    /// Runs a command that says itself which plan it is about.
    fn run_as(&self, words: &[&str]) -> Result<Exit> {
        let command = typed(words);
        console::say(&format!("→ {}", visible(&command)));
        let line = std::iter::once("kaikaku").chain(words.iter().copied());
        let cli = Cli::try_parse_from(line).map_err(|error| usage::explain(&error))?;
        super::run(Cli { globals: self.globals(), ..cli }, World { command, ..self.context.world.clone() })
    }
}

/// A command line as it is typed.
fn typed(words: &[&str]) -> String {
    let quoted = |word: &&str| match word.contains([' ', '　', '"']) || word.is_empty() {
        true => format!("{word:?}"),
        false => (*word).to_owned(),
    };
    std::iter::once("kaikaku".to_owned()).chain(words.iter().map(quoted)).collect::<Vec<_>>().join(" ")
}

/// What somebody who does not know the commands can do where no plan is found.
fn with_a_way_out(error: anyhow::Error) -> anyhow::Error {
    match error.downcast::<Failure>() {
        Ok(failure) => Failure {
            hint: failure.hint.or_else(|| {
                Some(say!(
                    "計画のあるフォルダーで開き直すか、kaikaku init で新しい計画を始めてください",
                    "open it in the folder of the plan, or run `kaikaku init` to start a new one"
                ))
            }),
            ..failure
        }
        .into(),
        Err(error) => error,
    }
}

/// Without a terminal nobody can be asked: the commands that people begin with.
fn without_terminal() -> Failure {
    let lines =
        |texts: [(&str, &str); 4]| texts.map(|(command, what)| format!("  kaikaku {command:<16}{what}")).join("\n");
    let (ja, en) = (
        lines([
            ("status", "進捗状況を見る"),
            ("update", "進捗を記録する"),
            ("report council", "報告書を書く"),
            ("--help", "すべてのコマンドを見る"),
        ]),
        lines([
            ("status", "see where things stand"),
            ("update", "record how an entry stands"),
            ("report council", "write the paper"),
            ("--help", "see every command"),
        ]),
    );
    Failure::new(
        say!("コマンドがありません", "the command is missing"),
        say!(
            "端末で kaikaku とだけ打つと、順に選べます。よく使うコマンド：\n{ja}",
            "in a terminal `kaikaku` alone leads through the work; commands to begin with:\n{en}"
        ),
    )
}

/// Shows that a file is done with and what became of it.
fn point_out(exit: Exit, context: &Context) {
    if exit == Exit::No {
        console::say(&tr!(
            context.lang(),
            "（確かめることが残っています。上の表示を見てください）",
            "(something is left to be looked at; see above)"
        ));
    }
}
