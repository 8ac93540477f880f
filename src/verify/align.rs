//! Two sequences of facts against each other.

use super::facts::Fact;

/// One thing in which the facts of a paper are not those of the record.
#[derive(Debug, PartialEq)]
pub enum Change<'f> {
    /// The paper has another fact in the place of that of the record.
    Differs(&'f Fact, &'f Fact),
    /// The paper has more.
    Added(&'f Fact),
    /// The paper has less.
    Missing(&'f Fact),
}

/// In what `ours` is not `theirs`: one by one where both have as many, unless that makes more of them differ; else outside
/// the longest run that both have in common.
pub fn changes<'f>(ours: &'f [Fact], theirs: &'f [Fact]) -> Vec<Change<'f>> {
    let same = ours.iter().zip(theirs).take_while(|(a, b)| a.is_same(b)).count();
    let (ours, theirs) = (&ours[same..], &theirs[same..]);
    let rest = ours.iter().rev().zip(theirs.iter().rev()).take_while(|(a, b)| a.is_same(b)).count();
    let (ours, theirs) = (&ours[..ours.len() - rest], &theirs[..theirs.len() - rest]);
    let aligned = outside_common(ours, theirs);
    if ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(a, b)| a.is_alike(b)) {
        let pairs = ours.iter().zip(theirs).filter(|(a, b)| !a.is_same(b));
        let one_by_one: Vec<_> = pairs.map(|(a, b)| Change::Differs(a, b)).collect();
        if one_by_one.len() <= aligned.len() {
            return one_by_one;
        }
    }
    aligned
}

/// The facts outside the longest run that both have in common; between two of its facts, those of one kind stand in each
/// other's place.
fn outside_common<'f>(ours: &'f [Fact], theirs: &'f [Fact]) -> Vec<Change<'f>> {
    let mut longest = vec![vec![0_usize; theirs.len() + 1]; ours.len() + 1];
    for a in (0..ours.len()).rev() {
        for b in (0..theirs.len()).rev() {
            longest[a][b] = if ours[a].is_same(&theirs[b]) {
                longest[a + 1][b + 1] + 1
            } else {
                longest[a + 1][b].max(longest[a][b + 1])
            };
        }
    }
    let (mut a, mut b, mut changes) = (0, 0, Vec::new());
    let (mut from_a, mut from_b) = (0, 0);
    while a < ours.len() || b < theirs.len() {
        if a < ours.len() && b < theirs.len() && ours[a].is_same(&theirs[b]) {
            settle(&ours[from_a..a], &theirs[from_b..b], &mut changes);
            (a, b) = (a + 1, b + 1);
            (from_a, from_b) = (a, b);
        } else if b == theirs.len() || a < ours.len() && longest[a + 1][b] >= longest[a][b + 1] {
            a += 1;
        } else {
            b += 1;
        }
    }
    settle(&ours[from_a..], &theirs[from_b..], &mut changes);
    changes
}

/// What stands between two facts that both have in common.
fn settle<'f>(ours: &'f [Fact], theirs: &'f [Fact], changes: &mut Vec<Change<'f>>) {
    let mut left: Vec<&Fact> = theirs.iter().collect();
    for our in ours {
        let other = left.iter().position(|their| their.is_alike(our)).map(|at| left.remove(at));
        changes.push(other.map_or(Change::Added(our), |their| Change::Differs(our, their)));
    }
    changes.extend(left.into_iter().map(Change::Missing));
}

#[cfg(test)]
mod tests {
    use super::super::facts::facts;
    use super::super::vocabulary::Vocabulary;
    use super::*;

    #[test]
    fn what_changed_came_or_went_is_kept_apart() {
        let vocabulary = Vocabulary::new(["順調", "遅れ"]);
        let listed = |ours: &str, theirs: &str| {
            let (ours, theirs) = (facts(ours, &vocabulary).all, facts(theirs, &vocabulary).all);
            let changes = changes(&ours, &theirs).into_iter().map(|change| match change {
                Change::Differs(a, b) => format!("{}≠{}", a.shown, b.shown),
                Change::Added(a) => format!("+{}", a.shown),
                Change::Missing(b) => format!("-{}", b.shown),
            });
            changes.collect::<Vec<_>>().join(" ")
        };
        assert_eq!(listed("1、2、3", "1、2、3"), "");
        assert_eq!(listed("1、9、3", "1、2、3"), "9≠2");
        assert_eq!(listed("1、3", "1、2、3"), "-2");
        assert_eq!(listed("1、2、8、3", "1、2、3"), "+8");
        assert_eq!(listed("順調4件、遅れ14件", "順調14件、遅れ4件"), "4件≠14件 14件≠4件");
        assert_eq!(listed("順調", "14件"), "+順調 -14件");
    }
}
