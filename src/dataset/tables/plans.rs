//! One row a plan.

use super::Spec;
use crate::dataset::column::{Datum, Kind, optional, required};
use crate::dataset::site::{Site, Sourced};
use crate::dataset::words;
use crate::plan::Plan;
use crate::plan::source::Origin;
use crate::query::status::period_before;

pub struct Row<'p>(&'p Plan);

impl Sourced for Row<'_> {
    fn origin(&self) -> Origin {
        self.0.head.origin
    }
}

pub fn spec<'p>() -> Spec<'p, Row<'p>> {
    Spec {
        name: "plans",
        about: ("計画", "A plan"),
        key: &[],
        rows: |site: &Site<'_>| vec![Row(site.plan)],
        columns: vec![
            required("title", Kind::Text, ("計画の名称", "Its title"), |row, _| Datum::text(&row.0.head.name)),
            optional("city_name", Kind::Text, ("自治体の名称", "Whose plan it is"), |row, _| {
                row.0.head.city.as_deref().into()
            }),
            required(
                "prefecture_code",
                Kind::Text,
                ("都道府県コード（2桁）", "The prefecture, by its two digits"),
                |_, site| site.key.city.get(..2).into(),
            ),
            optional("prefecture", Kind::Text, ("都道府県", "The prefecture"), |row, _| {
                row.0.head.city_code.as_ref().map(|code| code.prefecture()).into()
            }),
            optional("office", Kind::Text, ("所管部署", "Who is in charge of it"), |row, _| {
                row.0.head.office.as_deref().into()
            }),
            required("folder", Kind::Text, ("フォルダーの名前", "The name of its folder"), |row, _| {
                Datum::text(&row.0.folder)
            }),
            required("is_fictional", Kind::Boolean, ("架空の市か", "Whether the city is made up"), |row, _| {
                row.0.head.fictional.into()
            }),
            required(
                "from_year",
                Kind::Integer,
                ("計画期間の最初の年度（西暦）", "Its first fiscal year"),
                |row, _| row.0.head.from.western().into(),
            ),
            required(
                "to_year",
                Kind::Integer,
                ("計画期間の最後の年度（西暦）", "Its last fiscal year"),
                |row, _| row.0.head.to.western().into(),
            ),
            required("cycle", Kind::Code, ("報告の周期", "Reporting cycle"), |row, _| {
                words::cycle(row.0.head.cycle).into()
            }),
            required("levels", Kind::Integer, ("階層の数", "How many levels it has"), |row, _| {
                Datum::count(row.0.head.levels.len())
            }),
            required(
                "counted_level",
                Kind::Integer,
                ("数える階層（上から1、2…）", "The level that is counted, from 1"),
                |row, _| Datum::count(row.0.head.counted + 1),
            ),
            required("denominator", Kind::Code, ("割合の分母", "Denominator"), |row, _| {
                words::denominator(row.0.head.denominator).into()
            }),
            required(
                "rounding_digits",
                Kind::Integer,
                ("割合の小数点以下の桁数", "Digits behind the point of printed percentages"),
                |row, _| Datum::count(row.0.head.rounding.digits),
            ),
            required(
                "judged_by",
                Kind::Text,
                ("判定区分の組の id", "The set of bands that judges, by id"),
                |row, _| Datum::text(row.0.band_sets[row.0.head.judged_by].id.as_str()),
            ),
            required(
                "scale_id",
                Kind::Text,
                ("最初の評価尺度の id（総数はこの尺度による）", "The first scale, on which totals are counted"),
                |row, _| Datum::text(row.0.scales[0].id.as_str()),
            ),
            required(
                "evaluator_id",
                Kind::Text,
                ("最初の評価者の id（総数はこの評価者による）", "The first evaluator, by whom totals are counted"),
                |row, _| Datum::text(row.0.evaluators[0].id.as_str()),
            ),
            required(
                "entries_known",
                Kind::Boolean,
                (
                    "項目が分かるか。分からない計画の件数は公表値（表 published）",
                    "Whether its entries are known; of a plan without them the counts are those that papers printed (table published)",
                ),
                |row, _| (!row.0.has_totals_alone()).into(),
            ),
            required(
                "period",
                Kind::Text,
                ("いつ現在かを含む報告の期間", "The reporting period of the moment of the dataset"),
                |_, site| site.as_of.period.short().into(),
            ),
            optional(
                "previous_period",
                Kind::Text,
                ("前回比の相手となる期間", "The period before, with which it is compared"),
                |row, site| period_before(row.0, site.as_of.period).map(|period| period.short()).into(),
            ),
            optional(
                "predecessor",
                Kind::Text,
                ("前の計画のフォルダー", "The folder of the plan before it"),
                |row, _| row.0.head.predecessor.as_deref().into(),
            ),
            optional("parent_plan", Kind::Text, ("上位計画", "Parent plan"), |row, _| {
                row.0.head.parent.as_ref().map(|(name, _)| &**name).into()
            }),
        ],
    }
}
