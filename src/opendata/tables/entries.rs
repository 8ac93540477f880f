//! The outline: its entries, who is in charge of what, what was renumbered.

use super::super::field::{Head, Kind, OpenTable, OpenValue, field, optional};
use super::{OfEntry, OfPlan, entry, whose};
use crate::plan::Plan;
use crate::plan::entry::Entry;
use crate::plan::id::Id;
use crate::plan::owner::Owner;
use crate::plan::period::Period;
use crate::query::AsOf;

/// An entry of a plan.
struct InPlan<'p> {
    plan: &'p Plan,
    entry: &'p Entry,
    as_of: AsOf,
}

impl OfPlan for InPlan<'_> {
    fn plan(&self) -> &Plan {
        self.plan
    }
}

impl OfEntry for InPlan<'_> {
    fn entry(&self) -> &Entry {
        self.entry
    }
}

/// The entries of the outline, of every level.
pub fn entries(plan: &Plan, as_of: AsOf) -> OpenTable {
    let head = Head::fixed(
        "entries",
        ("項目の一覧", "Entries"),
        (
            "計画の構成。1行が1つの項目（基本方針、施策、取組項目など）",
            "the outline of the plan; a row is one entry, of whatever level",
        ),
        &["plan_id", "entry_id"],
    );
    let own = [
        field(
            "level_number",
            Kind::Integer,
            ("階層の順番", "Level number"),
            ("最上位を1とする", "1 is the top level"),
            |of: &InPlan<'_>| OpenValue::number(of.entry.level as u64 + 1),
        ),
        field(
            "level_name",
            Kind::Text,
            ("階層の名称", "Level"),
            ("階層の名称", "what its level is called"),
            |of| of.plan.level_name(of.entry.level).into(),
        ),
        optional(
            "parent_id",
            Kind::Id,
            ("上位の項目の番号", "ID of the entry above"),
            ("すぐ上の項目の番号。最上位の項目では空とする", "the entry right above it; absent at the top"),
            |of| of.entry.parent.map(|at| OpenValue::code(of.plan.entries[at].id.as_str())).into(),
        ),
        field(
            "is_counted_code",
            Kind::Code("counted"),
            ("数える階層か", "Counted"),
            ("件数に数える階層の項目かどうか", "whether its level is the one that is counted"),
            |of| OpenValue::code(if of.plan.head.counts(of.entry.level) { "yes" } else { "no" }),
        ),
        field(
            "is_in_plan_code",
            Kind::Code("in_plan"),
            ("計画にあるか", "In the plan"),
            (
                "基準日に計画にあるかどうか（追加前・廃止後は no）",
                "whether it is in the plan as of the day of the data",
            ),
            |of| OpenValue::code(if of.as_of.has(of.entry) { "yes" } else { "no" }),
        ),
        optional(
            "added_on",
            Kind::Date,
            ("追加の日", "Added on"),
            (
                "計画の途中で加えた日。当初からの項目では空とする",
                "when it was added; absent where it was there from the beginning",
            ),
            |of| of.entry.added.map(Period::first_day).into(),
        ),
        optional(
            "dropped_on",
            Kind::Date,
            ("廃止の日", "Dropped on"),
            ("計画から外した日。外していなければ空とする", "when it was dropped; absent where it was not"),
            |of| of.entry.dropped.map(Period::first_day).into(),
        ),
    ];
    OpenTable::build(
        head,
        &whose(entry().into_iter().chain(own)),
        plan.entries.iter().map(|entry| InPlan { plan, entry, as_of }),
    )
}

/// Who is in charge of an entry or an indicator.
struct Charge<'p> {
    plan: &'p Plan,
    kind: &'static str,
    id: &'p Id,
    order: u64,
    owner: &'p Owner,
}

impl OfPlan for Charge<'_> {
    fn plan(&self) -> &Plan {
        self.plan
    }
}

