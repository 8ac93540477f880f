//! `kaikaku inquiry`: sent to the departments, filled in, collected, reminded.

use kaikaku::workbook::Content;
use serde_json::Value as Json;

use crate::sheet::{Filling, SHEET, number, text, through_libreoffice};
use crate::support::Desk;

const PERSONNEL: &str = "out/照会_R8Q3_人事課.xlsx";

/// A desk from which the inquiry of R8Q3 went out.
fn sent() -> Desk {
    let desk = Desk::copied();
    let ran = desk.run("inquiry send --plan example --period R8Q3 -o out --deadline R9.1.15 --contact 内線2345").done();
    assert!(ran.out().contains(PERSONNEL), "{}", ran.out());
    desk
}

fn filling(desk: &Desk) -> Filling {
    Filling::new(desk.read(PERSONNEL))
}

/// What is collected of `back.xlsx`, in JSON; and how the command ended.
fn collected(desk: &Desk, bytes: Vec<u8>, more: &str) -> (Json, i32) {
    desk.write("back.xlsx", bytes);
    let ran = desk.run(&format!("inquiry collect back.xlsx --plan example --format json {more}"));
    (serde_json::from_str(ran.out()).unwrap_or_else(|e| panic!("{e} {ran:?}")), ran.code)
}

/// The one row of a question.
fn row<'j>(review: &'j Json, id: &str, question: &str) -> &'j Json {
    let rows = review["rows"].as_array().unwrap();
    rows.iter().find(|row| row["id"] == id && row["question"] == question).unwrap_or_else(|| panic!("{id} {question}"))
}

fn plan_files(desk: &Desk) -> Vec<(std::path::PathBuf, Vec<u8>)> {
    desk.files().into_iter().filter(|(path, _)| path.starts_with(desk.path("plan"))).collect()
}

fn count(review: &Json, class: &str) -> u64 {
    review["counts"][class].as_u64().unwrap()
}

#[test]
fn the_whole_cycle_on_the_example() {
    let desk = sent();
    let file = "plan/example/records/1-1-1.toml";
    let (old, before) = (desk.read(file), plan_files(&desk));
    let back = filling(&desk)
        .answer("1-1-1/rating.progress@R8Q3", text("計画どおり"))
        .answer("1-1-1/rating.start@R8Q3", text("実施中"))
        .answer("1-1-1/progress@R8Q3", number("78"))
        .answer("1-1-1/done@R8Q3", text("採用説明会を3回開いた。\n参加は212名であった。"))
        .answer("overtime-hours/value@R7", number("13.9"))
        .cell("はじめに", 17, 2, text("鈴木（内線 1234）"))
        .cell("はじめに", 18, 2, text("令和8年11月21日"))
        .done();
    let (review, code) = collected(&desk, back.clone(), "");
    assert_eq!((code, count(&review, "changed"), count(&review, "conflict"), count(&review, "invalid")), (0, 5, 0, 0));
    assert_eq!(plan_files(&desk), before, "without --apply nothing is written");
    assert_eq!(review["replies"][0]["person"], "鈴木（内線 1234）");
    assert_eq!(review["replies"][0]["date"], "2026-11-21");

    let (_, code) = collected(&desk, back.clone(), "--apply");
    assert_eq!(code, 0);
    let block = "\n[[update]]\nperiod   = \"R8Q3\"\nrecorded = 2026-11-21\nrating   = { progress = \"on-track\", start = \"running\" }\n\
                 progress = 78\ndone     = \"採用説明会を3回開いた。\\n参加は212名であった。\"\nby       = \"人事課\"\n";
    assert_eq!(String::from_utf8(desk.read(file)).unwrap(), String::from_utf8(old).unwrap() + block);
    let log = String::from_utf8(desk.read("plan/example/inquiries/R8Q3.toml")).unwrap();
    assert!(log.ends_with("[[reply]]\nowner    = \"personnel\"\nreceived = 2026-11-21\nfile     = \"back.xlsx\"\nperson   = \"鈴木（内線 1234）\"\n"), "{log}");
    assert_eq!(desk.run("check --plan example --strict").code, 0);

    // What is recorded already is collected again without a change.
    let after = plan_files(&desk);
    let (review, code) = collected(&desk, back, "--apply");
    assert_eq!(
        (code, count(&review, "changed"), row(&review, "1-1-1", "progress")["class"].as_str()),
        (0, 0, Some("unchanged"))
    );
    assert_eq!(plan_files(&desk), after);
}

