//! 工程表: planned against reached, year by year.

mod drawing;
pub mod machine;

pub use drawing::legend;

use crate::lang::Lang;
use crate::plan::Plan;
use crate::plan::period::{FiscalYear, Period};
use crate::query::road::{Mark, Road, Slip, Standing};
use crate::query::{AsOf, Scope};
use crate::text::terms;
use crate::tr;
use crate::wording as words;

use super::{Report, heading};
use crate::document::{
    At, Block, Cell, ColumnOf, Document, Line, Row, Section, Table, Tone, Type, Unit, cells, column, fingerprint, heads,
};

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
        document.lead.extend(words::scope(self.plan, self.scope, lang).map(Line::from));
        if self.roads.is_empty() {
            let none = lang.pick("工程も節目もありません。", "There are no steps and no milestones.");
            document.sections.push(Section::plain(vec![Block::Text(none.into())]));
            return document;
        }
        document.sections = self.sections(lang);
        if let Some(Block::Table(drawn)) = document.sections.first_mut().and_then(|first| first.blocks.first_mut()) {
            drawn.narrow = self.narrow(lang);
        }
        let notes = drawing::notes(lang).into_iter().map(Into::into).collect();
        document.sections.push(Section::new(lang.pick("注", "Notes"), vec![Block::List(notes)]));
        document
    }

    fn facts_of(&self) -> Option<(&'static str, Period)> {
        Some(("roadmap", self.as_of.period))
    }

    fn reported_plan(&self) -> Option<&Plan> {
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
    /// The drawing, then the milestones.
    pub fn sections(&self, lang: Lang) -> Vec<Section> {
        let drawn = Section::plain(vec![Block::Table(self.drawn(&self.years(), true, lang))]);
        std::iter::once(drawn).chain(self.milestones(lang)).collect()
    }

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
        let columns = drawn_columns(years, slips, lang);
        let mut table = Table { columns: heads(&columns, lang), ..Table::default() };
        let mut above = None;
        for road in &self.roads {
            let entry = &self.plan.entries[road.place];
            if above != Some(road.place) {
                let name = vec![Cell::text(format!("{} {}", entry.id, entry.name))];
                table.rows.push(Row { subject: Some(entry.id.as_str().into()), ..Row::strong(name) });
                above = Some(road.place);
            }
            let name =
                entry.initiative(road.lane).map_or(lang.pick("項目の工程", "the entry itself"), |i| &*i.name);
            let subject = |kind: &str| {
                let lane = entry.initiative(road.lane).map_or("", |initiative| &*initiative.name);
                Some(format!("{}:{kind}-{}", entry.id, fingerprint(lane)).into())
            };
            let (slip, open) = slip_cells(road, lang);
            let planned = drawing::planned(self, road, years, lang);
            let planned = Drawn { name, kind: lang.pick("計", "P"), years: planned, slip };
            let row = Row::new(cells(&columns, &planned, lang));
            table.rows.push(Row { subject: subject("planned"), ..row });
            // Of a road that is only dated nothing can be reported.
            if !(road.marks.is_empty() && road.steps.is_empty() && road.reported.is_empty()) {
                let actual = drawing::actual(self, road, years, lang);
                let actual = Drawn { name: "", kind: lang.pick("実", "A"), years: actual, slip: open };
                let row = Row::new(cells(&columns, &actual, lang));
                table.rows.push(Row { subject: subject("actual"), ..row });
            }
        }
        table
    }

    fn milestones(&self, lang: Lang) -> Option<Section> {
        let marks = self.roads.iter().flat_map(|road| road.marks.iter().map(move |mark| (self, road, mark)));
        let subject = |(_, road, mark): Marked<'_>| {
            let entry = &self.plan.entries[road.place];
            let lane = entry.initiative(road.lane).map_or("", |initiative| &*initiative.name);
            Some(format!("{}:milestone-{}", entry.id, fingerprint(&format!("{lane}|{}", mark.milestone.name))))
        };
        let subjects: Vec<_> = marks.clone().map(subject).collect();
        let table = Table::build(&milestone_columns(), marks, lang).about(subjects);
        (!table.rows.is_empty()).then(|| Section::new(lang.pick("節目", "Milestones"), vec![Block::Table(table)]))
    }
}

