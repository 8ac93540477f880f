//! The pages of this repository, and what their commands say, worked out once for all tests.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{LazyLock, Mutex};
use std::thread;

use crate::console::{Clone, Desk, Step, matches, renewed, steps};

/// The top of this repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

const TOP: [&str; 6] =
    ["README.md", "README.ja.md", "CONTRIBUTING.md", "CONTRIBUTING.ja.md", "CHANGELOG.md", "plan/README.md"];

/// The text of every page, by its path.
pub static PAGES: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let mut pages: Vec<String> = TOP.map(String::from).into();
    let mut folders = vec![root().join("docs")];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            let name = path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/");
            if path.is_dir() {
                folders.push(path);
            } else if name.ends_with(".md") {
                pages.push(name);
            }
        }
    }
    pages.into_iter().map(|page| (page.clone(), fs::read_to_string(root().join(page)).unwrap())).collect()
});

/// Whether a page is for readers of Japanese.
pub fn is_japanese(page: &str) -> bool {
    page.ends_with(".ja.md") || page.starts_with("docs/ja/")
}

/// Every Japanese page, with the English one beside it.
pub fn pairs() -> Vec<(String, &'static str)> {
    let english = |page: &str| page.replace(".ja.md", ".md").replace("docs/ja/", "docs/en/").replace("導入", "install");
    PAGES.keys().filter(|page| is_japanese(page)).map(|page| (english(page), page.as_str())).collect()
}

/// The lines of a page outside its code blocks.
pub fn prose(text: &str) -> impl Iterator<Item = &str> {
    let mut inside = false;
    text.lines().filter(move |line| {
        let fence = line.starts_with("```");
        inside ^= fence;
        !inside && !fence
    })
}

/// What the commands of a page came to.
pub struct Walked {
    /// The commands whose output is not the one shown, with theirs.
    pub wrong: Vec<String>,
    /// The page with the right outputs.
    pub renewed: String,
    /// The files and folders that are there at its end.
    pub paths: BTreeSet<String>,
}

/// The files that a page shows whole: its ```toml blocks whose first line names one under `plan/`.
fn plan_files(text: &str) -> impl Iterator<Item = (String, String)> {
    text.split("```toml\n# ").skip(1).filter_map(|rest| {
        let (path, text) = rest.split_once("```")?.0.split_once('\n')?;
        path.starts_with("plan/").then(|| (path.to_owned(), text.to_owned()))
    })
}

/// Runs every command of a page in a desk of its own.
fn walk(page: &str, clone: &Clone) -> Walked {
    let text = &PAGES[page];
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let mut desk = Desk::new(clone, if is_japanese(page) { "ja_JP.UTF-8" } else { "C" });
    let shown = page.contains("/guide/tables/").then(|| plan_files(text));
    shown.into_iter().flatten().for_each(|(path, text)| desk.write(&path, &text));
    let (mut wrong, mut changes) = (Vec::new(), Vec::new());
    for Step { command, hidden, shown, lines } in steps(text) {
        let output = desk.run(&command);
        let at = lines.start;
        if hidden {
            assert_eq!((desk.status, shown.len()), (0, 0), "{page}:{at}: $ {command}\n{output}");
            continue;
        }
        let mut output: Vec<String> = output.lines().map(str::to_owned).collect();
        while output.last().is_some_and(String::is_empty) {
            output.pop();
        }
        if !matches(&shown, &output) {
            wrong.push(format!("{page}:{at}: $ {command}\n{}", output.join("\n")));
            changes.push((lines, renewed(&shown, &output)));
        }
    }
    for (place, new) in changes.into_iter().rev() {
        lines.splice(place, new);
    }
    Walked { wrong, renewed: lines.join("\n") + "\n", paths: desk.paths() }
}

/// What the commands of every page that has any came to, by its path.
pub static WALKED: LazyLock<BTreeMap<&'static str, Walked>> = LazyLock::new(|| {
    let pages: Vec<&str> = PAGES.iter().filter(|(_, text)| !steps(text).is_empty()).map(|(page, _)| &**page).collect();
    let (clone, next, walked) = (Clone::new(), AtomicUsize::new(0), Mutex::new(BTreeMap::new()));
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(2, usize::from) {
            scope.spawn(|| {
                while let Some(page) = pages.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let one = walk(page, &clone);
                    walked.lock().unwrap().insert(*page, one);
                }
            });
        }
    });
    walked.into_inner().unwrap()
});
