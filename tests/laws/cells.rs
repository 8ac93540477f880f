//! What holds for every workbook that comes in: nothing typed is lost, nothing is taken that was not seen, and each row is
//! counted once.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use kaikaku::failure::Failure;
use kaikaku::inquiry::answer::Trust;
use kaikaku::inquiry::form::forms;
use kaikaku::inquiry::import::{History, Line, List, brought, history};
use kaikaku::inquiry::reply::of_book;
use kaikaku::inquiry::review::{Review, review};
use kaikaku::inquiry::spot::Class;
use kaikaku::inquiry::template;
use kaikaku::inquiry::write::Letter;
use kaikaku::lang::Lang;
use kaikaku::plan::Plan;
use kaikaku::plan::inquiry::{Field, ImportColumns, ListColumns, Role, Template};
use kaikaku::plan::period::Period;
use kaikaku::plan::value::parse_number;
use kaikaku::source;
use kaikaku::workbook::{Area, Book, Cell, Content, Format, Sheet, Struck, address};
use proptest::prelude::*;

use crate::generate::snapshot;

const FILES: [(&str, &str); 5] = [
    (
        "indicators.toml",
        "schema = 1\n[rate]\nname = \"率\"\nunit = \"％\"\nkind = \"up\"\nowner = \"o\"\ntarget = { R9 = 65 }\n",
    ),
    (
        "outline/1.toml",
        "[1]\nname = \"柱\"\nowner = \"o\"\n[1-1]\nname = \"窓口\"\nowner = \"o\"\n[1-2]\nname = \"手続\"\nowner = \"o\"\n",
    ),
    ("owners.toml", "schema = 1\n[o]\nname = \"総務課\"\n"),
    (
        "plan.toml",
        "schema = 1\nid = \"p\"\nname = \"計画\"\nperiod = { from = \"R6\", to = \"R9\" }\nlevels = [\"柱\", \"取組\"]\n\
         [[scale]]\nid = \"progress\"\nname = \"進捗\"\ngrades = [{ id = \"on\", name = \"順調\" }, { id = \"off\", name = \"遅れ\", attention = true }]\n",
    ),
    (
        "records/1-1.toml",
        "schema = 1\n[[update]]\nperiod = \"R8Q1\"\nrecorded = 2026-07-01\nprogress = 10\nby = \"総務課\"\n",
    ),
];

fn plan() -> Plan {
    let files: Vec<(String, String)> =
        FILES.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    let loaded = source::load(&snapshot(&files), "plan");
    let found: Vec<String> = loaded.findings.iter().map(|f| format!("{} {}", f.code, f.message.en)).collect();
    loaded.plan.unwrap_or_else(|| panic!("{found:?}"))
}

/// What people write into lists, and what spreadsheets make of it.
fn cell() -> impl Strategy<Value = Cell> {
    let words = prop::sample::select(vec![
        "1-1",
        "１－２",
        "1",
        "9-9",
        "rate",
        "窓口",
        "手続",
        "別の名",
        "総務課",
        "R8Q1",
        "R8Q2",
        "R8",
        "順調",
        "遅れ",
        "40",
        "４０％",
        "同上",
        "－",
        "開いた。",
        " ",
        "番号",
        "1月1日",
        "未公表",
        "約10",
    ]);
    let codes = prop::sample::select(vec![
        "",
        "0",
        "#,##0,",
        "m-d",
        "yyyy/m/d",
        "0%",
        "\"▲\"0",
        "0;[Red]0",
        "0;-0;\"未公表\"",
        ";;;",
        "0\"％\"",
        "@\"様\"",
        "# ?/?",
    ]);
    let numbers =
        prop::sample::select(vec!["1", "40", "1.1", "0.4", "46023", "12345678", "0", "-5", "0.28999999999999998"]);
    let content = prop_oneof![
        6 => words.prop_map(|words| Content::Text(words.to_owned())),
        3 => numbers.prop_map(|number| Content::Number(number.to_owned())),
        1 => any::<bool>().prop_map(Content::Bool),
        1 => Just(Content::Error("#N/A".to_owned())),
    ];
    (content, codes, 0..12_u8, 0..12_u8).prop_map(|(content, code, strike, formula)| {
        let struck = match (&content, strike) {
            (_, 0) => Struck::Whole,
            (Content::Text(text), 1) => {
                let at = text.chars().next().map_or(0, char::len_utf8);
                let (gone, left) = text.split_at(at);
                if left.trim().is_empty() || gone.trim().is_empty() {
                    Struck::Nothing
                } else {
                    Struck::Part { gone: gone.to_owned(), left: left.to_owned() }
                }
            }
            _ => Struck::Nothing,
        };
        let formula = match formula {
            0 => Some("A1".to_owned()),
            1 => Some("[1]x!A1".to_owned()),
            _ => None,
        };
        let value = if formula.is_some() && strike == 2 { None } else { Some(content) };
        Cell { value, formula, format: Format::new(code, false), struck, ..Cell::text("") }
    })
}

