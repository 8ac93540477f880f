//! Asking git a question starts no other program, whatever the settings of a repository say: they may be somebody else's.

use std::path::Path;
use std::process::Stdio;
use std::sync::{Arc, OnceLock};

use super::{answer, git};
use crate::failure::{Failure, is_missing};

/// Settings by which git would start a program where it only reads.
pub(super) const FORBIDDEN: [&str; 16] = [
    "-c",
    "core.fsmonitor=false",
    "-c",
    "core.hooksPath=/dev/null",
    "-c",
    "core.alternateRefsCommand=",
    "-c",
    "core.sshCommand=false",
    "-c",
    "diff.external=",
    "-c",
    "log.showSignature=false",
    "-c",
    "protocol.allow=never",
    "-c",
    "submodule.recurse=false",
];

/// A variable that is there and says nothing.
pub(super) const EMPTY: &str = "NO_SETTING";

/// The filters that a repository names: each is a program that git would run over a file before it compares it.
#[derive(Debug, Clone, Default)]
pub(super) struct Filters(Arc<OnceLock<Vec<String>>>);

impl Filters {
    /// The arguments that turn every one of them off.
    pub(super) fn without(&self, top: &Path) -> Result<&[String], Failure> {
        if let Some(known) = self.0.get() {
            return Ok(known);
        }
        let listed = answer(git(top).args(["config", "--null", "--name-only", "--list"]).stderr(Stdio::piped()))?;
        Ok(self.0.get_or_init(|| off(&String::from_utf8_lossy(&listed))))
    }
}

/// The arguments that turn off every filter among these settings.
fn off(settings: &str) -> Vec<String> {
    let named = settings.split('\0').filter_map(|setting| setting.strip_prefix("filter.")?.rsplit_once('.'));
    let mut names: Vec<&str> = named.map(|(name, _)| name).collect();
    names.sort_unstable();
    names.dedup();
    let one = |name: &str| {
        let keys = [("clean", ""), ("smudge", ""), ("process", ""), ("required", "false")];
        keys.map(|(key, value)| format!("filter.{name}.{key}={value}"))
    };
    let arguments = |name: &str| -> Vec<String> {
        match name.contains('=') {
            // `-c` ends the name of a setting at the first `=`, and would leave this one on; an older git refuses.
            true => ["clean", "smudge", "process", "required"]
                .map(|key| format!("--config-env=filter.{name}.{key}={EMPTY}"))
                .into(),
            false => one(name).into_iter().flat_map(|setting| ["-c".to_owned(), setting]).collect(),
        }
    };
    names.into_iter().flat_map(arguments).collect()
}

/// Whether a folder or one above it has git's own folder in it.
pub(super) fn is_in_work_tree(folder: &Path) -> bool {
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    // One that cannot be looked at is for git to refuse.
    folder.ancestors().any(|above| !above.join(".git").symlink_metadata().is_err_and(|error| is_missing(&error)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_filter_is_turned_off_once() {
        let named = off("filter.a=b.clean\0");
        assert_eq!((named.len(), named[0].as_str()), (4, "--config-env=filter.a=b.clean=NO_SETTING"));
        let off = off("core.bare\0filter.a.b.clean\0filter.a.b.process\0filter.x.required\0");
        let expected = ["a.b.clean=", "a.b.smudge=", "a.b.process=", "a.b.required=false", "x.clean="];
        let expected: Vec<String> = expected.iter().map(|setting| format!("filter.{setting}")).collect();
        let settings: Vec<&String> = off.iter().skip(1).step_by(2).collect();
        assert_eq!(settings[..5], expected.iter().collect::<Vec<_>>());
        assert_eq!(off.len(), 16);
    }
}
