//! How wide the columns of a table on paper are, in half-width characters.

use super::grid::{Place, Reach, places};
use kaikaku_document::{Align, Table, Type};
use kaikaku_text::safe::visible;
use kaikaku_text::width::Ambiguous;

/// A column of words is narrowed to this at most.
const LEAST_TEXT: usize = 12;
/// The title above a column of numbers stands whole up to so many characters; else it takes two lines of at most so many.
const TITLE: (usize, usize) = (8, 12);
/// A name has this much where it can, and so much before numbers get more than they need.
const NAME: usize = 26;
const SOME: usize = 16;
/// A column of few words is as wide as they are.
const SHORT: usize = 14;

/// A day or an id of so many characters gets one more for every so many, so that it does not break.
const LONG: usize = 7;
const WIDER: usize = 5;
/// A shorter period gets one more for every so many: of R8Q2 half are letters, which are wider yet.
const LETTERED: usize = 2;
/// Digits of fonts that stand in for others are wider: a number with its unit takes one more for so many, where there is room.
const DIGITS: usize = 3;

/// A bar is not shorter.
const BAR: usize = 12;

/// What a column needs.
#[derive(Debug, Clone, Copy)]
struct Need {
    /// Narrower it cannot be read.
    least: usize,
    /// So wide, fonts with wider digits do not break it either.
    firm: usize,
    /// Wider it need not be.
    natural: usize,
    grows: bool,
    /// The least of a number whose period in parentheses stands on a line of its own.
    broken: Option<usize>,
}

impl Need {
    /// What it needs where numbers take two lines; they take no more then, or they would break elsewhere.
    fn broken(&self) -> Self {
        self.broken.map_or(*self, |least| Self {
            least,
            firm: least + self.firm - self.least,
            natural: least + self.firm - self.least,
            ..*self
        })
    }
}

/// The widths of the columns on a page of so many half-width characters, filling it where the table is not much
/// narrower; `None` where it is too wide for the page.
pub fn widths(table: &Table, room: usize) -> Option<Vec<usize>> {
    let whole = needs(table);
    if table.columns.iter().any(|column| column.weight.is_some()) {
        return Some(weighed(table, &whole, room));
    }
    shared(&whole, room).or_else(|| shared(&whole.iter().map(Need::broken).collect::<Vec<_>>(), room))
}

/// What columns that need so much get of the room; `None` where it is not enough.
fn shared(needs: &[Need], room: usize) -> Option<Vec<usize>> {
    let least: usize = needs.iter().map(|need| need.least).sum();
    let mut spare = room.checked_sub(least)?;
    let mut widths: Vec<usize> = needs.iter().map(|need| need.least).collect();
    // Words first, so that a name stays on few lines, then numbers; then words again, and whoever wants more.
    let words = |most: usize| move |need: &Need| if need.grows { need.natural.min(most) } else { 0 };
    let (some, name) = (words(SOME), words(NAME));
    let passes: [&dyn Fn(&Need) -> usize; 4] = [&some, &|need| need.firm, &name, &|need| need.natural];
    for most in passes {
        while spare > 0 {
            let growing = widths.iter_mut().zip(needs).filter(|(width, need)| **width < most(need));
            let Some((narrowest, _)) = growing.min_by_key(|(width, _)| **width) else { break };
            *narrowest += 1;
            spare -= 1;
        }
    }
    if spare > 0 && spare < room / 3 {
        stretch(&mut widths, needs, spare);
    }
    Some(widths)
}

/// The widths where they have to do: every column gives way.
pub fn squeezed(table: &Table, room: usize) -> Vec<usize> {
    let needs = needs(table);
    let least: usize = needs.iter().map(|need| need.least).sum::<usize>().max(1);
    needs.iter().map(|need| (need.least * room / least).max(2)).collect()
}

/// Which columns hold words so short that breaking them would only mangle them: ids, dates, grades.
pub fn short(table: &Table) -> Vec<bool> {
    needs(table).iter().map(|need| !need.grows).collect()
}

