//! The plan itself: how it changed, what it sets for the next period, who has not reported.

use crate::diff::change::{Change, ChangeKind};
use crate::diff::fact::Subject;
use crate::diff::field::Field;
use crate::document::{Block, Cell, Line, Table, Type, column, fingerprint};
use crate::lang::Lang;
use crate::plan::period::{Period, date_text};
use crate::query::due::{Due, Share};
use crate::query::summary::{Ahead, Altered, Retarget, Step};
use crate::report::diff::{DiffRow, field, row};
use crate::report::due::{about, wording};
use crate::text::terms;
use crate::tr;
use crate::wording as words;

use super::{PaperPage, Since};

/// Stands where the changes would that cannot be known.
const LOST: (&str, &str) = (
    "前の期間を確定したときの版を読み取れないため、その版からの計画の変更は、載せていない。",
    "The revision that the period before was closed at cannot be read; changes since are left out.",
);

/// Whether a paper leaves out the changes of the plan, since they could not be known when it was written.
pub fn is_lost(paper: &str) -> bool {
    paper.contains(LOST.0) || paper.contains(LOST.1)
}

/// 計画の変更.
pub fn changes(page: &PaperPage<'_>) -> Vec<Block> {
    let lang = page.lang;
    let changes: Vec<&Change<'_>> =
        page.since.iter().flat_map(|since| &since.changes).filter(concerns_readers).collect();
    let since = page.since.filter(|_| !changes.is_empty()).map(|since| differences(page, since, &changes));
    let lost = page.is_lost.then(|| Block::Text(lang.pick(LOST.0, LOST.1).into()));
    let since = lost.into_iter().chain(since);
    let Some(previous) = page.summary.previous else { return since.collect() };
    let altered =
        page.summary.altered.iter().filter(|altered| !changes.iter().any(|change| is_same(page, change, altered)));
    let lines: Vec<Line> = altered.map(|altered| Line::from(self::change(page, altered))).collect();
    let since: Vec<Block> = since.collect();
    if lines.is_empty() && since.is_empty() {
        return vec![Block::Text(unchanged(page, previous).into())];
    }
    (!lines.is_empty()).then_some(Block::List(lines)).into_iter().chain(since).collect()
}

/// That nothing changed: what the plan itself tells, and the revision that it was compared with.
fn unchanged(page: &PaperPage<'_>, previous: Period) -> String {
    let (lang, last, previous) = (page.lang, page.last(previous), previous.long(page.lang));
    match page.since.map(|since| Period::Day(since.date).long(lang)) {
        None => tr!(
            lang,
            "{last}から、計画に記された項目の追加及び廃止並びに目標値の見直しはない。",
            "The plan tells of no entry added or dropped and no target revised since {previous}."
        ),
        Some(day) => tr!(
            lang,
            "{last}から、計画に記された項目の追加及び廃止並びに目標値の見直しはなく、{day}の版からの計画の変更もない。",
            "The plan tells of no entry added or dropped and no target revised since {previous}, and did not change since its revision of {day}."
        ),
    }
}

/// From which document something was read, and what else it is called, does not concern who reads a paper.
fn concerns_readers(change: &&Change<'_>) -> bool {
    !change.key.as_ref().is_some_and(|key| matches!(key.field, Field::Source | Field::Aliases))
}

/// Whether a change of the definition is the same as one that an entry or indicator went through.
fn is_same(page: &PaperPage<'_>, change: &Change<'_>, altered: &Altered<'_>) -> bool {
    let of = |place: usize| Subject::Entry(&page.plan().entries[place].id);
    match altered {
        Altered::Added(place) => {
            change.subject == of(*place) && change.kind == ChangeKind::Added && change.key.is_none()
        }
        Altered::Dropped(place) => change.subject == of(*place) && change.kind == ChangeKind::Dropped,
        Altered::Target(retarget) => {
            change.subject == Subject::Indicator(&retarget.indicator.id)
                && matches!(change.kind, ChangeKind::Lowered | ChangeKind::Raised)
        }
    }
}

