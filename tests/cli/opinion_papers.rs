//! `verify` of the papers of opinions: each fact of their tables is held, in every format. And what their totals count.

use crate::support::Desk;
use crate::verify::{found_in, listed, repacked};

const FORMATS: [&str; 4] = ["docx", "xlsx", "html", "md"];

/// A meeting with four opinions, one of which two departments answer, and a consultation with two that are one.
fn desk() -> Desk {
    let desk = Desk::copied();
    let run = |args: &[&str]| {
        let ran = desk.call(&[args, &["--plan", "example"]].concat());
        assert_eq!(ran.code, 0, "{args:?}: {}", ran.err);
    };
    let meeting = ["opinion", "add", "R8.5.20", "--name", "改革推進会議"];
    run(&[
        &meeting[..],
        &["--who", "委員", "--kind", "要望", "--about", "1-1-1", "--opinion", "説明会を開いてほしい。"],
    ]
    .concat());
    run(&[
        &meeting[..],
        &["--about", "1-1-2", "--about", "counter-satisfaction", "--kind", "質問", "--opinion", "なぜか。"],
    ]
    .concat());
    run(&[&meeting[..], &["--about", "2-1-1", "--opinion", "窓口を増やせ。"]].concat());
    run(&[&meeting[..], &["--about", "2-2-1", "--opinion", "紙も残せ。"]].concat());
    let answer = |number: &str, more: &[&str]| run(&[&["opinion", "answer", number][..], more].concat());
    answer(
        "2026-05-20/1",
        &["--state", "対応中", "--answer", "準備している。", "--promise", "市外で開く", "--until", "R9.1"],
    );
    answer("2026-05-20/2", &["--owner", "窓口サービス課", "--state", "対応済", "--answer", "待ち時間のためである。"]);
    answer("2026-05-20/4", &["--state", "対応しない", "--answer", "残さない。", "--reason", "予算がないため"]);
    let said = ["opinion", "add", "R8.11.9", "--name", "素案への意見募集", "--owner", "財政課"];
    run(&[&said[..], &["--opinion", "夜も開けて。", "--summary", "窓口の時間", "--count", "7"]].concat());
    run(&[&said[..], &["--opinion", "夕方も開けて。", "--like", "1", "--count", "4"]].concat());
    answer("2026-11-09/1", &["--state", "検討中", "--answer", "試行を考える。"]);
    desk
}

/// Writes a paper in each format, and exchanges words of it; what was found, by format.
fn exchanged(desk: &Desk, paper: &str, asked: &str, old: &str, new: &str) -> [String; 4] {
    FORMATS.map(|format| {
        let (file, edited) = (format!("{paper}.{format}"), format!("edited.{format}"));
        if !desk.path(&file).exists() {
            let ran = desk.run(&format!("{asked} --plan example --lang ja -o {file}"));
            assert!(ran.code < 2, "{asked}: {}", ran.err);
            assert_eq!(listed(&found_in(desk, &file)), "", "{file}");
        }
        let bytes = desk.read(&file);
        let cell = |words: &str| if format == "md" { format!("| {words} |") } else { format!(">{words}<") };
        let change = |text: &str| match !old.contains(char::is_numeric) && text.contains(&cell(old)) {
            true => text.replacen(&cell(old), &cell(new), 1),
            false => text.replacen(old, new, 1),
        };
        let changed = match format {
            "docx" => repacked(&bytes, "word/document.xml", change),
            "xlsx" => repacked(&bytes, "xl/sharedStrings.xml", change),
            _ => change(&String::from_utf8(bytes.clone()).unwrap()).into_bytes(),
        };
        assert!(changed != bytes, "{file} has no {old}");
        desk.write(&edited, changed);
        listed(&found_in(desk, &edited))
    })
}

#[test]
fn every_fact_of_a_table_of_opinions_is_held_in_every_format() {
    let desk = desk();
    for (paper, asked, edits) in [
        (
            "previous",
            "report opinions --for previous --meeting 2026-05-20",
            &[
                ("対応中", "対応済"),
                ("人事課：未回答", "人事課：対応済"),
                ("窓口サービス課：対応済", "窓口サービス課：検討中"),
                ("要望", "質問"),
                ("改革推進会議", "行政改革会議"),
                ("R8.5.20", "R8.5.21"),
                ("（R9.1まで）", "（R9.2まで）"),
                ("人事課", "財政課"),
                ("委員", "議員"),
                ("2-1-1", "2-1-2"),
            ][..],
        ),
        ("ledger", "report opinions --for ledger", &[("対応しない", "対応中"), ("検討中", "対応中"), ("質問", "苦情")]),
        (
            "public",
            "report opinions --for public",
            &[("検討中 1項目", "対応済 1項目"), ("検討中 1項目", "検討中 2項目"), ("意見は11件", "意見は12件")],
        ),
        (
            "handover",
            "handover",
            &[
                ("対応中", "対応済"),
                ("未回答", "対応済"),
                ("（R9.1.31まで）", "（R9.2.28まで）"),
                ("改革推進会議", "改革会議"),
            ],
        ),
    ] {
        for (old, new) in edits {
            let found = exchanged(&desk, paper, asked, old, new);
            let missed: Vec<&str> = FORMATS
                .into_iter()
                .zip(&found)
                .filter(|(_, found)| found.is_empty())
                .map(|(format, _)| format)
                .collect();
            assert!(missed.is_empty(), "{paper}: {old} → {new} is not found in {missed:?}");
        }
    }
}

