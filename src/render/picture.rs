//! The shapes of a chart as PNG pictures, for Word. They hold no letters and need no font: the words stand beside them.

use rust_decimal::Decimal;
use tiny_skia::{Color, FillRule, LineCap, Paint, Path, PathBuilder, Pixmap, Rect, Stroke, StrokeDash, Transform};

use super::palette::{self, BAD, FAINT, INK, RULE, WANTED, color, rgb};
use super::png::png;
use super::scale::Scale;
use kaikaku_document::{Bullet, Chart, Role, Strip, StripSign};

/// How wide every picture is, in pixels.
pub const WIDTH: u32 = 960;
/// How high the line of values is, in pixels.
pub const BULLET: u32 = 56;
/// How high the curve of the years is, in pixels.
pub const YEARS: u32 = 120;
/// Free on either side of the line of values.
const MARGIN: f32 = 40.0;

/// The values of an indicator on a line, from the least to the greatest; nothing where there is no number.
pub fn bullet(bullet: &Bullet) -> Option<Vec<u8>> {
    let placed = bullet.placed();
    let scale = Scale::spanning(placed.iter().map(|(value, _)| *value))?;
    let x = |value: Decimal| MARGIN + step(scale, value, WIDTH as f32 - 2.0 * MARGIN);
    let place = |role| placed.iter().find(|(_, mark)| mark.role == role).map(|(value, _)| x(*value));
    let mut sheet = Sheet::new(BULLET)?;
    let y = BULLET as f32 / 2.0;
    if let (Some(min), Some(max)) = (place(Role::Min), place(Role::Max)) {
        sheet.rect(min.min(max), y - 14.0, (max - min).abs().max(2.0), 28.0, WANTED);
    }
    sheet.line((8.0, y), (WIDTH as f32 - 8.0, y), 2.0, FAINT, false);
    if let (Some(from), Some(to)) = (place(Role::Baseline), place(Role::Actual)) {
        sheet.line((from, y), (to, y), 9.0, color(bullet.verdict.tone), false);
    }
    for (value, mark) in &placed {
        sheet.sign(mark.role, x(*value), y);
    }
    sheet.png()
}

/// The years of an indicator as a curve; each point stands over the middle of its share of the width. It ends at every
/// gap and at every break. Nothing where no year has a number.
pub fn years(chart: &Chart) -> Option<Vec<u8>> {
    let series = &chart.series;
    series.iter().find_map(|point| point.value)?;
    let values = series.iter().filter_map(|point| point.value).chain(chart.bullet.aims());
    let scale = Scale::spanning(values)?;
    let mut sheet = Sheet::new(YEARS)?;
    let floor = YEARS as f32 - 8.0;
    let share = WIDTH as f32 / series.len() as f32;
    let place = |at: usize| {
        let value = series.get(at)?.value?;
        Some(((at as f32 + 0.5) * share, floor - 16.0 - step(scale, value, floor - 36.0)))
    };
    sheet.line((8.0, floor), (WIDTH as f32 - 8.0, floor), 2.0, FAINT, false);
    for aim in chart.bullet.aims() {
        let y = floor - 16.0 - step(scale, aim, floor - 36.0);
        sheet.line((8.0, y), (WIDTH as f32 - 8.0, y), 3.0, INK, true);
    }
    for (at, point) in series.iter().enumerate().skip(1) {
        if point.breaks {
            let between = at as f32 * share;
            sheet.line((between, 4.0), (between, floor), 2.0, FAINT, true);
        } else if let (Some(from), Some(to)) = (place(at - 1), place(at)) {
            sheet.line(from, to, 4.0, INK, false);
        }
    }
    for (x, y) in (0..series.len()).filter_map(place) {
        sheet.circle(x, y, 8.0, INK);
    }
    sheet.png()
}

/// A bar, so many pixels high.
pub fn strip(strip: &Strip, height: u32) -> Option<Vec<u8>> {
    let mut sheet = Sheet::new(height)?;
    let (top, high) = (height as f32 * 0.2, height as f32 * 0.6);
    let middle = height as f32 / 2.0;
    sheet.line((0.0, middle), (WIDTH as f32, middle), 2.0, RULE, false);
    let placed = strip.placed(WIDTH as usize);
    for (from, to, part) in &placed {
        if let Some(color) = palette::fill(part.fill) {
            sheet.rect(*from as f32, top, (to - from) as f32, high, color);
        }
    }
    for (from, to, part) in &placed {
        part.sign.into_iter().for_each(|sign| sheet.strip_sign(sign, (from + to) as f32 / 2.0, middle, high * 0.6));
    }
    sheet.png()
}

