//! Which target a value is held against: that of its own period or the final one, targets of parts of a year, 未満 and 超,
//! targets in words, revised ones. Each number is worked out by hand in the comment beside it.

use kaikaku::plan::Plan;
use kaikaku::plan::judging::{Against, TargetOf};
use kaikaku::query::gap::{Gap, Verdict, Why};

use crate::gauge::{at, band, indicator, percent, plain, plan, values};

fn yearly(kind: &str, baseline: &str, target: &str) -> String {
    format!("{}series = \"yearly\"\n", indicator(kind, baseline, target))
}

/// Verdict, which target judges, gap, to the target of the period, to the final one, expected.
fn held(gap: &Gap<'_>) -> (Verdict, TargetOf, [String; 4]) {
    let figures = [plain(gap.gap), percent(gap.ratio_to_period), percent(gap.ratio_to_final), plain(gap.expected)];
    (gap.verdict, gap.held, figures)
}

fn listed(verdict: Verdict, of: TargetOf, figures: [&str; 4]) -> (Verdict, TargetOf, [String; 4]) {
    (verdict, of, figures.map(str::to_owned))
}

#[test]
fn a_flow_is_held_against_the_target_of_its_own_year() {
    let plan_of = |actual| plan("", &yearly("up", "R5 = 300", "R6 = 400, R9 = 320"), &values(&[("R6", actual)]));
    // 360 − 400 = −40; 360/400 = 90; 360/320 = 112.5; 400 is expected. Short of it, and better than the 300 of R5.
    let missed = plan_of("360");
    assert_eq!(held(&at(&missed, "R6")), listed(Verdict::Behind, TargetOf::Period, ["-40", "90", "112.5", "400"]));
    // The rate that is shown is the one that judges; the way from the baseline is that to the same: 60/100.
    assert_eq!(percent(at(&missed, "R6").ratio_to_target), "90");
    assert_eq!(percent(at(&missed, "R6").improvement), "60");
    let met = plan_of("400");
    assert_eq!(held(&at(&met, "R6")), listed(Verdict::Met, TargetOf::Period, ["0", "100", "125", "400"]));
    // Less is better: 90/100 = 90 of the year's 90, and 75/100 of the final 75.
    let down = plan("", &yearly("down", "R5 = 120", "R6 = 90, R9 = 75"), &values(&[("R6", "100")]));
    assert_eq!(held(&at(&down, "R6")), listed(Verdict::Behind, TargetOf::Period, ["10", "90", "75", "90"]));
}

#[test]
fn a_year_without_a_target_of_its_own_is_held_against_the_final_one() {
    let plan = plan("", &yearly("up", "R5 = 300", "R6 = 400, R9 = 320"), &values(&[("R7", "360")]));
    // On the line from 400 (R6) to 320 (R9): 400 − 80/3 = 373.33…; but the final 320 is reached.
    let gap = at(&plan, "R7");
    assert_eq!((gap.verdict, gap.held, gap.own), (Verdict::Met, TargetOf::Final, None));
    assert_eq!((plain(gap.gap), percent(gap.ratio_to_period)), ("40".into(), "－".into()));
}

#[test]
fn a_dash_is_no_target_of_its_year() {
    let plan = plan("", &yearly("up", "R5 = 300", "R6 = \"－\", R9 = 320"), &values(&[("R6", "310")]));
    assert_eq!((at(&plan, "R6").own, at(&plan, "R6").held), (None, TargetOf::Final));
}

