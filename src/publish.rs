//! The site of a city's plans: pages for people, made of the same answers as screen and paper, so that they cannot disagree.
//! A page is a document as any report; what stands around it, and its style, are of `render`.

mod address;
mod changes;
mod data;
mod entry;
mod feed;
mod indicator;
mod linked;
mod lists;
pub mod manifest;
mod opinions;
mod overview;
mod period;
pub mod preview;
mod shared;
mod shell;
mod tables;
mod verifying;

use std::collections::BTreeMap;

use crate::document::Document;
use crate::failure::Failure;
use crate::lang::Lang;
use crate::plan::id::Id;
use crate::plan::{Plan, Subject};
use crate::query::gap::Gap;
use crate::query::opinion::{Thread, threads};
use crate::query::published::Difference;
use crate::query::status::{Node, Status};
use crate::query::summary::Summary;
use crate::query::verifying::Verifying;
use crate::render::site::{self, SCRIPT, STYLE};
use crate::report::council::CouncilReport;
use crate::say;

use address::Home;
use data::SiteData;
use linked::Pages;

/// One plan as it goes out. What does not go out is no longer in it.
#[derive(Debug)]
pub struct PublishedPlan<'p> {
    /// What of a period is told, and from which state of the record: what papers are laid out from.
    pub report: CouncilReport<'p>,
    /// How things stand, one for each scale and evaluator that has a record.
    pub statuses: Vec<Status<'p>>,
    /// The plans whose indicators verify it.
    pub verified_by: Vec<Verifying<'p>>,
    /// How the figures of each closed period differ from what was published, in the order of the plan's closings.
    pub errata: Vec<Vec<Difference<'p>>>,
    /// The tables of open data.
    data: SiteData,
    /// The indicators that verify each entry, or what is under it, by place.
    verifying: Vec<Vec<usize>>,
    /// The place among the gaps of each indicator that is judged, by place.
    gap_of: Vec<Option<usize>>,
    /// The opinions that go out, with what was answered.
    threads: Vec<Thread<'p>>,
    /// The initiatives of other entries that belong to an entry as well: entry and lane, by place.
    also: BTreeMap<usize, Vec<(usize, usize)>>,
}

impl<'p> PublishedPlan<'p> {
    /// A plan without what does not go out.
    pub fn new(report: CouncilReport<'p>, statuses: Vec<Status<'p>>, verified_by: Vec<Verifying<'p>>) -> Self {
        let plan = report.summary.plan();
        let mut verifying = vec![Vec::new(); plan.entries.len()];
        for (place, indicator) in plan.indicators.iter().enumerate() {
            for entry in &*indicator.entries {
                let above = std::iter::successors(Some(*entry), |at| plan.entries[*at].parent);
                for at in above.filter(|at| plan.entries.get(*at).is_some()) {
                    if verifying[at].last() != Some(&place) {
                        verifying[at].push(place);
                    }
                }
            }
        }
        let mut gap_of = vec![None; plan.indicators.len()];
        for (at, gap) in report.summary.gaps.iter().enumerate() {
            if let Some(Subject::Indicator(place)) = plan.index.get(&gap.indicator.id) {
                gap_of[*place] = Some(at);
            }
        }
        let mut also: BTreeMap<usize, Vec<(usize, usize)>> = BTreeMap::new();
        for (place, entry) in plan.entries.iter().enumerate() {
            for (lane, initiative) in entry.initiatives.iter().enumerate() {
                initiative.also.iter().for_each(|other| also.entry(*other).or_default().push((place, lane)));
            }
        }
        let as_of = report.summary.as_of();
        let (data, threads) = (SiteData::new(plan, as_of), threads(plan, as_of));
        Self { report, statuses, verified_by, errata: Vec::new(), data, verifying, gap_of, threads, also }
    }

    /// The plan.
    pub fn plan(&self) -> &'p Plan {
        self.report.summary.plan()
    }

    fn summary(&self) -> &Summary<'p> {
        &self.report.summary
    }

    /// How an entry stands in an answer about the whole plan.
    fn node<'s>(&self, status: &'s Status<'p>, place: usize) -> Option<&'s Node<'p>> {
        status.nodes.binary_search_by_key(&place, |node| node.place).ok().map(|at| &status.nodes[at])
    }

    fn gap(&self, indicator: usize) -> Option<&Gap<'p>> {
        self.report.summary.gaps.get((*self.gap_of.get(indicator)?)?)
    }
}

