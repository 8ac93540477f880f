//! Each change as a row of the 新旧対照表.

use super::DiffReport;
use super::words as fact_words;
use crate::diff::change::{Change, ChangeKind};
use crate::diff::datum::Datum;
use crate::diff::fact::{Fact, Subject, SubjectPart};
use crate::diff::field::{Field, Topic};
use crate::diff::files::{FileChange, FileKind, Line, Spot};
use crate::diff::words::{Run, runs};
use crate::document::{self, Edit};
use crate::lang::Lang;
use crate::plan::Plan;
use crate::plan::id::Id;
use crate::text::terms;
use crate::tr;
use crate::wording as words;

/// A row of the comparison.
#[derive(Debug, Clone)]
pub struct DiffRow {
    /// Under which heading.
    pub topic: Topic,
    /// The id of what changed.
    pub id: Option<String>,
    /// Its name.
    pub name: String,
    /// The key of what happened.
    pub kind: &'static str,
    /// What happened, in words.
    pub happened: String,
    /// The key that changed, as the files have it.
    pub key: Option<&'static str>,
    /// The key that changed, in words.
    pub field: String,
    /// Whether that is the name of what changed, rather than of a part of it.
    pub is_own_name: bool,
    /// What stood before.
    pub old: String,
    /// What stands now.
    pub new: String,
    /// Old and new in parts, where it is worth marking what differs.
    pub marked: Option<[Vec<document::TextPart>; 2]>,
    /// How much, and what it does to the verdict.
    pub effect: String,
    /// Why.
    pub reason: String,
    /// File and line of both revisions.
    pub places: [Option<String>; 2],
}

/// The rows of a report, the most important first.
pub fn rows(report: &DiffReport<'_>, lang: Lang) -> Vec<DiffRow> {
    let of_change =
        |change| DiffRow { places: report.places(change), ..row([report.old.plan, report.new.plan], change, lang) };
    let changes = report.changes.iter().map(of_change);
    changes.chain(report.files.iter().map(|change| of_file(report, change, lang))).collect()
}

/// The row of a change between two plans, less its places.
pub fn row(plans: [Option<&Plan>; 2], change: &Change<'_>, lang: Lang) -> DiffRow {
    let [old_plan, new_plan] = plans;
    let [old, new] = sides(plans, change, lang);
    let key = change.key.as_ref();
    let is_text = key.is_some() && change.old.len() == 1 && change.new.len() == 1;
    let is_text = is_text && matches!(change.new[0].datum, Datum::Text(_));
    DiffRow {
        topic: change.topic,
        id: change.subject.id().map(ToString::to_string),
        name: name(change, lang),
        kind: change.kind.key(),
        happened: happened(&change.kind, lang).to_owned(),
        key: key.map(|key| key.field.key()),
        field: key
            .map(|key| fact_words::key_called(key, |of, id| called([new_plan, old_plan], of, id), lang))
            .unwrap_or_default(),
        is_own_name: key.is_some_and(|key| key.part.is_empty() && key.field == Field::Name),
        marked: if is_text { marked(&old, &new) } else { None },
        old,
        new,
        effect: effect(change, lang),
        reason: change.reason.unwrap_or_default().to_owned(),
        places: [None, None],
    }
}

/// The subject's name; a register says what it is.
fn name(change: &Change<'_>, lang: Lang) -> String {
    let name = change.name;
    match change.subject {
        Subject::Plan => terms::WHOLE_PLAN.word(lang).to_owned(),
        Subject::Scale(_) => tr!(lang, "尺度「{name}」", "scale `{name}`"),
        Subject::Evaluator(_) => tr!(lang, "評価者「{name}」", "evaluator `{name}`"),
        Subject::Bands(_) => tr!(lang, "判定区分の組「{name}」", "bands `{name}`"),
        Subject::Owner(_) => tr!(lang, "所管課「{name}」", "owner `{name}`"),
        Subject::Source(_) => tr!(lang, "資料「{name}」", "document `{name}`"),
        Subject::Entry(id) => format!("{id} {name}"),
        Subject::Indicator(_) => name.to_owned(),
    }
}

