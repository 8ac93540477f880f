//! What cannot be so is refused, what is unlikely has to be confirmed, and an old file that holds it stays readable.

use crate::support::{Desk, Ran, by_id};

const RECORDS: &str = "plan/example/records/1-1-2.toml";
const VALUES: &str = "plan/example/records/counter-satisfaction.toml";

/// A command about the example on a day.
fn on(desk: &Desk, day: &str, args: &str) -> Ran {
    let args: Vec<&str> = args.split_whitespace().collect();
    desk.with_env(&[("KAIKAKU_TODAY", day)], &args)
}

/// Refused with these words, in both languages, and nothing written; a dry run says the same.
fn refused(desk: &Desk, day: &str, args: &str, words: &[&str]) {
    let before = desk.files();
    for more in ["", "--dry-run", "--lang en"] {
        let ran = on(desk, day, &format!("{args} --plan example {more}"));
        assert_eq!((ran.code, ran.out()), (2, ""), "{args}: {}", ran.err);
        let misses: Vec<_> = words.iter().filter(|word| !ran.err.contains(**word)).collect();
        assert!(misses.is_empty(), "{args} {more}: no {misses:?} in {}", ran.err);
    }
    assert_eq!(desk.files(), before, "{args}");
}

#[test]
fn a_period_that_has_not_begun_is_refused_with_the_one_that_is_meant() {
    let desk = Desk::copied();
    refused(
        &desk,
        "2027-02-10",
        "update 1-1-2 --period R9Q4 --rating 大幅な遅れ --by 人事課",
        &["R9Q4", "2028-01-01", "R8Q4"],
    );
    // By hand: R8Q4 is January to March of 2027, so that it begins on New Year's day of 2027.
    refused(&desk, "2026-12-31", "update 1-1-2 --period R8Q4 --progress 60", &["2027-01-01", "R8Q3"]);
    refused(&desk, "2026-11-21", "measure counter-satisfaction 83 --period R9", &["2027-04-01", "R8"]);
    refused(&desk, "2026-11-21", "update 1-1-2 --period R9Q4 --progress 60 --confirmed 本当", &["R9Q4"]);
    let ran = on(&desk, "2027-02-10", "update 1-1-2 --period R8Q4 --rating 大幅な遅れ --by 人事課 --plan example");
    assert_eq!(ran.code, 0, "{}", ran.err);
    let status = desk.json("status --plan example --as-of R8Q4 --under 1-1-2");
    let node = by_id(&status["nodes"], "1-1-2");
    assert_eq!((node["period"].as_str(), node["rating"].as_str()), (Some("R8Q4"), Some("stalled")), "{node:#}");
    let desk = Desk::copied();
    assert_eq!(on(&desk, "2027-01-01", "update 1-1-2 --period R8Q4 --progress 60 --plan example --dry-run").code, 0);
}

/// What was answered, and what was said at a meeting, cannot be of a time that is still to come.
#[test]
fn an_answer_and_a_meeting_of_a_time_to_come_are_refused() {
    let desk = Desk::copied();
    for draft in ["", "--draft"] {
        refused(
            &desk,
            "2027-02-10",
            &format!("answer 1-1-1 はい --period R9Q4 {draft}"),
            &["R9Q4", "2028-01-01", "R8Q4"],
        );
        refused(&desk, "2026-11-21", &format!("answer 1-1-1 はい --period R30 {draft}"), &["R30"]);
    }
    assert_eq!(on(&desk, "2027-02-10", "answer 1-1-1 はい --period R8Q4 --draft --plan example --dry-run").code, 0);
    let add = "opinion add --opinion 混む --name 委員会";
    refused(&desk, "2026-11-21", &format!("{add} 2099-01-01"), &["2099-01-01", "2026-11-21"]);
    refused(&desk, "2026-11-21", &format!("{add} R8.11.22"), &["2026-11-22"]);
    refused(&desk, "2026-11-21", &format!("{add} R8.12.20 --from R8.11.22"), &["2026-11-22"]);
    refused(&desk, "2026-11-21", &format!("{add} 2099-12-20 --from R8.11.20"), &["2099-12-20"]);
    // Opinions come while they are asked for.
    for when in ["R8.11.21", "R8.12.20 --from R8.11.20"] {
        let ran = on(&desk, "2026-11-21", &format!("{add} {when} --plan example --dry-run"));
        assert_eq!(ran.code, 0, "{when}: {}", ran.err);
    }
    desk.write("list.csv", "番号,意見\n1,混む\n");
    let import = on(&desk, "2026-11-21", "opinion import list.csv --meeting 2099-01-01 --name 委員会 --plan example");
    assert_eq!((import.code, import.out()), (2, ""), "{}", import.err);
    // Files written by hand are told the same.
    desk.write(
        "plan/example/reports/answers.toml",
        "schema = 1\n\n[[answer]]\nabout = \"1-1-1\"\nperiod = \"R9Q4\"\nrecorded = 2099-01-01\nanswer = \"はい\"\n\
         \n[[answer]]\nabout = \"1-1-1\"\nperiod = \"R9Q4\"\nanswer = \"はい\"\ndraft = true\n",
    );
    let meeting = "schema = 1\nname = \"委員会\"\nbody = \"committee\"\ndate = 2099-03-01\n\n[[opinion]]\nnumber = \"1\"\n\
                   recorded = 2099-03-02\nopinion = \"混む\"\n";
    desk.write("plan/example/opinions/2099-03-01.toml", meeting);
    let found = on(&desk, "2026-11-21", "check --plan example");
    for words in ["2099-01-01 はまだ来ていません", "R9Q4 は 2028-01-01 に始まる", "2099-03-01 はまだ来ていません"]
    {
        assert!(format!("{}{}", found.out(), found.err).contains(words), "{words}: {found:?}");
    }
}

