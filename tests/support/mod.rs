//! A desk of its own for every test: a temporary home, no environment but what is stated here, a fixed today.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value as Json;
use tempfile::TempDir;

/// Where the shipped plans are.
pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A text without the marks of records (`#3fa9c1`), which follow from what the records say.
#[allow(dead_code, reason = "not every test that shares this file asks for it")]
pub fn without_marks(text: &str) -> String {
    let mut parts = text.split('#');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.as_bytes().get(..6) {
            Some(mark) if mark.iter().all(u8::is_ascii_hexdigit) => plain.push_str(&part[6..]),
            _ => plain.extend(["#", part]),
        }
    }
    plain
}

/// Where a command is run.
pub struct Desk {
    home: TempDir,
    cwd: PathBuf,
}

/// What came of a command.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub bytes: Vec<u8>,
    pub err: String,
}

impl Ran {
    /// Standard output as text.
    pub fn out(&self) -> &str {
        std::str::from_utf8(&self.bytes).expect("stdout is UTF-8")
    }

    /// The command succeeded and had nothing to say.
    pub fn done(self) -> Self {
        assert_eq!((self.code, self.err.as_str()), (0, ""), "{self:?}");
        self
    }

    /// The command ended with this code.
    #[allow(dead_code, reason = "not every test that shares this file asks for it")]
    pub fn code_is(&self, code: i32) {
        assert_eq!(self.code, code, "{self:?}");
    }

    /// The command could not do it: code 2, nothing on stdout.
    pub fn failed(self) -> String {
        assert_eq!((self.code, self.bytes.as_slice()), (2, &b""[..]), "{self:?}");
        self.err
    }
}

impl Desk {
    /// Among the shipped plans, for reading only.
    pub fn shipped() -> Self {
        Self { home: TempDir::new().unwrap(), cwd: repository().to_owned() }
    }

    /// An empty folder.
    pub fn empty() -> Self {
        let home = TempDir::new().unwrap();
        let cwd = home.path().join("work");
        fs::create_dir(&cwd).unwrap();
        Self { home, cwd }
    }

    /// An empty folder in memory where the machine has such: tests that write thousands of times wait for no disk there.
    #[allow(dead_code, reason = "not every test that shares this file asks for it")]
    pub fn in_memory() -> Self {
        let memory = Path::new("/dev/shm");
        let home = if cfg!(unix) && memory.is_dir() { TempDir::new_in(memory) } else { TempDir::new() };
        let home = home.or_else(|_| TempDir::new()).unwrap();
        let cwd = home.path().join("work");
        fs::create_dir(&cwd).unwrap();
        Self { home, cwd }
    }

    /// A copy of the shipped plans.
    pub fn copied() -> Self {
        Self::with_plan(&repository().join("plan"))
    }

    /// A copy of the plan `tests/plans/<name>`.
    pub fn city(name: &str) -> Self {
        Self::with_plan(&repository().join("tests/plans").join(name))
    }

    /// A plan made of these files, by their paths in the plan's folder.
    pub fn plan(files: &[(&str, &str)]) -> Self {
        let desk = Self::empty();
        files.iter().for_each(|(path, text)| desk.write(&format!("plan/{path}"), text));
        desk
    }

    fn with_plan(folder: &Path) -> Self {
        let desk = Self::empty();
        copy(folder, &desk.path("plan"));
        desk
    }

    /// The same desk, standing in another folder.
    pub fn at(mut self, folder: &str) -> Self {
        self.cwd = self.cwd.join(folder);
        self
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.cwd.join(path)
    }

    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn read(&self, path: &str) -> Vec<u8> {
        fs::read(self.path(path)).unwrap()
    }

    /// The text of a file.
    #[allow(dead_code, reason = "not every test that shares this file asks for it")]
    pub fn text(&self, path: &str) -> String {
        String::from_utf8(self.read(path)).unwrap()
    }

    /// Every file here and what it says; the writers' lock aside.
    pub fn files(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut files = Vec::new();
        collect(&self.cwd, &mut files);
        files.sort();
        files
    }