/// Compares the files of the plan at an earlier commit with those of now, its records aside.
fn differences(page: &PaperPage<'_>, since: &Since<'_>, changes: &[&Change<'_>]) -> Block {
    let (lang, [old, new]) = (page.lang, since.plans);
    let columns = [
        column("name", ("対象", "What"), Type::Text, |(_, row): &Differs<'_>, _| Cell::text(&row.name)),
        column("change", ("変更", "Change"), Type::Text, |(_, row), _| match &*row.field {
            "" => Cell::text(&row.happened),
            field => Cell::text(format!("{}\n{field}", row.happened)),
        }),
        column("before", ("変更前", "Before"), Type::Text, |(page, row), _| value(page, &row.old)),
        column("after", ("変更後", "After"), Type::Text, |(page, row), _| value(page, &row.new)),
        column("reason", terms::REASON.titles(), Type::Text, |(page, row), _| value(page, &row.reason)),
    ];
    let rows = changes.iter().map(|change| (page, row([Some(old), Some(new)], change, lang)));
    let about = |change: &&Change<'_>| {
        let key = change.key.as_ref().map(field).unwrap_or_default();
        let plain = key.replace(|c: char| !c.is_ascii_alphanumeric(), "-");
        let which = fingerprint(&format!("{key}|{:?}", change.kind));
        Some(format!("{}:{plain}-{which}", change.subject.id()?))
    };
    let subjects: Vec<_> = changes.iter().map(about).collect();
    let day = Period::Day(since.date).long(lang);
    let caption = tr!(lang, "{day}時点の計画からの変更", "Changes of the plan since {day}");
    Block::Table(Table { caption: Some(caption.into()), ..Table::build(&columns, rows, lang).about(subjects) })
}

/// A change of the plan as a paper shows it.
type Differs<'r> = (&'r PaperPage<'r>, DiffRow);

/// A value with the minus sign that the office writes, or that there is none.
fn value(page: &PaperPage<'_>, text: &str) -> Cell {
    if text.is_empty() { Cell::text(words::none(page.lang)) } else { Cell::text(page.signed(text.to_owned())) }
}

fn change(page: &PaperPage<'_>, altered: &Altered<'_>) -> String {
    let lang = page.lang;
    let named = |place: usize| format!("{} {}", page.plan().entries[place].id, page.plan().entries[place].name);
    match altered {
        Altered::Added(place) => tr!(lang, "追加：{}", "added: {}", named(*place)),
        Altered::Dropped(place) => tr!(lang, "廃止：{}", "dropped: {}", named(*place)),
        Altered::Target(retarget) => target(page, retarget),
    }
}

fn target(page: &PaperPage<'_>, retarget: &Retarget<'_>) -> String {
    let lang = page.lang;
    let name = words::indicator_name(retarget.indicator);
    let value = |reading| {
        let dated = |r| words::target(r, retarget.indicator, lang);
        page.signed(Option::map_or(reading, words::none(lang).to_owned(), dated))
    };
    let (from, to) = (value(retarget.from), value(retarget.to));
    let way = match retarget.easier {
        Some(true) => lang.pick("目標値の下方修正", "target lowered"),
        Some(false) => lang.pick("目標値の上方修正", "target raised"),
        None => lang.pick("目標値の見直し", "target revised"),
    };
    let until = date_text(retarget.until, lang);
    let reason = retarget.reason.map(|reason| tr!(lang, "理由：{reason}", " Reason: {reason}")).unwrap_or_default();
    tr!(
        lang,
        "{way}：指標「{name}」 {from}（{until}まで） → {to}。{reason}",
        "{way}: indicator {name}, {from} (until {until}) → {to}.{reason}"
    )
}

/// 次の期間の予定.
pub fn roadmap(page: &PaperPage<'_>) -> Vec<Block> {
    let lang = page.lang;
    let Some(next) = page.summary.period().next() else { return Vec::new() };
    if page.plan().entries.is_empty() {
        return Vec::new();
    }
    let next = next.long(lang);
    if page.summary.ahead.is_empty() {
        let none = tr!(lang, "{next}に予定された節目はない。", "Nothing is set for {next}.");
        return vec![Block::Text(none.into())];
    }
    let columns = [
        column("period", ("時期", "When"), Type::Period, |(page, ahead): &Planned<'_>, _| {
            Cell::text(ahead.date.brief(page.lang))
        }),
        column("entry", terms::ENTRY.titles(), Type::Text, |(page, ahead), _| {
            let entry = &page.plan().entries[ahead.place];
            Cell::text(format!("{} {}", entry.id, entry.name))
        }),
        column("initiative", terms::INITIATIVE.titles(), Type::Text, |(_, ahead), _| {
            Cell::text(ahead.initiative.map_or("", |initiative| &initiative.name))
        }),
        column("step", terms::PLANNED.titles(), Type::Text, |(page, ahead), at| {
            Cell::text(match ahead.step {
                Step::Begins => at.lang.pick("開始", "begins"),
                Step::Ends => at.lang.pick("終了", "ends"),
                Step::Milestone(milestone) => &milestone.name,
                Step::Planned(step) => page.plan().steps.get(step).map_or("", |step| step.text(at.lang)),
            })
        }),
    ];
    let table = Table::build(&columns, page.summary.ahead.iter().map(|ahead| (page, ahead)), lang);
    let subjects = page.summary.ahead.iter().map(|ahead| {
        let step = match ahead.step {
            Step::Begins => "begins",
            Step::Ends => "ends",
            Step::Milestone(milestone) => &milestone.name,
            Step::Planned(step) => page.plan().steps.get(step).map_or("", |step| step.text(Lang::Ja)),
        };
        let initiative = ahead.initiative.map_or("", |initiative| &*initiative.name);
        let which = fingerprint(&format!("{initiative}|{step}"));
        Some(format!("{}:{which}", page.plan().entries[ahead.place].id))
    });
    let table = table.about(subjects);
    vec![Block::Table(Table { caption: Some(next.into()), ..table })]
}