#[test]
fn a_day_that_has_not_come_is_refused() {
    let desk = Desk::copied();
    refused(
        &desk,
        "2026-11-21",
        "update 1-1-2 --period R8Q2 --progress 60 --recorded 2099-12-31",
        &["2099-12-31", "2026-11-21"],
    );
    refused(&desk, "2026-11-21", "update 1-1-2 --period R8Q2 --progress 60 --recorded R8.11.22", &["2026-11-22"]);
    refused(&desk, "2026-11-21", "measure counter-satisfaction 83 --period R8 --recorded R9.1.4", &["2027-01-04"]);
    let milestone = "update 3-1-1 --period R8Q2 --reached 地区別計画の決定=";
    refused(&desk, "2026-11-21", &format!("{milestone}R8.11.22"), &["地区別計画の決定", "R8.11.22", "2026-11-21"]);
    refused(&desk, "2026-11-21", &format!("{milestone}R8.12"), &["R8.12"]);
    let ran = desk.run(&format!("{milestone}R8.11.21 --plan example"));
    assert_eq!(ran.code, 0, "{}", ran.err);
}

#[test]
fn a_value_unlike_all_others_has_to_be_confirmed() {
    let confirm = "--confirmed";
    for (typed, words) in [
        ("0.819", ["81.9％", confirm]),
        ("7.8", ["78.4", confirm]),
        ("819", ["819", confirm]),
        ("101", ["100", confirm]),
    ] {
        let desk = Desk::copied();
        let args = format!("measure counter-satisfaction {typed} --period R8");
        let before = desk.files();
        let ran = desk.run(&format!("{args} --plan example"));
        assert!(ran.code == 2 && words.iter().all(|word| ran.err.contains(word)), "{typed}: {}", ran.err);
        assert_eq!(desk.files(), before);
        assert_eq!(desk.run(&format!("{args} --plan example --confirmed 窓口で確認")).code, 0, "{typed}");
        let file = String::from_utf8(desk.read(VALUES)).unwrap();
        let block = format!(
            "[[measure]]\nperiod   = \"R8\"\nrecorded = 2026-11-21\nvalue    = {typed}\nnote     = \"窓口で確認\"\n"
        );
        assert!(file.ends_with(&block), "{file}");
        assert_eq!(desk.run("check --plan example --strict").code, 0, "what has a note is explained");
    }
    // By hand: a tenth of the least of them, 78.4, is 7.84; down to it a value is of the same order.
    let desk = Desk::copied();
    assert_eq!(desk.run("measure counter-satisfaction 7.84 --period R8 --plan example").code, 0);
    let desk = Desk::copied();
    assert_eq!(desk.run("measure counter-satisfaction 83 --period R8 --plan example --confirmed 不要").code, 0);
    assert!(!String::from_utf8(desk.read(VALUES)).unwrap().contains("不要"), "what is plausible needs no reason");
}

#[test]
fn a_value_that_cannot_be_is_refused() {
    let desk = Desk::copied();
    for typed in ["98.8％以上", "８２％以下", "82未満"] {
        let args = format!("measure counter-satisfaction {typed} --period R8 --confirmed 本当");
        refused(&desk, "2026-11-21", &args, &[typed]);
    }
    refused(
        &desk,
        "2026-11-21",
        "measure counter-satisfaction 831 --period R8 --sample 801 --confirmed 本当",
        &["100", "sample"],
    );
    refused(&desk, "2026-11-21", "measure counter-satisfaction 83 --period H8 --by 課", &["H8", "R6"]);
}

