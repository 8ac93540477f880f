//! Every edge of target against actual, one by one. Each number is worked out by hand in the comment beside it.

use kaikaku::lang::Lang;
use kaikaku::plan::judging::{Against, Measured};
use kaikaku::plan::record::Recorded;
use kaikaku::query::gap::methods::compare;
use kaikaku::query::gap::{Verdict, Why};
use kaikaku::wording as words;

use crate::gauge::{at, band, indicator, percent, plain, plan, values};

/// 対目標比, 改善率, verdict of one value of R7.
fn judged(kind: &str, baseline: &str, target: &str, actual: &str) -> (String, String, Verdict) {
    let plan = plan("", &indicator(kind, baseline, target), &values(&[("R7", actual)]));
    let gap = at(&plan, "R7");
    (percent(gap.ratio_to_target), percent(gap.improvement), gap.verdict)
}

fn listed(ratio: &str, improvement: &str, verdict: Verdict) -> (String, String, Verdict) {
    (ratio.to_owned(), improvement.to_owned(), verdict)
}

#[test]
fn a_target_that_is_the_baseline_has_no_improvement() {
    // 45/50 = 90, 50/50 = 100, 55/50 = 110; t − b = 0.
    assert_eq!(judged("up", "R5 = 50", "R9 = 50", "45"), listed("90", "－", Verdict::Worsened));
    assert_eq!(judged("up", "R5 = 50", "R9 = 50", "50"), listed("100", "－", Verdict::Met));
    assert_eq!(judged("up", "R5 = 50", "R9 = 50", "55"), listed("110", "－", Verdict::Met));
    assert_eq!(judged("down", "R5 = 50", "R9 = 50", "40"), listed("125", "－", Verdict::Met)); // 50/40
}

#[test]
fn nothing_is_divided_by_zero() {
    // Up to 0 from −10: (−5 − −10) / (0 − −10) = 50; a/0 has no meaning. Expected in R7: −10 + 10·2/4 = −5.
    assert_eq!(judged("up", "R5 = -10", "R9 = 0", "-5"), listed("－", "50", Verdict::OnPace));
    // Down to 0 from 8: t/a = 0/6 = 0; (6−8)/(0−8) = 25. Expected: 8 − 8·2/4 = 4.
    assert_eq!(judged("down", "R5 = 8", "R9 = 0", "6"), listed("0", "25", Verdict::Behind));
    assert_eq!(judged("down", "R5 = 8", "R9 = 0", "0"), listed("－", "100", Verdict::Met)); // 0/0
    // None at all, where 5 were allowed: t/a = 5/0. (0−8)/(5−8) = 266.67
    assert_eq!(judged("down", "R5 = 8", "R9 = 5", "0").0, "－");
    assert_eq!(judged("down", "R5 = 8", "R9 = 5", "0").2, Verdict::Met);
    assert_eq!(judged("up", "R5 = 0", "R9 = 5", "0"), listed("0", "0", Verdict::Behind)); // expected 2.5
}

#[test]
fn a_target_reached_is_met_even_where_the_judging_rate_has_no_meaning() {
    let by_ratio = format!("{}judge = \"tenths-7\"\n", indicator("down", "R5 = 8", "R9 = 5"));
    let plan = plan("", &by_ratio, &values(&[("R7", "0")]));
    let gap = at(&plan, "R7");
    assert_eq!((gap.verdict, band(&gap)), (Verdict::Met, "－"));
}

#[test]
fn the_wrong_side_of_the_baseline_is_negative_and_worsened() {
    // (38−40)/(60−40) = −10; far below: (0−40)/20 = −200, not clamped. Down: (230−200)/(100−200) = −30.
    assert_eq!(judged("up", "R5 = 40", "R9 = 60", "38").1, "-10");
    assert_eq!(judged("up", "R5 = 40", "R9 = 60", "0"), listed("0", "-200", Verdict::Worsened));
    let down = judged("down", "R5 = 200", "R9 = 100", "230");
    assert_eq!((down.1.as_str(), down.2), ("-30", Verdict::Worsened));
}

