//! The questions, one a row, and the sheet that nobody sees.

use rust_xlsxwriter::{
    ConditionalFormatBlank, DataValidation, DataValidationErrorStyle, DataValidationRule, Format, Formula,
    ProtectionOptions, XlsxError,
};

use super::guarded::GuardedSheet;
use super::style::Styles;
use super::{HIDDEN, LONGEST, Letter, sent};
use crate::inquiry::{Answer, Expect, Form, Item, Question};
use crate::lang::Lang;
use crate::plan::Plan;
use crate::plan::value::{Absence, parse_number};
use crate::text::safe::one_line;
use crate::text::terms;
use crate::text::width::Ambiguous;
use crate::tr;

/// The columns of the questions, and what the hidden first row calls them.
pub const COLUMNS: [&str; 5] = ["key", "id", "question", "last", "answer"];

const WIDTHS: [u16; 5] = [2, 11, 28, 42, 50];

/// Digits that a number keeps in a cell.
const DIGITS: u32 = 15;

/// The lists to choose from, without repetition.
pub fn lists(form: &Form) -> Vec<Vec<String>> {
    let mut lists: Vec<Vec<String>> = Vec::new();
    for list in form.questions().filter_map(|(_, question)| choices(&question.expect)) {
        if !lists.contains(&list) {
            lists.push(list);
        }
    }
    lists
}

fn choices(expect: &Expect) -> Option<Vec<String>> {
    match expect {
        Expect::Grade(grades) => Some(grades.iter().map(|(_, name)| name.to_string()).collect()),
        Expect::Step(steps) => Some(steps.iter().map(ToString::to_string).chain(reasons()).collect()),
        Expect::Stage(steps) => Some(steps.iter().map(ToString::to_string).collect()),
        _ => None,
    }
    .filter(|list: &Vec<String>| !list.is_empty())
}

/// Why there may be no value.
fn reasons() -> impl Iterator<Item = String> {
    [Absence::NotSurveyed, Absence::NotPublished, Absence::NotApplicable]
        .into_iter()
        .map(|a| a.name(Lang::Ja).to_owned())
}

/// Writes the sheet of questions.
pub fn write(
    sheet: &mut GuardedSheet<'_>,
    letter: &Letter<'_>,
    styles: &Styles,
    lists: &[Vec<String>],
) -> Result<(), XlsxError> {
    let Letter { plan, form, lang, .. } = *letter;
    sheet.set_name(lang.pick("回答", "Answers"))?;
    for (column, (name, width)) in (0..).zip(COLUMNS.into_iter().zip(WIDTHS)) {
        sheet.set_column_width(column, width)?;
        sheet.write(0, column, name)?;
    }
    sheet.write(0, 0, letter.identity().text())?;
    sheet.set_column_width(1, id_width(form))?;
    sheet.set_column_hidden(0)?.set_row_hidden(0)?;
    sheet.write_with_format(1, 1, title(plan, form, lang), &styles.title)?;
    sheet.set_row_height(1, 26)?;
    for (column, head) in (1..).zip(heads(lang)) {
        sheet.write_with_format(2, column, head, &styles.head)?;
    }
    sheet.write_with_format(2, 4, answer_head(form, lang), &styles.head_answer)?;
    sheet.set_row_height(2, 22)?;
    let mut row = 3;
    for item in &form.items {
        write_band(sheet, row, item, letter, styles)?;
        row += 1;
        for question in &item.questions {
            write_question(sheet, row, item, question, styles, lists, lang)?;
            row += 1;
        }
    }
    sheet.set_freeze_panes(3, 3)?;
    sheet.set_repeat_rows(2, 2)?;
    print_layout(sheet)?;
    sheet.set_print_area(1, 1, row.saturating_sub(1), 4)?;
    protect(sheet);
    sheet.set_active(true);
    Ok(())
}

fn id_width(form: &Form) -> f64 {
    let widest = form.items.iter().map(|item| Ambiguous::Narrow.width(item.id.as_str())).max().unwrap_or(0);
    f64::from(u32::try_from(widest.clamp(6, 12)).unwrap_or(12)) + 3.0
}

fn write_band(
    sheet: &mut GuardedSheet<'_>,
    row: u32,
    item: &Item,
    letter: &Letter<'_>,
    styles: &Styles,
) -> Result<(), XlsxError> {
    let lang = letter.lang;
    sheet.write_with_format(row, 1, band(item), &styles.band)?;
    sheet.write_blank(row, 2, &styles.band)?;
    // The name runs on into the cells to its right; what belongs to it stands where no name is that long.
    let wide = Ambiguous::Narrow.width(&item.name) + item.id.as_str().len() > 70;
    if wide {
        sheet.write_blank(row, 3, &styles.band)?
    } else {
        sheet.write_with_format(row, 3, last_time(item, lang), &styles.band_quiet)?
    };
    sheet.write_with_format(row, 4, &item.context, &styles.band_quiet)?;
    sheet.set_row_height(row, 20)?;
    Ok(())
}

