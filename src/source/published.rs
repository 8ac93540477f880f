//! `[[published]]`: totals as a paper printed them, of the whole and row by row, kept as printed even where they contradict
//! themselves.

use rust_decimal::Decimal;

use crate::fields::advice::exact_number;
use crate::fields::registers::{Registers, unknown, unknown_grade};
use crate::fields::{Fields, Node, Text};
use crate::finding::{Code, Finding};
use crate::lang::Lang;
use crate::plan::id::Id;
use crate::plan::period::Period;
use crate::plan::scale::{Composite, ScaleVersion};
use crate::plan::source::Origin;
use crate::plan::totals::{Place, PrintedCounts, PrintedPart, PrintedRow, Published};
use crate::say;
use crate::text::terms;

/// Above every count that a paper prints.
const MOST_PRINTED: u64 = 1 << 40;

/// Reads every `[[published]]` of `plan.toml`, in the order of their periods.
pub fn read(fields: &Fields<'_>, registers: &Registers, levels: &[Box<str>], counted: usize) -> Vec<Published> {
    let mut all: Vec<Published> = Vec::new();
    for table in fields.tables("published") {
        let Some(one) = publication(&table, registers, levels, counted) else { continue };
        if let Some(first) = all.iter().find(|other| (other.period, &other.place) == (one.period, &one.place)) {
            printed_twice(&table, registers, &one, first.whole.origin);
        }
        all.push(one);
    }
    all.sort_by_key(|p| p.period);
    all
}

fn publication(fields: &Fields<'_>, registers: &Registers, levels: &[Box<str>], counted: usize) -> Option<Published> {
    let (origin, notes) = (registers.origin(fields), fields.boxed_all("note"));
    let period = fields.need_period("period");
    let scale = fields.need_text("scale").and_then(|t| registers.scale(fields.findings(), &t));
    let level = fields.text("level").map_or(Some(counted), |text| named_level(fields, levels, &text));
    let (evaluator, group) = (registers.evaluator(fields), fields.boxed("group"));
    let total = fields.need("total").and_then(|node| fields.as_whole(node, 0..MOST_PRINTED));
    let counts = fields.need("counts").and_then(|node| fields.as_table(node));
    let (shares, rows) = (fields.table("shares"), fields.tables("rows"));
    let names = rows
        .iter()
        .map(|row| (row.boxed("name").unwrap_or_default(), row.text("under").and_then(|text| row.as_id(&text))));
    let names: Vec<(Box<str>, Option<Id>)> = names.collect();
    // Before anything ends the reading: what nobody asks for would be an unknown key.
    let line = Line { counts: counts?, shares };
    let (entries, shared) = (line.counts.entries(), line.shares.as_ref().map(Fields::entries).unwrap_or_default());
    let rows: Vec<_> = rows.iter().map(|row| (row, lines(row))).collect();
    let (period, scale, total, level) = (period?, scale?, total?, level?);
    within_plan(fields, registers, period);
    let (_, version) = registers.scales[scale].version_near(period);
    let whole = line.read(entries, shared, version, Some(total), origin)?;
    let place = Place { scale, evaluator, level, group };
    let published = Published { place, period, whole, rows: Vec::new(), notes };
    contradicted(fields, registers, &published, &published.whole, None);
    sums_apart(fields, registers, &published, (&published.whole, version), None);
    let rows = rows.into_iter().zip(names).map(|((row, line), (name, under))| {
        let (total, origin) = (row.whole("total", 0..MOST_PRINTED), registers.origin_within(row, &origin));
        if name.is_empty() && under.is_none() {
            row.need("name");
            return None;
        }
        let (line, entries, shared) = line?;
        let counted = line.read(entries, shared, version, total, origin)?;
        let row_of = PrintedRow { name, under, counted };
        contradicted(row, registers, &published, &row_of.counted, Some(&row_of));
        sums_apart(row, registers, &published, (&row_of.counted, version), Some(&row_of));
        Some(row_of)
    });
    let rows: Vec<Option<PrintedRow>> = rows.collect();
    let all_read = rows.iter().all(Option::is_some);
    let rows = rows.into_iter().flatten().collect();
    let published = Published { rows, ..published };
    if all_read {
        rows_apart(fields, registers, &published, version);
    }
    Some(published)
}

/// The tables of a line: its counts, and its percentages where it has any.
struct Line<'a> {
    counts: Fields<'a>,
    shares: Option<Fields<'a>>,
}

/// Keys and values of a table.
type Entries<'a> = Vec<(Text<'a>, Node<'a>)>;

/// What a row has in its tables; `None` without counts.
fn lines<'a>(row: &Fields<'a>) -> Option<(Line<'a>, Entries<'a>, Entries<'a>)> {
    let (counts, shares) = (row.need("counts").and_then(|node| row.as_table(node)), row.table("shares"));
    let line = Line { counts: counts?, shares };
    let (entries, shared) = (line.counts.entries(), line.shares.as_ref().map(Fields::entries).unwrap_or_default());
    Some((line, entries, shared))
}

