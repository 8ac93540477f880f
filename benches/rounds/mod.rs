//! Timing works against one another.

use std::any::Any;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};
use std::{fmt, fs};

/// How long a work took.
#[derive(Debug, Clone, Copy)]
pub struct Times {
    /// The shortest time.
    pub least: Duration,
    /// The median.
    pub median: Duration,
    /// The median of the time that the cores worked for it, in the kernel as well; zero where that is not known.
    pub worked: Duration,
}

impl Times {
    /// How many times as long as another work.
    pub fn over(&self, other: Self) -> f64 {
        self.median.as_secs_f64() / other.median.as_secs_f64()
    }

    /// How many times as much work as another one, which a busy machine changes less.
    pub fn worked_over(&self, other: Self) -> f64 {
        self.worked.as_secs_f64() / other.worked.as_secs_f64()
    }
}

impl fmt::Display for Times {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.1?} (at least {:.1?}, cores {:.1?})", self.median, self.least, self.worked)
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
            let (start, before) = (Instant::now(), worked());
            let result = work();
            taken.push((start.elapsed(), worked().saturating_sub(before)));
            drop(result);
        }
    }
    taken.map(|taken: Vec<(Duration, Duration)>| {
        let (mut passed, mut worked): (Vec<_>, Vec<_>) = taken.into_iter().unzip();
        passed.sort_unstable();
        worked.sort_unstable();
        Times { least: passed[0], median: passed[passed.len() / 2], worked: worked[worked.len() / 2] }
    })
}

/// How long the cores have worked for this process and for those it waited for; only Linux tells, in hundredths of a
/// second.
pub fn worked() -> Duration {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    let ticks = fields.skip(11).take(4).filter_map(|ticks| ticks.parse::<u64>().ok());
    Duration::from_millis(ticks.sum::<u64>() * 10)
}

/// The most memory that the process held, in KiB; only Linux tells.
///
/// The kernel forgets it when the process ends, so it is asked again and again while the process runs.
#[allow(dead_code, reason = "every benchmark uses a part of it")]
pub fn peak(command: &mut Command) -> Option<u64> {
    let mut child = command.stdout(Stdio::null()).spawn().unwrap();
    let about = format!("/proc/{}/status", child.id());
    let mut peak = None;
    while child.try_wait().unwrap().is_none() {
        let status = fs::read_to_string(&about).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kib = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok());
        peak = peak.max(kib);
        sleep(Duration::from_millis(1));
    }
    peak
}