/// How far from the least value, in pixels of a stretch so long.
fn step(scale: Scale, value: Decimal, stretch: f32) -> f32 {
    scale.step(value, stretch as usize) as f32
}

/// What is drawn on.
struct Sheet(Pixmap);

impl Sheet {
    fn new(height: u32) -> Option<Self> {
        let mut pixmap = Pixmap::new(WIDTH, height)?;
        pixmap.fill(Color::WHITE);
        Some(Self(pixmap))
    }

    fn png(self) -> Option<Vec<u8>> {
        png(&self.0).ok()
    }

    fn rect(&mut self, x: f32, y: f32, width: f32, height: f32, color: &str) {
        if let Some(rect) = Rect::from_xywh(x, y, width, height) {
            self.0.fill_rect(rect, &paint(color), Transform::identity(), None);
        }
    }

    fn line(&mut self, from: (f32, f32), to: (f32, f32), width: f32, color: &str, dashed: bool) {
        let mut path = PathBuilder::new();
        path.move_to(from.0, from.1);
        path.line_to(to.0, to.1);
        self.stroke(path.finish(), width, color, dashed);
    }

    fn stroke(&mut self, path: Option<Path>, width: f32, color: &str, dashed: bool) {
        let dash = if dashed { StrokeDash::new(vec![6.0, 6.0], 0.0) } else { None };
        let stroke = Stroke { width, dash, line_cap: LineCap::Butt, ..Stroke::default() };
        if let Some(path) = path {
            self.0.stroke_path(&path, &paint(color), &stroke, Transform::identity(), None);
        }
    }

    fn fill(&mut self, path: Option<Path>, color: &str) {
        if let Some(path) = path {
            self.0.fill_path(&path, &paint(color), FillRule::Winding, Transform::identity(), None);
        }
    }

    /// With a white rim, so that it is seen on a line of its own colour.
    fn circle(&mut self, x: f32, y: f32, radius: f32, color: &str) {
        self.fill(PathBuilder::from_circle(x, y, radius + 2.0), "#ffffff");
        self.fill(PathBuilder::from_circle(x, y, radius), color);
    }

    /// Signs that differ in shape, drawn so that none hides one at the same place.
    fn sign(&mut self, role: Role, x: f32, y: f32) {
        match role {
            Role::Baseline => {
                let mut path = PathBuilder::new();
                path.move_to(x, y + 6.0);
                path.line_to(x - 9.0, y + 22.0);
                path.line_to(x + 9.0, y + 22.0);
                path.close();
                self.fill(path.finish(), INK);
            }
            Role::Expected => self.line((x, y - 26.0), (x, y + 26.0), 4.0, INK, true),
            Role::Actual => self.circle(x, y, 9.0, INK),
            Role::Target => self.line((x, y - 20.0), (x, y + 20.0), 8.0, INK, false),
            Role::Min => self.bracket(x, y, 8.0),
            Role::Max => self.bracket(x, y, -8.0),
        }
    }

    /// Signs on a bar, which differ in shape.
    fn strip_sign(&mut self, sign: StripSign, x: f32, y: f32, size: f32) {
        match sign {
            StripSign::Due => {
                for (size, color) in [(size, INK), (size * 0.6, "#ffffff")] {
                    let mut path = PathBuilder::new();
                    path.move_to(x, y - size);
                    path.line_to(x + size, y);
                    path.line_to(x, y + size);
                    path.line_to(x - size, y);
                    path.close();
                    self.fill(path.finish(), color);
                }
            }
            StripSign::Reached => self.circle(x, y, size * 0.8, INK),
            StripSign::Missed => {
                let reach = size * 0.8;
                self.line((x - reach, y - reach), (x + reach, y + reach), size * 0.4, BAD, false);
                self.line((x - reach, y + reach), (x + reach, y - reach), size * 0.4, BAD, false);
            }
        }
    }

    fn bracket(&mut self, x: f32, y: f32, hooks: f32) {
        let mut path = PathBuilder::new();
        path.move_to(x + hooks, y - 20.0);
        path.line_to(x, y - 20.0);
        path.line_to(x, y + 20.0);
        path.line_to(x + hooks, y + 20.0);
        self.stroke(path.finish(), 4.0, INK, false);
    }
}

fn paint(color: &str) -> Paint<'static> {
    let [red, green, blue] = rgb(color);
    let mut paint = Paint::default();
    paint.set_color_rgba8(red, green, blue, 255);
    paint
}
