//! How many entries stand where at the end of each reporting period: of the whole plan, and of each level above the one
//! that is counted in a table of its own, so that nothing is added twice.

use rust_decimal::Decimal;

use super::super::field::{FieldOf, Head, Kind, OpenTable, OpenValue, field, optional};
use super::{OfPeriod, OfPlan, when, whose};
use crate::plan::Plan;
use crate::plan::entry::Entry;
use crate::plan::period::Period;
use crate::query::AsOf;
use crate::query::gap::Rate;
use crate::query::status::{Question, Tally, status};

/// A count, or the share that it is.
struct Count<'p> {
    plan: &'p Plan,
    as_of: AsOf,
    scale: usize,
    evaluator: usize,
    /// `None` for the whole plan.
    entry: Option<&'p Entry>,
    /// Which standing, and which grade where it is one.
    standing: &'static str,
    grade: Option<(&'p str, &'p str)>,
    figure: &'static str,
    value: Option<Decimal>,
}

impl OfPlan for Count<'_> {
    fn plan(&self) -> &Plan {
        self.plan
    }
}

impl OfPeriod for Count<'_> {
    fn period(&self) -> Period {
        self.as_of.period
    }
}

/// The periods whose end is asked about: those of the reporting cycle since the plan began, and the one of `as_of`.
pub fn moments(plan: &Plan, as_of: AsOf) -> Vec<AsOf> {
    let first = plan.head.cycle.period_containing(plan.head.from.first_day());
    let periods = std::iter::successors(Some(first), |period| period.next());
    let until = as_of.period.last_day().min(plan.head.to.last_day());
    let ended = periods.take_while(|period| period.last_day() <= until && *period != as_of.period);
    ended.map(|period| as_of.at_end_of(period)).chain([as_of]).collect()
}

/// The tables: `counts_plan`, then one for each level above the counted one.
pub fn counts<'p>(plan: &'p Plan, as_of: AsOf) -> Vec<OpenTable> {
    let mut by_level: Vec<Vec<Count<'p>>> = (0..=plan.head.counted).map(|_| Vec::new()).collect();
    for as_of in moments(plan, as_of) {
        for (scale, evaluator) in pairs(plan) {
            let status = status(plan, Question::new(as_of, scale, evaluator));
            let version = status.version;
            let place = |entry| Count {
                plan,
                as_of,
                scale,
                evaluator,
                entry,
                standing: "rated",
                grade: None,
                figure: "count",
                value: None,
            };
            let mut add = |level: usize, entry: Option<&'p Entry>, tally: &Tally| {
                let base = status.base(tally);
                for (grade, count) in version.grades.iter().zip(&tally.counts) {
                    let of = || Count { grade: Some((grade.id.as_str(), &grade.name)), ..place(entry) };
                    by_level[level].push(Count { value: Some(Decimal::from(*count)), ..of() });
                    let share = grade.counts.then(|| Rate::new(Decimal::from(*count), Decimal::from(base))).flatten();
                    let share = share.and_then(Rate::percent).map(|share| plan.head.rounding.apply(share));
                    by_level[level].push(Count { figure: "share", value: share, ..of() });
                }
                for (standing, count) in
                    [("unreported", tally.unreported), ("resting", tally.resting), ("ahead", tally.ahead)]
                {
                    by_level[level].push(Count { standing, value: Some(Decimal::from(count)), ..place(entry) });
                }
            };
            add(0, None, &status.total);
            for node in status.nodes.iter().filter(|node| node.entry.level < status.counted) {
                add(node.entry.level + 1, Some(node.entry), &node.tally);
            }
        }
    }
    by_level.into_iter().enumerate().map(|(level, rows)| table(plan, level, rows)).collect()
}

/// Each scale by each evaluator.
fn pairs(plan: &Plan) -> impl Iterator<Item = (usize, usize)> {
    let evaluators = plan.evaluators.len();
    (0..plan.scales.len()).flat_map(move |scale| (0..evaluators).map(move |evaluator| (scale, evaluator)))
}

fn table(plan: &Plan, level: usize, rows: Vec<Count<'_>>) -> OpenTable {
    let own = of_what().into_iter().chain(standing()).chain(figure());
    OpenTable::build(head(plan, level), &whose(when().into_iter().chain(own)), rows)
}

