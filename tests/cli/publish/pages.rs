//! The pages themselves: links, headings, names, languages, texts that nobody would write.

use std::collections::{BTreeMap, BTreeSet};

use roxmltree::Node;

use super::{body, page, published, words};
use crate::support::{Desk, japanese};

fn pages(site: &BTreeMap<String, Vec<u8>>) -> impl Iterator<Item = (&str, &str)> {
    let is_page = |path: &&String| path.ends_with(".html");
    site.keys().filter(is_page).map(|path| (path.as_str(), page(site, path)))
}

/// The path that a link of a page leads to, and the name within it.
fn target(from: &str, href: &str) -> (String, Option<String>) {
    let (path, name) = href.split_once('#').map_or((href, None), |(path, name)| (path, Some(name.to_owned())));
    if path.is_empty() {
        return (from.to_owned(), name);
    }
    let mut folders: Vec<&str> = from.split('/').collect();
    folders.pop();
    for part in path.split('/') {
        match part {
            ".." => drop(folders.pop().expect("within the site")),
            part => folders.push(part),
        }
    }
    (folders.join("/"), name)
}

/// The attributes of the head that lead somewhere; the rest of it is no XML.
fn head_links(page: &str) -> Vec<String> {
    let head = page.split("<body").next().unwrap();
    let values = head.split(['<']).filter(|tag| tag.starts_with("link ") || tag.starts_with("script "));
    let of = |tag: &str| {
        let from = tag.find("href=\"").map(|at| at + 6).or(tag.find("src=\"").map(|at| at + 5)).unwrap();
        tag[from..].split('"').next().unwrap().to_owned()
    };
    values.map(of).collect()
}

#[test]
fn every_link_leads_to_something_and_every_name_is_there_once() {
    let desk = Desk::copied();
    let site = published(&desk, "--plan example --plan 2027 --lang ja,en --period R8Q2");
    let ids: BTreeMap<&str, Vec<String>> = pages(&site)
        .map(|(path, page)| {
            let body = body(page);
            (path, body.descendants().filter_map(|node| node.attribute("id").map(str::to_owned)).collect())
        })
        .collect();
    let mut followed = 0;
    for (path, page) in pages(&site) {
        let known: BTreeSet<&String> = ids[path].iter().collect();
        assert_eq!(known.len(), ids[path].len(), "{path}: a name twice");
        let body = body(page);
        let labels = body.descendants().filter_map(|node| node.attribute("aria-labelledby"));
        labels.flat_map(str::split_whitespace).for_each(|id| assert!(known.contains(&id.to_owned()), "{path}: {id}"));
        let links = body.descendants().filter_map(|node| node.attribute("href").map(str::to_owned));
        for href in links.chain(head_links(page)) {
            assert!(!href.contains(':') && !href.starts_with('/'), "{path}: {href}");
            let (to, name) = target(path, &href);
            assert!(site.contains_key(&to), "{path}: {href}");
            if let Some(name) = name {
                assert!(ids[to.as_str()].contains(&name), "{path}: {href}");
            }
            followed += 1;
        }
    }
    assert!(followed > 2_000, "{followed}");
}

#[test]
fn headings_are_in_order_and_every_page_is_called_otherwise() {
    let desk = Desk::copied();
    let site = published(&desk, "--plan example --lang ja,en --period R8Q2");
    let mut titles = BTreeSet::new();
    for (path, page) in pages(&site).filter(|(_, page)| !page.contains("http-equiv")) {
        let body = body(page);
        let level = |node: &Node<'_, '_>| node.tag_name().name().strip_prefix('h')?.parse::<usize>().ok();
        let levels: Vec<usize> = body.descendants().filter_map(|node| level(&node)).collect();
        assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1, "{path}");
        assert_eq!(levels[0], 1, "{path}");
        assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{path}: {levels:?}");
        let title = page.split("<title>").nth(1).unwrap().split("</title>").next().unwrap();
        let lang = page.split("<html lang=\"").nth(1).unwrap().split('"').next().unwrap();
        assert!(titles.insert((lang, title)), "{path}: {title}");
        assert_eq!(lang, if path.starts_with("en/") { "en" } else { "ja" });
    }
    assert!(titles.len() > 100);
}

/// Years of eras have the Western ones beside them: R6 to R9 are 2024 to 2027, and 30 September of R8 is in 2026.
#[test]
fn every_page_with_figures_tells_the_western_years() {
    let desk = Desk::copied();
    let site = published(&desk, "--plan example --period R8Q2 --lang ja,en");
    for path in ["index", "entries", "indicators", "entries/1-1-1", "indicators/counter-satisfaction", "calculations"] {
        let ja = page(&site, &format!("example/{path}.html"));
        assert!(ja.contains("2026年9月30日現在") && ja.contains("2024～2027年度"), "{path}");
        let en = page(&site, &format!("en/example/{path}.html"));
        assert!(en.contains("fiscal years 2024 to 2027"), "{path}");
    }
}

