//! The rules about single cells: no spaces for looks, one datum, no platform-dependent characters, absent told from zero.

use std::collections::{BTreeMap, BTreeSet};

use super::beside::Beside;
use super::column::{Column, Holds};
use super::grid::Grid;
use super::shape::Shape;
use super::value::{Says, Spoil};
use super::{Breach, Rule};
use crate::say;
use crate::text::portable::is_portable;

/// What breaks them.
pub fn check(grid: &Grid, shape: &Shape, beside: &Beside, breaches: &mut Vec<Breach>) {
    for column in &shape.columns {
        spaces(grid, shape, column, breaches);
        several(column, breaches);
        characters(grid, shape, column, breaches);
        absent(shape, column, beside, breaches);
    }
}

/// Why the spaces of a text are there for looks alone.
fn is_for_looks(text: &str) -> bool {
    let is_space = |c: char| c == ' ' || c == '\u{3000}' || c == '\u{a0}' || c == '\t';
    let spaced = text.starts_with(is_space) || text.ends_with(is_space);
    let words: Vec<&str> = text.split(is_space).collect();
    let doubled = words.iter().skip(1).rev().skip(1).any(|word| word.is_empty());
    let is_kanji = |word: &&str| word.chars().count() == 1 && !word.is_ascii();
    // 氏　名, 合　計; two names of one letter each (林　恵) are as rare as they are short, and stand in columns of names.
    let apart = words.len() > 1 && words.iter().all(is_kanji);
    spaced || doubled || apart && LABELS.contains(&&*words.concat()) || apart && words.len() > 2
}

/// Short words that are stretched by spaces.
const LABELS: [&str; 22] = [
    "氏名", "合計", "総数", "住所", "区分", "備考", "名称", "番号", "電話", "年度", "件数", "人数", "単位", "小計",
    "総計", "平均", "男女", "世帯", "人口", "面積", "所在", "市名",
];

fn spaces(grid: &Grid, shape: &Shape, column: &Column, breaches: &mut Vec<Breach>) {
    let heads = shape.head.into_iter().chain(shape.more_heads.iter().copied());
    let heads = heads.map(|row| (row, grid.text(row, column.place).to_owned()));
    let all: Vec<(u32, String)> =
        heads.chain(column.cells.iter().map(|(row, said)| (*row, said.text.clone()))).collect();
    let rows = |wanted: &dyn Fn(&str) -> bool| {
        all.iter().filter(|(_, text)| wanted(text)).map(|(row, _)| *row).collect::<Vec<u32>>()
    };
    let looks = rows(&|text| text.lines().any(is_for_looks) && !text.trim().is_empty());
    if !looks.is_empty() {
        let what = say!("体裁のための空白があります", "there are spaces for looks");
        let help = say!("前後と文字の間の空白を除いてください", "remove the spaces around and within the words");
        breaches.push(Breach::whole(Rule::NoLooks, what, help).in_rows(looks).in_column(column.place, &column.heading));
    }
    // Of CSV a rule of its own says so.
    let broken = if grid.sheet.is_some() { rows(&|text| text.trim().contains(['\n', '\r'])) } else { Vec::new() };
    if !broken.is_empty() {
        let what = say!("セルの中に改行があります", "there are line breaks within cells");
        let help =
            say!("改行を除いてください。複数の値なら行を分けてください", "remove them; several values take a row each");
        breaches
            .push(Breach::whole(Rule::NoLooks, what, help).in_rows(broken).in_column(column.place, &column.heading));
    }
}

/// Signs that stand between two data in one cell.
const BETWEEN: [char; 10] = ['/', '／', '、', '，', ',', ';', '；', '・', '|', '\n'];

