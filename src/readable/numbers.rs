//! The rules about numbers: alone in their cells, marks defined, units stated.

use std::collections::{BTreeMap, BTreeSet};

use super::beside::Beside;
use super::column::{Column, Holds, Said};
use super::shape::Shape;
use super::value::{Says, Spoil};
use super::{Breach, Rule, plain};
use crate::lang::Say;
use crate::say;
use crate::text::fold::fold;
use crate::text::suggest::brief;

/// What breaks them.
pub fn check(shape: &Shape, beside: &Beside, breaches: &mut Vec<Breach>) {
    for column in shape.columns.iter().filter(|column| column.is_of_numbers()) {
        spoiled(column, breaches);
        worded(column, breaches);
        marks(column, beside, breaches);
    }
    for column in shape.columns.iter().filter(|column| matches!(column.holds, Holds::Codes | Holds::Times)) {
        full_width(column, breaches);
    }
    units(shape, beside, breaches);
}

fn spoiled(column: &Column, breaches: &mut Vec<Breach>) {
    let mut by_spoil: BTreeMap<Spoil, Vec<u32>> = BTreeMap::new();
    for (row, said) in &column.cells {
        if let Says::Spoiled(spoil) = said.says {
            by_spoil.entry(spoil).or_default().push(*row);
        }
    }
    for (spoil, rows) in by_spoil {
        let (what, help) = words(spoil);
        breaches.push(Breach::whole(Rule::Numbers, what, help).in_rows(rows).in_column(column.place, &column.heading));
    }
}

/// Words in a column of numbers: such as begin with a number, and all of them where nearly every other cell is one.
fn worded(column: &Column, breaches: &mut Vec<Breach>) {
    let real = column.cells.iter().filter(|(_, said)| !matches!(said.says, Says::Mark | Says::Same));
    let (all, numbers) =
        real.clone().fold((0, 0), |(all, numbers), (_, said)| (all + 1, numbers + usize::from(said.says.is_numeric())));
    let begins_with_number = |text: &str| fold(text).trim_start().starts_with(|c: char| c.is_ascii_digit());
    let is_worded =
        |said: &Said| said.says == Says::Words && (numbers * 10 >= all * 8 || begins_with_number(&said.text));
    let worded: Vec<(u32, &str)> =
        real.filter(|(_, said)| is_worded(said)).map(|(row, said)| (*row, said.text.trim())).collect();
    if worded.is_empty() {
        return;
    }
    let shown: BTreeSet<&str> = worded.iter().map(|(_, text)| *text).collect();
    let shown = shown.into_iter().take(4).map(brief).collect::<Vec<_>>().join(" ");
    let what = say!("数値の列に、数値でない言葉があります（{shown}）", "a column of numbers has words in it ({shown})");
    let help = say!(
        "数値だけを残し、言葉は備考の列に移してください",
        "keep numbers alone, and move the words into a column of remarks"
    );
    let rows = worded.into_iter().map(|(row, _)| row);
    breaches.push(Breach::whole(Rule::Numbers, what, help).in_rows(rows).in_column(column.place, &column.heading));
}

/// Codes and times in full-width digits.
fn full_width(column: &Column, breaches: &mut Vec<Breach>) {
    let is_digits = |text: &str| {
        let is_wide = |c: char| ('０'..='９').contains(&c);
        text.contains(is_wide) && text.chars().all(|c| is_wide(c) || c.is_ascii_digit() || "-－()（） ".contains(c))
    };
    let is_wide = |said: &Said| {
        is_digits(said.text.trim()) || said.says.is_time() && said.text.contains(|c: char| ('０'..='９').contains(&c))
    };
    let rows: Vec<u32> = column.cells.iter().filter(|(_, said)| is_wide(said)).map(|(row, _)| *row).collect();
    if !rows.is_empty() {
        let (what, help) = words(Spoil::FullWidth);
        breaches.push(Breach::whole(Rule::Numbers, what, help).in_rows(rows).in_column(column.place, &column.heading));
    }
}

