//! Writes elements of HTML and XML. Every text and every attribute goes through [`safe::markup`]: none can become markup.

use kaikaku_text::lang::Lang;
use kaikaku_text::safe;
use kaikaku_text::spoken::spoken;

/// Attributes by name.
pub type Attributes<'a> = &'a [(&'a str, &'a str)];

/// What was written so far.
#[derive(Debug, Default)]
pub struct Markup {
    out: String,
    /// The language of the page, where words of the other one are marked as such.
    lang: Option<Lang>,
}

impl Markup {
    /// Beginning with words of our own, such as an XML declaration.
    pub fn beginning(words: &str) -> Self {
        Self { out: words.to_owned(), lang: None }
    }

    /// The same, marking words that are not in this language: a screen reader speaks them in theirs.
    pub fn spoken_in(self, lang: Lang) -> Self {
        Self { lang: Some(lang), ..self }
    }

    /// An element around what `inner` writes.
    pub fn element(&mut self, name: &str, attributes: Attributes<'_>, inner: impl FnOnce(&mut Self)) {
        self.tag(name, attributes, ">");
        inner(self);
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    /// An element with nothing in it.
    pub fn empty(&mut self, name: &str, attributes: Attributes<'_>) {
        self.tag(name, attributes, "/>");
    }

    /// An element of HTML that has no end, on a line of its own.
    pub fn tag_open(&mut self, name: &str, attributes: Attributes<'_>) {
        self.tag(name, attributes, ">\n");
    }

    /// An element around a text.
    pub fn leaf(&mut self, name: &str, attributes: Attributes<'_>, text: &str) {
        self.element(name, attributes, |out| out.text(text));
    }

    /// A text.
    pub fn text(&mut self, text: &str) {
        self.out.push_str(&safe::markup(text));
    }

    /// A text that is read aloud.
    pub fn words(&mut self, text: &str) {
        let Some(lang) = self.lang else { return self.text(text) };
        for (other, words) in spoken(text, lang) {
            match other {
                Some(other) => self.leaf("span", &[("lang", other.pick("ja", "en"))], words),
                None => self.text(words),
            }
        }
    }

    /// A text whose line breaks are elements of this name.
    pub fn lines(&mut self, text: &str, line_break: &str) {
        let text = safe::visible(text);
        for (at, line) in text.split('\n').enumerate() {
            if at > 0 {
                self.tag(line_break, &[], "/>");
            }
            self.words(line);
        }
    }

    /// Markup of our own, as it is.
    pub fn raw(&mut self, markup: &str) {
        self.out.push_str(markup);
    }

    /// All of it.
    pub fn finish(self) -> String {
        self.out
    }

    fn tag(&mut self, name: &str, attributes: Attributes<'_>, end: &str) {
        self.out.push('<');
        self.out.push_str(name);
        for (name, value) in attributes {
            self.out.push(' ');
            self.out.push_str(name);
            self.out.push_str("=\"");
            self.out.push_str(&safe::markup(value));
            self.out.push('"');
        }
        self.out.push_str(end);
    }
}
