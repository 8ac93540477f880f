//! Number by number: an edited paper against the paper as the record would write it.

use super::pairs::{masked, pairs};
use super::{Part, Piece, Sheet};
use crate::text::tokens::{Token, tokens};

/// A number of a paper that the record does not bear out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The heading it stands under.
    pub heading: String,
    /// Where under it: the row and the column, or the beginning of the paragraph.
    pub place: String,
    /// As the paper has it.
    pub paper: String,
    /// As the record has it; `None` where it has no number for this place.
    pub record: Option<String>,
}

/// What came of holding a paper against the record.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Verified {
    /// How many numbers were held against the record.
    pub checked: usize,
    /// Those that do not agree, in reading order.
    pub found: Vec<Found>,
    /// Those that someone added: the record has the same number in the same part, but nothing tells that it is said of the
    /// same. A person has to look.
    pub added: Vec<Found>,
}

/// Holds `paper` against `record`, the paper as it would be written today.
pub fn verify(paper: &Sheet, record: &Sheet) -> Verified {
    let mut verified = Verified::default();
    let headings = |sheet: &Sheet| sheet.parts.iter().map(|part| unnumbered(&part.heading)).collect::<Vec<_>>();
    let (ours, theirs) = (headings(paper), headings(record));
    let blank = Part::default();
    for ((at, part), pair) in paper.parts.iter().enumerate().zip(pairs(&ours, &theirs)) {
        // What stands above the first heading has none to be known by.
        let pair = pair.or_else(|| (at == 0 && part.heading.is_empty()).then_some(0));
        let written = pair.and_then(|place| record.parts.get(place)).unwrap_or(&blank);
        Comparison { heading: &part.heading, written, verified: &mut verified }.part(part);
    }
    verified
}

/// A heading without the number that was set before it.
fn unnumbered(heading: &str) -> String {
    heading.trim_start_matches(|c: char| c.is_numeric() || c == '.' || c.is_whitespace()).to_owned()
}

/// One part of the paper against the same part as it would be written.
struct Comparison<'a> {
    heading: &'a str,
    written: &'a Part,
    verified: &'a mut Verified,
}

impl Comparison<'_> {
    fn part(&mut self, part: &Part) {
        let prose = |part: &Part| -> Vec<String> {
            let texts = part.pieces.iter().filter_map(|piece| match piece {
                Piece::Prose(text) => Some(text.clone()),
                _ => None,
            });
            texts.collect()
        };
        let (ours, theirs) = (prose(part), prose(self.written));
        for (text, pair) in ours.iter().zip(pairs(&ours, &theirs)) {
            let place = brief(text);
            match pair {
                Some(other) => self.hold(&place, text, &theirs[other]),
                None => self.unpaired(&place, text),
            }
        }
        let (ours, theirs) = (tables(part), tables(self.written));
        let heads = |tables: &[&Vec<Vec<String>>]| tables.iter().map(|table| head(table)).collect::<Vec<_>>();
        for (table, pair) in ours.iter().zip(pairs(&heads(&ours), &heads(&theirs))) {
            let nothing = Vec::new();
            self.table(table, pair.map_or(&nothing, |other| theirs[other]));
        }
    }

    fn table(&mut self, table: &[Vec<String>], written: &[Vec<String>]) {
        let columns = columns(table, written);
        let titles = table.first().map(Vec::as_slice).unwrap_or_default();
        let theirs = written.first().map(Vec::as_slice).unwrap_or_default();
        for (at, title) in titles.iter().enumerate() {
            let counterpart = columns.get(at).copied().flatten().and_then(|other| theirs.get(other));
            self.hold(title, title, counterpart.map_or("", String::as_str));
        }
        let rows = rows(table.get(1..).unwrap_or_default(), written.get(1..).unwrap_or_default());
        for (row, pair) in table.iter().skip(1).zip(rows) {
            let counterpart = pair.and_then(|other| written.get(other + 1));
            for (at, cell) in row.iter().enumerate() {
                let other = columns.get(at).copied().flatten();
                let record = counterpart.zip(other).and_then(|(row, other)| row.get(other));
                let title = titles.get(at).map_or("", String::as_str);
                let place = format!("{}{}{title}", brief(&key(row)), if title.is_empty() { "" } else { " / " });
                self.hold(&place, cell, record.map_or("", String::as_str));
            }
        }
    }

    /// The numbers of two texts that say the same: those of `text` that are not among those of `record`, in order.
    fn hold(&mut self, place: &str, text: &str, record: &str) {
        let (ours, theirs) = (tokens(text), tokens(record));
        self.verified.checked += ours.iter().filter(|token| token.number.is_some()).count();
        for (token, other) in differing(&ours, &theirs) {
            self.verified.found.push(Found {
                heading: self.heading.to_owned(),
                place: place.to_owned(),
                paper: shown(token),
                record: other.map(shown),
            });
        }
    }

    /// A paragraph that someone added: its numbers must stand somewhere in the part, and are told. Dates and the like are no
    /// figures.
    fn unpaired(&mut self, place: &str, text: &str) {
        let known: Vec<Token> = self.written.pieces.iter().flat_map(all_tokens).collect();
        for token in tokens(text).iter().filter(|token| token.number.is_some() && !is_of_calendar(token)) {
            self.verified.checked += 1;
            let same = known.iter().find(|other| other.number == token.number);
            let told = if same.is_some() { &mut self.verified.added } else { &mut self.verified.found };
            told.push(Found {
                heading: self.heading.to_owned(),
                place: place.to_owned(),
                paper: shown(token),
                record: same.map(shown),
            });
        }
    }
}

