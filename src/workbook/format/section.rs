//! The parts of a format's code, divided by semicolons, and which of them shows a number.

use rust_decimal::Decimal;

use super::super::colour::Colour;
use super::Kind;

/// One part of a code.
#[derive(Debug, Default)]
pub struct Section {
    /// The numbers that it is for, where it says so: `[>=100]`.
    pub condition: Option<(Is, Decimal)>,
    /// The colour of its letters, where it names one.
    pub colour: Option<Colour>,
    /// What it is made of.
    pub tokens: Vec<Token>,
    /// Whether the first year of an era is 元年.
    pub gannen: bool,
    /// Whether it has something that is not understood here.
    pub unknown: bool,
}

/// How a number is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Is {
    Less,
    LessOrEqual,
    Equal,
    NotEqual,
    GreaterOrEqual,
    Greater,
}

/// A piece of a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token {
    /// Words as they are.
    Literal(String),
    /// A place of a digit: 0, # or ?.
    Digit(char),
    /// The decimal point.
    Point,
    /// A thousands separator, or a thousandth.
    Comma,
    /// A hundredfold.
    Percent,
    /// The number as it is.
    General,
    /// The words of the cell: @.
    Words,
    /// A part of a day: letter and how often it stands there.
    Day(char, usize),
    /// Hours, minutes or seconds beyond a day: letter and how often.
    Elapsed(char, usize),
    /// AM or PM.
    HalfDay,
}

impl Section {
    /// What it makes of a number.
    pub fn kind(&self) -> Kind {
        let has = |wanted: fn(&Token) -> bool| self.tokens.iter().any(wanted);
        if has(|token| matches!(token, Token::Percent)) {
            return Kind::Percent;
        }
        let dated = has(|token| matches!(token, Token::Day(..) | Token::Elapsed(..) | Token::HalfDay));
        if dated { Kind::Date } else { Kind::Plain }
    }
}

/// Excel takes no longer code, in characters.
const LONGEST: usize = 255;

/// The sections of a code; one that is too long is not understood.
pub fn parse(code: &str) -> Vec<Section> {
    if code.chars().nth(LONGEST).is_some() {
        return vec![Section { unknown: true, ..Section::default() }];
    }
    let mut sections = vec![Section::default()];
    let mut rest = code;
    while let Some(c) = rest.chars().next() {
        let Some(section) = sections.last_mut() else { break };
        let taken = match c {
            ';' => {
                sections.push(Section::default());
                1
            }
            '[' => bracket(rest, section),
            _ => piece(rest, c, section),
        };
        rest = rest.get(taken..).unwrap_or_default();
    }
    sections
}

/// Takes what stands in brackets; how long it is.
fn bracket(rest: &str, section: &mut Section) -> usize {
    let Some(end) = rest.find(']') else {
        section.unknown = true;
        return rest.len();
    };
    let inside = &rest[1..end];
    let lower = inside.to_ascii_lowercase();
    let comparison = [
        ("<>", Is::NotEqual),
        ("<=", Is::LessOrEqual),
        (">=", Is::GreaterOrEqual),
        ("<", Is::Less),
        (">", Is::Greater),
        ("=", Is::Equal),
    ];
    let compared = comparison.iter().find_map(|(sign, is)| Some((*is, lower.strip_prefix(sign)?)));
    let elapsed = lower.chars().next().filter(|c| "hms".contains(*c) && lower.chars().all(|other| other == *c));
    if let Some((is, bound)) = compared {
        match Decimal::from_str_exact(bound.trim()) {
            Ok(bound) => section.condition = Some((is, bound)),
            Err(_) => section.unknown = true,
        }
    } else if let Some(letter) = elapsed {
        section.tokens.push(Token::Elapsed(letter, lower.len()));
    } else if let Some(locale) = inside.strip_prefix('$') {
        let (sign, place) = locale.split_once('-').unwrap_or((locale, ""));
        if !sign.is_empty() {
            section.tokens.push(Token::Literal(sign.to_owned()));
        }
        section.gannen |= place.ends_with("gannen");
        section.unknown |= place.eq_ignore_ascii_case("F800") || place.eq_ignore_ascii_case("F400");
    } else if let Some(colour) = Colour::named(&lower) {
        section.colour = Some(colour);
    } else {
        section.unknown |= lower.starts_with("dbnum") || lower.starts_with("natnum");
    }
    end + 1
}

