//! What the columns of a list hold, found by the words above them.

use super::headings::Headings;
use super::vocabulary::{Meaning, meaning, plain, split_period};
use crate::failure::Failure;
use crate::plan::Plan;
use crate::plan::inquiry::{Aspect, Field, ListColumns, Role};
use crate::plan::period::Period;
use crate::say;
use crate::workbook::{Book, Cell, Sheet};

/// The columns of a list: of its sheets the one with the most columns that are understood. `baseline` is the period of
/// baselines whose heading names none.
///
/// # Errors
/// When no sheet has headings that are understood, with a column of names.
pub fn found(plan: &Plan, book: &Book, baseline: Option<Period>) -> Result<ListColumns, Failure> {
    let seen = book.sheets.iter().filter(|sheet| !sheet.is_hidden);
    let all = seen.filter_map(|sheet| Some((sheet, columns(plan, sheet, baseline)?)));
    let best = all.reduce(|best, next| if next.1.len() > best.1.len() { next } else { best });
    let (sheet, columns) = best.ok_or_else(|| of_indicators(plan, book).unwrap_or_else(|| nothing_found(book)))?;
    let is_first = book.first_sheet().is_some_and(|first| first.part == sheet.part);
    Ok(ListColumns { sheet: (!is_first).then(|| sheet.name.as_str().into()), columns })
}

/// The columns of baselines, with their titles, of which no period is known.
pub fn baselines_without_year(plan: &Plan, sheet: &Sheet) -> Vec<(u32, String)> {
    let Some(headings) = Headings::find(sheet, &plan.head.levels) else { return Vec::new() };
    let is_open = |words: &Vec<String>| {
        let (meaning, period, _) = understood(words, &plan.head.levels);
        meaning == Some(Meaning::Baseline) && period.is_none()
    };
    headings.above.iter().filter(|(_, words)| is_open(words)).map(|(at, _)| (*at, headings.title(*at))).collect()
}

/// What is known of a column before the others are.
struct Column {
    at: u32,
    title: String,
    meaning: Option<Meaning>,
    period: Option<Period>,
    is_value: bool,
}

fn columns(plan: &Plan, sheet: &Sheet, baseline: Option<Period>) -> Option<Vec<(Role, Box<str>)>> {
    let names = &plan.head.levels;
    let headings = Headings::find(sheet, names)?;
    let mut all: Vec<Column> = headings
        .above
        .iter()
        .map(|(at, words)| {
            let (meaning, period, is_value) = understood(words, names);
            let period = period.or(baseline.filter(|_| meaning == Some(Meaning::Baseline)));
            Column { at: *at, title: headings.title(*at), meaning, period, is_value }
        })
        .collect();
    numbers_beside_names(sheet, &headings, &mut all);
    if !all.iter().any(|column| column.meaning == Some(Meaning::Level)) {
        let named = all.iter_mut().find(|column| column.meaning == Some(Meaning::Summary));
        named?.meaning = Some(Meaning::Level);
    }
    Some(roles(plan, &all))
}

/// What the words above a column say: the lowest that says anything counts, and a period from whichever row names one.
fn understood(words: &[String], names: &[Box<str>]) -> (Option<Meaning>, Option<Period>, bool) {
    let parts: Vec<(Option<Period>, String)> = words.iter().map(|words| split_period(words)).collect();
    let period = parts.iter().rev().find_map(|(period, _)| *period);
    let is_number_word = words.last().is_some_and(|last| plain(&split_period(last).1).ends_with('値'));
    let lowest = parts.last().map(|(_, rest)| plain(rest)).unwrap_or_default();
    if !lowest.is_empty() {
        let own = meaning(&lowest, names).filter(|meaning| *meaning != Meaning::Group);
        return (own, period, is_number_word);
    }
    // A year alone is one of what stands above it.
    let above = parts.iter().rev().skip(1).find_map(|(_, rest)| meaning(rest, names));
    let of_years = above.filter(|meaning| {
        use Meaning::{Actual, Baseline, Done, Issue, Next, Progress, Rating, Target};
        matches!(meaning, Baseline | Target | Actual | Rating | Progress | Done | Issue | Next)
    });
    (of_years, period, true)
}

/// Of two columns under one heading, marks in front of names are numbers.
fn numbers_beside_names(sheet: &Sheet, headings: &Headings, all: &mut [Column]) {
    let is_mark = |cell: &Cell| {
        let text = cell.words().map(str::to_owned).or_else(|| cell.shown()).unwrap_or_default();
        let text = plain(&text);
        !text.is_empty() && text.chars().count() <= 8 && !text.chars().any(|c| c.is_alphabetic() && !c.is_ascii())
    };
    for at in 0..all.len().saturating_sub(1) {
        let both = all[at].meaning == Some(Meaning::Level) && all[at + 1].meaning == Some(Meaning::Level);
        let alike = headings.above.get(&all[at].at) == headings.above.get(&all[at + 1].at);
        let below = sheet.cells.iter().filter(|((row, column), _)| *row > headings.rows.1 && *column == all[at].at);
        let held: Vec<&Cell> = below.map(|(_, cell)| cell).collect();
        if both && alike && !held.is_empty() && held.iter().all(|cell| is_mark(cell)) {
            all[at].meaning = Some(Meaning::Number);
        }
    }
}

