//! Whatever the values and the verdicts by hand: counts by verdict sum to the number of indicators, of every group and over
//! every set of bands that judges.

use kaikaku::plan::Plan;
use kaikaku::query::AsOf;
use kaikaku::query::gap::gaps;
use kaikaku::query::verdicts::{GroupOf, verdict_tables};
use kaikaku::source::{self, Snapshot};
use proptest::prelude::*;

/// With a band of what cannot be judged, or without one.
const SETS: [&str; 2] = [
    r#"{ id = "◎", name = "◎", verdict = "met", at-least = 100 }, { id = "○", name = "○", verdict = "on-pace", at-least = 50 },
       { id = "－", name = "－", verdict = "undetermined" }"#,
    r#"{ id = "◎", name = "◎", verdict = "met", at-least = 100 }, { id = "○", name = "○", verdict = "on-pace", at-least = 50 },
       { id = "△", name = "△", verdict = "behind", at-least = 10 }"#,
];

/// One indicator: its kind, its value, the verdict by hand, whether it stands under the heading, and its entry.
type Drawn = (usize, Option<i32>, usize, bool, usize);

fn plan(bands: usize, also: bool, all: &[Drawn]) -> Plan {
    let also = if also { "also = [\"standard\"]" } else { "" };
    let head = format!(
        "schema = 1\nid = \"g\"\nname = \"計画\"\ncycle = \"year\"\nperiod = {{ from = \"R6\", to = \"R9\" }}\nlevels = [\"柱\"]\n\
         [judge]\nbands = \"own\"\n{also}\n[[bands]]\nid = \"own\"\nname = \"独自\"\nby = \"ratio\"\nbands = [{}]\n\
         composites = [{{ id = \"sum\", name = \"計\", bands = [\"◎\", \"○\"] }}]\n",
        SETS[bands]
    );
    let mut snapshot = Snapshot::default();
    snapshot.put("plan.toml", head);
    snapshot.put("outline/1.toml", "[1]\nname = \"一\"\n[2]\nname = \"二\"\n".to_owned());
    let mut indicators = String::from("[h]\nname = \"見出し\"\nkind = \"heading\"\n");
    for (at, (kind, value, by_hand, under, entry)) in all.iter().enumerate() {
        let kind = ["up", "down", "at-most"][*kind];
        let parent = if *under { "parent = \"h\"\n" } else { "" };
        indicators += &format!(
            "[i{at}]\nname = \"指標{at}\"\nunit = \"件\"\nkind = \"{kind}\"\ntarget = {{ R9 = 100 }}\nentry = \"{}\"\n{parent}",
            entry + 1
        );
        let Some(value) = value else { continue };
        let by_hand = ["", "verdict = \"◎\"\n", "verdict = \"behind\"\n", "verdict = \"undetermined\"\n"][*by_hand];
        snapshot.put(
            &format!("records/i{at}.toml"),
            format!("[[measure]]\nperiod = \"R6\"\nvalue = {value}\n[[measure]]\nperiod = \"R7\"\nvalue = {value}\n{by_hand}"),
        );
    }
    snapshot.put("indicators.toml", indicators);
    let loaded = source::load(&snapshot, "plan");
    let shown: Vec<String> = loaded.findings.iter().map(|f| format!("{} {}", f.code, f.message.en)).collect();
    loaded.plan.unwrap_or_else(|| panic!("{shown:?}"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn counts_sum_to_the_indicators(
        bands in 0usize..2,
        also in any::<bool>(),
        all in prop::collection::vec((0usize..3, prop::option::of(0i32..200), 0usize..4, any::<bool>(), 0usize..2), 0..12),
    ) {
        let plan = plan(bands, also, &all);
        let as_of = AsOf::parse("R7", plan.head.cycle).unwrap();
        let gaps = gaps(&plan, as_of);
        let tables = verdict_tables(&plan, &gaps, as_of, None);
        // What judges besides judges those that have rates, and only those.
        let is_beside = |at: usize| at >= kaikaku::query::verdicts::sets(&gaps).len();
        let (mut judged, mut under, mut entries) = (0, 0, [0, 0]);
        for (at, table) in tables.iter().enumerate() {
            for group in &table.groups {
                prop_assert_eq!(group.now.by_standing.iter().sum::<u64>(), group.now.all);
                prop_assert!(group.now.judged <= group.now.all);
                let counting = table.standings.iter().zip(&group.now.by_standing).filter(|(one, _)| one.counts(table.set));
                prop_assert_eq!(counting.map(|(_, n)| n).sum::<u64>(), group.now.judged);
                for sum in &table.set.sums {
                    let parts: u64 = sum.bands.iter().map(|band| group.now.by_standing[*band]).sum();
                    prop_assert_eq!(group.now.sum(sum), parts);
                }
                // Nothing is lost on the way to the period before.
                let before = group.before.as_ref().unwrap();
                prop_assert_eq!(before.by_standing.iter().sum::<u64>(), before.all);
                prop_assert_eq!(before.all, group.now.all);
                match group.of {
                    _ if is_beside(at) => {}
                    GroupOf::Plan => judged += group.now.all,
                    GroupOf::Heading(_) => under += group.now.all,
                    GroupOf::Entry(entry) => entries[usize::from(entry.id.as_str() == "2")] += group.now.all,
                    GroupOf::Theme(_) | GroupOf::NoTheme => prop_assert!(false, "nobody asked for themes"),
                }
            }
        }
        prop_assert_eq!(judged as usize, all.len());
        prop_assert_eq!(under as usize, all.iter().filter(|drawn| drawn.3).count());
        prop_assert_eq!(entries.map(|n| n as usize), [0, 1].map(|entry| all.iter().filter(|drawn| drawn.4 == entry).count()));
    }
}