    /// Runs `kaikaku` with arguments that hold no spaces.
    pub fn run(&self, args: &str) -> Ran {
        self.call(&args.split_whitespace().collect::<Vec<_>>())
    }

    /// Runs `kaikaku`.
    pub fn call(&self, args: &[&str]) -> Ran {
        self.with_env(&[], args)
    }

    /// Runs `kaikaku` with more in its environment.
    pub fn with_env(&self, env: &[(&str, &str)], args: &[&str]) -> Ran {
        let Output { status, stdout, stderr } = self.command(env, args).output().unwrap();
        let err = String::from_utf8(stderr).expect("stderr is UTF-8");
        Ran { code: status.code().expect("no signal"), bytes: stdout, err }
    }

    /// The command, ready to be started.
    pub fn command(&self, env: &[(&str, &str)], args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kaikaku"));
        command.args(args).current_dir(&self.cwd).env_clear().stdin(Stdio::null());
        command.env("HOME", self.home.path()).env("LANG", "ja_JP.UTF-8").env("KAIKAKU_TODAY", "2026-11-21");
        command.envs(["SYSTEMROOT", "PATH"].into_iter().filter_map(|name| Some((name, std::env::var_os(name)?))));
        command.envs(env.iter().copied());
        command
    }

    /// Runs git here as 山田 花子, at a moment such as `2025-07-01T09:00:00+0900`; what it says.
    pub fn git(&self, when: &str, args: &[&str]) -> String {
        let mut git = Command::new("git");
        git.args(args).current_dir(&self.cwd).env_clear().env("HOME", self.home.path()).env("GIT_CONFIG_NOSYSTEM", "1");
        git.env("LC_ALL", "C").envs(std::env::var_os("PATH").map(|path| ("PATH", path)));
        for who in ["AUTHOR", "COMMITTER"] {
            git.env(format!("GIT_{who}_NAME"), "山田 花子").env(format!("GIT_{who}_EMAIL"), "hanako@example.jp");
            git.env(format!("GIT_{who}_DATE"), when);
        }
        let Output { status, stdout, stderr } = git.output().unwrap();
        assert!(status.success(), "git {args:?}: {}", String::from_utf8_lossy(&stderr));
        String::from_utf8(stdout).unwrap()
    }

    /// Commits everything here, in a repository that is made where there is none.
    pub fn commit(&self, when: &str, message: &str) {
        if !self.path(".git").exists() {
            self.git(when, &["init", "-q", "-b", "main"]);
        }
        self.git(when, &["add", "--all"]);
        self.git(when, &["commit", "-q", "--allow-empty", "-m", message]);
    }

    /// What a reading command says in JSON.
    pub fn json(&self, args: &str) -> Json {
        let ran = self.run(&format!("{args} --format json")).done();
        serde_json::from_str(ran.out()).expect("JSON")
    }

    /// What a reading command says in CSV: the header and the rows.
    pub fn csv(&self, args: &str) -> Vec<Vec<String>> {
        let ran = self.run(&format!("{args} --format csv --encoding utf-8")).done();
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(ran.bytes.as_slice());
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
    }
}

/// The one object of a list whose `id` this is.
pub fn by_id<'j>(list: &'j Json, id: &str) -> &'j Json {
    list.as_array().unwrap().iter().find(|item| item["id"] == id).unwrap_or_else(|| panic!("no {id} in {list:#}"))
}

/// The ids of a list, in order.
pub fn ids(list: &Json) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap()).collect()
}

/// A number exactly as it is printed in the JSON; `null` is "null".
pub fn exact(json: &Json) -> String {
    json.to_string()
}

/// Text that only a person writing Japanese would have put there.
pub fn japanese(text: &str) -> Vec<&str> {
    let is = |c: char| matches!(c, '\u{3000}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}');
    text.lines().filter(|line| line.chars().any(is)).collect()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn collect(folder: &Path, files: &mut Vec<(PathBuf, Vec<u8>)>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else if !entry.file_name().to_string_lossy().starts_with(".kaikaku") {
            files.push((path.clone(), fs::read(&path).unwrap()));
        }
    }
}
