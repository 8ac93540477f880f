//! Facts that a format lists beside its text, found again in the text.

use std::ops::Range;

use super::text::{Tagged, Text};
use super::vocabulary::narrow;
use super::{Piece, Sheet};
use crate::text::tokens::tokens;

/// How much is searched at most, in bytes of texts: what is beyond it carries no id and is held by its words.
const EFFORT: usize = 2_000_000_000;

/// The facts of one paragraph or row: the id and the words of each.
pub type Group = Vec<(String, String)>;

/// Gives the texts of a sheet the ids of the facts that were listed: each group to the paragraph or row that has most of
/// its words, those that have all of them first.
pub fn attach(sheet: &mut Sheet, groups: Vec<Group>) {
    let mut places: Vec<Place<'_>> = Vec::new();
    for part in &mut sheet.parts {
        places.push(Place::new(std::slice::from_mut(&mut part.heading)));
        for piece in &mut part.pieces {
            match piece {
                Piece::Prose(text) => places.push(Place::new(std::slice::from_mut(text))),
                Piece::Table(rows) => places.extend(rows.iter_mut().map(|row| Place::new(row))),
            }
        }
    }
    let mut taken = vec![false; places.len()];
    let mut left = Vec::new();
    let (mut from, mut effort) = (0, EFFORT);
    let mut held = |place: &Place<'_>, group: &FoldedGroup| {
        let cost = place.folded.iter().map(|text| text.letters.len() + 1).sum::<usize>().saturating_mul(group.0.len());
        effort = effort.checked_sub(cost)?;
        Some(place.held(group))
    };
    for group in groups {
        let group = FoldedGroup::new(group);
        // In order, as they were written.
        let order = (from..places.len()).chain(0..from);
        match order.into_iter().find(|at| !taken[*at] && held(&places[*at], &group) == Some(group.0.len())) {
            Some(at) => {
                places[at].tag(&group);
                (taken[at], from) = (true, at + 1);
            }
            None => left.push(group),
        }
    }
    for group in left {
        let open = (0..places.len()).filter(|at| !taken[*at]);
        let open = open.filter_map(|at| Some((held(&places[at], &group)?, at)));
        let best = open.max_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1)));
        if let Some((_, at)) = best.filter(|(held, _)| held * 2 >= group.0.len() && *held > 0) {
            places[at].tag(&group);
            taken[at] = true;
        }
    }
}

/// A text without its spaces, its letters in one width: layout puts spaces anywhere, and whoever types either width.
struct Folded {
    letters: Vec<char>,
    /// Where each letter stands in the text, in bytes.
    places: Vec<Range<usize>>,
}

impl Folded {
    fn new(text: &str) -> Self {
        let kept = text.char_indices().filter(|(_, c)| !c.is_whitespace());
        let (letters, places) = kept.map(|(at, c)| (narrow(c), at..at + c.len_utf8())).unzip();
        Self { letters, places }
    }

    /// Where words stand, from a letter on; not as the end of a number or the beginning of a longer one.
    fn find(&self, words: &[char], from: usize) -> Option<Range<usize>> {
        let words = words.strip_suffix(&['…']).unwrap_or(words);
        let (first, last) = (*words.first()?, *words.last()?);
        let is_digit = |at: Option<usize>| {
            at.and_then(|at| self.letters.get(at)).is_some_and(|c| c.is_numeric() || matches!(c, '.' | ','))
        };
        let whole = |start: &usize| {
            let begun = first.is_numeric() && is_digit(start.checked_sub(1));
            !(begun || last.is_numeric() && is_digit(Some(start + words.len())))
        };
        let ends = (self.letters.len() + 1).saturating_sub(words.len());
        let mut starts = (from..ends).filter(|start| self.letters[*start..].starts_with(words));
        starts.find(whole).map(|start| start..start + words.len())
    }

    /// The same place in bytes of the text.
    fn bytes(&self, place: &Range<usize>) -> Range<usize> {
        self.places[place.start].start..self.places[place.end - 1].end
    }

    /// Whether a cell holds the words; Excel holds the number that they show.
    fn is_same(&self, words: &[char]) -> bool {
        if self.letters == words || words.strip_suffix(&['…']).is_some_and(|begun| self.letters.starts_with(begun)) {
            return true;
        }
        let number = |letters: &[char]| tokens(&letters.iter().collect::<String>()).first()?.number;
        let known = number(&self.letters);
        known.is_some() && known == number(words) && !self.letters.iter().any(|c| c.is_alphabetic())
    }
}

/// A group, the words of its facts folded.
struct FoldedGroup(Vec<(String, Vec<char>)>);

impl FoldedGroup {
    fn new(group: Group) -> Self {
        Self(group.into_iter().map(|(id, words)| (id, Folded::new(&words).letters)).collect())
    }
}

/// A paragraph or a row.
struct Place<'s> {
    texts: &'s mut [Text],
    folded: Vec<Folded>,
}

impl<'s> Place<'s> {
    fn new(texts: &'s mut [Text]) -> Self {
        let folded = texts.iter().map(|text| Folded::new(&text.words)).collect();
        Self { texts, folded }
    }

    /// The cells of a row that have words; `None` for a paragraph.
    fn filled(&self) -> Option<Vec<usize>> {
        let filled = || (0..self.texts.len()).filter(|at| !self.folded[*at].letters.is_empty()).collect();
        (self.texts.len() > 1).then(filled)
    }

    /// How many facts of a group it has.
    fn held(&self, FoldedGroup(group): &FoldedGroup) -> usize {
        match self.filled() {
            None => group.iter().filter(|(_, words)| self.folded[0].find(words, 0).is_some()).count(),
            Some(cells) if cells.len() == group.len() => {
                cells.iter().zip(group).filter(|(at, (_, words))| self.folded[**at].is_same(words)).count()
            }
            // A value that is listed by itself, such as that of a picture, beside the words that say which.
            Some(cells) if group.len() == 1 => {
                usize::from(cells.iter().any(|at| self.folded[*at].is_same(&group[0].1)))
            }
            Some(_) => 0,
        }
    }

    fn tag(&mut self, FoldedGroup(group): &FoldedGroup) {
        if let Some(mut cells) = self.filled() {
            if cells.len() != group.len() {
                cells.retain(|at| self.folded[*at].is_same(&group[0].1));
            }
            for (at, (id, _)) in cells.into_iter().zip(group) {
                let place = 0..self.texts[at].words.len();
                self.texts[at].facts.push(Tagged { id: id.clone(), place });
            }
            return;
        }
        let (text, folded, mut from) = (&mut self.texts[0], &self.folded[0], 0);
        for (id, words) in group {
            // Sentences may have changed places.
            let Some(found) = folded.find(words, from).or_else(|| folded.find(words, 0)) else { continue };
            let place = folded.bytes(&found);
            if text.facts.iter().all(|fact| place.end <= fact.place.start || fact.place.end <= place.start) {
                from = found.end;
                text.facts.push(Tagged { id: id.clone(), place });
            }
        }
        text.facts.sort_by_key(|fact| fact.place.start);
    }
}
