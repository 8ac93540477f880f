//! The page of an indicator: how it stands and by which rule, its chart and its years, its targets and how they changed, how
//! every figure was worked out.

use crate::document::{Block, Cell, Document, Line, Link, Section, Table, Type, column};
use crate::plan::Subject;
use crate::plan::indicator::{Actual, Indicator, Kind, Reading};
use crate::plan::period::date_text;
use crate::query::gap::Gap;
use crate::report::chart::charts;
use crate::report::kpi::{Shown, full_table, notes};
use crate::text::terms;
use crate::tr;
use crate::wording as words;

use super::linked::FIGURES;
use super::shared::{about, calculation, filled, known, row_links, told};
use super::{Sheet, changes, opinions, overview};

/// The page.
pub fn document(sheet: &Sheet<'_>, place: usize) -> Document {
    let (plan, lang) = (sheet.plan(), sheet.lang);
    let indicator = &plan.indicators[place];
    let id = indicator.id.as_str();
    let mut sections = Vec::new();
    if let Some(gap) = sheet.published.gap(place) {
        sections.push(standing(sheet, gap));
        sections.extend(chart(sheet, gap));
    }
    sections.push(about(id, "indicators", lang.pick("指標の内容", "What it measures"), vec![fields(sheet, indicator)]));
    sections.extend(under(sheet, place));
    sections.extend(values(sheet, indicator));
    sections.extend(targets(sheet, indicator));
    sections.extend(opinions::of_subject(sheet, Subject::Indicator(place)));
    sections.extend(changes::of_subject(sheet, Subject::Indicator(place)));
    sections.extend(figures(sheet, place));
    Document { title: words::indicator_name(indicator), lead: overview::lead(sheet), sections, ..Document::default() }
}

/// Every figure of it, and by which rule it is judged.
fn standing(sheet: &Sheet<'_>, gap: &Gap<'_>) -> Section {
    let (plan, lang) = (sheet.plan(), sheet.lang);
    let gaps = std::slice::from_ref(gap);
    let table = full_table(plan, gaps, &Shown::Wide, lang);
    let fields = table.columns.iter().zip(table.rows.last().map(|row| row.cells.clone()).unwrap_or_default());
    let line = |cell: Cell| {
        let line = Line::toned(cell.text.to_string(), cell.tone);
        if cell.text.is_empty() { line } else { line.linked(Link::Anchor(FIGURES.into())) }
    };
    let fields = fields.skip(1).map(|(column, cell)| (column.title.clone(), line(cell)));
    let [rates, room] = notes::formulas(lang);
    let rules = notes::methods(gaps, lang).into_iter().chain([rates, room, notes::rounding(plan, lang)]);
    let blocks = vec![known(fields.collect()), Block::List(rules.map(Line::from).collect())];
    about(gap.indicator.id.as_str(), "indicators", lang.pick("いまの状況と判定", "How it stands"), blocks)
}

fn chart(sheet: &Sheet<'_>, gap: &Gap<'_>) -> Option<Section> {
    let lang = sheet.lang;
    let drawn = charts(sheet.plan(), std::slice::from_ref(gap), sheet.published.summary().as_of(), lang);
    let words = lang.pick("図の数値のもとと計算の根拠", "Behind the figures of the chart");
    let behind = Line::from(words).linked(Link::Anchor(FIGURES.into()));
    (!drawn.is_empty()).then(|| Section {
        topic: Some("charts".into()),
        ..Section::new(lang.pick("図", "Chart"), vec![Block::Charts(drawn), Block::Text(behind)])
    })
}

