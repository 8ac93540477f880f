//! The cover: what this is, by when, how, whom to ask, and who answers.

use chrono::NaiveDate;
use rust_xlsxwriter::{DataValidation, DataValidationErrorStyle, DataValidationRule, ExcelDateTime, XlsxError};

use super::Letter;
use super::guarded::GuardedSheet;
use super::sheet::{print_layout, protect};
use super::style::Styles;
use crate::inquiry::Form;
use crate::lang::Lang;
use crate::plan::Plan;
use crate::plan::period::Period;
use crate::text::terms;
use crate::tr;

/// The keys of the cells in which the department says who answers and when.
pub const PERSON: &str = "reply/person";
/// The day of the reply.
pub const DAY: &str = "reply/day";

/// Writes the cover.
pub fn write(sheet: &mut GuardedSheet<'_>, letter: &Letter<'_>, styles: &Styles) -> Result<(), XlsxError> {
    let Letter { plan, form, lang, .. } = *letter;
    sheet.set_name(lang.pick("はじめに", "Cover"))?;
    sheet.set_column_width(0, 2)?.set_column_hidden(0)?;
    for (column, width) in [(1, 16), (2, 40), (3, 60)] {
        sheet.set_column_width(column, width)?;
    }
    let when = form.period.long(lang);
    sheet.write_with_format(0, 1, addressee(plan, form, lang), &styles.subtitle)?;
    sheet.write_with_format(2, 1, title(plan, lang), &styles.title)?;
    sheet.set_row_height(2, 30)?;
    let asked = (form.items.len(), form.questions().filter(|(_, q)| q.required).count());
    let (items, required) = asked;
    let facts = [
        when,
        letter.deadline.map_or_else(
            || lang.pick("（別途連絡）", "(to be announced separately)").to_owned(),
            |day| weekday(day, lang),
        ),
        tr!(lang, "{items} 件（必ず記入する欄 {required}）", "{items} (cells that must be filled: {required})"),
        contact(letter),
    ];
    let mut row = 4;
    for (name, value) in facts_asked(lang).into_iter().zip(facts) {
        sheet.write_with_format(row, 1, name, &styles.field)?;
        sheet.merge_range(row, 2, row, 3, &value, &styles.question)?;
        sheet.set_row_height(row, 20)?;
        row += 1;
    }
    row += 1;
    let [how, who] = bands(lang);
    sheet.write_with_format(row, 1, how, &styles.band)?;
    sheet.write_blank(row, 2, &styles.band)?.write_blank(row, 3, &styles.band)?;
    row += 1;
    for line in instructions(lang) {
        sheet.merge_range(row, 1, row, 3, &line, &styles.text)?;
        sheet.set_row_height(row, 18)?;
        row += 1;
    }
    row += 1;
    sheet.write_with_format(row, 1, who, &styles.band)?;
    sheet.write_blank(row, 2, &styles.band)?.write_blank(row, 3, &styles.band)?;
    row += 1;
    write_reply(sheet, row, letter, styles)?;
    if let Some(fictional) = crate::wording::fictional(plan, lang) {
        sheet.merge_range(row + 3, 1, row + 3, 3, &fictional, &styles.quiet)?;
    }
    print_layout(sheet)?;
    protect(sheet);
    Ok(())
}

fn write_reply(sheet: &mut GuardedSheet<'_>, row: u32, letter: &Letter<'_>, styles: &Styles) -> Result<(), XlsxError> {
    let lang = letter.lang;
    sheet.write(row, 0, PERSON)?.write(row + 1, 0, DAY)?;
    let [person, day] = asked(lang);
    sheet.write_with_format(row, 1, person, &styles.field)?.write_with_format(row + 1, 1, day, &styles.field)?;
    sheet.write_blank(row, 2, &styles.fill)?.write_blank(row + 1, 2, &styles.day)?;
    sheet.write_with_format(row + 1, 3, example(letter.day, lang), &styles.quiet)?;
    sheet.set_row_height(row, 20)?.set_row_height(row + 1, 20)?;
    let days =
        DataValidationRule::Between(ExcelDateTime::from_ymd(2000, 1, 1)?, ExcelDateTime::from_ymd(2199, 12, 31)?);
    let validation = DataValidation::new()
        .allow_date(days)
        .set_error_style(DataValidationErrorStyle::Warning)
        .set_error_title(day)?
        .set_error_message(
            lang.pick("日付を 2026/1/9 のように入力してください。", "Write a date, such as 2026/1/9."),
        )?;
    sheet.add_data_validation(row + 1, 2, row + 1, 2, &validation)?;
    Ok(())
}

