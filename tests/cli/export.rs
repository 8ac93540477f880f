//! `export`: tables that say what `status` and `kpi` say, and what becomes of plans and folders that are not as they should be.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use kaikaku::dataset::tables::Head;
use kaikaku::dataset::{Kind, catalogue};
use serde_json::Value as Json;

use crate::support::{Desk, by_id};

const HEAD: &str = r#"schema = 1
id     = "reform"
name   = "市の計画"
city   = "熊本市"
city-code = "431001"
period = { from = "R6", to = "R9" }
levels = ["取組"]

[[scale]]
id     = "progress"
name   = "進捗状況"
grades = [{ id = "good", name = "順調" }, { id = "late", name = "遅れ", attention = true }, { id = "out", name = "対象外", counts = false }]
"#;

const OUTLINE: &str = "[1]\nname = \"窓口\"\n\n[2]\nname = \"財政\"\n\n[3]\nname = \"施設\"\n";

fn update(period: &str, recorded: &str, grade: &str) -> String {
    format!("[[update]]\nperiod   = \"{period}\"\nrecorded = {recorded}\nrating   = {{ progress = \"{grade}\" }}\n\n")
}

/// Writes a plan of a city: 1 is late, 2 is not counted, 3 was never reported.
fn write_city(desk: &Desk, folder: &str, head: &str) {
    desk.write(&format!("{folder}/plan/plan.toml"), head);
    desk.write(&format!("{folder}/plan/outline/1.toml"), OUTLINE);
    let first = update("R8Q1", "2026-07-03", "good") + &update("R8Q2", "2026-10-03", "late");
    desk.write(&format!("{folder}/plan/records/1.toml"), first);
    desk.write(&format!("{folder}/plan/records/2.toml"), update("R8Q2", "2026-10-03", "out"));
}

/// A desk with two cities in `cities/`.
fn two_cities() -> Desk {
    let desk = Desk::empty();
    write_city(&desk, "cities/kumamoto", HEAD);
    write_city(&desk, "cities/uto", &other("432113", "reform"));
    desk
}

/// The head of another city or plan.
fn other(code: &str, id: &str) -> String {
    let city = match code {
        "432121" => "上天草市",
        "432148" => "阿蘇市",
        _ => "宇土市",
    };
    HEAD.replace("431001", code).replace("\"reform\"", &format!("\"{id}\"")).replace("熊本市", city)
}

/// The rows of a table of one plan, each by its columns.
fn rows(desk: &Desk, table: &str, city: &str, plan: &str) -> Vec<BTreeMap<String, String>> {
    let bytes = desk.read(&format!("dataset/{table}/city={city}/plan={plan}/data.csv"));
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    reader.deserialize().map(Result::unwrap).collect()
}

fn count(rows: &[BTreeMap<String, String>], is: impl Fn(&BTreeMap<String, String>) -> bool) -> u64 {
    rows.iter().filter(|row| is(row)).count() as u64
}

/// The shipped plans, all of them with a code.
fn shipped() -> Desk {
    let desk = Desk::copied();
    let example = desk.text("plan/example/plan.toml");
    desk.write("plan/example/plan.toml", example.replacen("lang ", "city-code = \"010006\"\nlang ", 1));
    desk
}

#[test]
fn the_tables_say_what_status_and_kpi_say() {
    let desk = shipped();
    assert_eq!(desk.run("export -o dataset --format csv").code, 0);
    let status = desk.json("status --plan example");
    let standings = rows(&desk, "standings", "010006", "kakuu-reform-2028");
    let of = |row: &BTreeMap<String, String>| {
        row["is_latest"] == "true" && row["scale_id"] == "progress" && row["evaluator_id"] == "dept"
    };
    let latest: Vec<_> = standings.into_iter().filter(of).collect();
    let total = &status["total"];
    assert_eq!(total["entries"], latest.len());
    assert_eq!(total["rated"], count(&latest, |row| row["counts"] == "true"));
    assert_eq!(total["unreported"], count(&latest, |row| row["standing"] == "unreported"));
    assert_eq!(total["reported_this_period"], count(&latest, |row| row["is_reported"] == "true"));
    for (grade, wanted) in total["counts"].as_object().unwrap() {
        assert_eq!(*wanted, count(&latest, |row| row["grade_id"] == *grade), "{grade}");
    }
    let told = desk.json("kpi --plan example");
    let verdicts = rows(&desk, "verdicts", "010006", "kakuu-reform-2028");
    let own: Vec<_> = verdicts.iter().filter(|row| row["is_latest"] == "true" && row["role"] == "own").collect();
    assert_eq!(told["indicators"].as_array().unwrap().len(), own.len());
    for row in own {
        let one = by_id(&told["indicators"], &row["indicator_id"]);
        assert_eq!(one["verdict"], row["verdict"], "{row:?}");
        for figure in ["gap", "room", "ratio_to_target", "improvement", "pace", "actual_by_target"] {
            assert!(same(&one[figure], &row[figure]), "{}: {figure} {} {}", one["id"], one[figure], row[figure]);
        }
    }
}

