//! Command lines.

use std::cell::RefCell;

use kaikaku::commands::{cli, usage};
use kaikaku::lang::Lang;

pub fn arguments(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let args = std::iter::once("kaikaku").chain(text.split('\n').filter(|arg| !arg.is_empty()));
    let args: Vec<&str> = args.take(40).collect();
    thread_local! {
        /// What understands a command line, made once: that takes longer than to understand one.
        static COMMANDS: RefCell<[clap::Command; 2]> = RefCell::new([Lang::Ja, Lang::En].map(cli::command));
    }
    for at in 0..2 {
        let understood = COMMANDS.with_borrow_mut(|commands| commands[at].try_get_matches_from_mut(&args));
        let (Err(error), lang) = (understood, [Lang::Ja, Lang::En][at]) else { continue };
        let failure = usage::explain(&error);
        assert!(!failure.message.text(lang).is_empty() || error.exit_code() == 0, "{args:?}");
    }
}
