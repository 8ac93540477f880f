//! Many at once.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Instant;

use super::count;
use super::desk::{Desk, ran};

fn crowd(processes: usize, each: usize, entry: impl Fn(usize, usize) -> String + Sync) {
    let desk = Desk::new();
    let text = |writer: usize, update: usize| format!("{writer}: {update}");
    let all: Vec<String> = (0..processes).flat_map(|w| (0..each).map(move |u| text(w, u))).collect();
    let begun = Instant::now();
    let (over, mut reads) = (AtomicBool::new(false), 0);
    thread::scope(|scope| {
        let writers: Vec<_> = (0..processes)
            .map(|writer| {
                let (desk, entry) = (&desk, &entry);
                scope.spawn(move || {
                    for update in 0..each {
                        let ran = ran(desk.update(&entry(writer, update), &text(writer, update)).output().unwrap());
                        assert_eq!(ran.code, Some(0), "{}", ran.err);
                    }
                })
            })
            .collect();
        let reader = scope.spawn(|| {
            let mut reads = 0;
            while !over.load(Ordering::Relaxed) {
                let ran = desk.run(&["log", "--format", "json"]);
                assert_eq!(ran.code, Some(0), "a reader waits for nobody: {}", ran.err);
                reads += 1;
            }
            reads
        });
        let failed = writers.into_iter().map(|writer| writer.join()).filter(Result::is_err).count();
        over.store(true, Ordering::Relaxed);
        assert_eq!(failed, 0);
        reads = reader.join().unwrap();
    });
    let seconds = begun.elapsed().as_secs_f64();
    desk.holds(&all, &all);
    println!("crowd: {processes} processes × {each} updates: {} records in {seconds:.1} s, {reads} reads", all.len());
}

#[test]
fn every_update_of_one_entry_is_there() {
    crowd(count(4, 8), count(5, 50), |_, _| "1".to_owned());
}

#[test]
fn every_update_of_many_entries_is_there() {
    crowd(count(4, 8), count(5, 50), |writer, update| ((writer + update) % 10 + 1).to_string());
}
