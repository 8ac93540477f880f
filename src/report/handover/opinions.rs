//! Opinions of which something is still to come: an answer, or what was promised.

use crate::document::{Block, Cell, Section, Table, Type, column, weighed};
use crate::lang::Lang;
use crate::plan::period::date_text;
use crate::query::opinion::{Thread, ThreadPart};
use crate::report::due::wording::owner_name;
use crate::tr;
use crate::wording as words;

use super::{HandoverReport, nothing, one};

/// What one department owes to one opinion.
type Open<'r> = (&'r HandoverReport<'r>, &'r Thread<'r>, &'r ThreadPart<'r>);

/// Every opinion that is open, department by department.
pub fn blocks(report: &HandoverReport<'_>, lang: Lang) -> Vec<Section> {
    let owner = report.handover.owner;
    let is_asked = |part: &&ThreadPart<'_>| part.is_open() && owner.is_none_or(|owner| part.owner == Some(owner));
    let threads = &report.handover.opinions;
    let open: Vec<Open<'_>> = threads
        .iter()
        .flat_map(|thread| thread.parts.iter().filter(is_asked).map(move |part| (report, thread, part)))
        .collect();
    if open.is_empty() {
        let none = match report.plan().meetings.is_empty() {
            true => nothing("会議や監査で出された意見の記録はない。", "No opinion was ever recorded.", lang),
            false => nothing("未対応の意見と約束はない。", "No opinion is open.", lang),
        };
        return one(vec![none]);
    }
    let rows = lang.pick(
        "次の表は、意見1項目について、答える課ごとに1行とする。",
        "The table has a row for each owner that answers an opinion.",
    );
    let note = (open.len() > threads.len()).then(|| Block::Text(rows.into()));
    one(note.into_iter().chain([Block::Table(table(&open, lang))]).collect())
}

fn table(open: &[Open<'_>], lang: Lang) -> Table {
    let columns = weighed(
        [
            column("meeting", ("会議", "Meeting"), Type::Text, |(_, thread, _): &Open<'_>, at| {
                let (name, day) = (&thread.meeting.name, date_text(thread.meeting.date, at.lang));
                Cell::text(tr!(at.lang, "{name}\n（{day}）", "{name}\n({day})"))
            }),
            column("opinion", ("意見", "Opinion"), Type::Text, |(_, thread, _), _| {
                Cell::text(thread.opinion.in_short())
            }),
            column("who", ("担当", "By"), Type::Text, |(report, _, part), at| {
                Cell::text(owner_name(report.plan(), part.owner, at.lang))
            }),
            column("state", ("対応の状況", "State"), Type::Grade, |(_, _, part), at| {
                Cell::text(words::opinion::state(part.state(), at.lang))
            }),
            column("promise", ("約束と期限", "Promise, and by when"), Type::Text, |(_, thread, part), at| {
                let due = thread.opinion.due.filter(|_| part.last().is_none());
                let due = due.map(|day| tr!(at.lang, "{}までに回答", "answer by {}", date_text(day, at.lang)));
                let promise = part.promise().map(|promise| {
                    let (words, day) = (promise.text, date_text(promise.until, at.lang));
                    tr!(at.lang, "{words}（{day}まで）", "{words} (by {day})")
                });
                Cell::text(promise.or(due).unwrap_or_else(|| words::none(at.lang).to_owned()))
            }),
        ],
        [20, 32, 14, 11, 23],
    );
    let subject = |(_, thread, part): &Open<'_>| {
        let owner = part.owner.map_or(0, |place| place + 1);
        Some(format!("all:{}-{}-{owner}", thread.meeting.id, thread.opinion.number))
    };
    let subjects: Vec<_> = open.iter().map(subject).collect();
    Table::build(&columns, open.iter().copied(), lang).about(subjects)
}