/// Whether a number of JSON and a cell are the same number, or both nothing.
fn same(json: &Json, cell: &str) -> bool {
    let number = |text: &str| text.trim_end_matches('0').trim_end_matches('.').to_owned();
    let plain = |text: &str| if text.contains('.') { number(text) } else { text.to_owned() };
    if json.is_null() { cell.is_empty() } else { plain(&json.to_string()) == plain(cell) }
}

#[test]
fn what_a_plan_printed_alone_is_there_as_printed() {
    let desk = shipped();
    assert_eq!(desk.run("export -o dataset --format csv").code, 0);
    let total = &desk.json("status --plan stage3")["total"];
    let published = rows(&desk, "published", "431001", "kumamoto-reform-stage3");
    let latest: Vec<_> = published.iter().filter(|row| row["is_latest"] == "true").collect();
    let whole: Vec<_> = latest.iter().filter(|row| row["part"] == "total").map(|row| row["count"].clone()).collect();
    assert_eq!(whole, [total["entries"].to_string()]);
    for (grade, wanted) in total["counts"].as_object().unwrap() {
        let row = latest.iter().find(|row| row["part_id"] == *grade).unwrap();
        assert_eq!(wanted.to_string(), row["count"], "{grade}");
    }
}

#[test]
fn every_row_says_where_it_comes_from() {
    let desk = two_cities();
    desk.commit("2026-10-05T09:00:00+0900", "計画");
    let head = desk.git("2026-10-05T09:00:00+0900", &["rev-parse", "HEAD"]);
    assert_eq!(desk.run("export -o dataset --format csv --from cities/kumamoto --rev HEAD").code, 0);
    let updates = rows(&desk, "updates", "431001", "reform");
    let late = updates.iter().find(|row| row["record"] == "R8Q2/2026-10-03" && row["entry_id"] == "1").unwrap();
    // Its grade is the fourth line of its block, which begins behind the four lines of the one before it and a blank.
    let place =
        ["city_code", "plan_id", "file", "line", "revision", "commit", "as_of"].map(|column| late[column].as_str());
    assert_eq!(place, ["431001", "reform", "records/1.toml", "9", "HEAD", head.trim(), "2026-10-05"]);
    let standings = rows(&desk, "standings", "431001", "reform");
    let rated = standings.iter().find(|row| row["entry_id"] == "1" && row["is_latest"] == "true").unwrap();
    assert_eq!([&rated["file"], &rated["line"]], ["records/1.toml", "9"]);
}

#[test]
fn lines_of_json_hold_the_same_as_csv() {
    let desk = two_cities();
    assert_eq!(desk.run("export -o dataset --format csv --from cities/*").code, 0);
    assert_eq!(desk.run("export -o lines --format jsonl --from cities/*").code, 0);
    for table in ["standings", "updates", "grades", "plans"] {
        let lines = desk.text(&format!("lines/{table}/city=431001/plan=reform/data.jsonl"));
        let cells = rows(&desk, table, "431001", "reform");
        assert_eq!(lines.lines().count(), cells.len());
        for (line, cells) in lines.lines().zip(cells) {
            let object: serde_json::Map<String, Json> = serde_json::from_str(line).unwrap();
            for (column, cell) in cells {
                let text = match &object[&column] {
                    Json::Null => String::new(),
                    Json::String(text) => text.clone(),
                    other => other.to_string(),
                };
                assert_eq!(text, cell, "{table} {column}");
            }
        }
    }
}

#[test]
fn only_what_changed_is_written_again() {
    let desk = two_cities();
    let run = || desk.run("export -o dataset --format csv --from cities/*/ --lang en");
    let first = run();
    assert!(first.out().contains("plans written 2, unchanged 0, not written 0"), "{first:?}");
    let files = desk.files();
    let again = run();
    assert!(again.out().contains("plans written 0, unchanged 2, not written 0"), "{again:?}");
    assert_eq!(desk.files(), files);
    desk.write("cities/uto/plan/records/3.toml", update("R8Q2", "2026-10-04", "good"));
    let third = run();
    assert!(third.out().contains("plans written 1, unchanged 1, not written 0"), "{third:?}");
    let of_kumamoto = |files: &[(PathBuf, Vec<u8>)]| {
        files.iter().filter(|(path, _)| path.to_string_lossy().contains("city=431001")).cloned().collect::<Vec<_>>()
    };
    assert_eq!(of_kumamoto(&desk.files()), of_kumamoto(&files));
    assert_eq!(count(&rows(&desk, "updates", "432113", "reform"), |_| true), 4);
    // Another day has other figures.
    let other_day = desk.with_env(
        &[("KAIKAKU_TODAY", "2026-11-22")],
        &["export", "-o", "dataset", "--format", "csv", "--from", "cities/*", "--lang", "en"],
    );
    assert!(other_day.out().contains("plans written 2"), "{other_day:?}");
    // What went missing is written again.
    fs::remove_file(desk.path("dataset/updates/city=432113/plan=reform/data.csv")).unwrap();
    let healed = desk.with_env(
        &[("KAIKAKU_TODAY", "2026-11-22")],
        &["export", "-o", "dataset", "--format", "csv", "--from", "cities/*", "--lang", "en"],
    );
    assert!(healed.out().contains("plans written 1, unchanged 1"), "{healed:?}");
}

