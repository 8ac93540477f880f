//! The files that a command is given: by name, by folder, or by a pattern such as `reply\*.xlsx`, which no shell of Windows
//! puts names in for.

use std::ffi::{OsStr, OsString};
use std::path::{Component, Path, PathBuf};

use super::Context;
use crate::failure::{Failure, is_missing};
use crate::text::paths::Slashed;
use crate::text::safe::visible;
use crate::{console, say, store, tr};

/// What Excel and Word leave beside a file that is open in them: it holds a name and no content.
const OPEN_MARK: &str = "~$";

/// The files that are meant, each once, those of a folder or pattern in order of name. `endings` are those that are looked
/// for in a folder.
///
/// # Errors
/// When a folder or pattern holds no such file, a folder cannot be read, or nothing is left.
pub fn files(context: &Context, given: &[PathBuf], endings: &[&str]) -> Result<Vec<PathBuf>, Failure> {
    let (found, marks) = expand(&context.world.cwd, given, endings)?;
    for mark in &marks {
        let shown = mark.slashed();
        console::say(&visible(&tr!(
            context.lang(),
            "{shown} は、そのファイルが開かれている間だけある目印なので、読みません",
            "{shown} is only a mark that its file is open somewhere, and is passed over"
        )));
    }
    if found.is_empty() { Err(nothing_but_marks()) } else { Ok(found) }
}

/// The one file that is meant.
///
/// # Errors
/// As [`files`], and when several are meant.
pub fn one(context: &Context, given: &Path, endings: &[&str]) -> Result<PathBuf, Failure> {
    let mut found = files(context, &[given.to_owned()], endings)?;
    match (found.pop(), found.len()) {
        (Some(only), 0) => Ok(only),
        (last, more) => {
            let shown = given.slashed();
            let all: Vec<String> = found.iter().chain(&last).map(|path| path.slashed()).collect();
            let (count, ja, en) = (more + 1, all.join("、"), all.join(", "));
            Err(Failure::new(
                say!("{shown} には {count} 件のファイルがあります（{ja}）", "{shown} means {count} files ({en})"),
                say!("一つずつ指定してください", "give one at a time"),
            ))
        }
    }
}

/// Whether a word of a command line is a pattern that means files here.
pub fn is_pattern_of_files(cwd: &Path, word: &Path) -> bool {
    is_pattern(cwd, word) && !matching(cwd, word).unwrap_or_default().is_empty()
}

/// The files that are meant, and the marks of open files among them.
fn expand(cwd: &Path, given: &[PathBuf], endings: &[&str]) -> Result<(Vec<PathBuf>, Vec<PathBuf>), Failure> {
    let mut all: Vec<PathBuf> = Vec::new();
    for path in given {
        let is_folder = cwd.join(path).is_dir();
        let found = match () {
            () if is_folder => in_folder(cwd, path, endings)?,
            () if is_pattern(cwd, path) => matching(cwd, path)?,
            () => vec![path.clone()],
        };
        if found.is_empty() {
            return Err(nothing(path, is_folder, endings));
        }
        for path in found {
            if !all.contains(&path) {
                all.push(path);
            }
        }
    }
    Ok(all.into_iter().partition(|path| !is_mark(path)))
}

/// The files in a folder that can be read, not those in folders below.
fn in_folder(cwd: &Path, folder: &Path, endings: &[&str]) -> Result<Vec<PathBuf>, Failure> {
    let is_wanted = |name: &OsString| {
        let name = name.to_string_lossy().to_lowercase();
        !name.starts_with('.') && endings.iter().any(|ending| name.ends_with(&format!(".{ending}")))
    };
    let found = names(&cwd.join(folder))?.into_iter().filter(is_wanted).map(|name| folder.join(name));
    Ok(found.filter(|path| may_be_read(&cwd.join(path))).collect())
}

/// Whether something is there that is no folder. What the system does not say is told when it is read: left out here, a reply
/// would be missing in silence.
fn may_be_read(path: &Path) -> bool {
    !path.is_dir() && !path.symlink_metadata().is_err_and(|error| is_missing(&error))
}

/// The files that a pattern means, which may have `*` and `?` in every part.
fn matching(cwd: &Path, pattern: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut found = vec![PathBuf::new()];
    for part in pattern.components() {
        let text = part.as_os_str().to_string_lossy();
        if !matches!(part, Component::Normal(_)) || !holds_wildcard(&text) {
            found.iter_mut().for_each(|path| path.push(part));
            continue;
        }
        let mut next = Vec::new();
        for path in &found {
            let wanted = |name: &OsString| {
                let name = name.to_string_lossy();
                fits(&text, &name) && (!name.starts_with('.') || text.starts_with('.'))
            };
            next.extend(names(&cwd.join(path))?.into_iter().filter(wanted).map(|name| path.join(name)));
        }
        found = next;
    }
    found.retain(|path| may_be_read(&cwd.join(path)));
    Ok(found)
}

/// The names in a folder as the system has them: a file that was unpacked with a name in another encoding is one, too.
fn names(folder: &Path) -> Result<Vec<OsString>, Failure> {
    let name = |path: PathBuf| path.file_name().map(OsStr::to_owned);
    let mut names: Vec<OsString> = store::names(folder)?.into_iter().filter_map(name).collect();
    names.sort();
    Ok(names)
}

/// Whether a path is a pattern: a file may have such a name on some systems, and is meant then.
fn is_pattern(cwd: &Path, path: &Path) -> bool {
    holds_wildcard(&path.to_string_lossy()) && cwd.join(path).symlink_metadata().is_err()
}

