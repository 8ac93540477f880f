//! A made-up city whose plan sets a target for every year: what each value is held against, alike in every output.
//!
//! Worked out by hand, as of H19 (the plan runs from H19 to H20):
//!
//! | indicator | H19 target | H20 target | H19 actual | gap | to H19 | to H20 | verdict |
//! |---|---|---|---|---|---|---|---|
//! | revenue, up, a flow | 400 | 320 | 360 | 360 − 400 = −40 | 360/400 = 90 % | 360/320 = 112.5 % | behind |
//! | saving, up, a flow | 130 | 200 | 125 | 125 − 130 = −5 | 125/130 = 96.153… % | 125/200 = 62.5 % | behind |
//! | absence, down, less than 16 | | 16 | 16 | 0 | | 16/16 = 100 % | on pace: from 20 (H18) to 16 halfway 18 |
//! | overtime, down, a flow | 12 | 10 | 15 | 3 | 12/15 = 80 %; 15/12 = 125 % | 10/15 = 66.666… % | behind |
//!
//! Under the heading `money`: 360 + 125 = 485, of 400 + 130 = 530 that is 91.509… %; none met, two behind: 100 %.

use serde_json::{Value as Json, json};

use crate::support::{Desk, by_id, exact};

const PLAN: &str = "schema = 1\nid = \"b\"\nname = \"架空市改革計画\"\nfictional = true\ncycle = \"year\"\n\
                    period = { from = \"H19\", to = \"H20\" }\nlevels = [\"柱\"]\n";

const INDICATORS: &str = r#"
[money]
name = "財政効果"
kind = "heading"
published = [{ period = "H19", sum = 485, ratio-of-sums = 91.5, met = 0, behind = 2, behind-share = 100.0 }]

[revenue]
name = "税外収入"
unit = "百万円"
kind = "up"
series = "yearly"
parent = "money"
target = { H19 = 400, H20 = 320 }
published = [{ period = "H19", ratio = 90.0, ratio-period = 90.0, ratio-final = 112.5, difference = -40, sum = 360 }]

[saving]
name = "削減額"
unit = "百万円"
kind = "up"
series = "yearly"
parent = "money"
target = { H19 = 130, H20 = 200 }
published = [{ period = "H19", ratio = 96.2, pace = 96.2 }]

[absence]
name = "欠席率"
unit = "％"
kind = "down"
baseline = { H18 = 20 }
target = { H20 = "16％未満" }

[overtime]
name = "時間外勤務"
unit = "時間"
kind = "down"
series = "yearly"
target = { H19 = 12, H20 = 10 }
published = [{ period = "H19", ratio = 80.0, actual-by-target = 125.0 }]
"#;

fn city(indicators: &str) -> Desk {
    let value = |value: &str| format!("[[measure]]\nperiod = \"H19\"\nvalue = {value}\n");
    let (revenue, saving, absence, overtime) = (value("360"), value("125"), value("16"), value("15"));
    Desk::plan(&[
        ("plan.toml", &format!("{PLAN}[judge]\nactual-by-target = true\n")),
        ("outline/1.toml", "[1]\nname = \"財政\"\n"),
        ("indicators.toml", indicators),
        ("records/revenue.toml", &revenue),
        ("records/saving.toml", &saving),
        ("records/absence.toml", &absence),
        ("records/overtime.toml", &overtime),
    ])
}

fn column<'t>(table: &'t [Vec<String>], id: &str, title: &str) -> &'t str {
    let at = table[0].iter().position(|known| known == title).unwrap_or_else(|| panic!("no {title}"));
    &table.iter().find(|row| row[0] == id).unwrap()[at]
}

