//! Entries of the outline and their records in words: standing, owners, what was reached, the texts of updates.

use std::borrow::Cow;

use super::figure;
use crate::lang::Lang;
use crate::plan::Plan;
use crate::plan::entry::{Entry, Update};
use crate::plan::owner::Owner;
use crate::plan::period::Period;
use crate::plan::road::Lane;
use crate::plan::scale::ScaleVersion;
use crate::query::status::{By, Member, Standing, Status};
use crate::query::{Scope, road};
use crate::text::terms;
use crate::tr;

/// How an entry stands.
pub fn standing(standing: Standing, version: &ScaleVersion, lang: Lang) -> &str {
    match standing {
        Standing::Outside => lang.pick("計画外", "not in the plan"),
        Standing::Unreported => terms::UNREPORTED.word(lang),
        Standing::Resting => terms::RESTING.word(lang),
        Standing::Ahead => terms::AHEAD.word(lang),
        Standing::Graded(grade) => &version.grades[grade].name,
    }
}

/// Whose ratings an evaluator takes, in order, and of how many counted entries.
pub fn taken(status: &Status<'_>, lang: Lang) -> String {
    let evaluators = &status.plan.evaluators;
    let counted = || status.nodes.iter().filter(|node| node.entry.level == status.counted);
    let of = |evaluator: &usize| {
        let name = &evaluators[*evaluator].name;
        let n = counted().filter(|node| node.rated_by.is_some_and(|update| update.evaluator == *evaluator)).count();
        tr!(lang, "{name} {n}件", "{name} {n}")
    };
    let all = evaluators[status.question.evaluator].first_of.iter().map(of);
    all.collect::<Vec<_>>().join(lang.pick("、", ", "))
}

/// What the entries of a group have in common.
pub fn member<'p>(plan: &'p Plan, of: Member<'p>, lang: Lang) -> Cow<'p, str> {
    match of {
        Member::Owner(place) => plan.owners[place].label().into(),
        Member::Word(word) => word.into(),
        Member::Period(period) => period.tag(lang).into(),
        Member::None => lang.pick("（なし）", "(none)").into(),
    }
}

/// What entries are grouped by: as the plan calls it, else in the words that every plan has, else by the key itself.
pub fn grouping<'p>(plan: &'p Plan, by: By<'p>, lang: Lang) -> &'p str {
    let key = match by {
        By::Owner => return terms::OWNER.title(lang),
        By::Bureau => return lang.pick("局・部", "Bureau"),
        By::Key(key) => key,
    };
    let named = plan.head.groupings.iter().find(|grouping| grouping.id.as_str() == key);
    match (named, key) {
        (Some(grouping), _) => &grouping.name,
        (None, "due") => terms::DEADLINE.title(lang),
        (None, "tag") => lang.pick("分類", "Tag"),
        (None, key) => key,
    }
}

/// Owners by name.
pub fn owners(places: &[usize], owners: &[Owner], lang: Lang) -> String {
    places.iter().map(|place| owners[*place].label()).collect::<Vec<_>>().join(lang.pick("、", ", "))
}

/// When a milestone or step was reached, or how it stands.
pub fn reached(standing: road::Standing, lang: Lang) -> String {
    match standing {
        road::Standing::Reached(period, _) => tr!(lang, "{}到達", "reached {}", period.tag(lang)),
        road::Standing::Missed(_) => lang.pick("到達の記録なし", "no record").to_owned(),
        road::Standing::Unreported => terms::UNREPORTED.word(lang).to_owned(),
        road::Standing::Ahead => terms::PLANNED.word(lang).to_owned(),
    }
}

/// Words the part of the plan that is shown; nothing for the whole of it.
pub fn scope(plan: &Plan, scope: Scope, lang: Lang) -> Option<String> {
    let under = scope.under.map(|place| format!("{} {}", plan.entries[place].id, plan.entries[place].name));
    let owner = scope.owner.map(|place| {
        let name = plan.owners[place].label();
        tr!(lang, "所管課が{name}の項目", "owned by {name}")
    });
    let of: Vec<String> = [under, owner].into_iter().flatten().collect();
    (!of.is_empty()).then(|| tr!(lang, "対象：{}", "Of: {}", of.join(lang.pick("、", ", "))))
}

/// The document that something was read from.
pub fn source(plan: &Plan, source: Option<u16>) -> Option<String> {
    let source = plan.sources.get(usize::from(source?))?;
    Some(format!("{} {}", source.id, source.title))
}

/// From when to when, either end open.
pub fn span(start: Option<Period>, end: Option<Period>, lang: Lang) -> String {
    let text = |p: Option<Period>| p.map(|p| p.tag(lang)).unwrap_or_default();
    match (start, end) {
        (None, None) => String::new(),
        _ => format!("{}{}{}", text(start), lang.pick("～", "–"), text(end)),
    }
}

/// The steps and milestones that a record says were reached, one a line.
pub fn reached_lines(plan: &Plan, entry: &Entry, update: &Update, lang: Lang) -> Vec<String> {
    let Some(reached) = &update.reached else { return Vec::new() };
    let of = |lane: Lane| entry.initiative(lane).map(|i| tr!(lang, "{}：", "{}: ", i.name)).unwrap_or_default();
    let steps = reached.steps.iter().map(|(lane, step)| {
        let step = plan.steps[*step].text(lang);
        tr!(lang, "工程：{}{step}", "Step: {}{step}", of(*lane))
    });
    let milestones = reached.milestones.iter().map(|(lane, place, date)| {
        let (name, date) = (&entry.milestones_of(*lane)[*place].name, date.tag(lang));
        tr!(lang, "到達：{}{name} {date}", "Reached: {}{name} {date}", of(*lane))
    });
    steps.chain(milestones).collect()
}

/// The texts of an update in one paragraph: 実績, 課題, 今後の対応.
pub fn update_texts(update: &Update, lang: Lang) -> String {
    let parts = [
        (lang.pick("実績：", "Done: "), &update.done),
        (lang.pick("課題：", "Issue: "), &update.issue),
        (lang.pick("今後：", "Next: "), &update.next),
    ];
    let mut lines = Lines::default();
    for (label, text) in parts.iter().filter_map(|(label, text)| Some((label, text.as_deref()?))) {
        lines.add([label, text]);
    }
    update.figures.iter().for_each(|of| lines.add([&figure(of, lang)]));
    lines.into()
}

/// Joins lines into one text.
#[derive(Debug, Default)]
pub struct Lines(String);

impl Lines {
    /// Adds a line of these parts; empty parts add none.
    pub fn add<const N: usize>(&mut self, parts: [&str; N]) {
        let length: usize = parts.iter().map(|part| part.len()).sum();
        self.0.reserve(if length > 0 { length + 1 } else { 0 });
        if length > 0 && !self.0.is_empty() {
            self.0.push('\n');
        }
        self.0.extend(parts);
    }
}

impl From<Lines> for String {
    fn from(lines: Lines) -> Self {
        lines.0
    }
}
