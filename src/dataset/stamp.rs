//! 指紋: what a partition was made of. A plan whose stamp is still the same need not be written again.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{DatasetFormat, VERSION};
use crate::plan::source::Revision;
use crate::snapshot::{Content, Snapshot};

/// What the files of a plan in a dataset were made of, and how large they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartitionStamp {
    /// The version of the tables.
    pub dataset: u32,
    /// The version of the program.
    pub program: String,
    /// The fingerprint of everything that the figures follow from.
    pub fingerprint: String,
    /// The commit that was read; `None` for files as they were.
    pub commit: Option<String>,
    /// As of which day.
    pub as_of: String,
    /// By table.
    pub tables: Vec<TableStamp>,
}

/// What is known of the file of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableStamp {
    /// The table.
    pub table: String,
    /// How many rows it has.
    pub rows: usize,
    /// How many bytes the file has.
    pub bytes: usize,
}

impl PartitionStamp {
    /// Reads a stamp; `None` for what is none of this version.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok().filter(|stamp: &Self| stamp.dataset == VERSION)
    }

    /// As it is written.
    pub fn text(&self) -> String {
        let mut text = serde_json::to_string(self).unwrap_or_default();
        text.push('\n');
        text
    }
}

/// The fingerprint of everything that the tables of a plan follow from: this program, the format, the moment that is asked for,
/// the revision, the name of its folder, every file. It is known before the plan is read.
pub fn fingerprint(
    snapshot: &Snapshot,
    folder: &str,
    revision: Option<&Revision>,
    moment: &str,
    format: DatasetFormat,
) -> String {
    let mut hash = Sha256::new();
    let mut put = |text: &[u8]| {
        hash.update(u64::try_from(text.len()).unwrap_or(u64::MAX).to_be_bytes());
        hash.update(text);
    };
    let (name, commit) = revision.map_or(("", ""), |revision| (&revision.name, &revision.id));
    let asked = [&VERSION.to_string(), env!("CARGO_PKG_VERSION"), format.name(), moment, name, commit, folder];
    asked.into_iter().for_each(|text| put(text.as_bytes()));
    for file in &snapshot.files {
        put(file.path.as_bytes());
        match &file.content {
            Content::Text(text) => put(text.as_bytes()),
            other => put(format!("{other:?}").as_bytes()),
        }
    }
    hex(&hash.finalize())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
