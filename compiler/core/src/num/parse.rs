//! Numbers from text.

use super::error::{FloatErrorKind, IntErrorKind, ParseFloatError, ParseIntError};
use crate::str::FromStr;

macro_rules! parse {
    ($($t:ident $signed:literal;)*) => {
        $(
            impl FromStr for $t {
                type Err = ParseIntError;
                #[inline]
                fn from_str(src: &str) -> Result<$t, ParseIntError> {
                    $t::from_str_radix(src, 10)
                }
            }

            impl $t {
                #[inline]
                pub const fn from_str_radix(src: &str, radix: u32) -> Result<$t, ParseIntError> {
                    $t::from_ascii_digits(src.as_bytes(), radix)
                }

                #[track_caller]
                const fn from_ascii_digits(src: &[u8], radix: u32) -> Result<$t, ParseIntError> {
                    if radix < 2 || radix > 36 {
                        crate::panicking::panic("from_ascii_radix: radix must lie in the range `[2, 36]`")
                    }
                    if src.len() == 0 {
                        return Err(ParseIntError { kind: IntErrorKind::Empty });
                    }
                    let mut at = 0;
                    let mut negative = false;
                    if src[0] == b'+' || src[0] == b'-' {
                        if src.len() == 1 {
                            return Err(ParseIntError { kind: IntErrorKind::InvalidDigit });
                        }
                        if src[0] == b'+' {
                            at = 1;
                        } else if $signed {
                            negative = true;
                            at = 1;
                        }
                    }
                    let mut result: $t = 0;
                    while at < src.len() {
                        let digit = match (src[at] as char).to_digit(radix) {
                            Some(digit) => digit as $t,
                            None => return Err(ParseIntError { kind: IntErrorKind::InvalidDigit }),
                        };
                        // In i8 a radix is a number as well: 36 fits.
                        let (scaled, over) = result.overflowing_mul(radix as $t);
                        let (sum, over_too) =
                            if negative { scaled.overflowing_sub(digit) } else { scaled.overflowing_add(digit) };
                        if over || over_too {
                            let kind = if negative {
                                IntErrorKind::NegOverflow
                            } else {
                                IntErrorKind::PosOverflow
                            };
                            return Err(ParseIntError { kind });
                        }
                        result = sum;
                        at += 1;
                    }
                    Ok(result)
                }
            }
        )*
    };
}
parse! {
    u8 false; u16 false; u32 false; u64 false; u128 false; usize false;
    i8 true; i16 true; i32 true; i64 true; i128 true; isize true;
}

unsafe extern "C" {
    fn segue_jit_parse_float(text: *const u8, length: usize, is_single: u32, to: *mut f64) -> u32;
}

/// The number that a text says, by the process's own library, which rounds as the real one does.
fn parsed(src: &str, is_single: u32) -> Result<f64, ParseFloatError> {
    let mut value = 0.0;
    if src.is_empty() {
        return Err(ParseFloatError { kind: FloatErrorKind::Empty });
    }
    match unsafe { segue_jit_parse_float(src.as_ptr(), src.len(), is_single, &raw mut value) } {
        0 => Err(ParseFloatError { kind: FloatErrorKind::Invalid }),
        _ => Ok(value),
    }
}

impl FromStr for f32 {
    type Err = ParseFloatError;
    #[inline]
    fn from_str(src: &str) -> Result<f32, ParseFloatError> {
        match parsed(src, 1) {
            Ok(value) => Ok(value as f32),
            Err(error) => Err(error),
        }
    }
}

impl FromStr for f64 {
    type Err = ParseFloatError;
    #[inline]
    fn from_str(src: &str) -> Result<f64, ParseFloatError> {
        parsed(src, 0)
    }
}
