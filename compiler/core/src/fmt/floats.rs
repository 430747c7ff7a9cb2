//! Floats as text. The digits are the host's, which are std's own; sign and padding are written here.

use super::{Debug, Display, Formatter, LowerExp, Result, UpperExp};
use crate::string::String;
use crate::vec::Vec;

unsafe extern "C" {
    /// A float of so many bytes without its sign, as `{}` (0), `{:?}` (1), `{:e}` (2) or `{:E}` (3) has it. Gives
    /// the length of a text in memory that belongs to the caller then.
    fn segue_jit_float_text(
        bits: u64,
        size: usize,
        how: u32,
        has_precision: bool,
        precision: usize,
        text: *mut *mut u8,
    ) -> usize;
}

const DISPLAY: u32 = 0;
const DEBUG: u32 = 1;
const LOWER_EXP: u32 = 2;
const UPPER_EXP: u32 = 3;

fn write(f: &mut Formatter<'_>, bits: u64, size: usize, how: u32) -> Result {
    let precision = f.precision();
    let sign_bit = 1u64 << (size * 8 - 1);
    let digits = unsafe {
        let mut start: *mut u8 = crate::ptr::null_mut();
        let has = precision.is_some();
        let length = segue_jit_float_text(bits & !sign_bit, size, how, has, precision.unwrap_or(0), &raw mut start);
        String::from_utf8_unchecked(Vec::from_raw_parts(start, length, length))
    };
    let is_nan = digits.as_str() == "NaN";
    let sign = if is_nan {
        ""
    } else if bits & sign_bit != 0 {
        "-"
    } else if f.sign_plus() {
        "+"
    } else {
        ""
    };
    f.pad_number(sign, &digits)
}

macro_rules! floats {
    ($($t:ty, $bits:ty;)*) => {
        $(
            floats! { one $t; Display DISPLAY, Debug DEBUG, LowerExp LOWER_EXP, UpperExp UPPER_EXP }
        )*
    };
    (one $t:ty; $($trait:ident $how:ident),*) => {
        $(
            impl $trait for $t {
                fn fmt(&self, f: &mut Formatter<'_>) -> Result {
                    write(f, self.to_bits() as u64, size_of::<$t>(), $how)
                }
            }
        )*
    };
}
floats! { f32, u32; f64, u64; }
