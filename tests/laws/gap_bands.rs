//! Sets of bands at, just below and just above every threshold; tolerance, last year, precedence, and who chooses.

use kaikaku::query::gap::{Verdict, Why};

use crate::gauge::{at, band, indicator, percent, plain, plan, values};

/// The bands of these actuals of one year, judged by a set.
fn bands(set: &str, baseline: &str, target: &str, year: &str, actuals: &[&str]) -> Vec<String> {
    let judge = format!("[judge]\nbands = \"{set}\"\n");
    let band_of = |actual: &&str| {
        let plan = plan(&judge, &indicator("up", baseline, target), &values(&[(year, actual)]));
        band(&at(&plan, year)).to_owned()
    };
    actuals.iter().map(band_of).collect()
}

#[test]
fn standard() {
    // Expected in R7: 40 + 20·2/4 = 50.
    let found = bands("standard", "R5 = 40", "R9 = 60", "R7", &["60", "59.99", "50", "49.99", "40", "39.99"]);
    assert_eq!(found, ["met", "on-pace", "on-pace", "behind", "behind", "worsened"]);
}

#[test]
fn three_bands_by_pro_rata() {
    // R7 is year 2 of 4: 60·2/4 = 30; 60 % of it 18.
    let found = bands("pro-rata-3", "R5 = 40", "R9 = 60", "R7", &["30.01", "30", "29.99", "18", "17.99", "0"]);
    assert_eq!(found, ["steady", "steady", "mostly", "mostly", "improve", "improve"]);
}

#[test]
fn a_threshold_on_a_share_without_a_last_digit_is_reached() {
    // R6 is year 1 of 3 (to R8): 200/3 = 66.67; 60 % of it is 40 exactly, and 100 % of it lies between 66.66 and 66.67.
    let found = bands("pro-rata-3", "R5 = 0", "R8 = 200", "R6", &["66.67", "66.66", "40", "39.99"]);
    assert_eq!(found, ["steady", "mostly", "mostly", "improve"]);
}

#[test]
fn letters() {
    let found = bands("s-a-b-c", "R5 = 40", "R9 = 60", "R7", &["60.01", "60", "59.99", "40.01", "40", "39.99"]);
    assert_eq!(found, ["s", "a", "b", "b", "c-same", "c"]);
    // Without a baseline only the target can be held against it.
    let bare = "unit = \"％\"\nkind = \"up\"\njudge = \"s-a-b-c\"\ntarget = { R9 = 60 }\n";
    let plan = plan("", bare, &values(&[("R7", "50")]));
    assert_eq!(at(&plan, "R7").verdict, Verdict::Undetermined(Why::NoBand));
}

#[test]
fn seven_bands_by_tenths() {
    let of_200 = ["200", "199.9", "180", "179.9", "160", "159.9", "140", "139.9", "120", "119.9", "100", "99.9"];
    let found = bands("tenths-7", "R5 = 0", "R9 = 200", "R9", &of_200);
    let each = ["p100", "p90", "p90", "p80", "p80", "p70", "p70", "p60", "p60", "p50", "p50", "p0"];
    assert_eq!(found, each);
}

#[test]
fn ninety_five_and_eighty_five_of_what_is_expected() {
    // Expected in R7: 50; 95 % 47.5, 85 % 42.5.
    let found = bands("expected-95-85", "R5 = 40", "R9 = 60", "R7", &["47.51", "47.5", "47.49", "42.5", "42.49"]);
    assert_eq!(found, ["on-track", "on-track", "mostly", "mostly", "effort"]);
}

#[test]
fn lower_is_better_is_judged_by_what_is_expected_over_the_actual() {
    // Down from 200 to 100 by R9, 150 expected in R7; 95 %: 150/0.95 = 157.89…, 85 %: 176.47…
    let judge = "[judge]\nbands = \"expected-95-85\"\n";
    let band_of = |actual: &str| {
        let plan = plan(judge, &indicator("down", "R5 = 200", "R9 = 100"), &values(&[("R7", actual)]));
        (band(&at(&plan, "R7")).to_owned(), percent(at(&plan, "R7").ratio_to_target))
    };
    assert_eq!(band_of("157.89").0, "on-track");
    assert_eq!(band_of("157.90").0, "mostly");
    assert_eq!(band_of("176.47").0, "mostly");
    assert_eq!(band_of("176.48").0, "effort");
    assert_eq!(band_of("160"), ("mostly".into(), "62.5".into())); // 100/160
}

const OWN: &str = r#"
[[bands]]
id        = "own"
name      = "独自の区分"
by        = "improvement"
tolerance = 0.5
bands     = [
  { id = "over", name = "超過", verdict = "met", target = "exceeded" },
  { id = "fell", name = "前年割れ", verdict = "worsened", last-year = "worse" },
  { id = "near", name = "あと少し", verdict = "on-pace", at-least = 50, expected = true },
  { id = "half", name = "半分", verdict = "behind", at-least = 50 },
  { id = "rest", name = "その他", verdict = "behind", target = "missed" },
  { id = "just", name = "ちょうど", verdict = "behind" },
]
"#;

