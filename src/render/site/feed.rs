//! A feed (Atom, RFC 4287) of what was published.

use chrono::NaiveDate;
use kaikaku_text::lang::Lang;
use kaikaku_text::safe::one_line;

use crate::markup::Markup;

/// What was published, the newest first.
#[derive(Debug, Clone)]
pub struct Feed {
    /// The language of its words.
    pub lang: Lang,
    /// What it is called.
    pub title: String,
    /// Who publishes.
    pub author: String,
    /// Its own id, which never changes.
    pub id: String,
    /// The page that it is about.
    pub home: String,
    /// What was published.
    pub entries: Vec<FeedEntry>,
}

/// Something that was published.
#[derive(Debug, Clone)]
pub struct FeedEntry {
    /// Its own id, which never changes.
    pub id: String,
    /// What it is.
    pub title: String,
    /// When.
    pub date: NaiveDate,
    /// Its page.
    pub href: String,
    /// What it says, in short.
    pub summary: String,
}

/// The feed as XML. A feed needs moments; a day is its beginning in UTC.
pub fn feed(feed: &Feed) -> String {
    let lang = feed.lang.pick("ja", "en");
    let mut out = Markup::beginning("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    let attributes = [("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", lang)];
    let newest = feed.entries.iter().map(|entry| entry.date).max().unwrap_or_default();
    out.element("feed", &attributes, |out| {
        out.raw("\n");
        leaf(out, "title", &feed.title);
        leaf(out, "id", &feed.id);
        leaf(out, "updated", &moment(newest));
        out.element("author", &[], |out| out.leaf("name", &[], &one_line(&feed.author)));
        out.raw("\n");
        out.empty("link", &[("href", &feed.home)]);
        out.raw("\n");
        for entry in &feed.entries {
            out.element("entry", &[], |out| {
                leaf(out, "title", &entry.title);
                leaf(out, "id", &entry.id);
                leaf(out, "updated", &moment(entry.date));
                out.empty("link", &[("href", &entry.href)]);
                leaf(out, "summary", &entry.summary);
            });
            out.raw("\n");
        }
    });
    out.finish() + "\n"
}

fn leaf(out: &mut Markup, name: &str, text: &str) {
    out.leaf(name, &[], &one_line(text));
    out.raw("\n");
}

fn moment(day: NaiveDate) -> String {
    format!("{day}T00:00:00Z")
}
