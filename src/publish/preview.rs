//! Every text that would go out for the first time: whoever publishes sees them before they cannot be taken back.

use std::collections::BTreeSet;

use crate::document::{Block, Cell, Document, Section, Table, Type, column};
use crate::lang::Lang;
use crate::plan::publication::PublicKind;
use crate::plan::{Plan, Subject};
use crate::query::public::{PublicText, texts};
use crate::text::terms;
use crate::tr;
use crate::wording as words;

use super::manifest::fingerprint;

/// A text that goes out, and whose it is.
#[derive(Debug, Clone, Copy)]
pub struct Going<'p> {
    plan: &'p Plan,
    text: PublicText<'p>,
}

/// The fingerprints of all texts of plans that go out.
pub fn fingerprints<'p>(plans: impl Iterator<Item = &'p Plan>) -> BTreeSet<String> {
    plans.flat_map(texts).map(|text| fingerprint(text.text.as_bytes())).collect()
}

/// Those of a plan that did not go out before.
pub fn first_time<'p>(plan: &'p Plan, known: &BTreeSet<String>) -> Vec<Going<'p>> {
    let new = texts(plan).into_iter().filter(|text| !known.contains(&fingerprint(text.text.as_bytes())));
    new.map(|text| Going { plan, text }).collect()
}

/// A list of them, a section for each plan.
pub fn document(plans: &[(&Plan, Vec<Going<'_>>)], lang: Lang) -> Document {
    let count: usize = plans.iter().map(|(_, texts)| texts.len()).sum();
    let title = tr!(lang, "初めて公表する文章（{count}件）", "Texts that go out for the first time ({count})");
    let sections = plans.iter().map(|(plan, texts)| {
        let block = match texts.is_empty() {
            true => Block::Text(lang.pick("ありません。", "There are none.").into()),
            false => Block::Table(table(texts, lang)),
        };
        Section::new(&*plan.head.name, vec![block])
    });
    Document { title, sections: sections.collect(), ..Document::default() }
}

fn table(texts: &[Going<'_>], lang: Lang) -> Table {
    let columns = [
        column("subject", ("項目・指標", "Entry, indicator"), Type::Text, |going: &Going<'_>, at| {
            Cell::text(match going.text.subject {
                None => terms::WHOLE_PLAN.title(at.lang).to_owned(),
                Some(Subject::Entry(place)) => {
                    let entry = &going.plan.entries[place];
                    format!("{} {}", entry.id, entry.name)
                }
                Some(Subject::Indicator(place)) => words::indicator_name(&going.plan.indicators[place]),
            })
        }),
        column("kind", ("種類", "Kind"), Type::Text, |going, at| Cell::text(kind(going.text.kind, at.lang))),
        column("text", ("文章", "Text"), Type::Text, |going, _| Cell::text(going.text.text)),
    ];
    Table::build(&columns, texts.iter().copied(), lang)
}

/// What a kind of text is called.
fn kind(kind: Option<PublicKind>, lang: Lang) -> &'static str {
    match kind {
        None => terms::NAME.title(lang),
        Some(PublicKind::Summary) => lang.pick("概要", "Summary"),
        Some(PublicKind::Done) => terms::DONE.title(lang),
        Some(PublicKind::Issue) => terms::ISSUE.title(lang),
        Some(PublicKind::Next) => terms::NEXT.title(lang),
        Some(PublicKind::Note) => terms::NOTE.title(lang),
        Some(PublicKind::Reason) => terms::REASON.title(lang),
        Some(PublicKind::By) => terms::RECORDED_BY.title(lang),
        Some(PublicKind::Opinion) => lang.pick("意見と対応", "Opinions and responses"),
    }
}