#[test]
fn above_a_hundred_is_not_clamped() {
    // 90/60 = 150, (90−40)/20 = 250. Down: 100/80 = 125, (80−200)/(−100) = 120.
    assert_eq!(judged("up", "R5 = 40", "R9 = 60", "90"), listed("150", "250", Verdict::Met));
    assert_eq!(judged("down", "R5 = 200", "R9 = 100", "80"), listed("125", "120", Verdict::Met));
}

#[test]
fn lower_is_better_above_its_target_is_below_a_hundred() {
    // a/t would be 125 %; t/a = 100/125 = 80.
    assert_eq!(judged("down", "R5 = 200", "R9 = 100", "125").0, "80");
}

#[test]
fn without_a_baseline_there_is_no_improvement_and_no_line() {
    let bare = |target: &str| format!("unit = \"％\"\nkind = \"up\"\ntarget = {{ {target} }}\n");
    let records = values(&[("R7", "45")]);
    let early = plan("", &bare("R9 = 60"), &records);
    let gap = at(&early, "R7");
    assert_eq!((percent(gap.ratio_to_target), percent(gap.improvement)), ("75".into(), "－".into())); // 45/60
    assert_eq!((gap.expected, gap.verdict), (None, Verdict::Undetermined(Why::NothingExpected)));
    let due = plan("", &bare("R7 = 60"), &records);
    assert_eq!(at(&due, "R7").verdict, Verdict::Behind);
    let own = plan("", &bare("R7 = 40, R9 = 60"), &records);
    assert_eq!((plain(at(&own, "R7").expected), at(&own, "R7").verdict), ("40".into(), Verdict::OnPace));
}

#[test]
fn the_last_known_value_is_judged_by_its_own_year() {
    let records = format!("{}[[measure]]\nperiod = \"R8\"\nabsent = \"未調査\"\n", values(&[("R7", "50")]));
    let plan = plan("", &indicator("up", "R5 = 40", "R9 = 60"), &records);
    let gap = at(&plan, "R8");
    assert_eq!(gap.actual.unwrap().reading.period.short(), "R7");
    assert_eq!(gap.missing.unwrap().reading.period.short(), "R8");
    // Expected in R7: 40 + 20·2/4 = 50. That R8 was not surveyed makes it no worse.
    assert_eq!((plain(gap.expected), gap.verdict), ("50".into(), Verdict::OnPace));
    assert_eq!(at(&plan, "R6").verdict, Verdict::Undetermined(Why::NoActual));
}

#[test]
fn a_confirmed_value_replaces_the_provisional_one_from_the_day_it_is_recorded() {
    let records = "[[measure]]\nperiod = \"R7\"\nrecorded = 2025-10-01\nvalue = 52\nprovisional = true\n\
                   [[measure]]\nperiod = \"R7\"\nrecorded = 2026-02-01\nvalue = 47\n";
    let plan = plan("", &indicator("up", "R5 = 40", "R9 = 60"), records);
    let early = at(&plan, "R7Q3"); // to December 2025: the confirmation is not yet stated
    assert!(early.actual.unwrap().provisional);
    assert_eq!((percent(early.improvement), early.verdict), ("60".into(), Verdict::OnPace)); // 12/20
    let late = at(&plan, "R7");
    assert!(!late.actual.unwrap().provisional);
    assert_eq!((percent(late.improvement), late.verdict), ("35".into(), Verdict::Behind)); // 7/20
}

#[test]
fn nothing_is_compared_across_a_break() {
    let records = "[[measure]]\nperiod = \"R6\"\nvalue = 45\n[[measure]]\nperiod = \"R7\"\nvalue = 52\nbreak = true\n";
    let plan_of = |more: &str| plan("", &indicator("up", "R5 = 40", "R9 = 60"), &format!("{records}{more}"));
    let fresh = plan_of("");
    let gap = at(&fresh, "R7");
    assert!(gap.change.is_none() && gap.outlook.forecast.is_none(), "one point since the break");
    // 52 and 53 since the break: one a year, so 53 + 1 = 54 in R9. The 40 and the 45 play no part.
    let later = plan_of("[[measure]]\nperiod = \"R8\"\nvalue = 53\n");
    let forecast = at(&later, "R8").outlook.forecast.unwrap();
    assert_eq!(
        (plain(Some(forecast.value)), forecast.points, forecast.first.period.short()),
        ("54".into(), 2, "R7".into())
    );
    // A confirmation does not mend the break.
    let confirmed = plan_of("[[measure]]\nperiod = \"R7\"\nrecorded = 2026-05-01\nvalue = 51\n");
    assert!(at(&confirmed, "R7").change.is_none() && at(&confirmed, "R7").outlook.forecast.is_none());
}

