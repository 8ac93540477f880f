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
}

/// What letters are, where nothing says otherwise.
pub const BLACK: Colour = Colour::Rgb([0; 3]);
/// What they stand on.
pub const WHITE: Colour = Colour::Rgb([u8::MAX; 3]);

/// The colours that have a number, from the eighth on: those before it are the first eight of these.
const NUMBERED: [u32; 56] = [
    0x00_0000, 0xff_ffff, 0xff_0000, 0x00_ff00, 0x00_00ff, 0xff_ff00, 0xff_00ff, 0x00_ffff, 0x80_0000, 0x00_8000,
    0x00_0080, 0x80_8000, 0x80_0080, 0x00_8080, 0xc0_c0c0, 0x80_8080, 0x99_99ff, 0x99_3366, 0xff_ffcc, 0xcc_ffff,
    0x66_0066, 0xff_8080, 0x00_66cc, 0xcc_ccff, 0x00_0080, 0xff_00ff, 0xff_ff00, 0x00_ffff, 0x80_0080, 0x80_0000,
    0x00_8080, 0x00_00ff, 0x00_ccff, 0xcc_ffff, 0xcc_ffcc, 0xff_ff99, 0x99_ccff, 0xff_99cc, 0xcc_99ff, 0xff_cc99,
    0x33_66ff, 0x33_cccc, 0x99_cc00, 0xff_cc00, 0xff_9900, 0xff_6600, 0x66_6699, 0x96_9696, 0x00_3366, 0x33_9966,
    0x00_3300, 0x33_3300, 0x99_3300, 0x99_3366, 0x33_3399, 0x33_3333,
];

impl Colour {
    /// The colour that an element names; `None` for the program's own choice.
    pub fn of(element: &BytesStart<'_>) -> Option<Self> {
        let number = |name| attribute(element, name)?.parse::<u8>().ok();
        if let Some(rgb) = attribute(element, "rgb") {
            // Excel writes how opaque it is first, and shows every colour opaque.
            return Self::hex(rgb.get(rgb.len().checked_sub(6)?..)?);
        }
        if let Some(theme) = number("theme") {
            let tint = attribute(element, "tint").and_then(|tint| tint.parse::<f64>().ok()).unwrap_or(0.0);
            return Some(Self::themed(theme, tint.clamp(-1.0, 1.0)));
        }
        match number("indexed")? {
            64 => Some(BLACK),
            65 => Some(WHITE),
            number => Self::numbered(usize::from(number).checked_sub(8).unwrap_or(number.into())),
        }
    }

    /// The colour of six digits.
    pub fn hex(digits: &str) -> Option<Self> {
        let part = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
        (digits.len() == 6).then_some(Self::Rgb([part(0)?, part(2)?, part(4)?]))
    }

    /// The colour of a number of the old palette, black being 0.
    fn numbered(number: usize) -> Option<Self> {
        let [_, red, green, blue] = NUMBERED.get(number)?.to_be_bytes();
        Some(Self::Rgb([red, green, blue]))
    }

    /// A colour of the theme; white and black are so in all of them, and grey is one of both, darker or lighter.
    fn themed(theme: u8, tint: f64) -> Self {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a tint lies between -1 and 1")]
        let grey = |part: f64| Self::Rgb([(part.clamp(0.0, 1.0) * f64::from(u8::MAX)).round() as u8; 3]);
        #[allow(clippy::cast_possible_truncation, reason = "a tint lies between -1 and 1")]
        let thousandths = (tint * 1000.0).round() as i16;
        match theme {
            0 => grey(1.0 + tint.min(0.0)),
            1 => grey(tint),
            theme => Self::Theme(theme, thousandths),
        }
    }

    /// The colour that a number format names: `White`, `Color2`.
    pub fn named(name: &str) -> Option<Self> {
        let names = ["black", "white", "red", "green", "blue", "yellow", "magenta", "cyan"];
        let ja = ["黒", "白", "赤", "緑", "青", "黄", "紫", "水"];
        let at = |list: &[&str]| list.iter().position(|known| *known == name);
        let number =
            || name.strip_prefix("color").or(name.strip_prefix("色"))?.trim().parse::<usize>().ok()?.checked_sub(1);
        Self::numbered(at(&names).or_else(|| at(&ja)).or_else(number)?)
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

/// Whether a person sees letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sight {
    /// As any other.
    Seen,
    /// On a part of their ground.
    Partly,
    /// Not at all: they are as their ground is, or too small to be read.
    Unseen,
}

/// Letters and their ground.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paint {
    /// The colour of the letters.
    pub letters: Colour,
    /// What they stand on: one colour, or two of which there is as much.
    pub ground: [Colour; 2],
    /// How large the letters are, in tenths of a point.
    pub size: u32,
}