fn holds_wildcard(text: &str) -> bool {
    // The mark before a path that Windows worked out is none.
    text.trim_start_matches("\\\\?\\").contains(['*', '?'])
}

/// Whether a name fits a pattern, as Windows takes it: in any case.
fn fits(pattern: &str, name: &str) -> bool {
    let (pattern, name): (Vec<char>, Vec<char>) =
        (pattern.to_lowercase().chars().collect(), name.to_lowercase().chars().collect());
    // Whether the pattern up to here fits the name up to each place.
    let mut fits = vec![false; name.len() + 1];
    fits[0] = true;
    for wanted in pattern {
        if wanted == '*' {
            (1..fits.len()).for_each(|at| fits[at] |= fits[at - 1]);
            continue;
        }
        for at in (1..fits.len()).rev() {
            fits[at] = fits[at - 1] && (wanted == '?' || wanted == name[at - 1]);
        }
        fits[0] = false;
    }
    fits[name.len()]
}

fn is_mark(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(OPEN_MARK))
}

fn nothing(path: &Path, is_folder: bool, endings: &[&str]) -> Failure {
    let shown = path.slashed();
    let (ja, en) = (endings.join("、."), endings.join(", ."));
    let message = match is_folder {
        true => say!(
            "フォルダー {shown} に、読めるファイルがありません",
            "the folder {shown} holds no file that can be read"
        ),
        false => say!("{shown} に当てはまるファイルがありません", "no file fits {shown}"),
    };
    Failure::new(
        message,
        say!(
            "フォルダーと名前を確かめてください。読めるのは .{ja} です",
            "check the folder and the names; these can be read: .{en}"
        ),
    )
}

fn nothing_but_marks() -> Failure {
    Failure::new(
        say!("読むファイルがありません", "there is no file to read"),
        say!(
            "名前が ~$ で始まらない、元のファイルを指定してください",
            "give the file itself, whose name does not begin with ~$"
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for name in [
            "返信/照会_人事課.xlsx",
            "返信/照会_財政課.XLSX",
            "返信/~$照会_人事課.xlsx",
            "返信/memo.pdf",
            "返信/.hidden.xlsx",
            "R7/a/x.csv",
            "R8/b/x.csv",
        ] {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "").unwrap();
        }
        folder
    }

    fn found(given: &[&str]) -> (Vec<String>, usize) {
        let folder = folder();
        let given: Vec<PathBuf> = given.iter().map(PathBuf::from).collect();
        let (found, marks) = expand(folder.path(), &given, &["xlsx", "csv"]).unwrap();
        (found.iter().map(|path| path.slashed()).collect(), marks.len())
    }

    #[test]
    fn folders_and_patterns_stand_for_their_files() {
        let both = vec!["返信/照会_人事課.xlsx".to_owned(), "返信/照会_財政課.XLSX".to_owned()];
        assert_eq!(found(&["返信"]), (both.clone(), 1));
        assert_eq!(found(&["返信/*.xlsx"]), (both.clone(), 1));
        assert_eq!(found(&["返信/照会_??課.xlsx", "返信"]), (both, 1));
        assert_eq!(found(&["R?/*/x.*"]), (vec!["R7/a/x.csv".to_owned(), "R8/b/x.csv".to_owned()], 0));
        // What is named is taken as it is, be it there or not.
        assert_eq!(
            found(&["gone.xlsx", "返信/memo.pdf"]),
            (vec!["gone.xlsx".to_owned(), "返信/memo.pdf".to_owned()], 0)
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_file_with_a_name_in_another_encoding_or_that_leads_nowhere_is_not_left_out() {
        use std::os::unix::ffi::OsStrExt;
        let folder = tempfile::tempdir().unwrap();
        // 計 in CP932, as an archive of Windows may be unpacked.
        let odd = OsStr::from_bytes(b"\x8cv.xlsx");
        std::fs::write(folder.path().join(odd), "").unwrap();
        std::os::unix::fs::symlink("gone", folder.path().join("link.xlsx")).unwrap();
        for given in [".", "*.xlsx", "?*.xlsx"] {
            let (found, _) = expand(folder.path(), &[given.into()], &["xlsx"]).unwrap();
            let names: Vec<&OsStr> = found.iter().filter_map(|path| path.file_name()).collect();
            assert_eq!(names, [OsStr::new("link.xlsx"), odd], "{given}");
        }
    }

    #[test]
    fn what_means_nothing_is_refused() {
        let folder = folder();
        for (given, told) in [("R7", "holds no file"), ("*.xlsx", "no file fits"), ("none/*.xlsx", "no file fits")] {
            let error = expand(folder.path(), &[given.into()], &["xlsx"]).unwrap_err();
            assert!(error.message.en.contains(told), "{given}: {}", error.message.en);
        }
        assert!(!is_pattern_of_files(folder.path(), Path::new("*.xlsx")));
        assert!(is_pattern_of_files(folder.path(), Path::new("返信/*.XLSX")));
    }

    #[test]
    fn names_fit_patterns_in_any_case() {
        for (pattern, name) in
            [("*", ""), ("*.xlsx", "返信.XLSX"), ("a*b*c", "aXbbYc"), ("?.?", "あ.b"), ("*課*", "人事課"), ("**", "a")]
        {
            assert!(fits(pattern, name), "{pattern} {name}");
        }
        for (pattern, name) in [("?", ""), ("*.xlsx", "a.xlsxx"), ("a*b", "ab c"), ("??", "あ"), ("", "a")] {
            assert!(!fits(pattern, name), "{pattern} {name}");
        }
    }
}
