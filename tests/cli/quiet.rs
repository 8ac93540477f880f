//! A repository may be somebody else's: whatever its settings say, reading a plan starts no program of theirs.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use crate::support::Desk;

const DAY: &str = "2026-11-01T09:00:00+0900";

/// What is asked of a plan, and closing it, which asks git whether it is committed.
const COMMANDS: [&str; 12] = [
    "status --plan example",
    "diff --plan example HEAD~1..HEAD",
    "diff --plan example HEAD",
    "blame 1-1-1 --plan example",
    "history 1-1-1 --plan example",
    "explain 1-1-1 --plan example",
    "log --plan example",
    "check --plan example",
    "report council --as-of R8Q1 --plan example",
    "status --rev HEAD~1 --plan example",
    "undo --dry-run --plan example",
    "close R8Q1 --dry-run --plan example",
];

/// A plan in a repository, where a program waits that leaves a sign when it is started.
struct Trap {
    desk: Desk,
    program: PathBuf,
    sign: PathBuf,
}

impl Trap {
    fn new() -> Self {
        let desk = Desk::copied();
        desk.commit("2026-10-01T09:00:00+0900", "計画");
        desk.write("plan/example/sources.toml", [&desk.read("plan/example/sources.toml")[..], b"\n# x\n"].concat());
        desk.commit(DAY, "資料");
        let (program, sign) = (desk.path("canary"), desk.path("sign"));
        fs::write(&program, format!("#!/bin/sh\ntouch '{}'\n", sign.display())).unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        // A file whose text is not what git remembers of it: to compare it, git would filter it.
        let text = String::from_utf8(desk.read("plan/example/sources.toml")).unwrap();
        desk.write("plan/example/sources.toml", text.replace("\n# x\n", "\n# y\n"));
        Self { desk, program, sign }
    }

    fn set(&self, key: &str, value: &str) {
        self.desk.git(DAY, &["config", key, value]);
    }

    /// Whether the program was started since this was last asked.
    fn is_sprung(&self) -> bool {
        fs::remove_file(&self.sign).is_ok()
    }

    /// Every command is asked, and nothing is started.
    fn stays_quiet(&self, what: &str) {
        for command in COMMANDS {
            let ran = self.desk.run(command);
            assert!(!self.is_sprung(), "{what}: `{command}` started a program: {ran:?}");
        }
        let closed = self.desk.run("close R8Q1 --lang en --plan example");
        assert!(!self.is_sprung(), "{what}: close started a program: {closed:?}");
        assert_eq!(closed.code, 0, "{what}: {closed:?}");
        fs::remove_file(self.desk.path("plan/example/closed/R8Q1.toml")).unwrap();
    }
}

#[test]
fn no_setting_of_a_repository_starts_a_program() {
    let trap = Trap::new();
    let canary = trap.program.to_str().unwrap().to_owned();
    // Of these git itself shows here that they would be started.
    for (settings, attribute, asked) in [
        (&["core.fsmonitor"][..], "", &["status"][..]),
        (&["filter.canary.clean"], "* filter=canary", &["status"]),
        (&["filter.can.a=ry.clean"], "* filter=can.a=ry", &["status"]),
        (&["filter.canary.process"], "* filter=canary", &["status"]),
        (&["diff.canary.textconv"], "* diff=canary", &["diff"]),
        (&["diff.canary.command"], "* diff=canary", &["diff"]),
        (&["diff.external"], "", &["diff"]),
    ] {
        settings.iter().for_each(|key| trap.set(key, &canary));
        trap.desk.write(".git/info/attributes", format!("{attribute}\n"));
        let mut git = std::process::Command::new("git");
        git.args(asked).current_dir(trap.desk.path("")).stdin(std::process::Stdio::null()).output().unwrap();
        assert!(trap.is_sprung(), "git starts it: {settings:?}");
        trap.stays_quiet(settings[0]);
        settings.iter().for_each(|key| drop(trap.desk.git(DAY, &["config", "--unset", key])));
    }
}

#[test]
fn hooks_aliases_pagers_and_includes_start_nothing() {
    let trap = Trap::new();
    let canary = trap.program.to_str().unwrap().to_owned();
    for name in ["post-index-change", "fsmonitor-watchman", "reference-transaction", "pre-auto-gc", "post-checkout"] {
        fs::create_dir_all(trap.desk.path("hooks")).unwrap();
        fs::copy(&trap.program, trap.desk.path("hooks").join(name)).unwrap();
    }
    trap.desk.write("more", format!("[core]\n\tfsmonitor = {canary}\n[filter \"canary\"]\n\tclean = {canary}\n"));
    trap.desk.write(".git/info/attributes", "* filter=canary\n");
    for (key, value) in [
        ("core.hooksPath", trap.desk.path("hooks").display().to_string()),
        ("include.path", trap.desk.path("more").display().to_string()),
        ("core.pager", canary.clone()),
        ("core.editor", canary.clone()),
        ("core.alternateRefsCommand", canary.clone()),
        ("gpg.program", canary.clone()),
        ("log.showSignature", "true".to_owned()),
        ("credential.helper", format!("!{canary}")),
    ] {
        trap.set(key, &value);
    }
    for alias in ["status", "blame", "log", "cat-file", "rev-parse", "config", "ls-files", "rev-list"] {
        trap.set(&format!("alias.{alias}"), &format!("!{canary}"));
        trap.set(&format!("pager.{alias}"), &canary);
    }
    trap.stays_quiet("hooks, aliases, pagers, includes");
}

