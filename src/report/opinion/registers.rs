//! The tables of the papers, one a register.

use crate::document::{Cell, ColumnOf, Table, Tone, Type, column};
use crate::lang::Lang;
use crate::plan::period::date_text;
use crate::query::opinion::Thread;
use crate::text::terms;
use crate::wording::opinion as words;

use super::OpinionsReport;

/// An opinion, and the report that it stands in.
type Listed<'r> = (&'r OpinionsReport<'r>, &'r Thread<'r>);

/// For the screen: what each is called, and how it stands.
pub fn list<'r>(report: &'r OpinionsReport<'r>, lang: Lang) -> Table {
    let columns = [
        column("opinion_name", ("意見の名前", "Opinion name"), Type::Id, |(_, thread): &Listed<'_>, _| {
            Cell::text(thread.name().to_string())
        }),
        column("kind", ("種類", "Kind"), Type::Text, |(_, thread): &Listed<'_>, at| {
            Cell::text(thread.opinion.kind.say().text(at.lang))
        }),
        said(),
        column("owner", terms::OWNER.titles(), Type::Text, |(report, thread): &Listed<'_>, at| {
            Cell::text(words::answering(report.plan, thread, at.lang))
        }),
        state(),
        column("deadline", terms::DEADLINE.titles(), Type::Date, |(report, thread): &Listed<'_>, at| {
            let term = thread.term();
            let tone = if thread.is_overdue(report.as_of) { Tone::Warn } else { Tone::Plain };
            term.map_or_else(Cell::default, |day| Cell::text(date_text(day, at.lang)).toned(tone))
        }),
    ];
    build(report, &columns, report.threads.iter().collect::<Vec<_>>().as_slice(), lang)
}

/// What was said, what was answered, what is still to come.
pub fn ledger<'r>(report: &'r OpinionsReport<'r>, threads: &[&'r Thread<'r>], lang: Lang) -> Table {
    let mut columns = vec![number(), kind()];
    let has_who = threads.iter().any(|thread| !words::who(thread.opinion, report.with_names, lang).is_empty());
    columns.extend(has_who.then(|| {
        column("who", ("発言者", "Said by"), Type::Text, |(report, thread): &Listed<'_>, at| {
            Cell::text(words::who(thread.opinion, report.with_names, at.lang))
        })
        .weighing(6)
    }));
    columns.extend([
        column("about", ("項目・指標", "Entry, indicator"), Type::Text, |(report, thread): &Listed<'_>, at| {
            Cell::text(words::about(report.plan, thread.opinion, at.lang))
        })
        .weighing(12),
        said().weighing(20),
        column("owner", terms::OWNER.titles(), Type::Text, |(report, thread): &Listed<'_>, at| {
            Cell::text(words::answering(report.plan, thread, at.lang))
        })
        .weighing(8),
        state().weighing(9),
        column("answer", ("対応の内容", "Response"), Type::Text, |(report, thread): &Listed<'_>, at| {
            Cell::text(words::answers(report.plan, thread, at.lang))
        })
        .weighing(22),
    ]);
    let promises = threads.iter().any(|thread| !words::promises(report.plan, thread, lang).is_empty());
    columns.extend(promises.then(|| {
        column("promise", ("約束", "Promise"), Type::Text, |(report, thread): &Listed<'_>, at| {
            Cell::text(words::promises(report.plan, thread, at.lang))
        })
        .weighing(12)
    }));
    build(report, &columns, threads, lang)
}

/// 意見の概要／件数／市の考え方.
pub fn public<'r>(report: &'r OpinionsReport<'r>, threads: &[&'r Thread<'r>], lang: Lang) -> Table {
    let columns = [
        number(),
        column("summary", ("意見の概要", "Opinion in short"), Type::Text, |(_, thread): &Listed<'_>, _| {
            Cell::text(thread.opinion.in_short())
        })
        .weighing(20),
        column("count", terms::COUNT.titles(), Type::Integer, |(_, thread): &Listed<'_>, at| {
            Cell::number(thread.count(), crate::wording::number(thread.count().into(), at.lang))
        })
        .weighing(4),
        column("answer", ("市の考え方", "What the city says"), Type::Text, |(report, thread): &Listed<'_>, at| {
            match thread.latest().is_empty() {
                true => Cell::text(words::state(None, at.lang)).toned(Tone::Warn),
                false => Cell::text(words::answers(report.plan, thread, at.lang)),
            }
        })
        .weighing(24),
    ];
    build(report, &columns, threads, lang)
}

fn number<'r>() -> ColumnOf<Listed<'r>> {
    column("number", terms::ID.titles(), Type::Id, |(_, thread): &Listed<'_>, _| {
        Cell::text(thread.opinion.number.as_str())
    })
}

fn kind<'r>() -> ColumnOf<Listed<'r>> {
    column("kind", ("種類", "Kind"), Type::Text, |(_, thread): &Listed<'_>, at| {
        Cell::text(thread.opinion.kind.say().text(at.lang))
    })
}

fn said<'r>() -> ColumnOf<Listed<'r>> {
    column("opinion", ("内容", "What was said"), Type::Text, |(_, thread): &Listed<'_>, _| {
        Cell::text(thread.opinion.in_short())
    })
}

fn state<'r>() -> ColumnOf<Listed<'r>> {
    column("state", ("対応状況", "State"), Type::Text, |(report, thread): &Listed<'_>, at| {
        let tone = if thread.state().is_none() { Tone::Warn } else { Tone::Plain };
        Cell::text(words::states(report.plan, thread, at.lang)).toned(tone)
    })
}

/// A table whose rows are about these opinions.
fn build<'r>(
    report: &'r OpinionsReport<'r>,
    columns: &[ColumnOf<Listed<'r>>],
    threads: &[&'r Thread<'r>],
    lang: Lang,
) -> Table {
    let subjects = threads.iter().map(|thread| Some(format!("{}:{}", thread.meeting.id, thread.opinion.number)));
    let subjects: Vec<_> = subjects.collect();
    Table::build(columns, threads.iter().map(|thread| (report, *thread)), lang).about(subjects)
}
