//! Effects add up each by its own kind. Every figure here was worked out by hand, in the comment above it.

use serde_json::{Value as Json, json};

use crate::support::{Desk, exact};

const HEAD: &str = "schema = 1\nid = \"p\"\nname = \"計画\"\nperiod = { from = \"R6\", to = \"R9\" }\ncycle = \"year\"\nlevels = [\"柱\"]\n";

/// An effect in 百万円.
fn effect(id: &str, keys: &str) -> String {
    format!("[{id}]\nname = \"効果{id}\"\nunit = \"百万円\"\nkind = \"up\"\n{keys}\n")
}

/// A plan of R6 to R9 with effects, and the values of each.
fn city(indicators: &str, records: &[(&str, &[(&str, &str)])]) -> Desk {
    let records: Vec<(String, String)> = records
        .iter()
        .map(|(id, values)| {
            let block =
                |(period, value): &(&str, &str)| format!("[[measure]]\nperiod = \"{period}\"\nvalue = {value}\n");
            (format!("records/{id}.toml"), values.iter().map(block).collect())
        })
        .collect();
    let mut files = vec![("plan.toml", HEAD), ("indicators.toml", indicators)];
    files.extend(records.iter().map(|(name, text)| (&**name, &**text)));
    Desk::plan(&files)
}

/// A row of the totals of the only unit.
fn row(json: &Json, span: &str, year: &str) -> Json {
    let rows = json["effects"]["totals"][0]["sums"].as_array().unwrap();
    rows.iter().find(|row| row["span"] == span && row["year"] == year).cloned().unwrap_or_default()
}

fn value(json: &Json, side: &str, span: &str, year: &str) -> String {
    match &row(json, span, year)[side]["value"] {
        Json::Null => "none".to_owned(),
        value => exact(value),
    }
}

/// The sums of a side: R6, R7 … alone, then so far.
fn sums(json: &Json, side: &str) -> [[String; 4]; 2] {
    ["year", "so-far"].map(|span| ["R6", "R7", "R8", "R9"].map(|year| value(json, side, span, year)))
}

const ONE_YEAR: &str = "series = \"yearly\"\neffect = \"one-year\"\n";
const CONTINUING: &str = "series = \"yearly\"\neffect = \"continuing\"\n";
const CUMULATIVE: &str = "series = \"cumulative\"\neffect = \"one-year\"\n";

#[test]
fn a_one_year_amount_counts_in_its_year() {
    // 10 and 10 are 20 so far.
    let desk = city(
        &effect("a", &format!("{ONE_YEAR}target = {{ R6 = 10, R7 = 10, R8 = 12, R9 = 12 }}")),
        &[("a", &[("R6", "10"), ("R7", "9")])],
    );
    let kpi = desk.json("kpi --as-of R7");
    assert_eq!(sums(&kpi, "planned"), [["10", "10", "12", "12"], ["10", "20", "32", "44"]]);
    assert_eq!(sums(&kpi, "actual"), [["10", "9", "none", "none"], ["10", "19", "none", "none"]]);
    // 19 − 20, 19 ÷ 20, (10/10 + 9/10) ÷ 2.
    let so_far = row(&kpi, "so-far", "R7");
    let figures = ["difference", "ratio_of_sums", "mean_of_ratios"].map(|key| exact(&so_far[key]));
    assert_eq!(figures, ["-1", "95", "95"]);
}

