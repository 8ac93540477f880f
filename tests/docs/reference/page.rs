//! A generated page, held against what is in the folder.

use std::fs;
use std::path::Path;

use kaikaku::lang::Lang;

/// Compares `docs/LANG/reference/NAME.md` with what `write` makes now, in both languages, or renews both.
pub fn compare(name: &str, write: impl Fn(Lang) -> String) {
    let mut stale = Vec::new();
    for (lang, folder) in [(Lang::En, "en"), (Lang::Ja, "ja")] {
        let shown = format!("docs/{folder}/reference/{name}.md");
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(&shown);
        let page = write(lang);
        if std::env::var_os("KAIKAKU_BLESS").is_some() {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, page).unwrap();
        } else if fs::read_to_string(path).ok() != Some(page) {
            stale.push(shown);
        }
    }
    assert!(stale.is_empty(), "KAIKAKU_BLESS=1 cargo test --test docs reference renews {}", stale.join(" and "));
}

/// A table of Markdown. A bar within a cell is written so that it does not end the cell.
pub fn table<const N: usize>(titles: [&str; N], rows: impl IntoIterator<Item = [String; N]>) -> String {
    let line = |cells: [String; N]| format!("| {} |\n", cells.map(|cell| cell.replace('|', "\\|")).join(" | "));
    let rule = format!("|{}\n", "---|".repeat(N));
    let rows: String = rows.into_iter().map(line).collect();
    format!("{}{rule}{rows}\n", line(titles.map(str::to_owned)))
}

/// A block of code.
pub fn code(language: &str, text: &str) -> String {
    format!("```{language}\n{text}\n```\n\n")
}