/// Who is in charge of each entry and indicator.
pub fn owners(plan: &Plan) -> OpenTable {
    let head = Head::fixed(
        "owners",
        ("所管課", "Owners"),
        (
            "項目・検証指標の所管課。1行が1つの項目又は指標の1つの課",
            "who is in charge; a row is one department of one entry or indicator",
        ),
        &["plan_id", "subject_type_code", "subject_id", "owner_order"],
    );
    let own = [
        field(
            "subject_type_code",
            Kind::Code("subject_type"),
            ("対象の種類", "Kind of subject"),
            ("項目か検証指標か", "an entry or an indicator"),
            |of: &Charge<'_>| OpenValue::code(of.kind),
        ),
        field(
            "subject_id",
            Kind::Id,
            ("対象の番号", "Subject ID"),
            ("項目又は検証指標の番号", "the id of the entry or indicator"),
            |of| OpenValue::code(of.id.as_str()),
        ),
        field(
            "owner_order",
            Kind::Integer,
            ("課の順番", "Order"),
            ("1が主管課", "1 is the one that leads"),
            |of| OpenValue::number(of.order),
        ),
        field(
            "owner_name",
            Kind::Text,
            ("所管課の名称", "Owner"),
            ("所管課の名称", "the department"),
            |of| (&*of.owner.name).into(),
        ),
        optional(
            "bureau_name",
            Kind::Text,
            ("局・部の名称", "Bureau"),
            ("所管課の属する局・部。定めがなければ空とする", "the bureau above it; absent where none is stated"),
            |of| of.owner.bureau.as_deref().into(),
        ),
    ];
    let charges = |kind, id, owners: &'_ [usize]| {
        let one = move |(order, at): (u64, &usize)| Charge { plan, kind, id, order, owner: &plan.owners[*at] };
        (1..).zip(owners).map(one).collect::<Vec<_>>()
    };
    let entries = plan.entries.iter().flat_map(|entry| charges("entry", &entry.id, &entry.owners));
    let indicators =
        plan.indicators.iter().flat_map(|indicator| charges("indicator", &indicator.id, &indicator.owners));
    OpenTable::build(head, &whose(own), entries.chain(indicators))
}

/// An id that was given up.
struct Former<'p> {
    plan: &'p Plan,
    kind: &'static str,
    id: &'p Id,
    former: &'p Id,
}

impl OfPlan for Former<'_> {
    fn plan(&self) -> &Plan {
        self.plan
    }
}

/// The ids that entries and indicators had before.
pub fn former_ids(plan: &Plan) -> OpenTable {
    let head = Head::fixed(
        "former_ids",
        ("旧番号", "Former IDs"),
        (
            "番号を変えた項目・検証指標の、前の番号。1行が1つの前の番号",
            "the ids that entries and indicators had before; a row is one former id",
        ),
        &["plan_id", "subject_type_code", "former_id"],
    );
    let own = [
        field(
            "subject_type_code",
            Kind::Code("subject_type"),
            ("対象の種類", "Kind of subject"),
            ("項目か検証指標か", "an entry or an indicator"),
            |of: &Former<'_>| OpenValue::code(of.kind),
        ),
        field("former_id", Kind::Id, ("旧番号", "Former ID"), ("前の番号", "the id that it had"), |of| {
            OpenValue::code(of.former.as_str())
        }),
        field("subject_id", Kind::Id, ("今の番号", "Subject ID"), ("今の番号", "the id that it has"), |of| {
            OpenValue::code(of.id.as_str())
        }),
    ];
    let entries = plan.entries.iter().map(|entry| ("entry", &entry.id, &entry.formerly));
    let indicators = plan.indicators.iter().map(|indicator| ("indicator", &indicator.id, &indicator.formerly));
    let all = entries.chain(indicators);
    let each = all.flat_map(|(kind, id, former)| former.iter().map(move |former| Former { plan, kind, id, former }));
    OpenTable::build(head, &whose(own), each)
}
