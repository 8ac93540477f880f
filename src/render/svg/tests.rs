use proptest::prelude::*;
use roxmltree::Document;

use super::*;
use crate::render::text::any_chart;

/// The relative luminance that WCAG defines.
fn luminance(color: &str) -> f64 {
    let channel = |at: usize| {
        let part = f64::from(u8::from_str_radix(&color[at..at + 2], 16).unwrap()) / 255.0;
        if part <= 0.03928 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

#[test]
fn every_colour_of_a_text_can_be_read_on_white() {
    for tone in [Tone::Plain, Tone::Faint, Tone::Good, Tone::Warn, Tone::Bad, Tone::Strong] {
        let contrast = 1.05 / (luminance(color(tone)) + 0.05);
        assert!(contrast >= 4.5, "{tone:?}: {contrast}");
    }
}

proptest! {
    #[test]
    fn any_chart_is_xml_that_tells_its_numbers(chart in any_chart(), ja: bool) {
        let lang = if ja { Lang::Ja } else { Lang::En };
        let drawn = svg(&chart, lang);
        let document = Document::parse(&drawn).map_err(|e| TestCaseError::fail(format!("{e}\n{drawn}")))?;
        let told = |name| document.descendants().find(|node| node.has_tag_name(("http://www.w3.org/2000/svg", name)));
        prop_assert!(told("title").is_some() && told("script").is_none() && told("image").is_none());
        let description = told("desc").and_then(|node| node.text()).unwrap_or_default();
        for point in &chart.series {
            prop_assert!(description.contains(&point.period));
        }
        for node in document.descendants() {
            for x in ["x", "x1", "x2", "cx"].iter().filter_map(|name| node.attribute(*name)) {
                prop_assert!(x.parse::<usize>().is_ok_and(|x| x <= WIDTH), "{}", drawn);
            }
        }
        prop_assert_eq!(svg(&chart, lang), drawn, "the same bytes");
    }
}
