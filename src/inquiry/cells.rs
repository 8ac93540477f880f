//! Words and numbers of entries as cells hold them: what a person sees, or why that is not certain.

use super::answer::{self, Trust, cached, read_as_shown, without_struck};
use crate::lang::Say;
use crate::plan::id::Id;
use crate::say;
use crate::text::fold::fold;
use crate::text::safe::one_line;
use crate::workbook::number::exact;
use crate::workbook::{Cell, Content, Kind, Struck};

/// The words of a cell, with every liberty taken in reading them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Words {
    /// The words, in one line.
    pub text: String,
    /// The liberties.
    pub notes: Vec<Say>,
}

/// Reads a name, an owner or a period: what a person sees.
///
/// # Errors
/// Why that is not certain.
pub fn words(cell: Option<&Cell>) -> Result<Option<Words>, Say> {
    let Some(cell) = cell else { return Ok(None) };
    let mut notes = Vec::new();
    if is_gone(cell, &mut notes)? {
        return Ok(None);
    }
    let shown = match &cell.value {
        Some(Content::Text(_)) => Some(cell.format.shown_words(cell.words().unwrap_or_default())),
        _ => cell.shown(),
    };
    let Some(text) = shown else { return Err(unknown(cell)) };
    if let Some(text) = in_one_line(&text) {
        return Ok(Some(Words { text, notes }));
    }
    // What stands there unseen is still what the row says of itself.
    let stored = cell.words().and_then(in_one_line).or_else(|| Some(cell.named()).filter(|_| cell.words().is_none()));
    Ok(stored.map(|text| {
        notes.push(unseen(&text));
        Words { text, notes }
    }))
}

/// That a cell holds something which nobody sees.
pub fn unseen(text: &str) -> Say {
    let text = one_line(text);
    say!("何も表示されていませんが、「{text}」が入っています", "it shows nothing but holds `{text}`")
}

/// Reads the number of an entry, or the id of an indicator.
///
/// # Errors
/// Why it is not certain, and how the cell is put right.
pub fn id(cell: Option<&Cell>, trust: Trust) -> Result<Option<Words>, Say> {
    let Some(cell) = cell else { return Ok(None) };
    let mut notes = Vec::new();
    if is_gone(cell, &mut notes)? {
        return Err(say!(
            "番号に取消線があります。行を除くのなら行のほかのセルも消し、残すのなら取消線を外してください",
            "its number is struck through; clear the row if it is to go, or take the line away if it is to stay"
        ));
    }
    let Some(Content::Number(raw)) = &cell.value else {
        let found = words(Some(cell))?;
        return match found.filter(|words| is_day(&words.text)) {
            Some(day) => Err(made_a_day(&day.text)),
            None => words(Some(cell)),
        };
    };
    let stored = exact(raw).map(|(number, _)| number.normalize().to_string()).unwrap_or_else(|| raw.clone());
    let shown = cell.shown().map(|shown| shown.trim().to_owned()).ok_or_else(|| unknown(cell))?;
    if shown == stored && !stored.contains(['.', '-']) {
        return Ok(Some(Words { text: stored, notes }));
    }
    if cell.kind() == Kind::Plain && shown == stored {
        return Err(made_a_number(&stored));
    }
    if shown.is_empty() && !stored.contains(['.', '-']) {
        notes.push(unseen(&stored));
        return Ok(Some(Words { text: stored, notes }));
    }
    let offered = Id::parse(&shown).is_ok() && !is_day(&shown);
    match (offered, trust) {
        (true, Trust::Shown) => {
            notes.push(read_as_shown(&shown, &stored));
            Ok(Some(Words { text: shown, notes }))
        }
        (true, Trust::Neither) => Err(say!(
            "番号の表示は「{shown}」ですが、入っている値は {stored} です（Excel が日付や数値に変えた値です）。番号が {shown} でよければ --as-shown を付け、そうでなければ列の表示形式を「文字列」にして番号を入力し直してください",
            "its number shows `{shown}` but holds {stored} (Excel made a date or a number of what was typed); if {shown} is meant, add --as-shown, else format the column as Text and type the number again"
        )),
        (false, _) if cell.kind() == Kind::Date => Err(made_a_day(&shown)),
        (false, _) => Err(made_a_number(&shown)),
    }
}