#[test]
fn on_an_english_page_japanese_words_are_marked_as_such() {
    let desk = Desk::copied();
    let site = published(&desk, "--plan example --lang en --period R8Q2");
    for (path, page) in pages(&site) {
        let body = body(page);
        for text in body.descendants().filter(Node::is_text) {
            let inside =
                text.ancestors().any(|node| node.attribute("lang") == Some("ja") || node.tag_name().name() == "svg");
            assert!(inside || japanese(text.text().unwrap()).is_empty(), "{path}: {:?}", text.text());
        }
    }
}

#[test]
fn the_same_record_is_the_same_bytes() {
    let desk = Desk::copied();
    let args = "--plan example --plan 2027 --lang ja,en --period R8Q2";
    let first = published(&desk, args);
    let ran = desk.with_env(
        &[("KAIKAKU_TODAY", "2026-11-25")],
        &format!("publish -o other {args}").split(' ').collect::<Vec<_>>(),
    );
    assert_eq!(ran.code, 0, "{ran:?}");
    let second = super::site(&desk.path("other"));
    assert_eq!(first.keys().collect::<Vec<_>>(), second.keys().collect::<Vec<_>>());
    first.iter().for_each(|(path, bytes)| assert!(second[path] == *bytes, "{path}"));
}

#[test]
fn a_former_number_leads_on_to_that_of_today() {
    let desk = Desk::copied();
    assert_eq!(desk.run("mv 1-1-1 1-1-9 --plan example").code, 0);
    let site = published(&desk, "--plan example --period R8Q2 --lang ja,en");
    for (path, to) in [("example/entries/1-1-1.html", "1-1-9.html"), ("en/example/entries/1-1-1.html", "1-1-9.html")] {
        let page = page(&site, path);
        assert!(page.contains(&format!("<meta http-equiv=\"refresh\" content=\"0; url={to}\">")), "{page}");
        assert!(page.contains(&format!("<a href=\"{to}\">")), "{page}");
    }
    assert!(page(&site, "example/entries/1-1-9.html").contains("1-1-1"), "it says its former number");
}

#[test]
fn the_feed_names_what_was_published() {
    let desk = Desk::copied();
    assert_eq!(desk.run("close R8Q1 --plan example").code, 0);
    let site = published(&desk, "--plan example --period R8Q2");
    let feed = roxmltree::Document::parse(page(&site, "example/feed.xml")).unwrap();
    let named = |name: &'static str| ("http://www.w3.org/2005/Atom", name);
    let of = |name: &'static str| {
        let nodes: Vec<String> = feed
            .descendants()
            .filter(|node| node.has_tag_name(named(name)))
            .filter_map(|node| node.text().map(str::to_owned))
            .collect();
        nodes
    };
    assert_eq!(
        of("title"),
        ["架空市行政改革プラン2028", "令和8年度第1四半期の数値を確定", "令和8年度第2四半期の進捗状況"]
    );
    assert_eq!(of("updated"), ["2026-11-21T00:00:00Z", "2026-11-21T00:00:00Z", "2026-09-30T00:00:00Z"]);
    let ids: BTreeSet<String> = of("id").into_iter().collect();
    assert_eq!(ids.len(), 3);
    let links = feed.descendants().filter_map(|node| node.attribute("href"));
    links.for_each(|href| assert!(href.starts_with("https://www.city.kakuu.example/reform/example/"), "{href}"));
}

#[test]
fn a_fragment_is_one_element_without_a_head() {
    let desk = Desk::copied();
    let site = published(&desk, "--plan example --period R8Q2 --fragment");
    let page = page(&site, "example/index.html");
    assert!(["<html", "<head>", "<body"].iter().all(|tag| !page.contains(tag)));
    let root = body(page);
    assert_eq!(root.root_element().attribute("class"), Some("kaikaku"));
    assert!(words(root.root()).contains("架空市行政改革プラン2028"));
}

