use proptest::prelude::*;

use super::*;

const MARKS: Marks<'_> = Marks { ours: "main", theirs: "shiharai", size: 7 };

fn update(period: &str, recorded: &str, grade: &str) -> String {
    format!("[[update]]\nperiod   = \"{period}\"\nrecorded = {recorded}\nrating   = {{ progress = \"{grade}\" }}\n")
}

fn measure(period: &str, value: &str, more: &str) -> String {
    format!("[[measure]]\nperiod   = \"{period}\"\nrecorded = 2025-10-03\nvalue    = {value}\n{more}")
}

fn file(blocks: &[&str]) -> String {
    blocks.join("\n")
}

fn merged(base: &[&str], ours: &[&str], theirs: &[&str]) -> Merged {
    merge(&file(base), &file(ours), &file(theirs), MARKS).unwrap()
}

fn clean(blocks: &[&str]) -> Merged {
    Merged::Clean(file(blocks))
}

#[test]
fn what_both_added_is_there_once_in_the_order_it_was_recorded() {
    let [a, b, c] =
        [("R7Q1", "2025-07-03"), ("R7Q2", "2025-10-03"), ("R7Q3", "2026-01-09")].map(|(p, d)| update(p, d, "good"));
    assert_eq!(merged(&[&a], &[&a, &c], &[&a, &b]), clean(&[&a, &b, &c]));
    assert_eq!(merged(&[&a], &[&a, &b], &[&a, &c]), clean(&[&a, &b, &c]));
    assert_eq!(merged(&[&a], &[&a, &b], &[&a, &b, &c]), clean(&[&a, &b, &c]), "the same record on both branches");
    assert_eq!(merged(&[], &[&a], &[&b]), clean(&[&a, &b]), "a file that both branches began");
}

#[test]
fn comments_and_line_ends_stay() {
    let (a, b, c) = (
        update("R7Q1", "2025-07-03", "good"),
        update("R7Q2", "2025-10-03", "good"),
        update("R7Q3", "2026-01-09", "late"),
    );
    let head = "# 人事課の記録\nschema = 1\n";
    let noted = format!("# 電話で確認\n{b}");
    let crlf = |blocks: &[&str]| file(blocks).replace('\n', "\r\n");
    let (base, ours, theirs) = (crlf(&[head, &a]), crlf(&[head, &a, &noted]), file(&[head, &a, &c]));
    assert_eq!(merge(&base, &ours, &theirs, MARKS), Some(Merged::Clean(crlf(&[head, &a, &noted, &c]))));
}

#[test]
fn a_mark_that_windows_puts_before_a_file_stays_before_it() {
    let [a, b, c] =
        [("R7Q1", "2025-07-03"), ("R7Q2", "2025-10-03"), ("R7Q3", "2026-01-09")].map(|(p, d)| update(p, d, "good"));
    for head in ["", "# 人事課の記録\n"] {
        // Of two sides that agree, or of the one that changed it: by hand, for base, ours and theirs.
        for (marked, wanted) in [
            ([false, false, false], false),
            ([false, false, true], true),
            ([false, true, false], true),
            ([false, true, true], true),
            ([true, false, false], false),
            ([true, false, true], false),
            ([true, true, false], false),
            ([true, true, true], true),
        ] {
            let with = |mark: bool, blocks: &[&str]| {
                let head = if head.is_empty() { vec![] } else { vec![head] };
                format!("{}{}", if mark { "\u{feff}" } else { "" }, file(&[&head, blocks].concat()))
            };
            // The records that each side added are older than the first of the other's file.
            let (base, ours, theirs) = (with(marked[0], &[]), with(marked[1], &[&b]), with(marked[2], &[&a, &c]));
            let merged = merge(&base, &ours, &theirs, MARKS);
            assert_eq!(merged, Some(Merged::Clean(with(wanted, &[&a, &b, &c]))), "{marked:?} {head}");
        }
    }
}

#[test]
fn one_period_rated_differently_is_for_a_person() {
    let (a, good, late) = (
        update("R7Q1", "2025-07-03", "good"),
        update("R7Q2", "2025-10-03", "good"),
        update("R7Q2", "2025-10-06", "late"),
    );
    let both = format!("<<<<<<< main\n{good}=======\n{late}>>>>>>> shiharai\n");
    assert_eq!(merged(&[&a], &[&a, &good], &[&a, &late]), Merged::Conflict(file(&[&a, &both])));
}

#[test]
fn one_period_measured_differently_is_for_a_person() {
    let (early, sure, other) =
        (measure("R6", "45.9", "provisional = true\n"), measure("R6", "46.1", ""), measure("R6", "46.2", ""));
    assert_eq!(merged(&[], &[&early], &[&sure]), clean(&[&early, &sure]), "速報 and its confirmation");
    assert!(matches!(merged(&[], &[&sure], &[&other]), Merged::Conflict(_)));
    let noted = format!("# 決算書\n{sure}");
    assert_eq!(merged(&[], &[&sure], &[&noted]), clean(&[&noted]), "a comment makes no other record, and stays");
    assert_eq!(merged(&[], &[&noted], &[&sure]), clean(&[&noted]), "whichever side has it");
}

