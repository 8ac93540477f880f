//! The table of codes, and the table of fields.

use std::collections::BTreeSet;

use super::super::code::CODE_LISTS;
use super::super::field::{Field, Head, Kind, OpenTable, OpenValue, field, optional};
use super::{OfPlan, whose};
use crate::plan::Plan;
use crate::plan::period::FiscalYear;

/// A code, whosever it is.
struct Listed<'p> {
    plan: &'p Plan,
    list: &'p str,
    /// What the list is a part of: of a grade its scale.
    of: Option<&'p str>,
    code: &'p str,
    name: (&'p str, Option<&'p str>),
    years: (Option<FiscalYear>, Option<FiscalYear>),
}

impl OfPlan for Listed<'_> {
    fn plan(&self) -> &Plan {
        self.plan
    }
}

/// The codes that the tables use.
pub fn codes(plan: &Plan, tables: &[OpenTable]) -> OpenTable {
    let head = Head::fixed(
        "codes",
        ("コード表", "Codes"),
        ("コードの一覧。1行が1つのコード", "what the codes mean; a row is one code"),
        &["plan_id", "code_list", "scale_code", "code", "valid_from_fiscal_year"],
    );
    let own = [
        field(
            "code_list",
            Kind::Id,
            ("コードの種類", "Code list"),
            ("コードの種類。項目の説明（fields）にある名前", "the list, as the description of the fields names it"),
            |of: &Listed<'_>| OpenValue::code(of.list),
        ),
        optional(
            "scale_code",
            Kind::Id,
            ("尺度", "Scale"),
            ("進捗区分では、その尺度。ほかでは空とする", "of a grade its scale; absent of the others"),
            |of| of.of.map(OpenValue::code).into(),
        ),
        field("code", Kind::Id, ("コード", "Code"), ("コード", "the code"), |of| OpenValue::code(of.code)),
        field(
            "name_ja",
            Kind::Text,
            ("日本語の名称", "Name (Japanese)"),
            ("日本語の名称", "what it is called in Japanese"),
            |of| if of.name.0.trim().is_empty() { OpenValue::code(of.code) } else { of.name.0.into() },
        ),
        optional(
            "name_en",
            Kind::Text,
            ("英語の名称", "Name (English)"),
            (
                "英語の名称。計画が定めるコードでは空とする",
                "what it is called in English; absent of the plan's own codes",
            ),
            |of| of.name.1.into(),
        ),
        optional(
            "valid_from_fiscal_year",
            Kind::Integer,
            ("有効な最初の年度", "Valid from"),
            (
                "このコードを用いた最初の年度（西暦）。始めからなら空とする",
                "the first fiscal year in which it is in force; absent where it always was",
            ),
            |of| of.years.0.map(|year| OpenValue::number(year.western())).into(),
        ),
        optional(
            "valid_to_fiscal_year",
            Kind::Integer,
            ("有効な最後の年度", "Valid to"),
            (
                "このコードを用いた最後の年度（西暦）。今も有効なら空とする",
                "the last fiscal year in which it is in force; absent where it still is",
            ),
            |of| of.years.1.map(|year| OpenValue::number(year.western())).into(),
        ),
    ];
    let kinds = tables.iter().flat_map(|table| &table.fields).map(|field| field.kind);
    let used: BTreeSet<&str> =
        kinds.filter_map(|kind| if let Kind::Code(list) = kind { Some(list) } else { None }).collect();
    let fixed = CODE_LISTS.iter().filter(|code| used.contains(code.list)).map(|code| Listed {
        plan,
        list: code.list,
        of: None,
        code: code.code,
        name: (code.name.0, Some(code.name.1)),
        years: (None, None),
    });
    let known: Vec<Listed<'_>> = fixed.chain(of_plan(plan)).collect();
    OpenTable::build(head, &whose(own), known)
}

