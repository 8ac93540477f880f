//! What changed in the files and nowhere in the plan: comments, order, notation, keys that nothing reads, files that could
//! not be read. Whatever differs in a file is either one of these or shown by a [`Change`](super::change::Change).

mod comments;
mod covered;
mod units;

use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};
use std::hash::Hash;

use similar::DiffTag;

use super::Diff;
use super::sequence::edits;
use crate::finding::Finding;
use crate::ledger::files::RECORDS;
use crate::source::lenient::Lenient;
use crate::source::{Snapshot, is_read_for_plans};
use covered::Covered;
use units::{Unit, units};

/// A change that only the files know of.
#[derive(Debug, Clone)]
pub struct FileChange<'p> {
    /// What happened.
    pub kind: FileKind<'p>,
    /// The path in the old plan folder, the line from 1, and what stood there.
    pub old: Option<Spot>,
    /// The same in the new one.
    pub new: Option<Spot>,
}

/// A place in a file, and the text that stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// In the plan folder.
    pub path: String,
    /// From 1.
    pub line: usize,
    /// As it stands there; empty where the file as a whole is meant.
    pub text: String,
}

/// What happened in a file.
#[derive(Debug, Clone)]
pub enum FileKind<'p> {
    /// It can't be read in one of the revisions: what is wrong in the old, what in the new, and its lines.
    Unread([&'p [Finding]; 2], Vec<Line>),
    /// It belongs to no part of the plan that is compared: its lines.
    Lines(Vec<Line>),
    /// A key that nothing reads.
    UnknownKey,
    /// A comment.
    Comment,
    /// The order of tables or keys.
    Reordered,
    /// What stood in one file stands in another.
    Relocated,
    /// The same, written in another way.
    Notation,
    /// Blanks, line ends, quotes.
    Layout,
}

/// A line that is in one of the revisions only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Whether it is the new revision that has it.
    pub is_new: bool,
    /// Which line of its file, from 1.
    pub number: usize,
    /// What it says, without its end.
    pub text: String,
}

impl FileKind<'_> {
    /// The stable word.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Unread(..) => "unread",
            Self::Lines(_) => "lines",
            Self::UnknownKey => "unknown-key",
            Self::Comment => "comment",
            Self::Reordered => "reordered",
            Self::Relocated => "relocated",
            Self::Notation => "notation",
            Self::Layout => "layout",
        }
    }
}

/// The two revisions as they were read.
#[derive(Debug, Clone, Copy)]
pub struct Sides<'p> {
    /// The old one.
    pub old: &'p Lenient,
    /// The new one.
    pub new: &'p Lenient,
    /// Ids whose records are the same in both, whether or not both were read with them.
    pub same_records: &'p [String],
}

/// What the files changed beyond what `diff` tells of the plan.
pub fn file_changes<'p>(sides: Sides<'p>, diff: Option<&Diff<'p>>) -> Vec<FileChange<'p>> {
    let paths: BTreeSet<&str> =
        [sides.old, sides.new].iter().flat_map(|s| &s.snapshot.files).map(|f| &*f.path).collect();
    let same_records: HashSet<&str> = sides.same_records.iter().map(String::as_str).collect();
    let is_same = |path: &str| RECORDS.stem(path).is_some_and(|stem| same_records.contains(stem));
    let differing = paths.into_iter().filter(|path| !is_same(path) && text(sides.old, path) != text(sides.new, path));
    let unread = [sides.old, sides.new]
        .map(|side| side.unread.iter().map(|unread| (&*unread.path, &*unread.findings)).collect::<HashMap<_, _>>());
    let mut found = Vec::new();
    let mut readable = Vec::new();
    for path in differing {
        let findings = unread.each_ref().map(|unread| unread.get(path).copied().unwrap_or_default());
        let both_read = sides.old.plan.is_some() && sides.new.plan.is_some();
        if findings.iter().any(|all| !all.is_empty()) {
            found.push(of_lines(sides, path, |lines| FileKind::Unread(findings, lines)));
        } else if !both_read || !is_read_for_plans(path) {
            found.push(of_lines(sides, path, FileKind::Lines));
        } else {
            readable.push(path);
        }
    }
    if let Some(diff) = diff {
        let unknown = unknown_keys(sides, &readable);
        found.extend(within(sides, &readable, diff, unknown));
    }
    found
}