fn fields(sheet: &Sheet<'_>, indicator: &Indicator) -> Block {
    let (plan, lang) = (sheet.plan(), sheet.lang);
    let entries = indicator.entries.iter().map(|at| format!("{} {}", plan.entries[*at].id, plan.entries[*at].name));
    let entries: Vec<String> = entries.collect();
    let former = indicator.formerly.iter().map(|id| id.as_str()).collect::<Vec<_>>().join(lang.pick("、", ", "));
    let entries = match (&*indicator.entries, entries.join(lang.pick("、", ", "))) {
        ([one], words) => sheet.pages.named(Subject::Entry(*one), words),
        (_, words) => Line::from(words),
    };
    known(vec![
        (terms::KIND.title(lang).into(), words::kind(&indicator.kind, lang).into()),
        (terms::UNIT.title(lang).into(), words::unit(&indicator.unit, lang).into()),
        (lang.pick("値の種類", "Series").into(), words::series(indicator.series, lang).into()),
        (lang.pick("対象の項目", "Verifies").into(), entries),
        (terms::OWNER.title(lang).into(), words::owners(&indicator.owners, &plan.owners, lang).into()),
        (terms::FORMER_ID.title(lang).into(), former.into()),
        (terms::NOTE.title(lang).into(), indicator.notes.join("\n").into()),
        (
            terms::SOURCE.title(lang).into(),
            format!(
                "{}{}",
                words::source(plan, indicator.origin.source).unwrap_or_default(),
                words::mark(indicator.origin.certainty, lang)
            )
            .into(),
        ),
    ])
}

/// What stands under a heading or beneath another indicator.
fn under(sheet: &Sheet<'_>, place: usize) -> Option<Section> {
    let (plan, lang) = (sheet.plan(), sheet.lang);
    let under = (0..plan.indicators.len()).filter(|at| plan.indicators[*at].parent == Some(place));
    let lines = under.map(|at| sheet.pages.named(Subject::Indicator(at), words::indicator_name(&plan.indicators[at])));
    let lines: Vec<Line> = lines.collect();
    let heading = lang.pick("下位の指標", "Under it");
    (!lines.is_empty()).then(|| Section::new(heading, vec![Block::List(lines)]))
}

/// A value of a period, and the page that lists it.
struct Valued<'r, 's> {
    sheet: &'r Sheet<'s>,
    indicator: &'r Indicator,
    reading: &'r Reading,
    measure: Option<&'r Actual>,
}

impl Valued<'_, '_> {
    fn remarks(&self) -> Vec<String> {
        let lang = self.sheet.lang;
        let mut remarks = Vec::new();
        if let Some(measure) = self.measure {
            remarks.extend(measure.provisional.then(|| terms::PROVISIONAL.word(lang).to_owned()));
            remarks.extend(measure.breaks.then(|| {
                lang.pick(
                    "定義の変更により、前の値とは比べられない",
                    "the definition changed: not comparable with earlier values",
                )
                .to_owned()
            }));
            remarks.extend(measure.sample().map(|n| format!("n={n}")));
            remarks.extend(measure.margin().map(|margin| format!("±{margin}")));
            let by_hand = measure.by_hand().map(|by| {
                let word = words::given_by_hand(by, self.sheet.plan(), lang);
                let reason = by.reason.as_deref().map(|reason| tr!(lang, "（{reason}）", ": {reason}"));
                tr!(lang, "所管課の判断：{word}{}", "by hand: {word}{}", reason.unwrap_or_default())
            });
            remarks.extend(by_hand);
        } else {
            remarks.push(terms::BASELINE.word(lang).to_owned());
        }
        remarks.extend(self.reading.notes().iter().map(|note| note.to_string()));
        remarks
    }
}

