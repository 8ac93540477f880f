//! What holds inside the program: the arithmetic by hand, the laws for any plan, and what is found in files.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a helper of tests may fail as a test does")]

#[path = "../support/edits.rs"]
mod edits;
#[path = "../support/gauge.rs"]
mod gauge;
#[path = "../support/generate.rs"]
mod generate;
#[path = "../support/sheet.rs"]
mod sheet;

mod calendar;
mod calendar_laws;
mod cascades;
mod cells;
mod columns;
mod corrections;
mod council;
mod definition;
mod desk;
mod diff;
mod explained;
mod findings;
mod folders;
mod gap_bands;
mod gap_edges;
mod gap_laws;
mod gap_targets;
mod groupings;
mod inquiry;
mod ledger;
mod loading;
mod locks;
mod model;
mod opendata;
mod opinions;
mod parsers;
mod plausible;
mod published;
mod readable;
mod renumbering;
mod reported;
mod roll_up;
mod several_years;
mod shipped;
mod sums;
mod symbols;
mod verdict_counts;
mod verify;

/// The day that is today to every law.
fn today() -> chrono::NaiveDate {
    chrono::NaiveDate::from_ymd_opt(2026, 11, 21).unwrap()
}
