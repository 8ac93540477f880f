//! iCalendar (RFC 5545): dates for the calendars of Outlook, Garoon, Google and others.

use kaikaku_document::calendar::{Dates, Event};
use kaikaku_text::safe::{is_unseen, visible};

/// The octets of a line, without its end (RFC 5545, 3.1).
const LINE: usize = 75;

/// The calendar as a file: UTF-8, lines end with CRLF.
pub fn ics(dates: &Dates) -> String {
    let mut file = String::new();
    let mut line = |name: &str, value: &str| fold(&format!("{name}:{value}"), &mut file);
    line("BEGIN", "VCALENDAR");
    line("VERSION", "2.0");
    line("PRODID", "-//kaikaku//kaikaku//JA");
    line("CALSCALE", "GREGORIAN");
    // RFC 7986, and what programs read that are older than it.
    for name in ["NAME", "X-WR-CALNAME"] {
        line(name, &escaped(&dates.name));
    }
    if !dates.description.is_empty() {
        line("DESCRIPTION", &escaped(&dates.description));
    }
    let stamp = format!("{}T000000Z", dates.stamp.format("%Y%m%d"));
    dates.events.iter().for_each(|event| self::event(event, &stamp, &mut line));
    line("END", "VCALENDAR");
    file
}

fn event(event: &Event, stamp: &str, line: &mut impl FnMut(&str, &str)) {
    line("BEGIN", "VEVENT");
    line("UID", &escaped(&event.uid));
    line("DTSTAMP", stamp);
    line("DTSTART;VALUE=DATE", &event.day.format("%Y%m%d").to_string());
    // The day after, which is not a part of it.
    if let Some(end) = event.day.succ_opt() {
        line("DTEND;VALUE=DATE", &end.format("%Y%m%d").to_string());
    }
    line("SUMMARY", &escaped(&event.summary));
    if !event.description.is_empty() {
        line("DESCRIPTION", &escaped(&event.description));
    }
    line("CATEGORIES", &escaped(&event.category));
    // Whoever has something to be done by a day is free on it.
    line("TRANSP", "TRANSPARENT");
    line("END", "VEVENT");
}

/// A text (RFC 5545, 3.3.11); it may hold no other control characters than a tab, and what else nobody sees is shown.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => escaped.extend(['\\', c]),
            '\n' => escaped.push_str("\\n"),
            '\t' => escaped.push(c),
            c if c.is_control() => {}
            c if is_unseen(c) => escaped.push_str(&visible(c.encode_utf8(&mut [0; 4]))),
            c => escaped.push(c),
        }
    }
    escaped
}

/// Adds a line, folded where it is too long, never within a character.
fn fold(line: &str, file: &mut String) {
    let mut room = LINE;
    for c in line.chars() {
        if room < c.len_utf8() {
            file.push_str("\r\n ");
            room = LINE - 1;
        }
        room -= c.len_utf8();
        file.push(c);
    }
    file.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    fn dates(summary: &str) -> Dates {
        let event = Event {
            uid: "a@kaikaku".into(),
            day: day(2026, 12, 31),
            summary: summary.into(),
            description: String::new(),
            category: "照会".into(),
        };
        Dates { name: "予定".into(), description: String::new(), stamp: day(2026, 11, 21), events: vec![event] }
    }

    #[test]
    fn an_event_takes_one_day_and_ends_on_the_next() {
        let expected = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//kaikaku//kaikaku//JA\r\nCALSCALE:GREGORIAN\r\n\
             NAME:予定\r\nX-WR-CALNAME:予定\r\nBEGIN:VEVENT\r\nUID:a@kaikaku\r\nDTSTAMP:20261121T000000Z\r\n\
             DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\nSUMMARY:送る\r\nCATEGORIES:照会\r\n\
             TRANSP:TRANSPARENT\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        assert_eq!(ics(&dates("送る")), expected);
    }

    #[test]
    fn what_means_something_is_escaped_and_what_is_unseen_left_out() {
        let file = ics(&dates("a,b;c\\d\ne\r\u{7}f"));
        assert!(file.contains("SUMMARY:a\\,b\\;c\\\\d\\nef\r\n"), "{file}");
        let file = ics(&dates("送\u{202e}る"));
        assert!(file.contains("SUMMARY:送<U+202E>る\r\n"), "{file}");
    }

    #[test]
    fn lines_are_folded_at_75_octets_between_characters() {
        let long = "改革".repeat(40);
        let file = ics(&dates(&long));
        assert!(file.split("\r\n").all(|line| line.len() <= 75));
        assert!(file.replace("\r\n ", "").contains(&format!("SUMMARY:{long}\r\n")));
    }
}