/// What a grade, composite or scale is called; its id where no plan knows it.
fn called<'p>(plans: [Option<&'p Plan>; 2], of: Field, id: &'p Id) -> &'p str {
    let scales = || plans.into_iter().flatten().flat_map(|plan| &plan.scales);
    let versions = || scales().flat_map(|scale| &scale.versions);
    let name = match of {
        Field::Grades => versions().flat_map(|v| &v.grades).find(|grade| grade.id == *id).map(|grade| &grade.name),
        Field::Composites => versions().flat_map(|v| &v.composites).find(|sum| sum.id == *id).map(|sum| &sum.name),
        Field::Scale => {
            scales().find(|scale| scale.id == *id).and_then(|s| s.versions.last()).map(|version| &version.name)
        }
        _ => None,
    };
    name.map_or(id.as_str(), |name| name)
}

fn happened(kind: &ChangeKind<'_>, lang: Lang) -> &'static str {
    match kind {
        ChangeKind::Lowered => lang.pick("下方修正", "lowered"),
        ChangeKind::Raised => lang.pick("上方修正", "raised"),
        ChangeKind::Added => terms::ADDED.word(lang),
        ChangeKind::Dropped => terms::DROPPED.word(lang),
        ChangeKind::Renumbered(_) => lang.pick("番号の変更", "renumbered"),
        ChangeKind::Merged(_) => lang.pick("統合", "merged"),
        ChangeKind::Split(..) => lang.pick("分割", "split"),
        ChangeKind::Renamed => lang.pick("名称の変更", "renamed"),
        ChangeKind::Moved => lang.pick("移動", "moved"),
        ChangeKind::Changed => lang.pick("変更", "changed"),
        ChangeKind::Recorded => lang.pick("記録", "recorded"),
        ChangeKind::RatingMoved => lang.pick("評価の変動", "rating moved"),
        ChangeKind::Corrected => lang.pick("訂正", "corrected"),
        ChangeKind::TakenBack => lang.pick("記録の取下げ", "record taken back"),
        ChangeKind::Confirmed => lang.pick("確定", "confirmed"),
        ChangeKind::Rewritten => lang.pick("記録の書換え", "record rewritten"),
        ChangeKind::Withdrawn => lang.pick("記録の削除", "record deleted"),
    }
}

fn sides([old, new]: [Option<&Plan>; 2], change: &Change<'_>, lang: Lang) -> [String; 2] {
    let entry = |plan: Option<&Plan>, id: &Id| {
        let name = plan.and_then(|plan| {
            let entry = plan.entries.iter().find(|entry| entry.id == *id).map(|entry| entry.name.to_string());
            let indicator = || plan.indicators.iter().find(|indicator| indicator.id == *id);
            entry.or_else(|| Some(indicator()?.name.to_string()))
        });
        name.map_or_else(|| id.to_string(), |name| format!("{id} {name}"))
    };
    let entries =
        |plan: Option<&Plan>, ids: &[&Id]| ids.iter().map(|id| entry(plan, id)).collect::<Vec<_>>().join("\n");
    let own = |new: Option<&Plan>| change.subject.id().map(|id| entry(new, id)).unwrap_or_default();
    match &change.kind {
        ChangeKind::Renumbered(from) => [entry(old, from), own(new)],
        ChangeKind::Merged(from) => [entries(old, from), own(new)],
        ChangeKind::Split(from, into) => [entry(old, from), entries(new, into)],
        ChangeKind::Recorded
        | ChangeKind::RatingMoved
        | ChangeKind::Corrected
        | ChangeKind::TakenBack
        | ChangeKind::Confirmed => [before(change, lang), fact_words::facts(&change.new, 1, lang)],
        _ => [(&change.old, &change.new), (&change.new, &change.old)]
            .map(|(facts, others)| denied(change, facts, others, lang).unwrap_or_else(|| side(change, facts, lang))),
    }
}

/// Words the yes or no that one side leaves out: the opposite of the other side's.
fn denied(change: &Change<'_>, facts: &[Fact<'_>], others: &[Fact<'_>], lang: Lang) -> Option<String> {
    match (facts, others) {
        ([], [Fact { key, datum: Datum::Flag(flag), .. }]) if Some(key) == change.key.as_ref() => {
            Some(fact_words::datum(&Datum::Flag(!flag), lang))
        }
        _ => None,
    }
}

/// Words the record before, with its period where that is another one.
fn before(change: &Change<'_>, lang: Lang) -> String {
    let period = |fact: &Fact<'_>| match fact.key.part.first() {
        Some(SubjectPart::Record(_, period, ..)) => Some(*period),
        _ => None,
    };
    let own = change.new.first().and_then(period);
    let others = change.before.first().and_then(period).filter(|period| Some(*period) != own);
    let record = fact_words::facts(&change.before, 1, lang);
    match others {
        Some(period) if !record.is_empty() => format!("{record}\n{}", tr!(lang, "（{}）", "({})", period.tag(lang))),
        _ => record,
    }
}

