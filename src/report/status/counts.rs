//! The roll-up: counts by level first, percent of those rated second, and how they changed.

use std::borrow::Cow;

use rust_decimal::Decimal;

use crate::document::{At, Block, Cell, ColumnOf, Line, Row, Section, Table, Type, cells, column, heads};
use crate::lang::Lang;
use crate::plan::Denominator;
use crate::plan::period::Period;
use crate::query::status::{Status, Tally};
use crate::text::terms;
use crate::tr;
use crate::wording as words;

use super::StatusReport;
use super::lines::{Counted, heading, lines, several_times};

/// Counts by level; one section for each level that is counted.
pub fn sections(report: &StatusReport<'_>, lang: Lang) -> Vec<Section> {
    report.by_level().map(|status| section(report, status, lang)).collect()
}

/// The counts of the whole and of what stands at the top, one section for each level that is counted.
pub fn brief_sections(report: &StatusReport<'_>, lang: Lang) -> Vec<Section> {
    report.by_level().map(|status| brief_section(report, status, lang)).collect()
}

fn brief_section(report: &StatusReport<'_>, status: &Status<'_>, lang: Lang) -> Section {
    let mut counted = lines(report, status, lang);
    counted.retain(|line| line.strong);
    let mut table = table(report, status, &counted, CountsShown::Brief, lang);
    table.notes.extend(shares_of_the_whole(status, lang).map(Line::from));
    let change = status.previous.map(|previous| {
        let (since, by) = (since(status, previous, lang), change(status, &status.total, &status.before, lang));
        Line::from(format!("{since}{}{by}", lang.pick("：", ": ")))
    });
    table.notes.extend(change);
    Section::new(heading(report, status, lang), vec![Block::Table(table)])
}

/// Each grade of the whole with its share, where there is any.
fn shares_of_the_whole(status: &Status<'_>, lang: Lang) -> Option<String> {
    let (version, tally) = (status.version, &status.total);
    let base = status.base(tally);
    let share = Share { status, tally, lang };
    let grades = version.grades.iter().zip(&tally.counts).filter(|(grade, _)| grade.counts);
    let grades = grades.map(|(grade, n)| (&*grade.name, *n));
    let sums = version.composites.iter().filter(|sum| version.sum_counts(sum)).map(|sum| (&*sum.name, tally.sum(sum)));
    let part = |(name, n): (&str, u64)| {
        let (name, share) = (words::before_number(name, lang), share.of(n, true).text);
        tr!(lang, "{name}{n}（{share}）", "{name} {n} ({share})")
    };
    let waiting = (status.plan.head.denominator == Denominator::Due).then_some(tally.unreported);
    let waiting = waiting.map(|n| (terms::UNREPORTED.word(lang), n));
    let parts = grades.chain(sums).chain(waiting).map(part).collect::<Vec<_>>().join(lang.pick("、", ", "));
    let of = denominator(status, lang);
    (base > 0).then(|| tr!(lang, "{of}（{base}件）：{parts}", "{of} ({base}): {parts}"))
}

/// What percentages are of.
fn denominator(status: &Status<'_>, lang: Lang) -> String {
    match status.plan.head.denominator {
        Denominator::Rated => lang.pick("評価済に対する割合", "Percent of those rated").into(),
        Denominator::Due => {
            let of = words::rated_and_unreported(lang);
            tr!(lang, "{of}に対する割合", "Percent of {of}")
        }
    }
}

fn section(report: &StatusReport<'_>, status: &Status<'_>, lang: Lang) -> Section {
    let counted = lines(report, status, lang);
    let mut table = table(report, status, &counted, CountsShown::All, lang);
    table.narrow = [CountsShown::Counts, CountsShown::Shares, CountsShown::Changes]
        .map(|part| self::table(report, status, &counted, part, lang))
        .into_iter()
        .filter(|table| !table.rows.is_empty())
        .collect();
    table.notes.extend(several_times(report, status, &counted, lang).map(Line::from));
    Section::new(heading(report, status, lang), vec![Block::Table(table)])
}

/// What a table shows of each line: everything, or on a narrow page one thing after the other.
#[derive(Clone, Copy, PartialEq, Eq)]
enum CountsShown {
    All,
    /// Counts of grades alone.
    Brief,
    Counts,
    Shares,
    Changes,
}

