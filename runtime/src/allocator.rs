//! Live code allocates with the host's allocator.
//!
//! rustc makes each program's `__rust_alloc` and its like when it links it. Where the host has an
//! allocator of its own they may have been inlined away, and a stripped host has no name for them;
//! so live code is given these, which lead to the same allocator.

use std::alloc::{Layout, alloc, alloc_zeroed, dealloc, realloc};

use segue_loader::Symbols;

/// Makes the allocator's symbols known to `symbols`. Their names end alike in every release; what
/// stands before depends on the compiler.
pub(crate) fn define(symbols: &mut Symbols) {
    symbols.define_ending("7___rustc12___rust_alloc", rust_alloc as *const () as usize);
    symbols.define_ending("7___rustc14___rust_dealloc", rust_dealloc as *const () as usize);
    symbols.define_ending("7___rustc14___rust_realloc", rust_realloc as *const () as usize);
    symbols
        .define_ending("7___rustc19___rust_alloc_zeroed", rust_alloc_zeroed as *const () as usize);
    let mark = rust_no_alloc_shim as *const () as usize;
    symbols.define_ending("7___rustc35___rust_no_alloc_shim_is_unstable_v2", mark);
}

/// The layout that compiled code asks for.
///
/// # Safety
///
/// The two come from a `Layout`, as they do in every call that rustc compiles.
unsafe fn layout(size: usize, align: usize) -> Layout {
    // SAFETY: the caller's promise.
    unsafe { Layout::from_size_align_unchecked(size, align) }
}

unsafe extern "C" fn rust_alloc(size: usize, align: usize) -> *mut u8 {
    // SAFETY: `alloc::alloc` of live code was called with this layout, under the same contract.
    unsafe { alloc(layout(size, align)) }
}

unsafe extern "C" fn rust_dealloc(at: *mut u8, size: usize, align: usize) {
    // SAFETY: as above.
    unsafe { dealloc(at, layout(size, align)) }
}

unsafe extern "C" fn rust_realloc(at: *mut u8, old: usize, align: usize, new: usize) -> *mut u8 {
    // SAFETY: as above.
    unsafe { realloc(at, layout(old, align), new) }
}

unsafe extern "C" fn rust_alloc_zeroed(size: usize, align: usize) -> *mut u8 {
    // SAFETY: as above.
    unsafe { alloc_zeroed(layout(size, align)) }
}

/// A mark that rustc calls so that nobody links without an allocator; it does nothing.
extern "C" fn rust_no_alloc_shim() {}