/// Cells that hold several data: several numbers or days, or words that are choices of the column themselves.
fn several(column: &Column, breaches: &mut Vec<Breach>) {
    let parts = |text: &str| -> Vec<String> {
        text.split(BETWEEN).map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
    };
    // Of each part the different cells that it stands in.
    let mut counts: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for (_, said) in &column.cells {
        for part in parts(&said.text) {
            counts.entry(part).or_default().insert(said.text.trim());
        }
    }
    let wholes = column.values();
    let is_choice = |part: &String| {
        part.chars().count() <= 12
            && (wholes.contains(part.as_str()) || counts.get(part).is_some_and(|cells| cells.len() > 1))
    };
    let is_several = |said: &super::column::Said| {
        if matches!(said.says, Says::Spoiled(Spoil::Second | Spoil::Range)) && column.holds == Holds::Numbers {
            return true;
        }
        if said.says != Says::Words || said.text.contains("://") {
            return false;
        }
        let parts = parts(&said.text);
        let alike = |wanted: fn(&str) -> bool| parts.len() > 1 && parts.iter().all(|part| wanted(part));
        let numbers = alike(|part| matches!(Says::of(part), Says::Number | Says::Spoiled(Spoil::Unit)))
            && !said.text.contains(['・', ',', '，']);
        let telephones = alike(is_telephone) || alike(|part| part.contains('@') && part.contains('.'));
        // Words may have a 、 or ・ of their own; a stroke stands between two of them.
        let is_divided = said.text.contains(['/', '／', ';', '；', '|']);
        let known = parts.iter().filter(|part| is_choice(part)).count();
        let short = parts.iter().all(|part| part.chars().count() <= 12 && !Says::of(part).is_numeric());
        let choices = parts.len() > 1 && short && (known == parts.len() || is_divided && known > 0);
        numbers || telephones || choices
    };
    let rows: Vec<u32> = column.cells.iter().filter(|(_, said)| is_several(said)).map(|(row, _)| *row).collect();
    if !rows.is_empty() {
        let what = say!("1つのセルに複数のデータがあります", "several data stand in one cell");
        let help = say!("データごとに列か行を分けてください", "give each datum a column or a row of its own");
        breaches.push(Breach::whole(Rule::OneDatum, what, help).in_rows(rows).in_column(column.place, &column.heading));
    }
}

fn is_telephone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    (9..=11).contains(&digits)
        && text.starts_with('0')
        && text.chars().all(|c| c.is_ascii_digit() || "-() ".contains(c))
}

fn characters(grid: &Grid, shape: &Shape, column: &Column, breaches: &mut Vec<Breach>) {
    let heads =
        shape.head.into_iter().chain(shape.more_heads.iter().copied()).map(|row| (row, grid.text(row, column.place)));
    let cells = column.cells.iter().map(|(row, said)| (*row, said.text.as_str()));
    let (mut rows, mut signs) = (Vec::new(), BTreeSet::new());
    for (row, text) in heads.chain(cells) {
        let bad: Vec<char> = text.chars().filter(|c| !is_portable(*c)).collect();
        let is_range = Says::of(text) == Says::Spoiled(Spoil::Range);
        if !bad.is_empty() || is_range {
            rows.push(row);
            signs.extend(bad);
            signs.extend(text.chars().filter(|c| is_range && matches!(c, '～' | '〜')));
        }
    }
    if !rows.is_empty() {
        let shown = signs.iter().take(8).map(|sign| {
            if sign.is_alphanumeric() || sign.is_ascii_graphic() || !crate::text::safe::is_unseen(*sign) {
                sign.to_string()
            } else {
                format!("U+{:04X}", u32::from(*sign))
            }
        });
        let shown = shown.collect::<Vec<_>>().join(" ");
        let what = say!("機種依存文字があります（{shown}）", "there are platform-dependent characters ({shown})");
        let help = say!(
            "(1)、III、m2、(株) のように、どの機械にもある文字に置き換えてください",
            "write them with characters that every machine has: (1), III, m2, (株)"
        );
        breaches
            .push(Breach::whole(Rule::Characters, what, help).in_rows(rows).in_column(column.place, &column.heading));
    }
}

/// Blank cells in a column of numbers, unless a column beside says of each why it is blank, or what comes with the file
/// says that blank means absent.
fn absent(shape: &Shape, column: &Column, beside: &Beside, breaches: &mut Vec<Breach>) {
    if !column.is_of_numbers() || column.blank.is_empty() || beside.defines_blank(&column.heading) {
        return;
    }
    let blank: BTreeSet<u32> = column.blank.iter().copied().collect();
    let says_why = |other: &Column| {
        let said = |wanted: bool| -> BTreeSet<&str> {
            other
                .cells
                .iter()
                .filter(|(row, _)| blank.contains(row) == wanted)
                .map(|(_, said)| said.text.trim())
                .collect()
        };
        let (at_blank, elsewhere) = (said(true), said(false));
        let filled: BTreeSet<u32> = other.cells.iter().map(|(row, _)| *row).collect();
        let says_all = blank.is_subset(&filled);
        // A reason is one of a few; what names the row is another one in each.
        let is_one_of_few = elsewhere.len() <= 1 || (at_blank.len() + elsewhere.len()) * 2 <= shape.body.len();
        let is_another = other.place != column.place && other.holds == Holds::Words;
        is_another && says_all && at_blank.is_disjoint(&elsewhere) && is_one_of_few
    };
    if shape.columns.iter().any(says_why) {
        return;
    }
    let what = say!("空欄が0なのか値がないのか分かりません", "nobody can tell whether a blank cell is zero or absent");
    let help = say!(
        "0なら0を書き、値がなければ理由のコードの列を加えてください",
        "write 0 where it is zero, and add a column with a code for why there is no value"
    );
    breaches
        .push(Breach::whole(Rule::AbsentOrZero, what, help).in_rows(blank).in_column(column.place, &column.heading));
}
