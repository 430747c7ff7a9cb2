//! Swaps without end beside eight calling threads: memory stays flat, and nobody meets code that was
//! freed.
//!
//! Freed code is overwritten with trapping bytes. The tests are bounded by the swaps, and each runs in a
//! process of its own: one measures its memory, the other would die.

use std::{
    io::{PipeReader, PipeWriter, Write},
    os::fd::AsRawFd,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::atomic::{AtomicBool, AtomicU64, Ordering},
    thread,
};

use segue::{
    ErrorKind, Outcome, Program,
    runtime::loader::{Config, Usage},
};

use crate::{
    alone,
    song::{SAMPLE, Sample, Song, reclaim_all, remembering},
};

const FLAT: &str = "stress::a_million_swaps_under_eight_callers_stay_flat";

/// Swaps in an ordinary run; `SEGUE_SWAPS` asks for another number.
const SWAPS: usize = 10_000;
/// Of so many swaps two are edits: one that opens a world, one within it. The others go back and forth
/// between these two; the last one goes forth. `SEGUE_SWAPS_AN_EDIT` asks for another number, at least 4
/// and even.
const EDIT: usize = 500;
const GROWTH: usize = 1 << 20;

const CALLERS: usize = 8;
/// Swaps of the test that is about how callers behave, which are edits mostly.
const EDITS: usize = 1_000;
/// Texts: rustc sees each once. Every other edit changes a type, which opens a world.
const EDITIONS: usize = 6;

fn text(edition: usize) -> String {
    format!(
        "{SAMPLE}pub struct Edition {edition_type}
unsafe extern \"C\" {{ fn read(fd: i32, at: *mut u8, count: usize) -> isize; }}
#[derive(Default)] pub struct State {{ calls: u32 }}
struct Noted(*mut u64);
impl Drop for Noted {{ fn drop(&mut self) {{ unsafe {{ *self.0 += leaf(1) / 10 }} }} }}
#[inline(never)] pub fn leaf(x: u64) -> u64 {{ std::hint::black_box(x) * 10 + {edition} }}
pub fn chain(x: u64) -> u64 {{ std::hint::black_box(leaf(x)) }}
pub fn spin(turns: u64) -> u64 {{
    let mut x = leaf(3);
    for k in 0..turns {{
        x = std::hint::black_box(x);
        if k % 100 == 0 {{ x = leaf(x / 10); }}
    }}
    x
}}
#[inline(never)] pub fn wait(fd: i32) -> u64 {{
    let mut byte = [0_u8];
    unsafe {{ read(fd, byte.as_mut_ptr(), 1) }};
    leaf(4)
}}
#[inline(never)] pub fn deep(n: u64) -> u64 {{
    if n == 0 {{ return leaf(0) }}
    std::hint::black_box(deep(std::hint::black_box(n) - 1)) + leaf(1) / 10
}}
#[inline(never)] pub fn throw(n: u64, drops: *mut u64) -> u64 {{
    let _noted = Noted(drops);
    if n == 0 {{ std::panic::resume_unwind(Box::new(leaf(7))) }}
    std::hint::black_box(throw(std::hint::black_box(n) - 1, drops)) + 1
}}
pub fn process(state: &mut State, sample: &mut Sample) {{
    state.calls += 1;
    sample.number = leaf(state.calls as u64) as u32;
}}
",
        edition_type = ["{ a: u8 }", "{ a: u16 }", "{ a: u32 }"][edition / 2],
    )
}

/// Whether an edition of `leaf` returned this for `x`.
#[track_caller]
fn check(answer: u64, x: u64) {
    let is_one = answer / 10 == x && answer % 10 < EDITIONS as u64;
    assert!(is_one, "not what any edition returns for {x}: {answer}");
}

fn open() -> (Song, Program) {
    let song = Song::new(&text(0));
    let memory = Config { poison: true, ..Config::default() };
    let program = remembering(&song.path(), 4).memory(memory).watch(false).open();
    (song, program.expect("the file opens"))
}

/// Ends the callers also when the test fails.
struct StopOnDrop<'a>(&'a AtomicBool);

impl Drop for StopOnDrop<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// The number in the variable `name`.
fn asked_for(name: &str, otherwise: usize) -> usize {
    std::env::var(name).ok().and_then(|number| number.parse().ok()).unwrap_or(otherwise)
}