#[test]
fn what_is_no_flow_is_on_its_way_to_the_final_target() {
    // 50 in R6, 60 in R9: with 52 the year's own target is reached, the final one not yet. On pace, as ever.
    let plan_of = |head: &str, more: &str| {
        plan(head, &format!("{}{more}", indicator("up", "R5 = 40", "R6 = 50, R9 = 60")), &values(&[("R6", "52")]))
    };
    let usual = plan_of("", "");
    // 52 − 60 = −8; 52/50 = 104; 52/60 = 86.66….
    let gap = at(&usual, "R6");
    assert_eq!((gap.verdict, gap.held, plain(gap.gap)), (Verdict::OnPace, TargetOf::Final, "-8".into()));
    assert_eq!((percent(gap.ratio_to_period), plain(gap.expected)), ("104".into(), "50".into()));
    // The plan or the indicator may say otherwise, and the indicator has the last word.
    let said = plan_of("[judge]\nagainst = \"period\"\n", "");
    assert_eq!(held(&at(&said, "R6")).0, Verdict::Met);
    let both = plan_of("[judge]\nagainst = \"period\"\n", "against = \"final\"\n");
    assert_eq!((at(&both, "R6").verdict, at(&both, "R6").held), (Verdict::OnPace, TargetOf::Final));
    let flow = plan(
        "",
        &format!("{}against = \"final\"\n", yearly("up", "R5 = 40", "R6 = 50, R9 = 60")),
        &values(&[("R6", "52")]),
    );
    assert_eq!((at(&flow, "R6").verdict, at(&flow, "R6").held), (Verdict::OnPace, TargetOf::Final));
}

#[test]
fn no_value_is_met_that_misses_the_harder_target_of_its_own_year() {
    // The final 50 is reached, the 60 of the year itself is not: 55/60 = 91.66….
    let plan_of = |kind: &str, target: &str, actual: &str| {
        plan("", &indicator(kind, "R5 = 40", target), &values(&[("R6", actual)]))
    };
    let up = plan_of("up", "R6 = 60, R9 = 50", "55");
    assert_eq!((at(&up, "R6").verdict, at(&up, "R6").held), (Verdict::Behind, TargetOf::Period));
    let down = plan("", &indicator("down", "R5 = 90", "R6 = 50, R9 = 60"), &values(&[("R6", "55")]));
    assert_eq!((at(&down, "R6").verdict, at(&down, "R6").held), (Verdict::Behind, TargetOf::Period));
    let floor = plan_of("at-least", "R6 = 60, R9 = 50", "55");
    assert_eq!((at(&floor, "R6").verdict, plain(at(&floor, "R6").room)), (Verdict::Behind, "-5".into()));
    // Bounds of a later year do not hold yet: 10 ± 1 in R6, 14 ± 1 in R9.
    let more = "tolerance = 1\n";
    let kept =
        plan("", &format!("{}{more}", indicator("maintain", "R5 = 8", "R6 = 10, R9 = 14")), &values(&[("R6", "10.5")]));
    assert_eq!((at(&kept, "R6").verdict, plain(at(&kept, "R6").room)), (Verdict::Met, "0.5".into()));
}

fn quarters(series: &str, records: &[(&str, &str)]) -> Plan {
    let target = "R6Q1 = 200, R6Q2 = 230, R6Q3 = 258, R6Q4 = 257";
    let indicator = format!("unit = \"件\"\nkind = \"up\"\ntarget = {{ {target} }}\n{series}");
    plan("cycle = \"quarter\"\n", &indicator, &values(records))
}

#[test]
fn a_quarter_has_the_target_of_its_own() {
    let flow = "series = \"yearly\"\n";
    // 250/258 = 96.89…; 250 − 258 = −8. The final target is that of R6Q4: 250/257 = 97.27….
    let plan = quarters(flow, &[("R5Q3", "240"), ("R6Q2", "255"), ("R6Q3", "250")]);
    let gap = at(&plan, "R6Q3");
    assert_eq!((plain(gap.expected), plain(gap.gap), gap.held), ("258".into(), "-8".into(), TargetOf::Period));
    assert_eq!(gap.own.unwrap().period.short(), "R6Q3");
    // 250 − 240 = 10 since the third quarter of last year, 250 − 255 = −5 since the second of this one.
    let (change, before) = (gap.change.unwrap(), gap.since_before.unwrap());
    assert_eq!(
        (change.since.period.short(), plain(Some(change.by)), change.is),
        ("R5Q3".into(), "10".into(), Against::Better)
    );
    assert_eq!(
        (before.since.period.short(), plain(Some(before.by)), before.is),
        ("R6Q2".into(), "-5".into(), Against::Worse)
    );
    // Three months are left to R6Q4: 7 are left, so 7 · 12/3 = 28 by the year.
    assert_eq!(gap.outlook.time.map(|span| span.count), Some(3));
    assert_eq!((plain(gap.outlook.left), plain(gap.outlook.needed)), ("7".into(), "28".into()));
    // From 240 (R5Q3) to 250 (R6Q3) it is 10 in twelve months, so 250 + 10 · 3/12 = 252.5 in R6Q4.
    let forecast = gap.outlook.forecast.unwrap();
    assert_eq!((plain(Some(forecast.yearly)), plain(Some(forecast.value))), ("10".into(), "252.5".into()));
}

