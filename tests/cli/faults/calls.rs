//! Every writer, and the law of its faults: afterwards the plan is the old one or the new one, the exit code says which, the
//! next writer heals what is left, and nobody reads half of it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use kaikaku::source::Snapshot;

use crate::support::Desk;

const DAY: &str = "2026-11-01T09:00:00+0900";

const PLAN: &[(&str, &str)] = &[
    (
        "plan.toml",
        "schema = 1\nid = \"town\"\nname = \"計画\"\nperiod = { from = \"R6\", to = \"R9\" }\nlevels = [\"柱\", \"取組\"]\n\
         city = \"熊本市\"\ncity-code = \"431001\"\n\n[[scale]]\nid = \"progress\"\nname = \"進捗\"\ngrades = [{ id = \"good\", name = \"順調\" }, { id = \"late\", name = \"遅れ\" }]\n",
    ),
    (
        "outline/1.toml",
        "[1]\nname = \"暮らし\"\n[1-1]\nname = \"窓口\"\nowner = \"juumin\"\n[1-2]\nname = \"手続\"\nowner = \"soumu\"\n[1-8]\nname = \"広報\"\n",
    ),
    ("owners.toml", "[juumin]\nname = \"住民課\"\n[soumu]\nname = \"総務課\"\n"),
    (
        "indicators.toml",
        "[visitors]\nname = \"利用者\"\nunit = \"人\"\nkind = \"up\"\nbaseline = { R5 = 10 }\ntarget = { R9 = 90 }\nentry = \"1-1\"\n",
    ),
    (
        "records/1-1.toml",
        "schema = 1\n\n[[update]]\nperiod   = \"R8Q1\"\nrecorded = 2026-07-03\nrating   = { progress = \"good\" }\nprogress = 40\ndone     = \"一\"\n",
    ),
    ("records/visitors.toml", "schema = 1\n\n[[measure]]\nperiod   = \"R6\"\nrecorded = 2025-05-01\nvalue    = 20\n"),
    ("publish.toml", "public = [\"done\"]\nlicence = \"cc-by-4.0\"\n"),
    (
        "inquiry.toml",
        "schema = 1\n\n[import]\nid     = \"番号\"\nname   = \"名称\"\nowner  = \"担当\"\nperiod = \"時期\"\n\n[import.answers]\n\
         rating.progress = \"進捗\"\nprogress = \"率\"\ndone     = \"実績\"\n",
    ),
];

/// A writer: what is done before it, and what it is.
pub struct Case {
    pub name: &'static str,
    before: &'static [&'static [&'static str]],
    pub args: &'static [&'static str],
}

const UPDATE: &[&str] = &["update", "1-1", "--period", "R8Q2", "--rating", "late", "--done", "二"];

