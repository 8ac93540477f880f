//! 概要, the page that is read first: a bar for each top level, what went well, what needs attention, what changed, and how the
//! main indicators go.

use crate::document::{Block, Cell, Fill, Line, Strip, StripPart, Table, Tone, Type, column, fact};
use crate::plan::value::Value;
use crate::query::gap::{Gap, Verdict};
use crate::query::status::{Node, Standing, Tally};
use crate::query::summary::{Course, Moved, Turn};
use crate::report::chart;
use crate::text::terms;
use crate::tr;
use crate::wording as words;

use super::{PaperPage, attention, sentences};

/// How many of each list stand on the page.
const LISTED: usize = 3;
/// How many indicators are drawn.
const DRAWN: usize = 1;

/// The page.
pub fn blocks(page: &PaperPage<'_>) -> Vec<Block> {
    let lang = page.lang;
    let said = sentences::in_short(page).into_iter().chain(since(page));
    let mut blocks: Vec<Block> = said.map(|text| Block::Text(text.into())).collect();
    blocks.extend(bars(page).map(Block::Table));
    let mut list = |heading: (&str, &str), lines: Vec<String>| {
        if !lines.is_empty() {
            blocks.push(Block::Text(Line::toned(lang.pick(heading.0, heading.1), Tone::Strong)));
            blocks.push(Block::List(lines.into_iter().map(|text| page.signed(text).into()).collect()));
        }
    };
    list(("主な成果", "What went well"), results(page));
    list(("対応を要する項目", "Needing attention"), needing(page));
    let drawn = main_indicators(page);
    if !drawn.is_empty() {
        let heading = lang.pick("主な指標の推移（破線は目標値）", "How the main indicator goes (dashed: target)");
        blocks.push(Block::Text(Line::toned(heading, Tone::Strong)));
        blocks.push(Block::Charts(chart::charts(page.plan(), &drawn, page.summary.as_of(), lang)));
    }
    blocks
}

/// A line of the bars: what it is of, how many there are, and how many of them stand how.
struct Barred {
    subject: String,
    name: String,
    count: u64,
    parts: Vec<(String, u64, Fill)>,
}

/// A bar for each entry of the top level, for the whole, and for the indicators.
pub fn bars(page: &PaperPage<'_>) -> Option<Table> {
    let (lang, status, head) = (page.lang, &page.summary.status, &page.plan().head);
    let has_grades = !page.plan().entries.is_empty() && !status.version.grades.is_empty();
    let of_node = |node: &Node<'_>| Barred {
        subject: node.entry.id.to_string(),
        name: format!("{} {}", node.entry.id, node.entry.name),
        count: node.tally.entries,
        parts: graded(page, &node.tally),
    };
    let tops = status.nodes.iter().filter(|node| has_grades && head.counted > 0 && node.entry.level == 0);
    let mut lines: Vec<Barred> = tops.map(of_node).collect();
    lines.extend(has_grades.then(|| Barred {
        subject: "total".into(),
        name: tr!(lang, "{}の計", "all ({})", page.plan().level_name(head.counted)),
        count: status.total.entries,
        parts: graded(page, &status.total),
    }));
    lines.extend((!page.summary.gaps.is_empty()).then(|| judged(page)));
    let columns = [
        column("name", ("区分", "Of what"), Type::Text, |line: &Barred, _| Cell::text(&*line.name)).weighing(30),
        column("count", terms::COUNT.titles(), Type::Integer, |line, at| {
            Cell::number(line.count, words::number(line.count.into(), at.lang))
        }),
        column(
            "parts",
            ("内訳（帯は左からこの順）", "How they stand (bar: in this order)"),
            Type::Text,
            |line: &Barred, at| {
                let filled = || line.parts.iter().filter(|(_, n, _)| *n > 0);
                let part = |(name, n, _): &(String, u64, Fill)| {
                    let name = words::before_number(name, at.lang);
                    tr!(at.lang, "{name}{n}", "{name} {n}")
                };
                let text = filled().map(part).collect::<Vec<_>>().join(at.lang.pick("、", ", "));
                let length = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
                let parts = filled().map(|(_, n, fill)| StripPart { length: length(*n), fill: *fill, sign: None });
                Cell::text(text).drawn(Strip { parts: parts.collect(), signs: String::new() })
            },
        )
        .weighing(60),
    ];
    let subjects: Vec<_> = lines.iter().map(|line| Some(line.subject.clone())).collect();
    let table = Table::build(&columns, lines, lang).about(subjects);
    (!table.rows.is_empty()).then_some(table)
}

