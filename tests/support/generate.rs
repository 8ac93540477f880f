//! Small plans of any shape, for laws that hold for all of them.

use kaikaku::source::Snapshot;
use proptest::prelude::*;

/// Quarters of the generated plans: R6Q1 to R9Q4.
pub const QUARTERS: usize = 16;

/// The short name of a quarter.
pub fn quarter(at: usize) -> String {
    format!("R{}Q{}", 6 + at / 4, 1 + at % 4)
}

/// A plan in the making.
#[derive(Debug, Clone)]
pub struct Spec {
    pub levels: usize,
    pub counted: usize,
    pub entries: Vec<Entry>,
    pub updates: Vec<Update>,
}

#[derive(Debug, Clone)]
pub struct Entry {
    pub id: String,
    pub added: Option<usize>,
    pub dropped: Option<usize>,
}

#[derive(Debug, Clone)]
pub struct Update {
    pub entry: usize,
    pub quarter: usize,
    /// Days after 2024-04-01; no two updates have the same.
    pub day: u64,
    pub by_committee: bool,
    pub grade: Option<usize>,
    pub progress: Option<u8>,
}

const HEAD: &str = r#"schema = 1
id     = "generated"
name   = "計画"
period = { from = "R6", to = "R9" }
[[scale]]
id     = "p"
name   = "旧尺度"
to     = "R7"
grades = [{ id = "a", name = "良" }, { id = "b", name = "可" }, { id = "x", name = "対象外", counts = false }]
[[scale]]
id     = "p"
name   = "新尺度"
from   = "R8"
grades = [{ id = "a", name = "良" }, { id = "c", name = "否", attention = true }, { id = "x", name = "対象外", counts = false }]
composites = [{ id = "ac", name = "良＋否", grades = ["a", "c"] }]
[[evaluator]]
id   = "dept"
name = "所管"
[[evaluator]]
id   = "committee"
name = "委員会"
"#;

impl Spec {
    fn head(&self) -> String {
        let names: Vec<String> = (1..=self.levels).map(|n| format!("\"階層{n}\"")).collect();
        let (levels, count) = (names.join(", "), &names[self.counted]);
        HEAD.replacen("[[scale]]", &format!("levels = [{levels}]\ncount  = {count}\n[[scale]]"), 1)
    }

    fn table(entry: &Entry) -> String {
        let key =
            |name: &str, at: Option<usize>| at.map(|q| format!("{name} = \"{}\"\n", quarter(q))).unwrap_or_default();
        format!(
            "[{}]\nname = \"名{}\"\n{}{}\n",
            entry.id,
            entry.id,
            key("added", entry.added),
            key("dropped", entry.dropped)
        )
    }

    fn block(update: &Update) -> String {
        let day = chrono::NaiveDate::from_ymd_opt(2024, 4, 1).unwrap() + chrono::Days::new(update.day);
        let grades = if update.quarter < 8 { ["a", "b", "x"] } else { ["a", "c", "x"] };
        let who = if update.by_committee { "evaluator = \"committee\"\n" } else { "" };
        let rating = update.grade.map(|g| format!("rating = {{ p = \"{}\" }}\n", grades[g])).unwrap_or_default();
        let progress = update.progress.map(|p| format!("progress = {p}\n")).unwrap_or_default();
        format!("[[update]]\nperiod = \"{}\"\nrecorded = {day}\n{who}{rating}{progress}\n", quarter(update.quarter))
    }

    /// The files of the plan, everything in its natural order.
    pub fn files(&self) -> Vec<(String, String)> {
        self.written((0..self.entries.len()).collect(), (0..self.updates.len()).collect(), 1)
    }

    /// The files of the plan, entries and records written in these orders, the outline torn into `pieces` files.
    pub fn written(&self, entries: Vec<usize>, updates: Vec<usize>, pieces: usize) -> Vec<(String, String)> {
        let mut files = vec![("plan.toml".to_owned(), self.head())];
        for piece in 0..pieces {
            let mine = entries.iter().skip(piece).step_by(pieces);
            let text: String = mine.map(|at| Self::table(&self.entries[*at])).collect();
            files.push((format!("outline/{piece}.toml"), format!("schema = 1\n{text}")));
        }
        for (at, entry) in self.entries.iter().enumerate() {
            let mine = updates.iter().filter(|u| self.updates[**u].entry == at);
            let text: String = mine.map(|u| Self::block(&self.updates[*u])).collect();
            files.extend((!text.is_empty()).then(|| (format!("records/{}.toml", entry.id), text)));
        }
        files
    }
}

/// Files as the program reads them.
#[allow(dead_code, reason = "every test uses a part of it")]
pub fn snapshot(files: &[(String, String)]) -> Snapshot {
    let mut snapshot = Snapshot::default();
    files.iter().for_each(|(path, text)| snapshot.put(path, text.clone()));
    snapshot
}

/// Any small plan: one to four levels, entries that come and go, ratings at any level by two evaluators.
pub fn spec() -> impl Strategy<Value = Spec> {
    let span = (prop::option::weighted(0.2, 0..QUARTERS), prop::option::weighted(0.2, 0..QUARTERS));
    let entry = (any::<prop::sample::Index>(), span);
    let update = (
        any::<prop::sample::Index>(),
        0..QUARTERS,
        any::<bool>(),
        prop::option::of(0usize..3),
        prop::option::of(0u8..=100),
    );
    let parts = (
        1usize..=4,
        any::<prop::sample::Index>(),
        prop::collection::vec(entry, 1..14),
        prop::collection::vec(update, 0..40),
    );
    parts.prop_map(|(levels, counted, shapes, stated)| {
        let mut entries: Vec<Entry> = Vec::new();
        for (at, (parent, (added, dropped))) in shapes.into_iter().enumerate() {
            let parent = parent.index(at + 1).checked_sub(1).map(|p| &entries[p].id);
            let stem = parent.filter(|id| id.split('-').count() < levels);
            let id = stem.map_or_else(|| format!("{}", at + 1), |stem| format!("{stem}-{}", at + 1));
            entries.push(Entry { id, added, dropped: dropped.filter(|d| added.is_none_or(|a| a < *d)) });
        }
        let update =
            |(day, (entry, quarter, by_committee, grade, progress)): (usize, (prop::sample::Index, _, _, _, _))| {
                Update { entry: entry.index(entries.len()), quarter, day: day as u64, by_committee, grade, progress }
            };
        let updates = stated.into_iter().enumerate().map(update).collect();
        Spec { levels, counted: counted.index(levels), entries, updates }
    })
}
