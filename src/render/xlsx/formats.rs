//! How cells look, and which texts are numbers.

use std::borrow::Cow;

use rust_decimal::Decimal;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatUnderline, Worksheet, XlsxError};

use super::exact;
use crate::palette::{FAINT, HEAD, RULE, STRONG, bare, color};
use kaikaku_document::{Align, Edit, TextPart, Tone};
use kaikaku_text::safe::{is_formula, visible};

/// Excel knows no list of fonts; this one is on every Japanese Windows, and all its letters are of one width or two.
const FONT: &str = "ＭＳ ゴシック";
/// What a cell of Excel holds at most.
const LONGEST: usize = 32_767;
/// What stands at the end of a text that was longer.
const CUT: &str = "…";

/// What everything begins with.
pub fn plain() -> Format {
    Format::new().set_font_name(FONT).set_font_size(10).set_align(FormatAlign::VerticalCenter).set_text_wrap()
}

/// The title of the page.
pub fn title() -> Format {
    plain().set_font_size(16).set_bold().set_align(FormatAlign::Center)
}

/// What stands on the right above it.
pub fn letterhead() -> Format {
    plain().set_align(FormatAlign::Right)
}

/// A heading by its depth.
pub fn heading(depth: usize) -> Format {
    let size = [13, 12, 11].get(depth).copied().unwrap_or(10);
    let format = plain().set_font_size(size).set_bold();
    if depth > 0 { format } else { format.set_border_bottom(FormatBorder::Medium).set_border_bottom_color(tint(RULE)) }
}

/// Words in a tone.
pub fn toned(tone: Tone) -> Format {
    let format = plain().set_font_color(tint(color(tone)));
    if tone == Tone::Strong { format.set_bold() } else { format }
}

/// The head of a table.
pub fn head() -> Format {
    ruled(plain())
        .set_background_color(tint(HEAD))
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        .set_bold()
}

/// A name beside what it stands for.
pub fn name() -> Format {
    ruled(plain()).set_background_color(tint(HEAD)).set_align(FormatAlign::VerticalCenter)
}

/// A cell of a table.
pub fn cell(tone: Tone, align: Align, strong: bool) -> Format {
    let format = ruled(toned(tone)).set_align(FormatAlign::VerticalCenter);
    let format = match align {
        Align::Right => format.set_align(FormatAlign::Right),
        Align::Left => format.set_align(FormatAlign::Left).set_indent(1),
    };
    if strong { format.set_bold().set_background_color(tint(STRONG)) } else { format }
}

/// A footnote.
pub fn note() -> Format {
    plain().set_font_size(9).set_font_color(tint(FAINT))
}

/// Parts of a text as a cell holds them, struck where they went and underlined where they came; `None` where there is
/// nothing to mark, or one is more than a cell can hold or would be taken for a formula.
pub fn edited(parts: &[TextPart], tone: Tone) -> Option<Vec<(Format, Cow<'_, str>)>> {
    let length: usize = parts.iter().map(|(_, text)| text.chars().count()).sum();
    let whole = parts.first().is_some_and(|(_, text)| !is_formula(text)) && length <= LONGEST;
    let format = |edit: &Option<Edit>| match edit {
        None => toned(tone),
        Some(Edit::Gone) => toned(tone).set_font_strikethrough(),
        Some(Edit::Come) => toned(tone).set_underline(FormatUnderline::Single),
    };
    let filled = parts.iter().filter(|(_, text)| !text.is_empty());
    whole.then(|| filled.map(|(edit, text)| (format(edit), visible(text))).collect())
}

/// The text as a cell holds it. One that begins like a formula is marked as text, or it would become one when a clerk
/// opens the cell and leaves it.
pub fn words(text: &str, format: Format) -> (Cow<'_, str>, Format) {
    let format = if is_formula(text) { format.set_quote_prefix() } else { format };
    (shown(text), format)
}

/// Writes words that have no format of their own; a format for each cell would take longer than the words.
pub fn write_plain(sheet: &mut Worksheet, row: u32, column: u16, text: &str) -> Result<(), XlsxError> {
    match is_formula(text) {
        true => sheet.write_string_with_format(row, column, shown(text), &Format::new().set_quote_prefix())?,
        false => sheet.write_string(row, column, shown(text))?,
    };
    Ok(())
}

/// The text as far as a cell can hold it.
fn shown(text: &str) -> Cow<'_, str> {
    let text = visible(text);
    if text.chars().count() <= LONGEST {
        return text;
    }
    let kept: String = text.chars().take(LONGEST - 1).collect();
    Cow::Owned(kept + CUT)
}

/// The number that a text shows and the format that shows it so; `None` where the text is more than one number.
///
/// The number is the one that is read, rounded as the text has it; the exact one stands on the sheet for machines, and
/// says the sign where a word stands for it (不足 1.1億円).
pub fn numeral(text: &str, exact_number: Decimal) -> Option<(f64, String)> {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, ',' | '.');
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let end = text[start..].find(|c| !is_part(c)).map_or(text.len(), |length| start + length);
    let (before, digits, after) = (&text[..start], &text[start..end], &text[end..]);
    let worded = before.ends_with(' ').then_some(before.trim_end()).filter(|word| is_word(word));
    let negative = match before {
        "" | "+" => false,
        "▲" | "-" | "−" => true,
        _ => worded.map(|_| exact_number.is_sign_negative())?,
    };
    // A second number, a year in brackets, a line break: more than one value.
    if after.chars().any(|c| c.is_numeric() || matches!(c, '\n' | '(' | '（' | '"' | '\\')) || visible(after) != after
    {
        return None;
    }
    let number = Decimal::from_str_exact(&digits.replace(',', "")).ok()?;
    let grouped = if digits.contains(',') { "#,##0" } else { "0" };
    if digits.len() > 1 && digits.starts_with('0') && !digits.starts_with("0.") {
        return None;
    }
    let places = if number.scale() > 0 { format!(".{}", "0".repeat(number.scale() as usize)) } else { String::new() };
    let unit = if after.is_empty() { String::new() } else { format!("\"{after}\"") };
    let shape = format!("{grouped}{places}{unit}");
    if worded.is_some() {
        let number = if negative { -number } else { number };
        return Some((exact(number)?, [(); 3].map(|()| format!("\"{before}\"{shape}")).join(";")));
    }
    let plus = if before == "+" { "+" } else { "" };
    let minus = if negative { before } else { "▲" };
    let number = if negative { -number } else { number };
    Some((exact(number)?, format!("{plus}{shape};\"{minus}\"{shape};{shape}")))
}

/// Whether these are letters only.
fn is_word(text: &str) -> bool {
    !text.is_empty() && text.chars().all(char::is_alphabetic)
}

fn ruled(format: Format) -> Format {
    format.set_border(FormatBorder::Thin).set_border_color(tint(RULE))
}

fn tint(color: &str) -> Color {
    Color::RGB(u32::from_str_radix(bare(color), 16).unwrap_or(0))
}