fn own(measured: &[(&str, &str)]) -> (String, Verdict) {
    let head = format!("[judge]\nbands = \"own\"\npace = \"step\"\n{OWN}");
    let plan = plan(&head, &indicator("up", "R5 = 40", "R7 = 52, R9 = 60"), &values(measured));
    let gap = at(&plan, measured.last().unwrap().0);
    (band(&gap).to_owned(), gap.verdict)
}

#[test]
fn the_first_band_that_holds_wins() {
    assert_eq!(own(&[("R8", "60.1")]), ("over".into(), Verdict::Met));
    // Above the target and below last year: what comes first decides.
    assert_eq!(own(&[("R7", "70"), ("R8", "61")]).0, "over");
    // (51−40)/20 = 55; R7's 52 is due in R8 (step): not reached.
    assert_eq!(own(&[("R8", "51")]), ("half".into(), Verdict::Behind));
    assert_eq!(own(&[("R8", "52")]), ("near".into(), Verdict::OnPace));
    // In R6 only the baseline is due.
    assert_eq!(own(&[("R6", "51")]).0, "near");
    // The set's own word for it is "behind", but the target is reached: that is met, however a set calls it.
    assert_eq!(own(&[("R8", "60")]), ("near".into(), Verdict::Met));
}

#[test]
fn a_rate_may_miss_its_threshold_by_the_tolerance() {
    // (49.9−40)/20 = 49.5: at 50 − 0.5. 49.88 gives 49.4.
    assert_eq!(own(&[("R6", "49.9")]).0, "near");
    assert_eq!(own(&[("R6", "49.88")]).0, "rest");
}

#[test]
fn last_year_is_the_last_value_of_an_earlier_year_as_it_is_printed() {
    assert_eq!(own(&[("R7", "53"), ("R8", "52.9")]), ("fell".into(), Verdict::Worsened));
    assert_eq!(own(&[("R7", "53"), ("R8", "53")]).0, "near");
    // Nothing is known of R7: "Since last year" says "worse −0.1 (since R6)", and the band goes by that.
    assert_eq!(own(&[("R6", "53"), ("R8", "52.9")]).0, "fell");
    // The baseline is the value of R5, the last one before R6, and before R7 where R6 is not known.
    assert_eq!(own(&[("R6", "39.9")]).0, "fell");
    assert_eq!(own(&[("R7", "39.9")]).0, "fell");
    assert_eq!(own(&[("R7", "40")]).0, "rest");
}

#[test]
fn an_indicator_may_choose_another_set_than_its_plan() {
    let judge = "[judge]\nbands = \"tenths-7\"\n";
    let set = |more: &str| {
        let plan = plan(judge, &format!("{}{more}", indicator("up", "R5 = 40", "R9 = 60")), &values(&[("R7", "50")]));
        at(&plan, "R7").set.id.to_string()
    };
    assert_eq!(set(""), "tenths-7");
    assert_eq!(set("judge = \"s-a-b-c\"\n"), "s-a-b-c");
}

#[test]
fn what_has_no_rate_is_judged_by_the_standard() {
    let judge = "[judge]\nbands = \"tenths-7\"\n";
    // A ceiling of 107.8: a/t = 102.2/107.8 = 94.8 would be "90 % to under 100 %".
    let plan = plan(judge, &indicator("at-most", "R3 = 104.6", "R5 = 107.8"), &values(&[("R4", "102.2")]));
    let gap = at(&plan, "R4");
    assert_eq!((gap.set.id.as_str(), gap.verdict, gap.ratio_to_target), ("standard", Verdict::Met, None));
    assert_eq!(plain(gap.room), "5.6");
}

#[test]
fn a_pace_of_the_plans_own_changes_what_is_expected() {
    let expected = |pace: &str, year: &str| {
        let head = format!("[judge]\npace = \"{pace}\"\n");
        let plan = plan(&head, &indicator("up", "R5 = 40", "R7 = 44, R9 = 60"), &values(&[(year, "41")]));
        plain(at(&plan, year).expected)
    };
    // Line: between 40 (R5) and 44 (R7), then 44 and 60 (R9).
    assert_eq!(["R5", "R6", "R7", "R8", "R9"].map(|y| expected("line", y)), ["40", "42", "44", "52", "60"]);
    assert_eq!(["R5", "R6", "R7", "R8", "R9"].map(|y| expected("step", y)), ["40", "40", "44", "44", "60"]);
    assert_eq!(["R5", "R6", "R7", "R8", "R9"].map(|y| expected("targets", y)), ["－", "－", "44", "－", "60"]);
    // k of the four years from R6: 15, 30, 45, 60; R5 is before the plan.
    assert_eq!(["R5", "R6", "R7", "R8", "R9"].map(|y| expected("pro-rata", y)), ["－", "15", "30", "45", "60"]);
}