#[test]
fn progress_that_falls_has_to_be_confirmed() {
    let desk = Desk::copied();
    // The file says 56 % of R8Q1 and nothing later.
    let args = "update 1-1-2 --period R8Q2 --progress 20 --plan example";
    let err = desk.run(args).failed();
    assert!(err.contains("56％") && err.contains("20％") && err.contains("--confirmed"), "{err}");
    let ran = desk
        .call(&[&args.split(' ').collect::<Vec<_>>()[..], &["--note", "暫定", "--confirmed", "対象を広げた"]].concat());
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out().ends_with("progress = 20\nnote     = [\"暫定\", \"対象を広げた\"]\n"), "{}", ran.out());
    assert_eq!(desk.run("check --plan example --strict").code, 0);
    // The next one is held against that.
    assert_eq!(desk.run("update 1-1-2 --period R8Q3 --progress 30 --plan example").code, 0);
    // A correction keeps the notes of what it corrects.
    let name = "R8Q2/2026-11-21";
    let ran = desk.run(&format!("update 1-1-2 --corrects {name} --progress 10 --plan example --confirmed 集計の誤り"));
    assert!(
        ran.out().contains("note     = [\"暫定\", \"対象を広げた\", \"集計の誤り\"]\n"),
        "{} {}",
        ran.out(),
        ran.err
    );
    assert_eq!(desk.run("update 1-1-2 --period R8Q3 --progress 5 --evaluator committee --plan example").code, 0);
}

#[test]
fn an_old_file_with_a_day_of_2099_blocks_nobody() {
    let desk = Desk::copied();
    let old = String::from_utf8(desk.read(RECORDS)).unwrap();
    desk.write(
        RECORDS,
        old + "\n[[update]]\nperiod   = \"R8Q2\"\nrecorded = 2099-12-31\nprogress = 60\nby       = \"人事課\"\n",
    );
    let check = desk.run("check --plan example");
    assert!(check.code == 0 && check.out().contains("警告[future-day]"), "{}", check.out());
    assert_eq!(desk.run("check --plan example --strict").code, 1);
    for read in ["status", "kpi", "log", "show 1-1-2"] {
        assert_eq!(desk.run(&format!("{read} --plan example")).code, 0, "{read}");
    }
    let err = desk.run("update 1-1-2 --period R8Q3 --progress 62 --plan example").failed();
    assert!(err.contains("R8Q2/2099-12-31") && err.contains("--confirmed"), "{err}");
    assert_eq!(desk.run("update 1-1-2 --period R8Q3 --progress 62 --plan example --confirmed 時計は正しい").code, 0);
    let err = desk.run("update 1-1-2 --period R8Q2 --progress 61 --plan example").failed();
    assert!(err.contains("数えられません") && err.contains("R8Q2/2099-12-31"), "{err}");
    assert!(err.contains("--corrects R8Q2/2099-12-31") && err.contains("--withdraw"), "{err}");
    // Once the day is right, nothing is in the way.
    let file = String::from_utf8(desk.read(RECORDS)).unwrap();
    desk.write(RECORDS, file.replace("2099-12-31", "2026-10-05"));
    assert_eq!(desk.run("update 1-1-2 --period R8Q2 --progress 61 --plan example").code, 0);
    assert_eq!(desk.run("check --plan example --strict").code, 0);
}

