//! The rules about what comes with a file: code tables, definitions, the names of fields, the encoding.

use super::beside::Beside;
use super::column::{Column, Holds};
use super::shape::Shape;
use super::{Breach, Rule};
use crate::say;

/// Codes that somebody else defines for everybody.
const STANDARD: [&str; 15] = [
    "全国地方公共団体コード",
    "団体コード",
    "市区町村コード",
    "市町村コード",
    "都道府県コード",
    "自治体コード",
    "地域コード",
    "地方公共団体コード",
    "郵便",
    "法人番号",
    "jis",
    "iso",
    "postal",
    "zip",
    "area_code",
];

/// What breaks them.
pub fn check(shape: &Shape, beside: &Beside, is_csv: bool, breaches: &mut Vec<Breach>) {
    codes(shape, beside, breaches);
    names(shape, breaches);
    lacking(shape, beside, breaches);
    explained(shape, beside, is_csv, breaches);
}

fn codes(shape: &Shape, beside: &Beside, breaches: &mut Vec<Breach>) {
    let is_code = |column: &&Column| {
        let heading = super::plain(&column.heading).replace(' ', "_");
        let is_standard = STANDARD.iter().any(|word| heading.contains(word));
        !is_standard && column.ends_with(&["コード", "cd", "_code", " code"]) && column.holds != Holds::Nothing
    };
    for column in shape.columns.iter().filter(is_code).filter(|column| !beside.has_codes(&column.heading)) {
        let what = say!("コードの意味を示す表がありません", "no table says what the codes mean");
        let help = say!(
            "コード表を別のファイル（codes.csv など）として添えてください",
            "add a table of codes as a file of its own, such as codes.csv"
        );
        breaches.push(
            Breach::whole(Rule::CodeTable, what, help).in_rows(shape.head).in_column(column.place, &column.heading),
        );
    }
}

fn names(shape: &Shape, breaches: &mut Vec<Breach>) {
    let is_foreign = |column: &&Column| !column.heading.is_empty() && !column.heading.is_ascii();
    let foreign: Vec<&Column> = shape.columns.iter().filter(is_foreign).collect();
    if foreign.is_empty() {
        return;
    }
    let shown =
        foreign.iter().take(4).map(|column| format!("「{}」", column.heading.replace('\n', " "))).collect::<String>();
    let count = foreign.len();
    let what = say!(
        "見出しが英数字の項目名ではありません（{shown}など {count} 列）",
        "headings are no ASCII names ({shown}, columns: {count})"
    );
    let help = say!(
        "見出しを英数字（area_name など）にし、日本語の名称は説明のファイルに書いてください",
        "use ASCII names (area_name …) and write the Japanese ones into the file of explanations"
    );
    breaches.push(Breach::whole(Rule::Metadata, what, help).in_rows(shape.head));
}

/// Columns that a data package describes and the table has not, and blank cells where it says that there must be a value.
fn lacking(shape: &Shape, beside: &Beside, breaches: &mut Vec<Breach>) {
    let Some(head) = shape.head else { return };
    let mut absent = Vec::new();
    for (name, title, is_required) in beside.fields() {
        let Some(column) = shape.columns.iter().find(|column| [name, title].contains(&column.heading.as_str())) else {
            absent.push(name);
            continue;
        };
        if is_required && !column.blank.is_empty() {
            let what = say!("必ず値のある項目が空欄です", "a field that must have a value is blank");
            let help = say!("値を書いてください", "write the value");
            let blank = column.blank.iter().copied();
            breaches.push(
                Breach::whole(Rule::AbsentOrZero, what, help).in_rows(blank).in_column(column.place, &column.heading),
            );
        }
    }
    if !absent.is_empty() {
        let named = absent.iter().take(8).copied().collect::<Vec<_>>().join(" ");
        let what =
            say!("説明のファイルにある項目の列がありません（{named}）", "columns lack that are described ({named})");
        let help =
            say!("列を加えるか、説明のファイルから項目を除いてください", "add the columns, or describe them no longer");
        breaches.push(Breach::whole(Rule::Metadata, what, help).in_rows([head]));
    }
}

fn explained(shape: &Shape, beside: &Beside, is_csv: bool, breaches: &mut Vec<Breach>) {
    if !beside.is_explained() {
        let what = say!(
            "定義、出典、更新日などの説明が添えられていません",
            "no definitions, sources or updates come with the file"
        );
        let help = say!(
            "同じフォルダーに datapackage.json か README（項目の意味、単位、出典、更新日、文字コード）を置いてください",
            "put a datapackage.json or README (meaning, units, sources, updates, encoding) into the same folder"
        );
        breaches.push(Breach::whole(Rule::Metadata, what, help));
        return;
    }
    for column in
        shape.columns.iter().filter(|column| !column.heading.is_empty() && !beside.explains_column(&column.heading))
    {
        let what =
            say!("説明のファイルにこの項目の定義がありません", "the file of explanations does not define this field");
        let help =
            say!("項目の意味を説明のファイルに書いてください", "write what it means into the file of explanations");
        breaches.push(
            Breach::whole(Rule::Metadata, what, help).in_rows(shape.head).in_column(column.place, &column.heading),
        );
    }
    if is_csv && !beside.states_encoding() {
        let what = say!("文字コードと BOM の有無が示されていません", "encoding and BOM are not stated");
        let help = say!(
            "説明のファイルに、UTF-8（BOM あり）のように書いてください",
            "state them in the file of explanations, as in UTF-8 (with BOM)"
        );
        breaches.push(Breach::whole(Rule::Metadata, what, help));
    }
}