/// What is left goes to the columns of words, and to all where there is none.
fn stretch(widths: &mut [usize], needs: &[Need], spare: usize) {
    let any = needs.iter().any(|need| need.grows);
    let share: usize = widths.iter().zip(needs).filter(|(_, need)| need.grows || !any).map(|(width, _)| *width).sum();
    let mut covered = 0;
    for (width, _) in widths.iter_mut().zip(needs).filter(|(_, need)| need.grows || !any) {
        let before = covered * spare / share.max(1);
        covered += *width;
        *width += covered * spare / share.max(1) - before;
    }
}

/// A column that says no weight has what it needs; the others share the rest.
fn weighed(table: &Table, needs: &[Need], room: usize) -> Vec<usize> {
    let weights = table.columns.iter().map(|column| column.weight.map(|weight| usize::from(weight).max(1)));
    let weights: Vec<Option<usize>> = weights.collect();
    let needed: usize = weights.iter().zip(needs).filter(|(w, _)| w.is_none()).map(|(_, need)| need.least).sum();
    let (all, rest) = (weights.iter().flatten().sum::<usize>().max(1), room.saturating_sub(needed));
    let mut covered = 0;
    let mut share = |weight: usize| {
        let before = covered * rest / all;
        covered += weight;
        (covered * rest / all - before).max(2)
    };
    weights.iter().zip(needs).map(|(weight, need)| weight.map_or(need.least, &mut share)).collect()
}

fn needs(table: &Table) -> Vec<Need> {
    let widest = |text: &str| Ambiguous::Wide.widest(&visible(text));
    let mut cells = vec![0; table.columns.len()];
    let mut parts = vec![0; table.columns.len()];
    let mut mixed = vec![false; table.columns.len()];
    let mut digits = vec![0; table.columns.len()];
    for (row, places) in places(table).into_iter().enumerate() {
        for place in places {
            // What reaches over several columns has their room together.
            if let Place::Cell(Reach { column, across: 1, .. }) = place {
                let text = table.rows[row].cells.get(column).map_or("", |cell| &cell.text);
                let bar = table.rows[row].cells.get(column).is_some_and(|cell| cell.bar().is_some());
                cells[column] = cells[column].max(widest(text)).max(if bar { BAR } else { 0 });
                parts[column] = parts[column].max(before_parentheses(text).map(widest).max().unwrap_or(0));
                mixed[column] |= is_mixed(text);
                digits[column] = digits[column].max(alphanumerics(text));
            }
        }
    }
    let need = |(place, (column, cells)): (usize, (&kaikaku_document::Column, usize))| {
        let title = widest(&column.title);
        let natural = cells.max(title + alphanumerics(&column.title).div_ceil(LETTERED)).max(2);
        let mixed = mixed[place];
        let number = |cells: usize| {
            // A short title stands whole, a longer one on two lines.
            let lines = if title <= TITLE.0 { title } else { (title.div_ceil(4) * 2).min(TITLE.1) };
            cells.max(lines).max(longest_word(&column.title)).max(2)
        };
        let is_number = column.align() == Align::Right;
        let is_long = matches!(column.kind, Type::Date | Type::Id) && natural >= LONG;
        let is_whole = is_long || column.kind == Type::Period;
        let least = match is_number {
            true => number(cells),
            // Digits of fonts that stand in for others are wider, and a day must not break.
            false if is_whole && natural <= SHORT => {
                natural + natural.div_ceil(if natural < LONG { LETTERED } else { WIDER })
            }
            // A text such as R8Q2 is no word that may be broken either.
            false if natural <= SHORT && !mixed && matches!(column.kind, Type::Text | Type::Name) => {
                natural + digits[place].div_ceil(DIGITS)
            }
            false if natural <= SHORT => natural + usize::from(mixed),
            false => natural.min(LEAST_TEXT),
        };
        let firm = least + if is_number && mixed { digits[place].div_ceil(DIGITS) } else { 0 };
        let broken = Some(parts[place]).filter(|part| is_number && *part < cells).map(number);
        Need { least, firm, natural: natural.max(firm), grows: !is_number && natural > SHORT, broken }
    };
    table.columns.iter().zip(cells).enumerate().map(need).collect()
}

