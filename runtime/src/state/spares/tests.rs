//! Values made, copied and dropped, each exactly once, also around a panic.

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use super::{Calls, Fill, Spares};

/// What the shim below was asked to do, and the number of the value that panics.
struct Counts {
    made: AtomicUsize,
    dropped: AtomicUsize,
    panics_at: usize,
    drops: usize,
}

impl Counts {
    const fn new(panics_at: usize, drops: usize) -> Counts {
        let (made, dropped) = (AtomicUsize::new(0), AtomicUsize::new(0));
        Counts { made, dropped, panics_at, drops }
    }

    fn so_far(&self) -> (usize, usize) {
        (self.made.load(Relaxed), self.dropped.load(Relaxed))
    }
}

/// A shim of an enum whose values are words; `place` is the address of its counts.
unsafe extern "C-unwind" fn shim(what: usize, place: usize, at: *mut u8, out: *mut usize) -> usize {
    let (counts, values) = (std::ptr::with_exposed_provenance::<Counts>(place), at.cast::<usize>());
    // SAFETY: what is asked is asked as `Data::shim` of the compiler says, with room for so many words.
    unsafe {
        let counts = &*counts;
        match what {
            2 => {
                for n in 0..*out.add(1) {
                    assert_ne!(n, counts.panics_at, "made");
                    values.add(n).write(counts.made.fetch_add(1, Relaxed) + 100);
                    out.add(2).write_volatile(n + 1);
                }
                1
            }
            3 => {
                for n in *out..*out.add(1) {
                    out.write_volatile(n + 1);
                    assert!(values.add(n).read() >= 100, "it is a value");
                    assert_ne!(n, counts.panics_at, "dropped");
                    counts.dropped.fetch_add(1, Relaxed);
                }
                0
            }
            4 => counts.drops,
            _ => 0,
        }
    }
}

fn calls(counts: &Counts) -> Calls {
    Calls { shim, place: std::ptr::from_ref(counts).expose_provenance() }
}

/// The numbers in `spares`.
fn values(spares: &Spares) -> Vec<usize> {
    let made = spares.made();
    // SAFETY: so many words are there.
    unsafe { std::slice::from_raw_parts(made.at.as_ptr().cast(), made.count) }.to_vec()
}

#[test]
fn each_is_made_by_the_type_and_dropped_once() {
    let counts = Counts::new(usize::MAX, 1);
    // SAFETY: a word is a word.
    let made = unsafe { Spares::make(calls(&counts), 0, (8, 8), Fill::Each(5)) };
    let spares = made.ok().flatten().expect("nothing panics");
    assert_eq!(values(&spares), [100, 101, 102, 103, 104]);
    drop(spares);
    assert_eq!(counts.so_far(), (5, 5));
}

#[test]
fn copies_are_of_one_that_the_type_made() {
    for count in [0, 1, 2, 7, 8] {
        let counts = Counts::new(usize::MAX, 1);
        // SAFETY: a word is a word.
        let made = unsafe { Spares::make(calls(&counts), 0, (8, 8), Fill::Copies(count)) };
        let spares = made.ok().flatten().expect("nothing panics");
        assert_eq!(values(&spares), vec![100; count]);
        drop(spares);
        assert_eq!(counts.so_far(), (count.min(1), count));
    }
}

#[test]
fn a_default_that_panics_leaves_nothing_undropped() {
    let counts = Counts::new(3, 1);
    // SAFETY: a word is a word.
    let made = unsafe { Spares::make(calls(&counts), 0, (8, 8), Fill::Each(5)) };
    assert!(made.is_err());
    assert_eq!(counts.so_far(), (3, 3), "those before the panic, and no other");
}

#[test]
fn a_drop_that_panics_keeps_no_other_from_being_dropped() {
    let counts = Counts::new(1, 1);
    // SAFETY: a word is a word; the first of three is copied.
    let made = unsafe { Spares::make(calls(&counts), 0, (8, 8), Fill::Copies(3)) };
    let mut spares = made.ok().flatten().expect("the second would panic");
    assert!(spares.drop_values().is_err());
    assert_eq!(counts.so_far(), (1, 2));
    drop(spares);
    assert_eq!(counts.so_far(), (1, 2), "nothing is dropped again");
}

#[test]
fn what_owns_nothing_is_not_dropped_one_by_one() {
    let counts = Counts::new(usize::MAX, 0);
    // SAFETY: a word is a word.
    let made = unsafe { Spares::make(calls(&counts), 0, (8, 8), Fill::Each(5)) };
    assert!(made.is_ok());
    drop(made);
    assert_eq!(counts.so_far(), (5, 0));
}
