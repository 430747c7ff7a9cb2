//! What programs print, and what differs from process to process.

use std::hash::{BuildHasher, RandomState};
use std::sync::LazyLock;

use super::text;

/// Prints one text, as the host's own `print!` does, or `eprint!`: in one piece, and where tests capture output.
///
/// # Safety
///
/// Pointer and length are those of readable bytes.
#[unsafe(no_mangle)]
pub(super) unsafe extern "C-unwind" fn segue_jit_print(
    bytes: *const u8,
    length: usize,
    is_error: u32,
) {
    // SAFETY: the caller's promise.
    let text = unsafe { text(bytes, length) };
    if is_error != 0 { eprint!("{text}") } else { print!("{text}") }
}

/// Two numbers that nobody outside of this process knows: the keys of its hash tables.
///
/// # Safety
///
/// There is room for two numbers behind the pointer.
#[unsafe(no_mangle)]
pub(super) unsafe extern "C" fn segue_jit_random_keys(to: *mut u64) {
    static KEYS: LazyLock<[u64; 2]> = LazyLock::new(|| {
        let random = RandomState::new();
        [random.hash_one(0), random.hash_one(1)]
    });
    // SAFETY: the caller's promise.
    unsafe { to.cast::<[u64; 2]>().write_unaligned(*KEYS) };
}