#[test]
fn untouched_forms_change_no_byte() {
    let desk = sent();
    let before = plan_files(&desk);
    let files = std::fs::read_dir(desk.path("out")).unwrap().map(|entry| entry.unwrap().path());
    let files: Vec<String> = files.map(|path| path.display().to_string()).collect();
    let mut args = vec!["inquiry", "collect", "--plan", "example", "--apply", "--format", "json"];
    args.extend(files.iter().map(String::as_str));
    let ran = desk.call(&args);
    assert_eq!((ran.code, files.len()), (0, 9), "{}", ran.err);
    let review: Json = serde_json::from_str(ran.out()).unwrap();
    assert_eq!((count(&review, "changed"), count(&review, "conflict"), count(&review, "invalid")), (0, 0, 0));
    assert_eq!(plan_files(&desk), before);
}

#[test]
fn the_same_form_has_the_same_bytes() {
    assert_eq!(sent().read(PERSONNEL), sent().read(PERSONNEL));
}

#[test]
fn libreoffice_hands_back_what_it_was_given() {
    let desk = sent();
    let back = filling(&desk)
        .answer("1-1-1/done@R8Q3", text("説明会を開いた。"))
        .answer("1-1-1/progress@R8Q3", number("78"))
        .done();
    desk.write("filled.xlsx", back);
    let Some(untouched) = through_libreoffice(&desk.path(PERSONNEL), &desk.path("lo"), "xlsx") else { return };
    let (review, code) = collected(&desk, std::fs::read(untouched).unwrap(), "--apply");
    assert_eq!((code, count(&review, "changed"), count(&review, "invalid"), count(&review, "conflict")), (0, 0, 0, 0));
    let filled = through_libreoffice(&desk.path("filled.xlsx"), &desk.path("lo"), "xlsx").unwrap();
    let (review, code) = collected(&desk, std::fs::read(filled).unwrap(), "--apply");
    assert_eq!((code, count(&review, "changed"), count(&review, "invalid")), (0, 2, 0), "{review:#}");
    assert_eq!(row(&review, "1-1-1", "done")["reply"], "説明会を開いた。");
    let records = String::from_utf8(desk.read("plan/example/records/1-1-1.toml")).unwrap();
    assert!(records.ends_with("progress = 78\ndone     = \"説明会を開いた。\"\nby       = \"人事課\"\n"), "{records}");
}

#[test]
fn answers_as_people_type_them_are_read_and_every_liberty_is_reported() {
    let desk = sent();
    let progress = "1-1-1/progress@R8Q3";
    for (key, typed, reply, readings) in [
        (progress, text("７８％"), "78", 1),
        (progress, text(" 78 "), "78", 1),
        (progress, number("78"), "78", 0),
        ("overtime-hours/value@R7", text("１３．９時間"), "13.9", 1),
        // Below zero, as no other value is.
        ("overtime-hours/value@R7", text("▲1.2"), "-1.2", 2),
        // Read, and of another order than the hours before: that it was confirmed is told, too.
        ("overtime-hours/value@R7", text("1,200"), "1200", 2),
        ("overtime-hours/value@R7", number("13.899999999999999"), "13.9", 1),
        ("overtime-hours/value@R7", text("未調査"), "未調査", 0),
        ("women-managers/value@R7", text("１４.２％"), "14.2", 1),
        ("1-1-1/rating.progress@R8Q3", text("計画 どおり　"), "計画どおり", 1),
        ("1-1-1/rating.progress@R8Q3", text("on-track"), "計画どおり", 0),
        ("1-1-1/done@R8Q3", text("一行目  \r\n二行目\r\n\r\n"), "一行目\n二行目", 1),
        ("1-1-1/done@R8Q3", number("3"), "3", 1),
        ("training-hours/value@R7", text("18～24時間"), "18〜24", 1),
    ] {
        let back = filling(&desk).answer(key, typed.clone()).done();
        let (review, code) = collected(&desk, back, "--confirmed 所管課に確認");
        let (id, field) = key.split_once('/').unwrap();
        let row = row(&review, id, field.split('@').next().unwrap());
        assert_eq!(
            (code, row["class"].as_str(), row["reply"].as_str()),
            (0, Some("changed"), Some(reply)),
            "{typed:?} {row:#}"
        );
        assert_eq!(row["readings"].as_array().unwrap().len(), readings, "{typed:?} {row:#}");
    }
}

