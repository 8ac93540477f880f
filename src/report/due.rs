//! 督促: who still owes what, by owner.

pub mod letter;
pub mod wording;

use serde_json::{Value as Json, json};

use crate::lang::Lang;
use crate::plan::period::{Period, date_text};
use crate::plan::{Plan, Subject};
use crate::query::Scope;
use crate::query::due::{Due, Dues, KINDS, Share, What};
use crate::tr;

use super::{Report, heading, json as numbers, words};
use crate::document::{Block, Cell, Column, Document, Row, Section, Table, Tone};
use wording::{kind, owner_name, subject, what};

/// What is owed, ready to be laid out.
#[derive(Debug)]
pub struct DueReport<'p> {
    /// The answer.
    pub dues: Dues<'p>,
    /// Of which part of the plan.
    pub scope: Scope,
}

impl Report for DueReport<'_> {
    fn document(&self, lang: Lang) -> Document {
        let dues = &self.dues;
        let mut document = heading::document(dues.plan, lang.pick("督促の対象", "what is due"), Some(dues.as_of), lang);
        document.lead.extend(words::scope(dues.plan, self.scope, lang));
        document.lead.extend(lead(dues, lang));
        document.sections.extend(dues.shares.iter().map(|share| section(dues, share, lang)));
        document
    }

    fn of(&self) -> Option<&Plan> {
        Some(self.dues.plan)
    }

    fn table(&self, lang: Lang) -> Table {
        let titles = [
            ("所管課", "Owner"),
            ("種別", "Kind"),
            ("期限超過", "Overdue"),
            ("id", "ID"),
            ("名称", "Name"),
            ("内容", "What is owed"),
            ("期限", "Due"),
            ("経過日数", "Days late"),
        ];
        let columns = titles.map(|(ja, en)| Column::left(lang.pick(ja, en))).into();
        let rows =
            self.dues.shares.iter().flat_map(|share| share.dues.iter().map(|due| flat(&self.dues, share, due, lang)));
        Table { columns, rows: rows.collect(), ..Table::default() }
    }

    fn json(&self) -> Json {
        let dues = &self.dues;
        let share = |share: &Share<'_>| {
            json!({
                "owner": share.owner.map(|place| &*dues.plan.owners[place].name),
                "due": share.dues.iter().map(|due| due_json(dues, due)).collect::<Vec<_>>(),
            })
        };
        let counts = KINDS.iter().enumerate().map(|(rank, key)| ((*key).to_owned(), Json::from(dues.count(rank))));
        json!({
            "schema": 1,
            "plan": numbers::plan(dues.plan),
            "as_of": numbers::as_of(dues.as_of),
            "period": dues.period.map(|p| p.short()),
            "overdue": dues.any_overdue(),
            "counts": Json::Object(counts.collect()),
            "owners": dues.shares.iter().map(share).collect::<Vec<_>>(),
        })
    }
}

/// What period is asked for, and how much of each kind is owed: counts first.
fn lead(dues: &Dues<'_>, lang: Lang) -> Vec<String> {
    let counts = |ranks: std::ops::Range<usize>| {
        let told = ranks.map(|rank| format!("{} {}", kind(KINDS[rank], lang), dues.count(rank)));
        told.collect::<Vec<_>>().join(lang.pick("、", ", "))
    };
    let overdue: usize = (0..4).map(|rank| dues.count(rank)).sum();
    let mut lead = vec![match dues.period {
        Some(period) => tr!(lang, "報告の対象：{}", "Reports asked for: {}", period.long(lang)),
        None => {
            lang.pick("報告の対象となる期間はまだ終わっていない。", "No reporting period has ended yet.").to_owned()
        }
    }];
    if !dues.any_rating && dues.count(0) > 0 {
        lead.push(
            lang.pick("この計画には、進捗区分の記録がまだ一つもない。", "Nothing in this plan has ever been rated.")
                .to_owned(),
        );
    }
    lead.push(tr!(lang, "期限を過ぎたもの {overdue}件（{}）", "Overdue: {overdue} ({})", counts(0..4)));
    lead.push(tr!(lang, "期限に関わらないもの：{}", "Not overdue: {}", counts(4..6)));
    lead
}

