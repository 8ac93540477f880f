//! What stands at the head of every report: whose plan, as of when, and that a made-up city is made up.

use crate::lang::Lang;
use crate::plan::Plan;
use crate::plan::period::date_text;
use crate::query::AsOf;
use crate::text::safe::one_line;
use crate::tr;
pub use crate::wording::fictional;

use crate::document::{Document, Line, Meta};

/// A document with its title and lead.
pub fn document(plan: &Plan, what: &str, as_of: Option<AsOf>, lang: Lang) -> Document {
    let name = &plan.head.name;
    let mut lead = Vec::new();
    if let Some(as_of) = as_of {
        let (period, date) = (as_of.period.long(lang), date_text(as_of.date, lang));
        lead.push(Line::from(tr!(lang, "{period}（{date} 現在）", "{period} (as of {date})")));
    }
    lead.extend(cautions(plan, lang).map(Line::from));
    let title = format!("{name}{}{what}", lang.pick("　", ": "));
    Document { title, lead, meta: meta(plan, as_of), ..Document::default() }
}

/// Who hands a paper about this plan out, and as of when.
pub fn meta(plan: &Plan, as_of: Option<AsOf>) -> Meta {
    let sender = [plan.head.city.as_deref(), plan.head.office.as_deref()].into_iter().flatten();
    let sender = sender.collect::<Vec<_>>().join(" ");
    let author = Some(sender).filter(|sender| !sender.is_empty());
    let letterhead = plan.head.sender.as_deref().map(str::to_owned).or_else(|| author.clone());
    let (date, contact) = (as_of.map(|as_of| as_of.date), contact(plan));
    Meta { author, date, letterhead: letterhead.into_iter().collect(), contact, ..Meta::default() }
}

/// Whom to ask about a paper, where the plan says how to reach them.
pub fn contact(plan: &Plan) -> Option<String> {
    let contact = plan.head.contact.as_deref()?;
    let office = plan.head.office.as_deref().map(|office| format!("{office}　"));
    let label = plan.head.lang.pick("連絡先：", "Contact: ");
    Some(format!("{label}{}{contact}", office.unwrap_or_default()))
}

/// What nobody may overlook: which revision it was read from, that the city is made up.
pub fn cautions(plan: &Plan, lang: Lang) -> impl Iterator<Item = String> {
    revision(plan, lang).into_iter().chain(fictional(plan, lang))
}

/// The line that says which revision the figures are from, where they are not those of the files as they are.
pub fn revision(plan: &Plan, lang: Lang) -> Option<String> {
    let revision = plan.revision.as_ref()?;
    let (name, id, date) = (one_line(&revision.name), revision.short(), date_text(revision.date, lang));
    Some(tr!(lang, "版：{name}（{id}、{date}）", "Revision: {name} ({id}, {date})"))
}
