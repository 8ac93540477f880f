//! E-mail addresses and telephone numbers in texts that go out to everybody: a person's must not, and which are the
//! office's own the plan says.

use std::ops::Range;

use rayon::prelude::*;

use crate::finding::{Code, Finding};
use crate::plan::Plan;
use crate::query::public::{PublicText, texts};
use crate::say;
use crate::source::Snapshot;
use crate::text::contact::{Contact, contacts};
use crate::text::fold::fold;

/// An address or a number in a public text.
#[derive(Debug, Clone)]
pub struct Exposed<'p> {
    /// The text that holds it.
    pub text: PublicText<'p>,
    /// What it is.
    pub contact: Contact,
}

/// Every one that the plan does not allow.
pub fn exposed(plan: &Plan) -> Vec<Exposed<'_>> {
    let Some(publication) = &plan.publication else { return Vec::new() };
    let key = |words: &str| fold(words.trim()).replace([' ', '(', ')', '-'], "").to_lowercase();
    let allowed: Vec<String> = publication.allow.iter().map(|words| key(words)).collect();
    let found = texts(plan).into_par_iter().flat_map_iter(|text| {
        let found = contacts(text.text).into_iter().filter(|contact| !allowed.contains(&key(&contact.words)));
        found.map(move |contact| Exposed { text, contact }).collect::<Vec<_>>()
    });
    found.collect()
}

/// The findings.
pub fn audit(plan: &Plan, snapshot: &Snapshot) -> Vec<Finding> {
    exposed(plan).iter().map(|exposed| finding(exposed, snapshot)).collect()
}

fn finding(exposed: &Exposed<'_>, snapshot: &Snapshot) -> Finding {
    let (file, span) = place(exposed, snapshot);
    let words = &exposed.contact.words;
    let message = match exposed.contact.is_telephone {
        true => say!(
            "公表する文章に電話番号 {words} があります",
            "a text that goes out to everybody has the telephone number {words}"
        ),
        false => say!(
            "公表する文章にメールアドレス {words} があります",
            "a text that goes out to everybody has the e-mail address {words}"
        ),
    };
    let help = say!(
        "個人のものなら文章から除いてください。公表してよいものは publish.toml の allow に書いてください",
        "take it out where it is a person's; one that may go out goes into `allow` of publish.toml"
    );
    Finding::new(Code::PersonalContact, file, span, message, help)
}

/// The words themselves in the file, behind where the text stands; else wherever a file has them.
fn place(exposed: &Exposed<'_>, snapshot: &Snapshot) -> (usize, Range<usize>) {
    let (file, from) = (exposed.text.origin.file as usize, exposed.text.origin.offset as usize);
    let words = &exposed.contact.words;
    let behind = |file: usize, from: usize| {
        let found = snapshot.text(file).get(from..)?.find(&**words)?;
        Some((file, from + found..from + found + words.len()))
    };
    let elsewhere = || (0..snapshot.files.len()).find_map(|file| behind(file, 0));
    behind(file, from).or_else(elsewhere).unwrap_or((file, from..from + 1))
}
