//! 全体の状況: the sentences, and the counts beside those of the period before.

use std::borrow::Cow;

use rust_decimal::Decimal;

use crate::document::{Block, Cell, ColumnOf, Row, Table, Type, cells, column, heads};
use crate::plan::Denominator;
use crate::plan::period::Period;
use crate::query::status::Status;
use crate::query::verdicts::Before;
use crate::report::kpi::counts::{self, counts_of};
use crate::report::status::published;
use crate::text::terms;
use crate::tr;
use crate::wording as words;

use super::{PaperPage, sentences};

/// The sentences, then the tables.
pub fn blocks(page: &PaperPage<'_>) -> Vec<Block> {
    let sentences = sentences::overview(page).into_iter().map(|text| Block::Text(text.into()));
    let (above, main) = page.summary.by_level();
    let tables = above.chain([main]).filter_map(|status| counts(page, status)).chain(verdicts(page)).map(Block::Table);
    sentences.chain(tables).chain(printed(page)).collect()
}

/// The tables that papers printed: grade by grade, captioned by what they are of.
fn printed<'p>(page: &PaperPage<'p>) -> impl Iterator<Item = Block> + use<'p> {
    let (plan, lang) = (page.plan(), page.lang);
    page.summary.status.totals.iter().enumerate().map(move |(at, totals)| {
        let table = published::whole(plan, totals, lang);
        let caption = Some(published::heading(plan, totals, lang).into());
        // Of a plan that has totals alone, the sentences say it of the first table.
        let is_said = at == 0 && plan.has_totals_alone();
        let notes = if is_said { Vec::new() } else { published::remarks(plan, totals, lang) };
        let notes = notes.into_iter().map(Into::into).collect();
        Block::Table(Table { caption, notes, ..table })
    })
}

/// A count, its share, and the count of the period before.
struct Compared<'r> {
    page: &'r PaperPage<'r>,
    subject: String,
    name: Cow<'r, str>,
    n: u64,
    share: Cell,
    before: Option<u64>,
    strong: bool,
}

