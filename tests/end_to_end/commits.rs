//! Commits: what calling threads see of an edit of many functions, under `Commit::Snapshot` and
//! under `Commit::Immediate`.
//!
//! Here is what one scope sees and what an edit links; `mixing` counts mixed observations over many
//! threads, `blocks` sees whole commits in one closure, `going` is about everything that goes through
//! generations.

mod blocks;
mod going;
mod mixing;

use std::{
    sync::{
        atomic::{AtomicU64, Ordering},
        mpsc,
    },
    thread,
};

use segue::{Commit, ErrorKind, Program};

use crate::{
    alone,
    song::{Song, reclaim_all, remembering},
};

/// A program of this text, with a compiler that remembers.
fn open(song: &Song, commit: Commit, history: usize) -> Program {
    remembering(&song.path(), history).commit(commit).watch(false).open().expect("the file opens")
}

/// Two roots over one function, and one that calls nothing.
fn pair(edition: u64) -> String {
    format!(
        "#[inline(never)] pub fn leaf(x: u64) -> u64 {{ std::hint::black_box(x) * 100 + {edition} }}
pub fn one(x: u64) -> u64 {{ leaf(x) }}
pub fn two(x: u64) -> u64 {{ leaf(x) + 1000 }}
pub fn alone(x: u64) -> u64 {{ std::hint::black_box(x) + 7 }}
"
    )
}

#[test]
fn a_scope_sees_one_generation_through_all_its_handles() {
    let song = Song::new(&pair(1));
    let program = open(&song, Commit::Snapshot, 4);
    let one = program.bind::<fn(u64) -> u64>("one").expect("a handle");
    let two = program.bind::<fn(u64) -> u64>("two").expect("a handle");
    let (me, other) = (program.participant(), program.participant());
    let scope = me.pin();
    assert_eq!(one.pin(&me).call(0), 1);
    for edition in [2, 3, 4, 2, 3, 4, 2, 3, 4] {
        program.apply(&pair(edition)).expect("live");
        assert_eq!((one.pin(&me).call(0), two.pin(&me).call(0)), (1, 1001), "the scope's own");
        assert_eq!(two.pin(&other).call(0), 1000 + edition, "other threads go on");
    }
    let waiting = program.reclaimed().waiting;
    assert!(waiting > 0, "the scope's generation left the history and is kept: {waiting}");
    drop(scope);
    assert_eq!((one.pin(&me).call(0), two.pin(&me).call(0)), (4, 1004));
    reclaim_all(&program);
}

#[test]
fn a_thread_that_waits_in_a_scope_keeps_its_whole_generation() {
    let song = Song::new(&pair(1));
    let program = open(&song, Commit::Snapshot, 1);
    let one = program.bind::<fn(u64) -> u64>("one").expect("a handle");
    let (begun, has_begun) = mpsc::channel();
    let (go_on, may_go_on) = mpsc::channel::<()>();
    thread::scope(|threads| {
        let (one, me) = (&one, program.participant());
        let waits = threads.spawn(move || {
            let _scope = me.pin();
            let before = one.pin(&me).call(0);
            begun.send(()).expect("somebody waits for it");
            // Nothing of the generation stands on this stack meanwhile.
            may_go_on.recv().expect("somebody sends it");
            (before, one.pin(&me).call(0))
        });
        has_begun.recv().expect("the scope begins");
        let texts = [pair(2), pair(3)];
        for commit in 0..200 {
            program.apply(&texts[commit % 2]).expect("live");
        }
        go_on.send(()).expect("it waits for it");
        assert_eq!(waits.join().expect("it returns"), (1, 1));
    });
    reclaim_all(&program);
}

#[test]
fn immediate_is_the_default_and_reaches_a_scope_that_goes_on() {
    let song = Song::new(&pair(1));
    let program = remembering(&song.path(), 4).watch(false).open().expect("the file opens");
    let one = program.bind::<fn(u64) -> u64>("one").expect("a handle");
    let me = program.participant();
    let pinned = one.pin(&me);
    assert_eq!(pinned.call(0), 1);
    program.apply(&pair(2)).expect("live");
    assert_eq!(pinned.call(0), 2);
}

