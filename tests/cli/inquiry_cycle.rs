//! From the inquiry to the council's paper: what a department writes into its form is what the paper states.

use kaikaku::workbook::Content;

use crate::sheet::{Filling, number, text, through_libreoffice};
use crate::support::{Desk, Ran, without_marks};

const PERSONNEL: &str = "out/照会_R8Q3_人事課.xlsx";

/// The command did what it was to do, and recorded so.
fn well(ran: Ran) -> Ran {
    assert_eq!(ran.code, 0, "{}", ran.err);
    ran
}

/// A desk from which R8Q3 was asked for, and the form as 人事課 filled it in.
fn answered() -> Desk {
    let desk = Desk::copied();
    desk.run("inquiry send --plan example --period R8Q3 -o out --deadline R9.1.15").done();
    let rated = [("1-1-1", "やや遅れ"), ("1-1-2", "計画以上"), ("1-2-1", "やや遅れ"), ("1-3-1", "計画どおり")];
    let answer = |filling: Filling, (id, grade): (&str, &str)| {
        filling.answer(&format!("{id}/rating.progress@R8Q3"), text(grade))
    };
    let filling = rated.into_iter().fold(Filling::new(desk.read(PERSONNEL)), answer);
    let done: Content = text("採用説明会を3回開いた。");
    desk.write("back.xlsx", filling.answer("1-1-1/done@R8Q3", done).done());
    desk
}

/// R8Q2, the latest 所管評価 of each of the 20 entries: 計画以上 4 (1-1-1, 2-1-2, 2-2-1, 2-3-1), やや遅れ 1 (1-3-1),
/// 大幅な遅れ 1 (3-1-1), 計画どおり the other 14. The reply moves 1-1-1 down from 計画以上, 1-1-2 up to it, 1-2-1 down to
/// やや遅れ, 1-3-1 up from it: 4 − 1 + 1 = 4, 14 − 1 − 1 + 1 = 13, 1 + 1 + 1 − 1 = 2. Of 20: 20 %, 65 %, 10 %, 5 %.
fn states_the_reply(desk: &Desk, file: &str) {
    let collected = well(desk.run(&format!("inquiry collect {file} --plan example --apply")));
    assert!(collected.err.contains("答え 5 件を、4 件の記録にしました"), "{}", collected.err);
    let ran = desk.run("report council --plan example --period R8Q3 --for assembly --format md").done();
    let paper = ran.out();
    for sentence in [
        "令和8年度第3四半期末の取組項目は20件であり、このうち評価済は20件、未報告は0件である。今期の報告があったものは4件であり、ほかは直近の報告の区分により数えた。",
        "評価済20件の内訳は、計画以上4件（20.0％）、計画どおり13件（65.0％）、やや遅れ2件（10.0％）及び大幅な遅れ1件（5.0％）である。\
         計画どおり以上は、合わせて17件（85.0％）である。",
        "前回（令和8年度第2四半期）に比べ、計画どおりは1件の減、やや遅れは1件の増である。区分が改善した項目は2件、悪化した項目は2件である。",
        "対応を要する項目は、1-1-1 採用広報の強化と応募者層の拡大、1-2-1 研修体系の再編及び3-1-1 公共施設の再編の3件である。",
    ] {
        assert!(paper.lines().any(|line| line == sentence), "{sentence}\n\n{paper}");
    }
    let entry = desk.run("show 1-1-1 --plan example").done();
    assert!(entry.out().contains("採用説明会を3回開いた。"), "{}", entry.out());
}

#[test]
fn the_paper_states_what_came_back() {
    states_the_reply(&answered(), "back.xlsx");
}

#[test]
fn the_paper_states_what_came_back_through_libreoffice() {
    let desk = answered();
    let Some(saved) = through_libreoffice(&desk.path("back.xlsx"), &desk.path("office"), "xlsx") else { return };
    assert_ne!(std::fs::read(&saved).unwrap(), desk.read("back.xlsx"), "LibreOffice writes its own file");
    states_the_reply(&desk, &saved.display().to_string());
}

