//! Whether bytes are text.

use crate::error::Error;
use crate::fmt;

#[derive(Copy, Eq, PartialEq, Clone)]
pub struct Utf8Error {
    valid_up_to: usize,
    error_len: Option<u8>,
}

impl Utf8Error {
    #[inline]
    pub const fn valid_up_to(&self) -> usize {
        self.valid_up_to
    }

    #[inline]
    pub const fn error_len(&self) -> Option<usize> {
        match self.error_len {
            Some(len) => Some(len as usize),
            None => None,
        }
    }
}

impl fmt::Display for Utf8Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.error_len {
            Some(len) => {
                f.write_fmt(format_args!("invalid utf-8 sequence of {} bytes from index {}", len, self.valid_up_to))
            }
            None => f.write_fmt(format_args!("incomplete utf-8 byte sequence from index {}", self.valid_up_to)),
        }
    }
}

impl Error for Utf8Error {}

pub const fn from_utf8(v: &[u8]) -> Result<&str, Utf8Error> {
    let mut at = 0;
    while at < v.len() {
        let first = v[at];
        if first < 0x80 {
            at += 1;
            continue;
        }
        // How many bytes follow, and what the first of them lies between.
        let (more, low, high) = match first {
            0xC2..=0xDF => (1, 0x80, 0xBF),
            0xE0 => (2, 0xA0, 0xBF),
            0xED => (2, 0x80, 0x9F),
            0xE1..=0xEF => (2, 0x80, 0xBF),
            0xF0 => (3, 0x90, 0xBF),
            0xF1..=0xF3 => (3, 0x80, 0xBF),
            0xF4 => (3, 0x80, 0x8F),
            _ => return Err(Utf8Error { valid_up_to: at, error_len: Some(1) }),
        };
        let mut next = 1;
        while next <= more {
            if at + next >= v.len() {
                return Err(Utf8Error { valid_up_to: at, error_len: None });
            }
            let byte = v[at + next];
            let (low, high) = if next == 1 { (low, high) } else { (0x80, 0xBF) };
            if byte < low || byte > high {
                return Err(Utf8Error { valid_up_to: at, error_len: Some(next as u8) });
            }
            next += 1;
        }
        at += 1 + more;
    }
    Ok(unsafe { super::from_utf8_unchecked(v) })
}

pub const fn from_utf8_mut(v: &mut [u8]) -> Result<&mut str, Utf8Error> {
    match from_utf8(v) {
        Ok(_) => Ok(unsafe { super::from_utf8_unchecked_mut(v) }),
        Err(error) => Err(error),
    }
}

impl fmt::Debug for Utf8Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut error = f.debug_struct("Utf8Error");
        error.field("valid_up_to", &self.valid_up_to);
        error.field("error_len", &self.error_len).finish()
    }
}
