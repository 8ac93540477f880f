//! How a figure came about: every formula with its numbers put in, every number with the place it was read at.

mod amounts;
pub mod machine;
mod steps;
mod symbols;
mod wording;

use crate::text::terms;
use crate::wording as words;
use std::collections::HashMap;

use rust_decimal::Decimal;
use serde_json::Value as Json;

use crate::git::blame::LastSet;
use crate::lang::{Lang, Say};
use crate::plan::judging::BandSet;
use crate::plan::period::date_text;
use crate::plan::source::Origin;
use crate::plan::{Plan, Subject};
use crate::query::AsOf;
use crate::query::explain::{Amount, ExplainedPart, Explanation, Name, Number, Step, TotalOf, explain};
use crate::tr;

use super::blame::{lost, set_by_none};
use super::status::published;
use super::{Report, heading};
use crate::document::{Block, Cell, ColumnOf, Document, Line, Section, Table, Type, column};

/// How the figures of an indicator, an entry or the plan came about.
#[derive(Debug)]
pub struct ExplainReport<'p> {
    /// The plan.
    pub plan: &'p Plan,
    /// As of when.
    pub as_of: AsOf,
    /// The entry or indicator; `None` for the plan as a whole.
    pub subject: Option<Subject>,
    /// The id of the fact of a paper that was asked for.
    pub fact: Option<String>,
    /// The steps.
    pub explanation: Explanation<'p>,
    /// Where each number stands.
    pub places: HashMap<Spot, Place>,
    /// Why there is no git history of the plan; `None` where there is one.
    pub without_git: Option<Say>,
    /// The language of its reader.
    pub lang: Lang,
}

/// What a number's place is found by: file, byte, and the key where it stands at one of its own.
pub type Spot = (u32, u32, Option<&'static str>);

/// Where a number stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// File and line.
    pub written_in: String,
    /// Who last set that line, where git knows.
    pub set: Option<LastSet>,
}

/// Where a number that was read stands.
pub fn spot(number: &Number<'_>) -> Option<Spot> {
    number.origin.map(|Origin { file, offset, .. }| (file, offset, number.key))
}

impl Report for ExplainReport<'_> {
    fn reported_plan(&self) -> Option<&Plan> {
        Some(self.plan)
    }

    fn document(&self, lang: Lang) -> Document {
        let title = match self.subject {
            None => self.plan.head.name.to_string(),
            Some(Subject::Entry(place)) => format!("{} {}", self.plan.entries[place].id, self.plan.entries[place].name),
            Some(Subject::Indicator(place)) => words::indicator_name(&self.plan.indicators[place]),
        };
        let mut document = heading::document(self.plan, "", Some(self.as_of), lang);
        document.title = tr!(lang, "{title}　計算の根拠", "{title}: how it was worked out");
        if let Some(id) = &self.fact {
            document.lead.push(tr!(lang, "報告書の事実 {id} の根拠です。", "Behind the fact {id} of a paper.").into());
        }
        if let Some(why) = &self.without_git {
            let why = why.text(lang);
            document.lead.push(
                tr!(
                    lang,
                    "git の記録がないため、いつ・だれが書いた値かは示していません（{why}）。",
                    "There is no git history, so who set each value and when is not shown ({why})."
                )
                .into(),
            );
        }
        document.lead.extend(
            lost(self.places.values().filter_map(|place| place.set.as_ref()), lang).into_iter().map(Line::from),
        );
        let several = self.explanation.parts.len() > 1;
        document.sections = self.explanation.parts.iter().flat_map(|part| self.sections(part, several, lang)).collect();
        document
    }

    fn table(&self, lang: Lang) -> Table {
        machine::flat(self, lang)
    }

    fn json(&self) -> Json {
        machine::json(self)
    }
}