/// What is added to the records of 1-1-1 when 人事課, asked about the closed R8Q2, answers this; the department recorded
/// 計画以上, 72 %, 実績 and 今後の対応 on 2026-10-06 and left 課題 blank.
fn added(desk: &Desk, answers: &[(&str, Content)], day: &str) -> String {
    let send = ["inquiry", "send", "--plan", "example", "--period", "R8Q2", "-o", "again"];
    desk.with_env(&[("KAIKAKU_TODAY", "2026-09-01")], &send).done();
    let before = String::from_utf8(desk.read("plan/example/records/1-1-1.toml")).unwrap();
    let filling = Filling::new(desk.read("again/照会_R8Q2_人事課.xlsx")).cell("はじめに", 18, 2, text(day));
    let answer = |filling: Filling, (field, content): &(&str, Content)| {
        filling.answer(&format!("1-1-1/{field}@R8Q2"), content.clone())
    };
    desk.write("back.xlsx", answers.iter().fold(filling, answer).done());
    well(desk.run("inquiry collect back.xlsx --plan example --apply"));
    let after = String::from_utf8(desk.read("plan/example/records/1-1-1.toml")).unwrap();
    without_marks(after.strip_prefix(&before).unwrap())
}

#[test]
fn a_department_that_answers_otherwise_corrects_itself() {
    let desk = Desk::copied();
    let block = added(&desk, &[("rating.progress", text("計画どおり")), ("progress", number("75"))], "R8.11.20");
    assert_eq!(
        block,
        "\n[[update]]\nperiod   = \"R8Q2\"\nrecorded = 2026-11-20\ncorrects = \"R8Q2/2026-10-06\"\n\
         rating   = { progress = \"on-track\", start = \"running\" }\nprogress = 75\n\
         step     = { \"採用アンバサダーの派遣\" = \"実施\" }\n\
         done     = \"職場体験の受入れを19課に広げ、学生104名が参加した。\"\n\
         next     = \"体験した学生に秋の試験の案内を送る。\"\nby       = \"人事課\"\n"
    );
    let log = desk.run("log 1-1-1 --plan example").done();
    assert!(log.out().contains("R8Q2/2026-10-06 を訂正"), "{}", log.out());
}

#[test]
fn a_value_that_is_answered_otherwise_is_a_correction() {
    let desk = Desk::copied();
    desk.run("inquiry send --plan example --period R8Q2 -o out").done();
    let filling = Filling::new(desk.read("out/照会_R8Q2_人事課.xlsx"));
    desk.write("back.xlsx", filling.answer("overtime-hours/value@R7", text("未公表")).done());
    well(desk.run("inquiry collect back.xlsx --plan example --apply"));
    let records = String::from_utf8(desk.read("plan/example/records/overtime-hours.toml")).unwrap();
    let block = "\n[[measure]]\nperiod   = \"R7\"\nrecorded = 2026-11-21\ncorrects = \"R7/2026-06-09\"\nabsent   = \"未公表\"\nby       = \"人事課\"\n";
    assert!(without_marks(&records).ends_with(block), "{records}");
}

#[test]
fn what_is_only_added_corrects_nothing() {
    let block = added(&Desk::copied(), &[("issue", text("受入れ先が足りない。"))], "R8.11.20");
    assert_eq!(
        block,
        "\n[[update]]\nperiod   = \"R8Q2\"\nrecorded = 2026-11-20\nissue    = \"受入れ先が足りない。\"\nby       = \"人事課\"\n"
    );
}

/// 行政経営課 recorded 73 % after the department recorded 72 %: a correction of the department's record would stand before it.
#[test]
fn what_somebody_else_recorded_is_followed_and_not_corrected() {
    let desk = Desk::copied();
    well(desk.run("update 1-1-1 --plan example --period R8Q2 --progress 73 --by 行政経営課"));
    let block = added(&desk, &[("progress", number("75"))], "R8.11.20");
    assert_eq!(
        block,
        "\n[[update]]\nperiod   = \"R8Q2\"\nrecorded = 2026-11-21\nprogress = 75\nby       = \"人事課\"\n"
    );
    let again = well(desk.run("inquiry collect back.xlsx --plan example --format json"));
    let json: serde_json::Value = serde_json::from_str(again.out()).unwrap();
    assert_eq!(json["counts"]["changed"], 0, "what was collected is what is recorded");
}

#[test]
fn no_record_comes_before_what_it_answers() {
    let block = added(&Desk::copied(), &[("progress", number("75"))], "R8.9.30");
    assert!(block.contains("recorded = 2026-10-06\ncorrects = \"R8Q2/2026-10-06\"\n"), "{block}");
}