/// What the table of a level is called, and what is in it.
fn head(plan: &Plan, level: usize) -> Head {
    let (name, title, of): (String, (String, String), (String, String)) = match level.checked_sub(1) {
        None => (
            "counts_plan".into(),
            ("計画全体の件数".into(), "Counts of the whole plan".into()),
            ("計画全体".into(), "the whole plan".into()),
        ),
        Some(above) => {
            let name = plan.level_name(above);
            let title = (format!("{name}ごとの件数"), format!("Counts by {name}"));
            (format!("counts_level_{level}"), title, (format!("1つの{name}"), format!("one {name}")))
        }
    };
    let meaning = (
        format!(
            "報告の期間の末日に、数える階層の項目がどの進捗区分に何件あるか。1行が{}の1つの区分の件数又は割合。区分は重ならず、件数を足せば項目の数になる",
            of.0
        ),
        format!(
            "how many of the counted entries stand where at the end of each reporting period; a row is the count or share of one grade of {}; no entry is in two of them",
            of.1
        ),
    );
    Head {
        name,
        title,
        meaning,
        key: &[
            "plan_id",
            "period_start",
            "period_end",
            "scale_code",
            "evaluator_code",
            "scope_id",
            "standing_code",
            "grade_code",
            "figure_code",
        ],
    }
}

/// As of when, and what is counted.
fn of_what<'p>() -> Vec<FieldOf<Count<'p>>> {
    vec![
        field(
            "as_of",
            Kind::Date,
            ("基準日", "As of"),
            ("この日までの記録による", "by the records about what had been by this day"),
            |of: &Count<'p>| of.as_of.date.into(),
        ),
        field(
            "scope_id",
            Kind::Id,
            ("範囲の番号", "Scope ID"),
            (
                "数えた範囲の項目の番号。計画全体では計画の番号",
                "the entry whose entries are counted; of the whole plan its id",
            ),
            |of| OpenValue::code(of.entry.map_or(of.plan.head.id.as_str(), |entry| entry.id.as_str())),
        ),
        field(
            "scope_name",
            Kind::Text,
            ("範囲の名称", "Scope"),
            ("数えた範囲の名称", "what it is called"),
            |of| of.entry.map_or(&*of.plan.head.name, |entry| &entry.name).into(),
        ),
        field(
            "counted_level_name",
            Kind::Text,
            ("数えた階層", "Counted level"),
            ("件数に数えた項目の階層", "the level of the entries that are counted"),
            |of| of.plan.level_name(of.plan.head.counted).into(),
        ),
    ]
}

/// Who rated on which scale, and what came of it.
fn standing<'p>() -> Vec<FieldOf<Count<'p>>> {
    vec![
        field(
            "scale_code",
            Kind::Code("scale"),
            ("尺度", "Scale"),
            ("評価の尺度", "on which scale"),
            |of: &Count<'p>| OpenValue::code(of.plan.scales[of.scale].id.as_str()),
        ),
        field(
            "evaluator_code",
            Kind::Code("evaluator"),
            ("評価者", "Evaluator"),
            ("評価した者", "who rated"),
            |of| OpenValue::code(of.plan.evaluators[of.evaluator].id.as_str()),
        ),
        field(
            "standing_code",
            Kind::Code("standing"),
            ("評価の有無", "Standing"),
            ("評価済、未報告、今期対象外、開始前の別", "rated, unreported, not rated this period, or not yet due"),
            |of| OpenValue::code(of.standing),
        ),
        optional(
            "grade_code",
            Kind::Code("grade"),
            ("進捗区分のコード", "Grade code"),
            ("評価済の進捗区分。ほかでは空とする", "the grade of what is rated; absent of the others"),
            |of| of.grade.map(|(code, _)| OpenValue::code(code)).into(),
        ),
        optional(
            "grade_name",
            Kind::Text,
            ("進捗区分の名称", "Grade name"),
            ("進捗区分の名称。評価済でなければ空とする", "what the grade is called; absent of what is not rated"),
            |of| of.grade.map(|(_, name)| name).into(),
        ),
    ]
}

/// How many, or which share.
fn figure<'p>() -> Vec<FieldOf<Count<'p>>> {
    vec![
        field(
            "figure_code",
            Kind::Code("count_figure"),
            ("数値の種類", "Figure"),
            (
                "件数か、計画の定める分母に対する割合か",
                "a count, or its share of what the plan says percentages are of",
            ),
            |of: &Count<'p>| OpenValue::code(of.figure),
        ),
        optional(
            "value",
            Kind::Number,
            ("値", "Value"),
            (
                "件数又は割合。割合は計画の定める桁に丸めてある",
                "the count or share; a share is rounded as the plan says",
            ),
            |of| of.value.into(),
        ),
        field(
            "value_status_code",
            Kind::Code("value_status"),
            ("値の有無", "Status of the value"),
            (
                "値がない理由。分母が0か、分母に入らない区分であれば not-meaningful",
                "why there is no value: nothing to divide by, or a grade that does not count",
            ),
            |of| OpenValue::code(if of.value.is_some() { "present" } else { "not-meaningful" }),
        ),
        field("unit", Kind::Text, ("単位", "Unit"), ("値の単位", "the unit of the value"), |of| {
            OpenValue::code(if of.figure == "count" { "件" } else { "%" })
        }),
    ]
}
