//! The words that are facts: names, grades and verdicts that the plan and its papers know.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::facts::{Facts, facts};
use crate::text::fold::fold;
use crate::text::same::text_key;

/// A text as it is searched: its letters without the spaces, which layout puts anywhere.
pub struct Letters {
    /// In one way of writing.
    pub chars: Vec<char>,
    /// Where each stands in [`Letters::text`], counted in characters.
    pub places: Vec<usize>,
    /// The text in one way of writing, with its spaces.
    pub text: String,
}

impl Letters {
    /// The letters of a text.
    pub fn new(text: &str) -> Self {
        let text = text_key(text).into_owned();
        let kept = text.chars().enumerate().filter(|(_, c)| !c.is_whitespace());
        let (places, chars) = kept.map(|(at, c)| (at, narrow(c))).unzip();
        Self { chars, places, text }
    }

    /// Whether a word of Latin letters or digits may begin or end between this letter and the one before it.
    pub fn parts(&self, at: usize) -> bool {
        let Some((before, here)) = at.checked_sub(1).and_then(|before| Some((before, *self.chars.get(at)?))) else {
            return true;
        };
        let in_word = |c: char| c.is_ascii_alphanumeric();
        !in_word(self.chars[before]) || !in_word(here) || self.places[at] > self.places[before] + 1
    }
}

/// Full-width letters as the ASCII that they stand for; the long-vowel mark is a letter and stays.
pub fn narrow(c: char) -> char {
    if matches!(c, '！'..='～') { fold(c.encode_utf8(&mut [0; 4])).chars().next().unwrap_or(c) } else { c }
}

/// Words to search for, the longest first.
#[derive(Debug, Default)]
pub struct Vocabulary {
    by_first: HashMap<char, Vec<Vec<char>>>,
    /// The facts of the texts that were asked for: most stand in the paper and in the record.
    known: Mutex<HashMap<String, Arc<Facts>>>,
}

impl Vocabulary {
    /// Vocabulary of these words; one of a single letter is no term.
    pub fn new<'w>(words: impl IntoIterator<Item = &'w str>) -> Self {
        let mut by_first: HashMap<char, Vec<Vec<char>>> = HashMap::new();
        for word in words {
            let letters = Letters::new(word).chars;
            if let Some(first) = letters.first().copied().filter(|_| letters.len() > 1) {
                by_first.entry(first).or_default().push(letters);
            }
        }
        for words in by_first.values_mut() {
            words.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
            words.dedup();
        }
        Self { by_first, known: Mutex::default() }
    }

    /// The facts of a text.
    pub fn facts(&self, text: &str) -> Arc<Facts> {
        let known = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(facts) = known().get(text) {
            return Arc::clone(facts);
        }
        let facts = Arc::new(facts(text, self));
        known().insert(text.to_owned(), Arc::clone(&facts));
        facts
    }

    /// How many letters the longest term has that begins here.
    pub fn longest(&self, letters: &Letters, at: usize) -> Option<usize> {
        let words = self.by_first.get(letters.chars.get(at)?)?;
        let stands = |word: &&Vec<char>| {
            letters.chars[at..].starts_with(word) && letters.parts(at) && letters.parts(at + word.len())
        };
        words.iter().find(stands).map(Vec::len)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_term_is_found_whatever_spaces_stand_in_it() {
        let vocabulary = Vocabulary::new(["計画どおり", "計画どおり以上", "met", "遅れ", "ＤＸ課"]);
        let find = |text: &str| {
            let letters = Letters::new(text);
            let found = (0..letters.chars.len()).find_map(|at| Some((at, vocabulary.longest(&letters, at)?)));
            found.map(|(at, length)| letters.chars[at..at + length].iter().collect::<String>())
        };
        assert_eq!(find("計画 どおり\n以上").as_deref(), Some("計画どおり以上"));
        assert_eq!(find("it is met.").as_deref(), Some("met"));
        assert_eq!(find("a method"), None);
        assert_eq!(find("やや遅れ").as_deref(), Some("遅れ"));
        assert_eq!(find("DX課").as_deref(), Some("DX課"));
        assert_eq!(find("計画と おり"), None);
    }
}