/// Resident memory of this process in bytes.
fn resident() -> usize {
    let status = std::fs::read_to_string("/proc/self/statm").expect("Linux");
    let pages: usize =
        status.split(' ').nth(1).and_then(|pages| pages.parse().ok()).expect("pages");
    pages * 4096
}

/// Resident memory, and what the windows hold, when all that is retired is freed.
fn measure(program: &Program) -> (usize, Usage) {
    reclaim_all(program);
    (resident(), program.memory())
}

fn in_windows(usage: &Usage) -> usize {
    usage.code + usage.read_only + usage.data
}

#[test]
fn a_million_swaps_under_eight_callers_stay_flat() {
    if !alone::is_alone(FLAT) {
        let output = alone::run(FLAT, &[]);
        let told = String::from_utf8_lossy(&output.stdout);
        return told
            .lines()
            .filter(|line| line.contains("resident"))
            .for_each(|line| println!("{line}"));
    }
    let swaps = asked_for("SEGUE_SWAPS", SWAPS);
    let edit_every = asked_for("SEGUE_SWAPS_AN_EDIT", EDIT);
    // From the second pair of editions on.
    let (start, warm) = (edit_every, edit_every + swaps / 4);
    let (_song, program) = open();
    let chain = program.bind::<fn(u64) -> u64>("chain").expect("a handle");
    let texts: Vec<String> = (0..EDITIONS).map(text).collect();
    let (stop, calls) = (AtomicBool::new(false), [const { AtomicU64::new(0) }; CALLERS]);
    let (warm, end) = thread::scope(|scope| {
        for calls in &calls {
            let (chain, program, stop) = (&chain, &program, &stop);
            scope.spawn(move || {
                let me = program.participant();
                while !stop.load(Ordering::Relaxed) {
                    check(chain.pin(&me).call(123), 123);
                    calls.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        let _stop = StopOnDrop(&stop);
        let me = program.participant();
        let edit = |edition: usize| {
            let report = program.apply(&texts[edition]).expect("live");
            assert!(report.linked > 0, "an edit: {report}");
            let handle = program.bind::<fn(u64) -> u64>("spin").expect("a handle");
            check(handle.pin(&me).call(2), 3);
        };
        let swap = |n: usize| match n % edit_every {
            0 => edit(n / edit_every % 3 * 2),
            1 => edit(n / edit_every % 3 * 2 + 1),
            even if even % 2 == 0 => drop(program.undo().expect("the edit before")),
            _ => drop(program.redo().expect("the edit that was undone")),
        };
        (start..warm).for_each(swap);
        let at_first = measure(&program);
        (warm..start + swaps).for_each(swap);
        (at_first, measure(&program))
    });
    let calls = calls.map(AtomicU64::into_inner);
    let resident = end.0.saturating_sub(warm.0);
    let windows = in_windows(&end.1).saturating_sub(in_windows(&warm.1));
    println!(
        "{swaps} swaps: {resident} bytes resident and {windows} in windows more, {calls:?} calls"
    );
    assert!(calls.iter().all(|calls| *calls > 1_000), "all of them called: {calls:?}");
    assert!(resident <= GROWTH, "{resident} bytes more: {warm:?} became {end:?}");
    assert!(windows <= GROWTH, "{windows} bytes more: {warm:?} became {end:?}");
    assert!(end.1.reclaimed_ranges > warm.1.reclaimed_ranges, "code went: {warm:?}, {end:?}");
}

/// What a caller does over and over, until it is told to stop.
type Behaviour = fn(&Program, &PipeReader);

const BEHAVIOURS: [Behaviour; CALLERS] =
    [loops, blocks, recurses, unwinds, faults, registers, opens_closures, binds];

fn loops(program: &Program, _: &PipeReader) {
    let (me, spin) = (program.participant(), program.bind::<fn(u64) -> u64>("spin"));
    check(spin.expect("a handle").pin(&me).call(100_000), 3);
}

fn blocks(program: &Program, pipe: &PipeReader) {
    let (me, wait) = (program.participant(), program.bind::<fn(i32) -> u64>("wait"));
    check(wait.expect("a handle").pin(&me).call(pipe.as_raw_fd()), 4);
}

fn recurses(program: &Program, _: &PipeReader) {
    let (me, deep) = (program.participant(), program.bind::<fn(u64) -> u64>("deep"));
    let answer = deep.expect("a handle").pin(&me).call(1_000);
    assert!((1_000..1_000 + EDITIONS as u64).contains(&answer), "of no edition: {answer}");
}

/// Through a hundred frames, each of which calls live code when it is dropped.
fn unwinds(program: &Program, _: &PipeReader) {
    let me = program.participant();
    let throw = program.bind::<fn(u64, *mut u64) -> u64>("throw").expect("a handle");
    let mut drops = 0;
    let at = &raw mut drops;
    let thrown = catch_unwind(AssertUnwindSafe(|| throw.pin(&me).call(99, at)));
    let thrown = thrown.expect_err("it never returns");
    check(*thrown.downcast_ref::<u64>().expect("a number"), 7);
    assert_eq!(drops, 100, "every frame was dropped");
}

/// The same behind the guard of the call, which takes the newest edit back.
fn faults(program: &Program, _: &PipeReader) {
    let me = program.participant();
    let throw = program.bind::<fn(u64, *mut u64) -> u64>("throw").expect("a handle");
    let chain = program.bind::<fn(u64) -> u64>("chain").expect("a handle");
    for _ in 0..100 {
        check(chain.pin(&me).try_call(6).expect("it does not throw"), 6);
    }
    let mut drops = 0;
    let thrown = throw.pin(&me).try_call(99, &raw mut drops);
    assert!(thrown.is_err() && drops == 100, "{thrown:?}, {drops} frames");
}

fn registers(program: &Program, _: &PipeReader) {
    let chain = program.bind::<fn(u64) -> u64>("chain").expect("a handle");
    thread::scope(|scope| {
        let registered = scope.spawn(|| check(chain.pin(&program.participant()).call(8), 8));
        registered.join().expect("it returns");
    });
}

fn opens_closures(program: &Program, _: &PipeReader) {
    let mut closure = program.closure::<Sample>("process").expect("a closure");
    for calls in 1..20 {
        let mut sample = Sample::default();
        let call = closure.call(&mut sample);
        assert_eq!(call.outcome, Outcome::Done);
        check(u64::from(sample.number), calls);
    }
}

fn binds(program: &Program, _: &PipeReader) {
    let (me, leaf) = (program.participant(), program.bind::<fn(u64) -> u64>("leaf"));
    let leaf = leaf.expect("a handle");
    let pinned = leaf.pin(&me);
    (0..100).for_each(|x| check(pinned.call(x), x));
}

#[test]
fn callers_that_loop_block_recurse_and_unwind_meet_no_freed_code() {
    alone::survives(|| {
        let (_song, program) = open();
        let (stop, rounds) = (AtomicBool::new(false), [const { AtomicU64::new(0) }; CALLERS]);
        let (reader, writer) = std::io::pipe().expect("a pipe");
        thread::scope(|scope| {
            for (behaviour, rounds) in BEHAVIOURS.iter().zip(&rounds) {
                let (program, stop, reader) = (&program, &stop, &reader);
                scope.spawn(move || {
                    while !stop.load(Ordering::Relaxed) {
                        behaviour(program, reader);
                        rounds.fetch_add(1, Ordering::Relaxed);
                    }
                });
            }
            let stop = StopOnDrop(&stop);
            swap(&program, &writer);
            drop(stop);
            drop(writer);
        });
        let rounds = rounds.map(AtomicU64::into_inner);
        println!("{rounds:?} rounds, {:?}", program.reclaimed());
        assert!(rounds.iter().all(|rounds| *rounds > 10), "all of them called: {rounds:?}");
        reclaim_all(&program);
        assert!(program.reclaimed().reclaimed as usize > EDITS, "{:?}", program.reclaimed());
    });
}

/// Edits within a world, edits that open one, and ways back and forth; now and then the caller that
/// blocks may go on.
fn swap(program: &Program, mut wake: &PipeWriter) {
    let texts: Vec<String> = (0..EDITIONS).map(text).collect();
    for n in 0..EDITS {
        drop(program.apply(&texts[n % EDITIONS]).expect("live"));
        // Whether there is a way depends on what faulted meanwhile.
        for way in 0..n % 3 {
            let report = if way == 0 { program.undo() } else { program.redo() };
            let refused = report.map(drop).or_else(|error| match error.kind() {
                ErrorKind::History => Ok(()),
                _ => Err(error),
            });
            refused.expect("there is a way, or there is none");
        }
        if n % 20 == 0 {
            wake.write_all(&[0]).expect("somebody reads");
        }
    }
}