#[test]
fn the_same_plans_give_the_same_bytes_wherever_they_lie() {
    let [one, other] = [two_cities(), two_cities()];
    for desk in [&one, &other] {
        assert_eq!(desk.run("export -o dataset --format jsonl --from cities/*").code, 0);
    }
    let relative = |desk: &Desk| {
        let top = desk.path("");
        let files = desk.files().into_iter();
        files.map(|(path, bytes)| (path.strip_prefix(&top).unwrap().to_owned(), bytes)).collect::<Vec<_>>()
    };
    assert_eq!(relative(&one), relative(&other));
}

#[test]
fn a_broken_plan_is_named_and_the_others_are_written() {
    let desk = two_cities();
    desk.write("cities/aso/plan/plan.toml", other("432148", "reform").replace("R9", "R五"));
    write_city(&desk, "cities/without-code", &other("432130", "reform").replace("city-code = \"432130\"\n", ""));
    write_city(&desk, "cities/from-the-future", &other("432121", "reform").replace("schema = 1", "schema = 99"));
    desk.write("cities/empty/notes.txt", "no plan");
    let ran = desk.run("export -o dataset --format csv --from cities/* --lang en");
    assert_eq!(ran.code, 1, "{ran:?}");
    let out = ran.out();
    assert!(out.contains("plans written 2, unchanged 0, not written 4"), "{out}");
    for (plan, why) in [
        ("cities/aso/plan", "plan.toml:6"),
        ("cities/without-code/plan", "no code of the city"),
        ("cities/from-the-future/plan", "plan.toml:1"),
        ("cities/empty", "there is no plan in"),
    ] {
        let row = out.lines().find(|line| line.starts_with(plan)).unwrap_or_else(|| panic!("{plan}: {out}"));
        let squeezed = out[out.find(row).unwrap()..].split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(squeezed.contains(why), "{plan}: {out}");
    }
    let written: Vec<_> = fs::read_dir(desk.path("dataset/plans")).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(written.len(), 2, "{written:?}");
}

#[test]
fn two_plans_of_one_city_and_id_are_both_refused() {
    let desk = two_cities();
    write_city(&desk, "cities/copy-of-uto", &other("432113", "reform"));
    let ran = desk.run("export -o dataset --format csv --from cities/* --lang en");
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.out().contains("plans written 1, unchanged 0, not written 2"), "{ran:?}");
    assert!(!desk.path("dataset/plans/city=432113").exists());
    assert!(desk.path("dataset/plans/city=431001").exists());
}

#[test]
fn a_plan_that_is_named_twice_is_one() {
    let desk = two_cities();
    let ran =
        desk.run("export -o dataset --format csv --from cities/* cities/uto ./cities/../cities/kumamoto --lang en");
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.out().contains("plans written 2, unchanged 0, not written 0"), "{ran:?}");
    // On Windows both would be written into one folder.
    write_city(&desk, "cities/shouting", &other("432113", "Reform"));
    let ran = desk.run("export -o dataset --format csv --from cities/* --lang en");
    assert!(ran.code == 1 && ran.out().contains("unchanged 1, not written 2"), "{ran:?}");
}