#[test]
fn what_can_be_read_in_two_ways_is_refused_by_file_and_cell() {
    let desk = sent();
    let progress = "1-1-1/progress@R8Q3";
    for (key, typed, why) in [
        (progress, text("同上"), "何を指すか"),
        (progress, text("約80"), "進捗率として読めません"),
        (progress, text("80以上"), "進捗率として読めません"),
        (progress, number("0.78"), "進捗率として読めません"),
        (progress, number("101"), "進捗率として読めません"),
        (progress, text("－"), "進捗率として読めません"),
        ("women-managers/value@R7", number("0.142"), "14.2％か決まりません"),
        ("women-managers/value@R7", text("０．１４２"), "14.2％か決まりません"),
        ("overtime-hours/value@R7", text("－"), "理由が分かりません"),
        ("overtime-hours/value@R7", text("10件"), "単位「件」は"),
        ("overtime-hours/value@R7", text("13〜14"), "一つに決まりません"),
        ("overtime-hours/value@R7", text("13以上"), "一つに決まりません"),
        ("overtime-hours/value@R7", text("1,2"), "数値として読めません"),
        ("1-1-1/rating.progress@R8Q3", text("順調"), "選べません"),
        ("1-1-1/done@R8Q3", text("〃"), "何を指すか"),
        ("1-1-1/done@R8Q3", Content::Error("#REF!".into()), "エラー値"),
        ("1-1-1/done@R8Q3", Content::Bool(true), "TRUE/FALSE"),
    ] {
        let filling = filling(&desk);
        let cell = format!("back.xlsx 回答!E{}：", filling.row(key) + 1);
        let before = plan_files(&desk);
        let (review, code) = collected(&desk, filling.answer(key, typed.clone()).done(), "--apply");
        let (id, field) = key.split_once('/').unwrap();
        let row = row(&review, id, field.split('@').next().unwrap());
        let reason = row["reason"]["ja"].as_str().unwrap_or_default();
        assert_eq!((code, row["class"].as_str()), (1, Some("invalid")), "{typed:?} {row:#}");
        assert!(reason.starts_with(&cell) && reason.contains(why), "{typed:?} {reason}");
        let records = |files: Vec<(std::path::PathBuf, Vec<u8>)>| {
            files.into_iter().filter(|(path, _)| path.parent().unwrap().ends_with("records")).collect::<Vec<_>>()
        };
        assert_eq!(records(plan_files(&desk)), records(before));
    }
}

#[test]
fn a_record_that_moved_since_is_a_conflict_unless_it_says_the_same() {
    let desk = sent();
    let back =
        filling(&desk).answer("1-1-1/progress@R8Q3", number("78")).answer("1-1-1/done@R8Q3", text("開いた。")).done();
    assert_eq!(desk.run("update 1-1-1 --plan example --period R8Q3 --progress 80 --done 開いた。 --by 事務局").code, 0);
    let (review, code) = collected(&desk, back, "");
    let progress = row(&review, "1-1-1", "progress");
    assert_eq!((code, progress["class"].as_str(), progress["recorded"].as_str()), (1, Some("conflict"), Some("80")));
    assert_eq!(row(&review, "1-1-1", "done")["class"], "unchanged");
    let stated = desk.run("inquiry collect back.xlsx --plan example --apply").err;
    assert!(stated.contains("衝突した答え 1 件は記録していません") && stated.contains("kaikaku update"), "{stated}");
}

