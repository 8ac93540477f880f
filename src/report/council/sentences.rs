//! The sentences of a paper. 公用文: である, full-width punctuation, every number from the summary.

use crate::lang::Lang;
use crate::plan::Published;
use crate::query::status::Tally;
use crate::query::summary::{Course, Verdicts};
use crate::report::status::counts::net;
use crate::tr;
use crate::wording as words;

use super::PaperPage;

/// How many names a sentence lists.
const NAMED: usize = 5;

/// Everything in a few sentences; each is a paragraph.
pub fn overview(page: &PaperPage<'_>) -> Vec<String> {
    let mut sentences = match page.summary.status.published {
        Some(published) => as_published(page, published),
        None if page.plan().entries.is_empty() => Vec::new(),
        None => progress(page),
    };
    sentences.extend(indicators(page));
    sentences.extend(caution(page));
    sentences
}

fn progress(page: &PaperPage<'_>) -> Vec<String> {
    let mut sentences = vec![entries(page)];
    sentences.extend(grades(page));
    sentences.extend(since(page));
    sentences.extend((page.summary.status.total.rated() > 0).then(|| attention(page)));
    sentences
}

/// How many there are, how many of them were rated, and how fresh that is.
fn entries(page: &PaperPage<'_>) -> String {
    let (lang, tally) = (page.lang, &page.summary.status.total);
    let counted = page.plan().level_name(page.plan().head.counted);
    let period = page.summary.period().long(lang);
    let Tally { entries, unreported, excluded, fresh, .. } = tally;
    let rated = tally.rated();
    let excluded = match excluded {
        0 => String::new(),
        n => tr!(lang, "、評価の対象としないものは{n}件", ", not counted {n}"),
    };
    let first = tr!(
        lang,
        "{period}末の{counted}は{entries}件であり、このうち評価済は{rated}件、未報告は{unreported}件{excluded}である。",
        "At the end of {period} there are {entries} entries ({counted}): rated {rated}, unreported {unreported}{excluded}."
    );
    let rest = if rated > 0 && fresh < entries {
        tr!(
            lang,
            "今期の報告があったものは{fresh}件であり、ほかは直近の報告の区分により数えた。",
            " Of these {fresh} have a report for this period; the others are counted by their latest one."
        )
    } else {
        String::new()
    };
    first + &rest
}

/// How many have each grade, of those rated.
fn grades(page: &PaperPage<'_>) -> Option<String> {
    let (lang, status) = (page.lang, &page.summary.status);
    let rated = status.total.rated();
    if rated == 0 {
        return None;
    }
    let share = |n: u64| words::share(n, rated, page.plan().head.rounding, lang);
    let count = |name: &str, n: u64| {
        let share = share(n);
        tr!(lang, "{name}{n}件（{share}）", "{name} {n} ({share})")
    };
    let counting = status.version.grades.iter().zip(&status.total.counts).filter(|(grade, _)| grade.counts);
    let list: Vec<String> = counting.map(|(grade, n)| count(&grade.name, *n)).collect();
    let list = listed(&list, lang);
    let composites = status.version.composites.iter().map(|composite| {
        let (name, n) = (&composite.name, status.total.sum(composite));
        let share = share(n);
        tr!(lang, "{name}は、合わせて{n}件（{share}）である。", " {name}: {n} in all ({share}).")
    });
    let composites: String = composites.collect();
    Some(tr!(lang, "評価済{rated}件の内訳は、{list}である。{composites}", "Of the {rated} rated: {list}.{composites}"))
}

/// 前回比 and flows.
fn since(page: &PaperPage<'_>) -> Option<String> {
    let (lang, status) = (page.lang, &page.summary.status);
    let previous = page.summary.previous?.long(lang);
    if status.total.rated() == 0 && status.before.rated() == 0 {
        return None;
    }
    let parts = net(status, &status.total, &status.before, lang).into_iter().map(|(name, by)| {
        let (size, up) = (words::number(by.abs(), lang), by.is_sign_positive());
        let way = if up { lang.pick("増", "more") } else { lang.pick("減", "fewer") };
        tr!(lang, "{name}は{size}件の{way}", "{name} {size} {way}")
    });
    let parts: Vec<String> = parts.collect();
    let counts = if parts.is_empty() {
        tr!(lang, "前回（{previous}）に比べ、区分ごとの件数に増減はない。", "Against {previous} no count changed.")
    } else {
        let parts = parts.join(lang.pick("、", ", "));
        tr!(lang, "前回（{previous}）に比べ、{parts}である。", "Against {previous}: {parts}.")
    };
    let of = |course: Course| page.summary.moved.iter().filter(|moved| moved.course == course).count();
    let (better, worse) = (of(Course::Better), of(Course::Worse));
    Some(counts + &courses(lang, ("区分が", "rated "), better, worse))
}