/// What the manifest says is believed only where it names the very tables that there are.
#[test]
fn a_manifest_that_was_changed_is_made_anew() {
    let desk = two_cities();
    let run = || desk.run("export -o dataset --format csv --from cities/* --lang en").out().to_owned();
    run();
    let path = "dataset/_manifest/432113/reform.json";
    let known = desk.text(path);
    let (head, _) = known.split_once("\"tables\":[").unwrap();
    desk.write("elsewhere/city=432113/plan=reform/data.csv", "mine");
    for tables in ["", "{\"table\":\"../elsewhere\",\"rows\":1,\"bytes\":4}"] {
        desk.write(path, format!("{head}\"tables\":[{tables}]}}\n"));
        assert!(run().contains("plans written 1, unchanged 1"), "{tables}");
        assert_eq!(desk.text(path), known);
    }
    for broken in ["", "{", "[]", &known.replace("\"dataset\":1", "\"dataset\":2"), &known.replace("tables", "Tables")]
    {
        desk.write(path, broken);
        assert!(run().contains("plans written 1, unchanged 1"), "{broken}");
    }
    assert_eq!(desk.text("elsewhere/city=432113/plan=reform/data.csv"), "mine");
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link_out_of_the_dataset() {
    for link in ["entries", "entries/city=432113", "entries/city=432113/plan=reform", "_manifest", "_manifest/432113"] {
        let desk = two_cities();
        desk.write("mine/data.csv", "mine");
        // What waits in a folder of somebody else is theirs.
        desk.write("mine/.kaikaku-data.csv.new", "mine");
        let path = desk.path("dataset").join(link);
        desk.write("dataset/_dataset.json", "{\"program\":\"kaikaku\",\"dataset\":1,\"format\":\"csv\"}\n");
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::os::unix::fs::symlink(desk.path("mine"), &path).unwrap();
        let ran = desk.run("export -o dataset --format csv --from cities/* --lang en");
        assert_eq!(ran.code, 1, "{link}: {ran:?}");
        assert!(ran.out().contains("is a link, or no folder"), "{link}: {ran:?}");
        let mine = fs::read_dir(desk.path("mine")).unwrap().map(|file| file.unwrap().file_name());
        let mine: BTreeSet<_> = mine.collect();
        assert_eq!(mine, BTreeSet::from([".kaikaku-data.csv.new".into(), "data.csv".into()]), "{link}");
        assert_eq!(desk.text("mine/data.csv"), "mine");
        assert!(!desk.path("dataset/plans/city=432113").exists(), "{link}: half of a partition");
    }
}

#[test]
fn a_folder_of_another_program_is_refused_and_left_alone() {
    let desk = two_cities();
    desk.write("dataset/papers.docx", "mine");
    let files = desk.files();
    let said = desk.run("export -o dataset --format csv --from cities/* --lang en").failed();
    assert!(said.contains("no dataset of this program; nothing was written"), "{said}");
    assert_eq!(desk.files(), files);
    desk.write("dataset/_dataset.json", r#"{"program":"another","dataset":1,"format":"csv"}"#);
    assert!(desk.run("export -o dataset --format csv --from cities/* --lang en").failed().contains("no dataset"));
}

#[test]
fn a_dataset_of_another_version_or_format_is_refused() {
    let desk = two_cities();
    assert_eq!(desk.run("export -o dataset --format csv --from cities/*").code, 0);
    let files = desk.files();
    let said = desk.run("export -o dataset --format jsonl --from cities/* --lang en").failed();
    assert!(said.contains("of another form (version 1, csv)"), "{said}");
    assert_eq!(desk.files(), files);
    let mark = desk.text("dataset/_dataset.json").replace("\"dataset\":1", "\"dataset\":2");
    desk.write("dataset/_dataset.json", mark);
    assert!(desk.run("export -o dataset --format csv --from cities/* --lang en").failed().contains("(version 2, csv)"));
}

/// Each call that is asked of the disk fails once, stays broken, or ends the program; afterwards every file is an old one or a
/// new one, and the next run makes all of them new.
#[test]
fn a_disk_that_fails_leaves_no_half_partition() {
    let fresh = two_cities();
    fresh.write("cities/uto/plan/records/3.toml", update("R8Q2", "2026-10-04", "good"));
    assert_eq!(fresh.run("export -o dataset --format csv --from cities/uto").code, 0);
    let wanted = tables(&fresh);
    let desk = two_cities();
    assert_eq!(desk.run("export -o dataset --format csv --from cities/uto").code, 0);
    let old = tables(&desk);
    desk.write("cities/uto/plan/records/3.toml", update("R8Q2", "2026-10-04", "good"));
    let args = ["export", "-o", "dataset", "--format", "csv", "--from", "cities/uto", "--lang", "en"];
    let mut happened = 0;
    for (call, how) in [
        ("write", "stay"),
        ("write", "fail"),
        ("create", "stay"),
        ("rename", "fail"),
        ("rename", "kill"),
        ("unlink", "fail"),
    ] {
        for nth in [1, 4, 9, 15, 22] {
            let mark = desk.path("happened");
            let fault = format!("{call}:{nth}:{how}:{}", mark.display());
            let ran = desk.with_env(&[("KAIKAKU_FAULT", &fault)], &args);
            if fs::remove_file(&mark).is_ok() {
                happened += 1;
                assert!(matches!(ran.code, 2 | 137), "{fault}: {ran:?}");
            }
            for (path, bytes) in tables(&desk) {
                assert!(old.get(&path) == Some(&bytes) || wanted.get(&path) == Some(&bytes), "{fault}: half of {path}");
            }
            let again = desk.call(&args);
            assert_eq!(again.code, 0, "{fault}: {again:?}");
            assert!(tables(&desk) == wanted, "{fault}: the next run made another dataset");
            // As it was before, for the next fault.
            let other = "2026-10-04";
            desk.write("cities/uto/plan/records/3.toml", update("R8Q2", other, "late"));
            assert_eq!(desk.call(&args).code, 0);
            desk.write("cities/uto/plan/records/3.toml", update("R8Q2", other, "good"));
            for (path, bytes) in &old {
                fs::write(desk.path(&format!("dataset/{path}")), bytes).unwrap();
            }
        }
    }
    assert!(happened >= 12, "only {happened} faults came to pass");
}

const THEMES: &str = r#"[ease]
framework = "総合計画"
name      = "便利な市役所"
of        = ["1", "2"]

[future]
framework = "総合計画"
name      = "次の世代"
of        = ["2", "3", "rate"]
"#;

/// Of 1, which is late, 2, which is not counted, and 3, which was never reported, two plans have two each in a theme; 2 is in both.
#[test]
fn a_theme_counts_the_same_in_status_and_in_the_dataset() {
    let desk = two_cities();
    for city in ["kumamoto", "uto"] {
        let indicator = "[rate]\nname = \"率\"\nunit = \"％\"\nkind = \"up\"\ntarget = { R9 = 2 }\n";
        desk.write(&format!("cities/{city}/plan/indicators.toml"), indicator);
        desk.write(&format!("cities/{city}/plan/themes.toml"), THEMES);
    }
    let told = desk.json("status -C cities/uto --theme");
    let groups = told["groups"].as_array().unwrap();
    let counts = |group: &Json| ["entries", "rated", "unreported"].map(|key| group[key].as_u64().unwrap());
    assert_eq!(groups.iter().map(counts).collect::<Vec<_>>(), [[2, 1, 0], [2, 0, 1]]);
    let names: Vec<&str> = groups.iter().map(|group| group["group"].as_str().unwrap()).collect();
    assert_eq!(names, ["便利な市役所", "次の世代"]);
    assert_eq!(desk.json("status -C cities/uto --theme 総合計画")["groups"], told["groups"]);
    assert_eq!(desk.run("export -o dataset --format csv --from cities/*").code, 0);
    for city in ["431001", "432113"] {
        let standings = rows(&desk, "standings", city, "reform");
        let themes = rows(&desk, "themes", city, "reform");
        let of = |theme: &str| -> Vec<_> {
            let ids = themes.iter().filter(|row| row["theme_id"] == theme && row["subject"] == "entry");
            let ids: Vec<&str> = ids.map(|row| row["subject_id"].as_str()).collect();
            let is =
                |row: &&BTreeMap<String, String>| row["is_latest"] == "true" && ids.contains(&row["entry_id"].as_str());
            standings.iter().filter(is).cloned().collect()
        };
        for (theme, wanted) in [("ease", [2, 1, 0]), ("future", [2, 0, 1])] {
            let of = of(theme);
            let unreported = count(&of, |row| row["standing"] == "unreported");
            assert_eq!(
                [of.len() as u64, count(&of, |row| row["counts"] == "true"), unreported],
                wanted,
                "{city} {theme}"
            );
        }
        let indicators: Vec<_> = themes.iter().filter(|row| row["subject"] == "indicator").collect();
        assert_eq!((indicators.len(), indicators[0]["theme_id"].as_str()), (1, "future"));
    }
    let said = desk.run("status -C cities/uto --theme SDGs --lang en").failed();
    assert!(said.contains("no framework `SDGs`") && said.contains("総合計画"), "{said}");
    fs::remove_file(desk.path("cities/uto/plan/themes.toml")).unwrap();
    assert!(desk.run("status -C cities/uto --theme --lang en").failed().contains("no themes that plans share"));
}

/// The files of the tables, by their paths in the dataset.
fn tables(desk: &Desk) -> BTreeMap<String, Vec<u8>> {
    let top = desk.path("dataset");
    let files = desk.files().into_iter().filter_map(|(path, bytes)| {
        let path = path.strip_prefix(&top).ok()?.to_string_lossy().replace('\\', "/");
        path.ends_with("data.csv").then_some((path, bytes))
    });
    files.collect()
}

#[test]
fn a_list_names_plans_and_their_revisions() {
    let desk = two_cities();
    desk.commit("2026-10-05T09:00:00+0900", "計画");
    desk.git("2026-10-05T09:00:00+0900", &["tag", "council"]);
    desk.write("cities/uto/plan/records/3.toml", update("R8Q2", "2026-10-06", "good"));
    desk.commit("2026-10-07T09:00:00+0900", "追加");
    desk.write(
        "list.csv",
        "\u{feff}path,rev,plan\n# 熊本市は協議会のときの版\ncities/kumamoto,council\ncities/uto,main,plan\n",
    );
    let ran = desk.run("export -o dataset --format csv --from list.csv --lang en");
    assert!(ran.out().contains("plans written 2, unchanged 0, not written 0"), "{ran:?}");
    let revision = |city: &str| rows(&desk, "plans", city, "reform")[0]["revision"].clone();
    assert_eq!([revision("431001"), revision("432113")], ["council", "main"]);
    desk.write("list.csv", "cities/uto,gone\ncities/nowhere\n");
    let ran = desk.run("export -o other --format csv --from list.csv --lang en");
    assert!(ran.out().contains("not written 2") && ran.out().contains("there is no revision `gone`"), "{ran:?}");
    // As Excel saves it: in CP932, with a Japanese name.
    write_city(&desk, "cities/熊本", &other("432121", "reform"));
    desk.write("list.csv", b"cities/\x8cF\x96{\r\n");
    let ran = desk.run("export -o excel --format csv --from list.csv --lang en");
    assert!(ran.out().contains("plans written 1"), "{ran:?}");
    desk.write("list.csv", b"cities/\xff\r\n");
    assert!(desk.run("export -o other --format csv --from list.csv --lang en").failed().contains("neither UTF-8 nor"));
    let said = desk.run("export -o other --format csv --from cities/uto/plan/plan.toml --lang en").failed();
    assert!(said.contains("is no list of plans") && said.contains("the folder that it lies in"), "{said}");
    desk.write("list.csv", "# nothing\n");
    assert!(desk.run("export -o other --format csv --from list.csv --lang en").failed().contains("lists no plan"));
    assert!(desk.run("export -o other --format csv --from citys/* --lang en").failed().contains("no folder matches"));
    assert!(
        desk.run("export -o other --format csv --from gone.csv --lang en").failed().contains("there is no gone.csv")
    );
}

/// Above a folder without a plan there is one: it is not taken for it.
#[test]
fn a_plan_is_looked_for_nowhere_else() {
    let desk = two_cities();
    write_city(&desk, ".", &other("432121", "above"));
    desk.write("cities/empty/notes.txt", "no plan");
    let ran = desk.run("export -o dataset --format csv --from cities/empty --lang en");
    assert_eq!(ran.code, 1);
    assert!(ran.out().contains("there is no plan in cities/empty"), "{ran:?}");
    assert!(!desk.path("dataset/plans").exists());
}

#[test]
fn a_number_of_too_many_digits_is_refused_rather_than_cut() {
    let desk = two_cities();
    desk.write(
        "cities/uto/plan/indicators.toml",
        "[rate]\nname = \"率\"\nunit = \"％\"\nkind = \"up\"\nbaseline = { R5 = 1.5 }\ntarget = { R9 = 2.12345678901 }\n",
    );
    let ran = desk.run("export -o dataset --format csv --from cities/* --lang en");
    assert_eq!(ran.code, 1);
    let words = ran.out().split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("2.12345678901") && words.contains("indicators.toml:6"), "{}", ran.out());
    assert!(ran.out().contains("plans written 1"), "{}", ran.out());
}

/// The values of a row in columns, by which rows are sorted as their types say.
fn keyed(row: &BTreeMap<String, String>, head: &Head, columns: &[&str]) -> Vec<(i64, String)> {
    let kind = |name: &str| head.columns.iter().find(|column| column.name == name).unwrap().kind;
    let value = |name: &&str| match kind(name) {
        Kind::Integer => (row[*name].parse().unwrap_or(i64::MIN), String::new()),
        _ => (0, row[*name].clone()),
    };
    columns.iter().map(value).collect()
}

/// The key tells rows apart, they are sorted by it, and what a row says of a line is there.
#[test]
fn the_keys_of_all_tables_are_keys() {
    let desk = shipped();
    // On a day in the first quarter the year before and its last quarter are compared with: both end on one day.
    for as_of in ["R8.5.20", "R7", "R8Q2"] {
        assert_eq!(desk.run(&format!("export -o dataset --format csv --as-of {as_of}")).code, 0);
        keys_are_keys(&desk, as_of);
    }
}

fn keys_are_keys(desk: &Desk, as_of: &str) {
    let plans = [("010006", "kakuu-reform-2028", "example"), ("431001", "kumamoto-reform-2027", "2027")];
    for (city, plan, folder) in plans {
        for head in catalogue() {
            let rows = rows(desk, head.name, city, plan);
            let keys: Vec<_> = rows.iter().map(|row| keyed(row, &head, head.key)).collect();
            let place = keys.windows(2).find(|pair| pair[0] >= pair[1]);
            assert!(place.is_none(), "{plan} {as_of} {}: {place:?}", head.name);
            for row in &rows {
                let lines = desk.text(&format!("plan/{folder}/{}", row["file"])).lines().count();
                let line: usize = row["line"].parse().unwrap();
                assert!((1..=lines).contains(&line), "{row:?}");
            }
        }
        // Every document and every grade stands on a line of its own there.
        for (table, id) in [("sources", "source_id"), ("grades", "grade_id")] {
            for row in rows(desk, table, city, plan) {
                let text = desk.text(&format!("plan/{folder}/{}", row["file"]));
                let line = text.lines().nth(row["line"].parse::<usize>().unwrap() - 1).unwrap();
                assert!(line.contains(&row[id]), "{row:?}: {line}");
            }
        }
    }
}

/// Records of one period and day, and two reasons for one change on one day, are told apart and sorted.
#[test]
fn what_is_alike_is_told_apart() {
    let desk = two_cities();
    let change = "\n[[1.change]]\ndate = 2026-04-01\nreason = \"見直し\"\n";
    desk.write("cities/uto/plan/outline/1.toml", format!("{OUTLINE}{change}{change}"));
    let report = |done: &str| update("R8Q1", "2026-07-03", "good").replace("\n\n", &format!("\ndone = \"{done}\"\n\n"));
    for reports in [["one", "other"], ["other", "one"]] {
        desk.write("cities/uto/plan/records/1.toml", reports.map(report).concat());
        let ran = desk.run("export -o dataset --format csv --from cities/uto --lang en");
        assert_eq!(ran.code, 0, "{}", ran.out());
        for table in ["updates", "ratings"] {
            let rows = rows(&desk, table, "432113", "reform");
            let records: Vec<_> = rows.iter().filter(|row| row["entry_id"] == "1").map(|row| &row["record"]).collect();
            assert!(records.len() == 2 && records[0] < records[1], "{table}: {records:?}");
        }
    }
    let changes = rows(&desk, "changes", "432113", "reform");
    assert_eq!(changes.iter().map(|row| row["number"].as_str()).collect::<Vec<_>>(), ["1", "2"]);
}

/// The name of its folder is in the table of plans.
#[test]
fn a_folder_that_was_renamed_is_written_again() {
    let desk = Desk::empty();
    write_city(&desk, "old", HEAD);
    fs::rename(desk.path("old/plan"), desk.path("one")).unwrap();
    assert_eq!(desk.run("export -o dataset --format csv --from one").code, 0);
    fs::rename(desk.path("one"), desk.path("two")).unwrap();
    let ran = desk.run("export -o dataset --format csv --from two --lang en");
    assert!(ran.out().contains("plans written 1, unchanged 0"), "{ran:?}");
    assert_eq!(rows(&desk, "plans", "431001", "reform")[0]["folder"], "two");
}

/// A withdrawal is a record of its own, and no answer.
#[test]
fn what_is_withdrawn_is_exported_as_that() {
    let desk = shipped();
    for args in [
        "add R8.10.1 --name 第3回委員会 --who 委員 --about 1-1-1 --opinion 市外でも開く。",
        "answer 2026-10-01/1 --state 対応中 --answer 準備する。",
        "answer 2026-10-01/1 --corrects 2026-11-21 --withdraw",
        "add 2026-10-01/1 --corrects 2026-11-21 --withdraw",
    ] {
        let ran = desk.run(&format!("opinion {args} --plan example"));
        assert_eq!(ran.code, 0, "{args}: {ran:?}");
    }
    let ran = desk
        .run(&format!("export -o dataset --lang en{}", if cfg!(feature = "parquet") { "" } else { " --format jsonl" }));
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(desk.run("export -o csv --format csv").code, 0);
    fs::remove_dir_all(desk.path("dataset")).unwrap();
    fs::rename(desk.path("csv"), desk.path("dataset")).unwrap();
    for table in ["opinions", "responses"] {
        let rows = rows(&desk, table, "010006", "kakuu-reform-2028");
        let [said, back] = &rows[..] else { panic!("{table}: {rows:?}") };
        assert_eq!([&said["is_withdrawal"], &back["is_withdrawal"]], ["false", "true"], "{table}");
        assert_eq!(back["corrects"], said["record"], "{table}");
        // Who withdraws an opinion shows which; who withdraws an answer says nothing.
        let text = if table == "opinions" { &*said["text"] } else { "" };
        assert_eq!(back["text"], text, "{table}");
    }
    assert_eq!(rows(&desk, "responses", "010006", "kakuu-reform-2028")[1]["state"], "");
}

#[test]
fn a_bare_repository_is_read() {
    let desk = Desk::empty();
    write_city(&desk, ".", HEAD);
    desk.commit("2026-10-05T09:00:00+0900", "計画");
    desk.git("2026-10-05T09:00:00+0900", &["clone", "-q", "--bare", ".", "bare.git"]);
    let ran = desk.run("export -o dataset --format csv --from bare.git --rev HEAD --lang en");
    assert!(ran.code == 0 && ran.out().contains("plans written 1"), "{ran:?}");
    assert_eq!(rows(&desk, "plans", "431001", "reform")[0]["revision"], "HEAD");
}

/// A run that is killed leaves old, new or no files of a plan, and the next one, of whatever plan, none that are mixed.
#[test]
fn a_killed_run_leaves_nothing_half_done_to_the_next() {
    let partition = |desk: &Desk| -> BTreeMap<String, Vec<u8>> {
        tables(desk).into_iter().filter(|(path, _)| path.contains("city=432113")).collect()
    };
    let later = |desk: &Desk| desk.write("cities/uto/plan/records/3.toml", update("R8Q2", "2026-10-04", "good"));
    let fresh = two_cities();
    later(&fresh);
    assert_eq!(fresh.run("export -o dataset --format csv --from cities/uto").code, 0);
    let new = partition(&fresh);
    let mut seen = [0; 3];
    for (call, nth) in
        [("rename", 4), ("rename", 5), ("rename", 12), ("rename", 26), ("create", 12), ("unlink", 27), ("unlink", 28)]
    {
        let desk = two_cities();
        assert_eq!(desk.run("export -o dataset --format csv --from cities/uto").code, 0);
        let old = partition(&desk);
        later(&desk);
        let fault = format!("{call}:{nth}:kill:{}", desk.path("happened").display());
        let args = ["export", "-o", "dataset", "--format", "csv", "--from", "cities/uto"];
        assert_eq!(desk.with_env(&[("KAIKAKU_FAULT", &fault)], &args).code, 137, "{fault}");
        let ran = desk.run("export -o dataset --format csv --from cities/kumamoto --lang en");
        assert_eq!(ran.code, 0, "{fault}: {ran:?}");
        let left = partition(&desk);
        let place = [left == old, left == new, left.is_empty()].iter().position(|is| *is);
        seen[place.unwrap_or_else(|| panic!("{fault}: half of a partition"))] += 1;
        let is_said = ran.out().contains("432113/reform half done");
        assert_eq!(is_said, left.is_empty(), "{fault}: {ran:?}");
        let own = |path: &PathBuf| path.components().any(|part| part.as_os_str().to_string_lossy().ends_with(".new"));
        let waiting: Vec<_> = desk.files().into_iter().map(|(path, _)| path).filter(own).collect();
        assert!(waiting.is_empty(), "{fault}: {waiting:?}");
        assert!(!desk.path("dataset/_manifest/432113/reform.unfinished").exists(), "{fault}");
    }
    assert!(seen[0] > 0 && seen[2] > 0, "{seen:?}");
}

/// The dataset still has what was written before: the table says so.
#[test]
fn what_cannot_be_exported_any_more_is_said_to_stand() {
    let desk = two_cities();
    assert_eq!(desk.run("export -o dataset --format csv --from cities/*").code, 0);
    let ran = desk.run("export -o dataset --format csv --from cities/* --lang en");
    assert!(!ran.out().contains("Still in the dataset"), "{ran:?}");
    let as_of = rows(&desk, "plans", "432113", "reform")[0]["as_of"].clone();
    let head = desk.text("cities/uto/plan/plan.toml");
    desk.write("cities/uto/plan/plan.toml", head.replace("levels", "lovels"));
    let ran = desk.run("export -o dataset --format csv --from cities/* --lang en");
    assert!(ran.code == 1 && ran.out().contains("Still in the dataset"), "{ran:?}");
    assert!(ran.out().contains(&format!("as of {as_of}")), "{ran:?}");
}

#[test]
fn plans_and_folders_are_named_as_they_are() {
    let desk = two_cities();
    desk.commit("2026-10-05T09:00:00+0900", "計画");
    let said = |args: &str| desk.run(&format!("export --format csv --lang en {args}")).out().to_owned();
    desk.write("cities/uto/plan/plan.toml", "");
    desk.commit("2026-10-05T10:00:00+0900", "壊す");
    let out = said("-o a --from cities/uto/plan --rev HEAD");
    assert!(out.contains("cities/uto/plan @ HEAD") && !out.contains("plan/plan @"), "{out}");
    assert!(said("-o a --from cities/uto --rev HEAD").contains("cities/uto/plan @ HEAD"));
    desk.write("list.csv", "cities/nowhere,HEAD\n");
    let out = said("-o a --from list.csv");
    assert!(out.contains("there is no folder cities/nowhere"), "{out}");
    // A folder is not a heading because of its name.
    write_city(&desk, "path", HEAD);
    for (list, written) in [("path\n", 1), ("path,rev,plan\npath,,\n", 1), ("path\npath\n", 1)] {
        desk.write("list.csv", list);
        let out = said("-o b --from list.csv");
        assert!(out.contains("not written 0") && !out.contains("written 0, unchanged 0"), "{written} {list}: {out}");
    }
}

/// On Windows no file can be called `con.json`.
#[test]
fn a_plan_may_be_called_as_windows_calls_a_device() {
    let desk = Desk::empty();
    write_city(&desk, "a", &HEAD.replace("\"reform\"", "\"con\""));
    let run = || desk.run("export -o dataset --format csv --from a --lang en").out().to_owned();
    assert!(run().contains("plans written 1"));
    let out = run();
    assert!(out.contains("unchanged 1") && !out.contains("not asked for"), "{out}");
}

#[cfg(unix)]
#[test]
fn an_empty_folder_behind_a_link_is_an_empty_folder() {
    let desk = two_cities();
    fs::create_dir(desk.path("disk")).unwrap();
    std::os::unix::fs::symlink(desk.path("disk"), desk.path("dataset")).unwrap();
    assert_eq!(desk.run("export -o dataset --format csv --from cities/*").code, 0);
    assert!(desk.path("disk/plans/city=432113").exists());
}

/// What lies where no plan is looked for may be unreadable.
#[cfg(unix)]
#[test]
fn what_cannot_be_read_beside_stops_only_what_is_about_it() {
    let desk = two_cities();
    std::os::unix::fs::symlink("loop", desk.path("loop")).unwrap();
    let ran = desk.run("export -o dataset --format csv --from cities/* --lang en");
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(desk.run("status --lang en").failed().contains("cannot read loop"));
    assert_eq!(desk.run("init new --name 新しい計画 --from R8 --to R11").code, 0);
    assert!(desk.path("plan/new/plan.toml").exists());
}

#[cfg(not(feature = "parquet"))]
#[test]
fn without_parquet_the_program_says_what_to_do() {
    let desk = two_cities();
    let said = desk.run("export -o dataset --from cities/* --lang en").failed();
    assert!(said.contains("without what writes Parquet") && said.contains("--features parquet"), "{said}");
    assert!(!desk.path("dataset").exists());
}

#[cfg(feature = "parquet")]
#[test]
fn parquet_is_the_same_bytes_every_time() {
    let [one, other] = [two_cities(), two_cities()];
    for desk in [&one, &other] {
        assert_eq!(desk.run("export -o dataset --from cities/*").code, 0);
    }
    let path = "dataset/standings/city=431001/plan=reform/data.parquet";
    let bytes = one.read(path);
    assert_eq!((&bytes[..4], &bytes[bytes.len() - 4..]), (&b"PAR1"[..], &b"PAR1"[..]));
    assert!(bytes == other.read(path));
}
