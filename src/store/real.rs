//! Where a path leads once its links are followed. Windows follows them only by opening every folder on the way, which is
//! slow on a share and refused where a folder above may not be read; so it is asked only where there is a link.

use std::fs;
use std::io;
use std::path::{self, Path, PathBuf};

/// The one path of what stands at a path.
pub fn real(path: &Path) -> io::Result<PathBuf> {
    if cfg!(windows) { through_links(path) } else { fs::canonicalize(path) }
}

fn through_links(path: &Path) -> io::Result<PathBuf> {
    // What is not there has no such path.
    fs::metadata(path)?;
    let whole = path::absolute(path)?;
    // A folder above that may not be looked at is taken for what it is called.
    let is_link = |path: &Path| path.symlink_metadata().is_ok_and(|meta| meta.is_symlink());
    if whole.ancestors().any(is_link) { fs::canonicalize(path) } else { Ok(whole) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_without_links_is_itself_and_what_is_missing_an_error() {
        let dir = tempfile::tempdir().unwrap();
        let top = fs::canonicalize(dir.path()).unwrap();
        fs::create_dir(top.join("plan")).unwrap();
        assert_eq!(through_links(&top.join("plan")).unwrap(), top.join("plan"));
        assert_eq!(through_links(&top.join("gone")).unwrap_err().kind(), io::ErrorKind::NotFound);
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed() {
        let dir = tempfile::tempdir().unwrap();
        let top = fs::canonicalize(dir.path()).unwrap();
        fs::create_dir_all(top.join("share/plan")).unwrap();
        std::os::unix::fs::symlink("share", top.join("link")).unwrap();
        assert_eq!(through_links(&top.join("link/plan")).unwrap(), top.join("share/plan"));
    }
}
