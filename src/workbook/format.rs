//! Number formats: what a person sees of what a cell holds.

mod day;
mod digits;
mod section;

use std::sync::Arc;

use rust_decimal::Decimal;

use self::section::{Section, Token};
use super::cell::Content;
use super::colour::Colour;
use super::number::{day_of, exact};

/// A number format, as its code says: `#,##0;"▲"#,##0`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Format {
    /// The code; empty for General.
    code: Arc<str>,
    /// Whether days are counted from 1904.
    from_1904: bool,
}

/// What a number format makes of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The number as it is.
    Plain,
    /// A hundredth: 0.12 is shown as 12%.
    Percent,
    /// A day or a time, counted from 1900 or 1904.
    Date,
}

impl Format {
    /// A format of this code.
    pub fn new(code: &str, from_1904: bool) -> Self {
        let code = if code.eq_ignore_ascii_case("general") { "" } else { code };
        Self { code: code.into(), from_1904 }
    }

    /// The built-in format of this number, as a Japanese Excel has it.
    pub fn built_in(id: u32, from_1904: bool) -> Self {
        Self::new(built_in(id), from_1904)
    }

    /// A format that shows nothing of anything.
    pub fn hidden() -> Self {
        Self::new(";;;", false)
    }

    /// Whether a program shows as much of a number as there is room for.
    pub fn is_general(&self) -> bool {
        self.code.is_empty()
    }

    /// Whether days are counted from 1904.
    pub fn is_from_1904(&self) -> bool {
        self.from_1904
    }

    /// What the first part of the code makes of a number.
    pub fn kind(&self) -> Kind {
        section::parse(&self.code).first().map_or(Kind::Plain, Section::kind)
    }

    /// What a person sees of a number; `None` where that cannot be known here (fractions, kanji digits, the system's own
    /// long day).
    pub fn shown(&self, number: Decimal) -> Option<String> {
        if self.code.is_empty() {
            return Some(number.normalize().to_string());
        }
        let sections = section::parse(&self.code);
        let (section, signed) = section::chosen(&sections, number)?;
        match section.kind() {
            Kind::Date => day::shown(section, day_of(number, self.from_1904)?, number),
            _ => digits::shown(section, number, signed),
        }
    }

    /// The colour that the letters of a content have by it, whatever that of the cell is.
    pub fn letters(&self, content: &Content) -> Option<Colour> {
        if !self.code.contains('[') {
            return None;
        }
        let sections = section::parse(&self.code);
        match content {
            Content::Number(raw) => section::chosen(&sections, exact(raw)?.0)?.0.colour,
            // Where there is but one section, a colour is that of everything.
            _ if sections.len() == 1 => sections.first()?.colour,
            _ => section::of_words(&sections)?.colour,
        }
    }

    /// What a person sees of words.
    pub fn shown_words(&self, words: &str) -> String {
        let sections = section::parse(&self.code);
        let Some(section) = section::of_words(&sections) else { return words.to_owned() };
        let part = |token: &Token| match token {
            Token::Words => words.to_owned(),
            Token::Literal(text) => text.clone(),
            _ => String::new(),
        };
        section.tokens.iter().map(part).collect()
    }
}

