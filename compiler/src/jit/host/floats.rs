//! Floats from texts: as the standard library of the process reads them, so that they are rounded the same.

use super::Kept;

/// Reads a float from a text, which single precision rounds once; whether it is one.
///
/// # Safety
///
/// `length` bytes at `text` are UTF-8, and `to` can be written.
#[unsafe(no_mangle)]
unsafe extern "C" fn segue_jit_parse_float(
    text: *const u8,
    length: usize,
    is_single: u32,
    to: *mut f64,
) -> u32 {
    // SAFETY: the caller's promise.
    let text = unsafe { std::slice::from_raw_parts(text, length) };
    let text = std::str::from_utf8(text).unwrap_or_default();
    let value = match is_single {
        0 => text.parse::<f64>().ok(),
        _ => text.parse::<f32>().ok().map(f64::from),
    };
    let Some(value) = value else { return 0 };
    // SAFETY: the caller's promise.
    unsafe { to.write(value) };
    1
}

#[cfg(test)]
pub(super) const NAMES: [&str; 1] = ["segue_jit_parse_float"];

/// Keeps it in the executable, where nothing else refers to it.
#[used]
pub(super) static FLOATS: [Kept; 1] = [Kept(segue_jit_parse_float as *const ())];
