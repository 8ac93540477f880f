//! `themes.toml`: which entries and indicators belong to the themes that plans share. Entries are grouped by the framework then,
//! as by any other key of `group`.

use std::collections::BTreeMap;
use std::ops::Range;

use super::link::Linked;
use super::outline::references;
use crate::fields::Findings;
use crate::fields::registers::by_id;
use crate::finding::{Code, Finding};
use crate::keys;
use crate::plan::id::Id;
use crate::plan::theme::Theme;
use crate::plan::{Head, Subject};
use crate::say;
use crate::tree::Table;

/// A theme as the file has it.
#[derive(Debug)]
pub struct ThemeDraft {
    theme: Theme,
    of: Vec<(Id, Range<usize>)>,
    file: usize,
    span: Range<usize>,
}

/// Reads the themes of a file.
pub fn read(findings: &Findings, table: Table<'_>) -> Vec<ThemeDraft> {
    let draft = |(id, span, fields): (Id, Range<usize>, crate::fields::Fields<'_>)| {
        let (framework, name) = (fields.need_text("framework"), fields.need_text("name"));
        let of = references(&fields, "of");
        let theme = Theme {
            id,
            framework: framework?.text.into(),
            name: name?.text.into(),
            entries: Vec::new(),
            indicators: Vec::new(),
            origin: fields.origin(),
        };
        Some(ThemeDraft { theme, of, file: findings.file, span })
    };
    by_id(findings, table, &keys::THEMES).filter_map(draft).collect()
}

/// Links themes to what they name, groups the entries by them, and tells what belongs to none of a framework or to two.
pub fn link(head: &Head, drafts: Vec<ThemeDraft>, linked: &mut Linked, findings: &mut Vec<Finding>) -> Vec<Theme> {
    let mut themes: Vec<Theme> = Vec::new();
    // By framework: the theme of each entry and indicator, and where the first theme of the framework stands.
    let mut known: BTreeMap<Box<str>, Framework> = BTreeMap::new();
    for ThemeDraft { mut theme, of, file, span } in drafts {
        let framework = known.entry(theme.framework.clone()).or_insert_with(|| Framework::new(linked, (file, span)));
        for (id, span) in of {
            let Some(subject) = linked.index.get(&id) else {
                findings.push(unknown(file, span, &id));
                continue;
            };
            let all: Vec<Subject> = match *subject {
                Subject::Entry(root) => subtree(linked, root).map(Subject::Entry).collect(),
                indicator @ Subject::Indicator(_) => vec![indicator],
            };
            let other = all.iter().find_map(|one| framework.theme_of(*one));
            if let Some(other) = other.filter(|other| **other != *theme.name) {
                findings.push(twice(file, span, &id, &theme.name, other));
            }
            for subject in all {
                framework.put(subject, &theme.name);
                match subject {
                    Subject::Entry(place) if !theme.entries.contains(&place) => theme.entries.push(place),
                    Subject::Indicator(place) if !theme.indicators.contains(&place) => theme.indicators.push(place),
                    _ => {}
                }
            }
        }
        theme.entries.sort_unstable();
        themes.push(theme);
    }
    for (name, framework) in &known {
        findings.extend(framework.unmapped(head, linked, name));
    }
    group(&themes, linked);
    themes
}

/// Which theme of a framework everything has.
struct Framework {
    entries: Vec<Option<Box<str>>>,
    indicators: Vec<Option<Box<str>>>,
    /// Where its first theme stands.
    place: (usize, Range<usize>),
}

impl Framework {
    fn new(linked: &Linked, place: (usize, Range<usize>)) -> Self {
        Self { entries: vec![None; linked.entries.len()], indicators: vec![None; linked.indicators.len()], place }
    }

    fn theme_of(&self, subject: Subject) -> Option<&str> {
        match subject {
            Subject::Entry(place) => self.entries[place].as_deref(),
            Subject::Indicator(place) => self.indicators[place].as_deref(),
        }
    }

    fn put(&mut self, subject: Subject, name: &str) {
        let theme = match subject {
            Subject::Entry(place) => &mut self.entries[place],
            Subject::Indicator(place) => &mut self.indicators[place],
        };
        theme.get_or_insert_with(|| name.into());
    }

    /// The counted entries that have none.
    fn unmapped(&self, head: &Head, linked: &Linked, name: &str) -> Option<Finding> {
        let lacks = linked
            .entries
            .iter()
            .zip(&self.entries)
            .filter(|(entry, theme)| head.counts(entry.level) && theme.is_none());
        let ids: Vec<&str> = lacks.map(|(entry, _)| entry.id.as_str()).collect();
        let (file, span) = self.place.clone();
        let (ja, en) = (ids.join("、"), ids.join(", "));
        (!ids.is_empty()).then(|| {
            Finding::new(
                Code::UnmappedTheme,
                file,
                span,
                say!("「{name}」のどの主題にも属さない項目があります：{ja}", "entries of no theme of `{name}`: {en}"),
                say!("属する主題の of に書いてください", "add them to `of` of the theme that they belong to"),
            )
        })
    }
}

/// The entry and everything under it: depth first, as the outline is.
fn subtree(linked: &Linked, root: usize) -> Range<usize> {
    let level = linked.entries[root].level;
    let under = linked.entries[root + 1..].iter().take_while(|entry| entry.level > level).count();
    root..root + under + 1
}

/// A framework is one more thing that entries are grouped by.
fn group(themes: &[Theme], linked: &mut Linked) {
    for theme in themes {
        for place in &theme.entries {
            let entry = &mut linked.entries[*place];
            let own = (theme.framework.clone(), theme.name.clone());
            if !entry.groups.contains(&own) {
                entry.groups = entry.groups.iter().cloned().chain([own]).collect();
            }
        }
    }
}

fn unknown(file: usize, span: Range<usize>, id: &Id) -> Finding {
    Finding::new(
        Code::UnknownEntry,
        file,
        span,
        say!("「{id}」という項目や指標はありません", "there is no entry or indicator `{id}`"),
        say!("id を確かめてください", "check the ID"),
    )
}

fn twice(file: usize, span: Range<usize>, id: &Id, name: &str, other: &str) -> Finding {
    Finding::new(
        Code::ThemeTwice,
        file,
        span,
        say!(
            "「{id}」又はその下のものは、「{other}」と「{name}」の両方に属しています",
            "`{id}`, or what is under it, belongs to both `{other}` and `{name}`"
        ),
        say!(
            "一方から除いてください。両方で数えてよければ、そのままで構いません",
            "take it out of one of them, or leave it so where it is to count in both"
        ),
    )
}