#[test]
fn an_edit_links_what_changed_and_what_can_reach_it() {
    let song = Song::new(&pair(1));
    let program = open(&song, Commit::Snapshot, 4);
    let report = program.apply(&pair(2)).expect("live");
    assert_eq!(
        (report.changed.as_slice(), report.linked),
        (&["leaf".to_owned()][..], 4),
        "{report}"
    );
    let since = |name: &str| {
        let view = program.view();
        // A function and its shim go by one name.
        view.functions.iter().filter(|each| each.name == name).map(|each| each.since).max()
    };
    assert_eq!((since("leaf"), since("one"), since("alone")), (Some(2), Some(1), Some(1)));
    let unchanged = program.apply(&format!("// the same\n{}", pair(2))).expect("unchanged");
    assert_eq!((unchanged.generation, unchanged.linked), (2, 0));
}

#[test]
fn a_handle_bound_in_an_older_scope_mixes_nothing() {
    let song = Song::new(&pair(1));
    let program = open(&song, Commit::Snapshot, 4);
    let me = program.participant();
    let scope = me.pin();
    let more = pair(2) + "pub fn young(x: u64) -> u64 { leaf(x) + 5000 }\n";
    program.apply(&more).expect("live");
    let one = program.bind::<fn(u64) -> u64>("one").expect("a handle");
    let young = program.bind::<fn(u64) -> u64>("young").expect("a handle");
    assert_eq!(one.pin(&me).call(0), 1, "the scope's generation has it");
    assert_eq!(young.pin(&me).call(0), 5002, "the scope's generation has none");
    drop(scope);
    assert_eq!(one.pin(&me).call(0), 2);
}

#[test]
fn a_changed_signature_leaves_old_handles_on_the_last_code_that_had_it() {
    let song = Song::new(&pair(1));
    let program = open(&song, Commit::Snapshot, 2);
    let one = program.bind::<fn(u64) -> u64>("one").expect("a handle");
    let me = program.participant();
    program.apply(&pair(2)).expect("live");
    let typed = |edition| {
        let one = "pub fn one(x: u64) -> u64 { leaf(x) }";
        pair(edition).replace(one, "pub fn one(x: u32) -> u64 { leaf(x as u64) }")
    };
    for edition in (3..6).cycle().take(12) {
        program.apply(&typed(edition)).expect("live");
    }
    reclaim_all(&program);
    assert_eq!(one.pin(&me).call(0), 2);
    let wrong = program.bind::<fn(u64) -> u64>("one").expect_err("another signature");
    assert_eq!(wrong.kind(), ErrorKind::Signature);
    let new = program.bind::<fn(u32) -> u64>("one").expect("a handle");
    assert_eq!(new.pin(&me).call(0), 5);
    program.apply(&pair(30)).expect("live");
    assert_eq!((one.pin(&me).call(0), new.pin(&me).call(0)), (30, 5), "it is back");
}

/// `named` is called through its address only.
fn addressed(edition: u64) -> String {
    pair(edition)
        + "#[inline(never)] fn named(x: u64) -> u64 { if x > 5 { named(x - 1) } else { leaf(x) } }
pub fn address(x: u64) -> usize { let f: fn(u64) -> u64 = named; f as usize + (x * 0) as usize }
pub fn through(f: usize) -> u64 { unsafe { std::mem::transmute::<usize, fn(u64) -> u64>(f)(9) } }
"
}