/// Whether nothing is left of a cell: it is struck through as a whole. What else was done with it is noted.
fn is_gone(cell: &Cell, notes: &mut Vec<Say>) -> Result<bool, Say> {
    match &cell.struck {
        Struck::Whole => return Ok(true),
        Struck::Part { gone, .. } => notes.push(without_struck(gone)),
        Struck::Nothing => {}
    }
    if let Some(formula) = &cell.formula {
        notes.push(cached(cell, formula)?);
    }
    match &cell.value {
        Some(Content::Error(error)) => Err(say!(
            "エラー値（{error}）です。元の値を入力し直してください",
            "it is an error ({error}); type the value again"
        )),
        Some(Content::Bool(_)) => {
            let shown = cell.named();
            Err(say!(
                "{shown} になっています。表示形式を「文字列」にして、入力し直してください",
                "it is {shown}; format it as Text and type it again"
            ))
        }
        _ => Ok(false),
    }
}

fn in_one_line(text: &str) -> Option<String> {
    answer::words(text).map(|answer| answer.0.replace('\n', ""))
}

fn unknown(cell: &Cell) -> Say {
    let stored = one_line(&cell.named());
    say!(
        "{stored} の表示形式では、何が見えているか決まりません。表示形式を「文字列」にして、入力し直してください",
        "what the number format shows of {stored} is not known; format it as Text and type it again"
    )
}

fn made_a_day(shown: &str) -> Say {
    let shown = one_line(shown);
    say!(
        "番号が日付（{shown}）になっています。Excel は 1-1 のような番号を日付に変えます。列の表示形式を「文字列」にして、番号を入力し直してください",
        "its number is a date ({shown}): Excel makes one of a number such as 1-1; format the column as Text and type the number again"
    )
}

fn made_a_number(shown: &str) -> Say {
    let shown = one_line(shown);
    say!(
        "番号が数値（{shown}）になっています。1.1 と 1.10 と 1-1 は区別できません。列の表示形式を「文字列」にして、番号を入力し直してください",
        "its number is a figure ({shown}), so that 1.1, 1.10 and 1-1 cannot be told apart; format the column as Text and type the number again"
    )
}

/// Whether a text is what a program writes where it made a day of a number: 1月1日, 2026/1/1, 1-Jan, 2026-01-01.
fn is_day(text: &str) -> bool {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let folded = fold(text).to_lowercase();
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if let Some((month, day)) = folded.trim_end_matches('日').split_once('月') {
        let month = month.rsplit('年').next().unwrap_or(month);
        return folded.ends_with('日') && digits(month) && digits(day);
    }
    let parts: Vec<&str> = folded.split(['-', '/']).collect();
    let named = parts.iter().any(|part| MONTHS.contains(part)) && parts.iter().any(|part| digits(part));
    let slashed = folded.contains('/') && parts.len() <= 3 && parts.iter().all(|part| digits(part));
    let whole =
        parts.len() == 3 && parts.iter().zip([4, 2, 2]).all(|(part, length)| digits(part) && part.len() == length);
    parts.len() <= 3 && (named || slashed || whole)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbook::Format;

    fn number(raw: &str, code: &str) -> Cell {
        Cell::new(Content::Number(raw.into())).with_format(Format::new(code, false))
    }

    #[test]
    fn a_number_is_read_only_where_it_is_certain() {
        let read = |cell: &Cell, trust| id(Some(cell), trust).map(|words| words.map(|words| words.text));
        for (cell, wanted) in [
            (Cell::text(" １－１ "), "１－１"),
            (Cell::text("1-\n1"), "1-1"),
            (number("3", "General"), "3"),
            (number("12", "0"), "12"),
        ] {
            assert_eq!(read(&cell, Trust::Neither), Ok(Some(wanted.to_owned())), "{cell:?}");
        }
        for (cell, offered) in [
            (number("46023", "m-d"), Some("1-1")),
            (number("11", "0-0"), Some("1-1")),
            (number("7", "000"), Some("007")),
            (number("46023", "m\"月\"d\"日\""), None),
            (number("46023", "yyyy/m/d"), None),
            (number("46023", "d-mmm"), None),
            (number("46023", "yyyy-mm-dd"), None),
            (number("1.1", "General"), None),
            (number("1.1", "0.0"), None),
            (number("-1", "General"), None),
            (number("1200", "#,##0"), None),
            (Cell::text("1月1日"), None),
            (Cell::text("1-Jan"), None),
            (Cell::text("2026/1/1"), None),
            (Cell::text("2026-01-01"), None),
            (Cell::new(Content::Bool(true)), None),
            (Cell::new(Content::Error("#N/A".into())), None),
            (Cell { value: None, formula: Some("A1".into()), ..Cell::text("") }, None),
            (Cell { struck: Struck::Whole, ..Cell::text("1-1") }, None),
        ] {
            assert!(read(&cell, Trust::Neither).is_err(), "{cell:?}");
            assert_eq!(read(&cell, Trust::Shown).ok().flatten().as_deref(), offered, "{cell:?}");
        }
    }
}