#[test]
fn the_same_figures_for_programs() {
    let desk = city(INDICATORS);
    let gaps = desk.json("kpi --as-of H19")["indicators"].take();
    let table = desk.csv("kpi --as-of H19");
    for (id, gap, to_period, to_final, expected, against) in [
        ("revenue", "-40", "90.0", "112.5", "400", "period"),
        ("saving", "-5", "96.2", "62.5", "130", "period"),
        ("overtime", "3", "80.0", "66.7", "12", "period"),
    ] {
        let of = by_id(&gaps, id);
        assert_eq!((exact(&of["gap"]).as_str(), &of["verdict"]), (gap, &json!("behind")), "{id}");
        assert_eq!((&of["judged_against"], &of["expected_from"]), (&json!(against), &json!("period-target")), "{id}");
        assert_eq!(
            (exact(&of["expected"]).as_str(), &of["period_target"]["period"]),
            (expected, &json!("H19")),
            "{id}"
        );
        assert_eq!(of["target"]["period"], "H20", "{id}");
        assert_eq!(of["ratio_to_target"], of["ratio_to_period_target"], "{id}");
        let cell = |title: &str| column(&table, id, title);
        assert_eq!((cell("差"), cell("見込まれる値")), (gap, expected), "{id}");
        assert_eq!((cell("対当年度目標比（％）"), cell("対最終目標比（％）")), (to_period, to_final), "{id}");
        assert_eq!((cell("判定に用いた目標"), cell("当年度目標の期間")), ("当年度目標", "H19"), "{id}");
    }
    // 15/12 where the city prints it so.
    assert_eq!(column(&table, "overtime", "実績÷目標（％）"), "125.0");
    let absence = by_id(&gaps, "absence");
    assert_eq!((exact(&absence["gap"]).as_str(), &absence["verdict"]), ("0", &json!("on-pace")));
    assert_eq!((&absence["judged_against"], &absence["period_target"]), (&json!("final"), &Json::Null));
}

#[test]
fn the_same_figures_for_people() {
    let desk = city(INDICATORS);
    let text = desk.run("kpi --as-of H19 --format md").done();
    let row = |name: &str| text.out().lines().find(|line| line.contains(name)).unwrap().to_owned();
    for (name, cells) in [
        (
            "税外収入",
            [
                "400百万円以上（H19）",
                "320百万円以上（H20）",
                "不足 40百万円",
                "90.0％",
                "112.5％",
                "遅れ（当年度目標に対し）",
            ],
        ),
        (
            "削減額",
            [
                "130百万円以上（H19）",
                "200百万円以上（H20）",
                "不足 5百万円",
                "96.2％",
                "62.5％",
                "遅れ（当年度目標に対し）",
            ],
        ),
        ("欠席率", ["20％（H18）", "16％未満（H20）", "差 0ポイント", "－", "100.0％", "順調"]),
        ("時間外勤務", ["12時間以下（H19）", "10時間以下（H20）", "超過 3時間", "80.0％", "66.7％", "125.0％"]),
    ] {
        let found = row(name);
        cells.iter().for_each(|cell| assert!(found.contains(cell), "{cell} in {found}"));
    }
    assert!(text.out().contains("当年度目標は実績の期間の目標値"), "{}", text.out());
    let paper = desk.run("report council --as-of H19 --format md").done();
    let rows: Vec<&str> = paper.out().lines().filter(|line| line.starts_with("| 税外収入")).collect();
    for cell in [
        "400百万円以上（H19）",
        "320百万円以上（H20）",
        "不足 40百万円",
        "90.0％",
        "112.5％",
        "遅れ（当年度目標に対し）",
    ] {
        assert!(rows.iter().any(|row| row.contains(cell)), "{cell} in {rows:?}");
    }
    for command in ["status --as-of H19", "show revenue --as-of H19"] {
        let shown = desk.run(command).done();
        assert!(shown.out().contains("遅れ（当年度目標に対し）"), "{command}\n{}", shown.out());
    }
}