impl Default for Paint {
    fn default() -> Self {
        Self { letters: BLACK, ground: [WHITE; 2], size: USUAL }
    }
}

impl Paint {
    /// Whether a person sees the letters.
    pub fn sight(&self) -> Sight {
        /// Nobody reads smaller letters than those of three points.
        const SMALLEST: u32 = 30;
        match self.ground.map(|ground| self.letters.is_like(ground)) {
            _ if self.size < SMALLEST => Sight::Unseen,
            [true, true] => Sight::Unseen,
            [false, false] => Sight::Seen,
            _ => Sight::Partly,
        }
    }
}

/// A ground in the making.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Fill {
    /// How much of a pattern is of the colour in front, in hundredths; `None` where no pattern is named.
    front_share: Option<u8>,
    front: Option<Colour>,
    behind: Option<Colour>,
    /// The first colour of a course of colours, and the first other one.
    course: Option<[Colour; 2]>,
}

impl Fill {
    /// Takes an element of it.
    pub fn take(&mut self, name: &str, element: &BytesStart<'_>) {
        match name {
            "patternFill" => self.front_share = attribute(element, "patternType").map(|kind| front_share(&kind)),
            "fgColor" => self.front = Colour::of(element),
            "bgColor" => self.behind = Colour::of(element),
            "color" | "fillColor" | "negativeFillColor" => {
                let colour = Colour::of(element).unwrap_or(WHITE);
                let [first, other] = self.course.unwrap_or([colour; 2]);
                self.course = Some([first, if first == other { colour } else { other }]);
            }
            _ => {}
        }
    }

    /// The ground of a cell.
    pub fn ground(&self) -> [Colour; 2] {
        let (front, behind) = (self.front.unwrap_or(BLACK), self.behind.unwrap_or(WHITE));
        match (self.course, self.front_share) {
            (Some(course), _) => course,
            (None, None | Some(0)) => [WHITE; 2],
            (None, Some(SOLID)) => [self.front.unwrap_or(WHITE); 2],
            (None, Some(HALF)) => [front, behind],
            (None, Some(share)) => [if share > HALF { front } else { behind }; 2],
        }
    }

    /// The ground that a condition gives: what is solid has the colour behind.
    pub fn ground_of_condition(&self) -> [Colour; 2] {
        match (self.course, self.front_share) {
            (None, None | Some(SOLID)) => [self.behind.or(self.front).unwrap_or(WHITE); 2],
            _ => self.ground(),
        }
    }
}

const HALF: u8 = 50;
const SOLID: u8 = 100;

/// How much of a pattern is of the colour in front, in hundredths.
fn front_share(pattern: &str) -> u8 {
    match pattern {
        "none" => 0,
        "gray0625" => 6,
        "gray125" => 12,
        "solid" => SOLID,
        "darkGray" | "darkTrellis" => 75,
        "mediumGray" | "darkHorizontal" | "darkVertical" | "darkDown" | "darkUp" | "darkGrid" => HALF,
        _ => 25,
    }
}

/// The fonts and fills of a workbook in the making, each by its number.
#[derive(Debug, Default)]
pub struct Paints {
    fonts: Vec<Font>,
    fills: Vec<Fill>,
}

#[derive(Debug, Clone, Copy)]
struct Font {
    letters: Colour,
    /// In tenths of a point.
    size: u32,
}

/// The usual size of letters, in tenths of a point.
pub const USUAL: u32 = 110;

impl Paints {
    /// Takes an element of the list of fonts.
    pub fn font(&mut self, name: &str, element: &BytesStart<'_>) {
        if name == "font" {
            self.fonts.push(Font { letters: BLACK, size: USUAL });
        }
        let Some(font) = self.fonts.last_mut() else { return };
        match name {
            "color" => font.letters = Colour::of(element).unwrap_or(BLACK),
            "sz" => font.size = size(element).unwrap_or(USUAL),
            _ => {}
        }
    }

    /// Takes an element of the list of fills.
    pub fn fill(&mut self, name: &str, element: &BytesStart<'_>) {
        if name == "fill" {
            self.fills.push(Fill::default());
        } else if let Some(fill) = self.fills.last_mut() {
            fill.take(name, element);
        }
    }

