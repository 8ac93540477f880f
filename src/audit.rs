//! What the figures of a finished plan contradict: printed rates, verdicts by hand, numbers in texts, closed periods; and
//! what can hardly be so on the day that is today.
//!
//! None of that keeps a plan from being read, and to work it all out takes a tenth of the time; so it stands above
//! [`source`], and whoever loads a plan says whether it is audited. Nothing is adjusted.

pub mod claims;
mod closed;
pub mod contacts;
mod figures;
mod plausible;
mod totals;

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::finding::Finding;
use crate::plan::entry::Entry;
use crate::plan::{Plan, Subject};
use crate::source::{self, Loaded, Snapshot};

/// Reads the plan in `snapshot`, which `folder` names, with every finding about what is written and about what its
/// figures contradict on the day that is today. What is impossible is an error, and leaves the plan readable all the same.
pub fn check(snapshot: &Snapshot, folder: &str, today: NaiveDate) -> Loaded {
    source::load_audited(snapshot, folder, &|plan| audit(plan, snapshot, today))
}

/// Reads the records at `path` in place of those that `plan` has of their subject, with what they contradict.
pub fn reread(plan: Plan, snapshot: &Snapshot, path: &str) -> Loaded {
    source::reread(plan, snapshot, path, &|plan, subject| audit_subject(plan, subject, snapshot))
}

/// Everything that the plan's own figures contradict.
fn audit(plan: &Plan, snapshot: &Snapshot, today: NaiveDate) -> Vec<Finding> {
    let indicators = plan.indicators.par_iter().flat_map_iter(|indicator| figures::of_indicator(plan, indicator));
    let mut found: Vec<Finding> = indicators.collect();
    let shares = plan.head.figures.iter().chain(plan.entries.iter().flat_map(Entry::figures));
    found.extend(shares.filter_map(|figure| figures::share(plan, figure)));
    found.extend(figures::sums(plan));
    found.extend(totals::audit(plan));
    found.extend(claims::claims(plan).iter().map(|claim| claim.finding(snapshot)));
    found.extend(closed::audit(plan));
    found.extend(contacts::audit(plan, snapshot));
    found.extend(plausible::audit(plan, snapshot, today));
    found
}

/// What the records of one entry or indicator contradict.
fn audit_subject(plan: &Plan, subject: Subject, snapshot: &Snapshot) -> Vec<Finding> {
    match subject {
        Subject::Entry(place) => {
            let shares = plan.entries[place].figures().filter_map(|figure| figures::share(plan, figure));
            shares.chain(claims::claims_of(plan, place).iter().map(|claim| claim.finding(snapshot))).collect()
        }
        Subject::Indicator(place) => figures::of_indicator(plan, &plan.indicators[place]).collect(),
    }
}