/// What 資産経営課 answers about the roadmap of 3-1-1 in R8Q3: of the two milestones whose time has come one was reached, the
/// other was not, and why.
fn roadmap(desk: &Desk, file: &str, answers: &[(&str, &str)]) -> String {
    let path = "plan/example/records/3-1-1.toml";
    let before = String::from_utf8(desk.read(path)).unwrap();
    let filling = Filling::new(desk.read("out/照会_R8Q3_資産経営課.xlsx"));
    let filling = answers
        .iter()
        .fold(filling, |filling, (field, answer)| filling.answer(&format!("3-1-1/{field}@R8Q3"), text(answer)));
    desk.write(file, filling.done());
    well(desk.run(&format!("inquiry collect {file} --plan example --apply")));
    let after = String::from_utf8(desk.read(path)).unwrap();
    without_marks(after.strip_prefix(&before).unwrap())
}

#[test]
fn what_the_roadmap_expects_is_asked_and_recorded() {
    let desk = Desk::copied();
    desk.run("inquiry send --plan example --period R8Q3 -o out").done();
    let answers = [
        ("step.集会所の地元への譲渡", "準備"),
        ("reached.地区別計画の決定", "令和８年１１月１０日"),
        ("reached.素案の公表", "庁内調整のため。R9.2に公表する見込み"),
    ];
    let block = roadmap(&desk, "back.xlsx", &answers);
    assert_eq!(
        block,
        "\n[[update]]\nperiod   = \"R8Q3\"\nrecorded = 2026-11-21\nstep     = { \"集会所の地元への譲渡\" = \"準備\" }\n\
         reached  = { \"地区別計画の決定\" = \"R8.11.10\" }\n\
         note     = \"節目「素案の公表」：庁内調整のため。R9.2に公表する見込み\"\nby       = \"資産経営課\"\n"
    );
    // What was reached is no longer owed; what was not still is.
    let due = desk.run("due --plan example --as-of R9.1.10 --owner 資産経営課");
    assert!(!due.out().contains("地区別計画の決定") && due.out().contains("素案の公表"), "{}", due.out());
    let again = well(desk.run("inquiry collect back.xlsx --plan example --format json"));
    let json: serde_json::Value = serde_json::from_str(again.out()).unwrap();
    assert_eq!(json["counts"]["changed"], 0, "what was collected is what is recorded");
    // Reached after all: the reason goes, and what stands beside it stays.
    desk.run("inquiry send --plan example --period R8Q3 -o out --force").done();
    let block = roadmap(&desk, "later.xlsx", &[("reached.素案の公表", "2026/11/20")]);
    assert_eq!(
        block,
        "\n[[update]]\nperiod   = \"R8Q3\"\nrecorded = 2026-11-21\ncorrects = \"R8Q3/2026-11-21\"\n\
         step     = { \"集会所の地元への譲渡\" = \"準備\" }\n\
         reached  = { \"素案の公表\" = \"R8.11.20\", \"地区別計画の決定\" = \"R8.11.10\" }\nby       = \"資産経営課\"\n"
    );
    let due = desk.run("due --plan example --as-of R9.1.10 --owner 資産経営課");
    assert!(!due.out().contains("素案の公表"), "{}", due.out());
}

#[test]
fn a_day_that_cannot_be_is_not_recorded() {
    let desk = Desk::copied();
    desk.run("inquiry send --plan example --period R8Q3 -o out").done();
    let filling = Filling::new(desk.read("out/照会_R8Q3_資産経営課.xlsx"));
    let filling = filling.answer("3-1-1/reached.素案の公表@R8Q3", text("令和9年2月1日"));
    let filling = filling.answer("3-1-1/reached.地区別計画の決定@R8Q3", text("11月10日"));
    let filling = filling.answer("3-1-1/step.集会所の地元への譲渡@R8Q3", text("着工"));
    desk.write("back.xlsx", filling.done());
    let ran = desk.run("inquiry collect back.xlsx --plan example --format json");
    assert_eq!(ran.code, 1);
    let json: serde_json::Value = serde_json::from_str(ran.out()).unwrap();
    let class = |field: &str| {
        let row = json["rows"].as_array().unwrap().iter().find(|row| row["question"] == field).unwrap();
        (row["class"].as_str().unwrap().to_owned(), row["reason"]["ja"].as_str().unwrap().to_owned())
    };
    let (future, year, step) =
        (class("reached.素案の公表"), class("reached.地区別計画の決定"), class("step.集会所の地元への譲渡"));
    assert!(future.0 == "invalid" && future.1.contains("2027-02-01"), "{future:?}");
    assert!(year.0 == "invalid" && year.1.contains("何年か決まりません"), "{year:?}");
    assert!(step.0 == "invalid" && step.1.contains("「着工」は選べません"), "{step:?}");
}