/// The parts of a number's cell: where room is short, its period in parentheses stands on a line of its own.
fn before_parentheses(text: &str) -> impl Iterator<Item = &str> {
    let breaks = text.char_indices().filter(|(at, c)| *at > 0 && matches!(c, '（' | '(')).map(|(at, _)| at);
    let ends = breaks.clone().chain([text.len()]);
    std::iter::once(0).chain(breaks).zip(ends).map(|(start, end)| text[start..end].trim_end())
}

/// Whether Latin letters or digits stand beside Japanese ones: Word sets them a little apart.
fn is_mixed(text: &str) -> bool {
    let latin = |c: char| c.is_ascii_alphanumeric();
    text.chars()
        .zip(text.chars().skip(1))
        .any(|(one, two)| latin(one) && !two.is_ascii() || !one.is_ascii() && latin(two))
}

/// How many Latin letters and digits a text has.
fn alphanumerics(text: &str) -> usize {
    text.bytes().filter(u8::is_ascii_alphanumeric).count()
}

/// The longest word of a title that may not be broken: a Latin one.
fn longest_word(title: &str) -> usize {
    let words = title.split_whitespace().filter(|word| word.is_ascii());
    words.map(str::len).max().unwrap_or(0).min(TITLE.1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use kaikaku_document::{Cell, Column, Row};

    fn table() -> Table {
        let columns = vec![
            Column::new("id", "番号", Type::Id),
            Column::new("name", "名称", Type::Text),
            Column::new("actual", "実績値", Type::Decimal),
        ];
        let row = Row::new(vec![
            Cell::text("1-1-1"),
            Cell::text("市役所のサービスに満足している市民の割合"),
            Cell::text("1,200,300千円"),
        ]);
        Table { columns, rows: vec![row], ..Table::default() }
    }

    #[test]
    fn numbers_stay_whole_and_words_give_way() {
        assert_eq!(widths(&table(), 120), Some(vec![5, 40, 16]), "far narrower than the page");
        assert_eq!(widths(&table(), 70), Some(vec![5, 49, 16]), "a little narrower: the words take the rest");
        assert_eq!(widths(&table(), 40), Some(vec![5, 19, 16]));
        assert_eq!(widths(&table(), 29), None);
        assert_eq!(squeezed(&table(), 20).len(), 3);
        let rates = Table {
            columns: vec![
                Column::new("improvement", "Improvement", Type::Percent),
                Column::new("rate", "改善率（％）", Type::Percent),
            ],
            ..Table::default()
        };
        assert_eq!(widths(&rates, 17), Some(vec![11, 6]), "a word is not broken, 改善率 and its unit are");
    }

    #[test]
    fn a_period_in_parentheses_gives_way_before_words_do() {
        let columns = vec![Column::new("actual", "実績値", Type::Decimal), Column::new("verdict", "判定", Type::Grade)];
        let cells = vec![Cell::text("60,830件（令和7年度）"), Cell::text("達成（当年度目標に対し）")];
        let table = Table { columns, rows: vec![Row::new(cells)], ..Table::default() };
        // 60,830件 takes 8, （令和7年度） 13 and both 21, with 2 more for six digits; the words 24, and 12 at least.
        assert_eq!(widths(&table, 45), Some(vec![23, 22]));
        assert_eq!(widths(&table, 25), Some(vec![13, 12]));
        assert_eq!(widths(&table, 24), None);
    }

    #[test]
    fn hints_win() {
        let mut table = table();
        table.columns[1].weight = Some(10);
        table.columns[2].weight = Some(5);
        assert_eq!(widths(&table, 40), Some(vec![5, 23, 12]), "35 shared 10 to 5, none lost");
    }
}