fn write_question(
    sheet: &mut GuardedSheet<'_>,
    row: u32,
    item: &Item,
    question: &Question,
    styles: &Styles,
    lists: &[Vec<String>],
    lang: Lang,
) -> Result<(), XlsxError> {
    sheet.write(row, 0, question.key.to_string())?;
    sheet.write_with_format(row, 1, item.id.as_str(), &styles.number)?;
    let asked = asked(question, lang);
    sheet.write_with_format(row, 2, &asked, &styles.question)?;
    match &question.last {
        Some(last) => sheet.write_with_format(row, 3, last_answer(last, &question.expect), &styles.last)?,
        None => sheet.write_blank(row, 3, &styles.last)?,
    };
    let format = match question.expect {
        Expect::Percent => &styles.percent,
        Expect::Number { .. } => &styles.figure,
        _ => &styles.answer,
    };
    write_answer(sheet, row, question, format)?;
    let lines = [
        (asked.as_str(), WIDTHS[2]),
        (question.last.as_ref().map_or("", |last| &last.0), WIDTHS[3]),
        (question.recorded.as_ref().map_or("", |a| &a.0), WIDTHS[4]),
    ];
    let lines =
        lines.map(|(text, width)| Ambiguous::Wide.wrap(text, Some(usize::from(width) - 4)).len()).into_iter().max();
    let least = match question.expect {
        Expect::Text if question.required => 4,
        Expect::Text => 3,
        _ => 2,
    };
    let lines = lines.unwrap_or(1).clamp(least, 24);
    sheet.set_row_height(row, f64::from(u32::try_from(lines).unwrap_or(2)) * 15.0 + 6.0)?;
    if question.required {
        let wanted = ConditionalFormatBlank::new().set_format(&styles.wanted);
        sheet.add_conditional_format(row, 4, row, 4, &wanted)?;
    }
    match validation(question, row, lists, lang)? {
        Some(validation) => sheet.add_data_validation(row, 4, row, 4, &validation).map(|_| ()),
        None => Ok(()),
    }
}

fn title(plan: &Plan, form: &Form, lang: Lang) -> String {
    format!("{}　{}　{}", plan.head.name, form.period.long(lang), plan.owners[form.owner].label())
}

fn heads(lang: Lang) -> [&'static str; 3] {
    [terms::ID.title(lang), terms::QUESTION.title(lang), lang.pick("前回の回答", "Last answer")]
}

fn answer_head(form: &Form, lang: Lang) -> String {
    let when = form.period.long(lang);
    tr!(lang, "今回の回答（{when}）", "Answer ({when})")
}

fn band(item: &Item) -> String {
    format!("{}　{}", item.id, item.name)
}

fn last_time(item: &Item, lang: Lang) -> String {
    match item.last.map(|period| period.long(lang)) {
        Some(last) => tr!(lang, "前回：{last}", "last: {last}"),
        None => lang.pick("前回の回答なし", "no answer before").to_owned(),
    }
}

/// What the form prints beside a question, in the language of its hint.
pub fn asked(question: &Question, lang: Lang) -> String {
    let mark = if question.required { lang.pick("【必須】", " (required)") } else { "" };
    format!("{}{mark}\n{}", question.label.text(lang), question.hint)
}

/// What the form prints of the last answer.
pub fn last_answer(answer: &Answer, expect: &Expect) -> String {
    fitting(&shown(answer, expect))
}

/// What the form prints beside its questions.
pub fn printed(plan: &Plan, form: &Form, lang: Lang) -> Vec<String> {
    let items = form.items.iter().flat_map(|item| [band(item), last_time(item, lang), item.context.clone()]);
    let heads = heads(lang).map(str::to_owned);
    [title(plan, form, lang), answer_head(form, lang)].into_iter().chain(heads).chain(items).collect()
}

/// A text that is only shown, cut to what a cell holds.
fn fitting(text: &str) -> String {
    if text.encode_utf16().count() <= LONGEST {
        return text.to_owned();
    }
    text.chars().take(LONGEST / 2 - 1).chain(['…']).collect()
}

fn shown(answer: &Answer, expect: &Expect) -> String {
    let text = expect.shown(answer);
    let unit = match expect {
        Expect::Percent => "％",
        Expect::Number { unit, .. } => &unit.0,
        _ => return text,
    };
    parse_number(&text).map_or(text, |number| format!("{}{unit}", crate::text::number::number(number, Lang::Ja)))
}