/// 良くなった, 悪くなった.
fn courses(lang: Lang, (ja, en): (&str, &str), better: usize, worse: usize) -> String {
    match (better, worse) {
        (0, 0) => tr!(lang, "{ja}良くなった項目も悪くなった項目もない。", " None is {en}better, none {en}worse."),
        (_, 0) => tr!(
            lang,
            "{ja}良くなった項目は{better}件であり、悪くなった項目はない。",
            " {better} {en}better, none {en}worse."
        ),
        (0, _) => tr!(
            lang,
            "{ja}悪くなった項目は{worse}件であり、良くなった項目はない。",
            " {worse} {en}worse, none {en}better."
        ),
        _ => tr!(
            lang,
            "{ja}良くなった項目は{better}件、悪くなった項目は{worse}件である。",
            " {better} {en}better, {worse} {en}worse."
        ),
    }
}

/// What needs attention, by name.
fn attention(page: &PaperPage<'_>) -> String {
    let lang = page.lang;
    let names: Vec<String> =
        page.summary.attention().map(|node| format!("{} {}", node.entry.id, node.entry.name)).collect();
    let n = names.len();
    if n == 0 {
        return lang.pick("対応を要する項目はない。", "No entry needs attention.").to_owned();
    }
    let more = n.saturating_sub(NAMED);
    let names = listed(&names[..n - more], lang);
    match more {
        0 => tr!(lang, "対応を要する項目は、{names}の{n}件である。", "{n} need attention: {names}."),
        more => tr!(
            lang,
            "対応を要する項目は、{names}のほか{more}件、合わせて{n}件である。",
            "{n} need attention: {names}, and {more} more."
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

/// The totals of a paper, how they contradict each other, and its notes.
fn as_published(page: &PaperPage<'_>, published: &Published) -> Vec<String> {
    let (lang, plan) = (page.lang, page.plan());
    let (_, version) = plan.scales[published.scale].version_near(published.period);
    let rated = published.rated(version);
    let list = version.grades.iter().zip(&published.counts).filter_map(|(grade, n)| {
        let (name, n) = (&grade.name, (*n)?);
        let share = rated.filter(|_| grade.counts).map(|rated| words::share(n, rated, plan.head.rounding, lang));
        let share = share.map(|share| tr!(lang, "（{share}）", " ({share})")).unwrap_or_default();
        Some(tr!(lang, "{name}{n}件{share}", "{name} {n}{share}"))
    });
    let list = listed(&list.collect::<Vec<_>>(), lang);
    let list = match &*list {
        "" => String::new(),
        list => tr!(lang, "り、その内訳は、{list}であ", ", of which {list}"),
    };
    let (period, total) = (published.period.long(lang), published.total);
    let counted = plan.level_name(plan.head.counted);
    let totals = tr!(
        lang,
        "公表された{period}末の集計によれば、{counted}は{total}件であ{list}る。項目ごとの内訳は、資料にない。",
        "As published for {period}: {total} entries ({counted}){list}. The entries themselves are not known."
    );
    let contradiction = words::contradiction(published, lang).map(|words| words + lang.pick("。", "."));
    let notes = published.notes.iter().map(|note| note.to_string());
    std::iter::once(totals).chain(contradiction).chain(notes).collect()
}

fn indicators(page: &PaperPage<'_>) -> Option<String> {
    let lang = page.lang;
    let Verdicts { all, met, on_pace, behind, worsened, undetermined } = page.summary.verdicts();
    if all == 0 {
        return None;
    }
    let judged = all - undetermined;
    if judged == 0 {
        return Some(tr!(
            lang,
            "検証指標は{all}件であり、いずれもまだ判定できない。",
            "There are {all} indicators, none of which can be judged yet."
        ));
    }
    let first = tr!(
        lang,
        "検証指標は{all}件であり、判定できる{judged}件の内訳は、達成{met}件、順調{on_pace}件、遅れ{behind}件及び後退{worsened}件である。",
        "There are {all} indicators. Of the {judged} that can be judged: met {met}, on pace {on_pace}, behind {behind}, worsened {worsened}."
    );
    let open = match undetermined {
        0 => String::new(),
        n => tr!(lang, "判定できないものは{n}件である。", " {n} cannot be judged."),
    };
    let of = |course: Course| page.summary.turns.iter().filter(|turn| turn.course == course).count();
    let (better, worse) = (of(Course::Better), of(Course::Worse));
    let turned = match page.summary.previous {
        Some(_) if better + worse > 0 => courses_of_indicators(lang, better, worse),
        _ => String::new(),
    };
    Some(first + &open + &turned)
}

fn courses_of_indicators(lang: Lang, better: usize, worse: usize) -> String {
    let (ja, en) = ("前回より判定が", "judged ");
    courses(lang, (ja, en), better, worse).replace("項目", "指標")
}

/// What is not settled yet.
fn caution(page: &PaperPage<'_>) -> Option<String> {
    let lang = page.lang;
    let provisional = page.summary.gaps.iter().filter(|gap| gap.actual.is_some_and(|m| m.provisional)).count();
    let provisional = match provisional {
        0 => String::new(),
        n => tr!(lang, "実績値のうち{n}件は速報値であり、「速報」と示した。", "Provisional actuals, marked so: {n}. "),
    };
    let unsure = match page.summary.unsure.len() {
        0 => String::new(),
        n => tr!(
            lang,
            "要確認の値が{n}件あり、該当する箇所に［要確認］と示した。",
            "Unconfirmed values, marked so: {n}."
        ),
    };
    Some((provisional + &unsure).trim().to_owned()).filter(|sentence| !sentence.is_empty())
}