fn instructions(lang: Lang) -> Vec<String> {
    let ja = [
        "「回答」シートの、薄い黄色の欄に記入してください。濃い黄色は、必ず記入する欄で、まだ空欄のものです。",
        "左隣の灰色の欄は、前回の回答です。そのまま引き継ぐときも、「同上」ではなく答えを書いてください。",
        "区分は一覧から選びます。数値がないときは、未調査・未公表・対象外 のどれかを書いてください（空欄や － では理由が分かりません）。",
        "文章は 1 欄に何行でも書けます（改行は Alt＋Enter）。行の並べ替え、行や列の追加、ファイル名の変更をしても読み取れます。",
        "記入後は .xlsx のまま保存し、このファイルを返送してください。一部だけの回答でも構いません。",
    ];
    let en = [
        "Fill in the light yellow cells of the sheet \"Answers\". Dark yellow ones must be filled in and are still blank.",
        "The grey cell to the left has the last answer. Where nothing changed write the answer again, not \"as above\".",
        "Choose grades from the list. Where there is no number, write 未調査, 未公表 or 対象外; a blank or a dash does not say why.",
        "Texts may have any number of lines (Alt+Enter). Rows may be sorted, rows and columns added, the file renamed.",
        "Save it as .xlsx and send this file back. A part of the answers is welcome, too.",
    ];
    (1..).zip(lang.pick(ja, en)).map(|(number, line)| format!("{number}．{line}")).collect()
}

fn addressee(plan: &Plan, form: &Form, lang: Lang) -> String {
    let owner = &plan.owners[form.owner];
    let bureau = owner.bureau.as_deref().map(|bureau| format!("{bureau} ")).unwrap_or_default();
    tr!(lang, "{bureau}{} 御中", "To {bureau}{}", owner.name)
}

fn title(plan: &Plan, lang: Lang) -> String {
    let name = &plan.head.name;
    tr!(lang, "{name}の進捗状況について（照会）", "{name}: inquiry on progress")
}

/// The labels of the facts on the cover; the fact stands beside each.
fn facts_asked(lang: Lang) -> [&'static str; 4] {
    let (deadline, from) = (lang.pick("回答期限", "Reply by"), lang.pick("照会元", "From"));
    [terms::PERIOD_COVERED.title(lang), deadline, terms::COUNT.title(lang), from]
}

fn bands(lang: Lang) -> [&'static str; 2] {
    [lang.pick("記入のしかた", "How to fill it in"), lang.pick("回答者", "Who answers")]
}

fn asked(lang: Lang) -> [&'static str; 2] {
    [lang.pick("担当者・内線", "Name, phone"), lang.pick("回答日", "Day of reply")]
}

fn example(day: NaiveDate, lang: Lang) -> String {
    let day = day.format("%Y/%-m/%-d");
    tr!(lang, "  例 {day}。空欄なら、とりまとめた日とします。", "  such as {day}; if blank, the day it is collected")
}

/// What the cover prints of a form that was sent on a day. What stands beside a fact (by when, how many, from whom) is not
/// known later.
pub fn printed(plan: &Plan, form: &Form, sent: NaiveDate, lang: Lang) -> Vec<String> {
    let own = [addressee(plan, form, lang), title(plan, lang), example(sent, lang)];
    let words = facts_asked(lang).into_iter().chain(bands(lang)).chain(asked(lang)).map(str::to_owned);
    own.into_iter().chain(words).chain(instructions(lang)).chain(crate::wording::fictional(plan, lang)).collect()
}

/// The facts of the cover, by what stands beside them.
pub fn is_fact(label: &str) -> bool {
    [Lang::Ja, Lang::En].into_iter().any(|lang| facts_asked(lang).contains(&label.trim()))
}

fn contact(letter: &Letter<'_>) -> String {
    let head = &letter.plan.head;
    let office = [head.city.as_deref(), head.office.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let contact = letter.contact.unwrap_or_default();
    [office.as_str(), contact].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("　")
}

/// A day with its day of the week, as letters name it: 令和8年1月16日（金）.
pub fn weekday(day: NaiveDate, lang: Lang) -> String {
    use chrono::Datelike;
    let at = usize::try_from(day.weekday().num_days_from_monday()).unwrap_or(0);
    let ja = ["月", "火", "水", "木", "金", "土", "日"].get(at).copied().unwrap_or_default();
    let en = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].get(at).copied().unwrap_or_default();
    let long = Period::Day(day).long(lang);
    tr!(lang, "{long}（{ja}）", "{long} ({en})")
}