/// Moves the whole rows `a` and `b`, or only the columns that can be seen.
fn swapped(filling: Filling, a: u32, b: u32, columns: std::ops::Range<u32>) -> Filling {
    columns.fold(filling, |filling, column| {
        let (left, right) = (filling.was(a, column), filling.was(b, column));
        filling.cell(SHEET, a, column, right).cell(SHEET, b, column, left)
    })
}

#[test]
fn rows_are_known_by_their_keys_wherever_they_stand() {
    let desk = sent();
    let form = || filling(&desk);
    let (a, b) = (form().row("1-1-1/done@R8Q3"), form().row("1-2-1/done@R8Q3"));
    let moved = swapped(form(), a, b, 0..4).cell(SHEET, b, 4, text("一つ目")).cell(SHEET, a, 4, text("二つ目")).done();
    let (review, code) = collected(&desk, moved, "");
    assert_eq!(
        (code, row(&review, "1-1-1", "done")["reply"].as_str(), row(&review, "1-2-1", "done")["reply"].as_str()),
        (0, Some("一つ目"), Some("二つ目"))
    );

    // Only what can be seen was sorted: the hidden keys stayed behind.
    let torn = swapped(form(), a, b, 1..4).cell(SHEET, b, 4, text("一つ目")).cell(SHEET, a, 4, text("二つ目")).done();
    let (review, code) = collected(&desk, torn, "");
    assert_eq!((code, count(&review, "changed"), count(&review, "invalid")), (1, 0, 2));

    // A row that somebody added, and a note in a column that somebody added.
    let last = form().book().sheet(SHEET).unwrap().rows().last().unwrap() + 2;
    let added = form()
        .cell(SHEET, last, 2, text("その他"))
        .cell(SHEET, last, 4, text("自由記述"))
        .cell(SHEET, a, 7, text("メモ"))
        .done();
    let (review, code) = collected(&desk, added, "");
    assert_eq!((code, count(&review, "changed"), count(&review, "invalid")), (1, 0, 1));
    let stray = review["rows"].as_array().unwrap().iter().find(|row| row["id"].is_null()).unwrap();
    assert_eq!(stray["at"][0], format!("back.xlsx 回答!E{}", last + 1));

    // A copied row with another answer.
    let copied = form().cell(SHEET, last, 0, text("1-1-1/done@R8Q3")).cell(SHEET, last, 1, text("1-1-1")).cell(
        SHEET,
        last,
        2,
        text("実績"),
    );
    let copied = copied.cell(SHEET, last, 4, text("別")).cell(SHEET, a, 4, text("元")).done();
    let (review, code) = collected(&desk, copied, "");
    assert_eq!((code, row(&review, "1-1-1", "done")["class"].as_str()), (1, Some("conflict")));
}

#[test]
fn several_replies_of_one_department_are_one() {
    let desk = sent();
    desk.write("a.xlsx", filling(&desk).answer("1-1-1/progress@R8Q3", number("78")).done());
    desk.write("b.xlsx", filling(&desk).answer("1-1-2/progress@R8Q3", number("60")).done());
    desk.write("c.xlsx", filling(&desk).answer("1-1-2/progress@R8Q3", number("61")).done());
    let both = desk.run("inquiry collect a.xlsx b.xlsx --plan example --format json");
    let review: Json = serde_json::from_str(both.out()).unwrap();
    assert_eq!((both.code, count(&review, "changed")), (0, 2));
    let all = desk.run("inquiry collect a.xlsx b.xlsx c.xlsx --plan example --format json");
    let review: Json = serde_json::from_str(all.out()).unwrap();
    let differs = row(&review, "1-1-2", "progress");
    assert_eq!((all.code, differs["class"].as_str()), (1, Some("conflict")));
    let reason = differs["reason"]["ja"].as_str().unwrap();
    assert!(reason.contains("b.xlsx 回答!E") && reason.contains("c.xlsx 回答!E"), "{reason}");
}

