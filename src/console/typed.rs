//! A line while it is typed: what stands before the cursor and behind it, and what each key makes of it.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// What has been typed so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typed {
    /// What stands before the cursor.
    pub before: String,
    /// What stands behind it.
    pub after: String,
}

/// What a key asks for, beside what it does to the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pressed {
    /// To go on.
    Edit,
    /// To take the line.
    Enter,
    /// To give up.
    GiveUp,
}

impl Typed {
    /// A line that is there already, with the cursor at its end.
    pub fn new(text: &str) -> Self {
        let mut typed = Self::default();
        typed.paste(text);
        typed
    }

    /// The whole line.
    pub fn text(&self) -> String {
        format!("{}{}", self.before, self.after)
    }

    /// Puts a text in. Where it has several lines they become one: a line end does not take the line.
    pub fn paste(&mut self, text: &str) {
        let lines = text.split(['\n', '\r']).map(str::trim_end).filter(|line| !line.is_empty());
        let line = lines.collect::<Vec<_>>().join(" ").replace('\t', " ");
        self.before.extend(line.chars().filter(|c| !c.is_control()));
    }

    /// Does what a key asks for.
    pub fn press(&mut self, key: KeyEvent) -> Pressed {
        let with = |modifier| key.modifiers.contains(modifier);
        // AltGr is Ctrl and Alt at once, and types letters.
        let control = with(KeyModifiers::CONTROL) && !with(KeyModifiers::ALT);
        let alt = with(KeyModifiers::ALT) && !with(KeyModifiers::CONTROL);
        match key.code {
            KeyCode::Enter => return Pressed::Enter,
            KeyCode::Esc => return Pressed::GiveUp,
            KeyCode::Backspace if control || alt => self.erase_word(),
            KeyCode::Backspace => {
                self.before.pop();
            }
            KeyCode::Delete if !self.after.is_empty() => {
                self.after.remove(0);
            }
            KeyCode::Home => self.go_to(0),
            KeyCode::End => self.go_to(usize::MAX),
            KeyCode::Left if control || alt => self.go_to(self.word()),
            KeyCode::Left => self.back(),
            KeyCode::Right => self.on(),
            KeyCode::Char(letter) if control => return self.control(letter),
            KeyCode::Char(letter) if !alt && !letter.is_control() => self.before.push(letter),
            _ => {}
        }
        Pressed::Edit
    }

    /// Does what a letter asks for that is typed with Ctrl, as in a shell; what is none of these types nothing.
    fn control(&mut self, letter: char) -> Pressed {
        match letter.to_ascii_lowercase() {
            'c' => return Pressed::GiveUp,
            'd' if self.before.is_empty() && self.after.is_empty() => return Pressed::GiveUp,
            'd' if !self.after.is_empty() => {
                self.after.remove(0);
            }
            'j' | 'm' => return Pressed::Enter,
            'a' => self.go_to(0),
            'e' => self.go_to(usize::MAX),
            'b' => self.back(),
            'f' => self.on(),
            'h' => {
                self.before.pop();
            }
            'k' => self.after.clear(),
            'u' => self.before.clear(),
            'w' => self.erase_word(),
            _ => {}
        }
        Pressed::Edit
    }

    /// Puts the cursor behind so many bytes.
    fn go_to(&mut self, at: usize) {
        let text = self.text();
        let (before, after) = text.split_at(at.min(text.len()));
        (self.before, self.after) = (before.to_owned(), after.to_owned());
    }

    fn back(&mut self) {
        if let Some(letter) = self.before.pop() {
            self.after.insert(0, letter);
        }
    }

    fn on(&mut self) {
        if !self.after.is_empty() {
            self.before.push(self.after.remove(0));
        }
    }

    fn erase_word(&mut self) {
        self.before.truncate(self.word());
    }

    /// Where the word before the cursor begins: signs of one kind, and spaces behind them.
    fn word(&self) -> usize {
        let word = self.before.trim_end();
        let Some(last) = word.chars().next_back().map(kind) else { return 0 };
        word.trim_end_matches(|letter| kind(letter) == last).len()
    }
}

