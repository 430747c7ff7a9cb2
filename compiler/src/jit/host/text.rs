//! Text that std makes better than a library of our own would: floats, and what Unicode says of letters.

use super::text;

/// Gives a text to code of ours: its address in `to`, and its length. It is freed with that size, and an alignment
/// of 1.
///
/// # Safety
///
/// The pointer may be written to.
unsafe fn hand_over(given: String, to: *mut *mut u8) -> usize {
    let bytes = given.into_bytes().into_boxed_slice();
    let length = bytes.len();
    // SAFETY: the caller's promise.
    unsafe { to.write(Box::into_raw(bytes).cast::<u8>()) };
    length
}

/// A float as `{}` (0), `{:?}` (1), `{:e}` (2) or `{:E}` (3).
macro_rules! float_text {
    ($value:expr, $how:expr, $precision:expr) => {
        match ($how, $precision) {
            (0, None) => format!("{}", $value),
            (0, Some(digits)) => format!("{:.*}", digits, $value),
            (1, None) => format!("{:?}", $value),
            (1, Some(digits)) => format!("{:.*?}", digits, $value),
            (2, None) => format!("{:e}", $value),
            (2, Some(digits)) => format!("{:.*e}", digits, $value),
            (_, None) => format!("{:E}", $value),
            (_, Some(digits)) => format!("{:.*E}", digits, $value),
        }
    };
}

/// # Safety
///
/// The pointer may be written to.
#[unsafe(no_mangle)]
pub(super) unsafe extern "C" fn segue_jit_float_text(
    bits: u64,
    size: usize,
    how: u32,
    has_precision: bool,
    precision: usize,
    to: *mut *mut u8,
) -> usize {
    let precision = has_precision.then_some(precision);
    let given = match size {
        // The upper half is 0 there.
        4 => float_text!(f32::from_bits(bits as u32), how, precision),
        _ => float_text!(f64::from_bits(bits), how, precision),
    };
    // SAFETY: the caller's promise.
    unsafe { hand_over(given, to) }
}

/// # Safety
///
/// Pointer and length are those of readable bytes, and the other pointer may be written to.
#[unsafe(no_mangle)]
pub(super) unsafe extern "C" fn segue_jit_text_in_case(
    from: *const u8,
    length: usize,
    upper: bool,
    to: *mut *mut u8,
) -> usize {
    // SAFETY: the caller's promise.
    let given = unsafe { text(from, length) };
    let given = if upper { given.to_uppercase() } else { given.to_lowercase() };
    // SAFETY: the caller's promise.
    unsafe { hand_over(given, to) }
}

/// # Safety
///
/// There is room for three numbers behind the pointer.
#[unsafe(no_mangle)]
pub(super) unsafe extern "C" fn segue_jit_char_in_case(c: u32, upper: bool, to: *mut u32) -> usize {
    let Some(c) = char::from_u32(c) else { return 0 };
    let upper_case = upper.then(|| c.to_uppercase()).into_iter().flatten();
    let lower_case = (!upper).then(|| c.to_lowercase()).into_iter().flatten();
    let mut count = 0;
    for (index, c) in upper_case.chain(lower_case).take(3).enumerate() {
        // SAFETY: no more than three are written.
        unsafe { to.add(index).write(u32::from(c)) };
        count = index + 1;
    }
    count
}

/// Whether Unicode has a character as alphabetic (0), numeric (1), lowercase (2) or uppercase (3); whether `{:?}` writes it
/// as it is (4), and whether it does so behind a letter, where it may be a part of that (5). No quotes are asked for.
#[unsafe(no_mangle)]
pub(super) extern "C" fn segue_jit_char_is(c: u32, what: u32) -> bool {
    let Some(c) = char::from_u32(c) else { return false };
    match what {
        0 => c.is_alphabetic(),
        1 => c.is_numeric(),
        2 => c.is_lowercase(),
        3 => c.is_uppercase(),
        4 => c.escape_debug().len() == 1,
        _ => {
            let mut behind = [b'a'; 5];
            let length = 1 + c.encode_utf8(&mut behind[1..]).len();
            std::str::from_utf8(&behind[..length]).is_ok_and(|it| it.escape_debug().count() == 2)
        }
    }
}
