//! How facts get their ids. What a report names itself has that name; what it does not is named after the words around its
//! figures, which stay when figures change: nothing that comes or goes elsewhere moves an id.

use std::collections::HashMap;

use super::{BETWEEN, CLOSE, Fact, OPEN};
use crate::{Block, Chart, Document, Line, Role, Row, Table, Type};

/// Word takes no longer tag.
const LONGEST: usize = 64;
/// What a figure is about that is about no entry or indicator.
const ALL: &str = "all";

impl Document {
    /// Gives every figure its id, which begins with the topic of its section, or with `topic` where that has none; `period`
    /// is that of the paper.
    pub fn name_facts(&mut self, topic: &str, period: &str) {
        let mut names = Names { period, taken: HashMap::new() };
        let spot = Spot { topic, subject: ALL };
        self.title_facts = names.whole(spot, "title", &self.title, 0);
        self.lead.iter_mut().for_each(|line| names.line(spot, "lead", line));
        for section in &mut self.sections {
            let topic = section.topic.as_deref().unwrap_or(topic);
            let subject = section.subject.as_deref().unwrap_or(ALL);
            if let Some(words) = &section.heading {
                section.heading_facts = names.whole(Spot { topic, subject }, "heading", words, numbered(words));
            }
            section.blocks.iter_mut().for_each(|block| names.block(Spot { topic, subject }, block));
        }
        self.meta.fact_period = Some(period.into());
    }
}

/// A footnote as a line. Its words are the same footnote wherever they stand, so that they alone name it.
pub fn footnote(words: &str, period: Option<&str>) -> Line {
    let mut line = Line::from(words);
    if let Some(period) = period {
        let mut names = Names { period, taken: HashMap::new() };
        line.facts = names.whole(Spot { topic: "footnotes", subject: ALL }, "note", words, 0);
    }
    line
}

/// Where a fact stands, and what it is about as long as nothing says otherwise.
#[derive(Clone, Copy)]
struct Spot<'n> {
    topic: &'n str,
    subject: &'n str,
}

/// The ids that were given so far.
struct Names<'p> {
    period: &'p str,
    taken: HashMap<String, usize>,
}

