//! A sheet of a workbook as cells, and what of it only a person at a screen sees.

use std::collections::{BTreeMap, BTreeSet};

use super::grid::{Datum, Grid, Stored};
use super::shape::Shape;
use super::{Breach, Rule};
use crate::say;
use crate::workbook::{Cell, Content, Kind, Look, Object, Sheet, address};

/// The cells of a sheet.
pub fn grid(sheet: &Sheet) -> Grid {
    let datum = |cell: &Cell| {
        let (text, stored) = match &cell.value {
            Some(Content::Text(text)) => (text.clone(), Stored::Words),
            Some(Content::Number(raw)) if cell.kind() == Kind::Date => {
                (cell.shown().unwrap_or_else(|| raw.clone()), Stored::Day)
            }
            Some(Content::Number(raw)) => (raw.clone(), Stored::Number),
            Some(Content::Bool(is_true)) => (if *is_true { "TRUE" } else { "FALSE" }.to_owned(), Stored::Words),
            Some(Content::Error(error)) => (error.clone(), Stored::Error),
            // The result of a formula was not kept.
            None => (String::new(), Stored::Words),
        };
        Datum { text, stored: Some(stored), look: cell.look }
    };
    let cells = sheet.cells.iter().map(|(at, cell)| (*at, datum(cell)));
    let cells =
        cells.filter(|(_, datum)| !datum.text.trim().is_empty() || datum.text.contains(['\n', '\u{3000}'])).collect();
    Grid { sheet: Some(sheet.name.clone()), cells, merged: sheet.merged.clone() }
}

/// What breaks the rules that are about workbooks alone.
pub fn check(sheet: &Sheet, looks: &[Look], shape: &Shape, breaches: &mut Vec<Breach>) {
    let of = |breach: Breach| Breach { sheet: Some(sheet.name.clone()), ..breach };
    breaches.extend(objects(sheet).map(of));
    breaches.extend(set_off(looks, shape).into_iter().map(of));
    breaches.extend(merges(sheet).map(of));
    breaches.extend(hidden(sheet).into_iter().map(of));
    breaches.extend(formulas(sheet).into_iter().map(of));
    breaches.extend(comments(sheet).map(of));
}

fn objects(sheet: &Sheet) -> impl Iterator<Item = Breach> {
    let mut by_kind: BTreeMap<&'static str, (Vec<u32>, &'static str, &'static str)> = BTreeMap::new();
    for ((row, _), object) in &sheet.objects {
        let (key, ja, en) = match object {
            Object::Picture => ("picture", "画像", "a picture"),
            Object::Chart => ("chart", "グラフ", "a chart"),
            Object::Shape => ("shape", "図形・テキストボックス", "a shape or text box"),
        };
        by_kind.entry(key).or_insert_with(|| (Vec::new(), ja, en)).0.push(*row);
    }
    by_kind.into_values().map(|(rows, ja, en)| {
        let what =
            say!("{ja}があります。プログラムは中の情報を読めません", "there is {en}, which programs do not read");
        let help = say!(
            "中の情報をセルに書き、{ja}は別のファイルに移してください",
            "write what it says into cells, and move it to another file"
        );
        Breach::whole(Rule::NoObjects, what, help).in_rows(rows)
    })
}

fn comments(sheet: &Sheet) -> impl Iterator<Item = Breach> {
    (!sheet.comments.is_empty())
        .then(|| {
            let what = say!("セルにコメント（メモ）が付いています", "comments are attached to cells");
            let help = say!(
                "コメントの内容を備考の列に移し、コメントを削除してください",
                "move what they say into a column of remarks, and delete them"
            );
            Breach::whole(Rule::NothingElse, what, help).in_rows(sheet.comments.keys().map(|(row, _)| *row))
        })
        .into_iter()
}

/// Cells that differ in look from most of their column. Rows that alternate, and rows that are set off as a whole because
/// they are another table's head, have no meaning of their own.
fn set_off(looks: &[Look], shape: &Shape) -> Vec<Breach> {
    let mut found: Vec<Breach> = Vec::new();
    for column in &shape.columns {
        let mut counts: BTreeMap<u16, usize> = BTreeMap::new();
        column.cells.iter().for_each(|(_, said)| *counts.entry(said.look).or_default() += 1);
        let Some((usual, most)) = counts.iter().max_by_key(|(_, count)| **count).map(|(look, count)| (*look, *count))
        else {
            continue;
        };
        if counts.len() < 2 || is_banded(column.cells.iter().map(|(row, said)| (*row, said.look)), shape) {
            continue;
        }
        let rows: Vec<u32> = column.cells.iter().filter(|(_, said)| said.look != usual).map(|(row, _)| *row).collect();
        if rows.len() > most {
            continue;
        }
        let different: BTreeSet<String> = counts
            .keys()
            .filter(|look| **look != usual)
            .filter_map(|look| looks.get(usize::from(*look)))
            .map(described)
            .collect();
        let (ja, en) = (different.iter().cloned().collect::<Vec<_>>().join("、"), "colour, bold or size");
        let what = say!(
            "ほかと違う{ja}のセルがあります。意味があっても、プログラムには伝わりません",
            "some cells are set off by {en}; if that means something, programs do not see it"
        );
        let help = say!(
            "意味があれば、それを書く列を加えてください。なければ書式を戻してください",
            "if it means something add a column that says it; if not, clear the format"
        );
        found.push(
            Breach::whole(Rule::NoLooksOfCells, what, help).in_rows(rows).in_column(column.place, &column.heading),
        );
    }
    found
}

