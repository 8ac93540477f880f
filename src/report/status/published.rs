//! Tables as papers printed them: the whole grade by grade, the lines beneath it, and what they contradict.

use std::borrow::Cow;

use rust_decimal::Decimal;

use crate::document::{At, Block, Cell, ColumnOf, Row, Section, Table, Type, cells, column, fingerprint, heads};
use crate::lang::Lang;
use crate::plan::period::Period;
use crate::plan::scale::ScaleVersion;
use crate::plan::totals::PrintedCounts;
use crate::plan::{Denominator, Plan};
use crate::query::totals::{Totals, TotalsLine};
use crate::text::terms;
use crate::tr;
use crate::wording as words;

/// The table of the whole, and that of the lines.
pub fn section(plan: &Plan, totals: &Totals<'_>, lang: Lang) -> Section {
    let mut tables = vec![whole(plan, totals, lang)];
    tables.extend(rows(plan, totals, lang));
    if let Some(last) = tables.last_mut() {
        last.notes = notes(plan, totals, lang).into_iter().map(Into::into).collect();
    }
    Section::new(heading(plan, totals, lang), tables.into_iter().map(Block::Table).collect())
}

/// Of when it is, and of what: 令和6年度末の公表値（施策、局別）.
pub fn heading(plan: &Plan, totals: &Totals<'_>, lang: Lang) -> String {
    let (period, place) = (totals.published.period.long(lang), &totals.published.place);
    let level = (place.level != plan.head.counted).then(|| plan.level_name(place.level));
    let of: Vec<&str> = level.into_iter().chain(place.group.as_deref()).collect();
    let of = of.join(lang.pick("、", ", "));
    let of = if of.is_empty() { of } else { tr!(lang, "（{of}）", " ({of})") };
    tr!(lang, "{period}末の公表値{of}", "As published for {period}{of}")
}

/// Where the table comes from, then what there is to remark.
fn notes(plan: &Plan, totals: &Totals<'_>, lang: Lang) -> Vec<String> {
    let published = totals.published;
    let source = words::source(plan, published.whole.origin.source);
    let source = source.map(|source| tr!(lang, "（資料 {source}）", " (source {source})")).unwrap_or_default();
    let about = if plan.entries.is_empty() {
        tr!(
            lang,
            "項目ごとの内訳は資料にないため、公表された集計を示しています{source}",
            "The entries themselves are not known; these are the totals as published{source}"
        )
    } else {
        tr!(lang, "公表された集計です{source}", "Totals as published{source}")
    };
    std::iter::once(about).chain(remarks(plan, totals, lang)).collect()
}

/// What the table contradicts, why it is not compared with the one before, and its own notes.
pub fn remarks(plan: &Plan, totals: &Totals<'_>, lang: Lang) -> Vec<String> {
    let rescaled = totals.rescaled.map(|period| words::rescaled(period, lang));
    let own = totals.published.notes.iter().map(|note| note.to_string());
    words::contradictions(plan, totals, lang).into_iter().chain(rescaled).chain(own).collect()
}

/// What tells the facts of a printed table from those of others: the level and the group that it is of.
fn apart(plan: &Plan, totals: &Totals<'_>) -> String {
    let place = &totals.published.place;
    let group = place.group.as_deref().unwrap_or_default();
    format!("published-{}", fingerprint(&format!("{}|{group}", plan.level_name(place.level))))
}

/// What a line has of one grade, of several, or of all.
struct Printed<'r> {
    /// What it is about, as facts name it.
    subject: String,
    name: Cow<'r, str>,
    /// `None` where the paper leaves it out.
    count: Option<u64>,
    before: Option<u64>,
    counted: Option<u64>,
    /// As computed; nothing for the total.
    share: Cell,
    /// As printed.
    printed: Option<Decimal>,
}

