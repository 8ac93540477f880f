//! The first page of a plan: what it is, as of when, the sentences first, then tables and bars, what moved, what has no
//! value. Its parts are those of the papers.

use chrono::Datelike;

use crate::document::{Block, Document, Line, Section, fact};
use crate::lang::Lang;
use crate::plan::paper::{PaperColumn as C, Topic};
use crate::query::gap::Gap;
use crate::report::council::{bars, head, parts};
use crate::text::terms;
use crate::tr;
use crate::wording as words;

use super::{Sheet, shared, verifying};

/// The columns of the counts.
const POLICIES: &[C] = &[C::Id, C::Name, C::Entries, C::Rated, C::Grades, C::Composites, C::Unreported, C::Change];

/// The columns of the indicators; the others stand on their own page.
const INDICATORS: &[C] = &[C::Name, C::Actual, C::Target, C::Gap, C::Verdict, C::Method];

/// The page.
pub fn document(sheet: &Sheet<'_>) -> Document {
    let (lang, plan) = (sheet.lang, sheet.plan());
    let report = &sheet.published.report;
    let mut sections = parts(report, &[(Topic::Summary, &[])], lang);
    if let Some(summary) = sections.first_mut() {
        let without = without_value(&report.summary.gaps, sheet);
        let at = summary.blocks.iter().position(|block| !matches!(block, Block::Text(_))).unwrap_or(0);
        summary.blocks.splice(at..at, without.map(Block::Text));
    }
    let heading = lang.pick("内訳の図", "In bars");
    sections.extend(
        bars(report, lang)
            .map(|table| Section { topic: Some("front".into()), ..Section::new(heading, vec![Block::Table(table)]) }),
    );
    sections.extend(parts(
        report,
        &[(Topic::Flows, &[]), (Topic::Policies, POLICIES), (Topic::Indicators, INDICATORS)],
        lang,
    ));
    if report.summary.gaps.is_empty() {
        sections.extend(verifying::sections(sheet));
    }
    sections.push(about(sheet));
    Document { title: plan.head.name.to_string(), lead: lead(sheet), sections, ..Document::default() }
}

/// As of when, and whether it is final: above every page with figures.
pub fn lead(sheet: &Sheet<'_>) -> Vec<Line> {
    let mut lines = head(&sheet.published.report.summary, &sheet.published.report.state, sheet.lang);
    lines.insert(lines.len().min(1), western(sheet));
    lines
}

/// The Western years of those that the page tells by eras.
fn western(sheet: &Sheet<'_>) -> Line {
    let (head, day) = (&sheet.plan().head, sheet.published.summary().as_of().date);
    let (from, to) = (head.from.tag(Lang::Ja), head.to.tag(Lang::Ja));
    let (first, last) = (head.from.western(), head.to.western());
    let (year, month, day) = (day.year(), day.month(), day.day());
    Line::from(tr!(
        sheet.lang,
        "西暦では{year}年{month}月{day}日現在である。計画期間の{from}～{to}は、西暦の{first}～{last}年度である。",
        "{from}–{to}, as documents have it, are fiscal years {first} to {last}."
    ))
}

/// How many indicators have no value yet, where there are any.
fn without_value(gaps: &[Gap<'_>], sheet: &Sheet<'_>) -> Option<Line> {
    let (lang, rounding) = (sheet.lang, sheet.plan().head.rounding);
    let all = gaps.len() as u64;
    if all == 0 {
        return None;
    }
    let none = gaps.iter().filter(|gap| gap.actual.is_none()).count() as u64;
    let share = words::share(none, all, rounding, lang);
    let stated = fact("indicators", "without_value", &tr!(lang, "{none}件（{share}）", "{none} ({share})"));
    Some(Line::from(tr!(
        lang,
        "検証指標{all}件のうち、実績値がまだないものは{stated}である。",
        "Of {all} indicators, {stated} have no actual yet."
    )))
}

/// What the plan is.
fn about(sheet: &Sheet<'_>) -> Section {
    let (lang, head) = (sheet.lang, &sheet.plan().head);
    let joined = |texts: &[Box<str>]| Line::from(texts.join(lang.pick("、", "; ")));
    let years = format!("{}{}{}", head.from.tag(lang), lang.pick("～", "–"), head.to.tag(lang));
    let parent = head.parent.as_ref().map(|(name, item)| format!("{name} {}", item.as_deref().unwrap_or_default()));
    let counts = head.levels.iter().enumerate().map(|(level, name)| {
        let (count, others) = sheet.published.summary().as_of().count_at(sheet.plan(), level);
        match others {
            0 => format!("{name} {count}"),
            others => tr!(
                lang,
                "{name} {count}（ほかに、計画から外れたもの又は後で加わるもの {others}）",
                "{name} {count} ({others} more are out of the plan, or come later)"
            ),
        }
    });
    let counts: Vec<String> = counts.collect();
    let fields = vec![
        (lang.pick("自治体", "City").to_owned(), head.city.as_deref().unwrap_or_default().into()),
        (lang.pick("担当", "Office").to_owned(), head.office.as_deref().unwrap_or_default().into()),
        (lang.pick("計画期間", "Plan period").to_owned(), years.into()),
        (terms::OUTLINE.title(lang).to_owned(), counts.join(lang.pick("、", ", ")).into()),
        (lang.pick("上位計画", "Parent plan").to_owned(), parent.unwrap_or_default().trim().into()),
        (lang.pick("ミッション", "Mission").to_owned(), joined(&head.mission)),
        (lang.pick("ビジョン", "Vision").to_owned(), joined(&head.vision)),
        (lang.pick("バリュー", "Values").to_owned(), joined(&head.values)),
        (terms::NOTE.title(lang).to_owned(), head.notes.join("\n").into()),
    ];
    Section {
        topic: Some("about".into()),
        ..Section::new(lang.pick("計画について", "About the plan"), vec![shared::known(fields)])
    }
}

/// How the counts came about.
pub fn calculations(sheet: &Sheet<'_>) -> Document {
    let lang = sheet.lang;
    let title = lang.pick("計算の根拠", "How the figures were worked out").to_owned();
    let words = lang.pick("すべての項目の表（進捗状況）", "The table of all entries");
    let table = Line::from(words).linked(sheet.pages.to(&sheet.pages.home.path("entries.html")));
    let links = std::iter::once(table).chain(shared::row_links(sheet, None)).collect();
    let mut sections = vec![Section { heading: None, ..shared::told(sheet, "all", links) }];
    sections.extend(shared::calculation(sheet, None, 0));
    sections.extend(verifying::calculations(sheet));
    Document { title, lead: lead(sheet), sections, ..Document::default() }
}
