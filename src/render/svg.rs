//! One picture as a file of its own: the values of an indicator on a line, and its years as a curve.
//!
//! Words stand beside every colour and shape, and all numbers in the description. No script, no font, nothing from
//! elsewhere; the same chart gives the same bytes.

mod canvas;
mod strip;
mod years;

pub(super) use strip::strip_svg;

use canvas::{Anchor, Canvas, Ink};

use super::palette::{FAINT, INK, WANTED, color};
use super::scale::Scale;
use kaikaku_document::{Chart, Mark, Role};
use kaikaku_text::lang::Lang;
use kaikaku_text::safe::one_line;

/// The page, in pixels: about as wide as a telephone, or half a sheet of paper.
const WIDTH: usize = 440;
/// Free on either side.
const MARGIN: usize = 24;
/// From the first to the last place of a value.
const SPAN: usize = WIDTH - 2 * MARGIN - 40;
const LEFT: usize = MARGIN + 20;

/// The chart as an SVG document.
pub fn svg(chart: &Chart, lang: Lang) -> String {
    let mut canvas = Canvas::default();
    canvas.paragraph(&one_line(&chart.name), Ink::bold(16, INK), MARGIN, 24);
    let verdict = &chart.bullet.verdict;
    let id = verdict.facts.first().map(|fact| &*fact.id);
    canvas.fact(id, |canvas| {
        canvas.paragraph(&one_line(&verdict.text), Ink::bold(14, color(verdict.tone)), MARGIN, 22);
    });
    bullet(&mut canvas, chart);
    for mark in &chart.bullet.marks {
        write_mark(&mut canvas, mark, lang);
    }
    years::draw(&mut canvas, chart, lang);
    canvas.document(&chart.id, &one_line(&chart.name), &description(chart, lang), lang)
}

/// All that the picture shows, in words.
pub(super) fn description(chart: &Chart, lang: Lang) -> String {
    let (stop, comma) = (lang.pick("。", ". "), lang.pick("、", ", "));
    let marks = chart.bullet.marks.iter().map(|mark| words(mark, lang)).collect::<Vec<_>>().join(comma);
    let years: Vec<String> = chart.series.iter().map(|point| format!("{} {}", point.period, point.text)).collect();
    let parts = [chart.bullet.verdict.text.clone(), marks, years.join(comma)];
    let parts: Vec<String> = parts.iter().filter(|part| !part.is_empty()).map(|part| one_line(part)).collect();
    parts.join(stop) + stop.trim_end()
}

fn words(mark: &Mark, lang: Lang) -> String {
    one_line(&format!("{}{}{}", mark.label, lang.pick("：", ": "), mark.text))
}

/// The line with a sign for each value; from the baseline to the actual it is heavy.
fn bullet(canvas: &mut Canvas, chart: &Chart) {
    let placed = chart.bullet.placed();
    let Some(scale) = Scale::spanning(placed.iter().map(|(value, _)| *value)) else { return };
    let place = |role| {
        let mark = placed.iter().find(|(_, mark)| mark.role == role)?;
        Some(LEFT + scale.step(mark.0, SPAN))
    };
    let y = canvas.room(52) + 20;
    if let (Some(min), Some(max)) = (place(Role::Min), place(Role::Max)) {
        canvas.rect(min.min(max), y - 8, min.abs_diff(max).max(1), 16, WANTED);
    }
    canvas.line((MARGIN, y), (WIDTH - MARGIN, y), 1, FAINT, false);
    if let (Some(from), Some(to)) = (place(Role::Baseline), place(Role::Actual)) {
        canvas.line((from, y), (to, y), 5, color(chart.bullet.verdict.tone), false);
    }
    for (value, mark) in &placed {
        sign(canvas, mark.role, LEFT + scale.step(*value, SPAN), y);
    }
    if let (Some((_, first)), Some((_, last))) = (placed.first(), placed.last()) {
        canvas.text((MARGIN, y + 28), Ink::plain(11, FAINT), Anchor::Start, &one_line(&first.number));
        canvas.text((WIDTH - MARGIN, y + 28), Ink::plain(11, FAINT), Anchor::End, &one_line(&last.number));
    }
}

/// Signs that differ in shape, drawn so that none hides one at the same place.
fn sign(canvas: &mut Canvas, role: Role, x: usize, y: usize) {
    match role {
        Role::Baseline => canvas.triangle(x, y + 5, 8, INK),
        Role::Expected => canvas.line((x, y - 15), (x, y + 15), 2, INK, true),
        Role::Actual => canvas.circle(x, y, 5, INK),
        Role::Target => canvas.line((x, y - 10), (x, y + 10), 5, INK, false),
        Role::Min => canvas.bracket((x, y), 4, INK),
        Role::Max => canvas.bracket((x, y), -4, INK),
    }
}

/// Writes a value: its sign and its words.
fn write_mark(canvas: &mut Canvas, mark: &Mark, lang: Lang) {
    let top = canvas.top();
    if mark.value.is_some() {
        sign(canvas, mark.role, MARGIN + 8, top + 15 - if mark.role == Role::Baseline { 8 } else { 0 });
    }
    let id = mark.fact.as_deref();
    canvas.fact(id, |canvas| canvas.paragraph(&words(mark, lang), Ink::plain(13, INK), MARGIN + 24, 24));
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use roxmltree::Document;

    use super::*;
    use crate::text::any_chart;

    proptest! {
        #[test]
        fn any_chart_is_xml_that_tells_its_numbers(chart in any_chart(), ja: bool) {
            let lang = if ja { Lang::Ja } else { Lang::En };
            let drawn = svg(&chart, lang);
            let document = Document::parse(&drawn).map_err(|e| TestCaseError::fail(format!("{e}\n{drawn}")))?;
            let named = |name| ("http://www.w3.org/2000/svg", name);
            let element = |name| document.descendants().find(|node| node.has_tag_name(named(name)));
            prop_assert!(element("title").is_some() && element("script").is_none() && element("image").is_none());
            let description = element("desc").and_then(|node| node.text()).unwrap_or_default();
            for point in &chart.series {
                prop_assert!(description.contains(&point.period));
            }
            for node in document.descendants() {
                for x in ["x", "x1", "x2", "cx"].iter().filter_map(|name| node.attribute(*name)) {
                    prop_assert!(x.parse::<usize>().is_ok_and(|x| x <= WIDTH), "{}", drawn);
                }
            }
            prop_assert_eq!(svg(&chart, lang), drawn, "the same bytes");
        }
    }
}
