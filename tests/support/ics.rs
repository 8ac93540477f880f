//! A reader of iCalendar files by the grammar of RFC 5545, which refuses whatever that does not allow.

use std::collections::{BTreeMap, BTreeSet};

/// An event: its properties by their names, texts as they are meant.
pub type Event = BTreeMap<String, String>;

/// The content lines of a file, unfolded (3.1).
fn lines(file: &str) -> Vec<String> {
    let whole = file.strip_suffix("\r\n").expect("the last line ends with CRLF");
    let physical: Vec<&str> = whole.split("\r\n").collect();
    for line in &physical {
        assert!(line.len() <= 75, "longer than 75 octets: {line}");
        assert!(!line.contains(['\r', '\n']), "a line end that is not CRLF: {line}");
        assert!(line.chars().all(|c| !c.is_control() || c == '\t'), "a control character: {line}");
    }
    let mut lines: Vec<String> = Vec::new();
    for line in physical {
        match line.strip_prefix([' ', '\t']) {
            Some(rest) => lines.last_mut().expect("the first line is not folded").push_str(rest),
            None => lines.push(line.to_owned()),
        }
    }
    lines
}

/// A text as it is meant (3.3.11).
fn meant(text: &str) -> String {
    let (mut plain, mut chars) = (String::new(), text.chars());
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some(c @ ('\\' | ';' | ',')) => plain.push(c),
                Some('n' | 'N') => plain.push('\n'),
                other => panic!("\\{other:?} is no escape"),
            },
            ';' | ',' => panic!("a bare {c} in a text: {text}"),
            c => plain.push(c),
        }
    }
    plain
}

/// Reads a file: the properties of the calendar, and its events.
pub fn read(file: &str) -> (Event, Vec<Event>) {
    let (mut calendar, mut events) = (Event::new(), Vec::new());
    let mut event: Option<Event> = None;
    let lines = lines(file);
    assert_eq!(
        (lines.first().map(String::as_str), lines.last().map(String::as_str)),
        (Some("BEGIN:VCALENDAR"), Some("END:VCALENDAR"))
    );
    for line in &lines[1..lines.len() - 1] {
        let (name, value) = line.split_once(':').unwrap_or_else(|| panic!("no colon: {line}"));
        assert!(name.chars().all(|c| c.is_ascii_alphanumeric() || "-;=".contains(c)), "{name}");
        match (name, value) {
            ("BEGIN", "VEVENT") => assert!(event.replace(Event::new()).is_none(), "an event in an event"),
            ("END", "VEVENT") => events.push(event.take().expect("an event was begun")),
            ("BEGIN" | "END", other) => panic!("{other} is not expected"),
            (name, value) => {
                let into = event.as_mut().unwrap_or(&mut calendar);
                let text = if name.contains("VALUE=DATE") { value.to_owned() } else { meant(value) };
                assert!(into.insert(name.to_owned(), text).is_none(), "{name} twice");
            }
        }
    }
    assert!(event.is_none(), "an event does not end");
    for needed in ["VERSION", "PRODID"] {
        assert!(calendar.contains_key(needed), "{needed} is missing");
    }
    let mut known = BTreeSet::new();
    for event in &events {
        for needed in ["UID", "DTSTAMP", "DTSTART;VALUE=DATE", "SUMMARY"] {
            assert!(event.contains_key(needed), "{needed} is missing: {event:?}");
        }
        assert!(known.insert(event["UID"].clone()), "two events are called {}", event["UID"]);
        let [start, end] = ["DTSTART;VALUE=DATE", "DTEND;VALUE=DATE"].map(|name| date(&event[name]));
        assert_eq!(start.succ_opt(), Some(end), "{event:?}");
    }
    (calendar, events)
}

/// A date (3.3.4).
fn date(text: &str) -> chrono::NaiveDate {
    assert_eq!(text.len(), 8, "{text}");
    chrono::NaiveDate::parse_from_str(text, "%Y%m%d").unwrap()
}
