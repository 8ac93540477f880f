//! Facts that a format lists beside its text, found again in the text.

use super::text::{Tagged, Text};
use super::{Piece, Sheet};
use crate::text::tokens::tokens;

/// How much is searched at most, in bytes of texts: what is beyond it carries no id and is held by its words.
const EFFORT: usize = 2_000_000_000;

/// The facts of one paragraph or row: the id and the words of each.
pub type Group = Vec<(String, String)>;

/// Gives the texts of a sheet the ids of the facts that were listed: each group to the paragraph or row that has most of
/// its words, those that have all of them first.
pub fn attach(sheet: &mut Sheet, groups: Vec<Group>) {
    let mut places: Vec<&mut [Text]> = Vec::new();
    for piece in sheet.parts.iter_mut().flat_map(|part| &mut part.pieces) {
        match piece {
            Piece::Prose(text) => places.push(std::slice::from_mut(text)),
            Piece::Table(rows) => places.extend(rows.iter_mut().map(Vec::as_mut_slice)),
        }
    }
    let mut taken = vec![false; places.len()];
    let mut left = Vec::new();
    let (mut from, mut effort) = (0, EFFORT);
    let mut held = |texts: &[Text], group: &Group| {
        let cost = texts.iter().map(|text| text.words.len() + 1).sum::<usize>().saturating_mul(group.len());
        effort = effort.checked_sub(cost)?;
        Some(held(texts, group))
    };
    for group in groups {
        // In order, as they were written.
        let order = (from..places.len()).chain(0..from);
        match order.into_iter().find(|at| !taken[*at] && held(places[*at], &group) == Some(group.len())) {
            Some(at) => {
                tag(places[at], &group);
                (taken[at], from) = (true, at + 1);
            }
            None => left.push(group),
        }
    }
    for group in left {
        let open = (0..places.len()).filter(|at| !taken[*at]);
        let open = open.filter_map(|at| Some((held(places[at], &group)?, at)));
        let best = open.max_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1)));
        if let Some((_, at)) = best.filter(|(held, _)| held * 2 >= group.len() && *held > 0) {
            tag(places[at], &group);
            taken[at] = true;
        }
    }
}

/// How many facts of a group a paragraph or row has.
fn held(texts: &[Text], group: &Group) -> usize {
    match filled(texts) {
        None => group.iter().filter(|(_, words)| find(&texts[0].words, words, 0).is_some()).count(),
        Some(cells) if cells.len() == group.len() => {
            cells.iter().zip(group).filter(|(at, (_, words))| is_same(&texts[**at].words, words)).count()
        }
        Some(_) => 0,
    }
}

/// The cells of a row that have words; `None` for a paragraph.
fn filled(texts: &[Text]) -> Option<Vec<usize>> {
    (texts.len() > 1).then(|| (0..texts.len()).filter(|at| !texts[*at].words.is_empty()).collect())
}

fn tag(texts: &mut [Text], group: &Group) {
    if let Some(cells) = filled(texts) {
        for (at, (id, _)) in cells.into_iter().zip(group) {
            let place = 0..texts[at].words.len();
            texts[at].facts.push(Tagged { id: id.clone(), place });
        }
        return;
    }
    let text = &mut texts[0];
    let mut from = 0;
    for (id, words) in group {
        // Sentences may have changed places.
        let found = find(&text.words, words, from).or_else(|| find(&text.words, words, 0));
        let is_free = |place: &std::ops::Range<usize>| {
            text.facts.iter().all(|fact| place.end <= fact.place.start || fact.place.end <= place.start)
        };
        if let Some(place) = found.filter(is_free) {
            from = place.end;
            text.facts.push(Tagged { id: id.clone(), place });
        }
    }
    text.facts.sort_by_key(|fact| fact.place.start);
}

/// Where words stand in a text, from a place on; not as the end of a number or the beginning of a longer one.
fn find(text: &str, words: &str, from: usize) -> Option<std::ops::Range<usize>> {
    let words = words.trim_end_matches('…');
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_numeric() || matches!(c, '.' | ','));
    let whole = |start: &usize| {
        let (before, behind) = (&text[..*start], &text[start + words.len()..]);
        let begun = is_digit(before.chars().next_back()) && words.starts_with(char::is_numeric);
        let goes_on = is_digit(behind.chars().next()) && words.ends_with(char::is_numeric);
        !begun && !goes_on
    };
    let mut starts = text[from..].match_indices(words).map(|(at, _)| from + at);
    starts.find(whole).map(|start| start..start + words.len())
}

/// Whether a cell holds the words; Excel holds the number that they show.
fn is_same(cell: &str, words: &str) -> bool {
    let plain = |text: &str| text.split_whitespace().collect::<String>();
    let (cell_words, known) = (plain(cell), plain(words));
    if cell_words == known || known.strip_suffix('…').is_some_and(|beginning| cell_words.starts_with(beginning)) {
        return true;
    }
    let number = |text: &str| tokens(text).first().and_then(|token| token.number);
    number(cell).is_some() && number(cell) == number(words) && !cell.contains(char::is_alphabetic)
}
