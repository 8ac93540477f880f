//! The plans that are shipped: nothing in them is wrong, and they say what the documents say. The numbers below were
//! read from the documents by hand.

use std::path::Path;

use kaikaku::audit;
use kaikaku::finding::Code;
use kaikaku::plan::indicator::{Indicator, Kind};
use kaikaku::plan::value::{Certainty, Value};
use kaikaku::plan::{Plan, Subject};
use kaikaku::source::{Loaded, Snapshot};

fn load(name: &str) -> Loaded {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("plan").join(name);
    audit::check(&Snapshot::of_folder(&folder, Path::new("plan").join(name), &|_| true), name, crate::today())
}

pub fn plan(name: &str) -> Plan {
    load(name).plan.unwrap()
}

#[test]
fn nothing_but_what_is_unconfirmed_is_noted() {
    for (name, unconfirmed) in [("2027", 1), ("stage3", 0), ("growth-policy", 17), ("example", 1)] {
        let loaded = load(name);
        let other: Vec<_> = loaded.findings.iter().filter(|f| f.code != Code::Unconfirmed).collect();
        assert!(other.is_empty() && loaded.plan.is_some(), "{name}: {other:?}");
        assert_eq!(loaded.findings.len(), unconfirmed, "{name}");
    }
}

#[test]
fn the_plan_has_3_policies_9_measures_and_21_items() {
    assert_eq!(load("2027").counts, [3, 9, 21]);
    assert_eq!(plan("2027").head.expect, [3, 9, 21]);
    assert_eq!(load("example").counts, [3, 9, 21]);
}

#[test]
fn nobody_has_rated_the_plan_and_no_department_is_named() {
    let plan = plan("2027");
    assert!(plan.entries.iter().all(|e| e.updates.iter().all(|u| u.ratings.is_empty())));
    assert!(plan.entries.iter().all(|e| e.owners.is_empty()) && plan.owners.is_empty());
    assert!(plan.indicators.is_empty(), "the documents print no indicators of this plan");
    assert!(!plan.head.fictional);
}

#[test]
fn every_item_has_the_name_that_is_printed() {
    let plan = plan("2027");
    let name = |id: &str| match plan.find(id) {
        Some(Subject::Entry(place)) => plan.entries[place].name.to_string(),
        other => panic!("{id}: {other:?}"),
    };
    for (id, printed) in [
        ("1", "組織・人づくり改革"),
        ("1-1-2", "採用選考試験の見直し"),
        ("1-3-3", "組織風土・文化の醸成"),
        ("2-1", "窓口DXの推進"),
        ("2-3-3", "予算の質向上"),
        ("3-1-3", "地域のICT化支援"),
        ("3-2", "広報広聴の推進"),
        ("3-3-1", "民間活力の活用・各種団体との連携"),
    ] {
        assert_eq!(name(id), printed);
    }
}

#[test]
fn of_the_plan_before_108_and_29_make_137() {
    let plan = plan("stage3");
    let [published] = &plan.head.published[..] else { panic!("{:?}", plan.head.published) };
    assert_eq!((published.whole.counts.as_slice(), published.whole.total), ([Some(108), Some(29)].as_slice(), 137));
    assert_eq!(published.period.short(), "R4");
    let grades: Vec<&str> = plan.scales[0].versions[0].grades.iter().map(|g| &*g.name).collect();
    assert_eq!(grades, ["計画通り進捗", "一部変更・遅れ"]);
}

/// R3, R4 and R5 of the document's table, and the kind.
const STAGE3: [(&str, &str, &str, &str, &str, &str); 9] = [
    ("市役所のサービスに満足している市民の割合", "％", "48.9", "44.1", "65", "up"),
    ("区役所窓口 市民満足度", "％", "87", "87", "90", "up"),
    ("証明書コンビニ発行件数", "件", "107087", "300170", "500000", "up"),
    ("働きがいを感じる職員の割合", "％", "82", "81", "95", "up"),
    ("年休平均取得日数", "日", "14", "15", "16", "up"),
    ("テレワークを実施しやすいと感じる職員", "％", "23", "45", "50", "up"),
    ("実質公債費比率", "％", "5.4", "5.4", "5.2", "down"),
    ("将来負担比率", "％", "104.6", "102.2", "107.8", "at-most"),
    ("市債残高（熊本地震関連及び臨時財政対策債を除く）", "億円", "2248", "2231", "2430", "at-most"),
];

fn number(value: &Value) -> String {
    match value {
        Value::Number(number) => number.normalize().to_string(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_nine_indicators_of_the_plan_before_are_as_printed() {
    let plan = plan("stage3");
    let measured: Vec<&Indicator> = plan.indicators.iter().filter(|i| i.kind != Kind::Heading).collect();
    assert_eq!(measured.len(), STAGE3.len());
    for (indicator, (name, unit, r3, r4, r5, kind)) in measured.into_iter().zip(STAGE3) {
        assert_eq!((&*indicator.name, &*indicator.unit.0, indicator.kind.key()), (name, unit, kind));
        let baseline = indicator.baseline.as_ref().unwrap();
        let ([measure], [target]) = (&indicator.measures[..], &indicator.targets[..]) else { panic!("{name}") };
        let readings = [baseline, &measure.reading, target];
        assert_eq!(readings.map(|r| r.period.short()), ["R3", "R4", "R5"], "{name}");
        assert_eq!(readings.map(|r| number(&r.value)), [r3, r4, r5], "{name}");
        assert_eq!(target.origin.certainty, Certainty::Inferred, "{name}: that R5 is the target is inferred");
        assert_eq!(measure.reading.origin.certainty, Certainty::Stated, "{name}");
    }
}

#[test]
fn the_indicators_of_the_fiscal_row_stand_under_one_heading() {
    let plan = plan("stage3");
    let heading = plan.indicators.iter().position(|i| i.kind == Kind::Heading).unwrap();
    let under: Vec<&str> =
        plan.indicators.iter().filter(|i| i.parent == Some(heading)).map(|i| i.label.as_deref().unwrap()).collect();
    assert_eq!(under, ["①", "②", "③"]);
}
