//! How the columns of a list are read, in the words of people.

use super::ImportReport;
use crate::document::Line as Words;
use crate::inquiry::import::{Levelled, label, sheets};
use crate::inquiry::spot::column_letters;
use crate::lang::{Lang, Say};
use crate::plan::Plan;
use crate::plan::inquiry::{Aspect, Field, Role};
use crate::plan::period::Period;
use crate::report::json::SayOwned;
use crate::text::safe::one_line;
use crate::text::terms;
use crate::tr;

/// Which column is what, in the words of people.
pub fn columns(report: &ImportReport<'_>, found: &Levelled<'_>, lang: Lang) -> Vec<Words> {
    let one = |(role, at): &(Role, u32)| {
        let (letters, title, holds) = (column_letters(*at), found.headings.title(*at), role_name(role, report.plan));
        let holds = lang.pick(holds.ja, holds.en);
        (*at, tr!(lang, "{letters} 列「{title}」：{holds}", "column {letters} `{title}`: {holds}"))
    };
    let mut lines: Vec<(u32, String)> = found.roles.iter().map(one).collect();
    lines.sort();
    let (first, last) = (found.headings.rows.0 + 1, found.headings.rows.1 + 1);
    let sheet = &found.sheet.name;
    let rows = if first == last { first.to_string() } else { tr!(lang, "{first}〜{last}", "{first} to {last}") };
    let head = tr!(lang, "シート「{sheet}」、見出しは {rows} 行目", "sheet `{sheet}`, headings in row {rows}");
    let others = other_sheets(report, found, lang);
    let levels = report.plan.head.levels.join(lang.pick("、", ", "));
    let levels = match found.levels().is_empty() {
        true => lang.pick("指標だけの一覧です", "a list of indicators alone").to_owned(),
        false => tr!(lang, "階層：{levels}", "levels: {levels}"),
    };
    let runs_on = report.brought.levelled.as_ref().is_some_and(|(_, definition)| definition.outline.runs_on);
    let numbers = runs_on.then(|| {
        lang.pick(
            "番号は通し番号なので、上の階層の中の順に 1-1-1 のような番号を付けます",
            "its numbers run on through the list, so each entry is numbered by its place under the one above it (1-1-1)",
        ).to_owned()
    });
    let lines = lines.into_iter().map(|(_, line)| line);
    let lines = std::iter::once(head).chain(others).chain([levels]).chain(lines).chain(numbers);
    lines.map(Words::from).collect()
}

/// What a column holds, in the words of people.
pub fn role_name(role: &Role, plan: &Plan) -> SayOwned {
    let level = |at: &usize| plan.head.levels.get(*at).map_or("", |name| name).to_owned();
    let (ja, en) = match role {
        Role::Level(at) => (format!("{}の名称", level(at)), format!("names of {}", level(at))),
        Role::Number(at) => (format!("{}の番号", level(at)), format!("numbers of {}", level(at))),
        Role::Value(Some(aspect), Some(period)) => {
            let Say { ja, en } = label(*aspect, *period);
            (ja, en)
        }
        Role::Value(Some(aspect), None) => {
            let (ja, en) = aspect_term(*aspect).words();
            (format!("{ja}（時期は行による）"), format!("{en} of the row's period"))
        }
        Role::Value(None, Some(period)) => (
            format!("{}の値（目標か実績かは行による）", period.tag(Lang::Ja)),
            format!("values of {}", period.tag(Lang::En)),
        ),
        Role::Value(None, None) => {
            ("値（時期と、目標か実績かは行による）".into(), "values; the row says of what and when".into())
        }
        Role::Answer(field, period) => {
            let (ja, en) = field_name(field);
            dated(ja, en, *period)
        }
        Role::Tick(scale, period) => {
            let last = plan.scales.iter().find(|known| known.id == *scale).and_then(|scale| scale.versions.last());
            let name = last.map_or("", |version| &*version.name);
            let (ja, en) = dated(name, name, *period);
            (format!("{ja}（○の付いた列の区分）"), format!("{en}, the grade that is ticked"))
        }
        Role::Owner => ("所管課".into(), "owners".into()),
        Role::Bureau => ("局・部".into(), "bureau".into()),
        Role::Summary => ("概要".into(), "summary".into()),
        Role::Note => ("備考（注として残す）".into(), "notes".into()),
        Role::Indicator => ("指標の名称".into(), "names of indicators".into()),
        Role::Unit => ("単位".into(), "units".into()),
        Role::Kind => ("向き".into(), "which way is good".into()),
        Role::Aspect => ("目標か実績か".into(), "target or actual".into()),
        Role::Period => ("対象期間".into(), "period".into()),
    };
    SayOwned { ja, en }
}

fn field_name(field: &Field) -> (&'static str, &'static str) {
    match field {
        Field::Rating(_) => terms::RATING.words(),
        Field::Progress => terms::PROGRESS.words(),
        Field::Done => ("実績（言葉で）", "what was done"),
        Field::Issue => terms::ISSUE.words(),
        Field::Next => terms::NEXT.words(),
        Field::Step(_) => ("工程の段階", "step"),
        Field::Reached(_) => ("節目の到達", "milestone reached"),
        Field::Value => terms::ACTUAL.words(),
        Field::Note => terms::NOTE.words(),
        Field::Opinion(..) => ("対応", "response"),
    }
}

fn dated(ja: &str, en: &str, period: Option<Period>) -> (String, String) {
    match period {
        Some(period) => (format!("{ja}（{}）", period.tag(Lang::Ja)), format!("{en} ({})", period.tag(Lang::En))),
        None => (ja.to_owned(), en.to_owned()),
    }
}

fn aspect_term(aspect: Aspect) -> terms::Term {
    match aspect {
        Aspect::Baseline => terms::BASELINE,
        Aspect::Target => terms::TARGET,
        Aspect::Actual => terms::ACTUAL,
    }
}

/// The other sheets that could be read.
fn other_sheets(report: &ImportReport<'_>, found: &Levelled<'_>, lang: Lang) -> Option<String> {
    let others = sheets(report.book).filter(|(_, sheet)| sheet.part != found.sheet.part && !sheet.cells.is_empty());
    let others: Vec<String> =
        others.map(|(at, sheet)| tr!(lang, "{at}「{}」", "{at} `{}`", one_line(&sheet.name))).collect();
    let others = Some(others.join(lang.pick("、", ", "))).filter(|others| !others.is_empty())?;
    Some(tr!(
        lang,
        "ほかのシート：{others}（読むシートは --sheet で選べます）",
        "other sheets: {others} (choose one with --sheet)"
    ))
}