pub const CASES: &[Case] = &[
    Case { name: "update", before: &[], args: UPDATE },
    Case {
        name: "update of a new file",
        before: &[],
        args: &["update", "1-2", "--period", "R8Q2", "--rating", "late", "--done", "新"],
    },
    Case { name: "measure", before: &[], args: &["measure", "visitors", "30", "--period", "R7"] },
    Case {
        name: "confirmed",
        before: &[],
        args: &["measure", "visitors", "900", "--period", "R7", "--confirmed", "確かめた"],
    },
    Case { name: "mv", before: &[], args: &["mv", "1-1", "1-9"] },
    Case { name: "close", before: &[], args: &["close", "R8Q1"] },
    Case {
        name: "errata",
        before: &[&["close", "R8Q1"], &["update", "1-1", "--corrects", "R8Q1/2026-07-03", "--rating", "late"]],
        args: &["errata", "R8Q1", "--record", "--reason", "誤記"],
    },
    Case { name: "send", before: &[], args: &["inquiry", "send", "--period", "R8Q2", "-o", "out"] },
    Case { name: "collect", before: &[], args: &["inquiry", "collect", "back.toml", "--apply"] },
    Case { name: "import", before: &[], args: &["import", "list.csv", "--apply"] },
    Case { name: "undo of one file", before: &[UPDATE], args: &["undo"] },
    Case { name: "undo of several", before: &[&["mv", "1-1", "1-9"]], args: &["undo"] },
    Case {
        name: "init",
        before: &[],
        args: &["init", "next", "--name", "次", "--from", "R10", "--to", "R13", "--levels", "柱", "--grades", "順調"],
    },
    Case { name: "report", before: &[], args: &["status", "-o", "a.md", "-o", "b.csv"] },
    Case { name: "merge-driver", before: &[], args: &["merge-driver", "base.toml", "ours.toml", "theirs.toml"] },
    Case { name: "git-setup", before: &[], args: &["git-setup", "--yes"] },
    Case { name: "add", before: &[], args: &["add", "owner", "fukushi", "--name", "福祉課"] },
    Case { name: "edit", before: &[], args: &["edit", "1-1", "name", "総合窓口"] },
    Case {
        name: "opinion import",
        before: &[],
        args: &["opinion", "import", "minutes.csv", "--meeting", "R8.10.20", "--name", "委員会", "--apply"],
    },
    Case { name: "publish", before: &[], args: &["publish", "-o", "site", "--period", "R8Q1"] },
    Case {
        name: "publish again",
        before: &[
            &["publish", "-o", "site", "--period", "R8Q1"],
            &["mv", "1-2", "1-7"],
            &["update", "1-1", "--period", "R8Q1", "--done", "再"],
        ],
        args: &["publish", "-o", "site", "--period", "R8Q1"],
    },
    Case { name: "opendata", before: &[], args: &["opendata", "-o", "data", "--period", "R8Q1"] },
    Case { name: "export", before: &[], args: &["export", "--format", "csv", "-o", "dataset"] },
    Case {
        name: "export again",
        before: &[&["export", "--format", "csv", "-o", "dataset"], UPDATE],
        args: &["export", "--format", "csv", "-o", "dataset"],
    },
    Case { name: "withdrawal", before: &[], args: &["update", "1-1", "--corrects", "R8Q1/2026-07-03", "--withdraw"] },
];

/// What heals: an unrelated writer of the same plan.
const HEALER: &[&str] = &["update", "1-8", "--period", "R8Q1", "--done", "後"];
/// Where it writes.
const HEALED: &str = "plan/town/records/1-8.toml";

/// A plan in a repository, or in a folder without git, where everything is that a case needs.
pub fn desk(case: &Case, with_git: bool) -> Desk {
    let desk = Desk::in_memory();
    PLAN.iter().for_each(|(path, text)| desk.write(&format!("plan/town/{path}"), text));
    desk.write("plan/kaikaku.toml", "default = \"town\"\n");
    desk.write("plan/.gitignore", ".kaikaku*\n");
    desk.write(
        "back.toml",
        "plan = \"town\"\nperiod = \"R8Q2\"\nowner = \"住民課\"\n[1-1]\nprogress = 70\ndone = \"回答\"\n",
    );
    desk.write(
        "list.csv",
        "番号,名称,担当,時期,進捗,率,実績\n1-3,相談,住民課,R8Q2,順調,60,開いた\n1-4,通知,福祉課,R8Q2,遅れ,20,送った\n",
    );
    let block = |period: &str| format!("[[update]]\nperiod   = \"{period}\"\nrecorded = 2026-10-01\nprogress = 10\n");
    desk.write("minutes.csv", "番号,意見,所管課\n1,窓口が混む,住民課\n2,通知が遅い,総務課\n");
    desk.write("base.toml", "schema = 1\n");
    desk.write("ours.toml", format!("schema = 1\n\n{}", block("R8Q1")));
    desk.write("theirs.toml", format!("schema = 1\n\n{}", block("R8Q2")));
    desk.write("a.md", "前の資料\n");
    if with_git {
        desk.git(DAY, &["init", "-q", "-b", "main", "--template="]);
        desk.commit(DAY, "計画");
    }
    for args in case.before {
        let ran = desk.call(args);
        assert_eq!(ran.code, 0, "{}: {args:?}: {ran:?}", case.name);
    }
    desk
}

pub fn copied(desk: &Desk) -> Desk {
    let copy = Desk::in_memory();
    copy_folder(&desk.path(""), &copy.path(""));
    copy
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let (path, target) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() { copy_folder(&path, &target) } else { assert!(fs::copy(&path, &target).is_ok()) }
    }
}

