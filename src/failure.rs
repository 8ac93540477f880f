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

/// Whether nothing is there; any other error says nothing about that.
pub fn is_missing(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

/// Why the system would not read or write something, and what to do about it; its own words where there are no better
/// ones.
pub fn trouble(error: &io::Error) -> (Say, Say) {
    let network =
        || say!("ネットワークの接続を確かめて、もう一度実行してください", "check the network and run it again");
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
        _ => (
            say!("{error}", "{error}"),
            say!(
                "アクセス権、空き容量、ネットワークを確かめてください",
                "check permissions, free space and the network"
            ),
        ),
    }
}
