//! 所管課: who is responsible.

use super::id::Id;
use crate::text::same::{Spelling, is_same_name, spellings};

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
    /// The name behind that of the bureau, where another owner has the same name.
    pub qualified: Option<Box<str>>,
}

impl Owner {
    /// The name in papers, forms and lists: behind that of its bureau, where another owner has the same name.
    pub fn label(&self) -> &str {
        self.qualified.as_deref().unwrap_or(&self.name)
    }

    /// Whether a spelling names this owner: its id, name or alias, or the name behind that of its bureau.
    fn is_called(&self, spelling: &Spelling<'_>) -> bool {
        let behind =
            |bureau: &str| ["", " "].iter().any(|between| spelling.is(&format!("{bureau}{between}{}", self.name)));
        spelling.is(self.id.as_str())
            || spelling.is(&self.name)
            || self.aliases.iter().any(|alias| spelling.is(alias))
            || self.bureau.as_deref().is_some_and(behind)
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

/// The place of the one owner that a text names; `None` where there is none, or more than one.
pub fn the_owner_called(owners: &[Owner], text: &str) -> Option<usize> {
    match owners_called(owners, text)[..] {
        [place] => Some(place),
        _ => None,
    }
}

/// Whether each owner has its name in common with another one.
pub fn namesakes(owners: &[Owner]) -> Vec<bool> {
    let shares = |one: &Owner| owners.iter().any(|other| other.id != one.id && is_same_name(&other.name, &one.name));
    owners.iter().map(shares).collect()
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
        Owner { id, name: name.into(), bureau: bureau.map(Into::into), aliases: Vec::new(), qualified: None }
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
