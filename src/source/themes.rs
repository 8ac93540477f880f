//! `themes.toml`: which entries and indicators belong to the themes that plans share. Entries are grouped by the framework then,
//! as by any other key of `group`. An indicator that no theme of a framework names belongs to those of the entries that it
//! verifies.

use std::collections::BTreeMap;
use std::ops::Range;

use super::link::Linked;
use super::named::{Named, named_once};
use super::outline::references;
use crate::fields::registers::by_id;
use crate::fields::{Fields, Findings};
use crate::finding::{Code, Finding};
use crate::keys;
use crate::lang::Say;
use crate::plan::entry::Entry;
use crate::plan::id::Id;
use crate::plan::indicator::{Indicator, Kind};
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
    let tables: Vec<(Id, Range<usize>, Fields<'_>)> = by_id(findings, table, &keys::THEMES).collect();
    let mut names: BTreeMap<&str, Vec<Named<'_>>> = BTreeMap::new();
    let mut drafts = Vec::new();
    for (id, span, fields) in &tables {
        let (framework, name) = (fields.need_text("framework"), fields.need_text("name"));
        let of = references(fields, "of");
        let (Some(framework), Some(name)) = (framework, name) else { continue };
        let theme = Theme {
            id: id.clone(),
            framework: framework.text.into(),
            name: name.text.into(),
            entries: Vec::new(),
            indicators: Vec::new(),
            origin: fields.origin(),
        };
        names.entry(framework.text).or_default().push(Named::without_id(name));
        drafts.push(ThemeDraft { theme, of, file: findings.file, span: span.clone() });
    }
    // Entries are grouped by the names: two of one framework would be one theme in some places and two in others.
    if let Some((_, _, fields)) = tables.first() {
        names.values().for_each(|all| named_once(fields, all));
    }
    drafts
}

/// Links themes to what they name, groups the entries by them, and tells what belongs to none of a framework or to two.
pub fn link(head: &Head, drafts: Vec<ThemeDraft>, linked: &mut Linked, findings: &mut Vec<Finding>) -> Vec<Theme> {
    let mut themes: Vec<Theme> = Vec::new();
    // By framework: the theme of each entry and indicator, and where the first theme of the framework stands.
    let mut known: BTreeMap<Box<str>, Framework> = BTreeMap::new();
    for ThemeDraft { mut theme, of, file, span } in drafts {
        let framework = known.entry(theme.framework.clone()).or_insert_with(|| Framework::new(linked));
        framework.themes.push((themes.len(), file, span));
        for (id, span) in of {
            let Some(subject) = linked.index.get(&id) else {
                findings.push(unknown(file, span, &id));
                continue;
            };
            let all: Vec<Subject> = match *subject {
                Subject::Entry(root) => subtree(linked, root).map(Subject::Entry).collect(),
                Subject::Indicator(root) => parts(linked, root).map(Subject::Indicator).collect(),
            };
            let other = all.iter().find_map(|one| framework.theme_of(*one));
            if let Some(other) = other.filter(|other| **other != *theme.name) {
                findings.push(twice(file, span, &id, &theme.name, other));
            }
            for subject in all {
                framework.put(subject, &theme.name);
                match subject {
                    Subject::Entry(place) => theme.entries.push(place),
                    Subject::Indicator(place) => theme.indicators.push(place),
                }
            }
        }
        theme.entries.sort_unstable();
        theme.entries.dedup();
        themes.push(theme);
    }
    for (name, framework) in &mut known {
        findings.extend(framework.unmapped(head, linked, name));
        findings.extend(framework.inherit(linked, &mut themes));
    }
    for theme in &mut themes {
        theme.indicators.sort_unstable();
        theme.indicators.dedup();
    }
    findings.extend(grouped_by_hand(&known, linked));
    group(&themes, linked);
    themes
}

/// The topmost entries whose own `group` has the name of a framework: `status` would count them under a theme that has them
/// nowhere else.
fn grouped_by_hand(known: &BTreeMap<Box<str>, Framework>, linked: &Linked) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut level = None;
    for entry in &linked.entries {
        if level.is_some_and(|above| above < entry.level) {
            continue;
        }
        let own = entry.groups.iter().find(|(key, _)| known.contains_key(key));
        level = own.map(|_| entry.level);
        findings.extend(own.map(|(framework, _)| in_group(entry, framework)));
    }
    findings
}

/// Which theme of a framework everything has.
struct Framework {
    entries: Vec<Option<Box<str>>>,
    indicators: Vec<Option<Box<str>>>,
    /// The place of each theme of it, and where that stands: file and bytes.
    themes: Vec<(usize, usize, Range<usize>)>,
}

