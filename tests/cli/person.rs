//! A person at a terminal. It is made by `script`.

use std::io::{Read, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use crate::support::Desk;

/// A person at a terminal.
pub struct Person {
    child: Child,
    keys: ChildStdin,
    screen: Arc<Mutex<String>>,
    read: usize,
    typed: usize,
}

impl Person {
    /// Starts `kaikaku` in a terminal of its own; `None` where there is no `script` to make one.
    pub fn starts(desk: &Desk, args: &str) -> Option<Self> {
        Self::starts_on(desk, 100, args)
    }

    /// The same on a terminal of so many columns.
    pub fn starts_on(desk: &Desk, columns: usize, args: &str) -> Option<Self> {
        if !cfg!(target_os = "linux") || Command::new("script").arg("--version").output().is_err() {
            let _ = std::io::stderr().write_all(b"skipped: there is no `script` to make a terminal\n");
            return None;
        }
        let line = format!("stty cols {columns} rows 30; exec '{}' {args}", env!("CARGO_BIN_EXE_kaikaku"));
        let plain = desk.command(&[("TERM", "xterm"), ("SHELL", "/bin/sh")], &[]);
        let mut command = Command::new("script");
        command.args(["-qec", &line, "/dev/null"]).env_clear().stdin(Stdio::piped()).stdout(Stdio::piped());
        command.envs(plain.get_envs().filter_map(|(name, value)| Some((name, value?))));
        command.current_dir(plain.get_current_dir().unwrap());
        let mut child = command.spawn().unwrap();
        let (keys, mut out) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let screen = Arc::new(Mutex::new(String::new()));
        let shown = Arc::clone(&screen);
        thread::spawn(move || {
            let mut buffer = [0; 4096];
            let mut bytes = Vec::new();
            while let Ok(n @ 1..) = out.read(&mut buffer) {
                bytes.extend_from_slice(&buffer[..n]);
                *shown.lock().unwrap() = String::from_utf8_lossy(&bytes).into_owned();
            }
        });
        Some(Self { child, keys, screen, read: 0, typed: 0 })
    }

    /// Everything that was shown so far, with the codes of the terminal.
    pub fn screen(&self) -> String {
        self.screen.lock().unwrap().clone()
    }

    /// Waits for a question.
    pub fn sees(&mut self, text: &str) -> &mut Self {
        let begun = Instant::now();
        loop {
            let screen = self.screen.lock().unwrap().clone();
            if let Some(at) = screen.get(self.read..).and_then(|rest| rest.find(text)) {
                self.read += at + text.len();
                return self;
            }
            assert!(begun.elapsed() < Duration::from_secs(20), "no {text:?} in {screen:?}");
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// Types keys.
    pub fn types(&mut self, text: &str) -> &mut Self {
        // The question is on the screen a moment before its keys are read.
        thread::sleep(Duration::from_millis(30));
        self.keys.write_all(text.as_bytes()).unwrap();
        self.keys.flush().unwrap();
        let is_choice = text.trim_start_matches("\u{1b}[B") == "\r" || text.chars().all(char::is_control);
        self.typed += usize::from(!is_choice);
        self
    }

    /// How many answers had to be typed: Enter, arrows and Ctrl-C take what stands there.
    pub fn typed(&self) -> usize {
        self.typed
    }

    /// Waits for the end, and gives everything that was shown.
    pub fn ended(mut self) -> String {
        self.child.wait().unwrap();
        // What is read last comes a moment after the end.
        let (mut seen, mut quiet) = (0, 0);
        while quiet < 4 {
            thread::sleep(Duration::from_millis(25));
            let now = self.screen.lock().unwrap().len();
            quiet = if now == seen { quiet + 1 } else { 0 };
            seen = now;
        }
        self.screen()
    }

    /// Waits for the end, and gives the exit code.
    pub fn ends(mut self) -> i32 {
        let code = self.child.wait().unwrap().code().unwrap();
        let screen = self.screen();
        // The mark that stands for an unseen escape: colours are drawn, not written out.
        assert!(!screen.contains('␛'), "{screen}");
        code
    }
}
