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
