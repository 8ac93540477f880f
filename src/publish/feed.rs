//! The feed of what was published: each closed period, each correction, and the figures as they stand.

use crate::plan::period::Period;
use crate::render::site::{self, Feed, FeedEntry};
use crate::report::council::head;
use crate::tr;

use super::address::between;
use super::{PageOf, Sheet, path};

/// The feed as XML.
pub fn write(sheet: &Sheet<'_>) -> String {
    let (lang, plan, published) = (sheet.lang, sheet.plan(), sheet.published);
    let address = plan.publication.as_ref().and_then(|publication| publication.address.as_deref());
    // A feed reader resolves what is relative against the address of the feed itself.
    let href = |page: PageOf| {
        let to = path(published, sheet.pages.home, page);
        address.map_or_else(|| between(sheet.pages.page, &to), |address| format!("{address}{}", between("", &to)))
    };
    let id = |what: &str| match address {
        Some(address) => format!("{address}{}#{what}", between("", sheet.pages.page)),
        None => format!("urn:kaikaku:{}:{}:{what}", plan.head.id, lang.pick("ja", "en")),
    };
    let summary = published.summary();
    let (period, as_of) = (summary.period(), summary.as_of());
    let lead = head(summary, &published.report.state, lang).first().map(|line| plain(&line.text)).unwrap_or_default();
    let mut entries = vec![FeedEntry {
        id: id(&format!("state-{}", period.short())),
        title: tr!(lang, "{}の進捗状況", "Progress in {}", period.long(lang)),
        date: as_of.date,
        href: href(PageOf::Overview),
        summary: lead,
    }];
    for (nth, closing) in plan.closings.iter().enumerate() {
        let (of, day) = (closing.period.long(lang), Period::Day(closing.closed).long(lang));
        entries.push(FeedEntry {
            id: id(&format!("closed-{}", closing.period.short())),
            title: tr!(lang, "{of}の数値を確定", "{of} is final"),
            date: closing.closed,
            href: href(PageOf::Period(nth)),
            summary: tr!(lang, "{day}に確定した。", "Closed on {day}."),
        });
        entries.extend(closing.corrections.iter().enumerate().map(|(at, correction)| FeedEntry {
            id: id(&format!("corrected-{}-{}", closing.period.short(), at + 1)),
            title: tr!(lang, "{of}の数値を訂正", "{of} was corrected"),
            date: correction.date,
            href: href(PageOf::Changes),
            summary: correction.reason.to_string(),
        }));
    }
    entries.sort_by(|one, other| other.date.cmp(&one.date).then_with(|| one.id.cmp(&other.id)));
    let author = [plan.head.city.as_deref(), plan.head.office.as_deref()];
    let author = author.into_iter().flatten().collect::<Vec<_>>().join(" ");
    site::feed(&Feed {
        lang,
        title: plan.head.name.to_string(),
        author: if author.is_empty() { plan.head.name.to_string() } else { author },
        id: id("feed"),
        home: href(PageOf::Overview),
        entries,
    })
}

/// A line without the marks of its facts.
fn plain(text: &str) -> String {
    let mut document = crate::document::Document { lead: vec![text.into()], ..Default::default() };
    document.name_facts("feed", "");
    document.lead.remove(0).text
}
