//! The parts of a tag, as lenient as a browser reads them.

/// The attributes of a tag: the name and the value of each, as they are written.
pub fn attributes(tag: &str) -> impl Iterator<Item = (&str, &str)> {
    let is_part = |c: char| c.is_ascii_whitespace() || c == '/';
    let mut rest = tag.trim_start_matches('/');
    rest = rest.find(is_part).map_or("", |at| &rest[at..]);
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(is_part);
        let end = rest.find(|c: char| is_part(c) || c == '=').unwrap_or(rest.len());
        // What begins with the sign is a name of its own.
        let end = if end == 0 { rest.chars().next()?.len_utf8() } else { end };
        let (name, behind) = rest.split_at(end);
        let Some(value) = behind.trim_start().strip_prefix('=').map(str::trim_start) else {
            rest = behind;
            return Some((name, ""));
        };
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let inside = if quote.is_some() { &value[1..] } else { value };
        let ends = |c: char| quote.map_or(c.is_ascii_whitespace(), |quote| c == quote);
        let (value, behind) = inside.split_at(inside.find(ends).unwrap_or(inside.len()));
        rest = if quote.is_some() { behind.get(1..).unwrap_or_default() } else { behind };
        Some((name, value))
    })
}

/// The value of an attribute.
pub fn attribute(tag: &str, name: &str) -> Option<String> {
    attributes(tag).find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| decoded(value))
}

/// A text without its references to characters.
pub fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.char_indices().take(12).find(|(_, c)| *c == ';').map(|(end, _)| end);
        match end.and_then(|end| Some((end, character(&rest[1..end])?))) {
            Some((end, c)) => {
                out.push(c);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn character(name: &str) -> Option<char> {
    match name {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some(' '),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_read_as_browsers_do() {
        let tag = "td\n STYLE = 'a:b' data-fact=x.y hidden title=\"the hidden &amp; x\" =z/";
        let found: Vec<_> = attributes(tag).collect();
        let wanted = [
            ("STYLE", "a:b"),
            ("data-fact", "x.y"),
            ("hidden", ""),
            ("title", "the hidden &amp; x"),
            ("=", ""),
            ("z", ""),
        ];
        assert_eq!(found, wanted);
        assert_eq!(attribute(tag, "style").as_deref(), Some("a:b"));
        assert_eq!(attribute(tag, "title").as_deref(), Some("the hidden & x"));
        for text in ["", "/", "td", "td ", "td =", "td a=", "td a='", "td a=\"b", "/td", "あ あ=あ"] {
            assert!(attributes(text).count() < 3, "{text}");
        }
    }
}
