//! A bar of a table's cell as a picture within the page.

use std::fmt::Write;

use crate::palette::{self, BAD, INK, RULE};
use kaikaku_document::{Strip, StripSign};
use kaikaku_text::safe::{markup, one_line};

const WIDTH: usize = 144;
const HEIGHT: usize = 16;
const TOP: usize = 3;
const MIDDLE: usize = HEIGHT / 2;

/// The bar as an SVG element of the page, with a title and a description of its own; `id` is not used elsewhere in it.
pub fn strip_svg(strip: &Strip, id: &str, title: &str, description: &str) -> String {
    let [title, description] = [title, description].map(|text| markup(&one_line(text)).into_owned());
    let mut out = String::new();
    // A String takes every write. Programs that know no such pictures read the description as text of the cell: behind it a
    // line ends, so that it does not run into what follows.
    let _ = write!(
        out,
        "<svg class=\"strip\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-labelledby=\"{id}-title {id}-desc\">\
         <title id=\"{id}-title\">{title}</title><desc id=\"{id}-desc\">{description}</desc>\n\
         <line x1=\"0\" y1=\"{MIDDLE}\" x2=\"{WIDTH}\" y2=\"{MIDDLE}\" stroke=\"{RULE}\" stroke-width=\"0.5\"/>"
    );
    let placed = strip.placed(WIDTH);
    for (from, to, part) in &placed {
        if let Some(fill) = palette::fill(part.fill).filter(|_| to > from) {
            let (width, high) = (to - from, HEIGHT - 2 * TOP);
            let _ = write!(out, "<rect x=\"{from}\" y=\"{TOP}\" width=\"{width}\" height=\"{high}\" fill=\"{fill}\"/>");
        }
    }
    for (from, to, part) in &placed {
        out.extend(part.sign.map(|sign| drawn(sign, (from + to) / 2)));
    }
    out + "</svg>"
}

fn drawn(sign: StripSign, x: usize) -> String {
    let y = MIDDLE;
    match sign {
        StripSign::Due => {
            format!(
                "<path d=\"M{x} {} l5 5 l-5 5 l-5 -5 z\" fill=\"#ffffff\" stroke=\"{INK}\" stroke-width=\"1.5\"/>",
                y - 5
            )
        }
        StripSign::Reached => format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"4.5\" fill=\"{INK}\" stroke=\"#ffffff\"/>"),
        StripSign::Missed => format!(
            "<path d=\"M{x} {y} m-4 -4 l8 8 m0 -8 l-8 8\" fill=\"none\" stroke=\"{BAD}\" stroke-width=\"2.5\"/>"
        ),
    }
}
