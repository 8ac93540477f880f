//! The paths that Rust source text writes, without compiling it: comments, texts and what is only for tests left out.

/// A path as it is written, one for each leaf of a group.
#[derive(Debug)]
pub struct Written {
    /// Its line, from 1.
    pub line: usize,
    /// Its names; `*` at the end for all.
    pub segments: Vec<String>,
    /// The modules within the file around it.
    pub inside: Vec<String>,
}

impl Written {
    /// Whether these names stand in it side by side.
    pub fn contains(&self, names: &str) -> bool {
        let names: Vec<&str> = names.split("::").collect();
        self.segments.windows(names.len()).any(|window| window == names)
    }
}

/// What is found in a file.
pub struct Found {
    /// In the order of the text.
    pub paths: Vec<Written>,
    /// The names of modules that are for tests, in files of their own.
    pub tests: Vec<String>,
}

/// A word, `::` or one mark, and its line.
type Token = (usize, String);

/// The paths of two names or more that a text writes.
pub fn written(text: &str) -> Found {
    let (tokens, tests) = without_tests(tokens(text));
    let (mut paths, mut inside, mut depth, mut at) = (Vec::new(), Vec::<(String, usize)>::new(), 0, 0);
    while at < tokens.len() {
        let next = |ahead: usize| tokens.get(at + ahead).map_or("", |token| token.1.as_str());
        match next(0) {
            "{" => depth += 1,
            "}" => {
                depth -= 1;
                inside.retain(|(_, opened)| *opened <= depth);
            }
            "mod" if next(2) == "{" => inside.push((next(1).to_owned(), depth + 1)),
            word if is_word(word) && (next(1) == "::" || word == "crate" && next(1) == "as") => {
                let modules: Vec<String> = inside.iter().map(|(name, _)| name.clone()).collect();
                at = leaves(&tokens, at, &[], &modules, &mut paths);
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    Found { paths, tests }
}

/// Adds every leaf of the path that begins at a token, and gives the place behind it.
fn leaves(tokens: &[Token], mut at: usize, before: &[String], inside: &[String], paths: &mut Vec<Written>) -> usize {
    let line = tokens[at].0;
    let text = |at: usize| tokens.get(at).map_or("", |token| token.1.as_str());
    let mut segments = before.to_vec();
    loop {
        match text(at) {
            "{" => {
                at += 1;
                while at < tokens.len() && text(at) != "}" {
                    let is_leaf = is_word(text(at)) || matches!(text(at), "*" | "{");
                    at = if is_leaf { leaves(tokens, at, &segments, inside, paths) } else { at + 1 };
                    if text(at) == "as" {
                        at += 2;
                    }
                }
                return at + 1;
            }
            word if is_word(word) || word == "*" => segments.push(word.to_owned()),
            _ => break,
        }
        at += 1;
        if text(at) != "::" {
            break;
        }
        at += 1;
    }
    paths.push(Written { line, segments, inside: inside.to_vec() });
    at
}

fn is_word(token: &str) -> bool {
    token.starts_with(|c: char| c == '_' || c.is_alphabetic())
}

/// The tokens that are not for tests alone, and the test modules that are files.
fn without_tests(tokens: Vec<Token>) -> (Vec<Token>, Vec<String>) {
    const MARK: [&str; 7] = ["#", "[", "cfg", "(", "test", ")", "]"];
    let (mut kept, mut files, mut at) = (Vec::new(), Vec::new(), 0);
    while at < tokens.len() {
        let is_mark =
            tokens[at..].len() >= MARK.len() && tokens[at..].iter().zip(MARK).all(|(token, mark)| token.1 == mark);
        if !is_mark {
            kept.push(tokens[at].clone());
            at += 1;
            continue;
        }
        at += MARK.len();
        if tokens.get(at).is_some_and(|token| token.1 == "mod")
            && tokens.get(at + 2).is_some_and(|token| token.1 == ";")
        {
            files.push(tokens[at + 1].1.clone());
        }
        // The item ends with a semicolon or with the brace that closes it.
        let mut depth = 0;
        while let Some((_, token)) = tokens.get(at) {
            at += 1;
            depth += i32::from(token == "{") - i32::from(token == "}");
            if depth == 0 && matches!(token.as_str(), ";" | "}") {
                break;
            }
        }
    }
    (kept, files)
}

/// Words, `::` and marks; comments and what stands in quotes are none.
fn tokens(text: &str) -> Vec<Token> {
    let text: Vec<char> = text.chars().collect();
    let (mut tokens, mut at, mut line) = (Vec::new(), 0, 1);
    while at < text.len() {
        let end = match text[at..] {
            ['/', '/', ..] => (at..text.len()).find(|i| text[*i] == '\n').unwrap_or(text.len()),
            ['/', '*', ..] => comment_end(&text, at),
            ['"', ..] => quote_end(&text, at),
            ['\'', '\\', ..] => (at + 3..text.len()).find(|i| text[*i] == '\'').map_or(text.len(), |i| i + 1),
            ['\'', _, '\'', ..] => at + 3,
            ['r', '"' | '#', ..] if raw_end(&text, at).is_some() => raw_end(&text, at).unwrap(),
            [':', ':', ..] => {
                tokens.push((line, "::".to_owned()));
                at + 2
            }
            [c, ..] if c == '_' || c.is_alphanumeric() => {
                let end = (at..text.len()).find(|i| text[*i] != '_' && !text[*i].is_alphanumeric());
                let end = end.unwrap_or(text.len());
                // The `b` of `br"…"` is no word, but does no harm as one; its `r` must not hide the quote.
                let end = if text[at..end] == ['b', 'r'] && raw_end(&text, at + 1).is_some() { at + 1 } else { end };
                tokens.push((line, text[at..end].iter().collect()));
                end
            }
            [c, ..] => {
                tokens.extend((!c.is_whitespace()).then(|| (line, c.to_string())));
                at + 1
            }
            [] => break,
        };
        line += text[at..end].iter().filter(|c| **c == '\n').count();
        at = end;
    }
    tokens
}

/// The place behind a comment, with those within it.
fn comment_end(text: &[char], from: usize) -> usize {
    let (mut at, mut depth) = (from, 0);
    loop {
        match text[at.min(text.len())..] {
            ['/', '*', ..] => (depth, at) = (depth + 1, at + 2),
            ['*', '/', ..] => (depth, at) = (depth - 1, at + 2),
            [] => return text.len(),
            _ => at += 1,
        }
        if depth == 0 {
            return at;
        }
    }
}

/// The place behind a text in quotes.
fn quote_end(text: &[char], from: usize) -> usize {
    let mut at = from + 1;
    while at < text.len() && text[at] != '"' {
        at += if text[at] == '\\' { 2 } else { 1 };
    }
    (at + 1).min(text.len())
}

/// The place behind a raw text, if one begins here.
fn raw_end(text: &[char], from: usize) -> Option<usize> {
    let marks = text[from + 1..].iter().take_while(|c| **c == '#').count();
    let begin = from + 1 + marks;
    if text.get(begin) != Some(&'"') {
        return None;
    }
    let ends =
        |at: &usize| text[*at] == '"' && text[*at + 1..].iter().take(marks).filter(|c| **c == '#').count() == marks;
    Some((begin + 1..text.len()).find(ends).map_or(text.len(), |at| at + 1 + marks))
}
