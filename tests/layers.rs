//! The layers of the house: which room may use which, and what one room alone does. A room is a file or folder of `src/`.
//! The table is drawn in `docs/ARCHITECTURE.md`: `KAIKAKU_BLESS=1 cargo test --test layers` draws it anew.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a helper of tests may fail as a test does")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

#[path = "support/paths.rs"]
mod paths;

use paths::{Written, written};

/// Every room from the ground up, with the rooms that it uses; why, where the names do not say it.
const LAYERS: &[(&str, &[(&str, &str)])] = &[
    ("text", &[]),
    ("document", &[("text", "a column has its title in two languages")]),
    ("render", &[("document", ""), ("text", "")]),
    ("threads", &[]),
    ("tree", &[]),
    ("keys", &[("text", "")]),
    ("failure", &[("text", "")]),
    ("plan", &[("text", "")]),
    ("store", &[("failure", ""), ("text", "")]),
    ("git", &[("failure", ""), ("plan", "a revision and its day are words of the plan"), ("text", "")]),
    ("snapshot", &[("failure", ""), ("store", "reading waits while somebody writes"), ("text", ""), ("threads", "")]),
    (
        "finding",
        &[
            ("plan", "a place is where the model says that something stands"),
            ("snapshot", "an excerpt shows the line"),
            ("text", ""),
        ],
    ),
    (
        "fields",
        &[
            ("finding", ""),
            ("keys", "a table is read by the keys that it may hold"),
            ("plan", ""),
            ("text", ""),
            ("tree", ""),
        ],
    ),
    ("ledger", &[("fields", ""), ("finding", ""), ("keys", ""), ("plan", ""), ("text", ""), ("tree", "")]),
    ("textconv", &[("ledger", ""), ("tree", "")]),
    (
        "source",
        &[
            ("failure", ""),
            ("fields", ""),
            ("finding", ""),
            ("git", "a revision is a folder"),
            ("keys", ""),
            ("ledger", ""),
            ("plan", ""),
            ("snapshot", ""),
            ("store", "where the plans are is asked of the disk call by call"),
            ("text", ""),
            ("threads", ""),
            ("tree", ""),
        ],
    ),
    ("query", &[("plan", ""), ("text", "what a paper printed is named in both languages")]),
    (
        "diff",
        &[
            ("finding", ""),
            ("ledger", ""),
            ("plan", ""),
            ("query", "a change of a target is shown with what it does to the verdict"),
            ("source", "files that hold no plan are read leniently"),
            ("text", ""),
            ("tree", ""),
        ],
    ),
    ("merge", &[("ledger", ""), ("plan", "")]),
    (
        "renumber",
        &[
            ("failure", ""),
            ("ledger", ""),
            ("plan", ""),
            ("source", "what was renumbered is loaded again, to prove that nothing else changed"),
            ("text", ""),
        ],
    ),
    (
        "define",
        &[
            ("diff", "a field is called what its changes are called"),
            ("failure", ""),
            ("keys", "what a field takes"),
            ("ledger", ""),
            ("plan", ""),
            ("renumber", "a text is edited by its bytes"),
            ("source", ""),
            ("text", ""),
            ("tree", ""),
        ],
    ),
    ("workbook", &[("failure", ""), ("plan", "a number format may show a day in a year of an era"), ("text", "")]),
    (
        "readable",
        &[
            ("failure", ""),
            ("plan", "an area code is checked as that of a plan is"),
            ("text", ""),
            ("workbook", "files of others are opened within limits"),
        ],
    ),
    (
        "verify",
        &[
            ("failure", ""),
            ("text", ""),
            ("workbook", "Word and Excel are opened within the limits of what others send"),
        ],
    ),
    ("wording", &[("document", ""), ("plan", ""), ("query", ""), ("text", "")]),
    (
        "opendata",
        &[
            ("document", "a writer takes a table"),
            ("failure", ""),
            ("plan", ""),
            ("query", ""),
            ("render", "a table is a file of CSV or Excel"),
            ("text", ""),
            ("wording", "rates are rounded as the papers round them"),
        ],
    ),
    (
        "inquiry",
        &[
            ("failure", ""),
            ("plan", ""),
            ("query", ""),
            ("text", ""),
            ("wording", "a form asks in the words of the papers"),
            ("workbook", ""),
        ],
    ),
    (
        "audit",
        &[
            ("finding", ""),
            ("ledger", "where in a block the value stands that a finding is about"),
            ("plan", ""),
            ("query", ""),
            ("source", ""),
            ("text", ""),
            ("wording", ""),
        ],
    ),
    (
        "dataset",
        &[
            ("diff", "whether a revised target is easier to meet"),
            ("failure", ""),
            ("plan", ""),
            ("query", ""),
            ("snapshot", "every row says in which file and line it was read"),
            ("text", ""),
            ("wording", "why there is no verdict, in the words of the papers"),
        ],
    ),
    (
        "report",
        &[
            ("diff", ""),
            ("document", ""),
            ("failure", ""),
            ("finding", ""),
            ("git", "who set a figure last"),
            ("inquiry", ""),
            ("plan", ""),
            ("query", ""),
            ("readable", ""),
            ("renumber", ""),
            ("source", ""),
            ("text", ""),
            ("verify", ""),
            ("wording", ""),
            ("workbook", "a column is called as a spreadsheet calls it"),
        ],
    ),
    (
        "formats",
        &[
            ("failure", ""),
            ("render", "a format is written there"),
            ("report", ""),
            ("text", ""),
            ("verify", "and read back there"),
        ],
    ),
    (
        "publish",
        &[
            ("document", ""),
            ("failure", ""),
            ("formats", "the data stand beside the pages in every format"),
            ("opendata", "so do its tables"),
            ("plan", ""),
            ("query", ""),
            ("render", "a page is written there"),
            ("report", "pages have the parts of the papers"),
            ("text", ""),
            ("wording", ""),
        ],
    ),
    ("console", &[("failure", ""), ("text", "")]),
    (
        "commands",
        &[
            ("audit", ""),
            ("console", ""),
            ("dataset", ""),
            ("define", ""),
            ("diff", ""),
            ("document", ""),
            ("failure", ""),
            ("finding", ""),
            ("formats", ""),
            ("git", ""),
            ("inquiry", ""),
            ("keys", "what a person is asked for is what a file may hold"),
            ("ledger", ""),
            ("merge", ""),
            ("opendata", ""),
            ("plan", ""),
            ("publish", ""),
            ("query", ""),
            ("readable", ""),
            ("render", ""),
            ("renumber", ""),
            ("report", ""),
            ("source", ""),
            ("store", ""),
            ("text", ""),
            ("textconv", ""),
            ("threads", "an export works on as many plans as there are cores"),
            ("verify", ""),
            ("wording", ""),
            ("workbook", ""),
        ],
    ),
    (
        "main",
        &[
            ("commands", ""),
            ("console", ""),
            ("failure", ""),
            ("git", "it gets ready while the arguments are understood"),
            ("plan", ""),
            ("source", ""),
            ("store", "a test may ask for a fault of the disk"),
            ("text", ""),
            ("threads", ""),
        ],
    ),
];