/// Grade, count, share, count before, change.
fn counts(page: &PaperPage<'_>, status: &Status<'_>) -> Option<Table> {
    let lang = page.lang;
    let subject = |of: &str| page.subject(status, of);
    if page.plan().entries.is_empty() || status.version.grades.is_empty() {
        return None;
    }
    let (now, then) = (&status.total, &status.before);
    let was = |id: &str| {
        let place = status.version_before.grades.iter().position(|grade| grade.id.as_str() == id);
        place.map(|place| then.counts[place])
    };
    let rounding = page.plan().head.rounding;
    let share = |n: u64, counts: bool| match (counts, status.base(now)) {
        (false, _) | (_, 0) => page.blank(),
        (_, all) => Cell::text(words::share(n, all, rounding, lang)).numbered(words::share_number(n, all, rounding)),
    };
    let compared =
        |subject: String, name, n, share, before| Compared { page, subject, name, n, share, before, strong: false };
    let grades = status.version.grades.iter().zip(&now.counts);
    let mut rows: Vec<Compared<'_>> = grades
        .map(|(grade, n)| {
            let subject = subject(&format!("grade-{}", grade.id));
            compared(subject, (&*grade.name).into(), *n, share(*n, grade.counts), was(grade.id.as_str()))
        })
        .collect();
    let unreported = terms::UNREPORTED.title(lang).into();
    let of_unreported = share(now.unreported, page.plan().head.denominator == Denominator::Due);
    rows.push(compared(subject("unreported"), unreported, now.unreported, of_unreported, Some(then.unreported)));
    let not_asked =
        [("not_rated", terms::RESTING, now.resting, then.resting), ("not_begun", terms::AHEAD, now.ahead, then.ahead)];
    let not_asked = not_asked.into_iter().filter(|(.., now, then)| now + then > 0);
    rows.extend(
        not_asked
            .map(|(of, term, now, then)| compared(subject(of), term.title(lang).into(), now, page.blank(), Some(then))),
    );
    let total =
        compared(subject("total"), lang.pick("計", "Total").into(), now.entries, page.blank(), Some(then.entries));
    rows.push(Compared { strong: true, ..total });
    rows.extend(status.version.composites.iter().map(|composite| {
        let was = status.version_before.composites.iter().find(|c| c.id == composite.id).map(|c| then.sum(c));
        let n = now.sum(composite);
        let name = tr!(lang, "うち{}", "of which {}", composite.name);
        compared(
            subject(&format!("sum-{}", composite.id)),
            name.into(),
            n,
            share(n, status.version.sum_counts(composite)),
            was,
        )
    }));
    let level = page.plan().level_name(status.counted);
    let caption = match page.summary.levels.is_empty() {
        true => lang.pick("進捗区分ごとの件数", "Counts by rating").to_owned(),
        false => tr!(lang, "進捗区分ごとの件数（{level}）", "Counts by rating ({level})"),
    };
    let name = column("rating", terms::RATING.titles(), Type::Grade, |of: &Compared<'_>, _| Cell::text(&*of.name));
    let share = column("share", ("割合", "Share"), Type::Percent, |of: &Compared<'_>, _| of.share.clone());
    Some(table(page, status.previous, &caption, (name, Some(share)), &rows))
}

/// Verdict, count, share, count before, change: a table for each set of bands that judges.
fn verdicts(page: &PaperPage<'_>) -> Vec<Table> {
    let (lang, rounding) = (page.lang, page.plan().head.rounding);
    let tables = page.summary.verdict_tables(None);
    let several = tables.len() > 1;
    let laid_out = tables.iter().filter_map(|of| {
        let group = of.groups.first().filter(|group| group.now.all > 0)?;
        let counts = counts_of(of, group, lang);
        let rows: Vec<Compared<'_>> = counts
            .iter()
            .map(|count| Compared {
                page,
                subject: counts::subject(count, of.set),
                name: count.row_name(lang).into(),
                n: count.count,
                share: count
                    .share(rounding)
                    .map_or_else(|| page.blank(), |share| Cell::number(share, words::percent(share, lang))),
                before: count.before,
                strong: count.kind == "total",
            })
            .collect();
        let caption = lang.pick("検証指標の判定", "Verdicts of the indicators");
        let set = of.set.name.text(lang);
        let caption = match several || !of.set.is_standard() {
            true => tr!(lang, "{caption}（{set}）", "{caption} ({set})"),
            false => caption.to_owned(),
        };
        let name =
            column("verdict", terms::VERDICT.titles(), Type::Grade, |of: &Compared<'_>, _| Cell::text(&*of.name));
        let share = column("share", ("割合", "Share"), Type::Percent, |of: &Compared<'_>, _| of.share.clone());
        let previous = if let Before::Period(previous) = of.before { Some(previous) } else { None };
        let notes = counts::notes(of, group.now.judged, lang).into_iter().map(Into::into).collect();
        Some(Table { notes, ..table(page, previous, &caption, (name, Some(share)), &rows) })
    });
    laid_out.collect()
}

/// The counts beside those of the period before, where there is one.
fn table<'r>(
    page: &PaperPage<'_>,
    previous: Option<Period>,
    caption: &str,
    (name, share): (ColumnOf<Compared<'r>>, Option<ColumnOf<Compared<'r>>>),
    rows: &[Compared<'r>],
) -> Table {
    let lang = page.lang;
    let mut columns = vec![name];
    columns.push(column("count", terms::COUNT.titles(), Type::Integer, |of: &Compared<'_>, _| of.page.count(of.n)));
    columns.extend(share);
    if let Some(previous) = previous {
        let previous = previous.brief(lang);
        let title = match page.summary.status.question.against {
            None => tr!(lang, "前回（{previous}）", "Before ({previous})"),
            Some(_) => previous,
        };
        columns.push(ColumnOf::titled("before", title, Type::Integer, |of: &Compared<'_>, _| {
            of.before.map_or_else(|| of.page.blank(), |before| of.page.count(before))
        }));
        columns.push(column("change", ("増減", "Change"), Type::Integer, |of: &Compared<'_>, at| {
            let Some(before) = of.before else { return of.page.blank() };
            let by = Decimal::from(of.n) - Decimal::from(before);
            of.page.sign(Cell::number(by, words::change(by, at.lang)))
        }));
    }
    let row = |of: &Compared<'r>| Row { cells: cells(&columns, of, lang), strong: of.strong, ..Row::default() };
    let subjects = rows.iter().map(|of| Some(of.subject.as_str()));
    let rows = rows.iter().map(row).collect();
    Table { caption: Some(caption.into()), columns: heads(&columns, lang), rows, ..Table::default() }.about(subjects)
}