/// A site.
#[derive(Debug)]
pub struct Site<'p> {
    /// Its plans, in the order of its first page.
    pub plans: Vec<PublishedPlan<'p>>,
    /// In which languages; the first is that of its first page.
    pub langs: Vec<Lang>,
    /// Whether pages have neither head nor foot of their own.
    pub is_fragment: bool,
}

/// A file of a site, not yet made.
#[derive(Debug, Clone)]
pub struct SiteFile {
    /// Its path from the top.
    pub path: String,
    what: What,
}

/// What a file is.
#[derive(Debug, Clone, Copy)]
enum What {
    Style,
    Script,
    Top,
    Page(usize, Lang, PageOf),
    Data(usize, Lang, tables::DataFile),
    /// What tells programs and catalogues of the data, by its place.
    Described(usize, Lang, usize),
    Feed(usize, Lang),
}

/// What a page is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PageOf {
    Overview,
    Entries,
    Indicators,
    Changes,
    Opinions,
    Data,
    Index,
    Calculations,
    Entry(usize),
    Indicator(usize),
    /// A former id of an entry or indicator, by its place among those that it had.
    Former(Subject, usize),
    Period(usize),
}

/// What a page is made of.
#[derive(Debug, Clone, Copy)]
struct Sheet<'s> {
    site: &'s Site<'s>,
    published: &'s PublishedPlan<'s>,
    lang: Lang,
    pages: Pages<'s>,
}

impl<'p> Site<'p> {
    /// Every file, by its path.
    ///
    /// # Errors
    /// When two have the same path, also on a system that knows no capital letters.
    pub fn files(&self) -> Result<Vec<SiteFile>, Failure> {
        let mut files = vec![
            SiteFile { path: "style.css".into(), what: What::Style },
            SiteFile { path: "search.js".into(), what: What::Script },
            SiteFile { path: "index.html".into(), what: What::Top },
        ];
        for (at, published) in self.plans.iter().enumerate() {
            for lang in &self.langs {
                let home = Home { plan: &published.plan().folder, lang: *lang };
                let of = |what: What, path: String| SiteFile { path, what };
                let pages = pages(published);
                files
                    .extend(pages.into_iter().map(|page| of(What::Page(at, *lang, page), path(published, home, page))));
                let data = tables::files(published).into_iter();
                files.extend(data.map(|(file, path)| of(What::Data(at, *lang, file), home.path(&path))));
                let described = data::described(published).into_iter().enumerate();
                files.extend(described.map(|(nth, path)| of(What::Described(at, *lang, nth), home.path(&path))));
                files.push(of(What::Feed(at, *lang), home.path("feed.xml")));
            }
        }
        let mut known: BTreeMap<String, &str> = BTreeMap::new();
        for file in &files {
            if let Some(other) = known.insert(file.path.to_lowercase(), &file.path) {
                return Err(alike(other, &file.path));
            }
        }
        files.sort_by(|one, other| one.path.cmp(&other.path));
        Ok(files)
    }

    /// What a file says.
    ///
    /// # Errors
    /// When a table does not fit the format.
    pub fn make(&self, file: &SiteFile) -> Result<Vec<u8>, Failure> {
        match file.what {
            What::Style => Ok(STYLE.into()),
            What::Script => Ok(SCRIPT.into()),
            What::Top => Ok(shell::top(self).into_bytes()),
            What::Page(at, lang, page) => Ok(self.sheet(at, lang, &file.path).page(page).into_bytes()),
            What::Data(at, lang, data) => tables::write(&self.plans[at], data, lang),
            What::Described(at, lang, nth) => data::describe(&self.plans[at], lang, nth),
            What::Feed(at, lang) => Ok(feed::write(&self.sheet(at, lang, &file.path)).into_bytes()),
        }
    }

    fn sheet<'s>(&'s self, at: usize, lang: Lang, path: &'s str) -> Sheet<'s> {
        let published = &self.plans[at];
        let plan = published.plan();
        let pages = Pages { plan, home: Home { plan: &plan.folder, lang }, page: path };
        Sheet { site: self, published, lang, pages }
    }
}

