//! 協議事項: entries that need attention and indicators that lag, each with why, what is proposed, and by whom.

use crate::document::{Block, Cell, ColumnOf, Table, Type, column};
use crate::plan::entry::Update;
use crate::query::gap::{Gap, Verdict};
use crate::query::status::Node;
use crate::text::terms;
use crate::tr;
use crate::wording as words;

use super::{PaperPage, attention};

/// The table.
pub fn blocks(page: &PaperPage<'_>) -> Vec<Block> {
    let lang = page.lang;
    let entries = page.summary.attention().map(|node| (page, Matter::Entry(node)));
    let lagging = page.summary.gaps.iter().filter(|g| matches!(g.counted(), Verdict::Behind | Verdict::Worsened));
    let matters: Vec<_> = entries.chain(lagging.map(|gap| (page, Matter::Indicator(gap)))).collect();
    if matters.is_empty() {
        return vec![Block::Text(nothing(page).into())];
    }
    let subjects: Vec<_> = matters.iter().map(|(_, matter)| Some(matter.id())).collect();
    vec![Block::Table(Table::build(&columns(), matters, lang).about(subjects))]
}

/// That there is nothing to decide, as far as that is known.
fn nothing(page: &PaperPage<'_>) -> String {
    let lang = page.lang;
    let (unreported, undetermined) = (page.summary.status.total.unreported, page.summary.verdicts().undetermined);
    if page.plan().has_totals_alone() {
        let unknown = "項目ごとの内訳が資料にないため、協議を要する項目は分からない。";
        return lang
            .pick(unknown, "Which entries need a decision is not known: only totals were published.")
            .to_owned();
    }
    let asks = page.summary.status.version.asks_attention();
    if !asks && !page.plan().entries.is_empty() {
        let by_indicators = "対応を要する区分の定めがなく、遅れ又は後退と判定した検証指標もない。";
        return lang
            .pick(by_indicators, "No rating asks for a decision, and no indicator is behind or worsened.")
            .to_owned();
    }
    if unreported + undetermined == 0 {
        return lang.pick("協議事項はない。", "There is nothing to decide.").to_owned();
    }
    tr!(
        lang,
        "協議を要する事項は、記録からは見当たらない（未報告の項目{unreported}件及び判定できない指標{undetermined}件については分からない。）。",
        "Nothing to decide shows in the records (entries unreported: {unreported}, indicators undetermined: {undetermined})."
    )
}

/// An entry that needs attention, or an indicator that lags.
enum Matter<'r> {
    Entry(&'r Node<'r>),
    Indicator(&'r Gap<'r>),
}

impl<'r> Matter<'r> {
    fn id(&self) -> &'r str {
        match self {
            Self::Entry(node) => node.entry.id.as_str(),
            Self::Indicator(gap) => gap.indicator.id.as_str(),
        }
    }
}

/// A matter, and the paper that raises it.
type Raised<'r> = (&'r PaperPage<'r>, Matter<'r>);

fn columns<'r>() -> [ColumnOf<Raised<'r>>; 5] {
    [
        column("matter", ("事項", "Matter"), Type::Text, |(page, matter): &Raised<'_>, at| match matter {
            Matter::Entry(node) => {
                let entry = &page.plan().entries[node.place];
                Cell::text(format!("{} {}", entry.id, entry.name))
            }
            Matter::Indicator(gap) => {
                let name = words::indicator_name(gap.indicator);
                Cell::text(tr!(at.lang, "指標「{name}」", "indicator {name}"))
            }
        })
        .weighing(18),
        column("state", ("状況", "State"), Type::Text, |(page, matter): &Raised<'_>, _| match matter {
            Matter::Entry(node) => state(page, node),
            Matter::Indicator(gap) => verdict(page, gap),
        })
        .weighing(21),
        column("issue", terms::ISSUE.titles(), Type::Text, |(page, matter): &Raised<'_>, _| {
            latest_text(page, matter, |update| update.issue.as_deref())
        })
        .weighing(19),
        column("next", ("今後の対応（案）", "Proposed"), Type::Text, |(page, matter): &Raised<'_>, _| {
            latest_text(page, matter, |update| update.next.as_deref())
        })
        .weighing(19),
        column("owner", terms::OWNER.titles(), Type::Text, |(page, matter): &Raised<'_>, at| {
            let owners = match matter {
                Matter::Entry(node) => &page.plan().entries[node.place].owners,
                Matter::Indicator(gap) => &gap.indicator.owners,
            };
            Cell::text(words::owners(owners, &page.plan().owners, at.lang))
        })
        .weighing(12),
    ]
}

/// Returns a text of the latest update of an entry, or of those that an indicator verifies.
fn latest_text(page: &PaperPage<'_>, matter: &Matter<'_>, part: fn(&Update) -> Option<&str>) -> Cell {
    match matter {
        Matter::Entry(node) => {
            let update = page.summary.last_words(&page.plan().entries[node.place]);
            update.and_then(part).map_or_else(|| page.blank(), Cell::text)
        }
        Matter::Indicator(gap) => linked(page, gap, part),
    }
}

/// The grade, and what it was before.
fn state(page: &PaperPage<'_>, node: &Node<'_>) -> Cell {
    let mut rating = attention::rating(page, node);
    let (lang, now, last) = (page.lang, &rating.text, page.before());
    let text = match (page.summary.status.previous, attention::moved_from(page, node)) {
        (None, _) => return rating,
        (_, None) => tr!(lang, "{now}（{last}と同じ）", "{now} (as {last})"),
        (_, Some(before)) => tr!(lang, "{now}（{last}は{before}）", "{now} ({last}: {before})"),
    };
    rating.text = text;
    rating
}

/// The verdict, and what it rests on.
fn verdict(page: &PaperPage<'_>, gap: &Gap<'_>) -> Cell {
    let lang = page.lang;
    let actual = gap.actual.map(|m| words::measured(m, gap.indicator, lang)).unwrap_or_default();
    let target = gap.held_to().map(|t| words::target(t, gap.indicator, lang)).unwrap_or_default();
    let verdict = words::judged(gap, lang);
    let state = tr!(lang, "{verdict}：実績値{actual}、目標値{target}", "{verdict}: actual {actual}, target {target}");
    page.sign(Cell::text(state)).toned(words::tone(gap.verdict))
}

/// What the entries say that the indicator verifies.
fn linked(page: &PaperPage<'_>, gap: &Gap<'_>, part: fn(&Update) -> Option<&str>) -> Cell {
    let texts = gap.indicator.entries.iter().filter_map(|place| {
        let entry = &page.plan().entries[*place];
        let text = page.summary.last_words(entry).and_then(part)?;
        Some(tr!(page.lang, "{text}（{}）", "{text} ({})", entry.id))
    });
    let texts: Vec<String> = texts.collect();
    if texts.is_empty() { page.blank() } else { Cell::text(texts.join("\n")) }
}
