//! The rule about time: Western years, or Japanese ones with Western beside them.

use std::collections::BTreeSet;

use super::column::{Column, Said};
use super::shape::Shape;
use super::value::{Says, holds_western};
use super::{Breach, Rule};
use crate::say;

/// What breaks it.
pub fn check(shape: &Shape, breaches: &mut Vec<Breach>) {
    let says_western = |said: &Said| said.says == Says::Western || holds_western(&said.text) && said.text.len() <= 12;
    let western = |column: &Column| -> (u32, BTreeSet<u32>) {
        let rows = column.cells.iter().filter(|(_, said)| says_western(said)).map(|(row, _)| *row);
        (column.place, rows.collect())
    };
    let western: Vec<(u32, BTreeSet<u32>)> = shape.columns.iter().map(western).collect();
    let beside = |row: u32, own: u32| western.iter().any(|(place, rows)| *place != own && rows.contains(&row));
    for column in &shape.columns {
        let times = column.cells.iter().filter(|(_, said)| said.says.is_time()).count();
        if times * 2 < column.cells.len() {
            continue;
        }
        let alone = column
            .cells
            .iter()
            .filter(|(row, said)| matches!(said.says, Says::Japanese | Says::TwoDigits) && !beside(*row, column.place));
        let rows: Vec<u32> = alone.map(|(row, _)| *row).collect();
        if rows.is_empty() {
            continue;
        }
        let what = say!(
            "西暦がなく、和暦か2桁の年だけです",
            "there are no Western years, only Japanese ones or years of two digits"
        );
        let help = say!(
            "西暦の列（2023 や 2023-04-01）を加えてください",
            "add a column with Western years (2023, 2023-04-01)"
        );
        breaches.push(Breach::whole(Rule::Years, what, help).in_rows(rows).in_column(column.place, &column.heading));
    }
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
