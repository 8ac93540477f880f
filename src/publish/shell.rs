//! What stands around each page: whose site it is, the way to it, the pages that every page leads to, what stands at the
//! foot. The first page of the whole, and pages that lead on.

use crate::document::{Block, Document, Line, Link, Section};
use crate::lang::Lang;
use crate::plan::Subject;
use crate::plan::publication::Publication;
use crate::render::site::{self, Shell, SiteLink};
use crate::report::fictional;
use crate::tr;
use crate::wording as words;

use super::address::{Home, between, up};
use super::{PageOf, Sheet, Site, path};

/// The pages that every page leads to.
const MENU: [(PageOf, (&str, &str)); 7] = [
    (PageOf::Overview, ("概要", "Overview")),
    (PageOf::Entries, ("進捗状況", "Progress")),
    (PageOf::Indicators, ("検証指標", "Indicators")),
    (PageOf::Changes, ("変更と訂正", "Changes")),
    (PageOf::Opinions, ("意見と対応", "Opinions")),
    (PageOf::Data, ("データ", "Data")),
    (PageOf::Index, ("索引", "Index")),
];

/// What stands around a page.
pub fn shell(sheet: &Sheet<'_>, page: PageOf, document: &Document) -> Shell {
    let (lang, pages, published) = (sheet.lang, sheet.pages, sheet.published);
    let href = |page: PageOf| between(pages.page, &path(published, pages.home, page));
    let has_opinions = !sheet.plan().meetings.is_empty();
    let own: Vec<_> = MENU.iter().filter(|(page, _)| has_opinions || *page != PageOf::Opinions).collect();
    let menu = own.iter().map(|(page, (ja, en))| SiteLink { words: lang.pick(*ja, *en).into(), href: href(*page) });
    let belongs = match page {
        PageOf::Entry(_) | PageOf::Former(Subject::Entry(_), _) => PageOf::Entries,
        PageOf::Indicator(_) | PageOf::Former(Subject::Indicator(_), _) => PageOf::Indicators,
        PageOf::Period(_) => PageOf::Changes,
        PageOf::Calculations => PageOf::Overview,
        page => page,
    };
    let others = sheet.site.langs.iter().filter(|other| **other != lang);
    let other = others.map(|other| {
        let home = Home { lang: *other, ..pages.home };
        (*other, between(pages.page, &path(published, home, page)))
    });
    Shell {
        lang,
        site: site_name(sheet),
        root: up(pages.page),
        trail: trail(sheet, page),
        menu: menu.collect(),
        current: own.iter().position(|(page, _)| *page == belongs),
        other: other.collect(),
        feed: Some(between(pages.page, &pages.home.path("feed.xml"))),
        foot: foot(sheet),
        is_index: page == PageOf::Index && !document.sections.is_empty(),
    }
}

/// The city and its plan.
fn site_name(sheet: &Sheet<'_>) -> String {
    let head = &sheet.plan().head;
    let city = head.city.as_deref().filter(|city| !head.name.contains(city));
    city.into_iter().chain([&*head.name]).collect::<Vec<_>>().join(" ")
}

/// The way to a page: the first page, then what it belongs to.
fn trail(sheet: &Sheet<'_>, page: PageOf) -> Vec<SiteLink> {
    let (lang, pages, published, plan) = (sheet.lang, sheet.pages, sheet.published, sheet.plan());
    let link =
        |words: String, page: PageOf| SiteLink { words, href: between(pages.page, &path(published, pages.home, page)) };
    let of_menu = |wanted: PageOf| {
        let found = MENU.iter().find(|(page, _)| *page == wanted);
        found.map(|(page, (ja, en))| link(lang.pick(*ja, *en).to_owned(), *page))
    };
    let several = (sheet.site.plans.len() > 1).then(|| SiteLink {
        words: lang.pick("計画の一覧", "All plans").to_owned(),
        href: between(pages.page, "index.html"),
    });
    let mut trail: Vec<SiteLink> = several.into_iter().collect();
    if page == PageOf::Overview {
        return trail;
    }
    trail.extend(of_menu(PageOf::Overview));
    match page {
        PageOf::Entry(place) => {
            trail.extend(of_menu(PageOf::Entries));
            let above = std::iter::successors(plan.entries[place].parent, |at| plan.entries[*at].parent);
            let above: Vec<usize> = above.collect();
            trail.extend(above.into_iter().rev().map(|at| {
                let entry = &plan.entries[at];
                link(format!("{} {}", entry.id, entry.name), PageOf::Entry(at))
            }));
        }
        PageOf::Indicator(place) => {
            trail.extend(of_menu(PageOf::Indicators));
            let above = plan.indicators[place].parent;
            trail.extend(above.map(|at| link(words::indicator_name(&plan.indicators[at]), PageOf::Indicator(at))));
        }
        PageOf::Period(_) => trail.extend(of_menu(PageOf::Changes)),
        _ => {}
    }
    trail
}

