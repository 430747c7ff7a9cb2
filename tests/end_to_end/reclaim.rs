//! Reclaiming: ten thousand swaps under load leave no more behind than ten did.

use std::{
    os::fd::AsRawFd,
    sync::atomic::{AtomicBool, AtomicU64, Ordering},
    thread,
    time::{Duration, Instant},
};

use segue::runtime::Shared;

use crate::{
    alone,
    song::{Sample, Song, open_remembering, wait_until},
};

const FLAT: &str = "reclaim::ten_thousand_swaps_under_load_stay_flat";

const SWAPS: usize = 10_000;
const VARIANTS: usize = 8;

fn text(variant: usize) -> String {
    format!(
        "pub fn mix(x: u64) -> u64 {{ let mut x = x; for k in 0..{}u64 {{ x = x.rotate_left(7) ^ k * {variant}; }} \
         x / x.max(1) * {} }}\n",
        10 + variant,
        variant + 1
    )
}

/// Resident memory of this process in bytes.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/statm").expect("Linux");
    let pages: u64 = status.split(' ').nth(1).and_then(|pages| pages.parse().ok()).expect("pages");
    pages * 4096
}

#[test]
fn ten_thousand_swaps_under_load_stay_flat() {
    if !alone::is_alone(FLAT) {
        return drop(alone::run(FLAT, &[]));
    }
    let song = Song::new(&text(0));
    let program = open_remembering(&song.path(), 4);
    let mix = program.bind::<fn(u64) -> u64>("mix").expect("a handle");
    let texts: Vec<String> = (0..VARIANTS).map(text).collect();
    let (stop, calls) = (AtomicBool::new(false), AtomicU64::new(0));
    let (warm, end) = thread::scope(|scope| {
        for _ in 0..2 {
            let (mix, me, stop, calls) = (mix.clone(), program.participant(), &stop, &calls);
            scope.spawn(move || {
                while !stop.load(Ordering::Relaxed) {
                    let answer = mix.pin(&me).call(12345);
                    assert!((1..=VARIANTS as u64).contains(&answer), "not live code: {answer}");
                    calls.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        let swap = |n: usize| program.apply(&texts[n % VARIANTS]).expect("live");
        (1..1_000).for_each(|n| drop(swap(n)));
        let warm = (resident(), program.memory());
        (1_000..SWAPS).for_each(|n| drop(swap(n)));
        let end = (resident(), program.memory());
        stop.store(true, Ordering::Relaxed);
        (warm, end)
    });
    assert!(calls.load(Ordering::Relaxed) > 1_000, "the callers really called");
    let growth = end.0.saturating_sub(warm.0);
    assert!(
        growth < 1 << 20,
        "resident memory grew by {growth} bytes in {SWAPS} swaps: {:?} became {:?}",
        warm.1,
        end.1
    );
    println!("resident memory grew by {growth} bytes, from {} to {}", warm.0, end.0);

    // Everything that left the history is reclaimed: what is retired now waits only for a moment.
    let deadline = Instant::now() + Duration::from_secs(20);
    while program.reclaimed().waiting > 0 {
        assert!(Instant::now() < deadline, "{:?} still waits", program.reclaimed());
        thread::yield_now();
    }
    let (warm, end) = (warm.1, program.memory());
    assert!(end.code <= warm.code_high_water && end.read_only <= warm.read_only_high_water);
    assert_eq!(end.data, warm.data, "slots, GOT and statics are the same all along");
    let kept = 4 + 1;
    assert_eq!(program.reclaimed().reclaimed as usize, SWAPS - kept, "all but the history");
}

#[test]
fn a_thread_in_old_code_keeps_it_and_nothing_else_waits_for_ever() {
    let text = |n: u32| {
        format!(
            "pub fn hold(gate: *const u32) -> u32 {{ loop {{ if unsafe {{ gate.read_volatile() }} != 0 {{ return {n} }} }} }}\n"
        )
    };
    let song = Song::new(&text(1));
    let program = open_remembering(&song.path(), 1);
    let hold = program.bind::<fn(*const u32) -> u32>("hold").expect("a handle");
    let gate = std::sync::atomic::AtomicU32::new(0);
    let inside = AtomicBool::new(false);
    thread::scope(|scope| {
        let (me, handle, gate, inside) = (program.participant(), hold.clone(), &gate, &inside);
        let held = scope.spawn(move || {
            let pinned = handle.pin(&me);
            inside.store(true, Ordering::Release);
            pinned.call(gate.as_ptr())
        });
        while !inside.load(Ordering::Acquire) {
            thread::yield_now();
        }
        for n in 2..10 {
            program.apply(&text(n)).expect("live");
        }
        let deadline = Instant::now() + Duration::from_millis(300);
        while Instant::now() < deadline {
            assert!(program.reclaimed().reclaimed < 8, "the first generation is in use");
            thread::yield_now();
        }
        assert!(program.reclaimed().waiting > 0, "{:?}", program.reclaimed());
        gate.store(1, Ordering::Relaxed);
        let answer = held.join().expect("it returns");
        assert!((1..10).contains(&answer));
    });
    let deadline = Instant::now() + Duration::from_secs(20);
    while program.reclaimed().waiting > 0 {
        assert!(Instant::now() < deadline, "{:?} still waits", program.reclaimed());
        thread::yield_now();
    }
}

/// A state whose `Default` waits for a pipe: the program's thread, and whoever commits, hold the core's
/// lock as long.
#[test]
fn a_default_that_takes_its_time_holds_up_no_reclaiming() {
    let text = |n: u32, default: &str| {
        format!(
            "{}\nunsafe extern \"C\" {{ fn read(fd: i32, at: *mut u8, count: usize) -> isize; }}
pub struct Slow {{ n: u32 }}
impl Default for Slow {{ fn default() -> Slow {{ {default} Slow {{ n: {n} }} }} }}
pub fn slow(state: &mut Slow, sample: &mut Sample) {{ sample.number = state.n; }}
pub fn spin(gate: *const u32) -> u32 {{ loop {{ if unsafe {{ gate.read_volatile() }} != 0 {{ return {n} }} }} }}
",
            <Sample as Shared>::SOURCE
        )
    };
    let song = Song::new(&text(1, ""));
    let program = open_remembering(&song.path(), 1);
    let spin = program.bind::<fn(*const u32) -> u32>("spin").expect("a handle");
    let (gate, inside) = (std::sync::atomic::AtomicU32::new(0), AtomicBool::new(false));
    let (reader, writer) = std::io::pipe().expect("a pipe");
    thread::scope(|scope| {
        let caller = scope.spawn(|| {
            let me = program.participant();
            let pinned = spin.pin(&me);
            inside.store(true, Ordering::Release);
            pinned.call(gate.as_ptr())
        });
        wait_until("it is inside", || inside.load(Ordering::Acquire));
        let wait = format!("unsafe {{ read({}, &mut 0, 1) }};", reader.as_raw_fd());
        for n in 2..8 {
            program.apply(&text(n, &wait)).expect("live");
        }
        assert!(program.reclaimed().waiting > 0, "{:?}", program.reclaimed());
        let held = scope.spawn(|| program.closure::<Sample>("slow").map(drop));
        gate.store(1, Ordering::Relaxed);
        caller.join().expect("it returns");
        wait_until("it left", || program.reclaimed().waiting == 0);
        assert!(!held.is_finished(), "the state is still being made, under the lock");
        drop(writer);
        held.join().expect("no panic").expect("a closure");
    });
}

#[test]
fn what_is_retired_after_the_program_is_gone_is_reclaimed() {
    let song = Song::new("pub fn one(x: u64) -> u64 { x * 3 }\n");
    let program = open_remembering(&song.path(), 1);
    let one = program.bind::<fn(u64) -> u64>("one").expect("a handle");
    let (me, other) = (program.participant(), program.participant());
    let guard = other.pin();
    for n in 0..5 {
        program.apply(&format!("pub fn one(x: u64) -> u64 {{ x * {n} }}\n")).expect("live");
    }
    drop(program);
    assert!(me.reclaimed().waiting > 0, "{:?}", me.reclaimed());
    assert_eq!(one.pin(&me).call(2), 8, "a handle outlives its program");
    drop(guard);
    wait_until("its code is reclaimed without it", || me.reclaimed().waiting == 0);
}