#[test]
fn the_same_figures_explained() {
    let desk = city(INDICATORS);
    for (id, lines) in [
        (
            "revenue",
            [
                "a − t ＝ 360 − 400 ＝ ▲40百万円",
                "a ÷ t × 100 ＝ 360 ÷ 400 × 100 ＝ 90 → 90.0％",
                "a ÷ tz × 100 ＝ 360 ÷ 320 × 100 ＝ 112.5 → 112.5％",
                "見込まれる値 e（当年度目標）",
            ],
        ),
        (
            "absence",
            [
                "a < t：16 < 16 → 当てはまらない",
                "t ÷ a × 100 ＝ 16 ÷ 16 × 100 ＝ 100 → 100.0％",
                "a − t ＝ 16 − 16 ＝ 0ポイント",
                "区分「順調」  a < e：16 < 18 → 当てはまる",
            ],
        ),
        (
            "overtime",
            [
                "t ÷ a × 100 ＝ 12 ÷ 15 × 100 ＝ 80 → 80.0％",
                "tz ÷ a × 100 ＝ 10 ÷ 15 × 100 ＝ 66.666… → 66.7％",
                "a ÷ t × 100 ＝ 15 ÷ 12 × 100 ＝ 125 → 125.0％",
                "125.0％（公表値 125.0％）",
            ],
        ),
        (
            "money",
            [
                "360 + 125 ＝ 485百万円（公表値 485百万円）",
                "(360 + 125) ÷ (400 + 130) × 100 ＝ 91.509… → 91.5％（公表値 91.5％）",
                "2件（公表値 2件）",
                "2 ÷ 2 × 100 ＝ 100 → 100.0％（公表値 100.0％）",
            ],
        ),
    ] {
        let text = desk.run(&format!("explain {id} --as-of H19")).done();
        // A line that is too long for the page goes on in the next one.
        let joined: String = text.out().split_whitespace().collect();
        for line in lines {
            let wanted: String = line.split_whitespace().collect();
            assert!(joined.contains(&wanted), "{line}\n{}", text.out());
        }
    }
}