/// The one role of each column that has one.
fn roles(plan: &Plan, all: &[Column]) -> Vec<(Role, Box<str>)> {
    let of = |wanted: Meaning| all.iter().filter(move |column| column.meaning == Some(wanted));
    let levels: Vec<u32> = of(Meaning::Level).map(|column| column.at).collect();
    let has_indicators = of(Meaning::Indicator).next().is_some() || of(Meaning::Unit).next().is_some();
    let has_aspect = of(Meaning::Aspect).next().is_some();
    let mut roles: Vec<(Role, Box<str>)> = Vec::new();
    for column in all {
        let role = match column.meaning {
            Some(Meaning::Level) => levels.iter().position(|at| *at == column.at).map(Role::Level),
            Some(Meaning::Number) => {
                let next = levels.iter().position(|at| *at == column.at + 1);
                next.or(levels.len().checked_sub(1)).map(Role::Number)
            }
            Some(meaning) => plain_role(meaning).or_else(|| values(plan, column, meaning, has_indicators)),
            None => column.period.filter(|_| has_aspect && column.is_value).map(|period| Role::Value(None, period)),
        };
        if let Some(role) = role.filter(|role| !roles.iter().any(|(known, _)| known == role)) {
            roles.push((role, column.title.as_str().into()));
        }
    }
    roles
}

/// The role of a column of which a row has one.
fn plain_role(meaning: Meaning) -> Option<Role> {
    Some(match meaning {
        Meaning::Owner => Role::Owner,
        Meaning::Bureau => Role::Bureau,
        Meaning::Summary => Role::Summary,
        Meaning::Note => Role::Note,
        Meaning::Indicator => Role::Indicator,
        Meaning::Unit => Role::Unit,
        Meaning::Kind => Role::Kind,
        Meaning::Aspect => Role::Aspect,
        Meaning::Period => Role::Period,
        _ => return None,
    })
}

/// The role of a column of values or reports.
fn values(plan: &Plan, column: &Column, meaning: Meaning, has_indicators: bool) -> Option<Role> {
    let Column { period, is_value, .. } = *column;
    let answer = |field: Field| Some(Role::Answer(field, period));
    match meaning {
        Meaning::Baseline if has_indicators => Some(Role::Value(Some(Aspect::Baseline), period?)),
        // A target without a year is that of the end of the plan.
        Meaning::Target if has_indicators => {
            Some(Role::Value(Some(Aspect::Target), period.unwrap_or(Period::Year(plan.head.to))))
        }
        Meaning::Actual if has_indicators => match period {
            Some(period) => Some(Role::Value(Some(Aspect::Actual), period)),
            None => Some(Role::Answer(Field::Value, None)),
        },
        Meaning::Actual if !is_value => answer(Field::Done),
        Meaning::Rating => answer(Field::Rating(plan.scales.first()?.id.clone())),
        Meaning::Progress => answer(Field::Progress),
        Meaning::Done => answer(Field::Done),
        Meaning::Issue => answer(Field::Issue),
        Meaning::Next => answer(Field::Next),
        _ => None,
    }
}

/// That a list has indicators, but does not say of which entries they are.
fn of_indicators(plan: &Plan, book: &Book) -> Option<Failure> {
    let seen = book.sheets.iter().filter(|sheet| !sheet.is_hidden);
    let named = |sheet: &Sheet| {
        let headings = Headings::find(sheet, &plan.head.levels)?;
        let is = |words: &Vec<String>| understood(words, &plan.head.levels).0 == Some(Meaning::Indicator);
        headings.above.iter().find(|(_, words)| is(words)).map(|(column, _)| headings.title(*column))
    };
    let (sheet, title) = seen.filter_map(|sheet| Some((&sheet.name, named(sheet)?))).next()?;
    let level = plan.head.levels.last().map_or("", |name| name);
    Some(Failure::new(
        say!(
            "指標の一覧ですが（シート「{sheet}」の列「{title}」）、どの項目の指標かを示す列がありません",
            "this is a list of indicators (sheet `{sheet}`, column `{title}`), but no column says of which entries"
        ),
        say!(
            "「{level}」の列に項目の名称を書いてください。計画全体の指標は kaikaku add indicator で加えてください",
            "write the names of entries into a column `{level}`; add those of the whole plan by `kaikaku add indicator`"
        ),
    ))
}

fn nothing_found(book: &Book) -> Failure {
    let held = book.sheets.iter().map(|sheet| sheet.cells.len()).sum::<usize>();
    let seen = book.sheets.iter().map(|sheet| format!("「{}」", sheet.name)).collect::<Vec<_>>().join("、");
    if held == 0 {
        return Failure::new(
            say!("一覧に何も書かれていません（シート{seen}）", "the list is empty (sheets: {seen})"),
            say!("一覧のあるファイルを指定してください", "give the file that holds the list"),
        );
    }
    Failure::new(
        say!(
            "一覧の見出しが見つかりません（シート{seen}、{held} セル）。項目の名称の列が分かりません",
            "no headings were found in the list (sheets: {seen}, cells: {held}), so the column of names is not known"
        ),
        say!(
            "見出しの行に「基本方針」「取組項目」「所管課」「指標」「単位」「目標値」などの言葉を書くか、計画のフォルダーの inquiry.toml に [import] を書いて列を示してください",
            "write headings such as 基本方針, 取組項目, 所管課, 指標, 単位 or 目標値, or describe the columns under [import] in inquiry.toml in the plan's folder"
        ),
    )
}
