//! Characters.

mod methods;
mod unicode;
mod utf16;

pub use self::methods::{EscapeDebug, EscapeDefault, EscapeUnicode};
pub use self::unicode::{ToLowercase, ToUppercase};
pub use self::utf16::{DecodeUtf16, DecodeUtf16Error, decode_utf16};

use crate::error::Error;
use crate::fmt;

pub const MAX: char = char::MAX;
pub const REPLACEMENT_CHARACTER: char = char::REPLACEMENT_CHARACTER;

#[derive(Copy, Clone, PartialEq, Eq)]
pub struct CharTryFromError(pub(crate) ());

impl fmt::Display for CharTryFromError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad("converted integer out of range for `char`")
    }
}

impl Error for CharTryFromError {}

#[derive(Copy, Clone, PartialEq, Eq)]
pub struct TryFromCharError(pub(crate) ());

impl fmt::Display for TryFromCharError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad("unicode code point out of range")
    }
}

impl Error for TryFromCharError {}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseCharError {
    empty: bool,
}

impl fmt::Display for ParseCharError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(if self.empty { "cannot parse char from empty string" } else { "too many characters in string" })
    }
}

impl crate::str::FromStr for char {
    type Err = ParseCharError;

    fn from_str(s: &str) -> Result<char, ParseCharError> {
        let mut chars = s.chars();
        match (chars.next(), chars.next()) {
            (Some(c), None) => Ok(c),
            (None, _) => Err(ParseCharError { empty: true }),
            _ => Err(ParseCharError { empty: false }),
        }
    }
}

#[inline]
pub const fn from_u32(i: u32) -> Option<char> {
    if i < 0xD800 || (i > 0xDFFF && i <= 0x10FFFF) { unsafe { Some(from_u32_unchecked(i)) } } else { None }
}

#[inline(always)]
pub const unsafe fn from_u32_unchecked(i: u32) -> char {
    unsafe { crate::intrinsics::transmute(i) }
}

#[inline]
#[track_caller]
pub const fn from_digit(num: u32, radix: u32) -> Option<char> {
    if radix > 36 {
        crate::panicking::panic("from_digit: radix is too high (maximum 36)")
    }
    if num >= radix {
        return None;
    }
    let num = num as u8;
    Some(if num < 10 { (b'0' + num) as char } else { (b'a' + num - 10) as char })
}

impl fmt::Debug for CharTryFromError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("CharTryFromError").field(&()).finish()
    }
}

impl fmt::Debug for TryFromCharError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("TryFromCharError").field(&()).finish()
    }
}
