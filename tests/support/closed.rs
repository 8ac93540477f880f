//! A small plan whose second quarter of R7 can be closed: three entries, of which one is unreported, and an indicator.

use crate::support::Desk;

const HEAD: &str = "schema = 1\nid = \"p\"\nname = \"計画\"\nperiod = { from = \"R6\", to = \"R9\" }\nlevels = [\"柱\", \"取組\"]\n\
                    [[scale]]\nid = \"s\"\nname = \"進捗\"\ngrades = [{ id = \"good\", name = \"順調\" }, { id = \"late\", name = \"遅れ\" }]\n";

const OUTLINE: &str = "[1]\nname = \"柱\"\n[1-1]\nname = \"甲\"\n[1-2]\nname = \"乙\"\n[1-3]\nname = \"丙\"\n";

const INDICATOR: &str = "[rate]\nname = \"率\"\nunit = \"％\"\nkind = \"up\"\nentry = \"1-1\"\nbaseline = { R5 = 50 }\ntarget = { R9 = 80 }\n";

/// The plan, before anything is closed.
pub fn desk() -> Desk {
    Desk::plan(&[
        ("plan.toml", HEAD),
        ("outline/1.toml", OUTLINE),
        ("indicators.toml", INDICATOR),
        (
            "records/1-1.toml",
            "[[update]]\nperiod = \"R7Q2\"\nrecorded = 2025-10-03\nrating = { s = \"good\" }\nprogress = 60\ndone = \"着手\"\n",
        ),
        ("records/1-2.toml", "[[update]]\nperiod = \"R7Q1\"\nrecorded = 2025-07-03\nrating = { s = \"late\" }\n"),
        ("records/rate.toml", "[[measure]]\nperiod = \"R6\"\nrecorded = 2025-05-12\nvalue = 59\nprovisional = true\n"),
    ])
}