/// What one room alone does, or a few, by the paths that do it.
const ALONE: &[(&str, &[&str], &[&str])] = &[
    (
        "writes files",
        &["store"],
        &[
            "fs::write",
            "fs::rename",
            "fs::copy",
            "fs::remove_file",
            "fs::remove_dir",
            "fs::remove_dir_all",
            "fs::create_dir",
            "fs::create_dir_all",
            "File::create",
            "File::create_new",
            "fs::OpenOptions",
            "OpenOptions::new",
        ],
    ),
    ("starts programs", &["git"], &["process::Command"]),
    ("knows who parses", &["tree"], &["toml_spanner", "de::DeTable", "de::DeValue"]),
    ("prints and asks", &["console"], &["io::stdout", "io::stderr", "io::stdin"]),
    ("reads the environment and the clock", &["main"], &["std::env", "Local::now", "Utc::now", "SystemTime::now"]),
    ("reads files", &["store", "snapshot", "commands"], &["std::fs"]),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file of the program, with its room and the paths that it writes, tests left out.
struct House {
    files: Vec<(String, Vec<Written>)>,
    /// What `lib.rs` names anew, and the room it is in.
    aliases: BTreeMap<String, String>,
}

/// Read once for all tests.
static HOUSE: LazyLock<House> = LazyLock::new(House::read);

impl House {
    fn read() -> Self {
        let mut names = Vec::new();
        list(&root().join("src"), &mut names);
        let text = |name: &str| fs::read_to_string(root().join(name)).unwrap();
        let read: Vec<_> = names.iter().map(|name| (name.clone(), written(&text(name)))).collect();
        // The files of test modules are named by who declares them.
        let tests: BTreeSet<String> = read
            .iter()
            .flat_map(|(name, found)| found.tests.iter().map(|test| format!("{}/{test}", folder(name))))
            .collect();
        let is_test =
            |name: &str| tests.iter().any(|test| name == format!("{test}.rs") || name.starts_with(&format!("{test}/")));
        let files: Vec<_> =
            read.into_iter().filter(|(name, _)| !is_test(name)).map(|(name, found)| (name, found.paths)).collect();
        let lib = files.iter().find(|(name, _)| name == "src/lib.rs").unwrap();
        let aliases = lib.1.iter().filter_map(|path| {
            let room = path.segments[0].strip_prefix("kaikaku_")?;
            Some((path.segments.last()?.clone(), room.to_owned()))
        });
        Self { aliases: aliases.collect(), files }
    }

    /// Every arrow between two rooms, and the places where it is.
    fn arrows(&self) -> BTreeMap<(String, String), Vec<String>> {
        let mut arrows: BTreeMap<_, Vec<String>> = BTreeMap::new();
        for (name, paths) in self.files.iter().filter(|(name, _)| name != "src/lib.rs") {
            for path in paths {
                if let Some(to) = self.leads_to(name, path) {
                    arrows.entry((room(name).to_owned(), to)).or_default().push(format!("{name}:{}", path.line));
                }
            }
        }
        arrows
    }

    /// The other room that a path written in a file leads to.
    fn leads_to(&self, name: &str, path: &Written) -> Option<String> {
        let here = room(name);
        let target = match target(name, path)?.into_iter().next() {
            Some(first) => self.aliases.get(&first).cloned().unwrap_or(first),
            None => "everything".to_owned(),
        };
        (target != here).then_some(target)
    }
}

/// The files under a folder by their paths from the root.
fn list(folder: &Path, names: &mut Vec<String>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            list(&path, names);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            names.push(path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/"));
        }
    }
}

