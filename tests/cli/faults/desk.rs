//! A plan of a few entries in a folder of its own, and the real program at work on it.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

/// The office's repository: `plan/` with one plan of ten entries.
pub struct Desk {
    home: tempfile::TempDir,
}

/// What a command recorded.
pub struct Ran {
    pub code: Option<i32>,
    pub err: String,
}

impl Desk {
    pub fn new() -> Self {
        let desk = Self { home: tempfile::tempdir().unwrap() };
        fill(&desk.root());
        desk
    }

    pub fn root(&self) -> PathBuf {
        self.home.path().join("work")
    }

    pub fn plan(&self) -> PathBuf {
        self.root().join("plan")
    }

    pub fn records(&self, entry: &str) -> PathBuf {
        self.plan().join(format!("records/{entry}.toml"))
    }

    pub fn command(&self, args: &[&str]) -> Command {
        kaikaku(Path::new(env!("CARGO_BIN_EXE_kaikaku")), &self.root(), args)
    }

    pub fn run(&self, args: &[&str]) -> Ran {
        ran(self.command(args).output().unwrap())
    }

    /// Records what was done.
    pub fn update(&self, entry: &str, done: &str) -> Command {
        self.command(&["update", entry, "--period", "R8Q2", "--done", done])
    }

    /// Everything that was recorded as done, of every entry, and how often. Every file parses.
    pub fn done(&self) -> BTreeMap<String, usize> {
        let mut found = BTreeMap::new();
        for file in fs::read_dir(self.plan().join("records")).into_iter().flatten().map(Result::unwrap) {
            if file.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            let text = fs::read_to_string(file.path()).unwrap();
            let table: toml::Table = toml::from_str(&text).unwrap_or_else(|e| panic!("{:?}: {e}", file.path()));
            for block in table["update"].as_array().unwrap() {
                *found.entry(block["done"].as_str().unwrap().to_owned()).or_default() += 1;
            }
        }
        found
    }

    /// Everything acknowledged is there once; nothing is there that nobody recorded, and nothing twice; `check` agrees.
    pub fn holds(&self, acknowledged: &[String], tried: &[String]) {
        let found = self.done();
        for text in acknowledged {
            assert_eq!(found.get(text), Some(&1), "{text} was acknowledged");
        }
        for (text, times) in &found {
            assert!(*times == 1 && tried.contains(text), "{text} is there {times} times");
        }
        let ran = self.run(&["check"]);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
    }

    /// Every file of the plan that is not the program's own, and what it says.
    pub fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = BTreeMap::new();
        collect(&self.plan(), &mut files);
        files
    }

    /// Holds the plan's lock, as a writer does.
    pub fn lock(&self) -> File {
        let file = File::options().create(true).truncate(false).write(true).open(self.plan().join(".kaikaku.lock"));
        let file = file.unwrap();
        file.lock().unwrap();
        file
    }
}

/// A program in a hermetic world.
pub fn kaikaku(program: &Path, root: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(args).current_dir(root).env_clear().env("KAIKAKU_TODAY", "2026-11-21").env("LANG", "en_US.UTF-8");
    command.envs(std::env::var_os("SYSTEMROOT").map(|folder| ("SYSTEMROOT", folder)));
    command.env("KAIKAKU_LANG", "en").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

pub fn ran(output: Output) -> Ran {
    Ran { code: output.status.code(), err: String::from_utf8(output.stderr).unwrap() }
}

/// What became of a child.
pub fn ended(child: Child) -> Ran {
    ran(child.wait_with_output().unwrap())
}

/// Writes a plan of ten entries into `root/plan`.
pub fn fill(root: &Path) {
    let plan = root.join("plan");
    fs::create_dir_all(plan.join("outline")).unwrap();
    let head =
        "schema = 1\nid = \"x\"\nname = \"計画\"\nperiod = { from = \"R6\", to = \"R9\" }\nlevels = [\"項目\"]\n";
    fs::write(plan.join("plan.toml"), head).unwrap();
    let outline: String = (1..=10).map(|entry| format!("[{entry}]\nname = \"項目{entry}\"\n")).collect();
    fs::write(plan.join("outline/1.toml"), outline).unwrap();
}

fn collect(folder: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else if !entry.file_name().to_string_lossy().starts_with(".kaikaku") {
            files.insert(path.clone(), fs::read(&path).unwrap());
        }
    }
}
