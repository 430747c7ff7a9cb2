//! What code from this compiler calls in the process: panics, polls (`interrupt`), and arithmetic that the
//! processor has no instructions for. The linker finds all of it by name in the executable.

mod atomic;
mod floats;
mod output;
mod text;

use std::alloc::Layout;

use super::interrupt::{segue_jit_interrupt, segue_jit_poll};
use crate::panic_place::{PanicPlace, panic_at};

/// # Safety
///
/// Pointer and length are those of readable bytes, or the length is 0.
pub(super) unsafe fn text(bytes: *const u8, length: usize) -> String {
    if length == 0 {
        return String::new();
    }
    // SAFETY: the caller's promise.
    let bytes = unsafe { std::slice::from_raw_parts(bytes, length) };
    String::from_utf8_lossy(bytes).into_owned()
}

/// Panics in the name of the user's line.
///
/// # Safety
///
/// Pointers and lengths are those of readable bytes.
#[unsafe(no_mangle)]
pub(super) unsafe extern "C-unwind" fn segue_jit_panic(
    message: *const u8,
    message_length: usize,
    file: *const u8,
    file_length: usize,
    line: u32,
    column: u32,
) -> ! {
    // SAFETY: the caller's promise.
    let (message, file) = unsafe { (text(message, message_length), text(file, file_length)) };
    panic_at(PanicPlace { file, line, column }, message)
}

/// Panics because there is no element with this index.
///
/// # Safety
///
/// Pointer and length are those of readable bytes.
#[unsafe(no_mangle)]
pub(super) unsafe extern "C-unwind" fn segue_jit_panic_bounds(
    index: usize,
    elements: usize,
    file: *const u8,
    file_length: usize,
    line: u32,
    column: u32,
) -> ! {
    // SAFETY: the caller's promise.
    let file = unsafe { text(file, file_length) };
    let message = format!("index out of bounds: the len is {elements} but the index is {index}");
    panic_at(PanicPlace { file, line, column }, message)
}

/// Panics because nothing is between these two, floats of so many bytes.
///
/// # Safety
///
/// Pointer and length are those of readable bytes.
#[unsafe(no_mangle)]
pub(super) unsafe extern "C-unwind" fn segue_jit_panic_clamp(
    min: f64,
    max: f64,
    size: usize,
    file: *const u8,
    file_length: usize,
    line: u32,
    column: u32,
) -> ! {
    // SAFETY: the caller's promise.
    let file = unsafe { text(file, file_length) };
    let said = |value: f64| match size {
        // It was one: nothing is lost.
        4 => format!("{:?}", value as f32),
        _ => format!("{value:?}"),
    };
    let (min, max) = (said(min), said(max));
    let message = format!("min > max, or either was NaN. min = {min}, max = {max}");
    panic_at(PanicPlace { file, line, column }, message)
}

/// Memory of the process's own allocator. Where there is none the process ends, as it does in rustc's code.
#[unsafe(no_mangle)]
extern "C" fn segue_jit_allocate(size: usize, align: usize) -> *mut u8 {
    let Ok(layout) = Layout::from_size_align(size.max(1), align) else { std::process::abort() };
    // SAFETY: the size is not 0.
    let memory = unsafe { std::alloc::alloc(layout) };
    if memory.is_null() { std::alloc::handle_alloc_error(layout) } else { memory }
}

/// # Safety
///
/// The memory came from these functions, with this size (not 0) and alignment.
#[unsafe(no_mangle)]
unsafe extern "C" fn segue_jit_resize(
    memory: *mut u8,
    old: usize,
    align: usize,
    new: usize,
) -> *mut u8 {
    let (Ok(before), Ok(after)) =
        (Layout::from_size_align(old, align), Layout::from_size_align(new.max(1), align))
    else {
        std::process::abort()
    };
    // SAFETY: the caller's promise; the new size is not 0 and fits.
    let memory = unsafe { std::alloc::realloc(memory, before, after.size()) };
    if memory.is_null() { std::alloc::handle_alloc_error(after) } else { memory }
}

/// # Safety
///
/// The memory came from these functions, with this size (not 0) and alignment.
#[unsafe(no_mangle)]
unsafe extern "C" fn segue_jit_free(memory: *mut u8, size: usize, align: usize) {
    let Ok(layout) = Layout::from_size_align(size, align) else { std::process::abort() };
    // SAFETY: the caller's promise.
    unsafe { std::alloc::dealloc(memory, layout) };
}

