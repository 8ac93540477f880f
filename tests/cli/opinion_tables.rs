//! `kaikaku opinion import` of what auditors and cities publish on measures taken, in the shapes in which they print it.

use serde_json::{Value as Json, json};

use crate::support::Desk;

/// Brings a table of an audit in; each opinion with its kind, its state and its answer.
fn imported(desk: &Desk, table: &str, more: &[&str]) -> (Vec<[Json; 4]>, String) {
    desk.write("措置状況.csv", table);
    let args = ["opinion", "import", "措置状況.csv", "--plan", "example", "--meeting", "R8.10.15"];
    let ran = desk.call(&[&args[..], &["--name", "令和8年度定期監査", "--apply"], more].concat());
    assert!(ran.code < 2, "{table}: {ran:?}");
    let json = desk.json("opinion list --plan example");
    let of = |one: &Json| {
        [&one["number"], &one["kind"], &one["state"], one["responses"].get(0).map_or(&Json::Null, |r| &r["answer"])]
            .map(Clone::clone)
    };
    (json["opinions"].as_array().unwrap().iter().map(of).collect(), ran.out().to_owned() + &ran.err)
}

#[test]
fn tables_of_audits_are_read_as_cities_print_them() {
    let none = Json::Null;
    for (table, more, expected) in [
        (
            "番号,所管課,指摘事項,措置の内容,措置状況\n1,人事課,手当を過払いした。,返還させた。,措置済\n\
             2,財政課,契約書に日付がない。,様式を改める。,措置中\n3,財政課,台帳が古い。,調べている。,検討中\n4,人事課,印影がない。,,未措置\n",
            &[][..],
            vec![
                [json!("1"), json!("point"), json!("done"), json!("返還させた。")],
                [json!("2"), json!("point"), json!("doing"), json!("様式を改める。")],
                [json!("3"), json!("point"), json!("considering"), json!("調べている。")],
                [json!("4"), json!("point"), none.clone(), none.clone()],
            ],
        ),
        // The state stands before the text.
        (
            "№,監査の結果,講じた措置\n1,手当を過払いした。,【措置済】返還させた。\n2,台帳が古い。,\"検討中\n来年度に決める。\"\n",
            &[],
            vec![
                [json!("1"), json!("point"), json!("done"), json!("返還させた。")],
                [json!("2"), json!("point"), json!("considering"), json!("来年度に決める。")],
            ],
        ),
        (
            "番号,区分,監査結果,措置の内容,改善状況\n1,指摘,手当を過払いした。,返還させた。,改善済み\n2,意見,台帳が古い。,電子にする。,改善中\n",
            &[],
            vec![
                [json!("1"), json!("point"), json!("done"), json!("返還させた。")],
                [json!("2"), json!("opinion"), json!("doing"), json!("電子にする。")],
            ],
        ),
        // 措置状況 in sentences is the answer; its state is given for all.
        (
            "番号,指摘事項,措置状況\n1,手当を過払いした。,返還させた。\n",
            &["--state", "対応済"],
            vec![[json!("1"), json!("point"), json!("done"), json!("返還させた。")]],
        ),
        (
            "項番,指摘の概要,措置区分,措置等の内容\n1,手当の過払い,未措置,－\n2,古い台帳,一部措置済,半分を改めた。\n",
            &[],
            vec![
                [json!("1"), json!("point"), none.clone(), none.clone()],
                [json!("2"), json!("point"), json!("doing"), json!("半分を改めた。")],
            ],
        ),
        // 包括外部監査: 結果 is a point raised, 意見 an opinion.
        (
            "項番,結果・意見の別,内容,対応内容,対応状況\n1,結果,手当を過払いした。,返還させた。,対応済\n2,意見,台帳が古い。,電子にする。,検討中\n",
            &[],
            vec![
                [json!("1"), json!("point"), json!("done"), json!("返還させた。")],
                [json!("2"), json!("opinion"), json!("considering"), json!("電子にする。")],
            ],
        ),
        // States alone: what is printed is what was answered.
        (
            "番号,指摘事項,措置状況\n1,手当を過払いした。,措置済み\n2,台帳が古い。,未措置\n",
            &[],
            vec![
                [json!("1"), json!("point"), json!("done"), json!("措置済み")],
                [json!("2"), json!("point"), none.clone(), none.clone()],
            ],
        ),
        // Headings in two rows.
        (
            "番号,監査の結果,,措置の状況,,\n,区分,内容,区分,内容,年月日\n1,指摘事項,手当を過払いした。,措置済,返還させた。,R8.11.2\n\
             2,要望事項,台帳が古い。,検討中,電子にする。,－\n",
            &[],
            vec![
                [json!("1"), json!("point"), json!("done"), json!("返還させた。")],
                [json!("2"), json!("request"), json!("considering"), json!("電子にする。")],
            ],
        ),
        // 区分 may be what came of it; what all of them are says their heading.
        (
            "番号,要望事項,措置の内容,区分\n1,窓口を広げること。,広げた。,措置済\n",
            &[],
            vec![[json!("1"), json!("request"), json!("done"), json!("広げた。")]],
        ),
        (
            "番号,監査意見,措置の内容,措置の状況,措置予定時期\n1,台帳を電子にすること。,令和9年度に電子にする。,措置予定,R9.6\n",
            &[],
            vec![[json!("1"), json!("opinion"), json!("doing"), json!("令和9年度に電子にする。")]],
        ),
    ] {
        let desk = Desk::copied();
        let (found, told) = imported(&desk, table, more);
        assert_eq!(found, expected, "{table}\n{told}");
        let again = imported(&desk, table, more);
        assert!(again.1.contains("取り込むものはありません"), "not taken twice: {table} {}", again.1);
    }
}

