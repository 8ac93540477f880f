//! The tables of a plan.

mod codes;
mod counts;
mod entries;
mod history;
mod indicators;
mod ratings;
mod results;
mod texts;
mod values;

use super::field::{FieldOf, Kind, OpenTable, OpenValue, field, optional};
use crate::plan::Plan;
use crate::plan::entry::Entry;
use crate::plan::indicator::Indicator;
use crate::plan::period::Period;
use crate::query::AsOf;

/// Every table of a plan, with what counts as of then; the tables of codes and of fields come last. All that the plan says
/// stands in them: what is not public must have been taken out of it before.
pub fn tables(plan: &Plan, as_of: AsOf) -> Vec<OpenTable> {
    let mut all = vec![
        entries::entries(plan, as_of),
        entries::owners(plan),
        entries::former_ids(plan),
        ratings::ratings(plan, as_of),
        ratings::progress(plan, as_of),
        texts::texts(plan, as_of),
    ];
    all.extend(counts::counts(plan, as_of));
    all.push(indicators::indicators(plan));
    all.push(indicators::verified(plan));
    all.push(values::values(plan, as_of));
    all.push(results::results(plan, as_of));
    all.push(results::verdicts(plan, as_of));
    all.push(history::sources(plan));
    all.push(history::history(plan, as_of));
    let codes = codes::codes(plan, &all);
    all.push(codes);
    let fields = codes::fields(plan, &all);
    all.push(fields);
    all
}

/// What says whose plan it is.
trait OfPlan {
    fn plan(&self) -> &Plan;
}

/// What is about a period.
trait OfPeriod {
    fn period(&self) -> Period;
}

/// What is about an entry.
trait OfEntry {
    fn entry(&self) -> &Entry;
}

/// What is about an indicator.
trait OfIndicator {
    fn indicator(&self) -> &Indicator;
}

impl OfPlan for &Plan {
    fn plan(&self) -> &Plan {
        self
    }
}

/// Whose figures they are, before the fields of a table.
fn whose<S: OfPlan>(own: impl IntoIterator<Item = FieldOf<S>>) -> Vec<FieldOf<S>> {
    let head = [
        optional(
            "area_code",
            Kind::Id,
            ("全国地方公共団体コード", "Local government code"),
            (
                "計画の自治体の全国地方公共団体コード（6桁。検査数字を含む）。実在しない自治体の計画では空とする",
                "the code of the local government whose plan it is: six digits with a check digit; absent where it is made up",
            ),
            |of: &S| of.plan().head.city_code.map(|code| OpenValue::code(code.as_str())).into(),
        ),
        field(
            "area_name",
            Kind::Text,
            ("地域の名称", "Area"),
            (
                "計画の自治体の正式な名称（都道府県名を含む）",
                "the official name of the local government, with its prefecture",
            ),
            |of| of.plan().head.official_city().as_deref().unwrap_or(&of.plan().head.name).into(),
        ),
        field(
            "plan_id",
            Kind::Id,
            ("計画の番号", "Plan ID"),
            ("計画の id。版が変わっても同じである", "the id of the plan, the same in every edition"),
            |of| OpenValue::code(of.plan().head.id.as_str()),
        ),
        field("plan_name", Kind::Text, ("計画の名称", "Plan"), ("計画の名称", "its title"), |of| {
            (&*of.plan().head.name).into()
        }),
    ];
    head.into_iter().chain(own).collect()
}

/// Of when a figure is: in Western and in Japanese years.
fn when<S: OfPeriod>() -> Vec<FieldOf<S>> {
    vec![
        field(
            "period_type_code",
            Kind::Code("period_type"),
            ("期間の種類", "Kind of period"),
            ("年度、四半期、日などの別", "whether the period is a fiscal year, a quarter, a day …"),
            |of: &S| {
                OpenValue::code(match of.period() {
                    Period::Years(..) => "years",
                    Period::Year(_) => "year",
                    Period::Half(..) => "half",
                    Period::Quarter(..) => "quarter",
                    Period::Month(_) => "month",
                    Period::Day(_) => "day",
                })
            },
        ),
        field(
            "fiscal_year",
            Kind::Integer,
            ("年度（西暦）", "Fiscal year"),
            (
                "期間の属する年度（4月から翌年3月まで）の西暦。2025は令和7年度。複数年度では最後の年度",
                "the fiscal year (April to March) in which the period lies, by the Western year of its April; of several the last",
            ),
            |of| OpenValue::number(of.period().fiscal_year().western()),
        ),
        field(
            "fiscal_year_ja",
            Kind::Text,
            ("年度（和暦）", "Fiscal year (Japanese)"),
            ("同じ年度の和暦", "the same fiscal year by the Japanese era"),
            |of| (&*of.period().fiscal_year().long(crate::lang::Lang::Ja)).into(),
        ),
        field(
            "period_name",
            Kind::Text,
            ("期間の名称", "Period"),
            ("期間の和暦による名称", "what the period is called, by the Japanese era"),
            |of| (&*of.period().long(crate::lang::Lang::Ja).replace('～', "から")).into(),
        ),
        field(
            "period_start",
            Kind::Date,
            ("期間の初日", "First day"),
            ("期間の最初の日（西暦）", "the first day of the period"),
            |of| of.period().first_day().into(),
        ),
        field(
            "period_end",
            Kind::Date,
            ("期間の末日", "Last day"),
            ("期間の最後の日（西暦）", "the last day of the period"),
            |of| of.period().last_day().into(),
        ),
    ]
}

/// Which entry it is.
fn entry<S: OfEntry>() -> Vec<FieldOf<S>> {
    vec![
        field(
            "entry_id",
            Kind::Id,
            ("項目の番号", "Entry ID"),
            ("計画の構成での番号", "its number in the outline of the plan"),
            |of: &S| OpenValue::code(of.entry().id.as_str()),
        ),
        field("entry_name", Kind::Text, ("項目の名称", "Entry"), ("項目の名称", "what it is called"), |of| {
            (&*of.entry().name).into()
        }),
    ]
}

/// Which indicator it is.
fn indicator<S: OfIndicator>() -> Vec<FieldOf<S>> {
    vec![
        field(
            "indicator_id",
            Kind::Id,
            ("検証指標の番号", "Indicator ID"),
            ("検証指標の id。年度が変わっても同じである", "the id of the indicator, the same in every year"),
            |of: &S| OpenValue::code(of.indicator().id.as_str()),
        ),
        field(
            "indicator_name",
            Kind::Text,
            ("検証指標の名称", "Indicator"),
            ("検証指標の名称", "what it is called"),
            |of| (&*of.indicator().name).into(),
        ),
    ]
}
