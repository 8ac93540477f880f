//! The page of a closed period: its figures as they were published, whatever the plan says today.

use std::collections::BTreeMap;

use crate::document::{Block, Cell, Document, Line, Link, Section, Table, Type, column};
use crate::plan::Subject;
use crate::plan::closing::{About, Closing, FigureKey, Line as Figure, SHORT};
use crate::plan::period::Period;
use crate::query::published::Difference;
use crate::tr;
use crate::wording::closing::Wording;

use super::linked::FIGURES;
use super::shared::row_links;
use super::{Sheet, shared};

/// A figure as it was published, and who can word it.
struct Published<'r> {
    wording: Wording<'r>,
    figure: Difference<'r>,
}

/// The page.
pub fn document(sheet: &Sheet<'_>, nth: usize) -> Document {
    let (lang, plan) = (sheet.lang, sheet.plan());
    let closing = &plan.closings[nth];
    let (period, day) = (closing.period.long(lang), Period::Day(closing.closed).long(lang));
    let short = closing.fingerprint.get(..SHORT).unwrap_or_default();
    let lead = vec![
        Line::from(tr!(
            lang,
            "{day}に確定したときの数値（照合番号 {short}）",
            "As closed on {day} (fingerprint {short})"
        )),
        Line::from(lang.pick(
            "この後に訂正した数値は、「変更と訂正」のページに示す。",
            "What was corrected since stands on the page of changes.",
        )),
    ];
    let mut groups: BTreeMap<&'static str, Vec<(usize, &FigureKey, &Figure)>> = BTreeMap::new();
    for (nth, (key, line)) in told(closing).enumerate() {
        groups.entry(key.about.table()).or_default().push((nth, key, line));
    }
    let headings = [
        ("total", ("合計", "Totals")),
        ("entry", ("項目ごとの数値", "By entry")),
        ("indicator", ("指標ごとの数値", "By indicator")),
    ];
    let sections = headings.into_iter().filter_map(|(of, (ja, en))| {
        let table = table(sheet, closing, groups.get(of)?);
        Some(Section { topic: Some("closed".into()), ..Section::new(lang.pick(ja, en), vec![Block::Table(table)]) })
    });
    let title = tr!(lang, "{period}の公表値", "{period} as published");
    Document { title, lead, sections: sections.chain([behind(sheet)]).collect(), ..Document::default() }
}

/// The figures that are told: a fingerprint of texts tells readers nothing.
fn told(closing: &Closing) -> impl Iterator<Item = (&FigureKey, &Figure)> {
    closing.figures.iter().filter(|(key, _)| !key.what.starts_with("texts"))
}

/// The name of the row of a figure, where the page has one.
pub fn row(closing: &Closing, key: &FigureKey) -> Option<String> {
    told(closing).position(|(own, _)| own == key).map(name)
}

fn name(nth: usize) -> String {
    format!("figure-{}", nth + 1)
}

/// What the figures rest on.
fn behind(sheet: &Sheet<'_>) -> Section {
    let (lang, pages) = (sheet.lang, sheet.pages);
    let line = |words: &str, page: &str| Line::from(words).linked(pages.to(&pages.home.path(page)));
    let rests = lang.pick(
        "確定した日までの記録による。項目と指標のページに、もとの報告と値を示す。",
        "They rest on what was recorded by the day of closing; the pages of entries and indicators have every report and value.",
    );
    let formulas = line(lang.pick("計算の方法（計算の根拠）", "How figures are worked out"), "calculations.html");
    let since = line(lang.pick("その後の訂正（変更と訂正）", "What was corrected since"), "changes.html");
    let lines = [Line::from(rests), formulas, since].into_iter().chain(row_links(sheet, None));
    shared::told(sheet, "all", lines.collect())
}

fn table(sheet: &Sheet<'_>, closing: &Closing, figures: &[(usize, &FigureKey, &Figure)]) -> Table {
    let plan = sheet.plan();
    let columns = [
        column("subject", ("項目・指標", "Entry, indicator"), Type::Text, |of: &Published<'_>, at| {
            Cell::text(of.wording.of_what(&of.figure, at.lang))
        }),
        column("figure", ("箇所", "Figure"), Type::Text, |of, at| Cell::text(of.wording.what(&of.figure, at.lang))),
        column("value", ("公表した数値", "As published"), Type::Text, |of, at| {
            let words = of.wording.side(&of.figure, of.figure.published.map(|line| &line.words), at.lang);
            Cell::text(words).linked(Link::Anchor(FIGURES.into()))
        }),
    ];
    let today = |about: &About| match about.id().and_then(|id| plan.index.get(id)) {
        Some(Subject::Entry(place)) => About::Entry(plan.entries[*place].id.clone()),
        Some(Subject::Indicator(place)) => About::Indicator(plan.indicators[*place].id.clone()),
        None => about.clone(),
    };
    let published = figures.iter().map(|(_, key, line)| Published {
        wording: Wording { plan, period: closing.period },
        figure: Difference {
            key: (*key).clone(),
            about: today(&key.about),
            published: Some(line),
            acknowledged: None,
            now: None,
            corrections: Vec::new(),
        },
    });
    let published: Vec<Published<'_>> = published.collect();
    let subject = |of: &Published<'_>| {
        let id = of.figure.about.id().map_or("all", |id| id.as_str());
        let what = of.figure.key.to_string().replace(|c: char| !c.is_ascii_alphanumeric(), "-");
        Some(format!("{id}:{what}"))
    };
    let subjects: Vec<_> = published.iter().map(subject).collect();
    let mut table = Table::build(&columns, published, sheet.lang).about(subjects);
    for (row, (nth, ..)) in table.rows.iter_mut().zip(figures) {
        *row = std::mem::take(row).anchored(name(*nth));
    }
    table
}
