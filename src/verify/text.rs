//! A text of a paper, with the facts that a format tells apart in it.

use std::ops::Range;

/// A paragraph or a cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text {
    /// The words as they are read.
    pub words: String,
    /// The facts that carry an id, in reading order.
    pub facts: Vec<Tagged>,
    /// Whether it is one cell with that above it.
    pub goes_on: bool,
}

/// A part of a text that carries the id of a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tagged {
    /// The id.
    pub id: String,
    /// Where it stands, in bytes of the words.
    pub place: Range<usize>,
}

impl From<&str> for Text {
    fn from(words: &str) -> Self {
        Self { words: words.to_owned(), ..Self::default() }
    }
}

impl Text {
    /// Takes a part of the words out, with the facts that stand in it.
    pub fn cut(&mut self, place: Range<usize>) {
        let length = place.len();
        self.facts.retain(|fact| fact.place.end <= place.start || place.end <= fact.place.start);
        for fact in self.facts.iter_mut().filter(|fact| fact.place.start >= place.end) {
            fact.place = fact.place.start - length..fact.place.end - length;
        }
        self.words.replace_range(place, "");
    }
}

/// A text in the making.
#[derive(Debug, Default)]
pub struct Draft {
    words: String,
    facts: Vec<Tagged>,
    open: Vec<(String, usize)>,
}

impl Draft {
    /// Adds words.
    pub fn push(&mut self, words: &str) {
        self.words.push_str(words);
    }

    /// Adds words of a format in which any run of spaces is one space.
    pub fn push_flowing(&mut self, words: &str) {
        let mut last_is_space = self.words.is_empty() || self.words.ends_with([' ', '\n']);
        for c in words.chars() {
            let is_space = c.is_ascii_whitespace();
            if !(is_space && last_is_space) {
                self.words.push(if is_space { ' ' } else { c });
            }
            last_is_space = is_space;
        }
    }

    /// Begins a new line, unless one has just begun.
    pub fn break_line(&mut self) {
        if !self.words.is_empty() && !self.words.ends_with('\n') {
            self.words.push('\n');
        }
    }

    /// Begins a fact.
    pub fn begin_fact(&mut self, id: &str) {
        self.open.push((id.to_owned(), self.words.len()));
    }

    /// Ends the fact that began last.
    pub fn end_fact(&mut self) {
        if let Some((id, start)) = self.open.pop() {
            self.facts.push(Tagged { id, place: start..self.words.len() });
        }
    }

    /// The text, without the spaces at its ends; the next one begins empty.
    pub fn finish(&mut self) -> Text {
        while !self.open.is_empty() {
            self.end_fact();
        }
        let draft = std::mem::take(self);
        let words = draft.words.trim();
        let cut = draft.words.len() - draft.words.trim_start().len();
        let within = |at: usize| at.saturating_sub(cut).min(words.len());
        let mut facts = draft.facts;
        facts.iter_mut().for_each(|fact| fact.place = within(fact.place.start)..within(fact.place.end));
        facts.sort_by_key(|fact| fact.place.start);
        Text { words: words.to_owned(), facts, ..Text::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_cut_out_moves_the_facts_behind_it() {
        let mut draft = Draft::default();
        for (id, words) in [("a", "12件"), ("b", "R8"), ("c", "3％")] {
            draft.push("、");
            draft.begin_fact(id);
            draft.push(words);
            draft.end_fact();
        }
        let mut text = draft.finish();
        let place = text.facts[1].place.clone();
        text.cut(place);
        let facts: Vec<_> = text.facts.iter().map(|fact| (&*fact.id, &text.words[fact.place.clone()])).collect();
        assert_eq!((&*text.words, facts), ("、12件、、3％", vec![("a", "12件"), ("c", "3％")]));
    }
}