fn all_tokens(piece: &Piece) -> Vec<Token> {
    match piece {
        Piece::Prose(text) => tokens(text),
        Piece::Table(rows) => rows.iter().flatten().flat_map(|cell| tokens(cell)).collect(),
    }
}

fn tables(part: &Part) -> Vec<&Vec<Vec<String>>> {
    let tables = part.pieces.iter().filter_map(|piece| match piece {
        Piece::Table(rows) => Some(rows),
        Piece::Prose(_) => None,
    });
    tables.collect()
}

fn head(table: &[Vec<String>]) -> String {
    table.first().map(|titles| titles.join("|")).unwrap_or_default()
}

/// For each column of a table, the same one as it would be written: by its title, else by its place.
fn columns(table: &[Vec<String>], written: &[Vec<String>]) -> Vec<Option<usize>> {
    let (Some(ours), Some(theirs)) = (table.first(), written.first()) else { return Vec::new() };
    let widest = table.iter().map(Vec::len).max().unwrap_or(0);
    if ours == theirs {
        return (0..widest).map(Some).collect();
    }
    let found = pairs(ours, theirs);
    let by_place = |at: usize| (ours.len() == theirs.len() && !found.contains(&Some(at))).then_some(at);
    let beyond = (ours.len()..widest).map(|at| Some(at).filter(|_| ours.len() == theirs.len()));
    found.iter().enumerate().map(|(at, pair)| pair.or_else(|| by_place(at))).chain(beyond).collect()
}

/// For each row, the same one as it would be written: the whole row, else what it is called by.
fn rows(table: &[Vec<String>], written: &[Vec<String>]) -> Vec<Option<usize>> {
    let keys = |rows: &[Vec<String>]| rows.iter().map(|row| key(row)).collect::<Vec<_>>();
    let whole = |rows: &[Vec<String>]| rows.iter().map(|row| row.join("|")).collect::<Vec<_>>();
    let (ours, theirs) = (whole(table), whole(written));
    let mut free = vec![true; theirs.len()];
    let mut found: Vec<Option<usize>> = vec![None; ours.len()];
    for (at, row) in ours.iter().enumerate() {
        if let Some(other) = (0..theirs.len()).find(|other| free[*other] && theirs[*other] == *row) {
            (found[at], free[other]) = (Some(other), false);
        }
    }
    let left: Vec<usize> = (0..ours.len()).filter(|at| found[*at].is_none()).collect();
    let open: Vec<usize> = (0..theirs.len()).filter(|other| free[*other]).collect();
    let (ours, theirs) = (keys(table), keys(written));
    let of = |places: &[usize], keys: &[String]| places.iter().map(|at| keys[*at].clone()).collect::<Vec<_>>();
    for (at, pair) in left.iter().zip(pairs(&of(&left, &ours), &of(&open, &theirs))) {
        found[*at] = pair.map(|other| open[other]);
    }
    found
}

