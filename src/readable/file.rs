//! One file held against the rules, and files of several years beside each other.

use std::collections::BTreeMap;

use super::beside::Beside;
use super::shape::Shape;
use super::{Breach, Rule, area, cells, csv, layout, metadata, numbers, rows, sheet, time, words};
use crate::failure::Failure;
use crate::say;
use crate::workbook::{Book, Limits};

/// A file that was held against the rules.
#[derive(Debug, Clone)]
pub struct Checked {
    /// Its name, as it was given.
    pub file: String,
    /// What is broken, by rule, then by place.
    pub breaches: Vec<Breach>,
    /// The headings of each of its tables.
    pub headings: Vec<Vec<String>>,
    /// How many rows its tables have.
    pub rows: usize,
}

/// Holds a file against the rules. `beside` says what comes with it.
///
/// # Errors
/// When it cannot be read.
pub fn check(file: &str, bytes: &[u8], mut beside: Beside) -> Result<Checked, Failure> {
    let mut checked = Checked { file: file.to_owned(), breaches: Vec::new(), headings: Vec::new(), rows: 0 };
    match kind(file, bytes) {
        FileKind::Csv => {
            let read = csv::read(bytes)?;
            let is_csv =
                read.breaches.iter().all(|breach| breach.rule != Rule::FileFormat || !read.grid.cells.is_empty());
            checked.breaches.extend(read.breaches);
            if !read.grid.cells.is_empty() {
                table(&read.grid, &beside, true, &mut checked);
            } else if is_csv {
                checked.breaches.push(no_table());
            }
        }
        FileKind::Workbook => {
            let book = Book::within(bytes, limits())?;
            let explains = |name: &str| book.sheets.len() > 1 && (Beside::explains(name) || Beside::is_of_codes(name));
            for sheet in book.sheets.iter().filter(|sheet| explains(&sheet.name)) {
                let grid = sheet::grid(sheet);
                let lines = grid
                    .rows()
                    .into_iter()
                    .map(|row| grid.row(row).map(|(_, datum)| datum.text.as_str()).collect::<Vec<_>>().join(" "));
                beside.take_sheet(&sheet.name, lines.collect::<Vec<_>>().join("\n"));
            }
            for own in book.sheets.iter().filter(|sheet| !explains(&sheet.name)) {
                let grid = sheet::grid(own);
                if grid.cells.is_empty() && own.objects.is_empty() {
                    continue;
                }
                let shape = table(&grid, &beside, false, &mut checked);
                sheet::check(own, &book.looks, &shape, &mut checked.breaches);
            }
            if checked.headings.is_empty() {
                checked.breaches.push(no_table());
            }
        }
        FileKind::Other(what) => {
            let help = say!("表を .xlsx か .csv として保存し直してください", "save the table as .xlsx or .csv");
            checked.breaches.push(Breach::whole(Rule::FileFormat, what, help));
        }
    }
    checked.breaches.sort_by_key(|breach| {
        (
            breach.rule,
            breach.sheet.clone(),
            breach.column.as_ref().map(|(place, _)| *place),
            breach.rows.first().copied(),
        )
    });
    Ok(checked)
}

/// That nothing is in a file.
fn no_table() -> Breach {
    let what = say!("表がありません（ファイルが空です）", "there is no table: the file is empty");
    let help = say!(
        "見出しとデータのあるファイルか確かめ、保存し直してください",
        "see whether this is the right file, and save it again with its headings and data"
    );
    Breach::whole(Rule::OneTable, what, help)
}

fn table(grid: &super::grid::Grid, beside: &Beside, is_csv: bool, checked: &mut Checked) -> Shape {
    let shape = Shape::of(grid);
    let mut found = Vec::new();
    layout::check(grid, &shape, beside, &mut found);
    cells::check(grid, &shape, beside, &mut found);
    numbers::check(&shape, beside, &mut found);
    words::check(grid, &shape, &mut found);
    rows::check(&shape, beside, &mut found);
    time::check(&shape, &mut found);
    area::check(&shape, beside, &mut found);
    metadata::check(&shape, beside, is_csv, &mut found);
    checked.breaches.extend(found.into_iter().map(|breach| Breach { sheet: grid.sheet.clone(), ..breach }));
    checked.headings.push(shape.columns.iter().map(|column| column.heading.clone()).collect());
    checked.rows += shape.body.len();
    shape
}

