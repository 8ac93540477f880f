//! `--format` and `--encoding`: what Excel, programs and a web page get.

use encoding_rs::SHIFT_JIS;

use crate::support::{Desk, Ran};

/// A plan whose texts mean harm.
fn hostile(name: &str) -> Desk {
    let plan = "schema = 1\nid = \"x\"\nname = \"計画\"\nperiod = { from = \"R6\", to = \"R9\" }\nlevels = [\"項目\"]\n\
                [[scale]]\nid = \"s\"\nname = \"状況\"\ngrades = [{ id = \"a\", name = \"=良\" }]\n";
    let quoted = toml::Value::from(name).to_string();
    let record = format!(
        "[[update]]\nperiod = \"R8Q2\"\nrecorded = 2026-10-01\nrating = {{ s = \"a\" }}\ndone = {quoted}\nby = {quoted}\n"
    );
    let indicator = format!("[k]\nname = {quoted}\nunit = \"件\"\nkind = \"up\"\ntarget = {{ R9 = -5 }}\n");
    let files = [
        ("plan.toml", plan.to_owned()),
        ("outline/1.toml", format!("[1]\nname = {quoted}\n")),
        ("indicators.toml", indicator),
        ("records/1.toml", record),
        ("records/k.toml", "[[measure]]\nperiod = \"R7\"\nvalue = -1.50\n".to_owned()),
    ];
    Desk::plan(&files.each_ref().map(|(path, text)| (*path, text.as_str())))
}

const READING: [&str; 7] = ["status", "kpi", "show", "show 1", "log", "roadmap", "check"];

#[test]
fn csv_is_what_excel_reads() {
    let desk = Desk::shipped();
    for args in READING.map(|args| args.replace('1', "1-1-1")) {
        let ran = desk.run(&format!("{args} --format csv")).done();
        let text = ran.out().strip_prefix('\u{feff}').unwrap_or_else(|| panic!("{args}: no BOM"));
        assert!(text.lines().count() >= 1 && !text.replace("\r\n", "").contains('\r'), "{args}");
        let quoted = text.split('"').skip(1).step_by(2).map(|cell| cell.matches('\n').count()).sum::<usize>();
        assert_eq!(text.matches('\n').count(), text.matches("\r\n").count() + quoted, "{args}: lines end in CR LF");
        let utf8 = desk.run(&format!("{args} --format csv --encoding utf-8")).done();
        assert_eq!(utf8.out(), text, "{args}");
    }
}

#[test]
fn a_record_that_is_shown_is_one_row() {
    let rows = Desk::shipped().csv("show 1-1-1 --plan example --as-of R6Q2");
    assert_eq!(rows[0][..6], ["見出し", "項目", "内容", "記録日", "対象期間", "id"]);
    let history: Vec<_> = rows.iter().filter(|row| row[0] == "経過").collect();
    // Up to that quarter the file has a record of 2024-07-08 and one of 2024-10-08.
    assert_eq!(history.len(), 2, "{history:?}");
    assert_eq!(history[0][3..6], ["2024-07-08", "R6Q1", "1-1-1"]);
    assert_eq!((&*history[1][3], &*history[1][4]), ("2024-10-08", "R6Q2"));
    let done = rows[0].iter().position(|title| title == "実績").unwrap();
    assert_eq!(history[0][done], "採用担当2名による採用広報チームを課内に置き、年間の計画を決めた。");
}

#[test]
fn a_cell_is_one_value() {
    let rows = Desk::shipped().csv("status --plan example --as-of R7Q4 --under 2-1-3");
    assert_eq!(
        rows[0],
        [
            "番号",
            "階層",
            "名称",
            "所管課",
            "進捗区分",
            "時点",
            "進捗率（％）",
            "件数",
            "評価済",
            "未報告",
            "計画以上",
            "計画どおり",
            "やや遅れ",
            "大幅な遅れ",
            "評価対象外",
            "計画どおり以上",
            "備考",
            "比べる期間",
            "前回比",
            "注意"
        ]
    );
    assert_eq!(
        rows[1],
        [
            "2-1-3",
            "取組項目",
            "土曜開庁の拡充",
            "窓口サービス課",
            "評価対象外",
            "R7Q4",
            "40",
            "1",
            "0",
            "0",
            "0",
            "0",
            "0",
            "0",
            "1",
            "0",
            "",
            "",
            "",
            "※ 架空市は架空の市です。数値も記述も実在しません。"
        ]
    );
    let rows = Desk::shipped().csv("kpi --plan stage3 --under bond-balance");
    assert_eq!(rows[1][2..12], ["at-most", "億円", "R3", "2248", "R4", "2231", "R5", "2430", "-199", "199"]);
}

#[test]
fn formulas_are_neutralised_and_numbers_are_not() {
    for name in ["=1+1", "+1", "-1", "@SUM(A1)", "＝1", "\t=1"] {
        let desk = hostile(name);
        let log = desk.csv("log");
        let update = log.iter().find(|row| row[2] == "1").unwrap();
        assert!(update.iter().all(|cell| !cell.trim_start().starts_with(['=', '+', '-', '@', '＝'])), "{update:?}");
        let kpi = desk.csv("kpi");
        assert!(kpi[1][1].starts_with('\''), "{kpi:?}");
        assert_eq!((kpi[1][7].as_str(), kpi[1][9].as_str()), ("-1.50", "-5"), "numbers as they are");
        let status = desk.csv("status");
        assert_eq!(status[0][10], "'=良", "titles, too");
    }
}

