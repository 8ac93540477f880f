//! What became of a write. There are three outcomes, and each is told as what it is: not written is a [`Failure`], and the
//! others are here.

use std::path::Path;

use crate::failure::{Failure, Unsure, trouble};
use crate::lang::Say;
use crate::say;
use crate::text::paths::Slashed;

/// A write that is in the files: whatever else is told of it, it is not to be made again.
#[must_use = "who asked for the write is to be told what became of it"]
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written {
    /// It lasts.
    Lasting,
    /// Everybody sees it, but it is perhaps not on the disk yet; and why.
    Unsure(Failure),
}

impl Written {
    /// It could not be seen to that it lasts.
    pub(super) fn unsynced(error: &std::io::Error) -> Self {
        let Say { ja, en } = trouble(error).0;
        Self::Unsure(Failure::new(
            say!(
                "書き込みましたが、ディスクに残ったかどうかを確かめられません（{ja}）",
                "it is written, but perhaps not on the disk yet ({en})"
            ),
            again(),
        ))
    }

    /// Files that can be written again, of which it could not be seen to that they last.
    pub(super) fn unsynced_files(folder: &Path, error: &std::io::Error) -> Self {
        let (shown, (why, _)) = (folder.slashed(), trouble(error));
        let Say { ja, en } = why;
        Self::Unsure(Failure::new(
            say!(
                "{shown} に書き込みましたが、ディスクに残ったかどうかを確かめられません（{ja}）",
                "it is written to {shown}, but perhaps not on the disk yet ({en})"
            ),
            say!(
                "原因を除き、ファイルを開いて確かめてください。--force を付ければ書き直せます",
                "remove the cause, and open the files; --force writes them again"
            ),
        ))
    }

    /// What is asked of a command that has nothing more to do.
    ///
    /// # Errors
    /// When it is not known whether it lasts.
    pub fn certain(self) -> Result<(), Unsure> {
        match self {
            Self::Lasting => Ok(()),
            Self::Unsure(why) => Err(Unsure(why)),
        }
    }

    /// Some of its files could not be written; readers see them as written, and the next writer writes them.
    pub(super) fn unfinished(why: &Failure) -> Self {
        let Say { ja, en } = &why.message;
        Self::Unsure(Failure::new(
            say!(
                "書き込みを受け付けましたが、途中で止まりました（{ja}）。残りは次の書き込みの前に書かれ、読む人には書き終わったものとして見えます",
                "it is recorded, but stopped halfway ({en}); the rest is written before the next write, and readers see it as written"
            ),
            again(),
        ))
    }
}

fn again() -> Say {
    say!(
        "もう一度実行しないでください（二重になります）。原因を除き、kaikaku log と check で内容を確かめてください",
        "do not run it again, it would be there twice; remove the cause, and look at it with `kaikaku log` and `check`"
    )
}
