//! A period is named the same way everywhere: `--period`, `--as-of` and the period alone stand for each other where only one
//! of them can be meant.

use std::ffi::OsString;

use chrono::NaiveDate;
use clap::error::{ContextKind, ContextValue, Error, ErrorKind};
use clap::parser::ValueSource;
use clap::{ArgMatches, Command};

use crate::plan::period::Period;

const PERIOD: &str = "--period";
const AS_OF: &str = "--as-of";

/// The command line as it was meant, where clap refuses it for the word by which it names a period.
pub fn meant(args: &[OsString], error: &Error, command: &Command, today: NaiveDate) -> Option<Vec<OsString>> {
    if error.kind() != ErrorKind::UnknownArgument {
        return None;
    }
    let Some(ContextValue::String(word)) = error.get(ContextKind::InvalidArg) else { return None };
    if word == PERIOD {
        return renamed(args, PERIOD, AS_OF);
    }
    Period::parse_near(word, today).ok()?;
    let option = if takes_period(args, command) { PERIOD } else { AS_OF };
    let at = args.iter().rposition(|arg| arg.to_str() == Some(word)).filter(|_| given(args, option).is_none())?;
    let mut args = args.to_vec();
    args.insert(at, option.into());
    Some(args)
}

/// The command line of a record whose period was named by `--as-of`: as of when it is known is no question there.
pub fn recorded(args: &[OsString], matches: &ArgMatches) -> Option<Vec<OsString>> {
    let (name, of_command) = matches.subcommand()?;
    let records = matches!(name, "update" | "measure") && !of_command.contains_id("period");
    let typed = of_command.value_source("as_of") == Some(ValueSource::CommandLine);
    if records && typed { renamed(args, AS_OF, PERIOD) } else { None }
}

/// Whether the command has an option of its own for the period.
fn takes_period(args: &[OsString], command: &Command) -> bool {
    let words = args.iter().skip(1).filter_map(|arg| arg.to_str());
    let named = words.fold(command, |command, word| command.find_subcommand(word).unwrap_or(command));
    named.get_arguments().any(|arg| arg.get_long() == Some("period"))
}

/// Where an option stands.
fn given(args: &[OsString], option: &str) -> Option<usize> {
    let is_option = |text: &str| text.strip_prefix(option).is_some_and(|rest| rest.is_empty() || rest.starts_with('='));
    args.iter().position(|arg| arg.to_str().is_some_and(is_option))
}

/// The command line with one option for the other, unless both are given.
fn renamed(args: &[OsString], from: &str, to: &str) -> Option<Vec<OsString>> {
    let at = given(args, from).filter(|_| given(args, to).is_none())?;
    let rest = args[at].to_str()?.strip_prefix(from)?;
    let mut renamed = args.to_vec();
    renamed[at] = format!("{to}{rest}").into();
    Some(renamed)
}