#[test]
fn an_address_calls_the_generation_it_was_taken_in_while_the_scope_lasts_and_stays_callable() {
    let song = Song::new(&addressed(1));
    let program = open(&song, Commit::Snapshot, 2);
    let address = program.bind::<fn(u64) -> usize>("address").expect("a handle");
    let through = program.bind::<fn(usize) -> u64>("through").expect("a handle");
    let me = program.participant();
    let first = {
        let _scope = me.pin();
        let first = address.pin(&me).call(0);
        for edition in (2..5).cycle().take(12) {
            program.apply(&addressed(edition)).expect("live");
            assert_eq!(through.pin(&me).call(first), 501, "the scope's own");
        }
        first
    };
    let mut slots = 0;
    for commit in 0..100 {
        program.apply(&addressed(20 + commit % 3)).expect("live");
        reclaim_all(&program);
        let answer = through.pin(&me).call(first);
        assert!((501..523).contains(&answer), "{answer} after {commit} commits");
        match commit {
            40 => slots = program.slots(),
            41.. => assert_eq!(program.slots(), slots, "slots of addresses are used again"),
            _ => {}
        }
    }
    let answer = through.pin(&me).call(first);
    assert!(answer >= 520, "long kept, an address calls newer code: {answer}");
}

/// Two functions that are called through their addresses, and one of them by the other. `outer` says
/// that it is in, and waits to be let on.
fn addressed_pair(edition: u64) -> String {
    format!(
        "use std::sync::atomic::{{AtomicU64, Ordering::SeqCst}};
#[inline(never)] fn inner(x: u64) -> u64 {{ std::hint::black_box(x) * 100 + {edition} }}
#[inline(never)] fn outer(gate: u64) -> u64 {{
    let gate = unsafe {{ &*(gate as *const AtomicU64) }};
    gate.fetch_add(1, SeqCst);
    while gate.load(SeqCst) < 2 {{ std::thread::yield_now(); }}
    inner(5) * 1000 + {edition}
}}
pub fn address(x: u64) -> usize {{
    let f: fn(u64) -> u64 = if x == 0 {{ inner }} else {{ outer }};
    f as usize
}}
pub fn through(f: usize, x: u64) -> u64 {{
    unsafe {{ std::mem::transmute::<usize, fn(u64) -> u64>(f)(x) }}
}}
"
    )
}

#[test]
fn newer_code_once_went_under_an_old_caller_that_an_address_keeps() {
    let song = Song::new(&addressed_pair(1));
    let program = open(&song, Commit::Immediate, 2);
    let address = program.bind::<fn(u64) -> usize>("address").expect("a handle");
    let through = program.bind::<fn(usize, u64) -> u64>("through").expect("a handle");
    let me = program.participant();
    let [inner, outer] = [0, 1].map(|which| address.pin(&me).call(which));
    let mut slots = 0;
    for edition in 2..20 {
        reclaim_all(&program);
        let gate = AtomicU64::new(0);
        let at = (&raw const gate).addr() as u64;
        let answer = thread::scope(|scope| {
            let inside = scope.spawn(|| {
                let there = program.participant();
                through.pin(&there).call(outer, at)
            });
            while gate.load(Ordering::SeqCst) == 0 {
                thread::yield_now();
            }
            program.apply(&addressed_pair(edition)).expect("live");
            gate.fetch_add(1, Ordering::SeqCst);
            inside.join().expect("it returns")
        });
        let (of_inner, of_outer) = (answer / 1000 - 500, answer % 1000);
        assert_eq!(of_inner, of_outer, "{answer}: each calls what it was compiled with");
        reclaim_all(&program);
        match edition {
            10 => slots = program.slots(),
            11.. => assert!(program.slots() <= slots + 2, "{slots} became {}", program.slots()),
            _ => {}
        }
    }
    let answer = through.pin(&me).call(inner, 7);
    assert!((701..720).contains(&answer), "not code of `inner`: {answer}");
}

#[test]
fn a_caller_that_moved_reaches_a_callee_that_stays() {
    alone::survives(|| {
        let text = |n: u32| {
            format!(
                "#[inline(never)] pub fn leaf(x: u64) -> u64 {{ std::hint::black_box(x) * 10 }}
pub fn one(x: u64) -> u64 {{ std::hint::black_box(leaf(x)) + {n} }}
"
            )
        };
        let song = Song::new(&text(1));
        let program = open(&song, Commit::Snapshot, 4);
        let me = program.participant();
        let one = program.bind::<fn(u64) -> u64>("one").expect("a handle");
        program.apply(&text(2)).expect("live");
        assert_eq!(one.pin(&me).call(1), 12);
    });
}
