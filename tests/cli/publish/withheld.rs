//! What does not go out: texts that the plan does not name, notes marked as internal, addresses and numbers of people.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use super::{page, published};
use crate::support::Desk;

/// Every text of a plan, each a word of its own; and which kind of text it is.
const TEXTS: [(&str, &str); 19] = [
    ("summary", "ひみつ概要"),
    ("done", "ひみつ実績"),
    ("issue", "ひみつ課題"),
    ("next", "ひみつ今後"),
    ("by", "ひみつ記録者"),
    ("note", "ひみつ注計画"),
    ("note", "ひみつ注項目"),
    ("note", "ひみつ注取組"),
    ("note", "ひみつ注節目"),
    ("note", "ひみつ注記録"),
    ("note", "ひみつ注指標"),
    ("note", "ひみつ注目標"),
    ("note", "ひみつ注実績値"),
    ("reason", "ひみつ理由目標"),
    ("reason", "ひみつ理由判断"),
    ("opinion", "ひみつ意見"),
    ("opinion", "ひみつ要旨"),
    ("opinion", "ひみつ対応"),
    ("opinion", "ひみつ約束"),
];

fn desk(public: &str) -> Desk {
    let desk = Desk::plan(&[
        (
            "plan.toml",
            "schema = 1\nid = \"p\"\nname = \"計画\"\ncity = \"架空市\"\nperiod = { from = \"R6\", to = \"R9\" }\nlevels = [\"柱\", \"取組\"]\nnote = [\"ひみつ注計画\", \"内部：ぜったいひみつ計画\"]\n\
             [[scale]]\nid = \"s\"\nname = \"状況\"\ngrades = [{ id = \"a\", name = \"良\" }]\n",
        ),
        (
            "outline/1.toml",
            "[1]\nname = \"甲\"\n[1-1]\nname = \"乙\"\nsummary = \"ひみつ概要\"\nnote = [\"ひみつ注項目\", \"【内部】ぜったいひみつ項目\"]\n\
             [[1-1.initiative]]\nname = \"内容\"\nstart = \"R6\"\nnote = \"ひみつ注取組\"\n\
             [[1-1.milestone]]\nname = \"節目\"\ndate = \"R7Q1\"\nnote = \"ひみつ注節目\"\n",
        ),
        (
            "indicators.toml",
            "[m]\nname = \"指標\"\nunit = \"件\"\nkind = \"up\"\nentry = \"1-1\"\nbaseline = { R5 = 40 }\ntarget = { R9 = { value = 60, note = \"ひみつ注目標\" } }\n\
             note = \"ひみつ注指標\"\nrevised = [{ until = 2025-03-31, target = { R9 = 50 }, reason = \"ひみつ理由目標\" }]\n",
        ),
        (
            "records/1-1.toml",
            "[[update]]\nperiod = \"R7Q1\"\nrecorded = 2025-07-03\nrating = { s = \"a\" }\ndone = \"ひみつ実績\"\nissue = \"ひみつ課題\"\nnext = \"ひみつ今後\"\n\
             note = [\"ひみつ注記録\", \"Internal: ぜったいひみつ記録\"]\nby = \"ひみつ記録者\"\n",
        ),
        (
            "records/m.toml",
            "[[measure]]\nperiod = \"R6\"\nrecorded = 2025-04-20\nvalue = 44\nnote = \"ひみつ注実績値\"\nby = \"ひみつ記録者\"\nverdict = \"met\"\nreason = \"ひみつ理由判断\"\n",
        ),
        ("reports/answers.toml", "[[answer]]\nabout = \"1-1\"\nperiod = \"R7Q1\"\nanswer = \"ぜったいひみつ答弁\"\n"),
        (
            "opinions/committee.toml",
            "name = \"委員会\"\nbody = \"committee\"\ndate = 2025-08-01\n\
             [[opinion]]\nnumber = \"1\"\nrecorded = 2025-08-02\nwho = \"委員\"\nperson = \"ぜったいひみつ氏名\"\nabout = \"1-1\"\nopinion = \"ひみつ意見\"\nby = \"ぜったいひみつ担当\"\n\
             [[opinion]]\nnumber = \"2\"\nrecorded = 2025-08-02\nabout = \"m\"\nopinion = \"ぜったいひみつ全文\"\nsummary = \"ひみつ要旨\"\n\
             [[response]]\nto = \"1\"\nrecorded = 2025-08-20\nstate = \"doing\"\nanswer = \"ひみつ対応\"\npromise = \"ひみつ約束\"\nuntil = \"R8\"\nby = \"ぜったいひみつ担当\"\n",
        ),
        ("publish.toml", public),
    ]);
    let checked = desk.run("check");
    assert_eq!(checked.code, 0, "{checked:?}");
    desk
}

