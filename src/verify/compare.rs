//! Fact by fact: an edited paper against the paper as the record would write it.

use std::ops::Range;

use super::about::{Beside, around};
use super::align::{Change, changes};
use super::facts::Facts;
use super::pairs::{pair_alike, pair_by_facts, pair_equal, pair_tagged, pairs};
use super::rows::{Rows, columns, key, rows};
use super::{Area, Part, Piece, Remark, Sheet, Tagged, Text, Vocabulary};
use crate::text::safe::shortened;

/// A place in which a paper is not what the record says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// Where the part stands.
    pub area: Area,
    /// The heading it stands under.
    pub heading: String,
    /// Where under it: the row and the column, or the beginning of the paragraph.
    pub place: String,
    /// As the paper has it; `None` where it is gone.
    pub paper: Option<String>,
    /// As the record has it; `None` where it has nothing of the kind.
    pub record: Option<String>,
    /// The id of the fact, where the record gives it one.
    pub fact: Option<String>,
}

/// What came of holding a paper against the record.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Verified {
    /// How many facts of the paper were held against the record.
    pub checked: usize,
    /// Where the paper says something else.
    pub differs: Vec<Found>,
    /// What the record has and the paper does not.
    pub missing: Vec<Found>,
    /// What the paper has and the record does not.
    pub added: Vec<Found>,
    /// What a program noted beside the paper's text.
    pub remarks: Vec<Remark>,
}

impl Verified {
    /// Whether the paper's facts and the record's are the same.
    pub fn agrees(&self) -> bool {
        self.differs.is_empty() && self.missing.is_empty() && self.added.is_empty()
    }
}

/// Holds `paper` against `record`, the paper as it would be written today; `vocabulary` holds the words that are facts.
pub fn verify(paper: &Sheet, record: &Sheet, vocabulary: &Vocabulary) -> Verified {
    let verified = Verified { remarks: paper.remarks.clone(), ..Verified::default() };
    let mut comparison = Comparison { vocabulary, verified };
    let (ours, theirs) = (placed(paper), placed(record));
    let (mut found, mut free) = (vec![None; ours.len()], vec![true; theirs.len()]);
    let parts = partners(paper, record);
    for (part, other) in parts.iter().enumerate().filter_map(|(part, other)| Some((part, (*other)?))) {
        let pair = |placed: &Placed<'_>, other: &Placed<'_>, at| placed.at == part && other.at == at;
        comparison.pair(&ours, &theirs, &mut found, &mut free, |a, b| pair(a, b, other));
        comparison.held(&paper.parts[part], "", &heading(&paper.parts[part]), &heading(&record.parts[other]), false);
    }
    // What found no counterpart under its own heading may stand under another one.
    comparison.pair(&ours, &theirs, &mut found, &mut free, |a, b| a.part.area == b.part.area);
    for (placed, other) in ours.iter().zip(&found) {
        match other {
            Some(other) => comparison.hold_piece(placed, theirs[*other].piece),
            None => comparison.alone(placed, false),
        }
    }
    for placed in theirs.iter().zip(&free).filter_map(|(placed, free)| free.then_some(placed)) {
        comparison.alone(placed, true);
    }
    comparison.rules(paper, record);
    comparison.verified
}

/// A piece, and in which part it stands.
struct Placed<'s> {
    part: &'s Part,
    at: usize,
    piece: &'s Piece,
}

fn placed(sheet: &Sheet) -> Vec<Placed<'_>> {
    let parts = sheet.parts.iter().enumerate();
    parts.flat_map(|(at, part)| part.pieces.iter().map(move |piece| Placed { part, at, piece })).collect()
}

/// For each part of the paper, the same part of the record: by its heading; of those without one, by where they stand.
fn partners(paper: &Sheet, record: &Sheet) -> Vec<Option<usize>> {
    let headings = |sheet: &Sheet| sheet.parts.iter().map(|part| heading(part).words).collect::<Vec<_>>();
    let (ours, theirs) = (headings(paper), headings(record));
    let mut found = pairs(&ours, &theirs);
    for (at, part) in paper.parts.iter().enumerate().filter(|(at, _)| ours[*at].is_empty()) {
        let same = |other: &usize| theirs[*other].is_empty() && record.parts[*other].area == part.area;
        found[at] = (0..theirs.len()).find(same);
    }
    found
}

