//! A year of opinions: four meetings, an audit and a public consultation, from the first opinion to the published table,
//! through the departments' workbooks.

use rust_xlsxwriter::Workbook;

use crate::sheet::{Filling, text};
use crate::support::{Desk, Ran};

/// A desk that is asked on one day after another.
struct Year {
    desk: Desk,
    today: &'static str,
}

impl Year {
    fn run(&self, args: &[&str]) -> Ran {
        self.desk.with_env(&[("KAIKAKU_TODAY", self.today), ("KAIKAKU_PLAN", "example")], args)
    }

    fn done(&self, args: &[&str]) -> String {
        let ran = self.run(args);
        assert_eq!(ran.code, 0, "{args:?}: {} {}", ran.err, ran.out());
        ran.out().to_owned()
    }

    fn says(&self, line: &str) -> String {
        self.done(&line.split_whitespace().collect::<Vec<_>>())
    }

    fn json(&self, line: &str) -> serde_json::Value {
        serde_json::from_str(&self.says(&format!("{line} --format json"))).unwrap()
    }

    fn on(self, today: &'static str) -> Self {
        Self { today, ..self }
    }
}

/// The state of each opinion, by its name.
fn states(year: &Year) -> Vec<(String, String)> {
    let json = year.json("opinion list");
    let state = |one: &serde_json::Value| {
        (one["name"].as_str().unwrap().to_owned(), one["state"].as_str().unwrap_or("unanswered").to_owned())
    };
    json["opinions"].as_array().unwrap().iter().map(state).collect()
}

/// 市役所改革推進委員会 第1回: two opinions, the first answered with a promise.
fn first_meeting(year: &Year) {
    let name = "市役所改革推進委員会 第1回";
    year.done(&[
        "opinion",
        "add",
        "R8.5.20",
        "--name",
        name,
        "--who",
        "委員",
        "--person",
        "見本 花子",
        "--about",
        "1-1-1",
        "--kind",
        "要望",
        "--opinion",
        "採用の説明会を、市外でも開いてほしい。",
        "--due",
        "R8.6.10",
    ]);
    year.done(&[
        "opinion",
        "add",
        name,
        "--about",
        "1-1-2",
        "--about",
        "counter-satisfaction",
        "--kind",
        "質問",
        "--opinion",
        "窓口の満足度が下がったのはなぜか。",
    ]);
}