/// The whole: a row a grade, the total, and the sums of grades.
pub fn whole(plan: &Plan, totals: &Totals<'_>, lang: Lang) -> Table {
    let (version, line) = (totals.version, &totals.whole);
    let lines = grades(plan, totals, line, lang);
    let level = plan.level_name(totals.published.place.level);
    let mut columns = vec![
        column("rating", terms::RATING.titles(), Type::Grade, |of: &Printed<'_>, _| Cell::text(&*of.name)),
        ColumnOf::titled("entries", level, Type::Integer, |of: &Printed<'_>, at| count(of.count, at.lang)),
        column("share", ("割合", "Share"), Type::Percent, |of: &Printed<'_>, _| of.share.clone()),
    ];
    if line.printed.shares.iter().chain(&line.printed.sum_shares).any(Option::is_some) {
        columns.push(column(
            "share.printed",
            ("公表の割合", "Share as published"),
            Type::Percent,
            |of: &Printed<'_>, at| {
                of.printed.map_or_else(Cell::default, |share| {
                    Cell::text(words::percent(share, at.lang)).numbered(Some(share))
                })
            },
        ));
    }
    if line.counted.is_some() {
        let title = ("記録から数えた件数", "Counted from the records");
        columns.push(column("counted", title, Type::Integer, |of: &Printed<'_>, at| count(of.counted, at.lang)));
    }
    if let Some(before) = totals.before {
        let period = before.period.brief(lang);
        let title = tr!(lang, "前の公表（{period}）", "Published before ({period})");
        columns.push(ColumnOf::titled("before", title, Type::Integer, move |of: &Printed<'_>, at| {
            count(of.before, at.lang)
        }));
        columns.push(column("change", ("増減", "Change"), Type::Integer, |of: &Printed<'_>, at| {
            match of.count.zip(of.before) {
                Some((now, was)) => change(now, was, at.lang),
                None => Cell::text(words::none(at.lang)),
            }
        }));
    }
    let apart = apart(plan, totals);
    let subjects: Vec<_> = lines.iter().map(|of| Some(format!("{}:{apart}", of.subject))).collect();
    let mut table = Table::build(&columns, lines, lang).about(subjects);
    if let Some(total) = table.rows.get_mut(version.grades.len() + usize::from(has_unreported(totals))) {
        total.strong = true;
    }
    table
}

fn count(n: Option<u64>, lang: Lang) -> Cell {
    n.map_or_else(|| Cell::text(words::none(lang)), |n| Cell::number(n, words::number(n.into(), lang)))
}

fn change(now: u64, was: u64, lang: Lang) -> Cell {
    let by = Decimal::from(now) - Decimal::from(was);
    Cell::number(by, words::change(by, lang))
}

/// The grades of a line, its total, the sums of grades.
fn grades<'r>(plan: &Plan, totals: &'r Totals<'_>, line: &'r TotalsLine<'_>, lang: Lang) -> Vec<Printed<'r>> {
    let (version, printed, before) = (totals.version, line.printed, line.before);
    let counted = |of: &dyn Fn(&crate::query::status::Tally) -> u64| line.counted.as_ref().map(of);
    let grades = version.grades.iter().enumerate().map(|(at, grade)| Printed {
        subject: format!("grade-{}", grade.id),
        name: (&*grade.name).into(),
        count: printed.counts[at],
        before: before.and_then(|before| before.counts[at]),
        counted: counted(&|tally| tally.counts[at]),
        share: share(plan, printed, version, (printed.counts[at], grade.counts), lang),
        printed: printed.shares[at],
    });
    let is_due = plan.head.denominator == Denominator::Due;
    let unreported = has_unreported(totals).then(|| Printed {
        subject: "unreported".into(),
        name: terms::UNREPORTED.title(lang).into(),
        count: printed.unreported,
        before: before.and_then(|before| before.unreported),
        counted: counted(&|tally| tally.unreported),
        share: share(plan, printed, version, (printed.unreported, is_due), lang),
        printed: None,
    });
    let total = Printed {
        subject: "total".into(),
        name: lang.pick("合計", "Total").into(),
        count: Some(printed.total),
        before: before.map(|before| before.total),
        counted: counted(&|tally| tally.entries),
        share: Cell::default(),
        printed: None,
    };
    let sums = version.composites.iter().enumerate().map(|(at, sum)| Printed {
        subject: format!("sum-{}", sum.id),
        name: tr!(lang, "うち{}", "of which {}", sum.name).into(),
        count: printed.sum_of(version, at),
        before: before.and_then(|before| before.sum_of(version, at)),
        counted: counted(&|tally| tally.sum(sum)),
        share: share(plan, printed, version, (printed.sum_of(version, at), version.sum_counts(sum)), lang),
        printed: printed.sum_shares[at],
    });
    grades.chain(unreported).chain([total]).chain(sums).collect()
}

/// Whether the table, or the one that it is compared with, prints what is unreported.
fn has_unreported(totals: &Totals<'_>) -> bool {
    let before = totals.lines().filter_map(|line| line.before);
    totals.lines().map(|line| line.printed).chain(before).any(|printed| printed.unreported.is_some())
}

/// The share of those that percentages are of, where the paper has each of them.
fn share(
    plan: &Plan,
    printed: &PrintedCounts,
    version: &ScaleVersion,
    (count, counts): (Option<u64>, bool),
    lang: Lang,
) -> Cell {
    match (count, printed.base(version, plan.head.denominator)) {
        (Some(n), Some(base)) if counts => {
            let rounding = plan.head.rounding;
            Cell::text(words::share(n, base, rounding, lang)).numbered(words::share_number(n, base, rounding))
        }
        _ => Cell::text(words::none(lang)),
    }
}

/// A line, and the table that it stands in.
type Lined<'r> = (&'r Plan, &'r Totals<'r>, &'r TotalsLine<'r>);

/// The lines beneath the whole, and the whole; `None` where there are none.
pub fn rows<'r>(plan: &'r Plan, totals: &'r Totals<'r>, lang: Lang) -> Option<Table> {
    if totals.rows.is_empty() {
        return None;
    }
    let columns = row_columns(plan, totals, lang);
    let row = |line: &'r TotalsLine<'r>| Row {
        strong: line.row.is_none(),
        ..Row::new(cells(&columns, &(plan, totals, line), lang))
    };
    let apart = apart(plan, totals);
    let subject = |line: &TotalsLine<'_>| {
        let subject = match line.row {
            None => "total".to_owned(),
            Some(row) => {
                row.under.as_ref().map_or_else(|| format!("row-{}", fingerprint(row.title(plan))), |id| id.to_string())
            }
        };
        Some(format!("{subject}:{apart}"))
    };
    let subjects: Vec<_> = totals.lines().map(subject).collect();
    let rows = totals.lines().map(row).collect();
    Some(Table { columns: heads(&columns, lang), rows, ..Table::default() }.about(subjects))
}