/// All words of all files, those within Excel files too.
fn all_words(site: &BTreeMap<String, Vec<u8>>) -> String {
    let mut all = String::new();
    for (path, bytes) in site {
        if path.ends_with(".xlsx") {
            let mut parts = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
            for at in 0..parts.len() {
                let mut part = Vec::new();
                parts.by_index(at).unwrap().read_to_end(&mut part).unwrap();
                all.push_str(&String::from_utf8_lossy(&part));
            }
        } else {
            all.push_str(&String::from_utf8_lossy(bytes));
        }
        all.push('\n');
    }
    all
}

#[test]
fn a_text_goes_out_only_where_the_plan_names_its_kind() {
    for kind in ["summary", "done", "issue", "next", "by", "note", "reason", "opinion", ""] {
        let desk =
            desk(&format!("public = [{}]\n", if kind.is_empty() { String::new() } else { format!("\"{kind}\"") }));
        let previewed = desk.run("publish -o site --period R7Q2 --preview").done();
        let all = all_words(&published(&desk, "--period R7Q2 --lang ja,en"));
        assert!(!all.contains("ぜったいひみつ") && !previewed.out().contains("ぜったいひみつ"), "{kind}");
        for (of, text) in TEXTS {
            assert_eq!(all.contains(text), of == kind, "{kind}: {text}");
            assert_eq!(previewed.out().contains(text), of == kind, "{kind}: {text} in the preview");
        }
    }
}

#[test]
fn without_a_word_about_it_nothing_goes_out() {
    let desk = Desk::city("springfield");
    let said = desk.run("publish -o site").failed();
    assert!(said.contains("何を公表するかが決められていません（plan/publish.toml がありません）"), "{said}");
    assert!(!desk.path("site").exists());
}

#[test]
fn the_preview_lists_what_goes_out_for_the_first_time() {
    let desk = desk("public = [\"done\"]\n");
    assert!(desk.run("publish -o site --period R7Q2 --preview").done().out().contains("ひみつ実績"));
    assert!(!desk.path("site").exists(), "it writes nothing");
    published(&desk, "--period R7Q2");
    assert!(!desk.run("publish -o site --period R7Q2 --preview").done().out().contains("ひみつ実績"));
    desk.write("plan/publish.toml", "public = [\"done\", \"issue\"]\n");
    let out = desk.run("publish -o site --period R7Q2 --preview").done();
    assert!(out.out().contains("ひみつ課題") && !out.out().contains("ひみつ実績"), "{}", out.out());
}

#[test]
fn the_number_of_a_person_does_not_go_out() {
    let desk = desk("public = [\"done\"]\n");
    for (text, found) in [
        ("山田（０９０－１２３４－５６７８）", "０９０－１２３４－５６７８"),
        ("hanako@example.jp へ", "hanako@example.jp"),
    ] {
        desk.write(
            "plan/records/1-1.toml",
            format!(
                "[[update]]\nperiod = \"R7Q1\"\nrecorded = 2025-07-03\nrating = {{ s = \"a\" }}\ndone = \"{text}\"\n"
            ),
        );
        let checked = desk.run("check");
        assert_eq!(checked.code, 1, "{checked:?}");
        assert!(checked.out().contains("personal-contact") && checked.out().contains(found), "{}", checked.out());
        assert_eq!(desk.run("status").code, 0, "the plan is read all the same");
        let said = desk.run("publish -o site --period R7Q2").failed();
        assert!(said.contains(found) && said.contains("1 件あります"), "{said}");
        assert!(!desk.path("site").exists());
        desk.write("plan/publish.toml", format!("public = [\"done\"]\nallow = [\"{found}\"]\n"));
        assert_eq!(desk.run("check").code, 0);
        assert_eq!(desk.run("publish -o site --period R7Q2").code, 0);
        std::fs::remove_dir_all(desk.path("site")).unwrap();
        desk.write("plan/publish.toml", "public = [\"done\"]\n");
    }
    // In a text that does not go out it may stand.
    desk.write("plan/publish.toml", "public = [\"issue\"]\n");
    assert_eq!(desk.run("check").code, 0);
}

#[test]
fn what_goes_out_of_an_earlier_revision_is_said_today() {
    let desk = desk("public = [\"done\", \"issue\"]\n");
    desk.commit("2025-08-01T09:00:00+0900", "first");
    desk.write("plan/publish.toml", "public = [\"done\"]\n");
    desk.commit("2025-08-02T09:00:00+0900", "less");
    let all = all_words(&published(&desk, "--period R7Q1 --rev HEAD~1"));
    assert!(all.contains("ひみつ実績") && !all.contains("ひみつ課題"));
}