/// The number of those who said so stands as a number in Excel.
#[test]
fn the_count_of_a_consultation_is_held_in_excel() {
    let desk = desk();
    assert_eq!(desk.run("report opinions --for public --plan example -o public.xlsx").code, 0);
    let bytes = desk.read("public.xlsx");
    let edited = (1..=3).map(|sheet| {
        // Behind the places of shared texts.
        repacked(&bytes, &format!("xl/worksheets/sheet{sheet}.xml"), |text| match text.rsplit_once("<v>11</v>") {
            Some((before, behind)) => format!("{before}<v>12</v>{behind}"),
            None => text.to_owned(),
        })
    });
    let found = edited.filter(|edited| *edited != bytes).map(|edited| {
        desk.write("edited.xlsx", edited);
        listed(&found_in(&desk, "edited.xlsx"))
    });
    assert!(found.into_iter().any(|found| found.contains("12/11")));
}

/// Whoever rewords an answer, or what was said, states nothing else.
#[test]
fn sentences_may_be_reworded() {
    let desk = desk();
    let asked = "report opinions --for ledger";
    for (old, new) in [("残さない。", "残すことはしない。"), ("説明会を開いてほしい。", "説明会の開催を求める。")]
    {
        assert_eq!(exchanged(&desk, "ledger", asked, old, new), [""; 4], "{old}");
    }
}

/// 7 + 4 said one thing: 11 opinions in 1 group, beside 4 of a meeting. What is counted by state is the groups.
#[test]
fn a_total_says_what_it_counts() {
    let desk = desk();
    let paper = desk.run("report opinions --for ledger --plan example --format md").done();
    let total = "意見は15件（まとめて5項目）である。5項目の内訳は、未回答 2項目、対応中 1項目、検討中 1項目、対応しない 1項目である。";
    assert!(paper.out().contains(total), "{}", paper.out());
    let english = desk.run("report opinions --for ledger --plan example --format md --lang en").done();
    let total = "Opinions: 15, in 5 groups. Groups by state: unanswered 2, in progress 1, being considered 1, not to be done 1.";
    assert!(english.out().contains(total), "{}", english.out());
    // Where none are grouped, an opinion is an opinion.
    let meeting = desk.run("report opinions --for ledger --meeting 2026-05-20 --plan example --format md").done();
    let total = "意見は4件である（未回答 2件、対応中 1件、対応しない 1件）。";
    assert!(meeting.out().contains(total), "{}", meeting.out());
    // Open are 1, 2 and 3 of the meeting and the consultation: 3 + 11 said so; 3 is answered by two departments.
    let handover = desk.run("handover --plan example --format md").done();
    assert!(handover.out().contains("未対応の意見　14件（まとめて4項目）（3を参照）"), "{}", handover.out());
    assert!(handover.out().contains("次の表は、意見1項目について、答える課ごとに1行とする。"), "{}", handover.out());
}

/// What an answer or a correction replaces is said; what was settled is opened again with a reason.
#[test]
fn an_answer_says_what_it_replaces() {
    let desk = desk();
    let on = |day: &str, args: &str| {
        let args = format!("{args} --plan example");
        desk.with_env(&[("KAIKAKU_TODAY", day)], &args.split(' ').collect::<Vec<_>>())
    };
    let answer = |day: &str, more: &str| on(day, &format!("opinion answer 2026-05-20/1 {more}"));
    let told = answer("2026-11-22", "--state 対応済 --answer 開いた。").err;
    for said in
        ["対応状況：対応中 → 対応済", "対応の内容：準備している。 → 開いた。", "約束：市外で開く（R9.1まで） → －"]
    {
        assert!(told.contains(said), "{said}: {told}");
    }
    let before = desk.files();
    let err = answer("2026-11-23", "--state 検討中 --answer 考える。").failed();
    assert!(err.contains("「対応済」から「検討中」に戻っています") && err.contains("--confirmed"), "{err}");
    assert_eq!(desk.files(), before);
    let reopened = answer("2026-11-23", "--state 検討中 --answer 考える。 --confirmed 会場が変わったため");
    assert!(reopened.code == 0 && reopened.err.contains("対応済 → 検討中"), "{reopened:?}");
    // Nobody had answered 3: nothing is replaced.
    let first = on("2026-11-23", "opinion answer 2026-05-20/3 --state 対応中 --answer 増やす。");
    assert!(first.code == 0 && !first.err.contains('→'), "{first:?}");
    let corrected = on("2026-11-23", "opinion add 2026-05-20/1 --corrects 2026-11-21 --kind 意見");
    assert!(corrected.code == 0 && corrected.err.contains("種類：要望 → 意見"), "{corrected:?}");
}