/// Whoever has no mind to edit files puts it right with a command; what is recorded after that has the last word.
#[test]
fn a_record_of_2099_is_corrected_and_withdrawn_by_command() {
    const LATE: &str = "\nrecorded = 2099-12-31\nby       = \"人事課\"\n";
    for (path, late, command, after, list, id) in [
        (
            RECORDS,
            format!("\n[[update]]\nperiod   = \"R8Q2\"\nprogress = 60{LATE}"),
            [
                "update 1-1-2 --corrects R8Q2/2099-12-31 --progress 61",
                "update 1-1-2 --corrects R8Q2/2099-12-31 --withdraw",
            ],
            "update 1-1-2 --period R8Q2 --progress 63",
            ["status", "nodes", "progress"],
            "1-1-2",
        ),
        (
            VALUES,
            format!("\n[[measure]]\nperiod   = \"R7\"\nvalue    = 80{LATE}"),
            [
                "measure counter-satisfaction 81 --corrects R7/2099-12-31",
                "measure counter-satisfaction --corrects R7/2099-12-31 --withdraw",
            ],
            "measure counter-satisfaction 82 --period R7",
            ["kpi", "indicators", "actual"],
            "counter-satisfaction",
        ),
    ] {
        for command in command {
            let desk = Desk::copied();
            let old = String::from_utf8(desk.read(path)).unwrap();
            desk.write(path, old + &late);
            desk.run(&format!("{after} --plan example")).failed();
            let ran = desk.run(&format!("{command} --plan example"));
            assert_eq!(ran.code, 0, "{command}: {}", ran.err);
            let check = desk.run("check --plan example --strict");
            assert_eq!(check.code, 0, "{command}: {}", check.out());
            // A value that stands there is replaced with a reason.
            let reason = if after.starts_with("measure") { " --confirmed 再集計" } else { "" };
            let ran = desk.run(&format!("{after} --plan example{reason}"));
            assert_eq!(ran.code, 0, "{after}: {}", ran.err);
            let [read, list, key] = list;
            let json = desk.json(&format!("{read} --as-of R8Q2 --plan example"));
            let shown = by_id(&json[list], id)[key].to_string();
            let wanted = if id == "1-1-2" { "63" } else { "82" };
            assert!(shown.contains(wanted), "{command}: {shown}");
        }
    }
}

#[test]
fn what_is_impossible_in_an_old_file_is_an_error_and_read_all_the_same() {
    let desk = Desk::copied();
    let old = String::from_utf8(desk.read(RECORDS)).unwrap();
    desk.write(
        RECORDS,
        old + "\n[[update]]\nperiod   = \"R9Q4\"\nrecorded = 2026-10-05\nprogress = 60\nby       = \"人事課\"\n",
    );
    let check = desk.run("check --plan example");
    assert!(check.code == 1 && check.out().contains("エラー[period-not-begun]"), "{}", check.out());
    assert_eq!(desk.run("status --plan example").code, 0);
    let moved = "update 1-1-2 --corrects R9Q4/2026-10-05 --period R8Q2 --plan example";
    let ran = desk.run(moved);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(desk.run("check --plan example --strict").code, 0, "what is corrected stands no more");
}

#[test]
fn an_earlier_day_that_would_hide_the_record_has_to_be_confirmed() {
    let desk = Desk::copied();
    assert_eq!(desk.run("update 1-1-2 --period R8Q2 --progress 60 --plan example").code, 0);
    let late = "update 1-1-2 --period R8Q2 --progress 58 --recorded 2026-10-05 --plan example";
    let err = desk.run(late).failed();
    assert!(err.contains("R8Q2/2026-11-21") && err.contains("2026-10-05") && err.contains("--confirmed"), "{err}");
    assert_eq!(desk.run(&format!("{late} --confirmed 紙の記録を後から入れた")).code, 0);
    // Of another evaluator, and of another period, nothing is hidden.
    for more in ["--evaluator committee", "--period R8Q1 --note x"] {
        let args = format!("update 1-1-2 --period R8Q2 --progress 58 --recorded 2026-10-06 --plan example {more}");
        let args = if more.contains("R8Q1") { args.replace("--period R8Q2 ", "") } else { args };
        assert_eq!(desk.run(&args).code, 0, "{more}");
    }
}

#[test]
fn the_days_of_an_inquiry_and_of_a_correction_are_in_order() {
    let desk = Desk::copied();
    let before = desk.files();
    let send = "inquiry send --plan example -o out --period";
    let err = desk.run(&format!("{send} R8Q3 --deadline 2026-11-20")).failed();
    assert!(err.contains("2026-11-20") && err.contains("2026-11-21"), "{err}");
    let err = desk.run(&format!("{send} R8Q4 --deadline R9.4.15")).failed();
    assert!(err.contains("R8Q4") && err.contains("2027-01-01"), "{err}");
    assert_eq!(desk.files(), before);
    assert_eq!(desk.run(&format!("{send} R8Q3 --deadline 2026-11-21")).code, 0);

    let desk = crate::closed::desk();
    assert_eq!(on(&desk, "2025-11-20", "close R7Q2").code, 0);
    assert_eq!(on(&desk, "2025-11-20", "update 1-1 --period R7Q2 --rating late").code, 0);
    let args = "errata R7Q2 --record --reason 集計の誤り";
    let err = on(&desk, "2025-11-19", args).failed();
    assert!(err.contains("2025-11-19") && err.contains("2025-11-20"), "{err}");
    assert_eq!(on(&desk, "2025-11-20", args).code, 0);
}
