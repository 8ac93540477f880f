//! The sentences of a paper. 公用文: である, full-width punctuation, every number from the summary.

use crate::document::fact;
use crate::lang::{Lang, noun};
use crate::plan::Denominator;
use crate::plan::period::Period;
use crate::plan::scale::Grade;
use crate::query::status::{Node, Status, Tally};
use crate::query::summary::{Course, Moved, Verdicts};
use crate::query::totals::Totals;
use crate::report::status::counts::net;
use crate::text::terms;
use crate::tr;
use crate::wording as words;

use super::PaperPage;

/// How many names a sentence lists.
const NAMED: usize = 5;

/// Everything in a few sentences; each is a paragraph.
pub fn overview(page: &PaperPage<'_>) -> Vec<String> {
    let mut sentences = match page.summary.status.published() {
        Some(totals) => as_published(page, totals),
        None if page.plan().has_totals_alone() => vec![unknown(page)],
        None if page.plan().entries.is_empty() => Vec::new(),
        None => progress(page),
    };
    sentences.extend(indicators(page));
    sentences.extend(caution(page));
    sentences
}

/// How many there are and how fresh that is, and what is not settled: what stands over the page that is read first.
pub fn in_short(page: &PaperPage<'_>) -> Vec<String> {
    let plan = page.plan();
    let first = match page.summary.status.published() {
        Some(totals) => as_published(page, totals),
        None if plan.has_totals_alone() => vec![unknown(page)],
        None if plan.entries.is_empty() => Vec::new(),
        None => vec![entries(page, &page.summary.status)],
    };
    first.into_iter().chain(caution(page)).collect()
}

fn progress(page: &PaperPage<'_>) -> Vec<String> {
    let (above, main) = page.summary.by_level();
    let mut sentences = Vec::new();
    for status in above.chain([main]) {
        sentences.push(entries(page, status));
        sentences.extend(grades(page, status));
        sentences.extend(since(page, status));
    }
    let is_asked = page.summary.status.version.asks_attention();
    sentences.extend((page.summary.status.total.rated() > 0 && is_asked).then(|| attention(page)));
    sentences
}

/// How many there are, how many of them were rated, and how fresh that is.
fn entries(page: &PaperPage<'_>, status: &Status<'_>) -> String {
    let (lang, tally) = (page.lang, &status.total);
    let counted = page.plan().level_name(status.counted);
    let when = when(page);
    let Tally { entries, unreported, excluded, fresh, .. } = tally;
    let rated = tally.rated();
    let named = |key: &str, ja: &str, en: &str, n: u64| {
        fact(&page.subject(status, "all"), key, &tr!(lang, "{ja}{n}件", "{en}{n}"))
    };
    let excluded = match excluded {
        0 => String::new(),
        n => lang.pick("、", ", ").to_owned() + &named("excluded", "評価の対象としないものは", "not counted ", *n),
    };
    let not_asked = [("not_rated", terms::RESTING, tally.resting), ("not_begun", terms::AHEAD, tally.ahead)];
    let not_asked = not_asked.into_iter().filter(|(.., n)| *n > 0).map(|(key, term, n)| {
        let (ja, en) = (format!("{}は", term.word(Lang::Ja)), format!("{} ", term.word(Lang::En)));
        lang.pick("、", ", ").to_owned() + &named(key, &ja, &en, n)
    });
    let excluded = excluded + &not_asked.collect::<String>();
    let has_turns = status.nodes.iter().any(|node| !page.plan().turns(node.entry).is_empty());
    let is_stale = status.carries() && !has_turns;
    let (are, have) = (noun(entries, "is", "are"), noun(fresh, "has", "have"));
    let noun = noun(entries, "entry", "entries");
    let (entries, fresh) = (named("entries", "", "", *entries), named("fresh", "", "", *fresh));
    let (rated, unreported) =
        (named("rated", "評価済は", "rated ", rated), named("unreported", "未報告は", "unreported ", *unreported));
    let when = fact(&page.subject(status, "all"), "when", &when);
    let first = tr!(
        lang,
        "{when}の{counted}は{entries}であり、このうち{rated}、{unreported}{excluded}である。",
        "{when} there {are} {entries} {noun} ({counted}): {rated}, {unreported}{excluded}."
    );
    let rest = if is_stale {
        tr!(
            lang,
            "今期の報告があったものは{fresh}であり、ほかは直近の報告の区分により数えた。",
            " Of these {fresh} {have} a report for this period; the others are counted by their latest one."
        )
    } else {
        String::new()
    };
    first + &rest
}