impl Names<'_> {
    /// The id of a fact. One that is there already gets a number behind it: two facts of one name, subject and words.
    fn id(&mut self, topic: &str, subject: &str, kind: &str) -> Box<str> {
        let id = self.bare_id(topic, subject, kind);
        let count = self.taken.entry(id.clone()).or_default();
        *count += 1;
        if *count == 1 { id.into() } else { within_limit(format!("{id}-{count}")).into() }
    }

    fn bare_id(&self, topic: &str, subject: &str, kind: &str) -> String {
        within_limit(ascii(format!("{topic}.{subject}.{}.{kind}", self.period)))
    }

    fn block(&mut self, spot: Spot<'_>, block: &mut Block) {
        match block {
            Block::Text(line) => self.line(spot, "text", line),
            Block::List(lines) => lines.iter_mut().for_each(|line| self.line(spot, "text", line)),
            Block::Fields(fields) => fields.iter_mut().for_each(|(name, line)| {
                self.line(spot, &format!("field-{}", fingerprint(name)), line);
            }),
            Block::Tree(branches) => branches.iter_mut().for_each(|branch| self.line(spot, "text", &mut branch.line)),
            Block::Table(table) => self.table(spot, table),
            Block::Charts(charts) => charts.iter_mut().for_each(|chart| self.chart(spot.topic, chart)),
        }
    }

    /// A line: the facts that are marked in it, else each of its lines that states a figure.
    fn line(&mut self, spot: Spot<'_>, role: &str, line: &mut Line) {
        if line.text.contains([OPEN, BETWEEN, CLOSE]) {
            self.marked(spot.topic, line);
        } else if line.facts.is_empty() {
            line.facts = self.whole(spot, role, &line.text, 0);
        }
    }

    /// Each line of a text that states a figure, from a place on.
    fn whole(&mut self, spot: Spot<'_>, role: &str, text: &str, from: usize) -> Box<[Fact]> {
        let (mut facts, mut at) = (Vec::new(), from);
        for words in text[from..].split_inclusive('\n') {
            let (trimmed, start) = (words.trim(), at + words.len() - words.trim_start().len());
            at += words.len();
            if trimmed.contains(char::is_numeric) {
                let id = self.id(spot.topic, spot.subject, &format!("{role}-{}", fingerprint(trimmed)));
                facts.push(Fact { id, place: start..start + trimmed.len(), link: None });
            }
        }
        facts.into()
    }

    /// Takes the marks out of a line.
    fn marked(&mut self, topic: &str, line: &mut Line) {
        let (mut text, mut facts) = (String::with_capacity(line.text.len()), Vec::new());
        for (at, piece) in line.text.split(OPEN).enumerate() {
            let mut parts = piece.splitn(3, BETWEEN);
            let marked = (parts.next(), parts.next(), parts.next().and_then(|rest| rest.split_once(CLOSE)));
            match marked {
                (Some(subject), Some(kind), Some((words, behind))) if at > 0 => {
                    let start = text.len();
                    text.push_str(words);
                    facts.push(Fact { id: self.id(topic, subject, kind), place: start..text.len(), link: None });
                    text.push_str(behind);
                }
                _ => text.push_str(&piece.replace([BETWEEN, CLOSE], "")),
            }
        }
        (line.text, line.facts) = (text, facts.into());
    }

    fn table(&mut self, spot: Spot<'_>, table: &mut Table) {
        table.caption.iter_mut().for_each(|caption| self.line(spot, "caption", caption));
        let titles = titles(table);
        name_titles(table, &titles, |kind| self.id(spot.topic, spot.subject, kind));
        let subjects = subjects(table);
        let keys: Vec<_> = table.columns.iter().map(|column| column.key.clone()).collect();
        for (row, subject) in table.rows.iter_mut().zip(subjects) {
            let Some(RowName { subject, apart }) = subject else { continue };
            for (cell, key) in row.cells.iter_mut().zip(&keys).filter(|(cell, _)| !cell.text.is_empty()) {
                cell.set_fact(self.id(spot.topic, &subject, &format!("{key}{apart}")));
            }
        }
        table.notes.iter_mut().for_each(|note| self.line(spot, "note", note));
        table.narrow.iter_mut().for_each(|part| self.narrow(spot, &titles, part));
    }

    /// A narrower table states the same facts once more.
    fn narrow(&self, Spot { topic, subject }: Spot<'_>, titles: &str, table: &mut Table) {
        name_titles(table, titles, |kind| self.bare_id(topic, subject, kind).into());
        let subjects = subjects(table);
        for (row, subject) in table.rows.iter_mut().zip(subjects) {
            let Some(RowName { subject, apart }) = subject else { continue };
            for (cell, column) in row.cells.iter_mut().zip(&table.columns).filter(|(cell, _)| !cell.text.is_empty()) {
                cell.set_fact(self.bare_id(topic, &subject, &format!("{}{apart}", column.key)));
            }
        }
    }

    /// The verdict and every value of a picture.
    fn chart(&mut self, topic: &str, chart: &mut Chart) {
        let verdict = &mut chart.bullet.verdict;
        if !verdict.text.is_empty() {
            let place = 0..verdict.text.len();
            verdict.facts = [Fact { id: self.id(topic, &chart.id, "chart-verdict"), place, link: None }].into();
        }
        for mark in &mut chart.bullet.marks {
            mark.fact = Some(self.id(topic, &chart.id, role(mark.role)));
        }
        for point in &mut chart.series {
            point.fact = Some(self.id(topic, &chart.id, &format!("chart-{}", point.key)));
        }
    }
}

/// The titles of a table.
fn titles(table: &Table) -> String {
    table.columns.iter().map(|column| &*column.title).collect::<Vec<_>>().join("|")
}

/// Makes the titles of a table facts where any of them states a figure: all of them, so that they are found as one row.
fn name_titles(table: &mut Table, titles: &str, mut id: impl FnMut(&str) -> Box<str>) {
    if !titles.contains(char::is_numeric) {
        return;
    }
    let of = fingerprint(titles);
    for column in table.columns.iter_mut().filter(|column| !column.title.is_empty()) {
        column.fact = Some(id(&format!("title-{}-{of}", column.key)));
    }
}

