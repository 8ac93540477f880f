//! How a form looks.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

const FONT: &str = "游ゴシック";
const INK: u32 = 0x1F3864;
const BAND: u32 = 0xDCE6F2;
const QUIET: u32 = 0x595959;
const LINE: u32 = 0xA6A6A6;
/// What is to be filled in.
const OPEN: u32 = 0xFFFBE6;
/// What must be filled in and is not.
const WANTED: u32 = 0xFFE699;

/// The formats of a form.
#[derive(Debug)]
pub struct Styles {
    pub title: Format,
    pub subtitle: Format,
    pub text: Format,
    pub quiet: Format,
    pub field: Format,
    pub fill: Format,
    pub head: Format,
    pub head_answer: Format,
    pub band: Format,
    pub band_quiet: Format,
    pub number: Format,
    pub question: Format,
    pub last: Format,
    pub answer: Format,
    pub percent: Format,
    pub figure: Format,
    pub day: Format,
    pub wanted: Format,
}

impl Styles {
    pub fn new() -> Self {
        let base = Format::new().set_font_name(FONT).set_font_size(10.5).set_align(FormatAlign::Top);
        let wrapped = base.clone().set_text_wrap();
        let boxed = wrapped
            .clone()
            .set_align(FormatAlign::Left)
            .set_indent(1)
            .set_border(FormatBorder::Thin)
            .set_border_color(Color::RGB(LINE));
        let open = boxed.clone().set_background_color(Color::RGB(OPEN)).set_unlocked();
        let head = boxed
            .clone()
            .set_bold()
            .set_font_color(Color::White)
            .set_background_color(Color::RGB(INK))
            .set_align(FormatAlign::VerticalCenter);
        let band = base
            .clone()
            .set_bold()
            .set_font_size(11)
            .set_font_color(Color::RGB(INK))
            .set_background_color(Color::RGB(BAND))
            .set_align(FormatAlign::VerticalCenter);
        let left = open.clone().set_align(FormatAlign::Left);
        Self {
            title: base.clone().set_bold().set_font_size(16).set_font_color(Color::RGB(INK)),
            subtitle: base.clone().set_font_size(12),
            quiet: wrapped.clone().set_font_size(9).set_font_color(Color::RGB(QUIET)),
            field: boxed.clone().set_background_color(Color::RGB(BAND)).set_align(FormatAlign::VerticalCenter),
            fill: open.clone().set_num_format("@").set_align(FormatAlign::VerticalCenter),
            head_answer: head.clone().set_background_color(Color::RGB(0xB45309)),
            head,
            band_quiet: band.clone().unset_bold().set_font_size(9).set_font_color(Color::RGB(QUIET)),
            band,
            number: boxed.clone().set_indent(0).set_font_size(9).set_font_color(Color::RGB(QUIET)),
            question: boxed.clone(),
            last: boxed.set_font_color(Color::RGB(QUIET)).set_background_color(Color::RGB(0xF5F5F5)),
            answer: open.clone().set_num_format("@"),
            percent: left.clone().set_num_format("0\"％\""),
            figure: left.clone(),
            day: left.set_num_format("yyyy/m/d").set_align(FormatAlign::VerticalCenter),
            wanted: Format::new().set_background_color(Color::RGB(WANTED)),
            text: wrapped,
        }
    }
}
