//! What the kernel writes, read; and real threads, looked at.

use std::{
    io::{PipeReader, Read, Write},
    ops::Range,
    sync::mpsc,
    thread,
};

use super::{Blocked, Maps, PinnedSince, take, threads};

/// Addresses that no program has: words in here are looked for.
const WINDOW: Range<usize> = 0x5e60_0000_0000..0x5e61_0000_0000;

#[test]
fn a_blocked_thread_is_told_from_all_others() {
    let line = "0 0x3 0x7f02dd5f1dc0 0x1 0x0 0x0 0x7f02ddd4e6e8 0x7f02dd0eea30 0x7f02dd7162ec\n";
    let blocked = Blocked::parse(line).expect("blocked in read");
    assert_eq!(blocked.pointer, 0x7f02_dd0e_ea30);
    assert_eq!(blocked.numbers.last(), Some(&0x7f02_dd71_62ec));
    for other in [
        "running\n",
        "-1 0x7f02dd0eea30 0x7f02dd7162ec\n",
        "",
        "0 0x3\n",
        // In vfork, whose child is on the same stack.
        "58 0x3 0x7f02dd5f1dc0 0x1 0x0 0x0 0x7f02ddd4e6e8 0x7f02dd0eea30 0x7f02dd7162ec\n",
        "0 zzz 0x7f02dd5f1dc0 0x1 0x0 0x0 0x7f02ddd4e6e8 0x7f02dd0eea30 0x7f02dd7162ec\n",
    ] {
        assert_eq!(Blocked::parse(other), None, "{other}");
    }
}

#[test]
fn neighbours_are_one_stack_and_a_guard_ends_it() {
    let text = "\
7f00000000-7f00001000 ---p 00000000 00:00 0
7f00001000-7f00003000 rw-p 00000000 00:00 0
7f00003000-7f00004000 rw-p 00000000 00:00 0
7f00004000-7f00005000 ---p 00000000 00:00 0
7f00005000-7f00006000 rw-p 00000000 00:00 0 [stack]
7f00006000-7f00007000 rw-s 00000000 00:00 0 /dev/zero (deleted)
nonsense
";
    let maps = Maps::parse(text);
    let own = |pointer, end| maps.stack(pointer, false, end).map(|it| (it.start, it.end));
    let end = 0x7f_0000_3f00;
    assert_eq!(own(0x7f_0000_1800, Some(end)), Some((0x7f_0000_1000, end)));
    assert_eq!(own(0x7f_0000_5800, Some(end)), None, "on the first thread's");
    assert_eq!(own(0x7f_0000_3f80, Some(end)), None, "on another stack: above its own");
    assert_eq!(own(0x7f_0000_1800, None), None, "nobody knows where its stack ends");
    assert_eq!(own(0x7f_0000_6800, Some(0x7f_0000_6900)), None, "shared memory");
}

#[test]
fn the_first_threads_stack_is_where_the_kernel_says_and_not_below_what_the_library_keeps() {
    let text = "\
7f00001000-7f00004000 rw-p 00000000 00:00 0
7ffd000000-7ffd020000 rw-p 00000000 00:00 0 [stack]
";
    let maps = Maps::parse(text);
    // A coroutine's stack below the first thread's thread locals, in one mapping with them.
    let (coroutine, library) = (0x7f_0000_1800, Some(0x7f_0000_3f00));
    let own = |is_first, pointer, end| {
        maps.stack(pointer, is_first, end).map(|it| (it.start, it.pointer, it.end))
    };
    let end = 0x7f_fd02_0000;
    assert_eq!(own(true, end - 64, library), Some((0x7f_fd00_0000, end - 64, end)));
    assert_eq!(own(true, end - 64, None), Some((0x7f_fd00_0000, end - 64, end)));
    assert_eq!(own(true, coroutine, library), None, "not its own");
    assert!(own(false, coroutine, library).is_some(), "any other thread's would end there");
    assert_eq!(own(false, end - 64, library), None, "another thread on the first one's");
    let unnamed = Maps::parse("7f00001000-7f00004000 rw-p 00000000 00:00 0\n");
    assert!(unnamed.stack(coroutine, true, library).is_none(), "the kernel does not say");
}

/// A thread that blocks in `read` with `word` on its stack, until the writer is dropped.
fn parked(word: usize, mut pipe: PipeReader) -> (thread::JoinHandle<()>, usize) {
    let (tell, told) = mpsc::channel();
    let thread = thread::spawn(move || {
        let on_stack = std::hint::black_box([word; 4]);
        tell.send((&raw const on_stack).addr()).expect("somebody listens");
        let _ = pipe.read(&mut [0]);
        std::hint::black_box(&on_stack);
    });
    (thread, told.recv().expect("it runs"))
}

/// Looks until every thread but those of the test runner is seen.
fn look() -> super::Census {
    loop {
        if let Some(census) = take(&WINDOW, &|_| true) {
            return census;
        }
        thread::yield_now();
    }
}

#[test]
fn what_stands_on_a_blocked_stack_is_seen() {
    let (reader, mut writer) = std::io::pipe().expect("a pipe");
    let word = WINDOW.start + 0x1234;
    let (thread, frame) = parked(word, reader);
    let pinned = |lowest, highest| PinnedSince { epoch: 1, lowest, highest };
    let census = loop {
        let census = look();
        if census.saw(&pinned(frame, frame)) {
            break census;
        }
    };
    assert!(census.words.contains(&word), "{:x?}", census.words);
    assert!(!census.saw(&pinned(0, frame)), "pinned elsewhere as well");
    assert!(!census.saw(&pinned(frame, 8)), "on no stack at all");
    let here = (&raw const frame).addr();
    assert!(!census.saw(&pinned(here, here)), "on the stack of the thread that looks");
    writer.write_all(&[0]).expect("it still waits");
    thread.join().expect("it returns");
}

#[test]
fn a_thread_that_runs_makes_the_look_fail_unless_it_may() {
    use crate::sync::{Arc, AtomicUsize, Ordering};
    let stop = Arc::new(AtomicUsize::new(0));
    let (tell, told) = mpsc::channel();
    let runs = thread::spawn({
        let stop = stop.clone();
        move || {
            tell.send(super::caller::number().expect("a number")).expect("somebody listens");
            while stop.load(Ordering::Relaxed) == 0 {
                std::hint::spin_loop();
            }
        }
    });
    let number = told.recv().expect("it runs");
    for _ in 0..20 {
        assert!(take(&WINDOW, &|thread| thread != number).is_none());
    }
    look();
    stop.store(1, Ordering::Relaxed);
    runs.join().expect("it ends");
}

#[test]
fn the_list_of_threads_has_this_one() {
    let me = super::caller::number().expect("a number");
    // Other tests start and end threads, which makes lists incomplete.
    let list = std::iter::repeat_with(threads).flatten().next();
    assert!(list.is_some_and(|list| list.contains(&me)));
}
