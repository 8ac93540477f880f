//! Every call that a writer asks of the disk: at each of them the call fails once, fails from then on, or the program ends.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::calls::{
    CASES, Case, Known, State, command, copied, desk, forced, heals, holds, is_made_again, known, seen,
};
use super::{Random, full};
use crate::support::Desk;

/// Every file there is, also the program's own and git's; but for the lock, which says nothing of a plan.
fn everything(desk: &Desk) -> State {
    fn collect(folder: &Path, found: &mut State) {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let path = entry.path();
            match path.is_dir() {
                true => collect(&path, found),
                false => drop(found.insert(path.display().to_string(), fs::read(&path).unwrap())),
            }
        }
    }
    let (mut found, root) = (State::new(), desk.path("").display().to_string());
    collect(&desk.path(""), &mut found);
    found.retain(|path, _| !path.ends_with(".kaikaku.lock"));
    found.into_iter().map(|(path, bytes)| (path[root.len()..].to_owned(), bytes)).collect()
}

/// What the faults of a writer came to.
#[derive(Debug, Default)]
struct Count {
    /// What it asks of the disk when nothing fails, in a repository and in a folder without git.
    calls: Vec<usize>,
    faults: usize,
    kills: usize,
    /// How often nothing on the disk had changed, so that nothing was to be healed.
    untouched: usize,
    new: usize,
    /// Exit codes.
    codes: BTreeMap<i32, usize>,
}

impl Count {
    fn add(&mut self, how: &str, Faulted { code, outcome, is_untouched }: &Faulted) {
        *(if how == "kill" { &mut self.kills } else { &mut self.faults }) += 1;
        self.untouched += usize::from(*is_untouched);
        self.new += usize::from(*outcome == "new");
        *self.codes.entry(*code).or_default() += 1;
    }

    fn tried(&self) -> usize {
        self.faults + self.kills
    }

    fn print(&self, name: &str) {
        let codes: Vec<String> = self.codes.iter().map(|(code, n)| format!("{code}: {n}")).collect();
        println!(
            "calls: {name}: {:?} calls, {} faults, {} kills; {} written, {} not ({} untouched); exit codes {}",
            self.calls,
            self.faults,
            self.kills,
            self.new,
            self.tried() - self.new,
            self.untouched,
            codes.join(", ")
        );
    }
}

/// What one fault came to.
struct Faulted {
    code: i32,
    outcome: &'static str,
    is_untouched: bool,
}

/// A writer, the world that it writes in, and what comes of it.
struct Trial<'c> {
    case: &'c Case,
    template: Desk,
    /// All of the world.
    bytes: State,
    known: Known,
}

impl<'c> Trial<'c> {
    fn new(case: &'c Case, with_git: bool) -> Self {
        let template = desk(case, with_git);
        let known = known(case, &template);
        Self { case, bytes: everything(&template), template, known }
    }

    /// One call of the writer: `None` where it makes fewer.
    fn at(&self, nth: usize, how: &str) -> Option<Faulted> {
        let desk = copied(&self.template);
        let mark = desk.path("../mark");
        let fault = format!("any:{nth}:{how}:{}", mark.display());
        let mut command = command(&desk, self.case.args, forced(self.case));
        let output = command.env("KAIKAKU_FAULT", fault).output().unwrap();
        let code = output.status.code().unwrap();
        if !mark.exists() {
            assert_eq!(code, self.known.code, "{}", self.case.name);
            return None;
        }
        let place = format!("call {nth}: {how}");
        // What is as it was is read as it was, and there is nothing in it to heal.
        let is_untouched = everything(&desk) == self.bytes;
        let outcome = match is_untouched {
            true => holds(self.case, &self.known, &self.known.old, &output, &place),
            false => holds(self.case, &self.known, &seen(&desk), &output, &place),
        };
        if !is_untouched {
            heals(self.case, &self.known, &desk, &place);
        }
        Some(Faulted { code, outcome, is_untouched })
    }
}

#[test]
fn every_call_of_every_writer_may_fail() {
    if !cfg!(debug_assertions) {
        return println!("calls: skipped, a build that is handed out lets no test break a call");
    }
    let seed = Random::new().0;
    let next = AtomicUsize::new(0);
    let count = || {
        let mut counts = [0, 0];
        while let Some(case) = CASES.get(next.fetch_add(1, Ordering::SeqCst)) {
            let count = every_call(case, seed);
            counts = [counts[0] + count.tried(), counts[1] + count.new];
        }
        counts
    };
    let counts = thread::scope(|scope| {
        let threads: Vec<_> = (0..2).map(|_| scope.spawn(count)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect::<Vec<_>>()
    });
    let [tried, new] = [0, 1].map(|at| counts.iter().map(|count| count[at]).sum::<usize>());
    println!(
        "calls: {tried} faults and kills in {} writers (seed {seed}), {new} of them written, each told as it is",
        CASES.len()
    );
    assert!(tried > 40, "only {tried} calls were made to fail");
}

/// Every call of a writer in a full run, some of them otherwise.
fn every_call(case: &Case, seed: u64) -> Count {
    let mut random = Random(seed ^ u64::try_from(case.name.len()).unwrap());
    let mut count = Count::default();
    // A site or a dataset takes a thousand calls.
    let some = if is_made_again(case) { 400 } else { 60 };
    let (homes, step): (&[bool], u64) = if full() { (&[true, false], 1) } else { (&[true], some) };
    for with_git in homes.iter().copied().filter(|git| *git || case.name != "git-setup") {
        let trial = Trial::new(case, with_git);
        for how in ["fail", "stay", "kill"] {
            let first = 1 + usize::try_from(random.below(step)).unwrap();
            let tried = (first..).step_by(usize::try_from(step).unwrap()).map_while(|nth| trial.at(nth, how));
            let tried: Vec<Faulted> = tried.collect();
            tried.iter().for_each(|faulted| count.add(how, faulted));
            if full() && how == "fail" {
                count.calls.push(tried.len());
            }
        }
    }
    if full() {
        count.print(case.name);
    }
    count
}
