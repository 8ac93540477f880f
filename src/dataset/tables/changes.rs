//! What changed in the plan, as the plan itself tells it: targets that were revised, and the reasons of other changes.

use std::cmp::Ordering;

use chrono::NaiveDate;

use super::targets::{lower, upper};
use super::{Spec, number_alike};
use crate::dataset::column::{Datum, Kind, optional, required};
use crate::dataset::site::{Site, Sourced};
use crate::dataset::words;
use crate::diff::easier;
use crate::plan::amendment::Amendment;
use crate::plan::indicator::{Indicator, Reading, Revision};
use crate::plan::period::FiscalYear;
use crate::plan::source::Origin;

pub struct Row<'p> {
    subject: &'static str,
    id: &'p str,
    changed: NaiveDate,
    reason: Option<&'p str>,
    what: What<'p>,
    origin: Origin,
    number: usize,
}

enum What<'p> {
    Target(&'p Indicator, Option<&'p Reading>, Option<&'p Reading>),
    Amendment(&'p Amendment),
}

impl Sourced for Row<'_> {
    fn origin(&self) -> Origin {
        self.origin
    }
}

impl<'p> Row<'p> {
    fn kind(&self) -> &'static str {
        match self.what {
            What::Target(..) => "target",
            What::Amendment(_) => "amendment",
        }
    }

    /// The period of the target, as it is now, else as it was.
    fn period(&self) -> Option<String> {
        self.is().or(self.was()).map(|of| of.period.short())
    }

    fn was(&self) -> Option<&'p Reading> {
        if let What::Target(_, old, _) = self.what { old } else { None }
    }

    fn is(&self) -> Option<&'p Reading> {
        if let What::Target(_, _, new) = self.what { new } else { None }
    }

    fn words(&self, reading: Option<&'p Reading>) -> Option<&'p str> {
        if let What::Target(indicator, ..) = self.what { words::words_of(reading?, indicator) } else { None }
    }

    fn direction(&self) -> Option<&'static str> {
        let What::Target(indicator, old, new) = self.what else { return None };
        Some(match (old, new) {
            (None, _) => "added",
            (_, None) => "dropped",
            (Some(old), Some(new)) => match easier(indicator, old, new) {
                Some(Ordering::Greater) => "lowered",
                Some(Ordering::Less) => "raised",
                _ => "changed",
            },
        })
    }
}

pub fn spec<'p>() -> Spec<'p, Row<'p>> {
    Spec {
        name: "changes",
        about: (
            "計画の変更（目標値の見直し、変更の理由）",
            "A change of the plan: a target that was revised, or the reason of another change",
        ),
        key: &["subject", "subject_id", "changed", "kind", "period", "number"],
        rows,
        columns: vec![
            required(
                "subject",
                Kind::Code,
                ("項目か指標か計画か", "Whether it is of an entry, an indicator or the plan"),
                |row: &Row<'_>, _| row.subject.into(),
            ),
            optional(
                "subject_id",
                Kind::Text,
                ("項目の番号、指標の id", "The entry or indicator"),
                |row, _| Datum::text(row.id),
            ),
            required("kind", Kind::Code, ("変更の種類", "What kind of change it is"), |row, _| row.kind().into()),
            required(
                "changed",
                Kind::Date,
                (
                    "変更の日（目標値は新しい値が有効になった日）",
                    "When: of a target the first day on which the new one held",
                ),
                |row, _| row.changed.into(),
            ),
            required(
                "fiscal_year",
                Kind::Integer,
                ("変更の年度（西暦）", "The fiscal year of that day"),
                |row, _| FiscalYear::from_date(row.changed).western().into(),
            ),
            optional(
                "period",
                Kind::Text,
                ("目標値の期間（新しいもの）", "The period of the target, as it is now"),
                |row, _| row.period().into(),
            ),
            required(
                "number",
                Kind::Integer,
                (
                    "同じ日の同じ変更のうちの何番目か（書かれた順）",
                    "Which of these of one day, from 1, as they are written",
                ),
                |row, _| Datum::count(row.number),
            ),
            optional(
                "old_period",
                Kind::Text,
                ("目標値の期間（前のもの）", "The period of the old target"),
                |row, _| row.was().map(|of| of.period.short()).into(),
            ),
            optional(
                "direction",
                Kind::Code,
                ("下方修正、上方修正など", "Whether the target is easier or harder to meet"),
                |row, _| row.direction().into(),
            ),
            optional(
                "old",
                Kind::Decimal,
                ("前の値。範囲なら下限", "The old value; of a range the lower bound"),
                |row, _| row.was().map_or(Datum::Null, lower),
            ),
            optional("old_max", Kind::Decimal, ("前の範囲の上限", "The old upper bound"), |row, _| {
                row.was().map_or(Datum::Null, upper)
            }),
            optional("old_words", Kind::Text, ("数値でない前の値", "The old value in words"), |row, _| {
                row.words(row.was()).into()
            }),
            optional(
                "new",
                Kind::Decimal,
                ("新しい値。範囲なら下限", "The new value; of a range the lower bound"),
                |row, _| row.is().map_or(Datum::Null, lower),
            ),
            optional("new_max", Kind::Decimal, ("新しい範囲の上限", "The new upper bound"), |row, _| {
                row.is().map_or(Datum::Null, upper)
            }),
            optional("new_words", Kind::Text, ("数値でない新しい値", "The new value in words"), |row, _| {
                row.words(row.is()).into()
            }),
            optional(
                "keys",
                Kind::Text,
                ("変えたキー（空白区切り）", "The keys that were changed, with blanks between"),
                |row, _| match &row.what {
                    What::Amendment(amendment) => amendment.keys.join(" ").into(),
                    What::Target(..) => Datum::Null,
                },
            ),
            optional("reason", Kind::Text, ("理由", "Reason"), |row, _| row.reason.into()),
        ],
    }
}