impl<'a> Line<'a> {
    /// The counts as printed; without a total, it is what they add up to.
    fn read(
        &self,
        entries: Entries<'a>,
        shared: Entries<'a>,
        version: &ScaleVersion,
        total: Option<u64>,
        origin: Origin,
    ) -> Option<PrintedCounts> {
        let (counts, all_read) =
            by_part(&self.counts, entries, version, |node| self.counts.as_whole(node, 0..MOST_PRINTED));
        let shares = self.shares.as_ref().map(|shares| by_part(shares, shared, version, |node| exact(shares, node)).0);
        let shares = shares.unwrap_or_else(|| Columns::new(version));
        let Columns { grades: counts, unreported, sums } = counts;
        let total = total.unwrap_or_else(|| counts.iter().chain([&unreported]).flatten().sum());
        let (shares, sum_shares) = (shares.grades, shares.sums);
        let mut counted = PrintedCounts { counts, unreported, sums, total, shares, sum_shares, origin };
        if counted.sum() == Some(total) {
            counted.counts.iter_mut().for_each(|count| *count = count.or(Some(0)));
        }
        all_read.then_some(counted)
    }
}

/// A percentage.
fn exact(fields: &Fields<'_>, node: Node<'_>) -> Option<Decimal> {
    let number = exact_number(node);
    if number.is_none() {
        fields.findings().add(
            Code::WrongType,
            node.span(),
            say!("数値ではありません", "this is not a number"),
            say!("割合を 77.5 のように書いてください", "write the percentage like this: 77.5"),
        );
    }
    number
}

/// The level that a text names.
fn named_level(fields: &Fields<'_>, levels: &[Box<str>], text: &Text<'_>) -> Option<usize> {
    let found = levels.iter().position(|level| **level == *text.text);
    if found.is_none() {
        let (known, nothing) = (levels.iter().map(|l| &**l), say!("levels を書いてください", "write `levels`"));
        unknown(fields.findings(), Code::WrongType, text, terms::LEVEL.words(), known, nothing);
    }
    found
}

/// A table of a period outside the plan is one of another plan.
fn within_plan(fields: &Fields<'_>, registers: &Registers, period: Period) {
    let Some((from, to)) = registers.years else { return };
    if from.first_day() <= period.first_day() && period.last_day() <= to.last_day() {
        return;
    }
    let [ja, en] = [Lang::Ja, Lang::En].map(|lang| period.long(lang));
    fields.findings().add(
        Code::OutsidePlan,
        fields.key_span("period"),
        say!("{ja}の公表値は、計画期間の外です", "the published totals for {en} lie outside the plan period"),
        say!(
            "期間を確かめてください。前の計画のものなら、前の計画の plan.toml に書きます",
            "check the period; totals of the plan before belong in its own plan.toml"
        ),
    );
}

/// The values of a table: of grades and of their sums by place, and of what is unreported.
struct Columns<T> {
    grades: Vec<Option<T>>,
    unreported: Option<T>,
    sums: Vec<Option<T>>,
}

impl<T: Clone> Columns<T> {
    fn new(version: &ScaleVersion) -> Self {
        let sums = vec![None; version.composites.len()];
        Self { grades: vec![None; version.grades.len()], unreported: None, sums }
    }

    fn at(&mut self, part: PrintedPart) -> Option<&mut Option<T>> {
        match part {
            PrintedPart::Grade(at) => self.grades.get_mut(at),
            PrintedPart::Sum(at) => self.sums.get_mut(at),
            PrintedPart::Unreported => Some(&mut self.unreported),
            PrintedPart::Total => None,
        }
    }
}

/// What a key of a table is of: a grade or a sum of grades by id or name, or what is unreported.
fn part_named(version: &ScaleVersion, key: &str) -> Option<PrintedPart> {
    let grade = version.grade(key).map(|(place, _)| PrintedPart::Grade(place));
    let is_named = |sum: &Composite| sum.id.as_str() == key || *sum.name == *key;
    let sum = || version.composites.iter().position(is_named).map(PrintedPart::Sum);
    let is_unreported = key == "unreported" || key == terms::UNREPORTED.word(Lang::Ja);
    grade.or_else(sum).or_else(|| is_unreported.then_some(PrintedPart::Unreported))
}

/// The values of a table by what they are of, and whether each of them could be read.
fn by_part<'a, T: Clone>(
    fields: &Fields<'a>,
    entries: Entries<'a>,
    version: &ScaleVersion,
    read: impl Fn(Node<'a>) -> Option<T>,
) -> (Columns<T>, bool) {
    let mut columns = Columns::new(version);
    let mut all_read = true;
    for (key, node) in entries {
        let value = read(node);
        let Some(column) = part_named(version, key.text).and_then(|part| columns.at(part)) else {
            unknown_grade(fields, &key, &version.grades);
            all_read = false;
            continue;
        };
        if column.is_some() {
            let name = key.text;
            let message = say!("「{name}」の件数が二つあります", "there are two counts of `{name}`");
            let help = say!("どちらかを消してください", "delete one of them");
            fields.findings().add(Code::DuplicateId, key.span.clone(), message, help);
        }
        all_read &= value.is_some();
        *column = value;
    }
    (columns, all_read)
}

