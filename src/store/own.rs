//! The files that the program keeps for itself: opened as what they are, for a folder of others may hold something else under
//! their names. A link is not followed, a device or pipe is not waited for, and no more is read than can be ours.

use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::path::Path;

use super::disk;
use crate::failure::{Failure, is_missing, trouble};
use crate::lang::Say;
use crate::say;
use crate::text::paths::Slashed;

/// The largest note that is written and read, in bytes: it holds what the files of one write said and are to say.
pub const LARGEST: u64 = 256 * 1024 * 1024;

/// How often a file is opened again that another process replaces meanwhile.
const TRIES: usize = 100;

/// Why a file of ours was not read.
#[derive(Debug)]
pub enum Trouble {
    /// It is a link, a device, or too large: not ours.
    Foreign,
    /// The system would not read it.
    Refused(io::Error),
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        Self::Refused(error)
    }
}

impl Trouble {
    /// The reason, for a person.
    pub fn say(&self) -> Say {
        match self {
            Self::Foreign => say!(
                "リンクか特別なファイルか大き過ぎるファイルで、kaikaku が書いたものではありません",
                "it is a link, no regular file or too large, and was not written by kaikaku"
            ),
            Self::Refused(error) => trouble(error).0,
        }
    }

    /// As the failure of a command about the file.
    pub fn failure(&self, path: &Path) -> Failure {
        let shown = path.slashed();
        let Self::Refused(error) = self else { return foreign(path) };
        let (why, hint) = trouble(error);
        let (ja, en) = (why.ja, why.en);
        Failure::new(say!("{shown} を読み取れません（{ja}）", "cannot read {shown} ({en})"), hint)
    }
}

/// What stands under a name of ours is not ours.
pub fn foreign(path: &Path) -> Failure {
    let shown = path.slashed();
    Failure::new(
        say!("{shown} は kaikaku が書いたものではありません", "{shown} was not written by kaikaku"),
        say!("確かめて、不要であれば削除してください", "check it, and delete it if it is not needed"),
    )
}

/// Opens a file of ours, to be read only or to be written, too; `None` where there is none.
///
/// # Errors
/// When it is none of ours, or the system refuses.
pub fn open(path: &Path, to_write: bool) -> Result<Option<(File, Metadata)>, Trouble> {
    for _ in 0..TRIES {
        let there = match disk::symlink_metadata(path) {
            Err(error) if is_missing(&error) => return Ok(None),
            there => there?,
        };
        if !there.is_file() {
            return Err(Trouble::Foreign);
        }
        let opened = if to_write { disk::open_to_write(path) } else { disk::open(path) };
        let file = match opened {
            Err(error) if is_missing(&error) => continue,
            file => file?,
        };
        let meta = file.metadata()?;
        // Between the look and the opening another may have come in its place: a newer one of ours, or a link.
        if is_same(&there, &meta) {
            return Ok(Some((file, meta)));
        }
    }
    Err(Trouble::Foreign)
}

/// What a file of ours says, and what the system knows of it; `None` where there is none.
///
/// # Errors
/// As [`open`], and when it is larger than any of ours.
pub fn read(path: &Path) -> Result<Option<(Metadata, Vec<u8>)>, Trouble> {
    let Some((file, meta)) = open(path, false)? else { return Ok(None) };
    if meta.len() > LARGEST {
        return Err(Trouble::Foreign);
    }
    let mut bytes = Vec::with_capacity(usize::try_from(meta.len()).unwrap_or(0) + 1);
    file.take(LARGEST).read_to_end(&mut bytes)?;
    Ok(Some((meta, bytes)))
}

/// Whether both are one file.
#[cfg(unix)]
pub fn is_same(one: &Metadata, other: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (one.dev(), one.ino()) == (other.dev(), other.ino())
}

/// Whether both are one file. Where the system does not number files, they are alike.
#[cfg(not(unix))]
pub fn is_same(one: &Metadata, other: &Metadata) -> bool {
    one.file_type() == other.file_type() && one.created().ok() == other.created().ok()
}

/// Whether the file has this one name: what is written into it is written nowhere else.
#[cfg(unix)]
pub fn is_alone(meta: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    meta.nlink() <= 1
}

/// Whether the file has this one name; where that is not known, it is taken to be so.
#[cfg(not(unix))]
pub fn is_alone(_: &Metadata) -> bool {
    true
}
