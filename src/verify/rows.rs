//! Which row and which column of an edited table is which of the table as it would be written.

use super::Text;
use super::pairs::{pair_equal, pair_tagged, pairs};

/// A table, its first row its head.
pub type Rows = Vec<Vec<Text>>;

/// For each column of a table, the same one as it would be written: by its title, else by its place.
pub fn columns(table: &[Vec<Text>], written: &[Vec<Text>]) -> Vec<Option<usize>> {
    let (Some(ours), Some(theirs)) = (table.first(), written.first()) else { return Vec::new() };
    let widest = table.iter().map(Vec::len).max().unwrap_or(0);
    let titles = |row: &[Text]| row.iter().map(|cell| cell.words.clone()).collect::<Vec<_>>();
    let (ours, theirs) = (titles(ours), titles(theirs));
    let is_blank = |titles: &[String]| titles.iter().all(String::is_empty);
    if ours == theirs || is_blank(&ours) && is_blank(&theirs) {
        return (0..widest).map(Some).collect();
    }
    let found = pairs(&ours, &theirs);
    let by_place = |at: usize| (ours.len() == theirs.len() && !found.contains(&Some(at))).then_some(at);
    let beyond = (ours.len()..widest).map(|at| Some(at).filter(|_| ours.len() == theirs.len()));
    found.iter().enumerate().map(|(at, pair)| pair.or_else(|| by_place(at))).chain(beyond).collect()
}

/// For each row, the same one as it would be written: by its facts' ids, the whole row, what it is called by, what is most
/// like it.
pub fn rows(table: &[Vec<Text>], written: &[Vec<Text>]) -> Vec<Option<usize>> {
    let (mut found, mut free) = (vec![None; table.len()], vec![true; written.len()]);
    pair_tagged(&ids(table), &ids(written), &mut found, &mut free);
    let whole = |rows: &[Vec<Text>]| {
        rows.iter().map(|row| row.iter().map(|cell| &*cell.words).collect::<Vec<_>>().join("|")).collect::<Vec<_>>()
    };
    pair_equal(&whole(table), &whole(written), &mut found, &mut free);
    for called in [key as fn(&[Text]) -> String, first] {
        let keys = |rows: &[Vec<Text>]| rows.iter().map(|row| called(row)).collect::<Vec<_>>();
        pair_equal(&keys(table), &keys(written), &mut found, &mut free);
    }
    let left: Vec<usize> = (0..table.len()).filter(|at| found[*at].is_none()).collect();
    let open: Vec<usize> = (0..written.len()).filter(|other| free[*other]).collect();
    let keys = |places: &[usize], rows: &[Vec<Text>]| places.iter().map(|at| key(&rows[*at])).collect::<Vec<_>>();
    for (at, pair) in left.iter().zip(pairs(&keys(&left, table), &keys(&open, written))) {
        found[*at] = pair.map(|other| open[other]);
    }
    found
}

/// The ids of the facts of each row.
fn ids(rows: &[Vec<Text>]) -> Vec<Vec<&str>> {
    rows.iter().map(|row| row.iter().flat_map(|cell| &cell.facts).map(|fact| &*fact.id).collect()).collect()
}

/// What a row is called by: its first cell that says anything, with the next where the first is an id.
pub fn key(row: &[Text]) -> String {
    let mut cells = row.iter().map(|cell| &*cell.words).filter(|words| !words.is_empty());
    let first = cells.next().unwrap_or_default();
    let is_id = first.chars().all(|c| c.is_ascii_alphanumeric() || !c.is_alphabetic());
    match cells.next().filter(|_| is_id) {
        Some(next) => format!("{first} {next}"),
        None => first.to_owned(),
    }
}

/// The first cell of a row that says anything.
fn first(row: &[Text]) -> String {
    row.iter().map(|cell| &cell.words).find(|words| !words.is_empty()).cloned().unwrap_or_default()
}
