//! Names of files that are made new: such as every system can have, and no two that one of them takes for the same.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ffi::OsStr;
use std::path::Path;

use crate::failure::Failure;
use crate::say;
use crate::text::paths::{Slashed, is_refused_by_windows};

/// Refuses new files that could not stand side by side on every system.
///
/// # Errors
/// When Windows refuses the name of one, or two differ in nothing but capital and small letters.
pub fn refuse_odd<'p>(paths: impl IntoIterator<Item = &'p Path>) -> Result<(), Failure> {
    let mut known: HashMap<String, &Path> = HashMap::new();
    for path in paths {
        if let Some(name) = made(path).find(|name| is_refused_by_windows(name)) {
            return Err(refused(&name));
        }
        if let Some(other) = known.insert(path.to_string_lossy().to_lowercase(), path) {
            return Err(alike(other, path));
        }
    }
    Ok(())
}

/// The names that a path brings: its own, and those of folders that are made for it.
fn made(path: &Path) -> impl Iterator<Item = Cow<'_, str>> {
    let folders = path.ancestors().skip(1).take_while(|folder| path.is_absolute() && !folder.exists());
    std::iter::once(path).chain(folders).filter_map(Path::file_name).map(OsStr::to_string_lossy)
}

fn refused(name: &str) -> Failure {
    Failure::new(
        say!(
            "「{name}」という名前のファイルやフォルダーは Windows では作れません。何も書き込んでいません",
            "Windows cannot have a file or folder named `{name}`; nothing was written"
        ),
        say!(
            "CON、PRN、AUX、NUL、COM1、LPT1 など Windows が使う名前、末尾の「.」と空白、次の記号を避けてください：\\ / : * ? \" < > |",
            "avoid the names that Windows keeps for itself (CON, PRN, AUX, NUL, COM1, LPT1 …), a dot or space at the end, and \\ / : * ? \" < > |"
        ),
    )
}

fn alike(one: &Path, other: &Path) -> Failure {
    let (one, other) = (one.slashed(), other.slashed());
    Failure::new(
        say!(
            "{one} と {other} は Windows では同じファイルになります。何も書き込んでいません",
            "{one} and {other} are one file on Windows; nothing was written"
        ),
        say!("大文字と小文字のほかでも区別できる名前にしてください", "give them names that differ in more than case"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_new_files_are_such_as_windows_takes() {
        let refuse = |names: &[&str]| refuse_odd(names.iter().map(Path::new)).map_err(|error| error.message.en);
        assert_eq!(refuse(&["a/報告.docx", "b/報告.docx", "報告.xlsx"]), Ok(()));
        assert!(refuse(&["plan/records/aux.toml"]).unwrap_err().contains("`aux.toml`"));
        assert!(refuse(&["a/A.md", "b/a.md", "a/a.MD"]).unwrap_err().contains("a/A.md and a/a.MD"));
    }
}