/// How much a list may hold: more than a reply of a department.
pub(super) fn limits() -> Limits {
    let usual = Limits::default();
    Limits {
        file: usual.file * 4,
        unpacked: usual.unpacked * 16,
        cells: usual.cells * 20,
        words: usual.words * 4,
        ..usual
    }
}

/// What a file is.
enum FileKind {
    Csv,
    Workbook,
    /// Of a format that the first rule does not name.
    Other(crate::lang::Say),
}

fn kind(file: &str, bytes: &[u8]) -> FileKind {
    let ending = file.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    let other = |ja: &str, en: &str| {
        FileKind::Other(say!("{ja}は、プログラムが表として読めません", "{en} is not read as a table by programs"))
    };
    match ending.as_str() {
        "csv" => FileKind::Csv,
        "xlsx" if bytes.starts_with(b"PK") => FileKind::Workbook,
        "xlsx" if bytes.starts_with(b"\xd0\xcf\x11\xe0") => other(
            "パスワードの付いたブックか、名前だけを変えた古い形式のブック",
            "a workbook with a password or of the old format",
        ),
        "xlsx" => FileKind::Workbook,
        "pdf" => other("PDF", "PDF"),
        "doc" | "docx" => other("Word の文書", "a Word document"),
        "xls" => other("古い形式のブック（.xls）", "a workbook of the old format (.xls)"),
        "xlsm" => other("マクロのあるブック（.xlsm）", "a workbook with macros (.xlsm)"),
        "html" | "htm" => other("HTML のページ", "a page of HTML"),
        "tsv" | "txt" => other("CSV でない文字のファイル", "a text file other than CSV"),
        _ => other("この形式のファイル", "a file of this format"),
    }
}

/// Files that differ in nothing but a year in their names, and whose headings differ: by the place of each file.
pub fn same_layout(files: &[Checked], tells_changes: impl Fn(usize) -> bool) -> BTreeMap<usize, Breach> {
    let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, file) in files.iter().enumerate() {
        by_name.entry(without_year(&file.file)).or_default().push(at);
    }
    let mut found = BTreeMap::new();
    for group in by_name.into_values().filter(|group| group.len() > 1) {
        let first = group[0];
        for at in group
            .iter()
            .skip(1)
            .copied()
            .filter(|at| files[*at].headings != files[first].headings && !tells_changes(*at))
        {
            let other = &files[first].file;
            let what = say!(
                "項目の構成が {other} と違い、変更が示されていません",
                "the layout differs from {other}, and nothing tells of the change"
            );
            let help = say!(
                "同じ構成にするか、変更の履歴を説明のファイルに書いてください",
                "keep the layout, or tell of the change in the file of explanations"
            );
            found.insert(at, Breach::whole(Rule::SameLayout, what, help));
        }
    }
    found
}

/// The name of a file without its folder, with one sign in place of each year.
fn without_year(file: &str) -> String {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    let folded = super::plain(name);
    let mut plain = String::new();
    let mut digits = String::new();
    let end = |digits: &mut String, plain: &mut String| {
        let era = plain.ends_with(['R', 'H', 'r', 'h']) || plain.ends_with("令和") || plain.ends_with("平成");
        let is_year =
            digits.len() == 4 && super::value::holds_western(digits) || digits.len() <= 2 && era && !digits.is_empty();
        if is_year && era {
            while plain.ends_with(['R', 'H', 'r', 'h', '令', '和', '平', '成']) {
                plain.pop();
            }
        }
        plain.push_str(if is_year { "#" } else { digits });
        digits.clear();
    };
    for c in folded.chars() {
        if c.is_ascii_digit() {
            digits.push(c);
        } else {
            end(&mut digits, &mut plain);
            plain.push(c);
        }
    }
    end(&mut digits, &mut plain);
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_several_years_have_one_name() {
        for (a, b) in [
            ("人口2023.csv", "人口2024.csv"),
            ("jinko_R5.csv", "jinko_R6.csv"),
            ("令和5年度人口.xlsx", "令和6年度人口.xlsx"),
            ("a/2023/b.csv", "c/2024/b.csv"),
        ] {
            assert_eq!(without_year(a), without_year(b));
        }
        assert_ne!(without_year("a1.csv"), without_year("a2.csv"));
    }
}