/// The counts of a line do not give its total.
fn contradicted(
    fields: &Fields<'_>,
    registers: &Registers,
    published: &Published,
    line: &PrintedCounts,
    row: Option<&PrintedRow>,
) {
    let by = line.difference();
    let Some(sum) = line.sum().filter(|_| !by.is_zero()) else { return };
    let (name, [ja, en]) = named(registers, published);
    let [row_ja, row_en] = of_row(row);
    let (total, away) = (line.total, by.abs());
    let [more_ja, more_en] = if by.is_sign_positive() { ["多い", "more"] } else { ["少ない", "less"] };
    let lacking = line.counts.contains(&None);
    let [lacking_ja, lacking_en] =
        if lacking { ["。件数のない区分もある", "; some grades have no count"] } else { ["", ""] };
    fields.findings().add(
        Code::PublishedSum,
        fields.key_span("total"),
        say!(
            "{ja}「{name}」{row_ja}の公表値は、合計が {total} ですが、内訳の合計は {sum} です（合計が {away} {more_ja}{lacking_ja}）",
            "{row_en}`{name}` as published for {en}: the total is {total}, the counts add up to {sum} (the total is {away} {more_en}{lacking_en})"
        ),
        say!(
            "資料を確かめてください。資料のとおりなら、そのままにして note に書き添えてください（出力は差を示します）",
            "check the document; if it says so, leave it and add a `note` (outputs show the difference)"
        ),
    );
}

/// A sum of grades is printed as another than its grades give.
fn sums_apart(
    fields: &Fields<'_>,
    registers: &Registers,
    published: &Published,
    (line, version): (&PrintedCounts, &ScaleVersion),
    row: Option<&PrintedRow>,
) {
    let (scale, [ja, en]) = named(registers, published);
    let [row_ja, row_en] = of_row(row);
    for (at, printed, added) in line.sums_apart(version) {
        let name = &version.composites[at].name;
        fields.findings().add(
            Code::PublishedSum,
            fields.key_span("counts"),
            say!(
                "{ja}「{scale}」{row_ja}の公表値は、「{name}」が {printed} ですが、その区分の和は {added} です",
                "{row_en}`{scale}` as published for {en}: `{name}` is {printed}, its grades add up to {added}"
            ),
            say!(
                "資料を確かめてください。資料のとおりなら、そのままにして note に書き添えてください（出力は差を示します）",
                "check the document; if it says so, leave it and add a `note` (outputs show the difference)"
            ),
        );
    }
}

/// The row that a message is about.
fn of_row(row: Option<&PrintedRow>) -> [String; 2] {
    match row.map(called) {
        Some(row) => [format!("の「{row}」"), format!("`{row}` in ")],
        None => Default::default(),
    }
}

/// The rows of a table do not give its whole.
fn rows_apart(fields: &Fields<'_>, registers: &Registers, published: &Published, version: &ScaleVersion) {
    let (scale, [ja, en]) = named(registers, published);
    for (part, whole, rows) in published.rows_apart() {
        let (nothing_ja, nothing_en) = match part {
            PrintedPart::Unreported => terms::UNREPORTED.words(),
            _ => ("合計", "the total"),
        };
        let of = part.name(version);
        let [of_ja, of_en] = [of.unwrap_or(nothing_ja), of.unwrap_or(nothing_en)];
        fields.findings().add(
            Code::PublishedSum,
            fields.key_span("rows"),
            say!(
                "{ja}「{scale}」の公表値は、全体の{of_ja}が {whole} ですが、各行の和は {rows} です",
                "`{scale}` as published for {en}: {of_en} of the whole is {whole}, the rows add up to {rows}"
            ),
            say!(
                "資料を確かめてください。重複して数える表なら、そのままにして note に書き添えてください（出力は差を示します）",
                "check the document; where rows overlap, leave it and add a `note` (outputs show the difference)"
            ),
        );
    }
}

/// What a row is called in a message.
fn called(row: &PrintedRow) -> &str {
    if row.name.is_empty() { row.under.as_ref().map_or("", Id::as_str) } else { &row.name }
}

/// Two printed tables of one place and period: the later one in the file is shown.
fn printed_twice(fields: &Fields<'_>, registers: &Registers, published: &Published, first: Origin) {
    let findings = fields.findings();
    let (name, [ja, en]) = named(registers, published);
    let finding = Finding::new(
        Code::DuplicateRecord,
        findings.file,
        fields.key_span("period"),
        say!("{ja}「{name}」の公表値が二つあります", "`{name}` as published for {en} is given twice"),
        say!("出力は後のものを示します。一つを消してください", "outputs show the later one; delete one of them"),
    );
    let offset = first.offset as usize;
    findings.push(finding.related(first.file as usize, offset..offset + 1, say!("一つ目", "the first one")));
}

/// The scale and the period of printed totals.
fn named(registers: &Registers, published: &Published) -> (Box<str>, [String; 2]) {
    let (_, version) = registers.scales[published.place.scale].version_near(published.period);
    (version.name.clone(), [Lang::Ja, Lang::En].map(|lang| published.period.long(lang)))
}
