//! The same made-up plan for other tools: a journal for ledger and hledger, a data folder for taskwarrior.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::plans::Size;

/// Another tool on the same plan, where it is installed: what it is called, and what is run.
pub fn installed(size: Size, folder: &Path) -> Vec<(String, Command)> {
    let plan = folder.join("plan");
    let (journal, tasks) = (folder.join("others/plan.journal"), folder.join("others/task"));
    fs::create_dir_all(&tasks).unwrap();
    let updates = updates(&plan);
    assert_eq!(updates.len(), size.entries * size.updates);
    fs::write(&journal, journal_of(&updates)).unwrap();
    fs::write(tasks.join("pending.data"), tasks_of(&updates)).unwrap();
    let settings = tasks.join("taskrc");
    fs::write(&settings, format!("data.location={}\nconfirmation=no\nhooks=off\n", tasks.display())).unwrap();
    let with = |name: &str, args: &[OsString]| {
        let mut command = Command::new(name);
        command.args(args).stdin(Stdio::null()).stderr(Stdio::null());
        let version = Command::new(name).arg("--version").output().ok()?;
        let version = String::from_utf8_lossy(&version.stdout).lines().next().unwrap_or_default().to_owned();
        let number = version.split([' ', ',', '-']).find(|word| word.starts_with(|c: char| c.is_ascii_digit()));
        let what = args.iter().filter_map(|arg| arg.to_str()).find(|arg| ["bal", "count"].contains(arg));
        Some((format!("{name} {} {}", number.unwrap_or_default(), what.unwrap_or_default()), command))
    };
    let balance: [OsString; 5] = ["-f".into(), journal.into(), "bal".into(), "--depth".into(), "3".into()];
    let count: [OsString; 2] = [format!("rc:{}", settings.display()).into(), "count".into()];
    [with("ledger", &balance), with("hledger", &balance), with("task", &count)].into_iter().flatten().collect()
}

/// A record of the plan.
struct Update {
    entry: String,
    recorded: String,
    grade: String,
    done: String,
}

/// The records of a plan, in order of the files.
fn updates(plan: &Path) -> Vec<Update> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(plan.join("records")).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort_unstable();
    let mut all = Vec::new();
    for file in files {
        let entry = file.file_stem().unwrap().to_string_lossy().into_owned();
        let table: toml::Table = toml::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        for update in table.get("update").and_then(toml::Value::as_array).into_iter().flatten() {
            let text = |key: &str| update.get(key).and_then(toml::Value::as_str).unwrap_or_default().to_owned();
            let grade = update["rating"]["progress"].as_str().unwrap().to_owned();
            all.push(Update {
                entry: entry.clone(),
                recorded: update["recorded"].to_string(),
                grade,
                done: text("done"),
            });
        }
    }
    all
}

/// A transaction each: one update of the entry, in the account of its policy, measure, entry and grade.
fn journal_of(updates: &[Update]) -> String {
    let mut text = String::new();
    for Update { entry, recorded, grade, done } in updates {
        let account = entry.replace('-', ":");
        let done = if done.is_empty() { "更新" } else { done };
        let _ = write!(text, "{recorded} {done}\n    plan:{account}:{grade}    1\n    updates\n\n");
    }
    text
}

/// A task each, of the entry's project, tagged by its grade.
fn tasks_of(updates: &[Update]) -> String {
    let mut text = String::new();
    for (at, Update { entry, recorded, grade, done }) in updates.iter().enumerate() {
        let done = if done.is_empty() { "更新" } else { done };
        let (project, tag) = (entry.replace('-', "."), grade.replace('-', "_"));
        let _ = writeln!(
            text,
            "[description:\"{recorded} {done}\" entry:\"1759449600\" modified:\"1759449600\" project:\"{project}\" \
             status:\"pending\" tags:\"{tag}\" uuid:\"00000000-0000-4000-8000-{at:012x}\"]"
        );
    }
    text
}
