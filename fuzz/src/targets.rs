//! What is fed, and what must hold.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::Path;

use chrono::NaiveDate;
use kaikaku::commands::cli;
use kaikaku::commands::usage;
use kaikaku::formats::Format;
use kaikaku::inquiry::answer::Trust;
use kaikaku::inquiry::import::{self, List};
use kaikaku::inquiry::{form, reply};
use kaikaku::lang::Lang;
use kaikaku::ledger::split::{Block, Split};
use kaikaku::merge::{Marks, Merged, merge};
use kaikaku::plan::Plan;
use kaikaku::plan::inquiry::ImportColumns;
use kaikaku::query::{AsOf, Scope, due, gap, status};
use kaikaku::report::Report;
use kaikaku::report::check::CheckReport;
use kaikaku::report::due::DueReport;
use kaikaku::report::kpi::KpiReport;
use kaikaku::report::status::{StatusReport, View};
use kaikaku::source::Snapshot;
use kaikaku::tree::Memory;
use kaikaku::workbook::Book;
use kaikaku::{audit, finding, formats, textconv};

/// Something that takes what comes from outside.
pub struct Target {
    pub name: &'static str,
    /// Files of the repository that are inputs, too.
    pub seeds: &'static [&'static str],
    /// Whether a stretch of an input is one as well.
    pub takes_parts: bool,
    /// Words that it knows.
    pub dictionary: &'static [&'static str],
    /// Panics where a law does not hold.
    pub run: fn(&[u8]),
}

const TOML: &[&str] = &[
    "[[update]]\n",
    "[[measure]]\n",
    "[[scale]]\n",
    "[[change]]\n",
    "[1-1]\n",
    "[[1-1.initiative]]\n",
    "[[1-1.milestone]]\n",
    "\n=== ",
    "period = \"R7Q2\"\n",
    "recorded = 2025-10-03\n",
    "corrects = \"R7Q2/2025-10-03\"\n",
    "corrects = \"R7Q1#2\"\n",
    "withdrawn = true\n",
    "rating = { p = \"a\" }\n",
    "progress = 50\n",
    "value = 44.1\n",
    "absent = \"未公表\"\n",
    "provisional = true\n",
    "break = true\n",
    "series = \"cumulative\"\n",
    "parent = \"1\"\n",
    "formerly = [\"1-2\"]\n",
    "aliases = [\"甲\"]\n",
    "added = \"R7Q1\"\n",
    "dropped = \"R8Q1\"\n",
    "kind = \"range\"\n",
    "kind = \"maintain\"\ntolerance = 1\n",
    "target = { R9 = \"15％以上\" }\n",
    "baseline = { R5 = { min = 1, max = 2 } }\n",
    "evaluator = \"committee\"\n",
    "certainty = \"unconfirmed\"\n",
    "cycle = \"month\"\n",
    "令和7年度第2四半期",
    "R7H1",
    "9999-12-31",
    "0001-01-01",
    "H31.4.30",
    "[roadmap]\nsteps = [\"検討\", \"実施\"]\n",
    "steps = { R7 = \"検討\" }\n",
    "reached = { \"節目\" = \"R7Q2\" }\n",
    "verdict = \"behind\"\nreason = \"理由\"\n",
    "sample = 1200\n",
    "[judge]\nset = \"standard\"\n",
    "revised = [{ until = 2025-04-01, target = { R9 = 1 } }]\n",
    "\"\"\"",
    "'''",
    "{",
    "}",
    "[",
    "]",
];

const SYNTAX: &[&str] = &[
    "\n[a]\n",
    "\n[a.b]\n",
    "\n[[a]]\n",
    "\n[[a.b]]\n",
    "\n[ a . \"]\" ]\n",
    "a.b = 1\n",
    "a.b.c = 2\n",
    "\n[1-1-1]\n",
    "\n[x.y]\n",
    "{ b = 1 }",
    "{ b.c = 1, d = [1, 2] }",
    "{ b = 1, }",
    "{\n b = 1 }",
    "[1, 2,\n]",
    "[",
    "]",
    "{",
    "}",
    "[[",
    "]]",
    "=",
    ".",
    ",",
    "\"",
    "'",
    "\"\"\"",
    "'''",
    "\\",
    "\\\n",
    "\\\r\n  ",
    "\\e",
    "\\x41",
    "\\u0000",
    "\\uD800",
    "\\U00110000",
    "#",
    "# 注\r\n",
    "\r",
    "\r\n",
    "\t",
    "\u{0}",
    "\u{7f}",
    "\u{feff}",
    "_",
    "+",
    "-",
    "-0",
    "00",
    "0.0",
    "1.",
    ".5",
    "1__0",
    "1e5",
    "0xF",
    "inf",
    "-nan",
    "true",
    "2025-02-29",
    "2024-02-29",
    "2025-13-01",
    "0000-00-00",
    "07:32",
    "T07:32:00Z",
    " 07:32:00",
    "99999999999999999999999999999999999999999",
];

