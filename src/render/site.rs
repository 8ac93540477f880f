//! The pages of a site around documents: head, way through the site, what stands at the foot. No script is needed, nothing
//! comes from another host, and all links are relative: a site works from a folder, a zip or within another one.

mod feed;

use kaikaku_document::Document;
use kaikaku_text::lang::Lang;
use kaikaku_text::safe::one_line;

use super::html::HtmlPage;
use super::markup::Markup;

pub use feed::{Feed, FeedEntry, feed};

/// The one style sheet of a site.
pub const STYLE: &str = include_str!("site/style.css");

/// The script of the index: it adds a field that narrows the list. Without it the list is whole.
pub const SCRIPT: &str = include_str!("site/search.js");

/// The name that all rules of the style sheet stand under, so that a fragment brings nothing to the page around it.
const SCOPE: &str = "kaikaku";

/// Words that lead somewhere.
#[derive(Debug, Clone)]
pub struct SiteLink {
    /// The words.
    pub words: String,
    /// The address, from the page.
    pub href: String,
}

/// What stands around the document of a page.
#[derive(Debug, Clone, Default)]
pub struct Shell {
    /// The language of the page.
    pub lang: Lang,
    /// Whose site it is: the name that follows that of the page.
    pub site: String,
    /// From the page to the folder that the style sheet stands in: `../`, or nothing.
    pub root: String,
    /// The way from the first page to this one, without it.
    pub trail: Vec<SiteLink>,
    /// The pages that every page leads to.
    pub menu: Vec<SiteLink>,
    /// Which of them this page is, or belongs to.
    pub current: Option<usize>,
    /// The same page in another language.
    pub other: Vec<(Lang, String)>,
    /// The address of the feed.
    pub feed: Option<String>,
    /// What stands at the foot, a paragraph each.
    pub foot: Vec<String>,
    /// Whether the page has the list that the script narrows.
    pub is_index: bool,
}

/// A whole page.
pub fn page(doc: &Document, shell: &Shell) -> String {
    let lang = shell.lang.pick("ja", "en");
    let mut out = Markup::beginning("<!DOCTYPE html>\n").spoken_in(shell.lang);
    out.raw(&format!("<html lang=\"{lang}\">\n"));
    head(&mut out, &doc.title, shell);
    out.raw(&format!("<body class=\"{SCOPE}\">\n"));
    let skip = shell.lang.pick("本文へ", "Skip to the text");
    out.leaf("a", &[("class", "skip"), ("href", "#main")], skip);
    out.raw("\n<header class=\"top\">");
    out.element("p", &[("class", "site")], |out| out.words(&one_line(&shell.site)));
    languages(&mut out, shell);
    out.raw("</header>\n");
    menu(&mut out, shell);
    out.raw("<main id=\"main\" tabindex=\"-1\">\n");
    let mut out = contents(out, doc, shell);
    out.raw("</main>\n");
    foot(&mut out, shell);
    out.raw("</body>\n</html>\n");
    out.finish()
}

/// A page for a system that has a head and a foot of its own: one element.
pub fn fragment(doc: &Document, shell: &Shell) -> String {
    let lang = shell.lang.pick("ja", "en");
    let mut out = Markup::default().spoken_in(shell.lang);
    out.raw(&format!("<div class=\"{SCOPE}\" lang=\"{lang}\">\n"));
    menu(&mut out, shell);
    out.raw("<div class=\"main\">\n");
    let mut out = contents(out, doc, shell);
    out.raw("</div>\n");
    foot(&mut out, shell);
    out.raw("</div>\n");
    out.finish()
}