impl ExplainReport<'_> {
    fn place(&self, number: &Number<'_>) -> Option<&Place> {
        self.places.get(&spot(number)?)
    }

    /// The numbers that were read, then the steps in groups.
    fn sections(&self, part: &ExplainedPart<'_>, several: bool, lang: Lang) -> Vec<Section> {
        let effects = part.total.map(|of| match (of, part.unit) {
            (TotalOf::Effects, Some(unit)) => tr!(lang, "効果の合計（{}）", "total effects ({})", unit.0),
            (TotalOf::Effects, None) => lang.pick("効果の合計", "total effects").to_owned(),
            (TotalOf::Declared(name), _) => name.to_owned(),
            (TotalOf::Published(name, period), _) => {
                let period = period.tag(lang);
                tr!(lang, "{name}（{period}の公表値）", "{name} (as published for {period})")
            }
        });
        let name = part.indicator.filter(|_| several).map(words::indicator_name).or(effects);
        let level = part.level.map(|level| self.explanation.status.as_ref().map_or("", |of| of.plan.level_name(level)));
        let is_first = self.explanation.parts.first().is_some_and(|first| std::ptr::eq(first, part));
        let table = part.table.as_ref().filter(|_| !is_first);
        let table = table.map(|totals| published::heading(self.plan, totals, lang));
        let name = name.or(level.map(str::to_owned)).or(table);
        let titled = |title: &str| match &name {
            Some(name) => format!("{name}{}{title}", lang.pick("　", ": ")),
            None => title.to_owned(),
        };
        let mut sections = Vec::new();
        let numbers = read(part);
        if !numbers.is_empty() {
            let mut table = self.numbers(part, &numbers, false, lang);
            let printed = part.table.iter().flat_map(|totals| &totals.published.notes);
            table.notes.extend(printed.map(|note| note.to_string().into()));
            let table = Block::Table(table);
            sections.push(Section::new(titled(lang.pick("もとの数値", "Numbers as read")), vec![table]));
        }
        for steps in part.steps.chunk_by(|one, next| listed(one.name) == listed(next.name)) {
            let counted: Vec<Called<'_, '_>> =
                steps.iter().flat_map(|step| &step.numbers).map(|n| (vec![&*n.symbol], n)).collect();
            let Some((ja, en)) = listed(steps[0].name).filter(|_| !counted.is_empty()) else { continue };
            let table = Block::Table(self.numbers(part, &counted, true, lang));
            sections.push(Section::new(titled(lang.pick(ja, en)), vec![table]));
        }
        for group in steps::GROUPS {
            // What stands one by one in a table of its own is not repeated in a line.
            let in_table = |step: &&Step<'_>| matches!(step.name, Name::Progress | Name::Amounts | Name::Scores);
            let wanted =
                |step: &&Step<'_>| step.beside.is_none() && steps::group(step.name) == group && !in_table(step);
            let mut fields = self.fields(part, part.steps.iter().filter(wanted), lang);
            let is_rules = group == steps::StepGroup::Rules;
            if is_rules {
                fields.splice(0..0, part.set.map(|set| bands(set, "r", lang)));
            }
            if !fields.is_empty() {
                let title = self.group_title(part, group, lang);
                sections.push(Section::new(titled(&title), vec![Block::Fields(fields)]));
            }
            if is_rules {
                sections.extend(
                    self.beside(part, lang)
                        .into_iter()
                        .map(|(title, fields)| Section::new(titled(&title), vec![Block::Fields(fields)])),
                );
            }
        }
        sections
    }

    /// One line a step.
    fn fields<'s, 'q: 's>(
        &self,
        part: &ExplainedPart<'_>,
        steps: impl Iterator<Item = &'s Step<'q>>,
        lang: Lang,
    ) -> Vec<(String, Line)> {
        let field =
            |step: &'s Step<'q>| (wording::title(step, self.plan, lang), steps::line(self, part, step, lang).into());
        steps.map(field).collect()
    }

    /// The rules of each set that judges besides.
    fn beside(&self, part: &ExplainedPart<'_>, lang: Lang) -> Vec<(String, Vec<(String, Line)>)> {
        let all = part.steps.iter().filter_map(|step| Some((step.beside?, step)));
        let all: Vec<(&BandSet, &Step<'_>)> = all.collect();
        let sets = all.chunk_by(|(one, _), (next, _)| one.id == next.id).enumerate();
        let of_set = |(nth, steps): (usize, &[(&BandSet, &Step<'_>)])| {
            let set = steps[0].0;
            let name = set.name.text(lang);
            let title = tr!(lang, "並べて判定する区分（{name}）", "Judged besides by {name}");
            let lines = self.fields(part, steps.iter().map(|(_, step)| *step), lang);
            let has_bands = steps.iter().any(|(_, step)| matches!(step.name, Name::Band(_)));
            let head = has_bands.then(|| bands(set, &format!("r{}", nth + 2), lang));
            (title, head.into_iter().chain(lines).collect())
        };
        sets.map(of_set).collect()
    }

    fn group_title(&self, part: &ExplainedPart<'_>, group: steps::StepGroup, lang: Lang) -> String {
        let title = group.title(lang);
        let of_table = part.table.as_ref().map(|table| table.before.map(|before| before.period));
        let of_status = || self.explanation.status.as_ref().and_then(|status| status.previous);
        let since = match group {
            steps::StepGroup::Since => of_table.unwrap_or_else(of_status),
            steps::StepGroup::VerdictsSince => part.steps.iter().find_map(|step| match step.name {
                Name::VerdictsSince(_) => step.numbers.iter().find_map(|number| number.period),
                _ => None,
            }),
            _ => None,
        };
        match since {
            Some(previous) => tr!(lang, "{title}（{} と比べて）", "{title} since {}", previous.tag(lang)),
            None => title.to_owned(),
        }
    }

    /// One row a number (or, where they are counted, one whose it is): what it is, how much, and where it was read.
    fn numbers(&self, part: &ExplainedPart<'_>, numbers: &[Called<'_, '_>], counted: bool, lang: Lang) -> Table {
        let used = numbers.iter().map(|(symbols, number)| Used { report: self, part, symbols, number, counted });
        Table::build(&used_columns(self.without_git.is_none()), used, lang)
    }

    /// The document and how sure it is.
    fn source(&self, number: &Number<'_>, lang: Lang) -> String {
        let Some(origin) = number.origin else { return String::new() };
        let source = words::source(self.plan, origin.source).unwrap_or_default();
        format!("{source}{}", words::mark(origin.certainty, lang))
    }
}

/// A number that was read, and how it is used.
struct Used<'r> {
    report: &'r ExplainReport<'r>,
    part: &'r ExplainedPart<'r>,
    symbols: &'r [&'r str],
    number: &'r Number<'r>,
    counted: bool,
}