const XML: &[&str] = &[
    "<c r=\"A1\" t=\"s\"><v>0</v></c>",
    "<c r=\"XFD1048576\"><v>1</v></c>",
    "<row r=\"1\">",
    "</row>",
    "t=\"inlineStr\"",
    "t=\"b\"",
    "t=\"e\"",
    "<is><t>甲</t></is>",
    "<mergeCell ref=\"A1:XFD1048576\"/>",
    "<mergeCell ref=\"B2:A1\"/>",
    "s=\"99999\"",
    "r=\"ZZZZ9\"",
    "hidden=\"1\"",
    "<f>1+1</f>",
    "&#x1b;",
    "&amp;",
    "&bogus;",
    "<![CDATA[",
    "]]>",
    "<!--",
    "-->",
    "<?xml version=\"1.0\"?>",
    "<!DOCTYPE a [<!ENTITY b \"c\">]>",
    "<w:p><w:r><w:t>12</w:t></w:r></w:p>",
    "<w:tbl><w:tr><w:tc>",
    "</w:tc></w:tr></w:tbl>",
    "<w:del>",
    "</w:del>",
    "<w:vMerge/>",
    "<w:gridSpan w:val=\"99999\"/>",
    "<w:gridSpan w:val=\"-1\"/>",
    "numFmtId=\"14\"",
    "formatCode=\"[$-411]ggge\"",
    "formatCode=\"0.0%;;@\"",
    "formatCode=\"[h]:mm:ss\"",
    "_x001B_",
    "xml:space=\"preserve\"",
    "0.1",
    "1E+300",
    "▲12.3％",
    "count=\"4294967295\"",
    "<v>1e400</v>",
    "xmlns:a=\"b\"",
];

const HTML: &[&str] = &[
    "<table>",
    "</table>",
    "<tr>",
    "<td rowspan=\"99999\">",
    "<td colspan=\"-1\">",
    "</td>",
    "<th>",
    "<p>",
    "</p>",
    "<del>",
    "<s>",
    "<br/>",
    "&nbsp;",
    "&#x202e;",
    "&#99999999;",
    "<!--",
    "-->",
    "<script>",
    "</script>",
    "data-fact=\"status.1-1.R8Q2.rating\"",
    "<svg>",
    "12.3％",
    "▲3",
    "<",
    ">",
    "&",
];

const MARKDOWN: &[&str] = &[
    "| a | b |\n",
    "|---|---|\n",
    "\\|",
    "# ",
    "- ",
    "**",
    "~~",
    "<del>",
    "[a](b)",
    "```\n",
    "&lt;",
    "12.3％",
    "▲3",
    "|",
    "\n\n",
];

const CSV: &[&str] = &[
    ",",
    "\"",
    "\"\"",
    "\r\n",
    ";",
    "\t",
    "番号",
    "名称",
    "担当",
    "時期",
    "進捗",
    "率",
    "実績",
    "R8Q2",
    "令和8年度第1四半期",
    "順調",
    "４０％",
    "1-1",
    "=1+1",
    "\u{feff}",
    "kaikaku-inquiry 1 x R7Q2 o 2026-11-21 - 0",
];

const ARGUMENTS: &[&str] = &[
    "status\n",
    "kpi\n",
    "show\n",
    "diff\n",
    "update\n",
    "measure\n",
    "report\n",
    "council\n",
    "inquiry\n",
    "collect\n",
    "check\n",
    "--lang\nen\n",
    "--as-of\nR7Q2\n",
    "--rev\n",
    "--format\njson\n",
    "-o\n",
    "--help\n",
    "--version\n",
    "--rating\na\n",
    "--corrects\nR7Q2/2025-10-03#2\n",
    "--\n",
    "-C\n",
    "--period\nR7Q2\n",
    "--under\n1\n",
    "=",
    "--only\ntargets,owners\n",
];