#[test]
fn words_that_would_run_or_hide_stay_words() {
    let hostile = "<script>alert(1)</script><img src=x onerror=alert(1)>\\\" onclick=\\\"alert(1) javascript:alert(1) \\u202e\\u0007&amp;";
    let desk = Desk::plan(&[
        (
            "plan.toml",
            &format!(
                "schema = 1\nid = \"p\"\nname = \"計画{hostile}\"\ncity = \"市{hostile}\"\noffice = \"室{hostile}\"\nperiod = {{ from = \"R6\", to = \"R9\" }}\n\
                 levels = [\"柱{hostile}\", \"取組{hostile}\"]\nmission = [\"使命{hostile}\"]\nnote = [\"注{hostile}\"]\n\
                 [[scale]]\nid = \"s\"\nname = \"状況{hostile}\"\ngrades = [{{ id = \"a\", name = \"良{hostile}\" }}]\n"
            ),
        ),
        (
            "outline/1.toml",
            &format!(
                "[1]\nname = \"甲{hostile}\"\n[1-1]\nname = \"乙{hostile}\"\nsummary = \"{hostile}\"\nowner = \"o\"\naliases = [\"{hostile}\"]\n\
                 [[1-1.initiative]]\nname = \"内容{hostile}\"\nstart = \"R6\"\n[[1-1.milestone]]\nname = \"節目{hostile}\"\ndate = \"R7Q1\"\n"
            ),
        ),
        ("owners.toml", &format!("[o]\nname = \"課{hostile}\"\n")),
        (
            "indicators.toml",
            &format!(
                "[m]\nname = \"指標{hostile}\"\nunit = \"件{hostile}\"\nkind = \"up\"\nentry = \"1-1\"\nbaseline = {{ R5 = 40 }}\ntarget = {{ R9 = 60 }}\nnote = \"{hostile}\"\n"
            ),
        ),
        (
            "records/1-1.toml",
            &format!(
                "[[update]]\nperiod = \"R7Q1\"\nrecorded = 2025-07-03\nrating = {{ s = \"a\" }}\ndone = \"{hostile}\"\nissue = \"{hostile}\"\nnote = \"{hostile}\"\nby = \"{hostile}\"\n"
            ),
        ),
        (
            "records/m.toml",
            &format!("[[measure]]\nperiod = \"R6\"\nrecorded = 2025-04-20\nvalue = 44\nnote = \"{hostile}\"\n"),
        ),
        (
            "publish.toml",
            &format!(
                "public = [\"summary\", \"done\", \"issue\", \"next\", \"note\", \"reason\", \"by\"]\ncontact = \"{hostile}\"\nlicence = \"{hostile}\"\n"
            ),
        ),
    ]);
    let site = published(&desk, "--lang ja,en --period R7Q2");
    for (path, page) in pages(&site) {
        let body = body(page);
        for node in body.descendants().filter(Node::is_element) {
            assert!(!["script", "img", "iframe", "object"].contains(&node.tag_name().name()), "{path}");
            for attribute in node.attributes() {
                assert!(!attribute.name().starts_with("on"), "{path}: {}", attribute.name());
                assert!(!attribute.value().trim_start().to_lowercase().starts_with("javascript:"), "{path}");
            }
        }
        let head = page.split("<body").next().unwrap();
        assert_eq!(head.matches("<script").count(), usize::from(path.ends_with("list.html")), "{path}: {head}");
        assert!(!page.contains(['\u{202e}', '\u{7}']), "{path}");
    }
    let feed = page(&site, "plan/feed.xml");
    roxmltree::Document::parse(feed).unwrap_or_else(|error| panic!("{error}\n{feed}"));
}

#[test]
fn ids_that_no_file_can_be_named_after_have_pages_all_the_same() {
    let desk = Desk::plan(&[
        (
            "plan.toml",
            "schema = 1\nid = \"p\"\nname = \"計画\"\nperiod = { from = \"R6\", to = \"R9\" }\nlevels = [\"取組\"]\n",
        ),
        ("outline/1.toml", "[con]\nname = \"甲\"\n"),
        ("publish.toml", "public = []\n"),
    ]);
    assert!(published(&desk, "--period R7Q2").contains_key("plan/entries/con_.html"));
}

#[test]
fn two_pages_of_one_address_are_refused() {
    let desk = Desk::empty();
    for (name, id) in [("en", "index"), ("entries", "1")] {
        desk.write(
            &format!("plan/{name}/plan.toml"),
            format!("schema = 1\nid = \"{name}\"\nname = \"計画\"\nperiod = {{ from = \"R6\", to = \"R9\" }}\nlevels = [\"取組\"]\n"),
        );
        desk.write(&format!("plan/{name}/outline/1.toml"), format!("[{id}]\nname = \"甲\"\n"));
        desk.write(&format!("plan/{name}/publish.toml"), "public = []\n");
    }
    let said = desk.run("publish -o site --period R7Q2 --plan en --plan entries --lang ja,en").failed();
    assert!(said.contains("en/entries/index.html と en/entries/index.html は同じ番地のページになります"), "{said}");
    assert!(!desk.path("site").exists());
}

#[test]
fn no_page_speaks_of_commands_or_files() {
    let desk = Desk::copied();
    let site = published(&desk, "--plan example --plan 2027 --lang ja,en --period R8Q2");
    for (path, page) in pages(&site) {
        let text = words(body(page).root());
        for word in ["kaikaku ", "--plan", ".toml", "plan/"] {
            assert!(!text.contains(word), "{path}: {word}");
        }
    }
}