impl Used<'_> {
    /// What the number is, and whose where that is not evident.
    fn what(&self, lang: Lang) -> String {
        let Self { symbols, number, counted, .. } = self;
        let what = match number.amount {
            Amount::Standing(name, _) | Amount::Moved(name, _) | Amount::Verdict(name, _) => name.to_owned(),
            Amount::Figure(figure) => figure.name.to_string(),
            _ => {
                let mut all: Vec<&str> = symbols.iter().map(|symbol| symbols::meaning(symbol, lang)).collect();
                all.dedup();
                all.join(lang.pick("、", ", "))
            }
        };
        if let Some(of) = number.of.filter(|_| *counted) {
            return of.to_owned();
        }
        let words = number.of.into_iter().chain(number.grade).chain([&*what]);
        words.collect::<Vec<_>>().join(" ")
    }
}

fn used_columns<'r>(in_git: bool) -> Vec<ColumnOf<Used<'r>>> {
    let last_set = || {
        column("last_set", ("最後に書いた記録", "Last set"), Type::Text, |used: &Used<'_>, at| {
            Cell::text(last_set(used.report.place(used.number), at.lang))
        })
    };
    let mut columns = vec![
        column("symbol", ("記号", "Symbol"), Type::Id, |used: &Used<'_>, _| Cell::text(used.symbols.join(" "))),
        column("what", ("内容", "What"), Type::Text, |used, at| Cell::text(used.what(at.lang))),
        column("value", terms::VALUE.titles(), Type::Decimal, |used, at| {
            let amount = Cell::text(amounts::amount(used.report, used.part, used.number, at.lang));
            amount.numbered(exact(used.number))
        }),
        column("period", terms::REPORT_PERIOD.titles(), Type::Period, |used, at| {
            used.number.period.map_or_else(Cell::default, |period| Cell::text(period.tag(at.lang)))
        }),
        column("written_in", ("記載場所", "Written in"), Type::Text, |used, _| {
            Cell::text(used.report.place(used.number).map_or("", |place| &place.written_in))
        }),
        column("source", terms::SOURCE.titles(), Type::Text, |used, at| {
            Cell::text(used.report.source(used.number, at.lang))
        }),
    ];
    columns.extend(in_git.then(last_set));
    columns
}

