//! What the columns of a list hold, found by the words above them.

use super::headings::{Headings, known_words};
use super::outline::entry_numbered;
use super::ticks::scales;
use super::vocabulary::{Meaning, aspect, meaning, plain, split_period};
use crate::failure::Failure;
use crate::inquiry::grid::{cell_key, holds_anything, seen_at};
use crate::plan::Plan;
use crate::plan::id::Id;
use crate::plan::inquiry::{Aspect, Field, ListColumns, Role};
use crate::plan::period::Period;
use crate::say;
use crate::workbook::{Book, Cell, Sheet};

/// The columns of a list: of `wanted`, else of its sheets the one with the most columns that are understood. `baseline`
/// is the period of baselines whose heading names none.
///
/// # Errors
/// When no sheet has headings that are understood, with a column of names.
pub fn found(
    plan: &Plan,
    book: &Book,
    wanted: Option<&Sheet>,
    baseline: Option<Period>,
) -> Result<ListColumns, Failure> {
    let seen = book.sheets.iter().filter(|sheet| wanted.map_or(!sheet.is_hidden, |wanted| wanted.part == sheet.part));
    let all: Vec<(&Sheet, Option<Columns>)> = seen.map(|sheet| (sheet, columns(plan, sheet, baseline))).collect();
    let read = all.iter().filter_map(|(sheet, columns)| Some((*sheet, columns.clone()?)));
    let best = read.reduce(|best, next| if next.1.len() > best.1.len() { next } else { best });
    let (sheet, columns) = best.ok_or_else(|| nothing_found(all.iter().map(|(sheet, _)| *sheet)))?;
    let is_first = book.first_sheet().is_some_and(|first| first.part == sheet.part);
    Ok(ListColumns { sheet: (!is_first).then(|| sheet.name.as_str().into()), columns })
}

/// What columns hold, and their titles.
type Columns = Vec<(Role, Box<str>)>;

