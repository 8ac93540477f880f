//! What a style does to text: whether a person sees it, and whether it adds to what is seen.

use super::tag::{attribute, attributes};
use crate::workbook::Colour;

/// What the style of an element says of the text in it.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Style {
    /// Nothing in it is seen, whatever that says itself.
    pub is_gone: bool,
    /// Whether it is seen; what is in it may say otherwise.
    is_visible: Option<bool>,
    /// Whether its letters are large enough to be read.
    is_legible: Option<bool>,
    letters: Option<Ink>,
    ground: Option<Ink>,
}

/// A colour, or none at all.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Ink {
    Colour(Colour),
    Clear,
}

const BLACK: Ink = Ink::Colour(Colour::Rgb([0; 3]));
const WHITE: Ink = Ink::Colour(Colour::Rgb([255; 3]));

/// Farther out than any screen or page reaches, in pixels.
const FAR: f64 = 500.0;

impl Style {
    /// What a tag says of its element.
    pub fn of(name: &str, tag: &str) -> Self {
        let mut style = Self::default();
        // A tag may have a million of others.
        for (attribute, value) in attributes(tag).filter(|(name, _)| (5..=12).contains(&name.len())) {
            match &*attribute.to_ascii_lowercase() {
                "hidden" => style.is_gone = true,
                // Pictures have attributes for what is a style elsewhere.
                said @ ("display" | "visibility" | "opacity" | "fill-opacity" | "font-size") => {
                    style.declare(said, value)
                }
                "color" if name == "font" => style.letters = ink(value).or(style.letters),
                "bgcolor" => style.ground = ink(value).or(style.ground),
                _ => {}
            }
        }
        if let Some(own) = attribute(tag, "style") {
            style.declare_all(&own);
        }
        style
    }

    /// Whether text is seen in elements that say this, the outermost first.
    pub fn is_seen<'s>(all: impl Iterator<Item = &'s Self>) -> bool {
        let mut of_text = Self::default();
        for Self { is_gone, is_visible, is_legible, letters, ground } in all {
            of_text.is_gone |= is_gone;
            of_text.is_visible = is_visible.or(of_text.is_visible);
            of_text.is_legible = is_legible.or(of_text.is_legible);
            of_text.letters = letters.or(of_text.letters);
            of_text.ground = ground.filter(|ground| *ground != Ink::Clear).or(of_text.ground);
        }
        !of_text.hides()
    }

    /// Whether it hides text by itself.
    fn hides(&self) -> bool {
        let (letters, ground) = (self.letters.unwrap_or(BLACK), self.ground.unwrap_or(WHITE));
        let is_lost = match (letters, ground) {
            (Ink::Clear, _) => true,
            (Ink::Colour(letters), Ink::Colour(ground)) => letters.is_like(ground),
            (Ink::Colour(_), Ink::Clear) => false,
        };
        self.is_gone || self.is_visible == Some(false) || self.is_legible == Some(false) || is_lost
    }

    fn declare_all(&mut self, declarations: &str) {
        for (name, value) in declared(declarations) {
            self.declare(&name, &value);
        }
        let is = |wanted: &str, values: &[&str]| {
            declared(declarations).any(|(name, value)| name == wanted && values.contains(&&*value))
        };
        let is_flat = ["height", "width", "max-height", "max-width"].iter().any(|side| is(side, &["0", "0px", "1px"]));
        self.is_gone |= is_flat && is("overflow", &["hidden", "clip"]);
    }

    fn declare(&mut self, name: &str, value: &str) {
        let part = |value: &str| number(value).map(|(number, unit)| if unit == "%" { number / 100.0 } else { number });
        match name {
            "display" => self.is_gone |= value == "none",
            "visibility" => self.is_visible = Some(!matches!(value, "hidden" | "collapse")),
            "content-visibility" => self.is_gone |= value == "hidden",
            "opacity" | "fill-opacity" => self.is_gone |= part(value).is_some_and(|part| part < 0.1),
            "font-size" => self.is_legible = is_legible(value).or(self.is_legible),
            "font" => {
                let size = value.split_whitespace().map(|word| word.split('/').next().unwrap_or(word));
                // The weight of letters may stand before their size.
                self.is_legible = size.filter_map(is_legible).next_back().or(self.is_legible);
            }
            "color" | "-webkit-text-fill-color" => self.letters = ink(value).or(self.letters),
            "background" | "background-color" => self.ground = inks(value).next().or(self.ground),
            "left" | "right" | "top" | "bottom" | "text-indent" | "margin-left" | "margin-top" => {
                let at = number(value)
                    .map(|(at, unit)| if matches!(unit, "em" | "rem" | "vw" | "vh") { at * 10.0 } else { at });
                self.is_gone |= at.is_some_and(|at| at.abs() > FAR);
            }
            "clip" => self.is_gone |= value.starts_with("rect(0") || value.starts_with("rect(1px"),
            "clip-path" => {
                self.is_gone |= ["inset(50", "inset(100", "circle(0"].iter().any(|cut| value.starts_with(cut))
            }
            "transform" | "scale" => self.is_gone |= value == "0" || value.contains("scale(0"),
            "filter" => self.is_gone |= value.contains("opacity(0"),
            // Figures would stand there from their end to their beginning.
            "unicode-bidi" => self.is_gone |= value.contains("override"),
            _ => {}
        }
    }
}