/// How much of a heading is the number that was set before it: what stands in order has none of its own.
fn numbered(heading: &str) -> usize {
    let words = heading.trim_start_matches(|c: char| c.is_ascii_digit());
    let behind = words.strip_prefix('　').or_else(|| words.strip_prefix(". "));
    behind.filter(|_| words.len() < heading.len()).map_or(0, |behind| heading.len() - behind.len())
}

fn role(role: Role) -> &'static str {
    match role {
        Role::Baseline => "chart-baseline",
        Role::Expected => "chart-expected",
        Role::Actual => "chart-actual",
        Role::Target => "chart-target",
        Role::Min => "chart-min",
        Role::Max => "chart-max",
    }
}

/// What a row is about, and what tells it from others about the same.
struct RowName {
    subject: String,
    apart: String,
}

/// What each row is about: what the report says, else its id, else the words that it begins with. Rows of one name are told
/// apart by their words. A row without figures that the report says nothing of is no fact.
fn subjects(table: &Table) -> Vec<Option<RowName>> {
    let id = table.columns.iter().position(|column| column.kind == Type::Id);
    let id = |row: &Row| Some(row.cells.get(id?)?.text.to_string()).filter(|id| !id.is_empty() && id.is_ascii());
    let words = |row: &Row| {
        let cells = row.cells.iter().zip(&table.columns).filter(|(_, column)| !column.kind.is_number());
        cells.map(|(cell, _)| masked(&cell.text)).filter(|words| !words.is_empty()).collect::<Vec<_>>()
    };
    let name = |row: &Row| {
        let states = || row.cells.iter().any(|cell| cell.text.contains(char::is_numeric));
        let name = |subject: &str, apart: &str| RowName { subject: subject.to_owned(), apart: apart.to_owned() };
        match &row.subject {
            Some(said) => Some(
                said.split_once(':')
                    .map_or_else(|| name(said, ""), |(subject, apart)| name(subject, &format!("-{apart}"))),
            ),
            None if !states() => None,
            None => Some(id(row).map_or_else(
                || name(&format!("row-{}", fingerprint(words(row).first().map_or("", |first| first))), ""),
                |id| name(&id, ""),
            )),
        }
    };
    let mut names: Vec<_> = table.rows.iter().map(name).collect();
    let mut counts = HashMap::<(String, String), usize>::new();
    for name in names.iter().flatten() {
        *counts.entry((name.subject.clone(), name.apart.clone())).or_default() += 1;
    }
    for (name, row) in names.iter_mut().zip(&table.rows) {
        let Some(name) = name else { continue };
        if counts.get(&(name.subject.clone(), name.apart.clone())).is_some_and(|count| *count > 1) {
            name.apart += &format!("-{}", fingerprint(&words(row).join("|")));
        }
    }
    names
}

/// A text without its figures, its signs and the spaces in it: what stays when figures change.
fn masked(text: &str) -> String {
    text.chars().filter(|c| c.is_alphabetic()).collect()
}

/// What tells one text from another in an id: eight digits made of its words without the figures in them.
pub fn fingerprint(text: &str) -> String {
    format!("{:08x}", fnv(&masked(text)) >> 32)
}

/// FNV-1a.
fn fnv(text: &str) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    text.bytes().fold(0xcbf2_9ce4_8422_2325, step)
}

/// An id in which the number of a sign stands for the sign: grades may be called ◎.
fn ascii(id: String) -> String {
    if id.is_ascii() {
        return id;
    }
    let number = |c: char| if c.is_ascii() { c.to_string() } else { format!("u{:04x}", u32::from(c)) };
    id.chars().map(number).collect()
}