/// The plan's own codes: evaluators, scales, grades.
fn of_plan(plan: &Plan) -> impl Iterator<Item = Listed<'_>> {
    let own = move |list, of, code, name, years| Listed { plan, list, of, code, name: (name, None), years };
    let evaluators =
        plan.evaluators.iter().map(move |one| own("evaluator", None, one.id.as_str(), &*one.name, (None, None)));
    let versions = || plan.scales.iter().flat_map(|scale| scale.versions.iter().map(move |version| (scale, version)));
    let scales = versions()
        .map(move |(scale, version)| own("scale", None, scale.id.as_str(), &*version.name, (version.from, version.to)));
    let grades = versions().flat_map(move |(scale, version)| {
        version.grades.iter().map(move |grade| {
            own("grade", Some(scale.id.as_str()), grade.id.as_str(), &*grade.name, (version.from, version.to))
        })
    });
    evaluators.chain(scales).chain(grades)
}

/// A field of a table.
struct Described<'t> {
    plan: &'t Plan,
    table: &'t OpenTable,
    field: &'t Field,
    order: usize,
}

impl OfPlan for Described<'_> {
    fn plan(&self) -> &Plan {
        self.plan
    }
}

/// What the fields of all tables hold.
pub fn fields(plan: &Plan, tables: &[OpenTable]) -> OpenTable {
    let head = Head::fixed(
        "fields",
        ("項目の定義", "Fields"),
        (
            "各表の項目（列）の定義。1行が1つの表の1つの項目",
            "what the fields of the tables hold; a row is one field of one table",
        ),
        &["plan_id", "table_name", "field_order"],
    );
    let own = [
        field(
            "table_name",
            Kind::Id,
            ("表の名前", "Table"),
            ("表のファイルの名前", "the name of the table's file"),
            |of: &Described<'_>| OpenValue::code(&of.table.name),
        ),
        field(
            "field_order",
            Kind::Integer,
            ("項目の順番", "Order"),
            ("左から1と数える", "from 1, from left to right"),
            |of| OpenValue::number(of.order as u64),
        ),
        field(
            "field_name",
            Kind::Id,
            ("項目の名前", "Field"),
            ("見出しの名前", "the heading of the column"),
            |of| OpenValue::code(of.field.name),
        ),
        field(
            "title_ja",
            Kind::Text,
            ("日本語の名称", "Title (Japanese)"),
            ("日本語の名称", "what it is called in Japanese"),
            |of| of.field.title.0.into(),
        ),
        field(
            "title_en",
            Kind::Text,
            ("英語の名称", "Title (English)"),
            ("英語の名称", "what it is called in English"),
            |of| of.field.title.1.into(),
        ),
        field(
            "type_name",
            Kind::Text,
            ("型", "Type"),
            ("string は文字列、integer は整数、number は数値、date は日付（西暦）", "string, integer, number or date"),
            |of| OpenValue::code(of.field.kind.key()),
        ),
        optional(
            "code_list",
            Kind::Id,
            ("コードの種類", "Code list"),
            (
                "コードであれば、その種類（codes）。ほかでは空とする",
                "of a code its list (see codes); absent of the others",
            ),
            |of| match of.field.kind {
                Kind::Code(list) => OpenValue::code(list),
                _ => OpenValue::Absent,
            },
        ),
        field(
            "meaning_ja",
            Kind::Text,
            ("日本語の説明", "Meaning (Japanese)"),
            ("項目の意味", "what it holds, in Japanese"),
            |of| of.field.meaning.0.into(),
        ),
        field(
            "meaning_en",
            Kind::Text,
            ("英語の説明", "Meaning (English)"),
            ("項目の意味（英語）", "what it holds, in English"),
            |of| of.field.meaning.1.into(),
        ),
    ];
    let described = tables
        .iter()
        .flat_map(|table| (1..).zip(&table.fields).map(move |(order, field)| Described { plan, table, field, order }));
    OpenTable::build(head, &whose(own), described)
}