#[test]
fn a_year_of_opinions_becomes_the_published_table() {
    let year = Year { desk: Desk::copied(), today: "2026-05-21" };
    first_meeting(&year);
    // 意見1 is to be answered by 6/10: in time on that day, overdue on the next.
    let owed = |year: &Year| {
        let ran = year.run(&["due", "--format", "json"]);
        let json: serde_json::Value = serde_json::from_str(ran.out()).unwrap();
        ["opinion", "promise", "asked"].map(|kind| json["counts"][kind].as_u64().unwrap())
    };
    let year = year.on("2026-06-10");
    // 意見2 goes to 人事課 (1-1-2) and 窓口サービス課 (counter-satisfaction): with 意見1 three answers are owed, none late.
    assert_eq!(owed(&year), [0, 0, 3]);
    let year = year.on("2026-06-11");
    assert_eq!(owed(&year), [1, 0, 2]);
    let letter = year.run(&["due", "--letter", "--owner", "人事課"]);
    assert_eq!(letter.code, 1);
    assert!(
        letter.out().contains(
            "市役所改革推進委員会 第1回 番号1「採用の説明会を、市外でも開いてほしい。」への回答をいただいておりません"
        ),
        "{}",
        letter.out()
    );
    let attention = year.says("status --attention");
    assert!(attention.contains("対応を要する意見") && attention.contains("2026-05-20/1"), "{attention}");
    year.done(&[
        "opinion",
        "answer",
        "2026-05-20/1",
        "--state",
        "対応中",
        "--answer",
        "市外での開催を準備している。",
        "--promise",
        "市外で1回開く",
        "--until",
        "R8.9",
        "--by",
        "人事課長",
    ]);
    year.done(&[
        "opinion",
        "answer",
        "2026-05-20/2",
        "--owner",
        "窓口サービス課",
        "--state",
        "対応済",
        "--answer",
        "待ち時間が延びたためである。",
    ]);
    // The other department has not answered yet.
    assert_eq!(states(&year)[1].1, "unanswered");
    assert_eq!(owed(&year), [0, 0, 2]);

    // The assembly asks, and the second meeting comes as a table in CSV.
    let year = year.on("2026-06-25");
    year.done(&[
        "opinion",
        "add",
        "R8.6.24",
        "--name",
        "市議会6月定例会",
        "--who",
        "議員",
        "--about",
        "3-1-1",
        "--kind",
        "質問",
        "--opinion",
        "公共施設の再編はいつ終わるのか。",
    ]);
    year.desk.write(
        "第2回.csv",
        "番号,発言者,種類,意見の内容,項目,担当課,対応状況,対応の内容\n\
         1,委員,意見,研修の効果を示してほしい。,1-2-1,人事課,検討中,指標を検討している。\n\
         2,委員,意見,目標が低い。,9-9-9,,,\n",
    );
    let year = year.on("2026-08-26");
    let import = ["opinion", "import", "第2回.csv", "--meeting", "R8.8.25", "--name", "市役所改革推進委員会 第2回"];
    let ran = year.run(&[&import[..], &["--apply"]].concat());
    assert_eq!(ran.code, 1, "an entry that is not there: {ran:?}");
    assert!(ran.out().contains("「9-9-9」という項目も指標もありません"), "{}", ran.out());
    let again = year.run(&[&import[..], &["--apply"]].concat());
    assert!(again.err.contains("取り込むものはありません"), "what is there is not taken twice: {again:?}");

    // 9月 is over, and nothing says that the promise was kept.
    let year = year.on("2026-10-01");
    assert_eq!(owed(&year)[1], 1);

    // The third meeting as an Excel workbook, the audit as a Word document.
    workbook(&year.desk);
    let year = year.on("2026-11-12");
    let third =
        ["opinion", "import", "第3回.xlsx", "--meeting", "R8.11.10", "--name", "市役所改革推進委員会 第3回", "--apply"];
    year.done(&third);
    audit(&year);
    consultation(&year);
    assert_eq!(states(&year).len(), 2 + 1 + 1 + 1 + 1 + 2);

    collected(year);
}

/// 市役所改革推進委員会 第3回, as the secretariat keeps it in Excel: a title, then the table.
fn workbook(desk: &Desk) {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "第3回　委員意見一覧").unwrap();
    for (column, title) in (0..).zip(["No.", "委員意見", "該当項目", "期限", "件数"]) {
        sheet.write(2, column, title).unwrap();
    }
    sheet.write(3, 0, 1).unwrap();
    sheet.write(3, 1, "施設の再編を、地域ごとに説明してほしい。").unwrap();
    sheet.write(3, 2, "3-1-1").unwrap();
    sheet.write(3, 3, "令和8年12月10日").unwrap();
    desk.write("第3回.xlsx", book.save_to_buffer().unwrap());
}

/// 定期監査: written by another plan's office in Word, and taken over from there.
fn audit(year: &Year) {
    let other = Year { desk: Desk::copied(), today: year.today };
    other.done(&[
        "opinion",
        "add",
        "R8.10.15",
        "--name",
        "令和8年度定期監査",
        "--who",
        "監査委員",
        "--about",
        "2-1-1",
        "--kind",
        "指摘",
        "--opinion",
        "契約の手続を改めること。",
        "--owner",
        "財政課",
    ]);
    other.says("report opinions -o 監査.docx");
    year.desk.write("監査.docx", other.desk.read("監査.docx"));
    let args = ["opinion", "import", "監査.docx", "--meeting", "R8.10.15", "--name", "令和8年度定期監査", "--apply"];
    year.done(&args);
    let json = year.json("opinion list --meeting 2026-10-15");
    let one = &json["opinions"][0];
    assert_eq!(
        (one["meeting"]["body"].as_str(), one["kind"].as_str(), one["owners"][0].as_str(), one["who"].as_str()),
        (Some("audit"), Some("point"), Some("財政課"), Some("監査委員"))
    );
}

