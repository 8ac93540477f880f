//! Why a command could not do it: what is wrong, and apart from it what to do next, in both languages.

use std::fmt;
use std::io::{self, ErrorKind};

use crate::lang::{Lang, Say};
use crate::say;

/// A command could not do it. The process ends with exit code 2.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What is wrong.
    pub message: Say,
    /// What to do next.
    pub hint: Option<Say>,
}

impl Failure {
    /// With a hint.
    pub fn new(message: Say, hint: Say) -> Self {
        Self { message, hint: Some(hint) }
    }

    /// Where the message says it all.
    pub fn plain(message: Say) -> Self {
        Self { message, hint: None }
    }
}

/// In the default language; whoever knows the reader prints [`Failure::message`] itself.
impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message.text(Lang::default()))
    }
}

impl std::error::Error for Failure {}

/// Something is written, but perhaps not on the disk yet; and why. The process ends with exit code 3.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsure(pub Failure);

impl fmt::Display for Unsure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Unsure {}

/// Whether nothing is there; any other error says nothing about that.
pub fn is_missing(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

/// Why the system would not read or write something, and what to do about it; its own words where there are no better
/// ones.
pub fn trouble(error: &io::Error) -> (Say, Say) {
    let network =
        || say!("ネットワークの接続を確かめて、もう一度実行してください", "check the network and run it again");
    if let Some(known) = error.raw_os_error().filter(|_| cfg!(windows)).and_then(windows) {
        return known;
    }
    match error.kind() {
        ErrorKind::NotFound => (
            say!("フォルダーかファイルがなくなっています", "the folder or file is gone"),
            say!(
                "名前が変わったり移されたりしていないか、共有フォルダーにつながっているかを確かめてください",
                "check whether it was renamed or moved, and whether the shared folder is connected"
            ),
        ),
        ErrorKind::PermissionDenied => (
            say!("アクセス権がありません", "permission denied"),
            say!(
                "フォルダーとファイルの所有者とアクセス権を確かめてください",
                "check the owner and permissions of the folder and its files"
            ),
        ),
        ErrorKind::ReadOnlyFilesystem => (
            say!("読み取り専用の場所です", "this location is read-only"),
            say!("書き込める場所に計画を写してください", "copy the plan to a location that can be written"),
        ),
        ErrorKind::StorageFull => (
            say!("ディスクの空きがありません", "the disk is full"),
            say!("空きを作って、もう一度実行してください", "free some space and run it again"),
        ),
        ErrorKind::QuotaExceeded => (
            say!("割り当てられた容量を使い切りました", "the disk quota is used up"),
            say!(
                "要らないファイルを消すか、管理者に増やしてもらい、もう一度実行してください",
                "delete what is not needed or ask for more, and run it again"
            ),
        ),
        ErrorKind::FileTooLarge => (
            say!("この場所に置けるファイルの大きさを超えます", "the file is larger than this location allows"),
            say!("容量の制限を確かめてください", "check the limits of this location"),
        ),
        ErrorKind::StaleNetworkFileHandle
        | ErrorKind::HostUnreachable
        | ErrorKind::NetworkUnreachable
        | ErrorKind::NetworkDown
        | ErrorKind::NotConnected
        | ErrorKind::ConnectionReset
        | ErrorKind::ConnectionAborted
        | ErrorKind::BrokenPipe
        | ErrorKind::TimedOut => {
            (say!("共有フォルダーにつながりません", "the shared folder cannot be reached"), network())
        }
        ErrorKind::NotADirectory | ErrorKind::IsADirectory | ErrorKind::AlreadyExists => (
            say!("同じ名前の別のものがあります", "something else already has that name"),
            say!("フォルダーの中を確かめてください", "check the contents of the folder"),
        ),
        ErrorKind::Unsupported => no_locks(),
        _ => (
            say!("{error}", "{error}"),
            say!(
                "アクセス権、空き容量、ネットワークを確かめてください",
                "check permissions, free space and the network"
            ),
        ),
    }
}

/// What an error of Windows means, by its number.
fn windows(code: i32) -> Option<(Say, Say)> {
    Some(match code {
        32 | 33 | 1224 => (
            say!("ほかのプログラムが開いています", "another program has it open"),
            say!(
                "Excel や Word、エクスプローラーのプレビューで開いていれば閉じて、もう一度実行してください",
                "close it in Excel, Word or the preview of Explorer, and run it again"
            ),
        ),
        5 => (
            say!(
                "ほかのプログラムが開いているか、アクセス権がありません",
                "another program has it open, or permission is denied"
            ),
            say!(
                "Excel や Word で開いていれば閉じ、フォルダーとファイルのアクセス権を確かめてください",
                "close it where it is open, and check the permissions of the folder and its files"
            ),
        ),
        53 | 59 | 64 | 67 | 121 | 1231 | 1232 => (
            say!("共有フォルダーにつながりません", "the shared folder cannot be reached"),
            say!("ネットワークの接続を確かめて、もう一度実行してください", "check the network and run it again"),
        ),
        1 | 50 => no_locks(),
        _ => return None,
    })
}

/// Some network drives do not let one program keep the others out.
fn no_locks() -> (Say, Say) {
    (
        say!(
            "この場所では、同時に書き込まないようにする仕組み（ファイルのロック）が使えません",
            "this location has no file locks, which keep two people from writing at once"
        ),
        say!(
            "計画を PC のフォルダーか、ファイルのロックが使える共有フォルダーに置いてください",
            "keep the plan in a folder of the PC, or on a share that has file locks"
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The numbers are those of winerror.h.
    #[test]
    fn errors_of_windows_are_named_for_what_they_mean() {
        let meaning = |code| windows(code).map(|(message, _)| message.en);
        for code in [32, 33, 1224] {
            assert_eq!(meaning(code).as_deref(), Some("another program has it open"));
        }
        for code in [53, 59, 64, 67, 121, 1231, 1232] {
            assert_eq!(meaning(code).as_deref(), Some("the shared folder cannot be reached"));
        }
        for code in [1, 50] {
            assert!(meaning(code).is_some_and(|text| text.contains("no file locks")));
        }
        assert!(meaning(5).is_some_and(|text| text.contains("or permission")));
        assert_eq!(meaning(2), None);
    }
}
