//! What day it is: the one of the plan's time zone, whatever zone the machine has.

use chrono::{Days, NaiveDate, Utc};

use crate::support::Desk;

/// The day that a record gets on a machine in this zone, in a plan that says this of its own.
fn recorded(machine: &str, plan: &str) -> NaiveDate {
    let desk = Desk::plan(&[
        (
            "plan.toml",
            &format!(
                "schema = 1\nid = \"x\"\nname = \"計画\"\n{plan}period = {{ from = \"R6\", to = \"R99\" }}\nlevels = [\"項目\"]\n"
            ),
        ),
        ("outline/1.toml", "[1]\nname = \"一\"\n"),
    ]);
    let mut command = desk.command(&[("TZ", machine)], &["update", "1", "--period", "R6Q1", "--progress", "1"]);
    let output = command.env_remove("KAIKAKU_TODAY").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let file = String::from_utf8(desk.read("plan/records/1.toml")).unwrap();
    let day = file.lines().find_map(|line| line.strip_prefix("recorded = ")).unwrap();
    day.parse().unwrap()
}

/// The day so many hours ahead of UTC.
fn ahead(hours: i64) -> NaiveDate {
    (Utc::now() + chrono::Duration::hours(hours)).date_naive()
}

#[test]
fn the_zone_of_the_machine_decides_nothing() {
    for machine in ["America/Los_Angeles", "Pacific/Kiritimati", "UTC", "Asia/Tokyo"] {
        for (plan, hours) in [("", 9), ("time_zone = \"Asia/Tokyo\"\n", 9), ("time_zone = \"UTC\"\n", 0)] {
            let (before, found, after) = (ahead(hours), recorded(machine, plan), ahead(hours));
            assert!(before <= found && found <= after, "{machine} {plan:?}: {found}");
        }
    }
}

/// At any moment it is another day 26 hours further east.
#[test]
fn the_zone_of_the_plan_decides() {
    let (east, west) = ("time_zone = \"+14:00\"\n", "time_zone = \"-12:00\"\n");
    let (first, later) = (recorded("America/Los_Angeles", west), recorded("America/Los_Angeles", east));
    assert!(first < later && later <= first + Days::new(3), "{first} {later}");
}