/// Rooms that are crates of their own.
fn is_crate(room: &str) -> bool {
    ["text", "document", "render"].contains(&room)
}

/// The room of a file: `src/plan/id.rs` is in `plan`.
fn room(name: &str) -> &str {
    let name = name.strip_prefix("src/").unwrap();
    name.split_once('/').map_or_else(|| name.strip_suffix(".rs").unwrap(), |(room, _)| room)
}

/// Where the modules are that a file declares.
fn folder(name: &str) -> String {
    let name = name.strip_suffix(".rs").unwrap();
    name.strip_suffix("/lib").unwrap_or(name).to_owned()
}

/// The module of a file as rooms see it: `src/plan/id.rs` is `[plan, id]`.
fn module(name: &str) -> Vec<String> {
    folder(name).split('/').skip(1).map(str::to_owned).collect()
}

/// The module or item that a path leads to; none for one that begins outside the house.
fn target(name: &str, path: &Written) -> Option<Vec<String>> {
    let mut segments = path.segments.iter().map(String::as_str).peekable();
    let here = room(name);
    let mut at = match segments.next()? {
        "crate" if is_crate(here) || here == "main" => vec![here.to_owned()],
        "crate" | "kaikaku" => Vec::new(),
        "self" => [module(name), path.inside.clone()].concat(),
        "super" => {
            let mut at = [module(name), path.inside.clone()].concat();
            at.pop();
            at
        }
        first => vec![first.strip_prefix("kaikaku_")?.to_owned()],
    };
    for segment in segments {
        match segment {
            "super" => drop(at.pop()),
            "self" | "*" => {}
            other => at.push(other.to_owned()),
        }
    }
    Some(at)
}