pub fn command(desk: &Desk, args: &[&str], force: bool) -> Command {
    let args: Vec<&str> = args.iter().copied().chain(force.then_some("--force")).chain(["--lang", "en"]).collect();
    let mut command = desk.command(&[], &args);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// What the files of the desk say that are nobody's own, and how readers see the plans.
pub type State = BTreeMap<String, Vec<u8>>;

fn written(desk: &Desk) -> State {
    let mut state = State::new();
    let root = desk.path("");
    for (path, bytes) in desk.files() {
        let name = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
        // A folder of another repository's own tells nothing but the settings.
        if !name.starts_with(".git/") && name != HEALED {
            state.insert(name, bytes);
        }
    }
    if let Ok(settings) = fs::read(desk.path(".git/config")) {
        state.insert("settings".to_owned(), settings);
    }
    state
}

/// The same, where the files of the plans are as readers see them.
pub fn seen(desk: &Desk) -> State {
    let mut state = written(desk);
    for plan in ["town", "next"] {
        let prefix = format!("plan/{plan}/");
        state.retain(|name, _| !name.starts_with(&prefix));
        let folder = desk.path(&prefix);
        if !folder.exists() {
            continue;
        }
        for file in Snapshot::of_folder(&folder, PathBuf::new(), &|_| true).files {
            let name = format!("{prefix}{}", file.path);
            assert!(matches!(file.content, kaikaku::snapshot::Content::Text(_)), "{name} is read");
            if name != HEALED {
                state.insert(name, file.text().into());
            }
        }
    }
    state
}

/// What is left of writers that died, in the plan and beside it.
fn left(desk: &Desk) -> Vec<String> {
    fn collect(folder: &Path, found: &mut Vec<String>) {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let name = entry.file_name().to_string_lossy().into_owned();
            let is_left = name.starts_with(".kaikaku") && ![".kaikaku.lock", ".kaikaku.last"].contains(&&*name);
            if entry.path().is_dir() {
                collect(&entry.path(), found);
            } else if is_left {
                found.push(entry.path().to_string_lossy().replace('\\', "/"));
            }
        }
    }
    let mut found = Vec::new();
    collect(&desk.path("plan"), &mut found);
    let own = desk.path(".git/kaikaku");
    if own.exists() {
        collect(&own, &mut found);
    }
    found
}

/// What one case comes to without a fault.
pub struct Known {
    pub old: State,
    pub new: State,
    pub code: i32,
}

pub fn known(case: &Case, template: &Desk) -> Known {
    let whole = copied(template);
    let ran = command(&whole, case.args, forced(case)).output().unwrap();
    let code = ran.status.code().unwrap();
    assert!(code < 2, "{}: {}", case.name, String::from_utf8_lossy(&ran.stderr));
    let known = Known { old: seen(template), new: seen(&whole), code };
    assert!(known.old != known.new, "{} writes something", case.name);
    assert_eq!(left(&whole), [""; 0], "{}", case.name);
    known
}

pub fn forced(case: &Case) -> bool {
    case.name == "report"
}

/// Whether the files that a case makes outside the plan may be there while the plan does not know of them, or some of them:
/// each is whole.
fn makes_files(case: &Case) -> bool {
    ["send", "report", "git-setup", "init", "opendata"].contains(&case.name) || is_made_again(case)
}

/// Whether what a case makes is made again by the next run, which a file of its own says.
pub fn is_made_again(case: &Case) -> bool {
    ["publish", "publish again", "export", "export again"].contains(&case.name)
}

