//! 所管課: who is responsible.

use std::borrow::Cow;
use std::collections::HashMap;

use super::id::Id;
use crate::text::same::{Spelling, name_key, spellings};

/// A department that owns entries or indicators.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owner {
    /// The key in `owner = …`.
    pub id: Id,
    /// The department's name, as the file has it.
    pub name: Box<str>,
    /// The bureau above it.
    pub bureau: Option<Box<str>>,
    /// Other names it goes or went by.
    pub aliases: Vec<Box<str>>,
    /// How to reach it: an extension, an address.
    pub contact: Option<Box<str>>,
    /// The name behind that of the bureau, where another owner has the same name.
    pub qualified: Option<Box<str>>,
}

impl Owner {
    /// The name in papers, forms and lists: behind that of its bureau, where another owner has the same name.
    pub fn label(&self) -> &str {
        self.qualified.as_deref().unwrap_or(&self.name)
    }

    /// What it may be called: its id, name and aliases, and the name behind that of its bureau.
    fn names(&self) -> impl Iterator<Item = Cow<'_, str>> {
        let plain = [self.id.as_str(), &self.name].into_iter().chain(self.aliases.iter().map(|alias| &**alias));
        let behind =
            self.bureau.iter().flat_map(|bureau| ["", " "].map(|between| format!("{bureau}{between}{}", self.name)));
        plain.map(Cow::Borrowed).chain(behind.map(Cow::Owned))
    }

    /// Whether a spelling names this owner.
    fn is_called(&self, spelling: &Spelling<'_>) -> bool {
        self.names().any(|name| spelling.is(&name))
    }
}

/// The places of the owners that a text names: the one with this id, else all that are called so to the letter, else all
/// whose name is the same in another spelling.
pub fn owners_called(owners: &[Owner], text: &str) -> Vec<usize> {
    let text = text.trim();
    if let Some(place) = owners.iter().position(|owner| owner.id.as_str() == text) {
        return vec![place];
    }
    let called = |spelling: Spelling<'_>| -> Vec<usize> {
        owners.iter().enumerate().filter(|(_, owner)| owner.is_called(&spelling)).map(|(place, _)| place).collect()
    };
    spellings(text).map(called).find(|found| !found.is_empty()).unwrap_or_default()
}

/// What [`owners_called`] says, for whoever asks often.
#[derive(Debug, Default)]
pub struct OwnerNames {
    ids: HashMap<Id, usize>,
    /// The places by name to the letter, and by what all spellings of a name share.
    called: [HashMap<String, Vec<usize>>; 2],
}

impl OwnerNames {
    /// The names of these owners.
    pub fn new(owners: &[Owner]) -> Self {
        let mut names = Self::default();
        for (place, owner) in owners.iter().enumerate() {
            names.ids.entry(owner.id.clone()).or_insert(place);
            for name in owner.names() {
                for (called, key) in names.called.iter_mut().zip([Cow::Borrowed(&*name), name_key(&name)]) {
                    let places = called.entry(key.into_owned()).or_default();
                    if places.last() != Some(&place) {
                        places.push(place);
                    }
                }
            }
        }
        names
    }

    /// The places of the owners that a text names.
    pub fn called(&self, text: &str) -> &[usize] {
        let text = text.trim();
        // As it is written, not as it is read: an id in full-width letters is no id here.
        if let Some(place) = Id::parse(text).ok().filter(|id| id.as_str() == text).and_then(|id| self.ids.get(&id)) {
            return std::slice::from_ref(place);
        }
        let [exact, alike] = &self.called;
        exact.get(text).or_else(|| alike.get(&*name_key(text))).map_or(&[], Vec::as_slice)
    }
}

/// The place of the one owner that a text names; `None` where there is none, or more than one.
pub fn the_owner_called(owners: &[Owner], text: &str) -> Option<usize> {
    match owners_called(owners, text)[..] {
        [place] => Some(place),
        _ => None,
    }
}

/// Whether each owner has its name in common with another one.
pub fn namesakes(owners: &[Owner]) -> Vec<bool> {
    let keys: Vec<Cow<'_, str>> = owners.iter().map(|owner| name_key(&owner.name)).collect();
    // Who has each name first, and whether somebody else has it, too.
    let mut known: HashMap<&str, (&Id, bool)> = HashMap::with_capacity(owners.len());
    for (owner, key) in owners.iter().zip(&keys) {
        let (first, shared) = known.entry(key).or_insert((&owner.id, false));
        *shared |= **first != owner.id;
    }
    keys.iter().map(|key| known.get(&**key).is_some_and(|(_, shared)| *shared)).collect()
}

/// Gives owners of one name that of their bureau to be told apart by.
pub fn qualify(owners: &mut [Owner]) {
    let namesakes = namesakes(owners);
    for (owner, _) in owners.iter_mut().zip(namesakes).filter(|(_, shares)| *shares) {
        owner.qualified = owner.bureau.as_ref().map(|bureau| format!("{bureau}{}", owner.name).into());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owner(id: &str, bureau: Option<&str>, name: &str) -> Owner {
        let id = Id::parse(id).unwrap();
        Owner {
            id,
            name: name.into(),
            bureau: bureau.map(Into::into),
            aliases: Vec::new(),
            contact: None,
            qualified: None,
        }
    }

    #[test]
    fn owners_of_one_name_are_found_by_their_bureau() {
        let mut owners = vec![
            owner("civic", Some("市民局"), "総務課"),
            owner("finance", Some("財務局"), "総務課"),
            owner("reform", Some("総務局"), "行政経営課"),
        ];
        qualify(&mut owners);
        let labels: Vec<&str> = owners.iter().map(Owner::label).collect();
        assert_eq!(labels, ["市民局総務課", "財務局総務課", "行政経営課"]);
        for (text, found) in [
            ("総務課", vec![0, 1]),
            ("財務局総務課", vec![1]),
            ("財務局 総務課", vec![1]),
            ("財務局\u{3000}総務課", vec![1]),
            ("civic", vec![0]),
            ("行政経営課", vec![2]),
            ("総務局", vec![]),
        ] {
            assert_eq!(owners_called(&owners, text), found, "{text}");
        }
    }

    #[test]
    fn a_name_is_found_in_every_spelling_of_it() {
        let owners = [owner("digital", None, "デジタル推進課"), owner("parks", None, "道路 公園課")];
        for text in ["デジタル推進課", "テ\u{3099}シ\u{3099}タル推進課", "ﾃﾞｼﾞﾀﾙ推進課", " デジタル推進課\u{3000}"]
        {
            assert_eq!(the_owner_called(&owners, text), Some(0), "{text}");
        }
        assert_eq!(the_owner_called(&owners, "道路\u{3000}公園課"), Some(1));
        assert_eq!(the_owner_called(&owners, "テシタル推進課"), None);
    }
}
