//! How the words of a Word document look: whether a person sees them, and whether they are struck through.

use std::collections::HashMap;

use crate::workbook::Colour;
use crate::workbook::xml::Element;

/// What is said of letters and of what they stand on; what is not said is as around it.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Look {
    /// Nothing within it is seen, whatever that says itself.
    is_gone: bool,
    vanishes: Option<bool>,
    struck: Option<bool>,
    /// Letters without a colour of their own are dark on light, and light on dark.
    letters: Option<Letters>,
    ground: Option<Ground>,
    /// In half points.
    size: Option<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Letters {
    OfThemselves,
    Colour(Colour),
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Ground {
    Colour(Colour),
    /// The style of a table gives it, here and there.
    Unknown,
}

const WHITE: Colour = Colour::Rgb([u8::MAX; 3]);

impl Look {
    /// What stands in properties of a run, a paragraph, a cell or a row.
    fn said(properties: &Element) -> Self {
        let mut look = Self::default();
        for property in properties.elements() {
            let value = property.attribute("val");
            let is_on = !matches!(value, Some("0" | "false" | "off"));
            let number = || value.and_then(|value| value.parse::<u32>().ok());
            match &*property.name {
                "vanish" | "specVanish" | "hidden" => look.vanishes = Some(is_on),
                "strike" | "dstrike" => look.struck = Some(is_on || look.struck == Some(true)),
                "color" => look.letters = letters(property),
                "sz" => look.size = number(),
                "shd" => {
                    look.ground = property.attribute("fill").and_then(Colour::hex).map(Ground::Colour).or(look.ground)
                }
                "highlight" => look.ground = value.and_then(Colour::named).map(Ground::Colour).or(look.ground),
                // How wide letters are, in hundredths.
                "w" => look.is_gone |= number().is_some_and(|width| width < 10),
                "textFill" => look.is_gone |= property.find("noFill").is_some(),
                "trHeight" | "spacing" => look.is_gone |= is_flat(property),
                _ => {}
            }
        }
        look
    }

    /// What it says, and what is said around it of the rest.
    pub fn within(self, around: Self) -> Self {
        Self {
            is_gone: self.is_gone || around.is_gone,
            vanishes: self.vanishes.or(around.vanishes),
            struck: self.struck.or(around.struck),
            letters: self.letters.or(around.letters),
            ground: self.ground.or(around.ground),
            size: self.size.or(around.size),
        }
    }

    /// Whether a person sees words that look so.
    pub fn is_seen(&self) -> bool {
        /// Nobody reads smaller letters than those of three points.
        const SMALLEST: u32 = 6;
        let is_lost = match (self.letters, self.ground) {
            (Some(Letters::Colour(letters)), None) => letters.is_like(WHITE),
            (Some(Letters::Colour(letters)), Some(Ground::Colour(ground))) => letters.is_like(ground),
            _ => false,
        };
        !(self.is_gone || self.vanishes == Some(true) || self.size.is_some_and(|size| size < SMALLEST) || is_lost)
    }

    /// Whether words that look so are struck through.
    pub fn is_struck(&self) -> bool {
        self.struck == Some(true)
    }
}

/// The colour of letters that a property names.
fn letters(property: &Element) -> Option<Letters> {
    let theme = match property.attribute("themeColor") {
        Some("background1" | "light1") if property.attribute("themeShade").is_none() => Some(WHITE),
        _ => None,
    };
    let named = property.attribute("val").and_then(Colour::hex);
    Some(theme.or(named).map_or(Letters::OfThemselves, Letters::Colour))
}

/// Whether a row or a line is exactly as high as nobody can read, in twentieths of a point.
fn is_flat(property: &Element) -> bool {
    const FLAT: u32 = 60;
    let [rule, height] = match &*property.name {
        "trHeight" => ["hRule", "val"],
        _ => ["lineRule", "line"],
    };
    property.attribute(rule) == Some("exact")
        && property.attribute(height).and_then(|height| height.parse::<u32>().ok()).is_some_and(|height| height < FLAT)
}

/// The looks that a document names.
#[derive(Debug, Default)]
pub struct Looks {
    usual: Look,
    /// That of paragraphs which name none.
    of_paragraphs: Option<String>,
    by_id: HashMap<String, Style>,
}

#[derive(Debug)]
struct Style {
    based_on: Option<String>,
    look: Look,
    /// Whether it gives cells a ground, which is known of it as a whole only.
    shades: bool,
}

impl Looks {
    /// Reads the part of the styles.
    pub fn read(styles: &Element) -> Self {
        let mut looks = Self::default();
        if let Some(usual) = styles.find("rPrDefault").and_then(|usual| usual.find("rPr")) {
            looks.usual = Look::said(usual);
        }
        let all = styles.elements().flat_map(|element| {
            let own = (element.name == "style").then_some(element);
            own.into_iter().chain(element.elements().filter(|within| within.name == "style"))
        });
        for style in all {
            let Some(id) = style.attribute("styleId") else { continue };
            let is_default = style.attribute("default").is_some_and(|on| on != "0" && on != "false");
            if is_default && style.attribute("type") == Some("paragraph") {
                looks.of_paragraphs = Some(id.to_owned());
            }
            let said = style.elements().filter(|part| matches!(&*part.name, "rPr" | "pPr")).map(Look::said);
            let look = said.fold(Look::default(), |look, said| said.within(look));
            let based_on = style.elements().find(|part| part.name == "basedOn").and_then(|base| base.attribute("val"));
            let is_table = style.attribute("type") == Some("table");
            let style =
                Style { based_on: based_on.map(str::to_owned), look, shades: is_table && style.find("shd").is_some() };
            looks.by_id.insert(id.to_owned(), style);
        }
        looks
    }

    /// What a style says, and those that it is based on.
    fn named(&self, id: &str) -> Look {
        const LONGEST: usize = 20;
        let styles = std::iter::successors(self.by_id.get(id), |style| self.by_id.get(style.based_on.as_deref()?));
        styles.take(LONGEST).fold(Look::default(), |look, style| look.within(style.look))
    }

    /// How words look in an element (a run, a paragraph, a cell, a row, a table) that stands in something of a look.
    pub fn of(&self, element: &Element, around: Look) -> Look {
        let part = |name: &str| element.elements().find(|part| part.name == name);
        let own = |name: &str| part(name).map(Look::said).unwrap_or_default();
        let style = |properties: &str, name: &str| {
            let named = part(properties)?.elements().find(|part| part.name == name)?;
            named.attribute("val").map(str::to_owned)
        };
        match &*element.name {
            "r" => {
                own("rPr").within(style("rPr", "rStyle").map(|id| self.named(&id)).unwrap_or_default()).within(around)
            }
            "p" => {
                let id = style("pPr", "pStyle").or_else(|| self.of_paragraphs.clone());
                let styled = id.map(|id| self.named(&id)).unwrap_or_default();
                own("pPr").within(styled.within(self.usual)).within(around)
            }
            "tc" => own("tcPr").within(around),
            "tr" => own("trPr").within(around),
            "tbl" => {
                let id = style("tblPr", "tblStyle");
                let shades = id.and_then(|id| self.by_id.get(&id)).is_some_and(|style| style.shades);
                let styled = Look { ground: shades.then_some(Ground::Unknown), ..Look::default() };
                own("tblPr").within(styled).within(around)
            }
            _ => around,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Element {
        Element::parse(text, "x").unwrap()
    }

    #[test]
    fn letters_that_nobody_sees() {
        let looks = Looks::read(&parsed(
            "<styles><style styleId='Hid' type='character'><rPr><vanish/></rPr></style>\
             <style styleId='Pale' type='paragraph'><rPr><color val='FFFFFF'/></rPr></style>\
             <style styleId='Paler' type='paragraph'><basedOn val='Pale'/></style>\
             <style styleId='Loop' type='paragraph'><basedOn val='Loop'/></style>\
             <style styleId='Dark' type='table'><tblStylePr><tcPr><shd fill='1F4E79'/></tcPr></tblStylePr></style>\
             </styles>",
        ));
        let within = |text: &str, around: Look| {
            let whole = parsed(text);
            whole.elements().fold(around, |look, element| looks.of(element, look))
        };
        let run = |properties: &str, around: Look| within(&format!("<r><rPr>{properties}</rPr></r>"), around).is_seen();
        for (properties, is_seen) in [
            ("", true),
            ("<vanish/>", false),
            ("<vanish val='0'/>", true),
            ("<color val='FFFFFF'/>", false),
            ("<color val='fefefe'/>", false),
            ("<color val='auto'/>", true),
            ("<color val='000000' themeColor='background1'/>", false),
            ("<color val='FFFFFF'/><shd fill='1F4E79'/>", true),
            ("<color val='FFFFFF'/><highlight val='black'/>", true),
            ("<color val='000000'/><highlight val='black'/>", false),
            ("<color val='1F4E79'/><shd fill='1F4E79'/>", false),
            ("<sz val='2'/>", false),
            ("<sz val='16'/>", true),
            ("<w val='1'/>", false),
            ("<rStyle val='Hid'/>", false),
            ("<rStyle val='Hid'/><vanish val='0'/>", true),
            ("<textFill><noFill/></textFill>", false),
        ] {
            assert_eq!(run(properties, Look::default()), is_seen, "{properties}");
        }
        let white = "<color val='FFFFFF'/>";
        let around = |text: &str| within(text, Look::default());
        assert!(run(white, around("<tc><tcPr><shd fill='000000'/></tcPr></tc>")));
        assert!(run(white, around("<tbl><tblPr><tblStyle val='Dark'/></tblPr></tbl>")));
        assert!(!run("", around("<p><pPr><pStyle val='Paler'/></pPr></p>")));
        assert!(run("", around("<p><pPr><pStyle val='Loop'/></pPr></p>")));
        assert!(!run("", around("<tr><trPr><trHeight val='20' hRule='exact'/></trPr></tr>")));
        assert!(run("", around("<tr><trPr><trHeight val='20'/></trPr></tr>")));
        assert!(!run("<vanish val='0'/>", around("<p><pPr><spacing line='20' lineRule='exact'/></pPr></p>")));
    }
}
