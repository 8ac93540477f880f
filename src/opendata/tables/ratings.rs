//! What was recorded of entries: grades and percentages, by period.

use super::super::field::{FieldOf, Head, Kind, OpenTable, OpenValue, field, optional};
use super::{OfEntry, OfPeriod, OfPlan, entry, when, whose};
use crate::plan::Plan;
use crate::plan::entry::{Entry, Update};
use crate::plan::period::Period;
use crate::plan::scale::Rating;
use crate::query::AsOf;

/// A record of an entry, and what is taken of it.
struct Recorded<'p, T> {
    plan: &'p Plan,
    /// The entry's place in the plan.
    place: usize,
    update: &'p Update,
    what: T,
}

impl<T> OfPlan for Recorded<'_, T> {
    fn plan(&self) -> &Plan {
        self.plan
    }
}

impl<T> OfEntry for Recorded<'_, T> {
    fn entry(&self) -> &Entry {
        &self.plan.entries[self.place]
    }
}

impl<T> OfPeriod for Recorded<'_, T> {
    fn period(&self) -> Period {
        self.update.period
    }
}

/// The last word of each evaluator about each period that says something of this kind, in order.
fn last_words<'p, T>(plan: &'p Plan, as_of: AsOf, what: impl Fn(&'p Update) -> Option<T>) -> Vec<Recorded<'p, T>> {
    let mut all: Vec<Recorded<'p, T>> = Vec::new();
    for (place, entry) in plan.entries.iter().enumerate() {
        let start = all.len();
        for update in entry.updates.iter().filter(|update| as_of.counts(*update)) {
            let Some(what) = what(update) else { continue };
            let same =
                |of: &Recorded<'p, T>| of.update.period == update.period && of.update.evaluator == update.evaluator;
            let recorded = Recorded { plan, place, update, what };
            match all[start..].iter().rposition(same) {
                Some(at) => all[start + at] = recorded,
                None => all.push(recorded),
            }
        }
    }
    all
}

/// Who says so, and since when it is known.
fn said<'p, T>() -> [FieldOf<Recorded<'p, T>>; 3] {
    [
        field(
            "evaluator_code",
            Kind::Code("evaluator"),
            ("評価者", "Evaluator"),
            ("評価した者", "who rated"),
            |of: &Recorded<'_, T>| OpenValue::code(of.plan.evaluators[of.update.evaluator].id.as_str()),
        ),
        optional(
            "recorded_on",
            Kind::Date,
            ("記録した日", "Recorded on"),
            ("記録した日。資料に日がなければ空とする", "when it was recorded; absent where no document says it"),
            |of| of.update.recorded.into(),
        ),
        field(
            "certainty_code",
            Kind::Code("certainty"),
            ("確かさ", "Certainty"),
            ("資料に記載があるか、推定か、要確認か", "whether the source states it"),
            |of| OpenValue::code(super::values::certainty(of.update.certainty())),
        ),
    ]
}

/// The grades that entries were given.
pub fn ratings(plan: &Plan, as_of: AsOf) -> OpenTable {
    let head = Head::fixed(
        "entry_ratings",
        ("項目の進捗区分", "Ratings of entries"),
        (
            "項目の評価。1行が1つの項目・期間・評価者・尺度の区分。報告のない期間の行はない",
            "how entries were rated; a row is the grade of one entry, period, evaluator and scale; no report, no row",
        ),
        &["plan_id", "entry_id", "period_start", "period_end", "evaluator_code", "scale_code"],
    );
    let own = [
        field(
            "scale_code",
            Kind::Code("scale"),
            ("尺度", "Scale"),
            ("評価の尺度", "on which scale"),
            |of: &Recorded<'_, Rating>| OpenValue::code(of.plan.scales[usize::from(of.what.scale)].id.as_str()),
        ),
        field(
            "grade_code",
            Kind::Code("grade"),
            ("進捗区分のコード", "Grade code"),
            ("進捗区分のコード", "the code of the grade"),
            |of| OpenValue::code(grade(of.plan, of.what).0),
        ),
        field(
            "grade_name",
            Kind::Text,
            ("進捗区分の名称", "Grade name"),
            ("進捗区分の名称", "what the grade is called"),
            |of| grade(of.plan, of.what).1.into(),
        ),
    ];
    let scales = 0..plan.scales.len();
    let rated = scales.flat_map(|scale| last_words(plan, as_of, move |update| update.rating_on(scale)));
    let mut rated: Vec<_> = rated.collect();
    rated.sort_by_key(|of| of.place);
    OpenTable::build(head, &whose(entry().into_iter().chain(when()).chain(said()).chain(own)), rated)
}

fn grade(plan: &Plan, rating: Rating) -> (&str, &str) {
    let version = &plan.scales[usize::from(rating.scale)].versions[usize::from(rating.version)];
    let grade = &version.grades[usize::from(rating.grade)];
    (grade.id.as_str(), &grade.name)
}

/// How far entries are, in percent.
pub fn progress(plan: &Plan, as_of: AsOf) -> OpenTable {
    let head = Head::fixed(
        "entry_progress",
        ("項目の進捗率", "Progress of entries"),
        (
            "項目の進捗率。1行が1つの項目・期間・評価者の値。報告のない期間の行はない",
            "how far entries are; a row is the value of one entry, period and evaluator; no report, no row",
        ),
        &["plan_id", "entry_id", "period_start", "period_end", "evaluator_code"],
    );
    let own = [
        field(
            "value",
            Kind::Number,
            ("進捗率", "Progress"),
            ("0から100までの進捗率。単位は unit にある", "from 0 to 100, in the unit beside it"),
            |of: &Recorded<'_, u8>| OpenValue::number(of.what),
        ),
        field("unit", Kind::Text, ("単位", "Unit"), ("値の単位", "the unit of the value"), |_| {
            OpenValue::code("%")
        }),
    ];
    let all = last_words(plan, as_of, |update| update.progress);
    OpenTable::build(head, &whose(entry().into_iter().chain(when()).chain(said()).chain(own)), all)
}
