//! System calls: once warm, a swap maps and protects nothing.
//!
//! The process is traced by strace while a hundred saves of a watched file are linked and taken.

use std::ops::Range;

use crate::{
    alone,
    song::{Song, watch_remembering},
};

const NAME: &str = "system_calls::a_hundred_swaps_map_and_protect_nothing";
const BEGIN: &str = "/segue-mark/begin";
const END: &str = "/segue-mark/end";
const WARM: usize = 40;
const SWAPS: usize = 100;

#[test]
fn a_hundred_swaps_map_and_protect_nothing() {
    if alone::is_alone(NAME) {
        return swap_between_marks();
    }
    let dir = tempfile::tempdir().expect("a temporary folder");
    let log = dir.path().join("strace.log");
    let log = log.to_str().expect("a plain path");
    let calls = "trace=mmap,munmap,mremap,mprotect,pkey_mprotect,openat";
    let output = alone::run(NAME, &["strace", "-f", "-s", "200", "-e", calls, "-o", log]);
    let told = String::from_utf8_lossy(&output.stdout);
    let windows: Vec<Range<usize>> = told.lines().filter_map(window).collect();
    assert!(windows.len() >= 4, "the program has windows: {told}");

    let log = std::fs::read_to_string(log).expect("strace wrote its log");
    let between: Vec<&str> = log
        .lines()
        .skip_while(|line| !line.contains(BEGIN))
        .skip(1)
        .take_while(|line| !line.contains(END))
        .collect();
    assert!(log.contains(END), "the swaps were traced to the end");
    // The reading of the song a hundred times shows that the trace covers the swaps.
    let read = between.iter().filter(|line| line.contains("/song.rs")).count();
    assert!(read >= SWAPS, "only {read} reads of the song in the trace");
    for line in between {
        assert!(!line.contains("mprotect("), "a page was protected: {line}");
        assert!(!line.contains("PROT_EXEC"), "executable memory was mapped: {line}");
        let touched = mapped(line).is_some_and(|range| {
            windows.iter().any(|window| range.start < window.end && window.start < range.end)
        });
        assert!(!touched, "a window was touched: {line}");
    }
}

/// What the traced process does: prints its windows, then swaps between two marks.
fn swap_between_marks() {
    let text = |n: usize| format!("pub fn level(x: u64) -> u64 {{ x * {} + {n} }}\n", n + 3);
    let song = Song::new(&text(0));
    let program = watch_remembering(&song.path(), 8);
    let level = program.bind::<fn(u64) -> u64>("level").expect("a handle");
    let me = program.participant();
    let swap_to = |n: usize| {
        song.save_by_rename(&text(n));
        while level.pin(&me).call(0) != n as u64 {
            std::thread::yield_now();
        }
    };
    (1..=WARM).for_each(|n| swap_to(n % 8));
    let maps = std::fs::read_to_string("/proc/self/maps").expect("Linux");
    let mut end = "";
    for line in maps.lines() {
        // Code and read-only data share memory with the write view; the data window follows.
        if line.contains(" /dev/zero ") || (!end.is_empty() && line.starts_with(end)) {
            println!("window {line}");
            end = line.split(['-', ' ']).nth(1).unwrap_or_default();
        }
    }
    // Opening files that are not there is what shows up in the trace.
    drop(std::fs::File::open(BEGIN));
    (1..=SWAPS).for_each(|n| swap_to((WARM + n) % 8));
    drop(std::fs::File::open(END));
}

/// The addresses in a line that the traced process printed of its own map.
fn window(line: &str) -> Option<Range<usize>> {
    let (range, _) = line.strip_prefix("window ")?.split_once(' ')?;
    let (start, end) = range.split_once('-')?;
    Some(usize::from_str_radix(start, 16).ok()?..usize::from_str_radix(end, 16).ok()?)
}

/// The addresses that a traced mmap, munmap or mremap names: none when the kernel may choose.
fn mapped(line: &str) -> Option<Range<usize>> {
    let (_, call) = line.split_once('(')?;
    let mut arguments = call.split(", ");
    let start = usize::from_str_radix(arguments.next()?.strip_prefix("0x")?, 16).ok()?;
    let length: usize = arguments.next()?.split([')', ' ']).next()?.parse().ok()?;
    Some(start..start + length)
}