#[test]
fn cp932_for_older_programs() {
    let desk = Desk::shipped();
    let ran = desk.run("kpi --plan example --format csv --encoding cp932").done();
    let (text, _, failed) = SHIFT_JIS.decode(&ran.bytes);
    assert!(!failed);
    let utf8 = desk.run("kpi --plan example --format csv --encoding utf-8").done();
    let same = |text: &str| text.replace('〜', "～").replace('−', "－");
    assert_eq!(same(&text), same(utf8.out()));
    let err = hostile("𠮷野家").run("log --format csv --encoding cp932").failed();
    assert!(err.contains("「𠮷」（U+20BB7）") && err.contains("--encoding utf-8-bom"), "{err}");
    let err = hostile("𠮷野家").run("log --format csv --encoding cp932 --lang en").failed();
    assert!(err.contains("\"𠮷\" (U+20BB7) does not exist in CP932"), "{err}");
}

#[test]
fn hostile_texts_never_reach_the_reader_raw() {
    let desk = hostile("\u{1b}[31m赤\u{1b}]0;題\u{7}\u{202e}逆\u{200b}\u{0}\u{9b}5m");
    let seen = |ran: &Ran| {
        let out = ran.out().strip_prefix('\u{feff}').unwrap_or(ran.out()).to_owned() + &ran.err;
        // The list of facts in Markdown parts each id from its words by a tab.
        let (shown, facts) = out.split_once("<!-- kaikaku facts\n").unwrap_or((&out, ""));
        let out = shown.to_owned() + &facts.replace('\t', " ");
        let raw = |c: &char| c.is_control() && !matches!(c, '\n' | '\r') || matches!(c, '\u{202e}' | '\u{200b}');
        out.chars().find(raw)
    };
    for args in READING.iter().chain(&["status --tree", "status --rating a", "show k", "show 2"]) {
        for format in ["text", "md", "csv", "json"] {
            let ran = desk.run(&format!("{args} --format {format}"));
            let found = if format == "json" { seen(&ran).filter(|c| c.is_ascii_control()) } else { seen(&ran) };
            assert_eq!(found, None, "{args} --format {format}: {}", ran.out());
        }
    }
    let ran = desk.call(&["show", "\u{1b}[31m\u{202e}"]);
    assert_eq!(seen(&ran), None, "an argument is shown visibly: {}", ran.err);
    let ran = desk.call(&["\u{1b}[31m"]);
    assert_eq!(seen(&ran), None, "a command is shown visibly: {}", ran.err);
    let written = desk.call(&["update", "1", "--period", "R8Q3", "--done", "\u{1b}[31m\u{202e}", "--dry-run"]);
    assert_eq!(seen(&written), None, "what would be written is shown visibly: {}", written.out());
}

#[test]
fn markdown_tables_have_as_many_cells_in_every_row() {
    let desk = hostile("a|b*c_d`e<script>[x](y)\n二行目");
    for args in ["status", "kpi", "show 1", "log"] {
        let ran = desk.run(&format!("{args} --format md")).done();
        let cells = |line: &str| line.replace("\\|", "").matches('|').count();
        for table in ran.out().split("\n\n").filter(|block| block.starts_with('|')) {
            let widths: Vec<usize> = table.lines().map(cells).collect();
            assert!(widths.iter().all(|width| *width == widths[0]), "{table}");
        }
        // In the comment with the list of facts nothing is a tag.
        let shown = ran.out().split("<!-- kaikaku facts").next().unwrap();
        assert!(!shown.contains("<script>"), "{shown}");
    }
}

#[test]
fn json_is_pure_and_exact() {
    let json = hostile("名").json("kpi");
    assert_eq!(json["indicators"][0]["actual"]["value"].to_string(), "-1.50");
    for args in ["status", "kpi", "show", "log", "plans", "check"] {
        let ran = Desk::shipped().run(&format!("{args} --format json")).done();
        assert!(ran.out().starts_with("{\n") && ran.out().ends_with("}\n"), "{args}");
        assert!(ran.out().contains("\"schema\": 1"), "{args}");
    }
}

#[test]
fn unknown_formats_are_refused() {
    for args in ["status --format xlsx", "status --encoding sjis", "kpi --format"] {
        assert!(Desk::shipped().run(args).failed().starts_with("エラー: "), "{args}");
    }
}

#[test]
fn every_row_of_a_made_up_city_says_so() {
    let desk = Desk::shipped();
    for args in ["status", "kpi", "log", "show", "show 2-1-1", "show overtime-hours"] {
        let made_up = desk.csv(&format!("{args} --plan example"));
        let shown = made_up.iter().skip(1).all(|row| row.last().unwrap().contains("架空の市"));
        assert!(made_up.len() > 1 && shown, "{args}");
    }
    for args in ["status", "kpi", "log", "show"] {
        let real = desk.csv(&format!("{args} --plan stage3"));
        assert!(real.iter().flatten().all(|cell| !cell.contains("架空")), "{args}");
    }
}

#[test]
fn an_unconfirmed_rating_is_marked_in_every_format() {
    let desk = Desk::copied();
    let file = "plan/example/records/1-1-1.toml";
    let mut text = String::from_utf8(desk.read(file)).unwrap();
    text.push_str(
        "\n[[update]]\nperiod = \"R8Q3\"\nrating = { progress = \"delayed\" }\ncertainty = \"unconfirmed\"\n",
    );
    desk.write(file, text);
    for format in ["text", "md", "csv"] {
        let ran = desk.run(&format!("status --under 1-1-1 --plan example --as-of R8Q3 --format {format}")).done();
        assert!(ran.out().contains("要確認"), "{format}: {}", ran.out());
    }
}