fn side(change: &Change<'_>, facts: &[Fact<'_>], lang: Lang) -> String {
    match (&change.key, facts) {
        (_, []) => String::new(),
        (Some(key), [fact]) if fact.key == *key && !another_year(change) => fact_words::datum(&fact.datum, lang),
        (Some(key), facts) => {
            match facts.iter().find(|fact| is_reading(fact) && fact.key.part.len() == key.part.len()) {
                // A reading: its value with its period, then the rest of it.
                Some(value) => reading(value, facts, key.part.len(), another_year(change), lang),
                None => fact_words::facts(facts, key.part.len(), lang),
            }
        }
        (None, facts) => {
            let (name, rest): (Vec<&Fact<'_>>, Vec<&Fact<'_>>) = facts
                .iter()
                .filter(|fact| !is_evident(change, fact))
                .partition(|f| f.key.part.is_empty() && matches!(f.key.field, Field::Name | Field::Title));
            let name = name.iter().map(|fact| fact_words::datum(&fact.datum, lang));
            let rest: Vec<Fact<'_>> = rest.into_iter().cloned().collect();
            let lines = fact_words::facts(&rest, 0, lang);
            name.chain(std::iter::once(lines)).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
        }
    }
}

/// Whether the number of what came or went says it already: which entry is above it.
fn is_evident(change: &Change<'_>, fact: &Fact<'_>) -> bool {
    match (&fact.datum, change.subject.id().and_then(Id::stem)) {
        (Datum::Refs(refs), Some(stem)) => fact.key.field == Field::Parent && refs.iter().all(|r| *r.id == stem),
        _ => false,
    }
}

/// Whether a fact is the value of a baseline or a target.
fn is_reading(fact: &Fact<'_>) -> bool {
    matches!(fact.datum, Datum::Amount(_)) && matches!(fact.key.part.last(), Some(SubjectPart::At(..)))
}

/// Whether a reading took the place of one of another year.
fn another_year(change: &Change<'_>) -> bool {
    let year = |facts: &[Fact<'_>]| facts.first().and_then(|fact| fact.key.part.last().map(|part| format!("{part:?}")));
    !change.old.is_empty() && !change.new.is_empty() && year(&change.old) != year(&change.new)
}

fn reading(value: &Fact<'_>, facts: &[Fact<'_>], around: usize, dated: bool, lang: Lang) -> String {
    let text = fact_words::datum(&value.datum, lang);
    let text = match value.key.part.last() {
        Some(SubjectPart::At(_, period)) if dated => tr!(lang, "{text}（{}）", "{text} ({})", period.tag(lang)),
        _ => text,
    };
    let rest: Vec<Fact<'_>> = facts.iter().filter(|fact| *fact != value).cloned().collect();
    let rest = fact_words::facts(&rest, around, lang);
    if rest.is_empty() { text } else { format!("{text}\n{rest}") }
}

/// How much a number changed in its unit, and what that does to the verdict.
fn effect(change: &Change<'_>, lang: Lang) -> String {
    let difference = if change.is_record() { None } else { fact_words::difference(change, lang) };
    let verdicts = change.consequence.map(|c| {
        let (before, after) = (words::verdict(c.before, lang), words::verdict(c.after, lang));
        match before == after {
            true => tr!(lang, "同じ実績での判定：{before}のまま", "verdict on the same actual: still {before}"),
            false => tr!(lang, "同じ実績での判定：{before}→{after}", "verdict on the same actual: {before} → {after}"),
        }
    });
    difference.into_iter().chain(due(change, lang)).chain(verdicts).collect::<Vec<_>>().join("\n")
}