/// What a row is called by: its first cell that says anything, with the next where the first is an id.
fn key(row: &[String]) -> String {
    let mut said = row.iter().filter(|cell| !cell.is_empty());
    let first = said.next().cloned().unwrap_or_default();
    let next = said.next().filter(|_| masked(&first).chars().all(|c| !c.is_alphabetic()));
    next.map_or(first.clone(), |next| format!("{first} {next}"))
}

/// The tokens of `ours` that are not those of `theirs`, each with the one that stands in its place: one by one where both
/// have as many, unless that makes more of them differ; else outside the longest run that both have in common.
fn differing<'t>(ours: &'t [Token], theirs: &'t [Token]) -> Vec<(&'t Token, Option<&'t Token>)> {
    let aligned = outside_common(ours, theirs);
    if ours.len() == theirs.len() {
        let pairs = ours.iter().zip(theirs).filter(|(our, their)| our.text != their.text);
        let one_by_one: Vec<_> = pairs.map(|(our, their)| (our, Some(their))).collect();
        if one_by_one.len() <= aligned.len() {
            return one_by_one;
        }
    }
    aligned
}

/// The tokens of `ours` outside the longest run of tokens that both have in common, each with the one of `theirs` that
/// stands in its place.
fn outside_common<'t>(ours: &'t [Token], theirs: &'t [Token]) -> Vec<(&'t Token, Option<&'t Token>)> {
    let same = |a: usize, b: usize| ours[a].text == theirs[b].text;
    let mut longest = vec![vec![0_usize; theirs.len() + 1]; ours.len() + 1];
    for a in (0..ours.len()).rev() {
        for b in (0..theirs.len()).rev() {
            longest[a][b] =
                if same(a, b) { longest[a + 1][b + 1] + 1 } else { longest[a + 1][b].max(longest[a][b + 1]) };
        }
    }
    let (mut a, mut b, mut found) = (0, 0, Vec::new());
    let mut passed: std::collections::VecDeque<usize> = Default::default();
    let mut waiting: Vec<usize> = Vec::new();
    let mut settle = |waiting: &mut Vec<usize>, passed: &mut std::collections::VecDeque<usize>| {
        found.extend(waiting.drain(..).map(|at| (&ours[at], passed.pop_front().map(|other| &theirs[other]))));
        passed.clear();
    };
    while a < ours.len() || b < theirs.len() {
        if a < ours.len() && b < theirs.len() && same(a, b) {
            settle(&mut waiting, &mut passed);
            (a, b) = (a + 1, b + 1);
        } else if b == theirs.len() || a < ours.len() && longest[a + 1][b] >= longest[a][b + 1] {
            waiting.push(a);
            a += 1;
        } else {
            passed.push_back(b);
            b += 1;
        }
    }
    settle(&mut waiting, &mut passed);
    found
}

fn shown(token: &Token) -> String {
    token.text.clone()
}

/// Numbers of days, meetings and pages.
fn is_of_calendar(token: &Token) -> bool {
    const BEHIND: [&str; 13] = ["年", "月", "日", "時", "分", "回", "頁", "ページ", "号", "条", "項", "章", "節"];
    BEHIND.iter().any(|word| token.behind.starts_with(word)) || token.before.ends_with('第')
}

/// Enough of a text to find it by.
fn brief(text: &str) -> String {
    const SHOWN: usize = 30;
    let line: String = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    match line.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