/// パブリックコメント: 12 people say one thing in three ways (7 + 4 + 1), 2 another.
fn consultation(year: &Year) {
    let name = ["--name", "改革プラン素案への意見募集", "--from", "R8.10.11"];
    let said = |more: &[&str]| year.done(&[&["opinion", "add", "R8.11.9"], more].concat());
    said(
        &[
            &name[..],
            &[
                "--opinion",
                "窓口を夜も開けてほしい。",
                "--summary",
                "窓口の時間の延長",
                "--count",
                "7",
                "--owner",
                "窓口サービス課",
            ],
        ]
        .concat(),
    );
    said(&["--opinion", "夕方も窓口を開けて", "--count", "4", "--like", "1"]);
    said(&["--opinion", "休日に開けてほしい", "--like", "1"]);
    said(&["--opinion", "紙の申請を残してほしい。", "--count", "2", "--owner", "デジタル推進課"]);
}

/// The open opinions go to the departments in their workbooks, and come back answered.
fn collected(year: Year) {
    let year = year.on("2027-01-08");
    year.says("inquiry send --period R8Q3 -o out --deadline R9.1.22");
    let fill = |owner: &str, answers: &[(&str, &str, &str)]| {
        let file = format!("out/照会_R8Q3_{owner}.xlsx");
        let filling = answers.iter().fold(Filling::new(year.desk.read(&file)), |filling, (opinion, field, words)| {
            let (meeting, number) = opinion.split_once('/').unwrap();
            filling.answer(&format!("{meeting}/opinion.{number}.{field}@R8Q3"), text(words))
        });
        year.desk.write(&format!("back/{owner}.xlsx"), filling.done());
    };
    fill(
        "人事課",
        &[
            ("2026-05-20/1", "state", "対応済"),
            ("2026-05-20/1", "answer", "11月に市外で1回開いた。"),
            ("2026-05-20/2", "state", "対応しない"),
            ("2026-05-20/2", "answer", "採用の所管ではない。"),
            ("2026-05-20/2", "reason", "窓口の満足度は窓口サービス課が所管するため"),
        ],
    );
    fill(
        "窓口サービス課",
        &[
            ("2026-11-09/1", "state", "対応中"),
            ("2026-11-09/1", "answer", "木曜日の夜の開庁を試行する。"),
            ("2026-11-09/1", "promise", "試行の結果を公表する"),
            ("2026-11-09/1", "until", "R9.6"),
        ],
    );
    fill("デジタル推進課", &[("2026-11-09/4", "state", "対応しない"), ("2026-11-09/4", "answer", "順次電子化する。")]);
    let year = year.on("2027-01-20");
    let ran = year.run(&["inquiry", "collect", "back/*.xlsx", "--apply"]);
    assert_eq!(ran.code, 1, "nothing is done, and nobody says why");
    assert!(ran.out().contains("対応しない理由が書かれていません"), "{}", ran.out());
    assert!(ran.err.contains("答え 9 件を、3 件の記録にしました"), "{}", ran.err);
    let files = year.desk.files();
    let again = year.run(&["inquiry", "collect", "back/人事課.xlsx", "back/窓口サービス課.xlsx", "--apply"]);
    assert!(again.code == 0 && again.err.contains("記録する答えはありません"), "{again:?}");
    assert!(year.desk.files() == files, "what was collected is not recorded twice");
    let settled: Vec<(String, String)> = states(&year);
    let wanted = [
        ("2026-05-20/1", "done"),
        // 人事課 does nothing, 窓口サービス課 is done: the one that is least far says what comes of it.
        ("2026-05-20/2", "declined"),
        ("2026-06-24/1", "unanswered"),
        ("2026-08-25/1", "considering"),
        ("2026-10-15/1", "unanswered"),
        ("2026-11-09/1", "doing"),
        ("2026-11-09/4", "unanswered"),
        ("2026-11-10/1", "unanswered"),
    ];
    assert_eq!(settled, wanted.map(|(name, state)| (name.to_owned(), state.to_owned())));
    published(year);
}