#[test]
fn a_continuing_amount_counts_again_in_every_later_year() {
    // R6: 10. R7: 10 + 10 = 20. R8 and R9: nothing begins, 20 goes on. So far 10, 30, 50, 70.
    let indicators = effect("a", &format!("{CONTINUING}target = {{ R6 = 10, R7 = 10 }}"));
    let kpi = city(&indicators, &[("a", &[("R6", "10"), ("R7", "10")])]).json("kpi --as-of R7");
    assert_eq!(sums(&kpi, "planned"), [["10", "20", "20", "20"], ["10", "30", "50", "70"]]);
    assert_eq!(sums(&kpi, "actual"), [["10", "20", "none", "none"], ["10", "30", "none", "none"]]);
    assert_eq!(row(&kpi, "so-far", "R9")["planned"]["missing"], json!([]));
    // As of R9, with 0 recorded for R8 and R9: what began goes on. So it does without: the plan lets nothing begin in them.
    let began: &[(&str, &str)] = &[("R6", "10"), ("R7", "10")];
    let zeros: &[(&str, &str)] = &[("R6", "10"), ("R7", "10"), ("R8", "0"), ("R9", "0")];
    for records in [began, zeros] {
        let kpi = city(&indicators, &[("a", records)]).json("kpi --as-of R9");
        assert_eq!(sums(&kpi, "actual"), [["10", "20", "20", "20"], ["10", "30", "50", "70"]]);
        let last = row(&kpi, "so-far", "R9");
        assert_eq!(last["actual"]["missing"], json!([]));
        // 70 ÷ 70.
        assert_eq!(exact(&last["ratio_of_sums"]), "100");
    }
    // Where it lets 5 begin in R8, they are missing.
    let begins = effect("a", &format!("{CONTINUING}target = {{ R6 = 10, R7 = 10, R8 = 5 }}"));
    let kpi = city(&begins, &[("a", began)]).json("kpi --as-of R9");
    assert_eq!(row(&kpi, "year", "R9")["actual"]["missing"], json!([{ "id": "a", "year": "R8" }]));
    // Of what is planned for no year at all every year is to be recorded.
    let kpi = city(&effect("a", CONTINUING), &[("a", began)]).json("kpi --as-of R8");
    assert_eq!(row(&kpi, "year", "R8")["actual"]["missing"], json!([{ "id": "a", "year": "R8" }]));
}

#[test]
fn a_cumulative_value_is_the_sum_so_far() {
    // 10, 25: R7 alone is 25 − 10 = 15, so far 25 and not 35.
    let indicators = effect("a", &format!("{CUMULATIVE}target = {{ R6 = 10, R7 = 25, R8 = 40, R9 = 60 }}"));
    let kpi = city(&indicators, &[("a", &[("R6", "8"), ("R7", "21")])]).json("kpi --as-of R7");
    assert_eq!(sums(&kpi, "planned"), [["10", "15", "15", "20"], ["10", "25", "40", "60"]]);
    assert_eq!(sums(&kpi, "actual"), [["8", "13", "none", "none"], ["8", "21", "none", "none"]]);
    // From a baseline of 5 at the end of R5: 10 − 5, and 25 − 5 so far.
    let indicators = format!("{indicators}baseline = {{ R5 = 5 }}\n");
    let kpi = city(&indicators, &[]).json("kpi --as-of R7");
    assert_eq!(sums(&kpi, "planned"), [["5", "15", "15", "20"], ["5", "20", "35", "55"]]);
    // Only the last value is planned: 60 in all, and nobody knows how much of it in which year.
    let indicators = effect("a", &format!("{CUMULATIVE}target = {{ R9 = 60 }}"));
    let kpi = city(&indicators, &[]).json("kpi --as-of R7");
    assert_eq!(sums(&kpi, "planned"), [["none", "none", "none", "none"], ["none", "none", "none", "60"]]);
    assert_eq!(row(&kpi, "so-far", "R9")["planned"]["missing"], json!([]));
    assert_eq!(row(&kpi, "year", "R9")["planned"]["missing"], json!([{ "id": "a", "year": "R8" }]));
}

