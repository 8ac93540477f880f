//! Which of several records of one period holds, as of any day, against a model written from the page of figures.

use chrono::NaiveDate;
use kaikaku::lang::Lang;
use kaikaku::plan::value::Value;
use kaikaku::query::AsOf;
use kaikaku::query::status::{Question, status};
use kaikaku::source;
use proptest::prelude::*;

use crate::generate::snapshot;

/// A record as a file has it.
#[derive(Debug, Clone)]
struct Block {
    /// Days after 2026-04-01, when its period had ended; `None` where no day is known.
    day: Option<u64>,
    provisional: bool,
    /// The earlier block that it corrects.
    corrects: Option<usize>,
    withdrawn: bool,
}

fn date(day: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 4, 1).unwrap() + chrono::Days::new(day)
}

/// Blocks in any order of their days, of which many share one; a correction names an earlier block that none corrected
/// before, and was made no sooner than that.
fn blocks() -> impl Strategy<Value = Vec<Block>> {
    let block = (
        prop::option::weighted(0.8, 0u64..4),
        any::<bool>(),
        prop::option::weighted(0.5, any::<prop::sample::Index>()),
        any::<bool>(),
    );
    prop::collection::vec(block, 1..9).prop_map(|drawn| {
        let mut blocks: Vec<Block> = Vec::new();
        for (day, provisional, target, withdrawn) in drawn {
            let is_free = |at: &usize| {
                !blocks[*at].withdrawn
                    && blocks.iter().all(|block| block.corrects != Some(*at))
                    && blocks[*at].day.is_none_or(|first| day.is_some_and(|day| first <= day))
            };
            let free: Vec<usize> = (0..blocks.len()).filter(is_free).collect();
            let corrects =
                target.filter(|_| day.is_some() && !free.is_empty()).map(|target| free[target.index(free.len())]);
            blocks.push(Block { day, provisional, corrects, withdrawn: withdrawn && corrects.is_some() });
        }
        blocks
    })
}

/// What a block is called: by its place among those of its day where they are several.
fn name(blocks: &[Block], at: usize) -> String {
    let alike: Vec<usize> = (0..blocks.len()).filter(|other| blocks[*other].day == blocks[at].day).collect();
    let day = blocks[at].day.map(|day| format!("/{}", date(day))).unwrap_or_default();
    match alike.iter().position(|other| *other == at) {
        Some(nth) if nth > 0 => format!("R7{day}#{}", nth + 1),
        _ => format!("R7{day}"),
    }
}

fn written(blocks: &[Block], header: &str, says: impl Fn(usize) -> String) -> String {
    let block = |(at, block): (usize, &Block)| {
        let day = block.day.map(|day| format!("recorded = {}\n", date(day))).unwrap_or_default();
        let corrects = block.corrects.map(|of| format!("corrects = \"{}\"\n", name(blocks, of))).unwrap_or_default();
        let says = if block.withdrawn { "withdrawn = true\n".to_owned() } else { says(at) };
        format!("[[{header}]]\nperiod = \"R7\"\n{day}{corrects}{says}\n")
    };
    blocks.iter().enumerate().map(block).collect()
}

/// The block that holds as of a day. What was recorded later is not known; a correction stands where the first of those
/// stood that it corrects.
fn holds(blocks: &[Block], asked: u64, confirms: bool) -> Option<usize> {
    let known = |block: &Block| block.day.is_none_or(|day| day <= asked);
    let counts = |at: &usize| {
        let is_corrected = blocks.iter().any(|other| other.corrects == Some(*at) && known(other));
        known(&blocks[*at]) && !blocks[*at].withdrawn && !is_corrected
    };
    let place = |at: &usize| {
        let first = std::iter::successors(Some(*at), |at| blocks[*at].corrects).last().unwrap();
        (blocks[first].day, first)
    };
    let counted: Vec<usize> = (0..blocks.len()).filter(counts).collect();
    let confirmed: Vec<usize> = counted.iter().copied().filter(|at| confirms && !blocks[*at].provisional).collect();
    let of = if confirmed.is_empty() { counted } else { confirmed };
    of.into_iter().max_by_key(place)
}

const HEAD: &str = "schema = 1\nid = \"g\"\nname = \"計画\"\nperiod = { from = \"R6\", to = \"R9\" }\nlevels = [\"項目\"]\n\
                    [[scale]]\nid = \"s\"\nname = \"状況\"\ngrades = [{ id = \"a\", name = \"良\" }]\n";

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_last_word_is_that_of_the_model(blocks in blocks(), asked in 0u64..5) {
        let provisional = |at: usize| if blocks[at].provisional { "provisional = true\n" } else { "" };
        let files = [
            ("plan.toml", HEAD.to_owned()),
            ("outline/1.toml", "[1]\nname = \"一\"\n".to_owned()),
            ("indicators.toml", "[m]\nname = \"満足\"\nunit = \"件\"\nkind = \"up\"\n".to_owned()),
            ("records/1.toml", written(&blocks, "update", |at| format!("progress = {at}\ndone = \"その{at}\"\n"))),
            ("records/m.toml", written(&blocks, "measure", |at| format!("value = {at}\n{}", provisional(at)))),
        ];
        let files = files.map(|(path, text)| (path.to_owned(), text));
        let loaded = source::load(&snapshot(&files), "plan");
        let told: Vec<&str> = loaded.findings.iter().map(|finding| finding.message.text(Lang::En)).collect();
        let Some(plan) = loaded.plan.as_ref() else { panic!("{told:?}\n{files:#?}") };

        let as_of = AsOf::on(date(asked), plan.head.cycle);
        let value = plan.indicators[0].known(|measure| as_of.counts(measure)).map(|measure| &measure.reading.value);
        let expected = holds(&blocks, asked, true).map(|at| Value::Number(at.into()));
        prop_assert_eq!(value.collect::<Vec<_>>(), expected.iter().collect::<Vec<_>>(), "{}", files[4].1);

        let question = Question::new(as_of, 0, 0);
        let progress = status(plan, question).nodes[0].progress.map(usize::from);
        prop_assert_eq!(progress, holds(&blocks, asked, false), "{}", files[3].1);
    }
}
