//! Where the files of a plan say too much, or the same twice.

use crate::support::Desk;

const HEAD: &str =
    "schema = 1\nid = \"x\"\nname = \"計画\"\nperiod = { from = \"R6\", to = \"R9\" }\nlevels = [\"項目\"]\n";

fn checked(plan: &str, indicators: &str) -> String {
    let files = [("plan.toml", plan), ("outline/1.toml", "[1]\nname = \"窓口\"\n"), ("indicators.toml", indicators)];
    let ran = Desk::plan(&files).run("check --lang en");
    assert_eq!(ran.code, 1, "{ran:?}");
    ran.out().to_owned()
}

/// 201 grades, one more than are kept: what is said is about their number, and about nothing else.
#[test]
fn more_grades_and_scales_than_can_be_kept_are_named() {
    let grades: String = (0..201).map(|n| format!("  {{ id = \"g{n}\", name = \"区分{n}\" }},\n")).collect();
    let many_grades = format!("{HEAD}\n[[scale]]\nid = \"progress\"\nname = \"進捗\"\ngrades = [\n{grades}]\n");
    let scale = |n: usize| {
        format!("\n[[scale]]\nid = \"s{n}\"\nname = \"定め{n}\"\ngrades = [{{ id = \"a\", name = \"良\" }}]\n")
    };
    let many_scales = format!("{HEAD}{}", (0..201).map(scale).collect::<String>());
    for (plan, said) in [
        (many_grades, "there are 201 grades of one scale, and 200 at most are read"),
        (many_scales, "there are 201 scales, and 200 at most are read"),
    ] {
        let out = checked(&plan, "");
        assert!(out.contains(said) && out.contains("error[out-of-range]"), "{out}");
        assert!(!out.contains("unknown-key") && !out.contains("missing-key"), "{out}");
    }
}

#[test]
fn two_revised_targets_until_one_day_are_an_error() {
    let revised = |day: &str, target: u8| {
        format!("[[visitors.revised]]\nuntil = {day}\ntarget = {{ R9 = {target} }}\nreason = \"見直し\"\n")
    };
    let indicator = |second: &str| {
        format!(
            "[visitors]\nname = \"利用者\"\nunit = \"人\"\nkind = \"up\"\nbaseline = {{ R5 = 10 }}\ntarget = {{ R9 = 90 }}\n{}{}",
            revised("2026-03-31", 50),
            revised(second, 60)
        )
    };
    let out = checked(HEAD, &indicator("2026-03-31"));
    assert!(out.contains("error[duplicate-id]") && out.contains("two `revised` hold until 2026-03-31"), "{out}");
    assert!(out.contains("indicators.toml:12:9"), "where the second one says so: {out}");
    let files = [
        ("plan.toml", HEAD),
        ("outline/1.toml", "[1]\nname = \"窓口\"\n"),
        ("indicators.toml", &indicator("2026-04-01")),
    ];
    assert_eq!(Desk::plan(&files).run("check").code, 0, "two days are two targets");
}