/// Holds what is there against the law; what it came to.
pub fn holds(case: &Case, known: &Known, now: &State, output: &Output, place: &str) -> &'static str {
    let err = String::from_utf8_lossy(&output.stderr);
    let code = output.status.code();
    let place = format!("{}, {place}: {code:?} {err}", case.name);
    let (is_old, is_new) = (*now == known.old, *now == known.new);
    if makes_files(case) {
        for (name, bytes) in now {
            let whole = [&known.old, &known.new].iter().any(|state| state.get(name) == Some(bytes));
            // The list of pages names all that may be ours while they are written.
            let is_list = name == "settings" || name == "site/kaikaku-site.json";
            // That a plan of a dataset is being written is said by an empty file.
            let is_list = is_list || name.starts_with("dataset/_manifest/") && name.ends_with(".unfinished");
            assert!(whole || is_list || name.contains("/.kaikaku"), "{name} is half there: {place}");
        }
    } else {
        assert!(is_old || is_new, "half of it is read: {place}\n{:?}", now.keys().collect::<Vec<_>>());
    }
    match code {
        // A plan that cannot be read keeps others from nothing: its own tables stay as they were, and it is named.
        Some(1) if case.name.starts_with("export") => {
            let said = String::from_utf8_lossy(&output.stdout);
            // Where the list of plans cannot be read, that is all that there is a name of.
            let is_named = ["plan/town", "cannot read plan"].iter().any(|name| said.contains(name));
            assert!(!is_new && is_named, "{place}\n{said}");
        }
        Some(0 | 1 | 3) => {
            assert!(code == Some(3) || code == Some(known.code), "{place}");
            assert!(is_new, "acknowledged, and not there: {place}");
        }
        Some(137) => {}
        Some(2) => {
            let is_told =
                ["written to", "were written", "a part of the files was written", "are in", "what was set up"]
                    .iter()
                    .any(|told| err.contains(told));
            assert!(is_old || is_told || is_made_again(case), "denied, and there: {place}");
            assert!(!err.contains("nothing was written") || is_old || is_told, "{place}");
        }
        _ => panic!("{place}"),
    }
    if code == Some(3) {
        // A record would be doubled by another run; a paper is only written once more.
        let next = if makes_files(case) {
            ["do not run it again", "--force writes them again"]
        } else {
            ["do not run it again"; 2]
        };
        assert!(next.iter().any(|next| err.contains(next)), "{place}");
    }
    if is_new { "new" } else { "old" }
}

/// The next writer of the plan does what is left, and takes away the rest.
pub fn heals(case: &Case, known: &Known, desk: &Desk, place: &str) {
    let before = seen(desk);
    let healer = command(desk, HEALER, false).output().unwrap();
    let err = String::from_utf8_lossy(&healer.stderr);
    assert_eq!(healer.status.code(), Some(0), "{}, {place}: the next writer: {err}", case.name);
    if ["init", "git-setup"].contains(&case.name) {
        // A plan that nobody writes to is healed by who would make it again, or records in it.
        let again = command(desk, case.args, false).output().unwrap();
        assert!(matches!(again.status.code(), Some(0 | 2)), "{place}");
    } else {
        assert_eq!(seen(desk), before, "{}, {place}: the next writer changed something", case.name);
    }
    if is_made_again(case) {
        fs::remove_file(desk.path(HEALED)).unwrap();
        let again = command(desk, case.args, false).output().unwrap();
        let err = String::from_utf8_lossy(&again.stderr);
        assert_eq!(again.status.code(), Some(known.code), "{}, {place}: again: {err}", case.name);
        let made = |state: &State| -> State {
            let is_made = |name: &String| ["site/", "dataset/"].iter().any(|top| name.starts_with(top));
            state.iter().filter(|(name, _)| is_made(name)).map(|(name, bytes)| (name.clone(), bytes.clone())).collect()
        };
        assert!(made(&seen(desk)) == made(&known.new), "{}, {place}: made again, it is not whole", case.name);
    }
    let plan = |state: State| -> State { state.into_iter().filter(|(name, _)| name.starts_with("plan/")).collect() };
    assert_eq!(plan(written(desk)), plan(seen(desk)), "{}, {place}: unfinished", case.name);
    let mut left = left(desk);
    if case.name == "git-setup" {
        // Among git's own files the note of settings that are as they should be waits for the next ones.
        left.retain(|file| !(file.contains("/.git/kaikaku/") && file.ends_with("/.kaikaku.staged")));
    }
    assert_eq!(left, [""; 0], "{}, {place}", case.name);
    let twice = [&known.old, &known.new];
    assert!(makes_files(case) || twice.contains(&&seen(desk)), "{}, {place}", case.name);
}