pub const TARGETS: &[Target] = &[
    Target { name: "plan", seeds: &[], takes_parts: false, dictionary: TOML, run: plan },
    Target {
        name: "workbook",
        seeds: &["tests/papers/golden/sample.xlsx"],
        takes_parts: false,
        dictionary: XML,
        run: workbook,
    },
    Target {
        name: "word",
        seeds: &["tests/papers/golden/sample.docx"],
        takes_parts: false,
        dictionary: XML,
        run: word,
    },
    Target {
        name: "html",
        seeds: &["tests/papers/golden/sample.html"],
        takes_parts: true,
        dictionary: HTML,
        run: html,
    },
    Target {
        name: "markdown",
        seeds: &["tests/papers/golden/sample.md"],
        takes_parts: true,
        dictionary: MARKDOWN,
        run: markdown,
    },
    Target { name: "csv", seeds: &[], takes_parts: true, dictionary: CSV, run: csv },
    Target { name: "arguments", seeds: &[], takes_parts: false, dictionary: ARGUMENTS, run: arguments },
    Target { name: "merge", seeds: &[], takes_parts: false, dictionary: TOML, run: merged },
    Target {
        name: "toml",
        seeds: &["plan/2027/plan.toml", "plan/example/indicators.toml", "plan/example/plan.toml"],
        takes_parts: false,
        dictionary: SYNTAX,
        run: parsers,
    },
];

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 21).unwrap_or_default()
}

/// The files of a plan in one text, each under a line with its path.
fn snapshot(text: &str) -> Snapshot {
    let mut snapshot = Snapshot::default();
    for file in text.split("\n=== ") {
        let (path, text) = file.split_once('\n').unwrap_or((file, ""));
        snapshot.put(path.trim_start_matches("=== ").trim(), text.to_owned());
    }
    snapshot
}

fn plan(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let snapshot = snapshot(&text);
    let loaded = audit::check(&snapshot, "plan", today());
    let report = CheckReport { snapshot: &snapshot, loaded: &loaded, lang: Lang::Ja };
    // One format and one time an input, by its length: what differs between them differs between inputs, too.
    let turn = bytes.len();
    sound(&report, turn);
    for found in loaded.findings.iter().take(20) {
        let page = finding::Page { color: false, columns: Some(80) };
        seen(&finding::excerpt(found, &snapshot, Lang::Ja, page));
    }
    for file in &snapshot.files {
        textconv::lines(file.text());
    }
    // An error of what cannot be so leaves the plan readable; otherwise there is none without errors, and one with.
    let Some(plan) = &loaded.plan else {
        return assert!(finding::any_error(&loaded.findings), "no plan, and no error");
    };
    if let Ok(as_of) = AsOf::parse(["R7Q2", "2026-11-21"][turn % 2], plan.head.cycle) {
        answers(plan, as_of, turn / 2);
    }
}

fn answers(plan: &Plan, as_of: AsOf, turn: usize) {
    let question = status::Question::new(as_of, 0, 0);
    let status = status::status(plan, question);
    let total = &status.total;
    let apart = total.unreported + total.excluded + total.resting + total.ahead;
    assert_eq!(total.entries, total.rated() + apart);
    assert!(status.total.fresh <= status.total.entries);
    sound(&StatusReport::new(status, View::default()), turn);
    sound(&KpiReport::new(plan, as_of, gap::gaps(plan, as_of), Vec::new()), turn + 1);
    sound(&DueReport { dues: due::due(plan, as_of, Scope::default()), scope: Scope::default() }, turn + 2);
    for form in form::forms(plan, as_of.period, Lang::Ja) {
        assert!(form.open() <= form.questions().count());
    }
}

/// Every text of a report is seen, and what programs read is JSON.
fn sound(report: &dyn Report, turn: usize) {
    let format = [&formats::JSON, &formats::TEXT, &formats::HTML][turn % 3];
    let Ok(bytes) = format.write(report, Lang::Ja, kaikaku::render::csv::Encoding::Utf8) else { return };
    let text = String::from_utf8(bytes).expect("UTF-8");
    seen(&text);
    if format.name == "json" {
        serde_json::from_str::<serde::de::IgnoredAny>(&text).expect("JSON");
    }
}

fn seen(text: &str) {
    let unseen = text.chars().find(|c| *c != '\n' && kaikaku::text::safe::is_unseen(*c));
    assert_eq!(unseen, None, "{text}");
}