/// Functions with one expression, under the names that `codegen` calls them by.
macro_rules! arithmetic {
    ($($name:ident($($argument:ident: $type:ty),*) -> $result:ty = $body:expr;)*) => {
        $(
            #[unsafe(no_mangle)]
            extern "C" fn $name($($argument: $type),*) -> $result {
                $body
            }
        )*
        const ARITHMETIC_NAMES: [&str; [$(stringify!($name)),*].len()] = [$(stringify!($name)),*];

        /// Keeps them in the executable, where nothing else refers to them.
        #[used]
        static ARITHMETIC: [Kept; ARITHMETIC_NAMES.len()] = [$(Kept($name as *const ())),*];
    };
}

/// The address of a function, which nobody reads.
struct Kept(#[allow(dead_code, reason = "it is there to be referred to")] *const ());

// SAFETY: nobody follows the address.
unsafe impl Sync for Kept {}

arithmetic! {
    segue_jit_divide_unsigned(first: u128, second: u128) -> u128 = first / second;
    segue_jit_divide_signed(first: i128, second: i128) -> i128 = first.wrapping_div(second);
    segue_jit_remainder_unsigned(first: u128, second: u128) -> u128 = first % second;
    segue_jit_remainder_signed(first: i128, second: i128) -> i128 = first.wrapping_rem(second);
    segue_jit_product_overflows_unsigned(first: u128, second: u128) -> bool =
        first.checked_mul(second).is_none();
    segue_jit_product_overflows_signed(first: i128, second: i128) -> bool =
        first.checked_mul(second).is_none();
    segue_jit_unsigned_to_f32(value: u128) -> f32 = value as f32;
    segue_jit_signed_to_f32(value: i128) -> f32 = value as f32;
    segue_jit_unsigned_to_f64(value: u128) -> f64 = value as f64;
    segue_jit_signed_to_f64(value: i128) -> f64 = value as f64;
    segue_jit_f32_to_unsigned(value: f32) -> u128 = value as u128;
    segue_jit_f32_to_signed(value: f32) -> i128 = value as i128;
    segue_jit_f64_to_unsigned(value: f64) -> u128 = value as u128;
    segue_jit_f64_to_signed(value: f64) -> i128 = value as i128;
}

#[used]
static PANICS: [Kept; 14] = [
    Kept(output::segue_jit_print as *const ()),
    Kept(output::segue_jit_random_keys as *const ()),
    Kept(text::segue_jit_float_text as *const ()),
    Kept(text::segue_jit_text_in_case as *const ()),
    Kept(text::segue_jit_char_in_case as *const ()),
    Kept(text::segue_jit_char_is as *const ()),
    Kept(segue_jit_allocate as *const ()),
    Kept(segue_jit_resize as *const ()),
    Kept(segue_jit_free as *const ()),
    Kept(segue_jit_panic as *const ()),
    Kept(segue_jit_panic_bounds as *const ()),
    Kept(segue_jit_panic_clamp as *const ()),
    Kept(segue_jit_poll as *const ()),
    Kept((&raw const segue_jit_interrupt).cast()),
];

/// Refers to all of it, so that whoever generates code has it in the executable.
pub(super) fn keep() {
    std::hint::black_box((&PANICS, &ARITHMETIC, &atomic::ATOMICS, &floats::FLOATS));
}

/// What tests link with.
#[cfg(test)]
pub(super) fn addresses() -> Vec<(&'static str, usize)> {
    let panics = [
        "segue_jit_print",
        "segue_jit_random_keys",
        "segue_jit_float_text",
        "segue_jit_text_in_case",
        "segue_jit_char_in_case",
        "segue_jit_char_is",
        "segue_jit_allocate",
        "segue_jit_resize",
        "segue_jit_free",
        "segue_jit_panic",
        "segue_jit_panic_bounds",
        "segue_jit_panic_clamp",
        "segue_jit_poll",
        "segue_jit_interrupt",
    ];
    let names =
        panics.into_iter().chain(ARITHMETIC_NAMES).chain(atomic::NAMES).chain(floats::NAMES);
    let all = PANICS.iter().chain(&ARITHMETIC).chain(&atomic::ATOMICS).chain(&floats::FLOATS);
    names.zip(all.map(|it| it.0 as usize)).collect()
}
