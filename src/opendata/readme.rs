//! `README.md`: what the data are, for people.

use chrono::NaiveDate;

use super::field::{Kind, OpenTable};
use super::files::{About, TableFile, TableFormat};
use super::layout_changes;
use crate::lang::Lang;
use crate::plan::period::date_text;
use crate::text::portable::portable;
use crate::tr;

/// What the data are called.
pub fn title(about: &About<'_>) -> String {
    let name = portable(&about.plan.head.name);
    tr!(about.wanted.lang, "{name}の進捗状況", "{name}: progress")
}

/// What the data are, in a few sentences.
pub fn summary(about: &About<'_>) -> String {
    let (lang, head) = (about.wanted.lang, &about.plan.head);
    let (name, city) = (portable(&head.name), head.official_city().unwrap_or_default());
    let (period, day) = (about.as_of.period.long(lang), about.day());
    let made_up = if head.fictional {
        lang.pick(
            "この自治体は架空のもので、数値も記述も実在しない。",
            " The city is made up; neither its figures nor its texts are real.",
        )
    } else {
        ""
    };
    tr!(
        lang,
        "{city}の「{name}」の構成、進捗区分、検証指標の値と判定。{period}（{day}現在）のもの。{made_up}",
        "The outline, ratings, indicators and verdicts of {name} ({city}), in {period} (as of {day}).{made_up}"
    )
}

/// The text of `README.md`.
pub fn text(about: &About<'_>, tables: &[&OpenTable], files: &[TableFile<'_>]) -> String {
    let lang = about.wanted.lang;
    let mut page = format!("# {}\n\n{}\n", title(about), summary(about));
    for (heading, lines) in [
        (lang.pick("利用条件と問合せ先", "Licence and contact"), terms(about)),
        (lang.pick("ファイル", "Files"), listed(about, tables, files)),
        (lang.pick("読み方", "How to read them"), reading(about)),
        (lang.pick("計算の方法", "How figures are worked out"), formulas(lang)),
        (lang.pick("更新の履歴", "Updates"), updates(about)),
        (lang.pick("項目の構成の変更の履歴", "Changes of the layout"), changes(lang)),
    ] {
        page.push_str(&format!("\n## {heading}\n\n"));
        lines.iter().for_each(|line| page.push_str(&format!("- {line}\n")));
    }
    page.push_str(&format!("\n## {}\n", lang.pick("項目の定義", "Fields")));
    for table in tables {
        page.push_str(&defined(table, lang));
    }
    page
}

fn terms(about: &About<'_>) -> Vec<String> {
    let (lang, publisher) = (about.wanted.lang, about.publisher());
    let licence = match about.wanted.licence {
        Some(licence) => {
            let (name, address) = (lang.pick(licence.title().0, licence.title().1), licence.address());
            tr!(lang, "利用条件：{name} <{address}>", "licence: {name} <{address}>")
        }
        None => tr!(lang, "利用条件：定めがない（問合せ先に確認する）", "licence: none is stated; ask the contact"),
    };
    let contact = about.wanted.contact.clone().unwrap_or_else(|| publisher.clone());
    let page = about.wanted.page.as_ref();
    let page = page.map(|page| tr!(lang, "公表しているページ：<{page}>", "published on: <{page}>"));
    let lines = [
        tr!(lang, "作成者：{publisher}", "publisher: {publisher}"),
        licence,
        tr!(lang, "問合せ先：{contact}", "contact: {contact}"),
    ];
    lines.into_iter().chain(page).collect()
}

fn listed(about: &About<'_>, tables: &[&OpenTable], files: &[TableFile<'_>]) -> Vec<String> {
    let lang = about.wanted.lang;
    let of = |table: &OpenTable| {
        let own = files.iter().filter(|file| file.table.name == table.name).map(|file| format!("`{}`", file.name));
        let names = own.collect::<Vec<_>>().join(lang.pick("、", ", "));
        let (rows, title, meaning) = (table.rows.len(), table.title(lang), table.meaning(lang));
        tr!(lang, "{names}：{title}（{rows}行）。{meaning}。", "{names}: {title} ({rows} rows): {meaning}.")
    };
    let package = tr!(
        lang,
        "`datapackage.json`：プログラムのための説明（Data Package v2）",
        "`datapackage.json`: the description for programs (Data Package v2)"
    );
    let catalogues = about.wanted.licence.map(|_| {
        tr!(
            lang,
            "`dcat.jsonld`、`ckan.json`：データカタログへの登録のための説明",
            "`dcat.jsonld`, `ckan.json`: the descriptions for data catalogues"
        )
    });
    tables.iter().copied().map(of).chain([package]).chain(catalogues).collect()
}