const MAPPED: &str = "\n=== inquiry.toml\nschema = 1\n[import]\nid = \"番号\"\nname = \"名称\"\nowner = \"担当\"\nperiod = \"時期\"\n\
                      [import.answers]\nrating.p = \"進捗\"\nprogress = \"率\"\ndone = \"実績\"\n";

/// A plan that replies and lists can be read against.
fn example() -> Option<&'static Plan> {
    static PLAN: std::sync::OnceLock<Option<Plan>> = std::sync::OnceLock::new();
    let text = include_str!("../corpus/plan/small").to_owned() + MAPPED;
    PLAN.get_or_init(|| kaikaku::source::load(&snapshot(&text), "plan").plan).as_ref()
}

fn workbook(bytes: &[u8]) {
    paper("a.xlsx", bytes);
    book("a.xlsx", bytes);
}

/// A book of others as a reply and as a list.
fn book(name: &str, bytes: &[u8]) {
    let Ok(book) = Book::from_file(name, bytes) else { return };
    let _ = reply::of_book(name, &book);
    let Some(plan) = example() else { panic!("the example is a plan") };
    let _ = reply::read(name, bytes, plan, Trust::Shown);
    let Some(mapped) = &plan.import else { panic!("the example maps a list") };
    let found = import::found(plan, &book, None).ok().map(ImportColumns::Levelled);
    for columns in std::iter::once(mapped).chain(&found) {
        let list = List {
            file: name,
            book: &book,
            columns,
            period: None,
            trust: Trust::Neither,
            today: today(),
            confirmed: None,
        };
        if let Ok(new) = import::brought(plan, list)
            && let Ok(history) = import::history(plan, list, &new)
        {
            // Every row has one class.
            let rows: BTreeSet<u32> = history.rows.keys().copied().collect();
            assert_eq!(rows.len(), history.rows.len());
        }
    }
}

fn paper(name: &str, bytes: &[u8]) {
    if let Some(format) = Format::of_path(Path::new(name)) {
        let _ = format.read(bytes);
    }
}

fn word(bytes: &[u8]) {
    paper("a.docx", bytes);
}

fn html(bytes: &[u8]) {
    paper("a.html", bytes);
}

fn markdown(bytes: &[u8]) {
    paper("a.md", bytes);
}

fn csv(bytes: &[u8]) {
    book("a.csv", bytes);
    book("a.toml", bytes);
}

fn arguments(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let args = std::iter::once("kaikaku").chain(text.split('\n').filter(|arg| !arg.is_empty()));
    let args: Vec<&str> = args.take(40).collect();
    thread_local! {
        /// What understands a command line, made once: that takes longer than to understand one.
        static COMMANDS: RefCell<[clap::Command; 2]> = RefCell::new([Lang::Ja, Lang::En].map(cli::command));
    }
    for at in 0..2 {
        let understood = COMMANDS.with_borrow_mut(|commands| commands[at].try_get_matches_from_mut(&args));
        let (Err(error), lang) = (understood, [Lang::Ja, Lang::En][at]) else { continue };
        let failure = usage::explain(&error);
        assert!(!failure.message.text(lang).is_empty() || error.exit_code() == 0, "{args:?}");
    }
}

/// Both sides give the same, and what only one side did is what comes out.
fn merged(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let mut parts = text.split("\n=== ");
    let [base, ours, theirs] = [(); 3].map(|()| parts.next().unwrap_or_default());
    let marks = Marks { ours: "a", theirs: "b", size: 7 };
    let (one, other) = (merge(base, ours, theirs, marks), merge(base, theirs, ours, marks));
    if let (Some(Merged::Clean(one)), Some(Merged::Clean(other))) = (&one, &other) {
        let says = |text: &str| {
            let text = text.replace("\r\n", "\n");
            let mut says: Vec<String> = Split::parse(&text).expect("blocks").blocks.iter().map(Block::says).collect();
            says.sort();
            says
        };
        assert_eq!(says(one), says(other));
    }
    assert_eq!(
        matches!(one, Some(Merged::Clean(_))),
        matches!(other, Some(Merged::Clean(_))),
        "one side is in conflict"
    );
}

/// What the fast parser takes, the toml crate takes, and both see the same.
fn parsers(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    let (mut memory, mut other) = (Memory::default(), Memory::default());
    let Some(plain) = memory.parse_plain(text) else { return };
    let (whole, errors) = other.parse_whole(text);
    assert!(errors.is_empty(), "only the fast parser takes it: {errors:?}");
    assert_eq!(format!("{plain:?}"), format!("{whole:?}"));
}