#[test]
fn a_trend_takes_two_points_and_keeps_what_was_before_the_baseline() {
    let records = values(&[("R3", "30"), ("R4", "35")]);
    let plan = plan("", &indicator("up", "R5 = 40", "R9 = 60"), &records);
    // R3 30, R4 35, baseline R5 40: five a year, so 40 + 5·4 = 60 in R9.
    let points =
        kaikaku::query::gap::outlook::points(&plan.indicators[0], &at_known(&plan), crate::gauge::period("R4"));
    let listed: Vec<(String, String)> =
        points.iter().map(|p| (p.period.short().to_string(), p.value.to_string())).collect();
    assert_eq!(listed, [("R3", "30"), ("R4", "35"), ("R5", "40")].map(|(y, n)| (y.to_owned(), n.to_owned())));
    assert_eq!(plain(at(&plan, "R4").outlook.forecast.map(|f| f.value)), "60");
    let lone = crate::gauge::plan("", "unit = \"％\"\nkind = \"up\"\ntarget = { R9 = 60 }\n", &values(&[("R6", "41")]));
    assert!(at(&lone, "R6").outlook.forecast.is_none());
}

fn at_known(plan: &kaikaku::plan::Plan) -> Vec<&kaikaku::plan::indicator::Actual> {
    plan.indicators[0].known(Recorded::stands).collect()
}

#[test]
fn a_change_within_the_sampling_error_is_none() {
    let change = |now: &str, margin: &str| {
        let records = format!("{}margin = {margin}\n", values(&[("R6", "50"), ("R7", now)]));
        let plan = plan("", &indicator("up", "R5 = 51", "R9 = 60"), &records);
        (at(&plan, "R7").change.unwrap().is, at(&plan, "R7").verdict)
    };
    // 48.2 − 50 = −1.8 and 48.2 − 51 = −2.8. At the margin counts as within.
    assert_eq!(change("48.2", "2.8"), (Against::Same, Verdict::Behind));
    assert_eq!(change("48.2", "2.7"), (Against::Same, Verdict::Worsened));
    assert_eq!(change("48.2", "1.7"), (Against::Worse, Verdict::Worsened));
    assert_eq!(change("52.0", "1.9").0, Against::Better);
}

#[test]
fn a_target_that_was_met_at_the_outset_is_held_or_lost() {
    // 11.6 → 11 or more: the formula would call 11.2 66.7 % and 10 267 %.
    assert_eq!(judged("up", "R5 = 11.6", "R6 = \"11％以上\"", "11.2").1, "－");
    assert_eq!(judged("up", "R5 = 11.6", "R6 = \"11％以上\"", "11.2").2, Verdict::Met);
    assert_eq!(judged("up", "R5 = 11.6", "R6 = \"11％以上\"", "10").2, Verdict::Worsened);
}

#[test]
fn a_target_after_the_plans_end_is_on_its_own_line() {
    // Target R10, plan to R9. Expected in R7: 40 + 20·2/5 = 48.
    let plan = plan("", &indicator("up", "R5 = 40", "R10 = 60"), &values(&[("R7", "48")]));
    let gap = at(&plan, "R7");
    assert_eq!((plain(gap.expected), gap.verdict), ("48".into(), Verdict::OnPace));
    // 12 are left, three years ahead: 4 a year.
    assert_eq!(
        (plain(gap.outlook.left), gap.outlook.time.map(|span| span.count), plain(gap.outlook.needed)),
        ("12".into(), Some(3), "4".into())
    );
}

