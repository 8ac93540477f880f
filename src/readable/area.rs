//! The rule about areas: a standard area code, or an official name.

use super::beside::Beside;
use super::column::{Column, Holds};
use super::shape::Shape;
use super::{Breach, Rule};
use crate::plan::area::{AreaCode, AreaCodeError, prefecture_in};
use crate::say;

/// Headings of columns of area codes.
const CODES: [&str; 12] = [
    "全国地方公共団体コード",
    "団体コード",
    "市区町村コード",
    "市町村コード",
    "自治体コード",
    "都道府県コード",
    "標準地域コード",
    "地域コード",
    "地方公共団体コード",
    "area_code",
    "municipality_code",
    "lg_code",
];

/// Headings of columns of areas by name.
const NAMES: [&str; 20] = [
    "市名",
    "町村名",
    "都道府県名",
    "都道府県",
    "市区町村名",
    "市区町村",
    "市町村名",
    "市町村",
    "自治体名",
    "自治体",
    "団体名",
    "地方公共団体名",
    "地域",
    "区名",
    "行政区",
    "area",
    "area_name",
    "prefecture",
    "municipality",
    "city",
];

/// Headings of columns of addresses.
const ADDRESSES: [&str; 5] = ["所在地", "住所", "所在地_連結表記", "address", "位置"];

/// What official names of areas end with.
const ENDINGS: [char; 8] = ['都', '道', '府', '県', '市', '区', '町', '村'];

/// What breaks it.
pub fn check(shape: &Shape, beside: &Beside, breaches: &mut Vec<Breach>) {
    let codes: Vec<&Column> = shape.columns.iter().filter(|column| is_of_codes(column)).collect();
    for column in &codes {
        wrong_codes(column, breaches);
    }
    if let [codes] = &*codes {
        shape
            .columns
            .iter()
            .filter(|column| names_the_body(column))
            .for_each(|names| other_bodies(codes, names, breaches));
    }
    let has_codes = codes.iter().any(|column| !column.cells.is_empty());
    let named: Vec<&Column> =
        shape.columns.iter().filter(|column| is_named(column, &NAMES) && column.holds == Holds::Words).collect();
    for column in named.iter().filter(|_| !has_codes) {
        let rows: Vec<u32> =
            column.cells.iter().filter(|(_, said)| !is_official(&said.text)).map(|(row, _)| *row).collect();
        if !rows.is_empty() {
            let what = say!("正式な地域の名称ではありません", "these are no official names of areas");
            let help = say!(
                "熊本県熊本市 のように正式な名称を書くか、全国地方公共団体コードの列を加えてください",
                "write the official name, as in 熊本県熊本市, or add a column of local government codes"
            );
            breaches.push(Breach::whole(Rule::Area, what, help).in_rows(rows).in_column(column.place, &column.heading));
        }
    }
    let by_address = shape.columns.iter().any(|column| {
        is_named(column, &ADDRESSES)
            && column.cells.iter().any(|(_, said)| said.text.chars().any(|c| ENDINGS.contains(&c)))
    });
    let by_value = shape
        .columns
        .iter()
        .any(|column| !column.cells.is_empty() && column.cells.iter().all(|(_, said)| is_municipality(&said.text)));
    if !has_codes && named.is_empty() && !by_address && !by_value && !beside.states_area() && !shape.body.is_empty() {
        let what = say!(
            "どの地域のデータか、コードでも正式な名称でも示していません",
            "nothing says by code or official name which area the data are of"
        );
        let help = say!(
            "全国地方公共団体コードと地域の名称の列を加えてください",
            "add columns with the local government code and the name of the area"
        );
        breaches.push(Breach::whole(Rule::Area, what, help));
    }
}

fn is_named(column: &Column, words: &[&str]) -> bool {
    let heading = super::plain(&column.heading);
    let bare = heading.split('(').next().unwrap_or_default().trim().to_owned();
    words.contains(&bare.as_str())
}

/// Whether a column names the body whose code stands beside it: not a part of it.
fn names_the_body(column: &Column) -> bool {
    let is_of_parts = is_named(column, &["地域", "区名", "行政区", "area"]);
    is_named(column, &NAMES) && !is_of_parts && column.holds == Holds::Words
}

/// Rows whose code is that of another body than their name.
fn other_bodies(codes: &Column, names: &Column, breaches: &mut Vec<Breach>) {
    let named = names.by_row();
    let code = |text: &str| match AreaCode::parse(text) {
        Ok(code) | Err(AreaCodeError::WithoutCheckDigit(code)) => Some(code),
        Err(_) => None,
    };
    let pairs = codes.cells.iter().filter_map(|(row, said)| Some((*row, code(&said.text)?, *named.get(row)?)));
    let wrong: Vec<(u32, AreaCode, &str)> = pairs.filter(|(_, code, name)| code.contradicts(name)).collect();
    let Some((_, code, name)) = wrong.first() else { return };
    let own = code.official_name(code.body().unwrap_or_else(|| code.prefecture()));
    let what = say!(
        "全国地方公共団体コードと名称が別の団体のものです（{code} は{own}、名称は{name}）",
        "code and name are of different bodies ({code} is {own}, the name is {name})"
    );
    let help = match &*AreaCode::called(name) {
        [right] => say!(
            "名称が正しければ、コードは {right} です。コードか名称を直してください",
            "if the name is right the code is {right}; fix the code or the name"
        ),
        _ => say!("コードか名称を直してください", "fix the code or the name"),
    };
    let rows = wrong.iter().map(|(row, ..)| *row);
    breaches.push(Breach::whole(Rule::Area, what, help).in_rows(rows).in_column(codes.place, &codes.heading));
}

/// Whether a column holds codes of areas.
pub fn is_of_codes(column: &Column) -> bool {
    let heading = super::plain(&column.heading).replace(' ', "_");
    CODES.iter().any(|word| heading.contains(word))
}

/// Codes whose check digit is wrong, or that are of no prefecture. Standard area codes have five digits, those of
/// prefectures two.
fn wrong_codes(column: &Column, breaches: &mut Vec<Breach>) {
    let is_wrong = |text: &str| match AreaCode::parse(text) {
        Ok(_) | Err(AreaCodeError::WithoutCheckDigit(_)) => false,
        Err(AreaCodeError::CheckDigit(_) | AreaCodeError::NoPrefecture) => true,
        Err(AreaCodeError::NotSixDigits) => {
            !(matches!(text.trim().len(), 1 | 2)
                && text.trim().parse::<u8>().is_ok_and(|number| (1..=47).contains(&number)))
        }
    };
    let rows: Vec<u32> = column.cells.iter().filter(|(_, said)| is_wrong(&said.text)).map(|(row, _)| *row).collect();
    if !rows.is_empty() {
        let what = say!(
            "全国地方公共団体コードとして正しくありません（検査数字か桁数）",
            "these are no local government codes: check digit or number of digits"
        );
        let help = say!(
            "総務省の一覧で確かめてください。0で始まるコードは文字列として書きます",
            "look them up; a code that begins with 0 is written as words"
        );
        breaches.push(Breach::whole(Rule::Area, what, help).in_rows(rows).in_column(column.place, &column.heading));
    }
}

fn is_official(text: &str) -> bool {
    let text = text.trim();
    text.ends_with(ENDINGS) && text.chars().count() > 1 || text == "全国" || text == "合計"
}

/// Whether a text is the name of a municipality with its prefecture.
fn is_municipality(text: &str) -> bool {
    prefecture_in(text.trim()).is_some() && is_official(text)
}