/// Japanese has no spaces between words: signs of one kind are one.
fn kind(letter: char) -> u8 {
    match letter {
        letter if letter.is_whitespace() => 0,
        'ぁ'..='ゖ' => 1,
        'ァ'..='ヺ' | 'ー' => 2,
        letter if letter.is_ascii_alphanumeric() => 3,
        letter if letter.is_alphanumeric() => 4,
        _ => 5,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pressed(text: &str, keys: &[(KeyCode, KeyModifiers)]) -> (String, String) {
        let mut typed = Typed::new(text);
        keys.iter().for_each(|(code, with)| assert_eq!(typed.press(KeyEvent::new(*code, *with)), Pressed::Edit));
        (typed.before, typed.after)
    }

    #[test]
    fn keys_of_a_shell_move_and_erase_and_type_nothing() {
        let (ctrl, none) = (KeyModifiers::CONTROL, KeyModifiers::NONE);
        let control = |letter| (KeyCode::Char(letter), ctrl);
        let plain = |code| (code, none);
        for (keys, before, after) in [
            (vec![control('u')], "", ""),
            (vec![control('a')], "", "窓口の見直し R8"),
            (vec![control('a'), control('k')], "", ""),
            (vec![control('a'), control('e')], "窓口の見直し R8", ""),
            (vec![plain(KeyCode::Home), plain(KeyCode::Right)], "窓", "口の見直し R8"),
            (vec![plain(KeyCode::Home), plain(KeyCode::End), plain(KeyCode::Left)], "窓口の見直し R", "8"),
            (vec![control('w')], "窓口の見直し ", ""),
            (vec![control('w'), control('w'), control('w')], "窓口の", ""),
            (vec![(KeyCode::Backspace, KeyModifiers::ALT)], "窓口の見直し ", ""),
            (vec![control('h'), plain(KeyCode::Backspace)], "窓口の見直し ", ""),
            (vec![control('b'), control('d')], "窓口の見直し R", ""),
            (vec![plain(KeyCode::Left), plain(KeyCode::Delete)], "窓口の見直し R", ""),
            (vec![(KeyCode::Left, ctrl), control('u')], "", "R8"),
            (vec![control('x'), control('t'), control('z'), plain(KeyCode::Tab)], "窓口の見直し R8", ""),
            (
                vec![plain(KeyCode::F(1)), plain(KeyCode::Up), (KeyCode::Char('x'), KeyModifiers::ALT)],
                "窓口の見直し R8",
                "",
            ),
            (vec![(KeyCode::Char('@'), ctrl | KeyModifiers::ALT)], "窓口の見直し R8@", ""),
            (vec![(KeyCode::Char('Ａ'), KeyModifiers::SHIFT)], "窓口の見直し R8Ａ", ""),
        ] {
            let wanted = (before.to_owned(), after.to_owned());
            assert_eq!(pressed("窓口の見直し R8", &keys), wanted, "{keys:?}");
        }
    }

    #[test]
    fn pasted_lines_become_one_and_take_nothing() {
        for (text, wanted) in [
            ("一行目\n二行目", "一行目 二行目"),
            ("一行目\r\n\r\n二行目\r\n", "一行目 二行目"),
            ("表\tの\u{1b}[31m値\u{7}", "表 の[31m値"),
            ("\n", ""),
        ] {
            assert_eq!(Typed::new(text).text(), wanted, "{text:?}");
        }
        let mut typed = Typed { before: "前".into(), after: "後".into() };
        typed.paste("中\n");
        assert_eq!((typed.before.as_str(), typed.after.as_str()), ("前中", "後"));
    }

    #[test]
    fn a_line_is_taken_or_given_up() {
        let end = |text: &str, code, with| Typed::new(text).press(KeyEvent::new(code, with));
        let ctrl = KeyModifiers::CONTROL;
        assert_eq!(end("x", KeyCode::Enter, KeyModifiers::NONE), Pressed::Enter);
        assert_eq!(end("x", KeyCode::Esc, KeyModifiers::NONE), Pressed::GiveUp);
        assert_eq!(end("x", KeyCode::Char('c'), ctrl), Pressed::GiveUp);
        assert_eq!(end("x", KeyCode::Char('d'), ctrl), Pressed::Edit);
        assert_eq!(end("", KeyCode::Char('d'), ctrl), Pressed::GiveUp);
    }
}