fn write_answer(sheet: &mut GuardedSheet<'_>, row: u32, question: &Question, format: &Format) -> Result<(), XlsxError> {
    let Some(answer) = &question.recorded else { return sheet.write_blank(row, 4, format).map(|_| ()) };
    let number = match question.expect {
        Expect::Percent | Expect::Number { .. } => parse_number(&answer.0),
        _ => None,
    };
    let digits = |number: &rust_decimal::Decimal| {
        number.mantissa().unsigned_abs().checked_ilog10().map_or(1, |log| log + 1) <= DIGITS
    };
    // A number with more digits than Excel keeps would come back as another one: it is written as words.
    match number.filter(digits).and_then(|number| number.to_string().parse::<f64>().ok()) {
        Some(number) => sheet.write_number_with_format(row, 4, number, format)?,
        None => sheet.write_with_format(row, 4, question.expect.shown(answer), format)?,
    };
    Ok(())
}

fn validation(
    question: &Question,
    row: u32,
    lists: &[Vec<String>],
    lang: Lang,
) -> Result<Option<DataValidation>, XlsxError> {
    let title = one_line(question.label.text(lang)).chars().take(32).collect::<String>();
    let at = row + 1;
    let rule = match &question.expect {
        Expect::Text | Expect::Reached => return Ok(None),
        Expect::Percent => DataValidation::new().allow_whole_number(DataValidationRule::Between(0, 100)),
        Expect::Number { .. } => {
            let words: Vec<String> = reasons().map(|word| format!("$E{at}=\"{word}\"")).collect();
            let range = matches!(question.expect, Expect::Number { range: true, .. });
            let range = if range { format!(",ISNUMBER(FIND(\"〜\",$E{at}))") } else { String::new() };
            DataValidation::new()
                .allow_custom(Formula::new(format!("=OR(ISNUMBER($E{at}),{}{range})", words.join(","))))
        }
        Expect::Grade(_) | Expect::Step(_) | Expect::Stage(_) => {
            let Some(list) = choices(&question.expect) else { return Ok(None) };
            let Some(place) = lists.iter().position(|known| *known == list) else { return Ok(None) };
            let column = column_of(place);
            let last = list.len() + 1;
            DataValidation::new().allow_list_formula(Formula::new(format!("={HIDDEN}!${column}$2:${column}${last}")))
        }
    };
    let message = match choices(&question.expect) {
        Some(_) => lang.pick("一覧から選んでください。", "Choose from the list.").to_owned(),
        None => one_line(&tr!(lang, "次のとおり入力してください：{}", "Answer with: {}.", question.hint)),
    };
    let rule = rule.set_error_style(DataValidationErrorStyle::Stop).set_error_title(&title)?;
    Ok(Some(rule.set_error_message(message.chars().take(220).collect::<String>())?))
}

/// The letters of the column of the hidden sheet that has a list.
fn column_of(list: usize) -> String {
    let name = crate::workbook::address(0, u32::try_from(list).unwrap_or(0) + 3);
    name.trim_end_matches('1').to_owned()
}

/// Writes what nobody sees: the identity, what stood in each answer cell, and the lists.
pub fn write_hidden(sheet: &mut GuardedSheet<'_>, letter: &Letter<'_>, lists: &[Vec<String>]) -> Result<(), XlsxError> {
    sheet.set_name(HIDDEN)?.set_very_hidden(true);
    sheet.write(0, 0, letter.identity().text())?;
    for (row, (key, answer)) in (1..).zip(sent(letter.form)) {
        sheet.write(row, 0, key)?;
        if !answer.is_empty() {
            sheet.write(row, 1, answer)?;
        }
    }
    for (column, list) in (3..).zip(lists) {
        for (row, word) in (1..).zip(list) {
            sheet.write(row, column, word)?;
        }
    }
    Ok(())
}

/// A4 landscape, one page wide, with page numbers.
pub fn print_layout(sheet: &mut GuardedSheet<'_>) -> Result<(), XlsxError> {
    sheet.set_paper_size(9).set_landscape().set_print_fit_to_pages(1, 0).set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3);
    sheet.set_footer("&C&P / &N").set_screen_gridlines(false);
    Ok(())
}

/// Protects all but the answer cells, without a password; rows and columns may be resized.
pub fn protect(sheet: &mut GuardedSheet<'_>) {
    sheet.protect_with_options(&ProtectionOptions {
        format_columns: true,
        format_rows: true,
        ..ProtectionOptions::default()
    });
}
