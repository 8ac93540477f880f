//! 進捗状況: counts by level, every entry, what moved, and how far the indicators are.

pub mod beside;
mod brief;
pub mod counts;
mod flat;
mod groups;
mod levels;
mod lines;
pub mod machine;
mod notes;
mod printed;
pub mod published;

use crate::lang::{Lang, plural};
use crate::plan::Plan;
use crate::plan::period::Period;
use crate::query::gap::{self, Gap};
use crate::query::opinion::{Thread, threads};
use crate::query::status::{self, By, Flow, Member, Node, Standing, Status};
use crate::query::totals::Totals;
use crate::query::verifying::Verifying;
use crate::text::terms;
use crate::tr;
use crate::wording as words;

use super::kpi::verifying::Detail;
use super::opinion::{OpinionsReport, Register};
use super::{Report, heading, json, kpi};
use crate::document::{
    Block, Branch, Cell, ColumnOf, Document, Line, Row, Section, Table, Tone, Type, WHOLE_ROW, cells, column, heads,
};

/// What of the status is shown.
#[derive(Debug, Clone, Default)]
pub struct View {
    /// Only this level, by place.
    pub level: Option<usize>,
    /// Only entries with one of these grades (by place), or without any; none for every entry.
    pub rating: Vec<Standing>,
    /// Only entries that need attention.
    pub attention: bool,
    /// As an indented outline.
    pub tree: bool,
    /// Counts, what needs attention and what moved, without the list of all entries.
    pub brief: bool,
}

impl View {
    /// Whether it lets every entry through.
    pub fn is_whole(&self) -> bool {
        self.level.is_none() && self.rating.is_empty() && !self.attention
    }
}

/// The status, ready to be laid out.
#[derive(Debug)]
pub struct StatusReport<'p> {
    /// The answer.
    pub status: Status<'p>,
    /// What of it is shown.
    pub view: View,
    /// The plans whose indicators verify it.
    pub verified_by: Vec<Verifying<'p>>,
    /// The same of the other levels that are counted, top first.
    pub levels: Vec<Status<'p>>,
    /// The same on other scales or by other evaluators, to stand beside it.
    pub beside: Vec<Status<'p>>,
    /// By what else than the outline entries are counted.
    pub by: Option<By<'p>>,
}

impl<'p> StatusReport<'p> {
    /// All that a question answers, as the plan counts: each of its levels, where none is asked for.
    pub fn new(status: Status<'p>, view: View) -> Self {
        let levels = match status.question.level {
            None => status::other_levels(&status),
            Some(_) => Vec::new(),
        };
        Self { status, view, verified_by: Vec::new(), levels, beside: Vec::new(), by: None }
    }

    /// Each level that is counted, top first.
    fn by_level(&self) -> impl Iterator<Item = &Status<'p>> {
        let above = self.levels.iter().filter(|status| status.counted < self.status.counted);
        above.chain([&self.status])
    }
}