fn row_columns<'r>(plan: &'r Plan, totals: &'r Totals<'r>, lang: Lang) -> Vec<ColumnOf<Lined<'r>>> {
    let mut columns = Vec::new();
    if totals.rows.iter().any(|line| line.row.is_some_and(|row| row.under.is_some())) {
        columns.push(column("id", terms::ID.titles(), Type::Id, |(.., line): &Lined<'_>, _| {
            Cell::text(line.row.and_then(|row| row.under.as_ref()).map_or("", |id| id.as_str()))
        }));
    }
    let group = totals.published.place.group.as_deref();
    let title = group.unwrap_or_else(|| terms::NAME.title(lang)).to_owned();
    columns.push(ColumnOf::titled("name", title, Type::Name, |(plan, _, line): &Lined<'_>, at| {
        line.row.map_or_else(|| Cell::text(at.lang.pick("計", "Total")), |row| Cell::text(row.title(plan)))
    }));
    let level = plan.level_name(totals.published.place.level);
    columns.push(ColumnOf::titled("entries", level, Type::Integer, |(.., line): &Lined<'_>, at| {
        Cell::number(line.printed.total, words::number(line.printed.total.into(), at.lang))
    }));
    columns.extend(totals.version.grades.iter().enumerate().map(|(nth, grade)| {
        ColumnOf::titled(format!("grade.{}", grade.id), &*grade.name, Type::Integer, |of: &Lined<'_>, at: At| {
            let (_, totals, line) = of;
            both(of, (line.printed.counts[at.nth], totals.version.grades[at.nth].counts), at.lang)
        })
        .nth(nth)
    }));
    columns.extend(totals.version.composites.iter().enumerate().map(|(nth, sum)| {
        ColumnOf::titled(format!("sum.{}", sum.id), &*sum.name, Type::Integer, |of: &Lined<'_>, at: At| {
            let (_, totals, line) = of;
            let sum = &totals.version.composites[at.nth];
            both(of, (line.printed.sum_of(totals.version, at.nth), totals.version.sum_counts(sum)), at.lang)
        })
        .nth(nth)
    }));
    columns.extend(has_unreported(totals).then(|| {
        column("unreported", terms::UNREPORTED.titles(), Type::Integer, |of: &Lined<'_>, at| {
            let (plan, _, line) = of;
            both(of, (line.printed.unreported, plan.head.denominator == Denominator::Due), at.lang)
        })
    }));
    columns.extend(totals.before.map(|before| {
        ColumnOf::titled("change", since(before.period, lang), Type::Text, |(_, totals, line): &Lined<'_>, at| {
            Cell::text(changes(totals, line, at.lang))
        })
    }));
    columns
}

