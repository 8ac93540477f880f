//! The style sheet holds what it promises: its size, its contrasts, and that every colour of a picture follows the page.

use std::collections::BTreeMap;

use super::STYLE;
use crate::palette;

/// The colours that a block of the style sheet declares.
fn colours(block: &str) -> BTreeMap<&str, &str> {
    let declared = block.split(';').filter_map(|line| line.trim().split_once(": "));
    let named = declared.filter_map(|(name, value)| Some((name.rsplit("--").next()?, value.trim())));
    named.filter(|(_, value)| value.starts_with('#') && value.len() == 7).collect()
}

/// The light and the dark theme.
fn themes() -> [BTreeMap<&'static str, &'static str>; 2] {
    let block = |begin: &str| {
        let from = STYLE.find(begin).unwrap() + begin.len();
        &STYLE[from..from + STYLE[from..].find('}').unwrap()]
    };
    let light = colours(block(".kaikaku {"));
    let mut dark = light.clone();
    dark.extend(colours(block("@media screen and (prefers-color-scheme: dark) {\n  .kaikaku {")));
    [light, dark]
}

/// The contrast that WCAG defines.
fn contrast(one: &str, other: &str) -> f64 {
    let luminance = |color: &str| {
        let [red, green, blue] = palette::rgb(color).map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.03928 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    };
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn the_style_sheet_is_small() {
    assert!(STYLE.len() < 30_000, "{}", STYLE.len());
    assert!(!STYLE.contains("http") && !STYLE.contains("url("), "it asks nothing of another host");
}

#[test]
fn every_text_can_be_read_in_both_themes() {
    for (theme, colours) in ["light", "dark"].into_iter().zip(themes()) {
        for ink in ["ink", "faint", "link", "seen", "good", "warn", "bad"] {
            for ground in ["ground", "panel", "head", "strong", "mark"] {
                // A place that a link led to holds no faint words for long, but those that there are can be read as well.
                let contrast = contrast(colours[ink], colours[ground]);
                assert!(contrast >= 4.5, "{theme}: {ink} on {ground} {contrast:.2}");
            }
        }
        // What is seen of a picture or a field must stand out from the page.
        for shape in ["edge", "focus", "actual", "well-1", "well-2", "ill-2", "ink"] {
            let contrast = contrast(colours[shape], colours["ground"]);
            assert!(contrast >= 3.0, "{theme}: {shape} {contrast:.2}");
        }
        // Parts of a bar that may lie side by side.
        for pair in [["well-1", "well-2"], ["well-2", "ill-2"], ["ill-1", "ill-2"]] {
            assert!(contrast(colours[pair[0]], colours[pair[1]]) >= 1.3, "{theme}: {pair:?}");
        }
    }
}

#[test]
fn every_colour_of_a_picture_follows_the_page() {
    let filled =
        [palette::WANTED, palette::PLANNED, palette::ACTUAL, palette::OPEN, palette::INK, palette::FAINT, "#ffffff"];
    for color in filled.into_iter().chain(palette::WELL).chain(palette::ILL) {
        assert!(STYLE.contains(&format!("[fill=\"{color}\"] {{ fill: var(--")), "{color} is not mapped");
    }
    for color in [palette::INK, palette::FAINT, palette::RULE, palette::BAD, palette::GOOD, palette::WARN, "#ffffff"] {
        assert!(STYLE.contains(&format!("[stroke=\"{color}\"] {{ stroke: var(--")), "{color} is not mapped");
    }
}