impl StatusReport<'_> {
    fn plan(&self) -> &Plan {
        self.status.plan
    }

    /// The nodes that the view lets through.
    fn shown(&self) -> impl Iterator<Item = &Node<'_>> {
        self.status.nodes.iter().filter(|node| {
            self.view.level.is_none_or(|level| node.entry.level == level)
                && (self.view.rating.is_empty() || self.view.rating.contains(&node.standing) && self.can_be_rated(node))
                && (!self.view.attention || self.needs_attention(node))
        })
    }

    /// Entries at the counted level, and any other that was rated itself.
    fn can_be_rated(&self, node: &Node<'_>) -> bool {
        self.plan().head.counts(node.entry.level) || matches!(node.standing, Standing::Graded(_))
    }

    fn needs_attention(&self, node: &Node<'_>) -> bool {
        needs_attention(&self.status, node)
    }

    /// The printed tables that the view lets through.
    fn totals(&self) -> impl Iterator<Item = &Totals<'_>> {
        let of_level = |totals: &&Totals<'_>| self.view.level.is_none_or(|level| totals.published.place.level == level);
        self.status.totals.iter().filter(of_level)
    }

    /// The opinions that need attention, where that is asked: nobody has answered, or a promise has passed.
    fn opinions(&self) -> Option<OpinionsReport<'_>> {
        let (plan, as_of) = (self.plan(), self.status.question.as_of);
        let needs = |thread: &Thread<'_>| {
            let is_asked = thread.is_within(plan, self.status.question.scope());
            is_asked && (thread.state().is_none() || thread.is_overdue(as_of))
        };
        let asked = threads(plan, as_of).into_iter().filter(|_| self.view.attention);
        let threads: Vec<_> = asked.filter(needs).collect();
        let report = OpinionsReport { plan, as_of, threads, register: Register::List, with_names: false };
        (!report.threads.is_empty()).then_some(report)
    }

    fn is_filtered(&self) -> bool {
        self.view.attention || !self.view.rating.is_empty()
    }

    fn counted_name(&self) -> &str {
        self.plan().level_name(self.status.counted)
    }
}

/// Whether the grade of an entry asks for attention.
fn needs_attention(status: &Status<'_>, node: &Node<'_>) -> bool {
    matches!(node.standing, Standing::Graded(grade) if status.version.grades[grade].attention)
}

impl Report for StatusReport<'_> {
    fn document(&self, lang: Lang) -> Document {
        let version = self.status.version;
        let what = if version.name.is_empty() { terms::STATE_OF_PROGRESS.word(lang) } else { &version.name };
        let mut document = heading::document(self.plan(), what, Some(self.status.question.as_of), lang);
        document.lead.extend(scope(&self.status, lang).map(Line::from));
        if !self.plan().has_totals_alone() {
            document.lead.extend(self.by_level().map(|status| Line::from(summary(status, lang))));
        } else if self.totals().next().is_none() {
            let unknown = lang.pick(
                "項目ごとの内訳は資料になく、この問いに当たる公表値もないため、件数は分かりません",
                "The entries themselves are not known, and no totals were published of what is asked",
            );
            document.lead.push(Line::from(unknown));
        }
        if self.is_filtered() {
            document.sections.push(self.list(lang));
            document.sections.extend(self.opinions().map(|said| {
                let heading = lang.pick("対応を要する意見", "Opinions needing attention");
                Section::new(heading, vec![Block::Table(said.list(lang))])
            }));
            return document;
        }
        if self.view.brief {
            document.sections.extend(brief::sections(self, lang));
            return document;
        }
        if !self.beside.is_empty() {
            document.sections.extend(beside::sections(self, lang));
        } else if self.view.tree {
            document.sections.push(Section::plain(vec![Block::Tree(self.tree(lang))]));
        } else {
            if !self.plan().has_totals_alone() {
                document.sections.extend(counts::sections(self, lang));
            }
            if self.view.level.is_none() {
                document.sections.extend(self.entries(lang));
            }
        }
        document.sections.extend(self.totals().map(|totals| published::section(self.plan(), totals, lang)));
        if self.view.level.is_none() {
            document.sections.extend(self.by_level().filter_map(|status| self.flows(status, lang)));
            document.sections.extend(self.indicators(lang));
            document.sections.extend(kpi::verifying::sections(&self.verified_by, &Detail::Short, lang));
        }
        document.sections.extend(notes::section(self, lang));
        document
    }

    fn facts_of(&self) -> Option<(&'static str, Period)> {
        Some(("status", self.status.question.as_of.period))
    }

    fn reported_plan(&self) -> Option<&Plan> {
        Some(self.plan())
    }

    fn table(&self, lang: Lang) -> Table {
        flat::flat(self, lang)
    }

    fn json(&self) -> serde_json::Value {
        json::tree(&machine::json(self))
    }
}

