//! Characters of ASCII.

use crate::fmt;
use crate::iter::FusedIterator;

/// A byte as a literal has it: up to four characters, `\x7f`.
#[derive(Clone)]
pub struct EscapeDefault {
    bytes: [u8; 4],
    at: usize,
    end: usize,
}

pub fn escape_default(c: u8) -> EscapeDefault {
    let digit = |value: u8| if value < 10 { b'0' + value } else { b'a' + value - 10 };
    let (bytes, end) = match c {
        b'\t' => ([b'\\', b't', 0, 0], 2),
        b'\r' => ([b'\\', b'r', 0, 0], 2),
        b'\n' => ([b'\\', b'n', 0, 0], 2),
        b'\\' | b'\'' | b'"' => ([b'\\', c, 0, 0], 2),
        0x20..=0x7e => ([c, 0, 0, 0], 1),
        _ => ([b'\\', b'x', digit(c >> 4), digit(c & 15)], 4),
    };
    EscapeDefault { bytes, at: 0, end }
}

impl Iterator for EscapeDefault {
    type Item = u8;

    fn next(&mut self) -> Option<u8> {
        if self.at == self.end {
            return None;
        }
        self.at += 1;
        Some(self.bytes[self.at - 1])
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.end - self.at, Some(self.end - self.at))
    }
}

impl DoubleEndedIterator for EscapeDefault {
    fn next_back(&mut self) -> Option<u8> {
        if self.at == self.end {
            return None;
        }
        self.end -= 1;
        Some(self.bytes[self.end])
    }
}

impl ExactSizeIterator for EscapeDefault {}
impl FusedIterator for EscapeDefault {}

impl fmt::Display for EscapeDefault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for byte in self.clone() {
            fmt::Write::write_char(f, byte as char)?;
        }
        Ok(())
    }
}