/// How a look differs, in words.
fn described(look: &Look) -> String {
    let mut words = Vec::new();
    if !look.fill.is_empty() {
        words.push("塗り");
    }
    for (mark, word) in [
        ("colour", "文字の色"),
        ("theme", "文字の色"),
        ("indexed", "文字の色"),
        ("b;", "太字"),
        ("i;", "斜体"),
        ("u;", "下線"),
        ("strike", "取消線"),
    ] {
        if look.font.contains(mark) && !words.contains(&word) {
            words.push(word);
        }
    }
    if words.is_empty() { "書式".to_owned() } else { words.join("・") }
}

/// Whether two looks take turns from row to row, as tables are striped.
fn is_banded(cells: impl Iterator<Item = (u32, u16)>, shape: &Shape) -> bool {
    let place = |row: u32| shape.body.iter().position(|body| *body == row).unwrap_or(0);
    let mut looks: BTreeMap<usize, BTreeSet<u16>> = BTreeMap::new();
    let mut count = 0;
    for (row, look) in cells {
        looks.entry(place(row) % 2).or_default().insert(look);
        count += 1;
    }
    count > 3 && looks.values().all(|looks| looks.len() == 1)
}

fn merges(sheet: &Sheet) -> impl Iterator<Item = Breach> {
    sheet.merged.iter().map(|area| {
        let (from, to) = (address(area.first.0, area.first.1), address(area.last.0, area.last.1));
        let what = say!("セル {from}:{to} が結合されています", "the cells {from}:{to} are merged");
        let help = say!(
            "結合を解き、空いたセルにも同じ値を書いてください",
            "unmerge them, and write the value into each cell"
        );
        Breach::whole(Rule::NoMerges, what, help).in_rows(area.first.0..=area.last.0)
    })
}

fn hidden(sheet: &Sheet) -> Vec<Breach> {
    let mut found = Vec::new();
    let names = |columns: &[(u32, u32)]| {
        let name = |column: u32| address(0, column).trim_end_matches('1').to_owned();
        let run = |(first, last): &(u32, u32)| {
            if first == last { name(*first) } else { format!("{}:{}", name(*first), name(*last)) }
        };
        columns.iter().map(run).collect::<Vec<_>>().join(", ")
    };
    // A sheet may hide all columns behind the last one; that hides nothing.
    let used = sheet.cells.keys().map(|(_, column)| *column).max().unwrap_or(0);
    let hidden: Vec<(u32, u32)> = sheet.hidden_columns.iter().copied().filter(|(first, _)| *first <= used).collect();
    let grouped: Vec<(u32, u32)> = sheet.grouped_columns.iter().copied().filter(|(first, _)| *first <= used).collect();
    let show = say!("再表示し、要らないものは削除してください", "show them, and delete what is not needed");
    let ungroup = say!("グループを解いてください", "ungroup them");
    let last = sheet.cells.keys().map(|(row, _)| *row).max().unwrap_or(0);
    let rows: Vec<u32> = sheet.hidden_rows.iter().copied().filter(|row| *row <= last).collect();
    if !rows.is_empty() {
        let what = say!("隠した行があります（フィルターを含む）", "rows are hidden, by hand or by a filter");
        found.push(Breach::whole(Rule::NothingHidden, what, show.clone()).in_rows(rows));
    }
    if !hidden.is_empty() {
        let names = names(&hidden);
        let what = say!("隠した列があります（{names}）", "columns are hidden ({names})");
        found.push(Breach::whole(Rule::NothingHidden, what, show.clone()));
    }
    if !sheet.grouped_rows.is_empty() {
        let what = say!("グループにした行があります", "rows are grouped");
        found.push(
            Breach::whole(Rule::NothingHidden, what, ungroup.clone()).in_rows(sheet.grouped_rows.iter().copied()),
        );
    }
    if !grouped.is_empty() {
        let names = names(&grouped);
        let what = say!("グループにした列があります（{names}）", "columns are grouped ({names})");
        found.push(Breach::whole(Rule::NothingHidden, what, ungroup));
    }
    if sheet.is_hidden {
        let what = say!("シート全体が隠されています", "the whole sheet is hidden");
        found.push(Breach::whole(Rule::NothingHidden, what, show));
    }
    found
}

fn formulas(sheet: &Sheet) -> Vec<Breach> {
    let mut by_column: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for ((row, column), _) in sheet.cells.iter().filter(|(_, cell)| cell.formula.is_some()) {
        by_column.entry(*column).or_default().push(*row);
    }
    let breach = |(column, rows): (u32, Vec<u32>)| {
        let what = say!("値ではなく数式です", "formulas stand in place of values");
        let help = say!("コピーして「値の貼り付け」で値に置き換えてください", "copy them and paste the values alone");
        Breach::whole(Rule::NoFormulas, what, help).in_rows(rows).in_column(column, "")
    };
    by_column.into_iter().map(breach).collect()
}
