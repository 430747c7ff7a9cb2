//! Memory that threads share: what `core::sync::atomic` of the programs (`compiler/core/`) is made of. All of it
//! happens in the one order of all (`SeqCst`), which is what each weaker order allows.

use std::sync::atomic::Ordering::SeqCst;
use std::sync::atomic::{AtomicU8, AtomicU16, AtomicU32, AtomicU64, fence};

use super::Kept;

/// What to do at an address of each size.
macro_rules! by_size {
    ($size:expr, $address:expr, |$atomic:ident: $word:ident| $body:expr) => {
        match $size {
            1 => {
                type $word = u8;
                // SAFETY: the caller's promise: there is an aligned value of this size.
                let $atomic = unsafe { AtomicU8::from_ptr($address) };
                $body
            }
            2 => {
                type $word = u16;
                // SAFETY: the caller's promise: there is an aligned value of this size.
                let $atomic = unsafe { AtomicU16::from_ptr($address.cast()) };
                $body
            }
            4 => {
                type $word = u32;
                // SAFETY: the caller's promise: there is an aligned value of this size.
                let $atomic = unsafe { AtomicU32::from_ptr($address.cast()) };
                $body
            }
            _ => {
                type $word = u64;
                // SAFETY: the caller's promise: there is an aligned value of this size.
                let $atomic = unsafe { AtomicU64::from_ptr($address.cast()) };
                $body
            }
        }
    };
}

/// The value of `size` bytes at `address`.
///
/// # Safety
///
/// There is a value of this size (1, 2, 4 or 8), aligned to it, which threads change in this way only.
#[unsafe(no_mangle)]
#[allow(clippy::useless_conversion, reason = "of 64 bits it is one, of fewer it is not")]
unsafe extern "C" fn segue_jit_atomic_load(address: *mut u8, size: usize) -> u64 {
    // Pairs with whatever the user's program pairs it with.
    by_size!(size, address, |atomic: Word| u64::from(atomic.load(SeqCst) as Word))
}

/// Writes the lowest `size` bytes of `value`.
///
/// # Safety
///
/// As that of a load.
#[unsafe(no_mangle)]
unsafe extern "C" fn segue_jit_atomic_store(address: *mut u8, size: usize, value: u64) {
    // Pairs with whatever the user's program pairs it with.
    by_size!(size, address, |atomic: Word| atomic.store(value as Word, SeqCst))
}

/// Writes `new` where `old` is; gives what was there.
///
/// # Safety
///
/// As that of a load.
#[unsafe(no_mangle)]
#[allow(clippy::useless_conversion, reason = "of 64 bits it is one, of fewer it is not")]
unsafe extern "C" fn segue_jit_atomic_exchange(
    address: *mut u8,
    size: usize,
    old: u64,
    new: u64,
) -> u64 {
    // Pairs with whatever the user's program pairs it with.
    by_size!(size, address, |atomic: Word| {
        let was = atomic.compare_exchange(old as Word, new as Word, SeqCst, SeqCst);
        u64::from(was.unwrap_or_else(|other| other))
    })
}

#[unsafe(no_mangle)]
extern "C" fn segue_jit_atomic_fence() {
    // Pairs with whatever the user's program pairs it with.
    fence(SeqCst);
}

#[cfg(test)]
pub(super) const NAMES: [&str; 4] = [
    "segue_jit_atomic_load",
    "segue_jit_atomic_store",
    "segue_jit_atomic_exchange",
    "segue_jit_atomic_fence",
];

/// Keeps them in the executable, where nothing else refers to them.
#[used]
pub(super) static ATOMICS: [Kept; 4] = [
    Kept(segue_jit_atomic_load as *const ()),
    Kept(segue_jit_atomic_store as *const ()),
    Kept(segue_jit_atomic_exchange as *const ()),
    Kept(segue_jit_atomic_fence as *const ()),
];