/// The rules of a stylesheet that hide text, or add to what is seen: how each is written, without its spaces.
pub fn telling_rules(stylesheet: &str) -> Vec<String> {
    let all = rules(stylesheet).into_iter().filter(|(selector, declarations)| tells(selector, declarations));
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let written = |(selector, declarations): (String, String)| match declarations.trim() {
        "" => format!("{};", plain(&selector)),
        declarations => format!("{} {{ {} }}", plain(&selector), plain(declarations)),
    };
    all.map(written).collect()
}

fn tells(selector: &str, declarations: &str) -> bool {
    if selector.starts_with('@') {
        // A page has its number, and an alphabet its name.
        return !["@page", "@charset", "@namespace", "@bottom", "@top", "@left", "@right"]
            .iter()
            .any(|at| selector.starts_with(at));
    }
    let adds = declared(declarations).any(|(name, value)| {
        let says = value.contains(['"', '\'', '(']);
        matches!(&*name, "content" | "list-style" | "list-style-type") && says && !matches!(&*value, "\"\"" | "''")
    });
    let mut style = Style::default();
    style.declare_all(declarations);
    adds || style.hides()
}

/// The rules of a stylesheet: the selector and the declarations of each. What groups rules is no rule itself.
fn rules(stylesheet: &str) -> Vec<(String, String)> {
    let (mut rules, mut open, mut text) = (Vec::new(), Vec::<String>::new(), String::new());
    let mut quote: Option<char> = None;
    let plain = without_comments(stylesheet);
    let mut chars = plain.chars();
    while let Some(c) = chars.next() {
        match (quote, c) {
            (_, '\\') => {
                text.push(c);
                text.extend(chars.next());
                continue;
            }
            (Some(end), _) => quote = Some(end).filter(|end| *end != c),
            (None, '"' | '\'') => quote = Some(c),
            (None, '{') => {
                let from = text.rfind(';').map_or(0, |at| at + 1);
                let selector = text.split_off(from).trim().to_owned();
                rules.extend(open.last().map(|around| (around.clone(), std::mem::take(&mut text))));
                text.clear();
                open.push(selector);
                continue;
            }
            (None, '}') => {
                rules.extend(open.pop().map(|selector| (selector, std::mem::take(&mut text))));
                text.clear();
                continue;
            }
            (None, ';') if open.is_empty() => {
                rules.push((std::mem::take(&mut text).trim().to_owned(), String::new()));
                continue;
            }
            _ => {}
        }
        text.push(c);
    }
    let is_group =
        |selector: &str| ["@media", "@supports", "@layer", "@container"].iter().any(|at| selector.starts_with(at));
    rules.retain(|(selector, declarations)| {
        !selector.is_empty() && (!is_group(selector) || !declarations.trim().is_empty())
    });
    rules
}

fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("/*") {
        out.push_str(before);
        rest = behind.split_once("*/").map_or("", |(_, behind)| behind);
    }
    out + rest
}

/// The declarations of a style: the name and the value of each, in small letters.
fn declared(declarations: &str) -> impl Iterator<Item = (String, String)> {
    declarations.split(';').filter_map(|one| {
        let (name, value) = one.split_once(':')?;
        let value = value.trim().to_lowercase();
        let value = value.strip_suffix("!important").unwrap_or(&value).trim().to_owned();
        Some((name.trim().to_lowercase(), value))
    })
}

/// A number and its unit.
fn number(value: &str) -> Option<(f64, &str)> {
    let end = value.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-' | '+'))).unwrap_or(value.len());
    let (number, unit) = value.split_at(end);
    number.parse().ok().map(|number| (number, unit.trim()))
}

/// Whether letters of a size can be read; `None` for what is no size.
fn is_legible(value: &str) -> Option<bool> {
    let (number, unit) = number(value)?;
    // Nobody reads letters of three points, or of a quarter of the others.
    Some(match unit {
        "px" => number >= 4.0,
        "pt" => number >= 3.0,
        "em" | "rem" | "ex" | "ch" | "ic" | "vw" | "vh" => number >= 0.25,
        "%" => number >= 25.0,
        "mm" => number >= 1.0,
        // A number alone: the weight of letters, or the size in a picture.
        "" => number >= 3.0,
        _ => number > 0.0,
    })
}

