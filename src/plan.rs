//! The checked model. A [`Plan`] comes only out of [`crate::source::load`], so whoever holds one holds a plan that
//! passed every check.

pub mod amendment;
pub mod amount;
pub mod area;
pub mod closing;
pub mod entry;
pub mod era;
pub mod id;
pub mod indicator;
pub mod inquiry;
pub mod judging;
pub mod opinion;
pub mod owner;
pub mod paper;
pub mod period;
pub mod plausible;
pub mod printed;
pub mod publication;
pub mod record;
pub mod road;
pub mod scale;
pub mod source;
pub mod sum;
pub mod theme;
pub mod totals;
pub mod value;
pub mod zone;

use std::collections::HashMap;
use std::ops::Range;

use rust_decimal::{Decimal, RoundingStrategy};

use crate::lang::{Lang, Say};
use crate::text::same::{Spelling, spellings};
use amendment::Amendment;
use area::AreaCode;
use closing::Closing;
use entry::{Entry, Figure, Milestone};
use id::Id;
use indicator::Indicator;
use inquiry::{ImportColumns, Inquiry, Template};
use judging::{BandSet, TargetOf};
use opinion::Meeting;
use owner::Owner;
use paper::{Answer, Paper};
use period::{Cycle, FiscalYear, Period};
use publication::Publication;
use scale::{Evaluator, Scale};
use source::{Origin, Revision, Source};
use sum::DeclaredSum;
use theme::Theme;
use totals::Published;

/// A plan and everything that happened to it.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The folder it was read from; what `--plan` names.
    pub folder: Box<str>,
    /// The revision it was read from; `None` for the files as they are now.
    pub revision: Option<Revision>,
    /// What `plan.toml` says of the plan as a whole.
    pub head: Head,
    /// At least one; the first is shown by default.
    pub scales: Vec<Scale>,
    /// At least one; the first is the default.
    pub evaluators: Vec<Evaluator>,
    /// 工程の段階, in order: what a year's step can be.
    pub steps: Vec<Say>,
    /// 所管課, in order of id.
    pub owners: Vec<Owner>,
    /// Documents, in order of id.
    pub sources: Vec<Source>,
    /// The outline, depth first, siblings in order of id.
    pub entries: Vec<Entry>,
    /// In the order they are written.
    pub indicators: Vec<Indicator>,
    /// Sets of bands that can judge: those that come with the program, then the plan's own.
    pub band_sets: Vec<BandSet>,
    /// Closed periods, the earliest first; only as far as their files were read.
    pub closings: Vec<Closing>,
    /// How papers are laid out: those that come with the program, each as the office wants it, then the office's own.
    pub papers: Vec<Paper>,
    /// What was answered when it was asked, in order of period.
    pub answers: Vec<Answer>,
    /// Where opinions were given, with what was said and answered, in order of day.
    pub meetings: Vec<Meeting>,
    /// Themes that plans share, in the order they are written, with what of this plan belongs to each.
    pub themes: Vec<Theme>,
    /// What every id, present or former, means.
    pub index: HashMap<Id, Subject>,
    /// What departments were asked and what came back, in order of period.
    pub inquiries: Vec<Inquiry>,
    /// The office's own form, where one is described.
    pub template: Option<Template>,
    /// The columns of an imported list, where they are described.
    pub import: Option<ImportColumns>,
    /// What of it goes out to everybody, where that is said.
    pub publication: Option<Publication>,
}

/// What an id means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// An entry, by place.
    Entry(usize),
    /// An indicator, by place.
    Indicator(usize),
}

impl Head {
    /// 正式な名称 of whose plan it is: behind that of its prefecture, where its code says in which it lies.
    pub fn official_city(&self) -> Option<String> {
        let name = self.city.as_deref()?;
        Some(self.city_code.map_or_else(|| name.to_owned(), |code| code.official_name(name)))
    }

    /// Whether the entries of a level are counted.
    pub fn counts(&self, level: usize) -> bool {
        level == self.counted || self.also_counted.contains(&level)
    }

    /// The levels that are counted, top first.
    pub fn counted_levels(&self) -> impl Iterator<Item = usize> {
        self.also_counted.iter().copied().chain([self.counted])
    }

    /// Whether a period lies within the years of the plan.
    pub fn covers(&self, period: Period) -> bool {
        self.from.first_day() <= period.first_day() && period.last_day() <= self.to.last_day()
    }
}

impl Subject {
    /// The place of the entry, where it is one.
    pub fn entry(self) -> Option<usize> {
        match self {
            Self::Entry(place) => Some(place),
            Self::Indicator(_) => None,
        }
    }
}