const HEADS: [&str; 8] = ["番号", "名称", "担当", "時期", "進捗", "率", "実績", "備考"];

type Cells = std::collections::BTreeMap<(u32, u32), Cell>;

fn cells() -> impl Strategy<Value = Cells> {
    prop::collection::btree_map((0..9_u32, 0..10_u32), cell(), 0..40)
}

fn holds(cell: &Cell) -> bool {
    !matches!(&cell.value, Some(Content::Text(text)) if text.trim().is_empty())
}

/// A list: a title, headings in the second row, and what was typed below.
fn list(typed: &Cells, merged: Option<(u32, u32)>) -> Book {
    let mut sheet = Sheet { name: "一覧".into(), part: "a".into(), ..Sheet::default() };
    sheet.cells.insert((0, 0), Cell::text("題"));
    for (column, head) in (0..).zip(HEADS) {
        sheet.cells.insert((1, column), Cell::text(head));
    }
    for ((row, column), cell) in typed {
        sheet.cells.insert((row + 2, *column), cell.clone());
    }
    if let Some((row, column)) = merged {
        sheet.cells.remove(&(row + 3, column));
        sheet.merged.push(Area { first: (row + 2, column), last: (row + 3, column) });
    }
    sheet.comments.insert((4, 5), "注記".into());
    let other = Sheet {
        name: "別紙".into(),
        part: "b".into(),
        cells: [((2, 2), Cell::text("内訳"))].into(),
        ..Sheet::default()
    };
    Book { sheets: vec![sheet, other], ..Book::default() }
}

fn mapping() -> Template {
    let field = |name: &str, title: &str| (Field::parse(name).unwrap(), title.into());
    Template {
        sheet: None,
        id: "番号".into(),
        name: Some("名称".into()),
        period: Some("時期".into()),
        owner: Some("担当".into()),
        answers: vec![field("rating.progress", "進捗"), field("progress", "率"), field("done", "実績")],
        last: Vec::new(),
    }
}

/// The number of the row of a cell, as the cell's name has it.
fn digits(cell: &str) -> String {
    cell.trim_start_matches(|c: char| c.is_ascii_alphabetic()).to_owned()
}

/// The same list read by its levels.
fn levels() -> ImportColumns {
    let answer = |name: &str| Role::Answer(Field::parse(name).unwrap(), None);
    let columns = [
        (Role::Number(0), "番号"),
        (Role::Level(0), "名称"),
        (Role::Owner, "担当"),
        (Role::Period, "時期"),
        (answer("rating.progress"), "進捗"),
        (answer("progress"), "率"),
        (answer("done"), "実績"),
    ];
    let columns = columns.into_iter().map(|(role, title)| (role, title.into())).collect();
    ImportColumns::Levelled(ListColumns { sheet: None, columns })
}

fn imported(plan: &Plan, book: &Book, trust: Trust) -> History {
    read(plan, book, trust, &ImportColumns::Numbered(mapping())).unwrap()
}