/// As of when: the end of the period, or a day before that.
fn when(page: &PaperPage<'_>) -> String {
    let (lang, as_of) = (page.lang, page.summary.as_of());
    if as_of.date < as_of.until() {
        let day = Period::Day(as_of.date).long(lang);
        return tr!(lang, "{day}現在", "As of {day}");
    }
    let period = page.summary.period().long(lang);
    tr!(lang, "{period}末", "At the end of {period}")
}

/// How many have each grade, of those rated.
fn grades(page: &PaperPage<'_>, status: &Status<'_>) -> Option<String> {
    let lang = page.lang;
    let (rated, base) = (status.total.rated(), status.base(&status.total));
    if rated == 0 {
        return None;
    }
    let share = |n: u64| words::share(n, base, page.plan().head.rounding, lang);
    let stated = |grade: &Grade, n: u64| {
        let (name, share) = (words::before_number(&grade.name, lang), share(n));
        let words = tr!(lang, "{name}{n}件（{share}）", "{name} {n} ({share})");
        fact(&page.subject(status, &format!("grade-{}", grade.id)), "stated", &words)
    };
    let counting = status.version.grades.iter().zip(&status.total.counts).filter(|(grade, _)| grade.counts);
    let list: Vec<String> = counting.map(|(grade, n)| stated(grade, *n)).collect();
    let list = listed(&list, lang);
    let composites = status.version.composites.iter().map(|composite| {
        let (name, n) = (&composite.name, status.total.sum(composite));
        let share = Some(share(n)).filter(|_| status.version.sum_counts(composite));
        let share = share.map(|share| tr!(lang, "（{share}）", " ({share})")).unwrap_or_default();
        let subject = page.subject(status, &format!("sum-{}", composite.id));
        let n = fact(&subject, "stated", &tr!(lang, "{n}件{share}", "{n} in all{share}"));
        tr!(lang, "{name}は、合わせて{n}である。", " {name}: {n}.")
    });
    let composites: String = composites.collect();
    let all = page.subject(status, "all");
    let rated = fact(&all, "base", &tr!(lang, "評価済{rated}件", "{rated} rated"));
    if page.plan().head.denominator == Denominator::Rated {
        return Some(tr!(lang, "{rated}の内訳は、{list}である。{composites}", "Of the {rated}: {list}.{composites}"));
    }
    let of = words::rated_and_unreported(lang);
    let base = fact(&all, "denominator", &tr!(lang, "{base}件", "{base}"));
    Some(tr!(
        lang,
        "{rated}の内訳（括弧内は、{of}（{base}）に対する割合）は、{list}である。{composites}",
        "Of the {rated} (in brackets: percent of {of}, {base}): {list}.{composites}"
    ))
}

/// 前回比 and flows.
pub fn since(page: &PaperPage<'_>, status: &Status<'_>) -> Option<String> {
    let lang = page.lang;
    if status.total.rated() == 0 && status.before.rated() == 0 {
        return None;
    }
    if let Some(rescaled) = status.rescaled {
        return Some(words::rescaled(rescaled, lang) + lang.pick("。", "."));
    }
    let stated = |words: &str| fact(&page.subject(status, "all"), "since", words);
    let (last, previous) = (page.last(status.previous?), status.previous?.long(lang));
    // Sums of grades stand in the table beneath.
    let parts = net(status, &status.total, &status.before, lang).into_iter();
    let parts = parts.filter(|(subject, ..)| !subject.starts_with("sum-")).map(|(subject, name, by)| {
        let (size, up) = (words::number(by.abs(), lang), by.is_sign_positive());
        let way = if up { lang.pick("増", "more") } else { lang.pick("減", "fewer") };
        fact(&page.subject(status, &subject), "moved", &tr!(lang, "{name}は{size}件の{way}", "{name} {size} {way}"))
    });
    let parts: Vec<String> = parts.collect();
    let counts = if parts.is_empty() {
        tr!(lang, "{last}に比べ、区分ごとの件数に増減はない。", "Against {previous} no count changed.")
    } else {
        let (parts, last, previous) = (parts.join(lang.pick("、", ", ")), stated(&last), stated(&previous));
        tr!(lang, "{last}に比べ、{parts}である。", "Against {previous}: {parts}.")
    };
    let of = |course: Course| status.flows.iter().filter(|flow| Moved::new(**flow, status).course == course).count();
    let (better, worse) = (of(Course::Better), of(Course::Worse));
    // Of grades without an order none is better than another.
    let courses = match status.version.ordered {
        true => courses(lang, &page.subject(status, "entries"), ("区分が", "rated "), better, worse),
        false => String::new(),
    };
    Some(counts + &courses)
}

