//! `kaikaku completions`: the shell learns to complete a command line, and asks the program what may stand in a place.

mod values;

use std::ffi::{OsStr, OsString};

use anyhow::Result;
use clap::{Args, ValueEnum};
use clap_complete::env::{Bash, EnvCompleter, Fish, Powershell, Zsh};

use super::{Context, Exit, cli};
use crate::console;
use crate::failure::Failure;
use crate::lang::Lang;
use crate::say;
pub use values::Asked;

/// The variable by which a shell asks: its name stands in it, and the words of the command line behind `--`.
pub const VARIABLE: &str = "KAIKAKU_COMPLETE";

/// The shell learns to complete a command line.
#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// どのシェルか || Which shell
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Shell {
    Bash,
    Zsh,
    Fish,
    Powershell,
}

impl Shell {
    fn completer(self) -> &'static dyn EnvCompleter {
        match self {
            Self::Bash => &Bash,
            Self::Zsh => &Zsh,
            Self::Fish => &Fish,
            Self::Powershell => &Powershell,
        }
    }
}

/// Runs it: prints what the shell is to read when it starts.
///
/// # Errors
/// When stdout cannot be written.
pub fn run(context: &Context, args: &CompletionsArgs) -> Result<Exit> {
    let world = &context.world;
    // Found by its name it may be moved; called by a path it is found there alone, wherever the shell stands.
    let program = if world.called.components().count() == 1 { &world.called } else { &world.program };
    let mut script = Vec::new();
    let completer = args.shell.completer();
    completer.write_registration(VARIABLE, "kaikaku", "kaikaku", &program.to_string_lossy(), &mut script)?;
    if matches!(args.shell, Shell::Powershell) {
        script = in_utf8(&String::from_utf8_lossy(&script)).into_bytes();
    }
    console::write(&script)?;
    Ok(Exit::Done)
}

/// PowerShell 5 takes what a program prints for the code page of the console, in which Japanese names come out garbled.
fn in_utf8(script: &str) -> String {
    let ask = "    $results = Invoke-Expression";
    let (begin, end) = (
        "    $encoding = [Console]::OutputEncoding;\n    [Console]::OutputEncoding = [Text.Encoding]::UTF8;\n",
        "\"@;\n    [Console]::OutputEncoding = $encoding;\n",
    );
    script.replace(ask, &format!("{begin}{ask}")).replacen("\"@;\n", end, 1)
}

/// Answers a shell: what may stand where its cursor is. `words` are those of its command line, the program's name first.
///
/// # Errors
/// When the shell is none that is known, or stdout cannot be written.
pub fn answer(shell: &OsStr, words: Vec<OsString>, asked: Asked, lang: Lang) -> Result<Exit> {
    let name = shell.to_string_lossy();
    let known = Shell::value_variants().iter().find(|known| known.completer().is(&name));
    let known = known.ok_or_else(|| {
        Failure::new(
            say!("{VARIABLE} の「{name}」というシェルはありません", "{VARIABLE}: there is no shell `{name}`"),
            say!(
                "kaikaku completions が出力した設定を使ってください",
                "use what `kaikaku completions` prints for your shell"
            ),
        )
    })?;
    let mut answer = Vec::new();
    if !words.is_empty() {
        let cwd = asked.cwd.clone();
        let mut command = values::completed(cli::command(lang), asked);
        known.completer().write_complete(&mut command, words, Some(&cwd), &mut answer)?;
    }
    console::write(&answer)?;
    Ok(Exit::Done)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powershell_reads_names_as_utf8_and_is_left_as_it_was() {
        let mut script = Vec::new();
        Powershell.write_registration(VARIABLE, "kaikaku", "kaikaku", "kaikaku", &mut script).unwrap();
        let script = in_utf8(std::str::from_utf8(&script).unwrap());
        let places =
            ["::OutputEncoding;", "= [Text.Encoding]::UTF8;", "Invoke-Expression", "= $encoding;", "$results |"]
                .map(|text| script.find(text).unwrap());
        assert!(places.is_sorted(), "{script}");
    }
}
