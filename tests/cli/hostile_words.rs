//! Words that steer, hide or mean nothing, in every text of a plan: in whatever leaves the program they are seen, and every
//! file is well-formed.

use std::fs;
use std::path::Path;

use roxmltree::{Document as Xml, ParsingOptions};

use crate::papers::parts::unpack;
use crate::support::Desk;

/// C0, C1, directions, what takes no room, separators, fillers, and what is no character.
const UNSEEN: [char; 20] = [
    '\u{1}',
    '\u{7}',
    '\u{1b}',
    '\u{7f}',
    '\u{85}',
    '\u{9b}',
    '\u{ad}',
    '\u{61c}',
    '\u{200b}',
    '\u{200e}',
    '\u{202e}',
    '\u{2028}',
    '\u{2066}',
    '\u{2069}',
    '\u{3164}',
    '\u{feff}',
    '\u{fdd0}',
    '\u{fffe}',
    '\u{ffff}',
    '\u{e0041}',
];

/// A plan whose every text ends in such words, written as the escapes of TOML.
fn plan() -> Desk {
    let escapes: String = UNSEEN.iter().map(|c| format!("\\U{:08X}", u32::from(*c))).collect();
    let h = format!("{escapes}=1+1<b>&");
    let plan = format!(
        "schema = 1\nid = \"x\"\nname = \"計画{h}\"\ncity = \"市{h}\"\noffice = \"室{h}\"\nperiod = {{ from = \"R6\", to = \"R9\" }}\n\
         cycle = \"quarter\"\nlevels = [\"方針{h}\", \"項目{h}\"]\nmission = [\"使命{h}\"]\nnote = [\"注{h}\"]\n\
         [[scale]]\nid = \"s\"\nname = \"状況{h}\"\ngrades = [{{ id = \"a\", name = \"良{h}\" }}, {{ id = \"b\", name = \"否{h}\", attention = true }}]\n\
         [[change]]\ndate = 2025-04-01\nof = \"1-1\"\nreason = \"理由{h}\"\n"
    );
    let outline = format!(
        "[1]\nname = \"柱{h}\"\n[1-1]\nname = \"取組{h}\"\nowner = \"o\"\nnote = [\"注{h}\"]\n\
         [[1-1.initiative]]\nname = \"内容{h}\"\n[[1-1.milestone]]\nname = \"節目{h}\"\ndate = \"R7Q1\"\n"
    );
    let owners = format!("[o]\nname = \"課{h}\"\nbureau = \"局{h}\"\n");
    let indicators = format!(
        "[m]\nname = \"指標{h}\"\nunit = \"件{h}\"\nkind = \"up\"\nentry = \"1-1\"\nowner = \"o\"\nbaseline = {{ R5 = 40 }}\ntarget = {{ R9 = 60 }}\n"
    );
    let update = format!(
        "[[update]]\nperiod = \"R7Q1\"\nrecorded = 2025-07-03\nrating = {{ s = \"b\" }}\nprogress = 30\n\
         done = \"実績{h}\"\nissue = \"課題{h}\"\nnext = \"今後{h}\"\nnote = \"注{h}\"\nby = \"記録者{h}\"\n"
    );
    let measure = format!(
        "[[measure]]\nperiod = \"R6\"\nrecorded = 2025-04-20\nvalue = 44\nnote = \"注{h}\"\nby = \"記録者{h}\"\n"
    );
    Desk::plan(&[
        ("plan.toml", &plan),
        ("owners.toml", &owners),
        ("outline/1.toml", &outline),
        ("indicators.toml", &indicators),
        ("records/1-1.toml", &update),
        ("records/m.toml", &measure),
    ])
}

fn assert_seen(what: &str, text: &str) {
    let found = text.chars().find(|c| UNSEEN.contains(c));
    assert_eq!(found.map(|c| format!("U+{:04X}", u32::from(c))), None, "{what}: {text}");
}

/// Every part of an office file is XML in which nothing is unseen.
fn assert_sound(what: &str, bytes: &[u8]) {
    for (name, bytes) in unpack(bytes) {
        if name.ends_with(".xml") || name.ends_with(".rels") {
            let part = String::from_utf8(bytes).unwrap();
            // Excel's own way to write what XML cannot, which it would show as the character itself.
            assert!(!part.contains("_x00"), "{what} {name}");
            assert_seen(&format!("{what} {name}"), &part);
            Xml::parse(&part).unwrap_or_else(|error| panic!("{what} {name}: {error}"));
        }
    }
}

const REPORTS: [&str; 17] = [
    "status",
    "status --tree",
    "kpi",
    "kpi --compare-methods",
    "show",
    "show 1-1",
    "show m",
    "explain 1-1",
    "explain m",
    "log",
    "due",
    "roadmap",
    "report council --period R7Q1 --for committee",
    "report council --period R7Q1 --for assembly",
    "report questions --period R7Q1",
    "check",
    "plans",
];