/// The plan as a whole.
#[derive(Debug, Clone)]
pub struct Head {
    /// The plan's own id.
    pub id: Id,
    /// 計画の名称.
    pub name: Box<str>,
    /// Other names.
    pub aliases: Vec<Box<str>>,
    /// Whose plan it is.
    pub city: Option<Box<str>>,
    /// 全国地方公共団体コード of whose plan it is.
    pub city_code: Option<AreaCode>,
    /// Who is in charge of it.
    pub office: Option<Box<str>>,
    /// How to reach whoever is in charge of it.
    pub contact: Option<Box<str>>,
    /// 発信者: in whose name papers and letters go out; the office where nobody is named.
    pub sender: Option<Box<str>>,
    /// The language of its readers.
    pub lang: Lang,
    /// Whether the city is made up; every output says so.
    pub fictional: bool,
    /// The first fiscal year.
    pub from: FiscalYear,
    /// The last fiscal year.
    pub to: FiscalYear,
    /// How often the office asks.
    pub cycle: Cycle,
    /// Names of the levels, top first.
    pub levels: Vec<Box<str>>,
    /// The level that is counted, by place; of several the deepest.
    pub counted: usize,
    /// The other levels that are counted, each for itself, by place, top first.
    pub also_counted: Vec<usize>,
    /// The periods in which entries are rated that name none themselves; all where there are none.
    pub rated: Box<[Period]>,
    /// What percentages are of.
    pub denominator: Denominator,
    /// By what else than the outline entries are grouped.
    pub groupings: Vec<Grouping>,
    /// How many entries each level must have, where the plan says so.
    pub expect: Vec<usize>,
    /// How percentages are printed.
    pub rounding: Rounding,
    /// Which bands judge, by place in the plan.
    pub judged_by: usize,
    /// Which bands judge besides, side by side with those, by place in the plan.
    pub also_judged_by: Vec<usize>,
    /// Which of an indicator's targets judges, where the indicator does not say; `None` where the plan does not either.
    pub against: Option<TargetOf>,
    /// Whether 実績÷目標 stands beside the other rates.
    pub actual_by_target: bool,
    /// ミッション.
    pub mission: Vec<Box<str>>,
    /// ビジョン.
    pub vision: Vec<Box<str>>,
    /// バリュー.
    pub values: Vec<Box<str>>,
    /// The plan above this one: name and, where given, the item of it.
    pub parent: Option<(Box<str>, Option<Box<str>>)>,
    /// The folder of the plan before this one.
    pub predecessor: Option<Box<str>>,
    /// Folders of plans beside this one.
    pub related: Vec<Box<str>>,
    /// Folders of plans whose indicators verify this one.
    pub verified_by: Vec<Box<str>>,
    /// The plan's own road.
    pub schedule: Vec<Milestone>,
    /// The stages of the reform.
    pub stages: Vec<Stage>,
    /// Totals that papers printed, in order of period, whether the entries themselves are known or not.
    pub published: Vec<Published>,
    /// Sums that the plan declares, in the order they are written.
    pub sums: Vec<DeclaredSum>,
    /// Facts with a number.
    pub figures: Vec<Figure>,
    /// Footnotes.
    pub notes: Vec<Box<str>>,
    /// Why it was changed.
    pub amendments: Vec<Amendment>,
    /// Where it was read.
    pub origin: Origin,
}

/// What percentages of counts are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Denominator {
    /// What has been rated (評価済).
    #[default]
    Rated,
    /// What was to be rated: 評価済 and 未報告.
    Due,
}

/// What entries can be grouped by, as the plan names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grouping {
    /// The key in `group = { KEY = … }`.
    pub id: Id,
    /// What it is called.
    pub name: Box<str>,
}

/// A stage of the reform.
#[derive(Debug, Clone)]
pub struct Stage {
    /// What it is called.
    pub name: Box<str>,
    /// Its first fiscal year.
    pub from: FiscalYear,
    /// Its last fiscal year.
    pub to: FiscalYear,
    /// Where it was read.
    pub origin: Origin,
}

/// How percentages are printed. What is judged is never rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rounding {
    /// Digits behind the point.
    pub digits: u32,
    /// Half-up or truncate.
    pub strategy: RoundingStrategy,
}

impl Default for Rounding {
    fn default() -> Self {
        Self { digits: 1, strategy: RoundingStrategy::MidpointAwayFromZero }
    }
}