/// Takes the next piece, which begins with `c`; how long it is.
fn piece(rest: &str, c: char, section: &mut Section) -> usize {
    let lower = c.to_ascii_lowercase();
    let repeated = rest.chars().take_while(|other| other.to_ascii_lowercase() == lower).count();
    let word = |word: &str| rest.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    let (token, taken) = match c {
        '"' => {
            let inside = rest[1..].split('"').next().unwrap_or_default();
            (Token::Literal(inside.to_owned()), inside.len() + 2)
        }
        // A gap as wide as a character, or a character that fills the cell.
        '_' | '*' => return 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
        '\\' | '!' => {
            let escaped = rest[1..].chars().next();
            (Token::Literal(escaped.map(String::from).unwrap_or_default()), 1 + escaped.map_or(0, char::len_utf8))
        }
        '0' | '#' | '?' => (Token::Digit(c), 1),
        '.' => (Token::Point, 1),
        ',' => (Token::Comma, 1),
        '%' => (Token::Percent, 1),
        '@' => (Token::Words, 1),
        _ if word("general") => (Token::General, "general".len()),
        _ if word("G/標準") => (Token::General, "G/標準".len()),
        _ if word("am/pm") => (Token::HalfDay, "am/pm".len()),
        _ if word("a/p") => {
            section.unknown = true;
            (Token::HalfDay, "a/p".len())
        }
        _ if matches!(lower, 'y' | 'm' | 'd' | 'h' | 's' | 'g' | 'a' | 'r' | 'b') => {
            (Token::Day(lower, repeated), repeated)
        }
        'e' | 'E' if !rest[1..].starts_with(['+', '-']) => (Token::Day('e', repeated), repeated),
        'e' | 'E' => {
            section.unknown = true;
            (Token::Literal("E".into()), 2)
        }
        '/' if section.tokens.iter().any(|token| matches!(token, Token::Digit(_))) => {
            section.unknown = true;
            (Token::Literal("/".into()), 1)
        }
        '％' => (Token::Literal("％".into()), c.len_utf8()),
        _ => (Token::Literal(c.to_string()), c.len_utf8()),
    };
    section.tokens.push(token);
    taken
}

/// The section that shows words; `None` where they are shown as they are.
pub fn of_words(sections: &[Section]) -> Option<&Section> {
    let of_text = |section: &&Section| section.tokens.contains(&Token::Words);
    sections.get(3).or_else(|| sections.last().filter(of_text))
}

/// The section that shows a number, and whether a minus stands before it that the section does not write itself.
pub fn chosen(sections: &[Section], number: Decimal) -> Option<(&Section, bool)> {
    let negative = number.is_sign_negative() && !number.is_zero();
    // A last section for words is none for numbers.
    let numeric = if sections.len() > 1 && sections.last().is_some_and(|s| s.tokens.contains(&Token::Words)) {
        sections.len() - 1
    } else {
        sections.len().min(3)
    };
    let sections = &sections[..numeric];
    let chosen = if sections.iter().any(|section| section.condition.is_some()) {
        let last = sections.len() - 1;
        let fits = |(at, section): &(usize, &Section)| match section.condition {
            Some((is, bound)) => is.holds(number, bound),
            None => *at == last || (*at == 1 && sections.len() == 3 && negative),
        };
        sections.iter().enumerate().find(fits)?
    } else {
        let at = match sections.len() {
            2 => usize::from(negative),
            3 if number.is_zero() => 2,
            3 => usize::from(negative),
            _ => 0,
        };
        (at, sections.get(at)?)
    };
    let (at, section) = chosen;
    let only_negative = match section.condition {
        Some((Is::Less, bound)) => bound <= Decimal::ZERO,
        Some((Is::LessOrEqual | Is::Equal, bound)) => bound < Decimal::ZERO,
        Some(_) => false,
        None => at == 1,
    };
    Some((section, negative && !only_negative)).filter(|_| !section.unknown)
}

impl Is {
    fn holds(self, number: Decimal, bound: Decimal) -> bool {
        match self {
            Self::Less => number < bound,
            Self::LessOrEqual => number <= bound,
            Self::Equal => number == bound,
            Self::NotEqual => number != bound,
            Self::GreaterOrEqual => number >= bound,
            Self::Greater => number > bound,
        }
    }
}
