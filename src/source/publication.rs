//! `publish.toml`: what of the plan goes out to everybody.

use crate::fields::Fields;
use crate::finding::Code;
use crate::plan::publication::{PublicKind, Publication};
use crate::say;
use crate::text::suggest::suggest;

/// Reads it.
pub fn read(fields: &Fields<'_>) -> Publication {
    fields.get("schema");
    let words = fields.texts("public").into_iter().filter_map(|text| {
        let known = PublicKind::ALL.iter().find(|(word, _)| *word == text.text).map(|(_, kind)| *kind);
        if known.is_none() {
            let word = text.text;
            let message = say!("「{word}」という文章の種類はありません", "there is no kind of text `{word}`");
            let help = suggest(word, PublicKind::ALL.iter().map(|(word, _)| *word), say!("", ""));
            fields.findings().add(Code::WrongType, text.span, message, help);
        }
        known
    });
    let texts = words.collect();
    fields.need("public");
    Publication {
        texts,
        contact: fields.boxed("contact"),
        licence: fields.boxed("licence"),
        address: address(fields),
        allow: fields.boxed_all("allow"),
        origin: fields.origin(),
    }
}

/// An address of the web, with the slash that what is added to it stands behind.
fn address(fields: &Fields<'_>) -> Option<Box<str>> {
    let text = fields.text("address")?;
    let rest = text.text.strip_prefix("https://").or_else(|| text.text.strip_prefix("http://"));
    let is_good = |rest: &str| {
        !rest.is_empty() && rest.bytes().all(|byte| matches!(byte, 0x21..=0x7e) && !b"\"<>#?".contains(&byte))
    };
    if !rest.is_some_and(is_good) {
        fields.findings().add(
            Code::WrongType,
            text.span,
            say!("ウェブの番地ではありません", "this is no address of the web"),
            say!("https:// から始まる番地を書いてください", "write one that begins with https://"),
        );
        return None;
    }
    Some(format!("{}/", text.text.trim_end_matches('/')).into())
}