/// What is set for the next period.
type Planned<'r> = (&'r PaperPage<'r>, &'r Ahead<'r>);

/// 期限を過ぎたもの.
pub fn overdue(page: &PaperPage<'_>) -> Vec<Block> {
    let (lang, dues) = (page.lang, &page.summary.dues);
    let owed = dues.shares.iter().flat_map(|share| share.dues.iter().map(move |due| (share, due)));
    let mut owed: Vec<Owed> =
        owed.filter(|(_, due)| due.what.is_overdue()).map(|(share, due)| owes(page, share, due)).collect();
    // One owner owes the same of several: that is listed once.
    owed.dedup_by(|later, first| {
        let same = later.around == first.around;
        if same {
            first.subjects.append(&mut later.subjects);
        }
        same
    });
    if owed.is_empty() {
        return match dues.period {
            _ if page.plan().has_totals_alone() => page.none(
                "項目ごとの内訳が資料にないため、報告の期限を過ぎたものは分からない。",
                "What is overdue is not known: only totals were published.",
            ),
            None => page.none("報告の対象となる期間は、まだ終わっていない。", "No reporting period has ended yet."),
            Some(_) => page.none("報告の期限を過ぎたものはない。", "Nothing is overdue."),
        };
    }
    let columns = [
        column("owner", terms::OWNER.titles(), Type::Text, |owed: &Owed, _| Cell::text(&owed.around.owner)),
        column("kind", ("種別", "Kind"), Type::Text, |owed, _| Cell::text(owed.around.kind)),
        column("subject", ("項目・指標", "Entry, indicator"), Type::Text, |owed, _| {
            Cell::text(owed.subjects.join("\n"))
        }),
        column("what", ("内容", "What is owed"), Type::Text, |owed, _| Cell::text(&owed.around.what)),
        column("deadline", terms::DEADLINE.titles(), Type::Date, |owed, _| Cell::text(&owed.around.deadline)),
    ];
    let about: Vec<_> = owed.iter().map(|owed| Some(owed.about.clone())).collect();
    vec![Block::Table(Table::build(&columns, owed, lang).about(about))]
}

/// A line of what is overdue.
struct Owed {
    around: Around,
    /// Of which entries or indicators.
    subjects: Vec<String>,
    /// What the facts of the first of them are about.
    about: String,
}

/// What several entries may owe alike.
#[derive(PartialEq, Eq)]
struct Around {
    owner: String,
    kind: &'static str,
    what: String,
    deadline: String,
}

fn owes(page: &PaperPage<'_>, share: &Share<'_>, due: &Due<'_>) -> Owed {
    let (lang, dues) = (page.lang, &page.summary.dues);
    let around = Around {
        owner: wording::owner_name(dues.plan, share.owner, lang),
        kind: wording::kind(due.what.key(), lang),
        what: wording::what(dues, due, Period::brief, lang),
        deadline: due.term.map(|term| date_text(term, lang)).unwrap_or_default(),
    };
    let subjects = vec![wording::subject(dues.plan, due, lang)];
    Owed { around, subjects, about: about(dues.plan, share, due) }
}
