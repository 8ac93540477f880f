//! How many threads work on a plan: on a small one only this, which is done before others would have begun.

use std::num::NonZero;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// From how many files on others help to read them.
const MANY_FILES: usize = 32;

/// From how many bytes on others help to parse them.
const MANY_BYTES: usize = 256 * 1024;

/// What makes so many threads, once and for all; 0 are as many as there are cores.
type Start = fn(usize);

static START: OnceLock<Start> = OnceLock::new();

/// What is to be called before the first plan is read. Without it rayon makes threads as it likes.
pub fn start_with(start: Start) {
    // The first one stays.
    let _ = START.set(start);
}

/// Whether so many files are worth having threads for; then there are.
pub fn help_to_read(files: usize) -> bool {
    let many = files >= MANY_FILES;
    if many {
        start(0);
    }
    many
}

/// Before so many bytes are parsed. The first plan decides for those that follow.
pub fn help_to_parse(bytes: usize) {
    start(if bytes >= MANY_BYTES { 0 } else { 1 });
}

fn start(threads: usize) {
    if let Some(start) = START.get() {
        start(threads);
    }
}

/// As much as the main thread has: a file may be nested deeply.
const STACK: usize = 8 * 1024 * 1024;

/// Does `work` for the places of so many plans on all cores, a plan on each: only as many are in memory as there are cores. It
/// says whether to go on; once it says no, no further plan is begun.
pub fn side_by_side(count: usize, work: impl Fn(usize) -> bool + Sync) {
    let cores = thread::available_parallelism().map_or(1, NonZero::get).min(count);
    let next = AtomicUsize::new(0);
    let take_turns = || {
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            if at >= count {
                break;
            }
            if !work(at) {
                next.store(count, Ordering::Relaxed);
            }
        }
    };
    if cores <= 1 {
        return take_turns();
    }
    // Once and for all, and by this thread: a worker could not.
    start(1);
    thread::scope(|scope| {
        let mut begun = 0;
        for _ in 0..cores {
            // What a plan would share with other threads it does alone: they have plans of their own.
            let alone = || {
                let _ = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build();
                take_turns();
            };
            begun += usize::from(thread::Builder::new().stack_size(STACK).spawn_scoped(scope, alone).is_ok());
        }
        // Where there can be no further threads, this one does it all.
        if begun == 0 {
            take_turns();
        }
    });
}