    /// How a cell of this font and fill is painted.
    pub fn paint(&self, font: u32, fill: u32) -> Paint {
        let usual = Paint::default();
        let font = at(&self.fonts, font);
        Paint {
            letters: font.map_or(usual.letters, |font| font.letters),
            ground: at(&self.fills, fill).map_or(usual.ground, Fill::ground),
            size: font.map_or(usual.size, |font| font.size),
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

/// The size of letters that an element names, in tenths of a point; letters are no larger than some hundred points.
pub fn size(element: &BytesStart<'_>) -> Option<u32> {
    let size = attribute(element, "val")?;
    let (whole, part) = size.split_once('.').unwrap_or((&size, "0"));
    Some(whole.parse::<u32>().ok()?.min(1000) * 10 + part.chars().next()?.to_digit(10)?)
}

#[cfg(test)]
mod tests {
    use super::super::styles::Reader;
    use super::*;

    #[test]
    fn letters_of_the_colour_of_their_ground_are_not_seen() {
        let fill = |pattern: &str, front: &str, behind: &str| {
            format!(
                "<fill><patternFill patternType='{pattern}'><fgColor {front}/><bgColor {behind}/></patternFill></fill>"
            )
        };
        let course = |colours: [&str; 3]| {
            let stops = colours.map(|colour| format!("<stop position='0'><color rgb='{colour}'/></stop>")).concat();
            format!("<fill><gradientFill degree='90'>{stops}</gradientFill></fill>")
        };
        let (white, black) = ("rgb='FFFFFFFF'", "rgb='FF000000'");
        let styles = format!(
            "<styleSheet><fonts><font><sz val='11'/></font><font><sz val='22'/><color rgb='FFFFFFFF'/></font>\
             <font><color theme='0'/></font><font><color rgb='00FEFEFE'/></font><font><color rgb='FFD9D9D9'/></font>\
             <font><color theme='0' tint='-0.5'/></font><font><sz val='1'/></font><font><color indexed='10'/></font>\
             </fonts><fills><fill><patternFill patternType='none'/></fill>{}{}<fill><patternFill \
             patternType='lightGrid'/></fill>{}{}{}{}{}{}</fills><dxfs><dxf><font><color rgb='FF123456'/></font></dxf>\
             </dxfs></styleSheet>",
            fill("solid", "rgb='FF1F4E79'", "indexed='64'"),
            fill("solid", "indexed='8'", "indexed='64'"),
            course(["FFFFFFFF", "FFFFFFFF", "FFFFFFFF"]),
            course(["FF1F4E79", "FF1F4E79", "FFFFFFFF"]),
            fill("gray125", black, white),
            fill("darkGray", white, black),
            fill("darkUp", black, white),
            fill("solid", "rgb='FFFF0000'", "indexed='64'"),
        );
        let paints = Reader::of(&styles).paints;
        use Sight::{Partly, Seen, Unseen};
        for (font, fill, wanted) in [
            (0, 0, Seen),
            (1, 0, Unseen),
            (2, 0, Unseen),
            (3, 0, Unseen),
            (4, 0, Seen),
            (5, 0, Seen),
            (1, 1, Seen),
            (0, 2, Unseen),
            // White lines on white, between thin black ones.
            (1, 3, Unseen),
            (0, 3, Seen),
            (1, 4, Unseen),
            (0, 4, Seen),
            (1, 5, Partly),
            (1, 6, Unseen),
            (0, 6, Seen),
            (1, 7, Unseen),
            (0, 8, Partly),
            (6, 0, Unseen),
            (7, 9, Unseen),
            (7, 0, Seen),
            (99, 99, Seen),
        ] {
            assert_eq!(paints.paint(font, fill).sight(), wanted, "font {font} on fill {fill}");
        }
        assert_eq!([0, 1, 99].map(|font| paints.size(font)), [100, 200, 100]);
    }

    #[test]
    fn a_colour_has_a_name_in_a_number_format() {
        for (name, colour) in [
            ("white", Some(WHITE)),
            ("color2", Some(WHITE)),
            ("color 2", Some(WHITE)),
            ("白", Some(WHITE)),
            ("色1", Some(BLACK)),
            ("red", Some(Colour::Rgb([255, 0, 0]))),
            ("color56", Some(Colour::Rgb([0x33; 3]))),
            ("color0", None),
            ("color57", None),
            ("h", None),
            (">=2", None),
        ] {
            assert_eq!(Colour::named(name), colour, "{name}");
        }
    }
}
