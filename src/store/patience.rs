//! Other programs hold a file for a moment: a virus scanner, an indexer, the preview of Explorer. On Windows the system then
//! refuses what it would do a little later, so it is asked again for a while.

use std::io;
use std::thread;
use std::time::{Duration, Instant};

/// How long a file that somebody holds is asked for.
const HELD: Duration = Duration::from_secs(8);

/// How long, where the system does not say whether somebody holds it or nobody may have it.
const REFUSED: Duration = Duration::from_secs(2);

/// What Windows says of a file that somebody holds: a sharing violation, a part that is locked, one that is mapped.
const IN_USE: [i32; 3] = [32, 33, 1224];

/// What Windows says of a file that is about to go or that nobody may touch.
const DENIED: i32 = 5;

/// Does it, on Windows again and again while another program holds the file.
pub fn patiently<T>(act: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    if cfg!(windows) { patient(act, wait_for) } else { once(act) }
}

fn once<T>(mut act: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    act()
}

/// How long it is worth asking again after this error.
fn wait_for(error: &io::Error) -> Duration {
    match error.raw_os_error() {
        Some(code) if IN_USE.contains(&code) => HELD,
        Some(DENIED) => REFUSED,
        _ => Duration::ZERO,
    }
}

fn patient<T>(mut act: impl FnMut() -> io::Result<T>, worth: impl Fn(&io::Error) -> Duration) -> io::Result<T> {
    let (begun, mut pause) = (Instant::now(), Duration::from_millis(1));
    loop {
        match act() {
            Err(error) if begun.elapsed() < worth(&error) => thread::sleep(pause),
            done => return done,
        }
        pause = (pause * 2).min(Duration::from_millis(50));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fails(times: usize, code: i32) -> impl FnMut() -> io::Result<usize> {
        let mut asked = 0;
        move || {
            asked += 1;
            if asked > times { Ok(asked) } else { Err(io::Error::from_raw_os_error(code)) }
        }
    }

    #[test]
    fn what_is_held_for_a_moment_is_asked_for_again() {
        for code in [5, 32, 33, 1224] {
            assert_eq!(patient(fails(4, code), wait_for).unwrap(), 5, "{code}");
        }
    }

    #[test]
    fn what_stays_refused_is_given_up_and_other_errors_at_once() {
        let short = |error: &io::Error| {
            if error.raw_os_error() == Some(32) { Duration::from_millis(20) } else { Duration::ZERO }
        };
        let begun = Instant::now();
        assert_eq!(patient(fails(usize::MAX, 32), short).unwrap_err().raw_os_error(), Some(32));
        assert!(begun.elapsed() >= Duration::from_millis(20));
        // 2 is a file that is not there, 112 a full disk.
        for code in [2, 112] {
            assert_eq!(patient(fails(1, code), wait_for).unwrap_err().raw_os_error(), Some(code));
        }
    }
}
