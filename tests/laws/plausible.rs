//! What is doubtful about any plan, held against the same rules worked out from the plan's own making.

use chrono::{Days, NaiveDate};
use kaikaku::plan::plausible::{Rule, of_entry};
use kaikaku::source;
use proptest::prelude::*;

use crate::generate::{Spec, Update, snapshot, spec};

fn date(year: i32, month: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, 1).unwrap()
}

/// The first day of a generated quarter: R6Q1 begins in April of 2024.
fn begins(quarter: usize) -> NaiveDate {
    let year = 2024 + i32::try_from(quarter / 4).unwrap();
    [date(year, 4), date(year, 7), date(year, 10), date(year + 1, 1)][quarter % 4]
}

fn recorded(update: &Update) -> NaiveDate {
    date(2024, 4) + Days::new(update.day)
}

/// Whether the progress is below that of the last quarter before, as the same evaluator reported it last.
fn falls(spec: &Spec, update: &Update) -> bool {
    let same = |other: &&Update| other.entry == update.entry && other.by_committee == update.by_committee;
    let earlier = spec.updates.iter().filter(same).filter(|other| other.quarter < update.quarter);
    let last = earlier.filter(|other| other.progress.is_some()).max_by_key(|other| (other.quarter, other.day));
    last.and_then(|last| Some(update.progress? < last.progress?)).unwrap_or(false)
}

proptest! {
    #[test]
    fn doubts_are_those_of_the_making(spec in spec(), ahead in 0u64..1600) {
        let today = date(2024, 4) + Days::new(ahead);
        let plan = source::load(&snapshot(&spec.files()), "plan").plan.unwrap();
        let all: Vec<Rule> =
            plan.entries.iter().flat_map(|entry| of_entry(&plan, entry, today)).map(|(_, doubt)| doubt.rule).collect();
        let found = |rule: Rule| all.iter().filter(|found| **found == rule).count();
        let made = |is: &dyn Fn(&Update) -> bool| spec.updates.iter().filter(|update| is(update)).count();
        prop_assert_eq!(found(Rule::FutureDay), made(&|update| today < recorded(update)));
        prop_assert_eq!(found(Rule::NotBegun), made(&|update| recorded(update) < begins(update.quarter)));
        prop_assert_eq!(found(Rule::FallsBack), made(&|update| falls(&spec, update)));
        let known = [Rule::FutureDay, Rule::NotBegun, Rule::FallsBack].map(found);
        prop_assert_eq!(all.len(), known.iter().sum::<usize>());
    }
}