fn table<'r>(
    report: &'r StatusReport<'_>,
    status: &'r Status<'_>,
    counted: &'r [Counted<'r>],
    part: CountsShown,
    lang: Lang,
) -> Table {
    let wanted = |line: &&Counted<'_>| match part {
        CountsShown::All | CountsShown::Brief | CountsShown::Counts => true,
        CountsShown::Shares => status.base(&line.tally) > 0,
        CountsShown::Changes => !changes(status, &line.tally, &line.before, lang).is_empty(),
    };
    let caption = match part {
        CountsShown::All | CountsShown::Brief => None,
        CountsShown::Counts => Some(lang.pick("件数", "Counts").into()),
        CountsShown::Shares => Some(denominator(status, lang).into()),
        CountsShown::Changes => status.previous.map(|previous| since(status, previous, lang).into()),
    };
    let columns = columns(report, status, part, lang);
    let row = |line: &'r Counted<'r>| Row {
        cells: cells(&columns, &(status, line), lang),
        strong: line.strong,
        ..Row::default()
    };
    let rows = counted.iter().filter(wanted).map(row).collect();
    Table { caption, columns: heads(&columns, lang), rows, ..Table::default() }
}

fn since(status: &Status<'_>, previous: Period, lang: Lang) -> String {
    let previous = previous.tag(lang);
    match status.question.against {
        None => tr!(lang, "前回比（{previous}）", "Change since {previous}"),
        Some(_) => tr!(lang, "{previous}との比較", "Change since {previous}"),
    }
}

/// A line of the roll-up, and what it rolls up.
type Rolled<'r> = (&'r Status<'r>, &'r Counted<'r>);

fn columns<'r>(
    report: &StatusReport<'_>,
    status: &Status<'_>,
    part: CountsShown,
    lang: Lang,
) -> Vec<ColumnOf<Rolled<'r>>> {
    let is_brief = part == CountsShown::Brief;
    let mut columns = if is_brief { vec![named()] } else { names(report, lang) };
    let counts = is_brief || matches!(part, CountsShown::All | CountsShown::Counts);
    if counts {
        let entries = |(_, line): &Rolled<'_>, at: At| count(line.tally.entries, at.lang);
        columns.push(ColumnOf::titled("entries", status.plan.level_name(status.counted), Type::Integer, entries));
    }
    if counts && !is_brief {
        columns.push(column("rated", terms::RATED.titles(), Type::Integer, |(_, line), at| {
            count(line.tally.rated(), at.lang)
        }));
    }
    if part != CountsShown::Changes {
        columns.extend(grades(status, part));
    }
    if counts {
        columns.push(unreported(part));
        columns.extend(not_asked(status));
    }
    if let (CountsShown::All | CountsShown::Changes, Some(previous)) = (part, status.previous) {
        let title = match part {
            CountsShown::Changes => lang.pick("増減", "Change").to_owned(),
            _ => since(status, previous, lang),
        };
        columns.push(ColumnOf::titled("change", title, Type::Text, |(status, line), at| {
            Cell::text(change(status, &line.tally, &line.before, at.lang))
        }));
    }
    columns
}

/// What a line is of, in one column.
fn named<'r>() -> ColumnOf<Rolled<'r>> {
    column("name", terms::NAME.titles(), Type::Name, |(_, line): &Rolled<'_>, _| match line.id {
        "" => Cell::text(&*line.name),
        id => Cell::text(format!("{id} {}", line.name)),
    })
}

/// What a line is of.
fn names<'r>(report: &StatusReport<'_>, lang: Lang) -> Vec<ColumnOf<Rolled<'r>>> {
    let name = |(_, line): &Rolled<'_>, _: At| Cell::text(&*line.name);
    if let Some(by) = report.by {
        return vec![ColumnOf::titled("group", words::grouping(report.status.plan, by, lang), Type::Text, name)];
    }
    vec![
        column("id", terms::ID.titles(), Type::Id, |(_, line): &Rolled<'_>, _| Cell::text(line.id)),
        column("name", terms::NAME.titles(), Type::Name, name),
    ]
}