#[test]
fn csv_and_toml_are_read_the_same_way() {
    let desk = sent();
    let csv = "kaikaku-inquiry 1 kakuu-reform-2028 R8Q3 personnel 2026-11-21 - 0,id,question,last,answer\n\
               1-1-1/progress@R8Q3,1-1-1,進捗率【必須】,72％,78％\nwomen-managers/value@R7,women-managers,令和7年度の実績値,12.9,14\n";
    desk.write("back.csv", csv);
    desk.write(
        "back.toml",
        "plan = \"kakuu-reform-2028\"\nperiod = \"R8Q3\"\nowner = \"人事課\"\n\n[1-1-1]\nrating = { progress = \"計画どおり\" }\nprogress = 78\n",
    );
    let ran = desk.run("inquiry collect back.csv back.toml --plan example --format json");
    let review: Json = serde_json::from_str(ran.out()).unwrap();
    assert_eq!((ran.code, count(&review, "changed"), count(&review, "conflict")), (1, 2, 1), "{review:#}");
    // What was sent is not known from a CSV: a record that says something else is left alone.
    assert_eq!(row(&review, "women-managers", "value")["class"], "conflict");
    assert_eq!(row(&review, "1-1-1", "progress")["class"], "changed");
    assert_eq!(row(&review, "1-1-1", "rating.progress")["reply"], "計画どおり");
}

#[test]
fn who_is_late_is_named_and_reminded() {
    let desk = sent();
    let standing = |args: &str| {
        let ran = desk.run(&format!("inquiry status --plan example {args}"));
        (ran.code, ran.out().to_owned())
    };
    let (code, json) = standing("--as-of R9.1.15 --format json");
    let json: Json = serde_json::from_str(&json).unwrap();
    let personnel = json["owners"].as_array().unwrap().iter().find(|o| o["owner"] == "personnel").unwrap();
    // The milestone planned for R8.10 is among what is asked.
    assert_eq!((code, personnel["open"].as_u64(), personnel["days_late"].as_i64()), (0, Some(25), None));
    let (code, text) = standing("--as-of R9.1.16 --letter");
    assert_eq!(code, 1);
    assert!(text.contains("回答期限（令和9年1月15日（金））を過ぎましたが"), "{text}");
    assert!(text.contains("・1-1-1 採用広報の強化と応募者層の拡大"), "{text}");
}

#[test]
fn nobody_is_asked_about_what_nobody_owns() {
    let desk = Desk::copied();
    let err = desk.run("inquiry send --plan 2027 --period R7Q3 -o out").failed();
    assert!(err.contains("照会する所管課がありません（所管課のない項目と指標 21 件）"), "{err}");
    assert!(!desk.path("out").exists() && !desk.path("plan/2027/inquiries").exists());
}

#[test]
fn a_reply_to_another_plan_is_refused() {
    let desk = sent();
    let err = desk.run(&format!("inquiry collect {PERSONNEL} --plan stage3")).failed();
    assert!(err.contains("別の計画（kakuu-reform-2028）"), "{err}");
}

#[test]
fn a_form_that_is_sent_again_without_a_day_keeps_the_deadline() {
    let desk = Desk::copied();
    desk.run("inquiry send --plan example --period R8Q3 -o out --deadline R9.1.15").done();
    desk.run("inquiry send --plan example --period R8Q3 -o again --owner 財政課").done();
    let late = |day: &str| {
        let ran = desk.run(&format!("inquiry status --plan example --as-of {day} --format json"));
        let status: serde_json::Value = serde_json::from_str(ran.out()).unwrap();
        (ran.code, status.to_string().matches("\"deadline\":\"2027-01-15\"").count())
    };
    let owners = std::fs::read_dir(desk.path("out")).unwrap().count();
    assert_eq!(late("R9.1.15"), (0, owners));
    assert_eq!(late("R9.1.16"), (1, owners));
}