fn section(dues: &Dues<'_>, share: &Share<'_>, lang: Lang) -> Section {
    let overdue = share.dues.iter().filter(|due| due.what.is_overdue()).count();
    let name = owner_name(dues.plan, share.owner, lang);
    let heading = tr!(lang, "{name}（期限を過ぎたもの {overdue}件）", "{name} (overdue: {overdue})");
    let columns = vec![
        Column::left(lang.pick("種別", "Kind")),
        Column::left(lang.pick("項目・指標", "Entry, indicator")),
        Column::left(lang.pick("内容", "What is owed")),
        Column::left(lang.pick("期限", "Due")),
        Column::right(lang.pick("経過", "Late")),
    ];
    let row = |due: &Due<'_>| {
        let days = due.days_late(dues.as_of);
        let late = due.what.is_overdue().then(|| Cell::number(days, tr!(lang, "{days}日", "{days} d")));
        let tone = if due.what.is_overdue() { Tone::Warn } else { Tone::Faint };
        Row::new(vec![
            Cell::text(kind(due.what.key(), lang)).toned(tone),
            Cell::text(subject(dues.plan, due, lang)),
            Cell::text(what(dues, due, Period::tag, lang)),
            Cell::text(due.term.map(|term| date_text(term, lang)).unwrap_or_default()),
            late.unwrap_or_default(),
        ])
    };
    let table = Table { columns, rows: share.dues.iter().map(row).collect(), ..Table::default() };
    Section::new(heading, vec![Block::Table(table)])
}

fn flat(dues: &Dues<'_>, share: &Share<'_>, due: &Due<'_>, lang: Lang) -> Row {
    let (id, name) = named(dues.plan, due);
    let days = due.days_late(dues.as_of);
    Row::new(vec![
        Cell::text(share.owner.map_or("", |place| &*dues.plan.owners[place].name)),
        Cell::text(kind(due.what.key(), lang)),
        Cell::text(if due.what.is_overdue() { lang.pick("はい", "yes") } else { lang.pick("いいえ", "no") }),
        Cell::text(id),
        Cell::text(name),
        Cell::text(what(dues, due, Period::tag, lang)),
        Cell::text(due.term.map(|term| term.to_string()).unwrap_or_default()),
        if due.what.is_overdue() { Cell::number(days, days.to_string()) } else { Cell::default() },
    ])
}

fn named<'p>(plan: &'p Plan, due: &Due<'_>) -> (&'p str, &'p str) {
    match due.subject {
        Some(Subject::Entry(place)) => (plan.entries[place].id.as_str(), &plan.entries[place].name),
        Some(Subject::Indicator(place)) => (plan.indicators[place].id.as_str(), &plan.indicators[place].name),
        None => ("", &plan.head.name),
    }
}

fn due_json(dues: &Dues<'_>, due: &Due<'_>) -> Json {
    let plan = dues.plan;
    let (id, name) = named(plan, due);
    let lane = |lane: Option<usize>| match due.subject {
        Some(Subject::Entry(place)) => plan.entries[place].initiative(lane).map(|i| &*i.name),
        _ => None,
    };
    let mut map = json!({
        "kind": due.what.key(),
        "overdue": due.what.is_overdue(),
        "id": if id.is_empty() { Json::Null } else { id.into() },
        "name": name,
        "what": what(dues, due, Period::tag, Lang::En),
        "term": due.term.map(|term| term.to_string()),
        "days_late": due.what.is_overdue().then(|| due.days_late(dues.as_of)),
    });
    let more = match &due.what {
        What::Update { last, missed } => {
            json!({ "period": dues.period.map(|p| p.short()), "last": last.map(|p| p.short()), "missed": missed })
        }
        What::Milestone(of, milestone) | What::Upcoming(of, milestone) => {
            json!({ "initiative": lane(*of), "milestone": milestone.name, "date": milestone.date.short() })
        }
        What::Step(of, planned) => {
            json!({ "initiative": lane(*of), "step": plan.step(planned.step), "year": planned.year.short() })
        }
        What::Value(years) => json!({ "years": years.iter().map(|year| year.short()).collect::<Vec<_>>() }),
        What::Waiting(_) => json!({}),
    };
    if let (Some(map), Json::Object(more)) = (map.as_object_mut(), more) {
        map.extend(more);
    }
    map
}
