//! What a number format makes of a number: a percentage, a day, or nothing else.

/// What a number format makes of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// The number as it is.
    #[default]
    Plain,
    /// A hundredth: 0.12 is shown as 12%.
    Percent,
    /// A day, counted from 1900 or 1904.
    Date,
}

impl Format {
    /// What the built-in format of this number is, in a Japanese or any other Excel.
    pub fn built_in(id: u32) -> Self {
        match id {
            9 | 10 => Self::Percent,
            14..=22 | 27..=36 | 45..=47 | 50..=58 => Self::Date,
            _ => Self::Plain,
        }
    }

    /// What a format's code says, its first part, outside quotes, brackets and escapes.
    pub fn of_code(code: &str) -> Self {
        let mut bare = String::new();
        let mut rest = code.chars();
        while let Some(c) = rest.next() {
            match c {
                '"' => drop(rest.by_ref().find(|c| *c == '"')),
                '[' => drop(rest.by_ref().find(|c| *c == ']')),
                '\\' | '_' | '*' => drop(rest.next()),
                ';' => break,
                c => bare.push(c.to_ascii_lowercase()),
            }
        }
        let bare = bare.replace("general", "");
        if bare.contains('%') || bare.contains('％') {
            return Self::Percent;
        }
        let dated = bare.contains(['y', 'm', 'd', 'h', 's', 'e', 'g', 'r']) && !bare.contains(['0', '#', '?']);
        if dated { Self::Date } else { Self::Plain }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_as_offices_use_them() {
        for code in ["0%", "0.0%;[Red]-0.0%", "0.0\"\"%"] {
            assert_eq!(Format::of_code(code), Format::Percent, "{code}");
        }
        for code in
            ["yyyy/m/d", "[$-411]ggge\"年\"m\"月\"d\"日\";@", "ge.m.d", "[$-ja-JP-x-gannen]ggge", "m\"月\"d\"日\""]
        {
            assert_eq!(Format::of_code(code), Format::Date, "{code}");
        }
        for code in
            ["General", "#,##0;\"▲\"#,##0", "0\"％\"", "#,##0\"人\"", "0.00E+00", "@", "0;[Red]-0", "General\"件\""]
        {
            assert_eq!(Format::of_code(code), Format::Plain, "{code}");
        }
    }
}
