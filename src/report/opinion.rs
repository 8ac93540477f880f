//! 意見と対応: what was said of the plan and what came of it, as a list and as papers in three registers.

pub mod imported;
pub mod machine;
mod registers;
pub mod thread;

use serde_json::Value as Json;

use crate::document::{Block, Document, Line, Section, Table, fact};
use crate::lang::Lang;
use crate::plan::Plan;
use crate::plan::opinion::{Meeting, ResponseState};
use crate::query::AsOf;
use crate::query::opinion::Thread;
use crate::tr;
use crate::wording::opinion as words;

use super::{Report, heading};

/// Opinions with what came of them.
#[derive(Debug)]
pub struct OpinionsReport<'p> {
    /// The plan.
    pub plan: &'p Plan,
    /// As of when.
    pub as_of: AsOf,
    /// The opinions, in order of meeting and number.
    pub threads: Vec<Thread<'p>>,
    /// How they are laid out.
    pub register: Register,
    /// Whether the names of those who spoke are shown.
    pub with_names: bool,
}

/// How opinions are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Register {
    /// For the screen: what each is called, and how it stands.
    List,
    /// What was said at one meeting, and what was done since.
    Previous,
    /// All of them, meeting by meeting.
    Ledger,
    /// 意見の概要／件数／市の考え方.
    Public,
}

impl Register {
    /// The papers.
    pub const PAPERS: [Self; 3] = [Self::Previous, Self::Ledger, Self::Public];

    /// The word that `--for` takes, in Japanese and for programs.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Previous => ("前回", "previous"),
            Self::List | Self::Ledger => ("台帳", "ledger"),
            Self::Public => ("意見募集", "public"),
        }
    }

    /// The paper that a word names, in either language.
    pub fn parse(word: &str) -> Option<Self> {
        Self::PAPERS.into_iter().find(|paper| {
            let (ja, key) = paper.words();
            word == key || word == ja
        })
    }

    fn title(self, lang: Lang) -> &'static str {
        match self {
            Self::List | Self::Ledger => lang.pick("意見と対応", "opinions and responses"),
            Self::Previous => lang.pick("前回の意見と対応", "what was said last, and what was done"),
            Self::Public => lang.pick("意見募集の結果", "results of the public consultation"),
        }
    }
}

impl Report for OpinionsReport<'_> {
    fn document(&self, lang: Lang) -> Document {
        let mut document = self.laid_out(lang);
        document.name_facts("opinions", &self.as_of.period.short());
        document
    }

    fn paper(&self, lang: Lang) -> Document {
        self.document(lang)
    }

    fn reported_plan(&self) -> Option<&Plan> {
        Some(self.plan)
    }

    fn table(&self, lang: Lang) -> Table {
        machine::table(self, lang)
    }

    fn json(&self) -> Json {
        machine::json(self)
    }
}

impl<'p> OpinionsReport<'p> {
    fn laid_out(&self, lang: Lang) -> Document {
        let mut document = heading::document(self.plan, self.register.title(lang), Some(self.as_of), lang);
        if self.threads.is_empty() {
            let none = lang.pick("意見はない。", "There are no opinions.");
            document.sections.push(Section::plain(vec![Block::Text(none.into())]));
            return document;
        }
        document.lead.push(self.counts(lang));
        document.sections = match self.register {
            Register::List => vec![Section::plain(vec![Block::Table(self.list(lang))])],
            _ => {
                self.by_meeting().into_iter().map(|(meeting, threads)| self.section(meeting, &threads, lang)).collect()
            }
        };
        document
    }

    /// The opinions as a table for the screen.
    pub fn list(&self, lang: Lang) -> Table {
        registers::list(self, lang)
    }

    /// How many there are, and how many of each state: counts first.
    fn counts(&self, lang: Lang) -> Line {
        let groups = words::groups(&self.threads);
        let unit = if groups.is_some() { "項目" } else { "件" };
        let states = [None].into_iter().chain(ResponseState::ALL.into_iter().map(|(_, state)| Some(state)));
        let counted = states.filter_map(|state| {
            let count = self.threads.iter().filter(|thread| thread.state() == state).count();
            let key = state.map_or("unanswered", ResponseState::key);
            let word = words::state(state, lang);
            (count > 0).then(|| fact("all", key, &tr!(lang, "{word} {count}{unit}", "{word} {count}")))
        });
        let counted = counted.collect::<Vec<_>>().join(lang.pick("、", ", "));
        let total = words::total(&self.threads, lang);
        let all = fact("all", "opinions", &tr!(lang, "意見は{total}", "Opinions: {total}"));
        match groups {
            None => tr!(lang, "{all}である（{counted}）。", "{all} ({counted}).").into(),
            Some(n) => {
                tr!(lang, "{all}である。{n}項目の内訳は、{counted}である。", "{all}. Groups by state: {counted}.")
                    .into()
            }
        }
    }

    fn by_meeting(&self) -> Vec<(&'p Meeting, Vec<&Thread<'p>>)> {
        let mut by: Vec<(&'p Meeting, Vec<&Thread<'p>>)> = Vec::new();
        for thread in &self.threads {
            match by.last_mut().filter(|(meeting, _)| meeting.id == thread.meeting.id) {
                Some((_, threads)) => threads.push(thread),
                None => by.push((thread.meeting, vec![thread])),
            }
        }
        by
    }

    fn section(&self, meeting: &Meeting, threads: &[&Thread<'p>], lang: Lang) -> Section {
        let (name, days) = (&meeting.name, words::days(meeting, lang));
        let heading = tr!(lang, "{name}（{days}）", "{name} ({days})");
        let table = match self.register {
            Register::Public => registers::public(self, threads, lang),
            _ => registers::ledger(self, threads, lang),
        };
        Section { subject: Some(meeting.id.as_str().into()), ..Section::new(heading, vec![Block::Table(table)]) }
    }
}