#[test]
fn what_was_printed_is_held_against_what_it_says_it_is() {
    let codes = |desk: &Desk| {
        let report: Json = serde_json::from_str(desk.run("check --format json").out()).unwrap();
        let all = report["findings"].as_array().unwrap().iter();
        all.map(|finding| finding["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(codes(&city(INDICATORS)), Vec::<String>::new());
    // Each printed wrongly once: the final rate as that of the year, 484, 91.6, one met, 1 behind, half of two; −41.
    for (right, wrong) in [
        ("ratio = 90.0", "ratio = 112.5"),
        ("ratio-period = 90.0", "ratio-period = 112.5"),
        ("ratio-final = 112.5", "ratio-final = 90.0"),
        ("difference = -40", "difference = -41"),
        ("sum = 360", "sum = 361"),
        ("sum = 485", "sum = 484"),
        ("ratio-of-sums = 91.5", "ratio-of-sums = 91.6"),
        ("met = 0", "met = 1"),
        ("behind = 2", "behind = 1"),
        ("behind-share = 100.0", "behind-share = 50.0"),
        ("pace = 96.2", "pace = 62.5"),
        ("actual-by-target = 125.0", "actual-by-target = 80.0"),
    ] {
        assert!(INDICATORS.contains(right));
        assert_eq!(codes(&city(&INDICATORS.replacen(right, wrong, 1))), ["published-rate"], "{wrong}");
    }
}

#[test]
fn a_printed_figure_is_rounded_as_the_plan_rounds_and_no_other_way() {
    // 125/130 = 96.153…: cut off 96.1, half up 96.2.
    let desk = city(INDICATORS);
    desk.write("plan/plan.toml", format!("{PLAN}rounding = {{ mode = \"truncate\" }}\n"));
    let ran = desk.run("check --strict");
    assert!(ran.code == 1 && ran.out().contains("96.2"), "{}", ran.out());
    assert!(ran.out().contains("切捨てで 96.1"), "{}", ran.out());
}

#[test]
fn a_plan_of_before_the_change_of_eras_is_read_as_it_is_written() {
    let desk = Desk::plan(&[
        ("plan.toml", &PLAN.replace("from = \"H19\", to = \"H20\"", "from = \"平成29年度\", to = \"平成33年度\"")),
        ("outline/1.toml", "[1]\nname = \"財政\"\n"),
        // 39億 + 2,254万 + 7千円 = 3,922,547千円; 1億200万円 = 102,000千円.
        (
            "indicators.toml",
            "[saved]\nname = \"効果額\"\nunit = \"千円\"\nkind = \"up\"\nbaseline = { 平成28年度 = \"1億200万円\" }\n\
             target = { 平成32年度 = \"39億2,254万7千円\", H33 = \"40億円以上\" }\n"
                .replace("平成28年度 =", "\"平成28年度\" =")
                .replace("平成32年度 =", "\"平成32年度\" =")
                .as_str(),
        ),
    ]);
    let ran = desk.run("check --strict").done();
    assert!(!ran.out().contains("era-overrun"), "{}", ran.out());
    desk.run("measure saved 5億3万2千円 --period H30 --by 財政課");
    let table = desk.csv("kpi --as-of H30");
    let cell = |title: &str| column(&table, "saved", title).to_owned();
    assert_eq!((cell("基準値"), cell("実績値"), cell("目標値")), ("102000".into(), "500032".into(), "4000000".into()));
    let text = desk.run("show saved --as-of H30").done();
    for amount in ["102,000千円", "500,032千円", "3,922,547千円", "4,000,000千円以上"] {
        assert!(text.out().contains(amount), "{amount}\n{}", text.out());
    }
}

#[test]
fn a_spreadsheet_has_the_change_and_the_outlook_that_people_read() {
    // 40 → 45 → 48 on the way to 60 in R9: +3 since R6, 12 left in two years, (48 − 40) ÷ 2 a year, 48 + 4 × 2.
    let indicators = "[h]\nname = \"市民\"\nkind = \"heading\"\n\n\
                      [x]\nname = \"満足\"\nunit = \"％\"\nkind = \"up\"\nparent = \"h\"\nowner = \"a\"\nbaseline = { R5 = 40 }\ntarget = { R9 = 60 }\n\n\
                      [y]\nname = \"苦情\"\nunit = \"件\"\nkind = \"down\"\nbaseline = { R5 = 40 }\ntarget = { R9 = 10 }\n\n\
                      [z]\nname = \"来訪\"\nunit = \"人\"\nkind = \"up\"\nseries = \"yearly\"\ntarget = { R7Q2 = 30, R7Q4 = 40 }\n";
    let measures = |all: &[(&str, &str)]| -> String {
        all.iter().map(|(period, rest)| format!("[[measure]]\nperiod = \"{period}\"\n{rest}\n")).collect()
    };
    let desk = Desk::plan(&[
        (
            "plan.toml",
            "schema = 1\nid = \"b\"\nname = \"計画\"\nperiod = { from = \"R6\", to = \"R9\" }\nlevels = [\"柱\"]\n",
        ),
        ("owners.toml", "[a]\nname = \"市民課\"\n"),
        ("indicators.toml", indicators),
        ("records/x.toml", &measures(&[("R6", "value = 45"), ("R7", "value = 48")])),
        ("records/y.toml", &measures(&[("R6", "value = 30"), ("R7", "value = 45\nbreak = true")])),
        ("records/z.toml", &measures(&[("R6Q2", "value = 20"), ("R7Q1", "value = 24"), ("R7Q2", "value = 25")])),
    ]);
    let table = desk.csv("kpi --as-of R7");
    for (id, title, wanted) in [
        ("x", "見出し", "市民"),
        ("x", "所管課", "市民課"),
        ("x", "前年の値の期間", "R6"),
        ("x", "前年からの増減", "3"),
        ("x", "前年との比較", "改善"),
        ("x", "前の期間からの増減", ""),
        ("x", "目標までの増減", "12"),
        ("x", "残りの年数", "2"),
        ("x", "1年当たり必要な増減", "6"),
        ("x", "最近の1年当たりの増減", "4"),
        ("x", "目標年度の見込み", "56"),
        ("x", "見込みのもとの最初の期間", "R5"),
        // Across a break nothing is compared, and the row says so.
        ("y", "前年からの増減", ""),
        ("y", "備考", "R7に断層があるため前年と比べない"),
        // Of a quarter against the same quarter, and the quarter before.
        ("z", "前年からの増減", "5"),
        ("z", "前の期間", "R7Q1"),
        ("z", "前の期間からの増減", "1"),
        ("z", "残りの月数", "6"),
    ] {
        assert_eq!(column(&table, id, title), wanted, "{id} {title}");
    }
    let gaps = desk.json("kpi --as-of R7")["indicators"].take();
    assert_eq!((&by_id(&gaps, "y")["broken"], &by_id(&gaps, "y")["change"]), (&json!("R7"), &Json::Null));
    assert_eq!(by_id(&gaps, "x")["owners"], json!(["市民課"]));
    let text = desk.run("kpi --as-of R7").done();
    assert!(text.out().contains("断層があるため、前年と比べていない指標：苦情（R7）。"), "{}", text.out());
    let explained = desk.run("explain y --as-of R7").done();
    assert!(explained.out().contains("－（R7に断層があるため前年と比べない）"), "{}", explained.out());
}
