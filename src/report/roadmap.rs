//! 工程表: planned against reached, year by year.

mod drawing;
pub mod machine;

use crate::lang::Lang;
use crate::plan::Plan;
use crate::plan::period::FiscalYear;
use crate::query::road::{Road, Slip, Standing};
use crate::query::{AsOf, Scope};
use crate::tr;

use super::{Report, heading};
use crate::document::{Block, Cell, Column, Document, Row, Section, Table, Tone};
use crate::wording as words;

/// Roads of a part of the plan, ready to be laid out.
#[derive(Debug)]
pub struct RoadmapReport<'p> {
    /// The plan.
    pub plan: &'p Plan,
    /// As of when.
    pub as_of: AsOf,
    /// Of which part of the plan.
    pub scope: Scope,
    /// In outline order.
    pub roads: Vec<Road<'p>>,
}

impl Report for RoadmapReport<'_> {
    fn document(&self, lang: Lang) -> Document {
        let mut document = heading::document(self.plan, lang.pick("工程表", "roadmap"), Some(self.as_of), lang);
        document.lead.extend(words::scope(self.plan, self.scope, lang));
        if self.roads.is_empty() {
            let none = lang.pick("工程も節目もありません。", "There are no steps and no milestones.");
            document.sections.push(Section::plain(vec![Block::Text(none.into())]));
            return document;
        }
        let drawn = Table { narrow: self.narrow(lang), ..self.drawn(&self.years(), true, lang) };
        document.sections.push(Section::plain(vec![Block::Table(drawn)]));
        document.sections.extend(self.milestones(lang));
        let notes = drawing::notes(lang).into_iter().map(Into::into).collect();
        document.sections.push(Section::new(lang.pick("注", "Notes"), vec![Block::List(notes)]));
        document
    }

    fn of(&self) -> Option<&Plan> {
        Some(self.plan)
    }

    fn table(&self, lang: Lang) -> Table {
        machine::flat(self, lang)
    }

    fn json(&self) -> serde_json::Value {
        machine::json(self)
    }
}

/// How many years stand side by side where the page is too narrow for all.
const YEARS_ABREAST: usize = 3;

impl RoadmapReport<'_> {
    fn years(&self) -> Vec<FiscalYear> {
        let to = self.plan.head.to;
        std::iter::successors(Some(self.plan.head.from), |year| year.next()).take_while(|year| *year <= to).collect()
    }

    fn narrow(&self, lang: Lang) -> Vec<Table> {
        let years = self.years();
        let parts = years.chunks(YEARS_ABREAST);
        let last = parts.len().saturating_sub(1);
        parts.enumerate().map(|(at, years)| self.drawn(years, at == last, lang)).collect()
    }

    /// Two rows a road: what is planned for each year, and what came; with the slip in the last part.
    fn drawn(&self, years: &[FiscalYear], slips: bool, lang: Lang) -> Table {
        let mut columns = vec![Column::left(lang.pick("項目・取組", "Entry, initiative")), Column::left("")];
        columns.extend(years.iter().map(|year| Column::left(year.tag(lang))));
        if slips {
            columns.push(Column::right(lang.pick("ずれ（月）", "Slip (mo)")));
        }
        let mut rows = Vec::new();
        let mut above = None;
        for road in &self.roads {
            let entry = &self.plan.entries[road.place];
            if above != Some(road.place) {
                rows.push(Row::strong(vec![Cell::text(format!("{} {}", entry.id, entry.name))]));
                above = Some(road.place);
            }
            let name =
                entry.initiative(road.lane).map_or(lang.pick("項目の工程", "the entry itself"), |i| &*i.name);
            let (slip, open) = if slips { slip_cells(road, lang) } else { Default::default() };
            let cells = |first: &str, kind: &str, drawn: Vec<String>, last: Cell| {
                let first = [first, kind].map(Cell::text);
                Row::new(first.into_iter().chain(drawn.into_iter().map(Cell::text)).chain([last]).collect())
            };
            rows.push(cells(name, lang.pick("計", "P"), drawing::planned(self, road, years, lang), slip));
            // Of a road that is only dated nothing can be reported.
            if !(road.marks.is_empty() && road.steps.is_empty() && road.told.is_empty()) {
                rows.push(cells("", lang.pick("実", "A"), drawing::actual(self, road, years, lang), open));
            }
        }
        Table { columns, rows, ..Table::default() }
    }

    fn milestones(&self, lang: Lang) -> Option<Section> {
        let titles = [
            ("番号", "ID"),
            ("取組", "Initiative"),
            ("節目", "Milestone"),
            ("予定", "Planned"),
            ("到達", "Reached"),
            ("ずれ", "Slip"),
        ];
        let columns = titles.map(|(ja, en)| Column::left(lang.pick(ja, en))).into();
        let marks = self.roads.iter().flat_map(|road| road.marks.iter().map(move |mark| (road, mark)));
        let row = |(road, mark): (&Road<'_>, _)| {
            let mark: &crate::query::road::Mark<'_> = mark;
            let entry = &self.plan.entries[road.place];
            let sure = words::mark(mark.milestone.origin.certainty, lang);
            let came = match mark.standing {
                Standing::Reached(period, _) => period.tag(lang),
                other => words::reached(other, lang),
            };
            let tone = if mark.standing.is_overdue() { Tone::Warn } else { Tone::Plain };
            Row::new(vec![
                Cell::text(entry.id.as_str()),
                Cell::text(entry.initiative(road.lane).map_or("", |i| &*i.name)),
                Cell::text(&*mark.milestone.name),
                Cell::text(format!("{}{sure}", mark.milestone.date.tag(lang))),
                Cell::text(came).toned(tone),
                Cell::text(mark.standing.slip().map(|slip| months(slip, lang)).unwrap_or_default()).toned(tone),
            ])
        };
        let table = Table { columns, rows: marks.map(row).collect(), ..Table::default() };
        (!table.rows.is_empty()).then(|| Section::new(lang.pick("節目", "Milestones"), vec![Block::Table(table)]))
    }
}

/// The slip beside what was planned, and beside what came that it is still open.
fn slip_cells(road: &Road<'_>, lang: Lang) -> (Cell, Cell) {
    let unreported = road.steps.iter().any(|step| step.standing == Standing::Unreported);
    match road.slip() {
        Some(slip) => {
            let tone = if slip.reached { Tone::Plain } else { Tone::Warn };
            let open = if slip.reached { "" } else { lang.pick("未到達", "missed") };
            let shown = words::change(slip.months.into(), lang);
            (Cell::number(slip.months, shown).toned(tone), Cell::text(open).toned(tone))
        }
        None if unreported => (Cell::default(), Cell::text(lang.pick("未報告", "unreported")).toned(Tone::Faint)),
        None => Default::default(),
    }
}

/// A slip in whole months, with its sign.
fn months(slip: Slip, lang: Lang) -> String {
    let change = words::change(slip.months.into(), lang);
    tr!(lang, "{change}か月", "{change} mo")
}