/// That a made-up city is made up, as of when, whom to ask, under which licence.
fn foot(sheet: &Sheet<'_>) -> Vec<String> {
    let (lang, plan) = (sheet.lang, sheet.plan());
    let publication = plan.publication.as_ref();
    let of = |field: fn(&Publication) -> Option<&str>| publication.and_then(field);
    let office = [plan.head.city.as_deref(), plan.head.office.as_deref()];
    let office = office.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let contact = of(|publication| publication.contact.as_deref()).map(str::to_owned);
    let contact = contact.or(Some(office).filter(|office| !office.is_empty()));
    let contact = contact.map(|contact| tr!(lang, "問合せ先：{contact}", "Contact: {contact}"));
    let licence = of(|publication| publication.licence.as_deref());
    let licence = licence.map(|licence| tr!(lang, "データの利用条件：{licence}", "Licence of the data: {licence}"));
    [fictional(plan, lang), contact, licence].into_iter().flatten().collect()
}

/// The first page of the whole: of one plan it leads on to it, of several it lists them.
pub fn top(site: &Site<'_>) -> String {
    let lang = site.langs.first().copied().unwrap_or_default();
    let link = |at: usize, lang: Lang| {
        let plan = site.plans[at].plan();
        SiteLink {
            words: plan.head.name.to_string(),
            href: between("index.html", &Home { plan: &plan.folder, lang }.path("index.html")),
        }
    };
    if let [only] = &*site.plans {
        let shell = Shell { lang, ..Shell::default() };
        return site::forward(&only.plan().head.name, &link(0, lang), &shell);
    }
    let title = lang.pick("計画の一覧", "Plans").to_owned();
    let lines = (0..site.plans.len()).map(|at| {
        let SiteLink { words, href } = link(at, lang);
        Line::from(words).linked(Link::Address(href.into()))
    });
    let sections = vec![Section::plain(vec![Block::List(lines.collect())])];
    let mut cities = site.plans.iter().filter_map(|published| published.plan().head.city.clone());
    let shell = Shell {
        lang,
        site: cities.next_back().map_or_else(|| title.clone(), String::from),
        foot: site.plans.iter().filter_map(|published| fictional(published.plan(), lang)).take(1).collect(),
        ..Shell::default()
    };
    let document = Document { title, sections, ..Document::default() };
    if site.is_fragment { site::fragment(&document, &shell) } else { site::page(&document, &shell) }
}

/// The page of a former id, which leads on to that of today.
pub fn former(sheet: &Sheet<'_>, subject: Subject, nth: usize) -> String {
    let (lang, plan) = (sheet.lang, sheet.plan());
    let (old, new, words, page) = match subject {
        Subject::Entry(place) => {
            let entry = &plan.entries[place];
            (&entry.formerly[nth], &entry.id, format!("{} {}", entry.id, entry.name), PageOf::Entry(place))
        }
        Subject::Indicator(place) => {
            let indicator = &plan.indicators[place];
            (&indicator.formerly[nth], &indicator.id, words::indicator_name(indicator), PageOf::Indicator(place))
        }
    };
    let title = tr!(lang, "{old} は {new} に変わりました", "{old} is now {new}");
    let href = between(sheet.pages.page, &path(sheet.published, sheet.pages.home, page));
    let shell = Shell { lang, root: up(sheet.pages.page), ..Shell::default() };
    site::forward(&title, &SiteLink { words, href }, &shell)
}