#[test]
fn one_year_across_effects_and_a_part_that_is_never_added_again() {
    // R7: continuing 10 + 10, one-year 8, cumulative 25 − 10 = 43; "うち" 3 and 4 of the one-year are in it already.
    // So far to R7: 10 × 2 + 10, 5 + 8, 25 = 68.
    let indicators = effect("a", &format!("{CONTINUING}target = {{ R6 = 10, R7 = 10 }}"))
        + &effect("b", &format!("{ONE_YEAR}target = {{ R6 = 5, R7 = 8, R8 = 6, R9 = 6 }}"))
        + &effect("b1", &format!("parent = \"b\"\n{ONE_YEAR}target = {{ R6 = 3, R7 = 4 }}"))
        + &effect("c", &format!("{CUMULATIVE}target = {{ R6 = 10, R7 = 25, R8 = 40, R9 = 50 }}"));
    let records: &[(&str, &[(&str, &str)])] = &[
        ("a", &[("R6", "10"), ("R7", "10")]),
        ("b", &[("R6", "6"), ("R7", "7")]),
        ("b1", &[("R6", "2"), ("R7", "4")]),
        ("c", &[("R6", "10"), ("R7", "25")]),
    ];
    let desk = city(&indicators, records);
    let kpi = desk.json("kpi --as-of R7");
    // R8: 20 + 6 + 15; R9: 20 + 6 + 10.
    assert_eq!(sums(&kpi, "planned"), [["25", "43", "41", "36"], ["25", "68", "109", "145"]]);
    // R6: 10 + 6 + 10; R7: 20 + 7 + 15.
    assert_eq!(sums(&kpi, "actual")[0][..2], ["26", "42"]);
    assert_eq!(sums(&kpi, "actual")[1][..2], ["26", "68"]);
    assert_eq!(kpi["effects"]["totals"][0]["of_which"], json!(["b1"]));
    let shown = desk.run("kpi --as-of R7").done();
    assert!(shown.out().contains("うち数のため足していないもの：効果b1"), "{}", shown.out());
    let explained = desk.run("explain --as-of R7").done();
    for line in [
        "R7 計画 PR7 P1 + P4 + P5 + P6 − P3 ＝ 10 + 10 + 8 + 25 − 10 ＝ 43百万円",
        "R7まで 計画 PcR7 P1 × 2 + P4 + P2 + P5 + P6 ＝ 10 × 2 + 10 + 5 + 8 + 25 ＝ 68百万円",
    ] {
        let shown = explained.out().split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(shown.contains(line), "{line}\n{shown}");
    }
    // The part by itself, where the whole is not shown beside it.
    let part = desk.json("kpi --as-of R7 --under b1");
    assert_eq!(part["effects"]["totals"][0]["of"], json!(["b1"]));
}

#[test]
fn what_nobody_stated_is_named_and_never_zero() {
    // b has no planned amounts at all and no actual of R6.
    let indicators =
        effect("a", &format!("{ONE_YEAR}target = {{ R6 = 5, R7 = 5, R8 = 5, R9 = 5 }}")) + &effect("b", ONE_YEAR);
    let desk = city(&indicators, &[("a", &[("R6", "5"), ("R7", "4")]), ("b", &[("R7", "2")])]);
    let kpi = desk.json("kpi --as-of R7");
    let so_far = row(&kpi, "so-far", "R7");
    assert_eq!(so_far["planned"]["value"], json!(10));
    let missing = |years: [&str; 2]| json!([{ "id": "b", "year": years[0] }, { "id": "b", "year": years[1] }]);
    assert_eq!(so_far["planned"]["missing"], missing(["R6", "R7"]));
    assert_eq!(so_far["actual"], json!({ "value": 11, "missing": [{ "id": "b", "year": "R6" }] }));
    for rate in ["difference", "ratio_of_sums", "mean_of_ratios"] {
        assert_eq!(so_far[rate], Json::Null, "{rate}");
    }
    let shown = desk.run("kpi --as-of R7 --lang en").done();
    for words in [
        "10百万円 [without 2]",
        "planned amounts that are not there and not in the sums: 効果b (FY2024, FY2025, FY2026, FY2027)",
        "actual amounts that are not there and not in the sums: 効果b (FY2024)",
    ] {
        assert!(shown.out().contains(words), "{words}\n{}", shown.out());
    }
    // Alone it has no planned total at all.
    let alone = desk.json("kpi --as-of R7 --under b");
    assert_eq!(value(&alone, "planned", "so-far", "R9"), "none");
    // 対象外 and － say that there is none: nothing is missing.
    let indicators = effect("b", &format!("{ONE_YEAR}target = {{ R6 = \"－\", R7 = 3, R8 = 3, R9 = 3 }}"));
    let kpi = city(&indicators, &[("b", &[("R7", "2")])]).json("kpi --as-of R7");
    assert_eq!(row(&kpi, "so-far", "R7")["planned"], json!({ "value": 3, "missing": [] }));
    assert_eq!(row(&kpi, "so-far", "R7")["actual"], json!({ "value": 2, "missing": [] }));
}

