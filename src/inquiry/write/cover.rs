//! The cover: what this is, by when, how, whom to ask, and who answers.

use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, ExcelDateTime, Worksheet, XlsxError,
};

use super::Letter;
use super::sheet::{print_layout, protect};
use super::style::Styles;
use crate::lang::Lang;
use crate::plan::period::Period;
use crate::text::terms;
use crate::tr;

/// The keys of the cells in which the department says who answers and when.
pub const PERSON: &str = "reply/person";
/// The day of the reply.
pub const DAY: &str = "reply/day";

/// Writes the cover.
pub fn write(sheet: &mut Worksheet, letter: &Letter<'_>, styles: &Styles) -> Result<(), XlsxError> {
    let Letter { plan, form, lang, .. } = *letter;
    sheet.set_name(lang.pick("はじめに", "Cover"))?;
    sheet.set_column_width(0, 2)?.set_column_hidden(0)?;
    for (column, width) in [(1, 16), (2, 40), (3, 60)] {
        sheet.set_column_width(column, width)?;
    }
    let owner = &plan.owners[form.owner];
    let bureau = owner.bureau.as_deref().map(|bureau| format!("{bureau} ")).unwrap_or_default();
    let when = form.period.long(lang);
    let plan_name = &plan.head.name;
    sheet.write_with_format(0, 1, tr!(lang, "{bureau}{} 御中", "To {bureau}{}", owner.name), &styles.subtitle)?;
    let title = tr!(lang, "{plan_name}の進捗状況について（照会）", "{plan_name}: inquiry on progress");
    sheet.write_with_format(2, 1, title, &styles.title)?;
    sheet.set_row_height(2, 30)?;
    let asked = (form.items.len(), form.questions().filter(|(_, q)| q.required).count());
    let (items, required) = asked;
    let facts = [
        (terms::PERIOD_COVERED.title(lang), when),
        (
            lang.pick("回答期限", "Reply by"),
            letter.deadline.map_or_else(
                || lang.pick("（別途連絡）", "(to be announced separately)").to_owned(),
                |day| weekday(day, lang),
            ),
        ),
        (
            terms::COUNT.title(lang),
            tr!(lang, "{items} 件（必ず記入する欄 {required}）", "{items} (cells that must be filled: {required})"),
        ),
        (lang.pick("照会元", "From"), contact(letter)),
    ];
    let mut row = 4;
    for (name, value) in facts {
        sheet.write_with_format(row, 1, name, &styles.field)?;
        sheet.merge_range(row, 2, row, 3, &value, &styles.question)?;
        sheet.set_row_height(row, 20)?;
        row += 1;
    }
    row += 1;
    sheet.write_with_format(row, 1, lang.pick("記入のしかた", "How to fill it in"), &styles.band)?;
    sheet.write_blank(row, 2, &styles.band)?.write_blank(row, 3, &styles.band)?;
    row += 1;
    for (number, line) in instructions(lang).into_iter().enumerate() {
        sheet.merge_range(row, 1, row, 3, &format!("{}．{line}", number + 1), &styles.text)?;
        sheet.set_row_height(row, 18)?;
        row += 1;
    }
    row += 1;
    sheet.write_with_format(row, 1, lang.pick("回答者", "Who answers"), &styles.band)?;
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

fn write_reply(sheet: &mut Worksheet, row: u32, letter: &Letter<'_>, styles: &Styles) -> Result<(), XlsxError> {
    let (lang, example) = (letter.lang, letter.day.format("%Y/%-m/%-d"));
    sheet.write(row, 0, PERSON)?.write(row + 1, 0, DAY)?;
    sheet.write_with_format(row, 1, lang.pick("担当者・内線", "Name, phone"), &styles.field)?;
    sheet.write_with_format(row + 1, 1, lang.pick("回答日", "Day of reply"), &styles.field)?;
    sheet.write_blank(row, 2, &styles.fill)?.write_blank(row + 1, 2, &styles.day)?;
    sheet.write_with_format(
        row + 1,
        3,
        tr!(
            lang,
            "  例 {example}。空欄なら、とりまとめた日とします。",
            "  such as {example}; if blank, the day it is collected"
        ),
        &styles.quiet,
    )?;
    sheet.set_row_height(row, 20)?.set_row_height(row + 1, 20)?;
    let days =
        DataValidationRule::Between(ExcelDateTime::from_ymd(2000, 1, 1)?, ExcelDateTime::from_ymd(2199, 12, 31)?);
    let validation = DataValidation::new()
        .allow_date(days)
        .set_error_style(DataValidationErrorStyle::Warning)
        .set_error_title(lang.pick("回答日", "Day of reply"))?
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
    lang.pick(ja, en).map(str::to_owned).into()
}

fn contact(letter: &Letter<'_>) -> String {
    let head = &letter.plan.head;
    let office = [head.city.as_deref(), head.office.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let contact = letter.contact.unwrap_or_default();
    [office.as_str(), contact].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("　")
}

/// A day with its day of the week, as letters name it: 令和8年1月16日（金）.
pub fn weekday(day: chrono::NaiveDate, lang: Lang) -> String {
    use chrono::Datelike;
    let at = usize::try_from(day.weekday().num_days_from_monday()).unwrap_or(0);
    let ja = ["月", "火", "水", "木", "金", "土", "日"].get(at).copied().unwrap_or_default();
    let en = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].get(at).copied().unwrap_or_default();
    let long = Period::Day(day).long(lang);
    tr!(lang, "{long}（{ja}）", "{long} ({en})")
}