fn rows<'p>(site: &'p Site<'p>) -> Vec<Row<'p>> {
    let plan = site.plan;
    let mut rows: Vec<Row<'p>> = plan.indicators.iter().flat_map(revised).collect();
    let row = |subject, id, amendment: &'p Amendment| Row {
        subject,
        id,
        changed: amendment.date,
        reason: Some(&amendment.reason),
        what: What::Amendment(amendment),
        origin: amendment.origin,
        number: 1,
    };
    rows.extend(
        plan.entries.iter().flat_map(|of| of.amendments.iter().map(move |one| row("entry", of.id.as_str(), one))),
    );
    rows.extend(
        plan.indicators
            .iter()
            .flat_map(|of| of.amendments.iter().map(move |one| row("indicator", of.id.as_str(), one))),
    );
    rows.extend(plan.head.amendments.iter().map(|one| row("plan", "", one)));
    let of = |row: &Row<'p>| (row.subject, row.id, row.changed, row.kind(), row.period());
    rows.sort_by_cached_key(of);
    number_alike(&mut rows, of, |row| &mut row.number);
    rows
}

/// What each revision changed of the targets of an indicator.
fn revised(indicator: &Indicator) -> impl Iterator<Item = Row<'_>> {
    let later = indicator.revised.iter().skip(1).map(|of| of.in_force.as_slice()).chain([indicator.targets.as_slice()]);
    indicator
        .revised
        .iter()
        .zip(later)
        .flat_map(move |(old, new)| pairs(&old.in_force, new).into_iter().map(move |pair| row(indicator, old, pair)))
}

/// A target, and the one that took its place.
type Pair<'p> = (Option<&'p Reading>, Option<&'p Reading>);

/// What differs, period by period. One that is gone and one that came are one target, moved to another period.
fn pairs<'p>(old: &'p [Reading], new: &'p [Reading]) -> Vec<Pair<'p>> {
    let in_new = |of: &Reading| new.iter().find(|other| other.period == of.period);
    let gone: Vec<&Reading> = old.iter().filter(|of| in_new(of).is_none()).collect();
    let came: Vec<&Reading> = new.iter().filter(|of| old.iter().all(|other| other.period != of.period)).collect();
    let stayed = old.iter().filter_map(|was| Some((was, in_new(was)?)));
    let differs = |(was, is): &(&Reading, &Reading)| was.value != is.value || was.is_strict() != is.is_strict();
    let mut pairs: Vec<Pair<'p>> = stayed.filter(differs).map(|(was, is)| (Some(was), Some(is))).collect();
    match (&gone[..], &came[..]) {
        ([was], [is]) => pairs.push((Some(was), Some(is))),
        _ => {
            pairs.extend(gone.into_iter().map(|was| (Some(was), None)));
            pairs.extend(came.into_iter().map(|is| (None, Some(is))));
        }
    }
    pairs
}

fn row<'p>(indicator: &'p Indicator, revision: &'p Revision, (old, new): Pair<'p>) -> Row<'p> {
    Row {
        subject: "indicator",
        id: indicator.id.as_str(),
        changed: revision.until.succ_opt().unwrap_or(revision.until),
        reason: revision.reason.as_deref(),
        what: What::Target(indicator, old, new),
        origin: new.or(old).map_or(indicator.origin, |reading| reading.origin),
        number: 1,
    }
}
