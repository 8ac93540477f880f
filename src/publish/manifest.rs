//! What of a folder is ours: each file by its path with a fingerprint of what it says, and fingerprints of the texts that
//! went out. A file that it does not name is another's, and is never touched.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::text::paths::is_refused_by_windows;

/// The name of the file that says it.
pub const NAME: &str = "kaikaku-site.json";

/// What is ours.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The version of the form.
    schema: u32,
    /// What it is, for whoever finds it.
    about: String,
    /// Each file, from the top of the folder, with its fingerprint; none while it is being written.
    pub files: BTreeMap<String, String>,
    /// Fingerprints of the texts that went out.
    pub texts: BTreeSet<String>,
}

/// The version of the form.
const SCHEMA: u32 = 1;

impl Manifest {
    /// One that names nothing.
    pub fn new() -> Self {
        let about = "kaikaku publish が書いたファイルの控え。消さないでください。 / The files that kaikaku publish wrote. Keep this.";
        Self { schema: SCHEMA, about: about.to_owned(), ..Self::default() }
    }

    /// Reads it; `None` where it is none of ours, or names a file outside of its folder.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let manifest: Self = serde_json::from_slice(bytes).ok()?;
        let is_good = manifest.schema == SCHEMA && manifest.files.keys().all(|path| is_inside(path));
        is_good.then_some(manifest)
    }

    /// The bytes of the file.
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec_pretty(self).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }
}

/// Whether a path stays in the folder that it begins from, on every system.
fn is_inside(path: &str) -> bool {
    path.split('/').all(|name| !name.is_empty() && name != "." && name != ".." && !is_refused_by_windows(name))
}

/// The fingerprint of what a file says, or of a text: the first 128 bits of SHA-256 in hex.
pub fn fingerprint(bytes: &[u8]) -> String {
    Sha256::digest(bytes)[..16].iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_names_no_file_elsewhere() {
        let of = |path: &str| {
            let mut manifest = Manifest::new();
            manifest.files.insert(path.to_owned(), String::new());
            Manifest::parse(&manifest.bytes())
        };
        assert!(of("2027/entries/1-1.html").is_some());
        for path in ["../plan/plan.toml", "/etc/passwd", "a/../../b", "a\\b", "C:/x", "", "a//b"] {
            assert_eq!(of(path), None, "{path}");
        }
        assert_eq!(Manifest::parse(b"{}"), None);
        assert_eq!(Manifest::parse(b"\xff"), None);
    }
}
