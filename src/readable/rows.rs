//! That each row is another: no id twice, no row twice.

use std::collections::BTreeMap;

use super::beside::Beside;
use super::column::Column;
use super::shape::Shape;
use super::{Breach, Rule};
use crate::lang::Say;
use crate::say;

/// Headings of columns that number the rows.
const IDS: [&str; 14] = [
    "id",
    "no",
    "no.",
    "№",
    "番号",
    "整理番号",
    "管理番号",
    "通番",
    "連番",
    "通し番号",
    "項番",
    "施設id",
    "施設番号",
    "識別番号",
];

/// What breaks it: a row is one observation.
pub fn check(shape: &Shape, beside: &Beside, breaches: &mut Vec<Breach>) {
    let key = beside.key();
    let find = |name: &&str| shape.columns.iter().find(|column| column.heading == **name);
    let of_key: Vec<&Column> = key.iter().filter_map(find).collect();
    if !key.is_empty() && of_key.len() == key.len() {
        let named = key.join(" ");
        let what =
            say!("行を区別する項目（{named}）が同じ行があります", "rows are alike in what tells them apart ({named})");
        breaches.extend(Rows::by(&shape.body, &of_key).repeated().map(|rows| alike(what).in_rows(rows)));
        return;
    }
    let bodies = shape.columns.iter().filter(|column| super::area::is_of_codes(column));
    for ids in shape.columns.iter().filter(|column| IDS.contains(&super::plain(&column.heading).trim())) {
        let columns: Vec<&Column> = bodies.clone().chain([ids]).collect();
        let filled: Vec<u32> = ids.cells.iter().map(|(row, _)| *row).collect();
        let rows = Rows::by(&filled, &columns);
        // Where most stand several times, they say what the rows are about.
        if let Some(repeated) = rows.repeated().filter(|_| rows.by_key.len() * 2 > filled.len()) {
            breaches.push(alike(twice(ids, &repeated)).in_rows(repeated).in_column(ids.place, &ids.heading));
            return;
        }
    }
    let all: Vec<&Column> = shape.columns.iter().collect();
    if let Some(rows) = Rows::by(&shape.body, &all).repeated().filter(|_| all.len() > 1) {
        let what = say!("まったく同じ内容の行があります", "rows are the same in every cell");
        breaches.push(alike(what).in_rows(rows));
    }
}

fn alike(what: Say) -> Breach {
    let help = say!(
        "重複なら1つだけを残し、別のものなら区別する番号を付けてください",
        "keep one of them, or, where they are different things, give each an id of its own"
    );
    Breach::whole(Rule::Long, what, help)
}

/// The rows by what tells them apart.
struct Rows<'c> {
    by_key: BTreeMap<Vec<&'c str>, Vec<u32>>,
}

impl<'c> Rows<'c> {
    /// Rows by these columns; those that are blank in all of them are left out.
    fn by(rows: &[u32], columns: &[&'c Column]) -> Self {
        let texts: Vec<BTreeMap<u32, &str>> = columns.iter().map(|column| column.by_row()).collect();
        let mut by_key: BTreeMap<Vec<&str>, Vec<u32>> = BTreeMap::new();
        for row in rows {
            let key: Vec<&str> = texts.iter().map(|text| text.get(row).copied().unwrap_or_default()).collect();
            if key.iter().any(|text| !text.is_empty()) {
                by_key.entry(key).or_default().push(*row);
            }
        }
        Self { by_key }
    }

    /// Those that are alike, where any are.
    fn repeated(&self) -> Option<Vec<u32>> {
        let alike: Vec<u32> = self.by_key.values().filter(|rows| rows.len() > 1).flatten().copied().collect();
        (!alike.is_empty()).then_some(alike)
    }
}

/// Which ids stand twice, in words.
fn twice(ids: &Column, rows: &[u32]) -> Say {
    let by_row = ids.by_row();
    let shown: std::collections::BTreeSet<&str> = rows.iter().filter_map(|row| by_row.get(row).copied()).collect();
    let shown = shown.into_iter().take(4).collect::<Vec<_>>().join(" ");
    say!("同じ番号の行が複数あります（{shown}）", "several rows have one id ({shown})")
}
