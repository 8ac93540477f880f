//! Colours of letters and of what they stand on: whether anybody sees the one on the other.

use quick_xml::events::BytesStart;

use super::xml::attribute;

/// A colour, as far as two can be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// Red, green and blue.
    Rgb([u8; 3]),
    /// One of the theme, lighter or darker by so many thousandths; black and white of it are [`Colour::Rgb`].
    Theme(u8, i16),
    /// One of the old palette; black and white of it are [`Colour::Rgb`].
    Indexed(u8),
}

/// What letters are, where nothing says otherwise.
pub const BLACK: Colour = Colour::Rgb([0; 3]);
/// What they stand on.
pub const WHITE: Colour = Colour::Rgb([u8::MAX; 3]);

impl Colour {
    /// The colour that an element names; `None` for the program's own choice.
    pub fn of(element: &BytesStart<'_>) -> Option<Self> {
        let number = |name| attribute(element, name)?.parse::<u8>().ok();
        if let Some(rgb) = attribute(element, "rgb") {
            // Excel writes how opaque it is first, and shows every colour opaque.
            let digits = rgb.get(rgb.len().checked_sub(6)?..)?;
            let part = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
            return Some(Self::Rgb([part(0)?, part(2)?, part(4)?]));
        }
        if let Some(theme) = number("theme") {
            const THOUSAND: f64 = 1000.0;
            let tint = attribute(element, "tint").and_then(|tint| tint.parse::<f64>().ok()).unwrap_or(0.0);
            #[allow(clippy::cast_possible_truncation, reason = "a tint lies between -1 and 1")]
            let tint = (tint.clamp(-1.0, 1.0) * THOUSAND).round() as i16;
            return Some(match (theme, tint) {
                (0, 0..) => WHITE,
                (1, ..=0) => BLACK,
                other => Self::Theme(other.0, other.1),
            });
        }
        Some(match number("indexed")? {
            0 | 8 | 64 => BLACK,
            1 | 9 | 65 => WHITE,
            other => Self::Indexed(other),
        })
    }

    /// Whether nobody can tell the two apart.
    pub fn is_like(self, other: Self) -> bool {
        const APART: u16 = 24;
        match (self, other) {
            (Self::Rgb(a), Self::Rgb(b)) => {
                a.iter().zip(b).map(|(a, b)| u16::from(a.abs_diff(b))).sum::<u16>() <= APART
            }
            (a, b) => a == b,
        }
    }
}

/// Letters and their ground.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paint {
    /// The colour of the letters.
    pub letters: Colour,
    /// What they stand on; `None` for a pattern or a course of colours.
    pub ground: Option<Colour>,
}

impl Default for Paint {
    fn default() -> Self {
        Self { letters: BLACK, ground: Some(WHITE) }
    }
}

impl Paint {
    /// Whether nobody sees letters of this colour on the ground.
    pub fn hides(&self, letters: Colour) -> bool {
        self.ground.is_some_and(|ground| letters.is_like(ground))
    }
}

/// The fonts and fills of a workbook in the making, each by its number.
#[derive(Debug, Default)]
pub struct Paints {
    fonts: Vec<Font>,
    fills: Vec<Option<Colour>>,
    /// Whether the fill that is read is of one colour.
    is_solid: bool,
}

#[derive(Debug, Clone, Copy)]
struct Font {
    letters: Colour,
    /// In tenths of a point.
    size: u32,
}

/// The usual size of letters, in tenths of a point.
const USUAL: u32 = 110;

impl Paints {
    /// Takes an element of the list of fonts.
    pub fn font(&mut self, name: &str, element: &BytesStart<'_>) {
        if name == "font" {
            self.fonts.push(Font { letters: BLACK, size: USUAL });
        }
        let Some(font) = self.fonts.last_mut() else { return };
        match name {
            "color" => font.letters = Colour::of(element).unwrap_or(BLACK),
            "sz" => font.size = attribute(element, "val").and_then(|size| tenths(&size)).unwrap_or(USUAL),
            _ => {}
        }
    }