fn words(spoil: Spoil) -> (Say, Say) {
    match spoil {
        Spoil::Separator => (
            say!("数値に桁区切りのコンマがあります", "numbers have thousands separators"),
            say!("コンマを除いてください", "remove the commas"),
        ),
        Spoil::Sign => (
            say!("数値に ▲、約、以上 などの記号や言葉が付いています", "numbers have signs or words (▲, 約, 以上)"),
            say!(
                "負の数は - で書き、言葉は別の列に移してください",
                "write minus as -, and move the words into a column of their own"
            ),
        ),
        Spoil::Unit => (
            say!("数値に単位が付いています", "numbers have their units"),
            say!("単位を見出しか単位の列に移してください", "move the unit into the heading or a column of units"),
        ),
        Spoil::Note => (
            say!("数値に注の記号が付いています", "numbers have note marks"),
            say!("注を備考の列に移してください", "move the notes into a column of remarks"),
        ),
        Spoil::FullWidth => (
            say!("数値が全角です", "numbers are in full-width digits"),
            say!("半角で書いてください", "write them in half-width digits"),
        ),
        Spoil::Range => (
            say!("1つのセルに数値の範囲があります", "ranges stand in one cell"),
            say!("下限と上限を別の列にしてください", "give the lower and the upper bound a column each"),
        ),
        Spoil::Second => (
            say!("数値に別の数値が括弧書きで付いています", "a second number stands in brackets"),
            say!("内数などを別の列にしてください", "give it a column of its own"),
        ),
        Spoil::Stored => (
            say!("数値が文字列として保存されています", "numbers are stored as words"),
            say!(
                "セルの書式を標準にし、数値として入れ直してください",
                "set the format of the cells to General and enter them as numbers"
            ),
        ),
    }
}

fn marks(column: &Column, beside: &Beside, breaches: &mut Vec<Breach>) {
    let marks = column
        .cells
        .iter()
        .filter(|(_, said)| matches!(said.says, Says::Mark) && !beside.defines_mark(said.text.trim()));
    let rows: Vec<u32> = marks.clone().map(|(row, _)| *row).collect();
    if rows.is_empty() {
        return;
    }
    let shown: BTreeSet<&str> = marks.map(|(_, said)| said.text.trim()).collect();
    let shown = shown.into_iter().take(5).collect::<Vec<_>>().join(" ");
    let what = say!(
        "数値の列に、意味の定められていない記号があります（{shown}）",
        "a column of numbers has marks that nothing defines ({shown})"
    );
    let help = say!(
        "空欄にして理由のコードの列を加えるか、記号の意味（秘匿、未調査など）を説明のファイルに書いてください",
        "leave the cell blank and add a column with a code for why, or define the marks in a file of explanations"
    );
    breaches.push(Breach::whole(Rule::SpecialMarks, what, help).in_rows(rows).in_column(column.place, &column.heading));
}

/// Words of headings that tell what is counted, so that nobody asks for a unit.
const COUNTED: [&str; 40] = [
    "人数",
    "件数",
    "世帯数",
    "回数",
    "台数",
    "校数",
    "戸数",
    "棟数",
    "個数",
    "冊数",
    "本数",
    "枚数",
    "日数",
    "年数",
    "月数",
    "時間数",
    "箇所数",
    "か所数",
    "店舗数",
    "施設数",
    "団体数",
    "社数",
    "学級数",
    "児童数",
    "生徒数",
    "職員数",
    "利用者数",
    "来館者数",
    "会員数",
    "定員",
    "員数",
    "床数",
    "室数",
    "者数",
    "緯度",
    "経度",
    "指数",
    "count",
    "latitude",
    "longitude",
];

/// Units as they stand in headings without brackets.
const IN_HEADINGS: [&str; 14] =
    ["円", "％", "%", "percent", "yen", "jpy", "km", "_m", "_kg", "_ha", "_m2", "persons", "people", "households"];

fn units(shape: &Shape, beside: &Beside, breaches: &mut Vec<Breach>) {
    if shape.columns.iter().any(|column| column.is_called(&["単位", "unit", "units"]) && column.holds == Holds::Words)
    {
        return;
    }
    for column in shape.columns.iter().filter(|column| column.is_of_numbers()) {
        let heading = plain(&column.heading);
        let in_brackets =
            heading.split_once(['(', '[', '〔']).is_some_and(|(_, rest)| !rest.starts_with(char::is_numeric));
        let tells =
            COUNTED.iter().any(|word| heading.contains(word)) || IN_HEADINGS.iter().any(|word| heading.contains(word));
        let in_cells =
            column.cells.iter().all(|(_, said)| matches!(said.says, Says::Spoiled(Spoil::Unit) | Says::Mark));
        if heading.is_empty() || in_brackets || tells || in_cells || beside.states_unit(&column.heading) {
            continue;
        }
        let what = say!("数値の単位が分かりません", "the unit of the numbers is not stated");
        let help = say!(
            "見出しに（人）のように書くか、単位の列を加えてください",
            "write it into the heading, as in （人）, or add a column of units"
        );
        breaches
            .push(Breach::whole(Rule::Units, what, help).in_rows(shape.head).in_column(column.place, &column.heading));
    }
}