/// The lines that one of the texts has and the other has not, in their order.
pub fn line_diff(old: &str, new: &str) -> Vec<Line> {
    let (olds, news): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let line = |is_new: bool, all: &[&str], at: usize| Line { is_new, number: at + 1, text: all[at].to_owned() };
    let ops = edits(&olds, &news);
    let changed = ops.into_iter().filter(|op| op.tag() != DiffTag::Equal);
    changed
        .flat_map(|op| {
            let gone = op.old_range().map(|at| line(false, &olds, at)).collect::<Vec<_>>();
            gone.into_iter().chain(op.new_range().map(|at| line(true, &news, at)).collect::<Vec<_>>())
        })
        .collect()
}

fn text<'p>(side: &'p Lenient, path: &str) -> Option<&'p str> {
    side.snapshot.position(path).map(|file| side.snapshot.text(file))
}

fn of_lines<'p>(sides: Sides<'p>, path: &str, kind: impl FnOnce(Vec<Line>) -> FileKind<'p>) -> FileChange<'p> {
    let texts = [sides.old, sides.new].map(|side| text(side, path));
    let lines = line_diff(texts[0].unwrap_or(""), texts[1].unwrap_or(""));
    let spot = |text: Option<&str>| text.map(|_| whole(path));
    FileChange { kind: kind(lines), old: spot(texts[0]), new: spot(texts[1]) }
}

fn whole(path: &str) -> Spot {
    Spot { path: path.to_owned(), line: 1, text: String::new() }
}

fn spot(snapshot: &Snapshot, path: &str, at: usize, text: &str) -> Spot {
    let line = snapshot.position(path).map_or(1, |file| snapshot.line_column(file, at).0);
    Spot { path: path.to_owned(), line, text: text.trim().to_owned() }
}

/// Keys that nothing reads: those of one revision that the other does not have in the same file.
fn unknown_keys<'p>(sides: Sides<'p>, readable: &[&str]) -> Vec<FileChange<'p>> {
    let of = |side: &'p Lenient| -> Vec<Spot> {
        let known = side.unknown.iter().filter(|key| readable.binary_search(&key.path.as_str()).is_ok());
        known
            .filter_map(|key| {
                let raw = text(side, &key.path)?.get(key.span.clone())?;
                Some(spot(&side.snapshot, &key.path, key.span.start, raw))
            })
            .collect()
    };
    let (olds, news) = (of(sides.old), of(sides.new));
    let differs = |(old, new): &(Option<&Spot>, Option<&Spot>)| old.is_none() || new.is_none();
    let same = matched(&olds, &news, |spot| (&spot.path, &spot.text));
    let (olds, news): (Vec<Option<&Spot>>, Vec<Option<&Spot>>) = same.into_iter().filter(differs).unzip();
    let [olds, news] = [olds, news].map(|spots| spots.into_iter().flatten().collect::<Vec<_>>());
    let key = |spot: &&'_ Spot| (spot.path.clone(), spot.text.split('=').next().map(|key| key.trim().to_owned()));
    let change = |(old, new): (Option<&&Spot>, Option<&&Spot>)| FileChange {
        kind: FileKind::UnknownKey,
        old: old.copied().cloned(),
        new: new.copied().cloned(),
    };
    matched(&olds, &news, key).into_iter().map(change).collect()
}

/// Comments, order, notation and blanks of files that both revisions can read.
fn within<'p>(
    sides: Sides<'p>,
    readable: &[&str],
    diff: &Diff<'p>,
    unknown: Vec<FileChange<'p>>,
) -> Vec<FileChange<'p>> {
    let rename = |id: &str| {
        let id = crate::plan::id::Id::parse(id).ok()?;
        diff.identity.heir(&id).filter(|heir| **heir != id).map(ToString::to_string)
    };
    let olds = units(sides.old, readable, &rename);
    let news = units(sides.new, readable, &|_| None);
    let mut found = unknown;
    found.extend(readable.iter().flat_map(|path| comments::compare(sides, path)));
    let pairs = pair(&olds, &news);
    found.extend(relocated(&pairs));
    found.extend(reordered(&pairs, readable, sides));
    let covered =
        [(sides.old, false), (sides.new, true)].map(|(side, is_new)| Covered::new(&side.snapshot, diff, is_new));
    found.extend(notation(sides, [&olds, &news], &pairs, &covered));
    let spots = found.iter().flat_map(|change| [&change.old, &change.new]).flatten();
    let cited: HashSet<String> = spots.map(|spot| spot.path.clone()).collect();
    for path in readable {
        let explained = cited.contains(*path) || covered.iter().any(|covered| covered.is_in(path));
        if !explained && same_names(path, sides) {
            found.push(FileChange { kind: FileKind::Layout, old: Some(whole(path)), new: Some(whole(path)) });
        }
    }
    found
}

/// Whether both revisions have the file.
fn same_names(path: &str, sides: Sides<'_>) -> bool {
    text(sides.old, path).is_some() && text(sides.new, path).is_some()
}

