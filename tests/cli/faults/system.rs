//! The same as in [`super::calls`], by what the system itself is asked, where `strace` can trace: it also meets what goes past
//! the program's own room for files, and what is printed.

use std::process::{Command, Output};

use super::calls::{CASES, Case, copied, desk, heals, holds, known, seen};
use super::reading::can_inject;
use super::{Random, full};
use crate::support::Desk;

/// Calls of the system, and how each fails.
const CALLS: [(&str, &str); 9] = [
    ("openat", "error=EIO"),
    ("write", "error=ENOSPC"),
    ("fsync", "error=EIO"),
    ("rename", "error=EACCES"),
    ("unlink", "error=EACCES"),
    ("getdents64", "error=ESTALE"),
    ("statx", "error=EIO"),
    ("flock", "error=ENOLCK"),
    ("mkdir", "error=ENOSPC"),
];

/// Runs a writer whose `nth` call of a kind fails, or is its last; `None` where it makes fewer.
fn injected(desk: &Desk, case: &Case, call: &str, fault: &str, nth: usize) -> Option<Output> {
    let trace = desk.path("../trace");
    let mut strace = Command::new("strace");
    // Not what git asks: it has tests of its own.
    strace.args(["-f", "-b", "execve", "-o"]).arg(&trace).args(["-e", &format!("trace={call}")]);
    strace.args(["-e", &format!("inject={call}:{fault}:when={nth}")]).arg(env!("CARGO_BIN_EXE_kaikaku"));
    strace.args(case.args).args(["--lang", "en"]).current_dir(desk.path("")).env_clear();
    strace.env("HOME", desk.path("..")).env("PATH", "/usr/local/bin:/usr/bin:/bin").env("KAIKAKU_TODAY", "2026-11-21");
    let output = strace.output().ok()?;
    let text = std::fs::read_to_string(trace).unwrap_or_default();
    (text.contains("INJECTED") || text.contains("killed by SIGKILL")).then_some(output)
}

#[test]
fn whatever_the_system_refuses_a_writer_is_told_as_it_is() {
    if !can_inject() {
        return;
    }
    let mut random = Random::new();
    let wanted: &[&str] = if full() { &["update", "mv", "undo of several"] } else { &["update", "mv"] };
    let (mut tried, mut new) = (0, 0);
    for case in CASES.iter().filter(|case| wanted.contains(&case.name)) {
        let template = desk(case, true);
        let known = known(case, &template);
        for (call, error) in CALLS {
            for fault in [error, "signal=KILL"] {
                let (step, first) = if full() { (1, 0) } else { (9, usize::try_from(random.below(9)).unwrap()) };
                for nth in (1 + first..).step_by(step) {
                    let desk = copied(&template);
                    let Some(mut output) = injected(&desk, case, call, fault, nth) else { break };
                    tried += 1;
                    let place = format!("{call} {nth}: {fault}");
                    if matches!(output.status.code(), Some(0..=3)) {
                        // What was to be said may be what could not be written.
                        if call == "write" && seen(&desk) == known.new {
                            output.stderr.extend(b" do not run it again");
                        }
                        new += usize::from(holds(case, &known, &seen(&desk), &output, &place) == "new");
                    } else {
                        // Killed, or never begun.
                        let now = seen(&desk);
                        assert!(now == known.old || now == known.new, "{}, {place}: {output:?}", case.name);
                    }
                    heals(case, &known, &desk, &place);
                }
            }
        }
    }
    assert!(tried > 30, "only {tried} calls were made to fail");
    println!("system: {tried} calls of the system made to fail or to be the last, {new} writes told as written");
}
