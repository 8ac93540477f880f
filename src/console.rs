//! The only place that prints: stdout for the product, stderr for the talk.

mod line;
mod typed;

use std::io::{self, IsTerminal, Write};

pub use self::line::{Asked, line};
use crate::failure::{Failure, Unsure, trouble};
use crate::lang::Lang;
use crate::text::safe::visible;

/// What is known of the terminal.
#[derive(Debug, Clone, Copy)]
pub struct Terminal {
    /// Columns of stdout; `None` when it is no terminal.
    pub columns: Option<usize>,
    /// Columns of stderr; `None` when it is no terminal.
    pub talks: Option<usize>,
    /// Whether a person can be asked.
    pub asks: bool,
    /// Lines of stdout, where a person who sees it can be asked to go on.
    pub lines: Option<usize>,
}

impl Terminal {
    /// Looks at the three streams.
    pub fn look() -> Self {
        let (out, err) = (io::stdout(), io::stderr());
        let columns = out.is_terminal().then(|| terminal_size::terminal_size_of(&out)).flatten();
        let talks = err.is_terminal().then(|| terminal_size::terminal_size_of(&err)).flatten();
        let asks = io::stdin().is_terminal() && err.is_terminal();
        Self {
            columns: columns.map(|(w, _)| w.0.into()),
            talks: talks.map(|(w, _)| w.0.into()),
            asks,
            lines: columns.filter(|_| asks).map(|(_, h)| h.0.into()),
        }
    }
}

/// Writes to stdout. A reader that has gone away (`| head`) is no error.
///
/// # Errors
/// When stdout cannot be written for another reason.
pub fn write(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

/// How many bytes are written to stdout at once, at least.
const AT_ONCE: usize = 64 * 1024;

/// Writes to stdout what comes piece by piece. As [`write()`].
///
/// # Errors
/// When stdout cannot be written.
pub fn write_pieces(make: impl FnOnce(&mut dyn FnMut(&str) -> io::Result<()>) -> io::Result<()>) -> io::Result<()> {
    let mut out = io::BufWriter::with_capacity(AT_ONCE, io::stdout().lock());
    let made = make(&mut |piece| out.write_all(piece.as_bytes()));
    match made.and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

/// Writes a line to stderr, everything unseen in it made visible. A closed stderr is not an error.
pub fn say(text: &str) {
    let mut err = io::stderr().lock();
    let _ = err.write_all(visible(text).as_bytes()).and_then(|()| err.write_all(b"\n"));
}

/// Writes what was drawn to stderr, an excerpt or a table, whose colours are its own: its words are visible already.
pub fn say_drawn(drawn: &str) {
    let mut err = io::stderr().lock();
    let _ = err.write_all(drawn.as_bytes()).and_then(|()| err.write_all(b"\n"));
}

/// Writes words to stdout, everything unseen in them made visible. As [`write()`], which is for what a format has made.
///
/// # Errors
/// When stdout cannot be written.
pub fn write_words(words: &str) -> io::Result<()> {
    write(visible(words).as_bytes())
}

/// Writes a long text screen by screen, where a person looks at it: Enter goes on, q and Enter end it. As [`write()`].
///
/// # Errors
/// When stdout cannot be written.
pub fn write_by_screens(text: &str, lang: Lang) -> io::Result<()> {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    // One line is for the question.
    let screen = Terminal::look().lines.map_or(usize::MAX, |lines| lines.saturating_sub(1).max(1));
    let mut screens = lines.chunks(screen.min(lines.len().max(1))).peekable();
    while let Some(screen) = screens.next() {
        write(screen.concat().as_bytes())?;
        if screens.peek().is_some() && !goes_on(lang) {
            break;
        }
    }
    Ok(())
}

/// Asks whether the next screen is wanted, on a line that the screen overwrites.
fn goes_on(lang: Lang) -> bool {
    let question = lang.pick("（Enter で続き、q と Enter で終わり）", "(Enter goes on, q and Enter end)");
    let mut err = io::stderr().lock();
    let _ = write!(err, "{question}").and_then(|()| err.flush());
    let mut said = String::new();
    // Where nothing can be read there is nobody who would wait.
    let read = io::stdin().read_line(&mut said).unwrap_or(0);
    // Up to the question, and all of it away.
    let erased = if shows_colors() { "\x1b[A\x1b[2K" } else { "" };
    let _ = write!(err, "{erased}").and_then(|()| err.flush());
    read > 0 && !matches!(said.trim(), "q" | "Q" | "ｑ")
}

/// Says how far something is, on one line of stderr that the next word of it overwrites.
pub fn progress(text: &str, last: bool) {
    let mut err = io::stderr().lock();
    let end = if last { "\n" } else { "" };
    let _ = write!(err, "\r{text}{end}").and_then(|()| err.flush());
}

/// Whether escapes colour what is written. The old console of Windows shows them only once it is told to.
pub fn shows_colors() -> bool {
    #[cfg(windows)]
    return anstyle_query::windows::enable_ansi_colors().unwrap_or(true);
    #[cfg(not(windows))]
    true
}

/// Waits for Enter, where a person sits there: the window would vanish before its text is read.
pub fn hold_open(lang: Lang) {
    if Terminal::look().asks {
        say(lang.pick("\nEnter キーを押すと、この画面を閉じます。", "\nPress Enter to close this window."));
        // Where nothing can be read there is nobody to wait for.
        let _ = io::stdin().read_line(&mut String::new());
    }
}

/// Says why a command could not do it.
pub fn complain(error: &anyhow::Error, lang: Lang) {
    let label = lang.pick("エラー", "error");
    match failure(error) {
        Some(Failure { message, hint }) => {
            say(&format!("{label}: {}", visible(message.text(lang))));
            if let Some(hint) = hint {
                say(&format!("{}: {}", lang.pick("対処", "help"), visible(hint.text(lang))));
            }
        }
        None => say(&format!("{label}: {}", reason(error, lang))),
    }
}

/// Why something was not done, or is not certain to last.
fn failure(error: &anyhow::Error) -> Option<&Failure> {
    error.downcast_ref().or_else(|| error.downcast_ref::<Unsure>().map(|Unsure(why)| why))
}

/// What is wrong, in one sentence.
pub fn reason(error: &anyhow::Error, lang: Lang) -> String {
    let text = match (failure(error), error.downcast_ref::<io::Error>()) {
        (Some(failure), _) => failure.message.text(lang).to_owned(),
        // Whatever else the system refuses is a failure already.
        (None, Some(error)) => {
            let why = trouble(error).0;
            let why = why.text(lang);
            format!("{}{why}{}", lang.pick("出力できません（", "cannot print ("), lang.pick("）", ")"))
        }
        (None, None) => format!("{error:#}"),
    };
    visible(&text).into_owned()
}
