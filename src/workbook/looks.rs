//! How cells are set off: by the letters and the ground of them.

use quick_xml::events::BytesStart;

use super::Look;
use super::xml::attribute;

/// How many looks are told apart; a table has a handful.
const MOST: usize = 10_000;

/// The looks of a workbook in the making.
#[derive(Debug, Default)]
pub struct Looks {
    fonts: Vec<String>,
    fills: Vec<String>,
    looks: Vec<Look>,
}

impl Looks {
    /// Takes an element of the list of fonts.
    pub fn font(&mut self, name: &str, element: &BytesStart<'_>) {
        noted(&mut self.fonts, "font", name, element);
    }

    /// Takes an element of the list of fills.
    pub fn fill(&mut self, name: &str, element: &BytesStart<'_>) {
        noted(&mut self.fills, "fill", name, element);
    }

    /// The place of the look of a font and a fill, each by its number.
    pub fn look(&mut self, font: u32, fill: u32) -> u16 {
        let at = |all: &[String], number: u32| usize::try_from(number).ok().and_then(|at| all.get(at)).cloned();
        let usual = self.fonts.first();
        // What the first font has, every untouched cell has.
        let font = at(&self.fonts, font).filter(|font| Some(font) != usual).unwrap_or_default();
        let look = Look { font, fill: at(&self.fills, fill).unwrap_or_default() };
        if self.looks.is_empty() {
            self.looks.push(Look::default());
        }
        let known = self.looks.iter().position(|known| *known == look);
        let place = known.unwrap_or_else(|| {
            self.looks.push(look);
            self.looks.len() - 1
        });
        u16::try_from(place.min(MOST)).unwrap_or(0)
    }

    /// All looks, the first that of an untouched cell.
    pub fn finish(self) -> Vec<Look> {
        if self.looks.is_empty() { vec![Look::default()] } else { self.looks }
    }
}

/// Begins one of a list, or notes what an element says of the last one.
fn noted(all: &mut Vec<String>, one: &str, name: &str, element: &BytesStart<'_>) {
    if name == one {
        all.push(String::new());
    } else if let Some(last) = all.last_mut() {
        push(last, name, element);
    }
}

/// Notes what an element says of a font or a fill, as far as it is seen. Which letters a font has, and which family it is
/// of, sets nothing off.
fn push(into: &mut String, name: &str, element: &BytesStart<'_>) {
    let value = |name| attribute(element, name).map(|value| value.into_owned()).unwrap_or_default();
    let is_off = |value: &str| value == "0" || value == "false" || value == "none";
    match name {
        "b" | "i" | "u" | "strike" if !is_off(&value("val")) => into.push_str(&format!("{name};")),
        "sz" => into.push_str(&format!("size {};", value("val"))),
        "color" => match (value("rgb"), value("theme"), value("indexed")) {
            // Black is what letters are.
            (rgb, ..) if rgb.ends_with("000000") && rgb.len() == 8 => {}
            (rgb, ..) if !rgb.is_empty() => into.push_str(&format!("colour {rgb};")),
            (_, theme, _) if !theme.is_empty() && theme != "1" => {
                into.push_str(&format!("theme {theme}{};", value("tint")))
            }
            (_, _, indexed) if !indexed.is_empty() && indexed != "8" && indexed != "64" => {
                into.push_str(&format!("indexed {indexed};"));
            }
            _ => {}
        },
        "patternFill" if !matches!(&*value("patternType"), "" | "none" | "gray125") => {
            into.push_str(&value("patternType"))
        }
        "fgColor" if !into.is_empty() => {
            into.push_str(&format!(" {}{}{}{}", value("rgb"), value("theme"), value("tint"), value("indexed")));
        }
        "gradientFill" => into.push_str("gradient"),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::super::styles::Reader;
    use super::*;

    fn looks(styles: &str, cells: &[(u32, u32)]) -> (Vec<u16>, Vec<Look>) {
        let mut looks = Reader::of(styles).looks;
        (cells.iter().map(|(font, fill)| looks.look(*font, *fill)).collect(), looks.finish())
    }

    #[test]
    fn cells_that_look_alike_have_one_look() {
        let styles = "<styleSheet><fonts><font><sz val='11'/><name val='a'/></font><font><b/><sz val='11'/></font>\
            <font><color rgb='FFFF0000'/><sz val='11'/></font><font><sz val='11'/><name val='b'/></font></fonts>\
            <fills><fill><patternFill patternType='none'/></fill><fill><patternFill patternType='gray125'/></fill>\
            <fill><patternFill patternType='solid'><fgColor rgb='FFFFFF00'/></patternFill></fill></fills></styleSheet>";
        let (places, all) = looks(styles, &[(0, 0), (1, 0), (2, 0), (3, 1), (0, 2), (1, 0)]);
        assert_eq!(places, [0, 1, 2, 0, 3, 1]);
        assert_eq!(all[1].font, "b;size 11;");
        assert_eq!(all[2].font, "colour FFFF0000;size 11;");
        assert_eq!(all[3], Look { font: String::new(), fill: "solid FFFFFF00".into() });
    }
}
