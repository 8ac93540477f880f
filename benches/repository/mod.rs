//! Plans in a repository with two commits, for whatever asks git.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The shipped plans in a repository of their own: the last commit changes a target of `example`.
pub fn shipped() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("shipped");
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    super::plans::copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("plan"), &folder.join("plan"));
    commit(&folder);
    let path = folder.join("plan/example/indicators.toml");
    fs::write(&path, fs::read_to_string(&path).unwrap().replacen("R9 = ", "R9 = 1", 1)).unwrap();
    commit(&folder);
    folder
}

/// Commits whatever is in a folder, of which it makes a repository first where it is none.
pub fn commit(folder: &Path) {
    let run = |args: &[&str]| assert!(git(folder, args).stdout(Stdio::null()).status().unwrap().success(), "{args:?}");
    if !folder.join(".git").exists() {
        run(&["init", "-q"]);
    }
    run(&["add", "--all"]);
    run(&["commit", "-q", "-m", "x"]);
}

/// git in a folder, without the settings of the machine.
pub fn git(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(["-c", "user.name=x", "-c", "user.email=x@example.jp"]).args(args);
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    command
}