/// How many have each grade.
fn graded(page: &PaperPage<'_>, tally: &Tally) -> Vec<(String, u64, Fill)> {
    let (mut well, mut ill) = (0.., 0..);
    let grades = page.summary.status.version.grades.iter().zip(&tally.counts).map(|(grade, n)| {
        let fill = match (grade.counts, grade.attention) {
            (false, _) => Fill::Open,
            (true, true) => Fill::Ill(ill.next().unwrap_or_default()),
            (true, false) => Fill::Well(well.next().unwrap_or_default()),
        };
        (grade.name.to_string(), *n, fill)
    });
    let open = [(terms::UNREPORTED, tally.unreported), (terms::RESTING, tally.resting), (terms::AHEAD, tally.ahead)];
    let open = open.map(|(term, n)| (term.word(page.lang).to_owned(), n, Fill::Open));
    grades.chain(open).collect()
}

/// How many indicators have each verdict.
fn judged(page: &PaperPage<'_>) -> Barred {
    let (lang, verdicts) = (page.lang, page.summary.verdicts());
    let parts = [
        (terms::MET, verdicts.met, Fill::Well(0)),
        (terms::ON_PACE, verdicts.on_pace, Fill::Well(1)),
        (terms::BEHIND, verdicts.behind, Fill::Ill(0)),
        (terms::WORSENED, verdicts.worsened, Fill::Ill(1)),
        (terms::UNDETERMINED, verdicts.undetermined, Fill::Open),
    ];
    Barred {
        subject: "indicators".into(),
        name: tr!(lang, "{}の計", "all ({})", terms::INDICATOR.word(lang)),
        count: verdicts.all,
        parts: parts.map(|(term, n, fill)| (term.word(lang).to_owned(), n, fill)).into(),
    }
}

/// 主な成果: what became better, what has the best grade, and what was met, each with what was done.
fn results(page: &PaperPage<'_>) -> Vec<String> {
    let (lang, summary, before) = (page.lang, page.summary, page.before());
    let better = |moved: &&Moved| moved.course == Course::Better;
    let moved: Vec<usize> = summary.moved.iter().filter(better).map(|moved| moved.flow.place).collect();
    let turned = summary.turns.iter().filter(|turn| turn.course == Course::Better);
    let turned = turned.map(|turn: &Turn| (&summary.gaps[turn.place], Some(turn.from)));
    let met = summary.gaps.iter().filter(|gap| gap.counted() == Verdict::Met);
    let met =
        met.filter(|gap| !summary.turns.iter().any(|turn| summary.gaps[turn.place].indicator.id == gap.indicator.id));
    let is_best =
        |node: &&Node<'_>| matches!(node.standing, Standing::Graded(0)) && !summary.needs_attention(node.standing);
    let best = summary.counted().filter(|node| is_best(node) && !moved.contains(&node.place));
    let better = summary.counted().filter(|node| moved.contains(&node.place));
    let entries = better.chain(best).filter_map(|node| done(page, node));
    let indicator = |(gap, from): (&Gap<'_>, Option<Verdict>)| {
        let (name, verdict) = (words::indicator_name(gap.indicator), words::verdict(gap.counted(), lang));
        let from = from.map(|from| tr!(lang, "（{before}は{}）", " ({before}: {})", words::verdict(from, lang)));
        let (from, values) = (from.unwrap_or_default(), values(gap, page));
        let words =
            tr!(lang, "指標「{name}」：{verdict}{from}。{values}", "indicator {name}: {verdict}{from}. {values}");
        fact(gap.indicator.id.as_str(), "result", &words)
    };
    // Half of the list is of entries, the other half of indicators, where there are enough of both.
    let entries: Vec<String> = entries.take(LISTED).collect();
    let indicators: Vec<String> = turned.chain(met.map(|gap| (gap, None))).map(indicator).take(LISTED).collect();
    let half = LISTED.saturating_sub(indicators.len()).max(LISTED.div_ceil(2));
    let kept: Vec<String> = entries.into_iter().take(half).collect();
    let rest = LISTED - kept.len();
    kept.into_iter().chain(indicators.into_iter().take(rest)).collect()
}

/// What was done for an entry, where its report says so.
fn done(page: &PaperPage<'_>, node: &Node<'_>) -> Option<String> {
    let (lang, entry) = (page.lang, &page.plan().entries[node.place]);
    let done = page.summary.last_words(entry)?.done.as_deref()?;
    let rating = words::standing(node.standing, page.summary.status.version, lang);
    let last = page.before();
    let before = attention::moved_from(page, node).map(|from| tr!(lang, "、{last}は{from}", ", {last}: {from}"));
    let (id, name, before) = (&entry.id, &entry.name, before.unwrap_or_default());
    let words = tr!(lang, "{id} {name}（{rating}{before}）：{done}", "{id} {name} ({rating}{before}): {done}");
    Some(fact(id.as_str(), "result", &words))
}