#[test]
fn a_flow_of_a_quarter_is_not_compared_with_another_quarter_of_the_year_before() {
    let plan = quarters("series = \"yearly\"\n", &[("R5Q4", "300"), ("R6Q3", "250")]);
    assert!(at(&plan, "R6Q3").change.is_none());
    // The state on a day is: R5Q4 is the last one known of an earlier year.
    let plan = quarters("series = \"snapshot\"\n", &[("R5Q4", "300"), ("R6Q3", "250")]);
    assert_eq!(at(&plan, "R6Q3").change.unwrap().since.period.short(), "R5Q4");
    assert!(at(&plan, "R6Q3").since_before.is_none(), "nothing is known of R6Q2");
}

#[test]
fn halves_and_months_are_on_the_line_by_the_month() {
    let of = |target: &str, period: &str| {
        let plan = plan(
            "",
            &format!("{}series = \"snapshot\"\n", indicator("up", "R5 = 40", target)),
            &values(&[(period, "45")]),
        );
        plain(at(&plan, period).expected)
    };
    // From March of R5 (40) to March of R7 (64): one a month. To September of R6: 46; to December: 49; July: 44.
    assert_eq!(of("R7 = 64", "R6H1"), "46");
    assert_eq!(of("R7 = 64", "R6Q3"), "49");
    assert_eq!(of("R7 = 64", "R6.7"), "44");
    // A whole year and a day are on the line by the year, as ever: 52.
    assert_eq!(of("R7 = 64", "R6"), "52");
    assert_eq!(of("R7 = 64", "R6.10.1"), "52");
    // A target of a half: at its end 50 are expected, halfway there (Q1) 45.
    assert_eq!(of("R6H1 = 50, R7 = 64", "R6H1"), "50");
    assert_eq!(of("R6H1 = 50, R7 = 64", "R6Q1"), "45");
}

#[test]
fn a_target_of_a_quarter_to_come_is_not_overdue() {
    let indicator = "unit = \"件\"\nkind = \"up\"\nbaseline = { R6Q4 = 0 }\ntarget = { R7Q2 = 60 }\n";
    let plan = plan("cycle = \"quarter\"\n", indicator, &values(&[("R7Q1", "30")]));
    let gap = at(&plan, "R7Q1");
    // Three of six months: 30 of 60 are expected, and three months are left.
    assert_eq!((plain(gap.expected), gap.verdict), ("30".into(), Verdict::OnPace));
    assert_eq!(gap.outlook.time.map(|span| span.count), Some(3));
}

