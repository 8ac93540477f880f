//! The rules about words: nothing omitted, one spelling, その他 apart.

use std::collections::{BTreeMap, BTreeSet};

use unicode_key::key;

use super::column::{Column, Holds};
use super::grid::Grid;
use super::shape::Shape;
use super::value::Says;
use super::{Breach, Rule};
use crate::say;

/// What breaks them.
pub fn check(grid: &Grid, shape: &Shape, breaches: &mut Vec<Breach>) {
    omitted(grid, shape, breaches);
    for column in &shape.columns {
        spellings(column, breaches);
        other(column, breaches);
    }
}

fn omitted(grid: &Grid, shape: &Shape, breaches: &mut Vec<Breach>) {
    let help = || {
        say!("上と同じ値でも、すべての行に書いてください", "write the value into every row, even where it is the same")
    };
    for column in &shape.columns {
        let rows: Vec<u32> =
            column.cells.iter().filter(|(_, said)| said.says == Says::Same).map(|(row, _)| *row).collect();
        if !rows.is_empty() {
            let what = say!("「同上」「〃」などで値を省略しています", "values are left out by a mark (同上, 〃)");
            breaches.push(
                Breach::whole(Rule::NothingOmitted, what, help())
                    .in_rows(rows)
                    .in_column(column.place, &column.heading),
            );
        }
    }
    // The columns on the left that head the rows: blank below a value, while the cells to the right go on.
    for (at, column) in shape.columns.iter().enumerate() {
        let filled: BTreeSet<u32> = column.cells.iter().map(|(row, _)| *row).collect();
        let heads_rows = column.holds == Holds::Words || column.holds == Holds::Times || column.holds == Holds::Codes;
        let first_is_filled = shape.body.first().is_some_and(|first| filled.contains(first));
        let repeats = column.cells.windows(2).any(|pair| pair[0].1.text.trim() == pair[1].1.text.trim());
        if !heads_rows || column.blank.is_empty() || !first_is_filled || repeats || column.cells.len() < 2 {
            break;
        }
        let goes_on =
            |row: &u32| shape.columns[at + 1..].iter().any(|right| !grid.text(*row, right.place).trim().is_empty());
        let rows: Vec<u32> = column.blank.iter().copied().filter(goes_on).collect();
        if rows.is_empty() {
            break;
        }
        let what = say!("上と同じ値が省略され、空欄になっています", "values are left out because they are those above");
        breaches.push(
            Breach::whole(Rule::NothingOmitted, what, help()).in_rows(rows).in_column(column.place, &column.heading),
        );
    }
}

/// Values that are one in all but their spelling.
fn spellings(column: &Column, breaches: &mut Vec<Breach>) {
    if column.holds != Holds::Words {
        return;
    }
    let mut by_key: BTreeMap<String, BTreeMap<&str, Vec<u32>>> = BTreeMap::new();
    for (row, said) in
        column.cells.iter().filter(|(_, said)| said.says == Says::Words && said.text.chars().count() <= 40)
    {
        by_key.entry(key(&said.text)).or_default().entry(said.text.trim()).or_default().push(*row);
    }
    for spelled in by_key.into_values().filter(|spelled| spelled.len() > 1) {
        let usual = spelled.iter().max_by_key(|(_, rows)| rows.len()).map_or("", |(text, _)| text);
        let shown = spelled.keys().take(4).map(|text| format!("「{text}」")).collect::<String>();
        let rows: Vec<u32> =
            spelled.iter().filter(|(text, _)| **text != usual).flat_map(|(_, rows)| rows.iter().copied()).collect();
        let what =
            say!("同じものの書き方が揃っていません（{shown}）", "one thing is spelled in several ways ({shown})");
        let help = say!("1つの書き方に揃えるか、コードにしてください", "keep one spelling, or use codes");
        breaches
            .push(Breach::whole(Rule::OneSpelling, what, help).in_rows(rows).in_column(column.place, &column.heading));
    }
}

fn other(column: &Column, breaches: &mut Vec<Breach>) {
    let is_other = |text: &str| {
        let rest = text.trim().strip_prefix("その他").map(str::trim_start);
        rest.is_some_and(|rest| rest.starts_with(['(', '（', ':', '：', '［', '[', '「', '〔']))
    };
    let rows: Vec<u32> = column.cells.iter().filter(|(_, said)| is_other(&said.text)).map(|(row, _)| *row).collect();
    if !rows.is_empty() {
        let what = say!("「その他」とその内容が1つのセルにあります", "その他 and its details stand in one cell");
        let help = say!(
            "「その他」だけを残し、内容を別の列に移してください",
            "keep その他 alone, and move the details into a column of their own"
        );
        breaches
            .push(Breach::whole(Rule::OtherApart, what, help).in_rows(rows).in_column(column.place, &column.heading));
    }
}

/// What all spellings of a choice share.
mod unicode_key {
    use crate::text::fold::fold;
    use crate::text::same::name_key;

    /// The text in half width and small letters, without spaces; circles are one circle, and companies one company.
    pub fn key(text: &str) -> String {
        let narrow =
            fold(text).to_lowercase().replace(['〇', '◯'], "○").replace('㈱', "(株)").replace("株式会社", "(株)");
        name_key(&narrow).chars().filter(|c| !c.is_whitespace()).collect()
    }
}
