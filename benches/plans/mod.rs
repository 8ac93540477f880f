//! Plans of any size, written the same way every time.

use std::fmt::{self, Write as _};
use std::fs;
use std::path::{Path, PathBuf};

/// How large a plan is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Counted entries; each has a records file.
    pub entries: usize,
    /// `[[update]]` blocks of each entry.
    pub updates: usize,
    /// Indicators, each with a measure a year.
    pub indicators: usize,
    /// Years of the plan.
    pub years: usize,
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.updates {
            0 => write!(f, "{}i{}", self.indicators, self.years),
            updates => write!(f, "{}x{updates}", self.entries),
        }
    }
}

/// Policies at the top, each with as many measures, among which the counted entries are dealt out.
const BRANCHES: usize = 10;
/// R6: the first fiscal year of every plan.
const FIRST: usize = 6;
const OWNERS: usize = 40;
const INDICATORS_OF_A_FILE: usize = 100;
const GRADES: [&str; 3] = ["on-track", "off-track", "done"];

const DONE: &str = "窓口の混雑を避けるため予約枠を広げ、担当者研修を2回行った。";
const ISSUE: &str = "予約のない来庁が多い。";
const NEXT: &str = "案内の掲示を見直す。";

impl Size {
    /// A plan with a few indicators.
    pub const fn new(entries: usize, updates: usize) -> Self {
        // Four updates a year.
        Self { entries, updates, indicators: 50, years: updates.div_ceil(4) }
    }

    /// A plan of many indicators, measured every year, and hardly any entries.
    pub const fn of_indicators(indicators: usize, years: usize) -> Self {
        Self { entries: 100, updates: 0, indicators, years }
    }

    /// Writes the plan, in place of what stood there before, and returns its folder: `…/NAME/plan`.
    ///
    /// It stays below cargo's own folder for temporary files, where the next run writes it anew.
    pub fn write(&self) -> PathBuf {
        let workspace = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("plan-{self}"));
        if workspace.exists() {
            fs::remove_dir_all(&workspace).unwrap();
        }
        let plan = workspace.join("plan");
        for folder in ["outline", "records", "indicators"] {
            fs::create_dir_all(plan.join(folder)).unwrap();
        }
        let write = |path: String, text: String| fs::write(plan.join(path), text).unwrap();
        write("plan.toml".into(), self.head());
        write("owners.toml".into(), owners());
        write("sources.toml".into(), "[000]\ntitle = \"計画書\"\n".into());
        for file in 0..self.indicators.div_ceil(INDICATORS_OF_A_FILE) {
            write(format!("indicators/{file}.toml"), self.indicators(file));
        }
        for branch in 1..=BRANCHES {
            write(format!("outline/{branch}.toml"), self.outline(branch));
        }
        for entry in (0..self.entries).filter(|_| self.updates > 0) {
            write(format!("records/{}.toml", id(entry)), self.updates(entry));
        }
        for indicator in 0..self.indicators {
            write(format!("records/indicator-{indicator}.toml"), self.measures(indicator));
        }
        plan
    }

    fn head(&self) -> String {
        let last = FIRST + self.years - 1;
        format!(
            r#"schema = 1
id     = "benchmark"
name   = "計測用の計画"
fictional = true
period = {{ from = "R{FIRST}", to = "R{last}" }}
levels = ["基本方針", "施策", "取組項目"]
source = "000"

[[scale]]
id = "progress"
name = "進捗状況"
grades = [
  {{ id = "on-track",  name = "計画通り進捗" }},
  {{ id = "off-track", name = "一部変更・遅れ", attention = true }},
  {{ id = "done",      name = "完了" }},
]
"#
        )
    }

    fn outline(&self, branch: usize) -> String {
        let mut text = format!("[{branch}]\nname = \"基本方針{branch}\"\n");
        for measure in 1..=BRANCHES {
            let _ = write!(text, "\n[{branch}-{measure}]\nname = \"施策{branch}-{measure}\"\n");
        }
        for entry in (0..self.entries).filter(|entry| entry % BRANCHES + 1 == branch) {
            let (id, owner) = (id(entry), entry % OWNERS);
            let _ = write!(text, "\n[{id}]\nname = \"取組項目{id}\"\nowner = \"owner-{owner}\"\nsource = \"000\"\n");
            let _ = write!(text, "\n[[{id}.initiative]]\nname = \"窓口予約の拡大\"\nstart = \"R{FIRST}Q2\"\n");
        }
        text
    }

    fn updates(&self, entry: usize) -> String {
        let owner = entry % OWNERS;
        let mut text = String::new();
        for update in 0..self.updates {
            let (year, quarter) = (FIRST + update / 4, update % 4 + 1);
            let (recorded, grade) = (day_after(year, quarter), GRADES[(entry * 7 + update * 5) % GRADES.len()]);
            let progress = update * 100 / self.updates;
            let _ = write!(
                text,
                "[[update]]\nperiod   = \"R{year}Q{quarter}\"\nrecorded = {recorded}\n\
                 rating   = {{ progress = \"{grade}\" }}\nprogress = {progress}\n"
            );
            // Most updates tell what was done; every third one has more to say.
            if update % 3 == 0 {
                let _ = write!(text, "done     = \"{DONE}\"\nissue    = \"{ISSUE}\"\nnext     = \"{NEXT}\"\n");
            }
            let _ = write!(text, "by       = \"第{owner}課\"\n\n");
        }
        text
    }

    fn indicators(&self, file: usize) -> String {
        let last = FIRST + self.years - 1;
        let mut text = String::new();
        let first = file * INDICATORS_OF_A_FILE;
        for indicator in first..self.indicators.min(first + INDICATORS_OF_A_FILE) {
            let (kind, branch) = (["up", "down"][indicator % 2], indicator % BRANCHES + 1);
            let (baseline, target) = [("48.9", "65"), ("120", "80")][indicator % 2];
            let _ = write!(
                text,
                "[indicator-{indicator}]\nname = \"指標{indicator}\"\nunit = \"％\"\nkind = \"{kind}\"\n\
                 entry = \"{branch}\"\nbaseline = {{ R5 = {baseline} }}\ntarget = {{ R{last} = {target} }}\n\n"
            );
        }
        text
    }

    fn measures(&self, indicator: usize) -> String {
        let mut text = String::new();
        for year in 0..self.years {
            let (period, recorded) = (FIRST + year, day_after(FIRST + year, 4));
            let value = 50 + (indicator + year * 3) % 40;
            let _ = write!(text, "[[measure]]\nperiod = \"R{period}\"\nrecorded = {recorded}\nvalue = {value}.5\n\n");
        }
        text
    }
}

/// Copies a folder and everything in it.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        match entry.file_type().unwrap().is_dir() {
            true => copy(&entry.path(), &target),
            false => drop(fs::copy(entry.path(), target).unwrap()),
        }
    }
}

fn id(entry: usize) -> String {
    let (branch, rest) = (entry % BRANCHES + 1, entry / BRANCHES);
    format!("{branch}-{}-{}", rest % BRANCHES + 1, rest / BRANCHES + 1)
}

/// A day soon after a quarter of a Reiwa year: R7Q2 → 2025-10-03.
fn day_after(year: usize, quarter: usize) -> String {
    let western = 2018 + year + quarter / 3;
    let month = [7, 10, 1, 4][quarter - 1];
    format!("{western}-{month:02}-03")
}

fn owners() -> String {
    let mut text = String::new();
    for owner in 0..OWNERS {
        let _ = write!(text, "[owner-{owner}]\nname = \"第{owner}課\"\n\n");
    }
    text
}
