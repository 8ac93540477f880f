//! Asking for a line at the terminal, drawn anew at each key, over several rows where it is long.

use std::io::{self, Write};
use std::time::Duration;

use crossterm::cursor::{MoveToColumn, MoveUp};
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste, Event, KeyEventKind, poll, read};
use crossterm::style::{Color, Print, ResetColor, SetForegroundColor};
use crossterm::terminal::{Clear, ClearType, disable_raw_mode, enable_raw_mode, size};
use crossterm::{execute, queue};

use super::typed::{Pressed, Typed};
use crate::text::safe::visible;
use crate::text::width::Ambiguous;

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'q> {
    /// The question.
    pub question: &'q str,
    /// What Enter alone answers.
    pub default: Option<&'q str>,
    /// What stands there already, to be changed.
    pub before: &'q str,
}

/// Asks for a line that `check` accepts; its reasons are shown, and the line stays to be put right. `None` where the
/// person gives up.
///
/// # Errors
/// When the terminal fails.
pub fn line(asked: &Asked<'_>, check: impl Fn(&str) -> Result<(), String>) -> io::Result<Option<String>> {
    let _raw = Raw::begin()?;
    let (mut typed, mut drawn) = (Typed::new(asked.before), Drawn::default());
    let default = asked.default.map(|text| format!(" ({text})")).unwrap_or_default();
    let head = visible(&format!("? {}{default} ", asked.question)).into_owned();
    loop {
        // What is pasted key by key is drawn once.
        if !poll(Duration::ZERO)? {
            drawn.draw(&head, &typed, Color::Green)?;
        }
        let pressed = match read()? {
            Event::Key(key) if key.kind != KeyEventKind::Release => typed.press(key),
            Event::Paste(text) => {
                typed.paste(&text);
                Pressed::Edit
            }
            _ => continue,
        };
        match pressed {
            Pressed::Edit => {}
            Pressed::GiveUp => {
                drawn.end(&head, &typed)?;
                return Ok(None);
            }
            Pressed::Enter => {
                let own = Some(typed.text()).filter(|text| !text.is_empty());
                let text = own.or_else(|| asked.default.map(str::to_owned)).unwrap_or_default();
                match check(&text) {
                    Ok(()) => {
                        drawn.end(&format!("> {} ", visible(asked.question)), &Typed::new(&text))?;
                        return Ok(Some(text));
                    }
                    Err(reason) => drawn.complain(&reason)?,
                }
            }
        }
    }
}

/// A terminal that hands on each key; it is as it was once this goes.
struct Raw;

impl Raw {
    fn begin() -> io::Result<Self> {
        enable_raw_mode()?;
        // An old console does not tell what is pasted from what is typed.
        let _ = execute!(io::stderr(), EnableBracketedPaste);
        Ok(Self)
    }
}

impl Drop for Raw {
    fn drop(&mut self) {
        let _ = execute!(io::stderr(), DisableBracketedPaste);
        let _ = disable_raw_mode();
    }
}

/// What stands on the screen.
#[derive(Default)]
struct Drawn {
    /// In which of its rows the cursor stands.
    row: u16,
}

impl Drawn {
    /// Draws the question and what is typed, in place of what was drawn before.
    fn draw(&mut self, head: &str, typed: &Typed, sign: Color) -> io::Result<()> {
        let columns = size().map_or(80, |(columns, _)| usize::from(columns));
        let (rows, (row, column)) = laid_out([head, &typed.before, &typed.after], columns.saturating_sub(1).max(2));
        let mut err = io::stderr().lock();
        self.clear(&mut err)?;
        let text = rows.join("\r\n");
        let (first, rest) = text.split_at(text.chars().next().map_or(0, char::len_utf8));
        queue!(err, SetForegroundColor(sign), Print(first), ResetColor, Print(rest))?;
        up(&mut err, count(rows.len() - 1 - row))?;
        queue!(err, MoveToColumn(count(column)))?;
        self.row = count(row);
        err.flush()
    }

    /// Draws it for the last time, and goes on under it.
    fn end(&mut self, head: &str, typed: &Typed) -> io::Result<()> {
        let whole = Typed { before: typed.text(), after: String::new() };
        self.draw(head, &whole, Color::Green)?;
        self.row = 0;
        execute!(io::stderr(), Print("\r\n"))
    }

    /// Writes why a line is not taken, in place of the question, which is drawn under it.
    fn complain(&mut self, reason: &str) -> io::Result<()> {
        let reason = format!("# {}", visible(reason));
        self.draw(&reason, &Typed::default(), Color::Red)?;
        self.row = 0;
        execute!(io::stderr(), Print("\r\n"))
    }

    fn clear(&self, err: &mut impl Write) -> io::Result<()> {
        up(err, self.row)?;
        queue!(err, MoveToColumn(0), Clear(ClearType::FromCursorDown))
    }
}

/// Moves up; by no row is a movement of its own to some terminals.
fn up(err: &mut impl Write, rows: u16) -> io::Result<()> {
    if rows > 0 { queue!(err, MoveUp(rows)) } else { Ok(()) }
}

fn count(number: usize) -> u16 {
    u16::try_from(number).unwrap_or(u16::MAX)
}

/// Texts behind each other in rows no wider than `width`, and where the last but one ends: its row and column.
fn laid_out(parts: [&str; 3], width: usize) -> (Vec<String>, (usize, usize)) {
    let (mut rows, mut column, mut at) = (vec![String::new()], 0, (0, 0));
    for (place, part) in parts.into_iter().enumerate() {
        for letter in part.chars() {
            let wide = Ambiguous::Narrow.width(letter.encode_utf8(&mut [0; 4]));
            if column + wide > width {
                rows.push(String::new());
                column = 0;
            }
            column += wide;
            if let Some(row) = rows.last_mut() {
                row.push(letter);
            }
        }
        if place == 1 {
            at = (rows.len() - 1, column);
        }
    }
    (rows, at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_goes_over_rows_and_the_cursor_stands_where_it_was_left() {
        let laid = |parts, width| {
            let (rows, at) = laid_out(parts, width);
            (rows.join("|"), at)
        };
        assert_eq!(laid(["? 実績 ", "", ""], 20), ("? 実績 ".to_owned(), (0, 7)));
        // A wide sign that would reach over the edge begins the next row.
        assert_eq!(laid(["? a ", "窓口の", "改善"], 7), ("? a 窓|口の改|善".to_owned(), (1, 4)));
        assert_eq!(laid(["? a ", "xyz", ""], 7), ("? a xyz".to_owned(), (0, 7)));
        assert_eq!(laid(["", "か\u{3099}", "b"], 7), ("か\u{3099}b".to_owned(), (0, 2)));
    }
}