fn reading(about: &About<'_>) -> Vec<String> {
    let (lang, day) = (about.wanted.lang, about.day());
    let mut lines = vec![
        tr!(
            lang,
            "1行が1つの値である。見出しは1行目の英数字、データは2行目からである。",
            "a row is one observation; names stand in the first row, data from the second on"
        ),
        tr!(
            lang,
            "値がないことは空欄と value_status_code（理由のコード）で示す。空欄は0ではない。",
            "that there is no value is said by an empty cell and value_status_code (why); an empty cell is not zero"
        ),
        tr!(
            lang,
            "行のない表は、該当するものがないことを示す。",
            "a table without rows says that there is nothing of its kind"
        ),
        tr!(
            lang,
            "単位は unit の列、コードの意味は codes の表にある。",
            "units stand in the column unit, what codes mean in the table codes"
        ),
        tr!(
            lang,
            "年度は4月から翌年3月までで、西暦（fiscal_year）と和暦（fiscal_year_ja）を並べた。日付は西暦の年-月-日である。",
            "a fiscal year is April to March, by the Western year of its April and by the Japanese era; days are year-month-day"
        ),
        tr!(
            lang,
            "{day} までの事柄についての記録による。速報値（settled_code が provisional）は後で変わることがある。",
            "by the records about what had been by {day}; provisional values (settled_code) may change"
        ),
        tr!(
            lang,
            "機種依存文字（丸数字、ローマ数字など）は置き換えた。固有名詞の漢字は元のままである。",
            "signs that machines differ in are spelled out; kanji of names are as they were"
        ),
        tr!(
            lang,
            "公表後の訂正は history の表にある。出典は sources の表にある。",
            "corrections stand in the table history, documents in the table sources"
        ),
    ];
    if about.wanted.formats.contains(&TableFormat::Csv) {
        let encoding = about.encoding_in_words();
        lines.push(tr!(
            lang,
            "CSV の文字コードは {encoding}、改行は CR LF、区切りはコンマである。",
            "CSV is in {encoding}, with CR LF line ends, between commas"
        ));
    }
    let made = about.plan.head.origin.source.and_then(|at| about.plan.sources.get(usize::from(at)));
    lines.extend(made.map(|source| {
        let title = portable(&source.title);
        tr!(lang, "計画の出典：{title}", "the plan is from: {title}")
    }));
    let revision =
        about.plan.revision.as_ref().map(|revision| (revision.short().to_owned(), date_text(revision.date, lang)));
    lines.extend(
        revision.map(|(id, date)| tr!(lang, "記録の版：{id}（{date}）", "revision of the records: {id} ({date})")),
    );
    lines
}

fn formulas(lang: Lang) -> Vec<String> {
    [
        tr!(
            lang,
            "目標との差（gap）＝実績値－判定に用いる目標値。余裕（room）は、上限・下限・範囲の内側へどれだけあるか。",
            "gap = actual − the target that judges; room = how far within a bound"
        ),
        tr!(
            lang,
            "対目標比（ratio-to-target）＝実績値÷目標値。減らす指標では目標値÷実績値。",
            "ratio-to-target = actual ÷ target; target ÷ actual where less is better"
        ),
        tr!(
            lang,
            "改善率（improvement）＝（実績値－基準値）÷（目標値－基準値）。目標が基準値より良いときだけ計算する。",
            "improvement = (actual − baseline) ÷ (target − baseline), where the target is better than the baseline"
        ),
        tr!(
            lang,
            "ペース比（pace）＝実績値÷その時点で見込まれる値（expected）。減らす指標では逆。",
            "pace = actual ÷ expected by now; reversed where less is better"
        ),
        tr!(
            lang,
            "割合（share）＝その区分の件数÷計画の定める分母の件数。丸めた割合の合計は100にならないことがある。",
            "share = count of the grade ÷ the count that the plan says; rounded shares need not add up to 100"
        ),
    ]
    .into()
}

/// As of when the data are, then each period that was closed and each correction of one, the latest first.
fn updates(about: &About<'_>) -> Vec<String> {
    let (lang, today) = (about.wanted.lang, about.day());
    let mut all: Vec<(NaiveDate, String)> = Vec::new();
    for closing in &about.plan.closings {
        let period = closing.period.long(lang);
        all.push((closing.closed, tr!(lang, "{period}の数値を確定", "figures of {period} closed")));
        all.extend(closing.corrections.iter().map(|correction| {
            let reason = portable(&correction.reason).replace('\n', " ");
            (correction.date, tr!(lang, "{period}の数値を訂正 {reason}", "figures of {period} corrected: {reason}"))
        }));
    }
    all.retain(|(day, _)| about.as_of.has_heard(Some(*day)));
    all.sort_by_key(|(day, _)| std::cmp::Reverse(*day));
    let now = tr!(lang, "{today}：この日現在のデータ", "{today}: the data are as of this day");
    let line = |(day, words): (NaiveDate, String)| tr!(lang, "{day}：{words}", "{day}: {words}");
    std::iter::once(now).chain(all.into_iter().map(line)).collect()
}

fn changes(lang: Lang) -> Vec<String> {
    layout_changes()
        .iter()
        .map(|(version, what)| format!("{version}{}{}", lang.pick("：", ": "), what.text(lang)))
        .collect()
}

fn defined(table: &OpenTable, lang: Lang) -> String {
    let head = lang.pick(
        "| 項目 | 名称 | 型 | 説明 |\n|---|---|---|---|\n",
        "| Field | Title | Type | Meaning |\n|---|---|---|---|\n",
    );
    let row = |field: &super::Field| {
        let kind = match field.kind {
            Kind::Code(list) => tr!(lang, "string（コード {list}）", "string (code {list})"),
            other => other.key().to_owned(),
        };
        format!("| `{}` | {} | {kind} | {} |\n", field.name, field.title(lang), field.meaning(lang))
    };
    let rows: String = table.fields.iter().map(row).collect();
    format!("\n### {} {}\n\n{head}{rows}", table.name, table.title(lang))
}