type Pairs<'u, 'p> = Vec<(&'u Unit<'p>, &'u Unit<'p>)>;

/// Units that both revisions have, saying the same.
fn pair<'u, 'p>(olds: &'u [Unit<'p>], news: &'u [Unit<'p>]) -> Pairs<'u, 'p> {
    let mut free: HashMap<_, Vec<&Unit<'p>>> = HashMap::new();
    for unit in news.iter().rev() {
        free.entry(unit.same()).or_default().push(unit);
    }
    olds.iter().filter_map(|old| Some((old, free.get_mut(&old.same())?.pop()?))).collect()
}

fn relocated<'p>(pairs: &Pairs<'_, 'p>) -> Vec<FileChange<'p>> {
    let moved = pairs.iter().filter(|(old, new)| old.path != new.path && !old.is_record);
    let mut known = HashSet::new();
    let moves = moved.map(|(old, new)| (&*old.path, &*new.path)).filter(|paths| known.insert(*paths));
    let change = |(old, new): (&str, &str)| FileChange {
        kind: FileKind::Relocated,
        old: Some(whole(old)),
        new: Some(whole(new)),
    };
    moves.map(change).collect()
}

fn reordered<'p>(pairs: &Pairs<'_, 'p>, readable: &[&str], sides: Sides<'p>) -> Vec<FileChange<'p>> {
    let mut by_path: HashMap<&str, Vec<&(&Unit<'p>, &Unit<'p>)>> = HashMap::new();
    for pair in pairs.iter().filter(|(old, new)| old.path == new.path) {
        by_path.entry(&pair.0.path).or_default().push(pair);
    }
    let mut moved = |path: &str| {
        let mut own = by_path.remove(path)?;
        own.sort_by_key(|(old, _)| old.at);
        own.windows(2).find(|pair| pair[0].1.at > pair[1].1.at).map(|pair| (pair[1].0, pair[1].1))
    };
    let change = |path: &&str| {
        let (old, new) = moved(path)?;
        let spot = |side: &Lenient, unit: &Unit<'_>| Some(spot(&side.snapshot, path, unit.at, &unit.title()));
        Some(FileChange { kind: FileKind::Reordered, old: spot(sides.old, old), new: spot(sides.new, new) })
    };
    readable.iter().filter_map(change).collect()
}

/// What says something else in the file and nothing else in the plan.
fn notation<'p>(
    sides: Sides<'p>,
    [olds, news]: [&[Unit<'p>]; 2],
    pairs: &Pairs<'_, 'p>,
    covered: &[Covered<'_>; 2],
) -> Vec<FileChange<'p>> {
    let paired: BTreeSet<(bool, &str, usize)> =
        pairs.iter().flat_map(|(old, new)| [(false, &*old.path, old.at), (true, &*new.path, new.at)]).collect();
    let left = |side: bool, all: &'_ [Unit<'p>]| -> Vec<Unit<'p>> {
        let alone = all.iter().filter(|unit| !paired.contains(&(side, &*unit.path, unit.at)));
        alone.filter(|unit| !covered[usize::from(side)].tells(unit)).cloned().collect()
    };
    let (olds, news) = (left(false, olds), left(true, news));
    let at = |side: &Lenient, unit: &Unit<'p>| spot(&side.snapshot, &unit.path, unit.at, unit.raw);
    let change = |(old, new): (Option<&Unit<'p>>, Option<&Unit<'p>>)| FileChange {
        kind: FileKind::Notation,
        old: old.map(|unit| at(sides.old, unit)),
        new: new.map(|unit| at(sides.new, unit)),
    };
    matched(&olds, &news, |unit| (&unit.scope, &unit.name)).into_iter().map(change).collect()
}

/// The old ones in their order, each with the first new one of its key that no other has, then the new ones left over.
fn matched<'t, T, K: Hash + Eq>(
    olds: &'t [T],
    news: &'t [T],
    key: impl Fn(&'t T) -> K,
) -> Vec<(Option<&'t T>, Option<&'t T>)> {
    let mut free: HashMap<K, VecDeque<usize>> = HashMap::new();
    news.iter().enumerate().for_each(|(at, new)| free.entry(key(new)).or_default().push_back(at));
    let mut is_taken = vec![false; news.len()];
    let mut take = |old: &'t T| {
        let at = free.get_mut(&key(old))?.pop_front()?;
        is_taken[at] = true;
        Some(&news[at])
    };
    let mut pairs: Vec<_> = olds.iter().map(|old| (Some(old), take(old))).collect();
    pairs.extend(news.iter().zip(is_taken).filter(|(_, is_taken)| !is_taken).map(|(new, _)| (None, Some(new))));
    pairs
}