impl Framework {
    fn new(linked: &Linked) -> Self {
        let (entries, indicators) = (vec![None; linked.entries.len()], vec![None; linked.indicators.len()]);
        Self { entries, indicators, themes: Vec::new() }
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

    /// The counted entries that have none, and the indicators, where any has a theme of its own.
    fn unmapped(&self, head: &Head, linked: &Linked, name: &str) -> Vec<Finding> {
        let has_any = |of: &[Option<Box<str>>]| of.iter().any(Option::is_some);
        let is_about_indicators = has_any(&self.indicators);
        let entries = linked.entries.iter().zip(&self.entries).filter(|(entry, theme)| {
            head.counts(entry.level) && theme.is_none() && (has_any(&self.entries) || !is_about_indicators)
        });
        let indicators = linked.indicators.iter().zip(&self.indicators).filter(|(indicator, theme)| {
            is_about_indicators && theme.is_none() && indicator.kind != Kind::Heading && !self.covers(indicator)
        });
        let told = |ids: Vec<&str>, said: fn(&str, String, String) -> Say| {
            let (_, file, span) = self.themes.first().filter(|_| !ids.is_empty())?;
            let message = said(name, ids.join("、"), ids.join(", "));
            let help = say!("属する主題の of に書いてください", "add them to `of` of the theme that they belong to");
            Some(Finding::new(Code::UnmappedTheme, *file, span.clone(), message, help))
        };
        let entries = told(entries.map(|(entry, _)| entry.id.as_str()).collect(), |name, ja, en| {
            say!("「{name}」のどの主題にも属さない項目があります：{ja}", "entries of no theme of `{name}`: {en}")
        });
        let indicators = told(indicators.map(|(indicator, _)| indicator.id.as_str()).collect(), |name, ja, en| {
            say!("「{name}」のどの主題にも属さない指標があります：{ja}", "indicators of no theme of `{name}`: {en}")
        });
        entries.into_iter().chain(indicators).collect()
    }

    /// Whether an indicator verifies an entry that has a theme.
    fn covers(&self, indicator: &Indicator) -> bool {
        indicator.entries.iter().any(|entry| self.entries[*entry].is_some())
    }

    /// Puts the indicators that no theme names into those of the entries that they verify, and tells which are in two.
    fn inherit(&self, linked: &Linked, themes: &mut [Theme]) -> Vec<Finding> {
        let mut findings = Vec::new();
        let without = linked
            .indicators
            .iter()
            .enumerate()
            .filter(|(place, of)| self.indicators[*place].is_none() && of.kind != Kind::Heading && self.covers(of));
        for (place, indicator) in without {
            let has = |theme: &Theme| indicator.entries.iter().any(|entry| theme.entries.binary_search(entry).is_ok());
            let mut first: Option<&str> = None;
            let of: Vec<_> = self.themes.iter().filter(|(at, ..)| has(&themes[*at])).collect();
            for (at, file, span) in &of {
                let name = &*themes[*at].name;
                let other = *first.get_or_insert(name);
                if other != name {
                    findings.push(inherited_twice(*file, span.clone(), &indicator.id, name, other));
                }
            }
            of.into_iter().for_each(|(at, ..)| themes[*at].indicators.push(place));
        }
        findings
    }
}

/// The entry and everything under it: depth first, as the outline is.
fn subtree(linked: &Linked, root: usize) -> Range<usize> {
    let level = linked.entries[root].level;
    let under = linked.entries[root + 1..].iter().take_while(|entry| entry.level > level).count();
    root..root + under + 1
}

/// The indicator and all that are under it.
fn parts(linked: &Linked, root: usize) -> impl Iterator<Item = usize> {
    let above = |of: usize| std::iter::successors(Some(of), |at| linked.indicators[*at].parent);
    (0..linked.indicators.len()).filter(move |of| above(*of).any(|at| at == root))
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

fn in_group(entry: &Entry, framework: &str) -> Finding {
    let (id, place) = (&entry.id, usize::try_from(entry.origin.offset).unwrap_or(0));
    Finding::new(
        Code::ThemeInGroup,
        usize::try_from(entry.origin.file).unwrap_or(0),
        place..place,
        say!(
            "「{id}」の group に「{framework}」がありますが、これは themes.toml の枠組みです",
            "`group` of `{id}` has `{framework}`, which is a framework of themes.toml"
        ),
        say!(
            "group から除き、themes.toml の主題の of に「{id}」を書いてください",
            "take it out of `group`, and name `{id}` in `of` of its theme in themes.toml"
        ),
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

fn inherited_twice(file: usize, span: Range<usize>, id: &Id, name: &str, other: &str) -> Finding {
    Finding::new(
        Code::ThemeTwice,
        file,
        span,
        say!(
            "指標「{id}」は、対象の項目により、「{other}」と「{name}」の両方に属しています",
            "the indicator `{id}` belongs to both `{other}` and `{name}` by the entries that it verifies"
        ),
        say!(
            "一方だけなら、その主題の of に指標の id を書いてください。両方で数えてよければ、そのままで構いません",
            "name it in `of` of the theme that it belongs to alone, or leave it so where it is to count in both"
        ),
    )
}
