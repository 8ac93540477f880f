//! The rule about time: Western years, or Japanese ones with Western beside them; times that there are, in one way of writing.

use std::collections::{BTreeMap, BTreeSet};

use super::column::{Column, Holds, Said};
use super::day::{is_impossible, year_alone};
use super::shape::Shape;
use super::value::{ERAS, Says, holds_western};
use super::{Breach, Rule};
use crate::lang::Say;
use crate::say;
use crate::text::fold::fold;

/// What breaks it.
pub fn check(shape: &Shape, breaches: &mut Vec<Breach>) {
    for column in &shape.columns {
        let times = column.cells.iter().filter(|(_, said)| said.says.is_time()).count();
        if times * 2 >= column.cells.len() && times > 0 && !mixed(column, breaches) {
            alone(shape, column, breaches);
        }
        if column.holds == Holds::Times {
            impossible(column, breaches);
            layouts(column, breaches);
        }
    }
    disagreeing(shape, breaches);
    headings(shape, breaches);
}

fn add(breaches: &mut Vec<Breach>, rule: Rule, column: &Column, rows: Vec<u32>, (what, help): (Say, Say)) {
    if !rows.is_empty() {
        breaches.push(Breach::whole(rule, what, help).in_rows(rows).in_column(column.place, &column.heading));
    }
}

fn rows_of(column: &Column, wanted: impl Fn(&Said) -> bool) -> Vec<u32> {
    column.cells.iter().filter(|(_, said)| wanted(said)).map(|(row, _)| *row).collect()
}

/// Whether a text names an era.
fn names_era(said: &Said) -> bool {
    said.says == Says::Japanese || ERAS.iter().any(|era| said.text.contains(era))
}

/// Times of both calendars in one column.
fn mixed(column: &Column, breaches: &mut Vec<Breach>) -> bool {
    let japanese = rows_of(column, |said| said.says.is_time() && names_era(said));
    let western = rows_of(column, |said| said.says == Says::Western && !names_era(said));
    let is_mixed = !japanese.is_empty() && !western.is_empty();
    if is_mixed {
        let what = say!("西暦と和暦が1つの列に混ざっています", "Western and Japanese years stand in one column");
        let help = say!(
            "西暦に揃え、和暦は別の列にしてください",
            "write all of them by Western years, and give the Japanese ones a column of their own"
        );
        add(breaches, Rule::Years, column, japanese, (what, help));
    }
    is_mixed
}

/// Japanese years without Western ones in the row.
fn alone(shape: &Shape, column: &Column, breaches: &mut Vec<Breach>) {
    let says_western = |said: &Said| said.says == Says::Western || holds_western(&said.text) && said.text.len() <= 12;
    let western: Vec<(u32, BTreeSet<u32>)> = shape
        .columns
        .iter()
        .map(|column| (column.place, rows_of(column, says_western).into_iter().collect()))
        .collect();
    let beside = |row: &u32| western.iter().any(|(place, rows)| *place != column.place && rows.contains(row));
    let alone = rows_of(column, |said| matches!(said.says, Says::Japanese | Says::TwoDigits));
    let what = say!(
        "西暦がなく、和暦か2桁の年だけです",
        "there are no Western years, only Japanese ones or years of two digits"
    );
    let help =
        say!("西暦の列（2023 や 2023-04-01）を加えてください", "add a column with Western years (2023, 2023-04-01)");
    let alone = alone.into_iter().filter(|row| !beside(row)).collect();
    add(breaches, Rule::Years, column, alone, (what, help));
}

/// Times that no calendar has.
fn impossible(column: &Column, breaches: &mut Vec<Breach>) {
    let rows = rows_of(column, |said| is_impossible(&said.text));
    let by_row = column.by_row();
    let shown: BTreeSet<&str> = rows.iter().filter_map(|row| by_row.get(row).copied()).collect();
    let shown = shown.into_iter().take(4).collect::<Vec<_>>().join(" ");
    let what = say!("実際にはない日付や期間です（{shown}）", "there are no such days or periods ({shown})");
    let help = say!("元の資料で確かめ、直してください", "look them up and correct them");
    add(breaches, Rule::Years, column, rows, (what, help));
}

/// Days that are written in several ways: 2026-04-01, 2026/4/1.
fn layouts(column: &Column, breaches: &mut Vec<Breach>) {
    let mut by_sign: BTreeMap<char, Vec<u32>> = BTreeMap::new();
    for (row, said) in column.cells.iter().filter(|(_, said)| said.says == Says::Western) {
        let folded = fold(&said.text);
        let sign = folded.chars().nth(4).filter(|sign| "-/.年".contains(*sign));
        let is_day = folded.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).count() >= 3;
        if let Some(sign) = sign.filter(|_| is_day) {
            by_sign.entry(sign).or_default().push(*row);
        }
    }
    let usual = by_sign.iter().max_by_key(|(_, rows)| rows.len()).map(|(sign, _)| *sign);
    let others: Vec<u32> =
        by_sign.into_iter().filter(|(sign, _)| Some(*sign) != usual).flat_map(|(_, rows)| rows).collect();
    let what = say!("日付の書き方が揃っていません", "days are written in several ways");
    let help = say!("2026-04-01 の形に揃えてください", "write all of them as 2026-04-01");
    add(breaches, Rule::OneSpelling, column, others, (what, help));
}

/// The years of two columns that are one but for the calendar, where they differ.
fn disagreeing(shape: &Shape, breaches: &mut Vec<Breach>) {
    const CALENDARS: [&str; 8] = ["和暦", "西暦", "_ja", "_jp", "japanese", "western", "wareki", "seireki"];
    let base = |column: &Column| {
        let bare = CALENDARS.iter().fold(super::plain(&column.heading), |text, word| text.replace(word, ""));
        bare.replace(['(', ')', '_', ' '], "")
    };
    let times = || shape.columns.iter().filter(|column| column.holds == Holds::Times);
    for own in times().filter(|column| column.cells.iter().any(|(_, said)| names_era(said))) {
        let is_other = |other: &&Column| other.place != own.place && base(other) == base(own);
        let Some(other) = times().find(is_other) else { continue };
        let western = other.by_row();
        let differs = |(row, text): (u32, &str)| {
            let years = (year_alone(text)?, year_alone(western.get(&row)?)?);
            (years.0 != years.1).then_some(row)
        };
        let rows = own.by_row().into_iter().filter_map(differs).collect();
        let what = say!("和暦と西暦の年が合いません", "the Japanese and the Western year do not agree");
        let help = say!("元の資料で確かめ、どちらかを直してください", "look it up and correct one of them");
        add(breaches, Rule::Years, own, rows, (what, help));
    }
}

fn headings(shape: &Shape, breaches: &mut Vec<Breach>) {
    let headings =
        shape.columns.iter().filter(|column| matches!(Says::of(&column.heading), Says::Japanese | Says::TwoDigits));
    for column in headings {
        let what = say!("見出しの年に西暦がありません", "the year in the heading is Japanese alone");
        let help = say!(
            "西暦を並べて書くか、年の列にしてください",
            "write the Western year beside it, or make a column of years"
        );
        breaches
            .push(Breach::whole(Rule::Years, what, help).in_rows(shape.head).in_column(column.place, &column.heading));
    }
}
