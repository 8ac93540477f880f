//! What the indicators are, and which entries they verify.

use super::super::field::{Head, Kind, OpenTable, OpenValue, field, optional};
use super::{OfEntry, OfIndicator, OfPlan, entry, indicator, whose};
use crate::plan::Plan;
use crate::plan::entry::Entry;
use crate::plan::indicator::{Effect, Indicator, Series};

/// An indicator of a plan.
struct InPlan<'p> {
    plan: &'p Plan,
    indicator: &'p Indicator,
}

impl OfPlan for InPlan<'_> {
    fn plan(&self) -> &Plan {
        self.plan
    }
}

impl OfIndicator for InPlan<'_> {
    fn indicator(&self) -> &Indicator {
        self.indicator
    }
}

/// The word of the files for what one value covers.
fn series(series: Series) -> &'static str {
    Series::ALL.iter().find(|(_, known)| *known == series).map_or("unstated", |(word, _)| word)
}

/// The indicators.
pub fn indicators(plan: &Plan) -> OpenTable {
    let head = Head::fixed(
        "indicators",
        ("検証指標の一覧", "Indicators"),
        (
            "検証指標の定義。1行が1つの指標又は見出し",
            "what is measured; a row is one indicator, or a heading over several",
        ),
        &["plan_id", "indicator_id"],
    );
    let own = [
        optional(
            "unit",
            Kind::Text,
            ("単位", "Unit"),
            ("値の単位。見出しと段階の指標では空とする", "the unit of its values; absent of headings and steps"),
            |of: &InPlan<'_>| OpenValue::unit(&of.indicator.unit),
        ),
        field(
            "direction_code",
            Kind::Code("direction"),
            ("指標の向き", "Direction"),
            ("どちらがよいか", "which way is good"),
            |of| OpenValue::code(of.indicator.kind.key()),
        ),
        field(
            "series_code",
            Kind::Code("series"),
            ("値の種類", "Series"),
            ("1つの値が、時点のものか、単年度のものか、累計か", "what one value covers"),
            |of| OpenValue::code(series(of.indicator.series)),
        ),
        field(
            "effect_code",
            Kind::Code("effect"),
            ("効果額の種類", "Effect"),
            ("効果額であれば、その続き方", "of an amount gained, for how long it counts"),
            |of| {
                OpenValue::code(match of.indicator.effect {
                    None => "none",
                    Some(Effect::OneYear) => "one-year",
                    Some(Effect::Continuing) => "continuing",
                })
            },
        ),
        optional(
            "parent_id",
            Kind::Id,
            ("上位の指標の番号", "ID of the indicator above"),
            ("上位の見出し又は指標。なければ空とする", "the heading or indicator above it; absent where there is none"),
            |of| of.indicator.parent.map(|at| OpenValue::code(of.plan.indicators[at].id.as_str())).into(),
        ),
        field(
            "certainty_code",
            Kind::Code("certainty"),
            ("確かさ", "Certainty"),
            ("資料に記載があるか、推定か、要確認か", "whether the source states it"),
            |of| OpenValue::code(super::values::certainty(of.indicator.origin.certainty)),
        ),
        optional(
            "source_id",
            Kind::Id,
            ("出典の番号", "Source ID"),
            ("出典の番号（sources）。なければ空とする", "the document (see sources); absent where none is named"),
            |of| super::values::source(of.plan, &of.indicator.origin),
        ),
    ];
    OpenTable::build(
        head,
        &whose(indicator().into_iter().chain(own)),
        plan.indicators.iter().map(|indicator| InPlan { plan, indicator }),
    )
}

/// An indicator, and an entry that it verifies.
struct Verified<'p> {
    plan: &'p Plan,
    indicator: &'p Indicator,
    entry: &'p Entry,
}

impl OfPlan for Verified<'_> {
    fn plan(&self) -> &Plan {
        self.plan
    }
}

impl OfIndicator for Verified<'_> {
    fn indicator(&self) -> &Indicator {
        self.indicator
    }
}

impl OfEntry for Verified<'_> {
    fn entry(&self) -> &Entry {
        self.entry
    }
}

/// Which entries the indicators verify.
pub fn verified(plan: &Plan) -> OpenTable {
    let head = Head::fixed(
        "indicator_entries",
        ("検証指標の対象の項目", "Entries that indicators verify"),
        (
            "検証指標と、それが検証する項目。1行が1つの組",
            "an indicator and an entry that it verifies; a row is one such pair",
        ),
        &["plan_id", "indicator_id", "entry_id"],
    );
    let pairs = plan.indicators.iter().flat_map(|indicator| {
        indicator.entries.iter().map(move |at| Verified { plan, indicator, entry: &plan.entries[*at] })
    });
    OpenTable::build(head, &whose(indicator().into_iter().chain(entry())), pairs)
}