/// The pages of a plan.
fn pages(published: &PublishedPlan<'_>) -> Vec<PageOf> {
    let plan = published.plan();
    let mut pages = vec![
        PageOf::Overview,
        PageOf::Entries,
        PageOf::Indicators,
        PageOf::Changes,
        PageOf::Data,
        PageOf::Index,
        PageOf::Calculations,
    ];
    pages.extend((!plan.meetings.is_empty()).then_some(PageOf::Opinions));
    pages.extend((0..plan.entries.len()).map(PageOf::Entry));
    pages.extend((0..plan.indicators.len()).map(PageOf::Indicator));
    pages.extend((0..plan.closings.len()).map(PageOf::Period));
    // Of an id that another has today, the page is that other's; of one that was split, that of the part that it means.
    let former = |subject: Subject, ids: &[Id]| {
        let own = ids.iter().enumerate().filter(|(_, id)| plan.index.get(*id) == Some(&subject));
        own.map(|(nth, _)| PageOf::Former(subject, nth)).collect::<Vec<_>>()
    };
    let entries = plan.entries.iter().enumerate();
    pages.extend(entries.flat_map(|(place, entry)| former(Subject::Entry(place), &entry.formerly)));
    let indicators = plan.indicators.iter().enumerate();
    pages.extend(indicators.flat_map(|(place, indicator)| former(Subject::Indicator(place), &indicator.formerly)));
    pages
}

/// Where a page stands.
fn path(published: &PublishedPlan<'_>, home: Home<'_>, page: PageOf) -> String {
    let plan = published.plan();
    match page {
        PageOf::Overview => home.path("index.html"),
        PageOf::Entries => home.path("entries.html"),
        PageOf::Indicators => home.path("indicators.html"),
        PageOf::Changes => home.path("changes.html"),
        PageOf::Opinions => home.path("opinions.html"),
        PageOf::Data => home.path("data.html"),
        PageOf::Index => home.path("list.html"),
        PageOf::Calculations => home.path("calculations.html"),
        PageOf::Entry(place) => home.entry(&plan.entries[place].id),
        PageOf::Indicator(place) => home.indicator(&plan.indicators[place].id),
        PageOf::Former(Subject::Entry(place), nth) => home.entry(&plan.entries[place].formerly[nth]),
        PageOf::Former(Subject::Indicator(place), nth) => home.indicator(&plan.indicators[place].formerly[nth]),
        PageOf::Period(nth) => home.period(plan.closings[nth].period),
    }
}

impl<'s> Sheet<'s> {
    fn plan(&self) -> &'s Plan {
        self.published.plan()
    }

    /// The page as HTML.
    fn page(&self, page: PageOf) -> String {
        let (document, topic) = match page {
            PageOf::Overview => (overview::document(self), "paper"),
            PageOf::Entries => (lists::entries(self), "status"),
            PageOf::Indicators => (lists::indicators(self), "kpi"),
            PageOf::Changes => (changes::document(self), "errata"),
            PageOf::Opinions => (opinions::document(self), "opinions"),
            PageOf::Data => (tables::document(self), "data"),
            PageOf::Index => (lists::index(self), "list"),
            PageOf::Calculations => (overview::calculations(self), "calculations"),
            PageOf::Entry(place) => (entry::document(self, place), "entries"),
            PageOf::Indicator(place) => (indicator::document(self, place), "kpi"),
            PageOf::Period(nth) => (period::document(self, nth), "closed"),
            PageOf::Former(subject, nth) => return shell::former(self, subject, nth),
        };
        let document = self.pages.linked(self.named(document, topic));
        let shell = shell::shell(self, page, &document);
        match self.site.is_fragment {
            true => site::fragment(&document, &shell),
            false => site::page(&document, &shell),
        }
    }

    /// The document with the ids of its facts.
    fn named(&self, mut document: Document, topic: &str) -> Document {
        document.name_facts(topic, &self.published.summary().period().short());
        document
    }
}

fn alike(one: &str, other: &str) -> Failure {
    Failure::new(
        say!(
            "{one} と {other} は同じ番地のページになります。何も書き込んでいません",
            "{one} and {other} would be one page; nothing was written"
        ),
        say!(
            "大文字と小文字のほかでも区別できる番号やフォルダー名にしてください",
            "give the ids or folders names that differ in more than case"
        ),
    )
}
