//! Runs what a page shows: every `$ command` of its ```console blocks, in order, in a copy of `plan/` of its own.
//!
//! A block marked `toml` that begins with `# plan/…` is the files of a plan, each behind its path; they are written before what
//! follows is run, as is a block marked `csv` behind a comment that names its file. A line `...` stands for lines left out. A comment `<!-- desk` … `-->` holds commands that its reader has given before
//! (on the page before it, say): they are run, and nothing is shown of them. What a shell would do is done here, as far as
//! the pages need it: `kaikaku`, `cargo run --release --`, `git`, `cat`, `export`, `echo $?`, `sed -i s/a/b/`, and `> file`
//! at the end.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{Read, Seek};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// One command of a page and what it shows.
pub struct Step {
    /// The command, continued lines joined.
    pub command: String,
    /// Whether it stands in a comment, so that nothing is shown of it.
    pub hidden: bool,
    /// The lines shown under it.
    pub shown: Vec<String>,
    /// Where those lines stand in the document, by line from 0.
    pub lines: Range<usize>,
}

/// The commands of every ```console block and of the comments for the desk, in order.
pub fn steps(page: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let (mut inside, mut hidden, mut continued) = (false, false, false);
    for (number, line) in page.lines().enumerate() {
        if line.starts_with("```") || line == "<!-- desk" || (hidden && line == "-->") {
            inside = !inside && ["```console", "<!-- desk"].contains(&line);
            hidden = inside && line == "<!-- desk";
            continued = false;
        } else if inside && (continued || line.starts_with("$ ")) {
            let command = line.strip_prefix("$ ").unwrap_or(line.trim());
            if continued {
                let step = steps.last_mut().unwrap();
                step.command.push_str(command.trim_end_matches('\\'));
                step.lines = number + 1..number + 1;
            } else {
                let command = command.trim_end_matches('\\').to_owned();
                steps.push(Step { command, hidden, shown: Vec::new(), lines: number + 1..number + 1 });
            }
            continued = line.ends_with('\\');
        } else if inside {
            let step = steps.last_mut().expect("a console block begins with a command");
            step.shown.push(line.to_owned());
            step.lines.end = number + 1;
        }
    }
    steps.extend(files(page));
    steps.sort_by_key(|step| step.lines.start);
    for step in &mut steps {
        while step.shown.last().is_some_and(String::is_empty) {
            step.shown.pop();
            step.lines.end -= 1;
        }
    }
    steps
}

/// The files of the `toml` blocks that name them, and of the blocks behind a comment that does (`<!-- file list.csv -->`).
fn files(page: &str) -> Vec<Step> {
    let (mut steps, mut open): (Vec<Step>, Option<bool>) = (Vec::new(), None);
    let step = |path: &str, number: usize| {
        let command = format!("{FILE}{path}\n");
        Step { command, hidden: true, shown: Vec::new(), lines: number + 1..number + 1 }
    };
    for (number, line) in page.lines().enumerate() {
        if let Some(path) = line.strip_prefix("<!-- file ").and_then(|rest| rest.strip_suffix(" -->")) {
            steps.push(step(path, number));
        } else if open.is_none()
            && line.starts_with("```csv")
            && steps.last().is_some_and(|step| step.lines.end.abs_diff(number) < 2)
        {
            open = Some(true);
            continue;
        }
        match (open, line.strip_prefix("# plan/")) {
            (None, _) if line == "```toml" => open = Some(false),
            (Some(_), _) if line == "```" => open = None,
            (Some(_), Some(path)) => {
                open = Some(true);
                steps.push(step(&format!("plan/{path}"), number));
            }
            (Some(true), _) => {
                let step = steps.last_mut().unwrap();
                step.command.push_str(line);
                step.command.push('\n');
            }
            _ => {}
        }
    }
    steps
}

/// What stands before the path of a file that a page shows, and its lines.
const FILE: &str = "file ";

/// A fresh clone of the office's repository, of which every desk gets a copy.
pub struct Clone(Desk);

