//! The colours of papers and pictures. No colour tells anything that the words beside it do not.

use kaikaku_document::{Fill, Tone};

// Each has a contrast of at least 4.5 : 1 on white and on the two shades, as WCAG asks for text.
pub const INK: &str = "#1a1a1a";
pub const FAINT: &str = "#595959";
pub const GOOD: &str = "#1b6b2f";
pub const WARN: &str = "#8a5200";
pub const BAD: &str = "#b00020";

/// Behind heads of tables.
pub const HEAD: &str = "#dfe6ee";
/// Behind totals and headings within tables.
pub const STRONG: &str = "#f1f4f7";
/// Lines of tables.
pub const RULE: &str = "#7f8790";
/// Behind what is wanted, in pictures.
pub const WANTED: &str = "#dbe7f3";

/// What was planned, and what came.
pub const PLANNED: &str = "#9fb6cf";
pub const ACTUAL: &str = "#1f5fa8";
/// What is well, the best first; the last one stands for all behind it.
pub const WELL: [&str; 4] = ["#174a84", "#4f88c1", "#94b9dc", "#c5d9ec"];
/// What is not well, the worst last.
pub const ILL: [&str; 3] = ["#e0a13a", "#b00020", "#6e0014"];
/// What nobody rated.
pub const OPEN: &str = "#d5d9de";

/// The colour of a part of a bar; none where it is not filled.
pub fn fill(fill: Fill) -> Option<&'static str> {
    match fill {
        Fill::Nothing => None,
        Fill::Planned => Some(PLANNED),
        Fill::Actual => Some(ACTUAL),
        Fill::Well(at) => WELL.get(at).or(WELL.last()).copied(),
        Fill::Ill(at) => ILL.get(at).or(ILL.last()).copied(),
        Fill::Open => Some(OPEN),
    }
}

/// The colour of a tone.
pub fn color(tone: Tone) -> &'static str {
    match tone {
        Tone::Plain | Tone::Strong => INK,
        Tone::Faint => FAINT,
        Tone::Good => GOOD,
        Tone::Warn => WARN,
        Tone::Bad => BAD,
    }
}

/// The colour as Office writes it: without the sign.
pub fn bare(color: &str) -> &str {
    color.trim_start_matches('#')
}

/// Red, green and blue of a colour.
pub fn rgb(color: &str) -> [u8; 3] {
    let value = u32::from_str_radix(bare(color), 16).unwrap_or(0);
    let [_, red, green, blue] = value.to_be_bytes();
    [red, green, blue]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The relative luminance that WCAG defines.
    fn luminance(color: &str) -> f64 {
        let [red, green, blue] = rgb(color).map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.03928 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    #[test]
    fn every_colour_of_a_text_can_be_read_wherever_text_stands() {
        assert_eq!(rgb(BAD), [0xb0, 0x00, 0x20]);
        for tone in [Tone::Plain, Tone::Faint, Tone::Good, Tone::Warn, Tone::Bad, Tone::Strong] {
            for ground in ["#ffffff", HEAD, STRONG] {
                let contrast = (luminance(ground) + 0.05) / (luminance(color(tone)) + 0.05);
                assert!(contrast >= 4.5, "{tone:?} on {ground}: {contrast}");
            }
        }
    }
}
