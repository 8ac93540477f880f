//! How many threads work on a plan: on a small one only this, which is done before others would have begun.

use std::sync::OnceLock;

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
