//! What holds for counts over any grouping, on any level, and whoever is asked in which year.

use kaikaku::plan::Plan;
use kaikaku::query::AsOf;
use kaikaku::query::status::{By, Member, Question, Status, Tally, groups, other_levels, status};
use kaikaku::source;
use proptest::prelude::*;

use crate::generate::{QUARTERS, Spec, quarter, snapshot, spec};

/// What an entry says anew: a group, a start, the years in which it is rated, an owner.
type Said = (Option<usize>, Option<usize>, Option<usize>, usize);

fn said() -> impl Strategy<Value = Vec<Said>> {
    let one = (
        prop::option::of(0usize..3),
        prop::option::weighted(0.2, 0..QUARTERS),
        prop::option::weighted(0.3, 0usize..4),
        0usize..4,
    );
    prop::collection::vec(one, 14)
}

/// The files of a plan in which every level is counted and entries say these things.
fn files(spec: &Spec, said: &[Said], due: bool) -> Vec<(String, String)> {
    let mut files = spec.files();
    let levels: Vec<String> = (1..=spec.levels).map(|n| format!("\"階層{n}\"")).collect();
    let head = &mut files[0].1;
    let start = head.find("count  =").unwrap();
    let end = start + head[start..].find('\n').unwrap();
    let denominator = if due { "\ndenominator = \"due\"" } else { "" };
    head.replace_range(start..end, &format!("count = [{}]{denominator}", levels.join(", ")));
    head.push_str("[[evaluator]]\nid = \"final\"\nname = \"最終\"\nfirst-of = [\"committee\", \"dept\"]\n");
    for (entry, (group, start, turn, owner)) in spec.entries.iter().zip(said) {
        let mut more = String::new();
        more += &group.map(|n| format!("group = {{ due = \"{}\" }}\n", ["R6", "未定", "R8"][n])).unwrap_or_default();
        more += &start.map(|at| format!("start = \"{}\"\n", quarter(at))).unwrap_or_default();
        more += &turn.map(|n| format!("rated = [\"R{}\", \"R9\"]\n", 6 + n)).unwrap_or_default();
        more += &["a", "b", "c"].get(*owner).map(|id| format!("owner = \"{id}\"\n")).unwrap_or_default();
        let name = format!("name = \"名{}\"\n", entry.id);
        let text = &mut files[1].1;
        *text = text.replacen(&name, &(name.clone() + &more), 1);
    }
    let owners = "[a]\nname = \"甲課\"\nbureau = \"東\"\n[b]\nname = \"乙課\"\n[c]\nname = \"丙課\"\nbureau = \"東\"\n";
    files.push(("owners.toml".into(), owners.into()));
    files
}

fn load(files: &[(String, String)]) -> Plan {
    let snapshot = snapshot(files);
    let loaded = source::load(&snapshot, "plan");
    let shown: Vec<String> = loaded.findings.iter().map(|f| format!("{} {}", f.code, f.message.en)).collect();
    loaded.plan.unwrap_or_else(|| panic!("{shown:?}\n{files:#?}"))
}

fn sum<'t>(tallies: impl Iterator<Item = &'t Tally>, grades: usize) -> Tally {
    let mut into = Tally { counts: vec![0; grades], ..Tally::default() };
    for tally in tallies {
        into.entries += tally.entries;
        into.unreported += tally.unreported;
        into.excluded += tally.excluded;
        into.resting += tally.resting;
        into.ahead += tally.ahead;
        into.fresh += tally.fresh;
        into.counts.iter_mut().zip(&tally.counts).for_each(|(into, n)| *into += n);
    }
    into
}

fn each_grouping_sums_to_the_whole(status: &Status<'_>) {
    for by in [By::Owner, By::Bureau, By::Key("due"), By::Key("nothing")] {
        let groups = groups(status, by);
        assert_eq!(sum(groups.iter().map(|group| &group.tally), status.total.counts.len()), status.total, "{by:?}");
        assert_eq!(sum(groups.iter().map(|group| &group.before), status.before.counts.len()), status.before, "{by:?}");
        let without = groups.iter().position(|group| group.of == Member::None);
        assert!(without.is_none_or(|at| at + 1 == groups.len()), "what names nothing comes last");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    /// Counts over any grouping sum to the whole, and each level's counts to the number of its entries.
    #[test]
    fn counts_sum_to_the_whole(spec in spec(), said in said(), at in 0..QUARTERS, evaluator in 0usize..3, due: bool, against in 0..QUARTERS) {
        let plan = load(&files(&spec, &said, due));
        let as_of = AsOf::parse(&quarter(at), plan.head.cycle).unwrap();
        let against = (against < at).then(|| AsOf::parse(&quarter(against), plan.head.cycle).unwrap().period);
        let status = status(&plan, Question { against, ..Question::new(as_of, 0, evaluator) });
        let levels = other_levels(&status);
        prop_assert_eq!(levels.len() + 1, spec.levels);
        for status in levels.iter().chain([&status]) {
            each_grouping_sums_to_the_whole(status);
            let total = &status.total;
            let active = plan.entries.iter().filter(|e| e.level == status.counted && e.is_active(as_of.period)).count();
            prop_assert_eq!(total.entries, active as u64);
            let stand: u64 = total.counts.iter().sum::<u64>() + total.unreported + total.resting + total.ahead;
            prop_assert_eq!(total.entries, stand);
            // The denominator is what the plan says, and no share is more than all of it.
            prop_assert_eq!(status.base(total), total.rated() + if due { total.unreported } else { 0 });
            let counting = status.version.grades.iter().zip(&total.counts).filter(|(grade, _)| grade.counts);
            prop_assert_eq!(counting.map(|(_, n)| n).sum::<u64>(), total.rated());
        }
    }

    /// The rating of the first of several is one of theirs, of the latest period that any of them rated.
    #[test]
    fn a_taken_rating_is_somebody_s(spec in spec(), said in said(), at in 0..QUARTERS) {
        let plan = load(&files(&spec, &said, false));
        let as_of = AsOf::parse(&quarter(at), plan.head.cycle).unwrap();
        let by = |evaluator| status(&plan, Question::new(as_of, 0, evaluator));
        let [dept, committee, last] = [by(0), by(1), by(2)];
        for ((one, two), taken) in dept.nodes.iter().zip(&committee.nodes).zip(&last.nodes) {
            match (one.rated_by, two.rated_by, taken.rated_by) {
                (None, None, taken) => prop_assert!(taken.is_none()),
                (Some(one), Some(two), Some(taken)) => {
                    let newest = one.period.last_day().max(two.period.last_day());
                    let wanted = if two.period.last_day() == newest { two } else { one };
                    prop_assert!(std::ptr::eq(wanted, taken));
                }
                (one, two, Some(taken)) => prop_assert!(std::ptr::eq(one.or(two).unwrap(), taken)),
                (_, _, None) => prop_assert!(false, "a rating was lost"),
            }
        }
    }
}
