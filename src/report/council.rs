//! 四半期報告: one summary laid out as a paper for a committee, the headquarters or the assembly. Every part reads the same
//! summary, so no total can differ from another.

mod amounts;
mod attention;
mod beside;
mod charts;
mod cover;
mod decisions;
mod flows;
mod front;
mod indicators;
pub mod machine;
mod notes;
mod outline;
mod overview;
mod policies;
mod sentences;

pub use cover::{Since, State, head, meta};
pub use notes::named;
pub use outline::is_lost;

use crate::lang::Lang;
use crate::plan::Plan;
use crate::plan::paper::{Paper, PaperColumn, PaperSection, Topic};
use crate::plan::period::Period;
use crate::query::status::Status;
use crate::query::summary::Summary;
use crate::tr;

use super::Report;
use crate::document::{Block, Cell, Document, Section, Start, Table, Tone};

/// A paper about one period.
#[derive(Debug)]
pub struct CouncilReport<'p> {
    /// What it states.
    pub summary: Summary<'p>,
    /// How it is laid out.
    pub paper: &'p Paper,
    /// From which state of the record.
    pub state: State<'p>,
}

impl Report for CouncilReport<'_> {
    fn document(&self, lang: Lang) -> Document {
        let page = PaperPage::of(self, lang);
        let mut document = cover::document(self, lang);
        let sections = self.paper.sections.iter().map(|section| (section, page.blocks(section)));
        let sections = sections.filter(|(_, blocks)| !blocks.is_empty()).enumerate();
        document.sections = sections.map(|(at, (section, blocks))| page.section(at + 1, section, blocks)).collect();
        // What is read first is a page of its own.
        let is_front = document.sections.first().is_some_and(|section| section.topic.as_deref() == Some("front"));
        if let Some(second) = document.sections.get_mut(1).filter(|second| is_front && second.start == Start::Here) {
            second.start = Start::Page;
        }
        document.name_facts("paper", &self.summary.period().short());
        document
    }

    fn reported_plan(&self) -> Option<&Plan> {
        Some(self.summary.plan())
    }

    fn table(&self, lang: Lang) -> Table {
        machine::flat(self, lang)
    }

    fn json(&self) -> serde_json::Value {
        machine::json(self)
    }
}

/// Parts of a paper for a page that is none: each under its own heading, without a number.
pub fn parts(report: &CouncilReport<'_>, wanted: &[(Topic, &[PaperColumn])], lang: Lang) -> Vec<Section> {
    let page = PaperPage::of(report, lang);
    let section = |(topic, columns): &(Topic, &[PaperColumn])| PaperSection {
        topic: *topic,
        heading: None,
        columns: columns.to_vec(),
        depth: None,
        by: None,
        beside: Vec::new(),
    };
    let sections = wanted.iter().map(section).map(|section| (page.blocks(&section), section));
    let sections = sections.filter(|(blocks, _)| !blocks.is_empty());
    sections
        .map(|(blocks, section)| Section { topic: section.topic.key(), ..Section::new(page.heading(&section), blocks) })
        .collect()
}

/// A bar for each entry of the top level, for the whole, and for the indicators.
pub fn bars(report: &CouncilReport<'_>, lang: Lang) -> Option<Table> {
    front::bars(&PaperPage::of(report, lang))
}

/// Tables of more columns than this do not fit an upright page: of texts, and of counts, which are narrower.
const UPRIGHT: [usize; 2] = [7, 10];

/// A wide table stands across, and the appendix begins a page.
fn start(section: &PaperSection, blocks: &[Block]) -> Start {
    let [texts, counts] = UPRIGHT;
    let most = if matches!(section.topic, Topic::Policies | Topic::Beside) { counts } else { texts };
    let is_wide = |block: &Block| matches!(block, Block::Table(table) if table.columns.len() > most);
    match section.topic {
        _ if blocks.iter().any(is_wide) => Start::Across,
        Topic::Items => Start::Page,
        _ => Start::Here,
    }
}

/// What every part of a paper is laid out from.
#[derive(Debug, Clone, Copy)]
struct PaperPage<'a> {
    summary: &'a Summary<'a>,
    paper: &'a Paper,
    since: Option<&'a Since<'a>>,
    is_lost: bool,
    lang: Lang,
}

impl<'a> PaperPage<'a> {
    fn of(report: &'a CouncilReport<'_>, lang: Lang) -> Self {
        let CouncilReport { summary, paper, state } = report;
        Self { summary, paper, since: state.since.as_ref(), is_lost: state.is_lost, lang }
    }

