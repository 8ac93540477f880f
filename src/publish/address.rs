//! The addresses of a site: every page stands at the same one whatever else is published, and whatever was renumbered.

use std::fmt::Write;

use crate::lang::Lang;
use crate::plan::id::Id;
use crate::plan::period::Period;
use crate::text::paths::is_refused_by_windows;

/// Where the pages of one plan in one language stand: Japanese ones at the top, those of other languages in a folder.
#[derive(Debug, Clone, Copy)]
pub struct Home<'p> {
    /// The folder of the plan.
    pub plan: &'p str,
    /// The language.
    pub lang: Lang,
}

impl Home<'_> {
    /// The path of a page or file from the top of the site.
    pub fn path(&self, name: &str) -> String {
        format!("{}{}/{name}", self.lang.pick("", "en/"), self.plan)
    }

    /// The page of an entry.
    pub fn entry(&self, id: &Id) -> String {
        self.path(&format!("entries/{}", page(id.as_str())))
    }

    /// The page of an indicator.
    pub fn indicator(&self, id: &Id) -> String {
        self.path(&format!("indicators/{}", page(id.as_str())))
    }

    /// The page of a closed period.
    pub fn period(&self, period: Period) -> String {
        self.path(&format!("periods/{}", page(&period.short())))
    }
}

/// The file of a page that is named after an id. No id has a `_`, so that what Windows cannot have gets one.
fn page(name: &str) -> String {
    let mark = if is_refused_by_windows(name) { "_" } else { "" };
    format!("{name}{mark}.html")
}

/// From one page to another file of the site, both by their paths from the top.
pub fn between(from: &str, to: &str) -> String {
    let folders = |path: &str| path.split('/').map(str::to_owned).collect::<Vec<String>>();
    let (from, to) = (folders(from), folders(to));
    let above = from.len() - 1;
    let shared = from[..above].iter().zip(&to[..to.len() - 1]).take_while(|(one, other)| one == other).count();
    let up = "../".repeat(above - shared);
    up + &to[shared..].iter().map(|name| encoded(name)).collect::<Vec<_>>().join("/")
}

/// From a page to the top of the site: `../`, or nothing.
pub fn up(from: &str) -> String {
    "../".repeat(from.matches('/').count())
}

/// A name as addresses have it.
pub fn encoded(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // A String takes every write.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_from_page_to_page_wherever_the_site_lies() {
        for (from, to, link) in [
            ("2027/index.html", "2027/entries/1-1.html", "entries/1-1.html"),
            ("2027/entries/1-1.html", "2027/index.html", "../index.html"),
            ("2027/entries/1-1.html", "2027/entries/1-2.html", "1-2.html"),
            ("2027/entries/1-1.html", "en/2027/entries/1-1.html", "../../en/2027/entries/1-1.html"),
            ("index.html", "計画 7/index.html", "%E8%A8%88%E7%94%BB%207/index.html"),
            ("en/2027/index.html", "style.css", "../../style.css"),
        ] {
            assert_eq!(between(from, to), link);
        }
        assert_eq!((up("index.html"), up("en/a/entries/1.html")), (String::new(), "../../../".into()));
    }

    #[test]
    fn every_id_has_a_file_on_every_system() {
        let home = Home { plan: "a", lang: Lang::En };
        let id = |text: &str| Id::parse(text).unwrap();
        assert_eq!(home.entry(&id("1-1")), "en/a/entries/1-1.html");
        assert_eq!(home.indicator(&id("con")), "en/a/indicators/con_.html");
    }
}