/// Every value that counts, from the baseline on, with the target of its period.
fn values(sheet: &Sheet<'_>, indicator: &Indicator) -> Option<Section> {
    let (lang, as_of) = (sheet.lang, sheet.published.summary().as_of());
    let columns = [
        column("period", terms::PERIOD_COVERED.titles(), Type::Period, |of: &Valued<'_, '_>, at| {
            Cell::text(of.reading.period.tag(at.lang))
        }),
        column("value", terms::VALUE.titles(), Type::Decimal, |of, at| {
            let mark = words::mark(of.reading.origin.certainty, at.lang);
            Cell::text(words::reading(of.reading, of.indicator, at.lang) + &mark).numbered(of.reading.number())
        }),
        column("target", terms::PERIOD_TARGET.titles(), Type::Decimal, |of, at| {
            let as_of = of.sheet.published.summary().as_of();
            let own = of.indicator.targets_on(as_of.date).iter().find(|target| target.period == of.reading.period);
            let text = own.map(|target| words::reading(target, of.indicator, at.lang));
            Cell::text(text.unwrap_or_default()).numbered(own.and_then(Reading::number))
        }),
        column("recorded", terms::RECORDED.titles(), Type::Date, |of, at| {
            let day = of.measure.and_then(|measure| measure.recorded);
            Cell::text(day.map(|day| date_text(day, at.lang)).unwrap_or_default())
        }),
        column("source", terms::SOURCE.titles(), Type::Text, |of, _| {
            Cell::text(words::source(of.sheet.plan(), of.reading.origin.source).unwrap_or_default())
        }),
        column("note", terms::NOTE.titles(), Type::Text, |of, _| Cell::text(of.remarks().join("\n"))),
        column("by", terms::RECORDED_BY.titles(), Type::Text, |of, _| {
            Cell::text(of.measure.and_then(|measure| measure.by.as_deref()).unwrap_or_default())
        }),
    ];
    let baseline = indicator.baseline.iter().map(|reading| Valued { sheet, indicator, reading, measure: None });
    let known = indicator.known(|measure| as_of.counts(measure));
    let known = known.map(|measure| Valued { sheet, indicator, reading: &measure.reading, measure: Some(measure) });
    let all: Vec<Valued<'_, '_>> = baseline.chain(known).collect();
    let subject = |of: &Valued<'_, '_>| {
        let kind = if of.measure.is_some() { "actual" } else { "baseline" };
        Some(format!("{}:{kind}-{}", indicator.id, of.reading.period.short()))
    };
    let subjects: Vec<_> = all.iter().map(subject).collect();
    let table = filled(Table::build(&columns, all, lang).about(subjects));
    let heading = lang.pick("値の推移", "Its values");
    (!table.rows.is_empty())
        .then(|| Section { topic: Some("values".into()), ..Section::new(heading, vec![Block::Table(table)]) })
}

/// Its targets, those that held before, and why they changed.
fn targets(sheet: &Sheet<'_>, indicator: &Indicator) -> Option<Section> {
    let (plan, lang) = (sheet.plan(), sheet.lang);
    let comma = lang.pick("、", ", ");
    let list = |targets: &[Reading]| {
        targets.iter().map(|target| words::target(target, indicator, lang)).collect::<Vec<_>>().join(comma)
    };
    let source = |target: &Reading| words::source(plan, target.origin.source);
    let mut fields = vec![(terms::TARGET.title(lang).to_owned(), Line::from(list(&indicator.targets)))];
    let sources: Vec<String> = indicator.targets.iter().filter_map(source).collect();
    let sources = sources.into_iter().fold(Vec::new(), |mut known: Vec<String>, source| {
        if !known.contains(&source) {
            known.push(source);
        }
        known
    });
    fields.push((terms::SOURCE.title(lang).to_owned(), sources.join(comma).into()));
    let notes = |targets: &[Reading]| {
        targets.iter().flat_map(Reading::notes).map(|note| note.to_string()).collect::<Vec<_>>().join("\n")
    };
    fields.push((terms::NOTE.title(lang).to_owned(), notes(&indicator.targets).into()));
    for revision in &indicator.revised {
        let (until, targets) = (date_text(revision.until, lang), list(&revision.targets));
        let reason = revision.reason.as_deref().map(|reason| tr!(lang, "。理由：{reason}", "; reason: {reason}"));
        let name = tr!(lang, "{until}まで", "Until {until}");
        fields.push((name, (targets + &reason.unwrap_or_default()).into()));
    }
    let has_any = !indicator.targets.is_empty() || !indicator.revised.is_empty();
    has_any.then(|| {
        about(
            indicator.id.as_str(),
            "targets",
            lang.pick("目標値とその変更", "Targets and how they changed"),
            vec![known(fields)],
        )
    })
}

/// Where its figures stand as data, and how each was worked out.
fn figures(sheet: &Sheet<'_>, place: usize) -> Vec<Section> {
    let (lang, indicator) = (sheet.lang, &sheet.plan().indicators[place]);
    let row = (lang.pick("この指標の行（検証指標の表）", "Its row in the table of all indicators"), "indicators.html");
    let id = indicator.id.as_str();
    // A heading has no row.
    let has_row = sheet.published.gap(place).is_some();
    let steps = (indicator.kind != Kind::Heading).then(|| calculation(sheet, Some(Subject::Indicator(place)), 1));
    let links = row_links(sheet, has_row.then_some((row, id)));
    std::iter::once(told(sheet, id, links)).chain(steps.into_iter().flatten()).collect()
}