#[test]
fn what_is_only_monitored_is_not_judged() {
    let plan = plan("", &indicator("up", "R5 = 40", "R9 = \"－\""), &values(&[("R7", "48")]));
    let gap = at(&plan, "R7");
    assert_eq!((gap.gap, gap.verdict), (None, Verdict::Undetermined(Why::NoTarget)));
}

#[test]
fn an_unconfirmed_value_is_judged_and_marked() {
    let target = "R9 = { value = 60, certainty = \"unconfirmed\" }";
    let plan = plan("", &indicator("up", "R5 = 40", target), &values(&[("R7", "50")]));
    assert!(at(&plan, "R7").is_unsure());
    assert_eq!(at(&plan, "R7").verdict, Verdict::OnPace);
    let open = crate::gauge::plan(
        "",
        &indicator("up", "R5 = { candidates = [40, 45], certainty = \"unconfirmed\" }", "R9 = 60"),
        &values(&[("R7", "50")]),
    );
    assert_eq!(at(&open, "R7").verdict, Verdict::Undetermined(Why::Unconfirmed));
}

#[test]
fn a_rate_is_never_shown_in_a_band_above_its_own() {
    let shown = |judge: &str, actual: &str| {
        let plan = plan(judge, &indicator("up", "R5 = 0", "R9 = 100"), &values(&[("R9", actual)]));
        let gap = at(&plan, "R9");
        (band(&gap).to_owned(), words::rate_of(&gap, Measured::Ratio, plan.head.rounding, Lang::Ja))
    };
    let (tenths, standard) = ("[judge]\nbands = \"tenths-7\"\n", "");
    assert_eq!(shown(tenths, "89.94"), ("p80".into(), "89.9％".into()));
    assert_eq!(shown(tenths, "89.96"), ("p80".into(), "89.96％".into()));
    assert_eq!(shown(tenths, "89.9999"), ("p80".into(), "89.9999％".into()));
    assert_eq!(shown(tenths, "90"), ("p90".into(), "90.0％".into()));
    // No band of the standard set begins at 90; that 100 is not reached is seen under every set.
    assert_eq!(shown(standard, "89.96").1, "90.0％");
    assert_eq!(shown(standard, "99.96"), ("behind".into(), "99.96％".into()));
    assert_eq!(shown(standard, "-0.04"), ("worsened".into(), "▲0.04％".into()));
    // Nor is it under a set that judges beside the plan's own.
    assert_eq!(shown("[judge]\nalso = [\"tenths-7\"]\n", "89.96").1, "89.96％");
    // With half a point of tolerance the band begins at 89.5.
    let own = "[judge]\nbands = \"own\"\n[[bands]]\nid = \"own\"\nname = \"独自\"\nby = \"ratio\"\ntolerance = 0.5\nbands = [\
               { id = \"a\", name = \"甲\", verdict = \"on-pace\", at-least = 90 }, { id = \"b\", name = \"乙\", verdict = \"behind\" }]\n";
    assert_eq!(shown(own, "89.46"), ("b".into(), "89.46％".into()));
    assert_eq!(shown(own, "89.5"), ("a".into(), "89.5％".into()));
    // Cut off instead of rounded, 89.96 stays where it is.
    let cut = format!("{tenths}[rounding]\nmode = \"truncate\"\n");
    assert_eq!(shown(&cut, "89.96"), ("p80".into(), "89.9％".into()));
}

#[test]
fn steps_are_never_forced_into_a_percent() {
    let steps = "kind = \"milestone\"\nsteps = [\"検討\", \"設計\", \"試行\", \"運用\"]\n\
                 target = { R7 = \"設計\", R9 = \"運用\" }\n";
    let verdict = |period: &str, step: &str| {
        let plan = plan("", steps, &values(&[(period, &format!("\"{step}\""))]));
        let gap = at(&plan, period);
        assert_eq!((gap.ratio_to_target, gap.improvement, gap.gap, gap.band), (None, None, None, None));
        gap.verdict
    };
    assert_eq!(verdict("R6", "検討"), Verdict::Undetermined(Why::NotYetDue));
    assert_eq!(verdict("R7", "検討"), Verdict::Behind);
    assert_eq!(verdict("R7", "設計"), Verdict::OnPace);
    assert_eq!(verdict("R8", "試行"), Verdict::OnPace);
    assert_eq!(verdict("R9", "試行"), Verdict::Behind);
    assert_eq!(verdict("R7", "運用"), Verdict::Met);
}