/// A row of the drawing: what was planned of a road, or what came.
struct Drawn<'r> {
    name: &'r str,
    kind: &'r str,
    years: Vec<Cell>,
    slip: Cell,
}

fn drawn_columns<'r>(years: &[FiscalYear], slips: bool, lang: Lang) -> Vec<ColumnOf<Drawn<'r>>> {
    let slip = || {
        let cell = |drawn: &Drawn<'_>, _: At| drawn.slip.clone();
        column("slip", ("ずれ（月）", "Slip (mo)"), Type::Integer, cell).in_unit(Unit::Month)
    };
    let mut columns = vec![
        column("road", ("項目・取組", "Entry, initiative"), Type::Text, |drawn: &Drawn<'_>, _| {
            Cell::text(drawn.name)
        }),
        column("kind", ("", ""), Type::Text, |drawn, _| Cell::text(drawn.kind)),
    ];
    columns.extend(years.iter().enumerate().map(|(nth, year)| {
        let cell = |drawn: &Drawn<'_>, at: At| drawn.years[at.nth].clone();
        ColumnOf::titled(format!("year.{}", year.western()), year.tag(lang), Type::Text, cell).nth(nth)
    }));
    columns.extend(slips.then(slip));
    columns
}

/// A milestone of a road.
type Marked<'r> = (&'r RoadmapReport<'r>, &'r Road<'r>, &'r Mark<'r>);

fn milestone_columns<'r>() -> [ColumnOf<Marked<'r>>; 6] {
    [
        column("id", terms::ID.titles(), Type::Id, |(report, road, _), _| {
            Cell::text(report.plan.entries[road.place].id.as_str())
        }),
        column("initiative", ("取組", "Initiative"), Type::Text, |(report, road, _), _| {
            Cell::text(report.plan.entries[road.place].initiative(road.lane).map_or("", |i| &*i.name))
        }),
        column("milestone", terms::MILESTONE.titles(), Type::Name, |(.., mark), _| Cell::text(&*mark.milestone.name)),
        column("planned", terms::PLANNED.titles(), Type::Period, |(.., mark), at| {
            let sure = words::mark(mark.milestone.origin.certainty, at.lang);
            Cell::text(format!("{}{sure}", mark.milestone.date.tag(at.lang)))
        }),
        column("reached", terms::REACHED.titles(), Type::Period, |(.., mark), at| {
            let reached = match mark.standing {
                Standing::Reached(period, _) => period.tag(at.lang),
                other => words::reached(other, at.lang),
            };
            Cell::text(reached).toned(tone(mark))
        }),
        column("slip", ("ずれ", "Slip"), Type::Text, |(.., mark), at| {
            Cell::text(mark.standing.slip().map(|slip| months(slip, at.lang)).unwrap_or_default()).toned(tone(mark))
        }),
    ]
}

fn tone(mark: &Mark<'_>) -> Tone {
    if mark.standing.is_overdue() { Tone::Warn } else { Tone::Plain }
}

/// The slip beside what was planned, and beside what came that it is still open.
fn slip_cells(road: &Road<'_>, lang: Lang) -> (Cell, Cell) {
    let unreported = road.steps.iter().any(|step| step.standing == Standing::Unreported);
    match road.slip() {
        Some(slip) => {
            let tone = if slip.reached { Tone::Plain } else { Tone::Warn };
            let open = if slip.reached { "" } else { terms::MISSED.word(lang) };
            let shown = words::change(slip.months.into(), lang);
            (Cell::number(slip.months, shown).toned(tone), Cell::text(open).toned(tone))
        }
        None if unreported => (Cell::default(), Cell::text(terms::UNREPORTED.word(lang)).toned(Tone::Faint)),
        None => Default::default(),
    }
}

/// A slip in whole months, with its sign.
fn months(slip: Slip, lang: Lang) -> String {
    let change = words::change(slip.months.into(), lang);
    tr!(lang, "{change}か月", "{change} mo")
}
