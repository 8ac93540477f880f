//! 意見と対応: what was said of the plan, what was answered and promised, where the plan lets it out. Of who said it the role is
//! told, never the name.

use crate::document::{Block, Cell, Document, Section, Table, Tone, Type, column};
use crate::plan::Subject;
use crate::query::opinion::Thread;
use crate::text::terms;
use crate::tr;
use crate::wording::opinion as said;

use super::{Sheet, overview};

/// The page.
pub fn document(sheet: &Sheet<'_>) -> Document {
    let lang = sheet.lang;
    let threads = &sheet.published.threads;
    let sections = threads.chunk_by(|one, next| one.meeting.id == next.meeting.id).map(|of_meeting| {
        let meeting = of_meeting[0].meeting;
        let heading = format!("{}{}{}", meeting.name, lang.pick("　", ", "), said::days(meeting, lang));
        let table = table(sheet, of_meeting.iter().collect()).without("meeting");
        Section { topic: Some("opinions".into()), ..Section::new(heading, vec![Block::Table(table)]) }
    });
    let title = lang.pick("意見と対応", "Opinions and responses").to_owned();
    Document { title, lead: overview::lead(sheet), sections: sections.collect(), ..Document::default() }
}

/// What was said of one entry or indicator.
pub fn of_subject(sheet: &Sheet<'_>, subject: Subject) -> Option<Section> {
    let own: Vec<&Thread<'_>> = sheet.published.threads.iter().filter(|thread| thread.is_about(subject)).collect();
    let heading = sheet.lang.pick("意見と対応", "Opinions and responses");
    (!own.is_empty()).then(|| Section {
        topic: Some("opinions".into()),
        ..Section::new(heading, vec![Block::Table(table(sheet, own).without("about"))])
    })
}

/// An opinion, and the page that tells of it.
type Said<'r, 's> = (&'r Sheet<'s>, &'r Thread<'s>);

fn table<'s>(sheet: &Sheet<'s>, threads: Vec<&Thread<'s>>) -> Table {
    let columns = [
        column("meeting", ("会議など", "Meeting"), Type::Text, |(_, thread): &Said<'_, '_>, at| {
            Cell::text(format!("{}\n{}", thread.meeting.name, said::days(thread.meeting, at.lang)))
        }),
        column("opinion", ("意見", "Opinion"), Type::Text, |(_, thread), at| {
            let who = thread.opinion.who.as_deref().map(|who| tr!(at.lang, "\n（{who}）", "\n({who})"));
            Cell::text(format!("{}{}", thread.opinion.in_short(), who.unwrap_or_default()))
        }),
        column("about", ("対象", "About"), Type::Text, |(sheet, thread), at| {
            Cell::text(said::about(sheet.plan(), thread.opinion, at.lang))
        }),
        column("state", ("対応状況", "State"), Type::Text, |(sheet, thread), _| {
            let tone = if thread.is_open() { Tone::Warn } else { Tone::Plain };
            Cell::text(said::states(sheet.plan(), thread, sheet.lang)).toned(tone)
        }),
        column("answer", ("対応の内容", "Answer"), Type::Text, |(sheet, thread), _| {
            Cell::text(said::answers(sheet.plan(), thread, sheet.lang))
        }),
        column("promise", ("今後の予定", "Promised"), Type::Text, |(sheet, thread), _| {
            Cell::text(said::promises(sheet.plan(), thread, sheet.lang))
        }),
        column("note", terms::NOTE.titles(), Type::Text, |(_, thread), _| {
            let responses = thread.latest().into_iter().flat_map(|response| &response.notes);
            let notes = thread.opinion.notes.iter().chain(responses).map(|note| &**note);
            Cell::text(notes.collect::<Vec<_>>().join("\n"))
        }),
    ];
    let subjects: Vec<_> =
        threads.iter().map(|thread| Some(format!("opinion-{}", thread.name().to_string().replace('/', "-")))).collect();
    let table = Table::build(&columns, threads.into_iter().map(|thread| (sheet, thread)), sheet.lang).about(subjects);
    super::shared::filled(table)
}
