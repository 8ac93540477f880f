//! Every kind of block is known wherever blocks are: by the reader, the merge, the renumbering, the text conversion, the
//! comparison of revisions and the attributes of git. A kind that one of them does not know fails here.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use kaikaku::commands::git_setup::attributes;
use kaikaku::diff::files::{FileKind, Sides, file_changes};
use kaikaku::diff::{Question, diff};
use kaikaku::ledger::kind::{Kind, Merging, Target};
use kaikaku::ledger::written::Written;
use kaikaku::ledger::{KINDS, kinds_in};
use kaikaku::merge::{Marks, Merged, merge};
use kaikaku::plan::Plan;
use kaikaku::plan::id::Id;
use kaikaku::plan::period::Cycle;
use kaikaku::query::AsOf;
use kaikaku::renumber::{Ids, changes, ids, then, verify};
use kaikaku::source::lenient::Lenient;
use kaikaku::source::{self, Snapshot};
use kaikaku::textconv;

const DEFINITION: [(&str, &str); 5] = [
    (
        "plan.toml",
        "schema = 1\nid = \"p\"\nname = \"改革\"\nperiod = { from = \"R6\", to = \"R9\" }\nlevels = [\"方針\", \"取組\"]\n\
         [[scale]]\nid = \"progress\"\nname = \"進捗\"\ngrades = [{ id = \"good\", name = \"順調\" }]\n\
         [[evaluator]]\nid = \"dept\"\nname = \"所管課\"\n",
    ),
    ("owners.toml", "[hr]\nname = \"人事課\"\n"),
    ("sources.toml", "[001]\ntitle = \"市民アンケート\"\n"),
    (
        "outline/1.toml",
        "[1]\nname = \"窓口\"\n[1-1]\nname = \"予約\"\nowner = \"hr\"\nsteps = { R7 = \"実施\" }\n\
         [[1-1.milestone]]\ndate = \"R7.8\"\nname = \"公開\"\n",
    ),
    (
        "indicators.toml",
        "[satisfaction]\nname = \"満足度\"\nunit = \"％\"\nkind = \"up\"\nbaseline = { R5 = 40 }\ntarget = { R9 = 60 }\n",
    ),
];

const MEETING: &str = "schema = 1\nname   = \"推進委員会 第3回\"\nbody   = \"committee\"\ndate   = 2025-11-05\n";

const ASKED: &str = "[[opinion]]\nnumber   = \"3\"\nrecorded = 2025-11-05\nopinion  = \"なぜか\"\n";

/// The file of the plan that holds the blocks of a kind, and what stands in it before the first.
fn file(kind: &Kind) -> (String, String) {
    let stem = match kind.header {
        "update" => "1-1",
        "measure" => "satisfaction",
        "answer" => "answers",
        "opinion" | "response" => "2025-11-05",
        _ => "R7Q2",
    };
    let head = match kind.header {
        "errata" => {
            "schema = 1\nperiod = \"R7Q2\"\nas_of = 2025-09-30\nclosed = 2025-11-01\nfingerprint = \"0123\"\n\n\
             [total.progress.dept]\nrated = 1\n"
        }
        "opinion" => MEETING,
        // An answer is the answer to something.
        "response" => return (kind.files.path(stem), format!("{MEETING}\n{ASKED}")),
        _ => "schema = 1\n",
    };
    (kind.files.path(stem), head.to_owned())
}

/// The plan, with a sample of the kinds.
fn snapshot(kinds: &[&Kind]) -> Snapshot {
    let mut snapshot = Snapshot::default();
    DEFINITION.iter().for_each(|(path, text)| snapshot.put(path, (*text).to_owned()));
    for kind in kinds {
        let (path, head) = file(kind);
        let old = snapshot.position(&path).map_or(head, |file| snapshot.text(file).to_owned());
        snapshot.put(&path, format!("{old}\n{}", (kind.sample)()));
    }
    snapshot
}

fn load(snapshot: &Snapshot) -> Plan {
    let loaded = source::load(snapshot, "plan");
    let found: Vec<_> = loaded.findings.iter().map(|finding| (finding.code, &finding.message.en)).collect();
    assert!(found.is_empty(), "{found:?}");
    loaded.plan.unwrap()
}