impl Clone {
    /// The plans of this repository, committed once.
    pub fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let plans = Path::new(env!("CARGO_MANIFEST_DIR")).join("plan");
        copy(&plans, &home.path().join("office/plan"), &|name| !name.ends_with(".md"));
        let mut desk = Desk { home, settings: BTreeMap::new(), status: 0 };
        // Packed and without samples of hooks, so that a copy has few files.
        let commands =
            ["git init -q -b main --template=", "git add --all", "git commit -q -m Clone", "git repack -a -d -q"];
        for command in commands {
            let stated = desk.run(command);
            assert_eq!(desk.status, 0, "git is needed on this machine: {stated}");
        }
        Self(desk)
    }
}

/// Where the commands of one page run.
pub struct Desk {
    home: tempfile::TempDir,
    settings: BTreeMap<String, String>,
    /// The exit code of the last command.
    pub status: i32,
}

impl Desk {
    /// A desk of its own for one page, read in this locale.
    pub fn new(clone: &Clone, locale: &str) -> Self {
        let home = tempfile::tempdir().unwrap();
        copy(clone.0.home.path(), home.path(), &|_| true);
        let settings = [("LANG", locale), ("KAIKAKU_TODAY", "2026-11-21")];
        Self { home, settings: settings.map(|(name, value)| (name.to_owned(), value.to_owned())).into(), status: 0 }
    }

    /// The files and folders that are there by now, by their paths from the top of the clone.
    pub fn paths(&self) -> BTreeSet<String> {
        let (office, mut all) = (self.office(), BTreeSet::new());
        let mut folders = vec![office.clone()];
        while let Some(folder) = folders.pop() {
            for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
                all.insert(path.strip_prefix(&office).unwrap().to_str().unwrap().replace('\\', "/"));
                if path.is_dir() && !path.ends_with(".git") {
                    folders.push(path);
                }
            }
        }
        all
    }

    /// Writes a file that the page shows.
    pub fn write(&self, path: &str, text: &str) {
        let path = self.office().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn office(&self) -> PathBuf {
        self.home.path().join("office")
    }

    /// What the command says on stdout and stderr, in the order it is stated.
    pub fn run(&mut self, command: &str) -> String {
        if let Some((path, text)) = command.strip_prefix(FILE).and_then(|file| file.split_once('\n')) {
            let path = self.office().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
            self.status = 0;
            return String::new();
        }
        let words = words(command);
        let mut words: Vec<&str> = words.iter().map(String::as_str).collect();
        let into = words.iter().position(|word| *word == ">").map(|at| words.drain(at..).nth(1).unwrap());
        let into = into.map(|file| self.office().join(file));
        match words[..] {
            ["export", setting] => {
                let (name, value) = setting.split_once('=').unwrap();
                self.settings.insert(name.to_owned(), value.to_owned());
                String::new()
            }
            ["echo", "$?"] => format!("{}\n", self.status),
            ["cat", file] => fs::read_to_string(self.office().join(file)).unwrap(),
            ["sed", "-i", change, file] => {
                let parts: Vec<&str> = change.split('/').collect();
                let ["s", old, new, ""] = parts[..] else { panic!("{command}: write s/old/new/") };
                let path = self.office().join(file);
                let text = fs::read_to_string(&path).unwrap();
                assert_eq!(text.matches(old).count(), 1, "{command}: `{old}` must stand there once");
                fs::write(&path, text.replace(old, new)).unwrap();
                String::new()
            }
            ["cargo", "run", "--release", "--", ref args @ ..] | ["kaikaku", ref args @ ..] => {
                self.start(env!("CARGO_BIN_EXE_kaikaku"), args, into)
            }
            ["git", ref args @ ..] => self.start("git", args, into),
            _ => panic!("nothing here runs `{command}`"),
        }
    }

    fn start(&mut self, program: &str, args: &[&str], into: Option<PathBuf>) -> String {
        let mut stated = tempfile::tempfile().unwrap();
        let stdout = into.map_or_else(|| stated.try_clone().unwrap(), |path| fs::File::create(path).unwrap());
        let kept = ["PATH", "SystemRoot"].into_iter().filter_map(|name| Some((name, std::env::var_os(name)?)));
        let mut command = Command::new(program);
        command.args(args).current_dir(self.office()).env_clear().envs(kept).envs(&self.settings);
        command.env("HOME", self.home.path());
        if program == "git" {
            let (name, mail, when) = ("Office", "office@example.jp", "2026-11-21T09:00:00+0900");
            command.env("LC_ALL", "C").env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_CONFIG_GLOBAL", "gitconfig");
            command.env("GIT_AUTHOR_NAME", name).env("GIT_AUTHOR_EMAIL", mail).env("GIT_AUTHOR_DATE", when);
            command.env("GIT_COMMITTER_NAME", name).env("GIT_COMMITTER_EMAIL", mail).env("GIT_COMMITTER_DATE", when);
            let quoting = [("KEY_0", "core.quotePath"), ("VALUE_0", "false"), ("KEY_1", "core.autocrlf")];
            command.env("GIT_CONFIG_COUNT", "2").env("GIT_CONFIG_VALUE_1", "false");
            command.envs(quoting.map(|(key, value)| (format!("GIT_CONFIG_{key}"), value)));
        }
        let stderr = stated.try_clone().unwrap();
        let ended = command.stdin(Stdio::null()).stdout(stdout).stderr(stderr).status();
        self.status = ended.unwrap_or_else(|e| panic!("{program}: {e}")).code().unwrap();
        let mut text = String::new();
        stated.rewind().unwrap();
        stated.read_to_string(&mut text).unwrap();
        text
    }
}