#[test]
fn a_forecast_counts_what_came_of_the_years_that_are_over() {
    // Forecasts: one-year 7 and 5; cumulative 41 and 52 go on from the actual 25: 16 and 11. So far: 5 + 5 + 7 and 41,
    // then 5 + 5 + 7 + 5 and 52.
    let indicators = effect(
        "b",
        &format!("{ONE_YEAR}target = {{ R6 = 5, R7 = 5, R8 = 5, R9 = 5 }}\nforecast = {{ R8 = 7, R9 = 5 }}"),
    ) + &effect(
        "c",
        &format!("{CUMULATIVE}target = {{ R6 = 10, R7 = 25, R8 = 40, R9 = 50 }}\nforecast = {{ R8 = 41, R9 = 52 }}"),
    );
    let records: &[(&str, &[(&str, &str)])] =
        &[("b", &[("R6", "5"), ("R7", "5")]), ("c", &[("R6", "10"), ("R7", "25")])];
    let kpi = city(&indicators, records).json("kpi --as-of R7");
    assert_eq!(sums(&kpi, "forecast"), [["none", "none", "23", "16"], ["none", "none", "58", "74"]]);
    assert_eq!(sums(&kpi, "actual")[1][..2], ["15", "35"]);
    assert_eq!(row(&kpi, "so-far", "R9")["forecast"]["missing"], json!([]));
    // Once R8 is over, what came stands in place of what was forecast, and the rest goes on from there: 52 − 40.
    // So far: 5 + 5 + 6 + 5 and 52.
    let records: &[(&str, &[(&str, &str)])] =
        &[("b", &[("R6", "5"), ("R7", "5"), ("R8", "6")]), ("c", &[("R6", "10"), ("R7", "25"), ("R8", "40")])];
    let kpi = city(&indicators, records).json("kpi --as-of R8");
    assert_eq!(sums(&kpi, "forecast"), [["none", "none", "none", "17"], ["none", "none", "none", "73"]]);
    assert_eq!(sums(&kpi, "actual")[1][..3], ["15", "35", "56"]);
}

#[test]
fn what_goes_on_is_in_the_forecast_of_later_years() {
    // 10 began in R6 and 10 in R7, 5 more is forecast to begin in R8: 25 in R8 and again in R9. So far 10 + 20 + 25 is 55,
    // and 80 a year later. It stands beside what was planned: 20 a year from R7 on, 70 in all.
    let goes_on = format!("{CONTINUING}target = {{ R6 = 10, R7 = 10 }}");
    let records: &[(&str, &[(&str, &str)])] = &[("a", &[("R6", "10"), ("R7", "10")])];
    let kpi = city(&effect("a", &format!("{goes_on}\nforecast = {{ R8 = 5 }}")), records).json("kpi --as-of R7");
    assert_eq!(sums(&kpi, "forecast"), [["none", "none", "25", "25"], ["none", "none", "55", "80"]]);
    assert_eq!(sums(&kpi, "planned")[1], ["10", "30", "50", "70"]);
    // Beside another that is forecast it needs no forecast of its own where the plan lets nothing begin: 20 + 3.
    let other = effect("b", &format!("{ONE_YEAR}target = {{ R8 = 3, R9 = 3 }}\nforecast = {{ R8 = 3, R9 = 4 }}"));
    let kpi = city(&(effect("a", &goes_on) + &other), records).json("kpi --as-of R7");
    assert_eq!(sums(&kpi, "forecast"), [["none", "none", "23", "24"], ["none", "none", "53", "77"]]);
    assert_eq!(row(&kpi, "so-far", "R9")["forecast"]["missing"], json!([]));
    // Where the plan lets 10 begin in R8, a forecast of them is missing: 20 goes on, and is said to be without it.
    let begins = effect("a", &format!("{CONTINUING}target = {{ R6 = 10, R7 = 10, R8 = 10 }}"));
    let kpi = city(&(begins + &other), records).json("kpi --as-of R7");
    assert_eq!(row(&kpi, "year", "R8")["forecast"]["missing"], json!([{ "id": "a", "year": "R8" }]));
}

#[test]
fn a_part_of_a_year_leaves_its_forecast() {
    // 3 came in the first quarter of R7, 12 is forecast of the year: the year is expected to come to 12, not to 3.
    let indicators = effect("a", &format!("{ONE_YEAR}target = {{ R6 = 10, R7 = 11 }}\nforecast = {{ R7 = 12 }}"));
    let kpi = city(&indicators, &[("a", &[("R6", "10"), ("R7Q1", "3")])]).json("kpi --as-of R7Q1");
    assert_eq!(sums(&kpi, "forecast")[1][1], "22");
    assert_eq!(row(&kpi, "year", "R7")["forecast"], json!({ "value": 12, "missing": [] }));
}