#[test]
fn a_step_before_that_of_the_baseline_is_worse() {
    let steps = "kind = \"milestone\"\nsteps = [\"検討\", \"設計\", \"試行\", \"運用\"]\nbaseline = { R5 = \"試行\" }\n\
                 target = { R7 = \"設計\", R9 = \"運用\" }\n";
    let verdict =
        |period: &str, step: &str| at(&plan("", steps, &values(&[(period, &format!("\"{step}\""))])), period).verdict;
    // What is expected by R7 is reached, and it stands behind where it began.
    assert_eq!(verdict("R7", "設計"), Verdict::Worsened);
    assert_eq!(verdict("R6", "検討"), Verdict::Worsened);
    assert_eq!(verdict("R7", "試行"), Verdict::OnPace);
    assert_eq!(verdict("R9", "試行"), Verdict::Behind);
    assert_eq!(verdict("R9", "運用"), Verdict::Met);
}

#[test]
fn no_step_is_met_that_misses_the_harder_one_of_its_own_year() {
    let steps = "kind = \"milestone\"\nsteps = [\"検討\", \"設計\", \"試行\", \"運用\"]\n\
                 target = { R7 = \"試行\", R9 = \"設計\" }\n";
    let plan = plan("", steps, &values(&[("R7", "\"設計\""), ("R8", "\"設計\"")]));
    assert_eq!(at(&plan, "R7").verdict, Verdict::Behind);
    assert_eq!(at(&plan, "R8").verdict, Verdict::Met);
}

#[test]
fn what_is_kept_has_room_or_lies_outside() {
    let kept = |kind: &str, baseline: &str, target: &str, actual: &str| {
        let plan = plan("", &indicator(kind, baseline, target), &values(&[("R6", "99"), ("R7", actual)]));
        let gap = at(&plan, "R7");
        assert_eq!((gap.ratio_to_target, gap.improvement), (None, None));
        (plain(gap.gap), plain(gap.room), gap.verdict, gap.change.unwrap().is)
    };
    let maintain = |actual| kept("maintain\"\ntolerance = 0.3\nlabel = \"", "R5 = 98.4", "R9 = 98.9", actual);
    // 98.6 to 99.2. 98.6: at the bound, 0 of room; from 99 (inside) it did not get worse.
    assert_eq!(maintain("98.6"), ("-0.3".into(), "0".into(), Verdict::Met, Against::Same));
    // 98.5 is 0.1 outside, the baseline 98.4 was 0.2 outside; 98.3 is 0.3 outside.
    assert_eq!(maintain("98.5"), ("-0.4".into(), "-0.1".into(), Verdict::Behind, Against::Worse));
    assert_eq!(maintain("98.3"), ("-0.6".into(), "-0.3".into(), Verdict::Worsened, Against::Worse));
    let range = |actual| kept("range", "R5 = 99", "R9 = \"10〜20％\"", actual);
    // R6 was 99, 79 outside: each of these is better.
    assert_eq!(range("20"), ("0".into(), "0".into(), Verdict::Met, Against::Better));
    assert_eq!(range("26"), ("6".into(), "-6".into(), Verdict::Behind, Against::Better));
    assert_eq!(range("8"), ("-2".into(), "-2".into(), Verdict::Behind, Against::Better));
}

#[test]
fn verdicts_that_change_with_the_method_are_reported() {
    // 50 of 60 in R7: standard on pace (50 expected), pro-rata 2/4 of 60 = 30: 166 %, letters B: behind.
    let plan = plan("", &indicator("up", "R5 = 40", "R9 = 60"), &values(&[("R7", "50")]));
    let compared = compare(&plan, kaikaku::query::AsOf::parse("R7", plan.head.cycle).unwrap());
    assert!(compared[0].differs);
    let bands: Vec<&str> = compared[0].gaps.iter().map(band).collect();
    assert_eq!(bands, ["on-pace", "steady", "b", "p80", "on-track"]); // 50/60 = 83.3; pace 50/50 = 100
}