/// 改善した, 悪化した.
fn courses(lang: Lang, subject: &str, (ja, en): (&str, &str), better: usize, worse: usize) -> String {
    let stated = |key: &str, words: String| fact(subject, key, &words);
    let more = || stated("better", tr!(lang, "改善した項目は{better}件", "{better} {en}better"));
    let fewer = || stated("worse", tr!(lang, "悪化した項目は{worse}件", "{worse} {en}worse"));
    match (better, worse) {
        (0, 0) => tr!(lang, "{ja}改善した項目も悪化した項目もない。", " None is {en}better, none {en}worse."),
        (_, 0) => tr!(lang, "{ja}{}であり、悪化した項目はない。", " {}, none {en}worse.", more()),
        (0, _) => tr!(lang, "{ja}{}であり、改善した項目はない。", " {}, none {en}better.", fewer()),
        _ => tr!(lang, "{ja}{}、{}である。", " {}, {}.", more(), fewer()),
    }
}

/// What needs attention, by name.
fn attention(page: &PaperPage<'_>) -> String {
    let lang = page.lang;
    let name = |node: &Node<'_>| {
        let id = node.entry.id.as_str();
        fact(id, "attention", &format!("{id} {}", node.entry.name))
    };
    let names: Vec<String> = page.summary.attention().map(name).collect();
    let n = names.len();
    if n == 0 {
        return none_needs_attention(page);
    }
    let more = n.saturating_sub(NAMED);
    let names = listed(&names[..n - more], lang);
    let n = fact("all", "attention", &tr!(lang, "{n}件", "{n}"));
    match more {
        0 => tr!(lang, "対応を要する項目は、{names}の{n}である。", "{n} need attention: {names}."),
        more => tr!(
            lang,
            "対応を要する項目は、{names}のほか{}、合わせて{n}である。",
            "{n} need attention: {names}, and {}.",
            fact("all", "unnamed", &tr!(lang, "{more}件", "{more} more"))
        ),
    }
}

/// That no entry needs attention; of those that nobody rated it is not known.
pub fn none_needs_attention(page: &PaperPage<'_>) -> String {
    match page.summary.status.total.unreported {
        0 => page.lang.pick("対応を要する項目はない。", "No entry needs attention.").to_owned(),
        n => tr!(
            page.lang,
            "評価済の項目に、対応を要するものはない（未報告{n}件については分からない。）。",
            "None of the rated entries needs attention ({n} are unreported)."
        ),
    }
}

/// 「A、B及びC」.
fn listed(names: &[String], lang: Lang) -> String {
    let comma = lang.pick("、", ", ");
    match (lang, names) {
        (Lang::Ja, [most @ .., last]) if !most.is_empty() => format!("{}及び{last}", most.join(comma)),
        _ => names.join(comma),
    }
}

/// That nothing is known of the period.
fn unknown(page: &PaperPage<'_>) -> String {
    let period = page.summary.period().long(page.lang);
    tr!(
        page.lang,
        "項目ごとの内訳は資料になく、{period}末までの公表された集計もないため、件数は分からない。",
        "The entries themselves are not known, and no totals were published up to {period}."
    )
}

