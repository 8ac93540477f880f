//! In what `explain` prints a symbol stands for one number, and no formula has one that is not introduced, with its name and
//! its value: of every plan that is shipped, of the fixtures, and of two plans that print everything that can be printed.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

use kaikaku::audit;
use kaikaku::document::Block;
use kaikaku::lang::Lang;
use kaikaku::plan::period::Period;
use kaikaku::plan::{Plan, Subject};
use kaikaku::query::AsOf;
use kaikaku::query::explain::{ExplainedPart, Explanation, Formula, Outcome, explain};
use kaikaku::report::Report;
use kaikaku::report::explain::ExplainReport;
use kaikaku::source::Snapshot;
use rust_decimal::Decimal;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn folders(under: &str, within: &str) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> =
        fs::read_dir(root().join(under)).unwrap().map(|entry| entry.unwrap().path().join(within)).collect();
    folders.retain(|folder| folder.join("plan.toml").is_file());
    folders.sort();
    folders
}

/// Every plan that can be read.
fn plans() -> Vec<(PathBuf, Plan)> {
    let known = [("plan", ""), ("tests/plans", ""), ("tests/explained", ""), ("tests/findings", "plan")];
    let all = known.into_iter().flat_map(|(under, within)| folders(under, within));
    let read = |folder: PathBuf| {
        let snapshot = Snapshot::of_folder(&folder, PathBuf::from("plan"), &|_| true);
        Some((folder, audit::check(&snapshot, "plan", crate::today()).plan?))
    };
    all.filter_map(read).collect()
}

/// What a part of an explanation is headed by; what has no heading of its own stands together.
fn scopes(explanation: Explanation<'_>) -> Vec<Explanation<'_>> {
    let Explanation { parts, status } = explanation;
    let is_named = |at: usize, part: &ExplainedPart<'_>| {
        part.indicator.is_some() || part.total.is_some() || part.level.is_some() || part.table.is_some() && at > 0
    };
    let (mut together, mut scopes) = (Vec::new(), Vec::new());
    for (at, part) in parts.into_iter().enumerate() {
        if is_named(at, &part) {
            scopes.push(Explanation { parts: vec![part], status: status.clone() });
        } else {
            together.push(part);
        }
    }
    scopes.push(Explanation { parts: together, status });
    scopes
}

/// Each symbol of a formula stands for one number.
fn one_number_each(name: &str, explanation: &Explanation<'_>) -> usize {
    let mut known: BTreeMap<String, Decimal> = BTreeMap::new();
    let mut same = |symbol: &str, value: Decimal, of: &str| {
        let first = *known.entry(symbol.to_owned()).or_insert(value);
        assert_eq!(first, value, "{name}: {symbol} in {of}");
    };
    for step in explanation.parts.iter().flat_map(|part| &part.steps) {
        let of = format!("{:?}", step.name);
        if let (Some(symbol), Outcome::Number(value, _)) = (&step.called, step.outcome) {
            same(symbol, value, &of);
        }
        for number in step.numbers.iter().filter(|_| step.formula.is_some()) {
            if let Some(value) = number.exact() {
                same(&number.symbol, value, &of);
            }
        }
    }
    known.len()
}

/// The names in a text: letters, with digits and marks behind them.
fn names(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '\''));
    words.filter(|word| word.starts_with(|c: char| c.is_ascii_alphabetic()))
}

/// No formula has a symbol that neither a table nor a line introduces.
fn all_introduced(name: &str, report: &ExplainReport<'_>) -> usize {
    let blocks: Vec<Block> =
        report.document(Lang::Ja).sections.into_iter().flat_map(|section| section.blocks).collect();
    let mut introduced: BTreeSet<String> = BTreeSet::new();
    for block in &blocks {
        match block {
            Block::Table(table) => {
                introduced.extend(table.rows.iter().flat_map(|row| names(&row.cells[0].text)).map(str::to_owned));
            }
            Block::Fields(fields) => {
                introduced.extend(fields.iter().flat_map(|(title, _)| names(title)).map(str::to_owned));
                let rates = fields.iter().filter(|(title, _)| title == "使う区分");
                introduced.extend(rates.flat_map(|(_, line)| names(&line.text)).map(str::to_owned));
            }
            _ => {}
        }
    }
    let mut seen = 0;
    for step in report.explanation.parts.iter().flat_map(|part| &part.steps) {
        let symbols = match &step.formula {
            Some(Formula::Value(formula)) => formula.symbols(),
            Some(Formula::All(all)) => {
                all.iter().flat_map(|r| [r.left.symbols(), r.right.symbols()].concat()).collect()
            }
            None => Vec::new(),
        };
        for symbol in symbols {
            // A rule on something that is not there says so.
            let is_there = step.numbers.iter().any(|number| number.symbol == *symbol);
            assert!(
                !is_there || introduced.contains(&**symbol),
                "{name}: {symbol} of {:?} in {introduced:?}",
                step.name
            );
            seen += 1;
        }
    }
    seen
}

#[test]
fn a_symbol_stands_for_one_number_and_is_introduced() {
    let (mut read, mut seen) = (0, 0);
    for (folder, plan) in plans() {
        read += 1;
        let subjects = (0..plan.indicators.len()).map(|at| Some(Subject::Indicator(at)));
        let subjects: Vec<_> = [None].into_iter().chain(subjects).collect();
        let periods = [plan.head.from, plan.head.from.next().unwrap(), plan.head.to];
        for (subject, year) in subjects.iter().flat_map(|subject| periods.map(|year| (*subject, year))) {
            let as_of = AsOf::end_of(Period::from(year));
            let name = format!("{} {subject:?} {year}", folder.display());
            for explanation in scopes(explain(&plan, subject, as_of, 0, 0)) {
                seen += one_number_each(&name, &explanation);
                let report = ExplainReport {
                    plan: &plan,
                    as_of,
                    subject,
                    fact: None,
                    explanation,
                    places: HashMap::new(),
                    without_git: None,
                    lang: Lang::Ja,
                };
                seen += all_introduced(&name, &report);
            }
        }
    }
    assert!(read > 20 && seen > 10_000, "{read} {seen}");
}
