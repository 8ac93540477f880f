//! Charts: the shapes as a picture, the words in the cells of a table beneath it, so that no letter is part of a picture
//! and a clerk can correct every one.

use super::body::Body;
use super::parts::picture_id;
use crate::palette::STRONG;
use crate::picture;
use crate::svg::description;
use kaikaku_document::{Chart, Fact, Line, Mark, Role};
use kaikaku_text::safe::one_line;

/// A millionth of a metre has 36 of Word's units for pictures, a twentieth of a point has 635.
const UNITS: usize = 635;
/// So many years have room beside the line of values.
const FEW_YEARS: usize = 4;
/// The share of the width that the line of values has then, in hundredths.
const SHARE: usize = 60;
/// Left free between a picture and the lines of its cell.
const FRAME: usize = 60;
/// More years than this have no room beside each other.
const MOST_YEARS: usize = 11;

impl Body<'_> {
    /// Name and verdict, the line of values over their words, the curve over its years.
    pub fn chart(&mut self, chart: &Chart) {
        let verdict = &chart.bullet.verdict;
        self.paragraph("Caption", &one_line(&chart.name));
        self.line("TableText", &one_line_of(verdict), "<w:keepNext/>");
        let description = description(chart, self.lang);
        if !chart.bullet.marks.is_empty() && (1..=FEW_YEARS).contains(&chart.series.len()) {
            self.beside(chart, &description);
            self.gap();
            return;
        }
        self.values(chart, &description);
        if chart.series.len() <= MOST_YEARS {
            self.years(chart, &description);
        } else {
            self.many_years(chart, &description);
        }
        self.gap();
    }

    /// The line of values, and on its right the curve.
    fn beside(&mut self, chart: &Chart, description: &str) {
        let left = self.room() * SHARE / 100;
        self.under(&[Drawing::values(chart, left), Drawing::years(chart, self.room() - left)], description);
    }

    fn values(&mut self, chart: &Chart, description: &str) {
        if !chart.bullet.marks.is_empty() {
            self.under(&[Drawing::values(chart, self.room())], description);
        }
    }

    fn years(&mut self, chart: &Chart, description: &str) {
        if !chart.series.is_empty() {
            self.narrow_gap();
            self.under(&[Drawing::years(chart, self.room())], description);
        }
    }

    /// Where the years have no room beside each other, they stand in a line.
    fn many_years(&mut self, chart: &Chart, description: &str) {
        if let Some(bytes) = picture::years(chart) {
            let room = self.room();
            self.narrow_gap();
            self.picture(bytes, (room, picture::YEARS), description);
        }
        let comma = self.lang.pick("、", ", ");
        let mut line = Line::default();
        for point in &chart.series {
            line.text.push_str(if line.text.is_empty() { "" } else { comma });
            line.text.push_str(&format!("{} ", one_line(&point.period)));
            push_fact(&mut line, &one_line(&point.text), point.fact.as_deref());
        }
        self.line("TableText", &line, "");
    }

    /// What stands between two tables of one chart, which stay together.
    fn narrow_gap(&mut self) {
        self.out.raw("<w:p><w:pPr><w:keepNext/><w:spacing w:line=\"160\" w:lineRule=\"exact\"/></w:pPr></w:p>");
    }

    /// Pictures beside each other, beneath each its words.
    fn under(&mut self, drawings: &[Drawing], description: &str) {
        let widths: Vec<usize> = drawings.iter().flat_map(Drawing::widths).collect();
        self.grid(&widths, |body| {
            if drawings.iter().any(|drawing| drawing.picture.is_some()) {
                body.out.raw("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
                for drawing in drawings {
                    let flat =
                        "<w:tcMar><w:left w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"0\" w:type=\"dxa\"/></w:tcMar>";
                    let (span, across) = (drawing.words.len(), drawing.widths().sum());
                    let more = format!("<w:gridSpan w:val=\"{span}\"/>{flat}");
                    body.cell(across, &more, None, |body| match &drawing.picture {
                        Some(bytes) => body.picture(bytes.clone(), (across, drawing.height), description),
                        None => body.paragraph("ChartText", ""),
                    });
                }
                body.out.raw("</w:tr>");
            }
            body.out.raw("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
            for ((name, text), width) in drawings.iter().flat_map(|drawing| &drawing.words).zip(&widths) {
                body.cell(*width, "", Some(STRONG), |body| {
                    body.line("ChartText", &Line::from(&**name), "<w:keepNext/>");
                    body.line("ChartText", text, "<w:keepNext/>");
                });
            }
            body.out.raw("</w:tr>");
        });
    }

    /// A paragraph with a picture of this size, and what it shows in words for those who do not see it.
    pub(super) fn picture(&mut self, bytes: Vec<u8>, (width, height): (usize, u32), description: &str) {
        let at = self.pictures.len();
        self.pictures.push(bytes);
        let (id, name) = (picture_id(at), (at + 1).to_string());
        // Less than the cell, or Word would widen it, and the picture hide the lines around it.
        let cx = width.saturating_sub(2 * FRAME) * UNITS;
        let cy = (cx * height as usize / picture::WIDTH as usize).to_string();
        let cx = cx.to_string();
        let title = format!("{} {name}", self.lang.pick("図", "Chart"));
        self.out.raw("<w:p><w:pPr><w:keepNext/><w:spacing w:before=\"40\" w:line=\"240\" w:lineRule=\"auto\"/><w:jc w:val=\"center\"/></w:pPr><w:r><w:drawing>");
        let apart = [("distT", "0"), ("distB", "0"), ("distL", "0"), ("distR", "0")];
        self.out.element("wp:inline", &apart, |out| {
            out.empty("wp:extent", &[("cx", &cx), ("cy", &cy)]);
            out.empty("wp:docPr", &[("id", &name), ("name", &title), ("descr", description)]);
            let picture = "http://schemas.openxmlformats.org/drawingml/2006/picture";
            out.element("a:graphic", &[], |out| {
                out.element("a:graphicData", &[("uri", picture)], |out| {
                    out.element("pic:pic", &[], |out| {
                        out.element("pic:nvPicPr", &[], |out| {
                            out.empty("pic:cNvPr", &[("id", &name), ("name", &title), ("descr", description)]);
                            out.empty("pic:cNvPicPr", &[]);
                        });
                        out.element("pic:blipFill", &[], |out| {
                            out.empty("a:blip", &[("r:embed", &id)]);
                            out.raw("<a:stretch><a:fillRect/></a:stretch>");
                        });
                        out.element("pic:spPr", &[], |out| {
                            out.element("a:xfrm", &[], |out| {
                                out.raw("<a:off x=\"0\" y=\"0\"/>");
                                out.empty("a:ext", &[("cx", &cx), ("cy", &cy)]);
                            });
                            out.raw("<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom>");
                        });
                    });
                });
            });
        });
        self.out.raw("</w:drawing></w:r></w:p>");
    }
}

/// A picture, and in columns beneath it names and what they stand for.
struct Drawing {
    picture: Option<Vec<u8>>,
    /// In pixels of the picture.
    height: u32,
    words: Vec<(String, Line)>,
    /// How wide it is.
    room: usize,
}

impl Drawing {
    fn values(chart: &Chart, room: usize) -> Self {
        let words =
            chart.bullet.marks.iter().map(|mark| (label(mark), value(&mark.text, mark.fact.as_deref()))).collect();
        Self { picture: picture::bullet(&chart.bullet), height: picture::BULLET, words, room }
    }

    fn years(chart: &Chart, room: usize) -> Self {
        let words = chart
            .series
            .iter()
            .map(|point| (one_line(&point.period), value(&point.text, point.fact.as_deref())))
            .collect();
        Self { picture: picture::years(chart), height: picture::YEARS, words, room }
    }

    /// Those of its columns.
    fn widths(&self) -> impl Iterator<Item = usize> {
        std::iter::repeat_n(self.room / self.words.len().max(1), self.words.len())
    }
}

/// A line on one line.
fn one_line_of(line: &Line) -> Line {
    let text = one_line(&line.text);
    let facts = if text == line.text { line.facts.clone() } else { Box::default() };
    Line { text, facts, ..line.clone() }
}

/// A value, which is a fact as a whole.
fn value(text: &str, fact: Option<&str>) -> Line {
    let mut line = Line::default();
    push_fact(&mut line, &one_line(text), fact);
    line
}

/// Adds words that are a fact.
fn push_fact(line: &mut Line, words: &str, fact: Option<&str>) {
    let start = line.text.len();
    line.text.push_str(words);
    let fact = fact.map(|id| Fact { id: id.into(), place: start..line.text.len(), link: None });
    line.facts = std::mem::take(&mut line.facts).into_iter().chain(fact).collect();
}

/// What a value is, with the sign that stands for it in the picture.
fn label(mark: &Mark) -> String {
    let sign = match mark.role {
        _ if mark.value.is_none() => "",
        Role::Baseline => "▲ ",
        Role::Expected => "┆ ",
        Role::Actual => "● ",
        Role::Target => "┃ ",
        Role::Min => "［ ",
        Role::Max => "］ ",
    };
    format!("{sign}{}", one_line(&mark.label))
}
