//! What is noted at cells.

use std::collections::BTreeMap;

use quick_xml::events::Event;

use super::parts::{Runs, relations};
use super::xml::{Events, attribute, local};
use super::{Package, place};
use crate::failure::Failure;

/// Reads what is noted at the cells of the sheet in a part.
///
/// # Errors
/// When the notes are damaged.
pub fn read(package: &mut Package<'_>, part: &str) -> Result<BTreeMap<(u32, u32), String>, Failure> {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let listed = format!("{folder}/_rels/{name}.rels");
    let mut comments = BTreeMap::new();
    if !package.has(&listed) {
        return Ok(comments);
    }
    let mut targets: Vec<String> = relations(package, &listed, folder)?
        .into_values()
        .filter(|(kind, _)| kind.ends_with("/comments"))
        .map(|(_, target)| target)
        .collect();
    targets.sort();
    for target in targets {
        let text = package.read(&target)?;
        let mut events = Events::new(&text, "comments.xml");
        let mut at = None;
        let mut runs = Runs::default();
        while let Some(event) = events.next()? {
            match &event {
                Event::Start(element) if local(element) == "comment" => {
                    at = attribute(element, "ref").and_then(|cell| place(&cell));
                }
                Event::End(end) if end.local_name().into_inner() == "comment" => {
                    let words = plain(&runs.finish().text);
                    if let Some(at) = at.take().filter(|_| !words.is_empty()) {
                        comments.insert(at, words);
                    }
                }
                _ => drop(runs.take(&event)),
            }
        }
    }
    Ok(comments)
}

/// The words of a note without what Excel writes before those of a conversation, for programs that know none.
fn plain(text: &str) -> String {
    let is_conversation = text.starts_with('[') && text.contains(']');
    let own = ["Comment:", "コメント:", "コメント："].into_iter().find_map(|mark| text.split_once(mark));
    own.filter(|_| is_conversation).map_or(text, |(_, own)| own).trim().to_owned()
}
