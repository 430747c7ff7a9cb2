//! Thread-locals of a live file: kept while the code around them is edited, fresh in every thread,
//! dropped once at a thread's end.

use std::sync::atomic::{AtomicU64, Ordering::SeqCst};
use std::sync::mpsc::channel;
use std::thread;

use crate::song::{Song, open_remembering};

/// The song as it is edited for the `n`th time: other code, and now and then another signature.
fn edited(n: u64) -> String {
    let more = if n.is_multiple_of(2) { "pub fn more(x: u8) -> u8 { x }" } else { "" };
    format!(
        "use std::cell::{{Cell, RefCell}};
{more}
thread_local! {{
    static ZERO: Cell<u64> = const {{ Cell::new(0) }};
    static SEVEN: Cell<u64> = const {{ Cell::new(7) }};
    static NOTES: RefCell<Vec<u64>> = RefCell::new(vec![100]);
}}
pub fn touch() -> [u64; 3] {{
    ZERO.set(ZERO.get() + {n});
    SEVEN.set(SEVEN.get() + {n});
    let notes = NOTES.with_borrow_mut(|notes| {{ notes.push({n}); notes.iter().sum() }});
    [ZERO.get(), SEVEN.get(), notes]
}}
"
    )
}

#[test]
fn values_are_kept_over_a_hundred_edits_and_fresh_in_new_threads() {
    let song = Song::new(&edited(1));
    let program = open_remembering(&song.path(), 4);
    let touch = program.bind::<fn() -> [u64; 3]>("touch").expect("a handle");
    let me = program.participant();
    let sum = |n: u64| [n, 7 + n, 100 + n];
    assert_eq!(touch.pin(&me).call(), sum(1));

    let (calls, called) = channel();
    let (answer, answers) = channel();
    let early = {
        let (touch, me) = (touch.clone(), program.participant());
        thread::spawn(move || {
            for () in called {
                answer.send(touch.pin(&me).call()).expect("the test listens");
            }
        })
    };
    let mut total = 1;
    for edit in 0..100 {
        let step = 1 + edit % 4 + 1;
        program.apply(&edited(step)).expect("live");
        total += step;
        assert_eq!(touch.pin(&me).call(), sum(total), "edit {edit}");
        calls.send(()).expect("the thread listens");
        let theirs = answers.recv().expect("an answer");
        assert_eq!(theirs, sum(total - 1), "edit {edit}: the thread that did not call before");
        if edit % 10 == 0 {
            let (touch, me) = (touch.clone(), program.participant());
            let fresh = thread::spawn(move || touch.pin(&me).call()).join().expect("no panic");
            assert_eq!(fresh, sum(step), "edit {edit}: a new thread");
        }
    }
    drop(calls);
    early.join().expect("no panic");
}

#[test]
fn a_changed_type_is_a_new_variable() {
    let text = |ty: &str| {
        format!(
            "use std::cell::Cell;
pub fn other() -> u32 {{ thread_local! {{ static IN: Cell<u32> = const {{ Cell::new(3) }}; }} IN.set(IN.get() + 1); IN.get() }}
thread_local! {{ static IT: Cell<{ty}> = const {{ Cell::new(5 as {ty}) }}; }}
pub fn it() -> f32 {{ IT.set(IT.get() + 1 as {ty}); IT.get() as f32 }}
"
        )
    };
    let song = Song::new(&text("u32"));
    let program = song.open();
    let it = program.bind::<fn() -> f32>("it").expect("a handle");
    let other = program.bind::<fn() -> u32>("other").expect("a handle");
    let me = program.participant();
    assert_eq!((it.pin(&me).call(), other.pin(&me).call()), (6.0, 4));
    program.apply(&text("f32")).expect("live");
    assert_eq!((it.pin(&me).call(), other.pin(&me).call()), (6.0, 5), "the other kept its value");
    assert_eq!(it.pin(&me).call(), 7.0);
}

/// A value that tells its drop to the host, through a live function.
fn told(weight: u64) -> String {
    format!(
        "use std::cell::Cell;
use std::sync::atomic::{{AtomicU64, Ordering}};
struct Told(Cell<usize>);
impl Drop for Told {{ fn drop(&mut self) {{ tell(self.0.get()) }} }}
#[inline(never)] fn tell(at: usize) {{
    if at != 0 {{ unsafe {{ &*(at as *const AtomicU64) }}.fetch_add({weight}, Ordering::SeqCst); }}
}}
thread_local! {{ static TOLD: Told = Told(Cell::new(0)); }}
pub fn attach(at: usize) {{ TOLD.with(|told| told.0.set(at)) }}
"
    )
}

#[test]
fn destructors_run_once_after_swaps_after_removal_and_after_the_program() {
    static SWAPPED: AtomicU64 = AtomicU64::new(0);
    static REMOVED: AtomicU64 = AtomicU64::new(0);
    static GONE: AtomicU64 = AtomicU64::new(0);
    let song = Song::new(&told(1));
    let program = song.open();
    let attach = program.bind::<fn(usize)>("attach").expect("a handle");
    let mut threads = Vec::new();
    for counter in [&SWAPPED, &REMOVED, &GONE] {
        let (go, wait) = channel::<()>();
        let (ready, is_ready) = channel();
        let (attach, me) = (attach.clone(), program.participant());
        let thread = thread::spawn(move || {
            attach.pin(&me).call(std::ptr::from_ref(counter).expose_provenance());
            drop((attach, me));
            ready.send(()).expect("the test listens");
            // Ends when the other side hangs up.
            let _ = wait.recv();
        });
        is_ready.recv().expect("attached");
        threads.push((counter, go, thread));
    }
    let mut threads = threads.into_iter();
    let mut end = |expected: u64| {
        let (counter, go, thread) = threads.next().expect("one more");
        drop(go);
        thread.join().expect("no panic");
        assert_eq!(counter.load(SeqCst), expected);
    };
    for weight in 2..6 {
        program.apply(&told(weight)).expect("live");
    }
    assert_eq!(SWAPPED.load(SeqCst), 0, "a swap drops nothing");
    end(5);
    drop(attach);
    // More edits than the history holds: nothing of the variable is left in the file.
    for n in 0..40 {
        program.apply(&format!("pub fn nothing() -> u32 {{ {n} }}\n")).expect("live");
    }
    end(5);
    drop(program);
    end(5);
}