/// The number as it is worked with, where it is one and no grade.
fn exact(number: &Number<'_>) -> Option<Decimal> {
    match number.amount {
        Amount::Exact(value) => Some(value),
        _ => None,
    }
}

/// What the table of a step is called that lists what it counts.
fn listed(name: Name<'_>) -> Option<(&'static str, &'static str)> {
    match name {
        Name::Entries => Some(("数えた項目", "Entries counted")),
        Name::Fresh => Some(("今期の報告がある項目", "Entries reported for this period")),
        Name::Level(_) => Some(("計画にある項目", "Entries of the plan")),
        Name::Progress => Some(terms::PROGRESS.titles()),
        Name::Moved => Some(("動いた項目", "Entries that moved")),
        Name::Indicators => Some(("数えた指標", "Indicators counted")),
        _ => None,
    }
}

/// The set of bands, the rate it asks for and where it is from.
fn bands(set: &BandSet, symbol: &str, lang: Lang) -> (String, Line) {
    let (name, rate, source) = (set.name.text(lang), set.by.name(lang), set.source.text(lang));
    let mut line = match source {
        "" => name.to_owned(),
        source => tr!(lang, "{name}（出典：{source}）", "{name} (from: {source})"),
    };
    if set.bands.iter().any(|band| band.rule.at_least.is_some()) {
        line.push_str(&tr!(lang, "。{symbol} は{rate}", "; {symbol}: {rate}"));
    }
    (lang.pick("使う区分", "bands").into(), line.into())
}

/// Shows how the gap and both rates of an indicator are calculated: what each is called, and the formula in words and with
/// its numbers.
pub fn calculation(plan: &Plan, indicator: usize, as_of: AsOf, lang: Lang) -> Vec<(String, String)> {
    let subject = Some(Subject::Indicator(indicator));
    let explanation = explain(plan, subject, as_of, 0, 0);
    let report = ExplainReport {
        plan,
        as_of,
        subject,
        fact: None,
        explanation,
        places: HashMap::new(),
        without_git: None,
        lang,
    };
    let wanted =
        |name: Name<'_>| matches!(name, Name::Gap | Name::Room | Name::Outside | Name::Ratio(_) | Name::Improvement);
    let steps = report.explanation.parts.iter().flat_map(|part| part.steps.iter().map(move |step| (part, step)));
    let steps = steps.filter(|(_, step)| wanted(step.name));
    steps
        .map(|(part, step)| (wording::plain_title(step, plan, lang), steps::line_in_words(&report, part, step, lang)))
        .collect()
}

/// Commit, day and author.
fn last_set(place: Option<&Place>, lang: Lang) -> String {
    match place.and_then(|place| place.set.as_ref()) {
        None => words::none(lang).to_owned(),
        Some(LastSet::Commit { id, date, author }) => format!("{id} {} {author}", date_text(*date, lang)),
        Some(set) => set_by_none(set, lang).to_owned(),
    }
}

/// A number that was read, with everything it is called.
type Called<'r, 'p> = (Vec<&'r str>, &'r Number<'p>);

/// The numbers that were read, each once, in the order they are used: the target is also the end of a line.
fn read<'r, 'p>(part: &'r ExplainedPart<'p>) -> Vec<Called<'r, 'p>> {
    let mut found: Vec<Called<'_, '_>> = Vec::new();
    let steps = part.steps.iter().filter(|step| listed(step.name).is_none());
    for number in steps.flat_map(|step| &step.numbers).filter(|number| number.origin.is_some()) {
        let same = |(_, other): &&mut Called<'_, '_>| match (&other.amount, &number.amount) {
            _ if spot(other).map(|s| (s.0, s.1)) != spot(number).map(|s| (s.0, s.1)) => false,
            _ if (other.period, other.of, other.grade) != (number.period, number.of, number.grade) => false,
            (Amount::Exact(one), Amount::Exact(two)) => one == two && (other.key == number.key || number.key.is_none()),
            _ => other.symbol == number.symbol,
        };
        match found.iter_mut().find(same) {
            Some((symbols, _)) if symbols.contains(&&*number.symbol) => {}
            Some((symbols, _)) => symbols.push(&number.symbol),
            None => found.push((vec![&*number.symbol], number)),
        }
    }
    found
}
