use proptest::prelude::*;
use roxmltree::Document;

use super::*;
use crate::text::any_chart;

proptest! {
    #[test]
    fn any_chart_is_xml_that_tells_its_numbers(chart in any_chart(), ja: bool) {
        let lang = if ja { Lang::Ja } else { Lang::En };
        let drawn = svg(&chart, lang);
        let document = Document::parse(&drawn).map_err(|e| TestCaseError::fail(format!("{e}\n{drawn}")))?;
        let element = |name| document.descendants().find(|node| node.has_tag_name(("http://www.w3.org/2000/svg", name)));
        prop_assert!(element("title").is_some() && element("script").is_none() && element("image").is_none());
        let description = element("desc").and_then(|node| node.text()).unwrap_or_default();
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
