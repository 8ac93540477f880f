//! What a table of minutes prints of its sums, held against the rows that they count.

use crate::inquiry::grid::cell_key;
use crate::inquiry::spot::Class;
use crate::lang::Say;
use crate::say;
use crate::text::fold::fold;
use crate::text::safe::one_line;

/// What a table prints of its sums, and what its rows come to.
#[derive(Debug, Default)]
pub struct Sums {
    /// What the rows count since the last sum, and in all.
    since: u64,
    all: u64,
    /// Whether a sum stands above.
    is_below: bool,
}

impl Sums {
    /// Counts a row, of which the table may say how many it stands for. What is noted of a row below a sum.
    pub fn count(&mut self, count: Option<u64>) -> Option<Say> {
        let count = count.unwrap_or(1);
        (self.since, self.all) = (self.since.saturating_add(count), self.all.saturating_add(count));
        self.is_below.then(|| {
            say!(
                "合計の行より下の行なので、その合計に入っていません",
                "it stands below a row of sums, which do not count it"
            )
        })
    }

    /// What is said of a row of sums with these whole numbers.
    pub fn printed(&mut self, words: &str, printed: Vec<u64>) -> (Class, Say) {
        let (since, all) = (std::mem::take(&mut self.since), self.all);
        self.is_below = all > 0;
        let words = one_line(words);
        match printed[..] {
            [sum] if all > 0 && sum != since && sum != all => (
                Class::Invalid,
                say!(
                    "「{words}」は {sum} ですが、上の行は {all} になります。漏れた行か、余分な行がないか確かめてください",
                    "`{words}` says {sum}, but the rows above come to {all}: is a row missing, or one too many?"
                ),
            ),
            _ => (Class::LeftOut, say!("合計の行です（{words}）", "a row of sums ({words})")),
        }
    }
}

/// Whether words make a row one of sums.
pub fn is_sum(words: &str) -> bool {
    const SUMS: [&str; 7] = ["合計", "計", "小計", "総計", "総合計", "延べ", "total"];
    let key = cell_key(words).to_lowercase();
    let bare = key.trim_end_matches('件').trim_end_matches(|c: char| c.is_ascii_digit() || c == ',');
    SUMS.contains(&bare.trim())
}

/// A count as a table prints it: 3, 3件, １，２００.
pub fn plain_count(text: &str) -> Option<u64> {
    let folded = fold(text);
    let bare = folded.trim().trim_end_matches(['件', '人', '名', '通']).replace(',', "");
    Some(bare.trim()).filter(|bare| bare.bytes().all(|b| b.is_ascii_digit())).and_then(|bare| bare.parse().ok())
}