/// What the figures are about, where that is not the whole plan.
fn scope(status: &Status<'_>, lang: Lang) -> Option<String> {
    let plan = status.plan;
    let question = status.question;
    let evaluator = (plan.evaluators.len() > 1).then(|| plan.evaluators[question.evaluator].name.to_string());
    let of = words::scope(plan, question.scope(), lang);
    let by = evaluator.map(|name| tr!(lang, "評価：{name}", "Rated by: {name}"));
    let lines: Vec<String> = [of, by].into_iter().flatten().collect();
    (!lines.is_empty()).then(|| lines.join(lang.pick("　", "; ")))
}

/// The one line that sums it all up: counts first, the denominator beside them.
fn summary(status: &Status<'_>, lang: Lang) -> String {
    let tally = &status.total;
    let counted = status.plan.level_name(status.counted);
    let (entries, rated, unreported, fresh) = (tally.entries, tally.rated(), tally.unreported, tally.fresh);
    let excluded = match tally.excluded {
        0 => String::new(),
        n => tr!(lang, "、対象外 {n}件", ", not counted {n}"),
    };
    let not_asked = [(terms::RESTING, tally.resting), (terms::AHEAD, tally.ahead)].map(|(word, n)| match n {
        0 => String::new(),
        n => lang.pick("、", ", ").to_owned() + &format!("{} {n}", word.word(lang)),
    });
    let excluded = excluded + &not_asked.concat();
    let all = plural(entries, "entry", "entries");
    tr!(
        lang,
        "{counted} {entries}件：評価済 {rated}件、未報告 {unreported}件{excluded}。今期の報告は{fresh}件",
        "{counted}: {all}, rated {rated}, unreported {unreported}{excluded} (reported for this period: {fresh})"
    )
}

/// An entry, and whether it is rated itself.
struct EntryRow<'r> {
    report: &'r StatusReport<'r>,
    node: &'r Node<'r>,
    rated: bool,
}