#[test]
fn an_edit_by_hand_on_one_branch_stays_on_two_it_is_for_a_person() {
    let (a, b) = (update("R7Q1", "2025-07-03", "good"), update("R7Q2", "2025-10-03", "good"));
    let (edited, otherwise) = (format!("{a}done     = \"x\"\n"), format!("{a}done     = \"y\"\n"));
    assert_eq!(merged(&[&a], &[&edited], &[&a, &b]), clean(&[&edited, &b]));
    assert_eq!(merged(&[&a], &[&a, &b], &[&edited]), clean(&[&edited, &b]));
    assert_eq!(merged(&[&a], &[&edited], &[&edited]), clean(&[&edited]));
    let both = format!("<<<<<<< main\n{edited}=======\n{otherwise}>>>>>>> shiharai\n");
    assert_eq!(merged(&[&a], &[&edited], &[&otherwise]), Merged::Conflict(both));
    assert_eq!(merged(&[&a, &b], &[&b], &[&a, &b]), clean(&[&b]), "deleted here, untouched there");
    let gone = format!("<<<<<<< main\n=======\n{edited}>>>>>>> shiharai\n");
    assert_eq!(merged(&[&a], &[], &[&edited]), Merged::Conflict(gone), "deleted here, edited there");
}

#[test]
fn a_correction_stays_behind_what_it_corrects_and_never_comes_to_mean_another_record() {
    let a = update("R7Q2", "2025-10-03", "good");
    let correction = format!("{}corrects = \"R7Q2/2025-10-03\"\n", update("R7Q2", "2025-10-03", "late"));
    let other = update("R7Q1", "2025-10-03", "good");
    let both = [&[&a, &correction, &other][..], &[&other, &a, &correction]];
    let merged_to = merged(&[], &[&a, &correction], &[&other]);
    assert!(
        both.iter()
            .any(|blocks| merged_to == Merged::Clean(blocks.iter().map(|b| b.as_str()).collect::<Vec<_>>().join("\n"))),
        "{merged_to:?}"
    );
    let same_name = format!("{a}done     = \"別の課から\"\n");
    assert!(matches!(merged(&[], &[&a, &correction], &[&same_name]), Merged::Conflict(_)));
    assert!(matches!(merged(&[], &[&a], &[&same_name]), Merged::Clean(_)), "nothing calls it by that name");
}

#[test]
fn what_is_no_records_file_is_left_to_the_lines() {
    let a = update("R7Q1", "2025-07-03", "good");
    for text in ["update = [{ period = \"R7\" }]\n", "update = 1\n", "<<<<<<< x\n", "[[update]]\nperiod = \n"] {
        assert_eq!(merge(&a, &a, text, MARKS), None, "{text}");
    }
    assert_eq!(merge("", "# a\n", "# b\n", MARKS), None, "both changed the head");
}

/// Records whose figures never contradict each other: each has a period of its own.
fn histories() -> impl Strategy<Value = [Vec<String>; 3]> {
    let block = |n: u32| {
        format!(
            "# {n}\n{}",
            update(
                &format!("R{}Q{}", 2 + n / 4, 1 + n % 4),
                &format!("2025-{:02}-{:02}", 1 + n * 7 % 12, 1 + n * 5 % 28),
                "good"
            )
        )
    };
    proptest::collection::vec(0..4_u8, 0..28).prop_map(move |whose| {
        let of = |sides: &[u8]| {
            whose.iter().zip(0..).filter(|(side, _)| sides.contains(side)).map(|(_, n)| block(n)).collect::<Vec<_>>()
        };
        let (base, ours, theirs, same) = (of(&[0]), of(&[1]), of(&[2]), of(&[3]));
        let side = |own: Vec<String>| [&base[..], &own, &same].concat();
        let (ours, theirs) = (side(ours), side(theirs));
        [base, ours, theirs]
    })
}

fn text(blocks: &[String]) -> String {
    blocks.join("\n")
}

