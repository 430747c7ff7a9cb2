//! A participant that blocks in old code holds up what its stack says it can come back to, and
//! nothing else.
//!
//! Reclaimed code is overwritten with trapping bytes. Each test runs in a process of its own, where no
//! other test's threads run: what a running thread is in cannot be told.

use std::{
    io::{PipeWriter, Read},
    os::fd::AsRawFd,
    sync::{
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    thread::{self, Scope, ScopedJoinHandle},
    time::{Duration, Instant},
};

use segue::{Program, runtime::loader::Config};

use crate::{
    alone,
    song::{Song, remembering, wait_until},
};

const SWAPS: usize = 2_000;
/// Texts that are swapped in turn: rustc sees each once.
const VARIANTS: usize = 4;

/// A function that parks at the depth it is asked for, one that it calls afterwards, and one that has
/// nothing to do with them. `ty` is a type that all of them are compiled with.
fn text(ty: &str, after: usize, other: usize) -> String {
    format!(
        "unsafe extern \"C\" {{
    fn read(fd: i32, at: *mut u8, count: usize) -> isize;
    fn write(fd: i32, at: *const u8, count: usize) -> isize;
}}
pub struct Types({ty});
#[inline(never)] fn after(x: u64) -> u64 {{ std::hint::black_box(x) + {after} }}
#[inline(never)] fn wait(how: u32, fd: i32) {{
    let mut byte = [0_u8];
    match how {{
        0 => unsafe {{
            write(fd >> 16, byte.as_ptr(), 1);
            read(fd & 0xFFFF, byte.as_mut_ptr(), 1);
        }},
        _ => (),
    }}
}}
#[inline(never)] pub fn park(depth: u32, how: u32, fd: i32) -> u64 {{
    if depth == 0 {{
        match how {{
            2 => return other(7, fd),
            _ => {{ wait(how, fd); return after(0); }}
        }}
    }}
    after(std::hint::black_box(park(depth - 1, how, fd)))
}}
#[inline(never)] pub fn other(x: u64, fd: i32) -> u64 {{ wait(0, fd); std::hint::black_box(x) * {other} }}
"
    )
}

/// The same with threads to wait for, which are much to compile and to link.
fn threads(ty: &str, after: usize, other: usize) -> String {
    text(ty, after, other)
        .replace(
            "_ => (),",
            "_ => {
            let (wake, woken) = std::sync::mpsc::channel();
            std::thread::scope(|scope| {
                scope.spawn(move || { wait(0, fd); wake.send(()) });
                woken.recv().unwrap()
            })
        }",
        )
        .replace(
            "2 =>",
            "1 => return std::thread::scope(|scope| scope.spawn(|| other(7, fd)).join().unwrap()),
            2 =>",
        )
}

fn open(song: &Song) -> Program {
    let memory = Config { poison: true, ..Config::default() };
    remembering(&song.path(), 1).memory(memory).watch(false).open().expect("the file opens")
}

/// Starts a thread that is in `park` until the other end of the pipe is dropped.
fn park<'scope>(
    scope: &'scope Scope<'scope, '_>,
    program: &'scope Program,
    depth: u32,
    how: u32,
) -> (ScopedJoinHandle<'scope, u64>, PipeWriter) {
    let (reader, writer) = std::io::pipe().expect("a pipe");
    let (mut told, tell) = std::io::pipe().expect("a pipe");
    let park = program.bind::<fn(u32, u32, i32) -> u64>("park").expect("a handle");
    let call = move || {
        let me = program.participant();
        park.pin(&me).call(depth, how, tell.as_raw_fd() << 16 | reader.as_raw_fd())
    };
    let thread = thread::Builder::new().stack_size(16 << 20).spawn_scoped(scope, call);
    let thread = thread.expect("a thread");
    told.read_exact(&mut [0]).expect("live code tells when it is about to wait");
    (thread, writer)
}

/// Swaps `other`, again and again, and nothing else.
fn swap(program: &Program, swaps: usize, text: impl Fn(usize) -> String) {
    let texts: Vec<String> = (0..VARIANTS).map(|n| text(n + 1)).collect();
    for n in 1..=swaps {
        program.apply(&texts[n % VARIANTS]).expect("live");
    }
}

fn ruled_out(program: &Program) -> usize {
    program.reclaimed().ruled_out as usize
}

/// What `park` returns with `after` adding that much.
fn answer(depth: u32, after: u64) -> u64 {
    u64::from(depth + 1) * after
}

#[test]
fn thousands_of_swaps_of_others_are_reclaimed_beside_a_parked_participant() {
    alone::survives(|| {
        let cases = [(0, 0, 100), (3, 3, 100), (10_000, 0, SWAPS)];
        for (depth, how, swaps) in cases {
            let text = if how == 0 { text } else { threads };
            let song = Song::new(&text("u8", 1, 1));
            let program = open(&song);
            // This thread runs, and is a caller itself: it is in nobody's stead.
            let _me = program.participant();
            thread::scope(|scope| {
                let (parked, writer) = park(scope, &program, depth, how);
                swap(&program, swaps, |n| text("u8", 1, n));
                wait_until("all is reclaimed", || program.reclaimed().waiting == 0);
                assert!(ruled_out(&program) > 0, "the participant was pinned all along");
                drop(writer);
                assert_eq!(parked.join().expect("it returns"), answer(depth, 1));
            });
        }
    });
}