#[test]
fn what_changed_since_the_last_closing_tells_nothing_that_does_not_go_out() {
    let desk = desk("public = [\"done\"]\n");
    desk.commit("2025-07-10T09:00:00+0900", "first");
    assert_eq!(desk.run("close R7Q1 --by ひみつ担当 --note ひみつ決裁").code, 0);
    desk.commit("2025-07-11T09:00:00+0900", "closed");
    let outline = desk
        .text("plan/outline/1.toml")
        .replace("ひみつ注項目", "ひみつ注改")
        .replace("ひみつ概要", "ひみつ概要改")
        .replace("\"乙\"", "\"乙改\"");
    desk.write("plan/outline/1.toml", outline);
    desk.commit("2025-10-10T09:00:00+0900", "changed");
    let site = published(&desk, "--period R7Q2");
    let changes = page(&site, "plan/changes.html");
    assert!(changes.contains("乙改"), "{changes}");
    let all = all_words(&site);
    for secret in ["ひみつ注", "ひみつ概要", "ひみつ担当", "ひみつ決裁", "ひみつ課題"] {
        assert!(!all.contains(secret), "{secret}");
    }
    assert!(page(&site, "plan/periods/R7Q1.html").contains("令和7年度第1四半期の公表値"));
}

#[test]
fn a_final_site_states_nothing_unconfirmed() {
    let desk = Desk::copied();
    let said = desk.run("publish -o site --plan example --period R9Q1 --final").failed();
    assert!(said.contains("まだ終わっていない"), "{said}");
    assert!(!desk.path("site").exists());
    // A figure of an initiative, which no paper of a period states, stands on the page of its entry.
    let said = desk.run("publish -o site --plan example --period R8Q2 --final").failed();
    assert!(said.contains("確定版は書けません") && said.contains("3-3-1 ") && said.contains("の数値（R6）"), "{said}");
    assert!(!desk.path("site").exists());
}

#[test]
fn corrections_of_published_figures_stand_on_their_pages() {
    let desk = crate::closed::desk();
    desk.write("plan/publish.toml", "public = [\"done\", \"reason\"]\n");
    assert_eq!(desk.run("close R7Q2").code, 0);
    assert_eq!(desk.run("update 1-2 --period R7Q2 --rating 順調 --corrects R7Q1/2025-07-03").code, 0);
    let site = published(&desk, "--period R7Q2");
    assert!(page(&site, "plan/index.html").contains("【速報】"), "its figures are no longer those published");
    let changes = page(&site, "plan/changes.html");
    assert!(changes.contains("訂正として確定していない"), "{changes}");
    assert_eq!(desk.run("errata R7Q2 --record --reason 集計の誤り").code, 0);
    let site = published(&desk, "--period R7Q2");
    assert!(page(&site, "plan/index.html").contains("【確定】"));
    for path in ["plan/changes.html", "plan/entries/1-2.html"] {
        let page = page(&site, path);
        assert!(
            page.contains("集計の誤り") && page.contains("遅れ（R7Q1）") && page.contains("順調（R7Q2）"),
            "{path} {page}"
        );
    }
    // What was published leads to the row that says so, what holds now to how it came about.
    let changes = page(&site, "plan/changes.html");
    assert!(changes.contains("href=\"periods/R7Q2.html#figure-"), "{changes}");
    assert!(changes.contains("href=\"entries/1-2.html#figures\""), "{changes}");
    // As it was published: one of three is late.
    assert!(page(&site, "plan/periods/R7Q2.html").contains("遅れ（R7Q1）"));
}

#[test]
fn opinions_stand_on_their_page_and_with_what_they_are_about() {
    let desk = desk("public = [\"opinion\"]\n");
    let site = published(&desk, "--period R7Q2");
    for path in ["plan/opinions.html", "plan/entries/1-1.html"] {
        let page = page(&site, path);
        assert!(
            page.contains("ひみつ意見") && page.contains("対応中") && page.contains("ひみつ約束"),
            "{path}: {page}"
        );
    }
    assert!(page(&site, "plan/indicators/m.html").contains("ひみつ要旨"));
    assert!(page(&site, "plan/index.html").contains("href=\"opinions.html\""));
    desk.write("plan/publish.toml", "public = []\n");
    let site = published(&desk, "--period R7Q2");
    assert!(!site.contains_key("plan/opinions.html") && !page(&site, "plan/index.html").contains("opinions.html"));
}

/// Some texts stand at several entries: the list before and the count after count them alike.
#[test]
fn the_count_of_what_went_out_is_that_of_the_list() {
    let desk = Desk::copied();
    let listed = desk.run("publish -o site --plan example --period R8Q2 --preview").done();
    let count = listed.out().split_once("初めて公表する文章（").and_then(|(_, rest)| rest.split_once("件")).unwrap().0;
    let said = desk.run("publish -o site --plan example --period R8Q2");
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.err.contains(&format!("初めて公表した文章は {count} 件です")), "{}", said.err);
}
