//! Atomics in statics, in structs and in constants; pointers; orders that do not exist.
//# inputs: 0 1 2 3 4 5 6

use std::sync::atomic::{AtomicPtr, AtomicU32, AtomicUsize, Ordering, fence};

static COUNT: AtomicUsize = AtomicUsize::new(5);
static TABLE: [AtomicU32; 3] = [AtomicU32::new(1), AtomicU32::new(1), AtomicU32::new(1)];

#[derive(Default)]
struct Meter {
    peak: AtomicU32,
    calls: AtomicUsize,
}

impl Meter {
    const NEW: Meter = Meter { peak: AtomicU32::new(2), calls: AtomicUsize::new(0) };

    fn note(&self, value: u32) {
        self.peak.fetch_max(value, Ordering::Relaxed);
        self.calls.fetch_add(1, Ordering::Relaxed);
    }
}

#[allow(invalid_atomic_ordering)]
pub fn run(input: u64) -> u64 {
    COUNT.store(input as usize, Ordering::SeqCst);
    COUNT.fetch_add(2, Ordering::SeqCst);
    let cell = &TABLE[input as usize % 3];
    cell.store(40, Ordering::Relaxed);
    cell.fetch_sub(1, Ordering::Relaxed);
    let (one, two) = (Meter::NEW, Meter::default());
    [&one, &two].iter().for_each(|meter| meter.note(input as u32 * 3));
    let (mut a, mut b) = (10u64, 20u64);
    let pointer = AtomicPtr::new(&mut a);
    let old = pointer.swap(&mut b, Ordering::AcqRel);
    unsafe { *pointer.load(Ordering::Acquire) += *old };
    let mut own = AtomicU32::new(3);
    *own.get_mut() += 1;
    match input {
        3 => own.store(1, Ordering::Acquire),
        4 => return own.load(Ordering::AcqRel) as u64,
        5 => fence(Ordering::Relaxed),
        6 => return own.compare_exchange(1, 2, Ordering::SeqCst, Ordering::Release).is_ok() as u64,
        _ => fence(Ordering::SeqCst),
    }
    let meters = one.peak.into_inner() as u64 * 100 + two.calls.load(Ordering::Relaxed) as u64;
    COUNT.load(Ordering::SeqCst) as u64 ^ (cell.load(Ordering::SeqCst) as u64) << 8 ^ b << 16 ^ meters << 24
        ^ (own.into_inner() as u64) << 48
}