#[test]
fn less_than_and_more_than_do_not_take_the_number_itself() {
    let verdict = |kind: &str, baseline: &str, target: &str, actual: &str| {
        let plan = plan("", &indicator(kind, baseline, target), &values(&[("R9", actual)]));
        at(&plan, "R9").verdict
    };
    for target in ["R9 = \"16％未満\"", "R9 = \"16%を下回る\"", "R9 = \"<16%\"", "R9 = { value = 16, strict = true }"]
    {
        assert_eq!(verdict("down", "R5 = 20", target, "16"), Verdict::Behind, "{target}");
        assert_eq!(verdict("down", "R5 = 20", target, "15.9"), Verdict::Met, "{target}");
        assert_eq!(verdict("at-most", "R5 = 20", target, "16"), Verdict::Behind, "{target}");
        assert_eq!(verdict("at-most", "R5 = 20", target, "15.9"), Verdict::Met, "{target}");
    }
    for target in ["R9 = \"80％超\"", "R9 = \"80％を超える\"", "R9 = \">80%\"", "R9 = { value = 80, strict = true }"]
    {
        assert_eq!(verdict("up", "R5 = 70", target, "80"), Verdict::Behind, "{target}");
        assert_eq!(verdict("up", "R5 = 70", target, "80.1"), Verdict::Met, "{target}");
        assert_eq!(verdict("at-least", "R5 = 70", target, "80"), Verdict::Behind, "{target}");
    }
    for target in ["R9 = \"16％以下\"", "R9 = \"16％以内\"", "R9 = 16"] {
        assert_eq!(verdict("down", "R5 = 20", target, "16"), Verdict::Met, "{target}");
    }
}

#[test]
fn a_rate_of_a_hundred_is_not_reached_at_a_strict_target() {
    // 16/16 = 100 %, and yet the band "100 % or more" is not reached: less than 16 was wanted.
    let of = |actual| {
        let more = format!("{}judge = \"tenths-7\"\n", indicator("down", "R5 = 20", "R9 = \"16％未満\""));
        let plan = plan("", &more, &values(&[("R9", actual)]));
        (band(&at(&plan, "R9")).to_owned(), at(&plan, "R9").verdict)
    };
    assert_eq!(of("16"), ("p90".into(), Verdict::Behind));
    assert_eq!(of("15.9"), ("p100".into(), Verdict::Met));
}

#[test]
fn what_is_expected_on_the_way_to_a_strict_target_is_not_reached_by_its_number_either() {
    let of = |judge: &str, kind: &str, baseline: &str, target: &str, year: &str, actual: &str| {
        let plan = plan(judge, &indicator(kind, baseline, target), &values(&[(year, actual)]));
        let gap = at(&plan, year);
        (band(&gap).to_owned(), gap.verdict, percent(gap.pace), gap.stops_short())
    };
    let pro_rata =
        |kind, target, year, actual| of("[judge]\nbands = \"pro-rata-3\"\n", kind, "R5 = 90", target, year, actual);
    let says = |band: &str, verdict, pace: &str, short| (band.to_owned(), verdict, pace.to_owned(), short);
    // R7 is year 2 of 4: 80·2/4 = 40. "More than 80" is more than 40 by then: 40/40 = 100 %, and yet not there.
    for target in ["R9 = \"80％超\"", "R9 = { value = 80, strict = true }"] {
        assert_eq!(pro_rata("up", target, "R7", "40"), says("mostly", Verdict::Behind, "100", true), "{target}");
        assert_eq!(pro_rata("up", target, "R7", "40.4").0, "steady", "{target}");
    }
    assert_eq!(pro_rata("up", "R9 = 80", "R7", "40"), says("steady", Verdict::OnPace, "100", false));
    // "Less than 80": 40/40 again, and 32 is 40/32 = 125 %. Both are less than 80, which is the target itself: met.
    assert_eq!(pro_rata("down", "R9 = \"80％未満\"", "R7", "40"), says("mostly", Verdict::Met, "100", false));
    assert_eq!(pro_rata("down", "R9 = \"80％未満\"", "R7", "32"), says("steady", Verdict::Met, "125", false));
    // R8 is year 3 of 4: of 10 it is 7.5, of 100 in three years' time no decimal says a third; 33 is less than it.
    assert_eq!(pro_rata("up", "R9 = \"10％超\"", "R8", "7.5"), says("mostly", Verdict::Behind, "100", true));
    assert_eq!(pro_rata("up", "R8 = \"100％超\"", "R6", "33").0, "mostly");
    // In the last year what is expected is the target.
    assert_eq!(pro_rata("up", "R9 = \"80％超\"", "R9", "80"), says("mostly", Verdict::Behind, "100", true));
    // On a line from 40 to more than 60, half way is 50.
    let line = |target, actual| of("", "up", "R5 = 40", target, "R7", actual);
    assert_eq!(line("R9 = \"60％超\"", "50"), says("behind", Verdict::Behind, "100", true));
    assert_eq!(line("R9 = \"60％超\"", "55"), says("on-pace", Verdict::OnPace, "110", false));
    assert_eq!(line("R9 = 60", "50"), says("on-pace", Verdict::OnPace, "100", false));
    // The way on from a strict target to one that is reached: 60 to 70, half way 65.
    assert_eq!(line("R6 = \"60％超\", R8 = 70", "65"), says("on-pace", Verdict::OnPace, "100", false));
    // Of steps it is the last target that was due: more than 60, and 60 is not.
    let step = |actual| of("[judge]\npace = \"step\"\n", "up", "R5 = 40", "R6 = \"60％超\", R8 = 70", "R7", actual);
    assert_eq!(step("60"), says("behind", Verdict::Behind, "100", true));
    assert_eq!(step("66"), says("on-pace", Verdict::OnPace, "110", false));
}