    /// Takes an element of the list of fills.
    pub fn fill(&mut self, name: &str, element: &BytesStart<'_>) {
        match name {
            "fill" => self.fills.push(Some(WHITE)),
            "patternFill" => self.is_solid = attribute(element, "patternType").is_some_and(|kind| kind == "solid"),
            _ => {}
        }
        if let Some(ground) = self.fills.last_mut().filter(|_| name != "fgColor" || self.is_solid) {
            paint_ground(ground, name, element);
        }
    }

    /// The colours of a cell of this font and fill.
    pub fn paint(&self, font: u32, fill: u32) -> Paint {
        let usual = Paint::default();
        Paint {
            letters: at(&self.fonts, font).map_or(usual.letters, |font| font.letters),
            ground: at(&self.fills, fill).map_or(usual.ground, |ground| *ground),
        }
    }

    /// How large the letters of a font are, in hundredths of those of the first font, by which columns are measured.
    pub fn size(&self, font: u32) -> u32 {
        let size = |number| at(&self.fonts, number).map_or(USUAL, |font: &Font| font.size);
        (size(font) * 100).checked_div(size(0)).unwrap_or(100)
    }
}

fn at<T>(all: &[T], number: u32) -> Option<&T> {
    all.get(usize::try_from(number).ok()?)
}

/// A size of letters in tenths of a point; letters are no larger than some hundred points.
fn tenths(size: &str) -> Option<u32> {
    let (whole, part) = size.split_once('.').unwrap_or((size, "0"));
    Some(whole.parse::<u32>().ok()?.min(1000) * 10 + part.chars().next()?.to_digit(10)?)
}

/// Notes what an element of a fill says of the ground.
pub fn paint_ground(ground: &mut Option<Colour>, name: &str, element: &BytesStart<'_>) {
    match name {
        "patternFill" => {
            *ground = match attribute(element, "patternType").as_deref() {
                None | Some("none" | "solid") => Some(WHITE),
                Some(_) => None,
            }
        }
        "gradientFill" => *ground = None,
        // In front of the pattern stands what a solid one is made of; a condition names what lies behind it.
        "fgColor" if ground.is_some() => *ground = Colour::of(element),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::super::styles::Reader;

    #[test]
    fn letters_of_the_colour_of_their_ground_are_not_seen() {
        let styles = "<styleSheet><fonts><font><sz val='11'/></font><font><sz val='22'/><color rgb='FFFFFFFF'/></font>\
            <font><color theme='0'/></font><font><color rgb='00FEFEFE'/></font><font><color rgb='FFD9D9D9'/></font>\
            <font><color theme='0' tint='-0.5'/></font></fonts><fills><fill><patternFill patternType='none'/></fill>\
            <fill><patternFill patternType='solid'><fgColor rgb='FF1F4E79'/><bgColor indexed='64'/></patternFill></fill>\
            <fill><patternFill patternType='solid'><fgColor indexed='8'/></patternFill></fill>\
            <fill><patternFill patternType='lightGrid'/></fill><fill><gradientFill><stop/></gradientFill></fill></fills>\
            <dxfs><dxf><font><color rgb='FF123456'/></font></dxf></dxfs></styleSheet>";
        let paints = Reader::of(styles).paints;
        let hidden = |font, fill| {
            let paint = paints.paint(font, fill);
            paint.hides(paint.letters)
        };
        for (font, fill, wanted) in [
            (0, 0, false),
            (1, 0, true),
            (2, 0, true),
            (3, 0, true),
            (4, 0, false),
            (5, 0, false),
            (1, 1, false),
            (0, 2, true),
            (1, 3, false),
            (1, 4, false),
            (99, 99, false),
        ] {
            assert_eq!(hidden(font, fill), wanted, "font {font} on fill {fill}");
        }
        assert_eq!([0, 1, 99].map(|font| paints.size(font)), [100, 200, 100]);
    }
}
