//! 担当と連絡先: the office in charge, every owner with what it answers for, and who rates.

use crate::document::{Block, Cell, Line, Section, Table, Type, column, weighed};
use crate::lang::Lang;
use crate::plan::owner::owners_called;
use crate::plan::period::date_text;
use crate::query::handover::Person;
use crate::text::terms;
use crate::tr;
use crate::wording as words;

use super::tasks::typed;
use super::{HandoverReport, nothing, one};

/// The office in charge, then every owner.
pub fn blocks(report: &HandoverReport<'_>, lang: Lang) -> Vec<Section> {
    let mut blocks = vec![Block::Fields(office(report, lang))];
    let people = &report.handover.people;
    if people.is_empty() {
        blocks.push(nothing(
            "この計画に所管課の登録はない。だれが何を担当するかを、前任者に尋ねる。",
            "The plan names no owners: ask your predecessor who does what.",
            lang,
        ));
    } else {
        blocks.push(Block::Table(table(report, lang)));
        if people.iter().any(|person| report.plan().owners[person.owner].contact.is_none()) {
            let mut owners = people.iter().map(|person| &report.plan().owners[person.owner]);
            let first = owners.find(|owner| owner.contact.is_none()).map_or("ID", typed);
            let command = match lang {
                Lang::Ja => format!("kaikaku edit {first} 連絡先 \"内線 1234\""),
                Lang::En => format!("kaikaku edit {first} contact \"ext. 1234\""),
            };
            let command = report.command(&command);
            blocks.push(Block::Text(
                tr!(
                    lang,
                    "連絡先のない所管課は、{command} で登録すると、次からここに載る。",
                    "Where there is no contact, {command} adds one."
                )
                .into(),
            ));
        }
    }
    one(blocks)
}

/// Who is in charge of the plan, how to reach it, and who rates.
fn office(report: &HandoverReport<'_>, lang: Lang) -> Vec<(String, Line)> {
    let head = &report.plan().head;
    let none = || lang.pick("記載なし", "not stated").to_owned();
    let office = [head.city.as_deref(), head.office.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let office = if office.is_empty() { none() } else { office };
    // An office that is an owner as well is reached as that one.
    let own = head.office.as_deref().map(|office| owners_called(&report.plan().owners, office));
    let own = own.and_then(|own| report.plan().owners[*own.first()?].contact.as_deref());
    let contact = head.contact.as_deref().or(own).map_or_else(none, str::to_owned);
    let evaluators = report.plan().evaluators.iter().map(|evaluator| &*evaluator.name);
    [
        (lang.pick("計画の担当", "Office in charge"), office),
        (lang.pick("連絡先", "Contact"), contact),
        (terms::EVALUATOR.title(lang), evaluators.collect::<Vec<_>>().join(lang.pick("、", ", "))),
    ]
    .map(|(name, words)| (name.to_owned(), words.into()))
    .into()
}

type Of<'r> = (&'r HandoverReport<'r>, &'r Person<'r>);

fn table(report: &HandoverReport<'_>, lang: Lang) -> Table {
    let columns = weighed(
        [
            column("bureau", ("局・部", "Bureau"), Type::Text, |(report, person): &Of<'_>, _| {
                Cell::text(report.plan().owners[person.owner].bureau.as_deref().unwrap_or_default())
            }),
            column("owner", terms::OWNER.titles(), Type::Text, |(report, person), at| {
                let owner = &report.plan().owners[person.owner];
                let aliases = owner.aliases.join(at.lang.pick("、", ", "));
                Cell::text(match aliases.is_empty() {
                    true => owner.name.to_string(),
                    false => tr!(at.lang, "{}\n（旧称など：{aliases}）", "{}\n(also {aliases})", owner.name),
                })
            }),
            column("contact", ("連絡先", "Contact"), Type::Text, |(report, person), at| {
                let contact = report.plan().owners[person.owner].contact.as_deref();
                // Each way to reach it on a line of its own: none of them may break.
                let lines = contact.map(|contact| contact.replace(['、', ','], "\n").replace("\n ", "\n"));
                Cell::text(lines.unwrap_or_else(|| at.lang.pick("記載なし", "not stated").to_owned()))
            }),
            column("entries", ("主管する項目", "Entries it leads"), Type::Text, |(report, person), at| {
                let name = |place: &usize| {
                    let entry = &report.plan().entries[*place];
                    format!("{} {}", entry.id, entry.name)
                };
                let names: Vec<String> = person.entries.iter().map(name).collect();
                Cell::text(if names.is_empty() { words::none(at.lang).to_owned() } else { names.join("\n") })
            }),
            column("indicators", ("指標の数", "Indicators"), Type::Integer, |(_, person), at| {
                let shown = tr!(at.lang, "{}件", "{}", person.indicators);
                Cell::number(u64::try_from(person.indicators).unwrap_or(u64::MAX), shown)
            }),
            column("person", ("最近の回答者", "Last answered by"), Type::Text, |(_, person), at| {
                let reply =
                    person.reply.and_then(|(period, reply)| Some((period, reply.person.as_deref()?, reply.received)));
                let none = || at.lang.pick("記録なし", "not recorded").to_owned();
                Cell::text(reply.map_or_else(none, |(period, name, day)| {
                    let (period, day) = (period.brief(at.lang), date_text(day, at.lang));
                    tr!(at.lang, "{name}\n（{period}、{day}）", "{name}\n({period}, {day})")
                }))
            }),
        ],
        [9, 16, 24, 29, 8, 14],
    );
    let subject = |person: &Person<'_>| Some(format!("all:owner-{}", report.plan().owners[person.owner].id));
    let subjects: Vec<_> = report.handover.people.iter().map(subject).collect();
    Table::build(&columns, report.handover.people.iter().map(|person| (report, person)), lang).about(subjects)
}
