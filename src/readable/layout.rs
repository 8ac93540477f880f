//! The rules about where things stand: one table, one head, nothing else.

use std::collections::{BTreeMap, BTreeSet};

use super::beside::Beside;
use super::grid::Grid;
use super::shape::Shape;
use super::value::{Says, holds_western};
use super::{Breach, Rule};
use crate::say;

/// What breaks them.
pub fn check(grid: &Grid, shape: &Shape, beside: &Beside, breaches: &mut Vec<Breach>) {
    let mut add =
        |rule, what, help, rows: &[u32]| breaches.push(Breach::whole(rule, what, help).in_rows(rows.iter().copied()));
    if !shape.others_below.is_empty() {
        let what = say!("下に別の表があります", "another table stands below");
        add(
            Rule::OneTable,
            what,
            say!("表ごとにシートかファイルを分けてください", "give each table a sheet or file of its own"),
            &shape.others_below,
        );
    }
    if !shape.blank_rows.is_empty() {
        let what = say!("表の途中に空白の行があります", "blank rows tear the table apart");
        add(Rule::NotTorn, what, say!("空白の行を削除してください", "delete the blank rows"), &shape.blank_rows);
    }
    if !shape.repeated_heads.is_empty() {
        let what = say!("表の途中に見出しがもう一度あります", "the head stands once more within the table");
        add(
            Rule::NotTorn,
            what,
            say!("途中の見出しの行を削除してください", "delete the repeated head"),
            &shape.repeated_heads,
        );
    }
    if !shape.above.is_empty() {
        let what = say!("表の上に、題名など表でないものがあります", "a title or something else stands above the table");
        let help = say!(
            "題名や説明はファイルの名前か別のファイルに移してください",
            "move titles and explanations to the name of the file or to another file"
        );
        add(Rule::NothingElse, what, help, &shape.above);
    }
    if !shape.notes.is_empty() {
        let what = say!("表の外に、注や出典などがあります", "notes or sources stand beside the table");
        let help = say!(
            "注は備考の列に、出典などは別のファイルに移してください",
            "move notes into a column of remarks, sources and the like to another file"
        );
        add(Rule::NothingElse, what, help, &shape.notes);
    }
    to_the_right(grid, shape, breaches);
    head(grid, shape, breaches);
    rowless(shape, beside, breaches);
    long(grid, shape, breaches);
}

fn to_the_right(grid: &Grid, shape: &Shape, breaches: &mut Vec<Breach>) {
    for column in &shape.others_beside {
        let row = grid.rows().into_iter().find(|row| grid.at(*row, *column).is_some()).unwrap_or(0);
        let what = say!("横に別の表があります", "another table stands beside");
        let help = say!("表ごとにシートかファイルを分けてください", "give each table a sheet or file of its own");
        breaches
            .push(Breach::whole(Rule::OneTable, what, help).in_rows([row]).in_column(*column, grid.text(row, *column)));
    }
    for column in &shape.blank_columns {
        let what = say!("表の途中に空白の列があります", "a blank column tears the table apart");
        breaches.push(
            Breach::whole(Rule::NotTorn, what, say!("空白の列を削除してください", "delete the blank column"))
                .in_column(*column, ""),
        );
    }
}

/// Words that name no column.
const EMPTY_HEADINGS: [&str; 7] = ["-", "－", "列", "column", "unnamed", "項目", "field"];

