//! The words that are facts in a paper: what the plan calls things, and what its papers say of them.

use crate::document::{Block, Document, Table};
use crate::lang::Lang;
use crate::plan::Plan;
use crate::plan::opinion::ResponseState;
use crate::query::gap::Verdict;
use crate::verify::Vocabulary;
use crate::wording as words;

/// Columns of sentences, whose words may be edited freely.
const FREE: [&str; 7] = ["done", "issue", "next", "reason", "answer", "question", "state"];
/// A cell longer than this is a sentence, too.
const LONGEST: usize = 80;
/// What papers say beside names and numbers: 速報 and its kind, and which way things moved.
const STATEMENTS: [&str; 34] = [
    "速報",
    "確定",
    "要確認",
    "未報告",
    "判定不能",
    "未調査",
    "未公表",
    "対象外",
    "取下げ",
    "増減なし",
    "変わらず",
    "前回と同じ",
    "改善した",
    "悪化した",
    "下方修正",
    "上方修正",
    "追加",
    "廃止",
    "余裕",
    "不足",
    "下限",
    "上限",
    "provisional",
    "final",
    "unconfirmed",
    "unreported",
    "undetermined",
    "not surveyed",
    "not published",
    "as before",
    "better",
    "worse",
    "raised",
    "lowered",
];

/// The vocabulary of a paper about a plan.
pub fn vocabulary(plan: &Plan, paper: &Document, lang: Lang) -> Vocabulary {
    let mut all: Vec<String> = STATEMENTS.map(str::to_owned).to_vec();
    all.extend(names(plan));
    let verdicts = [Verdict::Met, Verdict::OnPace, Verdict::Behind, Verdict::Worsened];
    all.extend(verdicts.map(|verdict| words::verdict(verdict, lang).to_owned()));
    all.extend(plan.steps.iter().map(|step| step.text(lang).to_owned()));
    let blocks = paper.sections.iter().flat_map(|section| &section.blocks);
    let tables: Vec<&Table> =
        blocks.filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None }).collect();
    if tables.iter().any(|table| tells_of_opinions(table)) {
        let states = ResponseState::ALL.into_iter().map(|(_, state)| Some(state)).chain([None]);
        all.extend(states.map(|state| words::opinion::state(state, lang)));
        all.push(words::opinion::reflected(lang).to_owned());
    }
    all.extend(tables.into_iter().flat_map(cells));
    Vocabulary::new(all.iter().map(String::as_str))
}

/// Whether what comes of opinions is told there; elsewhere 検討中 is a word like others.
fn tells_of_opinions(table: &Table) -> bool {
    table.columns.iter().any(|column| matches!(&*column.key, "opinion" | "summary"))
}

/// What the plan calls things.
fn names(plan: &Plan) -> Vec<String> {
    let entries = plan.entries.iter().flat_map(|entry| {
        let initiatives = entry.initiatives.iter().flat_map(|initiative| {
            std::iter::once(&initiative.name).chain(initiative.milestones.iter().map(|milestone| &milestone.name))
        });
        std::iter::once(&entry.name).chain(initiatives).chain(entry.milestones.iter().map(|milestone| &milestone.name))
    });
    let versions = plan.scales.iter().flat_map(|scale| &scale.versions);
    let grades = versions.flat_map(|version| {
        version.grades.iter().map(|grade| &grade.name).chain(version.composites.iter().map(|composite| &composite.name))
    });
    let named = entries
        .chain(grades)
        .chain(plan.indicators.iter().map(|indicator| &indicator.name))
        .chain(plan.owners.iter().map(|owner| &owner.name))
        .chain(plan.evaluators.iter().map(|evaluator| &evaluator.name))
        .chain(plan.sources.iter().map(|source| &source.title))
        .chain(plan.meetings.iter().map(|meeting| &meeting.name))
        .chain(plan.head.levels.iter())
        .chain(std::iter::once(&plan.head.name))
        .chain(&plan.head.city)
        .chain(&plan.head.office);
    named.map(|name| name.to_string()).collect()
}

/// The words of the cells that state something: no numbers, no sentences.
fn cells(table: &Table) -> impl Iterator<Item = String> {
    let states = |(column, cell): (&crate::document::Column, &crate::document::Cell)| {
        let is_free = column.kind.is_number() || FREE.contains(&&*column.key);
        (!is_free).then(|| cell.text.to_string())
    };
    let cells = table.rows.iter().flat_map(move |row| table.columns.iter().zip(&row.cells).filter_map(states));
    let lines = cells.flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>());
    let is_sentence = |line: &String| line.chars().count() > LONGEST || line.contains(['。', '：']);
    lines.filter(move |line| !is_sentence(line) && !line.contains(char::is_numeric))
}