/// What a clone was told not to bring is not fetched: by a transport of somebody's choice it would be a program.
#[test]
fn nothing_is_fetched() {
    let trap = Trap::new();
    let canary = trap.program.to_str().unwrap().to_owned();
    let lost = trap.desk.git(DAY, &["rev-parse", "HEAD~1:plan/example/sources.toml"]);
    let (folder, rest) = lost.trim().split_at(2);
    fs::remove_file(trap.desk.path(&format!(".git/objects/{folder}/{rest}"))).unwrap();
    for url in [format!("ext::{canary}"), "ssh://example.jp/plan".to_owned(), trap.desk.path("").display().to_string()]
    {
        for (key, value) in [
            ("core.repositoryFormatVersion", "1"),
            ("extensions.partialClone", "origin"),
            ("remote.origin.promisor", "true"),
            ("remote.origin.partialclonefilter", "blob:none"),
            ("remote.origin.url", &url),
            ("remote.origin.uploadpack", &canary),
            ("core.sshCommand", &canary),
            ("protocol.ext.allow", "always"),
        ] {
            trap.set(key, value);
        }
        let mut git = std::process::Command::new("git");
        git.args(["cat-file", "-p", lost.trim()]).current_dir(trap.desk.path("")).output().unwrap();
        assert!(trap.is_sprung(), "git fetches by {url}");
        for command in COMMANDS {
            let ran = trap.desk.run(command);
            assert!(!trap.is_sprung(), "{url}: `{command}` fetched: {ran:?}");
        }
        // An older git does not know the variable that forbids to fetch.
        let ran = trap.desk.with_env(
            &[("GIT_NO_LAZY_FETCH", "0")],
            &["status", "--plan", "example", "--rev", "HEAD~1", "--lang", "en"],
        );
        assert!(!trap.is_sprung() && ran.code == 2 && ran.out().is_empty(), "{ran:?}");
    }
}

/// Files that look like a repository come with a clone, and with them settings.
#[test]
fn a_repository_among_the_files_starts_nothing() {
    let trap = Trap::new();
    let plan = "plan/example";
    for (path, text) in [("HEAD", "ref: refs/heads/main\n"), ("objects/x", ""), ("refs/x", "")] {
        trap.desk.write(&format!("{plan}/{path}"), text);
    }
    let canary = trap.program.display();
    let settings =
        format!("[core]\n\trepositoryFormatVersion = 0\n\tbare = false\n\tworktree = .\n\tfsmonitor = {canary}\n");
    trap.desk.write(&format!("{plan}/config"), settings);
    let mut git = std::process::Command::new("git");
    git.arg("status").current_dir(trap.desk.path(plan)).output().unwrap();
    assert!(trap.is_sprung(), "git starts it");
    for command in COMMANDS {
        let ran = trap.desk.run(command);
        assert!(!trap.is_sprung(), "`{command}` started a program: {ran:?}");
    }
}

/// A module of another repository has settings of its own, which those of the command line do not reach.
#[test]
fn a_module_is_not_asked() {
    let trap = Trap::new();
    let inner = trap.desk.path("plan/example/inner");
    fs::create_dir(&inner).unwrap();
    let git = |args: &[&str]| {
        let mut git = std::process::Command::new("git");
        git.args(args).current_dir(&inner).env("HOME", "/nonexistent");
        assert!(git.output().unwrap().status.success(), "{args:?}");
    };
    git(&["init", "-q"]);
    fs::write(inner.join("x"), "x").unwrap();
    git(&["add", "x"]);
    git(&["-c", "user.name=x", "-c", "user.email=x@example.jp", "commit", "-q", "-m", "x"]);
    trap.desk.commit(DAY, "別のリポジトリ");
    git(&["config", "core.fsmonitor", trap.program.to_str().unwrap()]);
    fs::write(inner.join("x"), "y").unwrap();
    trap.desk.git(DAY, &["status"]);
    assert!(trap.is_sprung(), "git starts it");
    trap.stays_quiet("a module");
}