/// The totals of a paper, how they contradict each other, and its notes.
fn as_published(page: &PaperPage<'_>, totals: &Totals<'_>) -> Vec<String> {
    let (lang, plan, version) = (page.lang, page.plan(), totals.version);
    let published = &totals.published.whole;
    let rated = published.base(version, plan.head.denominator);
    let unreported = published.unreported.map(|n| {
        let name = terms::UNREPORTED.word(lang);
        fact("unreported", "stated", &tr!(lang, "{name}{n}件", "{name} {n}"))
    });
    let list = version.grades.iter().zip(&published.counts).filter_map(|(grade, n)| {
        let (name, n) = (words::before_number(&grade.name, lang), (*n)?);
        let share = rated.filter(|_| grade.counts).map(|rated| words::share(n, rated, plan.head.rounding, lang));
        let share = share.map(|share| tr!(lang, "（{share}）", " ({share})")).unwrap_or_default();
        let words = tr!(lang, "{name}{n}件{share}", "{name} {n}{share}");
        Some(fact(&format!("grade-{}", grade.id), "stated", &words))
    });
    let list = listed(&list.chain(unreported).collect::<Vec<_>>(), lang);
    let list = match &*list {
        "" => String::new(),
        list => tr!(lang, "り、その内訳は、{list}であ", ", of which {list}"),
    };
    let period = fact("all", "published", &totals.published.period.long(lang));
    let total = published.total;
    let noun = noun(&total, "entry", "entries");
    let total = fact("all", "entries", &tr!(lang, "{total}件", "{total}"));
    let counted = plan.level_name(totals.published.place.level);
    let first = tr!(
        lang,
        "公表された{period}末の集計によれば、{counted}は{total}であ{list}る。項目ごとの内訳は、資料にない。",
        "As published for {period}: {total} {noun} ({counted}){list}. The entries themselves are not known."
    );
    let sums = version.composites.iter().enumerate().filter_map(|(at, composite)| {
        let (name, n) = (&composite.name, published.sum_of(version, at)?);
        let share = rated.filter(|_| version.sum_counts(composite));
        let share = share.map(|rated| words::share(n, rated, plan.head.rounding, lang));
        let share = share.map(|share| tr!(lang, "（{share}）", " ({share})")).unwrap_or_default();
        let n = fact(&format!("sum-{}", composite.id), "stated", &tr!(lang, "{n}件{share}", "{n} in all{share}"));
        Some(tr!(lang, "{name}は、合わせて{n}である。", " {name}: {n}."))
    });
    let first = first + &sums.collect::<String>();
    let since = since_published(page, totals);
    let contradictions =
        words::contradictions(plan, totals, lang).into_iter().map(|words| words + lang.pick("。", "."));
    let notes = totals.published.notes.iter().map(|note| note.to_string());
    std::iter::once(first).chain(since).chain(contradictions).chain(notes).collect()
}

/// How printed totals differ from those printed before.
fn since_published(page: &PaperPage<'_>, totals: &Totals<'_>) -> Option<String> {
    let (lang, version) = (page.lang, totals.version);
    if let Some(rescaled) = totals.rescaled {
        return Some(words::rescaled(rescaled, lang) + lang.pick("。", "."));
    }
    let (now, before) = (&totals.published.whole, &totals.before?.whole);
    let pairs = version.grades.iter().zip(now.counts.iter().zip(&before.counts));
    let grades = pairs.map(|(grade, (now, was))| (format!("grade-{}", grade.id), &*grade.name, *now, *was));
    let total = ("all".to_owned(), lang.pick("合計", "the total"), Some(now.total), Some(before.total));
    let all: Vec<_> = grades.chain([total]).collect();
    let is_whole = all.iter().all(|(_, _, now, was)| now.is_some() == was.is_some());
    let parts = all.into_iter().filter_map(|(subject, name, now, was)| {
        let (size, up) = (now?.abs_diff(was?), now? > was?);
        let way = if up { lang.pick("増", "more") } else { lang.pick("減", "fewer") };
        (size > 0).then(|| fact(&subject, "moved", &tr!(lang, "{name}は{size}件の{way}", "{name} {size} {way}")))
    });
    let parts: Vec<String> = parts.collect();
    let previous = totals.before?.period.long(lang);
    let [whole_ja, whole_en] = if totals.rows.is_empty() { ["", ""] } else { ["全体の", "of the whole "] };
    Some(match (parts.is_empty(), is_whole) {
        (false, _) => {
            let parts = parts.join(lang.pick("、", ", "));
            let previous = fact("all", "published-before", &previous);
            tr!(
                lang,
                "前の公表（{previous}末）に比べ、{parts}である。",
                "Against what was published for {previous}: {parts}."
            )
        }
        (true, true) => tr!(
            lang,
            "前の公表（{previous}末）に比べ、{whole_ja}件数に増減はない。",
            "Against what was published for {previous} no count {whole_en}changed."
        ),
        (true, false) => tr!(
            lang,
            "前の公表（{previous}末）とは、そろって件数のある区分に増減はない。",
            "Against what was published for {previous}, no count that both have changed."
        ),
    })
}

