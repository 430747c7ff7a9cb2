//! Atomics of all sizes: every operation, and what it gives back.
//# inputs: 0 1 255 32767 4294967296 18446744073709551615

use std::sync::atomic::{
    AtomicBool, AtomicI8, AtomicI16, AtomicI32, AtomicI64, AtomicIsize, AtomicU8, AtomicU16, AtomicU32, AtomicU64,
    AtomicUsize, Ordering,
};

fn fold(sum: u64, value: u64) -> u64 {
    sum.rotate_left(11) ^ value
}

macro_rules! all {
    ($sum:ident, $input:ident, $($atomic:ident $t:ident)*) => {$(
        let it = $atomic::new($input as $t);
        for value in [it.load(Ordering::Relaxed), it.swap(7, Ordering::AcqRel), it.fetch_add(120, Ordering::SeqCst)] {
            $sum = fold($sum, value as u64);
        }
        it.store($input as $t ^ 0x55, Ordering::Release);
        for value in [
            it.fetch_sub(3, Ordering::Relaxed), it.fetch_and(0x7d, Ordering::Acquire), it.fetch_or(0x42, Ordering::Release),
            it.fetch_xor(0x1f, Ordering::Relaxed), it.fetch_nand(0x3c, Ordering::Relaxed), it.fetch_max(9, Ordering::Relaxed),
            it.fetch_min(100, Ordering::Relaxed),
        ] {
            $sum = fold($sum, value as u64);
        }
        let now = it.load(Ordering::SeqCst);
        $sum = match it.compare_exchange(now, 1, Ordering::AcqRel, Ordering::Acquire) {
            Ok(old) => fold($sum, old as u64),
            Err(other) => fold($sum, other as u64 + 1),
        };
        $sum = match it.compare_exchange_weak(now ^ 1, 2, Ordering::SeqCst, Ordering::Relaxed) {
            Ok(old) => fold($sum, old as u64),
            Err(other) => fold($sum, other as u64 + 1),
        };
        let update = |x: $t| if x < 50 { Some(x + 3) } else { None };
        $sum = fold($sum, it.fetch_update(Ordering::SeqCst, Ordering::SeqCst, update).unwrap_or(99) as u64);
        $sum = fold($sum, it.into_inner() as u64 ^ std::mem::align_of::<$atomic>() as u64);
    )*};
}

pub fn run(input: u64) -> u64 {
    let mut sum = 0;
    all!(sum, input, AtomicU8 u8 AtomicI8 i8 AtomicU16 u16 AtomicI16 i16 AtomicU32 u32 AtomicI32 i32 AtomicU64 u64
        AtomicI64 i64 AtomicUsize usize AtomicIsize isize);
    let flag = AtomicBool::new(input % 2 == 1);
    for value in [
        flag.fetch_not(Ordering::Relaxed), flag.fetch_and(true, Ordering::Relaxed), flag.fetch_or(false, Ordering::Relaxed),
        flag.fetch_xor(true, Ordering::Relaxed), flag.fetch_nand(true, Ordering::Relaxed), flag.swap(true, Ordering::Relaxed),
    ] {
        sum = fold(sum, value as u64);
    }
    sum ^ flag.compare_exchange(true, false, Ordering::SeqCst, Ordering::SeqCst).is_ok() as u64
}
