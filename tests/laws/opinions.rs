//! Two branches that both answer an opinion: nothing is lost, and what contradicts is left to a person.

use kaikaku::merge::{Marks, Merged, merge};
use proptest::prelude::*;

const MARKS: Marks<'_> = Marks { ours: "main", theirs: "other", size: 7 };

const BASE: &str = "schema = 1\nname   = \"推進委員会 第3回\"\nbody   = \"committee\"\ndate   = 2026-02-10\n\n\
                    [[opinion]]\nnumber   = \"1\"\nrecorded = 2026-02-12\nopinion  = \"なぜか\"\n";

fn response(day: u32, state: &str, text: &str) -> String {
    format!(
        "[[response]]\nto       = \"1\"\nrecorded = 2026-03-{day:02}\nstate    = \"{state}\"\nanswer   = \"{text}\"\n"
    )
}

fn merged(ours: &[String], theirs: &[String]) -> Merged {
    let side = |blocks: &[String]| [&[BASE.to_owned()], blocks].concat().join("\n");
    merge(BASE, &side(ours), &side(theirs), MARKS).unwrap()
}

#[test]
fn two_answers_that_say_the_same_of_it_stand_side_by_side() {
    let (a, b) = (response(2, "doing", "準備する"), response(5, "doing", "試行する"));
    let Merged::Clean(text) = merged(std::slice::from_ref(&a), std::slice::from_ref(&b)) else {
        panic!("they do not contradict each other")
    };
    assert_eq!(text, [BASE, &a, &b].join("\n"));
}

#[test]
fn two_answers_that_disagree_are_for_a_person() {
    let first = response(2, "doing", "準備する");
    // What comes of it is another thing; or it is the same, on one day, in other words.
    for other in [response(5, "declined", "しない"), response(2, "doing", "試行する")] {
        let Merged::Conflict(text) = merged(std::slice::from_ref(&first), std::slice::from_ref(&other)) else {
            panic!("{other}")
        };
        assert!(text.contains(&first) && text.contains(&other), "{text}");
    }
}

#[test]
fn two_opinions_of_one_number_are_for_a_person() {
    let said = |text: &str| format!("[[opinion]]\nnumber   = \"2\"\nrecorded = 2026-02-12\nopinion  = \"{text}\"\n");
    let Merged::Conflict(text) = merged(&[said("混む")], &[said("遠い")]) else {
        panic!("one number, two opinions")
    };
    assert!(text.contains(&said("混む")) && text.contains(&said("遠い")), "{text}");
}

proptest! {
    #[test]
    fn whatever_two_branches_answer_is_all_there(
        ours in prop::collection::vec((1_u32..28, 0_usize..3, "[あ-ん]{1,6}"), 0..4),
        theirs in prop::collection::vec((1_u32..28, 0_usize..3, "[あ-ん]{1,6}"), 0..4),
    ) {
        let block = |(day, state, text): &(u32, usize, String)| response(*day, ["done", "doing", "considering"][*state], text);
        let [own, other] = [&ours, &theirs].map(|side| side.iter().map(block).collect::<Vec<_>>());
        let (Merged::Clean(text) | Merged::Conflict(text)) = merged(&own, &other);
        for block in own.iter().chain(&other) {
            prop_assert!(text.contains(block), "{block} is lost in {text}");
        }
        prop_assert!(text.starts_with(BASE));
    }
}