/// Those nobody has rated.
fn unreported<'r>(part: CountsShown) -> ColumnOf<Rolled<'r>> {
    let cell: CellOf<'r> = match part {
        CountsShown::All => |of, at| share_of(of, at).unreported(),
        _ => |(_, line), at| count(line.tally.unreported, at.lang),
    };
    column("unreported", terms::UNREPORTED.titles(), Type::Integer, cell)
}

/// Those that are not asked now, where there are any.
fn not_asked<'r>(status: &Status<'_>) -> Vec<ColumnOf<Rolled<'r>>> {
    let resting = status.has_any(|tally| tally.resting).then(|| {
        column("not_rated", terms::RESTING.titles(), Type::Integer, |(_, line): &Rolled<'r>, at| {
            count(line.tally.resting, at.lang)
        })
    });
    let ahead = status.has_any(|tally| tally.ahead).then(|| {
        column("not_begun", terms::AHEAD.titles(), Type::Integer, |(_, line): &Rolled<'r>, at| {
            count(line.tally.ahead, at.lang)
        })
    });
    resting.into_iter().chain(ahead).collect()
}

/// One column a grade, and one a sum of grades.
fn grades<'r>(status: &Status<'_>, part: CountsShown) -> Vec<ColumnOf<Rolled<'r>>> {
    let (kind, grade, composite): (_, CellOf<'r>, CellOf<'r>) = match part {
        CountsShown::Shares => (
            Type::Percent,
            |of, at| {
                let (n, counts) = graded(of, at);
                share_of(of, at).of(n, counts)
            },
            |of, at| {
                let (n, counts) = summed(of, at);
                share_of(of, at).of(n, counts)
            },
        ),
        CountsShown::All => (
            Type::Integer,
            |of, at| {
                let (n, counts) = graded(of, at);
                share_of(of, at).both(n, counts)
            },
            |of, at| {
                let (n, counts) = summed(of, at);
                share_of(of, at).both(n, counts)
            },
        ),
        _ => (Type::Integer, |of, at| count(graded(of, at).0, at.lang), |of, at| count(summed(of, at).0, at.lang)),
    };
    let version = status.version;
    let grades = version.grades.iter().enumerate();
    let grades = grades.map(|(nth, g)| ColumnOf::titled(format!("grade.{}", g.id), &*g.name, kind, grade).nth(nth));
    if part == CountsShown::Brief {
        return grades.collect();
    }
    let sums = version.composites.iter().enumerate();
    let sums = sums.map(|(nth, c)| ColumnOf::titled(format!("sum.{}", c.id), &*c.name, kind, composite).nth(nth));
    grades.chain(sums).collect()
}

/// Makes a cell of a line.
type CellOf<'r> = fn(&Rolled<'r>, At) -> Cell;

/// How many have the grade, and whether it counts.
fn graded((status, line): &Rolled<'_>, at: At) -> (u64, bool) {
    (line.tally.counts[at.nth], status.version.grades[at.nth].counts)
}

/// How many have one of the grades that are summed up.
fn summed((status, line): &Rolled<'_>, at: At) -> (u64, bool) {
    let composite = &status.version.composites[at.nth];
    (line.tally.sum(composite), status.version.sum_counts(composite))
}

fn count(n: u64, lang: Lang) -> Cell {
    Cell::number(n, words::number(n.into(), lang))
}

/// Counts of a line, with their shares.
pub struct Share<'r> {
    /// Whose grades they are.
    pub status: &'r Status<'r>,
    /// The line.
    pub tally: &'r Tally,
    /// The language of the reader.
    pub lang: Lang,
}

impl Share<'_> {
    /// The share of what the plan takes percentages of, where there is any and the grade counts.
    pub fn of(&self, n: u64, counts: bool) -> Cell {
        let rounding = self.status.plan.head.rounding;
        match self.status.base(self.tally) {
            base if counts && base > 0 => {
                Cell::text(words::share(n, base, rounding, self.lang)).numbered(words::share_number(n, base, rounding))
            }
            _ => Cell::text(words::none(self.lang)),
        }
    }

    /// The count alone.
    pub fn count(&self, n: u64) -> Cell {
        count(n, self.lang)
    }

    /// The count, and the share where there is one.
    pub fn both(&self, n: u64, counts: bool) -> Cell {
        let share = self.of(n, counts);
        match share.exact() {
            Some(_) => Cell::number(n, format!("{} ({})", words::number(n.into(), self.lang), share.text)),
            None => self.count(n),
        }
    }

    /// Those nobody has rated; their share, too, where they stand in the denominator.
    pub fn unreported(&self) -> Cell {
        let n = self.tally.unreported;
        if self.status.plan.head.denominator == Denominator::Due { self.both(n, true) } else { self.count(n) }
    }
}