#[test]
fn parts_that_came_and_parts_that_are_forecast_make_the_year() {
    let forecast = |json: &Json, span: &str| row(json, span, "R7")["forecast"].clone();
    let whole = |value: u8| json!({ "value": value, "missing": [] });
    // 2 + 2 + 2 came, 3 is forecast of the last quarter: 9. A forecast of a quarter that came meanwhile counts no more.
    let quarters: &[(&str, &str)] = &[("R6", "1"), ("R7Q1", "2"), ("R7Q2", "2"), ("R7Q3", "2")];
    for ahead in ["R7Q4 = 3", "R7Q3 = 8, R7Q4 = 3"] {
        for (keys, so_far) in [(ONE_YEAR, 10), (CONTINUING, 11)] {
            let indicators = effect("a", &format!("{keys}target = {{ R6 = 4, R7 = 16 }}\nforecast = {{ {ahead} }}"));
            let kpi = city(&indicators, &[("a", quarters)]).json("kpi --as-of R7Q3");
            // What began in R6 goes on in R7 and counts again so far: 1 + 9, and 1 + 10.
            let of_year = if keys == ONE_YEAR { 9 } else { 10 };
            assert_eq!(forecast(&kpi, "year"), whole(of_year), "{ahead} {keys}");
            assert_eq!(forecast(&kpi, "so-far"), whole(so_far), "{ahead} {keys}");
        }
    }
    // 2 + 2 came, 5 + 3 are forecast: 12. Where the forecast of a quarter is missing, that is said of 2 + 2 + 3.
    let two = &quarters[..3];
    for (ahead, wanted) in [
        ("R7Q3 = 5, R7Q4 = 3", whole(12)),
        ("R7Q4 = 3", json!({ "value": 7, "missing": [{ "id": "a", "year": "R7" }] })),
    ] {
        let indicators = effect("a", &format!("{ONE_YEAR}target = {{ R6 = 4, R7 = 16 }}\nforecast = {{ {ahead} }}"));
        let kpi = city(&indicators, &[("a", two)]).json("kpi --as-of R7Q2");
        assert_eq!(forecast(&kpi, "year"), wanted, "{ahead}");
    }
}

#[test]
fn a_mean_of_ratios_is_given_only_where_no_amount_is_missing() {
    // Of the continuing one the amount that began in R6 is not there: of 5 by 10 and 5 by 10 there is no mean either.
    let target = "target = { R6 = 10, R7 = 10 }";
    let indicators = effect("a", &format!("{CONTINUING}{target}")) + &effect("b", &format!("{ONE_YEAR}{target}"));
    let b: &[(&str, &str)] = &[("R6", "10"), ("R7", "5")];
    let kpi = city(&indicators, &[("a", &[("R7", "5")]), ("b", b)]).json("kpi --as-of R7");
    let missing = row(&kpi, "year", "R7");
    assert_eq!(missing["actual"]["missing"], json!([{ "id": "a", "year": "R6" }]));
    assert_eq!([&missing["ratio_of_sums"], &missing["mean_of_ratios"]], [&Json::Null, &Json::Null]);
    // With it: (5 ÷ 10 + 5 ÷ 10) ÷ 2.
    let kpi = city(&indicators, &[("a", &[("R6", "10"), ("R7", "5")]), ("b", b)]).json("kpi --as-of R7");
    assert_eq!(exact(&row(&kpi, "year", "R7")["mean_of_ratios"]), "50");
}

#[test]
fn quarters_make_a_year() {
    // 1 + 2 + 3 + 4; of R7 a quarter is not there once the year is over.
    let indicators = effect("a", ONE_YEAR);
    let records: &[(&str, &str)] =
        &[("R6Q1", "1"), ("R6Q2", "2"), ("R6Q3", "3"), ("R6Q4", "4"), ("R7Q1", "5"), ("R7Q2", "6"), ("R7Q3", "7")];
    let desk = city(&indicators, &[("a", records)]);
    let kpi = desk.json("kpi --as-of R7");
    assert_eq!(sums(&kpi, "actual"), [["10", "18", "none", "none"], ["10", "28", "none", "none"]]);
    assert_eq!(row(&kpi, "year", "R7")["actual"]["missing"], json!([{ "id": "a", "year": "R7" }]));
    // While it is running it is what there is so far.
    assert_eq!(row(&desk.json("kpi --as-of R7Q3"), "year", "R7")["actual"], json!({ "value": 18, "missing": [] }));
    // The last value of a cumulative series is the one that holds.
    let kpi = city(&effect("a", CUMULATIVE), &[("a", &[("R6Q2", "3"), ("R6Q4", "9")])]).json("kpi --as-of R6");
    assert_eq!(value(&kpi, "actual", "so-far", "R6"), "9");
}