/// The parked function was left behind with its world, and so was what it will call: they stay, and
/// all worlds between go.
#[test]
fn a_parked_participant_returns_through_the_code_of_its_world() {
    alone::survives(|| {
        let song = Song::new(&text("u8", 1, 1));
        let program = open(&song);
        let _me = program.participant();
        thread::scope(|scope| {
            let (parked, writer) = park(scope, &program, 5, 0);
            let types = ["u16", "u32", "u64", "i8"];
            for n in 0..100 {
                program.apply(&text(types[n % types.len()], 2, 1)).expect("live");
            }
            swap(&program, 100, |n| text("i8", 2, n));
            // Its shim, `park`, `wait` and `after`, and perhaps what else they name.
            wait_until("all but its own is reclaimed", || program.reclaimed().waiting < 10);
            assert!(program.reclaimed().waiting > 0, "{:?}", program.reclaimed());
            assert!(ruled_out(&program) > 400, "{:?}", program.reclaimed());
            drop(writer);
            assert_eq!(parked.join().expect("it returns"), answer(5, 1), "all in the old world");
        });
        wait_until("it left", || program.reclaimed().waiting == 0);
        let park = program.bind::<fn(u32, u32, i32) -> u64>("park").expect("a handle");
        assert_eq!(park.pin(&program.participant()).call(0, 0, 0), answer(0, 2), "the new one");
    });
}

/// In the function that is swapped, itself or by a thread that it waits for: the pin protects that
/// one as well.
#[test]
fn what_a_parked_participant_and_its_threads_are_in_stays() {
    alone::survives(|| {
        let song = Song::new(&threads("u8", 1, 3));
        let program = open(&song);
        let _me = program.participant();
        for how in [2, 1] {
            thread::scope(|scope| {
                program.apply(&threads("u8", 1, 3)).expect("live");
                let (parked, writer) = park(scope, &program, 0, how);
                swap(&program, 100, |n| threads("u8", 1, n));
                wait_until("all but one is reclaimed", || program.reclaimed().waiting < 3);
                assert!(program.reclaimed().waiting > 0, "{:?}", program.reclaimed());
                drop(writer);
                assert_eq!(parked.join().expect("it returns"), 7 * 3, "by the code it was in");
            });
        }
    });
}

#[test]
fn a_thread_that_runs_and_is_no_caller_leaves_all_to_the_epochs() {
    alone::survives(|| {
        let song = Song::new(&text("u8", 1, 1));
        let program = open(&song);
        let me = program.participant();
        let stop = AtomicBool::new(false);
        thread::scope(|scope| {
            // It could be in live code, in the stead of the one that is parked.
            scope.spawn(|| {
                while !stop.load(Ordering::Relaxed) {
                    std::hint::spin_loop();
                }
            });
            let (parked, writer) = park(scope, &program, 0, 0);
            swap(&program, 50, |n| text("u8", 1, n));
            let until = Instant::now() + Duration::from_millis(500);
            while Instant::now() < until {
                assert_eq!(ruled_out(&program), 0);
            }
            assert!(program.reclaimed().waiting > 40, "{:?}", program.reclaimed());
            stop.store(true, Ordering::Relaxed);
            wait_until("all is reclaimed", || program.reclaimed().waiting == 0);
            drop(writer);
            assert_eq!(parked.join().expect("it returns"), answer(0, 1));
        });
        drop(me);
    });
}

/// A number on the stack that happens to be an address in old code keeps it: only a guess, but on
/// the safe side. A guard without any live code keeps nothing else.
#[test]
fn what_looks_like_a_return_address_counts_as_one() {
    alone::survives(|| {
        let song = Song::new(&text("u8", 1, 1));
        let program = &open(&song);
        let _me = program.participant();
        // Those of the function and of its shim, of which only the first is swapped.
        let view = program.view();
        let entries = view.functions.iter().filter(|each| each.name == "other");
        let words: Vec<usize> = entries.map(|each| each.entry + 5).collect();
        thread::scope(|scope| {
            let (reader, writer) = std::io::pipe().expect("a pipe");
            let (tell, told) = mpsc::channel();
            scope.spawn(move || {
                let me = program.participant();
                let _guard = me.pin();
                let words: [usize; 2] = std::hint::black_box(words.try_into().expect("two"));
                tell.send(()).expect("somebody listens");
                let _ = { reader }.read(&mut [0]);
                std::hint::black_box(words);
            });
            told.recv().expect("it pins");
            swap(program, 100, |n| text("u8", 1, n));
            wait_until("all but one is reclaimed", || program.reclaimed().waiting == 1);
            drop(writer);
        });
        wait_until("it left", || program.reclaimed().waiting == 0);
    });
}

#[test]
fn a_program_may_leave_all_to_the_epochs() {
    alone::survives(|| {
        let song = Song::new(&text("u8", 1, 1));
        let builder = remembering(&song.path(), 1).look_at_stacks(false);
        let program = builder.watch(false).open().expect("the file opens");
        let _me = program.participant();
        thread::scope(|scope| {
            let (parked, writer) = park(scope, &program, 0, 0);
            swap(&program, 50, |n| text("u8", 1, n));
            let until = Instant::now() + Duration::from_millis(300);
            while Instant::now() < until {
                assert_eq!(ruled_out(&program), 0);
            }
            assert!(program.reclaimed().waiting > 40, "{:?}", program.reclaimed());
            drop(writer);
            parked.join().expect("it returns");
        });
        wait_until("it left", || program.reclaimed().waiting == 0);
    });
}
