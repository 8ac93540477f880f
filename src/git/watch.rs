//! How long git is waited for: a setting may send it to read from a pipe that nobody fills, or from a device without end.

use std::io::{self, ErrorKind, Read};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use crate::failure::Failure;
use crate::say;

/// How many seconds git is waited for.
static LONGEST: AtomicU64 = AtomicU64::new(120);

/// Whether it has been waited for in vain: it would be again.
static IS_LATE: AtomicBool = AtomicBool::new(false);

/// Waits for git so many seconds, in place of the usual ones.
pub fn wait_at_most(seconds: u64) {
    LONGEST.store(seconds.max(1), Ordering::Relaxed);
}

/// A process that is ended where it takes too long.
#[derive(Debug, Clone)]
pub(super) struct Watched(Arc<Mutex<Child>>);

/// As long as it is there, the process is ended once it is late.
#[derive(Debug)]
pub(super) struct Watch {
    _over: Sender<()>,
}

impl Watched {
    /// Starts a process; none after one that was waited for in vain.
    pub(super) fn start(command: &mut Command) -> io::Result<(Self, Pipes)> {
        if is_late() {
            return Err(ErrorKind::TimedOut.into());
        }
        let mut child = command.spawn()?;
        let pipes = Pipes { stdin: child.stdin.take(), stdout: child.stdout.take(), stderr: child.stderr.take() };
        Ok((Self(Arc::new(Mutex::new(child))), pipes))
    }

    /// Watches over it from now on.
    pub(super) fn watch(&self) -> Watch {
        let (over, ended) = mpsc::channel();
        let child = Arc::clone(&self.0);
        thread::spawn(move || {
            let longest = Duration::from_secs(LONGEST.load(Ordering::Relaxed));
            if ended.recv_timeout(longest) == Err(RecvTimeoutError::Timeout) {
                IS_LATE.store(true, Ordering::Relaxed);
                // One that has ended meanwhile is not there any more.
                let _ = child.lock().unwrap_or_else(PoisonError::into_inner).kill();
            }
        });
        Watch { _over: over }
    }

    /// Ends it, where git has been waited for in vain: it would wait on when nobody is there any more.
    pub(super) fn end_if_late(&self) {
        if is_late() {
            // One that has ended by itself is not there any more.
            let _ = self.0.lock().unwrap_or_else(PoisonError::into_inner).kill();
        }
    }

    /// What it printed and how it ended.
    pub(super) fn output(self, pipes: Pipes, watch: Watch) -> io::Result<Output> {
        let complaint = pipes.stderr.map(|mut pipe| {
            thread::spawn(move || {
                let mut bytes = Vec::new();
                pipe.read_to_end(&mut bytes).map(|_| bytes)
            })
        });
        let mut stdout = Vec::new();
        let read = pipes.stdout.map_or(Ok(0), |mut pipe| pipe.read_to_end(&mut stdout));
        let stderr = complaint.map_or(Ok(Vec::new()), |reading| reading.join().unwrap_or_else(|_| Ok(Vec::new())));
        let status = self.ended()?;
        drop(watch);
        if is_late() {
            return Err(ErrorKind::TimedOut.into());
        }
        read?;
        Ok(Output { status, stdout, stderr: stderr? })
    }

    /// How it ended. It has closed its streams, and does so at once; who watches must be able to end it meanwhile.
    fn ended(&self) -> io::Result<ExitStatus> {
        const AT_ONCE: usize = 100;
        for tries in 0.. {
            if let Some(status) = self.0.lock().unwrap_or_else(PoisonError::into_inner).try_wait()? {
                return Ok(status);
            }
            if tries < AT_ONCE { thread::yield_now() } else { thread::sleep(Duration::from_millis(1)) }
        }
        Err(ErrorKind::TimedOut.into())
    }
}

/// Its three streams, as far as they are pipes.
#[derive(Debug)]
pub(super) struct Pipes {
    pub(super) stdin: Option<std::process::ChildStdin>,
    pub(super) stdout: Option<std::process::ChildStdout>,
    pub(super) stderr: Option<std::process::ChildStderr>,
}

/// Runs a command to its end.
pub(super) fn output(command: &mut Command) -> io::Result<Output> {
    let (git, pipes) = Watched::start(command.stdout(Stdio::piped()).stderr(Stdio::piped()))?;
    let watch = git.watch();
    git.output(pipes, watch)
}

/// Whether git was waited for in vain.
pub(super) fn is_late() -> bool {
    IS_LATE.load(Ordering::Relaxed)
}

/// Why nothing came of it.
pub(super) fn late() -> Failure {
    let seconds = LONGEST.load(Ordering::Relaxed);
    Failure::new(
        say!(
            "git が {seconds} 秒たっても答えないため、止めました",
            "git had not answered after {seconds} seconds, and was stopped"
        ),
        say!(
            "git の設定（include.path など）や .gitattributes、.gitignore、.mailmap が、パイプ、装置、つながらない共有フォルダーを指していないか確かめてください（git config --list --show-origin で分かります）。大きなリポジトリなら、環境変数 KAIKAKU_GIT_SECONDS に秒数を書いてください",
            "check whether a setting of git (such as include.path), .gitattributes, .gitignore or .mailmap leads to a pipe, a device or a share that is not there (`git config --list --show-origin`); for a large repository set KAIKAKU_GIT_SECONDS to more seconds"
        ),
    )
}
