//! What stands at the head and foot of the printed pages of a sheet.

use quick_xml::events::Event;

use super::xml::{attribute, entity, local};

/// Heads and feet in the making.
#[derive(Debug, Default)]
pub struct Edges {
    /// Whether the even pages, and the first page, have their own.
    own: [bool; 2],
    open: Option<String>,
    texts: Vec<String>,
}

impl Edges {
    /// Takes an event of a sheet.
    pub fn take(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(element) if local(element) == "headerFooter" => {
                let is_on = |name| attribute(element, name).is_some_and(|on| on == "1" || on == "true");
                self.own = [is_on("differentOddEven"), is_on("differentFirst")];
            }
            Event::Start(element) => self.open = self.is_shown(local(element)).then(String::new),
            Event::Text(words) => self.push(&words.xml10_content()),
            Event::GeneralRef(reference) => self.push(&entity(reference).unwrap_or_default()),
            Event::End(_) => self.texts.extend(self.open.take().iter().flat_map(|codes| shown(codes))),
            _ => {}
        }
    }

    /// The texts, from left to right.
    pub fn finish(self) -> Vec<String> {
        self.texts
    }

    fn is_shown(&self, name: &str) -> bool {
        match name {
            "oddHeader" | "oddFooter" => true,
            "evenHeader" | "evenFooter" => self.own[0],
            "firstHeader" | "firstFooter" => self.own[1],
            _ => false,
        }
    }

    fn push(&mut self, text: &str) {
        self.open.iter_mut().for_each(|open| open.push_str(text));
    }
}

/// The words of a head or foot in their three places: `&L&"MS Mincho"&8 left&R&P / &N`.
fn shown(codes: &str) -> Vec<String> {
    let (mut texts, mut text, mut rest) = (Vec::new(), String::new(), codes);
    while let Some((before, behind)) = rest.split_once('&') {
        text.push_str(before);
        let mut chars = behind.chars();
        rest = match chars.next() {
            Some('&') => {
                text.push('&');
                chars.as_str()
            }
            Some('L' | 'C' | 'R') => {
                texts.push(std::mem::take(&mut text));
                chars.as_str()
            }
            // A font stands in quotes, a colour in six digits, a size in digits.
            Some('"') => chars.as_str().split_once('"').map_or("", |(_, behind)| behind),
            Some('K') => chars.as_str().get(6..).unwrap_or_default(),
            Some('0'..='9') => behind.trim_start_matches(|c: char| c.is_ascii_digit()),
            // Page, pages, day, time, file, sheet, and how letters look.
            _ => chars.as_str(),
        };
    }
    text.push_str(rest);
    texts.push(text);
    let is_text = |text: &String| text.chars().any(char::is_alphanumeric);
    texts.iter().map(|text| text.trim().to_owned()).filter(is_text).collect()
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn codes_are_no_words() {
        let texts = shown("&L&\"MS Mincho,Regular\"&8 3&&4 件&K00FF00 年&C&P / &N&R&10&D 12件");
        assert_eq!(texts, ["3&4 件 年", "12件"]);
        assert_eq!(shown("title &P"), ["title"]);
        assert!(shown("").is_empty() && shown("&").is_empty() && shown("&\"").is_empty() && shown("&K1").is_empty());
    }
}
