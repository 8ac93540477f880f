//! What a writer survives: kills, crowds, full and read-only disks, folders that vanish, hands that edit, clocks that run
//! back. Real processes throughout.
//!
//! `cargo test` runs it with small counts; `KAIKAKU_FAULTS=full cargo test --test cli faults -- --nocapture`
//! runs it in full and prints its figures. `KAIKAKU_SEED` repeats the moments of an earlier run.

#![allow(clippy::print_stdout, reason = "prints its figures")]

mod calls;
mod crowd;
mod desk;
#[cfg(unix)]
mod disk;
mod hands;
mod kill;
#[cfg(unix)]
mod own;
#[cfg(unix)]
mod reading;
#[cfg(unix)]
mod system;
mod trial;

use std::time::{SystemTime, UNIX_EPOCH};

/// Whether every count is as large as the figures in CONTRIBUTING.md say.
fn full() -> bool {
    std::env::var("KAIKAKU_FAULTS").is_ok_and(|mode| mode == "full")
}

/// `large` in a full run, else `small`.
fn count(small: usize, large: usize) -> usize {
    if full() { large } else { small }
}

/// Random numbers (xorshift64*), the same for the same seed.
struct Random(u64);

impl Random {
    fn new() -> Self {
        let now = || u64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_nanos()).unwrap_or(1);
        let seed = std::env::var("KAIKAKU_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or_else(now);
        Self(seed | 1)
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 16) % bound.max(1)
    }
}