fn built_in(id: u32) -> &'static str {
    match id {
        1 => "0",
        2 => "0.00",
        3 => "#,##0",
        4 => "#,##0.00",
        5 | 6 => "\"¥\"#,##0;\"¥\"-#,##0",
        7 | 8 => "\"¥\"#,##0.00;\"¥\"-#,##0.00",
        9 => "0%",
        10 => "0.00%",
        11 => "0.00E+00",
        12 => "# ?/?",
        13 => "# ??/??",
        14 => "yyyy/m/d",
        15 => "d-mmm-yy",
        16 => "d-mmm",
        17 => "mmm-yy",
        18 => "h:mm AM/PM",
        19 => "h:mm:ss AM/PM",
        20 => "h:mm",
        21 => "h:mm:ss",
        22 => "yyyy/m/d h:mm",
        27 | 36 | 50 | 57 => "[$-411]ge.m.d",
        28 | 29 | 51 | 54 | 58 => "[$-411]ggge\"年\"m\"月\"d\"日\"",
        30 => "m/d/yy",
        31 => "yyyy\"年\"m\"月\"d\"日\"",
        32 => "h\"時\"mm\"分\"",
        33 => "h\"時\"mm\"分\"ss\"秒\"",
        34 | 52 | 55 => "yyyy\"年\"m\"月\"",
        35 | 53 | 56 => "m\"月\"d\"日\"",
        37 | 38 => "#,##0;(#,##0)",
        39 | 40 => "#,##0.00;(#,##0.00)",
        41 => "#,##0;-#,##0;\"-\"",
        42 => "\"¥\"#,##0;-\"¥\"#,##0;\"¥\"\"-\"",
        43 => "#,##0.00;-#,##0.00;\"-\"??",
        44 => "\"¥\"#,##0.00;-\"¥\"#,##0.00;\"¥\"\"-\"??",
        45 => "mm:ss",
        46 => "[h]:mm:ss",
        47 => "mm:ss.0",
        48 => "##0.0E+0",
        49 => "@",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(code: &str, number: &str) -> Option<String> {
        Format::new(code, false).shown(Decimal::from_str_exact(number).unwrap())
    }

    #[test]
    fn formats_as_offices_use_them() {
        for code in ["0%", "0.0%;[Red]-0.0%", "0.0\"\"%"] {
            assert_eq!(Format::new(code, false).kind(), Kind::Percent, "{code}");
        }
        for code in [
            "yyyy/m/d",
            "[$-411]ggge\"年\"m\"月\"d\"日\";@",
            "ge.m.d",
            "[$-ja-JP-x-gannen]ggge",
            "m\"月\"d\"日\"",
            "[h]:mm",
        ] {
            assert_eq!(Format::new(code, false).kind(), Kind::Date, "{code}");
        }
        for code in
            ["General", "#,##0;\"▲\"#,##0", "0\"％\"", "#,##0\"人\"", "0.00E+00", "@", "0;[Red]-0", "General\"件\"", ""]
        {
            assert_eq!(Format::new(code, false).kind(), Kind::Plain, "{code}");
        }
    }

    #[test]
    fn numbers_are_shown_as_excel_shows_them() {
        for (code, number, wanted) in [
            ("General", "1234.5", "1234.5"),
            ("", "-3", "-3"),
            ("0", "12.5", "13"),
            ("0", "-12.5", "-13"),
            ("0", "-0.4", "0"),
            ("0.00", "1.005", "1.01"),
            ("#,##0", "1234567", "1,234,567"),
            ("#,##0,", "12345678", "12,346"),
            ("#,##0,,\"百万円\"", "12345678", "12百万円"),
            ("0.0,", "1250", "1.3"),
            ("0;-0;\"未公表\"", "0", "未公表"),
            ("0;-0;\"未公表\"", "-3", "-3"),
            ("\"▲\"#,##0", "1234", "▲1,234"),
            ("#,##0;\"▲ \"#,##0", "-1234", "▲ 1,234"),
            ("#,##0;[Red]#,##0", "-5", "5"),
            ("\"約\"0\"以上\"", "12", "約12以上"),
            ("0.0%", "0.125", "12.5%"),
            ("0%", "0.125", "13%"),
            ("0\"％\"", "78", "78％"),
            ("#,##0\"人\"", "1200", "1,200人"),
            ("General\"件\"", "-12.5", "-12.5件"),
            ("G/標準\"件\"", "3", "3件"),
            ("000", "7", "007"),
            ("000-0000", "8620971", "862-0971"),
            ("0-0", "11", "1-1"),
            ("0-0", "112", "11-2"),
            ("#", "0", ""),
            ("#.##", "0.5", ".5"),
            ("0.0#", "1.5", "1.5"),
            ("0.??", "1.5", "1.5 "),
            ("#,##0_);(#,##0)", "-5", "(5)"),
            ("#,##0_ ", "5", "5"),
            ("[>=1000]#,##0,\"千\";0", "1500", "2千"),
            ("[>=1000]#,##0,\"千\";0", "500", "500"),
            ("[<0]\"△\"0;0", "-5", "△5"),
            ("[=1]\"有\";[=0]\"無\";0", "1", "有"),
            ("[=1]\"有\";[=0]\"無\";0", "0", "無"),
            ("[$¥-411]#,##0", "1200", "¥1,200"),
            (";;;", "5", ""),
            ("0;;", "-5", ""),
            ("\\第0\\回", "3", "第3回"),
            ("* #,##0", "5", "5"),
            ("#,##0;@", "5", "5"),
            ("0!人", "5", "5人"),
        ] {
            assert_eq!(shown(code, number).as_deref(), Some(wanted), "{code} {number}");
        }
        for code in ["# ?/?", "[DBNum1]0", "[$-F800]dddd, mmmm dd, yyyy", "0.00E+00"] {
            assert_eq!(shown(code, "12.5"), None, "{code}");
        }
    }

    #[test]
    fn letters_have_the_colour_that_the_section_names() {
        use super::super::colour::WHITE;
        let number = |raw: &str| Content::Number(raw.into());
        let words = || Content::Text("順調".into());
        for (code, content, is_white) in [
            ("[White]0", number("5"), true),
            ("[Color2]#,##0", number("5"), true),
            ("[白]0", number("5"), true),
            ("0;[White]-0", number("5"), false),
            ("0;[White]-0", number("-5"), true),
            ("[White][>=100]0;0", number("100"), true),
            ("[White][>=100]0;0", number("99"), false),
            ("[Red]0", number("5"), false),
            ("[$-411]0", number("5"), false),
            ("0;0;0;[White]@", words(), true),
            ("[White]General", words(), true),
            ("[White]0;0", words(), false),
        ] {
            let letters = Format::new(code, false).letters(&content);
            assert_eq!(letters == Some(WHITE), is_white, "{code} {content:?}");
        }
    }

    #[test]
    fn days_are_shown_as_excel_shows_them() {
        // 46023 is 1 January 2026.
        for (code, number, wanted) in [
            ("yyyy/m/d", "46023", "2026/1/1"),
            ("m\"月\"d\"日\"", "46023", "1月1日"),
            ("m-d", "46023", "1-1"),
            ("yyyy-mm-dd", "46023", "2026-01-01"),
            ("d-mmm-yy", "46023", "1-Jan-26"),
            ("[$-411]ggge\"年\"m\"月\"d\"日\";@", "46023", "令和8年1月1日"),
            ("[$-411]ge.m.d", "46023", "R8.1.1"),
            ("gge\"年\"", "46023", "令8年"),
            ("[$-ja-JP-x-gannen]ggge\"年\"m\"月\"", "43586", "令和元年5月"),
            ("[$-411]ggge\"年\"m\"月\"", "43585", "平成31年4月"),
            ("m\"月\"d\"日\"(aaa)", "46023", "1月1日(木)"),
            ("aaaa", "46023", "木曜日"),
            ("ddd", "46023", "Thu"),
            ("h:mm", "46023.5625", "13:30"),
            ("h:mm AM/PM", "46023.5625", "1:30 PM"),
            ("yyyy/m/d h:mm:ss", "46023.999988425925926", "2026/1/1 23:59:59"),
            ("[h]:mm", "1.5", "36:00"),
            ("mm:ss", "46023.0104166666667", "15:00"),
            ("mmmm", "46023", "January"),
        ] {
            assert_eq!(shown(code, number).as_deref(), Some(wanted), "{code} {number}");
        }
        assert_eq!(shown("yyyy/m/d", "-1"), None);
        assert_eq!(Format::new("yyyy/m/d", true).shown(Decimal::from(44561)).as_deref(), Some("2026/1/1"));
    }

    #[test]
    fn words_are_shown_as_excel_shows_them() {
        for (code, wanted) in [
            ("@", "総務"),
            ("General", "総務"),
            ("0", "総務"),
            ("@\"課\"", "総務課"),
            (";;;", ""),
            ("0;-0;0;\"第\"@", "第総務"),
        ] {
            assert_eq!(Format::new(code, false).shown_words("総務"), wanted, "{code}");
        }
    }

    #[test]
    fn no_code_is_too_long_to_be_read() {
        let many = |piece: &str| piece.repeat(70_000);
        for code in [format!("0.{}", many("0")), format!("[{}]", many("h")), many("y"), many("#"), many("0"), many("?")]
        {
            assert_eq!(shown(&code, "46023.5"), None, "{}", &code[..9]);
        }
        assert_eq!(shown(&"0".repeat(255), "1").map(|shown| shown.len()), Some(255), "the longest that Excel takes");
    }
}