impl Rounding {
    /// `value` with exactly the digits to print.
    pub fn apply(self, value: Decimal) -> Decimal {
        let mut rounded = value.round_dp_with_strategy(self.digits, self.strategy);
        rounded.rescale(self.digits);
        if rounded.is_zero() { rounded.abs() } else { rounded }
    }
}

impl Plan {
    /// What an id or a former id means; also an entry's or indicator's name or alias, where only one has it.
    pub fn find(&self, text: &str) -> Option<Subject> {
        if let Some(found) = Id::parse(text).ok().and_then(|id| self.index.get(&id)) {
            return Some(*found);
        }
        let found = spellings(text).map(|name| self.called(&name)).find(|found| !found.is_empty());
        match found.as_deref() {
            Some([one]) => Some(*one),
            _ => None,
        }
    }

    /// Every entry and indicator of this name or alias.
    fn called(&self, name: &Spelling<'_>) -> Vec<Subject> {
        let is = |entry: &Entry| name.is(&entry.name) || entry.aliases.iter().any(|alias| name.is(alias));
        let entries = self.entries.iter().enumerate().filter(|(_, entry)| is(entry));
        let indicators = self.indicators.iter().enumerate().filter(|(_, indicator)| name.is(&indicator.name));
        entries.map(|(i, _)| Subject::Entry(i)).chain(indicators.map(|(i, _)| Subject::Indicator(i))).collect()
    }

    /// Whether no entry is known of it, but totals that papers printed.
    pub fn has_totals_alone(&self) -> bool {
        self.entries.is_empty() && !self.head.published.is_empty()
    }

    /// The place of the owner that a text names; `None` where there is none, or more than one.
    pub fn owner_called(&self, text: &str) -> Option<usize> {
        owner::the_owner_called(&self.owners, text)
    }

    /// The entry and everything under it, by place, in outline order.
    pub fn subtree(&self, root: usize) -> Range<usize> {
        let level = self.entries[root].level;
        let under = self.entries[root + 1..].iter().take_while(move |e| e.level > level).count();
        root..root + under + 1
    }

    /// The bands that judge an indicator as of a period.
    pub fn judging(&self, indicator: &Indicator, period: Period) -> &BandSet {
        self.bands_near(indicator.judged_by.unwrap_or(self.head.judged_by), period)
    }

    /// The sets of bands that judge every indicator besides, as of a period.
    pub fn also_judging(&self, period: Period) -> impl Iterator<Item = &BandSet> {
        self.head.also_judged_by.iter().map(move |place| self.bands_near(*place, period))
    }

    /// The version of a set of bands that is in force, or the nearest where none is.
    fn bands_near(&self, place: usize, period: Period) -> &BandSet {
        &self.band_sets[judging::place_near(&self.band_sets, place, period)]
    }

    /// The periods in which an entry is rated; all where there are none.
    pub fn turns<'p>(&'p self, entry: &'p Entry) -> &'p [Period] {
        if entry.rated.is_empty() { &self.head.rated } else { &entry.rated }
    }

    /// Whether an entry is rated in a period, or in a part of it.
    pub fn is_rated(&self, entry: &Entry, period: Period) -> bool {
        let turns = self.turns(entry);
        turns.is_empty() || turns.iter().any(|turn| turn.answers_for(period))
    }

    /// Whether a report on an entry is owed about a period: it is counted, in the plan, begun, and rated then.
    pub fn is_owed(&self, entry: &Entry, period: Period) -> bool {
        self.head.counts(entry.level)
            && entry.is_active(period)
            && entry.has_begun(period)
            && self.is_rated(entry, period)
    }

    /// What entries are grouped by: the keys that the plan names, then those that only entries have, as they come.
    pub fn group_keys(&self) -> Vec<&str> {
        let named = self.head.groupings.iter().map(|grouping| grouping.id.as_str());
        let used = self.entries.iter().flat_map(|entry| entry.groups.iter().map(|(key, _)| &**key));
        let mut keys: Vec<&str> = Vec::new();
        for key in named.chain(used) {
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        keys
    }

    /// Which of its targets judges an indicator, where it or the plan says so.
    pub fn against(&self, indicator: &Indicator) -> Option<TargetOf> {
        indicator.against.or(self.head.against)
    }

    /// The bands that judge what has no rate.
    pub fn standard(&self) -> &BandSet {
        &self.band_sets[0]
    }

    /// The name of a level (0 = top).
    pub fn level_name(&self, level: usize) -> &str {
        self.head.levels.get(level).map_or("", |name| name)
    }
}
