//! As of a day, nothing counts that was recorded later, whatever it is about.

use crate::support::{Desk, by_id};

const HEAD: &str = "schema = 1\nid = \"b\"\nname = \"計画\"\nperiod = { from = \"R2\", to = \"R4\" }\ncycle = \"quarter\"\nlevels = [\"項目\"]\n\n\
    [[scale]]\nid = \"s\"\nname = \"状況\"\ngrades = [{ id = \"good\", name = \"順調\" }, { id = \"late\", name = \"遅れ\", attention = true }]\n\n\
    [[evaluator]]\nid = \"office\"\nname = \"所管課\"\n\n[[evaluator]]\nid = \"panel\"\nname = \"委員会\"\n";
const OWNERS: &str = "[tax]\nname = \"税務課\"\n";
const OUTLINE: &str = "[1]\nname = \"一\"\nowner = [\"tax\"]\nmilestone = [{ name = \"運用開始\", date = \"R2.10\" }]\n[2]\nname = \"二\"\nadded = \"R2.12\"\n";
const INDICATORS: &str = "[m]\nname = \"満足\"\nunit = \"％\"\nkind = \"up\"\nbaseline = { H30 = 40 }\ntarget = { R4 = 60 }\n\
    revised = [{ until = 2020-11-30, target = { R4 = 70 }, reason = \"見直し\" }]\n";
/// Known by 2020-11-25.
const EARLY: [(&str, &str); 2] = [
    (
        "records/1.toml",
        "[[update]]\nperiod = \"R2Q2\"\nrecorded = 2020-10-05\nrating = { s = \"good\" }\nprogress = 40\ndone = \"開始\"\n\n\
         [[update]]\nperiod = \"R2Q3\"\nrecorded = 2020-11-25\nrating = { s = \"good\" }\nprogress = 50\n",
    ),
    ("records/m.toml", "[[measure]]\nperiod = \"R1\"\nrecorded = 2020-06-01\nvalue = 44\nprovisional = true\n"),
];
/// Recorded after it: a later word on the running quarter, late ones on a quarter that had ended, another evaluator's.
const LATER: [(&str, &str); 2] = [
    (
        "records/1.toml",
        "\n[[update]]\nperiod = \"R2Q3\"\nrecorded = 2020-12-20\nrating = { s = \"late\" }\nprogress = 55\nreached = { \"運用開始\" = \"R2.10.20\" }\n\n\
         [[update]]\nperiod = \"R2Q2\"\nrecorded = 2020-11-26\nrating = { s = \"late\" }\nprogress = 30\ndone = \"縮小\"\n\n\
         [[update]]\nperiod = \"R2Q2\"\nrecorded = 2020-12-01\nevaluator = \"panel\"\nrating = { s = \"late\" }\n",
    ),
    ("records/m.toml", "\n[[measure]]\nperiod = \"R1\"\nrecorded = 2020-12-01\nvalue = 50\n"),
];

fn city(with_later: bool) -> Desk {
    let desk = Desk::plan(&[
        ("plan.toml", HEAD),
        ("owners.toml", OWNERS),
        ("outline/1.toml", OUTLINE),
        ("indicators.toml", INDICATORS),
    ]);
    for ((path, early), (_, later)) in EARLY.iter().zip(LATER) {
        desk.write(&format!("plan/{path}"), format!("{early}{}", if with_later { later } else { "" }));
    }
    desk
}

/// The grade and progress of entry 1, and the actual of the indicator.
fn stands(desk: &Desk, as_of: &str) -> (String, String, String) {
    let status = desk.json(&format!("status --as-of {as_of}"));
    let node = by_id(&status["nodes"], "1");
    let kpi = desk.json(&format!("kpi --as-of {as_of}"));
    let actual = by_id(&kpi["indicators"], "m")["actual"]["value"].to_string();
    (node["rating"].as_str().unwrap_or("-").to_owned(), node["progress"].to_string(), actual)
}

#[test]
fn a_later_report_counts_from_its_day_on() {
    let desk = city(true);
    for (as_of, expected) in [
        ("2020-11-25", ("good", "50", "44")),
        ("2020-12-01", ("good", "50", "50")),
        ("2020-12-19", ("good", "50", "50")),
        ("2020-12-20", ("late", "55", "50")),
        // As of a period: with all that was recorded about it since.
        ("R2Q3", ("late", "55", "50")),
        ("R2Q2", ("late", "30", "50")),
    ] {
        let (grade, progress, actual) = expected;
        assert_eq!(stands(&desk, as_of), (grade.into(), progress.into(), actual.into()), "{as_of}");
    }
}

/// Deleting what was recorded after the day changes no answer as of that day.
#[test]
fn no_answer_as_of_a_day_rests_on_what_was_recorded_later() {
    let (with, without) = (city(true), city(false));
    for command in [
        "status",
        "status --evaluator panel",
        "kpi",
        "kpi --year R1",
        "due",
        "log",
        "roadmap",
        "show 1",
        "show m",
        "explain",
        "explain 1",
        "explain m",
        "report council",
        "report council --period R2Q3",
        "report council --for assembly --period R2Q2",
        "report questions --period R2Q2",
    ] {
        let [one, other] = [&with, &without].map(|desk| desk.run(&format!("{command} --as-of 2020-11-25")));
        assert_eq!(one.out(), other.out(), "{command}");
        assert_ne!(
            one.out(),
            with.run(&format!("{command} --as-of 2020-12-20")).out(),
            "{command} knows the later day"
        );
    }
}

#[test]
fn targets_and_entries_are_those_of_the_day() {
    let desk = city(true);
    let target = |as_of: &str| {
        let kpi = desk.json(&format!("kpi --as-of {as_of}"));
        by_id(&kpi["indicators"], "m")["target"]["value"].to_string()
    };
    assert_eq!(["2020-11-25", "2020-11-30", "2020-12-01"].map(target), ["70", "70", "60"]);
    let entries = |as_of: &str| desk.json(&format!("status --as-of {as_of}"))["total"]["entries"].to_string();
    assert_eq!(["2020-11-25", "2020-12-01", "R2Q3"].map(entries), ["1", "2", "2"], "2 was added in December");
    // The paper of the running quarter does not know of the revision to come, nor of the day after.
    let paper = desk.run("report council --period R2Q3 --as-of 2020-11-25").done();
    assert!(!paper.out().contains("理由：見直し") && paper.out().contains("令和2年11月25日"), "{}", paper.out());
    assert!(desk.run("report council --period R2Q3").done().out().contains("理由：見直し"));
}

#[test]
fn an_inquiry_stands_as_it_stood_on_the_day() {
    let desk = city(true);
    let keep = "[[sent]]\nowner = \"tax\"\nsent = 2020-10-01\nfile = \"a.xlsx\"\nfingerprint = \"00\"\n\n\
                [[reply]]\nowner = \"tax\"\nreceived = 2020-12-20\nfile = \"a.xlsx\"\n";
    desk.write("plan/inquiries/R2Q2.toml", keep);
    let received = |as_of: &str| {
        let json = desk.json(&format!("inquiry status --as-of {as_of}"));
        json["owners"][0]["received"].as_str().unwrap_or("-").to_owned()
    };
    assert_eq!(["2020-11-25", "2020-12-20"].map(received), ["-", "2020-12-20"]);
    let before = desk.json("inquiry status --as-of 2020-09-30");
    assert_eq!(before["owners"].as_array().unwrap().len(), 0, "nothing had been sent");
}