impl StatusReport<'_> {
    /// Every entry in outline order, those above it as headings.
    fn entries(&self, lang: Lang) -> Option<Section> {
        let nodes = self.status.nodes.iter().filter(|n| n.entry.level > 0 || self.can_be_rated(n));
        let table = self.entry_table(&self.entry_columns(lang), nodes, lang);
        (!table.rows.is_empty()).then(|| Section {
            topic: Some("entries".into()),
            ..Section::new(self.counted_name(), vec![Block::Table(table)])
        })
    }

    /// One row an entry; one that is not rated itself heads those beneath it.
    fn entry_table<'r>(
        &'r self,
        columns: &[ColumnOf<EntryRow<'r>>],
        nodes: impl Iterator<Item = &'r Node<'r>>,
        lang: Lang,
    ) -> Table {
        let row = |node: &'r Node<'r>| {
            let rated = self.can_be_rated(node);
            let mut cells = cells(columns, &EntryRow { report: self, node, rated }, lang);
            if !rated {
                cells[1].across = WHOLE_ROW;
            }
            Row { cells, strong: node.entry.level < self.status.counted, subject: Some(node.entry.id.as_str().into()) }
        };
        Table { columns: heads(columns, lang), rows: nodes.map(row).collect(), ..Table::default() }
    }

    fn has_owners(&self) -> bool {
        !self.plan().owners.is_empty()
    }

    fn entry_columns<'r>(&self, lang: Lang) -> Vec<ColumnOf<EntryRow<'r>>> {
        let owner = || {
            column("owner", terms::OWNER.titles(), Type::Text, |of: &EntryRow<'_>, at| {
                let owners = || words::owners(&of.node.entry.owners, &of.report.plan().owners, at.lang);
                if of.rated { Cell::text(owners()) } else { Cell::default() }
            })
        };
        let mut columns = vec![
            column("id", terms::ID.titles(), Type::Id, |of: &EntryRow<'_>, _| Cell::text(of.node.entry.id.as_str())),
            column("name", terms::NAME.titles(), Type::Name, |of, _| Cell::text(&*of.node.entry.name)),
        ];
        columns.extend(self.has_owners().then(owner));
        columns
            .extend(self.by.filter(|by| matches!(by, By::Bureau | By::Key(_))).map(|by| self.group_column(by, lang)));
        columns.extend([
            column("rating", terms::RATING.titles(), Type::Grade, |of: &EntryRow<'_>, at| {
                if of.rated { of.report.rating(of.node, at.lang) } else { Cell::default() }
            }),
            column("progress", terms::PROGRESS.titles(), Type::Percent, |of, at| {
                let progress = of.node.progress.filter(|_| of.rated);
                progress.map_or_else(Cell::default, |p| Cell::number(p, words::percent(p, at.lang)))
            }),
            column("period", terms::REPORT_PERIOD.titles(), Type::Period, |of, at| {
                let rated_by = of.node.rated_by.filter(|_| of.rated);
                rated_by.map_or_else(Cell::default, |update| Cell::text(update.period.tag(at.lang)))
            }),
        ]);
        columns.extend(self.takes_of_others().then(|| {
            column("evaluator", terms::EVALUATOR.titles(), Type::Text, |of: &EntryRow<'_>, _| {
                let rated_by = of.node.rated_by.filter(|_| of.rated);
                Cell::text(rated_by.map_or("", |update| &of.report.plan().evaluators[update.evaluator].name))
            })
        }));
        columns
    }

    /// What an entry belongs to.
    fn group_column<'r>(&self, by: By<'_>, lang: Lang) -> ColumnOf<EntryRow<'r>> {
        ColumnOf::titled("group", words::grouping(self.plan(), by, lang), Type::Text, |of: &EntryRow<'_>, at| {
            let plan = of.report.plan();
            let members = of.report.by.filter(|_| of.rated).map(|by| by.members(plan, of.node.entry));
            let members = members.into_iter().flatten().filter(|of| *of != Member::None);
            let names: Vec<_> = members.map(|of| words::member(plan, of, at.lang)).collect();
            Cell::text(names.join(at.lang.pick("、", ", ")))
        })
    }

    /// Whether the ratings are those of others: who gave each must be said.
    fn takes_of_others(&self) -> bool {
        !self.plan().evaluators[self.status.question.evaluator].first_of.is_empty()
    }

    fn rating(&self, node: &Node<'_>, lang: Lang) -> Cell {
        let word = words::standing(node.standing, self.status.version, lang);
        let (text, tone) = match node.standing {
            _ if self.needs_attention(node) => (tr!(lang, "{word}（要対応）", "{word} (attention)"), Tone::Warn),
            Standing::Graded(_) => (word.to_owned(), Tone::Plain),
            _ => (word.to_owned(), Tone::Faint),
        };
        let mark = node.rated_by.map(|update| words::mark(update.certainty(), lang)).unwrap_or_default();
        Cell::text(text + &mark).toned(tone)
    }

    /// The entries that a filter lets through, with the texts of their updates.
    fn list(&self, lang: Lang) -> Section {
        let mut columns = self.entry_columns(lang);
        columns.push(column(
            "issue_next",
            ("課題・今後の対応", "Issue, next"),
            Type::Text,
            |of: &EntryRow<'_>, _| {
                let texts = of.node.rated_by.map(|update| [update.issue.as_deref(), update.next.as_deref()]);
                Cell::text(texts.into_iter().flatten().flatten().collect::<Vec<_>>().join("\n"))
            },
        ));
        let table = self.entry_table(&columns, self.shown(), lang);
        let block = if table.rows.is_empty() {
            let none = match self.plan().has_totals_alone() {
                true => words::entries_unknown(lang),
                false => lang.pick("該当する項目はありません。", "No entry matches."),
            };
            Block::Text(none.into())
        } else {
            Block::Table(table)
        };
        Section::plain(vec![block])
    }

    /// The entries of a level that moved.
    fn flows(&self, status: &Status<'_>, lang: Lang) -> Option<Section> {
        let previous = status.previous.or(status.rescaled)?.long(lang);
        let line = |flow: &Flow| {
            let entry = &status.plan.entries[flow.place];
            let from = words::standing(flow.from, status.version_before, lang);
            let to = words::standing(flow.to, status.version, lang);
            let line = format!("{} {}{}{from} → {to}", entry.id, entry.name, lang.pick("：", ": "));
            Line::from(line)
        };
        let lines: Vec<Line> = status.flows.iter().map(line).collect();
        let level = status.plan.level_name(status.counted);
        let heading = match self.levels.is_empty() {
            true => tr!(lang, "{previous}からの動き", "Moved since {previous}"),
            false => tr!(lang, "{previous}からの動き（{level}）", "Moved since {previous} ({level})"),
        };
        (!lines.is_empty()).then(|| Section::new(heading, vec![Block::List(lines)]))
    }

    fn tree(&self, lang: Lang) -> Vec<Branch> {
        let top = self.shown().map(|node| node.entry.level).min().unwrap_or(0);
        let branch = |node: &Node<'_>| {
            let standing = self.can_be_rated(node).then(|| self.rating(node, lang));
            let counts = (node.entry.level < self.status.counted).then(|| counts::tally_words(self, &node.tally, lang));
            let progress = node.progress.map(|p| words::percent(p, lang));
            let own = [standing.as_ref().map(|c| c.text.to_string()), progress];
            let own: Vec<String> = own.into_iter().flatten().collect();
            // 遅れ 2件 would be two that are late: what stands beneath says of what it is.
            let counts = counts.map(|counts| match own.is_empty() {
                true => counts,
                false => tr!(lang, "{}{counts}", "{}: {counts}", self.counted_name()),
            });
            let own = Some(own.join(" ")).filter(|own| !own.is_empty());
            let words: Vec<String> = own.into_iter().chain(counts).collect();
            let colon = if words.is_empty() { "" } else { lang.pick("：", ": ") };
            let words = words.join(lang.pick("。", ". "));
            let text = format!("{} {}{colon}{words}", node.entry.id, node.entry.name);
            Branch { depth: node.entry.level - top, line: Line::toned(text, standing.map_or(Tone::Strong, |c| c.tone)) }
        };
        self.shown().map(branch).collect()
    }

    /// How far every indicator is from its target.
    fn indicators(&self, lang: Lang) -> Option<Section> {
        let question = self.status.question;
        let plan = self.plan();
        if question.owner.is_some() || question.under.is_some() && plan.indicators.is_empty() {
            return None;
        }
        let gaps = gap::gaps(plan, question.as_of);
        let of = |gap: &Gap<'_>| question.under.is_none_or(|under| gap.indicator.verifies(under, &plan.entries));
        let gaps: Vec<Gap<'_>> = gaps.into_iter().filter(of).collect();
        let heading = lang.pick("検証指標", "Indicators");
        if !gaps.is_empty() {
            let table = Block::Table(kpi::short_table(plan, &gaps, lang));
            return Some(Section { topic: Some("indicators".into()), ..Section::new(heading, vec![table]) });
        }
        if !self.verified_by.is_empty() {
            return None;
        }
        let elsewhere = plan.head.related.iter().chain(&plan.head.predecessor);
        let elsewhere = elsewhere.map(|name| Line::from(format!("kaikaku kpi --plan {name}"))).collect();
        let none = lang.pick(
            "この計画に検証指標は登録されていません。関連する計画の指標：",
            "This plan holds no indicators. Those of related plans:",
        );
        (question.under.is_none() && (!plan.head.related.is_empty() || plan.head.predecessor.is_some()))
            .then(|| Section::new(heading, vec![Block::Text(none.into()), Block::List(elsewhere)]))
    }
}
