//! Every command as a clerk or a program meets it: through the real binary, in an environment of its own; with the papers
//! it makes and what it survives.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a helper of tests may fail as a test does")]

#[path = "../support/closed.rs"]
mod closed;
#[path = "../support/ics.rs"]
mod ics;
#[path = "../support/sheet.rs"]
mod sheet;
#[path = "../support/mod.rs"]
mod support;

mod absences;
mod add;
mod any_city;
mod as_of;
mod asking;
mod blame;
mod bounds;
mod calendar;
mod close;
mod compared;
mod completions;
mod corrections;
mod council;
mod counted;
mod cp932;
mod desk;
mod diff;
mod distance;
mod due;
mod edit;
mod effects;
mod errata;
mod explain;
mod export;
mod faults;
mod first_screen;
mod formats;
mod git_setup;
mod globals;
mod handover;
mod history;
mod hostile_words;
mod import;
mod import_cells;
mod import_lists;
mod import_shapes;
mod init;
mod inquiry;
mod inquiry_beside;
mod inquiry_cycle;
mod inquiry_hostile;
mod inquiry_template;
mod kpi;
mod measure;
mod mv;
mod opendata;
mod opinion_papers;
mod opinion_tables;
#[cfg(target_os = "linux")]
mod opinions;
mod outcomes;
mod owners;
mod paper_state;
mod papers;
mod person;
mod plans_check;
mod plausible;
mod publish;
mod published;
mod published_tables;
mod quarter;
mod questions;
#[cfg(unix)]
mod quiet;
mod rev;
mod roadmap;
mod rollover;
mod settings;
mod show_log;
mod signs;
mod status;
mod sums;
mod targets;
mod themes;
mod today;
#[cfg(unix)]
mod unanswered;
mod unseen;
mod update;
mod verdicts;
mod verified_by;
mod verify;
mod verify_answers;
mod verify_around;
mod verify_hostile;
mod verify_seen;
mod windows;
mod words;