/// An id that is not too long: of one that would be, the end is a fingerprint of the whole.
fn within_limit(id: String) -> String {
    if id.len() <= LONGEST {
        return id;
    }
    format!("{}.{:016x}", &id[..LONGEST - 17], fnv(&id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Cell, Column, Section, fact};

    #[test]
    fn an_id_is_in_ascii_whatever_a_grade_is_called() {
        let long = "◎".repeat(30);
        let words = format!("{} and {}", fact("grade-◎", "count", "3件"), fact(&long, "count", "1件"));
        let section = named(vec![Block::Text(words.into())]);
        let Block::Text(line) = &section.blocks[0] else { panic!("a text") };
        assert_eq!(&*line.facts[0].id, "summary.grade-u25ce.R8Q2.count");
        assert!(line.facts[1].id.is_ascii() && line.facts[1].id.len() == LONGEST, "{}", line.facts[1].id);
    }

    fn named(blocks: Vec<Block>) -> Section {
        let sections = vec![Section { topic: Some("summary".into()), ..Section::plain(blocks) }];
        let mut document = Document { sections, ..Document::default() };
        document.name_facts("paper", "R8Q2");
        document.sections.remove(0)
    }

    #[test]
    fn a_sentence_keeps_its_words_and_names_its_facts() {
        let text = format!("計{}、{}である。", fact("all", "entries", "20件"), fact("all", "entries", "21件"));
        let section = named(vec![Block::Text(text.into())]);
        let Block::Text(line) = &section.blocks[0] else { panic!("{section:?}") };
        assert_eq!(line.text, "計20件、21件である。");
        let parts = [
            (None, "計"),
            (Some("summary.all.R8Q2.entries"), "20件"),
            (None, "、"),
            (Some("summary.all.R8Q2.entries-2"), "21件"),
            (None, "である。"),
        ];
        let named: Vec<_> = line.parts().into_iter().map(|(fact, words)| (fact.map(|fact| &*fact.id), words)).collect();
        assert_eq!(named, parts);
    }

    #[test]
    fn a_title_and_a_heading_that_state_a_figure_are_facts_but_for_the_number_before_it() {
        let section = |heading: &str| Section { topic: Some("against".into()), ..Section::new(heading, Vec::new()) };
        let sections = ["2　令和6年度末との比較", "3　注", "10. Against FY2024"].map(section).into();
        let mut document = Document { title: "計画（令和8年度）".into(), sections, ..Document::default() };
        document.name_facts("kpi", "R8Q2");
        let words: Vec<_> = document.facts().into_iter().flatten().map(|(_, words)| words).collect();
        assert_eq!(words, ["計画（令和8年度）", "令和6年度末との比較", "Against FY2024"]);
        let ids: Vec<_> = document.facts().into_iter().flatten().map(|(id, _)| id).collect();
        assert!(
            ids[0].starts_with("kpi.all.R8Q2.title-") && ids[1].starts_with("against.all.R8Q2.heading-"),
            "{ids:?}"
        );
    }

    #[test]
    fn a_cell_is_a_fact_about_its_row() {
        let columns = vec![Column::new("id", "番号", Type::Id), Column::new("note", "注", Type::Text)];
        let rows = vec![Row::new(vec![Cell::text("1-1"), Cell::default()]), Row::new(vec![Cell::text("計")])];
        let table = Table { columns, rows, ..Table::default() }.about([Some("1-1"), None]);
        let section = named(vec![Block::Table(table)]);
        let Block::Table(table) = &section.blocks[0] else { panic!("{section:?}") };
        let ids: Vec<_> = table.rows.iter().flat_map(|row| &row.cells).map(Cell::fact).collect();
        assert_eq!(ids, [Some("summary.1-1.R8Q2.id"), None, None]);
    }

    #[test]
    fn an_id_is_never_too_long_and_stray_marks_are_no_words() {
        let long = "a".repeat(80);
        let other = long.clone() + "b";
        let line = format!("{CLOSE}{}{}{OPEN}x", fact(&long, "n", "1"), fact(&other, "n", "2"));
        let section = named(vec![Block::Text(line.into())]);
        let Block::Text(line) = &section.blocks[0] else { panic!("{section:?}") };
        assert_eq!(line.text, "12x");
        assert!(line.facts.iter().all(|fact| fact.id.len() == LONGEST) && line.facts[0].id != line.facts[1].id);
    }
}