#[test]
fn a_target_in_words_is_judged_from_the_baseline() {
    let of = |kind: &str, word: &str, actual: &str, margin: &str| {
        let records = format!("{}{margin}", values(&[("R7", actual)]));
        let plan = plan("", &indicator(kind, "R5 = 40", &format!("R9 = \"{word}\"")), &records);
        at(&plan, "R7").verdict
    };
    assert_eq!(of("up", "増加", "41", ""), Verdict::Met);
    assert_eq!(of("up", "増加", "40", ""), Verdict::Behind);
    assert_eq!(of("up", "増加", "39", ""), Verdict::Worsened);
    assert_eq!(of("down", "減少", "39", ""), Verdict::Met);
    assert_eq!(of("down", "減少させる", "41", ""), Verdict::Worsened);
    // One is within the sampling error of two: neither way.
    assert_eq!(of("up", "向上", "41", "margin = 2\n"), Verdict::Behind);
    assert_eq!(of("up", "検討中", "41", ""), Verdict::Undetermined(Why::NotANumber));
    let bare = "unit = \"％\"\nkind = \"up\"\ntarget = { R9 = \"増加\" }\n";
    let plan = plan("", bare, &values(&[("R7", "41")]));
    assert_eq!(at(&plan, "R7").verdict, Verdict::Undetermined(Why::NoBaseline));
}

#[test]
fn a_revision_leaves_the_years_alone_that_it_does_not_list() {
    let more = "revised = [{ until = \"R7.3.31\", target = { R7 = 45 } }]\n";
    let plan = plan("", &format!("{}{more}", indicator("up", "R5 = 40", "R7 = 50, R9 = 60")), &values(&[("R6", "42")]));
    // To the end of R6: 45 in R7 and, as today, 60 in R9. Between 40 and 45: 42.5.
    let before = at(&plan, "R6");
    assert_eq!(before.target.unwrap().period.short(), "R9");
    assert_eq!((plain(before.expected), plain(before.gap)), ("42.5".into(), "-18".into()));
    // From R7 on 50: between 40 and 50 lies 45.
    assert_eq!(plain(at(&plan, "R7Q1").expected), "45");
}

#[test]
fn a_target_moved_to_another_year_replaces_the_former_one() {
    let more = "revised = [{ until = \"R7.3.31\", target = { R8 = 55 } }]\n";
    let plan = plan("", &format!("{}{more}", indicator("up", "R5 = 40", "R9 = 60")), &values(&[("R6", "42")]));
    assert_eq!(at(&plan, "R6").target.unwrap().period.short(), "R8");
    assert_eq!(at(&plan, "R7Q1").target.unwrap().period.short(), "R9");
}