fn read(plan: &Plan, book: &Book, trust: Trust, columns: &ImportColumns) -> Result<History, Failure> {
    let list = List { file: "list.xlsx", book, columns, period: None, trust, today: crate::today(), confirmed: None };
    let new = brought(plan, list)?;
    history(plan, list, &new)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_row_of_a_list_with_levels_is_counted_once(
        typed in cells(), merged in prop::option::of((0..8_u32, 0..7_u32)), trusted in any::<bool>(),
    ) {
        // Right under the headings, words beside them may be headings, too.
        let typed = typed.into_iter().filter(|((row, column), _)| *row > 0 || (*column as usize) < HEADS.len()).collect();
        let (plan, book) = (plan(), list(&typed, merged));
        let trust = if trusted { Trust::Shown } else { Trust::Neither };
        let Ok(history) = read(&plan, &book, trust, &levels()) else { return Ok(()) };
        let held: BTreeSet<u32> =
            book.sheets[0].cells.iter().filter(|(at, cell)| at.0 > 1 && holds(cell)).map(|(at, _)| at.0).collect();
        prop_assert_eq!(&held, &history.rows.keys().copied().collect::<BTreeSet<u32>>());
    }

    #[test]
    fn every_row_of_a_list_is_counted_once_and_every_cell_is_accounted_for(
        typed in cells(), merged in prop::option::of((0..8_u32, 0..7_u32)), trusted in any::<bool>(),
    ) {
        let plan = plan();
        let book = list(&typed, merged);
        let sheet = &book.sheets[0];
        let trust = if trusted { Trust::Shown } else { Trust::Neither };
        let history = imported(&plan, &book, trust);
        let held: BTreeSet<u32> = sheet.cells.iter().filter(|(at, cell)| at.0 > 1 && holds(cell)).map(|(at, _)| at.0).collect();
        let counted: BTreeSet<u32> = history.rows.keys().copied().collect();
        prop_assert_eq!(&held, &counted);
        let classes = [Class::Changed, Class::Unchanged, Class::Conflict, Class::Unlikely, Class::Invalid, Class::LeftOut];
        prop_assert_eq!(classes.iter().map(|class| history.count(*class)).sum::<usize>(), held.len());
        // A cell is named by a line or among what is left out, or belongs to a row that says the reason for all of it.
        let named: BTreeSet<&str> = history.lines.iter().map(|line| &line.spot).chain(history.left_out.iter().map(|s| &s.spot))
            .filter(|spot| spot.sheet.as_deref() == Some("一覧")).map(|spot| spot.cell.as_str()).collect();
        let is_named_row = |row: u32| history.lines.iter().any(|line| {
            line.field.is_none() && digits(&line.spot.cell) == (row + 1).to_string()
        });
        for (&(row, column), _) in sheet.cells.iter().filter(|(at, cell)| at.0 > 1 && holds(cell)) {
            let by_column = column == 7 && named.contains("H2");
            let said = named.contains(address(row, column).as_str()) || by_column || is_named_row(row);
            // Number, name, owner and period are what the lines of a row are about, or the plan has them already.
            let about = |line: &Line| !line.id.is_empty() && digits(&line.spot.cell) == (row + 1).to_string();
            let is_known = matches!(history.rows[&row], Class::Changed | Class::Unchanged);
            prop_assert!(said || column < 4 && (is_known || history.lines.iter().any(about)), "{} {:#?}", address(row, column), history);
        }
        prop_assert!(history.left_out.iter().any(|stray| stray.spot.sheet.as_deref() == Some("別紙")));
        prop_assert!(history.left_out.iter().any(|stray| stray.spot.cell == "A1"));
        // Rows that are left out or invalid make no record of their own; a record stands on lines that are taken.
        let taken = history.lines.iter().filter(|line| line.class == Class::Changed && line.field.is_some()).count();
        prop_assert_eq!(history.records.iter().map(|record| record.answers.len()).sum::<usize>(), taken);
    }

    #[test]
    fn nothing_is_taken_that_was_not_seen(typed in cells(), trusted in any::<bool>()) {
        let plan = plan();
        let book = list(&typed, None);
        let sheet = &book.sheets[0];
        let trust = if trusted { Trust::Shown } else { Trust::Neither };
        for line in imported(&plan, &book, trust).lines.iter().filter(|line| line.class == Class::Changed) {
            let Some(listed) = &line.listed else { continue };
            let (row, column) = kaikaku::workbook::place(&line.spot.cell).unwrap();
            let cell = sheet.cell(row, column).unwrap();
            prop_assert!(cell.struck != Struck::Whole);
            let plain = |text: &str| text.replace(['％', '%', ',', '０'], "").replace('４', "4").replace('0', "");
            let seen = match &cell.struck {
                Struck::Part { left, .. } => cell.format.shown_words(left),
                _ => cell.shown().unwrap(),
            };
            prop_assert!(plain(&seen).contains(&plain(listed)) || plain(listed).contains(plain(seen.trim()).as_str()), "{listed} of {seen}");
            if let (Some(seen), Ok(listed)) = (parse_number(seen.trim()), rust_decimal::Decimal::from_str_exact(listed)) {
                prop_assert_eq!(seen, listed);
            }
            // What is stored and what is seen agree, where nobody confirmed that what is seen is meant.
            if let (Trust::Neither, Some(Content::Number(raw))) = (trust, &cell.value) {
                let (number, _) = kaikaku::workbook::number::exact(raw).unwrap();
                // Among words a number may have the unit that is seen behind it: 様 of the formats above.
                let listed = rust_decimal::Decimal::from_str_exact(listed.trim_end_matches(['%', '％', '様'])).unwrap();
                prop_assert!(number == listed || number * rust_decimal::Decimal::ONE_HUNDRED == listed, "{raw} {listed}");
            }
        }
    }

    #[test]
    fn nothing_that_is_written_into_a_form_is_lost(typed in prop::collection::btree_map((0..45_u32, 1..9_u32), cell(), 0..25)) {
        let plan = plan();
        let period = Period::parse("R8Q2").unwrap().period;
        let form = forms(&plan, period, Lang::Ja).into_iter().next().unwrap();
        let day = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
        let letter = Letter { plan: &plan, form: &form, deadline: None, contact: None, day, revision: None, lang: Lang::Ja };
        let mut book = Book::open(&letter.workbook().unwrap()).unwrap();
        let sheet = book.sheets.iter_mut().find(|sheet| sheet.name == "回答").unwrap();
        for ((row, column), cell) in &typed {
            sheet.cells.insert((row + 1, *column), cell.clone());
        }
        let sheet = sheet.clone();
        let of_book = of_book("back.xlsx", &book).unwrap();
        let review: Review = review(&plan, of_book, Vec::new(), Trust::Neither, Lang::Ja);
        let said: Vec<String> = review.rows.iter().flat_map(|row| {
            let reasons = row.reason.iter().chain(&row.notes).map(|say| say.ja.clone());
            row.spots.iter().map(|spot| spot.cell.clone()).chain(reasons).collect::<Vec<_>>()
        }).collect();
        let printed = |cell: &Cell| matches!(cell.words(), Some("番号"));
        for ((row, column), cell) in typed.iter().filter(|(_, cell)| holds(cell) && !printed(cell)) {
            let place = address(row + 1, *column);
            let keyed = sheet.cell(row + 1, 0).is_some();
            // Of the row of a question, its number and its words are what the answer is held against.
            let refused = keyed && *column <= 2 && review.rows.iter().any(|r| r.spots.iter().any(|s| s.cell == address(row + 1, 4)) && (r.class == Class::Invalid || !r.notes.is_empty()));
            let is_own_number = keyed && *column == 1 && cell.words().is_some();
            prop_assert!(said.iter().any(|text| text.contains(&place)) || refused || is_own_number, "{place} {cell:?} {said:#?}");
        }
        // Only answers to questions are taken.
        for row in review.rows.iter().filter(|row| row.class == Class::Changed) {
            prop_assert!(row.spots.iter().all(|spot| spot.cell.starts_with('E')));
        }
    }

    #[test]
    fn every_row_of_the_own_form_is_read_or_listed(typed in cells(), trusted in any::<bool>()) {
        let plan = plan();
        let mut book = list(&typed, None);
        book.sheets[0].cells.insert((0, 3), Cell::text("R8Q2"));
        let template = Template { period: Some("D1".into()), owner: None, ..mapping() };
        let trust = if trusted { Trust::Shown } else { Trust::Neither };
        let sheet = book.sheets[0].clone();
        let held = || sheet.cells.iter().filter(|(at, cell)| at.0 > 1 && holds(cell)).map(|(at, _)| *at);
        // A form of which no row can be read is refused with the reason.
        let Ok(replies) = template::read("back.xlsx", &book, &template, &plan, trust) else { return Ok(()) };
        let review = review(&plan, replies, Vec::new(), trust, Lang::Ja);
        let said: Vec<String> = review.rows.iter().flat_map(|row| {
            let reasons = row.reason.iter().chain(&row.notes).map(|say| say.ja.clone());
            row.spots.iter().map(|spot| spot.cell.clone()).chain(reasons).collect::<Vec<_>>()
        }).collect();
        let rows: BTreeSet<String> = review.rows.iter().flat_map(|row| row.spots.iter().map(|spot| digits(&spot.cell))).collect();
        for (row, column) in held() {
            let place = address(row, column);
            let is_region = (column == 3 || column == 7 || column == 2) && said.iter().any(|text| text.contains("対応を示した列でない"));
            let is_row = column < 7 && rows.contains(&(row + 1).to_string());
            prop_assert!(is_region || is_row || said.iter().any(|text| text.contains(&place)), "{place} {said:#?}");
        }
        for row in review.rows.iter().filter(|row| row.class == Class::Changed) {
            prop_assert!(row.spots.iter().all(|spot| spot.cell.starts_with(['E', 'F', 'G'])));
        }
    }
}
