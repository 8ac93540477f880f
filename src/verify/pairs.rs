//! Which part, table, row or paragraph of an edited paper is which of the paper as it would be written.

/// Less alike than this, two texts are not the same one edited.
const ALIKE: f64 = 0.5;
/// Of a long text only so many characters are compared.
const COMPARED: usize = 300;
/// How much is compared at most, in pairs of characters or of facts. A paper that is no other than the record is far below
/// it; of one that is all new, what is not reached has no counterpart, and is told so.
const EFFORT: usize = 1_000_000_000;

/// A text without its digits, spaces and the number of a heading: what stays when figures change.
pub fn masked(text: &str) -> String {
    let kept = text.chars().filter(|c| !c.is_numeric() && !c.is_whitespace() && !matches!(c, ',' | '.' | '，' | '．'));
    kept.take(COMPARED).collect()
}

/// For each of `edited`, its counterpart among `written`: the same text, else the same but for its figures, else the most
/// alike that is left. None is taken twice, and of equals the first comes first.
pub fn pairs(edited: &[String], written: &[String]) -> Vec<Option<usize>> {
    let (mut found, mut free) = (vec![None; edited.len()], vec![true; written.len()]);
    pair_equal(edited, written, &mut found, &mut free);
    pair_alike(edited, written, &mut found, &mut free);
    found
}

/// Pairs texts that are the same but for their figures, then the most alike that are left.
pub fn pair_alike(edited: &[String], written: &[String], found: &mut [Option<usize>], free: &mut [bool]) {
    let masked = |texts: &[String]| texts.iter().map(|text| masked(text)).collect::<Vec<_>>();
    let (edited, written) = (masked(edited), masked(written));
    pair_equal(&edited, &written, found, free);
    let letters = |text: &String| {
        let mut letters: Vec<char> = text.chars().collect();
        letters.sort_unstable();
        letters
    };
    let bags: Vec<Vec<char>> = written.iter().map(letters).collect();
    let mut effort = EFFORT;
    for (at, text) in edited.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
        if found[at].is_some() {
            continue;
        }
        let bag = letters(text);
        let left = written.iter().enumerate().filter(|(other, _)| free[*other]);
        let alike = left.filter_map(|(other, written)| {
            effort = effort.checked_sub(bag.len() + bags[other].len())?;
            // Two texts are no more alike than what letters they have in common.
            if alike_at_most(&bag, &bags[other]) < ALIKE {
                return None;
            }
            effort = effort.checked_sub(bag.len() * bags[other].len())?;
            Some((strsim::normalized_levenshtein(text, written), other))
        });
        let best = alike.filter(|(alike, _)| *alike >= ALIKE).max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        if let Some((_, other)) = best {
            (found[at], free[other]) = (Some(other), false);
        }
    }
}

/// How alike two texts can be that have these letters, each in order.
fn alike_at_most(ours: &[char], theirs: &[char]) -> f64 {
    let (mut a, mut b, mut common) = (0, 0, 0_u32);
    while let (Some(our), Some(their)) = (ours.get(a), theirs.get(b)) {
        common += u32::from(our == their);
        (a, b) = (a + usize::from(our <= their), b + usize::from(their <= our));
    }
    let longest = u32::try_from(ours.len().max(theirs.len())).unwrap_or(u32::MAX);
    f64::from(common) / f64::from(longest.max(1))
}

/// Pairs texts of which most facts are the same, however they are worded.
pub fn pair_by_facts(edited: &[Vec<String>], written: &[Vec<String>], found: &mut [Option<usize>], free: &mut [bool]) {
    const LEAST: usize = 2;
    let mut effort = EFFORT;
    for (at, facts) in edited.iter().enumerate() {
        if found[at].is_some() {
            continue;
        }
        let common = |other: &Vec<String>| facts.iter().filter(|fact| other.contains(fact)).count();
        let left = written.iter().enumerate().filter(|(other, _)| free[*other]);
        let shared = left.filter_map(|(other, written)| {
            effort = effort.checked_sub(facts.len() * written.len() + 1)?;
            Some((common(written), written.len().max(facts.len()), other))
        });
        let best =
            shared.filter(|(common, all, _)| *common >= LEAST && common * 2 >= *all).max_by_key(|(common, ..)| *common);
        if let Some((.., other)) = best {
            (found[at], free[other]) = (Some(other), false);
        }
    }
}

/// Pairs what carries the same ids of facts: each with the first that has most of its ids.
pub fn pair_tagged(edited: &[Vec<&str>], written: &[Vec<&str>], found: &mut [Option<usize>], free: &mut [bool]) {
    let places = written.iter().enumerate().flat_map(|(at, ids)| ids.iter().map(move |id| (*id, at)));
    let places: std::collections::HashMap<&str, usize> = places.collect();
    for (at, ids) in edited.iter().enumerate().filter(|(_, ids)| !ids.is_empty()) {
        let mut counts = std::collections::BTreeMap::<usize, usize>::new();
        for other in ids.iter().filter_map(|id| places.get(id)).filter(|other| free[**other]) {
            *counts.entry(*other).or_default() += 1;
        }
        let most = counts.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(&a.0)));
        if let Some((other, _)) = most.filter(|_| found[at].is_none()) {
            (found[at], free[other]) = (Some(other), false);
        }
    }
}

/// Pairs equal texts, in order.
pub fn pair_equal(edited: &[String], written: &[String], found: &mut [Option<usize>], free: &mut [bool]) {
    let mut places: std::collections::HashMap<&str, std::collections::VecDeque<usize>> = Default::default();
    for (at, text) in written.iter().enumerate().filter(|(at, _)| free[*at]) {
        places.entry(text).or_default().push_back(at);
    }
    for (at, text) in edited.iter().enumerate() {
        if found[at].is_some() || text.is_empty() {
            continue;
        }
        let other = places.get_mut(text.as_str()).and_then(std::collections::VecDeque::pop_front);
        if let Some(other) = other {
            (found[at], free[other]) = (Some(other), false);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_before_the_alike_before_nothing() {
        let list = |texts: &[&str]| texts.iter().map(|t| (*t).to_owned()).collect::<Vec<_>>();
        let written = list(&["評価済は20件である。", "未報告は1件である。", "指標は5件である。"]);
        let edited = list(&[
            "未報告は1件である。",
            "評価済は21件である。",
            "まったく別の話をここに書き足した。",
            "指標は、5件であった。",
        ]);
        assert_eq!(pairs(&edited, &written), [Some(1), Some(0), None, Some(2)]);
    }
}