#[test]
fn a_reply_of_a_day_that_has_not_come_is_refused() {
    let desk = sent();
    let before = plan_files(&desk);
    for (day, words) in
        [("2099-12-31", "2099-12-31 はまだ来ていません"), ("令和8年11月22日", "2026-11-22 はまだ来ていません")]
    {
        let filled = filling(&desk).answer("1-1-1/progress@R8Q3", number("78"));
        desk.write("back.xlsx", filled.cell("はじめに", 18, 2, text(day)).done());
        let err = desk.run("inquiry collect back.xlsx --plan example --apply --confirmed 本当").failed();
        assert!(err.contains("back.xlsx") && err.contains("回答日") && err.contains(words), "{err}");
    }
    // Beside another file it is listed among the refused, and the other is taken.
    desk.write("other.xlsx", filling(&desk).answer("1-1-1/progress@R8Q3", number("79")).done());
    let ran = desk.run("inquiry collect back.xlsx other.xlsx --plan example --format json");
    let review: Json = serde_json::from_str(ran.out()).unwrap();
    assert_eq!((ran.code, review["refused"].as_array().unwrap().len()), (1, 1), "{review:#}");
    assert_eq!(row(&review, "1-1-1", "progress")["reply"], "79");
    assert_eq!(plan_files(&desk), before);
}

#[test]
fn what_is_unlikely_is_listed_and_taken_once_it_is_confirmed() {
    // R8Q2 says 74 % of 1-1-1; the share of women managers was 12 to 14 %.
    for (key, typed, why, recorded) in [
        ("1-1-1/progress@R8Q3", number("7"), "から 7％に下がっています", "progress = 7\n"),
        ("women-managers/value@R7", number("142"), "142", "value    = 142\n"),
        ("women-managers/value@R7", text("0.142％"), "14.2％を割合で書いた", "value    = 0.142\n"),
    ] {
        let desk = sent();
        let before = plan_files(&desk);
        let back = filling(&desk).answer(key, typed).answer("1-1-1/done@R8Q3", text("説明会を開いた。")).done();
        let (id, field) = key.split_once('/').unwrap();
        let field = field.split('@').next().unwrap();
        let (review, code) = collected(&desk, back.clone(), "");
        let found = row(&review, id, field);
        assert_eq!((code, found["class"].as_str()), (1, Some("unlikely")), "{found:#}");
        assert!(found["reason"]["ja"].as_str().unwrap().contains(why), "{found:#}");
        assert_eq!(plan_files(&desk), before);

        let (review, code) = collected(&desk, back.clone(), "--confirmed 所管課に電話で確認");
        assert_eq!((code, row(&review, id, field)["class"].as_str()), (0, Some("changed")), "{review:#}");
        assert_eq!(collected(&desk, back.clone(), "--apply").1, 1);
        let file = String::from_utf8(desk.read(&format!("plan/example/records/{id}.toml"))).unwrap();
        assert!(!file.contains(recorded), "{file}");

        let (_, code) = collected(&desk, back, "--apply --confirmed 所管課に電話で確認");
        let file = String::from_utf8(desk.read(&format!("plan/example/records/{id}.toml"))).unwrap();
        let block = file.rsplit("\n[[").next().unwrap();
        assert!(code == 0 && block.contains(recorded) && block.contains("\"所管課に電話で確認\""), "{block}");
        assert_eq!(desk.run("check --plan example --strict").code, 0);
    }
}

#[test]
fn a_reply_older_than_its_form_has_to_be_confirmed() {
    let desk = sent();
    let filled = filling(&desk).answer("1-1-1/progress@R8Q3", number("78"));
    let back = filled.cell("はじめに", 18, 2, text("2025-11-21")).done();
    let (review, code) = collected(&desk, back.clone(), "");
    let found = row(&review, "1-1-1", "progress");
    assert_eq!((code, found["class"].as_str()), (1, Some("unlikely")), "{found:#}");
    assert!(found["reason"]["ja"].as_str().unwrap().contains("2025-11-21"), "{found:#}");
    assert_eq!(collected(&desk, back, "--apply --confirmed 先に電子メールで照会した").1, 0);
}