#[test]
fn liberties_and_what_is_left_out_are_said() {
    let desk = Desk::copied();
    let table = "番号,監査意見,措置の内容,措置の状況,措置予定時期,理由欄\n1,台帳を電子に。,来年度にする。,措置予定,R9.6,既決\n2,印影。,調べた。,まあまあ,,\n";
    let (found, told) = imported(&desk, table, &[]);
    assert_eq!(found.len(), 1);
    for words in [
        "「措置予定」を「対応中」と読みました",
        "約束の内容がないので、時期（R9.6）は取り込みません",
        "列「理由欄」は、何の列か分からないので読みません",
        "「まあまあ」という対応状況はありません",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
}

/// The file of the audit.
fn recorded(desk: &Desk) -> String {
    String::from_utf8(desk.read("plan/example/opinions/2026-10-15.toml")).unwrap()
}

#[test]
fn a_state_among_sentences_keeps_its_meaning() {
    let desk = Desk::copied();
    let table = "番号,指摘事項,措置状況\n1,手当。,措置済\n2,規程。,規程を改めた。\n3,台帳。,未措置\n4,印影。,検討中\n";
    let (found, told) = imported(&desk, table, &["--state", "対応中"]);
    let states: Vec<&Json> = found.iter().map(|one| &one[2]).collect();
    assert_eq!(states, [&json!("done"), &json!("doing"), &Json::Null, &json!("considering")], "{told}");
}

#[test]
fn the_same_words_to_two_departments_are_two_opinions() {
    let desk = Desk::copied();
    let table = "所管課,指摘事項,措置の内容,措置状況\n人事課,契約書に日付がない。,返還させた。,措置済\n\
                 財政課,契約書に日付がない。,調べている。,検討中\n";
    let expected = [["1", "done", "返還させた。"], ["2", "considering", "調べている。"]];
    for day in ["R8.11.1", "R8.11.2"] {
        let (found, told) = imported(&desk, table, &["--recorded", day]);
        let found: Vec<_> =
            found.iter().map(|one| [&one[0], &one[2], &one[3]].map(|cell| cell.as_str().unwrap())).collect();
        assert_eq!(found, expected, "{told}");
    }
}

#[test]
fn another_table_below_is_refused_and_headings_may_be_repeated() {
    let desk = Desk::copied();
    let head = "番号,所管課,指摘事項,措置の内容,措置状況\n1,人事課,手当。,返還させた。,措置済\n";
    let args = [
        "opinion",
        "import",
        "措置状況.csv",
        "--plan",
        "example",
        "--meeting",
        "R8.10.15",
        "--name",
        "定期監査",
        "--apply",
    ];
    desk.write(
        "措置状況.csv",
        format!("{head}番号,所管課,対応の内容,意見,対応状況\n2,財政課,調べている。,台帳を電子に。,検討中\n"),
    );
    let ran = desk.call(&args);
    assert!(ran.code == 2 && ran.err.contains("3 行目から、列の違う別の表が始まります"), "{ran:?}");
    assert!(!desk.path("plan/example/opinions/2026-10-15.toml").exists(), "nothing is taken");
    let (found, told) = imported(
        &desk,
        &format!("{head}番号,所管課,指摘事項,措置の内容,措置状況\n2,財政課,台帳。,調べている。,検討中\n"),
        &[],
    );
    assert_eq!(found.len(), 2, "{told}");
    assert!(told.contains("見出しの行です"), "{told}");
}

#[test]
fn an_older_answer_is_not_taken_for_the_one_that_holds() {
    let desk = Desk::copied();
    let table = |text: &str, state: &str, day: &str| {
        format!("番号,所管課,指摘事項,措置の内容,措置状況,措置日\n1,人事課,手当。,{text},{state},{day}\n")
    };
    let [older, newer] = [table("調べる。", "検討中", "R8.10.20"), table("返還させた。", "措置済", "R8.11.2")];
    // The older one once more is what is recorded already, and does not come back.
    for table in [&older, &newer, &older, &newer] {
        imported(&desk, table, &[]);
    }
    let (found, _) = imported(&desk, &newer, &[]);
    assert_eq!(found[0][2], json!("done"));
    assert_eq!(recorded(&desk).matches("[[response]]").count(), 2);
    let (found, told) = imported(&desk, &table("別の対応。", "対応中", "R8.10.25"), &[]);
    assert_eq!(found[0][2], json!("done"), "{told}");
    assert!(told.contains("R8.11.2 の対応がもう記録されています"), "{told}");
}

#[test]
fn an_answer_before_the_meeting_is_refused_alone_and_by_its_row() {
    let desk = Desk::copied();
    let table = "番号,所管課,指摘事項,措置の内容,措置状況,措置日\n1,人事課,手当。,返還させた。,措置済,R8.10.1\n2,財政課,台帳。,調べている。,検討中,R8.11.2\n";
    let (found, told) = imported(&desk, table, &[]);
    assert_eq!(found.iter().map(|one| &one[0]).collect::<Vec<_>>(), [&json!("2")], "{told}");
    assert!(told.contains("対応の日（R8.10.1）が、意見の出た日（R8.10.15）より前です"), "{told}");
}

#[test]
fn one_of_several_departments_answers_for_itself() {
    let desk = Desk::copied();
    let table = |owner: &str, text: &str, state: &str| {
        format!("番号,所管課,指摘事項,措置の内容,措置状況\n1,{owner},手当。,{text},{state}\n")
    };
    imported(&desk, "番号,所管課,指摘事項\n1,人事課、財政課,手当。\n", &["--recorded", "R8.11.1"]);
    imported(&desk, &table("人事課", "返還させた。", "措置済"), &["--recorded", "R8.11.2"]);
    imported(&desk, &table("財政課", "調べている。", "検討中"), &["--recorded", "R8.11.3"]);
    let file = recorded(&desk);
    for owner in ["personnel", "finance"] {
        assert!(file.contains(&format!("owner    = \"{owner}\"\n")), "each answer says whose it is: {file}");
    }
}

#[test]
fn remarks_titles_and_sums_are_no_opinions() {
    let desk = Desk::copied();
    let table = "指摘事項,所管課,措置の内容,措置状況\n【総務局】,,,\n手当を過払いした。,人事課,返還させた。,措置済\n計 1件,,,\n※ 令和8年3月31日現在,,,\n（注）軽易なものを除く。,,,\n";
    let (found, told) = imported(&desk, table, &[]);
    assert_eq!(found.len(), 1, "{told}");
    assert!(told.contains("総務局") && told.contains("令和8年3月31日現在"), "nothing is lost in silence: {told}");
}
