//! The years of an indicator as a curve, which ends at every gap and at every break.

use super::canvas::{Anchor, Canvas, Ink, width};
use super::{LEFT, MARGIN, SPAN, WIDTH};
use crate::palette::{FAINT, INK};
use crate::scale::Scale;
use kaikaku_document::{Chart, Point};
use kaikaku_text::lang::Lang;
use kaikaku_text::safe::one_line;

/// How high the curve is.
const HEIGHT: usize = 70;
const SIZE: usize = 11;

/// Draws it; nothing where no year has a number.
pub(super) fn draw(canvas: &mut Canvas, chart: &Chart, lang: Lang) {
    let series = &chart.series;
    if series.iter().all(|point| point.value.is_none()) {
        return;
    }
    let values = series.iter().filter_map(|point| point.value).chain(chart.bullet.aims());
    let Some(scale) = Scale::spanning(values) else { return };
    canvas.room(12);
    canvas.paragraph(
        lang.pick("年度ごとの値（破線は目標値）", "Year by year (dashed: target)"),
        Ink::bold(13, INK),
        MARGIN,
        22,
    );
    let top = canvas.room(HEIGHT + 64) + 24;
    let floor = top + HEIGHT;
    let last = series.len() - 1;
    let x = |at: usize| (at * SPAN).checked_div(last).map_or(WIDTH / 2, |from_left| LEFT + from_left);
    let y = |point: &Point| point.value.map(|value| floor - scale.step(value, HEIGHT));
    canvas.line((MARGIN, floor + 12), (WIDTH - MARGIN, floor + 12), 1, FAINT, false);
    for aim in chart.bullet.aims() {
        let y = floor - scale.step(aim, HEIGHT);
        canvas.line((MARGIN, y), (WIDTH - MARGIN, y), 1, INK, true);
    }
    for (at, pair) in series.windows(2).enumerate() {
        if pair[1].breaks {
            let between = (x(at) + x(at + 1)) / 2;
            canvas.line((between, top - 12), (between, floor + 12), 1, FAINT, true);
            canvas.text((between, top - 16), Ink::plain(SIZE, FAINT), Anchor::Middle, lang.pick("定義変更", "break"));
        } else if let (Some(from), Some(to)) = (y(&pair[0]), y(&pair[1])) {
            canvas.line((x(at), from), (x(at + 1), to), 2, INK, false);
        }
    }
    let periods = fit(series.iter().map(|point| &point.period), last);
    let texts = fit(series.iter().map(|point| &point.text), last);
    for (at, point) in series.iter().enumerate() {
        let outer = at == 0 || at == last;
        let anchor = anchor(at, last);
        let edge = match anchor {
            Anchor::Start => MARGIN,
            Anchor::Middle => x(at),
            Anchor::End => WIDTH - MARGIN,
        };
        if outer || periods {
            canvas.text((edge, floor + 28), Ink::plain(SIZE, INK), anchor, &one_line(&point.period));
        }
        let (height, color) = y(point).map_or((floor, FAINT), |y| (y - 9, INK));
        if point.value.is_some() {
            canvas.circle(x(at), height + 9, 4, INK);
        }
        match point.value {
            _ if outer || texts => canvas.fact(point.fact.as_deref(), |canvas| {
                canvas.text((edge, height), Ink::plain(SIZE, color), anchor, &one_line(&point.text));
            }),
            None => canvas.text((x(at), height), Ink::plain(SIZE, color), Anchor::Middle, lang.pick("－", "–")),
            Some(_) => {}
        }
    }
}

/// The first and the last year stand at the edges, where a long text has room inward.
fn anchor(at: usize, last: usize) -> Anchor {
    match at {
        _ if last == 0 => Anchor::Middle,
        0 => Anchor::Start,
        at if at == last => Anchor::End,
        _ => Anchor::Middle,
    }
}

/// Whether the words of all years have room beside each other; else only the first and the last year stand in the
/// picture, and all of them in the description.
fn fit<'s>(words: impl Iterator<Item = &'s String>, last: usize) -> bool {
    let widest = words.map(|text| width(&one_line(text), SIZE)).max().unwrap_or(0);
    // The first and the last one begin at the edges, and reach twice as far inward as one in the middle.
    widest * 3 / 2 <= SPAN / last.max(1)
}
