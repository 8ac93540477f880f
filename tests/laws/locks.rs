//! Who may write: one at a time, and what each of them wrote is there. `KAIKAKU_LAW_EACH` is how often each of many
//! writers writes.

#![allow(clippy::print_stdout, reason = "prints its figures")]

use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use kaikaku::store::{self, FileWrite, Occasion, Writer};

/// What a writer of [`no_update_of_many_writers_is_lost`] is told: where, its name, and how often.
const WRITER: [&str; 3] = ["KAIKAKU_LAW_PLAN", "KAIKAKU_LAW_WRITER", "KAIKAKU_LAW_EACH"];

/// Not a test: a writer that adds lines to one file, as `update` adds blocks.
#[test]
fn writer() {
    let [Some(plan), Some(name), Some(each)] = WRITER.map(std::env::var_os) else { return };
    let (plan, name) = (Path::new(&plan), name.to_string_lossy());
    let path = plan.join("records.toml");
    for n in 0..each.to_string_lossy().parse().unwrap() {
        // Where everybody else was quicker for as long as one waits, a person tries again.
        let writer = (0..10).find_map(|_| Writer::open(plan).ok()).unwrap();
        loop {
            let old = store::read(&path).unwrap().map(|bytes| String::from_utf8(bytes).unwrap());
            let new = Some(format!("{}{name}: {n}\n", old.as_deref().unwrap_or_default()));
            let change = FileWrite { path: path.clone(), old, new };
            if writer.attempt(&[change], &Occasion::default()).unwrap().is_some() {
                break;
            }
        }
    }
}

/// Reads the file as a virus scanner does: nobody else may have it meanwhile. Elsewhere nobody is kept from it.
fn read_alone(path: &Path) -> bool {
    let mut options = File::options();
    #[cfg(windows)]
    std::os::windows::fs::OpenOptionsExt::share_mode(&mut options, 0);
    options.read(true).open(path).is_ok_and(|mut file| {
        let read = std::io::copy(&mut file, &mut std::io::sink()).is_ok();
        thread::sleep(Duration::from_millis(2));
        read
    })
}

#[test]
fn no_update_of_many_writers_is_lost() {
    let each: usize = std::env::var(WRITER[2]).ok().and_then(|each| each.parse().ok()).unwrap_or(20);
    for writers in [2, 4, 8] {
        let folder = tempfile::tempdir().unwrap();
        let (plan, path) = (folder.path(), folder.path().join("records.toml"));
        let start = |writer: usize| {
            let mut command = Command::new(std::env::current_exe().unwrap());
            command.args(["--exact", "locks::writer"]).stdout(Stdio::null());
            command.env(WRITER[0], plan).env(WRITER[1], writer.to_string()).env(WRITER[2], each.to_string());
            command.spawn().unwrap()
        };
        let over = AtomicBool::new(false);
        let reads = thread::scope(|scope| {
            let reader = scope.spawn(|| {
                let mut reads = 0;
                while !over.load(Ordering::Relaxed) {
                    reads += usize::from(read_alone(&path));
                    thread::sleep(Duration::from_millis(5));
                }
                reads
            });
            let all: Vec<_> = (0..writers).map(start).collect();
            let ended: Vec<bool> = all.into_iter().map(|mut child| child.wait().unwrap().success()).collect();
            over.store(true, Ordering::Relaxed);
            assert_eq!(ended, vec![true; writers]);
            reader.join().unwrap()
        });
        let text = fs::read_to_string(&path).unwrap();
        let mut there: Vec<&str> = text.lines().collect();
        there.sort_unstable();
        let mut wanted: Vec<String> = (0..writers).flat_map(|w| (0..each).map(move |n| format!("{w}: {n}"))).collect();
        wanted.sort_unstable();
        assert!(there == wanted, "{} of {} lines are there", there.len(), wanted.len());
        println!("{} updates by {writers} writers, {reads} reads between them", wanted.len());
    }
}
