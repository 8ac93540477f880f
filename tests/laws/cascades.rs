//! One mistake in the example plan, and the whole list of what is found: the mistake, and nothing that follows from it.

use std::path::Path;

use kaikaku::source::snapshot::{Content, SourceFile};
use kaikaku::source::{self, Snapshot};

/// The example plan with `wrong` in place of the first `right` of a file.
fn with(file: &str, right: &str, wrong: &str) -> Snapshot {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("plan/example");
    let mut snapshot = Snapshot::of_folder(&root, "plan".into(), &|_| true);
    let place = snapshot.position(file).unwrap();
    let text = snapshot.text(place);
    assert!(text.contains(right), "{file}: {right}");
    let content = Content::Text(text.replacen(right, wrong, 1));
    snapshot.files[place] = SourceFile::new(file.into(), content);
    snapshot
}

/// What is found beside the one unconfirmed figure of the example.
fn codes(snapshot: &Snapshot) -> Vec<&'static str> {
    let loaded = source::load(snapshot, "plan");
    assert!(loaded.plan.is_none());
    loaded.findings.iter().map(|f| f.code.slug()).filter(|slug| *slug != "unconfirmed").collect()
}

#[test]
fn one_mistake_is_one_finding() {
    for (file, right, wrong, expected) in [
        ("plan.toml", "name      = \"", "name      = ", "syntax"),
        ("plan.toml", "grades     = [", "grades     = ", "syntax"),
        ("plan.toml", "schema    = 1", "schema    = 2", "schema"),
        ("plan.toml", "id         = \"progress\"", "idd        = \"progress\"", "unknown-key"),
        ("plan.toml", "expect    = [3, 9, 21]", "expect    = [3, 9, 22]", "wrong-count"),
        ("plan.toml", "from = \"R6\", to", "form = \"R6\", to", "unknown-key"),
        ("owners.toml", "name", "name = =", "syntax"),
        ("owners.toml", "[personnel]", "[per sonnel]", "syntax"),
        ("owners.toml", "[personnel]", "[per_sonnel]", "bad-id"),
        ("sources.toml", "[K01]", "[K01", "syntax"),
        ("outline/1.toml", "[1-1]", "[1_1]", "bad-id"),
        ("outline/1.toml", "[1-1]", "[1-1", "syntax"),
        ("outline/1.toml", "name", "nmae", "unknown-key"),
        ("outline/1.toml", "name", "# name", "missing-key"),
        ("outline/2.toml", "[2]", "[4]", "orphan"),
        ("outline/2.toml", "[2-1]", "[1-1]", "duplicate-id"),
        ("indicators.toml", "kind     = \"at-least\"", "kind     = \"atleast\"", "unknown-kind"),
        ("indicators.toml", "kind     = \"at-least\"", "knid     = \"at-least\"", "unknown-key"),
        ("indicators.toml", "kind     = \"at-least\"", "", "no-kind"),
        ("indicators.toml", "unit     = \"倍\"", "", "missing-key"),
        ("records/1-1-1.toml", "period", "[period", "syntax"),
    ] {
        let found = codes(&with(file, right, wrong));
        if expected == "duplicate-id" || expected == "orphan" {
            // What should stand under the misnamed entry is reported once as well.
            assert!(found.contains(&expected) && found.len() <= 2, "{file}: {wrong}: {found:?}");
        } else {
            assert_eq!(found, [expected], "{file}: {wrong}");
        }
    }
}

#[test]
fn a_name_that_is_unknown_everywhere_is_shown_in_three_places() {
    let snapshot = with("plan.toml", "id = \"on-track\"", "id = \"on-trakc\"");
    let loaded = source::load(&snapshot, "plan");
    let grades: Vec<_> = loaded.findings.iter().filter(|f| f.code.slug() == "unknown-grade").collect();
    assert!(loaded.plan.is_none() && grades.len() == 3, "{}", grades.len());
    assert!(grades.iter().any(|f| f.help.en.contains("more places")));
}

#[test]
fn a_loop_of_parents_is_reported_once() {
    let snapshot = with("outline/1.toml", "[1]\n", "[1]\nparent = \"1-1\"\n");
    assert_eq!(codes(&snapshot), ["orphan"]);
    let snapshot = with("outline/1.toml", "[1]\n", "[1]\nparent = \"1\"\n");
    assert_eq!(codes(&snapshot), ["orphan"]);
}

#[test]
fn what_stands_twice_shows_both_places() {
    for (file, right, wrong) in [
        ("plan.toml", "id = \"on-track\"", "id = \"ahead\""),
        ("plan.toml", "id   = \"committee\"", "id   = \"dept\""),
        ("plan.toml", "id     = \"start\"", "id     = \"progress\""),
        ("outline/2.toml", "[2]", "[1]"),
        ("outline/1.toml", "[1-2]", "[1-1]"),
    ] {
        let loaded = source::load(&with(file, right, wrong), "plan");
        let twice = loaded.findings.iter().find(|f| f.related.is_some());
        assert!(twice.is_some(), "{file}: {wrong}: {:?}", loaded.findings);
    }
}

#[test]
fn an_id_stands_once_among_all_entries_and_indicators_in_capitals_or_not() {
    for (file, wrong, again) in [
        ("outline/2.toml", "[A]\nname = \"x\"\n[B]\nname = \"x\"\n[a]\nname = \"x\"\n", vec!["a"]),
        ("outline/2.toml", "[A-1]\nname = \"x\"\nparent = \"2\"\n", vec![]),
        ("indicators.toml", "[1-1]\nname = \"x\"\nkind = \"heading\"\n", vec!["1-1"]),
    ] {
        let first = if file == "indicators.toml" { "[exam-competition]\n" } else { "[2]\n" };
        let loaded = source::load(&with(file, first, &format!("{wrong}{first}")), "plan");
        let twice = loaded.findings.iter().filter(|f| f.code.slug() == "duplicate-id");
        let ids: Vec<String> = twice.map(|f| f.message.en.clone()).collect();
        let wanted: Vec<String> = again.iter().map(|id| format!("the ID `{id}` is used twice")).collect();
        assert_eq!(ids, wanted, "{wrong}");
    }
}