/// A page that leads on to another one at once; who is not led may follow the link.
pub fn forward(words: &str, link: &SiteLink, shell: &Shell) -> String {
    let lang = shell.lang.pick("ja", "en");
    let mut out = Markup::beginning("<!DOCTYPE html>\n").spoken_in(shell.lang);
    out.raw(&format!("<html lang=\"{lang}\">\n<head><meta charset=\"utf-8\">\n"));
    out.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    out.leaf("title", &[], &one_line(words));
    out.raw("\n");
    out.tag_open("meta", &[("http-equiv", "refresh"), ("content", &format!("0; url={}", link.href))]);
    out.tag_open("link", &[("rel", "canonical"), ("href", &link.href)]);
    out.tag_open("link", &[("rel", "stylesheet"), ("href", &format!("{}style.css", shell.root))]);
    out.raw(&format!("</head>\n<body class=\"{SCOPE}\">\n<main id=\"main\"><header><h1>"));
    out.words(&one_line(words));
    out.raw("</h1></header>\n<p>");
    out.element("a", &[("href", &link.href)], |out| out.words(&one_line(&link.words)));
    out.raw("</p></main>\n</body>\n</html>\n");
    out.finish()
}

fn head(out: &mut Markup, title: &str, shell: &Shell) {
    let title = one_line(title);
    let whole = if shell.site == title { title } else { format!("{title} | {}", one_line(&shell.site)) };
    out.raw(
        "<head><meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n",
    );
    out.raw("<meta name=\"color-scheme\" content=\"light dark\">\n");
    out.leaf("title", &[], &whole);
    out.raw("\n");
    out.tag_open("link", &[("rel", "stylesheet"), ("href", &format!("{}style.css", shell.root))]);
    if let Some(feed) = &shell.feed {
        let name = shell.lang.pick("公表の記録", "What was published");
        let kind = "application/atom+xml";
        out.tag_open("link", &[("rel", "alternate"), ("type", kind), ("title", name), ("href", feed)]);
    }
    for (lang, href) in &shell.other {
        out.tag_open("link", &[("rel", "alternate"), ("hreflang", lang.pick("ja", "en")), ("href", href)]);
    }
    if shell.is_index {
        out.raw(&format!("<script src=\"{}search.js\" defer></script>\n", shell.root));
    }
    out.raw("</head>\n");
}

/// The same page in other languages, each called as its readers do.
fn languages(out: &mut Markup, shell: &Shell) {
    for (lang, href) in &shell.other {
        let (code, name) = lang.pick(("ja", "日本語"), ("en", "English"));
        out.element("p", &[("class", "other")], |out| {
            out.leaf("a", &[("href", href), ("hreflang", code), ("lang", code)], name);
        });
    }
}

fn menu(out: &mut Markup, shell: &Shell) {
    if shell.menu.is_empty() {
        return;
    }
    out.element("nav", &[("class", "menu"), ("aria-label", shell.lang.pick("主なページ", "Main pages"))], |out| {
        out.raw("<ul>");
        for (at, link) in shell.menu.iter().enumerate() {
            let here = (shell.current == Some(at)).then_some(("aria-current", "true"));
            let attributes: Vec<_> = [("href", &*link.href)].into_iter().chain(here).collect();
            out.raw("<li>");
            out.element("a", &attributes, |out| out.words(&link.words));
            out.raw("</li>");
        }
        out.raw("</ul>");
    });
    out.raw("\n");
}

/// The way to the page, then what it says.
fn contents(mut out: Markup, doc: &Document, shell: &Shell) -> Markup {
    if !shell.trail.is_empty() {
        let name = shell.lang.pick("現在の位置", "Where you are");
        out.element("nav", &[("class", "trail"), ("aria-label", name)], |out| {
            out.raw("<ol>");
            for link in &shell.trail {
                out.raw("<li>");
                out.element("a", &[("href", &link.href)], |out| out.words(&one_line(&link.words)));
                out.raw("</li>");
            }
            out.raw("</ol>");
        });
        out.raw("\n");
    }
    out.raw("<header>");
    let mut page = HtmlPage::new(out, doc, shell.lang);
    page.contents(doc);
    page.out
}

fn foot(out: &mut Markup, shell: &Shell) {
    if shell.foot.is_empty() {
        return;
    }
    out.element("footer", &[], |out| {
        for line in &shell.foot {
            out.element("p", &[], |out| out.words(&one_line(line)));
        }
    });
    out.raw("\n");
}

#[cfg(test)]
mod tests;