proptest! {
    #[test]
    fn no_record_is_lost_none_doubled_and_it_does_not_matter_who_merges([base, ours, theirs] in histories()) {
        let [b, o, t] = [&base, &ours, &theirs].map(|blocks| text(blocks));
        let Some(Merged::Clean(merged)) = merge(&b, &o, &t, MARKS) else { panic!("a conflict") };
        prop_assert_eq!(Some(Merged::Clean(merged.clone())), merge(&b, &t, &o, MARKS));
        let mut expected: Vec<String> = ours.iter().chain(&theirs).cloned().collect();
        expected.sort();
        expected.dedup();
        let mut found: Vec<String> = Split::parse(&merged).unwrap().blocks.iter().map(|b| format!("{}\n", b.text)).collect();
        found.sort();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn what_one_side_alone_did_is_what_comes_out([base, ours, _] in histories()) {
        let (base, ours) = (text(&base), text(&ours));
        let alone = Some(Merged::Clean(ours.clone()));
        prop_assert_eq!(&merge(&base, &ours, &base, MARKS), &alone);
        prop_assert_eq!(&merge(&base, &base, &ours, MARKS), &alone);
        prop_assert_eq!(&merge(&base, &ours, &ours, MARKS), &alone);
        prop_assert_eq!(merge(&base, &base, &base, MARKS), Some(Merged::Clean(base)));
    }
}

/// Any blocks: of few periods and days, so that they contradict, double and correct each other; in any order, with and without
/// comments, some edited by hand.
fn clashing() -> impl Strategy<Value = [String; 3]> {
    let block = (0..4_u8, 0..3_u8, 0..3_u8, 0..3_u8).prop_map(|(period, day, grade, note)| {
        let (period, day) = (format!("R7Q{}", 1 + period), format!("2025-10-0{}", 1 + day));
        let comment = ["", "# 電話で確認\n", "# 文書で\n"][usize::from(note)];
        let grade = ["good", "late", "bad"][usize::from(grade)];
        match note {
            2 if grade == "bad" => format!("{}corrects = \"{period}/{day}\"\n", update(&period, &day, grade)),
            _ => format!("{comment}{}", update(&period, &day, grade)),
        }
    });
    let blocks = |most: usize| proptest::collection::vec(block.clone(), 0..most);
    (blocks(3), blocks(5), blocks(5), 0..9_u8, any::<[bool; 2]>()).prop_map(|(base, ours, theirs, edit, windows)| {
        let side = |added: &[String], edits: bool| {
            let mut all = base.clone();
            if let Some(first) = all.first_mut().filter(|_| edits) {
                first.push_str("done     = \"x\"\n");
            }
            text(&[all, added.to_vec()].concat())
        };
        let ends = |text: String, windows: bool| if windows { text.replace('\n', "\r\n") } else { text };
        let (ours, theirs) = (side(&ours, edit & 1 > 0), side(&theirs, edit & 2 > 0));
        [text(&base), ends(ours, windows[0]), ends(theirs, windows[1])]
    })
}

/// The same file with the sides of every conflict in each other's place.
fn mirrored(text: &str) -> String {
    let (mut all, mut own, mut other, mut at) = (String::new(), String::new(), String::new(), 0);
    for line in text.split_inclusive('\n') {
        match (line.get(..7), at) {
            (Some("<<<<<<<"), 0) => at = 1,
            (Some("======="), 1) => at = 2,
            (Some(">>>>>>>"), 2) => {
                let newline = if line.ends_with("\r\n") { "\r\n" } else { "\n" };
                all += &format!("<<<<<<< main{newline}{other}======={newline}{own}>>>>>>> shiharai{newline}");
                (own, other, at) = (String::new(), String::new(), 0);
            }
            (_, 0) => all += line,
            (_, 1) => own += line,
            _ => other += line,
        }
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn whichever_side_merges_the_result_is_the_same([base, ours, theirs] in clashing()) {
        let here = merge(&base, &ours, &theirs, MARKS).unwrap();
        let there = merge(&base, &theirs, &ours, MARKS).unwrap();
        match (here, there) {
            (Merged::Clean(here), Merged::Clean(there)) => prop_assert_eq!(here, there),
            (Merged::Conflict(here), Merged::Conflict(there)) => prop_assert_eq!(here, mirrored(&there)),
            (here, there) => prop_assert!(false, "{here:?}\n{there:?}"),
        }
    }
}

/// One side has a record twice that the other has once behind another of its period: two places that both sides have, in
/// two orders, and that begin with the same record.
#[test]
fn places_that_begin_alike_are_told_apart_by_all_their_records() {
    let block = |day: &str, grade: &str| {
        format!("[[update]]\nperiod   = \"R7Q3\"\nrecorded = 2025-10-{day}\nrating   = {{ progress = \"{grade}\" }}\n")
    };
    let (late, good) = (block("03", "late"), block("02", "good"));
    let (ours, theirs) = (format!("{late}\n{good}"), format!("{good}\n{good}"));
    let merged = |ours: &str, theirs: &str| match merge("", ours, theirs, MARKS).unwrap() {
        Merged::Conflict(text) => text,
        Merged::Clean(text) => panic!("no conflict: {text}"),
    };
    assert_eq!(merged(&ours, &theirs), mirrored(&merged(&theirs, &ours)));
}