/// The table of the public consultation in all formats, each held against the record.
fn published(year: Year) {
    let year = year.on("2027-02-01");
    year.done(&[
        "opinion",
        "answer",
        "2026-11-09/4",
        "--state",
        "対応しない",
        "--answer",
        "紙の申請も残す。",
        "--reason",
        "電子申請を使えない人がいるため",
    ]);
    let table = year.says("report opinions --for public --format md");
    // 7 + 4 + 1 = 12, and 2: 14 in two rows.
    for line in [
        "意見は14件（まとめて2項目）である。2項目の内訳は、対応中 1項目、対応しない 1項目である。",
        "| 1 | 窓口の時間の延長 | 12 | 木曜日の夜の開庁を試行する。 |",
        "| 4 | 紙の申請を残してほしい。 | 2 | 紙の申請も残す。<br>理由：電子申請を使えない人がいるため |",
    ] {
        assert!(table.contains(line), "{line}\n\n{table}");
    }
    let ledger = year.says("report opinions --for ledger --format md");
    assert!(!ledger.contains("見本 花子"), "a name is left out: {ledger}");
    assert!(year.says("report opinions --for ledger --names --format md").contains("委員（見本 花子）"));
    year.desk.commit("2027-02-01T09:00:00+0900", "One");
    // A word of the reader's own names it, too; the revision has changed since.
    let body = |text: &str| text.split("により作成").next().unwrap().to_owned();
    assert_eq!(body(&year.says("report opinions --for 台帳 --format md")), body(&ledger));
    assert!(ledger.contains("意見の様式 台帳") && !ledger.contains("意見の様式 ledger"), "{ledger}");
    for register in ["previous", "ledger", "public"] {
        for ending in ["docx", "xlsx", "html", "md", "csv"] {
            let file = format!("{register}.{ending}");
            year.says(&format!("report opinions --for {register} --meeting 2026-11-09 -o {file}"));
            if ending != "csv" {
                assert_eq!(year.run(&["verify", &file]).code, 0, "{file}: {}", year.run(&["verify", &file]).out());
            }
        }
    }
    year.desk.write("forged.md", year.desk.text("public.md").replace("| 12 |", "| 21 |"));
    let forged = year.run(&["verify", "forged.md"]);
    assert!(forged.code == 1 && forged.out().contains("21"), "{forged:?}");
    let shown = year.says("show 1-1-1");
    assert!(shown.contains("意見と対応") && shown.contains("2026-05-20/1"), "{shown}");
    // 3-1-1 was asked about twice, and nobody has answered.
    let json = year.json("report questions --period R8Q3");
    let asked = crate::support::by_id(&json["questions"], "3-1-1");
    assert_eq!(asked["opinions"], serde_json::json!(["2026-06-24/1", "2026-11-10/1"]));
    let sheet = year.says("report questions --period R8Q3 --format md");
    assert!(
        sheet.contains("市議会6月定例会の意見「公共施設の再編はいつ終わるのか。」への対応はどうなったか。"),
        "{sheet}"
    );
    let checked = year.run(&["check"]);
    assert!(checked.code == 0 && !checked.out().contains("opinions/"), "{}", checked.out());
}

#[test]
fn what_was_said_is_corrected_by_adding() {
    let year = Year { desk: Desk::copied(), today: "2026-05-21" };
    first_meeting(&year);
    let before = year.desk.text("plan/example/opinions/2026-05-20.toml");
    year.done(&["opinion", "add", "2026-05-20/1", "--corrects", "2026-05-21", "--opinion", "市外でも説明会を。"]);
    let after = year.desk.text("plan/example/opinions/2026-05-20.toml");
    assert!(after.starts_with(&before), "every byte stays: {after}");
    let json = year.json("opinion show 2026-05-20/1");
    // What is not given is taken over.
    assert_eq!(
        (json["opinion"]["opinion"].as_str(), json["opinion"]["due"].as_str()),
        (Some("市外でも説明会を。"), Some("2026-06-10"))
    );
    assert_eq!(json["records"].as_array().unwrap().len(), 2);
    let twice = year.run(&["opinion", "add", "2026-05-20/1", "--corrects", "2026-05-21", "--kind", "意見"]);
    assert_eq!(twice.code, 0, "the one that still stands is meant: {twice:?}");
    let gone = year.run(&["opinion", "add", "2026-05-20/2", "--corrects", "2026-05-21", "--withdraw"]);
    assert_eq!(gone.code, 0, "{gone:?}");
    assert_eq!(states(&year).len(), 1);
    let left = year.json("opinion show 2026-05-20/2");
    assert!(left["opinion"].is_null() && left["records"].as_array().unwrap().len() == 2, "{left}");
}

