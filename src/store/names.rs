//! Names of files that are made new: such as every system can have, and no two that one of them takes for the same.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use super::beside::folder_of;
use super::files::{is_there, names};
use crate::failure::Failure;
use crate::say;
use crate::text::paths::{Slashed, is_refused_by_windows};

/// Refuses new files that could not stand on every system side by side, and beside what is there.
///
/// # Errors
/// When Windows refuses the name of one, two differ in nothing but capital and small letters, or the disk does not say what
/// is there.
pub fn refuse_odd<'p>(paths: impl IntoIterator<Item = &'p Path>) -> Result<(), Failure> {
    let mut known: HashMap<String, &Path> = HashMap::new();
    let mut there = There::default();
    for path in paths {
        for new in made(path) {
            if let Some(name) = name_of(new).filter(|name| is_refused_by_windows(name)) {
                return Err(refused(&name));
            }
            if let Some(other) = there.alike(new)? {
                return Err(alike(&other, new));
            }
        }
        if let Some(other) = known.insert(folded(&path.to_string_lossy()), path) {
            return Err(alike(other, path));
        }
    }
    Ok(())
}

/// What a path brings: itself, and the folders that are made for it.
fn made(path: &Path) -> impl Iterator<Item = &Path> {
    let folders = path.ancestors().skip(1).take_while(|folder| path.is_absolute() && !folder.exists());
    std::iter::once(path).chain(folders)
}

fn name_of(path: &Path) -> Option<Cow<'_, str>> {
    path.file_name().map(OsStr::to_string_lossy)
}

/// A name as systems see it that do not tell capital from small letters.
fn folded(name: &str) -> String {
    name.to_lowercase()
}

/// What stands in the folders that were asked about, each listed once.
#[derive(Default)]
struct There<'p>(HashMap<&'p Path, HashMap<String, Vec<PathBuf>>>);

impl<'p> There<'p> {
    /// What stands beside a new file or folder under its name in other capital letters.
    fn alike(&mut self, new: &'p Path) -> Result<Option<PathBuf>, Failure> {
        let Some(name) = name_of(new) else { return Ok(None) };
        let folder = folder_of(new);
        if !self.0.contains_key(folder) {
            let mut of_name: HashMap<String, Vec<PathBuf>> = HashMap::new();
            for path in names(folder)? {
                let key = name_of(&path).map(|name| folded(&name));
                of_name.entry(key.unwrap_or_default()).or_default().push(path);
            }
            self.0.insert(folder, of_name);
        }
        let found = self.0[folder].get(&folded(&name)).map(Vec::as_slice).unwrap_or_default();
        let Some(other) = found.first().filter(|_| found.iter().all(|path| path.file_name() != new.file_name())) else {
            return Ok(None);
        };
        // Where the system does not tell them apart, it is the file that is replaced.
        Ok(if is_there(new)? { None } else { Some(other.clone()) })
    }
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

    #[test]
    #[cfg(not(any(windows, target_os = "macos")))]
    fn what_is_there_already_is_not_made_again_in_other_capital_letters() {
        let dir = tempfile::tempdir().unwrap();
        let path = |name: &str| dir.path().join(name);
        std::fs::create_dir(path("Out")).unwrap();
        for name in ["Out/Same.md", "Ａ.md"] {
            std::fs::write(path(name), "").unwrap();
        }
        let refuse = |name: &str| refuse_odd([path(name).as_path()]).map_err(|error| error.message.en);
        for name in ["Out/Same.md", "Out/other.md", "new/same.md", "Ａ.md"] {
            assert_eq!(refuse(name), Ok(()), "{name}");
        }
        for name in ["Out/same.md", "Out/SAME.MD", "out/x.md", "OUT/a/b.md", "ａ.md"] {
            assert!(refuse(name).unwrap_err().contains("one file on Windows"), "{name}");
        }
    }
}