#[test]
fn in_every_report_and_format_nothing_is_unseen() {
    let desk = plan();
    assert_eq!(desk.run("status --as-of R7Q2").code, 0, "{}", desk.run("check").out());
    for report in REPORTS {
        for lang in ["ja", "en"] {
            let ran = desk.run(&format!("{report} --lang {lang}"));
            assert_seen(report, &(ran.out().to_owned() + &ran.err));
            for format in ["json", "csv", "md", "html"] {
                let ran = desk.run(&format!("{report} --lang {lang} --format {format} --as-of R7Q2"));
                if ran.err.contains("--format") {
                    continue;
                }
                let text = ran.out().trim_start_matches('\u{feff}');
                assert_seen(&format!("{report} {format}"), text);
                match format {
                    "json" => drop(serde_json::from_str::<serde_json::Value>(text).unwrap()),
                    "html" => {
                        let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
                        assert!(Xml::parse_with_options(text, options).is_ok(), "{report} {lang}");
                    }
                    _ => {}
                }
            }
            for extension in ["docx", "xlsx"] {
                let ran = desk.run(&format!("{report} --lang {lang} --as-of R7Q2 -o out.{extension} --force"));
                if ran.code < 2 {
                    assert_sound(&format!("{report} {extension}"), &desk.read(&format!("out.{extension}")));
                }
            }
        }
    }
    // The names are the same for programs, whatever they are made of.
    let name = desk.json("status --as-of R7Q2")["plan"]["name"].as_str().unwrap().to_owned();
    assert!(UNSEEN.iter().all(|c| name.contains(*c)), "{name:?}");
    let letter = desk.run("due --letter --as-of R7Q2");
    assert_seen("a letter", letter.out());
}

#[test]
fn forms_and_the_names_of_files_are_seen_and_come_back() {
    let desk = plan();
    let ran = desk.run("inquiry send --period R7Q1 --deadline 2026-12-25 --out forms");
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_seen("what was sent", &(ran.out().to_owned() + &ran.err));
    let forms: Vec<_> = fs::read_dir(desk.path("forms")).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(forms.len(), 1);
    let name = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_owned();
    assert_seen("the name of a form", &name(&forms[0]));
    assert!(!name(&forms[0]).contains(['<', '>', '&', '"']) || cfg!(not(windows)), "{}", name(&forms[0]));
    assert_sound("a form", &fs::read(&forms[0]).unwrap());
    for command in ["inquiry status --period R7Q1", "inquiry status --period R7Q1 --format json"] {
        assert_seen(command, desk.run(command).out());
    }
    let files = desk.files();
    let ran = desk.call(&["inquiry", "collect", forms[0].to_str().unwrap()]);
    assert_seen("what came back", &(ran.out().to_owned() + &ran.err));
    // What cannot be told apart from what was seen is asked about, and nothing is recorded.
    assert!(ran.code <= 1, "{}", ran.err);
    let records = |files: &[(std::path::PathBuf, Vec<u8>)]| {
        files.iter().filter(|(path, _)| path.to_string_lossy().contains("records")).cloned().collect::<Vec<_>>()
    };
    assert_eq!(records(&desk.files()), records(&files));
}

/// What is written into a record is the text itself, by numbers where it is unseen.
#[test]
fn a_record_says_by_numbers_what_is_unseen() {
    let desk = plan();
    let words: String = UNSEEN.iter().collect();
    let ran = desk.call(&[
        "update",
        "1-1",
        "--period",
        "R7Q2",
        "--rating",
        "a",
        "--progress",
        "40",
        "--done",
        &format!("甲{words}乙"),
    ]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_seen("the talk", &(ran.out().to_owned() + &ran.err));
    assert_seen("the file", &String::from_utf8(desk.read("plan/records/1-1.toml")).unwrap());
    let records = desk.json("log 1-1 --as-of R7Q2")["records"].take();
    let done =
        records.as_array().unwrap().iter().filter_map(|record| record["done"].as_str()).next_back().unwrap().to_owned();
    assert_eq!(done, format!("甲{words}乙"));
}

#[test]
fn an_argument_that_steers_is_shown_and_not_obeyed() {
    let desk = plan();
    let words: String = UNSEEN.iter().collect();
    // The name of a grade holds the words themselves, and a part of a name is enough.
    let other = format!("{words}無");
    for args in [
        vec!["show", &words],
        vec!["status", "--rating", &other],
        vec!["status", "--rev", &words],
        vec!["status", "--plan", &words],
        vec!["kpi", "--format", &words],
        vec!["--", &words],
        vec![&words],
        vec!["check", "--explain", &words],
        vec!["import", &words],
        vec!["verify", &words],
    ] {
        let ran = desk.call(&args);
        assert_ne!(ran.code, 0, "{args:?}");
        assert_seen(&format!("{args:?}"), &(ran.out().to_owned() + &ran.err));
    }
}
