//! The kinds of things that there may be many of.

use super::make::*;
use super::opinions;

/// A kind of thing.
pub struct Kind {
    /// What it is called on the command line.
    pub name: &'static str,
    /// How many there are the first time.
    pub n: usize,
    /// The files of a folder with so many of them.
    pub files: fn(usize) -> Files,
    /// What is run on it.
    pub commands: &'static [&'static str],
    /// Whether the folder is a repository.
    pub commits: bool,
}

/// Everything that reads a whole plan.
const READERS: &[&str] = &[
    "check",
    "status --as-of R7Q2",
    "kpi --as-of R7Q2",
    "due --as-of R7Q2",
    "log",
    "roadmap",
    "show",
    "show 1",
    "explain 1 --as-of R7Q2",
    "report council --period R7Q2 --for assembly",
    "report questions --period R7Q2",
    "update 1 --period R8Q1 --progress 5 --dry-run",
    "inquiry send --period R7Q2 --out forms --force",
];

const OPINIONS: &[&str] = &[
    "check",
    "opinion list",
    "report opinions",
    "opinion import table.csv --meeting 2025-08-25",
    "inquiry send --period R7Q2 --out forms --force",
];
const CHECK: &[&str] = &["check", "check --format json"];
const RECORDS: &[&str] = &[
    "check",
    "status --as-of R7Q2",
    "log",
    "show 1",
    "report council --period R7Q2 --for assembly",
    "update 1 --period R8Q1 --progress 5 --dry-run",
];
const MEASURES: &[&str] = &["check", "kpi --as-of R7Q2", "show m", "explain m", "measure m 5 --period R8 --dry-run"];
const DIFF: &[&str] = &["diff old/plan new/plan", "diff old/plan new/plan --format json"];
const GIT: &[&str] = &["explain 1", "history 1", "diff", "status --rev HEAD --as-of R7Q2", "mv 1 9999 --dry-run"];

