//! `kaikaku explain`

use std::collections::{BTreeMap, BTreeSet, HashMap};

use anyhow::Result;
use clap::Args;
use rayon::prelude::*;

use super::cli::OutputArgs;
use super::status::rated;
use super::{Context, Exit, Opened, find, output};
use crate::git::Repository;
use crate::git::blame::LastSet;
use crate::ledger::tree::values_at;
use crate::plan::paper::Topic;
use crate::plan::period::Period;
use crate::query::AsOf;
use crate::query::explain::{Explanation, explain};
use crate::report::explain::{ExplainReport, Place, Spot, spot};
use crate::source::Snapshot;

/// How a figure came about.
#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// 指標か項目の番号（1-2 など）か名前、または報告書の事実の id（items.1-2-1.R8Q2.rating など。省略時は計画全体） || Id (such as 1-2) or name of an indicator or entry, or the id of a fact of a paper (such as items.1-2-1.R8Q2.rating; default: the plan as a whole)
    #[arg(value_name = "FIGURE")]
    figure: Option<String>,
    /// どの評価尺度か（省略時は最初のもの） || On which scale (default: the first)
    #[arg(long, value_name = "SCALE")]
    scale: Option<String>,
    /// だれの評価か（省略時は最初のもの） || Rated by whom (default: the first evaluator)
    #[arg(long, value_name = "EVALUATOR")]
    evaluator: Option<String>,
    #[command(flatten)]
    output: OutputArgs,
}

/// Runs it.
///
/// # Errors
/// When the plan has errors, or an argument names nothing.
pub fn run(context: &Context, args: &ExplainArgs) -> Result<Exit> {
    let opened = context.open()?;
    let plan = &opened.plan;
    let fact = args.figure.as_deref().and_then(Fact::parse);
    let subject = match &fact {
        Some(fact) if fact.is_of_plan() => None,
        Some(fact) => Some(find(plan, fact.subject)?),
        None => args.figure.as_deref().map(|text| find(plan, text)).transpose()?,
    };
    // A fact has the period of its paper, unless another one is asked for.
    let period = fact.as_ref().map(|fact| fact.period).filter(|_| context.globals.as_of.is_none());
    let as_of = period.map_or_else(|| context.as_of(plan), |period| Ok(AsOf::end_of(period)))?;
    let (scale, evaluator) = rated(plan, args.scale.as_deref(), args.evaluator.as_deref())?;
    let explanation = explain(plan, subject, as_of, scale, evaluator);
    let repository = opened.repository();
    let places = places(opened, &explanation, repository.as_ref().ok());
    let is_lost = places.values().filter_map(|place| place.set.as_ref()).any(LastSet::is_lost);
    let without_git = repository.err().map(|failure| failure.message);
    let fact = fact.and(args.figure.clone());
    let report = ExplainReport { plan, as_of, subject, fact, explanation, places, without_git, lang: context.lang() };
    output::write(context, &report, &args.output)?;
    Ok(if is_lost { Exit::No } else { Exit::Done })
}

/// What the ids of facts begin with beside the topics of the quarterly papers.
const TOPICS: [&str; 15] = [
    "paper",
    "questions",
    "letter",
    "due",
    "errata",
    "roadmap",
    "kpi",
    "against",
    "charts",
    "status",
    "entries",
    "effects",
    "outlook",
    "verifying",
    "footnotes",
];

/// A fact of a paper, as its id names it: `items.1-1-1.R8Q2.rating`.
struct Fact<'t> {
    subject: &'t str,
    period: Period,
}

impl<'t> Fact<'t> {
    /// Reads an id; `None` where the text is none.
    fn parse(text: &'t str) -> Option<Self> {
        let (topic, rest) = text.trim().split_once('.')?;
        let (subject, rest) = rest.split_once('.')?;
        let is_topic = Topic::ALL.iter().map(|(key, _)| *key).chain(TOPICS).any(|known| known == topic);
        // The period of a month holds a point itself.
        let mut ends = rest.rmatch_indices('.').map(|(at, _)| at).filter(|_| is_topic);
        let period = ends.find_map(|end| Period::parse(&rest[..end]).ok())?.period;
        Some(Self { subject, period })
    }

    /// Whether it is about the plan as a whole: its entries by grade, its indicators by verdict, their totals.
    fn is_of_plan(&self) -> bool {
        const WHOLE: [&str; 10] = [
            "all",
            "total",
            "unreported",
            "not_rated",
            "not_begun",
            "entries",
            "indicators",
            "better",
            "worse",
            "other",
        ];
        const PART: [&str; 7] = ["grade-", "sum-", "total-", "verdict-", "row-", "group-", "level-"];
        WHOLE.contains(&self.subject) || PART.iter().any(|part| self.subject.starts_with(part))
    }
}

/// Where every number stands, and who last set that line.
fn places(opened: &Opened, explanation: &Explanation<'_>, repository: Option<&Repository>) -> HashMap<Spot, Place> {
    let (snapshot, commit) = (&opened.snapshot, opened.plan.revision.as_ref().map(|revision| &*revision.id));
    let numbers = explanation.parts.iter().flat_map(|part| &part.steps).flat_map(|step| &step.numbers);
    let lines = lines(snapshot, numbers.filter_map(spot));
    let mut files: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (spot, line) in lines.iter().filter(|_| repository.is_some()) {
        files.entry(spot.0 as usize).or_default().insert(*line);
    }
    let asked = files.into_par_iter().filter_map(|(file, lines)| {
        let repository = repository?;
        let path = repository.path(&snapshot.files.get(file)?.path);
        Some((file, repository.last_set(commit, &path, &lines.into_iter().collect::<Vec<_>>())))
    });
    let set: HashMap<usize, HashMap<usize, LastSet>> = asked.collect();
    let place = |(spot, line): (Spot, usize)| {
        let file = spot.0 as usize;
        let written_in = format!("{}:{line}", snapshot.shown_path(file));
        (spot, Place { written_in, set: set.get(&file).and_then(|lines| lines.get(&line)).cloned() })
    };
    lines.into_iter().map(place).collect()
}

/// The line of each number, from 1; of one that stands at a key of its own, the line of that. Each file is parsed once.
fn lines(snapshot: &Snapshot, spots: impl Iterator<Item = Spot>) -> HashMap<Spot, usize> {
    let mut of_file: BTreeMap<usize, BTreeSet<Spot>> = BTreeMap::new();
    for spot in spots {
        of_file.entry(spot.0 as usize).or_default().insert(spot);
    }
    let mut lines = HashMap::new();
    for (file, spots) in of_file {
        let keyed = spots.iter().filter_map(|(_, offset, key)| Some((*offset as usize, (*key)?)));
        let mut values = values_at(snapshot.text(file), keyed).into_iter();
        for spot in spots {
            let value = spot.2.and_then(|_| values.next()?);
            let place = value.map_or(spot.1 as usize, |value| value.start);
            lines.insert(spot, snapshot.line_column(file, place).0);
        }
    }
    lines
}