/// The count, and its share where there is one.
fn both((plan, totals, line): &Lined<'_>, (n, counts): (Option<u64>, bool), lang: Lang) -> Cell {
    let Some(count) = n else { return Cell::text(words::none(lang)) };
    let share = share(plan, line.printed, totals.version, (n, counts), lang);
    let number = words::number(count.into(), lang);
    match share.exact() {
        Some(_) => Cell::number(count, format!("{number} ({})", share.text)),
        None => Cell::number(count, number),
    }
}

fn since(before: Period, lang: Lang) -> String {
    let before = before.tag(lang);
    tr!(lang, "前の公表との増減（{before}）", "Change since published for {before}")
}

/// Which counts of a line changed since those printed before, and by how much.
pub fn changes(totals: &Totals<'_>, line: &TotalsLine<'_>, lang: Lang) -> String {
    let Some(before) = line.before else { return words::none(lang).to_owned() };
    let grades = totals.version.grades.iter().zip(line.printed.counts.iter().zip(&before.counts));
    let grades = grades.map(|(grade, (now, was))| (&*grade.name, now.zip(*was)));
    let unreported = line.printed.unreported().zip(before.unreported());
    let unreported = has_unreported(totals).then_some((terms::UNREPORTED.word(lang), unreported));
    let total = (lang.pick("合計", "total"), Some((line.printed.total, before.total)));
    let all: Vec<_> = grades.chain(unreported).chain([total]).collect();
    let is_whole = all.iter().all(|(_, pair)| pair.is_some());
    let moved = all.into_iter().filter_map(|(name, pair)| {
        let (now, was) = pair.filter(|(now, was)| now != was)?;
        Some(format!("{name}{}", words::change(Decimal::from(now) - Decimal::from(was), lang)))
    });
    let moved = moved.collect::<Vec<String>>().join(lang.pick("、", ", "));
    match (moved.is_empty(), is_whole) {
        (false, _) => moved,
        (true, true) => lang.pick("増減なし", "none").to_owned(),
        (true, false) => words::none(lang).to_owned(),
    }
}