/// The columns of baselines, with their titles, of which no period is known.
pub fn baselines_without_year(plan: &Plan, sheet: &Sheet) -> Vec<(u32, String)> {
    let Some(headings) = Headings::find(sheet, &known_words(plan)) else { return Vec::new() };
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

fn columns(plan: &Plan, sheet: &Sheet, baseline: Option<Period>) -> Option<Columns> {
    let names = &plan.head.levels;
    let headings = Headings::find(sheet, &known_words(plan))?;
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
    aspects_in_cells(sheet, &headings, &mut all);
    let has = |wanted: Meaning| all.iter().any(|column| column.meaning == Some(wanted));
    if !has(Meaning::Level) {
        // 取組内容 names an entry where nothing else does; 概要 of an indicator is none.
        let is_alone = has(Meaning::Indicator);
        let is_name = |column: &&mut Column| {
            column.meaning == Some(Meaning::Summary) && !(is_alone && is_description(&column.title))
        };
        match all.iter_mut().find(is_name) {
            Some(named) => named.meaning = Some(Meaning::Level),
            None if is_alone => {}
            None => return None,
        }
    }
    Some(roles(plan, &list_of(plan, sheet, &headings, all)))
}

/// What the words above a column say: the lowest that says anything counts, and a period from whichever row names one.
fn understood(words: &[String], names: &[Box<str>]) -> (Option<Meaning>, Option<Period>, bool) {
    let parts: Vec<(Option<Period>, String)> = words.iter().map(|words| split_period(words)).collect();
    let period = parts.iter().rev().find_map(|(period, _)| *period);
    let is_number_word = words.last().is_some_and(|last| plain(&split_period(last).1).ends_with('値'));
    let lowest = parts.last().map(|(_, rest)| plain(rest)).unwrap_or_default();
    let above = parts.iter().rev().skip(1).find_map(|(_, rest)| meaning(rest, names));
    let of_years = above.filter(|meaning| {
        use Meaning::{Actual, Baseline, Done, Issue, Next, Progress, Rating, Target};
        matches!(meaning, Baseline | Target | Actual | Rating | Progress | Done | Issue | Next)
    });
    if !lowest.is_empty() {
        let own = meaning(&lowest, names).filter(|meaning| *meaning != Meaning::Group);
        // 年度 and 値 under 目標 are a target and its own year, which are no columns of the row's year.
        let is_parted = matches!(own, Some(Meaning::Period | Meaning::Value)) && of_years.is_some();
        return (own.filter(|_| !is_parted), period, is_number_word);
    }
    // A year alone is one of what stands above it.
    (of_years, period, true)
}

/// A column in which only targets, actuals and baselines are named says of the values of its rows which they are.
fn aspects_in_cells(sheet: &Sheet, headings: &Headings, all: &mut [Column]) {
    for column in all.iter_mut().filter(|column| column.meaning.is_none()) {
        let below = headings.head(column.at).rows_below(sheet).filter_map(|row| seen_at(sheet, row, column.at));
        let mut held = below.filter(|cell| holds_anything(cell)).map(|cell| aspect(&cell.named())).peekable();
        if held.peek().is_some() && held.all(|aspect| aspect.is_some()) {
            column.meaning = Some(Meaning::Aspect);
        }
    }
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

/// Whether a heading announces words about what a row names, and no name.
fn is_description(title: &str) -> bool {
    ["概要", "内容", "説明", "目的", "summary"].contains(&plain(title).as_str())
}

/// What is known of a list as a whole before its columns have roles.
struct ListOf {
    columns: Vec<Column>,
    /// Whether it has indicators.
    has_indicators: bool,
    /// Whether its rows say whether their values are targets or actuals.
    has_aspect: bool,
    /// Whether a target without a year is of the year of its row.
    targets_by_row: bool,
    /// In a list of indicators alone, the column of the numbers of entries that the plan has.
    numbers: Option<u32>,
    /// Whether the numbers in front of the first level run on through the rows, as its names do not.
    numbers_rows: bool,
    /// Columns of grades of which one is ticked.
    ticks: Vec<(u32, Id, Option<Period>)>,
}

fn list_of(plan: &Plan, sheet: &Sheet, headings: &Headings, columns: Vec<Column>) -> ListOf {
    let of = |wanted: Meaning| columns.iter().find(|column| column.meaning == Some(wanted)).map(|column| column.at);
    let open = columns.iter().filter(|column| column.meaning.is_none()).map(|column| (column.at, column.period));
    let is_alone = of(Meaning::Level).is_none();
    let numbers = of(Meaning::Number).filter(|at| is_alone && are_numbers_of_entries(plan, sheet, headings, *at));
    let targets_by_row = of(Meaning::Period).is_some() && {
        let targets =
            columns.iter().filter(|column| column.meaning == Some(Meaning::Target) && column.period.is_none());
        let named = of(Meaning::Indicator).or(of(Meaning::Level));
        let mut targets = targets.filter(|column| !plain(&column.title).contains("最終"));
        targets.any(|column| differ_by_row(sheet, headings, (named, column.at)))
    };
    ListOf {
        has_indicators: of(Meaning::Indicator).or(of(Meaning::Unit)).is_some(),
        has_aspect: of(Meaning::Aspect).is_some(),
        targets_by_row,
        numbers,
        numbers_rows: of(Meaning::Number)
            .zip(of(Meaning::Level))
            .is_some_and(|(number, level)| number < level && differ_by_row(sheet, headings, (Some(level), number))),
        ticks: scales(plan, sheet, headings, &open.collect::<Vec<_>>()),
        columns,
    }
}

/// Whether all cells of a column are numbers of the plan's entries: running numbers are none.
fn are_numbers_of_entries(plan: &Plan, sheet: &Sheet, headings: &Headings, column: u32) -> bool {
    let below = headings.head(column).rows_below(sheet);
    let mut held = below.filter_map(|row| seen_at(sheet, row, column)).filter(|cell| holds_anything(cell)).peekable();
    held.peek().is_some() && held.all(|cell| entry_numbered(plan, &cell.named()).is_some_and(|e| e.id.stem().is_some()))
}

/// Whether one name has different values in its rows: then they are of the periods of the rows.
fn differ_by_row(sheet: &Sheet, headings: &Headings, (named, value): (Option<u32>, u32)) -> bool {
    let Some(named) = named else { return false };
    let text = |row: u32, column: u32| seen_at(sheet, row, column).filter(|cell| holds_anything(cell)).map(Cell::named);
    let mut seen: Vec<(String, String)> = Vec::new();
    let mut name = String::new();
    for row in headings.head(named).rows_below(sheet) {
        name = text(row, named).map_or(name, |text| cell_key(&text));
        let Some(value) = text(row, value) else { continue };
        if seen.iter().any(|(of, was)| *of == name && *was != value) {
            return true;
        }
        seen.push((name.clone(), value));
    }
    false
}

/// The one role of each column that has one.
fn roles(plan: &Plan, list: &ListOf) -> Columns {
    let all = &list.columns;
    let of = |wanted: Meaning| all.iter().filter(move |column| column.meaning == Some(wanted));
    let levels: Vec<u32> = of(Meaning::Level).map(|column| column.at).collect();
    let mut roles: Columns = Vec::new();
    for column in all {
        let role = match column.meaning {
            Some(Meaning::Level) => levels.iter().position(|at| *at == column.at).map(Role::Level),
            Some(Meaning::Number) => {
                let next = levels.iter().position(|at| *at == column.at + 1).filter(|at| *at > 0 || !list.numbers_rows);
                let next = next.or(levels.len().checked_sub(1));
                next.or((list.numbers == Some(column.at)).then_some(0)).map(Role::Number)
            }
            // An indicator has no summary.
            Some(Meaning::Summary) if levels.is_empty() => None,
            Some(meaning) => plain_role(meaning).or_else(|| values(plan, column, meaning, list)),
            None => column
                .period
                .filter(|_| list.has_aspect && column.is_value)
                .map(|period| Role::Value(None, Some(period)))
                .or_else(|| {
                    let (_, scale, period) = list.ticks.iter().find(|(at, ..)| *at == column.at)?;
                    Some(Role::Tick(scale.clone(), *period))
                }),
        };
        let is_new = |role: &Role| matches!(role, Role::Tick(..)) || !roles.iter().any(|(known, _)| known == role);
        if let Some(role) = role.filter(is_new) {
            roles.push((role, column.title.as_str().into()));
        }
    }
    // A rating in words says what ticks would.
    let said: Vec<Role> = roles.iter().map(|(role, _)| role.clone()).collect();
    roles.retain(|(role, _)| match role {
        Role::Tick(scale, period) => !said.contains(&Role::Answer(Field::Rating(scale.clone()), *period)),
        _ => true,
    });
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
fn values(plan: &Plan, column: &Column, meaning: Meaning, list: &ListOf) -> Option<Role> {
    let Column { period, is_value, .. } = *column;
    let answer = |field: Field| Some(Role::Answer(field, period));
    match meaning {
        Meaning::Baseline if list.has_indicators => Some(Role::Value(Some(Aspect::Baseline), Some(period?))),
        // A target without a year is that of the row's, or of the end of the plan.
        Meaning::Target if list.has_indicators => {
            let end = (!list.targets_by_row).then_some(Period::Year(plan.head.to));
            Some(Role::Value(Some(Aspect::Target), period.or(end)))
        }
        Meaning::Actual if list.has_indicators => Some(Role::Value(Some(Aspect::Actual), period)),
        Meaning::Value if list.has_indicators => {
            Some(Role::Value((!list.has_aspect).then_some(Aspect::Actual), period))
        }
        Meaning::Actual if !is_value => answer(Field::Done),
        Meaning::Rating => answer(Field::Rating(plan.scales.first()?.id.clone())),
        Meaning::Progress => answer(Field::Progress),
        Meaning::Done => answer(Field::Done),
        Meaning::Issue => answer(Field::Issue),
        Meaning::Next => answer(Field::Next),
        _ => None,
    }
}

fn nothing_found<'s>(sheets: impl Iterator<Item = &'s Sheet> + Clone) -> Failure {
    let held = sheets.clone().map(|sheet| sheet.cells.len()).sum::<usize>();
    let seen = sheets.map(|sheet| format!("「{}」", sheet.name)).collect::<Vec<_>>().join("、");
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
