//! 全体の状況: the sentences, and the counts beside those of the period before.

use std::borrow::Cow;

use rust_decimal::Decimal;

use crate::document::{Block, Cell, ColumnOf, Row, Table, Type, cells, column, heads};
use crate::plan::period::Period;
use crate::query::gap::Verdict;
use crate::query::summary::Verdicts;
use crate::report::status::published;
use crate::text::terms;
use crate::tr;
use crate::wording as words;

use super::{PaperPage, sentences};

/// The sentences, then the tables.
pub fn blocks(page: &PaperPage<'_>) -> Vec<Block> {
    let sentences = sentences::overview(page).into_iter().map(|text| Block::Text(text.into()));
    let tables = [counts(page), verdicts(page)].into_iter().flatten().map(Block::Table);
    sentences.chain(tables).chain(printed(page)).collect()
}

/// The tables that papers printed: grade by grade, captioned by what they are of.
fn printed<'p>(page: &PaperPage<'p>) -> impl Iterator<Item = Block> + use<'p> {
    let (plan, lang) = (page.plan(), page.lang);
    page.summary.status.totals.iter().enumerate().map(move |(at, totals)| {
        let table = published::whole(plan, totals, lang);
        let caption = Some(published::heading(plan, totals, lang));
        // Of a plan that has totals alone, the sentences say it of the first table.
        let is_said = at == 0 && plan.has_totals_alone();
        let notes = if is_said { Vec::new() } else { published::remarks(plan, totals, lang) };
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
fn counts(page: &PaperPage<'_>) -> Option<Table> {
    let (lang, status) = (page.lang, &page.summary.status);
    if page.plan().entries.is_empty() || status.version.grades.is_empty() {
        return None;
    }
    let (now, then) = (&status.total, &status.before);
    let was = |id: &str| {
        let place = status.version_before.grades.iter().position(|grade| grade.id.as_str() == id);
        place.map(|place| then.counts[place])
    };
    let rounding = page.plan().head.rounding;
    let share = |n: u64, counts: bool| match (counts, now.rated()) {
        (false, _) | (_, 0) => page.blank(),
        (_, all) => Cell::text(words::share(n, all, rounding, lang)).numbered(words::share_number(n, all, rounding)),
    };
    let compared =
        |subject: String, name, n, share, before| Compared { page, subject, name, n, share, before, strong: false };
    let grades = status.version.grades.iter().zip(&now.counts);
    let mut rows: Vec<Compared<'_>> = grades
        .map(|(grade, n)| {
            let subject = format!("grade-{}", grade.id);
            compared(subject, (&*grade.name).into(), *n, share(*n, grade.counts), was(grade.id.as_str()))
        })
        .collect();
    let unreported = terms::UNREPORTED.title(lang).into();
    rows.push(compared("unreported".into(), unreported, now.unreported, page.blank(), Some(then.unreported)));
    let total =
        compared("total".into(), lang.pick("計", "Total").into(), now.entries, page.blank(), Some(then.entries));
    rows.push(Compared { strong: true, ..total });
    rows.extend(status.version.composites.iter().map(|composite| {
        let was = status.version_before.composites.iter().find(|c| c.id == composite.id).map(|c| then.sum(c));
        let n = now.sum(composite);
        let name = tr!(lang, "うち{}", "of which {}", composite.name);
        compared(format!("sum-{}", composite.id), name.into(), n, share(n, status.version.sum_counts(composite)), was)
    }));
    let caption = lang.pick("進捗区分ごとの件数", "Counts by rating");
    let name = column("rating", terms::RATING.titles(), Type::Grade, |of: &Compared<'_>, _| Cell::text(&*of.name));
    let share = column("share", ("割合", "Share"), Type::Percent, |of: &Compared<'_>, _| of.share.clone());
    Some(table(page, status.previous, caption, (name, Some(share)), &rows))
}

/// Verdict, count, count before, change.
fn verdicts(page: &PaperPage<'_>) -> Option<Table> {
    let lang = page.lang;
    let (now, then) = (page.summary.verdicts(), Verdicts::count(page.summary.verdicts_before.iter().copied()));
    if now.all == 0 {
        return None;
    }
    let of = |v: Verdict| words::verdict(v, lang);
    let row = |key: &str, name: &'static str, n: u64, was: u64| Compared {
        page,
        subject: format!("verdict-{key}"),
        name: name.into(),
        n,
        share: Cell::default(),
        before: Some(was),
        strong: false,
    };
    let rows = [
        row("met", of(Verdict::Met), now.met, then.met),
        row("on-pace", of(Verdict::OnPace), now.on_pace, then.on_pace),
        row("behind", of(Verdict::Behind), now.behind, then.behind),
        row("worsened", of(Verdict::Worsened), now.worsened, then.worsened),
        row("undetermined", terms::UNDETERMINED.word(lang), now.undetermined, then.undetermined),
        Compared { strong: true, ..row("total", lang.pick("計", "Total"), now.all, then.all) },
    ];
    let caption = lang.pick("検証指標の判定", "Verdicts of the indicators");
    let name = column("verdict", terms::VERDICT.titles(), Type::Grade, |of: &Compared<'_>, _| Cell::text(&*of.name));
    Some(table(page, page.summary.previous, caption, (name, None), &rows))
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
        let title = tr!(lang, "前回（{previous}）", "Before ({previous})");
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