#[test]
fn a_former_number_is_recorded_as_the_present_one() {
    let year = Year { desk: Desk::copied(), today: "2026-05-21" };
    first_meeting(&year);
    year.says("mv 1-1-1 1-1-9");
    // What was said before is read as what it is now, and stays as it was written.
    assert_eq!(year.json("opinion list")["opinions"][0]["about"], serde_json::json!(["1-1-9"]));
    assert!(year.desk.text("plan/example/opinions/2026-05-20.toml").contains("about    = \"1-1-1\""));
    let ran = year.run(&["opinion", "add", "2026-05-20", "--about", "1-1-1", "--opinion", "追加の意見"]);
    assert!(ran.code == 0 && ran.err.contains("「1-1-1」は、今は「1-1-9」です"), "{ran:?}");
    assert!(ran.out().contains("about    = \"1-1-9\""), "{}", ran.out());
}

#[test]
fn a_revision_is_asked_of_git() {
    let year = Year { desk: Desk::copied(), today: "2026-05-21" };
    first_meeting(&year);
    year.desk.commit("2026-05-21T09:00:00+0900", "One");
    let answer = |revision: &str| {
        let args = [
            "opinion",
            "answer",
            "2026-05-20/1",
            "--state",
            "対応済",
            "--answer",
            "計画に加えた。",
            "--revision",
            revision,
        ];
        year.run(&args)
    };
    let unknown = answer("nowhere");
    assert!(unknown.code == 2 && unknown.err.contains("「nowhere」という版"), "{unknown:?}");
    assert_eq!(answer("HEAD").code, 0);
    let head = year.desk.git("2026-05-21T09:00:00+0900", &["rev-parse", "HEAD"]);
    let path = "plan/example/opinions/2026-05-20.toml";
    assert!(year.desk.text(path).contains(&format!("revision = \"{}\"", head.trim())));
    assert!(!year.run(&["check"]).out().contains("unknown-revision"));
    year.desk.write(path, year.desk.text(path).replace(head.trim(), "0123456789"));
    let checked = year.run(&["check", "--strict"]);
    assert!(checked.code == 1 && checked.out().contains("unknown-revision"), "{}", checked.out());
    assert!(checked.out().contains("revision = \"0123456789\""), "{}", checked.out());
}

#[test]
fn what_is_wrong_is_refused_and_nothing_is_written() {
    let year = Year { desk: Desk::copied(), today: "2026-05-21" };
    first_meeting(&year);
    let files = year.desk.files();
    for (args, said) in [
        (&["opinion", "add", "R8.5.21", "--opinion", "x"][..], "会議の名称が指定されていません"),
        (&["opinion", "add", "2026-05-20/1", "--opinion", "x"], "番号 1 の意見はもうあります"),
        (&["opinion", "add", "2026-05-20", "--opinion", "x", "--kind", "愚痴"], "「愚痴」という意見の種類はありません"),
        (&["opinion", "add", "2026-05-20", "--opinion", "x", "--about", "9-9"], "「9-9」という項目も指標もありません"),
        (&["opinion", "add", "2026-05-20", "--opinion", "x", "--like", "7"], "番号 7 の意見にはまとめられません"),
        (&["opinion", "answer", "2026-05-20/3", "--state", "対応済", "--answer", "x"], "という意見はありません"),
        (
            &["opinion", "answer", "2026-05-20/1", "--state", "対応しない", "--answer", "x"],
            "対応しない理由がありません",
        ),
        (
            &["opinion", "answer", "2026-05-20/1", "--state", "対応済", "--answer", "x", "--recorded", "R8.5.1"],
            "より前の対応です",
        ),
        (
            &["opinion", "answer", "2026-05-20/1", "--state", "対応済", "--answer", "x", "--recorded", "R8.5.22"],
            "まだ来ていません",
        ),
        (
            &["opinion", "answer", "2026-05-20/1", "--state", "対応中", "--answer", "x", "--promise", "y"],
            "「until」がありません",
        ),
        (
            &["opinion", "answer", "2026-05-20/1", "--state", "対応済", "--answer", "x", "--change", "R8.5.1"],
            "2026-05-01 の [[change]] は、計画にありません",
        ),
        (&["report", "opinions", "--for", "public"], "パブリックコメントの意見は記録されていません"),
    ] {
        let ran = year.run(args);
        assert!(ran.code == 2 && ran.err.contains(said), "{args:?}: {ran:?}");
        assert!(year.desk.files() == files, "{args:?}");
    }
}

