//! Where figures are from, and what became of the data since.

use chrono::NaiveDate;

use super::super::field::{Head, Kind, OpenTable, OpenValue, field, optional};
use super::super::layout_changes;
use super::{OfPlan, whose};
use crate::lang::Lang;
use crate::plan::Plan;
use crate::plan::period::Period;
use crate::plan::source::Source;
use crate::query::AsOf;

/// A document.
struct Cited<'p>(&'p Plan, &'p Source);

impl OfPlan for Cited<'_> {
    fn plan(&self) -> &Plan {
        self.0
    }
}

/// The documents that figures are from.
pub fn sources(plan: &Plan) -> OpenTable {
    let head = Head::fixed(
        "sources",
        ("出典の一覧", "Sources"),
        ("数値の出典とした資料。1行が1つの資料", "the documents that figures are from; a row is one document"),
        &["plan_id", "source_id"],
    );
    let own = [
        field(
            "source_id",
            Kind::Id,
            ("出典の番号", "Source ID"),
            ("資料の番号", "the id of the document"),
            |of: &Cited<'_>| OpenValue::code(of.1.id.as_str()),
        ),
        field("title", Kind::Text, ("題名", "Title"), ("資料の題名", "its title"), |of| (&*of.1.title).into()),
        optional(
            "date_as_printed",
            Kind::Text,
            ("資料の日付", "Date as printed"),
            ("資料に書かれたとおりの日付。なければ空とする", "its date as printed; absent where there is none"),
            |of| of.1.date.as_deref().into(),
        ),
        optional(
            "date_start",
            Kind::Date,
            ("資料の日付（西暦）", "Date"),
            (
                "資料の日付の西暦。月や年度だけのときはその初日。読み取れなければ空とする",
                "its date by the Western calendar, of a month or year the first day; absent where it cannot be read",
            ),
            |of| {
                let parsed = of.1.date.as_deref().and_then(|date| Period::parse(date).ok());
                parsed.map(|parsed| parsed.period.first_day()).into()
            },
        ),
        optional(
            "publisher",
            Kind::Text,
            ("発行者", "Publisher"),
            ("発行者。不明なら空とする", "who published it; absent where that is unknown"),
            |of| of.1.publisher.as_deref().into(),
        ),
    ];
    OpenTable::build(head, &whose(own), plan.sources.iter().map(|source| Cited(plan, source)))
}

/// What became of the data.
struct Event<'p> {
    plan: &'p Plan,
    day: Option<NaiveDate>,
    kind: &'static str,
    about: String,
    what: String,
}

impl OfPlan for Event<'_> {
    fn plan(&self) -> &Plan {
        self.plan
    }
}

/// Periods that were closed, corrections since, and changes of the layout.
pub fn history(plan: &Plan, as_of: AsOf) -> OpenTable {
    let head = Head::fixed(
        "history",
        ("更新の履歴", "History"),
        (
            "期間の確定、公表後の訂正、項目の構成の変更。1行が1つの出来事",
            "periods that were closed, corrections since, changes of the layout; a row is one of them",
        ),
        &["plan_id", "event_order"],
    );
    let own = [
        field(
            "event_order",
            Kind::Integer,
            ("順番", "Order"),
            ("出来事の順番", "which one it is, from 1"),
            |of: &(usize, Event<'_>)| OpenValue::number(of.0 as u64),
        ),
        optional(
            "event_date",
            Kind::Date,
            ("日付", "Date"),
            ("出来事の日。構成の変更では空とする", "when it was; absent of changes of the layout"),
            |of| of.1.day.into(),
        ),
        field(
            "event_code",
            Kind::Code("event"),
            ("種類", "Kind"),
            ("出来事の種類", "what kind of event it is"),
            |of| OpenValue::code(of.1.kind),
        ),
        field(
            "about",
            Kind::Text,
            ("対象", "About"),
            (
                "確定又は訂正した期間、又は構成の版",
                "the period that was closed or corrected, or the version of the layout",
            ),
            |of| (&*of.1.about).into(),
        ),
        field("description", Kind::Text, ("内容", "Description"), ("内容", "what happened"), |of| {
            (&*of.1.what).into()
        }),
    ];
    let event = |day, kind, about: String, what: String| Event { plan, day, kind, about, what };
    let layout =
        layout_changes().into_iter().map(|(version, what)| event(None, "layout", format!("{version}版"), what.ja));
    let known = |day: &NaiveDate| as_of.known.is_none_or(|last| *day <= last);
    let closings = plan.closings.iter().flat_map(|closing| {
        let period = closing.period.long(Lang::Ja);
        let closed = event(Some(closing.closed), "closed", period.clone(), "公表した数値を確定した".to_owned());
        let corrections = closing.corrections.iter().map(move |correction| {
            event(Some(correction.date), "corrected", period.clone(), correction.reason.to_string())
        });
        std::iter::once(closed).chain(corrections).collect::<Vec<_>>()
    });
    let mut events: Vec<Event<'_>> =
        layout.chain(closings.filter(|event| event.day.as_ref().is_none_or(known))).collect();
    events.sort_by_key(|event| event.day);
    OpenTable::build(head, &whose(own), (1..).zip(events))
}

impl OfPlan for (usize, Event<'_>) {
    fn plan(&self) -> &Plan {
        self.1.plan
    }
}
