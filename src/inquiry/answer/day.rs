//! Days as people and workbooks write them.

use chrono::NaiveDate;

use super::without_struck;
use crate::inquiry::cells::unseen;
use crate::lang::Say;
use crate::plan::period::Period;
use crate::say;
use crate::text::fold::fold;
use crate::workbook::number::{day_of, exact};
use crate::workbook::{Cell, Content, Kind, Struck};

/// The day that a cell names, with the liberties taken: a date cell, 令和7年9月末, 2025/9/30.
///
/// # Errors
/// Why it is no day.
pub fn date(cell: &Cell) -> Result<(NaiveDate, Option<Say>), Say> {
    if cell.struck == Struck::Whole {
        return Err(say!("全体に取消線があります", "all of it is struck through"));
    }
    if cell.shown().is_some_and(|shown| shown.trim().is_empty()) {
        return Err(unseen(&cell.named()));
    }
    match &cell.value {
        Some(Content::Number(raw)) if cell.format.kind() == Kind::Date => {
            let day = exact(raw).and_then(|(serial, _)| day_of(serial, cell.format.is_from_1904())).flatten();
            let day = day.ok_or_else(|| say!("「{raw}」は日付として読めません", "`{raw}` is not a date"))?;
            Ok((day, shown_otherwise(cell, day)))
        }
        Some(Content::Text(_)) => {
            let text = cell.words().unwrap_or_default();
            let folded = fold(text);
            let plain = folded.trim();
            let (plain, end) = plain.strip_suffix('末').map_or((plain, false), |month| (month.trim(), true));
            let shown = text.trim();
            let day = match Period::parse(plain).map(|parsed| parsed.period) {
                Ok(Period::Day(day)) if !end => day,
                Ok(month @ Period::Month(_)) if end => month.last_day(),
                _ => return Err(say!("「{shown}」は日付として読めません", "`{shown}` is not a date")),
            };
            let note = say!("「{shown}」を {day} と読みました", "read `{shown}` as {day}");
            let note = match &cell.struck {
                Struck::Part { gone, .. } => Some(without_struck(gone)),
                _ => Some(note).filter(|_| day.to_string() != shown),
            };
            Ok((day, note))
        }
        _ => Err(say!("日付として読めません", "it is not a date")),
    }
}

/// What is noted of a day of which a cell shows less, or which it shows in another way than is known.
fn shown_otherwise(cell: &Cell, day: NaiveDate) -> Option<Say> {
    let shown = cell.named();
    let shown = shown.trim();
    let is_seen = Period::parse(fold(shown).trim()).is_ok_and(|parsed| parsed.period == Period::Day(day));
    (!is_seen).then(|| {
        say!(
            "表示は「{shown}」ですが、入っている日付 {day} を読みました",
            "it shows `{shown}`; the day that it holds, {day}, was read"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbook::Format;

    #[test]
    fn days_as_people_and_programs_write_them() {
        let day = |text: &str| date(&Cell::text(text)).map(|(day, _)| day.to_string());
        for text in ["令和7年9月末", "令和７年９月３０日", "2025/9/30", "R7.9.30", "2025-09-30", " R7.9末 "]
        {
            assert_eq!(day(text).as_deref(), Ok("2025-09-30"), "{text}");
        }
        for text in ["9月末", "令和7年9月", "令和7年末", "R7末", "30日", "近日"] {
            assert!(day(text).is_err(), "{text}");
        }
        let noted = |code: &str| {
            let cell = Cell::new(Content::Number("45930".into())).with_format(Format::new(code, false));
            date(&cell).unwrap().1.map(|note| note.ja)
        };
        assert_eq!(["yyyy/m/d", "[$-411]ggge\"年\"m\"月\"d\"日\"", "[$-411]ge.m.d"].map(noted), [None, None, None]);
        assert_eq!(noted("m\"月\"").unwrap(), "表示は「9月」ですが、入っている日付 2025-09-30 を読みました");
        let serial = |raw: &str, from_1904| {
            let cell = Cell::new(Content::Number(raw.into())).with_format(Format::new("yyyy/m/d", from_1904));
            date(&cell).ok().map(|(day, _)| day.to_string())
        };
        // 45930 is 2025-09-30 by Excel's own count (45658 is 2025-01-01, and it is the 273rd day of the year).
        assert_eq!(serial("45930", false).as_deref(), Some("2025-09-30"));
        assert_eq!(serial("44468", true).as_deref(), Some("2025-09-30"));
        assert_eq!(serial("1", false), None);
    }

    #[test]
    fn a_day_that_nobody_sees_is_none() {
        let part = Struck::Part { gone: "R7.9.30".into(), left: "R7.10.31".into() };
        let (day, note) = date(&Cell { struck: part, ..Cell::text("R7.9.30R7.10.31") }).unwrap();
        assert_eq!(day.to_string(), "2025-10-31");
        assert!(note.unwrap().ja.contains("R7.9.30"));
        assert!(date(&Cell { struck: Struck::Whole, ..Cell::text("R7.9.30") }).is_err());
        let number = Cell::new(Content::Number("45930".into()));
        assert!(date(&number.with_format(Format::hidden())).is_err());
        assert!(date(&Cell::text("R7.9.30").with_format(Format::hidden())).is_err());
    }
}