/// The table of a sample.
fn table(kind: &Kind) -> toml::Table {
    let file: toml::Table = toml::from_str(&(kind.sample)()).unwrap();
    file[kind.header][0].as_table().unwrap().clone()
}

/// What the plan holds of a kind, in words.
fn read(plan: &Plan, kind: &Kind) -> Vec<String> {
    fn words<T: std::fmt::Debug>(records: impl IntoIterator<Item = T>) -> Vec<String> {
        records.into_iter().map(|record| format!("{record:?}")).collect()
    }
    match kind.header {
        "update" => words(plan.entries.iter().flat_map(|entry| &entry.updates)),
        "measure" => words(plan.indicators.iter().flat_map(|indicator| &indicator.measures)),
        "errata" => words(plan.closings.iter().flat_map(|closing| &closing.corrections)),
        "sent" => words(plan.inquiries.iter().flat_map(|inquiry| &inquiry.sent)),
        "reply" => words(plan.inquiries.iter().flat_map(|inquiry| &inquiry.replies)),
        "answer" => words(&plan.answers),
        "opinion" => words(plan.meetings.iter().flat_map(|meeting| &meeting.opinions)),
        "response" => words(plan.meetings.iter().flat_map(|meeting| &meeting.responses)),
        other => panic!("nothing reads [[{other}]]"),
    }
}

#[test]
fn each_kind_is_one_of_its_header() {
    let headers: BTreeSet<&str> = KINDS.iter().map(|kind| kind.header).collect();
    assert_eq!(headers.len(), KINDS.len());
    for kind in KINDS {
        let table = table(kind);
        assert!(kinds_in(&file(kind).0).any(|known| known.header == kind.header), "{}", kind.header);
        let named = kind.references.iter().filter(|reference| reference.to == Target::Subject);
        assert!(named.map(|reference| reference.key).all(|key| table.contains_key(key)), "{}", kind.header);
        assert!(kind.identity.iter().any(|key| table.contains_key(*key)), "{}", kind.header);
        let declared = kind.identity.iter().chain(kind.references.iter().map(|reference| &reference.key));
        for key in table.keys().map(String::as_str).chain(declared.copied()) {
            assert!(kind.form.key(key).is_some(), "{}: {key} is not among its keys", kind.header);
        }
    }
}

#[test]
fn what_is_written_is_read() {
    for kind in KINDS {
        let plan = load(&snapshot(&[kind]));
        let records = read(&plan, kind);
        assert_eq!(records.len(), 1, "{}", kind.header);
        for (key, value) in &table(kind) {
            // Ids are resolved to places, and days are written in another way; a text is kept as it is.
            let kept = value.as_str().filter(|text| !text.is_ascii());
            let is_read = kept.is_none_or(|text| records[0].contains(&format!("{text:?}")));
            assert!(is_read, "{} of {}: {}", key, kind.header, records[0]);
        }
    }
}

#[test]
fn what_is_read_is_written_again_to_the_byte() {
    for kind in KINDS {
        let sample = (kind.sample)();
        let mut written = Written::parse(&sample, kind.header, 0).unwrap();
        let lines = sample.lines().filter_map(|line| line.split_once('=').map(|(key, _)| key.trim()));
        for key in lines.filter(|key| key.bytes().all(|b| b.is_ascii_lowercase())) {
            let value = written.take(key).unwrap_or_else(|| panic!("{key} of {}", kind.header));
            assert!(sample.contains(&format!("= {value}\n")), "{key} of {}: {value}", kind.header);
        }
        assert_eq!(written.into_keys().count(), 0, "{}", kind.header);
    }
}