/// A heading without the number that was set before it.
fn heading(part: &Part) -> Text {
    let Text { words, facts, .. } = &part.heading;
    let behind = words.trim_start_matches(|c: char| c.is_numeric() || c == '.');
    // A heading may begin with a year.
    let bare = if behind.starts_with(char::is_whitespace) { behind.trim_start() } else { words };
    let cut = words.len() - bare.len();
    let bare_of = |place: &Range<usize>| place.start.saturating_sub(cut)..place.end.saturating_sub(cut);
    let facts = facts.iter().map(|fact| Tagged { id: fact.id.clone(), place: bare_of(&fact.place) }).collect();
    Text { words: bare.to_owned(), facts, ..Text::default() }
}

/// So much of a rule is shown.
const RULE: usize = 200;

/// What is held so far, and by which words.
struct Comparison<'t> {
    vocabulary: &'t Vocabulary,
    verified: Verified,
}

impl Comparison<'_> {
    /// Pairs the pieces that `may` stand for each other and have no counterpart yet.
    fn pair(
        &self,
        ours: &[Placed<'_>],
        theirs: &[Placed<'_>],
        found: &mut [Option<usize>],
        free: &mut [bool],
        may: impl Fn(&Placed<'_>, &Placed<'_>) -> bool,
    ) {
        for is_table in [false, true] {
            let is_kind = |placed: &&Placed<'_>| matches!(placed.piece, Piece::Table(_)) == is_table;
            let open = |placed: &[Placed<'_>], wanted: &dyn Fn(usize) -> bool| {
                let all = placed.iter().enumerate().filter(|(at, placed)| wanted(*at) && is_kind(placed));
                all.map(|(at, _)| at).collect::<Vec<usize>>()
            };
            let mut left = open(ours, &|at| found[at].is_none());
            let mut others = open(theirs, &|at| free[at]);
            left.retain(|at| others.iter().any(|other| may(&ours[*at], &theirs[*other])));
            others.retain(|other| left.iter().any(|at| may(&ours[*at], &theirs[*other])));
            let counterparts = counterparts(&self.all_known_by(ours, &left), &self.all_known_by(theirs, &others));
            for (at, other) in left.iter().zip(counterparts) {
                if let Some(other) = other.map(|other| others[other]) {
                    (found[*at], free[other]) = (Some(other), false);
                }
            }
        }
    }

    fn all_known_by<'p>(&self, placed: &[Placed<'p>], places: &[usize]) -> Vec<KnownBy<'p>> {
        places.iter().map(|at| self.known_by(placed[*at].piece)).collect()
    }

    /// By what a piece is found again.
    fn known_by<'p>(&self, piece: &'p Piece) -> KnownBy<'p> {
        let id = |text: &'p Text| text.facts.iter().map(|fact| &*fact.id);
        match piece {
            Piece::Prose(text) => KnownBy {
                ids: id(text).collect(),
                words: text.words.clone(),
                facts: self.vocabulary.facts(&text.words).all.iter().map(|fact| fact.shown.clone()).collect(),
            },
            Piece::Table(rows) => KnownBy {
                ids: rows.iter().flatten().flat_map(id).collect(),
                words: rows.iter().map(|row| key(row)).collect::<Vec<_>>().join("|"),
                facts: Vec::new(),
            },
        }
    }

    fn hold_piece(&mut self, placed: &Placed<'_>, other: &Piece) {
        match (placed.piece, other) {
            (Piece::Prose(text), Piece::Prose(other)) => {
                self.held(placed.part, &brief(&text.words), text, other, false)
            }
            (Piece::Table(table), Piece::Table(other)) => self.table(placed.part, table, other),
            _ => {}
        }
    }

    fn table(&mut self, part: &Part, table: &Rows, written: &Rows) {
        let columns = columns(table, written);
        let heads = [table, written].map(|rows| rows.first().map(Vec::as_slice).unwrap_or_default());
        self.row(part, heads, heads, &columns);
        let pairs = rows(table.get(1..).unwrap_or_default(), written.get(1..).unwrap_or_default());
        for (row, pair) in table.iter().skip(1).zip(&pairs) {
            match pair {
                Some(other) => self.row(part, [row, &written[other + 1]], heads, &columns),
                None => self.lone_row(part, row, false),
            }
        }
        let gone = written.iter().skip(1).enumerate().filter(|(at, _)| !pairs.contains(&Some(*at)));
        gone.for_each(|(_, row)| self.lone_row(part, row, true));
    }

    /// A row cell by cell; a column that the paper has no more is held against nothing.
    fn row(&mut self, part: &Part, [ours, theirs]: [&[Text]; 2], heads: [&[Text]; 2], columns: &[Option<usize>]) {
        let nothing = Text::default();
        let place = |row: &[Text], title: Option<&Text>| {
            let title = title.map_or("", |title| &*title.words);
            format!("{}{}{title}", brief(&key(row)), if title.is_empty() { "" } else { " / " })
        };
        // Programs that save a paper again part cells otherwise: then those that hold words are the same cells, in order.
        let filled = [ours, theirs].map(|row| row.iter().filter(|cell| !cell.words.is_empty()).collect::<Vec<_>>());
        if ours.len() != theirs.len() && filled[0].len() == filled[1].len() {
            let (row, [ours, theirs]) = (ours, filled);
            ours.iter().zip(theirs).for_each(|(cell, other)| self.held(part, &brief(&key(row)), cell, other, true));
            return;
        }
        for (at, cell) in ours.iter().enumerate() {
            let other = columns.get(at).copied().flatten().and_then(|other| theirs.get(other));
            self.held(part, &place(ours, heads[0].get(at)), cell, other.unwrap_or(&nothing), true);
        }
        let kept = &columns[..ours.len().min(columns.len())];
        for at in (0..theirs.len()).filter(|at| !kept.contains(&Some(*at))) {
            self.held(part, &place(ours, heads[1].get(at)), &nothing, &theirs[at], true);
        }
    }

    /// Two texts that state the same: the facts of `text` against those of `record`.
    fn held(&mut self, part: &Part, place: &str, text: &Text, record: &Text, in_cell: bool) {
        let fact = record.facts.first().filter(|_| in_cell).map(|fact| fact.id.clone());
        let spot = Spot { part, place, fact, in_cell };
        if in_cell {
            return self.compare(&spot, &text.words, &record.words);
        }
        // A fact that carries an id is held by itself, wherever in the text it stands.
        for tagged in &record.facts {
            if let Some(ours) = text.facts.iter().find(|ours| ours.id == tagged.id) {
                let words = |text: &Text, tagged: &Tagged| text.words[tagged.place.clone()].to_owned();
                let spot = Spot { part, place, fact: Some(tagged.id.clone()), in_cell: true };
                self.compare(&spot, &words(text, ours), &words(record, tagged));
                self.compare_around(&spot, (text, ours), (record, tagged));
            }
        }
        self.compare(&spot, &beside(text, record), &beside(record, text));
    }

    /// The words by a fact that make another statement of it, where they stand outside of what carries its id.
    fn compare_around(&mut self, spot: &Spot<'_>, ours: (&Text, &Tagged), theirs: (&Text, &Tagged)) {
        let [our, their] = [ours, theirs].map(|(text, tagged)| around(&text.words, &tagged.place));
        let sign = |word: &Option<Beside>| word.as_ref().map(|word| word.sign);
        if sign(&our) == sign(&their) {
            return;
        }
        let shown = |(text, tagged): (&Text, &Tagged), word: Option<Beside>| {
            let fact = &text.words[tagged.place.clone()];
            match word {
                Some(Beside { text, is_before: true, .. }) => format!("{text}{fact}"),
                Some(Beside { text, .. }) => format!("{fact}{text}"),
                None => fact.to_owned(),
            }
        };
        self.verified.differs.push(spot.found(Some(shown(ours, our)), Some(shown(theirs, their))));
    }

    fn compare(&mut self, spot: &Spot<'_>, text: &str, record: &str) {
        let (ours, theirs) = (self.vocabulary.facts(text), self.vocabulary.facts(record));
        self.verified.checked += ours.all.len();
        let changes = changes(&ours.all, &theirs.all);
        if changes.is_empty() {
            if spot.in_cell && is_extended(text, record, &ours, &theirs) {
                self.verified.differs.push(spot.found(Some(brief(text)), Some(brief(record))));
            }
            return;
        }
        let differs = changes.iter().any(|change| matches!(change, Change::Differs(..)));
        for change in changes {
            match change {
                Change::Differs(ours, theirs) => {
                    self.verified.differs.push(spot.found(Some(ours.shown.clone()), Some(theirs.shown.clone())));
                }
                Change::Added(ours) => self.verified.added.push(spot.found(Some(ours.shown.clone()), None)),
                // Other words stand in its place.
                Change::Missing(theirs) if spot.in_cell && !differs && ours.letters > 0 => {
                    self.verified.differs.push(spot.found(Some(brief(text)), Some(theirs.shown.clone())));
                }
                Change::Missing(theirs) => self.verified.missing.push(spot.found(None, Some(theirs.shown.clone()))),
            }
        }
    }

    /// What the paper brings along and the record does not, by which something else is shown than is read here.
    fn rules(&mut self, paper: &Sheet, record: &Sheet) {
        let area = Area::Style;
        let found = |rule: &String| {
            let (place, paper) = (brief(rule), Some(shortened(rule, RULE).into_owned()));
            Found { area, place, paper, ..Found::default() }
        };
        self.verified.added.extend(paper.rules.iter().filter(|rule| !record.rules.contains(rule)).map(found));
    }

    /// A piece of the paper that the record has not, or of the record that the paper has not.
    fn alone(&mut self, placed: &Placed<'_>, of_record: bool) {
        match placed.piece {
            Piece::Prose(text) => self.lone(placed.part, &brief(&text.words), &text.words, of_record),
            Piece::Table(rows) => rows.iter().for_each(|row| self.lone_row(placed.part, row, of_record)),
        }
    }

    fn lone_row(&mut self, part: &Part, row: &[Text], of_record: bool) {
        let words: Vec<&str> = row.iter().map(|cell| &*cell.words).filter(|words| !words.is_empty()).collect();
        self.lone(part, &brief(&key(row)), &words.join(" | "), of_record);
    }

    fn lone(&mut self, part: &Part, place: &str, words: &str, of_record: bool) {
        const SHOWN: usize = 8;
        let facts = &self.vocabulary.facts(words).all;
        if facts.is_empty() {
            return;
        }
        let more = if facts.len() > SHOWN { "…" } else { "" };
        let shown = facts.iter().take(SHOWN).map(|fact| &*fact.shown).collect::<Vec<_>>().join(", ") + more;
        let spot = Spot { part, place, fact: None, in_cell: false };
        if of_record {
            self.verified.missing.push(spot.found(None, Some(shown)));
        } else {
            self.verified.checked += facts.len();
            self.verified.added.push(spot.found(Some(shown), None));
        }
    }
}