fn head(grid: &Grid, shape: &Shape, breaches: &mut Vec<Breach>) {
    let Some(head) = shape.head else {
        if !shape.body.is_empty() {
            let what = say!("見出しの行がありません", "there are no headings");
            let help =
                say!("1行目に、列ごとの見出しを書いてください", "write a heading for each column into the first row");
            breaches.push(Breach::whole(Rule::Headings, what, help).in_rows(shape.body.first().copied()));
        }
        return;
    };
    if head > 0 || !shape.more_heads.is_empty() || shape.body.first().is_some_and(|first| *first != head + 1) {
        let what = say!(
            "1行目が見出し、2行目からがデータになっていません",
            "the first row is not the headings, or the second not the first of data"
        );
        let help = say!(
            "見出しを1行目に、データを2行目から置いてください",
            "put the headings into the first row and the data from the second on"
        );
        breaches.push(
            Breach::whole(Rule::HeadFirst, what, help)
                .in_rows([head].into_iter().chain(shape.more_heads.iter().copied())),
        );
    }
    if !shape.more_heads.is_empty() {
        let what = say!("見出しが複数の行に分かれています", "the headings take several rows");
        let help = say!(
            "見出しを1行にまとめ、列ごとに完結した名前にしてください",
            "put each heading into one cell of one row"
        );
        breaches.push(
            Breach::whole(Rule::UniqueHeadings, what, help)
                .in_rows([head].into_iter().chain(shape.more_heads.iter().copied())),
        );
    }
    let mut seen: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for column in &shape.columns {
        let name = column.heading.trim();
        let bare = super::plain(name);
        let counted = bare.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ':' | ' ' | '_'));
        let is_covered = grid.is_covered((head, column.place));
        if name.is_empty() && !is_covered || EMPTY_HEADINGS.contains(&counted) {
            let what = say!(
                "見出しがないか、内容の分からない見出しです",
                "the column has no heading, or one that tells nothing"
            );
            let help = say!("列の内容を表す見出しを付けてください", "give it a heading that tells what it holds");
            breaches.push(Breach::whole(Rule::Headings, what, help).in_rows([head]).in_column(column.place, name));
        }
        if !name.is_empty() {
            seen.entry(bare).or_default().push(column.place);
        }
    }
    for places in seen.into_values().filter(|places| places.len() > 1) {
        for place in places.iter().skip(1) {
            let name = grid.text(head, *place).trim().to_owned();
            let what = say!("同じ見出しの列がほかにもあります", "another column has the same heading");
            let help = say!("見出しを区別できる名前にしてください", "give each column a heading of its own");
            breaches.push(Breach::whole(Rule::UniqueHeadings, what, help).in_rows([head]).in_column(*place, &name));
        }
    }
}

/// A head without data, unless what comes with the file says that there are none.
fn rowless(shape: &Shape, beside: &Beside, breaches: &mut Vec<Breach>) {
    let Some(head) = shape.head.filter(|_| shape.body.is_empty() && !beside.says_rowless()) else { return };
    let what = say!("見出しだけで、データの行がありません", "there are headings, but no rows of data");
    let help = say!(
        "データを見出しの次の行から書いてください。該当するものがないのなら、説明のファイルに「該当なし」と書いてください",
        "write the data below the headings; if there are none, say so in the file of explanations (no rows)"
    );
    breaches.push(Breach::whole(Rule::HeadFirst, what, help).in_rows([head + 1]));
}

/// Words of rows that add others up.
const TOTALS: [&str; 12] =
    ["合計", "計", "小計", "総計", "総数", "全体", "合　計", "平均", "total", "subtotal", "sum", "average"];

/// Whether a heading names a period: 2023年度, R5, 4月.
fn names_period(heading: &str) -> bool {
    let heading = heading.trim();
    let is_month = || {
        heading
            .strip_suffix('月')
            .is_some_and(|number| super::plain(number).parse::<u8>().is_ok_and(|n| (1..=12).contains(&n)))
    };
    let is_year = || heading.len() == 4 && holds_western(heading);
    let worded = || {
        let first = heading.split([' ', '　', '_', '(', '（']).next().unwrap_or_default();
        Says::of(first).is_time() || first.len() == 4 && holds_western(first)
    };
    is_year() || Says::of(heading).is_time() || is_month() || worded()
}

fn long(grid: &Grid, shape: &Shape, breaches: &mut Vec<Breach>) {
    let periods: Vec<_> = shape
        .columns
        .iter()
        .filter(|column| {
            names_period(&column.heading) || shape.head.is_some_and(|head| names_period(grid.text(head, column.place)))
        })
        .collect();
    if periods.len() > 1 {
        for column in &periods {
            let what = say!("年や月ごとに列があります（横持ち）", "periods stand side by side in columns");
            let help = say!(
                "期間の列と値の列に分け、1行に1つの値を置いてください（縦持ち）",
                "make a column of the period and one of the value: one observation a row"
            );
            breaches.push(
                Breach::whole(Rule::Long, what, help).in_rows(shape.head).in_column(column.place, &column.heading),
            );
        }
    }
    let is_total = |text: &str| {
        let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase();
        TOTALS.contains(&plain.as_str())
    };
    let labels = shape.columns.iter().filter(|column| column.holds == super::column::Holds::Words).take(3);
    let mut rows: BTreeSet<u32> = BTreeSet::new();
    labels.for_each(|column| {
        rows.extend(column.cells.iter().filter(|(_, said)| is_total(&said.text)).map(|(row, _)| *row))
    });
    if !rows.is_empty() && rows.len() * 2 < shape.body.len().max(3) {
        let what =
            say!("合計などの行が、内訳の行に混ざっています", "rows of totals stand among those that they add up");
        let help =
            say!("合計の行を除くか、別の表にしてください", "leave out the totals, or give them a table of their own");
        breaches.push(Breach::whole(Rule::Long, what, help).in_rows(rows));
    }
}
