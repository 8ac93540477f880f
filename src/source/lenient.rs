//! Reading a plan as far as it can be read, for comparing revisions: what is in the way is set aside and reported.

use std::ops::Range;

use super::{Snapshot, load};
use crate::finding::{Code, Finding, Severity};
use crate::plan::Plan;
use crate::snapshot::{Content, SourceFile};
use crate::tree::{Memory, Node, Said, Table};

/// A plan less what could not be read of it.
#[derive(Debug)]
pub struct Lenient {
    /// The plan; `None` where not even `plan.toml` could be read.
    pub plan: Option<Plan>,
    /// All of its files, as they are.
    pub snapshot: Snapshot,
    /// Files that were left out.
    pub unread: Vec<Unread>,
    /// Those of them for which the other revision's could not stand in.
    pub emptied: Vec<String>,
    /// Keys that were left out, since nothing reads them.
    pub unknown: Vec<UnknownKey>,
}

/// A file that was left out, and why. Its findings have their places in the whole snapshot.
#[derive(Debug)]
pub struct Unread {
    /// Its path in the plan folder.
    pub path: String,
    /// What is wrong with it.
    pub findings: Vec<Finding>,
}

/// A key that nothing reads, with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownKey {
    /// The path of its file.
    pub path: String,
    /// From the key to the end of its value.
    pub span: Range<usize>,
}

/// How often what is in the way is taken out, and the rest read again.
const ROUNDS: usize = 12;

impl Lenient {
    /// Reads what can be read of a snapshot. For a file that can't be read the one of `others` stands in, so that what
    /// refers to it is read, and nothing in it seems to have changed; those in `without` can't be read there, either.
    pub fn load(snapshot: Snapshot, folder: &str, others: &Snapshot, without: &[String]) -> Self {
        let mut trial = Trial { snapshot, ..Trial::default() };
        for path in without {
            trial.snapshot.position(path).into_iter().for_each(|file| trial.empty(file));
        }
        let mut plan = None;
        for _ in 0..ROUNDS {
            let loaded = load(&trial.snapshot, folder);
            plan = loaded.plan;
            if plan.is_some() || !trial.set_aside(loaded.findings, others) {
                break;
            }
        }
        let Trial { mut snapshot, whole, unread, emptied, unknown } = trial;
        for (file, content) in whole.into_iter().rev() {
            let path = std::mem::take(&mut snapshot.files[file].path);
            snapshot.files[file] = SourceFile::new(path, content);
        }
        Self { plan, snapshot, unread, emptied, unknown }
    }
}

/// A snapshot in which blanks stand for what can't be read, so that everything else keeps its place.
#[derive(Default)]
struct Trial {
    snapshot: Snapshot,
    /// What stood there, the first first.
    whole: Vec<(usize, Content)>,
    unread: Vec<Unread>,
    emptied: Vec<String>,
    unknown: Vec<UnknownKey>,
}

impl Trial {
    /// Takes out the unknown keys, or where there is anything else wrong with a file, all of it. Whether that leaves
    /// anything to be read.
    fn set_aside(&mut self, mut errors: Vec<Finding>, others: &Snapshot) -> bool {
        errors.retain(|finding| finding.severity() == Severity::Error);
        let mut files: Vec<usize> = errors.iter().map(|finding| finding.place.file).collect();
        files.sort_unstable();
        files.dedup();
        for file in files {
            let own: Vec<Finding> = errors.iter().filter(|f| f.place.file == file).cloned().collect();
            let Some(path) = self.snapshot.files.get(file).map(|f| f.path.clone()) else { return false };
            if matches!(&self.snapshot.files[file].content, Content::Text(text) if text.is_empty()) {
                return false;
            }
            let keys = own.iter().map(|f| (f.code == Code::UnknownKey).then_some(&f.place.span));
            let keys: Option<Vec<_>> = keys.collect();
            if let Some((text, spans)) = keys.and_then(|keys| blank(self.snapshot.text(file), &keys)) {
                self.unknown.extend(spans.into_iter().map(|span| UnknownKey { path: path.clone(), span }));
                self.replace(file, text);
                continue;
            }
            self.unknown.retain(|key| key.path != path);
            let first = self.unread.iter().all(|unread| unread.path != path);
            let other = others
                .position(&path)
                .map(|place| others.text(place).to_owned())
                .filter(|text| first && !text.is_empty());
            match other {
                Some(text) => self.replace(file, text),
                None => {
                    self.empty(file);
                    self.emptied.push(path.clone());
                }
            }
            if first {
                self.unread.push(Unread { path, findings: own });
            }
        }
        true
    }

    fn empty(&mut self, file: usize) {
        self.replace(file, String::new());
    }

    fn replace(&mut self, file: usize, text: String) {
        let place = &mut self.snapshot.files[file];
        let new = SourceFile::new(place.path.clone(), Content::Text(text));
        self.whole.push((file, std::mem::replace(place, new).content));
    }
}

/// The text with blanks for the keys that begin at these places and for their values; `None` where one cannot be cut out.
fn blank(text: &str, keys: &[&Range<usize>]) -> Option<(String, Vec<Range<usize>>)> {
    let mut memory = Memory::default();
    let (table, _) = memory.parse_recoverable(text);
    let mut spans = Vec::new();
    for key in keys {
        let end = value_end(table, key.start)?;
        spans.push(key.start..end);
    }
    let mut bytes = text.as_bytes().to_vec();
    for span in &spans {
        bytes.get_mut(span.clone())?.iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b' ');
    }
    Some((String::from_utf8(bytes).ok()?, spans))
}

/// Where the value of the key at a place ends; `None` for a table under a header of its own.
fn value_end(table: Table<'_>, at: usize) -> Option<usize> {
    table.iter().find_map(|(key, node)| {
        if key.span.start == at {
            return (node.span().start > at).then(|| node.span().end);
        }
        within(node, at)
    })
}

fn within(node: Node<'_>, at: usize) -> Option<usize> {
    match node.says() {
        Said::Table(table) => value_end(table, at),
        Said::Array(array) => array.iter().find_map(|node| within(node, at)),
        _ => None,
    }
}
