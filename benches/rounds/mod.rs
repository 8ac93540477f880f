//! Timing works against one another.

use std::any::Any;
use std::fmt;
use std::time::{Duration, Instant};

/// How long a work took.
#[derive(Debug, Clone, Copy)]
pub struct Times {
    /// The shortest time.
    pub least: Duration,
    /// The median.
    pub median: Duration,
}

impl Times {
    /// How many times as long as another work.
    pub fn over(&self, other: Self) -> f64 {
        self.median.as_secs_f64() / other.median.as_secs_f64()
    }
}

impl fmt::Display for Times {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.1?} (at least {:.1?})", self.median, self.least)
    }
}

/// Something to time. What it returns is dropped after its time is taken.
pub type Work<'w> = &'w mut dyn FnMut() -> Box<dyn Any>;

/// The result of a work, to be dropped later.
pub fn keep<T: 'static>(result: T) -> Box<dyn Any> {
    Box::new(result)
}

/// Times the works by turns, so that whatever else the machine does troubles all of them alike.
pub fn by_turns<const N: usize>(rounds: usize, mut works: [Work<'_>; N]) -> [Times; N] {
    let mut taken = [const { Vec::new() }; N];
    for _ in 0..rounds {
        for (work, taken) in works.iter_mut().zip(&mut taken) {
            let start = Instant::now();
            let result = work();
            taken.push(start.elapsed());
            drop(result);
        }
    }
    taken.map(|mut taken: Vec<Duration>| {
        taken.sort_unstable();
        Times { least: taken[0], median: taken[taken.len() / 2] }
    })
}
