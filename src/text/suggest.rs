//! "Did you mean …?": the known word that a mistyped one was probably meant to be.

use std::borrow::Cow;

use crate::fold::fold;
use crate::lang::Say;
use crate::safe::shortened;
use crate::same::{name_key, unseen_difference};
use crate::say;

/// The word of `known` that `word` was probably meant to be: about one slip in three letters, however wide or large
/// they are written.
///
/// Numbers are not guessed: 1-1-4 is as likely a number of its own as a slip for 1-1-1.
pub fn closest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    closest_of(word, &known.into_iter().take(MOST_KNOWN).collect::<Vec<_>>())
}

fn closest_of<'k>(word: &str, known: &[&'k str]) -> Option<&'k str> {
    let plain = |text: &str| fold(text.trim()).to_lowercase();
    let letters = |text: &str| text.replace(|c: char| c.is_ascii_digit(), "");
    let word = plain(word);
    let length = word.chars().count();
    if length > LONGEST_WORD {
        return None;
    }
    let slips = |known: &str| {
        // Most words are of another length, which is quickly seen.
        let own = known.trim().chars().count();
        let allowed = (own.max(length) / 3).max(usize::from(own.max(length) > 1));
        if own.abs_diff(length) > allowed + 1 {
            return None;
        }
        let known = plain(known);
        let longer = known.chars().count().max(length);
        let allowed = (longer / 3).max(usize::from(longer > 1));
        let far =
            known.chars().count().abs_diff(length) > allowed || known != word && letters(&known) == letters(&word);
        (!far).then(|| strsim::osa_distance(&word, &known)).filter(|slips| *slips <= allowed)
    };
    let scored = known.iter().filter_map(|k| slips(k).map(|slips| (slips, k)));
    scored.min().map(|(_, k)| *k)
}

/// Among so many words the one is looked for that was meant: a thousand slips must not each look through a hundred thousand.
const MOST_KNOWN: usize = 1_000;

/// Longer words than this are no slips for anything.
const LONGEST_WORD: usize = 40;

/// Enough of a text to know it by: a paragraph that strayed into a key is not worth a screenful.
pub fn brief(text: &str) -> Cow<'_, str> {
    shortened(text, LONGEST_WORD)
}

/// "did you mean …?", else the list of what there is, else `nothing`.
pub fn suggest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>, nothing: Say) -> Say {
    suggest_of(word, known.into_iter().take(MOST_KNOWN).collect(), nothing)
}

/// The same for what has an id and a name: whichever of them the word was meant to be, both are shown. A part of a name
/// finds the names that it is in.
pub fn suggest_named<'k>(word: &str, known: impl IntoIterator<Item = (&'k str, &'k str)>, nothing: Say) -> Say {
    let known: Vec<(&str, &str)> = known.into_iter().take(MOST_KNOWN).collect();
    let shown = |(id, name): &(&str, &str)| match name_key(id) == name_key(name) || name.is_empty() {
        true => (*id).to_owned(),
        false => format!("{id} {}", brief(name)),
    };
    let words: Vec<&str> = known.iter().flat_map(|(id, name)| [*id, *name]).filter(|word| !word.is_empty()).collect();
    if let Some(meant) = closest_of(word, &words) {
        let meant = known.iter().find(|(id, name)| *id == meant || *name == meant).map(shown).unwrap_or_default();
        return say!("「{meant}」ではありませんか", "did you mean `{meant}`?");
    }
    let key = name_key(word);
    let holding = known.iter().filter(|(_, name)| key.chars().count() > 1 && name_key(name).contains(&*key));
    let holding: Vec<String> = holding.take(MOST_HOLDING).map(shown).collect();
    if !holding.is_empty() {
        let (ja, en) = (holding.join("、"), holding.join(", "));
        return say!("次のどれかではありませんか：{ja}", "did you mean one of these: {en}?");
    }
    let shown: Vec<String> = known.iter().map(shown).collect();
    suggest_of(word, shown.iter().map(String::as_str).collect(), nothing)
}

/// How many names that a word is in are shown.
const MOST_HOLDING: usize = 6;

fn suggest_of(word: &str, known: Vec<&str>, nothing: Say) -> Say {
    let key = name_key(word);
    let mut alike = known.iter().filter(|known| name_key(known) == key);
    if let Some((typed, meant)) = alike.find_map(|known| unseen_difference(word, known)) {
        return say!(
            "「{typed}」は「{meant}」と同じに見えますが、別の文字です",
            "`{typed}` looks like `{meant}`, but is written with other characters"
        );
    }
    if let Some(meant) = closest_of(word, &known) {
        return say!("「{meant}」ではありませんか", "did you mean `{meant}`?");
    }
    if known.is_empty() {
        return nothing;
    }
    const SHOWN: usize = 12;
    let more = if known.len() > SHOWN { "…" } else { "" };
    let mut nearest = known;
    if !more.is_empty() {
        // Of many, the neighbours: of all entries those that begin as the word does.
        let alike = |k: &str| k.chars().zip(word.chars()).take_while(|(a, b)| a == b).count();
        nearest.sort_by_key(|k| std::cmp::Reverse(alike(k)));
    }
    let list: Vec<Cow<'_, str>> = nearest.into_iter().take(SHOWN).map(brief).collect();
    let (ja, en) = (list.join("、"), list.join(", "));
    say!("使えるのは次のとおりです：{ja}{more}", "these are allowed: {en}{more}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_the_word_that_was_meant() {
        let known = ["name", "owner", "baseline", "target"];
        assert_eq!(closest("onwer", known), Some("owner"));
        assert_eq!(closest("Target", known), Some("target"));
        assert_eq!(closest("zzz", known), None);
        assert_eq!(closest("status", ["start", "stage"]), None);
        assert_eq!(closest("on_track", ["off-track", "on-track"]), Some("on-track"));
        assert_eq!(closest("Ｎａｍｅ", known), Some("name"));
        assert_eq!(closest("人事果", ["財政課", "人事課"]), Some("人事課"));
        assert_eq!(closest("1-1-4", ["1-1-1", "1-1-2"]), None);
        assert_eq!(closest("1-1-l", ["1-2", "1-1-1"]), Some("1-1-1"));
    }

    #[test]
    fn what_was_meant_is_shown_with_its_id_and_name() {
        let known = [("1-1-1", "戦略的リクルート"), ("1-1-2", "採用選考試験の見直し"), ("人事課", "人事課")];
        let hint = |word: &str| suggest_named(word, known, Say::default()).ja;
        assert_eq!(hint("採用選考試験の見直"), "「1-1-2 採用選考試験の見直し」ではありませんか");
        assert_eq!(hint("1-1-l"), "「1-1-1 戦略的リクルート」ではありませんか");
        assert_eq!(hint("人事果"), "「人事課」ではありませんか");
        assert_eq!(hint("ﾘｸﾙｰﾄ"), "次のどれかではありませんか：1-1-1 戦略的リクルート");
        let all = "使えるのは次のとおりです：1-1-1 戦略的リクルート、1-1-2 採用選考試験の見直し、人事課";
        assert_eq!(hint("9-9-9"), all);
    }

    #[test]
    fn of_many_words_the_neighbours_are_listed() {
        let known: Vec<String> = (1..=9).flat_map(|i| (1..=9).map(move |j| format!("{i}-{j}"))).collect();
        let listed = suggest("7-77", known.iter().map(String::as_str), Say::default());
        assert_eq!(listed.en, "these are allowed: 7-7, 7-1, 7-2, 7-3, 7-4, 7-5, 7-6, 7-8, 7-9, 1-1, 1-2, 1-3…");
    }
}
