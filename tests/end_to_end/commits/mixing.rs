//! Zero mixed observations in a billion calls, while 1,000 functions swap as one commit again and
//! again; and under `Commit::Immediate` the same check finds some.

use std::{
    fmt::Write as _,
    sync::{
        Condvar, Mutex,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    thread,
};

use segue::{Commit, Participant};

use super::open;
use crate::song::Song;

const THREADS: u64 = 8;
/// How often all functions swap, and calls from one live function to another for each.
const COMMITS: u64 = 100;
const CALLS: u64 = 10_000_000;
/// Of each root, how often it goes through its half of the functions.
const ROUNDS: u64 = 10;
const GROUPS: usize = 40;
const LEAVES: usize = 24;
/// A result holds the number of calls below this bit, the number of mixed ones from it on.
const MIXED: u32 = 40;

/// 1,000 functions in two halves under two roots, and the root that says which edition this is. Each
/// compares its own edition with the one that the scope began with.
fn thousand(edition: u64) -> String {
    let mut text = String::new();
    let seen = format!("1 + (((generation != {edition}) as u64) << {MIXED})");
    for group in 0..GROUPS {
        let mut body = String::new();
        for leaf in 0..LEAVES {
            let _ = writeln!(
                text,
                "#[inline(never)] fn leaf_{group}_{leaf}(x: u64, generation: u64) -> u64 {{ x + {seen} }}"
            );
            let _ = writeln!(body, "    x = leaf_{group}_{leaf}(x, generation);");
        }
        let _ = writeln!(
            text,
            "#[inline(never)] fn group_{group}(mut x: u64, generation: u64) -> u64 {{\n{body}    x + {seen}\n}}"
        );
    }
    for (root, groups) in [("one", 0..GROUPS / 2), ("two", GROUPS / 2..GROUPS)] {
        let _ = write!(
            text,
            "pub fn {root}(rounds: u64, generation: u64) -> u64 {{\n    let mut x = 0;\n    for _ in 0..rounds {{\n"
        );
        for group in groups {
            let _ = writeln!(text, "        x = group_{group}(x, generation);");
        }
        text.push_str("    }\n    x\n}\n");
    }
    let _ = writeln!(text, "pub fn edition(x: u64) -> u64 {{ x + {edition} }}");
    text
}

/// What the threads saw.
struct Seen {
    calls: u64,
    mixed: u64,
    commits: u64,
    /// Scopes that began in the first generation, and in the second.
    scopes: [u64; 2],
    /// Scopes that began before a commit, and of which the second half of the calls came after it.
    straddling: u64,
}

/// The commits made, and who waits for the next.
struct Turns {
    commits: Mutex<u64>,
    changed: Condvar,
}

impl Turns {
    fn made(&self) -> u64 {
        *self.commits.lock().expect("no commit failed")
    }

    fn next(&self) {
        *self.commits.lock().expect("no commit failed") += 1;
        self.changed.notify_all();
    }

    fn wait_for_more_than(&self, commits: u64) {
        let made = self.commits.lock().expect("no commit failed");
        drop(self.changed.wait_while(made, |made| *made <= commits).expect("no commit failed"));
    }
}

/// Calls from all threads while one goes back and forth between two generations of all functions,
/// until there were `commits` of them with `calls` calls in each, or a mixed observation and `until`
/// says that this is enough. When there are enough calls for a commit, two threads go on calling until
/// it is there, so that it does not have to share two cores with all eight.
fn observe(commit: Commit, commits: u64, until: Until) -> Seen {
    let song = Song::new(&thousand(1));
    let program = open(&song, commit, 2);
    let report = program.apply(&thousand(2)).expect("live");
    assert!(report.changed.len() >= 1_000, "{} functions changed", report.changed.len());
    let edition = program.bind::<fn(u64) -> u64>("edition").expect("a handle");
    let [one, two] =
        ["one", "two"].map(|root| program.bind::<fn(u64, u64) -> u64>(root).expect("a handle"));
    let (made, mixed) = (AtomicU64::new(0), AtomicU64::new(0));
    let (scopes, straddling) = ([AtomicU64::new(0), AtomicU64::new(0)], AtomicU64::new(0));
    let turns = Turns { commits: Mutex::new(0), changed: Condvar::new() };
    let is_done = |turn| turn >= commits || until == Until::Mixed && mixed.load(Relaxed) > 0;
    let call = |[me, other]: &[Participant; 2]| {
        let _scope = me.pin();
        let generation = edition.pin(me).call(0);
        scopes[generation as usize - 1].fetch_add(1, Relaxed);
        for (nth, root) in [&one, &two].into_iter().enumerate() {
            if nth == 1 && edition.pin(other).call(0) != generation {
                straddling.fetch_add(1, Relaxed);
            }
            let answer = root.pin(me).call(ROUNDS, generation);
            made.fetch_add(answer & ((1 << MIXED) - 1), Relaxed);
            mixed.fetch_add(answer >> MIXED, Relaxed);
        }
    };
    let call_on = |number: u64, me: [Participant; 2]| {
        loop {
            let turn = turns.made();
            if is_done(turn) {
                return;
            }
            if made.load(Relaxed) < (turn + 1) * CALLS || (number + turn) % THREADS < 2 {
                call(&me);
            } else {
                turns.wait_for_more_than(turn);
            }
        }
    };
    let commits = thread::scope(|threads| {
        for number in 0..THREADS {
            let (me, call_on) = ([(); 2].map(|()| program.participant()), &call_on);
            threads.spawn(move || call_on(number, me));
        }
        let mut turn = 0;
        while !is_done(turn) {
            let report = if turn % 2 == 0 { program.undo() } else { program.redo() };
            let is_whole = report.is_ok_and(|report| report.changed.len() >= 1_000);
            while made.load(Relaxed) < (turn + 1) * CALLS && !is_done(turn) {
                thread::yield_now();
            }
            // A failure must not leave the threads waiting.
            turn = if is_whole { turn + 1 } else { u64::MAX - 1 };
            while turns.made() < turn.min(commits) {
                turns.next();
            }
        }
        while turns.made() < commits {
            turns.next();
        }
        assert!(turn < u64::MAX - 1, "a commit failed, or was not of all functions");
        turn
    });
    let scopes = scopes.map(AtomicU64::into_inner);
    let [calls, mixed, straddling] = [made, mixed, straddling].map(AtomicU64::into_inner);
    Seen { calls, mixed, commits, scopes, straddling }
}

/// When to stop before everything was done.
#[derive(Clone, Copy, PartialEq)]
enum Until {
    Done,
    Mixed,
}

#[test]
fn a_billion_calls_over_eight_threads_see_no_mixed_generation() {
    let Seen { calls, mixed, commits, scopes, straddling } =
        observe(Commit::Snapshot, COMMITS, Until::Done);
    println!("{calls} calls, {commits} commits, {scopes:?} scopes, {straddling} straddle one");
    assert!(calls >= 1_000_000_000 && commits >= COMMITS, "{calls} calls, {commits} commits");
    assert!(scopes.iter().all(|scopes| *scopes > 1_000), "both generations are called: {scopes:?}");
    assert!(straddling >= COMMITS / 10, "{straddling} scopes went on after a commit");
    assert_eq!(mixed, 0, "mixed observations in {calls} calls over {commits} commits");
}

#[test]
fn the_same_check_finds_mixed_generations_where_functions_swap_at_once() {
    let Seen { calls, mixed, commits, .. } = observe(Commit::Immediate, COMMITS, Until::Mixed);
    assert!(mixed > 0, "none in {calls} calls over {commits} commits");
}