const fn kind(name: &'static str, n: usize, files: fn(usize) -> Files, commands: &'static [&'static str]) -> Kind {
    Kind { name, n, files, commands, commits: false }
}

/// All of them.
pub const KINDS: &[Kind] = &[
    kind("updates", 1_000, |n| records(n, |i| update(i, "")), RECORDS),
    kind("updates-of-a-day", 1_000, |n| records(n, |i| same_day(i, "")), RECORDS),
    kind("same-updates", 1_000, |n| records(n, |_| same_day(0, "")), RECORDS),
    kind(
        "corrects",
        1_000,
        |n| records(n, |i| update(i, &format!("corrects = \"R7Q2/1999-01-0{}\"\n", 1 + i % 9))),
        RECORDS,
    ),
    kind(
        "corrects-marks",
        1_000,
        |n| records(n, |i| same_day(i, &format!("corrects = \"R7Q1/2025-07-03#{i:06x}\"\n"))),
        RECORDS,
    ),
    kind(
        "corrects-numbers",
        1_000,
        |n| records(n, |i| same_day(i, &after(i, |i| format!("corrects = \"R7Q1/2025-07-03#{i}\"\n")))),
        RECORDS,
    ),
    kind("corrects-chain", 1_000, |n| records(n, chained), RECORDS),
    kind(
        "corrects-one",
        1_000,
        |n| records(n, |i| update(i, &after(i, |_| format!("corrects = \"R6Q1/{}\"\n", day(0))))),
        RECORDS,
    ),
    kind("corrects-others", 1_000, others, RECORDS),
    kind("measures", 1_000, |n| measures(n, |i| format!("value = {i}\n")), MEASURES),
    kind(
        "measures-provisional",
        1_000,
        |n| measures(n, |i| format!("value = {i}\nprovisional = {}\n", i > 0)),
        MEASURES,
    ),
    kind("measures-withdrawn", 1_000, withdrawn, MEASURES),
    kind(
        "measures-falling",
        1_000,
        |n| measures(n, |i| format!("value = {}\nseries = \"cumulative\"\n", 1_000_000 - i)),
        MEASURES,
    ),
    kind("entries", 300, |n| plan("", &numbered(n, |i| entry(i, "")), ""), READERS),
    kind("entries-in-files", 300, many_files, READERS),
    kind(
        "entries-under",
        300,
        |n| plan("", &numbered(n, |i| entry(i, &after(i, |_| "parent = \"1\"\n".to_owned()))), ""),
        READERS,
    ),
    kind(
        "entries-chain",
        300,
        |n| plan("", &numbered(n, |i| entry(i, &after(i, |i| format!("parent = \"{i}\"\n")))), ""),
        CHECK,
    ),
    kind(
        "entries-loop",
        300,
        |n| plan("", &numbered(n, |i| entry(i, &format!("parent = \"{}\"\n", (i + 1) % n + 1))), ""),
        CHECK,
    ),
    kind(
        "entries-twice",
        300,
        |n| {
            plan("", &format!("{}\n", numbered(n, |i| entry(i, ""))), "")
                .into_iter()
                .chain([("plan/outline/2.toml".to_owned(), numbered(n, |i| entry(i, "")))])
                .collect()
        },
        CHECK,
    ),
    kind(
        "entries-of-one-name",
        300,
        |n| plan("", &numbered(n, |i| format!("[{}]\nname = \"同じ\"\nowner = \"o1\"\n", i + 1)), ""),
        READERS,
    ),
    kind(
        "names-that-are-ids",
        300,
        |n| plan("", &numbered(n, |i| format!("[{}]\nname = \"{}\"\n", i + 1, (i + 1) % n + 1)), ""),
        CHECK,
    ),
    kind(
        "unknown-entries",
        1_000,
        |n| plan("", &numbered(n, |i| entry(i, &format!("parent = \"x{i}\"\n"))), ""),
        CHECK,
    ),
    kind(
        "unknown-owners",
        1_000,
        |n| plan("", &numbered(n, |i| entry(i, &format!("owner = \"x{i}\"\n"))), &numbered(n, owner)),
        CHECK,
    ),
    kind(
        "unknown-sources",
        1_000,
        |n| {
            plan("", &numbered(n, |i| entry(i, &format!("source = \"x{i}\"\n"))), "")
                .into_iter()
                .chain([sources(n)])
                .collect()
        },
        CHECK,
    ),
    kind(
        "unknown-grades",
        1_000,
        |n| {
            plan_with(&grades(190), "", &entry(0, ""), "")
                .into_iter()
                .chain([(
                    "plan/records/1.toml".to_owned(),
                    numbered(n, |i| update(i, &format!("rating = {{ s = \"x{i}\" }}\n"))),
                )])
                .collect()
        },
        CHECK,
    ),
    kind(
        "unknown-records",
        1_000,
        |n| {
            plan("", &numbered(n, |i| entry(i, "")), "")
                .into_iter()
                .chain((0..n).map(|i| (format!("plan/records/x{i}.toml"), update(i, ""))))
                .collect()
        },
        CHECK,
    ),
    kind(
        "unknown-keys",
        1_000,
        |n| plan("", &format!("{}{}", entry(0, ""), numbered(n, |i| format!("key{i} = 1\n"))), ""),
        CHECK,
    ),
    kind(
        "findings-on-a-line",
        300,
        |n| {
            plan(
                "",
                &format!(
                    "[1]\nname = \"a\"\nx = {{ {} }}\naliases = [{}]\n",
                    commas(n, |i| format!("k{i} = 1")),
                    commas(n, |_| "1".to_owned())
                ),
                "",
            )
        },
        CHECK,
    ),
    kind("control-characters", 1_000, |n| plan("", &numbered(n, |i| entry(i, "aliases = [\"\\u001b\"]\n")), ""), CHECK),
    kind("wrong-types", 1_000, |n| records(n, |i| update(i, "done = 3\nprogress = 300\n")), CHECK),
    kind(
        "bad-periods",
        1_000,
        |n| records(n, |_| "[[update]]\nperiod = \"R7Q9\"\nrecorded = 1900-01-01\n".to_owned()),
        CHECK,
    ),
    kind("opinions", 300, opinions::opinions, OPINIONS),
    kind("opinions-answered", 300, opinions::answered, OPINIONS),
    kind("opinions-contested", 300, opinions::contested, &["check"]),
    kind("opinions-alike", 300, opinions::alike, OPINIONS),
    kind("opinions-uncorrected", 300, opinions::uncorrected, &["check"]),
    kind("syntax-errors", 1_000, |n| plan("", &numbered(n, |i| format!("[{}\nname = \n", i + 1)), ""), CHECK),
    kind(
        "owners",
        1_000,
        |n| plan("", &numbered(n, |i| entry(i, &format!("owner = \"o{}\"\n", i + 1))), &numbered(n, owner)),
        READERS,
    ),
    kind(
        "owners-of-one-name",
        1_000,
        |n| {
            plan(
                "",
                &entry(0, "owner = \"o1\"\n"),
                &numbered(n, |i| format!("[o{}]\nname = \"総務課\"\nbureau = \"局{i}\"\n", i + 1)),
            )
        },
        READERS,
    ),
    kind(
        "owners-alike",
        1_000,
        |n| plan("", &entry(0, "owner = \"o1\"\n"), &numbered(n, |i| format!("[o{}]\nname = \"総務課\"\n", i + 1))),
        CHECK,
    ),
    kind(
        "owners-ids",
        1_000,
        |n| plan("", &entry(0, "owner = \"o1\"\n"), &numbered(n, |i| format!("[o{}]\nname = \"o{}\"\n", i + 1, i + 2))),
        CHECK,
    ),
    kind(
        "owners-of-an-entry",
        300,
        |n| {
            plan(
                "",
                &entry(0, &format!("owner = [{}]\n", commas(n, |i| format!("\"o{}\"", i + 1)))),
                &numbered(n, owner),
            )
        },
        READERS,
    ),
    kind("grades", 300, |n| plan_with(&grades(n), "", &entry(0, ""), ""), CHECK),
    kind(
        "grades-of-one-name",
        300,
        |n| {
            plan_with(
                &format!("grades = [{}]\n", commas(n, |i| format!("{{ id = \"g{i}\", name = \"良\" }}"))),
                "",
                &entry(0, ""),
                "",
            )
        },
        CHECK,
    ),
    kind(
        "scales",
        100,
        |n| {
            plan(
                &numbered(n, |i| {
                    format!(
                        "[[scale]]\nid = \"t{i}\"\nname = \"尺度{i}\"\ngrades = [{{ id = \"a\", name = \"良\" }}]\n"
                    )
                }),
                &entry(0, ""),
                "",
            )
        },
        CHECK,
    ),
    kind(
        "versions",
        100,
        |n| {
            plan(
                &numbered(n, |i| {
                    format!(
                        "[[scale]]\nid = \"t\"\nname = \"尺度\"\nfrom = \"{0}\"\nto = \"{0}\"\ngrades = [{{ id = \"a\", name = \"良\" }}]\n",
                        1000 + i
                    )
                }),
                &entry(0, ""),
                "",
            )
        },
        CHECK,
    ),
    kind(
        "evaluators",
        100,
        |n| plan(&numbered(n, |i| format!("[[evaluator]]\nid = \"e{i}\"\nname = \"評価者{i}\"\n")), &entry(0, ""), ""),
        CHECK,
    ),
    kind(
        "steps",
        300,
        |n| {
            plan(
                &format!("[roadmap]\nsteps = [{}]\n", commas(n, |i| format!("\"段階{i}\""))),
                &entry(0, "steps = { R7 = \"段階1\" }\n"),
                "",
            )
        },
        READERS,
    ),
    kind(
        "levels",
        300,
        |n| {
            plan(
                &format!("[levels-too-many]\nlevels = [{}]\n", commas(n, |i| format!("\"段階{i}\""))),
                &entry(0, ""),
                "",
            )
        },
        CHECK,
    ),
    kind(
        "initiatives",
        300,
        |n| {
            plan(
                "",
                &(entry(0, "")
                    + &numbered(n, |i| format!("[[1.initiative]]\nname = \"取組{i}\"\nsteps = {{ R7 = \"検討\" }}\n"))),
                "",
            )
        },
        READERS,
    ),
    kind(
        "milestones",
        300,
        |n| {
            plan(
                "",
                &(entry(0, "") + &numbered(n, |i| format!("[[1.milestone]]\nname = \"節目{i}\"\ndate = \"R7Q1\"\n"))),
                "",
            )
        },
        READERS,
    ),
    kind("reached", 300, reached, READERS),
    kind(
        "changes",
        300,
        |n| {
            plan(
                &numbered(n, |i| format!("[[change]]\ndate = 2025-04-01\nof = \"1\"\nreason = \"理由{i}\"\n")),
                &entry(0, ""),
                "",
            )
        },
        READERS,
    ),
    kind(
        "published",
        300,
        |n| {
            plan(
                &numbered(n, |i| {
                    format!("[[published]]\nperiod = \"R7Q2\"\nscale = \"s\"\ntotal = {i}\ncounts = {{ a = {i} }}\n")
                }),
                &entry(0, ""),
                "",
            )
        },
        READERS,
    ),
    kind(
        "schedule",
        300,
        |n| plan(&numbered(n, |i| format!("[[schedule]]\ndate = \"R7\"\nname = \"経過{i}\"\n")), &entry(0, ""), ""),
        READERS,
    ),
    kind(
        "notes",
        1_000,
        |n| plan(&format!("note = [{}]\n", commas(n, |i| format!("\"注{i}\""))), &entry(0, ""), ""),
        READERS,
    ),
    kind("indicators", 300, |n| indicators(n, |i| indicator(i, "")), READERS),
    kind(
        "indicators-under",
        300,
        |n| indicators(n, |i| indicator(i, &after(i, |_| "parent = \"m0\"\n".to_owned()))),
        READERS,
    ),
    kind(
        "indicators-of-all",
        30,
        |n| with_indicators(n, |i| indicator(i, &format!("entry = [{}]\n", commas(n, |e| format!("\"{}\"", e + 1))))),
        READERS,
    ),
    kind(
        "indicators-of-one-name",
        300,
        |n| {
            indicators(n, |i| format!("[m{i}]\nname = \"満足\"\nunit = \"％\"\nkind = \"up\"\ntarget = {{ R7 = 5 }}\n"))
        },
        READERS,
    ),
    kind(
        "targets",
        300,
        |n| {
            indicators(1, |i| {
                indicator(
                    i,
                    &format!(
                        "targets-of-many = 1\n[m{i}.target-of-many]\n{}",
                        numbered(n, |y| format!("\"{}\" = 1\n", 1000 + y))
                    ),
                )
            })
        },
        CHECK,
    ),
    kind(
        "revised",
        300,
        |n| {
            indicators(1, |i| {
                indicator(i, "")
                    + &numbered(n, |at| {
                        format!("[[m0.revised]]\nuntil = {}\ntarget = {{ R7 = {at} }}\nreason = \"理由\"\n", day(at))
                    })
            })
        },
        READERS,
    ),
    kind("milestone-steps", 300, milestone_steps, CHECK),
    kind(
        "figures",
        300,
        |n| {
            plan(
                "",
                &(entry(0, "")
                    + &numbered(n, |i| {
                        format!("[[1.figure]]\nname = \"数{i}\"\nperiod = \"R7\"\nvalue = {i}\nunit = \"件\"\n")
                    })),
                "",
            )
        },
        READERS,
    ),
    kind(
        "answers",
        300,
        |n| {
            plan("", &entry(0, ""), "")
                .into_iter()
                .chain([(
                    "plan/reports/answers.toml".to_owned(),
                    numbered(n, |i| format!("[[answer]]\nabout = \"1\"\nperiod = \"R7Q1\"\nrecorded = 2025-06-18\nquestion = \"問{i}\"\nanswer = \"答{i}\"\n")),
                )])
                .collect()
        },
        READERS,
    ),
    kind(
        "stray-files",
        300,
        |n| {
            plan("", &entry(0, ""), "")
                .into_iter()
                .chain((0..n).map(|i| (format!("plan/stray{i}.toml"), String::new())))
                .collect()
        },
        CHECK,
    ),
    kind("imported", 300, imported, &["import list.csv"]),
    kind("imported-twice", 300, |n| doubled(imported(n)), &["import list.csv"]),
    kind("diff-wording", 300, |n| sides(n, |i| entry(i, ""), |i| format!("[{}]\nname = \"別{i}\"\n", i + 1)), DIFF),
    kind(
        "diff-renumbered",
        300,
        |n| {
            sides(
                n,
                |i| entry(i, ""),
                |i| format!("[{}]\nname = \"項目{i}\"\nformerly = [\"{}\"]\n", i + 50_001, i + 1),
            )
        },
        DIFF,
    ),
    kind(
        "diff-moved",
        300,
        |n| sides(n, |i| entry(i, ""), |i| format!("[{}]\nname = \"項目{i}\"\n", i + 50_001)),
        DIFF,
    ),
    kind("diff-records", 300, diff_records, DIFF),
    kind(
        "diff-long-texts",
        3_000,
        |n| {
            sides(1, |i| entry(i, ""), |i| entry(i, ""))
                .into_iter()
                .chain([text_of("old", n, 2), text_of("new", n, 3)])
                .collect()
        },
        DIFF,
    ),
    kind("merged", 300, merged, &["merge-driver base.toml ours.toml theirs.toml"]),
    kind("merged-edited", 300, edited, &["merge-driver base.toml ours.toml theirs.toml"]),
    kind("textconv", 1_000, |n| vec![("1.toml".to_owned(), numbered(n, |i| update(i, "")))], &["textconv 1.toml"]),
    Kind { commits: true, ..kind("git-files", 300, many_files, GIT) },
    Kind { commits: true, ..kind("git-records", 300, |n| records(n, |i| update(i, "")), GIT) },
    Kind {
        commits: true,
        ..kind(
            "git-indicators",
            300,
            |n| indicators(n, |i| indicator(i, "")),
            &["blame m0", "explain --as-of R7Q2", "history m0", "diff"],
        )
    },
    Kind {
        commits: true,
        ..kind(
            "git-revision-name",
            3_000,
            |n| plan("", &entry(0, &format!("aliases = [\"{}\"]\n", "a".repeat(n))), ""),
            &["check"],
        )
    },
];