/// On 2026-11-21: a term of the day before has to be confirmed, one of the day itself has not.
#[test]
fn a_term_that_has_passed_has_to_be_confirmed() {
    let year = Year { desk: Desk::copied(), today: "2026-11-21" };
    let before = year.desk.files();
    let add = "opinion add R8.11.20 --name 第4回委員会 --about 1-1-1 --opinion 意見";
    for (more, words) in [
        (" --due R8.11.20", ["2026-11-20", "2026-11-21", "--confirmed"]),
        (" --due R8.11.20 --dry-run", ["2026-11-20", "2026-11-21", "--confirmed"]),
        (" --due R8.11.20 --recorded R8.11.21", ["2026-11-20", "2026-11-21", "--confirmed"]),
    ] {
        let ran = year.run(&format!("{add}{more}").split(' ').collect::<Vec<_>>());
        assert_eq!(ran.code, 2, "{more}: {}", ran.err);
        assert!(words.iter().all(|word| ran.err.contains(word)), "{more}: {}", ran.err);
    }
    assert_eq!(year.desk.files(), before);
    year.says(&format!("{add} --due R8.11.21"));
    // What was recorded late is right, and says why.
    year.says(&format!("{add} --due R8.11.20 --note 議事録 --confirmed 後から記録"));
    let text = year.desk.text("plan/example/opinions/2026-11-20.toml");
    assert!(text.contains("due      = 2026-11-20") && text.contains("議事録") && text.contains("後から記録"), "{text}");
    let answer = "opinion answer 2026-11-20/1 --state 対応中 --answer 回答 --promise 約束";
    let ran = year.run(&format!("{answer} --until R8.10").split(' ').collect::<Vec<_>>());
    assert!(ran.code == 2 && ran.err.contains("2026-10-31") && ran.err.contains("--confirmed"), "{}", ran.err);
    // The month is not over.
    year.says(&format!("{answer} --until R8.11"));
}

/// A promise with a day stands among the tasks of the paper, with who keeps it.
#[test]
fn a_promise_is_a_task_of_the_handover() {
    let year = Year { desk: Desk::copied(), today: "2026-11-21" };
    year.says("opinion add R8.11.10 --name 第4回委員会 --about 1-1-1 --opinion 応募を増やしてほしい --due R8.12.10");
    year.says("opinion add R8.11.10 --about 2-1-1 --opinion 窓口を広げてほしい");
    year.says("opinion answer 2026-11-10/2 --state 対応中 --answer 広げる --promise 3支所に広げる --until R9.2");
    let paper = year.says("handover --format md");
    let first = paper.split("## 2　").next().unwrap();
    let row = |words: &[&str]| first.lines().any(|line| words.iter().all(|word| line.contains(word)));
    assert!(row(&["R8.12.10", "人事課", "応募を増やしてほしい", "回答する", "手順7（意見）"]), "{first}");
    assert!(row(&["R9年2月中", "窓口サービス課", "3支所に広げる", "手順7（意見）"]), "{first}");
    // What is in time is no overdue matter.
    let overdue = paper.split("## 2　").nth(1).unwrap().split("## 3　").next().unwrap();
    assert!(!overdue.contains("3支所に広げる") && !overdue.contains("応募を増やしてほしい"), "{overdue}");
    // Once the day has passed, it is overdue, and the task is the same.
    let late = Year { today: "2027-03-02", ..year };
    let paper = late.says("handover --format md");
    let overdue = paper.split("## 2　").nth(1).unwrap().split("## 3　").next().unwrap();
    let is_late = |line: &str| line.contains("3支所に広げる") && line.contains("手順7（意見）");
    assert!(overdue.lines().any(is_late), "{overdue}");
}