/// The shares of a line.
fn share_of<'r>((status, line): &Rolled<'r>, at: At) -> Share<'r> {
    Share { status, tally: &line.tally, lang: at.lang }
}

/// The counts that changed, and by how much, for a cell of its own: 増減なし where none did, nothing where nothing is
/// compared.
pub fn change(status: &Status<'_>, tally: &Tally, before: &Tally, lang: Lang) -> String {
    let moved = changes(status, tally, before, lang);
    match status.previous {
        None => String::new(),
        Some(_) if moved.is_empty() => lang.pick("増減なし", "none").to_owned(),
        Some(_) => moved,
    }
}

/// Which counts changed, and by how much; nothing where none did.
fn changes(status: &Status<'_>, tally: &Tally, before: &Tally, lang: Lang) -> String {
    let moved = net(status, tally, before, lang)
        .into_iter()
        .map(|(_, name, by)| format!("{}{}", words::before_number(name, lang), words::change(by, lang)));
    moved.collect::<Vec<String>>().join(lang.pick("、", ", "))
}

/// A count that changed: what a fact of a paper calls it, what it is called, by how much.
pub type Net<'s> = (Cow<'static, str>, &'s str, Decimal);

/// The grades, the sums of grades and those without a grade of which there are more or fewer than before.
pub fn net<'s>(status: &'s Status<'_>, tally: &Tally, before: &Tally, lang: Lang) -> Vec<Net<'s>> {
    let was = |id: &str| {
        let place = status.version_before.grades.iter().position(|g| g.id.as_str() == id);
        place.map_or(0, |place| before.counts[place])
    };
    let grades = status.version.grades.iter().zip(&tally.counts);
    let grades =
        grades.map(|(grade, now)| (format!("grade-{}", grade.id).into(), &*grade.name, *now, was(grade.id.as_str())));
    let sums = status.version.composites.iter().map(|sum| {
        let then = status.version_before.composites.iter().find(|other| other.id == sum.id);
        (format!("sum-{}", sum.id).into(), &*sum.name, tally.sum(sum), then.map_or(0, |then| before.sum(then)))
    });
    let without = [
        (Cow::Borrowed("unreported"), terms::UNREPORTED.word(lang), tally.unreported, before.unreported),
        (Cow::Borrowed("not_rated"), terms::RESTING.word(lang), tally.resting, before.resting),
        (Cow::Borrowed("not_begun"), terms::AHEAD.word(lang), tally.ahead, before.ahead),
    ];
    let moved = grades.chain(sums).chain(without).filter(|(.., now, was)| now != was);
    moved.map(|(subject, name, now, was)| (subject, name, Decimal::from(now) - Decimal::from(was))).collect()
}

/// The counts in one line, for a tree.
pub fn tally_words(report: &StatusReport<'_>, tally: &Tally, lang: Lang) -> String {
    let version = report.status.version;
    let grades = version.grades.iter().zip(&tally.counts).filter(|(_, n)| **n > 0);
    let mut parts: Vec<String> = grades.map(|(grade, n)| format!("{} {n}", grade.name)).collect();
    if tally.unreported > 0 {
        parts.push(format!("{} {}", terms::UNREPORTED.word(lang), tally.unreported));
    }
    for (word, n) in [(terms::RESTING, tally.resting), (terms::AHEAD, tally.ahead)] {
        parts.extend((n > 0).then(|| format!("{} {n}", word.word(lang))));
    }
    parts.extend(version.composites.iter().map(|sum| {
        let (name, n) = (&sum.name, tally.sum(sum));
        tr!(lang, "うち{name} {n}", "of which {name} {n}")
    }));
    let (entries, parts) = (tally.entries, parts.join(lang.pick("、", ", ")));
    tr!(lang, "{entries}件（{parts}）", "{entries} ({parts})")
}