/// Actual, target, and how far they lie apart.
fn values(gap: &Gap<'_>, page: &PaperPage<'_>) -> String {
    let lang = page.lang;
    let actual = gap.actual.map(|m| words::measured(m, gap.indicator, lang)).unwrap_or_default();
    let target = gap.held_to().map(|target| words::target(target, gap.indicator, lang)).unwrap_or_default();
    let distance = words::distance(gap, lang).map(|distance| tr!(lang, "、{distance}", ", {distance}"));
    let distance = distance.unwrap_or_default();
    tr!(lang, "実績値{actual}、目標値{target}{distance}", "actual {actual}, target {target}{distance}")
}

/// 対応を要する項目: entries by their grade, and indicators that are worse than at the outset.
fn needing(page: &PaperPage<'_>) -> Vec<String> {
    let (lang, summary) = (page.lang, page.summary);
    let entry = |node: &Node<'_>| {
        let entry = &page.plan().entries[node.place];
        let (id, name) = (&entry.id, &entry.name);
        let rating = words::standing(node.standing, summary.status.version, lang);
        let update = summary.last_words(entry);
        let issue = update.and_then(|update| update.issue.as_deref());
        let next = update.and_then(|update| update.next.as_deref());
        let issue = issue.map(|issue| tr!(lang, "{}：{issue}", "{}: {issue}", terms::ISSUE.word(lang)));
        let next = next.map(|next| tr!(lang, "{}：{next}", "{}: {next}", terms::NEXT.word(lang)));
        let said = [issue, next].into_iter().flatten().collect::<Vec<_>>().join(lang.pick("", " "));
        let said = if said.is_empty() { said } else { tr!(lang, "　{said}", " {said}") };
        fact(id.as_str(), "needing", &tr!(lang, "{id} {name}（{rating}）{said}", "{id} {name} ({rating}){said}"))
    };
    let indicator = |gap: &Gap<'_>| {
        let (name, verdict) = (words::indicator_name(gap.indicator), words::verdict(gap.counted(), lang));
        let values = values(gap, page);
        let words = tr!(lang, "指標「{name}」（{verdict}）　{values}", "indicator {name} ({verdict}) {values}");
        fact(gap.indicator.id.as_str(), "needing", &words)
    };
    let entries = summary.attention().map(entry);
    let worsened = summary.gaps.iter().filter(|gap| gap.counted() == Verdict::Worsened).map(indicator);
    let mut all: Vec<String> = entries.chain(worsened).collect();
    let more = all.len().saturating_sub(LISTED);
    if more > 0 {
        all.truncate(LISTED);
        let n = fact("all", "needing", &tr!(lang, "{more}件", "{more}"));
        all.push(tr!(lang, "ほか{n}", "and {n} more"));
    }
    let asks = summary.status.version.asks_attention();
    if all.is_empty() && asks && !page.plan().entries.is_empty() && !page.plan().has_totals_alone() {
        all.push(sentences::none_needs_attention(page));
    }
    all
}

/// What changed since the period that it is compared with.
fn since(page: &PaperPage<'_>) -> Vec<String> {
    let entries = sentences::since(page, &page.summary.status).filter(|_| !page.plan().entries.is_empty());
    entries.into_iter().chain(sentences::turned(page)).collect()
}

/// The indicators that the page draws: those that lag first, then in the order of the plan; of two years or more.
fn main_indicators<'p>(page: &PaperPage<'p>) -> Vec<Gap<'p>> {
    let years = |gap: &Gap<'_>| {
        let known = gap.indicator.known(|measure| page.summary.as_of().counts(measure));
        let numbers = known.filter(|measure| matches!(measure.reading.value, Value::Number(_))).count();
        numbers + gap.baseline.iter().filter(|baseline| baseline.number().is_some()).count()
    };
    let has_target = |gap: &Gap<'_>| gap.target.is_some_and(|target| !matches!(target.value, Value::Absent(_)));
    let mut drawn: Vec<&Gap<'p>> = page.summary.gaps.iter().filter(|gap| years(gap) > 1 && has_target(gap)).collect();
    drawn.sort_by_key(|gap| match gap.counted() {
        Verdict::Worsened => 0,
        Verdict::Behind => 1,
        _ => 2,
    });
    drawn.into_iter().take(DRAWN).cloned().collect()
}
