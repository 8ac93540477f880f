//! Killed at random moments.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use kaikaku::source::Snapshot;
use kaikaku::store::{self, FileWrite, Occasion, Writer, Written};

use super::desk::{Desk, ended};
use super::{Random, count};

/// Where the child of [`several_files_are_written_or_none`] writes.
const CHILD: &str = "KAIKAKU_FAULTS_CHILD";

#[test]
fn a_killed_update_leaves_the_old_file_or_the_new_one() {
    let (desk, mut random) = (Desk::new(), Random::new());
    let seed = random.0;
    let (mut tried, mut acknowledged) = (Vec::new(), Vec::new());
    let (mut moments, mut longest) = (0, Duration::from_millis(20));
    while moments < count(40, 300) {
        let text = format!("record {}", tried.len());
        let entry = (random.below(3) + 1).to_string();
        tried.push(text.clone());
        let begun = Instant::now();
        let mut child = desk.update(&entry, &text).spawn().unwrap();
        // Every eighth is let live, and tells how long a life is.
        if tried.len() % 8 == 0 {
            let ran = ended(child);
            assert_eq!(ran.code, Some(0), "what was killed before blocks nobody: {}", ran.err);
            longest = begun.elapsed();
            acknowledged.push(text);
            continue;
        }
        let delay = Duration::from_micros(random.below(u64::try_from(longest.as_micros()).unwrap() * 11 / 10));
        sleep(delay);
        child.kill().unwrap();
        moments += 1;
        if ended(child).code == Some(0) {
            acknowledged.push(text);
        }
    }
    desk.holds(&acknowledged, &tried);
    let there = desk.done().len();
    println!(
        "kill: {moments} moments (seed {seed}), {} acknowledged and all there, {there} in all",
        acknowledged.len()
    );
}

/// Three files that always say the same.
const FILES: [&str; 3] = ["1.toml", "records/2.toml", "records/3.toml"];

fn write(plan: &Path, from: usize) {
    let change = |name: &&str| FileWrite {
        path: plan.join(name),
        old: (from > 0).then(|| format!("# {from}\n")),
        new: Some(format!("# {}\n", from + 1)),
    };
    let written = store::apply(plan, &FILES.iter().map(change).collect::<Vec<_>>(), &Occasion::default());
    assert_eq!(written, Ok(Written::Lasting));
}

/// What the files say, as a reader sees them; they agree.
fn seen(plan: &Path) -> usize {
    let snapshot = Snapshot::of_folder(plan, "plan".into(), &|_| true);
    let texts: Vec<&str> = snapshot.files.iter().map(|file| file.text()).collect();
    assert!(texts.iter().all(|text| *text == texts[0]) && [0, 3].contains(&texts.len()), "{texts:?}");
    texts.first().map_or(0, |text| text.trim().trim_start_matches("# ").parse().unwrap())
}

/// Not a test: what the test below starts, again and again.
#[test]
fn child() {
    let Some(plan) = std::env::var_os(CHILD) else { return };
    let plan = Path::new(&plan);
    drop(Writer::open(plan).unwrap());
    for from in seen(plan).. {
        write(plan, from);
    }
}

#[test]
fn several_files_are_written_or_none() {
    let (home, mut random) = (tempfile::tempdir().unwrap(), Random::new());
    let seed = random.0;
    let (plan, moments) = (home.path(), count(40, 300));
    let mut interrupted = 0;
    let mut before = 0;
    for _ in 0..moments {
        let mut child = Command::new(std::env::current_exe().unwrap());
        child.args(["--exact", "faults::kill::child"]).env(CHILD, plan).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = child.spawn().unwrap();
        // From its first write on: a busy machine takes its time to start it.
        let begun = Instant::now();
        while seen(plan) == before && begun.elapsed() < Duration::from_secs(20) {
            sleep(Duration::from_millis(1));
        }
        sleep(Duration::from_micros(random.below(30_000)));
        // Whoever reads while it writes sees one state, never half of it.
        let during = seen(plan);
        child.kill().unwrap();
        child.wait().unwrap();
        interrupted += usize::from(plan.join(".kaikaku.journal").exists());
        let after = seen(plan);
        drop(Writer::open(plan).unwrap());
        assert!(before <= during && during <= after && seen(plan) == after, "{before} {during} {after}");
        assert!(
            FILES
                .iter()
                .all(|name| after == 0 || fs::read_to_string(plan.join(name)).unwrap() == format!("# {after}\n"))
        );
        before = after;
    }
    assert!(before > 0, "the child never wrote");
    println!(
        "several files: {moments} moments (seed {seed}), {before} writes, {interrupted} finished by the next writer"
    );
}