#[test]
fn two_branches_keep_the_blocks_of_both() {
    const MARKS: Marks<'_> = Marks { ours: "main", theirs: "other", size: 7 };
    let lines = attributes();
    for kind in KINDS {
        let attribute = format!("{} merge=kaikaku", kind.files.pattern());
        let (_, head) = file(kind);
        let (block, key) = ((kind.sample)(), kind.identity.iter().find(|key| table(kind).contains_key(**key)).unwrap());
        let other: String =
            block.lines().filter(|line| !line.starts_with(key)).map(|line| format!("{line}\n")).collect();
        let base = head.trim_end().to_owned() + "\n";
        let merged = merge(&base, &format!("{base}\n{block}"), &format!("{base}\n{other}"), MARKS);
        let both = |text: &str| text.matches(&format!("[[{}]]", kind.header)).count() == 2;
        match kind.merging {
            Merging::Lines => assert!(merged.is_none() && !lines.contains(&attribute), "{}", kind.header),
            Merging::Blocks { claims } => {
                assert!(lines.contains(&attribute), "{attribute}");
                let contradict = |a: &toml::Table, b: &toml::Table| {
                    let (a, b) = (claims(a), claims(b));
                    a.iter().any(|a| b.iter().any(|b| a.of == b.of && a.says != b.says))
                };
                let of = |text: &str| {
                    toml::from_str::<toml::Table>(text).unwrap()[kind.header][0].as_table().unwrap().clone()
                };
                match merged.unwrap() {
                    Merged::Clean(text) => assert!(both(&text) && !contradict(&of(&block), &of(&other)), "{text}"),
                    Merged::Conflict(text) => assert!(both(&text) && contradict(&of(&block), &of(&other)), "{text}"),
                }
            }
        }
    }
    let patterns: BTreeSet<String> =
        KINDS.iter().filter(|kind| kind.claims().is_some()).map(|kind| kind.files.pattern()).collect();
    assert_eq!(lines.len(), patterns.len() + 2, "line ends, what is shown, one for each pattern: {lines:?}");
    assert!(lines.iter().any(|line| line == "*.toml diff=kaikaku"), "every file is shown: {lines:?}");
}

#[test]
fn a_renumbering_leaves_what_was_said_and_every_block_is_read_on() {
    let all = snapshot(&KINDS);
    let before = load(&all);
    for (old, new) in [("1-1", "1-7"), ("satisfaction", "contentment")] {
        let (mut after, old, new) = (snapshot(&KINDS), Id::parse(old).unwrap(), Id::parse(new).unwrap());
        let ids: Ids = ids(&before, before.index[&old], &new).unwrap();
        let files = changes(&after, &ids).unwrap();
        verify::files(&files, &ids).unwrap();
        then(&mut after, &files);
        let plan = load(&after);
        for kind in KINDS {
            assert_eq!(read(&plan, kind).len(), 1, "{} when {old} is called {new}", kind.header);
            let (path, _) = file(kind);
            let follows = kind.files.are_named_by_id() && kind.files.stem(&path) == Some(old.as_str());
            let now = if follows { kind.files.path(&new) } else { path };
            let place = after.position(&now).unwrap_or_else(|| panic!("{now} is gone"));
            assert!(after.text(place).contains(&(kind.sample)()), "{now}");
        }
    }
}

#[test]
fn git_shows_a_block_by_what_tells_it_apart() {
    for kind in KINDS {
        let lines = textconv::lines(&(kind.sample)()).unwrap();
        let (table, sample) = (table(kind), (kind.sample)());
        let mut written = Written::parse(&sample, kind.header, 0).unwrap();
        let known = kind.identity.iter().filter(|key| table.contains_key(**key));
        let name: Vec<String> = known.map(|key| written.take(key).unwrap().trim_matches('"').to_owned()).collect();
        let begin = format!("{}[{}].", kind.header, name.join(" "));
        assert!(lines.lines().all(|line| line.starts_with(&begin)), "{begin}: {lines}");
    }
}

#[test]
fn a_new_block_is_a_change_between_revisions() {
    let as_of = AsOf::on(NaiveDate::from_ymd_opt(2026, 1, 5).unwrap(), Cycle::Quarter);
    for kind in KINDS {
        let without: Vec<&Kind> = KINDS.into_iter().filter(|other| other.header != kind.header).collect();
        let [old, new] = [&without[..], &KINDS].map(|kinds| {
            let read = Lenient::load(snapshot(kinds), "plan", &Snapshot::default(), &[]);
            assert!(read.unread.is_empty() && read.unknown.is_empty(), "{}", kind.header);
            read
        });
        let (before, after) = (old.plan.as_ref().unwrap(), new.plan.as_ref().unwrap());
        let diff = diff(before, after, &Question { as_of, same_records: &[] });
        let files = file_changes(Sides { old: &old, new: &new, same_records: &[] }, Some(&diff));
        let lines = files.iter().filter(|change| matches!(change.kind, FileKind::Lines(_))).count();
        assert_eq!(
            (diff.changes.is_empty(), lines),
            if source::is_record(&file(kind).0) { (false, 0) } else { (true, 1) }
        );
    }
}
