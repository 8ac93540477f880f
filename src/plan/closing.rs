//! Closed periods (確定): what was published of a period, and what was corrected since (訂正). The figures are kept as words,
//! exactly as they stand in the file: they say what was printed, whatever the plan says now.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use super::id::Id;
use super::period::Period;
use super::source::Origin;

/// What was published of one period.
#[derive(Debug, Clone)]
pub struct Closing {
    /// Of which period.
    pub period: Period,
    /// The last day of it: as of when the figures are.
    pub as_of: NaiveDate,
    /// When it was closed.
    pub closed: NaiveDate,
    /// Who closed it.
    pub by: Option<Box<str>>,
    /// Under which decision (決裁番号), and other remarks.
    pub note: Option<Box<str>>,
    /// The commit that was checked out then.
    pub revision: Option<Box<str>>,
    /// The version of the program that worked out the figures.
    pub program: Option<Box<str>>,
    /// 照合番号: of all the figures, as [`fingerprint`] makes it.
    pub fingerprint: Box<str>,
    /// The figures.
    pub figures: Figures,
    /// What was corrected since, the oldest first.
    pub corrections: Vec<Correction>,
    /// Where it was read.
    pub origin: Origin,
}

/// 訂正: figures of a closed period that changed, and why.
#[derive(Debug, Clone)]
pub struct Correction {
    /// When it was recorded.
    pub date: NaiveDate,
    /// Why.
    pub reason: Box<str>,
    /// Who says so.
    pub by: Option<Box<str>>,
    /// What changed.
    pub changes: Vec<FigureChange>,
    /// 照合番号 of all the figures as they hold from then on.
    pub fingerprint: Box<str>,
    /// Where it was read.
    pub origin: Origin,
}

/// One figure that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureChange {
    /// Which.
    pub key: FigureKey,
    /// What it was; `None` where there was none.
    pub before: Option<Words>,
    /// What it is; `None` where there is none any more.
    pub after: Option<Words>,
}

/// Figures by what they are of.
pub type Figures = BTreeMap<FigureKey, Line>;

/// Which figure: `entry.1-1-2` and `rating.progress.dept`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FigureKey {
    /// Of what.
    pub about: About,
    /// Which of its figures.
    pub what: Box<str>,
}

/// What a figure is of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum About {
    /// The plan as a whole.
    Total,
    /// An entry, as it was numbered then.
    Entry(Id),
    /// An indicator, by its id then.
    Indicator(Id),
}

/// A figure in words: the value first, then of which period it is, then marks (速報, 推定).
pub type Words = Vec<Box<str>>;

/// One figure, and where it comes from.
#[derive(Debug, Clone, Default)]
pub struct Line {
    /// What it says.
    pub words: Words,
    /// Where that stands.
    pub origin: Origin,
    /// The footnotes that stand there.
    pub notes: Box<[Box<str>]>,
}

impl About {
    /// The table of the file that holds its figures.
    pub fn table(&self) -> &'static str {
        match self {
            Self::Total => "total",
            Self::Entry(_) => "entry",
            Self::Indicator(_) => "indicator",
        }
    }

    /// The id of what it is.
    pub fn id(&self) -> Option<&Id> {
        match self {
            Self::Total => None,
            Self::Entry(id) | Self::Indicator(id) => Some(id),
        }
    }
}

impl FigureKey {
    /// The key that a text of the file spells.
    pub fn parse(text: &str) -> Option<Self> {
        let (table, rest) = text.split_once('.')?;
        let of = |about: fn(Id) -> About| {
            let (id, what) = rest.split_once('.')?;
            Some(Self { about: about(Id::parse(id).ok()?), what: what.into() })
        };
        match table {
            "total" => Some(Self { about: About::Total, what: rest.into() }),
            "entry" => of(About::Entry),
            "indicator" => of(About::Indicator),
            _ => None,
        }
    }

    /// Whether it follows from other figures: totals, rates, verdicts.
    pub fn is_derived(&self) -> bool {
        self.about == About::Total
            || ["ratio_to_target", "improvement", "verdict"].contains(&&*self.what)
            || self.what.starts_with("counts.")
    }

    /// Whether it is what a measure says.
    pub fn is_measured(&self) -> bool {
        ["actual", "missing"].contains(&&*self.what)
    }
}

impl std::fmt::Display for FigureKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let table = self.about.table();
        match self.about.id() {
            Some(id) => write!(f, "{table}.{id}.{}", self.what),
            None => write!(f, "{table}.{}", self.what),
        }
    }
}

impl Closing {
    /// What holds since the last correction.
    pub fn acknowledged(&self) -> BTreeMap<FigureKey, Words> {
        let mut figures = words_of(&self.figures);
        self.corrections.iter().for_each(|correction| correction.apply(&mut figures));
        figures
    }

    /// Whether figures and corrections are those that their fingerprints were made of; else the place of the first that
    /// is not.
    pub fn altered(&self) -> Option<Origin> {
        let mut figures = words_of(&self.figures);
        let mut is = |correction: Option<&Correction>, stated: &str| {
            correction.into_iter().for_each(|correction| correction.apply(&mut figures));
            fingerprint(self.period, self.as_of, &figures) == stated
        };
        if !is(None, &self.fingerprint) {
            return Some(self.origin);
        }
        self.corrections.iter().find(|c| !is(Some(c), &c.fingerprint)).map(|correction| correction.origin)
    }
}

impl Correction {
    /// Brings the figures up to date.
    pub fn apply(&self, figures: &mut BTreeMap<FigureKey, Words>) {
        for change in &self.changes {
            match &change.after {
                Some(words) => drop(figures.insert(change.key.clone(), words.clone())),
                None => drop(figures.remove(&change.key)),
            }
        }
    }
}

/// The words of figures.
pub fn words_of(figures: &Figures) -> BTreeMap<FigureKey, Words> {
    figures.iter().map(|(key, line)| (key.clone(), line.words.clone())).collect()
}

/// 照合番号: SHA-256 in hex over the period, the day and every figure in order, one a line.
pub fn fingerprint(period: Period, as_of: NaiveDate, figures: &BTreeMap<FigureKey, Words>) -> String {
    let mut hash = Sha256::new();
    hash.update(format!("{period} {as_of}\n"));
    for (key, words) in figures {
        hash.update(format!("{key}={}\n", words.join("\u{1f}")));
    }
    hex(&hash.finalize())
}

/// A short fingerprint of texts, absent ones apart from blank ones.
pub fn fingerprint_of(texts: [Option<&str>; 3]) -> String {
    let mut hash = Sha256::new();
    for text in texts {
        hash.update(text.map_or_else(|| "-\n".to_owned(), |text| format!("+{}:{text}\n", text.len())));
    }
    hex(&hash.finalize())[..SHORT].to_owned()
}

/// How much of a fingerprint a person reads.
pub const SHORT: usize = 12;

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