fn indicators(page: &PaperPage<'_>) -> Option<String> {
    let lang = page.lang;
    let Verdicts { all, met, on_pace, behind, worsened, undetermined } = page.summary.verdicts();
    if all == 0 {
        return None;
    }
    let judged = all - undetermined;
    let stated = |key: &str, ja: &str, en: &str, n: u64| fact("indicators", key, &tr!(lang, "{ja}{n}件", "{en}{n}"));
    let (are, noun) = (noun(&all, "is", "are"), noun(&all, "indicator", "indicators"));
    let all = stated("all", "", "", all);
    if judged == 0 {
        return Some(tr!(
            lang,
            "検証指標は{all}であり、いずれもまだ判定できない。",
            "There {are} {all} {noun}, none of which can be judged yet."
        ));
    }
    let judged = stated("judged", "", "", judged);
    let (met, on_pace) = (stated("met", "達成", "met ", met), stated("on-pace", "順調", "on pace ", on_pace));
    let (behind, worsened) =
        (stated("behind", "遅れ", "behind ", behind), stated("worsened", "後退", "worsened ", worsened));
    let first = tr!(
        lang,
        "検証指標は{all}であり、判定できる{judged}の内訳は、{met}、{on_pace}、{behind}及び{worsened}である。",
        "There {are} {all} {noun}. Of the {judged} that can be judged: {met}, {on_pace}, {behind}, {worsened}."
    );
    let open = match undetermined {
        0 => String::new(),
        n => tr!(lang, "判定できないものは{}である。", " {} cannot be judged.", stated("undetermined", "", "", n)),
    };
    Some(first + &open + &turned(page).unwrap_or_default())
}

/// How many indicators are judged better or worse than before.
pub fn turned(page: &PaperPage<'_>) -> Option<String> {
    let of = |course: Course| page.summary.turns.iter().filter(|turn| turn.course == course).count();
    let (better, worse) = (of(Course::Better), of(Course::Worse));
    let any = page.summary.previous.is_some() && better + worse > 0;
    any.then(|| courses_of_indicators(page, better, worse))
}

fn courses_of_indicators(page: &PaperPage<'_>, better: usize, worse: usize) -> String {
    let lang = page.lang;
    let (ja, en) = (&*format!("{}より判定が", page.before()), "judged ");
    courses(lang, "indicators", (ja, en), better, worse).replace("項目", "指標")
}

/// What is not settled yet.
fn caution(page: &PaperPage<'_>) -> Option<String> {
    let lang = page.lang;
    let provisional = page.summary.gaps.iter().filter(|gap| gap.actual.is_some_and(|m| m.provisional)).count();
    let provisional = match provisional {
        0 => String::new(),
        n => {
            let n = fact("indicators", "provisional", &tr!(lang, "{n}件", "{n}"));
            tr!(lang, "実績値のうち{n}は速報値であり、「速報」と示した。", "Provisional actuals, marked so: {n}. ")
        }
    };
    let unsure = match page.summary.unsure.len() {
        0 => String::new(),
        n => tr!(
            lang,
            "要確認の値が{}あり、該当する箇所に［要確認］と示した。",
            "Unconfirmed values, marked so: {}.",
            fact("all", "unconfirmed", &tr!(lang, "{n}件", "{n}"))
        ),
    };
    Some((provisional + &unsure).trim().to_owned()).filter(|sentence| !sentence.is_empty())
}