/// Why the same target in another year is another one.
fn due(change: &Change<'_>, lang: Lang) -> Option<String> {
    let value = |facts: &[Fact<'_>]| {
        facts.iter().find(|fact| is_reading(fact)).map(|fact| fact_words::datum(&fact.datum, lang))
    };
    let is_same = value(&change.old).is_some() && value(&change.old) == value(&change.new);
    let words = match change.kind {
        ChangeKind::Lowered => lang.pick("目標の時期の延期", "due later"),
        ChangeKind::Raised => lang.pick("目標の時期の前倒し", "due earlier"),
        _ => return None,
    };
    is_same.then(|| words.to_owned())
}

/// Old and new in parts, with what differs.
fn marked(old: &str, new: &str) -> Option<[Vec<document::TextPart>; 2]> {
    let runs = runs(old, new)?;
    let side = |own: Edit| {
        let part = |run: &Run| match (run, own) {
            (Run::Same(text), _) => Some((None, text.clone())),
            (Run::Gone(text), Edit::Gone) | (Run::Come(text), Edit::Come) => Some((Some(own), text.clone())),
            _ => None,
        };
        runs.iter().filter_map(part).collect()
    };
    Some([side(Edit::Gone), side(Edit::Come)])
}

fn of_file(report: &DiffReport<'_>, change: &FileChange<'_>, lang: Lang) -> DiffRow {
    let text = |spot: &Option<Spot>| spot.as_ref().map(|spot| spot.text.clone()).unwrap_or_default();
    let (mut old, mut new) = (text(&change.old), text(&change.new));
    if let FileKind::Unread(_, lines) | FileKind::Lines(lines) = &change.kind {
        [old, new] = [false, true].map(|is_new| joined(lines, is_new));
    }
    let path = change.new.as_ref().or(change.old.as_ref()).map(|spot| spot.path.clone()).unwrap_or_default();
    let places =
        [&change.old, &change.new].map(|spot| spot.as_ref().map(|spot| format!("{}:{}", spot.path, spot.line)));
    let is_one_text = matches!(change.kind, FileKind::Comment | FileKind::UnknownKey | FileKind::Notation);
    DiffRow {
        topic: Topic::Files,
        id: None,
        name: path,
        kind: change.kind.key(),
        happened: what(&change.kind, lang).to_owned(),
        key: None,
        field: String::new(),
        is_own_name: false,
        marked: if is_one_text { marked(&old, &new) } else { None },
        old,
        new,
        effect: wrong(report, &change.kind, lang),
        reason: String::new(),
        places: [places[0].as_ref().map(|p| report.old.place(p)), places[1].as_ref().map(|p| report.new.place(p))],
    }
}

fn joined(lines: &[Line], is_new: bool) -> String {
    let own = lines.iter().filter(|line| line.is_new == is_new);
    own.map(|line| format!("{}: {}", line.number, line.text)).collect::<Vec<_>>().join("\n")
}

fn what(kind: &FileKind<'_>, lang: Lang) -> &'static str {
    match kind {
        FileKind::Unread(..) => lang.pick("読み取れないファイル（行の比較）", "unreadable file, line by line"),
        FileKind::Lines(_) => lang.pick("ほかのファイル（行の比較）", "other file, line by line"),
        FileKind::UnknownKey => lang.pick("読まれないキー", "key that nothing reads"),
        FileKind::Comment => lang.pick("コメント", "comment"),
        FileKind::Reordered => lang.pick("並び順", "order"),
        FileKind::Relocated => lang.pick("置き場所のファイル", "moved to another file"),
        FileKind::Notation => lang.pick("書き方（意味は同じ）", "notation (the same meaning)"),
        FileKind::Layout => lang.pick("空白・改行・引用符", "blanks, line ends, quotes"),
    }
}

/// What is wrong with a file that could not be read.
fn wrong(report: &DiffReport<'_>, kind: &FileKind<'_>, lang: Lang) -> String {
    let FileKind::Unread(findings, _) = kind else { return String::new() };
    let sides = [&report.old, &report.new];
    let lines = findings.iter().zip(sides).flat_map(|(all, side)| {
        all.iter().map(move |finding| {
            let (path, line, _) = finding.position(side.snapshot);
            format!("{path}:{line}: {}", finding.message.text(lang))
        })
    });
    lines.collect::<Vec<_>>().join("\n")
}