/// Where two texts are compared.
struct Spot<'p> {
    part: &'p Part,
    place: &'p str,
    fact: Option<String>,
    /// Whether the text is a cell or a fact by itself, so that words beside its facts are part of it.
    in_cell: bool,
}

impl Spot<'_> {
    fn found(&self, paper: Option<String>, record: Option<String>) -> Found {
        let (area, heading) = (self.part.area, self.part.heading.words.clone());
        Found { area, heading, place: self.place.to_owned(), paper, record, fact: self.fact.clone() }
    }
}

/// By what a piece is found again.
struct KnownBy<'p> {
    ids: Vec<&'p str>,
    words: String,
    facts: Vec<String>,
}

fn ids<'p>(all: &[KnownBy<'p>]) -> Vec<Vec<&'p str>> {
    all.iter().map(|known| known.ids.clone()).collect()
}

/// For each piece of the paper, its counterpart among those of the record.
fn counterparts(ours: &[KnownBy<'_>], theirs: &[KnownBy<'_>]) -> Vec<Option<usize>> {
    let (mut found, mut free) = (vec![None; ours.len()], vec![true; theirs.len()]);
    pair_tagged(&ids(ours), &ids(theirs), &mut found, &mut free);
    let words = |all: &[KnownBy<'_>]| all.iter().map(|known| known.words.clone()).collect::<Vec<_>>();
    pair_equal(&words(ours), &words(theirs), &mut found, &mut free);
    let facts = |all: &[KnownBy<'_>]| all.iter().map(|known| known.facts.clone()).collect::<Vec<_>>();
    pair_alike(&words(ours), &words(theirs), &mut found, &mut free);
    pair_by_facts(&facts(ours), &facts(theirs), &mut found, &mut free);
    found
}

/// Whether a text has letters more than the record, where that is nothing but its facts.
fn is_extended(text: &str, record: &str, ours: &Facts, theirs: &Facts) -> bool {
    match &theirs.all[..] {
        [] => false,
        [_] if theirs.letters == 0 => ours.letters > 0,
        _ => theirs.words == 0 && ours.words > 0 && text != record,
    }
}

/// What stands beside the facts that both texts carry by the same id.
fn beside(text: &Text, other: &Text) -> String {
    let (mut beside, mut from) = (String::new(), 0);
    for tagged in text.facts.iter().filter(|tagged| other.facts.iter().any(|fact| fact.id == tagged.id)) {
        if tagged.place.start >= from {
            beside.push_str(&text.words[from..tagged.place.start]);
            beside.push('、');
            from = tagged.place.end;
        }
    }
    beside + &text.words[from..]
}

/// Enough of a text to find it by.
fn brief(text: &str) -> String {
    const SHOWN: usize = 30;
    let line: String = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    shortened(&line, SHOWN).into_owned()
}