    fn plan(&self) -> &'a Plan {
        self.summary.plan()
    }

    /// What a fact about the counts of a level is called: of the first level plainly, of others behind their number.
    fn subject(&self, status: &Status<'_>, of: &str) -> String {
        match status.counted == self.plan().head.counted {
            true => of.to_owned(),
            false => format!("level-{}-{of}", status.counted + 1),
        }
    }

    /// The period that is compared with, as a sentence names it: the last report, or the one that was asked for.
    fn last(&self, previous: Period) -> String {
        let previous = previous.long(Lang::Ja);
        match self.summary.status.question.against {
            None => format!("前回（{previous}）"),
            Some(_) => format!("{previous}末"),
        }
    }

    /// The same, as a cell names it.
    fn before(&self) -> String {
        let period = |period: Period| tr!(self.lang, "{}末", "{}", period.long(self.lang));
        self.summary.status.question.against.map_or_else(|| self.lang.pick("前回", "before").to_owned(), period)
    }

    fn blocks(&self, section: &PaperSection) -> Vec<Block> {
        match section.topic {
            Topic::Front => front::blocks(self),
            Topic::Summary => overview::blocks(self),
            Topic::Flows => flows::blocks(self),
            Topic::Policies => policies::blocks(self, section),
            Topic::Beside => beside::blocks(self, section),
            Topic::Decisions => decisions::blocks(self),
            Topic::Attention => attention::attention(self, section),
            Topic::Indicators => indicators::blocks(self, section),
            Topic::Verdicts => amounts::verdicts(self, section),
            Topic::Sums => amounts::sums(self),
            Topic::Charts => charts::blocks(self),
            Topic::Changes => outline::changes(self),
            Topic::Roadmap => outline::roadmap(self),
            Topic::Overdue => outline::overdue(self),
            Topic::Items => attention::items(self, section),
            Topic::Notes => notes::blocks(self),
        }
    }

    fn section(&self, number: usize, section: &PaperSection, blocks: Vec<Block>) -> Section {
        let heading = section.heading.as_deref().map_or_else(|| self.heading(section), str::to_owned);
        let start = start(section, &blocks);
        let heading = format!("{number}{}{heading}", self.lang.pick("　", ". "));
        Section { topic: section.topic.key(), ..Section::new(heading, blocks).starting(start) }
    }

    fn heading(&self, section: &PaperSection) -> String {
        let (ja, en) = match section.topic {
            Topic::Front => ("概要", "At a glance"),
            Topic::Summary => ("全体の状況", "Overall"),
            Topic::Flows if self.summary.status.question.against.is_some() => {
                return tr!(self.lang, "{}からの動き", "Moved since {}", self.before());
            }
            Topic::Flows => ("前回からの動き", "Moved since the last report"),
            Topic::Policies => return policies::heading(self, section),
            Topic::Beside => ("評価の対比", "Ratings side by side"),
            Topic::Decisions => ("協議事項", "For decision"),
            Topic::Attention => ("対応を要する項目", "Needing attention"),
            Topic::Indicators => ("検証指標", "Indicators"),
            Topic::Verdicts => return amounts::verdicts_heading(self, section),
            Topic::Sums => ("効果額と合計", "Effects and sums"),
            Topic::Charts => ("検証指標の図", "Indicators in pictures"),
            Topic::Changes => ("計画の変更", "Changes of the plan"),
            Topic::Roadmap => ("次の期間の予定", "The period ahead"),
            Topic::Overdue => ("期限を過ぎた報告等", "Overdue"),
            Topic::Items => ("項目ごとの状況", "Every entry"),
            Topic::Notes => ("注", "Notes"),
        };
        self.lang.pick(ja, en).to_owned()
    }

    /// A figure with the minus sign that the office writes.
    fn signed(&self, text: String) -> String {
        match self.paper.minus {
            Some(minus) => crate::wording::with_minus(&text, minus, self.lang),
            None => text,
        }
    }

    /// A cell with the minus sign that the office writes.
    fn sign(&self, mut cell: Cell) -> Cell {
        cell.text = self.signed(cell.text);
        cell
    }

    /// A sentence that stands where there is nothing to list.
    fn none(&self, ja: &str, en: &str) -> Vec<Block> {
        vec![Block::Text(self.lang.pick(ja, en).into())]
    }

    /// A count.
    fn count(&self, n: u64) -> Cell {
        Cell::number(n, crate::wording::number(n.into(), self.lang))
    }

    /// Where there is nothing.
    fn blank(&self) -> Cell {
        Cell::text(crate::wording::none(self.lang)).toned(Tone::Faint)
    }
}