#[test]
fn a_printed_sum_obeys_the_same_arithmetic() {
    let check = |desk: &Desk| desk.run("check --lang en").out().to_owned();
    // Continuing 10, 10: 30 so far, 30 ÷ 30; cumulative 10, 25: 25.
    for (keys, sum, wrong) in [(CONTINUING, "30", "20"), (CUMULATIVE, "25", "35"), (ONE_YEAR, "35", "60")] {
        let values: &[(&str, &str)] =
            if keys == CONTINUING { &[("R6", "10"), ("R7", "10")] } else { &[("R6", "10"), ("R7", "25")] };
        for (printed, is_right) in [(sum, true), (wrong, false)] {
            let target = "target = { R6 = 10, R7 = 25, R8 = 40, R9 = 50 }\n";
            let published = format!("published = [{{ period = \"R7\", sum = {printed} }}]\n");
            let desk = city(&effect("a", &format!("{keys}{target}{published}")), &[("a", values)]);
            let found = check(&desk);
            assert_eq!(found.contains("published"), !is_right, "{keys}{printed}: {found}");
            let explained = desk.json("explain a");
            let steps = explained["steps"].as_array().unwrap();
            let step = steps.iter().find(|step| step["name"] == "published_sum").unwrap();
            assert_eq!(exact(&step["result"]), sum, "{keys}");
        }
    }
    // Under a heading: R7 alone, 20 + 15; the part of b is in b.
    let indicators = "[h]\nname = \"財源\"\nkind = \"heading\"\npublished = [{ period = \"R7\", sum = 35 }]\n"
        .to_owned()
        + &effect("a", &format!("parent = \"h\"\n{CONTINUING}"))
        + &effect("c", &format!("parent = \"h\"\n{CUMULATIVE}"));
    let records: &[(&str, &[(&str, &str)])] =
        &[("a", &[("R6", "10"), ("R7", "10")]), ("c", &[("R6", "10"), ("R7", "25")])];
    let found = check(&city(&indicators, records));
    assert!(!found.contains("published"), "{found}");
}

#[test]
fn papers_show_the_same_sums() {
    let indicators = effect("a", &format!("{CONTINUING}target = {{ R6 = 10, R7 = 10 }}"));
    let desk = city(&indicators, &[("a", &[("R6", "10"), ("R7", "10")])]);
    let paper = desk.run("kpi --as-of R7 --format md").done();
    assert!(paper.out().contains("| 30百万円 | 30百万円 | － | 0百万円 | 100.0％ | 100.0％ |"), "{}", paper.out());
    let page = desk.run("kpi --as-of R7 --format html").done();
    assert!(page.out().contains("30百万円"), "{}", page.out());
    let council = desk.run("report council --period R7 --format md").done();
    assert!(council.out().contains("　効果額と合計"), "{}", council.out());
    assert!(council.out().contains("| 30百万円 | 30百万円 | － | 0百万円 | 100.0％ | 100.0％ |"), "{}", council.out());
    // 10, 20 and so far 30, one a row; the amounts of R7 before them.
    let csv = desk.run("kpi --as-of R7 --sums --format csv").done();
    for line in [
        "effects,効果,a,効果a,百万円,R7,単年度,10,10,,",
        "effects,効果,,計,百万円,R7,単年度,20,20,,,0,100.0,100.0",
        "effects,効果,,計,百万円,R7,累計,30,30,,,0,100.0,100.0",
    ] {
        assert!(csv.out().contains(line), "{line}: {}", csv.out());
    }
    let sums = desk.run("kpi --as-of R7 --sums").done();
    assert!(sums.out().contains("■ 効果") && !sums.out().contains("見通し"), "{}", sums.out());
}