/// The colour that a value is.
fn ink(value: &str) -> Option<Ink> {
    let value = value.trim().to_ascii_lowercase();
    if let Some(digits) = value.strip_prefix('#') {
        let twice = |digits: &str| digits.chars().flat_map(|c| [c, c]).collect::<String>();
        let digits = if digits.len() < 5 { twice(digits) } else { digits.to_owned() };
        let is_clear =
            digits.get(6..8).is_some_and(|opaque| u8::from_str_radix(opaque, 16).is_ok_and(|part| part < 25));
        return if is_clear { Some(Ink::Clear) } else { Colour::hex(digits.get(..6)?).map(Ink::Colour) };
    }
    if let Some(parts) = value.strip_prefix("rgb").and_then(|rest| rest.trim_start_matches('a').strip_prefix('(')) {
        let parts: Vec<(f64, &str)> = parts.split([',', ' ', '/', ')']).filter_map(number).collect();
        let [red, green, blue, ..] = parts[..] else { return None };
        let is_clear = parts.get(3).is_some_and(|(part, unit)| if *unit == "%" { *part < 10.0 } else { *part < 0.1 });
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is clamped")]
        let part =
            |(part, unit): (f64, &str)| (if unit == "%" { part * 2.55 } else { part }).clamp(0.0, 255.0).round() as u8;
        return Some(if is_clear { Ink::Clear } else { Ink::Colour(Colour::Rgb([red, green, blue].map(part))) });
    }
    if value.starts_with("hsl") {
        let parts: Vec<(f64, &str)> = value.split(['(', ',', ' ', '/', ')']).skip(1).filter_map(number).collect();
        // White and black whatever the hue; of the others nothing is known here.
        return match parts.get(2).map(|(lightness, _)| *lightness) {
            _ if parts.get(3).is_some_and(|(part, unit)| if *unit == "%" { *part < 10.0 } else { *part < 0.1 }) => {
                Some(Ink::Clear)
            }
            Some(lightness) if lightness >= 98.0 => Some(WHITE),
            Some(lightness) if lightness <= 2.0 => Some(BLACK),
            _ => None,
        };
    }
    Some(match &*value {
        "transparent" => Ink::Clear,
        "white" | "snow" | "ivory" | "ghostwhite" | "floralwhite" | "mintcream" | "azure" | "canvas" => WHITE,
        "black" | "canvastext" => BLACK,
        name => Ink::Colour(Colour::named(name)?),
    })
}

/// The colours in a value of several parts.
fn inks(value: &str) -> impl Iterator<Item = Ink> {
    let whole = ink(value);
    whole.into_iter().chain(value.split_whitespace().filter_map(ink))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_hides_its_text() {
        for (style, is_seen) in [
            ("display: none", false),
            ("DISPLAY:NONE !important", false),
            ("display: inline", true),
            ("visibility:hidden", false),
            ("opacity: 0", false),
            ("opacity: 5%", false),
            ("opacity: .8", true),
            ("font-size: 0", false),
            ("font-size:1px", false),
            ("font: 0/0 a", false),
            ("font: bold 9pt/1.5 serif", true),
            ("font-size: 90%", true),
            ("color: #fff", false),
            ("color: white", false),
            ("color:rgb(255, 255, 255)", false),
            ("color: rgba(0,0,0,0)", false),
            ("color: transparent", false),
            ("color: hsl(0 0% 100%)", false),
            ("color: #b00020", true),
            ("color: #fff; background: #1f4e79", true),
            ("background: black", false),
            ("background: #1f4e79 none; color: rgb(31,78,121)", false),
            ("position:absolute;left:-9999px", false),
            ("text-indent:-100em", false),
            ("overflow: hidden; height: 0", false),
            ("clip-path: inset(100%)", false),
            ("margin-left: 2em", true),
            ("unicode-bidi: bidi-override; direction: rtl", false),
        ] {
            let style = Style::of("span", &format!("span style=\"{style}\""));
            assert_eq!(Style::is_seen([&style].into_iter()), is_seen, "{style:?}");
        }
        let nested = |outer: &str, inner: &str| {
            let of = |style: &str| Style::of("b", &format!("b style='{style}'"));
            Style::is_seen([of(outer), of(inner)].iter())
        };
        assert!(nested("visibility:hidden", "visibility:visible") && nested("font-size:0", "font-size:12px"));
        assert!(nested("color:#fff", "background:#000") && !nested("background:#000", "color:#000"));
        assert!(!nested("display:none", "display:inline") && !nested("opacity:0", "opacity:1"));
    }

    #[test]
    fn rules_that_hide_or_add_are_found() {
        let css = "/* a { content: '1' } */ p { color: #1a1a1a } td::after { content: \"0\" } .x{display:none}\n\
                   @media print { tr > td:nth-child(2) { font-size: 0 } .y::before { content: '' } }\n\
                   @import url(a.css); @page { size: A4; @bottom-center { content: counter(page) } }\n\
                   li { list-style-type: '9 '; margin: 0 } th { background: #1f4e79; color: #fff }\n\
                   b { font-weight: bold; & i { opacity: 0 } } s::before { content: '}'; }";
        let wanted = [
            "td::after { content: \"0\" }",
            ".x { display:none }",
            "tr > td:nth-child(2) { font-size: 0 }",
            "@import url(a.css);",
            "li { list-style-type: '9 '; margin: 0 }",
            "& i { opacity: 0 }",
            "s::before { content: '}'; }",
        ];
        assert_eq!(telling_rules(css), wanted);
        for css in ["", "{", "}", "a", "a{", "a{b", "@", "'", "a{content:'", "\\", "/*"] {
            let _ = telling_rules(css);
        }
    }
}