/// Copies a folder, of its files those whose name is `wanted`.
fn copy(from: &Path, to: &Path, wanted: &dyn Fn(&str) -> bool) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target, wanted);
        } else if wanted(entry.file_name().to_str().unwrap()) {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// The words of a command line: spaces part them, quotes of either kind keep them together.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut quote) = (vec![String::new()], None);
    for c in line.trim().chars() {
        match quote {
            Some(open) if c == open => quote = None,
            None if c == '"' || c == '\'' => quote = Some(c),
            None if c == ' ' => words.push(String::new()),
            _ => words.last_mut().unwrap().push(c),
        }
    }
    assert_eq!(quote, None, "an open quote in `{line}`");
    words.retain(|word| !word.is_empty());
    words
}

/// What a page leaves out.
const LEFT_OUT: &str = "...";

/// Whether `recorded` is what is shown, with something in the place of every `...`.
pub fn matches(shown: &[String], stated: &[String]) -> bool {
    match shown.split_first() {
        None => stated.is_empty(),
        Some((first, rest)) if first == LEFT_OUT => (0..=stated.len()).any(|skipped| matches(rest, &stated[skipped..])),
        Some((first, rest)) => stated.split_first().is_some_and(|(line, more)| line == first && matches(rest, more)),
    }
}

/// What to show instead: as many lines as before around every `...`, found again by the first word of each stretch.
pub fn renewed(shown: &[String], stated: &[String]) -> Vec<String> {
    let stretches: Vec<&[String]> = shown.split(|line| line == LEFT_OUT).collect();
    if stretches.len() == 1 {
        return stated.to_vec();
    }
    let (mut new, mut from) = (Vec::new(), 0);
    for (i, stretch) in stretches.iter().enumerate() {
        let start = match i {
            0 => 0,
            _ if i == stretches.len() - 1 => stated.len().saturating_sub(stretch.len()).max(from),
            _ => from + place_of(&stretch[0], &stated[from..]),
        };
        let end = (start + stretch.len()).min(stated.len());
        new.extend((i > 0).then(|| LEFT_OUT.to_owned()));
        new.extend_from_slice(&stated[start..end]);
        from = end;
    }
    new
}

fn place_of(line: &str, stated: &[String]) -> usize {
    let first = |line: &str| line.split_whitespace().next().map(str::to_owned);
    let same = stated.iter().position(|other| other == line);
    let alike = || stated.iter().position(|other| first(other) == first(line));
    same.or_else(alike).unwrap_or_else(|| panic!("`{line}` is not stated any more: renew this block by hand"))
}
