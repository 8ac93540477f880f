//! From which state of the record a paper says that it is: closed periods, the commit, what changed since an earlier one.

use crate::closed::desk;
use crate::support::Desk;

const PAPER: &str = "report council --period R7Q2 --format md";
const THEN: &str = "2025-10-10T09:00:00+0900";
const LATER: &str = "2025-10-20T09:00:00+0900";

fn paper(desk: &Desk, args: &str) -> String {
    desk.run(args).done().out().to_owned()
}

fn head(desk: &Desk) -> String {
    desk.git(THEN, &["rev-parse", "HEAD"]).trim().to_owned()
}

/// As much of a commit's id as a paper has.
fn short(id: &str) -> &str {
    &id[..10]
}

fn agrees(desk: &Desk, text: &str) {
    desk.write("paper.md", text);
    let ran = desk.run("verify paper.md");
    assert_eq!(ran.code, 0, "{ran:?}");
}

/// Closed on 2026-11-21, the day of every test.
#[test]
fn a_closed_period_is_final_by_itself_while_its_figures_hold() {
    let desk = desk();
    assert!(paper(&desk, PAPER).contains("【速報】"));
    assert_eq!(desk.run("close R7Q2").code, 0);
    let manifest = desk.files().into_iter().find(|(path, _)| path.to_string_lossy().contains("R7Q2")).unwrap().1;
    let manifest = String::from_utf8(manifest).unwrap();
    let fingerprint = manifest.lines().find_map(|line| line.strip_prefix("fingerprint")).unwrap();
    let short = &fingerprint.trim_matches([' ', '=', '"'])[..12];
    for args in [PAPER, "report questions --period R7Q2 --format md"] {
        let text = paper(&desk, args);
        assert!(text.contains("【確定】") && text.contains("状態 確定"), "{text}");
        assert!(text.contains(&format!("令和8年11月21日確定（照合番号 {short}）")), "{text}");
        agrees(&desk, &text);
    }
    desk.write("plan/records/1-3.toml", "[[update]]\nperiod = \"R7Q2\"\nrating = { s = \"late\" }\n");
    let ran = desk.run(PAPER);
    assert!(ran.out().contains("【速報】") && !ran.out().contains("照合番号"), "{ran:?}");
    assert!(ran.err.contains("R7Q2 は確定していますが、今の数値は公表したものと違います"), "{ran:?}");
    let stated = desk.run(&format!("{PAPER} --final")).failed();
    assert!(stated.contains("確定版は書けません") && stated.contains("kaikaku errata R7Q2"), "{stated}");
}

#[test]
fn a_paper_from_a_checkout_names_its_commit() {
    let desk = desk();
    assert!(paper(&desk, PAPER).contains("版 作業中"));
    desk.commit(THEN, "R7Q2");
    let head = head(&desk);
    let clean = paper(&desk, PAPER);
    assert!(clean.contains(&format!("版 {}、状態 速報）", short(&head))), "{clean}");
    assert_eq!(clean, paper(&desk, &format!("{PAPER} --rev HEAD")), "the same record, the same bytes");
    desk.write("plan/records/1-3.toml", "[[update]]\nperiod = \"R7Q2\"\nrating = { s = \"late\" }\n");
    agrees(&desk, &clean);
    let changed = paper(&desk, PAPER);
    assert!(changed.contains(&format!("版 {}、状態 速報、未コミットの変更あり）", short(&head))), "{changed}");
    agrees(&desk, &changed);
}

#[test]
fn what_changed_in_the_plan_since_a_revision_is_reported_with_it() {
    let desk = desk();
    desk.commit(THEN, "R7Q1");
    let first = head(&desk);
    let outline = String::from_utf8(desk.read("plan/outline/1.toml")).unwrap();
    desk.write("plan/outline/1.toml", outline.replace("name = \"乙\"", "name = \"乙の二\""));
    desk.write("plan/records/1-3.toml", "[[update]]\nperiod = \"R7Q2\"\nrating = { s = \"late\" }\n");
    desk.commit(LATER, "R7Q2");
    let text = paper(&desk, &format!("{PAPER} --since {first}"));
    assert!(text.contains("**令和7年10月10日時点の計画からの変更**"), "{text}");
    let rows = text.lines().filter(|line| line.starts_with("| 1-2 乙の二 | 名称の変更")).count();
    assert_eq!(rows, 1, "{text}");
    assert!(!text.contains("| 1-3 丙 | 記録"), "records are shown elsewhere: {text}");
    assert!(text.contains(&format!("比較した版 {}", short(&first))), "{text}");
    agrees(&desk, &text);
    assert!(desk.run(&format!("{PAPER} --since nowhere")).failed().contains("「nowhere」"));
}

#[test]
fn the_closing_of_the_period_before_is_what_changes_are_counted_from() {
    let desk = desk();
    desk.commit(THEN, "R7Q1");
    let first = head(&desk);
    assert_eq!(desk.run("close R7Q1").code, 0);
    let outline = String::from_utf8(desk.read("plan/outline/1.toml")).unwrap();
    desk.write("plan/outline/1.toml", outline.replace("name = \"乙\"", "name = \"乙の二\""));
    desk.commit(LATER, "R7Q2");
    let text = paper(&desk, PAPER);
    assert!(
        text.contains("| 1-2 乙の二 | 名称の変更") && text.contains(&format!("比較した版 {}", short(&first))),
        "{text}"
    );
    agrees(&desk, &text);
}

/// The commit says nothing of a plan that git is reported to ignore, so it is not what the paper was written from.
#[test]
fn a_plan_that_git_ignores_is_of_no_commit() {
    let desk = desk();
    desk.write(".gitignore", "plan/\n");
    desk.commit(THEN, "R7Q1");
    let text = paper(&desk, PAPER);
    assert!(text.contains("版 作業中") && !text.contains("未コミット"), "{text}");
    agrees(&desk, &text);
    desk.write(".gitignore", "plan/records/\n");
    desk.commit(LATER, "R7Q2");
    let text = paper(&desk, PAPER);
    assert!(text.contains(&format!("版 {}、状態 速報、未コミットの変更あり）", short(&head(&desk)))), "{text}");
}

/// As in a clone that has not the whole history.
#[test]
fn a_closing_whose_commit_is_missing_is_reported() {
    let desk = desk();
    desk.commit(THEN, "R7Q1");
    let first = head(&desk);
    assert_eq!(desk.run("close R7Q1").code, 0);
    let closed = "plan/closed/R7Q1.toml";
    let missing = "0123456789abcdef0123456789abcdef01234567";
    desk.write(closed, String::from_utf8(desk.read(closed)).unwrap().replace(&first, missing));
    let ran = desk.run(PAPER);
    assert!(ran.out().contains("前の期間を確定したときの版を読み取れないため"), "{ran:?}");
    assert!(!ran.out().contains("計画の変更はない"), "it is not known: {ran:?}");
    assert!(ran.err.contains(&format!("前の期間を確定したときの版 {missing} を読み取れない")), "{ran:?}");
    assert_eq!(ran.code, 0);
    let text = ran.out().to_owned();
    desk.write("paper.md", &text);
    assert_eq!(desk.run("verify paper.md").code, 0);
}