#[test]
fn every_arrow_is_allowed_and_every_allowed_arrow_is_used() {
    let arrows = HOUSE.arrows();
    let allowed: BTreeSet<(String, String)> = LAYERS
        .iter()
        .flat_map(|(from, uses)| uses.iter().map(|(to, _)| ((*from).to_owned(), (*to).to_owned())))
        .collect();
    let forbidden = arrows.iter().filter(|(arrow, _)| !allowed.contains(arrow));
    let forbidden =
        forbidden.map(|((from, to), places)| format!("{from} → {to} is not allowed: {}", places.join(", ")));
    let stale = allowed.iter().filter(|arrow| !arrows.contains_key(arrow));
    let stale = stale.map(|(from, to)| format!("{from} → {to} is allowed, and nothing uses it"));
    let wrong: Vec<String> = forbidden.chain(stale).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_room_stands_in_the_table_above_what_it_uses() {
    let place = |room: &str| LAYERS.iter().position(|(name, _)| *name == room);
    for (at, (from, uses)) in LAYERS.iter().enumerate() {
        for (to, _) in *uses {
            assert!(place(to).is_some_and(|below| below < at), "{from} → {to} does not lead down");
        }
    }
    let rooms: BTreeSet<String> = HOUSE.files.iter().map(|(name, _)| room(name).to_owned()).collect();
    let listed: BTreeSet<String> =
        LAYERS.iter().map(|(name, _)| (*name).to_owned()).chain(["lib".to_owned()]).collect();
    assert_eq!(rooms, listed);
}

#[test]
fn what_one_room_alone_does_no_other_does() {
    let house = &*HOUSE;
    for (what, rooms, forms) in ALONE {
        let does = |path: &Written| forms.iter().any(|form| path.contains(form));
        let doing = |name: &String| house.files.iter().any(|(file, paths)| file == name && paths.iter().any(does));
        for (name, paths) in house.files.iter().filter(|(name, _)| !rooms.contains(&room(name))) {
            let found = paths.iter().find(|path| does(path)).map(|path| (path.line, path.segments.join("::")));
            assert_eq!(found, None, "{name} {what}, which only {} may", rooms.join(", "));
        }
        let idle = |wanted: &&&str| !house.files.iter().any(|(name, _)| room(name) == **wanted && doing(name));
        assert_eq!(rooms.iter().find(idle), None, "may do what it does not: {what}");
    }
}

/// The table as the page draws it.
fn drawn() -> String {
    let rows = LAYERS.iter().rev().map(|(room, uses)| {
        let names: Vec<String> = uses.iter().map(|(to, _)| format!("`{to}`")).collect();
        let reasons = uses.iter().filter(|(_, why)| !why.is_empty());
        let reasons: Vec<String> = reasons.map(|(to, why)| format!("`{to}`: {why}")).collect();
        format!("| `{room}` | {} | {} |\n", names.join(", "), reasons.join("; "))
    });
    format!("| room | uses | why |\n|---|---|---|\n{}", rows.collect::<String>())
}

#[test]
fn the_page_draws_the_layers() {
    const OPEN: &str = "<!-- layers -->\n";
    let page = root().join("docs/ARCHITECTURE.md");
    let text = fs::read_to_string(&page).unwrap().replace("\r\n", "\n");
    let (before, rest) = text.split_once(OPEN).unwrap();
    let (_, after) = rest.split_once("<!-- /layers -->").unwrap();
    let new = format!("{before}{OPEN}\n{}\n<!-- /layers -->{after}", drawn());
    if std::env::var_os("KAIKAKU_BLESS").is_some() {
        fs::write(&page, new).unwrap();
    } else {
        assert!(text == new, "KAIKAKU_BLESS=1 cargo test --test layers draws docs/ARCHITECTURE.md anew");
    }
}

/// The rooms that a file of such a name and text uses.
fn uses(name: &str, text: &str) -> Vec<(usize, String)> {
    let aliases = [("lang", "text"), ("say", "text")].map(|(name, room)| (name.to_owned(), room.to_owned()));
    let house = House { files: Vec::new(), aliases: aliases.into() };
    let found = written(text).paths;
    found.iter().filter_map(|path| Some((path.line, house.leads_to(name, path)?))).collect()
}

#[test]
fn an_arrow_is_found_in_each_spelling() {
    let git = |line| vec![(line, "git".to_owned())];
    for text in [
        "use crate::git;",
        "use crate::git::Repository as R;",
        "use crate::{git::{self, tree::{Tree, TreeKind}}};",
        "use {std::fs, crate::git::tree};",
        "fn f() -> crate::git::Repository { todo() }",
        "fn f() { g::<crate::git::Tree>(); }",
        "use super::super::git::blame;",
        "mod inner { use super::super::super::git; }",
        "use super::super::{git as other, plan};",
        "use self::super::super::git;",
        "macro_rules! m { () => { $crate::git::x() } }",
        "pub(in crate::git) fn f() {}",
        "let c = '\"'; use crate::git; let d = '\"';",
        "fn f<'a>(x: &'a str) -> crate::git::X<'a> {}",
    ] {
        let mut found = uses("src/plan/id.rs", text);
        found.dedup();
        assert_eq!(found, git(1), "{text}");
    }
    assert_eq!(uses("src/main.rs", "use kaikaku::git::objects;"), git(1));
    assert_eq!(uses("src/text/width.rs", "//\nuse kaikaku_document::{Line};"), [(2, "document".to_owned())]);
    assert_eq!(uses("src/plan.rs", "use crate::{lang::Lang, say};"), [(1, "text".to_owned()), (1, "text".to_owned())]);
    assert_eq!(uses("src/plan.rs", "use super::*;"), [(1, "everything".to_owned())]);
}

#[test]
fn what_is_no_arrow_is_none() {
    for text in [
        "use super::entry::Entry; use self::x::y; use crate::plan::value;",
        "// use crate::git;\n/* crate::git /* crate::git */ crate::git */",
        "let t = \"crate::git\"; let r = r#\"\"crate::git\"#; let b = b\"crate::git\\\"\";",
        "#[cfg(test)]\nmod tests { use crate::git; fn f() { if true { crate::git::x() } } }",
        "#[cfg(test)]\nuse crate::git;",
        "mod inner { use super::super::entry; }",
        "use git::other; let crates = 1;",
    ] {
        assert_eq!(uses("src/plan/id.rs", text), [], "{text}");
    }
    assert_eq!(uses("src/text/width.rs", "use crate::git::x; use super::plan;"), []);
    assert_eq!(written("#[cfg(test)]\nmod far;\nmod near;").tests, ["far"]);
}
