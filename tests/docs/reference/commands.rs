//! `commands.md`: every command with its arguments, as clap knows them.

use clap::{Arg, Command};
use kaikaku::commands::cli;
use kaikaku::lang::Lang;

use super::page::{code, compare, table};

#[test]
fn the_page_of_commands_is_that_of_clap() {
    compare("commands", page);
}

fn page(lang: Lang) -> String {
    let mut whole = cli::command(lang);
    whole.build();
    let lead = lang.pick(
        "# コマンド\n\n\
         すべてのコマンドと、その引数です。`kaikaku コマンド --help` も同じことを示します。説明の末尾に `[$…]` とあるものは、その\
         環境変数でも指定できます。\n\n\
         終了コードは、問いへの答えが「はい」なら 0、「いいえ」なら 1（点検のエラー、期限切れ、違いなど）、実行できなければ 2 です。\n\n",
        "# Commands\n\n\
         Every command with its arguments, as `kaikaku COMMAND --help` prints them. A setting that always holds can be \
         given by an environment variable, which stands as `[$…]` at the end of its line.\n\n\
         A command exits with 0 when it is done and the answer is yes, 1 when the answer is no (errors found, reports \
         overdue, revisions that differ), 2 when it could not do it.\n\n",
    );
    let heading = lang.pick("## 共通のオプション\n\n", "## Global options\n\n");
    let globals = arguments(whole.get_arguments().filter(|arg| arg.is_global_set() || is_version(arg)), lang);
    let sections: String = visible(&whole).map(|command| section(command, 2, lang)).collect();
    format!("{lead}{}{heading}{globals}{}\n", index(&whole, lang), sections.trim_end())
}

/// `--version` belongs to the program alone, and is reported with what belongs to all.
fn is_version(arg: &Arg) -> bool {
    arg.get_id() == "version"
}

fn visible(command: &Command) -> impl Iterator<Item = &Command> {
    command.get_subcommands().filter(|command| !command.is_hide_set())
}

/// The commands by name, one line each.
fn index(command: &Command, lang: Lang) -> String {
    let row = |command: &Command| {
        let anchor = full_name(command).replace(' ', "-");
        [format!("[`{}`](#{anchor})", command.get_name()), about(command)]
    };
    table(lang.pick(["コマンド", "内容"], ["Command", "What it does"]), visible(command).map(row))
}

/// A command, then those below it.
fn section(command: &Command, depth: usize, lang: Lang) -> String {
    let (marks, name, about) = ("#".repeat(depth), full_name(command), about(command));
    let usage = command.clone().render_usage().to_string();
    let usage = cli::page(&usage, None, lang);
    let usage = usage.split_once(": ").map_or(usage.as_str(), |(_, usage)| usage).trim_end();
    let own = arguments(command.get_arguments().filter(|arg| !arg.is_global_set()), lang);
    let below: String = visible(command).map(|command| section(command, depth + 1, lang)).collect();
    format!("{marks} {name}\n\n{about}\n\n{}{own}{below}", code("text", usage))
}

fn full_name(command: &Command) -> String {
    command.get_bin_name().unwrap_or_else(|| command.get_name()).to_owned()
}

fn about(command: &Command) -> String {
    command.get_about().map(ToString::to_string).unwrap_or_default()
}

fn arguments<'c>(arguments: impl Iterator<Item = &'c Arg>, lang: Lang) -> String {
    let row = |arg: &Arg| [format!("`{}`", written(arg)), arg.get_help().map(ToString::to_string).unwrap_or_default()];
    let rows: Vec<_> = arguments.map(row).collect();
    if rows.is_empty() { String::new() } else { table(lang.pick(["引数", "意味"], ["Argument", "Meaning"]), rows) }
}

/// `-o, --output <FILE>`.
fn written(arg: &Arg) -> String {
    match arg.get_short().filter(|_| arg.get_long().is_some()) {
        Some(short) => format!("-{short}, {arg}"),
        None => arg.to_string(),
    }
}
